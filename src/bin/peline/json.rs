//! JSON lines: one object a line, for programs.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::{
    record::{AddressRecord, ErrorRecord, NoticeRecord},
    route::Printer,
};

/// Prints each record as an object on a line of its own.
pub(crate) struct JsonLines<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> JsonLines<W> {
    pub(crate) fn new(out: W) -> Self {
        Self {
            out: BufWriter::with_capacity(64 * 1024, out),
        }
    }

    fn line(&mut self, record: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, record)?;
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Printer for JsonLines<W> {
    fn file(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn address(&mut self, record: &AddressRecord<'_>) -> io::Result<()> {
        self.line(record)
    }

    fn error(&mut self, record: &ErrorRecord<'_>) -> io::Result<()> {
        self.line(record)
    }

    fn notice(&mut self, record: &NoticeRecord<'_>) -> io::Result<()> {
        self.line(record)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

//! JSON lines: one object a line, for programs.

use std::io::{self, BufWriter, Write};

use serde::Serialize;

use crate::{
    record::{AddressRecord, ErrorRecord, NoticeRecord},
    route::Printer,
};

/// The number of the form of the lines. The README says what stays as it is under one number.
const SCHEMA: u32 = 1;

/// A record, and the form that it is written in: each line stands for itself.
#[derive(Serialize)]
struct Line<'a, R> {
    schema: u32,
    #[serde(flatten)]
    record: &'a R,
}

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
        let line = Line {
            schema: SCHEMA,
            record,
        };
        serde_json::to_writer(&mut self.out, &line)?;
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

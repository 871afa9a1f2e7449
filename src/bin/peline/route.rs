//! `peline route`: who gets what.

use std::{
    io::{self, IsTerminal},
    path::PathBuf,
};

use peline::Plan;

use crate::{
    args::{Format, From, RouteArgs},
    exit::{Exit, Failure},
    input::{self, Input, Progress, Stopped},
    json::JsonLines,
    reading::Reading,
    record::{AddressRecord, ErrorRecord, NoticeRecord},
    shown::tell,
    table::{Lines, TablePrinter},
    tally::Tally,
};

/// What is to be said where PE text was perhaps taken for a message.
const HAS_ENTRIES: &str = "read as a message, though PE entries stand in it \
     (--from pe reads it as PE text)";

/// Prints what was found.
pub(crate) trait Printer {
    /// One of several files begins.
    fn file(&mut self, name: &str) -> io::Result<()>;
    fn address(&mut self, record: &AddressRecord<'_>) -> io::Result<()>;
    fn error(&mut self, record: &ErrorRecord<'_>) -> io::Result<()>;
    fn notice(&mut self, record: &NoticeRecord<'_>) -> io::Result<()>;
    fn flush(&mut self) -> io::Result<()>;
}

/// Reads all files, and prints who gets what.
pub(crate) fn run(args: &RouteArgs) -> Result<Exit, Failure> {
    if args.from == From::Pe && !args.envelope_to.is_empty() {
        let wrong = "--envelope-to is for mail, and has no effect on PE";
        return Err(Failure::Usage(wrong.to_owned()));
    }
    match args.format {
        Format::Table => {
            let lines = if args.plan {
                Lines::Merged
            } else {
                Lines::Numbered
            };
            route(args, TablePrinter::new(anstream::stdout().lock(), lines))
        }
        Format::Jsonl => route(args, JsonLines::new(io::stdout().lock())),
    }
}

fn route(args: &RouteArgs, mut printer: impl Printer) -> Result<Exit, Failure> {
    let mut tally = Tally::default();
    let written = read_all(args, &mut printer, &mut tally);
    if let (Ok(()), false, Some(sentence)) = (&written, args.quiet, tally.sentence()) {
        tell(&sentence);
    }
    tally.exit().once(written)
}

fn read_all(args: &RouteArgs, printer: &mut impl Printer, tally: &mut Tally) -> io::Result<()> {
    let stdin = [PathBuf::from("-")];
    let files = match &args.files[..] {
        [] => &stdin,
        files => files,
    };
    // Where the rows themselves run over the terminal, a bar would run through them.
    let progress = if args.quiet || io::stdout().is_terminal() {
        Progress::Hidden
    } else {
        Progress::Shown
    };
    for path in files {
        let name = input::name(path);
        if files.len() > 1 {
            printer.file(&name)?;
        }
        let mut reading = Reading {
            input: &name,
            envelope: &args.envelope_to,
            plan: args.plan.then(Plan::default),
            printer,
            tally,
            found: false,
            has_entries: false,
        };
        let input = Input::open(path, args.from, progress);
        match input.and_then(|input| reading.read(input)) {
            Ok(kind) => {
                let remark = if reading.has_entries && args.from == From::Auto {
                    Some(HAS_ENTRIES)
                } else {
                    (!reading.found).then(|| kind.without_find())
                };
                if let Some(remark) = remark.filter(|_| !args.quiet) {
                    printer.flush()?;
                    tell(&format_args!("{name}: {remark}"));
                }
                tally.read = true;
            }
            Err(Stopped::Sink(error)) => return Err(error),
            Err(stopped @ (Stopped::Input(_) | Stopped::Kind(_))) => {
                printer.flush()?;
                tell(&format_args!("{name}: {stopped}"));
                tally.failed = true;
            }
        }
    }
    printer.flush()
}

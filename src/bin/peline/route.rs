//! `peline route`: who gets what.

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use peline::{
    Plan,
    pe::{Content, Found, RawCommand},
};

use crate::{
    args::{Format, From, RouteArgs},
    exit::{Exit, Failure},
    input::{self, Progress, Sink, Stopped},
    json::JsonLines,
    record::{AddressRecord, ErrorRecord, Notice, NoticeRecord, Place, Source},
    shown::{counted, tell},
    table::{Lines, TablePrinter},
};

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
    let wrong = |message: &str| Err(Failure::Usage(message.to_owned()));
    match (args.from, args.envelope_to.is_empty()) {
        (From::Pe, false) => return wrong("--envelope-to is for mail, and has no effect on PE"),
        (From::Mail, _) => return wrong("e-mail messages are not read yet"),
        (From::Auto, false) => {
            return wrong("--envelope-to is for mail, and messages are not read yet");
        }
        (From::Auto | From::Pe, true) => {}
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
    let mut tally = Tally::default();
    for path in files {
        let name = input::name(path);
        if files.len() > 1 {
            printer.file(&name)?;
        }
        let mut reading = Reading {
            input: &name,
            plan: args.plan.then(Plan::default),
            printer: &mut printer,
            tally: &mut tally,
        };
        match reading.read(path, args.from, progress) {
            Ok(()) => tally.read = true,
            Err(Stopped::Sink(error)) => return Err(error.into()),
            Err(stopped @ (Stopped::Input(_) | Stopped::Mail)) => {
                printer.flush()?;
                tell(&format_args!("{name}: {stopped}"));
                tally.failed = true;
            }
        }
    }
    printer.flush()?;
    if let (false, Some(sentence)) = (args.quiet, tally.sentence()) {
        tell(&sentence);
    }
    Ok(tally.exit())
}

/// One file that is being read.
struct Reading<'a, P> {
    input: &'a str,
    /// Where each address is to be printed once.
    plan: Option<Plan>,
    printer: &'a mut P,
    tally: &'a mut Tally,
}

impl<P: Printer> Reading<'_, P> {
    fn read(&mut self, path: &Path, from: From, progress: Progress) -> Result<(), Stopped> {
        input::scan(path, from, progress, self)?;
        if let Some(plan) = self.plan.take() {
            self.planned(&plan).map_err(Stopped::Sink)?;
        }
        Ok(())
    }

    fn planned(&mut self, plan: &Plan) -> io::Result<()> {
        let place = Place {
            input: self.input,
            line: None,
            span: None,
            source: Source::Pe,
        };
        for recipient in plan.recipients() {
            count(&mut self.tally.recipients);
            self.printer
                .address(&AddressRecord::planned(place, &recipient))?;
        }
        for (address, mut reasons) in plan.unrouted() {
            count(&mut self.tally.unrouted);
            let record = AddressRecord::unrouted(place, address, reasons.next());
            self.printer.address(&record)?;
        }
        if plan.exceeds_host_limit() {
            let input = self.input;
            tell(&format_args!(
                "{input}: more entries than a PNR can hold: not one booking"
            ));
        }
        Ok(())
    }
}

impl<P: Printer> Sink for Reading<'_, P> {
    fn found(&mut self, found: Found<'_>) -> io::Result<()> {
        let place = Place {
            input: self.input,
            line: Some(found.line),
            span: Some(found.span),
            source: Source::Pe,
        };
        if let Some(plan) = &mut self.plan {
            plan.extend([found]);
        }
        let content = match found.content {
            Ok(content) => content,
            Err(error) => {
                count(&mut self.tally.errors);
                return self.printer.error(&ErrorRecord {
                    place,
                    error,
                    found,
                });
            }
        };
        match content {
            Content::AddressesNotInText => {
                self.tally.elsewhere = true;
                let notice = Notice::AddressesNotInText;
                return self.printer.notice(&NoticeRecord { place, notice });
            }
            Content::Command(RawCommand::Delete(_)) => count(&mut self.tally.deletions),
            Content::Command(RawCommand::Change(..)) => count(&mut self.tally.changes),
            Content::Command(RawCommand::Display) => count(&mut self.tally.displays),
            Content::Command(RawCommand::Add(_)) | Content::Listed(..) | Content::History(..) => {}
        }
        let (Some(entry), Some(recipient)) = (content.entry(), content.recipient()) else {
            return Ok(());
        };
        if self.plan.is_some() {
            return Ok(());
        }
        count(match recipient {
            Ok(_) => &mut self.tally.recipients,
            Err(_) => &mut self.tally.unrouted,
        });
        let name = entry.addressee();
        let record = AddressRecord::entry(place, entry, name.as_deref(), &recipient);
        self.printer.address(&record)
    }

    fn pause(&mut self) -> io::Result<()> {
        self.printer.flush()
    }
}

/// What there was in all files.
#[derive(Debug, Default)]
struct Tally {
    recipients: usize,
    unrouted: usize,
    errors: usize,
    deletions: usize,
    changes: usize,
    displays: usize,
    /// Whether a text said that there are addresses which it does not show.
    elsewhere: bool,
    /// Whether a file was read to its end.
    read: bool,
    /// Whether a file could not be read.
    failed: bool,
}

fn count(things: &mut usize) {
    *things = things.saturating_add(1);
}

impl Tally {
    /// The closing count; `None` where there was nothing to count in.
    fn sentence(&self) -> Option<String> {
        let others = [
            (
                self.unrouted,
                "address without a route",
                "addresses without a route",
            ),
            (self.errors, "unreadable entry", "unreadable entries"),
            (self.deletions, "deletion", "deletions"),
            (self.changes, "change", "changes"),
            (self.displays, "*PE command", "*PE commands"),
        ];
        let mut parts = Vec::new();
        if self.recipients > 0 || self.read {
            parts.push(counted(self.recipients, "recipient", "recipients"));
        }
        for (number, one, more) in others {
            if number > 0 {
                parts.push(counted(number, one, more));
            }
        }
        let mut sentences = Vec::new();
        if !parts.is_empty() {
            sentences.push(parts.join(", "));
        }
        if self.deletions > 0 || self.changes > 0 {
            let gone = "items are changed or deleted by number: who is gone, the text does not say";
            sentences.push(gone.to_owned());
        }
        if self.elsewhere {
            sentences.push("addresses exist that are not in this text".to_owned());
        }
        (!sentences.is_empty()).then(|| sentences.join("; "))
    }

    fn exit(&self) -> Exit {
        match self {
            Self { failed: true, .. } => Exit::Failed,
            Self { errors: 1.., .. } => Exit::Unread,
            _ => Exit::Read,
        }
    }
}

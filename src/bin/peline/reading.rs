//! One file that `route` reads.

use std::io;

use peline::{
    Address, Plan,
    pe::{Content, Found, RawCommand},
};

use crate::{
    input::{Input, Kind, Sink, Stopped},
    record::{AddressRecord, ErrorRecord, Notice, NoticeRecord, Place, Shown, Source},
    route::Printer,
    shown::tell,
    tally::{Tally, count},
};

/// Why there is no use for an envelope.
const NO_MESSAGE: &str =
    "--envelope-to is for mail, and this is no message (--from mail reads it as one)";

/// One file that is being read.
pub(crate) struct Reading<'a, P> {
    pub(crate) input: &'a str,
    /// The recipients of the envelope; only a message has one.
    pub(crate) envelope: &'a [Address],
    /// Where each address is to be printed once.
    pub(crate) plan: Option<Plan>,
    pub(crate) printer: &'a mut P,
    pub(crate) tally: &'a mut Tally,
    /// Whether anything was found in it.
    pub(crate) found: bool,
    /// Whether PE entries stand in the header of a message; or in all that was read, if nobody is
    /// addressed.
    pub(crate) has_entries: bool,
}

impl<P: Printer> Reading<'_, P> {
    /// Reads it to its end, and returns what it was read as.
    pub(crate) fn read(&mut self, input: Input) -> Result<Kind, Stopped> {
        let kind = input.kind();
        let source = match kind {
            Kind::Mail => {
                self.message(&input.message()?).map_err(Stopped::Sink)?;
                Source::Mail
            }
            Kind::Pe if !self.envelope.is_empty() => return Err(Stopped::Kind(NO_MESSAGE)),
            Kind::Pe => {
                input.scan(self)?;
                Source::Pe
            }
        };
        if let Some(plan) = self.plan.take() {
            self.planned(&plan, source).map_err(Stopped::Sink)?;
        }
        if !self.found {
            let place = Place {
                input: self.input,
                line: None,
                span: None,
                source,
            };
            let notice = Notice::NothingFound;
            let record = NoticeRecord { place, notice };
            self.printer.notice(&record).map_err(Stopped::Sink)?;
        }
        Ok(kind)
    }

    fn planned(&mut self, plan: &Plan, source: Source) -> io::Result<()> {
        let place = Place {
            input: self.input,
            line: None,
            span: None,
            source,
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
        let input = self.input;
        if !plan.is_one_list() {
            let notice = Notice::NotOneList;
            self.printer.notice(&NoticeRecord { place, notice })?;
            self.printer.flush()?;
            tell(&format_args!(
                "{input}: item numbers are missing or come twice, or it scrolls on: not one whole PE list"
            ));
        }
        if plan.exceeds_host_limit() {
            tell(&format_args!(
                "{input}: more entries than a PNR can hold: not one booking"
            ));
        }
        Ok(())
    }
}

impl<P: Printer> Sink for Reading<'_, P> {
    fn found(&mut self, found: Found<'_>) -> io::Result<()> {
        self.found |= !matches!(found.content, Ok(Content::Command(RawCommand::Display)));
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
                count(&mut self.tally.entries);
                let shown = Shown::Entry(found);
                return self.printer.error(&ErrorRecord {
                    place,
                    error,
                    shown,
                });
            }
        };
        let notice = match content {
            Content::AddressesNotInText => {
                self.tally.elsewhere = true;
                Some(Notice::AddressesNotInText)
            }
            Content::Command(RawCommand::Delete(_)) => {
                count(&mut self.tally.deletions);
                Some(Notice::ItemsDeleted)
            }
            Content::Command(RawCommand::Change(..)) => {
                count(&mut self.tally.changes);
                Some(Notice::ItemsChanged)
            }
            Content::Command(RawCommand::Display) => {
                count(&mut self.tally.displays);
                None
            }
            Content::Command(RawCommand::Add(_)) | Content::Listed(..) | Content::History(..) => {
                None
            }
        };
        if let Some(notice) = notice {
            self.printer.notice(&NoticeRecord { place, notice })?;
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

//! One message that `route` reads.

use std::io;

use memchr::memchr_iter;
use peline::{
    ErrorKind, Note, ParseError, Span,
    mail::{AddressList, Message},
    pe::{self, Content},
};

use crate::{
    reading::Reading,
    record::{AddressRecord, ErrorRecord, Notice, NoticeRecord, Place, Shown, Source},
    route::Printer,
    tally::count,
};

impl<'a, P: Printer> Reading<'a, P> {
    /// Prints who a message is addressed to.
    pub(crate) fn message(&mut self, text: &[u8]) -> io::Result<()> {
        let mut lines = LineCount::new(text);
        let message = match Message::parse(text) {
            Ok(message) => message,
            Err(error) => {
                self.found = true;
                self.has_entries = has_entries(text);
                count(&mut self.tally.headers);
                let place = self.place(Some(error.span()), &mut lines);
                return self.unread(place, error, text);
            }
        };
        let mut notices = notices(&message).into_iter().peekable();
        let mut addressed = false;
        for listed in message.recipients(self.envelope) {
            self.found = true;
            addressed |= listed.content.is_ok();
            // What is said of a field stands before its mailboxes.
            let start = listed.span.map_or(text.len(), Span::start);
            while let Some((span, note)) = notices.next_if(|(span, _)| span.start() <= start) {
                self.notice(span, note, &mut lines)?;
            }
            if let Some(plan) = &mut self.plan {
                plan.extend([listed.clone()]);
            }
            let place = self.place(listed.span, &mut lines);
            let candidate = match listed.content {
                Ok(candidate) => candidate,
                Err(error) => {
                    if error.kind() == ErrorKind::ExpectedField {
                        count(&mut self.tally.strays);
                    } else {
                        count(&mut self.tally.fields);
                    }
                    self.unread(place, error, text)?;
                    continue;
                }
            };
            if self.plan.is_some() {
                continue;
            }
            let recipient = candidate.recipient();
            count(match recipient {
                Ok(_) => &mut self.tally.recipients,
                Err(_) => &mut self.tally.unrouted,
            });
            let record = AddressRecord::listed(place, candidate.role(), &recipient);
            self.printer.address(&record)?;
        }
        for (span, note) in notices {
            self.notice(span, note, &mut lines)?;
        }
        // The body of a message may well hold a PNR.
        let header = message.body_span().filter(|_| addressed);
        let header = text.get(..header.map_or(text.len(), Span::start));
        self.has_entries = has_entries(header.unwrap_or(text));
        Ok(())
    }

    /// Where something of the message stands.
    fn place(&self, span: Option<Span>, lines: &mut LineCount<'_>) -> Place<'a> {
        Place {
            input: self.input,
            line: span.map(|span| lines.line(span.start())),
            span,
            source: Source::Mail,
        }
    }

    fn unread(&mut self, place: Place<'_>, error: ParseError, text: &[u8]) -> io::Result<()> {
        let shown = Shown::Text(text);
        self.printer.error(&ErrorRecord {
            place,
            error,
            shown,
        })
    }

    fn notice(&mut self, span: Span, note: Note, lines: &mut LineCount<'_>) -> io::Result<()> {
        let place = self.place(Some(span), lines);
        let notice = Notice::Note(note);
        self.printer.notice(&NoticeRecord { place, notice })
    }
}

/// Whether a PE entry stands in a text, which is perhaps no message then.
fn has_entries(text: &[u8]) -> bool {
    let entry = |content: &Content<'_>| content.entry().is_some();
    pe::scan(text).any(|found| found.content.as_ref().is_ok_and(entry))
}

/// What was tolerated in the fields that list recipients, in the order of the header.
fn notices(message: &Message<'_>) -> Vec<(Span, Note)> {
    let lists = [message.to(), message.cc(), message.bcc()];
    let of = |list: AddressList<'_>| {
        let span = list.span();
        list.notes().iter().map(move |note| (span, note))
    };
    let mut notices: Vec<_> = lists
        .into_iter()
        .filter_map(|list| list.ok().flatten())
        .flat_map(of)
        .collect();
    notices.sort_by_key(|(span, _)| span.start());
    notices
}

/// Counts the lines of a text, each once: it is asked for places further and further on.
struct LineCount<'a> {
    text: &'a [u8],
    counted: usize,
    line: usize,
}

impl<'a> LineCount<'a> {
    const fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            counted: 0,
            line: 1,
        }
    }

    /// The line of a place, counted from 1.
    fn line(&mut self, at: usize) -> usize {
        if let Some(text) = self.text.get(self.counted..at) {
            let line_ends = memchr_iter(b'\n', text).count();
            self.line = self.line.saturating_add(line_ends);
            self.counted = at;
        }
        self.line
    }
}

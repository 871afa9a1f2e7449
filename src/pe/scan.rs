//! Finding entries in a text, line by line.

use memchr::memchr;

use super::{
    ItemNumber, RawCommand, RawEntry,
    joined::{MAX_CONTINUATIONS, join, without_scroll_sign},
    line::{
        Layout, after_prompts, doubtful_entry, is_heading, is_no_entry, says_addresses_exist,
        segment_end,
    },
};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        complete,
        display::{history, listed, numbered, opening},
        glyph::{end_item, trim_end, trim_padding, trim_start},
        pe, span_of, split,
    },
    text::{Note, Span, encoding::Encoding},
};

/// The longest physical line that is read, in bytes without the line end; and the longest text
/// that one continued display entry may span.
pub(crate) const MAX_LINE: usize = 64 * 1024;

/// Something that was found in a text, and where.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Found<'a> {
    /// The physical line on which it begins, counted from 1.
    pub line: usize,
    /// The bytes that it covers, without padding; of a display or history entry without the number
    /// or the history code.
    pub span: Span,
    /// What it is; or what is wrong with it, with the place counted like `span`.
    pub content: Result<Content<'a>, ParseError>,
}

/// What stands in a text.
///
/// # Example
///
/// ```
/// use peline::pe::{self, Content};
///
/// let text = "*PE\n 1.‡AGENT@EXAMPLE.COM‡CC/\n".as_bytes();
/// let found: Vec<_> = pe::scan(text).collect();
/// assert!(matches!(found[1].content, Ok(Content::Listed(item, _)) if item.get() == 1));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Content<'a> {
    /// A command as an agent types it.
    Command(RawCommand<'a>),
    /// An entry in a `*PE` display, with its item number.
    Listed(ItemNumber, RawEntry<'a>),
    /// An entry in the history of a PNR: what once happened, never a present recipient.
    History(HistoryAction, RawEntry<'a>),
    /// The line `PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL` of a PNR's face: the PNR has
    /// addresses, and they are *not* in this text.
    AddressesNotInText,
}

impl<'a> Content<'a> {
    /// The entry, where there is one.
    ///
    /// ```
    /// use peline::pe;
    /// let found = pe::scan(b"PE#client@example.com#").next().unwrap();
    /// assert!(found.content?.entry().is_some());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn entry(&self) -> Option<&RawEntry<'a>> {
        match self {
            Self::Command(command) => command.entry(),
            Self::Listed(_, entry) | Self::History(_, entry) => Some(entry),
            Self::AddressesNotInText => None,
        }
    }
}

/// What a history line says was done to an entry.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum HistoryAction {
    /// `APE`: added.
    Added,
    /// `XPE`: deleted.
    Deleted,
    /// `CPE`: changed.
    Changed,
}

/// Finds every PE entry in a text of any size: [`Scan`] yields them in the order of the text.
///
/// See [the module's page](super#where-entries-are-found) for what counts as an entry, and
/// [`Scanner`](super::Scanner) for texts that come in pieces. Nothing is allocated, and a broken
/// entry does not stop the reading.
///
/// # Example
///
/// ```
/// use peline::pe;
///
/// let script = "-DOE/JANE\n\
///               PE‡CLIENT@EXAMPLE.COM‡§PE‡AGENT@EXAMPLE.COM‡CC/\n\
///               PE‡BOSS@EXAMPLE.COM‡BCC/\n\
///               PENALTY SENT TO BOB@EXAMPLE.COM\n";
/// let found: Vec<_> = pe::scan(script.as_bytes()).collect();
/// assert_eq!(found.len(), 3);
/// assert!(found[0].content.is_ok());
/// assert!(found[1].content.is_ok());
/// assert!(found[2].content.is_err());
/// assert_eq!(found[2].line, 3);
/// ```
#[must_use]
pub fn scan(text: &[u8]) -> Scan<'_> {
    Scan {
        text,
        reader: Reader::default(),
    }
}

/// What [`scan`] finds, in the order of the text.
#[derive(Clone, Debug)]
pub struct Scan<'a> {
    text: &'a [u8],
    reader: Reader,
}

impl<'a> Iterator for Scan<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        self.reader.next(self.text, Ending::Final)
    }
}

/// Whether more text follows what is there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ending {
    Open,
    Final,
}

/// The state of reading, apart from the text: [`Scan`] reads one slice with it, and
/// [`Scanner`](super::Scanner) one chunk after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Reader {
    /// How many bytes came before the text at hand.
    base: usize,
    /// Where reading goes on: the beginning of a line, or of a segment of `stack`.
    at: usize,
    /// How many lines came before the one at `at`.
    lines: usize,
    /// The stacked line that is being read.
    stack: Option<Stack>,
    /// Whether a `*PE` section is open.
    section: bool,
    /// A display entry that the next line may continue.
    held: Option<Held>,
    after_break: AfterBreak,
    /// Whether the line at `at` is the rest of one that is too long.
    skipping: bool,
}

/// What to do with continuation lines of an entry that was already reported as broken.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum AfterBreak {
    #[default]
    Read,
    PassOver,
}

#[derive(Clone, Copy, Debug)]
struct Stack {
    /// Where the line begins.
    start: usize,
    /// Where the last segment ends, without padding.
    end: usize,
    /// Where the next line begins.
    next: usize,
    encoding: Encoding,
    /// Whether nothing has been found on the line so far.
    barren: bool,
    /// Whether the line displays the field.
    displays: bool,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    number: u16,
    start: usize,
    end: usize,
    line: usize,
    continuations: u8,
    encoding: Encoding,
}

/// One physical line.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    content: &'a [u8],
    /// Where the next line begins.
    next: usize,
}

impl Reader {
    /// The next thing in `text`; `None` if there is none before the end, or before the end of what
    /// is there.
    pub(super) fn next<'a>(&mut self, text: &'a [u8], ending: Ending) -> Option<Found<'a>> {
        loop {
            if let Some(stack) = self.stack {
                if let Some(found) = self.segment(text, stack) {
                    return Some(found);
                }
                continue;
            }
            if !self.begin(text, ending) {
                return None;
            }
            let line = match self.line(text, ending) {
                Some(Ok(line)) => line,
                Some(Err(long)) => match self.long_line(text, long) {
                    Some(found) => return Some(found),
                    None => continue,
                },
                None if ending == Ending::Final => return self.release(text),
                None => return None,
            };
            if let Some(found) = self.read(text, line) {
                return Some(found);
            }
        }
    }

    /// The part of the text at hand that is still needed begins here.
    pub(super) fn needed_from(&self) -> usize {
        self.held.map_or(self.at, |held| held.start.min(self.at))
    }

    /// Takes note that the first `count` bytes of the text at hand are gone.
    pub(super) fn forget(&mut self, count: usize) {
        self.base = self.base.saturating_add(count);
        self.at = self.at.saturating_sub(count);
        if let Some(held) = &mut self.held {
            held.start = held.start.saturating_sub(count);
            held.end = held.end.saturating_sub(count);
        }
    }

    /// Skips a byte order mark; `false` if the text is too short to tell.
    fn begin(&mut self, text: &[u8], ending: Ending) -> bool {
        let mark = b"\xEF\xBB\xBF";
        if self.base == 0 && self.at == 0 {
            if text.starts_with(mark) {
                self.at = mark.len();
            } else if ending == Ending::Open && mark.starts_with(text) {
                return false;
            }
        }
        true
    }

    /// The line at `at`; `Err` if it is too long; `None` if its end has not come yet.
    fn line<'a>(&self, text: &'a [u8], ending: Ending) -> Option<Result<Line<'a>, Line<'a>>> {
        let rest = split(text, self.at).1;
        let newline = memchr(b'\n', rest);
        let content = split(rest, newline.unwrap_or(rest.len())).0;
        let next = self.at.saturating_add(content.len());
        let next = next.saturating_add(usize::from(newline.is_some()));
        let without_return = content.strip_suffix(b"\r").unwrap_or(content);
        let line = Line {
            content: without_return,
            next,
        };
        if self.skipping || without_return.len() > MAX_LINE {
            return (!rest.is_empty()).then_some(Err(Line { content, next }));
        }
        let complete = newline.is_some() || ending == Ending::Final && !rest.is_empty();
        complete.then_some(Ok(line))
    }

    /// A line of which only the first 64 KiB are looked at.
    fn long_line<'a>(&mut self, text: &'a [u8], line: Line<'a>) -> Option<Found<'a>> {
        if let Some(found) = self.release(text) {
            return Some(found);
        }
        let (number, at) = (self.number(), self.at);
        let ended = split(text, line.next.saturating_sub(1))
            .1
            .starts_with(b"\n");
        let first = !self.skipping;
        let section = self.section;
        self.section = false;
        self.after_break = AfterBreak::Read;
        self.skipping = !ended;
        self.at = line.next;
        if ended {
            self.lines = number;
        }
        let read = split(line.content, MAX_LINE).0;
        let start = first.then(|| doubtful_entry(read, section)).flatten()?;
        let span = Span::new(at.saturating_add(start), at.saturating_add(read.len()));
        Some(self.broken(number, span, ErrorKind::LineTooLong))
    }

    /// Reads a complete line.
    fn read<'a>(&mut self, text: &'a [u8], line: Line<'a>) -> Option<Found<'a>> {
        let body;
        if self.section || self.held.is_some() || self.after_break == AfterBreak::PassOver {
            let layout = Layout::of(line.content);
            if let Some(held) = self.held
                && self.at.saturating_sub(held.start) > MAX_LINE
            {
                return self.give_up(text, held.end, ErrorKind::LineTooLong);
            }
            match (layout, self.held) {
                (Layout::Noise, _) => {
                    self.pass(line);
                    return None;
                }
                (Layout::Continuation(content), Some(held)) => {
                    return self.continue_held(text, line, held, content);
                }
                (Layout::Continuation(_), None) if self.after_break == AfterBreak::PassOver => {
                    self.pass(line);
                    return None;
                }
                (_, Some(_)) => return self.release(text),
                (_, None) => self.after_break = AfterBreak::Read,
            }
            body = match layout {
                Layout::Numbered(number, content) if self.section => {
                    return self.hold(text, line, number, content);
                }
                Layout::Plain(body) => {
                    self.section = false;
                    body
                }
                Layout::Noise => &[],
                Layout::Indented(body) | Layout::Continuation(body) => body,
                Layout::Numbered(..) => after_prompts(line.content),
            };
        } else {
            body = after_prompts(line.content);
        }
        self.ordinary(text, line, body)
    }

    /// Reads a line that is not part of a section.
    fn ordinary<'a>(
        &mut self,
        text: &'a [u8],
        line: Line<'a>,
        body: &'a [u8],
    ) -> Option<Found<'a>> {
        let Ok(encoding) = Encoding::settle(line.content) else {
            return self.mixed(text, line);
        };
        match body.first() {
            Some(b'0'..=b'9') => {
                if let Some((number, content)) = numbered(body)
                    && opening(trim_start(content), encoding).is_some()
                {
                    return self.hold(text, line, number, content);
                }
            }
            Some(b'A' | b'X' | b'C' | b'a' | b'x' | b'c') => {
                if let Some((action, content)) = history(body, encoding) {
                    return Some(self.history(text, line, action, content, encoding));
                }
            }
            Some(b'P') if says_addresses_exist(body) => {
                let span = span_of(trim_padding(body, encoding), text);
                let number = self.number();
                self.pass(line);
                return Some(self.found(number, span, Ok(Content::AddressesNotInText)));
            }
            _ => {}
        }
        let start = span_of(body, text).start();
        let end = start.saturating_add(trim_padding(body, encoding).len());
        self.stack = Some(Stack {
            start: self.at,
            end,
            next: line.next,
            encoding,
            barren: true,
            displays: false,
        });
        self.at = start;
        None
    }

    /// Reads on in a stacked line.
    fn segment<'a>(&mut self, text: &'a [u8], mut stack: Stack) -> Option<Found<'a>> {
        let line = split(text, stack.end).0;
        while self.at < stack.end {
            let rest = split(line, self.at).1;
            let length = segment_end(rest, stack.encoding);
            let segment = trim_end(split(rest, length).0);
            let glyph = end_item(stack.encoding).len();
            let after = self
                .at
                .saturating_add(length)
                .saturating_add(glyph)
                .min(stack.end);
            self.at = span_of(trim_start(split(line, after).1), text).start();
            let command = match RawCommand::read(segment, stack.encoding) {
                Err(error) if is_no_entry(error.kind()) => continue,
                command => command,
            };
            stack.barren = false;
            stack.displays |= matches!(command, Ok(RawCommand::Display));
            self.stack = Some(stack);
            let span = span_of(segment, text);
            let content = command.map(Content::Command);
            return Some(self.found(self.number(), span, content));
        }
        self.stack = None;
        let whole = split(line, stack.start).1;
        self.section |= stack.displays || stack.barren && is_heading(whole);
        self.at = stack.next;
        self.lines = self.number();
        None
    }

    /// A history line.
    fn history<'a>(
        &mut self,
        text: &'a [u8],
        line: Line<'a>,
        action: u8,
        content: &'a [u8],
        encoding: Encoding,
    ) -> Found<'a> {
        let action = match action {
            b'A' => HistoryAction::Added,
            b'X' => HistoryAction::Deleted,
            _ => HistoryAction::Changed,
        };
        let number = self.number();
        self.pass(line);
        let written = trim_padding(split(content, segment_end(content, encoding)).0, encoding);
        let (body, scrolled) = scrolled(split(written, 1).1, encoding);
        let span = span_of(written, text);
        let entry = complete(body, |input| pe::entry(input, encoding))
            .and_then(|shape| RawEntry::typed(body, &shape, encoding))
            .map_err(|error| error.shifted(1));
        let note = |entry: RawEntry<'a>| {
            if scrolled {
                entry.noted(Note::ScrollSign)
            } else {
                entry
            }
        };
        self.found(
            number,
            span,
            entry.map(|entry| Content::History(action, note(entry))),
        )
    }

    /// Holds a numbered entry back until it is known whether the next line continues it.
    fn hold<'a>(
        &mut self,
        text: &'a [u8],
        line: Line<'a>,
        number: u16,
        content: &'a [u8],
    ) -> Option<Found<'a>> {
        let Ok(encoding) = Encoding::settle(line.content) else {
            return self.mixed(text, line);
        };
        let content = trim_start(trim_padding(content, encoding));
        let span = span_of(content, text);
        let (start, end) = (span.start(), span.end());
        let held = Held {
            number,
            start,
            end,
            line: self.number(),
            continuations: 0,
            encoding,
        };
        self.held = Some(held);
        self.pass(line);
        None
    }

    /// Takes a line to the entry that it continues.
    fn continue_held<'a>(
        &mut self,
        text: &'a [u8],
        line: Line<'a>,
        mut held: Held,
        content: &'a [u8],
    ) -> Option<Found<'a>> {
        let settled = Encoding::settle(line.content);
        let encoding = settled.unwrap_or_default();
        let content = trim_padding(content, encoding);
        held.end = span_of(content, text).end();
        let entry_itself = RawCommand::read(content, encoding).is_ok();
        let wrong = if settled.is_err() {
            Some(ErrorKind::MixedEncoding)
        } else if entry_itself {
            Some(ErrorKind::AmbiguousContinuation)
        } else if held.continuations >= MAX_CONTINUATIONS {
            Some(ErrorKind::TooManyContinuations)
        } else {
            None
        };
        self.pass(line);
        if let Some(kind) = wrong {
            return self.give_up(text, held.end, kind);
        }
        held.continuations = held.continuations.saturating_add(1);
        self.held = Some(held);
        None
    }

    /// Reports the held entry, up to `end`, as broken, and passes over what would continue it.
    fn give_up<'a>(&mut self, text: &'a [u8], end: usize, kind: ErrorKind) -> Option<Found<'a>> {
        let held = self.held.take()?;
        self.after_break = AfterBreak::PassOver;
        let end = end.min(text.len());
        Some(self.broken(held.line, Span::new(held.start, end), kind))
    }

    /// Reads the held entry, which nothing continues any more.
    fn release<'a>(&mut self, text: &'a [u8]) -> Option<Found<'a>> {
        let held = self.held.take()?;
        let span = Span::new(held.start, held.end);
        let written = span.of(text).unwrap_or_default();
        let entry = if held.continuations == 0 {
            let (body, scrolled) = scrolled(written, held.encoding);
            complete(body, |input| listed(input, held.encoding))
                .and_then(|shape| RawEntry::typed(body, &shape, held.encoding))
                .map(|entry| {
                    if scrolled {
                        entry.noted(Note::ScrollSign)
                    } else {
                        entry
                    }
                })
        } else {
            join(written).and_then(|joined| {
                complete(joined.text(), |input| listed(input, Encoding::Utf8))
                    .and_then(|shape| RawEntry::typed_joined(written, &shape, joined.text()))
                    .map(|entry| {
                        if joined.scrolled {
                            entry.noted(Note::ScrollSign)
                        } else {
                            entry
                        }
                    })
                    .map_err(|error| {
                        ParseError::new(error.kind(), joined.span_in(written, error.span()))
                    })
            })
        };
        let content = entry.and_then(|entry| match ItemNumber::new(held.number) {
            Some(item) => Ok(Content::Listed(item, entry)),
            None => Err(ParseError::new(
                ErrorKind::ItemOutOfRange,
                Span::new(0, written.len()),
            )),
        });
        Some(self.found(held.line, span, content))
    }

    /// A line that is UTF-8 in one place and not in another.
    fn mixed<'a>(&mut self, text: &'a [u8], line: Line<'a>) -> Option<Found<'a>> {
        let (number, section) = (self.number(), self.section);
        self.section |= is_heading(line.content);
        let at = span_of(line.content, text).start();
        self.pass(line);
        let start = doubtful_entry(line.content, section)?;
        let end = trim_end(line.content).len();
        let span = Span::new(at.saturating_add(start), at.saturating_add(end));
        Some(self.broken(number, span, ErrorKind::MixedEncoding))
    }

    /// Goes on behind a line.
    const fn pass(&mut self, line: Line<'_>) {
        self.at = line.next;
        self.lines = self.number();
    }

    /// The number of the line at `at`.
    const fn number(&self) -> usize {
        self.lines.saturating_add(1)
    }

    /// Something at `span` of the text at hand.
    fn found<'a>(
        &self,
        line: usize,
        span: Span,
        content: Result<Content<'a>, ParseError>,
    ) -> Found<'a> {
        let offset = span.start().saturating_add(self.base);
        let content = content.map_err(|error| error.shifted(offset));
        Found {
            line,
            span: span.shifted(self.base),
            content,
        }
    }

    /// Something at `span` that is wrong as a whole.
    fn broken<'a>(&self, line: usize, span: Span, kind: ErrorKind) -> Found<'a> {
        self.found(
            line,
            span,
            Err(ParseError::new(kind, Span::new(0, span.len()))),
        )
    }
}

/// The text of a display line, without its scroll sign; and whether there was one.
fn scrolled(text: &[u8], encoding: Encoding) -> (&[u8], bool) {
    match without_scroll_sign(text, encoding) {
        Some(shorter) => (shorter, true),
        None => (text, false),
    }
}

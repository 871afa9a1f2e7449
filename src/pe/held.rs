//! Entries of a display, which are held back until it is known whether the next line goes on.

use memchr::{memchr, memmem};

use super::{
    Content, Found, ItemNumber, RawEntry,
    joined::{MAX_CONTINUATIONS, join, without_scroll_sign},
    line::{Margin, after_prompts, opens_section, stands_for_itself},
    list::List,
    reader::{AfterBreak, Line, Reader},
    scan::MAX_LINE,
};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        complete,
        display::{listed, numbered},
        glyph::{delimiter, trim_padding, trim_start},
        span_of,
    },
    text::{Note, Span, encoding::Encoding},
};

/// A numbered entry that the next line may continue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    number: u16,
    /// Its first byte, and the end of its last line so far.
    pub(super) start: usize,
    pub(super) end: usize,
    line: usize,
    continuations: u8,
    encoding: Encoding,
    in_section: bool,
    /// Whether it is the next one of a list.
    in_list: bool,
    /// Where its number stands.
    pub(super) margin: Margin,
}

impl Held {
    /// Whether a line with a number, which is indented as continuations are and deeper than that of the entry, could
    /// continue it all the same: `-1.1` can be cut behind its hyphen.
    pub(super) fn may_go_on_with_number(&self, line: &[u8]) -> bool {
        let margin = Margin::of(line);
        margin.is_deep() && !margin.is_within(self.margin)
    }

    /// Whether so much stands between its beginning and `at` that no more is kept.
    pub(super) const fn is_far_from(&self, at: usize) -> bool {
        at.saturating_sub(self.start) > MAX_LINE
    }

    /// How it is written so far.
    pub(super) fn written<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        Span::new(self.start, self.end).of(text).unwrap_or_default()
    }

    /// Whether it could be a remark that begins with a glyph, which is numbered as an entry is: there is nothing of an
    /// address in it, and no section or list around it.
    fn could_be_remark(&self, written: &[u8]) -> bool {
        let glyph = delimiter(written, self.encoding);
        !self.in_section
            && !self.in_list
            && memchr(b'@', written).is_none()
            && glyph.is_some_and(|glyph| memmem::rfind(written, glyph) == Some(0))
    }

    /// Reads the entry, whose lines are `written`.
    fn read<'a>(&self, written: &'a [u8]) -> Result<Content<'a>, ParseError> {
        let entry = if self.continuations == 0 {
            let (body, scrolled) = scrolled(written, self.encoding);
            let shape = complete(body, |input| listed(input, self.encoding))?;
            noted(RawEntry::of_line(body, &shape, self.encoding)?, scrolled)
        } else {
            let joined = join(written)?;
            let entry =
                complete(joined.text(), |input| listed(input, Encoding::Utf8)).and_then(|shape| {
                    match !shape.closed && joined.is_cut_behind_address() {
                        true => {
                            let whole = Span::new(0, joined.text().len());
                            Err(ParseError::new(ErrorKind::AmbiguousContinuation, whole))
                        }
                        false => RawEntry::of_lines(written, &shape, joined.text()),
                    }
                });
            let in_lines = |error: ParseError| {
                ParseError::new(error.kind(), joined.span_in(written, error.span()))
            };
            noted(entry.map_err(in_lines)?, joined.scrolled)
        };
        let whole = Span::new(0, written.len());
        let item = ItemNumber::new(self.number)
            .ok_or(ParseError::new(ErrorKind::ItemOutOfRange, whole))?;
        Ok(Content::Listed(item, entry))
    }
}

impl Reader {
    /// Holds a numbered entry back, which may stand in a list.
    pub(super) fn hold<'a>(
        &mut self,
        text: &'a [u8],
        line: Line<'a>,
        number: u16,
        content: &'a [u8],
        list: Option<List>,
    ) -> Option<Found<'a>> {
        let Ok(encoding) = Encoding::settle(line.content) else {
            return self.mixed(text, line);
        };
        let span = span_of(trim_start(trim_padding(content, encoding)), text);
        self.held = Some(Held {
            number,
            start: span.start(),
            end: span.end(),
            line: self.number(),
            continuations: 0,
            encoding,
            in_section: self.section.is_some(),
            in_list: list.is_some_and(|list| list.precedes(number)),
            margin: Margin::of(line.content),
        });
        self.pass(line);
        None
    }

    /// Takes a line to the entry that it continues; what would make two readings breaks the entry.
    pub(super) fn continue_held<'a>(
        &mut self,
        text: &'a [u8],
        line: Line<'a>,
        mut held: Held,
        content: &'a [u8],
    ) -> Option<Found<'a>> {
        let margin = Margin::of(line.content);
        if margin.is_within(held.margin) || opens_section(line.content) {
            // Where all is indented, so is what does not belong to it.
            return self.give_up(text, ErrorKind::AmbiguousContinuation);
        }
        let settled = Encoding::settle(line.content);
        let content = trim_padding(content, settled.unwrap_or_default());
        held.end = span_of(content, text).end();
        self.held = Some(held);
        self.pass(line);
        let wrong = if settled.is_err() {
            ErrorKind::MixedEncoding
        } else if margin.is_quoted()
            || numbered(after_prompts(line.content)).is_some()
            || stands_for_itself(line.content)
        {
            ErrorKind::AmbiguousContinuation
        } else if held.continuations >= MAX_CONTINUATIONS {
            ErrorKind::TooManyContinuations
        } else {
            held.continuations = held.continuations.saturating_add(1);
            self.held = Some(held);
            return None;
        };
        self.give_up(text, wrong)
    }

    /// Reports the held entry as broken, and passes over what would continue it.
    pub(super) fn give_up<'a>(&mut self, text: &'a [u8], kind: ErrorKind) -> Option<Found<'a>> {
        let held = self.held.take()?;
        self.after_break = AfterBreak::PassOver;
        self.list = Some(List::up_to(held.number));
        Some(self.broken(text, held.line, Span::new(held.start, held.end), kind))
    }

    /// Reads the held entry, which nothing continues any more.
    pub(super) fn release<'a>(&mut self, text: &'a [u8]) -> Option<Found<'a>> {
        let held = self.held.take()?;
        let written = held.written(text);
        if held.could_be_remark(written) {
            return None;
        }
        self.list = Some(List::up_to(held.number));
        let content = held.read(written);
        Some(self.found(text, held.line, span_of(written, text), content))
    }
}

/// The text of a display line, without its scroll sign; and whether there was one.
pub(super) fn scrolled(text: &[u8], encoding: Encoding) -> (&[u8], bool) {
    match without_scroll_sign(text, encoding) {
        Some(shorter) => (shorter, true),
        None => (text, false),
    }
}

/// The entry, with a note if its scroll sign was dropped.
pub(super) const fn noted(entry: RawEntry<'_>, scrolled: bool) -> RawEntry<'_> {
    if scrolled {
        entry.noted(Note::ScrollSign)
    } else {
        entry
    }
}

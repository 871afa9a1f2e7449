//! What stands where in the header of a message: found in one walk, with nothing read yet.

use core::iter;

use memchr::{memchr_iter, memchr2, memchr2_iter};

use super::{AddressList, Field, FieldName, message::Context};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        Fault, before,
        header::{
            HeaderLine, RawField, begins_field, doubtful_end, empty_line, has_odd_cr, header_line,
            is_unseen,
        },
        mailbox::Parts,
        span_of, split,
    },
    text::Span,
};

/// The header of a message.
#[derive(Clone)]
pub(super) struct Header<'a> {
    pub(super) context: Context<'a>,
    /// From the first field on, up to the empty line.
    pub(super) text: &'a [u8],
    /// The part of it that holds all fields that list recipients, and all lines that are no field.
    listing: &'a [u8],
    /// What stands there of each [`FieldName`].
    slots: [Slot<'a>; FieldName::ALL.len()],
    /// The first line that is no field.
    stray_line: Option<Span>,
}

/// A field that can stand in a header once.
#[derive(Clone, Copy, Default)]
struct Slot<'a> {
    /// The rest of the message, from it on.
    first: Option<&'a [u8]>,
    /// Why it is not to be believed: because it stands there again, or because some readers would take
    /// something for one more, or for more of it, or would not see it.
    error: Option<ParseError>,
}

impl<'a> Header<'a> {
    /// Walks through the header that `start` begins with, and returns what stands behind it.
    pub(super) fn read(
        start: &'a [u8],
        context: Context<'a>,
    ) -> Result<(Self, &'a [u8]), ParseError> {
        let Context {
            text,
            line_end,
            limits,
        } = context;
        // The line of an mbox file, if there is one.
        let before_start = before(text, start);
        let mbox_line = before_start.strip_suffix(line_end.bytes());
        if memchr2(b'\r', b'\n', mbox_line.unwrap_or(before_start)).is_some() {
            let span = span_of(before_start, text);
            return Err(ParseError::new(ErrorKind::DoubtfulHeaderEnd, span));
        }
        let mut header = Self {
            context,
            text: start,
            listing: &[],
            slots: Default::default(),
            stray_line: None,
        };
        let mut rest = start;
        let mut first_listed = None;
        let mut lines: usize = 0;
        let mut fields: usize = 0;
        let mut odd_line_end = false;
        let mut ends_early = false;
        while !rest.is_empty() && empty_line(rest, line_end).is_none() {
            let (next, line) = header_line(rest, line_end);
            let folded = line.folded();
            lines = lines.saturating_add(folded.lines);
            fields = fields.saturating_add(1);
            odd_line_end |= folded.odd_line_end;
            ends_early |= folded.blank_fold;
            let span = span_of(folded.text, text);
            if span.end() > limits.header() {
                let over = Span::new(limits.header(), limits.header());
                return Err(ParseError::new(ErrorKind::HeaderTooLong, over));
            }
            if fields > limits.fields() {
                return Err(ParseError::new(ErrorKind::TooManyFields, span));
            }
            let listed = match line {
                HeaderLine::Field(raw) => {
                    ends_early |= raw.is_spaced();
                    header.place(raw, rest, span)
                }
                HeaderLine::Stray(_) => {
                    header.stray_line = header.stray_line.or(Some(span));
                    true
                }
            };
            if listed {
                first_listed.get_or_insert(rest);
                header.listing = before(first_listed.unwrap_or(rest), next);
            }
            rest = next;
        }
        header.text = before(start, rest);
        if odd_line_end || has_odd_cr(header.text, line_end, lines) {
            header.check_end()?;
        } else if header.stray_line.is_none() && !ends_early {
            return Ok((header, rest));
        }
        header.look_for_doubts()?;
        Ok((header, rest))
    }

    /// Notes a field that is read, and returns whether it lists recipients. `input` begins with it.
    fn place(&mut self, raw: RawField<'a>, input: &'a [u8], span: Span) -> bool {
        let Some(name) = FieldName::of(raw.key) else {
            return false;
        };
        if let Some(slot) = self.slots.get_mut(name as usize) {
            match slot.first {
                None => slot.first = Some(input),
                Some(_) => slot.fail(ErrorKind::RepeatedField, span),
            }
        }
        name.lists_recipients()
    }

    /// Refuses a header that another reader would see end sooner.
    fn check_end(&self) -> Result<(), ParseError> {
        match doubtful_end(self.text) {
            Some(at) => Err(self.context.error(Fault {
                kind: ErrorKind::DoubtfulHeaderEnd,
                at,
            })),
            None => Ok(()),
        }
    }

    /// Looks for what another reader would see otherwise: behind line ends that are none, in lines
    /// that are no field, and behind those and blank folds.
    fn look_for_doubts(&mut self) -> Result<(), ParseError> {
        let line_end = self.context.line_end;
        let mut last = None;
        // Why some readers see the end of the header above.
        let mut ended = None;
        // Whether a line could continue that of an mbox file: so can the first one, or it is that itself.
        let mut behind_mbox_line = true;
        let mut rest = self.text;
        while !rest.is_empty() {
            let (next, line) = header_line(rest, line_end);
            match line {
                HeaderLine::Field(raw) => {
                    last = FieldName::of(raw.key);
                    behind_mbox_line = false;
                    if let Some(kind) = ended {
                        let span = span_of(raw.line.text, self.context.text);
                        self.fail(last, kind, span);
                    }
                    self.doubt_names(raw.value(), raw.line.text, |line| !is_fold(line));
                }
                HeaderLine::Stray(line) => {
                    let span = span_of(line.text, self.context.text);
                    if first_line_is_unseen(line.text) {
                        return Err(ParseError::new(ErrorKind::DoubtfulHeaderEnd, span));
                    }
                    let text = before(rest, next);
                    let mut joined = text;
                    if begins_unseen(line.text) {
                        joined = before(self.text, next);
                    }
                    if lines(line.text).any(begins_unseen) {
                        self.doubt(last, span);
                    }
                    behind_mbox_line = match span.start() {
                        0 => could_be_mbox_line(line.text),
                        _ => behind_mbox_line && begins_unseen(line.text),
                    };
                    let whole = self.context.text;
                    self.doubt_names(text, joined, |line| {
                        let is_own_fold =
                            is_fold(line) && span_of(line, whole).start() > span.start();
                        !is_own_fold || behind_mbox_line
                    });
                }
            }
            let folded = line.folded();
            if folded.has_blank_fold() {
                ended.get_or_insert(ErrorKind::BehindBlankFold);
            }
            if self.has_stray_lines(folded.text) || !begins_field(folded.text) {
                ended.get_or_insert(ErrorKind::BehindHeaderEnd);
            }
            rest = next;
        }
        Ok(())
    }

    /// Marks the fields whose name some readers could see end before a colon of `text`, which ends `joined`, if their
    /// line begins for them.
    fn doubt_names(&mut self, text: &[u8], joined: &[u8], begins: impl Fn(&[u8]) -> bool) {
        for at in memchr_iter(b':', text) {
            let name = before(joined, split(text, at).1);
            for (name, line) in FieldName::could_end(name).filter(|(_, line)| begins(line)) {
                self.doubt(Some(name), span_of(split(line, 1).0, self.context.text));
            }
        }
    }

    /// Whether there are lines that are no field and that some readers would see begin behind a CR or LF: there the
    /// header ends for them. What begins with a blank is a fold for them, too.
    fn has_stray_lines(&mut self, text: &[u8]) -> bool {
        let stray = lines(text).skip(1).find(|line| !begins_field(line));
        if let Some(line) = stray {
            let span = span_of(split(line, 1).0, self.context.text);
            self.stray_line.get_or_insert(span);
        }
        stray.is_some()
    }

    /// Marks a field of which some readers would see more at `span`.
    fn doubt(&mut self, name: Option<FieldName>, span: Span) {
        self.fail(name, ErrorKind::DoubtfulField, span);
    }

    /// Marks a field that is not to be believed.
    fn fail(&mut self, name: Option<FieldName>, kind: ErrorKind, span: Span) {
        if let Some(slot) = name.and_then(|name| self.slots.get_mut(name as usize)) {
            slot.fail(kind, span);
        }
    }

    /// The one field of a name; see [`Message::field`](super::Message::field).
    pub(super) fn field(&self, name: FieldName) -> Result<Option<Field<'a>>, ParseError> {
        let Some(slot) = self.slots.get(name as usize) else {
            return Ok(None);
        };
        if let Some(error) = slot.error {
            return Err(error);
        }
        let Some(first) = slot.first else {
            return Ok(None);
        };
        self.fields_of(first).next().transpose()
    }

    /// Why the fields of a name cannot be believed.
    pub(super) fn error(&self, name: FieldName) -> Option<ParseError> {
        self.slots.get(name as usize)?.error
    }

    /// The first line that is no field.
    pub(super) const fn stray_line(&self) -> Option<Span> {
        self.stray_line
    }

    /// Every line.
    pub(super) const fn fields(&self) -> Fields<'a> {
        self.fields_of(self.text)
    }

    const fn fields_of(&self, rest: &'a [u8]) -> Fields<'a> {
        let context = self.context;
        Fields { rest, context }
    }

    /// The lines that list recipients and those that are no field, with some others between them.
    pub(super) const fn listing(&self) -> Fields<'a> {
        self.fields_of(self.listing)
    }
}

impl Slot<'_> {
    /// The first error stays.
    fn fail(&mut self, kind: ErrorKind, span: Span) {
        self.error.get_or_insert(ParseError::new(kind, span));
    }
}

/// Whether the first line of a text has nothing in it that anyone would see.
fn first_line_is_unseen(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| matches!(byte, b'\r' | b'\n'));
    lines.next().is_none_or(is_unseen)
}

/// The lines that some readers would see begin in a text: at its beginning, and behind each CR or LF but for folds.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let behind = memchr2_iter(b'\r', b'\n', text).map(|at| split(text, at.saturating_add(1)).1);
    iter::once(text).chain(behind.filter(|line| !is_fold(line)))
}

/// Whether what stands behind a CR or LF continues the line before, or is none.
fn is_fold(line: &[u8]) -> bool {
    matches!(line.first(), None | Some(b' ' | b'\t' | b'\r' | b'\n'))
}

/// Whether who drops control characters sees the line of an mbox file, so that a header begins behind it.
fn could_be_mbox_line(line: &[u8]) -> bool {
    let seen = line
        .iter()
        .copied()
        .filter(|byte| (b' '..=b'~').contains(byte));
    seen.take(5).eq(*b"From ")
}

/// Whether who drops or trims the first character can see a line continue the field before. Of which characters beyond
/// ASCII that is so, readers do not agree.
fn begins_unseen(line: &[u8]) -> bool {
    line.first().is_some_and(|byte| !byte.is_ascii_graphic())
}

/// The lines of a header.
#[derive(Clone)]
pub(crate) struct Fields<'a> {
    rest: &'a [u8],
    context: Context<'a>,
}

impl<'a> Fields<'a> {
    /// Reads a field of addresses, whether or not it stands once in the header.
    pub(crate) fn list(
        &self,
        field: &Field<'a>,
        note: impl FnMut(usize, Parts),
    ) -> Result<AddressList<'a>, ParseError> {
        AddressList::parse(field, self.context, note)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, ParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (rest, line) = header_line(self.rest, self.context.line_end);
        self.rest = rest;
        let text = self.context.text;
        Some(match line {
            HeaderLine::Field(raw) => Ok(Field::new(raw, text)),
            HeaderLine::Stray(line) => {
                let span = span_of(line.text, text);
                Err(ParseError::new(ErrorKind::ExpectedField, span))
            }
        })
    }
}

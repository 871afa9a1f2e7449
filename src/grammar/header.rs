//! The header block of a message (RFC 5322 §2.1, §2.2): lines, folds, fields, and where it ends.

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter};

use super::{
    Fault, before,
    class::{self, BLANK, FTEXT},
    lexical::span,
    split,
};
use crate::error::ErrorKind;

/// How the lines of a message end. The first of them says it for all.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LineEnd {
    CrLf,
    Lf,
}

impl LineEnd {
    pub(crate) fn of(text: &[u8]) -> Self {
        match memchr(b'\n', text).map(|at| split(text, at).0) {
            Some([.., b'\r']) => Self::CrLf,
            _ => Self::Lf,
        }
    }

    pub(crate) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::CrLf => b"\r\n",
            Self::Lf => b"\n",
        }
    }
}

/// One line of the header, folds and all, without its end.
#[derive(Clone, Copy)]
pub(crate) enum HeaderLine<'a> {
    Field(RawField<'a>),
    /// What is no field.
    Stray(FoldedLine<'a>),
}

impl<'a> HeaderLine<'a> {
    pub(crate) const fn folded(&self) -> FoldedLine<'a> {
        match self {
            Self::Field(field) => field.line,
            Self::Stray(line) => *line,
        }
    }
}

/// One line of the header.
#[derive(Clone, Copy)]
pub(crate) struct FoldedLine<'a> {
    /// From its first character to its last, folds and all.
    pub(crate) text: &'a [u8],
    /// How many physical lines it has.
    pub(crate) lines: usize,
}

/// A field in its parts.
#[derive(Clone, Copy)]
pub(crate) struct RawField<'a> {
    pub(crate) line: FoldedLine<'a>,
    pub(crate) name: &'a [u8],
    /// What stands behind the colon.
    pub(crate) value: &'a [u8],
    /// Whether white space stands before the colon (the obsolete form of RFC 5322 §4.5).
    pub(crate) spaced: bool,
}

/// ```abnf
/// header-line  = field / stray-line
/// field        = field-name *WSP ":" value
/// field-name   = 1*ftext
/// ```
///
/// Takes one line, [folds](folded_line) and all. An empty line is [none](empty_line).
pub(crate) fn header_line(input: &[u8], end: LineEnd) -> (&[u8], HeaderLine<'_>) {
    let (rest, line) = folded_line(input, end);
    let (name, after_name) = span(line.text, FTEXT);
    let (blanks, after_blanks) = span(after_name, BLANK);
    let header_line = match after_blanks {
        [b':', value @ ..] if !name.is_empty() => HeaderLine::Field(RawField {
            line,
            name,
            value,
            spaced: !blanks.is_empty(),
        }),
        _ => HeaderLine::Stray(line),
    };
    (rest, header_line)
}

/// ```abnf
/// mbox-line = "From " *text line-end          ; what mbox files put before each message
/// ```
///
/// But for `From :`, which is a field.
pub(crate) fn mbox_line(input: &[u8], end: LineEnd) -> &[u8] {
    match input.strip_prefix(b"From ").map(|rest| span(rest, BLANK).1) {
        None | Some([b':', ..]) => input,
        Some(_) => line(input, end),
    }
}

/// The empty line that ends the header.
pub(crate) fn empty_line(input: &[u8], end: LineEnd) -> Option<&[u8]> {
    input.strip_prefix(end.bytes())
}

/// ```abnf
/// folded-line = *text *(line-end WSP *text) (line-end / end-of-input)
/// ```
fn folded_line(input: &[u8], end: LineEnd) -> (&[u8], FoldedLine<'_>) {
    let mut rest = line(input, end);
    let mut lines: usize = 1;
    while rest.first().is_some_and(|&byte| class::is(byte, BLANK)) {
        rest = line(rest, end);
        lines = lines.saturating_add(1);
    }
    let text = before(input, rest);
    let text = text.strip_suffix(end.bytes()).unwrap_or(text);
    (rest, FoldedLine { text, lines })
}

/// What stands behind the next physical line.
fn line(input: &[u8], end: LineEnd) -> &[u8] {
    let ends = |&at: &usize| end == LineEnd::Lf || split(input, at).0.ends_with(b"\r");
    let found = memchr_iter(b'\n', input).find(ends);
    found.map_or(&[], |at| split(input, at.saturating_add(1)).1)
}

/// Whether a CR or LF stands in a text of so many physical lines that is none of their ends.
pub(crate) fn has_odd_line_ends(text: &[u8], end: LineEnd, lines: usize) -> bool {
    // Counting is much faster than looking at each. The last line may have no end.
    let ended = lines.saturating_sub(usize::from(!text.ends_with(end.bytes())));
    let count = |byte| memchr_iter(byte, text).count();
    match end {
        LineEnd::Lf => memchr(b'\r', text).is_some(),
        LineEnd::CrLf => count(b'\r') != ended || count(b'\n') != ended,
    }
}

/// Where a reader that takes any of CR LF, LF and CR for a line end would see an empty line in
/// `header`, which is everything before the empty line that ends it.
pub(crate) fn doubtful_end(header: &[u8]) -> Option<&[u8]> {
    let ends = |at: usize| {
        let (before, rest) = split(header, at);
        match (before, rest) {
            ([.., b'\r'], [b'\r', ..]) | ([.., b'\n'], [b'\r' | b'\n', ..]) => Some(rest),
            _ => None,
        }
    };
    memchr2_iter(b'\r', b'\n', header)
        .find_map(ends)
        .map(|rest| split(rest, 1).0)
}

/// Which folded lines of nothing but white space a field may have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum BlankFolds {
    Allowed,
    Refused,
}

impl<'a> FoldedLine<'a> {
    /// Checks that the line ends are those of the message, and that no folded line is blank where
    /// that is refused (some readers end the header there).
    pub(crate) fn check(&self, end: LineEnd, blank: BlankFolds) -> Result<(), Fault<'a>> {
        let fault = |kind, at| Err(Fault { kind, at });
        let is_blank = |line: &[u8]| line.iter().all(|&byte| class::is(byte, BLANK));
        let mut rest = self.text;
        let mut first = true;
        loop {
            let at = memchr2(b'\r', b'\n', rest);
            let (line, after) = split(rest, at.unwrap_or(rest.len()));
            if blank == BlankFolds::Refused && !first && is_blank(line) {
                return fault(ErrorKind::BlankFold, line);
            }
            match after.strip_prefix(end.bytes()) {
                Some(next) => rest = next,
                None if after.is_empty() => return Ok(()),
                None => return fault(ErrorKind::ControlCharacter, split(after, 1).0),
            }
            first = false;
        }
    }
}

//! The grammar: what the texts look like, and nothing of what they mean.
//!
//! One function for each production, with its ABNF as its doc comment. They work on bytes, hand
//! back slices of them, and never allocate. This folder is the only place that knows nom.

pub(crate) mod addr_spec;
pub(crate) mod address;
mod class;
pub(crate) mod deceptive;
pub(crate) mod display;
pub(crate) mod encoded_word;
pub(crate) mod glyph;
pub(crate) mod header;
pub(crate) mod lexical;
mod look;
pub(crate) mod lost;
pub(crate) mod mail_command;
pub(crate) mod mailbox;
pub(crate) mod pe;
mod plain;
pub(crate) mod plain_entry;
pub(crate) mod reference;
pub(crate) mod value;

use memchr::memrchr_iter;
use nom::IResult;

use crate::{
    error::{ErrorKind, ParseError},
    text::{Span, encoding::Encoding},
};

/// What a production returns: the rest of the input and a shape, or a [`Fault`].
pub(crate) type Parsed<'a, T> = IResult<&'a [u8], T, Fault<'a>>;

/// An error of a production: what is wrong, and the bytes of the input that are.
/// [`complete`] turns the bytes into their [`Span`].
#[derive(Clone, Copy)]
pub(crate) struct Fault<'a> {
    pub(crate) kind: ErrorKind,
    pub(crate) at: &'a [u8],
}

impl<'a> Fault<'a> {
    /// `kind` at `at`, as nom's recoverable error.
    pub(crate) const fn error<T>(kind: ErrorKind, at: &'a [u8]) -> Result<T, nom::Err<Self>> {
        Err(nom::Err::Error(Self { kind, at }))
    }

    /// The fault that ended a production over `input`.
    fn of(error: &nom::Err<Self>, input: &'a [u8]) -> Self {
        match error {
            nom::Err::Error(fault) | nom::Err::Failure(fault) => *fault,
            nom::Err::Incomplete(_) => Self {
                kind: ErrorKind::UnexpectedText,
                at: input,
            },
        }
    }
}

impl<'a> nom::error::ParseError<&'a [u8]> for Fault<'a> {
    fn from_error_kind(input: &'a [u8], _: nom::error::ErrorKind) -> Self {
        Self {
            kind: ErrorKind::UnexpectedText,
            at: input,
        }
    }

    fn append(_: &'a [u8], _: nom::error::ErrorKind, other: Self) -> Self {
        other
    }
}

/// Runs a production over the whole of `input`.
pub(crate) fn complete<'a, T>(
    input: &'a [u8],
    production: impl FnOnce(&'a [u8]) -> Parsed<'a, T>,
) -> Result<T, ParseError> {
    whole(input, production).map_err(|fault| located(fault, input))
}

/// Runs a production over the whole of a part of some input.
pub(crate) fn whole<'a, T>(
    part: &'a [u8],
    production: impl FnOnce(&'a [u8]) -> Parsed<'a, T>,
) -> Result<T, Fault<'a>> {
    match production(part) {
        Ok(([], shape)) => Ok(shape),
        Ok((rest, _)) => Err(Fault {
            kind: ErrorKind::UnexpectedText,
            at: rest,
        }),
        Err(error) => Err(Fault::of(&error, part)),
    }
}

/// A fault of a production that ran over a part of `input`, with its place there.
pub(crate) fn located(fault: Fault<'_>, input: &[u8]) -> ParseError {
    let at = whole_char(fault.at, input);
    ParseError::new(fault.kind, span_of(at, input))
}

/// One byte that a production points at, with the rest of its UTF-8 character.
fn whole_char<'a>(at: &'a [u8], input: &'a [u8]) -> &'a [u8] {
    if at.first().is_none_or(u8::is_ascii) {
        return at;
    }
    let rest = split(input, span_of(at, input).start()).1;
    match Encoding::Utf8.chars(rest).next() {
        Some((_, width)) if width > at.len() => split(rest, width).0,
        _ => at,
    }
}

/// What is known of a value before it is read.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    /// How deep comments may nest.
    depth: usize,
    /// How many bytes the value has from its last `?=` on: that an encoded word has no end is not to be found out
    /// anew for each that could begin one.
    last_mark: usize,
}

impl Bounds {
    /// Those of a value that is read for the first time.
    pub(crate) fn of(value: &[u8], depth: usize) -> Self {
        let mut marks = memrchr_iter(b'?', value).map(|at| split(value, at).1);
        let last = marks.find(|rest| rest.starts_with(b"?="));
        Self {
            depth,
            last_mark: last.map_or(0, <[u8]>::len),
        }
    }

    /// Those of what was read once, with no word in doubt.
    pub(crate) const fn known(depth: usize) -> Self {
        let last_mark = 0;
        Self { depth, last_mark }
    }

    /// Those of a part of the value that was read: it need not reach to the end.
    const fn within(self) -> Self {
        Self::known(self.depth)
    }

    /// Whether a `?=` stands in an end of the value: of nothing else it can be asked.
    const fn has_mark(self, rest: &[u8]) -> bool {
        self.last_mark > 0 && self.last_mark <= rest.len()
    }
}

/// Where `part`, a slice of `whole`, stands in it.
#[inline]
pub(crate) fn span_of(part: &[u8], whole: &[u8]) -> Span {
    let start = part
        .as_ptr()
        .addr()
        .saturating_sub(whole.as_ptr().addr())
        .min(whole.len());
    Span::new(start, start.saturating_add(part.len()).min(whole.len()))
}

/// The first `count` bytes (all, if there are fewer), and the rest.
#[inline]
pub(crate) const fn split(input: &[u8], count: usize) -> (&[u8], &[u8]) {
    match input.split_at_checked(count) {
        Some(parts) => parts,
        None => (input, &[]),
    }
}

/// What stands before `rest`, an end of `input`.
#[inline]
pub(crate) fn before<'a>(input: &'a [u8], rest: &[u8]) -> &'a [u8] {
    split(input, input.len().saturating_sub(rest.len())).0
}

//! What address lists are made of: white space, comments, quoted strings, atoms (RFC 5322 §3.2,
//! with the characters of RFC 6532 §3.2).
//!
//! A field that reaches these productions is [checked](super::header::FoldedLine::check): its line ends are
//! those of its message and stand where it is folded, so here they are white space.

use core::iter;

use memchr::memchr3;

use super::{
    Bounds, Fault, Parsed, before,
    class::{self, ATEXT, BEYOND_ASCII, CONTROL, CTEXT, DTEXT, FOLDING, HASH, QTEXT, span},
    encoded_word::word_beyond,
    split,
};
use crate::error::ErrorKind;

/// ```abnf
/// [CFWS]
/// CFWS = (1*([FWS] comment) [FWS]) / FWS
/// ```
#[inline]
pub(crate) fn cfws(input: &[u8], bounds: Bounds) -> Parsed<'_, &[u8]> {
    match input {
        [byte, ..] if class::is(*byte, FOLDING) || *byte == b'(' => some_cfws(input, bounds),
        _ => Ok((input, split(input, 0).0)),
    }
}

fn some_cfws(input: &[u8], bounds: Bounds) -> Parsed<'_, &[u8]> {
    let mut rest = input;
    loop {
        rest = fws(rest);
        if rest.first() != Some(&b'(') {
            return Ok((rest, before(input, rest)));
        }
        (rest, _) = comment(rest, bounds)?;
    }
}

/// ```abnf
/// [FWS]
/// FWS = ([*WSP line-end] 1*WSP) / obs-FWS
/// ```
pub(crate) fn fws(input: &[u8]) -> &[u8] {
    span(input, FOLDING).1
}

/// ```abnf
/// comment  = "(" *([FWS] ccontent) [FWS] ")"
/// ccontent = ctext / quoted-pair / comment
/// ```
///
/// Here an encoded word can stand (RFC 2047 §5), which has none of the specials between two runs of `ctext`.
fn comment(input: &[u8], bounds: Bounds) -> Parsed<'_, &[u8]> {
    let mut open: usize = 0;
    let mut rest = input;
    let mut since_pair = input;
    loop {
        let (run, after) = span(rest, CTEXT | FOLDING);
        if let Some(word) = word_beyond(rest, run.len(), bounds) {
            return Fault::error(ErrorKind::DoubtfulWord, word);
        }
        rest = match after {
            [b'(', next @ ..] => {
                if open >= bounds.depth {
                    return Fault::error(ErrorKind::CommentTooDeep, split(after, 1).0);
                }
                open = open.saturating_add(1);
                next
            }
            [b')', next @ ..] => {
                open = open.saturating_sub(1);
                if open == 0 {
                    return Ok((next, before(input, next)));
                }
                next
            }
            [b'\\', quoted @ ..] => {
                check_before_pair(before(since_pair, after), after)?;
                since_pair = quoted;
                quoted_pair(after)?.0
            }
            [_, ..] => return Fault::error(ErrorKind::ControlCharacter, split(after, 1).0),
            [] => return Fault::error(ErrorKind::UnclosedComment, split(input, 1).0),
        };
    }
}

/// ```abnf
/// quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE
/// qcontent      = qtext / quoted-pair
/// ```
///
/// With its quotes.
pub(crate) fn quoted_string(input: &[u8]) -> Parsed<'_, &[u8]> {
    let mut rest = split(input, 1).1;
    let mut since_pair = rest;
    loop {
        let (_, after) = span(rest, QTEXT | FOLDING);
        rest = match after {
            [b'"', next @ ..] => return Ok((next, before(input, next))),
            [b'\\', quoted @ ..] => {
                check_before_pair(before(since_pair, after), after)?;
                since_pair = quoted;
                quoted_pair(after)?.0
            }
            [_, ..] => return Fault::error(ErrorKind::ControlCharacter, split(after, 1).0),
            [] => return Fault::error(ErrorKind::UnclosedQuote, split(input, 1).0),
        };
    }
}

/// ```abnf
/// quoted-pair = "\" (VCHAR / WSP)             ; not the controls of obs-qp
/// ```
///
/// Of a character beyond ASCII its first byte: the others stand for themselves.
pub(crate) fn quoted_pair(input: &[u8]) -> Parsed<'_, &[u8]> {
    let (pair, rest) = split(input, 2);
    match pair {
        [_, b'\t'] => Ok((rest, pair)),
        [_, byte] if class::is(*byte, CONTROL) => {
            Fault::error(ErrorKind::ControlCharacter, split(pair, 1).1)
        }
        // Behind a lone backslash at the end nothing is closed, which the caller says better.
        _ => Ok((rest, pair)),
    }
}

/// Checks `text`, all between a [quoted pair](quoted_pair) and what the one before it quotes.
///
/// In some charsets (Shift_JIS, GBK, Big5) the octet of the backslash is the second half of a letter and
/// quotes nothing. So behind what is beyond ASCII and no UTF-8, it is in doubt what it is.
fn check_before_pair<'a>(text: &[u8], pair: &'a [u8]) -> Result<(), nom::Err<Fault<'a>>> {
    match text {
        [.., 0x80..=0xFF] if core::str::from_utf8(text).is_err() => {
            Fault::error(ErrorKind::InvalidUtf8, split(pair, 1).0)
        }
        _ => Ok(()),
    }
}

/// ```abnf
/// domain-literal = "[" *([FWS] dtext) [FWS] "]"   ; not the quoted pairs of obs-dtext
/// ```
///
/// With its brackets. Whether a backslash in it quotes is read in two ways, so it is none.
pub(crate) fn domain_literal(input: &[u8]) -> Parsed<'_, &[u8]> {
    let (_, after) = span(split(input, 1).1, DTEXT | FOLDING);
    match after {
        [b']', next @ ..] => Ok((next, before(input, next))),
        [byte, ..] if class::is(*byte, CONTROL) => {
            Fault::error(ErrorKind::ControlCharacter, split(after, 1).0)
        }
        [_, ..] => Fault::error(ErrorKind::ForbiddenCharacter, split(after, 1).0),
        [] => Fault::error(ErrorKind::UnclosedLiteral, split(input, 1).0),
    }
}

/// The quoted strings, comments and domain literals of a part that was read, each with what encloses it.
pub(crate) fn enclosed(part: &[u8], bounds: Bounds) -> impl Iterator<Item = &[u8]> {
    let bounds = bounds.within();
    let mut rest = part;
    iter::from_fn(move || {
        let start = split(rest, memchr3(b'"', b'(', b'[', rest)?).1;
        let read = match start {
            [b'"', ..] => quoted_string(start),
            [b'(', ..] => comment(start, bounds),
            _ => domain_literal(start),
        };
        let (after, part) = read.ok()?;
        rest = after;
        Some(part)
    })
}

/// ```abnf
/// atom = 1*atext
/// ```
///
/// Empty where none stands.
pub(crate) fn atom(input: &[u8]) -> (&[u8], &[u8]) {
    span(input, ATEXT | HASH | BEYOND_ASCII)
}

/// What a quoted string stands for: without its quotes, its folds and the backslashes of its pairs.
pub(crate) fn unquoted(quoted: &[u8]) -> impl Iterator<Item = u8> {
    let inside = quoted.strip_prefix(b"\"").unwrap_or(quoted);
    let inside = inside.strip_suffix(b"\"").unwrap_or(inside);
    let mut escaped = false;
    inside.iter().copied().filter(move |&byte| {
        let escapes = byte == b'\\' && !escaped;
        escaped = escapes;
        !escapes && !matches!(byte, b'\r' | b'\n')
    })
}

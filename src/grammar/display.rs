//! The productions of what a host prints: the `*PE` display and the history.

use memchr::memchr;

use super::{
    Fault, Parsed,
    address::{Dress, ends_in_a_word, whole_addr_spec},
    class::{self, DIGIT},
    glyph::{delimiter, is_blank, lorraine, trim_start},
    lost::lost_delimiter,
    pe::{Entry, entry, is_code, number, pe, tail},
    split,
};
use crate::{error::ErrorKind, text::encoding::Encoding};

/// ```abnf
/// listed = ["PE"] entry / address [delimiter tail] / address 1*blank tail
/// ```
///
/// What stands behind the number in a `*PE` display. `PE` counts only where a delimiter follows
/// it, so that `PETER@…` has one reading.
pub(crate) fn listed(input: &[u8], encoding: Encoding) -> Parsed<'_, Entry<'_>> {
    if let Some(content) = opening(input, encoding) {
        return entry(content, encoding);
    }
    if let Some(mark) = lost_opening(input, encoding) {
        return Fault::error(ErrorKind::LostDelimiter, mark);
    }
    let ends = |at: &usize| {
        let rest = split(input, *at).1;
        delimiter(rest, encoding).is_some() || rest.first().is_some_and(|&byte| is_blank(byte))
    };
    let end = (0..input.len()).find(ends).unwrap_or(input.len());
    let (address, rest) = split(input, end);
    // Without a delimiter what stands before the address would be a part of it.
    if memchr(b'@', address).is_none_or(|at_sign| begins_with_code(split(address, at_sign).0)) {
        return Fault::error(ErrorKind::ExpectedAddress, input);
    }
    let (_, domain) = whole_addr_spec(address, Dress::Pe)?;
    let closing = delimiter(rest, encoding);
    if closing.is_none() && !ends_in_a_word(domain) {
        return Fault::error(ErrorKind::ExpectedClosingDelimiter, address);
    }
    let after = split(rest, closing.map_or(0, <[u8]>::len)).1;
    let (end, tail) = tail(after, closing.unwrap_or(lorraine(encoding)), encoding)?;
    Ok((
        end,
        Entry {
            address,
            closed: closing.is_some(),
            tail,
        },
    ))
}

/// Whether a local part begins with what could be a code, or another word, that stands before it: a slash in it, or a
/// sign behind a code. A full stop, and `_`, are of names.
fn begins_with_code(local_part: &[u8]) -> bool {
    let letters = local_part
        .iter()
        .position(|byte| !byte.is_ascii_alphabetic());
    let (code, behind) = split(local_part, letters.unwrap_or(local_part.len()));
    let is_code = is_code(code) || code.eq_ignore_ascii_case(b"BCC");
    let joins = match behind {
        [] | [b'.' | b'_', ..] | [b'=', b'=', ..] => false,
        [byte, ..] => !byte.is_ascii_alphanumeric(),
    };
    memchr(b'/', local_part).is_some() || is_code && joins
}

/// ```abnf
/// opened = ["PE"] delimiter
/// ```
///
/// The input from the delimiter on, if it begins so.
pub(crate) fn opening(input: &[u8], encoding: Encoding) -> Option<&[u8]> {
    [behind_pe(input), input]
        .into_iter()
        .find(|at| delimiter(at, encoding).is_some())
}

/// ```abnf
/// lost-opening = ["PE"] lost-delimiter
/// ```
///
/// The mark that stands in the place of the delimiter.
fn lost_opening(input: &[u8], encoding: Encoding) -> Option<&[u8]> {
    lost_delimiter(behind_pe(input), encoding)
}

fn behind_pe(input: &[u8]) -> &[u8] {
    pe(input).map_or(input, |(after_pe, _)| after_pe)
}

/// ```abnf
/// history = ("APE" / "XPE" / "CPE") 1*blank "E" entry
/// ```
///
/// The letter of the action, and the input from the `E` on. `None` for any other line.
pub(crate) fn history(input: &[u8], encoding: Encoding) -> Option<(u8, &[u8])> {
    let (action, after) = input.split_first()?;
    let action = action.to_ascii_uppercase();
    let (after_pe, _) = pe(after).ok()?;
    let content = trim_start(after_pe);
    let is_history = matches!(action, b'A' | b'X' | b'C')
        && content.len() < after_pe.len()
        && matches!(content.first(), Some(b'E' | b'e'))
        && delimiter(split(content, 1).1, encoding).is_some();
    is_history.then_some((action, content))
}

/// ```abnf
/// numbered = 1*DIGIT "."
/// ```
///
/// The number (`u16::MAX` if it is greater) and what follows it.
pub(crate) fn numbered(input: &[u8]) -> Option<(u16, &[u8])> {
    let dot = input.iter().position(|&byte| !class::is(byte, DIGIT))?;
    let (digits, rest) = split(input, dot);
    Some((number(digits)?, rest.strip_prefix(b".")?))
}

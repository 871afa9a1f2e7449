//! Name references of the PE field, and what must not pass for a name instead of one.

use memchr::memchr_iter;
use nom::{
    Parser,
    bytes::complete::{tag, take_while1},
    combinator::opt,
    sequence::preceded,
};

use super::{
    Fault, Parsed,
    class::{self, DIGIT},
    pe::{in_range, is_item},
    split,
};
use crate::{
    error::ErrorKind,
    text::{encoding::Encoding, is_visible},
};

/// The numbers of a name reference.
pub(crate) type Reference = (u16, Option<u16>);

/// Whether a digit stands next to a full stop: then the numbers are meant as a reference.
pub(crate) fn has_decimal(numbers: &[u8]) -> bool {
    memchr_iter(b'.', numbers).any(|dot| {
        let digit_at = |at: Option<usize>| {
            at.and_then(|at| numbers.get(at))
                .is_some_and(u8::is_ascii_digit)
        };
        digit_at(dot.checked_sub(1)) || digit_at(dot.checked_add(1))
    })
}

/// A [`reference`] without its hyphen.
pub(crate) fn whole_reference(input: &[u8]) -> Parsed<'_, Reference> {
    Ok((split(input, input.len()).1, reference_numbers(input)?))
}

pub(super) fn optional_reference(input: &[u8]) -> Result<Option<Reference>, nom::Err<Fault<'_>>> {
    if input.is_empty() {
        Ok(None)
    } else {
        reference(input).map(Some)
    }
}

/// ```abnf
/// reference = "-" number ["." number]         ; 1 to 999 each, zeros in front allowed
/// ```
fn reference(input: &[u8]) -> Result<Reference, nom::Err<Fault<'_>>> {
    if input.first() != Some(&b'-') {
        return Fault::error(ErrorKind::UnexpectedText, input);
    }
    reference_numbers(split(input, 1).1)
}

fn reference_numbers(input: &[u8]) -> Result<Reference, nom::Err<Fault<'_>>> {
    let digits = || take_while1(|byte| class::is(byte, DIGIT));
    let shape: Parsed<'_, _> = (digits(), opt(preceded(tag("."), digits()))).parse(input);
    let Ok((rest, (item, passenger))) = shape else {
        return Fault::error(ErrorKind::MalformedNameReference, input);
    };
    if !rest.is_empty() {
        let list =
            rest.iter().all(|&byte| is_of_references(byte)) && rest.iter().any(u8::is_ascii_digit);
        let kind = if list {
            ErrorKind::NameReferenceList
        } else {
            ErrorKind::MalformedNameReference
        };
        return Fault::error(kind, input);
    }
    let out_of_range = |at| {
        let kind = ErrorKind::NameReferenceOutOfRange;
        nom::Err::Error(Fault { kind, at })
    };
    let value = |digits| in_range(digits).ok_or(out_of_range(digits));
    Ok((value(item)?, passenger.map(value).transpose()?))
}

/// A byte that lists and ranges of references are made of.
pub(super) fn is_of_references(byte: u8) -> bool {
    is_item(byte) || byte == b'.'
}

/// What is wrong with what a text ends in, where that could be a reference: who was to see the documents of one name
/// would see all. In it stands a character that cannot be seen, a dash that is no hyphen, or a digit or full stop of
/// double width; or behind it stands a mark.
pub(super) fn doubtful_reference(text: &[u8], encoding: Encoding) -> Option<Fault<'_>> {
    #[derive(Default)]
    struct Seen<'a> {
        hyphen: bool,
        soft: bool,
        digit: bool,
        point: bool,
        unseen: Option<&'a [u8]>,
        from_dash: Option<&'a [u8]>,
        wide: Option<&'a [u8]>,
    }
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b" .-".contains(byte);
    if text.iter().all(is_plain) {
        return None;
    }
    let mut seen = Seen::default();
    // The mark behind what could be a reference, with no letter behind it.
    let mut mark = None;
    let mut rest = text;
    for (char, width) in encoding.chars(text) {
        let (this, after) = split(rest, width);
        mark = mark.filter(|_| !is_letter(char));
        match char {
            '-' => seen.hyphen = true,
            '0'..='9' => (seen.digit, seen.hyphen) = (true, seen.hyphen || seen.soft),
            '.' => seen.point = true,
            ' ' | '\t' | ',' => {}
            '\u{FF10}'..='\u{FF19}' => (seen.digit, seen.wide) = (true, seen.wide.or(Some(this))),
            '\u{FF0E}' => (seen.point, seen.wide) = (true, seen.wide.or(Some(this))),
            _ if is_dash(char) => seen.from_dash = seen.from_dash.or(Some(rest)),
            _ if !is_visible(char) => {
                seen.unseen = seen.unseen.or(Some(this));
                seen.soft |= char == SOFT_HYPHEN;
            }
            _ => {
                let refers = seen.digit && seen.point && (seen.hyphen || seen.from_dash.is_some());
                mark = mark.or((refers && !is_letter(char)).then_some(this));
                seen = Seen::default();
            }
        }
        rest = after;
    }
    let fault = |kind| move |at| Fault { kind, at };
    if mark.is_some() || !seen.digit {
        return mark.map(fault(ErrorKind::MalformedNameReference));
    }
    let refers = |begins: bool| seen.point || begins;
    let unseen = seen
        .unseen
        .filter(|_| seen.hyphen || seen.from_dash.is_some());
    let dash = seen
        .from_dash
        .filter(|from| refers(from.len() == text.len()));
    let wide = seen
        .wide
        .filter(|_| seen.hyphen && refers(text.starts_with(b"-")));
    unseen
        .map(fault(ErrorKind::DoubtfulEntry))
        .or_else(|| dash.map(fault(ErrorKind::WrongDash)))
        .or_else(|| wide.map(fault(ErrorKind::MalformedNameReference)))
}

/// Those that are set as marks are none.
fn is_letter(char: char) -> bool {
    char.is_alphabetic() && !matches!(char, '\u{AA}' | '\u{BA}')
}

/// A hyphen that is seen at line ends only: one, if a digit stands behind it.
const SOFT_HYPHEN: char = '\u{AD}';

/// What editors put in the place of a hyphen.
pub(crate) const fn is_dash(char: char) -> bool {
    matches!(
        char,
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// What a text ends in of which references are made.
pub(super) fn references(text: &[u8]) -> &[u8] {
    let last = text.iter().rposition(|&byte| !is_of_references(byte));
    split(text, last.map_or(0, |last| last.saturating_add(1))).1
}

/// Refuses a dash that stands before a number in the place of a hyphen.
pub(super) fn no_dash(text: &[u8], encoding: Encoding) -> Result<(), nom::Err<Fault<'_>>> {
    let mut chars = encoding.chars(text).map(|(char, _)| char);
    let begins =
        chars.next().is_some_and(is_dash) && chars.next().is_some_and(|it| it.is_ascii_digit());
    if begins {
        Fault::error(ErrorKind::WrongDash, text)
    } else {
        Ok(())
    }
}

//! The productions of the mail commands.

use nom::{
    Parser,
    branch::alt,
    bytes::complete::tag_no_case,
    combinator::{map, opt, recognize, value},
    sequence::preceded,
};

use super::{
    Fault, Parsed, before,
    glyph::delimiter,
    pe::{MAX_NUMBER, bounds, number},
    split,
};
use crate::{error::ErrorKind, text::encoding::Encoding};

/// A mail command, spelled out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MailCommand<'a> {
    /// `EM` and the letters of the document.
    pub(crate) command: &'a [u8],
    pub(crate) redisplay: bool,
    /// Whether the first modifier has no delimiter before it.
    pub(crate) undelimited: bool,
    /// The modifiers: each behind a delimiter, but the first if it is undelimited.
    tail: &'a [u8],
}

/// ```abnf
/// mail-command = "EM" ["I" / "T" ["P"] / "X" ["P"]] ["R"] [name] *(delimiter modifier)
/// ```
///
/// All delimiters in the same spelling.
pub(crate) fn head(input: &[u8], encoding: Encoding) -> Parsed<'_, MailCommand<'_>> {
    let begins = |other: &str| {
        split(input, other.len())
            .0
            .eq_ignore_ascii_case(other.as_bytes())
    };
    if begins("EMALL") || begins("ERM") || begins("EM*") {
        return Fault::error(ErrorKind::OtherSystem, input);
    }
    let letter = |letters| tag_no_case::<_, _, Fault<'_>>(letters);
    let document = alt((
        recognize((letter("T"), opt(letter("P")))),
        recognize((letter("X"), opt(letter("P")))),
        letter("I"),
    ));
    let command = recognize(preceded(letter("EM"), opt(document)));
    let redisplay = map(opt(value(true, letter("R"))), Option::unwrap_or_default);
    let Ok((tail, (command, redisplay))) = (command, redisplay).parse(input) else {
        return Fault::error(ErrorKind::ExpectedMailCommand, split(input, 4).0);
    };
    let undelimited = matches!(tail.first(), Some(b'N' | b'n'));
    let end = split(tail, tail.len()).1;
    let shape = MailCommand {
        command,
        redisplay,
        undelimited,
        tail,
    };
    let Some(own) = shape.own_delimiter(encoding) else {
        return match tail {
            [] => Ok((end, shape)),
            _ if undelimited => Ok((end, shape)),
            _ => Fault::error(ErrorKind::ExpectedDelimiter, split(tail, 1).0),
        };
    };
    // Another spelling between the modifiers would be one reading of several.
    for at in 0..tail.len() {
        if let Some(other) = delimiter(split(tail, at).1, encoding)
            && other != own
            && !own.ends_with(other)
        {
            let at = split(split(tail, at).1, other.len()).0;
            return Fault::error(ErrorKind::MixedDelimiters, at);
        }
    }
    if !undelimited && !tail.starts_with(own) {
        return Fault::error(ErrorKind::ExpectedDelimiter, before(tail, end));
    }
    Ok((end, shape))
}

impl<'a> MailCommand<'a> {
    /// The first delimiter that stands among the modifiers.
    fn own_delimiter(&self, encoding: Encoding) -> Option<&'static [u8]> {
        (0..self.tail.len()).find_map(|at| delimiter(split(self.tail, at).1, encoding))
    }

    /// The modifiers, one after the other, as written.
    pub(crate) fn modifiers(&self, encoding: Encoding) -> impl Iterator<Item = &'a [u8]> {
        let own = self.own_delimiter(encoding);
        let mut rest = Some(self.tail).filter(|tail| !tail.is_empty());
        if !self.undelimited {
            rest = rest.map(|tail| split(tail, own.map_or(0, <[u8]>::len)).1);
        }
        core::iter::from_fn(move || {
            let text = rest?;
            let end = own.and_then(|own| memchr::memmem::find(text, own));
            let (modifier, after) = split(text, end.unwrap_or(text.len()));
            rest = end.map(|_| split(after, own.map_or(0, <[u8]>::len)).1);
            Some(modifier)
        })
    }
}

/// ```abnf
/// ranges = range *("/" range)         ; strictly ascending, 1 to 999
/// ```
pub(crate) fn ranges(numbers: &[u8]) -> bool {
    let mut last = 0;
    numbers.split(|&byte| byte == b'/').all(|range| {
        let Some((low, high)) = bounds(range) else {
            return false;
        };
        let ascending = low > last && high.is_none_or(|high| high > low);
        last = high.unwrap_or(low);
        ascending && last <= MAX_NUMBER
    })
}

/// ```abnf
/// name = number "." number            ; 0 to 999
/// ```
pub(crate) fn name(numbers: &[u8]) -> Option<(u16, u16)> {
    let dot = memchr::memchr(b'.', numbers)?;
    let (item, passenger) = split(numbers, dot);
    let value = |digits| number(digits).filter(|&value| value <= MAX_NUMBER);
    Some((value(item)?, value(split(passenger, 1).1)?))
}

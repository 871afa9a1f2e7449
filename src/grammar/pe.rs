//! The productions of the PE field.
//!
//! Each takes the [`Encoding`] of the line, since the glyphs differ with it, and reads to the end
//! of its input, which comes without padding.

use memchr::{memchr, memmem, memrchr};
use nom::{
    Parser,
    bytes::complete::{tag_no_case, take_while},
};

use super::{
    Fault, Parsed,
    address::{Dress, addr_spec, ends_in_a_word, whole_addr_spec},
    before,
    class::{self, BLANK, DIGIT, PLAIN},
    glyph::{before_glyph, change, delimiter, is_blank, trim, trim_end, trim_padding, trim_start},
    lost::{entry_in_name, lost_change, lost_delimiter, lost_glyphs, lost_language},
    reference::{
        Reference, doubtful_reference, has_decimal, is_dash, no_dash, optional_reference,
        references,
    },
    split,
};
use crate::{error::ErrorKind, text::encoding::Encoding};

/// The greatest item number, and the greatest number in a name reference.
pub(crate) const MAX_NUMBER: u16 = 999;

/// A command, spelled out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Command<'a> {
    Add(Entry<'a>),
    Change(Option<u16>, Entry<'a>),
    /// The items, checked: see [`items`].
    Delete(&'a [u8]),
    Display,
}

/// The parts of an entry, each as written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) address: &'a [u8],
    pub(crate) closed: bool,
    pub(crate) tail: Tail<'a>,
}

/// What stands behind the closing delimiter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tail<'a> {
    pub(crate) code: Option<&'a [u8]>,
    /// Trimmed; empty if there is none.
    pub(crate) addressee: &'a [u8],
    pub(crate) language: Option<&'a [u8]>,
    pub(crate) reference: Option<Reference>,
}

/// ```abnf
/// command = "*PE" / "PE" items change / "PE" [item] change entry / "PE" entry
/// ```
///
/// A text that begins like none of these is [`ErrorKind::ExpectedPe`] or
/// [`ErrorKind::ExpectedDelimiter`]: in a dump it is not a broken entry but no entry at all. Whose glyphs are
/// [lost](super::lost), or whose [items](odd_items) are none, is a broken one.
pub(crate) fn command(input: &[u8], encoding: Encoding) -> Parsed<'_, Command<'_>> {
    let Ok((after_pe, _)) = pe(input) else {
        if input.eq_ignore_ascii_case(b"*PE") {
            return Ok((split(input, 3).1, Command::Display));
        }
        return Fault::error(ErrorKind::ExpectedPe, split(input, 2).0);
    };
    if delimiter(after_pe, encoding).is_some() {
        let (rest, entry) = entry(after_pe, encoding)?;
        return Ok((rest, Command::Add(entry)));
    }
    let (at_glyph, numbers) = take_while(is_item)(after_pe)?;
    if let Ok((after_change, _)) = change(at_glyph, encoding) {
        return match numbers.iter().any(|&byte| is_blank(byte)) {
            true => Fault::error(ErrorKind::BlankBeforeDelimiter, numbers),
            false => change_or_delete(after_pe, numbers, after_change, encoding),
        };
    }
    if delimiter(at_glyph, encoding).is_none() {
        if let Some(mark) = lost_change(numbers, at_glyph, encoding) {
            return Fault::error(ErrorKind::LostChange, mark);
        }
        if let Some(mark) = lost_delimiter(at_glyph, encoding) {
            return Fault::error(ErrorKind::LostDelimiter, mark);
        }
        return match odd_items(after_pe, encoding) {
            Some(items) if lost_glyphs(at_glyph, encoding).is_none() => {
                let dash = encoding.chars(items).any(|(char, _)| is_dash(char));
                let kind = if dash {
                    ErrorKind::WrongDash
                } else {
                    ErrorKind::MalformedItems
                };
                Fault::error(kind, items)
            }
            _ => Fault::error(ErrorKind::ExpectedDelimiter, split(after_pe, 1).0),
        };
    }
    match trim(numbers) {
        [] => Fault::error(ErrorKind::BlankBeforeDelimiter, numbers),
        numbers => Fault::error(ErrorKind::ItemsWithoutChange, numbers),
    }
}

/// What stands between `PE` and a change glyph, if there is a number in it, and nothing but what items or a dash could
/// be, or if it is one word that begins with a number: `PE1–3¤`, `PE 1 – 3¤`, `PE1;3¤`.
fn odd_items(after_pe: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let mut places = 0..after_pe.len();
    let glyph = places.find(|&at| change(split(after_pe, at).1, encoding).is_ok())?;
    let items = split(after_pe, glyph).0;
    let is_word = items.first()?.is_ascii_digit() && !items.iter().copied().any(is_blank);
    let of_items =
        |char| matches!(char, '0'..='9' | ' ' | '\t' | ',' | '-' | '.' | ';') || is_dash(char);
    let are_items = items.iter().any(u8::is_ascii_digit)
        && encoding.chars(items).all(|(char, _)| of_items(char));
    (is_word || are_items).then_some(items)
}

/// What follows the change glyph: an entry in the place of one item, or nothing.
fn change_or_delete<'a>(
    after_pe: &'a [u8],
    numbers: &'a [u8],
    after_change: &'a [u8],
    encoding: Encoding,
) -> Parsed<'a, Command<'a>> {
    let content = trim_start(after_change);
    if delimiter(content, encoding).is_none() {
        if !content.is_empty() {
            return Fault::error(ErrorKind::UnexpectedText, content);
        }
        if numbers.is_empty() {
            return Fault::error(
                ErrorKind::ChangeWithoutContent,
                before(after_pe, after_change),
            );
        }
        items(numbers)?;
        return Ok((content, Command::Delete(numbers)));
    }
    if content.len() < after_change.len() {
        return Fault::error(
            ErrorKind::BlankBeforeDelimiter,
            before(after_change, content),
        );
    }
    let item = match numbers {
        [] => None,
        _ => match items(numbers)? {
            (only, last) if only == last => Some(only),
            _ => return Fault::error(ErrorKind::ChangeOfSeveralItems, numbers),
        },
    };
    let (rest, entry) = entry(content, encoding)?;
    Ok((rest, Command::Change(item, entry)))
}

/// ```abnf
/// items = range *("," range)      ; strictly ascending
/// range = item ["-" item]
/// item  = *"0" 1*3DIGIT           ; 1 to 999
/// ```
///
/// The first number and the last one.
fn items(numbers: &[u8]) -> Result<(u16, u16), nom::Err<Fault<'_>>> {
    let mut first = 0;
    let mut last = 0;
    for range in numbers.split(|&byte| byte == b',') {
        let fault = |kind| Fault::error(kind, range);
        let Some((low, high)) = bounds(range) else {
            return fault(ErrorKind::MalformedItems);
        };
        for bound in [Some(low), high].into_iter().flatten() {
            match bound {
                0 | 1000.. => return fault(ErrorKind::ItemOutOfRange),
                _ if bound <= last => return fault(ErrorKind::ItemsNotAscending),
                _ => last = bound,
            }
        }
        if first == 0 {
            first = low;
        }
    }
    Ok((first, last))
}

/// [`items`] by themselves.
pub(crate) fn whole_items(input: &[u8]) -> Parsed<'_, (u16, u16)> {
    let bounds = items(input)?;
    Ok((split(input, input.len()).1, bounds))
}

/// The numbers of one range.
pub(crate) fn bounds(range: &[u8]) -> Option<(u16, Option<u16>)> {
    match memchr(b'-', range) {
        None => Some((number(range)?, None)),
        Some(hyphen) => {
            let (low, high) = split(range, hyphen);
            Some((number(low)?, Some(number(split(high, 1).1)?)))
        }
    }
}

/// The value of digits, or `None` if there are none or something else; a value beyond `u16` is
/// its greatest.
pub(crate) fn number(digits: &[u8]) -> Option<u16> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u16, |value, &byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| value.saturating_mul(10).saturating_add(u16::from(digit)))
    })
}

/// ```abnf
/// entry = delimiter address delimiter tail / delimiter address
/// ```
///
/// Both delimiters in the same spelling. The second form is read only where nothing can be
/// missing: see [`ends_in_a_word`].
pub(crate) fn entry(input: &[u8], encoding: Encoding) -> Parsed<'_, Entry<'_>> {
    let Some(opening) = delimiter(input, encoding) else {
        return Fault::error(ErrorKind::ExpectedDelimiter, split(input, 1).0);
    };
    let dress = if opening == b"#" {
        Dress::PeInHashes
    } else {
        Dress::Pe
    };
    let content = split(input, opening.len()).1;
    if let Ok((rest, _)) = addr_spec(content, dress)
        && let Some(after) = rest.strip_prefix(opening)
    {
        let (end, tail) = tail(after, opening, encoding)?;
        return Ok((
            end,
            Entry {
                address: before(content, rest),
                closed: true,
                tail,
            },
        ));
    }
    match memmem::find(content, opening) {
        // The address is closed, so it is the address that is wrong.
        Some(closing) => {
            let address = split(content, closing).0;
            whole_addr_spec(address, dress)?;
            Fault::error(ErrorKind::ForbiddenCharacter, address)
        }
        None => unclosed(content, dress, encoding),
    }
}

/// ```abnf
/// delimited-address = delimiter address delimiter
/// ```
pub(crate) fn delimited_address(input: &[u8]) -> Parsed<'_, &[u8]> {
    let encoding = Encoding::Utf8;
    match delimiter(input, encoding) {
        Some(own) if split(input, own.len()).1.ends_with(own) => {
            let (end, entry) = entry(input, encoding)?;
            Ok((end, entry.address))
        }
        Some(_) => Fault::error(ErrorKind::ExpectedClosingDelimiter, input),
        None => Fault::error(ErrorKind::ExpectedDelimiter, input),
    }
}

/// An entry without the closing delimiter: all the rest must be one address.
fn unclosed(content: &[u8], dress: Dress, encoding: Encoding) -> Parsed<'_, Entry<'_>> {
    if content.is_empty() {
        return Fault::error(ErrorKind::EmptyAddress, content);
    }
    if let Ok((end, domain)) = whole_addr_spec(content, dress)
        && ends_in_a_word(domain)
    {
        return Ok((
            end,
            Entry {
                address: content,
                closed: false,
                tail: Tail::default(),
            },
        ));
    }
    let after_at = memchr(b'@', content).unwrap_or_default();
    for at in after_at..content.len() {
        let rest = split(content, at).1;
        if let Some(other) = delimiter(rest, encoding) {
            return Fault::error(ErrorKind::MixedDelimiters, split(rest, other.len()).0);
        }
    }
    Fault::error(ErrorKind::ExpectedClosingDelimiter, content)
}

/// ```abnf
/// tail = [code "/" [addressee]] [change language] [reference]
/// code = 1*plain                      ; which codes there are is a matter of meaning
/// ```
///
/// Blanks around the parts are trimmed.
pub(crate) fn tail<'a>(
    input: &'a [u8],
    own_delimiter: &'static [u8],
    encoding: Encoding,
) -> Parsed<'a, Tail<'a>> {
    let end = split(input, input.len()).1;
    if input.is_empty() {
        return Ok((end, Tail::default()));
    }
    let Some(at_change) = free_text(input, Some(own_delimiter), encoding)? else {
        let (mut tail, reference_text) = code_and_addressee(input, encoding)?;
        tail.reference = optional_reference(reference_text)?;
        return Ok((end, tail));
    };
    let (mut tail, reference_text) = code_and_addressee(before(input, at_change), encoding)?;
    if !reference_text.is_empty() {
        return Fault::error(ErrorKind::NameReferenceBeforeLanguage, reference_text);
    }
    let (after_change, glyph) = change(at_change, encoding)?;
    let Some((language, after)) = after_change.split_at_checked(1) else {
        return Fault::error(ErrorKind::UnknownLanguage, glyph);
    };
    let letters = after_change
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    if letters != 1 {
        let at = if after.is_empty() {
            language
        } else {
            split(after_change, letters.max(1)).0
        };
        return Fault::error(ErrorKind::UnknownLanguage, at);
    }
    tail.language = Some(language);
    let numbers = trim_start(after);
    no_dash(numbers, encoding)?;
    tail.reference = optional_reference(numbers)?;
    Ok((end, tail))
}

/// Checks the characters of a tail, and finds the change glyph: the input from there on.
///
/// Allowed is any character but the entry's own delimiter, the end-item and control characters.
fn free_text<'a>(
    input: &'a [u8],
    own_delimiter: Option<&'static [u8]>,
    encoding: Encoding,
) -> Result<Option<&'a [u8]>, nom::Err<Fault<'a>>> {
    let mut at_change = None;
    let mut rest = input;
    while let Some(odd) = rest.iter().position(|&byte| !class::is(byte, PLAIN)) {
        let at = split(rest, odd).1;
        if let Some(own) = own_delimiter.filter(|own| at.starts_with(own)) {
            return Fault::error(ErrorKind::ExtraDelimiter, split(at, own.len()).0);
        }
        let (char, width) = encoding.chars(at).next().unwrap_or_default();
        let (this, after) = split(at, width.max(1));
        match char {
            '\u{A4}'
                if before_glyph(before(input, at), encoding).len()
                    < input.len().saturating_sub(at.len()) =>
            {
                return Fault::error(ErrorKind::LostChange, this);
            }
            '\u{A4}' if at_change.is_some() => {
                return Fault::error(ErrorKind::SecondLanguage, this);
            }
            '\u{A4}' => at_change = Some(at),
            '\u{A7}' => return Fault::error(ErrorKind::UnexpectedEndItem, this),
            '\u{2028}' | '\u{2029}' => return Fault::error(ErrorKind::ControlCharacter, this),
            _ if char.is_control() => return Fault::error(ErrorKind::ControlCharacter, this),
            _ => {}
        }
        rest = after;
    }
    Ok(at_change)
}

/// The code, the addressee, and the text of a reference that stands behind them.
fn code_and_addressee(
    input: &[u8],
    encoding: Encoding,
) -> Result<(Tail<'_>, &[u8]), nom::Err<Fault<'_>>> {
    let text = trim(input);
    let mut tail = Tail::default();
    if matches!(text, [] | [b'-', ..]) {
        return Ok((tail, text));
    }
    no_dash(text, encoding)?;
    let Some(slash) = memchr(b'/', text) else {
        let kind = if is_code(text) {
            ErrorKind::CodeWithoutSlash
        } else {
            ErrorKind::UnknownCode
        };
        return Fault::error(kind, text);
    };
    let (code, at_slash) = split(text, slash);
    tail.code = Some(code);
    let reference;
    (tail.addressee, reference) = addressee(trim_start(split(at_slash, 1).1), encoding)?;
    Ok((tail, reference))
}

/// ```abnf
/// code = "TO" / "CC" / "BC" / "FR"
/// ```
pub(super) fn is_code(text: &[u8]) -> bool {
    let mut known = ["TO", "CC", "BC", "FR"].into_iter();
    known.any(|code| text.eq_ignore_ascii_case(code.as_bytes()))
}

/// ```abnf
/// addressee = 1*plain                 ; up to the reference, if the text ends in one
/// ```
///
/// `-n.n` at the end is always a reference, a bare `-n` only where no name stands before it. What
/// looks like two references, or like half of one, is an error rather than a name; so is another entry, or the next item
/// of a list; and so is `?S-1`, which was a
/// language and a reference before the change glyph was [lost](super::lost).
pub(super) fn addressee(
    text: &[u8],
    encoding: Encoding,
) -> Result<(&[u8], &[u8]), nom::Err<Fault<'_>>> {
    let nothing = split(text, text.len()).1;
    if let Some(fault) = doubtful_reference(text, encoding) {
        return Err(nom::Err::Error(fault));
    }
    if let Some(entry) = entry_in_name(text, encoding) {
        return Fault::error(ErrorKind::EntryWithinLine, entry);
    }
    let numbers = references(text);
    let refers = matches!(text, [b'-', b'0'..=b'9', ..])
        || text.starts_with(b"-") && numbers.len() == text.len();
    if refers {
        return Ok((split(text, 0).0, text));
    }
    let (name, reference) = match memrchr(b'-', numbers).filter(|_| has_decimal(numbers)) {
        None => (text, nothing),
        Some(hyphen) => {
            let (earlier, last) = split(numbers, hyphen);
            let comma = memchr(b',', earlier).is_some();
            if has_decimal(earlier) || comma && earlier.iter().any(u8::is_ascii_digit) {
                return Fault::error(ErrorKind::NameReferenceList, trim(numbers));
            }
            (trim_end(before(text, last)), last)
        }
    };
    // What was left of a glyph, or stands behind the Enter mark.
    if before_glyph(trim_padding(name, encoding), encoding).len() < name.len() {
        return Fault::error(ErrorKind::UntrimmedName, name);
    }
    match lost_language(name, encoding) {
        Some(mark) => Fault::error(ErrorKind::LostChange, mark),
        None => Ok((name, reference)),
    }
}

/// An [`addressee`] by itself, in UTF-8, as it may stand between a code and the end of an entry.
pub(crate) fn whole_addressee(input: &[u8]) -> Parsed<'_, &[u8]> {
    if input.is_empty() {
        return Fault::error(ErrorKind::EmptyName, input);
    }
    if let Some(at_change) = free_text(input, None, Encoding::Utf8)? {
        return Fault::error(ErrorKind::ChangeInName, split(at_change, 2).0);
    }
    if trim(input).len() < input.len() {
        return Fault::error(ErrorKind::UntrimmedName, input);
    }
    match addressee(input, Encoding::Utf8)? {
        (name, []) => Ok((split(input, name.len()).1, name)),
        (_, reference) => Fault::error(ErrorKind::NameLikeReference, reference),
    }
}

/// What stands behind the numbers of items.
pub(crate) fn behind_items(input: &[u8]) -> &[u8] {
    let first = input.iter().position(|&byte| !is_item(byte));
    split(input, first.unwrap_or(input.len())).1
}

/// A byte that lists and ranges of items are made of, and blanks among them.
pub(super) fn is_item(byte: u8) -> bool {
    class::is(byte, DIGIT | BLANK) || matches!(byte, b',' | b'-')
}

/// A number from 1 to 999.
#[inline]
pub(super) fn in_range(digits: &[u8]) -> Option<u16> {
    number(digits).filter(|number| (1..=MAX_NUMBER).contains(number))
}

/// `PE` in either case.
pub(crate) fn pe(input: &[u8]) -> Parsed<'_, &[u8]> {
    tag_no_case("PE").parse(input)
}

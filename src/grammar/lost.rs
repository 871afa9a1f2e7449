//! What is left of a PE entry whose glyphs were lost: when a text was converted to a charset that has none, or read in
//! another one than it was written in. An entry that lost one is a broken one, not text.

use memchr::{memchr, memchr_iter};
use nom::bytes::complete::take_while;

use super::{
    before,
    glyph::{change, delimiter, is_blank, trim, trim_end, trim_start},
    pe::{behind_items, is_item, pe},
    reference::references,
    split,
};
use crate::text::encoding::Encoding;

/// ```abnf
/// mark = "?" / %x1A / "¿" / "€" / "Â¤" / "ï¿½" / U+FFFD
/// ```
///
/// What stands in the place of a glyph when a text was converted to a charset that has none, or read in
/// another one than it was written in: the first mark, and what stands behind all of them.
pub(crate) fn lost_glyphs(input: &[u8], encoding: Encoding) -> Option<(&[u8], &[u8])> {
    let marks = marks(encoding);
    let behind = |input: &[u8]| {
        let mark = marks.iter().find(|mark| input.starts_with(mark));
        mark.map(|mark| mark.len())
    };
    let first = behind(input)?;
    let mut content = split(input, first).1;
    while let Some(length) = behind(content) {
        content = split(content, length).1;
    }
    Some((split(input, first).0, content))
}

/// ```abnf
/// behind-lost = mark *blank "PE" *item [change / 1*mark] (delimiter / mark) *graphic "@"
/// ```
///
/// The first entry that stands behind an end-item glyph which was lost: from its `PE` up to its `@`.
pub(crate) fn entry_behind_lost(text: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let lost = |before: &[u8]| {
        marks(encoding)
            .iter()
            .any(|mark| trim_end(before).ends_with(mark))
    };
    let mut from = 0_usize;
    memchr_iter(b'@', text).find_map(|at_sign| {
        let until = split(text, at_sign).0;
        // Not further back than need be: there may be many `@`.
        let since = split(until, from).1;
        let blank = since.iter().rposition(|&byte| is_blank(byte));
        let word = split(since, blank.map_or(0, |blank| blank.saturating_add(1))).1;
        let begins_word = |rest: &[u8]| {
            let opens =
                delimiter(rest, encoding).is_some() || lost_glyphs(rest, encoding).is_some();
            opens && rest.len() <= word.len()
        };
        let start = (from..at_sign).find(|&place| {
            let (before, rest) = split(until, place);
            let items = pe(rest).and_then(|(after_pe, _)| take_while(is_item)(after_pe));
            items.is_ok_and(|(rest, _)| {
                let behind_change = change(rest, encoding).map_or(rest, |(behind, _)| behind);
                lost(before) && begins_word(behind_change)
            })
        });
        from = at_sign;
        start.map(|start| split(until, start).1)
    })
}

/// ```abnf
/// within-name = "PE" *item [change] *blank (delimiter / mark) *graphic "@" / number ("." / ")") *blank *graphic "@"
/// ```
///
/// The first entry that stands within a name, or the next item of a list: up to its `@`. The line end before it, or the
/// end-item glyph, was lost. `PE` begins with no letter or digit before it, a number with a blank.
pub(super) fn entry_in_name(text: &[u8], encoding: Encoding) -> Option<&[u8]> {
    memchr(b'@', text)?;
    // Where the entry begins, and its address.
    let mut begun: Option<(usize, usize)> = None;
    let mut last = b' ';
    for (at, &byte) in text.iter().enumerate() {
        begun = begun.filter(|&(_, address)| at < address || !is_blank(byte));
        match begun {
            Some((start, _)) if byte == b'@' => return Some(split(split(text, at).0, start).1),
            Some(_) => {}
            None if last.is_ascii_alphanumeric() => {}
            None => {
                let rest = split(text, at).1;
                let item = || is_blank(last).then(|| behind_number(rest)).flatten();
                let behind = behind_opening(rest, encoding).or_else(item);
                begun = behind.map(|behind| (at, text.len().saturating_sub(behind.len())));
            }
        }
        last = byte;
    }
    None
}

/// What stands behind `PE`, items, a change glyph, and a delimiter or what is left of it.
fn behind_opening(input: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let (after_pe, _) = pe(input).ok()?;
    let at_items = behind_items(after_pe);
    let at_glyph = trim_start(change(at_items, encoding).map_or(at_items, |(behind, _)| behind));
    match delimiter(at_glyph, encoding) {
        Some(glyph) => Some(split(at_glyph, glyph.len()).1),
        None => lost_glyphs(at_glyph, encoding).map(|(_, behind)| behind),
    }
}

/// What stands behind the number of an item.
fn behind_number(input: &[u8]) -> Option<&[u8]> {
    let end = input.iter().position(|byte| !byte.is_ascii_digit())?;
    match split(input, end) {
        ([_, ..], [b'.' | b')', behind @ ..]) => Some(trim_start(behind)),
        _ => None,
    }
}

/// What stands in the place of lost glyphs.
const fn marks(encoding: Encoding) -> &'static [&'static [u8]] {
    const UTF_8: &[&[u8]] = &[
        b"?",
        b"\x1A",
        "\u{BF}".as_bytes(),
        "\u{20AC}".as_bytes(),
        "\u{C2}\u{A4}".as_bytes(),
        "\u{EF}\u{BF}\u{BD}".as_bytes(),
        "\u{FFFD}".as_bytes(),
    ];
    match encoding {
        Encoding::Utf8 => UTF_8,
        Encoding::Windows1252 => &[b"?", b"\x1A", b"\xBF", b"\x80"],
    }
}

/// ```abnf
/// lost-change = numbers 1*mark *blank [stacked] / [numbers] 1*mark *blank delimiter *text "@" *text
/// stacked     = "*PE" *text / "PE" (delimiter / DIGIT / mark) *text
/// ```
///
/// The mark, where a change glyph was lost. The numbers are of what items are made of, and not checked.
pub(super) fn lost_change<'a>(
    numbers: &[u8],
    input: &'a [u8],
    encoding: Encoding,
) -> Option<&'a [u8]> {
    let (mark, content) = lost_glyphs(input, encoding)?;
    let content = trim_start(content);
    // The end-item glyph was lost with it.
    let stacked = pe(content.strip_prefix(b"*").unwrap_or(content)).is_ok_and(|(after_pe, _)| {
        content.starts_with(b"*")
            || delimiter(after_pe, encoding).is_some()
            || after_pe.first().is_some_and(u8::is_ascii_digit)
            || lost_glyphs(after_pe, encoding).is_some()
    });
    let deletes = numbers.iter().any(u8::is_ascii_digit) && (content.is_empty() || stacked);
    let changes = delimiter(content, encoding).is_some() && memchr(b'@', content).is_some();
    (deletes || changes).then_some(mark)
}

/// Whether a text begins with `PE`, items, and what stands in the place of a lost change glyph.
pub(crate) fn begins_lost_change(input: &[u8], encoding: Encoding) -> bool {
    let numbers = pe(input).and_then(|(after_pe, _)| take_while(is_item)(after_pe));
    numbers.is_ok_and(|(at_mark, numbers)| {
        numbers.iter().any(u8::is_ascii_digit) && lost_glyphs(at_mark, encoding).is_some()
    })
}

/// ```abnf
/// lost-delimiter = 1*mark *graphic "@" *text
/// ```
///
/// The mark, where an opening delimiter was lost.
pub(super) fn lost_delimiter(input: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let (mark, content) = lost_glyphs(input, encoding)?;
    let blank = content.iter().position(|&byte| is_blank(byte));
    let word = split(content, blank.unwrap_or(content.len())).0;
    memchr(b'@', word).map(|_| mark)
}

/// ```abnf
/// lost-language = mark *blank ALPHA *blank "-" *text      ; all references behind the letter
/// ```
///
/// The mark, where a name ends in this.
pub(super) fn lost_language(name: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let numbers = references(name);
    let (letter, rest) = before(name, numbers).split_last()?;
    let rest = trim_end(rest);
    let mark = marks(encoding).iter().find(|mark| rest.ends_with(mark))?;
    let refers = trim(numbers).starts_with(b"-") && numbers.iter().any(u8::is_ascii_digit);
    let lost = letter.is_ascii_alphabetic() && refers;
    lost.then(|| split(name, rest.len().saturating_sub(mark.len())).1)
}

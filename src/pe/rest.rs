//! What could be the rest of an entry, which a terminal broke where its line was full.

use memchr::memchr;

use super::line::{
    Ending, Written, after_prompts, begins_entry, begins_with_code_or_change, behind_unseen,
    content, delimited, segment,
};
use crate::{
    grammar::{
        glyph::{delimiter, trim_padding},
        lost::lost_glyphs,
        plain_entry::is_opened,
        reference::is_dash,
        split,
    },
    text::encoding::Encoding,
};

/// Whether the line at a place, or behind one that says nothing there, begins with what could be the rest of an entry;
/// `None` if that has not come yet.
#[inline]
pub(super) fn rest_at(text: &[u8], at: usize, ending: Ending) -> Option<bool> {
    if !may_be_rest(split(text, at).1) {
        return Some(false);
    }
    let mut line = Written::at(text, at);
    if line.ended && is_blank(line.text) {
        line = Written::at(text, line.next);
    }
    if line.is_long() {
        return Some(false);
    }
    line.is_complete(ending)
        .then(|| begins_with_rest(content(line.text)))
}

/// The longest line of blanks behind which the rest of an entry is looked for: that of a terminal.
pub(super) const BLANK_LINE: usize = 80;

/// Whether a line, as it is written, is as empty as those between the lines of a text that is double-spaced.
pub(super) fn is_blank(written: &[u8]) -> bool {
    written.len() <= BLANK_LINE && after_prompts(content(written)).is_empty()
}

/// Whether a line begins with the [rest](is_rest) of an entry: in one of two encodings, if both stand in it.
pub(super) fn begins_with_rest(line: &[u8]) -> bool {
    let begins_so = |encoding| {
        let (segment, _) = segment(after_prompts(line), encoding);
        is_rest(trim_padding(segment, encoding), encoding)
    };
    match Encoding::settle(line) {
        Ok(encoding) => begins_so(encoding),
        Err(_) => begins_so(Encoding::Utf8) || begins_so(Encoding::Windows1252),
    }
}

/// Whether the line that `text` begins with, or that behind a blank one, could begin with the [rest](is_rest) of an
/// entry, as far as a look at its first word tells: hardly any does.
#[inline]
fn may_be_rest(text: &[u8]) -> bool {
    let body = match after_prompts(text) {
        [b'\n', below @ ..] | [b'\r', b'\n', below @ ..] => after_prompts(below),
        body => body,
    };
    if is_opened(body) {
        return false;
    }
    let begins_tail = matches!(body, [b'-' | b'.', ..] | [_, _, b'/', ..]);
    // A blank, a line end, `?`, what cannot be seen, or what is beyond ASCII: only the first ones end a word.
    let stops = |byte: &u8| !(b'!'..=b'~').contains(byte) || matches!(byte, b'#' | b'?');
    let stop = body.iter().position(stops).map(|at| split(body, at).1);
    let word_ends = matches!(stop, Some([b' ' | b'\t' | b'\n', ..] | [b'\r', b'\n', ..]));
    begins_tail || !word_ends
}

/// Whether a segment that begins a line is what could be the rest of an entry, which a terminal broke where its line was
/// full: the end of its tail, what closes its address and a tail behind it, or all behind its items. What cannot be seen
/// before it is no part of it, and what stands in the place of a lost glyph is one.
fn is_rest(segment: &[u8], encoding: Encoding) -> bool {
    let segment = behind_unseen(segment, encoding);
    let is_reference = |number: &[u8]| {
        let end = number
            .iter()
            .position(|byte| !b"0123456789.".contains(byte));
        let (number, behind) = split(number, end.unwrap_or(number.len()));
        number.iter().any(u8::is_ascii_digit) && matches!(behind, [] | [b' ' | b'\t', ..])
    };
    let is_tail = |text: &[u8]| {
        let refers = behind_dash(text, encoding).is_some_and(is_reference);
        let lost =
            || lost_glyphs(text, encoding).is_some_and(|(_, behind)| begins_with_language(behind));
        refers || begins_with_code_or_change(text, encoding) || lost()
    };
    let length = segment.iter().position(|byte| b" \t".contains(byte));
    let word = split(segment, length.unwrap_or(segment.len())).0;
    let closes = |at: usize| {
        let glyph = delimiter(split(segment, at).1, encoding);
        glyph.is_some_and(|glyph| {
            let behind = split(segment, at.saturating_add(glyph.len())).1;
            trim_padding(behind, encoding).is_empty() || is_tail(behind)
        })
    };
    let is_cut_reference = segment.starts_with(b".") && is_reference(segment);
    let is_end = is_tail(segment) || is_cut_reference;
    let is_other = memchr(b'@', word).is_some() || begins_entry(segment, encoding);
    let closes = || (0..word.len()).any(closes);
    delimited(segment, encoding).is_some() || !is_other && (is_end || closes())
}

/// What stands behind a hyphen, or what editors make of one.
fn behind_dash(text: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let (char, width) = encoding.chars(text).next()?;
    (char == '-' || is_dash(char)).then(|| split(text, width).1)
}

/// Whether a text begins with the letter of a language, with nothing or a reference behind it.
fn begins_with_language(text: &[u8]) -> bool {
    matches!(text, [letter, rest @ ..] if letter.is_ascii_alphabetic() && matches!(rest, [] | [b'-' | b' ' | b'\t', ..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{begins_with_rest, may_be_rest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn a_look_at_the_first_word_passes_over_no_rest(
            line in "[> \t]{0,3}(COM|M|-|–|[.]|1|CC/|cc|/|#|‡|\u{87}|¤E|[?]|\u{A0}|\x0C|S|§|JANE| |\t|@){0,6}",
            blank in "(\r?\n)?",
            below in "(\r?\n(PE#A@X.COM#|-1)?)?",
        ) {
            let text = format!("{blank}{line}{below}");
            for bytes in [text.as_bytes().to_vec(), text.replace('‡', "\u{87}").chars().map(|char| char as u8).collect()] {
                let mut lines = bytes.split(|&byte| byte == b'\n');
                let line = lines.nth(usize::from(!blank.is_empty())).unwrap_or_default();
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                prop_assert!(may_be_rest(&bytes) || !begins_with_rest(line));
            }
        }

        #[test]
        fn a_word_without_glyph_is_no_rest(word in "[A-Z0-9][A-Z][A-Z0-9.@-]{0,40}", behind in "[ \t\n]") {
            let text = format!("{word}{behind}");
            prop_assert!(!may_be_rest(text.as_bytes()));
        }
    }
}

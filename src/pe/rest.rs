//! What could be the rest of an entry, which a terminal broke where its line was full.

use memchr::memchr;

use super::line::{
    Ending, Written, after_prompts, begins_entry, begins_with_code_or_change, behind_unseen,
    content, segment,
};
use crate::{
    grammar::{
        glyph::{change, delimiter, is_blank as is_blank_byte, trim_padding, trim_start},
        lost::lost_glyphs,
        plain_entry::is_opened,
        reference::is_dash,
        split,
    },
    text::encoding::Encoding,
};

/// Whether the line at a place, or behind one that says nothing there, begins with what could be the rest of an entry of
/// the line `above`; `None` if that has not come yet.
#[inline]
pub(super) fn rest_at(text: &[u8], at: usize, above: &[u8], ending: Ending) -> Option<bool> {
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
    line.is_complete(ending).then(|| {
        let line = content(line.text);
        begins_with_rest(line, Some(above)) && !only_closes(line)
    })
}

/// Whether nothing stands in a line but delimiters: whatever address they close, it ends with the line above.
fn only_closes(line: &[u8]) -> bool {
    let encoding = Encoding::settle(line).unwrap_or_default();
    let mut rest = trim_padding(after_prompts(line), encoding);
    while let Some(glyph) = delimiter(rest, encoding) {
        rest = split(rest, glyph.len()).1;
    }
    rest.is_empty()
}

/// The longest line of blanks behind which the rest of an entry is looked for: that of a terminal.
pub(super) const BLANK_LINE: usize = 80;

/// Whether a line, as it is written, is as empty as those between the lines of a text that is double-spaced.
pub(super) fn is_blank(written: &[u8]) -> bool {
    let length = written.strip_suffix(b"\r").unwrap_or(written).len();
    length <= BLANK_LINE && after_prompts(content(written)).is_empty()
}

/// Whether a line begins with the [rest](is_rest) of an entry of the text `above`, or of any: in one of two encodings, if
/// both stand in it.
pub(super) fn begins_with_rest(line: &[u8], above: Option<&[u8]>) -> bool {
    let begins_so = |encoding| {
        let (segment, _) = segment(after_prompts(line), encoding);
        is_rest(trim_padding(segment, encoding), encoding, above)
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
    let begins_tail = matches!(
        body,
        [b'-' | b'.', ..] | [_, _, b'/', ..] | [_, _, _, b'/', ..]
    );
    // A blank, a line end, `?`, what cannot be seen, or what is beyond ASCII: only the first ones end a word.
    let stops = |byte: &u8| !(b'!'..=b'~').contains(byte) || matches!(byte, b'#' | b'?');
    let (word, stop) = split(body, body.iter().position(stops).unwrap_or(body.len()));
    let word_ends = matches!(stop, [b' ' | b'\t' | b'\n', ..] | [b'\r', b'\n', ..]);
    let ends_list = matches!(word, [.., b'0'..=b'9' | b'.' | b',' | b'-']);
    begins_tail || !word_ends || ends_list && memchr(b'-', word).is_some()
}

/// Whether a segment that begins a line is what could be the rest of an entry, which a terminal broke where its line was
/// full: the end of its tail, what closes its address and a tail behind it, or all behind its items; and the end of a
/// name with what stands behind that, if the text `above` can have a name. What cannot be seen before it is no part of it,
/// and what stands in the place of a lost glyph is one.
fn is_rest(segment: &[u8], encoding: Encoding, above: Option<&[u8]>) -> bool {
    let segment = behind_unseen(segment, encoding);
    let word = first_word(segment);
    let closes = |at: usize| {
        let (address, at_glyph) = split(segment, at);
        let glyph = delimiter(at_glyph, encoding);
        glyph.is_some_and(|glyph| {
            let behind = trim_start(split(at_glyph, glyph.len()).1);
            let ends = trim_padding(behind, encoding).is_empty()
                || is_tail(behind, encoding)
                || begins_with_any_code(behind);
            ends && memchr(b'@', address).is_none()
        })
    };
    let has_name = above.is_none_or(|above| memchr(b'/', above).is_some());
    let is_end = || {
        is_tail(segment, encoding)
            || segment.starts_with(b".") && is_reference(segment)
            || begins_with_bcc(segment)
            || has_name && ends_name(segment, encoding)
    };
    opens_address(segment, encoding)
        || !begins_entry(segment, encoding) && (is_end() || (0..word.len()).any(closes))
}

/// Whether a line begins with the end of an address that no delimiter closes, and with a tail: as an item of a display can
/// be written, and broken within its address. In the text `above` there is no delimiter then, if it is known.
pub(super) fn ends_bare_entry(line: &[u8], above: Option<&[u8]>) -> bool {
    let encoding = Encoding::settle(line).unwrap_or_default();
    let (segment, _) = segment(after_prompts(line), encoding);
    let (word, behind) = split(segment, first_word(segment).len());
    let behind = trim_start(behind);
    memchr(b'@', word).is_none()
        && above.is_none_or(is_bare)
        && is_tail(trim_padding(behind, encoding), encoding)
        && !begins_entry(segment, encoding)
}

/// Whether no delimiter stands in a text.
fn is_bare(text: &[u8]) -> bool {
    let encodings = [Encoding::Utf8, Encoding::Windows1252];
    let holds =
        |encoding| (0..text.len()).any(|at| delimiter(split(text, at).1, encoding).is_some());
    !encodings.into_iter().any(holds)
}

fn first_word(text: &[u8]) -> &[u8] {
    let length = text.iter().position(|&byte| is_blank_byte(byte));
    split(text, length.unwrap_or(text.len())).0
}

/// Whether a text begins with a delimiter and a word with an `@`.
fn opens_address(text: &[u8], encoding: Encoding) -> bool {
    delimiter(text, encoding).is_some_and(|glyph| {
        let behind = trim_start(split(text, glyph.len()).1);
        memchr(b'@', first_word(behind)).is_some()
    })
}

/// Whether a text is what stands behind an address: begins with a code, a change glyph, or what could stand for one, or is
/// a reference.
fn is_tail(text: &[u8], encoding: Encoding) -> bool {
    let refers = behind_dash(text, encoding).is_some_and(is_reference);
    let lost =
        || lost_glyphs(text, encoding).is_some_and(|(_, behind)| begins_with_language(behind));
    refers || begins_with_code_or_change(text, encoding) || lost()
}

/// Whether a text is the number of a reference, or a list of some, which no entry has.
fn is_reference(text: &[u8]) -> bool {
    let end = text
        .iter()
        .position(|byte| !byte.is_ascii_digit() && *byte != b'.');
    let (number, behind) = split(text, end.unwrap_or(text.len()));
    let is_list = |byte: &u8| byte.is_ascii_digit() || b" \t.,-".contains(byte);
    number.iter().any(u8::is_ascii_digit) && behind.iter().all(is_list)
}

/// Whether a text begins with letters and a slash, as with a code, which may be none: behind an address that is an error.
fn begins_with_any_code(text: &[u8]) -> bool {
    let length = text.iter().position(|byte| !byte.is_ascii_alphabetic());
    let (letters, behind) = split(text, length.unwrap_or(0));
    matches!(letters.len(), 1..=3) && behind.starts_with(b"/")
}

/// Whether a text begins with what is taken for the code of a blind copy.
fn begins_with_bcc(text: &[u8]) -> bool {
    matches!(text, [a, b, c, b'/', ..] if [*a, *b, *c].eq_ignore_ascii_case(b"BCC"))
}

/// Whether a text is one word: letters, and a language or a name reference right behind them.
fn ends_name(text: &[u8], encoding: Encoding) -> bool {
    let mut length = 0_usize;
    for (char, width) in encoding.chars(text) {
        // The letter that is left of some glyphs is one of a name, too.
        if !char.is_alphabetic() && char != '\'' {
            break;
        }
        length = length.saturating_add(width);
    }
    let (letters, tail) = split(text, length);
    // Those of names have three digits at most.
    let is_of_name = |number: &[u8]| {
        let digits = number.iter().take_while(|byte| byte.is_ascii_digit());
        digits.count() <= 3 && is_reference(number)
    };
    let refers = behind_dash(tail, encoding).is_some_and(is_of_name);
    let speaks = || change(tail, encoding).is_ok_and(|(behind, _)| begins_with_language(behind));
    !letters.is_empty() && (refers || speaks())
}

/// What stands behind a hyphen, or what editors make of one.
fn behind_dash(text: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let (char, width) = encoding.chars(text).next()?;
    (char == '-' || is_dash(char)).then(|| split(text, width).1)
}

/// Whether a text begins with the letter of a language, with nothing or a reference behind it.
fn begins_with_language(text: &[u8]) -> bool {
    matches!(text, [letter, rest @ ..] if letter.is_ascii_alphabetic() && matches!(trim_start(rest), [] | [b'-', ..]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{begins_with_rest, may_be_rest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn a_look_at_the_first_word_passes_over_no_rest(
            line in "[> \t]{0,3}(COM|M|-|–|[.]|1|1.1|CC/|cc|BCC/|/|#|‡|\u{87}|¤E|[?]|\u{A0}|\x0C|S|§|JANE|TH-1|,| |\t|@){0,6}",
            blank in "(\r?\n)?",
            below in "(\r?\n(PE#A@X.COM#|-1)?)?",
        ) {
            let text = format!("{blank}{line}{below}");
            for bytes in [text.as_bytes().to_vec(), text.replace('‡', "\u{87}").chars().map(|char| char as u8).collect()] {
                let mut lines = bytes.split(|&byte| byte == b'\n');
                let line = lines.nth(usize::from(!blank.is_empty())).unwrap_or_default();
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                prop_assert!(may_be_rest(&bytes) || !begins_with_rest(line, None));
            }
        }

        #[test]
        fn a_word_without_glyph_is_no_rest(word in "[A-Z0-9][A-Z][A-Z0-9.@]{0,40}", behind in "[ \t\n]") {
            let text = format!("{word}{behind}");
            prop_assert!(!may_be_rest(text.as_bytes()));
        }
    }
}

//! What could be the rest of an entry, which a terminal broke where its line was full.

use memchr::{memchr, memmem, memrchr};

use super::{
    Code,
    line::{
        Ending, Written, after_prompts, begins_entry, begins_with_code_or_change, behind_unseen,
        content, segment,
    },
};
use crate::{
    grammar::{
        glyph::{change, delimiter, is_blank as is_blank_byte, trim_padding, trim_start},
        lost::lost_glyphs,
        pe::{behind_items, pe},
        plain_entry::is_opened,
        reference::{has_decimal, is_dash},
        span_of, split,
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
    let begins = || begins_with_rest(content(line.text), Some(above), Alone::Nothing);
    line.is_complete(ending).then(begins)
}

/// Whether nothing stands in a text but delimiters, if anything: whatever address they close, it ends with what stands
/// above.
pub(super) fn only_closes(text: &[u8], encoding: Encoding) -> bool {
    let mut rest = trim_padding(text, encoding);
    while let Some(glyph) = delimiter(rest, encoding) {
        rest = split(rest, glyph.len()).1;
    }
    rest.is_empty()
}

/// Whether the first segment of a text in which anything stands could be the [rest](is_rest) of the entry that the text
/// `above` ends with, or of any; `None` if there is none.
pub(super) fn begins_with_rest_of(
    text: &[u8],
    above: Option<&[u8]>,
    encoding: Encoding,
) -> Option<bool> {
    let mut line = text;
    loop {
        let (next, behind) = segment(trim_start(line), encoding);
        let next = trim_padding(next, encoding);
        if !only_closes(next, encoding) {
            return Some(!is_opened(next) && is_rest(next, encoding, above));
        }
        line = behind?;
    }
}

/// The longest line of blanks behind which the rest of an entry is looked for: that of a terminal.
pub(super) const BLANK_LINE: usize = 80;

/// Whether a line, as it is written, is as empty as those between the lines of a text that is double-spaced.
pub(super) fn is_blank(written: &[u8]) -> bool {
    let length = written.strip_suffix(b"\r").unwrap_or(written).len();
    length <= BLANK_LINE && after_prompts(content(written)).is_empty()
}

/// Whether a line begins with the [rest](is_rest) of an entry of the text `above`, or of any: in one of two encodings, if
/// both stand in it. Of a line of delimiters only `alone` tells.
pub(super) fn begins_with_rest(line: &[u8], above: Option<&[u8]>, alone: Alone) -> bool {
    let body = after_prompts(line);
    let begins_so = |encoding| {
        let rest = begins_with_rest_of(body, above, encoding);
        rest.unwrap_or_else(|| alone == Alone::Closes && is_rest(body, encoding, above))
    };
    match Encoding::settle(line) {
        Ok(encoding) => begins_so(encoding),
        Err(_) => begins_so(Encoding::Utf8) || begins_so(Encoding::Windows1252),
    }
}

/// What delimiters say that stand alone on a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Alone {
    /// In a display, they close what is open above.
    Closes,
    /// In a script, whatever they close ends with the line above.
    Nothing,
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
    let glyph_behind = || matches!(trim_start(stop), [b'#' | 0x80.., ..]);
    begins_tail
        || !word_ends
        || is_any_code(word)
        || ends_list && memchr(b'-', word).is_some()
        || glyph_behind()
}

/// Whether a segment that stands behind an entry is what could be the rest of it, which a terminal broke where its line was
/// full: the end of its tail, what closes its address and a tail behind it, or all behind its items; and the end of a
/// name with what stands behind that, if the text `above` can have a name. Where the address above is open, whatever
/// stands behind its delimiter is a tail. What cannot be seen before it is no part of it, and what stands in the place of
/// a lost glyph is one.
fn is_rest(segment: &[u8], encoding: Encoding, above: Option<&[u8]>) -> bool {
    let segment = behind_unseen(segment, encoding);
    let word = first_word(segment);
    let above = above.map(last_segment);
    let open = Open::of(above);
    let closes = |at: usize| {
        let at_glyph = split(segment, at).1;
        delimiter(at_glyph, encoding).is_some_and(|glyph| {
            let behind = trim_start(split(at_glyph, glyph.len()).1);
            open.is_closed_by(glyph, encoding)
                || behind.is_empty() && open != Open::Nothing
                || is_tail(behind, encoding)
                || begins_with_any_code(behind)
        })
    };
    // In the first word, or behind the blanks behind it; but not behind an `@`.
    let until = memchr(b'@', word);
    let behind_word = trim_start(split(segment, word.len()).1);
    let behind_word = (until.is_none() && !opens_address(behind_word, encoding))
        .then_some(span_of(behind_word, segment).start());
    let mut places = (0..until.unwrap_or(word.len())).chain(behind_word);
    let behind_slash =
        above.map(|above| Some(split(above, memrchr(b'/', above)?.saturating_add(1)).1));
    let name = match behind_slash {
        Some(None) => Name::None,
        Some(Some(name)) if trim_padding(name, encoding).is_empty() => Name::Empty,
        _ => Name::Begun,
    };
    let is_end = || {
        is_tail(segment, encoding)
            || segment.starts_with(b".") && is_reference(segment)
            || begins_with_bcc(segment)
            || ends_name(segment, encoding, name)
    };
    opens_address(segment, encoding)
        || (is_end() || places.any(closes)) && !begins_entry(segment, encoding)
}

/// The last segment of a line in which anything stands.
fn last_segment(line: &[u8]) -> &[u8] {
    let encoding = Encoding::settle(line).unwrap_or_default();
    let mut last = after_prompts(line);
    let mut rest = Some(last);
    while let Some(text) = rest {
        let (next, behind) = segment(trim_start(text), encoding);
        if !only_closes(next, encoding) {
            last = trim_padding(next, encoding);
        }
        rest = behind;
    }
    last
}

/// Whether an entry has an address that no delimiter closes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Open {
    Nothing,
    /// One that this would close.
    Until(&'static [u8], Encoding),
    /// One that any delimiter would close: none stands in the item of a display. Or nothing is known.
    Any,
}

impl Open {
    fn of(above: Option<&[u8]>) -> Self {
        let Some(above) = above else {
            return Self::Any;
        };
        let encoding = Encoding::settle(above).unwrap_or_default();
        let at_items = behind_items(pe(above).map_or(above, |(after_pe, _)| after_pe));
        let at_glyph =
            trim_start(change(at_items, encoding).map_or(at_items, |(behind, _)| behind));
        match delimiter(at_glyph, encoding) {
            Some(own) if memmem::find(split(at_glyph, own.len()).1, own).is_none() => {
                Self::Until(own, encoding)
            }
            None if memchr(b'@', above).is_some() && is_bare(above) => Self::Any,
            _ => Self::Nothing,
        }
    }

    /// Whether a delimiter closes it, in whatever encoding that stands.
    fn is_closed_by(self, glyph: &[u8], encoding: Encoding) -> bool {
        let chars = |glyph, encoding: Encoding| encoding.chars(glyph).map(|(char, _)| char);
        match self {
            Self::Nothing => false,
            Self::Until(own, own_encoding) => chars(own, own_encoding).eq(chars(glyph, encoding)),
            Self::Any => true,
        }
    }
}

/// Whether an entry can have a name that goes on behind it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Name {
    None,
    /// There is a code, and nothing behind it.
    Empty,
    Begun,
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
/// a reference. A code can be all of it, or stand with blanks before its slash.
fn is_tail(text: &[u8], encoding: Encoding) -> bool {
    let refers = behind_dash(text, encoding).is_some_and(is_reference);
    let lost =
        || lost_glyphs(text, encoding).is_some_and(|(_, behind)| begins_with_language(behind));
    let apart = || {
        // No code is longer, and a word can be.
        let letters = text.iter().take(4).position(|&byte| is_blank_byte(byte));
        let (code, behind) = split(text, letters.unwrap_or(text.len()));
        let behind = trim_start(behind);
        is_any_code(code) && (behind.is_empty() || behind.starts_with(b"/"))
    };
    refers || begins_with_code_or_change(text, encoding) || apart() || lost()
}

/// Whether a text is a code, or what is taken for one.
fn is_any_code(text: &[u8]) -> bool {
    Code::read(text).is_ok() || text.eq_ignore_ascii_case(b"BCC")
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

/// Whether a text is one word, and a language or a name reference right behind it: the end of a name. A reference that is
/// one number could be a part of a name (`MM-3`): it counts behind letters only, and where a name has begun.
///
/// A word that begins with a digit, or as a frequent flyer's number does, is one that an agent types: `3WCHR-1.1`.
fn ends_name(text: &[u8], encoding: Encoding, name: Name) -> bool {
    let is_typed = matches!(text, [b'0'..=b'9', ..])
        || matches!(text, [b'F' | b'f', b'F' | b'f', number @ ..] if first_word(number).iter().filter(|byte| byte.is_ascii_digit()).count() > 3);
    if name == Name::None || is_typed {
        return false;
    }
    let (mut at, mut dash) = (0_usize, None);
    let (mut begun, mut lettered_only, mut ended) = (false, true, false);
    for (char, width) in encoding.chars(text) {
        let start = at;
        at = at.saturating_add(width);
        match char {
            '\u{A4}' => return begun && begins_with_language(split(text, at).1),
            '-' if dash.is_none() && !ended => dash = Some(at),
            char if is_dash(char) && dash.is_none() && !ended => dash = Some(at),
            '0'..='9' | '-' => {}
            '.' | ',' => begun = true,
            ' ' | '\t' => ended |= start > 0,
            _ if ended => return false,
            _ => {
                begun = true;
                lettered_only &= dash.is_none();
                dash = None;
            }
        }
        // What has a dash or a digit before its last letter is no word of letters only.
        lettered_only &= dash.is_some() || char.is_alphabetic() || char == '\'';
    }
    dash.is_some_and(|dash| {
        let numbers = split(text, dash).1;
        // Those of names have three digits at most.
        let digits = numbers.iter().take_while(|byte| byte.is_ascii_digit());
        let counts = has_decimal(numbers) || name == Name::Begun && lettered_only;
        begun && counts && digits.count() <= 3 && is_reference(numbers)
    })
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

    use super::{Alone, begins_with_rest, may_be_rest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn a_look_at_the_first_word_passes_over_no_rest(
            line in "[> \t]{0,3}(COM|M|-|–|[.]|1|1.1|CC/|cc|BC|To|BCC|BCC/|/|#|‡|\u{87}|¤E|[?]|\u{A0}|\x0C|S|§|JANE|TH-1|R2D2|A&B|J[.]P[.]|’|,| |\t|@){0,6}",
            blank in "(\r?\n)?",
            below in "(\r?\n(PE#A@X.COM#|-1)?)?",
        ) {
            let text = format!("{blank}{line}{below}");
            for bytes in [text.as_bytes().to_vec(), text.replace('‡', "\u{87}").chars().map(|char| char as u8).collect()] {
                let mut lines = bytes.split(|&byte| byte == b'\n');
                let line = lines.nth(usize::from(!blank.is_empty())).unwrap_or_default();
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                prop_assert!(may_be_rest(&bytes) || !begins_with_rest(line, None, Alone::Nothing));
            }
        }

        #[test]
        fn a_word_without_glyph_is_no_rest(word in "[A-Z0-9][A-Z][A-Z0-9.@]{2,40}", behind in "[ \t\n]") {
            let text = format!("{word}{behind}");
            prop_assert!(!may_be_rest(text.as_bytes()));
        }
    }
}

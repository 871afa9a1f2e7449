//! Encoded words (RFC 2047 §2, with the languages of RFC 2231 §5): what they look like.

use memchr::{memchr, memchr_iter, memmem};

use super::{
    Bounds,
    class::{self, ENCODED_TEXT, FOLDING, SPECIAL, TOKEN, span},
    span_of, split,
};

/// An encoded word in its parts.
#[derive(Clone, Copy)]
pub(crate) struct EncodedWord<'a> {
    pub(crate) charset: &'a [u8],
    pub(crate) encoding: &'a [u8],
    pub(crate) text: &'a [u8],
}

/// ```abnf
/// encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
/// charset      = token
/// encoding     = token
/// encoded-text = *<any printable ASCII character but "?">
/// ```
///
/// An empty text is none for RFC 2047, but is written.
///
/// With what stands behind it; `None` where none stands.
pub(crate) fn encoded_word(input: &[u8]) -> Option<(&[u8], EncodedWord<'_>)> {
    let (label, rest) = span(input.strip_prefix(b"=?")?, TOKEN);
    let (encoding, rest) = span(rest.strip_prefix(b"?")?, TOKEN);
    let (text, rest) = span(rest.strip_prefix(b"?")?, ENCODED_TEXT);
    let rest = rest.strip_prefix(b"?=")?;
    let charset = label.split(|&byte| byte == b'*').next()?;
    let word = EncodedWord {
        charset,
        encoding,
        text,
    };
    (!charset.is_empty() && !encoding.is_empty()).then_some((rest, word))
}

/// ```abnf
/// lenient-word = "=?" *no-mark "?" encoding "?" lenient-text "?="
/// no-mark      = <any octet but "?">
/// lenient-text = *<any octets but "?=">
/// ```
///
/// What some readers take for an encoded word: from its text on.
fn lenient_text(input: &[u8]) -> Option<&[u8]> {
    let charset = input.strip_prefix(b"=?")?;
    let rest = split(charset, memchr(b'?', charset)?).1;
    let (encoding, rest) = span(rest.strip_prefix(b"?")?, TOKEN);
    let text = rest.strip_prefix(b"?")?;
    (!encoding.is_empty()).then_some(text)
}

/// Whether a text begins with an octet in the encoding `Q` (RFC 2047 §4.2).
const fn begins_escaped(text: &[u8]) -> bool {
    matches!(text, [b'=', one, two, ..] if one.is_ascii_hexdigit() && two.is_ascii_hexdigit())
}

/// Whether some readers see a complete encoded word anywhere in `text`.
pub(crate) fn holds_encoded_word(text: &[u8]) -> bool {
    let Some(last_mark) = memmem::rfind(text, b"?=").map(|at| split(text, at).1.len()) else {
        return false;
    };
    let mut texts = memmem::find_iter(text, b"=?").filter_map(|at| lenient_text(split(text, at).1));
    texts.any(|text| text.len() >= last_mark)
}

/// Where some readers see an encoded word begin in the first `length` bytes of `input`, a run of what is no boundary,
/// and take the boundary behind the run for a part of it.
///
/// A word begins where the run does, behind white space or a dot, and for those readers also where another one ends:
/// at its first `?=`.
pub(crate) fn word_beyond(input: &[u8], length: usize, bounds: Bounds) -> Option<&[u8]> {
    if !bounds.has_mark(input) {
        return None;
    }
    let run = split(input, length).0;
    // The first `?=` behind the place where the last one was looked for.
    let mut mark = None;
    // Of words that begin before a place, no more than two end there or behind it.
    let mut ends = [0; 2];
    for at in memchr_iter(b'=', run) {
        let (before, rest) = split(input, at);
        let begins = |byte: &u8| class::is(*byte, FOLDING) || *byte == b'.';
        if !before.last().is_none_or(begins) && !ends.contains(&at) {
            continue;
        }
        let Some(text) = lenient_text(rest) else {
            continue;
        };
        let start = span_of(text, input).start();
        let end = match mark {
            Some(mark) if start <= mark => mark,
            _ if bounds.has_mark(text) => start.saturating_add(memmem::find(text, b"?=")?),
            // Who saw a first `?=` in `?q?=41`, and took it for a part of the text, finds none: it runs to the end.
            _ if begins_escaped(text) => input.len().saturating_sub(2),
            _ => return None,
        };
        mark = Some(end);
        let end = end.saturating_add(2);
        if end > length {
            return Some(split(rest, end.saturating_sub(at)).0);
        }
        let [_, last] = ends;
        if last != end {
            ends = [last, end];
        }
    }
    None
}

/// The same in the run of atoms, dots and white space that `input` begins with: it ends with one of the specials of
/// RFC 5322 §3.2.3 but the dot. What stands before `sure` was looked at; `sure` moves on behind the run.
pub(crate) fn word_beyond_atoms<'a>(
    input: &'a [u8],
    bounds: Bounds,
    sure: &mut &'a [u8],
) -> Option<&'a [u8]> {
    if input.len() > sure.len() || !bounds.has_mark(input) {
        return None;
    }
    let special = |&byte: &u8| class::is(byte, SPECIAL);
    let length = input.iter().position(special).unwrap_or(input.len());
    *sure = split(input, length).1;
    word_beyond(input, length, bounds)
}

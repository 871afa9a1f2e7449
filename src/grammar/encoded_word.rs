//! Encoded words (RFC 2047 §2, with the languages of RFC 2231 §5): what they look like.

use core::iter;

use memchr::{memchr, memchr_iter, memmem};

use super::{
    before,
    class::{self, ENCODED_TEXT, FOLDING, SPECIAL, TOKEN},
    lexical::span,
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

/// Whether a complete encoded word stands anywhere in `text`.
pub(crate) fn holds_encoded_word(text: &[u8]) -> bool {
    memmem::find_iter(text, b"=?").any(|at| encoded_word(split(text, at).1).is_some())
}

/// ```abnf
/// lenient-word = "=?" *no-mark "?" encoding "?" *no-mark "?="
/// no-mark      = <any octet but "?">
/// ```
///
/// What some readers take for an encoded word, and what stands behind it.
fn lenient_word(input: &[u8]) -> Option<(&[u8], &[u8])> {
    let no_mark = |input| Some(split(input, memchr(b'?', input)?).1);
    let rest = no_mark(input.strip_prefix(b"=?")?)?;
    let (encoding, rest) = span(rest.strip_prefix(b"?")?, TOKEN);
    let rest = no_mark(rest.strip_prefix(b"?")?)?.strip_prefix(b"?=")?;
    (!encoding.is_empty()).then_some((rest, before(input, rest)))
}

/// The [lenient words](lenient_word) that `input` begins with, one right behind the other: for those readers
/// a word ends where its `?=` does.
fn lenient_words(input: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = input;
    iter::from_fn(move || {
        let word;
        (rest, word) = lenient_word(rest)?;
        Some(word)
    })
}

/// Where some readers see an encoded word begin with the atom that `input` begins with, and a special of
/// RFC 5322 §3.2.3 is a part of it for them: what this crate takes for a boundary.
pub(crate) fn word_beyond_atom(input: &[u8]) -> Option<&[u8]> {
    let special = |&byte: &u8| class::is(byte, SPECIAL);
    lenient_words(input).find(|word| word.iter().any(special))
}

/// Where some readers see an encoded word begin in the quoted string that `input` begins with (which has no
/// encoded words, RFC 2047 §5) and take its closing quote for a part of it.
pub(crate) fn word_beyond_quotes<'a>(input: &'a [u8], quoted: &[u8]) -> Option<&'a [u8]> {
    let begins = |&at: &usize| match split(quoted, at).0 {
        [b'"'] => true,
        [.., byte] => class::is(*byte, FOLDING),
        [] => false,
    };
    let starts = memchr_iter(b'=', quoted).filter(begins);
    let mut words = starts.flat_map(|at| lenient_words(split(input, at).1));
    words.find(|word| span_of(word, input).end() > quoted.len())
}

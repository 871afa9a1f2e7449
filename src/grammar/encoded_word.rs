//! Encoded words (RFC 2047 §2, with the languages of RFC 2231 §5): what they look like.

use memchr::memmem;

use super::{
    class::{ENCODED_TEXT, TOKEN},
    lexical::span,
    split,
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

//! Encoded words (RFC 2047 §2, with the languages of RFC 2231 §5): what they look like.

use memchr::memmem;
use nom::{
    Parser,
    bytes::complete::{tag, take_while, take_while1},
    sequence::{delimited, preceded},
};

use super::{
    Parsed,
    class::{self, ENCODED_TEXT, TOKEN},
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
pub(crate) fn encoded_word(input: &[u8]) -> Parsed<'_, EncodedWord<'_>> {
    let token = |byte| class::is(byte, TOKEN);
    let (rest, label) = preceded(tag("=?"), take_while1(token)).parse(input)?;
    let (rest, encoding) = preceded(tag("?"), take_while1(token)).parse(rest)?;
    let encoded_text = take_while(|byte| class::is(byte, ENCODED_TEXT));
    let (rest, text) = delimited(tag("?"), encoded_text, tag("?=")).parse(rest)?;
    let (_, charset) = take_while1(|byte| byte != b'*').parse(label)?;
    Ok((
        rest,
        EncodedWord {
            charset,
            encoding,
            text,
        },
    ))
}

/// Whether a complete encoded word stands anywhere in `text`.
pub(crate) fn holds_encoded_word(text: &[u8]) -> bool {
    memmem::find_iter(text, b"=?").any(|at| encoded_word(split(text, at).1).is_ok())
}

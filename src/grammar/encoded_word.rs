//! Encoded words (RFC 2047 §2, with the languages of RFC 2231 §5): what they look like.

use memchr::memmem;
use nom::{
    Parser,
    bytes::complete::{tag, take_while, take_while1},
    combinator::opt,
    sequence::{preceded, terminated},
};

use super::{
    Fault, Parsed,
    class::{self, TOKEN},
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
    let (rest, charset) = preceded(
        tag("=?"),
        take_while1(move |byte| token(byte) && byte != b'*'),
    )
    .parse(input)?;
    let language = preceded(tag::<_, _, Fault<'_>>("*"), take_while(token));
    let (rest, _) = terminated(opt(language), tag("?")).parse(rest)?;
    let (rest, encoding) = terminated(take_while1(token), tag("?")).parse(rest)?;
    let text = take_while(|byte: u8| byte.is_ascii_graphic() && byte != b'?');
    let (rest, text) = terminated(text, tag("?=")).parse(rest)?;
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

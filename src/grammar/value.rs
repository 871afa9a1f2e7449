//! The values of single fields: identifiers and keywords.

use super::{
    Bounds, Fault, Parsed, before,
    class::{self, TOKEN},
    lexical::{atom, cfws, domain_literal, quoted_string},
    split,
};
use crate::error::ErrorKind;

/// ```abnf
/// msg-id   = [CFWS] "<" id-left "@" id-right ">" [CFWS]     ; RFC 5322 §3.6.4
/// id-left  = dot-atom-text / quoted-string
/// id-right = dot-atom-text / no-fold-literal
/// ```
///
/// What stands between the angle brackets. No white space may stand within (obsolete, and not the same to all readers):
/// who compares two of them compares bytes.
pub(crate) fn msg_id(input: &[u8], bounds: Bounds) -> Parsed<'_, &[u8]> {
    let malformed = |at| Fault::error(ErrorKind::MalformedMessageId, split(at, 1).0);
    let (rest, _) = cfws(input, bounds)?;
    let [b'<', id @ ..] = rest else {
        return malformed(rest);
    };
    let rest = match id {
        [b'"', ..] => quoted_string(id)?.0,
        _ => dot_atom(id)?.0,
    };
    let [b'@', right @ ..] = rest else {
        return malformed(rest);
    };
    let rest = match right {
        [b'[', ..] => domain_literal(right)?.0,
        _ => dot_atom(right)?.0,
    };
    let text = before(id, rest);
    let blank = text
        .iter()
        .any(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    match rest {
        [b'>', rest @ ..] if !blank => Ok((cfws(rest, bounds)?.0, text)),
        _ => malformed(rest),
    }
}

/// ```abnf
/// dot-atom-text = 1*atext *("." 1*atext)      ; RFC 5322 §3.2.3, RFC 6532 §3.2
/// ```
fn dot_atom(input: &[u8]) -> Parsed<'_, &[u8]> {
    let mut rest = input;
    loop {
        let (text, after) = atom(rest);
        rest = match after {
            _ if text.is_empty() => {
                return Fault::error(ErrorKind::MalformedMessageId, split(after, 1).0);
            }
            [b'.', next @ ..] => next,
            _ => return Ok((after, before(input, after))),
        };
    }
}

/// ```abnf
/// auto-submitted-field = [CFWS] token [CFWS] *(";" [CFWS] parameter [CFWS])   ; RFC 3834 §5
/// parameter            = token [CFWS] "=" [CFWS] (token / quoted-string)
/// ```
///
/// The token.
pub(crate) fn auto_submitted(input: &[u8], bounds: Bounds) -> Parsed<'_, &[u8]> {
    let (rest, _) = cfws(input, bounds)?;
    let (rest, keyword) = token(rest)?;
    let (mut rest, _) = cfws(rest, bounds)?;
    while let [b';', next @ ..] = rest {
        (rest, _) = cfws(next, bounds)?;
        (rest, _) = token(rest)?;
        (rest, _) = cfws(rest, bounds)?;
        let [b'=', value @ ..] = rest else {
            return malformed(rest);
        };
        (rest, _) = cfws(value, bounds)?;
        (rest, _) = match rest {
            [b'"', ..] => quoted_string(rest)?,
            _ => token(rest)?,
        };
        (rest, _) = cfws(rest, bounds)?;
    }
    if rest.is_empty() {
        Ok((rest, keyword))
    } else {
        malformed(rest)
    }
}

/// ```abnf
/// token = 1*<any printable ASCII character but tspecials>    ; RFC 2045 §5.1
/// ```
fn token(input: &[u8]) -> Parsed<'_, &[u8]> {
    let part = |&byte: &u8| (class::is(byte, TOKEN) || byte == b'.') && byte != b'\\';
    let end = input.iter().position(|byte| !part(byte));
    match split(input, end.unwrap_or(input.len())) {
        ([], rest) => malformed(rest),
        (token, rest) => Ok((rest, token)),
    }
}

fn malformed<T>(at: &[u8]) -> Result<T, nom::Err<Fault<'_>>> {
    Fault::error(ErrorKind::MalformedAutoSubmitted, split(at, 1).0)
}

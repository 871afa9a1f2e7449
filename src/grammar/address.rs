//! `addr-spec`, in the strict form that can be routed.

use memchr::memchr;

use super::{
    Fault, Parsed, before,
    class::{self, ALPHANUMERIC, ATEXT, DIGIT, HASH},
    split,
};
use crate::error::ErrorKind;

/// The longest address, in octets (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub(crate) const MAX_ADDRESS: usize = 254;
/// The longest local part, in octets (RFC 5321 §4.5.3.1.1).
const MAX_LOCAL_PART: usize = 64;
/// The longest label of a host name, in octets (RFC 1035 §2.3.4).
const MAX_LABEL: usize = 63;

/// How the text of an address stands for the address.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Dress {
    /// As it is.
    Plain,
    /// As PE stores it: `==` is one character.
    Pe,
    /// As PE stores it between `#` and `#`: the next `#` ends it.
    PeInHashes,
}

/// ```abnf
/// addr-spec = dot-atom-text "@" host-name     ; RFC 5322 §3.4.1, the dot-atom form
/// ```
///
/// Takes as much as can belong to an address and checks it, lengths included: its host name.
pub(crate) fn addr_spec(input: &[u8], dress: Dress) -> Parsed<'_, &[u8]> {
    let (rest, local_part) = dot_atom_text(input, dress)?;
    let (rest, domain) = match rest.split_first() {
        Some((b'@', rest)) => host_name(rest)?,
        Some((&byte, _)) => return Fault::error(stray(byte), split(rest, 1).0),
        None => return Fault::error(ErrorKind::ExpectedAt, rest),
    };
    let text = before(input, rest);
    if local_part.len() > MAX_LOCAL_PART || text.len() > MAX_ADDRESS {
        // Only here does it matter that `==` is one octet of the address.
        let pairs = if dress == Dress::Plain {
            0
        } else {
            substituted_pairs(local_part)
        };
        if local_part.len().saturating_sub(pairs) > MAX_LOCAL_PART {
            return Fault::error(ErrorKind::LocalPartTooLong, local_part);
        }
        if text.len().saturating_sub(pairs) > MAX_ADDRESS {
            return Fault::error(ErrorKind::AddressTooLong, text);
        }
    }
    Ok((rest, domain))
}

/// An [`addr_spec`] and nothing behind it.
pub(crate) fn whole_addr_spec(input: &[u8], dress: Dress) -> Parsed<'_, &[u8]> {
    if input.is_empty() {
        return Fault::error(ErrorKind::EmptyAddress, input);
    }
    let (rest, domain) = addr_spec(input, dress)?;
    match rest.first() {
        None => Ok((rest, domain)),
        Some(&byte) => Fault::error(stray(byte), split(rest, 1).0),
    }
}

/// ```abnf
/// dot-atom-text = 1*atext *("." 1*atext)      ; RFC 5322 §3.2.3
/// ```
fn dot_atom_text(input: &[u8], dress: Dress) -> Parsed<'_, &[u8]> {
    let atext = if dress == Dress::PeInHashes {
        ATEXT
    } else {
        ATEXT | HASH
    };
    let mut after_dot = true;
    let mut end = input.len();
    for (at, &byte) in input.iter().enumerate() {
        if class::is(byte, atext) {
            after_dot = false;
        } else if byte == b'.' && !after_dot {
            after_dot = true;
        } else {
            end = at;
            break;
        }
    }
    let (text, rest) = split(input, end);
    if !after_dot {
        return Ok((rest, text));
    }
    let next = split(rest, 1).0;
    match next {
        b"." => Fault::error(ErrorKind::MisplacedDot, next),
        _ if !text.is_empty() => Fault::error(
            ErrorKind::MisplacedDot,
            split(text, end.saturating_sub(1)).1,
        ),
        [] | b"@" => Fault::error(ErrorKind::EmptyLocalPart, next),
        [byte, ..] => Fault::error(stray(*byte), next),
    }
}

/// ```abnf
/// host-name = 1*(label ".") label                    ; the last label not all digits
/// label     = let-dig [*61(let-dig / "-") let-dig]   ; RFC 1123 §2.1
/// ```
fn host_name(input: &[u8]) -> Parsed<'_, &[u8]> {
    let mut labels: usize = 0;
    let mut start = 0;
    let mut previous = b'.';
    let mut digits_only = true;
    let mut end = input.len();
    for (at, &byte) in input.iter().enumerate() {
        if class::is(byte, ALPHANUMERIC) {
            digits_only &= class::is(byte, DIGIT);
        } else if byte == b'-' {
            if previous == b'.' {
                return Fault::error(ErrorKind::HyphenAtEdge, one(input, at));
            }
            digits_only = false;
        } else if byte == b'.' {
            label_ends(input, start, at, previous)?;
            labels = labels.wrapping_add(1);
            start = at.wrapping_add(1);
            digits_only = true;
        } else {
            end = at;
            break;
        }
        previous = byte;
    }
    let (text, rest) = split(input, end);
    let label = split(text, start).1;
    if let ([], [byte, ..]) = (label, rest) {
        let kind = stray(*byte);
        let vague = matches!(kind, ErrorKind::ForbiddenCharacter | ErrorKind::SecondAt);
        let kind = if vague { ErrorKind::EmptyLabel } else { kind };
        return Fault::error(kind, one(input, end));
    }
    label_ends(input, start, end, previous)?;
    if labels == 0 {
        return Fault::error(ErrorKind::SingleLabel, label);
    }
    if digits_only {
        return Fault::error(ErrorKind::NumericTopLevel, label);
    }
    Ok((rest, text))
}

/// Checks the label from `start` to `end`, whose last byte is `previous`.
fn label_ends(
    input: &[u8],
    start: usize,
    end: usize,
    previous: u8,
) -> Result<(), nom::Err<Fault<'_>>> {
    match previous {
        b'.' => Fault::error(ErrorKind::EmptyLabel, one(input, end)),
        b'-' => Fault::error(ErrorKind::HyphenAtEdge, one(input, end.saturating_sub(1))),
        _ if end.saturating_sub(start) > MAX_LABEL => {
            Fault::error(ErrorKind::LabelTooLong, split(split(input, end).0, start).1)
        }
        _ => Ok(()),
    }
}

/// Whether the last label is letters only or an A-label (`xn--…`): then a missing delimiter behind
/// it cannot have hidden more of it.
pub(crate) fn ends_in_a_word(domain: &[u8]) -> bool {
    let label = domain
        .rsplit(|&byte| byte == b'.')
        .next()
        .unwrap_or_default();
    label.iter().all(u8::is_ascii_alphabetic) || split(label, 4).0.eq_ignore_ascii_case(b"xn--")
}

/// How often `==` is read as one character, left to right.
fn substituted_pairs(local_part: &[u8]) -> usize {
    let runs = local_part.split(|&byte| byte != b'=');
    runs.map(|equals| equals.len() / 2)
        .fold(0, usize::saturating_add)
}

/// What a character is that ended an address where it must not.
pub(crate) fn stray(byte: u8) -> ErrorKind {
    match byte {
        b'@' => ErrorKind::SecondAt,
        b' ' | b'\t' => ErrorKind::BlankInAddress,
        0x80.. => ErrorKind::NotAscii,
        _ if byte.is_ascii_control() => ErrorKind::ControlCharacter,
        _ => ErrorKind::ForbiddenCharacter,
    }
}

/// Where the `@` stands in a valid address.
pub(crate) fn at_sign(text: &[u8]) -> usize {
    memchr(b'@', text).unwrap_or(text.len())
}

/// The one byte at `at`, or the end.
fn one(input: &[u8], at: usize) -> &[u8] {
    split(split(input, at).1, 1).0
}

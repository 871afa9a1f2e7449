//! `addr-spec`, in the strict form that can be routed.

use memchr::memchr;

use super::{
    Fault, Parsed, before,
    class::{ALPHANUMERIC, ATEXT, HASH, HYPHEN, span},
    plain, span_of, split,
};
use crate::error::ErrorKind;

/// The longest address, in octets (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub(crate) const MAX_ADDRESS: usize = 254;
/// The longest local part, in octets (RFC 5321 §4.5.3.1.1).
pub(crate) const MAX_LOCAL_PART: usize = 64;
/// The longest label of a host name, in octets (RFC 1035 §2.3.4).
pub(crate) const MAX_LABEL: usize = 63;

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
#[inline]
pub(crate) fn whole_addr_spec(input: &[u8], dress: Dress) -> Parsed<'_, &[u8]> {
    match plain::addr_spec(input, |after_at| Some(after_at.len())) {
        Some((local_part, host))
            if local_part.saturating_add(1).saturating_add(host) == input.len() =>
        {
            Ok((&[], split(input, local_part.saturating_add(1)).1))
        }
        _ => whole_by_productions(input, dress),
    }
}

fn whole_by_productions(input: &[u8], dress: Dress) -> Parsed<'_, &[u8]> {
    match input {
        [] => Fault::error(ErrorKind::EmptyAddress, input),
        _ => nothing_behind(input, addr_spec(input, dress)),
    }
}

/// A result that was read from `input`, when nothing may be left of it.
fn nothing_behind<'a>(input: &'a [u8], result: Parsed<'a, &'a [u8]>) -> Parsed<'a, &'a [u8]> {
    let rest = match result {
        Ok(([], _)) => return result,
        Ok((rest, _)) => rest,
        // A host name that only seems short, because a character in it ended it.
        Err(nom::Err::Error(Fault {
            kind: ErrorKind::SingleLabel | ErrorKind::NumericTopLevel,
            at,
        })) if span_of(at, input).end() < input.len() => split(input, span_of(at, input).end()).1,
        Err(error) => return Err(error),
    };
    Fault::error(
        rest.first()
            .map_or(ErrorKind::UnexpectedText, |&byte| stray(byte)),
        split(rest, 1).0,
    )
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
    let mut rest = input;
    loop {
        let (atom, after) = span(rest, atext);
        match after {
            [b'.', next @ ..] if !atom.is_empty() => rest = next,
            _ if !atom.is_empty() => return Ok((after, before(input, after))),
            // An atom is missing here: behind a dot, or at the beginning.
            _ if rest.len() < input.len() && after.first() != Some(&b'.') => {
                return Fault::error(ErrorKind::MisplacedDot, last(before(input, rest)));
            }
            [] => return Fault::error(ErrorKind::EmptyLocalPart, after),
            [byte, ..] => {
                let kind = match byte {
                    b'.' => ErrorKind::MisplacedDot,
                    b'@' => ErrorKind::EmptyLocalPart,
                    _ => stray(*byte),
                };
                return Fault::error(kind, split(after, 1).0);
            }
        }
    }
}

/// ```abnf
/// host-name = 1*(label ".") label                    ; the last label not a number
/// label     = let-dig [*61(let-dig / "-") let-dig]   ; RFC 1123 §2.1
/// ```
fn host_name(input: &[u8]) -> Parsed<'_, &[u8]> {
    let mut rest = input;
    loop {
        let (label, after) = span(rest, ALPHANUMERIC | HYPHEN);
        match label {
            [] => {
                let kind = match after.first() {
                    None | Some(b'.') => ErrorKind::EmptyLabel,
                    Some(&byte) => stray(byte),
                };
                return Fault::error(kind, split(after, 1).0);
            }
            [b'-', ..] => return Fault::error(ErrorKind::HyphenAtEdge, split(label, 1).0),
            [.., b'-'] => return Fault::error(ErrorKind::HyphenAtEdge, last(label)),
            _ if label.len() > MAX_LABEL => return Fault::error(ErrorKind::LabelTooLong, label),
            _ => {}
        }
        if let [b'.', next @ ..] = after {
            rest = next;
        } else if rest.len() == input.len() {
            return Fault::error(ErrorKind::SingleLabel, label);
        } else if is_number(label) {
            return Fault::error(ErrorKind::NumericTopLevel, label);
        } else {
            return Ok((after, before(input, after)));
        }
    }
}

/// ```abnf
/// number = 1*DIGIT / "0x" *HEXDIG
/// ```
///
/// As the last label it makes an IPv4 address of the host name for some resolvers (the host that "ends in a number"
/// of the WHATWG URL Standard); by RFC 1123 §2.1 the digits alone do.
pub(crate) fn is_number(label: &[u8]) -> bool {
    match label {
        [b'0', b'x' | b'X', digits @ ..] => digits.iter().all(u8::is_ascii_hexdigit),
        digits => digits.iter().all(u8::is_ascii_digit),
    }
}

/// A [`host_name`] and nothing behind it.
pub(crate) fn whole_host_name(input: &[u8]) -> Parsed<'_, &[u8]> {
    match nothing_behind(input, host_name(input)) {
        // A host name has no first one.
        Err(nom::Err::Error(Fault {
            kind: ErrorKind::SecondAt,
            at,
        })) => Fault::error(ErrorKind::ForbiddenCharacter, at),
        result => result,
    }
}

/// Whether the last label is letters only or an A-label (`xn--…`): then a missing delimiter behind
/// it cannot have hidden more of it. An A-label with a number behind its last hyphen could hide a
/// name reference, and does not count.
pub(crate) fn ends_in_a_word(domain: &[u8]) -> bool {
    let label = domain
        .rsplit(|&byte| byte == b'.')
        .next()
        .unwrap_or_default();
    let a_label = split(label, 4).0.eq_ignore_ascii_case(b"xn--");
    let behind_hyphen = label
        .rsplit(|&byte| byte == b'-')
        .next()
        .unwrap_or_default();
    let like_reference = behind_hyphen.iter().all(u8::is_ascii_digit);
    label.iter().all(u8::is_ascii_alphabetic) || a_label && !like_reference
}

/// How often `==` is read as one character, left to right.
fn substituted_pairs(local_part: &[u8]) -> usize {
    let runs = local_part.split(|&byte| byte != b'=');
    runs.map(|equals| equals.len() / 2)
        .fold(0, usize::saturating_add)
}

/// Whether all of `text` is a [`dot_atom_text`].
pub(crate) fn is_dot_atom(text: &[u8]) -> bool {
    matches!(dot_atom_text(text, Dress::Plain), Ok(([], _)))
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

/// The last byte.
fn last(text: &[u8]) -> &[u8] {
    split(text, text.len().saturating_sub(1)).1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Dress, plain, split, whole_addr_spec, whole_by_productions};

    const DRESSES: [Dress; 3] = [Dress::Plain, Dress::Pe, Dress::PeInHashes];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn a_plain_address_is_read_as_by_the_productions(
            text in "[a.#=+/*_,?\\\\\"\0é-]{0,4}(b{43,46}|b{60,63}|bcd)?[a.=-]{0,3}@?\
                     [a.-]{0,3}(x{45,48}|x{61,63}|yz)?[1a.-]{0,4}(\\.0[xX]?[1af-g.]{0,2})?[>#@ é]{0,1}",
        ) {
            for dress in DRESSES {
                let read = whole_addr_spec(text.as_bytes(), dress).ok();
                prop_assert_eq!(read, whole_by_productions(text.as_bytes(), dress).ok());
            }
        }

        #[test]
        fn what_stands_behind_a_plain_address_does_not_change_it(
            text in "[a.=-]{0,3}(b{30})?@[a.-]{0,3}(x{20,63}|yz)?[1a.-]{0,4}(\\.0[xX]?[1af-g.]{0,2})?[>#]",
        ) {
            let end = |after_at: &[u8]| after_at.iter().position(|byte| b">#".contains(byte));
            let long = format!("{text}{}", "?".repeat(80));
            let read = plain::addr_spec(text.as_bytes(), end);
            if let Some((local_part, host)) = plain::addr_spec(long.as_bytes(), end) {
                let address = split(text.as_bytes(), local_part.saturating_add(1).saturating_add(host)).0;
                prop_assert!(whole_by_productions(address, Dress::Plain).is_ok());
                if text.len() < 64 {
                    prop_assert_eq!(read, Some((local_part, host)));
                }
            }
        }
    }

    #[test]
    fn plain_are_the_addresses_that_people_have() {
        for text in [
            "jane.doe+trips@mail.agency-north.example",
            "o/neil@x1.example",
            "A@X.EXAMPLE",
        ] {
            let plain = plain::addr_spec(text.as_bytes(), |host| Some(host.len()));
            assert!(plain.is_some(), "{text}");
            let long = format!("{text}>{}", "?".repeat(80));
            let end = |host: &[u8]| host.iter().position(|&byte| byte == b'>');
            assert_eq!(plain::addr_spec(long.as_bytes(), end), plain, "{text}");
        }
    }
}

//! An addr-spec without its productions, for the addresses that people have.
//!
//! The productions of [`address`](super::address) branch for each label, and how long the next label
//! is nobody can predict. Here it is searched where the parts end, and then each byte is asked, many at
//! once, whether it may stand where it does. What is rare is left to the productions.

use memchr::memchr;

use super::{
    look::{look, within},
    split,
};

/// The longest run that is no longer than a local part, and than a label, can be.
const LONGEST: usize = 63;

/// How long the local part and the host name are of an addr-spec that `input` begins with; `None`
/// where there is none, and where it is a rare one.
///
/// `end` finds in what stands behind the `@` what ends the host name.
#[inline]
pub(super) fn addr_spec(
    input: &[u8],
    end: impl FnOnce(&[u8]) -> Option<usize>,
) -> Option<(usize, usize)> {
    let reach = LONGEST.saturating_add(1);
    let at = memchr(b'@', split(input, reach).0)?;
    let (local_part, from_at) = split(input, at);
    let after_at = split(from_at, 1).1;
    let host = split(after_at, end(split(after_at, reach).0)?).0;
    let edges = !matches!(local_part, [] | [b'.', ..] | [.., b'.'])
        && !matches!(host, [b'.' | b'-', ..] | [.., b'.' | b'-' | b'0'..=b'9']);
    if !edges || host.len() > LONGEST {
        return None;
    }
    let at = i8::try_from(at).ok()?;
    let length = local_part
        .len()
        .saturating_add(1)
        .saturating_add(host.len());
    let seen = look(input, length, |place, byte, next| {
        let behind = place > at;
        let not_of_host = is_local(byte) | (byte == b'@');
        let odd = !(is_host(byte) | not_of_host) | behind & not_of_host;
        // Two hyphens may stand side by side, but rarely do.
        let odd = odd | is_edge(byte) & is_edge(next);
        let dot = behind & (byte == b'.');
        raised(odd, ODD) | raised(dot, DOT)
    });
    (seen == Some(DOT)).then_some((local_part.len(), host.len()))
}

/// A flag, where something holds.
#[inline]
fn raised(holds: bool, flag: u8) -> u8 {
    if holds { flag } else { 0 }
}

/// A byte that may not stand where it does.
const ODD: u8 = 1;
/// A dot behind the `@`.
const DOT: u8 = 1 << 1;

/// A byte that stands in local parts only; not the rarer ones.
#[inline]
fn is_local(byte: u8) -> bool {
    within(byte, b'*', b'+') | (byte == b'/') | (byte == b'=') | (byte == b'_')
}

/// A byte of a host name, or a dot.
#[inline]
fn is_host(byte: u8) -> bool {
    within(byte | 0x20, b'a', b'z') | within(byte, b'-', b'9') & (byte != b'/')
}

/// A dot or a hyphen.
#[inline]
fn is_edge(byte: u8) -> bool {
    within(byte, b'-', b'.')
}

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

/// So far the `@` is looked for, and behind it the end of the host name: a label that is too long has no dot
/// there.
const REACH: usize = 64;
/// In a text that is shorter than this there is little to be asked at once.
const SHORT: usize = 64;

/// How long the local part and the host name are of an addr-spec that `input` begins with; `None`
/// where there is none, and where it is a rare one.
///
/// `end` finds in what stands behind the `@` what ends the host name. The caller must look at what stands
/// there: a short text is read as far as a host name goes.
#[inline]
pub(super) fn addr_spec(
    input: &[u8],
    end: impl FnOnce(&[u8]) -> Option<usize>,
) -> Option<(usize, usize)> {
    if input.len() < SHORT {
        return byte_by_byte(input);
    }
    let at = memchr(b'@', split(input, REACH).0)?;
    let (local_part, from_at) = split(input, at);
    let after_at = split(from_at, 1).1;
    let host = split(after_at, end(split(after_at, REACH).0)?).0;
    let edges = !matches!(local_part, [] | [b'.', ..] | [.., b'.'])
        && !matches!(host, [b'.' | b'-', ..] | [.., b'.' | b'-' | b'0'..=b'9']);
    if !edges {
        return None;
    }
    let at = i8::try_from(at).ok()?;
    let length = local_part
        .len()
        .saturating_add(1)
        .saturating_add(host.len());
    let seen = look(input, length, |place, byte, next| {
        let behind = place > at;
        let local_or_at = is_local(byte) | (byte == b'@');
        let odd = !(is_host(byte) | local_or_at) | (behind & local_or_at);
        // Hyphens may stand side by side, and in a local part beside dots, but rarely do.
        let odd = odd | (is_edge(byte) & is_edge(next));
        let dot = behind & (byte == b'.');
        // A last label like `0x1` is a number.
        let odd = odd | (dot & (next == b'0'));
        raised(odd, ODD) | raised(dot, DOT)
    });
    (seen == Some(DOT)).then_some((local_part.len(), host.len()))
}

/// The same for a short text, of which it accepts a little more.
#[inline(never)]
fn byte_by_byte(input: &[u8]) -> Option<(usize, usize)> {
    let local_part = Run::of(input, LOCAL);
    let (b'@', after_at) = split(input, local_part.length).1.split_first()? else {
        return None;
    };
    let host = Run::of(after_at, HOST);
    let plain = local_part.clashes & DOT == 0
        && host.clashes & (EDGE | ZERO) == 0
        && host.seen & DOT != 0
        && host.last & DIGIT == 0;
    plain.then_some((local_part.length, host.length))
}

/// The bytes of some classes that a text begins with.
struct Run {
    length: usize,
    /// What two neighbours have in common. Before the first and behind the last stands a dot.
    clashes: u8,
    /// The classes of all.
    seen: u8,
    /// The classes of the last.
    last: u8,
}

impl Run {
    #[inline]
    fn of(text: &[u8], classes: u8) -> Self {
        let dot = class(b'.');
        let (mut clashes, mut seen, mut last) = (0, 0, dot);
        let end = text.iter().position(|&byte| {
            let class = class(byte);
            let member = class & classes != 0;
            if member {
                clashes |= last & class;
                seen |= class;
                last = class;
            }
            !member
        });
        Self {
            length: end.unwrap_or(text.len()),
            clashes: clashes | last & dot,
            seen,
            last,
        }
    }
}

/// A byte of a local part, or a dot.
const LOCAL: u8 = 1;
/// A byte of a host name, or a dot.
const HOST: u8 = 1 << 1;
/// A digit.
const DIGIT: u8 = 1 << 2;
/// A dot. Two of them clash when they stand side by side.
const DOT: u8 = 1 << 3;
/// A dot or a hyphen. In a host name two of them clash; two hyphens may stand there, but are rare.
const EDGE: u8 = 1 << 4;
/// A dot or a zero. In a host name two of them clash: a last label like `0x1` is a number. Others are rare.
const ZERO: u8 = 1 << 5;

#[inline]
fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or_default()
}

#[expect(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "evaluated by the compiler, which refuses an index out of range"
)]
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut index = 0;
    while index < 256 {
        let byte = index as u8;
        if is_host(byte) {
            classes[index] |= LOCAL | HOST;
        }
        if is_local(byte) {
            classes[index] |= LOCAL;
        }
        if byte.is_ascii_digit() {
            classes[index] |= DIGIT;
        }
        if byte == b'.' {
            classes[index] |= DOT;
        }
        if is_edge(byte) {
            classes[index] |= EDGE;
        }
        if byte == b'.' || byte == b'0' {
            classes[index] |= ZERO;
        }
        index += 1;
    }
    classes
};

/// A flag, where something holds.
#[inline]
const fn raised(holds: bool, flag: u8) -> u8 {
    if holds { flag } else { 0 }
}

/// A byte that may not stand where it does.
const ODD: u8 = 1;

/// A byte that stands in local parts only; not the rarer ones.
#[inline]
const fn is_local(byte: u8) -> bool {
    within(byte, b'*', b'+') | (byte == b'/') | (byte == b'=') | (byte == b'_')
}

/// A byte of a host name, or a dot.
#[inline]
const fn is_host(byte: u8) -> bool {
    within(byte | 0x20, b'a', b'z') | within(byte, b'-', b'9') & (byte != b'/')
}

/// A dot or a hyphen.
#[inline]
const fn is_edge(byte: u8) -> bool {
    within(byte, b'-', b'.')
}

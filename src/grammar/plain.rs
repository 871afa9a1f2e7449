//! An addr-spec in one pass, for the addresses that people have.
//!
//! The productions of [`address`](super::address) branch for each label, and how long the next label
//! is nobody can predict. Here each byte is looked up once, and what must not stand side by side is
//! found by putting two look-ups together. What is rare is left to the productions.

use super::split;

/// A byte of a dot-atom, or a dot; but not `#`.
const LOCAL: u8 = 1;
/// `#`, which can stand in a dot-atom too.
const HASH: u8 = 1 << 1;
/// A byte of a host name, or a dot.
const HOST: u8 = 1 << 2;
/// A digit.
const DIGIT: u8 = 1 << 3;
/// A dot. Two of them clash when they stand side by side.
const DOT: u8 = 1 << 4;
/// A dot or a hyphen. In a host name two of them clash; two hyphens may stand there, but are rare.
const EDGE: u8 = 1 << 5;

/// The longest run that is no longer than a local part, and than a label, can be.
const LONGEST: usize = 63;

const TABLE: [u8; 256] = table();

/// How long the local part and the host name are of an addr-spec that `input` begins with; `None`
/// where there is none, and where it is a rare one.
///
/// A `#` belongs to the local part where `with_hash` says so.
#[inline]
pub(super) fn addr_spec(input: &[u8], with_hash: bool) -> Option<(usize, usize)> {
    let local_part = Run::of(input, if with_hash { LOCAL | HASH } else { LOCAL });
    let (b'@', after_at) = split(input, local_part.length).1.split_first()? else {
        return None;
    };
    let host = Run::of(after_at, HOST);
    let plain = local_part.clashes & DOT == 0
        && host.clashes & EDGE == 0
        && host.seen & DOT != 0
        && host.last & DIGIT == 0
        && local_part.length <= LONGEST
        && host.length <= LONGEST;
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

#[inline]
fn class(byte: u8) -> u8 {
    TABLE.get(usize::from(byte)).copied().unwrap_or_default()
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "evaluated by the compiler, which refuses an index out of range"
)]
const fn table() -> [u8; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let byte = index as u8;
        table[index] = match byte {
            b'.' => LOCAL | HOST | DOT | EDGE,
            b'-' => LOCAL | HOST | EDGE,
            b'#' => HASH,
            b'0'..=b'9' => LOCAL | HOST | DIGIT,
            b'A'..=b'Z' | b'a'..=b'z' => LOCAL | HOST,
            b'!' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'/' | b'=' | b'?' | b'^' | b'_'
            | b'`' | b'{' | b'|' | b'}' | b'~' => LOCAL,
            _ => 0,
        };
        index += 1;
    }
    table
}

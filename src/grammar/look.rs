//! Looking at many bytes at once.

use super::split;

/// So many bytes are looked at together, which is all of most addresses and names, and the one behind them.
const MOST: usize = 49;
/// And so many of a text that is longer, or where the input ends sooner.
const PART: usize = 17;

/// The longest text that is looked at.
const LONGEST: usize = 127;

/// All flags that `flags` raises for one of the first `length` bytes of a text, which is given its place
/// and the byte behind it, too; `None` where they are too many.
///
/// `flags` is to have no branches: then the compiler asks it of all bytes at once, and how many they are,
/// which nobody can predict, costs no wrong guess.
#[inline]
pub(super) fn look(text: &[u8], length: usize, flags: impl Fn(i8, u8, u8) -> u8) -> Option<u8> {
    let end = i8::try_from(length).ok()?;
    let flags = |place, byte, next| {
        let flags = flags(place, byte, next);
        if place < end { flags } else { 0 }
    };
    Some(match text.first_chunk::<MOST>() {
        Some(block) if length < MOST => together(block, 0, flags),
        _ => in_parts(text, end, flags),
    })
}

/// The same for what is longer, or near the end of the text.
#[inline]
fn in_parts(text: &[u8], end: i8, flags: impl Fn(i8, u8, u8) -> u8) -> u8 {
    let starts = PLACES.into_iter().step_by(PART.saturating_sub(1));
    let parts = starts.take_while(|&start| start < end).map(|start| {
        let rest = split(text, start.unsigned_abs().into()).1;
        if let Some(block) = rest.first_chunk::<PART>() {
            return together(block, start, &flags);
        }
        let mut padded = [0; PART];
        for (byte, of_text) in padded.iter_mut().zip(rest) {
            *byte = *of_text;
        }
        together(&padded, start, &flags)
    });
    parts.fold(0, |all, flags| all | flags)
}

/// The flags of the bytes of a block but its last, of which the first has that place.
#[inline]
fn together<const WIDTH: usize>(
    block: &[u8; WIDTH],
    start: i8,
    flags: impl Fn(i8, u8, u8) -> u8,
) -> u8 {
    let pairs = block.iter().zip(block.iter().skip(1));
    PLACES
        .iter()
        .zip(pairs)
        .fold(0, |all, (&place, (&byte, &next))| {
            all | flags(place.wrapping_add(start), byte, next)
        })
}

/// All places.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which refuses an index out of range"
)]
const PLACES: [i8; LONGEST + 1] = {
    let mut places = [0; LONGEST + 1];
    let mut place = 0;
    while place < LONGEST {
        places[place + 1] = places[place] + 1;
        place += 1;
    }
    places
};

/// Whether a byte is within a range, in one comparison.
#[inline]
pub(super) const fn within(byte: u8, first: u8, last: u8) -> bool {
    byte.wrapping_sub(first) <= last.wrapping_sub(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST, look};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn looking_at_all_bytes_at_once_is_looking_at_each(
            text in "x{0,140}[abc]{0,2}x{0,60}",
            length in 0_usize..140,
        ) {
            let flags = |place: i8, byte, next| {
                let pair = u8::from(byte == b'a') & u8::from(next == b'b');
                let placed = u8::from(place == 20) & u8::from(byte == b'a');
                pair | placed << 1 | u8::from(byte == b'c') << 2
            };
            let length = length.min(text.len());
            let bytes = text.bytes().zip(text.bytes().skip(1).chain([0]));
            let each = (0..=i8::MAX).zip(bytes).take(length);
            let all = each.fold(0, |all, (place, (byte, next))| all | flags(place, byte, next));
            prop_assert_eq!(look(text.as_bytes(), length, flags), (length <= LONGEST).then_some(all));
        }
    }
}

//! Passing over text in which nothing can stand, faster than line by line.

use memchr::{memchr, memrchr};

use crate::grammar::split;

/// So many bytes are looked at together.
const BLOCK: usize = 64;

/// Whole lines in which nothing can stand.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Quiet {
    pub(super) bytes: usize,
    pub(super) lines: usize,
}

/// The lines that `text` begins with in which nothing can stand outside of a section: no entry, no
/// numbered line with a delimiter, no history, no heading, no line of a PNR's face.
///
/// All of those hold one of a few [marks](mark). The last line is never taken, since it may go on.
pub(super) fn quiet(text: &[u8]) -> Quiet {
    let (mut at, mut lines) = (0_usize, 0_usize);
    while let Some(block) = Block::of(split(text, at).1) {
        if block.marks().fold(0, |any, mark| any | mark) != 0
            && let Some(before) = first_mark(text, at, bits(block.marks()))
        {
            let newlines = bits(block.newlines()) & lowest(before);
            let last = newlines
                .checked_ilog2()
                .map(|place| at.saturating_add(place as usize));
            return Quiet {
                bytes: last.map_or_else(
                    || begin_of_line(text, at),
                    |newline| newline.saturating_add(1),
                ),
                lines: lines.saturating_add(newlines.count_ones() as usize),
            };
        }
        lines = lines.saturating_add(count(block.newlines()));
        at = at.saturating_add(BLOCK);
    }
    Quiet {
        bytes: begin_of_line(text, at),
        lines,
    }
}

/// Where the line begins that goes on at a place.
fn begin_of_line(text: &[u8], at: usize) -> usize {
    let last = memrchr(b'\n', split(text, at).0);
    last.map_or(0, |newline| newline.saturating_add(1))
}

/// Whether something may stand around three bytes:
///
/// * `PE` or `*PE`, in either case, with what can follow it;
/// * a delimiter behind a blank, a line end or a full stop;
/// * `AIL` as in `EMAIL ADDRESS` and `EMAIL DATA EXISTS`.
///
/// All bits set, or none. Without a branch, and with few comparisons, so that the compiler asks it of
/// many bytes at once: it is also said of some bytes that cannot follow a `PE` or precede a delimiter.
#[inline]
const fn mark(one: u8, two: u8, three: u8) -> u8 {
    let pe = all_bits(one | 0x20 == b'p') & all_bits(two | 0x20 == b'e');
    // Blanks, line ends, `#`, `,`, `-`, digits, `?`; and, as they are negative, all beyond ASCII.
    let opens = all_bits(three.cast_signed() <= b'?'.cast_signed());
    let behind = all_bits(one <= b'.');
    let glyph = all_bits(two.cast_signed() < 0) | all_bits(two == b'#');
    let ail = all_bits(one == b'A') & all_bits(two == b'I') & all_bits(three == b'L');
    pe & opens | behind & glyph | ail
}

/// Bytes that are looked at together, each with the two behind it.
struct Block<'a> {
    first: &'a [u8; BLOCK],
    second: &'a [u8; BLOCK],
    third: &'a [u8; BLOCK],
}

impl<'a> Block<'a> {
    /// What `text` begins with; `None` if there is not so much.
    #[inline]
    fn of(text: &'a [u8]) -> Option<Self> {
        Some(Self {
            first: text.first_chunk()?,
            second: text.get(1..)?.first_chunk()?,
            third: text.get(2..)?.first_chunk()?,
        })
    }

    /// Which bytes are [marked](mark).
    #[inline]
    fn marks(&self) -> impl Iterator<Item = u8> {
        let behind = self.second.iter().zip(self.third);
        let all = self.first.iter().zip(behind);
        all.map(|(&one, (&two, &three))| mark(one, two, three))
    }

    /// Which bytes end a line.
    #[inline]
    fn newlines(&self) -> impl Iterator<Item = u8> {
        self.first.iter().map(|&byte| all_bits(byte == b'\n'))
    }
}

const fn all_bits(holds: bool) -> u8 {
    if holds { u8::MAX } else { 0 }
}

/// How many bytes are set: all bits of them, or none.
#[inline]
fn count(set: impl Iterator<Item = u8>) -> usize {
    // There are fewer than 256.
    usize::from(set.fold(0_u8, u8::wrapping_sub))
}

/// One bit for each byte, the first one lowest.
#[inline]
fn bits(set: impl Iterator<Item = u8>) -> u64 {
    let mut bytes = [0; BLOCK];
    for (byte, is) in bytes.iter_mut().zip(set) {
        *byte = is;
    }
    let words = bytes.as_chunks().0.iter().rev();
    words.fold(0, |bits, word| {
        // Of each byte another bit; the product gathers them in its highest byte.
        let spread = u64::from_le_bytes(*word) & 0x8040_2010_0804_0201;
        bits << 8 | spread.wrapping_mul(0x0101_0101_0101_0101) >> 56
    })
}

/// So many bits, from the lowest one.
const fn lowest(count: u32) -> u64 {
    match 1_u64.checked_shl(count) {
        Some(next) => next.wrapping_sub(1),
        None => u64::MAX,
    }
}

/// How many bytes of the block at `at` the first mark is in, with the byte that is marked: it is one of its line. A `PE`
/// in a word is none.
fn first_mark(text: &[u8], at: usize, mut marks: u64) -> Option<u32> {
    while marks != 0 {
        let first = marks.trailing_zeros();
        if !is_in_a_word(text, at.saturating_add(first as usize)) {
            // The delimiter behind a line end stands on its own line.
            return Some(first.saturating_add(1));
        }
        marks &= marks.wrapping_sub(1);
    }
    None
}

/// Whether what stands at a place is the `PE` of a word: a letter or a digit before it makes it one, but for that of a
/// history line, and for the last one of an escape sequence.
fn is_in_a_word(text: &[u8], place: usize) -> bool {
    let (before, here) = split(text, place);
    let last = before.last();
    matches!(here, [b'P' | b'p', ..])
        && last.is_some_and(|byte| byte.is_ascii_alphanumeric() && !b"AXCaxc".contains(byte))
        && !may_end_in_sequence(before)
}

/// As long are the sequences that set colours and places, with the escape.
const LONGEST_SEQUENCE: usize = 64;

fn may_end_in_sequence(text: &[u8]) -> bool {
    let near = text.len().saturating_sub(LONGEST_SEQUENCE);
    memchr(0x1B, split(text, near).1).is_some()
}

/// Whether a line, or a part of one, holds a mark: then it is not [quiet], whatever stands around it.
pub(super) fn is_marked(line: &[u8]) -> bool {
    (0..line.len()).any(|place| {
        let [one, two, three] = match *split(line, place).1 {
            [one, two, three, ..] => [one, two, three],
            [one, two] => [one, two, b'\n'],
            [one] => [one, b'\n', b'\n'],
            [] => return false,
        };
        mark(one, two, three) != 0 && !is_in_a_word(line, place)
    })
}

#[cfg(test)]
mod tests {
    use memchr::memchr_iter;
    use proptest::prelude::*;

    use super::{BLOCK, Quiet, bits, is_marked, lowest, quiet};
    /// The same, line by line: up to the first line that is marked, or else to the last one that ends where blocks are
    /// looked at.
    fn line_by_line(text: &[u8]) -> Quiet {
        let blocks = text.len().saturating_sub(2) / BLOCK;
        let mut quiet = Quiet::default();
        for newline in memchr_iter(b'\n', text) {
            let line = text.get(quiet.bytes..=newline).unwrap();
            // Before a delimiter stands the end of the line before.
            let above = quiet.bytes.saturating_sub(1);
            let marked = is_marked(line) || is_marked(text.get(above..newline).unwrap());
            if marked || newline / BLOCK >= blocks {
                break;
            }
            quiet.bytes = newline.saturating_add(1);
            quiet.lines = quiet.lines.saturating_add(1);
        }
        quiet
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn quiet_are_the_lines_before_the_first_mark(
            text in "(([A-Z]{0,9} |H[oO]PE |OPEN |É ?|Ñ|X#){0,12}\r?\n){0,12}\
                     ((APE|pe|PE|\\*PE)[#‡ 1-]|‡|#| ¥|EMAIL|\x1B\\[1mPE-)?\
                     (\n|[A-Z]{0,70}){0,4}",
        ) {
            prop_assert_eq!(quiet(text.as_bytes()), line_by_line(text.as_bytes()));
        }

        #[test]
        fn bits_stand_in_the_order_of_bytes(word: u64) {
            let set = (0..64).map(|at| if word >> at & 1 == 1 { u8::MAX } else { 0 });
            prop_assert_eq!(bits(set), word);
        }
    }

    #[test]
    fn lowest_bits_are_as_many_as_asked_for() {
        for count in 0..=64 {
            assert_eq!(
                (lowest(count).count_ones(), lowest(count).trailing_ones()),
                (count, count)
            );
        }
    }
}

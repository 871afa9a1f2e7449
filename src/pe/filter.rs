//! Passing over text in which nothing can stand, faster than line by line.

use memchr::{memchr, memrchr};

use crate::grammar::split;

/// So many bytes are looked at together.
const BLOCK: usize = 64;
/// And so many of them, where something is.
const PART: usize = 16;

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
    let mut end = None;
    while let Some(block) = Block::<BLOCK>::of(split(text, at).1) {
        if block.has_mark() {
            end = first_mark(text, at);
            if let Some(end) = end {
                let before = end.saturating_sub(at);
                lines = lines.saturating_add(block.newlines(before));
                break;
            }
        }
        lines = lines.saturating_add(block.newlines(BLOCK));
        at = at.saturating_add(BLOCK);
    }
    let before = split(text, end.unwrap_or(at)).0;
    let last = memrchr(b'\n', before);
    Quiet {
        bytes: last.map_or(0, |newline| newline.saturating_add(1)),
        lines,
    }
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
    const fn all_bits(holds: bool) -> u8 {
        if holds { u8::MAX } else { 0 }
    }
    let pe = all_bits(one | 0x20 == b'p') & all_bits(two | 0x20 == b'e');
    // Blanks, line ends, `#`, `,`, `-`, digits, `?`; and, as they are negative, all beyond ASCII.
    let opens = all_bits(three.cast_signed() <= b'?'.cast_signed());
    let behind = all_bits(one <= b'.');
    let glyph = all_bits(two.cast_signed() < 0) | all_bits(two == b'#');
    let ail = all_bits(one == b'A') & all_bits(two == b'I') & all_bits(three == b'L');
    pe & opens | behind & glyph | ail
}

/// Bytes that are looked at together, each with the two behind it.
struct Block<'a, const LENGTH: usize> {
    first: &'a [u8; LENGTH],
    second: &'a [u8; LENGTH],
    third: &'a [u8; LENGTH],
}

impl<'a, const LENGTH: usize> Block<'a, LENGTH> {
    /// What `text` begins with; `None` if there is not so much.
    #[inline]
    fn of(text: &'a [u8]) -> Option<Self> {
        Some(Self {
            first: text.first_chunk()?,
            second: text.get(1..)?.first_chunk()?,
            third: text.get(2..)?.first_chunk()?,
        })
    }

    #[inline]
    fn marks(&self) -> impl Iterator<Item = u8> {
        let behind = self.second.iter().zip(self.third);
        let all = self.first.iter().zip(behind);
        all.map(|(&one, (&two, &three))| mark(one, two, three))
    }

    /// How many lines end in the first `length` bytes. (There are fewer than 256.)
    #[inline]
    fn newlines(&self, length: usize) -> usize {
        let within = (0_u8..).zip(self.first);
        let newlines =
            within.map(|(at, &byte)| u8::from(byte == b'\n' && usize::from(at) < length));
        usize::from(newlines.fold(0, u8::wrapping_add))
    }

    #[inline]
    fn has_mark(&self) -> bool {
        self.marks().fold(0, |any, mark| any | mark) != 0
    }
}

impl Block<'_, PART> {
    /// The marks, the first one in the lowest byte.
    #[inline]
    fn bits(&self) -> u128 {
        let mut bytes = [0; PART];
        for (byte, mark) in bytes.iter_mut().zip(self.marks()) {
            *byte = mark;
        }
        u128::from_le_bytes(bytes)
    }
}

/// Where the first mark in the block at `at` stands: a byte of its line. A `PE` in a word is none.
fn first_mark(text: &[u8], at: usize) -> Option<usize> {
    let end = at.saturating_add(BLOCK);
    let parts = (at..end).step_by(PART);
    let parts = parts.filter_map(|at| Some((at, Block::<PART>::of(split(text, at).1)?.bits())));
    for (at, mut bits) in parts {
        while bits != 0 {
            let first = bits.trailing_zeros() & !7;
            let place = at.saturating_add(first as usize / 8);
            if !is_in_a_word(text, place) {
                // The delimiter behind a line end stands on its own line.
                return Some(place.saturating_add(1));
            }
            bits &= !(0xFF << first);
        }
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

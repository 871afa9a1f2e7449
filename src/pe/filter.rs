//! Passing over text in which nothing can stand, faster than line by line.

use memchr::{memchr2_iter, memrchr};

use crate::grammar::{glyph::is_blank, split};

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
/// All of those hold one of a few pairs of bytes: see [`Pairs`]. The last line is never taken,
/// since it may go on.
pub(super) fn quiet(text: &[u8]) -> Quiet {
    let mut lines = 0_usize;
    let mut at = 0_usize;
    while let Some((pairs, newlines)) = block(split(text, at).1) {
        if pairs.others || pairs.pe && may_open(text, at) {
            break;
        }
        lines = lines.saturating_add(newlines);
        at = at.saturating_add(BLOCK);
    }
    let line_start = memrchr(b'\n', split(text, at).0);
    Quiet {
        bytes: line_start.map_or(0, |newline| newline.saturating_add(1)),
        lines,
    }
}

/// What pairs a block holds.
#[derive(Clone, Copy, Debug)]
struct Pairs {
    /// `PE`, in either case.
    pe: bool,
    /// A delimiter behind a blank or a full stop; `DD` as in `EMAIL ADDRESS`; `XI` as in `DATA
    /// EXISTS`.
    others: bool,
}

/// The pairs that begin in the first [`BLOCK`] bytes, and how many of these bytes are newlines;
/// `None` if there is not so much text.
///
/// Plain arithmetic over arrays, which the compiler turns into vector instructions.
#[inline]
fn block(text: &[u8]) -> Option<(Pairs, usize)> {
    let first = text.first_chunk::<BLOCK>()?;
    let second = text.get(1..)?.first_chunk::<BLOCK>()?;
    let mut pairs = Pairs {
        pe: false,
        others: false,
    };
    let mut newlines = 0_u8;
    for (&one, &two) in first.iter().zip(second) {
        pairs.pe |= (one | 0x20 == b'p') & (two | 0x20 == b'e');
        let glyph = (two >= 0x80) | (two == b'#');
        pairs.others |= glyph & ((one <= b' ') | (one == b'.'));
        pairs.others |= (one == b'D') & (two == b'D');
        pairs.others |= (one == b'X') & (two == b'I');
        newlines = newlines.wrapping_add(u8::from(one == b'\n'));
    }
    Some((pairs, newlines.into()))
}

/// Whether one of the `PE` that begin in the block at `at` may open an entry or be `*PE`: by what
/// stands next to it.
fn may_open(text: &[u8], at: usize) -> bool {
    let block = split(split(text, at).1, BLOCK).0;
    memchr2_iter(b'P', b'p', block).any(|offset| {
        let (before, here) = split(text, at.saturating_add(offset));
        let opens = match here {
            [
                _,
                b'E' | b'e',
                b'#' | b',' | b'-' | b'0'..=b'9' | 0x80..,
                ..,
            ] => true,
            [_, b'E' | b'e', byte, ..] => is_blank(*byte) || before.last() == Some(&b'*'),
            [_, b'E' | b'e'] => true,
            _ => false,
        };
        // A letter or a digit before it is part of a word, but for the letter of a history line.
        let in_a_word = before
            .last()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() && !b"AXCaxc".contains(byte));
        opens && !in_a_word
    })
}

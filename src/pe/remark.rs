//! Remarks, which are numbered as items are, and go on below.

use memchr::memrchr;

use super::{
    joined::MAX_CONTINUATIONS,
    line::{Layout, content},
    scan::MAX_LINE,
};
use crate::{
    grammar::{display::opening, glyph::trim_start, split},
    text::encoding::Encoding,
};

/// A numbered line of no list, which the line above is, or goes on with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Remark {
    number: u16,
    /// How many lines go on with it.
    lines: u8,
}

impl Remark {
    /// The one that the last of whole lines belongs to, if the line before them belongs to `above`.
    pub(super) fn up_to_end(text: &[u8], above: Option<Self>) -> Option<Self> {
        let mut rest = text;
        for lines in 0..=MAX_CONTINUATIONS {
            let Some(ended) = rest.strip_suffix(b"\n") else {
                return above?.behind(lines);
            };
            let start = memrchr(b'\n', ended).map_or(0, |newline| newline.saturating_add(1));
            let (before, line) = split(ended, start);
            if line.strip_suffix(b"\r").unwrap_or(line).len() > MAX_LINE {
                return None;
            }
            let line = content(line);
            match Layout::of(line) {
                Layout::Continuation(_) | Layout::Indented(_) => rest = before,
                Layout::Numbered(number, content) => {
                    let encoding = Encoding::settle(line).unwrap_or_default();
                    let is_item = opening(trim_start(content), encoding).is_some();
                    return (!is_item).then_some(Self { number, lines });
                }
                Layout::Noise | Layout::Plain(_) => return None,
            }
        }
        None
    }

    /// The same with more lines that go on with it.
    fn behind(self, lines: u8) -> Option<Self> {
        let lines = self.lines.saturating_add(lines);
        (lines <= MAX_CONTINUATIONS).then_some(Self { lines, ..self })
    }

    /// Whether what has a number is the remark behind it.
    pub(super) fn precedes(self, number: u16) -> bool {
        self.number.checked_add(1) == Some(number)
    }
}

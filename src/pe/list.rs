//! The list that display entries stand in, and what could be its next item.

use memchr::memchr;

use super::line::{after_prompts, is_noise};
use crate::{
    grammar::{display::opening, glyph::trim_end, pe::number, split},
    text::encoding::Encoding,
};

/// So many lines without a number, which are not empty, can stand between two items: a rule, the head of a page.
pub(super) const LINES_BETWEEN: u8 = 3;

/// A list with its last item that was found, read or broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    last: u16,
    /// How many more lines can stand between it and the next one.
    lines: u8,
}

impl List {
    /// The list up to an item.
    pub(super) const fn up_to(last: u16) -> Self {
        Self {
            last,
            lines: LINES_BETWEEN,
        }
    }

    /// The list up to the item behind its last one.
    pub(super) fn next(self) -> Option<Self> {
        self.last.checked_add(1).map(Self::up_to)
    }

    /// Whether an item with a number is its next one.
    pub(super) fn precedes(self, item: u16) -> bool {
        self.last.checked_add(1) == Some(item)
    }

    /// Whether a line could be its next item: has the number, and an `@`, a delimiter or nothing behind it.
    pub(super) fn goes_on_with(self, line: &[u8]) -> bool {
        number_and_content(line).is_some_and(|(item, content)| {
            self.precedes(item) && (memchr(b'@', content).is_some() || begins_item(content, line))
        })
    }

    /// What is left of it behind a line that is none of its items; `None` where the next item is no more looked for.
    pub(super) fn behind(self, line: &[u8]) -> Option<Self> {
        if is_noise(line) {
            return Some(self);
        }
        if number_and_content(line).is_some() {
            return None;
        }
        let lines = self.lines.checked_sub(1)?;
        Some(Self { lines, ..self })
    }
}

/// The number that a line begins with as items do, and what stands behind it.
pub(super) fn number_and_content(line: &[u8]) -> Option<(u16, &[u8])> {
    let body = after_prompts(line);
    let end = body.iter().position(|byte| !byte.is_ascii_digit());
    let (digits, content) = split(body, end.unwrap_or(body.len()));
    let is_word = content.first().is_some_and(u8::is_ascii_alphanumeric);
    let number = number(digits)?;
    (!is_word).then_some((number, content))
}

/// Whether what stands behind a number is a mark and nothing else, but for `PE`; or begins with a delimiter, behind marks.
fn begins_item(content: &[u8], line: &[u8]) -> bool {
    let is_mark = |byte: &u8| b" \t.):-".contains(byte);
    let begin = content.iter().position(|byte| !is_mark(byte));
    let behind = split(content, begin.unwrap_or(content.len())).1;
    let marked = matches!(content, [b'.' | b')', ..]);
    let encoding = Encoding::settle(line).unwrap_or_default();
    marked && (behind.is_empty() || trim_end(behind).eq_ignore_ascii_case(b"PE"))
        || opening(behind, encoding).is_some()
}

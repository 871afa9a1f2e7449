//! The closing count.

use crate::{exit::Exit, shown::counted};

/// What there was in all files.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) recipients: usize,
    pub(crate) unrouted: usize,
    /// PE entries that could not be read.
    pub(crate) entries: usize,
    /// Fields of messages that could not be read.
    pub(crate) fields: usize,
    /// Lines of a header that are no field.
    pub(crate) strays: usize,
    /// Messages whose header could not be read.
    pub(crate) headers: usize,
    pub(crate) deletions: usize,
    pub(crate) changes: usize,
    pub(crate) displays: usize,
    /// Whether a text said that there are addresses which it does not show.
    pub(crate) elsewhere: bool,
    /// Whether a file was read to its end.
    pub(crate) read: bool,
    /// Whether a file could not be read.
    pub(crate) failed: bool,
}

pub(crate) fn count(things: &mut usize) {
    *things = things.saturating_add(1);
}

impl Tally {
    /// The closing count; `None` where there was nothing to count in.
    pub(crate) fn sentence(&self) -> Option<String> {
        let others = [
            (
                self.unrouted,
                "address without a route",
                "addresses without a route",
            ),
            (self.entries, "unreadable entry", "unreadable entries"),
            (self.headers, "unreadable header", "unreadable headers"),
            (self.fields, "unreadable field", "unreadable fields"),
            (
                self.strays,
                "line that is no field",
                "lines that are no field",
            ),
            (self.deletions, "deletion", "deletions"),
            (self.changes, "change", "changes"),
            (self.displays, "*PE command", "*PE commands"),
        ];
        let mut parts = Vec::new();
        if self.recipients > 0 || self.read {
            parts.push(counted(self.recipients, "recipient", "recipients"));
        }
        for (number, one, more) in others {
            if number > 0 {
                parts.push(counted(number, one, more));
            }
        }
        let mut sentences = Vec::new();
        if !parts.is_empty() {
            sentences.push(parts.join(", "));
        }
        if self.deletions > 0 || self.changes > 0 {
            let gone = "items are changed or deleted: who is gone, the text does not say";
            sentences.push(gone.to_owned());
        }
        if self.elsewhere {
            sentences.push("addresses exist that are not in this text".to_owned());
        }
        (!sentences.is_empty()).then(|| sentences.join("; "))
    }

    pub(crate) fn exit(&self) -> Exit {
        let unread = [self.entries, self.headers, self.fields, self.strays];
        if self.failed {
            Exit::Failed
        } else if unread.iter().any(|&count| count > 0) {
            Exit::Unread
        } else {
            Exit::Read
        }
    }
}

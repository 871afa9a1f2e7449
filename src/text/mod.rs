//! Where something was, and what was tolerated there.
//!
//! Everything that this crate reads keeps its place: a [`Span`] is a range of bytes in the text
//! that the caller handed in. What was odd but could be read in one way only is a [`Note`] on the
//! value, never an error and never silent.

pub(crate) mod encoding;
mod note;
mod printable;
mod stored;

use core::ops::Range;

pub(crate) use self::printable::is_visible;
#[cfg(feature = "serde")]
pub(crate) use self::stored::{Unfit, from_name, from_string, quietly, stored};
pub(crate) use self::stored::{as_number, as_text, by_name, quiet};
pub use self::{
    note::{Note, Notes},
    printable::printable,
};

/// A range of bytes in the text that was read: `start` included, `end` not.
///
/// Offsets are bytes, not characters, and count from the beginning of the text that was handed in
/// (for a [`Scanner`](crate::pe::Scanner): from the first byte of the first chunk).
///
/// # Example
///
/// ```
/// use peline::Span;
///
/// let span = Span::new(3, 10);
/// assert_eq!(span.of(b"PE#a@b.com#"), Some(&b"a@b.com"[..]));
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`; an `end` before the `start` is taken for the `start`.
    ///
    /// ```
    /// assert!(peline::Span::new(7, 2).is_empty());
    /// ```
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end }
    }

    /// The offset of the first byte.
    ///
    /// ```
    /// assert_eq!(peline::Span::new(3, 10).start(), 3);
    /// ```
    #[must_use]
    pub const fn start(self) -> usize {
        self.start
    }

    /// The offset behind the last byte.
    ///
    /// ```
    /// assert_eq!(peline::Span::new(3, 10).end(), 10);
    /// ```
    #[must_use]
    pub const fn end(self) -> usize {
        self.end
    }

    /// How many bytes.
    ///
    /// ```
    /// assert_eq!(peline::Span::new(3, 10).len(), 7);
    /// ```
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing: a place between two bytes.
    ///
    /// ```
    /// assert!(peline::Span::new(3, 3).is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range to slice with.
    ///
    /// ```
    /// assert_eq!(peline::Span::new(3, 10).range(), 3..10);
    /// ```
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The bytes of `text` that it covers, or `None` if the text is shorter.
    ///
    /// ```
    /// assert_eq!(peline::Span::new(0, 9).of(b"short"), None);
    /// ```
    #[must_use]
    pub fn of(self, text: &[u8]) -> Option<&[u8]> {
        text.get(self.range())
    }

    /// The same range in a text that has `offset` more bytes in front.
    #[must_use]
    pub(crate) const fn shifted(self, offset: usize) -> Self {
        Self {
            start: self.start.saturating_add(offset),
            end: self.end.saturating_add(offset),
        }
    }
}

/// Written as `[start, end]`.
#[cfg(feature = "serde")]
impl serde::Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

/// Read from `[start, end]`; a range that runs backwards is refused.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = quietly(<(usize, usize)>::deserialize(deserializer), "a span")?;
        if end < start {
            return Err(serde::de::Error::custom("a span ends before it starts"));
        }
        Ok(Self { start, end })
    }
}

//! Where something was, and what was tolerated there.
//!
//! Everything that this crate reads keeps its place: a [`Span`] is a range of bytes in the text
//! that the caller handed in. What was odd but could be read in one way only is a [`Note`] on the
//! value, never an error and never silent.

pub(crate) mod encoding;
mod note;
mod printable;

use core::ops::Range;
#[cfg(feature = "serde")]
use core::{fmt, marker::PhantomData};

pub(crate) use self::printable::is_visible;
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
        // A format that people read says what it holds, and lets `visit_str` refuse a string.
        let (start, end) = match deserializer.is_human_readable() {
            true => deserializer.deserialize_any(Pair)?,
            false => deserializer.deserialize_tuple(2, Pair)?,
        };
        if end < start {
            return Err(serde::de::Error::custom("a span ends before it starts"));
        }
        Ok(Self { start, end })
    }
}

#[cfg(feature = "serde")]
struct Pair;

#[cfg(feature = "serde")]
impl<'de> serde::de::Visitor<'de> for Pair {
    type Value = (usize, usize);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("two offsets")
    }

    // What serde says by itself about a string would quote it.
    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Err(E::custom("a span is two offsets"))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        match (seq.next_element()?, seq.next_element()?) {
            (Some(start), Some(end)) => Ok((start, end)),
            _ => Err(serde::de::Error::custom("a span is two offsets")),
        }
    }
}

/// Reads a value from a string of serde's, through its `FromStr`.
#[cfg(feature = "serde")]
pub(crate) fn from_string<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: core::str::FromStr<Err: fmt::Display>,
    D: serde::Deserializer<'de>,
{
    struct Text<T>(PhantomData<T>);

    impl<T: core::str::FromStr<Err: fmt::Display>> serde::de::Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Text(PhantomData))
}

/// Defines serde for enums that are written as their name; an error does not quote what was read.
macro_rules! by_name {
    ($($type:ty)*) => {$(
        /// Written as its name.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        /// Read from its name.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let find = |name: &str| Self::ALL.iter().copied().find(|it| it.name() == name);
                crate::text::from_name(deserializer, find)
            }
        }
    )*};
}

pub(crate) use by_name;

/// Defines serde for types that are written as their text.
macro_rules! as_text {
    ($($type:ty)*) => {$(
        /// Written as its text.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// Read from its text, through the same check as `FromStr`.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::text::from_string(deserializer)
            }
        }
    )*};
}

pub(crate) use as_text;

/// Reads a value from its name.
#[cfg(feature = "serde")]
pub(crate) fn from_name<'de, T, D: serde::Deserializer<'de>>(
    deserializer: D,
    find: impl FnOnce(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Name<F>(F);

    impl<T, F: FnOnce(&str) -> Option<T>> serde::de::Visitor<'_> for Name<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a name")
        }

        fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<T, E> {
            (self.0)(name).ok_or_else(|| E::custom("no such name"))
        }
    }

    deserializer.deserialize_str(Name(find))
}

/// Why something that was stored is not read.
#[cfg(feature = "serde")]
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum Unfit {
    /// No steps could have made it.
    #[error("no steps could have made it")]
    Impossible,
    /// Another version of this crate wrote it.
    #[error("another version wrote it")]
    Version,
}

/// Defines serde for types that are stored in another form; an error quotes nothing of what was read.
#[cfg(feature = "serde")]
macro_rules! stored {
    ($($type:ty as $form:ty: $what:literal;)*) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$form>::from(self.clone()).serialize(serializer)
            }
        }

        /// What is read is checked; an error quotes nothing of it.
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::Error as _;

                let form = <$form>::deserialize(deserializer);
                let form = form.map_err(|_| D::Error::custom(concat!("this is not ", $what)))?;
                form.try_into()
                    .map_err(|error| D::Error::custom(format_args!("{}: {error}", $what)))
            }
        }
    )*};
}

#[cfg(feature = "serde")]
pub(crate) use stored;

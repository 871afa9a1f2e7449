//! Names of people.

use core::{fmt, iter, str::FromStr};

use crate::{
    error::{ErrorKind, ParseError},
    text::{Span, is_visible, printable},
};

/// What is shown of one name at most, in characters.
const SHOWN: usize = 80;

/// The name of a person: any text in which something can be seen, without white space at its edges.
///
/// Names come from strangers, so a name may be long, or hold line breaks and characters that
/// reorder text. [`as_str`](Self::as_str) is the name as it is; [`shown`](Self::shown) (and
/// `Display`) is what titles and mails show of it: one line of 80 characters at most. `Debug` shows
/// nothing.
///
/// # Example
///
/// ```
/// use peline::trip::PersonName;
///
/// let name: PersonName = " Jane\nDoe ".parse()?;
/// assert_eq!(name.as_str(), "Jane\nDoe");
/// assert_eq!(name.to_string(), "Jane Doe");
/// assert_eq!(format!("{name:?}"), "PersonName(…)");
/// assert!(" \u{200b}".parse::<PersonName>().is_err());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct PersonName(Box<str>);

impl PersonName {
    /// The name as it was given, without white space at its edges.
    ///
    /// See the example of [`PersonName`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// The same name, however it is written.
    pub(crate) fn in_capitals(&self) -> Self {
        Self(self.0.to_uppercase().into())
    }

    /// The name in one line of 80 characters at most: white space is one blank, what cannot be seen
    /// or would reorder text is `U+FFFD`, and `…` stands for what was cut off.
    ///
    /// ```
    /// use peline::trip::PersonName;
    /// let name: PersonName = "x".repeat(10_000).parse()?;
    /// assert_eq!(name.shown().chars().count(), 80);
    /// assert!(name.shown().ends_with('…'));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn shown(&self) -> String {
        let words = self.0.split_whitespace();
        let mut line = words
            .flat_map(|word| iter::once(' ').chain(word.chars()))
            .skip(1);
        let mut shown: String = line.by_ref().take(SHOWN - 1).collect();
        match (line.next(), line.next()) {
            (last, None) => shown.extend(last),
            _ => shown.push('…'),
        }
        printable(&shown)
    }
}

impl FromStr for PersonName {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let name = text.trim();
        match name.chars().any(is_visible) {
            true => Ok(Self(name.into())),
            false => {
                let span = Span::new(0, text.len());
                Err(ParseError::new(ErrorKind::BlankName, span))
            }
        }
    }
}

/// As [`shown`](PersonName::shown).
impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.shown())
    }
}

/// Masked: a name is personal data.
impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}

/// Written as it is.
#[cfg(feature = "serde")]
impl serde::Serialize for PersonName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Read through the same check as `FromStr`.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for PersonName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

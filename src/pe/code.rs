//! The action code.

use core::{fmt, str::FromStr};

use crate::{
    error::{ErrorKind, ParseError},
    text::Span,
};

/// The action code of a PE entry: how the address takes part in the mail.
///
/// | code | meaning |
/// |---|---|
/// | `TO` | the message; also what an entry without a code means |
/// | `CC` | a copy |
/// | `BC` | a blind copy |
/// | `FR` | overrides the From and Reply-To of the mail; never a recipient |
///
/// # Example
///
/// ```
/// use peline::pe::Code;
///
/// assert_eq!("cc".parse::<Code>()?, Code::Cc);
/// assert_eq!(Code::Bc.to_string(), "BC");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Code {
    /// The message itself.
    To,
    /// A copy.
    Cc,
    /// A blind copy.
    Bc,
    /// The sender's override.
    Fr,
}

impl Code {
    /// Every code.
    ///
    /// ```
    /// assert_eq!(peline::pe::Code::ALL.len(), 4);
    /// ```
    pub const ALL: [Self; 4] = [Self::To, Self::Cc, Self::Bc, Self::Fr];

    /// The two letters of the code.
    ///
    /// ```
    /// assert_eq!(peline::pe::Code::To.as_str(), "TO");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::To => "TO",
            Self::Cc => "CC",
            Self::Bc => "BC",
            Self::Fr => "FR",
        }
    }

    /// The name that the JSON lines use: the two letters in lower case.
    ///
    /// ```
    /// assert_eq!(peline::pe::Code::Fr.name(), "fr");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::Cc => "cc",
            Self::Bc => "bc",
            Self::Fr => "fr",
        }
    }

    /// Two letters in either case; or which kind of mistake it is.
    #[inline]
    pub(crate) fn read(text: &[u8]) -> Result<Self, ErrorKind> {
        Self::of_letters(text).ok_or(match text {
            [b'B' | b'b', b'C' | b'c', b'C' | b'c'] => ErrorKind::CodeBcc,
            [b'T' | b't' | b'R' | b'r'] => ErrorKind::ProfileCode,
            _ => ErrorKind::UnknownCode,
        })
    }

    /// Two letters in either case. Which code it is nobody can predict, so it is looked up by what
    /// tells the first letters apart.
    #[inline]
    fn of_letters(text: &[u8]) -> Option<Self> {
        let &[first, second] = text else {
            return None;
        };
        let code = match first & 0b111 {
            0b010 => Self::Bc,
            0b011 => Self::Cc,
            0b100 => Self::To,
            _ => Self::Fr,
        };
        let letters = u16::from_le_bytes([first, second]) | u16::from_le_bytes(*b"  ");
        (letters == u16::from_le_bytes(code.letters())).then_some(code)
    }

    const fn letters(self) -> [u8; 2] {
        match self {
            Self::To => *b"to",
            Self::Cc => *b"cc",
            Self::Bc => *b"bc",
            Self::Fr => *b"fr",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads the two letters in either case.
///
/// # Errors
///
/// Any other text; `BCC` and the codes of profiles (`T`, `R`) have kinds of their own.
impl FromStr for Code {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::read(text.as_bytes()).map_err(|kind| ParseError::new(kind, Span::new(0, text.len())))
    }
}

/// Written as the two letters in lower case.
#[cfg(feature = "serde")]
impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Read from the two letters in either case.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn of_all_pairs_of_bytes_four_are_codes_in_either_case() {
        for pair in 0..=u16::MAX {
            let pair = pair.to_le_bytes();
            let code = Code::ALL
                .into_iter()
                .find(|code| pair.eq_ignore_ascii_case(code.as_str().as_bytes()));
            assert_eq!(Code::read(&pair).ok(), code, "{pair:?}");
        }
    }
}

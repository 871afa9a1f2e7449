//! The delimiter that a writer prints.

use core::{fmt, str::FromStr};

use crate::{
    error::{ErrorKind, ParseError},
    text::Span,
};

/// The delimiter around the address, as it is to be written.
///
/// # Example
///
/// ```
/// use peline::pe::{Glyph, PeEntry};
///
/// let entry: PeEntry = "PE‡AGENT@EXAMPLE.COM‡CC/".parse()?;
/// assert_eq!(entry.write(Glyph::NumberSign)?, "PE#AGENT@EXAMPLE.COM#CC/");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Glyph {
    /// `‡`, the cross of Lorraine of the terminal.
    #[default]
    CrossOfLorraine,
    /// `#`, as guides print it.
    NumberSign,
    /// `¥`, as APIs take it.
    Yen,
}

impl Glyph {
    /// The character.
    ///
    /// ```
    /// assert_eq!(peline::pe::Glyph::default().as_str(), "‡");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CrossOfLorraine => "\u{2021}",
            Self::NumberSign => "#",
            Self::Yen => "\u{A5}",
        }
    }
}

impl fmt::Display for Glyph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads one of the three characters.
///
/// # Errors
///
/// [`ErrorKind::ExpectedDelimiter`] for any other text.
impl FromStr for Glyph {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text {
            "\u{2021}" => Ok(Self::CrossOfLorraine),
            "#" => Ok(Self::NumberSign),
            "\u{A5}" => Ok(Self::Yen),
            _ => Err(ParseError::new(
                ErrorKind::ExpectedDelimiter,
                Span::new(0, text.len()),
            )),
        }
    }
}

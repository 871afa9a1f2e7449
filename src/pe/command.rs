//! What an agent types: add, change, delete, display.

use core::{fmt, str::FromStr};

use super::{Glyph, ItemNumber, Items, PeEntry, RawEntry, RawItems, Unwritable};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{complete, glyph::trim_padding, pe},
    text::{Span, encoding::Encoding},
};

/// A PE command as it stands in the text: checked, nothing allocated.
///
/// # Example
///
/// ```
/// use peline::pe::RawCommand;
///
/// let command = RawCommand::parse("PE2¤‡NEW@EXAMPLE.COM‡CC/".as_bytes())?;
/// assert!(matches!(command, RawCommand::Change(Some(item), _) if item.get() == 2));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum RawCommand<'a> {
    /// `PE‡…`: adds an entry.
    Add(RawEntry<'a>),
    /// `PE2¤‡…`: puts an entry in the place of an item (of the only item, where none is named).
    Change(Option<ItemNumber>, RawEntry<'a>),
    /// `PE1,3¤`: deletes items.
    Delete(RawItems<'a>),
    /// `*PE`: displays the field.
    Display,
}

impl<'a> RawCommand<'a> {
    /// Reads one command, and nothing around it but blanks and `«` at the end.
    ///
    /// # Errors
    ///
    /// Any other text. (The 64 KiB that a line of a script may have are no limit here.)
    ///
    /// ```
    /// use peline::{ErrorKind, pe::RawCommand};
    /// let error = RawCommand::parse(b"PE 1").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::ExpectedDelimiter);
    /// ```
    pub fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        if let Some(entry) = RawEntry::plain(text) {
            return Ok(Self::Add(entry));
        }
        let fault = |kind| ParseError::new(kind, Span::new(0, text.len()));
        if u32::try_from(text.len()).is_err() {
            return Err(fault(ErrorKind::EntryTooLong));
        }
        let encoding = Encoding::settle(text).map_err(|_| fault(ErrorKind::MixedEncoding))?;
        Self::read(trim_padding(text, encoding), encoding)
    }

    /// Reads a command without padding.
    pub(super) fn read(text: &'a [u8], encoding: Encoding) -> Result<Self, ParseError> {
        let entry = |shape| RawEntry::of_line(text, shape, encoding);
        match complete(text, |input| pe::command(input, encoding))? {
            pe::Command::Add(shape) => Ok(Self::Add(entry(&shape)?)),
            pe::Command::Change(item, shape) => {
                Ok(Self::Change(item.map(ItemNumber::checked), entry(&shape)?))
            }
            pe::Command::Delete(items) => Ok(Self::Delete(RawItems::checked(items))),
            pe::Command::Display => Ok(Self::Display),
        }
    }

    /// The entry that is added or put in the place of another.
    ///
    /// ```
    /// use peline::pe::RawCommand;
    /// assert!(RawCommand::parse(b"*PE")?.entry().is_none());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn entry(&self) -> Option<&RawEntry<'a>> {
        match self {
            Self::Add(entry) | Self::Change(_, entry) => Some(entry),
            Self::Delete(_) | Self::Display => None,
        }
    }

    /// The same, independent of the text.
    ///
    /// ```
    /// let command = peline::pe::RawCommand::parse("PE01¤".as_bytes())?;
    /// assert_eq!(command.to_owned().to_string(), "PE1¤");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn to_owned(&self) -> PeCommand {
        match self {
            Self::Add(entry) => PeCommand::Add(entry.to_owned()),
            Self::Change(item, entry) => PeCommand::Change(*item, entry.to_owned()),
            Self::Delete(items) => PeCommand::Delete(items.to_owned()),
            Self::Display => PeCommand::Display,
        }
    }
}

/// A PE command, independent of its text.
///
/// | text | command |
/// |---|---|
/// | `PE‡A@X.COM‡CC/` | [`Add`](Self::Add) |
/// | `PE2¤‡A@X.COM‡` | [`Change`](Self::Change) of item 2 |
/// | `PE¤‡A@X.COM‡` | [`Change`](Self::Change) of the only item |
/// | `PE1-3,5¤` | [`Delete`](Self::Delete) |
/// | `*PE` | [`Display`](Self::Display) |
///
/// # Example
///
/// ```
/// use peline::pe::PeCommand;
///
/// let command: PeCommand = "pe1-3,5¤".parse()?;
/// assert_eq!(command.to_string(), "PE1-3,5¤");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum PeCommand {
    /// Adds an entry.
    Add(PeEntry),
    /// Puts an entry in the place of an item; of the only item, where none is named.
    Change(Option<ItemNumber>, PeEntry),
    /// Deletes items.
    Delete(Items),
    /// Displays the field.
    Display,
}

impl PeCommand {
    /// The canonical text with the delimiter of your choice.
    ///
    /// # Errors
    ///
    /// As for [`PeEntry::write`].
    ///
    /// ```
    /// use peline::pe::{Glyph, PeCommand};
    /// let command: PeCommand = "PE2¤‡NEW@EXAMPLE.COM‡CC/".parse()?;
    /// assert_eq!(command.write(Glyph::NumberSign)?, "PE2¤#NEW@EXAMPLE.COM#CC/");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write(&self, glyph: Glyph) -> Result<String, Unwritable> {
        self.written(Some(glyph))
    }

    fn written(&self, glyph: Option<Glyph>) -> Result<String, Unwritable> {
        Ok(match self {
            Self::Add(entry) => format!("PE{}", entry.write_content(glyph)?),
            Self::Change(None, entry) => format!("PE\u{A4}{}", entry.write_content(glyph)?),
            Self::Change(Some(item), entry) => {
                format!("PE{item}\u{A4}{}", entry.write_content(glyph)?)
            }
            Self::Delete(items) => format!("PE{items}\u{A4}"),
            Self::Display => "*PE".to_owned(),
        })
    }
}

/// The canonical text, with the delimiter of [`PeEntry`]'s `Display`.
impl fmt::Display for PeCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.written(None).map_err(|_| fmt::Error)?)
    }
}

/// Reads one command, and nothing around it.
///
/// # Errors
///
/// Any other text.
impl FromStr for PeCommand {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Ok(RawCommand::parse(text.as_bytes())?.to_owned())
    }
}

/// Written as its canonical text.
#[cfg(feature = "serde")]
impl serde::Serialize for PeCommand {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read from its text, through the same check as [`FromStr`].
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for PeCommand {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

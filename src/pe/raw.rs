//! Entries as they stand in the text.

use std::borrow::Cow;

use super::{
    Code, Language, NameReference, PeEntry, RawCommand,
    entry::{HOST_ENTRY_LIMIT, host_length, restored},
    joined::join,
};
use crate::{
    address::Address,
    error::{ErrorKind, ParseError},
    grammar::{pe, span_of},
    text::{Note, Notes, Span, encoding::Encoding},
};

/// One entry of the PE field as it stands in the text: checked, but nothing decoded and nothing
/// allocated. [`to_owned`](Self::to_owned) makes the [`PeEntry`].
///
/// `Debug` shows nothing of the text.
///
/// # Example
///
/// ```
/// use peline::pe::{Code, RawEntry};
///
/// let entry = RawEntry::parse(b"PE#AGENT==ONE@EXAMPLE.COM#CC/JANE DOE")?;
/// assert_eq!(entry.code(), Code::Cc);
/// assert_eq!(entry.addressee().as_deref(), Some("JANE DOE"));
/// assert_eq!(entry.address().as_str(), "agent_one@example.com");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct RawEntry<'a> {
    text: &'a [u8],
    address: Part<'a>,
    addressee: Part<'a>,
    code: Option<Code>,
    language: Option<Language>,
    reference: Option<NameReference>,
    encoding: Encoding,
    notes: Notes,
}

/// A piece of an entry.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// A slice of the text.
    Slice(&'a [u8]),
    /// A range of what the text becomes when its lines are [joined](join).
    Joined(Span),
}

impl<'a> RawEntry<'a> {
    /// Reads one entry that adds an address, and nothing around it but blanks and `«` at the end.
    ///
    /// The bytes are UTF-8 or Windows-1252, as [`scan`](super::scan) settles it for a line.
    ///
    /// # Errors
    ///
    /// Any other text; also a command that changes, deletes or displays, which
    /// [`RawCommand::parse`] reads.
    ///
    /// ```
    /// use peline::{ErrorKind, pe::RawEntry};
    /// let error = RawEntry::parse(b"PE#client@example.com#DEAR JANE").unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::UnknownCode);
    /// assert_eq!(error.span().range(), 22..31);
    /// ```
    pub fn parse(text: &'a [u8]) -> Result<Self, ParseError> {
        match RawCommand::parse(text)? {
            RawCommand::Add(entry) => Ok(entry),
            RawCommand::Display => Err(ParseError::new(ErrorKind::ExpectedPe, Span::new(0, 1))),
            RawCommand::Change(..) | RawCommand::Delete(_) => Err(ParseError::new(
                ErrorKind::ExpectedDelimiter,
                Span::new(2, 3),
            )),
        }
    }

    /// Gives the parts of `shape`, which was read from `text`, their meaning.
    pub(super) fn typed(
        text: &'a [u8],
        shape: &pe::Entry<'a>,
        encoding: Encoding,
    ) -> Result<Self, ParseError> {
        let meaning = Meaning::of(shape, text)?;
        Ok(Self {
            text,
            address: Part::Slice(shape.address),
            addressee: Part::Slice(shape.tail.addressee),
            code: meaning.code,
            language: meaning.language,
            reference: meaning.reference,
            encoding,
            notes: meaning.notes,
        })
    }

    /// The same for a shape that was read from `joined`, which the lines of `text` were joined to.
    pub(super) fn typed_joined(
        text: &'a [u8],
        shape: &pe::Entry<'_>,
        joined: &[u8],
    ) -> Result<Self, ParseError> {
        let meaning = Meaning::of(shape, joined)?;
        Ok(Self {
            text,
            address: Part::Joined(span_of(shape.address, joined)),
            addressee: Part::Joined(span_of(shape.tail.addressee, joined)),
            code: meaning.code,
            language: meaning.language,
            reference: meaning.reference,
            encoding: Encoding::Utf8,
            notes: meaning.notes.with(Note::Continued),
        })
    }

    /// The same entry with one more note.
    pub(super) const fn noted(mut self, note: Note) -> Self {
        self.notes.insert(note);
        self
    }

    /// The entry as it was written, to the byte: glyphs, case, zeros and all, without the padding
    /// around it. (For a change the whole command; for a continued display entry all its lines.)
    ///
    /// ```
    /// let entry = peline::pe::RawEntry::parse(b"pe#Client@example.com#to/   ")?;
    /// assert_eq!(entry.as_written(), b"pe#Client@example.com#to/");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn as_written(&self) -> &'a [u8] {
        self.text
    }

    /// The address, in lower case, with PE's substitutions undone. Allocates.
    ///
    /// See the example of [`RawEntry`].
    #[must_use]
    pub fn address(&self) -> Address {
        let stored = self.bytes(self.address);
        Address::settle(restored(stored.iter().copied()))
    }

    /// The code; [`Code::To`] where none is written.
    ///
    /// See the example of [`RawEntry`].
    #[must_use]
    pub fn code(&self) -> Code {
        self.code.unwrap_or(Code::To)
    }

    /// The code, if it is written.
    ///
    /// ```
    /// let entry = peline::pe::RawEntry::parse(b"PE#client@example.com#")?;
    /// assert_eq!(entry.written_code(), None);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn written_code(&self) -> Option<Code> {
        self.code
    }

    /// The addressee, if one is named. Allocates only where the text is not UTF-8 as it stands.
    ///
    /// See the example of [`RawEntry`].
    #[must_use]
    pub fn addressee(&self) -> Option<Cow<'a, str>> {
        let name = match self.bytes(self.addressee) {
            Cow::Borrowed(bytes) if self.encoding == Encoding::Utf8 => {
                String::from_utf8_lossy(bytes)
            }
            bytes @ (Cow::Borrowed(_) | Cow::Owned(_)) => {
                self.encoding.chars(&bytes).map(|(char, _)| char).collect()
            }
        };
        (!name.is_empty()).then_some(name)
    }

    /// The language that the mail is to be in, if one is given.
    ///
    /// ```
    /// use peline::pe::{Language, RawEntry};
    /// let entry = RawEntry::parse("PE#client@example.com#¤E".as_bytes())?;
    /// assert_eq!(entry.language(), Some(Language::English));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn language(&self) -> Option<Language> {
        self.language
    }

    /// Whose mail it is; `None` for the whole PNR.
    ///
    /// ```
    /// let entry = peline::pe::RawEntry::parse(b"PE#client@example.com#-01.01")?;
    /// assert_eq!(entry.name_reference(), Some("1.1".parse()?));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn name_reference(&self) -> Option<NameReference> {
        self.reference
    }

    /// What was tolerated.
    ///
    /// ```
    /// use peline::{Note, pe::RawEntry};
    /// let entry = RawEntry::parse(b"PE#client@example.com")?;
    /// assert!(entry.notes().contains(Note::Unclosed));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn notes(&self) -> Notes {
        let length = match self.address {
            Part::Slice(_) => host_length(self.text, self.encoding),
            Part::Joined(_) => {
                join(self.text).map_or(0, |joined| host_length(joined.text(), Encoding::Utf8))
            }
        };
        let long = length > HOST_ENTRY_LIMIT;
        if long {
            self.notes.with(Note::OverHostLimit)
        } else {
            self.notes
        }
    }

    /// The same, independent of the text.
    ///
    /// ```
    /// let entry = peline::pe::RawEntry::parse(b"PE#client@example.com#")?.to_owned();
    /// assert_eq!(entry.to_string(), "PE‡CLIENT@EXAMPLE.COM‡");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn to_owned(&self) -> PeEntry {
        PeEntry::read(self)
    }

    fn bytes(&self, part: Part<'a>) -> Cow<'a, [u8]> {
        match part {
            Part::Slice(bytes) => Cow::Borrowed(bytes),
            // The lines could be joined when they were read, so they can be joined again.
            Part::Joined(span) => join(self.text)
                .ok()
                .and_then(|joined| span.of(joined.text()).map(<[u8]>::to_vec))
                .unwrap_or_default()
                .into(),
        }
    }
}

/// Masked: an entry is personal data.
impl core::fmt::Debug for RawEntry<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("RawEntry")
            .field("code", &self.code)
            .field("language", &self.language)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

/// The typed parts of an entry.
struct Meaning {
    code: Option<Code>,
    language: Option<Language>,
    reference: Option<NameReference>,
    notes: Notes,
}

impl Meaning {
    fn of(shape: &pe::Entry<'_>, text: &[u8]) -> Result<Self, ParseError> {
        let code = match shape.tail.code {
            None => None,
            Some(code) => match Code::read(code) {
                Ok(code) => Some(code),
                Err(kind) => return Err(ParseError::new(kind, span_of(code, text))),
            },
        };
        let language = match shape.tail.language {
            None => None,
            Some(letter) => {
                let read = letter
                    .first()
                    .and_then(|&byte| Language::from_letter(byte.into()));
                let span = span_of(letter, text);
                Some(read.ok_or(ParseError::new(ErrorKind::UnknownLanguage, span))?)
            }
        };
        let reference = shape.tail.reference.map(NameReference::checked);
        let mut notes = Notes::default();
        if !shape.closed {
            notes.insert(Note::Unclosed);
        }
        Ok(Self {
            code,
            language,
            reference,
            notes,
        })
    }
}

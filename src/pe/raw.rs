//! Entries as they stand in the text.

use std::borrow::Cow;

use super::{
    Code, Language, NameReference, PeEntry, RawCommand,
    entry::{HOST_ENTRY_LIMIT, host_length, restored},
    facts::{Facts, Form, Part},
    joined::join,
};
use crate::{
    address::Address,
    error::{ErrorKind, ParseError},
    grammar::{addr_spec::name_looks_like_address, pe, plain_entry::plain_entry, span_of, split},
    text::{
        Note, Notes, Span,
        encoding::{Encoding, short_utf8},
    },
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
    address: Part,
    addressee: Part,
    facts: Facts,
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
        if let Some(entry) = Self::plain(text) {
            return Ok(entry);
        }
        match RawCommand::parse(text)? {
            RawCommand::Add(entry) => Ok(entry),
            RawCommand::Change(..) | RawCommand::Delete(_) | RawCommand::Display => Err(
                ParseError::new(ErrorKind::NoAddition, Span::new(0, text.len())),
            ),
        }
    }

    /// An entry of the plain shape, with nothing behind it.
    #[inline]
    pub(super) fn plain(text: &'a [u8]) -> Option<Self> {
        match Self::plain_at_start(text)? {
            (entry, []) if u32::try_from(text.len()).is_ok() => Some(entry),
            _ => None,
        }
    }

    /// An entry of the plain shape that the text begins with, and what follows it.
    #[inline]
    pub(super) fn plain_at_start(text: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let plain = plain_entry(text)?;
        let tail = plain.entry.tail;
        let code = match tail.code {
            Some(code) => Some(Code::read(code).ok()?),
            None => None,
        };
        let language = match tail.language {
            Some([letter]) => Some(Language::from_letter((*letter).into())?),
            _ => None,
        };
        let facts = Facts::new(Form::Line(Encoding::Utf8), Notes::new());
        let entry = Self {
            text: plain.written,
            address: part(plain.entry.address, plain.written),
            addressee: part(tail.addressee, plain.written),
            facts: facts
                .with_code(code)
                .with_language(language)
                .with_reference(tail.reference.map(NameReference::checked)),
        };
        Some((entry, plain.rest))
    }

    /// Gives the parts of `shape`, which was read from `text`, their meaning.
    pub(super) fn of_line(
        text: &'a [u8],
        shape: &pe::Entry<'a>,
        encoding: Encoding,
    ) -> Result<Self, ParseError> {
        Self::typed(text, shape, Form::Line(encoding))
    }

    /// The same for a shape that was read from `joined`, which the lines of `text` were joined to.
    pub(super) fn of_lines(
        text: &'a [u8],
        shape: &pe::Entry<'_>,
        joined: &[u8],
    ) -> Result<Self, ParseError> {
        let entry = RawEntry::typed(joined, shape, Form::Lines)?;
        Ok(Self { text, ..entry }.noted(Note::Continued))
    }

    #[inline]
    fn typed(text: &'a [u8], shape: &pe::Entry<'_>, form: Form) -> Result<Self, ParseError> {
        let fault = |kind, at| Err(ParseError::new(kind, span_of(at, text)));
        let code = match shape.tail.code.map(|code| (code, Code::read(code))) {
            None => None,
            Some((_, Ok(code))) => Some(code),
            Some((at, Err(kind))) => return fault(kind, at),
        };
        let language = match shape.tail.language {
            None => None,
            Some(at) => match at
                .first()
                .and_then(|&letter| Language::from_letter(letter.into()))
            {
                None => return fault(ErrorKind::UnknownLanguage, at),
                language => language,
            },
        };
        let notes = if shape.closed {
            Notes::new()
        } else {
            Notes::new().with(Note::Unclosed)
        };
        Ok(Self {
            text,
            address: part(shape.address, text),
            addressee: part(shape.tail.addressee, text),
            facts: Facts::new(form, notes)
                .with_code(code)
                .with_language(language)
                .with_reference(shape.tail.reference.map(NameReference::checked)),
        })
    }

    /// The same entry with one more note.
    pub(super) const fn noted(mut self, note: Note) -> Self {
        self.facts = self.facts.with_notes(Notes::new().with(note));
        self
    }

    /// Whether a scroll sign stands behind it. (All its notes take longer.)
    pub(crate) fn scrolls(&self) -> bool {
        self.facts.notes().contains(Note::ScrollSign)
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

    /// The address as it is stored, before the substitutions: ASCII. Allocates only for an entry
    /// that was put together from several lines.
    ///
    /// ```
    /// let entry = peline::pe::RawEntry::parse(b"PE#AGENT==ONE@EXAMPLE.COM#")?;
    /// assert_eq!(entry.stored_address(), "AGENT==ONE@EXAMPLE.COM");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn stored_address(&self) -> Cow<'a, str> {
        match self.bytes(self.address) {
            Cow::Borrowed(stored) => String::from_utf8_lossy(stored),
            Cow::Owned(stored) => String::from_utf8_lossy(&stored).into_owned().into(),
        }
    }

    /// The code; [`Code::To`] where none is written.
    ///
    /// See the example of [`RawEntry`].
    #[must_use]
    pub fn code(&self) -> Code {
        self.facts.code().unwrap_or(Code::To)
    }

    /// The code, if it is written.
    ///
    /// ```
    /// let entry = peline::pe::RawEntry::parse(b"PE#client@example.com#")?;
    /// assert_eq!(entry.written_code(), None);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn written_code(&self) -> Option<Code> {
        self.facts.code()
    }

    /// The addressee, if one is named. Allocates only where the text is not UTF-8 as it stands.
    ///
    /// See the example of [`RawEntry`].
    #[must_use]
    #[inline]
    pub fn addressee(&self) -> Option<Cow<'a, str>> {
        let part = self.addressee.span();
        if part.is_empty() {
            return None;
        }
        Some(match self.facts.form() {
            Form::Line(Encoding::Utf8) => {
                // The whole line was found to be UTF-8.
                let name = part.of(self.text).unwrap_or_default();
                short_utf8(name).unwrap_or_default().into()
            }
            Form::Line(encoding) => self.decoded_addressee(encoding).into(),
            Form::Lines => self.decoded_addressee(Encoding::Utf8).into(),
        })
    }

    #[inline(never)]
    fn decoded_addressee(&self, encoding: Encoding) -> String {
        let name = self.bytes(self.addressee);
        encoding.chars(&name).map(|(char, _)| char).collect()
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
    pub fn language(&self) -> Option<Language> {
        self.facts.language()
    }

    /// Whose mail it is; `None` for the whole PNR.
    ///
    /// ```
    /// let entry = peline::pe::RawEntry::parse(b"PE#client@example.com#-01.01")?;
    /// assert_eq!(entry.name_reference(), Some("1.1".parse()?));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn name_reference(&self) -> Option<NameReference> {
        self.facts.reference()
    }

    /// What was tolerated, and what is odd.
    ///
    /// ```
    /// use peline::{Note, pe::RawEntry};
    /// let entry = RawEntry::parse(b"PE#client@example.com")?;
    /// assert!(entry.notes().contains(Note::Unclosed));
    /// let entry = RawEntry::parse(b"PE#evil@attacker.example#CC/JANE@CORP.EXAMPLE")?;
    /// assert!(entry.notes().contains(Note::NameLikeAddress));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn notes(&self) -> Notes {
        let length = match self.facts.form() {
            Form::Line(encoding) => host_length(counted(self.text, self.address), encoding),
            Form::Lines => join(self.text).map_or(0, |joined| {
                host_length(counted(joined.text(), self.address), Encoding::Utf8)
            }),
        };
        let mut notes = self.facts.notes();
        if length > HOST_ENTRY_LIMIT {
            notes.insert(Note::OverHostLimit);
        }
        if self
            .addressee()
            .is_some_and(|name| name_looks_like_address(&name))
        {
            notes.insert(Note::NameLikeAddress);
        }
        notes
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

    fn bytes(&self, part: Part) -> Cow<'a, [u8]> {
        match self.facts.form() {
            Form::Line(_) => part.span().of(self.text).unwrap_or_default().into(),
            // The lines could be joined when they were read, so they can be joined again.
            Form::Lines => join(self.text)
                .ok()
                .and_then(|joined| part.span().of(joined.text()).map(<[u8]>::to_vec))
                .unwrap_or_default()
                .into(),
        }
    }
}

/// Where a part of a text stands in it.
#[inline]
fn part(part: &[u8], whole: &[u8]) -> Part {
    Part::of(span_of(part, whole))
}

/// What the host counts of an entry: what stands behind `PE`, where that is written.
fn counted(text: &[u8], address: Part) -> &[u8] {
    let written = address.span().start() > 0 && split(text, 2).0.eq_ignore_ascii_case(b"PE");
    if written { split(text, 2).1 } else { text }
}

/// Masked: an entry is personal data.
impl core::fmt::Debug for RawEntry<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("RawEntry")
            .field("code", &self.facts.code())
            .field("language", &self.facts.language())
            .field("notes", &self.facts.notes())
            .finish_non_exhaustive()
    }
}

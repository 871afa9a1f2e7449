//! An entry that stands by itself, and its text.

use core::{fmt, str::FromStr};

use super::{Code, Glyph, Language, NameReference, RawEntry};
use crate::{
    address::Address,
    error::ParseError,
    grammar::{
        addr_spec::name_looks_like_address,
        complete,
        pe::{tail, whole_addressee},
    },
    text::{Note, Notes, encoding::Encoding},
};

/// At most so many PE fields fit into one PNR.
pub const MAX_FIELDS: usize = 999;

/// The host takes so many characters for an entry, a lower-case letter counting as two.
///
/// What exactly counts is not documented; here it is all that stands after `PE`, glyphs included.
/// A longer entry is read, with the note [`Note::OverHostLimit`].
pub const HOST_ENTRY_LIMIT: usize = 57;

/// The free text after the code that names the addressee.
///
/// Any characters but control characters, `¤` and `§`; not empty, no blank at an edge, no `«` or `Â` at
/// the end, and nothing that would be read as a [name reference](NameReference) at its end.
///
/// `Debug` shows nothing of it.
///
/// # Example
///
/// ```
/// use peline::pe::Addressee;
///
/// let name: Addressee = "JOHN P. SMITH".parse()?;
/// assert_eq!(name.as_str(), "JOHN P. SMITH");
/// assert!("JOHN P. SMITH-1.1".parse::<Addressee>().is_err());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Addressee(Box<str>);

impl Addressee {
    /// The text.
    ///
    /// ```
    /// let name: peline::pe::Addressee = "UNIT-7".parse()?;
    /// assert_eq!(name.as_str(), "UNIT-7");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// A name that the grammar has accepted.
    pub(super) fn checked(text: String) -> Self {
        Self(text.into_boxed_str())
    }
}

/// Reads a name by itself.
///
/// # Errors
///
/// A name that would not be read back as it is: see [`Addressee`].
impl FromStr for Addressee {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        complete(text.as_bytes(), whole_addressee)?;
        Ok(Self(text.into()))
    }
}

impl fmt::Display for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Masked: a name is personal data.
impl fmt::Debug for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Addressee(…)")
    }
}

/// Written as a string.
#[cfg(feature = "serde")]
impl serde::Serialize for Addressee {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Read from a string, through the same check as [`FromStr`].
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Addressee {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

/// One entry of the PE field: an address, and what the host is to do with it.
///
/// Its text and the value say the same: `parse` reads one, `Display` and [`write`](Self::write)
/// print one that is read as the same value. Each value can be written; what could not is refused
/// by the [builder](Self::builder).
///
/// # Canonical text
///
/// The address in upper case with `==` for `_` and `/` for `'`, as the host stores it (and as it
/// counts least against the [limit](HOST_ENTRY_LIMIT)); the code if it was written; no blanks
/// around the parts; a name reference without zeros in front.
///
/// # Example: reading
///
/// ```
/// use peline::pe::{Code, Language, PeEntry};
///
/// let entry: PeEntry = "PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1".parse()?;
/// assert_eq!(entry.address().as_str(), "jsmith@ibm.net");
/// assert_eq!(entry.code(), Code::Cc);
/// assert_eq!(entry.addressee().map(|name| name.as_str()), Some("JOHN P. SMITH"));
/// assert_eq!(entry.language(), Some(Language::French));
/// assert_eq!(entry.name_reference(), Some("1.1".parse()?));
/// assert_eq!(entry.to_string(), "PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1");
/// # Ok::<(), peline::ParseError>(())
/// ```
///
/// # Example: building
///
/// ```
/// use peline::{Address, pe::{Code, Glyph, PeEntry}};
///
/// let address: Address = "travel_desk@example.com".parse()?;
/// let entry = PeEntry::builder(address).code(Code::Cc).build()?;
/// assert_eq!(entry.write(Glyph::NumberSign)?, "PE#TRAVEL==DESK@EXAMPLE.COM#CC/");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PeEntry {
    address: Address,
    code: Option<Code>,
    addressee: Option<Addressee>,
    language: Option<Language>,
    reference: Option<NameReference>,
}

impl PeEntry {
    /// Starts an entry for `address`; without more it is a `TO` that is not written.
    ///
    /// ```
    /// use peline::pe::PeEntry;
    /// let entry = PeEntry::builder("client@example.com".parse()?).build()?;
    /// assert_eq!(entry.to_string(), "PE‡CLIENT@EXAMPLE.COM‡");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub const fn builder(address: Address) -> PeEntryBuilder {
        PeEntryBuilder {
            entry: Self {
                address,
                code: None,
                addressee: None,
                language: None,
                reference: None,
            },
        }
    }

    /// The parts of an entry that was read.
    pub(super) fn read(raw: &RawEntry<'_>) -> Self {
        Self {
            address: raw.address(),
            code: raw.written_code(),
            addressee: raw
                .addressee()
                .map(|name| Addressee::checked(name.into_owned())),
            language: raw.language(),
            reference: raw.name_reference(),
        }
    }

    /// The address, in lower case, with PE's substitutions undone.
    ///
    /// ```
    /// let entry: peline::pe::PeEntry = "PE#AGENT==ONE@EXAMPLE.COM#".parse()?;
    /// assert_eq!(entry.address().as_str(), "agent_one@example.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// The code; [`Code::To`] where none is written.
    ///
    /// ```
    /// use peline::pe::{Code, PeEntry};
    /// let entry: PeEntry = "PE#client@example.com#".parse()?;
    /// assert_eq!(entry.code(), Code::To);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn code(&self) -> Code {
        self.code.unwrap_or(Code::To)
    }

    /// The code, if it is written.
    ///
    /// ```
    /// use peline::pe::PeEntry;
    /// let entry: PeEntry = "PE#client@example.com#".parse()?;
    /// assert_eq!(entry.written_code(), None);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn written_code(&self) -> Option<Code> {
        self.code
    }

    /// The addressee, if one is named.
    ///
    /// ```
    /// let entry: peline::pe::PeEntry = "PE#client@example.com#TO/JANE DOE".parse()?;
    /// assert_eq!(entry.addressee().map(|name| name.as_str()), Some("JANE DOE"));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn addressee(&self) -> Option<&Addressee> {
        self.addressee.as_ref()
    }

    /// The language that the mail is to be in, if one is given.
    ///
    /// ```
    /// use peline::pe::{Language, PeEntry};
    /// let entry: PeEntry = "PE#client@example.com#¤S".parse()?;
    /// assert_eq!(entry.language(), Some(Language::Spanish));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn language(&self) -> Option<Language> {
        self.language
    }

    /// Whose mail it is; `None` for the whole PNR.
    ///
    /// ```
    /// let entry: peline::pe::PeEntry = "PE#client@example.com#-1".parse()?;
    /// assert_eq!(entry.name_reference(), Some("1".parse()?));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn name_reference(&self) -> Option<NameReference> {
        self.reference
    }

    /// What is odd about the canonical text: that it is longer than the host takes, or that its
    /// addressee looks like an address.
    ///
    /// ```
    /// let entry: peline::pe::PeEntry = "PE#client@example.com#".parse()?;
    /// assert!(entry.notes().is_empty());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn notes(&self) -> Notes {
        let mut notes = Notes::default();
        let text = self.to_string();
        let counted = text.strip_prefix("PE").unwrap_or_default();
        if host_length(counted.as_bytes(), Encoding::Utf8) > HOST_ENTRY_LIMIT {
            notes.insert(Note::OverHostLimit);
        }
        if let Some(name) = &self.addressee
            && name_looks_like_address(name.as_str())
        {
            notes.insert(Note::NameLikeAddress);
        }
        notes
    }

    /// The canonical text with the delimiter of your choice.
    ///
    /// # Errors
    ///
    /// [`Unwritable::Delimiter`] if the address or the addressee holds that character.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::pe::{Glyph, PeEntry};
    ///
    /// let entry: PeEntry = "PE‡CLIENT@EXAMPLE.COM‡TO/APT #5".parse()?;
    /// assert_eq!(entry.write(Glyph::Yen)?, "PE¥CLIENT@EXAMPLE.COM¥TO/APT #5");
    /// assert!(entry.write(Glyph::NumberSign).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write(&self, glyph: Glyph) -> Result<String, Unwritable> {
        self.fits(glyph.as_str())
            .then(|| self.written(glyph.as_str()))
            .ok_or(Unwritable::Delimiter)
    }

    /// The text behind `PE`, with any delimiter that fits.
    pub(super) fn write_content(&self, glyph: Option<Glyph>) -> Result<String, Unwritable> {
        let text = match glyph {
            Some(glyph) => self.write(glyph)?,
            None => self.to_string(),
        };
        Ok(text.strip_prefix("PE").unwrap_or_default().to_owned())
    }

    fn fits(&self, delimiter: &str) -> bool {
        let name = self.addressee.as_ref().map_or("", Addressee::as_str);
        !self.address.as_str().contains(delimiter) && !name.contains(delimiter)
    }

    fn written(&self, delimiter: &str) -> String {
        let address = stored(&self.address);
        format!("PE{delimiter}{address}{delimiter}{}", self.tail())
    }

    /// What stands behind the closing delimiter.
    fn tail(&self) -> String {
        let mut text = String::new();
        if let Some(code) = self.code {
            text.extend([code.as_str(), "/"]);
        }
        if let Some(name) = &self.addressee {
            text.push_str(name.as_str());
        }
        if let Some(language) = self.language {
            text.extend(['\u{A4}', language.letter()]);
        }
        if let Some(reference) = self.reference {
            text.extend(["-", &reference.to_string()]);
        }
        text
    }
}

/// The canonical text with `‡`; where the address or the addressee holds that character, with the
/// first of `¥`, `#`, `☨` and U+0087 that neither holds.
impl fmt::Display for PeEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // U+0087 is a control character, which no address and no addressee can hold.
        let delimiters = ["\u{2021}", "\u{A5}", "#", "\u{2628}"];
        let fitting = delimiters
            .into_iter()
            .find(|delimiter| self.fits(delimiter));
        f.pad(&self.written(fitting.unwrap_or("\u{87}")))
    }
}

/// Reads one entry that adds an address, and nothing around it.
///
/// # Errors
///
/// Any other text, also a command that changes, deletes or displays: that is a
/// [`PeCommand`](super::PeCommand).
impl FromStr for PeEntry {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Ok(RawEntry::parse(text.as_bytes())?.to_owned())
    }
}

/// Written as its canonical text.
#[cfg(feature = "serde")]
impl serde::Serialize for PeEntry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read from its text, through the same check as [`FromStr`].
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for PeEntry {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

/// A [`PeEntry`] in the making.
///
/// # Example
///
/// ```
/// use peline::pe::{Code, Language, PeEntry};
///
/// let entry = PeEntry::builder("client@example.com".parse()?)
///     .code(Code::To)
///     .addressee("JANE DOE".parse()?)
///     .language(Language::German)
///     .name_reference("1.1".parse()?)
///     .build()?;
/// assert_eq!(entry.to_string(), "PE‡CLIENT@EXAMPLE.COM‡TO/JANE DOE¤G-1.1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder makes nothing before `build`"]
pub struct PeEntryBuilder {
    entry: PeEntry,
}

impl PeEntryBuilder {
    /// Writes a code.
    ///
    /// See the example of [`PeEntryBuilder`].
    pub const fn code(mut self, code: Code) -> Self {
        self.entry.code = Some(code);
        self
    }

    /// Names the addressee. Where no code was written, `TO` is, since a name needs one.
    ///
    /// See the example of [`PeEntryBuilder`].
    pub fn addressee(mut self, addressee: Addressee) -> Self {
        self.entry.addressee = Some(addressee);
        self
    }

    /// Asks for a language.
    ///
    /// See the example of [`PeEntryBuilder`].
    pub const fn language(mut self, language: Language) -> Self {
        self.entry.language = Some(language);
        self
    }

    /// Says whose mail it is.
    ///
    /// See the example of [`PeEntryBuilder`].
    pub const fn name_reference(mut self, reference: NameReference) -> Self {
        self.entry.reference = Some(reference);
        self
    }

    /// Makes the entry.
    ///
    /// # Errors
    ///
    /// What could not be written so that it is read as the same value: see [`Unwritable`].
    ///
    /// ```
    /// use peline::pe::{PeEntry, Unwritable};
    /// let builder = PeEntry::builder("a/b@example.com".parse()?);
    /// assert_eq!(builder.build(), Err(Unwritable::Address));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    pub fn build(self) -> Result<PeEntry, Unwritable> {
        let Self { mut entry } = self;
        let address = entry.address.as_str();
        if address.contains("==") || address.contains('/') {
            return Err(Unwritable::Address);
        }
        if address != entry.address.key() {
            // The host folds case: what is read back is in lower case.
            entry.address = Address::settle(entry.address.key().to_owned());
        }
        if entry.addressee.is_some() {
            entry.code = Some(entry.code.unwrap_or(Code::To));
        }
        // With any delimiter that a name cannot hold: what is asked is how the parts fall apart.
        let text = entry.tail();
        let read = complete(text.as_bytes(), |input| {
            tail(input, b"\x87", Encoding::Utf8)
        });
        let same = read.is_ok_and(|read| {
            let name = entry.addressee.as_ref().map_or("", Addressee::as_str);
            read.addressee == name.as_bytes()
                && read.reference.map(NameReference::checked) == entry.reference
        });
        if same {
            Ok(entry)
        } else {
            Err(Unwritable::NameReference)
        }
    }
}

/// Why something cannot be written as PE text.
///
/// # Example
///
/// ```
/// use peline::pe::{PeEntry, Unwritable};
///
/// // A bare number behind a name would be read as a part of the name.
/// let entry = PeEntry::builder("client@example.com".parse()?)
///     .addressee("UNIT".parse()?)
///     .name_reference("7".parse()?)
///     .build();
/// assert_eq!(entry, Err(Unwritable::NameReference));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Unwritable {
    /// The address holds `==` or `/`, which PE reads as `_` and `'`.
    #[error("an address with `==` or `/` cannot be written as PE")]
    Address,
    /// The address or the addressee holds the delimiter that was asked for.
    #[error("the address or the name holds the delimiter")]
    Delimiter,
    /// Addressee and name reference would not be read apart as they were given.
    #[error("the name and the name reference would not be read apart again")]
    NameReference,
}

/// The address as the host stores it. `_` stays where `==` behind a `=` would be read otherwise.
fn stored(address: &Address) -> String {
    let mut text = String::new();
    let mut after_equals = false;
    for char in address.as_str().chars() {
        match char {
            '_' if !after_equals => text.push_str("=="),
            '\'' => text.push('/'),
            _ => text.push(char.to_ascii_uppercase()),
        }
        after_equals = char == '=';
    }
    text
}

/// The address that the host means by what it stores.
pub(super) fn restored(stored: impl Iterator<Item = u8>) -> String {
    let mut text = String::new();
    for byte in stored {
        match byte {
            // The first of a pair is held back until the second comes.
            b'=' if text.ends_with('=') => {
                text.pop();
                text.push('_');
            }
            b'/' => text.push('\''),
            _ => text.push(char::from(byte.to_ascii_lowercase())),
        }
    }
    text
}

/// How many characters the host counts in the text behind `PE`.
pub(super) fn host_length(text: &[u8], encoding: Encoding) -> usize {
    if text.len() <= HOST_ENTRY_LIMIT / 2 {
        return text.len();
    }
    let of_char = |(char, _): (char, usize)| if char.is_lowercase() { 2 } else { 1 };
    encoding
        .chars(text)
        .map(of_char)
        .fold(0, usize::saturating_add)
}

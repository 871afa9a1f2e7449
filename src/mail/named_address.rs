//! Writing mailboxes.

use core::fmt::{self, Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use memchr::memmem;

use crate::{
    address::Address,
    error::{ErrorKind, ParseError},
    grammar::lexical::atom,
    text::Span,
};

/// An address and perhaps a display name, to be written into `To`, `Cc` or `Reply-To`.
///
/// `Display` writes it in ASCII: `Jane Doe <jane@example.com>`, with the name in quotes where
/// RFC 5322 needs them, and as encoded words of RFC 2047 where it is not ASCII. Reading that gives
/// the same name and address. Nothing is folded: the line is as long as it gets.
///
/// `Debug` shows nothing of it.
///
/// # Example
///
/// ```
/// use peline::mail::{Message, NamedAddress, address_list};
///
/// let jane = NamedAddress::new("jane@example.com".parse()?).with_name("Doe, Jane")?;
/// let jose = NamedAddress::new("jose@example.com".parse()?).with_name("José")?;
/// let list = address_list([&jane, &jose]);
/// assert_eq!(
///     list,
///     "\"Doe, Jane\" <jane@example.com>, =?utf-8?b?Sm9zw6k=?= <jose@example.com>",
/// );
///
/// let header = format!("To: {list}\r\n\r\n");
/// let to = Message::parse(header.as_bytes())?.to()?.unwrap();
/// assert_eq!(to.mailboxes().nth(1).unwrap().name().unwrap().as_str(), "José");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct NamedAddress {
    address: Address,
    name: Option<Box<str>>,
}

impl NamedAddress {
    /// An address without a name.
    ///
    /// See the example of [`NamedAddress`].
    #[must_use]
    pub const fn new(address: Address) -> Self {
        let name = None;
        Self { address, name }
    }

    /// The same with a name; an empty name is none.
    ///
    /// # Errors
    ///
    /// If the name has a control character: it could end the line.
    ///
    /// See the example of [`NamedAddress`].
    pub fn with_name(mut self, name: &str) -> Result<Self, ParseError> {
        if let Some((at, char)) = name.char_indices().find(|(_, char)| char.is_control()) {
            let span = Span::new(at, at.saturating_add(char.len_utf8()));
            return Err(ParseError::new(ErrorKind::ControlCharacter, span));
        }
        self.name = (!name.is_empty()).then(|| name.into());
        Ok(self)
    }

    /// The address.
    ///
    /// ```
    /// # use peline::mail::NamedAddress;
    /// let jane = NamedAddress::new("jane@example.com".parse()?);
    /// assert_eq!(jane.address().as_str(), "jane@example.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// The name.
    ///
    /// ```
    /// # use peline::mail::NamedAddress;
    /// let jane = NamedAddress::new("jane@example.com".parse()?);
    /// assert_eq!(jane.name(), None);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

/// Writes an address list, as it stands behind `To:`.
///
/// What is written is read as the same list; but not with an address that begins as an encoded word does
/// (`=?x?q?y@example.com`), where a `?=` stands in the list behind it.
///
/// See the example of [`NamedAddress`].
#[must_use]
pub fn address_list<'a>(addresses: impl IntoIterator<Item = &'a NamedAddress>) -> String {
    let written: Vec<String> = addresses.into_iter().map(ToString::to_string).collect();
    written.join(", ")
}

impl fmt::Display for NamedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(name) = self.name() else {
            return write!(f, "{}", self.address);
        };
        write_phrase(f, name)?;
        write!(f, " <{}>", self.address)
    }
}

fn write_phrase(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    if !name.is_ascii() || memmem::find(name.as_bytes(), b"=?").is_some() {
        return write_encoded(f, name);
    }
    let is_atom = |word: &str| !word.is_empty() && atom(word.as_bytes()).1.is_empty();
    if name.split(' ').all(is_atom) {
        return f.write_str(name);
    }
    f.write_char('"')?;
    for char in name.chars() {
        if matches!(char, '"' | '\\') {
            f.write_char('\\')?;
        }
        f.write_char(char)?;
    }
    f.write_char('"')
}

/// So many bytes of a name fit into one encoded word of 75 characters.
const ENCODED: usize = 45;

const BYTE_ORDER_MARK: char = '\u{FEFF}';

fn write_encoded(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    // What reads the words as one text takes the first of two for a byte order mark.
    let marked = name
        .starts_with(BYTE_ORDER_MARK)
        .then(|| format!("{BYTE_ORDER_MARK}{name}"));
    let mut rest = marked.as_deref().unwrap_or(name);
    while !rest.is_empty() {
        let end = rest.floor_char_boundary(ENCODED);
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let blank = if after.is_empty() { "" } else { " " };
        write!(f, "=?utf-8?b?{}?={blank}", STANDARD.encode(word))?;
        rest = after;
    }
    Ok(())
}

/// Masked: who gets mail is personal data.
impl fmt::Debug for NamedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedAddress").finish_non_exhaustive()
    }
}

//! Entries as APIs give them: the address apart from the rest.

use super::{Code, Language, NameReference, PeEntry, Unwritable, entry::restored};
use crate::{
    address::Address,
    error::{ErrorKind, ParseError},
    grammar::{
        address::{Dress, whole_addr_spec},
        complete,
        glyph::{delimiter, lorraine, trim},
        pe::{delimited_address, tail},
        span_of,
    },
    text::{Span, encoding::Encoding},
};

impl PeEntry {
    /// Reads an address and the comment that an API gives with it: `TO/`, `BC/`, `CC/NAME`, with
    /// language and name reference where they stand there.
    ///
    /// The address is taken as it stands, in lower case; PE's substitutions hold only where the
    /// value brings its delimiters along. Without delimiters, `==` and `/` could be meant either
    /// way, and are an error; and so is one delimiter, at the beginning, without the other.
    ///
    /// # Errors
    ///
    /// [`ValueError`] says which of the two is wrong, and how.
    ///
    /// ```
    /// use peline::pe::{Code, PeEntry};
    ///
    /// let entry = PeEntry::from_comment("AGENT@EXAMPLE.COM", "CC/JANE DOE")?;
    /// assert_eq!(entry.code(), Code::Cc);
    /// assert_eq!(entry.addressee().map(|name| name.as_str()), Some("JANE DOE"));
    /// # Ok::<(), peline::pe::ValueError>(())
    /// ```
    pub fn from_comment(address: &str, comment: &str) -> Result<Self, ValueError> {
        let text = comment.as_bytes();
        let comment = |error| ValueError::Comment(error);
        let own = lorraine(Encoding::Utf8);
        let shape =
            complete(text, |input| tail(trim(input), own, Encoding::Utf8)).map_err(comment)?;
        let mut builder = Self::builder(value_address(address)?);
        if let Some(code) = shape.code {
            let fault = |kind| comment(ParseError::new(kind, span_of(code, text)));
            builder = builder.code(Code::read(code).map_err(fault)?);
        }
        if !shape.addressee.is_empty() {
            let name = String::from_utf8_lossy(shape.addressee).parse();
            let offset = span_of(shape.addressee, text).start();
            let fault = |error: ParseError| comment(error.shifted(offset));
            builder = builder.addressee(name.map_err(fault)?);
        }
        if let Some(letter) = shape.language {
            let language = letter
                .first()
                .and_then(|&byte| Language::from_letter(byte.into()));
            let unknown = ParseError::new(ErrorKind::UnknownLanguage, span_of(letter, text));
            builder = builder.language(language.ok_or(comment(unknown))?);
        }
        if let Some(reference) = shape.reference {
            builder = builder.name_reference(NameReference::checked(reference));
        }
        Ok(builder.build()?)
    }

    /// Reads an address and the `Type` attribute that an API gives with it: `TO`, `CC`, `BC`, `FR`.
    ///
    /// The address as for [`from_comment`](Self::from_comment).
    ///
    /// # Errors
    ///
    /// [`ValueError`] says which of the two is wrong, and how.
    ///
    /// ```
    /// use peline::pe::{Code, PeEntry};
    ///
    /// let entry = PeEntry::from_type("boss@example.com", "BC")?;
    /// assert_eq!(entry.code(), Code::Bc);
    /// # Ok::<(), peline::pe::ValueError>(())
    /// ```
    pub fn from_type(address: &str, type_: &str) -> Result<Self, ValueError> {
        let code = type_.parse().map_err(ValueError::Type)?;
        Ok(Self::builder(value_address(address)?).code(code).build()?)
    }
}

/// The address of an API value: between delimiters as PE stores it, else as it stands.
fn value_address(text: &str) -> Result<Address, ValueError> {
    let bytes = text.as_bytes();
    if delimiter(bytes, Encoding::Utf8).is_some() {
        let stored = complete(bytes, delimited_address).map_err(ValueError::Address)?;
        return Ok(Address::settle(restored(stored.iter().copied())));
    }
    complete(bytes, |input| whole_addr_spec(input, Dress::Plain)).map_err(ValueError::Address)?;
    let ambiguous = text
        .find("==")
        .map(|at| (at, 2))
        .or(text.find('/').map(|at| (at, 1)));
    if let Some((start, length)) = ambiguous {
        let span = Span::new(start, start.saturating_add(length));
        let error = ParseError::new(ErrorKind::AmbiguousSubstitution, span);
        return Err(ValueError::Address(error));
    }
    Ok(Address::settle(text.to_ascii_lowercase()))
}

/// Which of the values of an API could not be read.
///
/// # Example
///
/// ```
/// use peline::pe::{PeEntry, ValueError};
///
/// let error = PeEntry::from_type("boss@example.com", "BCC").unwrap_err();
/// assert!(matches!(error, ValueError::Type(_)));
/// assert_eq!(
///     error.to_string(),
///     "the type: BCC is no PE code; a blind copy is BC/ (bytes 0..3)",
/// );
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// The address; places count in it.
    #[error("the address: {0}")]
    Address(ParseError),
    /// The comment; places count in it.
    #[error("the comment: {0}")]
    Comment(ParseError),
    /// The type attribute; places count in it.
    #[error("the type: {0}")]
    Type(ParseError),
    /// Each by itself is right, but together they are no entry.
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
}

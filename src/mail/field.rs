//! The fields of a header.

use core::fmt;

use memchr::memchr2_iter;

use super::message::Context;
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        header::{BlankFolds, Key, RawField},
        span_of, split,
    },
    text::Span,
};

/// Defines [`FieldName`] with its names, each written once.
macro_rules! field_names {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// The fields that are read. The name of a field is the same in any case.
        ///
        /// # Example
        ///
        /// ```
        /// use peline::mail::FieldName;
        ///
        /// assert_eq!(FieldName::MessageId.as_str(), "Message-ID");
        /// ```
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum FieldName {
            $($(#[$doc])* $variant,)*
        }

        impl FieldName {
            /// Every field that is read.
            ///
            /// ```
            /// assert_eq!(peline::mail::FieldName::ALL.len(), 10);
            /// ```
            pub const ALL: [Self; 10] = [$(Self::$variant,)*];

            /// The name as the standards write it.
            ///
            /// See the example of [`FieldName`].
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The field that a name names, if it is one of those that are read.
            #[expect(non_upper_case_globals, reason = "they are called as the variants are")]
            pub(super) const fn of(name: Key) -> Option<Self> {
                $(const $variant: Key = Key::of($name.as_bytes());)*
                match name {
                    $($variant => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

field_names! {
    /// RFC 3834 §5: whether a person sent it.
    AutoSubmitted = "Auto-Submitted",
    /// RFC 5322 §3.6.3: who gets a blind copy.
    Bcc = "Bcc",
    /// RFC 5322 §3.6.3: who gets a copy.
    Cc = "Cc",
    /// RFC 5322 §3.6.1: when it was sent.
    Date = "Date",
    /// RFC 5322 §3.6.2: who wrote it.
    From = "From",
    /// RFC 5322 §3.6.4: its identifier.
    MessageId = "Message-ID",
    /// RFC 5322 §3.6.2: whom to answer.
    ReplyTo = "Reply-To",
    /// RFC 5322 §3.6.2: who sent it for the author.
    Sender = "Sender",
    /// RFC 5322 §3.6.5: what it is about.
    Subject = "Subject",
    /// RFC 5322 §3.6.3: who gets it.
    To = "To",
}

impl FieldName {
    /// The fields whose name some readers could see end a text: who joins lines, and drops control characters, white
    /// space and what is not ASCII from a name. Each with the text from where a line begins with it.
    pub(super) fn could_end(text: &[u8]) -> impl Iterator<Item = (Self, &[u8])> {
        let all = Self::ALL.into_iter();
        let ends = all.filter_map(|known| Some((known, known.before_name(text)?)));
        ends.flat_map(move |(known, left)| {
            let seen = left.iter().rposition(u8::is_ascii_graphic);
            let unseen = split(left, seen.map_or(0, |at| at.saturating_add(1))).1;
            let lines = memchr2_iter(b'\r', b'\n', unseen);
            let lines = lines.map(|at| split(unseen, at.saturating_add(1)).1.len());
            let first = seen.is_none().then_some(left.len());
            let starts = first.into_iter().chain(lines);
            let name = text.len().saturating_sub(left.len());
            starts.map(move |blanks| {
                let length = name.saturating_add(blanks);
                (known, split(text, text.len().saturating_sub(length)).1)
            })
        })
    }

    /// What stands before the name that such readers could see end a text.
    fn before_name(self, text: &[u8]) -> Option<&[u8]> {
        let mut left = text.iter();
        let same = |known: u8| {
            let seen = left.rfind(|byte| byte.is_ascii_graphic());
            seen.is_some_and(|it| it.eq_ignore_ascii_case(&known))
        };
        let ends = self.as_str().bytes().rev().all(same);
        ends.then_some(left.as_slice())
    }

    /// Whether the field lists recipients.
    pub(super) const fn lists_recipients(self) -> bool {
        matches!(self, Self::Bcc | Self::Cc | Self::To)
    }

    /// Whether the field lists addresses.
    ///
    /// ```
    /// use peline::mail::FieldName;
    /// assert!(FieldName::ReplyTo.lists_addresses() && !FieldName::Subject.lists_addresses());
    /// ```
    #[must_use]
    pub const fn lists_addresses(self) -> bool {
        match self {
            Self::Bcc | Self::Cc | Self::From | Self::ReplyTo | Self::Sender | Self::To => true,
            Self::AutoSubmitted | Self::Date | Self::MessageId | Self::Subject => false,
        }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One field of a header, as it stands in the message.
///
/// `Debug` shows nothing of its text.
///
/// # Example
///
/// ```
/// use peline::{Span, mail::{FieldName, Message}};
///
/// let message = Message::parse(b"Received: by mx.example\r\nSubject: Trip\r\n\tto Rome\r\n\r\n")?;
/// let fields = message.fields().collect::<Result<Vec<_>, _>>()?;
/// assert_eq!(fields[0].name(), None);
/// assert_eq!(fields[0].raw_name(), b"Received");
/// assert_eq!(fields[1].name(), Some(FieldName::Subject));
/// assert_eq!(fields[1].raw_value(), b" Trip\r\n\tto Rome");
/// assert_eq!(fields[1].span(), Span::new(25, 48));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Field<'a> {
    name: Option<FieldName>,
    raw: RawField<'a>,
    span: Span,
}

impl<'a> Field<'a> {
    pub(super) fn new(raw: RawField<'a>, text: &[u8]) -> Self {
        Self {
            name: FieldName::of(raw.key),
            raw,
            span: span_of(raw.line.text, text),
        }
    }

    /// Which field it is; `None` for those that are not read.
    ///
    /// See the example of [`Field`].
    #[must_use]
    pub const fn name(&self) -> Option<FieldName> {
        self.name
    }

    /// Its name as written.
    ///
    /// See the example of [`Field`].
    #[must_use]
    pub const fn raw_name(&self) -> &'a [u8] {
        self.raw.name()
    }

    /// What stands behind the colon, folds and all.
    ///
    /// See the example of [`Field`].
    #[must_use]
    pub const fn raw_value(&self) -> &'a [u8] {
        self.raw.value()
    }

    /// Where it stands in the message: from its name to its last character.
    ///
    /// See the example of [`Field`].
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Whether white space stands before its colon: the obsolete form of RFC 5322 §4.5.
    ///
    /// ```
    /// # use peline::mail::Message;
    /// let message = Message::parse(b"To : jane@example.com\n\n")?;
    /// assert!(message.fields().next().unwrap()?.has_obsolete_name());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn has_obsolete_name(&self) -> bool {
        self.raw.is_spaced()
    }

    /// The value, once its length and its line ends are checked.
    pub(super) fn value(&self, context: Context<'a>) -> Result<&'a [u8], ParseError> {
        let (bound, blank) = match self.name.is_some_and(FieldName::lists_addresses) {
            true => (context.limits.address_field(), BlankFolds::Refused),
            false => (context.limits.field(), BlankFolds::Allowed),
        };
        if self.span.len() > bound {
            return Err(ParseError::new(ErrorKind::FieldTooLong, self.span));
        }
        let checked = self.raw.line.check(context.line_end, blank);
        checked.map_err(|fault| context.error(fault))?;
        Ok(self.raw.value())
    }
}

/// Masked: fields hold personal data.
impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field")
            .field("name", &self.name)
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_in_any_case() {
        for name in FieldName::ALL {
            let text = name.as_str();
            for text in [text.to_owned(), text.to_uppercase(), text.to_lowercase()] {
                assert_eq!(FieldName::of(Key::of(text.as_bytes())), Some(name));
            }
            assert_eq!(FieldName::of(Key::of(format!("{text}s").as_bytes())), None);
        }
        assert_eq!(FieldName::of(Key::of(b"")), None);
    }
}

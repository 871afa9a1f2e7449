//! `Message-ID`.

use core::fmt;

use super::message::Context;
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{Fault, value::msg_id},
};

/// The identifier of a message: `left@right`, without the angle brackets.
///
/// Two are the same if they are the same character by character.
///
/// `Debug` shows nothing of it.
///
/// # Example
///
/// ```
/// use peline::mail::Message;
///
/// let message = Message::parse(b"Message-ID: <trip.1@air.example>\n\n")?;
/// assert_eq!(message.message_id()?.unwrap().as_str(), "trip.1@air.example");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct MessageId<'a>(&'a str);

impl<'a> MessageId<'a> {
    pub(super) fn parse(value: &'a [u8], context: Context<'a>) -> Result<Self, ParseError> {
        let bounds = context.bounds(value);
        let id = context.whole(value, |value| msg_id(value, bounds))?;
        let malformed = Fault {
            kind: ErrorKind::MalformedMessageId,
            at: id,
        };
        let text = core::str::from_utf8(id);
        text.map(Self).map_err(|_| context.error(malformed))
    }

    /// The identifier.
    ///
    /// See the example of [`MessageId`].
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.0
    }
}

impl fmt::Display for MessageId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// Masked: an identifier can hold an address.
impl fmt::Debug for MessageId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MessageId(…)")
    }
}

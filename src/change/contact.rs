//! How the agency and the client talk to each other.

use super::ClientId;
use crate::{address::Address, text::quiet};

quiet! {
    /// A contact with the client: with whom, and how.
    ///
    /// When, and by which agent, is in the [history](super::Case::history). Every contact is noted in the CRM:
    /// see [`Effect::NoteContact`](super::Effect::NoteContact).
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Channel, ClientId, Contact};
    /// let contact = Contact { client: ClientId::new(4), channel: Channel::Phone };
    /// assert!(!contact.channel.is_written());
    /// ```
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub struct Contact {
        /// With whom: the case knows its client, and refuses others.
        pub client: ClientId,
        /// How.
        pub channel: Channel,
    }
}

/// A means of talking to the client.
///
/// ```
/// use peline::change::Channel;
/// assert!(Channel::Email.is_written());
/// assert_eq!(Channel::Phone.name(), "phone");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Channel {
    /// A chat.
    Chat,
    /// E-mail.
    Email,
    /// Across the desk.
    InPerson,
    /// The telephone.
    Phone,
    /// A letter.
    Post,
    /// A text message.
    TextMessage,
}

impl Channel {
    /// Every channel.
    ///
    /// ```
    /// use peline::change::Channel;
    /// let spoken: Vec<_> = Channel::ALL.into_iter().filter(|it| !it.is_written()).collect();
    /// assert_eq!(spoken, [Channel::InPerson, Channel::Phone]);
    /// ```
    pub const ALL: [Self; 6] = [
        Self::Chat,
        Self::Email,
        Self::InPerson,
        Self::Phone,
        Self::Post,
        Self::TextMessage,
    ];

    /// A name for programs.
    ///
    /// See the example of [`Channel`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Email => "email",
            Self::InPerson => "in_person",
            Self::Phone => "phone",
            Self::Post => "post",
            Self::TextMessage => "text_message",
        }
    }

    /// Whether it leaves correspondence that can be kept.
    ///
    /// See the example of [`Channel`].
    #[must_use]
    pub const fn is_written(self) -> bool {
        match self {
            Self::Chat | Self::Email | Self::Post | Self::TextMessage => true,
            Self::InPerson | Self::Phone => false,
        }
    }
}

crate::text::by_name! { Channel }

quiet! {
    /// How the client wants to get the new itinerary: by e-mail, to an address, or as he likes best.
    ///
    /// The address is believed: whether it is the client's, the agent must know. It need not stand in the booking.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Channel, Reach};
    /// let reach = Reach::Email("client@example.com".parse()?);
    /// assert_eq!(reach.channel(), Channel::Email);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum Reach {
        /// In a chat.
        Chat,
        /// By e-mail to this address.
        Email(Address),
        /// Across the desk.
        InPerson,
        /// By telephone.
        Phone,
        /// By letter.
        Post,
        /// By text message.
        TextMessage,
    }
}

impl Reach {
    /// The channel of it.
    ///
    /// See the example of [`Reach`].
    #[must_use]
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Chat => Channel::Chat,
            Self::Email(_) => Channel::Email,
            Self::InPerson => Channel::InPerson,
            Self::Phone => Channel::Phone,
            Self::Post => Channel::Post,
            Self::TextMessage => Channel::TextMessage,
        }
    }

    /// The address, for e-mail.
    ///
    /// ```
    /// use peline::change::Reach;
    /// let reach = Reach::Email("client@example.com".parse()?);
    /// assert!(reach.address().is_some_and(|it| it.as_str() == "client@example.com"));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn address(&self) -> Option<&Address> {
        match self {
            Self::Email(address) => Some(address),
            Self::Chat | Self::InPerson | Self::Phone | Self::Post | Self::TextMessage => None,
        }
    }
}

//! Who is to hear about a trip: where the sources of addresses meet.

mod mail;
mod pe;

use core::fmt;

pub use self::mail::{Candidate, Listed};
use crate::{
    address::{AddrSpec, Address},
    pe::{Language, NameReference},
    text::Notes,
};

/// How a recipient takes part in the confirmation mail.
///
/// Ordered by strength: `Bcc < Cc < To`.
///
/// # Example
///
/// ```
/// use peline::{Role, pe::Code};
///
/// assert_eq!(Code::Bc.role(), Some(Role::Bcc));
/// assert_eq!(Code::Fr.role(), None);
/// assert!(Role::To > Role::Cc && Role::Cc > Role::Bcc);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Role {
    /// A blind copy.
    Bcc,
    /// A copy.
    Cc,
    /// The message itself.
    To,
}

impl Role {
    /// Every role, the weakest first.
    ///
    /// ```
    /// assert!(peline::Role::ALL.is_sorted());
    /// ```
    pub const ALL: [Self; 3] = [Self::Bcc, Self::Cc, Self::To];

    /// The name that the JSON lines use, which is the PE code in lower case.
    ///
    /// ```
    /// assert_eq!(peline::Role::Bcc.name(), "bc");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::Cc => "cc",
            Self::Bcc => "bc",
        }
    }
}

/// Shown by its [name](Role::name).
///
/// ```
/// assert_eq!(peline::Role::Bcc.to_string(), "bc");
/// ```
impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One address that is to hear about a trip, and how.
///
/// Each value can be [routed](crate::route): what is no recipient is [`Unrouted`] instead.
///
/// `Debug` shows neither the address nor the name.
///
/// # Example
///
/// ```
/// use peline::{Recipient, Role, pe::PeEntry};
///
/// let entry: PeEntry = "PE‡AGENT@EXAMPLE.COM‡CC/JANE DOE".parse()?;
/// let recipient = entry.recipient()?;
/// assert_eq!(recipient.role(), Role::Cc);
/// assert_eq!(recipient.address().as_str(), "agent@example.com");
/// assert_eq!(recipient.name(), Some("JANE DOE"));
///
/// let by_hand = Recipient::new("boss@example.com".parse()?, Role::Bcc);
/// assert_eq!(by_hand.name(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Recipient {
    address: Address,
    role: Role,
    name: Option<Box<str>>,
    language: Option<Language>,
    reference: Option<NameReference>,
    notes: Notes,
    of_message: bool,
}

impl Recipient {
    /// An address in a role; no name, no language, for the whole booking.
    ///
    /// See the example of [`Recipient`].
    #[must_use]
    pub const fn new(address: Address, role: Role) -> Self {
        let notes = Notes::new();
        Self {
            address,
            role,
            name: None,
            language: None,
            reference: None,
            notes,
            of_message: false,
        }
    }

    /// The same recipient with a name; an empty name is none.
    ///
    /// ```
    /// use peline::{Recipient, Role};
    /// let recipient = Recipient::new("a@example.com".parse()?, Role::To).with_name("JANE DOE");
    /// assert_eq!(recipient.name(), Some("JANE DOE"));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn with_name(mut self, name: &str) -> Self {
        self.name = (!name.is_empty()).then(|| name.into());
        self
    }

    /// The same recipient with a language.
    ///
    /// ```
    /// use peline::{Recipient, Role, pe::Language};
    /// let recipient = Recipient::new("a@example.com".parse()?, Role::To);
    /// assert_eq!(recipient.with_language(Language::Thai).language(), Some(Language::Thai));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn with_language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// The same recipient, for a part of the booking only.
    ///
    /// ```
    /// use peline::{Recipient, Role};
    /// let recipient = Recipient::new("a@example.com".parse()?, Role::To);
    /// let recipient = recipient.with_name_reference("1.1".parse()?);
    /// assert!(recipient.name_reference().is_some());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn with_name_reference(mut self, reference: NameReference) -> Self {
        self.reference = Some(reference);
        self
    }

    /// The address.
    ///
    /// See the example of [`Recipient`].
    #[must_use]
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// The role.
    ///
    /// See the example of [`Recipient`].
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The name that the source gives the address: the addressee of a PE entry.
    ///
    /// See the example of [`Recipient`].
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The language that the mail is to be in.
    ///
    /// See the example of [`Recipient::with_language`].
    #[must_use]
    pub const fn language(&self) -> Option<Language> {
        self.language
    }

    /// Whose trip it is; `None` for the whole booking.
    ///
    /// See the example of [`Recipient::with_name_reference`].
    #[must_use]
    pub const fn name_reference(&self) -> Option<NameReference> {
        self.reference
    }

    /// What was tolerated where the recipient was read.
    ///
    /// ```
    /// use peline::{Recipient, Role};
    /// assert!(Recipient::new("a@example.com".parse()?, Role::To).notes().is_empty());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn notes(&self) -> Notes {
        self.notes
    }

    /// Whether a message named it, which imports only once it is [admitted](crate::mail::admit): no plan with
    /// such a recipient passes for [one of a PNR](crate::follow::Confirmation::from_pnr). It is a part of what is
    /// compared, and [`new`](Self::new) makes one of which no message is known.
    ///
    /// ```
    /// use peline::mail::Message;
    /// let message = Message::parse(b"To: a@example.com\n\n")?;
    /// let listed = message.recipients(&[]).next().unwrap();
    /// assert!(listed.content?.recipient()?.is_of_message());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn is_of_message(&self) -> bool {
        self.of_message
    }
}

/// Masked: who hears about a trip is personal data.
impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recipient")
            .field("role", &self.role)
            .field("language", &self.language)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

/// Defines [`Reason`] with its names and sentences, each written once.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal: $sentence:literal,)*) => {
        /// Why an address that was read is no recipient.
        ///
        /// Where several hold, the one that is listed first counts.
        ///
        /// # Example
        ///
        /// ```
        /// assert_eq!(peline::Reason::SenderOverride.name(), "sender_override");
        /// ```
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, thiserror::Error)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* #[error($sentence)] $variant,)*
        }

        impl Reason {
            /// Every reason.
            ///
            /// ```
            /// assert!(peline::Reason::ALL.contains(&peline::Reason::History));
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that the JSON lines use.
            ///
            /// See the example of [`Reason`].
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

reasons! {
    /// A PE entry with the code `FR`, which overrides the sender of the mail.
    SenderOverride = "sender_override":
        "it overrides the sender of the mail",
    /// A line of the PNR's history.
    History = "history":
        "it is history",

    /// The message says that it is an automatic answer (`Auto-Submitted: auto-replied`, RFC 3834, or a word
    /// like it).
    AutoReplied = "auto_replied":
        "the message is an automatic reply",
    /// What the message says about having been sent by a person cannot be read.
    UnreadableAutoSubmitted = "unreadable_auto_submitted":
        "the field Auto-Submitted cannot be read: this may be an automatic reply",
    /// A recipient of the envelope that stands in no field, where a field could not be read: whether
    /// it is a blind copy is not known.
    UnreadableField = "unreadable_field":
        "it could stand in To, Cc or Bcc, one of which cannot be read",
    /// A field with white space before its colon (RFC 5322 §4.5).
    ObsoleteFieldName = "obsolete_field_name":
        "white space stands before the colon of its field",
    /// A member of a group.
    GroupMember = "group_member":
        "it is a member of a group",
    /// A local part with a quoted string.
    QuotedLocalPart = "quoted_local_part":
        "the part before the @ is in quotes",
    /// Characters beyond ASCII (RFC 6532).
    NotAscii = "not_ascii":
        "the address is not ASCII",
    /// A domain literal: `[192.0.2.1]`.
    DomainLiteral = "domain_literal":
        "the domain is a literal in brackets",
    /// A domain of one label.
    SingleLabel = "single_label":
        "the domain has one label only",
    /// A domain that is no host name.
    NotHostName = "not_host_name":
        "the domain is no host name",
    /// A source route, or white space or a comment beside a dot (RFC 5322 §4.4).
    ObsoleteAddress = "obsolete_address":
        "the address is written in an obsolete form",
    /// White space or a comment beside the `@`.
    SpaceBesideAt = "space_beside_at":
        "white space or a comment stands beside the @",
}

/// An address that was read and decides nothing, with the reason.
///
/// # Example
///
/// ```
/// use peline::{Reason, pe::PeEntry};
///
/// let entry: PeEntry = "PE‡DESK@EXAMPLE.COM‡FR/".parse()?;
/// let unrouted = entry.recipient().unwrap_err();
/// assert_eq!(unrouted.reason(), Reason::SenderOverride);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[error("not routed: {reason}")]
pub struct Unrouted {
    address: AddrSpec,
    reason: Reason,
    role: Option<Role>,
    name: Option<Name>,
    notes: Notes,
    of_message: bool,
}

/// Masked in `Debug`.
#[derive(Clone, Eq, Hash, PartialEq)]
struct Name(Box<str>);

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(…)")
    }
}

impl Unrouted {
    /// Whether a message named it.
    pub(crate) const fn is_of_message(&self) -> bool {
        self.of_message
    }

    /// The address.
    ///
    /// ```
    /// # let entry: peline::pe::PeEntry = "PE‡DESK@EXAMPLE.COM‡FR/".parse()?;
    /// let unrouted = entry.recipient().unwrap_err();
    /// assert_eq!(unrouted.address().as_str(), "desk@example.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn address(&self) -> &AddrSpec {
        &self.address
    }

    /// Why it is no recipient.
    ///
    /// See the example of [`Unrouted`].
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }

    /// The role that it would have; `None` for a sender's override.
    ///
    /// ```
    /// use peline::{Role, mail::Message};
    /// let message = Message::parse(b"Cc: Team: Jane <jane@example.com>;\n\n")?;
    /// let listed = message.recipients(&[]).next().unwrap();
    /// let member = listed.content?.recipient().unwrap_err();
    /// assert_eq!(member.role(), Some(Role::Cc));
    /// assert_eq!(member.name(), Some("Jane"));
    /// assert!(member.notes().is_empty());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        self.role
    }

    /// The name that the source gives it.
    ///
    /// See the example of [`role`](Self::role).
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_ref().map(|name| &*name.0)
    }

    /// What was tolerated where it was read.
    ///
    /// See the example of [`role`](Self::role).
    #[must_use]
    pub const fn notes(&self) -> Notes {
        self.notes
    }
}

crate::text::by_name! { Reason Role }

//! Who is to hear about a trip: where the sources of addresses meet.

use core::fmt;

use crate::{
    address::Address,
    pe::{Code, Content, Language, NameReference, PeEntry, RawEntry},
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

impl Code {
    /// The role that the code gives; `None` for `FR`, which makes no recipient.
    ///
    /// See the example of [`Role`].
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::To => Some(Role::To),
            Self::Cc => Some(Role::Cc),
            Self::Bc => Some(Role::Bcc),
            Self::Fr => None,
        }
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

/// Why an address that was read is no recipient.
///
/// # Example
///
/// ```
/// assert_eq!(peline::Reason::SenderOverride.name(), "sender_override");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// A PE entry with the code `FR`, which overrides the sender of the mail.
    #[error("it overrides the sender of the mail")]
    SenderOverride,
    /// A line of the PNR's history.
    #[error("it is history")]
    History,
}

impl Reason {
    /// Every reason.
    ///
    /// ```
    /// assert!(peline::Reason::ALL.contains(&peline::Reason::History));
    /// ```
    pub const ALL: &'static [Self] = &[Self::SenderOverride, Self::History];

    /// The name that the JSON lines use.
    ///
    /// See the example of [`Reason`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SenderOverride => "sender_override",
            Self::History => "history",
        }
    }
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
    address: Address,
    reason: Reason,
}

impl Unrouted {
    /// The address.
    ///
    /// ```
    /// # let entry: peline::pe::PeEntry = "PE‡DESK@EXAMPLE.COM‡FR/".parse()?;
    /// let unrouted = entry.recipient().unwrap_err();
    /// assert_eq!(unrouted.address().as_str(), "desk@example.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// Why it is no recipient.
    ///
    /// See the example of [`Unrouted`].
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }
}

impl PeEntry {
    /// The recipient that the entry names.
    ///
    /// # Errors
    ///
    /// [`Unrouted`] for `FR`, which names the sender.
    ///
    /// See the examples of [`Recipient`] and [`Unrouted`].
    pub fn recipient(&self) -> Result<Recipient, Unrouted> {
        let address = self.address().clone();
        let Some(role) = self.code().role() else {
            return Err(Unrouted {
                address,
                reason: Reason::SenderOverride,
            });
        };
        Ok(Recipient {
            address,
            role,
            name: self.addressee().map(|name| name.as_str().into()),
            language: self.language(),
            reference: self.name_reference(),
            notes: self.notes(),
        })
    }
}

impl RawEntry<'_> {
    /// The recipient that the entry names, independent of the text.
    ///
    /// # Errors
    ///
    /// [`Unrouted`] for `FR`, which names the sender.
    ///
    /// ```
    /// use peline::{Role, pe::RawEntry};
    /// let entry = RawEntry::parse(b"PE#client@example.com#")?;
    /// assert_eq!(entry.recipient()?.role(), Role::To);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn recipient(&self) -> Result<Recipient, Unrouted> {
        let notes = self.notes();
        let recipient = self.to_owned().recipient()?;
        Ok(Recipient { notes, ..recipient })
    }
}

impl Content<'_> {
    /// The recipient that stands here, or why the address that stands here is none; `None` where no
    /// address stands (a deletion, a display, the face line).
    ///
    /// ```
    /// use peline::{Reason, pe};
    ///
    /// let text = "PE‡CLIENT@EXAMPLE.COM‡\nPE2¤\nAPE E‡OLD@EXAMPLE.COM‡\n";
    /// let mut recipients = Vec::new();
    /// for found in pe::scan(text.as_bytes()) {
    ///     recipients.extend(found.content?.recipient());
    /// }
    /// assert!(recipients[0].is_ok());
    /// assert_eq!(recipients[1].as_ref().unwrap_err().reason(), Reason::History);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn recipient(&self) -> Option<Result<Recipient, Unrouted>> {
        match self {
            Self::Command(command) => command.entry().map(RawEntry::recipient),
            Self::Listed(_, entry) => Some(entry.recipient()),
            Self::History(_, entry) => Some(Err(Unrouted {
                address: entry.address(),
                reason: Reason::History,
            })),
            Self::AddressesNotInText => None,
        }
    }
}

crate::text::by_name! { Reason Role }

//! The recipients of PE entries.

use super::{Name, Reason, Recipient, Role, Unrouted};
use crate::pe::{Code, Content, PeEntry, RawEntry};

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
                address: address.into(),
                reason: Reason::SenderOverride,
                role: None,
                name: self.addressee().map(|name| Name(name.as_str().into())),
                notes: self.notes(),
                of_message: false,
            });
        };
        Ok(Recipient {
            address,
            role,
            name: self.addressee().map(|name| name.as_str().into()),
            language: self.language(),
            reference: self.name_reference(),
            notes: self.notes(),
            of_message: false,
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
        match self.to_owned().recipient() {
            Ok(recipient) => Ok(Recipient { notes, ..recipient }),
            Err(unrouted) => Err(Unrouted { notes, ..unrouted }),
        }
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
                address: entry.address().into(),
                reason: Reason::History,
                role: entry.code().role(),
                name: entry.addressee().map(|name| Name(name.into())),
                notes: entry.notes(),
                of_message: false,
            })),
            Self::AddressesNotInText => None,
        }
    }
}

//! Who sees what.

use core::fmt;

use super::AccountId;
use crate::{text::quiet, trip::DocumentKind};

/// Something of a trip that a holder may see, or get.
///
/// See the table of [`Policy`](super::Policy).
///
/// # Example
///
/// ```
/// use peline::follow::{Access, Item, Policy, ReasonKind};
///
/// // What somebody sees with whom a trip is shared.
/// let granted = |item: &Item| Policy::DEFAULT.access(*item, ReasonKind::Shared) == Access::Granted;
/// let seen: Vec<Item> = Item::ALL.into_iter().filter(granted).collect();
/// assert_eq!(seen, [Item::Itinerary, Item::ChangeMail, Item::Calendar]);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Item {
    /// The itinerary, always the latest.
    Itinerary,
    /// The e-tickets.
    ETicket,
    /// The e-invoices.
    EInvoice,
    /// The booking's record locator.
    RecordLocator,
    /// The numbers of tickets and invoices.
    TicketNumbers,
    /// The mail on changes of the flight.
    ChangeMail,
    /// The entries in the calendar.
    Calendar,
}

impl Item {
    /// Every item, in the order of the table.
    ///
    /// See the example of [`Item`].
    pub const ALL: [Self; 7] = [
        Self::Itinerary,
        Self::ETicket,
        Self::EInvoice,
        Self::RecordLocator,
        Self::TicketNumbers,
        Self::ChangeMail,
        Self::Calendar,
    ];

    /// A name for programs.
    ///
    /// ```
    /// assert_eq!(peline::follow::Item::ETicket.name(), "e_ticket");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Itinerary => "itinerary",
            Self::ETicket => "e_ticket",
            Self::EInvoice => "e_invoice",
            Self::RecordLocator => "record_locator",
            Self::TicketNumbers => "ticket_numbers",
            Self::ChangeMail => "change_mail",
            Self::Calendar => "calendar",
        }
    }

    /// Whether it says more of a trip than its itinerary: then a follower by share sees it only with
    /// the traveller's recorded [consent](super::Consent).
    ///
    /// ```
    /// use peline::follow::Item;
    /// assert!(Item::RecordLocator.is_sensitive());
    /// assert!(!Item::Calendar.is_sensitive());
    /// ```
    #[must_use]
    pub const fn is_sensitive(self) -> bool {
        match self {
            Self::ETicket | Self::EInvoice | Self::RecordLocator | Self::TicketNumbers => true,
            Self::Itinerary | Self::ChangeMail | Self::Calendar => false,
        }
    }

    /// What a document of this kind is.
    ///
    /// ```
    /// use peline::{follow::Item, trip::DocumentKind};
    /// assert_eq!(Item::of(DocumentKind::EInvoice), Item::EInvoice);
    /// ```
    #[must_use]
    pub const fn of(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::ETicket => Self::ETicket,
            DocumentKind::EInvoice => Self::EInvoice,
        }
    }

    /// Whether it is shown of single documents, which may be for one name of the booking.
    pub(super) const fn is_of_documents(self) -> bool {
        match self {
            Self::ETicket | Self::EInvoice | Self::TicketNumbers => true,
            Self::Itinerary | Self::RecordLocator | Self::ChangeMail | Self::Calendar => false,
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// For people: `e-ticket`.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Itinerary => "itinerary",
            Self::ETicket => "e-ticket",
            Self::EInvoice => "e-invoice",
            Self::RecordLocator => "record locator",
            Self::TicketNumbers => "ticket numbers",
            Self::ChangeMail => "mail on changes",
            Self::Calendar => "calendar",
        })
    }
}

/// A set of [`Item`]s.
///
/// # Example
///
/// ```
/// use peline::follow::{Item, Items};
///
/// let items = Items::from([Item::ETicket, Item::EInvoice]);
/// assert!(items.contains(Item::ETicket) && !items.contains(Item::Calendar));
/// assert_eq!(items.iter().count(), 2);
/// assert!(Items::NONE.is_empty());
/// ```
#[derive(Clone, Copy, Default, Eq, Hash, PartialEq)]
pub struct Items(u8);

impl Items {
    /// Every item.
    ///
    /// ```
    /// use peline::follow::{Item, Items};
    /// assert!(Items::ALL.iter().eq(Item::ALL));
    /// ```
    pub const ALL: Self = Self((1 << Item::ALL.len()) - 1);

    /// No item.
    ///
    /// See the example of [`Items`].
    pub const NONE: Self = Self(0);

    /// Whether the item is in the set.
    ///
    /// See the example of [`Items`].
    #[must_use]
    pub const fn contains(self, item: Item) -> bool {
        self.0 & item.bit() != 0
    }

    /// Whether no item is in the set.
    ///
    /// See the example of [`Items`].
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The items of the set, in the order of the table.
    ///
    /// See the example of [`Items`].
    pub fn iter(self) -> impl Iterator<Item = Item> {
        Item::ALL
            .into_iter()
            .filter(move |item| self.contains(*item))
    }
}

impl<const N: usize> From<[Item; N]> for Items {
    fn from(items: [Item; N]) -> Self {
        items.into_iter().collect()
    }
}

impl FromIterator<Item> for Items {
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        Self(items.into_iter().fold(0, |set, item| set | item.bit()))
    }
}

impl fmt::Debug for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Written as a list of names.
#[cfg(feature = "serde")]
impl serde::Serialize for Items {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Items {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Item>::deserialize(deserializer).ok();
        let items = items.map(|items| items.into_iter().collect());
        items.ok_or_else(|| serde::de::Error::custom("this is no list of items"))
    }
}

quiet! {
    /// Why someone holds a trip.
    ///
    /// Ordered by what it opens, the most first.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::follow::{AccountId, HoldingReason, ReasonKind};
    ///
    /// let reason = HoldingReason::SharedBy(AccountId::new(7));
    /// assert_eq!(reason.kind(), ReasonKind::Shared);
    /// assert_eq!(reason.sharer(), Some(AccountId::new(7)));
    /// ```
    #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    pub enum HoldingReason {
        /// An address of the account is in `TO` of the booking.
        ImportedTo,
        /// The account added the trip by hand.
        Manual,
        /// An address of the account is in `CC` of the booking.
        ImportedCc,
        /// The traveller shared the trip.
        SharedBy(AccountId),
        /// The traveller always shares.
        AlwaysSharedBy(AccountId),
    }
}

impl HoldingReason {
    /// The column of the table that it has.
    ///
    /// See the example of [`HoldingReason`].
    #[must_use]
    pub const fn kind(self) -> ReasonKind {
        match self {
            Self::ImportedTo => ReasonKind::To,
            Self::Manual => ReasonKind::Manual,
            Self::ImportedCc => ReasonKind::Cc,
            Self::SharedBy(_) => ReasonKind::Shared,
            Self::AlwaysSharedBy(_) => ReasonKind::AlwaysShared,
        }
    }

    /// On whose share it rests.
    ///
    /// See the example of [`HoldingReason`].
    #[must_use]
    pub const fn sharer(self) -> Option<AccountId> {
        match self {
            Self::SharedBy(sharer) | Self::AlwaysSharedBy(sharer) => Some(sharer),
            Self::ImportedTo | Self::Manual | Self::ImportedCc => None,
        }
    }

    /// Whether it is the holder's own: one that no share gave, and that can be reassigned.
    ///
    /// ```
    /// use peline::follow::HoldingReason;
    /// assert!(HoldingReason::ImportedCc.is_own());
    /// ```
    #[must_use]
    pub const fn is_own(self) -> bool {
        self.sharer().is_none()
    }
}

/// For people, without naming anybody.
impl fmt::Display for HoldingReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.kind().sentence())
    }
}

/// A column of the table of [`Policy`](super::Policy): a [`HoldingReason`] without the person behind it.
///
/// ```
/// use peline::follow::ReasonKind;
/// assert_eq!(ReasonKind::AlwaysShared.name(), "always_shared");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ReasonKind {
    /// Imported by `TO`.
    To,
    /// Added by hand.
    Manual,
    /// Imported by `CC`.
    Cc,
    /// Shared.
    Shared,
    /// Always shared.
    AlwaysShared,
}

impl ReasonKind {
    /// Every column, in the order of the table.
    ///
    /// ```
    /// use peline::follow::{Access, Item, Policy, ReasonKind};
    /// let opens = |kind: &ReasonKind| Policy::DEFAULT.access(Item::ETicket, *kind) == Access::Granted;
    /// let opening: Vec<_> = ReasonKind::ALL.into_iter().filter(opens).collect();
    /// assert_eq!(opening, [ReasonKind::To, ReasonKind::Manual, ReasonKind::Cc]);
    /// ```
    pub const ALL: [Self; 5] = [
        Self::To,
        Self::Manual,
        Self::Cc,
        Self::Shared,
        Self::AlwaysShared,
    ];

    /// A name for programs.
    ///
    /// See the example of [`ReasonKind`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::Manual => "manual",
            Self::Cc => "cc",
            Self::Shared => "shared",
            Self::AlwaysShared => "always_shared",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::To => "imported: the address is in TO",
            Self::Manual => "added by hand",
            Self::Cc => "imported: the address is in CC",
            Self::Shared => "shared by the traveller",
            Self::AlwaysShared => "always shared by the traveller",
        }
    }

    pub(super) const fn is_share(self) -> bool {
        matches!(self, Self::Shared | Self::AlwaysShared)
    }
}

crate::text::by_name! { Item ReasonKind }

/// What one reason says when it is asked for an item.
///
/// Ordered by what it opens, the least first.
///
/// See the example of [`HeldTrip::explain_document`](super::HeldTrip::explain_document).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Verdict {
    /// The [policy](super::Policy) does not let it open it, whatever a traveller consented to; or, of a share, does not show
    /// it to who shares.
    Withholds,
    /// It is there for some names of the booking, or for names that moved to another one: whatever it opens of
    /// theirs, it does not open what is of others, too, or could be, since the number
    /// [was another name's](super::Command::Renumber).
    OtherNames,
    /// It opens it [with the consent](super::Access::WithConsent) of the traveller, who did not give it.
    AwaitsConsent,
    /// It opens it.
    Opens,
}

/// Why someone sees an item, or does not: each reason that he holds the trip for, and whether it
/// opens the item.
///
/// Its `Display` is for people; it names nobody.
///
/// See the example of [`HeldTrip::explain_document`](super::HeldTrip::explain_document).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Explanation {
    pub(super) item: Item,
    pub(super) verdicts: Vec<(HoldingReason, Verdict)>,
}

impl Explanation {
    /// What it is about.
    ///
    /// See the example of [`HeldTrip::explain`](super::HeldTrip::explain).
    #[must_use]
    pub const fn item(&self) -> Item {
        self.item
    }

    /// Whether he sees it.
    ///
    /// See the example of [`HeldTrip::explain`](super::HeldTrip::explain).
    #[must_use]
    pub fn is_granted(&self) -> bool {
        self.granted_by().is_some()
    }

    /// The strongest reason that opens it.
    ///
    /// See the example of [`HeldTrip::explain`](super::HeldTrip::explain).
    #[must_use]
    pub fn granted_by(&self) -> Option<HoldingReason> {
        let mut opening = self.verdicts().filter(|(_, it)| *it == Verdict::Opens);
        opening.next().map(|(reason, _)| reason)
    }

    /// Every reason for which he holds the trip, the strongest first, and what it says of the item; none
    /// if he does not hold it.
    ///
    /// See the example of [`HeldTrip::explain`](super::HeldTrip::explain).
    pub fn verdicts(&self) -> impl Iterator<Item = (HoldingReason, Verdict)> {
        self.verdicts.iter().copied()
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answer = if self.is_granted() { "yes" } else { "no" };
        write!(f, "{}: {answer}", self.item)?;
        if self.verdicts.is_empty() {
            return f.write_str("; the trip is not held");
        }
        for (reason, verdict) in self.verdicts() {
            let verdict = match verdict {
                Verdict::Opens => "opens it",
                Verdict::AwaitsConsent => "opens it with the traveller's consent only",
                Verdict::OtherNames => {
                    "is there for some names, and it is for others or for the whole booking, or a number may have been another name's"
                }
                Verdict::Withholds => "the policy does not let it open it",
            };
            write!(f, "; {reason}: {verdict}")?;
        }
        Ok(())
    }
}

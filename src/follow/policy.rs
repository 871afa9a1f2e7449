//! Who sees what: the table.

#[cfg(feature = "serde")]
use std::collections::BTreeMap;

use super::{Item, ReasonKind};

/// What one reason says about one item.
///
/// # Example
///
/// ```
/// use peline::follow::{Access, Item, Policy, ReasonKind};
/// assert_eq!(Policy::DEFAULT.access(Item::ETicket, ReasonKind::Shared), Access::Withheld);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Access {
    /// It opens the item.
    Granted,
    /// It opens the item if the traveller consented to it when sharing.
    WithConsent,
    /// It does not open the item.
    Withheld,
}

impl Access {
    /// Every one.
    ///
    /// See the example of [`name`](Self::name).
    pub const ALL: [Self; 3] = [Self::Granted, Self::WithConsent, Self::Withheld];

    /// A name for programs.
    ///
    /// ```
    /// use peline::follow::Access;
    /// assert_eq!(Access::ALL.map(Access::name), ["granted", "with_consent", "withheld"]);
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::WithConsent => "with_consent",
            Self::Withheld => "withheld",
        }
    }
}

crate::text::by_name! { Access }

/// Who sees what: by reason, never by list.
///
/// | item | To, manual | Cc | shared, always shared |
/// |---|---|---|---|
/// | itinerary, always the latest | yes | yes | yes |
/// | e-ticket, e-invoice | yes | yes | no *(ours)* |
/// | record locator, numbers of tickets and invoices | yes *(ours)* | yes *(ours)* | no *(ours: locator and surname open a booking)* |
/// | mail on flight changes | yes *(ours for `TO`)* | yes | yes *(ours)* |
/// | calendar | yes | yes | yes |
///
/// With several reasons, an item is seen when any of them opens it. Moving a trip from one list to
/// the other opens and closes nothing. Who only got a blind copy has no row anywhere.
///
/// A service may narrow each cell, and widen it again. For a share, what
/// [says more than the itinerary](Item::is_sensitive) then still needs the consent that the traveller
/// gave when [sharing](super::Command::Share); and it opens nothing of that which the traveller does not
/// see himself, since a cell is narrowed or his entries are for other names *(ours)*.
///
/// # Example
///
/// ```
/// use peline::follow::{Access, Item, Policy, ReasonKind};
///
/// let policy = Policy::DEFAULT
///     .narrow(Item::EInvoice, ReasonKind::Cc)
///     .widen(Item::ETicket, ReasonKind::Shared);
/// assert_eq!(policy.access(Item::EInvoice, ReasonKind::Cc), Access::Withheld);
/// assert_eq!(policy.access(Item::ETicket, ReasonKind::Shared), Access::WithConsent);
/// assert_eq!(policy.access(Item::ETicket, ReasonKind::Cc), Access::Granted);
/// ```
///
/// # Example: out of a configuration
///
/// With the feature `serde`, a policy is read from the cells that differ from the [table](Self::DEFAULT), by the
/// names of [kind](ReasonKind::name), [item](Item::name) and [access](Access::name), and written with all of them. What
/// [`narrow`](Self::narrow) and [`widen`](Self::widen) would not put into a cell is an error.
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use peline::follow::{Item, Policy, ReasonKind};
///
/// let cells = r#"{"cc": {"e_invoice": "withheld"}, "shared": {"e_ticket": "with_consent"}}"#;
/// let policy: Policy = serde_json::from_str(cells)?;
/// let expected = Policy::DEFAULT
///     .narrow(Item::EInvoice, ReasonKind::Cc)
///     .widen(Item::ETicket, ReasonKind::Shared);
/// assert_eq!(policy, expected);
///
/// // No share opens a ticket without consent.
/// let cells = r#"{"shared": {"e_ticket": "granted"}}"#;
/// assert!(serde_json::from_str::<Policy>(cells).is_err());
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Policy {
    /// By reason, then by item.
    cells: [[Access; Item::ALL.len()]; ReasonKind::ALL.len()],
}

impl Policy {
    /// The table.
    ///
    /// See the example of [`Policy`].
    pub const DEFAULT: Self = {
        use Access::{Granted as YES, Withheld as NO};
        const ALL: [Access; 7] = [YES; 7];
        //                           itinerary ticket invoice locator numbers mail calendar
        const SHARED: [Access; 7] = [YES, NO, NO, NO, NO, YES, YES];
        Self {
            //      To   manual Cc   shared  always shared
            cells: [ALL, ALL, ALL, SHARED, SHARED],
        }
    };

    /// What a kind of reason says about an item.
    ///
    /// See the example of [`Policy`].
    #[must_use]
    pub fn access(&self, item: Item, kind: ReasonKind) -> Access {
        let row = self.cells.get(kind as usize);
        let cell = row.and_then(|row| row.get(item as usize));
        cell.copied().unwrap_or(Access::Withheld)
    }

    /// The same policy, in which this kind of reason does not open the item.
    ///
    /// See the example of [`Policy`].
    #[must_use]
    pub fn narrow(self, item: Item, kind: ReasonKind) -> Self {
        self.with(item, kind, Access::Withheld)
    }

    /// The same policy, in which this kind of reason opens the item: for what a share shows beyond the
    /// itinerary, if the traveller consented. Consents are kept while a policy withholds what they are for, and
    /// count from when it is widened, old ones too.
    ///
    /// See the example of [`Policy`].
    #[must_use]
    pub fn widen(self, item: Item, kind: ReasonKind) -> Self {
        self.with(item, kind, Self::widest(item, kind))
    }

    /// The most that a kind of reason can say about an item.
    const fn widest(item: Item, kind: ReasonKind) -> Access {
        match kind.is_share() && item.is_sensitive() {
            true => Access::WithConsent,
            false => Access::Granted,
        }
    }

    fn with(mut self, item: Item, kind: ReasonKind, access: Access) -> Self {
        let row = self.cells.get_mut(kind as usize);
        if let Some(cell) = row.and_then(|row| row.get_mut(item as usize)) {
            *cell = access;
        }
        self
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// By kind of reason, then by item.
#[cfg(feature = "serde")]
type Cells = BTreeMap<ReasonKind, BTreeMap<Item, Access>>;

/// Written with every cell.
#[cfg(feature = "serde")]
impl serde::Serialize for Policy {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = |kind| {
            let cells = Item::ALL.map(|item| (item, self.access(item, kind)));
            (kind, cells.into())
        };
        Cells::from(ReasonKind::ALL.map(row)).serialize(serializer)
    }
}

/// Read from the cells that differ from [`DEFAULT`](Policy::DEFAULT).
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Policy {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let mut policy = Self::DEFAULT;
        for (kind, row) in crate::text::quietly(Cells::deserialize(deserializer), "a policy")? {
            for (item, access) in row {
                if access != Access::Withheld && access != Self::widest(item, kind) {
                    let (kind, item, access) = (kind.name(), item.name(), access.name());
                    let cell = format_args!("a policy: {kind}.{item} cannot be {access}");
                    return Err(D::Error::custom(cell));
                }
                policy = policy.with(item, kind, access);
            }
        }
        Ok(policy)
    }
}

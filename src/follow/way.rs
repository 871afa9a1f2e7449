//! *Is your address in the PNR?* — and what follows from the answer.

use core::fmt;

use crate::{address::Address, recipient::Role, routing::Plan};

/// Whether an address is in a PNR.
///
/// # Example
///
/// ```
/// use peline::{Role, follow::Presence, plan};
///
/// let plan = plan([]);
/// assert_eq!(Presence::in_plan(&plan, &"me@example.com".parse()?), Presence::Absent);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Presence {
    /// It is, with this role as its strongest one.
    In(Role),
    /// It is not. (A sender's override and history do not count.)
    Absent,
    /// The text does not say: it shows that there are addresses, but not which, or some could not
    /// be read.
    Unknown,
}

impl Presence {
    /// What a plan of the *whole* PNR says of an address.
    ///
    /// Where the text had [`AddressesNotInText`](crate::pe::Content::AddressesNotInText), or errors,
    /// an address that is not in the plan may still be in the PNR: then use
    /// [`or_unknown`](Self::or_unknown).
    ///
    /// See the example of [`Presence`].
    #[must_use]
    pub fn in_plan(plan: &Plan, address: &Address) -> Self {
        plan.recipient(address)
            .map_or(Self::Absent, |recipient| Self::In(recipient.role()))
    }

    /// The same, but nothing is certain about an address that was not found.
    ///
    /// ```
    /// use peline::follow::Presence;
    /// assert_eq!(Presence::Absent.or_unknown(), Presence::Unknown);
    /// ```
    #[must_use]
    pub const fn or_unknown(self) -> Self {
        match self {
            Self::Absent => Self::Unknown,
            Self::In(_) | Self::Unknown => self,
        }
    }
}

/// Whether the client has an account in the trip service.
///
/// ```
/// use peline::follow::ClientAccount;
/// assert_eq!(ClientAccount::default(), ClientAccount::Unknown);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum ClientAccount {
    /// The client has one.
    Registered,
    /// The client has none.
    None,
    /// It is not known.
    #[default]
    Unknown,
}

/// Which of the three ways of following a trip is open.
///
/// Each has a sentence for people as its `Display`.
///
/// # Example
///
/// ```
/// use peline::follow::Way;
///
/// assert_eq!(Way::Share.to_string(), "Way 3: ask the client to share the trip with you.");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Way {
    /// Way 1: the trip imports by itself into *Trips I'm Following*.
    AutoImport,
    /// Way 2: the trip is in *My Trips*; reassign it.
    Reassign,
    /// A copy of the mail is all: have the entry changed to `CC` (way 1), or let the client share
    /// (way 3).
    CopyOnly,
    /// Way 3: the client shares the trip.
    Share,
    /// Be added to the PNR as `CC` (way 1), or add the trip by hand and mark it as a client's
    /// (way 2).
    AddMeOrByHand,
    /// Way 3 if the client has an account, else as [`AddMeOrByHand`](Self::AddMeOrByHand).
    ShareOrAddMeOrByHand,
    /// Look at the PNR's addresses first.
    LookFirst,
}

impl Way {
    /// The name that the JSON lines use.
    ///
    /// ```
    /// assert_eq!(peline::follow::Way::AutoImport.name(), "auto_import");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AutoImport => "auto_import",
            Self::Reassign => "reassign",
            Self::CopyOnly => "copy_only",
            Self::Share => "share",
            Self::AddMeOrByHand => "add_me_or_by_hand",
            Self::ShareOrAddMeOrByHand => "share_or_add_me_or_by_hand",
            Self::LookFirst => "look_first",
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AutoImport => {
                "Way 1: the trip imports by itself into your list Trips I'm Following."
            }
            Self::Reassign => {
                "Way 2: the trip is in your list My Trips; mark it with \"I am not the traveler\" \
                 and the client's name, and it moves to Trips I'm Following."
            }
            Self::CopyOnly => {
                "You get a copy of the mail and nothing else: have your entry changed to CC \
                 (way 1), or ask the client to share the trip with you (way 3)."
            }
            Self::Share => "Way 3: ask the client to share the trip with you.",
            Self::AddMeOrByHand => {
                "Have your address added to the PNR as CC (way 1), or add the trip by hand and \
                 mark it with \"I am not the traveler\" and the client's name (way 2)."
            }
            Self::ShareOrAddMeOrByHand => {
                "If the client has an account, ask the client to share the trip with you (way 3). \
                 If not, have your address added to the PNR as CC (way 1), or add the trip by \
                 hand and mark it with \"I am not the traveler\" and the client's name (way 2)."
            }
            Self::LookFirst => {
                "The text does not show all addresses of the PNR: display them with *PE first."
            }
        })
    }
}

/// Says which way of following a trip is open to someone.
///
/// | my address in the PNR | client's account | way |
/// |---|---|---|
/// | yes, `CC` | any | [`Way::AutoImport`] |
/// | yes, `TO` | any | [`Way::Reassign`] |
/// | yes, `BC` only | any | [`Way::CopyOnly`] |
/// | no | yes | [`Way::Share`] |
/// | no | no | [`Way::AddMeOrByHand`] |
/// | no | not known | [`Way::ShareOrAddMeOrByHand`] |
/// | not known | any | [`Way::LookFirst`] |
///
/// Sharing needs the client's account; the other ways work with and without one.
///
/// # Example
///
/// ```
/// use peline::{follow::{ClientAccount, Presence, Way, way}, pe, plan};
///
/// let found = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes());
/// let plan = plan(found.filter_map(|found| found.content.ok()?.recipient()));
///
/// let agent = Presence::in_plan(&plan, &"agent@example.com".parse()?);
/// assert_eq!(way(agent, ClientAccount::Unknown), Way::AutoImport);
///
/// let sister = Presence::in_plan(&plan, &"sister@example.com".parse()?);
/// assert_eq!(way(sister, ClientAccount::Registered), Way::Share);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[must_use]
pub const fn way(me: Presence, client: ClientAccount) -> Way {
    match (me, client) {
        (Presence::In(Role::Cc), _) => Way::AutoImport,
        (Presence::In(Role::To), _) => Way::Reassign,
        (Presence::In(Role::Bcc), _) => Way::CopyOnly,
        (Presence::Absent, ClientAccount::Registered) => Way::Share,
        (Presence::Absent, ClientAccount::None) => Way::AddMeOrByHand,
        (Presence::Absent, ClientAccount::Unknown) => Way::ShareOrAddMeOrByHand,
        (Presence::Unknown, _) => Way::LookFirst,
    }
}

//! *Is your address in the PNR?* — and what follows from the answer.

use core::fmt;

use crate::{address::Address, recipient::Role, routing::Plan};

/// Whether an address is in a PNR.
///
/// # Example
///
/// ```
/// use peline::{Plan, Role, follow::Presence, pe};
///
/// let me = "me@example.com".parse()?;
/// let plan: Plan = pe::scan("PE‡ME@EXAMPLE.COM‡CC/".as_bytes()).collect();
/// assert_eq!(Presence::in_plan(&plan, &me), Presence::In(Role::Cc));
///
/// let face = b"PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL";
/// let plan: Plan = pe::scan(face).collect();
/// assert_eq!(Presence::in_plan(&plan, &me), Presence::Unknown);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Presence {
    /// It is, with this role as its strongest one.
    In(Role),
    /// It is not. (A sender's override and history do not count.)
    Absent,
    /// The text does not say.
    Unknown,
}

impl Presence {
    /// What a plan says of an address.
    ///
    /// `Unknown` where the text could say otherwise: where it changes or deletes items, or shows more
    /// than [one list](Plan::is_one_list); where there is [nothing](Plan::is_empty), as in a text that is no PNR; and
    /// where it does not show every entry, unless the address stands in `TO` or `CC` anyway. (An entry that
    /// was not read could still be a `TO` for an address in `CC`: it then is on its list *My Trips*, from where
    /// way 2 leads to the same place.)
    ///
    /// See the example of [`Presence`].
    #[must_use]
    pub fn in_plan(plan: &Plan, address: &Address) -> Self {
        let role = plan.recipient(address).map(|recipient| recipient.role());
        match role {
            _ if plan.has_replacements() || plan.is_several_lists() => Self::Unknown,
            Some(role @ (Role::To | Role::Cc)) => Self::In(role),
            Some(Role::Bcc) | None if !plan.is_complete() || !plan.is_one_list() => Self::Unknown,
            Some(Role::Bcc) => Self::In(Role::Bcc),
            None if plan.is_empty() => Self::Unknown,
            None => Self::Absent,
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
    /// What the text says is not enough: look at the PNR's addresses first.
    LookFirst,
}

impl Way {
    /// A name for programs.
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
                 (way 1), or, if the client has an account, ask the client to share the trip with \
                 you (way 3)."
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
                "The text does not say for certain which addresses the PNR has: display them with \
                 *PE, and see that each can be read."
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
/// use peline::{Plan, follow::{ClientAccount, Presence, Way, way}, pe};
///
/// let plan: Plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
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

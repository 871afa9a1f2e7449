//! That a traveller lets others follow.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{AccountId, Host, Items, Refusal, Rejected};
use crate::{address::Address, text::quiet};

quiet! {
    /// That a traveller shares: since when, and what beyond the itinerary.
    ///
    /// Who consented is the traveller whose share it is.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::follow::{AccountId, Command, Consent, ConsentCommand, Host, Item, StandingConsents};
    /// # use peline::Address;
    /// # struct Service;
    /// # impl Host for Service {
    /// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
    /// # }
    /// let now = "2026-11-01T10:00:00Z".parse()?;
    /// let with = "agent@example.com".parse()?;
    /// let opens = [Item::ETicket].into_iter().collect();
    /// let consents = StandingConsents::new(AccountId::new(1))
    ///     .step(ConsentCommand::AlwaysShare { with, opens }, now, &Service)?;
    /// let consent = consents.consent(AccountId::new(2)).unwrap();
    /// assert_eq!(consent.since(), now);
    /// assert!(consent.opens().contains(Item::ETicket));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub struct Consent {
        since: Timestamp,
        opens: Items,
    }
}

impl Consent {
    pub(super) const fn new(since: Timestamp, opens: Items) -> Self {
        Self { since, opens }
    }

    /// When it was given.
    ///
    /// See the example of [`Consent`].
    #[must_use]
    pub const fn since(&self) -> Timestamp {
        self.since
    }

    /// What it opens beyond the itinerary, where the service's [policy](super::Policy) has been
    /// widened to it.
    ///
    /// See the example of [`Consent`].
    #[must_use]
    pub const fn opens(&self) -> Items {
        self.opens
    }
}

/// With whom one traveller always shares (*Always Share*).
///
/// From then on each trip that enters the traveller's *My Trips* by `TO` or by hand, unmarked, is shared
/// *(ours: who is in `CC` cannot share either)*: [`HeldTrip::step`](super::HeldTrip::step) asks
/// [`Host::consents`].
///
/// * Moving a trip back, or taking it back, is not entering, though it became his while he had it elsewhere or had
///   dropped it; but one that he added by hand and marked at once enters when it is unmarked *(ours)*.
/// * A traveller who left the booking and comes again enters anew; what was taken back of this trip stays
///   so, and a follower is told once of each trip, by a command of whomever, too *(ours)*. Where a
///   [command](super::Command::Share) shared this trip, it opens no more than the latest one says *(ours)*.
/// * It is **not retroactive**, and switching it off ends it for trips to come and **leaves those already
///   shared** *(ours: say so to the traveller)*.
///
/// # Example
///
/// ```
/// use peline::{Address, follow::{AccountId, ConsentCommand, Host, Items, Refusal, StandingConsents}};
///
/// struct Service;
///
/// impl Host for Service {
///     fn account(&self, address: &Address) -> Option<AccountId> {
///         (address.as_str() == "agent@example.com").then_some(AccountId::new(2))
///     }
/// }
///
/// let now = "2026-11-01T10:00:00Z".parse()?;
/// let client = StandingConsents::new(AccountId::new(1));
/// let share = |with: &str| {
///     let (with, opens) = (with.parse()?, Items::NONE);
///     Ok::<_, peline::ParseError>(ConsentCommand::AlwaysShare { with, opens })
/// };
/// let client = client.step(share("agent@example.com")?, now, &Service)?;
/// assert_eq!(client.traveller(), AccountId::new(1));
/// assert_eq!(client.followers().map(|(it, _)| it).collect::<Vec<_>>(), [AccountId::new(2)]);
///
/// let rejected = client.step(share("stranger@example.com")?, now, &Service).unwrap_err();
/// assert_eq!(rejected.refusal(), Refusal::UnknownAddress);
/// let client = rejected.into_state();
///
/// let off = ConsentCommand::StopSharing { with: AccountId::new(2) };
/// assert_eq!(client.step(off, now, &Service)?.followers().count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct StandingConsents {
    pub(super) traveller: AccountId,
    pub(super) followers: BTreeMap<AccountId, Consent>,
}

/// What a traveller does about always sharing.
///
/// See the example of [`StandingConsents`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ConsentCommand {
    /// Always share with the account that has this address.
    AlwaysShare {
        /// An address of the follower's account.
        with: Address,
        /// What the traveller opens beyond the itinerary.
        opens: Items,
    },
    /// Share no more trips with this account by themselves. A service whose account is closed does this
    /// for everybody who always shares with it.
    StopSharing {
        /// The follower's account.
        with: AccountId,
    },
}

impl StandingConsents {
    /// Those of a traveller who has given none.
    ///
    /// See the example of [`StandingConsents`].
    #[must_use]
    pub const fn new(traveller: AccountId) -> Self {
        Self {
            traveller,
            followers: BTreeMap::new(),
        }
    }

    /// Whose they are.
    ///
    /// See the example of [`StandingConsents`].
    #[must_use]
    pub const fn traveller(&self) -> AccountId {
        self.traveller
    }

    /// With whom the traveller always shares, by account.
    ///
    /// See the example of [`StandingConsents`].
    pub fn followers(&self) -> impl Iterator<Item = (AccountId, &Consent)> {
        self.followers
            .iter()
            .map(|(account, consent)| (*account, consent))
    }

    /// The consent for one follower.
    ///
    /// See the example of [`Consent`].
    #[must_use]
    pub fn consent(&self, follower: AccountId) -> Option<&Consent> {
        self.followers.get(&follower)
    }

    /// Does what the traveller asks for. Sharing with whom one shares already does nothing, unless it
    /// opens something else.
    ///
    /// # Errors
    ///
    /// The address has no account, or is the traveller's own; there is no consent to end. The state is
    /// handed back unchanged.
    ///
    /// See the example of [`StandingConsents`].
    pub fn step(
        mut self,
        command: ConsentCommand,
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<Self, Rejected<Self>> {
        match command {
            ConsentCommand::AlwaysShare { with, opens } => {
                let follower = match host.account(&with) {
                    None => return Err(Rejected::new(Refusal::UnknownAddress, self)),
                    Some(own) if own == self.traveller => {
                        return Err(Rejected::new(Refusal::Oneself, self));
                    }
                    Some(follower) => follower,
                };
                let consent = Consent::new(now, opens);
                let known = self.followers.entry(follower).or_insert(consent);
                if known.opens != opens {
                    *known = consent;
                }
            }
            ConsentCommand::StopSharing { with } => {
                if self.followers.remove(&with).is_none() {
                    return Err(Rejected::new(Refusal::NotShared, self));
                }
            }
        }
        Ok(self)
    }
}

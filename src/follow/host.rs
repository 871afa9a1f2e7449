//! What only the service knows.

use super::{Policy, StandingConsents};
use crate::{
    address::Address,
    trip::{AirportCode, NoPlaces, PersonName, Zones, opaque_id},
};

opaque_id! {
    /// An account of the service: a person, known by one or more verified addresses.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::follow::AccountId;
    ///
    /// let account = AccountId::new(7);
    /// assert_eq!(account.get(), 7);
    /// assert_eq!(account.to_string().parse(), Ok(account));
    /// ```
    AccountId
}

/// What the rules ask the service: only [`account`](Self::account) must be answered.
///
/// The answers count for the one call that they are given to; nothing is remembered of them but which
/// account holds the trip.
///
/// A `&dyn Host` will do wherever one is passed.
///
/// # What is asked
///
/// The answers are given at once, so what stands elsewhere is loaded before the call:
///
/// | call | asks for |
/// |---|---|
/// | [`Import`](super::Command::Import) | the [accounts](Self::account) of [`Confirmation::addresses`](super::Confirmation::addresses) |
/// | [`Update`](super::Command::Update), [`Cancel`](super::Command::Cancel) | the accounts of `mailed_to` |
/// | [`Share`](super::Command::Share), [`AlwaysShare`](super::ConsentCommand::AlwaysShare) | the account of `with` |
/// | what brings the trip to somebody's *My Trips*, see below | his [consents](Self::consents) |
/// | `Import`, `Update`, `Cancel`, [`Edit`](super::Command::Edit) | the [zones](Self::zones), and the [policy](Self::policy), by which some are told |
/// | [`HeldTrip::may_send`](super::HeldTrip::may_send) | the policy |
/// | [titles](super::TripView::title) | the [names](Self::name) of those who share the trip with the reader, the [cities](Self::city) of its flights |
/// | notices, calendars | the same, and the policy; calendars also the zones |
///
/// Somebody's trip comes to his *My Trips* by an `Import` that addresses him with `TO`, by
/// [`Register`](super::Command::Register), [`AddByHand`](super::Command::AddByHand), and when he unmarks one that he
/// added by hand ([`Reassign`](super::Command::Reassign)): before an import,
/// load the consents of the accounts of [its addresses](super::Confirmation::addresses), also where the
/// [trip](super::HeldTrip::addresses) alone knows them; before the others, those of the account that they name. A
/// [division](super::HeldTrip::divide) asks for nothing more, and what
/// [`TripUpdate::hand_over`](crate::change::TripUpdate::hand_over) asks for is what its
/// [commands](crate::change::TripUpdate::commands) do.
///
/// With the feature `airports`, [`zones`](Self::zones) is `&WorldAirports` and [`city`](Self::city) is
/// `WorldAirports.city(airport)`; the zones of flights come from
/// [`Itinerary::with_zones_of`](crate::trip::Itinerary::with_zones_of) before they are imported, else
/// calendars have floating times.
///
/// # Example
///
/// ```
/// use std::collections::BTreeMap;
/// use peline::{Address, follow::{AccountId, Host, Item, Policy, ReasonKind, StandingConsents}};
/// # use peline::{follow::{Command, HeldTrip}, trip::{Flight, Itinerary, TripId}};
/// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, jiff::civil::date(2026, 12, 1));
/// # let (itinerary, now) = (Itinerary::new([flight], [])?, "2026-11-01T10:00:00Z".parse()?);
///
/// struct Service {
///     verified: BTreeMap<Address, AccountId>,
///     always_share: BTreeMap<AccountId, StandingConsents>,
///     policy: Policy,
/// }
///
/// impl Host for Service {
///     fn account(&self, address: &Address) -> Option<AccountId> {
///         self.verified.get(address).copied()
///     }
///     fn consents(&self, traveller: AccountId) -> Option<&StandingConsents> {
///         self.always_share.get(&traveller)
///     }
///     fn policy(&self) -> &Policy {
///         &self.policy
///     }
/// }
///
/// let (jane, account): (Address, _) = ("jane@example.com".parse()?, AccountId::new(1));
/// let service = Service {
///     verified: [(jane.clone(), account)].into(),
///     always_share: [(account, StandingConsents::new(account))].into(),
///     policy: Policy::DEFAULT.narrow(Item::EInvoice, ReasonKind::Cc),
/// };
/// assert_eq!(service.account(&jane), Some(account));
/// assert_eq!(service.name(account), None);
///
/// // Where the service is chosen when the program runs.
/// let chosen: Box<dyn Host> = Box::new(service);
/// let add = Command::AddByHand { by: account, itinerary, client: None };
/// let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &*chosen)?;
/// assert!(held.list(account).is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Host {
    /// The account that has verified this address; `None` if none is known.
    ///
    /// It is asked when an address comes to a trip. That none is known then takes nothing away. When an address
    /// changes hands, hand [`Command::Register`](super::Command::Register) or
    /// [`Command::Unregister`](super::Command::Unregister) to every trip that has it: until then, or until the
    /// next confirmation that names it, the account that had it keeps what it brought.
    ///
    /// See the example of [`Host`].
    fn account(&self, address: &Address) -> Option<AccountId>;

    /// The name of an account's owner, for titles; by default not known.
    ///
    /// See the example of [`Host`].
    fn name(&self, account: AccountId) -> Option<PersonName> {
        let _ = account;
        None
    }

    /// To whom a traveller [always shares](StandingConsents); by default to nobody.
    ///
    /// See the example of [`Host`].
    fn consents(&self, traveller: AccountId) -> Option<&StandingConsents> {
        let _ = traveller;
        None
    }

    /// Who sees what; by default the [table](Policy) as it is.
    ///
    /// See the example of [`Host`].
    fn policy(&self) -> &Policy {
        &Policy::DEFAULT
    }

    /// The rules of time zones, to know which flights have departed; by default none are known.
    ///
    /// ```
    /// use peline::{Address, follow::{AccountId, Host}, trip::Zones};
    ///
    /// struct Service<Z> {
    ///     zones: Z,
    /// }
    ///
    /// impl<Z: Zones> Host for Service<Z> {
    ///     fn zones(&self) -> &dyn Zones {
    ///         &self.zones
    ///     }
    /// #   fn account(&self, _: &Address) -> Option<AccountId> { None }
    /// }
    /// ```
    fn zones(&self) -> &dyn Zones {
        &NoPlaces
    }

    /// The name of an airport's city, for titles; by default not known.
    ///
    /// See the example of [`Airports`](crate::trip::Airports).
    fn city(&self, airport: AirportCode) -> Option<&str> {
        let _ = airport;
        None
    }
}

/// A service in which nobody has an account.
///
/// ```
/// use peline::follow::{Host, NoHost};
/// assert_eq!(NoHost.account(&"jane@example.com".parse()?), None);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct NoHost;

impl Host for NoHost {
    fn account(&self, _: &Address) -> Option<AccountId> {
        None
    }
}

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
/// With the feature `airports`, [`zones`](Self::zones) is `&WorldAirports` and [`city`](Self::city) is
/// `WorldAirports.city(airport)`; the zones of flights come from
/// [`Itinerary::with_zones_of`](crate::trip::Itinerary::with_zones_of) before they are imported, else
/// calendars have floating times.
///
/// # Example
///
/// ```
/// use std::collections::BTreeMap;
/// use peline::{Address, follow::{AccountId, Host}};
///
/// struct Service {
///     verified: BTreeMap<Address, AccountId>,
/// }
///
/// impl Host for Service {
///     fn account(&self, address: &Address) -> Option<AccountId> {
///         self.verified.get(address).copied()
///     }
/// }
///
/// let jane: Address = "jane@example.com".parse()?;
/// let service = Service { verified: [(jane.clone(), AccountId::new(1))].into() };
/// assert_eq!(service.account(&jane), Some(AccountId::new(1)));
/// assert_eq!(service.name(AccountId::new(1)), None);
/// # Ok::<(), peline::ParseError>(())
/// ```
pub trait Host {
    /// The account that has verified this address; `None` if none is known.
    ///
    /// That none is known takes nothing away: an address that a trip has as somebody's stays so until
    /// [`Command::Unregister`](super::Command::Unregister) or another account has it.
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
    /// See the example of [`StandingConsents`].
    fn consents(&self, traveller: AccountId) -> Option<&StandingConsents> {
        let _ = traveller;
        None
    }

    /// Who sees what; by default the [table](Policy) as it is.
    ///
    /// See the example of [`Policy`].
    fn policy(&self) -> &Policy {
        &Policy::DEFAULT
    }

    /// The rules of time zones, to know which flights have departed; by default none are known.
    ///
    /// See the example of [`Zones`].
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

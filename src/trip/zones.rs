//! What only the caller knows about places: the rules of time zones, the zones and cities of
//! airports.

use jiff::tz::TimeZone;

use super::{AirportCode, ZoneName};

/// The rules of time zones.
///
/// Nothing here consults a global database: what is not answered stays unknown. With the feature
/// `airports` there is an implementation with the data of the IANA database in the program.
///
/// # Example
///
/// ```
/// use peline::jiff::tz::{TimeZone, offset};
/// use peline::trip::{ZoneName, Zones};
///
/// struct Winter;
///
/// impl Zones for Winter {
///     fn time_zone(&self, name: &ZoneName) -> Option<TimeZone> {
///         (name.as_str() == "Europe/London").then(|| TimeZone::fixed(offset(0)))
///     }
/// }
///
/// assert!(Winter.time_zone(&"Europe/London".parse()?).is_some());
/// assert!(Winter.time_zone(&"Mars/Olympus".parse()?).is_none());
/// # Ok::<(), peline::ParseError>(())
/// ```
pub trait Zones {
    /// The rules of a zone; `None` where they are not known.
    ///
    /// See the example of [`Zones`].
    fn time_zone(&self, name: &ZoneName) -> Option<TimeZone>;
}

/// The rules of a zone; none where a database calls them unknown, which would be those of UTC.
pub(crate) fn known_rules(zones: &(impl Zones + ?Sized), name: &ZoneName) -> Option<TimeZone> {
    let rules = zones.time_zone(name)?;
    (!rules.is_unknown()).then_some(rules)
}

/// Where airports are.
///
/// With the feature `airports` there is an implementation with a table in the program.
///
/// # Example
///
/// ```
/// use peline::trip::{AirportCode, Airports, ZoneName};
///
/// struct Two;
///
/// impl Airports for Two {
///     fn zone(&self, airport: AirportCode) -> Option<ZoneName> {
///         (airport.as_str() == "LHR").then(|| "Europe/London".parse().ok()).flatten()
///     }
///     fn city(&self, airport: AirportCode) -> Option<&str> {
///         (airport.as_str() == "LHR").then_some("London")
///     }
/// }
///
/// assert_eq!(Two.city("LHR".parse()?), Some("London"));
/// assert_eq!(Two.city("SIN".parse()?), None);
/// # Ok::<(), peline::ParseError>(())
/// ```
pub trait Airports {
    /// The name of the airport's time zone; `None` where it is not known.
    ///
    /// See the example of [`Airports`].
    fn zone(&self, airport: AirportCode) -> Option<ZoneName>;

    /// The name of the city; `None` where it is not known.
    ///
    /// See the example of [`Airports`].
    fn city(&self, airport: AirportCode) -> Option<&str>;
}

/// Knows no zone and no airport.
///
/// ```
/// use peline::trip::{Airports, NoPlaces, Zones};
/// assert_eq!(NoPlaces.city("LHR".parse()?), None);
/// assert!(NoPlaces.time_zone(&"Europe/London".parse()?).is_none());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct NoPlaces;

impl Zones for NoPlaces {
    fn time_zone(&self, _: &ZoneName) -> Option<TimeZone> {
        None
    }
}

impl Airports for NoPlaces {
    fn zone(&self, _: AirportCode) -> Option<ZoneName> {
        None
    }

    fn city(&self, _: AirportCode) -> Option<&str> {
        None
    }
}

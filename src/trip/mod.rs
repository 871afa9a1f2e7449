//! Trips: flights and who is on them, documents, and what changes.
//!
//! Everything here is a value: a [`Trip`] comes from a booking or from somebody's hand, and who sees
//! it is the affair of [`follow`](crate::follow).
//!
//! | text | type |
//! |---|---|
//! | `KWJQPD` | [`RecordLocator`]; with the system that issued it, [`BookingId`] |
//! | `1S` | [`SystemCode`] |
//! | `LHR` | [`AirportCode`] |
//! | `BA 12` | [`FlightDesignator`] |
//! | `Europe/London` | [`ZoneName`] |
//! | `DOE/JANE` | [`PersonName`] |
//!
//! # Example
//!
//! ```
//! use peline::jiff::civil::{date, time};
//! use peline::trip::{Flight, Itinerary, Traveller};
//!
//! let out = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1))
//!     .with_designator("BA 12".parse()?)
//!     .with_departure_time(time(20, 30, 0, 0));
//! let back = Flight::new("SIN".parse()?, "LHR".parse()?, date(2026, 12, 24));
//! let itinerary = Itinerary::new([out, back], [Traveller::new("DOE/JANE".parse()?)])?;
//! assert_eq!(itinerary.flights().len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Flights and time
//!
//! * A [`Flight`] has local civil times and the *name* of an IANA zone at each end. An instant exists
//!   only where the caller's [`Zones`] know the rules of that zone; no global database is consulted.
//! * Zones come with the flight or from [`Airports`]; what is unknown stays unknown.
//! * [`Flight::may_be`] says when two sources talk of the same flight, [`difference`] what changed
//!   between two itineraries.

mod booking;
mod code;
mod content;
mod difference;
mod document;
mod flight;
mod id;
mod itinerary;
mod name;
#[cfg(feature = "serde")]
mod stored;
#[cfg(feature = "airports")]
mod world;
mod zones;

#[cfg(feature = "calendar")]
pub(crate) use self::difference::{Old, matches, matches_again};
#[cfg(feature = "airports")]
pub use self::world::WorldAirports;
pub use self::{
    booking::{BookingId, Citation, CitationError},
    code::{
        AirportCode, DocumentNumber, FlightDesignator, RecordLocator, SegmentKey, SystemCode,
        ZoneName,
    },
    content::{Leg, LegStatus, Provenance, Trip},
    difference::{Aspect, Change, difference},
    document::{Document, DocumentKind},
    flight::Flight,
    id::TripId,
    itinerary::{Itinerary, ItineraryError, Traveller},
    name::PersonName,
    zones::{Airports, NoPlaces, Zones},
};
pub(crate) use self::{
    content::Newness,
    id::{opaque_id, opaque_key},
    zones::known_rules,
};

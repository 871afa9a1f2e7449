//! Whether what was booked is what the client approved, field by field.

use std::collections::BTreeMap;

use crate::trip::{Aspect, BookingId, Flight, Itinerary, PersonName};

/// Something that is not booked as it was approved.
///
/// `Debug` shows no name.
///
/// See the example of [`mismatches`].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Mismatch {
    /// A part of a flight differs.
    Differs {
        /// Which flight of the itinerary, counted from 0.
        flight: usize,
        /// Which part.
        aspect: Aspect,
    },
    /// A flight that was approved is not booked.
    Missing {
        /// Which flight of the approved itinerary, counted from 0.
        flight: usize,
    },
    /// A flight is booked that was not approved.
    Unapproved {
        /// Which flight of the booked itinerary, counted from 0.
        flight: usize,
    },
    /// Other people are booked than those who wanted to change.
    Travellers,
}

/// Compares what was booked with what was approved: flight by flight in their order, field by field.
///
/// What the approved option says must be booked exactly so. What it left open (a time that was not known) is
/// not compared *(ours)*; segment keys, zones and codeshares are the booking's own affair.
///
/// # Example
///
/// ```
/// use peline::jiff::civil::{date, time};
/// use peline::{change::{Mismatch, mismatches}, trip::{Aspect, Flight, Itinerary}};
///
/// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 8));
/// let approved = flight.clone().with_departure_time(time(9, 25, 0, 0));
/// let booked = flight.with_departure_time(time(21, 25, 0, 0));
/// let (approved, booked) = (Itinerary::new([approved], [])?, Itinerary::new([booked], [])?);
/// let departure = Mismatch::Differs { flight: 0, aspect: Aspect::Departure };
/// assert_eq!(mismatches(approved.flights(), booked.flights()), [departure]);
/// assert_eq!(mismatches(approved.flights(), approved.flights()), []);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn mismatches(approved: &[Flight], booked: &[Flight]) -> Vec<Mismatch> {
    let mut found = Vec::new();
    for (flight, (approved, booked)) in approved.iter().zip(booked).enumerate() {
        let aspects = Aspect::ALL.into_iter();
        let differing = aspects.filter(|aspect| differs(*aspect, approved, booked));
        found.extend(differing.map(|aspect| Mismatch::Differs { flight, aspect }));
    }
    let both = approved.len().min(booked.len());
    found.extend((both..approved.len()).map(|flight| Mismatch::Missing { flight }));
    found.extend((both..booked.len()).map(|flight| Mismatch::Unapproved { flight }));
    found
}

/// Whether these may be the same flights: nothing that both of them say is at odds.
pub(super) fn may_be_same(some: &[Flight], others: &[Flight]) -> bool {
    // What only one of them says differs in one direction.
    let at_odds = |one: &Flight, other: &Flight| {
        let both = |aspect| differs(aspect, one, other) && differs(aspect, other, one);
        Aspect::ALL.into_iter().any(both)
    };
    let mut pairs = some.iter().zip(others);
    some.len() == others.len() && !pairs.any(|(one, other)| at_odds(one, other))
}

fn differs(aspect: Aspect, approved: &Flight, booked: &Flight) -> bool {
    /// What is approved and not so.
    fn other<T: Copy + PartialEq>(approved: Option<T>, booked: Option<T>) -> bool {
        approved.is_some() && approved != booked
    }

    match aspect {
        Aspect::Designator => other(approved.designator(), booked.designator()),
        Aspect::Origin => approved.origin() != booked.origin(),
        Aspect::Destination => approved.destination() != booked.destination(),
        Aspect::Departure => {
            approved.departure_date() != booked.departure_date()
                || other(approved.departure_time(), booked.departure_time())
        }
        Aspect::Arrival => other(approved.arrival(), booked.arrival()),
    }
}

/// Whether the same people travel, as often as they are named.
pub(super) fn same_travellers<'a>(
    wanted: impl Iterator<Item = &'a PersonName>,
    booked: impl Iterator<Item = &'a PersonName>,
) -> bool {
    let mut names: BTreeMap<&PersonName, (usize, usize)> = BTreeMap::new();
    for name in wanted {
        let (wanted, _) = names.entry(name).or_default();
        *wanted = wanted.saturating_add(1);
    }
    for name in booked {
        let (_, booked) = names.entry(name).or_default();
        *booked = booked.saturating_add(1);
    }
    names.values().all(|(wanted, booked)| wanted == booked)
}

/// The proof that a booking is what the client approved: only the check makes one.
///
/// # Example
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{Effect, State, VerifiedItinerary};
///
/// /// Tickets are only issued for what was verified: there is no other way to get one of these.
/// fn issue(verified: &VerifiedItinerary) -> String {
///     format!("{}: {} flight", verified.booking(), verified.itinerary().flights().len())
/// }
///
/// # let (_, effects) = example::case_in(State::Documents);
/// let [Effect::IssueDocuments(verified)] = effects.as_slice() else { unreachable!("it is checked") };
/// assert_eq!(issue(verified), "1S/KWJQPD: 1 flight");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct VerifiedItinerary {
    pub(super) booking: BookingId,
    pub(super) itinerary: Itinerary,
}

impl VerifiedItinerary {
    /// Which booking.
    ///
    /// See the example of [`VerifiedItinerary`].
    #[must_use]
    pub const fn booking(&self) -> &BookingId {
        &self.booking
    }

    /// What is booked.
    ///
    /// See the example of [`VerifiedItinerary`].
    #[must_use]
    pub const fn itinerary(&self) -> &Itinerary {
        &self.itinerary
    }
}

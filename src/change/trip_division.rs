//! What a divided booking means for those who follow the trip.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Case;
use crate::{
    follow::{Command, Division, HeldTrip, Host, Refusal, Rejected},
    pe::NameReference,
    trip::{BookingId, TripId},
};

/// A booking that was divided, for the trip that others [follow](crate::follow): it becomes two. Nobody is told of it.
///
/// Only a case makes one, as soon as the division is [reported](super::Fact::BookingDivided), and whether or not the
/// change comes about. The service finds the held trip of the [`booking`](Self::booking), and
/// [divides](Self::divide) it, before it reads the old PNR or the new one into a trip: since the division both have names
/// of their own. Those who stay may have other numbers, too: say so by
/// [`Command::Renumber`](crate::follow::Command::Renumber), as of when the old PNR was first read with them.
///
/// # Example
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{Effect, Fact};
/// use peline::{follow::{self, Confirmation, Division, HeldTrip, NoHost}, trip::TripId};
///
/// # let (case, now) = (example::case_that_divides(), example::now());
/// # let booked = case.booking().unwrap().clone();
/// # let old = follow::Command::Import(Confirmation::from_pnr(
/// #     booked.id.clone(), "2026-10-05T08:00:00Z".parse()?, booked.itinerary.clone(), &peline::Plan::default())?);
/// # let (held, _) = HeldTrip::new(TripId::new(1)).step(old, now, &NoHost)?;
/// # let travellers = vec![booked.itinerary.travellers()[0].clone()];
/// // The supplier has done it: those who change are in a booking of their own, under these numbers.
/// let divided = Fact::BookingDivided { booking: "1S/NEWLOC".parse()?, travellers, at: now };
/// let (_, effects) = example::report(case, divided);
///
/// let [Effect::DivideTrip(division), Effect::Rebook(_)] = effects.as_slice() else { unreachable!("{effects:?}") };
/// assert_eq!(held.booking(), Some(division.booking()), "the service has found it");
/// let Division { staying, moving, .. } = division.divide(held, TripId::new(2), now, &NoHost)?;
/// assert_eq!(staying.booking(), Some(division.booking()));
/// assert_eq!(moving.booking(), Some(division.new_booking()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TripDivision {
    old: BookingId,
    new: BookingId,
    names: BTreeMap<NameReference, NameReference>,
    at: Timestamp,
}

impl TripDivision {
    pub(super) fn of(case: &Case) -> Option<Self> {
        let (old, divided) = (case.booking.as_ref()?, case.divided.as_ref()?);
        Some(Self {
            old: old.id.clone(),
            new: divided.booking.clone(),
            names: case.new_numbers(&divided.travellers),
            at: divided.at,
        })
    }

    /// The booking of the trip, that of those who stay.
    ///
    /// See the example of [`TripDivision`].
    #[must_use]
    pub const fn booking(&self) -> &BookingId {
        &self.old
    }

    /// The booking of those who change.
    ///
    /// See the example of [`TripDivision`].
    #[must_use]
    pub const fn new_booking(&self) -> &BookingId {
        &self.new
    }

    /// [Divides](HeldTrip::divide) the trip: it goes on for those who stay, and `fresh` is the key of the trip of those
    /// who change, which has the new locator. Store both together.
    ///
    /// # Errors
    ///
    /// Those of [`HeldTrip::divide`], above all:
    ///
    /// * [`NamesLeft`](Refusal::NamesLeft) where those who change left the trip already: by this division, and then there
    ///   is nothing to do; or because it was said ([`Command::Renumber`]), and then the new booking is imported as a trip
    ///   of its own;
    /// * [`ReadSinceDivided`](Refusal::ReadSinceDivided) where the trip was told of the old booking since it was divided,
    ///   a PNR that was read for example: the wrong people would move. Import the new booking as a trip of its own; the
    ///   change is handed over to that. The old one goes on for those who stay; who moved is there until its whole PE list
    ///   says otherwise, or [`Command::Renumber`] that his name left.
    ///
    /// [`OtherBooking`](Refusal::OtherBooking) where the trip is not that of the booking.
    ///
    /// See the example of [`TripDivision`].
    pub fn divide(
        &self,
        held: HeldTrip,
        fresh: TripId,
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<Division, Rejected<HeldTrip>> {
        if held.booking().is_some_and(|booking| *booking != self.old) {
            return Err(Rejected::new(Refusal::OtherBooking, held));
        }
        let before = held.clone();
        let division = held.divide(fresh, &self.names, self.at, now, host)?;
        let replace = Command::ReplaceBooking {
            old: self.old.clone(),
            new: self.new.clone(),
            at: self.at,
        };
        match division.moving.step(replace, now, host) {
            Ok((moving, replaced)) => {
                let mut effects = division.effects;
                effects.extend(replaced);
                Ok(Division {
                    moving,
                    effects,
                    ..division
                })
            }
            Err(rejected) => Err(Rejected::new(rejected.refusal(), before)),
        }
    }
}

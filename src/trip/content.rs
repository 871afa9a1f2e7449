//! A trip: its latest itinerary, and what became of it.

use core::fmt;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    BookingId, Change, Document, DocumentKind, DocumentNumber, Flight, Itinerary, Zones,
    difference::difference_unless_flown,
};
use crate::{pe::NameReference, text::quiet};

quiet! {
    /// Where a trip came from.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::trip::{BookingId, Provenance, SystemCode};
    ///
    /// let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
    /// assert_eq!(Provenance::Linked(booking.clone()).booking(), Some(&booking));
    /// assert_eq!(Provenance::Manual.booking(), None);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum Provenance {
        /// From a booking, whose updates it takes.
        Linked(BookingId),
        /// Typed in by somebody.
        Manual,
    }
}

impl Provenance {
    /// The booking of a linked trip.
    ///
    /// See the example of [`Provenance`].
    #[must_use]
    pub const fn booking(&self) -> Option<&BookingId> {
        match self {
            Self::Linked(booking) => Some(booking),
            Self::Manual => None,
        }
    }
}

/// One flight of a trip as it stands: one of [`Trip::legs`].
///
/// See the example of [`LegStatus`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Leg<'a> {
    flight: &'a Flight,
    status: LegStatus,
}

impl<'a> Leg<'a> {
    /// The flight.
    ///
    /// See the example of [`LegStatus`].
    #[must_use]
    pub const fn flight(&self) -> &'a Flight {
        self.flight
    }

    /// Whether it goes.
    ///
    /// See the example of [`LegStatus`].
    #[must_use]
    pub const fn status(&self) -> LegStatus {
        self.status
    }
}

/// Whether a leg goes.
///
/// # Example
///
/// ```
/// # use jiff::civil::date;
/// # use peline::follow::{Command, Confirmation, HeldTrip, NoHost};
/// # use peline::{Plan, trip::{BookingId, Flight, Itinerary, TripId}};
/// use peline::trip::{Leg, LegStatus};
///
/// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// # let (booking, itinerary): (BookingId, _) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
/// # let now = "2026-11-01T10:00:00Z".parse()?;
/// # let seen = Confirmation::from_pnr(booking.clone(), now, itinerary, &Plan::default())?;
/// # let (held, _) = HeldTrip::new(TripId::new(1)).step(Command::Import(seen), now, &NoHost)?;
/// let cancel = Command::Cancel { booking, received: now, mailed_to: vec![] };
/// let (held, _) = held.step(cancel, now, &NoHost)?;
/// let legs: Vec<Leg<'_>> = held.trip().unwrap().legs().collect();
/// assert_eq!(legs[0].status(), LegStatus::Cancelled);
/// assert_eq!(legs[0].flight().origin(), "LHR".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum LegStatus {
    /// It is booked.
    Booked,
    /// A cancellation took it.
    Cancelled,
}

/// A trip as it stands: the latest itinerary that is known, what of it is cancelled, its documents.
///
/// It is made and changed by [`HeldTrip::step`](crate::follow::HeldTrip::step). `Debug` shows neither
/// names nor locators.
///
/// # Rules
///
/// * The issue time in a confirmation says which one is newer; an older one, arriving late, never
///   overrides. Equal time and equal content is the same; equal time and other content is a
///   [conflict](crate::follow::Refusal::Conflict).
/// * A cancellation takes the legs that had not [departed](Flight::has_departed) when it was received; of
///   several the first one counts. Only a confirmation issued later revives them.
/// * Bookings forget what was flown. What had departed by its time when an itinerary was issued is in it by its segment
///   key, as [the same flight](Flight::may_be), or as its number between its airports, departing less than twelve hours
///   late; else it was flown: it is not cancelled, and did not become a flight of another day or another number
///   *(ours)*.
/// * Of a document, by kind and number, the latest counts. One that says no place, of the same name, has the place
///   that is known, whichever of the two comes first *(ours)*.
///
/// # Example
///
/// ```
/// # use jiff::civil::date;
/// use peline::follow::{AccountId, Command, HeldTrip, NoHost};
/// use peline::trip::{Flight, Itinerary, Provenance, TripId};
///
/// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// let itinerary = Itinerary::new([flight], [])?;
/// let now = "2026-11-01T10:00:00Z".parse()?;
/// let add = Command::AddByHand { by: AccountId::new(7), itinerary: itinerary.clone(), client: None };
/// let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &NoHost)?;
///
/// let trip = held.trip().unwrap();
/// assert_eq!(trip.provenance(), &Provenance::Manual);
/// assert_eq!(trip.itinerary(), &itinerary);
/// assert_eq!(trip.issued(), now);
/// assert_eq!(trip.cancelled(), None);
/// assert_eq!(trip.legs().count(), 1);
/// assert_eq!(trip.documents().count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Trip {
    pub(super) provenance: Provenance,
    /// The bookings that this one took the place of, and when.
    pub(super) replaced: BTreeMap<BookingId, Timestamp>,
    /// How often the booking was replaced: one that comes back is another turn.
    pub(super) turn: u32,
    /// Whether the itinerary is still that of a replaced booking: then anything of the present one is
    /// newer.
    pub(super) outdated: bool,
    pub(super) issued: Timestamp,
    pub(super) itinerary: Itinerary,
    /// When cancellations of this itinerary were received: the first one counts.
    pub(super) cancelled: BTreeSet<Timestamp>,
    /// The same, of the booking that was replaced: they count while its itinerary stands.
    pub(super) cancelled_before: BTreeSet<Timestamp>,
    /// Which flights the cancellation took.
    pub(super) gone: BTreeSet<usize>,
    pub(super) documents: BTreeMap<(DocumentKind, DocumentNumber), Document>,
}

/// What came of something that says of itself how new it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Newness {
    Newer,
    /// Known already, or overtaken by something newer.
    Older,
    /// As old as what is known, and different.
    Conflict,
}

impl Trip {
    /// Puts other numbers of names in the place of those that were issued before a time: of travellers, and of
    /// documents, which may be for the whole booking, or go.
    pub(crate) fn renumber(
        &mut self,
        before: Timestamp,
        traveller: impl Fn(NameReference) -> Option<NameReference>,
        document: impl Fn(Option<NameReference>) -> Option<Option<NameReference>>,
    ) {
        if self.outdated || self.issued < before {
            self.itinerary = self.itinerary.clone().renumbered(traveller);
        }
        self.documents.retain(|_, known| {
            let name = match known.issued < before {
                true => document(known.name),
                false => Some(known.name),
            };
            known.name = name.flatten();
            name.is_some()
        });
    }

    pub(crate) fn new(provenance: Provenance, itinerary: Itinerary, issued: Timestamp) -> Self {
        Self {
            provenance,
            replaced: BTreeMap::new(),
            turn: 0,
            outdated: false,
            issued,
            itinerary,
            cancelled: BTreeSet::new(),
            cancelled_before: BTreeSet::new(),
            gone: BTreeSet::new(),
            documents: BTreeMap::new(),
        }
    }

    /// Where it came from.
    ///
    /// See the example of [`Trip`].
    #[must_use]
    pub const fn provenance(&self) -> &Provenance {
        &self.provenance
    }

    /// The bookings that the present one took the place of, each with the time when it did.
    ///
    /// See [`Command::ReplaceBooking`](crate::follow::Command::ReplaceBooking).
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::follow::{Command, Confirmation, HeldTrip, NoHost};
    /// # use peline::{Plan, trip::{BookingId, Flight, Itinerary, TripId}};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (old, itinerary): (BookingId, _) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
    /// # let at = "2026-11-01T10:00:00Z".parse()?;
    /// # let seen = Confirmation::from_pnr(old.clone(), at, itinerary, &Plan::default())?;
    /// # let (held, _) = HeldTrip::new(TripId::new(1)).step(Command::Import(seen), at, &NoHost)?;
    /// let new: BookingId = "1S/ZXCVBN".parse()?;
    /// let replace = Command::ReplaceBooking { old: old.clone(), new: new.clone(), at };
    /// let (held, _) = held.step(replace, at, &NoHost)?;
    /// assert_eq!(held.booking(), Some(&new));
    /// assert!(held.trip().unwrap().replaced_bookings().eq([(&old, at)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replaced_bookings(&self) -> impl Iterator<Item = (&BookingId, Timestamp)> {
        self.replaced.iter().map(|(booking, at)| (booking, *at))
    }

    /// When the itinerary was issued.
    ///
    /// See the example of [`Trip`].
    #[must_use]
    pub const fn issued(&self) -> Timestamp {
        self.issued
    }

    /// The latest itinerary, as it was issued: [`legs`](Self::legs) says what is cancelled.
    ///
    /// See the example of [`Trip`].
    #[must_use]
    pub const fn itinerary(&self) -> &Itinerary {
        &self.itinerary
    }

    /// When the first cancellation of the itinerary was received, if no later itinerary took its place.
    /// Which flights it took, [`legs`](Self::legs) says: what had departed is not cancelled.
    ///
    /// See the example of [`Trip`].
    #[must_use]
    pub fn cancelled(&self) -> Option<Timestamp> {
        let firsts = [self.cancelled.first(), self.cancelled_before.first()];
        firsts.into_iter().flatten().min().copied()
    }

    /// The flights in their order, each with what became of it.
    ///
    /// See the example of [`Trip`].
    pub fn legs(&self) -> impl Iterator<Item = Leg<'_>> {
        let flights = self.itinerary.flights().iter().enumerate();
        flights.map(|(at, flight)| Leg {
            flight,
            status: match self.gone.contains(&at) {
                true => LegStatus::Cancelled,
                false => LegStatus::Booked,
            },
        })
    }

    /// The documents, e-tickets before e-invoices, each kind by number; those that are [void](Document::is_void) among
    /// them.
    ///
    /// See the example of [`Trip`].
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        self.documents.values()
    }

    /// When the itinerary, or what is cancelled of it, last changed.
    pub(crate) fn changed(&self) -> Timestamp {
        self.cancelled().unwrap_or(self.issued)
    }

    fn going(&self) -> impl Iterator<Item = &Flight> {
        let booked = |leg: &Leg<'_>| leg.status == LegStatus::Booked;
        self.legs().filter(booked).map(|leg| leg.flight)
    }

    /// What `change` makes different for those who fly, where some flights were flown before.
    fn changes(
        &mut self,
        flown: impl Fn(&Flight) -> bool,
        change: impl FnOnce(&mut Self),
    ) -> Vec<Change> {
        let before: Vec<Flight> = self.going().cloned().collect();
        change(self);
        difference_unless_flown(&before, self.going(), flown)
    }

    /// How new an itinerary is.
    pub(crate) fn newness(&self, itinerary: &Itinerary, issued: Timestamp) -> Newness {
        match issued.cmp(&self.issued) {
            _ if self.outdated => Newness::Newer,
            core::cmp::Ordering::Greater => Newness::Newer,
            core::cmp::Ordering::Equal if *itinerary != self.itinerary => Newness::Conflict,
            core::cmp::Ordering::Equal | core::cmp::Ordering::Less => Newness::Older,
        }
    }

    /// Puts a newer itinerary in.
    pub(crate) fn update(
        &mut self,
        itinerary: Itinerary,
        issued: Timestamp,
        zones: &dyn Zones,
    ) -> Vec<Change> {
        if self.outdated {
            self.itinerary = self.itinerary.clone().without_segments();
        }
        let flown = |flight: &Flight| flight.has_departed(issued, zones);
        self.changes(flown, |trip| {
            trip.itinerary = itinerary;
            trip.issued = issued;
            trip.outdated = false;
            trip.cancelled = trip.cancelled.split_off(&issued);
            trip.cancelled_before.clear();
            trip.take_cancelled(zones);
        })
    }

    /// Cancels what has not departed.
    pub(crate) fn cancel(&mut self, at: Timestamp, zones: &dyn Zones) -> Vec<Change> {
        if at < self.issued && !self.outdated {
            return Vec::new();
        }
        let flown = |flight: &Flight| flight.has_departed(at, zones);
        self.changes(flown, |trip| {
            trip.cancelled.insert(at);
            // What it took it does not give back, whatever has become known of zones.
            let gone = trip.gone.clone();
            trip.take_cancelled(zones);
            trip.gone.extend(gone);
        })
    }

    /// Works out which flights the cancellation takes: of the present itinerary, so that it does not
    /// matter which of the two came first.
    fn take_cancelled(&mut self, zones: &dyn Zones) {
        self.gone.clear();
        if let Some(at) = self.cancelled() {
            let flights = self.itinerary.flights().iter().enumerate();
            let gone = flights.filter(|(_, flight)| !flight.has_departed(at, zones));
            self.gone.extend(gone.map(|(index, _)| index));
        }
    }

    /// How new a document is.
    pub(crate) fn newness_of(&self, document: &Document) -> Newness {
        let key = (document.kind(), document.number().clone());
        match self.documents.get(&key) {
            Some(known)
                if known.issued() == document.issued()
                    && *known.in_place_of(document) != *document.in_place_of(known) =>
            {
                Newness::Conflict
            }
            Some(known) if known.issued() >= document.issued() => Newness::Older,
            Some(_) | None => Newness::Newer,
        }
    }

    /// Whether a document is known as one of a name, or of the whole booking.
    pub(crate) fn has(&self, document: &Document, name: Option<NameReference>) -> bool {
        let key = (document.kind(), document.number().clone());
        self.documents.get(&key).is_some_and(|known| {
            let as_named = Document {
                name,
                ..document.clone()
            };
            *known == *as_named.in_place_of(known)
        })
    }

    /// Puts a newer document in; where it says no place, the known one of the same name stays.
    pub(crate) fn attach(&mut self, document: Document) {
        let key = (document.kind(), document.number().clone());
        let document = match self.documents.get(&key) {
            Some(known) => document.in_place_of(known).into_owned(),
            None => document,
        };
        self.documents.insert(key, document);
    }

    /// Gives the known document its place, where an older one or one of the same time says it.
    pub(crate) fn place(&mut self, older: &Document) {
        let key = (older.kind(), older.number().clone());
        if let Some(known) = self.documents.get_mut(&key) {
            *known = known.in_place_of(older).into_owned();
        }
    }

    /// Whether a booking was this trip's once.
    pub(crate) fn was(&self, booking: &BookingId) -> bool {
        self.replaced.contains_key(booking)
    }

    /// How often the booking was replaced.
    pub(crate) const fn turn(&self) -> u32 {
        self.turn
    }

    /// The same of the booking whose itinerary there is: that of two is the same only where they have the same keys
    /// of segments.
    #[cfg(feature = "calendar")]
    pub(crate) const fn turn_of_itinerary(&self) -> u32 {
        self.turn.saturating_sub(self.outdated as u32)
    }

    /// Whether the itinerary is still that of a replaced booking.
    pub(crate) const fn is_outdated(&self) -> bool {
        self.outdated
    }

    /// Gives the trip another booking: what the old one said stands until the new one says something.
    pub(crate) fn replace_booking(&mut self, new: BookingId, at: Timestamp) {
        self.replaced.remove(&new);
        if let Provenance::Linked(old) = &self.provenance {
            self.replaced.insert(old.clone(), at);
        }
        self.provenance = Provenance::Linked(new);
        self.turn = self.turn.saturating_add(1);
        self.outdated = true;
        self.cancelled_before.append(&mut self.cancelled);
    }

    /// The first flight that is not cancelled.
    pub(crate) fn first_going(&self) -> Option<&Flight> {
        self.going().next()
    }

    /// Whether both are of the same flights.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        let [ours, theirs] = [self, other].map(|trip| trip.going().collect::<Vec<_>>());
        let same = || ours.iter().zip(&theirs).all(|(one, two)| one.may_be(two));
        !ours.is_empty() && ours.len() == theirs.len() && same()
    }
}

/// Masked: neither names nor locators.
impl fmt::Debug for Trip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trip")
            .field("provenance", &self.provenance)
            .field("issued", &self.issued)
            .field("cancelled", &self.cancelled())
            .field("itinerary", &self.itinerary)
            .finish_non_exhaustive()
    }
}

//! What a change hands over to those who follow the trip.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Case, IssuedDocument};
use crate::{
    address::Address,
    follow::{Command, Effect, HeldTrip, Host},
    pe::NameReference,
    trip::{
        BookingId, Document, DocumentKind, DocumentNumber, Itinerary, PersonName, Traveller, TripId,
    },
};

/// A ticketed change, for the trip that others [follow](crate::follow): each of them is told once, and nobody
/// who gets the mail with the new itinerary is told again.
///
/// Only a case makes one. The service takes the steps of [`commands`](Self::commands) on the held trip of the
/// [`booking`](Self::booking). Where the booking was divided, the trip is [divided](Self::divide) first: it goes
/// on for those who stay, and a trip of its own begins for those who change.
///
/// # Example
///
/// ```
/// use peline::{change::TripUpdate, follow::{Effect, HeldTrip, Host}, trip::TripId};
///
/// fn hand_over(
///     update: &TripUpdate,
///     held: HeldTrip,
///     id_of_a_new_trip: TripId,
///     host: &impl Host,
///     now: jiff::Timestamp,
/// ) -> Result<(Vec<HeldTrip>, Vec<Effect>), Box<dyn std::error::Error>> {
///     let (mut trips, mut effects) = (Vec::new(), Vec::new());
///     let mut held = match update.divide(&held, id_of_a_new_trip, host) {
///         None => held,
///         Some((of_those_who_change, placed)) => {
///             effects.extend(placed);
///             let mut stays = held;
///             if let Some(command) = update.for_those_who_stay() {
///                 let (next, more) = stays.step(command, now, host)?;
///                 stays = next;
///                 effects.extend(more);
///             }
///             trips.push(stays);
///             of_those_who_change
///         }
///     };
///     for command in update.commands() {
///         let (next, more) = held.step(command, now, host)?;
///         held = next;
///         effects.extend(more);
///     }
///     trips.push(held);
///     Ok((trips, effects))
/// }
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TripUpdate {
    old: BookingId,
    new: BookingId,
    itinerary: Itinerary,
    issued: Timestamp,
    mailed_to: Vec<Address>,
    documents: Vec<Document>,
    division: Option<Division>,
}

/// What became of a booking that was divided.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Division {
    /// The old and the new numbers of those who change.
    names: BTreeMap<NameReference, NameReference>,
    /// The itinerary of those who stay.
    staying: Itinerary,
}

impl TripUpdate {
    pub(super) fn of(case: &Case, documents: &[IssuedDocument], now: Timestamp) -> Option<Self> {
        let (old, verified) = (case.booking.as_ref()?, case.verified.as_ref()?);
        let names = renamed(case, verified.itinerary.travellers());
        let documents = documents.iter().filter_map(|document| {
            let IssuedDocument::Ticket { passenger, number } = document else {
                return None;
            };
            let number: DocumentNumber = number.as_str().parse().ok()?;
            let document = Document::new(DocumentKind::ETicket, number, now);
            Some(match names.get(passenger) {
                Some(name) => document.for_name(*name),
                None => document,
            })
        });
        let dispatch = case.dispatch();
        let copies = dispatch.copies.into_iter().map(|copy| copy.address);
        let division = case.divided.is_some().then(|| {
            let changing: BTreeSet<_> = names.keys().copied().collect();
            let travellers = old.itinerary.travellers().iter();
            let staying = travellers.filter(|traveller| {
                let reference = traveller.reference();
                reference.is_none_or(|reference| !changing.contains(&reference))
            });
            let flights = old.itinerary.flights().iter().cloned();
            let staying = Itinerary::new(flights, staying.cloned()).ok()?;
            Some(Division {
                names: names.clone(),
                staying,
            })
        });
        Some(Self {
            old: old.id.clone(),
            new: verified.booking.clone(),
            itinerary: verified.itinerary.clone(),
            issued: now,
            mailed_to: dispatch
                .client
                .address()
                .cloned()
                .into_iter()
                .chain(copies)
                .collect(),
            documents: documents.collect(),
            division: match division {
                None => None,
                Some(division) => Some(division?),
            },
        })
    }

    /// The booking of the trip as it was.
    ///
    /// See the example of [`TripUpdate`].
    #[must_use]
    pub const fn booking(&self) -> &BookingId {
        &self.old
    }

    /// The booking of the trip as it is: the same, or another.
    ///
    /// ```
    /// fn has_new_locator(update: &peline::change::TripUpdate) -> bool {
    ///     update.new_booking() != update.booking()
    /// }
    /// ```
    #[must_use]
    pub const fn new_booking(&self) -> &BookingId {
        &self.new
    }

    /// The new itinerary.
    ///
    /// ```
    /// fn flights(update: &peline::change::TripUpdate) -> usize {
    ///     update.itinerary().flights().len()
    /// }
    /// ```
    #[must_use]
    pub const fn itinerary(&self) -> &Itinerary {
        &self.itinerary
    }

    /// The commands for the held trip, in their order: the new locator where there is one, the update under
    /// one difference key, the new tickets.
    ///
    /// See the example of [`TripUpdate`].
    #[must_use]
    pub fn commands(&self) -> Vec<Command> {
        let mut commands = Vec::new();
        if self.old != self.new {
            commands.push(Command::ReplaceBooking {
                old: self.old.clone(),
                new: self.new.clone(),
                at: self.issued,
            });
        }
        commands.push(Command::Update {
            booking: self.new.clone(),
            itinerary: self.itinerary.clone(),
            issued: self.issued,
            mailed_to: self.mailed_to.clone(),
        });
        commands.extend(self.documents.iter().cloned().map(Command::Attach));
        commands
    }

    /// Where the booking was divided: the trip of those who change, under its own key, with the places that it
    /// takes on lists. See [`HeldTrip::divided`].
    ///
    /// If the trip was divided already (a change is handed over again after a correction), the commands are for
    /// the trip of the new booking.
    ///
    /// See the example of [`TripUpdate`].
    #[must_use]
    pub fn divide(
        &self,
        held: &HeldTrip,
        id: TripId,
        host: &impl Host,
    ) -> Option<(HeldTrip, Vec<Effect>)> {
        let division = self.division.as_ref()?;
        Some(held.divided(id, &division.names, host))
    }

    /// Where the booking was divided: what the old one says now, for the trip of those who stay.
    ///
    /// See the example of [`TripUpdate`].
    #[must_use]
    pub fn for_those_who_stay(&self) -> Option<Command> {
        let division = self.division.as_ref()?;
        Some(Command::Update {
            booking: self.old.clone(),
            itinerary: division.staying.clone(),
            issued: self.issued,
            mailed_to: Vec::new(),
        })
    }
}

/// The old and the new numbers of those who change, by their names; namesakes in their order.
fn renamed(case: &Case, booked: &[Traveller]) -> BTreeMap<NameReference, NameReference> {
    let mut free: BTreeMap<&PersonName, Vec<NameReference>> = BTreeMap::new();
    for traveller in booked.iter().rev() {
        let numbers = free.entry(traveller.name()).or_default();
        numbers.extend(traveller.reference());
    }
    let changing = case.changing_references();
    let travellers = case.booking.iter().flat_map(|it| it.itinerary.travellers());
    let mut names = BTreeMap::new();
    for traveller in travellers {
        let old = traveller.reference().filter(|old| changing.contains(old));
        let new = old.and_then(|_| free.get_mut(traveller.name())?.pop());
        names.extend(old.zip(new));
    }
    names
}

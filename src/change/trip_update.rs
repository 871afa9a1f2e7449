//! What a change hands over to those who follow the trip.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};

use super::{Case, IssuedDocument, case::HandedOnce};
use crate::{
    address::Address,
    follow::{Command, Effect, HeldTrip, Host, Refusal, not_of_the_future},
    pe::NameReference,
    trip::{BookingId, Document, DocumentKind, DocumentNumber, Itinerary, PersonName, Traveller},
};

/// A ticketed change, for the trip that others [follow](crate::follow): each of them is told once, and nobody
/// who gets the mail with the new itinerary is told again. That mail is ordered together with the update
/// ([`Effect::SendItinerary`](super::Effect::SendItinerary)): where it cannot be sent, tell them otherwise.
///
/// Only a case makes one. The service finds the held trip of the [`booking`](Self::booking), and
/// [hands over](Self::hand_over). Where the booking was divided, that is the trip of those who change, which a
/// [`TripDivision`](super::TripDivision) made. After a correction a change is handed over again, to the trip of the new
/// booking.
///
/// Who is there for a name is there for it under the number that it has in the changed booking, and so are its old
/// documents. The new numbers count since the booking was [changed](super::Fact::Rebooked); where that is reported again
/// and the checks before and after it show the same numbers, since the earliest time that was reported for them.
///
/// The new itinerary is handed over as of when the [booking was fetched](super::Fact::BookingFetched) that it is from:
/// between that and the tickets time passes, and what the trip is told meanwhile (a PNR that was read, a cancellation)
/// is newer, and stands. Under a new locator, too: what the new booking says of a later time counts, whether it comes
/// before the change is handed over or after it.
///
/// The new tickets are attached as of when they are reported, and without a [place](Document::place), which the case
/// does not know; one that the trip knows of the same ticket stays. Attach them again with their places, issued later
/// than that, since of a number the latest counts. After a correction, what was issued before it and not again is
/// [void](Document::voided); whatever a correction hands over is newer than what it corrects, by a nanosecond where both
/// have one time. The old tickets that the change replaces stay beside the new ones: which those are, the
/// reports of a case do not say.
///
/// # Example
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{Effect, HandedOver, State};
/// use peline::{follow::{self, Confirmation, HeldTrip, NoHost}, trip::TripId};
///
/// # let (case, effects) = example::case_in(State::Sending);
/// # let (now, booked) = (example::now(), case.booking().unwrap());
/// # let old = follow::Command::Import(Confirmation::from_pnr(
/// #     booked.id.clone(), "2026-10-05T08:00:00Z".parse()?, booked.itinerary.clone(), &peline::Plan::default())?);
/// # let (held, _) = HeldTrip::new(TripId::new(1)).step(old, now, &NoHost)?;
/// let [Effect::UpdateTrip(update), ..] = effects.as_slice() else { unreachable!("{effects:?}") };
/// assert_eq!(held.booking(), Some(update.booking()), "the service has found it");
///
/// let done: HandedOver = update.hand_over(held, now, &NoHost);
/// assert_eq!(done.refused, None);
/// assert_eq!(done.changed.trip().unwrap().itinerary(), update.itinerary());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TripUpdate {
    old: BookingId,
    new: BookingId,
    itinerary: Itinerary,
    /// When the booking was looked at: what it said since then is newer.
    seen: Timestamp,
    /// When the documents were issued.
    issued: Timestamp,
    mailed_to: Vec<Address>,
    documents: Vec<Document>,
    /// The old and the new numbers of all names, and since when.
    names: BTreeMap<NameReference, Option<NameReference>>,
    numbered: Timestamp,
}

impl TripUpdate {
    pub(super) fn of(case: &Case, documents: &[IssuedDocument], now: Timestamp) -> Option<Self> {
        let verified = case.verified.as_ref()?;
        // After a correction the trip is that of the new booking already, under its numbers.
        let known = case.handed_over.as_ref();
        // What corrects is newer than what it corrects, though it were reported at the same time.
        let newer = |at: Timestamp| known.map_or(at, |known| at.max(after(known.last)));
        let (seen, issued_at) = (newer(checked_at(case)?), newer(now));
        let booked = verified.itinerary.travellers();
        let names = case.new_numbers(booked);
        let ticket = |document: &IssuedDocument| {
            let IssuedDocument::Ticket { passenger, number } = document else {
                return None;
            };
            let number: DocumentNumber = number.as_str().parse().ok()?;
            let document = Document::new(DocumentKind::ETicket, number, issued_at);
            Some(match names.get(passenger) {
                Some(name) => document.for_name(*name),
                None => document,
            })
        };
        let issued: Vec<Document> = documents.iter().filter_map(ticket).collect();
        let is_issued = |before: &Document| issued.iter().any(|it| it.number() == before.number());
        let before = case.documents.iter().filter_map(ticket);
        let void = before.filter(|before| !is_issued(before));
        let void = void.map(|before| before.issued_at(after(issued_at)).voided());
        let dispatch = case.dispatch();
        let copies = dispatch.copies.into_iter().map(|copy| copy.address);
        let (old, travellers, numbered) = match (known, &case.divided, &case.booking) {
            (Some(HandedOnce { verified, .. }), ..) => {
                (&verified.booking, verified.itinerary.travellers(), seen)
            }
            (None, divided, Some(original)) => {
                let since = case.rebooked.as_ref()?.numbers.as_ref()?.since;
                match divided {
                    // Newer than the division, though it were reported at the same time.
                    Some(divided) => {
                        let since = since.max(after(divided.at));
                        (&divided.booking, &divided.travellers[..], since)
                    }
                    None => (&original.id, original.itinerary.travellers(), since),
                }
            }
            (None, _, None) => return None,
        };
        Some(Self {
            old: old.clone(),
            new: verified.booking.clone(),
            itinerary: verified.itinerary.clone(),
            seen,
            issued: issued_at,
            mailed_to: dispatch
                .client
                .address()
                .cloned()
                .into_iter()
                .chain(copies)
                .collect(),
            documents: void.chain(issued.iter().cloned()).collect(),
            names: all_renumbered(travellers, booked),
            numbered,
        })
    }

    /// When the last of it was issued, at the latest.
    pub(super) fn last(&self) -> Timestamp {
        after(self.issued)
    }

    /// The booking of the trip as it was: where it was divided, that of those who change.
    ///
    /// See the example of [`new_booking`](Self::new_booking).
    #[must_use]
    pub const fn booking(&self) -> &BookingId {
        &self.old
    }

    /// The booking of the trip as it is: the same, or another.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # use peline::change::{Effect, State};
    /// # let (_, effects) = example::case_in(State::Sending);
    /// # let Effect::UpdateTrip(update) = &effects[0] else { unreachable!("{effects:?}") };
    /// assert_eq!(update.new_booking(), update.booking(), "Jane keeps her locator");
    /// ```
    #[must_use]
    pub const fn new_booking(&self) -> &BookingId {
        &self.new
    }

    /// The new itinerary.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # use peline::change::{Effect, State};
    /// # let (_, effects) = example::case_in(State::Sending);
    /// # let Effect::UpdateTrip(update) = &effects[0] else { unreachable!("{effects:?}") };
    /// assert_eq!(update.itinerary().flights()[0].departure_date().to_string(), "2026-12-08");
    /// ```
    #[must_use]
    pub const fn itinerary(&self) -> &Itinerary {
        &self.itinerary
    }

    /// Hands the change over to those who follow the trip.
    ///
    /// A trip of the new booking is taken as well, which was imported from the new PNR perhaps: its names have the new
    /// numbers already. Handed over again, a change changes nothing.
    ///
    /// See the example of [`TripUpdate`].
    #[must_use]
    pub fn hand_over(
        &self,
        held: HeldTrip,
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> HandedOver {
        let mut done = HandedOver {
            changed: held,
            effects: Vec::new(),
            refused: None,
        };
        let booking = done.changed.booking();
        if booking != Some(&self.old) && booking != Some(&self.new) {
            done.refused = Some(match (booking, done.changed.trip()) {
                (Some(_), _) => Refusal::OtherBooking,
                (None, Some(_)) => Refusal::NotLinked,
                (None, None) => Refusal::NoTrip,
            });
            return done;
        }
        // Else a part would be handed over.
        if let Err(refusal) = not_of_the_future(self.issued, now) {
            done.refused = Some(refusal);
            return done;
        }
        // In the trip of the new booking names have the new numbers.
        let is_first = booking == Some(&self.old);
        if let Some(renumber) = self.renumber().filter(|_| is_first) {
            done.take(renumber, now, host);
        }
        // Under numbers that nobody knows nothing is handed over.
        if done.refused == Some(Refusal::NumberTaken) {
            return done;
        }
        let mut changes = self.changes();
        // The trip has the new locator already.
        changes.retain(|it| is_first || !matches!(it, Command::ReplaceBooking { .. }));
        for command in changes {
            done.take(command, now, host);
        }
        done
    }

    /// The commands for the held trip, in their order: the new numbers of names where they have others, the new
    /// locator where there is one, the update under one difference key, the new tickets.
    /// [`hand_over`](Self::hand_over) does all of it.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::follow::Command;
    /// # use peline::change::{Effect, State};
    /// # let (_, effects) = example::case_in(State::Sending);
    /// # let Effect::UpdateTrip(update) = &effects[0] else { unreachable!("{effects:?}") };
    /// assert!(matches!(update.commands()[..], [Command::Update { .. }, Command::Attach(_)]));
    /// ```
    #[must_use]
    pub fn commands(&self) -> Vec<Command> {
        self.renumber().into_iter().chain(self.changes()).collect()
    }

    fn renumber(&self) -> Option<Command> {
        let differ = self.names.iter().any(|(old, new)| Some(*old) != *new);
        differ.then(|| Command::Renumber {
            booking: self.old.clone(),
            names: self.names.clone(),
            at: self.numbered,
        })
    }

    fn changes(&self) -> Vec<Command> {
        let mut commands = Vec::new();
        if self.old != self.new {
            commands.push(Command::ReplaceBooking {
                old: self.old.clone(),
                new: self.new.clone(),
                at: self.seen,
            });
        }
        commands.push(Command::Update {
            booking: self.new.clone(),
            itinerary: self.itinerary.clone(),
            issued: self.seen,
            mailed_to: self.mailed_to.clone(),
        });
        commands.extend(self.documents.iter().cloned().map(Command::Attach));
        commands
    }
}

/// What came of handing a change over.
///
/// See the example of [`TripUpdate`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct HandedOver {
    /// The trip as it is then; where nothing was handed over, as it came in.
    pub changed: HeldTrip,
    /// What is to be done.
    pub effects: Vec<Effect>,
    /// The first refusal, if there was one. What was handed over in spite of it is in the trip and the effects:
    /// store it, and carry them out, all the same. Nothing was where
    ///
    /// * the trip is not that of the booking ([`NoTrip`](Refusal::NoTrip), [`NotLinked`](Refusal::NotLinked),
    ///   [`OtherBooking`](Refusal::OtherBooking)): hand over to the one that is. Where a divided booking has no trip,
    ///   [divide](super::TripDivision) that of the old one, or import the new PNR;
    /// * `now` is more than a day before the change ([`NotYetIssued`](Refusal::NotYetIssued)): hand over with the time
    ///   that it is;
    /// * the trip knows of somebody whose number another gets, and of whom the case knows nothing
    ///   ([`NumberTaken`](Refusal::NumberTaken)): say which number each name has, by [`Command::Renumber`], and let the other [commands](TripUpdate::commands) follow.
    ///
    /// Where it was told of the change before, and differently (a [conflict](Refusal::Conflict)), what it knew stands,
    /// and what else there was to hand over was: import the booking as it is now.
    pub refused: Option<Refusal>,
}

impl HandedOver {
    fn take(&mut self, command: Command, now: Timestamp, host: &(impl Host + ?Sized)) {
        match self.changed.clone().step(command, now, host) {
            Ok((held, effects)) => {
                self.changed = held;
                self.effects.extend(effects);
            }
            Err(rejected) => {
                self.refused.get_or_insert(rejected.refusal());
            }
        }
    }
}

impl Case {
    /// The old and the new numbers of those who change.
    pub(super) fn new_numbers(
        &self,
        booked: &[Traveller],
    ) -> BTreeMap<NameReference, NameReference> {
        let changing = self.changing_references();
        let travellers = self.booking.iter().flat_map(|it| it.itinerary.travellers());
        let changes =
            |it: &&Traveller| it.name_reference().is_some_and(|it| changing.contains(&it));
        renumbered(travellers.filter(changes), booked)
    }
}

/// The next moment, in which what is void is issued.
fn after(at: Timestamp) -> Timestamp {
    at.checked_add(1.nanosecond()).unwrap_or(at)
}

/// When the booking was last seen: since then at the latest it is as it was corrected.
fn checked_at(case: &Case) -> Option<Timestamp> {
    let (position, _) = case.checks.last_key_value()?;
    case.history.get(*position).map(|entry| entry.at)
}

/// The old and the new numbers of travellers, by their names; of namesakes those keep theirs who can, and the others
/// follow in their order.
fn renumbered<'a>(
    travellers: impl IntoIterator<Item = &'a Traveller>,
    booked: &[Traveller],
) -> BTreeMap<NameReference, NameReference> {
    let mut free: BTreeMap<&PersonName, Vec<NameReference>> = BTreeMap::new();
    for traveller in booked.iter().rev() {
        let numbers = free.entry(traveller.name()).or_default();
        numbers.extend(traveller.name_reference());
    }
    let mut names = BTreeMap::new();
    let mut others = Vec::new();
    for traveller in travellers {
        let Some(old) = traveller.name_reference() else {
            continue;
        };
        let free = free.entry(traveller.name()).or_default();
        match free.iter().position(|new| *new == old) {
            Some(at) => drop(names.insert(old, free.remove(at))),
            None => others.push((old, traveller.name())),
        }
    }
    for (old, name) in others {
        let new = free.get_mut(name).and_then(Vec::pop);
        names.extend(new.map(|new| (old, new)));
    }
    names
}

/// The same of all who change, where nobody leaves the booking.
fn all_renumbered(
    travellers: &[Traveller],
    booked: &[Traveller],
) -> BTreeMap<NameReference, Option<NameReference>> {
    let new = renumbered(travellers, booked).into_iter();
    new.map(|(old, new)| (old, Some(new))).collect()
}

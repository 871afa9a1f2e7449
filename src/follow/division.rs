//! A booking that is divided: two trips of one.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};

use super::{
    AccountId, Effect, HeldTrip, Host, Refusal, Rejected,
    renumbering::{Names, Renumbering},
    step::{Done, not_of_the_future},
};
use crate::{
    pe::NameReference,
    routing::List,
    trip::{Trip, TripId},
};

/// Two trips of one.
///
/// See the example of [`HeldTrip::divide`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Division {
    /// The trip of those who stay, under the key that it had.
    pub staying: HeldTrip,
    /// The trip of those who moved, under its own.
    pub moving: HeldTrip,
    /// The places that both take on lists, and lose. Each says [of which trip](Effect::trip) it is: somebody may lose
    /// the one and get the other.
    pub effects: Vec<Effect>,
}

impl HeldTrip {
    /// Divides a trip, some of whose names were moved to a booking of their own.
    ///
    /// `names` are the numbers of those passengers (`1.1`) in the old and in the new booking. Holdings, shares and
    /// marks are those of both trips then; but who is in the PE field for some names only holds the trips of these
    /// names only, and a document for one name goes where the name goes. One for all passengers of a name (`1`)
    /// stays where one of them does, for those who were of the name when it was made; so does a document for the whole
    /// booking, and so do the flights: nobody is told of a division. The new locator comes as
    /// [`Command::ReplaceBooking`](super::Command::ReplaceBooking) for the trip of those who moved.
    ///
    /// Somebody whose names are all in one booking may be copied by a message of the other. Then he holds that
    /// trip too, but sees none of its documents, until a PE entry at least as new names him there.
    /// [`Command::ForgetWaiting`](super::Command::ForgetWaiting) ends what is known of him for that *(ours)*.
    ///
    /// The names that stay may have other numbers in their booking afterwards: say so by
    /// [`Command::Renumber`](super::Command::Renumber), before or after its whole PE list is imported again. Until
    /// then, who is there for one name sees no document of a number that was another's.
    ///
    /// `at` is when the booking was divided. What was issued before is of the booking as it was: when it comes late, it
    /// counts for those names only that are of the trip still. What is issued since is of the booking as it is, whose
    /// names may have other numbers: divide before the trip is told of it. Where it was told already it is not divided.
    /// (It goes on for those who stay; for those who moved, import the new booking as a trip.)
    ///
    /// # Errors
    ///
    /// * [`NoTrip`](Refusal::NoTrip) and [`NotLinked`](Refusal::NotLinked) where there is no booking that could have
    ///   been divided: of a trip that was added by hand, too.
    /// * [`TripExists`](Refusal::TripExists) where `id` is the trip's own key.
    /// * [`NotYetIssued`](Refusal::NotYetIssued) for a time more than a day after `now`.
    /// * [`ReadSinceDivided`](Refusal::ReadSinceDivided) where the trip was told of the booking (an itinerary, a PE list)
    ///   by what was issued at `at` or later *(ours)*.
    /// * [`BareNumber`](Refusal::BareNumber) and [`NumberTaken`](Refusal::NumberTaken) where it is not said of each
    ///   name which number it has.
    /// * [`NamesLeft`](Refusal::NamesLeft) where a number was nobody's at `at`, as far as the trip was told since: its
    ///   name left (by a division, or it was [said](super::Command::Renumber)), or got it later. So the same division
    ///   is refused for the trip of those who stay, with whatever key. A number is not followed through other changes
    ///   since then. Who has it now moves by a division with a later `at`, later too than what the trip knew when the
    ///   name left *(ours)*.
    ///
    /// # Example
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{Address, follow::*, pe, trip::*};
    /// # struct Service;
    /// # impl Host for Service {
    /// #     fn account(&self, address: &Address) -> Option<AccountId> {
    /// #         Some(AccountId::new(if address.as_str().starts_with("jane") { 1 } else { 2 }))
    /// #     }
    /// # }
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (booking, itinerary) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// let script = "PE‡JANE@EXAMPLE.COM‡-1.1\nPE‡JOHN@EXAMPLE.COM‡-2.1\n";
    /// let plan = pe::scan(script.as_bytes()).collect();
    /// let import = Command::Import(Confirmation::from_pnr(booking, now, itinerary, &plan)?);
    /// let (both, _) = HeldTrip::new(TripId::new(1)).step(import, now, &Service)?;
    /// assert_eq!(both.holders().count(), 2);
    ///
    /// let names = [("2.1".parse()?, "1.1".parse()?)].into();
    /// let at = "2026-11-01T10:10:00Z".parse()?;
    /// let divided = both.divide(TripId::new(2), &names, at, at, &Service)?;
    /// let Division { staying, moving, effects } = divided;
    /// let holders = |held: &HeldTrip| held.holders().map(|(account, _)| account).collect::<Vec<_>>();
    /// assert_eq!(holders(&staying), [AccountId::new(1)]);
    /// assert_eq!(holders(&moving), [AccountId::new(2)]);
    /// // He has a place on the list of the one trip, and none on that of the other.
    /// assert!(effects.iter().map(Effect::trip).eq([TripId::new(1), TripId::new(2)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn divide(
        self,
        id: TripId,
        names: &BTreeMap<NameReference, NameReference>,
        at: Timestamp,
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<Division, Rejected<Self>> {
        let before: BTreeMap<_, _> = self.holders().collect();
        let moved = names.iter().map(|(old, new)| (*old, Some(*new))).collect();
        let names = self.names(moved, Timestamp::MAX);
        if let Err(refusal) = self.may_be_divided(id, &names, at, now) {
            return Err(Rejected::new(refusal, self));
        }
        let until = at;
        let at = self.numbered_until(at);
        let mut moving = self.clone();
        moving.id = id;
        let mut staying = self;
        if !names.moved.is_empty() {
            let renumbering = Renumbering::of_those_who_stay(&names, at, until);
            let document = |name: Option<_>| match name {
                Some(name) => renumbering.document(name),
                None => Some(None),
            };
            staying.renumber(renumbering.clone(), Timestamp::MAX, document);
        }
        let renumbering = Renumbering::of_those_who_move(&names, at, until);
        let document = |name: Option<NameReference>| {
            // One for all passengers of a name stays where one of them does.
            let name = name.filter(|it| it.passenger().is_some() || !names.stays(it.item()))?;
            renumbering.document(name)
        };
        moving.renumber(renumbering.clone(), Timestamp::MAX, document);
        let mut effects = staying.settled(&before, host);
        effects.extend(moving.settled(&BTreeMap::new(), host));
        Ok(Division {
            staying,
            moving,
            effects,
        })
    }

    /// Refuses what makes no two trips of this one.
    fn may_be_divided(
        &self,
        id: TripId,
        names: &Names,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let trip = self.trip.as_ref().ok_or(Refusal::NoTrip)?;
        trip.provenance().booking().ok_or(Refusal::NotLinked)?;
        if id == self.id {
            return Err(Refusal::TripExists);
        }
        not_of_the_future(at, now)?;
        names.each_is_one_passengers()?;
        if names.moved.keys().any(|name| self.has_left(*name, at)) {
            return Err(Refusal::NamesLeft);
        }
        // Whatever tells of a booking has its itinerary. What a replaced one said is of before.
        match !trip.is_outdated() && trip.issued() >= at {
            true => Err(Refusal::ReadSinceDivided),
            false => Ok(()),
        }
    }

    /// Until when documents have the numbers of before: those that a replaced booking gave, too.
    fn numbered_until(&self, at: Timestamp) -> Timestamp {
        let issued = self.trip.as_ref().map_or(Timestamp::MIN, Trip::issued);
        let next = issued.checked_add(1.nanosecond()).unwrap_or(issued).max(at);
        let before = self.renumbered.last().map(|last| last.at);
        before.map_or(next, |before| before.max(next))
    }

    fn settled(
        &mut self,
        before: &BTreeMap<AccountId, List>,
        host: &(impl Host + ?Sized),
    ) -> Vec<Effect> {
        let mut done = Done::default();
        self.settle(&mut done, host);
        self.effects(before, done, host)
    }
}

//! A booking that is divided: two trips of one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Effect, HeldTrip, Host, step::Done};
use crate::{
    pe::NameReference,
    routing::List,
    trip::{Traveller, TripId},
};

/// Two trips of one.
///
/// See the example of [`HeldTrip::divide`].
#[derive(Clone, Debug)]
pub struct Division {
    /// The trip of those who stay, under the key that it had.
    pub staying: HeldTrip,
    /// The trip of those who moved, under its own.
    pub moving: HeldTrip,
    /// The places that both take on lists, and lose.
    pub effects: Vec<Effect>,
}

impl HeldTrip {
    /// Divides a trip, some of whose names were moved to a booking of their own.
    ///
    /// `names` are the numbers of those names in the old and in the new booking. Holdings, shares and marks
    /// are those of both trips then; but who is in the PE field for some names only holds the trips of these
    /// names only, and a document for one name goes where the name goes. A document for the whole booking
    /// stays, and so do the flights: nobody is told of a division. The new locator comes as [`Command::ReplaceBooking`](super::Command::ReplaceBooking) for the trip
    /// of those who moved.
    ///
    /// Somebody whose names are all in one booking may be copied by a message of the other. Then he holds that
    /// trip too, but sees none of its documents, until a PE entry at least as new names him there.
    /// [`Command::ForgetWaiting`](super::Command::ForgetWaiting) ends what is known of him for that *(ours)*.
    ///
    /// The names that stay may have other numbers in their booking afterwards: import its
    /// [whole PE list](super::Confirmation::from_whole_pnr) again.
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
    /// let Division { staying, moving, effects } = both.divide(TripId::new(2), &names, &Service);
    /// let holders = |held: &HeldTrip| held.holders().map(|(account, _)| account).collect::<Vec<_>>();
    /// assert_eq!(holders(&staying), [AccountId::new(1)]);
    /// assert_eq!(holders(&moving), [AccountId::new(2)]);
    /// assert_eq!(effects.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn divide(
        self,
        id: TripId,
        names: &BTreeMap<NameReference, NameReference>,
        host: &impl Host,
    ) -> Division {
        let before: BTreeMap<_, _> = self.holders().collect();
        let known: BTreeSet<NameReference> = self
            .trip
            .iter()
            .flat_map(|trip| trip.itinerary().travellers())
            .filter_map(Traveller::reference)
            .collect();
        // A bare number is all passengers of that name: it stays where one of them does.
        let stays = |name: &NameReference| match name.passenger() {
            Some(_) => !names.contains_key(name),
            None => {
                let mut others = known.iter().filter(|other| !names.contains_key(other));
                let moves = names.keys().any(|moved| moved.item() == name.item());
                // Where it is not known who travels, nobody is left out.
                !moves || known.is_empty() || others.any(|other| other.item() == name.item())
            }
        };
        let moves = |name: &NameReference| {
            let moved = names.iter().filter(|(old, _)| {
                *old == name || (name.passenger().is_none() && old.item() == name.item())
            });
            moved.map(|(_, new)| *new).collect::<Vec<_>>()
        };
        let mut moving = self.clone();
        moving.id = id;
        let mut staying = self;
        if let Some(trip) = &mut staying.trip {
            trip.retain_travellers(|name| !names.contains_key(&name));
        }
        let kept = |name| stays(&name).then_some(name);
        let mut effects = staying.narrow(&before, kept, |name| kept(*name), Keep::Whole, host);
        let renamed = |name| names.get(&name).copied();
        effects.extend(moving.narrow(&BTreeMap::new(), renamed, moves, Keep::Named, host));
        Division {
            staying,
            moving,
            effects,
        }
    }

    /// Keeps what has to do with some of the names, under their numbers.
    fn narrow<I: IntoIterator<Item = NameReference>>(
        &mut self,
        before: &BTreeMap<super::AccountId, List>,
        documents: impl Fn(NameReference) -> Option<NameReference>,
        entries: impl Fn(&NameReference) -> I,
        keep: Keep,
        host: &impl Host,
    ) -> Vec<Effect> {
        if let Some(trip) = &mut self.trip {
            trip.rename_documents(keep == Keep::Whole, documents);
        }
        let mut strangers = BTreeSet::new();
        for (address, entry) in &mut self.entries {
            let had_names = !entry.scope.is_nothing();
            entry.scope.rename(&entries);
            // His entry stays, so that no message opens documents to him; who had no names loses none.
            if had_names && entry.scope.is_nothing() {
                strangers.insert(address.clone());
            }
        }
        self.forget_imports(|address, _| strangers.contains(address));
        let mut done = Done::default();
        self.settle(&mut done, host);
        self.effects(before, done, host)
    }
}

/// Whether the documents for the whole booking are kept.
#[derive(Clone, Copy, PartialEq)]
enum Keep {
    Named,
    Whole,
}

//! Whose a number was, as far as itineraries said.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::renumbering::{Renumbering, bare};
use crate::{
    pe::NameReference,
    trip::{Itinerary, PersonName, Traveller},
};

/// Who had which number.
#[derive(Clone, Default, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
struct Numbers {
    there: BTreeSet<(NameReference, PersonName)>,
    /// Who had one of an item, and was not there any more when it got another: what is for all of the item may be
    /// for him.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeSet::is_empty")
    )]
    left: BTreeSet<(u16, PersonName)>,
}

impl Numbers {
    /// Whose a number is.
    fn whose(&self, number: NameReference) -> Whose<'_> {
        let names = self.there.iter().filter(|(other, _)| *other == number);
        let names: Whose<'_> = names.map(|(_, name)| Some(name)).collect();
        match names.is_empty() {
            true => [None].into(),
            false => names,
        }
    }

    /// Who left a name.
    fn left(&self, item: u16) -> BTreeSet<&PersonName> {
        let left = self.left.iter().filter(|(other, _)| *other == item);
        left.map(|(_, name)| name).collect()
    }

    fn renumbered(self, renumbering: &Renumbering) -> Self {
        let mut new = Self::default();
        for (number, name) in self.there {
            if let Some(number) = renumbering.passenger(number) {
                new.there.insert((number, name));
            } else {
                new.left.extend(left(renumbering, number.item(), &name));
            }
        }
        for (item, name) in &self.left {
            new.left.extend(left(renumbering, *item, name));
        }
        new
    }
}

/// The names of which somebody is who left one.
fn left(
    renumbering: &Renumbering,
    item: u16,
    name: &PersonName,
) -> impl Iterator<Item = (u16, PersonName)> {
    let new = bare(item).map(|item| renumbering.of(item));
    let new = new.into_iter().flatten();
    new.map(|number| (number.item(), name.clone()))
}

/// The numbers of names, itinerary by itinerary. Adding to it is commutative, associative and idempotent, so the
/// order in which itineraries arrive cannot matter.
#[derive(Clone, Default, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Sightings {
    /// Of the booking, by when the itinerary was issued.
    issued: BTreeMap<Timestamp, Numbers>,
    /// Of the bookings of which it took the place.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeSet::is_empty")
    )]
    replaced: BTreeSet<Numbers>,
    /// Until when the numbers were those of another booking.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    until: Option<Timestamp>,
}

/// Whose a number can have been at some time: `None` is nobody whom an itinerary names, and where there is nothing, no
/// itinerary says anything.
type Whose<'a> = BTreeSet<Option<&'a PersonName>>;

impl Sightings {
    pub(super) const NONE: Self = Self {
        issued: BTreeMap::new(),
        replaced: BTreeSet::new(),
        until: None,
    };

    #[cfg(feature = "serde")]
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// Sees an itinerary, after which names got other numbers.
    pub(super) fn see<'a>(
        &mut self,
        itinerary: &Itinerary,
        issued: Timestamp,
        late: impl IntoIterator<Item = &'a Renumbering>,
    ) {
        let there = numbered(itinerary).map(|(number, name)| (number, name.clone()));
        let numbers = Numbers {
            there: there.collect(),
            left: BTreeSet::new(),
        };
        if !numbers.there.is_empty() {
            let late = late.into_iter();
            let Numbers { there, left } = late.fold(numbers, Numbers::renumbered);
            let known = self.issued.entry(issued).or_default();
            known.there.extend(there);
            known.left.extend(left);
        }
    }

    /// Whether a number is in a document whose it is in an entry, each of some time. Where either can have been
    /// somebody else's it is not.
    pub(super) fn is_same(
        &self,
        number: NameReference,
        entry: Timestamp,
        document: Timestamp,
    ) -> bool {
        let [entry, document] = [self.of_entry(entry), self.of_document(document)];
        let is_one = |number| {
            let named = whose(&document, number);
            // Of whom no itinerary knows, nobody knows more.
            let is_unknown = named.iter().all(Option::is_none);
            is_unknown || named.union(&whose(&entry, number)).count() <= 1
        };
        if number.passenger().is_some() {
            return is_one(number);
        }
        // One for all of a name is for each of them, and for who left it since.
        let item = number.item();
        let [had, has] = [&document, &entry].map(|all| {
            let left = all.iter().map(|numbers| numbers.left(item));
            left.collect::<BTreeSet<_>>()
        });
        let nobody_left = had.iter().all(BTreeSet::is_empty);
        let there = document.iter().flat_map(|numbers| &numbers.there);
        let mut passengers = there.map(|(number, _)| *number);
        passengers.all(|number| number.item() != item || is_one(number))
            && (nobody_left || had.union(&has).count() <= 1)
    }

    /// The numbers that an entry can have: what is as old as can be is of a booking that was replaced.
    fn of_entry(&self, time: Timestamp) -> Vec<&Numbers> {
        match self.until {
            Some(_) if time == Timestamp::MIN => self.replaced.iter().collect(),
            Some(_) | None => self.at(time),
        }
    }

    /// Those that a document can have, which does not say of which booking it is.
    fn of_document(&self, time: Timestamp) -> Vec<&Numbers> {
        let mut all = self.at(time);
        if self.until.is_some_and(|until| time < until) {
            all.extend(&self.replaced);
        }
        all
    }

    /// Between two itineraries they can be as in the one or in the other, and before the first as in the booking of
    /// before.
    fn at(&self, time: Timestamp) -> Vec<&Numbers> {
        let before = self.issued.range(..=time).next_back();
        let after = self.issued.range(time..).next();
        let after = after.filter(|_| before.is_none_or(|(issued, _)| *issued < time));
        let both = before.into_iter().chain(after).map(|(_, numbers)| numbers);
        let mut all: Vec<_> = both.collect();
        if before.is_none() {
            all.extend(&self.replaced);
        }
        all
    }

    /// The numbers that were seen before a time.
    pub(super) fn before(&self, time: Timestamp) -> impl Iterator<Item = NameReference> {
        let issued = self.issued.range(..time).map(|(_, numbers)| numbers);
        let all = issued.chain(&self.replaced).flat_map(|it| &it.there);
        all.map(|(number, _)| *number)
    }

    /// Puts the new numbers in the place of those of before a time.
    pub(super) fn renumber(&mut self, renumbering: &Renumbering, before: Timestamp) {
        for (_, numbers) in self.issued.range_mut(..before) {
            *numbers = core::mem::take(numbers).renumbered(renumbering);
        }
        let replaced = core::mem::take(&mut self.replaced).into_iter();
        self.replaced = replaced.map(|it| it.renumbered(renumbering)).collect();
    }

    /// Another booking, whose numbers count from a time, takes the place of the one.
    pub(super) fn replace(&mut self, at: Timestamp) {
        let issued = core::mem::take(&mut self.issued);
        self.replaced.extend(issued.into_values());
        self.until = Some(at);
    }

    /// Whether it was told of this itinerary.
    #[cfg(feature = "serde")]
    pub(super) fn has(
        &self,
        itinerary: &Itinerary,
        issued: Timestamp,
        is_of_replaced: bool,
    ) -> bool {
        let mut numbers = numbered(itinerary).map(|(number, name)| (number, name.clone()));
        let all = match is_of_replaced {
            true => self.replaced.iter().collect(),
            false => self.issued.get(&issued).into_iter().collect::<Vec<_>>(),
        };
        numbers.all(|it| all.iter().any(|numbers| numbers.there.contains(&it)))
    }

    /// Whether itineraries could have said so.
    #[cfg(feature = "serde")]
    pub(super) fn is_possible(
        &self,
        newest: Option<Timestamp>,
        replaced: impl FnOnce(Option<Timestamp>) -> bool,
    ) -> bool {
        let last = self.issued.last_key_value().map(|(issued, _)| *issued);
        let is_first = self.replaced.is_empty() || self.until.is_some();
        replaced(self.until) && is_first && last <= newest
    }
}

/// The travellers whose numbers are known.
fn numbered(itinerary: &Itinerary) -> impl Iterator<Item = (NameReference, &PersonName)> {
    let travellers = itinerary.travellers().iter();
    travellers.filter_map(|it: &Traveller| Some((it.reference()?, it.name())))
}

/// Whose a number is in either of some.
fn whose<'a>(all: &[&'a Numbers], number: NameReference) -> Whose<'a> {
    let all = all.iter().copied();
    all.flat_map(|numbers| numbers.whose(number)).collect()
}

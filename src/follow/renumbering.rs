//! Names that get other numbers: in place, or by a division.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{HeldTrip, Refusal, record::Left, step::Done};
use crate::{
    pe::NameReference,
    trip::{BookingId, Document, Traveller, Trip},
};

/// What becomes of the numbers of a booking's names.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Renumbering {
    /// Documents that were issued before have the old numbers.
    pub(super) at: Timestamp,
    /// So have confirmations that were issued before this; none, once the booking is replaced.
    pub(super) until: Timestamp,
    /// The new numbers of a name: none where it is of the trip no more, several for a bare number.
    names: BTreeMap<NameReference, BTreeSet<NameReference>>,
    /// The bare numbers of which no itinerary says whose they are.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeSet::is_empty")
    )]
    unsure: BTreeSet<NameReference>,
    rest: Rest,
}

/// What becomes of names that are not listed.
#[derive(Clone, Copy, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
enum Rest {
    Gone,
    Stays,
}

impl Renumbering {
    /// Nobody leaves the trip, but those of whom it is said.
    pub(super) fn of_all(names: &Names, at: Timestamp) -> Self {
        let mut new = names.said();
        let items: BTreeSet<u16> = new.keys().map(|name| name.item()).collect();
        let keeps = |name: NameReference| match new.get(&name) {
            Some(new) => new.clone(),
            None => [name].into(),
        };
        let bare = items
            .into_iter()
            .filter_map(|item| Some((bare(item)?, names.united(item, keeps))));
        let bare: BTreeMap<_, _> = bare.collect();
        let unsure = bare.keys().filter(|it| !names.is_known(it.item()));
        let unsure = unsure.copied().collect();
        new.extend(bare);
        Self {
            at,
            until: at,
            names: new,
            unsure,
            rest: Rest::Stays,
        }
    }

    /// Some names leave the trip.
    pub(super) fn of_those_who_stay(names: &Names, at: Timestamp, until: Timestamp) -> Self {
        let left = names.moved.keys().copied();
        let whole = names.items().filter(|item| !names.stays(*item));
        let left = left.chain(whole.filter_map(bare));
        Self {
            at,
            until,
            names: left.map(|name| (name, BTreeSet::new())).collect(),
            unsure: BTreeSet::new(),
            rest: Rest::Stays,
        }
    }

    /// The trip is that of some names only.
    pub(super) fn of_those_who_move(names: &Names, at: Timestamp, until: Timestamp) -> Self {
        let mut new = names.moved();
        for item in names.items() {
            let moves = |name| new.get(&name).cloned().unwrap_or_default();
            let mut united = names.united(item, moves);
            if names.stays(item) {
                // A part of the passengers does not become all of a name.
                let mine = names.passengers(item);
                united = mine.into_iter().flat_map(moves).collect();
            }
            if let Some(bare) = bare(item) {
                new.entry(bare).or_insert(united);
            }
        }
        Self {
            at,
            until,
            names: new,
            unsure: BTreeSet::new(),
            rest: Rest::Gone,
        }
    }

    /// Whether it is known already: whether the same names have other numbers, or left.
    pub(super) fn is_of(&self, names: &Names, at: Timestamp) -> bool {
        let said = names.said();
        let [mine, theirs] = [&self.names, &said].map(|names| {
            let of_one = names.iter().filter(|(old, _)| old.passenger().is_some());
            of_one.filter(|(old, new)| !new.iter().eq([*old]))
        });
        at == self.at && self.rest == Rest::Stays && mine.eq(theirs)
    }

    /// The new numbers of a name.
    pub(super) fn of(&self, name: NameReference) -> BTreeSet<NameReference> {
        match (self.names.get(&name), self.rest) {
            (Some(new), _) => new.clone(),
            (None, Rest::Stays) => [name].into(),
            (None, Rest::Gone) => BTreeSet::new(),
        }
    }

    /// Whether a name has this number from then on.
    fn gives(&self, name: NameReference) -> bool {
        self.names.values().any(|new| new.contains(&name))
    }

    /// Whether nobody knows whose a bare number was.
    pub(super) fn is_unsure(&self, name: NameReference) -> bool {
        self.unsure.contains(&name)
    }

    #[cfg(feature = "serde")]
    pub(super) fn has_unsure(&self) -> bool {
        !self.unsure.is_empty()
    }

    /// The new number of a passenger.
    pub(super) fn passenger(&self, name: NameReference) -> Option<NameReference> {
        self.of(name).first().copied()
    }

    /// The name that a document of a name is for: `Some(None)` where it is for several, so for the whole
    /// booking, and nothing where it is of the trip no more.
    pub(super) fn document(&self, name: NameReference) -> Option<Option<NameReference>> {
        let new = self.of(name);
        let first = new.first().copied()?;
        // What was for all passengers of a name may have been for more than who is one now.
        let is_same = first.passenger().is_some() == name.passenger().is_some();
        Some(Some(first).filter(|_| new.len() == 1 && is_same))
    }

    /// Whether a number says another name before it and after it.
    pub(super) fn concerns(&self, name: NameReference) -> bool {
        let taken = |(old, new): (&NameReference, &BTreeSet<NameReference>)| {
            *old != name && new.contains(&name)
        };
        self.of(name) != [name].into() || self.names.iter().any(taken)
    }
}

/// The numbers that names had and have, and those that are known.
pub(super) struct Names {
    /// None for a name that left.
    pub(super) moved: BTreeMap<NameReference, Option<NameReference>>,
    /// Of those who travel, as far as itineraries say.
    known: BTreeSet<NameReference>,
    /// Whether somebody travels whose number is not known.
    lacks_some: bool,
    /// Those that entries and documents name.
    named: BTreeSet<NameReference>,
}

/// The numbers of travellers, and whether somebody has none.
fn numbers(travellers: &[Traveller]) -> (BTreeSet<NameReference>, bool) {
    let numbers = travellers.iter().map(Traveller::name_reference);
    (
        numbers.clone().flatten().collect(),
        numbers.into_iter().any(|it| it.is_none()),
    )
}

impl Names {
    /// The new numbers. One that is said of two names is of neither: each would see what is the other's.
    fn moved(&self) -> BTreeMap<NameReference, BTreeSet<NameReference>> {
        let count = self.count();
        let new = |new: &NameReference| Some(*new).filter(|new| count.get(new) == Some(&1));
        let moved = self.moved.iter();
        moved
            .map(|(old, it)| (*old, it.iter().filter_map(new).collect()))
            .collect()
    }

    /// The same, with each number that another name gets: what names it and comes late is nobody's of now.
    fn said(&self) -> BTreeMap<NameReference, BTreeSet<NameReference>> {
        let mut new = self.moved();
        for taken in self.moved.values().flatten() {
            new.entry(*taken).or_default();
        }
        new
    }

    /// How many names get each number.
    fn count(&self) -> BTreeMap<NameReference, usize> {
        let mut count: BTreeMap<NameReference, usize> = BTreeMap::new();
        for new in self.moved.values().flatten() {
            let count = count.entry(*new).or_default();
            *count = count.saturating_add(1);
        }
        count
    }

    /// Refuses what does not say of each name which number it has.
    pub(super) fn each_is_one_passengers(&self) -> Result<(), Refusal> {
        let mut numbers = self.moved.keys().chain(self.moved.values().flatten());
        if numbers.any(|name| name.passenger().is_none()) {
            return Err(Refusal::BareNumber);
        }
        match self.count().values().any(|count| *count > 1) {
            true => Err(Refusal::NumberTaken),
            false => Ok(()),
        }
    }

    /// Refuses a number that is another name's still, or may be.
    fn are_free(&self) -> Result<(), Refusal> {
        let mut new = self.moved.values().flatten();
        match new.any(|name| !self.moved.contains_key(name) && self.may_be(*name)) {
            true => Err(Refusal::NumberTaken),
            false => Ok(()),
        }
    }

    /// Whether somebody may have a number.
    fn may_be(&self, name: NameReference) -> bool {
        let named = || bare(name.item()).is_some_and(|it| self.named.contains(&it));
        self.known.contains(&name)
            || self.named.contains(&name)
            || (!self.is_known(name.item()) && named())
    }

    /// Whether itineraries say who the passengers of a name are.
    fn is_known(&self, item: u16) -> bool {
        let is_his = |name: &&NameReference| name.item() == item;
        let mut moved = self.moved.keys().filter(is_his);
        !self.lacks_some
            && self.known.iter().any(|name| name.item() == item)
            && moved.all(|name| self.known.contains(name))
    }

    /// Whether each has the number that it had.
    pub(super) fn stay(&self) -> bool {
        self.moved.iter().all(|(old, new)| Some(*old) == *new)
    }

    /// The items of names that have other numbers.
    fn items(&self) -> impl Iterator<Item = u16> + use<> {
        let items = self.moved.keys().map(|name| name.item());
        items.collect::<BTreeSet<_>>().into_iter()
    }

    fn all(&self) -> impl Iterator<Item = NameReference> {
        let all = self.known.iter().chain(self.moved.keys()).copied();
        all.filter(|name| name.passenger().is_some())
    }

    fn passengers(&self, item: u16) -> BTreeSet<NameReference> {
        self.all().filter(|name| name.item() == item).collect()
    }

    /// Whether a passenger of a name stays. Where it is not known who travels, nobody is left out.
    pub(super) fn stays(&self, item: u16) -> bool {
        let mut passengers = self.passengers(item).into_iter();
        self.lacks_some
            || self.known.is_empty()
            || passengers.any(|name| !self.moved.contains_key(&name))
    }

    /// What a bare number becomes: again one, where all its passengers are known, and those of one name.
    fn united(
        &self,
        item: u16,
        new: impl Fn(NameReference) -> BTreeSet<NameReference>,
    ) -> BTreeSet<NameReference> {
        let mine = self.passengers(item);
        let united: BTreeSet<_> = mine.iter().copied().flat_map(&new).collect();
        if !self.is_known(item) {
            let moved = self.moved.keys().filter(|name| name.item() == item);
            return moved.copied().flat_map(new).collect();
        }
        let items: BTreeSet<u16> = united.iter().map(|name| name.item()).collect();
        let named = self.named.iter().copied();
        // Of a bare number of others whose passengers are known, these are meant.
        let named = named.filter(|it| it.passenger().is_some() || !self.is_known(it.item()));
        let mut others = self
            .all()
            .chain(named)
            .filter(|name| !mine.contains(name))
            .flat_map(&new);
        match items.first().copied() {
            Some(item) if items.len() == 1 && others.all(|other| other.item() != item) => {
                bare(item).into_iter().collect()
            }
            _ => united,
        }
    }
}

impl HeldTrip {
    /// What became of the numbers of names after something of the present booking was issued.
    pub(super) fn renumbered_since(&self, issued: Timestamp) -> impl Iterator<Item = &Renumbering> {
        let renumbered = self.renumbered.iter();
        renumbered.filter(move |renumbering| issued < renumbering.until)
    }

    /// Whether whose a number was at a time has left the trip.
    pub(super) fn has_left(&self, name: NameReference, at: Timestamp) -> bool {
        let mut since = self.renumbered.iter().filter(|it| at <= it.at);
        since.any(|it| it.of(name).is_empty() && !(at == it.at && it.gives(name)))
    }

    /// Gives names their new numbers.
    pub(super) fn give_numbers(
        &mut self,
        booking: &BookingId,
        names: BTreeMap<NameReference, Option<NameReference>>,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<Done, Refusal> {
        self.linked(booking, at, now)?;
        let names = self.names(names, at);
        names.each_is_one_passengers()?;
        let mut renumbered = self.renumbered.iter();
        if names.stay() || renumbered.any(|it| it.is_of(&names, at)) {
            return Ok(Done::default());
        }
        // Each goes by the numbers that the one before it gave.
        if self.renumbered.last().is_some_and(|last| at <= last.at) {
            return Err(Refusal::Conflict);
        }
        names.are_free()?;
        let renumbering = Renumbering::of_all(&names, at);
        self.renumber(renumbering.clone(), at, |name| {
            let of_several = name.and_then(|name| renumbering.document(name));
            Some(of_several.flatten())
        });
        Ok(Done::default())
    }

    /// The numbers that names get, and all that are known from before a time.
    pub(super) fn names(
        &self,
        moved: BTreeMap<NameReference, Option<NameReference>>,
        at: Timestamp,
    ) -> Names {
        let trip = self.trip.as_ref();
        let latest = trip.filter(|trip| trip.is_outdated() || trip.issued() < at);
        let (travellers, lacks_some) = latest
            .map(|trip| numbers(trip.itinerary().travellers()))
            .unwrap_or_default();
        let entries = self.entries.values().filter(|entry| entry.at < at);
        let entries = entries.flat_map(|entry| entry.scope.names());
        let documents = self.trip.iter().flat_map(Trip::documents);
        let documents = documents.filter(|document| document.issued() < at);
        let documents = documents.filter_map(Document::name_reference);
        Names {
            moved,
            known: travellers.into_iter().chain(self.seen.before(at)).collect(),
            lacks_some,
            named: entries.chain(documents).collect(),
        }
    }

    /// Puts the new numbers in the place of the old ones, in all together that was issued before a time: else who is
    /// there for one name sees what is another's.
    pub(super) fn renumber(
        &mut self,
        renumbering: Renumbering,
        before: Timestamp,
        document: impl Fn(Option<NameReference>) -> Option<Option<NameReference>>,
    ) {
        let Some(trip) = &mut self.trip else { return };
        trip.renumber(before, |name| renumbering.passenger(name), document);
        let mut strangers = BTreeSet::new();
        for (address, entry) in &mut self.entries {
            // His entry stays, so that no message opens documents to him.
            if entry.at < before && entry.scope.renumber(&renumbering) {
                entry.left = Some(Left {
                    entry: entry.at,
                    until: renumbering.until,
                });
                strangers.insert(address.clone());
            }
        }
        for address in &strangers {
            if let Some(import) = self.imports.get_mut(address) {
                import.end_before(before);
            }
        }
        self.forget_imports(|_, import| import.is_empty());
        self.seen.renumber(&renumbering, before);
        self.renumbered.push(renumbering);
    }
}

/// A number that is for all passengers of a name.
pub(super) fn bare(item: u16) -> Option<NameReference> {
    NameReference::new(item, None)
}

//! Whose a number was, as far as itineraries said.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::renumbering::{Renumbering, bare};
use crate::{
    pe::NameReference,
    trip::{Itinerary, PersonName, Traveller},
};

/// Who had which number, by one itinerary.
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
    /// Who had none that the itinerary shows: he may have one of any item.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeSet::is_empty")
    )]
    unnumbered: BTreeSet<PersonName>,
}

impl Numbers {
    /// Whose a number is: an infant can have that of an adult.
    fn whose(&self, number: NameReference) -> BTreeSet<&PersonName> {
        let names = self
            .there
            .iter()
            .filter(|(listed, _)| listed.includes(number));
        names.map(|(_, name)| name).collect()
    }

    /// Whether a number can be theirs: whom the itinerary leaves out, perhaps; whom it has or had elsewhere, not.
    fn can_be(&self, number: NameReference, theirs: &BTreeSet<&PersonName>) -> bool {
        let names = self.whose(number);
        let elsewhere = || self.items().any(|(_, name)| theirs.contains(name));
        names == *theirs || (names.is_empty() && !elsewhere())
    }

    /// Who is or was of each item.
    fn items(&self) -> impl Iterator<Item = (u16, &PersonName)> + Clone {
        let there = self.there.iter();
        let there = there.map(|(number, name)| (number.item(), name));
        there.chain(self.left.iter().map(|(item, name)| (*item, name)))
    }

    /// Whether what is for all of an item, and was for who left it by another itinerary, can be for the same people.
    fn can_be_without(&self, item: u16, left: &PersonName) -> bool {
        let mut his = self.items().filter(|(_, name)| *name == left);
        his.clone().any(|(of, _)| of == item) || his.next().is_none()
    }

    fn renumbered(self, renumbering: &Renumbering) -> Self {
        let mut new = Self {
            unnumbered: self.unnumbered,
            ..Self::default()
        };
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

/// No item: that of who left one with all others.
const NOWHERE: u16 = 0;

/// The items of which somebody is who left one.
fn left(
    renumbering: &Renumbering,
    item: u16,
    name: &PersonName,
) -> impl Iterator<Item = (u16, PersonName)> {
    let new = bare(item).map(|item| renumbering.of(item));
    let new = new.into_iter().flatten().map(|number| number.item());
    let mut items: BTreeSet<u16> = new.collect();
    if items.is_empty() {
        items.insert(NOWHERE);
    }
    items.into_iter().map(|item| (item, name.clone()))
}

/// The numbers of names, itinerary by itinerary. Adding to it is commutative, associative and idempotent, so the
/// order in which itineraries arrive cannot matter.
#[derive(Clone, Default, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Sightings {
    /// Of the booking, by when the itinerary was issued: of late ones, several can be of one time.
    issued: BTreeMap<Timestamp, BTreeSet<Numbers>>,
    /// Of the bookings of which it took the place.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "BTreeSet::is_empty")
    )]
    replaced: BTreeSet<Numbers>,
    /// Before when what was issued is thinned out.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    thinned: Option<Timestamp>,
    /// Until when the numbers were those of another booking.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    until: Option<Timestamp>,
}

impl Sightings {
    pub(super) const NONE: Self = Self {
        issued: BTreeMap::new(),
        replaced: BTreeSet::new(),
        thinned: None,
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
        let numbers = Numbers {
            there: numbered(itinerary).collect(),
            left: BTreeSet::new(),
            unnumbered: unnumbered(itinerary).collect(),
        };
        if !numbers.there.is_empty() {
            let numbers = late.into_iter().fold(numbers, Numbers::renumbered);
            let around = self.lost_at(issued);
            self.issued.entry(issued).or_insert(around).insert(numbers);
        }
    }

    /// What may have been issued at a time, and was thinned out: as what was issued around it.
    fn lost_at(&self, time: Timestamp) -> BTreeSet<Numbers> {
        let before = self.issued.range(..time).next_back();
        let around = before.into_iter().chain(self.issued.range(time..).next());
        let around = around.filter(|_| self.thinned.is_some_and(|thinned| time < thinned));
        around.flat_map(|(_, numbers)| numbers).cloned().collect()
    }

    /// Whether a number is in a document whose it is in an entry, each of some time. Where either can have been
    /// somebody else's it is not.
    pub(super) fn is_same(
        &self,
        number: NameReference,
        entry: Timestamp,
        document: Timestamp,
    ) -> bool {
        let is_replaced = self.until.is_some() && entry == Timestamp::MIN;
        let was_replaced = self.until.is_some_and(|until| document < until);
        // Where the numbers of the booking of before are not known, those of this one say nothing of it.
        let is_known =
            is_replaced == was_replaced || self.issued.is_empty() || !self.replaced.is_empty();
        let mut both = Both {
            seen: self,
            issued: document,
            entry: match is_replaced {
                true => self.replaced.iter().collect(),
                false => self.at(entry),
            },
            document: self.at(document),
        };
        if was_replaced {
            both.document.extend(&self.replaced);
        }
        is_known
            && match number.passenger() {
                Some(_) => both.agree_on(number),
                None => both.agree_on_item(number.item()),
            }
    }

    /// The numbers at a time: between two itineraries as in the one or in the other, and before the first as in the
    /// booking of before.
    fn at(&self, time: Timestamp) -> Vec<&Numbers> {
        let before = self.issued.range(..=time).next_back();
        // Of one that was issued then, the same.
        let after = self.issued.range(time..).next();
        let both = before.into_iter().chain(after);
        let mut all: Vec<_> = both.flat_map(|(_, numbers)| numbers).collect();
        if before.is_none() {
            all.extend(&self.replaced);
        }
        all
    }

    /// Whose something was at a time, where the itineraries around it leave that out: by the last one before it that
    /// says so; or, as it can be either, by the first one since and in the booking of before. So it can where those
    /// around it do not show the numbers of all.
    fn nearest(&self, time: Timestamp, says: impl Fn(&Numbers) -> bool) -> Vec<&Numbers> {
        let one_says = |(_, numbers): &(_, &BTreeSet<Numbers>)| numbers.iter().any(&says);
        let before = self.issued.range(..=time).rev().find(one_says);
        let hides = self.at(time).iter().any(|it| !it.unnumbered.is_empty());
        let since = self.issued.range(time..).find(one_says);
        let since = since.filter(|_| hides || before.is_none());
        let nearest = before.into_iter().chain(since);
        let nearest = nearest.flat_map(|(_, numbers)| numbers);
        let replaced = self.replaced.iter().filter(|_| before.is_none());
        nearest.chain(replaced).collect()
    }

    /// The numbers that were seen before a time.
    pub(super) fn before(&self, time: Timestamp) -> impl Iterator<Item = NameReference> {
        let issued = self.issued.range(..time).flat_map(|(_, numbers)| numbers);
        let all = issued.chain(&self.replaced).flat_map(|it| &it.there);
        all.map(|(number, _)| *number)
    }

    /// Of itineraries in a row that were issued before a time and say the same, keeps the first and the last: nothing
    /// that comes between them later can make more visible then.
    pub(super) fn thin_out(&mut self, before: Timestamp) {
        let known: Vec<_> = self.issued.range(..before).collect();
        let same = |run: &&[(&Timestamp, &BTreeSet<Numbers>)]| {
            run.iter()
                .all(|(_, numbers)| Some(*numbers) == run.first().map(|(_, first)| *first))
        };
        let runs = known.windows(3).filter(same);
        let within: BTreeSet<Timestamp> = runs.filter_map(|run| Some(*run.get(1)?.0)).collect();
        self.issued.retain(|issued, _| !within.contains(issued));
        if !within.is_empty() {
            self.thinned = self.thinned.max(Some(before));
        }
    }

    /// Puts the new numbers in the place of those of before a time.
    pub(super) fn renumber(&mut self, renumbering: &Renumbering, before: Timestamp) {
        let issued = self.issued.range_mut(..before).map(|(_, numbers)| numbers);
        for numbers in issued.chain([&mut self.replaced]) {
            let old = core::mem::take(numbers).into_iter();
            *numbers = old.map(|it| it.renumbered(renumbering)).collect();
        }
    }

    /// Another booking, whose numbers count from a time, takes the place of the one.
    pub(super) fn replace(&mut self, at: Timestamp) {
        let issued = core::mem::take(&mut self.issued);
        self.replaced.extend(issued.into_values().flatten());
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
        let all = match is_of_replaced {
            true => Some(&self.replaced),
            false => self.issued.get(&issued),
        };
        let mut all = all.into_iter().flatten();
        let there: BTreeSet<_> = numbered(itinerary).collect();
        there.is_empty() || all.any(|numbers| numbers.there == there)
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

/// The numbers that there can have been at the time of an entry, and at that of a document.
struct Both<'a> {
    seen: &'a Sightings,
    /// When the document was made.
    issued: Timestamp,
    entry: Vec<&'a Numbers>,
    document: Vec<&'a Numbers>,
}

impl Both<'_> {
    /// Whether a number is the same people's in all of them, and was theirs last where these leave it out. Whom an
    /// itinerary leaves out has it in a document all the same, and in an entry not surely.
    fn agree_on(&self, number: NameReference) -> bool {
        let is_somebodys =
            |it: &Numbers| it.there.iter().any(|(listed, _)| listed.includes(number));
        let last = self.seen.nearest(self.issued, is_somebodys);
        let all = self.entry.iter().chain(&self.document).copied().chain(last);
        let names = all.map(|it| it.whose(number));
        let whose: BTreeSet<_> = names.filter(|names| !names.is_empty()).collect();
        whose.len() <= 1
            && whose.iter().all(|theirs| {
                self.entry.iter().all(|it| it.whose(number) == *theirs)
                    && self.document.iter().all(|it| it.can_be(number, theirs))
            })
    }

    /// The same of all that has an item. What is for all of it is for each of them, and for who left it since: for
    /// one of them at least the entry is, too, by whichever of the itineraries it was.
    fn agree_on_item(&self, item: u16) -> bool {
        let is_somebodys = |it: &Numbers| it.items().any(|(of, _)| of == item);
        let last = self.seen.nearest(self.issued, is_somebodys);
        let document: Vec<_> = self.document.iter().copied().chain(last).collect();
        let is_in_entry = |his| {
            let mut entry = self.entry.iter();
            entry.all(|numbers| numbers.items().any(|it| it == his))
        };
        let is_for_one = document.iter().all(|numbers| {
            let mut theirs = numbers.items().filter(|(of, _)| *of == item).peekable();
            theirs.peek().is_none() || theirs.any(is_in_entry)
        });
        let there = document.iter().flat_map(|numbers| &numbers.there);
        let there = there.map(|(number, _)| *number);
        let passengers: BTreeSet<_> = there.filter(|number| number.item() == item).collect();
        let left = document.iter().flat_map(|numbers| &numbers.left);
        let left = left.filter(|(from, _)| *from == item);
        let left = left.map(|(_, name)| name);
        let unnumbered = document.iter().flat_map(|numbers| &numbers.unnumbered);
        let can_be_without = |name| self.entry.iter().all(|it| it.can_be_without(item, name));
        is_for_one
            && passengers.into_iter().all(|number| self.agree_on(number))
            && left.chain(unnumbered).all(can_be_without)
    }
}

/// The travellers whose numbers are known; names in one case, for mails have them in another.
fn numbered(itinerary: &Itinerary) -> impl Iterator<Item = (NameReference, PersonName)> {
    let travellers = itinerary.travellers().iter();
    travellers.filter_map(|it: &Traveller| Some((it.name_reference()?, it.name().in_capitals())))
}

/// The others.
fn unnumbered(itinerary: &Itinerary) -> impl Iterator<Item = PersonName> {
    let travellers = itinerary.travellers().iter();
    let others = travellers.filter(|it: &&Traveller| it.name_reference().is_none());
    others.map(|it| it.name().in_capitals())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::{Timestamp, civil::Date};
    use proptest::prelude::*;

    use super::{Numbers, Sightings};
    use crate::trip::{Flight, Itinerary, Traveller};

    fn at(second: i64) -> Timestamp {
        Timestamp::constant(second, 0)
    }

    /// The numbers of one name, or none.
    fn numbers(which: u8) -> Numbers {
        let there =
            (which > 0).then(|| ("1.1".parse().unwrap(), format!("{which}").parse().unwrap()));
        Numbers {
            there: there.into_iter().collect(),
            ..Numbers::default()
        }
    }

    fn itinerary(which: u8) -> Itinerary {
        let day = Date::constant(2026, 12, 1);
        let flight = Flight::new("LHR".parse().unwrap(), "SIN".parse().unwrap(), day);
        let name = format!("{which}").parse().unwrap();
        let traveller = Traveller::new(name).with_name_reference("1.1".parse().unwrap());
        Itinerary::new([flight], [traveller]).unwrap()
    }

    #[test]
    fn what_was_issued_since_is_not_thinned_out() {
        let mut seen = Sightings::NONE;
        for time in [1, 2, 3, 9] {
            seen.see(&itinerary(1), at(time), []);
        }
        seen.thin_out(at(5));
        seen.see(&itinerary(2), at(4), []);
        seen.see(&itinerary(2), at(5), []);
        let known: Vec<_> = seen
            .issued
            .iter()
            .map(|(time, all)| (time.as_second(), all.len()))
            .collect();
        assert_eq!(known, [(1, 1), (3, 1), (4, 2), (5, 1), (9, 1)]);
    }

    proptest! {
        /// What was whose is as it was, at any time, and around it.
        #[test]
        fn what_is_thinned_out_says_the_same(
            issued in proptest::collection::btree_map(0..40_i64, proptest::collection::btree_set(0..3_u8, 1..3), 0..20),
            before in 0..45_i64,
        ) {
            let sets = issued.iter().map(|(time, which)| (at(*time), which.iter().map(|it| numbers(*it)).collect()));
            let all = Sightings { issued: sets.collect(), ..Sightings::NONE };
            let mut thin = all.clone();
            thin.thin_out(at(before));
            let set = |numbers: Vec<&Numbers>| numbers.into_iter().cloned().collect::<BTreeSet<_>>();
            for time in -1..46 {
                prop_assert!(set(all.at(at(time))) == set(thin.at(at(time))));
                for which in 0..3 {
                    let says = |it: &Numbers| *it == numbers(which);
                    let [one, other] = [&all, &thin].map(|it| set(it.nearest(at(time), says)));
                    prop_assert!(one == other);
                }
            }
            let kept: Vec<_> = thin.issued.range(..at(before)).map(|(_, numbers)| numbers).collect();
            prop_assert!(kept.windows(3).all(|run| run[0] != run[1] || run[1] != run[2]));
            let newer = |of: &Sightings| of.issued.range(at(before)..).map(|(time, _)| *time).collect::<Vec<_>>();
            prop_assert_eq!(newer(&all), newer(&thin));
        }

        /// What comes late makes no more visible than if nothing had been thinned out.
        #[test]
        fn what_comes_later_makes_no_more_visible(
            issued in proptest::collection::btree_map(0..12_i64, 1..3_u8, 3..12),
            before in 0..14_i64,
            late in proptest::collection::vec((0..14_i64, 1..3_u8), 1..4),
        ) {
            let mut all = Sightings::NONE;
            for (time, which) in issued {
                all.see(&itinerary(which), at(time), []);
            }
            let mut thin = all.clone();
            thin.thin_out(at(before));
            for (time, which) in late {
                all.see(&itinerary(which), at(time), []);
                thin.see(&itinerary(which), at(time), []);
            }
            let number = "1.1".parse().unwrap();
            for entry in -1..14 {
                for document in -1..14 {
                    let [full, thinned] = [&all, &thin].map(|it| it.is_same(number, at(entry), at(document)));
                    prop_assert!(full || !thinned, "{entry} {document}");
                }
            }
        }
    }
}

//! Whose a number was, as far as itineraries said.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};

use super::renumbering::Renumbering;
use crate::{
    pe::NameReference,
    trip::{Itinerary, PersonName, Traveller},
};

/// The names that itineraries had at each number, and when. Adding to it is commutative, associative and
/// idempotent, so the order in which itineraries arrive cannot matter.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub(super) struct Sightings(BTreeMap<NameReference, BTreeMap<PersonName, Sighted>>);

/// When the first and the last itinerary were issued that had a name at a number.
#[derive(Clone, Copy, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
struct Sighted {
    first: Timestamp,
    last: Timestamp,
    /// Whether the name left by a division, and was not seen there again.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "is_false"))]
    left: bool,
}

#[cfg(feature = "serde")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_false(left: &bool) -> bool {
    !*left
}

impl Sighted {
    fn unite(self, other: Self) -> Self {
        Self {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
            left: self.left && other.left,
        }
    }
}

impl Sightings {
    pub(super) const NONE: Self = Self(BTreeMap::new());

    #[cfg(feature = "serde")]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn see(&mut self, itinerary: &Itinerary, issued: Timestamp) {
        let seen = Sighted {
            first: issued,
            last: issued,
            left: false,
        };
        for (number, name) in numbered(itinerary) {
            self.add(number, name.clone(), seen);
        }
    }

    fn add(&mut self, number: NameReference, name: PersonName, seen: Sighted) {
        let names = self.0.entry(number).or_default();
        let known = names.entry(name).or_insert(seen);
        *known = known.unite(seen);
    }

    /// Whether a number is one name's from a time until now. Where one name only was ever seen at it, it is; where
    /// names were seen to take turns, nobody knows.
    pub(super) fn holds(&self, number: NameReference, since: Timestamp) -> bool {
        let is_meant = |other: &NameReference| match number.passenger() {
            Some(_) => *other == number,
            None => other.item() == number.item(),
        };
        let meant = self.0.iter().filter(|(other, _)| is_meant(other));
        meant.into_iter().all(|(_, names)| one_since(names, since))
    }

    /// Keeps what was seen of names that left: a number of theirs that another gets was not always his.
    pub(super) fn keep<'a>(
        &mut self,
        before: &Self,
        left: impl IntoIterator<Item = &'a NameReference>,
    ) {
        for number in left {
            for (name, seen) in before.0.get(number).into_iter().flatten() {
                let seen = Sighted {
                    left: true,
                    ..*seen
                };
                self.add(*number, name.clone(), seen);
            }
        }
    }

    /// The numbers that were seen before a time, but of those who left.
    pub(super) fn before(&self, time: Timestamp) -> impl Iterator<Item = NameReference> {
        let numbers = self.0.iter().filter(move |(_, names)| {
            let mut seen = names.values();
            seen.any(|seen| seen.first < time && !seen.left)
        });
        numbers.map(|(number, _)| *number)
    }

    /// Puts the new numbers in the place of those of before. What was seen before and after may be either.
    pub(super) fn renumber(&mut self, renumbering: &Renumbering, before: Timestamp) {
        for (number, names) in core::mem::take(&mut self.0) {
            for (name, seen) in names {
                if seen.left {
                    if !renumbering.concerns(number) {
                        self.add(number, name, seen);
                    }
                    continue;
                }
                if seen.first < before
                    && let Some(new) = renumbering.passenger(number)
                {
                    self.add(new, name.clone(), seen);
                }
                if seen.last >= before {
                    self.add(number, name, seen);
                }
            }
        }
    }

    /// What was seen until now is older than what any other booking says, whose numbers count from a time; documents
    /// are as old as they are.
    pub(super) fn age(
        &mut self,
        at: Timestamp,
        newest: impl Fn(NameReference) -> Option<Timestamp>,
    ) {
        let before = at.checked_sub(1.nanosecond()).unwrap_or(Timestamp::MIN);
        for (number, names) in &mut self.0 {
            let seen = Sighted {
                first: Timestamp::MIN,
                last: newest(*number).unwrap_or(before).max(before),
                left: false,
            };
            let there = names.values_mut().filter(|it| !it.left);
            there.for_each(|it| *it = seen);
        }
    }

    /// Whether it was told of this itinerary.
    #[cfg(feature = "serde")]
    pub(super) fn has(&self, itinerary: &Itinerary) -> bool {
        let has = |number, name| self.0.get(&number).is_some_and(|it| it.contains_key(name));
        numbered(itinerary).all(|(number, name)| has(number, name))
    }

    /// Whether itineraries could have said so.
    #[cfg(feature = "serde")]
    pub(super) fn is_possible(&self) -> bool {
        let mut names = self.0.values();
        names.all(|names| {
            !names.is_empty() && names.values().all(|seen: &Sighted| seen.first <= seen.last)
        })
    }
}

/// The travellers whose numbers are known.
fn numbered(itinerary: &Itinerary) -> impl Iterator<Item = (NameReference, &PersonName)> {
    let travellers = itinerary.travellers().iter();
    travellers.filter_map(|it: &Traveller| Some((it.reference()?, it.name())))
}

/// Whether the latest name is the only one since a time, and was never there before another.
fn one_since(names: &BTreeMap<PersonName, Sighted>, since: Timestamp) -> bool {
    let latest = names.iter().max_by_key(|(_, seen)| seen.last);
    let Some((name, latest)) = latest else {
        return true;
    };
    let mut others = names.iter().filter(|(other, _)| *other != name).peekable();
    others.peek().is_none()
        || (latest.first <= since && others.all(|(_, other)| other.last < latest.first))
}

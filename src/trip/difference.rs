//! What changed between two itineraries.

use core::fmt;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Flight;
use crate::text::quiet;

quiet! {
    /// One change of an itinerary.
    ///
    /// See the example of [`difference`].
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum Change {
        /// A flight was added.
        Added(Flight),
        /// A flight is cancelled.
        Cancelled(Flight),
        /// A flight changed: how it was, and how it is.
        Changed(Box<(Flight, Flight)>),
    }
}

impl Change {
    /// Which parts of a flight changed; none for a flight that was added or is cancelled.
    ///
    /// ```
    /// use peline::jiff::civil::{date, time};
    /// use peline::trip::{Aspect, Flight, difference};
    /// let old = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1))
    ///     .with_segment("1".parse()?)
    ///     .with_departure_time(time(23, 50, 0, 0));
    /// let new = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 2))
    ///     .with_segment("1".parse()?)
    ///     .with_departure_time(time(0, 20, 0, 0));
    /// let changes = difference([&old], [&new]);
    /// let aspects: Vec<_> = changes.iter().flat_map(|change| change.aspects()).collect();
    /// assert_eq!(aspects, [Aspect::Departure]);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    pub fn aspects(&self) -> impl Iterator<Item = Aspect> {
        let both = match self {
            Self::Changed(both) => Some(&**both),
            Self::Added(_) | Self::Cancelled(_) => None,
        };
        let differs =
            move |aspect: &Aspect| both.is_some_and(|(old, new)| aspect.differs(old, new));
        Aspect::ALL.into_iter().filter(differs)
    }
}

/// A part of a flight that travellers and followers are told about when it changes.
///
/// A zone that becomes known, a codeshare, a segment key tell nobody anything new.
///
/// ```
/// use peline::trip::Aspect;
/// assert_eq!(Aspect::Departure.name(), "departure");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Aspect {
    /// Airline or number.
    Designator,
    /// The airport of departure.
    Origin,
    /// The airport of arrival.
    Destination,
    /// Date or time of departure.
    Departure,
    /// Date or time of arrival.
    Arrival,
}

impl Aspect {
    /// Every aspect.
    ///
    /// ```
    /// assert_eq!(peline::trip::Aspect::ALL.len(), 5);
    /// ```
    pub const ALL: [Self; 5] = [
        Self::Designator,
        Self::Origin,
        Self::Destination,
        Self::Departure,
        Self::Arrival,
    ];

    /// A name for programs.
    ///
    /// See the example of [`Aspect`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Designator => "designator",
            Self::Origin => "origin",
            Self::Destination => "destination",
            Self::Departure => "departure",
            Self::Arrival => "arrival",
        }
    }

    fn differs(self, old: &Flight, new: &Flight) -> bool {
        let departure = |flight: &Flight| (flight.departure_date(), flight.departure_time());
        match self {
            Self::Designator => old.designator() != new.designator(),
            Self::Origin => old.origin() != new.origin(),
            Self::Destination => old.destination() != new.destination(),
            Self::Departure => departure(old) != departure(new),
            Self::Arrival => old.arrival() != new.arrival(),
        }
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Says what changed from the old flights to the new ones.
///
/// Flights are matched that are told apart by nothing; then by the booking's own segment key, where they have airline and
/// number or an airport at the same end in common *(ours: what displays call a key is the number of a line, and moves up
/// when a flight goes)*; those left over by being
/// [the same flight](Flight::may_be), of which those with the same number come first; then by being the same number
/// between the same airports on another day *(ours)*; those left over by their position, again where they have something
/// in common *(ours: a flight to elsewhere is no change of this one)*. So a time
/// that moves past midnight, another airport, another number are changes of one flight. What is left over then is
/// cancelled or added.
///
/// On another day, flights of one number keep the order of their days. Where there are more on one side, each of the
/// other side takes the nearest day that leaves enough for those behind it, of two as near the earlier *(ours)*.
///
/// Each flight is compared with each, so the time grows with the square of their number: an
/// [`Itinerary`](super::Itinerary) has few.
///
/// Nothing is known here of the time at which the new flights were issued: what was flown by then, a
/// [`Trip`](super::Trip) knows.
///
/// Changes come in the order of the new flights, cancelled ones at the end. Equal flights make none.
///
/// # Example
///
/// ```
/// use peline::jiff::civil::date;
/// use peline::trip::{Change, Flight, difference};
///
/// let flight = |number: &str, day| {
///     let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, day));
///     Ok::<_, peline::ParseError>(flight.with_designator(number.parse()?))
/// };
/// let (out, other, late) = (flight("BA11", 1)?, flight("SQ1", 3)?, flight("SQ1", 4)?);
/// let changes = difference([&out, &other], [&late]);
/// assert_eq!(changes, [Change::Changed(Box::new((other, late))), Change::Cancelled(out)]);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[must_use]
pub fn difference<'a>(
    old: impl IntoIterator<Item = &'a Flight>,
    new: impl IntoIterator<Item = &'a Flight>,
) -> Vec<Change> {
    difference_unless_flown(old, new, |_| false)
}

/// The same, where some of the old flights were flown when the new ones were issued: see [`matches`].
/// That one of them is left out is no change.
pub(super) fn difference_unless_flown<'a>(
    old: impl IntoIterator<Item = &'a Flight>,
    new: impl IntoIterator<Item = &'a Flight>,
    flown: impl Fn(&Flight) -> bool,
) -> Vec<Change> {
    let old = old.into_iter().map(|flight| Old {
        flight,
        flown: flown(flight),
    });
    let (old, new): (Vec<_>, Vec<_>) = (old.collect(), new.into_iter().collect());
    let mut gone = vec![true; old.len()];
    let mut changes = Vec::new();
    for (flight, matched) in new.iter().zip(matches(&old, &new)) {
        let Some((before, gone)) = matched.and_then(|at| old.get(at).zip(gone.get_mut(at))) else {
            changes.push(Change::Added((*flight).clone()));
            continue;
        };
        *gone = false;
        let change = Change::Changed(Box::new((before.flight.clone(), (*flight).clone())));
        if change.aspects().next().is_some() {
            changes.push(change);
        }
    }
    let gone = old.iter().zip(gone);
    let gone = gone.filter(|(before, gone)| *gone && !before.flown);
    changes.extend(gone.map(|(before, _)| Change::Cancelled(before.flight.clone())));
    changes
}

/// A flight as it was.
#[derive(Clone, Copy)]
pub(crate) struct Old<'a> {
    pub(crate) flight: &'a Flight,
    /// Whether it was flown before the new flights were issued, as far as its time says.
    pub(crate) flown: bool,
}

/// For each new flight, which old one it is.
///
/// An old one that was flown is the same flight, perhaps a late one, or none: it did not become one of another day or
/// number.
pub(crate) fn matches(old: &[Old<'_>], new: &[&Flight]) -> Vec<Option<usize>> {
    let mut matching = Matching::new(old, new);
    matching.by_flight();
    matching.by_number();
    matching.by_position();
    matching.matched
}

/// For each new flight, which one it is of those that did not go any more: to have its place is not enough.
#[cfg(feature = "calendar")]
pub(crate) fn matches_again(old: &[Old<'_>], new: &[&Flight]) -> Vec<Option<usize>> {
    let mut matching = Matching::new(old, new);
    matching.by_flight();
    matching.by_number();
    matching.matched
}

/// Old flights and new ones, and what is known of which is which.
struct Matching<'a> {
    old: &'a [Old<'a>],
    new: &'a [&'a Flight],
    /// For each new flight, which old one it is.
    matched: Vec<Option<usize>>,
    /// For each old flight, whether it may still be a new one.
    free: Vec<bool>,
}

/// Flights of one number: the days of those that are left, and their places.
type Days = Vec<(Date, usize)>;

impl<'a> Matching<'a> {
    fn new(old: &'a [Old<'a>], new: &'a [&'a Flight]) -> Self {
        Self {
            old,
            new,
            matched: vec![None; new.len()],
            free: vec![true; old.len()],
        }
    }

    /// By key, or as the same flight, if it departs late.
    fn by_flight(&mut self) {
        self.take(|old, new| old.flight.segment() == new.segment() && is_same(old.flight, new));
        self.take(|old, new| is_same(old.flight, new));
        self.take(|old, new| {
            let has_key = new.segment().is_some() && old.flight.segment() == new.segment();
            has_key && has_common(old.flight, new)
        });
        self.take(|old, new| {
            old.flight.has_same_number(new) && old.flight.departure_date() == new.departure_date()
        });
        self.take(|old, new| old.flight.may_be(new));
        self.take(|old, new| old.flown && old.flight.may_be_late(new));
    }

    /// Gives each new flight the first old one that is the same.
    fn take(&mut self, same: impl Fn(&Old<'_>, &Flight) -> bool) {
        for (slot, flight) in self.matched.iter_mut().zip(self.new) {
            if slot.is_none() {
                let found = self.old.iter().zip(&mut self.free).enumerate();
                let mut found = found.filter(|(_, (before, free))| **free && same(before, flight));
                if let Some((at, (_, free))) = found.next() {
                    (*slot, *free) = (Some(at), false);
                }
            }
        }
    }

    /// The old flights that are left, but for those that were flown.
    fn left(&self) -> Vec<(usize, &'a Flight)> {
        let old = self.old.iter().zip(&self.free).enumerate();
        let left = old.filter(|(_, (before, free))| **free && !before.flown);
        left.map(|(at, (before, _))| (at, before.flight)).collect()
    }

    /// The same number between the same airports on another day.
    fn by_number(&mut self) {
        let mut numbers: BTreeMap<_, [Days; 2]> = BTreeMap::new();
        let mut add = |flight: &Flight, at, side: fn(&mut [Days; 2]) -> &mut Days| {
            if let Some(number) = flight.number_and_ends() {
                side(numbers.entry(number).or_default()).push((flight.departure_date(), at));
            }
        };
        for (at, flight) in self.left() {
            add(flight, at, |[old, _]| old);
        }
        let new = self.new.iter().zip(&self.matched).enumerate();
        for (at, (flight, _)) in new.filter(|(_, (_, matched))| matched.is_none()) {
            add(flight, at, |[_, new]| new);
        }
        for [mut old, mut new] in numbers.into_values() {
            old.sort_unstable();
            new.sort_unstable();
            match old.len() < new.len() {
                true => nearest(&old, &new, |old, new| self.pair(old, new)),
                false => nearest(&new, &old, |new, old| self.pair(old, new)),
            }
        }
    }

    /// What is left, as it stands.
    fn by_position(&mut self) {
        let left = self.left();
        let new = self.matched.iter_mut().zip(self.new);
        let new = new.filter(|(slot, _)| slot.is_none());
        for ((slot, flight), (at, before)) in new.zip(left) {
            if has_common(before, flight) {
                *slot = Some(at);
            }
        }
    }

    fn pair(&mut self, old: usize, new: usize) {
        if let Some((slot, free)) = self.matched.get_mut(new).zip(self.free.get_mut(old)) {
            (*slot, *free) = (Some(old), false);
        }
    }
}

/// Whether nobody has to be told of a difference.
fn is_same(old: &Flight, new: &Flight) -> bool {
    !Aspect::ALL.iter().any(|aspect| aspect.differs(old, new))
}

/// Whether one can have become the other: by airline and number, or by an airport at the same end.
fn has_common(old: &Flight, new: &Flight) -> bool {
    (old.designator().is_some() && old.designator() == new.designator())
        || old.origin() == new.origin()
        || old.destination() == new.destination()
}

/// Pairs each of the few with the nearest of the many, so that both keep their order and no one is left without.
fn nearest(few: &[(Date, usize)], many: &[(Date, usize)], mut pair: impl FnMut(usize, usize)) {
    let mut rest = many.iter();
    for (behind, (day, at)) in (0..few.len()).rev().zip(few) {
        let enough = rest.len().saturating_sub(behind);
        let days = rest.clone().take(enough).map(|(day, _)| *day);
        let away = days.map(|other| day.duration_since(other).unsigned_abs());
        let Some((skip, _)) = away.enumerate().min_by_key(|(_, away)| *away) else {
            return;
        };
        if let Some((_, other)) = rest.nth(skip) {
            pair(*at, *other);
        }
    }
}

crate::text::by_name! { Aspect }

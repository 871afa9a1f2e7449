//! What a trip has in a feed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::event::{Event, next};
use crate::{
    follow::{Host, TripView},
    trip::{Flight, Itinerary, Leg, LegStatus, Old, matches, matches_again},
};

/// So many events has a trip: five times the flights of an itinerary. Who edits a trip again and again does not fill the
/// calendars of those he shares it with.
const MOST_EVENTS: usize = 5 * Itinerary::MAX_FLIGHTS;

/// The events of a trip as they were last published.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Published {
    /// Of which booking of the trip the flights have their keys.
    turn: u32,
    /// By the number of its leg, which stays.
    events: BTreeMap<usize, Event>,
    /// How many legs were numbered.
    numbered: usize,
    /// Which events the flights of the itinerary have, in its order. The others are gone: those that are not cancelled
    /// were flown.
    legs: Vec<usize>,
}

/// What the events of a trip begin with that was published before and ended.
#[derive(Clone, Copy, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Start {
    pub(super) sequence: u32,
    /// No event is stamped before it.
    pub(super) stamp: Timestamp,
}

impl Start {
    /// What those of a trip begin with that was not published before.
    const NEW: Self = Self {
        sequence: 0,
        stamp: Timestamp::MIN,
    };
}

impl Published {
    /// A trip of which nothing was published, or nothing is left.
    const NONE: Self = Self {
        turn: 0,
        events: BTreeMap::new(),
        numbered: 0,
        legs: Vec::new(),
    };

    /// Each with the number of its leg, counted from 1.
    pub(super) fn events(&self) -> impl ExactSizeIterator<Item = (usize, &Event)> {
        let events = self.events.iter();
        events.map(|(leg, event)| (leg.saturating_add(1), event))
    }

    /// What the events begin with should the trip come back.
    pub(super) fn end(&self) -> Start {
        let ended = self.events.values().map(|event| Start {
            sequence: next(event.sequence),
            stamp: event.stamp,
        });
        ended.fold(Start::NEW, |one, other| Start {
            sequence: one.sequence.max(other.sequence),
            stamp: one.stamp.max(other.stamp),
        })
    }

    /// The legs of a trip as they are now: each that was published before keeps its place; new ones come behind.
    ///
    /// What left the itinerary is judged then, and once: it is cancelled if it was not flown.
    pub(super) fn refreshed(
        before: Option<&Self>,
        start: Option<Start>,
        view: &TripView<'_>,
        host: &(impl Host + ?Sized),
    ) -> Self {
        let before = before.unwrap_or(&Self::NONE).in_turn(view.turn());
        let legs: Vec<_> = view.legs().collect();
        let departed = |flight: &Flight| flight.has_departed(view.since(), host.zones());
        let found = Search::new(&before, &legs, departed).run();

        let keys: BTreeSet<_> = legs
            .iter()
            .filter_map(|leg| leg.flight().segment())
            .collect();
        let gone = before.events.iter().map(|(at, event)| {
            let (flight, here) = (event.flight.clone(), before.is_here(*at));
            let cancelled = event.cancelled || (here && !departed(&flight));
            // The booking gave the key to another flight: it says nothing of this one any more.
            let state = match flight.segment().is_some_and(|key| keys.contains(key)) {
                true => (flight.without_segment(), cancelled),
                false => (flight, cancelled),
            };
            (*at, state)
        });
        let mut now: BTreeMap<_, _> = gone.collect();
        let mut numbered = before.numbered;
        let mut places = Vec::with_capacity(legs.len());
        for (leg, found) in legs.iter().zip(found) {
            let state = (leg.flight().clone(), leg.status() == LegStatus::Cancelled);
            let place = found.unwrap_or(numbered);
            numbered = numbered.max(place.saturating_add(1));
            now.insert(place, state);
            places.push(place);
        }

        let now = now.into_iter().map(|(place, (flight, cancelled))| {
            let event = Event::new(flight, cancelled, view, host);
            let event = match before.events.get(&place) {
                Some(before) => before.followed_by(event),
                None => event.starting(start.unwrap_or(Start::NEW)),
            };
            (place, event)
        });
        let mut published = Self {
            turn: before.turn,
            events: now.collect(),
            numbered,
            legs: places,
        };
        published.forget_oldest();
        published
    }

    /// Forgets the oldest events that are gone, where there are too many.
    fn forget_oldest(&mut self) {
        let excess = self.events.len().saturating_sub(MOST_EVENTS);
        let gone = self.events.keys().filter(|at| !self.is_here(**at));
        let oldest: Vec<_> = gone.copied().take(excess).collect();
        for at in oldest {
            self.events.remove(&at);
        }
    }

    /// Whether a flight of the itinerary has this event.
    fn is_here(&self, event: usize) -> bool {
        self.legs.contains(&event)
    }

    fn is_cancelled(&self, event: usize) -> bool {
        self.events.get(&event).is_some_and(|event| event.cancelled)
    }

    /// The same in another booking of the trip, which has other keys.
    fn in_turn(&self, turn: u32) -> Self {
        let event = |event: &Event| match self.turn == turn {
            true => event.clone(),
            false => event.clone().without_segment(),
        };
        let events = self.events.iter();
        Self {
            turn,
            events: events.map(|(at, it)| (*at, event(it))).collect(),
            numbered: self.numbered,
            legs: self.legs.clone(),
        }
    }

    /// Whether steps could have made it, of a trip that begins so.
    #[cfg(feature = "serde")]
    pub(super) fn is_possible(&self, start: Option<Start>) -> bool {
        let Start { sequence, stamp } = start.unwrap_or(Start::NEW);
        let fits = |event: &Event| {
            event.is_possible() && event.sequence >= sequence && event.stamp >= stamp
        };
        let flights = self.events.values().map(|event| &event.flight);
        let keys: Vec<_> = flights.filter_map(Flight::segment).collect();
        let places: BTreeSet<_> = self.legs.iter().collect();
        let known = |place: &usize| self.events.contains_key(place);
        let last = self.events.last_key_value().map(|(last, _)| *last);
        self.events.values().all(fits)
            && self.events.len() <= MOST_EVENTS
            && last.is_some_and(|last| last < self.numbered)
            && u32::try_from(self.numbered).is_ok()
            && keys.iter().collect::<BTreeSet<_>>().len() == keys.len()
            && places.len() == self.legs.len()
            && self.legs.iter().all(known)
            && !self.legs.is_empty()
    }
}

/// Which events the legs of a trip are.
struct Search<'a> {
    before: &'a Published,
    /// The flights of its events.
    old: BTreeMap<usize, Old<'a>>,
    legs: &'a [Leg<'a>],
    /// For each leg, its event.
    found: Vec<Option<usize>>,
}

/// For each new flight, which old one it is.
type Rule = fn(&[Old<'_>], &[&Flight]) -> Vec<Option<usize>>;

impl<'a> Search<'a> {
    fn new(before: &'a Published, legs: &'a [Leg<'a>], departed: impl Fn(&Flight) -> bool) -> Self {
        let old = before.events.iter().map(|(at, event)| {
            let old = Old {
                flight: &event.flight,
                flown: !event.cancelled && (!before.is_here(*at) || departed(&event.flight)),
            };
            (*at, old)
        });
        Self {
            before,
            old: old.collect(),
            legs,
            found: vec![None; legs.len()],
        }
    }

    fn run(mut self) -> Vec<Option<usize>> {
        let before = self.before;
        let last = || before.legs.iter().copied();
        // What goes is what the mails say that it is: they compare these flights.
        let went = last().filter(|at| !before.is_cancelled(*at));
        self.pair(went, |leg| leg.status() == LegStatus::Booked, matches);
        // What is cancelled of an itinerary is the rest of the one before.
        self.pair(last(), |leg| leg.status() == LegStatus::Cancelled, matches);
        // Only then what did not go any more goes again, the latest first.
        let stopped = last().filter(|at| before.is_cancelled(*at));
        let gone = before.events.keys().copied();
        let gone = gone.filter(|at| !before.is_here(*at));
        self.pair(stopped.chain(gone), |_| true, matches_again);
        self.found
    }

    /// Pairs those events and those legs that are left.
    fn pair(
        &mut self,
        events: impl Iterator<Item = usize>,
        legs: impl Fn(&Leg<'_>) -> bool,
        rule: Rule,
    ) {
        let taken: BTreeSet<_> = self.found.iter().flatten().copied().collect();
        let events: Vec<_> = events.filter(|at| !taken.contains(at)).collect();
        let old = events.iter().filter_map(|at| self.old.get(at).copied());
        let old: Vec<_> = old.collect();
        let left = self.found.iter_mut().zip(self.legs);
        let left = left.filter(|(found, leg)| found.is_none() && legs(leg));
        let (slots, new): (Vec<_>, Vec<_>) = left.map(|(found, leg)| (found, leg.flight())).unzip();
        for (slot, matched) in slots.into_iter().zip(rule(&old, &new)) {
            *slot = matched.and_then(|at| events.get(at).copied());
        }
    }
}

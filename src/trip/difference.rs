//! What changed between two itineraries.

use core::fmt;

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
/// Flights are matched by the booking's own segment key; those left over by being
/// [the same flight](Flight::may_be), of which those with the same number come first; then by being the same number
/// between the same airports on another day *(ours)*; those left over by their position, where they have airline and
/// number or an airport at the same end in common *(ours: a flight to elsewhere is no change of this one)*. So a time
/// that moves past midnight, another airport, another number are changes of one flight. What is left over then is
/// cancelled or added.
///
/// Each flight is compared with each, so the time grows with the square of their number: an
/// [`Itinerary`](super::Itinerary) has few.
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
    let (old, new): (Vec<_>, Vec<_>) = (old.into_iter().collect(), new.into_iter().collect());
    let mut gone = vec![true; old.len()];
    let mut changes = Vec::new();
    for (flight, matched) in new.iter().zip(matches(&old, &new)) {
        let Some((before, gone)) = matched.and_then(|at| old.get(at).zip(gone.get_mut(at))) else {
            changes.push(Change::Added((*flight).clone()));
            continue;
        };
        *gone = false;
        let change = Change::Changed(Box::new(((*before).clone(), (*flight).clone())));
        if change.aspects().next().is_some() {
            changes.push(change);
        }
    }
    let gone = old.iter().zip(gone).filter(|(_, gone)| *gone);
    changes.extend(gone.map(|(flight, _)| Change::Cancelled((*flight).clone())));
    changes
}

/// For each new flight, which old one it is.
pub(crate) fn matches(old: &[&Flight], new: &[&Flight]) -> Vec<Option<usize>> {
    let mut matched: Vec<Option<usize>> = vec![None; new.len()];
    let mut free = vec![true; old.len()];
    let mut take = |matched: &mut Vec<Option<usize>>, same: &dyn Fn(&Flight, &Flight) -> bool| {
        for (slot, flight) in matched.iter_mut().zip(new) {
            if slot.is_none() {
                let found = old.iter().zip(&mut free).enumerate();
                let mut found = found.filter(|(_, (before, free))| **free && same(before, flight));
                if let Some((at, (_, free))) = found.next() {
                    (*slot, *free) = (Some(at), false);
                }
            }
        }
    };
    take(&mut matched, &|old, new| {
        old.segment().is_some() && old.segment() == new.segment()
    });
    take(&mut matched, &|old, new| old == new);
    take(&mut matched, &|old, new| {
        old.has_same_number(new) && old.departure_date() == new.departure_date()
    });
    take(&mut matched, &Flight::may_be);
    take(&mut matched, &Flight::has_same_number);

    let mut left = (0..old.len()).filter(|at| free.get(*at).is_some_and(|free| *free));
    for (slot, flight) in matched
        .iter_mut()
        .zip(new)
        .filter(|(slot, _)| slot.is_none())
    {
        let Some(at) = left.next() else { break };
        let common = old.get(at).is_some_and(|before| {
            (before.designator().is_some() && before.designator() == flight.designator())
                || before.origin() == flight.origin()
                || before.destination() == flight.destination()
        });
        if common {
            *slot = Some(at);
        }
    }
    matched
}

crate::text::by_name! { Aspect }

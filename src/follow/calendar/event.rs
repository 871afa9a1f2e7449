//! One leg in a feed.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};

use super::{
    write::{Lines, basic, basic_date},
    zone::Used,
};
use crate::{
    follow::{Host, TripView, view::place},
    trip::{Flight, LegStatus, ZoneName, Zones, matches},
};

/// A leg as it was last published.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Event {
    pub(super) sequence: u32,
    pub(super) stamp: Timestamp,
    pub(super) flight: Flight,
    pub(super) cancelled: bool,
    pub(super) title: String,
    pub(super) place: String,
    /// Of which booking of the trip the flight has its key.
    #[cfg_attr(feature = "serde", serde(default))]
    turn: u32,
}

/// When it is, as far as it can be seen.
#[derive(Eq, PartialEq)]
enum When<'a> {
    Day(Date),
    Time(DateTime, Option<DateTime>),
    Zoned(Local<'a>, Option<Local<'a>>),
}

/// What the clocks of a zone show.
type Local<'a> = (DateTime, &'a ZoneName);

impl Event {
    /// A leg that is published first.
    fn new(
        flight: &Flight,
        cancelled: bool,
        view: &TripView<'_>,
        host: &(impl Host + ?Sized),
    ) -> Self {
        let [from, to] = [flight.origin(), flight.destination()];
        let route = format!("{}–{}", place(from, host), place(to, host));
        let text = match flight.designator() {
            Some(designator) => format!("{designator} {route}"),
            None => route,
        };
        Self {
            sequence: 0,
            stamp: view.changed(),
            flight: flight.clone(),
            cancelled,
            title: view.titled(&text, host),
            place: match host.city(from) {
                Some(_) => format!("{} ({from})", place(from, host)),
                None => from.to_string(),
            },
            turn: view.turn(),
        }
    }

    /// The same leg as it is now: its number is raised if something that can be seen changed.
    fn followed_by(&self, now: Self) -> Self {
        if self.seen() == now.seen() {
            return Self {
                sequence: self.sequence,
                stamp: self.stamp,
                ..now
            };
        }
        Self {
            sequence: self.sequence.saturating_add(1),
            stamp: self.stamp.max(now.stamp),
            ..now
        }
    }

    /// What the holder can see of it.
    fn seen(&self) -> (When<'_>, bool, &str, &str) {
        let when = When::of(&self.flight);
        (when, self.cancelled, &self.title, &self.place)
    }

    /// The lines of the event, and which zones it names; none of one before the first year that a
    /// calendar can write.
    pub(super) fn write<'a>(
        &'a self,
        uid: &str,
        used: &mut Used<'a, impl Zones + ?Sized>,
        lines: &mut Lines,
    ) {
        if self.flight.departure_date().year() < 1 {
            return;
        }
        let stamp = self.stamp.max(Timestamp::UNIX_EPOCH);
        lines.component("VEVENT", |lines| {
            lines.text("UID", uid);
            lines.line("SEQUENCE", &self.sequence.to_string());
            lines.line(
                "DTSTAMP",
                &format!("{}Z", basic(Offset::UTC.to_datetime(stamp))),
            );
            When::of(&self.flight).write(used, lines);
            lines.text("SUMMARY", &self.title);
            lines.text("LOCATION", &self.place);
            let status = match self.cancelled {
                true => "CANCELLED",
                false => "CONFIRMED",
            };
            lines.line("STATUS", status);
        });
    }
}

/// The legs of a trip as they are now: each that was published before keeps its place, and is
/// cancelled if it is gone without having been flown; new ones come behind, and begin with the number `first`.
pub(super) fn refreshed(
    old: &[Event],
    first: u32,
    view: &TripView<'_>,
    host: &(impl Host + ?Sized),
) -> Vec<Event> {
    let of_this_booking = |event: &Event| match event.turn == view.turn() {
        true => event.clone(),
        false => Event {
            flight: event.flight.clone().without_segment(),
            ..event.clone()
        },
    };
    let old: Vec<_> = old.iter().map(of_this_booking).collect();
    let (booked, cancelled): (Vec<_>, Vec<_>) = old
        .iter()
        .enumerate()
        .partition(|(_, event)| !event.cancelled);
    // Of two that fit, the one that goes.
    let known: Vec<_> = booked.into_iter().chain(cancelled).collect();
    let flights: Vec<_> = known.iter().map(|(_, event)| &event.flight).collect();
    let legs: Vec<_> = view.legs().collect();
    let new: Vec<_> = legs.iter().map(|leg| leg.flight()).collect();

    let is_gone =
        |event: &Event| event.cancelled || !event.flight.has_departed(view.since(), host.zones());
    let gone = old.iter().map(|event| (&event.flight, is_gone(event)));
    let mut now: Vec<_> = gone.collect();
    for (leg, matched) in legs.iter().zip(matches(&flights, &new)) {
        let matched = matched.and_then(|at| known.get(at).copied());
        let matched = matched.filter(|(_, event)| !event.cancelled || revives(event, leg.flight()));
        let state = (leg.flight(), leg.status() == LegStatus::Cancelled);
        match matched.and_then(|(at, _)| now.get_mut(at)) {
            Some(slot) => *slot = state,
            None => now.push(state),
        }
    }
    let mut old = old.iter();
    let now = now.into_iter().map(|(flight, cancelled)| {
        let event = Event::new(flight, cancelled, view, host);
        match old.next() {
            Some(before) => before.followed_by(event),
            None => Event {
                sequence: first,
                ..event
            },
        }
    });
    now.collect()
}

/// Whether a flight is one that was cancelled: another that only begins or ends where it did is not.
fn revives(cancelled: &Event, flight: &Flight) -> bool {
    let before = &cancelled.flight;
    let same_key = before.segment().is_some() && before.segment() == flight.segment();
    same_key || before.has_same_number(flight) || before.may_be(flight)
}

impl<'a> When<'a> {
    fn of(flight: &'a Flight) -> Self {
        let day = flight.departure_date();
        let Some(time) = flight.departure_time() else {
            return Self::Day(day);
        };
        let start = whole(day.to_datetime(time));
        let end = flight.arrival().map(whole);
        match (flight.departure_zone(), end, flight.arrival_zone()) {
            (Some(zone), None, _) => Self::Zoned((start, zone), None),
            (Some(zone), Some(end), Some(there)) => Self::Zoned((start, zone), Some((end, there))),
            (None, _, _) | (Some(_), Some(_), None) => Self::floating(start, end),
        }
    }

    fn floating(start: DateTime, end: Option<DateTime>) -> Self {
        Self::Time(start, end.filter(|end| *end > start))
    }

    fn write(self, used: &mut Used<'a, impl Zones + ?Sized>, lines: &mut Lines) {
        match self {
            Self::Day(day) => lines.line("DTSTART;VALUE=DATE", &basic_date(day)),
            Self::Time(start, end) => {
                lines.line("DTSTART", &basic(start));
                if let Some(end) = end {
                    lines.line("DTEND", &basic(end));
                }
            }
            Self::Zoned(start, end) => {
                let mut instant = |(local, zone)| used.instant(local, zone);
                let departs = instant(start);
                let arrives = end.map(|end| instant(end).map(|at| (end, at)));
                let (Some(departs), false) = (departs, arrives == Some(None)) else {
                    return Self::floating(start.0, end.map(|end| end.0)).write(used, lines);
                };
                let mut write = |name: &str, (local, zone): Local<'a>, at| {
                    lines.line(&format!("{name};TZID={zone}"), &basic(local));
                    used.needs(zone, at);
                };
                write("DTSTART", start, departs);
                if let Some((end, arrives)) = arrives.flatten().filter(|(_, at)| *at > departs) {
                    write("DTEND", end, arrives);
                }
            }
        }
    }
}

/// Without parts of a second, which calendars do not have.
fn whole(local: DateTime) -> DateTime {
    local.with().subsec_nanosecond(0).build().unwrap_or(local)
}

//! One leg in a feed.

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::Offset,
};

use super::{
    published::Start,
    write::{Lines, basic, basic_date},
    zone::Used,
};
#[cfg(feature = "serde")]
use crate::text::printable;
use crate::{
    follow::{Host, TripView, view::place},
    routing::List,
    trip::{Flight, ZoneName, Zones},
};

/// The last number that RFC 5545 has (§3.3.8).
pub(super) const LAST: u32 = i32::MAX.unsigned_abs();

/// The number behind another.
pub(super) fn next(sequence: u32) -> u32 {
    sequence.saturating_add(1).min(LAST)
}

/// A leg as it was last published.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Event {
    pub(super) sequence: u32,
    pub(super) stamp: Timestamp,
    pub(super) flight: Flight,
    pub(super) cancelled: bool,
    /// Whether it is somebody else's, and keeps its holder from nothing.
    pub(super) followed: bool,
    pub(super) title: String,
    pub(super) place: String,
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
    pub(super) fn new(
        flight: Flight,
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
            flight,
            cancelled,
            followed: view.list() == List::Following,
            title: view.titled(&text, host),
            place: match host.city(from) {
                Some(_) => format!("{} ({from})", place(from, host)),
                None => from.to_string(),
            },
        }
    }

    /// The same in a trip that was published before.
    pub(super) fn starting(self, start: Start) -> Self {
        Self {
            sequence: start.sequence,
            stamp: self.stamp.max(start.stamp),
            ..self
        }
    }

    /// The same leg in another booking, which has other keys.
    pub(super) fn without_segment(self) -> Self {
        Self {
            flight: self.flight.without_segment(),
            ..self
        }
    }

    /// Whether it could have been made of a flight.
    #[cfg(feature = "serde")]
    pub(super) fn is_possible(&self) -> bool {
        let line = |text: &str| !text.is_empty() && printable(text) == text;
        line(&self.title) && line(&self.place) && self.sequence <= LAST
    }

    /// The same leg as it is now: its number is raised if something that can be seen changed.
    pub(super) fn followed_by(&self, now: Self) -> Self {
        if self.seen() == now.seen() {
            return Self {
                sequence: self.sequence,
                stamp: self.stamp,
                ..now
            };
        }
        Self {
            sequence: next(self.sequence),
            stamp: self.stamp.max(now.stamp),
            ..now
        }
    }

    /// What the holder can see of it.
    fn seen(&self) -> (When<'_>, [bool; 2], &str, &str) {
        let when = When::of(&self.flight);
        (
            when,
            [self.cancelled, self.followed],
            &self.title,
            &self.place,
        )
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
            if self.followed {
                lines.line("TRANSP", "TRANSPARENT");
            }
        });
    }
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

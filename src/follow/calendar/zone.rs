//! VTIMEZONE: the rules of the zones that a feed names, as far as its events need them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    Timestamp, ToSpan,
    civil::{DateTime, date},
    tz::{Offset, TimeZone},
};

use super::write::{Lines, basic};
use crate::trip::{ZoneName, Zones, known_rules};

/// How many changes of the clocks between the first event and the last are written at most, beside
/// those that an event needs: dates far apart cannot make a feed long.
const BETWEEN: usize = 64;

/// Since when a rule holds of which no beginning is known.
const EVER: DateTime = date(1601, 1, 1).at(0, 0, 0, 0);

/// The zones of a feed, and when it needs them.
pub(super) struct Used<'a, Z: ?Sized> {
    zones: &'a Z,
    rules: BTreeMap<&'a ZoneName, Option<TimeZone>>,
    instants: BTreeMap<&'a ZoneName, BTreeSet<Timestamp>>,
}

impl<'a, Z: Zones + ?Sized> Used<'a, Z> {
    pub(super) const fn new(zones: &'a Z) -> Self {
        Self {
            zones,
            rules: BTreeMap::new(),
            instants: BTreeMap::new(),
        }
    }

    /// The instant at which the clocks of a zone show a time, by the reading of RFC 5545 §3.3.5;
    /// `None` where the rules are not known.
    pub(super) fn instant(&mut self, local: DateTime, zone: &'a ZoneName) -> Option<Timestamp> {
        let rules = self
            .rules
            .entry(zone)
            .or_insert_with(|| known_rules(self.zones, zone))
            .as_ref()?;
        rules.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// That the feed names the zone for this instant.
    pub(super) fn needs(&mut self, zone: &'a ZoneName, at: Timestamp) {
        self.instants.entry(zone).or_default().insert(at);
    }

    /// A VTIMEZONE for each zone that is named.
    pub(super) fn write(&self, lines: &mut Lines) {
        for (name, instants) in &self.instants {
            if let Some(Some(rules)) = self.rules.get(name) {
                let observances = observances(rules, instants);
                write_zone(lines, name.as_str(), observances);
            }
        }
    }
}

/// For a calendar without events: it must have a component nevertheless.
pub(super) fn write_utc(lines: &mut Lines) {
    let utc = Observance::at(&TimeZone::UTC, Timestamp::UNIX_EPOCH);
    write_zone(lines, "UTC", [utc]);
}

/// From when on the clocks have an offset. Ordered by that.
#[derive(Eq, Ord, PartialEq, PartialOrd)]
struct Observance {
    /// What the clocks show when it begins, by the offset before.
    onset: DateTime,
    from: Offset,
    to: Offset,
    daylight: bool,
    name: String,
}

impl Observance {
    /// The one in force at an instant.
    fn at(rules: &TimeZone, instant: Timestamp) -> Self {
        // What begins at this very instant is in force.
        let next = instant.checked_add(1.nanosecond()).unwrap_or(instant);
        let info = rules.to_offset_info(instant);
        let (onset, from) = rules
            .preceding(next)
            .next()
            .and_then(|onset| {
                let before = onset.timestamp().checked_sub(1.nanosecond()).ok()?;
                let from = rules.to_offset(before);
                Some((from.to_datetime(onset.timestamp()), from))
            })
            .unwrap_or((EVER, info.offset()));
        Self {
            onset,
            from,
            to: info.offset(),
            daylight: info.dst().is_dst(),
            name: info.abbreviation().to_owned(),
        }
    }
}

/// What is in force at each instant, and what begins between the first and the last.
fn observances(rules: &TimeZone, instants: &BTreeSet<Timestamp>) -> BTreeSet<Observance> {
    let between = instants.first().zip(instants.last());
    let between = between.into_iter().flat_map(|(first, last)| {
        let onsets = rules.following(*first).map(|onset| onset.timestamp());
        onsets.take_while(|onset| onset <= last).take(BETWEEN)
    });
    let instants = instants.iter().copied().chain(between);
    instants
        .map(|instant| Observance::at(rules, instant))
        .collect()
}

fn write_zone(lines: &mut Lines, name: &str, observances: impl IntoIterator<Item = Observance>) {
    lines.component("VTIMEZONE", |lines| {
        lines.text("TZID", name);
        for observance in observances {
            let kind = match observance.daylight {
                true => "DAYLIGHT",
                false => "STANDARD",
            };
            lines.component(kind, |lines| {
                lines.line("DTSTART", &basic(observance.onset));
                lines.line("TZOFFSETFROM", &utc_offset(observance.from));
                lines.line("TZOFFSETTO", &utc_offset(observance.to));
                lines.text("TZNAME", &observance.name);
            });
        }
    });
}

/// As `+0100`, with seconds if there are any.
fn utc_offset(offset: Offset) -> String {
    let sign = if offset.is_negative() { '-' } else { '+' };
    let seconds = offset.seconds().unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        _ => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
    }
}

//! A feed as two other libraries read it.

use std::collections::BTreeMap;

use calcard::{
    common::{IanaString, PartialDateTime},
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarParameterName,
        ICalendarProperty,
    },
};
use icalendar::{Component, EventLike, EventStatus};

/// What both found in an event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Event {
    pub(super) uid: String,
    pub(super) sequence: u32,
    pub(super) stamp: String,
    pub(super) start: Time,
    pub(super) end: Option<Time>,
    pub(super) title: String,
    pub(super) place: String,
    pub(super) status: &'static str,
}

/// A date or a time as it is written, and its zone.
pub(super) type Time = (String, Option<String>);

pub(super) fn floating(text: &str) -> Time {
    (text.to_owned(), None)
}

pub(super) fn zoned(text: &str, zone: &str) -> Time {
    (text.to_owned(), Some(zone.to_owned()))
}

/// Reads with both, which must agree, after checking the lines.
#[track_caller]
pub(super) fn read(ics: &str) -> Vec<Event> {
    check_lines(ics);
    let events = with_calcard(ics);
    assert_eq!(events, with_icalendar(ics), "{ics}");
    let begun = ics.lines().filter(|line| *line == "BEGIN:VEVENT").count();
    assert_eq!(events.len(), begun, "{ics}");
    events
}

/// Every line ends with CRLF and has 75 octets at most; what is named by TZID is there, once.
#[track_caller]
fn check_lines(ics: &str) {
    assert!(ics.ends_with("END:VCALENDAR\r\n"));
    let lines: Vec<_> = ics.split_terminator("\r\n").collect();
    for line in &lines {
        assert!(!line.contains(['\r', '\n']), "{line:?}");
        assert!((1..=75).contains(&line.len()), "{line:?}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let unfolded = ics.replace("\r\n ", "");
    let mut defined: Vec<_> = unfolded
        .lines()
        .filter_map(|line| line.strip_prefix("TZID:"))
        .collect();
    let mut named: Vec<_> = unfolded
        .lines()
        .filter_map(|line| line.split_once(";TZID=")?.1.split(':').next())
        .collect();
    named.sort_unstable();
    named.dedup();
    if named.is_empty() && !ics.contains("VEVENT") {
        named.push("UTC");
    }
    defined.sort_unstable();
    assert_eq!(defined, named);
}

fn with_calcard(ics: &str) -> Vec<Event> {
    let calendar = ICalendar::parse(ics).expect("calcard reads it");
    let events = calendar.components.iter();
    let events = events.filter(|it| it.component_type == ICalendarComponentType::VEvent);
    events.map(calcard_event).collect()
}

fn calcard_event(event: &ICalendarComponent) -> Event {
    let text = |name| {
        let entry = event.property(name)?;
        assert_eq!(entry.values.len(), 1);
        entry.values[0].as_text().map(str::to_owned)
    };
    let time = |name| {
        let entry = event.property(name)?;
        let zone = entry.parameter(&ICalendarParameterName::Tzid);
        let zone = zone.map(|zone| zone.as_text().unwrap().to_owned());
        Some((basic(entry.values[0].as_partial_date_time()?), zone))
    };
    Event {
        uid: event.uid().unwrap().to_owned(),
        sequence: {
            let entry = event.property(&ICalendarProperty::Sequence).unwrap();
            entry.values[0].as_integer().unwrap().try_into().unwrap()
        },
        stamp: time(&ICalendarProperty::Dtstamp).unwrap().0,
        start: time(&ICalendarProperty::Dtstart).unwrap(),
        end: time(&ICalendarProperty::Dtend),
        title: text(&ICalendarProperty::Summary).unwrap(),
        place: text(&ICalendarProperty::Location).unwrap(),
        status: event.status().unwrap().as_str(),
    }
}

fn basic(time: &PartialDateTime) -> String {
    let part = |part: Option<u8>| part.unwrap();
    let (month, day) = (part(time.month), part(time.day));
    let mut text = format!("{:04}{month:02}{day:02}", time.year.unwrap());
    if time.hour.is_some() {
        let (hour, minute) = (part(time.hour), part(time.minute));
        text += &format!("T{hour:02}{minute:02}{:02}", part(time.second));
    }
    match (time.tz_hour, time.tz_minute) {
        (None, None) => text,
        (Some(0), Some(0)) => text + "Z",
        other => panic!("{other:?}"),
    }
}

fn with_icalendar(ics: &str) -> Vec<Event> {
    let calendar: icalendar::Calendar = ics.parse().expect("icalendar reads it");
    let event = |event: &icalendar::Event| {
        let time = |name| {
            let property = event.properties().get(name)?;
            let zone = property.params().get("TZID");
            Some((
                property.value().to_owned(),
                zone.map(|zone| zone.value().to_owned()),
            ))
        };
        Event {
            uid: event.get_uid().unwrap().to_owned(),
            sequence: event.get_sequence().unwrap(),
            stamp: time("DTSTAMP").unwrap().0,
            start: time("DTSTART").unwrap(),
            end: time("DTEND"),
            title: event.get_summary().unwrap().to_owned(),
            place: event.get_location().unwrap().to_owned(),
            status: match event.get_status().unwrap() {
                EventStatus::Confirmed => "CONFIRMED",
                EventStatus::Cancelled => "CANCELLED",
                other => panic!("{other:?}"),
            },
        }
    };
    calendar.events().map(event).collect()
}

/// The lines of each VTIMEZONE, by its name.
pub(super) fn zones(ics: &str) -> BTreeMap<String, Vec<String>> {
    let mut zones = BTreeMap::new();
    for part in ics.split("BEGIN:VTIMEZONE\r\n").skip(1) {
        let (zone, _) = part.split_once("END:VTIMEZONE\r\n").unwrap();
        let (name, rules) = zone.split_once("\r\n").unwrap();
        let name = name.strip_prefix("TZID:").unwrap().to_owned();
        let rules = rules.lines().map(str::to_owned).collect();
        assert!(zones.insert(name, rules).is_none());
    }
    zones
}

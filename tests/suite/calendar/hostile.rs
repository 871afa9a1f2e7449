//! Names and flights from strangers.

use std::collections::BTreeSet;

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time, date, datetime},
};
use peline::{
    follow::{calendar::Feed, *},
    printable,
    trip::*,
};
use proptest::prelude::*;

use super::{JANE, Service, World, at, back, booked, cancel, events, flight, out, read, update};

fn followed(flights: impl IntoIterator<Item = Flight>, client: &str) -> HeldTrip {
    let add = Command::AddByHand {
        by: JANE,
        itinerary: Itinerary::new(flights, []).unwrap(),
        client: Some(client.parse().unwrap()),
    };
    let held = HeldTrip::new(TripId::new(u128::MAX));
    held.step(add, at("2026-11-01T10:00:00Z"), &Service::new())
        .unwrap()
        .0
}

fn feed(held: &HeldTrip) -> Feed {
    Feed::new(JANE).refresh([held], &Service::new())
}

#[test]
fn hostile_names_cannot_break_the_calendar() {
    let long = "Ж".repeat(10_000);
    let names = [
        "Jane\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:x",
        "Jane\nDoe\rRoe\u{85}Poe\u{2028}Moe\u{2029}x",
        "BEGIN:VEVENT",
        "\u{202e}eoD enaJ\u{202c}\u{2066}\u{200f}\u{feff}x",
        "Doe, Jane; \\N \\n \\\\ \\, \"quoted\" ^n 'x' : = %",
        "Jane\0\u{1b}[2J\u{7f}\tDoe",
        "\\",
        ",",
        &long,
        "e\u{301}\u{301}\u{301}",
        "👩‍👩‍👧‍👦🇬🇧",
    ];
    for name in names {
        let held = followed([out(), back()], name);
        let shown = name.parse::<PersonName>().unwrap().shown();
        let events = events(&feed(&held));
        assert_eq!(events.len(), 2, "{name:?}");
        for (event, flight) in events
            .iter()
            .zip(["BA11 London–Singapore", "BA12 Singapore–London"])
        {
            assert_eq!(event.title, format!("{shown}: {flight}"));
            assert_eq!(printable(&event.title), event.title);
            assert!(event.title.chars().count() < 200);
        }
    }
}

#[test]
fn no_character_is_split_where_a_line_is_folded() {
    for emoji in ["🛫", "ж", "–", "a", " ", "\\", ","] {
        for before in 40..75 {
            let name = "x".repeat(before) + &emoji.repeat(4) + "y";
            let events = events(&feed(&followed([out()], &name)));
            let shown = name.parse::<PersonName>().unwrap().shown();
            assert_eq!(events[0].title, format!("{shown}: BA11 London–Singapore"));
        }
    }
}

#[test]
fn texts_are_escaped() {
    let ics = feed(&followed([out()], "a,b;c\\n")).to_ics(&World);
    assert!(ics.contains("SUMMARY:a\\,b\\;c\\\\n: BA11"), "{ics}");
}

#[test]
fn a_time_of_issue_out_of_the_world_is_written() {
    for (now, stamp) in [
        (Timestamp::MIN, "19700101T000000Z"),
        (Timestamp::MAX, "99991230T220000Z"),
    ] {
        let itinerary = Itinerary::new([out()], []).unwrap();
        let add = Command::AddByHand {
            by: JANE,
            itinerary,
            client: None,
        };
        let held = HeldTrip::new(TripId::new(1));
        let held = held.step(add, now, &Service::new()).unwrap().0;
        assert_eq!(events(&feed(&held))[0].stamp, stamp);
    }
}

#[test]
fn a_hostile_city_cannot_either() {
    let mut service = Service::new();
    service.city = "Lon\r\nEND:VCALENDAR\r\n;don,\\".to_owned();
    let held = followed([out()], "Jane Doe");
    let feed = Feed::new(JANE).refresh([&held], &service);
    let event = &events(&feed)[0];
    assert_eq!(
        event.title,
        "Jane Doe: BA11 Lon\u{fffd}\u{fffd}END:VCALENDAR\u{fffd}\u{fffd};don,\\–Singapore"
    );
    assert_eq!(
        event.place,
        "Lon\u{fffd}\u{fffd}END:VCALENDAR\u{fffd}\u{fffd};don,\\ (LHR)"
    );
}

#[test]
fn dates_far_apart_make_no_long_calendar() {
    let years = [1, 1000, 1700, 1900, 1970, 2026, 5000, 9998];
    let flights = years.map(|year| {
        let day = date(year, 6, 1);
        flight("LHR-SFO", "BA285", day.at(11, 0, 0, 0), day.at(14, 0, 0, 0))
    });
    let feed = feed(&followed(flights, "Jane Doe"));
    let ics = feed.to_ics(&World);
    assert_eq!(read(&ics).len(), years.len());
    assert!(ics.len() < 40_000, "{}", ics.len());
    // What no calendar can write is not written.
    let day = date(-5, 6, 1);
    let early = flight("LHR-SFO", "BA285", day.at(11, 0, 0, 0), day.at(14, 0, 0, 0));
    let ics = Feed::new(JANE)
        .refresh([&followed([early], "x")], &Service::new())
        .to_ics(&World);
    assert_eq!(read(&ics), []);
    let last = DateTime::MAX;
    let late = flight("LHR-SFO", "BA285", datetime(9999, 12, 31, 0, 0, 0, 0), last);
    let ics = Feed::new(JANE)
        .refresh([&followed([late], "x")], &Service::new())
        .to_ics(&World);
    assert_eq!(read(&ics).len(), 1);
}

fn any_flight() -> impl Strategy<Value = Flight> {
    let airport = || "[A-Z]{3}|LHR|SIN|SFO";
    let zone = || {
        let names = [
            "Europe/London",
            "Asia/Singapore",
            "America/New_York",
            "Asia/Kathmandu",
        ];
        let more = [
            "Africa/Monrovia",
            "Antarctica/Troll",
            "Australia/Lord_Howe",
            "Mars/Olympus",
        ];
        prop::sample::select([names, more].concat())
    };
    let day = || (1_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d));
    let near = || (2020_i16..2035, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d));
    let day = move || prop_oneof![1 => day(), 9 => near()];
    let time =
        || (0_i8..24, 0_i8..60).prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0));
    (
        (airport(), airport()),
        prop::option::of("[A-Z]{2}[1-9][0-9]{0,3}"),
        day(),
        prop::option::of(time()),
        prop::option::of((day(), time())),
        prop::option::of((zone(), zone())),
    )
        .prop_map(|((from, to), number, day, time, arrival, zones)| {
            any(&from, &to, number.as_deref(), day, time, arrival, zones)
        })
}

fn any(
    from: &str,
    to: &str,
    number: Option<&str>,
    day: Date,
    time: Option<Time>,
    arrival: Option<(Date, Time)>,
    zones: Option<(&str, &str)>,
) -> Flight {
    let mut flight = Flight::new(from.parse().unwrap(), to.parse().unwrap(), day);
    if let Some(number) = number {
        flight = flight.with_designator(number.parse().unwrap());
    }
    if let Some(time) = time {
        flight = flight.with_departure_time(time);
    }
    if let Some((day, time)) = arrival {
        flight = flight.with_arrival(day.to_datetime(time));
    }
    if let Some((from, to)) = zones {
        flight = flight.with_zones(from.parse().unwrap(), to.parse().unwrap());
    }
    flight
}

fn any_trip() -> impl Strategy<Value = (Vec<Flight>, String)> {
    let name = prop_oneof!["\\PC{1,200}", "(?s).{1,200}"];
    let name = name.prop_filter("a name", |name| name.parse::<PersonName>().is_ok());
    (prop::collection::vec(any_flight(), 1..6), name)
}

/// Flights that are much alike; none for a cancellation.
fn any_issue() -> impl Strategy<Value = Vec<Flight>> {
    let flight = (
        prop::sample::select(vec!["LHR-SIN", "SIN-LHR", "LHR-SFO"]),
        prop::option::of(prop::sample::select(vec!["BA11", "BA12"])),
        1_i8..3,
        prop::option::of(1_u8..4),
    );
    let flights = prop::collection::vec(flight, 0..4);
    let flights = flights.prop_map(|flights| {
        let mut keys = BTreeSet::new();
        let flight = |(ends, number, day, key): (&str, Option<&str>, i8, Option<u8>)| {
            let (from, to) = ends.split_once('-').unwrap();
            let flight = any(from, to, number, date(2026, 12, day), None, None, None);
            match key.filter(|key| keys.insert(*key)) {
                Some(key) => flight.with_segment(key.to_string().parse().unwrap()),
                None => flight,
            }
        };
        flights.into_iter().map(flight).collect()
    });
    flights.boxed()
}

proptest! {
    #[test]
    fn both_libraries_read_every_feed((flights, name) in any_trip(), (others, _) in any_trip()) {
        let held = followed(flights.clone(), &name);
        let first = feed(&held);
        let ics = first.to_ics(&World);
        let found = read(&ics);
        prop_assert_eq!(found.len(), flights.len());
        let shown = name.parse::<PersonName>().unwrap().shown();
        for (event, flight) in found.iter().zip(&flights) {
            let start = flight.departure_date().strftime("%Y%m%d").to_string();
            prop_assert!(event.start.0.starts_with(&start));
            prop_assert!(event.title.starts_with(&shown), "{:?}", event.title);
            prop_assert_eq!(event.sequence, 0);
        }
        // Unchanged.
        let service = Service::new();
        prop_assert_eq!(&first.clone().refresh([&held], &service), &first);

        // Changed: no event is lost, each number is raised by one or stays with all that is seen.
        let itinerary = Itinerary::new(others, []).unwrap();
        let edit = Command::Edit { by: JANE, itinerary };
        let (held, _) = held.step(edit, at("2026-11-02T10:00:00Z"), &service).unwrap();
        let second = first.refresh([&held], &service);
        let after = read(&second.to_ics(&World));
        prop_assert!(after.len() >= found.len());
        for (before, after) in found.iter().zip(&after) {
            prop_assert_eq!(&before.uid, &after.uid);
            prop_assert!(after.stamp >= before.stamp);
            match after.sequence {
                0 => prop_assert_eq!(before, after),
                _ => prop_assert_eq!(after.sequence, 1),
            }
        }
        let third = second.clone().refresh([&held], &service);
        prop_assert_eq!(third, second);
    }

    #[test]
    fn any_history_keeps_the_events_apart(history in prop::collection::vec(any_issue(), 1..8)) {
        let mut held = booked([out()]);
        let service = Service::new();
        let mut feed = Feed::new(JANE).refresh([&held], &service);
        for (day, flights) in (2..).zip(history) {
            let before = read(&feed.to_ics(&World));
            let now = format!("2026-11-{day:02}T00:00:00Z");
            held = match flights.is_empty() {
                true => cancel(held, &now),
                false => update(held, &now, flights),
            };
            feed = feed.refresh([&held], &service);
            let after = read(&feed.to_ics(&World));
            for (before, after) in before.iter().zip(&after) {
                prop_assert_eq!(&before.uid, &after.uid);
                if before != after {
                    prop_assert_eq!(before.sequence + 1, after.sequence);
                }
            }
            let uids: BTreeSet<_> = after.iter().map(|event| &event.uid).collect();
            prop_assert_eq!(uids.len(), after.len());
            let going = after.iter().filter(|event| event.status == "CONFIRMED").count();
            let legs = held.trip().unwrap().legs();
            prop_assert_eq!(going, legs.filter(|leg| leg.status() == LegStatus::Booked).count());
            prop_assert_eq!(&feed.clone().refresh([&held], &service), &feed);
        }
    }
}

//! Any history: the feed says what the mails say.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan, civil::date};
use peline::{
    follow::{calendar::Feed, *},
    trip::*,
};
use proptest::prelude::*;

use super::{FIRST, JANE, Service, World, at, booked, booking, flight, itinerary};

/// What an event shows of its flight.
type Shown = (String, String);

fn shown(flight: &Flight) -> Shown {
    let city = |airport: AirportCode| match airport.as_str() {
        "LHR" => "London",
        "SIN" => "Singapore",
        other => panic!("{other}"),
    };
    let start = flight
        .departure_date()
        .to_datetime(flight.departure_time().unwrap());
    let number = flight.designator().unwrap();
    let [from, to] = [flight.origin(), flight.destination()].map(city);
    (
        start.strftime("%Y%m%dT%H%M%S").to_string(),
        format!("{number} {from}–{to}"),
    )
}

/// What each event shows, and whether it goes: by `UID`.
fn published(feed: &Feed) -> BTreeMap<String, (Shown, bool)> {
    let ics = feed.to_ics(&NoPlaces).replace("\r\n ", "");
    let events = ics.split("BEGIN:VEVENT").skip(1).map(|event| {
        let value = |name: &str| {
            let mut lines = event.lines().filter_map(|line| line.split_once(':'));
            let (_, value) = lines.find(|(start, _)| *start == name).unwrap();
            value.to_owned()
        };
        let goes = value("STATUS") == "CONFIRMED";
        (value("UID"), ((value("DTSTART"), value("SUMMARY")), goes))
    });
    events.collect()
}

/// Flights of two weeks that are much alike, no two of them the same; none for a cancellation.
fn any_flights() -> impl Strategy<Value = Vec<Flight>> {
    let parts = (
        prop::sample::select(vec!["LHR-SIN", "SIN-LHR"]),
        prop::sample::select(vec!["BA11", "BA12", "SQ322"]),
        1_i8..15,
        prop::sample::select(vec![2_i8, 8, 20]),
        prop::option::weighted(0.1, 1_u8..4),
    );
    prop::collection::vec(parts, 0..5).prop_map(|flights| {
        let (mut seen, mut keys) = (BTreeSet::new(), BTreeSet::new());
        let flights = flights.into_iter().map(|(ends, number, day, hour, key)| {
            let start = date(2026, 11, day).at(hour, 0, 0, 0);
            let flight = flight(ends, number, start, start + 12.hours());
            match key.filter(|key| keys.insert(*key)) {
                Some(key) => flight.with_segment(key.to_string().parse().unwrap()),
                None => flight,
            }
        });
        flights
            .filter(|flight| seen.insert(shown(flight)))
            .collect()
    })
}

/// Itineraries and cancellations, each some hours after the one before; a cancellation may be of the days to come, so
/// that the next itineraries were issued before it.
fn any_history() -> impl Strategy<Value = Vec<(i64, Vec<Flight>)>> {
    prop::collection::vec((1_i64..60, any_flights()), 1..8)
}

fn any_command(hours: &mut i64, (after, flights): (i64, Vec<Flight>)) -> (Timestamp, Command) {
    let time = |hours: i64| at(FIRST) + hours.hours();
    *hours += after;
    let (booking, mailed_to) = (booking(), Vec::new());
    let received = time(*hours + if after % 2 == 0 { 0 } else { 48 });
    match flights.is_empty() {
        true => (
            received,
            Command::Cancel {
                booking,
                received,
                mailed_to,
            },
        ),
        false => {
            let (issued, itinerary) = (time(*hours), itinerary(flights));
            (
                issued,
                Command::Update {
                    booking,
                    itinerary,
                    issued,
                    mailed_to,
                },
            )
        }
    }
}

proptest! {
    #[test]
    fn the_feed_says_what_the_mails_say(first in any_flights(), history in any_history()) {
        prop_assume!(!first.is_empty());
        let service = Service::new();
        let mut held = booked(first);
        let mut feed = Feed::new(JANE).refresh([&held], &service);
        let mut hours = 0;
        for change in history {
            let (_, command) = any_command(&mut hours, change);
            let before = published(&feed);
            let old: BTreeSet<_> = legs(&held).iter().map(shown).collect();
            let now = at("2026-11-25T00:00:00Z");
            let (next, effects) = held.step(command, now, &service).unwrap();
            held = next;
            feed = feed.refresh([&held], &service);
            prop_assert_eq!(&feed.clone().refresh([&held], &service), &feed);
            let after = published(&feed);

            let changes = effects.iter().find_map(|effect| match effect {
                Effect::Mail(notice) if notice.to() == JANE => match notice.news() {
                    News::Changed(difference) => Some(difference.changes().to_vec()),
                    News::Shared { .. } => None,
                },
                Effect::Mail(_) | Effect::Place { .. } | Effect::Remove { .. } => None,
            });
            let went = |uid: &String| before.get(uid).filter(|(_, goes)| *goes).map(|it| &it.0);
            let goes = |uid: &String| after.get(uid).filter(|(_, goes)| *goes).map(|it| &it.0);
            for change in changes.into_iter().flatten() {
                let fits = |uid: &String| match &change {
                    Change::Changed(both) => {
                        went(uid) == Some(&shown(&both.0)) && goes(uid) == Some(&shown(&both.1))
                    }
                    // The event of a flown flight that is listed again was there; and of two of one flight,
                    // which had gone and come with another key, either may go on.
                    Change::Added(flight) => {
                        let twins = |it: &_| before.values().filter(|was| &was.0 == it).count() > 1;
                        let new = went(uid).is_none_or(|it| !old.contains(it) || twins(it));
                        new && goes(uid) == Some(&shown(flight))
                    }
                    Change::Cancelled(flight) => {
                        went(uid) == Some(&shown(flight)) && goes(uid).is_none()
                    }
                };
                prop_assert!(after.keys().any(fits), "{:?}\n{:#?}\n{:#?}", change, before, after);
            }
        }
    }

    #[test]
    fn a_flown_flight_never_changes(first in any_flights(), history in any_history()) {
        prop_assume!(!first.is_empty());
        let service = Service::new();
        let mut held = booked(first);
        let mut feed = Feed::new(JANE).refresh([&held], &service);
        let (mut hours, mut flown) = (0, BTreeMap::<String, Flight>::new());
        for change in history {
            let (time, command) = any_command(&mut hours, change);
            let before = published(&feed);
            let old: Vec<_> = legs(&held);
            let now = at("2026-11-25T00:00:00Z");
            held = held.step(command, now, &service).unwrap().0;
            feed = feed.refresh([&held], &service);
            let (after, new) = (published(&feed), legs(&held));

            let is_new = |flight: &Flight| {
                let same_key = |other: &Flight| {
                    flight.segment().is_some() && flight.segment() == other.segment()
                };
                let same = |other: &Flight| {
                    flight.may_be(other) || same_key(other) || is_late(flight, other)
                };
                held.trip().unwrap().itinerary().flights().iter().any(same)
            };
            // What was flown before, and what this itinerary leaves out since it is.
            flown.retain(|_, flight| !is_new(flight));
            for (uid, flight) in &flown {
                prop_assert_eq!(&after[uid], &(shown(flight), true));
            }
            for flight in old.into_iter().filter(|flight| !is_new(flight)) {
                if flight.has_departed(time, &World) {
                    let event = (shown(&flight), true);
                    let mut kept = before.iter().filter(|(uid, was)| **was == event && after[*uid] == event);
                    let (uid, _) = kept.next_back().unwrap();
                    flown.insert(uid.clone(), flight);
                }
            }
            // Nothing else goes.
            let mut going: Vec<_> = new.iter().map(shown).collect();
            going.extend(flown.values().map(shown));
            for (event, goes) in after.values() {
                prop_assert!(!goes || going.contains(event) || before.values().any(|it| it.0 == *event));
            }
        }
    }
}

/// Whether `other` is the flight, but some hours late.
fn is_late(flight: &Flight, other: &Flight) -> bool {
    let ends = |flight: &Flight| (flight.designator(), flight.origin(), flight.destination());
    let hour = |flight: &Flight| {
        let day = i64::from(flight.departure_date().day()) * 24;
        day + i64::from(flight.departure_time().unwrap().hour())
    };
    ends(flight) == ends(other) && (0..12).contains(&(hour(other) - hour(flight)))
}

/// The flights that go.
fn legs(held: &HeldTrip) -> Vec<Flight> {
    let legs = held.trip().unwrap().legs();
    let booked = legs.filter(|leg| leg.status() == LegStatus::Booked);
    booked.map(|leg| leg.flight().clone()).collect()
}

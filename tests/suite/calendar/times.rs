//! When an event is, and in which zone.

use jiff::{
    civil::{DateTime, date, datetime},
    tz::TimeZone,
};
use peline::{follow::calendar::Feed, trip::*};

use super::{
    JANE, World, booked, events, flight, out,
    read::{floating, read, zoned, zones},
    refresh,
};

#[test]
fn times_are_those_of_either_end_with_their_zones() {
    // Out in summer, back after the clocks have changed.
    let out = flight(
        "LHR-SIN",
        "BA11",
        datetime(2026, 10, 20, 20, 30, 0, 0),
        datetime(2026, 10, 21, 16, 25, 0, 0),
    );
    let back = flight(
        "SIN-LHR",
        "BA12",
        datetime(2026, 10, 30, 23, 5, 0, 0),
        datetime(2026, 10, 31, 5, 15, 0, 0),
    );
    let ics = refresh(Feed::new(JANE), &booked([out, back])).to_ics(&World);
    let events = read(&ics);
    assert_eq!(events[0].start, zoned("20261020T203000", "Europe/London"));
    assert_eq!(
        events[0].end,
        Some(zoned("20261021T162500", "Asia/Singapore"))
    );
    assert_eq!(events[1].start, zoned("20261030T230500", "Asia/Singapore"));
    assert_eq!(
        events[1].end,
        Some(zoned("20261031T051500", "Europe/London"))
    );

    let zones = zones(&ics);
    let london = [
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T010000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "TZNAME:BST",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261025T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "TZNAME:GMT",
        "END:STANDARD",
    ];
    assert_eq!(zones["Europe/London"], london);
    assert_eq!(zones.len(), 2);
}

/// What a client makes of a time by the VTIMEZONE alone: the last observance that has begun.
fn offset_by(rules: &[String], local: &str) -> String {
    let value = |name: &str| {
        let lines = rules.iter().filter_map(|line| line.strip_prefix(name));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let onsets = value("DTSTART:").into_iter().zip(value("TZOFFSETTO:"));
    let begun = onsets.filter(|(onset, _)| onset.as_str() <= local);
    begun.max().expect("one is in force").1
}

#[test]
fn every_time_is_covered_by_its_vtimezone() {
    let days = (2026..2029).flat_map(|year| (1..=12).map(move |month| date(year, month, 15)));
    let flights = days.map(|day| {
        let (departure, arrival) = (day.at(9, 25, 0, 0), day.at(8, 5, 0, 0));
        flight("SIN-SFO", "SQ32", departure, arrival)
    });
    let ics = refresh(Feed::new(JANE), &booked(flights)).to_ics(&World);
    let zones = zones(&ics);
    // Three years: seven changes of the clocks, with that before the first.
    assert_eq!(zones["America/Los_Angeles"].len(), 6 * 7);
    for event in read(&ics) {
        for (local, zone) in [event.start, event.end.unwrap()] {
            let zone = zone.unwrap();
            let civil = DateTime::strptime("%Y%m%dT%H%M%S", &local).unwrap();
            let rules = World.time_zone(&zone.parse().unwrap()).unwrap();
            let offset = rules.to_ambiguous_timestamp(civil).compatible().unwrap();
            let seconds = rules.to_offset(offset).seconds();
            let sign = if seconds < 0 { '-' } else { '+' };
            let hours = seconds.abs() / 3600;
            assert_eq!(
                offset_by(&zones[&zone], &local),
                format!("{sign}{hours:02}00")
            );
        }
    }
}

#[test]
fn a_vtimezone_has_every_change_between_its_events() {
    let flights = [2026, 2028].map(|year| {
        let day = date(year, 12, 1);
        flight("SIN-SFO", "SQ32", day.at(9, 25, 0, 0), day.at(8, 5, 0, 0))
    });
    let ics = refresh(Feed::new(JANE), &booked(flights)).to_ics(&World);
    let zone = &zones(&ics)["America/Los_Angeles"];
    let onsets = zone.iter().filter_map(|line| line.strip_prefix("DTSTART:"));
    let expected = [
        "20261101T020000",
        "20270314T020000",
        "20271107T020000",
        "20280312T020000",
        "20281105T020000",
    ];
    assert!(onsets.eq(expected), "{zone:?}");
}

#[test]
fn a_zone_without_changes_of_the_clocks_has_a_vtimezone() {
    struct Fixed;
    impl Zones for Fixed {
        fn time_zone(&self, _: &ZoneName) -> Option<TimeZone> {
            Some(TimeZone::fixed(
                jiff::tz::Offset::from_seconds(-(5 * 3600 + 30)).unwrap(),
            ))
        }
    }
    let ics = refresh(Feed::new(JANE), &booked([out()])).to_ics(&Fixed);
    read(&ics);
    let zone = &zones(&ics)["Europe/London"];
    assert_eq!(
        zone[1..4],
        [
            "DTSTART:16010101T000000",
            "TZOFFSETFROM:-050030",
            "TZOFFSETTO:-050030"
        ]
    );
}

#[test]
fn a_flight_that_arrives_before_it_departs_by_the_clocks() {
    let over = flight(
        "SIN-SFO",
        "SQ32",
        datetime(2026, 12, 1, 9, 25, 0, 0),
        datetime(2026, 12, 1, 8, 5, 0, 0),
    );
    let feed = refresh(Feed::new(JANE), &booked([over]));
    let event = &events(&feed)[0];
    assert_eq!(event.start, zoned("20261201T092500", "Asia/Singapore"));
    assert_eq!(
        event.end,
        Some(zoned("20261201T080500", "America/Los_Angeles"))
    );

    // Where the zones are not known it is not later.
    let event = &read(&feed.to_ics(&NoPlaces))[0];
    assert_eq!(event.start, floating("20261201T092500"));
    assert_eq!(event.end, None);
}

#[test]
fn where_a_zone_is_unknown_both_are_floating() {
    let (departure, arrival) = (datetime(2026, 12, 1, 20, 30, 0, 0), date(2026, 12, 2));
    let bare = Flight::new(
        "LHR".parse().unwrap(),
        "SIN".parse().unwrap(),
        departure.date(),
    )
    .with_departure_time(departure.time())
    .with_arrival(arrival.at(17, 25, 0, 0));
    let zones = |from: &str, to: &str| {
        bare.clone()
            .with_zones(from.parse().unwrap(), to.parse().unwrap())
    };
    // Only one of the zones exists.
    let flights = [
        bare.clone(),
        zones("Mars/Olympus", "Asia/Singapore"),
        zones("Europe/London", "Mars/Olympus"),
    ];
    for flight in flights {
        let ics = refresh(Feed::new(JANE), &booked([flight])).to_ics(&World);
        let event = &read(&ics)[0];
        assert_eq!(event.start, floating("20261201T203000"));
        assert_eq!(event.end, Some(floating("20261202T172500")));
        assert!(!ics.contains("TZID"));
    }

    struct Unknown;
    impl Zones for Unknown {
        fn time_zone(&self, _: &ZoneName) -> Option<TimeZone> {
            Some(TimeZone::unknown())
        }
    }
    let ics = refresh(Feed::new(JANE), &booked([out()])).to_ics(&Unknown);
    assert_eq!(read(&ics)[0].start, floating("20261201T203000"));
}

#[test]
fn dtend_is_left_out_if_it_is_not_later() {
    let day = date(2026, 12, 1);
    let cases = [
        ("LHR-LHR", day.at(20, 30, 0, 0)),
        ("LHR-SIN", day.at(20, 30, 0, 0)),
        ("LHR-SIN", day.at(20, 29, 59, 0)),
        ("LHR-SIN", day.at(20, 30, 0, 1)),
    ];
    for (ends, arrival) in cases {
        let flight = flight(ends, "BA11", day.at(20, 30, 0, 0), arrival);
        let feed = refresh(Feed::new(JANE), &booked([flight]));
        for ics in [feed.to_ics(&World), feed.to_ics(&NoPlaces)] {
            assert_eq!(read(&ics)[0].end, None, "{ics}");
        }
    }
}

#[test]
fn without_an_arrival_the_zone_of_departure_is_enough() {
    let flight = Flight::new(
        "LHR".parse().unwrap(),
        "SIN".parse().unwrap(),
        date(2026, 12, 1),
    )
    .with_departure_time(jiff::civil::time(20, 30, 0, 0))
    .with_zones(
        "Europe/London".parse().unwrap(),
        "Mars/Olympus".parse().unwrap(),
    );
    let event = &events(&refresh(Feed::new(JANE), &booked([flight])))[0];
    assert_eq!(event.start, zoned("20261201T203000", "Europe/London"));
    assert_eq!(
        (event.end.as_ref(), event.title.as_str()),
        (None, "London–Singapore")
    );
}

#[test]
fn without_a_time_it_is_an_event_of_the_day() {
    let flight = Flight::new(
        "LHR".parse().unwrap(),
        "CDG".parse().unwrap(),
        date(2026, 12, 1),
    );
    let ics = refresh(Feed::new(JANE), &booked([flight])).to_ics(&World);
    assert!(ics.contains("DTSTART;VALUE=DATE:20261201\r\n"));
    let event = &read(&ics)[0];
    assert_eq!(
        (event.start.clone(), event.end.clone()),
        (floating("20261201"), None)
    );
    assert_eq!(event.title, "London–CDG");
}

//! The table of airports, and the rules of their zones.

use std::collections::{BTreeMap, BTreeSet};

use allocation_counter::measure;
use jiff::{
    Timestamp,
    civil::{DateTime, date, time},
    tz::{Offset, offset},
};
use peline::trip::{AirportCode, Airports, Flight, WorldAirports, ZoneName, Zones};

const TABLE: &str = include_str!("../../src/trip/airports.tsv");

/// Code, city and zone of every row.
fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    TABLE.split_terminator('\n').map(|row| {
        let fields: Vec<_> = row.split('\t').collect();
        fields.try_into().unwrap()
    })
}

fn code(text: &str) -> AirportCode {
    text.parse().unwrap()
}

fn zone(text: &str) -> ZoneName {
    text.parse().unwrap()
}

fn offset_at(name: &str, utc: &str) -> Offset {
    let rules = WorldAirports.time_zone(&zone(name)).unwrap();
    rules.to_offset(utc.parse().unwrap())
}

#[test]
fn rows_are_sorted_and_clean() {
    assert!(rows().count() > 7_800);
    assert!(TABLE.ends_with('\n'));
    assert!(
        rows()
            .map(|[code, ..]| code)
            .is_sorted_by(|one, two| one < two)
    );
    for [row, city, zone] in rows() {
        assert_eq!(code(row).as_str(), row);
        assert_eq!(city.trim(), city, "{row}");
        assert!(!city.contains(char::is_control), "{row}");
        assert!(!zone.is_empty(), "{row}");
    }
}

#[test]
fn every_code_is_found_and_no_other() {
    let table: BTreeMap<_, _> = rows()
        .map(|[code, city, zone]| (code, (city, zone)))
        .collect();
    let letters = || 'A'..='Z';
    let mut found = 0;
    for first in letters() {
        for second in letters() {
            for third in letters() {
                let text = String::from_iter([first, second, third]);
                let row = table.get(text.as_str());
                let city = row.map(|row| row.0).filter(|city| !city.is_empty());
                assert_eq!(WorldAirports.city(code(&text)), city, "{text}");
                let zone = WorldAirports.zone(code(&text));
                assert_eq!(
                    zone.as_ref().map(ZoneName::as_str),
                    row.map(|row| row.1),
                    "{text}"
                );
                found += usize::from(row.is_some());
            }
        }
    }
    assert_eq!(found, table.len());
}

#[test]
fn every_zone_of_the_table_has_rules() {
    let zones: BTreeSet<_> = rows().map(|[_, _, zone]| zone).collect();
    assert!(zones.len() > 300);
    for name in zones {
        let rules = WorldAirports.time_zone(&zone(name)).unwrap();
        assert_eq!(rules.iana_name(), Some(name));
    }
}

#[test]
fn known_places() {
    let table = [
        ("LHR", "London", "Europe/London"),
        ("SIN", "Singapore", "Asia/Singapore"),
        ("SFO", "San Francisco", "America/Los_Angeles"),
        ("JFK", "New York", "America/New_York"),
        ("MAD", "Madrid", "Europe/Madrid"),
        ("LPA", "Gran Canaria Island", "Atlantic/Canary"),
        ("PHX", "Phoenix", "America/Phoenix"),
        ("EZE", "Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("KTM", "Kathmandu", "Asia/Kathmandu"),
        ("ADL", "Adelaide", "Australia/Adelaide"),
        ("APW", "Apia", "Pacific/Apia"),
        ("KRK", "Kraków", "Europe/Warsaw"),
        // Cities with several airports.
        ("LON", "London", "Europe/London"),
        ("NYC", "New York", "America/New_York"),
        // Called after the city that it serves with others.
        ("NGO", "Nagoya", "Asia/Tokyo"),
        ("YYZ", "Toronto", "America/Toronto"),
        // The last rows.
        ("ZZO", "Tymovskoye", "Asia/Vladivostok"),
        ("ZZV", "Zanesville", "America/New_York"),
    ];
    for (text, city, name) in table {
        assert_eq!(WorldAirports.city(code(text)), Some(city), "{text}");
        assert_eq!(WorldAirports.zone(code(text)), Some(zone(name)), "{text}");
    }
    // The first row: the source knows no city.
    assert_eq!(WorldAirports.city(code("AAA")), None);
    assert_eq!(
        WorldAirports.zone(code("AAA")),
        Some(zone("Pacific/Tahiti"))
    );
}

#[test]
fn what_is_not_known() {
    for text in ["QQQ", "XXX", "ZZZ"] {
        assert_eq!(WorldAirports.city(code(text)), None);
        assert_eq!(WorldAirports.zone(code(text)), None);
    }
    for name in [
        "Mars/Olympus",
        "Europe",
        "Europe/Londo",
        "Europe/London/",
        "Factory",
    ] {
        let rules = name
            .parse()
            .ok()
            .and_then(|name| WorldAirports.time_zone(&name));
        assert_eq!(rules, None, "{name}");
    }
}

#[test]
fn rules_of_zones() {
    let (winter, summer) = ("2026-01-15T12:00:00Z", "2026-07-15T12:00:00Z");
    let hours =
        |hours: i32, minutes: i32| Offset::from_seconds(hours * 3600 + minutes * 60).unwrap();
    let table = [
        ("Europe/London", offset(0), offset(1)),
        ("europe/london", offset(0), offset(1)),
        ("Asia/Singapore", offset(8), offset(8)),
        ("America/Los_Angeles", offset(-8), offset(-7)),
        ("US/Pacific", offset(-8), offset(-7)),
        ("America/Phoenix", offset(-7), offset(-7)),
        ("Asia/Kathmandu", hours(5, 45), hours(5, 45)),
        ("Australia/Lord_Howe", offset(11), hours(10, 30)),
        ("Pacific/Kiritimati", offset(14), offset(14)),
        ("UTC", offset(0), offset(0)),
    ];
    for (name, in_winter, in_summer) in table {
        assert_eq!(offset_at(name, winter), in_winter, "{name}");
        assert_eq!(offset_at(name, summer), in_summer, "{name}");
    }
    // In London the clocks change at one in the morning, UTC.
    assert_eq!(
        offset_at("Europe/London", "2026-03-29T00:59:59Z"),
        offset(0)
    );
    assert_eq!(
        offset_at("Europe/London", "2026-03-29T01:00:00Z"),
        offset(1)
    );
}

#[test]
fn a_flight_that_arrives_before_it_departs() {
    let flight = Flight::new(code("SIN"), code("SFO"), date(2026, 12, 1))
        .with_departure_time(time(9, 25, 0, 0))
        .with_arrival(date(2026, 12, 1).at(8, 5, 0, 0))
        .with_zones_of(&WorldAirports);
    let instant = |local: DateTime, name: &ZoneName| {
        let rules = WorldAirports.time_zone(name).unwrap();
        rules.to_timestamp(local).unwrap()
    };
    let departs = flight.departs_at(&WorldAirports).unwrap();
    let arrives = instant(flight.arrival().unwrap(), flight.arrival_zone().unwrap());
    assert_eq!(
        departs,
        "2026-12-01T01:25:00Z".parse::<Timestamp>().unwrap()
    );
    assert_eq!(
        arrives,
        "2026-12-01T16:05:00Z".parse::<Timestamp>().unwrap()
    );
    assert!(departs < arrives);
    assert!(flight.arrival().unwrap() < flight.departure_date().at(9, 25, 0, 0));
}

#[test]
fn a_city_is_found_without_allocating() {
    let codes: Vec<_> = rows().map(|[text, ..]| code(text)).collect();
    let mut known = 0;
    let info = measure(|| {
        known = codes
            .iter()
            .filter(|it| WorldAirports.city(**it).is_some())
            .count();
    });
    assert!(known > 7_000);
    assert_eq!(info.count_total, 0);
}

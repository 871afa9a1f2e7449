//! Flights and time.

use jiff::{
    Timestamp,
    civil::{date, time},
    tz::TimeZone,
};
use peline::trip::{Airports, Flight, FlightDesignator, Itinerary, NoPlaces, ZoneName, Zones};

use crate::stage::{Winter, flight};

#[track_caller]
fn same(one: &Flight, two: &Flight) {
    assert!(one.may_be(two), "{one:?} {two:?}");
    assert!(two.may_be(one), "it goes both ways");
}

#[track_caller]
fn different(one: &Flight, two: &Flight) {
    assert!(!one.may_be(two), "{one:?} {two:?}");
    assert!(!two.may_be(one), "it goes both ways");
}

fn ours() -> Flight {
    flight("BA11 LHR SIN 1 21:00")
}

#[track_caller]
fn sold(text: &str, codeshare: &str) -> Flight {
    flight(text).with_codeshare(codeshare.parse().unwrap())
}

fn zoned(flight: Flight, departure: &str, arrival: &str) -> Flight {
    flight.with_zones(departure.parse().unwrap(), arrival.parse().unwrap())
}

// ── the same flight from two sources ────────────────────────────────────────────────────────────

#[test]
fn the_same_airports_day_airline_and_number_are_the_same_flight() {
    same(&ours(), &flight("BA11 LHR SIN 1 21:00"));
    same(&ours(), &flight("BA0011 lhr sin 1 21:00"));
}

#[test]
fn another_airport_of_departure_is_another_flight() {
    different(&ours(), &flight("BA11 LGW SIN 1 21:00"));
}

#[test]
fn another_airport_of_arrival_is_another_flight() {
    different(&ours(), &flight("BA11 LHR SYD 1 21:00"));
}

#[test]
fn another_day_of_departure_is_another_flight() {
    different(&ours(), &flight("BA11 LHR SIN 2 21:00"));
}

#[test]
fn the_same_number_at_another_time_of_the_day_is_the_same_flight() {
    same(&ours(), &flight("BA11 LHR SIN 1 22:30"));
}

#[test]
fn another_number_or_airline_is_another_flight() {
    different(&ours(), &flight("BA15 LHR SIN 1 21:00"));
    different(&ours(), &flight("SQ11 LHR SIN 1 21:00"));
    different(&ours(), &flight("BA11A LHR SIN 1 21:00"));
}

#[test]
fn a_codeshare_without_a_conflicting_time_is_the_same_flight() {
    same(&ours(), &sold("QF1 LHR SIN 1 21:00", "BA11"));
    same(&ours(), &sold("QF1 LHR SIN 1", "BA11"));
    let [one, two] = ["BA11", "QF1"].map(|it| sold(&format!("{it} LHR SIN 1"), "AA99"));
    same(&one, &two);
}

#[test]
fn a_codeshare_with_a_conflicting_time_is_another_flight() {
    different(&ours(), &sold("QF1 LHR SIN 1 22:00", "BA11"));
    let arrives = |hour| date(2026, 12, 2).at(hour, 0, 0, 0);
    let one = ours().with_arrival(arrives(17));
    let two = sold("QF1 LHR SIN 1 21:00", "BA11").with_arrival(arrives(18));
    different(&one, &two);
}

#[test]
fn a_codeshare_on_another_day_or_route_is_another_flight() {
    different(&ours(), &sold("QF1 LHR SIN 2 21:00", "BA11"));
    different(&ours(), &sold("QF1 LHR SYD 1 21:00", "BA11"));
}

#[test]
fn absent_never_conflicts() {
    same(&ours(), &flight("- LHR SIN 1"));
    same(&ours(), &flight("BA11 LHR SIN 1"));
    same(&ours(), &flight("- LHR SIN 1 21:00"));
    same(&flight("- LHR SIN 1"), &flight("- LHR SIN 1"));
    same(&zoned(ours(), "Europe/London", "Asia/Singapore"), &ours());
    let key = flight("2=BA11 LHR SIN 1 21:00");
    same(&key, &ours());
}

#[test]
fn without_a_number_another_time_is_another_flight() {
    different(&ours(), &flight("- LHR SIN 1 22:00"));
    different(&flight("- LHR SIN 1 21:00"), &flight("- LHR SIN 1 22:00"));
}

// ── time ────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn an_instant_exists_only_when_the_callers_zone_data_resolves_it() {
    let expected: Timestamp = "2026-12-01T01:25:00Z".parse().unwrap();
    let flight = flight("SQ32 SIN SFO 1 09:25");
    let known = zoned(flight.clone(), "Asia/Singapore", "America/Los_Angeles");
    assert_eq!(known.departs_at(&Winter), Some(expected));
    assert_eq!(known.departs_at(&NoPlaces), None, "no rules");
    assert_eq!(flight.departs_at(&Winter), None, "no zone");
    let elsewhere = zoned(flight, "Mars/Olympus", "Mars/Olympus");
    assert_eq!(elsewhere.departs_at(&Winter), None, "no such zone");
    let undated = zoned(
        crate::stage::flight("SQ32 SIN SFO 1"),
        "Asia/Singapore",
        "Mars/X",
    );
    assert_eq!(undated.departs_at(&Winter), None, "no time");
}

/// A database that knows the name of a zone and no rules of it.
#[test]
fn a_zone_that_is_called_unknown_is_not_taken_for_utc() {
    struct Unknown;
    impl Zones for Unknown {
        fn time_zone(&self, _: &ZoneName) -> Option<TimeZone> {
            Some(TimeZone::unknown())
        }
    }
    let flight = zoned(ours(), "Etc/Unknown", "Etc/Unknown");
    assert_eq!(flight.departs_at(&Unknown), None);
    for time in [
        "2026-12-01T00:00:00Z",
        "2026-12-01T21:00:01Z",
        "2026-12-02T08:59:59Z",
        "2026-12-02T09:00:01Z",
        "2026-12-03T00:00:00Z",
    ] {
        let now = time.parse().unwrap();
        assert_eq!(
            flight.has_departed(now, &Unknown),
            flight.has_departed(now, &NoPlaces),
            "{time}"
        );
    }
    assert!(!flight.has_departed("2026-12-01T21:00:01Z".parse().unwrap(), &Unknown));
}

#[test]
fn no_global_zone_database_is_consulted() {
    // Known to every database, unknown to the caller's.
    let flight = zoned(
        flight("AF1 CDG JFK 1 09:00"),
        "Europe/Paris",
        "America/New_York",
    );
    assert_eq!(flight.departs_at(&Winter), None);
}

#[test]
fn a_flight_may_arrive_before_it_departs() {
    // Singapore to San Francisco over the date line.
    let flight = flight("SQ32 SIN SFO 1 09:25").with_arrival(date(2026, 12, 1).at(8, 5, 0, 0));
    let itinerary = Itinerary::new([flight.clone()], []).unwrap();
    assert_eq!(itinerary.flights(), [flight]);
}

#[test]
fn a_flight_may_arrive_days_later() {
    let arrival = date(2026, 12, 4).at(6, 0, 0, 0);
    let flight = flight("XX1 LHR SYD 1 21:00").with_arrival(arrival);
    assert_eq!(flight.arrival(), Some(arrival));
    assert!(Itinerary::new([flight], []).is_ok());
}

struct London;

impl Airports for London {
    fn zone(&self, airport: peline::trip::AirportCode) -> Option<ZoneName> {
        (airport.as_str() == "LHR").then(|| "Europe/London".parse().unwrap())
    }

    fn city(&self, airport: peline::trip::AirportCode) -> Option<&str> {
        (airport.as_str() == "LHR").then_some("London")
    }
}

#[test]
fn zones_come_from_the_caller_and_unknown_stays_unknown() {
    let flight = ours().with_zones_of(&London);
    assert_eq!(
        flight.departure_zone().map(ZoneName::as_str),
        Some("Europe/London")
    );
    assert_eq!(flight.arrival_zone(), None, "never guessed");
    assert_eq!(ours().with_zones_of(&NoPlaces), ours());
}

#[test]
fn a_flight_is_known_by_an_airline_a_number_and_perhaps_a_suffix() {
    for (text, airline, number, suffix) in [
        ("BA11", "BA", 11, None),
        ("ba 11", "BA", 11, None),
        ("U21", "U2", 1, None),
        ("9W 9999z", "9W", 9999, Some('Z')),
        ("SQ0001A", "SQ", 1, Some('A')),
    ] {
        let flight: FlightDesignator = text.parse().unwrap();
        assert_eq!(flight.airline(), airline, "{text}");
        assert_eq!(
            (flight.number(), flight.suffix()),
            (number, suffix),
            "{text}"
        );
    }
    for text in [
        "", "B", "BA", "BA0", "BAA", "BA12345", "BA1AA", "BA  1", "BA+1", "121", "1211", "B_1",
        "_A1", "ÄA1", "BA1 ",
    ] {
        assert!(text.parse::<FlightDesignator>().is_err(), "{text}");
    }
}

#[test]
fn a_zone_has_a_name_of_the_form_of_those_of_the_time_zone_database() {
    let longest = "a".repeat(64);
    for name in [
        "GB",
        "Etc/GMT+5",
        "America/Port-au-Prince",
        "America/Argentina/Rio_Gallegos",
        &longest,
    ] {
        let zone: ZoneName = name.parse().unwrap();
        assert_eq!(zone.as_str(), name);
    }
    let too_long = "a".repeat(65);
    for name in [
        "",
        "/London",
        "Europe/",
        "Europe//London",
        "1st/London",
        "_/London",
        "Europe/St Johns",
        "Europe/Zürich",
        &too_long,
    ] {
        assert!(name.parse::<ZoneName>().is_err(), "{name}");
    }
}

#[test]
fn a_zone_that_the_flight_has_is_kept() {
    let flight = zoned(ours(), "Asia/Singapore", "Asia/Singapore").with_zones_of(&London);
    assert_eq!(
        flight.departure_zone().map(ZoneName::as_str),
        Some("Asia/Singapore")
    );
}

#[test]
fn the_times_of_a_flight_are_those_of_its_airports() {
    let arrival = date(2026, 12, 2).at(17, 50, 0, 0);
    let flight = ours().with_arrival(arrival);
    assert_eq!(flight.departure_date(), date(2026, 12, 1));
    assert_eq!(flight.departure_time(), Some(time(21, 0, 0, 0)));
    assert_eq!(flight.arrival(), Some(arrival));
    let known = zoned(flight.clone(), "Europe/London", "Asia/Singapore");
    assert_eq!(known.departure_time(), flight.departure_time());
}

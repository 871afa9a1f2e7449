//! A change that is handed over late, or once more after a correction.

use jiff::civil::{Time, time};
use peline::{
    Plan,
    change::{Effect, Fact, State, TripUpdate},
    follow::{self, Command, Confirmation, HeldTrip},
    pe,
    trip::{Document, DocumentKind, DocumentNumber, LegStatus},
};

use crate::{
    changing_handover::{
        CLIENT, RICHARDS, SCRIPT, Service, both, hand_over, held, renumbered, seen, take, tickets,
        tickets_of, told, under_a_new_locator, update,
    },
    desk::{self, Course, Desk, JANE, PHONE, RICHARD, itinerary, locator, minute, option, text},
};

/// A change that was handed over, and whose numbers are reported to be wrong five minutes later.
#[track_caller]
fn corrected(locator: &'static str) -> (Desk, HeldTrip) {
    let (course, held) = renumbered(locator);
    let mut desk = Desk::with(course);
    let first = hand_over(&update(&mut desk), held);
    desk.go_to(State::Acknowledgement);
    desk.clock(5);
    desk.report(Fact::ErrorReported {
        contact: PHONE,
        error: text("the numbers"),
    });
    desk.course.numbers = [JANE, RICHARD].map(desk::name).to_vec();
    (desk, first.changed)
}

#[test]
fn a_correction_that_gives_names_other_numbers_takes_their_tickets_along() {
    let (mut desk, held) = corrected("NEWLOC");
    let done = update(&mut desk).hand_over(held, minute(5), &Service);
    assert_eq!(
        seen(&done.changed, CLIENT),
        ["9990000000001", "9991234567890"]
    );
    assert_eq!(
        seen(&done.changed, RICHARDS),
        ["9990000000002", "9991234567891"]
    );
}

#[test]
fn what_was_issued_since_a_correction_was_seen_has_the_corrected_numbers() {
    for locator in ["NEWLOC", "KWJQPD"] {
        let (mut desk, held) = corrected(locator);
        desk.go_to(State::Documents);
        let number: DocumentNumber = "INV-7".parse().unwrap();
        let invoice = Document::new(DocumentKind::EInvoice, number, minute(7));
        let invoice = Command::Attach(invoice.for_name(desk::name(JANE)));
        let (held, _) = held.step(invoice, minute(7), &Service).unwrap();
        desk.clock(10);
        let done = update(&mut desk).hand_over(held, minute(10), &Service);
        assert!(seen(&done.changed, CLIENT).contains(&"INV-7"), "{locator}");
        assert!(
            !seen(&done.changed, RICHARDS).contains(&"INV-7"),
            "{locator}"
        );
    }
}

/// Jane and Richard have each other's numbers once their booking was changed, at minute 60 by the first report. A check
/// at 65 finds the wrong day, and these numbers; the booking is read at 66, with the same. Then the change is reported
/// again at these minutes, and all is right at 80.
#[track_caller]
fn changed_again(found: [&str; 2], script: &str, reports: &[i64]) -> HeldTrip {
    let (course, held) = renumbered("KWJQPD");
    let mut desk = Desk::with(course).to(State::Rebooking);
    desk.clock(60);
    let rebooked = desk.normal();
    desk.report(rebooked.clone());
    desk.clock(65);
    let right = desk.course.clone();
    desk.course.numbers = found.map(desk::name).to_vec();
    desk.course.booked = Some(itinerary(&[desk::LATER], &[]));
    let read = desk.course.changed();
    desk.go_on();
    assert_eq!(desk.state(), State::Correction);
    desk.course = right;
    let plan: Plan = pe::scan(script.as_bytes()).collect();
    let read = Confirmation::from_whole_pnr(read.id, minute(66), read.itinerary, &plan).unwrap();
    let (held, _) = held
        .step(Command::Import(read), minute(66), &Service)
        .unwrap();
    for report in reports {
        desk.clock(*report);
        desk.report(rebooked.clone());
    }
    desk.clock(80);
    let update = update(&mut desk);
    let done = update.hand_over(held, minute(80), &Service);
    assert_eq!(done.refused, None);
    let again = update.hand_over(done.changed.clone(), minute(80), &Service);
    assert_eq!(
        (again.changed, again.effects),
        (done.changed.clone(), vec![])
    );
    done.changed
}

#[test]
fn a_change_that_is_reported_again_does_not_make_numbers_younger_that_were_found() {
    let script = "PE‡CLIENT@EXAMPLE.COM‡-2.1\nPE‡RICHARD@EXAMPLE.COM‡-1.1\n";
    for reports in [&[][..], &[70], &[70, 75]] {
        let held = changed_again([RICHARD, JANE], script, reports);
        let janes = seen(&held, CLIENT);
        assert_eq!(janes, ["9990000000001", "9991234567890"], "{reports:?}");
        let richards = seen(&held, RICHARDS);
        assert_eq!(richards, ["9990000000002", "9991234567891"], "{reports:?}");
    }
}

/// The second change of the booking gave them.
#[test]
fn numbers_that_a_check_did_not_find_are_as_old_as_the_last_report() {
    let script = "PE‡CLIENT@EXAMPLE.COM‡-1.1\nPE‡RICHARD@EXAMPLE.COM‡-2.1\n";
    let held = changed_again([JANE, RICHARD], script, &[70]);
    let janes = seen(&held, CLIENT);
    assert_eq!(janes, ["9990000000001", "9991234567890"]);
    let richards = seen(&held, RICHARDS);
    assert_eq!(richards, ["9990000000002", "9991234567891"]);
}

/// Jane and Richard, whose new flights have been handed over as of minute 0.
fn handed_over() -> (Desk, HeldTrip) {
    let mut course = Course::two();
    course.options = vec![option(&["BA11 LHR SIN 8"])];
    course.booked = Some(itinerary(&["BA11 LHR SIN 8 21:00"], &[]));
    let held = both(&course);
    let mut desk = Desk::with(course);
    let done = hand_over(&update(&mut desk), held);
    assert_eq!(departure(&done.changed), time(21, 0, 0, 0));
    (desk, done.changed)
}

fn departure(held: &HeldTrip) -> Time {
    let flights = held.trip().unwrap().itinerary().flights();
    flights[0].departure_time().unwrap()
}

/// The booking is corrected, checked, and ticketed once more.
#[track_caller]
fn correct(
    desk: &mut Desk,
    numbers: [&str; 2],
    departs: &str,
    [checked, ticketed]: [i64; 2],
    tickets: [&str; 2],
) -> TripUpdate {
    desk.clock(checked);
    let error = text("the time, and the numbers");
    desk.report(Fact::ErrorFound { error });
    desk.course.numbers = numbers.map(desk::name).to_vec();
    desk.course.booked = Some(itinerary(&[&format!("BA11 LHR SIN 8 {departs}")], &[]));
    desk.go_to(State::Documents);
    desk.clock(ticketed);
    let [janes, richards] = tickets;
    let tickets = vec![desk::ticket(JANE, janes), desk::ticket(RICHARD, richards)];
    let effects = desk.report(Fact::DocumentsIssued(tickets));
    let [Effect::UpdateTrip(update), ..] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    (**update).clone()
}

#[test]
fn a_correction_reaches_those_who_follow_whatever_its_times_are() {
    for times in [[0, 0], [0, 10], [5, 5], [5, 10]] {
        let (mut desk, held) = handed_over();
        let tickets = ["9991234567898", "9991234567899"];
        let first = correct(&mut desk, [RICHARD, JANE], "23:00", times, tickets);
        let done = first.hand_over(held, minute(times[1]), &Service);
        assert_eq!(done.refused, None, "{times:?}");
        assert_eq!(told(&done.effects), (vec![RICHARDS], 1), "{times:?}");
        let held = done.changed;
        assert_eq!(departure(&held), time(23, 0, 0, 0), "{times:?}");
        let [janes, richards] = [CLIENT, RICHARDS].map(|it| seen(&held, it));
        assert_eq!(janes, ["9990000000001", "9991234567898"], "{times:?}");
        assert_eq!(richards, ["9990000000002", "9991234567899"], "{times:?}");
        let void = ["9991234567890", "9991234567891"];
        assert_eq!(tickets_of(&held, true), void, "{times:?}");
        let again = first.hand_over(held.clone(), minute(times[1]), &Service);
        assert_eq!((again.changed, again.refused), (held.clone(), None));
        assert_eq!(again.effects, []);

        // What was right at first is right once more, at the same time even.
        let times = [times[1]; 2];
        let second = correct(&mut desk, [JANE, RICHARD], "21:00", times, void);
        let done = second.hand_over(held, minute(times[1]), &Service);
        assert_eq!(done.refused, None, "{times:?}");
        assert_eq!(departure(&done.changed), time(21, 0, 0, 0), "{times:?}");
        let [janes, richards] = [CLIENT, RICHARDS].map(|it| seen(&done.changed, it));
        assert_eq!(janes, ["9990000000001", "9991234567890"], "{times:?}");
        assert_eq!(richards, ["9990000000002", "9991234567891"], "{times:?}");
        assert_eq!(tickets_of(&done.changed, true), tickets, "{times:?}");
    }
}

#[test]
fn what_was_read_before_a_correction_was_ticketed_stands() {
    let (mut desk, held) = handed_over();
    let tickets = ["9991234567890", "9991234567891"];
    let update = correct(&mut desk, [JANE, RICHARD], "22:00", [0, 30], tickets);
    let (held, _) = take(held, retimed("KWJQPD"));
    let done = update.hand_over(held, minute(30), &Service);
    assert_eq!((done.refused, told(&done.effects)), (None, (vec![], 0)));
    assert_eq!(departure(&done.changed), time(23, 0, 0, 0));
}

#[test]
fn a_trip_that_was_told_before_stands() {
    let course = Course::new();
    let held = held(&course, SCRIPT);
    let mut desk = Desk::with(course);
    let update = update(&mut desk);
    let other = Command::Update {
        booking: locator("KWJQPD"),
        itinerary: itinerary(&["BA11 LHR SIN 20 21:00"], &[]),
        issued: minute(0),
        mailed_to: vec![],
    };
    let (held, _) = take(held, other);
    let done = update.hand_over(held.clone(), minute(0), &Service);
    assert_eq!(done.refused, Some(follow::Refusal::Conflict));
    assert_eq!(tickets(&done.changed), ["9991234567890"]);
    assert_eq!(
        done.changed.trip().unwrap().itinerary(),
        held.trip().unwrap().itinerary()
    );
}

#[test]
fn a_ticket_that_was_right_is_still_where_it_is_kept_after_a_correction() {
    let course = Course::new();
    let held = held(&course, SCRIPT);
    let mut desk = Desk::with(course);
    let done = hand_over(&update(&mut desk), held);
    let ticket = done.changed.trip().unwrap().documents().next().unwrap();
    let kept = Document::new(ticket.kind(), ticket.number().clone(), minute(1));
    let kept = kept.for_name(desk::name(JANE)).with_place("tickets/17");
    let (held, _) = take(done.changed, Command::Attach(kept));
    desk.clock(5);
    let error = text("the time");
    desk.report(Fact::ErrorFound { error });
    let again = update(&mut desk);
    for held in [held.clone(), hand_over(&again, held).changed] {
        let held = hand_over(&again, held).changed;
        let places = held.trip().unwrap().documents().map(Document::place);
        assert_eq!(places.collect::<Vec<_>>(), ["tickets/17"]);
    }
}

/// The update of a change whose tickets come half an hour after the booking was looked at.
#[track_caller]
fn late_update(course: Course) -> TripUpdate {
    let mut desk = Desk::with(course);
    desk.go_to(State::Documents);
    desk.clock(30);
    update(&mut desk)
}

/// The airline gave the flight another time, and that was read twenty minutes after the booking was looked at.
fn retimed(booking: &str) -> Command {
    let itinerary = itinerary(&["BA11 LHR SIN 8 23:00"], &[]);
    let (booking, plan) = (locator(booking), Plan::default());
    Command::Import(Confirmation::from_pnr(booking, minute(20), itinerary, &plan).unwrap())
}

#[test]
fn the_flights_are_as_old_as_the_booking_that_was_looked_at_and_the_tickets_are_not() {
    let course = Course::new();
    let held = held(&course, SCRIPT);
    let done = hand_over(&late_update(course), held);
    let trip = done.changed.trip().unwrap();
    assert_eq!(trip.issued(), minute(0));
    let tickets = trip.documents().map(Document::issued);
    assert_eq!(tickets.collect::<Vec<_>>(), [minute(30)]);
}

#[test]
fn what_was_read_before_the_tickets_came_stands() {
    let course = Course::new();
    let held = held(&course, SCRIPT);
    let (held, _) = take(held, retimed("KWJQPD"));
    let done = hand_over(&late_update(course), held.clone());
    let [before, after] = [&held, &done.changed].map(|held| held.trip().unwrap().itinerary());
    assert_eq!(after, before);
    assert_eq!(told(&done.effects), (vec![], 0));
    assert_eq!(tickets(&done.changed), ["9991234567890"]);
}

#[test]
fn what_was_cancelled_before_the_tickets_came_does_not_revive() {
    let course = Course::new();
    let held = held(&course, SCRIPT);
    let cancel = Command::Cancel {
        booking: locator("KWJQPD"),
        received: minute(20),
        mailed_to: vec![],
    };
    let (held, _) = take(held, cancel.clone());
    let done = hand_over(&late_update(course.clone()), held);
    let trip = done.changed.trip().unwrap();
    assert_eq!(trip.cancelled(), Some(minute(20)));
    assert!(trip.legs().all(|leg| leg.status() == LegStatus::Cancelled));
    assert_eq!(told(&done.effects), (vec![], 0), "nobody flies");
    // Nor does it matter which is told first.
    let done = hand_over(&late_update(course.clone()), self::held(&course, SCRIPT));
    let (held, _) = take(done.changed, cancel);
    assert_eq!(
        held.trip().unwrap().legs().collect::<Vec<_>>(),
        trip.legs().collect::<Vec<_>>()
    );
}

#[test]
fn under_a_new_locator_what_was_read_before_the_tickets_came_counts_in_any_order() {
    let (course, held) = under_a_new_locator();
    let update = late_update(course);
    let done = hand_over(&update, held.clone());
    let (after, _) = take(done.changed, retimed("NEWLOC"));
    let (old, new, at) = (locator("KWJQPD"), locator("NEWLOC"), minute(0));
    let (before, _) = take(held, Command::ReplaceBooking { old, new, at });
    let (before, _) = take(before, retimed("NEWLOC"));
    let before = hand_over(&update, before).changed;
    for held in [after, before] {
        let trip = held.trip().unwrap();
        let expected = itinerary(&["BA11 LHR SIN 8 23:00"], &[]);
        assert_eq!((trip.itinerary(), trip.issued()), (&expected, minute(20)));
        assert_eq!(tickets(&held), ["9991234567890"]);
    }
}

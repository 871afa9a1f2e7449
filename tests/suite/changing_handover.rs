//! A ticketed change, handed over to those who follow the trip.

use std::collections::BTreeMap;

use jiff::{
    Timestamp,
    civil::{Time, time},
};
use peline::{
    Address, Plan, Role,
    change::{Addressee, Booking, Effect, Fact, HandedOver, Reach, Refusal, State, TripUpdate},
    follow::{
        self, AccountId, Assignment, Command, Confirmation, Division, HeldTrip, Host, Item, Items,
        News, Policy,
    },
    pe::{self, NameReference},
    trip::{
        BookingId, Document, DocumentKind, DocumentNumber, Itinerary, LegStatus, Traveller, TripId,
    },
};

use crate::{
    desk::{
        self, Course, Desk, JANE, PHONE, RICHARD, fetched, itinerary, locator, minute, option, text,
    },
    stage::{carry_out, places},
};

const CLIENT: AccountId = AccountId::new(1);
const AGENT: AccountId = AccountId::new(2);
const MOTHER: AccountId = AccountId::new(3);
const RICHARDS: AccountId = AccountId::new(4);
const BOTH: TripId = TripId::new(1);
const FRESH: TripId = TripId::new(2);

struct Service;

impl Host for Service {
    fn account(&self, address: &Address) -> Option<AccountId> {
        match address.as_str() {
            "client@example.com" => Some(CLIENT),
            "agent@example.com" => Some(AGENT),
            "mother@example.com" => Some(MOTHER),
            "richard@example.com" => Some(RICHARDS),
            _ => None,
        }
    }
}

/// The trip of the booking, as it was imported an hour before the case begins.
fn held(course: &Course, script: &str) -> HeldTrip {
    let plan: Plan = pe::scan(script.as_bytes()).collect();
    let booking = course.booking.id.clone();
    let flights = course.booking.itinerary.clone();
    let confirmation = Confirmation::from_pnr(booking, minute(-60), flights, &plan).unwrap();
    take(HeldTrip::new(BOTH), Command::Import(confirmation)).0
}

#[track_caller]
fn take(held: HeldTrip, command: Command) -> (HeldTrip, Vec<follow::Effect>) {
    held.step(command, minute(0), &Service).unwrap()
}

/// The update of the documents that are issued next.
#[track_caller]
fn update(desk: &mut Desk) -> TripUpdate {
    let effects = desk.clone().to(State::Documents).normal();
    desk.go_to(State::Documents);
    let effects = desk.report(effects);
    let update = effects.into_iter().find_map(|effect| {
        let Effect::UpdateTrip(update) = effect else {
            return None;
        };
        Some(*update)
    });
    update.expect("an update")
}

fn hand_over(update: &TripUpdate, held: HeldTrip) -> HandedOver {
    let done = update.hand_over(held, FRESH, minute(0), &Service);
    assert_eq!(done.refused, None);
    done
}

/// Who is told of the change, under how many keys.
fn told(effects: &[follow::Effect]) -> (Vec<AccountId>, usize) {
    let (mut told, mut keys) = (Vec::new(), Vec::new());
    for effect in effects {
        let follow::Effect::Mail(notice) = effect else {
            continue;
        };
        if let News::Changed(difference) = notice.news() {
            told.push(notice.to());
            keys.push(difference.key());
        }
    }
    keys.dedup();
    (told, keys.len())
}

const SCRIPT: &str = "PE‡CLIENT@EXAMPLE.COM‡\nPE‡AGENT@EXAMPLE.COM‡CC/\n";

#[test]
fn every_follower_is_told_once_and_who_got_the_mail_is_not_told_again() {
    let course = Course::new();
    let held = held(&course, SCRIPT);
    let with = "mother@example.com".parse().unwrap();
    let opens = Items::NONE;
    let (held, _) = take(
        held,
        Command::Share {
            by: CLIENT,
            with,
            opens,
        },
    );
    let mut desk = Desk::with(course);
    let update = update(&mut desk);
    let done = hand_over(&update, held);
    // The client and the agent get the mail with the itinerary.
    assert_eq!(told(&done.effects), (vec![MOTHER], 1));
    assert!(done.staying.is_none());
    let trip = done.changed.trip().unwrap();
    assert_eq!(trip.itinerary(), desk.case.verified().unwrap().itinerary());
    let again = hand_over(&update, done.changed.clone());
    assert_eq!((again.effects, again.changed), (vec![], done.changed));
}

#[test]
fn who_is_reached_by_telephone_is_told_by_mail_that_his_flights_changed() {
    let course = Course {
        reach: Reach::Phone,
        ..Course::new()
    };
    let plan: Plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
    let held = held(&course, SCRIPT);
    let mut course = course;
    course.booking.addressees = Addressee::of(&plan);
    let update = update(&mut Desk::with(course));
    assert_eq!(told(&hand_over(&update, held).effects), (vec![CLIENT], 1));
}

#[test]
fn followers_see_the_new_ticket() {
    let course = Course::new();
    let held = held(&course, SCRIPT);
    let done = hand_over(&update(&mut Desk::with(course)), held);
    let tickets: Vec<_> = done.changed.trip().unwrap().documents().collect();
    let [ticket] = tickets[..] else {
        panic!("one ticket")
    };
    assert_eq!(ticket.kind(), DocumentKind::ETicket);
    assert_eq!(ticket.number().as_str(), "9991234567890");
    let explained = done.changed.explain(AGENT, Item::ETicket, &Policy::DEFAULT);
    assert!(explained.is_granted());
}

#[test]
fn a_new_locator_takes_holdings_shares_and_marks_along() {
    let course = Course {
        next_locator: "NEWLOC",
        ..Course::new()
    };
    let held = held(&course, SCRIPT);
    let to = Assignment::Following {
        client: "Jane".parse().unwrap(),
    };
    let (held, _) = take(held, Command::Reassign { holder: CLIENT, to });
    let before: Vec<_> = held.holders().collect();
    let update = update(&mut Desk::with(course));
    assert_eq!(update.booking(), &locator("KWJQPD"));
    assert_eq!(update.new_booking(), &locator("NEWLOC"));
    let done = hand_over(&update, held);
    assert_eq!(done.changed.booking(), Some(&locator("NEWLOC")));
    assert_eq!(done.changed.holders().collect::<Vec<_>>(), before);
}

#[test]
fn a_correction_is_handed_over_to_the_trip_of_the_new_booking() {
    let course = Course {
        next_locator: "NEWLOC",
        ..Course::new()
    };
    let held = held(&course, SCRIPT);
    let mut desk = Desk::with(course);
    let first = update(&mut desk);
    let done = hand_over(&first, held);
    desk.go_to(State::Acknowledgement);
    desk.report(Fact::ErrorReported {
        contact: PHONE,
        error: text("the name"),
    });
    let second = update(&mut desk);
    assert_eq!(second.booking(), &locator("NEWLOC"));
    let done = hand_over(&second, done.changed);
    assert_eq!(told(&done.effects), (vec![], 0), "nothing changed");
}

/// Whoever follows the trip sees the ticket of nobody else.
#[test]
fn a_ticket_that_was_issued_wrongly_is_void() {
    let course = Course::two();
    let held = both(&course);
    let mut desk = Desk::with(course);
    let done = hand_over(&update(&mut desk), held);
    assert_eq!(
        seen(&done.changed, CLIENT),
        ["9990000000001", "9991234567890"]
    );
    for clock in [0, 5] {
        let mut desk = desk.clone();
        desk.clock(clock);
        let error = text("the ticket of somebody else");
        desk.report(Fact::ErrorFound { error });
        desk.go_to(State::Documents);
        // Hers is another one; his was right.
        let tickets = vec![
            desk::ticket(JANE, "9991234567899"),
            desk::ticket(RICHARD, "9991234567891"),
        ];
        let effects = desk.report(Fact::DocumentsIssued(tickets));
        let [Effect::UpdateTrip(update), ..] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        let done = update.hand_over(done.changed.clone(), FRESH, minute(clock), &Service);
        assert_eq!(done.refused, None);
        assert_eq!(
            seen(&done.changed, CLIENT),
            ["9990000000001", "9991234567899"]
        );
        assert_eq!(
            seen(&done.changed, RICHARDS),
            ["9990000000002", "9991234567891"]
        );
        assert_eq!(tickets_of(&done.changed, true), ["9991234567890"]);
    }
}

/// Jane and Richard, each with a PE entry for the own name, and an agent for both.
fn both(course: &Course) -> HeldTrip {
    let script = format!(
        "PE‡CLIENT@EXAMPLE.COM‡-{JANE}\nPE‡RICHARD@EXAMPLE.COM‡-{RICHARD}\nPE‡AGENT@EXAMPLE.COM‡CC/\n"
    );
    let mut held = held(course, &script);
    for (number, name) in [("9990000000001", JANE), ("9990000000002", RICHARD)] {
        let document = Document::new(DocumentKind::ETicket, number.parse().unwrap(), minute(-50));
        let document = document.for_name(name.parse().unwrap());
        held = take(held, Command::Attach(document)).0;
    }
    held
}

fn holders(held: &HeldTrip) -> Vec<AccountId> {
    held.holders().map(|(account, _)| account).collect()
}

fn tickets(held: &HeldTrip) -> Vec<&str> {
    let documents = held.trip().into_iter().flat_map(|trip| trip.documents());
    documents
        .map(|document| document.number().as_str())
        .collect()
}

/// Those that are void, or not.
fn tickets_of(held: &HeldTrip, void: bool) -> Vec<&str> {
    let documents = held
        .trip()
        .unwrap()
        .documents()
        .filter(|it| it.is_void() == void);
    documents.map(|it| it.number().as_str()).collect()
}

/// The documents that somebody sees.
#[track_caller]
fn seen(held: &HeldTrip, account: AccountId) -> Vec<&str> {
    let view = held.view(account, &Policy::DEFAULT).unwrap();
    let numbers = view.documents().filter_map(|document| document.number());
    numbers.map(DocumentNumber::as_str).collect()
}

fn travellers(held: &HeldTrip) -> Vec<String> {
    let travellers = held.trip().unwrap().itinerary().travellers().iter();
    let numbers = travellers.filter_map(Traveller::name_reference);
    numbers.map(|number| number.to_string()).collect()
}

/// An invoice of the whole booking.
fn invoice() -> Document {
    Document::new(
        DocumentKind::EInvoice,
        "INV-17".parse().unwrap(),
        minute(-50),
    )
}

/// The old numbers of names that move, and their new ones.
fn names(moving: &[(&str, &str)]) -> BTreeMap<NameReference, NameReference> {
    let moving = moving.iter();
    moving
        .map(|(old, new)| (old.parse().unwrap(), new.parse().unwrap()))
        .collect()
}

#[track_caller]
fn divide(held: HeldTrip, moving: &BTreeMap<NameReference, NameReference>) -> Division {
    held.divide(FRESH, moving, minute(-45), minute(0), &Service)
        .unwrap()
}

fn mail(address: &str, role: Role) -> Addressee {
    let address = address.parse().unwrap();
    Addressee { address, role }
}

/// What becomes of the trip of both when Jane flies later: her booking has her name under 1.1.
fn divided() -> HandedOver {
    let mut course = Course::divided();
    let held = both(&course);
    course.booking.addressees = vec![mail("client@example.com", Role::To)];
    hand_over(&update(&mut Desk::with(course)), held)
}

#[test]
fn a_division_makes_two_trips_and_nobody_keeps_a_strangers() {
    let done = divided();
    let staying = done.staying.expect("those who stay");
    assert_eq!((staying.id(), done.changed.id()), (BOTH, FRESH));
    assert_eq!(staying.booking(), Some(&locator("KWJQPD")));
    assert_eq!(done.changed.booking(), Some(&locator("NEWLOC")));
    assert_eq!(holders(&staying), [AGENT, RICHARDS]);
    assert_eq!(holders(&done.changed), [CLIENT, AGENT]);
    assert_eq!(tickets(&staying), ["9990000000002"]);
    assert_eq!(tickets(&done.changed), ["9990000000001", "9991234567890"]);
    assert_eq!(travellers(&staying), [RICHARD]);
    assert_eq!(travellers(&done.changed), [JANE]);
}

/// … as his new booking says, however long the change of the flights takes.
#[test]
fn what_is_issued_between_the_division_and_the_change_has_the_new_numbers() {
    let course = Course::divided();
    let held = both(&course);
    let mut desk = Desk::with(course).to(State::Division);
    desk.go_on();
    desk.clock(60);
    let update = update(&mut desk);
    let done = update.hand_over(held, FRESH, minute(60), &Service);
    let staying = done.staying.expect("those who stay");
    let flights = staying.trip().unwrap().itinerary().flights().to_vec();
    let richard = Traveller::new("ROE/RICHARD".parse().unwrap());
    let richard = richard.with_name_reference(JANE.parse().unwrap());
    let richard = Itinerary::new(flights, [richard]).unwrap();
    let plan: Plan = pe::scan("PE‡RICHARD@EXAMPLE.COM‡-1.1".as_bytes()).collect();
    let list = Confirmation::from_pnr(locator("KWJQPD"), minute(30), richard, &plan).unwrap();
    let (staying, _) = staying
        .step(Command::Import(list), minute(60), &Service)
        .unwrap();
    assert_eq!(holders(&staying), [AGENT, RICHARDS]);
}

#[test]
fn a_document_of_the_whole_booking_stays_with_it() {
    let course = Course::divided();
    let held = take(both(&course), Command::Attach(invoice())).0;
    let division = divide(held, &names(&[(JANE, JANE)]));
    assert_eq!(tickets(&division.staying), ["9990000000002", "INV-17"]);
    assert_eq!(tickets(&division.moving), ["9990000000001"]);
}

#[test]
fn after_a_division_who_is_there_for_one_name_sees_the_documents_of_that_name_only() {
    let course = Course::divided();
    let held = take(both(&course), Command::Attach(invoice())).0;
    // Richard moves, as the only name of his booking.
    let division = divide(held, &names(&[(RICHARD, JANE)]));
    assert_eq!(seen(&division.staying, CLIENT), ["9990000000001"]);
    let documents = ["9990000000001", "INV-17"];
    assert_eq!(seen(&division.staying, AGENT), documents);
    let other = Document::new(DocumentKind::ETicket, "999-3".parse().unwrap(), minute(-40));
    let other = other.for_name(RICHARD.parse().unwrap());
    let moving = take(division.moving, Command::Attach(other)).0;
    assert_eq!(seen(&moving, RICHARDS), ["9990000000002"]);
    assert_eq!(seen(&moving, AGENT), ["999-3", "9990000000002"]);
}

/// What becomes of a PE entry for all passengers of name 1, when these travellers are known and these of them
/// get a booking of their own: whether it is in the trip of those who stay, and in that of those who move.
#[track_caller]
fn entry_for_name_1(known: &[&str], moving: &[&str]) -> [bool; 2] {
    let mut course = Course::new();
    let flights = course.booking.itinerary.flights().iter().cloned();
    let travellers = known.iter().map(|number| {
        let traveller = Traveller::new("DOE/JANE".parse().unwrap());
        traveller.with_name_reference(number.parse().unwrap())
    });
    course.booking.itinerary = Itinerary::new(flights, travellers).unwrap();
    let held = held(
        &course,
        "PE‡CLIENT@EXAMPLE.COM‡\nPE‡AGENT@EXAMPLE.COM‡CC/-1",
    );
    let moved: Vec<_> = moving.iter().map(|number| (*number, *number)).collect();
    let division = divide(held, &names(&moved));
    [division.staying, division.moving].map(|held| holders(&held).contains(&AGENT))
}

#[test]
fn an_entry_for_all_passengers_of_a_name_goes_where_they_go_and_stays_where_one_stays() {
    let table: [(&[&str], &[&str], [bool; 2]); 6] = [
        (&["1.1", "1.2"], &["1.1"], [true, true]),
        (&["1.1"], &["1.1"], [false, true]),
        (&["1.1", "2.1"], &["1.1"], [false, true]),
        (&["1.1", "2.1"], &["2.1"], [true, false]),
        // Where it is not known who travels, nobody is left out.
        (&[], &["1.1"], [true, true]),
        (&["2.1"], &["2.1"], [true, false]),
    ];
    for (known, moving, expected) in table {
        let is_there = entry_for_name_1(known, moving);
        assert_eq!(is_there, expected, "{moving:?} of {known:?}");
    }
}

#[test]
fn what_is_to_be_done_after_a_handover_is_what_both_trips_say() {
    let mut course = Course::divided();
    let held = both(&course);
    let mut lists = places([&held]);
    course.booking.addressees = vec![mail("client@example.com", Role::To)];
    let done = hand_over(&update(&mut Desk::with(course)), held);
    carry_out(&mut lists, &done.effects);
    let staying = done.staying.expect("those who stay");
    assert_eq!(lists, places([&staying, &done.changed]));
    let trips: Vec<_> = lists.into_keys().collect();
    let expected = [
        (BOTH, AGENT),
        (BOTH, RICHARDS),
        (FRESH, CLIENT),
        (FRESH, AGENT),
    ];
    assert_eq!(trips, expected);
    let told = done.effects.iter().filter(|effect| match effect {
        follow::Effect::Mail(notice) => notice.trip() == effect.trip(),
        follow::Effect::Place { .. } | follow::Effect::Remove { .. } => false,
    });
    assert!(told.map(follow::Effect::trip).eq([FRESH]));
}

#[test]
fn after_a_division_each_is_told_of_the_own_flights_only() {
    let done = divided();
    // Jane got the mail; the agent, who did not this time, is told of her change once.
    assert_eq!(told(&done.effects), (vec![AGENT], 1));
    let later = |booking: BookingId, issued: Timestamp| Command::Update {
        booking,
        itinerary: itinerary(&["BA11 LHR SIN 20 21:00"], &[]),
        issued,
        mailed_to: vec![],
    };
    let staying = done.staying.expect("those who stay");
    let (_, effects) = take(staying, later(locator("KWJQPD"), minute(1)));
    assert_eq!(told(&effects), (vec![AGENT, RICHARDS], 1));
    let (_, effects) = take(done.changed, later(locator("NEWLOC"), minute(1)));
    assert_eq!(told(&effects), (vec![CLIENT, AGENT], 1));
}

#[test]
fn a_ticket_of_before_the_division_that_comes_again_is_not_of_who_has_its_number_now() {
    let done = divided();
    let staying = done.staying.expect("those who stay");
    let ticket = |issued| {
        let number = "9990000000003".parse().unwrap();
        let ticket = Document::new(DocumentKind::ETicket, number, minute(issued));
        Command::Attach(ticket.for_name(JANE.parse().unwrap()))
    };
    // After the itinerary that is known, and before the booking was divided.
    for held in [staying, done.changed] {
        let janes = held.id() == FRESH;
        let refusal = held.step(ticket(-50), minute(0), &Service).err();
        let refusal = refusal.map(|rejected| rejected.refusal());
        assert_eq!(
            refusal,
            (!janes).then_some(follow::Refusal::Renumbered),
            "{janes}"
        );
    }
}

#[test]
fn a_division_leaves_the_flights_of_those_who_stay_as_they_are_known() {
    let mut course = Course::divided();
    let held = both(&course);
    let newer = Command::Update {
        booking: locator("KWJQPD"),
        itinerary: itinerary(&["BA11 LHR SIN 2 21:00"], &["DOE/JANE", "ROE/RICHARD"]),
        issued: minute(-1),
        mailed_to: vec![],
    };
    let (held, _) = take(held, newer);
    course.booking.addressees = vec![];
    let done = hand_over(&update(&mut Desk::with(course)), held);
    let staying = done.staying.expect("those who stay");
    let flights = staying.trip().unwrap().itinerary().flights();
    assert_eq!(flights, itinerary(&["BA11 LHR SIN 2 21:00"], &[]).flights());
    // Jane's trip changed: she got the mail, and Richard is not told of it.
    assert_eq!(told(&done.effects), (vec![AGENT], 1));
}

#[test]
fn a_trip_of_another_booking_is_left_alone() {
    for mut course in [Course::new(), Course::divided()] {
        let both = both(&course);
        let divided = course.next_locator == "NEWLOC";
        course.booking.id = locator("OTHERS");
        course.next_locator = if divided { "NEWLOC" } else { "OTHERS" };
        let update = update(&mut Desk::with(course));
        let done = update.hand_over(both.clone(), FRESH, minute(0), &Service);
        assert_eq!(done.refused, Some(follow::Refusal::OtherBooking));
        assert_eq!((done.changed, done.effects), (both, vec![]));
        assert!(done.staying.is_none());
        let add = Command::AddByHand {
            by: CLIENT,
            itinerary: update.itinerary().clone(),
            client: None,
        };
        let by_hand = take(HeldTrip::new(BOTH), add).0;
        for (held, refusal) in [
            (HeldTrip::new(BOTH), follow::Refusal::NoTrip),
            (by_hand, follow::Refusal::NotLinked),
        ] {
            let done = update.hand_over(held.clone(), FRESH, minute(0), &Service);
            assert_eq!(done.refused, Some(refusal));
            assert_eq!((done.changed, done.effects), (held, vec![]));
            assert!(done.staying.is_none());
        }
    }
}

#[test]
fn a_division_that_was_handed_over_is_not_divided_again() {
    let mut course = Course::divided();
    let held = both(&course);
    course.booking.addressees = vec![mail("client@example.com", Role::To)];
    let update = update(&mut Desk::with(course));
    let done = hand_over(&update, held);
    let again = hand_over(&update, done.changed.clone());
    assert_eq!((again.changed, again.effects), (done.changed, vec![]));
    assert!(again.staying.is_none());
    // Nor is the trip of those who stay, under whatever key.
    let (staying, host): (_, &dyn Host) = (done.staying.expect("those who stay"), &Service);
    for fresh in [FRESH, TripId::new(3)] {
        let again = update.hand_over(staying.clone(), fresh, minute(0), host);
        assert_eq!(again.refused, Some(follow::Refusal::NamesLeft));
        assert_eq!((again.changed, again.effects), (staying.clone(), vec![]));
        assert!(again.staying.is_none());
    }
}

#[test]
fn what_is_of_the_future_is_not_handed_over_in_part() {
    for course in [Course::two(), Course::divided()] {
        let held = both(&course);
        let mut desk = Desk::with(course);
        desk.go_to(State::Documents);
        desk.clock(10);
        let update = update(&mut desk);
        // By a clock that is a day behind, the booking is as it is already, and its tickets are not issued yet.
        let done = update.hand_over(held.clone(), FRESH, minute(-1435), &Service);
        assert_eq!(done.refused, Some(follow::Refusal::NotYetIssued));
        assert_eq!((done.changed, done.effects), (held.clone(), vec![]));
        assert!(done.staying.is_none());
        let done = update.hand_over(held, FRESH, minute(-1430), &Service);
        assert_eq!(done.refused, None);
    }
}

#[test]
fn a_division_under_the_key_of_the_trip_hands_nothing_over() {
    let course = Course::divided();
    let held = both(&course);
    let update = update(&mut Desk::with(course));
    let done = update.hand_over(held.clone(), BOTH, minute(0), &Service);
    assert_eq!(done.refused, Some(follow::Refusal::TripExists));
    assert_eq!((done.changed, done.effects), (held, vec![]));
    assert!(done.staying.is_none());
}

#[test]
fn a_division_that_is_refused_hands_nothing_over() {
    let course = Course::divided();
    let held = both(&course);
    let update = update(&mut Desk::with(course));
    // By a clock that is days behind.
    let done = update.hand_over(held.clone(), FRESH, minute(-10_000), &Service);
    assert_eq!(done.refused, Some(follow::Refusal::NotYetIssued));
    assert_eq!((done.changed, done.effects), (held, vec![]));
    assert!(done.staying.is_none());
}

/// Jane and Richard change together, and their booking has them under each other's numbers then.
fn renumbered(next_locator: &'static str) -> (Course, HeldTrip) {
    let mut course = Course {
        next_locator,
        ..Course::two()
    };
    course.numbers = [RICHARD, JANE].map(desk::name).to_vec();
    let held = both(&course);
    (course, held)
}

#[test]
fn who_is_there_for_one_name_sees_its_tickets_whatever_number_it_gets() {
    for next_locator in ["KWJQPD", "NEWLOC"] {
        let (course, held) = renumbered(next_locator);
        let update = update(&mut Desk::with(course));
        let done = hand_over(&update, held);
        // The last digit of the old and the new ones: 1 of Jane, 2 of Richard.
        let [janes, richards] = [CLIENT, RICHARDS].map(|it| seen(&done.changed, it));
        assert_eq!(janes, ["9990000000001", "9991234567890"], "{next_locator}");
        assert_eq!(
            richards,
            ["9990000000002", "9991234567891"],
            "{next_locator}"
        );
        let again = hand_over(&update, done.changed.clone());
        assert_eq!((again.changed, again.effects), (done.changed, vec![]));
    }
}

#[test]
fn of_namesakes_those_keep_their_numbers_who_can() {
    let mut course = Course::two();
    course.booking.itinerary = itinerary(&[desk::OLD], &["DOE/JANE", "DOE/JANE"]);
    for (numbers, changed) in [([RICHARD, JANE], 0), ([RICHARD, "3.1"], 1)] {
        course.numbers = numbers.map(desk::name).to_vec();
        let update = update(&mut Desk::with(course.clone()));
        let renumbered = update.commands().into_iter().filter_map(|command| {
            let Command::Renumber { names, .. } = command else {
                return None;
            };
            Some(
                names
                    .into_iter()
                    .filter(|(old, new)| Some(*old) != *new)
                    .collect(),
            )
        });
        let renumbered: Vec<Vec<_>> = renumbered.collect();
        assert_eq!(renumbered.len(), changed);
        let moved = [(desk::name(JANE), Some(desk::name("3.1")))];
        assert!(renumbered.iter().all(|names| *names == moved));
    }
}

/// Under a number for all passengers of a name nothing could be handed over.
#[test]
fn each_passenger_of_a_case_has_a_number_of_his_own() {
    let bare = |booking: &mut Booking| {
        let travellers = booking.itinerary.travellers().iter().zip(["1", RICHARD]);
        let travellers = travellers.map(|(it, number)| {
            Traveller::new(it.name().clone()).with_name_reference(desk::name(number))
        });
        let flights = booking.itinerary.flights().iter().cloned();
        booking.itinerary = Itinerary::new(flights, travellers).unwrap();
        booking.passengers[0].name_reference = desk::name("1");
    };
    for state in [State::Booking, State::Verification] {
        let mut desk = Desk::with(Course::two()).to(state);
        let Fact::BookingFetched(mut booking) = desk.normal() else {
            panic!("a booking is fetched");
        };
        bare(&mut booking);
        desk.refuses(Fact::BookingFetched(booking), Refusal::PassengersUnclear);
        desk.go_on();
    }
}

#[test]
fn nothing_is_handed_over_under_a_number_that_somebody_has_of_whom_the_case_knows_nothing() {
    for number in ["3.1", "3"] {
        let (mut course, held) = renumbered("NEWLOC");
        course.numbers = ["3.1", RICHARD].map(desk::name).to_vec();
        let update = update(&mut Desk::with(course));
        let done = hand_over(&update, held.clone());
        assert_eq!(
            seen(&done.changed, CLIENT),
            ["9990000000001", "9991234567890"]
        );
        let anns = Document::new(
            DocumentKind::ETicket,
            "9990000000003".parse().unwrap(),
            minute(-60),
        );
        let (held, _) = take(held, Command::Attach(anns.for_name(desk::name(number))));
        let done = update.hand_over(held.clone(), FRESH, minute(0), &Service);
        assert_eq!(done.refused, Some(follow::Refusal::NumberTaken));
        assert_eq!((done.changed, done.effects), (held, vec![]));
    }
}

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
    let done = update(&mut desk).hand_over(held, FRESH, minute(5), &Service);
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
        let done = update(&mut desk).hand_over(held, FRESH, minute(10), &Service);
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
    let done = update.hand_over(held, FRESH, minute(80), &Service);
    assert_eq!(done.refused, None);
    let again = update.hand_over(done.changed.clone(), FRESH, minute(80), &Service);
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
        let done = first.hand_over(held, FRESH, minute(times[1]), &Service);
        assert_eq!(done.refused, None, "{times:?}");
        assert_eq!(told(&done.effects), (vec![RICHARDS], 1), "{times:?}");
        let held = done.changed;
        assert_eq!(departure(&held), time(23, 0, 0, 0), "{times:?}");
        let [janes, richards] = [CLIENT, RICHARDS].map(|it| seen(&held, it));
        assert_eq!(janes, ["9990000000001", "9991234567898"], "{times:?}");
        assert_eq!(richards, ["9990000000002", "9991234567899"], "{times:?}");
        let void = ["9991234567890", "9991234567891"];
        assert_eq!(tickets_of(&held, true), void, "{times:?}");
        let again = first.hand_over(held.clone(), FRESH, minute(times[1]), &Service);
        assert_eq!((again.changed, again.refused), (held.clone(), None));
        assert_eq!(again.effects, []);

        // What was right at first is right once more, at the same time even.
        let times = [times[1]; 2];
        let second = correct(&mut desk, [JANE, RICHARD], "21:00", times, void);
        let done = second.hand_over(held, FRESH, minute(times[1]), &Service);
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
    let done = update.hand_over(held, FRESH, minute(30), &Service);
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
    let done = update.hand_over(held.clone(), FRESH, minute(0), &Service);
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
    let course = Course {
        next_locator: "NEWLOC",
        ..Course::new()
    };
    let held = held(&course, SCRIPT);
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

#[test]
fn the_copies_go_by_the_pe_field_of_the_changed_booking() {
    let mut desk = Desk::at(State::Verification);
    let mut changed = desk.course.changed();
    changed.addressees = vec![
        mail("mother@example.com", Role::Bcc),
        mail("Client@Example.com", Role::To),
    ];
    desk.report(fetched(changed));
    let effects = desk.go_on();
    let dispatch = desk::dispatch(&effects);
    let copies: Vec<_> = dispatch
        .copies()
        .iter()
        .map(|it| it.address.as_str())
        .collect();
    assert_eq!(
        copies,
        ["mother@example.com"],
        "the client's own address is not copied"
    );
}

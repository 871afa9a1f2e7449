//! A ticketed change, handed over to those who follow the trip.

use std::collections::BTreeMap;

use jiff::Timestamp;
use peline::{
    Address, Plan, Role,
    change::{
        Addressee, Booking, Effect, Fact, HandedOver, Reach, Refusal, State, TripDivision,
        TripUpdate,
    },
    follow::{
        self, AccountId, Assignment, Command, Confirmation, Division, HeldTrip, Host, Item, Items,
        News, Policy,
    },
    pe::{self, NameReference},
    trip::{BookingId, Document, DocumentKind, DocumentNumber, Itinerary, Traveller, TripId},
};

use crate::{
    desk::{self, Course, Desk, JANE, PHONE, RICHARD, fetched, itinerary, locator, minute, text},
    stage::{carry_out, places},
};

pub(crate) const CLIENT: AccountId = AccountId::new(1);
const AGENT: AccountId = AccountId::new(2);
const MOTHER: AccountId = AccountId::new(3);
pub(crate) const RICHARDS: AccountId = AccountId::new(4);
const BOTH: TripId = TripId::new(1);
pub(crate) const FRESH: TripId = TripId::new(2);

pub(crate) struct Service;

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
pub(crate) fn held(course: &Course, script: &str) -> HeldTrip {
    let plan: Plan = pe::scan(script.as_bytes()).collect();
    let booking = course.booking.id.clone();
    let flights = course.booking.itinerary.clone();
    let confirmation = Confirmation::from_pnr(booking, minute(-60), flights, &plan).unwrap();
    take(HeldTrip::new(BOTH), Command::Import(confirmation)).0
}

#[track_caller]
pub(crate) fn take(held: HeldTrip, command: Command) -> (HeldTrip, Vec<follow::Effect>) {
    held.step(command, minute(0), &Service).unwrap()
}

/// The update of the documents that are issued next.
#[track_caller]
pub(crate) fn update(desk: &mut Desk) -> TripUpdate {
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

pub(crate) fn hand_over(update: &TripUpdate, held: HeldTrip) -> HandedOver {
    let done = update.hand_over(held, minute(0), &Service);
    assert_eq!(done.refused, None);
    done
}

/// Who is told of the change, under how many keys.
pub(crate) fn told(effects: &[follow::Effect]) -> (Vec<AccountId>, usize) {
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

pub(crate) const SCRIPT: &str = "PE‡CLIENT@EXAMPLE.COM‡\nPE‡AGENT@EXAMPLE.COM‡CC/\n";

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

/// A change whose booking gets another locator.
pub(crate) fn under_a_new_locator() -> (Course, HeldTrip) {
    let course = Course {
        next_locator: "NEWLOC",
        ..Course::new()
    };
    let held = held(&course, SCRIPT);
    (course, held)
}

#[test]
fn a_new_locator_takes_holdings_shares_and_marks_along() {
    let (course, held) = under_a_new_locator();
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
        let done = update.hand_over(done.changed.clone(), minute(clock), &Service);
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
pub(crate) fn both(course: &Course) -> HeldTrip {
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

pub(crate) fn tickets(held: &HeldTrip) -> Vec<&str> {
    let documents = held.trip().into_iter().flat_map(|trip| trip.documents());
    documents
        .map(|document| document.number().as_str())
        .collect()
}

/// Those that are void, or not.
pub(crate) fn tickets_of(held: &HeldTrip, void: bool) -> Vec<&str> {
    let documents = held
        .trip()
        .unwrap()
        .documents()
        .filter(|it| it.is_void() == void);
    documents.map(|it| it.number().as_str()).collect()
}

/// The documents that somebody sees.
#[track_caller]
pub(crate) fn seen(held: &HeldTrip, account: AccountId) -> Vec<&str> {
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

/// How the trip is divided, as soon as the booking is.
#[track_caller]
fn division(desk: &mut Desk) -> TripDivision {
    desk.go_to(State::Division);
    let effects = desk.go_on();
    let [Effect::DivideTrip(division), Effect::Rebook(_)] = &effects[..] else {
        panic!("{effects:?}")
    };
    division.as_ref().clone()
}

/// A trip that was divided, and then changed.
struct Halves {
    staying: HeldTrip,
    changed: HeldTrip,
    effects: Vec<follow::Effect>,
}

#[track_caller]
fn halves(course: Course, held: HeldTrip) -> Halves {
    let mut desk = Desk::with(course);
    let division = division(&mut desk).divide(held, FRESH, minute(0), &Service);
    let Division {
        staying,
        moving,
        mut effects,
    } = division.unwrap();
    assert_eq!(told(&effects).0, [], "nobody is told of a division");
    let done = hand_over(&update(&mut desk), moving);
    effects.extend(done.effects);
    Halves {
        staying,
        changed: done.changed,
        effects,
    }
}

/// What becomes of the trip of both when Jane flies later: her booking has her name under 1.1.
fn divided() -> Halves {
    let mut course = Course::divided();
    let held = both(&course);
    course.booking.addressees = vec![mail("client@example.com", Role::To)];
    halves(course, held)
}

#[test]
fn a_division_makes_two_trips_and_nobody_keeps_a_strangers() {
    let done = divided();
    let staying = done.staying;
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
    let division = division(&mut Desk::with(course));
    let division = division.divide(held, FRESH, minute(60), &Service);
    let staying = division.unwrap().staying;
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
    let done = halves(course, held);
    carry_out(&mut lists, &done.effects);
    let staying = done.staying;
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
    let staying = done.staying;
    let (_, effects) = take(staying, later(locator("KWJQPD"), minute(1)));
    assert_eq!(told(&effects), (vec![AGENT, RICHARDS], 1));
    let (_, effects) = take(done.changed, later(locator("NEWLOC"), minute(1)));
    assert_eq!(told(&effects), (vec![CLIENT, AGENT], 1));
}

#[test]
fn a_ticket_of_before_the_division_that_comes_again_is_not_of_who_has_its_number_now() {
    let done = divided();
    let staying = done.staying;
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
    let done = halves(course, held);
    let staying = done.staying;
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
        let done = update.hand_over(both.clone(), minute(0), &Service);
        assert_eq!(done.refused, Some(follow::Refusal::OtherBooking));
        assert_eq!((done.changed, done.effects), (both, vec![]));
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
            let done = update.hand_over(held.clone(), minute(0), &Service);
            assert_eq!(done.refused, Some(refusal));
            assert_eq!((done.changed, done.effects), (held, vec![]));
        }
    }
}

#[test]
fn a_trip_is_divided_once_and_changed_once() {
    let course = Course::divided();
    let held = both(&course);
    let mut desk = Desk::with(course);
    let division = division(&mut desk);
    let first = division.divide(held, FRESH, minute(0), &Service).unwrap();
    for fresh in [FRESH, TripId::new(3)] {
        for (again, refusal) in [
            (&first.staying, follow::Refusal::NamesLeft),
            (&first.moving, follow::Refusal::OtherBooking),
        ] {
            let rejected = division.divide(again.clone(), fresh, minute(0), &Service);
            let rejected = rejected.unwrap_err();
            assert_eq!((rejected.refusal(), rejected.state()), (refusal, again));
        }
    }
    let update = update(&mut desk);
    let done = hand_over(&update, first.moving);
    let again = hand_over(&update, done.changed.clone());
    assert_eq!((again.changed, again.effects), (done.changed, vec![]));
    // Nothing is handed over to the trip of those who stay.
    let done = update.hand_over(first.staying.clone(), minute(0), &Service);
    assert_eq!(done.refused, Some(follow::Refusal::OtherBooking));
    assert_eq!((done.changed, done.effects), (first.staying, vec![]));
}

/// The system says of both bookings what is so since they were divided, long before the flights are changed.
#[test]
fn between_the_division_and_the_change_both_bookings_are_read() {
    let course = Course::divided();
    let mut desk = Desk::with(course.clone());
    let division = division(&mut desk);
    let division = division.divide(both(&course), FRESH, minute(0), &Service);
    let Division {
        staying, moving, ..
    } = division.unwrap();
    // Under 1.1 each, and nobody else is listed.
    let read = |held, of: &str, traveller, script: &str| {
        let plan = pe::scan(script.as_bytes()).collect();
        let known = itinerary(&[desk::OLD], &[traveller]);
        let list = Confirmation::from_whole_pnr(locator(of), minute(1), known, &plan);
        take(held, Command::Import(list.unwrap())).0
    };
    let richards = "PE‡AGENT@EXAMPLE.COM‡CC/\nPE‡RICHARD@EXAMPLE.COM‡-1.1";
    let janes = "PE‡AGENT@EXAMPLE.COM‡CC/\nPE‡CLIENT@EXAMPLE.COM‡-1.1";
    let moving = read(moving, "NEWLOC", "DOE/JANE", janes);
    let renumber = Command::Renumber {
        booking: locator("KWJQPD"),
        names: [(desk::name(RICHARD), Some(desk::name(JANE)))].into(),
        at: minute(1),
    };
    let staying = take(staying, renumber).0;
    let staying = read(staying, "KWJQPD", "ROE/RICHARD", richards);
    assert_eq!(holders(&staying), [AGENT, RICHARDS]);
    assert_eq!(seen(&staying, RICHARDS), ["9990000000002"]);
    desk.clock(60);
    let done = update(&mut desk).hand_over(moving, minute(60), &Service);
    assert_eq!(done.refused, None);
    assert_eq!(holders(&done.changed), [CLIENT, AGENT]);
    let janes = ["9990000000001", "9991234567890"];
    assert_eq!(seen(&done.changed, CLIENT), janes);
}

/// Jane is 2.1 in the new booking, and 1.1 once it is changed.
#[test]
fn who_has_another_number_after_the_division_and_another_after_the_change_keeps_his_tickets() {
    let course = Course::divided();
    let held = both(&course);
    let mut desk = Desk::with(course).to(State::Division);
    let known = desk.course.changed().itinerary.travellers().to_vec();
    let known = known.into_iter();
    let known = known.map(|it| it.with_name_reference(desk::name(RICHARD)));
    let effects = desk.report(Fact::BookingDivided {
        booking: locator("NEWLOC"),
        travellers: known.collect(),
        at: minute(0),
    });
    let [Effect::DivideTrip(division), _] = &effects[..] else {
        panic!("{effects:?}")
    };
    let division = division.divide(held, FRESH, minute(0), &Service).unwrap();
    assert_eq!(seen(&division.moving, CLIENT), ["9990000000001"]);
    desk.clock(10);
    let done = update(&mut desk).hand_over(division.moving, minute(10), &Service);
    assert_eq!(done.refused, None);
    let janes = ["9990000000001", "9991234567890"];
    assert_eq!(seen(&done.changed, CLIENT), janes);
    assert_eq!(travellers(&done.changed), [JANE]);
}

/// The booking is divided though the client wants nothing any more, and its trip is.
#[test]
fn a_trip_is_divided_whatever_becomes_of_the_change() {
    let course = Course::divided();
    let held = both(&course);
    let mut desk = Desk::with(course).to(State::Division);
    let divided = desk.normal();
    desk.report(desk::withdrawn());
    let effects = desk.report(divided);
    let Some(Effect::DivideTrip(division)) = effects.first() else {
        panic!("{effects:?}")
    };
    let division = division.divide(held, FRESH, minute(0), &Service).unwrap();
    assert_eq!(division.moving.booking(), Some(&locator("NEWLOC")));
    assert_eq!(holders(&division.staying), [AGENT, RICHARDS]);
}

/// Who was divided off is checked before anybody's trip is.
#[test]
fn a_booking_that_was_divided_otherwise_is_refused() {
    let mut desk = Desk::with(Course::divided()).to(State::Division);
    let divided = |travellers: &[(&str, Option<&str>)]| Fact::BookingDivided {
        booking: locator("NEWLOC"),
        travellers: travellers
            .iter()
            .map(|(name, number)| {
                let traveller = Traveller::new(name.parse().unwrap());
                match number {
                    Some(number) => traveller.with_name_reference(number.parse().unwrap()),
                    None => traveller,
                }
            })
            .collect(),
        at: minute(0),
    };
    let (jane, richard) = (("DOE/JANE", Some("1.1")), ("ROE/RICHARD", Some("2.1")));
    for (travellers, refusal) in [
        (&[][..], Refusal::TravellersDiffer),
        (&[richard], Refusal::TravellersDiffer),
        (&[jane, richard], Refusal::TravellersDiffer),
        (&[jane, jane], Refusal::TravellersDiffer),
        (&[("DOE/JANE", None)], Refusal::PassengersUnclear),
        (&[("DOE/JANE", Some("1"))], Refusal::PassengersUnclear),
    ] {
        desk.refuses(divided(travellers), refusal);
    }
    assert_eq!(desk.case.divided(), None);
    desk.report(divided(&[jane]));
    assert_eq!(desk.case.divided(), Some(&locator("NEWLOC")));
}

// Richard, who stays, is 1.1 since the booking was divided, as Jane was before.
#[test]
fn a_trip_that_was_told_of_the_old_booking_since_is_not_divided() {
    let course = Course::divided();
    let held = both(&course);
    let read = Command::Update {
        booking: locator("KWJQPD"),
        itinerary: itinerary(&["BA11 LHR SIN 1 21:00"], &["ROE/RICHARD"]),
        issued: minute(0),
        mailed_to: vec![],
    };
    let (held, _) = take(held, read);
    let mut desk = Desk::with(course);
    let division = division(&mut desk);
    let rejected = division.divide(held.clone(), FRESH, minute(0), &Service);
    let rejected = rejected.unwrap_err();
    let expected = (follow::Refusal::ReadSinceDivided, &held);
    assert_eq!((rejected.refusal(), rejected.state()), expected);
    // The way out: the new booking is a trip of its own.
    let plan = pe::scan("PE‡CLIENT@EXAMPLE.COM‡-1.1".as_bytes()).collect();
    let (id, issued) = (division.new_booking().clone(), minute(-1));
    let known = itinerary(&["BA11 LHR SIN 1 21:00"], &["DOE/JANE"]);
    let import = Confirmation::from_whole_pnr(id, issued, known, &plan).unwrap();
    let (imported, _) = take(HeldTrip::new(FRESH), Command::Import(import));
    let update = update(&mut desk);
    let done = hand_over(&update, imported);
    assert_eq!(done.changed.id(), FRESH);
    assert_eq!(done.changed.trip().unwrap().itinerary(), update.itinerary());
    assert_eq!(seen(&done.changed, CLIENT).len(), 1);
}

#[test]
fn a_division_that_is_refused_changes_nothing() {
    let course = Course::divided();
    let held = both(&course);
    let division = division(&mut Desk::with(course));
    // Under the key of the trip; by a clock that is days behind; and of another booking.
    let add = Command::AddByHand {
        by: CLIENT,
        itinerary: itinerary(&["BA11 LHR SIN 1 21:00"], &[]),
        client: None,
    };
    let by_hand = take(HeldTrip::new(BOTH), add).0;
    let replace = Command::ReplaceBooking {
        old: locator("KWJQPD"),
        new: locator("OTHERS"),
        at: minute(-1),
    };
    let other = take(held.clone(), replace).0;
    for (held, fresh, now, refusal) in [
        (held.clone(), BOTH, 0, follow::Refusal::TripExists),
        (held, FRESH, -10_000, follow::Refusal::NotYetIssued),
        (other, FRESH, 0, follow::Refusal::OtherBooking),
        (by_hand, FRESH, 0, follow::Refusal::NotLinked),
        (HeldTrip::new(BOTH), FRESH, 0, follow::Refusal::NoTrip),
    ] {
        let rejected = division.divide(held.clone(), fresh, minute(now), &Service);
        let rejected = rejected.unwrap_err();
        assert_eq!((rejected.refusal(), rejected.state()), (refusal, &held));
    }
}

#[test]
fn what_is_of_the_future_is_not_handed_over_in_part() {
    for course in [Course::two(), Course::divided()] {
        let mut held = both(&course);
        let divides = course.next_locator == "NEWLOC";
        let mut desk = Desk::with(course);
        if divides {
            let division = division(&mut desk).divide(held, FRESH, minute(0), &Service);
            held = division.unwrap().moving;
        }
        desk.go_to(State::Documents);
        desk.clock(10);
        let update = update(&mut desk);
        // By a clock that is a day behind, the booking is as it is already, and its tickets are not issued yet.
        let done = update.hand_over(held.clone(), minute(-1435), &Service);
        assert_eq!(done.refused, Some(follow::Refusal::NotYetIssued));
        assert_eq!((done.changed, done.effects), (held.clone(), vec![]));
        let done = update.hand_over(held, minute(-1430), &Service);
        assert_eq!(done.refused, None);
    }
}

/// Jane and Richard change together, and their booking has them under each other's numbers then.
pub(crate) fn renumbered(next_locator: &'static str) -> (Course, HeldTrip) {
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
        let done = update.hand_over(held.clone(), minute(0), &Service);
        assert_eq!(done.refused, Some(follow::Refusal::NumberTaken));
        assert_eq!((done.changed, done.effects), (held, vec![]));
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

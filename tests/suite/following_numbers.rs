//! Names that get other numbers: who is there for one name never sees what is another's.

use peline::follow::{Command, Refusal};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LATEST, LOCATOR, Pnr, SISTER, Stage, booking, document, flights,
    message, minute, numbered, orders, pnr, renumber, replace, ticket,
};

/// The boss is there for John, the sister for Ann, the agent for all.
const PEOPLE: &str = "PE#boss@example.com#CC/-2.1\nPE#sister@example.com#CC/-3.1\n\
                      PE#agent@example.com#CC/\nPE#client@example.com#-1.1";
const NAMES: [(&str, &str); 3] = [("1.1", "DOE/JANE"), ("2.1", "ROE/JOHN"), ("3.1", "LEE/ANN")];
/// Without Jane.
const CLOSED_UP: [(&str, &str); 2] = [("1.1", "ROE/JOHN"), ("2.1", "LEE/ANN")];
/// John and Ann under each other's numbers.
const SWAPPED: [(&str, &str); 3] = [("1.1", "DOE/JANE"), ("3.1", "ROE/JOHN"), ("2.1", "LEE/ANN")];
const SWAP: [(&str, &str); 2] = [("2.1", "3.1"), ("3.1", "2.1")];

const JANES: &str = "999-11";
const JOHNS: &str = "999-21";
const ANNS: &str = "999-31";
const ALL: [&str; 3] = [JANES, JOHNS, ANNS];

/// With a ticket for each name.
#[track_caller]
fn start() -> Stage {
    let mut stage = Stage::with(&pnr(PEOPLE).numbered(&NAMES));
    for (number, name) in [(JANES, "1.1"), (JOHNS, "2.1"), (ANNS, "3.1")] {
        stage.attach(document(number, 0).for_name(name.parse().unwrap()));
    }
    stage
}

#[track_caller]
fn each_sees_his_own(stage: &Stage) {
    assert_eq!(stage.documents(BOSS), [JOHNS]);
    assert_eq!(stage.documents(SISTER), [ANNS]);
    assert_eq!(stage.documents(CLIENT), [JANES]);
    assert_eq!(stage.documents(AGENT), ALL);
}

#[track_caller]
fn neither_sees_a_ticket(stage: &Stage) {
    assert_eq!(stage.documents(BOSS), [""; 0]);
    assert_eq!(stage.documents(SISTER), [""; 0]);
}

/// The booking of the same people under other numbers, with its PE list.
fn swapped(issued: i64) -> Pnr {
    let script = "PE#boss@example.com#CC/-3.1\nPE#sister@example.com#CC/-2.1\n\
                  PE#agent@example.com#CC/\nPE#client@example.com#-1.1";
    pnr(script).numbered(&SWAPPED).issued(issued)
}

fn update(names: &[(&str, &str)], issued: i64) -> Command {
    let travellers = names.iter().map(|it| numbered(*it));
    let flights = flights(LATER).flights().to_vec();
    Command::Update {
        booking: booking(LOCATOR),
        itinerary: peline::trip::Itinerary::new(flights, travellers).unwrap(),
        issued: minute(issued),
        mailed_to: vec![],
    }
}

// ── nobody said so ──────────────────────────────────────────────────────────────────────────────

// The file of the one is not that of the other.
#[test]
fn a_document_of_before_names_got_other_numbers_gives_no_other_one_its_place() {
    let mut stage = start();
    stage.step(renumber(&[("1.1", "2.1"), ("2.1", "1.1")], 5));
    let known = document("999-77", 10).for_name("1.1".parse().unwrap());
    stage.attach(known.clone());
    let older = document("999-77", 1).for_name("1.1".parse().unwrap());
    stage.ignores(Command::Attach(older.with_place("hers")));
    let documents = stage.held.trip().unwrap().documents();
    assert!(
        documents
            .filter(|it| it.number() == known.number())
            .eq([&known])
    );
}

#[test]
fn a_whole_pe_list_with_other_numbers_after_a_division_opens_nobody_anothers_ticket() {
    let [mut staying, _] = start().divide(&[("1.1", "1.1")]);
    let list =
        "PE#boss@example.com#CC/-1.1\nPE#sister@example.com#CC/-2.1\nPE#agent@example.com#CC/";
    let list = pnr(list).numbered(&CLOSED_UP).issued(1).whole();
    staying.import(&list);
    neither_sees_a_ticket(&staying);
    assert_eq!(staying.documents(AGENT), [JOHNS, ANNS]);
    // Once it is said where each went, each has his own again.
    let itinerary = staying.held.trip().unwrap().itinerary().clone();
    staying.step(renumber(&[("2.1", "1.1"), ("3.1", "2.1")], 1));
    // What was issued at that time has them already.
    assert_eq!(*staying.held.trip().unwrap().itinerary(), itinerary);
    assert_eq!(staying.documents(BOSS), [JOHNS]);
    assert_eq!(staying.documents(SISTER), [ANNS]);
}

#[test]
fn a_ticket_of_before_a_division_that_comes_again_opens_to_nobody_who_has_its_number_now() {
    let mut stage = Stage::with(&pnr(PEOPLE).numbered(&NAMES));
    let ticket = || Command::Attach(document(JANES, 10).for_name("1.1".parse().unwrap()));
    stage.step(ticket());
    let [mut staying, moving] = stage.divide_at(&[("1.1", "1.1")], minute(15)).unwrap();
    assert_eq!(moving.documents(CLIENT), [JANES]);
    moving.clone().ignores(ticket());
    let list =
        "PE#boss@example.com#CC/-1.1\nPE#sister@example.com#CC/-2.1\nPE#agent@example.com#CC/";
    let before = staying.clone();
    staying.import(&pnr(list).numbered(&CLOSED_UP).issued(20).whole());
    for mut staying in [before, staying] {
        staying.refuses(ticket(), Refusal::Renumbered);
        neither_sees_a_ticket(&staying);
        assert_eq!(staying.documents(AGENT), [""; 0]);
    }
    // A list of before it that comes late has the old numbers.
    let [mut staying, _] = stage.divide_at(&[("1.1", "1.1")], minute(15)).unwrap();
    let late = pnr("PE#desk@example.com#CC/-1.1\nPE#home@example.com#CC/-2.1").numbered(&NAMES);
    staying.import(&late.issued(12));
    staying.attach(document(JOHNS, 12).for_name("2.1".parse().unwrap()));
    assert_eq!(staying.documents(CLIENT), [JOHNS]);
    assert_eq!(staying.documents(BOSS), [JOHNS]);
}

#[test]
fn a_number_of_who_left_by_a_division_was_not_always_whose_it_is_now() {
    let [mut staying, _] = start().divide_at(&[("1.1", "1.1")], minute(1)).unwrap();
    let list = "PE#boss@example.com#CC/-1.1\nPE#sister@example.com#CC/-2.1";
    staying.import(&pnr(list).numbered(&CLOSED_UP).issued(20));
    let mut told = staying.clone();
    // It was said too early when the booking was divided: this may be Jane's.
    staying.attach(document("999-12", 10).for_name("1.1".parse().unwrap()));
    neither_sees_a_ticket(&staying);
    staying.attach(document("999-22", 20).for_name("1.1".parse().unwrap()));
    assert_eq!(staying.documents(BOSS), ["999-22"]);
    staying.reads_what_it_stores();
    // Of a ticket that may be hers it has to be said.
    let names = [("1.1", "-"), ("2.1", "1.1"), ("3.1", "2.1")];
    staying.refuses(renumber(&names[1..], 20), Refusal::NumberTaken);
    told.step(renumber(&names[1..], 20));
    staying.step(renumber(&names, 20));
    assert_eq!(staying.documents(BOSS), [JOHNS, "999-22"]);
    for stage in [told, staying] {
        assert_eq!(stage.documents(SISTER), [ANNS]);
    }
}

#[test]
fn a_division_says_of_each_who_moves_which_number_he_has() {
    let divided = |moving: &[(&str, &str)], at| start().divide_at(moving, minute(at)).err();
    assert_eq!(divided(&[("2", "1.1")], 1), Some(Refusal::BareNumber));
    assert_eq!(divided(&[("2.1", "1")], 1), Some(Refusal::BareNumber));
    let one = [("1.1", "1.1"), ("2.1", "1.1")];
    assert_eq!(divided(&one, 1), Some(Refusal::NumberTaken));
    let moving = [("2.1", "1.1")];
    assert_eq!(divided(&moving, 1), None);
    assert_eq!(divided(&moving, 1_000_000), Some(Refusal::NotYetIssued));
}

#[test]
fn an_itinerary_with_other_numbers_opens_nobody_anothers_ticket() {
    for list in [swapped(1), swapped(1).whole()] {
        let mut stage = start();
        stage.import(&list);
        neither_sees_a_ticket(&stage);
        assert_eq!(stage.documents(CLIENT), [JANES], "her number is her own");
        assert_eq!(stage.documents(AGENT), ALL, "who is there for all sees all");
    }
    // What an entry and a ticket said before is as it was.
    let mut stage = start();
    stage.step(update(&SWAPPED, 1));
    each_sees_his_own(&stage);
}

#[test]
fn what_is_issued_under_the_new_numbers_is_seen_by_whose_it_is() {
    let mut stage = start();
    stage.import(&swapped(1));
    stage.attach(document("999-22", 2).for_name("3.1".parse().unwrap()));
    assert_eq!(stage.documents(BOSS), ["999-22"]);
    assert_eq!(stage.documents(SISTER), [""; 0]);
    // An entry of before is for nobody's ticket of now.
    let mut stage = start();
    stage.step(update(&SWAPPED, 1));
    stage.attach(document("999-22", 2).for_name("3.1".parse().unwrap()));
    assert_eq!(stage.documents(BOSS), [JOHNS]);
    assert_eq!(stage.documents(SISTER), [ANNS]);
}

#[test]
fn a_ticket_issued_between_two_itineraries_may_be_of_either() {
    let mut stage = start();
    stage.step(update(&SWAPPED, 4));
    stage.attach(document("999-22", 2).for_name("3.1".parse().unwrap()));
    assert_eq!(stage.documents(BOSS), [JOHNS]);
    assert_eq!(stage.documents(SISTER), [ANNS]);
    // Once an itinerary says so, it is Ann's.
    stage.step(update(&NAMES, 3));
    assert_eq!(stage.documents(SISTER), ["999-22", ANNS]);
    assert_eq!(stage.documents(BOSS), [JOHNS]);
}

#[test]
fn a_booking_with_a_new_locator_and_other_numbers_opens_nobody_anothers_ticket() {
    let mut stage = start();
    stage.step(replace(LOCATOR, "NEWLOC", 1));
    each_sees_his_own(&stage);
    // Whatever it says is newer.
    for issued in [-1, 2] {
        let mut stage = stage.clone();
        stage.import(&swapped(issued).of("NEWLOC"));
        neither_sees_a_ticket(&stage);
    }
}

#[test]
fn a_ticket_of_a_replaced_booking_opens_to_nobody_whose_number_is_the_same() {
    let ticket = || document("999-22", 10).for_name("2.1".parse().unwrap());
    for first in [true, false] {
        let mut stage = start();
        stage.step(replace(LOCATOR, "NEWLOC", 20));
        if first {
            stage.attach(ticket());
        }
        stage.import(&swapped(5).of("NEWLOC"));
        if !first {
            stage.attach(ticket());
        }
        neither_sees_a_ticket(&stage);
        assert_eq!(stage.documents(CLIENT), [JANES]);
        // What is of then or of after it is whose it says.
        let mut then = stage.clone();
        then.import(&swapped(20).of("NEWLOC"));
        then.attach(document("999-32", 20).for_name("2.1".parse().unwrap()));
        assert_eq!(then.documents(SISTER), ["999-32"]);
        stage.import(&swapped(25).of("NEWLOC"));
        stage.attach(document("999-32", 25).for_name("2.1".parse().unwrap()));
        assert_eq!(stage.documents(SISTER), ["999-32"]);
        assert_eq!(stage.documents(BOSS), [""; 0]);
    }
}

#[test]
fn who_left_and_is_copied_by_a_newer_message_is_there_whatever_comes_first() {
    let renumbered = || renumber(&[("2.1", "3.1"), ("3.1", "-")], 1);
    let now = [NAMES[0], ("3.1", "ROE/JOHN")];
    let copied = message("Cc: sister@example.com").numbered(&now).issued(3);
    let mut one = start();
    one.step(renumbered());
    assert_eq!(one.list(SISTER), None);
    one.import(&copied);
    let mut other = start();
    other.import(&copied);
    other.step(renumbered());
    assert!(one.held == other.held);
    assert!(one.list(SISTER).is_some());
    assert_eq!(one.documents(SISTER), [""; 0]);
}

#[test]
fn names_that_take_turns_at_a_number_open_what_was_of_their_turn() {
    let mut stage = start();
    stage.step(update(&SWAPPED, 1));
    stage.step(update(&NAMES, 2));
    each_sees_his_own(&stage);
    for (number, issued) in [("999-22", 1), ("999-23", 2)] {
        stage.attach(document(number, issued).for_name("2.1".parse().unwrap()));
    }
    assert_eq!(stage.documents(BOSS), [JOHNS, "999-23"]);
    assert_eq!(stage.documents(SISTER), [ANNS]);
}

#[test]
fn who_is_there_for_all_of_a_name_is_not_there_for_who_was_of_it_before_or_is_later() {
    let both = [("1.1", "DOE/JANE"), ("1.2", "ROE/JOHN")];
    let alone = [("1.1", "DOE/JANE"), ("2.1", "ROE/JOHN")];
    let tickets = |stage: &mut Stage, johns: &str| {
        let all = [("999-1", "1"), ("999-11", "1.1"), ("999-12", johns)];
        for (number, name) in all {
            stage.attach(document(number, 0).for_name(name.parse().unwrap()));
        }
    };
    for (before, after, johns) in [(both, alone, "1.2"), (alone, both, "2.1")] {
        let mut stage = Stage::with(&pnr("PE#boss@example.com#CC/-1").numbered(&before));
        tickets(&mut stage, johns);
        let seen = stage.documents(BOSS);
        assert_eq!(seen.contains(&"999-12".to_owned()), johns == "1.2");
        // What is there is as it was, whatever is new.
        stage.step(update(&after, 1));
        assert_eq!(stage.documents(BOSS), seen);
        if after == both {
            stage.attach(document("999-13", 1).for_name("1.2".parse().unwrap()));
            assert_eq!(stage.documents(BOSS), seen);
        }
    }
    // A list of after he had another number.
    let mut stage = Stage::with(&pnr("PE#agent@example.com#CC/").numbered(&both));
    tickets(&mut stage, "1.2");
    stage.import(&pnr("PE#boss@example.com#CC/-1").numbered(&alone).issued(1));
    assert_eq!(stage.documents(BOSS), ["999-11"]);
}

#[test]
fn any_order_of_itineraries_with_other_numbers_ends_in_the_same_state() {
    let commands = [
        swapped(1).command(),
        update(&NAMES, 2),
        pnr(PEOPLE).numbered(&NAMES).issued(3).whole().command(),
        update(&SWAPPED, 4),
        Command::Attach(document("999-22", 4).for_name("3.1".parse().unwrap())),
    ];
    let ends = orders(commands.len()).into_iter().map(|order| {
        let mut stage = start();
        order
            .iter()
            .for_each(|at| drop(stage.step(commands[*at].clone())));
        stage.held
    });
    let ends: Vec<_> = ends.collect();
    assert!(ends.iter().all(|held| *held == ends[0]));
}

// ── somebody says so ────────────────────────────────────────────────────────────────────────────

#[test]
fn who_is_there_for_a_name_goes_with_it_whatever_comes_first() {
    let commands = [
        renumber(&SWAP, 1),
        swapped(1).command(),
        update(&SWAPPED, 2),
        // The list of before comes late.
        pnr(PEOPLE).numbered(&NAMES).issued(-1).command(),
    ];
    let ends = orders(commands.len()).into_iter().map(|order| {
        let mut stage = start();
        order
            .iter()
            .for_each(|at| drop(stage.step(commands[*at].clone())));
        each_sees_his_own(&stage);
        stage.held
    });
    let ends: Vec<_> = ends.collect();
    assert!(ends.iter().all(|held| *held == ends[0]));
}

#[test]
fn the_same_numbers_twice_change_nothing_and_an_earlier_time_is_a_conflict() {
    let mut stage = start();
    stage.step(renumber(&SWAP, 2));
    each_sees_his_own(&stage);
    stage.ignores(renumber(&SWAP, 2));
    stage.ignores(renumber(&[("1.1", "1.1")], 1));
    let whole = [("1.1", "1.1"), SWAP[0], SWAP[1]];
    stage.ignores(renumber(&whole, 2));
    let mut same = start();
    same.step(renumber(&whole, 2));
    same.ignores(renumber(&SWAP, 2));
    stage.refuses(renumber(&SWAP[..1], 2), Refusal::Conflict);
    let she_left = [("2.1", "3.1"), ("3.1", "-")];
    stage.refuses(renumber(&she_left, 2), Refusal::Conflict);
    stage.refuses(renumber(&SWAP, 1), Refusal::Conflict);
    stage.refuses(renumber(&[("2.1", "4.1")], 2), Refusal::Conflict);
    stage.step(renumber(&SWAP, 3));
    each_sees_his_own(&stage);
    stage.ignores(renumber(&SWAP, 2));
    stage.refuses(renumber(&SWAP, 1_000_000), Refusal::NotYetIssued);
    stage.step(replace(LOCATOR, "NEWLOC", 4));
    each_sees_his_own(&stage);
    stage.refuses(renumber(&SWAP, 5), Refusal::BookingReplaced);
}

#[test]
fn a_ticket_of_before_that_comes_after_is_refused_where_its_number_is_anothers_now() {
    for new_locator in [false, true] {
        let mut stage = start();
        stage.step(renumber(&SWAP, 2));
        if new_locator {
            stage.step(replace(LOCATOR, "NEWLOC", 3));
        }
        let ticket = |number, issued, name: &str| {
            Command::Attach(document(number, issued).for_name(name.parse().unwrap()))
        };
        stage.ignores(ticket(JOHNS, 0, "2.1"));
        stage.ignores(ticket(JOHNS, 0, "3.1"));
        stage.refuses(ticket("999-22", 1, "2.1"), Refusal::Renumbered);
        stage.step(ticket("999-12", 1, "1.1"));
        stage.step(Command::Attach(document("INV-1", 1)));
        stage.step(ticket("999-22", 2, "3.1"));
        assert_eq!(stage.documents(BOSS), [JOHNS, "999-22"]);
        assert_eq!(stage.documents(CLIENT), [JANES, "999-12"]);
    }
}

#[test]
fn an_entry_for_all_passengers_of_a_name_goes_with_them() {
    let names = [("1.1", "DOE/JANE"), ("1.2", "DOE/JIM"), ("2.1", "ROE/JOHN")];
    let script = "PE#boss@example.com#CC/-1\nPE#sister@example.com#CC/-2";
    let mut start = Stage::with(&pnr(script).numbered(&names));
    for (number, name) in [("999-1", "1"), ("999-11", "1.1"), ("999-2", "2")] {
        start.attach(document(number, 0).for_name(name.parse().unwrap()));
    }
    let all = [("1.1", "2.1"), ("1.2", "2.2"), ("2.1", "1.1")];
    let mut stage = start.clone();
    stage.step(renumber(&all, 1));
    assert_eq!(stage.documents(BOSS), ["999-1", "999-11"]);
    assert_eq!(stage.documents(SISTER), ["999-2"]);
    // Where they are not one name any more, a ticket of both is nobody's alone.
    let apart = [("1.2", "3.1")];
    start.step(renumber(&apart, 1));
    assert_eq!(start.documents(BOSS), ["999-11"]);
    start.attach(document("999-12", 1).for_name("3.1".parse().unwrap()));
    assert_eq!(start.documents(BOSS), ["999-11", "999-12"]);
    assert_eq!(start.documents(SISTER), ["999-2"]);
}

#[test]
fn a_number_that_another_has_is_refused_until_it_is_said_what_became_of_him() {
    let mut stage = start();
    let taken = |stage: &mut Stage, names: &[(&str, &str)]| {
        stage.refuses(renumber(names, 1), Refusal::NumberTaken);
    };
    taken(&mut stage, &[("2.1", "4.1"), ("3.1", "4.1")]);
    taken(&mut stage, &[("2.1", "3.1"), ("3.1", "3.1")]);
    taken(&mut stage, &[("2.1", "3.1")]);
    // An itinerary without her does not say whose her number is.
    stage.step(update(&NAMES[..2], -1));
    stage.step(update(&NAMES[..2], 1));
    taken(&mut stage, &[("2.1", "3.1")]);
    stage.step(renumber(&[("2.1", "3.1"), ("3.1", "-")], 1));
    assert_eq!(stage.documents(BOSS), [JOHNS]);
    assert_eq!(stage.list(SISTER), None);
    assert_eq!(stage.documents(AGENT), ALL);
}

#[test]
fn a_number_for_all_passengers_of_a_name_gets_none_and_is_given_to_none() {
    for names in [[("1", "2")], [("1", "2.1")], [("1.1", "2")], [("1", "-")]] {
        start().refuses(renumber(&names, 1), Refusal::BareNumber);
    }
}

/// Who travels is not known.
#[track_caller]
fn unknown(script: &str, tickets: &[(&str, &str)]) -> Stage {
    let mut stage = Stage::with(&pnr(script));
    for (number, name) in tickets {
        stage.attach(document(number, 0).for_name(name.parse().unwrap()));
    }
    stage
}

#[test]
fn a_number_that_an_entry_or_a_document_names_may_be_anothers() {
    let entries = ["PE#boss@example.com#CC/-3.1", "PE#boss@example.com#CC/-3"];
    let stages = entries.map(|script| unknown(script, &[]));
    let documents = ["3.1", "3"].map(|name| unknown("", &[(ANNS, name)]));
    for stage in stages.into_iter().chain(documents) {
        let taken = renumber(&[("2.1", "3.1")], 1);
        stage.clone().refuses(taken, Refusal::NumberTaken);
        let free = renumber(&[("2.1", "3.1")], 0);
        stage.clone().step(free);
        stage
            .clone()
            .step(renumber(&[("2.1", "3.1"), ("3.1", "-")], 1));
    }
}

#[test]
fn who_is_there_for_all_of_a_name_sees_nothing_of_passengers_of_whom_nobody_knows() {
    let script = "PE#boss@example.com#CC/-3\nPE#sister@example.com#CC/-1\nPE#agent@example.com#CC/";
    let mut stage = unknown(script, &[(ANNS, "3.1"), (JANES, "1.1"), ("INV-3", "3")]);
    stage.refuses(renumber(&[("1.2", "3.2")], 1), Refusal::NumberTaken);
    stage.step(renumber(&[("1.2", "3.2"), ("3.2", "-")], 1));
    neither_sees_a_ticket(&stage);
    assert_eq!(stage.documents(AGENT), [JANES, ANNS, "INV-3"]);
    stage.attach(document("999-32", 1).for_name("3.2".parse().unwrap()));
    assert_eq!(stage.documents(SISTER), ["999-32"]);
    assert_eq!(stage.documents(BOSS), [""; 0]);
    // What comes late is the same.
    let before = stage.held.clone();
    stage.import(&pnr(script));
    assert!(stage.held == before);
    stage.reads_what_it_stores();
}

#[test]
fn a_document_for_all_of_a_name_does_not_become_one_passengers() {
    let names = [("1.1", "DOE/JANE"), ("2.1", "ROE/JOHN")];
    let script = "PE#boss@example.com#CC/-1.1\nPE#agent@example.com#CC/";
    let mut stage = Stage::with(&pnr(script).numbered(&names));
    stage.attach(document("INV-1", 0).for_name("1".parse().unwrap()));
    assert_eq!(stage.documents(BOSS), [""; 0]);
    // It may have been for others of her name, whom nobody named.
    stage.step(renumber(&[("1.1", "2.2")], 1));
    assert_eq!(stage.documents(BOSS), [""; 0]);
    assert_eq!(stage.documents(AGENT), ["INV-1"]);
}

#[test]
fn who_is_there_for_all_of_a_name_of_whom_one_has_no_number_goes_with_those_who_have() {
    let names = [("1.1", "DOE/JANE"), ("-", "DOE/JIM"), ("2.1", "ROE/JOHN")];
    let mut stage = Stage::with(&pnr("PE#boss@example.com#CC/-1").numbered(&names));
    stage.attach(document(JANES, 0).for_name("1.1".parse().unwrap()));
    stage.step(renumber(&[("1.1", "3.1")], 1));
    assert_eq!(stage.documents(BOSS), [JANES]);
    stage.attach(document("999-32", 1).for_name("3.2".parse().unwrap()));
    assert_eq!(stage.documents(BOSS), [JANES]);
}

#[test]
fn who_is_there_for_all_of_a_name_of_whom_one_is_in_no_itinerary_goes_with_those_who_are_told_of() {
    let names = [("1.1", "DOE/JANE"), ("3.1", "ROE/JOHN")];
    let mut stage = Stage::with(&pnr("PE#boss@example.com#CC/-1").numbered(&names));
    stage.attach(document(JANES, 0).for_name("1.1".parse().unwrap()));
    stage.step(renumber(&[("1.1", "2.1"), ("1.2", "2.2")], 1));
    stage.attach(document("999-23", 1).for_name("2.3".parse().unwrap()));
    assert_eq!(stage.documents(BOSS), [JANES]);
}

#[test]
fn who_is_there_for_all_of_a_name_that_moves_is_not_there_for_who_has_its_new_item_in_no_itinerary()
{
    let names = [("1.1", "DOE/JANE"), ("2.1", "ROE/JOHN")];
    let script = "PE#boss@example.com#CC/-1\nPE#sister@example.com#CC/-2.2";
    let mut stage = Stage::with(&pnr(script).numbered(&names));
    stage.step(renumber(&[("1.1", "2.1"), ("2.1", "3.1")], 5));
    stage.step(ticket(ANNS, 6, "2.2"));
    stage.step(ticket(JANES, 6, "2.1"));
    assert_eq!(stage.documents(SISTER), [ANNS]);
    assert_eq!(stage.documents(BOSS), [JANES]);
}

#[test]
fn itineraries_of_before_the_latest_say_who_travels_too() {
    let names = [("1.1", "DOE/JANE"), ("1.2", "DOE/JIM"), ("2.1", "ROE/JOHN")];
    let script = "PE#boss@example.com#CC/-1\nPE#agent@example.com#CC/";
    let mut stage = Stage::with(&pnr(script).numbered(&names));
    for (number, name) in [(JANES, "1.1"), ("999-12", "1.2")] {
        stage.attach(document(number, 0).for_name(name.parse().unwrap()));
    }
    stage.step(update(&[], 2));
    stage.step(renumber(&[("1.2", "3.1")], 5));
    assert_eq!(stage.documents(BOSS), [JANES, "999-12"]);
    stage.attach(document("999-13", 6).for_name("1.3".parse().unwrap()));
    assert_eq!(stage.documents(BOSS), [JANES, "999-12"]);
}

#[test]
fn after_two_changes_of_the_numbers_what_comes_late_goes_through_both() {
    let mut stage = start();
    stage.step(renumber(&SWAP, 2));
    stage.step(renumber(&[("1.1", "3.1"), ("3.1", "1.1")], 4));
    each_sees_his_own(&stage);
    // Each is named as the numbers were then.
    let late = pnr("PE#home@example.com#CC/-2.1").numbered(&NAMES);
    stage.import(&late.issued(1).flights(LATEST));
    assert_eq!(stage.documents(CLIENT), [JANES, JOHNS]);
    each_of_the_others_sees_his_own(&stage);
    let late = pnr("PE#desk@example.com#CC/-3.1").numbered(&SWAPPED);
    stage.import(&late.issued(3).flights(LATEST));
    each_of_the_others_sees_his_own(&stage);
}

#[track_caller]
fn each_of_the_others_sees_his_own(stage: &Stage) {
    assert_eq!(stage.documents(BOSS), [JOHNS]);
    assert_eq!(stage.documents(SISTER), [ANNS]);
}

// ── what itineraries leave open ─────────────────────────────────────────────────────────────────

#[test]
fn a_number_that_no_itinerary_names_is_not_whose_it_was_if_he_has_another() {
    let mut stage = start();
    stage.step(update(&CLOSED_UP, 5));
    stage.step(ticket("999-99", 7, "3.1"));
    assert_eq!(stage.documents(SISTER), [ANNS], "she is 2.1 now");
    let mut stage = start();
    stage.step(update(&[("2.1", "DOE/JANE"), ("-", "ROE/JOHN")], 5));
    stage.step(ticket("999-22", 5, "1.1"));
    assert_eq!(stage.documents(CLIENT), [JANES]);
    // Of who is left out it can be.
    let mut stage = start();
    stage.step(update(&NAMES[..2], 5));
    stage.step(ticket("999-32", 6, "3.1"));
    assert_eq!(stage.documents(SISTER), [ANNS, "999-32"]);
    stage.step(update(&NAMES, 8));
    assert_eq!(stage.documents(SISTER), [ANNS, "999-32"]);
}

#[test]
fn a_ticket_of_before_the_first_itinerary_with_a_name_is_seen() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#-1.1").numbered(&NAMES[..1]));
    stage.step(ticket(JOHNS, 4, "2.1"));
    let list = pnr("PE#client@example.com#-1.1\nPE#boss@example.com#CC/-2.1");
    stage.import(&list.numbered(&NAMES[..2]).issued(5).whole());
    assert_eq!(stage.documents(BOSS), [JOHNS]);
    assert_eq!(stage.documents(CLIENT), [""; 0]);
}

#[test]
fn who_is_listed_under_a_number_for_all_of_a_name_is_one_of_them() {
    let bare = [("1", "DOE/JANE"), ("2", "ROE/JOHN")];
    let swapped = [("2", "DOE/JANE"), ("1", "ROE/JOHN")];
    let [first, other] = [&NAMES[..2], &[("2.1", "DOE/JANE"), ("1.1", "ROE/JOHN")]];
    for (before, after) in [(&bare[..], &swapped[..]), (&bare, other), (first, &swapped)] {
        for entry in ["-1", "-1.1"] {
            let list = format!("PE#boss@example.com#CC/{entry}");
            let mut stage = Stage::with(&pnr(&list).numbered(before));
            stage.step(ticket(JANES, 0, "1.1"));
            stage.step(update(after, 5));
            stage.step(ticket(JOHNS, 5, "1.1"));
            stage.step(ticket("999-1", 5, "1"));
            assert_eq!(stage.documents(BOSS), [JANES], "{entry}");
        }
    }
}

#[test]
fn an_infant_can_have_the_number_of_an_adult() {
    let names = [
        ("1.1", "DOE/JANE"),
        ("1.1", "DOE/BABY"),
        ("2.1", "ROE/JOHN"),
    ];
    let list = "PE#boss@example.com#CC/-1.1\nPE#sister@example.com#CC/-1";
    let mut stage = Stage::with(&pnr(list).numbered(&names));
    stage.step(ticket(JANES, 0, "1.1"));
    stage.step(update(&[("2.1", "DOE/JANE"), ("1.1", "DOE/BABY")], 5));
    stage.step(ticket("999-12", 5, "1.1"));
    for account in [BOSS, SISTER] {
        assert_eq!(stage.documents(account), [JANES]);
    }
}

#[test]
fn a_name_is_the_same_in_capitals_and_in_small_letters() {
    let mut stage = start();
    stage.step(update(&[("1.1", "Doe/Jane")], 5));
    stage.step(ticket("999-12", 6, "1.1"));
    assert_eq!(stage.documents(CLIENT), [JANES, "999-12"]);
}

#[test]
fn numbers_of_a_booking_of_before_are_not_those_of_its_successor() {
    let list = pnr("PE#boss@example.com#CC/-2.1");
    let mut stage = Stage::with(&list.travellers(&["DOE/JANE", "ROE/JOHN", "LEE/ANN"]));
    stage.step(ticket(JOHNS, 0, "2.1"));
    stage.step(replace(LOCATOR, "NEWLOC", 10));
    assert_eq!(stage.documents(BOSS), [JOHNS]);
    let list = pnr("PE#sister@example.com#CC/-2.1").numbered(&CLOSED_UP);
    stage.import(&list.of("NEWLOC").issued(12));
    assert_eq!(stage.documents(SISTER), [""; 0]);
    assert_eq!(stage.documents(BOSS), [JOHNS]);
}

#[test]
fn two_old_itineraries_of_one_time_leave_a_number_open() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#-1.1").issued(9));
    stage.import(
        &pnr("PE#boss@example.com#CC/-2.1")
            .numbered(&NAMES)
            .issued(3),
    );
    stage.import(
        &pnr("PE#sister@example.com#CC/-2.1")
            .numbered(&CLOSED_UP)
            .issued(3),
    );
    stage.step(ticket(JOHNS, 3, "2.1"));
    neither_sees_a_ticket(&stage);
}

#[test]
fn who_left_before_is_there_in_no_order_of_what_comes_late() {
    let commands = [
        renumber(&[("2.1", "-")], 10),
        message("Cc: boss@example.com")
            .numbered(&NAMES)
            .issued(8)
            .command(),
        pnr("PE#boss@example.com#CC/-2.1")
            .numbered(&NAMES)
            .issued(5)
            .command(),
    ];
    // Nobody knows whether -2 was for somebody else, too: he is kept.
    let unsure = [
        renumber(&[("2.2", "-")], 10),
        message("To: boss@example.com").issued(8).command(),
        pnr("PE#boss@example.com#CC/-2").issued(5).command(),
    ];
    for (commands, kept, names) in [(commands, 0, &NAMES[..]), (unsure, 2, &[])] {
        let ends = orders(commands.len()).into_iter().map(|order| {
            let mut stage = Stage::with(&pnr("PE#client@example.com#-1.1").numbered(names));
            order
                .iter()
                .for_each(|at| drop(stage.step(commands[*at].clone())));
            assert_eq!(stage.reasons(BOSS).len(), kept, "{order:?}");
            stage.held
        });
        let ends: Vec<_> = ends.collect();
        assert!(ends.iter().all(|held| *held == ends[0]));
    }
}

#[test]
fn who_is_forgotten_is_not_brought_back_by_a_list_of_before_his_last_entry_was_for_nobody() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#-1.1"));
    stage.import(&pnr("PE#boss@example.com#CC/-3").issued(2));
    stage.step(renumber(&[("3.1", "-")], 5));
    assert_eq!(stage.reasons(BOSS).len(), 1, "nobody knows whose -3 was");
    stage.step(Command::CloseAccount { account: BOSS });
    let late = pnr("PE#boss@example.com#CC/-2.1").issued(1);
    stage.import(&late);
    assert_eq!(stage.reasons(BOSS), []);
    // A newer one does.
    stage.import(&late.issued(6));
    assert_eq!(stage.reasons(BOSS).len(), 1);
}

//! What was said comes again, or late, when names have left; and itineraries that do not number everybody.

use peline::follow::{Command, HoldingReason, Items};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LOCATOR, Pnr, SISTER, Stage, message, minute, orders, pnr,
    renumber, replace, share_opening, ticket,
};

const NAMES: [(&str, &str); 3] = [("1.1", "DOE/JANE"), ("2.1", "ROE/JOHN"), ("3.1", "LEE/ANN")];
/// Jane and John under each other's numbers.
const SWAPPED: [(&str, &str); 3] = [("2.1", "DOE/JANE"), ("1.1", "ROE/JOHN"), ("3.1", "LEE/ANN")];
/// Without Jane.
const CLOSED_UP: [(&str, &str); 2] = [("1.1", "ROE/JOHN"), ("2.1", "LEE/ANN")];
/// Who numbers nobody but Ann.
const SOME: [(&str, &str); 3] = [("-", "DOE/JANE"), ("-", "ROE/JOHN"), ("3.1", "LEE/ANN")];

const JOHNS: &str = "999-21";

fn start() -> Stage {
    Stage::with(&pnr("PE#client@example.com#").numbered(&NAMES))
}

/// The client's list, with Jane and John under each other's numbers.
fn swapped(issued: i64) -> Pnr {
    let list = pnr("PE#client@example.com#").numbered(&SWAPPED);
    list.flights(LATER).issued(issued)
}

/// Both in either order end in the same state.
#[track_caller]
fn either_order(stage: &Stage, commands: &[Command; 2]) {
    let ends = orders(2).into_iter().map(|order| {
        let mut stage = stage.clone();
        for at in order {
            stage.step(commands[at].clone());
        }
        stage.held
    });
    let ends: Vec<_> = ends.collect();
    assert!(ends[0] == ends[1]);
}

/// A message that numbers nobody but those.
fn of_some(names: &[(&str, &str)], issued: i64) -> Pnr {
    message("To: sister@example.com")
        .numbered(names)
        .flights(LATER)
        .issued(issued)
}

// ── itineraries that do not number everybody ────────────────────────────────────────────────────

#[test]
fn a_number_that_the_latest_itinerary_leaves_out_is_whose_it_was_last() {
    for names in [&SOME[..], &SOME[2..]] {
        for (entry, name) in [("-1.1", "1.1"), ("-1", "1.1"), ("-1", "1")] {
            let mut stage = start();
            let script = format!("PE#boss@example.com#CC/{entry}\nPE#agent@example.com#CC/-2.1");
            stage.import(&pnr(&script).numbered(&NAMES));
            stage.import(&swapped(10));
            stage.import(&of_some(names, 11));
            stage.step(ticket(JOHNS, 11, name));
            stage.step(ticket("999-22", 12, name));
            assert_eq!(stage.documents(BOSS), [""; 0], "{entry} {name}");
            assert_eq!(stage.documents(CLIENT), [JOHNS, "999-22"]);
        }
    }
}

#[test]
fn a_number_that_no_itinerary_of_the_two_times_has_may_have_changed_hands_between_them() {
    let mut stage = start();
    stage.import(
        &pnr("PE#boss@example.com#CC/-1.1")
            .numbered(&SOME)
            .issued(10),
    );
    stage.import(&swapped(15));
    stage.import(&of_some(&SOME, 20));
    stage.step(ticket(JOHNS, 20, "1.1"));
    assert_eq!(stage.documents(BOSS), [""; 0]);
}

#[test]
fn who_left_is_not_there_for_who_has_his_number_behind_an_itinerary_of_some() {
    let mut stage = start();
    stage.import(&pnr("PE#boss@example.com#CC/-1.1").numbered(&NAMES));
    let closed_up = pnr("PE#agent@example.com#CC/").numbered(&CLOSED_UP);
    stage.import(&closed_up.flights(LATER).issued(10));
    stage.import(&of_some(&CLOSED_UP[1..], 11));
    stage.step(ticket(JOHNS, 12, "1.1"));
    assert_eq!(stage.documents(BOSS), [""; 0]);
    assert_eq!(stage.documents(AGENT), [JOHNS]);
}

#[test]
fn nor_are_those_with_whom_he_shares_it_nor_those_of_a_replaced_booking() {
    let mut stage = start();
    stage.import(&pnr("PE#boss@example.com#-1.1").numbered(&NAMES));
    stage.step(share_opening(BOSS, "agent@example.com", Items::ALL));
    let swapped = pnr("PE#client@example.com#-2.1").numbered(&SWAPPED);
    stage.import(&swapped.flights(LATER).issued(10));
    stage.import(&of_some(&SOME[2..], 11));
    stage.step(ticket(JOHNS, 11, "1.1"));
    assert_eq!(stage.documents(BOSS), [""; 0]);
    assert_eq!(stage.documents(AGENT), [""; 0]);

    let mut stage = start();
    stage.import(&pnr("PE#boss@example.com#CC/-1.1").numbered(&NAMES));
    stage.step(replace(LOCATOR, "ZXCVBN", 10));
    let swapped = pnr("PE#agent@example.com#CC/")
        .of("ZXCVBN")
        .numbered(&SWAPPED);
    stage.import(&swapped.flights(LATER).issued(11));
    stage.import(&of_some(&SOME[2..], 12).of("ZXCVBN"));
    stage.step(ticket(JOHNS, 12, "1.1"));
    assert_eq!(stage.documents(BOSS), [""; 0]);
}

#[test]
fn who_was_not_left_out_still_sees_his_own_behind_an_itinerary_of_some() {
    let mut stage = start();
    stage.import(&pnr("PE#boss@example.com#CC/-1.1\nPE#agent@example.com#CC/-3").numbered(&NAMES));
    stage.import(&of_some(&SOME, 11));
    stage.step(ticket("999-11", 11, "1.1"));
    stage.step(ticket("999-31", 12, "3.1"));
    assert_eq!(stage.documents(BOSS), ["999-11"]);
    assert_eq!(stage.documents(AGENT), ["999-31"]);
}

// ── what comes again, or late ───────────────────────────────────────────────────────────────────

/// The boss, who had Jane and has John now.
fn of_john() -> Pnr {
    let list = pnr("PE#boss@example.com#CC/-2.1").numbered(&NAMES[1..]);
    list.issued(7)
}

#[test]
fn the_same_confirmation_again_brings_nobody_back_whose_names_have_left() {
    for first in [
        pnr("PE#boss@example.com#-1.1").numbered(&NAMES),
        message("To: boss@example.com").numbered(&NAMES),
    ] {
        let mut stage = start();
        stage.always_share(BOSS, "sister@example.com");
        stage.import(&first);
        stage.import(&pnr("PE#boss@example.com#-1.1").numbered(&NAMES));
        let [divided, _] = stage.clone().divide(&[("1.1", "1.1")]);
        stage.step(renumber(&[("1.1", "-")], 5));
        // Told of John at once, or later.
        let at_once = (stage.clone(), of_john().issued(5));
        for (mut stage, list) in [at_once, (stage, of_john()), (divided, of_john())] {
            assert_eq!(stage.list(BOSS), None);
            stage.import(&list);
            assert_eq!(stage.reasons(BOSS), [HoldingReason::ImportedCc]);
            let before = stage.held.clone();
            assert_eq!(stage.import(&first), []);
            assert!(stage.held == before, "the same again changes nothing");
            stage.reads_what_it_stores();
            assert_eq!(stage.list(SISTER), None);
        }
    }
}

#[test]
fn a_message_of_before_somebody_left_counts_in_no_order() {
    let mut stage = start();
    stage.import(&pnr("PE#boss@example.com#CC/-1.1").numbered(&NAMES));
    let [divided, _] = stage.clone().divide(&[("1.1", "1.1")]);
    stage.step(renumber(&[("1.1", "-")], 5));
    let late = message("To: boss@example.com").numbered(&NAMES);
    for stage in [stage, divided] {
        either_order(&stage, &[late.command(), of_john().command()]);
    }
}

#[test]
fn an_older_list_neither_brings_back_who_left_nor_ends_who_was_kept() {
    let all = pnr("PE#boss@example.com#CC/-1");
    let one = pnr("PE#boss@example.com#CC/-1.1");
    for (first, second, is_kept) in [(&all, &one, false), (&one, &all, true)] {
        let mut stage = Stage::with(&pnr("PE#client@example.com#"));
        stage.import(first);
        stage.import(&second.clone().flights(LATER).issued(1));
        stage.step(renumber(&[("1.1", "-")], 5));
        assert_eq!(stage.list(BOSS).is_some(), is_kept);
        let before = stage.held.clone();
        assert_eq!(stage.import(first), []);
        assert!(stage.held == before, "the same again changes nothing");
    }
}

#[test]
fn a_late_list_of_an_outdated_booking_ends_nothing_that_came_behind_the_division() {
    let names = pnr("PE#client@example.com#").numbered(&NAMES).issued(100);
    let mut stage = Stage::with(&names);
    stage.step(replace(LOCATOR, "ZXCVBN", 110));
    let [staying, _] = stage.divide_at(&[("1.1", "1.1")], minute(50)).unwrap();
    let since = message("To: boss@example.com").numbered(&NAMES[1..]);
    let late = pnr("PE#boss@example.com#-1.1").numbered(&NAMES);
    either_order(
        &staying,
        &[
            since.of("ZXCVBN").issued(60).command(),
            late.of("ZXCVBN").issued(40).command(),
        ],
    );
}

#[test]
fn nobody_was_there_for_what_has_the_very_time_of_other_numbers() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    stage.import(&pnr("PE#boss@example.com#CC/-1"));
    stage.import(&pnr("PE#client@example.com#").issued(3).whole());
    stage.step(renumber(&[("1.1", "-")], 5));
    let late = message("Cc: boss@example.com").issued(4).command();
    let then = message("To: boss@example.com").issued(5).command();
    either_order(&stage, &[late.clone(), then.clone()]);
    stage.step(then);
    stage.step(late);
    assert_eq!(stage.reasons(BOSS), [HoldingReason::ImportedTo]);
}

#[test]
fn who_has_no_number_in_an_itinerary_can_be_of_the_name_that_a_ticket_is_for() {
    let both = [("1.1", "DOE/JANE"), ("1.2", "ROE/JOHN"), ("3.1", "LEE/ANN")];
    let without_his = [("1.1", "DOE/JANE"), ("-", "ROE/JOHN"), ("3.1", "LEE/ANN")];
    let apart = [("1.1", "DOE/JANE"), ("2.1", "ROE/JOHN"), ("3.1", "LEE/ANN")];
    let mut stage = Stage::with(&pnr("PE#client@example.com#").numbered(&both));
    stage.import(&of_some(&without_his, 2));
    stage.step(ticket(JOHNS, 2, "1"));
    let kept = stage.clone();
    let list = |names| {
        pnr("PE#boss@example.com#CC/-1")
            .numbered(names)
            .flights(LATER)
    };
    stage.import(&list(&apart).issued(3));
    assert_eq!(stage.documents(BOSS), [""; 0]);
    // Nor is that forgotten when somebody gets another number.
    let mut stage = kept.clone();
    stage.step(renumber(&[("3.1", "4.1")], 3));
    let moved = [apart[0], apart[1], ("4.1", "LEE/ANN")];
    stage.import(&list(&moved).issued(4));
    assert_eq!(stage.documents(BOSS), [""; 0]);
    // Who has both of them sees it; and so does he of whose other passenger nobody ever knew a number.
    for names in [&both, &without_his] {
        let mut stage = kept.clone();
        stage.import(&list(names).issued(3));
        assert_eq!(stage.documents(BOSS), [JOHNS]);
    }
}

//! Order and repetition: "any order of the same confirmations, PE lists, documents and cancellations
//! ends in the same state", and what is said twice is said once.

use peline::{
    List,
    follow::{Command, Refusal},
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LATEST, LOCATOR, NEWCOMER, OUT, SISTER, Stage, address, cancel,
    document, flights, mark, message, minute, orders, pnr, replace, share, unmark, update,
};

const BOTH: &str = "PE#client@example.com#\nPE#agent@example.com#CC/";
const THEIRS: &str = "PE#client@example.com#";

// ── any order ───────────────────────────────────────────────────────────────────────────────────

/// The states after these commands in every order, of a stage.
#[track_caller]
fn in_every_order(start: &Stage, commands: &[Command]) -> Vec<(Vec<usize>, Stage)> {
    let orders = orders(commands.len()).into_iter();
    let run = orders.map(|order| {
        let mut stage = start.clone();
        for at in &order {
            stage.step(commands[*at].clone());
        }
        (order, stage)
    });
    run.collect()
}

#[track_caller]
fn all_equal(start: &Stage, commands: &[Command]) {
    let stages = in_every_order(start, commands);
    let (_, first) = &stages[0];
    for (order, stage) in &stages {
        assert!(stage.held == first.held, "{order:?}: {:?}", stage.held);
    }
}

#[test]
fn any_order_of_five_confirmations_ends_in_the_same_state() {
    let commands = [
        pnr(BOTH).issued(1).command(),
        pnr("PE#boss@example.com#CC/-1.1")
            .issued(2)
            .flights(LATER)
            .command(),
        message("Cc: boss@example.com, new@example.com")
            .issued(3)
            .flights(LATEST)
            .command(),
        message("To: sister@example.com")
            .issued(4)
            .flights(OUT)
            .command(),
        pnr("PE#boss@example.com#-2.1")
            .issued(5)
            .flights(LATER)
            .command(),
    ];
    all_equal(&Stage::new(), &commands);
}

#[test]
fn any_order_of_confirmations_cancellations_and_documents_ends_in_the_same_state() {
    let commands = [
        pnr(BOTH).issued(2).flights(LATER).command(),
        cancel(3),
        pnr(BOTH).issued(4).flights(LATEST).command(),
        cancel(5),
        Command::Attach(document("999-1", 1)),
    ];
    all_equal(&Stage::with(&pnr(THEIRS)), &commands);
}

#[test]
fn any_order_of_cancellations_before_and_after_departure_ends_in_the_same_state() {
    // 40 days later the flight has departed.
    let commands = [cancel(3), cancel(40 * 24 * 60), update(2, LATER), cancel(1)];
    all_equal(&Stage::with(&pnr(THEIRS)), &commands);
}

#[test]
fn any_order_of_documents_ends_in_the_same_state() {
    let ticket = |issued, place: &str| Command::Attach(document("999-1", issued).with_place(place));
    let commands = [
        ticket(1, "one"),
        ticket(2, "two"),
        ticket(3, "three"),
        Command::Attach(document("INV-1", 1)),
    ];
    all_equal(&Stage::with(&pnr(BOTH)), &commands);
}

#[test]
fn any_order_of_whole_lists_and_messages_that_only_copy_ends_in_the_same_state() {
    let commands = [
        pnr("PE#agent@example.com#CC/").issued(1).command(),
        pnr("PE#boss@example.com#CC/\nPE#sister@example.com#CC/")
            .issued(2)
            .whole()
            .command(),
        message("Cc: agent@example.com").issued(3).command(),
        pnr("PE#boss@example.com#CC/").issued(4).whole().command(),
        message("Cc: new@example.com, boss@example.com")
            .issued(5)
            .flights(LATER)
            .command(),
    ];
    all_equal(&Stage::new(), &commands);
}

// "Any order of the same confirmations, PE lists, documents and cancellations ends in the same
// state", says the page.
#[test]
fn any_order_of_whole_lists_that_remove_a_to_ends_in_the_same_state() {
    let commands = [
        pnr("PE#sister@example.com#").issued(1).command(),
        pnr(BOTH).issued(2).whole().command(),
        pnr("PE#boss@example.com#").issued(3).command(),
        pnr(BOTH).issued(4).whole().command(),
    ];
    all_equal(&Stage::new(), &commands);
}

#[test]
fn any_order_of_whole_lists_that_remove_a_to_ends_in_the_same_lists_and_reasons() {
    let commands = [
        pnr("PE#sister@example.com#").issued(1).command(),
        pnr(BOTH).issued(2).whole().command(),
        pnr("PE#boss@example.com#").issued(3).command(),
        pnr(BOTH).issued(4).whole().command(),
        update(5, LATEST),
    ];
    let stages = in_every_order(&Stage::with(&pnr(THEIRS)), &commands);
    for (order, stage) in &stages {
        let holders: Vec<_> = stage.held.holders().collect();
        let expected = [(CLIENT, List::MyTrips), (AGENT, List::Following)];
        assert_eq!(holders, expected, "{order:?}");
        assert_eq!(stage.seen(AGENT), flights(LATEST).flights(), "{order:?}");
    }
}

// What the difference of the two states above does: the same text in another order, and the follower
// has the trip or not.
#[test]
fn always_share_does_not_depend_on_the_order_of_what_came_before() {
    let sister = |issued| pnr("PE#sister@example.com#").issued(issued);
    let whole = pnr(BOTH).issued(2).whole();
    let mut start = Stage::new();
    start.always_share(SISTER, "boss@example.com");
    let mut one = start.clone();
    one.import(&sister(1));
    one.import(&whole);
    let mut other = start;
    other.import(&whole);
    other.import(&sister(1));
    for stage in [&mut one, &mut other] {
        stage.import(&sister(3));
    }
    assert_eq!(one.list(BOSS), other.list(BOSS));
}

// He marked it, or dropped it; moving or taking it back is not entering, whichever list was read first.
#[test]
fn always_share_does_not_reach_back_to_what_was_away_for_a_list() {
    let lists = [(2, "PE#sister@example.com#"), (3, THEIRS)];
    for is_marked in [true, false] {
        let ends = [[0, 1], [1, 0]].map(|order| {
            let mut stage = Stage::with(&pnr(THEIRS));
            match is_marked {
                true => stage.mark(CLIENT, "Jane Doe"),
                false => stage.unfollow(CLIENT),
            };
            for at in order {
                let (issued, script) = lists[at];
                stage.import(&pnr(script).issued(issued).whole());
            }
            stage.reads_what_it_stores();
            stage.always_share(CLIENT, "agent@example.com");
            match is_marked {
                true => stage.unmark(CLIENT),
                false => stage.take_back(CLIENT),
            };
            assert_eq!(stage.list(CLIENT), Some(List::MyTrips), "{order:?}");
            assert_eq!(stage.list(AGENT), None, "{order:?}");
            stage
        });
        assert!(ends[0].held == ends[1].held);
    }
}

// What a list takes away at that moment is gone: the share of who is missing from it ends for good, though a newer
// list has him. Where that came first, he was never missing.
#[test]
fn whether_a_share_lasts_depends_on_which_of_two_whole_lists_was_read_first() {
    let without = pnr("PE#sister@example.com#").issued(2).whole();
    let with = pnr(THEIRS).issued(3).whole();
    for (lists, expected) in [
        ([&without, &with], None),
        ([&with, &without], Some(List::Following)),
    ] {
        let mut stage = Stage::with(&pnr(THEIRS));
        stage.share(CLIENT, "agent@example.com");
        lists.iter().for_each(|list| drop(stage.import(list)));
        assert_eq!(stage.list(CLIENT), Some(List::MyTrips));
        assert_eq!(stage.list(AGENT), expected);
    }
}

#[test]
fn any_order_of_a_registration_among_confirmations_ends_in_the_same_state() {
    let mut start = Stage::with(&pnr("PE#new@example.com#CC/"));
    // The service knows the account; when it says so does not matter.
    start.register("elsewhere@example.com", NEWCOMER);
    let commands = [
        Command::Register {
            address: address("new@example.com"),
            account: NEWCOMER,
        },
        pnr(BOTH).issued(1).command(),
        message("Cc: new@example.com")
            .issued(2)
            .flights(LATER)
            .command(),
        cancel(3),
    ];
    all_equal(&start, &commands);
}

#[test]
fn two_whole_lists_of_one_time_end_the_same_in_either_order() {
    let commands = [
        pnr("PE#agent@example.com#CC/").issued(1).whole().command(),
        pnr("PE#boss@example.com#CC/").issued(1).whole().command(),
    ];
    all_equal(&Stage::new(), &commands);
}

// ── repetition ──────────────────────────────────────────────────────────────────────────────────

#[test]
fn every_command_that_is_repeated_changes_nothing_more() {
    let commands = [
        pnr(BOTH).issued(1).flights(LATER).command(),
        pnr(BOTH).issued(2).whole().command(),
        message("Cc: agent@example.com")
            .issued(3)
            .flights(LATER)
            .command(),
        Command::Register {
            address: address("agent@example.com"),
            account: AGENT,
        },
        Command::ForgetWaiting { before: minute(3) },
        share(CLIENT, "boss@example.com"),
        mark(AGENT, "Jane Doe"),
        unmark(AGENT),
        update(4, LATEST),
        Command::Attach(document("999-1", 1)),
        cancel(5),
        replace(LOCATOR, "NEWLOC", 6),
        Command::Unregister {
            address: address("agent@example.com"),
        },
        Command::CloseAccount { account: BOSS },
    ];
    let mut stage = Stage::with(&pnr(BOTH));
    for (at, command) in commands.into_iter().enumerate() {
        stage.clock(200 + i64::try_from(at).unwrap());
        stage.step(command.clone());
        let before = stage.held.clone();
        stage.clock(300 + i64::try_from(at).unwrap());
        assert_eq!(stage.step(command), [], "command {at}");
        assert!(stage.held == before, "command {at}");
    }
}

#[test]
fn what_cannot_be_repeated_is_refused_the_second_time() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.share(CLIENT, "boss@example.com");
    let unshare = Command::Unshare {
        by: CLIENT,
        with: BOSS,
    };
    let drop = Command::Unfollow { holder: AGENT };
    let back = Command::TakeBack { holder: AGENT };
    for (command, refusal) in [
        (unshare, Refusal::NotShared),
        (drop, Refusal::NotHolder),
        (back, Refusal::NothingToTakeBack),
    ] {
        stage.step(command.clone());
        stage.refuses(command, refusal);
    }
}

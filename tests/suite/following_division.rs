//! Who left a trip by its division sees nothing of it that is not his, whoever copies him later.

use peline::{
    List,
    follow::{AccountId, Command, Division, Effect, HoldingReason, Item, Policy, Refusal, Verdict},
    pe::Language,
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LOCATOR, SISTER, Stage, TRIP, carry_out, document, message, minute,
    notices, orders, places, pnr, remove, renumber, replace, update,
};

/// Jane is 1.1 and Richard 2.1: the client is there for her, the boss for him, the sister for both.
const BOTH: &str = "PE#client@example.com#TO/CLARA¤F-1.1\nPE#boss@example.com#CC/BOB¤F-2.1\n\
                    PE#sister@example.com#CC/-1.1\nPE#sister@example.com#CC/-2.1";
const LATER_MAIL: &str = "Cc: boss@example.com, client@example.com";

/// Richard got a booking of his own, `NEWLOC`, as its only name; then each trip got a ticket and an invoice.
#[track_caller]
fn divided() -> [Stage; 2] {
    let mut stage = Stage::with(&pnr(BOTH));
    for (number, name) in [("999-11", "1.1"), ("999-21", "2.1")] {
        stage.attach(document(number, 0).for_name(name.parse().unwrap()));
    }
    let [mut staying, mut moving] = stage.divide(&[("2.1", "1.1")]);
    moving.step(replace(LOCATOR, "NEWLOC", 1));
    staying.attach(document("INV-1", 1));
    moving.attach(document("INV-2", 1));
    [staying, moving]
}

#[track_caller]
fn sees_no_documents(stage: &Stage, account: AccountId) {
    assert_eq!(stage.reasons(account), [HoldingReason::ImportedCc]);
    assert_eq!(stage.documents(account), [""; 0]);
    for item in Item::ALL {
        let of_documents = matches!(item, Item::ETicket | Item::EInvoice | Item::TicketNumbers);
        assert_eq!(stage.sees(account, item), !of_documents, "{item}");
        let why = stage.held.explain(account, item, &Policy::DEFAULT);
        assert_eq!(why.is_granted(), !of_documents, "{why}");
    }
    for document in stage.held.trip().unwrap().documents() {
        let why = stage
            .held
            .explain_document(account, document, &Policy::DEFAULT);
        let verdict = (HoldingReason::ImportedCc, Verdict::OtherNames);
        assert!(why.verdicts().eq([verdict]), "{why}");
    }
}

#[test]
fn who_moved_and_is_copied_by_a_message_of_the_old_booking_sees_no_documents_of_it() {
    let [mut staying, _] = divided();
    assert_eq!(staying.list(BOSS), None);
    staying.import(&message(LATER_MAIL).issued(2));
    sees_no_documents(&staying, BOSS);
    assert_eq!(staying.seen(BOSS).len(), 1, "the flights are shown to him");
    assert_eq!(staying.documents(CLIENT), ["999-11"]);
    assert_eq!(staying.documents(SISTER), ["999-11"]);
}

#[test]
fn who_stayed_and_is_copied_by_a_message_of_the_new_booking_sees_no_documents_of_it() {
    let [_, mut moving] = divided();
    assert_eq!(moving.list(CLIENT), None);
    moving.import(&message(LATER_MAIL).of("NEWLOC").issued(2));
    sees_no_documents(&moving, CLIENT);
    assert_eq!(moving.documents(BOSS), ["999-21"]);
    assert_eq!(moving.documents(SISTER), ["999-21"]);
}

#[test]
fn what_is_to_be_done_after_a_division_says_with_which_trip() {
    let stage = Stage::with(&pnr(BOTH));
    let mut lists = places([&stage.held]);
    let division = stage.division(&[("2.1", "1.1")], minute(1)).unwrap();
    let Division {
        staying,
        moving,
        effects,
    } = division;
    let (trip, list) = (moving.id(), List::Following);
    let placed = |account| Effect::Place {
        trip,
        account,
        list,
    };
    assert_eq!(effects, [remove(BOSS), placed(BOSS), placed(SISTER)]);
    let trips = [TRIP, trip, trip];
    assert!(effects.iter().map(Effect::trip).eq(trips));
    carry_out(&mut lists, &effects);
    let expected = [
        ((TRIP, CLIENT), List::MyTrips),
        ((TRIP, SISTER), list),
        ((trip, BOSS), list),
        ((trip, SISTER), list),
    ];
    assert_eq!(lists, expected.into());
    assert_eq!(lists, places([&staying, &moving]));
}

#[test]
fn only_a_booking_is_divided_and_under_another_key() {
    let moving = [("2.1", "1.1")];
    let refusal = |stage: &Stage| stage.divide_at(&moving, minute(1)).err();
    assert_eq!(refusal(&Stage::new()), Some(Refusal::NoTrip));
    assert_eq!(refusal(&Stage::by_hand()), Some(Refusal::NotLinked));
    let stage = Stage::with(&pnr(BOTH));
    let names = moving.map(|(old, new)| (old.parse().unwrap(), new.parse().unwrap()));
    let own = stage.held.clone();
    let own = own.divide(TRIP, &names.into(), minute(1), minute(1), &stage.service);
    let rejected = own.unwrap_err();
    assert_eq!(rejected.refusal(), Refusal::TripExists);
    assert!(rejected.into_state() == stage.held);
    assert_eq!(refusal(&stage), None);
}

#[track_caller]
fn has_left(stage: &Stage, moving: &[(&str, &str)], at: i64) {
    let refusal = stage.divide_at(moving, minute(at)).err();
    assert_eq!(refusal, Some(Refusal::NamesLeft), "{moving:?} at {at}");
}

#[test]
fn who_left_does_not_leave_again() {
    for at in [6, 7] {
        let stage = Stage::with(&pnr(BOTH).issued(5));
        let johns = [("2.1", "1.1")];
        let [mut staying, _] = stage.divide_at(&johns, minute(at)).unwrap();
        has_left(&staying, &johns, at);
        has_left(&staying, &[("2.1", "2.1")], at);
        has_left(&staying, &[("1.1", "1.1"), ("2.1", "2.1")], at);
        has_left(&staying, &johns, 0);
        // Who stays leaves at any time.
        for at in [at, 9] {
            staying.divide_at(&[("1.1", "1.1")], minute(at)).unwrap();
        }
        // Another has his number, and the locator is another.
        staying.step(renumber(&[("1.1", "2.1")], 8));
        has_left(&staying, &johns, at);
        staying.step(replace(LOCATOR, "OTHERS", 9));
        has_left(&staying, &johns, at);
    }
}

// Jane moved at 1 and Richard is 1.1 since then: with the numbers of before he would move.
#[test]
fn a_trip_that_was_told_of_the_booking_since_it_was_divided_is_not_divided() {
    let janes = [("1.1", "1.1")];
    let johns = "PE#boss@example.com#CC/-1.1";
    let told: [Command; 4] = [
        pnr(johns).issued(1).whole().command(),
        pnr(johns).issued(2).command(),
        message("Cc: boss@example.com").issued(2).command(),
        update(1, LATER),
    ];
    for command in told {
        let mut stage = Stage::with(&pnr(BOTH));
        stage.step(command);
        let refusal = stage.divide_at(&janes, minute(1)).err();
        assert_eq!(refusal, Some(Refusal::ReadSinceDivided));
        stage.divide_at(&janes, minute(3)).unwrap();
    }
    // What was issued before is of the old numbers, however late it comes; and the other way round nothing is lost.
    let mut stage = Stage::with(&pnr(BOTH));
    stage.import(&pnr(BOTH).issued(0).whole());
    let [mut staying, moving] = stage.divide_at(&janes, minute(1)).unwrap();
    staying.import(&pnr(johns).issued(2).whole());
    assert_eq!(
        [CLIENT, BOSS].map(|it| staying.list(it)),
        [None, Some(List::Following)]
    );
    assert_eq!(
        [CLIENT, BOSS].map(|it| moving.list(it)),
        [Some(List::MyTrips), None]
    );
}

#[test]
fn who_has_the_number_of_somebody_who_left_leaves_at_a_later_time() {
    let johns = [("2.1", "1.1")];
    let [start, _] = Stage::with(&pnr(BOTH))
        .divide_at(&johns, minute(1))
        .unwrap();
    // Ann joined, or Jane has his number.
    let mut joined = start.clone();
    joined.import(&pnr("PE#agent@example.com#CC/-2.1").issued(3));
    let [staying, moving] = joined.divide_at(&johns, minute(4)).unwrap();
    assert_eq!(
        [&staying, &moving].map(|it| it.list(AGENT).is_some()),
        [false, true]
    );
    has_left(&joined, &johns, 1);
    has_left(&staying, &johns, 4);
    let mut renumbered = start;
    renumbered.step(renumber(&[("1.1", "2.1")], 3));
    // From then on the number is hers.
    for at in [3, 4] {
        let [staying, moving] = renumbered.divide_at(&johns, minute(at)).unwrap();
        assert_eq!(
            [&staying, &moving].map(|it| it.list(CLIENT).is_some()),
            [false, true]
        );
        has_left(&staying, &johns, at);
    }
    has_left(&renumbered, &johns, 2);
}

#[test]
fn those_who_moved_are_divided_in_turn() {
    let three =
        "PE#client@example.com#-1.1\nPE#boss@example.com#CC/-2.1\nPE#agent@example.com#CC/-3.1";
    let moving = [("2.1", "1.1"), ("3.1", "2.1")];
    let [_, both] = Stage::with(&pnr(three))
        .divide_at(&moving, minute(2))
        .unwrap();
    // The numbers are theirs from then on, and those of who stayed before.
    for (at, name, who) in [(2, "1.1", BOSS), (2, "2.1", AGENT), (3, "1.1", BOSS)] {
        let [staying, moving] = both.divide_at(&[(name, "1.1")], minute(at)).unwrap();
        let holds = |stage: &Stage| [BOSS, AGENT].map(|it| stage.list(it).is_some());
        assert_eq!(holds(&moving), [BOSS, AGENT].map(|it| it == who));
        assert_eq!(holds(&staying), [BOSS, AGENT].map(|it| it != who));
    }
    has_left(&both, &[("1.1", "1.1")], 1);
}

#[test]
fn who_had_left_the_pe_list_before_a_division_gets_no_more_by_it() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.import(&pnr("PE#client@example.com#-1.1").issued(1).whole());
    let [mut staying, _] = stage.divide(&[("2.1", "1.1")]);
    staying.attach(document("INV-1", 1));
    staying.import(&message(LATER_MAIL).issued(2));
    sees_no_documents(&staying, BOSS);
}

#[test]
fn a_newer_pe_entry_of_who_moved_counts_again() {
    let [mut staying, mut moving] = divided();
    for (code, expected) in [("CC/-1.1", &["999-11"][..]), ("CC/", &["999-11", "INV-1"])] {
        let mut staying = staying.clone();
        staying.import(&pnr(&format!("PE#boss@example.com#{code}")).issued(2));
        staying.import(&message(LATER_MAIL).issued(3));
        assert_eq!(staying.documents(BOSS), expected, "{code}");
    }
    staying.import(&message(LATER_MAIL).issued(3));
    staying.import(&pnr("PE#boss@example.com#CC/-1.1").issued(2));
    assert_eq!(staying.documents(BOSS), ["999-11"], "whichever comes first");
    // Whatever the new booking says is newer.
    let entry = pnr("PE#client@example.com#-1.1").of("NEWLOC").issued(-1);
    moving.import(&entry);
    assert_eq!(moving.documents(CLIENT), ["999-21"]);
}

#[test]
fn a_whole_pe_list_without_him_removes_who_moved_and_was_copied_since() {
    let [mut staying, _] = divided();
    staying.import(&message(LATER_MAIL).issued(2));
    staying.import(&pnr("PE#client@example.com#-1.1").issued(3).whole());
    assert_eq!(staying.list(BOSS), None);
    staying.import(&message(LATER_MAIL).issued(4));
    sees_no_documents(&staying, BOSS);
    let with_him = pnr("PE#boss@example.com#CC/-1.1").issued(5).whole();
    staying.import(&with_him);
    assert_eq!(staying.documents(BOSS), ["999-11"]);
}

#[test]
fn who_moved_and_was_copied_since_stays_at_the_next_division() {
    let [mut staying, _] = divided();
    staying.import(&message(LATER_MAIL).issued(2));
    let [nobody_moves, nobody] = staying.divide(&[]);
    assert!(nobody_moves.held == staying.held);
    assert_eq!(nobody.list(CLIENT), None);
    // Jane moves too.
    let both = staying.divide(&[("1.1", "1.1")]);
    for stage in &both {
        sees_no_documents(stage, BOSS);
    }
    assert_eq!(
        both.map(|stage| stage.list(CLIENT).is_some()),
        [false, true]
    );
}

#[test]
fn any_order_of_what_comes_after_a_division_ends_in_the_same_state() {
    let [start, _] = divided();
    let commands: [Command; 5] = [
        // As old as his entry: the two are united.
        pnr("PE#boss@example.com#CC/-1.1").command(),
        pnr("PE#client@example.com#-1.1")
            .issued(2)
            .whole()
            .command(),
        message(LATER_MAIL).issued(3).command(),
        pnr("PE#boss@example.com#CC/-3.1").issued(-1).command(),
        update(4, LATER),
    ];
    let ends = orders(commands.len()).into_iter().map(|order| {
        let mut stage = start.clone();
        order
            .iter()
            .for_each(|at| drop(stage.step(commands[*at].clone())));
        (order, stage)
    });
    for (order, stage) in ends {
        assert_eq!(stage.documents(BOSS), ["999-11"], "{order:?}");
        let mut again = start.clone();
        commands.iter().for_each(|it| drop(again.step(it.clone())));
        assert!(stage.held == again.held, "{order:?}");
    }
}

#[test]
fn who_moved_and_is_copied_later_is_told_in_the_language_of_his_entry() {
    let [mut staying, _] = divided();
    staying.import(&message("Cc: boss@example.com").issued(2));
    let effects = staying.update(3, LATER);
    let mut notices = notices(&effects).into_iter();
    let notice = notices.find(|notice| notice.to() == BOSS).unwrap();
    assert_eq!(notice.language(), Some(Language::French));
}

#[test]
fn what_is_forgotten_of_those_who_left_is_older_than_their_entries() {
    let [mut staying, _] = divided();
    staying.step(Command::ForgetWaiting { before: minute(0) });
    staying.import(&message(LATER_MAIL).issued(2));
    sees_no_documents(&staying, BOSS);
}

#[test]
fn what_is_forgotten_of_those_who_left_is_older_than_the_new_locator() {
    let [_, mut moving] = divided();
    moving.step(replace("NEWLOC", "OTHERS", 5));
    moving.step(Command::ForgetWaiting { before: minute(5) });
    moving.import(&message("Cc: client@example.com").of("OTHERS").issued(6));
    sees_no_documents(&moving, CLIENT);
}

#[test]
fn a_document_for_all_of_a_name_that_had_others_before_is_not_of_those_who_stay() {
    let ann = [
        ("1.2", "LEE/ANN"),
        ("2.1", "ROE/JOHN"),
        ("3.1", "DOE/JANE"),
        ("4.1", "POE/BOB"),
    ];
    // She is gone, and nobody said so.
    let gone = [("1.1", "ROE/JOHN"), ("1.2", "DOE/JANE"), ("4.1", "POE/BOB")];
    let mut stage = Stage::with(&pnr("PE#agent@example.com#CC/").numbered(&ann));
    stage.attach(document("INV-1", 0).for_name("1".parse().unwrap()));
    stage.import(&pnr("PE#boss@example.com#CC/-1").numbered(&gone).issued(3));
    assert_eq!(stage.documents(BOSS), [""; 0]);
    let [staying, _] = stage.divide(&[("1.2", "1.1")]);
    assert!(staying.list(BOSS).is_some());
    assert_eq!(staying.documents(BOSS), [""; 0]);
    assert_eq!(staying.documents(AGENT), ["INV-1"]);
}

#[test]
fn a_document_for_all_passengers_of_a_name_goes_where_they_go_and_stays_where_one_stays() {
    let of = |travellers: &[(&str, &str)], moving: &[(&str, &str)]| {
        let script = "PE#client@example.com#\nPE#agent@example.com#CC/-1";
        let mut stage = Stage::with(&pnr(script).numbered(travellers));
        stage.attach(document("INV-1", 0).for_name("1".parse().unwrap()));
        stage.divide(moving).map(|stage| {
            let seen = stage.list(AGENT).map(|_| stage.documents(AGENT));
            assert_eq!(seen.unwrap_or_default(), stage.documents(CLIENT));
            stage.documents(CLIENT)
        })
    };
    let [jane, jim, john] = [("1.1", "DOE/JANE"), ("1.2", "DOE/JIM"), ("2.1", "ROE/JOHN")];
    let stays = [vec!["INV-1".to_owned()], vec![]];
    let goes = [vec![], vec!["INV-1".to_owned()]];
    assert_eq!(of(&[jane, john], &[("1.1", "1.1")]), goes);
    assert_eq!(of(&[jane, john], &[("2.1", "1.1")]), stays);
    assert_eq!(of(&[jane, jim, john], &[("1.1", "1.1")]), stays);
    let both = [("1.1", "2.1"), ("1.2", "2.2")];
    assert_eq!(of(&[jane, jim, john], &both), goes);
    let all = [("1.1", "2.1"), ("1.2", "2.2"), ("2.1", "1.1")];
    assert_eq!(of(&[jane, jim, john], &all), goes);
    // Whom the latest itinerary leaves out is there still, as far as anybody says.
    let mut stage = Stage::with(&pnr("PE#agent@example.com#CC/-1").numbered(&[jane, jim, john]));
    stage.import(
        &message("To: client@example.com")
            .numbered(&[jane, john])
            .issued(2),
    );
    let [staying, moving] = stage.divide(&[("1.1", "1.1")]);
    assert!([staying, moving].iter().all(|it| it.list(AGENT).is_some()));
    let unknown = [vec![], vec![jane, ("-", "ROE/JOHN")]];
    for travellers in unknown {
        let divided = of(&travellers, &[("1.1", "1.1")]);
        assert_eq!(divided, stays, "nobody knows who stays");
    }
}

#[test]
fn the_same_confirmation_after_a_division_changes_nothing() {
    let names = [("1.1", "DOE/JANE"), ("2.1", "ROE/JOHN")];
    let said = [
        pnr(BOTH).numbered(&names),
        message(LATER_MAIL).numbered(&names).issued(1),
    ];
    let mut stage = Stage::new();
    for said in &said {
        stage.import(said);
    }
    let [staying, moving] = stage.divide(&[("2.1", "1.1")]);
    for mut stage in [staying, moving] {
        for said in &said {
            stage.ignores(said.command());
        }
    }
}

#[test]
fn a_late_copy_of_a_confirmation_after_a_division_is_of_those_whom_it_is_for() {
    let names = [("1.1", "DOE/JANE"), ("2.1", "ROE/JOHN")];
    let mut stage = Stage::with(&pnr("PE#client@example.com#").numbered(&names));
    for (number, name) in [("999-11", "1.1"), ("999-21", "2.1")] {
        stage.attach(document(number, 0).for_name(name.parse().unwrap()));
    }
    let [staying, moving] = stage.divide(&[("2.1", "1.1")]);
    let all = pnr("PE#agent@example.com#CC/").numbered(&names);
    let johns = pnr("PE#boss@example.com#CC/-2.1").numbered(&names);
    let janes = pnr("PE#sister@example.com#CC/-1.1").numbered(&names);
    for (mut stage, theirs, ticket) in [(staying, SISTER, "999-11"), (moving, BOSS, "999-21")] {
        for (late, issued) in [(&all, 0), (&johns, 0), (&janes, -1)] {
            stage.import(&late.clone().issued(issued));
        }
        assert_eq!(stage.documents(AGENT), [ticket]);
        let listed = [SISTER, BOSS].map(|account| stage.list(account).is_some());
        assert_eq!(listed, [SISTER, BOSS].map(|account| account == theirs));
        assert_eq!(stage.documents(theirs), [ticket]);
        // What is as old and has other flights is a conflict still.
        let other = all.clone().flights(LATER);
        stage.refuses(other.command(), Refusal::Conflict);
    }
}

#[cfg(feature = "serde")]
#[test]
fn both_trips_of_a_division_come_back_as_they_were_stored() {
    use peline::follow::HeldTrip;

    let both = divided();
    let [staying, moving] = both.clone();
    let copied = [(staying, LOCATOR), (moving, "NEWLOC")].map(|(mut stage, locator)| {
        // A PE list that was read before the division and comes late, and a message.
        let late = pnr("PE#boss@example.com#CC/-2.1").issued(-1);
        stage.import(&late.of(locator));
        stage.import(&message(LATER_MAIL).of(locator).issued(2));
        let mut replaced = stage.clone();
        // What the booking before said is as old as anything.
        replaced.step(replace(locator, "OTHERS", 3));
        [stage, replaced]
    });
    for stage in both.into_iter().chain(copied.into_iter().flatten()) {
        let stored = serde_json::to_string(&stage.held).unwrap();
        assert!(stored.contains(r#""scope":[]"#), "somebody has no names");
        let back: HeldTrip = serde_json::from_str(&stored).unwrap();
        assert!(back == stage.held);
    }
}

/// Who left by a command, or got his number later, had none at the time of the division.
#[test]
fn a_number_that_was_nobodys_is_not_moved() {
    for (numbered, moving) in [
        (("2.1", "-"), ("2.1", "1.1")),
        (("2.1", "5.1"), ("5.1", "1.1")),
    ] {
        let mut stage = Stage::with(&pnr(BOTH));
        stage.step(renumber(&[numbered], 6));
        has_left(&stage, &[moving], 5);
    }
}

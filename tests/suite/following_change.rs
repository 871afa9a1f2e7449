//! What changed, computed once, and each who may know is told once.

use jiff::ToSpan;
use peline::{
    follow::{Command, Effect, HoldingReason, News, Withheld},
    trip::{Aspect, Change, Flight, difference},
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LATEST, LOCATOR, OUT, Stage, booking, flight, flights, message,
    minute, notices, orders, pnr, replace, told, update,
};

const BOTH: &str = "PE#client@example.com#\nPE#agent@example.com#CC/";

/// `changed: departure`, `added`, `cancelled`.
#[track_caller]
fn changes(old: &[&str], new: &[&str]) -> Vec<String> {
    let [old, new] = [old, new].map(|all| all.iter().map(|it| flight(it)).collect::<Vec<_>>());
    let changes = difference(&old, &new);
    let shown = changes.iter().map(|change| match change {
        Change::Added(flight) => format!("added {}", flight.origin()),
        Change::Cancelled(flight) => format!("cancelled {}", flight.origin()),
        Change::Changed(_) => {
            let named = |aspect: Aspect| {
                assert_eq!(aspect.to_string(), aspect.name());
                aspect.name()
            };
            let aspects: Vec<_> = change.aspects().map(named).collect();
            format!("changed {}", aspects.join(" "))
        }
    });
    shown.collect()
}

// ── matching of legs ────────────────────────────────────────────────────────────────────────────

#[test]
fn legs_that_differ_are_matched_by_the_bookings_own_segment_key_first() {
    let old = &["1=BA11 LHR SIN 1 21:00", "2=BA15 LHR SIN 1 22:00"];
    let new = &["1=BA15 LHR SIN 1 23:00", "2=BA11 LHR SIN 1 20:00"];
    let both = "changed designator departure";
    assert_eq!(changes(old, new), [both, both]);
    let other_end = &["1=AF1 LHR NRT 5 07:00"];
    assert_eq!(
        changes(&["1=BA11 LHR SIN 1 21:00"], other_end),
        ["changed designator destination departure"]
    );
}

/// A display numbers its lines: where a flight goes, those behind it move up.
#[test]
fn a_key_makes_no_flight_another_that_is_as_it_was_or_has_nothing_in_common() {
    let old = &["1=BA11 LHR SIN 1 21:00", "2=QF2 SIN SYD 3 08:00"];
    assert_eq!(changes(old, &["1=QF2 SIN SYD 3 08:00"]), ["cancelled LHR"]);
    let swapped = &["2=BA11 LHR SIN 1 21:00", "1=QF2 SIN SYD 3 08:00"];
    assert_eq!(changes(old, swapped), [""; 0]);
    let [one, other] = ["BA11 LHR SIN 1 21:00", "BA15 LHR SIN 1 22:00"];
    let keyed = |keys: [u8; 2]| [format!("{}={one}", keys[0]), format!("{}={other}", keys[1])];
    let [old, new] = [keyed([1, 2]), keyed([2, 1])];
    let [old, new] = [&old, &new].map(|all| all.each_ref().map(String::as_str));
    assert_eq!(changes(&old, &new), [""; 0]);
    // Of two that are alike, each is that with its key.
    let alike = &["1=- LHR SIN 1", "2=- LHR SIN 1"];
    assert_eq!(changes(alike, &["2=- LHR SIN 1"]), ["cancelled LHR"]);
    let elsewhere = &["1=AF1 CDG NRT 5 07:00"];
    assert_eq!(
        changes(&["1=BA11 LHR SIN 1 21:00"], elsewhere),
        ["added CDG", "cancelled LHR"]
    );
}

#[test]
fn then_by_flight_identity() {
    let old = &["BA11 LHR SIN 1 21:00", "SQ1 SIN SYD 3 08:00"];
    let new = &["SQ1 SIN SYD 3 09:00", "BA11 LHR SIN 1 22:00"];
    assert_eq!(
        changes(old, new),
        ["changed departure", "changed departure"]
    );
}

#[test]
fn a_flight_with_the_same_number_comes_before_one_that_may_be_the_same() {
    let old = &["- LHR SIN 1", "BA11 LHR SIN 1 08:00"];
    let new = &["BA11 LHR SIN 1 09:00", "BA15 LHR SIN 1 21:00"];
    assert_eq!(
        changes(old, new),
        ["changed departure", "changed designator departure"]
    );
}

/// Bookings forget what was flown.
#[test]
fn a_flown_flight_that_a_newer_itinerary_leaves_out_is_not_cancelled() {
    let (out, back) = ("1=BA11 LHR SIN 1 21:00", "2=BA12 SIN LHR 9 21:00");
    let on = |day: i64| minute(0) + (24 * (day + 29)).hours();
    for (issued, told) in [(on(1), 1), (on(5), 0), (on(15), 0)] {
        let mut stage = Stage::with(&pnr("PE#client@example.com#").flights(&[out, back]));
        let update = Command::Update {
            booking: booking(LOCATOR),
            itinerary: flights(&[back]),
            issued,
            mailed_to: vec![],
        };
        let held = stage.held.clone().step(update, issued, &stage.service);
        let (held, effects) = held.unwrap();
        assert_eq!(notices(&effects).len(), told, "{issued}");
        stage.held = held;
        assert_eq!(stage.seen(CLIENT), [flight(back)]);
    }
}

/// Nor did it become a flight of another day, another number or other airports, with keys or without.
#[test]
fn a_flown_flight_did_not_become_another_one() {
    let (out, back) = ("BA11 LHR SIN 1 21:00", "BA12 SIN LHR 9 21:00");
    let (monday, next) = ("BA304 LHR CDG 1 08:00", "BA304 LHR CDG 8 08:00");
    for (old, new) in [
        (vec![out, back], vec![back, "AF1681 LHR CDG 10 09:00"]),
        (vec![out, back], vec![back, "SQ321 LHR SIN 10 09:00"]),
        (vec![monday, next], vec![next, "BA304 LHR CDG 15 08:00"]),
        (vec![out], vec!["BA11 LHR SIN 10 21:00"]),
        (
            vec!["1=BA11 LHR SIN 1 21:00"],
            vec!["2=AF1681 LHR CDG 10 09:00"],
        ),
    ] {
        let added = Change::Added(flight(new.last().unwrap()));
        assert_eq!(changed_on(5, &old, &new), [added], "{new:?}");
        // What had not departed did.
        let [Change::Changed(_)] = &changed_on(-5, &old, &new)[..] else {
            panic!("{new:?}");
        };
    }
    // What is left changes as if the flown one were not there.
    let late = "SQ322 SIN LHR 9 22:00";
    let changed = Change::Changed(Box::new((flight(back), flight(late))));
    assert_eq!(changed_on(5, &[out, back], &[late]), [changed]);
}

/// An itinerary that still has it says what became of it: a flight that is late departs after its time.
#[test]
fn a_flown_flight_that_is_still_there_is_the_same_flight() {
    for (old, new) in [
        ("BA11 LHR SIN 1 21:00", "BA11 LHR SIN 1 23:00"),
        ("- LHR SIN 1 21:00", "BA11 LHR SIN 1 21:00"),
        ("1=BA11 LHR SIN 1 21:00", "1=BA11 LHR SIN 2 01:00"),
    ] {
        let changed = Change::Changed(Box::new((flight(old), flight(new))));
        assert_eq!(changed_on(5, &[old], &[new]), [changed]);
    }
}

/// It may depart late, on the next day even; but the number of the next day is another flight.
#[test]
fn a_flight_that_is_late_over_midnight_is_the_same_flight() {
    let old = "BA11 LHR SIN 1 21:00";
    for new in ["BA11 LHR SIN 2 00:40", "BA11 LHR SIN 2 08:59"] {
        let changed = Change::Changed(Box::new((flight(old), flight(new))));
        assert_eq!(changed_on(5, &[old], &[new]), [changed]);
    }
    for new in [
        "BA11 LHR SIN 2 09:00",
        "BA11 LHR SIN 2",
        "BA15 LHR SIN 2 00:40",
        "BA11 LGW SIN 2 00:40",
        "- LHR SIN 2 00:40",
    ] {
        let added = Change::Added(flight(new));
        assert_eq!(changed_on(5, &[old], &[new]), [added], "{new}");
    }
    // Nor does a flight depart before it did.
    let (late, early) = ("BA11 LHR SIN 2 00:40", "BA11 LHR SIN 1 21:00");
    assert_eq!(
        changed_on(5, &[late], &[early]),
        [Change::Added(flight(early))]
    );
}

/// What the mails say of a newer itinerary that was issued on a day of December; in November before the first.
fn changed_on(day: i64, old: &[&str], new: &[&str]) -> Vec<Change> {
    let issued = minute(0) + (24 * (day + 29)).hours();
    let stage = Stage::with(&pnr("PE#client@example.com#").flights(old));
    let update = Command::Update {
        booking: booking(LOCATOR),
        itinerary: flights(new),
        issued,
        mailed_to: vec![],
    };
    let (_, effects) = stage.held.step(update, issued, &stage.service).unwrap();
    let changes = notices(&effects)
        .into_iter()
        .flat_map(|it| match it.news() {
            News::Changed(difference) => difference.changes().to_vec(),
            other => panic!("{other:?}"),
        });
    changes.collect()
}

/// Every booking counts its segments anew.
#[test]
fn the_keys_of_a_booking_say_nothing_of_the_one_before() {
    let old = &["1=BA11 LHR SIN 1 21:00", "2=QF2 SIN SYD 3 08:00"];
    let new = &["1=QF2 SIN SYD 3 08:00", "2=QF1 SYD LHR 20 10:00"];
    let mut stage = Stage::with(&pnr(BOTH).flights(old));
    stage.step(replace(LOCATOR, "NEWLOC", 1));
    let mut changed = |flights: &[&str], issued| {
        let list = pnr(BOTH).flights(flights).of("NEWLOC").issued(issued);
        let effects = stage.import(&list);
        let News::Changed(difference) = notices(&effects)[0].news() else {
            panic!("a mail on a change");
        };
        difference.changes().to_vec()
    };
    let [gone, fresh] = [flight("BA11 LHR SIN 1 21:00"), flight(new[1])];
    let expected = [Change::Added(fresh), Change::Cancelled(gone)];
    assert_eq!(changed(new, 2), expected);
    // Those of one booking do.
    assert!(matches!(
        changed(&["2=AF1 SYD NRT 5 07:00"], 3)[..],
        [Change::Changed(_), Change::Cancelled(_)]
    ));
}

#[test]
fn then_by_number_between_the_same_airports_wherever_they_stand() {
    let old = &["BA11 LHR SIN 1 21:00", "SQ1 SIN SYD 3 08:00"];
    let new = &["SQ1 SIN SYD 4 08:00", "BA11 LHR SIN 2 21:00"];
    assert_eq!(
        changes(old, new),
        ["changed departure", "changed departure"]
    );
    // The same airports and no more, or the same number and no more, are not enough where the place is another.
    let old = &["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 9 21:00"];
    let all = ["added SIN", "added LHR", "cancelled LHR", "cancelled SIN"];
    assert_eq!(
        changes(old, &["AF9 SIN LHR 8 08:00", "AF8 LHR SIN 2 08:00"]),
        all
    );
    let all = ["added CDG", "added NRT", "cancelled LHR", "cancelled SIN"];
    assert_eq!(
        changes(old, &["BA12 CDG NRT 5 08:00", "BA11 NRT CDG 6 08:00"]),
        all
    );
}

/// A series of one number, by its days.
#[test]
fn on_another_day_those_of_a_number_keep_their_order_and_the_nearest_comes_first() {
    let series = |days: &[i8]| -> Vec<_> {
        let flights = days.iter();
        flights
            .map(|day| flight(&format!("BA1 LHR SIN {day} 08:00")))
            .collect()
    };
    for (old, new, expected) in [
        // However they stand.
        (vec![1, 8], vec![9, 2], vec![(8, 9), (1, 2)]),
        (vec![8, 1], vec![2, 9], vec![(1, 2), (8, 9)]),
        // All are moved by half a week.
        (vec![1, 8], vec![5, 12], vec![(1, 5), (8, 12)]),
        // One goes, one comes.
        (vec![1, 8], vec![9], vec![(8, 9)]),
        (vec![8], vec![1, 9], vec![(8, 9)]),
        (vec![1, 8, 15], vec![16, 9], vec![(15, 16), (8, 9)]),
        (vec![2, 9], vec![1, 8, 15], vec![(2, 1), (9, 8)]),
        // As near: the earlier. None is left without.
        (vec![5], vec![6, 4], vec![(5, 4)]),
        (vec![8, 9], vec![7, 1, 2], vec![(9, 7), (8, 2)]),
    ] {
        let (old, new) = (series(&old), series(&new));
        let day = |flight: &Flight| flight.departure_date().day();
        let changes = difference(&old, &new);
        let changed = changes.iter().filter_map(|change| match change {
            Change::Changed(both) => Some((day(&both.0), day(&both.1))),
            Change::Added(_) | Change::Cancelled(_) => None,
        });
        assert_eq!(changed.collect::<Vec<_>>(), expected);
        let left = old.len().abs_diff(new.len());
        assert_eq!(changes.len(), expected.len() + left);
    }
}

#[test]
fn then_by_position() {
    let old = &["BA11 LHR SIN 1 21:00", "SQ1 SIN SYD 3 08:00"];
    let new = &["AF1 CDG SIN 1 20:00", "SQ1 SIN SYD 3 08:00"];
    assert_eq!(changes(old, new), ["changed designator origin departure"]);
}

// Ours: a flight with nothing in common is no change of it.
#[test]
fn then_by_position_only_with_something_in_common() {
    let old = &["BA11 LHR SIN 1 21:00"];
    let new = &["AF1 CDG NRT 5 07:00"];
    assert_eq!(changes(old, new), ["added CDG", "cancelled LHR"]);
    for (new, changed) in [
        (
            "BA11 CDG NRT 5 07:00",
            "changed origin destination departure",
        ),
        (
            "AF1 LHR NRT 5 07:00",
            "changed designator destination departure",
        ),
        ("AF1 CDG SIN 5 07:00", "changed designator origin departure"),
    ] {
        assert_eq!(changes(old, &[new]), [changed]);
    }
}

#[test]
fn a_time_that_moved_past_midnight_is_a_change_of_one_leg() {
    for (old, new) in [
        ("BA11 LHR SIN 1 23:50", "BA11 LHR SIN 2 00:20"),
        ("1=BA11 LHR SIN 1 23:50", "1=BA11 LHR SIN 2 00:20"),
        ("- LHR SIN 1 23:50", "- LHR SIN 2 00:20"),
    ] {
        assert_eq!(changes(&[old], &[new]), ["changed departure"], "{old}");
    }
}

#[test]
fn another_airport_is_a_change_of_one_leg() {
    let old = &["BA11 LHR SIN 1 21:00"];
    assert_eq!(changes(old, &["BA11 LGW SIN 1 21:00"]), ["changed origin"]);
    assert_eq!(
        changes(old, &["BA11 LHR KUL 1 21:00"]),
        ["changed destination"]
    );
}

#[test]
fn another_flight_number_is_a_change_of_one_leg() {
    let changes = changes(&["BA11 LHR SIN 1 21:00"], &["BA17 LHR SIN 1 21:00"]);
    assert_eq!(changes, ["changed designator"]);
}

#[test]
fn what_is_left_over_is_added_or_cancelled() {
    let out = "BA11 LHR SIN 1 21:00";
    let back = "BA12 SIN LHR 9 21:00";
    assert_eq!(changes(&[out], &[out, back]), ["added SIN"]);
    assert_eq!(changes(&[out, back], &[out]), ["cancelled SIN"]);
    assert_eq!(changes(&[out, back], &[back]), ["cancelled LHR"]);
    assert_eq!(changes(&[], &[out]), ["added LHR"]);
    assert_eq!(changes(&[out], &[]), ["cancelled LHR"]);
    assert_eq!(changes(&[out, back], &[out, back]), [""; 0]);
}

#[test]
fn a_leg_put_in_before_the_others_is_added_and_changes_none() {
    let (out, on) = ("BA11 LHR SIN 2 21:00", "SQ1 SIN SYD 4 08:00");
    let new = &["BA1 EDI LHR 2 15:00", out, on];
    assert_eq!(changes(&[out, on], new), ["added EDI"]);
}

// ── told once ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn what_changed_is_computed_once_and_is_the_same_for_all() {
    let mut stage = Stage::with(&pnr(BOTH));
    let effects = stage.update(1, LATER);
    let differences: Vec<_> = notices(&effects).iter().map(|it| it.news()).collect();
    let [News::Changed(one), News::Changed(two)] = differences[..] else {
        panic!("two mails on a change");
    };
    assert_eq!(one, two);
    let expected = Change::Changed(Box::new((flight(OUT[0]), flight(LATER[0]))));
    assert_eq!(one.changes(), [expected]);
}

#[test]
fn each_person_who_may_know_is_told_once_for_each_difference() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.share(CLIENT, "boss@example.com");
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(told(&stage.update(1, LATER)), [CLIENT, AGENT, BOSS]);
    // The same difference again, by every road.
    stage.ignores(update(1, LATER));
    assert_eq!(stage.import(&pnr(BOTH).issued(1).flights(LATER)), []);
    assert_eq!(
        stage.import(&pnr(BOTH).issued(1).flights(LATER).whole()),
        []
    );
    let mailed = message("To: client@example.com").issued(1).flights(LATER);
    assert_eq!(stage.import(&mailed), []);
    // The next difference is another one.
    assert_eq!(told(&stage.update(2, LATEST)), [CLIENT, AGENT, BOSS]);
}

#[test]
fn each_difference_has_a_key_of_its_own() {
    let mut stage = Stage::with(&pnr(BOTH));
    let mut effects = stage.update(1, LATER);
    effects.extend(stage.update(2, OUT));
    effects.extend(stage.update(3, LATER));
    effects.extend(stage.cancel(3));
    let mut keys: Vec<_> = notices(&effects)
        .iter()
        .filter_map(|notice| match notice.news() {
            News::Changed(difference) => Some(difference.key()),
            News::Shared { .. } => None,
        })
        .collect();
    assert_eq!(keys.len(), 8);
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 4);
}

#[test]
fn whoever_got_the_confirmation_of_a_change_is_not_told_again() {
    let mut stage = Stage::with(&pnr(&format!("{BOTH}\nPE#boss@example.com#CC/")));
    let resent = message("Cc: agent@example.com").issued(1).flights(LATER);
    assert_eq!(told(&stage.import(&resent)), [CLIENT, BOSS]);
}

#[test]
fn whoever_got_the_confirmation_at_one_address_is_not_told_at_the_other() {
    let two = "PE#agent@example.com#CC/\nPE#desk@example.com#CC/";
    let mut stage = Stage::with(&pnr(two));
    let resent = message("To: desk@example.com").issued(1).flights(LATER);
    assert_eq!(told(&stage.import(&resent)), []);
}

#[test]
fn whoever_got_a_blind_copy_of_the_confirmation_is_not_told_again() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    stage.share(CLIENT, "agent@example.com");
    let copied = pnr("PE#client@example.com#\nPE#agent@example.com#BC/");
    let effects = stage.import(&copied.issued(1).flights(LATER).mailed());
    assert_eq!(told(&effects), []);
}

#[test]
fn that_a_pnr_was_read_mails_nobody_so_all_are_told() {
    let mut stage = Stage::with(&pnr(BOTH));
    let read = pnr(BOTH).issued(1).flights(LATER);
    assert_eq!(told(&stage.import(&read)), [CLIENT, AGENT]);
}

#[test]
fn a_queued_mail_is_withheld_from_whom_the_confirmation_reached_meanwhile() {
    let mut stage = Stage::with(&pnr(BOTH));
    let effects = stage.update(1, LATER);
    let [client, agent] = notices(&effects)[..] else {
        panic!("two mails");
    };
    stage.import(&message("Cc: agent@example.com").issued(1).flights(LATER));
    // A whole list as new as the mail does not end that it reached him.
    for list in [None, Some(pnr(BOTH).issued(1).flights(LATER).whole())] {
        list.iter().for_each(|list| drop(stage.import(list)));
        let may = |notice| stage.held.may_send(notice, &stage.service);
        assert!(may(client).is_ok());
        assert_eq!(may(agent), Err(Withheld::AlreadyTold));
    }
}

// What reached him is not undone: not by a newer list, nor by one that he is missing from for a while, nor by a new
// locator, whichever comes first.
#[test]
fn who_got_the_confirmation_is_not_told_again_whatever_is_read_since() {
    let theirs = "PE#client@example.com#";
    let mailed = || message("Cc: agent@example.com").issued(5).flights(LATER);
    let whole = |script: &str, issued| pnr(script).issued(issued).flights(LATER).whole();
    let since: [&[Command]; 4] = [
        &[whole(BOTH, 6).command()],
        &[whole(theirs, 6).command(), whole(BOTH, 7).command()],
        &[pnr(BOTH).issued(6).flights(LATER).command()],
        &[whole(BOTH, 6).command(), update(7, LATER)],
    ];
    for since in since {
        let mut start = Stage::with(&pnr(BOTH));
        let effects = start.update(5, LATER);
        let notice = *notices(&effects).last().unwrap();
        let commands: Vec<_> = [&[mailed().command()], since].concat();
        let ends = orders(commands.len()).into_iter().map(|order| {
            let mut stage = start.clone();
            order
                .iter()
                .for_each(|at| drop(stage.step(commands[*at].clone())));
            stage
        });
        let ends: Vec<_> = ends.collect();
        for stage in &ends {
            assert!(stage.held == ends[0].held);
            let may = stage.held.may_send(notice, &stage.service);
            assert_eq!(may, Err(Withheld::AlreadyTold));
        }
    }
}

#[test]
fn who_got_the_confirmation_of_the_old_locator_is_not_told_again_under_the_new_one() {
    let mut stage = Stage::with(&pnr(BOTH));
    let old = stage.update(5, LATER);
    stage.import(&message("Cc: agent@example.com").issued(5).flights(LATER));
    stage.step(replace(LOCATOR, "NEWLOC", 6));
    // What the new booking says is another difference, though it is as old.
    let new = stage.import(&pnr(BOTH).of("NEWLOC").issued(4).flights(LATEST));
    let [old, new] = [&old, &new].map(|effects| *notices(effects).last().unwrap());
    let may = |stage: &Stage, notice| stage.held.may_send(notice, &stage.service);
    assert_eq!(may(&stage, old), Err(Withheld::AlreadyTold));
    assert_eq!(may(&stage, new), Ok(HoldingReason::ImportedCc));
    // Its confirmation is newer than whatever the old one said, too.
    let mut stage = Stage::with(&pnr(BOTH));
    let old = stage.update(5, LATER);
    let old = *notices(&old).last().unwrap();
    stage.step(replace(LOCATOR, "NEWLOC", 6));
    assert_eq!(may(&stage, old), Ok(HoldingReason::ImportedCc));
    let mail = message("Cc: agent@example.com").of("NEWLOC").issued(4);
    stage.import(&mail.flights(LATEST));
    assert_eq!(may(&stage, old), Err(Withheld::AlreadyTold));
}

// Ours: a blind copy is not remembered, so it withholds nothing that was queued before.
#[test]
fn a_queued_mail_is_sent_to_whom_a_blind_copy_reached_meanwhile() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    stage.share(CLIENT, "agent@example.com");
    let effects = stage.update(1, LATER);
    let agent = *notices(&effects).last().unwrap();
    assert_eq!(agent.to(), AGENT);
    let copied = pnr("PE#agent@example.com#BC/");
    stage.import(&copied.issued(1).flights(LATER).mailed());
    let may = stage.held.may_send(agent, &stage.service);
    assert_eq!(may, Ok(HoldingReason::SharedBy(CLIENT)));
}

#[test]
fn an_update_that_changes_nothing_tells_nobody() {
    let mut stage = Stage::with(&pnr(BOTH));
    assert_eq!(stage.update(1, OUT), []);
    assert_eq!(
        stage.import(&pnr(BOTH).issued(2).travellers(&["DOE/JANE"])),
        []
    );
    assert_eq!(stage.update(3, &["1=BA11 LHR SIN 1 21:00"]), []);
    let known = flight(OUT[0])
        .with_zones(
            "Europe/London".parse().unwrap(),
            "Asia/Singapore".parse().unwrap(),
        )
        .with_codeshare("QF1".parse().unwrap());
    let update = Command::Update {
        booking: booking(LOCATOR),
        itinerary: peline::trip::Itinerary::new([known], []).unwrap(),
        issued: minute(4),
        mailed_to: Vec::new(),
    };
    assert_eq!(stage.step(update), []);
}

#[test]
fn a_cancellation_tells_those_who_may_know_once() {
    let mut stage = Stage::with(&pnr(BOTH));
    let effects = stage.cancel(1);
    assert_eq!(told(&effects), [CLIENT, AGENT]);
    assert_eq!(effects.len(), 2);
    stage.ignores(crate::stage::cancel(1));
    assert_eq!(stage.cancel(2), []);
    let News::Changed(difference) = notices(&effects)[0].news() else {
        panic!("a change");
    };
    assert_eq!(difference.changes(), [Change::Cancelled(flight(OUT[0]))]);
}

#[test]
fn who_came_with_a_change_is_not_told_of_what_was_before() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    let effects = stage.import(&pnr(BOTH).issued(1).flights(LATER));
    assert_eq!(told(&effects), [CLIENT]);
    let placed = |effect: &Effect| matches!(effect, Effect::Place { account: AGENT, .. });
    assert_eq!(effects.iter().filter(|it| placed(it)).count(), 1);
}

#[test]
fn who_left_with_a_change_is_not_told() {
    let mut stage = Stage::with(&pnr(BOTH));
    let whole = pnr("PE#client@example.com#")
        .issued(1)
        .flights(LATER)
        .whole();
    assert_eq!(told(&stage.import(&whole)), [CLIENT]);
}

#[test]
fn the_mail_is_in_the_language_of_the_pe_entry() {
    let script = "PE#client@example.com#TO/CLARA¤F\nPE#agent@example.com#CC/";
    let mut stage = Stage::with(&pnr(script));
    let effects = stage.update(1, LATER);
    let languages: Vec<_> = notices(&effects).iter().map(|it| it.language()).collect();
    assert_eq!(languages, [Some(peline::pe::Language::French), None]);
}

#[test]
fn a_follower_of_a_trip_that_was_added_by_hand_is_told_of_changes_and_the_editor_is_not() {
    let mut stage = Stage::by_hand();
    stage.share(CLIENT, "agent@example.com");
    let edit = |texts| Command::Edit {
        by: CLIENT,
        itinerary: flights(texts),
    };
    assert_eq!(told(&stage.step(edit(LATER))), [AGENT]);
    stage.ignores(edit(LATER));
    assert_eq!(told(&stage.step(edit(OUT))), [AGENT]);
}

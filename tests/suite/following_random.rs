//! Whatever happens, in whatever order: what holds after each step.

use std::collections::BTreeSet;

use peline::{
    follow::{AccountId, Command, Effect, Item, News},
    trip::LegStatus,
};
use proptest::{prelude::*, sample::select};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LATEST, LOCATOR, NEWCOMER, OUT, Pnr, SISTER, Stage, address,
    booking, cancel, carry_out, document, flights, mark, message, minute, notices, places, pnr,
    renumber, replace, share, unmark, update,
};

const PEOPLE: [AccountId; 5] = [CLIENT, AGENT, BOSS, SISTER, NEWCOMER];
const ADDRESSES: [&str; 7] = [
    "client@example.com",
    "home@example.com",
    "agent@example.com",
    "desk@example.com",
    "boss@example.com",
    "sister@example.com",
    "new@example.com",
];
/// Of nobody else, and never in any other field.
const BLIND: &str = "blind@example.com";
const BLIND_ACCOUNT: AccountId = AccountId::new(6);

/// What a confirmation addresses, and its flights.
type Said = (
    u8,
    Vec<(&'static str, &'static str)>,
    &'static [&'static str],
);

fn addressed() -> impl Strategy<Value = Said> {
    let entry = (
        select(&ADDRESSES[..]),
        select(&["", "CC/", "CC/-1.1", "CC/-2"][..]),
    );
    let entries = proptest::collection::vec(entry, 0..4);
    (0..4_u8, entries, select(&[OUT, LATER, LATEST][..]))
}

/// A blind copy goes with each.
fn confirmation(kind: u8, entries: &[(&str, &str)], issued: i64, flights: &[&str]) -> Command {
    let lines = entries
        .iter()
        .map(|(address, code)| format!("PE#{address}#{code}\n"));
    let script = lines.collect::<String>() + "PE#blind@example.com#BC/";
    let field = |code: &str| if code.is_empty() { "To" } else { "Cc" };
    let header = entries
        .iter()
        .map(|(address, code)| format!("{}: {address}\n", field(code)));
    let confirmation = match kind {
        0 => pnr(&script),
        1 => pnr(&script).mailed(),
        2 => pnr(&script).whole(),
        _ => message(&(header.collect::<String>() + "Bcc: blind@example.com")),
    };
    confirmation.issued(issued).flights(flights).command()
}

fn imports() -> impl Strategy<Value = Command> {
    (addressed(), 0..8_i64).prop_map(|((kind, entries, flights), issued)| {
        confirmation(kind, &entries, issued, flights)
    })
}

fn commands() -> impl Strategy<Value = Command> {
    let who = || select(&PEOPLE[..]);
    let whose = || select(&ADDRESSES[..]);
    prop_oneof![
        4 => imports(),
        1 => (whose(), who()).prop_map(|(whose, account)| {
            let address = address(whose);
            Command::Register { address, account }
        }),
        1 => whose().prop_map(|it| Command::Unregister { address: address(it) }),
        1 => who().prop_map(|account| Command::CloseAccount { account }),
        1 => (0..9_i64).prop_map(|it| Command::ForgetWaiting { before: minute(it) }),
        1 => who().prop_map(|by| Command::AddByHand {
            by,
            itinerary: flights(OUT),
            client: None,
        }),
        1 => who().prop_map(|by| Command::Edit { by, itinerary: flights(LATER) }),
        2 => (who(), any::<bool>()).prop_map(|(who, following)| match following {
            true => mark(who, "Jane Doe"),
            false => unmark(who),
        }),
        3 => (who(), whose()).prop_map(|(by, with)| share(by, with)),
        1 => (who(), who()).prop_map(|(by, with)| Command::Unshare { by, with }),
        1 => who().prop_map(|holder| Command::Unfollow { holder }),
        1 => who().prop_map(|holder| Command::TakeBack { holder }),
        2 => (0..8_i64, select(&[OUT, LATER, LATEST][..]))
            .prop_map(|(issued, flights)| update(issued, flights)),
        // What a new booking says may be as old as what the one before it said.
        2 => (0..8_i64, select(&[OUT, LATER, LATEST][..])).prop_map(|(issued, itinerary)| {
            Command::Update {
                booking: booking("NEWLOC"),
                itinerary: flights(itinerary),
                issued: minute(issued),
                mailed_to: vec![],
            }
        }),
        1 => (0..8_i64).prop_map(cancel),
        1 => (0..3_i64).prop_map(|issued| Command::Attach(document("999-1", issued))),
        2 => (0..8_i64).prop_map(|at| replace(LOCATOR, "NEWLOC", at)),
        1 => (0..8_i64).prop_map(|at| replace("NEWLOC", LOCATOR, at)),
    ]
}

/// What is placed and removed is what changed, and what is mailed may be mailed.
#[track_caller]
fn effects_agree(before: &Stage, after: &Stage, effects: &[Effect]) {
    let mut lists = places([&before.held]);
    carry_out(&mut lists, effects);
    assert_eq!(lists, places([&after.held]));
    #[cfg(feature = "serde")]
    {
        let stored = serde_json::to_string(effects).unwrap();
        let read: Vec<Effect> = serde_json::from_str(&stored).unwrap();
        assert_eq!(read, effects, "{stored}");
    }
    let mut trips = effects.iter().map(Effect::trip);
    assert!(trips.all(|trip| trip == after.held.id()), "of no other");
    let mails = notices(effects);
    for (at, notice) in mails.iter().enumerate() {
        assert!(after.list(notice.to()).is_some(), "a mail to a stranger");
        let may = after.held.may_send(notice, &after.service);
        assert_eq!(may, Ok(notice.rests_on()));
        assert!(!mails[..at].contains(notice), "told twice");
    }
}

#[track_caller]
fn state_agrees(stage: &Stage) {
    assert_eq!(stage.list(BLIND_ACCOUNT), None, "a blind copy is nothing");
    for account in PEOPLE {
        let reasons = stage.reasons(account);
        assert_eq!(stage.list(account).is_some(), !reasons.is_empty());
        let own = reasons.iter().any(|reason| reason.is_own());
        for item in Item::ALL {
            let expected = match item.is_sensitive() {
                true => own,
                false => !reasons.is_empty(),
            };
            assert_eq!(stage.sees(account, item), expected, "{item}");
        }
        for reason in &reasons {
            if let Some(sharer) = reason.sharer() {
                assert_ne!(sharer, account, "nobody shares with himself");
                let mut reasons = stage.reasons(sharer).into_iter();
                assert!(reasons.any(|reason| reason.is_own()), "shares rest on him");
            }
        }
        if stage.held.mark(account).is_some() && own {
            assert_eq!(stage.list(account), Some(peline::List::Following));
        }
    }
    let cancelled = stage.held.trip().and_then(|trip| trip.cancelled());
    let legs = stage.held.trip().into_iter().flat_map(|trip| trip.legs());
    let gone = |leg: peline::trip::Leg<'_>| leg.status() == LegStatus::Cancelled;
    assert!(legs.map(gone).all(|gone| gone == cancelled.is_some()));
}

proptest! {
    #[test]
    fn whatever_happens_effects_and_states_agree(
        commands in proptest::collection::vec(commands(), 1..40),
        always in proptest::collection::vec((select(&PEOPLE[..]), select(&ADDRESSES[..6])), 0..3),
    ) {
        let mut stage = Stage::new();
        stage.register(BLIND, BLIND_ACCOUNT);
        for (traveller, with) in always {
            let with = address(with);
            let opens = peline::follow::Items::NONE;
            let command = peline::follow::ConsentCommand::AlwaysShare { with, opens };
            // With himself he does not.
            let _ = stage.consent(traveller, command);
        }
        let mut told = BTreeSet::new();
        for (at, command) in commands.into_iter().enumerate() {
            stage.clock(100 + i64::try_from(at).unwrap());
            let before = stage.clone();
            // A refusal keeps the state: `attempt` compares it.
            if let Ok(effects) = stage.attempt(command.clone()) {
                effects_agree(&before, &stage, &effects);
                for notice in notices(&effects) {
                    if let News::Changed(difference) = notice.news() {
                        let once = told.insert((notice.to(), difference.key()));
                        prop_assert!(once, "told of one difference twice");
                    }
                }
                state_agrees(&stage);
                let once = stage.held.clone();
                if let Ok(effects) = stage.attempt(command) {
                    prop_assert_eq!(effects, [], "repeated");
                    prop_assert!(stage.held == once, "repeated");
                }
            }
        }
    }

    #[test]
    fn what_is_to_be_done_after_a_division_is_what_both_trips_say(
        before in proptest::collection::vec(commands(), 1..20),
        moving in proptest::sample::subsequence(&[("1.1", "1.1"), ("2.1", "1.2")][..], 0..3),
        after in proptest::collection::vec(commands(), 1..8),
    ) {
        let mut stage = Stage::with(&pnr(""));
        for command in before {
            // A refusal keeps the state, here and below.
            let _ = stage.attempt(command);
        }
        let mut lists = places([&stage.held]);
        let division = stage.division(&moving, minute(9)).unwrap();
        carry_out(&mut lists, &division.effects);
        prop_assert_eq!(&lists, &places([&division.staying, &division.moving]));
        let mut halves = [division.staying, division.moving].map(|held| stage.with_trip(held));
        for command in after {
            for half in &mut halves {
                carry_out(&mut lists, &half.attempt(command.clone()).unwrap_or_default());
            }
            prop_assert_eq!(&lists, &places(halves.iter().map(|half| &half.held)));
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn whatever_comes_before_and_after_a_division_is_read_as_it_was_stored(
        before in proptest::collection::vec(commands(), 1..20),
        moving in proptest::sample::subsequence(&[("1.1", "1.1"), ("2.1", "1.2")][..], 0..3),
        after in proptest::collection::vec(commands(), 1..20),
        again in proptest::collection::vec(imports(), 0..4),
    ) {
        let mut stage = Stage::with(&pnr(""));
        for command in before {
            // A refusal keeps the state, here and below.
            let _ = stage.attempt(command);
        }
        let [nobody_moves, _] = stage.divide(&[]);
        prop_assert!(nobody_moves.held == stage.held);
        for mut half in stage.divide(&moving) {
            half.reads_what_it_stores();
            for command in &after {
                let _ = half.attempt(command.clone());
                half.reads_what_it_stores();
            }
            // Later than all that is known, also of who left.
            for mut quarter in half.divide_at(&[("2.1", "1.1")], minute(9)).unwrap() {
                quarter.reads_what_it_stores();
                for command in &again {
                    let _ = quarter.attempt(command.clone());
                    quarter.reads_what_it_stores();
                }
            }
        }
    }

    #[test]
    fn any_order_of_any_confirmations_ends_in_the_same_lists_reasons_and_views(
        confirmations in proptest::collection::vec(addressed(), 2..7),
        cancelled in proptest::option::of(0..9_i64),
        order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let mut commands: Vec<Command> = confirmations
            .into_iter()
            .zip(1..)
            .map(|((kind, entries, flights), issued)| confirmation(kind, &entries, issued, flights))
            .collect();
        commands.extend(cancelled.map(cancel));
        commands.push(Command::Attach(document("999-1", 1).for_name("1.1".parse().unwrap())));
        commands.push(Command::Attach(document("INV-1", 1)));
        let start = Stage::with(&pnr(""));
        let (mut sorted, mut shuffled) = (start.clone(), start);
        for command in &commands {
            sorted.step(command.clone());
        }
        let order = order.into_iter().filter(|at| *at < commands.len());
        let rest = 8..commands.len();
        for at in order.chain(rest) {
            shuffled.step(commands[at].clone());
        }
        prop_assert_eq!(sorted.held.trip(), shuffled.held.trip());
        prop_assert_eq!(sorted.waiting(), shuffled.waiting());
        for account in PEOPLE {
            prop_assert_eq!(sorted.list(account), shuffled.list(account));
            prop_assert_eq!(sorted.reasons(account), shuffled.reasons(account));
            if sorted.list(account).is_some() {
                prop_assert_eq!(sorted.documents(account), shuffled.documents(account));
            }
        }
    }

    #[test]
    fn whoever_is_there_for_a_name_sees_what_is_its_however_the_numbers_change(
        numberings in proptest::collection::vec(select(&NUMBERINGS[..]), 1..5),
        told in any::<[bool; 4]>(),
        replaced in any::<bool>(),
        order in Just((0..20).collect::<Vec<usize>>()).prop_shuffle(),
        moving in 0..3_usize,
    ) {
        let mut start = Stage::new();
        start.import(&booked(numberings[0], 0));
        let mut commands: Vec<Command> = tickets(numberings[0], 0).into();
        for (at, both) in numberings.windows(2).enumerate() {
            let [old, new] = [both[0], both[1]];
            let issued = 10 * (i64::try_from(at).unwrap() + 1);
            commands.push(booked(new, issued).command());
            commands.extend(tickets(new, issued));
            if told[at] {
                let mut names: Vec<_> = old.into_iter().zip(new).collect();
                let free = new.into_iter().filter(|it| !old.contains(it));
                names.extend(free.map(|it| (it, "-")));
                commands.push(renumber(&names, issued));
            }
        }
        let (mut sorted, mut shuffled) = (start.clone(), start);
        for command in &commands {
            sorted.step(command.clone());
        }
        for at in order.into_iter().filter(|at| *at < commands.len()) {
            // What comes late may be refused.
            let _ = shuffled.attempt(commands[at].clone());
        }
        let last = *numberings.last().unwrap();
        let moved = [(last[moving], "1.1")];
        for mut stage in [sorted.clone(), shuffled] {
            if replaced {
                stage.step(replace(LOCATOR, "NEWLOC", 60));
            }
            let both = stage.divide_at(&moved, minute(70)).unwrap();
            for stage in [stage].iter().chain(&both) {
                nobody_sees_anothers(stage);
            }
        }
        let always = told.iter().zip(&numberings[1..]).all(|(told, _)| *told);
        for (at, (whose, _)) in WHOSE.iter().enumerate() {
            let seen = sorted.documents(*whose).len();
            prop_assert!(!always || seen == numberings.len(), "{at}: {seen}");
        }
    }
}

/// Who is there for a name, and the name.
const WHOSE: [(AccountId, &str); 3] = [
    (CLIENT, "DOE/JANE"),
    (BOSS, "ROE/JOHN"),
    (SISTER, "LEE/ANN"),
];

/// The numbers of the three names.
const NUMBERINGS: [[&str; 3]; 8] = [
    ["1.1", "2.1", "3.1"],
    ["1.1", "3.1", "2.1"],
    ["2.1", "1.1", "3.1"],
    ["2.1", "3.1", "1.1"],
    ["3.1", "1.1", "2.1"],
    ["3.1", "2.1", "1.1"],
    ["1.1", "1.2", "2.1"],
    ["2.1", "1.1", "1.2"],
];

fn booked(numbers: [&str; 3], issued: i64) -> Pnr {
    let [jane, john, ann] = numbers;
    let script = format!(
        "PE#client@example.com#-{jane}\nPE#boss@example.com#CC/-{john}\nPE#sister@example.com#CC/-{ann}"
    );
    let names = numbers.into_iter().zip(WHOSE.map(|(_, name)| name));
    pnr(&script)
        .numbered(&names.collect::<Vec<_>>())
        .issued(issued)
}

/// A ticket of each: the last digit says whose it is.
fn tickets(numbers: [&str; 3], issued: i64) -> [Command; 3] {
    [0, 1, 2].map(|whose| {
        let ticket = document(&format!("999-{issued}{whose}"), issued + 5);
        Command::Attach(ticket.for_name(numbers[whose].parse().unwrap()))
    })
}

#[track_caller]
fn nobody_sees_anothers(stage: &Stage) {
    for (at, (whose, name)) in WHOSE.into_iter().enumerate() {
        if stage.list(whose).is_some() {
            for number in stage.documents(whose) {
                assert!(number.ends_with(&at.to_string()), "{name} sees {number}");
            }
        }
    }
}

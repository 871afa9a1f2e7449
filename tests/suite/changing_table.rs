//! Every state of the procedure with every kind of event: what each does, as a table to be read. What a state
//! does not take is tried as well, and must be out of order.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use peline::{
    change::{
        Case, Effect, Event, Fact, FactKind, HistoryEntry, Reach, Refusal, ResidualRule, State,
    },
    jiff::Timestamp,
};

use crate::{
    desk::{
        AGENT, CASE, Course, Desk, PAYER, PHONE, eur, fetched, itinerary, payment, text, withdrawn,
    },
    laws::change_acts::{Twist, currency, fitting, spoilt},
};

/// Which of the likely payloads are tried: the same in every run.
fn twists() -> impl Iterator<Item = Twist> {
    let spread = |number: u32| number.wrapping_mul(2_654_435_761).to_le_bytes();
    (1..=10).map(spread).chain([[250, 1, 0, 0]])
}

/// Cases in every state, and in each of those that a state does not tell apart.
fn cases() -> Vec<Case> {
    let mut desks: Vec<Desk> = State::ALL.iter().copied().map(Desk::at).collect();
    let cheap = || {
        Course::divided()
            .fares(500, 300)
            .residual(Some(ResidualRule::Refund))
    };
    desks.push(Desk::with(cheap()).to(State::Division));
    let mut dividing = Desk::with(Course::divided()).to(State::Division);
    dividing.report(withdrawn());
    desks.push(dividing);
    desks.push(Desk::with(cheap()).to(State::Rebooking));
    let mut partly_paid = Desk::with(Course::two()).to(State::Payment);
    partly_paid.go_on();
    desks.push(partly_paid);
    let reported = || {
        let mut desk = Desk::at(State::Acknowledgement);
        desk.report(Fact::ErrorReported {
            contact: PHONE,
            error: text("the name"),
        });
        desk
    };
    let mut wrong = reported();
    let mut booking = wrong.course.changed();
    booking.itinerary = itinerary(&["BA11 LHR SIN 9 21:00"], &["DOE/JANE"]);
    wrong.report(fetched(booking));
    assert_eq!(wrong.state(), State::Correction);
    desks.push(wrong);
    let mut sent = Desk::at(State::Acknowledgement);
    sent.report(Fact::ReachStated {
        contact: PHONE,
        reach: Reach::Phone,
    });
    assert_eq!(sent.state(), State::Sending);
    desks.push(sent);
    desks.push(reported());
    desks.push(reported().to(State::Documents));
    let mut corrected = Desk::at(State::Correction);
    let undone = corrected.clone();
    corrected.close();
    desks.extend([undone, corrected]);
    for desk in &desks.clone() {
        let silent = desk
            .state()
            .takes()
            .any(|kind| kind == FactKind::AttemptMade);
        if silent {
            let mut desk = desk.clone();
            desk.report(Fact::AttemptMade { contact: PHONE });
            desk.report(Fact::AttemptMade { contact: PHONE });
            desks.push(desk.clone());
            desk.report(Fact::GivenUp);
            desks.push(desk);
        }
    }
    for desk in &desks.clone() {
        let mut owing = desk.clone();
        owing.report(Fact::MoneyArrived(payment("stray_9", PAYER, eur(1))));
        desks.push(owing);
    }
    let mut complete = Desk::at(State::Record);
    while !complete.may(FactKind::Closed) {
        complete.go_on();
    }
    desks.push(complete);
    // What was changed after the client withdrew, if he did.
    let mut late = Desk::with(Course::new()).to(State::Rebooking);
    late.clock(5);
    late.go_to(State::Verification);
    let mut wrong = late.clone();
    let mut booking = wrong.course.changed();
    booking.itinerary = itinerary(&["BA11 LHR SIN 9 21:00"], &["DOE/JANE"]);
    wrong.report(fetched(booking));
    desks.extend([late.clone(), late.to(State::Documents), wrong]);
    desks.into_iter().map(|desk| desk.case).collect()
}

fn snake(effect: &Effect) -> String {
    let debug = format!("{effect:?}");
    let word = debug.chars().take_while(|char| char.is_alphanumeric());
    let mut name = String::new();
    for char in word {
        if char.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(char.to_lowercase());
    }
    name
}

/// When the last event of a case was reported.
fn last(case: &Case) -> Timestamp {
    case.history()
        .last()
        .map_or(case.opened(), HistoryEntry::at)
}

/// What an event does: where it leads and what is to be done, or why it is refused.
fn result(case: &Case, fact: Fact) -> String {
    match case.clone().step(Event::new(CASE, AGENT, fact), last(case)) {
        Ok((next, _)) if next.history().len() == case.history().len() => {
            "nothing: it is recorded already".to_owned()
        }
        Ok((next, effects)) => {
            let mut names: Vec<_> = effects.iter().map(snake).collect();
            names.dedup();
            let on = match next.state() == case.state() {
                true => "stays".to_owned(),
                false => format!("-> {}", next.state()),
            };
            match names.is_empty() {
                true => on,
                false => format!("{on}: {}", names.join(", ")),
            }
        }
        Err(rejected) => format!("refused: {}", rejected.refusal().name()),
    }
}

#[test]
fn every_state_with_every_event() {
    let mut table: BTreeMap<(State, FactKind), BTreeSet<String>> = BTreeMap::new();
    for case in cases() {
        for kind in FactKind::ALL.iter().copied() {
            let results = table.entry((case.state(), kind)).or_default();
            for twist in twists() {
                let fits = fitting(kind, &case, last(&case), currency(0), twist);
                results.insert(result(&case, fits.clone()));
                results.insert(result(&case, spoilt(fits, twist)));
            }
        }
    }
    let refused = |refusal: Refusal| format!("refused: {}", refusal.name());
    let known = [
        refused(Refusal::OutOfOrder),
        refused(Refusal::ReferenceReused),
        refused(Refusal::AlreadyRepaid),
        "nothing: it is recorded already".to_owned(),
    ];
    let mut page = String::new();
    for state in State::ALL {
        writeln!(page, "{state}").unwrap();
        for kind in FactKind::ALL {
            let results = &table[&(*state, *kind)];
            if state.takes().all(|taken| taken != *kind) {
                assert!(
                    results.iter().all(|it| known.contains(it)),
                    "{state} {kind}: {results:?}"
                );
                continue;
            }
            let accepted = results.iter().any(|it| !it.starts_with("refused"));
            assert!(
                accepted,
                "{state} takes {kind}, and none was accepted: {results:?}"
            );
            let (no, yes): (Vec<_>, Vec<_>) =
                results.iter().partition(|it| it.starts_with("refused: "));
            let mut name = kind.name();
            for result in yes {
                writeln!(page, "  {name:<24} {result}").unwrap();
                name = "";
            }
            let no: Vec<_> = no.iter().map(|it| &it["refused: ".len()..]).collect();
            if !no.is_empty() {
                writeln!(page, "  {name:<24} refused: {}", no.join(", ")).unwrap();
            }
        }
        writeln!(page, "  anything else            refused: out_of_order\n").unwrap();
    }
    insta::assert_snapshot!(page);
}

//! What order, repetition and hostile input do to a held trip: boundaries.

use peline::{
    List,
    follow::{Command, Effect, HeldTrip, HoldingReason, Item, Refusal, Withheld},
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LATEST, LOCATOR, NEWCOMER, OUT, SISTER, Stage, address, cancel,
    document, flights, invited, mark, minute, notices, place, pnr, remove, renumber, replace,
    share, told, unmark, update,
};

const BOTH: &str = "PE#client@example.com#\nPE#agent@example.com#CC/";
const THEIRS: &str = "PE#client@example.com#";

// ── addresses and accounts ──────────────────────────────────────────────────────────────────────

#[test]
fn an_address_that_moves_to_another_account_takes_the_holding_along() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.mark(AGENT, "Jane Doe");
    let effects = stage.register("agent@example.com", BOSS);
    let expected = [remove(AGENT), place(BOSS, List::Following)];
    assert_eq!(effects, expected);
    assert_eq!(stage.held.mark(BOSS), None, "the mark was the agent's");
    assert_eq!(stage.reasons(AGENT), []);
}

#[test]
fn an_address_with_a_new_account_at_import_is_of_that_account() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.service = stage
        .clone()
        .without_accounts_but(&["client@example.com"])
        .service;
    let mut moved = stage.clone();
    // Nobody's any more, says the service at the next import: that alone takes nothing away.
    stage.import(&pnr(BOTH).issued(1));
    assert_eq!(stage.list(AGENT), Some(List::Following));
    moved.register("agent@example.com", BOSS);
    moved.import(&pnr(BOTH).issued(1));
    assert_eq!(moved.list(AGENT), None);
    assert_eq!(moved.list(BOSS), Some(List::Following));
}

#[test]
fn an_address_that_is_verified_by_nobody_any_more_waits_again() {
    let mut stage = Stage::with(&pnr(BOTH));
    let address = address("agent@example.com");
    let effects = stage.step(Command::Unregister { address });
    assert_eq!(effects, [remove(AGENT)]);
    assert_eq!(stage.waiting(), ["agent@example.com"]);
    assert_eq!(told(&stage.update(1, LATER)), [CLIENT]);
}

#[test]
fn to_and_cc_of_one_account_lose_one_reason_at_a_time() {
    let mut stage = Stage::with(&pnr("PE#agent@example.com#CC/\nPE#desk@example.com#"));
    let unregister = |text| Command::Unregister {
        address: address(text),
    };
    let effects = stage.step(unregister("desk@example.com"));
    assert_eq!(effects, [place(AGENT, List::Following)]);
    let effects = stage.step(unregister("agent@example.com"));
    assert_eq!(effects, [remove(AGENT)]);
}

#[test]
fn a_closed_account_has_nothing_and_its_addresses_come_back_by_import_only() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.step(Command::CloseAccount { account: AGENT });
    assert_eq!(stage.list(AGENT), None);
    assert_eq!(stage.waiting(), [""; 0]);
    assert_eq!(told(&stage.update(1, LATER)), [CLIENT]);
    stage.import(&pnr(BOTH).issued(2).flights(LATER));
    assert_eq!(stage.list(AGENT), Some(List::Following));
}

#[test]
fn registering_an_address_that_is_in_no_booking_does_nothing() {
    let mut stage = Stage::with(&pnr(BOTH));
    let before = stage.held.clone();
    assert_eq!(stage.register("new@example.com", NEWCOMER), []);
    assert_eq!(stage.held, before);
}

// ── sequences ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn who_dropped_a_trip_stays_without_it_when_it_is_imported_again() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.unfollow(AGENT);
    let again = pnr(BOTH).issued(1).flights(LATER);
    assert_eq!(told(&stage.import(&again)), [CLIENT]);
    stage.import(&pnr(THEIRS).issued(2).whole());
    stage.import(&pnr(BOTH).issued(3).whole());
    stage.import(&pnr("PE#agent@example.com#").issued(4));
    assert_eq!(stage.list(AGENT), None);
    stage.take_back(AGENT);
    assert_eq!(stage.list(AGENT), Some(List::MyTrips));
}

#[test]
fn a_share_after_dropping_opens_what_a_share_opens_and_no_more() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.attach(document("999-1", 1));
    stage.unfollow(AGENT);
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(CLIENT)]);
    assert!(!stage.sees(AGENT, Item::ETicket));
    stage.unfollow(AGENT);
    assert_eq!(stage.list(AGENT), None, "dropped again");
}

#[test]
fn a_mail_on_a_share_is_not_sent_to_who_dropped_the_trip_meanwhile() {
    let mut stage = Stage::with(&pnr(THEIRS));
    let effects = stage.share(CLIENT, "agent@example.com");
    stage.unfollow(AGENT);
    let may = stage.held.may_send(notices(&effects)[0], &stage.service);
    assert_eq!(may, Err(Withheld::ShareEnded));
}

#[test]
fn after_unsharing_an_update_tells_the_follower_nothing() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    stage.unshare(CLIENT, AGENT);
    assert_eq!(told(&stage.update(1, LATER)), [CLIENT]);
    assert!(stage.held.shares_of(CLIENT).next().is_none());
}

#[test]
fn a_sharer_who_is_left_out_by_a_whole_list_takes_his_followers_along() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.share(CLIENT, "boss@example.com");
    let whole = pnr("PE#agent@example.com#CC/")
        .issued(1)
        .flights(LATER)
        .whole();
    let effects = stage.import(&whole);
    assert_eq!(told(&effects), [AGENT]);
    assert_eq!(stage.list(BOSS), None);
    // For good: he shares anew, or not.
    stage.import(&pnr(BOTH).issued(2).flights(LATER).whole());
    assert_eq!(stage.list(CLIENT), Some(List::MyTrips));
    assert_eq!(stage.list(BOSS), None);
}

#[test]
fn two_who_share_with_each_other_do_not_keep_the_trip() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#\nPE#sister@example.com#"));
    stage.share(CLIENT, "sister@example.com");
    stage.share(SISTER, "client@example.com");
    stage.share(SISTER, "agent@example.com");
    stage.import(&pnr("PE#boss@example.com#CC/").issued(1).whole());
    for account in [CLIENT, SISTER, AGENT] {
        assert_eq!(stage.list(account), None);
    }
}

#[test]
fn always_share_that_fires_on_registration_tells_the_follower_and_not_the_rest() {
    let mut stage = Stage::new();
    stage.always_share(NEWCOMER, "boss@example.com");
    stage.import(&pnr("PE#new@example.com#\nPE#agent@example.com#CC/"));
    assert_eq!(stage.list(BOSS), None, "nothing entered yet");
    let effects = stage.register("new@example.com", NEWCOMER);
    let places = [place(BOSS, List::Following), place(NEWCOMER, List::MyTrips)];
    assert_eq!(effects[..2], places);
    assert_eq!((effects.len(), invited(&effects)), (3, vec![BOSS]));
    let again = stage.register("new@example.com", NEWCOMER);
    assert_eq!(again, []);
}

#[test]
fn always_sharing_with_a_follower_in_cc_gives_both_reasons() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    stage.import(&pnr(BOTH));
    let both = [
        HoldingReason::ImportedCc,
        HoldingReason::AlwaysSharedBy(CLIENT),
    ];
    assert_eq!(stage.reasons(AGENT), both);
}

#[test]
fn a_bc_recipient_never_has_anything() {
    let blind = "PE#client@example.com#\nPE#agent@example.com#BC/\nPE#new@example.com#BC/";
    let mut stage = Stage::new();
    let mut effects = Vec::new();
    effects.extend(stage.import(&pnr(blind)));
    effects.extend(stage.import(&pnr(blind).issued(1).flights(LATER).mailed()));
    effects.extend(stage.import(&pnr(blind).issued(2).flights(OUT).whole()));
    effects.extend(stage.register("new@example.com", NEWCOMER));
    effects.extend(stage.update(3, LATEST));
    effects.extend(stage.cancel(4));
    effects.extend(stage.step(replace(LOCATOR, "NEWLOC", 5)));
    for account in [AGENT, NEWCOMER] {
        let about = effects.iter().filter(|effect| match effect {
            Effect::Place { account: to, .. } | Effect::Remove { account: to, .. } => {
                *to == account
            }
            Effect::Mail(notice) => notice.to() == account,
        });
        assert_eq!(about.count(), 0);
        assert_eq!(stage.list(account), None);
    }
    assert_eq!(stage.waiting(), [""; 0]);
    stage.refuses(mark(AGENT, "Jane Doe"), Refusal::NotHolder);
    stage.refuses(share(AGENT, "boss@example.com"), Refusal::NotHolder);
}

#[test]
fn a_waiting_address_gets_no_effect_of_anything() {
    let mut stage = Stage::new();
    let waiting = "PE#new@example.com#";
    assert_eq!(stage.import(&pnr(waiting)), []);
    assert_eq!(
        stage.import(&pnr(waiting).issued(1).flights(LATER).mailed()),
        []
    );
    assert_eq!(stage.update(2, LATEST), []);
    assert_eq!(stage.cancel(3), []);
    assert_eq!(stage.attach(document("999-1", 1)), []);
    assert_eq!(stage.held.holders().count(), 0);
}

#[test]
fn a_manual_trip_is_not_taken_over_by_a_confirmation_of_its_flights() {
    let mut stage = Stage::by_hand();
    let hostile = pnr("PE#boss@example.com#");
    stage.refuses(hostile.command(), Refusal::NotLinked);
    assert_eq!(stage.list(BOSS), None);
}

#[test]
fn every_refusal_is_produced_and_hands_the_state_back() {
    let nothing = Stage::new();
    let manual = Stage::by_hand();
    let linked = Stage::with(&pnr(BOTH));
    let mut shared = Stage::with(&pnr(BOTH));
    shared.share(CLIENT, "boss@example.com");
    let mut marked = Stage::with(&pnr(BOTH));
    marked.mark(CLIENT, "Jane Doe");
    let mut replaced = Stage::with(&pnr(BOTH));
    replaced.step(replace(LOCATOR, "NEWLOC", 1));
    let named = Stage::with(&pnr("PE#client@example.com#-2.1"));
    let mut renumbered = Stage::with(&pnr(BOTH));
    renumbered.step(renumber(&[("1.1", "2.1")], 1));
    let [bare, taken] = [("1", "2"), ("1.1", "2.1")].map(|it| renumber(&[it], 1));
    let ticket = document("999-1", 0).for_name("2.1".parse().unwrap());
    let add = Command::AddByHand {
        by: AGENT,
        itinerary: flights(OUT),
        client: None,
    };
    let edit = Command::Edit {
        by: CLIENT,
        itinerary: flights(LATER),
    };
    let unshare = Command::Unshare {
        by: CLIENT,
        with: AGENT,
    };
    let back = Command::TakeBack { holder: AGENT };
    let boss = "boss@example.com";
    let table = [
        (&nothing, update(1, LATER), Refusal::NoTrip),
        (&linked, add, Refusal::TripExists),
        (&manual, cancel(1), Refusal::NotLinked),
        (&linked, edit, Refusal::Linked),
        (
            &linked,
            pnr(BOTH).of("OTHERX").command(),
            Refusal::OtherBooking,
        ),
        (&replaced, update(2, LATER), Refusal::BookingReplaced),
        (&linked, update(0, LATER), Refusal::Conflict),
        (&renumbered, Command::Attach(ticket), Refusal::Renumbered),
        (&linked, bare, Refusal::BareNumber),
        (&named, taken, Refusal::NumberTaken),
        (&linked, update(1_000_000, LATER), Refusal::NotYetIssued),
        (&linked, unmark(BOSS), Refusal::NotHolder),
        (&shared, unmark(BOSS), Refusal::OnlyShared),
        (&linked, share(AGENT, boss), Refusal::OnlyFollowed),
        (&marked, share(CLIENT, boss), Refusal::NotTheTraveller),
        (
            &linked,
            share(CLIENT, "new@example.com"),
            Refusal::UnknownAddress,
        ),
        (&linked, share(CLIENT, "home@example.com"), Refusal::Oneself),
        (&linked, unshare, Refusal::NotShared),
        (&linked, back, Refusal::NothingToTakeBack),
    ];
    // `refuses` compares the state that is handed back.
    for (stage, command, refusal) in &table {
        (*stage).clone().refuses(command.clone(), *refusal);
    }
    // No command divides a trip.
    let [divided, _] = linked.divide(&[("2.1", "1.1")]);
    let again = divided.divide_at(&[("2.1", "1.1")], minute(0)).err();
    assert_eq!(again, Some(Refusal::NamesLeft));
    let read = linked.divide_at(&[("2.1", "1.1")], minute(-1)).err();
    assert_eq!(read, Some(Refusal::ReadSinceDivided));
    let of_divisions = [Refusal::NamesLeft, Refusal::ReadSinceDivided];
    let of_commands = Refusal::ALL.iter().filter(|it| !of_divisions.contains(it));
    assert!(table.iter().map(|(_, _, refusal)| refusal).eq(of_commands));
}

#[test]
fn a_conflict_in_a_whole_list_removes_nobody() {
    let mut stage = Stage::with(&pnr(BOTH).issued(1));
    let conflict = pnr(THEIRS).issued(1).flights(LATER).whole();
    stage.refuses(conflict.command(), Refusal::Conflict);
    assert_eq!(stage.list(AGENT), Some(List::Following));
}

#[test]
fn debug_names_nobody() {
    let mut stage = Stage::with(&pnr(BOTH).travellers(&["DOE/JANE"]));
    stage.mark(CLIENT, "John Roe");
    stage.attach(document("9991234567890", 1));
    let shown = format!("{:?}{:?}", stage.held, pnr(BOTH).confirmation());
    for secret in ["example", "DOE", "Roe", LOCATOR, "99912345"] {
        assert!(!shown.contains(secret), "{secret}");
    }
    let empty = HeldTrip::new(stage.held.id());
    assert!(empty.trip().is_none());
}

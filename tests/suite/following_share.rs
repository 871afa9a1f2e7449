//! Way 3, always sharing, and taking back.

use peline::{
    List,
    follow::{
        Command, ConsentCommand, HoldingReason, Item, Items, News, ReasonKind, Refusal,
        StandingConsents, Withheld,
    },
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LATEST, NEWCOMER, SISTER, Stage, address, invited, mark, minute,
    notices, place, pnr, remove, share, share_opening, told, unmark,
};

const THEIRS: &str = "PE#client@example.com#";
const BOTH: &str = "PE#client@example.com#\nPE#agent@example.com#CC/";
const BOTH_TRAVEL: &str = "PE#client@example.com#\nPE#sister@example.com#";

// ── way 3: share ────────────────────────────────────────────────────────────────────────────────

#[test]
fn who_holds_the_trip_by_to_gives_a_followers_address() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(CLIENT)]);
}

#[test]
fn who_holds_the_trip_by_hand_gives_a_followers_address() {
    let mut stage = Stage::by_hand();
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(CLIENT)]);
}

#[test]
fn the_follower_is_told_by_mail_and_the_trip_is_on_his_following_list() {
    let mut stage = Stage::with(&pnr(THEIRS));
    let effects = stage.share(CLIENT, "agent@example.com");
    assert_eq!(effects[0], place(AGENT, List::Following));
    assert_eq!((effects.len(), invited(&effects)), (2, vec![AGENT]));
}

#[test]
fn who_is_not_registered_does_not_share() {
    let mut stage = Stage::new().without_accounts_but(&["agent@example.com"]);
    stage.import(&pnr(THEIRS));
    stage.refuses(share(CLIENT, "agent@example.com"), Refusal::NotHolder);
}

#[test]
fn sharing_with_oneself_is_refused_whatever_the_address() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.refuses(share(CLIENT, "client@example.com"), Refusal::Oneself);
    stage.refuses(share(CLIENT, "home@example.com"), Refusal::Oneself);
}

#[test]
fn sharing_with_an_unknown_address_is_refused() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.refuses(share(CLIENT, "new@example.com"), Refusal::UnknownAddress);
}

#[test]
fn sharing_what_one_follows_by_cc_is_refused() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.refuses(share(AGENT, "boss@example.com"), Refusal::OnlyFollowed);
    // A list is no reason.
    stage.unmark(AGENT);
    stage.refuses(share(AGENT, "boss@example.com"), Refusal::OnlyFollowed);
}

#[test]
fn sharing_what_is_shared_with_one_is_refused() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    stage.refuses(share(AGENT, "boss@example.com"), Refusal::OnlyFollowed);
}

#[test]
fn sharing_what_is_marked_not_the_traveler_is_refused() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.mark(CLIENT, "Jane Doe");
    stage.refuses(share(CLIENT, "agent@example.com"), Refusal::NotTheTraveller);
    stage.unmark(CLIENT);
    stage.share(CLIENT, "agent@example.com");
    let mut manual = Stage::new();
    manual.add_by_hand(CLIENT, Some("Jane Doe"));
    manual.refuses(share(CLIENT, "agent@example.com"), Refusal::NotTheTraveller);
}

#[test]
fn sharing_what_one_dropped_or_never_had_is_refused() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.refuses(share(BOSS, "agent@example.com"), Refusal::NotHolder);
    stage.unfollow(CLIENT);
    stage.refuses(share(CLIENT, "agent@example.com"), Refusal::NotHolder);
}

#[test]
fn repeating_a_live_share_does_nothing() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    stage.clock(200);
    stage.ignores(share(CLIENT, "agent@example.com"));
    stage.ignores(share(CLIENT, "desk@example.com"));
}

#[test]
fn sharing_what_is_always_shared_already_does_nothing() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    stage.import(&pnr(THEIRS));
    stage.clock(200_000);
    let reasons = stage.reasons(AGENT);
    // That he said so of this trip is remembered, and no more.
    assert_eq!(stage.share(CLIENT, "agent@example.com"), []);
    assert_eq!(stage.reasons(AGENT), reasons);
    stage.ignores(share(CLIENT, "agent@example.com"));
}

// ── Always Share ────────────────────────────────────────────────────────────────────────────────

#[test]
fn each_trip_that_first_enters_my_trips_by_to_is_shared_with_one_mail() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    let effects = stage.import(&pnr(THEIRS));
    assert_eq!(invited(&effects), [AGENT]);
    let always = HoldingReason::AlwaysSharedBy(CLIENT);
    assert_eq!(stage.reasons(AGENT), [always]);
    assert_eq!(notices(&effects)[0].rests_on(), always);
    assert_eq!(invited(&stage.import(&pnr(THEIRS).issued(1))), []);
}

#[test]
fn each_trip_that_first_enters_my_trips_by_hand_is_shared() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    assert_eq!(invited(&stage.add_by_hand(CLIENT, None)), [AGENT]);
}

#[test]
fn each_trip_that_first_enters_my_trips_by_registration_is_shared() {
    let mut stage = Stage::new();
    stage.import(&pnr("PE#new@example.com#"));
    stage.always_share(NEWCOMER, "agent@example.com");
    let effects = stage.register("new@example.com", NEWCOMER);
    assert_eq!(invited(&effects), [AGENT]);
    assert_eq!(stage.list(AGENT), Some(List::Following));
}

#[test]
fn a_trip_by_hand_that_was_marked_at_once_enters_my_trips_when_it_is_unmarked() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    assert_eq!(invited(&stage.add_by_hand(CLIENT, Some("Jane Doe"))), []);
    assert_eq!(stage.list(AGENT), None);
    assert_eq!(invited(&stage.unmark(CLIENT)), [AGENT]);
}

#[test]
fn a_trip_that_one_follows_is_not_always_shared() {
    let mut stage = Stage::new();
    stage.always_share(AGENT, "boss@example.com");
    assert_eq!(invited(&stage.import(&pnr(BOTH))), []);
    assert_eq!(stage.list(BOSS), None);
    // It becomes the agent's own when his address enters TO.
    let later = pnr("PE#agent@example.com#").issued(1);
    assert_eq!(invited(&stage.import(&later)), [BOSS]);
}

// Ours: who is in CC cannot share, so nothing is shared of what he moves to My Trips.
#[test]
fn a_cc_holding_that_is_moved_to_my_trips_is_not_always_shared() {
    let mut stage = Stage::new();
    stage.always_share(AGENT, "boss@example.com");
    stage.import(&pnr(BOTH));
    assert_eq!(invited(&stage.unmark(AGENT)), []);
    assert_eq!(stage.list(AGENT), Some(List::MyTrips));
    assert_eq!(stage.list(BOSS), None);
}

#[test]
fn moving_a_trip_back_is_not_entering() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.always_share(CLIENT, "agent@example.com");
    stage.mark(CLIENT, "Jane Doe");
    assert_eq!(stage.unmark(CLIENT), [place(CLIENT, List::MyTrips)]);
    stage.unfollow(CLIENT);
    assert_eq!(stage.take_back(CLIENT), [place(CLIENT, List::MyTrips)]);
    assert_eq!(stage.list(AGENT), None);
}

#[test]
fn always_share_is_not_retroactive() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.always_share(CLIENT, "agent@example.com");
    assert_eq!(invited(&stage.update(1, LATER)), []);
    assert_eq!(invited(&stage.import(&pnr(THEIRS).issued(2))), []);
    assert_eq!(stage.list(AGENT), None);
}

#[test]
fn switching_it_off_ends_it_for_trips_to_come_and_leaves_those_already_shared() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    let mut next = stage.clone();
    stage.import(&pnr(THEIRS));
    stage.stop_sharing(CLIENT, AGENT);
    stage.update(1, LATER);
    assert_eq!(stage.list(AGENT), Some(List::Following));
    next.stop_sharing(CLIENT, AGENT);
    next.import(&pnr(THEIRS).of("NEXTTR"));
    assert_eq!(next.list(AGENT), None);
}

#[test]
fn consent_records_who_and_when() {
    let stage = Stage::new();
    let always = ConsentCommand::AlwaysShare {
        with: address("agent@example.com"),
        opens: Items::NONE,
    };
    let none = StandingConsents::new(CLIENT);
    let given = none
        .step(always.clone(), minute(7), &stage.service)
        .unwrap();
    assert_eq!(given.traveller(), CLIENT);
    let consent = given.consent(AGENT).unwrap();
    assert_eq!(consent.since(), minute(7));
    assert_eq!(given.followers().count(), 1);
    // Once more is the same consent.
    let again = given.clone().step(always, minute(9), &stage.service);
    assert_eq!(again.unwrap(), given);
}

#[test]
fn what_a_share_opens_and_since_when_is_what_the_latest_command_said() {
    let consent = |stage: &Stage, by, with| {
        let consent = stage.held.consent(by, with)?;
        Some((consent.opens(), consent.since()))
    };
    let mut stage = Stage::new();
    stage.clock(10);
    stage.always_share(CLIENT, "agent@example.com");
    stage.clock(20);
    stage.import(&pnr(THEIRS));
    assert_eq!(
        consent(&stage, CLIENT, AGENT),
        Some((Items::NONE, minute(10)))
    );
    let tickets = Items::from([Item::ETicket]);
    stage.clock(30);
    stage.step(share_opening(CLIENT, "agent@example.com", tickets));
    assert_eq!(consent(&stage, CLIENT, AGENT), Some((tickets, minute(30))));
    stage.clock(40);
    stage.step(share_opening(CLIENT, "agent@example.com", tickets));
    assert_eq!(consent(&stage, CLIENT, AGENT), Some((tickets, minute(30))));
    // Each way for himself, and nobody else's.
    assert_eq!(consent(&stage, AGENT, CLIENT), None);
    assert_eq!(consent(&stage, BOSS, AGENT), None);
    assert_eq!(consent(&stage, CLIENT, BOSS), None);
    stage.unshare(CLIENT, AGENT);
    assert_eq!(consent(&stage, CLIENT, AGENT), None);
}

#[test]
fn what_a_command_closed_stays_closed_when_a_standing_consent_shares_the_trip_again() {
    let tickets = Items::from([Item::ETicket]);
    let closing = share_opening(CLIENT, "agent@example.com", Items::NONE);
    let list = |script, issued| pnr(script).issued(issued).whole();
    let nobody = "PE#sister@example.com#";
    for without in ["PE#client@example.com#CC/", nobody] {
        let mut stage = Stage::new();
        stage.policy(|policy| {
            let policy = policy.widen(Item::ETicket, ReasonKind::Shared);
            policy.widen(Item::ETicket, ReasonKind::AlwaysShared)
        });
        let always = ConsentCommand::AlwaysShare {
            with: address("agent@example.com"),
            opens: tickets,
        };
        stage.consent(CLIENT, always).unwrap();
        stage.import(&pnr(THEIRS));
        assert!(stage.sees(AGENT, Item::ETicket));
        stage.step(closing.clone());
        assert!(!stage.sees(AGENT, Item::ETicket));
        stage.import(&list(without, 1));
        stage.import(&list(THEIRS, 2));
        assert_eq!(stage.list(AGENT), Some(List::Following), "{without}");
        assert!(!stage.sees(AGENT, Item::ETicket), "{without}");
        // He opens it again himself.
        stage.step(share_opening(CLIENT, "agent@example.com", tickets));
        assert!(stage.sees(AGENT, Item::ETicket));
        stage.import(&list(without, 3));
        stage.import(&list(THEIRS, 4));
        assert!(stage.sees(AGENT, Item::ETicket), "{without}");
    }
}

#[test]
fn what_a_command_left_closed_stays_closed_when_a_wider_standing_consent_shares_the_trip_again() {
    let mut stage = Stage::new();
    stage.policy(|policy| policy.widen(Item::ETicket, ReasonKind::AlwaysShared));
    stage.always_share(CLIENT, "agent@example.com");
    stage.import(&pnr(THEIRS));
    let always = ConsentCommand::AlwaysShare {
        with: address("agent@example.com"),
        opens: [Item::ETicket].into(),
    };
    stage.consent(CLIENT, always).unwrap();
    stage.share(CLIENT, "agent@example.com");
    stage.import(&pnr("PE#client@example.com#CC/").issued(1).whole());
    stage.import(&pnr(THEIRS).issued(2).whole());
    assert!(!stage.sees(AGENT, Item::ETicket));
}

#[test]
fn a_command_opens_no_more_than_a_standing_consent_once_it_has_ended() {
    let mut stage = Stage::new();
    stage.policy(|policy| policy.widen(Item::ETicket, ReasonKind::AlwaysShared));
    stage.always_share(CLIENT, "agent@example.com");
    stage.import(&pnr(THEIRS));
    let tickets = Items::from([Item::ETicket]);
    stage.step(share_opening(CLIENT, "agent@example.com", tickets));
    stage.import(&pnr("PE#sister@example.com#").issued(1).whole());
    stage.import(&pnr(THEIRS).issued(2));
    assert!(!stage.sees(AGENT, Item::ETicket));
}

/// What is remembered of a share that has ended is one thing or the other.
#[test]
fn what_a_command_said_and_that_he_was_told_are_remembered_while_the_sharer_is_away() {
    let list = |script, issued| pnr(script).issued(issued).whole();
    let nobody = "PE#sister@example.com#";
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.policy(|policy| policy.widen(Item::ETicket, ReasonKind::AlwaysShared));
    stage.step(share_opening(CLIENT, "agent@example.com", Items::NONE));
    stage.import(&list(nobody, 1));
    let always = ConsentCommand::AlwaysShare {
        with: address("agent@example.com"),
        opens: [Item::ETicket].into(),
    };
    stage.consent(CLIENT, always).unwrap();
    stage.import(&list(THEIRS, 2));
    assert_eq!(stage.list(AGENT), Some(List::Following));
    assert!(!stage.sees(AGENT, Item::ETicket));

    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    assert_eq!(notices(&stage.import(&pnr(THEIRS))).len(), 1);
    stage.import(&list(nobody, 1));
    assert_eq!(stage.list(AGENT), None);
    assert!(notices(&stage.import(&list(THEIRS, 2))).is_empty());
    assert_eq!(stage.list(AGENT), Some(List::Following));
}

/// One mail a trip, whoever shares it first and however often it enters.
#[test]
fn whom_a_command_told_of_the_trip_no_standing_consent_tells_again() {
    let list = |script, issued| pnr(script).issued(issued).whole();
    let mut stage = Stage::with(&pnr(THEIRS));
    assert_eq!(invited(&stage.share(CLIENT, "agent@example.com")), [AGENT]);
    for traveller in [CLIENT, SISTER] {
        stage.always_share(traveller, "agent@example.com");
    }
    // Another traveller comes, who always shares; the client leaves, and comes again.
    let scripts = [BOTH_TRAVEL, "PE#sister@example.com#", BOTH_TRAVEL];
    for (issued, script) in (1..).zip(scripts) {
        let effects = stage.import(&list(script, issued));
        assert_eq!(invited(&effects), [], "{script}");
        assert_eq!(stage.list(AGENT), Some(List::Following));
    }
    // What is shared anew by hand is told.
    stage.unshare(CLIENT, AGENT);
    assert_eq!(invited(&stage.share(CLIENT, "agent@example.com")), [AGENT]);
}

/// The number of a closed account is gone from what is stored; that its follower was told is not.
#[test]
fn whose_account_is_closed_leaves_no_number_with_his_followers() {
    let shares: [fn(&mut Stage); 3] = [
        |stage| drop(stage.share(CLIENT, "agent@example.com")),
        |stage| {
            stage.share(CLIENT, "agent@example.com");
            stage.unshare(CLIENT, AGENT);
        },
        // He left the booking before.
        |stage| {
            stage.share(CLIENT, "agent@example.com");
            stage.import(&pnr("PE#boss@example.com#CC/").issued(1).whole());
        },
    ];
    for share in shares {
        let mut stage = Stage::with(&pnr(THEIRS));
        share(&mut stage);
        stage.step(Command::CloseAccount { account: CLIENT });
        assert_eq!(stage.list(AGENT), None);
        assert_eq!(stage.held.shares_of(CLIENT).count(), 0);
        stage.reads_what_it_stores();
        #[cfg(feature = "serde")]
        {
            let stored = serde_json::to_string(&stage.held).unwrap();
            assert!(!stored.contains(&CLIENT.to_string()), "{stored}");
        }
        stage.always_share(SISTER, "agent@example.com");
        let effects = stage.import(&pnr("PE#sister@example.com#").issued(2));
        assert_eq!(stage.list(AGENT), Some(List::Following));
        assert_eq!(invited(&effects), [], "he was told once");
    }
}

#[test]
fn what_a_follower_dropped_is_consented_to_no_more() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    assert!(stage.held.consent(CLIENT, AGENT).is_some());
    stage.unfollow(AGENT);
    assert_eq!(stage.held.consent(CLIENT, AGENT), None);
}

#[test]
fn standing_consents_refuse_oneself_the_unknown_and_what_was_not_given() {
    let mut stage = Stage::new();
    let always = |with| ConsentCommand::AlwaysShare {
        with: address(with),
        opens: Items::NONE,
    };
    let table = [
        (always("new@example.com"), Refusal::UnknownAddress),
        (always("home@example.com"), Refusal::Oneself),
        (
            ConsentCommand::StopSharing { with: AGENT },
            Refusal::NotShared,
        ),
    ];
    for (command, refusal) in table {
        assert_eq!(stage.consent(CLIENT, command), Err(refusal));
    }
}

#[test]
fn only_the_travellers_own_consents_count() {
    let mut stage = Stage::new();
    stage.always_share(BOSS, "agent@example.com");
    stage.import(&pnr(THEIRS));
    assert_eq!(stage.list(AGENT), None);
}

#[test]
fn always_share_with_two_followers_tells_each_once() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    stage.always_share(CLIENT, "desk@example.com");
    stage.always_share(CLIENT, "boss@example.com");
    assert_eq!(invited(&stage.import(&pnr(THEIRS))), [AGENT, BOSS]);
}

// ── taking back ─────────────────────────────────────────────────────────────────────────────────

#[test]
fn unsharing_removes_shared_and_always_shared() {
    let mut explicit = Stage::with(&pnr(THEIRS));
    explicit.share(CLIENT, "agent@example.com");
    let mut always = Stage::new();
    always.always_share(CLIENT, "agent@example.com");
    always.import(&pnr(THEIRS));
    always.attempt(share(CLIENT, "agent@example.com")).unwrap();
    for stage in [&mut explicit, &mut always] {
        let effects = stage.unshare(CLIENT, AGENT);
        assert_eq!(effects, [remove(AGENT)]);
        assert_eq!(stage.reasons(AGENT), []);
    }
}

#[test]
fn updates_never_restore_what_was_unshared() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    stage.import(&pnr(THEIRS));
    stage.unshare(CLIENT, AGENT);
    stage.update(1, LATER);
    stage.import(&pnr(THEIRS).issued(2).flights(LATEST));
    stage.import(&pnr(THEIRS).issued(3).whole());
    stage.mark(CLIENT, "Jane Doe");
    stage.unmark(CLIENT);
    assert_eq!(stage.list(AGENT), None);
}

#[test]
fn no_standing_consent_restores_what_was_unshared_when_the_sharer_enters_again() {
    let both = "PE#client@example.com#\nPE#sister@example.com#";
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    stage.import(&pnr(both));
    stage.unshare(CLIENT, AGENT);
    let without = pnr("PE#sister@example.com#");
    stage.import(&without.issued(1).whole());
    assert_eq!(stage.list(CLIENT), None);
    stage.import(&pnr(both).issued(2));
    assert_eq!(stage.list(CLIENT), Some(List::MyTrips));
    assert_eq!(stage.list(AGENT), None);
}

#[test]
fn unsharing_leaves_the_standing_consent_as_it_is() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    let mut next = stage.clone();
    stage.import(&pnr(THEIRS));
    stage.unshare(CLIENT, AGENT);
    next.service = stage.service.clone();
    next.import(&pnr(THEIRS).of("NEXTTR"));
    assert_eq!(next.list(AGENT), Some(List::Following));
}

#[test]
fn an_unshared_follower_who_is_also_cc_keeps_the_trip() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(stage.unshare(CLIENT, AGENT), []);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::ImportedCc]);
}

#[test]
fn unsharing_removes_the_reasons_of_one_sharer_only() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#\nPE#sister@example.com#"));
    stage.share(CLIENT, "agent@example.com");
    stage.share(SISTER, "agent@example.com");
    stage.unshare(CLIENT, AGENT);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(SISTER)]);
}

#[test]
fn unsharing_what_is_not_shared_is_refused() {
    let mut stage = Stage::with(&pnr(BOTH));
    let unshare = |by, with| Command::Unshare { by, with };
    stage.refuses(unshare(CLIENT, AGENT), Refusal::NotShared);
    stage.refuses(unshare(CLIENT, BOSS), Refusal::NotShared);
    stage.share(CLIENT, "boss@example.com");
    stage.refuses(unshare(AGENT, BOSS), Refusal::NotShared);
}

#[test]
fn a_holder_may_drop_a_trip_himself() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.share(CLIENT, "boss@example.com");
    for account in [AGENT, BOSS, CLIENT] {
        stage.unfollow(account);
        assert_eq!(stage.list(account), None);
    }
    stage.refuses(Command::Unfollow { holder: AGENT }, Refusal::NotHolder);
}

#[test]
fn what_was_dropped_comes_back_by_no_import_and_no_standing_consent() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.unfollow(AGENT);
    stage.always_share(SISTER, "agent@example.com");
    stage.import(&pnr(BOTH).issued(1));
    stage.import(&pnr("PE#desk@example.com#").issued(2));
    stage.import(&pnr(BOTH).issued(3).whole());
    let effects = stage.import(&pnr("PE#sister@example.com#").issued(4).flights(LATER));
    assert_eq!(stage.list(AGENT), None);
    assert_eq!((invited(&effects), told(&effects)), (vec![], vec![CLIENT]));
}

#[test]
fn a_new_explicit_share_brings_back_what_was_dropped() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.share(CLIENT, "agent@example.com");
    stage.unfollow(AGENT);
    let effects = stage.share(CLIENT, "agent@example.com");
    assert_eq!(invited(&effects), [AGENT]);
    assert_eq!(stage.list(AGENT), Some(List::Following));
}

#[test]
fn an_explicit_share_brings_back_what_was_always_shared_and_dropped() {
    let mut stage = Stage::new();
    stage.always_share(CLIENT, "agent@example.com");
    stage.import(&pnr(THEIRS));
    stage.unfollow(AGENT);
    let effects = stage.share(CLIENT, "agent@example.com");
    assert_eq!(invited(&effects), [AGENT]);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(CLIENT)]);
}

#[test]
fn a_new_explicit_share_of_somebody_else_brings_back_what_was_dropped() {
    let mut stage = Stage::with(&pnr(&format!("{BOTH}\nPE#sister@example.com#")));
    stage.share(CLIENT, "agent@example.com");
    stage.unfollow(AGENT);
    assert_eq!(invited(&stage.share(SISTER, "agent@example.com")), [AGENT]);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(SISTER)]);
}

#[test]
fn his_own_hand_brings_back_what_was_dropped() {
    let mut stage = Stage::with(&pnr(BOTH));
    stage.share(CLIENT, "agent@example.com");
    let before = stage.reasons(AGENT);
    stage.unfollow(AGENT);
    assert_eq!(stage.take_back(AGENT), [place(AGENT, List::Following)]);
    assert_eq!(stage.reasons(AGENT), before);
    let back = Command::TakeBack { holder: AGENT };
    stage.refuses(back, Refusal::NothingToTakeBack);
}

#[test]
fn there_is_nothing_to_take_back_where_no_reason_is_left() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    stage.unfollow(AGENT);
    stage.unshare(CLIENT, AGENT);
    let back = Command::TakeBack { holder: AGENT };
    stage.refuses(back, Refusal::NothingToTakeBack);
    let never = Command::TakeBack { holder: BOSS };
    stage.refuses(never, Refusal::NothingToTakeBack);
}

#[test]
fn when_a_sharers_last_reason_goes_what_rests_on_his_shares_ends() {
    let shared = || {
        let mut stage = Stage::with(&pnr("PE#client@example.com#\nPE#sister@example.com#"));
        stage.share(CLIENT, "agent@example.com");
        stage
    };
    type End = fn(&mut Stage);
    let ends: [(&str, End); 4] = [
        ("leaves the PNR", |stage| {
            stage.import(&pnr("PE#sister@example.com#").issued(1).whole());
        }),
        ("drops the trip", |stage| {
            stage.unfollow(CLIENT);
        }),
        ("closes the account", |stage| {
            stage.step(Command::CloseAccount { account: CLIENT });
        }),
        ("loses the address", |stage| {
            let address = address("client@example.com");
            stage.step(Command::Unregister { address });
        }),
    ];
    for (how, end) in ends {
        let mut stage = shared();
        end(&mut stage);
        assert_eq!(stage.list(CLIENT), None, "{how}");
        assert_eq!(stage.list(AGENT), None, "{how}");
        assert_eq!(stage.list(SISTER), Some(List::MyTrips), "{how}");
    }
}

#[test]
fn a_sharer_who_keeps_another_reason_of_his_own_keeps_his_shares() {
    let two = "PE#client@example.com#\nPE#home@example.com#CC/";
    let mut stage = Stage::with(&pnr(two));
    stage.share(CLIENT, "agent@example.com");
    stage.import(&pnr("PE#home@example.com#CC/").issued(1).whole());
    assert_eq!(stage.reasons(CLIENT), [HoldingReason::ImportedCc]);
    assert_eq!(stage.list(AGENT), Some(List::Following));
    stage.refuses(share(CLIENT, "boss@example.com"), Refusal::OnlyFollowed);
}

#[test]
fn the_sharers_reassigning_ends_nothing() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    stage.mark(CLIENT, "Jane Doe");
    assert_eq!(stage.list(AGENT), Some(List::Following));
    stage.unmark(CLIENT);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(CLIENT)]);
}

#[test]
fn effects_name_the_reason_they_rest_on_and_are_checked_again_when_sent() {
    let mut stage = Stage::with(&pnr(THEIRS));
    let effects = stage.share(CLIENT, "agent@example.com");
    let shared = notices(&effects)[0].clone();
    let effects = stage.update(1, LATER);
    let changed = notices(&effects)
        .into_iter()
        .find(|notice| notice.to() == AGENT)
        .unwrap()
        .clone();
    let rests_on = HoldingReason::SharedBy(CLIENT);
    for notice in [&shared, &changed] {
        assert_eq!(notice.rests_on(), rests_on);
        let now = stage.held.may_send(notice, &stage.service);
        assert_eq!(now, Ok(rests_on));
    }
    stage.unshare(CLIENT, AGENT);
    let why = |notice| stage.held.may_send(notice, &stage.service).unwrap_err();
    assert_eq!(why(&shared), Withheld::ShareEnded);
    assert_eq!(why(&changed), Withheld::NotAllowed);
    assert!(matches!(changed.news(), News::Changed(_)));
    let other = peline::follow::HeldTrip::new(peline::trip::TripId::new(9));
    let elsewhere = other.may_send(&shared, &stage.service);
    assert_eq!(elsewhere, Err(Withheld::OtherTrip));
}

#[test]
fn a_queued_change_mail_of_who_was_unshared_rests_on_the_reason_that_is_left() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    let effects = stage.update(1, LATER);
    let notice = *notices(&effects).last().unwrap();
    stage.import(&pnr("PE#agent@example.com#CC/"));
    stage.unshare(CLIENT, AGENT);
    let now = stage.held.may_send(notice, &stage.service);
    assert_eq!(now, Ok(HoldingReason::ImportedCc));
}

#[test]
fn whoever_shares_again_after_unsharing_shares_anew() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    stage.unshare(CLIENT, AGENT);
    let effects = stage.share(CLIENT, "agent@example.com");
    assert_eq!(invited(&effects), [AGENT]);
    stage.refuses(mark(AGENT, "Jane Doe"), Refusal::OnlyShared);
    stage.refuses(unmark(AGENT), Refusal::OnlyShared);
}

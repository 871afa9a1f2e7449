//! Who sees what.

use peline::{
    List,
    follow::{Access, Command, HoldingReason, Host as _, Item, Items, Policy, ReasonKind, Verdict},
    trip::Document,
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, Stage, document, flights, message, minute, notices, pnr, share,
    share_opening, told,
};

const TICKET: &str = "9991234567890";
const INVOICE: &str = "INV-17";

/// The table, written out: reasons across as in [`ReasonKind::ALL`].
const TABLE: [(Item, [bool; 5]); 7] = [
    //                        To,   manual, Cc,  shared, always shared
    (Item::Itinerary, [true, true, true, true, true]),
    (Item::ETicket, [true, true, true, false, false]),
    (Item::EInvoice, [true, true, true, false, false]),
    (Item::RecordLocator, [true, true, true, false, false]),
    (Item::TicketNumbers, [true, true, true, false, false]),
    (Item::ChangeMail, [true, true, true, true, true]),
    (Item::Calendar, [true, true, true, true, true]),
];

/// The agent holds the trip for this reason only; there are a ticket and an invoice.
#[track_caller]
fn agent_by(kind: ReasonKind) -> Stage {
    let mut stage = Stage::new();
    match kind {
        ReasonKind::To => stage.import(&pnr("PE#agent@example.com#")),
        ReasonKind::Cc => stage.import(&pnr("PE#agent@example.com#CC/")),
        ReasonKind::Manual => stage.add_by_hand(AGENT, None),
        ReasonKind::Shared => {
            stage.import(&pnr("PE#client@example.com#"));
            stage.share(CLIENT, "agent@example.com")
        }
        ReasonKind::AlwaysShared => {
            stage.always_share(CLIENT, "agent@example.com");
            stage.import(&pnr("PE#client@example.com#"))
        }
    };
    stage.attach(document(TICKET, 1));
    stage.attach(document(INVOICE, 1));
    stage
}

/// What somebody in fact gets of an item.
#[track_caller]
fn gets(stage: &mut Stage, item: Item) -> bool {
    let view = stage.held.view(AGENT, stage_policy(stage)).unwrap();
    let kinds: Vec<_> = view.documents().map(|it| it.kind().name()).collect();
    match item {
        Item::Itinerary => view.legs().count() > 0,
        Item::ETicket => kinds.contains(&"e_ticket"),
        Item::EInvoice => kinds.contains(&"e_invoice"),
        Item::RecordLocator => view.record_locator().is_some(),
        Item::TicketNumbers => view.documents().any(|it| it.number().is_some()),
        Item::ChangeMail => {
            let linked = stage.held.trip().unwrap().provenance().booking().is_some();
            let effects = match linked {
                true => stage.update(50, LATER),
                // The editor is not told of what he does himself.
                false => return view.sees(item),
            };
            told(&effects).contains(&AGENT)
        }
        Item::Calendar => view.sees(item),
    }
}

fn stage_policy(stage: &Stage) -> &Policy {
    peline::follow::Host::policy(&stage.service)
}

#[test]
fn every_cell_of_the_table() {
    assert!(TABLE.iter().map(|(item, _)| *item).eq(Item::ALL));
    for (item, row) in TABLE {
        for (kind, expected) in ReasonKind::ALL.into_iter().zip(row) {
            let cell = format!("{item} for {kind:?}");
            let granted = Policy::DEFAULT.access(item, kind) == Access::Granted;
            assert_eq!(granted, expected, "{cell}");
            let mut stage = agent_by(kind);
            assert_eq!(stage.sees(AGENT, item), expected, "{cell}");
            if (item, kind) == (Item::RecordLocator, ReasonKind::Manual) {
                continue; // Nobody has the locator of a trip without a booking.
            }
            assert_eq!(gets(&mut stage, item), expected, "{cell}");
        }
    }
}

#[test]
fn every_yes_and_no_is_explained_by_the_reason_it_rests_on() {
    for (item, row) in TABLE {
        for (kind, expected) in ReasonKind::ALL.into_iter().zip(row) {
            let stage = agent_by(kind);
            let why = stage.held.explain(AGENT, item, &Policy::DEFAULT);
            let verdicts: Vec<_> = why.verdicts().collect();
            let [(reason, verdict)] = verdicts[..] else {
                panic!("one reason");
            };
            assert_eq!((reason.kind(), verdict == Verdict::Opens), (kind, expected));
            assert_eq!(why.is_granted(), expected);
            assert_eq!(why.granted_by(), expected.then_some(reason));
            let answer = if expected { ": yes; " } else { ": no; " };
            assert!(why.to_string().contains(answer), "{why}");
            // With the words of the item and of the reason.
            assert!(why.to_string().starts_with(&format!("{item}: ")), "{why}");
            assert!(item.to_string().contains(char::is_alphabetic));
            assert!(!item.to_string().contains('_'), "{item}");
            assert!(why.to_string().contains(&reason.to_string()), "{why}");
            let words = match kind {
                ReasonKind::To => "imported: the address is in TO",
                ReasonKind::Manual => "added by hand",
                ReasonKind::Cc => "imported: the address is in CC",
                ReasonKind::Shared => "shared by the traveller",
                ReasonKind::AlwaysShared => "always shared by the traveller",
            };
            assert_eq!(reason.to_string(), words);
        }
    }
}

#[test]
fn who_does_not_hold_the_trip_has_no_row() {
    let stage = agent_by(ReasonKind::To);
    for item in Item::ALL {
        let why = stage.held.explain(BOSS, item, &Policy::DEFAULT);
        assert!(!why.is_granted());
        assert_eq!(why.verdicts().count(), 0);
    }
}

#[test]
fn a_bc_recipient_has_no_row_anywhere() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#\nPE#agent@example.com#BC/"));
    stage.attach(document(TICKET, 1));
    assert!(stage.held.view(AGENT, &Policy::DEFAULT).is_none());
    for item in Item::ALL {
        assert!(!stage.sees(AGENT, item));
    }
    assert_eq!(told(&stage.update(2, LATER)), [CLIENT]);
}

#[test]
fn the_itinerary_is_always_the_latest_for_every_reason() {
    for kind in ReasonKind::ALL {
        let mut stage = agent_by(kind);
        if kind == ReasonKind::Manual {
            stage.clock(200);
            let itinerary = flights(LATER);
            let by = AGENT;
            stage.step(Command::Edit { by, itinerary });
        } else {
            stage.update(2, LATER);
        }
        assert_eq!(stage.seen(AGENT), flights(LATER).flights(), "{kind:?}");
    }
}

#[test]
fn who_sees_what_goes_by_reason_and_never_by_list() {
    // A CC holding that is moved to My Trips opens no more and no less.
    let mut stage = agent_by(ReasonKind::Cc);
    let before = Item::ALL.map(|item| stage.sees(AGENT, item));
    stage.unmark(AGENT);
    assert_eq!(stage.list(AGENT), Some(List::MyTrips));
    assert_eq!(Item::ALL.map(|item| stage.sees(AGENT, item)), before);
}

#[test]
fn reassigning_keeps_the_column_of_the_reason() {
    for kind in [ReasonKind::To, ReasonKind::Manual, ReasonKind::Cc] {
        let policy = |policy: Policy| {
            let kinds = [ReasonKind::To, ReasonKind::Manual, ReasonKind::Cc];
            let others = kinds.into_iter().filter(|other| *other != kind);
            others.fold(policy, |policy, other| {
                Item::ALL
                    .into_iter()
                    .fold(policy, |policy, item| policy.narrow(item, other))
            })
        };
        let mut stage = agent_by(kind);
        stage.policy(policy);
        for move_it in [true, false] {
            match move_it {
                true => stage.mark(AGENT, "Jane Doe"),
                false => stage.unmark(AGENT),
            };
            assert!(Item::ALL.iter().all(|item| stage.sees(AGENT, *item)));
        }
    }
}

#[test]
fn with_several_reasons_an_item_is_seen_when_any_of_them_grants_it() {
    let both = "PE#client@example.com#\nPE#agent@example.com#CC/";
    let mut stage = Stage::with(&pnr(both));
    stage.share(CLIENT, "agent@example.com");
    stage.attach(document(TICKET, 1));
    let why = stage.held.explain(AGENT, Item::ETicket, &Policy::DEFAULT);
    let expected = [
        (HoldingReason::ImportedCc, Verdict::Opens),
        (HoldingReason::SharedBy(CLIENT), Verdict::Withholds),
    ];
    assert!(why.verdicts().eq(expected));
    assert_eq!(stage.documents(AGENT), [TICKET]);
    stage.import(&pnr("PE#client@example.com#").issued(1).whole());
    assert_eq!(stage.documents(AGENT), [""; 0], "the share is left");
}

// ── policy ──────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_host_may_narrow_any_cell() {
    for item in Item::ALL {
        for kind in ReasonKind::ALL {
            let mut stage = agent_by(kind);
            stage.policy(|policy| policy.narrow(item, kind));
            assert!(!stage.sees(AGENT, item), "{item} for {kind:?}");
            if item != Item::ChangeMail || kind != ReasonKind::Manual {
                assert!(!gets(&mut stage, item), "{item} for {kind:?}");
            }
            let others = ReasonKind::ALL.into_iter().filter(|other| *other != kind);
            let narrowed = Policy::DEFAULT.narrow(item, kind);
            for other in others {
                let before = Policy::DEFAULT.access(item, other);
                assert_eq!(narrowed.access(item, other), before);
            }
        }
    }
}

#[test]
fn a_host_may_widen_again_what_it_narrowed_and_only_a_share_of_more_than_the_itinerary_needs_consent()
 {
    for item in Item::ALL {
        for kind in ReasonKind::ALL {
            let shared = matches!(kind, ReasonKind::Shared | ReasonKind::AlwaysShared);
            let consent = shared && item.is_sensitive();
            let expected = match consent {
                true => Access::WithConsent,
                false => Access::Granted,
            };
            let widened = Policy::DEFAULT.narrow(item, kind).widen(item, kind);
            assert_eq!(widened.access(item, kind), expected, "{item} for {kind:?}");
            let mut stage = agent_by(kind);
            stage.policy(|_| widened);
            assert_eq!(stage.sees(AGENT, item), !consent, "{item} for {kind:?}");
        }
    }
}

#[test]
fn items_of_which_some_are_named_twice_are_a_set_of_them() {
    let twice = Items::from([Item::ETicket, Item::Calendar, Item::ETicket]);
    assert!(twice.iter().eq([Item::ETicket, Item::Calendar]));
    assert!(!twice.is_empty());
}

#[test]
fn widening_shared_to_documents_or_locators_needs_the_travellers_consent() {
    for item in Item::ALL.into_iter().filter(|item| item.is_sensitive()) {
        let opens: Items = [item].into_iter().collect();
        let widen = |policy: Policy| policy.widen(item, ReasonKind::Shared);
        let mut stage = Stage::with(&pnr("PE#client@example.com#"));
        stage.policy(widen);
        stage.share(CLIENT, "agent@example.com");
        assert!(!stage.sees(AGENT, item), "{item} without consent");
        let why = stage.held.explain(AGENT, item, stage_policy(&stage));
        let awaits = (HoldingReason::SharedBy(CLIENT), Verdict::AwaitsConsent);
        assert!(why.verdicts().eq([awaits]) && !why.is_granted(), "{why}");
        assert!(
            why.to_string()
                .ends_with("with the traveller's consent only"),
            "{why}"
        );
        // The traveller says so; the follower has the mail already.
        let effects = stage.step(share_opening(CLIENT, "agent@example.com", opens));
        assert_eq!(effects, []);
        assert!(stage.sees(AGENT, item), "{item} with consent");
        // And takes it back.
        stage.step(share(CLIENT, "agent@example.com"));
        assert!(!stage.sees(AGENT, item), "{item} without consent again");
    }
}

#[test]
fn the_travellers_consent_alone_opens_nothing_that_the_host_did_not_widen() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    let everything = Item::ALL.into_iter().collect();
    stage.step(share_opening(CLIENT, "agent@example.com", everything));
    stage.attach(document(TICKET, 1));
    for (item, row) in TABLE {
        assert_eq!(stage.sees(AGENT, item), row[3], "{item}");
        let why = stage.held.explain(AGENT, item, &Policy::DEFAULT);
        let verdict = if row[3] {
            Verdict::Opens
        } else {
            Verdict::Withholds
        };
        assert!(
            why.verdicts()
                .eq([(HoldingReason::SharedBy(CLIENT), verdict)])
        );
    }
}

#[test]
fn what_a_policy_does_not_show_a_traveller_he_cannot_share() {
    for item in Item::ALL.into_iter().filter(|item| item.is_sensitive()) {
        let mut stage = Stage::with(&pnr("PE#client@example.com#"));
        stage.policy(|policy| policy.widen(item, ReasonKind::Shared));
        let opens = Item::ALL.into_iter().collect();
        stage.step(share_opening(CLIENT, "agent@example.com", opens));
        assert!(
            stage.sees(CLIENT, item) && stage.sees(AGENT, item),
            "{item}"
        );
        stage.policy(|policy| policy.narrow(item, ReasonKind::To));
        assert!(
            !stage.sees(CLIENT, item) && !stage.sees(AGENT, item),
            "{item}"
        );
        let why = stage.held.explain(AGENT, item, stage_policy(&stage));
        let withholds = (HoldingReason::SharedBy(CLIENT), Verdict::Withholds);
        assert!(why.verdicts().eq([withholds]), "{why}");
    }
    // What says no more than the itinerary is shared whatever he sees.
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    stage.share(CLIENT, "agent@example.com");
    stage.policy(|policy| policy.narrow(Item::Calendar, ReasonKind::To));
    assert!(!stage.sees(CLIENT, Item::Calendar) && stage.sees(AGENT, Item::Calendar));
}

#[test]
fn widening_is_by_kind_of_share_and_consent_by_follower() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    stage.policy(|policy| policy.widen(Item::ETicket, ReasonKind::AlwaysShared));
    let opens: Items = [Item::ETicket].into_iter().collect();
    stage.step(share_opening(CLIENT, "agent@example.com", opens));
    assert!(!stage.sees(AGENT, Item::ETicket), "shared is not widened");
    stage.policy(|policy| policy.widen(Item::ETicket, ReasonKind::Shared));
    assert!(stage.sees(AGENT, Item::ETicket));
    stage.share(CLIENT, "boss@example.com");
    assert!(!stage.sees(BOSS, Item::ETicket), "the boss has no consent");
}

#[test]
fn who_may_not_be_told_of_changes_is_not() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#\nPE#agent@example.com#CC/"));
    stage.policy(|policy| policy.narrow(Item::ChangeMail, ReasonKind::Cc));
    assert_eq!(told(&stage.update(1, LATER)), [CLIENT]);
    stage.policy(|_| Policy::DEFAULT);
    let effects = stage.cancel(2);
    let queued = notices(&effects).pop().unwrap().clone();
    assert_eq!(queued.to(), AGENT);
    stage.policy(|policy| policy.narrow(Item::ChangeMail, ReasonKind::Cc));
    assert!(stage.held.may_send(&queued, &stage.service).is_err());
}

#[test]
fn documents_without_their_numbers_show_no_number() {
    let mut stage = agent_by(ReasonKind::Cc);
    stage.policy(|policy| policy.narrow(Item::TicketNumbers, ReasonKind::Cc));
    assert_eq!(stage.documents(AGENT), ["?", "?"]);
}

// ── name references ─────────────────────────────────────────────────────────────────────────────

/// Tickets of names 1.1, 1.2 and 2.1, and an invoice for all.
#[track_caller]
fn family(script: &str) -> Stage {
    let mut stage = Stage::with(&pnr(script));
    let ticket = |number: &str, name: &str| -> Document {
        document(number, 1).for_name(name.parse().unwrap())
    };
    stage.attach(ticket("999-11", "1.1"));
    stage.attach(ticket("999-12", "1.2"));
    stage.attach(ticket("999-21", "2.1"));
    stage.attach(document("INV", 1));
    stage
}

const ALL_DOCUMENTS: [&str; 4] = ["999-11", "999-12", "999-21", "INV"];

#[test]
fn an_entry_with_a_name_reference_opens_only_that_passengers_documents() {
    for code in ["", "CC/"] {
        for (reference, expected) in [
            ("-1.1", &["999-11"][..]),
            ("-1.2", &["999-12"]),
            ("-2.1", &["999-21"]),
            ("-3.1", &[]),
            ("", &ALL_DOCUMENTS),
        ] {
            let script = format!("PE#agent@example.com#{code}{reference}");
            let stage = family(&script);
            assert_eq!(stage.documents(AGENT), expected, "{script}");
        }
    }
}

#[test]
fn a_reference_to_a_whole_name_item_opens_the_documents_of_all_its_passengers() {
    let stage = family("PE#agent@example.com#CC/-1");
    assert_eq!(stage.documents(AGENT), ["999-11", "999-12"]);
}

#[test]
fn name_references_are_united() {
    let two = "PE#agent@example.com#CC/-1.1\nPE#agent@example.com#CC/-2.1";
    assert_eq!(family(two).documents(AGENT), ["999-11", "999-21"]);
    let addresses = "PE#agent@example.com#CC/-1.1\nPE#desk@example.com#-2.1";
    assert_eq!(family(addresses).documents(AGENT), ["999-11", "999-21"]);
    let whole = "PE#agent@example.com#CC/-1.1\nPE#agent@example.com#CC/";
    assert_eq!(family(whole).documents(AGENT), ALL_DOCUMENTS);
}

/// What the sharer does not see he opens to nobody, whatever he consents to.
#[test]
fn a_share_opens_no_documents_that_the_sharer_does_not_see() {
    let opens = Items::from([Item::ETicket, Item::TicketNumbers, Item::EInvoice]);
    let shared = |script: &str| {
        let mut stage = family(script);
        stage.policy(|policy| {
            opens.iter().fold(policy, |policy, item| {
                policy.widen(item, ReasonKind::Shared)
            })
        });
        stage.step(share_opening(CLIENT, "boss@example.com", opens));
        stage
    };
    for (reference, expected) in [
        ("-1.1", &["999-11"][..]),
        ("-1", &["999-11", "999-12"]),
        ("-3.1", &[]),
        ("", &ALL_DOCUMENTS),
    ] {
        let mut stage = shared(&format!("PE#client@example.com#TO/{reference}"));
        assert_eq!(stage.documents(CLIENT), expected, "{reference}");
        assert_eq!(stage.documents(BOSS), expected, "{reference}");
        // What he sees later the follower sees, too.
        stage.import(&pnr("PE#client@example.com#TO/\nPE#client@example.com#CC/-1.1").issued(2));
        assert_eq!(stage.documents(CLIENT), ALL_DOCUMENTS, "{reference}");
        assert_eq!(stage.documents(BOSS), ALL_DOCUMENTS, "{reference}");
    }
    // All else is shared as before.
    let stage = shared("PE#client@example.com#TO/-3.1");
    for item in [Item::Itinerary, Item::ChangeMail, Item::Calendar] {
        assert!(stage.sees(BOSS, item), "{item}");
    }
    let ticket = document("999-21", 1).for_name("2.1".parse().unwrap());
    let stage = shared("PE#client@example.com#TO/-1.1");
    let why = stage
        .held
        .explain_document(BOSS, &ticket, stage.service.policy());
    assert!(
        why.verdicts()
            .eq([(HoldingReason::SharedBy(CLIENT), Verdict::OtherNames)])
    );
}

#[test]
fn a_name_reference_narrows_documents_and_nothing_else() {
    let stage = family("PE#agent@example.com#CC/-1.1");
    for item in Item::ALL {
        assert!(stage.sees(AGENT, item), "{item}");
    }
    assert_eq!(stage.seen(AGENT).len(), 1);
}

#[test]
fn a_message_does_not_widen_what_a_name_reference_narrowed() {
    let mut stage = family("PE#agent@example.com#CC/-1.1");
    stage.import(&message("Cc: agent@example.com").issued(2));
    assert_eq!(stage.documents(AGENT), ["999-11"]);
    let mut other = Stage::with(&message("Cc: agent@example.com").issued(2));
    other.import(&pnr("PE#agent@example.com#CC/-1.1"));
    other.attach(document("INV", 1));
    assert_eq!(other.documents(AGENT), [""; 0]);
}

#[test]
fn who_left_the_pnr_and_is_copied_by_a_message_later_gets_no_more_than_he_had() {
    let mut stage = family("PE#agent@example.com#CC/-1.1");
    stage.import(&pnr("PE#client@example.com#").issued(2).whole());
    assert_eq!(stage.list(AGENT), None);
    // What is forgotten is older than his entry.
    let before = minute(0);
    stage.step(Command::ForgetWaiting { before });
    stage.import(&message("Cc: agent@example.com").issued(3));
    assert_eq!(stage.documents(AGENT), ["999-11"]);
}

#[test]
fn the_latest_entry_says_which_names() {
    let mut stage = family("PE#agent@example.com#CC/-1.1");
    stage.import(&pnr("PE#agent@example.com#CC/-2.1").issued(2));
    assert_eq!(stage.documents(AGENT), ["999-21"]);
    stage.import(&pnr("PE#agent@example.com#CC/-1.2").issued(1));
    assert_eq!(stage.documents(AGENT), ["999-21"], "older, arriving late");
}

// "every yes and no can be explained by the reason it rests on"
#[test]
fn an_explanation_of_a_document_says_no_where_a_name_reference_does_not_open_it() {
    let stage = family("PE#agent@example.com#CC/-3.1");
    assert_eq!(stage.documents(AGENT), [""; 0]);
    let trip = stage.held.trip().unwrap();
    assert!(trip.documents().count() > 0);
    for document in trip.documents() {
        let why = stage
            .held
            .explain_document(AGENT, document, &Policy::DEFAULT);
        assert!(!why.is_granted());
        assert_eq!(why.verdicts().count(), 1, "and which reason it is");
    }
}

/// Whatever the sharer holds the trip for.
#[test]
fn a_share_is_one_reason() {
    let mut stage = Stage::with(&pnr(
        "PE#client@example.com#TO/\nPE#client@example.com#CC/-1.1",
    ));
    stage.share(CLIENT, "agent@example.com");
    let reason = HoldingReason::SharedBy(CLIENT);
    let view = stage.held.view(AGENT, stage.service.policy()).unwrap();
    assert!(view.reasons().eq([reason]));
    assert!(stage.held.reasons(AGENT).eq([reason]));
}

#[test]
fn what_a_share_would_open_with_consent_is_told_of_the_sharers_names_only() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#TO/-1.1"));
    stage.policy(|policy| policy.widen(Item::ETicket, ReasonKind::Shared));
    stage.share(CLIENT, "agent@example.com");
    let [own, other] =
        ["1.1", "2.1"].map(|name| document(TICKET, 1).for_name(name.parse().unwrap()));
    let verdict = |stage: &Stage, document| {
        let why = stage
            .held
            .explain_document(AGENT, document, stage_policy(stage));
        why.verdicts().next().map(|(_, verdict)| verdict)
    };
    assert_eq!(verdict(&stage, &own), Some(Verdict::AwaitsConsent));
    assert_eq!(verdict(&stage, &other), Some(Verdict::OtherNames));
    let opens: Items = [Item::ETicket].into_iter().collect();
    stage.step(share_opening(CLIENT, "agent@example.com", opens));
    assert_eq!(verdict(&stage, &own), Some(Verdict::Opens));
    assert_eq!(verdict(&stage, &other), Some(Verdict::OtherNames));
}

//! From recipient to list, and ways 1 and 2; way 3 is in
//! `following_share.rs`, the table of the ways in `way.rs`.

use peline::{
    ConfirmationMail, List, Note, Plan, Recipient, Role, Route,
    follow::{Command, Confirmation, HoldingReason, PlanOfMessage, Refusal},
    mail::{self, Message},
    pe, route,
    trip::{PersonName, Provenance},
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LOCATOR, NEWCOMER, OUT, Stage, address, booking, flights, mark,
    message, minute, place, pnr, replace, share, told, unmark, update,
};

const MINE: &str = "PE#agent@example.com#";
const COPY: &str = "PE#agent@example.com#CC/";

// ── the routing table ───────────────────────────────────────────────────────────────────────

#[track_caller]
fn row(role: Role, mail: ConfirmationMail, imported: bool, list: Option<List>) {
    let route = route(&Recipient::new(address("agent@example.com"), role));
    assert_eq!((route.mail(), route.list()), (mail, list));
    assert_eq!(route.list().is_some(), imported);
}

#[test]
fn the_lists_are_called_as_people_know_them() {
    let names = List::ALL.map(|list| list.to_string());
    assert_eq!(names, ["My Trips", "Trips I'm Following"]);
}

#[test]
fn to_gets_the_message_and_the_trip_on_my_trips() {
    row(
        Role::To,
        ConfirmationMail::Message,
        true,
        Some(List::MyTrips),
    );
}

#[test]
fn cc_gets_a_copy_and_the_trip_on_trips_i_m_following() {
    row(
        Role::Cc,
        ConfirmationMail::Copy,
        true,
        Some(List::Following),
    );
}

#[test]
fn bc_gets_a_copy_only() {
    row(Role::Bcc, ConfirmationMail::Copy, false, None);
    assert_eq!(
        route(&Recipient::new(address("boss@example.com"), Role::Bcc)),
        Route::NotifyOnly
    );
}

#[test]
fn route_is_total_and_its_three_results_are_the_rows() {
    let routes = [Role::To, Role::Cc, Role::Bcc]
        .map(|role| route(&Recipient::new(address("agent@example.com"), role)));
    assert_eq!(routes, Route::ALL);
}

#[test]
fn what_is_no_routable_recipient_is_listed_with_a_reason_and_imports_nothing() {
    for script in ["PE#agent@example.com#FR/", "APE E#agent@example.com#CC/"] {
        let plan: Plan = pe::scan(script.as_bytes()).collect();
        assert_eq!(plan.recipients().count(), 0, "{script}");
        let reasons = plan.unrouted().flat_map(|(_, reasons)| reasons);
        assert_eq!(reasons.count(), 1, "{script}");
        assert_eq!(Stage::with(&pnr(script)).list(AGENT), None, "{script}");
    }
}

#[test]
fn each_address_counts_once_and_the_strongest_role_wins_with_a_note() {
    for (roles, strongest) in [
        (["BC/", "CC/", ""], Role::To),
        (["CC/", "BC/", "CC/"], Role::Cc),
        (["BC/", "BC/", "BC/"], Role::Bcc),
    ] {
        let script = roles.map(|role| format!("PE#agent@example.com#{role}\n"));
        let plan: Plan = pe::scan(script.concat().as_bytes()).collect();
        let [agent] = &plan.recipients().collect::<Vec<_>>()[..] else {
            panic!("one recipient");
        };
        assert_eq!(agent.role(), strongest);
        let note = agent.notes().contains(Note::StrongestRole);
        assert_eq!(note, strongest != Role::Bcc);
    }
}

#[test]
fn the_order_of_the_input_of_a_plan_changes_nothing() {
    let entries = [
        "PE#agent@example.com#CC/-1.1\n",
        "PE#agent@example.com#CC/-2.1\n",
        "PE#agent@example.com#BC/\n",
        "PE#client@example.com#\n",
    ];
    let plans: Vec<Plan> = crate::stage::orders(entries.len())
        .into_iter()
        .map(|order| order.iter().map(|at| entries[*at]).collect::<String>())
        .map(|script| pe::scan(script.as_bytes()).collect())
        .collect();
    assert_eq!(plans.len(), 24);
    assert!(plans.windows(2).all(|two| two[0] == two[1]));
}

// ── way 1: auto-import ──────────────────────────────────────────────────────────────────────

#[test]
fn a_booking_with_me_in_cc_lands_on_my_following_list() {
    let mut stage = Stage::new();
    let effects = stage.import(&pnr(COPY));
    assert_eq!(effects, [place(AGENT, List::Following)]);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::ImportedCc]);
}

#[test]
fn a_booking_with_me_in_to_lands_on_my_trips() {
    let mut stage = Stage::new();
    let effects = stage.import(&pnr(MINE));
    assert_eq!(effects, [place(AGENT, List::MyTrips)]);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::ImportedTo]);
}

#[test]
fn a_booking_with_me_in_bc_only_lands_nowhere() {
    let mut stage = Stage::new();
    assert_eq!(stage.import(&pnr("PE#agent@example.com#BC/")), []);
    assert_eq!(stage.held.holders().count(), 0);
    assert_eq!(stage.waiting(), [""; 0]);
}

#[test]
fn a_trip_of_a_booking_is_linked_and_one_added_by_hand_is_manual() {
    let linked = Stage::with(&pnr(COPY));
    let provenance = linked.held.trip().unwrap().provenance().clone();
    assert_eq!(provenance, Provenance::Linked(booking(LOCATOR)));
    let manual = Stage::by_hand();
    assert_eq!(
        manual.held.trip().unwrap().provenance(),
        &Provenance::Manual
    );
}

#[test]
fn where_my_address_has_no_account_yet_the_holding_waits() {
    let mut stage = Stage::new();
    assert_eq!(stage.import(&pnr("PE#new@example.com#CC/")), []);
    assert_eq!(stage.waiting(), ["new@example.com"]);
    assert_eq!(stage.list(NEWCOMER), None);
}

#[test]
fn the_moment_the_address_is_registered_the_trip_is_there() {
    for (tail, list) in [("CC/", List::Following), ("", List::MyTrips)] {
        let mut stage = Stage::with(&pnr(&format!("PE#new@example.com#{tail}")));
        let effects = stage.register("new@example.com", NEWCOMER);
        assert_eq!(effects, [place(NEWCOMER, list)]);
        assert_eq!(stage.waiting(), [""; 0]);
        let new = address("new@example.com");
        assert!(stage.held.addresses().eq([(&new, Some(NEWCOMER))]));
        assert_eq!(stage.seen(NEWCOMER).len(), 1);
    }
}

#[test]
fn while_it_waits_nothing_is_mailed() {
    let mut stage = Stage::with(&pnr("PE#new@example.com#CC/"));
    assert_eq!(stage.update(1, LATER), []);
    assert_eq!(stage.cancel(2), []);
}

#[test]
fn what_waited_gets_the_latest_itinerary() {
    let mut stage = Stage::with(&pnr("PE#new@example.com#CC/"));
    stage.update(1, LATER);
    stage.register("new@example.com", NEWCOMER);
    assert_eq!(stage.seen(NEWCOMER), flights(LATER).flights());
}

#[test]
fn leaving_the_pnr_ends_the_waiting() {
    let mut stage = Stage::with(&pnr("PE#new@example.com#CC/"));
    stage.import(&pnr("PE#client@example.com#").issued(1).whole());
    assert_eq!(stage.waiting(), [""; 0]);
    assert_eq!(stage.register("new@example.com", NEWCOMER), []);
    assert_eq!(stage.list(NEWCOMER), None);
}

#[test]
fn an_age_that_the_host_sets_ends_the_waiting() {
    let forget = |minute_: i64| Command::ForgetWaiting {
        before: minute(minute_),
    };
    let script = "PE#new@example.com#CC/\nPE#agent@example.com#CC/";
    let mut stage = Stage::with(&pnr(script).issued(5));
    stage.ignores(forget(5));
    assert_eq!(stage.waiting(), ["new@example.com"]);
    assert_eq!(stage.step(forget(6)), []);
    assert_eq!(stage.waiting(), [""; 0]);
    assert_eq!(stage.list(AGENT), Some(List::Following), "he does not wait");
}

#[test]
fn what_a_replaced_booking_said_ages_from_when_it_was_replaced() {
    let forget = |before| Command::ForgetWaiting {
        before: minute(before),
    };
    let mut stage = Stage::with(&pnr("PE#new@example.com#CC/").issued(2));
    stage.step(replace(LOCATOR, "NEWLOC", 5));
    stage.ignores(forget(5));
    assert_eq!(stage.waiting(), ["new@example.com"]);
    stage.step(forget(6));
    assert_eq!(stage.waiting(), [""; 0]);
}

/// Who is left out of a confirmation is not left out silently.
#[test]
fn a_confirmation_says_whether_somebody_is_left_out() {
    let policy = mail::AdmissionPolicy::default().with_domain("air.example".parse().unwrap());
    let verified = mail::Authentication::DmarcBySpf("air.example".parse().unwrap());
    let envelope = ["boss@example.com".parse().unwrap()];
    let complete = |fields: &str| {
        let text = format!("From: noreply@air.example\nTo: client@example.com\n{fields}\n");
        let message = Message::parse(text.as_bytes()).unwrap();
        let admitted = mail::admit(&message, &verified, &policy).unwrap();
        let read = |envelope| {
            let (booking, issued) = (booking(LOCATOR), minute(1));
            Confirmation::from_message(&admitted, envelope, booking, issued, flights(OUT))
        };
        let [read, with_envelope] = [&[][..], &envelope].map(read);
        assert_eq!(read.is_complete(), with_envelope.is_complete(), "{fields}");
        let client = "client@example.com".parse().unwrap();
        assert!(read.addresses().any(|it| *it == client));
        read.is_complete()
    };
    for fields in [
        "",
        "Cc: agent@example.com\n",
        "Cc: Team:;,\n",
        "Reply-To: <\n",
    ] {
        assert!(complete(fields), "{fields}");
    }
    for fields in [
        "Cc: <\n",
        "Cc: agent@example.com\nCc: agent@example.com\n",
        "Cc: agent@localhost\n",
        "Cc: Team: agent@example.com;\n",
        "Subject: x\n \nCc: agent@example.com\n",
    ] {
        assert!(!complete(fields), "{fields}");
    }
    let seen =
        |plan: &Plan| Confirmation::from_pnr(booking(LOCATOR), minute(1), flights(OUT), plan);
    for (text, complete) in [
        ("PE#client@example.com#\nPE#desk@example.com#FR/", true),
        ("PE#client@example.com#\nPE#boss@", false),
    ] {
        let plan: Plan = pe::scan(text.as_bytes()).collect();
        assert_eq!(seen(&plan).unwrap().is_complete(), complete, "{text}");
    }
}

#[test]
fn a_message_that_is_not_admitted_imports_nothing() {
    let text = b"From: Air Example <noreply@air.example>\nCc: agent@example.com\n\n";
    let message = Message::parse(text).unwrap();
    let policy = mail::AdmissionPolicy::default().with_domain("air.example".parse().unwrap());
    // Without an `Admitted` there is no `Confirmation::from_message`, so nothing to import.
    assert!(mail::admit(&message, &mail::Authentication::Unauthenticated, &policy).is_err());
    let forged = mail::Authentication::DmarcBySpf("evil.example".parse().unwrap());
    assert!(mail::admit(&message, &forged, &policy).is_err());
    // Nor can its plan pass for one of a PNR, not even beside one.
    let mut plan: Plan = message.recipients(&[]).collect();
    let import =
        |plan: &Plan| Confirmation::from_pnr(booking(LOCATOR), minute(1), flights(OUT), plan);
    assert_eq!(import(&plan).err(), Some(PlanOfMessage));
    plan.extend(pe::scan(b"PE#client@example.com#"));
    assert_eq!(import(&plan).err(), Some(PlanOfMessage));
    let mut plan: Plan = pe::scan(b"PE#client@example.com#").collect();
    assert!(import(&plan).is_ok());
    plan.extend(
        Message::parse(b"Subject: none\n\n")
            .unwrap()
            .recipients(&[]),
    );
    assert_eq!(import(&plan).err(), Some(PlanOfMessage), "though to nobody");
    let candidates = message
        .recipients(&[])
        .filter_map(|listed| listed.content.ok());
    let by_hand: Plan = candidates.map(|candidate| candidate.recipient()).collect();
    assert_eq!(import(&by_hand).err(), Some(PlanOfMessage), "one by one");
    let unroutable = Message::parse(b"To: a@localhost\n\n").unwrap();
    let candidates = unroutable
        .recipients(&[])
        .filter_map(|listed| listed.content.ok());
    let by_hand: Plan = candidates.map(|candidate| candidate.recipient()).collect();
    assert_eq!(import(&by_hand).err(), Some(PlanOfMessage), "and unrouted");
}

#[test]
fn an_admitted_message_imports() {
    let stage = Stage::with(&message("Cc: agent@example.com"));
    assert_eq!(stage.list(AGENT), Some(List::Following));
}

// ── way 2: reassign ─────────────────────────────────────────────────────────────────────────

#[test]
fn i_am_not_the_traveler_and_the_clients_name_move_the_trip_to_trips_i_m_following() {
    let mut stage = Stage::with(&pnr(MINE));
    let effects = stage.mark(AGENT, "Jane Doe");
    assert_eq!(effects, [place(AGENT, List::Following)]);
}

#[test]
fn unticking_moves_it_back() {
    let mut stage = Stage::with(&pnr(MINE));
    let before = stage.seen(AGENT);
    stage.mark(AGENT, "Jane Doe");
    assert_eq!(stage.unmark(AGENT), [place(AGENT, List::MyTrips)]);
    assert_eq!(stage.held.mark(AGENT), None);
    assert_eq!(stage.seen(AGENT), before);
}

#[test]
fn a_cc_holding_can_be_moved_to_my_trips_and_back() {
    let mut stage = Stage::with(&pnr(COPY));
    assert_eq!(stage.unmark(AGENT), [place(AGENT, List::MyTrips)]);
    let back = stage.mark(AGENT, "Jane Doe");
    assert_eq!(back, [place(AGENT, List::Following)]);
}

#[test]
fn a_trip_added_by_hand_may_be_marked_at_once() {
    let mut stage = Stage::new();
    let effects = stage.add_by_hand(AGENT, Some("Jane Doe"));
    assert_eq!(effects, [place(AGENT, List::Following)]);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::Manual]);
}

#[test]
fn the_mark_is_not_a_reason() {
    let mut stage = Stage::with(&pnr(MINE));
    stage.mark(AGENT, "Jane Doe");
    assert_eq!(stage.reasons(AGENT), [HoldingReason::ImportedTo]);
}

#[test]
fn only_the_holder_reassigns() {
    let mut stage = Stage::with(&pnr(MINE));
    stage.refuses(mark(BOSS, "Jane Doe"), Refusal::NotHolder);
    stage.refuses(unmark(BOSS), Refusal::NotHolder);
    let mut dropped = Stage::with(&pnr(MINE));
    dropped.unfollow(AGENT);
    dropped.refuses(mark(AGENT, "Jane Doe"), Refusal::NotHolder);
    let mut nothing = Stage::new();
    nothing.refuses(mark(AGENT, "Jane Doe"), Refusal::NotHolder);
}

#[test]
fn reassigning_moves_ones_own_holding_only() {
    let script = "PE#agent@example.com#\nPE#boss@example.com#\nPE#client@example.com#CC/";
    let mut stage = Stage::with(&pnr(script));
    stage.mark(AGENT, "Jane Doe");
    let lists = [AGENT, BOSS, CLIENT].map(|account| stage.list(account).unwrap());
    assert_eq!(lists, [List::Following, List::MyTrips, List::Following]);
}

#[test]
fn a_holding_by_shares_only_is_not_reassigned() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    stage.share(CLIENT, "agent@example.com");
    stage.refuses(unmark(AGENT), Refusal::OnlyShared);
    stage.refuses(mark(AGENT, "Jane Doe"), Refusal::OnlyShared);
}

#[test]
fn the_clients_name_is_compulsory_and_not_blank() {
    for blank in ["", " ", "\t\n", "\u{200b}", "\u{a0}"] {
        assert!(blank.parse::<PersonName>().is_err(), "{blank:?}");
    }
}

#[test]
fn another_name_replaces_the_one_that_was_typed() {
    let mut stage = Stage::with(&pnr(MINE));
    stage.mark(AGENT, "Jane Doe");
    assert_eq!(stage.mark(AGENT, "John Roe"), [], "the list is the same");
    assert_eq!(stage.title(AGENT), "John Roe: LHR–SIN");
}

#[test]
fn reassigning_to_where_it_is_already_does_nothing() {
    let mut stage = Stage::with(&pnr(MINE));
    stage.ignores(unmark(AGENT));
    stage.mark(AGENT, "Jane Doe");
    stage.ignores(mark(AGENT, "Jane Doe"));
}

#[test]
fn reassigning_works_whether_or_not_the_client_has_an_account() {
    let script = "PE#agent@example.com#\nPE#client@example.com#";
    for kept in [
        &["agent@example.com"][..],
        &["agent@example.com", "client@example.com"],
    ] {
        let mut stage = Stage::new().without_accounts_but(kept);
        stage.import(&pnr(script));
        stage.mark(AGENT, "Jane Doe");
        assert_eq!(stage.list(AGENT), Some(List::Following));
    }
}

// ── which list when there are several reasons ───────────────────────────────────────────────

#[test]
fn the_holders_own_choice_comes_first_and_updates_leave_it_alone() {
    let mut marked = Stage::with(&pnr(MINE));
    marked.mark(AGENT, "Jane Doe");
    let mut own = Stage::with(&pnr(COPY));
    own.unmark(AGENT);
    for (stage, script, list) in [
        (&mut marked, MINE, List::Following),
        (&mut own, COPY, List::MyTrips),
    ] {
        stage.update(1, LATER);
        stage.import(&pnr(script).issued(2));
        stage.import(&pnr(script).issued(3).whole());
        stage.import(&message("To: boss@example.com").issued(4));
        stage.cancel(5);
        assert_eq!(stage.list(AGENT), Some(list));
    }
}

#[test]
fn what_is_only_shared_still_is_on_trips_i_m_following_whatever_the_holder_chose() {
    let both = "PE#client@example.com#\nPE#agent@example.com#CC/";
    let mut stage = Stage::with(&pnr(both));
    stage.share(CLIENT, "agent@example.com");
    stage.unmark(AGENT);
    assert_eq!(stage.list(AGENT), Some(List::MyTrips));
    let effects = stage.import(&pnr("PE#client@example.com#").issued(1).whole());
    assert_eq!(effects, [place(AGENT, List::Following)]);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::SharedBy(CLIENT)]);
}

#[test]
fn else_to_or_by_hand_is_my_trips() {
    let both = "PE#agent@example.com#CC/\nPE#desk@example.com#";
    assert_eq!(Stage::with(&pnr(both)).list(AGENT), Some(List::MyTrips));
    let mut shared = Stage::with(&pnr("PE#client@example.com#\nPE#agent@example.com#"));
    shared.share(CLIENT, "agent@example.com");
    assert_eq!(shared.list(AGENT), Some(List::MyTrips));
    assert_eq!(Stage::by_hand().list(CLIENT), Some(List::MyTrips));
}

#[test]
fn else_it_is_following() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#\nPE#agent@example.com#CC/"));
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(stage.list(AGENT), Some(List::Following));
}

#[test]
fn the_list_is_worked_out_again_when_a_reason_goes() {
    let both = "PE#agent@example.com#CC/\nPE#desk@example.com#";
    let mut stage = Stage::with(&pnr(both));
    let effects = stage.import(&pnr(COPY).issued(1).whole());
    assert_eq!(effects, [place(AGENT, List::Following)]);
    assert_eq!(stage.reasons(AGENT), [HoldingReason::ImportedCc]);
}

#[test]
fn an_account_with_two_addresses_has_one_holding_with_both_reasons() {
    let both = "PE#agent@example.com#CC/\nPE#desk@example.com#";
    let mut stage = Stage::new();
    let effects = stage.import(&pnr(both));
    assert_eq!(effects, [place(AGENT, List::MyTrips)]);
    assert_eq!(stage.held.holders().count(), 1);
    let both = [HoldingReason::ImportedTo, HoldingReason::ImportedCc];
    assert_eq!(stage.reasons(AGENT), both);
}

#[test]
fn an_account_with_two_addresses_gets_two_confirmations_and_one_mail_on_a_change() {
    let both = "PE#agent@example.com#CC/\nPE#desk@example.com#";
    let plan: Plan = pe::scan(both.as_bytes()).collect();
    let mails: Vec<_> = plan.recipients().map(|it| it.route().mail()).collect();
    assert_eq!(mails, [ConfirmationMail::Copy, ConfirmationMail::Message]);
    let mut stage = Stage::with(&pnr(both));
    assert_eq!(told(&stage.update(1, LATER)), [AGENT]);
}

// ── refusals about whether there is a trip, and of what kind ────────────────────────────────────

#[test]
fn without_a_trip_there_is_nothing_to_change() {
    let mut stage = Stage::new();
    stage.refuses(update(1, LATER), Refusal::NoTrip);
    stage.refuses(crate::stage::cancel(1), Refusal::NoTrip);
    stage.refuses(
        Command::Attach(crate::stage::document("9991", 1)),
        Refusal::NoTrip,
    );
    stage.refuses(replace(LOCATOR, "NEWLOC", 1), Refusal::NoTrip);
    stage.refuses(share(CLIENT, "agent@example.com"), Refusal::NotHolder);
}

#[test]
fn adding_by_hand_makes_a_new_trip_only() {
    let add = |by| Command::AddByHand {
        by,
        itinerary: flights(OUT),
        client: None,
    };
    let mut manual = Stage::by_hand();
    manual.refuses(add(AGENT), Refusal::TripExists);
    let mut linked = Stage::with(&pnr(COPY));
    linked.refuses(add(AGENT), Refusal::TripExists);
}

#[test]
fn a_manual_trip_takes_no_updates_of_a_booking() {
    let mut stage = Stage::by_hand();
    stage.refuses(update(1, LATER), Refusal::NotLinked);
    stage.refuses(crate::stage::cancel(1), Refusal::NotLinked);
    stage.refuses(pnr(COPY).command(), Refusal::NotLinked);
    stage.refuses(replace(LOCATOR, "NEWLOC", 1), Refusal::NotLinked);
}

#[test]
fn a_linked_trip_is_not_edited_by_hand_and_a_manual_one_by_its_holder_only() {
    let edit = |by| Command::Edit {
        by,
        itinerary: flights(LATER),
    };
    let mut linked = Stage::with(&pnr(MINE));
    linked.refuses(edit(AGENT), Refusal::Linked);
    let mut manual = Stage::by_hand();
    manual.share(CLIENT, "agent@example.com");
    manual.refuses(edit(AGENT), Refusal::OnlyFollowed);
    manual.refuses(edit(BOSS), Refusal::NotHolder);
    let mut nothing = Stage::new();
    nothing.refuses(edit(AGENT), Refusal::NotHolder);
}

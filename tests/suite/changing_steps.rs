//! The steps of changing a flight, guard by guard.

use peline::{
    change::{
        Answer, Case, Channel, Contact, Effect, Fact, FactKind, Fee, LineLength, Mismatch, Missing,
        Movement, Outcome, Payee, Permission, Reach, RecordItem, RecordLanguage, Refusal,
        RepaymentReason, ResidualRule, Revisit, Ruling, State, Whose, Wish,
    },
    jiff::civil::date,
    trip::{Aspect, Itinerary},
};

use crate::desk::{
    Course, Desk, JANE, LATER, MAIL, NEW, OLD, PAYER, PHONE, alternatives, choose, dispatch, eur,
    fetched, itinerary, locator, minute, name, option, reference, refused, repayments, text,
    undone, wish, withdrawn,
};
use crate::stage::flight;

// ── 1. Verify the booking ───────────────────────────────────────────────────────────────────────

#[test]
fn the_client_confirmed_the_current_itinerary() {
    for other in [
        itinerary(&["BA11 LHR SIN 2 21:00"], &["DOE/JANE"]),
        itinerary(&["BA11 LHR SIN 1 22:00"], &["DOE/JANE"]),
        itinerary(&["BA11 LHR HKG 1 21:00"], &["DOE/JANE"]),
        itinerary(&["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 5"], &["DOE/JANE"]),
    ] {
        let mut desk = Desk::at(State::ItineraryConfirmation);
        let confirmed = Fact::ItineraryConfirmed {
            contact: PHONE,
            itinerary: other,
        };
        desk.refuses(confirmed, Refusal::NotCurrent);
    }
    let mut desk = Desk::at(State::ItineraryConfirmation);
    desk.report(Fact::ItineraryDisputed { contact: PHONE });
    assert!(desk.case.state() < State::Rules, "he did not confirm it");
}

#[test]
fn a_booking_that_was_fetched_again_is_the_one_to_confirm() {
    let mut desk = Desk::at(State::ItineraryConfirmation);
    let old = desk.normal();
    let mut booking = desk.course.booking.clone();
    booking.itinerary = itinerary(&[LATER], &["DOE/JANE"]);
    desk.report(fetched(booking));
    desk.refuses(old, Refusal::NotCurrent);
}

// ── 2. Is it feasible? ──────────────────────────────────────────────────────────────────────────

#[test]
fn unknown_waits_for_the_answer_of_a_person() {
    let mut desk = Desk::at(State::Ruling);
    for skipping in [
        Fact::RestrictionsTold { contact: PHONE },
        Fact::GoAheadGiven { contact: PHONE },
        wish(desk.course.wish.clone()),
    ] {
        desk.refuses(skipping, Refusal::OutOfOrder);
    }
    let other_question = Ruling {
        answer: Answer::Residual(ResidualRule::Refund),
        ..desk.course.ruling.clone()
    };
    desk.refuses(Fact::Ruled(other_question), Refusal::OtherQuestion);
    desk.clock(5);
    desk.go_on();
    assert_eq!(desk.state(), State::RestrictionsTold);
    assert_eq!(desk.case.rulings(), [desk.course.ruling.clone()]);
    assert_eq!(desk.case.history().last().unwrap().at(), minute(5));
}

#[test]
fn the_fee_of_the_answer_counts() {
    let mut course = Course::new().permission(&Permission::Unknown);
    course.ruling.answer = Answer::Allowed(Fee::Flat(eur(70)));
    let desk = Desk::with(course).to(State::QuoteTold);
    let settlement = desk.quote().passengers()[0].settlement();
    assert_eq!(settlement.fee(), eur(70));
}

#[test]
fn the_case_shows_the_rules_as_they_were_answered() {
    assert_eq!(Desk::at(State::Rules).case.rules(), None);
    let mut desk = Desk::at(State::Ruling);
    assert_eq!(desk.case.rules(), Some(&desk.course.rules));
    desk.go_on();
    let answered = Course::new().rules;
    assert_eq!(desk.case.rules(), Some(&answered));
}

#[test]
fn from_the_alternatives_it_goes_back_to_the_rules_or_the_wish_or_is_declined() {
    let accepted = |to| Fact::AlternativeAccepted { contact: PHONE, to };
    // Not allowed: another ticket perhaps, but no wish.
    let mut desk = Desk::at(State::AlternativesAnswer);
    desk.refuses(accepted(Revisit::Wish), Refusal::NotAllowed);
    desk.report(accepted(Revisit::Rules));
    assert_eq!(desk.state(), State::Rules);
    // Nothing available: other dates.
    let mut desk = Desk::at(State::Options);
    desk.report(Fact::NothingAvailable);
    desk.go_on();
    desk.report(accepted(Revisit::Wish));
    assert_eq!(desk.state(), State::Wish);
    desk.go_to(State::Choice);
    // Declined: it goes on record.
    desk.report(Fact::OptionsRejected { contact: PHONE });
    desk.report(alternatives(&["the train"]));
    desk.report(Fact::Declined { contact: PHONE });
    assert_eq!(desk.state(), State::Record);
    assert_eq!(desk.case.outcome(), Some(Outcome::Declined));
}

// ── 3. Dates, destination ───────────────────────────────────────────────────────────────────────

#[test]
fn dates_and_destination_may_change_in_one_request() {
    let both = Wish {
        dates: vec![date(2026, 12, 8)],
        destination: Some("HKG".parse().unwrap()),
        whose: Whose::Everyone,
    };
    let mut desk = Desk::with(Course {
        wish: both.clone(),
        options: vec![option(&["BA27 LHR HKG 8 21:00"])],
        ..Course::new()
    });
    desk.go_to(State::Options);
    assert_eq!(desk.case.wish(), Some(&both));
    desk.close();
    assert_eq!(desk.case.outcome(), Some(Outcome::Changed));
}

#[test]
fn consent_is_to_an_option_that_is_on_offer() {
    let mut desk = Desk::at(State::Choice);
    for unknown in [0, 2, u32::MAX] {
        desk.refuses(choose(unknown), Refusal::UnknownOption);
    }
    // Another search: the numbers go on, and the old option is off.
    desk.report(wish(desk.course.wish.clone()));
    desk.go_to(State::Choice);
    assert_eq!(desk.case.options()[0].number().get(), 2);
    desk.refuses(choose(1), Refusal::UnknownOption);
    desk.report(choose(2));
    assert_eq!(desk.state(), State::Quote);
}

#[test]
fn an_option_that_may_be_what_is_booked_is_no_change() {
    let offer = |booked: &str, offered: &str| {
        let mut course = Course::new();
        course.booking.itinerary = itinerary(&[booked], &["DOE/JANE"]);
        course.options = vec![option(&[offered])];
        Desk::with(course).to(State::Options)
    };
    // What one of them leaves open does not make another flight of it.
    for (booked, offered) in [
        (OLD, OLD),
        (OLD, "- LHR SIN 1"),
        (OLD, "BA11 LHR SIN 1"),
        (OLD, "- LHR SIN 1 21:00"),
        ("- LHR SIN 1", OLD),
        ("BA11 LHR SIN 1", "- LHR SIN 1 21:00"),
    ] {
        let mut desk = offer(booked, offered);
        desk.refuses(desk.normal(), Refusal::SameItinerary);
    }
    for offered in [
        "BA15 LHR SIN 1",
        "- LHR SIN 1 22:00",
        "- LHR SIN 2",
        "- LHR HKG 1",
        "- LGW SIN 1",
    ] {
        let mut desk = offer(OLD, offered).to(State::Verification);
        // The booking comes back as it was.
        let untouched = desk.course.booking.clone();
        desk.report(fetched(untouched));
        assert_eq!(desk.state(), State::Correction, "{offered}");
    }
}

#[test]
fn the_rules_of_a_divided_booking_are_those_of_the_new_one() {
    let mut desk = Desk::with(Course::divided()).to(State::Rebooking);
    desk.report(refused());
    desk.report(Fact::NothingAvailable);
    desk.go_on();
    let effects = desk.report(Fact::AlternativeAccepted {
        contact: PHONE,
        to: Revisit::Rules,
    });
    let look_up = Effect::LookUpRules(locator("NEWLOC"));
    assert_eq!(effects.first(), Some(&look_up));
}

// ── 5. Update ───────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_mismatch_goes_back_to_the_supplier_and_lists_the_fields() {
    let differs = |aspect| Mismatch::Differs { flight: 0, aspect };
    for (booked, names, found) in [
        (
            &["BA15 LHR SIN 8 21:00"][..],
            "DOE/JANE",
            differs(Aspect::Designator),
        ),
        (
            &["BA11 LGW SIN 8 21:00"],
            "DOE/JANE",
            differs(Aspect::Origin),
        ),
        (
            &["BA11 LHR HKG 8 21:00"],
            "DOE/JANE",
            differs(Aspect::Destination),
        ),
        (
            &["BA11 LHR SIN 9 21:00"],
            "DOE/JANE",
            differs(Aspect::Departure),
        ),
        (
            &["BA11 LHR SIN 8 22:00"],
            "DOE/JANE",
            differs(Aspect::Departure),
        ),
        (
            &[NEW, "BA12 SIN LHR 20 21:00"],
            "DOE/JANE",
            Mismatch::Unapproved { flight: 1 },
        ),
        (&[NEW], "DOE/JOAN", Mismatch::Travellers),
    ] {
        let mut desk = Desk::at(State::Verification);
        let mut wrong = desk.course.changed();
        wrong.itinerary = itinerary(booked, &[names]);
        let effects = desk.report(fetched(wrong));
        assert_eq!(effects, [Effect::CorrectBooking(vec![found.clone()])]);
        assert_eq!(desk.case.mismatches(), [found]);
        assert_eq!(desk.state(), State::Correction);
        // Corrected, it goes on.
        desk.report(fetched(desk.course.changed()));
        assert_eq!(
            (desk.state(), desk.case.mismatches()),
            (State::Documents, &[][..])
        );
    }
}

#[test]
fn every_field_that_was_approved_is_compared() {
    let arrival = |day| date(2026, 12, day).at(18, 0, 0, 0);
    let approved = flight(NEW).with_arrival(arrival(9));
    for (booked, same) in [
        (approved.clone(), true),
        (approved.clone().with_segment("2".parse().unwrap()), true),
        (flight(NEW), false),
        (flight(NEW).with_arrival(arrival(10)), false),
        (flight("- LHR SIN 8 21:00").with_arrival(arrival(9)), false),
        (flight("BA11 LHR SIN 8").with_arrival(arrival(9)), false),
        (
            flight("BA11 LHR SIN 8 21:01").with_arrival(arrival(9)),
            false,
        ),
    ] {
        let mut course = Course::new();
        course.options[0].itinerary = Itinerary::new([approved.clone()], []).unwrap();
        let mut desk = Desk::with(course).to(State::Verification);
        let mut changed = desk.course.changed();
        let travellers = changed.itinerary.travellers().to_vec();
        changed.itinerary = Itinerary::new([booked.clone()], travellers).unwrap();
        desk.report(fetched(changed));
        let state = match same {
            true => State::Documents,
            false => State::Correction,
        };
        assert_eq!(desk.state(), state, "{booked:?}");
    }
}

#[test]
fn money_or_a_voucher_goes_back_beside_the_confirmation() {
    for (rule, amount, payee) in [
        (ResidualRule::Refund, 150, Payee::Payer(PAYER)),
        (ResidualRule::Voucher, 200, Payee::Passenger(name(JANE))),
    ] {
        let course = Course::new().fares(500, 300).residual(Some(rule));
        let mut desk = Desk::with(course).to(State::Documents);
        assert_eq!(desk.owed(), []);
        assert_eq!(repayments(&desk.go_on()), 1);
        assert_eq!(desk.state(), State::Sending, "the client need not wait");
        let [back] = desk.case.repayments() else {
            panic!("one goes back")
        };
        assert_eq!(
            (back.what().amount, back.why()),
            (eur(amount), &RepaymentReason::Settlement)
        );
        assert_eq!(back.payee(), payee);
        let mut unpaid = desk.clone().to(State::Record);
        unpaid.refuses(Fact::Closed, Refusal::MoneyOwed);
        desk.repay();
        assert_eq!(desk.state(), State::Sending);
        desk.close();
    }
}

// ── 6. Confirm ──────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_client_is_the_first_recipient_and_pe_routing_adds_the_copies() {
    for (reach, copies) in [
        (Course::new().reach, &["agent@example.com"][..]),
        (Reach::Phone, &["agent@example.com", "client@example.com"]),
    ] {
        let course = Course {
            reach: reach.clone(),
            ..Course::new()
        };
        let mut desk = Desk::with(course).to(State::Documents);
        let effects = desk.go_on();
        let dispatch = dispatch(&effects);
        assert_eq!(dispatch.client(), &reach);
        let to: Vec<_> = dispatch
            .copies()
            .iter()
            .map(|it| it.address.as_str())
            .collect();
        assert_eq!(to, copies);
    }
}

#[test]
fn only_the_acknowledgement_of_the_client_counts() {
    let mut desk = Desk::at(State::Acknowledgement);
    let contacted = Fact::Contacted {
        contact: PHONE,
        note: text("talked about the weather"),
    };
    for other in [
        contacted,
        Fact::Reminded { contact: MAIL },
        Fact::AttemptMade { contact: PHONE },
    ] {
        desk.report(other);
        assert_eq!(
            (desk.state(), desk.case.outcome()),
            (State::Acknowledgement, None)
        );
    }
    let secretary = Contact {
        client: peline::change::ClientId::new(5),
        channel: Channel::Phone,
    };
    desk.refuses(
        Fact::Acknowledged { contact: secretary },
        Refusal::OtherClient,
    );
    desk.report(Fact::Acknowledged { contact: PHONE });
    assert_eq!(desk.case.outcome(), Some(Outcome::Changed));
}

#[test]
fn an_error_that_the_client_reports_goes_back_to_verification() {
    for state in [State::Acknowledgement, State::Record] {
        let mut desk = Desk::at(state);
        let effects = desk.report(Fact::ErrorReported {
            contact: PHONE,
            error: text("the date is wrong"),
        });
        assert!(effects.contains(&Effect::FetchBooking(locator("KWJQPD"))));
        assert_eq!(
            (desk.state(), desk.case.outcome()),
            (State::Verification, None)
        );
        desk.close();
        assert_eq!(desk.case.outcome(), Some(Outcome::Changed));
        assert_eq!(desk.owed(), []);
    }
}

#[test]
fn an_error_that_cannot_be_corrected_does_not_hold_the_case_for_ever() {
    let mut desk = Desk::at(State::Acknowledgement);
    desk.report(Fact::ErrorReported {
        contact: PHONE,
        error: text("the date is wrong"),
    });
    let mut wrong = desk.course.changed();
    wrong.itinerary = itinerary(&[LATER], &["DOE/JANE"]);
    desk.report(fetched(wrong));
    assert_eq!(desk.state(), State::Correction);
    // It cannot be made to match: the case goes back, or ends.
    let ways = [
        undone(),
        refused(),
        withdrawn(),
        Fact::Acknowledged { contact: PHONE },
        Fact::GivenUp,
        Fact::PassedOn {
            reason: text("the airline changed its flights"),
        },
    ];
    let ways = ways.map(|fact| desk.attempt(fact).is_ok());
    assert!(ways.contains(&true), "{ways:?}");
}

#[test]
fn without_an_answer_the_agent_may_close_as_not_confirmed() {
    let mut desk = Desk::at(State::Acknowledgement);
    for _ in 0..Case::ATTEMPTS {
        desk.refuses(Fact::GivenUp, Refusal::TooFewAttempts);
        assert!(!desk.may(FactKind::GivenUp));
        desk.report(Fact::AttemptMade { contact: PHONE });
    }
    desk.report(Fact::GivenUp);
    assert_eq!(desk.case.outcome(), Some(Outcome::ChangedUnconfirmed));
    desk.close();
    assert_eq!(desk.case.outcome(), Some(Outcome::ChangedUnconfirmed));
}

#[test]
fn whom_nothing_was_sent_to_nobody_has_to_remind() {
    let unanswered = |state| {
        let mut desk = Desk::at(state);
        for _ in 0..Case::ATTEMPTS {
            desk.report(Fact::AttemptMade { contact: PHONE });
        }
        desk.report(Fact::GivenUp);
        desk
    };
    let sent = unanswered(State::Acknowledgement);
    assert!(sent.missing().contains(&Missing::Reminder));
    let mut unsent = unanswered(State::Sending);
    assert!(!unsent.missing().contains(&Missing::Reminder));
    unsent.refuses(Fact::Reminded { contact: MAIL }, Refusal::OutOfOrder);
    unsent.close();
    assert_eq!(unsent.case.outcome(), Some(Outcome::ChangedUnconfirmed));
    // Whoever reads the record is told that nothing was sent.
    let tells = |desk: &Desk, language, words: &str| {
        let record = desk.case.record(language, LineLength::new(200).unwrap());
        record.remarks().iter().any(|it| it.ends_with(words))
    };
    for (language, words) in [
        (RecordLanguage::English, "CLIENT, NEW ITINERARY NOT SENT"),
        (
            RecordLanguage::Spanish,
            "CLIENTE, NUEVO ITINERARIO NO ENVIADO",
        ),
    ] {
        assert!(tells(&unsent, language, words));
        assert!(!tells(&sent, language, words));
    }
}

#[test]
fn until_the_client_is_reminded_to_check_that_is_missing() {
    let mut desk = Desk::at(State::Acknowledgement);
    let acknowledged = Missing::Fact(FactKind::Acknowledged);
    assert_eq!(desk.missing(), [acknowledged.clone(), Missing::Reminder]);
    desk.report(Fact::Reminded { contact: MAIL });
    assert_eq!(desk.missing(), [acknowledged]);
}

// ── 7. Document ─────────────────────────────────────────────────────────────────────────────────

#[test]
fn both_notes_always_for_declined_and_withdrawn_cases_too() {
    let mut declined = Desk::at(State::AlternativesAnswer);
    declined.report(Fact::Declined { contact: PHONE });
    let mut stopped = Desk::at(State::Approval);
    stopped.report(withdrawn());
    for mut desk in [declined, stopped] {
        assert_eq!(desk.missing(), [Missing::BookingNote, Missing::CrmNote]);
        desk.refuses(Fact::Closed, Refusal::RecordIncomplete);
        desk.report(Fact::Filed(RecordItem::CrmNote));
        desk.refuses(Fact::Closed, Refusal::RecordIncomplete);
        desk.report(Fact::Filed(RecordItem::BookingNote));
        desk.report(Fact::Closed);
    }
}

#[test]
fn where_no_booking_was_found_there_is_no_note_to_file_in_it() {
    let mut desk = Desk::at(State::Booking);
    desk.report(Fact::BookingNotFound);
    desk.report(withdrawn());
    assert_eq!(desk.missing(), [Missing::CrmNote]);
    let note = Fact::Filed(RecordItem::BookingNote);
    desk.refuses(note, Refusal::NothingToFile);
    desk.close();
}

#[test]
fn correspondence_where_any_was_sent_and_a_receipt_where_money_moved() {
    let mut desk = Desk::at(State::Approval);
    let (contact, at) = (MAIL, minute(0));
    desk.report(Fact::Withdrawn { contact, at });
    assert!(desk.missing().contains(&Missing::Correspondence));
    let nothing = RecordItem::Receipt {
        of: Movement::Payment(reference("pay_0")),
        kept_as: reference("receipts/17"),
    };
    desk.refuses(Fact::Filed(nothing), Refusal::UnknownMovement);
    let mut desk = Desk::at(State::Stopping).to(State::Record);
    desk.repay();
    let [(number, _)] = [(desk.case.repayments()[0].number(), ())];
    let receipts = [
        Missing::Receipt(Movement::Payment(reference("pay_0"))),
        Missing::Receipt(Movement::Repayment(number)),
    ];
    assert!(receipts.iter().all(|it| desk.missing().contains(it)));
    assert!(!desk.missing().contains(&Missing::Correspondence));
    let letters = RecordItem::Correspondence {
        kept_as: reference("mails/17"),
    };
    desk.refuses(Fact::Filed(letters), Refusal::NothingToFile);
}

//! What holds at every step of changing a flight: that money is never stuck, whose change it is, what a case knows.

use peline::{
    change::{
        Case, Effect, Event, Fact, FactKind, HistoryEntry, Missing, Outcome, Payment, PaymentUse,
        RecordItem, RecordLanguage, Refusal, State, Usage, Whose, Wish,
    },
    follow::{Command, Confirmation, HeldTrip, NoHost},
    jiff::{SignedDuration, civil::date},
    trip::{Itinerary, TripId},
};

use crate::desk::{
    AGENT, CASE, CLIENT, Course, Desk, EXPIRY, JANE, OTHER_PAYER, PAYER, PHONE, RICHARD, choose,
    eur, fetched, itinerary, locator, minute, name, option, payment, reference, refused,
    repayments, text, undone, wish, withdrawn,
};

// ── Money is never stuck ────────────────────────────────────────────────────────────────────────

#[test]
fn a_payment_before_the_expiry_freezes_its_quote() {
    let mut desk = Desk::with(Course::two()).to(State::Payment);
    desk.go_on();
    assert_eq!(desk.state(), State::Payment, "two have to pay");
    desk.clock(EXPIRY + 1);
    desk.refuses(desk.priced(), Refusal::QuoteFrozen);
    desk.refuses(choose(1), Refusal::QuoteFrozen);
    desk.refuses(wish(desk.course.wish.clone()), Refusal::QuoteFrozen);
    desk.close();
}

#[test]
fn a_part_that_was_paid_goes_back_when_the_client_stops() {
    let mut desk = Desk::with(Course::two()).to(State::Payment);
    desk.go_on();
    let effects = desk.report(withdrawn());
    assert_eq!(repayments(&effects), 1);
    assert_eq!(desk.owed()[0].1, eur(260));
    desk.close();
}

#[test]
fn a_failed_payment_leaves_the_case_approved() {
    let mut desk = Desk::at(State::Payment);
    let approval = desk.approval().cloned();
    let effects = desk.report(Fact::PaymentFailed { payer: PAYER });
    assert_eq!(effects.len(), 1, "it is collected again");
    assert_eq!(desk.approval().cloned(), approval);
    desk.refuses(
        Fact::PaymentFailed { payer: OTHER_PAYER },
        Refusal::NothingDue,
    );
    desk.go_on();
    assert_eq!(desk.state(), State::Rebooking);
}

#[test]
fn a_rebooking_that_is_refused_or_cannot_be_made_to_match_goes_back_with_the_refund() {
    for (state, fact) in [
        (State::Rebooking, refused()),
        (State::Verification, undone()),
        (State::Correction, undone()),
        (State::Documents, undone()),
    ] {
        let mut desk = Desk::at(state);
        let effects = desk.report(fact);
        assert_eq!(repayments(&effects), 1, "{state}");
        assert_eq!((desk.state(), desk.approval()), (State::Quote, None));
        let used: Vec<_> = desk.case.payments().map(|(_, used)| used).collect();
        let [(number, amount)] = desk.owed()[..] else {
            panic!("one goes back")
        };
        assert_eq!(
            (used, amount),
            (vec![PaymentUse::GoesBack(number)], eur(260))
        );
        // The case goes on while the refund is under way, but it does not close.
        desk.course.booked = None;
        desk.go_to(State::Record);
        let note = Fact::Filed(RecordItem::BookingNote);
        desk.report(note);
        desk.refuses(Fact::Closed, Refusal::MoneyOwed);
        desk.close();
    }
}

#[test]
fn the_client_may_stop_at_any_state_until_the_supplier_has_changed_the_booking() {
    for state in State::ALL {
        let mut desk = Desk::at(*state);
        let paid = desk.case.payments().count();
        let stopped = desk.attempt(withdrawn());
        if *state > State::Rebooking {
            // A wrong time is reported again.
            if *state == State::Stopping {
                assert!(stopped.is_ok());
                continue;
            }
            let refusal = match (State::Verification..=State::Documents).contains(state) {
                true => Refusal::AlreadyChanged,
                false => Refusal::OutOfOrder,
            };
            assert_eq!(stopped, Err(refusal), "{state}");
            continue;
        }
        let mut effects = stopped.unwrap_or_else(|refusal| panic!("{state}: {refusal}"));
        if matches!(state, State::Division | State::Rebooking) {
            // The order is out: what came of it is reported first.
            assert_eq!((desk.state(), repayments(&effects)), (State::Stopping, 0));
            effects.extend(desk.go_on());
        }
        let ordered = matches!(state, State::Division | State::Rebooking);
        assert_eq!(effects.contains(&Effect::StopRebooking), ordered, "{state}");
        assert_eq!(repayments(&effects), paid, "{state}");
        assert_eq!(desk.case.outcome(), Some(Outcome::Withdrawn));
        assert_eq!((desk.state(), desk.case.quote()), (State::Record, None));
        desk.close();
    }
}

#[test]
fn who_stops_too_late_goes_on() {
    let mut desk = Desk::at(State::Rebooking);
    let approval = desk.approval().cloned();
    desk.clock(10);
    desk.report(withdrawn());
    assert_eq!((desk.state(), desk.approval()), (State::Stopping, None));
    desk.report(Fact::Rebooked {
        booking: desk.course.changed().id,
        at: minute(10),
    });
    assert_eq!(desk.state(), State::Verification);
    assert_eq!((desk.approval().cloned(), desk.owed()), (approval, vec![]));
    desk.close();
    assert_eq!(desk.case.outcome(), Some(Outcome::Changed));
}

#[test]
fn a_division_that_was_not_stopped_in_time_stays_and_the_case_ends() {
    let mut desk = Desk::with(Course::divided()).to(State::Division);
    desk.report(withdrawn());
    assert_eq!(desk.state(), State::Stopping);
    let early = Fact::Rebooked {
        booking: locator("NEWLOC"),
        at: minute(0),
    };
    desk.refuses(early, Refusal::OutOfOrder);
    let stopped_or_not = [FactKind::RebookingRefused, FactKind::BookingDivided];
    assert_eq!(desk.missing(), stopped_or_not.map(Missing::Fact));
    let divided = Desk::with(Course::divided()).to(State::Division).normal();
    let effects = desk.report(divided);
    assert_eq!(repayments(&effects), 1);
    assert_eq!(desk.case.outcome(), Some(Outcome::Withdrawn));
    assert_eq!(desk.case.divided(), Some(&locator("NEWLOC")));
    desk.close();
}

#[test]
fn who_withdrew_too_late_and_whose_change_is_undone_ends_as_withdrawn() {
    let mut desk = Desk::at(State::Stopping);
    let stopped_or_not = [FactKind::RebookingRefused, FactKind::Rebooked];
    assert_eq!(desk.missing(), stopped_or_not.map(Missing::Fact));
    desk.report(Fact::Rebooked {
        booking: locator("KWJQPD"),
        at: minute(0),
    });
    let effects = desk.report(Fact::RebookingUndone {
        reason: text("the airline allows it"),
    });
    assert_eq!(repayments(&effects), 1);
    assert_eq!(desk.case.outcome(), Some(Outcome::Withdrawn));
    desk.close();
}

#[test]
fn what_neither_matches_nor_can_be_undone_goes_on_in_another_case() {
    for (state, back) in [(State::Correction, 1), (State::Documents, 1)] {
        let mut desk = Desk::at(state);
        let effects = desk.report(Fact::PassedOn {
            reason: text("the airline changed its flights"),
        });
        assert_eq!(repayments(&effects), back, "{state}");
        assert_eq!(desk.case.outcome(), Some(Outcome::PassedOn));
        // What was approved and paid for did not come about.
        assert_eq!((desk.approval(), desk.case.quote()), (None, None));
        desk.close();
    }
}

#[test]
fn what_was_paid_for_tickets_stays_when_their_case_is_passed_on() {
    let mut desk = Desk::at(State::Acknowledgement);
    desk.report(Fact::ErrorReported {
        contact: PHONE,
        error: text("the name is misspelt"),
    });
    let effects = desk.report(Fact::PassedOn {
        reason: text("the airline changed its flights"),
    });
    assert_eq!(repayments(&effects), 0);
    assert_eq!(desk.owed(), []);
    assert!(desk.approval().is_some() && desk.case.quote().is_some());
    desk.close();
    assert_eq!(desk.case.outcome(), Some(Outcome::PassedOn));
}

#[test]
fn what_happened_before_the_approval_is_not_for_it() {
    let mut desk = Desk::with(Course::new()).to(State::Approval);
    desk.clock(10);
    let approved = desk.approved();
    desk.report(approved);
    let due = desk.due_payment();
    let Fact::PaymentReceived(paid) = due else {
        panic!("a payment")
    };
    let report = |at: i64| {
        let at = minute(at);
        Fact::PaymentReceived(Payment { at, ..paid.clone() })
    };
    let step = |desk: &Desk, at| {
        let event = Event::new(CASE, AGENT, report(at));
        desk.case
            .clone()
            .step(event, minute(600))
            .map(|(case, _)| case)
    };
    let refused = |at| step(&desk, at).unwrap_err().refusal();
    assert_eq!(refused(9), Refusal::BeforeApproval);
    assert_eq!(refused(601), Refusal::NotYet);
    assert_eq!(refused(EXPIRY), Refusal::QuoteExpired);
    // It came in time, and is reported late.
    assert_eq!(step(&desk, EXPIRY - 1).unwrap().state(), State::Rebooking);
}

#[test]
fn what_was_changed_before_it_was_ordered_was_not_changed_on_that_order() {
    // Approved in the third minute, paid in the fifth, and divided in the seventh.
    for (course, last, ordered) in [
        (Course::new(), State::Payment, 5),
        (Course::divided(), State::Division, 7),
    ] {
        let mut desk = Desk::with(course);
        for (state, at) in [
            (State::Approval, 3),
            (State::Payment, 5),
            (State::Division, 7),
        ] {
            if state <= last {
                desk.go_to(state);
                desk.clock(at);
            }
        }
        desk.go_on();
        assert_eq!(desk.state(), State::Rebooking);
        let booking = desk.normal();
        desk.clock(9);
        let mut report = |at| {
            let mut fact = booking.clone();
            if let Fact::Rebooked { at: then, .. } = &mut fact {
                *then = minute(at);
            }
            desk.attempt_event(Event::new(CASE, AGENT, fact))
        };
        assert_eq!(report(ordered - 1), Err(Refusal::BeforeOrder), "{last}");
        assert_eq!(report(10), Err(Refusal::NotYet));
        assert!(report(ordered).is_ok());
    }
}

#[test]
fn a_booking_that_changed_before_its_tickets_is_not_verified_any_more() {
    let mut desk = Desk::at(State::Documents);
    assert!(desk.case.verified().is_some());
    let mut moved = desk.course.changed();
    let travellers = moved.itinerary.travellers().to_vec();
    let flights = itinerary(&["BA11 LHR SIN 9 21:00"], &[]);
    moved.itinerary = Itinerary::new(flights.flights().iter().cloned(), travellers).unwrap();
    desk.report(fetched(moved));
    assert_eq!(
        (desk.state(), desk.case.verified()),
        (State::Correction, None)
    );
    desk.close();
}

#[test]
fn an_option_that_is_gone_leads_to_alternatives() {
    for state in [
        State::Quote,
        State::ResidualRuling,
        State::DiscrepancyAcknowledgement,
    ] {
        let mut desk = Desk::at(state);
        desk.report(Fact::NothingAvailable);
        assert_eq!(
            (desk.state(), desk.case.chosen()),
            (State::Alternatives, None)
        );
        desk.close();
    }
}

#[test]
fn one_refund_pays_one_debt() {
    let mut desk = Desk::at(State::Rules);
    for number in 0..2 {
        let reference = format!("stray_{number}");
        desk.report(Fact::MoneyArrived(payment(&reference, PAYER, eur(1))));
    }
    let numbers: Vec<_> = desk.owed().iter().map(|(number, _)| *number).collect();
    let repaid = |repayment| Fact::Repaid {
        repayment,
        reference: reference("refund_1"),
    };
    desk.report(repaid(numbers[0]));
    desk.refuses(repaid(numbers[1]), Refusal::ReferenceReused);
}

#[test]
fn a_client_who_does_not_answer_ends_the_case_with_his_money_back() {
    let silent = State::ALL.iter().filter(|state| {
        let given_up = |kind| kind == FactKind::GivenUp;
        **state < State::Rebooking && state.takes().any(given_up)
    });
    let mut seen = 0;
    for state in silent {
        let mut desk = Desk::at(*state);
        desk.refuses(Fact::GivenUp, Refusal::TooFewAttempts);
        desk.report(Fact::AttemptMade { contact: PHONE });
        desk.refuses(Fact::GivenUp, Refusal::TooFewAttempts);
        desk.report(Fact::AttemptMade { contact: PHONE });
        desk.report(Fact::GivenUp);
        assert_eq!(desk.case.outcome(), Some(Outcome::Unanswered), "{state}");
        desk.close();
        seen += 1;
    }
    assert!(seen > 8, "{seen}");
}

#[test]
fn who_answers_is_not_silent() {
    let mut desk = Desk::at(State::Choice);
    desk.report(Fact::AttemptMade { contact: PHONE });
    desk.report(Fact::Contacted {
        contact: PHONE,
        note: text("calls back tomorrow"),
    });
    desk.report(Fact::AttemptMade { contact: PHONE });
    desk.refuses(Fact::GivenUp, Refusal::TooFewAttempts);
}

#[test]
fn where_one_of_two_does_not_pay_the_other_gets_his_money_back() {
    let mut desk = Desk::with(Course::two()).to(State::Payment);
    desk.refuses(Fact::CollectionStopped, Refusal::NothingPaid);
    let first = desk.due_payment();
    desk.report(first);
    assert_eq!(desk.state(), State::Payment, "the other has not paid");
    let price = Fact::Priced(Box::new(desk.course.pricing.clone()));
    desk.refuses(price, Refusal::QuoteFrozen);
    let effects = desk.report(Fact::CollectionStopped);
    assert_eq!((desk.state(), repayments(&effects)), (State::Quote, 1));
    desk.close();
}

// ── Whose change ────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_change_for_some_waits_for_the_division_and_goes_on_under_the_new_locator() {
    let mut desk = Desk::with(Course::divided()).to(State::Payment);
    let effects = desk.go_on();
    let divide = Effect::DivideBooking {
        booking: locator("KWJQPD"),
        passengers: [name(JANE)].into(),
    };
    assert_eq!(effects, [divide]);
    let now = desk.now;
    let travellers = desk.course.changed().itinerary.travellers().to_vec();
    let divided = |text, at| Fact::BookingDivided {
        booking: locator(text),
        travellers: travellers.clone(),
        at: minute(at),
    };
    desk.refuses(divided("KWJQPD", now), Refusal::SameBooking);
    for (at, refusal) in [(now + 1, Refusal::NotYet), (now - 1, Refusal::BeforeOrder)] {
        let event = Event::new(desk.case.id(), AGENT, divided("NEWLOC", at));
        assert_eq!(desk.attempt_event(event), Err(refusal));
    }
    let divided = |text| divided(text, now);
    let early = Fact::Rebooked {
        booking: locator("NEWLOC"),
        at: minute(0),
    };
    desk.refuses(early, Refusal::OutOfOrder);
    let effects = desk.report(divided("NEWLOC"));
    let [Effect::DivideTrip(division), Effect::Rebook(order)] = &effects[..] else {
        panic!("{effects:?}")
    };
    let bookings = (division.booking(), division.new_booking());
    assert_eq!(bookings, (&locator("KWJQPD"), &locator("NEWLOC")));
    assert_eq!(order.booking(), &locator("NEWLOC"));
    desk.go_to(State::Documents);
    let effects = desk.go_on();
    let Some(Effect::UpdateTrip(update)) = effects.first() else {
        panic!("{effects:?}")
    };
    let bookings = (update.booking(), update.new_booking());
    assert_eq!(bookings, (&locator("NEWLOC"), &locator("NEWLOC")));
    for (whose, refusal) in [
        (&["1.1", "2.1"][..], Refusal::NoDivision),
        (&[], Refusal::NoDivision),
        (&["3.1"], Refusal::UnknownPassenger),
    ] {
        let mut desk = Desk::with(Course::two()).to(State::Wish);
        let whose = Whose::Only(whose.iter().map(|it| name(it)).collect());
        let wished = Wish {
            whose,
            ..desk.course.wish.clone()
        };
        desk.refuses(wish(wished), refusal);
    }
}

/// Who divides a booking changes it at once, and reports both later.
#[test]
fn a_division_and_a_change_are_reported_with_their_own_times() {
    let mut desk = Desk::with(Course::divided()).to(State::Division);
    let ordered = desk.now;
    desk.clock(ordered + 10);
    let mut divided = desk.normal();
    if let Fact::BookingDivided { at, .. } = &mut divided {
        *at = minute(ordered + 4);
    }
    let case = desk.case.id();
    let said = |fact| Event::new(case, AGENT, fact);
    assert!(desk.attempt_event(said(divided)).is_ok());
    let rebooked = |at| {
        said(Fact::Rebooked {
            booking: locator("NEWLOC"),
            at: minute(at),
        })
    };
    let early = desk.attempt_event(rebooked(ordered + 3));
    assert_eq!(early, Err(Refusal::BeforeOrder));
    assert!(desk.attempt_event(rebooked(ordered + 6)).is_ok());
    assert_eq!(desk.state(), State::Verification);
}

/// By a clock of minutes it may seem to come before the order, and so before what the trip was told by then.
#[test]
fn a_division_in_the_minute_of_its_order_is_not_before_it() {
    let desk = Desk::with(Course::divided()).to(State::Payment);
    let order = desk.event(desk.normal()).fact;
    let seconds = |of: i64| minute(desk.now) + SignedDuration::from_secs(of);
    let [ordered, reported] = [40, 50].map(seconds);
    let by = |fact, at| (Event::new(desk.case.id(), AGENT, fact), at);
    let mut divided = Desk::with(Course::divided()).to(State::Division).normal();
    if let Fact::BookingDivided { at, .. } = &mut divided {
        *at = minute(desk.now);
    }
    let (event, at) = by(order, ordered);
    let (case, _) = desk.case.clone().step(event, at).unwrap();
    let (event, at) = by(divided, reported);
    let (_, effects) = case.step(event, at).unwrap();
    let [Effect::DivideTrip(division), _] = &effects[..] else {
        panic!("{effects:?}")
    };
    let plan = peline::Plan::default();
    let course = &desk.course.booking;
    let read = seconds(30);
    let (id, known) = (course.id.clone(), course.itinerary.clone());
    let import = Command::Import(Confirmation::from_pnr(id, read, known, &plan).unwrap());
    let (held, _) = HeldTrip::new(TripId::new(1))
        .step(import, reported, &NoHost)
        .unwrap();
    let divided = division.divide(held, TripId::new(2), reported, &NoHost);
    assert_eq!(divided.unwrap().moving.booking(), Some(&locator("NEWLOC")));
}

#[test]
fn who_changes_stays_the_same_once_the_booking_is_divided() {
    let mut desk = Desk::with(Course::divided()).to(State::Rebooking);
    desk.report(refused());
    let other_dates = Wish {
        dates: vec![date(2026, 12, 9)],
        ..desk.course.wish.clone()
    };
    for whose in [Whose::Everyone, Whose::Only([name(RICHARD)].into())] {
        let others = Wish {
            whose,
            ..other_dates.clone()
        };
        desk.refuses(wish(others), Refusal::AlreadyDivided);
    }
    desk.report(wish(other_dates));
    assert_eq!(desk.state(), State::Options);
}

#[test]
fn a_partly_travelled_ticket_changes_only_the_legs_to_come() {
    let (out, back) = ("BA11 LHR SIN 1 21:00", "BA12 SIN LHR 5 21:00");
    let at_the_options = |usage| {
        let mut course = Course::new();
        course.booking.itinerary = itinerary(&[out, back], &["DOE/JANE"]);
        course.booking.usage = usage;
        let mut desk = Desk::with(course);
        desk.clock(31 * 24 * 60);
        desk.to(State::Options)
    };
    let found = |flights: &[&str]| Fact::OptionsFound(vec![option(flights)]);
    let later = "BA12 SIN LHR 8 21:00";
    for wrong in [&["BA11 LHR SIN 7 21:00", later][..], &[later], &[out]] {
        let mut desk = at_the_options(Usage::PartlyUsed { flown: 1 });
        desk.refuses(found(wrong), Refusal::FlownFlightsDiffer);
    }
    let mut desk = at_the_options(Usage::PartlyUsed { flown: 1 });
    desk.refuses(found(&[out, back]), Refusal::SameItinerary);
    desk.report(found(&[out, later]));
    // Nor can a flight be flown, or missed, that departs tomorrow anywhere.
    for (usage, day) in [
        (Usage::PartlyUsed { flown: 1 }, 4),
        (Usage::NoShow { flown: 0 }, 4),
        (Usage::NoShow { flown: 1 }, 1),
    ] {
        let mut desk = Desk::at(State::Booking);
        let mut booking = desk.course.booking.clone();
        booking.itinerary = itinerary(&[&format!("BA11 LHR SIN {day} 21:00"), back], &["DOE/JANE"]);
        booking.usage = usage;
        desk.clock(31 * 24 * 60 - 1);
        desk.refuses(fetched(booking), Refusal::UsageUnclear);
    }
    let mut today = Desk::at(State::Booking);
    let mut booking = today.course.booking.clone();
    booking.itinerary = itinerary(&["BA11 LHR SIN 3 21:00", back], &["DOE/JANE"]);
    booking.usage = Usage::PartlyUsed { flown: 1 };
    today.clock(31 * 24 * 60 - 1);
    today.report(fetched(booking));
    // Everything flown: nothing to change. More than there is: unclear.
    for (usage, refusal) in [
        (Usage::PartlyUsed { flown: 2 }, Refusal::NothingToChange),
        (Usage::PartlyUsed { flown: 3 }, Refusal::UsageUnclear),
        (Usage::PartlyUsed { flown: 0 }, Refusal::UsageUnclear),
    ] {
        let mut desk = Desk::at(State::Booking);
        let mut booking = desk.course.booking.clone();
        booking.itinerary = itinerary(&[out, back], &["DOE/JANE"]);
        booking.usage = usage;
        desk.refuses(fetched(booking), refusal);
    }
}

// ── Every transition ────────────────────────────────────────────────────────────────────────────

#[test]
fn at_any_moment_the_case_says_what_is_missing_what_may_come_and_what_has_happened() {
    for state in State::ALL {
        let desk = Desk::at(*state);
        let closed = *state == State::Closed;
        assert_eq!(desk.missing().is_empty(), closed, "{state}");
        assert!(desk.may(FactKind::MoneyArrived), "{state}");
        if !closed {
            assert!(desk.may(desk.normal().kind()), "{state}");
        }
        let history = desk.case.history();
        let ordered = history.windows(2).all(|pair| pair[0].at() <= pair[1].at());
        assert!(ordered && history.iter().all(|it| it.event().by == AGENT));
        for language in RecordLanguage::ALL {
            let record = desk
                .case
                .record(language, peline::change::LineLength::SABRE);
            assert!(!record.remarks().is_empty(), "{state}");
            let contacts = history
                .iter()
                .filter(|it| it.event().fact.contact().is_some());
            assert_eq!(record.crm_notes().len(), contacts.count(), "{state}");
        }
    }
}

#[test]
fn a_case_is_its_history() {
    for state in State::ALL {
        let case = Desk::at(*state).case;
        let again = Case::replay(
            case.opening().clone(),
            case.opened(),
            case.history().iter().cloned(),
        );
        assert_eq!(again, Ok(case), "{state}");
    }
    let alone = HistoryEntry::new(minute(0), Event::new(CASE, AGENT, Fact::Closed));
    let opening = Desk::with(Course::new()).case.opening().clone();
    assert_eq!(opening.client, CLIENT);
    let error = Case::replay(opening.clone(), minute(0), [alone.clone()]).unwrap_err();
    assert_eq!((error.position(), error.fact()), (0, FactKind::Closed));
    let case = Desk::at(State::Documents).case;
    let behind = case.history().iter().take(1).cloned().chain([alone]);
    let error = Case::replay(opening, minute(0), behind).unwrap_err();
    assert_eq!((error.position(), error.fact()), (1, FactKind::Closed));
    assert_eq!(error.refusal(), Refusal::OutOfOrder);
}

#[test]
fn what_was_to_be_done_can_be_had_again() {
    let mut desk = Desk::with(Course::divided());
    let mut effects = Vec::new();
    while desk.state() != State::Closed {
        effects.push(desk.go_on());
    }
    for (position, effects) in effects.iter().enumerate() {
        assert_eq!(desk.case.effects_of(position).as_ref(), Some(effects));
    }
    assert_eq!(desk.case.effects_of(effects.len()), None);
    assert_eq!(desk.case.effects_of(usize::MAX), None);
}

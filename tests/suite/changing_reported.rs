//! What is reported twice, or late, or stamped by others.

use peline::{
    change::{
        Effect, Event, Fact, FactKind, FaresOf, Missing, Outcome, Payment, Permission, Question,
        QuoteNumber, Reach, Refusal, State, Usage,
    },
    jiff::{ToSpan, civil::date},
};

use crate::desk::{
    AGENT, CASE, Course, DAY, Desk, EXPIRY, MAIL, OTHER_PAYER, PAYER, PHONE, changed_at, choose,
    dispatch, eur, fetched, itinerary, locator, minute, passed_on, payment, refused, repayments,
    text, undone, withdrawn,
};

#[test]
fn nothing_is_ordered_twice_because_it_is_reported_twice() {
    let mut desk = Desk::at(State::Documents);
    let mut changed = desk.course.changed();
    assert_eq!(desk.report(fetched(changed.clone())), []);
    changed.addressees.clear();
    assert_eq!(desk.report(fetched(changed)), []);
    assert_eq!(desk.attempt_event(changed_at(0)), Ok(vec![]));
    assert_eq!(desk.state(), State::Documents);
    // Once the tickets are wrong there are to be others.
    desk.go_to(State::Sending);
    let error = text("the ticket of somebody else");
    desk.report(Fact::ErrorFound { error });
    assert!(matches!(desk.go_on()[..], [Effect::IssueDocuments(_)]));
}

#[test]
fn the_same_figures_make_no_other_quote() {
    for state in [State::QuoteTold, State::Approval, State::Payment] {
        let mut desk = Desk::at(state);
        let (quote, approval) = (desk.quote().clone(), desk.approval().cloned());
        assert_eq!(desk.report(desk.priced()), []);
        assert_eq!((desk.state(), desk.quote()), (state, &quote));
        assert_eq!(desk.approval(), approval.as_ref());
        desk.close();
    }
    // After another choice they are figures for that.
    let mut desk = Desk::at(State::Approval);
    desk.report(choose(1));
    assert!(matches!(desk.go_on()[..], [Effect::TellQuote(_)]));
}

#[test]
fn what_a_person_answered_is_not_asked_again_for_the_same_rules() {
    let mut course = Course::new().permission(&Permission::Unknown);
    course.pricing.expires = minute(EXPIRY);
    let course = course.fares(500, 300).residual(None);
    let mut desk = Desk::with(course).to(State::QuoteTold);
    assert_eq!(desk.case.rulings().len(), 2);
    let as_found = Fact::RulesFound(desk.course.rules.clone());
    assert_eq!(desk.report(as_found), []);
    assert_eq!(desk.state(), State::QuoteTold);
    // Other rules are other rules, those that he made of them too.
    let settled = desk.case.rules().unwrap().clone();
    assert_eq!(
        desk.report(Fact::RulesFound(settled)),
        [Effect::TellRestrictions]
    );
}

#[test]
fn another_copy_begins_nothing_again() {
    let mut desk = Desk::at(State::Payment);
    desk.course.booking.addressees.clear();
    assert_eq!(desk.report(fetched(desk.course.booking.clone())), []);
    assert_eq!(desk.state(), State::Payment);
    assert!(desk.case.booking().unwrap().addressees.is_empty());
    desk.close();
}

#[test]
fn an_option_is_not_priced_before_its_booking_is_fetched_again() {
    let mut course = Course::new();
    course.pricing.expires = minute(60 * DAY);
    course.pricing.fares = FaresOf::Today(date(2026, 12, 4));
    let mut desk = Desk::with(course).to(State::Choice);
    desk.clock(32 * DAY);
    let booking = desk.course.booking.clone();
    let effects = desk.go_on();
    assert_eq!(
        effects.first(),
        Some(&Effect::FetchBooking(booking.id.clone()))
    );
    desk.refuses(fetched(booking), Refusal::UsageUnclear);
    // With the flight missed it is another booking, and nothing is on offer any more.
    desk.course.booking.usage = Usage::NoShow { flown: 0 };
    let booking = desk.course.booking.clone();
    let confirm = [Effect::Ask(Question::CurrentItinerary)];
    assert_eq!(desk.report(fetched(booking.clone())), confirm);
    assert_eq!(desk.case.chosen(), None);
    desk.go_to(State::QuoteTold);
    assert_eq!(desk.report(fetched(booking)), [], "once");
    desk.close();
}

#[test]
fn what_has_departed_is_neither_chosen_nor_priced() {
    let mut desk = Desk::at(State::Choice);
    let [chosen, rejected] = [FactKind::OptionChosen, FactKind::OptionsRejected].map(Missing::Fact);
    assert_eq!(desk.missing(), [chosen, rejected.clone()]);
    desk.clock(40 * DAY);
    assert_eq!(desk.missing(), [rejected]);
    assert!(!desk.may(FactKind::OptionChosen));
    desk.refuses(choose(1), Refusal::InThePast);
    let mut desk = Desk::at(State::Rebooking);
    desk.clock(40 * DAY);
    let effects = desk.report(refused());
    assert!(matches!(effects[..], [Effect::Repay(_)]), "{effects:?}");
    // Nor is it collected for again.
    let mut desk = Desk::with(Course::two()).to(State::Payment);
    desk.go_on();
    let failed = |desk: &mut Desk| desk.report(Fact::PaymentFailed { payer: OTHER_PAYER });
    assert_eq!(failed(&mut desk.clone()).len(), 1);
    desk.clock(40 * DAY);
    assert_eq!(failed(&mut desk), []);
}

/// What he said before he approved is not what he said last.
#[test]
fn a_withdrawal_that_is_older_than_the_approval_takes_back_nothing() {
    let withdrawn_at = |at| {
        let (contact, at) = (PHONE, minute(at));
        Event::new(CASE, AGENT, Fact::Withdrawn { contact, at })
    };
    let mut desk = Desk::at(State::Approval);
    desk.clock(60);
    desk.go_to(State::Payment);
    assert_eq!(desk.approval().unwrap().at(), minute(60));
    for state in [State::Payment, State::Rebooking, State::Documents] {
        desk.go_to(state);
        desk.clock(65);
        let older = desk.attempt_event(withdrawn_at(59));
        assert_eq!(older, Err(Refusal::TimeRunsBack), "{state}");
        desk.attempt_event(Event::new(
            CASE,
            AGENT,
            Fact::Contacted {
                contact: PHONE,
                note: text("wrote at noon that the price was too high"),
            },
        ))
        .unwrap();
    }
    let mut stops = Desk::at(State::Approval);
    stops.clock(60);
    stops.go_to(State::Rebooking);
    stops.clock(65);
    stops.attempt_event(withdrawn_at(60)).unwrap();
    assert_eq!(stops.state(), State::Stopping);
    // Nor is a wrong time reported again.
    let older = stops.attempt_event(withdrawn_at(59));
    assert_eq!(older, Err(Refusal::TimeRunsBack));
}

#[test]
fn a_withdrawal_counts_from_when_it_was_made() {
    for state in [State::Verification, State::Correction, State::Documents] {
        let mut desk = Desk::at(State::Rebooking);
        desk.clock(20);
        if state == State::Correction {
            desk.course.booked = Some(itinerary(&["BA11 LHR SIN 9 21:00"], &[]));
        }
        desk.attempt_event(changed_at(10)).unwrap();
        desk.go_to(state);
        let withdrawn_at = |at| {
            let (contact, at) = (PHONE, minute(at));
            Event::new(CASE, AGENT, Fact::Withdrawn { contact, at })
        };
        assert_eq!(desk.attempt_event(withdrawn_at(21)), Err(Refusal::NotYet));
        assert!(desk.may(FactKind::Withdrawn));
        let late = desk.attempt_event(withdrawn_at(10));
        assert_eq!(late, Err(Refusal::AlreadyChanged), "{state}");
        let effects = desk.attempt_event(withdrawn_at(9)).unwrap();
        assert!(effects.contains(&Effect::StopRebooking));
        assert_eq!((desk.state(), desk.approval()), (State::Stopping, None));
        assert!(desk.case.verified().is_none() && desk.case.mismatches().is_empty());
        let again = desk.attempt_event(changed_at(10));
        assert_eq!(again, Err(Refusal::AfterWithdrawal));
        let mut in_time = desk.clone();
        in_time.attempt_event(changed_at(9)).unwrap();
        assert_eq!(in_time.state(), State::Verification);
        assert_eq!(repayments(&desk.report(refused())), 1);
        assert_eq!(desk.case.outcome(), Some(Outcome::Withdrawn));
        desk.close();
    }
    let mut ticketed = Desk::at(State::Acknowledgement);
    let error = text("the name");
    ticketed.report(Fact::ErrorFound { error });
    ticketed.refuses(withdrawn(), Refusal::TicketsIssued);
}

#[test]
fn what_others_stamp_may_tell_no_seconds() {
    // Approved, and ordered, in the middle of a minute; paid, and changed, in that minute.
    let half = minute(10) + 30.seconds();
    let paid = |at| {
        Fact::PaymentReceived(Payment {
            at,
            ..payment("pay_0", PAYER, eur(260))
        })
    };
    let mut desk = Desk::at(State::Approval);
    let step = |desk: &mut Desk, fact, now| {
        let event = Event::new(CASE, AGENT, fact);
        match desk.case.clone().step(event, now) {
            Ok((case, _)) => {
                desk.case = case;
                Ok(())
            }
            Err(rejected) => Err(rejected.refusal()),
        }
    };
    let approved = desk.approved();
    step(&mut desk, approved, half).unwrap();
    let early = paid(minute(10) - 1.second());
    assert_eq!(step(&mut desk, early, half), Err(Refusal::BeforeApproval));
    step(&mut desk, paid(minute(10)), half).unwrap();
    let booking = || locator("KWJQPD");
    let changed = |at| Fact::Rebooked {
        booking: booking(),
        at,
    };
    let early = step(&mut desk, changed(minute(10) - 1.second()), half);
    assert_eq!(early, Err(Refusal::BeforeApproval));
    step(&mut desk, changed(minute(10)), half).unwrap();
    desk.clock(11);
    desk.close();
}

#[test]
fn what_is_on_record_can_be_found_wrong_and_answered_until_it_is_closed() {
    let found = || Fact::ErrorFound {
        error: text("the name"),
    };
    for give_up in [false, true] {
        let mut desk = Desk::at(State::Acknowledgement);
        if give_up {
            desk.report(Fact::AttemptMade { contact: PHONE });
            desk.report(Fact::AttemptMade { contact: PHONE });
            desk.report(Fact::GivenUp);
        }
        desk.go_to(State::Record);
        assert!(desk.may(FactKind::ErrorFound));
        desk.report(found());
        assert_eq!(desk.case.outcome(), None);
        desk.close();
        assert_eq!(desk.case.outcome(), Some(Outcome::Changed));
        assert!(!desk.may(FactKind::ErrorFound));
        desk.refuses(found(), Refusal::OutOfOrder);
    }
    for nothing_changed in [withdrawn(), passed_on()] {
        let mut desk = Desk::at(State::Rebooking);
        desk.report(nothing_changed);
        if desk.state() == State::Stopping {
            desk.go_on();
        }
        assert!(!desk.may(FactKind::ErrorFound) && !desk.may(FactKind::ItinerarySent));
        desk.refuses(found(), Refusal::OutOfOrder);
        desk.refuses(Fact::ItinerarySent { contact: MAIL }, Refusal::OutOfOrder);
    }
    // He could not be reached, and calls.
    let mut unreached = Desk::at(State::Sending);
    unreached.report(Fact::AttemptMade { contact: PHONE });
    unreached.report(Fact::AttemptMade { contact: PHONE });
    unreached.report(Fact::GivenUp);
    let mut sent = unreached.clone();
    sent.report(Fact::ItinerarySent { contact: MAIL });
    assert_eq!(
        (sent.state(), sent.case.outcome()),
        (State::Acknowledgement, None)
    );
    sent.close();
    assert_eq!(sent.case.outcome(), Some(Outcome::Changed));
    let (contact, reach) = (PHONE, Reach::Phone);
    let effects = unreached.report(Fact::ReachStated { contact, reach });
    assert_eq!(dispatch(&effects).client(), &Reach::Phone);
    assert_eq!(unreached.state(), State::Sending);
}

#[test]
fn a_sending_and_a_reach_that_are_reported_again_begin_nothing_anew() {
    let only_noted = |effects: &[Effect]| matches!(effects, [Effect::NoteContact { .. }]);
    let stated = |reach: &Reach| Fact::ReachStated {
        contact: PHONE,
        reach: reach.clone(),
    };
    let mut desk = Desk::at(State::Sending);
    let reach = desk.course.reach.clone();
    assert!(only_noted(&desk.report(stated(&reach))), "it goes there");
    let sent = Fact::ItinerarySent { contact: MAIL };
    let effects = desk.report(sent.clone());
    let ask = Effect::Ask(Question::Acknowledgement);
    assert_eq!(effects[..2], [Effect::RemindClient, ask.clone()]);
    let missing = desk.missing();
    for again in [sent.clone(), stated(&reach), sent] {
        assert!(only_noted(&desk.report(again)));
        assert_eq!(desk.state(), State::Acknowledgement);
        assert_eq!(desk.missing(), missing);
    }
    // Elsewhere it is sent once more.
    let effects = desk.report(stated(&Reach::Phone));
    assert_eq!(dispatch(&effects).client(), &Reach::Phone);
    assert_eq!(desk.state(), State::Sending);
    assert!(only_noted(&desk.report(stated(&Reach::Phone))));
    let effects = desk.report(Fact::ItinerarySent { contact: PHONE });
    assert!(effects.contains(&ask));
    // Who did not answer, and calls, gets it again where he got it.
    desk.report(Fact::AttemptMade { contact: PHONE });
    desk.report(Fact::AttemptMade { contact: PHONE });
    desk.report(Fact::GivenUp);
    let effects = desk.report(stated(&Reach::Phone));
    assert_eq!(dispatch(&effects).client(), &Reach::Phone);
}

#[test]
fn who_need_not_pay_any_more_is_told_so() {
    let stop = Effect::StopCollecting(QuoteNumber::new(1));
    let mut desk = Desk::with(Course::two()).to(State::Payment);
    assert_eq!(desk.report(desk.priced()), [], "nothing is new");
    desk.go_on();
    // One paid, the other need not: once.
    let effects = desk.report(Fact::CollectionStopped);
    assert_eq!((effects.first(), repayments(&effects)), (Some(&stop), 1));
    assert!(!desk.report(withdrawn()).contains(&stop));
    // Who has paid is not told.
    let mut paid = Desk::at(State::Payment);
    assert!(!paid.go_on().contains(&stop));
    // Another price within what the client said beforehand is another demand.
    let mut guarded = Desk::at(State::Approval);
    let (option, quote) = (guarded.quote().option(), guarded.quote().number());
    guarded.report(Fact::QuoteApproved {
        contact: PHONE,
        option,
        quote,
        tolerance: Some(eur(5)),
    });
    guarded.course.pricing.passengers[0].new_fare = eur(505);
    let effects = guarded.report(guarded.priced());
    let demand = Effect::CollectPayment {
        payer: PAYER,
        amount: eur(265),
        quote: QuoteNumber::new(2),
    };
    assert_eq!(effects, [stop, demand]);
}

#[test]
fn nothing_is_proved_of_what_is_passed_on_or_restored() {
    let mut passed = Desk::at(State::Documents);
    passed.report(passed_on());
    assert!(passed.case.verified().is_none());
    let mut wrong = Desk::at(State::Documents);
    wrong.report(Fact::Rebooked {
        booking: locator("KWJQPX"),
        at: minute(0),
    });
    assert!(wrong.case.verified().is_none());
    let mut corrected = Desk::at(State::Correction);
    assert_eq!(corrected.case.mismatches().len(), 1);
    corrected.report(undone());
    assert!(corrected.case.mismatches().is_empty());
}

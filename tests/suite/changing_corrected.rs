//! What was reported wrongly, came too late, or is looked up again.

use peline::{
    change::{
        Effect, Fact, FactKind, FaresOf, Fee, Missing, Obstacle, OpenRule, Outcome, Permission,
        Question, Refusal, State, Terms, Usage, Waiver,
    },
    jiff::civil::date,
};

use crate::{
    changing_accounts::waived,
    desk::{
        Course, DAY, Desk, EXPIRY, LATER, changed_at, eur, fetched, itinerary, locator, minute,
        passed_on, reference, refused, repayments, stop_collecting, text, ticket, withdrawn,
    },
};

#[test]
fn what_is_changed_after_the_client_withdrew_is_not_what_he_approved() {
    let mut desk = Desk::at(State::Rebooking);
    desk.clock(10);
    desk.report(withdrawn());
    desk.clock(40 * DAY);
    let late = desk.attempt_event(changed_at(11));
    assert_eq!(late, Err(Refusal::AfterWithdrawal));
    // Reported late, it may have been in time.
    let mut in_time = desk.clone();
    in_time.attempt_event(changed_at(10)).unwrap();
    assert_eq!(in_time.state(), State::Verification);
    // Else it is restored, or another case puts it right: in either his money goes back.
    for (fact, outcome) in [
        (refused(), Outcome::Withdrawn),
        (passed_on(), Outcome::PassedOn),
    ] {
        let mut desk = desk.clone();
        assert_eq!(repayments(&desk.report(fact)), 1);
        assert_eq!(desk.case.outcome(), Some(outcome));
        desk.close();
    }
    // Before the division there is nothing to pass on.
    let mut divided = Desk::with(Course::divided()).to(State::Division);
    divided.report(withdrawn());
    assert!(!divided.may(FactKind::PassedOn));
    divided.refuses(passed_on(), Refusal::OutOfOrder);
}

#[test]
fn what_is_changed_after_the_approval_died_and_cannot_be_restored_is_passed_on() {
    let mut desk = Desk::with(Course::free()).to(State::Rebooking);
    desk.clock(EXPIRY + 5);
    let late = desk.attempt_event(changed_at(EXPIRY));
    assert_eq!(late, Err(Refusal::QuoteExpired));
    // It may be that nobody told the supplier yet.
    assert!(desk.report(passed_on()).contains(&Effect::StopRebooking));
    assert_eq!((desk.state(), desk.approval()), (State::Record, None));
    assert_eq!(desk.case.outcome(), Some(Outcome::PassedOn));
    desk.close();
}

#[test]
fn a_wrong_locator_is_reported_again() {
    for state in [State::Verification, State::Correction, State::Documents] {
        let mut desk = Desk::at(state);
        let booking = locator("KWJQPX");
        let wrong = desk.report(Fact::Rebooked {
            booking: booking.clone(),
            at: minute(0),
        });
        assert_eq!(wrong, [Effect::FetchBooking(booking)]);
        desk.refuses(fetched(desk.course.changed()), Refusal::OtherBooking);
        desk.attempt_event(changed_at(0)).unwrap();
        assert_eq!(desk.attempt_event(changed_at(0)), Ok(vec![]), "it is known");
        assert_eq!(desk.state(), State::Verification);
        desk.course.booked = None;
        desk.close();
        assert_eq!(desk.case.outcome(), Some(Outcome::Changed));
    }
}

#[test]
fn what_the_agent_himself_finds_is_checked_issued_and_sent_again() {
    let found = |what: &str| Fact::ErrorFound { error: text(what) };
    for state in [State::Sending, State::Acknowledgement] {
        let mut desk = Desk::at(state);
        let changed = desk.course.changed();
        let fetch = [Effect::FetchBooking(changed.id.clone())];
        assert_eq!(desk.report(found("the ticket of somebody else")), fetch);
        assert!(!desk.may(FactKind::Rebooked), "it has tickets");
        let mut right = desk.clone();
        right.report(fetched(changed));
        let issued = vec![ticket("1.1", "9991234567899")];
        let effects = right.report(Fact::DocumentsIssued(issued));
        assert!(matches!(
            effects[..],
            [Effect::UpdateTrip(_), Effect::SendItinerary(_)]
        ));
        // Who acknowledged the others did not acknowledge these.
        assert!(!right.may(FactKind::Acknowledged));
        assert!(right.go_on().contains(&Effect::RemindClient));
        right.close();
        assert_eq!(right.case.outcome(), Some(Outcome::Changed));

        // The airline moved its flights.
        let mut moved = desk.course.changed();
        moved.itinerary = itinerary(&[LATER], &["DOE/JANE"]);
        let effects = desk.report(fetched(moved));
        assert!(matches!(effects[..], [Effect::CorrectBooking(_)]));
        desk.report(passed_on());
        assert!(
            !desk.missing().contains(&Missing::Reminder),
            "of what is wrong"
        );
        assert!(!desk.may(FactKind::ErrorReported));
        desk.close();
        assert_eq!(desk.case.outcome(), Some(Outcome::PassedOn));
    }
}

/// Between the rules and the order.
fn before_the_order() -> impl Iterator<Item = State> {
    let states = State::ALL.iter().copied();
    states.filter(|state| (State::Ruling..=State::Payment).contains(state))
}

#[test]
fn until_something_is_paid_other_rules_begin_at_step_2() {
    for state in before_the_order() {
        let mut desk = Desk::at(state);
        let mut rules = desk.course.rules.clone();
        for component in &mut rules.components {
            component.before_departure = Permission::Allowed(Fee::Flat(eur(0)));
        }
        rules.waiver = Some(Waiver {
            code: reference("WVR-4"),
            covers: text("the flight that is cancelled"),
        });
        let demanded = desk.state() == State::Payment;
        let mut effects = desk.report(Fact::RulesFound(rules));
        assert_eq!(stop_collecting(&mut effects), demanded);
        assert_eq!(effects, [Effect::TellRestrictions], "{state}");
        assert_eq!(desk.state(), State::RestrictionsTold);
        assert!(desk.case.options().is_empty() && desk.case.quote().is_none());
        assert_eq!(desk.approval(), None);
        desk.go_to(State::Options);
    }
    let mut paid = Desk::with(Course::two()).to(State::Payment);
    paid.go_on();
    assert!(!paid.may(FactKind::RulesFound) && !paid.may(FactKind::BookingFetched));
    assert!(!paid.may(FactKind::Priced));
    paid.refuses(
        Fact::RulesFound(paid.course.rules.clone()),
        Refusal::QuoteFrozen,
    );
    paid.refuses(fetched(paid.course.booking.clone()), Refusal::QuoteFrozen);
}

#[test]
fn until_something_is_paid_another_booking_begins_at_step_1() {
    for state in before_the_order() {
        let mut desk = Desk::at(state);
        desk.course.booking.itinerary = itinerary(&["BA11 LHR SIN 2 21:00"], &["DOE/JANE"]);
        let demanded = desk.state() == State::Payment;
        let mut effects = desk.report(fetched(desk.course.booking.clone()));
        assert_eq!(stop_collecting(&mut effects), demanded);
        assert_eq!(
            effects,
            [Effect::Ask(Question::CurrentItinerary)],
            "{state}"
        );
        assert_eq!((desk.case.rules(), desk.case.wish()), (None, None));
        assert!(desk.case.options().is_empty() && desk.case.quote().is_none());
        desk.close();
        assert!(desk.case.outcome().is_some());
    }
    for state in before_the_order() {
        let mut desk = Desk::at(state);
        let (missing, quote) = (desk.missing(), desk.case.quote().cloned());
        if state > State::Ruling {
            let as_found = Fact::RulesFound(desk.course.rules.clone());
            assert_eq!(desk.clone().report(as_found), []);
        }
        assert_eq!(desk.report(fetched(desk.course.booking.clone())), []);
        assert_eq!(
            (desk.state(), desk.missing()),
            (state, missing),
            "as it was"
        );
        assert_eq!(desk.case.quote(), quote.as_ref());
    }
    // Where it is asked about, it is asked again.
    let mut asked = Desk::at(State::ItineraryConfirmation);
    let again = asked.report(fetched(asked.course.booking.clone()));
    assert_eq!(again, [Effect::Ask(Question::CurrentItinerary)]);
    let mut open = Desk::at(State::Ruling);
    let again = open.report(Fact::RulesFound(open.course.rules.clone()));
    assert_eq!(again, [Effect::AskAirline(OpenRule::Permission)]);
    // Of a divided booking, only the part that stays.
    let mut divided = Desk::with(Course::divided()).to(State::Rebooking);
    divided.report(refused());
    assert_eq!(divided.state(), State::Quote);
    assert!(!divided.may(FactKind::BookingFetched));
    divided.refuses(
        fetched(divided.course.booking.clone()),
        Refusal::AlreadyDivided,
    );
}

/// The old flight departs on the first of December, the new one on the eighth.
#[test]
fn a_change_that_outlives_the_old_flight_is_not_priced_as_before_its_departure() {
    let mut course = Course::new();
    course.pricing.expires = minute(60 * DAY);
    course.pricing.fares = FaresOf::Today(date(2026, 12, 4));
    let mut desk = Desk::with(course).to(State::Quote);
    desk.clock(32 * DAY);
    desk.refuses(desk.priced(), Refusal::BookingOutdated);
    assert!(!desk.may(FactKind::Priced));
    assert_eq!(desk.missing(), [Missing::Fact(FactKind::BookingFetched)]);

    // Else the fee of before the departure would be quoted.
    desk.refuses(fetched(desk.course.booking.clone()), Refusal::UsageUnclear);
    desk.course.booking.usage = Usage::NoShow { flown: 0 };
    desk.report(fetched(desk.course.booking.clone()));
    desk.go_to(State::QuoteTold);
    // The fare, the fee for a no-show, the fee of the agency.
    assert_eq!(desk.quote().due(), eur(200 + 120 + 10));
    desk.close();
}

#[test]
fn a_quote_that_is_dead_once_the_old_flight_departed_has_no_other_before_the_booking_is_fetched() {
    for state in [State::QuoteTold, State::Approval, State::Payment] {
        let mut desk = Desk::at(state);
        desk.clock(32 * DAY);
        let fetch = [Missing::Fact(FactKind::BookingFetched)];
        assert_eq!(desk.missing(), fetch, "{state}");
        // Where it lives it is for a ticket that may be worth nothing by now.
        let mut course = Course::new();
        course.pricing.expires = minute(60 * DAY);
        let mut desk = Desk::with(course).to(state);
        let next = desk.normal();
        desk.clock(32 * DAY);
        assert_eq!(desk.missing(), fetch, "{state}");
        let mut on = desk.clone();
        if state == State::Payment {
            let effects = on.report(next);
            let again = Effect::FetchBooking(on.course.booking.id.clone());
            assert!(repayments(&effects) == 1 && effects.contains(&again));
        } else {
            on.refuses(next, Refusal::BookingOutdated);
        }
        // It cannot be as it was: the flight is flown or missed.
        desk.refuses(fetched(desk.course.booking.clone()), Refusal::UsageUnclear);
        desk.course.booking.usage = Usage::NoShow { flown: 0 };
        desk.course.pricing.fares = FaresOf::Today(date(2026, 12, 4));
        desk.report(fetched(desk.course.booking.clone()));
        assert_eq!(desk.state(), State::ItineraryConfirmation);
        desk.go_to(State::Rebooking);
    }
}

/// Whether the flight was flown or missed decides which fee counts, whenever the booking is fetched.
#[test]
fn a_flight_whose_day_has_passed_everywhere_is_not_still_to_come() {
    let flights = ["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 3 21:00"];
    let fetched_on = |minutes: i64, usage| {
        let mut desk = Desk::at(State::Booking);
        desk.course.booking.itinerary = itinerary(&flights, &["DOE/JANE"]);
        desk.course.booking.usage = usage;
        desk.clock(minutes);
        let fact = fetched(desk.course.booking.clone());
        desk.attempt(fact).map(drop)
    };
    let (used, missed) = (Usage::PartlyUsed { flown: 1 }, Usage::NoShow { flown: 0 });
    // On the second of December at noon in Greenwich the first is over everywhere.
    let [first, second] = [30 * DAY + 120, 32 * DAY + 120];
    for (usage, minutes, expected) in [
        (Usage::Unused, first - 1, Ok(())),
        (Usage::Unused, first, Err(Refusal::UsageUnclear)),
        (used, first, Ok(())),
        (missed, first, Ok(())),
        (used, second - 1, Ok(())),
        (used, second, Err(Refusal::UsageUnclear)),
        (missed, second, Err(Refusal::UsageUnclear)),
        (Usage::NoShow { flown: 1 }, second, Ok(())),
    ] {
        assert_eq!(fetched_on(minutes, usage), expected, "{usage:?} {minutes}");
    }
}

#[test]
fn rules_that_turn_out_to_forbid_the_change_lead_to_alternatives() {
    let mut desk = Desk::at(State::Approval);
    let mut rules = desk.course.rules.clone();
    rules.components[0].before_departure = Permission::NotAllowed;
    let effects = desk.report(Fact::RulesFound(rules));
    let sorry = Effect::OfferAlternatives(Obstacle::NotAllowed);
    assert_eq!(effects, [sorry]);
    desk.close();
}

/// Of a divided booking, only the part that stays could be fetched: the case goes on without.
#[test]
fn a_divided_booking_is_priced_as_it_was_fetched() {
    let mut course = Course::divided();
    course.pricing.expires = minute(60 * DAY);
    let mut desk = Desk::with(course).to(State::Rebooking);
    desk.report(refused());
    desk.repay();
    desk.clock(32 * DAY);
    desk.course.pricing.fares = FaresOf::Today(date(2026, 12, 4));
    assert_eq!(desk.missing(), [Missing::Fact(FactKind::Priced)]);
    desk.go_on();
    desk.close();
}

/// A charge within a waiver is priced again: not of a booking that is out of date.
#[test]
fn a_charge_within_a_waiver_needs_a_booking_that_is_not_out_of_date() {
    let mut course = waived(Terms::WithinWaiver).supplier(50, 0, 0);
    course.pricing.expires = minute(60 * DAY);
    let mut desk = Desk::with(course).to(State::DiscrepancyAcknowledgement);
    assert_eq!(desk.missing(), [Missing::Fact(FactKind::Priced)]);
    desk.clock(32 * DAY);
    assert_eq!(desk.missing(), [Missing::Fact(FactKind::BookingFetched)]);
}

/// Whichever of its flights departs first.
#[test]
fn each_flight_to_come_puts_the_booking_out_of_date() {
    let mut course = Course::new();
    course.booking.itinerary = itinerary(
        &["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 5 21:00"],
        &["DOE/JANE"],
    );
    course.booking.usage = Usage::NoShow { flown: 0 };
    course.pricing.expires = minute(60 * DAY);
    let mut desk = Desk::with(course);
    desk.go_on();
    desk.clock(31 * DAY);
    desk.go_to(State::Choice);
    desk.clock(36 * DAY);
    // It is fetched before it is priced.
    let fetch = Effect::FetchBooking(desk.course.booking.id.clone());
    assert!(desk.go_on().contains(&fetch));
    desk.refuses(desk.priced(), Refusal::BookingOutdated);
}

/// … and the one that was missed does not: that it is gone was known when the booking was fetched.
#[test]
fn the_flight_that_was_missed_does_not_put_the_booking_out_of_date() {
    let mut course = Course::two();
    let flights = ["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 20 21:00"];
    course.booking.itinerary = itinerary(&flights, &["DOE/JANE", "ROE/RICHARD"]);
    course.booking.usage = Usage::NoShow { flown: 0 };
    course.pricing.expires = minute(60 * DAY);
    course.pricing.fares = FaresOf::Today(date(2026, 12, 1));
    let mut desk = Desk::with(course);
    // On the evening of the first flight, a few hours before its day is over everywhere.
    desk.clock(29 * DAY + 13 * 60);
    desk.go_to(State::Payment);
    let first = desk.due_payment();
    desk.report(first);
    desk.clock(31 * DAY);
    let second = desk.due_payment();
    let effects = desk.report(second);
    assert!(
        matches!(effects[..], [Effect::Rebook(_), ..]),
        "{effects:?}"
    );
    assert_eq!(desk.state(), State::Rebooking);
}

//! A change whose flights leave, or are sold out, before it is made.

use peline::{
    change::{
        Effect, Event, Fact, FactKind, FaresOf, KnockOn, Missing, Obstacle, Payment, Refusal,
        State, Stay,
    },
    jiff::civil::date,
};

use crate::desk::{
    AGENT, Course, Desk, EXPIRY, OTHER_PAYER, minute, option, reference, repayments,
    stop_collecting,
};

const DAY: i64 = 24 * 60;
/// The day of the flight is over everywhere.
const DEPARTED: i64 = 38 * DAY;

/// Back on the 8th, out on the 20th: an itinerary can be listed in any order.
const NOT_IN_ORDER: [&str; 2] = ["BA11 LHR SIN 20 21:00", "BA12 SIN LHR 8 21:00"];

/// With a quote that outlives the flight.
fn long(mut course: Course) -> Course {
    course.pricing.expires = minute(100 * DAY);
    course
}

fn another_wish() -> [Missing; 2] {
    [FactKind::WishStated, FactKind::NothingAvailable].map(Missing::Fact)
}

#[test]
fn a_quote_is_neither_told_nor_approved_once_its_flight_has_departed() {
    let mut desk = Desk::with(long(Course::free())).to(State::QuoteTold);
    let tell = desk.tell_quote(KnockOn::NothingKnown);
    desk.clock(DEPARTED);
    desk.refuses(tell.clone(), Refusal::InThePast);
    assert!(!desk.may(FactKind::QuoteTold));
    // No quote can hold any more.
    assert_eq!(desk.missing(), another_wish());
    assert!(!desk.may(FactKind::Priced));
    desk.clock(1);
    desk.report(tell);
    let approved = desk.approved();
    desk.clock(DEPARTED);
    desk.refuses(approved, Refusal::InThePast);
    assert!(!desk.may(FactKind::QuoteApproved));
}

#[test]
fn no_price_is_missing_once_the_flight_has_departed() {
    for state in [
        State::Quote,
        State::QuoteTold,
        State::Approval,
        State::Payment,
    ] {
        let mut desk = Desk::with(long(Course::two())).to(state);
        desk.clock(DEPARTED);
        assert_eq!(desk.missing(), another_wish(), "{state}");
        assert!(!desk.may(FactKind::Priced) && desk.may(FactKind::WishStated));
        let priced = desk.priced();
        assert!(desk.attempt(priced).is_err(), "{state}");
    }
    // Nor has anybody to say anything of one.
    for (state, course, fact) in [
        (
            State::DiscrepancyAcknowledgement,
            Course::new().supplier(255, 0, 0),
            FactKind::DiscrepancyAcknowledged,
        ),
        (
            State::ResidualRuling,
            Course::new().fares(500, 300).residual(None),
            FactKind::Ruled,
        ),
    ] {
        let mut desk = Desk::with(long(course)).to(state);
        assert_eq!(desk.missing(), [Missing::Fact(fact)]);
        let normal = desk.normal();
        desk.clock(DEPARTED);
        assert_eq!(desk.missing(), another_wish(), "{state}");
        if fact == FactKind::DiscrepancyAcknowledged {
            desk.refuses(normal, Refusal::InThePast);
            assert!(!desk.may(fact));
        }
    }
    // What came in goes back first.
    let mut desk = Desk::with(long(Course::two())).to(State::Payment);
    let first = desk.due_payment();
    desk.report(first);
    desk.clock(DEPARTED);
    let stopped = Missing::Fact(FactKind::CollectionStopped);
    assert_eq!(desk.missing(), [stopped]);
    desk.report(Fact::CollectionStopped);
    assert_eq!(desk.state(), State::Quote);
}

#[test]
fn a_payment_behind_the_departure_orders_nothing_and_all_goes_back() {
    let mut desk = Desk::with(long(Course::two())).to(State::Payment);
    let first = desk.due_payment();
    desk.report(first);
    let second = desk.due_payment();
    desk.clock(DEPARTED);
    let effects = desk.report(second);
    assert_eq!(repayments(&effects), 2);
    assert!(!effects.iter().any(|it| matches!(it, Effect::Rebook(_))));
    assert_eq!((desk.state(), desk.approval()), (State::Quote, None));
}

#[test]
fn a_division_behind_the_departure_orders_nothing_and_all_goes_back() {
    let mut desk = Desk::with(long(Course::divided())).to(State::Division);
    desk.clock(DEPARTED);
    let effects = desk.go_on();
    assert_eq!(repayments(&effects), 1);
    assert_eq!(desk.state(), State::Quote);
}

#[test]
fn no_flight_that_is_still_to_be_flown_may_have_departed_in_whatever_order_they_are_listed() {
    let mut course = Course::new();
    course.options = vec![option(&NOT_IN_ORDER)];
    let mut desk = Desk::with(course).to(State::Quote);
    let mut pricing = desk.course.pricing.clone();
    pricing.expires = minute(DEPARTED + DAY);
    pricing.fares = FaresOf::Today(date(2026, 12, 10));
    desk.clock(DEPARTED);
    desk.refuses(Fact::Priced(Box::new(pricing)), Refusal::InThePast);
}

#[test]
fn nobody_stays_less_than_no_time() {
    let mut course = Course::new();
    course.options = vec![option(&NOT_IN_ORDER)];
    course.options[0].stay = Stay {
        minimum: None,
        maximum: Some(3),
        returns_with: Some(1),
    };
    let mut desk = Desk::with(course).to(State::Options);
    desk.refuses(desk.normal(), Refusal::StayNotMet);
}

#[test]
fn an_option_can_be_gone_until_somebody_has_paid() {
    for state in [State::QuoteTold, State::Approval, State::Payment] {
        let mut desk = Desk::with(Course::two()).to(state);
        assert!(desk.may(FactKind::NothingAvailable));
        let demanded = desk.state() == State::Payment;
        let mut effects = desk.report(Fact::NothingAvailable);
        assert_eq!(stop_collecting(&mut effects), demanded);
        let alternatives = Effect::OfferAlternatives(Obstacle::NothingAvailable);
        assert_eq!(effects, [alternatives], "{state}");
        assert_eq!((desk.case.quote(), desk.approval()), (None, None));
        desk.close();
    }
    // Then his money goes back first.
    let mut desk = Desk::with(Course::two()).to(State::Payment);
    let first = desk.due_payment();
    desk.report(first);
    assert!(!desk.may(FactKind::NothingAvailable));
    desk.refuses(Fact::NothingAvailable, Refusal::QuoteFrozen);
    assert_eq!(repayments(&desk.report(Fact::CollectionStopped)), 1);
    desk.report(Fact::NothingAvailable);
    assert_eq!(desk.state(), State::Alternatives);
}

#[test]
fn a_payment_that_came_too_late_by_itself_is_due_once_one_in_time_is_reported() {
    let mut desk = Desk::with(Course::two()).to(State::Payment);
    let at = |mut fact: Fact, at| {
        if let Fact::PaymentReceived(Payment { at: then, .. }) = &mut fact {
            *then = minute(at);
        }
        Event::new(desk.case.id(), AGENT, fact)
    };
    let in_time = at(desk.due_payment(), EXPIRY - 1);
    let mut other = desk.due_payment();
    if let Fact::PaymentReceived(payment) = &mut other {
        payment.payer = OTHER_PAYER;
        payment.reference = reference("other");
    }
    let late = at(other, EXPIRY + 1);
    desk.clock(EXPIRY + 5);
    assert_eq!(desk.attempt_event(late.clone()), Err(Refusal::QuoteExpired));
    desk.attempt_event(in_time).unwrap();
    desk.attempt_event(late).unwrap();
    assert_eq!(desk.state(), State::Rebooking);
}

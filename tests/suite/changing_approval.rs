//! The fourth step of changing a flight: what it costs, and what the client approved.

use peline::change::{Fact, Missing, QuoteNumber, Refusal, State};

use crate::desk::{
    Course, Desk, EXPIRY, LATER, MAIL, PHONE, amount, approved, choose, eur, locator, minute,
    option, text, totals, wish,
};

#[test]
fn approval_names_option_and_quote() {
    let mut desk = Desk::at(State::Approval);
    let (option, quote) = (desk.quote().option(), desk.quote().number());
    let other_option = peline::change::OptionNumber::new(2);
    desk.refuses(approved(other_option, quote), Refusal::OtherOption);
    let other_quote = approved(option, QuoteNumber::new(2));
    desk.refuses(other_quote, Refusal::OtherQuote);
    desk.report(approved(option, quote));
    let approval = desk.approval().unwrap();
    assert_eq!((approval.option(), approval.quote()), (option, quote));
}

#[test]
fn approval_is_needed_even_when_nothing_is_due() {
    let mut desk = Desk::with(Course::free()).to(State::Approval);
    assert!(desk.quote().due().is_zero());
    let rebooked = Fact::Rebooked {
        booking: locator("KWJQPD"),
        at: minute(0),
    };
    desk.refuses(rebooked, Refusal::OutOfOrder);
    desk.go_on();
    assert_eq!(desk.state(), State::Rebooking);
}

#[test]
fn approval_dies_with_the_quote_that_expired() {
    for (course, states) in [
        (
            Course::new(),
            &[State::QuoteTold, State::Approval, State::Payment][..],
        ),
        (
            Course::free(),
            &[State::QuoteTold, State::Approval, State::Rebooking],
        ),
    ] {
        for state in states {
            let mut desk = Desk::with(course.clone()).to(*state);
            let due = desk.normal();
            let stands = *state > State::Approval;
            desk.clock(EXPIRY - 1);
            assert_eq!(desk.approval().is_some(), stands, "{state}");
            assert!(desk.clone().attempt(due.clone()).is_ok(), "{state}");
            // At the moment of expiry, not behind it.
            desk.clock(EXPIRY);
            assert_eq!(desk.approval(), None, "{state}");
            desk.refuses(due, Refusal::QuoteExpired);
            if *state == State::Rebooking {
                // The order is out: what came of it is awaited first.
                desk.report(Fact::RebookingRefused {
                    reason: text("it is too late"),
                });
            } else {
                assert_eq!(desk.missing(), [Missing::LiveQuote(QuoteNumber::new(1))]);
            }
            // A new quote for the same option needs a new approval.
            desk.course.pricing.expires = minute(2 * EXPIRY);
            desk.report(desk.priced());
            assert_eq!(desk.approval(), None);
            desk.refuses(
                approved(desk.quote().option(), QuoteNumber::new(1)),
                Refusal::OutOfOrder,
            );
            desk.go_to(State::Verification);
        }
    }
}

#[test]
fn an_approval_that_is_being_paid_or_was_carried_out_does_not_expire() {
    for course in [Course::two(), Course::free()] {
        let mut desk = Desk::with(course).to(State::Approval);
        assert_eq!(desk.approval(), None);
        desk.go_on();
        let approval = desk.approval().cloned();
        if desk.state() == State::Payment {
            desk.go_on();
            desk.clock(EXPIRY);
            assert_eq!(
                (desk.state(), desk.approval()),
                (State::Payment, approval.as_ref())
            );
        }
        desk.go_to(State::Verification);
        for state in [State::Verification, State::Record, State::Closed] {
            desk.go_to(state);
            desk.clock(2 * EXPIRY);
            assert_eq!(desk.approval(), approval.as_ref(), "{state}");
        }
    }
}

#[test]
fn approval_dies_with_the_quote_that_is_repriced_or_replaced() {
    // The same figures, for longer.
    let mut desk = Desk::at(State::Payment);
    desk.course.pricing.expires = minute(EXPIRY + 1);
    desk.report(desk.priced());
    assert_eq!(desk.quote().number(), QuoteNumber::new(2));
    assert_eq!((desk.state(), desk.approval()), (State::QuoteTold, None));
    // Another option: a new quote and a new approval.
    let mut course = Course::new();
    course.options.push(option(&[LATER]));
    let mut desk = Desk::with(course).to(State::Payment);
    desk.report(choose(2));
    assert_eq!((desk.state(), desk.case.quote()), (State::Quote, None));
    assert_eq!(desk.approval(), None);
    desk.go_to(State::Approval);
    assert_eq!(desk.quote().number(), QuoteNumber::new(2));
    let old = approved(peline::change::OptionNumber::new(1), QuoteNumber::new(2));
    desk.refuses(old, Refusal::OtherOption);
    // Another wish: from the options on.
    let mut desk = Desk::at(State::Payment);
    desk.report(wish(desk.course.wish.clone()));
    assert_eq!((desk.state(), desk.approval()), (State::Options, None));
}

#[test]
fn within_the_tolerance_of_the_client_a_later_quote_passes() {
    for (new_fare, tolerance, passes) in [
        (505, "EUR 5.00", true),
        (506, "EUR 5.00", false),
        (499, "EUR 0.00", true),
        (500, "EUR 0.00", true),
    ] {
        let mut desk = Desk::at(State::Approval);
        desk.report(Fact::QuoteApproved {
            contact: PHONE,
            option: desk.quote().option(),
            quote: desk.quote().number(),
            tolerance: Some(amount(tolerance)),
        });
        desk.course.pricing.passengers[0].new_fare = eur(new_fare);
        desk.report(desk.priced());
        let state = match passes {
            true => State::Payment,
            false => State::QuoteTold,
        };
        assert_eq!(desk.state(), state, "{new_fare} {tolerance}");
        assert_eq!(desk.approval().is_some(), passes);
    }
}

/// Approved by mail after seven minutes, with a tolerance of five.
fn guarded() -> Desk {
    let mut desk = Desk::at(State::Approval);
    desk.clock(7);
    desk.report(Fact::QuoteApproved {
        contact: MAIL,
        option: desk.quote().option(),
        quote: desk.quote().number(),
        tolerance: Some(eur(5)),
    });
    desk
}

#[test]
fn the_approval_says_what_the_client_saw_and_how_much_worse_it_may_get() {
    let mut desk = guarded();
    let [seen, later] = [1, 2].map(QuoteNumber::new);
    for quote in [seen, later] {
        let approval = desk.approval().unwrap();
        assert_eq!((approval.contact(), approval.at()), (MAIL, minute(7)));
        assert_eq!((approval.quote(), approval.seen().number()), (quote, seen));
        assert_eq!(approval.option(), desk.quote().option());
        assert_eq!(approval.tolerance(), Some(eur(5)));
        desk.clock(8);
        desk.course.pricing.expires = minute(EXPIRY + 1);
        desk.report(desk.priced());
    }
    let unguarded = Desk::at(State::Payment);
    assert_eq!(unguarded.approval().unwrap().tolerance(), None);
}

#[test]
fn where_the_supplier_says_something_else_no_tolerance_saves_the_approval() {
    let mut desk = guarded();
    desk.course.pricing.passengers[0].supplier = Some(totals(251, 0, 0));
    desk.report(desk.priced());
    assert_eq!(desk.state(), State::DiscrepancyAcknowledgement);
    assert_eq!(desk.approval(), None);
}

#[test]
fn a_quote_says_until_when_it_holds() {
    let desk = Desk::at(State::QuoteTold);
    assert_eq!(desk.quote().expires(), minute(EXPIRY));
    assert!(desk.quote().is_live_at(minute(EXPIRY - 1)));
    assert!(!desk.quote().is_live_at(minute(EXPIRY)));
}

#[test]
fn the_tolerance_does_not_bring_back_an_approval_that_expired() {
    let mut desk = Desk::at(State::Approval);
    desk.report(Fact::QuoteApproved {
        contact: PHONE,
        option: desk.quote().option(),
        quote: desk.quote().number(),
        tolerance: Some(eur(5)),
    });
    desk.clock(EXPIRY);
    desk.course.pricing.expires = minute(2 * EXPIRY);
    desk.report(desk.priced());
    assert_eq!((desk.state(), desk.approval()), (State::QuoteTold, None));
}

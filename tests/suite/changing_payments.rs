//! Payments for a change that should not be: of the wrong amount, twice, too late.

use peline::change::{
    Effect, Fact, Missing, Movement, PassengerKind, PaymentUse, RecordItem, Refusal,
    RepaymentNumber, RepaymentReason, State,
};

use crate::desk::{
    Course, Desk, EXPIRY, OTHER_PAYER, PAYER, amount, arrived, eur, minute, received, reference,
    repaid,
};

#[test]
fn the_paid_amount_is_the_amount_due_in_its_currency() {
    for (fact, refusal) in [
        (
            received("pay_0", PAYER, amount("EUR 259.99")),
            Refusal::WrongAmount,
        ),
        (
            received("pay_0", PAYER, amount("EUR 260.01")),
            Refusal::WrongAmount,
        ),
        (received("pay_0", PAYER, eur(0)), Refusal::WrongAmount),
        (
            received("pay_0", PAYER, amount("USD 260.00")),
            Refusal::WrongCurrency,
        ),
        (
            received("pay_0", PAYER, amount("JPY 26000")),
            Refusal::WrongCurrency,
        ),
        (
            received("pay_0", OTHER_PAYER, eur(260)),
            Refusal::NothingDue,
        ),
        // What is awaited is not money that came in by itself.
        (arrived("pay_0", PAYER, eur(260)), Refusal::PaymentIsDue),
    ] {
        let mut desk = Desk::at(State::Payment);
        desk.refuses(fact, refusal);
    }
}

#[test]
fn nobody_pays_nothing() {
    // Richard's ticket costs nothing.
    let mut course = Course::two();
    course.booking.passengers[1].kind = PassengerKind::InfantOnLap;
    course.pricing.passengers[1].new_fare = eur(300);
    course.pricing.passengers[1].service_fee = eur(0);
    let mut desk = Desk::with(course).to(State::Payment);
    assert_eq!(desk.missing().len(), 1);
    desk.refuses(received("pay_9", OTHER_PAYER, eur(0)), Refusal::NothingDue);
    desk.go_on();
    assert_eq!(desk.state(), State::Rebooking);
}

#[test]
fn the_same_reference_twice_does_nothing_and_with_another_content_it_is_refused() {
    let mut paid = Desk::with(Course::two()).to(State::Payment);
    paid.go_on();
    for state in [
        State::Payment,
        State::Rebooking,
        State::Documents,
        State::Record,
        State::Closed,
    ] {
        paid.go_to(state);
        let mut desk = paid.clone();
        desk.ignores(received("pay_0", PAYER, eur(260)));
        desk.ignores(arrived("pay_0", PAYER, eur(260)));
        for (payer, amount) in [
            (OTHER_PAYER, eur(260)),
            (PAYER, eur(261)),
            (PAYER, amount("USD 260.00")),
        ] {
            desk.refuses(received("pay_0", payer, amount), Refusal::ReferenceReused);
            desk.refuses(arrived("pay_0", payer, amount), Refusal::ReferenceReused);
        }
    }
}

#[test]
fn the_same_payer_does_not_pay_twice() {
    let mut desk = Desk::with(Course::two()).to(State::Payment);
    desk.go_on();
    desk.refuses(received("pay_9", PAYER, eur(260)), Refusal::NothingDue);
    // It did arrive: it goes back, and pays for nobody else.
    let effects = desk.report(arrived("pay_9", PAYER, eur(260)));
    assert!(matches!(&effects[..], [Effect::Repay(back)] if back.what().amount == eur(260)));
    assert_eq!(desk.state(), State::Payment);
}

#[test]
fn money_that_came_too_late_goes_back() {
    let mut desk = Desk::at(State::Payment);
    desk.clock(EXPIRY);
    desk.refuses(received("pay_0", PAYER, eur(260)), Refusal::QuoteExpired);
    let effects = desk.report(arrived("pay_0", PAYER, eur(260)));
    assert_eq!(effects.len(), 1);
    assert_eq!(desk.owed().len(), 1);
    // It does not pay for the next quote either.
    desk.course.pricing.expires = minute(2 * EXPIRY);
    desk.report(desk.priced());
    desk.go_to(State::Payment);
    desk.ignores(received("pay_0", PAYER, eur(260)));
    assert_eq!(desk.missing().len(), 2);
}

#[test]
fn money_that_arrives_in_any_state_is_recorded_and_goes_back() {
    for state in State::ALL {
        let mut desk = Desk::at(*state);
        for (at, amount) in [eur(1), amount("JPY 77"), amount("KWD 0.001")]
            .into_iter()
            .enumerate()
        {
            let text = format!("stray_{at}");
            let owed = desk.owed().len();
            let effects = desk.report(arrived(&text, OTHER_PAYER, amount));
            let [Effect::Repay(back), ..] = &effects[..] else {
                panic!("{state}: {effects:?}")
            };
            assert_eq!(back.what().amount, amount);
            assert_eq!(back.why(), &RepaymentReason::NotDue(reference(&text)));
            assert_eq!(desk.owed().len(), owed + 1, "{state}");
            let number = back.number();
            let used = desk
                .case
                .payments()
                .find(|(it, _)| it.reference == reference(&text));
            assert_eq!(used.unwrap().1, PaymentUse::GoesBack(number));
            assert!(
                desk.missing().contains(&Missing::Repayment(number)),
                "{state}"
            );
        }
        // A closed case is open again until it is back and on record.
        if *state == State::Closed {
            assert_eq!(desk.state(), State::Record);
            desk.refuses(Fact::Closed, Refusal::MoneyOwed);
            desk.close();
        }
    }
}

#[test]
fn nothing_is_not_money_that_goes_back() {
    let mut desk = Desk::at(State::Rules);
    let _: Result<_, _> = desk.attempt(arrived("stray_0", PAYER, eur(0)));
    assert_eq!(desk.owed(), [], "nothing has to go back");
}

#[test]
fn repayments_that_are_unknown_or_repeated() {
    let mut desk = Desk::at(State::Payment);
    for unknown in [0, 1, u32::MAX] {
        let unknown = repaid(RepaymentNumber::new(unknown));
        desk.refuses(unknown, Refusal::UnknownRepayment);
    }
    desk.report(arrived("stray_0", PAYER, eur(1)));
    let number = desk.owed()[0].0;
    desk.report(repaid(number));
    assert_eq!(desk.owed(), []);
    desk.ignores(repaid(number));
    let again = Fact::Repaid {
        repayment: number,
        reference: reference("refund_again"),
    };
    desk.refuses(again.clone(), Refusal::AlreadyRepaid);
    desk.close();
    desk.ignores(repaid(number));
    desk.refuses(again, Refusal::AlreadyRepaid);
}

#[test]
fn a_receipt_is_of_money_that_moved() {
    let mut desk = Desk::at(State::Record);
    for of in [
        Movement::Payment(reference("pay_9")),
        Movement::Repayment(RepaymentNumber::new(1)),
    ] {
        let kept_as = reference("receipts/17");
        let filed = Fact::Filed(RecordItem::Receipt { of, kept_as });
        desk.refuses(filed, Refusal::UnknownMovement);
    }
}

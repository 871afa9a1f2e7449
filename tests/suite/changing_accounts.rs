//! Who pays what for a change: payers, suppliers, waivers.

use peline::change::{
    Amount, DiscrepancyKind, Effect, Fact, FactKind, FareChange, Missing, Payee, PayerId,
    Permission, QuoteNumber, Refusal, ResidualRule, ReturnTo, State, Terms, Waiver,
};

use crate::desk::{
    Course, Desk, JANE, OTHER_PAYER, PAYER, RICHARD, eur, name, passenger, price, reference, text,
    totals,
};

/// Jane pays 200 more and the fee, Richard gets 200 less the fee back; both owe a service fee of 10.
fn up_and_down(payer: PayerId, rule: ResidualRule) -> Course {
    let mut course = Course::two().residual(Some(rule));
    course.booking.passengers[1].payer = payer;
    course.pricing.passengers[1] = price(RICHARD, 500, 300);
    course
}

/// Payer, due, back.
fn accounts(desk: &Desk) -> Vec<(PayerId, Amount, Amount)> {
    let accounts = desk.quote().accounts().iter();
    accounts
        .map(|it| (it.payer(), it.due(), it.refund()))
        .collect()
}

#[test]
fn passengers_are_settled_apart_and_netted_for_the_same_payer_only() {
    let apart = up_and_down(OTHER_PAYER, ResidualRule::Refund);
    let desk = Desk::with(apart).to(State::QuoteTold);
    let expected = [(PAYER, eur(260), eur(0)), (OTHER_PAYER, eur(10), eur(150))];
    assert_eq!(accounts(&desk), expected);
    assert_eq!(desk.quote().due(), eur(270));

    let together = up_and_down(PAYER, ResidualRule::Refund);
    let desk = Desk::with(together).to(State::QuoteTold);
    assert_eq!(accounts(&desk), [(PAYER, eur(120), eur(0))]);
    assert_eq!(desk.quote().returned().count(), 0);
    // Each settlement is as it was.
    let dues = desk
        .quote()
        .passengers()
        .iter()
        .map(|it| it.settlement().due());
    assert_eq!(dues.collect::<Vec<_>>(), [eur(250), eur(0)]);
}

#[test]
fn what_is_over_after_netting_goes_back() {
    let mut course = up_and_down(PAYER, ResidualRule::Refund);
    course.pricing.passengers[1] = price(RICHARD, 900, 300);
    let desk = Desk::with(course).to(State::QuoteTold);
    // 550 back, 250 due; and the service fees.
    assert_eq!(accounts(&desk), [(PAYER, eur(20), eur(300))]);
}

#[test]
fn a_voucher_stays_with_the_passenger() {
    let course = up_and_down(PAYER, ResidualRule::Voucher);
    let desk = Desk::with(course).to(State::QuoteTold);
    assert_eq!(accounts(&desk), [(PAYER, eur(320), eur(0))]);
    let returned: Vec<_> = desk.quote().returned().collect();
    let [(payee, what)] = returned[..] else {
        panic!("{returned:?}")
    };
    assert_eq!(payee, Payee::Passenger(name(RICHARD)));
    assert_eq!((what.amount, what.to), (eur(200), ReturnTo::Voucher));
}

#[test]
fn no_credit_sets_off_against_the_service_fee() {
    let mut course = Course::new().residual(Some(ResidualRule::Refund));
    course.pricing.passengers[0] = price(JANE, 500, 300);
    let desk = Desk::with(course).to(State::QuoteTold);
    assert_eq!(accounts(&desk), [(PAYER, eur(10), eur(150))]);
    let quoted = &desk.quote().passengers()[0];
    assert_eq!(
        (quoted.service_fee(), quoted.totals().due),
        (eur(10), eur(0))
    );
}

#[test]
fn the_new_total_is_that_of_all_new_tickets() {
    let mut course = Course::two();
    course.pricing.passengers[1].new_fare = eur(420);
    let course = course.tax("GB", 60, 75, peline::change::Excess::Kept);
    let desk = Desk::with(course).to(State::QuoteTold);
    assert_eq!(desk.quote().new_total(), eur(995));
}

#[test]
fn an_infant_of_another_payer_is_settled_for_that_payer() {
    let mut course = Course::two();
    let infant = peline::change::PassengerKind::InfantOnLap;
    course.booking.passengers[1] = passenger(RICHARD, infant, OTHER_PAYER);
    let desk = Desk::with(course).to(State::QuoteTold);
    let expected = [(PAYER, eur(260), eur(0)), (OTHER_PAYER, eur(210), eur(0))];
    assert_eq!(accounts(&desk), expected);
}

// ── The supplier ────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_total_of_the_supplier_counts_where_it_differs() {
    let mut desk = Desk::with(Course::new().supplier(255, 0, 0)).to(State::Quote);
    let effects = desk.go_on();
    let quote = QuoteNumber::new(1);
    assert!(effects.contains(&Effect::ShowDiscrepancies(quote)));
    let [found] = desk.quote().discrepancies() else {
        panic!("one discrepancy")
    };
    assert_eq!(found.kind(), DiscrepancyKind::Totals);
    assert_eq!(
        (found.ours(), found.theirs()),
        (totals(250, 0, 0), totals(255, 0, 0))
    );
    assert_eq!(found.passenger(), name(JANE));
    // The agent acknowledges it, before the client hears of the quote.
    let acknowledged = Missing::Fact(FactKind::DiscrepancyAcknowledged);
    assert_eq!(desk.missing(), [acknowledged]);
    let told = desk.tell_quote(peline::change::KnockOn::NothingKnown);
    desk.refuses(told, Refusal::OutOfOrder);
    desk.refuses(desk.approved(), Refusal::OutOfOrder);
    let other = QuoteNumber::new(2);
    desk.refuses(
        Fact::DiscrepancyAcknowledged { quote: other },
        Refusal::OtherQuote,
    );
    desk.report(Fact::DiscrepancyAcknowledged { quote });
    // The client approves, and pays, the supplier's sum.
    assert_eq!(desk.quote().due(), eur(265));
    desk.go_to(State::Approval);
    let effects = desk.go_on();
    let collect = Effect::CollectPayment {
        payer: PAYER,
        amount: eur(265),
        quote,
    };
    assert!(effects.contains(&collect));
    // A later difference is a new quote, and needs a new approval.
    desk.course = Course::new().supplier(256, 0, 0);
    desk.report(desk.priced());
    assert_eq!(desk.quote().number(), other);
    assert_eq!(desk.state(), State::DiscrepancyAcknowledgement);
    assert_eq!(desk.approval(), None);
}

#[test]
fn the_same_total_is_no_discrepancy_and_each_part_of_another_one_is() {
    for (due, refund, voucher, same) in [
        (250, 0, 0, true),
        (249, 0, 0, false),
        (250, 1, 0, false),
        (250, 0, 1, false),
    ] {
        let course = Course::new().supplier(due, refund, voucher);
        let mut desk = Desk::with(course).to(State::Quote);
        desk.go_on();
        assert_eq!(desk.quote().discrepancies().is_empty(), same);
        let state = match same {
            true => State::QuoteTold,
            false => State::DiscrepancyAcknowledgement,
        };
        assert_eq!(desk.state(), state);
    }
}

// ── The airline's doing ─────────────────────────────────────────────────────────────────────────

/// The airline moved the flight, whatever its rules say.
pub(crate) fn waived(terms: Terms) -> Course {
    let mut course = Course::new().permission(&Permission::NotAllowed);
    course.rules.waiver = Some(Waiver {
        code: reference("WVR17"),
        covers: text("any flight of the same week"),
    });
    course.options[0].terms = terms;
    if terms == Terms::WithinWaiver {
        course.options[0].fare = FareChange::Same;
    }
    course.pricing.passengers[0].service_fee = eur(0);
    course
}

#[test]
fn within_the_waiver_nothing_is_due_and_nothing_goes_back() {
    for (old, new, tax) in [(300, 500, 90), (500, 300, 30), (300, 300, 60)] {
        let course = waived(Terms::WithinWaiver)
            .fares(old, new)
            .tax("GB", 60, tax, peline::change::Excess::Refundable)
            .residual(Some(ResidualRule::Refund));
        let mut desk = Desk::with(course).to(State::Approval);
        assert!(desk.quote().due().is_zero());
        assert_eq!(desk.quote().returned().count(), 0);
        assert_eq!(desk.quote().new_total(), eur(new + tax));
        desk.go_on();
        assert_eq!(desk.state(), State::Rebooking);
        desk.close();
    }
}

#[test]
fn within_the_waiver_no_rule_of_the_fare_stands_in_the_way() {
    let mut course = waived(Terms::WithinWaiver).fares(500, 300).residual(None);
    course.rules.components[0].floor = peline::change::FareFloor::EqualOrHigher;
    let mut desk = Desk::with(course).to(State::Approval);
    assert!(desk.quote().due().is_zero());
    desk.close();
}

#[test]
fn a_charge_of_the_supplier_within_the_waiver_blocks_the_approval() {
    let course = waived(Terms::WithinWaiver).supplier(1, 0, 0);
    let mut desk = Desk::with(course).to(State::DiscrepancyAcknowledgement);
    let kinds = desk.quote().discrepancies().iter().map(|it| it.kind());
    assert!(kinds.eq([DiscrepancyKind::ChargeWithinWaiver]));
    let quote = desk.quote().number();
    desk.refuses(
        Fact::DiscrepancyAcknowledged { quote },
        Refusal::ChargeWithinWaiver,
    );
    desk.refuses(desk.approved(), Refusal::OutOfOrder);
    // Only other figures lead on.
    assert_eq!(desk.missing(), [Missing::Fact(FactKind::Priced)]);
    desk.course = waived(Terms::WithinWaiver).supplier(0, 0, 0);
    desk.report(desk.priced());
    assert_eq!(desk.state(), State::QuoteTold);
}

#[test]
fn beyond_the_waiver_the_fare_difference_counts_and_the_fee_is_waived() {
    let desk = Desk::with(waived(Terms::BeyondWaiver)).to(State::QuoteTold);
    assert_eq!(desk.quote().due(), eur(200));
    assert!(desk.quote().passengers()[0].settlement().fee().is_zero());
}

#[test]
fn the_terms_of_an_option_fit_the_waiver() {
    for (terms, waiver, refusal) in [
        (Terms::Voluntary, true, Refusal::WaiverIgnored),
        (Terms::WithinWaiver, false, Refusal::NoWaiver),
        (Terms::BeyondWaiver, false, Refusal::NoWaiver),
    ] {
        let mut course = waived(terms);
        if !waiver {
            course.rules = Course::new().rules;
        }
        let mut desk = Desk::with(course).to(State::Options);
        desk.refuses(desk.normal(), refusal);
    }
    let mut dearer = waived(Terms::WithinWaiver);
    dearer.options[0].fare = FareChange::Higher(eur(20));
    let mut desk = Desk::with(dearer).to(State::Options);
    desk.refuses(desk.normal(), Refusal::FeeWithinWaiver);
    let mut course = waived(Terms::WithinWaiver);
    course.pricing.passengers[0].service_fee = eur(10);
    let mut desk = Desk::with(course).to(State::Quote);
    desk.refuses(desk.priced(), Refusal::FeeWithinWaiver);
}

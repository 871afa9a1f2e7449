//! What a change costs: by fares, taxes and residual rules.

use std::collections::BTreeSet;

use peline::change::{
    Amount, Answer, ComponentFare, ComponentRules, Currency, Effect, Excess, Exchange, Fact, Fee,
    OpenRule, Payee, Permission, Refusal, Remainder, Replaced, ResidualRule, ReturnTo, Ruling,
    Settlement, SettlementError, State,
};

use crate::desk::{Course, Desk, JANE, PAYER, component, currency, eur, name, tax};

use Excess::{Kept, Refundable};
use ResidualRule::{Forfeit, OffsetFee, Refund, Voucher};

const fn offset(then: Remainder) -> ResidualRule {
    OffsetFee { then }
}

const RULES: [ResidualRule; 6] = [
    Forfeit,
    Voucher,
    Refund,
    offset(Remainder::Forfeit),
    offset(Remainder::Voucher),
    offset(Remainder::Refund),
];

/// Old fare and new, taxes, fee: in whole euros.
type Figures<'a> = (u64, u64, &'a [(&'a str, u64, u64, Excess)], u64);

fn settle((old, new, taxes, fee): Figures<'_>, rule: Option<ResidualRule>) -> Settlement {
    let taxes = taxes
        .iter()
        .map(|(code, old, new, excess)| tax(code, *old, *new, *excess));
    let exchange = Exchange {
        old_fare: eur(old),
        new_fare: eur(new),
        taxes: taxes.collect(),
    };
    exchange.settle(eur(fee), rule).unwrap()
}

/// Due, to the original form of payment, as a voucher.
fn sums(settlement: &Settlement) -> [Amount; 3] {
    let back = |to| {
        let returned = settlement.returned().filter(|it| it.to == to);
        Amount::sum(currency("EUR"), returned.map(|it| it.amount)).unwrap()
    };
    let [refund, voucher] = [ReturnTo::OriginalForm, ReturnTo::Voucher].map(back);
    [settlement.due(), refund, voucher]
}

#[track_caller]
fn comes_to(figures: Figures<'_>, rule: ResidualRule, expected: [u64; 3]) {
    let settlement = settle(figures, Some(rule));
    assert_eq!(sums(&settlement), expected.map(eur), "{figures:?} {rule:?}");
}

/// The same, at the desk.
#[track_caller]
fn is_quoted(figures: Figures<'_>, rule: ResidualRule, expected: [u64; 3]) {
    let (old, new, taxes, fee) = figures;
    let mut course = Course::new()
        .fares(old, new)
        .residual(Some(rule))
        .permission(&Permission::Allowed(Fee::Flat(eur(fee))));
    for (code, old, new, excess) in taxes {
        course = course.tax(code, *old, *new, *excess);
    }
    let desk = Desk::with(course).to(State::QuoteTold);
    let quote = desk.quote();
    let back = |payee| {
        let returned = quote.returned().filter(|(to, _)| *to == payee);
        Amount::sum(currency("EUR"), returned.map(|(_, it)| it.amount)).unwrap()
    };
    let back = [Payee::Payer(PAYER), Payee::Passenger(name(JANE))].map(back);
    let quoted = [quote.due(), back[0], back[1]];
    assert_eq!(quoted, expected.map(eur), "{figures:?} {rule:?}");
}

const KNOWN: [(Figures<'_>, ResidualRule, [u64; 3]); 21] = {
    let higher: Figures<'_> = (300, 500, &[("GB", 60, 40, Refundable)], 50);
    let lower: Figures<'_> = (500, 300, &[("GB", 60, 90, Refundable)], 50);
    let both: Figures<'_> = (500, 200, &[("GB", 60, 30, Refundable)], 50);
    let same: Figures<'_> = (300, 300, &[("YR", 100, 100, Kept)], 50);
    let bare: Figures<'_> = (50, 100, &[], 10);
    [
        (higher, Forfeit, [230, 0, 0]),
        (higher, Voucher, [230, 0, 0]),
        (higher, offset(Remainder::Forfeit), [230, 0, 0]),
        (higher, offset(Remainder::Voucher), [230, 0, 0]),
        (higher, offset(Remainder::Refund), [230, 0, 0]),
        (higher, Refund, [230, 0, 0]),
        (lower, Forfeit, [80, 0, 0]),
        (lower, Voucher, [80, 0, 200]),
        (lower, Refund, [0, 120, 0]),
        (lower, offset(Remainder::Refund), [0, 120, 0]),
        (lower, offset(Remainder::Voucher), [0, 0, 120]),
        (lower, offset(Remainder::Forfeit), [0, 0, 0]),
        (both, Forfeit, [20, 0, 0]),
        (both, Voucher, [20, 0, 300]),
        (both, Refund, [0, 280, 0]),
        (both, offset(Remainder::Refund), [0, 280, 0]),
        (same, Forfeit, [50, 0, 0]),
        (same, Voucher, [50, 0, 0]),
        (same, Refund, [50, 0, 0]),
        (bare, Forfeit, [60, 0, 0]),
        (bare, Refund, [60, 0, 0]),
    ]
};

#[test]
fn known_answers() {
    for (figures, rule, expected) in KNOWN {
        comes_to(figures, rule, expected);
        is_quoted(figures, rule, expected);
    }
}

#[test]
fn roubles_stated_without_decimals() {
    let rub = currency("RUB");
    let stated = [124_025, 124_025, 145_220, 19_475];
    let stated = stated.map(|value| Amount::stated(value, 0, rub).unwrap());
    let sum = Amount::sum(rub, stated).unwrap();
    assert_eq!(sum.minor(), 41_274_500);
    assert_eq!(sum.to_string(), "RUB 412745.00");
}

/// ISO 4217: yen and pesos of Chile have no decimals, those of seven three, of two units of
/// account four; all others two.
#[test]
fn every_currency_of_the_table_has_the_decimals_of_iso_4217() {
    let of = |exponent: u8| {
        let all = Currency::all().filter(move |currency| currency.exponent() == exponent);
        all.map(|currency| currency.to_string()).collect::<Vec<_>>()
    };
    let three = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];
    assert_eq!(of(3), three);
    assert_eq!(of(4), ["CLF", "UYW"]);
    for (code, exponent) in [("JPY", 0), ("CLP", 0), ("EUR", 2), ("USD", 2), ("RUB", 2)] {
        assert!(of(exponent).contains(&code.to_owned()), "{code}");
    }
    let codes: BTreeSet<_> = Currency::all().map(|it| it.to_string()).collect();
    assert_eq!(codes.len(), Currency::all().count(), "a code stands once");
    assert!(Currency::all().all(|it| (0..=4).contains(&it.exponent()) && it.exponent() != 1));
}

// ── The residual rules ──────────────────────────────────────────────────────────────────────────

#[test]
fn what_is_left_of_the_fare_goes_by_the_residual_rule() {
    // 200 are left; of a fee of 50 and 30 more tax.
    let less: Figures<'_> = (500, 300, &[("GB", 0, 30, Kept)], 50);
    // 20 are left: less than the fee.
    let little: Figures<'_> = (320, 300, &[("GB", 0, 30, Kept)], 50);
    // Exactly what is due is left.
    let even: Figures<'_> = (380, 300, &[("GB", 0, 30, Kept)], 50);
    for (figures, rule, expected, forfeited) in [
        (less, Forfeit, [80, 0, 0], 200),
        (less, Voucher, [80, 0, 200], 0),
        (less, Refund, [0, 120, 0], 0),
        (less, offset(Remainder::Forfeit), [0, 0, 0], 120),
        (less, offset(Remainder::Voucher), [0, 0, 120], 0),
        (less, offset(Remainder::Refund), [0, 120, 0], 0),
        (little, Forfeit, [80, 0, 0], 20),
        (little, Voucher, [80, 0, 20], 0),
        (little, Refund, [60, 0, 0], 0),
        (little, offset(Remainder::Forfeit), [60, 0, 0], 0),
        (little, offset(Remainder::Voucher), [60, 0, 0], 0),
        (little, offset(Remainder::Refund), [60, 0, 0], 0),
        (even, Forfeit, [80, 0, 0], 80),
        (even, Voucher, [80, 0, 80], 0),
        (even, Refund, [0, 0, 0], 0),
        (even, offset(Remainder::Voucher), [0, 0, 0], 0),
    ] {
        comes_to(figures, rule, expected);
        is_quoted(figures, rule, expected);
        let settlement = settle(figures, Some(rule));
        assert_eq!(settlement.forfeited(), eur(forfeited), "{rule:?}");
    }
}

#[test]
fn the_residual_rule_has_no_default() {
    let exchange = |old, new| Exchange {
        old_fare: eur(old),
        new_fare: eur(new),
        taxes: vec![],
    };
    let unknown = Err(SettlementError::UnknownResidual);
    assert_eq!(exchange(300, 299).settle(eur(50), None), unknown);
    for new in [300, 301] {
        assert!(exchange(300, new).settle(eur(50), None).is_ok());
    }
    // It goes to a person.
    let course = Course::new().fares(500, 300).residual(None);
    let mut desk = Desk::with(course).to(State::Quote);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::AskAirline(OpenRule::Residual)));
    assert_eq!(desk.state(), State::ResidualRuling);
    let permission = Fact::Ruled(desk.course.ruling.clone());
    desk.refuses(permission, Refusal::OtherQuestion);
    let answer = Ruling {
        answer: Answer::Residual(Voucher),
        ..desk.course.ruling.clone()
    };
    desk.report(Fact::Ruled(answer.clone()));
    // The figures are looked up again: time has passed.
    desk.go_to(State::QuoteTold);
    assert_eq!(desk.case.rulings(), [answer]);
    let returned: Vec<_> = desk.quote().returned().collect();
    assert_eq!(returned.len(), 1);
    assert_eq!(returned[0].1.amount, eur(200));
    // Nobody is asked where nothing is left.
    let course = Course::new().residual(None);
    Desk::with(course).to(State::QuoteTold);
}

#[test]
fn the_whole_ticket_takes_the_strictest_residual_rule() {
    for (one, other, expected) in [
        (Some(Refund), Some(Forfeit), Some(Forfeit)),
        (Some(Forfeit), Some(Refund), Some(Forfeit)),
        (Some(Voucher), Some(Refund), Some(Voucher)),
        (Some(Refund), None, None),
    ] {
        let mut course = Course::new().fares(500, 300);
        course.rules.components = [one, other]
            .map(|residual| ComponentRules {
                residual,
                ..component()
            })
            .into();
        let half = ComponentFare {
            fare: eur(250),
            replaced: Replaced::Yes,
        };
        course.pricing.passengers[0].components = vec![half, half];
        let mut desk = Desk::with(course).to(State::Quote);
        desk.go_on();
        match expected {
            None => assert_eq!(desk.state(), State::ResidualRuling),
            Some(rule) => {
                let quoted = desk.quote().passengers()[0].settlement();
                assert_eq!(sums(quoted), sums(&settle((500, 300, &[], 50), Some(rule))));
            }
        }
    }
}

// ── The figures of one passenger ────────────────────────────────────────────────────────────────

#[test]
fn taxes_are_compared_code_by_code() {
    for (taxes, due, refund) in [
        (&[("GB", 60, 60, Kept)][..], 50, 0),
        (&[("GB", 60, 75, Kept)], 65, 0),
        (&[("GB", 0, 75, Kept)], 125, 0),
        // An excess is a credit only where it is refundable.
        (&[("GB", 60, 40, Kept)], 50, 0),
        (&[("GB", 60, 40, Refundable)], 30, 0),
        (&[("GB", 60, 0, Refundable)], 0, 10),
        // An excess that is kept does not pay for another code.
        (&[("GB", 60, 40, Kept), ("YR", 0, 20, Kept)], 70, 0),
        (&[("GB", 60, 40, Refundable), ("YR", 0, 20, Kept)], 50, 0),
        (&[("GB", 90, 0, Refundable), ("YR", 0, 20, Kept)], 0, 20),
    ] {
        let figures = (300, 300, taxes, 50);
        for rule in RULES {
            comes_to(figures, rule, [due, refund, 0]);
        }
    }
}

#[test]
fn a_tax_credit_sets_off_first_under_every_rule_and_what_is_left_goes_back() {
    let figures: Figures<'_> = (300, 200, &[("GB", 80, 0, Refundable)], 50);
    for (rule, expected) in [
        (Forfeit, [0, 30, 0]),
        (Voucher, [0, 30, 100]),
        (Refund, [0, 130, 0]),
        (offset(Remainder::Forfeit), [0, 30, 0]),
        (offset(Remainder::Voucher), [0, 30, 100]),
        (offset(Remainder::Refund), [0, 130, 0]),
    ] {
        comes_to(figures, rule, expected);
    }
    // Against a fare difference too.
    let higher: Figures<'_> = (300, 310, &[("GB", 100, 0, Refundable)], 50);
    comes_to(higher, Forfeit, [0, 40, 0]);
}

#[test]
fn nothing_gets_lost() {
    let minor = |amount: Amount| i128::from(amount.minor());
    let grid = [0, 1, 50, 300];
    let mut settled = 0;
    for old in grid {
        for new in grid {
            for (old_tax, new_tax) in [(0, 0), (60, 40), (60, 0), (40, 60), (0, 500)] {
                for excess in [Kept, Refundable] {
                    for fee in [0, 50] {
                        for rule in RULES {
                            let taxes = [("GB", old_tax, new_tax, excess)];
                            let it = settle((old, new, &taxes, fee), Some(rule));
                            let [due, refund, voucher] = sums(&it).map(minor);
                            let given = minor(eur(old + old_tax)) + due;
                            let taken = minor(it.new_total()) + minor(it.fee());
                            let left = refund + voucher + minor(it.forfeited());
                            assert_eq!(given, taken + left, "{it:?}");
                            settled += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(settled, 1_920);
}

#[test]
fn both_empty_is_an_even_exchange() {
    let even = settle((300, 300, &[("GB", 60, 60, Refundable)], 0), None);
    assert!(even.due().is_zero());
    assert_eq!(even.returned().count(), 0);
    assert_eq!(even.new_total(), eur(360));
}

#[test]
fn a_code_of_a_tax_stands_once() {
    let twice = Course::new().tax("GB", 1, 1, Kept).tax("gb", 1, 1, Kept);
    let mut desk = Desk::with(twice).to(State::Quote);
    desk.refuses(desk.priced(), Refusal::RepeatedTax);
}

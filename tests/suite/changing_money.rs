//! What a change costs: by fares, taxes, fees, residual rules, payers and currencies.

use std::collections::BTreeSet;

use peline::{
    change::{
        Amount, Answer, ComponentFare, ComponentRules, Currency, Effect, Excess, Exchange, Fact,
        FareFloor, FaresOf, Fee, FeeBase, FlightOption, Obstacle, OpenRule, PassengerKind, Payee,
        Percentage, Permission, Refusal, Remainder, Replaced, ResidualRule, ReturnTo, Rounding,
        RoundingMode, Ruling, Settlement, SettlementError, State, Stay, Usage,
    },
    jiff::civil::{Date, date},
};

use crate::desk::{
    Course, Desk, EXPIRY, JANE, PAYER, RICHARD, amount, component, currency, eur, itinerary,
    minute, name, option, passenger, tax, text,
};

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

// ── Fees ────────────────────────────────────────────────────────────────────────────────────────

/// The fee that is quoted for a ticket of these components: rule, fare, replaced.
#[track_caller]
fn fee_of(components: &[(Fee, u64, Replaced)], new_fare: u64) -> Amount {
    let mut course = Course::new();
    let jane = &mut course.pricing.passengers[0];
    jane.new_fare = eur(new_fare);
    let fares = components.iter().map(|(_, fare, replaced)| ComponentFare {
        fare: eur(*fare),
        replaced: *replaced,
    });
    jane.components = fares.collect();
    let rules = components.iter().map(|(fee, _, _)| ComponentRules {
        before_departure: Permission::Allowed(fee.clone()),
        ..component()
    });
    course.rules.components = rules.collect();
    let desk = Desk::with(course).to(State::QuoteTold);
    desk.quote().passengers()[0].settlement().fee()
}

const fn percent(basis_points: u32, of: FeeBase) -> Fee {
    Fee::Percent {
        rate: Percentage::from_basis_points(basis_points),
        of,
        rounding: Rounding::UP,
    }
}

#[test]
fn the_fee_is_flat_or_per_cent_of_a_named_base_or_waived() {
    let (yes, no) = (Replaced::Yes, Replaced::No);
    let waived = || Fee::Waived(text("goodwill of the airline"));
    let two = |fee: Fee| [(fee.clone(), 120, yes), (fee, 280, no)];
    assert_eq!(fee_of(&two(Fee::Flat(eur(50))), 500), eur(50));
    assert_eq!(
        fee_of(&two(percent(1_000, FeeBase::Component)), 500),
        eur(12)
    );
    assert_eq!(fee_of(&two(percent(1_000, FeeBase::OldFare)), 500), eur(40));
    assert_eq!(fee_of(&two(percent(1_000, FeeBase::NewFare)), 500), eur(50));
    assert_eq!(fee_of(&two(waived()), 500), eur(0));
    assert_eq!(fee_of(&two(percent(0, FeeBase::OldFare)), 500), eur(0));
    let whole = percent(10_000, FeeBase::OldFare);
    assert_eq!(fee_of(&two(whole), 500), eur(400));
}

#[test]
fn of_several_changed_components_the_highest_fee_counts() {
    let (yes, no) = (Replaced::Yes, Replaced::No);
    let flat = |units| Fee::Flat(eur(units));
    let waived = || Fee::Waived(text("goodwill of the airline"));
    for (components, fee) in [
        ([(flat(50), 100, yes), (flat(80), 200, yes)], 80),
        ([(flat(80), 100, yes), (flat(50), 200, yes)], 80),
        ([(flat(50), 100, yes), (flat(80), 200, no)], 50),
        ([(flat(50), 100, no), (flat(80), 200, yes)], 80),
        ([(waived(), 100, yes), (flat(80), 200, yes)], 80),
        (
            [
                (percent(6_000, FeeBase::Component), 100, yes),
                (flat(50), 200, yes),
            ],
            60,
        ),
        (
            [
                (percent(1_000, FeeBase::Component), 100, yes),
                (flat(50), 200, yes),
            ],
            50,
        ),
    ] {
        assert_eq!(fee_of(&components, 500), eur(fee), "{components:?}");
    }
}

#[test]
fn a_part_of_a_cent_is_rounded_by_the_rule() {
    use RoundingMode::{Down, HalfUp, Up};
    let eighth = Percentage::from_basis_points(1_250);
    for (base, mode, to, expected) in [
        // 41.625
        ("EUR 333.00", Down, 1, "EUR 41.62"),
        ("EUR 333.00", HalfUp, 1, "EUR 41.63"),
        ("EUR 333.00", Up, 1, "EUR 41.63"),
        ("EUR 333.00", Down, 100, "EUR 41.00"),
        ("EUR 333.00", HalfUp, 100, "EUR 42.00"),
        ("EUR 333.00", Up, 500, "EUR 45.00"),
        ("EUR 333.00", HalfUp, 500, "EUR 40.00"),
        // 41.62375, and 12.50 and 12 even
        ("EUR 332.99", HalfUp, 1, "EUR 41.62"),
        ("EUR 100.00", Up, 1, "EUR 12.50"),
        ("EUR 100.00", HalfUp, 100, "EUR 13.00"),
        ("EUR 96.00", Up, 100, "EUR 12.00"),
        // 4 162.5 and 41.625 in other minor units
        ("JPY 33300", HalfUp, 1, "JPY 4163"),
        ("JPY 33300", Down, 10, "JPY 4160"),
        ("KWD 333.000", Up, 1, "KWD 41.625"),
    ] {
        let rounding = Rounding {
            mode,
            to: to.try_into().unwrap(),
        };
        let fee = eighth.of(amount(base), rounding).unwrap();
        assert_eq!(fee, amount(expected), "{base} {mode:?} {to}");
    }
}

#[test]
fn an_infant_without_a_seat_pays_no_fee() {
    for (kind, fee) in [
        (PassengerKind::Adult, 50),
        (PassengerKind::Child, 50),
        (PassengerKind::InfantInSeat, 50),
        (PassengerKind::InfantOnLap, 0),
    ] {
        let mut course = Course::two();
        course.booking.passengers[1] = passenger(RICHARD, kind, PAYER);
        let desk = Desk::with(course).to(State::QuoteTold);
        let fees = desk
            .quote()
            .passengers()
            .iter()
            .map(|it| it.settlement().fee());
        assert_eq!(fees.collect::<Vec<_>>(), [eur(50), eur(fee)], "{kind:?}");
    }
}

/// A return journey of which so much is used, on the third of December.
fn under_way(usage: Usage, fares: FaresOf) -> Course {
    let mut course = Course::new();
    course.booking.itinerary = itinerary(
        &["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 5 21:00"],
        &["DOE/JANE"],
    );
    course.booking.usage = usage;
    course.options = vec![option(&["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 8 21:00"])];
    course.pricing.fares = fares;
    course.pricing.expires = minute(THIRD + EXPIRY);
    course
}

/// The third of December.
const THIRD: i64 = 31 * 24 * 60;
const ISSUED: Date = date(2026, 10, 5);

fn on_the_third(course: Course) -> Desk {
    let mut desk = Desk::with(course);
    desk.clock(THIRD);
    desk.to(State::Quote)
}

#[test]
fn there_is_a_fee_before_departure_after_it_and_for_a_no_show() {
    let today = FaresOf::Today(date(2026, 12, 3));
    let issue = FaresOf::DateOfIssue(ISSUED);
    for (usage, fares, fee) in [
        (Usage::PartlyUsed { flown: 1 }, issue, 80),
        (Usage::NoShow { flown: 0 }, today, 120),
        (Usage::NoShow { flown: 1 }, issue, 120),
    ] {
        let mut course = under_way(usage, fares);
        if usage.flown() == 0 {
            course.options = vec![option(&["BA11 LHR SIN 6 21:00", "BA12 SIN LHR 8 21:00"])];
        }
        let desk = on_the_third(course).to(State::QuoteTold);
        let settlement = desk.quote().passengers()[0].settlement();
        assert_eq!(settlement.fee(), eur(fee), "{usage:?}");
    }
    let before = Desk::at(State::QuoteTold);
    let settlement = before.quote().passengers()[0].settlement();
    assert_eq!(settlement.fee(), eur(50));
}

#[test]
fn an_unused_ticket_takes_the_fares_of_today_a_partly_used_one_those_of_its_issue() {
    let used = Usage::PartlyUsed { flown: 1 };
    for fares in [
        FaresOf::Today(date(2026, 12, 3)),
        FaresOf::DateOfIssue(date(2026, 10, 6)),
    ] {
        let mut desk = on_the_third(under_way(used, fares));
        desk.refuses(desk.priced(), Refusal::WrongFares);
    }
    on_the_third(under_way(used, FaresOf::DateOfIssue(ISSUED))).to(State::QuoteTold);
    for fares in [
        FaresOf::DateOfIssue(ISSUED),
        FaresOf::Today(date(2026, 10, 31)),
        FaresOf::Today(date(2026, 11, 5)),
    ] {
        let mut desk = Desk::at(State::Quote);
        desk.course.pricing.fares = fares;
        desk.refuses(desk.priced(), Refusal::WrongFares);
    }
}

// ── Rules of the fare ───────────────────────────────────────────────────────────────────────────

#[test]
fn where_an_equal_or_a_higher_fare_is_wanted_a_cheaper_one_is_not_allowed() {
    for (old, new, allowed) in [(300, 299, false), (300, 300, true), (300, 301, true)] {
        // One strict component is enough.
        for strict in 0..2 {
            let mut course = Course::new().fares(old, new);
            course.rules.components.push(component());
            course.rules.components[strict].floor = FareFloor::EqualOrHigher;
            let stays = ComponentFare {
                fare: eur(0),
                replaced: Replaced::Yes,
            };
            course.pricing.passengers[0].components.push(stays);
            let mut desk = Desk::with(course).to(State::Quote);
            let effects = desk.go_on();
            let offer = Effect::OfferAlternatives(Obstacle::FareTooLow);
            assert_eq!(effects.contains(&offer), !allowed, "{old} {new}");
            let state = match allowed {
                true => State::QuoteTold,
                false => State::Alternatives,
            };
            assert_eq!(desk.state(), state, "{old} {new}");
        }
    }
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

#[test]
fn the_stay_is_neither_shorter_nor_longer_than_the_new_fare_wants() {
    let with = |minimum, maximum, returns_with| FlightOption {
        stay: Stay {
            minimum,
            maximum,
            returns_with,
        },
        ..option(&["BA11 LHR SIN 8 21:00", "BA12 SIN LHR 12 21:00"])
    };
    for (offered, refusal) in [
        (with(Some(4), Some(4), Some(1)), None),
        (with(Some(3), Some(5), Some(1)), None),
        (with(Some(5), None, Some(1)), Some(Refusal::StayNotMet)),
        (with(None, Some(3), Some(1)), Some(Refusal::StayNotMet)),
        (with(Some(1), None, None), Some(Refusal::StayUnclear)),
        (with(None, Some(9), Some(2)), Some(Refusal::StayUnclear)),
        (with(None, Some(9), Some(0)), Some(Refusal::StayUnclear)),
        (with(None, None, None), None),
    ] {
        let mut desk = Desk::at(State::Options);
        let stay = offered.stay;
        let found = desk.attempt(Fact::OptionsFound(vec![offered]));
        assert_eq!(found.err(), refusal, "{stay:?}");
    }
}

#[test]
fn the_new_fare_is_bought_as_early_as_it_wants() {
    // From the second of November to the eighth of December.
    for (days, early_enough) in [(0, true), (35, true), (36, true), (38, false)] {
        let mut course = Course::new();
        course.options[0].advance_purchase = Some(days);
        let mut desk = Desk::with(course).to(State::Quote);
        let priced = desk.attempt(desk.priced());
        let refusal = (!early_enough).then_some(Refusal::AdvancePurchase);
        assert_eq!(priced.err(), refusal, "{days}");
    }
    let mut course = Course::new();
    course.options[0].advance_purchase = Some(37);
    let mut desk = Desk::with(course).to(State::Quote);
    desk.refuses(desk.priced(), Refusal::AdvancePurchase);
}

#[test]
fn a_flight_that_left_everywhere_is_not_priced() {
    // The eighth of December ends last at UTC-12.
    let noon = 37 * 24 * 60 + 120;
    for (now, refusal) in [(noon - 1, None), (noon, Some(Refusal::InThePast))] {
        let mut desk = Desk::at(State::Quote);
        desk.clock(now);
        desk.course.pricing.fares = FaresOf::Today(date(2026, 12, 9));
        desk.course.pricing.expires = minute(now + EXPIRY);
        let priced = desk.attempt(desk.priced());
        assert_eq!(priced.err(), refusal, "{now}");
    }
}

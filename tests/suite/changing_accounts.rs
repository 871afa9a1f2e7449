//! Who pays what for a change: payers, suppliers, waivers; and currencies, rates, references.

use peline::{
    ErrorKind,
    change::{
        Amount, Currency, DiscrepancyKind, Effect, ExchangeRate, Fact, FactKind, FareChange, Fee,
        FreeText, Missing, MoneyError, Payee, PayerId, Percentage, Permission, QuoteNumber,
        Reference, Refusal, ResidualRule, ReturnTo, Rounding, RoundingMode, State, Terms,
        TicketNumber, Waiver,
    },
};

use crate::desk::{
    Course, Desk, JANE, OTHER_PAYER, PAYER, RICHARD, amount, currency, eur, minute, name,
    passenger, price, reference, text, totals,
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
    assert_eq!(desk.case.approval(), None);
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
fn waived(terms: Terms) -> Course {
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

// ── Currencies ──────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_currency_has_its_decimals() {
    for (codes, decimals, text) in [
        (&["JPY", "CLP", "KRW", "XOF"][..], 0, "12345"),
        (&["EUR", "USD", "RUB", "MXN", "GBP", "INR"], 2, "123.45"),
        (&["KWD", "BHD", "JOD", "OMR", "TND"], 3, "12.345"),
        (&["CLF", "UYW"], 4, "1.2345"),
    ] {
        for code in codes {
            let currency = currency(code);
            assert_eq!(currency.exponent(), decimals, "{code}");
            let amount = Amount::new(12_345, currency);
            let text = format!("{code} {text}");
            assert_eq!(amount.to_string(), text);
            assert_eq!(text.parse(), Ok(amount));
        }
    }
    for unknown in ["", "EU", "ABC", "EURO", "€", "XXX", "E R"] {
        let error = unknown.parse::<Currency>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnknownCurrency, "{unknown}");
    }
}

#[test]
fn an_amount_states_its_decimals_and_is_never_less_than_nothing() {
    for wrong in [
        "EUR 230",
        "EUR 230.0",
        "EUR 230.000",
        "JPY 230.00",
        "KWD 23.00",
        "EUR -5.00",
        "EUR +5.00",
        "EUR 1,000.00",
        "EUR 05.00",
        "EUR .50",
        "EUR5.00",
        "5.00 EUR",
        "EUR 5,00",
        "EUR  5.00",
        "EUR 5.00 ",
        "",
        " ",
        "EUR",
        "EUR 184467440737095516.16",
        "EUR ٥.٠٠",
    ] {
        assert!(wrong.parse::<Amount>().is_err(), "{wrong}");
    }
    for (value, decimals, code, minor) in [
        (124_025, 0, "RUB", Ok(12_402_500)),
        (124_025, 2, "RUB", Ok(124_025)),
        (230, 0, "JPY", Ok(230)),
        (23_000, 2, "JPY", Ok(230)),
        (23_050, 2, "JPY", Err(MoneyError::Inexact)),
        (1_230, 3, "EUR", Ok(123)),
        (1_234, 3, "EUR", Err(MoneyError::Inexact)),
        (1_234, 3, "KWD", Ok(1_234)),
        (1_234, 2, "KWD", Ok(12_340)),
        (1_234, 1, "CLF", Ok(1_234_000)),
        (u64::MAX, 2, "EUR", Ok(u64::MAX)),
        (u64::MAX, 0, "EUR", Err(MoneyError::Overflow)),
        (1, 255, "EUR", Err(MoneyError::Inexact)),
        (0, 255, "JPY", Ok(0)),
    ] {
        let stated = Amount::stated(value, decimals, currency(code));
        assert_eq!(
            stated.map(Amount::minor),
            minor,
            "{value} {decimals} {code}"
        );
    }
}

#[test]
fn currencies_never_mix() {
    let (euro, yen) = (amount("EUR 1.00"), amount("JPY 1"));
    let mixed = Err(MoneyError::CurrencyMismatch);
    assert_eq!(euro.checked_add(yen), mixed);
    assert_eq!(euro.checked_sub(yen), mixed);
    assert_eq!(Amount::sum(currency("EUR"), [euro, yen]), mixed);
    assert_eq!(euro.checked_add(Amount::zero(currency("JPY"))), mixed);
}

#[test]
fn a_conversion_is_by_a_stated_rate() {
    use RoundingMode::{Down, HalfUp, Up};
    for (from, value, decimals, to, mode, expected) in [
        ("USD 100.00", 9_137, 4, "EUR", Up, "EUR 91.37"),
        ("USD 0.01", 9_137, 4, "EUR", Up, "EUR 0.01"),
        ("USD 0.01", 9_137, 4, "EUR", Down, "EUR 0.00"),
        ("EUR 1.00", 1_625, 1, "JPY", Down, "JPY 162"),
        ("EUR 1.00", 1_625, 1, "JPY", HalfUp, "JPY 163"),
        ("EUR 1.00", 1_624, 1, "JPY", HalfUp, "JPY 162"),
        ("JPY 1000", 625, 5, "EUR", Up, "EUR 6.25"),
        ("EUR 1.00", 3_333, 4, "KWD", Down, "KWD 0.333"),
        ("EUR 1.00", 3_333, 4, "KWD", Up, "KWD 0.334"),
        ("KWD 1.000", 3, 0, "EUR", Up, "EUR 3.00"),
        ("CLF 1.0000", 39_000, 0, "CLP", Up, "CLP 39000"),
    ] {
        let amount_from = amount(from);
        let rate = ExchangeRate {
            from: amount_from.currency(),
            to: currency(to),
            value: value.try_into().unwrap(),
            decimals,
            source: text("bank selling rate"),
            at: minute(-60),
        };
        let rounding = Rounding {
            mode,
            ..Rounding::UP
        };
        let converted = rate.convert(amount_from, rounding);
        assert_eq!(converted, Ok(amount(expected)), "{from} {mode:?}");
        let other = Amount::new(1, currency("SEK"));
        let mixed = Err(MoneyError::CurrencyMismatch);
        assert_eq!(rate.convert(other, rounding), mixed);
        let much = Amount::new(u64::MAX, amount_from.currency());
        let much_more = ExchangeRate {
            value: std::num::NonZeroU64::MAX,
            decimals: 0,
            ..rate
        };
        let overflow = Err(MoneyError::Overflow);
        assert_eq!(much_more.convert(much, rounding), overflow);
    }
}

/// So many ten thousandths of a euro for one of the other.
fn rate(from: &str, value: u64) -> ExchangeRate {
    ExchangeRate {
        from: currency(from),
        to: currency("EUR"),
        value: value.try_into().unwrap(),
        decimals: 4,
        source: text("bank selling rate"),
        at: minute(-60),
    }
}

#[test]
fn a_fee_in_another_currency_is_converted_by_the_rate_of_that_currency() {
    let fee = Permission::Allowed(Fee::Flat(amount("USD 50.01")));
    let mut course = Course::new().permission(&fee);
    course.pricing.rates = vec![rate("GBP", 12_000), rate("USD", 9_137)];
    let desk = Desk::with(course.clone()).to(State::QuoteTold);
    let settlement = desk.quote().passengers()[0].settlement();
    // 45.694137, up to the next cent.
    assert_eq!(settlement.fee(), amount("EUR 45.70"));
    course.pricing.rates.pop();
    let mut desk = Desk::with(course.clone()).to(State::Quote);
    desk.refuses(desk.priced(), Refusal::WrongCurrency);
    // A rate into a third currency is none for these figures.
    let to = currency("CHF");
    course.pricing.rates = vec![
        rate("USD", 9_137),
        ExchangeRate {
            to,
            ..rate("USD", 1)
        },
    ];
    let mut desk = Desk::with(course).to(State::Quote);
    desk.refuses(desk.priced(), Refusal::WrongCurrency);
}

#[test]
fn the_quote_shows_the_rates_with_their_source_and_time() {
    let mut course = Course::new();
    let rate = rate("USD", 9_137);
    course.pricing.rates = vec![rate.clone()];
    let desk = Desk::with(course).to(State::QuoteTold);
    assert_eq!(desk.quote().rates(), [rate]);
}

#[test]
fn a_case_in_a_currency_of_other_decimals() {
    for (code, fee, old, new, due) in [
        ("JPY", 5_000, 30_000, 50_000, "JPY 25000"),
        ("KWD", 5_000, 30_000, 50_000, "KWD 25.000"),
        ("CLF", 5_000, 30_000, 50_000, "CLF 2.5000"),
    ] {
        let amount_of = |minor| Amount::new(minor, currency(code));
        let fee = Permission::Allowed(Fee::Flat(amount_of(fee)));
        let mut course = Course::new().permission(&fee);
        course.options[0].fare = FareChange::Higher(amount_of(new - old));
        course.pricing.currency = currency(code);
        let jane = &mut course.pricing.passengers[0];
        jane.components[0].fare = amount_of(old);
        (jane.new_fare, jane.service_fee) = (amount_of(new), amount_of(0));
        let mut desk = Desk::with(course).to(State::QuoteTold);
        assert_eq!(desk.quote().due().to_string(), due);
        desk.close();
    }
}

#[test]
fn what_is_too_large_to_count_is_an_error() {
    let most = Amount::new(u64::MAX, currency("EUR"));
    let cent = Amount::new(1, currency("EUR"));
    let overflow = Err(MoneyError::Overflow);
    assert_eq!(most.checked_add(cent), overflow);
    assert_eq!(Amount::sum(currency("EUR"), [most, cent]), overflow);
    assert_eq!(cent.checked_sub(most), Err(MoneyError::Negative));
    let hundred = Percentage::from_basis_points(10_000);
    assert_eq!(hundred.of(most, Rounding::UP), Ok(most));
    let more = Percentage::from_basis_points(10_001);
    assert_eq!(more.of(most, Rounding::UP), overflow);
    let to_ten = Rounding {
        mode: RoundingMode::Up,
        to: 10.try_into().unwrap(),
    };
    assert_eq!(hundred.of(most, to_ten), overflow);
}

// ── Cards ───────────────────────────────────────────────────────────────────────────────────────

/// Test numbers of 14 to 19 digits that pass the check.
const CARDS: [&str; 7] = [
    "30569309025904",
    "378282246310005",
    "4111111111111111",
    "5555555555554444",
    "67999901000000019",
    "676249999990000003",
    "6304000000000000000",
];

fn luhn(digits: &str) -> bool {
    let digits = digits.bytes().rev().zip([1, 2].into_iter().cycle());
    let sum = digits.map(|(digit, weight)| {
        let digit = u32::from(digit - b'0') * weight;
        digit / 10 + digit % 10
    });
    sum.sum::<u32>() % 10 == 0
}

/// With something behind every so many digits.
fn grouped(digits: &str, by: usize, between: &str) -> String {
    let bytes = digits.as_bytes().chunks(by);
    let groups: Vec<_> = bytes.map(|it| str::from_utf8(it).unwrap()).collect();
    groups.join(between)
}

#[test]
fn no_text_holds_the_number_of_a_card() {
    let kind = |text: &str| text.parse::<FreeText>().map_err(|it| it.kind()).err();
    let card = Some(ErrorKind::CardNumber);
    for number in CARDS {
        assert!(
            luhn(number) && (14..=19).contains(&number.len()),
            "{number}"
        );
        for text in [
            number.to_owned(),
            grouped(number, 4, " "),
            grouped(number, 4, "-"),
            grouped(number, 4, " - "),
            grouped(number, 1, " "),
            grouped(number, 6, "\u{a0}"),
            grouped(number, 5, "\n"),
            format!(
                "the client read {} aloud, valid to 12/29",
                grouped(number, 4, " ")
            ),
            format!("room 7, {number}."),
            format!("ref:{number};"),
            format!("{}{number}", "x".repeat(400)),
        ] {
            assert_eq!(kind(&text), card, "{text}");
        }
        for text in [
            number.to_owned(),
            grouped(number, 4, "-"),
            format!("pay_{number}"),
            format!("{number}/1"),
        ] {
            let error = text.parse::<Reference>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::CardNumber, "{text}");
            assert!(!error.to_string().contains(number), "{error}");
        }
    }
}

#[test]
fn a_card_number_with_its_security_code_behind_it_is_one_too() {
    for text in [
        "4111111111111111123",
        "4111111111111111999",
        "74111111111111111",
    ] {
        assert!(!luhn(text), "the whole of it does not pass");
        assert!(text.parse::<Reference>().is_err(), "{text}");
        assert!(text.parse::<FreeText>().is_err(), "{text}");
    }
}

#[test]
fn other_numbers_are_fine() {
    for text in [
        // It does not pass the check.
        "4111111111111112",
        "4111-1111-1111-1112",
        // 13 digits that do, and a ticket.
        "4222222222222",
        "9991234567890",
        "999-1234567890",
        "2026-11-02",
    ] {
        assert_eq!(text.parse::<Reference>().unwrap().as_str(), text);
        assert_eq!(text.parse::<FreeText>().unwrap().as_str(), text);
    }
    for text in ["call +44 20 7946 0958", "4111 and 1111 and 1111 and 1111"] {
        assert_eq!(text.parse::<FreeText>().unwrap().as_str(), text);
    }
}

#[test]
fn digits_of_other_scripts_count_by_their_value_where_it_is_known() {
    let written = |zero: u32, digits: &str| -> String {
        let values = digits.chars().filter_map(|digit| digit.to_digit(10));
        values
            .filter_map(|value| char::from_u32(zero + value))
            .collect()
    };
    let is_card = |text: String| text.parse::<FreeText>().is_err();
    for (zero, known) in [
        ('0', true),
        ('\u{660}', true),
        ('\u{6F0}', true),
        ('\u{FF10}', true),
        ('\u{966}', false),
    ] {
        let written = |digits| written(u32::from(zero), digits);
        assert!(is_card(written("4111111111111111")), "{zero}");
        assert_eq!(is_card(written("4111111111111112")), !known, "{zero}");
    }
}

#[test]
fn a_long_number_is_a_card_only_if_a_part_begins_like_one() {
    let is_card = |text: &str| text.parse::<Reference>().is_err();
    let zeros = "0".repeat(20);
    assert!(luhn(&zeros[..16]) && !is_card(&zeros));
    assert!(is_card(&format!("0000{}", "4111111111111111")));
}

#[test]
fn a_reference_has_up_to_sixty_four_characters_that_can_be_seen() {
    for fine in ["7", "pay_7/1", &"x".repeat(64)] {
        assert_eq!(fine.parse::<Reference>().unwrap().as_str(), fine);
    }
    for wrong in ["", "pay 7", "pay\n7", "página", &"x".repeat(65)] {
        let error = wrong.parse::<Reference>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MalformedReference, "{wrong}");
    }
}

#[test]
fn a_note_has_up_to_five_hundred_characters() {
    let note = |length| "ñ".repeat(length).parse::<FreeText>();
    assert_eq!(note(500).unwrap().as_str().chars().count(), 500);
    assert_eq!(note(501).unwrap_err().kind(), ErrorKind::TextTooLong);
}

#[test]
fn a_note_is_printed_as_one_line_that_moves_no_cursor() {
    let note = text("two\n  lines\u{1b}[2J");
    assert_eq!(note.to_string(), "two lines\u{fffd}[2J");
    assert_eq!(format!("{:8}|", text("note")), "note    |");
}

#[test]
fn ticket_numbers_are_a_type_of_their_own() {
    for text in ["9991234567890", "999-1234567890", "999 1234567890"] {
        let number: TicketNumber = text.parse().unwrap();
        assert_eq!(number.as_str(), "9991234567890");
    }
    for wrong in [
        "",
        "999123456789",
        "99912345678901",
        "999-123456789",
        "99-91234567890",
        "999--234567890",
        "999123456789x",
        "٩٩٩1234567890",
        " 9991234567890",
        "4111111111111111",
    ] {
        let error = wrong.parse::<TicketNumber>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MalformedTicketNumber, "{wrong}");
    }
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

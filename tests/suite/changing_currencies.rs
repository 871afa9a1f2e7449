//! Amounts of a change in several currencies: decimals, rates, rounding, and what is too large.

use peline::{
    ErrorKind,
    change::{
        Amount, Currency, ExchangeRate, FareChange, Fee, MoneyError, Percentage, Permission,
        Refusal, Rounding, RoundingMode, State,
    },
};

use crate::desk::{Course, Desk, amount, currency, minute, text};

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
    assert_eq!("eur 5.00".parse(), Ok(amount("EUR 5.00")));
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
fn a_pair_of_currencies_has_one_rate_and_none_of_the_future() {
    let fee = Permission::Allowed(Fee::Flat(amount("USD 50.00")));
    let desk = |rates| {
        let mut course = Course::new().permission(&fee);
        course.pricing.rates = rates;
        Desk::with(course).to(State::Quote)
    };
    let (one, other) = (rate("USD", 9_000), rate("USD", 9_500));
    for rates in [
        vec![one.clone(), other.clone()],
        vec![other, one.clone()],
        vec![one.clone(), one.clone()],
    ] {
        let mut desk = desk(rates);
        desk.refuses(desk.priced(), Refusal::RepeatedRate);
    }
    let stated = |at| ExchangeRate {
        at: minute(at),
        ..one.clone()
    };
    let mut early = desk(vec![stated(1)]);
    early.refuses(early.priced(), Refusal::NotYet);
    let mut idle = desk(vec![one.clone(), rate("EUR", 5_000)]);
    idle.refuses(idle.priced(), Refusal::WrongCurrency);
    desk(vec![stated(0), rate("GBP", 12_000)]).go_on();
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

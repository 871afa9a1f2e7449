//! Amounts of money, exact to the last minor unit.

use core::{fmt, num::NonZeroU64, str::FromStr};

use jiff::Timestamp;

use super::FreeText;
use crate::{
    error::{ErrorKind, ParseError},
    text::{Span, as_number, as_text, quiet},
};

/// The currencies of ISO 4217 that are in use, by the number of their decimals: all others are unknown.
const TABLE: [(u8, &str); 4] = [
    (
        0,
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    ),
    (
        2,
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF \
         CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
         GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL \
         MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR \
         PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP \
         TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

/// A currency of ISO 4217, and how many decimals its amounts have.
///
/// A code that is not in the table of the crate is refused: the decimals of a currency are never guessed.
///
/// # Example
///
/// ```
/// use peline::change::Currency;
///
/// let decimals = |code: &str| code.parse().map(Currency::exponent);
/// assert_eq!(decimals("JPY")?, 0);
/// assert_eq!(decimals("EUR")?, 2);
/// assert_eq!(decimals("KWD")?, 3);
/// assert!(decimals("ABC").is_err());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

impl Currency {
    /// Every currency of the table.
    ///
    /// ```
    /// use peline::change::Currency;
    /// assert!(Currency::all().all(|it| it.code().parse() == Ok(it)));
    /// ```
    pub fn all() -> impl Iterator<Item = Self> {
        let rows = TABLE.into_iter();
        rows.flat_map(|(exponent, codes)| {
            codes
                .split(' ')
                .filter_map(move |code| Self::row(code, exponent))
        })
    }

    fn row(code: &str, exponent: u8) -> Option<Self> {
        let code = code.as_bytes().try_into().ok()?;
        Some(Self { code, exponent })
    }

    /// The three letters.
    ///
    /// See the example of [`all`](Self::all).
    #[must_use]
    pub fn code(&self) -> &str {
        str::from_utf8(&self.code).unwrap_or_default()
    }

    /// The number of decimals: the minor unit is that power of ten below the unit.
    ///
    /// See the example of [`Currency`].
    #[must_use]
    pub const fn exponent(self) -> u8 {
        self.exponent
    }
}

impl FromStr for Currency {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let mut rows = TABLE.into_iter();
        rows.find_map(|(exponent, codes)| {
            let mut codes = codes.split(' ');
            let code = codes.find(|code| code.eq_ignore_ascii_case(text))?;
            Self::row(code, exponent)
        })
        .ok_or(ParseError::new(
            ErrorKind::UnknownCurrency,
            Span::new(0, text.len()),
        ))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({self})")
    }
}

/// Why a calculation with money has no result.
///
/// See the example of [`Amount`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum MoneyError {
    /// Two currencies in one calculation.
    #[error("amounts of two currencies cannot be combined")]
    CurrencyMismatch,
    /// No whole number of minor units.
    #[error("the amount is not a whole number of minor units")]
    Inexact,
    /// Less than nothing.
    #[error("the amount would be less than nothing")]
    Negative,
    /// More than can be counted.
    #[error("the amount is too large")]
    Overflow,
}

/// An amount of money: a whole number of minor units of a currency, never less than nothing.
///
/// Which way the money goes is said by where the amount stands. Its text is the currency and the amount with
/// all decimals of the currency: `EUR 230.00`, `JPY 230`.
///
/// # Example
///
/// ```
/// use peline::change::{Amount, MoneyError};
///
/// let fare: Amount = "EUR 230.00".parse()?;
/// assert_eq!(fare.minor(), 23_000);
/// assert_eq!(fare.checked_add("EUR 0.05".parse()?)?.to_string(), "EUR 230.05");
/// let yen: Amount = "JPY 230".parse()?;
/// assert_eq!(fare.checked_add(yen), Err(MoneyError::CurrencyMismatch));
/// assert!("EUR 230".parse::<Amount>().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct Amount {
    minor: u64,
    currency: Currency,
}

impl Amount {
    /// So many minor units: cents, and for a currency without decimals its units.
    ///
    /// ```
    /// use peline::change::Amount;
    /// assert_eq!(Amount::new(23_000, "KWD".parse()?).to_string(), "KWD 23.000");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn new(minor: u64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// A number that is stated with so many decimals: hosts write 124025 for 124025 roubles, others for
    /// 1240.25. It must be known which; nothing is inferred.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Inexact`] where it is no whole number of minor units, [`MoneyError::Overflow`].
    ///
    /// ```
    /// use peline::change::{Amount, MoneyError};
    /// let roubles = "RUB".parse()?;
    /// assert_eq!(Amount::stated(124_025, 0, roubles)?.minor(), 12_402_500);
    /// assert_eq!(Amount::stated(124_025, 2, roubles)?.minor(), 124_025);
    /// assert_eq!(Amount::stated(124_025, 3, roubles), Err(MoneyError::Inexact));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn stated(value: u64, decimals: u8, currency: Currency) -> Result<Self, MoneyError> {
        let power = |exponent: u8| 10_u64.checked_pow(exponent.into());
        let minor = match currency.exponent.checked_sub(decimals) {
            Some(missing) => power(missing)
                .and_then(|power| value.checked_mul(power))
                .ok_or(MoneyError::Overflow)?,
            None => {
                let more = power(decimals.saturating_sub(currency.exponent));
                let whole = more.filter(|more| value.checked_rem(*more) == Some(0));
                let whole = whole.and_then(|more| value.checked_div(more));
                let nothing = Some(0).filter(|_| value == 0);
                whole.or(nothing).ok_or(MoneyError::Inexact)?
            }
        };
        Ok(Self::new(minor, currency))
    }

    /// Nothing, in a currency.
    ///
    /// ```
    /// assert!(peline::change::Amount::zero("EUR".parse()?).is_zero());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// How many minor units.
    ///
    /// See the example of [`Amount`].
    #[must_use]
    pub const fn minor(self) -> u64 {
        self.minor
    }

    /// Of which currency.
    ///
    /// ```
    /// let amount: peline::change::Amount = "EUR 230.00".parse()?;
    /// assert_eq!(amount.currency().code(), "EUR");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether it is nothing.
    ///
    /// See the example of [`zero`](Self::zero).
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Both together.
    ///
    /// # Errors
    ///
    /// Two currencies; too much.
    ///
    /// See the example of [`Amount`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_add(other.in_currency(self.currency)?);
        minor
            .map(|minor| Self { minor, ..self })
            .ok_or(MoneyError::Overflow)
    }

    /// What is left of it.
    ///
    /// # Errors
    ///
    /// Two currencies; less than nothing.
    ///
    /// ```
    /// use peline::change::{Amount, MoneyError};
    /// let [paid, due]: [Amount; 2] = ["EUR 230.00".parse()?, "EUR 250.00".parse()?];
    /// assert_eq!(due.checked_sub(paid)?.to_string(), "EUR 20.00");
    /// assert_eq!(paid.checked_sub(due), Err(MoneyError::Negative));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_sub(other.in_currency(self.currency)?);
        minor
            .map(|minor| Self { minor, ..self })
            .ok_or(MoneyError::Negative)
    }

    /// All of them together; nothing, if there are none.
    ///
    /// # Errors
    ///
    /// Another currency; too much.
    ///
    /// ```
    /// use peline::change::Amount;
    /// let fares = ["EUR 1.50".parse()?, "EUR 2.50".parse()?];
    /// assert_eq!(Amount::sum("EUR".parse()?, fares)?.to_string(), "EUR 4.00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        let mut amounts = amounts.into_iter();
        amounts.try_fold(Self::zero(currency), Self::checked_add)
    }

    /// What of it is more than the other; nothing, if nothing is.
    pub(super) fn beyond(self, other: Self) -> Result<Self, MoneyError> {
        let minor = self.minor.saturating_sub(other.in_currency(self.currency)?);
        Ok(Self { minor, ..self })
    }

    /// The smaller one.
    pub(super) fn least(self, other: Self) -> Result<Self, MoneyError> {
        let minor = self.minor.min(other.in_currency(self.currency)?);
        Ok(Self { minor, ..self })
    }

    /// Its minor units, if it is of this currency.
    fn in_currency(self, currency: Currency) -> Result<u64, MoneyError> {
        match self.currency == currency {
            true => Ok(self.minor),
            false => Err(MoneyError::CurrencyMismatch),
        }
    }

    /// The number alone, with its decimals.
    pub(super) fn number(self) -> String {
        let digits = self.minor.to_string();
        let decimals = usize::from(self.currency.exponent);
        if decimals == 0 {
            return digits;
        }
        let digits = format!("{digits:0>width$}", width = decimals.saturating_add(1));
        let (units, decimals) = digits
            .split_at_checked(digits.len().saturating_sub(decimals))
            .unwrap_or_default();
        format!("{units}.{decimals}")
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", self.currency, self.number()))
    }
}

/// Shown: an amount is no personal data by itself.
impl fmt::Debug for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Amount({self})")
    }
}

/// Reads what `Display` writes: the currency, in either case, a blank, and all decimals that the currency has.
///
/// # Errors
///
/// Any other text.
impl FromStr for Amount {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let malformed = || ParseError::new(ErrorKind::MalformedAmount, Span::new(0, text.len()));
        let (currency, number) = text.split_once(' ').ok_or_else(malformed)?;
        let currency: Currency = currency.parse()?;
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let minor = digits.parse().map_err(|_| malformed())?;
        let amount = Self { minor, currency };
        match amount.number() == number {
            true => Ok(amount),
            false => Err(malformed()),
        }
    }
}

/// A percentage, in hundredths of a per cent.
///
/// # Example
///
/// ```
/// use peline::change::Percentage;
/// assert_eq!(Percentage::from_basis_points(1_250).to_string(), "12.50%");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Percentage(u32);

impl Percentage {
    /// So many hundredths of a per cent: 1250 is 12.5 %.
    ///
    /// See the example of [`Percentage`].
    #[must_use]
    pub const fn from_basis_points(basis_points: u32) -> Self {
        Self(basis_points)
    }

    /// In hundredths of a per cent.
    ///
    /// ```
    /// use peline::change::Percentage;
    /// assert_eq!(Percentage::from_basis_points(1_250).basis_points(), 1_250);
    /// ```
    #[must_use]
    pub const fn basis_points(self) -> u32 {
        self.0
    }

    /// So much of an amount.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Overflow`].
    ///
    /// ```
    /// use peline::change::{Amount, Percentage, Rounding};
    /// let fare: Amount = "EUR 333.33".parse()?;
    /// let tenth = Percentage::from_basis_points(1_000);
    /// assert_eq!(tenth.of(fare, Rounding::UP)?.to_string(), "EUR 33.34");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(self, amount: Amount, rounding: Rounding) -> Result<Amount, MoneyError> {
        let part = u128::from(amount.minor).checked_mul(self.0.into());
        let minor = rounding.quotient(part.ok_or(MoneyError::Overflow)?, 10_000)?;
        Ok(Amount { minor, ..amount })
    }
}

impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.div_euclid(100), self.0.rem_euclid(100));
        f.pad(&format!("{whole}.{part:02}%"))
    }
}

quiet! {
    /// To what, and in which direction, an amount is rounded that does not come out even.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Amount, Percentage, Rounding, RoundingMode};
    ///
    /// let whole_euros = Rounding { mode: RoundingMode::Up, to: 100.try_into()? };
    /// let fee = Percentage::from_basis_points(1_000).of("EUR 333.33".parse()?, whole_euros)?;
    /// assert_eq!(fee.to_string(), "EUR 34.00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub struct Rounding {
        /// In which direction.
        pub mode: RoundingMode,
        /// To a multiple of so many minor units.
        pub to: NonZeroU64,
    }
}

impl Rounding {
    /// Up, to one minor unit.
    ///
    /// See the example of [`Percentage::of`].
    pub const UP: Self = Self {
        mode: RoundingMode::Up,
        to: NonZeroU64::MIN,
    };

    fn quotient(self, dividend: u128, divisor: u128) -> Result<u64, MoneyError> {
        let unit = u128::from(self.to.get());
        let divisor = divisor.checked_mul(unit).ok_or(MoneyError::Overflow)?;
        let down = dividend.checked_div(divisor).ok_or(MoneyError::Overflow)?;
        let rest = dividend.checked_rem(divisor).ok_or(MoneyError::Overflow)?;
        let up = match self.mode {
            RoundingMode::Down => false,
            RoundingMode::HalfUp => rest >= divisor.saturating_sub(rest),
            RoundingMode::Up => rest > 0,
        };
        down.checked_add(u128::from(up))
            .and_then(|units| units.checked_mul(unit))
            .and_then(|minor| minor.try_into().ok())
            .ok_or(MoneyError::Overflow)
    }
}

quiet! {
    /// In which direction an amount is rounded.
    ///
    /// See the example of [`Rounding`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum RoundingMode {
        /// To the next lower.
        Down,
        /// To the nearest; a half up.
        HalfUp,
        /// To the next higher.
        Up,
    }
}

quiet! {
    /// A stated rate of exchange, with where and when it was stated.
    ///
    /// Amounts of another currency are converted before they are handed in, and the rate goes with
    /// the [`Pricing`](super::Pricing), so that the [quote has it](super::Quote::rates).
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Amount, ExchangeRate, Rounding};
    ///
    /// // One dollar is 0.9137 euros.
    /// let rate = ExchangeRate {
    ///     from: "USD".parse()?,
    ///     to: "EUR".parse()?,
    ///     value: 9_137.try_into()?,
    ///     decimals: 4,
    ///     source: "bank selling rate".parse()?,
    ///     at: "2026-11-02T09:00:00Z".parse()?,
    /// };
    /// let fee: Amount = "USD 100.00".parse()?;
    /// assert_eq!(rate.convert(fee, Rounding::UP)?.to_string(), "EUR 91.37");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct ExchangeRate {
        /// The currency that is converted.
        pub from: Currency,
        /// The currency that comes out.
        pub to: Currency,
        /// How many units of `to` one unit of `from` is, without the decimal point.
        pub value: NonZeroU64,
        /// How many of the digits of `value` are decimals.
        pub decimals: u8,
        /// Who states it.
        pub source: FreeText,
        /// When it was stated.
        pub at: Timestamp,
    }
}

impl ExchangeRate {
    /// An amount in the other currency.
    ///
    /// # Errors
    ///
    /// [`MoneyError::CurrencyMismatch`] if it is not of the currency `from`; [`MoneyError::Overflow`].
    ///
    /// See the example of [`ExchangeRate`].
    pub fn convert(&self, amount: Amount, rounding: Rounding) -> Result<Amount, MoneyError> {
        let minor = amount.in_currency(self.from)?;
        let power = |exponent: u8| 10_u128.checked_pow(exponent.into());
        let dividend = u128::from(minor)
            .checked_mul(self.value.get().into())
            .and_then(|product| product.checked_mul(power(self.to.exponent)?));
        let divisor = self.from.exponent.checked_add(self.decimals);
        let divisor = divisor.and_then(power);
        let (dividend, divisor) = dividend.zip(divisor).ok_or(MoneyError::Overflow)?;
        let minor = rounding.quotient(dividend, divisor)?;
        Ok(Amount::new(minor, self.to))
    }
}

as_number! { Percentage }
as_text! { Amount Currency }

//! What a change costs: the supplier's figures, and the quote that is made of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};

use super::{
    Amount, Booking, Currency, Exchange, ExchangeRate, FareFloor, FlightOption, MoneyError,
    OptionNumber, Passenger, PassengerKind, PayerId, Permission, QuoteNumber, Refusal,
    ResidualRule, Return, ReturnTo, Settlement, SettlementError, Tax, Terms, TicketRules, Usage,
    fare::FeeBases,
};
use crate::pe::NameReference;

/// The figures for an option, as they were looked up.
///
/// All amounts are of one currency; what is stated in another is [converted](ExchangeRate) before.
///
/// # Example
///
/// ```
/// use jiff::civil::date;
/// use peline::change::{
///     Amount, ComponentFare, FaresOf, OptionNumber, PassengerPrice, Pricing, Replaced,
/// };
///
/// let eur = |units: u64| Ok::<_, peline::ParseError>(Amount::new(units * 100, "EUR".parse()?));
/// let jane = PassengerPrice {
///     passenger: "1.1".parse()?,
///     components: vec![ComponentFare { fare: eur(300)?, replaced: Replaced::Yes }],
///     new_fare: eur(500)?,
///     taxes: vec![],
///     service_fee: eur(10)?,
///     supplier: None,
/// };
/// let pricing = Pricing {
///     option: OptionNumber::new(1),
///     currency: "EUR".parse()?,
///     fares: FaresOf::Today(date(2026, 11, 2)),
///     expires: "2026-11-02T18:00:00Z".parse()?,
///     passengers: vec![jane],
///     rates: vec![],
/// };
/// assert_eq!(pricing.passengers.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Pricing {
    /// For which option: the one that the client chose.
    pub option: OptionNumber,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Of which day the fares are.
    pub fares: FaresOf,
    /// Until when the figures hold: not at that moment any more.
    pub expires: Timestamp,
    /// For each passenger who changes.
    pub passengers: Vec<PassengerPrice>,
    /// The rates by which amounts were converted.
    pub rates: Vec<ExchangeRate>,
}

/// Of which day fares are: today's for an unused ticket, those of the original date of issue for one that is
/// partly used.
///
/// See the example of [`Pricing`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum FaresOf {
    /// Of the day on which the ticket was issued.
    DateOfIssue(Date),
    /// Of today, at the place of ticketing.
    Today(Date),
}

/// The figures for one passenger.
///
/// See the example of [`Pricing`].
#[derive(Clone, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct PassengerPrice {
    /// Whose.
    pub passenger: NameReference,
    /// The fare components of the old ticket, in the order of [`TicketRules::components`].
    pub components: Vec<ComponentFare>,
    /// The new fare.
    pub new_fare: Amount,
    /// The taxes, each code once.
    pub taxes: Vec<Tax>,
    /// What the agency takes for its service: no credit of the airline sets off against it.
    pub service_fee: Amount,
    /// What the supplier says that it comes to, without the service fee.
    pub supplier: Option<Totals>,
}

/// One fare component of the old ticket.
///
/// See the example of [`Pricing`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct ComponentFare {
    /// What is still usable of its fare: nothing, if it is flown.
    pub fare: Amount,
    /// Whether the change replaces it: the fee is the highest of the replaced ones.
    pub replaced: Replaced,
}

/// Whether a change replaces a fare component.
///
/// See the example of [`Pricing`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Replaced {
    /// It stays.
    No,
    /// It is replaced.
    Yes,
}

/// What a change of one ticket comes to.
///
/// # Example
///
/// ```
/// use peline::change::{Amount, Totals};
/// let eur = |units: u64| Ok::<_, peline::ParseError>(Amount::new(units * 100, "EUR".parse()?));
/// let supplier = Totals { due: eur(235)?, refund: eur(0)?, voucher: eur(0)? };
/// assert_eq!(supplier.due.to_string(), "EUR 235.00");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Totals {
    /// What is due.
    pub due: Amount,
    /// What goes back to the original form of payment.
    pub refund: Amount,
    /// What becomes a voucher.
    pub voucher: Amount,
}

/// That the supplier's totals are not ours. The supplier's count: the agent acknowledges them, and the client
/// approves them.
///
/// See the example of [`Quote::discrepancies`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Discrepancy {
    passenger: NameReference,
    kind: DiscrepancyKind,
    ours: Totals,
    theirs: Totals,
}

/// What kind of discrepancy.
///
/// See the example of [`Quote::discrepancies`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum DiscrepancyKind {
    /// A charge for what the airline waives: it blocks the approval.
    ChargeWithinWaiver,
    /// Other totals.
    Totals,
}

impl Discrepancy {
    /// Whose ticket.
    ///
    /// See the example of [`Quote::discrepancies`].
    #[must_use]
    pub const fn passenger(&self) -> NameReference {
        self.passenger
    }

    /// What kind.
    ///
    /// See the example of [`Quote::discrepancies`].
    #[must_use]
    pub const fn kind(&self) -> DiscrepancyKind {
        self.kind
    }

    /// What the rules of the fare come to.
    ///
    /// See the example of [`Quote::discrepancies`].
    #[must_use]
    pub const fn ours(&self) -> Totals {
        self.ours
    }

    /// What the supplier says.
    ///
    /// See the example of [`Quote::discrepancies`].
    #[must_use]
    pub const fn theirs(&self) -> Totals {
        self.theirs
    }
}

/// What one passenger's change costs, with its parts.
///
/// See the example of [`Quote`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PassengerQuote {
    pub(super) passenger: NameReference,
    pub(super) payer: PayerId,
    /// By the rules of the fare.
    pub(super) settlement: Settlement,
    /// What counts: the supplier's, where he says something.
    pub(super) totals: Totals,
    pub(super) service_fee: Amount,
}

/// A part of what one passenger's change costs.
///
/// See the example of [`PassengerQuote::parts`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// How much.
    pub amount: Amount,
    /// Which way.
    pub side: Side,
}

/// What a part of the cost is.
///
/// See the example of [`PassengerQuote::parts`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum PartKind {
    /// The new fare is higher.
    FareDifference,
    /// More of a tax.
    Tax(super::TaxCode),
    /// The airline's fee.
    ChangeFee,
    /// What was paid too much of taxes.
    TaxCredit,
    /// What is left of the old fare.
    FareCredit,
    /// By how much the supplier's total differs.
    Adjustment,
    /// The agency's fee.
    ServiceFee,
}

/// Which way an amount counts.
///
/// See the example of [`PassengerQuote::parts`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Side {
    /// It adds to what is due.
    Charge,
    /// It takes away from it.
    Deduction,
}

impl PassengerQuote {
    /// Whose.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn passenger(&self) -> NameReference {
        self.passenger
    }

    /// Who pays, or gets back.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn payer(&self) -> PayerId {
        self.payer
    }

    /// What the rules of the fare come to.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn settlement(&self) -> &Settlement {
        &self.settlement
    }

    /// What counts, without the service fee: the supplier's totals where he stated them.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn totals(&self) -> Totals {
        self.totals
    }

    /// What the agency takes.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn service_fee(&self) -> Amount {
        self.service_fee
    }

    /// The parts of what is due for this passenger: all charges less all deductions is what the airline gets
    /// and the service fee.
    ///
    /// ```
    /// use peline::change::{PassengerQuote, Side};
    ///
    /// /// In minor units.
    /// fn due(quote: &PassengerQuote) -> i128 {
    ///     let parts = quote.parts().into_iter();
    ///     parts.map(|part| match part.side {
    ///         Side::Charge => i128::from(part.amount.minor()),
    ///         Side::Deduction => -i128::from(part.amount.minor()),
    ///     }).sum()
    /// }
    /// ```
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let Settlement {
            fare_due,
            taxes_due,
            fee,
            set_off_taxes,
            set_off_fare,
            due,
            ..
        } = &self.settlement;
        let part = |kind, side| move |amount: Amount| Part { kind, amount, side };
        let mut parts = vec![part(PartKind::FareDifference, Side::Charge)(*fare_due)];
        let taxes = taxes_due.iter();
        parts.extend(taxes.map(|(code, due)| part(PartKind::Tax(*code), Side::Charge)(*due)));
        parts.push(part(PartKind::ChangeFee, Side::Charge)(*fee));
        parts.push(part(PartKind::TaxCredit, Side::Deduction)(*set_off_taxes));
        parts.push(part(PartKind::FareCredit, Side::Deduction)(*set_off_fare));
        let more = self.totals.due.beyond(*due).ok();
        let less = due.beyond(self.totals.due).ok();
        parts.extend(more.map(part(PartKind::Adjustment, Side::Charge)));
        parts.extend(less.map(part(PartKind::Adjustment, Side::Deduction)));
        parts.push(part(PartKind::ServiceFee, Side::Charge)(self.service_fee));
        parts.retain(|part| !part.amount.is_zero());
        parts
    }
}

/// What one payer has to pay, and gets back.
///
/// See the example of [`Quote`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Account {
    pub(super) payer: PayerId,
    pub(super) due: Amount,
    pub(super) refund: Amount,
}

impl Account {
    /// Who.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn payer(&self) -> PayerId {
        self.payer
    }

    /// What he has to pay now, service fees included.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn due(&self) -> Amount {
        self.due
    }

    /// What goes back to his original form of payment.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn refund(&self) -> Amount {
        self.refund
    }
}

/// What a change costs: for each passenger with its parts, for each payer what he pays or gets back.
///
/// Only a [case](super::Case) makes one, of a [`Pricing`]. It holds for one option, until it expires.
///
/// # Example
///
/// ```
/// use peline::change::Quote;
///
/// /// What the client is told.
/// fn tell(quote: &Quote) -> String {
///     let mut text = format!("The new ticket: {}. Due now: {}.\n", quote.new_total(), quote.due());
///     for account in quote.accounts() {
///         text += &format!("{:?}: {}, back: {}\n", account.payer(), account.due(), account.refund());
///     }
///     for passenger in quote.passengers() {
///         text += &format!("{}: {}\n", passenger.passenger(), passenger.settlement().fee());
///     }
///     text
/// }
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Quote {
    pub(super) number: QuoteNumber,
    pub(super) option: OptionNumber,
    pub(super) expires: Timestamp,
    pub(super) passengers: Vec<PassengerQuote>,
    pub(super) accounts: Vec<Account>,
    pub(super) due: Amount,
    pub(super) new_total: Amount,
    pub(super) discrepancies: Vec<Discrepancy>,
    pub(super) rates: Vec<ExchangeRate>,
}

/// What comes of a pricing.
pub(super) enum Priced {
    /// A quote.
    Quote(Box<Quote>),
    /// Something is left of a fare, and it is not known what becomes of it.
    UnknownResidual,
    /// The new fare is lower, and must not be.
    TooCheap,
}

/// What a pricing is checked against.
pub(super) struct Quoted<'a> {
    pub(super) number: QuoteNumber,
    pub(super) option: &'a FlightOption,
    pub(super) rules: &'a TicketRules,
    pub(super) booking: &'a Booking,
    /// Who changes.
    pub(super) passengers: Vec<&'a Passenger>,
    pub(super) now: Timestamp,
}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::CurrencyMismatch => Self::WrongCurrency,
            MoneyError::Inexact | MoneyError::Negative | MoneyError::Overflow => Self::Overflow,
        }
    }
}

/// Whether a day is today somewhere in the world.
pub(super) fn is_today(day: Date, now: Timestamp) -> bool {
    let (first, last) = today(now);
    (first..=last).contains(&day)
}

/// The earliest and the latest day that it is now somewhere in the world.
pub(super) fn today(now: Timestamp) -> (Date, Date) {
    let day = |hours| Offset::constant(hours).to_datetime(now).date();
    (day(-12), day(14))
}

impl Pricing {
    /// Makes a quote, or says what is in the way.
    pub(super) fn quote(&self, quoted: &Quoted<'_>) -> Result<Priced, Refusal> {
        if quoted.now >= self.expires {
            return Err(Refusal::QuoteExpired);
        }
        self.check_day(quoted)?;
        let expected: BTreeSet<_> = quoted.passengers.iter().map(|it| it.reference).collect();
        let priced: BTreeSet<_> = self.passengers.iter().map(|it| it.passenger).collect();
        if expected != priced || priced.len() != self.passengers.len() {
            return Err(Refusal::PassengersDiffer);
        }
        let mut passengers = Vec::new();
        let mut discrepancies = Vec::new();
        for price in &self.passengers {
            let passenger = quoted.booking.passenger(price.passenger);
            let passenger = passenger.ok_or(Refusal::PassengersDiffer)?;
            let settlement = match self.settle(price, passenger, quoted)? {
                Settled::Settlement(settlement) => settlement,
                Settled::UnknownResidual => return Ok(Priced::UnknownResidual),
                Settled::TooCheap => return Ok(Priced::TooCheap),
            };
            let ours = Totals {
                due: settlement.due,
                refund: settlement.refund,
                voucher: settlement.voucher,
            };
            let theirs = price.supplier.unwrap_or(ours);
            for amount in [theirs.due, theirs.refund, theirs.voucher, price.service_fee] {
                self.check_currency(amount)?;
            }
            if theirs != ours {
                let within = quoted.option.terms == Terms::WithinWaiver;
                discrepancies.push(Discrepancy {
                    passenger: price.passenger,
                    kind: match within && !theirs.due.is_zero() {
                        true => DiscrepancyKind::ChargeWithinWaiver,
                        false => DiscrepancyKind::Totals,
                    },
                    ours,
                    theirs,
                });
            }
            passengers.push(PassengerQuote {
                passenger: price.passenger,
                payer: passenger.payer,
                settlement: *settlement,
                totals: theirs,
                service_fee: price.service_fee,
            });
        }
        let accounts = accounts(&passengers, self.currency)?;
        let due = Amount::sum(self.currency, accounts.iter().map(|account| account.due))?;
        let new = passengers.iter().map(|it| it.settlement.new_total);
        // What goes back is owed one day: all of it together must be countable too.
        let back = accounts.iter().map(|account| account.refund);
        let vouchers = passengers.iter().map(|it| it.totals.voucher);
        Amount::sum(self.currency, back.chain(vouchers))?;
        Ok(Priced::Quote(Box::new(Quote {
            number: quoted.number,
            option: self.option,
            expires: self.expires,
            new_total: Amount::sum(self.currency, new)?,
            passengers,
            accounts,
            due,
            discrepancies,
            rates: self.rates.clone(),
        })))
    }

    /// Fares of the right day, bought early enough.
    fn check_day(&self, quoted: &Quoted<'_>) -> Result<(), Refusal> {
        let right = match (quoted.booking.usage, self.fares) {
            (Usage::Unused | Usage::NoShow { flown: 0 }, FaresOf::Today(day)) => {
                is_today(day, quoted.now)
            }
            (Usage::PartlyUsed { .. } | Usage::NoShow { .. }, FaresOf::DateOfIssue(day)) => {
                day == quoted.booking.ticketed
            }
            (Usage::Unused | Usage::PartlyUsed { .. } | Usage::NoShow { .. }, _) => false,
        };
        if !right {
            return Err(Refusal::WrongFares);
        }
        let Some(days) = quoted.option.advance_purchase else {
            return Ok(());
        };
        // The day at the place of ticketing; where that is not said, the latest that it may be.
        let bought = match self.fares {
            FaresOf::Today(day) => day,
            FaresOf::DateOfIssue(_) => today(quoted.now).1,
        };
        let flights = quoted.option.itinerary.flights();
        let departure = flights.get(quoted.booking.flown().len());
        let departure = departure.ok_or(Refusal::FlownFlightsDiffer)?;
        let latest = departure
            .departure_date()
            .checked_sub(i32::from(days).days());
        match latest.is_ok_and(|latest| bought <= latest) {
            true => Ok(()),
            false => Err(Refusal::AdvancePurchase),
        }
    }

    fn check_currency(&self, amount: Amount) -> Result<(), Refusal> {
        match amount.currency() == self.currency {
            true => Ok(()),
            false => Err(Refusal::WrongCurrency),
        }
    }

    fn settle(
        &self,
        price: &PassengerPrice,
        passenger: &Passenger,
        quoted: &Quoted<'_>,
    ) -> Result<Settled, Refusal> {
        let rules = &quoted.rules.components;
        if price.components.len() != rules.len() {
            return Err(Refusal::ComponentsDiffer);
        }
        let old = price.components.iter().map(|component| component.fare);
        let exchange = Exchange {
            old_fare: Amount::sum(self.currency, old)?,
            new_fare: price.new_fare,
            taxes: price.taxes.clone(),
        };
        self.check_currency(price.new_fare)?;
        if quoted.option.terms == Terms::WithinWaiver {
            if !price.service_fee.is_zero() {
                return Err(Refusal::FeeWithinWaiver);
            }
            return Settled::of(exchange.waived());
        }
        let components = rules.iter().zip(&price.components);
        let replaced = components.filter(|(_, component)| component.replaced == Replaced::Yes);
        let replaced: Vec<_> = replaced.collect();
        if replaced.is_empty() {
            return Err(Refusal::ComponentsDiffer);
        }
        let mut floors = replaced.iter().map(|(rules, _)| rules.floor);
        let cheaper = exchange.new_fare.minor() < exchange.old_fare.minor();
        if cheaper && floors.any(|floor| floor == FareFloor::EqualOrHigher) {
            return Ok(Settled::TooCheap);
        }
        let mut fee = Amount::zero(self.currency);
        let free = quoted.option.terms == Terms::BeyondWaiver
            || passenger.kind == PassengerKind::InfantOnLap;
        for (rules, component) in &replaced {
            let situation = quoted.booking.usage.situation();
            let bases = FeeBases {
                component: component.fare,
                old: exchange.old_fare,
                new: exchange.new_fare,
            };
            let Permission::Allowed(of_component) = rules.permission(situation) else {
                // Only a waiver makes a change of such a ticket feasible, and then there is no fee.
                match free {
                    true => continue,
                    false => return Err(Refusal::NotAllowed),
                }
            };
            let of_component = of_component.amount(&bases)?;
            self.check_currency(of_component)?;
            if !free && of_component.minor() > fee.minor() {
                fee = of_component;
            }
        }
        let residuals = replaced.iter().map(|(rules, _)| rules.residual);
        Settled::of(exchange.settle(fee, strictest(residuals)))
    }
}

/// The strictest of the rules; none if one of them is not known.
fn strictest(rules: impl Iterator<Item = Option<ResidualRule>>) -> Option<ResidualRule> {
    let rules: Option<Vec<_>> = rules.collect();
    rules?.into_iter().min()
}

/// What comes of one passenger's price.
enum Settled {
    Settlement(Box<Settlement>),
    TooCheap,
    UnknownResidual,
}

impl Settled {
    fn of(settlement: Result<Settlement, SettlementError>) -> Result<Self, Refusal> {
        match settlement {
            Ok(settlement) => Ok(Self::Settlement(Box::new(settlement))),
            Err(SettlementError::UnknownResidual) => Ok(Self::UnknownResidual),
            Err(SettlementError::RepeatedTax) => Err(Refusal::RepeatedTax),
            Err(SettlementError::Money(error)) => Err(error.into()),
        }
    }
}

/// Nets within each payer; service fees are due whatever the airline gives back.
fn accounts(passengers: &[PassengerQuote], currency: Currency) -> Result<Vec<Account>, MoneyError> {
    let zero = Amount::zero(currency);
    let mut payers: BTreeMap<PayerId, (Amount, Amount, Amount)> = BTreeMap::new();
    for passenger in passengers {
        let (due, refund, fees) = payers.entry(passenger.payer).or_insert((zero, zero, zero));
        *due = due.checked_add(passenger.totals.due)?;
        *refund = refund.checked_add(passenger.totals.refund)?;
        *fees = fees.checked_add(passenger.service_fee)?;
    }
    let accounts = payers.into_iter().map(|(payer, (due, refund, fees))| {
        Ok(Account {
            payer,
            due: due.beyond(refund)?.checked_add(fees)?,
            refund: refund.beyond(due)?,
        })
    });
    accounts.collect()
}

impl Quote {
    /// The number that an approval names.
    ///
    /// See the example of [`Case`](super::Case).
    #[must_use]
    pub const fn number(&self) -> QuoteNumber {
        self.number
    }

    /// For which option.
    ///
    /// See the example of [`Case`](super::Case).
    #[must_use]
    pub const fn option(&self) -> OptionNumber {
        self.option
    }

    /// Until when it holds: not at that moment any more.
    ///
    /// See the example of [`is_live_at`](Self::is_live_at).
    #[must_use]
    pub const fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Whether it holds at that moment.
    ///
    /// ```
    /// fn seconds_left(quote: &peline::change::Quote, now: jiff::Timestamp) -> Option<i64> {
    ///     quote.is_live_at(now).then(|| quote.expires().duration_since(now).as_secs())
    /// }
    /// ```
    #[must_use]
    pub fn is_live_at(&self, now: Timestamp) -> bool {
        now < self.expires
    }

    /// What each passenger's change costs.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub fn passengers(&self) -> &[PassengerQuote] {
        &self.passengers
    }

    /// What each payer pays and gets back, in the order of their keys.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// All that is due now, from all payers.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn due(&self) -> Amount {
        self.due
    }

    /// What goes back, with whom it goes back to: to payers, and vouchers to passengers.
    ///
    /// ```
    /// use peline::change::{Payee, Quote};
    /// fn vouchers(quote: &Quote) -> usize {
    ///     quote.returned().filter(|(payee, _)| matches!(payee, Payee::Passenger(_))).count()
    /// }
    /// ```
    pub fn returned(&self) -> impl Iterator<Item = (Payee, Return)> {
        let refunds = self.accounts.iter().map(|account| {
            let to = ReturnTo::OriginalForm;
            let amount = account.refund;
            (Payee::Payer(account.payer), Return { amount, to })
        });
        let vouchers = self.passengers.iter().map(|passenger| {
            let to = ReturnTo::Voucher;
            let amount = passenger.totals.voucher;
            (Payee::Passenger(passenger.passenger), Return { amount, to })
        });
        let all = refunds.chain(vouchers);
        all.filter(|(_, returned)| !returned.amount.is_zero())
    }

    /// What the new tickets cost: fares and taxes, whatever was paid for the old ones.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn new_total(&self) -> Amount {
        self.new_total
    }

    /// Where the supplier's totals are not ours.
    ///
    /// ```
    /// use peline::change::{DiscrepancyKind, Quote};
    /// /// What the agent is shown before he acknowledges it.
    /// fn show(quote: &Quote) -> Vec<String> {
    ///     let lines = quote.discrepancies().iter().map(|it| match it.kind() {
    ///         DiscrepancyKind::ChargeWithinWaiver => format!("{}: must not cost anything", it.passenger()),
    ///         DiscrepancyKind::Totals => {
    ///             format!("{}: {} by the rules, the supplier says {}", it.passenger(), it.ours().due, it.theirs().due)
    ///         }
    ///     });
    ///     lines.collect()
    /// }
    /// ```
    #[must_use]
    pub fn discrepancies(&self) -> &[Discrepancy] {
        &self.discrepancies
    }

    /// The rates by which amounts were converted.
    ///
    /// ```
    /// fn is_converted(quote: &peline::change::Quote) -> bool {
    ///     !quote.rates().is_empty()
    /// }
    /// ```
    #[must_use]
    pub fn rates(&self) -> &[ExchangeRate] {
        &self.rates
    }

    /// What one payer has to pay.
    pub(super) fn due_from(&self, payer: PayerId) -> Option<Amount> {
        let mut accounts = self.accounts.iter();
        let due = accounts
            .find(|account| account.payer == payer)
            .map(|account| account.due);
        due.filter(|due| !due.is_zero())
    }

    /// By how much it is worse for those who pay than another one: what is due more, and what goes back less,
    /// each for himself. None if they cannot be compared.
    pub(super) fn worse_than(&self, approved: &Self) -> Option<Amount> {
        let zero = Amount::zero(approved.due.currency());
        let sums = |quote: &Self| {
            let mut sums: BTreeMap<Payee, (Amount, Amount)> = BTreeMap::new();
            for account in &quote.accounts {
                let (due, _) = sums
                    .entry(Payee::Payer(account.payer))
                    .or_insert((zero, zero));
                *due = account.due;
            }
            for (payee, returned) in quote.returned() {
                let (_, back) = sums.entry(payee).or_insert((zero, zero));
                *back = returned.amount;
            }
            sums
        };
        let (before, after) = (sums(approved), sums(self));
        let payees: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
        let mut worse = zero;
        for payee in payees {
            let of = |sums: &BTreeMap<_, _>| sums.get(&payee).copied().unwrap_or((zero, zero));
            let ((due_before, back_before), (due, back)) = (of(&before), of(&after));
            let more = due.beyond(due_before).ok()?;
            let less = back_before.beyond(back).ok()?;
            worse = worse.checked_add(more).ok()?.checked_add(less).ok()?;
        }
        Some(worse)
    }
}

/// To whom something goes back.
///
/// See the example of [`Quote::returned`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Payee {
    /// To a passenger: a voucher stays with him.
    Passenger(NameReference),
    /// To a payer, by his original form of payment.
    Payer(PayerId),
}

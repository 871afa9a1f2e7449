//! The figures for an option, as they were looked up, and how a quote is made of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};

use super::{
    Account, Amount, Booking, Currency, Discrepancy, DiscrepancyKind, Exchange, ExchangeRate,
    FareFloor, FlightOption, MoneyError, OptionNumber, Passenger, PassengerKind, PassengerQuote,
    PayerId, Permission, Quote, QuoteNumber, Refusal, ResidualRule, Rounding, Settlement,
    SettlementError, Tax, Terms, TicketRules, Usage, fare::FeeBases,
};
use crate::{pe::NameReference, text::quiet};

quiet! {
    /// The figures for an option, as they were looked up.
    ///
    /// All amounts are of one currency; what is stated in another is [converted](ExchangeRate) before.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::jiff::civil::date;
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
        /// The rates by which amounts were converted, into this currency: one for each other currency *(ours)*, and
        /// none that is stated for later. A fee that the rules state in another currency is converted by them, up to
        /// the next minor unit *(ours)*.
        pub rates: Vec<ExchangeRate>,
    }
}

quiet! {
    /// Of which day fares are: today's for an unused ticket, those of the original date of issue for one that is
    /// partly used.
    ///
    /// See the example of [`Pricing`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum FaresOf {
        /// Of the day on which the ticket was issued.
        DateOfIssue(Date),
        /// Of today, at the place of ticketing.
        Today(Date),
    }
}

quiet! {
    /// The figures for one passenger.
    ///
    /// See the example of [`Pricing`].
    #[derive(Clone, Debug, Eq, PartialEq)]
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
}

quiet! {
    /// One fare component of the old ticket.
    ///
    /// See the example of [`Pricing`].
    #[derive(Clone, Copy, Debug, Eq, PartialEq)]
    pub struct ComponentFare {
        /// What is still usable of its fare: nothing, if it is flown.
        pub fare: Amount,
        /// Whether the change replaces it: the fee is the highest of the replaced ones.
        pub replaced: Replaced,
    }
}

quiet! {
    /// Whether a change replaces a fare component.
    ///
    /// See the example of [`Pricing`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum Replaced {
        /// It stays.
        No,
        /// It is replaced.
        Yes,
    }
}

quiet! {
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
    pub struct Totals {
        /// What is due.
        pub due: Amount,
        /// What goes back to the original form of payment.
        pub refund: Amount,
        /// What becomes a voucher.
        pub voucher: Amount,
    }
}

/// Why right figures make no quote.
pub(super) enum Unpriced {
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
    pub(super) position: usize,
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

/// Whether a day has passed everywhere in the world.
pub(super) fn has_passed(day: Date, now: Timestamp) -> bool {
    day < today(now).0
}

impl Pricing {
    /// Makes a quote, or says what is in the way.
    pub(super) fn quote(&self, quoted: &Quoted<'_>) -> Result<Result<Quote, Unpriced>, Refusal> {
        if quoted.now >= self.expires {
            return Err(Refusal::QuoteExpired);
        }
        self.check_day(quoted)?;
        self.check_rates(quoted.now)?;
        let priced = self.priced(&quoted.passengers)?;
        // All figures are right, or nothing follows from any: whatever their order is.
        let settled = priced
            .iter()
            .map(|(passenger, price)| self.settle(price, passenger, quoted));
        let settled = settled.collect::<Result<Vec<_>, _>>()?;
        let mut passengers = Vec::new();
        let mut discrepancies = Vec::new();
        for ((passenger, price), settled) in priced.into_iter().zip(settled) {
            let settlement = match settled {
                Ok(settlement) => settlement,
                Err(unpriced) => return Ok(Err(unpriced)),
            };
            let ours = Totals {
                due: settlement.due,
                refund: settlement.refund,
                voucher: settlement.voucher,
            };
            let theirs = price.supplier.unwrap_or(ours);
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
                settlement,
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
        Ok(Ok(Quote {
            number: quoted.number,
            option: self.option,
            position: quoted.position,
            within_tolerance: false,
            expires: self.expires,
            new_total: Amount::sum(self.currency, new)?,
            passengers,
            debtors: accounts.iter().filter(|it| !it.due.is_zero()).count(),
            accounts,
            due,
            discrepancies,
            rates: self.rates.clone(),
        }))
    }

    /// Those who change, each with his figures, in the order of their numbers.
    fn priced<'a>(
        &'a self,
        changing: &[&'a Passenger],
    ) -> Result<Vec<(&'a Passenger, &'a PassengerPrice)>, Refusal> {
        let prices = self.passengers.iter().map(|it| (it.passenger, it));
        let prices: BTreeMap<NameReference, _> = prices.collect();
        let changing = changing.iter().map(|it| (it.name_reference, *it));
        let changing: BTreeMap<NameReference, _> = changing.collect();
        match changing.keys().eq(prices.keys()) && prices.len() == self.passengers.len() {
            true => Ok(changing.into_values().zip(prices.into_values()).collect()),
            false => Err(Refusal::PassengersDiffer),
        }
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
        let departure = quoted.option.departure(quoted.booking);
        let departure = departure.ok_or(Refusal::FlownFlightsDiffer)?;
        if has_passed(departure, quoted.now) {
            return Err(Refusal::InThePast);
        }
        let Some(days) = quoted.option.advance_purchase else {
            return Ok(());
        };
        // The day at the place of ticketing; where that is not said, the latest that it may be.
        let bought = match self.fares {
            FaresOf::Today(day) => day,
            FaresOf::DateOfIssue(_) => today(quoted.now).1,
        };
        let latest = departure.checked_sub(i32::from(days).days());
        match latest.is_ok_and(|latest| bought <= latest) {
            true => Ok(()),
            false => Err(Refusal::AdvancePurchase),
        }
    }

    /// Rates into the currency of the figures, one for each other currency, and stated by now.
    fn check_rates(&self, now: Timestamp) -> Result<(), Refusal> {
        let mut converted = BTreeSet::new();
        for rate in &self.rates {
            if rate.to != self.currency || rate.from == self.currency {
                return Err(Refusal::WrongCurrency);
            }
            if !converted.insert(rate.from) {
                return Err(Refusal::RepeatedRate);
            }
            if rate.at > now {
                return Err(Refusal::NotYet);
            }
        }
        Ok(())
    }

    fn check_currency(&self, amount: Amount) -> Result<(), Refusal> {
        match amount.currency() == self.currency {
            true => Ok(()),
            false => Err(Refusal::WrongCurrency),
        }
    }

    /// Settles one passenger's change, once all his figures are right.
    fn settle(
        &self,
        price: &PassengerPrice,
        passenger: &Passenger,
        quoted: &Quoted<'_>,
    ) -> Result<Result<Settlement, Unpriced>, Refusal> {
        let totals = price.supplier.iter();
        let totals = totals.flat_map(|it| [it.due, it.refund, it.voucher]);
        for amount in totals.chain([price.service_fee, price.new_fare]) {
            self.check_currency(amount)?;
        }
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
        if quoted.option.terms == Terms::WithinWaiver {
            if !price.service_fee.is_zero() {
                return Err(Refusal::FeeWithinWaiver);
            }
            return settled(exchange.waived());
        }
        let components = rules.iter().zip(&price.components);
        let replaced = components.filter(|(_, component)| component.replaced == Replaced::Yes);
        let replaced: Vec<_> = replaced.collect();
        if replaced.is_empty() {
            return Err(Refusal::ComponentsDiffer);
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
            if free {
                continue;
            }
            let of_component = self.converted(of_component.amount(&bases)?)?;
            if of_component.minor() > fee.minor() {
                fee = of_component;
            }
        }
        // One that is not known leaves all of them open.
        let residuals: Option<Vec<_>> = rules.iter().map(|rules| rules.residual).collect();
        let residual = residuals.and_then(ResidualRule::strictest);
        let settled = settled(exchange.settle(fee, residual))?;
        let mut floors = rules.iter().map(|rules| rules.floor);
        let cheaper = exchange.new_fare.minor() < exchange.old_fare.minor();
        match cheaper && floors.any(|floor| floor == FareFloor::EqualOrHigher) {
            true => Ok(Err(Unpriced::TooCheap)),
            false => Ok(settled),
        }
    }

    /// An amount of the rules in the currency of the figures, by a stated rate.
    fn converted(&self, amount: Amount) -> Result<Amount, Refusal> {
        if amount.currency() == self.currency {
            return Ok(amount);
        }
        let mut rates = self.rates.iter();
        let rate = rates.find(|rate| rate.from == amount.currency());
        let rate = rate.ok_or(Refusal::WrongCurrency)?;
        Ok(rate.convert(amount, Rounding::UP)?)
    }
}

/// Tells figures that are wrong from those that make no quote.
fn settled(
    settlement: Result<Settlement, SettlementError>,
) -> Result<Result<Settlement, Unpriced>, Refusal> {
    match settlement {
        Ok(settlement) => Ok(Ok(settlement)),
        Err(SettlementError::UnknownResidual) => Ok(Err(Unpriced::UnknownResidual)),
        Err(SettlementError::RepeatedTax) => Err(Refusal::RepeatedTax),
        Err(SettlementError::Money(error)) => Err(error.into()),
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

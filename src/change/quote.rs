//! What a change costs, to each passenger and to each payer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    Amount, ExchangeRate, OptionNumber, PayerId, QuoteNumber, Return, ReturnTo, Settlement,
    TaxCode, Totals,
};
use crate::pe::NameReference;

/// That the supplier's totals are not ours. The supplier's count: the agent acknowledges them, and the client
/// approves them.
///
/// See the example of [`Quote::discrepancies`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Discrepancy {
    pub(super) passenger: NameReference,
    pub(super) kind: DiscrepancyKind,
    pub(super) ours: Totals,
    pub(super) theirs: Totals,
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
    Tax(TaxCode),
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

    /// Whether the supplier says nothing else than the rules of the fare.
    pub(super) fn is_ours(&self) -> bool {
        let ours = &self.settlement;
        let ours = [ours.due, ours.refund, ours.voucher];
        [self.totals.due, self.totals.refund, self.totals.voucher] == ours
    }

    /// The parts of what is due for this passenger: all charges less all deductions is what the airline gets
    /// and the service fee.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::change::{Part, PartKind, Side, State};
    ///
    /// /// In minor units.
    /// fn signed(part: Part) -> i128 {
    ///     match part.side {
    ///         Side::Charge => i128::from(part.amount.minor()),
    ///         Side::Deduction => -i128::from(part.amount.minor()),
    ///     }
    /// }
    ///
    /// # let (case, _) = example::case_in(State::Approval);
    /// let jane = &case.quote().unwrap().passengers()[0];
    /// let all: i128 = jane.parts().into_iter().map(signed).sum();
    /// let taxes = jane.parts().into_iter().filter(|part| matches!(part.kind, PartKind::Tax(_)));
    /// assert_eq!((all, taxes.map(signed).sum::<i128>()), (280_00, 15_00));
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
/// Only a [case](super::Case) makes one, of a [`Pricing`](super::Pricing). It holds for one option, until it expires.
///
/// # Example
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{Account, PassengerQuote, Quote, State};
///
/// /// What the client is told.
/// fn tell(quote: &Quote) -> String {
///     let mut text = format!("Quote {} for option {}.\n", quote.number(), quote.option());
///     text += &format!("The new tickets: {}. Due now: {}.\n", quote.new_total(), quote.due());
///     text.extend(quote.accounts().iter().map(account));
///     text.extend(quote.passengers().iter().map(passenger));
///     text
/// }
///
/// fn account(it: &Account) -> String {
///     format!("Card {} pays {} and gets {} back.\n", it.payer().get(), it.due(), it.refund())
/// }
///
/// fn passenger(it: &PassengerQuote) -> String {
///     let (fee, due) = (it.settlement().fee(), it.totals().due);
///     format!("{}: {due}, of it the fee {fee}; our service {}.\n", it.passenger(), it.service_fee())
/// }
///
/// # let (case, _) = example::case_in(State::QuoteTold);
/// assert_eq!(
///     tell(case.quote().unwrap()),
///     "Quote 1 for option 1.\n\
///      The new tickets: EUR 535.00. Due now: EUR 280.00.\n\
///      Card 1 pays EUR 280.00 and gets EUR 0.00 back.\n\
///      1.1: EUR 270.00, of it the fee EUR 50.00; our service EUR 10.00.\n",
/// );
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Quote {
    pub(super) number: QuoteNumber,
    pub(super) option: OptionNumber,
    pub(super) expires: Timestamp,
    pub(super) passengers: Vec<PassengerQuote>,
    /// In the order of their payers.
    pub(super) accounts: Vec<Account>,
    pub(super) debtors: usize,
    /// At which event of the history it was made.
    pub(super) position: usize,
    /// Whether it passed within the tolerance that the client approved beforehand.
    pub(super) within_tolerance: bool,
    pub(super) due: Amount,
    pub(super) new_total: Amount,
    pub(super) discrepancies: Vec<Discrepancy>,
    pub(super) rates: Vec<ExchangeRate>,
}

impl Quote {
    /// The number that an approval names.
    ///
    /// See the example of [`Quote`].
    #[must_use]
    pub const fn number(&self) -> QuoteNumber {
        self.number
    }

    /// For which option.
    ///
    /// See the example of [`Quote`].
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
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::jiff::ToSpan;
    /// # let (case, _) = example::case_in(peline::change::State::Approval);
    /// let quote = case.quote().unwrap();
    /// assert!(quote.is_live_at(quote.expires() - 1.second()));
    /// assert!(!quote.is_live_at(quote.expires()));
    /// ```
    #[must_use]
    pub fn is_live_at(&self, now: Timestamp) -> bool {
        now < self.expires
    }

    /// What each passenger's change costs, in the order of their numbers.
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
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::change::{Fact, Payee, State};
    ///
    /// # let (case, _) = example::case_in(State::Quote);
    /// // EUR 300 were paid for what costs 200 now: what is left becomes a voucher for Jane.
    /// let (case, _) = example::report(case, Fact::Priced(Box::new(example::pricing(200))));
    /// let returned: Vec<_> = case.quote().unwrap().returned().collect();
    /// let [(Payee::Passenger(jane), back)] = returned[..] else { unreachable!("by the rules of the fare") };
    /// assert_eq!((jane.to_string().as_str(), back.amount.to_string().as_str()), ("1.1", "EUR 100.00"));
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
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::change::{Discrepancy, DiscrepancyKind, State};
    ///
    /// /// What the agent is shown before he acknowledges it.
    /// fn line(it: &Discrepancy) -> String {
    ///     let (passenger, ours, theirs) = (it.passenger(), it.ours().due, it.theirs().due);
    ///     match it.kind() {
    ///         DiscrepancyKind::ChargeWithinWaiver => format!("{passenger}: must not cost anything"),
    ///         DiscrepancyKind::Totals => format!("{passenger}: {ours}, the supplier says {theirs}"),
    ///     }
    /// }
    ///
    /// # let (case, _) = example::case_in(State::DiscrepancyAcknowledgement);
    /// let lines: Vec<_> = case.quote().unwrap().discrepancies().iter().map(line).collect();
    /// assert_eq!(lines, ["1.1: EUR 265.00, the supplier says EUR 270.00"]);
    /// ```
    #[must_use]
    pub fn discrepancies(&self) -> &[Discrepancy] {
        &self.discrepancies
    }

    /// The rates that came [with the figures](super::Pricing::rates), all of them: those by which amounts were
    /// converted before they were handed in, and those for fees that the rules state in another currency, whether
    /// there was such a fee or not.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::Approval);
    /// assert!(case.quote().unwrap().rates().is_empty(), "everything is in euros");
    /// ```
    #[must_use]
    pub fn rates(&self) -> &[ExchangeRate] {
        &self.rates
    }

    /// What one payer has to pay.
    pub(super) fn due_from(&self, payer: PayerId) -> Option<Amount> {
        let accounts = &self.accounts;
        let at = accounts.binary_search_by_key(&payer, |account| account.payer);
        let due = accounts.get(at.ok()?).map(|account| account.due);
        due.filter(|due| !due.is_zero())
    }

    /// How many have to pay.
    pub(super) const fn debtors(&self) -> usize {
        self.debtors
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

//! What one passenger's change costs, to the last minor unit.

use std::collections::BTreeSet;

use super::{Amount, MoneyError, Remainder, ResidualRule, TaxCode};
use crate::text::quiet;

quiet! {
    /// A tax of the old and of the new ticket.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Excess, Tax};
    ///
    /// let tax = Tax {
    ///     code: "GB".parse()?,
    ///     old: "EUR 60.00".parse()?,
    ///     new: "EUR 40.00".parse()?,
    ///     excess: Excess::Refundable,
    /// };
    /// assert_eq!(tax.code.to_string(), "GB");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub struct Tax {
        /// Its code.
        pub code: TaxCode,
        /// What was paid of it and is still usable.
        pub old: Amount,
        /// What it is on the new ticket.
        pub new: Amount,
        /// Whether what was paid too much comes back.
        pub excess: Excess,
    }
}

quiet! {
    /// Whether what was paid too much of a tax comes back.
    ///
    /// See the example of [`Tax`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum Excess {
        /// It is lost.
        Kept,
        /// It is credited.
        Refundable,
    }
}

/// The exchange of one passenger's ticket for a new one: fares and taxes.
///
/// | | |
/// |---|---|
/// | fare difference | the new fare less what is still usable of the old one |
/// | tax, for each code | what was paid carries over up to the new amount; more is due; an excess is credited where the code is refundable |
/// | due | the fare difference, if the new fare is higher, the taxes due, and the fee |
/// | tax credit | sets off against what is due, first and under every rule; what is left goes back to the original form of payment |
/// | fare credit | if the new fare is lower: by the [residual rule](ResidualRule) |
///
/// # Example
///
/// ```
/// use peline::change::{Amount, Exchange, Excess, Remainder, ResidualRule, Return, ReturnTo};
/// use peline::change::{Settlement, Tax};
///
/// let eur = |units: u64| Ok::<_, peline::ParseError>(Amount::new(units * 100, "EUR".parse()?));
/// let tax = Tax { code: "YR".parse()?, old: eur(60)?, new: eur(90)?, excess: Excess::Kept };
/// let exchange = Exchange { old_fare: eur(500)?, new_fare: eur(300)?, taxes: vec![tax] };
///
/// let settlement: Settlement = exchange.settle(eur(50)?, Some(ResidualRule::Forfeit))?;
/// assert_eq!(settlement.due(), eur(80)?);
/// assert_eq!(settlement.returned().count(), 0);
///
/// let rule = ResidualRule::OffsetFee { then: Remainder::Voucher };
/// let settlement = exchange.settle(eur(50)?, Some(rule))?;
/// assert!(settlement.due().is_zero());
/// let voucher = Return { amount: eur(120)?, to: ReturnTo::Voucher };
/// assert!(settlement.returned().eq([voucher]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Exchange {
    /// What is still usable of the fare that was paid.
    pub old_fare: Amount,
    /// The new fare.
    pub new_fare: Amount,
    /// The taxes, each code once.
    pub taxes: Vec<Tax>,
}

/// Why an exchange cannot be settled.
///
/// ```
/// use peline::change::{Amount, Exchange, SettlementError};
/// let eur = |units: u64| Ok::<_, peline::ParseError>(Amount::new(units * 100, "EUR".parse()?));
/// let cheaper = Exchange { old_fare: eur(200)?, new_fare: eur(100)?, taxes: vec![] };
/// assert_eq!(cheaper.settle(eur(50)?, None), Err(SettlementError::UnknownResidual));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SettlementError {
    /// The calculation has no result.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A code of a tax stands twice.
    #[error("a code of a tax stands twice")]
    RepeatedTax,
    /// Something is left of the fare, and it is not known what becomes of it.
    #[error("it is not known what becomes of what is left of the fare")]
    UnknownResidual,
}

/// Something that goes back.
///
/// See the example of [`Exchange`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Return {
    /// How much.
    pub amount: Amount,
    /// Where to.
    pub to: ReturnTo,
}

/// Where something goes back to.
///
/// See the example of [`Exchange`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ReturnTo {
    /// To the form of payment that it was paid with.
    OriginalForm,
    /// Into a voucher (an EMD).
    Voucher,
}

/// What one passenger's change costs: what is due, and what goes back. Both may be nothing: an even
/// exchange.
///
/// Nothing gets lost: the old fare, the old taxes and what is due are together the new fare, the new taxes,
/// the fee, what goes back, and what is [forfeited](Self::forfeited). Within a waiver the airline makes up for the
/// difference, and that is not so.
///
/// See the example of [`Exchange`].
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Settlement {
    pub(super) fare_due: Amount,
    pub(super) taxes_due: Vec<(TaxCode, Amount)>,
    pub(super) fee: Amount,
    pub(super) set_off_taxes: Amount,
    pub(super) set_off_fare: Amount,
    pub(super) due: Amount,
    pub(super) refund: Amount,
    pub(super) voucher: Amount,
    pub(super) forfeited: Amount,
    pub(super) new_total: Amount,
}

impl Settlement {
    /// What is due to the airline now.
    ///
    /// See the example of [`Exchange`].
    #[must_use]
    pub const fn due(&self) -> Amount {
        self.due
    }

    /// What goes back: never nothing of something.
    ///
    /// See the example of [`Exchange`].
    pub fn returned(&self) -> impl Iterator<Item = Return> {
        let parts = [
            (self.refund, ReturnTo::OriginalForm),
            (self.voucher, ReturnTo::Voucher),
        ];
        let parts = parts.into_iter().filter(|(amount, _)| !amount.is_zero());
        parts.map(|(amount, to)| Return { amount, to })
    }

    /// What is lost of the old fare and taxes.
    ///
    /// ```
    /// # use peline::change::{Amount, Exchange, ResidualRule};
    /// # let eur = |units: u64| Ok::<_, peline::ParseError>(Amount::new(units * 100, "EUR".parse()?));
    /// let exchange = Exchange { old_fare: eur(500)?, new_fare: eur(300)?, taxes: vec![] };
    /// let settlement = exchange.settle(eur(50)?, Some(ResidualRule::Forfeit))?;
    /// assert_eq!(settlement.forfeited(), eur(200)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn forfeited(&self) -> Amount {
        self.forfeited
    }

    /// The airline's fee.
    ///
    /// See the example of [`new_total`](Self::new_total).
    #[must_use]
    pub const fn fee(&self) -> Amount {
        self.fee
    }

    /// What the new ticket costs: its fare and its taxes, whatever was paid for the old one.
    ///
    /// ```
    /// # use peline::change::{Amount, Exchange, ResidualRule};
    /// # let eur = |units: u64| Ok::<_, peline::ParseError>(Amount::new(units * 100, "EUR".parse()?));
    /// let exchange = Exchange { old_fare: eur(300)?, new_fare: eur(500)?, taxes: vec![] };
    /// let settlement = exchange.settle(eur(50)?, None)?;
    /// assert_eq!(settlement.new_total(), eur(500)?);
    /// assert_eq!((settlement.fee(), settlement.due()), (eur(50)?, eur(250)?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn new_total(&self) -> Amount {
        self.new_total
    }
}

impl Exchange {
    /// Settles the exchange, with the airline's fee, by the residual rule. A rule is only asked for where the
    /// new fare is lower.
    ///
    /// # Errors
    ///
    /// See [`SettlementError`].
    ///
    /// See the example of [`Exchange`].
    pub fn settle(
        &self,
        fee: Amount,
        residual: Option<ResidualRule>,
    ) -> Result<Settlement, SettlementError> {
        let currency = self.new_fare.currency();
        let zero = Amount::zero(currency);
        let fare_due = self.new_fare.beyond(self.old_fare)?;
        let fare_credit = self.old_fare.beyond(self.new_fare)?;

        let mut codes = BTreeSet::new();
        let (mut taxes_due, mut tax_credit, mut tax_lost) = (Vec::new(), zero, zero);
        for tax in &self.taxes {
            if !codes.insert(tax.code) {
                return Err(SettlementError::RepeatedTax);
            }
            let due = zero.checked_add(tax.new.beyond(tax.old)?)?;
            let excess = tax.old.beyond(tax.new)?;
            match tax.excess {
                Excess::Kept => tax_lost = tax_lost.checked_add(excess)?,
                Excess::Refundable => tax_credit = tax_credit.checked_add(excess)?,
            }
            if !due.is_zero() {
                taxes_due.push((tax.code, due));
            }
        }

        let charges = taxes_due.iter().map(|(_, due)| *due).chain([fee]);
        let charged = fare_due.checked_add(Amount::sum(currency, charges)?)?;
        let set_off_taxes = tax_credit.least(charged)?;
        let left = charged.checked_sub(set_off_taxes)?;

        let (against_due, remainder) = match residual {
            None if fare_credit.is_zero() => (zero, Remainder::Forfeit),
            None => return Err(SettlementError::UnknownResidual),
            Some(ResidualRule::Forfeit) => (zero, Remainder::Forfeit),
            Some(ResidualRule::Voucher) => (zero, Remainder::Voucher),
            Some(ResidualRule::Refund) => (fare_credit, Remainder::Refund),
            Some(ResidualRule::OffsetFee { then }) => (fare_credit, then),
        };
        let set_off_fare = against_due.least(left)?;
        let remaining = fare_credit.checked_sub(set_off_fare)?;
        let remains = |what| match remainder == what {
            true => remaining,
            false => zero,
        };
        let tax_refund = tax_credit.checked_sub(set_off_taxes)?;
        let new_taxes = Amount::sum(currency, self.taxes.iter().map(|tax| tax.new))?;
        Ok(Settlement {
            fare_due,
            taxes_due,
            fee,
            set_off_taxes,
            set_off_fare,
            due: left.checked_sub(set_off_fare)?,
            refund: tax_refund.checked_add(remains(Remainder::Refund))?,
            voucher: remains(Remainder::Voucher),
            forfeited: tax_lost.checked_add(remains(Remainder::Forfeit))?,
            new_total: self.new_fare.checked_add(new_taxes)?,
        })
    }

    /// An exchange that costs nothing: within the airline's waiver.
    pub(super) fn waived(&self) -> Result<Settlement, SettlementError> {
        let zero = Amount::zero(self.new_fare.currency());
        let even = Self {
            old_fare: self.new_fare,
            taxes: Vec::new(),
            new_fare: self.new_fare,
        };
        let mut codes = BTreeSet::new();
        if !self.taxes.iter().all(|tax| codes.insert(tax.code)) {
            return Err(SettlementError::RepeatedTax);
        }
        let taxes = self.taxes.iter().map(|tax| tax.new);
        let new_taxes = Amount::sum(zero.currency(), taxes)?;
        // Amounts of another currency are an error here too.
        let old = self.taxes.iter().map(|tax| tax.old).chain([self.old_fare]);
        Amount::sum(zero.currency(), old)?;
        let settlement = even.settle(zero, None)?;
        Ok(Settlement {
            new_total: self.new_fare.checked_add(new_taxes)?,
            ..settlement
        })
    }
}

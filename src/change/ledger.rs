//! Money that came in, and what goes back: nothing gets stuck.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    Amount, Movement, Payee, PayerId, QuoteNumber, Reference, Refusal, RepaymentNumber, Return,
};
use crate::text::quiet;

quiet! {
    /// Money that came in.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{PayerId, Payment};
    ///
    /// let payment = Payment {
    ///     reference: "pay_7f3a".parse()?,
    ///     payer: PayerId::new(1),
    ///     amount: "EUR 240.00".parse()?,
    ///     at: "2026-11-02T10:29:00Z".parse()?,
    /// };
    /// assert_eq!(payment.amount.minor(), 24_000);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct Payment {
        /// What the payment service calls it: one payment, one reference.
        pub reference: Reference,
        /// Who paid.
        pub payer: PayerId,
        /// How much.
        pub amount: Amount,
        /// When it came in, which may be before it is reported: it says whether the quote was alive. The minute [is
        /// enough](super#rules).
        pub at: Timestamp,
    }
}

/// What became of money that came in.
///
/// See the example of [`Case::payments`](super::Case::payments).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum PaymentUse {
    /// It pays for a quote.
    For(QuoteNumber),
    /// It goes back.
    GoesBack(RepaymentNumber),
}

/// Something that goes back, and whether it did.
///
/// See the example of [`Case::repayments`](super::Case::repayments).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Repayment {
    pub(super) number: RepaymentNumber,
    pub(super) payee: Payee,
    pub(super) what: Return,
    pub(super) why: RepaymentReason,
    pub(super) done: Option<Reference>,
}

/// Why something goes back.
///
/// See the example of [`Case::repayments`](super::Case::repayments).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum RepaymentReason {
    /// This payment was not asked for.
    NotDue(Reference),
    /// What this payment was for did not come about.
    NotChanged(Reference),
    /// The change was cheaper than what was paid for the old ticket.
    Settlement,
}

impl Repayment {
    /// The number that [`Fact::Repaid`](super::Fact::Repaid) names.
    ///
    /// See the example of [`Case::repayments`](super::Case::repayments).
    #[must_use]
    pub const fn number(&self) -> RepaymentNumber {
        self.number
    }

    /// To whom.
    ///
    /// See the example of [`Case::repayments`](super::Case::repayments).
    #[must_use]
    pub const fn payee(&self) -> Payee {
        self.payee
    }

    /// What, and in which form.
    ///
    /// See the example of [`Case::repayments`](super::Case::repayments).
    #[must_use]
    pub const fn what(&self) -> Return {
        self.what
    }

    /// Why.
    ///
    /// See the example of [`Case::repayments`](super::Case::repayments).
    #[must_use]
    pub const fn why(&self) -> &RepaymentReason {
        &self.why
    }

    /// The reference of the refund or the number of the voucher, once it is done.
    ///
    /// See the example of [`Case::repayments`](super::Case::repayments).
    #[must_use]
    pub const fn done(&self) -> Option<&Reference> {
        self.done.as_ref()
    }
}

/// The money of a case.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Ledger {
    pub(super) payments: BTreeMap<Reference, (Payment, PaymentUse)>,
    pub(super) repayments: Vec<Repayment>,
    /// The references of what went back.
    refunds: BTreeSet<Reference>,
    /// The payments that pay for the present quote.
    held: BTreeMap<PayerId, Reference>,
}

impl Ledger {
    /// Takes money in for a quote.
    pub(super) fn take(&mut self, payment: Payment, quote: QuoteNumber) {
        self.held.insert(payment.payer, payment.reference.clone());
        let reference = payment.reference.clone();
        self.payments
            .insert(reference, (payment, PaymentUse::For(quote)));
    }

    /// Takes money in that was not asked for: it goes back.
    pub(super) fn turn_back(&mut self, payment: Payment) -> Repayment {
        let why = RepaymentReason::NotDue(payment.reference.clone());
        let repayment = self.owe(
            Payee::Payer(payment.payer),
            to_original(payment.amount),
            why,
        );
        let reference = payment.reference.clone();
        let goes_back = PaymentUse::GoesBack(repayment.number);
        self.payments.insert(reference, (payment, goes_back));
        repayment
    }

    /// Gives back what was paid for something that does not come about.
    pub(super) fn release(&mut self) -> Vec<Repayment> {
        let mut repayments = Vec::new();
        for reference in core::mem::take(&mut self.held).into_values() {
            let Some((payment, _)) = self.payments.get(&reference) else {
                continue;
            };
            let (payee, what) = (Payee::Payer(payment.payer), to_original(payment.amount));
            let why = RepaymentReason::NotChanged(reference.clone());
            let repayment = self.owe(payee, what, why);
            if let Some((_, used)) = self.payments.get_mut(&reference) {
                *used = PaymentUse::GoesBack(repayment.number);
            }
            repayments.push(repayment);
        }
        repayments
    }

    /// What was paid for has come about.
    pub(super) fn settle(&mut self) {
        self.held.clear();
    }

    /// Notes that something is to go back.
    pub(super) fn owe(&mut self, payee: Payee, what: Return, why: RepaymentReason) -> Repayment {
        let last = self.repayments.last().map(|repayment| repayment.number);
        let repayment = Repayment {
            number: last.unwrap_or(RepaymentNumber::new(0)).next(),
            payee,
            what,
            why,
            done: None,
        };
        self.repayments.push(repayment.clone());
        repayment
    }

    /// What was paid for the present quote by one payer.
    pub(super) fn has_paid(&self, payer: PayerId) -> bool {
        self.held.contains_key(&payer)
    }

    /// How many paid for the present quote.
    pub(super) fn payers(&self) -> usize {
        self.held.len()
    }

    /// Whether something was paid for the present quote.
    pub(super) fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// What still has to go back.
    pub(super) fn owed(&self) -> impl Iterator<Item = &Repayment> {
        let repayments = self.repayments.iter();
        repayments.filter(|repayment| repayment.done.is_none())
    }

    /// What goes back under a number: they are given out one after the other.
    pub(super) fn repayment(&self, number: RepaymentNumber) -> Option<&Repayment> {
        let at = self
            .repayments
            .binary_search_by_key(&number, |it| it.number);
        self.repayments.get(at.ok()?)
    }

    /// Notes that something went back, under a reference of its own.
    pub(super) fn repaid(
        &mut self,
        number: RepaymentNumber,
        reference: &Reference,
    ) -> Result<(), Refusal> {
        let at = self
            .repayments
            .binary_search_by_key(&number, |it| it.number);
        let repayment = at.ok().and_then(|at| self.repayments.get_mut(at));
        let repayment = repayment.ok_or(Refusal::UnknownRepayment)?;
        if !self.refunds.insert(reference.clone()) {
            return Err(Refusal::ReferenceReused);
        }
        repayment.done = Some(reference.clone());
        Ok(())
    }

    /// Whether money moved: it came in, or went back.
    pub(super) fn has_moved(&self, of: &Movement) -> bool {
        match of {
            Movement::Payment(reference) => self.payments.contains_key(reference),
            Movement::Repayment(number) => {
                let repayment = self.repayment(*number);
                repayment.is_some_and(|repayment| repayment.done.is_some())
            }
        }
    }
}

const fn to_original(amount: Amount) -> Return {
    let to = super::ReturnTo::OriginalForm;
    Return { amount, to }
}

//! Money that comes in unasked, and what goes back: at any time.

use jiff::Timestamp;

use super::Done;
use crate::change::{Case, Effect, Fact, Payment, Reference, Refusal, RepaymentNumber, State};

impl Case {
    /// Whether a fact is recorded already; an error where its reference stands for something else.
    pub(super) fn is_repeated(&self, fact: &Fact) -> Result<bool, Refusal> {
        if let Fact::PaymentReceived(payment) | Fact::MoneyArrived(payment) = fact {
            return match self.ledger.payments.get(&payment.reference) {
                None => Ok(false),
                Some((known, _))
                    if (known.payer, known.amount) == (payment.payer, payment.amount) =>
                {
                    Ok(true)
                }
                Some(_) => Err(Refusal::ReferenceReused),
            };
        }
        if let Fact::Repaid {
            repayment,
            reference,
        } = fact
        {
            let known = self.ledger.repayment(*repayment);
            return match known.and_then(|known| known.done.as_ref()) {
                None => Ok(false),
                Some(known) if known == reference => Ok(true),
                Some(_) => Err(Refusal::AlreadyRepaid),
            };
        }
        Ok(false)
    }

    pub(super) fn money_arrived(&mut self, payment: &Payment, now: Timestamp) -> Done {
        if payment.amount.is_zero() {
            return Err(Refusal::WrongAmount);
        }
        if payment.at > now {
            return Err(Refusal::NotYet);
        }
        if self.state == State::Payment && self.is_due(payment, now).is_ok() {
            return Err(Refusal::PaymentIsDue);
        }
        let mut effects = vec![Effect::Repay(self.ledger.turn_back(payment.clone()))];
        if self.state == State::Closed {
            // A closed case that gets money is open again until that is on record.
            effects.extend(self.begin_record());
        }
        Ok(effects)
    }

    pub(super) fn repaid(&mut self, number: RepaymentNumber, reference: &Reference) -> Done {
        self.ledger.repaid(number, reference)?;
        Ok(Vec::new())
    }
}

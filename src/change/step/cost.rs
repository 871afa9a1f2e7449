//! What it costs, and whether the client consents: step 4.

use jiff::Timestamp;

use super::{Done, is_before};
use crate::change::{
    Amount, Approval, Case, Contact, Effect, KnockOn, Obstacle, OpenRule, OptionNumber, PayerId,
    Payment, Pricing, Question, QuoteNumber, RebookingOrder, Refusal, State,
    pricing::{Quoted, Unpriced},
};

impl Case {
    pub(super) fn priced(&mut self, pricing: &Pricing, now: Timestamp) -> Done {
        if self.ledger.is_holding() {
            return Err(Refusal::QuoteFrozen);
        }
        if self.chosen != Some(pricing.option) {
            return Err(Refusal::OtherOption);
        }
        if self.is_outdated(now) && !self.has_departed(now) {
            return Err(Refusal::BookingOutdated);
        }
        let priced = pricing.quote(&self.quoted_against(now)?)?;
        if self.quoted && self.pricing.as_ref() == Some(pricing) {
            return Ok(Vec::new());
        }
        // The guard is for a price that moves while the approval lives, not for one that died.
        let holds = self.is_live(now);
        Ok(match priced {
            Err(Unpriced::TooCheap) => self.offer_alternatives(Obstacle::FareTooLow),
            Err(Unpriced::UnknownResidual) => {
                self.forget_quote();
                self.state = State::ResidualRuling;
                vec![Effect::AskAirline(OpenRule::Residual)]
            }
            Ok(mut quote) => {
                let number = quote.number;
                let approval = self.approval.take();
                let covered = approval.filter(|approval| holds && approval.covers(&quote));
                let differs = !quote.discrepancies.is_empty();
                quote.within_tolerance = covered.is_some();
                self.quotes.push(quote);
                self.quoted = true;
                self.pricing = Some(pricing.clone());
                if let Some(mut approval) = covered {
                    approval.quote = number;
                    self.approval = Some(approval);
                    self.collect(now)
                } else if differs {
                    self.state = State::DiscrepancyAcknowledgement;
                    vec![Effect::ShowDiscrepancies(number)]
                } else {
                    self.state = State::QuoteTold;
                    vec![Effect::TellQuote(number)]
                }
            }
        })
    }

    fn quoted_against(&self, now: Timestamp) -> Result<Quoted<'_>, Refusal> {
        let last = self.quotes.last().map(|quote| quote.number);
        let offered = self.chosen().ok_or(Refusal::OtherOption)?;
        Ok(Quoted {
            number: last.unwrap_or(QuoteNumber::new(0)).next(),
            option: offered.option(),
            rules: self.rules.as_ref().ok_or(Refusal::OutOfOrder)?,
            booking: self.booking.as_ref().ok_or(Refusal::OutOfOrder)?,
            passengers: self.changing(),
            position: self.history.len(),
            now,
        })
    }

    /// Checks that a number is that of the present quote.
    fn present(&self, number: QuoteNumber) -> Result<(), Refusal> {
        match self.quote().is_some_and(|quote| quote.number == number) {
            true => Ok(()),
            false => Err(Refusal::OtherQuote),
        }
    }

    /// Refuses a quote that is dead, one for a flight that has departed meanwhile, and one for a booking of which a
    /// flight has.
    fn check_holds(&self, now: Timestamp) -> Result<(), Refusal> {
        self.live(now)?;
        match (self.has_departed(now), self.is_outdated(now)) {
            (true, _) => Err(Refusal::InThePast),
            (false, true) => Err(Refusal::BookingOutdated),
            (false, false) => Ok(()),
        }
    }

    fn live(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.is_live(now) {
            true => Ok(()),
            false => Err(Refusal::QuoteExpired),
        }
    }

    /// Refuses what happened before the approval, when the quote was dead, or not yet.
    pub(super) fn live_then(&self, at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
        if at > now {
            return Err(Refusal::NotYet);
        }
        let approved = self.approval.as_ref().map(|approval| approval.at);
        if approved.is_none_or(|approved| is_before(at, approved)) {
            return Err(Refusal::BeforeApproval);
        }
        self.live(at)
    }

    pub(super) fn discrepancy_acknowledged(&mut self, quote: QuoteNumber, now: Timestamp) -> Done {
        self.present(quote)?;
        self.check_holds(now)?;
        if self.is_charged_within_waiver() {
            return Err(Refusal::ChargeWithinWaiver);
        }
        self.state = State::QuoteTold;
        Ok(vec![Effect::TellQuote(quote)])
    }

    pub(super) fn quote_told(
        &mut self,
        quote: QuoteNumber,
        knock_on: &KnockOn,
        now: Timestamp,
    ) -> Done {
        self.present(quote)?;
        self.check_holds(now)?;
        self.knock_on = Some(knock_on.clone());
        self.state = State::Approval;
        Ok(vec![Effect::Ask(Question::Approval)])
    }

    pub(super) fn quote_approved(
        &mut self,
        contact: Contact,
        option: OptionNumber,
        quote: QuoteNumber,
        tolerance: Option<Amount>,
        now: Timestamp,
    ) -> Done {
        self.present(quote)?;
        if self.chosen != Some(option) {
            return Err(Refusal::OtherOption);
        }
        self.check_holds(now)?;
        let seen = self.quote().ok_or(Refusal::OtherQuote)?.clone();
        let currency = seen.due.currency();
        if tolerance.is_some_and(|tolerance| tolerance.currency() != currency) {
            return Err(Refusal::WrongCurrency);
        }
        self.approval = Some(Approval {
            contact,
            at: now,
            quote,
            seen,
            tolerance,
        });
        Ok(self.collect(now))
    }

    pub(super) fn quote_rejected(&mut self, quote: QuoteNumber) -> Done {
        self.present(quote)?;
        Ok(self.offer_alternatives(Obstacle::PriceRejected))
    }

    /// Collects what is due, or goes on where nothing is.
    fn collect(&mut self, now: Timestamp) -> Vec<Effect> {
        let demands = self.demands(None);
        if demands.is_empty() {
            return self.order(now);
        }
        self.state = State::Payment;
        demands
    }

    /// The payments that are still due: from one payer, or from all.
    fn demands(&self, payer: Option<PayerId>) -> Vec<Effect> {
        let Some(quote) = self.quote().map(|quote| quote.number) else {
            return Vec::new();
        };
        let unpaid = self.unpaid();
        let unpaid = unpaid.filter(|account| payer.is_none_or(|payer| payer == account.payer));
        let demands = unpaid.map(|account| Effect::CollectPayment {
            payer: account.payer,
            amount: account.due,
            quote,
        });
        demands.collect()
    }

    /// Whether a payment is what is due; the quote that it is for.
    pub(super) fn is_due(&self, payment: &Payment, now: Timestamp) -> Result<QuoteNumber, Refusal> {
        let quote = self.quote().ok_or(Refusal::NothingDue)?;
        let due = quote.due_from(payment.payer).ok_or(Refusal::NothingDue)?;
        if self.ledger.has_paid(payment.payer) {
            return Err(Refusal::NothingDue);
        }
        if due.currency() != payment.amount.currency() {
            return Err(Refusal::WrongCurrency);
        }
        if due != payment.amount {
            return Err(Refusal::WrongAmount);
        }
        self.live_then(payment.at, now)?;
        Ok(quote.number)
    }

    pub(super) fn payment_received(&mut self, payment: &Payment, now: Timestamp) -> Done {
        let quote = self.is_due(payment, now)?;
        self.ledger.take(payment.clone(), quote);
        let paid = self.ledger.payers();
        match self.quote().is_some_and(|quote| paid < quote.debtors()) {
            true => Ok(Vec::new()),
            false => Ok(self.order_or_repay(now)),
        }
    }

    pub(super) fn payment_failed(&mut self, payer: PayerId, now: Timestamp) -> Done {
        let demands = self.demands(Some(payer));
        match (demands.is_empty(), self.holds(now)) {
            (true, _) => Err(Refusal::NothingDue),
            (false, true) => Ok(demands),
            (false, false) => Ok(Vec::new()),
        }
    }

    pub(super) fn collection_stopped(&mut self, now: Timestamp) -> Done {
        match self.ledger.is_holding() {
            true => Ok(self.back_to_chosen(now)),
            false => Err(Refusal::NothingPaid),
        }
    }

    /// Orders what was approved; where the approval died meanwhile, or a flight departed, the money goes back.
    pub(super) fn order_or_repay(&mut self, now: Timestamp) -> Vec<Effect> {
        match self.holds(now) {
            true => self.order(now),
            false => self.back_to_chosen(now),
        }
    }

    /// Orders the change: for some of the passengers, the division first.
    fn order(&mut self, now: Timestamp) -> Vec<Effect> {
        let Some(booking) = self.present_booking().cloned() else {
            return Vec::new();
        };
        let passengers = self.changing_references();
        if self.awaits_division() {
            self.ordered = Some(now);
            self.state = State::Division;
            return vec![Effect::DivideBooking {
                booking,
                passengers,
            }];
        }
        let approved = self.approval.clone().zip(self.chosen());
        let Some((approval, offered)) = approved else {
            return Vec::new();
        };
        let expires = self.quote().map(|quote| quote.expires);
        let order = RebookingOrder {
            booking,
            option: offered.option.clone(),
            passengers,
            approval,
            until: expires.filter(|_| !self.ledger.is_holding()),
        };
        self.ordered = Some(now);
        self.state = State::Rebooking;
        vec![Effect::Rebook(Box::new(order))]
    }
}

//! The client is told, and everything goes on record: steps 6 and 7, and the ways out.

use jiff::Timestamp;

use super::Done;
use crate::change::{
    Case, Contact, Effect, Movement, Outcome, Question, Reach, RecordItem, Refusal, State,
};

impl Case {
    pub(super) fn itinerary_sent(&mut self, contact: Contact) -> Done {
        if contact.channel != self.reach.channel() {
            return Err(Refusal::OtherChannel);
        }
        self.sent = true;
        self.reminded = false;
        self.attempts = 0;
        self.state = State::Acknowledgement;
        Ok(vec![
            Effect::RemindClient,
            Effect::Ask(Question::Acknowledgement),
        ])
    }

    pub(super) fn was_reminded(&mut self) -> Done {
        if !self.sent {
            return Err(Refusal::OutOfOrder);
        }
        self.reminded = true;
        Ok(Vec::new())
    }

    pub(super) fn acknowledged(&mut self) -> Done {
        let late = self.outcome == Some(Outcome::ChangedUnconfirmed);
        if self.state == State::Record && !late {
            return Err(Refusal::OutOfOrder);
        }
        self.outcome = Some(Outcome::Changed);
        Ok(self.begin_record())
    }

    pub(super) fn error_reported(&mut self) -> Done {
        let rebooked = self.rebooked.clone().filter(|_| self.sent);
        let rebooked = rebooked.ok_or(Refusal::OutOfOrder)?;
        self.outcome = None;
        self.verified = None;
        self.sent = false;
        self.state = State::Verification;
        Ok(vec![Effect::FetchBooking(rebooked)])
    }

    pub(super) fn attempt_made(&mut self) -> Done {
        self.attempts = self.attempts.saturating_add(1);
        Ok(Vec::new())
    }

    pub(super) fn given_up(&mut self) -> Done {
        if self.attempts < Self::ATTEMPTS {
            return Err(Refusal::TooFewAttempts);
        }
        self.outcome = Some(Outcome::ChangedUnconfirmed);
        Ok(self.begin_record())
    }

    pub(super) fn withdrawn(&mut self) -> Vec<Effect> {
        let mut effects = self.stop_order();
        let repayments = self.ledger.release().into_iter();
        effects.extend(repayments.map(Effect::Repay));
        self.forget_quote();
        self.outcome = Some(Outcome::Withdrawn);
        effects.extend(self.begin_record());
        effects
    }

    pub(super) fn reach_stated(&mut self, reach: &Reach) -> Done {
        self.reach = reach.clone();
        match matches!(self.state, State::Acknowledgement | State::Sending) {
            true => Ok(self.send()),
            false => Ok(Vec::new()),
        }
    }

    /// Awaits the record: what was written of it before is out of date.
    pub(super) fn begin_record(&mut self) -> Vec<Effect> {
        self.filed.booking_note = false;
        self.filed.crm_note = false;
        self.state = State::Record;
        vec![Effect::WriteRecord]
    }

    pub(super) fn file(&mut self, item: &RecordItem) -> Done {
        match item {
            RecordItem::BookingNote if self.booking.is_none() => {
                return Err(Refusal::NothingToFile);
            }
            RecordItem::BookingNote => self.filed.booking_note = true,
            RecordItem::CrmNote => self.filed.crm_note = true,
            RecordItem::Correspondence { .. } if !self.written => {
                return Err(Refusal::NothingToFile);
            }
            RecordItem::Correspondence { kept_as } => {
                self.filed.correspondence.push(kept_as.clone());
            }
            RecordItem::Receipt { of, kept_as } => {
                if !self.movements().any(|moved: Movement| moved == *of) {
                    return Err(Refusal::UnknownMovement);
                }
                self.filed.receipts.insert(of.clone(), kept_as.clone());
            }
        }
        Ok(Vec::new())
    }

    pub(super) fn close(&mut self, now: Timestamp) -> Done {
        if self.ledger.owed().next().is_some() {
            return Err(Refusal::MoneyOwed);
        }
        if !self.missing(now).is_empty() {
            return Err(Refusal::RecordIncomplete);
        }
        self.state = State::Closed;
        Ok(Vec::new())
    }
}

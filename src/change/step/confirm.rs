//! The client is told, and everything goes on record: steps 6 and 7, and the ways out.

use jiff::Timestamp;

use super::{Done, is_before};
use crate::change::{
    Case, Contact, Dispatch, Effect, HistoryEntry, Outcome, Question, Reach, RecordItem, Refusal,
    State, record::is_remarked,
};

impl Case {
    pub(super) fn itinerary_sent(&mut self, contact: Contact) -> Done {
        if self.state == State::Record && !self.is_unconfirmed() {
            return Err(Refusal::OutOfOrder);
        }
        if contact.channel != self.reach.channel() {
            return Err(Refusal::OtherChannel);
        }
        // It is reported again: he is asked already.
        if self.state == State::Acknowledgement {
            return Ok(Vec::new());
        }
        // Sent again, it is the itinerary that he was reminded to check.
        self.reminded &= self.sent;
        self.sent = true;
        self.outcome = None;
        self.state = State::Acknowledgement;
        let remind = Some(Effect::RemindClient).filter(|_| !self.reminded);
        let ask = Effect::Ask(Question::Acknowledgement);
        Ok(remind.into_iter().chain([ask]).collect())
    }

    pub(super) fn was_reminded(&mut self) -> Done {
        if !self.sent {
            return Err(Refusal::OutOfOrder);
        }
        self.reminded = true;
        Ok(Vec::new())
    }

    pub(super) fn acknowledged(&mut self) -> Done {
        if !self.sent || (self.state == State::Record && !self.is_unconfirmed()) {
            return Err(Refusal::OutOfOrder);
        }
        self.outcome = Some(Outcome::Changed);
        Ok(self.begin_record())
    }

    pub(super) fn error_reported(&mut self) -> Done {
        match self.sent {
            true => self.check_again(),
            false => Err(Refusal::OutOfOrder),
        }
    }

    /// Back to the booking as it is, whoever says that something is wrong.
    pub(super) fn check_again(&mut self) -> Done {
        let rebooked = self.rebooked.as_ref().ok_or(Refusal::OutOfOrder)?;
        let fetch = Effect::FetchBooking(rebooked.booking.clone());
        self.outcome = None;
        self.verified = None;
        self.sent = false;
        self.state = State::Verification;
        Ok(vec![fetch])
    }

    pub(super) fn error_found(&mut self) -> Done {
        if self.state == State::Record && !self.is_changed() {
            return Err(Refusal::OutOfOrder);
        }
        self.check_again()
    }

    pub(super) fn attempt_made(&mut self) -> Done {
        self.attempts = self.attempts.saturating_add(1);
        Ok(Vec::new())
    }

    pub(super) fn given_up(&mut self) -> Done {
        if self.attempts < Self::ATTEMPTS {
            return Err(Refusal::TooFewAttempts);
        }
        if matches!(self.state, State::Acknowledgement | State::Sending) {
            self.outcome = Some(Outcome::ChangedUnconfirmed);
            return Ok(self.begin_record());
        }
        Ok(self.end_unchanged(Outcome::Unanswered))
    }

    pub(super) fn withdrawn(&mut self, at: Timestamp, now: Timestamp) -> Done {
        if at > now {
            return Err(Refusal::NotYet);
        }
        // What is older than his approval does not take it back.
        let approved = self.approval.as_ref().map(|approval| approval.at);
        if is_before(at, approved.unwrap_or(self.opened)) {
            return Err(Refusal::TimeRunsBack);
        }
        // A wrong time is reported again.
        if self.state == State::Stopping {
            self.withdrawn = Some(at);
            return Ok(Vec::new());
        }
        // What is ordered may be done already; what is done, may have been too late.
        let is_ordered = matches!(self.state, State::Division | State::Rebooking);
        if let Some(rebooked) = &self.rebooked {
            if !self.documents.is_empty() {
                return Err(Refusal::TicketsIssued);
            }
            if rebooked.at <= at {
                return Err(Refusal::AlreadyChanged);
            }
            self.forget_rebooked();
        } else if !is_ordered {
            return Ok(self.end_unchanged(Outcome::Withdrawn));
        }
        self.withdrawn = Some(at);
        self.state = State::Stopping;
        Ok(vec![Effect::StopRebooking])
    }

    /// Ends the case with the flights as they were, and all money on its way back.
    pub(super) fn end_unchanged(&mut self, outcome: Outcome) -> Vec<Effect> {
        let repayments = self.ledger.release().into_iter();
        let mut effects: Vec<_> = repayments.map(Effect::Repay).collect();
        self.forget_quote();
        self.outcome = Some(outcome);
        effects.extend(self.begin_record());
        effects
    }

    pub(super) fn reach_stated(&mut self, reach: &Reach) -> Done {
        let before = core::mem::replace(&mut self.reach, reach.clone());
        let awaits_him = matches!(self.state, State::Acknowledgement | State::Sending);
        // There it goes already, or was sent.
        let is_known = awaits_him && before == self.reach;
        if is_known || (!awaits_him && !self.is_unconfirmed()) {
            return Ok(Vec::new());
        }
        // The copies are on their way.
        self.outcome = None;
        self.state = State::Sending;
        Ok(vec![Effect::SendItinerary(Dispatch {
            client: self.reach.clone(),
            copies: Vec::new(),
        })])
    }

    /// What was filed of the record is out of date when something comes that belongs there.
    pub(super) fn outdate(&mut self, entry: &HistoryEntry) -> Option<Effect> {
        let filed = (self.filed.booking_note, self.filed.crm_note);
        self.filed.booking_note &= !is_remarked(entry);
        self.filed.crm_note &= entry.event.fact.contact().is_none();
        let now = (self.filed.booking_note, self.filed.crm_note);
        let outdated = self.state == State::Record && filed != now;
        outdated.then_some(Effect::WriteRecord)
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
            RecordItem::Correspondence { .. } => self.unkept = false,
            RecordItem::Receipt { of, kept_as } => {
                if !self.ledger.has_moved(of) {
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

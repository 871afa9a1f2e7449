//! What a case misses, and what may come next.

use jiff::Timestamp;

use super::{Case, FactKind, Missing, State};

impl Case {
    /// What may come next: everything else is refused, whatever it says, but for what is
    /// reported again. (Money that came in twice under one reference came in once.)
    ///
    /// ```
    /// use peline::change::*;
    /// # let opening = Opening { case: CaseId::new(17), client: ClientId::new(4), reach: Reach::Phone, by: AgentId::new(9) };
    /// # let now = "2026-11-02T10:00:00Z".parse()?;
    /// let (case, _) = Case::open(opening, now);
    /// let next: Vec<_> = case.next(now).map(FactKind::name).collect();
    /// assert_eq!(next, [
    ///     "reference_given", "attempt_made", "withdrawn", "contacted", "reach_stated", "money_arrived",
    /// ]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn next(&self, now: Timestamp) -> impl Iterator<Item = FactKind> {
        self.state
            .takes()
            .filter(move |kind| self.awaits(*kind, now))
    }

    /// Whether there may be something of this kind that is not refused, by what the case knows beyond its
    /// state.
    fn awaits(&self, kind: FactKind, now: Timestamp) -> bool {
        match kind {
            FactKind::QuoteTold | FactKind::QuoteApproved => self.holds(now),
            FactKind::NothingAvailable | FactKind::WishStated => !self.ledger.is_holding(),
            FactKind::OptionChosen => {
                let mut options = self.options().iter();
                !self.ledger.is_holding() && options.any(|option| !self.is_past(option, now))
            }
            FactKind::Priced => {
                !self.ledger.is_holding() && !self.has_departed(now) && !self.is_outdated(now)
            }
            FactKind::RulesFound => !self.ledger.is_holding(),
            FactKind::BookingFetched => {
                self.rebooked.is_some() || !self.ledger.is_holding() && self.divided.is_none()
            }
            FactKind::DiscrepancyAcknowledged => {
                !self.is_charged_within_waiver() && self.holds(now)
            }
            FactKind::RebookingUndone => self.documents.is_empty(),
            FactKind::CollectionStopped => self.ledger.is_holding(),
            FactKind::Repaid => self.ledger.owed().next().is_some(),
            FactKind::GivenUp => self.attempts >= Self::ATTEMPTS,
            FactKind::Closed => self.missing(now).is_empty(),
            FactKind::BookingDivided => self.awaits_division(),
            FactKind::Rebooked => !self.awaits_division() && self.documents.is_empty(),
            FactKind::Acknowledged => {
                self.sent && (self.state != State::Record || self.is_unconfirmed())
            }
            FactKind::ItinerarySent => self.state != State::Record || self.is_unconfirmed(),
            FactKind::ErrorFound => self.state != State::Record || self.is_changed(),
            FactKind::Withdrawn => self.documents.is_empty(),
            FactKind::ErrorReported | FactKind::Reminded => self.sent,
            FactKind::PassedOn => !self.awaits_division(),
            FactKind::ReferenceGiven
            | FactKind::BookingNotFound
            | FactKind::ItineraryConfirmed
            | FactKind::ItineraryDisputed
            | FactKind::Ruled
            | FactKind::RestrictionsTold
            | FactKind::GoAheadGiven
            | FactKind::OptionsFound
            | FactKind::OptionsTold
            | FactKind::OptionsRejected
            | FactKind::AlternativesOffered
            | FactKind::AlternativeAccepted
            | FactKind::Declined
            | FactKind::QuoteRejected
            | FactKind::PaymentReceived
            | FactKind::PaymentFailed
            | FactKind::RebookingRefused
            | FactKind::DocumentsIssued
            | FactKind::AttemptMade
            | FactKind::Filed
            | FactKind::Contacted
            | FactKind::ReachStated
            | FactKind::MoneyArrived => true,
        }
    }

    /// What is missing before the case can go on, and what still has to go back. A closed case misses
    /// nothing. Once a flight of the chosen option has departed there is no price any more: another wish is missing,
    /// and before that an end of collecting, if somebody paid. Once a flight of the booking has departed since it was
    /// fetched, that is missing again before there is another price (of a divided booking only the figures are).
    ///
    /// ```
    /// use peline::change::*;
    /// # let opening = Opening { case: CaseId::new(17), client: ClientId::new(4), reach: Reach::Phone, by: AgentId::new(9) };
    /// # let now = "2026-11-02T10:00:00Z".parse()?;
    /// let (case, _) = Case::open(opening, now);
    /// assert_eq!(case.missing(now), [Missing::Fact(FactKind::ReferenceGiven)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn missing(&self, now: Timestamp) -> Vec<Missing> {
        let facts: &[FactKind] = match self.state {
            State::Reference => &[FactKind::ReferenceGiven],
            State::Booking => &[FactKind::BookingFetched],
            State::ItineraryConfirmation => &[FactKind::ItineraryConfirmed],
            State::Rules => &[FactKind::RulesFound],
            State::Ruling | State::ResidualRuling => &[FactKind::Ruled],
            State::RestrictionsTold => &[FactKind::RestrictionsTold],
            State::GoAhead => &[FactKind::GoAheadGiven],
            State::Wish => &[FactKind::WishStated],
            State::Options => &[FactKind::OptionsFound, FactKind::NothingAvailable],
            State::OptionsTold => &[FactKind::OptionsTold],
            State::Choice if self.awaits(FactKind::OptionChosen, now) => {
                &[FactKind::OptionChosen, FactKind::OptionsRejected]
            }
            State::Choice => &[FactKind::OptionsRejected],
            State::Alternatives => &[FactKind::AlternativesOffered],
            State::AlternativesAnswer => &[FactKind::AlternativeAccepted, FactKind::Declined],
            State::Quote => &[FactKind::Priced],
            State::DiscrepancyAcknowledgement if self.is_charged_within_waiver() => {
                &[FactKind::Priced]
            }
            State::DiscrepancyAcknowledgement => &[FactKind::DiscrepancyAcknowledged],
            State::QuoteTold => &[FactKind::QuoteTold],
            State::Approval => &[FactKind::QuoteApproved, FactKind::QuoteRejected],
            State::Division => &[FactKind::BookingDivided, FactKind::RebookingRefused],
            State::Rebooking => &[FactKind::Rebooked, FactKind::RebookingRefused],
            State::Verification | State::Correction => &[FactKind::BookingFetched],
            State::Documents => &[FactKind::DocumentsIssued],
            State::Sending => &[FactKind::ItinerarySent],
            State::Acknowledgement => &[FactKind::Acknowledged],
            State::Stopping if self.awaits_division() => {
                &[FactKind::RebookingRefused, FactKind::BookingDivided]
            }
            State::Stopping => &[FactKind::RebookingRefused, FactKind::Rebooked],
            State::Payment | State::Record | State::Closed => &[],
        };
        let about_price = self.state.is_about_price();
        let departed = about_price && self.has_departed(now);
        let outdated = about_price && self.is_outdated(now);
        let facts: &[FactKind] = match (departed, outdated) {
            (true, _) | (_, true) if self.ledger.is_holding() => &[FactKind::CollectionStopped],
            (true, _) => &[FactKind::WishStated, FactKind::NothingAvailable],
            (false, true) => &[FactKind::BookingFetched],
            (false, false) => facts,
        };
        let expired = self.state.needs_quote() && !self.is_live(now) && !self.has_departed(now);
        let mut missing: Vec<_> = match self.quote() {
            Some(quote) if expired && !outdated => vec![Missing::LiveQuote(quote.number)],
            _ => facts.iter().copied().map(Missing::Fact).collect(),
        };
        if self.state == State::Payment && self.holds(now) {
            missing.extend(self.unpaid().map(|account| Missing::Payment {
                payer: account.payer,
                amount: account.due,
            }));
        }
        if self.state == State::Acknowledgement && !self.reminded {
            missing.push(Missing::Reminder);
        }
        if self.state == State::Record {
            missing.extend(self.unfiled());
        }
        let owed = self.ledger.owed();
        missing.extend(owed.map(|repayment| Missing::Repayment(repayment.number)));
        missing
    }

    /// What of the record is missing.
    fn unfiled(&self) -> impl Iterator<Item = Missing> {
        let parts = [
            (self.sent && !self.reminded, Missing::Reminder),
            (
                self.booking.is_some() && !self.filed.booking_note,
                Missing::BookingNote,
            ),
            (!self.filed.crm_note, Missing::CrmNote),
            (self.unkept, Missing::Correspondence),
        ];
        let parts = parts.into_iter().filter(|(missing, _)| *missing);
        let receipts = self.movements();
        let receipts = receipts.filter(|of| !self.filed.receipts.contains_key(of));
        let parts = parts.map(|(_, part)| part);
        parts.chain(receipts.map(Missing::Receipt))
    }
}

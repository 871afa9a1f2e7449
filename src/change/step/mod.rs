//! What follows from an event: each file is one part of the procedure.
//!
//! Each handler checks everything before it changes anything, so a refused event changes nothing.

mod confirm;
mod cost;
mod identify;
mod money;
mod offer;
mod rebook;

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};

use super::{Case, Effect, Event, Fact, FactKind, HistoryEntry, Refusal, Rejected};

/// What an event does beside changing the case.
type Done = Result<Vec<Effect>, Refusal>;

/// Whether what others stamped comes before a time of ours: not within its minute, for some of them tell no more.
fn is_before(stamped: Timestamp, ours: Timestamp) -> bool {
    let minute = TimestampRound::new()
        .smallest(Unit::Minute)
        .mode(RoundMode::Floor);
    stamped < ours.round(minute).unwrap_or(ours)
}

impl Case {
    /// Lets something happen: the case as it is then, and what is to be done.
    ///
    /// `now` is when it is reported. A payment or a repayment that is reported again under the same reference
    /// changes nothing and has no effects. A contact with the client has its
    /// [note for the CRM](Effect::NoteContact) as its last effect.
    ///
    /// # Errors
    ///
    /// [`Rejected`] says why not, and hands the case back as it was.
    ///
    /// See the examples of [the page of `change`](super) for whole cases.
    pub fn step(mut self, event: Event, now: Timestamp) -> Result<(Self, Vec<Effect>), Rejected> {
        if event.case != self.opening.case {
            return Err(Rejected::new(Refusal::OtherCase, self));
        }
        let (before, collected) = (self.state, self.collects_for());
        let done = match self.is_repeated(&event.fact) {
            Ok(true) => return Ok((self, Vec::new())),
            Ok(false) => self
                .check(&event, now)
                .and_then(|()| self.apply(&event, now)),
            Err(refusal) => Err(refusal),
        };
        let mut effects = match done {
            Ok(effects) => effects,
            Err(refusal) => return Err(Rejected::new(refusal, self)),
        };
        let is_paid = matches!(event.fact, Fact::PaymentReceived(_));
        if let Some(quote) = collected.filter(|_| !is_paid && self.collects_for() != collected) {
            effects.insert(0, Effect::StopCollecting(quote));
        }
        let silent = matches!(
            event.fact.kind(),
            FactKind::AttemptMade | FactKind::ItinerarySent | FactKind::Reminded
        );
        let answered = event.fact.contact().is_some() && !silent;
        if self.state != before || answered || is_paid {
            self.attempts = 0;
        }
        let position = self.history.len();
        let contact = event.fact.contact();
        let entry = HistoryEntry { at: now, event };
        effects.extend(self.outdate(&entry));
        if let Some(contact) = contact {
            self.written |= contact.channel.is_written();
            self.unkept |= contact.channel.is_written();
            effects.push(Effect::NoteContact { position });
        }
        self.history.push(entry);
        Ok((self, effects))
    }

    /// What is refused in the same way whatever happened.
    fn check(&self, event: &Event, now: Timestamp) -> Result<(), Refusal> {
        let last = self.history.last().map_or(self.opened, |entry| entry.at);
        if now < last {
            return Err(Refusal::TimeRunsBack);
        }
        let kind = event.fact.kind();
        if !self.state.takes().any(|taken| taken == kind) {
            return Err(Refusal::OutOfOrder);
        }
        let contact = event.fact.contact();
        match contact.is_none_or(|contact| contact.client == self.opening.client) {
            true => Ok(()),
            false => Err(Refusal::OtherClient),
        }
    }

    fn apply(&mut self, event: &Event, now: Timestamp) -> Done {
        match &event.fact {
            Fact::ReferenceGiven { booking, .. } => self.reference_given(booking),
            Fact::BookingNotFound => self.booking_not_found(),
            Fact::BookingFetched(booking) => match self.rebooked.is_some() {
                true => self.verify(booking),
                false => self.booking_fetched(booking, now),
            },
            Fact::ItineraryConfirmed { itinerary, .. } => self.itinerary_confirmed(itinerary),
            Fact::ItineraryDisputed { .. } => self.itinerary_disputed(),
            Fact::RulesFound(rules) => self.rules_found(rules),
            Fact::Ruled(ruling) => self.ruled(ruling, now),
            Fact::RestrictionsTold { .. } => self.restrictions_told(),
            Fact::GoAheadGiven { .. } => self.go_ahead_given(),
            Fact::WishStated { wish, .. } => self.wish_stated(wish),
            Fact::OptionsFound(options) => self.options_found(options, now),
            Fact::NothingAvailable => self.nothing_available(),
            Fact::OptionsTold { .. } => self.options_told(),
            Fact::OptionChosen { option, .. } => self.option_chosen(*option, now),
            Fact::OptionsRejected { .. } => self.options_rejected(),
            Fact::AlternativesOffered { alternatives, .. } => {
                self.alternatives_offered(alternatives)
            }
            Fact::AlternativeAccepted { to, .. } => self.alternative_accepted(*to),
            Fact::Declined { .. } => self.declined(),
            Fact::Priced(pricing) => self.priced(pricing, now),
            Fact::DiscrepancyAcknowledged { quote } => self.discrepancy_acknowledged(*quote, now),
            Fact::QuoteTold {
                quote, knock_on, ..
            } => self.quote_told(*quote, knock_on, now),
            Fact::QuoteApproved {
                contact,
                option,
                quote,
                tolerance,
            } => self.quote_approved(*contact, *option, *quote, *tolerance, now),
            Fact::QuoteRejected { quote, .. } => self.quote_rejected(*quote),
            Fact::PaymentReceived(payment) => self.payment_received(payment, now),
            Fact::PaymentFailed { payer } => self.payment_failed(*payer, now),
            Fact::MoneyArrived(payment) => self.money_arrived(payment, now),
            Fact::Repaid {
                repayment,
                reference,
            } => self.repaid(*repayment, reference),
            Fact::CollectionStopped => self.collection_stopped(now),
            Fact::BookingDivided {
                booking,
                travellers,
                at,
            } => self.booking_divided(booking, travellers, *at, now),
            Fact::Rebooked { booking, at } => self.rebooked(booking, *at, now),
            Fact::RebookingRefused { .. } => Ok(self.back_to_chosen(now)),
            Fact::RebookingUndone { .. } => self.rebooking_undone(now),
            Fact::PassedOn { .. } => self.passed_on(),
            Fact::DocumentsIssued(documents) => self.documents_issued(documents, now),
            Fact::ItinerarySent { contact } => self.itinerary_sent(*contact),
            Fact::Reminded { .. } => self.was_reminded(),
            Fact::Acknowledged { .. } => self.acknowledged(),
            Fact::ErrorReported { .. } => self.error_reported(),
            Fact::ErrorFound { .. } => self.error_found(),
            Fact::GivenUp => self.given_up(),
            Fact::Filed(item) => self.file(item),
            Fact::Closed => self.close(now),
            Fact::Withdrawn { at, .. } => self.withdrawn(*at, now),
            Fact::AttemptMade { .. } => self.attempt_made(),
            Fact::Contacted { .. } => Ok(Vec::new()),
            Fact::ReachStated { reach, .. } => self.reach_stated(reach),
        }
    }
}

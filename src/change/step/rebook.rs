//! The booking is changed, checked, and ticketed: step 5.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Done, identify::check_passengers, is_before};
use crate::{
    change::{
        Booking, Case, Effect, IssuedDocument, Mismatch, Outcome, Refusal, RepaymentReason, State,
        TripDivision, TripUpdate, VerifiedItinerary,
        case::{Divided, HandedOnce, Rebooked},
        mismatches,
        verification::same_travellers,
    },
    pe::NameReference,
    trip::{BookingId, Traveller},
};

impl Case {
    pub(super) fn booking_divided(
        &mut self,
        new: &BookingId,
        travellers: &[Traveller],
        at: Timestamp,
        now: Timestamp,
    ) -> Done {
        if self
            .booking
            .as_ref()
            .is_some_and(|booking| booking.id == *new)
        {
            return Err(Refusal::SameBooking);
        }
        if !self.awaits_division() {
            return Err(Refusal::OutOfOrder);
        }
        if at > now {
            return Err(Refusal::NotYet);
        }
        self.not_before_order(at)?;
        self.check_divided(travellers)?;
        // Of the minute of the order it is not before that.
        let at = self.ordered.map_or(at, |ordered| ordered.max(at));
        self.divided = Some(Divided {
            booking: new.clone(),
            travellers: travellers.to_vec(),
            at,
        });
        // The booking is divided, whatever becomes of the change.
        let division = TripDivision::of(self).ok_or(Refusal::OutOfOrder)?;
        let next = match self.withdrawn {
            Some(_) => self.end_unchanged(Outcome::Withdrawn),
            None => self.order_or_repay(now),
        };
        if self.state == State::Rebooking {
            // Who divides a booking may change it at once, and report both later.
            self.ordered = Some(at);
        }
        let mut effects = vec![Effect::DivideTrip(Box::new(division))];
        effects.extend(next);
        Ok(effects)
    }

    /// Those who change are in the new booking, and nobody else is, each under a number of one passenger.
    fn check_divided(&self, travellers: &[Traveller]) -> Result<(), Refusal> {
        let names = travellers.iter().map(Traveller::name);
        if !same_travellers(self.changing_names().into_iter(), names) {
            return Err(Refusal::TravellersDiffer);
        }
        let references = travellers.iter().filter_map(Traveller::name_reference);
        let single = references.filter(|reference| reference.passenger().is_some());
        let single: BTreeSet<_> = single.collect();
        match single.len() == travellers.len() {
            true => Ok(()),
            false => Err(Refusal::PassengersUnclear),
        }
    }

    pub(super) fn rebooked(&mut self, new: &BookingId, at: Timestamp, now: Timestamp) -> Done {
        let original = self.booking.as_ref().map(|booking| &booking.id);
        if self.divided.is_some() && original == Some(new) {
            return Err(Refusal::SameBooking);
        }
        if self.awaits_division() {
            return Err(Refusal::OutOfOrder);
        }
        if !self.documents.is_empty() {
            return Err(Refusal::TicketsIssued);
        }
        self.live_then(at, now)?;
        self.not_before_order(at)?;
        if self.withdrawn.is_some_and(|withdrawn| withdrawn < at) {
            if self.rebooked.is_none() {
                return Err(Refusal::AfterWithdrawal);
            }
            // It was reported as if it had been in time.
            self.forget_rebooked();
            self.state = State::Stopping;
            return Ok(vec![Effect::StopRebooking]);
        }
        let before = self.rebooked.take();
        let before = before.filter(|before| before.booking == *new);
        let is_known = before.is_some();
        self.rebooked = Some(Rebooked {
            booking: new.clone(),
            at,
            numbers: before.and_then(|before| before.numbers),
        });
        if is_known && self.state != State::Correction {
            return Ok(Vec::new());
        }
        self.forget_verified();
        self.state = State::Verification;
        Ok(vec![Effect::FetchBooking(new.clone())])
    }

    fn not_before_order(&self, at: Timestamp) -> Result<(), Refusal> {
        match self.ordered.is_some_and(|ordered| !is_before(at, ordered)) {
            true => Ok(()),
            false => Err(Refusal::BeforeOrder),
        }
    }

    /// Nothing is checked.
    fn forget_verified(&mut self) {
        self.verified = None;
        self.changed = None;
        self.mismatches.clear();
    }

    /// Nothing is changed, as far as is known.
    pub(super) fn forget_rebooked(&mut self) {
        self.rebooked = None;
        self.forget_verified();
    }

    /// Compares what is booked with what was approved.
    pub(super) fn verify(&mut self, booking: &Booking) -> Done {
        let rebooked = self.rebooked.as_ref().map(|rebooked| &rebooked.booking);
        if rebooked != Some(&booking.id) {
            return Err(Refusal::OtherBooking);
        }
        check_passengers(booking)?;
        let option = self.chosen().ok_or(Refusal::OtherOption)?;
        let approved = option.option.itinerary.flights();
        let mut found = mismatches(approved, booking.itinerary.flights());
        let booked = booking.itinerary.travellers().iter().map(Traveller::name);
        if !same_travellers(self.changing_names().into_iter(), booked) {
            found.push(Mismatch::Travellers);
        }
        let numbers = self.new_numbers(booking.itinerary.travellers());
        if let Some(rebooked) = &mut self.rebooked {
            rebooked.found(numbers);
        }
        self.checks.insert(self.history.len(), found.len());
        self.mismatches.clone_from(&found);
        if !found.is_empty() {
            self.verified = None;
            self.state = State::Correction;
            return Ok(vec![Effect::CorrectBooking(found)]);
        }
        let verified = VerifiedItinerary {
            booking: booking.id.clone(),
            itinerary: booking.itinerary.clone(),
        };
        self.changed = Some(booking.clone());
        self.state = State::Documents;
        let before = self.verified.replace(verified.clone());
        // They are ordered once.
        let issue = Some(verified).filter(|verified| before.as_ref() != Some(verified));
        let issue = issue.map(|verified| Effect::IssueDocuments(Box::new(verified)));
        Ok(issue.into_iter().collect())
    }

    /// The names of those who change.
    pub(super) fn changing_names(&self) -> Vec<&crate::trip::PersonName> {
        let references = self.changing_references();
        let travellers = self.booking.iter().flat_map(|it| it.itinerary.travellers());
        let changing = |traveller: &&Traveller| {
            let reference = traveller.name_reference();
            reference.is_some_and(|reference| references.contains(&reference))
        };
        travellers.filter(changing).map(Traveller::name).collect()
    }

    /// Back to the chosen option, at no price and with all money back: the booking is as it was. Where the client
    /// withdrew meanwhile, the case ends.
    pub(super) fn back_to_chosen(&mut self, now: Timestamp) -> Vec<Effect> {
        self.forget_rebooked();
        if self.withdrawn.is_some() {
            return self.end_unchanged(Outcome::Withdrawn);
        }
        let repayments = self.ledger.release().into_iter();
        let mut effects: Vec<_> = repayments.map(Effect::Repay).collect();
        self.forget_quote();
        effects.extend(self.price(now));
        effects
    }

    pub(super) fn passed_on(&mut self) -> Done {
        if self.awaits_division() {
            return Err(Refusal::OutOfOrder);
        }
        let stop = Some(Effect::StopRebooking).filter(|_| self.state == State::Rebooking);
        // What was approved did not come about; with the tickets it did, and that is settled.
        let repayments = self.ledger.release().into_iter();
        let mut effects: Vec<_> = stop
            .into_iter()
            .chain(repayments.map(Effect::Repay))
            .collect();
        if self.documents.is_empty() {
            self.forget_quote();
            self.verified = None;
        }
        self.outcome = Some(Outcome::PassedOn);
        effects.extend(self.begin_record());
        Ok(effects)
    }

    pub(super) fn rebooking_undone(&mut self, now: Timestamp) -> Done {
        match self.documents.is_empty() {
            true => Ok(self.back_to_chosen(now)),
            false => Err(Refusal::TicketsIssued),
        }
    }

    pub(super) fn documents_issued(
        &mut self,
        documents: &[IssuedDocument],
        now: Timestamp,
    ) -> Done {
        let proof = |document: &&IssuedDocument| match document {
            IssuedDocument::Confirmation { .. } | IssuedDocument::Ticket { .. } => true,
            IssuedDocument::Emd { .. } => false,
        };
        let changing = self.changing_references();
        let travelling: BTreeSet<NameReference> = documents
            .iter()
            .filter(proof)
            .map(IssuedDocument::passenger)
            .collect();
        let all = documents.iter().map(IssuedDocument::passenger);
        if travelling != changing || !all.into_iter().all(|it| changing.contains(&it)) {
            return Err(Refusal::DocumentsDiffer);
        }
        let mut numbers = BTreeSet::new();
        let once = documents.iter().all(|document| match document {
            IssuedDocument::Emd { number, .. } | IssuedDocument::Ticket { number, .. } => {
                numbers.insert(number)
            }
            IssuedDocument::Confirmation { .. } => true,
        });
        if !once {
            return Err(Refusal::DocumentsDiffer);
        }
        let update = TripUpdate::of(self, documents, now).ok_or(Refusal::OutOfOrder)?;
        let mut effects = Vec::new();
        if self.documents.is_empty() {
            let returned: Vec<_> = self
                .quote()
                .into_iter()
                .flat_map(|it| it.returned())
                .collect();
            for (payee, what) in returned {
                let repayment = self.ledger.owe(payee, what, RepaymentReason::Settlement);
                effects.push(Effect::Repay(repayment));
            }
            self.ledger.settle();
        }
        self.documents = documents.to_vec();
        let last = update.last();
        let verified = self.verified.clone();
        self.handed_over = verified.map(|verified| HandedOnce { verified, last });
        effects.push(Effect::UpdateTrip(Box::new(update)));
        effects.push(Effect::SendItinerary(self.dispatch()));
        self.state = State::Sending;
        Ok(effects)
    }
}

//! What of a case stands at a time: its quote, its option, its booking.

use jiff::Timestamp;

use super::{
    Account, Booking, Case, Discrepancy, DiscrepancyKind, Offered, Outcome, Quote, QuoteNumber,
    State, pricing::has_passed,
};
use crate::trip::Flight;

impl Case {
    /// Those who still have to pay.
    pub(super) fn unpaid(&self) -> impl Iterator<Item = &Account> {
        let accounts = self.quote().into_iter().flat_map(Quote::accounts);
        accounts.filter(|account| !account.due.is_zero() && !self.ledger.has_paid(account.payer))
    }

    /// Whether the present quote holds: it has not expired, or is being paid.
    pub(super) fn is_live(&self, now: Timestamp) -> bool {
        let holds = |quote: &Quote| quote.is_live_at(now) || self.ledger.is_holding();
        self.quote().is_some_and(holds)
    }

    /// Whether a flight of the chosen option has departed.
    pub(super) fn has_departed(&self, now: Timestamp) -> bool {
        self.chosen()
            .is_some_and(|chosen| self.is_past(chosen, now))
    }

    /// Whether a flight of an option has departed.
    pub(super) fn is_past(&self, offered: &Offered, now: Timestamp) -> bool {
        let booking = self.booking.as_ref();
        let departure = booking.and_then(|booking| offered.option.departure(booking));
        departure.is_some_and(|day| has_passed(day, now))
    }

    /// Whether the present quote can be approved, or what is approved ordered: it lives, no flight of it has
    /// departed, and none of the booking since that was fetched.
    pub(super) fn holds(&self, now: Timestamp) -> bool {
        self.is_live(now) && !self.has_departed(now) && !self.is_outdated(now)
    }

    /// The quote for which something is still to be collected.
    pub(super) fn collects_for(&self) -> Option<QuoteNumber> {
        let quote = self.quote().filter(|_| self.state == State::Payment)?;
        self.unpaid().next().map(|_| quote.number)
    }

    /// Whether it awaits the record of a change that the client did not acknowledge: he may still do so.
    pub(super) fn is_unconfirmed(&self) -> bool {
        self.state == State::Record && self.outcome == Some(Outcome::ChangedUnconfirmed)
    }

    /// Whether it awaits the record of a change.
    pub(super) fn is_changed(&self) -> bool {
        self.is_unconfirmed()
            || self.state == State::Record && self.outcome == Some(Outcome::Changed)
    }

    /// Whether a flight of the booking departed since it was fetched: then other fees and fares may count. None that was
    /// to come had by then, and of one that was missed it is known. Of a booking that was divided, only the part that
    /// stays could be fetched.
    pub(super) fn is_outdated(&self, now: Timestamp) -> bool {
        let to_come = self.booking.iter().flat_map(Booking::to_come);
        let mut days = to_come.map(Flight::departure_date);
        days.any(|day| has_passed(day, now)) && self.divided.is_none()
    }

    pub(super) fn is_charged_within_waiver(&self) -> bool {
        let mut discrepancies = self.quote().into_iter().flat_map(Quote::discrepancies);
        discrepancies.any(|it: &Discrepancy| it.kind() == DiscrepancyKind::ChargeWithinWaiver)
    }
}

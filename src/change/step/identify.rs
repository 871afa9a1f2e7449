//! Which booking it is, and whether it can be changed at all: steps 1 and 2.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Done;
use crate::{
    change::{
        Answer, Booking, Case, Effect, Feasibility, Obstacle, OpenRule, Permission, Question,
        Refusal, Ruling, Situation, State, TicketRules, Usage,
        pricing::{has_passed, today},
    },
    trip::{BookingId, Itinerary, Traveller},
};

impl Case {
    pub(super) fn reference_given(&mut self, booking: &BookingId) -> Done {
        self.asked = Some(booking.clone());
        self.booking = None;
        self.state = State::Booking;
        Ok(vec![Effect::FetchBooking(booking.clone())])
    }

    pub(super) fn booking_not_found(&mut self) -> Done {
        Ok(self.ask_again())
    }

    pub(super) fn itinerary_disputed(&mut self) -> Done {
        Ok(self.ask_again())
    }

    fn ask_again(&mut self) -> Vec<Effect> {
        self.asked = None;
        self.booking = None;
        self.state = State::Reference;
        vec![Effect::Ask(Question::Reference)]
    }

    pub(super) fn booking_fetched(&mut self, booking: &Booking, now: Timestamp) -> Done {
        if self.ledger.is_holding() {
            return Err(Refusal::QuoteFrozen);
        }
        if self.divided.is_some() {
            return Err(Refusal::AlreadyDivided);
        }
        if self.asked.as_ref() != Some(&booking.id) {
            return Err(Refusal::OtherBooking);
        }
        check_passengers(booking)?;
        let flights = booking.itinerary.flights().len();
        let flown = booking.usage.flown();
        if flown > flights || booking.usage == (Usage::PartlyUsed { flown: 0 }) {
            return Err(Refusal::UsageUnclear);
        }
        if flown == flights {
            return Err(Refusal::NothingToChange);
        }
        let (_, latest) = today(now);
        let mut gone = booking.gone().iter();
        if gone.any(|flight| flight.departure_date() > latest) {
            return Err(Refusal::UsageUnclear);
        }
        // Whether it was flown or missed decides which fee counts.
        let mut to_come = booking.to_come().iter();
        if to_come.any(|flight| has_passed(flight.departure_date(), now)) {
            return Err(Refusal::UsageUnclear);
        }
        // Nothing is different but perhaps who gets the mail: the case goes on where it is.
        if self.state > State::ItineraryConfirmation && self.is_as_booked(booking) {
            self.booking = Some(booking.clone());
            return Ok(Vec::new());
        }
        self.forget_offer();
        self.wish = None;
        self.rules = None;
        self.found = None;
        self.booking = Some(booking.clone());
        self.state = State::ItineraryConfirmation;
        Ok(vec![Effect::Ask(Question::CurrentItinerary)])
    }

    fn is_as_booked(&self, booking: &Booking) -> bool {
        let with_addressees = |before: &Booking| Booking {
            addressees: booking.addressees.clone(),
            ..before.clone()
        };
        self.booking.as_ref().map(with_addressees).as_ref() == Some(booking)
    }

    pub(super) fn itinerary_confirmed(&mut self, itinerary: &Itinerary) -> Done {
        let booking = self.booking.as_ref().ok_or(Refusal::OutOfOrder)?;
        if booking.itinerary.flights() != itinerary.flights() {
            return Err(Refusal::NotCurrent);
        }
        let look_up = Effect::LookUpRules(booking.id.clone());
        self.state = State::Rules;
        Ok(vec![look_up])
    }

    /// Where those who change are booked now.
    pub(super) fn present_booking(&self) -> Option<&BookingId> {
        let original = self.booking.as_ref().map(|booking| &booking.id);
        self.divided().or(original)
    }

    fn situation(&self) -> Situation {
        let booking = self.booking.as_ref();
        booking.map_or(Situation::BeforeDeparture, |it| it.usage.situation())
    }

    pub(super) fn is_feasible(&self) -> bool {
        let feasibility = self
            .rules
            .as_ref()
            .map(|it| it.feasibility(self.situation()));
        feasibility == Some(Feasibility::Allowed)
    }

    pub(super) fn rules_found(&mut self, rules: &TicketRules) -> Done {
        if rules.components.is_empty() {
            return Err(Refusal::NoRules);
        }
        if self.ledger.is_holding() {
            return Err(Refusal::QuoteFrozen);
        }
        if self.state > State::Ruling && self.found.as_ref() == Some(rules) {
            return Ok(Vec::new());
        }
        self.forget_offer();
        self.rules = Some(rules.clone());
        self.found = Some(rules.clone());
        Ok(self.weigh())
    }

    /// Goes on by what the rules say.
    fn weigh(&mut self) -> Vec<Effect> {
        let situation = self.situation();
        let rules = self.rules.as_ref();
        match rules.map_or(Feasibility::Unknown, |it| it.feasibility(situation)) {
            Feasibility::Allowed => {
                self.state = State::RestrictionsTold;
                vec![Effect::TellRestrictions]
            }
            Feasibility::NotAllowed => self.offer_alternatives(Obstacle::NotAllowed),
            Feasibility::Unknown => {
                self.state = State::Ruling;
                vec![Effect::AskAirline(OpenRule::Permission)]
            }
        }
    }

    pub(super) fn ruled(&mut self, ruling: &Ruling, now: Timestamp) -> Done {
        let situation = self.situation();
        let rules = self.rules.as_mut().ok_or(Refusal::OutOfOrder)?;
        let effects = match (self.state, &ruling.answer) {
            (State::Ruling, Answer::Allowed(fee)) => {
                rules.settle(situation, &Permission::Allowed(fee.clone()));
                self.weigh()
            }
            (State::Ruling, Answer::NotAllowed) => {
                rules.settle(situation, &Permission::NotAllowed);
                self.weigh()
            }
            (State::ResidualRuling, Answer::Residual(rule)) => {
                rules.settle_residual(*rule);
                self.price(now)
            }
            _ => return Err(Refusal::OtherQuestion),
        };
        self.rulings.push(ruling.clone());
        Ok(effects)
    }

    pub(super) fn restrictions_told(&mut self) -> Done {
        self.state = State::GoAhead;
        Ok(vec![Effect::Ask(Question::GoAhead)])
    }

    pub(super) fn go_ahead_given(&mut self) -> Done {
        self.state = State::Wish;
        Ok(vec![Effect::Ask(Question::Wish)])
    }
}

/// Each passenger has a number of his own (`1.1`: one for all passengers of a name cannot be handed over), and a name
/// under it.
pub(super) fn check_passengers(booking: &Booking) -> Result<(), Refusal> {
    let travellers = booking.itinerary.travellers();
    let named: BTreeSet<_> = travellers
        .iter()
        .filter_map(Traveller::name_reference)
        .collect();
    let mut numbers = BTreeSet::new();
    let mut passengers = booking.passengers.iter();
    let clear = passengers.all(|passenger| {
        let reference = passenger.name_reference;
        let is_his = reference.passenger().is_some() && named.contains(&reference);
        is_his && numbers.insert(reference)
    });
    match clear && !numbers.is_empty() && numbers.len() == travellers.len() {
        true => Ok(()),
        false => Err(Refusal::PassengersUnclear),
    }
}

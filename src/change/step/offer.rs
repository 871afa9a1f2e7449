//! What the client wants, and what he is offered: step 3, and the alternatives.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Done;
use crate::{
    change::{
        Booking, Case, Effect, FareChange, FlightOption, FreeText, Obstacle, Offered, OptionNumber,
        Outcome, Question, Refusal, Revisit, State, Stay, Terms, Whose, Wish,
        pricing::has_passed,
        verification::{may_be_same, same_travellers},
    },
    trip::{Flight, Traveller, difference},
};

impl Case {
    pub(super) fn wish_stated(&mut self, wish: &Wish) -> Done {
        if !wish.changes_dates() && !wish.changes_destination() {
            return Err(Refusal::EmptyWish);
        }
        if let Whose::Only(some) = &wish.whose {
            let booking = self.booking.as_ref().ok_or(Refusal::OutOfOrder)?;
            let passengers = booking.passengers.iter();
            let known: BTreeSet<_> = passengers
                .map(|passenger| passenger.name_reference)
                .collect();
            if !some.is_subset(&known) {
                return Err(Refusal::UnknownPassenger);
            }
            if some.is_empty() || some.len() == booking.passengers.len() {
                return Err(Refusal::NoDivision);
            }
        }
        if self.ledger.is_holding() {
            return Err(Refusal::QuoteFrozen);
        }
        let before = self.wish.as_ref().map(|before| &before.whose);
        if self.divided.is_some() && before != Some(&wish.whose) {
            return Err(Refusal::AlreadyDivided);
        }
        self.forget_offer();
        self.wish = Some(wish.clone());
        self.state = State::Options;
        Ok(vec![Effect::SearchFlights(wish.clone())])
    }

    /// Nothing is on offer, chosen, quoted or approved any more.
    pub(super) fn forget_offer(&mut self) {
        self.on_offer = self.options.len();
        self.forget_choice();
    }

    fn forget_choice(&mut self) {
        self.chosen = None;
        self.forget_quote();
    }

    pub(super) fn forget_quote(&mut self) {
        self.quoted = false;
        self.approval = None;
    }

    pub(super) fn options_found(&mut self, options: &[FlightOption], now: Timestamp) -> Done {
        if options.is_empty() {
            return Err(Refusal::NoOptions);
        }
        let booking = self.booking.as_ref().ok_or(Refusal::OutOfOrder)?;
        let waived = self.rules.as_ref().is_some_and(|it| it.waiver.is_some());
        let changing = self.changing_names();
        for option in options {
            check_flights(option, booking, now)?;
            check_stay(option)?;
            let travellers = option.itinerary.travellers();
            let named = travellers.iter().map(Traveller::name);
            if !travellers.is_empty() && !same_travellers(changing.iter().copied(), named) {
                return Err(Refusal::TravellersDiffer);
            }
            if option.terms == Terms::WithinWaiver && option.fare != FareChange::Same {
                return Err(Refusal::FeeWithinWaiver);
            }
            match (waived, option.terms) {
                (false, Terms::Voluntary) | (true, Terms::BeyondWaiver | Terms::WithinWaiver) => {}
                (false, Terms::BeyondWaiver | Terms::WithinWaiver) => {
                    return Err(Refusal::NoWaiver);
                }
                (true, Terms::Voluntary) => return Err(Refusal::WaiverIgnored),
            }
        }
        self.on_offer = self.options.len();
        let last = self.options.last().map(|offered| offered.number);
        let mut number = last.unwrap_or(OptionNumber::new(0));
        for option in options {
            number = number.next();
            let option = option.clone();
            self.options.push(Offered { number, option });
        }
        self.state = State::OptionsTold;
        Ok(vec![Effect::TellOptions])
    }

    pub(super) fn nothing_available(&mut self) -> Done {
        if self.ledger.is_holding() {
            return Err(Refusal::QuoteFrozen);
        }
        Ok(self.offer_alternatives(Obstacle::NothingAvailable))
    }

    pub(super) fn options_told(&mut self) -> Done {
        self.state = State::Choice;
        Ok(vec![Effect::Ask(Question::Choice)])
    }

    pub(super) fn option_chosen(&mut self, option: OptionNumber, now: Timestamp) -> Done {
        let first = self.options().first();
        let offered = self.offered(option).zip(first);
        let offered = offered.filter(|(offered, first)| offered.number >= first.number);
        let (offered, _) = offered.ok_or(Refusal::UnknownOption)?;
        if self.ledger.is_holding() {
            return Err(Refusal::QuoteFrozen);
        }
        if self.is_past(offered, now) {
            return Err(Refusal::InThePast);
        }
        self.forget_choice();
        self.chosen = Some(option);
        Ok(self.price(now))
    }

    /// Awaits the figures for the chosen option, or the booking first, where it is out of date; where the option is,
    /// another wish.
    pub(super) fn price(&mut self, now: Timestamp) -> Vec<Effect> {
        self.state = State::Quote;
        if self.has_departed(now) {
            return Vec::new();
        }
        let price = self.chosen.map(Effect::PriceOption);
        let outdated = self.booking.as_ref().filter(|_| self.is_outdated(now));
        let fetch = outdated.map(|booking| Effect::FetchBooking(booking.id.clone()));
        fetch.or(price).into_iter().collect()
    }

    pub(super) fn options_rejected(&mut self) -> Done {
        Ok(self.offer_alternatives(Obstacle::OptionsRejected))
    }

    pub(super) fn offer_alternatives(&mut self, obstacle: Obstacle) -> Vec<Effect> {
        self.forget_offer();
        self.state = State::Alternatives;
        vec![Effect::OfferAlternatives(obstacle)]
    }

    pub(super) fn alternatives_offered(&mut self, alternatives: &[FreeText]) -> Done {
        if alternatives.is_empty() {
            return Err(Refusal::NoAlternatives);
        }
        self.state = State::AlternativesAnswer;
        Ok(vec![Effect::Ask(Question::Alternatives)])
    }

    pub(super) fn alternative_accepted(&mut self, to: Revisit) -> Done {
        match to {
            Revisit::Rules => {
                let booking = self.present_booking().ok_or(Refusal::OutOfOrder)?;
                let look_up = Effect::LookUpRules(booking.clone());
                self.state = State::Rules;
                Ok(vec![look_up])
            }
            Revisit::Wish if self.is_feasible() => {
                self.state = State::Wish;
                Ok(vec![Effect::Ask(Question::Wish)])
            }
            Revisit::Wish => Err(Refusal::NotAllowed),
        }
    }

    pub(super) fn declined(&mut self) -> Done {
        self.outcome = Some(Outcome::Declined);
        Ok(self.begin_record())
    }
}

/// The flown flights first, then others than those of the booking, and none in the past.
fn check_flights(option: &FlightOption, booking: &Booking, now: Timestamp) -> Result<(), Refusal> {
    let flights = option.itinerary.flights();
    let flown = booking.flown();
    let before = match flights.split_at_checked(flown.len()) {
        Some((before, to_come)) if !to_come.is_empty() => before,
        _ => return Err(Refusal::FlownFlightsDiffer),
    };
    if !is_same(before, flown) {
        return Err(Refusal::FlownFlightsDiffer);
    }
    // Or the booking would pass for the change when it comes back as it was.
    if may_be_same(flights, booking.itinerary.flights()) {
        return Err(Refusal::SameItinerary);
    }
    match option
        .departure(booking)
        .is_some_and(|day| has_passed(day, now))
    {
        true => Err(Refusal::InThePast),
        false => Ok(()),
    }
}

fn is_same(some: &[Flight], others: &[Flight]) -> bool {
    let mut pairs = some.iter().zip(others);
    some.len() == others.len() && pairs.all(|(one, other)| difference([one], [other]).is_empty())
}

/// Whether the option meets the stay that its fare asks for.
fn check_stay(option: &FlightOption) -> Result<(), Refusal> {
    let Stay {
        minimum,
        maximum,
        returns_with,
    } = option.stay;
    if minimum.is_none() && maximum.is_none() {
        return Ok(());
    }
    let flights = option.itinerary.flights();
    let back = returns_with.filter(|at| *at > 0);
    let back = back.and_then(|at| flights.get(at));
    let others = flights.iter().enumerate();
    let others = others.filter(|(at, _)| Some(*at) != returns_with);
    let out = others.map(|(_, flight)| flight.departure_date()).min();
    let (out, back) = out.zip(back).ok_or(Refusal::StayUnclear)?;
    let days = back.departure_date().duration_since(out);
    let days = days.as_hours().div_euclid(24);
    let enough = days >= i64::from(minimum.unwrap_or_default());
    let few_enough = maximum.is_none_or(|maximum| days <= i64::from(maximum));
    match enough && few_enough {
        true => Ok(()),
        false => Err(Refusal::StayNotMet),
    }
}

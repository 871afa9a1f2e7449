//! What the case at the desk is about.

use jiff::civil::date;
use peline::{
    change::{
        Addressee, Answer, Booking, Excess, FaresOf, Fee, FlightOption, OptionNumber,
        PassengerKind, Permission, Pricing, Reach, ResidualRule, Ruling, State, TicketRules, Usage,
        Whose, Wish,
    },
    pe::{self, NameReference},
    trip::Itinerary,
};

use super::{
    EXPIRY, JANE, NAMES, NEW, OLD, OTHER_PAYER, PAYER, RICHARD, component, currency, eur,
    itinerary, locator, minute, name, option, passenger, price, tax, text, totals,
};

/// What a case is about. If nothing else is said: Jane alone, who flies a week later for EUR 200 more, with a
/// fee of 50 and a service fee of 10.
#[derive(Clone)]
pub(crate) struct Course {
    pub(crate) booking: Booking,
    pub(crate) rules: TicketRules,
    pub(crate) ruling: Ruling,
    pub(crate) wish: Wish,
    pub(crate) options: Vec<FlightOption>,
    pub(crate) pricing: Pricing,
    pub(crate) reach: Reach,
    /// What the supplier books: the option, if nothing is said.
    pub(crate) booked: Option<Itinerary>,
    pub(crate) next_locator: &'static str,
    /// The numbers of the names in the changed booking: as they were, if nothing is said.
    pub(crate) numbers: Vec<NameReference>,
}

impl Course {
    pub(crate) fn new() -> Self {
        let plan = "PE‡CLIENT@EXAMPLE.COM‡§PE‡AGENT@EXAMPLE.COM‡CC/";
        let booking = Booking {
            id: locator("KWJQPD"),
            itinerary: itinerary(&[OLD], &NAMES[..1]),
            passengers: vec![passenger(JANE, PassengerKind::Adult, PAYER)],
            usage: Usage::Unused,
            ticketed: date(2026, 10, 5),
            addressees: Addressee::of(&pe::scan(plan.as_bytes()).collect()),
        };
        let rules = TicketRules {
            components: vec![component()],
            waiver: None,
        };
        let ruling = Ruling {
            who: text("Ann Example, help desk of the airline"),
            authority: text("by telephone, rule 16"),
            answer: Answer::Allowed(Fee::Flat(eur(50))),
        };
        let wish = Wish {
            dates: vec![date(2026, 12, 8)],
            destination: None,
            whose: Whose::Everyone,
        };
        let pricing = Pricing {
            option: OptionNumber::new(1),
            currency: currency("EUR"),
            fares: FaresOf::Today(date(2026, 11, 2)),
            expires: minute(EXPIRY),
            passengers: vec![price(JANE, 300, 500)],
            rates: vec![],
        };
        Self {
            booking,
            rules,
            ruling,
            wish,
            options: vec![option(&[NEW])],
            pricing,
            reach: Reach::Email("client@example.com".parse().unwrap()),
            booked: None,
            next_locator: "KWJQPD",
            numbers: vec![],
        }
    }

    /// A change that costs nothing.
    pub(crate) fn free() -> Self {
        let none = Permission::Allowed(Fee::Flat(eur(0)));
        Self::new().fares(300, 300).permission(&none)
    }

    /// Jane and Richard, each of whom pays for himself.
    pub(crate) fn two() -> Self {
        let mut course = Self::new();
        course.booking.itinerary = itinerary(&[OLD], &NAMES[..2]);
        let richard = passenger(RICHARD, PassengerKind::Adult, OTHER_PAYER);
        course.booking.passengers.push(richard);
        course.pricing.passengers.push(price(RICHARD, 300, 500));
        course
    }

    /// Jane and Richard, and only Jane changes: she gets a booking of her own.
    pub(crate) fn divided() -> Self {
        let mut course = Self::two();
        course.pricing.passengers.pop();
        course.wish.whose = Whose::Only([name(JANE)].into());
        course.next_locator = "NEWLOC";
        course
    }

    /// Everything at these fares in whole euros, without a service fee.
    pub(crate) fn fares(mut self, old: u64, new: u64) -> Self {
        let passenger = &mut self.pricing.passengers[0];
        passenger.components[0].fare = eur(old);
        passenger.new_fare = eur(new);
        passenger.service_fee = eur(0);
        self
    }

    pub(crate) fn tax(mut self, code: &str, old: u64, new: u64, excess: Excess) -> Self {
        self.pricing.passengers[0]
            .taxes
            .push(tax(code, old, new, excess));
        self
    }

    pub(crate) fn residual(mut self, rule: Option<ResidualRule>) -> Self {
        for component in &mut self.rules.components {
            component.residual = rule;
        }
        self
    }

    pub(crate) fn permission(mut self, permission: &Permission) -> Self {
        for component in &mut self.rules.components {
            component.before_departure = permission.clone();
        }
        self
    }

    pub(crate) fn supplier(mut self, due: u64, refund: u64, voucher: u64) -> Self {
        self.pricing.passengers[0].supplier = Some(totals(due, refund, voucher));
        self
    }

    /// The booking as it is after the change.
    pub(crate) fn changed(&self) -> Booking {
        let old = &self.booking;
        let changes = |reference: &NameReference| match &self.wish.whose {
            Whose::Everyone => true,
            Whose::Only(some) => some.contains(reference),
        };
        let travellers = old.itinerary.travellers().iter();
        let travellers = travellers.filter(|it| it.name_reference().is_none_or(|it| changes(&it)));
        let booked = self.booked.as_ref().unwrap_or(&self.options[0].itinerary);
        let flights = booked.flights().iter().cloned();
        let passengers = old.passengers.iter().copied();
        let mut changed = Booking {
            id: locator(self.next_locator),
            itinerary: Itinerary::new(flights, travellers.cloned()).unwrap(),
            passengers: passengers
                .filter(|it| changes(&it.name_reference))
                .collect(),
            ..old.clone()
        };
        if !self.numbers.is_empty() {
            let flights = changed.itinerary.flights().iter().cloned();
            let travellers = changed.itinerary.travellers().iter().zip(&self.numbers);
            let travellers = travellers.map(|(it, number)| it.clone().with_name_reference(*number));
            changed.itinerary = Itinerary::new(flights, travellers).unwrap();
            for (passenger, number) in changed.passengers.iter_mut().zip(&self.numbers) {
                passenger.name_reference = *number;
            }
        }
        changed
    }

    /// A course that comes through this state.
    pub(super) fn through(state: State) -> Self {
        let course = Self::new();
        let cheaper = || Self::new().fares(500, 300);
        let detours = [
            (State::Ruling, Self::new().permission(&Permission::Unknown)),
            (
                State::Alternatives,
                Self::new().permission(&Permission::NotAllowed),
            ),
            (
                State::AlternativesAnswer,
                Self::new().permission(&Permission::NotAllowed),
            ),
            (State::ResidualRuling, cheaper().residual(None)),
            (
                State::DiscrepancyAcknowledgement,
                Self::new().supplier(255, 0, 0),
            ),
            (State::Division, Self::divided()),
            (State::Correction, Self::misbooked()),
        ];
        let detour = detours.into_iter().find(|(through, _)| *through == state);
        detour.map_or(course, |(_, detour)| detour)
    }

    /// The supplier books another day first.
    fn misbooked() -> Self {
        let booked = Some(itinerary(&["BA11 LHR SIN 9 21:00"], &[]));
        Self {
            booked,
            ..Self::new()
        }
    }
}

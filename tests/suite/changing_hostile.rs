//! What should not be reported of a change, and histories that somebody changed.

use peline::change::{
    Amount, CaseId, Channel, ClientId, Contact, Event, Excess, Fact, FactKind, IssuedDocument,
    PassengerKind, PassengerPrice, Pricing, Reach, Refusal, RepaymentNumber, Revisit, State,
    TicketRules,
};

use crate::desk::{
    AGENT, Course, Desk, JANE, NEW, PAYER, PHONE, RICHARD, alternatives, amount, arrived, currency,
    eur, fetched, itinerary, locator, minute, name, option, passenger, price, repaid, tax, text,
    ticket, totals, withdrawn,
};

/// Whoever this is, it is not the client.
const STRANGER: Contact = Contact {
    client: ClientId::new(5),
    channel: Channel::Phone,
};

/// Something of every kind, by this contact.
fn anything(contact: Contact) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for course in [Course::divided(), Course::new().supplier(255, 0, 0)] {
        let mut desk = Desk::with(course);
        while desk.state() != State::Closed {
            facts.push(desk.normal());
            desk.go_on();
        }
    }
    let quote = peline::change::QuoteNumber::new(1);
    let note = || text("something");
    facts.extend([
        Fact::BookingNotFound,
        Fact::ItineraryDisputed { contact },
        Fact::Ruled(Course::new().ruling),
        Fact::NothingAvailable,
        Fact::OptionsRejected { contact },
        alternatives(&["the train"]),
        Fact::AlternativeAccepted {
            contact,
            to: Revisit::Rules,
        },
        Fact::Declined { contact },
        Fact::QuoteRejected { contact, quote },
        Fact::PaymentFailed { payer: PAYER },
        Fact::CollectionStopped,
        Fact::PassedOn { reason: note() },
        Fact::RebookingRefused { reason: note() },
        Fact::RebookingUndone { reason: note() },
        Fact::ErrorFound { error: note() },
        Fact::ErrorReported {
            contact,
            error: note(),
        },
        Fact::AttemptMade { contact },
        Fact::GivenUp,
        withdrawn(),
        Fact::Contacted {
            contact,
            note: note(),
        },
        Fact::ReachStated {
            contact,
            reach: Reach::Post,
        },
        arrived("stray_1", PAYER, eur(1)),
        repaid(RepaymentNumber::new(1)),
    ]);
    facts
}

#[test]
fn there_is_something_of_every_kind() {
    let facts = anything(PHONE);
    for kind in FactKind::ALL {
        assert!(facts.iter().any(|fact| fact.kind() == *kind), "{kind}");
    }
}

#[test]
fn what_is_out_of_order_is_refused_in_every_state() {
    let facts = anything(PHONE);
    let mut refused = 0;
    for state in State::ALL {
        let desk = Desk::at(*state);
        for fact in &facts {
            let kind = fact.kind();
            let mut desk = desk.clone();
            let (may, taken) = (desk.may(kind), state.takes().any(|it| it == kind));
            assert!(taken || !may, "{state} {kind}");
            let is_known = matches!(
                fact,
                Fact::PaymentReceived(_) | Fact::MoneyArrived(_) | Fact::Repaid { .. }
            );
            match desk.attempt(fact.clone()) {
                Err(Refusal::OutOfOrder) => refused += 1,
                Err(_) => assert!(taken || is_known, "{state} {kind}"),
                Ok(_) => assert!(may || is_known, "{state} {kind}"),
            }
        }
    }
    assert!(refused > 1_000, "{refused}");
}

#[test]
fn what_is_said_to_come_next_is_not_out_of_order() {
    let facts = anything(PHONE);
    for state in State::ALL {
        let desk = Desk::at(*state);
        for fact in facts.iter().filter(|fact| desk.may(fact.kind())) {
            let attempt = desk.clone().attempt(fact.clone());
            assert_ne!(attempt, Err(Refusal::OutOfOrder), "{state} {}", fact.kind());
        }
    }
}

#[test]
fn an_event_of_another_case_is_refused_in_every_state() {
    for state in State::ALL {
        let mut desk = Desk::at(*state);
        for fact in [withdrawn(), arrived("stray_1", PAYER, eur(1))] {
            let event = Event::new(CaseId::new(18), AGENT, fact);
            assert_eq!(
                desk.attempt_event(event),
                Err(Refusal::OtherCase),
                "{state}"
            );
        }
    }
}

#[test]
fn nobody_but_the_client_speaks_for_him() {
    let mut contacts = 0;
    for state in State::ALL {
        let mut desk = Desk::at(*state);
        for fact in anything(STRANGER) {
            if fact.contact() == Some(STRANGER) && desk.may(fact.kind()) {
                desk.refuses(fact, Refusal::OtherClient);
                contacts += 1;
            }
        }
    }
    assert!(contacts > 50, "{contacts}");
}

#[test]
fn time_does_not_run_back() {
    for state in State::ALL {
        let mut desk = Desk::at(*state);
        desk.clock(-1);
        desk.refuses(arrived("stray_1", PAYER, eur(1)), Refusal::TimeRunsBack);
        if *state != State::Closed {
            let normal = desk.normal();
            desk.refuses(normal, Refusal::TimeRunsBack);
        }
        // The same moment is fine.
        desk.clock(0);
        desk.report(arrived("stray_1", PAYER, eur(1)));
    }
}

// ── Bookings and options ────────────────────────────────────────────────────────────────────────

#[test]
fn each_passenger_needs_a_number_of_his_own_and_a_name() {
    let adult = |number| passenger(number, PassengerKind::Adult, PAYER);
    for passengers in [
        vec![],
        vec![adult(JANE), adult(JANE)],
        vec![adult(RICHARD)],
        vec![adult(JANE), adult(RICHARD)],
    ] {
        let mut desk = Desk::at(State::Booking);
        let mut booking = desk.course.booking.clone();
        booking.passengers = passengers;
        desk.refuses(fetched(booking), Refusal::PassengersUnclear);
    }
}

#[test]
fn options_that_change_nothing_or_left_already() {
    for (flights, refusal) in [
        (&["BA11 LHR SIN 1 21:00"][..], Refusal::SameItinerary),
        (&[], Refusal::NoOptions),
    ] {
        let mut desk = Desk::at(State::Options);
        let options = match flights {
            [] => vec![],
            flights => vec![option(&[NEW]), option(flights)],
        };
        desk.refuses(Fact::OptionsFound(options), refusal);
    }
    // On the tenth of December the eighth is over.
    let mut desk = Desk::at(State::Options);
    desk.clock(38 * 24 * 60);
    desk.refuses(desk.normal(), Refusal::InThePast);
    let mut desk = Desk::at(State::Rules);
    let none = TicketRules {
        components: vec![],
        waiver: None,
    };
    desk.refuses(Fact::RulesFound(none), Refusal::NoRules);
}

#[test]
fn an_option_that_names_travellers_names_those_who_change() {
    for (names, refusal) in [
        (&["DOE/JANE"][..], None),
        (&["ROE/RICHARD"], Some(Refusal::TravellersDiffer)),
        (
            &["DOE/JANE", "ROE/RICHARD"],
            Some(Refusal::TravellersDiffer),
        ),
    ] {
        let mut named = option(&[NEW]);
        named.itinerary = itinerary(&[NEW], names);
        let mut desk = Desk::with(Course::divided()).to(State::Options);
        let found = desk.attempt(Fact::OptionsFound(vec![named]));
        assert_eq!(found.err(), refusal, "{names:?}");
    }
}

#[test]
fn another_booking_than_the_one_that_was_changed_is_not_compared() {
    for state in [State::Verification, State::Correction] {
        let mut desk = Desk::at(state);
        let mut other = desk.course.changed();
        other.id = locator("OTHERX");
        desk.refuses(fetched(other), Refusal::OtherBooking);
    }
    // Swapped people, doubled people, nobody.
    for names in [
        &["ROE/RICHARD", "ROE/RICHARD"][..],
        &["DOE/JANE"],
        &["DOE/JANE"; 2],
    ] {
        let mut desk = Desk::with(Course::two()).to(State::Verification);
        let mut other = desk.course.changed();
        other.itinerary = itinerary(&[NEW], names);
        other.passengers.truncate(names.len());
        desk.report(fetched(other));
        assert_eq!(desk.state(), State::Correction, "{names:?}");
    }
}

#[test]
fn two_passengers_do_not_travel_on_one_ticket() {
    let mut desk = Desk::with(Course::two()).to(State::Documents);
    let both = [JANE, RICHARD].map(|passenger| ticket(passenger, "9991234567890"));
    let issued = Fact::DocumentsIssued(both.into());
    desk.refuses(issued, Refusal::DocumentsDiffer);
}

#[test]
fn each_passenger_who_changes_gets_a_document_and_nobody_else() {
    let emd = IssuedDocument::Emd {
        passenger: name(JANE),
        number: "9991234567899".parse().unwrap(),
    };
    for documents in [
        vec![],
        vec![emd],
        vec![ticket(RICHARD, "9991234567890")],
        vec![
            ticket(JANE, "9991234567890"),
            ticket(RICHARD, "9991234567891"),
        ],
    ] {
        let mut desk = Desk::at(State::Documents);
        desk.refuses(Fact::DocumentsIssued(documents), Refusal::DocumentsDiffer);
    }
}

// ── Figures ─────────────────────────────────────────────────────────────────────────────────────

#[test]
fn figures_that_cannot_be_are_refused() {
    let yen = || amount("JPY 1");
    let most = Amount::new(u64::MAX, currency("EUR"));
    type Spoil = fn(&mut Pricing, Amount);
    let spoils: [(Spoil, Amount, Refusal); 16] = [
        (
            |it, yen| it.passengers[0].new_fare = yen,
            yen(),
            Refusal::WrongCurrency,
        ),
        (
            |it, yen| it.passengers[0].components[0].fare = yen,
            yen(),
            Refusal::WrongCurrency,
        ),
        (
            |it, yen| it.passengers[0].service_fee = yen,
            yen(),
            Refusal::WrongCurrency,
        ),
        (
            |it, yen| {
                let zero = peline::change::Totals {
                    due: yen,
                    ..totals(0, 0, 0)
                };
                it.passengers[0].supplier = Some(zero);
            },
            yen(),
            Refusal::WrongCurrency,
        ),
        (
            |it, yen| {
                let mut tax = tax("GB", 1, 1, Excess::Kept);
                tax.old = yen;
                it.passengers[0].taxes.push(tax);
            },
            yen(),
            Refusal::WrongCurrency,
        ),
        (
            |it, yen| {
                let mut tax = tax("GB", 1, 1, Excess::Kept);
                tax.new = yen;
                it.passengers[0].taxes.push(tax);
            },
            yen(),
            Refusal::WrongCurrency,
        ),
        (
            |it, yen| it.currency = yen.currency(),
            yen(),
            Refusal::WrongCurrency,
        ),
        (
            |it, most| {
                it.passengers[0].new_fare = most;
                it.passengers[0].components[0].fare = eur(0);
            },
            most,
            Refusal::Overflow,
        ),
        (
            |it, most| it.passengers[0].service_fee = most,
            most,
            Refusal::Overflow,
        ),
        (
            |it, most| {
                let mut tax = tax("GB", 1, 1, Excess::Refundable);
                (tax.old, tax.new) = (eur(0), most);
                it.passengers[0].taxes.push(tax);
            },
            most,
            Refusal::Overflow,
        ),
        (
            |it, _| it.passengers.clear(),
            most,
            Refusal::PassengersDiffer,
        ),
        (
            |it, _| it.passengers.push(it.passengers[0].clone()),
            most,
            Refusal::PassengersDiffer,
        ),
        (
            |it, _| it.passengers[0].passenger = name(RICHARD),
            most,
            Refusal::PassengersDiffer,
        ),
        (
            |it, _| it.passengers[0].components.clear(),
            most,
            Refusal::ComponentsDiffer,
        ),
        (
            |it, _| it.passengers[0].components[0].replaced = peline::change::Replaced::No,
            most,
            Refusal::ComponentsDiffer,
        ),
        (
            |it, _| it.option = peline::change::OptionNumber::new(2),
            most,
            Refusal::OtherOption,
        ),
    ];
    for (at, (spoil, amount, refusal)) in spoils.into_iter().enumerate() {
        let mut desk = Desk::at(State::Quote);
        let mut pricing = desk.course.pricing.clone();
        spoil(&mut pricing, amount);
        let attempt = desk.attempt(Fact::Priced(Box::new(pricing)));
        assert_eq!(attempt, Err(refusal), "{at}");
    }
}

#[test]
fn nothing_follows_from_figures_of_another_currency() {
    // Not that the fare is too low.
    let mut course = Course::new();
    course.rules.components[0].floor = peline::change::FareFloor::EqualOrHigher;
    course.pricing.passengers[0].new_fare = amount("JPY 1");
    let mut desk = Desk::with(course).to(State::Quote);
    desk.refuses(desk.priced(), Refusal::WrongCurrency);
    // Not that a residual rule is asked for.
    let mut course = Course::two().residual(None);
    course.pricing.passengers[0].service_fee = amount("JPY 1");
    course.pricing.passengers[1] = price(RICHARD, 500, 300);
    let mut desk = Desk::with(course).to(State::Quote);
    desk.refuses(desk.priced(), Refusal::WrongCurrency);
}

#[test]
fn nothing_follows_from_figures_of_which_some_are_wrong_in_whatever_order() {
    let mut low = Course::two();
    low.rules.components[0].floor = peline::change::FareFloor::EqualOrHigher;
    for course in [low, Course::two().residual(None)] {
        let cheap = price(JANE, 300, 200);
        let mut wrong = price(RICHARD, 300, 500);
        wrong.taxes = vec![tax("YR", 1, 1, Excess::Kept); 2];
        let cheap_and_wrong = PassengerPrice {
            taxes: wrong.taxes.clone(),
            ..cheap.clone()
        };
        let right = price(RICHARD, 300, 500);
        for passengers in [
            vec![cheap.clone(), wrong.clone()],
            vec![wrong, cheap],
            vec![cheap_and_wrong, right],
        ] {
            let mut course = course.clone();
            course.pricing.passengers = passengers;
            let mut desk = Desk::with(course).to(State::Quote);
            desk.refuses(desk.priced(), Refusal::RepeatedTax);
        }
    }
}

#[test]
fn a_quote_does_not_depend_on_the_order_of_its_figures() {
    let quoted = |reversed| {
        let mut course = Course::two();
        if reversed {
            course.pricing.passengers.reverse();
        }
        Desk::with(course).to(State::QuoteTold).quote().clone()
    };
    assert_eq!(quoted(false), quoted(true));
}

#[test]
fn a_quote_that_has_expired_when_it_is_made_is_refused() {
    for expires in [-1, 0] {
        let mut desk = Desk::at(State::Quote);
        desk.course.pricing.expires = minute(expires);
        desk.refuses(desk.priced(), Refusal::QuoteExpired);
    }
}

#[test]
fn a_tolerance_of_another_currency_is_refused() {
    let mut desk = Desk::at(State::Approval);
    let (option, quote) = (desk.quote().option(), desk.quote().number());
    let approved = Fact::QuoteApproved {
        contact: PHONE,
        option,
        quote,
        tolerance: Some(amount("JPY 500")),
    };
    desk.refuses(approved, Refusal::WrongCurrency);
}

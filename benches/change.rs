//! What a case costs when it has twice the contacts, the money or the passengers: at most 2.6 times as much.
//!
//! `cargo bench --bench change` prints the table.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark may stop"
)]

#[path = "support/growth/clock.rs"]
mod clock;
#[path = "support/growth/table.rs"]
mod table;

use core::hint::black_box;
use std::env;

use peline::{
    change::{
        AgentId, Amount, Booking, Case, CaseId, Channel, ClientId, ComponentFare, ComponentRules,
        Contact, Event, Fact, FareChange, FareFloor, FaresOf, Fee, FlightOption, KnockOn,
        LineLength, Opening, OptionNumber, Passenger, PassengerKind, PassengerPrice, PayerId,
        Payment, Permission, Pricing, QuoteNumber, Reach, RecordLanguage, Replaced, ResidualRule,
        State, Stay, Terms, TicketRules, Usage, Whose, Wish,
    },
    jiff::{Timestamp, civil::date},
    pe::NameReference,
    trip::{Flight, Itinerary, Traveller},
};

use self::table::{Task, table};

const EVENTS: [usize; 4] = [1_250, 2_500, 5_000, 10_000];
const PASSENGERS: [usize; 4] = [62, 125, 250, 500];

const CLIENT: ClientId = ClientId::new(4);
const CONTACT: Contact = Contact {
    client: CLIENT,
    channel: Channel::Phone,
};

fn now() -> Timestamp {
    "2026-11-02T10:00:00Z".parse().unwrap()
}

fn open() -> Case {
    let opening = Opening {
        case: CaseId::new(17),
        client: CLIENT,
        reach: Reach::Phone,
        by: AgentId::new(9),
    };
    Case::open(opening, now()).0
}

fn step(case: Case, fact: Fact) -> Case {
    let event = Event::new(CaseId::new(17), AgentId::new(9), fact);
    case.step(event, now()).unwrap().0
}

fn eur(units: u64) -> Amount {
    Amount::new(units * 100, "EUR".parse().unwrap())
}

fn talkative(contacts: usize) -> Case {
    (0..contacts).fold(open(), |case, number| {
        let note = format!("asked for news, call {number}").parse().unwrap();
        let contact = CONTACT;
        step(case, Fact::Contacted { contact, note })
    })
}

/// Half of the money has gone back.
fn paid_by_mistake(payments: usize) -> Case {
    let mut case = (0..payments).fold(open(), |case, number| {
        let payment = Payment {
            reference: format!("pay_{number}").parse().unwrap(),
            payer: PayerId::new(1),
            amount: eur(1),
            at: now(),
        };
        step(case, Fact::MoneyArrived(payment))
    });
    for number in 1..payments / 2 {
        let number = u32::try_from(number).unwrap();
        let repaid = Fact::Repaid {
            repayment: peline::change::RepaymentNumber::new(number),
            reference: format!("refund_{number}").parse().unwrap(),
        };
        case = step(case, repaid);
    }
    case
}

/// Each passenger pays for himself, and all have paid.
fn crowded(passengers: usize) -> Case {
    let numbers = 1..=u16::try_from(passengers).unwrap();
    let reference = |number| NameReference::new(number, Some(1)).unwrap();
    let traveller = |number| {
        let name = format!("DOE/N{number}").parse().unwrap();
        Traveller::new(name).with_name_reference(reference(number))
    };
    let flight = |day| {
        let (from, to) = ("LHR".parse().unwrap(), "SIN".parse().unwrap());
        Flight::new(from, to, date(2026, 12, day))
    };
    let old = Itinerary::new([flight(1)], numbers.clone().map(traveller)).unwrap();
    let passenger = |number: u16| Passenger {
        name_reference: reference(number),
        kind: PassengerKind::Adult,
        payer: PayerId::new(number.into()),
    };
    let booking = Booking {
        id: "1S/KWJQPD".parse().unwrap(),
        itinerary: old.clone(),
        passengers: numbers.clone().map(passenger).collect(),
        usage: Usage::Unused,
        ticketed: date(2026, 10, 5),
        addressees: vec![],
    };
    let rules = ComponentRules {
        before_departure: Permission::Allowed(Fee::Flat(eur(50))),
        after_departure: Permission::NotAllowed,
        no_show: Permission::NotAllowed,
        floor: FareFloor::Any,
        residual: Some(ResidualRule::Forfeit),
    };
    let price = |number| PassengerPrice {
        passenger: reference(number),
        components: vec![ComponentFare {
            fare: eur(300),
            replaced: Replaced::Yes,
        }],
        new_fare: eur(500),
        taxes: vec![],
        service_fee: eur(0),
        supplier: None,
    };
    let (contact, option, quote) = (CONTACT, OptionNumber::new(1), QuoteNumber::new(1));
    let facts = [
        Fact::ReferenceGiven {
            contact,
            booking: booking.id.clone(),
        },
        Fact::BookingFetched(Box::new(booking)),
        Fact::ItineraryConfirmed {
            contact,
            itinerary: old,
        },
        Fact::RulesFound(TicketRules {
            components: vec![rules],
            waiver: None,
        }),
        Fact::RestrictionsTold { contact },
        Fact::GoAheadGiven { contact },
        Fact::WishStated {
            contact,
            wish: Wish {
                dates: vec![date(2026, 12, 8)],
                destination: None,
                whose: Whose::Everyone,
            },
        },
        Fact::OptionsFound(vec![FlightOption {
            itinerary: Itinerary::new([flight(8)], []).unwrap(),
            fare: FareChange::Higher(eur(200)),
            terms: Terms::Voluntary,
            stay: Stay::ANY,
            advance_purchase: None,
        }]),
        Fact::OptionsTold { contact },
        Fact::OptionChosen { contact, option },
        Fact::Priced(Box::new(Pricing {
            option,
            currency: "EUR".parse().unwrap(),
            fares: FaresOf::Today(date(2026, 11, 2)),
            expires: "2026-11-02T18:00:00Z".parse().unwrap(),
            passengers: numbers.clone().map(price).collect(),
            rates: vec![],
        })),
        Fact::QuoteTold {
            contact,
            quote,
            knock_on: KnockOn::NothingKnown,
        },
        Fact::QuoteApproved {
            contact,
            option,
            quote,
            tolerance: None,
        },
    ];
    let payments = numbers.map(|number| {
        Fact::PaymentReceived(Payment {
            reference: format!("pay_{number}").parse().unwrap(),
            payer: PayerId::new(number.into()),
            amount: eur(250),
            at: now(),
        })
    });
    let case = facts.into_iter().chain(payments).fold(open(), step);
    assert_eq!(case.state(), State::Rebooking);
    case
}

fn replay(case: &Case) {
    let history = case.history().iter().cloned();
    let again = Case::replay(case.opening().clone(), case.opened(), history);
    black_box(again.unwrap());
}

fn record(case: &Case) {
    black_box(case.record(RecordLanguage::English, LineLength::SABRE));
}

const CONTACTS: [Task<Case>; 2] = [("replay, contacts", replay), ("record, contacts", record)];
const MONEY: [Task<Case>; 3] = [
    ("replay, money", replay),
    ("record, money", record),
    ("missing, money", |case| {
        black_box(case.missing(now()));
    }),
];
const CROWD: [Task<Case>; 2] = [
    ("replay, passengers", replay),
    ("record, passengers", record),
];

fn main() {
    // Without `--bench` this is a test run, which asks whether all can be done and not how fast.
    if !env::args().any(|argument| argument == "--bench") {
        CONTACTS.iter().for_each(|(_, task)| task(&talkative(4)));
        MONEY.iter().for_each(|(_, task)| task(&paid_by_mistake(4)));
        CROWD.iter().for_each(|(_, task)| task(&crowded(4)));
        return;
    }
    table(&CONTACTS, &EVENTS, talkative);
    table(&MONEY, &EVENTS, paid_by_mistake);
    table(&CROWD, &PASSENGERS, crowded);
}

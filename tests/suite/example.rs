// The case of the examples in the documentation of `change`, which include this file: Jane Doe flies a week later.
//
// The client is asked by telephone and gets his mail at client@example.com; an agent has a copy. The rules leave open
// whether he may change, the supplier wants EUR 5 more than the rules say, and books the wrong day first.

use peline::{
    change::{
        Addressee, AgentId, Amount, Answer, Booking, Case, CaseId, Channel, ClientId,
        ComponentFare, ComponentRules, Contact, Effect, Event, Excess, Fact, FareChange, FareFloor,
        FaresOf, Fee, FlightOption, IssuedDocument, KnockOn, Movement, Opening, OptionNumber,
        Passenger, PassengerKind, PassengerPrice, PayerId, Payment, Permission, Pricing,
        QuoteNumber, Reach, RecordItem, Replaced, ResidualRule, Ruling, State, Stay, Tax, Terms,
        TicketRules, Totals, Usage, Whose, Wish,
    },
    jiff::{Timestamp, civil::date},
    pe,
    trip::{Flight, Itinerary, Traveller},
};

const CASE: CaseId = CaseId::new(17);
const AGENT: AgentId = AgentId::new(9);
const PHONE: Contact = Contact {
    client: ClientId::new(4),
    channel: Channel::Phone,
};
const PAYER: PayerId = PayerId::new(1);

/// When everything happens.
pub(crate) fn now() -> Timestamp {
    "2026-11-02T10:00:00Z".parse().unwrap()
}

/// The case when it awaits this, with what is to be done because of the step that led there.
pub(crate) fn case_in(state: State) -> (Case, Vec<Effect>) {
    let reach = Reach::Email("client@example.com".parse().unwrap());
    let opening = Opening {
        case: CASE,
        client: PHONE.client,
        reach,
        by: AGENT,
    };
    let mut reached = Case::open(opening, now());
    for fact in facts() {
        if reached.0.state() == state {
            break;
        }
        reached = report(reached.0, fact);
    }
    assert_eq!(reached.0.state(), state);
    reached
}

/// The case when it awaits that the booking is divided: Jane travels with Richard Roe, who does not change.
pub(crate) fn case_that_divides() -> Case {
    let (mut case, _) = case_in(State::Reference);
    for mut fact in facts() {
        if let Fact::BookingFetched(booking) = &mut fact {
            let richard = Traveller::new("ROE/RICHARD".parse().unwrap());
            let richard = richard.with_name_reference("2.1".parse().unwrap());
            let both = booking
                .itinerary
                .travellers()
                .iter()
                .cloned()
                .chain([richard]);
            let flights = booking.itinerary.flights().iter().cloned();
            booking.itinerary = Itinerary::new(flights, both).unwrap();
            booking.passengers.push(Passenger {
                name_reference: "2.1".parse().unwrap(),
                kind: PassengerKind::Adult,
                payer: PAYER,
            });
        }
        if let Fact::WishStated { wish, .. } = &mut fact {
            wish.whose = Whose::Only(["1.1".parse().unwrap()].into());
        }
        (case, _) = report(case, fact);
        if case.state() == State::Division {
            break;
        }
    }
    assert_eq!(case.state(), State::Division);
    case
}

/// Takes a step that is in order.
pub(crate) fn report(case: Case, fact: Fact) -> (Case, Vec<Effect>) {
    case.step(Event::new(CASE, AGENT, fact), now()).unwrap()
}

/// Jane's figures with this new fare in euros, EUR 300 being the old one.
pub(crate) fn pricing(new_fare: u64) -> Pricing {
    let price = PassengerPrice {
        passenger: "1.1".parse().unwrap(),
        components: vec![ComponentFare {
            fare: eur(300),
            replaced: Replaced::Yes,
        }],
        new_fare: eur(new_fare),
        taxes: vec![Tax {
            code: "GB".parse().unwrap(),
            old: eur(20),
            new: eur(35),
            excess: Excess::Kept,
        }],
        service_fee: eur(10),
        supplier: (new_fare == 500).then(|| Totals {
            due: eur(270),
            refund: eur(0),
            voucher: eur(0),
        }),
    };
    Pricing {
        option: OptionNumber::new(1),
        currency: "EUR".parse().unwrap(),
        fares: FaresOf::Today(date(2026, 11, 2)),
        expires: "2026-11-02T18:00:00Z".parse().unwrap(),
        passengers: vec![price],
        rates: vec![],
    }
}

fn eur(units: u64) -> Amount {
    Amount::new(units * 100, "EUR".parse().unwrap())
}

fn itinerary(day: i8) -> Itinerary {
    let flight = Flight::new(
        "LHR".parse().unwrap(),
        "SIN".parse().unwrap(),
        date(2026, 12, day),
    );
    let jane = Traveller::new("DOE/JANE".parse().unwrap());
    let jane = jane.with_name_reference("1.1".parse().unwrap());
    Itinerary::new([flight], [jane]).unwrap()
}

fn booking(day: i8) -> Booking {
    let plan = pe::scan("PE‡CLIENT@EXAMPLE.COM‡§PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
    Booking {
        id: "1S/KWJQPD".parse().unwrap(),
        itinerary: itinerary(day),
        passengers: vec![Passenger {
            name_reference: "1.1".parse().unwrap(),
            kind: PassengerKind::Adult,
            payer: PAYER,
        }],
        usage: Usage::Unused,
        ticketed: date(2026, 10, 5),
        addressees: Addressee::of(&plan),
    }
}

fn facts() -> Vec<Fact> {
    let contact = PHONE;
    let (option, quote) = (OptionNumber::new(1), QuoteNumber::new(1));
    let id = booking(1).id;
    let rules = ComponentRules {
        before_departure: Permission::Unknown,
        after_departure: Permission::NotAllowed,
        no_show: Permission::NotAllowed,
        floor: FareFloor::Any,
        residual: Some(ResidualRule::Voucher),
    };
    let ruling = Ruling {
        who: "Ann Example, airline help desk".parse().unwrap(),
        authority: "by telephone, fare rule 16".parse().unwrap(),
        answer: Answer::Allowed(Fee::Flat(eur(50))),
    };
    let wish = Wish {
        dates: vec![date(2026, 12, 8)],
        destination: None,
        whose: Whose::Everyone,
    };
    let offer = FlightOption {
        itinerary: itinerary(8),
        fare: FareChange::Higher(eur(200)),
        terms: Terms::Voluntary,
        stay: Stay::ANY,
        advance_purchase: None,
    };
    let payment = Payment {
        reference: "pay_7f3a".parse().unwrap(),
        payer: PAYER,
        amount: eur(280),
        at: now(),
    };
    let ticket = IssuedDocument::Ticket {
        passenger: "1.1".parse().unwrap(),
        number: "9991234567890".parse().unwrap(),
    };
    let mail = Contact {
        channel: Channel::Email,
        ..PHONE
    };
    let of = Movement::Payment("pay_7f3a".parse().unwrap());
    vec![
        Fact::ReferenceGiven {
            contact,
            booking: id.clone(),
        },
        Fact::BookingFetched(Box::new(booking(1))),
        Fact::ItineraryConfirmed {
            contact,
            itinerary: itinerary(1),
        },
        Fact::RulesFound(TicketRules {
            components: vec![rules],
            waiver: None,
        }),
        Fact::Ruled(ruling),
        Fact::RestrictionsTold { contact },
        Fact::GoAheadGiven { contact },
        Fact::WishStated { contact, wish },
        Fact::OptionsFound(vec![offer]),
        Fact::OptionsTold { contact },
        Fact::OptionChosen { contact, option },
        Fact::Priced(Box::new(pricing(500))),
        Fact::DiscrepancyAcknowledged { quote },
        Fact::QuoteTold {
            contact,
            quote,
            knock_on: KnockOn::NothingKnown,
        },
        Fact::QuoteApproved {
            contact,
            option,
            quote,
            tolerance: Some(eur(20)),
        },
        Fact::PaymentReceived(payment),
        Fact::Rebooked {
            booking: id,
            at: now(),
        },
        Fact::BookingFetched(Box::new(booking(9))),
        Fact::BookingFetched(Box::new(booking(8))),
        Fact::DocumentsIssued(vec![ticket]),
        Fact::ItinerarySent { contact: mail },
        Fact::Reminded { contact: mail },
        Fact::Acknowledged { contact },
        Fact::Filed(RecordItem::BookingNote),
        Fact::Filed(RecordItem::CrmNote),
        Fact::Filed(RecordItem::Correspondence {
            kept_as: "mails/17".parse().unwrap(),
        }),
        Fact::Filed(RecordItem::Receipt {
            of,
            kept_as: "receipts/17".parse().unwrap(),
        }),
        Fact::Closed,
    ]
}

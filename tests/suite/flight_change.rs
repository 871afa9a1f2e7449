//! The procedure of an agency for changing a flight: one test for every sentence of it, which is quoted above
//! it. What has none is listed at the end.

mod carried_out;

use peline::{
    change::{
        Case, Channel, Contact, Effect, Event, Excess, Fact, FactKind, FareChange, Fee,
        FlightOption, Missing, Obstacle, OpenRule, Outcome, PartKind, Permission, Question,
        QuoteNumber, RecordLanguage, Refusal, State, Wish,
    },
    jiff::civil::date,
};

use crate::desk::{
    AGENT, CASE, CLIENT, Course, Desk, NEW, PAYER, PHONE, choose, eur, fetched, itinerary, locator,
    minute, option, wish, withdrawn,
};

const ELSEWHERE: &str = "BA27 LHR HKG 1 21:00";

fn to_other_dates() -> Wish {
    Course::new().wish
}

fn to_hong_kong() -> Wish {
    Wish {
        dates: vec![],
        destination: Some("HKG".parse().unwrap()),
        ..to_other_dates()
    }
}

/// A client who wants to fly elsewhere, and what is offered to him.
fn elsewhere() -> Course {
    Course {
        wish: to_hong_kong(),
        options: vec![option(&[ELSEWHERE])],
        ..Course::new()
    }
}

// "Este procedimiento describe los pasos que deben seguir los agentes de servicio de atención al
// cliente cuando un cliente solicita cambios en las fechas o el destino de su reserva de vuelo"
#[test]
fn the_procedure_leads_from_the_wish_for_other_dates_or_another_destination_to_the_end() {
    let steps = [
        State::Reference,
        State::Booking,
        State::ItineraryConfirmation,
        State::Rules,
        State::RestrictionsTold,
        State::GoAhead,
        State::Wish,
        State::Options,
        State::OptionsTold,
        State::Choice,
        State::Quote,
        State::QuoteTold,
        State::Approval,
        State::Payment,
        State::Rebooking,
        State::Verification,
        State::Documents,
        State::Sending,
        State::Acknowledgement,
        State::Record,
        State::Closed,
    ];
    let both = Wish {
        dates: vec![date(2026, 12, 8)],
        ..to_hong_kong()
    };
    for wish in [to_other_dates(), to_hong_kong(), both] {
        let mut desk = Desk::with(Course {
            wish,
            options: vec![option(&["BA27 LHR HKG 8 21:00"])],
            ..Course::new()
        });
        for state in steps {
            while desk.state() != state {
                let before = desk.state();
                desk.go_on();
                assert!([before, state].contains(&desk.state()), "{}", desk.state());
            }
        }
        assert_eq!(desk.case.outcome(), Some(Outcome::Changed));
    }
}

// "Esto se aplica a todos los agentes de servicio de atención al cliente que gestionan las
// modificaciones de la reserva de vuelos para nuestra agencia."
#[test]
fn it_applies_to_all_agents_and_each_step_says_which_agent_took_it() {
    let other = peline::change::AgentId::new(11);
    let mut desk = Desk::with(Course::new());
    desk.go_on();
    let next = Event::new(CASE, other, desk.normal());
    desk.attempt_event(next).unwrap();
    let by: Vec<_> = desk.case.history().iter().map(|it| it.event().by).collect();
    assert_eq!(
        (desk.case.opening().by, &by[..]),
        (AGENT, &[AGENT, other][..])
    );
    // No agent may leave a step out.
    let skipping = Event::new(CASE, other, Fact::GoAheadGiven { contact: PHONE });
    assert_eq!(desk.attempt_event(skipping), Err(Refusal::OutOfOrder));
}

// "Los agentes del servicio de atención al cliente son responsables de ejecutar este procedimiento de
// forma rápida y precisa, garantizando la satisfacción del cliente y el cumplimiento de las políticas
// de la aerolínea"
#[test]
fn it_is_carried_out_promptly_and_precisely() {
    let mut desk = Desk::with(Course::new());
    // At any moment the agent sees what is missing, and that it may come next.
    while desk.state() != State::Closed {
        let (normal, missing) = (desk.normal().kind(), desk.missing());
        assert!(desk.may(normal), "{normal}");
        assert_eq!(missing.is_empty(), normal == FactKind::Closed, "{normal}");
        desk.go_on();
    }
    assert_eq!(desk.missing(), []);
}

// "Compruebe los detalles de la reserva: pida al cliente el número de referencia de la reserva."
#[test]
fn ask_the_client_for_the_reference_of_the_booking() {
    let opening = Desk::with(Course::new()).case.opening().clone();
    let (case, effects) = Case::open(opening, minute(0));
    assert_eq!(effects, [Effect::Ask(Question::Reference)]);
    assert_eq!(case.state(), State::Reference);
    let missing = [Missing::Fact(FactKind::ReferenceGiven)];
    assert_eq!(case.missing(minute(0)), missing);
}

// "Acceda al sistema de reservas y recupere los detalles del vuelo del cliente."
#[test]
fn retrieve_the_details_of_his_flights_from_the_reservation_system() {
    let mut desk = Desk::with(Course::new());
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::FetchBooking(locator("KWJQPD"))));
    desk.go_on();
    assert_eq!(desk.case.booking(), Some(&desk.course.booking));
    // Only that of the reference.
    let mut desk = Desk::at(State::Booking);
    let mut other = desk.course.booking.clone();
    other.id = locator("OTHERX");
    desk.refuses(fetched(other), Refusal::OtherBooking);
    // There is none: the client is asked for the reference again.
    desk.report(Fact::BookingNotFound);
    assert_eq!(desk.state(), State::Reference);
}

// "Confirme las fechas del vuelo y el destino actuales con el cliente."
#[test]
fn confirm_the_current_dates_and_the_destination_with_the_client() {
    let mut desk = Desk::at(State::Booking);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::Ask(Question::CurrentItinerary)));
    for other in [NEW, ELSEWHERE] {
        let confirmed = Fact::ItineraryConfirmed {
            contact: PHONE,
            itinerary: itinerary(&[other], &["DOE/JANE"]),
        };
        desk.refuses(confirmed, Refusal::NotCurrent);
    }
    desk.refuses(
        Fact::RulesFound(desk.course.rules.clone()),
        Refusal::OutOfOrder,
    );
    desk.go_on();
    assert_eq!(desk.state(), State::Rules);
}

// "Confirme la viabilidad del cambio: consulte las políticas de la aerolínea para ver los cambios de
// fecha y destino del billete específico adquirido."
#[test]
fn look_up_the_policies_of_the_airline_for_this_very_ticket() {
    let mut desk = Desk::at(State::ItineraryConfirmation);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::LookUpRules(locator("KWJQPD"))));
    for (permission, effect, state) in [
        (
            Permission::Allowed(Fee::Flat(eur(50))),
            Effect::TellRestrictions,
            State::RestrictionsTold,
        ),
        (
            Permission::NotAllowed,
            Effect::OfferAlternatives(Obstacle::NotAllowed),
            State::Alternatives,
        ),
        (
            Permission::Unknown,
            Effect::AskAirline(OpenRule::Permission),
            State::Ruling,
        ),
    ] {
        let course = Course::new().permission(&permission);
        let mut desk = Desk::with(course).to(State::Rules);
        assert!(desk.go_on().contains(&effect), "{effect:?}");
        assert_eq!(desk.state(), state);
    }
}

// "Informe al cliente de cualquier restricción, tasa o diferencia de tarifa que pueda aplicarse."
#[test]
fn tell_the_client_the_restrictions_fees_and_fare_differences_that_may_apply() {
    let mut desk = Desk::at(State::Rules);
    assert!(desk.go_on().contains(&Effect::TellRestrictions));
    assert_eq!(desk.missing(), [Missing::Fact(FactKind::RestrictionsTold)]);
    desk.refuses(Fact::GoAheadGiven { contact: PHONE }, Refusal::OutOfOrder);
    desk.refuses(wish(to_other_dates()), Refusal::OutOfOrder);
}

// "Confirme con el cliente que quiere continuar con los cambios."
#[test]
fn confirm_with_the_client_that_he_wants_to_go_on() {
    let mut desk = Desk::at(State::RestrictionsTold);
    assert!(desk.go_on().contains(&Effect::Ask(Question::GoAhead)));
    desk.refuses(wish(to_other_dates()), Refusal::OutOfOrder);
    // He does not.
    let mut stops = desk.clone();
    stops.report(withdrawn());
    assert_eq!(stops.case.outcome(), Some(Outcome::Withdrawn));
    // He does.
    desk.report(Fact::GoAheadGiven { contact: PHONE });
    assert_eq!(desk.state(), State::Wish);
    let kinds = desk.case.history().iter().map(|it| it.event().fact.kind());
    let last: Vec<_> = kinds.skip(4).collect();
    assert_eq!(last, [FactKind::RestrictionsTold, FactKind::GoAheadGiven]);
}

// ── Procesar cambios de fecha ───────────────────────────────────────────────────────────────────

// "Si cambia de fecha: Pregunte al cliente por sus nuevas fechas preferidas."
#[test]
fn ask_the_client_for_the_new_dates_that_he_prefers() {
    let mut desk = Desk::at(State::GoAhead);
    assert!(desk.go_on().contains(&Effect::Ask(Question::Wish)));
    let nothing = Wish {
        dates: vec![],
        ..to_other_dates()
    };
    desk.refuses(wish(nothing), Refusal::EmptyWish);
    let dates = vec![date(2026, 12, 8), date(2026, 12, 9)];
    let wished = Wish {
        dates,
        ..to_other_dates()
    };
    desk.report(wish(wished.clone()));
    assert_eq!(desk.case.wish(), Some(&wished));
    assert!(wished.changes_dates() && !wished.changes_destination());
}

// "Compruebe la disponibilidad para las nuevas fechas."
#[test]
fn check_what_is_available_on_the_new_dates() {
    let mut desk = Desk::at(State::Wish);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::SearchFlights(to_other_dates())));
    // Nothing is told or chosen before.
    desk.refuses(Fact::OptionsTold { contact: PHONE }, Refusal::OutOfOrder);
    desk.refuses(choose(1), Refusal::OutOfOrder);
    desk.refuses(Fact::OptionsFound(vec![]), Refusal::NoOptions);
    desk.report(Fact::OptionsFound(vec![option(&[NEW])]));
    assert_eq!(desk.case.options().len(), 1);
}

// "Confirme las nuevas opciones de vuelo con el cliente, incluido cualquier cambio de tarifa."
#[test]
fn confirm_the_new_flights_with_the_client_with_any_change_of_the_fare() {
    let changes = [
        FareChange::Higher(eur(200)),
        FareChange::Lower(eur(30)),
        FareChange::Same,
    ];
    let days = [
        "BA11 LHR SIN 8 21:00",
        "BA11 LHR SIN 9 21:00",
        "BA15 LHR SIN 8 9:00",
    ];
    let options = changes.iter().zip(days).map(|(fare, day)| FlightOption {
        fare: *fare,
        ..option(&[day])
    });
    let mut desk = Desk::at(State::Options);
    let effects = desk.report(Fact::OptionsFound(options.collect()));
    assert!(effects.contains(&Effect::TellOptions));
    let fares: Vec<_> = desk
        .case
        .options()
        .iter()
        .map(|it| it.option().fare)
        .collect();
    assert_eq!(fares, changes);
    desk.refuses(choose(1), Refusal::OutOfOrder);
    let effects = desk.report(Fact::OptionsTold { contact: PHONE });
    assert!(effects.contains(&Effect::Ask(Question::Choice)));
}

// "Obtenga la aprobación del cliente antes de continuar."
#[test]
fn obtain_the_approval_of_the_client_before_going_on() {
    let mut desk = Desk::at(State::Choice);
    desk.refuses(desk.priced(), Refusal::OutOfOrder);
    desk.refuses(choose(2), Refusal::UnknownOption);
    desk.clock(7);
    let chat = Contact {
        client: CLIENT,
        channel: Channel::Chat,
    };
    let option = desk.case.options()[0].number();
    desk.report(Fact::OptionChosen {
        contact: chat,
        option,
    });
    // Who, when, by which channel.
    let entry = desk.case.history().last().unwrap();
    assert_eq!(entry.event().fact.contact(), Some(chat));
    assert_eq!(entry.at(), minute(7));
    assert_eq!(desk.case.chosen().unwrap().number(), option);
}

// ── Procesar cambios de destino ─────────────────────────────────────────────────────────────────

// "Si cambia el destino: Solicite el nuevo destino al cliente."
#[test]
fn ask_the_client_for_the_new_destination() {
    let mut desk = Desk::at(State::GoAhead);
    assert!(desk.go_on().contains(&Effect::Ask(Question::Wish)));
    desk.report(wish(to_hong_kong()));
    let wished = desk.case.wish().unwrap();
    assert!(wished.changes_destination() && !wished.changes_dates());
}

// "Busque los vuelos disponibles al nuevo destino."
#[test]
fn search_the_flights_that_are_available_to_the_new_destination() {
    let mut desk = Desk::with(elsewhere()).to(State::Wish);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::SearchFlights(to_hong_kong())));
    let effects = desk.report(Fact::NothingAvailable);
    let sorry = Effect::OfferAlternatives(Obstacle::NothingAvailable);
    assert!(effects.contains(&sorry));
}

// "Hable con el cliente sobre las nuevas opciones de vuelo, incluidas las diferencias de tarifas."
#[test]
fn discuss_the_new_flights_with_the_client_with_the_fare_differences() {
    let mut desk = Desk::with(elsewhere()).to(State::Options);
    assert!(desk.go_on().contains(&Effect::TellOptions));
    let offered = desk.case.options()[0].option();
    assert_eq!(offered.fare, FareChange::Higher(eur(200)));
    assert_eq!(desk.missing(), [Missing::Fact(FactKind::OptionsTold)]);
    desk.go_on();
    // A discussion: none suits him, or he thinks of another wish.
    let mut other = desk.clone();
    let effects = other.report(Fact::OptionsRejected { contact: PHONE });
    assert!(effects.contains(&Effect::OfferAlternatives(Obstacle::OptionsRejected)));
    desk.report(wish(to_other_dates()));
    assert_eq!(desk.state(), State::Options);
}

// "Obtenga el consentimiento del cliente antes de realizar cualquier cambio."
#[test]
fn obtain_the_consent_of_the_client_before_any_change_is_made() {
    let mut desk = Desk::with(elsewhere());
    while desk.state() != State::Approval {
        let rebooked = Fact::Rebooked {
            booking: locator("KWJQPD"),
            at: minute(0),
        };
        desk.refuses(rebooked, Refusal::OutOfOrder);
        let effects = desk.go_on();
        let early = effects.iter().any(|it| matches!(it, Effect::Rebook(_)));
        assert!(!early, "no change without consent");
    }
    assert_eq!(desk.approval(), None);
    desk.clock(3);
    desk.go_on();
    let approval = desk.approval().unwrap();
    assert_eq!((approval.contact(), approval.at()), (PHONE, minute(3)));
    assert_eq!(approval.option(), desk.case.chosen().unwrap().number());
}

// ── Calcular los costes adicionales ─────────────────────────────────────────────────────────────

// "calcule cualquier coste adicional, incluidas las tasas de cambio y las diferencias de tarifa."
#[test]
fn compute_the_additional_cost_with_the_change_fees_and_the_fare_differences() {
    let course = Course::new().tax("GB", 60, 75, Excess::Kept);
    let desk = Desk::with(course).to(State::QuoteTold);
    let quote = desk.quote();
    let parts = quote.passengers()[0].parts();
    let parts: Vec<_> = parts.iter().map(|it| (it.kind, it.amount)).collect();
    let expected = [
        (PartKind::FareDifference, eur(200)),
        (PartKind::Tax("GB".parse().unwrap()), eur(15)),
        (PartKind::ChangeFee, eur(50)),
        (PartKind::ServiceFee, eur(10)),
    ];
    assert_eq!(parts, expected);
    assert_eq!((quote.due(), quote.new_total()), (eur(275), eur(575)));
}

// "Comunique el nuevo coste total al cliente."
#[test]
fn tell_the_client_the_new_total() {
    let mut desk = Desk::at(State::Quote);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::TellQuote(QuoteNumber::new(1))));
    assert_eq!(desk.quote().new_total(), eur(500));
    desk.refuses(desk.approved(), Refusal::OutOfOrder);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::Ask(Question::Approval)));
    // What he was told is on record.
    let told = desk.case.history().len() - 1;
    let note = desk.case.crm_note(told, RecordLanguage::Spanish).unwrap();
    assert!(
        note.contains("EUR 260.00") && note.contains("EUR 500.00"),
        "{note}"
    );
}

// "Organizar el pago de cualquier tasa adicional, si es necesario."
#[test]
fn arrange_the_payment_of_any_additional_fee_if_any_is_due() {
    let mut desk = Desk::at(State::Approval);
    let effects = desk.go_on();
    let collect = Effect::CollectPayment {
        payer: PAYER,
        amount: eur(260),
        quote: QuoteNumber::new(1),
    };
    assert!(effects.contains(&collect));
    assert_eq!(desk.state(), State::Payment);
    // Nothing is due: nothing is collected, and the change goes on.
    let free = Course::new()
        .fares(300, 300)
        .permission(&Permission::Allowed(Fee::Flat(eur(0))));
    let mut desk = Desk::with(free).to(State::Approval);
    assert!(desk.quote().due().is_zero());
    let effects = desk.go_on();
    assert!(matches!(effects[0], Effect::Rebook(_)), "{effects:?}");
    assert_eq!(desk.state(), State::Rebooking);
}

// What comes then: carried_out.rs.

// Sentences without a test of their own:
//
// * "Procedimiento", "Notas adicionales" and the other headings: what stands under them is tested there.
// * Being quick and kind, and the client's satisfaction: the agent's own affair. The crate says what is next,
//   and that alternatives are to be offered.
// * Reading the reservation system and the policies, searching, paying, ticketing, sending, writing into the
//   CRM: the service does that. Here it is an effect, and its result an event.
// * "Comentarios", "0 comentarios", "Inicie sesión para dejar un comentario.": of the page that it stood on.

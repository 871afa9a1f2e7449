//! The sentences on what comes when the client consented, and the additional notes.

use peline::{
    change::{
        Answer, Channel, Contact, Effect, Fact, FactKind, IssuedDocument, KnockOn, LineLength,
        Missing, Movement, Obstacle, Outcome, Permission, Question, QuoteNumber, Reach, RecordItem,
        RecordLanguage, Refusal, Revisit, Ruling, State, TicketRules,
    },
    trip::Aspect,
};

use crate::desk::{
    CLIENT, Course, Desk, JANE, MAIL, OLD, PAYER, PHONE, alternatives, approved, component,
    dispatch, eur, fetched, itinerary, locator, name, payment, reference, text, ticket,
};

// ── Actualizar la reserva ───────────────────────────────────────────────────────────────────────

// "una vez que el cliente haya aceptado los cambios y cualquier coste adicional:"
#[test]
fn once_the_client_accepted_the_changes_and_any_additional_cost() {
    let mut desk = Desk::at(State::Payment);
    let rebooked = Fact::Rebooked {
        booking: locator("KWJQPD"),
        at: crate::desk::minute(0),
    };
    desk.refuses(rebooked, Refusal::OutOfOrder);
    let effects = desk.go_on();
    let [Effect::Rebook(order)] = &effects[..] else {
        panic!("{effects:?}")
    };
    let approval = order.approval();
    assert_eq!(Some(approval), desk.approval());
    assert_eq!(approval.quote(), QuoteNumber::new(1));
}

// "Actualice los detalles de la reserva en el sistema."
#[test]
fn change_the_booking_in_the_system() {
    let mut desk = Desk::at(State::Payment);
    let effects = desk.go_on();
    let [Effect::Rebook(order)] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(order.booking(), &locator("KWJQPD"));
    assert_eq!(order.option(), &desk.course.options[0]);
    assert_eq!(order.passengers(), &[name(JANE)].into());
    desk.go_on();
    assert_eq!(desk.state(), State::Verification);
}

// "Asegúrese de que todos los detalles del nuevo vuelo son correctos."
#[test]
fn make_sure_that_all_details_of_the_new_flight_are_right() {
    let mut desk = Desk::at(State::Rebooking);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::FetchBooking(locator("KWJQPD"))));
    desk.refuses(
        Fact::DocumentsIssued(vec![ticket(JANE, "9991234567890")]),
        Refusal::OutOfOrder,
    );
    // Still the old flights.
    desk.report(fetched(desk.course.booking.clone()));
    let departure = peline::change::Mismatch::Differs {
        flight: 0,
        aspect: Aspect::Departure,
    };
    assert_eq!(desk.case.mismatches(), [departure]);
    assert_eq!(
        (desk.state(), desk.case.verified()),
        (State::Correction, None)
    );
    // Corrected.
    desk.report(fetched(desk.course.changed()));
    assert_eq!(desk.state(), State::Documents);
    let verified = desk.case.verified().unwrap();
    assert_eq!(verified.itinerary(), &desk.course.changed().itinerary);
}

// "Emitir nuevos billetes o confirmaciones de reserva."
#[test]
fn issue_new_tickets_or_confirmations() {
    let confirmation = IssuedDocument::Confirmation {
        passenger: name(JANE),
        reference: reference("confirmation-17"),
    };
    for document in [ticket(JANE, "9991234567890"), confirmation] {
        let mut desk = Desk::at(State::Verification);
        let effects = desk.go_on();
        let verified = desk.case.verified().unwrap();
        assert!(effects.contains(&Effect::IssueDocuments(Box::new(verified.clone()))));
        desk.refuses(Fact::ItinerarySent { contact: MAIL }, Refusal::OutOfOrder);
        desk.report(Fact::DocumentsIssued(vec![document.clone()]));
        assert_eq!(desk.case.documents(), [document]);
        assert_eq!(desk.state(), State::Sending);
    }
}

// ── Confirme los cambios con el cliente ─────────────────────────────────────────────────────────

// "envíe el itinerario actualizado al cliente por correo electrónico o por su método de comunicación
// preferido."
#[test]
fn send_the_new_itinerary_by_mail_or_as_the_client_prefers() {
    for (reach, sent, other) in [
        (Course::new().reach, Channel::Email, Channel::Phone),
        (Reach::TextMessage, Channel::TextMessage, Channel::Email),
        (Reach::Post, Channel::Post, Channel::Email),
    ] {
        let course = Course {
            reach: reach.clone(),
            ..Course::new()
        };
        let mut desk = Desk::with(course).to(State::Documents);
        let effects = desk.go_on();
        assert_eq!(dispatch(&effects).client(), &reach);
        let by = |channel| Fact::ItinerarySent {
            contact: Contact {
                client: CLIENT,
                channel,
            },
        };
        desk.refuses(by(other), Refusal::OtherChannel);
        desk.report(by(sent));
        assert_eq!(desk.state(), State::Acknowledgement);
    }
}

// "Confirme que el cliente ha recibido la nueva información de reserva."
#[test]
fn confirm_that_the_client_got_the_new_itinerary() {
    let mut desk = Desk::at(State::Sending);
    let effects = desk.go_on();
    assert!(effects.contains(&Effect::Ask(Question::Acknowledgement)));
    desk.refuses(Fact::Closed, Refusal::OutOfOrder);
    desk.report(Fact::Acknowledged { contact: PHONE });
    assert_eq!(desk.state(), State::Record);
    assert_eq!(desk.case.outcome(), Some(Outcome::Changed));
}

// "Recuerde al cliente que compruebe inmediatamente su nuevo itinerario para ver si hay algún error."
#[test]
fn remind_the_client_to_check_the_new_itinerary_at_once() {
    let mut desk = Desk::at(State::Sending);
    assert!(desk.go_on().contains(&Effect::RemindClient));
    // Without the reminder nothing is complete.
    let mut forgotten = desk.clone();
    forgotten.report(Fact::Acknowledged { contact: PHONE });
    assert!(forgotten.missing().contains(&Missing::Reminder));
    desk.report(Fact::Reminded { contact: MAIL });
    // He finds an error.
    let error = Fact::ErrorReported {
        contact: PHONE,
        error: text("my name is misspelt"),
    };
    desk.report(error);
    assert_eq!(desk.state(), State::Verification);
}

// ── Documente el cambio ─────────────────────────────────────────────────────────────────────────

// "anote los cambios en el registro de reservas del cliente."
#[test]
fn note_the_changes_in_the_booking() {
    let mut desk = Desk::at(State::Record);
    assert!(desk.missing().contains(&Missing::BookingNote));
    let record = desk.case.record(RecordLanguage::Spanish, LineLength::SABRE);
    let remarks = record.remarks();
    assert!(remarks[0].starts_with("CAMBIO DE VUELO"), "{remarks:?}");
    for (word, day) in [("ANTES", "2026-12-01"), ("AHORA", "2026-12-08")] {
        let named = |line: &&String| line.contains(word) && line.contains(day);
        assert_eq!(remarks.iter().filter(named).count(), 1, "{remarks:?}");
    }
    assert!(remarks.iter().all(|line| line.len() <= 70), "{remarks:?}");
    desk.report(Fact::Filed(RecordItem::BookingNote));
    assert!(!desk.missing().contains(&Missing::BookingNote));
}

// "Documente cualquier interacción con el cliente en el sistema CRM."
#[test]
fn document_every_contact_with_the_client_in_the_crm() {
    let mut desk = Desk::with(Course::new());
    let mut contacts = 0;
    while desk.state() != State::Closed {
        let (fact, position) = (desk.normal(), desk.case.history().len());
        let effects = desk.report(fact.clone());
        let is_contact = fact.contact().is_some();
        let noted = effects.contains(&Effect::NoteContact { position });
        assert_eq!(noted, is_contact, "{}", fact.kind());
        let note = desk.case.crm_note(position, RecordLanguage::Spanish);
        assert_eq!(note.is_some(), is_contact, "{}", fact.kind());
        contacts += usize::from(is_contact);
    }
    let record = desk.case.record(RecordLanguage::Spanish, LineLength::SABRE);
    assert_eq!(record.crm_notes().len(), contacts);
    assert!(contacts >= 10, "{contacts}");
    let at_the_record = Desk::at(State::Record);
    assert!(at_the_record.missing().contains(&Missing::CrmNote));
}

// "Guarde la correspondencia o los recibos pertinentes."
#[test]
fn keep_the_correspondence_and_the_receipts() {
    let mut desk = Desk::at(State::Record);
    let paid = Movement::Payment(reference("pay_0"));
    let kept = [Missing::Correspondence, Missing::Receipt(paid.clone())];
    assert!(kept.iter().all(|it| desk.missing().contains(it)));
    desk.report(Fact::Filed(RecordItem::BookingNote));
    desk.report(Fact::Filed(RecordItem::CrmNote));
    desk.refuses(Fact::Closed, Refusal::RecordIncomplete);
    desk.close();
    let record = desk.case.record(RecordLanguage::Spanish, LineLength::SABRE);
    let receipts = record.receipts();
    assert_eq!((receipts.len(), &receipts[0].of), (1, &paid));
    assert_eq!(receipts[0].kept_as, Some(reference("receipts/17")));
    let written: Vec<_> = record.correspondence().iter().map(|it| it.about).collect();
    assert_eq!(written, [FactKind::ItinerarySent, FactKind::Reminded]);
}

// ── Notas adicionales ───────────────────────────────────────────────────────────────────────────

// "respete siempre las políticas de la aerolínea al procesar los cambios."
#[test]
fn always_respect_the_policies_of_the_airline() {
    // What is unknown never counts as allowed.
    let mut desk = Desk::at(State::Ruling);
    desk.refuses(
        Fact::RestrictionsTold { contact: PHONE },
        Refusal::OutOfOrder,
    );
    let refused = Ruling {
        answer: Answer::NotAllowed,
        ..desk.course.ruling.clone()
    };
    desk.report(Fact::Ruled(refused));
    assert_eq!(desk.state(), State::Alternatives);
    desk.go_on();
    let to_the_wish = Fact::AlternativeAccepted {
        contact: PHONE,
        to: Revisit::Wish,
    };
    desk.refuses(to_the_wish, Refusal::NotAllowed);
    // The strictest part of the ticket decides.
    let mut strict = component();
    strict.before_departure = Permission::NotAllowed;
    let rules = TicketRules {
        components: vec![component(), strict],
        waiver: None,
    };
    let mut desk = Desk::at(State::Rules);
    desk.report(Fact::RulesFound(rules));
    assert_eq!(desk.state(), State::Alternatives);
}

// "Asegúrese de que el cliente es consciente de los posibles impactos en las reservas de hotel u otras
// ofertas de viaje."
#[test]
fn make_sure_that_the_client_knows_what_it_means_for_hotels_and_other_bookings() {
    let mut desk = Desk::at(State::QuoteTold);
    assert_eq!(desk.case.knock_on(), None);
    desk.refuses(desk.approved(), Refusal::OutOfOrder);
    let told = KnockOn::Effects(text("the hotel keeps the first night"));
    desk.report(desk.tell_quote(told.clone()));
    assert_eq!(desk.case.knock_on(), Some(&told));
    desk.report(approved(desk.quote().option(), desk.quote().number()));
    assert_eq!(desk.state(), State::Payment);
}

// "Sea empático y ofrezca alternativas si los cambios deseados no son posibles."
#[test]
fn offer_alternatives_kindly_where_the_wish_is_not_possible() {
    let mut desk = Desk::at(State::Options);
    let effects = desk.report(Fact::NothingAvailable);
    let kindly = Effect::OfferAlternatives(Obstacle::NothingAvailable);
    assert!(effects.contains(&kindly));
    desk.refuses(Fact::Declined { contact: PHONE }, Refusal::OutOfOrder);
    desk.refuses(alternatives(&[]), Refusal::NoAlternatives);
    let effects = desk.report(alternatives(&["the day after", "by way of Dubai"]));
    assert!(effects.contains(&Effect::Ask(Question::Alternatives)));
    // He takes one, or declines.
    let mut declines = desk.clone();
    declines.report(Fact::Declined { contact: PHONE });
    assert_eq!(declines.case.outcome(), Some(Outcome::Declined));
    desk.report(Fact::AlternativeAccepted {
        contact: PHONE,
        to: Revisit::Wish,
    });
    assert_eq!(desk.state(), State::Wish);
    let stays = desk.case.booking().unwrap();
    assert_eq!(stays.itinerary, itinerary(&[OLD], &["DOE/JANE"]));
    // Nothing was paid for what is not possible.
    let early = Fact::PaymentReceived(payment("pay_0", PAYER, eur(50)));
    desk.refuses(early, Refusal::OutOfOrder);
}

//! The words of the record and of the breakdown, in their languages.

use super::{Channel, Entry, Fact, IssuedDocument, KnockOn, Outcome, PartKind, Revisit, Whose};
use crate::trip::Flight;

/// The language of a text: of the record, or of a breakdown.
///
/// ```
/// use peline::change::RecordLanguage;
/// assert_eq!(RecordLanguage::Spanish.tag(), "es");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum RecordLanguage {
    /// English.
    English,
    /// Spanish.
    Spanish,
}

impl RecordLanguage {
    /// Every language.
    ///
    /// ```
    /// assert_eq!(peline::change::RecordLanguage::ALL.len(), 2);
    /// ```
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The BCP 47 tag.
    ///
    /// See the example of [`RecordLanguage`].
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
    }

    /// The one of two texts that is in this language.
    pub(super) const fn pick<'a>(self, english: &'a str, spanish: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Spanish => spanish,
        }
    }

    pub(super) const fn channel(self, channel: Channel) -> &'static str {
        match channel {
            Channel::Chat => self.pick("chat", "chat"),
            Channel::Email => self.pick("e-mail", "correo electrónico"),
            Channel::InPerson => self.pick("in person", "en persona"),
            Channel::Phone => self.pick("telephone", "teléfono"),
            Channel::Post => self.pick("letter", "carta"),
            Channel::TextMessage => self.pick("text message", "mensaje de texto"),
        }
    }

    pub(super) const fn outcome(self, outcome: Option<Outcome>) -> &'static str {
        match outcome {
            Some(Outcome::Changed) => self.pick("changed, acknowledged", "cambiado, confirmado"),
            Some(Outcome::ChangedUnconfirmed) => {
                self.pick("changed, not confirmed", "cambiado, sin confirmar")
            }
            Some(Outcome::Declined) => self.pick("declined", "rechazado"),
            Some(Outcome::Withdrawn) => self.pick("withdrawn", "desistido"),
            None => self.pick("open", "abierto"),
        }
    }

    pub(super) fn part(self, kind: PartKind) -> String {
        let word = match kind {
            PartKind::FareDifference => self.pick("Fare difference", "Diferencia de tarifa"),
            PartKind::Tax(code) => {
                return format!("{} {code}", self.pick("Tax", "Impuesto"));
            }
            PartKind::ChangeFee => self.pick("Change fee", "Tasa de cambio"),
            PartKind::TaxCredit => self.pick("Taxes paid too much", "Impuestos pagados de más"),
            PartKind::FareCredit => {
                self.pick("Left of the old fare", "Saldo de la tarifa anterior")
            }
            PartKind::Adjustment => self.pick("Adjustment of the supplier", "Ajuste del proveedor"),
            PartKind::ServiceFee => self.pick("Service fee", "Cargo por servicio"),
        };
        word.to_owned()
    }

    /// What happened, in one sentence.
    pub(super) fn sentence(self, entry: &Entry) -> String {
        let word = |english, spanish| self.pick(english, spanish).to_owned();
        match &entry.event.fact {
            Fact::ReferenceGiven { booking, .. } => format!(
                "{} {}",
                self.pick("Client gave booking", "El cliente indicó la reserva"),
                booking.locator()
            ),
            Fact::BookingNotFound => word("Booking not found", "Reserva no encontrada"),
            Fact::BookingFetched(_) => word("Booking retrieved", "Reserva recuperada"),
            Fact::ItineraryConfirmed { .. } => word(
                "Client confirmed current dates and destination",
                "El cliente confirmó las fechas y el destino actuales",
            ),
            Fact::ItineraryDisputed { .. } => word(
                "Client says these are not his flights",
                "El cliente dice que no son sus vuelos",
            ),
            Fact::RulesFound(_) => {
                word("Fare rules looked up", "Condiciones de tarifa consultadas")
            }
            Fact::Ruled(ruling) => format!(
                "{}: {}, {}",
                self.pick("Ruling", "Decisión"),
                ruling.who.line(),
                ruling.authority.line()
            ),
            Fact::RestrictionsTold { .. } => word(
                "Client told of restrictions, fees and fare differences",
                "Cliente informado de restricciones, tasas y diferencias de tarifa",
            ),
            Fact::GoAheadGiven { .. } => {
                word("Client wants to go on", "El cliente quiere continuar")
            }
            Fact::WishStated { wish, .. } => {
                let mut text = word("Client wants", "El cliente desea");
                for date in &wish.dates {
                    text.push_str(&format!(" {date}"));
                }
                if let Some(destination) = wish.destination {
                    text.push_str(&format!(" {} {destination}", self.pick("to", "a")));
                }
                if let Whose::Only(some) = &wish.whose {
                    text.push_str(self.pick(" for", " para"));
                    for reference in some {
                        text.push_str(&format!(" {reference}"));
                    }
                }
                text
            }
            Fact::OptionsFound(options) => format!(
                "{}: {}",
                self.pick("Options available", "Opciones disponibles"),
                options.len()
            ),
            Fact::NothingAvailable => word("No flight available", "Ningún vuelo disponible"),
            Fact::OptionsTold { .. } => word(
                "Client told of options and fare differences",
                "Opciones y diferencias de tarifa explicadas al cliente",
            ),
            Fact::OptionChosen { option, .. } => format!(
                "{} {option}",
                self.pick("Client chose option", "El cliente eligió la opción")
            ),
            Fact::OptionsRejected { .. } => word(
                "No option suits client",
                "Ninguna opción conviene al cliente",
            ),
            Fact::AlternativesOffered { alternatives, .. } => {
                let offers: Vec<_> = alternatives.iter().map(|offer| offer.line()).collect();
                format!(
                    "{}: {}",
                    self.pick("Alternatives offered", "Alternativas ofrecidas"),
                    offers.join("; ")
                )
            }
            Fact::AlternativeAccepted { to, .. } => match to {
                Revisit::Rules => word(
                    "Client takes alternative, rules to be looked up",
                    "El cliente acepta una alternativa, se consultan las condiciones",
                ),
                Revisit::Wish => word(
                    "Client takes alternative",
                    "El cliente acepta una alternativa",
                ),
            },
            Fact::Declined { .. } => word(
                "Client declined alternatives, booking unchanged",
                "El cliente rechazó las alternativas, reserva sin cambios",
            ),
            Fact::Priced(pricing) => format!(
                "{} {}",
                self.pick("Priced option", "Calculado el coste de la opción"),
                pricing.option
            ),
            Fact::DiscrepancyAcknowledged { quote } => format!(
                "{} {quote}",
                self.pick(
                    "Discrepancy acknowledged, quote",
                    "Discrepancia aceptada, presupuesto"
                )
            ),
            Fact::QuoteTold {
                quote, knock_on, ..
            } => {
                let effects = match knock_on {
                    KnockOn::Effects(effects) => effects.line(),
                    KnockOn::NothingKnown => word("none known", "ninguno conocido"),
                };
                format!(
                    "{} {quote}, {}: {effects}",
                    self.pick("Client told quote", "Presupuesto comunicado"),
                    self.pick("effects on other bookings", "efectos en otras reservas")
                )
            }
            Fact::QuoteApproved { option, quote, .. } => format!(
                "{} {quote}, {} {option}",
                self.pick("Client approved quote", "El cliente aprobó el presupuesto"),
                self.pick("option", "opción")
            ),
            Fact::QuoteRejected { quote, .. } => format!(
                "{} {quote}",
                self.pick("Client rejected quote", "El cliente rechazó el presupuesto")
            ),
            Fact::PaymentReceived(payment) => format!(
                "{} {}",
                self.pick("Payment received", "Pago recibido"),
                payment.amount
            ),
            Fact::PaymentFailed { .. } => word("Payment failed", "Pago fallido"),
            Fact::BookingDivided { booking } => format!(
                "{} {}",
                self.pick(
                    "Booking divided, new locator",
                    "Reserva dividida, nuevo localizador"
                ),
                booking.locator()
            ),
            Fact::Rebooked { booking } => format!(
                "{} {}",
                self.pick("Booking changed", "Reserva cambiada"),
                booking.locator()
            ),
            Fact::RebookingRefused { reason } => format!(
                "{}: {}",
                self.pick("Supplier refused change", "El proveedor rechazó el cambio"),
                reason.line()
            ),
            Fact::RebookingUndone { reason } => format!(
                "{}: {}",
                self.pick("Change undone", "Cambio deshecho"),
                reason.line()
            ),
            Fact::DocumentsIssued(documents) => {
                let mut text = word("Issued", "Emitido");
                for document in documents {
                    text.push_str(&match document {
                        IssuedDocument::Confirmation { passenger, .. } => format!(
                            " {} {passenger}",
                            self.pick("confirmation for", "confirmación para")
                        ),
                        IssuedDocument::Emd { passenger, number } => {
                            format!(" EMD {number} {} {passenger}", self.pick("for", "para"))
                        }
                        IssuedDocument::Ticket { passenger, number } => format!(
                            " {} {number} {} {passenger}",
                            self.pick("ticket", "billete"),
                            self.pick("for", "para")
                        ),
                    });
                }
                text
            }
            Fact::ItinerarySent { .. } => word("New itinerary sent", "Nuevo itinerario enviado"),
            Fact::Reminded { .. } => word(
                "Client reminded to check new itinerary at once",
                "Se recordó al cliente que compruebe de inmediato el nuevo itinerario",
            ),
            Fact::Acknowledged { .. } => word(
                "Client acknowledged new itinerary",
                "El cliente confirmó la recepción del nuevo itinerario",
            ),
            Fact::ErrorReported { error, .. } => format!(
                "{}: {}",
                self.pick("Client reported error", "El cliente comunicó un error"),
                error.line()
            ),
            Fact::AttemptMade { .. } => {
                word("Client not reached", "No se pudo contactar con el cliente")
            }
            Fact::GivenUp => word(
                "No answer from client, not confirmed",
                "Sin respuesta del cliente, sin confirmar",
            ),
            Fact::Filed(_) => word("Filed", "Archivado"),
            Fact::Closed => word("Case closed", "Caso cerrado"),
            Fact::Withdrawn { .. } => {
                word("Client withdrew his wish", "El cliente desistió del cambio")
            }
            Fact::Contacted { note, .. } => {
                format!("{}: {}", self.pick("Contact", "Contacto"), note.line())
            }
            Fact::ReachStated { reach, .. } => format!(
                "{} {}",
                self.pick(
                    "Client wants the itinerary by",
                    "El cliente desea el itinerario por"
                ),
                self.channel(reach.channel())
            ),
            Fact::MoneyArrived(payment) => format!(
                "{} {}",
                self.pick(
                    "Money arrived that is not due, goes back:",
                    "Dinero recibido sin deberse, se devuelve:"
                ),
                payment.amount
            ),
            Fact::Repaid { repayment, .. } => {
                format!("{} {repayment}", self.pick("Repaid", "Devuelto"))
            }
        }
    }
}

/// A flight in few characters: `BA12 LHR-SIN 2026-12-08`.
pub(super) fn flight(flight: &Flight) -> String {
    let designator = flight
        .designator()
        .map(|designator| format!("{designator} "));
    format!(
        "{}{}-{} {}",
        designator.unwrap_or_default(),
        flight.origin(),
        flight.destination(),
        flight.departure_date()
    )
}

//! The words of the record and of the breakdown, in their languages.

use jiff::{Timestamp, tz::Offset};

use super::{
    Amount, Answer, Channel, Discrepancy, Fact, Fee, HistoryEntry, IssuedDocument, KnockOn,
    Outcome, PartKind, Quote, Remainder, ResidualRule, Return, ReturnTo, Revisit, Whose,
};
use crate::trip::Flight;

/// Stands for a blank that holds a currency and its amount together in one line. No text can hold it.
pub(super) const JOINER: char = '\u{1f}';

/// An amount that no line break divides.
pub(super) fn amount(amount: Amount) -> String {
    format!("{}{JOINER}{}", amount.currency(), amount.number())
}

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
            Some(Outcome::Changed) => self.pick(
                "done, acknowledged by client",
                "realizado, confirmado por el cliente",
            ),
            Some(Outcome::ChangedUnconfirmed) => self.pick(
                "done, not confirmed by client",
                "realizado, sin confirmar por el cliente",
            ),
            Some(Outcome::PassedOn) => {
                self.pick("goes on in another case", "continúa en otro caso")
            }
            Some(Outcome::Declined) => self.pick(
                "not done, client declined alternatives",
                "no realizado, el cliente rechazó las alternativas",
            ),
            Some(Outcome::Unanswered) => self.pick(
                "not done, no answer from client",
                "no realizado, sin respuesta del cliente",
            ),
            Some(Outcome::Withdrawn) => self.pick("withdrawn by client", "anulado por el cliente"),
            None => self.pick("open", "abierto"),
        }
    }

    /// What is added where the client was given up before he was sent anything.
    pub(super) const fn unsent(self) -> &'static str {
        self.pick(", new itinerary not sent", ", nuevo itinerario no enviado")
    }

    pub(super) fn part(self, kind: PartKind) -> String {
        let word = match kind {
            PartKind::FareDifference => self.pick("Fare difference", "Diferencia de tarifa"),
            PartKind::Tax(code) => {
                return format!("{} {code}", self.pick("Tax", "Impuesto"));
            }
            PartKind::ChangeFee => self.pick("Change fee", "Cargo por cambio"),
            PartKind::TaxCredit => self.pick("Taxes overpaid", "Impuestos pagados de más"),
            PartKind::FareCredit => self.pick("Residual fare value", "Saldo de la tarifa anterior"),
            PartKind::Adjustment => self.pick("Adjustment of the supplier", "Ajuste del proveedor"),
            PartKind::ServiceFee => self.pick("Service fee", "Cargo por servicio"),
        };
        word.to_owned()
    }

    /// What goes back, and how.
    pub(super) fn returned(self, what: Return) -> String {
        let to = match what.to {
            ReturnTo::OriginalForm => self.pick(
                "to the original form of payment",
                "a la forma de pago original",
            ),
            ReturnTo::Voucher => self.pick("as a voucher", "en un bono"),
        };
        format!(" {} {to}", amount(what.amount))
    }

    /// The sums of a quote.
    pub(super) fn sums(self, quote: &Quote) -> String {
        let mut text = format!(
            "{} {}, {} {}",
            self.pick("Due", "A pagar"),
            amount(quote.due),
            self.pick("new total", "nuevo total"),
            amount(quote.new_total)
        );
        for (_, what) in quote.returned() {
            text.push_str(self.pick(", back", ", se devuelve"));
            text.push_str(&self.returned(what));
        }
        text
    }

    pub(super) fn priced(self, quote: &Quote) -> String {
        let within = match quote.within_tolerance {
            true => self.pick(
                ". Within the tolerance that the client approved",
                ". Dentro del margen aprobado por el cliente",
            ),
            false => "",
        };
        format!(
            ": {} {}. {}{within}",
            self.pick("quote", "presupuesto"),
            quote.number,
            self.sums(quote)
        )
    }

    /// What the supplier says, and what the rules come to.
    pub(super) fn discrepancies(self, discrepancies: &[Discrepancy]) -> String {
        let mut text = String::new();
        for it in discrepancies {
            let (ours, theirs) = (it.ours(), it.theirs());
            let totals = [
                (self.pick("due", "a pagar"), ours.due, theirs.due),
                (self.pick("refund", "reembolso"), ours.refund, theirs.refund),
                (self.pick("voucher", "bono"), ours.voucher, theirs.voucher),
            ];
            for (what, ours, theirs) in totals
                .into_iter()
                .filter(|(_, ours, theirs)| ours != theirs)
            {
                text.push_str(&format!(
                    ". {} {what}: {} {}, {} {}",
                    it.passenger(),
                    self.pick("supplier", "proveedor"),
                    amount(theirs),
                    self.pick("by the rules", "según las condiciones"),
                    amount(ours)
                ));
            }
        }
        text
    }

    /// What came of a check.
    pub(super) fn checked(self, differing: usize) -> String {
        match differing {
            0 => self
                .pick(
                    ": checked, as approved",
                    ": comprobada, conforme a lo aprobado",
                )
                .to_owned(),
            _ => format!(
                ": {}: {differing}",
                self.pick(
                    "checked, differences to what was approved",
                    "comprobada, diferencias con lo aprobado"
                )
            ),
        }
    }

    fn answer(self, answer: &Answer) -> String {
        let word = match answer {
            Answer::Allowed(fee) => {
                let allowed = self.pick("allowed", "permitido");
                let fee = self.fee(fee);
                return format!("{allowed}, {fee}");
            }
            Answer::NotAllowed => self.pick("not allowed", "no permitido"),
            Answer::Residual(rule) => match rule {
                ResidualRule::Forfeit => self.pick("residual is lost", "el saldo se pierde"),
                ResidualRule::OffsetFee { then } => {
                    let fee = self.pick(
                        "residual sets off against the fee",
                        "el saldo compensa el cargo",
                    );
                    let then = match then {
                        Remainder::Forfeit => self.pick("the rest is lost", "el resto se pierde"),
                        Remainder::Voucher => {
                            self.pick("the rest as a voucher", "el resto en un bono")
                        }
                        Remainder::Refund => {
                            self.pick("the rest is refunded", "el resto se reembolsa")
                        }
                    };
                    return format!("{fee}, {then}");
                }
                ResidualRule::Voucher => self.pick("residual as a voucher", "el saldo en un bono"),
                ResidualRule::Refund => self.pick("residual is refunded", "el saldo se reembolsa"),
            },
        };
        word.to_owned()
    }

    fn fee(self, fee: &Fee) -> String {
        let word = self.pick("fee", "cargo");
        match fee {
            Fee::Flat(flat) => format!("{word} {}", amount(*flat)),
            // The host has no `%`.
            Fee::Percent { rate, .. } => format!(
                "{word} {} {}",
                rate.to_string().trim_end_matches('%'),
                self.pick("percent", "por ciento")
            ),
            Fee::Waived(why) => format!("{}, {}", self.pick("no fee", "sin cargo"), why.line()),
        }
    }

    /// When something happened, if that is not when it was reported.
    fn when(self, at: Timestamp, reported: Timestamp) -> String {
        if at == reported {
            return String::new();
        }
        let time = Offset::UTC.to_datetime(at).strftime("%F %H%MZ");
        format!(", {} {time}", self.pick("on", "el"))
    }

    /// What happened, in one sentence.
    pub(super) fn sentence(self, entry: &HistoryEntry) -> String {
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
            Fact::RulesFound(rules) => {
                let text = word("Fare rules looked up", "Condiciones de tarifa consultadas");
                match &rules.waiver {
                    None => text,
                    Some(waiver) => format!(
                        "{text}, {} {}",
                        self.pick("involuntary, waiver", "cambio involuntario, exención"),
                        waiver.code
                    ),
                }
            }
            Fact::Ruled(ruling) => format!(
                "{} {}: {}, {}",
                self.pick("Ruling", "Decisión"),
                self.answer(&ruling.answer),
                ruling.who.line(),
                ruling.authority.line()
            ),
            Fact::RestrictionsTold { .. } => word(
                "Client told of restrictions, fees and fare differences",
                "Cliente informado de restricciones, cargos y diferencias de tarifa",
            ),
            Fact::GoAheadGiven { .. } => {
                word("Client wants to go on", "El cliente quiere continuar")
            }
            Fact::WishStated { wish, .. } => {
                let mut text = word("Client wants to fly", "El cliente desea volar");
                for date in &wish.dates {
                    text.push_str(&format!(" {date}"));
                }
                if let Some(destination) = wish.destination {
                    text.push_str(&format!(" {} {destination}", self.pick("to", "a")));
                }
                if let Whose::Only(some) = &wish.whose {
                    text.push_str(self.pick(", passengers", ", pasajeros"));
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
                "Client declined alternatives, flights unchanged",
                "El cliente rechazó las alternativas, vuelos sin cambios",
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
                    "Discrepancia reconocida, presupuesto"
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
                    self.pick("Client told quote", "Comunicado al cliente el presupuesto"),
                    self.pick("effects on other bookings", "efectos en otras reservas")
                )
            }
            Fact::QuoteApproved {
                option,
                quote,
                tolerance,
                ..
            } => {
                let tolerance = tolerance.filter(|it| !it.is_zero());
                let tolerance = tolerance.map(|it| {
                    let tolerance = self.pick("tolerance", "margen");
                    format!(", {tolerance} {}", amount(it))
                });
                format!(
                    "{} {quote}, {} {option}{}",
                    self.pick("Client approved quote", "El cliente aprobó el presupuesto"),
                    self.pick("option", "opción"),
                    tolerance.unwrap_or_default()
                )
            }
            Fact::QuoteRejected { quote, .. } => format!(
                "{} {quote}",
                self.pick("Client rejected quote", "El cliente rechazó el presupuesto")
            ),
            Fact::PaymentReceived(payment) => format!(
                "{} {}{}",
                self.pick("Payment received", "Pago recibido"),
                amount(payment.amount),
                self.when(payment.at, entry.at)
            ),
            Fact::PaymentFailed { .. } => word("Payment failed", "Pago fallido"),
            Fact::CollectionStopped => word(
                "Payment not complete, goes back",
                "Pago incompleto, se devuelve",
            ),
            Fact::BookingDivided { booking, at, .. } => format!(
                "{} {}{}",
                self.pick(
                    "Booking divided, new locator",
                    "Reserva dividida, nuevo localizador"
                ),
                booking.locator(),
                self.when(*at, entry.at)
            ),
            Fact::Rebooked { booking, at } => format!(
                "{} {}{}",
                self.pick("Booking changed, locator", "Reserva cambiada, localizador"),
                booking.locator(),
                self.when(*at, entry.at)
            ),
            Fact::RebookingRefused { reason } => format!(
                "{}: {}",
                self.pick("Change did not come about", "El cambio no se realizó"),
                reason.line()
            ),
            Fact::RebookingUndone { reason } => format!(
                "{}: {}",
                self.pick("Change undone", "Cambio deshecho"),
                reason.line()
            ),
            Fact::PassedOn { reason } => format!(
                "{}: {}",
                self.pick("Goes on in another case", "Continúa en otro caso"),
                reason.line()
            ),
            Fact::DocumentsIssued(documents) => {
                let issued = documents.iter().map(|document| match document {
                    IssuedDocument::Confirmation { passenger, .. } => format!(
                        "{} {passenger}",
                        self.pick("confirmation for", "confirmación para")
                    ),
                    IssuedDocument::Emd { passenger, number } => {
                        format!("EMD {number} {} {passenger}", self.pick("for", "para"))
                    }
                    IssuedDocument::Ticket { passenger, number } => format!(
                        "{} {number} {} {passenger}",
                        self.pick("ticket", "billete"),
                        self.pick("for", "para")
                    ),
                });
                let issued: Vec<_> = issued.collect();
                format!(
                    "{}: {}",
                    self.pick("Issued", "Documentos emitidos"),
                    issued.join(", ")
                )
            }
            Fact::ItinerarySent { .. } => word("New itinerary sent", "Nuevo itinerario enviado"),
            Fact::Reminded { .. } => word(
                "Client reminded to check new itinerary at once",
                "Se recordó al cliente que comprobara de inmediato el nuevo itinerario",
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
            Fact::ErrorFound { error } => format!(
                "{}: {}",
                self.pick("Agency found error", "La agencia encontró un error"),
                error.line()
            ),
            Fact::AttemptMade { .. } => {
                word("Client not reached", "No se pudo contactar con el cliente")
            }
            Fact::GivenUp => word("No answer from client", "Sin respuesta del cliente"),
            Fact::Filed(_) => word("Filed", "Archivado"),
            Fact::Closed => word("Case closed", "Caso cerrado"),
            Fact::Withdrawn { at, .. } => format!(
                "{}{}",
                self.pick(
                    "Client withdrew the request",
                    "El cliente desistió del cambio"
                ),
                self.when(*at, entry.at)
            ),
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
                    "Payment not due, goes back:",
                    "Pago no debido, se devuelve:"
                ),
                amount(payment.amount)
            ),
            Fact::Repaid { .. } => word("Gone back", "Devuelto"),
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

//! What happens in a case.

use jiff::Timestamp;

use super::{
    AgentId, Amount, Booking, CaseId, Contact, FlightOption, FreeText, KnockOn, OptionNumber,
    PayerId, Payment, Pricing, QuoteNumber, Reach, Reference, RepaymentNumber, Ruling,
    TicketNumber, TicketRules, Wish,
};
use crate::{
    pe::NameReference,
    text::quiet,
    trip::{BookingId, Itinerary, Traveller},
};

quiet! {
    /// Something that happened, in which case, and who reports it.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{AgentId, CaseId, Event, Fact, FactKind};
    ///
    /// let event = Event::new(CaseId::new(17), AgentId::new(9), Fact::NothingAvailable);
    /// assert_eq!(event.fact.kind(), FactKind::NothingAvailable);
    /// ```
    #[derive(Clone, Debug, Eq, PartialEq)]
    pub struct Event {
        /// In which case.
        pub case: CaseId,
        /// Who reports it.
        pub by: AgentId,
        /// What happened.
        pub fact: Fact,
    }
}

impl Event {
    /// What happened, in which case, by whose report.
    ///
    /// See the example of [`Event`].
    #[must_use]
    pub const fn new(case: CaseId, by: AgentId, fact: Fact) -> Self {
        Self { case, by, fact }
    }
}

/// Defines [`Fact`] and [`FactKind`], its names.
macro_rules! facts {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $body:tt [$($contact:ident)?])*) => {
        facts! { @fact $($(#[$doc])* $variant $body)* }

        super::named::named! {
            /// What kind of thing happened, in the order of the procedure.
            ///
            /// See the example of [`Event`].
            #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
            pub enum FactKind {
                $($(#[$doc])* $variant = $name,)*
            }
        }

        impl Fact {
            /// What kind of thing happened.
            ///
            /// See the example of [`Event`].
            #[must_use]
            pub const fn kind(&self) -> FactKind {
                match self {
                    $(facts!(@pattern $variant $body) => FactKind::$variant,)*
                }
            }

            /// The contact with the client that it was, if it was one.
            ///
            /// ```
            /// use peline::change::{Channel, ClientId, Contact, Fact};
            /// let contact = Contact { client: ClientId::new(4), channel: Channel::Phone };
            /// assert_eq!(Fact::Declined { contact }.contact(), Some(contact));
            /// assert_eq!(Fact::NothingAvailable.contact(), None);
            /// ```
            #[must_use]
            pub const fn contact(&self) -> Option<Contact> {
                match self {
                    $($(Self::$variant { $contact, .. } => Some(*$contact),)?)*
                    _ => None,
                }
            }
        }
    };
    (@fact $($(#[$doc:meta])* $variant:ident $body:tt)*) => {
        facts! { @build [] $($(#[$doc])* $variant $body)* }
    };
    (@build [$($done:tt)*] $(#[$doc:meta])* $variant:ident () $($rest:tt)*) => {
        facts! { @build [$($done)* $(#[$doc])* $variant,] $($rest)* }
    };
    (@build [$($done:tt)*] $(#[$doc:meta])* $variant:ident ($type:ty) $($rest:tt)*) => {
        facts! { @build [$($done)* $(#[$doc])* $variant($type),] $($rest)* }
    };
    (@build [$($done:tt)*] $(#[$doc:meta])* $variant:ident { $($field:tt)* } $($rest:tt)*) => {
        facts! { @build [$($done)* $(#[$doc])* $variant { $($field)* },] $($rest)* }
    };
    (@build [$($done:tt)*]) => {
        quiet! {
            /// What happened.
            ///
            /// Exhaustive on purpose. In the order of the procedure; the last ones may come at any time.
            ///
            /// See the examples of [the page of `change`](super) for whole cases.
            #[derive(Clone, Debug, Eq, PartialEq)]
            pub enum Fact { $($done)* }
        }
    };
    (@pattern $variant:ident ()) => { Self::$variant };
    (@pattern $variant:ident ($type:ty)) => { Self::$variant(_) };
    (@pattern $variant:ident { $($field:tt)* }) => { Self::$variant { .. } };
}

facts! {
    /// The client gave the reference of his booking.
    ReferenceGiven = "reference_given" {
        /// With whom, and how.
        contact: Contact,
        /// Which booking.
        booking: BookingId,
    } [contact]
    /// There is no such booking.
    BookingNotFound = "booking_not_found" () []
    /// The booking as the reservation system shows it: to be changed, or after the change.
    BookingFetched = "booking_fetched" (Box<Booking>) []
    /// The client confirmed that these are his current flights.
    ItineraryConfirmed = "itinerary_confirmed" {
        /// With whom, and how.
        contact: Contact,
        /// The itinerary that he confirmed: its flights must be those of the booking.
        itinerary: Itinerary,
    } [contact]
    /// The client says that these are not his flights.
    ItineraryDisputed = "itinerary_disputed" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The airline's rules for this very ticket were looked up.
    RulesFound = "rules_found" (TicketRules) []
    /// A person answered what the rules left open.
    Ruled = "ruled" (Ruling) []
    /// The client was told the restrictions, fees and fare differences that may apply.
    RestrictionsTold = "restrictions_told" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The client wants to go on.
    GoAheadGiven = "go_ahead_given" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The client said which dates, or which destination, he wants.
    WishStated = "wish_stated" {
        /// With whom, and how.
        contact: Contact,
        /// What he wants.
        wish: Wish,
    } [contact]
    /// The search found flights that are available.
    OptionsFound = "options_found" (Vec<FlightOption>) []
    /// The search found nothing, or the chosen option is not available any more.
    NothingAvailable = "nothing_available" () []
    /// The client was told the options, with what becomes of the fare.
    OptionsTold = "options_told" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The client chose an option.
    OptionChosen = "option_chosen" {
        /// With whom, and how.
        contact: Contact,
        /// Which.
        option: OptionNumber,
    } [contact]
    /// No option suits the client.
    OptionsRejected = "options_rejected" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The client was offered alternatives.
    AlternativesOffered = "alternatives_offered" {
        /// With whom, and how.
        contact: Contact,
        /// What was offered: at least one thing.
        alternatives: Vec<FreeText>,
    } [contact]
    /// The client takes an alternative.
    AlternativeAccepted = "alternative_accepted" {
        /// With whom, and how.
        contact: Contact,
        /// Where the case goes on.
        to: Revisit,
    } [contact]
    /// No alternative suits the client: the booking stays as it is.
    Declined = "declined" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The figures for the option were looked up.
    Priced = "priced" (Box<Pricing>) []
    /// The agent acknowledges that the supplier's totals are not ours.
    DiscrepancyAcknowledged = "discrepancy_acknowledged" {
        /// Of which quote.
        quote: QuoteNumber,
    } []
    /// The client was told the amount due, the new total, and what the change means for hotels and other
    /// bookings.
    QuoteTold = "quote_told" {
        /// With whom, and how.
        contact: Contact,
        /// Which quote.
        quote: QuoteNumber,
        /// What it means for other bookings.
        knock_on: KnockOn,
    } [contact]
    /// The client approves an option at the price of a quote.
    QuoteApproved = "quote_approved" {
        /// With whom, and how.
        contact: Contact,
        /// Which option.
        option: OptionNumber,
        /// Which quote.
        quote: QuoteNumber,
        /// By how much a later quote may be worse without asking him again: the price guard.
        tolerance: Option<Amount>,
    } [contact]
    /// The client does not want it at that price.
    QuoteRejected = "quote_rejected" {
        /// With whom, and how.
        contact: Contact,
        /// Which quote.
        quote: QuoteNumber,
    } [contact]
    /// What was due came in. Other money that came in is [`MoneyArrived`](Self::MoneyArrived).
    PaymentReceived = "payment_received" (Payment) []
    /// A payment failed: nothing came in.
    PaymentFailed = "payment_failed" {
        /// Whose.
        payer: PayerId,
    } []
    /// The agent stops collecting: not everybody paid. What came in goes back, and the price is asked for again.
    CollectionStopped = "collection_stopped" () []
    /// The booking was divided: those who change are in one of their own.
    BookingDivided = "booking_divided" {
        /// The new booking.
        booking: BookingId,
        /// Who is in it, each with the number there.
        travellers: Vec<Traveller>,
        /// When, which may be before it is reported, not before it was [ordered](super::Effect::DivideBooking): what
        /// either booking says since then is of its own names. The minute [is enough](super#rules).
        at: Timestamp,
    } []
    /// The supplier changed the booking; reported again, until there are tickets, where the locator or the time was wrong.
    Rebooked = "rebooked" {
        /// Which booking it is now: the same, or another.
        booking: BookingId,
        /// When, which may be before it is reported, not before it was [ordered](super::Effect::Rebook), or
        /// the booking was divided for it: it says
        /// whether the approval was alive, and the client had not withdrawn, where it is reported again by the last
        /// report. Of names that have other numbers it says since when: a later time does not move that of numbers that
        /// a check has found by then, and the next one finds again. The minute [is enough](super#rules).
        at: Timestamp,
    } []
    /// The division or the change did not come about: the supplier refused it, stopped in time, or restored what he
    /// changed too late. The flights are as they were.
    RebookingRefused = "rebooking_refused" {
        /// Why.
        reason: FreeText,
    } []
    /// What was booked cannot be made to match, and the supplier restored the old flights.
    RebookingUndone = "rebooking_undone" {
        /// Why.
        reason: FreeText,
    } []
    /// What is booked cannot be made to match, nor be undone (the airline changed its flights meanwhile, or the
    /// supplier changed them when nobody wanted it any more): that is the affair of another case. Before the tickets
    /// are issued, what was paid goes back, and the trip is told of nothing: where the booking has another locator by
    /// then, tell its trip ([`ReplaceBooking`](crate::follow::Command::ReplaceBooking)) before another case is opened; where
    /// it was [divided](super::Effect::DivideTrip), that of those who change.
    PassedOn = "passed_on" {
        /// What is wrong.
        reason: FreeText,
    } []
    /// New tickets or confirmations were issued: after a correction, those that are valid now.
    DocumentsIssued = "documents_issued" (Vec<IssuedDocument>) []
    /// The new itinerary was sent: to the client at his channel, with the copies.
    ItinerarySent = "itinerary_sent" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The client was reminded to check the new itinerary at once.
    Reminded = "reminded" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The client said that he got the new itinerary.
    Acknowledged = "acknowledged" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The client found an error in the new itinerary.
    ErrorReported = "error_reported" {
        /// With whom, and how.
        contact: Contact,
        /// What is wrong.
        error: FreeText,
    } [contact]
    /// The agent found an error in what was issued, or sent: the booking is checked again, and documents are issued and
    /// sent again.
    ErrorFound = "error_found" {
        /// What is wrong.
        error: FreeText,
    } []
    /// The agent tried to reach the client, in vain.
    AttemptMade = "attempt_made" {
        /// With whom, and how.
        contact: Contact,
    } [contact]
    /// The agent gives up: the client does not answer. Where the flights are changed already he may do so before
    /// the new itinerary is sent, too *(ours)*.
    GivenUp = "given_up" () []
    /// Something of the record is in its place.
    Filed = "filed" (RecordItem) []
    /// The case is closed.
    Closed = "closed" () []
    /// The client does not want the change any more. Where it was ordered, the supplier is to stop it; where it was made
    /// after he said so and has no tickets yet, to restore the old flights.
    Withdrawn = "withdrawn" {
        /// With whom, and how.
        contact: Contact,
        /// When he said so (his mail came in, say), which may be before it is reported: what is changed later is not
        /// what he approved. A wrong time is reported again. (What is older than his approval is refused: it is a
        /// [contact](Self::Contacted).)
        at: Timestamp,
    } [contact]
    /// Another contact with the client.
    Contacted = "contacted" {
        /// With whom, and how.
        contact: Contact,
        /// What was said.
        note: FreeText,
    } [contact]
    /// The client said how he wants to get the new itinerary.
    ReachStated = "reach_stated" {
        /// With whom, and how.
        contact: Contact,
        /// How.
        reach: Reach,
    } [contact]
    /// Money came in that is not due: it goes back.
    MoneyArrived = "money_arrived" (Payment) []
    /// What had to go back went back.
    Repaid = "repaid" {
        /// Which repayment.
        repayment: RepaymentNumber,
        /// The reference of the refund, or the number of the voucher.
        reference: Reference,
    } []
}

quiet! {
    /// Where a case goes on when the client takes an alternative.
    ///
    /// See the example of [the page of `change`](super).
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum Revisit {
        /// At the rules of the fare.
        Rules,
        /// At the client's wish: only where a change is feasible.
        Wish,
    }
}

quiet! {
    /// A document that was issued for the new booking.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::IssuedDocument;
    /// let ticket = IssuedDocument::Ticket {
    ///     passenger: "1.1".parse()?,
    ///     number: "9991234567890".parse()?,
    /// };
    /// assert_eq!(ticket.passenger(), "1.1".parse()?);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum IssuedDocument {
        /// A confirmation of the booking, where there are no tickets.
        Confirmation {
            /// For whom, by the number that he had when the booking was last fetched before.
            passenger: NameReference,
            /// What it is called.
            reference: Reference,
        },
        /// An EMD: for a fee, or a voucher.
        Emd {
            /// For whom, as above.
            passenger: NameReference,
            /// Its number.
            number: TicketNumber,
        },
        /// A ticket.
        Ticket {
            /// For whom, as above.
            passenger: NameReference,
            /// Its number.
            number: TicketNumber,
        },
    }
}

impl IssuedDocument {
    /// For whom.
    ///
    /// See the example of [`IssuedDocument`].
    #[must_use]
    pub const fn passenger(&self) -> NameReference {
        match self {
            Self::Confirmation { passenger, .. }
            | Self::Emd { passenger, .. }
            | Self::Ticket { passenger, .. } => *passenger,
        }
    }
}

quiet! {
    /// Something of the record that is in its place.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Movement, RecordItem};
    /// let receipt = RecordItem::Receipt {
    ///     of: Movement::Payment("pay_7f3a".parse()?),
    ///     kept_as: "receipts/17".parse()?,
    /// };
    /// assert_ne!(receipt, RecordItem::BookingNote);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum RecordItem {
        /// The remarks are in the booking.
        BookingNote,
        /// Correspondence with the client is kept.
        Correspondence {
            /// Where, in the service's words.
            kept_as: Reference,
        },
        /// The notes are in the CRM.
        CrmNote,
        /// A receipt is kept.
        Receipt {
            /// Of which money.
            of: Movement,
            /// Where, in the service's words.
            kept_as: Reference,
        },
    }
}

quiet! {
    /// Money that moved.
    ///
    /// See the example of [`RecordItem`].
    #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    pub enum Movement {
        /// A payment came in.
        Payment(Reference),
        /// Something went back.
        Repayment(RepaymentNumber),
    }
}

crate::text::by_name! { FactKind }

//! What should be done in the world.

use std::collections::BTreeSet;

use super::{
    Addressee, Amount, Approval, FlightOption, Mismatch, OptionNumber, PayerId, QuoteNumber, Reach,
    Repayment, TripDivision, TripUpdate, VerifiedItinerary, Wish,
};
use crate::{pe::NameReference, trip::BookingId};

/// Something that the service, or the agent, is to do because of a [step](super::Case::step).
///
/// Exhaustive on purpose: each has to be done. What comes of it is reported as an
/// [event](super::Event).
///
/// # Example
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{Effect, RebookingOrder, State};
///
/// /// What the agent's screen says.
/// fn to_do(effect: &Effect) -> String {
///     let change = |order: &RebookingOrder| match order.until() {
///         Some(until) => format!("change {} before {until}", order.booking()),
///         None => format!("change {}: it is paid", order.booking()),
///     };
///     match effect {
///         Effect::CollectPayment { amount, .. } => format!("collect {amount}"),
///         Effect::Rebook(order) => change(order),
///         Effect::Repay(repayment) => format!("give {} back", repayment.what().amount),
///         other => format!("{other:?}"),
///     }
/// }
///
/// # let to_do_in = |state| example::case_in(state).1.iter().map(to_do).collect::<Vec<_>>();
/// assert_eq!(to_do_in(State::Choice), ["Ask(Choice)", "NoteContact { position: 9 }"]);
/// assert_eq!(to_do_in(State::Payment)[0], "collect EUR 280.00");
/// assert_eq!(to_do_in(State::Rebooking), ["change 1S/KWJQPD: it is paid"]);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Ask the client.
    Ask(Question),
    /// Ask the airline, or whoever has the authority.
    AskAirline(OpenRule),
    /// Get the booking from the reservation system.
    FetchBooking(BookingId),
    /// Look the rules of the fare up, for this very ticket.
    LookUpRules(BookingId),
    /// Tell the client the restrictions, fees and fare differences that may apply.
    TellRestrictions,
    /// Offer the client alternatives, and be kind about it: what he wants is not possible.
    OfferAlternatives(Obstacle),
    /// Look for flights that are available.
    SearchFlights(Wish),
    /// Tell the client the [options](super::Case::options).
    TellOptions,
    /// Look the figures up for an option.
    PriceOption(OptionNumber),
    /// Show the agent the discrepancies of a quote.
    ShowDiscrepancies(QuoteNumber),
    /// Tell the client the quote, and what the change may mean for hotels and other bookings.
    TellQuote(QuoteNumber),
    /// Collect a payment.
    CollectPayment {
        /// From whom.
        payer: PayerId,
        /// How much.
        amount: Amount,
        /// For which quote.
        quote: QuoteNumber,
    },
    /// Do not collect any more what is still due for a quote: nothing is due for it now, and what comes in all the same
    /// [goes back](super::Fact::MoneyArrived). (A demand dies with its [quote](super::Quote::expires), too: nobody has to be
    /// told that time passed.)
    StopCollecting(QuoteNumber),
    /// Divide the booking: only some of its passengers change.
    DivideBooking {
        /// Which booking.
        booking: BookingId,
        /// Who changes.
        passengers: BTreeSet<NameReference>,
    },
    /// Divide the trip of the booking, too, for those who [follow](crate::follow) it.
    DivideTrip(Box<TripDivision>),
    /// Change the booking.
    Rebook(Box<RebookingOrder>),
    /// Do not divide or change the booking any more, and issue no documents: what was ordered is off. What was changed
    /// after the client withdrew is to be restored.
    StopRebooking,
    /// Have the supplier correct the booking: this is not as it was approved.
    CorrectBooking(Vec<Mismatch>),
    /// Issue the new tickets, or confirmations.
    IssueDocuments(Box<VerifiedItinerary>),
    /// Give something back.
    Repay(Repayment),
    /// Hand the change over to those who [follow](crate::follow) the trip.
    UpdateTrip(Box<TripUpdate>),
    /// Send the new itinerary.
    SendItinerary(Dispatch),
    /// Remind the client to check the new itinerary at once.
    RemindClient,
    /// Write a contact into the CRM: the text is [`Case::crm_note`](super::Case::crm_note).
    NoteContact {
        /// Which event of the [history](super::Case::history), counted from 0.
        position: usize,
    },
    /// Write the record: see [`Case::record`](super::Case::record).
    WriteRecord,
}

super::named::named! {
    /// What the client is asked.
    ///
    /// See the example of [`Case`](super::Case).
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum Question {
        /// The reference of his booking.
        Reference = "reference",
        /// Whether these are his current dates and his destination.
        CurrentItinerary = "current_itinerary",
        /// Whether he wants to go on.
        GoAhead = "go_ahead",
        /// Which new dates or which destination he wants.
        Wish = "wish",
        /// Which option he chooses.
        Choice = "choice",
        /// What he says to the alternatives.
        Alternatives = "alternatives",
        /// Whether he approves the quote.
        Approval = "approval",
        /// Whether he got the new itinerary.
        Acknowledgement = "acknowledgement",
    }
}

super::named::named! {
    /// What the rules of the fare leave open, and a person has to find out.
    ///
    /// See the example of [the page of `change`](super).
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum OpenRule {
        /// Whether the change is allowed, and for which fee.
        Permission = "permission",
        /// What becomes of what is left of the fare.
        Residual = "residual",
    }
}

super::named::named! {
    /// Why what the client wants is not possible.
    ///
    /// See the example of [the page of `change`](super).
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum Obstacle {
        /// The rules of the fare do not allow a change.
        NotAllowed = "not_allowed",
        /// No flight is available.
        NothingAvailable = "nothing_available",
        /// No option suits the client.
        OptionsRejected = "options_rejected",
        /// The price does not suit the client.
        PriceRejected = "price_rejected",
        /// The new fare is lower, and the rules want an equal or a higher one.
        FareTooLow = "fare_too_low",
    }
}

/// The order to change a booking: it carries the client's [approval](Approval), and only a case makes one.
///
/// See the example of [`Effect`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RebookingOrder {
    pub(super) booking: BookingId,
    pub(super) option: FlightOption,
    pub(super) passengers: BTreeSet<NameReference>,
    pub(super) approval: Approval,
    pub(super) until: Option<jiff::Timestamp>,
}

impl RebookingOrder {
    /// Which booking to change: where it was divided, the new one.
    ///
    /// See the example of [`Effect`].
    #[must_use]
    pub const fn booking(&self) -> &BookingId {
        &self.booking
    }

    /// What to book.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # use peline::change::{Effect, State};
    /// # let (_, effects) = example::case_in(State::Rebooking);
    /// # let [Effect::Rebook(order)] = effects.as_slice() else { unreachable!("{effects:?}") };
    /// assert_eq!(order.option().itinerary.flights()[0].departure_date().to_string(), "2026-12-08");
    /// ```
    #[must_use]
    pub const fn option(&self) -> &FlightOption {
        &self.option
    }

    /// For whom, by their numbers when the booking was last fetched before.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # use peline::change::{Effect, State};
    /// # let (_, effects) = example::case_in(State::Rebooking);
    /// # let [Effect::Rebook(order)] = effects.as_slice() else { unreachable!("{effects:?}") };
    /// assert_eq!(order.passengers().iter().map(ToString::to_string).collect::<Vec<_>>(), ["1.1"]);
    /// ```
    #[must_use]
    pub const fn passengers(&self) -> &BTreeSet<NameReference> {
        &self.passengers
    }

    /// The client's consent.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # use peline::change::{Effect, State};
    /// # let (_, effects) = example::case_in(State::Rebooking);
    /// # let [Effect::Rebook(order)] = effects.as_slice() else { unreachable!("{effects:?}") };
    /// assert_eq!(order.approval().seen().due().to_string(), "EUR 280.00");
    /// ```
    #[must_use]
    pub const fn approval(&self) -> &Approval {
        &self.approval
    }

    /// When the approval dies: the booking must have been changed before. None where a payment froze the quote.
    ///
    /// See the example of [`Effect`].
    #[must_use]
    pub const fn until(&self) -> Option<jiff::Timestamp> {
        self.until
    }
}

/// To whom the new itinerary goes: to the client himself first, then the copies by the PE field.
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{Dispatch, Effect, State};
///
/// # let (_, effects) = example::case_in(State::Sending);
/// # let Effect::SendItinerary(dispatch) = &effects[1] else { unreachable!("{effects:?}") };
/// assert_eq!(dispatch.client().address().unwrap().as_str(), "client@example.com");
/// let copies: Vec<_> = dispatch.copies().iter().map(|it| (it.address.as_str(), it.role)).collect();
/// assert_eq!(copies, [("agent@example.com", peline::Role::Cc)]);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dispatch {
    pub(super) client: Reach,
    pub(super) copies: Vec<Addressee>,
}

impl Dispatch {
    /// How the client gets it.
    ///
    /// See the example of [`Dispatch`].
    #[must_use]
    pub const fn client(&self) -> &Reach {
        &self.client
    }

    /// Who else gets it, in the order of their addresses: never the client's own address.
    ///
    /// See the example of [`Dispatch`].
    #[must_use]
    pub fn copies(&self) -> &[Addressee] {
        &self.copies
    }
}

//! That the procedure says no.

use super::{Case, FactKind};

crate::rejected::refusals! {
    /// Why an event was refused.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::Refusal;
    /// assert_eq!(Refusal::QuoteExpired.name(), "quote_expired");
    /// assert_eq!(Refusal::QuoteExpired.to_string(), "the quote has expired");
    /// assert!(Refusal::ALL.contains(&Refusal::QuoteExpired));
    /// ```
    Refusal

    /// The event is of another case.
    OtherCase = "other_case":
        "the event belongs to another case",
    /// It is reported as earlier than the last event; of a [withdrawal](super::Fact::Withdrawn), said to be older than the
    /// client's approval, or than the case: that is a [contact](super::Fact::Contacted).
    TimeRunsBack = "time_runs_back":
        "the event is earlier than the last one",
    /// It is said to have happened later than it is reported.
    NotYet = "not_yet":
        "this is said to happen after it is reported",
    /// It cannot come now: see [`Case::next`](super::Case::next), and [`Case::missing`](super::Case::missing) for what
    /// the case awaits.
    OutOfOrder = "out_of_order":
        "the case awaits something else",
    /// The contact was with somebody else than the client.
    OtherClient = "other_client":
        "the contact was not with the client of the case",

    /// Another booking than that which was asked for.
    OtherBooking = "other_booking":
        "this is another booking than that of the case",
    /// The booking has no passengers, a number stands twice or is for all passengers of a name (`1` for `1.1`), or a
    /// passenger is not named as a traveller.
    PassengersUnclear = "passengers_unclear":
        "each passenger of the booking needs a number of his own and a name",
    /// More flights are flown than the booking has, or "partly used" and none; or one that is said to be flown or missed
    /// has not departed, or one that departed on a day that has passed everywhere is neither: it was flown, or
    /// [missed](super::Usage::NoShow), and that decides which fee counts.
    UsageUnclear = "usage_unclear":
        "what is said to be flown or missed does not fit the flights of the booking",
    /// All flights are flown.
    NothingToChange = "nothing_to_change":
        "all flights of the booking are flown",
    /// What the client confirmed is not the current itinerary.
    NotCurrent = "not_current":
        "the client confirmed another itinerary than the current one",

    /// Rules without a fare component.
    NoRules = "no_rules":
        "the rules name no fare component",
    /// A ruling that answers another question.
    OtherQuestion = "other_question":
        "the ruling answers another question than the one that is open",
    /// The rules do not allow the change.
    NotAllowed = "not_allowed":
        "the rules of the fare do not allow a change",
    /// Nothing was offered.
    NoAlternatives = "no_alternatives":
        "at least one alternative has to be offered",

    /// A wish for neither other dates nor another destination.
    EmptyWish = "empty_wish":
        "the wish names neither new dates nor a new destination",
    /// A passenger that the booking does not have.
    UnknownPassenger = "unknown_passenger":
        "the booking has no such passenger",
    /// "Only" all of the passengers, or none.
    NoDivision = "no_division":
        "a change for some passengers names at least one, and not all",
    /// Other passengers than those for whom the booking was divided.
    AlreadyDivided = "already_divided":
        "the booking was divided: the change goes on for the passengers who are in the new one",
    /// An empty list of options.
    NoOptions = "no_options":
        "there is no option: report that nothing is available",
    /// An option that changes nothing, or leaves open whether it does.
    SameItinerary = "same_itinerary":
        "an option may be what is booked already",
    /// An option that does not begin with the flights that are flown, or ends there.
    FlownFlightsDiffer = "flown_flights_differ":
        "an option has to begin with the flights that are flown, and go on",
    /// An option with a new flight in the past: by its date, and once that has passed everywhere.
    InThePast = "in_the_past":
        "an option has a flight that departed",
    /// Shorter than the minimum stay, or longer than the maximum.
    StayNotMet = "stay_not_met":
        "an option does not meet the minimum or maximum stay of its fare",
    /// A minimum or maximum stay, and no flight that returns.
    StayUnclear = "stay_unclear":
        "an option has a minimum or maximum stay and does not say which flight returns",
    /// An option for other people than those who want to change, or a booking that was divided otherwise.
    TravellersDiffer = "travellers_differ":
        "an option, or the booking that was divided off, names other travellers than those who change",
    /// Terms of a waiver that does not exist.
    NoWaiver = "no_waiver":
        "an option counts on a waiver that the airline did not give",
    /// The client's own wish, where the change is the airline's doing.
    WaiverIgnored = "waiver_ignored":
        "the airline gave a waiver, and an option does not say whether it is within",
    /// An option that is not on offer.
    UnknownOption = "unknown_option":
        "no such option is on offer",
    /// Another option than that which was chosen.
    OtherOption = "other_option":
        "this is another option than the one that was chosen",

    /// Another quote than the present one.
    OtherQuote = "other_quote":
        "this is another quote than the present one",
    /// Now is not before the expiry.
    QuoteExpired = "quote_expired":
        "the quote has expired",
    /// A payment came in for the quote: it stands, and so does what it was made of.
    QuoteFrozen = "quote_frozen":
        "the quote is being paid and cannot be replaced",
    /// Fares of another day than the usage of the ticket asks for.
    WrongFares = "wrong_fares":
        "an unused ticket takes the fares of today, a partly used one those of its date of issue",
    /// Too late for the new fare.
    AdvancePurchase = "advance_purchase":
        "the new fare had to be bought earlier",
    /// A flight of the booking, not the one that was missed, departed since it was fetched: other fees and fares may
    /// count. By the date, and once that has passed everywhere.
    BookingOutdated = "booking_outdated":
        "a flight of the booking has departed since it was fetched: fetch it again",
    /// Figures for other passengers than those who change.
    PassengersDiffer = "passengers_differ":
        "the figures have to be for each passenger who changes, once",
    /// Figures for other fare components than the rules have, or none that is replaced.
    ComponentsDiffer = "components_differ":
        "the figures have to name each fare component of the rules, and one that is replaced",
    /// A code of a tax stands twice.
    RepeatedTax = "repeated_tax":
        "a code of a tax stands twice",
    /// A service fee, or another fare, for what costs nothing.
    FeeWithinWaiver = "fee_within_waiver":
        "a change within the airline's waiver costs nothing, no service fee either",
    /// A charge of the supplier for what the airline waives.
    ChargeWithinWaiver = "charge_within_waiver":
        "the supplier charges for what the airline waives",
    /// Two rates for one pair of currencies.
    RepeatedRate = "repeated_rate":
        "a pair of currencies has two rates",
    /// An amount of another currency, or a rate that converts nothing.
    WrongCurrency = "wrong_currency":
        "an amount is of another currency",
    /// More than can be counted.
    Overflow = "overflow":
        "an amount is too large",

    /// Another amount than what is due.
    WrongAmount = "wrong_amount":
        "the payment is not the amount that is due",
    /// Nothing is due from this payer, or not any more.
    NothingDue = "nothing_due":
        "nothing is due from this payer",
    /// It happened before the client approved what it is for.
    BeforeApproval = "before_approval":
        "this happened before the client approved the quote",
    /// Nothing was paid for the quote that would have to go back.
    NothingPaid = "nothing_paid":
        "nothing was paid for the quote: it can be replaced as it is",
    /// One reference for two payments.
    ReferenceReused = "reference_reused":
        "the reference stands for another payment already",
    /// What is due would be sent back.
    PaymentIsDue = "payment_is_due":
        "this is the payment that is awaited: report it as received",
    /// Nothing goes back under this number.
    UnknownRepayment = "unknown_repayment":
        "there is no such repayment",
    /// It went back already.
    AlreadyRepaid = "already_repaid":
        "this went back already, under another reference",

    /// The booking was divided or changed before that was ordered, or changed before it was divided.
    BeforeOrder = "before_order":
        "this happened before the change was ordered",
    /// The client withdrew when the flights were changed already.
    AlreadyChanged = "already_changed":
        "the flights were changed before the client withdrew",
    /// The booking was changed after the client withdrew: it has to be restored.
    AfterWithdrawal = "after_withdrawal":
        "this happened after the client withdrew",
    /// A division that leaves the passengers where they were.
    SameBooking = "same_booking":
        "a divided booking has a locator of its own",
    /// The new tickets are issued already.
    TicketsIssued = "tickets_issued":
        "the new tickets are issued: what changes the booking again is another case",
    /// A document for somebody who does not change, or none for somebody who does, or one number twice.
    DocumentsDiffer = "documents_differ":
        "each passenger who changes gets a ticket or a confirmation of his own, and nobody else",

    /// Sent by another channel than the client chose.
    OtherChannel = "other_channel":
        "the itinerary goes to the client by the channel that he chose",
    /// Too few attempts to give up.
    TooFewAttempts = "too_few_attempts":
        "the agent has not tried often enough to reach the client",
    /// There was no such money, or it has not moved yet.
    UnknownMovement = "unknown_movement":
        "no such money moved",
    /// There is nothing to keep or to write.
    NothingToFile = "nothing_to_file":
        "the record of the case has no such part",
    /// Something of the record is missing: [`Case::missing`](super::Case::missing) says what.
    RecordIncomplete = "record_incomplete":
        "the record is not complete",
    /// Something still has to go back.
    MoneyOwed = "money_owed":
        "something still has to go back",
    /// A stored event that changes nothing: nobody stores those.
    Repeated = "repeated":
        "the event was recorded already",
}

/// That an event was refused: why, and the case as it was.
///
/// # Example
///
/// ```
/// use peline::change::*;
///
/// let opening = Opening {
///     case: CaseId::new(17),
///     client: ClientId::new(4),
///     reach: Reach::Phone,
///     by: AgentId::new(9),
/// };
/// let now = "2026-11-02T10:00:00Z".parse()?;
/// let (case, _) = Case::open(opening, now);
/// let closed = Event::new(case.id(), AgentId::new(9), Fact::Closed);
/// let refused = case.clone().step(closed, now).unwrap_err();
/// assert_eq!(refused.refusal(), Refusal::OutOfOrder);
/// assert_eq!(refused.into_state(), case);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type Rejected = crate::rejected::Rejected<Case, Refusal>;

/// That a history is none that the procedure allows: which event it fails at, and why.
///
/// See the example of [`Case::replay`](super::Case::replay).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[error("the event at index {position} ({fact}) is not possible: {refusal}")]
pub struct ReplayError {
    pub(super) position: usize,
    pub(super) fact: FactKind,
    pub(super) refusal: Refusal,
}

impl ReplayError {
    /// Which event, counted from 0.
    ///
    /// See the example of [`Case::replay`](super::Case::replay).
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }

    /// What it is.
    ///
    /// See the example of [`Case::replay`](super::Case::replay).
    #[must_use]
    pub const fn fact(&self) -> FactKind {
        self.fact
    }

    /// Why it is not possible.
    ///
    /// See the example of [`Case::replay`](super::Case::replay).
    #[must_use]
    pub const fn refusal(&self) -> Refusal {
        self.refusal
    }
}

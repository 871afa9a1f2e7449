//! That the rules say no.

crate::rejected::refusals! {
    /// Why a command was refused.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::follow::Refusal;
    /// assert_eq!(Refusal::Oneself.name(), "oneself");
    /// assert_eq!(Refusal::Oneself.to_string(), "a trip cannot be shared with oneself");
    /// assert!(Refusal::ALL.contains(&Refusal::Oneself));
    /// ```
    Refusal

    /// There is no trip yet: only an import or an addition by hand makes one.
    NoTrip = "no_trip":
        "there is no trip yet",
    /// There is a trip already: adding by hand makes a new one, and those who leave a booking that is
    /// [divided](super::HeldTrip::divide) need a trip of their own.
    TripExists = "trip_exists":
        "there is a trip here already",
    /// A trip that was added by hand takes no updates of a booking, and is not divided.
    NotLinked = "not_linked":
        "the trip was added by hand and has no booking",
    /// A trip that came from a booking is not edited by hand.
    Linked = "linked":
        "the trip comes from a booking and is changed there",
    /// Another booking than that of the trip.
    OtherBooking = "other_booking":
        "this is another booking than that of the trip",
    /// A booking that another one took the place of.
    BookingReplaced = "booking_replaced":
        "another booking took the place of this one",
    /// As old as what is known, with other content: what is known stays.
    Conflict = "conflict":
        "as old as what is known, and different from it",
    /// A document for a name that [got another number](super::Command::Renumber) after it was issued, or whose number
    /// another name got: nobody knows whose it is. Attach it as issued later, for the number of now.
    Renumbered = "renumbered":
        "the names got other numbers after the document was issued",
    /// A number for all passengers of a name (`1`) where that of each is needed (`1.1`).
    BareNumber = "bare_number":
        "a number is for all passengers of a name, not for one",
    /// Two names would have one number: a number goes to two, or to one while another name has it, or may have it,
    /// of which nothing is said. Say which number that name has, or that it left.
    NumberTaken = "number_taken":
        "two names would have one number",
    /// A number that is to move by a [division](super::HeldTrip::divide) was nobody's by then: its name left the trip
    /// (the trip was divided before, or it was [said](super::Command::Renumber)), or got it later. Who has it since
    /// then moves at a later time.
    NamesLeft = "names_left":
        "a name left the trip already",
    /// The trip was told of the booking as it is since it was [divided](super::HeldTrip::divide), so its numbers may be
    /// those of after that: the wrong people would move. Divide before the old booking is read again; where it was read
    /// already, import the new booking as a trip of its own.
    ReadSinceDivided = "read_since_divided":
        "the trip was told of the booking since it was divided",
    /// Issued more than a day from now.
    NotYetIssued = "not_yet_issued":
        "it says that it was issued more than a day from now",
    /// He does not hold the trip.
    NotHolder = "not_holder":
        "the account does not hold the trip",
    /// He holds the trip by shares only, and what is shared is not reassigned.
    OnlyShared = "only_shared":
        "the trip is there by a share only and cannot be reassigned",
    /// He follows the trip (copied, or by a share), and who only follows neither shares nor edits.
    OnlyFollowed = "only_followed":
        "only who holds the trip as its traveller can do that",
    /// He marked the trip "I am not the traveler".
    NotTheTraveller = "not_the_traveller":
        "the trip is marked as that of another traveller",
    /// The address to share with belongs to no account.
    UnknownAddress = "unknown_address":
        "no account has this address",
    /// The address to share with is one's own.
    Oneself = "oneself":
        "a trip cannot be shared with oneself",
    /// There is no share to end.
    NotShared = "not_shared":
        "nothing is shared with this account",
    /// The trip was not dropped, or nothing is left to hold it for.
    NothingToTakeBack = "nothing_to_take_back":
        "there is nothing to take back",
}

/// That a command was refused: why, and the state as it was.
///
/// # Example
///
/// ```
/// use peline::follow::{AccountId, Command, HeldTrip, NoHost, Refusal};
/// use peline::trip::TripId;
///
/// let held = HeldTrip::new(TripId::new(1));
/// let drop = Command::Unfollow { holder: AccountId::new(7) };
/// let rejected = held.clone().step(drop, "2026-11-01T10:00:00Z".parse()?, &NoHost).unwrap_err();
/// assert_eq!(rejected.refusal(), Refusal::NotHolder);
/// assert_eq!(rejected.into_state(), held);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type Rejected<T> = crate::rejected::Rejected<T, Refusal>;

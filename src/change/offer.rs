//! What the client wants, and what is offered to him.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Amount, Booking, FreeText, OptionNumber};
use crate::{
    pe::NameReference,
    text::quiet,
    trip::{AirportCode, Flight, Itinerary},
};

quiet! {
    /// What the client wants instead: other dates, another destination, or both, for all passengers or for some.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::jiff::civil::date;
    /// use peline::change::{Whose, Wish};
    ///
    /// let wish = Wish { dates: vec![date(2026, 12, 8)], destination: None, whose: Whose::Everyone };
    /// assert!(wish.changes_dates() && !wish.changes_destination());
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct Wish {
        /// The new dates that he prefers, the best first; none where the dates stay.
        pub dates: Vec<Date>,
        /// The new destination; none where it stays.
        pub destination: Option<AirportCode>,
        /// For whom.
        pub whose: Whose,
    }
}

impl Wish {
    /// Whether the dates are to change.
    ///
    /// See the example of [`Wish`].
    #[must_use]
    pub const fn changes_dates(&self) -> bool {
        !self.dates.is_empty()
    }

    /// Whether the destination is to change.
    ///
    /// See the example of [`Wish`].
    #[must_use]
    pub const fn changes_destination(&self) -> bool {
        self.destination.is_some()
    }
}

quiet! {
    /// Whose flights change.
    ///
    /// A change for some of the passengers waits for the division of the booking.
    ///
    /// ```
    /// use peline::change::Whose;
    /// let jane = Whose::Only(["1.1".parse()?].into());
    /// assert_ne!(jane, Whose::Everyone);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum Whose {
        /// Of everyone in the booking.
        Everyone,
        /// Of these passengers, by their numbers: at least one, and not all.
        Only(BTreeSet<NameReference>),
    }
}

quiet! {
    /// Flights that are available, as they are offered to the client.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::jiff::civil::date;
    /// use peline::{change::{FareChange, FlightOption, Stay, Terms}, trip::{Flight, Itinerary}};
    ///
    /// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 8));
    /// let option = FlightOption {
    ///     itinerary: Itinerary::new([flight], [])?,
    ///     fare: FareChange::Higher("EUR 200.00".parse()?),
    ///     terms: Terms::Voluntary,
    ///     stay: Stay::ANY,
    ///     advance_purchase: None,
    /// };
    /// assert_eq!(option.itinerary.flights().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Clone, Debug, Eq, PartialEq)]
    pub struct FlightOption {
        /// The whole itinerary as it would be, flown flights included. If it names travellers, they are those who
        /// change.
        pub itinerary: Itinerary,
        /// How the fare would change, for all who change together: the client is told. Within a waiver it does not.
        pub fare: FareChange,
        /// On which terms.
        pub terms: Terms,
        /// How long one may or must stay, by the new fare.
        pub stay: Stay,
        /// How many days before the first new flight the new fare must be bought, if it says so. It counts as
        /// bought today at the place of ticketing, where the figures [say which day that is](super::FaresOf::Today).
        /// Those of the date of issue do not, and then on the latest day that it is anywhere in the world (at
        /// UTC+14) *(ours)*: rather refused on the last day than bought too late.
        pub advance_purchase: Option<u16>,
    }
}

quiet! {
    /// How a fare changes.
    ///
    /// See the example of [`FlightOption`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum FareChange {
        /// It is higher by so much.
        Higher(Amount),
        /// It is lower by so much.
        Lower(Amount),
        /// It stays as it is.
        Same,
    }
}

quiet! {
    /// On which terms an option is offered.
    ///
    /// See the example of [`FlightOption`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum Terms {
        /// The airline waives the fee, and the wish goes beyond what it waives otherwise: the fare difference
        /// counts.
        BeyondWaiver,
        /// The client's wish: the rules of the fare.
        Voluntary,
        /// The airline's doing, within what it waives: costs nothing.
        WithinWaiver,
    }
}

quiet! {
    /// The minimum and maximum stay of a fare: days from the first flight's departure to the departure of the
    /// flight that returns.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::Stay;
    /// let stay = Stay { minimum: Some(3), maximum: Some(30), returns_with: Some(1) };
    /// assert_ne!(stay, Stay::ANY);
    /// ```
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub struct Stay {
        /// At least so many days.
        pub minimum: Option<u16>,
        /// At most so many days.
        pub maximum: Option<u16>,
        /// Which flight of the itinerary returns, counted from 0; needed where there is a minimum or maximum.
        pub returns_with: Option<usize>,
    }
}

impl Stay {
    /// Any stay.
    ///
    /// See the example of [`Stay`].
    pub const ANY: Self = Self {
        minimum: None,
        maximum: None,
        returns_with: None,
    };
}

/// An option, under its number.
///
/// See the example of [`Case::options`](super::Case::options).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Offered {
    pub(super) number: OptionNumber,
    pub(super) option: FlightOption,
}

impl FlightOption {
    /// When the first of its flights that are still to be flown departs: they can be listed in any order.
    pub(super) fn departure(&self, booking: &Booking) -> Option<Date> {
        let flights = self.itinerary.flights();
        let to_come = flights.get(booking.flown().len()..).unwrap_or_default();
        to_come.iter().map(Flight::departure_date).min()
    }
}

impl Offered {
    /// The number that the client's consent names.
    ///
    /// See the example of [`Case::options`](super::Case::options).
    #[must_use]
    pub const fn number(&self) -> OptionNumber {
        self.number
    }

    /// What is offered.
    ///
    /// See the example of [`Case::options`](super::Case::options).
    #[must_use]
    pub const fn option(&self) -> &FlightOption {
        &self.option
    }
}

quiet! {
    /// What the change may mean for hotels and other bookings, as the client was told.
    ///
    /// ```
    /// use peline::change::KnockOn;
    /// let told = KnockOn::Effects("the hotel keeps the first night".parse()?);
    /// assert_ne!(told, KnockOn::NothingKnown);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum KnockOn {
        /// These.
        Effects(FreeText),
        /// The agent asked, and nothing is known that depends on the flights.
        NothingKnown,
    }
}

//! The booking as the reservation system shows it.

use jiff::civil::Date;

use super::{PayerId, Situation};
use crate::{
    address::Address,
    pe::NameReference,
    recipient::Role,
    routing::Plan,
    text::quiet,
    trip::{BookingId, Flight, Itinerary},
};

quiet! {
    /// A booking as the reservation system shows it now.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::jiff::civil::date;
    /// use peline::{change::{Addressee, Booking, Passenger, PassengerKind, PayerId, Usage}, pe, trip::*};
    ///
    /// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// let jane = Traveller::new("DOE/JANE".parse()?).with_name_reference("1.1".parse()?);
    /// let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
    /// let booking = Booking {
    ///     id: "1S/KWJQPD".parse()?,
    ///     itinerary: Itinerary::new([flight], [jane])?,
    ///     passengers: vec![Passenger {
    ///         name_reference: "1.1".parse()?,
    ///         kind: PassengerKind::Adult,
    ///         payer: PayerId::new(1),
    ///     }],
    ///     usage: Usage::Unused,
    ///     ticketed: date(2026, 10, 5),
    ///     addressees: Addressee::of(&plan),
    /// };
    /// assert_eq!(booking.addressees.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Clone, Debug, Eq, PartialEq)]
    pub struct Booking {
        /// Which.
        pub id: BookingId,
        /// All its flights, those that are flown first; each passenger is a traveller of it, with his number.
        pub itinerary: Itinerary,
        /// Who travels: at least one, each number once.
        pub passengers: Vec<Passenger>,
        /// What of the tickets is used.
        pub usage: Usage,
        /// The day on which the tickets were issued.
        pub ticketed: Date,
        /// Who gets the confirmation mail, by the PE field.
        pub addressees: Vec<Addressee>,
    }
}

impl Booking {
    /// The flights that are flown.
    pub(super) fn flown(&self) -> &[Flight] {
        let flights = self.itinerary.flights();
        flights.get(..self.usage.flown()).unwrap_or(flights)
    }

    /// The flights that are flown, and the one that was missed.
    pub(super) fn gone(&self) -> &[Flight] {
        let missed = usize::from(matches!(self.usage, Usage::NoShow { .. }));
        let flights = self.itinerary.flights();
        let gone = self.usage.flown().saturating_add(missed);
        flights.get(..gone).unwrap_or(flights)
    }

    /// The flights that can still be flown: those behind.
    pub(super) fn to_come(&self) -> &[Flight] {
        let flights = self.itinerary.flights();
        flights.get(self.gone().len()..).unwrap_or_default()
    }
}

quiet! {
    /// One who travels, as far as money goes.
    ///
    /// See the example of [`Booking`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub struct Passenger {
        /// The number of the passenger in the PNR: `1.1`.
        pub name_reference: NameReference,
        /// What kind of passenger.
        pub kind: PassengerKind,
        /// Who pays for him, with which form of payment, and gets money back.
        pub payer: PayerId,
    }
}

quiet! {
    /// What kind of passenger: it says which fees count.
    ///
    /// See the example of [`Booking`].
    #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    pub enum PassengerKind {
        /// An adult.
        Adult,
        /// A child.
        Child,
        /// An infant with a seat.
        InfantInSeat,
        /// An infant without a seat: pays no fee for a change.
        InfantOnLap,
    }
}

quiet! {
    /// What of the tickets is used. A change is about the flights to come, and the value still usable.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Situation, Usage};
    /// assert_eq!(Usage::Unused.situation(), Situation::BeforeDeparture);
    /// assert_eq!(Usage::NoShow { flown: 1 }.flown(), 1);
    /// ```
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum Usage {
        /// The flight after those was missed without a word.
        NoShow {
            /// How many flights of the itinerary are flown.
            flown: usize,
        },
        /// Some flights are flown.
        PartlyUsed {
            /// How many flights of the itinerary: at least one.
            flown: usize,
        },
        /// Nothing is used.
        Unused,
    }
}

impl Usage {
    /// How many flights of the itinerary are flown.
    ///
    /// See the example of [`Usage`].
    #[must_use]
    pub const fn flown(self) -> usize {
        match self {
            Self::NoShow { flown } | Self::PartlyUsed { flown } => flown,
            Self::Unused => 0,
        }
    }

    /// Which rules of the fare count.
    ///
    /// See the example of [`Usage`].
    #[must_use]
    pub const fn situation(self) -> Situation {
        match self {
            Self::NoShow { .. } => Situation::NoShow,
            Self::PartlyUsed { .. } => Situation::AfterDeparture,
            Self::Unused => Situation::BeforeDeparture,
        }
    }
}

quiet! {
    /// One who gets the confirmation mail by the PE field of the booking.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::{Role, change::Addressee, pe};
    ///
    /// let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
    /// let addressees = Addressee::of(&plan);
    /// assert_eq!(addressees[0].role, Role::Cc);
    /// assert_eq!(addressees[0].address.as_str(), "agent@example.com");
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct Addressee {
        /// The address.
        pub address: Address,
        /// Its role: the message, a copy, a blind copy.
        pub role: Role,
    }
}

impl Addressee {
    /// The recipients of a plan, in the order of their addresses.
    ///
    /// See the example of [`Addressee`].
    #[must_use]
    pub fn of(plan: &Plan) -> Vec<Self> {
        let recipients = plan.recipients().map(|recipient| Self {
            address: recipient.address().clone(),
            role: recipient.role(),
        });
        recipients.collect()
    }
}

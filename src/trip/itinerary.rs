//! Who travels, and on which flights.

use core::fmt;
use std::collections::BTreeSet;

use super::{Airports, Flight, PersonName};
use crate::pe::NameReference;

/// One who travels.
///
/// `Debug` does not show the name.
///
/// # Example
///
/// ```
/// use peline::trip::Traveller;
///
/// let jane = Traveller::new("DOE/JANE".parse()?).with_name_reference("1.1".parse()?);
/// assert_eq!(jane.name().as_str(), "DOE/JANE");
/// assert!(jane.name_reference().is_some());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Traveller {
    pub(super) name: PersonName,
    pub(super) name_reference: Option<NameReference>,
}

impl Traveller {
    /// One who travels, by name.
    ///
    /// See the example of [`Traveller`].
    #[must_use]
    pub const fn new(name: PersonName) -> Self {
        Self {
            name,
            name_reference: None,
        }
    }

    /// The same, with the number of the name in the PNR. Give it where it is known: without it nothing tells that a
    /// number went to [another name](crate::follow::Command::Renumber), and its documents with it.
    ///
    /// With a number, write the name as the PNR does, each time: one that is written in another way (`DOE/JANE MRS` for
    /// `DOE/JANE`) is another name, and who is there for that number sees nothing that was issued before. (Small
    /// letters and capitals are the same.) Where the source of an itinerary has names of its own, as mails have, leave
    /// the numbers out.
    ///
    /// See the example of [`Traveller`].
    #[must_use]
    pub const fn with_name_reference(mut self, reference: NameReference) -> Self {
        self.name_reference = Some(reference);
        self
    }

    /// The name.
    ///
    /// See the example of [`Traveller`].
    #[must_use]
    pub const fn name(&self) -> &PersonName {
        &self.name
    }

    /// The number of the name in the PNR.
    ///
    /// See the example of [`Traveller`].
    #[must_use]
    pub const fn name_reference(&self) -> Option<NameReference> {
        self.name_reference
    }
}

/// Masked: a name is personal data.
impl fmt::Debug for Traveller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Traveller")
            .field("name_reference", &self.name_reference)
            .finish_non_exhaustive()
    }
}

/// Why flights and travellers are no itinerary.
///
/// # Example
///
/// ```
/// use peline::trip::{Itinerary, ItineraryError};
/// assert_eq!(Itinerary::new([], []), Err(ItineraryError::NoFlights));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ItineraryError {
    /// No flights at all.
    #[error("an itinerary has a flight")]
    NoFlights,
    /// Two flights with one segment key.
    #[error("two flights have the same segment key")]
    RepeatedSegment,
    /// More than [`Itinerary::MAX_FLIGHTS`].
    #[error("an itinerary has at most {} flights", Itinerary::MAX_FLIGHTS)]
    TooManyFlights,
}

/// The flights of a trip in their order, and who travels.
///
/// # Example
///
/// ```
/// use peline::jiff::civil::date;
/// use peline::trip::{Flight, Itinerary, Traveller};
///
/// let out = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// let back = Flight::new("SIN".parse()?, "LHR".parse()?, date(2026, 12, 9));
/// let itinerary = Itinerary::new([out, back], [Traveller::new("DOE/JANE".parse()?)])?;
/// assert_eq!(itinerary.flights().len(), 2);
/// assert_eq!(itinerary.travellers().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Itinerary {
    pub(super) flights: Box<[Flight]>,
    pub(super) travellers: Box<[Traveller]>,
}

impl Itinerary {
    /// The number of flights that an itinerary has at most.
    ///
    /// ```
    /// assert_eq!(peline::trip::Itinerary::MAX_FLIGHTS, 99);
    /// ```
    pub const MAX_FLIGHTS: usize = 99;

    /// Flights in their order, and who travels; a name that is not known may be left out.
    ///
    /// # Errors
    ///
    /// No flights, too many, or two with one segment key.
    ///
    /// See the example of [`Itinerary`].
    pub fn new(
        flights: impl IntoIterator<Item = Flight>,
        travellers: impl IntoIterator<Item = Traveller>,
    ) -> Result<Self, ItineraryError> {
        let most = Self::MAX_FLIGHTS.saturating_add(1);
        let flights: Box<[Flight]> = flights.into_iter().take(most).collect();
        if flights.is_empty() {
            return Err(ItineraryError::NoFlights);
        }
        if flights.len() > Self::MAX_FLIGHTS {
            return Err(ItineraryError::TooManyFlights);
        }
        let mut segments = BTreeSet::new();
        let mut keys = flights.iter().filter_map(Flight::segment);
        if !keys.all(|key| segments.insert(key)) {
            return Err(ItineraryError::RepeatedSegment);
        }
        Ok(Self {
            flights,
            travellers: travellers.into_iter().collect(),
        })
    }

    /// The same itinerary, with the zones that are known of its airports.
    ///
    /// Zones are a part of it: of one booking give them each time, or it is another itinerary.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::trip::{Airports, Flight, Itinerary, NoPlaces};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// let airports: &dyn Airports = &NoPlaces;
    /// let itinerary = Itinerary::new([flight], [])?.with_zones_of(airports);
    /// assert_eq!(itinerary.flights().first().and_then(|flight| flight.arrival_zone()), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_zones_of(self, airports: &(impl Airports + ?Sized)) -> Self {
        let flights = self.flights.into_iter();
        Self {
            flights: flights
                .map(|flight| flight.with_zones_of(airports))
                .collect(),
            ..self
        }
    }

    /// The same flights of another booking, which has other keys of segments.
    pub(crate) fn without_segments(self) -> Self {
        let flights = self.flights.into_iter();
        Self {
            flights: flights.map(Flight::without_segment).collect(),
            ..self
        }
    }

    /// The same itinerary under other numbers of names. Who gets none is left out; who had none stays.
    pub(crate) fn renumbered(self, new: impl Fn(NameReference) -> Option<NameReference>) -> Self {
        let travellers = self.travellers.into_iter();
        let numbered = |traveller: Traveller| match traveller.name_reference {
            Some(old) => Some(traveller.with_name_reference(new(old)?)),
            None => Some(traveller),
        };
        Self {
            travellers: travellers.filter_map(numbered).collect(),
            ..self
        }
    }

    /// The flights in their order: never none.
    ///
    /// See the example of [`Itinerary`].
    #[must_use]
    pub const fn flights(&self) -> &[Flight] {
        &self.flights
    }

    /// Who travels, as far as it is known.
    ///
    /// See the example of [`Itinerary`].
    #[must_use]
    pub const fn travellers(&self) -> &[Traveller] {
        &self.travellers
    }
}

//! One flight of an itinerary.

use std::collections::BTreeSet;

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
    tz::Offset,
};

use super::{AirportCode, Airports, FlightDesignator, SegmentKey, ZoneName, Zones, known_rules};
use crate::text::quiet;

/// Less late than this is a flight that had departed by its time *(ours)*. The next of its number departs a day later,
/// or nearly.
const LATE: SignedDuration = SignedDuration::from_hours(12);

quiet! {
    /// One flight: from where to where, on which day, and whatever else is known.
    ///
    /// Times are *civil*: what the clocks at the airport show. An instant exists only where the zone is
    /// known by name and the caller has [its rules](Zones). Nothing is guessed: what is not known is
    /// `None`. A flight may arrive "before" it departs, or days later.
    ///
    /// `Debug` shows it: a flight is no personal data by itself.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::jiff::civil::{date, time};
    /// use peline::trip::Flight;
    ///
    /// let flight = Flight::new("SIN".parse()?, "SFO".parse()?, date(2026, 12, 1))
    ///     .with_designator("SQ 32".parse()?)
    ///     .with_departure_time(time(9, 25, 0, 0))
    ///     .with_arrival(date(2026, 12, 1).at(8, 5, 0, 0));
    /// assert_eq!(flight.origin().as_str(), "SIN");
    /// assert_eq!(flight.destination().as_str(), "SFO");
    /// assert_eq!(flight.departure_date(), date(2026, 12, 1));
    /// assert_eq!(flight.departure_time(), Some(time(9, 25, 0, 0)));
    /// assert_eq!(flight.arrival(), Some(date(2026, 12, 1).at(8, 5, 0, 0)));
    /// assert_eq!(flight.designator().map(|it| it.to_string()).as_deref(), Some("SQ32"));
    /// assert_eq!(flight.departure_zone(), None);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct Flight {
        segment: Option<SegmentKey>,
        designator: Option<FlightDesignator>,
        codeshares: BTreeSet<FlightDesignator>,
        origin: AirportCode,
        destination: AirportCode,
        departure_date: Date,
        departure_time: Option<Time>,
        departure_zone: Option<ZoneName>,
        arrival: Option<DateTime>,
        arrival_zone: Option<ZoneName>,
    }
}

impl Flight {
    /// A flight on a day, by the calendar at the airport of departure; nothing else is known.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn new(origin: AirportCode, destination: AirportCode, departure_date: Date) -> Self {
        Self {
            segment: None,
            designator: None,
            codeshares: BTreeSet::new(),
            origin,
            destination,
            departure_date,
            departure_time: None,
            departure_zone: None,
            arrival: None,
            arrival_zone: None,
        }
    }

    /// The same flight, as a segment of its booking.
    ///
    /// ```
    /// use peline::jiff::civil::date;
    /// use peline::trip::Flight;
    /// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// let flight = flight.with_segment("1".parse()?);
    /// assert_eq!(flight.segment().map(|key| key.as_str()), Some("1"));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn with_segment(mut self, segment: SegmentKey) -> Self {
        self.segment = Some(segment);
        self
    }

    /// The same flight in another booking, which has other keys.
    pub(crate) fn without_segment(self) -> Self {
        Self {
            segment: None,
            ..self
        }
    }

    /// The same flight, by airline and number.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn with_designator(mut self, designator: FlightDesignator) -> Self {
        self.designator = Some(designator);
        self
    }

    /// The same flight, also sold or operated under another airline's number.
    ///
    /// ```
    /// use peline::jiff::civil::date;
    /// use peline::trip::Flight;
    /// let flight = Flight::new("LHR".parse()?, "JFK".parse()?, date(2026, 12, 1));
    /// let flight = flight.with_codeshare("AA6134".parse()?);
    /// assert_eq!(flight.codeshares().count(), 1);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn with_codeshare(mut self, designator: FlightDesignator) -> Self {
        self.codeshares.insert(designator);
        self
    }

    /// The same flight, with the time of departure at the airport of departure.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn with_departure_time(mut self, time: Time) -> Self {
        self.departure_time = Some(time);
        self
    }

    /// The same flight, with the date and time of arrival at the airport of arrival.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn with_arrival(mut self, arrival: DateTime) -> Self {
        self.arrival = Some(arrival);
        self
    }

    /// The same flight, with the zones at both ends.
    ///
    /// ```
    /// use peline::jiff::civil::date;
    /// use peline::trip::Flight;
    /// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1))
    ///     .with_zones("Europe/London".parse()?, "Asia/Singapore".parse()?);
    /// assert_eq!(flight.departure_zone().map(|zone| zone.as_str()), Some("Europe/London"));
    /// assert_eq!(flight.arrival_zone().map(|zone| zone.as_str()), Some("Asia/Singapore"));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn with_zones(mut self, departure: ZoneName, arrival: ZoneName) -> Self {
        self.departure_zone = Some(departure);
        self.arrival_zone = Some(arrival);
        self
    }

    /// The same flight, with the zones that are known of its airports; one that it has is kept.
    ///
    /// Zones are a part of it: of one booking give them each time, or it is another itinerary.
    ///
    /// ```
    /// use peline::jiff::civil::date;
    /// use peline::trip::{Flight, NoPlaces};
    /// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// assert_eq!(flight.clone().with_zones_of(&NoPlaces), flight);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn with_zones_of(mut self, airports: &(impl Airports + ?Sized)) -> Self {
        self.departure_zone = self.departure_zone.or_else(|| airports.zone(self.origin));
        self.arrival_zone = self
            .arrival_zone
            .or_else(|| airports.zone(self.destination));
        self
    }

    /// What the booking calls the segment.
    ///
    /// See the example of [`with_segment`](Self::with_segment).
    #[must_use]
    pub const fn segment(&self) -> Option<&SegmentKey> {
        self.segment.as_ref()
    }

    /// Airline and number under which it was booked.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn designator(&self) -> Option<FlightDesignator> {
        self.designator
    }

    /// The other numbers under which it is sold or operated, in their order.
    ///
    /// See the example of [`with_codeshare`](Self::with_codeshare).
    pub fn codeshares(&self) -> impl Iterator<Item = FlightDesignator> {
        self.codeshares.iter().copied()
    }

    /// The airport of departure.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn origin(&self) -> AirportCode {
        self.origin
    }

    /// The airport of arrival.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn destination(&self) -> AirportCode {
        self.destination
    }

    /// The day of departure, at the airport of departure.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn departure_date(&self) -> Date {
        self.departure_date
    }

    /// The time of departure, at the airport of departure.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn departure_time(&self) -> Option<Time> {
        self.departure_time
    }

    /// Date and time of arrival, at the airport of arrival.
    ///
    /// See the example of [`Flight`].
    #[must_use]
    pub const fn arrival(&self) -> Option<DateTime> {
        self.arrival
    }

    /// The name of the zone at the airport of departure.
    ///
    /// See the example of [`with_zones`](Self::with_zones).
    #[must_use]
    pub const fn departure_zone(&self) -> Option<&ZoneName> {
        self.departure_zone.as_ref()
    }

    /// The name of the zone at the airport of arrival.
    ///
    /// See the example of [`with_zones`](Self::with_zones).
    #[must_use]
    pub const fn arrival_zone(&self) -> Option<&ZoneName> {
        self.arrival_zone.as_ref()
    }

    /// Whether two sources may be talking of the same flight.
    ///
    /// The airports and the day of departure are the same, and
    ///
    /// * airline and number are the same, whatever the times; or
    /// * each is a codeshare of the other (they have a number in common), or one of them has no
    ///   number at all, and the times that both have are the same.
    ///
    /// What is absent never conflicts, so this is no equivalence: one flight without a number may be
    /// the same as each of two.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::jiff::civil::{date, time};
    /// use peline::trip::Flight;
    ///
    /// let day = date(2026, 12, 1);
    /// let flight = Flight::new("LHR".parse()?, "JFK".parse()?, day);
    /// let booked = flight.clone().with_designator("BA117".parse()?);
    /// let sold = flight.clone()
    ///     .with_designator("AA6134".parse()?)
    ///     .with_codeshare("BA117".parse()?);
    /// assert!(booked.may_be(&sold));
    ///
    /// let at = |hour| booked.clone().with_departure_time(time(hour, 20, 0, 0));
    /// assert!(at(8).may_be(&at(9)), "retimed");
    /// assert!(!at(8).may_be(&sold.with_departure_time(time(9, 20, 0, 0))));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let ends = (self.origin, self.destination, self.departure_date)
            == (other.origin, other.destination, other.departure_date);
        ends && match (self.designator, other.designator) {
            (Some(one), Some(two)) if one == two => true,
            (Some(_), Some(_)) => self.shares_number(other) && self.agrees_on_times(other),
            (None, _) | (_, None) => self.agrees_on_times(other),
        }
    }

    /// Whether both are one number between the same airports, on whatever day.
    pub(crate) fn has_same_number(&self, other: &Self) -> bool {
        self.designator.is_some() && self.number_and_ends() == other.number_and_ends()
    }

    /// Whether another may be this one with a delay, which can move it to the next day.
    pub(super) fn may_be_late(&self, later: &Self) -> bool {
        let departure =
            |flight: &Self| Some(flight.departure_date.to_datetime(flight.departure_time?));
        let delay = departure(self)
            .zip(departure(later))
            .map(|(time, late)| time.duration_until(late));
        self.has_same_number(later)
            && delay.is_some_and(|delay| (SignedDuration::ZERO..LATE).contains(&delay))
    }

    /// What flights of one number between the same airports have in common; `None` without a number.
    pub(super) fn number_and_ends(&self) -> Option<(FlightDesignator, AirportCode, AirportCode)> {
        let designator = self.designator?;
        Some((designator, self.origin, self.destination))
    }

    fn numbers(&self) -> impl Iterator<Item = FlightDesignator> {
        self.designator.into_iter().chain(self.codeshares())
    }

    fn shares_number(&self, other: &Self) -> bool {
        self.numbers()
            .any(|number| other.designator == Some(number) || other.codeshares.contains(&number))
    }

    fn agrees_on_times(&self, other: &Self) -> bool {
        agree(self.departure_time, other.departure_time) && agree(self.arrival, other.arrival)
    }

    /// The instant of departure; `None` where the time, the zone or its rules are not known.
    ///
    /// Of a time that the clocks show twice, the earlier; of one that they leap over, the one that
    /// is meant by RFC 5545 §3.3.5, as if they had not leapt.
    ///
    /// ```
    /// use peline::jiff::civil::date;
    /// use peline::trip::{Flight, NoPlaces};
    /// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// assert_eq!(flight.departs_at(&NoPlaces), None);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn departs_at(&self, zones: &(impl Zones + ?Sized)) -> Option<Timestamp> {
        let local = self.departure_date.to_datetime(self.departure_time?);
        let zone = known_rules(zones, self.departure_zone()?)?;
        zone.to_ambiguous_timestamp(local).compatible().ok()
    }

    /// Whether it has departed for certain: where the zone or its rules are not known, whether the
    /// departure is past in every zone; where the time is not known, whether the day is over.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::jiff::civil::{date, time};
    /// use peline::trip::{Flight, NoPlaces};
    ///
    /// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1))
    ///     .with_departure_time(time(10, 0, 0, 0));
    /// assert!(!flight.has_departed("2026-12-01T21:59:59Z".parse()?, &NoPlaces));
    /// assert!(flight.has_departed("2026-12-01T22:00:01Z".parse()?, &NoPlaces));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn has_departed(&self, now: Timestamp, zones: &(impl Zones + ?Sized)) -> bool {
        let time = self.departure_time.unwrap_or(Time::MAX);
        let local = self.departure_date.to_datetime(time);
        let zone = self.departure_zone();
        let latest = match zone.and_then(|name| known_rules(zones, name)) {
            Some(zone) => zone.to_ambiguous_timestamp(local).later().ok(),
            // Nowhere do the clocks lag behind more than twelve hours.
            None => Offset::UTC
                .to_timestamp(local)
                .ok()
                .and_then(|utc| utc.checked_add(12.hours()).ok()),
        };
        latest.is_some_and(|latest| latest < now)
    }

    /// Whether it can have departed, wherever it departs and whatever the rules of its zone are.
    #[cfg(feature = "serde")]
    pub(super) fn may_have_departed(&self, now: Timestamp) -> bool {
        let time = self.departure_time.unwrap_or(Time::MAX);
        let local = self.departure_date.to_datetime(time);
        let utc = Offset::UTC.to_timestamp(local).ok();
        // No zone is a whole 26 hours ahead: `jiff` has none.
        let earliest = utc.and_then(|utc| utc.checked_sub(26.hours()).ok());
        earliest.is_none_or(|earliest| earliest < now)
    }
}

/// Whether two say the same, or one says nothing.
fn agree<T: PartialEq>(one: Option<T>, two: Option<T>) -> bool {
    match (one, two) {
        (Some(one), Some(two)) => one == two,
        (None, _) | (_, None) => true,
    }
}

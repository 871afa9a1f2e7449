//! Which booking a trip came from.

use core::{fmt, str::FromStr};

use super::{RecordLocator, SystemCode};
use crate::{
    error::{ErrorKind, ParseError},
    text::{Span, as_text},
};

/// A booking: its record locator, and the system that issued it.
///
/// # Example
///
/// ```
/// use peline::trip::{BookingId, SystemCode};
///
/// let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
/// assert_eq!(booking.locator().as_str(), "KWJQPD");
/// assert_eq!(booking.system(), SystemCode::SABRE);
/// assert_eq!("1s/kwjqpd".parse(), Ok(booking));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct BookingId {
    system: SystemCode,
    locator: RecordLocator,
}

impl BookingId {
    /// A booking by the system and its locator there.
    ///
    /// See the example of [`BookingId`].
    #[must_use]
    pub const fn new(system: SystemCode, locator: RecordLocator) -> Self {
        Self { system, locator }
    }

    /// The system that issued the locator.
    ///
    /// See the example of [`BookingId`].
    #[must_use]
    pub const fn system(&self) -> SystemCode {
        self.system
    }

    /// The locator.
    ///
    /// See the example of [`BookingId`].
    #[must_use]
    pub const fn locator(&self) -> &RecordLocator {
        &self.locator
    }
}

/// As `1S/KWJQPD`.
impl fmt::Display for BookingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.system, self.locator))
    }
}

/// Reads `1S/KWJQPD`.
///
/// # Errors
///
/// Any other text.
impl FromStr for BookingId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let Some((system, locator)) = text.split_once('/') else {
            let span = Span::new(0, text.len());
            return Err(ParseError::new(ErrorKind::MalformedBooking, span));
        };
        let offset = text.len().saturating_sub(locator.len());
        let locator = locator
            .parse()
            .map_err(|error: ParseError| error.shifted(offset));
        Ok(Self::new(system.parse()?, locator?))
    }
}

as_text! { BookingId }

/// How a message names a booking: by the locator, and perhaps the system.
///
/// A cancellation often carries nothing but the locator, which two systems may both have given out.
///
/// # Example
///
/// ```
/// use peline::trip::{BookingId, Citation, CitationError, SystemCode};
///
/// let ours = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
/// let other = BookingId::new("1A".parse()?, "KWJQPD".parse()?);
///
/// let cited = Citation::new("KWJQPD".parse()?);
/// assert_eq!(cited.find([&ours]), Ok(&ours));
/// assert_eq!(cited.find([&ours, &other]), Err(CitationError::Ambiguous));
/// assert_eq!(cited.with_system(SystemCode::SABRE).find([&ours, &other]), Ok(&ours));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Citation {
    locator: RecordLocator,
    system: Option<SystemCode>,
}

/// Why a citation names no booking.
///
/// See the example of [`Citation`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CitationError {
    /// It names several: nothing may be done by it.
    #[error("several bookings have this locator")]
    Ambiguous,
    /// It names none of them.
    #[error("no booking has this locator")]
    Unknown,
}

impl Citation {
    /// A locator of which the system is not known.
    ///
    /// See the example of [`Citation`].
    #[must_use]
    pub const fn new(locator: RecordLocator) -> Self {
        Self {
            locator,
            system: None,
        }
    }

    /// The same locator, of this system.
    ///
    /// See the example of [`Citation`].
    #[must_use]
    pub const fn with_system(mut self, system: SystemCode) -> Self {
        self.system = Some(system);
        self
    }

    /// Whether it may name this booking.
    ///
    /// ```
    /// use peline::trip::{BookingId, Citation, SystemCode};
    /// let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
    /// assert!(Citation::new("kwjqpd".parse()?).names(&booking));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn names(&self, booking: &BookingId) -> bool {
        self.locator == booking.locator && self.system.is_none_or(|it| it == booking.system)
    }

    /// The one booking that it names, of all that the service has: those of its trips, and those that were
    /// [replaced](super::Trip::replaced_bookings), of which nothing is taken any more.
    ///
    /// # Errors
    ///
    /// It names none of them, or several.
    ///
    /// See the example of [`Citation`].
    pub fn find<'a>(
        &self,
        bookings: impl IntoIterator<Item = &'a BookingId>,
    ) -> Result<&'a BookingId, CitationError> {
        let mut named = bookings.into_iter().filter(|booking| self.names(booking));
        let first = named.next().ok_or(CitationError::Unknown)?;
        match named.all(|other| other == first) {
            true => Ok(first),
            false => Err(CitationError::Ambiguous),
        }
    }
}

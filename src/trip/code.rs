//! The codes of the trade: airports, flights, locators, segments, zones.

use core::{fmt, str::FromStr};

use crate::{
    error::{ErrorKind, ParseError},
    text::{Span, as_text},
};

const fn fault(kind: ErrorKind, text: &str) -> ParseError {
    ParseError::new(kind, Span::new(0, text.len()))
}

/// The ASCII characters that a code was checked to have.
fn write_ascii(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    f.pad(str::from_utf8(bytes).unwrap_or_default())
}

/// An airport, or a city with several, by its IATA code.
///
/// Three letters, read in either case and kept in upper case. Whether the code is in use is not
/// asked.
///
/// # Example
///
/// ```
/// use peline::trip::AirportCode;
///
/// let airport: AirportCode = "lhr".parse()?;
/// assert_eq!(airport.as_str(), "LHR");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AirportCode([u8; 3]);

impl AirportCode {
    /// The three letters.
    ///
    /// See the example of [`AirportCode`].
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for AirportCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let letters: Option<[u8; 3]> = text.as_bytes().try_into().ok();
        letters
            .filter(|letters| letters.iter().all(u8::is_ascii_alphabetic))
            .map(|letters| Self(letters.map(|letter| letter.to_ascii_uppercase())))
            .ok_or(fault(ErrorKind::MalformedAirportCode, text))
    }
}

impl fmt::Debug for AirportCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AirportCode({self})")
    }
}

impl fmt::Display for AirportCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_ascii(f, &self.0)
    }
}

/// A flight by airline, number, and the letter that some carry behind it: a *flight designator* of
/// the IATA Standard Schedules Information Manual.
///
/// | text | is |
/// |---|---|
/// | `BA12`, `BA 12`, `ba0012` | `BA12` |
/// | `U2 8001A` | `U28001A`: airline `U2`, number 8001, suffix `A` |
/// | `BA0`, `BAW12`, `12` | an error |
///
/// # Example
///
/// ```
/// use peline::trip::FlightDesignator;
///
/// let flight: FlightDesignator = "BA 0012".parse()?;
/// assert_eq!(flight.to_string(), "BA12");
/// assert_eq!((flight.airline(), flight.number(), flight.suffix()), ("BA", 12, None));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FlightDesignator {
    airline: [u8; 2],
    number: u16,
    suffix: Option<u8>,
}

impl FlightDesignator {
    /// The airline's IATA code.
    ///
    /// See the example of [`FlightDesignator`].
    #[must_use]
    pub fn airline(&self) -> &str {
        str::from_utf8(&self.airline).unwrap_or_default()
    }

    /// The number, from 1 to 9999.
    ///
    /// See the example of [`FlightDesignator`].
    #[must_use]
    pub const fn number(&self) -> u16 {
        self.number
    }

    /// The operational suffix, a capital letter.
    ///
    /// See the example of [`FlightDesignator`].
    #[must_use]
    pub fn suffix(&self) -> Option<char> {
        self.suffix.map(char::from)
    }
}

impl FromStr for FlightDesignator {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        read_designator(text.as_bytes()).ok_or(fault(ErrorKind::MalformedFlightDesignator, text))
    }
}

fn read_designator(text: &[u8]) -> Option<FlightDesignator> {
    let (airline, rest) = text.split_first_chunk::<2>()?;
    let airline = airline.map(|byte| byte.to_ascii_uppercase());
    let known = airline.iter().all(u8::is_ascii_alphanumeric)
        && airline.iter().any(u8::is_ascii_alphabetic);
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let (digits, suffix) = match rest.split_last() {
        Some((last, digits)) if last.is_ascii_alphabetic() => {
            (digits, Some(last.to_ascii_uppercase()))
        }
        _ => (rest, None),
    };
    let digits = (digits.len() <= 4 && digits.iter().all(u8::is_ascii_digit)).then_some(digits)?;
    let number = str::from_utf8(digits).ok()?.parse().ok()?;
    (known && number > 0).then_some(FlightDesignator {
        airline,
        number,
        suffix,
    })
}

impl fmt::Debug for FlightDesignator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FlightDesignator({self})")
    }
}

impl fmt::Display for FlightDesignator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = self.suffix().map(String::from).unwrap_or_default();
        f.pad(&format!("{}{}{suffix}", self.airline(), self.number))
    }
}

/// A booking's record locator: five or six letters and digits, in upper case.
///
/// `Debug` shows nothing of it: with a surname it opens the booking.
///
/// # Example
///
/// ```
/// use peline::trip::RecordLocator;
///
/// let locator: RecordLocator = "kwjqpd".parse()?;
/// assert_eq!(locator.as_str(), "KWJQPD");
/// assert_eq!(format!("{locator:?}"), "RecordLocator(…)");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct RecordLocator(Box<str>);

impl RecordLocator {
    /// The locator.
    ///
    /// See the example of [`RecordLocator`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RecordLocator {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let valid =
            matches!(text.len(), 5 | 6) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match valid {
            true => Ok(Self(text.to_ascii_uppercase().into())),
            false => Err(fault(ErrorKind::MalformedRecordLocator, text)),
        }
    }
}

impl fmt::Display for RecordLocator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Masked: with a surname it opens the booking.
impl fmt::Debug for RecordLocator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordLocator(…)")
    }
}

/// The system that issued a record locator, by its two characters: `1S` is Sabre, `1A` Amadeus, an
/// airline has its own.
///
/// # Example
///
/// ```
/// use peline::trip::SystemCode;
///
/// assert_eq!("1s".parse::<SystemCode>()?, SystemCode::SABRE);
/// assert_eq!(SystemCode::SABRE.as_str(), "1S");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SystemCode([u8; 2]);

impl SystemCode {
    /// Sabre, `1S`.
    ///
    /// See the example of [`SystemCode`].
    pub const SABRE: Self = Self(*b"1S");

    /// The two characters.
    ///
    /// See the example of [`SystemCode`].
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for SystemCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let code: Option<[u8; 2]> = text.as_bytes().try_into().ok();
        code.filter(|code| code.iter().all(u8::is_ascii_alphanumeric))
            .map(|code| Self(code.map(|byte| byte.to_ascii_uppercase())))
            .ok_or(fault(ErrorKind::MalformedSystemCode, text))
    }
}

impl fmt::Debug for SystemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SystemCode({self})")
    }
}

impl fmt::Display for SystemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_ascii(f, &self.0)
    }
}

/// Reads and keeps one to 32 visible ASCII characters.
fn visible(text: &str) -> Result<Box<str>, ParseError> {
    let valid = matches!(text.len(), 1..=32) && text.bytes().all(|byte| byte.is_ascii_graphic());
    match valid {
        true => Ok(text.into()),
        false => Err(fault(ErrorKind::MalformedKey, text)),
    }
}

/// What a booking calls one of its segments: it stays when the flight is retimed or renumbered, and when another goes.
/// The number of a line in a display does not; leave it out.
///
/// One to 32 visible ASCII characters, compared as they stand.
///
/// # Example
///
/// ```
/// use peline::trip::SegmentKey;
///
/// let key: SegmentKey = "OID-2044".parse()?;
/// assert_eq!(key.as_str(), "OID-2044");
/// assert!("".parse::<SegmentKey>().is_err());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SegmentKey(Box<str>);

impl SegmentKey {
    /// The key.
    ///
    /// See the example of [`SegmentKey`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SegmentKey {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        visible(text).map(Self)
    }
}

impl fmt::Display for SegmentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The number of a ticket or an invoice: one to 32 visible ASCII characters.
///
/// What is written in two ways is two numbers: write tickets without a hyphen, as those of a [change] are.
///
/// [change]: crate::change::TicketNumber
///
/// `Debug` shows nothing of it.
///
/// # Example
///
/// ```
/// use peline::trip::DocumentNumber;
///
/// let ticket: DocumentNumber = "9991234567890".parse()?;
/// assert_eq!(ticket.as_str(), "9991234567890");
/// assert_eq!(format!("{ticket:?}"), "DocumentNumber(…)");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DocumentNumber(Box<str>);

impl DocumentNumber {
    /// The number.
    ///
    /// See the example of [`DocumentNumber`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DocumentNumber {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        visible(text).map(Self)
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Masked.
impl fmt::Debug for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentNumber(…)")
    }
}

/// A time zone by its name in the IANA database: `Asia/Singapore`.
///
/// Whether there is such a zone is known to [`Zones`](super::Zones) only. Up to 64 letters, digits,
/// `+`, `-` and `_` in parts with `/` between them, a letter first; compared as they stand.
///
/// # Example
///
/// ```
/// use peline::trip::ZoneName;
///
/// let zone: ZoneName = "America/Port-au-Prince".parse()?;
/// assert_eq!(zone.as_str(), "America/Port-au-Prince");
/// assert!("+02:00".parse::<ZoneName>().is_err());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ZoneName(Box<str>);

impl ZoneName {
    /// The name.
    ///
    /// See the example of [`ZoneName`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ZoneName {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let part = |part: &str| {
            let valid = |byte: u8| byte.is_ascii_alphanumeric() || b"+-_".contains(&byte);
            !part.is_empty() && part.bytes().all(valid)
        };
        let valid = text.len() <= 64
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.split('/').all(part);
        match valid {
            true => Ok(Self(text.into())),
            false => Err(fault(ErrorKind::MalformedZoneName, text)),
        }
    }
}

impl fmt::Display for ZoneName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

as_text! { AirportCode DocumentNumber FlightDesignator RecordLocator SegmentKey SystemCode ZoneName }

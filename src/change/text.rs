//! Texts that cannot hold the number of a payment card, and numbers of tickets.

use core::{fmt, str::FromStr};

use crate::{
    error::{ErrorKind, ParseError},
    text::{Span, as_text, is_visible, printable},
};

/// The characters that a note has at most.
const NOTE: usize = 500;

/// How many digits the number of a payment card has (ISO/IEC 7812).
const CARD: core::ops::RangeInclusive<usize> = 14..=19;

fn fault(kind: ErrorKind, text: &str) -> ParseError {
    ParseError::new(kind, Span::new(0, text.len()))
}

/// What somebody wrote: a note, a reason, an offer. One to 500 characters in which something can be seen.
///
/// It cannot hold the number of a payment card: 14 to 19 digits that pass the Luhn check, whatever blanks,
/// hyphens and other marks stand between them. Other digits may stand before or behind a number that is written
/// without any. Neighbouring numbers are taken together, so now and then other numbers are refused as well: put
/// a word between them.
///
/// `Debug` shows nothing of it.
///
/// # Example
///
/// ```
/// use peline::{ErrorKind, change::FreeText};
///
/// let note: FreeText = "prefers an aisle seat".parse()?;
/// assert_eq!(note.as_str(), "prefers an aisle seat");
/// assert_eq!(format!("{note:?}"), "FreeText(…)");
///
/// let error = "card 4111 1111 1111 1111".parse::<FreeText>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::CardNumber);
/// assert_eq!(error.span().range(), 5..24);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct FreeText(Box<str>);

impl FreeText {
    /// The text as it was given, without white space at its edges.
    ///
    /// See the example of [`FreeText`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// The text in one line, without what moves a cursor or reorders text.
    pub(super) fn line(&self) -> String {
        let words: Vec<_> = self.0.split_whitespace().collect();
        printable(&words.join(" "))
    }
}

impl FromStr for FreeText {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let trimmed = text.trim();
        if !trimmed.chars().any(is_visible) {
            return Err(fault(ErrorKind::BlankText, text));
        }
        if trimmed.chars().count() > NOTE {
            return Err(fault(ErrorKind::TextTooLong, text));
        }
        match card_number(text) {
            Some(span) => Err(ParseError::new(ErrorKind::CardNumber, span)),
            None => Ok(Self(trimmed.into())),
        }
    }
}

impl fmt::Debug for FreeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FreeText(…)")
    }
}

/// As one line that is safe to print.
impl fmt::Display for FreeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.line())
    }
}

/// Written as it is.
#[cfg(feature = "serde")]
impl serde::Serialize for FreeText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Read through the same check as `FromStr`.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for FreeText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

/// An opaque reference: of a payment, a receipt, a letter. One to 64 visible ASCII characters, compared as
/// they stand.
///
/// It cannot hold the number of a payment card: see [`FreeText`]. So of references that are 14 to 19 digits and
/// nothing else a tenth are refused, and some that are longer: hand in your own key of the payment then.
///
/// `Debug` shows nothing of it.
///
/// # Example
///
/// ```
/// use peline::{ErrorKind, change::Reference};
///
/// let reference: Reference = "pay_7f3a".parse()?;
/// assert_eq!(reference.as_str(), "pay_7f3a");
/// let error = "4111-1111-1111-1111".parse::<Reference>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::CardNumber);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Reference(Box<str>);

impl Reference {
    /// The reference.
    ///
    /// See the example of [`Reference`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reference {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        if !matches!(text.len(), 1..=64) || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(fault(ErrorKind::MalformedReference, text));
        }
        match card_number(text) {
            Some(span) => Err(ParseError::new(ErrorKind::CardNumber, span)),
            None => Ok(Self(text.into())),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reference(…)")
    }
}

/// The number of a ticket or an EMD: 13 digits, the airline's accounting code in front. A hyphen or a blank
/// behind the first three is read as well.
///
/// `Debug` shows nothing of it.
///
/// # Example
///
/// ```
/// use peline::change::TicketNumber;
///
/// let ticket: TicketNumber = "999-1234567890".parse()?;
/// assert_eq!(ticket.as_str(), "9991234567890");
/// assert!("99912345678901".parse::<TicketNumber>().is_err());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TicketNumber([u8; 13]);

impl TicketNumber {
    /// The 13 digits.
    ///
    /// See the example of [`TicketNumber`].
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for TicketNumber {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let malformed = || fault(ErrorKind::MalformedTicketNumber, text);
        let (airline, serial) = text.split_at_checked(3).ok_or_else(malformed)?;
        let serial = serial.strip_prefix(['-', ' ']).unwrap_or(serial);
        let digits = [airline, serial].concat();
        let digits: [u8; 13] = digits.as_bytes().try_into().map_err(|_| malformed())?;
        match digits.iter().all(u8::is_ascii_digit) {
            true => Ok(Self(digits)),
            false => Err(malformed()),
        }
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketNumber(…)")
    }
}

/// The code of a tax, a fee or a charge of a ticket: two letters or digits, such as `YR`.
///
/// # Example
///
/// ```
/// use peline::change::TaxCode;
///
/// let code: TaxCode = "yr".parse()?;
/// assert_eq!(code.to_string(), "YR");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TaxCode([u8; 2]);

impl TaxCode {
    /// The code, in capitals.
    ///
    /// ```
    /// let code: peline::change::TaxCode = "yr".parse()?;
    /// assert_eq!(code.as_str(), "YR");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for TaxCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let code: Option<[u8; 2]> = text.as_bytes().try_into().ok();
        code.filter(|code| code.iter().all(u8::is_ascii_alphanumeric))
            .map(|code| Self(code.map(|byte| byte.to_ascii_uppercase())))
            .ok_or_else(|| fault(ErrorKind::MalformedTaxCode, text))
    }
}

impl fmt::Display for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for TaxCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TaxCode({self})")
    }
}

as_text! { Reference TaxCode TicketNumber }

/// Where a text holds what looks like the number of a payment card.
///
/// Groups of digits with neither letters nor other digits between them may be one number, or several next to
/// each other: any groups that follow each other and have 14 to 19 digits together are checked. In one group
/// that is longer than a card's number, the 14 to 16 digits anywhere are that begin as those of the large card
/// schemes do.
fn card_number(text: &str) -> Option<Span> {
    let mut groups: Vec<Group> = Vec::new();
    // Whether a group may go on, or stand next to what comes.
    let (mut open, mut next) = (false, false);
    for (at, char) in text.char_indices() {
        let end = at.saturating_add(char.len_utf8());
        if let Some(digit) = digit(char) {
            match groups.last_mut().filter(|_| open) {
                Some(group) => {
                    group.digits.push((digit, at));
                    group.end = end;
                }
                None => groups.push(Group {
                    digits: vec![(digit, at)],
                    end,
                    follows: next,
                }),
            }
            (open, next) = (true, true);
        } else {
            open = false;
            next = next && !char.is_alphabetic();
        }
    }
    let together = (0..groups.len()).find_map(|from| joined(groups.get(from..)?));
    together.or_else(|| groups.iter().find_map(Group::card_number))
}

/// A digit: by its value, or one of a script whose digits are not known here, which stands for any.
#[derive(Clone, Copy)]
enum Digit {
    Any,
    Value(u32),
}

/// Digits with nothing between them.
struct Group {
    digits: Vec<(Digit, usize)>,
    end: usize,
    /// Whether neither letters nor other groups stand between it and the group before.
    follows: bool,
}

impl Group {
    /// A card number with other digits around it.
    fn card_number(&self) -> Option<Span> {
        let mut windows = SCHEMES.into_iter().flat_map(|(length, first)| {
            let windows = self.digits.windows(length);
            windows.filter(move |window| window.iter().zip(first.bytes()).all(begins))
        });
        let passes = |window: &&[(Digit, usize)]| luhn(window.iter().map(|(digit, _)| *digit));
        let window = windows.find(passes)?;
        let ((_, start), (_, last)) = window.first().zip(window.last())?;
        Some(Span::new(*start, last.saturating_add(1)))
    }
}

/// The lengths and first digits of the numbers of the large card schemes (ISO/IEC 7812).
const SCHEMES: [(usize, &str); 20] = [
    (14, "36"),
    (14, "38"),
    (16, "35"),
    (16, "6011"),
    (16, "62"),
    (16, "65"),
    (15, "34"),
    (15, "37"),
    (16, "22"),
    (16, "23"),
    (16, "24"),
    (16, "25"),
    (16, "26"),
    (16, "27"),
    (16, "4"),
    (16, "51"),
    (16, "52"),
    (16, "53"),
    (16, "54"),
    (16, "55"),
];

fn begins(((digit, _), first): (&(Digit, usize), u8)) -> bool {
    match *digit {
        Digit::Any => true,
        Digit::Value(value) => Some(value) == u32::from(first).checked_sub(u32::from(b'0')),
    }
}

/// A card number that begins with the first of these groups, and ends with one of them.
fn joined(groups: &[Group]) -> Option<Span> {
    let (_, start) = groups.first()?.digits.first()?;
    let mut digits: Vec<Digit> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        if at > 0 && !group.follows {
            return None;
        }
        if digits.len().saturating_add(group.digits.len()) > *CARD.end() {
            return None;
        }
        digits.extend(group.digits.iter().map(|(digit, _)| *digit));
        if CARD.contains(&digits.len()) && luhn(digits.iter().copied()) {
            return Some(Span::new(*start, group.end));
        }
    }
    None
}

/// A digit as people type it: also full-width and Arabic ones; those of other scripts may be anything.
fn digit(char: char) -> Option<Digit> {
    let zero = match char {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6F0}'..='\u{6F9}' => '\u{6F0}',
        '\u{FF10}'..='\u{FF19}' => '\u{FF10}',
        _ if char.is_numeric() => return Some(Digit::Any),
        _ => return None,
    };
    u32::from(char)
        .checked_sub(u32::from(zero))
        .map(Digit::Value)
}

/// The check of ISO/IEC 7812-1, annex B; digits that are not known pass.
fn luhn(digits: impl DoubleEndedIterator<Item = Digit>) -> bool {
    let mut sum: u32 = 0;
    for (at, digit) in digits.rev().enumerate() {
        let Digit::Value(value) = digit else {
            return true;
        };
        let value = match at % 2 {
            0 => value,
            _ => match value.saturating_mul(2) {
                double @ 0..=9 => double,
                double => double.saturating_sub(9),
            },
        };
        sum = sum.saturating_add(value);
    }
    sum.is_multiple_of(10)
}

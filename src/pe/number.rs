//! Numbers of names and of PE items.

use core::{fmt, str::FromStr};

use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        complete,
        pe::{MAX_NUMBER, bounds, number, whole_items},
        reference::whole_reference,
    },
    text::Span,
};

/// Whose mail it is: a name of the PNR (`1`), or one passenger of a name (`1.1`).
///
/// Item and passenger run from 1 to 999. `01.01`, as some displays print it, is `1.1`.
///
/// # Example
///
/// ```
/// use peline::pe::NameReference;
///
/// let reference: NameReference = "02.01".parse()?;
/// assert_eq!(reference, NameReference::new(2, Some(1)).unwrap());
/// assert_eq!(reference.to_string(), "2.1");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NameReference {
    item: u16,
    passenger: Option<u16>,
}

impl NameReference {
    /// A reference to a name item, or to one passenger of it; `None` if a number is not within
    /// 1 to 999.
    ///
    /// ```
    /// use peline::pe::NameReference;
    /// assert!(NameReference::new(1, None).is_some());
    /// assert!(NameReference::new(0, None).is_none());
    /// ```
    #[must_use]
    pub fn new(item: u16, passenger: Option<u16>) -> Option<Self> {
        let valid = |number: &u16| (1..=MAX_NUMBER).contains(number);
        (valid(&item) && passenger.as_ref().is_none_or(valid)).then_some(Self { item, passenger })
    }

    /// The numbers that the grammar has checked.
    pub(crate) const fn checked((item, passenger): (u16, Option<u16>)) -> Self {
        Self { item, passenger }
    }

    /// The number of the name item, from 1 to 999.
    ///
    /// ```
    /// let reference: peline::pe::NameReference = "2.1".parse()?;
    /// assert_eq!(reference.item(), 2);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn item(self) -> u16 {
        self.item
    }

    /// The number of the passenger within the item, from 1 to 999; `None` for the bare item.
    ///
    /// ```
    /// let reference: peline::pe::NameReference = "2.1".parse()?;
    /// assert_eq!(reference.passenger(), Some(1));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn passenger(self) -> Option<u16> {
        self.passenger
    }

    /// Whether it is another, or the bare item that has that among its passengers.
    pub(crate) fn includes(self, other: Self) -> bool {
        self == other || (self.passenger.is_none() && self.item == other.item)
    }
}

/// Without zeros in front: `2.1`, or `2` for a bare item.
impl fmt::Display for NameReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.passenger {
            Some(passenger) => f.pad(&format!("{}.{passenger}", self.item)),
            None => f.pad(&self.item.to_string()),
        }
    }
}

/// Reads `2.1` or `2`, zeros in front allowed, without a hyphen.
///
/// # Errors
///
/// Any other text, and numbers that are not within 1 to 999.
impl FromStr for NameReference {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        complete(text.as_bytes(), whole_reference).map(Self::checked)
    }
}

/// The number of a PE item in its PNR: 1 to 999.
///
/// # Example
///
/// ```
/// use peline::pe::ItemNumber;
///
/// assert_eq!("007".parse::<ItemNumber>()?.get(), 7);
/// assert_eq!(ItemNumber::new(1000), None);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ItemNumber(u16);

impl ItemNumber {
    /// The number; `None` if it is not within 1 to 999.
    ///
    /// ```
    /// assert!(peline::pe::ItemNumber::new(999).is_some());
    /// ```
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        match number {
            1..=MAX_NUMBER => Some(Self(number)),
            _ => None,
        }
    }

    /// A number that the grammar has checked.
    pub(crate) const fn checked(number: u16) -> Self {
        Self(number)
    }

    /// The number, from 1 to 999.
    ///
    /// ```
    /// assert_eq!(peline::pe::ItemNumber::new(2).map(|item| item.get()), Some(2));
    /// ```
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// Without zeros in front.
impl fmt::Display for ItemNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Reads digits, zeros in front allowed.
///
/// # Errors
///
/// Any other text, and numbers that are not within 1 to 999.
impl FromStr for ItemNumber {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let fault = |kind| ParseError::new(kind, Span::new(0, text.len()));
        let number = number(text.as_bytes()).ok_or(fault(ErrorKind::MalformedItems))?;
        Self::new(number).ok_or(fault(ErrorKind::ItemOutOfRange))
    }
}

/// One range of item numbers; a single number is a range of its own.
///
/// ```
/// use peline::pe::{ItemRange, Items};
/// let items: Items = "1-3,5".parse()?;
/// let ranges: Vec<ItemRange> = items.ranges().collect();
/// let numbers: Vec<_> = ranges.iter().map(|(first, last)| (first.get(), last.get())).collect();
/// assert_eq!(numbers, [(1, 3), (5, 5)]);
/// # Ok::<(), peline::ParseError>(())
/// ```
pub type ItemRange = (ItemNumber, ItemNumber);

/// The items that a command names: numbers and ranges, strictly ascending, as `1-3,5`.
///
/// What was read is written again as it was: `1,2,3` does not become `1-3`.
///
/// # Example
///
/// ```
/// use peline::pe::{ItemNumber, Items};
///
/// let items: Items = "1-3,5".parse()?;
/// assert!(items.contains(ItemNumber::new(2).unwrap()));
/// assert!(!items.contains(ItemNumber::new(4).unwrap()));
/// assert_eq!(items.to_string(), "1-3,5");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Items(Box<[ItemRange]>);

impl Items {
    /// Whether the command names this item.
    ///
    /// ```
    /// use peline::pe::{ItemNumber, Items};
    /// let items: Items = "2".parse()?;
    /// assert!(items.contains(ItemNumber::new(2).unwrap()));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn contains(&self, item: ItemNumber) -> bool {
        self.0
            .iter()
            .any(|&(first, last)| (first..=last).contains(&item))
    }

    /// The ranges, first and last number of each, in ascending order.
    ///
    /// ```
    /// let items: peline::pe::Items = "1-3,5".parse()?;
    /// assert_eq!(items.ranges().count(), 2);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    pub fn ranges(&self) -> impl Iterator<Item = ItemRange> {
        self.0.iter().copied()
    }
}

/// As it is typed: `1-3,5`.
impl fmt::Display for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_ranges(f, self.ranges(), ',')
    }
}

/// Reads `1-3,5`, zeros in front allowed.
///
/// # Errors
///
/// Any other text, numbers that are not within 1 to 999, and numbers that do not ascend.
impl FromStr for Items {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        complete(text.as_bytes(), whole_items)?;
        Ok(RawItems {
            text: text.as_bytes(),
        }
        .to_owned())
    }
}

/// [`Items`] as they stand in the text: nothing allocated.
///
/// # Example
///
/// ```
/// use peline::pe::RawCommand;
///
/// let RawCommand::Delete(items) = RawCommand::parse(b"PE1-3\xC2\xA4")? else { unreachable!() };
/// assert_eq!(items.ranges().count(), 1);
/// assert_eq!(items.to_owned().to_string(), "1-3");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct RawItems<'a> {
    text: &'a [u8],
}

impl<'a> RawItems<'a> {
    /// Items that the grammar has checked.
    pub(crate) const fn checked(text: &'a [u8]) -> Self {
        Self { text }
    }

    /// The ranges, first and last number of each, in ascending order.
    ///
    /// See the example of [`RawItems`].
    pub fn ranges(self) -> impl Iterator<Item = ItemRange> + 'a {
        let ranges = self
            .text
            .split(|&byte| matches!(byte, b',' | b'/'))
            .filter_map(bounds);
        ranges.map(|(low, high)| (ItemNumber(low), ItemNumber(high.unwrap_or(low))))
    }

    /// The same, independent of the text.
    ///
    /// See the example of [`RawItems`].
    #[must_use]
    pub fn to_owned(&self) -> Items {
        Items(self.ranges().collect())
    }
}

impl fmt::Debug for RawItems<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_owned().fmt(f)
    }
}

pub(super) fn write_ranges(
    f: &mut fmt::Formatter<'_>,
    ranges: impl Iterator<Item = ItemRange>,
    separator: char,
) -> fmt::Result {
    for (index, (first, last)) in ranges.enumerate() {
        if index > 0 {
            write!(f, "{separator}")?;
        }
        match first == last {
            true => write!(f, "{first}")?,
            false => write!(f, "{first}-{last}")?,
        }
    }
    Ok(())
}

crate::text::as_text! { NameReference ItemNumber Items }

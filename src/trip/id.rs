//! Identifiers that the service gives out, and that say nothing about anybody.

use crate::{
    error::{ErrorKind, ParseError},
    text::Span,
};

/// Where hyphens stand in a UUID (RFC 9562 §4).
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// Reads 32 hexadecimal digits, alone or as a UUID has them.
pub(crate) fn opaque_key(text: &str) -> Result<u128, ParseError> {
    let error = || ParseError::new(ErrorKind::MalformedId, Span::new(0, text.len()));
    let hyphenated = match text.len() {
        32 => false,
        36 => true,
        _ => return Err(error()),
    };
    let mut key = 0;
    for (at, byte) in text.bytes().enumerate() {
        if hyphenated && HYPHENS.contains(&at) {
            if byte != b'-' {
                return Err(error());
            }
        } else {
            let digit = char::from(byte).to_digit(16).ok_or_else(error)?;
            key = (key << 4) | u128::from(digit);
        }
    }
    Ok(key)
}

/// Defines a newtype over 128 bits, written as 32 hexadecimal digits.
macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(u128);

        impl $name {
            /// From the service's own key: a number, or the 128 bits of a UUID. It is written and stored in
            /// hexadecimal: 17 as `00000000000000000000000000000011`.
            ///
            /// See the example of [the type](Self).
            #[must_use]
            pub const fn new(key: u128) -> Self {
                Self(key)
            }

            /// The service's own key.
            ///
            /// See the example of [the type](Self).
            #[must_use]
            pub const fn get(self) -> u128 {
                self.0
            }
        }

        /// The same as [`new`](Self::new).
        impl From<u128> for $name {
            fn from(key: u128) -> Self {
                Self::new(key)
            }
        }

        /// As 32 hexadecimal digits.
        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        /// Shown, in hexadecimal: it is no personal data by itself.
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({:#x})"), self.0)
            }
        }

        /// Reads 32 hexadecimal digits in either case, also with the hyphens of a UUID (RFC 9562 §4).
        ///
        /// # Errors
        ///
        /// Any other text.
        impl core::str::FromStr for $name {
            type Err = crate::error::ParseError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                crate::trip::opaque_key(text).map(Self)
            }
        }

        crate::text::as_text! { $name }
    };
}

pub(crate) use opaque_id;

opaque_id! {
    /// The service's own key of a trip.
    ///
    /// It stays the same when the booking gets another record locator, and is what calendar entries
    /// are named after: it must not be made from a locator, nor be used again.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::trip::TripId;
    ///
    /// let id = TripId::new(0x7e57);
    /// assert_eq!(id.to_string(), "00000000000000000000000000007e57");
    /// assert_eq!(id.to_string().parse(), Ok(id));
    /// assert_eq!((id.get(), id), (0x7e57, 0x7e57.into()));
    /// ```
    TripId
}

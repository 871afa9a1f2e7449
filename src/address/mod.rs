//! E-mail addresses: those to which something can be routed, and whatever else a header holds.

mod addr_spec;
mod domain;

use core::{borrow::Borrow, fmt, str::FromStr};

use email_address::EmailAddress;

pub(crate) use self::domain::is_within;
pub use self::{addr_spec::AddrSpec, domain::Domain};
use crate::{
    error::ParseError,
    grammar::{
        address::{Dress, whole_addr_spec},
        complete,
    },
};

/// An e-mail address to which something can be routed.
///
/// What cannot be routed has no value of this type: a local part that is a dot-atom of at most 64
/// octets (RFC 5321 §4.5.3.1.1), an `@`, and a host name of two or more labels of letters, digits
/// and inner hyphens, each of at most 63 octets, the last not a number, neither in
/// digits (RFC 1123 §2.1) nor in hexadecimal ones behind `0x`, which some resolvers take for an IPv4 address; ASCII
/// only, 254 octets in all. Quoted local parts, domain literals and single labels are not routable.
///
/// | text | address |
/// |---|---|
/// | `Jane.Doe@Example.COM` | `Jane.Doe@example.com` |
/// | `o'neil+trips@mail.example.com` | the same |
/// | `a@xn--bcher-kva.example` | the same: an A-label is never decoded |
/// | `a@localhost`, `a..b@example.com`, `"a b"@example.com` | an error |
///
/// A local part such as `=?utf-8?q?jane?=` is a dot-atom like any other here. Where it stands in a header,
/// which some readers decode first, it is [an error](crate::ErrorKind::EncodedWordInAddress).
///
/// # Identity
///
/// The local part is kept as it was written, the domain in lower case. Two addresses are equal
/// when they differ in nothing but the case of ASCII letters (the host of a PE field folds case, so
/// `JOHN@` and `john@` must be one person); `Eq`, `Ord` and `Hash` all follow the [`key`](Self::key).
/// Dots and `+tag` are never stripped.
///
/// # Privacy
///
/// `Debug` shows nothing of an address; `Display` shows it.
///
/// # Example
///
/// ```
/// use peline::Address;
///
/// let address: Address = "Jane.Doe@Example.COM".parse()?;
/// assert_eq!(address.to_string(), "Jane.Doe@example.com");
/// assert_eq!(address.local_part(), "Jane.Doe");
/// assert_eq!(address.domain(), "example.com");
/// assert_eq!(address, "jane.doe@example.com".parse()?);
/// assert_eq!(format!("{address:?}"), "Address(…)");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Address(AddrSpec);

impl Address {
    /// Whether a text is an address, without making one: nothing is allocated.
    ///
    /// ```
    /// use peline::Address;
    /// assert!(Address::is_valid("jane@example.com"));
    /// assert!(!Address::is_valid("jane@localhost"));
    /// ```
    #[must_use]
    pub fn is_valid(text: &str) -> bool {
        whole_addr_spec(text.as_bytes(), Dress::Plain).is_ok()
    }

    /// The address as it is printed: local part as written, domain in lower case.
    ///
    /// ```
    /// let address: peline::Address = "Jane@EXAMPLE.com".parse()?;
    /// assert_eq!(address.as_str(), "Jane@example.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What makes two addresses the same: all in lower case. The thing to put a unique index on.
    ///
    /// ```
    /// let address: peline::Address = "Jane@EXAMPLE.com".parse()?;
    /// assert_eq!(address.key(), "jane@example.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn key(&self) -> &str {
        self.0.key()
    }

    /// What stands before the `@`, as written.
    ///
    /// ```
    /// let address: peline::Address = "Jane+trips@example.com".parse()?;
    /// assert_eq!(address.local_part(), "Jane+trips");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.parts().0
    }

    /// The host name, in lower case.
    ///
    /// ```
    /// let address: peline::Address = "jane@Mail.Example.COM".parse()?;
    /// assert_eq!(address.domain(), "mail.example.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn domain(&self) -> &str {
        self.parts().1
    }

    fn parts(&self) -> (&str, &str) {
        self.as_str().split_once('@').unwrap_or_default()
    }

    /// The same in the spelling of its [`key`](Self::key).
    pub(crate) fn folded(&self) -> Self {
        Self(self.0.folded())
    }

    /// Settles the identity of a text that the grammar has accepted.
    pub(crate) fn settle(text: String) -> Self {
        Self(AddrSpec::settle(text))
    }
}

/// Reads an address by itself; nothing may stand around it.
///
/// # Errors
///
/// Where it is not an address that can be routed: the kind says which rule it breaks, the span
/// where.
impl FromStr for Address {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        complete(text.as_bytes(), |input| {
            whole_addr_spec(input, Dress::Plain)
        })?;
        Ok(Self::settle(text.to_owned()))
    }
}

/// The same as [`FromStr`].
impl TryFrom<&str> for Address {
    type Error = ParseError;

    fn try_from(text: &str) -> Result<Self, ParseError> {
        text.parse()
    }
}

/// The same as [`FromStr`].
impl TryFrom<String> for Address {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        text.parse()
    }
}

/// Every address is one that the crate `email_address` accepts too.
impl From<&Address> for EmailAddress {
    fn from(address: &Address) -> Self {
        Self::new_unchecked(address.as_str())
    }
}

/// See the conversion of a reference.
impl From<Address> for EmailAddress {
    fn from(address: Address) -> Self {
        Self::new_unchecked(address.0)
    }
}

/// Takes the address alone, without a display name.
///
/// # Errors
///
/// `email_address` also accepts what cannot be routed: quoted local parts, domain literals, single
/// labels, characters beyond ASCII. The span counts in the address alone.
impl TryFrom<&EmailAddress> for Address {
    type Error = ParseError;

    fn try_from(address: &EmailAddress) -> Result<Self, ParseError> {
        address.email().parse()
    }
}

/// See the conversion of a reference.
impl TryFrom<EmailAddress> for Address {
    type Error = ParseError;

    fn try_from(address: EmailAddress) -> Result<Self, ParseError> {
        Self::try_from(&address)
    }
}

/// The address as it is printed.
impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0.into()
    }
}

/// Any address is an addr-spec.
impl AsRef<AddrSpec> for Address {
    fn as_ref(&self) -> &AddrSpec {
        &self.0
    }
}

/// Finds an address among [`AddrSpec`]s, whose identity is the same.
impl Borrow<AddrSpec> for Address {
    fn borrow(&self) -> &AddrSpec {
        &self.0
    }
}

impl AsRef<str> for Address {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// The address as it is printed.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Masked: an address is personal data.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

/// Written as a string.
#[cfg(feature = "serde")]
impl serde::Serialize for Address {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Read from a string, through the same check as [`FromStr`].
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Address {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

//! Host names by themselves.

use core::{fmt, str::FromStr};

use crate::{
    error::{ErrorKind, ParseError},
    grammar::{address::whole_host_name, complete},
    text::Span,
};

/// The longest host name, in octets (RFC 1035 §2.3.4, as it is written).
const MAX_DOMAIN: usize = 253;

/// The host name of an address by itself, in lower case: what stands behind the `@` of an
/// [`Address`](crate::Address).
///
/// # Example
///
/// ```
/// use peline::Domain;
///
/// let domain: Domain = "Mail.Air.Example".parse()?;
/// assert_eq!(domain.as_str(), "mail.air.example");
/// assert!(domain.is_within(&"air.example".parse()?));
/// assert!("localhost".parse::<Domain>().is_err());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Domain(Box<str>);

impl Domain {
    /// The host name.
    ///
    /// See the example of [`Domain`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is `other` or one of its subdomains.
    ///
    /// See the example of [`Domain`].
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        is_within(self.as_str(), other)
    }
}

/// Whether a host name in lower case is `other` or one of its subdomains.
pub(crate) fn is_within(host_name: &str, other: &Domain) -> bool {
    host_name
        .strip_suffix(other.as_str())
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Reads a host name by itself: two or more labels, as in an address.
///
/// # Errors
///
/// Where it is none: the kind says which rule it breaks, the span where.
impl FromStr for Domain {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        complete(text.as_bytes(), whole_host_name)?;
        if text.len() > MAX_DOMAIN {
            let span = Span::new(0, text.len());
            return Err(ParseError::new(ErrorKind::DomainTooLong, span));
        }
        Ok(Self(text.to_ascii_lowercase().into()))
    }
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Masked: some people have a domain of their own.
impl fmt::Debug for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Domain(…)")
    }
}

/// Written as a string.
#[cfg(feature = "serde")]
impl serde::Serialize for Domain {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Read from a string, through the same check as [`FromStr`].
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Domain {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

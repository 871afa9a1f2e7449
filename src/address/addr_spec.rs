//! Any address that a header can hold, routable or not.

use core::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
};

use super::Address;
use crate::grammar::{
    Bounds,
    address::{at_sign, is_dot_atom},
    before,
    lexical::{atom, cfws, fws, quoted_string, unquoted},
    split,
};

/// An address as it is shown: any `addr-spec` of RFC 5322 §3.4.1, whether something can be routed to
/// it or not.
///
/// Without comments and white space; a quoted local part in quotes, a domain literal in brackets;
/// the local part as written, the domain in lower case. What can be routed to is an [`Address`].
///
/// # Identity
///
/// That of [`Address`]: two are equal when they differ in nothing but the case of ASCII letters. A
/// quoted local part that needs no quotes is the same without them (RFC 5321 §4.1.2).
///
/// # Privacy
///
/// `Debug` shows nothing of it; `Display` shows it.
///
/// # Example
///
/// ```
/// use peline::{AddrSpec, Reason, mail::Message};
///
/// let message = Message::parse(b"To: \"jane doe\" (home) @EXAMPLE.com\n\n")?;
/// let listed = message.recipients(&[]).next().unwrap();
/// let unrouted = listed.content?.recipient().unwrap_err();
/// assert_eq!(unrouted.reason(), Reason::QuotedLocalPart);
/// assert_eq!(unrouted.address().as_str(), "\"jane doe\"@example.com");
/// assert_eq!(format!("{:?}", unrouted.address()), "AddrSpec(…)");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone)]
pub struct AddrSpec {
    text: Box<str>,
    /// What makes two the same, where that differs from the text.
    key: Option<Box<str>>,
}

impl AddrSpec {
    /// The address as it is printed.
    ///
    /// See the example of [`AddrSpec`].
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.text
    }

    /// What makes two the same: all in lower case, and without quotes that are not needed.
    ///
    /// ```
    /// # use peline::mail::Message;
    /// let message = Message::parse(b"To: \"Jane\"@example.com\n\n")?;
    /// let listed = message.recipients(&[]).next().unwrap();
    /// let unrouted = listed.content?.recipient().unwrap_err();
    /// assert_eq!(unrouted.address().as_str(), "\"Jane\"@example.com");
    /// assert_eq!(unrouted.address().key(), "jane@example.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn key(&self) -> &str {
        self.key.as_deref().unwrap_or(&self.text)
    }

    /// The same in the spelling of its [`key`](Self::key).
    pub(crate) fn folded(&self) -> Self {
        Self {
            text: self.key().into(),
            key: None,
        }
    }

    /// Settles the identity of an address of the strict form.
    pub(crate) fn settle(mut text: String) -> Self {
        let at = at_sign(text.as_bytes());
        if let Some(domain) = text.get_mut(at..) {
            domain.make_ascii_lowercase();
        }
        let folded = text.bytes().any(|byte| byte.is_ascii_uppercase());
        let key = folded.then(|| text.to_ascii_lowercase().into_boxed_str());
        Self {
            text: text.into_boxed_str(),
            key,
        }
    }

    /// Settles the identity of an address of any form that the grammar has accepted.
    pub(crate) fn from_parts(local_part: &[u8], domain: &[u8]) -> Self {
        let mut local = Local::default();
        let mut rest = local_part;
        while !rest.is_empty() {
            rest = local.token(rest);
        }
        let domain = tidy_domain(domain);
        let text = format!("{}@{domain}", local.shown);
        let local = if local.needs_quotes {
            &local.shown
        } else {
            &local.content
        };
        let key = format!("{}@{domain}", local.to_ascii_lowercase());
        let key = (key != text).then(|| key.into_boxed_str());
        Self {
            text: text.into_boxed_str(),
            key,
        }
    }
}

/// A local part that is put together from its tokens.
#[derive(Default)]
struct Local {
    /// As it is printed.
    shown: String,
    /// What its quoted strings stand for.
    content: String,
    needs_quotes: bool,
}

impl Local {
    /// Takes the next token, and returns the rest.
    fn token<'a>(&mut self, input: &'a [u8]) -> &'a [u8] {
        if let Ok((rest, gap)) = cfws(input, Bounds::known(usize::MAX))
            && !gap.is_empty()
        {
            return rest;
        }
        if input.first() == Some(&b'"')
            && let Ok((rest, quoted)) = quoted_string(input)
        {
            let content: Vec<u8> = unquoted(quoted).collect();
            self.needs_quotes |= !is_dot_atom(&content);
            let content = String::from_utf8_lossy(&content);
            self.shown.push('"');
            for char in content.chars() {
                if matches!(char, '"' | '\\') {
                    self.shown.push('\\');
                }
                self.shown.push(char);
            }
            self.shown.push('"');
            self.content.push_str(&content);
            return rest;
        }
        let (_, after) = atom(input);
        let rest = split(input, before(input, after).len().max(1)).1;
        let text = String::from_utf8_lossy(before(input, rest));
        self.shown.push_str(&text);
        self.content.push_str(&text);
        rest
    }
}

/// A domain without comments and white space, in lower case.
fn tidy_domain(domain: &[u8]) -> String {
    let mut tidy = Vec::new();
    let mut rest = domain;
    while let [byte, next @ ..] = rest {
        let literal = domain.starts_with(b"[");
        let after = if literal {
            fws(rest)
        } else {
            cfws(rest, Bounds::known(usize::MAX)).map_or(rest, |(after, _)| after)
        };
        if after.len() < rest.len() {
            rest = after;
        } else {
            tidy.push(byte.to_ascii_lowercase());
            rest = next;
        }
    }
    String::from_utf8_lossy(&tidy).into_owned()
}

impl From<Address> for AddrSpec {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl From<&Address> for AddrSpec {
    fn from(address: &Address) -> Self {
        address.0.clone()
    }
}

/// The address as it is printed.
impl From<AddrSpec> for String {
    fn from(address: AddrSpec) -> Self {
        address.text.into()
    }
}

impl AsRef<str> for AddrSpec {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// The address as it is printed.
impl fmt::Display for AddrSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Masked: an address is personal data.
impl fmt::Debug for AddrSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddrSpec(…)")
    }
}

impl PartialEq for AddrSpec {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for AddrSpec {}

impl PartialOrd for AddrSpec {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AddrSpec {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(other.key())
    }
}

impl Hash for AddrSpec {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// Written as a string.
#[cfg(feature = "serde")]
impl serde::Serialize for AddrSpec {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

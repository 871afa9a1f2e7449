//! What `route` prints: the objects of the JSON lines, and the rows of the table.

use std::collections::BTreeSet;

use peline::{
    AddrSpec, Note, Notes, ParseError, PlannedRecipient, Reason, Recipient, Role, Route, Scope,
    Span, Unrouted,
    pe::{Found, Language, NameReference, RawEntry},
    route,
};
use serde::Serialize;

/// Where something stands.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Place<'a> {
    pub(crate) input: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) span: Option<Span>,
    pub(crate) source: Source,
}

/// What kind of text it stands in.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source {
    Mail,
    Pe,
}

/// An address, and what it gets.
#[derive(Serialize)]
pub(crate) struct AddressRecord<'a> {
    #[serde(flatten)]
    pub(crate) place: Place<'a>,
    pub(crate) address: &'a AddrSpec,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) passenger: Option<NameReference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) passengers: Option<&'a BTreeSet<NameReference>>,
    pub(crate) route: Option<Route>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<Reason>,
    pub(crate) notes: Notes,
}

impl<'a> AddressRecord<'a> {
    /// An entry of the text, and the recipient that it names or why it names none.
    pub(crate) fn entry(
        place: Place<'a>,
        entry: &RawEntry<'_>,
        name: Option<&'a str>,
        recipient: &'a Result<Recipient, Unrouted>,
    ) -> Self {
        let (address, route, reason) = match recipient {
            Ok(recipient) => (recipient.address().as_ref(), Some(route(recipient)), None),
            Err(unrouted) => (unrouted.address(), None, Some(unrouted.reason())),
        };
        Self {
            place,
            address,
            role: Some(entry.code().name()),
            name,
            language: entry.language(),
            passenger: entry.name_reference(),
            passengers: None,
            route,
            reason,
            notes: entry.notes(),
        }
    }

    /// An address of a message, in its role.
    pub(crate) fn listed(
        place: Place<'a>,
        role: Role,
        recipient: &'a Result<Recipient, Unrouted>,
    ) -> Self {
        let role = Some(role.name());
        match recipient {
            Ok(recipient) => Self {
                role,
                name: recipient.name(),
                route: Some(route(recipient)),
                notes: recipient.notes(),
                ..Self::bare(place, recipient.address().as_ref())
            },
            Err(unrouted) => Self {
                role,
                name: unrouted.name(),
                reason: Some(unrouted.reason()),
                notes: unrouted.notes(),
                ..Self::bare(place, unrouted.address())
            },
        }
    }

    /// What a plan says of a recipient.
    pub(crate) fn planned(place: Place<'a>, recipient: &'a PlannedRecipient<'a>) -> Self {
        Self {
            place,
            address: recipient.address().as_ref(),
            role: Some(recipient.role().name()),
            name: recipient.name(),
            language: recipient.language(),
            passenger: None,
            passengers: match recipient.scope() {
                Scope::Whole => None,
                Scope::Names(names) => Some(names),
            },
            route: Some(recipient.route()),
            reason: None,
            notes: recipient.notes(),
        }
    }

    /// What a plan says of an address that is no recipient.
    pub(crate) fn unrouted(
        place: Place<'a>,
        address: &'a AddrSpec,
        reason: Option<Reason>,
    ) -> Self {
        Self {
            reason,
            ..Self::bare(place, address)
        }
    }

    /// An address of which nothing is said.
    const fn bare(place: Place<'a>, address: &'a AddrSpec) -> Self {
        Self {
            place,
            address,
            role: None,
            name: None,
            language: None,
            passenger: None,
            passengers: None,
            route: None,
            reason: None,
            notes: Notes::new(),
        }
    }
}

/// A text that could not be read.
#[derive(Serialize)]
pub(crate) struct ErrorRecord<'a> {
    #[serde(flatten)]
    pub(crate) place: Place<'a>,
    pub(crate) error: ParseError,
    /// What is shown of it to people.
    #[serde(skip)]
    pub(crate) shown: Shown<'a>,
}

/// The text that an error points into.
#[derive(Clone, Copy)]
pub(crate) enum Shown<'a> {
    /// An entry, which knows its error.
    Entry(Found<'a>),
    /// The text that was read, from its beginning.
    Text(&'a [u8]),
}

impl ErrorRecord<'_> {
    /// Draws the place of the error; the sentence stands behind it.
    pub(crate) fn drawing(&self) -> String {
        match &self.shown {
            Shown::Entry(found) => found
                .caret()
                .map_or_else(String::new, |drawing| drawing.to_string()),
            Shown::Text(text) => self.error.caret(text).to_string(),
        }
    }
}

/// A line or field that says something, and names no address.
#[derive(Serialize)]
pub(crate) struct NoticeRecord<'a> {
    #[serde(flatten)]
    pub(crate) place: Place<'a>,
    pub(crate) notice: Notice,
}

/// What it says.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Notice {
    AddressesNotInText,
    ItemsChanged,
    ItemsDeleted,
    NothingFound,
    NotOneList,
    #[serde(untagged)]
    Note(Note),
}

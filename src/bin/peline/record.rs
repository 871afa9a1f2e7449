//! What `route` prints: the objects of the JSON lines, and the rows of the table.

use std::collections::BTreeSet;

use peline::{
    AddrSpec, Notes, ParseError, PlannedRecipient, Reason, Recipient, Route, Scope, Span, Unrouted,
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
            place,
            address,
            role: None,
            name: None,
            language: None,
            passenger: None,
            passengers: None,
            route: None,
            reason,
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
    /// The same with its text, for people.
    #[serde(skip)]
    pub(crate) found: Found<'a>,
}

/// A line that says something, and names no address.
#[derive(Serialize)]
pub(crate) struct NoticeRecord<'a> {
    #[serde(flatten)]
    pub(crate) place: Place<'a>,
    pub(crate) notice: Notice,
}

/// What such a line says.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Notice {
    AddressesNotInText,
}

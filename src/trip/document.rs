//! Tickets and invoices.

use core::fmt;
use std::borrow::Cow;

use jiff::Timestamp;

use super::DocumentNumber;
use crate::pe::NameReference;

/// What a document is.
///
/// ```
/// use peline::trip::DocumentKind;
/// assert_eq!(DocumentKind::ETicket.name(), "e_ticket");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum DocumentKind {
    /// An electronic ticket.
    ETicket,
    /// An electronic invoice.
    EInvoice,
}

impl DocumentKind {
    /// Both kinds.
    ///
    /// ```
    /// assert_eq!(peline::trip::DocumentKind::ALL.len(), 2);
    /// ```
    pub const ALL: [Self; 2] = [Self::ETicket, Self::EInvoice];

    /// A name for programs.
    ///
    /// See the example of [`DocumentKind`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ETicket => "e_ticket",
            Self::EInvoice => "e_invoice",
        }
    }
}

/// An e-ticket or an e-invoice of a trip.
///
/// The document itself is the service's to keep: `place` says where, in its own words (a key, a
/// URL). A document for one traveller of several carries the number of the name in the PNR.
///
/// `Debug` shows neither number nor place.
///
/// # Example
///
/// ```
/// use peline::trip::{Document, DocumentKind};
///
/// let issued = "2026-11-01T10:00:00Z".parse()?;
/// let ticket = Document::new(DocumentKind::ETicket, "9991234567890".parse()?, issued)
///     .with_place("tickets/17.pdf")
///     .for_name("1.1".parse()?);
/// assert_eq!(ticket.kind(), DocumentKind::ETicket);
/// assert_eq!(ticket.number().as_str(), "9991234567890");
/// assert_eq!(ticket.issued(), issued);
/// assert_eq!(ticket.place(), "tickets/17.pdf");
/// assert_eq!(ticket.name_reference(), Some("1.1".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct Document {
    pub(super) kind: DocumentKind,
    pub(super) number: DocumentNumber,
    pub(super) issued: Timestamp,
    pub(super) place: Box<str>,
    pub(super) name: Option<NameReference>,
    pub(super) void: bool,
}

impl Document {
    /// A document for the whole booking.
    ///
    /// See the example of [`Document`].
    #[must_use]
    pub fn new(kind: DocumentKind, number: DocumentNumber, issued: Timestamp) -> Self {
        Self {
            kind,
            number,
            issued,
            place: Box::default(),
            name: None,
            void: false,
        }
    }

    /// The same document, with the place where the service keeps it.
    ///
    /// See the example of [`Document`].
    #[must_use]
    pub fn with_place(mut self, place: &str) -> Self {
        self.place = place.into();
        self
    }

    /// The same document, for one name of the PNR only, by the number that it had when the document was issued.
    ///
    /// See the example of [`Document`].
    #[must_use]
    pub const fn for_name(mut self, name: NameReference) -> Self {
        self.name = Some(name);
        self
    }

    /// The same document, which is not valid any more: as it is since it was issued, in this case. Nobody sees it then.
    ///
    /// ```
    /// use peline::trip::{Document, DocumentKind};
    ///
    /// // A ticket that was issued for the wrong person, and is void since 12:00.
    /// let noon = "2026-11-01T12:00:00Z".parse()?;
    /// let void = Document::new(DocumentKind::ETicket, "9991234567890".parse()?, noon).voided();
    /// assert!(void.is_void());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn voided(mut self) -> Self {
        self.void = true;
        self
    }

    /// The same with the place of another, where it says none, and both are of the same name.
    pub(super) fn in_place_of<'a>(&'a self, other: &Self) -> Cow<'a, Self> {
        match self.place.is_empty() && !other.place.is_empty() && self.name == other.name {
            true => Cow::Owned(self.clone().with_place(&other.place)),
            false => Cow::Borrowed(self),
        }
    }

    /// The same of another time.
    pub(crate) const fn issued_at(mut self, issued: Timestamp) -> Self {
        self.issued = issued;
        self
    }

    /// What it is.
    ///
    /// See the example of [`Document`].
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// Its number.
    ///
    /// See the example of [`Document`].
    #[must_use]
    pub const fn number(&self) -> &DocumentNumber {
        &self.number
    }

    /// When it was issued.
    ///
    /// See the example of [`Document`].
    #[must_use]
    pub const fn issued(&self) -> Timestamp {
        self.issued
    }

    /// Where the service keeps it; empty if that was not said.
    ///
    /// See the example of [`Document`].
    #[must_use]
    pub const fn place(&self) -> &str {
        &self.place
    }

    /// Whether it is not valid any more.
    ///
    /// See the example of [`voided`](Self::voided).
    #[must_use]
    pub const fn is_void(&self) -> bool {
        self.void
    }

    /// Whose it is; `None` for the whole booking.
    ///
    /// See the example of [`Document`].
    #[must_use]
    pub const fn name_reference(&self) -> Option<NameReference> {
        self.name
    }
}

/// Masked.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("kind", &self.kind)
            .field("issued", &self.issued)
            .field("name", &self.name)
            .field("void", &self.void)
            .finish_non_exhaustive()
    }
}

crate::text::by_name! { DocumentKind }

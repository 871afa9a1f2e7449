//! The client's consent to one quote.

use jiff::Timestamp;

use super::{Amount, Case, Contact, OptionNumber, Quote, QuoteNumber};

/// The client's consent to one option at the price of one quote: who, when, by which channel.
///
/// Only a [case](super::Case) makes one, when the quote holds; it dies with the quote, unless the change was
/// [carried out](super::Fact::Rebooked) before. A quote that takes the
/// place of this one passes without a new consent only within the tolerance that the client named beforehand,
/// measured from what he saw himself.
///
/// # Example
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{Approval, State};
///
/// fn describe(approval: &Approval) -> String {
///     let by = approval.contact().channel.name();
///     format!("quote {} (option {}) by {by}, {}", approval.quote(), approval.option(), approval.at())
/// }
///
/// # let (case, _) = example::case_in(State::Payment);
/// let approval = case.approval(example::now()).unwrap();
/// assert_eq!(describe(approval), "quote 1 (option 1) by phone, 2026-11-02T10:00:00Z");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Approval {
    pub(super) contact: Contact,
    pub(super) at: Timestamp,
    /// The quote that stands.
    pub(super) quote: QuoteNumber,
    /// The quote that the client saw.
    pub(super) seen: Quote,
    pub(super) tolerance: Option<Amount>,
}

impl Approval {
    /// Who consented, and by which channel.
    ///
    /// See the example of [`Approval`].
    #[must_use]
    pub const fn contact(&self) -> Contact {
        self.contact
    }

    /// When.
    ///
    /// See the example of [`Approval`].
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// To which option.
    ///
    /// See the example of [`Approval`].
    #[must_use]
    pub const fn option(&self) -> OptionNumber {
        self.seen.option()
    }

    /// The quote that counts: the one that the client saw, or one within his tolerance.
    ///
    /// See the example of [`Approval`].
    #[must_use]
    pub const fn quote(&self) -> QuoteNumber {
        self.quote
    }

    /// The quote that the client saw.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::Payment);
    /// let approval = case.approval(example::now()).unwrap();
    /// assert_eq!(approval.seen().number(), approval.quote(), "nothing was quoted again");
    /// ```
    #[must_use]
    pub const fn seen(&self) -> &Quote {
        &self.seen
    }

    /// By how much a later quote may be worse without a new consent.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::Payment);
    /// let approval = case.approval(example::now()).unwrap();
    /// assert_eq!(approval.tolerance().unwrap().to_string(), "EUR 20.00");
    /// ```
    #[must_use]
    pub const fn tolerance(&self) -> Option<Amount> {
        self.tolerance
    }

    /// Whether a later quote passes without a new consent.
    pub(super) fn covers(&self, quote: &Quote) -> bool {
        let same = quote.option == self.seen.option && quote.discrepancies.is_empty();
        let worse = quote.worse_than(&self.seen);
        let within = worse.zip(self.tolerance).is_some_and(|(worse, tolerance)| {
            worse.currency() == tolerance.currency() && worse.minor() <= tolerance.minor()
        });
        same && within
    }
}

impl Case {
    /// The client's consent, if it stands now: to a quote that holds or is being paid, or to the change that was
    /// carried out on it.
    ///
    /// At the moment of expiry it does not stand any more; nor does it where the client withdrew before the change,
    /// or the change was refused, undone, or [passed on](super::Fact::PassedOn) before the tickets. What happened
    /// while it stood may be reported later all the same: a [payment](super::Payment::at) and a
    /// [rebooking](super::Fact::Rebooked) say when they happened.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::{change::State, jiff::ToSpan};
    ///
    /// # let (case, _) = example::case_in(State::Payment);
    /// let expiry = case.quote().unwrap().expires();
    /// assert!(case.approval(expiry - 1.second()).is_some());
    /// assert!(case.approval(expiry).is_none());
    /// ```
    #[must_use]
    pub fn approval(&self, now: Timestamp) -> Option<&Approval> {
        let awaits_change = self.withdrawn.is_none() && self.is_live(now);
        let stands = self.rebooked.is_some() || awaits_change;
        self.approval.as_ref().filter(|_| stands)
    }
}

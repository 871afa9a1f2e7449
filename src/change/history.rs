//! With what a case begins, and what happened since: all that is stored of it.

use jiff::Timestamp;

use super::{AgentId, CaseId, ClientId, Event, Reach};
use crate::text::quiet;

quiet! {
    /// With what a case begins.
    ///
    /// See the example of [`Case`](super::Case).
    #[derive(Clone, Debug, Eq, PartialEq)]
    pub struct Opening {
        /// The service's key of the case.
        pub case: CaseId,
        /// Whose case it is.
        pub client: ClientId,
        /// How he wants to get the new itinerary.
        pub reach: Reach,
        /// Who opens it.
        pub by: AgentId,
    }
}

quiet! {
    /// An event of a case's history, and when it was reported.
    ///
    /// See the example of [`Case::history`](super::Case::history).
    #[derive(Clone, Debug, Eq, PartialEq)]
    pub struct HistoryEntry {
        pub(super) at: Timestamp,
        pub(super) event: Event,
    }
}

impl HistoryEntry {
    /// An event at a time, for [`Case::replay`](super::Case::replay).
    ///
    /// See the example of [`Case::replay`](super::Case::replay).
    #[must_use]
    pub const fn new(at: Timestamp, event: Event) -> Self {
        Self { at, event }
    }

    /// When it was reported.
    ///
    /// See the example of [`Case::history`](super::Case::history).
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// What, and who reported it.
    ///
    /// See the example of [`Case::history`](super::Case::history).
    #[must_use]
    pub const fn event(&self) -> &Event {
        &self.event
    }
}

//! With what a case begins, and what happened since: all that is stored of it.

use jiff::Timestamp;

use super::{AgentId, Case, CaseId, ClientId, Effect, Event, Reach, Rejected, ReplayError};
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

impl Case {
    /// Takes all steps of a history again.
    ///
    /// # Errors
    ///
    /// The first event that the procedure does not allow, or that would change nothing.
    ///
    /// ```
    /// use peline::change::*;
    ///
    /// # let (client, agent) = (ClientId::new(4), AgentId::new(9));
    /// # let opening = Opening { case: CaseId::new(17), client, reach: Reach::Phone, by: agent };
    /// let now = "2026-11-02T10:00:00Z".parse()?;
    /// let given = Fact::ReferenceGiven {
    ///     contact: Contact { client, channel: Channel::Phone },
    ///     booking: "1S/KWJQPD".parse()?,
    /// };
    /// let history = [given, Fact::Closed].map(|fact| HistoryEntry::new(now, Event::new(CaseId::new(17), agent, fact)));
    /// let error: ReplayError = Case::replay(opening, now, history).unwrap_err();
    /// assert_eq!((error.position(), error.fact()), (1, FactKind::Closed));
    /// assert_eq!(error.refusal(), Refusal::OutOfOrder);
    /// assert_eq!(error.to_string(), "the event at index 1 (closed) is not possible: the case awaits something else");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replay(
        opening: Opening,
        opened: Timestamp,
        history: impl IntoIterator<Item = HistoryEntry>,
    ) -> Result<Self, ReplayError> {
        let (mut case, _) = Self::open(opening, opened);
        for (position, HistoryEntry { at, event }) in history.into_iter().enumerate() {
            let fact = event.fact.kind();
            let failed = |refusal| ReplayError {
                position,
                fact,
                refusal,
            };
            let stepped = case.step(event, at);
            let (next, _) = stepped.map_err(|rejected: Rejected| failed(rejected.refusal()))?;
            if next.history.len() == position {
                return Err(failed(super::Refusal::Repeated));
            }
            case = next;
        }
        Ok(case)
    }

    /// What was to be done because of an event of the history, counted from 0; `None` where there is no such event.
    ///
    /// Takes all steps up to it again. So an outbox stores which event of which case its effects are of, in the
    /// transaction that stores the case, and needs no form of its own for them. Those of the opening come before all
    /// events: [`Case::open`] gives them again, of the same [`opening`](Self::opening) and [time](Self::opened).
    ///
    /// ```
    /// use peline::change::*;
    ///
    /// # let (client, agent) = (ClientId::new(4), AgentId::new(9));
    /// # let opening = Opening { case: CaseId::new(17), client, reach: Reach::Phone, by: agent };
    /// # let now = "2026-11-02T10:00:00Z".parse()?;
    /// # let (case, _) = Case::open(opening, now);
    /// let contact = Contact { client, channel: Channel::Phone };
    /// let given = Fact::ReferenceGiven { contact, booking: "1S/KWJQPD".parse()? };
    /// let (case, effects) = case.clone().step(Event::new(case.id(), agent, given), now)?;
    /// assert_eq!(case.effects_of(0), Some(effects));
    /// assert_eq!(case.effects_of(1), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn effects_of(&self, position: usize) -> Option<Vec<Effect>> {
        let (before, rest) = self.history.split_at_checked(position)?;
        let HistoryEntry { at, event } = rest.first()?.clone();
        let opening = self.opening.clone();
        let case = Self::replay(opening, self.opened, before.iter().cloned()).ok()?;
        let (_, effects) = case.step(event, at).ok()?;
        Some(effects)
    }
}

//! What should happen in the world.

use core::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use super::{AccountId, HoldingReason};
use crate::{
    pe::Language,
    routing::List,
    text::quiet,
    trip::{Change, TripId},
};

quiet! {
    /// Something that the service is to do because of a [step](super::HeldTrip::step).
    ///
    /// Exhaustive on purpose: each has to be done. Each says of which [trip](Self::trip) it is: those of a
    /// [division](super::Division) are of two. With the feature `serde` an effect is written by its name with what it
    /// says, so that an outbox can keep it.
    ///
    /// # Example
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use peline::{List, follow::{AccountId, Effect, Notice}, trip::TripId};
    ///
    /// fn carry_out(
    ///     effects: Vec<Effect>,
    ///     lists: &mut BTreeMap<(AccountId, TripId), List>,
    ///     queue: &mut Vec<Notice>,
    /// ) {
    ///     for effect in effects {
    ///         match effect {
    ///             Effect::Place { trip, account, list } => drop(lists.insert((account, trip), list)),
    ///             Effect::Remove { trip, account } => drop(lists.remove(&(account, trip))),
    ///             // To be checked again when it is sent.
    ///             Effect::Mail(notice) => queue.push(notice),
    ///         }
    ///     }
    /// }
    ///
    /// let (trip, account, list) = (TripId::new(1), AccountId::new(7), List::Following);
    /// let (mut lists, mut queue) = (BTreeMap::new(), Vec::new());
    /// carry_out(vec![Effect::Place { trip, account, list }], &mut lists, &mut queue);
    /// assert_eq!(lists, [((account, trip), list)].into());
    /// ```
    #[derive(Clone, Debug, Eq, PartialEq)]
    pub enum Effect {
        /// The trip is on this list of the account now: it was on the other, or on none.
        Place {
            /// Which trip.
            trip: TripId,
            /// Whose list.
            account: AccountId,
            /// Which list.
            list: List,
        },
        /// The account does not hold the trip any more.
        Remove {
            /// Which trip.
            trip: TripId,
            /// Whose list.
            account: AccountId,
        },
        /// Somebody is to be told by mail.
        Mail(Notice),
    }
}

impl Effect {
    /// Of which trip it is: of a mail, the trip of its [notice](Notice::trip).
    ///
    /// ```
    /// use peline::{follow::{AccountId, Effect}, trip::TripId};
    ///
    /// let effect = Effect::Remove { trip: TripId::new(1), account: AccountId::new(7) };
    /// assert_eq!(effect.trip(), TripId::new(1));
    /// ```
    #[must_use]
    pub const fn trip(&self) -> TripId {
        match self {
            Self::Place { trip, .. } | Self::Remove { trip, .. } => *trip,
            Self::Mail(notice) => notice.trip(),
        }
    }
}

/// That somebody is to be told something by mail, once.
///
/// Between queueing and sending a share may be taken back: call
/// [`HeldTrip::may_send`](super::HeldTrip::may_send) again when it is sent.
///
/// See the examples of [`Effect`], [`HeldTrip::may_send`](super::HeldTrip::may_send) and [`Difference`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Notice {
    pub(super) to: AccountId,
    pub(super) trip: TripId,
    pub(super) rests_on: HoldingReason,
    pub(super) language: Option<Language>,
    pub(super) news: News,
}

impl Notice {
    /// Who is told.
    ///
    /// See the example of [`HeldTrip::may_send`](super::HeldTrip::may_send).
    #[must_use]
    pub const fn to(&self) -> AccountId {
        self.to
    }

    /// About which trip.
    ///
    /// See the example of [`HeldTrip::may_send`](super::HeldTrip::may_send).
    #[must_use]
    pub const fn trip(&self) -> TripId {
        self.trip
    }

    /// The reason for which he may be told.
    ///
    /// See the example of [`HeldTrip::may_send`](super::HeldTrip::may_send).
    #[must_use]
    pub const fn rests_on(&self) -> HoldingReason {
        self.rests_on
    }

    /// The language that his PE entry asks for, if it does.
    ///
    /// See the example of [`HeldTrip::may_send`](super::HeldTrip::may_send).
    #[must_use]
    pub const fn language(&self) -> Option<Language> {
        self.language
    }

    /// What he is told.
    ///
    /// See the example of [`HeldTrip::may_send`](super::HeldTrip::may_send).
    #[must_use]
    pub const fn news(&self) -> &News {
        &self.news
    }

    /// What tells it from all other notices: a text to compare by, so that no queue sends one twice. It says nothing
    /// about anybody but the numbers of accounts.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{Address, follow::*};
    /// # use peline::trip::{Flight, Itinerary, TripId};
    /// # struct Service;
    /// # impl Host for Service {
    /// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
    /// # }
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (by, itinerary) = (AccountId::new(1), Itinerary::new([flight], [])?);
    /// # let add = Command::AddByHand { by, itinerary, client: None };
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &Service)?;
    /// let share = Command::Share { by, with: "agent@example.com".parse()?, opens: Items::NONE };
    /// let (held, effects) = held.step(share, now, &Service)?;
    /// let [Effect::Place { .. }, Effect::Mail(notice)] = &effects[..] else { unreachable!() };
    /// let (to, by, trip) = (notice.to(), by, held.id());
    /// assert_eq!(notice.key(), format!("{to}/{trip}/share/{by}/2026-11-01T10:00:00Z"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn key(&self) -> String {
        let (to, trip) = (self.to, self.trip);
        match &self.news {
            News::Shared { by, since } => format!("{to}/{trip}/share/{by}/{since}"),
            News::Changed(difference) => format!("{to}/{}", difference.key),
        }
    }
}

/// What somebody is told by a [`Notice`].
///
/// See the examples of [`HeldTrip::may_send`](super::HeldTrip::may_send) and [`Difference`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum News {
    /// A traveller shares a trip.
    Shared {
        /// The traveller's account.
        by: AccountId,
        /// Since when he [consents](super::Consent::since) to that.
        since: Timestamp,
    },
    /// The flights changed. A [policy](super::Policy) that withholds the itinerary but not the mail lets
    /// him know that they did, and no more: ask [`TripView::sees`](super::TripView::sees) before telling
    /// them.
    Changed(Difference),
}

/// A difference of a trip's flights that its holders are told about once.
///
/// # Example
///
/// ```
/// # use jiff::{Timestamp, civil::date};
/// # use peline::{Address, pe};
/// use peline::{follow::*, trip::*};
/// # struct Service;
/// # impl Host for Service {
/// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
/// # }
/// # let flight = |day| Flight::new("LHR".parse().unwrap(), "SIN".parse().unwrap(), date(2026, 12, day));
/// # let booking: BookingId = "1S/KWJQPD".parse()?;
/// # let [now, issued]: [Timestamp; 2] = ["2026-11-01T10:00:00Z".parse()?, "2026-11-02T10:00:00Z".parse()?];
/// # let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
/// # let old = Itinerary::new([flight(1)], [])?;
/// # let import = Command::Import(Confirmation::from_pnr(booking.clone(), now, old, &plan)?);
/// # let (held, _) = HeldTrip::new(TripId::new(1)).step(import, now, &Service)?;
/// // The same flight, a day later.
/// let itinerary = Itinerary::new([flight(2)], [])?;
/// let update = Command::Update { booking, itinerary, issued, mailed_to: vec![] };
/// let (held, effects) = held.step(update, issued, &Service)?;
/// let [Effect::Mail(notice)] = &effects[..] else { unreachable!() };
/// let News::Changed(difference) = notice.news() else { unreachable!() };
/// let [change @ Change::Changed(_)] = difference.changes() else { unreachable!() };
/// assert!(change.aspects().eq([Aspect::Departure]));
///
/// let key: DifferenceKey = difference.key();
/// assert_eq!(key.issued(), issued);
/// assert_eq!(notice.key(), format!("{}/{key}", notice.to()));
/// assert!(key.to_string().ends_with("/update/2026-11-02T10:00:00Z"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Difference {
    pub(super) key: DifferenceKey,
    pub(super) changes: Arc<[Change]>,
}

impl Difference {
    /// What tells it from the trip's other differences.
    ///
    /// See the example of [`Difference`].
    #[must_use]
    pub const fn key(&self) -> DifferenceKey {
        self.key
    }

    /// The changes: never none.
    ///
    /// See the example of [`Difference`].
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }
}

quiet! {
    /// What tells a difference from all others: the trip, how often its booking was
    /// [replaced](super::Command::ReplaceBooking) before, when it was issued, and what it came from.
    ///
    /// Its `Display` is a text to compare by: it says nothing about anybody.
    ///
    /// See the example of [`Difference`].
    #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    pub struct DifferenceKey {
        pub(super) trip: TripId,
        /// What a new booking says may be as old as what the one before it said, and different.
        pub(super) turn: u32,
        pub(super) issued: Timestamp,
        pub(super) cause: Cause,
    }
}

impl DifferenceKey {
    /// When it was issued: the time of the itinerary, or when the cancellation was received.
    ///
    /// See the example of [`Difference`].
    #[must_use]
    pub const fn issued(&self) -> Timestamp {
        self.issued
    }
}

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub(super) enum Cause {
    Update,
    Cancellation,
}

impl fmt::Display for DifferenceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cause = match self.cause {
            Cause::Update => "update",
            Cause::Cancellation => "cancellation",
        };
        write!(f, "{}/{}/{cause}/{}", self.trip, self.turn, self.issued)
    }
}

/// Why a notice may not be sent any more.
///
/// See the example of [`HeldTrip::may_send`](super::HeldTrip::may_send).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Withheld {
    /// The notice is about another trip.
    #[error("the notice is about another trip")]
    OtherTrip,
    /// The share that it is about has ended, or he dropped the trip.
    #[error("the share has ended, or its follower dropped the trip")]
    ShareEnded,
    /// No reason is left for which he may be told.
    #[error("no reason is left for which the account may be told")]
    NotAllowed,
    /// He got the confirmation itself in the meantime.
    #[error("the account got the confirmation itself")]
    AlreadyTold,
}

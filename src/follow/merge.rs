//! Trips that may be one.

use std::collections::BTreeMap;

use super::{AccountId, HeldTrip, HoldingReason, Item, Policy, TripView};
use crate::trip::{Trip, TripId};

/// That a trip which somebody added by hand may be the one that came from a booking.
///
/// It is proposed to the holder of both, and never done alone: that somebody typed the flights of a
/// booking gives him no part in it.
///
/// He accepts it by reassigning the linked trip as he did the manual one
/// ([`HeldTrip::mark`]), and dropping the manual one
/// ([`Command::Unfollow`](super::Command::Unfollow)).
///
/// See the example of [`proposed_merges`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct MergeProposal {
    manual: TripId,
    linked: TripId,
}

impl MergeProposal {
    /// The trip that was added by hand.
    ///
    /// See the example of [`proposed_merges`].
    #[must_use]
    pub const fn manual(&self) -> TripId {
        self.manual
    }

    /// The trip that came from a booking.
    ///
    /// See the example of [`proposed_merges`].
    #[must_use]
    pub const fn linked(&self) -> TripId {
        self.linked
    }
}

/// How many linked trips with one first flight are compared with a manual one, so that the time stays
/// linear.
const CANDIDATES: usize = 16;

/// The merges to propose to an account, of all of its trips: each of those that it added by hand with
/// the first linked one (by [`TripId`]) that it also holds, whose flights it sees, and that may be of
/// [the same flights](crate::trip::Flight::may_be), one by one in their order. Of many linked trips with
/// the same first flight the first 16 are looked at.
///
/// # Example
///
/// ```
/// # use jiff::civil::date;
/// use peline::{Address, follow::*, pe, trip::*};
/// # struct Service;
/// # impl Host for Service {
/// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(7)) }
/// # }
/// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// # let itinerary = Itinerary::new([flight], [])?;
/// # let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
/// # let (by, now) = (AccountId::new(7), "2026-11-01T10:00:00Z".parse()?);
/// let add = Command::AddByHand { by, itinerary: itinerary.clone(), client: None };
/// let (manual, _) = HeldTrip::new(TripId::new(1)).step(add, now, &Service)?;
/// let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
/// let import = Command::Import(Confirmation::from_pnr(booking, now, itinerary, &plan)?);
/// let (linked, _) = HeldTrip::new(TripId::new(2)).step(import, now, &Service)?;
///
/// let merges: Vec<MergeProposal> = proposed_merges(by, [&manual, &linked], Service.policy());
/// let [merge] = merges[..] else { unreachable!() };
/// assert_eq!((merge.manual(), merge.linked()), (TripId::new(1), TripId::new(2)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn proposed_merges<'a>(
    account: AccountId,
    trips: impl IntoIterator<Item = &'a HeldTrip>,
    policy: &Policy,
) -> Vec<MergeProposal> {
    let mut linked: BTreeMap<_, Vec<(TripId, &Trip)>> = BTreeMap::new();
    let mut manual = Vec::new();
    for held in trips {
        let sees = |view: TripView<'_>| view.sees(Item::Itinerary);
        let is_shown = held.view(account, policy).is_some_and(sees);
        let Some(trip) = held.trip().filter(|_| is_shown) else {
            continue;
        };
        let Some(first) = trip.first_going() else {
            continue;
        };
        let key = (first.departure_date(), first.origin(), first.destination());
        match trip.provenance().booking() {
            Some(_) => linked.entry(key).or_default().push((held.id(), trip)),
            None if held.reasons(account).any(|it| it == HoldingReason::Manual) => {
                manual.push((key, held.id(), trip));
            }
            None => {}
        }
    }
    linked
        .values_mut()
        .for_each(|same| same.sort_by_key(|(id, _)| *id));
    manual.sort_by_key(|(_, id, _)| *id);
    let proposals = manual.into_iter().filter_map(|(key, manual, trip)| {
        let mut candidates = linked.get(&key)?.iter().take(CANDIDATES);
        let (linked, _) = candidates.find(|(_, linked)| trip.may_be(linked))?;
        Some(MergeProposal {
            manual,
            linked: *linked,
        })
    });
    proposals.collect()
}

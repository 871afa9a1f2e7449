//! How a feed is stored: what is read is refused whole if no refresh could have made it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Feed, event::Event};
use crate::{
    follow::{AccountId, stored::Impossible},
    text::{printable, stored},
    trip::{Flight, TripId},
};

/// What this version of the crate writes, and the only thing that it reads.
const VERSION: u32 = 1;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredFeed {
    version: u32,
    account: AccountId,
    trips: BTreeMap<TripId, Vec<StoredEvent>>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredEvent {
    sequence: u32,
    stamp: Timestamp,
    flight: Flight,
    cancelled: bool,
    title: String,
    place: String,
}

impl From<Event> for StoredEvent {
    fn from(event: Event) -> Self {
        let Event {
            sequence,
            stamp,
            flight,
            cancelled,
            title,
            place,
        } = event;
        Self {
            sequence,
            stamp,
            flight,
            cancelled,
            title,
            place,
        }
    }
}

impl TryFrom<StoredEvent> for Event {
    type Error = Impossible;

    fn try_from(stored: StoredEvent) -> Result<Self, Impossible> {
        let StoredEvent {
            sequence,
            stamp,
            flight,
            cancelled,
            title,
            place,
        } = stored;
        let line = |text: &str| !text.is_empty() && printable(text) == text;
        match line(&title) && line(&place) {
            true => Ok(Self {
                sequence,
                stamp,
                flight,
                cancelled,
                title,
                place,
            }),
            false => Err(Impossible),
        }
    }
}

impl From<Feed> for StoredFeed {
    fn from(Feed { account, trips }: Feed) -> Self {
        let stored = |events: Vec<Event>| events.into_iter().map(Into::into).collect();
        let trips = trips.into_iter();
        Self {
            version: VERSION,
            account,
            trips: trips.map(|(id, events)| (id, stored(events))).collect(),
        }
    }
}

impl TryFrom<StoredFeed> for Feed {
    type Error = Impossible;

    fn try_from(stored: StoredFeed) -> Result<Self, Impossible> {
        let read = |(id, events): (TripId, Vec<StoredEvent>)| {
            let events = events.into_iter().map(Event::try_from);
            let events = events.collect::<Result<Vec<_>, _>>()?;
            let some = (!events.is_empty()).then_some((id, events));
            some.ok_or(Impossible)
        };
        let trips = stored.trips.into_iter().map(read);
        let trips = trips.collect::<Result<_, _>>()?;
        match stored.version == VERSION {
            true => Ok(Self {
                account: stored.account,
                trips,
            }),
            false => Err(Impossible),
        }
    }
}

stored! {
    Feed as StoredFeed: "a calendar feed of this version";
}

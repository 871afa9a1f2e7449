//! How a feed is stored: what is read is refused whole if no refresh could have made it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Feed, event::Event};
use crate::{
    follow::{
        AccountId,
        stored::{VERSION, known},
    },
    text::{Unfit, printable, stored},
    trip::{Flight, TripId},
};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredFeed {
    version: u32,
    account: AccountId,
    trips: BTreeMap<TripId, Vec<StoredEvent>>,
    #[serde(default)]
    next: BTreeMap<TripId, u32>,
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
    type Error = Unfit;

    fn try_from(stored: StoredEvent) -> Result<Self, Unfit> {
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
            false => Err(Unfit::Impossible),
        }
    }
}

impl From<Feed> for StoredFeed {
    fn from(feed: Feed) -> Self {
        let Feed {
            account,
            trips,
            next,
        } = feed;
        let stored = |events: Vec<Event>| events.into_iter().map(Into::into).collect();
        let trips = trips.into_iter();
        Self {
            version: VERSION,
            account,
            trips: trips.map(|(id, events)| (id, stored(events))).collect(),
            next,
        }
    }
}

impl TryFrom<StoredFeed> for Feed {
    type Error = Unfit;

    fn try_from(stored: StoredFeed) -> Result<Self, Unfit> {
        known(stored.version)?;
        let read = |(id, events): (TripId, Vec<StoredEvent>)| {
            let events = events.into_iter().map(Event::try_from);
            let events = events.collect::<Result<Vec<_>, _>>()?;
            let some = (!events.is_empty()).then_some((id, events));
            some.ok_or(Unfit::Impossible)
        };
        let trips = stored.trips.into_iter().map(read);
        let trips = trips.collect::<Result<_, _>>()?;
        Ok(Self {
            account: stored.account,
            trips,
            next: stored.next,
        })
    }
}

stored! {
    Feed as StoredFeed: "a calendar feed";
}

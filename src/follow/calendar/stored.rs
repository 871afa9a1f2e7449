//! How a feed is stored: what is read is refused whole if no refresh could have made it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Feed, event::Event};
use crate::{
    follow::{
        AccountId,
        stored::{VERSION, known},
    },
    text::{Unfit, printable, stored},
    trip::TripId,
};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredFeed {
    version: u32,
    account: AccountId,
    trips: BTreeMap<TripId, Vec<Event>>,
    #[serde(default)]
    next: BTreeMap<TripId, u32>,
}

impl From<Feed> for StoredFeed {
    fn from(feed: Feed) -> Self {
        let Feed {
            account,
            trips,
            next,
        } = feed;
        Self {
            version: VERSION,
            account,
            trips,
            next,
        }
    }
}

impl TryFrom<StoredFeed> for Feed {
    type Error = Unfit;

    fn try_from(stored: StoredFeed) -> Result<Self, Unfit> {
        known(stored.version)?;
        let line = |text: &str| !text.is_empty() && printable(text) == text;
        let fits = |event: &Event| line(&event.title) && line(&event.place);
        let mut trips = stored.trips.values();
        match trips.all(|events| !events.is_empty() && events.iter().all(fits)) {
            true => Ok(Self {
                account: stored.account,
                trips: stored.trips,
                next: stored.next,
            }),
            false => Err(Unfit::Impossible),
        }
    }
}

stored! {
    Feed as StoredFeed: "a calendar feed";
}

//! How a feed is stored: what is read is refused whole if no refresh could have made it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Feed,
    event::LAST,
    published::{Published, Start},
};
use crate::{
    follow::{
        AccountId,
        stored::{VERSION, known},
    },
    text::{Unfit, stored},
    trip::TripId,
};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredFeed {
    version: u32,
    account: AccountId,
    trips: BTreeMap<TripId, Published>,
    #[serde(default)]
    ended: BTreeMap<TripId, Start>,
}

impl From<Feed> for StoredFeed {
    fn from(feed: Feed) -> Self {
        let Feed {
            account,
            trips,
            ended,
        } = feed;
        Self {
            version: VERSION,
            account,
            trips,
            ended,
        }
    }
}

impl TryFrom<StoredFeed> for Feed {
    type Error = Unfit;

    fn try_from(stored: StoredFeed) -> Result<Self, Unfit> {
        known(stored.version)?;
        let StoredFeed {
            account,
            trips,
            ended,
            ..
        } = stored;
        let start = |id| ended.get(id).copied();
        let trips_fit = trips.iter().all(|(id, trip)| trip.is_possible(start(id)));
        // What was published had a number, so the next one is not the first.
        let mut ended_at = ended.values().map(|start| start.sequence);
        let numbered = ended_at.all(|sequence| (1..=LAST).contains(&sequence));
        match trips_fit && numbered {
            true => Ok(Self {
                account,
                trips,
                ended,
            }),
            false => Err(Unfit::Impossible),
        }
    }
}

stored! {
    Feed as StoredFeed: "a calendar feed";
}

//! How a held trip is stored: what is read is refused whole if no steps could have made it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    AccountId, Consent, Difference, DifferenceKey, HeldTrip, HoldingReason, News, Notice,
    StandingConsents,
    effect::Cause,
    record::{Choice, Entry, Import, Imported, Mailed, Person},
    renumbering::Renumbering,
    sightings::Sightings,
};
use crate::{
    address::Address,
    pe::Language,
    text::{Unfit, stored},
    trip::{Change, Provenance, Trip, TripId},
};

/// What this version of the crate writes, and the only thing that it reads.
pub(super) const VERSION: u32 = 1;

/// Refuses what another version wrote.
pub(super) const fn known(version: u32) -> Result<(), Unfit> {
    match version {
        VERSION => Ok(()),
        _ => Err(Unfit::Version),
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredHeldTrip {
    version: u32,
    id: TripId,
    trip: Option<Trip>,
    whole: Option<Timestamp>,
    imports: BTreeMap<Address, Import>,
    #[serde(default)]
    entries: BTreeMap<Address, Entry>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    mailed: BTreeMap<Address, Mailed>,
    people: BTreeMap<AccountId, Person>,
    #[serde(default = "none", skip_serializing_if = "Sightings::is_empty")]
    seen: Sightings,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    renumbered: Vec<Renumbering>,
}

const fn none() -> Sightings {
    Sightings::NONE
}

impl From<HeldTrip> for StoredHeldTrip {
    fn from(held: HeldTrip) -> Self {
        let HeldTrip {
            id,
            trip,
            whole,
            imports,
            entries,
            mailed,
            people,
            seen,
            renumbered,
        } = held;
        Self {
            version: VERSION,
            id,
            trip,
            whole,
            imports,
            entries,
            mailed,
            people,
            seen,
            renumbered,
        }
    }
}

impl TryFrom<StoredHeldTrip> for HeldTrip {
    type Error = Unfit;

    fn try_from(stored: StoredHeldTrip) -> Result<Self, Unfit> {
        known(stored.version)?;
        let mut held = Self {
            id: stored.id,
            trip: stored.trip,
            whole: stored.whole,
            imports: stored.imports,
            entries: stored.entries,
            mailed: stored.mailed,
            people: stored.people,
            seen: stored.seen,
            renumbered: stored.renumbered,
        };
        for (address, import) in &held.imports {
            if let Some(account) = import.account {
                let person = held.people.get_mut(&account).ok_or(Unfit::Impossible)?;
                person.addresses.insert(address.clone());
            }
            // Of what was stored before it was kept by itself.
            let turn = held.trip.as_ref().map_or(0, Trip::turn);
            let mailed = import.roles().filter_map(|(_, imported)| imported.mailed);
            if let Some(at) = mailed.max() {
                let this = Mailed { turn, at };
                let latest = held.mailed.entry(address.clone()).or_insert(this);
                *latest = this.max(*latest);
            }
        }
        match held.is_possible() {
            true => Ok(held),
            false => Err(Unfit::Impossible),
        }
    }
}

impl HeldTrip {
    /// Whether steps could have made it.
    fn is_possible(&self) -> bool {
        let linked = match self.trip.as_ref().map(Trip::provenance) {
            None => return *self == Self::new(self.id),
            Some(Provenance::Linked(_)) => true,
            Some(Provenance::Manual) => false,
        };
        let imports = self
            .imports
            .values()
            .all(|import| self.is_possible_import(import));
        let mut entries = self.entries.iter();
        let entries = entries.all(|(address, entry)| self.is_possible_entry(address, entry));
        let mailed = self.mailed.values().all(|it| self.is_possible_mail(*it));
        let whole = self.whole.is_none_or(|whole| self.counts(whole));
        let people = self.people.iter();
        let mut people = people.map(|(account, person)| self.is_possible_person(*account, person));
        let by_hand = self
            .people
            .values()
            .filter(|person| person.manual.is_some())
            .count();
        let provenance = match linked {
            true => by_hand == 0,
            false => {
                by_hand <= 1
                    && self.imports.is_empty()
                    && self.entries.is_empty()
                    && self.mailed.is_empty()
                    && self.whole.is_none()
                    && self.seen.is_empty()
                    && self.renumbered.is_empty()
            }
        };
        let mut renumbered = self.renumbered.iter();
        let mut replaced = self.trip.iter().flat_map(Trip::replaced_bookings);
        let newest = self.newest();
        let seen = &self.seen;
        let mut trip = self.trip.iter().filter(|_| linked);
        let numbers = seen.is_possible(newest, |until| match until {
            Some(until) => replaced.any(|(_, at)| at == until),
            None => replaced.next().is_none(),
        }) && trip
            .all(|trip| seen.has(trip.itinerary(), trip.issued(), trip.is_outdated()))
            && renumbered.clone().is_sorted_by_key(|it| it.at)
            && renumbered.all(|it| it.until <= it.at);
        let people = people.all(|possible| possible);
        provenance && numbers && imports && entries && mailed && whole && people
    }

    /// When the latest of what the booking said was issued; of one that has said nothing yet, before anything.
    fn newest(&self) -> Option<Timestamp> {
        let issued = |trip: &Trip| match trip.is_outdated() {
            true => Timestamp::MIN,
            false => trip.issued(),
        };
        self.trip.as_ref().map(issued)
    }

    /// Whether something can have been issued then: nothing is newer than the itinerary, nor older than
    /// the latest whole list.
    fn counts(&self, at: Timestamp) -> bool {
        let newest = self.newest();
        newest.is_some_and(|newest| at <= newest) && self.whole.is_none_or(|whole| at >= whole)
    }

    fn is_possible_mail(&self, mailed: Mailed) -> bool {
        let Mailed { turn, at } = mailed;
        let current = self.trip.as_ref().map_or(0, Trip::turn);
        turn < current || (turn == current && self.newest().is_some_and(|newest| at <= newest))
    }

    fn is_possible_import(&self, import: &Import) -> bool {
        let possible = |imported: &Imported| {
            let mailed = imported.mailed;
            let mailed = mailed.is_none_or(|mailed| mailed <= imported.at && self.counts(mailed));
            self.counts(imported.at) && mailed
        };
        !import.is_empty() && import.roles().all(|(_, imported)| possible(imported))
    }

    fn is_possible_entry(&self, address: &Address, entry: &Entry) -> bool {
        let known = self.newest().is_some_and(|newest| entry.at <= newest);
        // Who lost his names by a division has some again by a PE list as new as what it took them from;
        // what is of a replaced booking is as old as anything.
        let listed = |(_, imported): (_, &Imported)| {
            let Imported { at, mailed } = *imported;
            mailed != Some(at) && at >= entry.at && at > Timestamp::MIN
        };
        let import = self.imports.get(address);
        let roles = || import.into_iter().flat_map(Import::roles);
        // Once names of it had left, nothing from before then addresses anybody.
        let left = entry.left.is_none_or(|left| {
            let is_since = |(_, imported): (_, &Imported)| imported.at >= left.until;
            left.entry <= entry.at && roles().all(is_since)
        });
        // Nor did he lose his place by a number of which nobody knew whose it was.
        let mut renumbered = self.renumbered.iter();
        let has_none = entry.scope.is_nothing() && !renumbered.any(Renumbering::has_unsure);
        known && !(has_none && roles().any(listed)) && left
    }

    fn is_possible_person(&self, account: AccountId, person: &Person) -> bool {
        let shares = person.shares.iter().all(|(by, share)| {
            let sharer = self.people.get(by);
            let stands = sharer.is_some_and(|it| self.own_grants(it).next().is_some());
            let given = match share.is_given() {
                true => stands && !share.revoked,
                false => share.is_known(),
            };
            let again = !share.again || (person.dropped.is_some() && share.explicit.is_some());
            let said = |it: Consent| share.said == Some(it.opens());
            let narrowed = |it: Consent| share.narrowed(it) == it;
            let consents = share.explicit.is_none_or(said) && share.always.is_none_or(narrowed);
            *by != account && given && again && consents
        });
        let chosen = match person.choice {
            None => person.moved.is_none(),
            Some(Choice::Following { .. }) => person.moved.is_some() || person.manual.is_some(),
            Some(Choice::MyTrips) => person.moved.is_some(),
        };
        let marked = matches!(person.choice, Some(Choice::Following { .. }));
        let entered = match person.entered {
            true => self.is_traveller(person),
            // Only who added it by hand for somebody else has not had it before.
            false => !self.is_traveller(person) || (marked && person.manual.is_some()),
        };
        !person.is_empty() && shares && chosen && entered
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredConsents {
    version: u32,
    traveller: AccountId,
    followers: BTreeMap<AccountId, Consent>,
}

impl From<StandingConsents> for StoredConsents {
    fn from(consents: StandingConsents) -> Self {
        Self {
            version: VERSION,
            traveller: consents.traveller,
            followers: consents.followers,
        }
    }
}

impl TryFrom<StoredConsents> for StandingConsents {
    type Error = Unfit;

    fn try_from(stored: StoredConsents) -> Result<Self, Unfit> {
        known(stored.version)?;
        if stored.followers.contains_key(&stored.traveller) {
            return Err(Unfit::Impossible);
        }
        Ok(Self {
            traveller: stored.traveller,
            followers: stored.followers,
        })
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredNotice {
    version: u32,
    to: AccountId,
    trip: TripId,
    rests_on: HoldingReason,
    language: Option<Language>,
    news: StoredNews,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum StoredNews {
    Shared {
        by: AccountId,
        since: Timestamp,
    },
    Changed {
        key: DifferenceKey,
        changes: Vec<Change>,
    },
}

impl From<Notice> for StoredNotice {
    fn from(notice: Notice) -> Self {
        Self {
            version: VERSION,
            to: notice.to,
            trip: notice.trip,
            rests_on: notice.rests_on,
            language: notice.language,
            news: match notice.news {
                News::Shared { by, since } => StoredNews::Shared { by, since },
                News::Changed(Difference { key, changes }) => StoredNews::Changed {
                    key,
                    changes: changes.to_vec(),
                },
            },
        }
    }
}

impl TryFrom<StoredNotice> for Notice {
    type Error = Unfit;

    fn try_from(stored: StoredNotice) -> Result<Self, Unfit> {
        let news = match stored.news {
            StoredNews::Shared { by, since } => News::Shared { by, since },
            StoredNews::Changed { key, changes } => News::Changed(Difference {
                key,
                changes: changes.into(),
            }),
        };
        let possible = match &news {
            News::Shared { by, .. } => stored.rests_on.sharer() == Some(*by),
            News::Changed(it) => {
                let caused = |change: &Change| match change {
                    Change::Cancelled(_) => true,
                    Change::Added(_) => it.key.cause == Cause::Update,
                    Change::Changed(_) => {
                        it.key.cause == Cause::Update && change.aspects().next().is_some()
                    }
                };
                let changes = !it.changes.is_empty() && it.changes.iter().all(caused);
                changes && it.key.trip == stored.trip
            }
        };
        known(stored.version)?;
        if !possible {
            return Err(Unfit::Impossible);
        }
        Ok(Self {
            to: stored.to,
            trip: stored.trip,
            rests_on: stored.rests_on,
            language: stored.language,
            news,
        })
    }
}

stored! {
    HeldTrip as StoredHeldTrip: "a held trip";
    StandingConsents as StoredConsents: "a traveller's standing consents";
    Notice as StoredNotice: "a notice";
}

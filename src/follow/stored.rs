//! How a held trip is stored: what is read is refused whole if no steps could have made it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    AccountId, Consent, Difference, DifferenceKey, HeldTrip, HoldingReason, News, Notice,
    StandingConsents,
    held_trip::{Choice, Entry, Import, Imported, Person, Share},
};
use crate::{
    address::Address,
    pe::{Language, NameReference},
    routing::Scope,
    text::stored,
    trip::{Change, PersonName, Provenance, Trip, TripId},
};

/// What this version of the crate writes, and the only thing that it reads.
const VERSION: u32 = 1;

/// That no steps could have made what was read.
pub(super) struct Impossible;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredHeldTrip {
    version: u32,
    id: TripId,
    trip: Option<Trip>,
    whole: Option<Timestamp>,
    imports: BTreeMap<Address, StoredImport>,
    people: BTreeMap<AccountId, StoredPerson>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredImport {
    to: Option<StoredImported>,
    cc: Option<StoredImported>,
    account: Option<AccountId>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredImported {
    at: Timestamp,
    mailed: Option<Timestamp>,
    entry: Option<StoredEntry>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredEntry {
    at: Timestamp,
    /// None for the whole booking.
    names: Option<BTreeSet<NameReference>>,
    language: Option<Language>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredPerson {
    manual: Option<Timestamp>,
    shares: BTreeMap<AccountId, StoredShare>,
    choice: Option<StoredChoice>,
    moved: Option<Timestamp>,
    dropped: Option<Timestamp>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredShare {
    explicit: Option<Consent>,
    again: bool,
    always: Option<Consent>,
    revoked: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum StoredChoice {
    Following { client: PersonName },
    MyTrips,
}

impl From<HeldTrip> for StoredHeldTrip {
    fn from(held: HeldTrip) -> Self {
        let HeldTrip {
            id,
            trip,
            whole,
            imports,
            people,
        } = held;
        let imports = imports.into_iter();
        let people = people.into_iter();
        Self {
            version: VERSION,
            id,
            trip,
            whole,
            imports: imports
                .map(|(address, import)| (address, import.into()))
                .collect(),
            people: people
                .map(|(account, person)| (account, person.into()))
                .collect(),
        }
    }
}

impl From<Import> for StoredImport {
    fn from(Import { to, cc, account }: Import) -> Self {
        let (to, cc) = (to.map(Into::into), cc.map(Into::into));
        Self { to, cc, account }
    }
}

impl From<StoredImport> for Import {
    fn from(StoredImport { to, cc, account }: StoredImport) -> Self {
        let (to, cc) = (to.map(Into::into), cc.map(Into::into));
        Self { to, cc, account }
    }
}

impl From<Imported> for StoredImported {
    fn from(Imported { at, mailed, entry }: Imported) -> Self {
        let entry = entry.map(|entry| StoredEntry {
            at: entry.at,
            names: match entry.scope {
                Scope::Whole => None,
                Scope::Names(names) => Some(names),
            },
            language: entry.language,
        });
        Self { at, mailed, entry }
    }
}

impl From<StoredImported> for Imported {
    fn from(StoredImported { at, mailed, entry }: StoredImported) -> Self {
        let entry = entry.map(|entry| Entry {
            at: entry.at,
            scope: entry.names.map_or(Scope::Whole, Scope::Names),
            language: entry.language,
        });
        Self { at, mailed, entry }
    }
}

impl From<Person> for StoredPerson {
    fn from(person: Person) -> Self {
        let shares = person.shares.into_iter();
        let share = |share: Share| StoredShare {
            explicit: share.explicit,
            again: share.again,
            always: share.always,
            revoked: share.revoked,
        };
        Self {
            manual: person.manual,
            shares: shares.map(|(by, it)| (by, share(it))).collect(),
            choice: person.choice.map(|choice| match choice {
                Choice::Following { client } => StoredChoice::Following { client },
                Choice::MyTrips => StoredChoice::MyTrips,
            }),
            moved: person.moved,
            dropped: person.dropped,
        }
    }
}

impl From<StoredPerson> for Person {
    fn from(stored: StoredPerson) -> Self {
        let shares = stored.shares.into_iter();
        let share = |share: StoredShare| Share {
            explicit: share.explicit,
            again: share.again,
            always: share.always,
            revoked: share.revoked,
        };
        Self {
            addresses: BTreeSet::new(),
            manual: stored.manual,
            shares: shares.map(|(by, it)| (by, share(it))).collect(),
            choice: stored.choice.map(|choice| match choice {
                StoredChoice::Following { client } => Choice::Following { client },
                StoredChoice::MyTrips => Choice::MyTrips,
            }),
            moved: stored.moved,
            dropped: stored.dropped,
        }
    }
}

impl TryFrom<StoredHeldTrip> for HeldTrip {
    type Error = Impossible;

    fn try_from(stored: StoredHeldTrip) -> Result<Self, Impossible> {
        let imports = stored.imports.into_iter();
        let people = stored.people.into_iter();
        let mut held = Self {
            id: stored.id,
            trip: stored.trip,
            whole: stored.whole,
            imports: imports
                .map(|(address, import)| (address, import.into()))
                .collect(),
            people: people
                .map(|(account, person)| (account, person.into()))
                .collect(),
        };
        for (address, import) in &held.imports {
            if let Some(account) = import.account {
                let person = held.people.get_mut(&account).ok_or(Impossible)?;
                person.addresses.insert(address.clone());
            }
        }
        match stored.version == VERSION && held.is_possible() {
            true => Ok(held),
            false => Err(Impossible),
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
        let people = self.people.iter();
        let mut people = people.map(|(account, person)| self.is_possible_person(*account, person));
        let by_hand = self
            .people
            .values()
            .filter(|person| person.manual.is_some())
            .count();
        let provenance = match linked {
            true => by_hand == 0,
            false => by_hand <= 1 && self.imports.is_empty() && self.whole.is_none(),
        };
        provenance && imports && people.all(|possible| possible)
    }

    fn is_possible_import(&self, import: &Import) -> bool {
        let counts = |at: Timestamp| self.whole.is_none_or(|whole| at >= whole);
        let possible = |imported: &Imported| {
            let entry = imported.entry.as_ref().is_none_or(|entry| {
                let names = match &entry.scope {
                    Scope::Whole => true,
                    Scope::Names(names) => !names.is_empty(),
                };
                names && entry.at <= imported.at && counts(entry.at)
            });
            let mailed = imported.mailed.is_none_or(|mailed| mailed <= imported.at);
            counts(imported.at) && mailed && entry
        };
        !import.is_empty() && import.roles().all(|(_, imported)| possible(imported))
    }

    fn is_possible_person(&self, account: AccountId, person: &Person) -> bool {
        let shares = person.shares.iter().all(|(by, share)| {
            let sharer = self.people.get(by);
            let stands = sharer.is_some_and(|it| self.own_grants(it).next().is_some());
            let given = share.is_given() != share.revoked && (stands || share.revoked);
            let again = !share.again || (person.dropped.is_some() && share.explicit.is_some());
            *by != account && given && again
        });
        let chosen = person.has_own() || (person.choice.is_none() && person.moved.is_none());
        !person.is_empty() && shares && chosen
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
    type Error = Impossible;

    fn try_from(stored: StoredConsents) -> Result<Self, Impossible> {
        if stored.version != VERSION || stored.followers.contains_key(&stored.traveller) {
            return Err(Impossible);
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
                News::Shared { by } => StoredNews::Shared { by },
                News::Changed(Difference { key, changes }) => StoredNews::Changed {
                    key,
                    changes: changes.to_vec(),
                },
            },
        }
    }
}

impl TryFrom<StoredNotice> for Notice {
    type Error = Impossible;

    fn try_from(stored: StoredNotice) -> Result<Self, Impossible> {
        let news = match stored.news {
            StoredNews::Shared { by } => News::Shared { by },
            StoredNews::Changed { key, changes } => News::Changed(Difference {
                key,
                changes: changes.into(),
            }),
        };
        let possible = match &news {
            News::Shared { by } => stored.rests_on.sharer() == Some(*by),
            News::Changed(it) => !it.changes.is_empty() && it.key.trip == stored.trip,
        };
        if stored.version != VERSION || !possible {
            return Err(Impossible);
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
    HeldTrip as StoredHeldTrip: "a held trip of this version";
    StandingConsents as StoredConsents: "the standing consents of a traveller, of this version";
    Notice as StoredNotice: "a notice of this version";
}

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
    text::{Unfit, stored},
    trip::{Change, PersonName, Provenance, Trip, TripId},
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
    imports: BTreeMap<Address, StoredImport>,
    #[serde(default)]
    entries: BTreeMap<Address, StoredEntry>,
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
    entered: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredShare {
    explicit: Option<Consent>,
    again: bool,
    always: Option<Consent>,
    revoked: bool,
    told: bool,
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
            entries,
            people,
        } = held;
        let entries = entries.into_iter();
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
            entries: entries
                .map(|(address, entry)| (address, entry.into()))
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
    fn from(Imported { at, mailed }: Imported) -> Self {
        Self { at, mailed }
    }
}

impl From<StoredImported> for Imported {
    fn from(StoredImported { at, mailed }: StoredImported) -> Self {
        Self { at, mailed }
    }
}

impl From<Entry> for StoredEntry {
    fn from(entry: Entry) -> Self {
        let names = match entry.scope {
            Scope::Whole => None,
            Scope::Names(names) => Some(names),
        };
        Self {
            at: entry.at,
            names,
            language: entry.language,
        }
    }
}

impl From<StoredEntry> for Entry {
    fn from(stored: StoredEntry) -> Self {
        Self {
            at: stored.at,
            scope: stored.names.map_or(Scope::Whole, Scope::Names),
            language: stored.language,
        }
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
            told: share.told,
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
            entered: person.entered,
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
            told: share.told,
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
            entered: stored.entered,
        }
    }
}

impl TryFrom<StoredHeldTrip> for HeldTrip {
    type Error = Unfit;

    fn try_from(stored: StoredHeldTrip) -> Result<Self, Unfit> {
        known(stored.version)?;
        let imports = stored.imports.into_iter();
        let entries = stored.entries.into_iter();
        let people = stored.people.into_iter();
        let mut held = Self {
            id: stored.id,
            trip: stored.trip,
            whole: stored.whole,
            imports: imports
                .map(|(address, import)| (address, import.into()))
                .collect(),
            entries: entries
                .map(|(address, entry)| (address, entry.into()))
                .collect(),
            people: people
                .map(|(account, person)| (account, person.into()))
                .collect(),
        };
        for (address, import) in &held.imports {
            if let Some(account) = import.account {
                let person = held.people.get_mut(&account).ok_or(Unfit::Impossible)?;
                person.addresses.insert(address.clone());
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
        let mut entries = self.entries.values();
        let entries = entries.all(|entry| self.is_possible_entry(entry));
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
                    && self.whole.is_none()
            }
        };
        provenance && imports && entries && whole && people.all(|possible| possible)
    }

    /// Whether something can have been issued then: nothing is newer than the itinerary, nor older than
    /// the latest whole list.
    fn counts(&self, at: Timestamp) -> bool {
        let newest = self.trip.as_ref().map(Trip::issued);
        newest.is_some_and(|newest| at <= newest) && self.whole.is_none_or(|whole| at >= whole)
    }

    fn is_possible_import(&self, import: &Import) -> bool {
        let possible = |imported: &Imported| {
            let mailed = imported.mailed;
            let mailed = mailed.is_none_or(|mailed| mailed <= imported.at && self.counts(mailed));
            self.counts(imported.at) && mailed
        };
        !import.is_empty() && import.roles().all(|(_, imported)| possible(imported))
    }

    fn is_possible_entry(&self, entry: &Entry) -> bool {
        let names = match &entry.scope {
            Scope::Whole => true,
            Scope::Names(names) => !names.is_empty(),
        };
        let newest = self.trip.as_ref().map(Trip::issued);
        names && newest.is_some_and(|newest| entry.at <= newest)
    }

    fn is_possible_person(&self, account: AccountId, person: &Person) -> bool {
        let shares = person.shares.iter().all(|(by, share)| {
            let sharer = self.people.get(by);
            let stands = sharer.is_some_and(|it| self.own_grants(it).next().is_some());
            let given = match share.is_given() {
                true => stands && !share.revoked,
                false => share.revoked || share.told,
            };
            let again = !share.again || (person.dropped.is_some() && share.explicit.is_some());
            *by != account && given && again
        });
        let marked = matches!(person.choice, Some(Choice::Following { .. }));
        let entered = match person.entered {
            true => self.is_traveller(person),
            false => marked || !self.travels(person),
        };
        !person.is_empty() && shares && entered
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
    type Error = Unfit;

    fn try_from(stored: StoredNotice) -> Result<Self, Unfit> {
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

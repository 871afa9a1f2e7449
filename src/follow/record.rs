//! What a held trip remembers of addresses and people, and what follows from each record alone.

use core::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    Access, AccountId, Consent, HoldingReason, Item, Items, Policy, Verdict,
    renumbering::Renumbering, sightings::Sightings,
};
use crate::{
    address::Address,
    pe::{Language, NameReference},
    recipient::Role,
    routing::Scope,
    trip::{Document, PersonName},
};

/// What the booking says of one address.
#[derive(Clone, Default, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Import {
    pub(super) to: Option<Imported>,
    pub(super) cc: Option<Imported>,
    /// Whose it is; it waits while it is nobody's.
    pub(super) account: Option<AccountId>,
}

/// An address in one role. Merging two is commutative, associative and idempotent, so the order in
/// which confirmations arrive cannot matter.
#[derive(Clone, Copy, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Imported {
    /// The issue time of the latest confirmation that addresses it.
    pub(super) at: Timestamp,
    /// The same of those that were mailed to it, and say that it is there.
    pub(super) mailed: Option<Timestamp>,
}

/// A confirmation that was mailed to an address, ordered by newness: whatever a new booking says is newer than what
/// the one before it said.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Mailed {
    /// How often the booking had been replaced.
    pub(super) turn: u32,
    pub(super) at: Timestamp,
}

/// What a PE entry says of an address beyond its role; messages say nothing of the kind.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Entry {
    pub(super) at: Timestamp,
    pub(super) scope: EntryScope,
    pub(super) language: Option<Language>,
    /// That all names of it, or of one before it, left the trip.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub(super) left: Option<Left>,
}

/// That the names of an entry left the trip: nothing that was issued before then addresses anybody any more.
#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Left {
    /// When the entry was issued.
    pub(super) entry: Timestamp,
    /// When its names left.
    pub(super) until: Timestamp,
}

/// The part of the booking that an entry is for: a [`Scope`], or what a division left of it. Uniting two is
/// commutative, associative and idempotent.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    feature = "serde",
    serde(
        from = "Option<BTreeSet<NameReference>>",
        into = "Option<BTreeSet<NameReference>>"
    )
)]
pub(super) enum EntryScope {
    Whole,
    /// These names only: none where all that there were are in another booking now.
    Names(BTreeSet<NameReference>),
}

impl EntryScope {
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Names(names) if names.is_empty())
    }

    /// The names that it is for, where it is not for all.
    pub(super) fn names(&self) -> impl Iterator<Item = NameReference> {
        let names = match self {
            Self::Whole => None,
            Self::Names(names) => Some(names),
        };
        names.into_iter().flatten().copied()
    }

    /// Puts other names in the place of each, and says whether all left that there were: of a bare number nobody
    /// knows.
    pub(super) fn renumber(&mut self, renumbering: &Renumbering) -> bool {
        match self {
            Self::Names(names) if !names.is_empty() => {
                let old = core::mem::take(names);
                let new = old.iter().flat_map(|name| renumbering.of(*name));
                *names = new.collect();
                names.is_empty() && !old.iter().any(|name| renumbering.is_unsure(*name))
            }
            Self::Names(_) | Self::Whole => false,
        }
    }

    fn unite(&mut self, other: Self) {
        match (&mut *self, other) {
            (Self::Names(mine), Self::Names(theirs)) => mine.extend(theirs),
            (Self::Whole, _) | (_, Self::Whole) => *self = Self::Whole,
        }
    }

    /// Whether it has to do with a name.
    fn covers(&self, name: NameReference) -> bool {
        match self {
            Self::Whole => true,
            Self::Names(names) => names.iter().any(|it| it.includes(name)),
        }
    }
}

impl From<Scope> for EntryScope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Whole => Self::Whole,
            Scope::Names(names) => Self::Names(names),
        }
    }
}

/// Nothing (`null`) is the whole booking, as it is of a [`Scope`].
#[cfg(feature = "serde")]
impl From<Option<BTreeSet<NameReference>>> for EntryScope {
    fn from(names: Option<BTreeSet<NameReference>>) -> Self {
        names.map_or(Self::Whole, Self::Names)
    }
}

#[cfg(feature = "serde")]
impl From<EntryScope> for Option<BTreeSet<NameReference>> {
    fn from(part: EntryScope) -> Self {
        match part {
            EntryScope::Whole => None,
            EntryScope::Names(names) => Some(names),
        }
    }
}

impl Imported {
    pub(super) fn merge(&mut self, other: Self) {
        self.at = self.at.max(other.at);
        self.mailed = self.mailed.max(other.mailed);
    }
}

impl Entry {
    /// One that is for no name.
    pub(super) const NOTHING: &Self = &Self {
        at: Timestamp::MIN,
        scope: EntryScope::Names(BTreeSet::new()),
        language: None,
        left: None,
    };

    /// Whether it has to do with a document. Where the number may have been another name's when one of the two was
    /// made, it has not.
    fn covers(&self, document: &Document, seen: &Sightings) -> bool {
        let is_his =
            |name| self.scope.covers(name) && seen.is_same(name, self.at, document.issued());
        self.scope == EntryScope::Whole || document.name_reference().is_some_and(is_his)
    }

    /// Whether names of it were there still when those of an older entry had left.
    fn outlives(&self, left: Left) -> bool {
        let is_his = self.left.is_some_and(|left| left.entry == self.at);
        !is_his && left.entry <= self.at && self.at < left.until
    }

    pub(super) fn merge(&mut self, other: Self) {
        let left = self.left.max(other.left);
        let left = left.filter(|left| !self.outlives(*left) && !other.outlives(*left));
        match other.at.cmp(&self.at) {
            Ordering::Greater => *self = other,
            Ordering::Equal => {
                self.scope.unite(other.scope);
                let languages = [self.language, other.language];
                self.language = languages.into_iter().flatten().min();
            }
            Ordering::Less => {}
        }
        self.left = left;
    }
}

impl Import {
    /// The place of a role that is imported.
    pub(super) const fn role_mut(&mut self, role: Role) -> Option<&mut Option<Imported>> {
        match role {
            Role::To => Some(&mut self.to),
            Role::Cc => Some(&mut self.cc),
            Role::Bcc => None,
        }
    }

    /// Ends what was said before a time.
    pub(super) fn end_before(&mut self, time: Timestamp) {
        for role in [&mut self.to, &mut self.cc] {
            role.take_if(|imported| imported.at < time);
            if let Some(imported) = role {
                imported.mailed.take_if(|mailed| *mailed < time);
            }
        }
    }

    pub(super) fn roles(&self) -> impl Iterator<Item = (HoldingReason, &Imported)> {
        let to = self.to.as_ref().map(|to| (HoldingReason::ImportedTo, to));
        let cc = self.cc.as_ref().map(|cc| (HoldingReason::ImportedCc, cc));
        to.into_iter().chain(cc)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.to.is_none() && self.cc.is_none()
    }
}

/// What one account has to do with the trip.
#[derive(Clone, Default, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Person {
    /// The addresses of the account that are imported: not stored, for the imports say so.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) addresses: BTreeSet<Address>,
    /// Since when it is there by hand.
    pub(super) manual: Option<Timestamp>,
    /// By whom it is shared.
    pub(super) shares: BTreeMap<AccountId, Share>,
    pub(super) choice: Option<Choice>,
    /// When the holder last reassigned the trip.
    pub(super) moved: Option<Timestamp>,
    /// Whether the trip entered his *My Trips* as its traveller's, or came while he had it elsewhere, and he is that
    /// still: moving or taking it back is not entering.
    pub(super) entered: bool,
    /// When the holder dropped the trip, if he did not take it back.
    pub(super) dropped: Option<Timestamp>,
    /// Whether he was told once that this trip is shared with him, by somebody whose account is gone: by whom is
    /// forgotten with it.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "core::ops::Not::not")
    )]
    pub(super) told: bool,
}

/// What one traveller shares with one follower.
#[derive(Clone, Default, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub(super) struct Share {
    pub(super) explicit: Option<Consent>,
    /// What the latest command opens, whether or not it is given still.
    pub(super) said: Option<Items>,
    /// Whether it was shared again after the follower had dropped the trip.
    pub(super) again: bool,
    pub(super) always: Option<Consent>,
    /// Whether it was taken back: then no standing consent brings it again.
    pub(super) revoked: bool,
    /// Whether the follower was told once that this trip is shared with him.
    pub(super) told: bool,
}

impl Share {
    pub(super) const fn is_given(&self) -> bool {
        self.explicit.is_some() || self.always.is_some()
    }

    /// Whether there is anything to remember.
    pub(super) const fn is_known(&self) -> bool {
        self.is_given() || self.said.is_some() || self.revoked || self.told
    }

    /// What a standing consent opens: no more than a command said of this trip.
    pub(super) fn narrowed(&self, standing: Consent) -> Consent {
        let opens = standing.opens();
        let said = self.said.unwrap_or(opens);
        Consent::new(standing.since(), opens.both(said))
    }

    /// Ends what it gives.
    pub(super) fn end(&mut self) {
        *self = Self {
            said: self.said,
            revoked: self.revoked,
            told: self.told,
            ..Self::default()
        };
    }
}

/// Which list the holder chose.
#[derive(Clone, Eq, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize, serde::Serialize))]
#[cfg_attr(
    feature = "serde",
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
pub(super) enum Choice {
    /// "I am not the traveler", and who is.
    Following { client: PersonName },
    /// Moved to *My Trips* from where it was by itself.
    MyTrips,
}

/// A live reason, and what it opens.
#[derive(Clone, Copy)]
pub(super) struct Grant<'a> {
    pub(super) reason: HoldingReason,
    /// What a PE entry says of the import that it is; of a share, of one that the sharer has.
    pub(super) entry: Option<&'a Entry>,
    pub(super) seen: &'a Sightings,
    /// Of a share.
    pub(super) shared: Option<Shared<'a>>,
}

/// What is shared.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) consent: &'a Consent,
    /// For what reason the sharer sees it, of all that he has; `None` for what anybody may see who has the trip.
    pub(super) own: Option<HoldingReason>,
}

impl Shared<'_> {
    /// Whether the sharer sees an item himself.
    fn is_seen(&self, item: Item, policy: &Policy) -> bool {
        let own = self.own.map(|own| policy.access(item, own.kind()));
        !item.is_sensitive() || own == Some(Access::Granted)
    }
}

impl Grant<'_> {
    /// What it says of an item; of a document, which may be for one name of the booking.
    pub(super) fn verdict(
        &self,
        item: Item,
        document: Option<&Document>,
        policy: &Policy,
    ) -> Verdict {
        // Who is there for no name any more has no documents.
        let nothing = self.entry.is_some_and(|entry| entry.scope.is_nothing());
        let closed = item.is_of_documents() && nothing;
        let consented = self
            .shared
            .is_some_and(|it| it.consent.opens().contains(item));
        let unseen = self.shared.is_some_and(|it| !it.is_seen(item, policy));
        let covers = |document: &Document| {
            let mut entry = self.entry.into_iter();
            entry.all(|entry| entry.covers(document, self.seen))
        };
        match policy.access(item, self.reason.kind()) {
            _ if unseen => Verdict::Withholds,
            Access::Withheld => Verdict::Withholds,
            _ if closed || !document.is_none_or(covers) => Verdict::OtherNames,
            Access::WithConsent if !consented => Verdict::AwaitsConsent,
            Access::Granted | Access::WithConsent => Verdict::Opens,
        }
    }

    /// Whether it opens a document.
    pub(super) fn opens_document(&self, item: Item, document: &Document, policy: &Policy) -> bool {
        self.verdict(item, Some(document), policy) == Verdict::Opens
    }

    /// Whether it opens an item at all.
    pub(super) fn opens(&self, item: Item, policy: &Policy) -> bool {
        self.verdict(item, None, policy) == Verdict::Opens
    }
}

impl Person {
    /// Whether he has a reason of his own, dropped or not.
    pub(super) fn has_own(&self) -> bool {
        !self.addresses.is_empty() || self.manual.is_some()
    }

    /// The live shares, by whom each is, and what is consented to.
    pub(super) fn shared(&self) -> impl Iterator<Item = (HoldingReason, AccountId, &Consent)> {
        let kept = self.dropped.is_none();
        self.shares.iter().flat_map(move |(sharer, share)| {
            let explicit = share.explicit.as_ref().filter(|_| kept || share.again);
            let always = share.always.as_ref().filter(|_| kept);
            let explicit = explicit.map(|it| (HoldingReason::SharedBy(*sharer), *sharer, it));
            let always = always.map(|it| (HoldingReason::AlwaysSharedBy(*sharer), *sharer, it));
            explicit.into_iter().chain(always)
        })
    }

    /// Whether it is nothing that would have to be remembered.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

//! What follows from any change of a trip.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AccountId, Difference, Effect, HeldTrip, HoldingReason, Host, News, Notice,
    record::{Choice, Person},
    step::Done,
};
use crate::routing::List;

impl HeldTrip {
    /// Lets follow what follows from any change: standing consents share what enters *My Trips*, shares
    /// end with their sharer's own reasons.
    pub(super) fn settle(&mut self, done: &mut Done, host: &(impl Host + ?Sized)) {
        let mut own = BTreeSet::new();
        let mut left = Vec::new();
        let mut entering = Vec::new();
        let mut there = Vec::new();
        for (account, person) in &self.people {
            if self.own_grants(person).next().is_some() {
                own.insert(*account);
            }
            let marked = matches!(person.choice, Some(Choice::Following { .. }));
            if person.entered && !self.is_traveller(person) {
                left.push(*account);
            }
            // What came while he had it elsewhere, or had dropped it, does not enter by being moved or taken back; but
            // what he added by hand for somebody else enters when it is his.
            let is_hidden = marked || person.dropped.is_some();
            if !person.entered && self.is_traveller(person) {
                match is_hidden {
                    false => entering.push(*account),
                    true if person.manual.is_none() => there.push(*account),
                    true => {}
                }
            }
        }
        for account in left {
            self.people.entry(account).or_default().entered = false;
        }
        for account in there {
            self.people.entry(account).or_default().entered = true;
        }
        for account in entering {
            self.people.entry(account).or_default().entered = true;
            let consents = host.consents(account);
            let consents = consents.filter(|consents| consents.traveller() == account);
            for (follower, consent) in consents
                .into_iter()
                .flat_map(|consents| consents.followers())
            {
                if follower == account {
                    continue;
                }
                let person = self.people.entry(follower).or_default();
                let share = person.shares.entry(account).or_default();
                if share.revoked {
                    continue;
                }
                share.always = Some(share.narrowed(*consent));
                // One mail a trip, however often it enters and whoever else shares it.
                let known = person.told || person.shares.values().any(|share| share.told);
                if !known && person.dropped.is_none() {
                    person.shares.entry(account).or_default().told = true;
                    done.shared
                        .push((follower, HoldingReason::AlwaysSharedBy(account)));
                }
            }
        }
        for person in self.people.values_mut() {
            person.shares.retain(|sharer, share| {
                if !own.contains(sharer) {
                    share.end();
                }
                share.is_known()
            });
        }
        self.people
            .retain(|_, person: &mut Person| !person.is_empty());
    }

    /// What is to be done.
    pub(super) fn effects(
        &self,
        before: &BTreeMap<AccountId, List>,
        done: Done,
        host: &(impl Host + ?Sized),
    ) -> Vec<Effect> {
        let after: BTreeMap<_, _> = self.holders().collect();
        let touched: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
        let trip = self.id;
        let mut effects = Vec::new();
        for account in touched {
            match (before.get(&account), after.get(&account)) {
                (Some(old), Some(new)) if old == new => {}
                (_, Some(list)) => effects.push(Effect::Place {
                    trip,
                    account,
                    list: *list,
                }),
                (_, None) => effects.push(Effect::Remove { trip, account }),
            }
        }
        let notice = |to, rests_on, news| {
            Effect::Mail(Notice {
                to,
                trip,
                rests_on,
                language: self.language(to),
                news,
            })
        };
        for (to, rests_on) in done.shared {
            let mut shares = self.people.get(&to).into_iter().flat_map(Person::shared);
            if let Some((_, by, consent)) = shares.find(|(reason, ..)| *reason == rests_on) {
                let since = consent.since();
                effects.push(notice(to, rests_on, News::Shared { by, since }));
            }
        }
        if let Some((key, changes)) = done.difference {
            let difference = Difference {
                key,
                changes: changes.into(),
            };
            // Who holds the trip only now was told by what brought it to him.
            for to in before.keys().filter(|to| !done.informed.contains(to)) {
                if let Some(rests_on) = self.may_be_told(*to, host.policy()) {
                    effects.push(notice(*to, rests_on, News::Changed(difference.clone())));
                }
            }
        }
        effects
    }
}

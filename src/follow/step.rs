//! What follows from a command.

use std::collections::{BTreeMap, BTreeSet, btree_map};

use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{
    AccountId, Assignment, Command, Confirmation, Consent, DifferenceKey, Effect, HeldTrip,
    HoldingReason, Host, Refusal, Rejected,
    confirmation::Addressed,
    effect::Cause,
    record::{Choice, Entry, EntryScope, Import, Imported, Left, Mailed, Share},
    renumbering::Renumbering,
};
use crate::{
    address::Address,
    recipient::Role,
    routing::List,
    trip::{BookingId, Change, Document, Itinerary, Newness, PersonName, Provenance, Trip},
};

/// What a command did, beside changing the state.
#[derive(Default)]
pub(super) struct Done {
    /// What changed for those who fly.
    pub(super) difference: Option<(DifferenceKey, Vec<Change>)>,
    /// Who knows of it already.
    pub(super) informed: BTreeSet<AccountId>,
    /// Who shared with whom.
    pub(super) shared: Vec<(AccountId, HoldingReason)>,
}

/// Refuses what was issued more than a day ahead: it would stand for ever, and no clock is that wrong.
pub(crate) fn not_of_the_future(issued: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    let ahead = issued.duration_since(now);
    match ahead <= SignedDuration::from_hours(24) {
        true => Ok(()),
        false => Err(Refusal::NotYetIssued),
    }
}

impl HeldTrip {
    /// Lets something happen: the state as it is then, and what is to be done.
    ///
    /// Effects come in this order: places on lists, by account; mails on shares; mails on changes, by
    /// account. A command that changes nothing has none; but not each change has one, so store the state
    /// after every step, and refresh the calendars of its [holders](Self::holders) and of those who were
    /// holders before it.
    ///
    /// # Errors
    ///
    /// [`Rejected`] says why not, and hands the state back as it was.
    ///
    /// See the examples of [the page of `follow`](super) for the three ways.
    pub fn step(
        mut self,
        command: Command,
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<(Self, Vec<Effect>), Rejected<Self>> {
        let before: BTreeMap<_, _> = self.holders().collect();
        let mut done = match self.apply(command, now, host) {
            Ok(done) => done,
            Err(refusal) => return Err(Rejected::new(refusal, self)),
        };
        self.settle(&mut done, host);
        let effects = self.effects(&before, done, host);
        Ok((self, effects))
    }

    /// Does what the command says, or changes nothing.
    fn apply(
        &mut self,
        command: Command,
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<Done, Refusal> {
        match command {
            Command::Import(confirmation) => self.import(confirmation, now, host),
            Command::Register { address, account } => self.bind(&address, Some(account)),
            Command::Unregister { address } => self.bind(&address, None),
            Command::CloseAccount { account } => self.close(account),
            Command::ForgetWaiting { before } => self.forget_waiting(before),
            Command::AddByHand {
                by,
                itinerary,
                client,
            } => self.add_by_hand(by, itinerary, client, now),
            Command::Edit { by, itinerary } => self.edit(by, itinerary, now, host),
            Command::Reassign { holder, to } => self.reassign(holder, to, now),
            Command::Share { by, with, opens } => {
                self.share(by, &with, Consent::new(now, opens), host)
            }
            Command::Unshare { by, with } => self.unshare(by, with),
            Command::Unfollow { holder } => self.drop(holder, now),
            Command::TakeBack { holder } => self.take_back(holder),
            Command::Update {
                booking,
                itinerary,
                issued,
                mailed_to,
            } => {
                self.linked(&booking, issued, now)?;
                let mut done = self.put_in(itinerary, issued, host)?;
                done.informed = self.accounts(&mailed_to, host);
                Ok(done)
            }
            Command::Cancel {
                booking,
                received,
                mailed_to,
            } => self.cancel(&booking, received, &mailed_to, now, host),
            Command::Attach(document) => self.attach(document, now),
            Command::Renumber { booking, names, at } => self.give_numbers(&booking, names, at, now),
            Command::ReplaceBooking { old, new, at } => self.replace_booking(&old, new, at, now),
        }
    }

    /// The trip of a booking, if it is that still, and if what was issued is not of the future.
    pub(super) fn linked(
        &mut self,
        booking: &BookingId,
        issued: Timestamp,
        now: Timestamp,
    ) -> Result<&mut Trip, Refusal> {
        let trip = self.trip.as_mut().ok_or(Refusal::NoTrip)?;
        let current = trip.provenance().booking().ok_or(Refusal::NotLinked)?;
        if current != booking {
            return Err(match trip.was(booking) {
                true => Refusal::BookingReplaced,
                false => Refusal::OtherBooking,
            });
        }
        not_of_the_future(issued, now)?;
        Ok(trip)
    }

    fn import(
        &mut self,
        confirmation: Confirmation,
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<Done, Refusal> {
        let Confirmation {
            booking,
            issued,
            itinerary,
            addressed,
            complete: _,
            whole,
            mailed,
        } = confirmation;
        let mut done = match self.trip {
            Some(_) => {
                self.linked(&booking, issued, now)?;
                self.put_in(itinerary, issued, host)?
            }
            None => {
                not_of_the_future(issued, now)?;
                self.seen.see(&itinerary, issued, []);
                self.trip = Some(Trip::new(Provenance::Linked(booking), itinerary, issued));
                Done::default()
            }
        };
        // One after the other, so that the order of confirmations cannot matter: whatever is older
        // than the latest whole list does not count, and who is in this one is as new as it is.
        if whole {
            self.whole = self.whole.max(Some(issued));
        }
        let late: Vec<Renumbering> = self.renumbered_since(issued).cloned().collect();
        for Addressed {
            address,
            role,
            entry,
        } in addressed
        {
            let account = self.account(&address, host);
            done.informed.extend(account.filter(|_| mailed));
            if role == Role::Bcc {
                continue;
            }
            // He got it, whatever place he has: no list takes that back.
            if mailed {
                let turn = self.trip.as_ref().map_or(0, Trip::turn);
                let this = Mailed { turn, at: issued };
                let latest = self.mailed.entry(address.clone()).or_insert(this);
                *latest = this.max(*latest);
            }
            let (mut is_unsure, mut left) = (false, None);
            if let Some((scope, language)) = entry {
                let mut scope = EntryScope::from(scope);
                for renumbering in &late {
                    if scope.renumber(renumbering) {
                        let until = renumbering.until;
                        left = Some(Left {
                            entry: issued,
                            until,
                        });
                    }
                }
                is_unsure = scope.is_nothing() && left.is_none();
                let entry = Entry {
                    at: issued,
                    scope,
                    language,
                    left,
                };
                match self.entries.entry(address.clone()) {
                    btree_map::Entry::Occupied(mut known) => known.get_mut().merge(entry),
                    btree_map::Entry::Vacant(vacant) => {
                        vacant.insert(entry);
                    }
                }
            }
            // Whose names had left the trip by then was not there any more, whatever addressed him before.
            let known = self.entries.get(&address);
            let gone = known.and_then(|entry| entry.left);
            if let Some(gone) = gone {
                let import = self.imports.entry(address.clone()).or_default();
                import.end_before(gone.until);
            }
            if left.is_some() || gone.is_some_and(|gone| issued < gone.until) {
                continue;
            }
            let is_nothing = known.is_some_and(|entry| entry.scope.is_nothing());
            if let Some(last) = late.last().filter(|_| is_nothing && !is_unsure) {
                let import = self.imports.entry(address.clone()).or_default();
                // But who was kept, since nobody knew whose his number was, is there.
                let mut roles = import.roles();
                if !roles.any(|(_, imported)| imported.at < last.until) {
                    continue;
                }
            }
            if self.whole.is_some_and(|whole| issued < whole) {
                continue;
            }
            let imported = Imported {
                at: issued,
                mailed: mailed.then_some(issued),
            };
            let import = self.imports.entry(address.clone()).or_default();
            match import.role_mut(role) {
                Some(Some(known)) => known.merge(imported),
                Some(slot) => *slot = Some(imported),
                None => {}
            }
            self.bind(&address, account)?;
        }
        self.leave_out();
        Ok(done)
    }

    /// Ends what the latest whole list ends.
    fn leave_out(&mut self) {
        if let Some(whole) = self.whole {
            let imports = self.imports.values_mut();
            imports.for_each(|import| import.end_before(whole));
        }
        self.forget_imports(|_, import| import.is_empty());
    }

    /// Forgets addresses, and that they were anybody's.
    pub(super) fn forget_imports(&mut self, forget: impl Fn(&Address, &Import) -> bool) {
        let people = &mut self.people;
        self.imports.retain(|address, import| {
            let forgotten = forget(address, import);
            let person = import.account.and_then(|account| people.get_mut(&account));
            if let Some(person) = person.filter(|_| forgotten) {
                person.addresses.remove(address);
            }
            !forgotten
        });
    }

    /// Says whose an address is, or that it is nobody's; an address that is not imported is nobody's
    /// concern.
    fn bind(&mut self, address: &Address, account: Option<AccountId>) -> Result<Done, Refusal> {
        let Some(import) = self.imports.get_mut(address) else {
            return Ok(Done::default());
        };
        let before = core::mem::replace(&mut import.account, account);
        if let Some(person) = before.and_then(|before| self.people.get_mut(&before)) {
            person.addresses.remove(address);
        }
        if let Some(account) = account {
            let person = self.people.entry(account).or_default();
            person.addresses.insert(address.clone());
        }
        Ok(Done::default())
    }

    fn close(&mut self, account: AccountId) -> Result<Done, Refusal> {
        let imports = &self.imports;
        let whose = |address: &Address| imports.get(address).and_then(|import| import.account);
        self.mailed
            .retain(|address, _| whose(address) != Some(account));
        self.forget_imports(|_, import| import.account == Some(account));
        self.people.remove(&account);
        for person in self.people.values_mut() {
            let share = person.shares.remove(&account);
            person.told |= share.is_some_and(|share| share.told);
        }
        Ok(Done::default())
    }

    fn forget_waiting(&mut self, before: Timestamp) -> Result<Done, Refusal> {
        // What a replaced booking said is as old as anything, and known until it was replaced.
        let replaced = self.trip.iter().flat_map(Trip::replaced_bookings);
        let replaced = replaced.map(|(_, at)| at).max();
        let is_old = |at: Timestamp| {
            let known_until = replaced.filter(|_| at == Timestamp::MIN).unwrap_or(at);
            known_until < before
        };
        let old = |import: &Import| import.roles().all(|(_, imported)| is_old(imported.at));
        self.forget_imports(|_, import| import.account.is_none() && old(import));
        let imports = &self.imports;
        self.entries
            .retain(|address, entry| imports.contains_key(address) || !is_old(entry.at));
        self.mailed
            .retain(|address, mailed| imports.contains_key(address) || mailed.at >= before);
        self.seen.thin_out(before);
        Ok(Done::default())
    }

    fn add_by_hand(
        &mut self,
        by: AccountId,
        itinerary: Itinerary,
        client: Option<PersonName>,
        now: Timestamp,
    ) -> Result<Done, Refusal> {
        if self.trip.is_some() {
            return Err(Refusal::TripExists);
        }
        self.trip = Some(Trip::new(Provenance::Manual, itinerary, now));
        let person = self.people.entry(by).or_default();
        person.manual = Some(now);
        person.choice = client.map(|client| Choice::Following { client });
        Ok(Done::default())
    }

    fn edit(
        &mut self,
        by: AccountId,
        itinerary: Itinerary,
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<Done, Refusal> {
        let trip = self.trip.as_ref().ok_or(Refusal::NotHolder)?;
        self.list(by).ok_or(Refusal::NotHolder)?;
        if trip.provenance().booking().is_some() {
            return Err(Refusal::Linked);
        }
        // What the holder says is newer than what he said before, whatever the clocks say.
        let next = trip.issued().checked_add(1.nanosecond());
        let issued = now.max(next.unwrap_or(Timestamp::MAX));
        if !self
            .reasons(by)
            .any(|reason| reason == HoldingReason::Manual)
        {
            return Err(Refusal::OnlyFollowed);
        }
        if *trip.itinerary() == itinerary {
            return Ok(Done::default());
        }
        let mut done = self.put_in(itinerary, issued, host)?;
        done.informed.insert(by);
        Ok(done)
    }

    fn reassign(
        &mut self,
        holder: AccountId,
        to: Assignment,
        now: Timestamp,
    ) -> Result<Done, Refusal> {
        let person = self.people.get(&holder).ok_or(Refusal::NotHolder)?;
        let by_reason = self.list_by_reason(person).ok_or(Refusal::NotHolder)?;
        if self.own_grants(person).next().is_none() {
            return Err(Refusal::OnlyShared);
        }
        let choice = match (to, &person.choice) {
            (Assignment::Following { client }, _) => Some(Choice::Following { client }),
            // Where it is there by itself, nobody chose anything.
            (Assignment::MyTrips, None) if by_reason == List::MyTrips => None,
            (Assignment::MyTrips, _) => Some(Choice::MyTrips),
        };
        let person = self.people.entry(holder).or_default();
        if person.choice != choice {
            person.choice = choice;
            person.moved = Some(now);
        }
        Ok(Done::default())
    }

    fn share(
        &mut self,
        by: AccountId,
        with: &Address,
        consent: Consent,
        host: &(impl Host + ?Sized),
    ) -> Result<Done, Refusal> {
        let sharer = self.people.get(&by).ok_or(Refusal::NotHolder)?;
        self.list_of(sharer).ok_or(Refusal::NotHolder)?;
        if !self.travels(sharer) {
            return Err(Refusal::OnlyFollowed);
        }
        if matches!(sharer.choice, Some(Choice::Following { .. })) {
            return Err(Refusal::NotTheTraveller);
        }
        let follower = host.account(with).ok_or(Refusal::UnknownAddress)?;
        if follower == by {
            return Err(Refusal::Oneself);
        }
        let person = self.people.entry(follower).or_default();
        let dropped = person.dropped.is_some();
        let share = person.shares.entry(by).or_default();
        let live = (share.explicit.is_some() && (!dropped || share.again))
            || (share.always.is_some() && !dropped);
        let mut done = Done::default();
        if !live {
            // He asked for it, so the follower is told; but no standing consent tells him again.
            share.told = true;
            done.shared.push((follower, HoldingReason::SharedBy(by)));
        }
        share.said = Some(consent.opens());
        let opened = share.explicit.or(share.always).map(|known| known.opens());
        if !live || opened != Some(consent.opens()) {
            share.revoked = false;
            share.explicit = Some(consent);
            share.always = share
                .always
                .map(|always| Consent::new(always.since(), consent.opens()));
            share.again = dropped;
        }
        Ok(done)
    }

    fn unshare(&mut self, by: AccountId, with: AccountId) -> Result<Done, Refusal> {
        let follower = self.people.get_mut(&with);
        let share = follower.and_then(|follower| follower.shares.get_mut(&by));
        let share = share
            .filter(|share| share.is_given())
            .ok_or(Refusal::NotShared)?;
        share.revoked = true;
        share.end();
        Ok(Done::default())
    }

    fn drop(&mut self, holder: AccountId, now: Timestamp) -> Result<Done, Refusal> {
        self.list(holder).ok_or(Refusal::NotHolder)?;
        let person = self.people.entry(holder).or_default();
        person.dropped = Some(now);
        person
            .shares
            .values_mut()
            .for_each(|share| share.again = false);
        Ok(Done::default())
    }

    fn take_back(&mut self, holder: AccountId) -> Result<Done, Refusal> {
        let person = self.people.get_mut(&holder);
        let person = person.filter(|person| person.dropped.is_some());
        let person = person.ok_or(Refusal::NothingToTakeBack)?;
        if !person.has_own() && !person.shares.values().any(Share::is_given) {
            return Err(Refusal::NothingToTakeBack);
        }
        person.dropped = None;
        person
            .shares
            .values_mut()
            .for_each(|share| share.again = false);
        Ok(Done::default())
    }

    /// Puts an itinerary in, if it is newer.
    fn put_in(
        &mut self,
        itinerary: Itinerary,
        issued: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<Done, Refusal> {
        let late: Vec<Renumbering> = self.renumbered_since(issued).cloned().collect();
        let as_issued = itinerary.clone();
        let itinerary = late.iter().fold(itinerary, |itinerary, renumbering| {
            itinerary.renumbered(|name| renumbering.passenger(name))
        });
        let trip = self.trip.as_mut().ok_or(Refusal::NoTrip)?;
        let newness = trip.newness(&itinerary, issued);
        if newness != Newness::Conflict && trip.provenance().booking().is_some() {
            self.seen.see(&as_issued, issued, &late);
        }
        match newness {
            Newness::Conflict => Err(Refusal::Conflict),
            Newness::Older => Ok(Done::default()),
            Newness::Newer => {
                let changes = trip.update(itinerary, issued, host.zones());
                Ok(self.changed(Cause::Update, issued, changes))
            }
        }
    }

    fn cancel(
        &mut self,
        booking: &BookingId,
        received: Timestamp,
        mailed_to: &[Address],
        now: Timestamp,
        host: &(impl Host + ?Sized),
    ) -> Result<Done, Refusal> {
        let trip = self.linked(booking, received, now)?;
        let changes = trip.cancel(received, host.zones());
        let mut done = self.changed(Cause::Cancellation, received, changes);
        done.informed = self.accounts(mailed_to, host);
        Ok(done)
    }

    /// Whose these addresses are.
    fn accounts(&self, addresses: &[Address], host: &(impl Host + ?Sized)) -> BTreeSet<AccountId> {
        let accounts = addresses.iter();
        accounts
            .filter_map(|address| self.account(address, host))
            .collect()
    }

    /// Whose an address is.
    fn account(&self, address: &Address, host: &(impl Host + ?Sized)) -> Option<AccountId> {
        let known = self.imports.get(address).and_then(|import| import.account);
        host.account(address).or(known)
    }

    fn changed(&self, cause: Cause, issued: Timestamp, changes: Vec<Change>) -> Done {
        let key = DifferenceKey {
            trip: self.id,
            turn: self.trip.as_ref().map_or(0, Trip::turn),
            issued,
            cause,
        };
        Done {
            difference: (!changes.is_empty()).then_some((key, changes)),
            ..Done::default()
        }
    }

    fn attach(&mut self, document: Document, now: Timestamp) -> Result<Done, Refusal> {
        let trip = self.trip.as_mut().ok_or(Refusal::NoTrip)?;
        not_of_the_future(document.issued(), now)?;
        let since = |it: &&Renumbering| document.issued() < it.at;
        let since: Vec<_> = self.renumbered.iter().filter(since).collect();
        // In the number of now it may be known.
        let names = since
            .iter()
            .try_fold(document.name_reference(), |name, it| {
                name.map_or(Some(None), |name| it.document(name))
            });
        if names.is_some_and(|name| trip.has(&document, name)) {
            return Ok(Done::default());
        }
        let name = document.name_reference();
        let is_doubtful = name.is_some_and(|name| since.iter().any(|it| it.concerns(name)));
        match trip.newness_of(&document) {
            Newness::Conflict => return Err(Refusal::Conflict),
            // Of before names got other numbers it is not known whose it was.
            Newness::Older if since.is_empty() => trip.place(&document),
            Newness::Older => {}
            Newness::Newer if is_doubtful => return Err(Refusal::Renumbered),
            Newness::Newer => trip.attach(document),
        }
        Ok(Done::default())
    }

    fn replace_booking(
        &mut self,
        old: &BookingId,
        new: BookingId,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<Done, Refusal> {
        let trip = self.trip.as_mut().ok_or(Refusal::NoTrip)?;
        let current = trip.provenance().booking().ok_or(Refusal::NotLinked)?;
        if *current == new {
            return match *old == new || trip.was(old) {
                true => Ok(Done::default()),
                false => Err(Refusal::OtherBooking),
            };
        }
        if current != old {
            return Err(Refusal::OtherBooking);
        }
        not_of_the_future(at, now)?;
        trip.replace_booking(new, at);
        // Whatever the new booking says is newer than what the old one said.
        self.whole = None;
        for import in self.imports.values_mut() {
            for imported in [&mut import.to, &mut import.cc].into_iter().flatten() {
                imported.at = Timestamp::MIN;
                imported.mailed = None;
            }
        }
        for entry in self.entries.values_mut() {
            entry.at = Timestamp::MIN;
            entry.left = None;
        }
        for renumbering in &mut self.renumbered {
            renumbering.until = Timestamp::MIN;
        }
        self.seen.replace(at);
        Ok(Done::default())
    }
}

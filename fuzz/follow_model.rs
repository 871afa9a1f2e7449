//! What following a trip should do, as relations: a model to compare [`HeldTrip`] with.
//!
//! It keeps every fact that was ever said and works out from all of them who holds the trip; the
//! library keeps records and changes them.

use std::collections::{BTreeMap, BTreeSet};

use peline::{
    Address, List, Role,
    follow::{ConsentCommand, HoldingReason, Item, Items, Refusal},
    jiff::Timestamp,
    trip::Itinerary,
};

use super::follow_acts::{
    ACCOUNTS, ADDRESSES, Act, Import, Service, Source, account, address, itinerary, role, time,
};

/// All that was ever said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) service: Service,
    kind: Kind,
    replaced: BTreeMap<u8, i8>,
    /// Whether the itinerary is still that of the replaced booking.
    outdated: bool,
    issued: i8,
    variant: u8,
    edited: bool,
    cancels: BTreeSet<i8>,
    gone: bool,
    said: BTreeSet<(u8, Role, i8)>,
    /// When an address was last mailed to, by the booking that the trip had then.
    mailed: BTreeMap<u8, (usize, i8)>,
    /// How often the booking was replaced.
    turn: usize,
    /// When an address was last in the PE list.
    listed: BTreeMap<u8, i8>,
    whole: Option<i8>,
    manual: Option<u8>,
    shared: BTreeMap<(u8, u8), bool>,
    always: BTreeSet<(u8, u8)>,
    /// What was taken back: no standing consent restores it.
    revoked: BTreeSet<(u8, u8)>,
    /// Who always shares with whom.
    standing: BTreeSet<(u8, u8)>,
    /// Who was told once that it is shared with him, and by whom.
    told: BTreeSet<(u8, u8)>,
    /// Followers who dropped the trip, and the sharers who shared it again since then.
    dropped: BTreeMap<u8, BTreeSet<u8>>,
    /// `Some` is the name of a mark, `None` the list *My Trips*.
    chosen: BTreeMap<u8, Option<u8>>,
    entered: BTreeSet<u8>,
    /// Who is told of whose share, by the act that is being done.
    telling: BTreeSet<(u8, HoldingReason)>,
    /// By whether it is an invoice, and whether it is for a name.
    documents: BTreeSet<(bool, bool)>,
}

/// What was said by a booking that is not the trip's any more is older than anything.
const OLD: i8 = -1;

fn small(number: u8) -> i8 {
    i8::try_from(number).expect("small")
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Kind {
    #[default]
    Nothing,
    Linked(u8),
    Manual,
}

impl Model {
    fn owner(&self, number: u8) -> Option<u8> {
        self.service.verified.get(&number).copied()
    }

    /// Who is imported: by address, role and latest time.
    fn imported(&self) -> impl Iterator<Item = (u8, Role)> {
        let live = self
            .said
            .iter()
            .filter(|(.., at)| self.whole.is_none_or(|whole| *at >= whole));
        live.map(|(address, role, _)| (*address, *role))
    }

    /// Reasons of one's own, dropped or not.
    fn own(&self, account: u8) -> BTreeSet<HoldingReason> {
        let mine = self
            .imported()
            .filter(|(address, _)| self.owner(*address) == Some(account));
        let imported = mine.map(|(_, role)| match role {
            Role::To => HoldingReason::ImportedTo,
            Role::Cc | Role::Bcc => HoldingReason::ImportedCc,
        });
        let manual = (self.manual == Some(account)).then_some(HoldingReason::Manual);
        imported.chain(manual).collect()
    }

    pub(crate) fn reasons(&self, holder: u8) -> BTreeSet<HoldingReason> {
        let dropped = self.dropped.get(&holder);
        let own = self.own(holder).into_iter().filter(|_| dropped.is_none());
        let shared = self
            .shared
            .keys()
            .filter(|(by, with)| *with == holder && dropped.is_none_or(|again| again.contains(by)));
        let always = self
            .always
            .iter()
            .filter(|(_, with)| *with == holder && dropped.is_none());
        own.chain(shared.map(|(by, _)| HoldingReason::SharedBy(account(*by))))
            .chain(always.map(|(by, _)| HoldingReason::AlwaysSharedBy(account(*by))))
            .collect()
    }

    fn is_traveller(&self, account: u8) -> bool {
        let own = self.own(account);
        own.contains(&HoldingReason::ImportedTo) || own.contains(&HoldingReason::Manual)
    }

    fn travels(&self, holder: u8) -> bool {
        let reasons = self.reasons(holder);
        reasons.contains(&HoldingReason::ImportedTo) || reasons.contains(&HoldingReason::Manual)
    }

    pub(crate) fn list(&self, holder: u8) -> Option<List> {
        let reasons = self.reasons(holder);
        if reasons.is_empty() {
            return None;
        }
        let own = reasons.iter().any(|reason| reason.is_own());
        match self.chosen.get(&holder).filter(|_| own) {
            Some(Some(_)) => Some(List::Following),
            Some(None) => Some(List::MyTrips),
            None if self.travels(holder) => Some(List::MyTrips),
            None => Some(List::Following),
        }
    }

    /// The table of the rules, once more.
    pub(crate) fn sees(&self, holder: u8, item: Item) -> bool {
        let basic = matches!(item, Item::Itinerary | Item::ChangeMail | Item::Calendar);
        self.reasons(holder)
            .iter()
            .any(|reason| basic || reason.is_own())
    }

    /// The documents that show, by whether they are invoices and for a name: every second address is in
    /// the PE list for that name only.
    pub(crate) fn documents(&self, holder: u8) -> BTreeSet<(bool, bool)> {
        let named = |address: u8| address % 2 == 1 && self.listed.contains_key(&address);
        let mine = self
            .imported()
            .filter(|(address, _)| self.owner(*address) == Some(holder));
        let mut scopes: Vec<bool> = mine.map(|(address, _)| named(address)).collect();
        scopes.extend((self.manual == Some(holder)).then_some(false));
        let live = !self.dropped.contains_key(&holder);
        let shows =
            |(_, for_name): &(bool, bool)| live && scopes.iter().any(|named| *for_name || !named);
        self.documents.iter().copied().filter(shows).collect()
    }

    /// Whether the flights are cancelled.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.gone
    }

    pub(crate) fn waiting(&self) -> BTreeSet<Address> {
        let waiting = self
            .imported()
            .filter(|(number, _)| self.owner(*number).is_none());
        waiting.map(|(number, _)| address(number)).collect()
    }

    /// Whether somebody got a confirmation by mail that is as new as a time, or newer.
    pub(crate) fn mailed_since(
        &self,
        holder: u8,
        turn: usize,
        since: Timestamp,
        strictly: bool,
    ) -> bool {
        let mut mine = self
            .imported()
            .filter(|(address, _)| self.owner(*address) == Some(holder))
            .filter_map(|(address, _)| self.mailed.get(&address));
        mine.any(|(mailed, at)| {
            let at = (*mailed, u8::try_from(*at).map(time).expect("of a time"));
            if strictly {
                at > (turn, since)
            } else {
                at >= (turn, since)
            }
        })
    }

    /// Whether a confirmation was mailed to somebody.
    pub(crate) fn is_mailed(&self, import: Import, holder: u8) -> bool {
        import.source == Source::Mailed
            && (0..ADDRESSES).any(|address| {
                role(import, address).is_some() && self.owner(address) == Some(holder)
            })
    }

    fn linked(&self, booking: u8) -> Result<(), Refusal> {
        match self.kind {
            Kind::Nothing => Err(Refusal::NoTrip),
            Kind::Manual => Err(Refusal::NotLinked),
            Kind::Linked(current) if current == booking => Ok(()),
            Kind::Linked(_) if self.replaced.contains_key(&booking) => {
                Err(Refusal::BookingReplaced)
            }
            Kind::Linked(_) => Err(Refusal::OtherBooking),
        }
    }

    fn put_in(&mut self, issued: u8, variant: u8) -> Result<(), Refusal> {
        let issued = small(issued);
        if issued == self.issued && variant != self.variant && !self.outdated {
            return Err(Refusal::Conflict);
        }
        if issued > self.issued || self.outdated {
            (self.issued, self.variant) = (issued, variant);
            self.outdated = false;
            self.cancels = self.cancels.split_off(&issued);
            self.gone = !self.cancels.is_empty();
        }
        Ok(())
    }

    fn forget(&mut self, forgotten: impl Fn(&Self, u8) -> bool) {
        let before = self.clone();
        self.said
            .retain(|(address, ..)| !forgotten(&before, *address));
    }

    /// Does an act, and says who is told of which sharer; or why not.
    pub(crate) fn apply(&mut self, act: Act) -> Result<BTreeSet<(u8, HoldingReason)>, Refusal> {
        self.telling.clear();
        self.act(act)?;
        self.settle();
        Ok(core::mem::take(&mut self.telling))
    }

    fn act(&mut self, act: Act) -> Result<(), Refusal> {
        match act {
            Act::Import(import) => return self.import(import, 0),
            Act::Contradict(import) => return self.import(import, 1),
            Act::Register {
                address: it,
                account: whose,
            } => {
                self.service.verified.insert(it, whose);
            }
            Act::Unregister { address: it } => {
                self.service.verified.remove(&it);
            }
            Act::Close { account: closed } => {
                let theirs = self.imported();
                let theirs = theirs.filter(|(it, _)| self.owner(*it) == Some(closed));
                let theirs: BTreeSet<u8> = theirs.map(|(it, _)| it).collect();
                self.mailed.retain(|address, _| !theirs.contains(address));
                self.forget(|model, address| model.owner(address) == Some(closed));
                self.service.verified.retain(|_, owner| *owner != closed);
                self.manual.take_if(|manual| *manual == closed);
                let is_theirs = |(by, with): &(u8, u8)| *by == closed || *with == closed;
                self.shared.retain(|pair, _| !is_theirs(pair));
                self.always.retain(|pair| !is_theirs(pair));
                self.revoked.retain(|pair| !is_theirs(pair));
                // That others were told stays known.
                self.told.retain(|(_, with)| *with != closed);
                self.dropped.remove(&closed);
                self.chosen.remove(&closed);
                self.entered.remove(&closed);
            }
            Act::Forget { before } => {
                let before = small(before);
                // What an old booking said was known until that was replaced.
                let until = self.replaced.values().max().copied().unwrap_or(OLD);
                let is_old = |at: i8| {
                    if at == OLD {
                        until < before
                    } else {
                        at < before
                    }
                };
                self.forget(|model, address| {
                    let said = model.said.iter().filter(|(it, ..)| *it == address);
                    // What the present booking says of a role counts for it, however old it is.
                    let latest = |role| {
                        said.clone()
                            .filter(|(_, it, _)| *it == role)
                            .map(|(.., at)| *at)
                            .max()
                    };
                    let mut latest = [Role::To, Role::Cc].into_iter().filter_map(latest);
                    model.owner(address).is_none() && latest.all(is_old)
                });
                let imported: BTreeSet<u8> = self.imported().map(|(address, _)| address).collect();
                self.listed
                    .retain(|address, at| imported.contains(address) || !is_old(*at));
                self.mailed
                    .retain(|address, (_, at)| imported.contains(address) || *at >= before);
            }
            Act::AddByHand { by, marked } => {
                if self.kind != Kind::Nothing {
                    return Err(Refusal::TripExists);
                }
                self.kind = Kind::Manual;
                self.manual = Some(by);
                if marked {
                    self.chosen.insert(by, Some(0));
                }
            }
            Act::Edit { by } => {
                self.list(by).ok_or(Refusal::NotHolder)?;
                match self.kind {
                    Kind::Nothing | Kind::Linked(_) => return Err(Refusal::Linked),
                    Kind::Manual if !self.reasons(by).contains(&HoldingReason::Manual) => {
                        return Err(Refusal::OnlyFollowed);
                    }
                    Kind::Manual => self.edited = true,
                }
            }
            Act::Reassign {
                holder,
                following,
                name,
            } => {
                let reasons = self.reasons(holder);
                if reasons.is_empty() {
                    return Err(Refusal::NotHolder);
                }
                if !reasons.iter().any(|reason| reason.is_own()) {
                    return Err(Refusal::OnlyShared);
                }
                match (following, self.travels(holder)) {
                    (true, _) => self.chosen.insert(holder, Some(name)),
                    (false, false) => self.chosen.insert(holder, None),
                    // Where it is there by itself, nobody chose anything.
                    (false, true) if !self.chosen.contains_key(&holder) => None,
                    (false, true) => self.chosen.insert(holder, None),
                };
            }
            Act::Share { by, with, opens } => {
                let follower = self.owner(with);
                if self.list(by).is_none() {
                    return Err(Refusal::NotHolder);
                }
                if !self.travels(by) {
                    return Err(Refusal::OnlyFollowed);
                }
                if matches!(self.chosen.get(&by), Some(Some(_))) {
                    return Err(Refusal::NotTheTraveller);
                }
                let follower = follower.ok_or(Refusal::UnknownAddress)?;
                if follower == by {
                    return Err(Refusal::Oneself);
                }
                let live = self
                    .reasons(follower)
                    .iter()
                    .any(|it| it.sharer() == Some(account(by)));
                let opened = self.shared.get(&(by, follower)).copied();
                if !live {
                    self.told.insert((by, follower));
                    let reason = HoldingReason::SharedBy(account(by));
                    self.telling.insert((follower, reason));
                }
                if !live || opened.unwrap_or(false) != opens {
                    self.shared.insert((by, follower), opens);
                    self.revoked.remove(&(by, follower));
                    if let Some(again) = self.dropped.get_mut(&follower) {
                        again.insert(by);
                    }
                }
            }
            Act::Unshare { by, with } => {
                let shared = self.shared.remove(&(by, with)).is_some();
                let always = self.always.remove(&(by, with));
                if !shared && !always {
                    return Err(Refusal::NotShared);
                }
                self.revoked.insert((by, with));
            }
            Act::Unfollow { holder } => {
                self.list(holder).ok_or(Refusal::NotHolder)?;
                self.dropped.insert(holder, BTreeSet::new());
            }
            Act::TakeBack { holder } => {
                let shared = self.shared.keys().any(|(_, with)| *with == holder);
                let always = self.always.iter().any(|(_, with)| *with == holder);
                let any = !self.own(holder).is_empty() || shared || always;
                if !any || !self.dropped.contains_key(&holder) {
                    return Err(Refusal::NothingToTakeBack);
                }
                self.dropped.remove(&holder);
            }
            Act::Update { issued, booking } => {
                self.linked(booking)?;
                return self.put_in(issued, 0);
            }
            Act::Cancel { received, booking } => {
                self.linked(booking)?;
                if small(received) >= self.issued || self.outdated {
                    self.cancels.insert(small(received));
                    self.gone = true;
                }
            }
            Act::Attach { invoice, name, .. } => {
                if self.kind == Kind::Nothing {
                    return Err(Refusal::NoTrip);
                }
                self.documents.insert((invoice, name));
            }
            Act::Replace { old, new, at } => match self.kind {
                Kind::Nothing => return Err(Refusal::NoTrip),
                Kind::Manual => return Err(Refusal::NotLinked),
                Kind::Linked(current) if current == new => {
                    if old != new && !self.replaced.contains_key(&old) {
                        return Err(Refusal::OtherBooking);
                    }
                }
                Kind::Linked(current) if current == old => {
                    let live: Vec<_> = self.imported().collect();
                    self.said = live.into_iter().map(|(it, role)| (it, role, OLD)).collect();
                    self.turn += 1;
                    self.listed.values_mut().for_each(|at| *at = OLD);
                    (self.whole, self.outdated) = (None, true);
                    self.cancels.clear();
                    self.kind = Kind::Linked(new);
                    self.replaced.remove(&new);
                    self.replaced.insert(old, small(at));
                }
                Kind::Linked(_) => return Err(Refusal::OtherBooking),
            },
            Act::AlwaysShare { by, with } => {
                let verified = self.service.verified.iter();
                let mut theirs = verified.filter(|(_, owner)| **owner == with);
                let known = theirs.next().map(|(number, _)| address(*number));
                let known = known.ok_or(Refusal::UnknownAddress)?;
                let opens = Items::NONE;
                let command = ConsentCommand::AlwaysShare { with: known, opens };
                let expected = (by != with).then_some(()).ok_or(Refusal::Oneself);
                self.standing.extend(expected.is_ok().then_some((by, with)));
                return self.consent(by, command, expected);
            }
            Act::StopSharing { by, with } => {
                let command = ConsentCommand::StopSharing {
                    with: account(with),
                };
                let expected = self.standing.remove(&(by, with));
                return self.consent(
                    by,
                    command,
                    expected.then_some(()).ok_or(Refusal::NotShared),
                );
            }
        }
        Ok(())
    }

    /// Does it the library's way, and compares.
    fn consent(
        &mut self,
        by: u8,
        command: ConsentCommand,
        expected: Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let before = &self.service.consents[&account(by)];
        let after = match before.clone().step(command, time(0), &self.service) {
            Ok(after) => {
                assert_eq!(expected, Ok(()));
                after
            }
            Err(rejected) => {
                assert_eq!(expected, Err(rejected.refusal()));
                assert_eq!(rejected.state(), before);
                rejected.into_state()
            }
        };
        let followers = after.followers().map(|(follower, _)| follower);
        let standing = self.standing.iter().filter(|(it, _)| *it == by);
        assert!(followers.eq(standing.map(|(_, with)| account(*with))));
        self.service.consents.insert(account(by), after);
        expected
    }

    fn import(&mut self, import: Import, variant: u8) -> Result<(), Refusal> {
        match self.kind {
            Kind::Nothing => {
                self.kind = Kind::Linked(import.booking);
                (self.issued, self.variant) = (small(import.issued), variant);
            }
            Kind::Linked(_) | Kind::Manual => {
                self.linked(import.booking)?;
                self.put_in(import.issued, variant)?;
            }
        }
        let issued = small(import.issued);
        for address in 0..ADDRESSES {
            if let Some(role @ (Role::To | Role::Cc)) = role(import, address) {
                self.said.insert((address, role, issued));
                if import.source == Source::Mailed {
                    let this = (self.turn, issued);
                    let latest = self.mailed.entry(address).or_insert(this);
                    *latest = this.max(*latest);
                } else {
                    let listed = self.listed.entry(address).or_insert(issued);
                    *listed = issued.max(*listed);
                }
            }
        }
        if import.source == Source::Whole {
            self.whole = self.whole.max(Some(issued));
        }
        let whole = self.whole;
        let counts = |at: i8| whole.is_none_or(|whole| at >= whole);
        self.said.retain(|(.., at)| counts(*at));
        Ok(())
    }

    fn settle(&mut self) {
        let accounts = 0..ACCOUNTS;
        for number in accounts.clone() {
            if !self.is_traveller(number) {
                self.entered.remove(&number);
            }
        }
        for number in accounts.clone() {
            let marked = matches!(self.chosen.get(&number), Some(Some(_)));
            let hidden = marked || self.dropped.contains_key(&number);
            let by_hand = self.manual == Some(number);
            if !self.is_traveller(number) || (hidden && by_hand) {
                continue;
            }
            // Moving it, or taking it back, is not entering.
            if !self.entered.insert(number) || hidden {
                continue;
            }
            for follower in accounts.clone() {
                let pair = (number, follower);
                if !self.standing.contains(&pair) || self.revoked.contains(&pair) {
                    continue;
                }
                self.always.insert(pair);
                let known = self.told.iter().any(|(_, with)| *with == follower);
                if !known && !self.dropped.contains_key(&follower) {
                    self.told.insert(pair);
                    let reason = HoldingReason::AlwaysSharedBy(account(number));
                    self.telling.insert((follower, reason));
                }
            }
        }
        let standing =
            |model: &Self, by: u8| model.reasons(by).iter().any(|reason| reason.is_own());
        let now = self.clone();
        self.shared.retain(|(by, _), _| standing(&now, *by));
        self.always.retain(|(by, _)| standing(&now, *by));
        for (follower, again) in &mut self.dropped {
            again.retain(|by| self.shared.contains_key(&(*by, *follower)));
        }
    }

    /// The itinerary that must be there.
    pub(crate) fn itinerary(&self) -> Option<Itinerary> {
        match self.kind {
            Kind::Nothing => None,
            Kind::Linked(_) => {
                let issued = u8::try_from(self.issued).expect("of this booking or the last");
                Some(itinerary(issued, self.variant))
            }
            Kind::Manual if self.edited => Some(itinerary(2, 3)),
            Kind::Manual => Some(itinerary(1, 2)),
        }
    }
}

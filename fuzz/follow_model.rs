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
    /// When the booking that is not the present one was replaced.
    replaced: Option<(u8, u8)>,
    issued: u8,
    variant: u8,
    edited: bool,
    said: BTreeSet<(u8, Role, u8)>,
    mailed: BTreeSet<(u8, Role, u8)>,
    whole: Option<u8>,
    manual: Option<u8>,
    shared: BTreeMap<(u8, u8), bool>,
    always: BTreeSet<(u8, u8)>,
    /// What was taken back: no standing consent restores it.
    revoked: BTreeSet<(u8, u8)>,
    /// Followers who dropped the trip, and the sharers who shared it again since then.
    dropped: BTreeMap<u8, BTreeSet<u8>>,
    /// `Some` is the name of a mark, `None` the list *My Trips*.
    chosen: BTreeMap<u8, Option<u8>>,
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
        let owner = self.service.verified.get(&address(number))?.get();
        Some(u8::try_from(owner - 1).expect("small"))
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

    /// Whether a document of a name shows: every second address is there for that name only, unless
    /// the PNR never said so.
    pub(crate) fn reads_whole(&self, holder: u8) -> bool {
        let whole = self
            .imported()
            .any(|(address, _)| address % 2 == 0 && self.owner(address) == Some(holder));
        let live = !self.dropped.contains_key(&holder);
        live && (whole || self.manual == Some(holder))
    }

    pub(crate) fn waiting(&self) -> BTreeSet<Address> {
        let waiting = self
            .imported()
            .filter(|(number, _)| self.owner(*number).is_none());
        waiting.map(|(number, _)| address(number)).collect()
    }

    /// Who got the confirmation that was issued at a time, or a later one, and is imported by it.
    pub(crate) fn mailed_since(&self, holder: u8, since: Timestamp) -> bool {
        self.mailed.iter().any(|(address, _, at)| {
            self.whole.is_none_or(|whole| *at >= whole)
                && self.owner(*address) == Some(holder)
                && time(*at) >= since
        })
    }

    fn linked(&self, booking: u8, issued: u8) -> Result<(), Refusal> {
        match self.kind {
            Kind::Nothing => Err(Refusal::NoTrip),
            Kind::Manual => Err(Refusal::NotLinked),
            Kind::Linked(current) if current == booking => Ok(()),
            Kind::Linked(_) => match self.replaced {
                Some((old, at)) if old == booking && issued <= at => Ok(()),
                Some((old, _)) if old == booking => Err(Refusal::BookingReplaced),
                Some(_) | None => Err(Refusal::OtherBooking),
            },
        }
    }

    fn put_in(&mut self, issued: u8, variant: u8) -> Result<(), Refusal> {
        if issued == self.issued && variant != self.variant {
            return Err(Refusal::Conflict);
        }
        if issued > self.issued {
            (self.issued, self.variant) = (issued, variant);
        }
        Ok(())
    }

    fn forget(&mut self, forgotten: impl Fn(&Self, u8) -> bool) {
        let before = self.clone();
        self.said
            .retain(|(address, ..)| !forgotten(&before, *address));
        self.mailed
            .retain(|(address, ..)| !forgotten(&before, *address));
    }

    /// Does an act, or says why not.
    pub(crate) fn apply(&mut self, act: Act) -> Result<(), Refusal> {
        let before: BTreeSet<_> = (0..ACCOUNTS).filter(|it| self.is_traveller(*it)).collect();
        let done = self.act(act);
        if done.is_ok() {
            self.settle(&before);
        }
        done
    }

    fn act(&mut self, act: Act) -> Result<(), Refusal> {
        match act {
            Act::Import(import) => return self.import(import, 0),
            Act::Contradict(import) => return self.import(import, 1),
            Act::Register {
                address: it,
                account: whose,
            } => {
                self.service.verified.insert(address(it), account(whose));
            }
            Act::Unregister { address: it } => {
                self.service.verified.remove(&address(it));
            }
            Act::Close { account: closed } => {
                self.forget(|model, address| model.owner(address) == Some(closed));
                self.service
                    .verified
                    .retain(|_, owner| *owner != account(closed));
                self.manual.take_if(|manual| *manual == closed);
                self.shared.retain(|(_, with), _| *with != closed);
                self.always.retain(|(_, with)| *with != closed);
                self.revoked.retain(|(_, with)| *with != closed);
                self.dropped.remove(&closed);
                self.chosen.remove(&closed);
            }
            Act::Forget { before } => self.forget(|model, address| {
                let mut said = model.said.iter().filter(|(it, ..)| *it == address);
                model.owner(address).is_none() && said.all(|(.., at)| *at < before)
            }),
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
            Act::Edit { by } => match self.kind {
                Kind::Nothing => return Err(Refusal::NoTrip),
                Kind::Linked(_) => return Err(Refusal::Linked),
                Kind::Manual if !self.reasons(by).contains(&HoldingReason::Manual) => {
                    return Err(Refusal::NotHolder);
                }
                Kind::Manual => self.edited = true,
            },
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
                self.linked(booking, issued)?;
                return self.put_in(issued, 0);
            }
            Act::Cancel { received, booking } => return self.linked(booking, received),
            Act::Attach { .. } => {
                if self.kind == Kind::Nothing {
                    return Err(Refusal::NoTrip);
                }
            }
            Act::Replace { old, new, at } => match self.kind {
                Kind::Nothing => return Err(Refusal::NoTrip),
                Kind::Manual => return Err(Refusal::NotLinked),
                Kind::Linked(current) if current == new => {
                    let known = self.replaced.is_some_and(|(replaced, _)| replaced == old);
                    if old != new && !known {
                        return Err(Refusal::OtherBooking);
                    }
                }
                Kind::Linked(current) if current == old => {
                    self.kind = Kind::Linked(new);
                    self.replaced = Some((old, at));
                }
                Kind::Linked(_) => return Err(Refusal::OtherBooking),
            },
            Act::AlwaysShare { by, with } => {
                let verified = self.service.verified.iter();
                let mut theirs = verified.filter(|(_, owner)| **owner == account(with));
                let (with, _) = theirs.next().ok_or(Refusal::UnknownAddress)?;
                let command = ConsentCommand::AlwaysShare {
                    with: with.clone(),
                    opens: Items::NONE,
                };
                self.consent(by, command)?;
            }
            Act::StopSharing { by, with } => {
                self.consent(
                    by,
                    ConsentCommand::StopSharing {
                        with: account(with),
                    },
                )?;
            }
        }
        Ok(())
    }

    fn consent(&mut self, by: u8, command: ConsentCommand) -> Result<(), Refusal> {
        let consents = self
            .service
            .consents
            .get(&account(by))
            .expect("everybody has them")
            .clone();
        let stepped = consents.step(command, time(0), &self.service);
        let consents = stepped.map_err(|rejected| rejected.refusal())?;
        self.service.consents.insert(account(by), consents);
        Ok(())
    }

    fn import(&mut self, import: Import, variant: u8) -> Result<(), Refusal> {
        match self.kind {
            Kind::Nothing => {
                self.kind = Kind::Linked(import.booking);
                (self.issued, self.variant) = (import.issued, variant);
            }
            Kind::Linked(_) | Kind::Manual => {
                self.linked(import.booking, import.issued)?;
                self.put_in(import.issued, variant)?;
            }
        }
        for address in 0..ADDRESSES {
            if let Some(role @ (Role::To | Role::Cc)) = role(import, address) {
                self.said.insert((address, role, import.issued));
                if import.source == Source::Mailed {
                    self.mailed.insert((address, role, import.issued));
                }
            }
        }
        if import.source == Source::Whole {
            self.whole = self.whole.max(Some(import.issued));
        }
        Ok(())
    }

    fn settle(&mut self, before: &BTreeSet<u8>) {
        let accounts = 0..ACCOUNTS;
        for number in accounts.clone() {
            if self.own(number).is_empty() {
                self.chosen.remove(&number);
            }
        }
        for number in accounts.clone() {
            let marked = matches!(self.chosen.get(&number), Some(Some(_)));
            if !before.contains(&number) && self.travels(number) && !marked {
                let consents = self
                    .service
                    .consents
                    .get(&account(number))
                    .expect("everybody has them");
                let followers = accounts
                    .clone()
                    .filter(|it| consents.consent(account(*it)).is_some())
                    .filter(|it| !self.revoked.contains(&(number, *it)));
                self.always
                    .extend(followers.map(|follower| (number, follower)));
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
            Kind::Linked(_) => Some(itinerary(self.issued, self.variant)),
            Kind::Manual if self.edited => Some(itinerary(2, 3)),
            Kind::Manual => Some(itinerary(1, 2)),
        }
    }

    /// Whether a document may contradict what is known: the model does not keep documents.
    pub(crate) fn is_about_documents(act: Act) -> bool {
        matches!(act, Act::Attach { .. })
    }
}

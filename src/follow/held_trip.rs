//! A trip, who holds it, and why.

use core::{fmt, iter};
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    AccountId, Consent, Explanation, HoldingReason, Host, Item, News, Notice, Policy, TripView,
    Verdict, Withheld,
    effect::Cause,
    record::{Choice, Entry, Grant, Import, Mailed, Person, Share, Shared},
    renumbering::Renumbering,
    sightings::Sightings,
};
use crate::{
    address::Address,
    pe::Language,
    routing::List,
    trip::{BookingId, Document, PersonName, Trip, TripId},
};

/// A trip and all who hold it: what a service stores for each trip.
///
/// It changes by [`step`](Self::step) only, which takes a [`Command`](super::Command). It knows
/// holders by account; an address without an account waits.
///
/// `==` compares all of it. `Debug` shows no address, no name, no locator. With the feature `serde` it is
/// stored with a version (now 1); what is read is checked, and refused whole if no steps could have made
/// it.
///
/// See the examples of [the page of `follow`](super): from PE text to the follower's list.
///
/// # Example: stored between two commands
///
/// ```
/// # #[cfg(feature = "serde")] {
/// # use jiff::civil::date;
/// # use peline::{List, follow::*, trip::{Flight, Itinerary, TripId}};
/// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// # let (me, itinerary) = (AccountId::new(7), Itinerary::new([flight], [])?);
/// # let add = Command::AddByHand { by: me, itinerary, client: None };
/// # let now = "2026-11-01T10:00:00Z".parse()?;
/// # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &NoHost)?;
/// let stored = serde_json::to_string(&held)?; // by its id, its booking, and its holders
/// let held: HeldTrip = serde_json::from_str(&stored)?;
/// let (held, _) = held.step(Command::Unfollow { holder: me }, now, &NoHost)?;
/// assert_eq!(held.list(me), None);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct HeldTrip {
    pub(super) id: TripId,
    pub(super) trip: Option<Trip>,
    /// The issue time of the latest *whole* PE list.
    pub(super) whole: Option<Timestamp>,
    pub(super) imports: BTreeMap<Address, Import>,
    /// What the latest PE entry of each address said, whether or not it is imported still: who is left
    /// out of the list, or of the trip by a division, and copied by a message later gets no more than he had.
    pub(super) entries: BTreeMap<Address, Entry>,
    /// The latest confirmation that was mailed to each address, whether or not it is imported still: who got it and is
    /// back on the list is not told again.
    pub(super) mailed: BTreeMap<Address, Mailed>,
    pub(super) people: BTreeMap<AccountId, Person>,
    /// Whose the numbers of names were.
    pub(super) seen: Sightings,
    /// What became of the numbers of names, in that order: what comes late is of before.
    pub(super) renumbered: Vec<Renumbering>,
}

impl HeldTrip {
    /// A trip of which nothing is known yet.
    ///
    /// ```
    /// use peline::{follow::HeldTrip, trip::TripId};
    /// let held = HeldTrip::new(TripId::new(1));
    /// assert_eq!(held.id(), TripId::new(1));
    /// assert!(held.trip().is_none());
    /// ```
    #[must_use]
    pub const fn new(id: TripId) -> Self {
        Self {
            id,
            trip: None,
            whole: None,
            imports: BTreeMap::new(),
            entries: BTreeMap::new(),
            mailed: BTreeMap::new(),
            people: BTreeMap::new(),
            seen: Sightings::NONE,
            renumbered: Vec::new(),
        }
    }

    /// The booking that the trip came from: what a service finds it by when the next confirmation comes.
    ///
    /// ```
    /// use peline::{follow::HeldTrip, trip::TripId};
    /// assert_eq!(HeldTrip::new(TripId::new(1)).booking(), None);
    /// ```
    #[must_use]
    pub fn booking(&self) -> Option<&BookingId> {
        self.trip.as_ref()?.provenance().booking()
    }

    /// The service's own key of the trip.
    ///
    /// See the example of [`new`](Self::new).
    #[must_use]
    pub const fn id(&self) -> TripId {
        self.id
    }

    /// The trip itself, unredacted: what somebody may see of it is his [view](Self::view).
    ///
    /// See the example of [`Trip`].
    #[must_use]
    pub const fn trip(&self) -> Option<&Trip> {
        self.trip.as_ref()
    }

    /// The accounts that hold the trip, each with its list.
    ///
    /// ```
    /// use peline::{follow::HeldTrip, trip::TripId};
    /// assert_eq!(HeldTrip::new(TripId::new(1)).holders().count(), 0);
    /// ```
    pub fn holders(&self) -> impl Iterator<Item = (AccountId, List)> {
        let people = self.people.iter();
        people.filter_map(|(account, person)| Some((*account, self.list_of(person)?)))
    }

    /// The list on which the account finds the trip; `None` if it does not hold it.
    ///
    /// His own choice counts first; then whether he holds it by `TO` or by hand.
    ///
    /// See the example of [the page of `follow`](super).
    #[must_use]
    pub fn list(&self, account: AccountId) -> Option<List> {
        self.list_of(self.people.get(&account)?)
    }

    /// For what reasons the account holds the trip, the strongest first; none if it does not.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::follow::{AccountId, Command, HeldTrip, HoldingReason, NoHost};
    /// # use peline::trip::{Flight, Itinerary, TripId};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (by, itinerary) = (AccountId::new(7), Itinerary::new([flight], [])?);
    /// # let add = Command::AddByHand { by, itinerary, client: None };
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &NoHost)?;
    /// assert!(held.reasons(by).eq([HoldingReason::Manual]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reasons(&self, account: AccountId) -> impl Iterator<Item = HoldingReason> {
        let grants = self.grants(account);
        let reasons: BTreeSet<_> = grants.map(|grant| grant.reason).collect();
        reasons.into_iter()
    }

    /// The addresses that the booking has, each with the account that gets by it what it brings; none where it
    /// [waits](Self::waiting).
    ///
    /// A service that lists its trips by these finds those that an address is to be
    /// [registered](super::Command::Register) with.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{follow::*, pe, trip::{Flight, Itinerary, TripId}};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (booking, itinerary) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
    /// let import = Command::Import(Confirmation::from_pnr(booking, now, itinerary, &plan)?);
    /// let (held, _) = HeldTrip::new(TripId::new(1)).step(import, now, &NoHost)?;
    /// let agent = "agent@example.com".parse()?;
    /// assert!(held.addresses().eq([(&agent, None)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn addresses(&self) -> impl Iterator<Item = (&Address, Option<AccountId>)> {
        let imports = self.imports.iter();
        imports.map(|(address, import)| (address, import.account))
    }

    /// Addresses of the booking that nobody has verified yet: they wait, and get nothing.
    ///
    /// See the example of [`Command::Register`](super::Command::Register).
    pub fn waiting(&self) -> impl Iterator<Item = &Address> {
        let waiting = self.addresses().filter(|(_, account)| account.is_none());
        waiting.map(|(address, _)| address)
    }

    /// With whom a traveller shares this trip, by a share of its own or by always sharing.
    ///
    /// ```
    /// # use peline::{follow::{AccountId, HeldTrip}, trip::TripId};
    /// # let held = HeldTrip::new(TripId::new(1));
    /// assert_eq!(held.shares_of(AccountId::new(7)).count(), 0);
    /// ```
    pub fn shares_of(&self, traveller: AccountId) -> impl Iterator<Item = AccountId> {
        let people = self.people.iter();
        let given =
            move |person: &Person| person.shares.get(&traveller).is_some_and(Share::is_given);
        let shared = people.filter(move |(_, person)| given(person));
        shared.map(|(account, _)| *account)
    }

    /// What a traveller's share of this trip opens to a follower, and since when he consents to that: what his latest
    /// [command](super::Command::Share) said, else what he always shares. (Where both hold, the trip is open to what
    /// either opens.) `None` where he shares it with him no more, or the follower dropped it.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{Address, follow::*, trip::{Flight, Itinerary, TripId}};
    /// # struct Service;
    /// # impl Host for Service {
    /// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(8)) }
    /// # }
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (by, itinerary) = (AccountId::new(7), Itinerary::new([flight], [])?);
    /// # let add = Command::AddByHand { by, itinerary, client: None };
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &Service)?;
    /// let opens = [Item::ETicket].into();
    /// let share = Command::Share { by, with: "agent@example.com".parse()?, opens };
    /// let (held, _) = held.step(share, now, &Service)?;
    /// let consent = held.consent(by, AccountId::new(8)).unwrap();
    /// assert_eq!((consent.opens(), consent.since()), (opens, now));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn consent(&self, traveller: AccountId, follower: AccountId) -> Option<&Consent> {
        let mut shares = self.people.get(&follower)?.shared();
        let share = shares.find(|(_, sharer, _)| *sharer == traveller)?;
        Some(share.2)
    }

    /// Whether the holder marked the trip "I am not the traveler", and who is.
    ///
    /// See the example of [`Command::Reassign`](super::Command::Reassign).
    #[must_use]
    pub fn mark(&self, account: AccountId) -> Option<&PersonName> {
        match self.people.get(&account)?.choice.as_ref()? {
            Choice::Following { client } => Some(client),
            Choice::MyTrips => None,
        }
    }

    /// What the account sees of the trip by a policy, which is [that of the host](Host::policy); `None` if
    /// it does not hold it.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub fn view<'a>(&'a self, account: AccountId, policy: &'a Policy) -> Option<TripView<'a>> {
        let person = self.people.get(&account)?;
        let list = self.list_of(person)?;
        let trip = self.trip.as_ref()?;
        let grants = self.grants_of(person).collect();
        Some(TripView::new(self.id, trip, list, person, grants, policy))
    }

    /// Why an account sees an item, or does not.
    ///
    /// Of e-tickets, e-invoices and their numbers it says whether a reason opens them at all: one that
    /// is there for some names of the booking opens those of these names, which
    /// [`explain_document`](Self::explain_document) says of each; one whose names all left the booking by a
    /// [division](Self::divide) opens none.
    ///
    /// # Example
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::follow::{AccountId, Command, HeldTrip, HoldingReason, Host, Item, NoHost};
    /// # use peline::trip::{Flight, Itinerary, TripId};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (by, itinerary) = (AccountId::new(7), Itinerary::new([flight], [])?);
    /// # let add = Command::AddByHand { by, itinerary, client: None };
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &NoHost)?;
    /// let why = held.explain(by, Item::ETicket, NoHost.policy());
    /// assert_eq!(why.granted_by(), Some(HoldingReason::Manual));
    /// assert_eq!(why.to_string(), "e-ticket: yes; added by hand: opens it");
    ///
    /// let why = held.explain(AccountId::new(8), Item::ETicket, NoHost.policy());
    /// assert!(!why.is_granted());
    /// assert_eq!((why.item(), why.verdicts().count()), (Item::ETicket, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn explain(&self, account: AccountId, item: Item, policy: &Policy) -> Explanation {
        self.explained(account, item, |grant| grant.verdict(item, None, policy))
    }

    /// Why an account sees a document, or does not: by its reasons, and the names of the booking that it
    /// is there for. (That nobody sees one that is [void](Document::is_void) comes on top.)
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{Address, follow::*, pe, trip::*};
    /// # struct Service;
    /// # impl Host for Service {
    /// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
    /// # }
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (booking, itinerary) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// # let agent = AccountId::new(2);
    /// let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/-1.1".as_bytes()).collect();
    /// let import = Command::Import(Confirmation::from_pnr(booking, now, itinerary, &plan)?);
    /// let (held, _) = HeldTrip::new(TripId::new(1)).step(import, now, &Service)?;
    /// let ticket = Document::new(DocumentKind::ETicket, "9991234567890".parse()?, now);
    /// let explain = |name: &str| -> Result<Explanation, peline::ParseError> {
    ///     let document = ticket.clone().for_name(name.parse()?);
    ///     Ok(held.explain_document(agent, &document, Service.policy()))
    /// };
    /// assert!(explain("1.1")?.is_granted());
    /// let why = explain("2.1")?;
    /// assert!(why.verdicts().eq([(HoldingReason::ImportedCc, Verdict::OtherNames)]));
    /// assert_eq!(
    ///     why.to_string(),
    ///     "e-ticket: no; imported: the address is in CC: is there for some names, and it is for others \
    ///      or for the whole booking, or a number may have been another name's",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn explain_document(
        &self,
        account: AccountId,
        document: &Document,
        policy: &Policy,
    ) -> Explanation {
        let item = Item::of(document.kind());
        self.explained(account, item, |grant| {
            grant.verdict(item, Some(document), policy)
        })
    }

    fn explained(
        &self,
        account: AccountId,
        item: Item,
        asked: impl Fn(&Grant<'_>) -> Verdict,
    ) -> Explanation {
        let mut verdicts = BTreeMap::new();
        for grant in self.grants(account) {
            let verdict = verdicts.entry(grant.reason).or_insert(Verdict::Withholds);
            *verdict = asked(&grant).max(*verdict);
        }
        Explanation {
            item,
            verdicts: verdicts.into_iter().collect(),
        }
    }

    /// Whether a queued notice may be sent now: its account holds the trip still, for a reason that
    /// lets it be told. To be asked right before sending.
    ///
    /// What it tells is not made newer: send the notices of a trip in the order in which they came, or a
    /// reader learns of a change after the one that took its place.
    ///
    /// It says on which reason it rests now. A blind copy that he got meanwhile is not remembered, so it
    /// withholds nothing; nor does what names him as [mailed](super::Command::Update::mailed_to) only now *(ours)*. A share
    /// that has ended may be there again by a standing consent, of which he is told once: so ask again later.
    ///
    /// # Errors
    ///
    /// [`Withheld`] says why it may not be sent.
    ///
    /// # Example
    ///
    /// ```
    /// # use jiff::civil::date;
    /// use peline::{Address, follow::*};
    /// # use peline::trip::{Flight, Itinerary, TripId};
    /// # struct Service;
    /// # impl Host for Service {
    /// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
    /// # }
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (by, itinerary) = (AccountId::new(1), Itinerary::new([flight], [])?);
    /// # let add = Command::AddByHand { by, itinerary, client: None };
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &Service)?;
    /// let share = Command::Share { by, with: "agent@example.com".parse()?, opens: Items::NONE };
    /// let (held, effects) = held.step(share, now, &Service)?;
    /// let [Effect::Place { .. }, Effect::Mail(notice)] = &effects[..] else { unreachable!() };
    /// assert_eq!((notice.to(), notice.trip()), (AccountId::new(2), held.id()));
    /// assert_eq!((notice.news(), notice.language()), (&News::Shared { by, since: now }, None));
    /// assert_eq!(held.may_send(notice, &Service), Ok(notice.rests_on()));
    ///
    /// let unshare = Command::Unshare { by, with: AccountId::new(2) };
    /// let (held, _) = held.step(unshare, now, &Service)?;
    /// assert_eq!(held.may_send(notice, &Service), Err(Withheld::ShareEnded));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn may_send(
        &self,
        notice: &Notice,
        host: &(impl Host + ?Sized),
    ) -> Result<HoldingReason, Withheld> {
        if notice.trip != self.id {
            return Err(Withheld::OtherTrip);
        }
        let grants = || self.grants(notice.to);
        match &notice.news {
            News::Shared { by, .. } => {
                let share = grants().find(|grant| grant.reason.sharer() == Some(*by));
                Ok(share.ok_or(Withheld::ShareEnded)?.reason)
            }
            News::Changed(difference) => {
                // A confirmation that is as old as a cancellation does not know of it.
                let key = difference.key;
                let issued = Mailed {
                    turn: key.turn,
                    at: key.issued,
                };
                let knows = |mailed: &Mailed| match key.cause {
                    Cause::Update => *mailed >= issued,
                    Cause::Cancellation => *mailed > issued,
                };
                let person = self.people.get(&notice.to).into_iter();
                let addresses = person.flat_map(|person| &person.addresses);
                let mut mailed = addresses.filter_map(|address| self.mailed.get(address));
                if mailed.any(knows) {
                    return Err(Withheld::AlreadyTold);
                }
                self.may_be_told(notice.to, host.policy())
                    .ok_or(Withheld::NotAllowed)
            }
        }
    }

    /// The strongest reason for which an account is told of changes.
    pub(super) fn may_be_told(&self, account: AccountId, policy: &Policy) -> Option<HoldingReason> {
        let telling = self.grants(account);
        let telling = telling.filter(|grant| grant.opens(Item::ChangeMail, policy));
        telling.map(|grant| grant.reason).min()
    }

    pub(super) fn grants(&self, account: AccountId) -> impl Iterator<Item = Grant<'_>> {
        let person = self.people.get(&account).into_iter();
        person.flat_map(|person| self.grants_of(person))
    }

    /// Every live reason of a person: an imported one for each address.
    pub(super) fn grants_of<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = Grant<'a>> {
        self.own_grants(person).chain(self.share_grants(person))
    }

    /// Those that shares gave: nobody opens documents to others that he does not see himself.
    fn share_grants<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = Grant<'a>> {
        person.shared().flat_map(move |(reason, sharer, consent)| {
            let sharer = self.people.get(&sharer).into_iter();
            let own = sharer.flat_map(|sharer| self.own_grants(sharer));
            let own = own.map(|own| (own.entry, Some(own.reason)));
            // Even without them the itinerary is shared.
            let all = iter::once((Some(Entry::NOTHING), None)).chain(own);
            all.map(move |(entry, own)| Grant {
                reason,
                entry,
                seen: &self.seen,
                shared: Some(Shared { consent, own }),
            })
        })
    }

    /// Those that no share gave.
    pub(super) fn own_grants<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = Grant<'a>> {
        let imported = person.addresses.iter().flat_map(move |address| {
            let import = self.imports.get(address).into_iter();
            let entry = self.entries.get(address);
            import
                .flat_map(Import::roles)
                .map(move |(reason, _)| Grant {
                    reason,
                    entry,
                    seen: &self.seen,
                    shared: None,
                })
        });
        let manual = person.manual.map(|_| Grant {
            reason: HoldingReason::Manual,
            entry: None,
            seen: &self.seen,
            shared: None,
        });
        let own = imported.chain(manual);
        own.filter(|_| person.dropped.is_none())
    }

    /// Whether he holds the trip as one that travels: by `TO` or by hand.
    pub(super) fn travels(&self, person: &Person) -> bool {
        person.dropped.is_none() && self.is_traveller(person)
    }

    /// Whether he is one that travels, dropped or not.
    pub(super) fn is_traveller(&self, person: &Person) -> bool {
        let mut imports = person
            .addresses
            .iter()
            .filter_map(|address| self.imports.get(address));
        person.manual.is_some() || imports.any(|import| import.to.is_some())
    }

    /// The list that the reasons alone would put the trip on.
    pub(super) fn list_by_reason(&self, person: &Person) -> Option<List> {
        if self.travels(person) {
            return Some(List::MyTrips);
        }
        self.grants_of(person).next().map(|_| List::Following)
    }

    pub(super) fn list_of(&self, person: &Person) -> Option<List> {
        let by_reason = self.list_by_reason(person)?;
        // Who holds it by shares only follows it, whatever he chose before.
        let own = self.own_grants(person).next().is_some();
        Some(match &person.choice {
            Some(Choice::Following { .. }) => List::Following,
            Some(Choice::MyTrips) if own => List::MyTrips,
            Some(Choice::MyTrips) | None => by_reason,
        })
    }

    /// The language that the account's latest PE entry asks for.
    pub(super) fn language(&self, account: AccountId) -> Option<Language> {
        let person = self.people.get(&account)?;
        let entries = person
            .addresses
            .iter()
            .filter_map(|address| self.entries.get(address));
        let asked = entries.filter_map(|entry| Some((entry.at, entry.language?)));
        asked.max().map(|(_, language)| language)
    }
}

/// Masked: who holds a trip is personal data.
impl fmt::Debug for HeldTrip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeldTrip")
            .field("id", &self.id)
            .field("trip", &self.trip)
            .field("addresses", &self.imports.len())
            .field("holders", &self.holders().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

//! A service for tests, with a few people, and one trip on its stage.
//!
//! All times are minutes of one morning, all days are in December 2026, all people are invented.

mod booked;

use std::collections::BTreeMap;

use jiff::{
    Timestamp, ToSpan,
    civil::{date, time},
    tz::{TimeZone, offset},
};
use peline::{
    Address, List,
    follow::{
        AccountId, Assignment, Command, ConsentCommand, Division, Effect, HeldTrip, HoldingReason,
        Host, Item, Items, News, Notice, Policy, Refusal, StandingConsents,
    },
    trip::{
        BookingId, Document, DocumentKind, Flight, Itinerary, PersonName, SystemCode, TripId,
        ZoneName, Zones,
    },
};

pub(crate) use self::booked::{Pnr, message, numbered, pnr};

/// The traveller: `client@example.com`, `home@example.com`.
pub(crate) const CLIENT: AccountId = AccountId::new(1);
/// The follower: `agent@example.com`, `desk@example.com`.
pub(crate) const AGENT: AccountId = AccountId::new(2);
/// `boss@example.com`
pub(crate) const BOSS: AccountId = AccountId::new(3);
/// `sister@example.com`
pub(crate) const SISTER: AccountId = AccountId::new(4);
/// Of nobody until a test says so: `new@example.com`.
pub(crate) const NEWCOMER: AccountId = AccountId::new(5);

/// The trip on the stage.
pub(crate) const TRIP: TripId = TripId::new(0x7e57);

pub(crate) const LOCATOR: &str = "KWJQPD";

/// The flights that a confirmation has if it says nothing else.
pub(crate) const OUT: &[&str] = &["BA11 LHR SIN 1 21:00"];
/// The same, an hour later.
pub(crate) const LATER: &[&str] = &["BA11 LHR SIN 1 22:00"];
/// The same, two hours later.
pub(crate) const LATEST: &[&str] = &["BA11 LHR SIN 1 23:00"];

pub(crate) fn minute(minute: i64) -> Timestamp {
    let morning: Timestamp = "2026-11-01T06:00:00Z".parse().unwrap();
    morning + minute.minutes()
}

#[track_caller]
pub(crate) fn address(text: &str) -> Address {
    text.parse().unwrap()
}

#[track_caller]
pub(crate) fn name(text: &str) -> PersonName {
    text.parse().unwrap()
}

#[track_caller]
pub(crate) fn booking(locator: &str) -> BookingId {
    BookingId::new(SystemCode::SABRE, locator.parse().unwrap())
}

/// Reads `BA11 LHR SIN 1 21:00`: airline and number (or `-`), airports, day, and perhaps the time;
/// `2=BA11` is segment 2 of its booking.
#[track_caller]
pub(crate) fn flight(text: &str) -> Flight {
    let words: Vec<&str> = text.split(' ').collect();
    let airport = |at: usize| words[at].parse().unwrap();
    let day = date(2026, 12, words[3].parse().unwrap());
    let mut flight = Flight::new(airport(1), airport(2), day);
    let (segment, number) = words[0].split_once('=').unwrap_or(("", words[0]));
    if !segment.is_empty() {
        flight = flight.with_segment(segment.parse().unwrap());
    }
    if number != "-" {
        flight = flight.with_designator(number.parse().unwrap());
    }
    if let Some((hour, minute)) = words.get(4).and_then(|clock| clock.split_once(':')) {
        let (hour, minute) = (hour.parse().unwrap(), minute.parse().unwrap());
        flight = flight.with_departure_time(time(hour, minute, 0, 0));
    }
    flight
}

#[track_caller]
pub(crate) fn flights(texts: &[&str]) -> Itinerary {
    Itinerary::new(texts.iter().map(|text| flight(text)), []).unwrap()
}

/// A document for a name.
#[track_caller]
pub(crate) fn ticket(number: &str, issued: i64, name: &str) -> Command {
    Command::Attach(document(number, issued).for_name(name.parse().unwrap()))
}

/// A document of the whole booking: `e_ticket`s have numbers that start with 999.
#[track_caller]
pub(crate) fn document(number: &str, issued: i64) -> Document {
    let kind = match number.starts_with("999") {
        true => DocumentKind::ETicket,
        false => DocumentKind::EInvoice,
    };
    Document::new(kind, number.parse().unwrap(), minute(issued))
}

/// Winter in three places.
#[derive(Clone, Debug)]
pub(crate) struct Winter;

impl Zones for Winter {
    fn time_zone(&self, name: &ZoneName) -> Option<TimeZone> {
        let hours = match name.as_str() {
            "Europe/London" => 0,
            "Asia/Singapore" => 8,
            "America/Los_Angeles" => -8,
            _ => return None,
        };
        Some(TimeZone::fixed(offset(hours)))
    }
}

#[derive(Clone)]
pub(crate) struct Service {
    accounts: BTreeMap<Address, AccountId>,
    names: BTreeMap<AccountId, PersonName>,
    consents: BTreeMap<AccountId, StandingConsents>,
    policy: Policy,
}

impl Host for Service {
    fn account(&self, address: &Address) -> Option<AccountId> {
        self.accounts.get(address).copied()
    }

    fn name(&self, account: AccountId) -> Option<PersonName> {
        self.names.get(&account).cloned()
    }

    fn consents(&self, traveller: AccountId) -> Option<&StandingConsents> {
        self.consents.get(&traveller)
    }

    fn policy(&self) -> &Policy {
        &self.policy
    }

    fn zones(&self) -> &dyn Zones {
        &Winter
    }
}

/// A service and one trip.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) service: Service,
    pub(crate) held: HeldTrip,
    now: i64,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let accounts = [
            ("client@example.com", CLIENT),
            ("home@example.com", CLIENT),
            ("agent@example.com", AGENT),
            ("desk@example.com", AGENT),
            ("boss@example.com", BOSS),
            ("sister@example.com", SISTER),
        ];
        Self {
            service: Service {
                accounts: accounts.map(|(it, account)| (address(it), account)).into(),
                names: BTreeMap::new(),
                consents: BTreeMap::new(),
                policy: Policy::DEFAULT,
            },
            held: HeldTrip::new(TRIP),
            now: 100_000,
        }
    }

    /// With a trip from this booking.
    #[track_caller]
    pub(crate) fn with(pnr: &Pnr) -> Self {
        let mut stage = Self::new();
        stage.import(pnr);
        stage
    }

    /// With a trip that the client added by hand.
    #[track_caller]
    pub(crate) fn by_hand() -> Self {
        let mut stage = Self::new();
        stage.add_by_hand(CLIENT, None);
        stage
    }

    /// In which only these addresses have accounts.
    pub(crate) fn without_accounts_but(mut self, texts: &[&str]) -> Self {
        let kept: Vec<_> = texts.iter().map(|text| address(text)).collect();
        self.service
            .accounts
            .retain(|address, _| kept.contains(address));
        self
    }

    pub(crate) fn named(mut self, account: AccountId, text: &str) -> Self {
        self.service.names.insert(account, name(text));
        self
    }

    pub(crate) fn policy(&mut self, change: impl FnOnce(Policy) -> Policy) {
        self.service.policy = change(self.service.policy);
    }

    pub(crate) fn clock(&mut self, minute: i64) {
        self.now = minute;
    }

    /// What the traveller asks for about always sharing, as the service keeps it.
    pub(crate) fn consent(
        &mut self,
        traveller: AccountId,
        command: ConsentCommand,
    ) -> Result<(), Refusal> {
        let known = self.service.consents.get(&traveller).cloned();
        let known = known.unwrap_or(StandingConsents::new(traveller));
        let stepped = known
            .clone()
            .step(command, minute(self.now), &self.service)
            .map_err(|rejected| {
                assert_eq!(rejected.state(), &known, "a refusal changes nothing");
                rejected.refusal()
            })?;
        self.service.consents.insert(traveller, stepped);
        Ok(())
    }

    #[track_caller]
    pub(crate) fn always_share(&mut self, traveller: AccountId, with: &str) {
        let (with, opens) = (address(with), Items::NONE);
        let command = ConsentCommand::AlwaysShare { with, opens };
        self.consent(traveller, command).unwrap();
    }

    #[track_caller]
    pub(crate) fn stop_sharing(&mut self, traveller: AccountId, with: AccountId) {
        let command = ConsentCommand::StopSharing { with };
        self.consent(traveller, command).unwrap();
    }

    /// Lets something happen; a refusal must hand the state back as it was.
    #[track_caller]
    pub(crate) fn attempt(&mut self, command: Command) -> Result<Vec<Effect>, Refusal> {
        let now = minute(self.now);
        match self.held.clone().step(command, now, &self.service) {
            Ok((held, effects)) => {
                self.held = held;
                Ok(effects)
            }
            Err(rejected) => {
                assert_eq!(rejected.state(), &self.held, "a refusal changes nothing");
                let refusal = rejected.refusal();
                assert_eq!(rejected.to_string(), refusal.to_string());
                assert_eq!(
                    rejected.into_state(),
                    self.held,
                    "a refusal changes nothing"
                );
                Err(refusal)
            }
        }
    }

    #[track_caller]
    pub(crate) fn step(&mut self, command: Command) -> Vec<Effect> {
        match self.attempt(command) {
            Ok(effects) => effects,
            Err(refusal) => panic!("refused: {refusal}"),
        }
    }

    #[track_caller]
    pub(crate) fn refuses(&mut self, command: Command, refusal: Refusal) {
        assert_eq!(self.attempt(command), Err(refusal));
    }

    /// Lets something happen that must change nothing and tell nobody.
    #[track_caller]
    pub(crate) fn ignores(&mut self, command: Command) {
        let before = self.held.clone();
        assert_eq!(self.step(command), [], "nothing is to be done");
        assert_eq!(self.held, before, "nothing changes");
    }

    #[track_caller]
    pub(crate) fn import(&mut self, pnr: &Pnr) -> Vec<Effect> {
        self.step(pnr.command())
    }

    #[track_caller]
    pub(crate) fn add_by_hand(&mut self, by: AccountId, client: Option<&str>) -> Vec<Effect> {
        let (itinerary, client) = (flights(OUT), client.map(name));
        self.step(Command::AddByHand {
            by,
            itinerary,
            client,
        })
    }

    #[track_caller]
    pub(crate) fn mark(&mut self, holder: AccountId, client: &str) -> Vec<Effect> {
        self.step(mark(holder, client))
    }

    #[track_caller]
    pub(crate) fn unmark(&mut self, holder: AccountId) -> Vec<Effect> {
        self.step(unmark(holder))
    }

    #[track_caller]
    pub(crate) fn share(&mut self, by: AccountId, with: &str) -> Vec<Effect> {
        self.step(share(by, with))
    }

    #[track_caller]
    pub(crate) fn unshare(&mut self, by: AccountId, with: AccountId) -> Vec<Effect> {
        self.step(Command::Unshare { by, with })
    }

    #[track_caller]
    pub(crate) fn unfollow(&mut self, holder: AccountId) -> Vec<Effect> {
        self.step(Command::Unfollow { holder })
    }

    #[track_caller]
    pub(crate) fn take_back(&mut self, holder: AccountId) -> Vec<Effect> {
        self.step(Command::TakeBack { holder })
    }

    #[track_caller]
    pub(crate) fn update(&mut self, issued: i64, texts: &[&str]) -> Vec<Effect> {
        self.step(update(issued, texts))
    }

    #[track_caller]
    pub(crate) fn cancel(&mut self, received: i64) -> Vec<Effect> {
        self.step(cancel(received))
    }

    #[track_caller]
    pub(crate) fn attach(&mut self, document: Document) -> Vec<Effect> {
        self.step(Command::Attach(document))
    }

    /// The trip of those who stay and that of those who move: their old numbers and their new ones. As soon as what
    /// is known was issued.
    #[track_caller]
    pub(crate) fn divide(&self, moving: &[(&str, &str)]) -> [Self; 2] {
        let issued = self.held.trip().map_or(Timestamp::MIN, |it| it.issued());
        self.divide_at(moving, issued + 1.nanosecond()).unwrap()
    }

    /// The same at a time.
    #[track_caller]
    pub(crate) fn divide_at(
        &self,
        moving: &[(&str, &str)],
        at: Timestamp,
    ) -> Result<[Self; 2], Refusal> {
        let division = self.division(moving, at)?;
        Ok([division.staying, division.moving].map(|held| self.with_trip(held)))
    }

    /// The same service with another trip.
    pub(crate) fn with_trip(&self, held: HeldTrip) -> Self {
        Self {
            held,
            ..self.clone()
        }
    }

    /// The same, with what is to be done.
    #[track_caller]
    pub(crate) fn division(
        &self,
        moving: &[(&str, &str)],
        at: Timestamp,
    ) -> Result<Division, Refusal> {
        let numbers = moving.iter();
        let numbers = numbers.map(|(old, new)| (old.parse().unwrap(), new.parse().unwrap()));
        // Any key but its own.
        let id = TripId::new(self.held.id().get() + 1);
        let (held, numbers) = (self.held.clone(), numbers.collect());
        held.divide(id, &numbers, at, minute(self.now), &self.service)
            .map_err(|rejected| {
                assert_eq!(rejected.state(), &self.held, "a refusal changes nothing");
                rejected.refusal()
            })
    }

    /// The service verifies an address, and says so.
    #[track_caller]
    pub(crate) fn register(&mut self, text: &str, account: AccountId) -> Vec<Effect> {
        let address = address(text);
        self.service.accounts.insert(address.clone(), account);
        self.step(Command::Register { address, account })
    }

    /// Where anything is stored.
    #[track_caller]
    pub(crate) fn reads_what_it_stores(&self) {
        #[cfg(feature = "serde")]
        {
            let stored = serde_json::to_string(&self.held).unwrap();
            let read: HeldTrip = serde_json::from_str(&stored).unwrap();
            assert!(read == self.held, "{stored}");
        }
        #[cfg(not(feature = "serde"))]
        let _ = self;
    }

    pub(crate) fn list(&self, account: AccountId) -> Option<List> {
        self.held.list(account)
    }

    pub(crate) fn reasons(&self, account: AccountId) -> Vec<HoldingReason> {
        self.held.reasons(account).collect()
    }

    #[track_caller]
    pub(crate) fn title(&self, account: AccountId) -> String {
        let view = self.held.view(account, &self.service.policy).unwrap();
        view.title(&self.service)
    }

    pub(crate) fn sees(&self, account: AccountId, item: Item) -> bool {
        let view = self.held.view(account, &self.service.policy);
        view.is_some_and(|view| view.sees(item))
    }

    /// The numbers of the documents that are seen; `?` for one that is withheld.
    #[track_caller]
    pub(crate) fn documents(&self, account: AccountId) -> Vec<String> {
        let view = self.held.view(account, &self.service.policy).unwrap();
        let number = |document: peline::follow::DocumentView<'_>| {
            document
                .number()
                .map_or("?".to_owned(), ToString::to_string)
        };
        view.documents().map(number).collect()
    }

    /// The flights that are seen, as they stand.
    #[track_caller]
    pub(crate) fn seen(&self, account: AccountId) -> Vec<Flight> {
        let view = self.held.view(account, &self.service.policy).unwrap();
        view.legs().map(|leg| leg.flight().clone()).collect()
    }

    pub(crate) fn waiting(&self) -> Vec<&str> {
        self.held.waiting().map(Address::as_str).collect()
    }
}

pub(crate) fn mark(holder: AccountId, client: &str) -> Command {
    let client = name(client);
    let to = Assignment::Following { client };
    Command::Reassign { holder, to }
}

pub(crate) const fn unmark(holder: AccountId) -> Command {
    let to = Assignment::MyTrips;
    Command::Reassign { holder, to }
}

pub(crate) fn share(by: AccountId, with: &str) -> Command {
    share_opening(by, with, Items::NONE)
}

pub(crate) fn share_opening(by: AccountId, with: &str, opens: Items) -> Command {
    let with = address(with);
    Command::Share { by, with, opens }
}

pub(crate) fn update(issued: i64, texts: &[&str]) -> Command {
    Command::Update {
        booking: booking(LOCATOR),
        itinerary: flights(texts),
        issued: minute(issued),
        mailed_to: Vec::new(),
    }
}

pub(crate) fn cancel(received: i64) -> Command {
    Command::Cancel {
        booking: booking(LOCATOR),
        received: minute(received),
        mailed_to: Vec::new(),
    }
}

pub(crate) fn replace(old: &str, new: &str, at: i64) -> Command {
    Command::ReplaceBooking {
        old: booking(old),
        new: booking(new),
        at: minute(at),
    }
}

/// The names have these numbers since a time: their old ones and their new ones, `-` for one that left.
pub(crate) fn renumber(names: &[(&str, &str)], at: i64) -> Command {
    let names = names.iter();
    let new = |new: &str| (new != "-").then(|| new.parse().unwrap());
    let names = names.map(|(old, it)| (old.parse().unwrap(), new(it)));
    Command::Renumber {
        booking: booking(LOCATOR),
        names: names.collect(),
        at: minute(at),
    }
}

/// The mails among the effects.
pub(crate) fn notices(effects: &[Effect]) -> Vec<&Notice> {
    let mails = effects.iter().filter_map(|effect| match effect {
        Effect::Mail(notice) => Some(notice),
        Effect::Place { .. } | Effect::Remove { .. } => None,
    });
    mails.collect()
}

/// Who is told of a change.
pub(crate) fn told(effects: &[Effect]) -> Vec<AccountId> {
    let changes = notices(effects).into_iter();
    let changes = changes.filter(|notice| matches!(notice.news(), News::Changed(_)));
    changes.map(Notice::to).collect()
}

/// Who is told that somebody shares the trip.
pub(crate) fn invited(effects: &[Effect]) -> Vec<AccountId> {
    let shares = notices(effects).into_iter();
    let shares = shares.filter(|notice| matches!(notice.news(), News::Shared { .. }));
    shares.map(Notice::to).collect()
}

pub(crate) const fn place(account: AccountId, list: List) -> Effect {
    let trip = TRIP;
    Effect::Place {
        trip,
        account,
        list,
    }
}

pub(crate) const fn remove(account: AccountId) -> Effect {
    let trip = TRIP;
    Effect::Remove { trip, account }
}

/// Which account finds which trip on which list.
pub(crate) type Places = BTreeMap<(TripId, AccountId), List>;

pub(crate) fn places<'a>(trips: impl IntoIterator<Item = &'a HeldTrip>) -> Places {
    let trips = trips.into_iter();
    let places = trips.flat_map(|held| {
        let holders = held.holders();
        holders.map(|(account, list)| ((held.id(), account), list))
    });
    places.collect()
}

/// Does what is to be done with the lists, each of which changes something.
#[track_caller]
pub(crate) fn carry_out(places: &mut Places, effects: &[Effect]) {
    for effect in effects {
        let changed = match effect {
            Effect::Place {
                trip,
                account,
                list,
            } => places.insert((*trip, *account), *list) != Some(*list),
            Effect::Remove { trip, account } => places.remove(&(*trip, *account)).is_some(),
            Effect::Mail(_) => true,
        };
        assert!(changed, "{effect:?} does nothing");
    }
}

/// Every order of `0..count`.
pub(crate) fn orders(count: usize) -> Vec<Vec<usize>> {
    let Some(last) = count.checked_sub(1) else {
        return vec![Vec::new()];
    };
    let insertions = orders(last).into_iter().flat_map(|order| {
        (0..count).map(move |at| {
            let mut order = order.clone();
            order.insert(at, last);
            order
        })
    });
    insertions.collect()
}

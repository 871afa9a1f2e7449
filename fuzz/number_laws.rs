//! Names that change their numbers: who knows everything watches what each assistant sees.

use std::collections::{BTreeMap, BTreeSet};

use peline::{
    Address, Recipient, Role,
    follow::{
        AccountId, Command, Confirmation, Division, HeldTrip, Host, Item, Policy, ReasonKind,
        Refusal,
    },
    jiff::civil::date,
    pe::NameReference,
    plan,
    trip::{BookingId, Document, DocumentKind, Flight, Itinerary, Traveller, TripId},
};

use super::follow_acts::{account, address, booking, by_message, time};

/// Who travels. The assistants are [`address`]es: one for each, one for all passengers of the first name, one
/// for the whole booking; and one more for the first person, who has it in *My Trips* and can share it.
const PEOPLE: usize = 4;
const FOR_A_NAME: usize = PEOPLE;
const FOR_ALL: usize = PEOPLE + 1;
const SHARER: usize = PEOPLE + 2;
const ASSISTANTS: usize = PEOPLE + 3;

type People = BTreeSet<usize>;

/// The numbers that people have from a time; nothing for who is not of the booking.
#[derive(Clone, Copy, Debug)]
struct Epoch {
    from: u8,
    numbers: [Option<NameReference>; PEOPLE],
    /// Whether the trip was told, by an itinerary or by a command.
    known: bool,
    /// Whether a command can tell it.
    is_renumbered: bool,
}

impl Epoch {
    /// Whether somebody's number is hidden.
    fn hides(&self, hidden: u8) -> bool {
        let mut people = self.numbers.iter().enumerate();
        people.any(|(person, number)| number.is_some() && hidden >> person & 1 == 1)
    }

    fn item(&self, item: u16) -> People {
        let mine = |person: &usize| self.numbers[*person].is_some_and(|it| it.item() == item);
        (0..PEOPLE).filter(mine).collect()
    }
}

/// What was told of an assistant last, and for whom he is there since.
#[derive(Clone, Debug, Default)]
struct Told {
    at: Option<(usize, u8)>,
    people: People,
    /// Whether the sharer shared with him.
    is_shared: bool,
}

/// The trip as it is, told of as it was.
struct World {
    now: u8,
    epochs: Vec<Epoch>,
    /// From which the booking has the locator that it has.
    booking: usize,
    told: Vec<Told>,
    /// For whom each is, and whether it is for all passengers of a name.
    documents: BTreeMap<String, (People, bool)>,
    /// Whether all numbers were told of when they changed.
    all_told: bool,
    held: HeldTrip,
    service: Service,
}

/// Of a ticket, and shared, too.
const OPENED: [Item; 2] = [Item::ETicket, Item::TicketNumbers];

struct Service {
    policy: Policy,
}

impl Host for Service {
    fn account(&self, address: &Address) -> Option<AccountId> {
        let digit = address.local_part().bytes().last()?;
        Some(account(digit - b'0'))
    }

    fn policy(&self) -> &Policy {
        &self.policy
    }
}

fn number(assistant: usize) -> u8 {
    u8::try_from(assistant).expect("small")
}

const fn role(assistant: usize) -> Role {
    match assistant {
        SHARER => Role::To,
        _ => Role::Cc,
    }
}

fn reference(item: u16, passenger: Option<u16>) -> NameReference {
    NameReference::new(item, passenger).expect("from 1")
}

/// Some numbers for those who are there: each has its own.
fn numbers(choice: [u8; 2], there: &People) -> [Option<NameReference>; PEOPLE] {
    let mut free: Vec<_> = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1)].into();
    let mut choice = u16::from_le_bytes(choice);
    core::array::from_fn(|person| {
        let length = u16::try_from(free.len()).expect("small");
        let (item, passenger) = free.remove(usize::from(choice % length));
        choice /= length;
        let number = reference(item, Some(passenger));
        Some(number).filter(|_| there.contains(&person))
    })
}

impl World {
    fn new(choice: [u8; 2]) -> Self {
        let epoch = Epoch {
            from: 0,
            numbers: numbers(choice, &(0..PEOPLE - usize::from(choice[1] % 2)).collect()),
            known: false,
            is_renumbered: false,
        };
        let widened = |policy: Policy, item| policy.widen(item, ReasonKind::Shared);
        let policy = OPENED.into_iter().fold(Policy::DEFAULT, widened);
        let mut world = Self {
            now: 0,
            epochs: vec![epoch],
            booking: 0,
            told: vec![Told::default(); ASSISTANTS],
            documents: BTreeMap::new(),
            all_told: true,
            held: HeldTrip::new(TripId::new(1)),
            service: Service { policy },
        };
        // Not all are in the first list.
        let first = if choice[1] < 0x80 {
            u8::MAX
        } else {
            choice[0] | 1 << SHARER
        };
        world.import(0, first, true, 0);
        world
    }

    fn id(&self) -> BookingId {
        booking(u8::from(self.booking > 0))
    }

    fn there(&self) -> People {
        let numbers = self.latest().numbers;
        (0..PEOPLE).filter(|it| numbers[*it].is_some()).collect()
    }

    fn latest(&self) -> Epoch {
        *self.epochs.last().expect("one at least")
    }

    fn at(&self, issued: u8) -> usize {
        let past = self.epochs.iter().rposition(|epoch| epoch.from <= issued);
        past.expect("the first is of the beginning")
    }

    fn step(&mut self, command: Command) -> bool {
        let held = self.held.clone();
        match held.step(command, time(self.now), &self.service) {
            Ok((held, _)) => {
                self.held = held;
                true
            }
            Err(_) => false,
        }
    }

    /// The booking as it was at a time, without the numbers of some; the days tell one from another.
    fn itinerary(&self, issued: u8, hidden: u8) -> Itinerary {
        let epoch = self.epochs[self.at(issued)];
        let code = |text: &str| text.parse().expect("a code");
        let day = date(2026, 12, 1 + i8::try_from(issued % 28).expect("small"));
        let names = ["DOE/JANE", "ROE/JOHN", "LEE/ANN", "POE/JIM"];
        let travellers = names.into_iter().zip(epoch.numbers).enumerate();
        let travellers = travellers.filter_map(|(person, (name, number))| {
            let traveller = Traveller::new(name.parse().expect("a name"));
            let number = number?;
            Some(match hidden >> person & 1 {
                0 => traveller.with_name_reference(number),
                _ => traveller,
            })
        });
        Itinerary::new([Flight::new(code("LHR"), code("SIN"), day)], travellers).expect("one")
    }

    /// The PE list as it was at a time, or the entries of some assistants. Numbers that no itinerary shows are not
    /// noticed to be others.
    fn import(&mut self, issued: u8, assistants: u8, whole: bool, hidden: u8) {
        let at = self.at(issued);
        let epoch = self.epochs[at];
        if at < self.booking || (epoch.hides(hidden) && !epoch.known) {
            return;
        }
        let mut people = BTreeMap::new();
        let recipients = (0..ASSISTANTS).filter_map(|assistant| {
            let recipient = Recipient::new(address(number(assistant)), role(assistant));
            let (recipient, mine) = match assistant {
                FOR_ALL => (recipient, (0..PEOPLE).collect()),
                FOR_A_NAME => {
                    let item = epoch.numbers.iter().flatten().next()?.item();
                    let recipient = recipient.with_name_reference(reference(item, None));
                    (recipient, epoch.item(item))
                }
                _ => {
                    let person = if assistant == SHARER { 0 } else { assistant };
                    let recipient = recipient.with_name_reference(epoch.numbers[person]?);
                    (recipient, [person].into())
                }
            };
            if assistants >> assistant & 1 == 0 {
                return None;
            }
            people.insert(assistant, mine);
            Some(Ok(recipient))
        });
        let plan = plan(recipients);
        if plan.is_empty() {
            return;
        }
        let (id, itinerary) = (self.id(), self.itinerary(issued, hidden));
        let confirmation = match whole {
            true => Confirmation::from_whole_pnr(id, time(issued), itinerary, &plan).ok(),
            false => Confirmation::from_pnr(id, time(issued), itinerary, &plan).ok(),
        };
        let command = Command::Import(confirmation.expect("made from recipients"));
        if !self.step(command) {
            return;
        }
        self.seen(at, hidden);
        for (assistant, mine) in people {
            let told = &mut self.told[assistant];
            let said = Some((self.booking, issued));
            if said > told.at {
                told.at = said;
                told.people = mine;
            } else if said == told.at {
                told.people.extend(mine);
            }
        }
    }

    /// An itinerary with all numbers tells of them; one without some is not all that can be told.
    fn seen(&mut self, at: usize, hidden: u8) {
        match self.epochs[at].hides(hidden) {
            true => self.all_told = false,
            false => self.epochs[at].known = true,
        }
    }

    /// A confirmation by mail: it tells of numbers as any other does, and not for whom anybody is there.
    fn mail(&mut self, issued: u8, assistants: u8, hidden: u8) {
        let at = self.at(issued);
        let addressed = (0..ASSISTANTS).filter(|assistant| assistants >> assistant & 1 == 1);
        let addressed: Vec<_> = addressed.map(|it| (number(it), role(it))).collect();
        let (id, itinerary) = (self.id(), self.itinerary(issued, hidden));
        let confirmation = by_message(&addressed, id, time(issued), itinerary);
        if at >= self.booking && self.step(Command::Import(confirmation)) {
            self.seen(at, hidden);
        }
    }

    fn share(&mut self, assistant: usize) {
        self.told[assistant].is_shared |= self.step(Command::Share {
            by: account(number(SHARER)),
            with: address(number(assistant)),
            opens: OPENED.into(),
        });
    }

    fn update(&mut self, issued: u8, hidden: u8) {
        let at = self.at(issued);
        let update = Command::Update {
            booking: self.id(),
            itinerary: self.itinerary(issued, hidden),
            issued: time(issued),
            mailed_to: Vec::new(),
        };
        if at >= self.booking && self.step(update) {
            self.seen(at, hidden);
        }
    }

    /// A ticket that was issued at a time, for one or for all passengers of a name.
    fn attach(&mut self, issued: u8, person: usize, bare: bool) {
        let epoch = self.epochs[self.at(issued)];
        let Some(number) = epoch.numbers[person].filter(|_| epoch.known) else {
            return;
        };
        let (number, people) = match bare {
            true => (reference(number.item(), None), epoch.item(number.item())),
            false => (number, [person].into()),
        };
        let name = format!("999{:04}", self.documents.len());
        let key = name.parse().expect("a number");
        let document = Document::new(DocumentKind::ETicket, key, time(issued));
        if self.step(Command::Attach(document.for_name(number))) {
            self.documents.insert(name, (people, bare));
        }
    }

    /// People get other numbers, one joins or leaves, and the trip is told of it or not.
    fn renumber(&mut self, choice: [u8; 2], tell: bool, who: usize) {
        self.now += 1;
        let before = self.latest();
        let mut there = self.there();
        let was_there = |epoch: &Epoch| epoch.numbers.get(who).is_some_and(Option::is_some);
        // Nobody who left comes back.
        if who < PEOPLE && !there.remove(&who) && !self.epochs.iter().any(was_there) {
            there.insert(who);
        }
        let epoch = Epoch {
            from: self.now,
            numbers: numbers(choice, &there),
            known: false,
            is_renumbered: true,
        };
        self.epochs.push(epoch);
        self.all_told &= before.known && tell && self.tell();
    }

    /// The trip is told of the latest numbers, soon or late.
    fn tell(&mut self) -> bool {
        let [.., before, now] = *self.epochs else {
            return false;
        };
        let pairs = before.numbers.into_iter().zip(now.numbers);
        let names = pairs.filter_map(|(old, new)| Some((old?, new)));
        let command = Command::Renumber {
            booking: self.id(),
            names: names.collect(),
            at: time(now.from),
        };
        let is_told = before.known && now.is_renumbered && self.step(command);
        // Of who joins only an itinerary tells.
        let mut people = before.numbers.into_iter().zip(now.numbers);
        let joins = people.any(|(old, new)| old.is_none() && new.is_some());
        self.epochs.last_mut().expect("just seen").known |= is_told && !joins;
        is_told
    }

    fn replace(&mut self, choice: [u8; 2], tell: bool) {
        if self.booking > 0 {
            return;
        }
        if tell {
            self.renumber(choice, true, PEOPLE);
        }
        self.now += 1;
        let new = Epoch {
            from: self.now,
            numbers: match tell {
                true => self.latest().numbers,
                false => numbers(choice, &self.there()),
            },
            known: tell && self.latest().known,
            is_renumbered: false,
        };
        let command = Command::ReplaceBooking {
            old: booking(0),
            new: booking(1),
            at: time(self.now),
        };
        if self.step(command) {
            // Of which time an entry is nobody knows any more.
            let people = |epoch: &Epoch| epoch.numbers.map(|number| number.is_some());
            let mut epochs = self.epochs.iter();
            self.all_told &= new.known && epochs.all(|epoch| people(epoch) == people(&new));
            self.epochs.push(new);
            self.booking = self.epochs.len() - 1;
        }
    }

    /// Some move to a booking of their own: what those see who stay, and what those see who move; it goes on with
    /// the ones or the others.
    fn divide(&mut self, moving: u8, choice: [u8; 2], stay: bool) {
        let there = self.there();
        let (moving, staying): (People, People) =
            there.iter().partition(|person| moving >> **person & 1 == 1);
        if moving.is_empty() || staying.is_empty() || !self.latest().known {
            return;
        }
        self.now += 1;
        let before = self.latest().numbers;
        let new = numbers(choice, &moving);
        let pairs = moving
            .iter()
            .map(|person| before[*person].zip(new[*person]));
        let pairs = pairs.flatten().collect();
        let at = time(self.now);
        let [id, another] = [1, 2].map(|it| TripId::new(self.held.id().get() + it));
        let division = self.held.clone().divide(id, &pairs, at, at, &self.service);
        let Division {
            staying: old_trip,
            moving: new_trip,
            ..
        } = division.unwrap_or_else(|_| panic!("each has a number of his own"));
        let again = old_trip
            .clone()
            .divide(another, &pairs, at, at, &self.service);
        let refusal = again.map_err(|rejected| rejected.refusal()).err();
        assert_eq!(refusal, Some(Refusal::NamesLeft), "who left leaves once");
        let mut numbers = before;
        let (one, other) = match stay {
            true => (old_trip, new_trip),
            false => (new_trip, old_trip),
        };
        self.held = other;
        self.check(if stay { &moving } else { &staying });
        self.held = one;
        for person in 0..PEOPLE {
            match stay {
                true if moving.contains(&person) => numbers[person] = None,
                false => numbers[person] = new[person],
                true => {}
            }
        }
        self.epochs.push(Epoch {
            from: self.now,
            numbers,
            known: true,
            is_renumbered: false,
        });
    }

    /// Nobody sees what is another's.
    fn check(&self, there: &People) {
        for assistant in 0..ASSISTANTS {
            let seen = self.documents_of(assistant);
            let Told {
                at,
                people,
                is_shared,
            } = &self.told[assistant];
            let shared = &self.told[SHARER];
            let mine = match is_shared {
                true => people | &shared.people,
                false => people.clone(),
            };
            // Who was never in the PE list is there as if he were for all.
            let is_for_all =
                assistant == FOR_ALL || at.is_none() || (*is_shared && shared.at.is_none());
            for number in seen {
                let (people, _) = &self.documents[&number];
                // One of several is theirs who have not left.
                let open = match people.is_disjoint(there) {
                    true => !people.is_disjoint(&mine),
                    false => (people & there).is_subset(&mine),
                };
                assert!(
                    is_for_all || open,
                    "{assistant} is there for {mine:?}, and sees a ticket of {people:?}"
                );
            }
        }
    }

    /// Where all was told in time, everybody sees what is for those for whom he is there.
    fn check_all_told(&self) {
        let there = self.there();
        for assistant in (0..ASSISTANTS).filter(|_| self.all_told) {
            let mut reasons = self.held.reasons(account(number(assistant)));
            if reasons.all(|reason| reason.sharer().is_some()) {
                continue;
            }
            let mine = &self.told[assistant].people & &there;
            let seen = self.documents_of(assistant);
            for (number, (people, bare)) in &self.documents {
                let is_his = !bare && people.is_subset(&mine);
                assert!(
                    !is_his || seen.contains(number),
                    "{assistant} is there for {mine:?}, and does not see a ticket of {people:?}"
                );
            }
        }
    }

    fn documents_of(&self, assistant: usize) -> BTreeSet<String> {
        let view = self
            .held
            .view(account(number(assistant)), self.service.policy());
        let Some(view) = view else {
            return BTreeSet::new();
        };
        let numbers = view.documents().filter_map(|it| it.number());
        numbers.map(ToString::to_string).collect()
    }
}

/// Any history of a booking whose names change their numbers, told in part and late → nobody sees the ticket of
/// somebody for whom he was not there, nor who shared with him; and where it was all told, everybody sees the
/// tickets of his.
pub(crate) fn follow_numbers(data: &[u8]) {
    let Some(([one, two], acts)) = data.split_first_chunk() else {
        return;
    };
    let mut world = World::new([*one, *two]);
    for [what, one, two, three] in acts.as_chunks::<4>().0.iter().take(24) {
        let (choice, bit, tell) = ([*one, *two], three % 2 == 0, three % 4 != 0);
        let issued = one % (world.now + 1);
        match what % 16 {
            0..=3 => world.attach(issued, usize::from(*two) % PEOPLE, !bit),
            4..=6 => {
                let hidden = if three / 4 % 4 == 0 { what / 16 } else { 0 };
                world.import(issued, *two, three % 4 == 3, hidden);
            }
            7 => match three / 2 % 4 {
                0 => world.mail(issued, *two, what / 16),
                1 => world.mail(issued, *two, 0),
                2 => world.share(usize::from(*two) % (PEOPLE + 2)),
                _ => world.update(issued, if bit { *two } else { 0 }),
            },
            8 => world.now += 1,
            9 => drop(world.tell()),
            10..=12 => world.renumber(choice, tell, usize::from(three / 4) % (2 * PEOPLE)),
            13 => world.replace(choice, tell),
            _ => world.divide(what / 16, choice, bit),
        }
        world.check(&world.there());
        world.check_all_told();
    }
}

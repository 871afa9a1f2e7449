//! What following costs when a booking has twice the recipients, or a traveller twice the trips: at most
//! 2.6 times as much, as n log n and some noise would have it.
//!
//! `cargo bench --bench follow --all-features` prints the table.
#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a benchmark may stop"
)]

#[path = "support/growth/clock.rs"]
mod clock;
#[path = "support/growth/table.rs"]
mod table;

use core::hint::black_box;
use std::{collections::BTreeMap, env};

use peline::{
    Address, Plan, Recipient, Role,
    follow::{
        AccountId, Command, Confirmation, HeldTrip, Host, Item, Items, Lists, Policy,
        proposed_merges,
    },
    jiff::{Timestamp, civil::date},
    plan,
    trip::{BookingId, Flight, Itinerary, SystemCode, TripId},
};

use self::table::{Task, table};

/// Recipients of one booking.
const RECIPIENTS: [usize; 4] = [125, 250, 500, 1_000];
/// Trips of one traveller.
const TRIPS: [usize; 4] = [1_250, 2_500, 5_000, 10_000];

struct Service(BTreeMap<Address, AccountId>);

impl Host for Service {
    fn account(&self, address: &Address) -> Option<AccountId> {
        self.0.get(address).copied()
    }
}

/// Every fourth address has no account.
fn service(count: usize) -> Service {
    let registered = (0..=count).filter(|number| number % 4 != 3);
    let account = |number: usize| AccountId::new(scattered(number).into());
    Service(
        registered
            .map(|number| (address(number), account(number)))
            .collect(),
    )
}

/// An odd multiplier scatters the numbers, so that they do not come in their order.
fn scattered(number: usize) -> u64 {
    (number as u64).wrapping_mul(0x9E37_79B1) & 0xFFFF_FFFF
}

fn address(number: usize) -> Address {
    format!("person{}@example.com", scattered(number))
        .parse()
        .unwrap()
}

fn recipients(count: usize) -> Plan {
    let roles = [Role::To, Role::Cc, Role::Cc, Role::Bcc];
    plan((0..count).map(|number| Ok(Recipient::new(address(number), roles[number % 3]))))
}

fn itinerary(day: i8) -> Itinerary {
    let out = Flight::new(
        "LHR".parse().unwrap(),
        "SIN".parse().unwrap(),
        date(2026, 12, day),
    );
    let back = Flight::new(
        "SIN".parse().unwrap(),
        "LHR".parse().unwrap(),
        date(2026, 12, 28),
    );
    Itinerary::new([out, back], []).unwrap()
}

fn booking() -> BookingId {
    BookingId::new(SystemCode::SABRE, "KWJQPD".parse().unwrap())
}

fn time(hour: u8) -> Timestamp {
    format!("2026-11-01T{hour:02}:00:00Z").parse().unwrap()
}

fn step(held: HeldTrip, command: Command, service: &Service) -> HeldTrip {
    let (held, effects) = held.step(command, time(12), service).unwrap();
    black_box(effects);
    held
}

/// One booking, its recipients, and what can be done with both.
struct Booking {
    service: Service,
    import: Command,
    newer: Command,
    held: HeldTrip,
}

impl Booking {
    fn of(count: usize) -> Self {
        let service = service(count);
        let plan = recipients(count);
        let import = Command::Import(
            Confirmation::from_pnr(booking(), time(1), itinerary(1), &plan).unwrap(),
        );
        let newer = Command::Import(
            Confirmation::from_pnr(booking(), time(2), itinerary(2), &plan).unwrap(),
        );
        let held = step(HeldTrip::new(TripId::new(1)), import.clone(), &service);
        assert_eq!(held.waiting().count() + held.holders().count(), count);
        Self {
            service,
            import,
            newer,
            held,
        }
    }

    fn traveller(&self) -> AccountId {
        self.service.0[&address(0)]
    }
}

fn trips(count: usize) -> Vec<HeldTrip> {
    let (service, plan) = (service(1), recipients(1));
    let trip = |number: usize| {
        let command = match number % 2 {
            0 => Command::Import(
                Confirmation::from_pnr(booking(), time(1), itinerary(1), &plan).unwrap(),
            ),
            _ => Command::AddByHand {
                by: service.0[&address(0)],
                itinerary: itinerary(1),
                client: None,
            },
        };
        step(
            HeldTrip::new(TripId::new(scattered(number).into())),
            command,
            &service,
        )
    };
    (0..count).map(trip).collect()
}

const WITH_A_BOOKING: [Task<Booking>; 6] = [
    ("import", |booking| {
        let held = HeldTrip::new(TripId::new(1));
        black_box(step(held, booking.import.clone(), &booking.service));
    }),
    ("import again", |booking| {
        black_box(step(
            booking.held.clone(),
            booking.import.clone(),
            &booking.service,
        ));
    }),
    ("update", |booking| {
        black_box(step(
            booking.held.clone(),
            booking.newer.clone(),
            &booking.service,
        ));
    }),
    ("share", |booking| {
        let command = Command::Share {
            by: booking.traveller(),
            with: address(1),
            opens: Items::NONE,
        };
        black_box(step(booking.held.clone(), command, &booking.service));
    }),
    ("view, each holder", |booking| {
        for (holder, _) in booking.held.holders() {
            let view = booking.held.view(holder, &Policy::DEFAULT).unwrap();
            black_box((view.title(&booking.service), view.documents().count()));
        }
    }),
    ("explain, each holder", |booking| {
        for (holder, _) in booking.held.holders() {
            black_box(
                booking
                    .held
                    .explain(holder, Item::ETicket, &Policy::DEFAULT),
            );
        }
    }),
];

const WITH_TRIPS: [Task<Vec<HeldTrip>>; 2] = [
    ("lists of a traveller", |trips| {
        let traveller = AccountId::new(scattered(0).into());
        black_box(Lists::of(traveller, trips, &Policy::DEFAULT));
    }),
    ("merges, all alike", |trips| {
        let traveller = AccountId::new(scattered(0).into());
        assert_eq!(
            proposed_merges(traveller, trips, &Policy::DEFAULT).len(),
            trips.len() / 2
        );
    }),
];

#[cfg(feature = "calendar")]
const WITH_TRIPS_AND_A_CALENDAR: [Task<Vec<HeldTrip>>; 1] = [("calendar", |trips| {
    use peline::{follow::calendar::Feed, trip::NoPlaces};

    let traveller = AccountId::new(scattered(0).into());
    let feed = Feed::new(traveller).refresh(trips, &Service(BTreeMap::new()));
    black_box(feed.to_ics(&NoPlaces));
})];

fn main() {
    // Without `--bench` this is a test run, which asks whether all can be done and not how fast.
    if !env::args().any(|argument| argument == "--bench") {
        WITH_A_BOOKING
            .iter()
            .for_each(|(_, task)| task(&Booking::of(10)));
        WITH_TRIPS.iter().for_each(|(_, task)| task(&trips(10)));
        #[cfg(feature = "calendar")]
        WITH_TRIPS_AND_A_CALENDAR
            .iter()
            .for_each(|(_, task)| task(&trips(10)));
        return;
    }
    table(&WITH_A_BOOKING, &RECIPIENTS, Booking::of);
    table(&WITH_TRIPS, &TRIPS, trips);
    #[cfg(feature = "calendar")]
    table(&WITH_TRIPS_AND_A_CALENDAR, &TRIPS, trips);
}

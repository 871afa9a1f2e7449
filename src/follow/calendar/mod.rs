//! The calendar of an account: its trips as a feed (RFC 5545), one event for each leg.
//!
//! The service stores one [`Feed`] for each account, [refreshes](Feed::refresh) it when a trip changed,
//! and hands out [what it writes](Feed::to_ics) where the account's calendar asks for it. See the example of
//! [`Feed`].
//!
//! # Rules
//!
//! What is marked *(ours)* is this crate's decision where its sources are silent.
//!
//! * **Who has it**: as the [policy](crate::follow::Policy) says. Without [`Item::Calendar`] or the itinerary, and
//!   after the holding ended, there is nothing of the trip in the feed, and all that the feed remembers of it is a
//!   number and a time: should the trip come back, its `SEQUENCE` and `DTSTAMP` go on from there. A feed without
//!   events has a `VTIMEZONE` of UTC, since RFC 5545 §3.6 wants a component.
//! * **One event for each leg**, with a `UID` made of the opaque ids of trip and account and a number
//!   of the leg. RFC 5545 §3.8.4.7 wants it to be unique in the world: so let the ids be random ones of 128 bits, not
//!   the rows of a table. A flight that is retimed, renumbered or rerouted stays the same event: where a mail says that a
//!   flight changed into another, the event does. The feed compares the itinerary with the one that it was
//!   refreshed with last, flights in their order, by the rules of [`Trip`](crate::trip::Trip) and
//!   [`difference`](crate::trip::difference). So refresh it after each step: of an itinerary in between it
//!   knows nothing.
//! * **`SEQUENCE`** starts at 0 and is raised by one when a [refresh](Feed::refresh) finds that something
//!   changed that can be seen in the event: the times, their zones, the title, the place, the status, whether it keeps
//!   its holder from something. (An
//!   arrival that is not written, since it is not later, counts: which it is, zones decide.) `DTSTAMP` is
//!   then what [`TripView::changed`](crate::follow::TripView::changed) says, and never goes back.
//! * **Cancelled** legs, and legs that are gone from the itinerary, stay with `STATUS:CANCELLED` while
//!   the trip is held; of more than 495 events of a trip the oldest that are gone are left out *(ours)*.
//! * **Flown** is what had departed when an itinerary without it was issued: it stays, and is not cancelled
//!   *(ours)*. That is judged once, when it leaves the itinerary.
//! * **Back again**: a leg that was cancelled or gone is the same event again where the itinerary has its
//!   segment key with something in common, the [same flight](crate::trip::Flight::may_be) or its number between its airports, on another day
//!   or, if it was flown, less than twelve hours late *(ours)*. What goes is matched with what went first.
//! * **Times** are those of the clocks at either end, with the zone and its `VTIMEZONE`. Where the zone
//!   at one end or its rules are not known, both are floating; of a flight without arrival, the zone of
//!   departure is enough *(ours)*. `DTEND` is left out if it is not later. Without the time of
//!   departure it is an event of that day *(ours)*.
//! * **Titles** are flight and cities or airports, with the client's name before them on *Trips I'm
//!   Following*: one line, whatever the names hold. What is followed keeps nobody from anything:
//!   `TRANSP:TRANSPARENT` *(ours)*.
//! * **The same feed and the same rules of zones give the same bytes.** No clock is read.
//!
//! # Why no library writes it
//!
//! `icalendar` has no `VTIMEZONE`, and puts in the present time and a random `UID` where one forgot
//! them. `calcard` could write the same bytes each time, but brings a second library for dates, a second
//! database of time zones and a source of randomness, for a handful of fixed properties. Both read the
//! feed back in the tests.

mod event;
mod published;
#[cfg(feature = "serde")]
mod stored;
mod write;
mod zone;

use core::fmt;
use std::collections::BTreeMap;

use self::{
    published::{Published, Start},
    write::Lines,
    zone::Used,
};
use super::{AccountId, HeldTrip, Host, Item, TripView};
use crate::trip::{TripId, Zones};

/// The calendar of one account, as it was last published: what a service stores for each account.
///
/// It holds nothing that the account may not see. `Debug` shows no name. With the feature `serde` it is
/// stored with a version, and checked when it is read.
///
/// # Example
///
/// ```
/// use peline::jiff::civil::{date, time};
/// use peline::{follow::{calendar::Feed, *}, trip::*};
///
/// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1))
///     .with_designator("BA11".parse()?)
///     .with_departure_time(time(20, 30, 0, 0));
/// let itinerary = Itinerary::new([flight], [])?;
/// let (me, now) = (AccountId::new(7), "2026-11-01T10:00:00Z".parse()?);
/// let client = Some("Jane Doe".parse()?);
/// let add = Command::AddByHand { by: me, itinerary, client };
/// let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &NoHost)?;
///
/// let feed = Feed::new(me).refresh([&held], &NoHost);
/// assert_eq!(feed.to_ics(&NoPlaces), "\
/// BEGIN:VCALENDAR\r
/// VERSION:2.0\r
/// PRODID:-//peline//calendar//EN\r
/// CALSCALE:GREGORIAN\r
/// BEGIN:VEVENT\r
/// UID:00000000000000000000000000000001-1-00000000000000000000000000000007\r
/// SEQUENCE:0\r
/// DTSTAMP:20261101T100000Z\r
/// DTSTART:20261201T203000\r
/// SUMMARY:Jane Doe: BA11 LHR–SIN\r
/// LOCATION:LHR\r
/// STATUS:CONFIRMED\r
/// TRANSP:TRANSPARENT\r
/// END:VEVENT\r
/// END:VCALENDAR\r
/// ");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Feed {
    account: AccountId,
    /// What each trip has published.
    trips: BTreeMap<TripId, Published>,
    /// What is remembered of trips that were published before and ended.
    ended: BTreeMap<TripId, Start>,
}

impl Feed {
    /// A feed in which nothing was published yet.
    ///
    /// ```
    /// use peline::{follow::{AccountId, calendar::Feed}, trip::NoPlaces};
    /// let feed = Feed::new(AccountId::new(7));
    /// assert_eq!(feed.account(), AccountId::new(7));
    /// assert!(!feed.to_ics(&NoPlaces).contains("VEVENT"));
    /// ```
    #[must_use]
    pub const fn new(account: AccountId) -> Self {
        Self {
            account,
            trips: BTreeMap::new(),
            ended: BTreeMap::new(),
        }
    }

    /// Whose it is.
    ///
    /// See the example of [`new`](Self::new).
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// The feed with the account's trips as they are now: hand in all of them, in any order. What the
    /// account does not hold is left out, and what is not handed in is not held any more.
    ///
    /// Without a change that the account can see, the feed writes the same again.
    ///
    /// # Example
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{follow::{calendar::Feed, *}, trip::*};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (holder, itinerary) = (AccountId::new(7), Itinerary::new([flight], [])?);
    /// # let add = Command::AddByHand { by: holder, itinerary, client: None };
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &NoHost)?;
    /// let feed = Feed::new(holder).refresh([&held], &NoHost);
    /// assert!(feed.to_ics(&NoPlaces).contains("SEQUENCE:0\r\n"));
    /// assert_eq!(feed.clone().refresh([&held], &NoHost), feed);
    ///
    /// let to = Assignment::Following { client: "Jane Doe".parse()? };
    /// let (held, _) = held.step(Command::Reassign { holder, to }, now, &NoHost)?;
    /// let feed = feed.refresh([&held], &NoHost);
    /// assert!(feed.to_ics(&NoPlaces).contains("SEQUENCE:1\r\n"));
    ///
    /// let feed = feed.refresh([], &NoHost);
    /// assert!(!feed.to_ics(&NoPlaces).contains("VEVENT"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn refresh<'a>(
        self,
        trips: impl IntoIterator<Item = &'a HeldTrip>,
        host: &(impl Host + ?Sized),
    ) -> Self {
        let Self {
            account,
            trips: old,
            mut ended,
        } = self;
        let published = |view: &TripView<'_>| {
            let (id, start) = (view.id(), ended.get(&view.id()).copied());
            (id, Published::refreshed(old.get(&id), start, view, host))
        };
        let views = trips
            .into_iter()
            .filter_map(|held| held.view(account, host.policy()));
        let shown = |view: &TripView<'_>| view.sees(Item::Calendar) && view.sees(Item::Itinerary);
        let views = views.filter(shown);
        let trips: BTreeMap<_, _> = views.map(|view| published(&view)).collect();
        let gone = old.iter().filter(|(id, _)| !trips.contains_key(id));
        ended.extend(gone.map(|(id, trip)| (*id, trip.end())));
        Self {
            account,
            trips,
            ended,
        }
    }

    /// The feed as a calendar client reads it: `text/calendar` in UTF-8.
    ///
    /// Hand in the same rules of zones each time, those of [`Host::zones`]: a zone that becomes known raises no number,
    /// and without rules all times are floating.
    ///
    /// See the example of [`Feed`].
    #[must_use]
    pub fn to_ics(&self, zones: &(impl Zones + ?Sized)) -> String {
        let (mut events, mut used) = (Lines::default(), Used::new(zones));
        for (trip, published) in &self.trips {
            for (leg, event) in published.events() {
                let uid = format!("{trip}-{leg}-{}", self.account);
                event.write(&uid, &mut used, &mut events);
            }
        }
        let mut lines = Lines::default();
        lines.component("VCALENDAR", |lines| {
            lines.line("VERSION", "2.0");
            lines.line("PRODID", "-//peline//calendar//EN");
            lines.line("CALSCALE", "GREGORIAN");
            match events.is_empty() {
                true => zone::write_utc(lines),
                false => used.write(lines),
            }
            lines.append(&events);
        });
        lines.into_string()
    }
}

/// Masked: titles name people.
impl fmt::Debug for Feed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let events = self.trips.values().map(|trip| trip.events().len());
        f.debug_struct("Feed")
            .field("account", &self.account)
            .field("trips", &self.trips.len())
            .field("events", &events.sum::<usize>())
            .finish_non_exhaustive()
    }
}

//! What a person sees.

use core::fmt;

use jiff::Timestamp;

use super::{
    AccountId, HeldTrip, HoldingReason, Host, Item, Policy,
    record::{Choice, Grant, Person},
};
use crate::{
    pe::NameReference,
    routing::List,
    trip::{
        AirportCode, Document, DocumentKind, DocumentNumber, Flight, Leg, LegStatus, PersonName,
        RecordLocator, Traveller, Trip, TripId,
    },
};

/// How many flights a title names.
const STOPS: usize = 8;

/// What one account sees of a trip: everything is redacted as the [policy](Policy) says.
///
/// # Example: redaction
///
/// ```
/// # use jiff::civil::date;
/// use peline::{Address, List, follow::*, trip::*};
/// # struct Service;
/// # impl Host for Service {
/// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
/// # }
/// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// # let itinerary = Itinerary::new([flight], [Traveller::new("Jane Doe".parse()?)])?;
/// # let (client, now) = (AccountId::new(1), "2026-11-01T10:00:00Z".parse()?);
/// # let add = Command::AddByHand { by: client, itinerary, client: None };
/// # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &Service)?;
/// let ticket = Document::new(DocumentKind::ETicket, "9991234567890".parse()?, now);
/// let (held, _) = held.step(Command::Attach(ticket), now, &Service)?;
/// let with = "agent@example.com".parse()?;
/// let (held, _) = held.step(Command::Share { by: client, with, opens: Items::NONE }, now, &Service)?;
///
/// let own = held.view(client, Service.policy()).unwrap();
/// assert_eq!((own.list(), own.title(&Service).as_str()), (List::MyTrips, "LHR–SIN"));
/// assert_eq!((own.legs().count(), own.documents().count()), (1, 1));
///
/// let follower = held.view(AccountId::new(2), Service.policy()).unwrap();
/// assert_eq!(follower.list(), List::Following);
/// assert_eq!(follower.title(&Service), "Jane Doe: LHR–SIN");
/// assert_eq!((follower.legs().count(), follower.documents().count()), (1, 0));
/// assert!(follower.sees(Item::Calendar) && !follower.sees(Item::ETicket));
/// assert!(follower.reasons().eq([HoldingReason::SharedBy(client)]));
/// assert!(matches!(follower.client(&Service), Client::Travellers([_])));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Example: what becomes of the booking
///
/// ```
/// # use jiff::{Timestamp, civil::date};
/// # use peline::{Address, pe};
/// use peline::{follow::*, trip::*};
/// # struct Service;
/// # impl Host for Service {
/// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
/// # }
/// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// # let itinerary = Itinerary::new([flight], [Traveller::new("Jane Doe".parse()?)])?;
/// # let (agent, booking): (_, BookingId) = (AccountId::new(2), "1S/KWJQPD".parse()?);
/// # let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
/// # let [issued, received]: [Timestamp; 2] = ["2026-11-01T10:00:00Z".parse()?, "2026-11-02T10:00:00Z".parse()?];
/// let import = Command::Import(Confirmation::from_pnr(booking.clone(), issued, itinerary, &plan)?);
/// let (held, _) = HeldTrip::new(TripId::new(1)).step(import, issued, &Service)?;
/// let view = held.view(agent, Service.policy()).unwrap();
/// assert_eq!((view.id(), view.changed()), (TripId::new(1), issued));
/// assert_eq!(view.record_locator().map(|it| it.as_str()), Some("KWJQPD"));
/// assert_eq!(view.travellers()[0].name().as_str(), "Jane Doe");
///
/// let cancel = Command::Cancel { booking, received, mailed_to: vec![] };
/// let (held, _) = held.step(cancel, received, &Service)?;
/// let view = held.view(agent, Service.policy()).unwrap();
/// assert!(view.is_cancelled());
/// assert_eq!(view.changed(), received);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TripView<'a> {
    id: TripId,
    trip: &'a Trip,
    list: List,
    person: &'a Person,
    grants: Vec<Grant<'a>>,
    policy: &'a Policy,
}

/// Whose trip it is, for the title of one that is followed.
///
/// Never the addressee of the follower's own PE entry, who is the follower.
///
/// # Example
///
/// ```
/// use peline::follow::Client;
/// assert_eq!(Client::Unknown.to_string(), "");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Client<'a> {
    /// What the holder typed beside "I am not the traveler".
    Typed(&'a PersonName),
    /// The travellers of the booking, all of them.
    Travellers(&'a [Traveller]),
    /// The owner of the account that shares the trip.
    Sharer(PersonName),
    /// Nobody knows.
    Unknown,
}

impl Client<'_> {
    fn names(&self) -> impl Iterator<Item = &PersonName> {
        let (one, travellers): (_, &[Traveller]) = match self {
            Self::Typed(name) => (Some(*name), &[]),
            Self::Sharer(name) => (Some(name), &[]),
            Self::Travellers(travellers) => (None, travellers),
            Self::Unknown => (None, &[]),
        };
        one.into_iter()
            .chain(travellers.iter().map(Traveller::name))
    }

    /// What a title shows: of many names those that fit, and a mark that there are more.
    fn short(&self) -> String {
        const SHOWN: usize = 120;
        let mut text = String::new();
        for name in self.names() {
            let comma = if text.is_empty() { "" } else { ", " };
            if text.chars().count() > SHOWN {
                text.push_str(comma);
                text.push('…');
                break;
            }
            text.push_str(comma);
            text.push_str(&name.shown());
        }
        text
    }
}

/// The names as titles show them, with commas between; empty if nobody knows.
impl fmt::Display for Client<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, name) in self.names().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{name}")?;
        }
        Ok(())
    }
}

/// A document as one account sees it.
///
/// # Example
///
/// ```
/// # use jiff::civil::date;
/// use peline::{follow::*, trip::*};
/// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// # let (me, now) = (AccountId::new(1), "2026-11-01T10:00:00Z".parse()?);
/// # let add = Command::AddByHand { by: me, itinerary: Itinerary::new([flight], [])?, client: None };
/// # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &NoHost)?;
/// let ticket = Document::new(DocumentKind::ETicket, "9991234567890".parse()?, now).with_place("tickets/17");
/// let (held, _) = held.step(Command::Attach(ticket), now, &NoHost)?;
///
/// // A service that shows nobody the numbers of what was typed in by hand.
/// let policy = Policy::DEFAULT.narrow(Item::TicketNumbers, ReasonKind::Manual);
/// let view = held.view(me, &policy).unwrap();
/// let [seen]: [DocumentView<'_>; 1] = view.documents().collect::<Vec<_>>().try_into().unwrap();
/// assert_eq!((seen.kind(), seen.place()), (DocumentKind::ETicket, "tickets/17"));
/// assert_eq!((seen.issued(), seen.name_reference(), seen.number()), (now, None, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct DocumentView<'a> {
    document: &'a Document,
    numbered: bool,
}

impl<'a> DocumentView<'a> {
    /// What it is.
    ///
    /// See the example of [`DocumentView`].
    #[must_use]
    pub const fn kind(&self) -> DocumentKind {
        self.document.kind()
    }

    /// When it was issued.
    ///
    /// See the example of [`DocumentView`].
    #[must_use]
    pub const fn issued(&self) -> Timestamp {
        self.document.issued()
    }

    /// Where the service keeps it.
    ///
    /// See the example of [`DocumentView`].
    #[must_use]
    pub const fn place(&self) -> &'a str {
        self.document.place()
    }

    /// Whose it is; `None` for the whole booking.
    ///
    /// See the example of [`DocumentView`].
    #[must_use]
    pub const fn name_reference(&self) -> Option<NameReference> {
        self.document.name_reference()
    }

    /// Its number; `None` for whom [numbers](Item::TicketNumbers) are withheld from.
    ///
    /// See the example of [`DocumentView`].
    #[must_use]
    pub fn number(&self) -> Option<&'a DocumentNumber> {
        self.numbered.then(|| self.document.number())
    }
}

impl<'a> TripView<'a> {
    pub(super) const fn new(
        id: TripId,
        trip: &'a Trip,
        list: List,
        person: &'a Person,
        grants: Vec<Grant<'a>>,
        policy: &'a Policy,
    ) -> Self {
        Self {
            id,
            trip,
            list,
            person,
            grants,
            policy,
        }
    }

    /// The service's own key of the trip.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub const fn id(&self) -> TripId {
        self.id
    }

    /// The list that it is on: [`web_title`](List::web_title) and [`app_title`](List::app_title) are
    /// the list's names.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub const fn list(&self) -> List {
        self.list
    }

    /// Whether one of the account's reasons opens an item. Which of the documents it sees then,
    /// [`documents`](Self::documents) says.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub fn sees(&self, item: Item) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.opens(item, self.policy))
    }

    /// Since when the flights are these.
    #[cfg(feature = "calendar")]
    pub(super) const fn since(&self) -> Timestamp {
        self.trip.issued()
    }

    /// Of which booking of the trip the flights are.
    #[cfg(feature = "calendar")]
    pub(super) const fn turn(&self) -> u32 {
        self.trip.turn_of_itinerary()
    }

    /// Whether every flight is cancelled; not where the itinerary is not shown.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        let mut legs = self.trip.legs();
        self.sees(Item::Itinerary) && legs.all(|leg| leg.status() == LegStatus::Cancelled)
    }

    /// The latest itinerary, each flight with what became of it.
    ///
    /// See the example of [`TripView`].
    pub fn legs(&self) -> impl Iterator<Item = Leg<'a>> {
        let seen = self.sees(Item::Itinerary);
        self.trip.legs().filter(move |_| seen)
    }

    /// Who travels, as the booking has it.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub fn travellers(&self) -> &'a [Traveller] {
        match self.sees(Item::Itinerary) {
            true => self.trip.itinerary().travellers(),
            false => &[],
        }
    }

    /// The documents that the account sees: none that is [void](Document::is_void), and one who is in the booking for some
    /// names only sees theirs only *(ours)*.
    ///
    /// See the example of [`TripView`].
    pub fn documents(&self) -> impl Iterator<Item = DocumentView<'a>> {
        let valid = self.trip.documents().filter(|it| !it.is_void());
        valid.filter_map(|document| {
            let item = Item::of(document.kind());
            self.opens(item, document).then(|| DocumentView {
                document,
                numbered: self.opens(Item::TicketNumbers, document),
            })
        })
    }

    fn opens(&self, item: Item, document: &Document) -> bool {
        let opens = |grant: &Grant<'_>| grant.opens_document(item, document, self.policy);
        self.grants.iter().any(opens)
    }

    /// The record locator; `None` for whom it is withheld from, and of a trip without a booking.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub fn record_locator(&self) -> Option<&'a RecordLocator> {
        let booking = self.trip.provenance().booking();
        let seen = booking.filter(|_| self.sees(Item::RecordLocator));
        seen.map(|booking| booking.locator())
    }

    /// Whose trip it is.
    ///
    /// What the holder typed; else the travellers of the booking; else the name of the account that
    /// shares it; else unknown.
    ///
    /// See the examples of [`TripView`] and, of what he typed, of [`Command::Reassign`](super::Command::Reassign).
    #[must_use]
    pub fn client(&self, host: &(impl Host + ?Sized)) -> Client<'a> {
        if let (List::Following, Some(Choice::Following { client })) =
            (self.list, &self.person.choice)
        {
            return Client::Typed(client);
        }
        let travellers = self.travellers();
        if !travellers.is_empty() {
            return Client::Travellers(travellers);
        }
        let sharers = self.grants.iter().filter_map(|grant| grant.reason.sharer());
        let sharer = sharers.filter_map(|sharer| host.name(sharer)).next();
        sharer.map_or(Client::Unknown, Client::Sharer)
    }

    /// The title: where the trip leads; on *Trips I'm Following* with the client's name before it.
    ///
    /// One line, whatever the names hold; who types an address for a name sees an address. Nothing of where the
    /// trip leads where the policy withholds the itinerary.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub fn title(&self, host: &(impl Host + ?Sized)) -> String {
        self.titled(&self.route(host), host)
    }

    /// A text with the client's name before it if the trip is followed.
    pub(super) fn titled(&self, text: &str, host: &(impl Host + ?Sized)) -> String {
        let client = match self.list {
            List::Following => self.client(host).short(),
            List::MyTrips => String::new(),
        };
        match (client.is_empty(), text.is_empty()) {
            (true, _) => text.to_owned(),
            (false, true) => client,
            (false, false) => format!("{client}: {text}"),
        }
    }

    fn route(&self, host: &(impl Host + ?Sized)) -> String {
        route(self.going(), host)
    }

    /// The flights that tell where the trip leads: without cancelled ones, if any goes.
    pub(super) fn going(&self) -> impl Iterator<Item = &'a Flight> + Clone {
        let legs: Vec<_> = self.legs().collect();
        let goes = legs.iter().any(|leg| leg.status() == LegStatus::Booked);
        let legs = legs.into_iter();
        legs.filter(move |leg| !goes || leg.status() == LegStatus::Booked)
            .map(|leg| leg.flight())
    }

    /// When what the account sees last changed, as far as it is known: the issue time of the itinerary
    /// or its cancellation, or the time when it was reassigned.
    ///
    /// See the example of [`TripView`].
    #[must_use]
    pub fn changed(&self) -> Timestamp {
        let changed = self.trip.changed();
        self.person
            .moved
            .map_or(changed, |moved| moved.max(changed))
    }

    /// Why the account holds the trip, the strongest reason first; an imported one for each address.
    ///
    /// See the example of [`TripView`].
    pub fn reasons(&self) -> impl Iterator<Item = HoldingReason> {
        let mut reasons: Vec<_> = self.grants.iter().map(|grant| grant.reason).collect();
        reasons.sort_unstable();
        // A share stands there once for each reason of the sharer.
        reasons.dedup();
        reasons.into_iter()
    }

    fn first_day(&self) -> Option<jiff::civil::Date> {
        self.legs().map(|leg| leg.flight().departure_date()).min()
    }
}

/// The airports or cities of flights in their order, a dash between; a comma where the next flight
/// departs from elsewhere.
pub(super) fn route<'f>(
    flights: impl Iterator<Item = &'f Flight>,
    host: &(impl Host + ?Sized),
) -> String {
    let mut text = String::new();
    let mut last = None;
    let mut before = None;
    for (number, flight) in flights.enumerate() {
        // The same way on another day is the same way.
        let ends = (flight.origin(), flight.destination());
        if before.replace(ends) == Some(ends) {
            continue;
        }
        if number == STOPS {
            text.push_str(" …");
            break;
        }
        let origin = place(flight.origin(), host);
        if last.as_ref() != Some(&origin) {
            let comma = if text.is_empty() { "" } else { ", " };
            text.push_str(comma);
            text.push_str(&origin);
        }
        let destination = place(flight.destination(), host);
        text.push('–');
        text.push_str(&destination);
        last = Some(destination);
    }
    text
}

/// The city of an airport, or the airport's code where the city is not known.
pub(super) fn place(airport: AirportCode, host: &(impl Host + ?Sized)) -> String {
    city(airport, host).unwrap_or_else(|| airport.to_string())
}

/// The name of an airport's city, in one line.
pub(super) fn city(airport: AirportCode, host: &(impl Host + ?Sized)) -> Option<String> {
    host.city(airport).map(crate::text::printable)
}

/// Masked: it is somebody's trip.
impl fmt::Debug for TripView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TripView")
            .field("id", &self.id)
            .field("list", &self.list)
            .field("trip", &self.trip)
            .finish_non_exhaustive()
    }
}

/// What a person's web and app show: *My Trips* (*Active trips*) and *Trips I'm Following* (*Following
/// trips*).
///
/// Each list is in the order of the first days of its trips.
///
/// # Example
///
/// ```
/// # use jiff::civil::date;
/// use peline::{List, follow::*};
/// # use peline::trip::{Flight, Itinerary, TripId};
/// # let now = "2026-11-01T10:00:00Z".parse()?;
/// # let me = AccountId::new(7);
/// # let trip = |id, day| {
/// #     let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, day));
/// #     let itinerary = Itinerary::new([flight], [])?;
/// #     let add = Command::AddByHand { by: me, itinerary, client: None };
/// #     let (held, _) = HeldTrip::new(TripId::new(id)).step(add, now, &NoHost)?;
/// #     Ok::<_, Box<dyn std::error::Error>>(held)
/// # };
/// let trips = [trip(1, 24)?, trip(2, 3)?];
/// let lists = Lists::of(me, &trips, NoHost.policy());
/// let mine: Vec<_> = lists.list(List::MyTrips).iter().map(|view| view.id().get()).collect();
/// assert_eq!(mine, [2, 1]);
/// assert!(lists.list(List::Following).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lists<'a> {
    my_trips: Vec<TripView<'a>>,
    following: Vec<TripView<'a>>,
}

impl<'a> Lists<'a> {
    /// What an account sees of these trips; what it does not hold is left out.
    ///
    /// See the example of [`Lists`].
    #[must_use]
    pub fn of(
        account: AccountId,
        trips: impl IntoIterator<Item = &'a HeldTrip>,
        policy: &'a Policy,
    ) -> Self {
        let mut lists = Self::default();
        for view in trips
            .into_iter()
            .filter_map(|held| held.view(account, policy))
        {
            match view.list {
                List::MyTrips => lists.my_trips.push(view),
                List::Following => lists.following.push(view),
            }
        }
        for list in [&mut lists.my_trips, &mut lists.following] {
            list.sort_by_cached_key(|view| (view.first_day(), view.id));
        }
        lists
    }

    /// The trips of a list.
    ///
    /// See the example of [`Lists`].
    #[must_use]
    pub fn list(&self, list: List) -> &[TripView<'a>] {
        match list {
            List::MyTrips => &self.my_trips,
            List::Following => &self.following,
        }
    }
}

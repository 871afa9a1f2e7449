//! One mail, in one language.

use core::cell::Cell;

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::civil::{Date, Time};

use super::{Texts, link::may_be_link};
use crate::{
    follow::{
        AccountId, Client, Host, Item, TripView,
        view::{city, route},
    },
    routing::List,
    text::printable,
    trip::{AirportCode, Aspect, Change, Flight, LegStatus, PersonName},
};

/// How many names the subject has.
const IN_SUBJECT: usize = 2;

/// How many names the body has.
const IN_BODY: usize = 9;

pub(super) struct Writer<'a, H: ?Sized> {
    texts: Option<&'a Texts>,
    view: &'a TripView<'a>,
    host: &'a H,
    /// Whether a text was missing, or something in it.
    faulty: Cell<bool>,
    /// Whether there was a time in it.
    timed: Cell<bool>,
}

impl<'a, H: Host + ?Sized> Writer<'a, H> {
    pub(super) const fn new(texts: Option<&'a Texts>, view: &'a TripView<'a>, host: &'a H) -> Self {
        Self {
            texts,
            view,
            host,
            faulty: Cell::new(false),
            timed: Cell::new(false),
        }
    }

    pub(super) const fn is_faultless(&self) -> bool {
        !self.faulty.get()
    }

    /// Subject and body of the mail on a share.
    pub(super) fn shared(&self, by: AccountId) -> (String, String) {
        let name = self.host.name(by).and_then(|name| told(&name));
        let name = name.unwrap_or_else(|| self.line("someone", []));
        let subject = match self.journey(self.view.going()) {
            Some(journey) => self.line(
                "subject-shared",
                [("name", name.as_str().into()), ("journey", journey.into())],
            ),
            None => self.line("subject-shared-untold", [("name", name.as_str().into())]),
        };
        let mut body = Body::default();
        body.paragraph([self.line("shared", [("name", name.into()), ("list", self.list())])]);
        body.paragraph(self.about());
        let count = self.view.legs().count();
        if count > 0 {
            body.paragraph([self.line("flights", [("count", count.into())])]);
            for leg in self.view.legs() {
                let flight = self.flight(leg.flight());
                let head = match leg.status() {
                    LegStatus::Booked => flight,
                    LegStatus::Cancelled => {
                        self.line("flight-cancelled", [("flight", flight.into())])
                    }
                };
                body.paragraph([head].into_iter().chain(self.times(leg.flight())));
            }
            body.paragraph(self.whose_times());
        }
        (subject, body.0)
    }

    /// Subject and body of the mail on changes.
    pub(super) fn changed(&self, changes: &[Change]) -> (String, String) {
        let mut body = Body::default();
        if !self.view.sees(Item::Itinerary) {
            let subject = match self.names(IN_SUBJECT) {
                Some((_, names)) => {
                    self.line("subject-changed-untold-for", [("names", names.into())])
                }
                None => self.line("subject-changed-untold", []),
            };
            body.paragraph([self.line("changed-untold", [("list", self.list())])]);
            body.paragraph(self.about());
            return (subject, body.0);
        }
        let count = || ("count", changes.len().into());
        let event = self.line("event", [("kind", self.kind(changes).into()), count()]);
        let event = ("event", event.into());
        // Of the flights that changed: the route of those that are left would be taken for theirs.
        let mut flights: Vec<_> = changes.iter().map(flight_of).collect();
        flights.sort_by_key(|flight| (flight.departure_date(), flight.departure_time()));
        let journey = self.journey(flights.into_iter());
        let journey = ("journey", journey.unwrap_or_default().into());
        let subject = match self.names(IN_SUBJECT) {
            Some((_, names)) => {
                let names = ("names", names.into());
                self.line("subject-changed-for", [event, names, journey])
            }
            None => self.line("subject-changed", [event, journey]),
        };
        body.paragraph([self.line("changed", [count(), ("list", self.list())])]);
        body.paragraph(self.about());
        for change in changes {
            let flight = |flight| ("flight", self.flight(flight).into());
            let (head, lines) = match change {
                Change::Added(new) => (self.line("change-added", [flight(new)]), self.times(new)),
                Change::Cancelled(old) => (
                    self.line("change-cancelled", [flight(old)]),
                    self.times(old),
                ),
                Change::Changed(both) => {
                    let (was, now) = &**both;
                    let date = self.date(was.departure_date());
                    let values = [flight(was), ("date", date.into())];
                    let lines = change.aspects().map(|aspect| self.aspect(aspect, was, now));
                    (self.line("change-changed", values), lines.collect())
                }
            };
            body.paragraph([head].into_iter().chain(lines));
        }
        body.paragraph(self.whose_times());
        (subject, body.0)
    }

    /// One line of text; without line breaks, whatever file and values hold.
    fn line<const N: usize>(&self, message: &str, values: [(&str, FluentValue<'_>); N]) -> String {
        let values: FluentArgs<'_> = values.into_iter().collect();
        let found = self.texts.and_then(|texts| {
            let pattern = texts.get_message(message)?.value()?;
            Some((texts, pattern))
        });
        let Some((texts, pattern)) = found else {
            self.faulty.set(true);
            return String::new();
        };
        let mut errors = Vec::new();
        let text = texts.format_pattern(pattern, Some(&values), &mut errors);
        if !errors.is_empty() {
            self.faulty.set(true);
        }
        printable(&text.replace(['\n', '\r'], " "))
    }

    /// What happened to all of the flights.
    fn kind(&self, changes: &[Change]) -> &'static str {
        let all = |like: fn(&Change) -> bool| changes.iter().all(like);
        let goes = || {
            self.view
                .legs()
                .any(|leg| leg.status() == LegStatus::Booked)
        };
        if all(|change| matches!(change, Change::Added(_))) {
            "added"
        } else if !all(|change| matches!(change, Change::Cancelled(_))) {
            "changed"
        } else if goes() {
            "cancelled"
        } else {
            "trip"
        }
    }

    /// By which clocks the times are, if there are any.
    fn whose_times(&self) -> Option<String> {
        self.timed.get().then(|| self.line("times", []))
    }

    fn list(&self) -> FluentValue<'static> {
        self.view.list().web_title().into()
    }

    /// What the reader knows the trip by.
    fn about(&self) -> Vec<String> {
        let journey = self.journey(self.view.going());
        let journey = journey.map(|it| self.line("about-journey", [("journey", it.into())]));
        let travellers = self.names(IN_BODY).map(|(count, names)| {
            let values = [("count", count.into()), ("names", names.into())];
            self.line("about-travellers", values)
        });
        journey.into_iter().chain(travellers).collect()
    }

    /// Who travels, on the trip of somebody else: how many, and the names of the first of them.
    fn names(&self, most: usize) -> Option<(usize, String)> {
        let client = match self.view.list() {
            List::Following => self.view.client(self.host),
            List::MyTrips => Client::Unknown,
        };
        let names: Vec<_> = match &client {
            Client::Typed(name) => told(name).into_iter().collect(),
            Client::Sharer(name) => told(name).into_iter().collect(),
            Client::Travellers(travellers) => {
                let names = travellers.iter().map(|traveller| traveller.name());
                names.filter_map(told).collect()
            }
            Client::Unknown => Vec::new(),
        };
        let count = names.len();
        let shown = names.into_iter().take(most).reduce(|names, name| {
            let values = [("names", names.into()), ("name", name.into())];
            self.line("names-joined", values)
        })?;
        let more = count.saturating_sub(most);
        if more == 0 {
            return Some((count, shown));
        }
        let values = [("names", shown.into()), ("more", more.into())];
        Some((count, self.line("names-more", values)))
    }

    /// Where flights lead, and from which day on; `None` if there are none.
    fn journey<'f>(&self, flights: impl Iterator<Item = &'f Flight> + Clone) -> Option<String> {
        let days = flights.clone().map(Flight::departure_date);
        let (first, last) = (days.clone().min()?, days.max()?);
        let message = match first == last {
            true => "journey",
            false => "journey-from",
        };
        let route = route(flights, self.host);
        let values = [("route", route.into()), ("date", self.date(first).into())];
        Some(self.line(message, values))
    }

    fn flight(&self, flight: &Flight) -> String {
        let from = ("from", self.place(flight.origin()).into());
        let to = ("to", self.place(flight.destination()).into());
        match flight.designator() {
            Some(number) => {
                let number = ("number", number.to_string().into());
                self.line("flight", [number, from, to])
            }
            None => self.line("flight-unnumbered", [from, to]),
        }
    }

    /// When a flight departs, and when it arrives if that is known.
    fn times(&self, flight: &Flight) -> Vec<String> {
        let departure = self.departure(flight);
        let departure = self.line("departure", [("when", departure.into())]);
        let arrival = flight.arrival().map(|arrival| {
            let arrival = self.date_time(arrival.date(), arrival.time());
            self.line("arrival", [("when", arrival.into())])
        });
        [departure].into_iter().chain(arrival).collect()
    }

    /// How a part of a flight is, and how it was.
    fn aspect(&self, aspect: Aspect, was: &Flight, now: &Flight) -> String {
        let (message, show): (_, &dyn Fn(&Flight) -> String) = match aspect {
            Aspect::Designator => ("now-designator", &|flight| {
                let number = flight.designator().map(|number| number.to_string());
                number.unwrap_or_else(|| self.line("unknown-designator", []))
            }),
            Aspect::Origin => ("now-origin", &|flight| self.place(flight.origin())),
            Aspect::Destination => ("now-destination", &|flight| {
                self.place(flight.destination())
            }),
            Aspect::Departure => ("now-departure", &|flight| self.departure(flight)),
            Aspect::Arrival => ("now-arrival", &|flight| match flight.arrival() {
                Some(arrival) => self.date_time(arrival.date(), arrival.time()),
                None => self.line("unknown-arrival", []),
            }),
        };
        self.line(
            message,
            [("now", show(now).into()), ("was", show(was).into())],
        )
    }

    /// The airport, so that two of one city are told apart.
    fn place(&self, airport: AirportCode) -> String {
        let code = airport.to_string();
        match city(airport, self.host) {
            Some(city) => self.line("place", [("city", city.into()), ("code", code.into())]),
            None => code,
        }
    }

    fn departure(&self, flight: &Flight) -> String {
        let date = flight.departure_date();
        match flight.departure_time() {
            Some(time) => self.date_time(date, time),
            None => self.line("date-only", [("date", self.date(date).into())]),
        }
    }

    fn date_time(&self, date: Date, time: Time) -> String {
        self.timed.set(true);
        let [hour, minute] = [time.hour(), time.minute()].map(|part| format!("{part:02}"));
        let time = self.line("time", [("hour", hour.into()), ("minute", minute.into())]);
        let date = self.date(date);
        self.line("date-time", [("date", date.into()), ("time", time.into())])
    }

    fn date(&self, date: Date) -> String {
        let day = ("day", date.day().into());
        let month = ("month", date.month().into());
        // No number: a thousand is not to be marked in it.
        let year = ("year", date.year().to_string().into());
        self.line("date", [day, month, year])
    }
}

/// The flight that a change is about, as it is.
fn flight_of(change: &Change) -> &Flight {
    match change {
        Change::Added(flight) | Change::Cancelled(flight) => flight,
        Change::Changed(both) => &both.1,
    }
}

/// A name as mails show it; `None` if a reader's program may make an address or a link of it: anybody can have it written
/// to anybody.
fn told(name: &PersonName) -> Option<String> {
    let text = name.as_str();
    let may_be_address = text.contains(['@', '\u{FE6B}', '\u{FF20}']);
    (!may_be_address && !may_be_link(text)).then(|| name.shown())
}

/// Paragraphs, with an empty line between.
#[derive(Default)]
struct Body(String);

impl Body {
    fn paragraph(&mut self, lines: impl IntoIterator<Item = String>) {
        let mut lines = lines.into_iter().peekable();
        if lines.peek().is_some() && !self.0.is_empty() {
            self.0.push('\n');
        }
        for line in lines {
            self.0.push_str(&line);
            self.0.push('\n');
        }
    }
}

//! Reads who should hear about a trip, out of Sabre PE lines and confirmation e-mails, and decides
//! what each person gets.
//!
//! A travel agent books a flight in the reservation system Sabre and types e-mail addresses into the
//! PE field of the PNR, which is the booking as the system keeps it. The confirmation mail goes to all
//! of them; in the trip service the traveller finds the trip under *My Trips*, a copied agent under
//! *Trips I'm Following*, and who got a blind copy finds nothing but the mail.
//!
//! ```text
//!  bytes ──► entries ──► recipients ──► route / plan ──► trips followed ──► effects
//!  PE text   PeEntry     Address        My Trips         HeldTrip: who      mails to send,
//!  e-mails   Mailbox     Role, name,    Following        holds it, why,     lists
//!            notes,      language       notify only      and sees what
//!            errors                                           ▲
//!                                          Case: a flight is changed, and that is an update
//! ```
//!
//! # Example
//!
//! ```
//! use peline::{Route, pe, route};
//!
//! let script = "-DOE/JANE\n\
//!               PE‡CLIENT@EXAMPLE.COM‡TO/JANE DOE¤S-1.1\n\
//!               PE‡AGENT@EXAMPLE.COM‡CC/§PE‡BOSS@EXAMPLE.COM‡BC/\n";
//! let mut routes = Vec::new();
//! for found in pe::scan(script.as_bytes()) {
//!     if let Some(recipient) = found.content?.recipient() {
//!         routes.push(route(&recipient?));
//!     }
//! }
//! assert_eq!(routes, [Route::MyTrips, Route::Following, Route::NotifyOnly]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A message is read in the same way:
//!
//! ```
//! use peline::{Plan, Route, mail::Message};
//!
//! let mail = b"To: Jane Doe <client@example.com>\r\nCc: agent@example.com\r\n\r\nYour trip";
//! let envelope = ["client@example.com".parse()?, "boss@example.com".parse()?];
//! let plan: Plan = Message::parse(mail)?.recipients(&envelope).collect();
//! let routes: Vec<_> = plan.recipients().map(|it| (it.address().as_str(), it.route())).collect();
//! assert_eq!(routes, [
//!     ("agent@example.com", Route::Following),
//!     ("boss@example.com", Route::NotifyOnly),
//!     ("client@example.com", Route::MyTrips),
//! ]);
//! # Ok::<(), peline::ParseError>(())
//! ```
//!
//! # The way through
//!
//! | to | take |
//! |---|---|
//! | read one entry | [`PeEntry`](pe::PeEntry) (or [`RawEntry`](pe::RawEntry), which allocates nothing) |
//! | find the entries of a script, a dump, a display | [`pe::scan`], [`pe::Scanner`] for streams |
//! | scan one large text in several threads | [`pe::scan_in_parts`] |
//! | show a person what is wrong | [`ParseError::caret`], [`Found::caret`](pe::Found::caret) |
//! | write an entry | [`PeEntry::builder`](pe::PeEntry::builder) |
//! | read a message | [`mail::Message`] |
//! | know who a message is addressed to, blind copies too | [`Message::recipients`](mail::Message::recipients) |
//! | know whether a message may import a trip | [`mail::admit`] |
//! | write an address list | [`mail::NamedAddress`], [`mail::address_list`] |
//! | know what one recipient gets | [`route`] |
//! | know what each address of a booking gets | [`Plan`], [`plan`] |
//! | know which entries a mail command would mail | [`pe::select`] |
//! | know how someone can follow a trip | [`follow::way`] |
//! | import the trip of an admitted message, or of a PNR | [`follow::Confirmation`] |
//! | say which addresses belong to which account | [`follow::Host`] |
//! | keep a trip and those who follow it | [`follow::HeldTrip`] |
//! | know who sees what of a trip | [`follow::Policy`], [`HeldTrip::explain`](follow::HeldTrip::explain) |
//! | show a person's lists | [`follow::Lists`] |
//! | let a traveller share all trips to come | [`follow::StandingConsents`] |
//! | lead an agent through changing a flight | [`change::Case`] |
//! | know what a change of a ticket costs | [`change::Exchange`], [`change::Quote`] |
//! | know what changed between two itineraries | [`trip::difference`] |
//! | find the booking that a message cites | [`trip::Citation`] |
//! | feed a person's calendar | `follow::calendar::Feed` (feature `calendar`) |
//! | write the mails to followers | `follow::notices::Notices` (feature `notices`) |
//! | know the zones and cities of airports | `trip::WorldAirports` (feature `airports`) |
//! | know the rules of the PE field | [the page of `pe`](pe) |
//! | know the rules for messages | [the page of `mail`](mail) |
//! | know the rules for flights and their times | [the page of `trip`](trip) |
//! | know the rules of following | [the page of `follow`](follow) |
//! | know the procedure of changing a flight | [the page of `change`](change) |
//!
//! # Promises
//!
//! * **Strict.** An ambiguous text is an error or carries a [`Note`]; nothing is guessed, and no
//!   address is repaired.
//! * **Errors point.** A [`ParseError`] is a kind and a [`Span`]; reading goes on behind it.
//! * **Silent about people.** No `Debug`, error or note shows an address or a name.
//! * **Pure.** No I/O, no clock, no randomness, no globals, no `unsafe`; no panic on any input, and
//!   reading takes time linear in it.
//!
//! # Features
//!
//! * `serde` (default): `Serialize` and `Deserialize` for the values that are a text or a name:
//!   addresses, entries, PE commands, their parts, roles, routes, lists, scopes, reasons, spans, notes; and for
//!   what a service stores: trips and their holders, consents, notices, policies, cases of change, with a version. Reading goes
//!   through the same checks as `FromStr` and the steps, and its errors quote nothing, not even of what the reader says:
//!   read what the format has for any value first (a `serde_json::Value`), and the value from that: so a text that breaks
//!   off is told from a value that is none. A [`ParseError`] and an
//!   [`AddrSpec`] are only written.
//! * `charsets`: display names and subjects of messages in more charsets, those of the WHATWG
//!   Encoding Standard.
//! * `airports`: `trip::WorldAirports`, the cities and zones of airports and the rules of time zones,
//!   as data in the program.
//! * `notices`: the mails to followers, in English and Spanish (`follow::notices`).
//! * `calendar`: `follow::calendar`, a calendar feed (RFC 5545) for each account.
//! * `cli`: the command line `peline`.
//!
//! A feature only adds items; none changes how a text is read, but for the names that `charsets`
//! decodes. Which addresses are read never depends on a feature.
//!
//! # The source
//!
//! In the order in which data flows. What a module imports stands above it in this list, and nom is named in
//! `grammar` only: a test reads the source and holds both.
//!
//! | module | what it knows |
//! |---|---|
//! | `text` | where something stands ([`Span`]), what was tolerated ([`Note`]), encodings, what is printable |
//! | `error` | what is wrong with a text, and the caret under it |
//! | `rejected` | what the rules refuse, with the state as it was ([`Rejected`]) |
//! | `grammar` | what texts look like: a function for each production, its ABNF above it; nothing of what they mean. `plain` and `plain_entry` read the shapes that most texts have, as the productions do and faster |
//! | `address` | [`Address`], which can be routed to, and [`AddrSpec`], which can be shown |
//! | [`pe`] | entries, commands, the scanner, what is written |
//! | [`mail`] | messages, their fields and lists, limits, admission |
//! | `recipient` | where the two sources meet: [`Recipient`], [`Role`], and why something is none ([`Reason`]) |
//! | `routing` | [`route`] and [`plan`] |
//! | [`trip`] | flights, itineraries, documents, what changed |
//! | [`follow`] | who holds a trip and why, who sees what; views, notices, calendars |
//! | [`change`] | the case of a flight that is changed, and its money |
//!
//! Each public module is a folder whose `mod.rs` is its rule page; `bin/peline` is the command line. The laws
//! are in `fuzz/*_laws.rs` and run in the tests, too.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod text;

mod error;

mod rejected;

mod grammar;

mod address;

pub mod pe;

pub mod mail;

mod recipient;

mod routing;

pub mod trip;

pub mod follow;

pub mod change;

/// The README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The crate of dates and times that this one speaks, in the version that it speaks.
pub use jiff;

pub use crate::{
    address::{AddrSpec, Address, Domain},
    error::{ErrorKind, ParseError},
    recipient::{Candidate, Listed, Reason, Recipient, Role, Unrouted},
    rejected::Rejected,
    routing::{ConfirmationMail, List, Plan, PlannedRecipient, Route, Scope, plan, route},
    text::{Note, Notes, Span, printable},
};

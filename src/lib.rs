//! Reads who should hear about a trip, out of Sabre PE lines, and decides what each person gets.
//!
//! A travel agent books a flight in Sabre and types e-mail addresses into the PE field of the PNR.
//! The confirmation mail goes to all of them; in the trip service the traveller finds the trip
//! under *My Trips*, a copied agent under *Trips I'm Following*, and who got a blind copy finds
//! nothing but the mail.
//!
//! ```text
//!  bytes ──► entries ──► recipients ──► route / plan ──► way
//!  PE text   PeEntry     Address        My Trips         which of the three ways
//!  of any    notes,      Role, name,    Following        of following a trip is open
//!  size      errors      language       notify only
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
//! # The way through
//!
//! | to | take |
//! |---|---|
//! | read one entry | [`PeEntry`](pe::PeEntry) (or [`RawEntry`](pe::RawEntry), which allocates nothing) |
//! | find the entries of a script, a dump, a display | [`pe::scan`], [`pe::Scanner`] for streams |
//! | write an entry | [`PeEntry::builder`](pe::PeEntry::builder) |
//! | know what one recipient gets | [`route`] |
//! | know what each address of a booking gets | [`Plan`], [`plan`] |
//! | know which entries a mail command would mail | [`pe::select`] |
//! | know how someone can follow a trip | [`follow::way`] |
//! | know the rules of the PE field | [the page of `pe`](pe) |
//!
//! # Promises
//!
//! * **Strict.** An ambiguous text is an error or carries a [`Note`]; nothing is guessed, and no
//!   address is repaired.
//! * **Errors point.** A [`ParseError`] is a kind and a [`Span`]; reading goes on behind it.
//! * **Silent about people.** No `Debug`, error or note shows an address or a name.
//! * **Pure.** No I/O, no clock, no randomness, no globals, no `unsafe`; no panic on any input, and
//!   time linear in it.
//!
//! # Features
//!
//! * `serde` (default): `Serialize` and `Deserialize` for the values that are a text or a name:
//!   addresses, entries, commands, their parts, roles, routes, lists, reasons, spans, notes. Reading
//!   goes through the same checks as `FromStr`, and its errors quote nothing. A [`ParseError`] is
//!   only written.
//! * `cli`: the command line `peline`.
//!
//! A feature only adds items; none changes how a text is read.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod text;

mod error;

mod grammar;

mod address;

pub mod pe;

pub mod mail;

mod recipient;

mod routing;

pub mod follow;

/// The README's example is compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use crate::{
    address::{AddrSpec, Address, Domain},
    error::{ErrorKind, ParseError},
    recipient::{Candidate, Listed, Reason, Recipient, Role, Unrouted},
    routing::{ConfirmationMail, List, Plan, PlannedRecipient, Route, Scope, plan, route},
    text::{Note, Notes, Span, printable},
};

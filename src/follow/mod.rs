//! Following a trip: the three ways to a place on somebody else's trip, and who sees what there.
//!
//! Everything is pure: a [`Command`] goes into [`HeldTrip::step`] with its time, and the trip as it is
//! then comes out, with [`Effect`]s for the service to carry out. The service brings what only it
//! knows as a [`Host`].
//!
//! # Which way is open?
//!
//! | way | for whom | how |
//! |---|---|---|
//! | 1, auto-import | whose address is in the PNR as `CC` | the trip appears under *Trips I'm Following* by itself |
//! | 2, reassign | whose address is in the PNR as `TO`, or who added the trip by hand | "I am not the traveler" and the client's name move it from *My Trips* to *Trips I'm Following* |
//! | 3, share | whose address is not in the PNR | the client, who needs an account, shares the trip |
//!
//! [`way`] says which of them is open; [`Presence`] answers the question that comes first: *is your
//! address in the PNR?*
//!
//! # Example: way 1, from PE text to the follower's list
//!
//! ```
//! use peline::jiff::civil::date;
//! use peline::{Address, List, Plan, follow::*, pe, trip::*};
//!
//! /// The service knows its accounts.
//! struct Service;
//!
//! impl Host for Service {
//!     fn account(&self, address: &Address) -> Option<AccountId> {
//!         match address.as_str() {
//!             "client@example.com" => Some(AccountId::new(1)),
//!             "agent@example.com" => Some(AccountId::new(2)),
//!             _ => None,
//!         }
//!     }
//! }
//!
//! // All that `*PE` shows.
//! let display = "*PE\n 1.‡CLIENT@EXAMPLE.COM‡\n 2.‡AGENT@EXAMPLE.COM‡CC/\n 3.‡BOSS@EXAMPLE.COM‡BC/\n";
//! let plan: Plan = pe::scan(display.as_bytes()).collect();
//! let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
//! let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
//! let jane = Traveller::new("DOE/JANE".parse()?).with_name_reference("1.1".parse()?);
//! let itinerary = Itinerary::new([flight], [jane])?;
//! let now = "2026-11-01T10:00:00Z".parse()?;
//!
//! let import = Command::Import(Confirmation::from_whole_pnr(booking, now, itinerary, &plan)?);
//! let trip = TripId::new(1);
//! let (held, effects) = HeldTrip::new(trip).step(import, now, &Service)?;
//! assert_eq!(effects, [
//!     Effect::Place { trip, account: AccountId::new(1), list: List::MyTrips },
//!     Effect::Place { trip, account: AccountId::new(2), list: List::Following },
//! ]);
//!
//! let trips = [held];
//! let agent = Lists::of(AccountId::new(2), &trips, Service.policy());
//! let [trip] = agent.list(List::Following) else { unreachable!() };
//! assert_eq!(trip.title(&Service), "DOE/JANE: LHR–SIN");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Example: way 2, from PE text to the follower's list
//!
//! ```
//! # use jiff::civil::date;
//! # use peline::{Address, List, Plan, follow::*, pe, trip::*};
//! # struct Service;
//! # impl Host for Service {
//! #     fn account(&self, address: &Address) -> Option<AccountId> {
//! #         (address.as_str() == "agent@example.com").then_some(AccountId::new(2))
//! #     }
//! # }
//! # let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
//! # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
//! # let itinerary = Itinerary::new([flight], [])?;
//! # let now = "2026-11-01T10:00:00Z".parse()?;
//! let plan: Plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡TO/".as_bytes()).collect();
//! let import = Command::Import(Confirmation::from_pnr(booking, now, itinerary, &plan)?);
//! let (held, _) = HeldTrip::new(TripId::new(1)).step(import, now, &Service)?;
//! let agent = AccountId::new(2);
//! assert_eq!(held.list(agent), Some(List::MyTrips));
//!
//! let to = Assignment::Following { client: "Jane Doe".parse()? };
//! let (held, effects) = held.step(Command::Reassign { holder: agent, to }, now, &Service)?;
//! assert_eq!(effects, [Effect::Place { trip: held.id(), account: agent, list: List::Following }]);
//! let view = held.view(agent, Service.policy()).unwrap();
//! assert_eq!(view.title(&Service), "Jane Doe: LHR–SIN");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Example: way 3, from PE text to the follower's list
//!
//! ```
//! # use jiff::civil::date;
//! # use peline::{Address, List, Plan, follow::*, pe, trip::*};
//! # struct Service;
//! # impl Host for Service {
//! #     fn account(&self, address: &Address) -> Option<AccountId> {
//! #         match address.as_str() {
//! #             "client@example.com" => Some(AccountId::new(1)),
//! #             "agent@example.com" => Some(AccountId::new(2)),
//! #             _ => None,
//! #         }
//! #     }
//! # }
//! # let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
//! # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
//! # let itinerary = Itinerary::new([flight], [])?;
//! # let now = "2026-11-01T10:00:00Z".parse()?;
//! let plan: Plan = pe::scan("PE‡CLIENT@EXAMPLE.COM‡".as_bytes()).collect();
//! let import = Command::Import(Confirmation::from_pnr(booking, now, itinerary, &plan)?);
//! let (held, _) = HeldTrip::new(TripId::new(1)).step(import, now, &Service)?;
//!
//! let (client, agent) = (AccountId::new(1), AccountId::new(2));
//! let with = "agent@example.com".parse()?;
//! let share = Command::Share { by: client, with, opens: Items::NONE };
//! let (held, effects) = held.step(share, now, &Service)?;
//! let placed = Effect::Place { trip: held.id(), account: agent, list: List::Following };
//! assert_eq!(effects.first(), Some(&placed));
//! assert!(matches!(effects.get(1), Some(Effect::Mail(notice)) if notice.to() == agent));
//! assert!(!held.explain(agent, Item::ETicket, Service.policy()).is_granted());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rules
//!
//! What is marked *(ours)* is this crate's decision where its sources are silent. Commands come from any
//! channel: whether the web or the app offers one is the service's affair *(ours)*.
//!
//! * **From recipient to list.** `TO` is imported to *My Trips*, `CC` to *Trips I'm Following*, `BC` not
//!   at all: see [`route`](crate::route). Only an admitted message or the PNR itself imports. Where the
//!   address has no account, the holding waits; while it waits, nothing is mailed or fed to a calendar.
//! * **Holding and reasons.** Who holds a trip has one or more [reasons](HoldingReason); with the last
//!   one the holding ends. An account with two addresses in a booking has one holding with both
//!   reasons, and is told of a change once *(ours)*.
//! * **Which list.** The holder's own choice (way 2) first, and updates leave it alone; else `TO` or by
//!   hand → *My Trips*; else *Trips I'm Following*. While he has no reason of his own (`TO`, `CC`, by
//!   hand) a choice sleeps: what is only shared is on *Trips I'm Following* *(ours)*.
//! * **Reassigning** takes a holder's own holding that is imported or added by hand, and the client's
//!   name to move it to *Trips I'm Following*. It opens and closes nothing, and ends no share.
//! * **Sharing.** The traveller must hold the trip by `TO` or by hand, unmarked, and the follower's
//!   address must belong to an account. Repeating a live share does nothing, but that it opens what the latest
//!   one says, and a standing consent no more from then on *(ours)*. Whatever he consents to, a share opens no
//!   documents but those of names that he is in the PE list for at that time, so more where the list gives him more
//!   later, and fewer where it takes them *(ours)*.
//! * **Always sharing**: see [`StandingConsents`].
//! * **Taking back.** [`Unshare`](Command::Unshare) removes all of one traveller's reasons; updates never
//!   restore them. A follower who is also in `CC` keeps the trip. What a holder
//!   [dropped](Command::Unfollow) comes back by a new share or [his own hand](Command::TakeBack) only.
//!   When a sharer has no reason of his own left (`TO`, `CC`, by hand), what rests on his shares ends
//!   for good *(ours: a share holds no other share up, so two who shared with each other do not keep
//!   the trip)*.
//! * **Who sees what**: the table of [`Policy`].
//! * **Newness** is the issue time that is handed in: see [`Trip`](crate::trip::Trip). A conflict is
//!   refused, and what was known stays.
//! * **Only a *whole* PE list** removes import reasons of those missing from it; a message never does,
//!   for it may have been sent again to one person.
//! * **Name references.** Who is in the PE list for some names sees their tickets and invoices only: not
//!   those for the whole booking, and with `-1.1` not those for all of name 1 *(ours)*. What
//!   the latest entry of an address says counts for all that it is imported for, and stays when the
//!   entry is gone: a message cannot say whose names it is for, and widens nothing *(ours)*. An entry in `BC` gives no
//!   place in the trip, and says nothing of who sees what.
//! * **Numbers of names.** A number says whose a document or an entry is by the booking as it was when that was
//!   issued. Where names get other numbers, [`Command::Renumber`] takes entries and documents along together. Where
//!   nobody says so, itineraries do: an entry opens a document where the number was one name's when either was issued,
//!   and `-1` where all for whom the document is, and who have not left, were of name 1. Between two itineraries that
//!   differ it was nobody's: nobody sees what could be another's. A document for somebody whom the itinerary leaves out
//!   is whose the number was before or since, if he has no other there; who has no number in an itinerary may be of any
//!   name; namesakes nobody can tell apart. For that the names of each itinerary are remembered, also of those who left
//!   *(ours)*.
//!   What was issued before all names of an entry had left addresses nobody there any more, also when it comes late or
//!   again *(ours)*.
//! * **Any order** of the same confirmations, PE lists, updates, documents and cancellations of a known
//!   booking ends in the same state, but for conflicts: what came first stays. What people do (and
//!   standing consents, a new locator, a division, a ticket of before names got other numbers, the
//!   place of one that says none) acts on the trip as it is at that moment. So does the whole list that leaves a sharer
//!   out: what rested on his shares has ended, though a newer list comes that has him; if that came first, it lasts *(ours)*.
//! * **The future.** What says that it was issued more than a day from now is refused: it would stand for
//!   ever *(ours)*.
//! * **Told once.** Who may know is told of a difference once. Who got the confirmation by mail, or a newer one, is not
//!   told again, whatever list is read or locator comes since; reading a PNR is no such mail *(ours)*. An update
//!   that changes nothing tells nobody; a flight that had departed when an itinerary without it was issued was flown: it is not cancelled, and did not
//!   become another flight, only a [late](crate::trip::Trip) one *(ours)*.
//! * **What a mail says**: with the feature `notices`, the module `notices` writes it.
//! * **Stored** is the state, with a version, not its history; what is read is checked, and refused if
//!   steps could not have made it *(ours: the accounts of past days cannot be asked again)*.
//! * **Division.** Where some names of a booking are moved to another one, [`HeldTrip::divide`] makes two
//!   trips of one *(ours: else the trip of those who stay would be lost)*. Who is in the PE list for names of
//!   one of them only is there for no name of the other: a message widens that no more than another name
//!   reference *(ours)*. Who left does not leave again: a division that is told twice is refused *(ours)*. So is one of
//!   a trip that was told of the booking as it is since it was divided: its numbers may be others, and the wrong people
//!   would move. Divide before the old PNR is read again; else import the new one as a trip *(ours)*.
//! * **Merging.** A manual trip and a linked one with the same flights are [proposed](proposed_merges)
//!   for merging, never merged alone.
//! * **Calendars**: with the feature `calendar`, `follow::calendar` writes a feed for each account.

#[cfg(feature = "calendar")]
pub mod calendar;
mod command;
mod confirmation;
mod consent;
mod division;
mod effect;
mod held_trip;
mod host;
mod merge;
#[cfg(feature = "notices")]
pub mod notices;
mod policy;
mod record;
mod rejected;
mod renumbering;
mod settle;
mod sightings;
mod step;
#[cfg(feature = "serde")]
mod stored;
mod view;
mod visibility;
mod way;

pub(crate) use self::step::not_of_the_future;
pub use self::{
    command::{Assignment, Command},
    confirmation::{Confirmation, NotWhole, PlanOfMessage},
    consent::{Consent, ConsentCommand, StandingConsents},
    division::Division,
    effect::{Difference, DifferenceKey, Effect, News, Notice, Withheld},
    held_trip::HeldTrip,
    host::{AccountId, Host, NoHost},
    merge::{MergeProposal, proposed_merges},
    policy::{Access, Policy},
    rejected::{Refusal, Rejected},
    view::{Client, DocumentView, Lists, TripView},
    visibility::{Explanation, HoldingReason, Item, Items, ReasonKind, Verdict},
    way::{ClientAccount, Presence, Way, way},
};

//! What can happen to a trip.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{AccountId, Confirmation, Items};
use crate::{
    address::Address,
    pe::NameReference,
    trip::{BookingId, Document, Itinerary, PersonName},
};

/// Something that happens to a trip.
///
/// Whoever is named as acting (`by`, `holder`) must have been authenticated by the service: the rules
/// ask what he may do, not whether it is he.
///
/// See the examples of [the page of `follow`](super).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Command {
    /// Way 1: a confirmation, or the PNR, says what the booking is and who is addressed.
    ///
    /// `TO` puts the trip on *My Trips*, `CC` on *Trips I'm Following*, `BC` does nothing; an address
    /// without an account waits. The same confirmation twice changes nothing; an older one still adds
    /// those whom it addresses, unless a *whole* PE list since then left them out. One that conflicts
    /// with what is known, as two itineraries of one second do, is refused whole: read the booking, and
    /// import that.
    Import(Confirmation),
    /// An account verified an address: what waits for the address is there at once, and what another account
    /// had by it is that one's no more. Hand it to every trip that [has the address](super::HeldTrip::addresses):
    /// a trip does not ask the [host](super::Host::account) whose it is but when a confirmation comes.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// use peline::{List, follow::*, pe};
    /// # use peline::trip::{BookingId, Flight, Itinerary, SystemCode, TripId};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let itinerary = Itinerary::new([flight], [])?;
    /// # let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
    /// let import = Command::Import(Confirmation::from_pnr(booking, now, itinerary, &plan)?);
    /// let (held, _) = HeldTrip::new(TripId::new(1)).step(import, now, &NoHost)?;
    /// assert_eq!(held.waiting().count(), 1);
    ///
    /// let (address, account) = ("agent@example.com".parse()?, AccountId::new(7));
    /// let (held, _) = held.step(Command::Register { address, account }, now, &NoHost)?;
    /// assert_eq!(held.list(account), Some(List::Following));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    Register {
        /// The address.
        address: Address,
        /// Whose it is now.
        account: AccountId,
    },
    /// The address is verified by nobody any more: what it brought waits again.
    Unregister {
        /// The address.
        address: Address,
    },
    /// The account is gone, and all that it had to do with the trip; what rests on its shares ends. Its number is kept
    /// nowhere in the trip: of a follower, that he was told once, and not by whom *(ours)*.
    ///
    /// What the PE list said of its addresses is the booking's, and is known until [`ForgetWaiting`](Self::ForgetWaiting).
    ///
    /// Take it out of [`Host::account`](super::Host::account) and of everybody's
    /// [consents](super::StandingConsents) first: the next confirmation would bring it back.
    CloseAccount {
        /// The account.
        account: AccountId,
    },
    /// Addresses that wait for an account since before a time are forgotten, by the issue time of the
    /// latest confirmation that addresses them, and so is what the PE list said of those who left it, or
    /// the trip by a [division](super::HeldTrip::divide). What a [replaced](Self::ReplaceBooking) booking said
    /// counts as issued when it was replaced. A later import brings them back.
    ///
    /// Of the PNRs in a row that were read before that time with the same names, the first and the last are remembered
    /// then, and not when each was read *(ours)*: where a service hands in a PNR each time that it reads it, the trip
    /// grows by a little with each.
    ForgetWaiting {
        /// Those whose latest confirmation was issued before this.
        before: Timestamp,
    },
    /// Way 2, for a trip that came from no booking: it is added by hand, on *My Trips*, or with the
    /// client's name at once on *Trips I'm Following*.
    AddByHand {
        /// Whose trip it is to be.
        by: AccountId,
        /// The flights.
        itinerary: Itinerary,
        /// "I am not the traveler": who is.
        client: Option<PersonName>,
    },
    /// The holder of a trip that was added by hand changes its flights.
    Edit {
        /// The holder.
        by: AccountId,
        /// The flights as they are now.
        itinerary: Itinerary,
    },
    /// Way 2: the holder moves the trip to the other of his lists.
    ///
    /// Only his own holding, only one that is imported or added by hand. What he sees stays the same.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// use peline::{List, follow::*};
    /// # use peline::trip::{Flight, Itinerary, TripId};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (holder, itinerary) = (AccountId::new(7), Itinerary::new([flight], [])?);
    /// # let add = Command::AddByHand { by: holder, itinerary, client: None };
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &NoHost)?;
    /// let to = Assignment::Following { client: "Jane Doe".parse()? };
    /// let (held, _) = held.step(Command::Reassign { holder, to }, now, &NoHost)?;
    /// assert_eq!(held.list(holder), Some(List::Following));
    /// assert_eq!(held.mark(holder).map(|client| client.as_str()), Some("Jane Doe"));
    /// let view = held.view(holder, NoHost.policy()).unwrap();
    /// assert!(matches!(view.client(&NoHost), Client::Typed(jane) if jane.as_str() == "Jane Doe"));
    ///
    /// let back = Command::Reassign { holder, to: Assignment::MyTrips };
    /// let (held, _) = held.step(back, now, &NoHost)?;
    /// assert_eq!(held.list(holder), Some(List::MyTrips));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    Reassign {
        /// The holder.
        holder: AccountId,
        /// Where to.
        to: Assignment,
    },
    /// Way 3: the traveller shares the trip with the account that has an address. Its follower is told, once.
    ///
    /// What the share opens is what its latest command says: one that names less, or nothing, closes the rest, also
    /// when a [standing consent](super::StandingConsents) shares this trip again *(ours)*.
    /// [`HeldTrip::consent`](super::HeldTrip::consent) says what that is.
    Share {
        /// The traveller.
        by: AccountId,
        /// An address of the follower's account.
        with: Address,
        /// What the traveller opens beyond the itinerary, where the service's policy has been widened.
        opens: Items,
    },
    /// The traveller takes back all that he shares of this trip with one follower. What he
    /// [always shares](super::StandingConsents) of trips to come stays as it is.
    Unshare {
        /// The traveller.
        by: AccountId,
        /// The follower.
        with: AccountId,
    },
    /// The holder drops the trip: only a new share, or taking it back, brings it back. What rests on his shares ends, and
    /// does not come back with him.
    Unfollow {
        /// The holder.
        holder: AccountId,
    },
    /// The holder takes back a trip that he dropped, for the reasons that still hold: his PE entry, say. He shares it again
    /// with whom he wants to.
    TakeBack {
        /// The holder.
        holder: AccountId,
    },
    /// The booking changed, and nobody was added or removed. Who says so must be trusted as a confirmation is.
    Update {
        /// Which booking.
        booking: BookingId,
        /// The itinerary as it is now.
        itinerary: Itinerary,
        /// When that was issued.
        issued: Timestamp,
        /// Whom the new itinerary itself was mailed to: they are not told of it again.
        mailed_to: Vec<Address>,
    },
    /// The booking is cancelled: what has not departed is. Who says so must be trusted as a confirmation is: a
    /// mail has to be [admitted](crate::mail::admit).
    ///
    /// What has departed, the times of the itinerary say: of a flight that is late, and then does not go, nobody is told
    /// *(ours: whose way back is cancelled has flown there)*. Put the late time in by an [update](Self::Update) before.
    Cancel {
        /// Which booking: a message that carries its locator only is a
        /// [`Citation`](crate::trip::Citation) first.
        booking: BookingId,
        /// When the cancellation was received.
        received: Timestamp,
        /// Whom the cancellation itself was mailed to: they are not told of it again.
        mailed_to: Vec<Address>,
    },
    /// An e-ticket or an e-invoice, which must be of this trip: nothing in it says of which it is. One that was attached
    /// and is not valid any more is attached again as [void](Document::voided), of the time since when it is. One that is
    /// for one name of the booking must [say so](Document::for_name), each time that it is attached, by the number
    /// that the name had when the document was issued. Nobody is mailed of a document.
    Attach(Document),
    /// The names of the booking have other numbers: what is there for a name, PE entries and documents, goes with
    /// the name.
    ///
    /// Say so where it is known: without it, who is there for a name does not see the documents of a number that
    /// was another name's, or may have been, when the document or his entry was made *(ours: nobody sees what could
    /// be another's)*. That a number was another name's is known from the
    /// [travellers](Itinerary::travellers) of the itineraries. A name that is spelled in another way counts as
    /// another name.
    ///
    /// Before or after what shows the new numbers comes to the same for what everybody sees; but who is in a newer
    /// entry by then keeps his list, though the command takes the names of his older entry away. Of two commands the
    /// later one has to be of a later time.
    ///
    /// An entry or a document for all passengers of a name (`1`) is for those who are of it when it is made. It is for
    /// all of one name again where itineraries say who they are. Else an entry is for those only whose new numbers are
    /// given, and a document for the whole booking; where there are none, who has the entry keeps the trip and sees no
    /// documents *(ours)*.
    ///
    /// ```
    /// # use jiff::{Timestamp, civil::date};
    /// # use peline::{Address, follow::*, pe, trip::*};
    /// # struct Service;
    /// # impl Host for Service {
    /// #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
    /// # }
    /// # let booking: BookingId = "1S/KWJQPD".parse()?;
    /// # let [was, at]: [Timestamp; 2] = ["2026-11-01T10:00:00Z".parse()?, "2026-11-02T10:00:00Z".parse()?];
    /// # let of = |jane: &str, john: &str| -> Result<Itinerary, Box<dyn std::error::Error>> {
    /// #     let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// #     let jane = Traveller::new("DOE/JANE".parse()?).with_name_reference(jane.parse()?);
    /// #     let john = Traveller::new("ROE/JOHN".parse()?).with_name_reference(john.parse()?);
    /// #     Ok(Itinerary::new([flight], [jane, john])?)
    /// # };
    /// // Jane is 1.1, John 2.1; the agent is there for Jane.
    /// let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/-1.1".as_bytes()).collect();
    /// let import = Command::Import(Confirmation::from_pnr(booking.clone(), was, of("1.1", "2.1")?, &plan)?);
    /// let (held, _) = HeldTrip::new(TripId::new(1)).step(import, was, &Service)?;
    /// let ticket = Document::new(DocumentKind::ETicket, "9991234567890".parse()?, was).for_name("1.1".parse()?);
    /// let (held, _) = held.step(Command::Attach(ticket), was, &Service)?;
    ///
    /// // Now she is 2.1, and he is 1.1.
    /// let [jane, john] = ["1.1".parse()?, "2.1".parse()?];
    /// let names = [(jane, Some(john)), (john, Some(jane))].into();
    /// let renumber = Command::Renumber { booking: booking.clone(), names, at };
    /// let (held, _) = held.step(renumber, at, &Service)?;
    /// let itinerary = of("2.1", "1.1")?;
    /// let update = Command::Update { booking, itinerary, issued: at, mailed_to: vec![] };
    /// let (held, _) = held.step(update, at, &Service)?;
    /// let view = held.view(AccountId::new(2), Service.policy()).unwrap();
    /// assert!(view.documents().map(|it| it.name_reference()).eq([Some("2.1".parse()?)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    Renumber {
        /// The booking of the trip.
        booking: BookingId,
        /// The old and the new number of each passenger who has another one (`1.1`); nothing as the new one says
        /// that he left the booking. Others keep theirs, so a number that another has, or may have, is
        /// [refused](super::Refusal::NumberTaken) where nothing is said of him: one of a traveller, or one that an
        /// entry or a document of before names.
        names: BTreeMap<NameReference, Option<NameReference>>,
        /// Since when: what was issued before has the old numbers.
        at: Timestamp,
    },
    /// The trip's booking got another locator (by division, or rebooking elsewhere): holdings, shares
    /// and marks move along. What the old one said stands until the new one says something; what comes
    /// from the old one after this is refused, its cancellation too.
    ///
    /// Where somebody joined the old one or left it, who is there for a name may see none of its documents until the
    /// new one's PE list says so again: which itinerary an entry goes by is not known any more *(ours)*. Let nothing
    /// come again that was confirmed under a locator before it was replaced, if the booking gets it back.
    ///
    /// If a trip was made for the new one meanwhile, import its confirmations into this trip after this,
    /// in any order, and let the other go.
    ReplaceBooking {
        /// The booking of the trip.
        old: BookingId,
        /// The one that takes its place.
        new: BookingId,
        /// Since when.
        at: Timestamp,
    },
}

/// Where a trip is reassigned to.
///
/// See the example of [`Command::Reassign`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Assignment {
    /// To *Trips I'm Following*: "I am not the traveler".
    Following {
        /// Who is.
        client: PersonName,
    },
    /// To *My Trips*.
    MyTrips,
}

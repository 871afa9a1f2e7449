//! What a booking says of itself, and who was told.

use core::fmt;
use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    address::Address,
    mail::Admitted,
    pe::Language,
    recipient::Role,
    routing::{Plan, Scope},
    trip::{BookingId, Itinerary},
};

/// A booking as a confirmation or its PNR shows it: which booking, when that was issued, the
/// itinerary, and who is addressed.
///
/// Only an [admitted](crate::mail::admit) message or the PNR itself imports. `Debug` shows neither names nor
/// addresses.
///
/// The itinerary is the whole one, with all that is known of its flights and travellers, each time: what a newer
/// one leaves out counts as gone or unknown. Of flights that are gone those who follow the trip are told, not of
/// travellers.
///
/// # Example
///
/// ```
/// # use jiff::civil::date;
/// use peline::{follow::Confirmation, mail::{self, Message}};
/// use peline::trip::{BookingId, Flight, Itinerary, SystemCode};
///
/// let mail = b"From: Air Example <noreply@air.example>\nTo: jane@example.com\n\n";
/// let message = Message::parse(mail)?;
/// let policy = mail::AdmissionPolicy::default().with_domain("air.example".parse()?);
/// let verified = mail::Authentication::DmarcBySpf("air.example".parse()?);
/// let admitted = mail::admit(&message, &verified, &policy)?;
///
/// let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
/// let confirmation = Confirmation::from_message(
///     &admitted,
///     &["jane@example.com".parse()?],
///     BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?),
///     "2026-11-01T10:00:00Z".parse()?,
///     Itinerary::new([flight], [])?,
/// );
/// assert_eq!(confirmation.booking().locator().as_str(), "KWJQPD");
/// assert_eq!(confirmation.itinerary().flights().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Confirmation {
    pub(super) booking: BookingId,
    pub(super) issued: Timestamp,
    pub(super) itinerary: Itinerary,
    pub(super) addressed: Vec<Addressed>,
    pub(super) complete: bool,
    pub(super) whole: bool,
    pub(super) mailed: bool,
}

/// One that is addressed.
#[derive(Clone, Eq, PartialEq)]
pub(super) struct Addressed {
    pub(super) address: Address,
    pub(super) role: Role,
    /// What a PE entry said; a message says nothing of the kind.
    pub(super) entry: Option<(Scope, Option<Language>)>,
}

/// The plan was made of a message, and what a message says imports only once it is
/// [admitted](crate::mail::admit).
///
/// See the example of [`Confirmation::from_pnr`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[error("the plan was made of a message, which does not show the PE entries of a booking")]
pub struct PlanOfMessage;

/// Why a PE list is not declared to be whole.
///
/// See the example of [`Confirmation::from_whole_pnr`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotWhole {
    /// There is [nothing](Plan::is_empty) in the plan.
    #[error("no PE entry that counts was found in the text")]
    Empty,
    /// The plan was made of a message.
    #[error(transparent)]
    Message(#[from] PlanOfMessage),
    /// An entry could not be read: the plan is not [complete](Plan::is_complete).
    #[error(
        "an entry could not be read: a scan of the text says which; `from_pnr` takes the others as a part"
    )]
    Unreadable,
    /// There are [addresses that the text does not show](Plan::has_addresses_elsewhere).
    #[error("there are addresses that the text does not show: `*PE` shows them")]
    AddressesElsewhere,
    /// Items are [changed or deleted](Plan::has_replacements).
    #[error("the text changes or deletes items, and does not show which")]
    Replaced,
    /// The items are not those of [one whole list](Plan::is_one_list).
    #[error(
        "the items are not those of one whole list: 1 and so on, each once, to one that scrolls no further"
    )]
    NotOneList,
    /// There are [more entries](Plan::exceeds_host_limit) than a PNR can have.
    #[error("there are more entries than one PNR can have")]
    SeveralBookings,
}

impl Confirmation {
    /// What a message says that may import: its recipients, and those of the envelope that it came in.
    ///
    /// `issued` is when the confirmation was issued, not when it arrived: it says which of two is
    /// newer. (`Date` of the message says it, as its sender does.)
    ///
    /// Whoever is admitted may speak of any booking that is handed in. Where it is read out of the message, look
    /// first whether bookings of that system are [the sender's](Admitted::sender) affair.
    ///
    /// Whom the message addresses in a field that cannot be read, and who cannot be routed to, is left out:
    /// [`is_complete`](Self::is_complete) says whether somebody is. Who it is,
    /// [`Message::recipients`](crate::mail::Message::recipients) says.
    ///
    /// See the example of [`Confirmation`].
    #[must_use]
    pub fn from_message(
        admitted: &Admitted<'_>,
        envelope: &[Address],
        booking: BookingId,
        issued: Timestamp,
        itinerary: Itinerary,
    ) -> Self {
        let plan: Plan = admitted.message().recipients(envelope).collect();
        let mut confirmation = Self::new(booking, issued, itinerary, &plan).mailed();
        confirmation.complete &= plan.unrouted().next().is_none();
        for addressed in &mut confirmation.addressed {
            addressed.entry = None;
        }
        confirmation
    }

    /// What the PNR says, or a part of it: who is missing from the plan is not removed.
    ///
    /// `issued` is when the PNR was as it is shown: when it was read, unless it says so itself. What was handed in before
    /// and reads the same need not be handed in again.
    ///
    /// # Errors
    ///
    /// If the plan was made of a message, in whole or in part: anyone can send one that looks like a
    /// confirmation, and [`from_message`](Self::from_message) takes only what is admitted.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{follow::{Confirmation, PlanOfMessage}, mail::Message, pe};
    /// # use peline::trip::{BookingId, Flight, Itinerary, SystemCode};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let itinerary = Itinerary::new([flight], [])?;
    /// let plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/-1.1".as_bytes()).collect();
    /// let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
    /// let issued = "2026-11-01T10:00:00Z".parse()?;
    /// let seen = Confirmation::from_pnr(booking.clone(), issued, itinerary.clone(), &plan)?;
    /// assert_eq!(seen.issued(), issued);
    ///
    /// let anyones = Message::parse(b"To: agent@example.com\r\n\r\n")?.recipients(&[]).collect();
    /// let refused = Confirmation::from_pnr(booking, issued, itinerary, &anyones);
    /// assert!(refused == Err(PlanOfMessage));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_pnr(
        booking: BookingId,
        issued: Timestamp,
        itinerary: Itinerary,
        plan: &Plan,
    ) -> Result<Self, PlanOfMessage> {
        match plan.is_of_mail() {
            true => Err(PlanOfMessage),
            false => Ok(Self::new(booking, issued, itinerary, plan)),
        }
    }

    fn new(booking: BookingId, issued: Timestamp, itinerary: Itinerary, plan: &Plan) -> Self {
        let addressed = plan.recipients().map(|recipient| Addressed {
            address: recipient.address().clone(),
            role: recipient.role(),
            entry: Some((recipient.scope().clone(), recipient.language())),
        });
        Self {
            booking,
            issued,
            itinerary,
            addressed: addressed.collect(),
            complete: plan.is_complete(),
            whole: false,
            mailed: false,
        }
    }

    /// What the PNR says, with its *whole* PE list: who was imported before and is missing from it is
    /// removed. Two lists of one time are united.
    ///
    /// The plan is to be that of one PNR, as the system lists it: hand in what it answered to `*PE`. A text may show
    /// several, and where they show no item numbers nothing tells them apart. Commands that were typed count as entries
    /// of the list, whether or not the system took them. The face of a PNR with the line that its addresses are
    /// elsewhere is no whole list, also with the display behind it: that may be of another one *(ours)*.
    ///
    /// # Errors
    ///
    /// [`NotWhole`] says why not. A plan of [nothing](Plan::is_empty) is none, with `*PE` before it or a
    /// history in it: an error page holds nothing either, and everyone would be removed *(ours)*. Where it is
    /// known that a PE list is empty, [`from_emptied_pnr`](Self::from_emptied_pnr) says so.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{Plan, follow::{Confirmation, NotWhole}, pe};
    /// # use peline::trip::{BookingId, Flight, Itinerary, SystemCode};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let itinerary = Itinerary::new([flight], [])?;
    /// let broken: Plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡CC/\nPE‡BOSS@".as_bytes()).collect();
    /// let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
    /// let issued = "2026-11-01T10:00:00Z".parse()?;
    /// let whole = Confirmation::from_whole_pnr(booking, issued, itinerary, &broken);
    /// assert_eq!(whole.unwrap_err(), NotWhole::Unreadable);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_whole_pnr(
        booking: BookingId,
        issued: Timestamp,
        itinerary: Itinerary,
        plan: &Plan,
    ) -> Result<Self, NotWhole> {
        let part = Self::from_pnr(booking, issued, itinerary, plan)?;
        if plan.is_empty() {
            return Err(NotWhole::Empty);
        }
        if plan.has_addresses_elsewhere() {
            return Err(NotWhole::AddressesElsewhere);
        }
        if !plan.is_complete() {
            return Err(NotWhole::Unreadable);
        }
        if plan.has_replacements() {
            return Err(NotWhole::Replaced);
        }
        if !plan.is_one_list() {
            return Err(NotWhole::NotOneList);
        }
        if plan.exceeds_host_limit() {
            return Err(NotWhole::SeveralBookings);
        }
        Ok(Self {
            whole: true,
            ..part
        })
    }

    /// What a PNR says whose PE list is known to be empty: everyone who was imported is removed.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{Plan, follow::Confirmation};
    /// # use peline::trip::{BookingId, Flight, Itinerary, SystemCode};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let itinerary = Itinerary::new([flight], [])?;
    /// # let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
    /// # let issued = "2026-11-01T10:00:00Z".parse()?;
    /// let emptied = Confirmation::from_emptied_pnr(booking, issued, itinerary);
    /// assert_eq!(emptied.issued(), issued);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn from_emptied_pnr(booking: BookingId, issued: Timestamp, itinerary: Itinerary) -> Self {
        Self {
            whole: true,
            ..Self::new(booking, issued, itinerary, &Plan::default())
        }
    }

    /// The same without an address, such as the service's own, to which confirmations are sent to be read.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{follow::*, pe, trip::{Flight, Itinerary, TripId}};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (booking, itinerary) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// let plan = pe::scan(b"PE#client@example.com#\nPE#trips@service.example#CC/").collect();
    /// let read = Confirmation::from_pnr(booking, now, itinerary, &plan)?;
    /// let import = Command::Import(read.without(&"trips@service.example".parse()?));
    /// let (held, _) = HeldTrip::new(TripId::new(1)).step(import, now, &NoHost)?;
    /// assert!(held.waiting().map(|it| it.as_str()).eq(["client@example.com"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn without(mut self, address: &Address) -> Self {
        self.addressed.retain(|it| it.address != *address);
        self
    }

    /// The same, and it was mailed to all whom it addresses: they are not told of it again. A message
    /// is mailed anyway; reading a PNR is no mail, so what it changes they are told of.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{Plan, follow::Confirmation};
    /// # use peline::trip::{BookingId, Flight, Itinerary, SystemCode};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let itinerary = Itinerary::new([flight], [])?;
    /// # let booking = BookingId::new(SystemCode::SABRE, "KWJQPD".parse()?);
    /// # let issued = "2026-11-01T10:00:00Z".parse()?;
    /// let read = Confirmation::from_pnr(booking, issued, itinerary, &Plan::default())?;
    /// assert_ne!(read.clone().mailed(), read);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn mailed(mut self) -> Self {
        self.mailed = true;
        self
    }

    /// Which booking.
    ///
    /// See the example of [`Confirmation`].
    #[must_use]
    pub const fn booking(&self) -> &BookingId {
        &self.booking
    }

    /// When it was issued.
    ///
    /// See the example of [`from_pnr`](Self::from_pnr).
    #[must_use]
    pub const fn issued(&self) -> Timestamp {
        self.issued
    }

    /// Whom it addresses, each once, in the order of addresses: those of whom a step that imports it asks the
    /// [`Host`](super::Host) whose they are. So they are all there, also who only gets a blind copy.
    ///
    /// ```
    /// # use std::collections::BTreeMap;
    /// # use jiff::civil::date;
    /// # use peline::{Address, follow::*, pe, trip::{Flight, Itinerary, TripId}};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (booking, itinerary) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// # let known = |address: &Address| (address.local_part() == "agent").then_some(AccountId::new(2));
    /// /// The accounts that a step may ask for.
    /// struct Loaded(BTreeMap<Address, AccountId>);
    ///
    /// impl Host for Loaded {
    ///     fn account(&self, address: &Address) -> Option<AccountId> {
    ///         self.0.get(address).copied()
    ///     }
    /// }
    ///
    /// let plan = pe::scan("PE‡BOSS@EXAMPLE.COM‡BC/\nPE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
    /// let confirmation = Confirmation::from_pnr(booking, now, itinerary, &plan)?;
    /// let addresses: Vec<&Address> = confirmation.addresses().collect();
    /// assert_eq!(addresses, [&"AGENT@EXAMPLE.COM".parse()?, &"BOSS@EXAMPLE.COM".parse()?]);
    ///
    /// // One query for all of them.
    /// let accounts = addresses.into_iter().filter_map(|it| Some((it.clone(), known(it)?)));
    /// let host = Loaded(accounts.collect());
    /// let import = Command::Import(confirmation);
    /// let (held, _) = HeldTrip::new(TripId::new(1)).step(import, now, &host)?;
    /// assert_eq!(held.holders().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn addresses(&self) -> impl Iterator<Item = &Address> {
        let addresses = self.addressed.iter().map(|it| &it.address);
        addresses.collect::<BTreeSet<_>>().into_iter()
    }

    /// Whether everybody whom the message or the PNR is addressed to could be read and routed. It imports without
    /// them, too; have a person look at it.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{follow::Confirmation, mail::{self, Message}};
    /// # use peline::trip::{Flight, Itinerary};
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (booking, itinerary) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
    /// # let issued = "2026-11-01T10:00:00Z".parse()?;
    /// # let policy = mail::AdmissionPolicy::default().with_domain("air.example".parse()?);
    /// # let verified = mail::Authentication::DmarcBySpf("air.example".parse()?);
    /// let mail = b"From: noreply@air.example\nTo: jane@example.com\nCc: boss@@example.com\n\n";
    /// let message = Message::parse(mail)?;
    /// let admitted = mail::admit(&message, &verified, &policy)?;
    /// let confirmation = Confirmation::from_message(&admitted, &[], booking, issued, itinerary);
    /// assert_eq!(confirmation.addresses().count(), 1);
    /// assert!(!confirmation.is_complete());
    ///
    /// let unread = message.recipients(&[]).find_map(|listed| listed.content.err()).unwrap();
    /// assert_eq!(unread.to_string(), "the address has a second @ (bytes 56..57)");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// The itinerary.
    ///
    /// See the example of [`Confirmation`].
    #[must_use]
    pub const fn itinerary(&self) -> &Itinerary {
        &self.itinerary
    }
}

/// Masked: who hears about a trip is personal data.
impl fmt::Debug for Confirmation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Confirmation")
            .field("booking", &self.booking)
            .field("issued", &self.issued)
            .field("itinerary", &self.itinerary)
            .field("addressed", &self.addressed.len())
            .field("complete", &self.complete)
            .field("whole", &self.whole)
            .finish_non_exhaustive()
    }
}

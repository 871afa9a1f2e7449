//! One client's wish to change his flights, from asking for the reference to closing.

use core::fmt;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    Addressee, Approval, Booking, CaseId, Dispatch, Effect, HistoryEntry, KnockOn, Mismatch,
    Movement, Offered, Opening, OptionNumber, Outcome, Passenger, Payment, PaymentUse, Pricing,
    Question, Quote, QuoteNumber, Reach, Repayment, Ruling, State, TicketRules, VerifiedItinerary,
    Whose, Wish, ledger::Ledger,
};
use crate::{
    change::IssuedDocument,
    pe::NameReference,
    trip::{BookingId, Traveller},
};

/// One client's wish to change his flights: what was done, what is missing, what may come next.
///
/// A case is a value: [`step`](Self::step) takes an [event](super::Event) and gives the next case, with the
/// [effects](Effect) that the service carries out. What is stored is the history; reading it takes every step
/// again, so nothing can be read that the procedure does not allow.
///
/// `Debug` shows neither names nor addresses nor locators.
///
/// # Example
///
/// The first steps; [the page of `change`](super) has whole cases.
///
/// ```
/// use peline::change::*;
///
/// let (client, agent) = (ClientId::new(4), AgentId::new(9));
/// let reach = Reach::Email("client@example.com".parse()?);
/// let opening = Opening { case: CaseId::new(17), client, reach, by: agent };
/// let (case, effects) = Case::open(opening, "2026-11-02T10:00:00Z".parse()?);
/// assert_eq!(effects, [Effect::Ask(Question::Reference)]);
/// assert_eq!(case.state(), State::Reference);
///
/// let contact = Contact { client, channel: Channel::Phone };
/// let given = Fact::ReferenceGiven { contact, booking: "1S/KWJQPD".parse()? };
/// let event = Event::new(case.id(), agent, given);
/// let (case, effects) = case.step(event, "2026-11-02T10:01:00Z".parse()?)?;
/// assert_eq!(effects, [
///     Effect::FetchBooking("1S/KWJQPD".parse()?),
///     Effect::NoteContact { position: 0 },
/// ]);
/// assert_eq!(case.state(), State::Booking);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Case {
    pub(super) opening: Opening,
    pub(super) opened: Timestamp,
    pub(super) history: Vec<HistoryEntry>,
    pub(super) state: State,
    pub(super) reach: Reach,
    /// The reference that the client gave.
    pub(super) asked: Option<BookingId>,
    /// The booking as it was before the change.
    pub(super) booking: Option<Booking>,
    /// The rules with what persons answered; and as they were found.
    pub(super) rules: Option<TicketRules>,
    pub(super) found: Option<TicketRules>,
    pub(super) rulings: Vec<Ruling>,
    pub(super) wish: Option<Wish>,
    /// Every option that was ever offered.
    pub(super) options: Vec<Offered>,
    /// From where on the options are those that are on offer now.
    pub(super) on_offer: usize,
    pub(super) chosen: Option<OptionNumber>,
    /// Every quote that was ever made.
    pub(super) quotes: Vec<Quote>,
    /// Whether the last quote is the present one; and what it was made of.
    pub(super) quoted: bool,
    pub(super) pricing: Option<Pricing>,
    pub(super) knock_on: Option<KnockOn>,
    pub(super) approval: Option<Approval>,
    pub(super) ledger: Ledger,
    pub(super) divided: Option<Divided>,
    /// When the division or the change was ordered; for the change that follows a division, when that was.
    pub(super) ordered: Option<Timestamp>,
    /// What the supplier changed.
    pub(super) rebooked: Option<Rebooked>,
    pub(super) mismatches: Vec<Mismatch>,
    /// How much differed at each check, by its event.
    pub(super) checks: BTreeMap<usize, usize>,
    pub(super) verified: Option<VerifiedItinerary>,
    /// The booking as it was verified.
    pub(super) changed: Option<Booking>,
    pub(super) documents: Vec<IssuedDocument>,
    /// What the followers of the trip were told of.
    pub(super) handed_over: Option<HandedOnce>,
    pub(super) sent: bool,
    pub(super) reminded: bool,
    pub(super) attempts: usize,
    pub(super) written: bool,
    /// Whether something was written since correspondence was last kept.
    pub(super) unkept: bool,
    /// When the client withdrew, if the change was ordered by then.
    pub(super) withdrawn: Option<Timestamp>,
    pub(super) outcome: Option<Outcome>,
    pub(super) filed: Files,
}

/// The booking of those who change, who is in it, and since when.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Divided {
    pub(super) booking: BookingId,
    pub(super) travellers: Vec<Traveller>,
    pub(super) at: Timestamp,
}

/// Which booking it is after the change, and when it was changed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Rebooked {
    pub(super) booking: BookingId,
    /// As it was reported last: it says whether the approval was alive, and the client had not withdrawn.
    pub(super) at: Timestamp,
    pub(super) numbers: Option<Numbers>,
}

/// The numbers that names had at the last check, by their old ones.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Numbers {
    pub(super) names: BTreeMap<NameReference, NameReference>,
    /// Since when: what is reported later, and finds them as they were, did not change them.
    pub(super) since: Timestamp,
}

impl Rebooked {
    /// A check has found these numbers.
    pub(super) fn found(&mut self, names: BTreeMap<NameReference, NameReference>) {
        let known = self.numbers.take().filter(|known| known.names == names);
        let since = known.map_or(self.at, |known| known.since.min(self.at));
        self.numbers = Some(Numbers { names, since });
    }
}

/// What was handed over last.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct HandedOnce {
    pub(super) verified: VerifiedItinerary,
    /// Nothing of it was issued later: what is handed over next is newer.
    pub(super) last: Timestamp,
}

/// What of the record is in its place.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Files {
    pub(super) booking_note: bool,
    pub(super) crm_note: bool,
    pub(super) receipts: BTreeMap<Movement, super::Reference>,
}

impl Case {
    /// How often an agent must have tried to reach the client, since the case awaits him, before he may give up
    /// *(ours)*.
    ///
    /// ```
    /// assert_eq!(peline::change::Case::ATTEMPTS, 2);
    /// ```
    pub const ATTEMPTS: usize = 2;

    /// Opens a case: the client wants other dates or another destination.
    ///
    /// See the example of [`Case`].
    #[must_use]
    pub fn open(opening: Opening, now: Timestamp) -> (Self, Vec<Effect>) {
        let case = Self {
            reach: opening.reach.clone(),
            opening,
            opened: now,
            history: Vec::new(),
            state: State::Reference,
            asked: None,
            booking: None,
            rules: None,
            found: None,
            rulings: Vec::new(),
            wish: None,
            options: Vec::new(),
            on_offer: 0,
            chosen: None,
            quotes: Vec::new(),
            quoted: false,
            pricing: None,
            knock_on: None,
            approval: None,
            ledger: Ledger::default(),
            divided: None,
            ordered: None,
            rebooked: None,
            mismatches: Vec::new(),
            checks: BTreeMap::new(),
            verified: None,
            changed: None,
            documents: Vec::new(),
            handed_over: None,
            sent: false,
            reminded: false,
            attempts: 0,
            written: false,
            unkept: false,
            withdrawn: None,
            outcome: None,
            filed: Files::default(),
        };
        (case, vec![Effect::Ask(Question::Reference)])
    }

    /// The service's key of the case.
    ///
    /// See the example of [`Case`].
    #[must_use]
    pub const fn id(&self) -> CaseId {
        self.opening.case
    }

    /// With what it began.
    ///
    /// ```
    /// # use peline::change::*;
    /// # let (client, agent) = (ClientId::new(4), AgentId::new(9));
    /// # let opening = Opening { case: CaseId::new(17), client, reach: Reach::Phone, by: agent };
    /// let now = "2026-11-02T10:00:00Z".parse()?;
    /// let (case, _) = Case::open(opening.clone(), now);
    /// assert_eq!((case.opening(), case.opened()), (&opening, now));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// When it was opened.
    ///
    /// See the example of [`opening`](Self::opening).
    #[must_use]
    pub const fn opened(&self) -> Timestamp {
        self.opened
    }

    /// What it awaits.
    ///
    /// See the example of [`Case`].
    #[must_use]
    pub const fn state(&self) -> State {
        self.state
    }

    /// How it ended, or will when it is closed; `None` while that is open.
    ///
    /// See the example of [the page of `change`](super).
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// What has happened: who reported what, when, in that order.
    ///
    /// ```
    /// use peline::change::*;
    ///
    /// # let (client, agent) = (ClientId::new(4), AgentId::new(9));
    /// # let opening = Opening { case: CaseId::new(17), client, reach: Reach::Phone, by: agent };
    /// # let now = "2026-11-02T10:00:00Z".parse()?;
    /// # let (case, _) = Case::open(opening, now);
    /// let contact = Contact { client, channel: Channel::Phone };
    /// let withdrawn = Event::new(case.id(), agent, Fact::Withdrawn { contact, at: now });
    /// let (case, _) = case.step(withdrawn.clone(), now)?;
    /// assert_eq!(case.history(), [HistoryEntry::new(now, withdrawn)]);
    ///
    /// let line = |it: &HistoryEntry| format!("{} {}", it.at(), it.event().fact.kind());
    /// assert_eq!(line(&case.history()[0]), "2026-11-02T10:00:00Z withdrawn");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn history(&self) -> &[HistoryEntry] {
        &self.history
    }

    /// How the client wants to get the new itinerary: as he said last.
    ///
    /// ```
    /// use peline::change::*;
    ///
    /// # let (client, agent) = (ClientId::new(4), AgentId::new(9));
    /// # let opening = Opening { case: CaseId::new(17), client, reach: Reach::Phone, by: agent };
    /// # let now = "2026-11-02T10:00:00Z".parse()?;
    /// # let (case, _) = Case::open(opening, now);
    /// # let contact = Contact { client, channel: Channel::Phone };
    /// let reach = Reach::Email("client@example.com".parse()?);
    /// let stated = Fact::ReachStated { contact, reach: reach.clone() };
    /// let (case, _) = case.clone().step(Event::new(case.id(), agent, stated), now)?;
    /// assert_eq!((case.reach(), &case.opening().reach), (&reach, &Reach::Phone));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// The booking as it was before the change, once it was fetched.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::Rules);
    /// let booking = case.booking().unwrap();
    /// assert_eq!((booking.id.to_string().as_str(), booking.passengers.len()), ("1S/KWJQPD", 1));
    /// ```
    #[must_use]
    pub const fn booking(&self) -> Option<&Booking> {
        self.booking.as_ref()
    }

    /// The rules of the fare, with what persons answered.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::RestrictionsTold);
    /// assert!(case.rules().is_some_and(|rules| rules.waiver.is_none()), "it is the client who wants to fly later");
    /// ```
    #[must_use]
    pub const fn rules(&self) -> Option<&TicketRules> {
        self.rules.as_ref()
    }

    /// What persons answered where the rules were open.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::RestrictionsTold);
    /// let [ruling] = case.rulings() else { unreachable!("it was one question") };
    /// assert_eq!(ruling.authority.as_str(), "by telephone, fare rule 16");
    /// ```
    #[must_use]
    pub fn rulings(&self) -> &[Ruling] {
        &self.rulings
    }

    /// What the client wants.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::Options);
    /// assert!(case.wish().is_some_and(|wish| !wish.changes_destination()));
    /// ```
    #[must_use]
    pub const fn wish(&self) -> Option<&Wish> {
        self.wish.as_ref()
    }

    /// The options that are on offer.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::change::{FareChange, Offered};
    ///
    /// # let (case, _) = example::case_in(peline::change::State::Choice);
    /// let line = |it: &Offered| match it.option().fare {
    ///     FareChange::Higher(by) => format!("{}: {by} more", it.number()),
    ///     FareChange::Lower(by) => format!("{}: {by} less", it.number()),
    ///     FareChange::Same => format!("{}: the same fare", it.number()),
    /// };
    /// assert_eq!(case.options().iter().map(line).collect::<Vec<_>>(), ["1: EUR 200.00 more"]);
    /// ```
    #[must_use]
    pub fn options(&self) -> &[Offered] {
        self.options.get(self.on_offer..).unwrap_or_default()
    }

    /// The option that the client chose.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::Quote);
    /// assert_eq!(case.chosen(), case.options().first());
    /// assert_eq!(case.chosen().unwrap().option().itinerary.flights().len(), 1);
    /// ```
    #[must_use]
    pub fn chosen(&self) -> Option<&Offered> {
        self.offered(self.chosen?)
    }

    /// What was ever offered under a number.
    pub(super) fn offered(&self, number: OptionNumber) -> Option<&Offered> {
        let at = self.options.binary_search_by_key(&number, |it| it.number);
        self.options.get(at.ok()?)
    }

    /// The present quote, expired or not.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::QuoteTold);
    /// assert_eq!(case.quote().unwrap().due().to_string(), "EUR 280.00");
    /// ```
    #[must_use]
    pub fn quote(&self) -> Option<&Quote> {
        self.quotes.last().filter(|_| self.quoted)
    }

    /// What the client was last told that the change means for hotels and other bookings.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::change::KnockOn;
    /// # let (case, _) = example::case_in(peline::change::State::Approval);
    /// assert_eq!(case.knock_on(), Some(&KnockOn::NothingKnown));
    /// ```
    #[must_use]
    pub const fn knock_on(&self) -> Option<&KnockOn> {
        self.knock_on.as_ref()
    }

    /// The booking that those who change were divided into, once it was.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// # let (case, _) = example::case_in(peline::change::State::Rebooking);
    /// assert_eq!(case.divided(), None, "all who are in the booking change");
    /// ```
    #[must_use]
    pub const fn divided(&self) -> Option<&BookingId> {
        match &self.divided {
            Some(divided) => Some(&divided.booking),
            None => None,
        }
    }

    /// What was not booked as it was approved, at the last check.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::{change::Mismatch, trip::Aspect};
    ///
    /// # let (case, _) = example::case_in(peline::change::State::Correction);
    /// assert_eq!(case.mismatches(), [Mismatch::Differs { flight: 0, aspect: Aspect::Departure }]);
    /// ```
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }

    /// The proof that what is booked is what was approved.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// let (wrong, _) = example::case_in(peline::change::State::Correction);
    /// let (right, _) = example::case_in(peline::change::State::Documents);
    /// assert!(wrong.verified().is_none() && right.verified().is_some());
    /// ```
    #[must_use]
    pub const fn verified(&self) -> Option<&VerifiedItinerary> {
        self.verified.as_ref()
    }

    /// The documents that were issued.
    ///
    /// ```
    /// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
    /// use peline::change::IssuedDocument;
    /// # let (case, _) = example::case_in(peline::change::State::Sending);
    /// let [IssuedDocument::Ticket { number, .. }] = case.documents() else { unreachable!("Jane's") };
    /// assert_eq!(number.as_str(), "9991234567890");
    /// ```
    #[must_use]
    pub fn documents(&self) -> &[IssuedDocument] {
        &self.documents
    }

    /// The money that came in, in the order of the references, and what became of it.
    ///
    /// ```
    /// use peline::change::*;
    /// # let agent = AgentId::new(9);
    /// # let opening = Opening { case: CaseId::new(17), client: ClientId::new(4), reach: Reach::Phone, by: agent };
    /// # let now = "2026-11-02T10:00:00Z".parse()?;
    /// # let (case, _) = Case::open(opening, now);
    /// # let (payer, amount) = (PayerId::new(1), "EUR 240.00".parse()?);
    /// // Nobody asked for this payment.
    /// let payment = Payment { reference: "pay_7f3a".parse()?, payer, amount, at: now };
    /// let arrived = Event::new(case.id(), agent, Fact::MoneyArrived(payment.clone()));
    /// let (case, _) = case.step(arrived, now)?;
    /// assert!(case.payments().eq([(&payment, PaymentUse::GoesBack(RepaymentNumber::new(1)))]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn payments(&self) -> impl Iterator<Item = (&Payment, PaymentUse)> {
        let payments = self.ledger.payments.values();
        payments.map(|(payment, used)| (payment, *used))
    }

    /// What goes back, or went.
    ///
    /// ```
    /// use peline::change::*;
    /// # let agent = AgentId::new(9);
    /// # let opening = Opening { case: CaseId::new(17), client: ClientId::new(4), reach: Reach::Phone, by: agent };
    /// # let now = "2026-11-02T10:00:00Z".parse()?;
    /// # let (case, _) = Case::open(opening, now);
    /// # let (payer, amount) = (PayerId::new(1), "EUR 240.00".parse()?);
    /// # let payment = Payment { reference: "pay_7f3a".parse()?, payer, amount, at: now };
    /// // Money that nobody asked for goes back, and nothing is owed any more once it did.
    /// let arrived = Event::new(case.id(), agent, Fact::MoneyArrived(payment));
    /// let (case, effects) = case.step(arrived, now)?;
    /// let repayment: &Repayment = &case.repayments()[0];
    /// assert_eq!(effects, [Effect::Repay(repayment.clone())]);
    /// assert_eq!(repayment.why(), &RepaymentReason::NotDue("pay_7f3a".parse()?));
    /// assert_eq!((repayment.payee(), repayment.what().amount), (Payee::Payer(payer), amount));
    /// assert_eq!(repayment.done(), None);
    ///
    /// let repaid = Fact::Repaid { repayment: repayment.number(), reference: "re_5c01".parse()? };
    /// let (case, _) = case.clone().step(Event::new(case.id(), agent, repaid), now)?;
    /// assert!(case.repayments()[0].done().is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn repayments(&self) -> &[Repayment] {
        &self.ledger.repayments
    }

    /// The money that moved: what came in, and what went back.
    pub(super) fn movements(&self) -> impl Iterator<Item = Movement> {
        let payments = self.ledger.payments.keys().cloned().map(Movement::Payment);
        let repaid = self.ledger.repayments.iter();
        let repaid = repaid.filter(|repayment| repayment.done.is_some());
        payments.chain(repaid.map(|repayment| Movement::Repayment(repayment.number)))
    }

    /// Whether the booking is to be divided and is not yet.
    pub(super) fn awaits_division(&self) -> bool {
        let whose = self.wish.as_ref().map(|wish| &wish.whose);
        matches!(whose, Some(Whose::Only(_))) && self.divided.is_none()
    }

    pub(super) fn quote_number(&self, number: QuoteNumber) -> Option<&Quote> {
        let at = self.quotes.binary_search_by_key(&number, |it| it.number);
        self.quotes.get(at.ok()?)
    }

    /// Those who change.
    pub(super) fn changing(&self) -> Vec<&Passenger> {
        let passengers = self.booking.iter().flat_map(|booking| &booking.passengers);
        let whose = self.wish.as_ref().map(|wish| &wish.whose);
        let changes = |passenger: &&Passenger| match whose {
            Some(Whose::Only(some)) => some.contains(&passenger.name_reference),
            Some(Whose::Everyone) | None => true,
        };
        passengers.filter(changes).collect()
    }

    pub(super) fn changing_references(&self) -> BTreeSet<NameReference> {
        let changing = self.changing().into_iter();
        changing.map(|passenger| passenger.name_reference).collect()
    }

    /// To whom the new itinerary goes.
    pub(super) fn dispatch(&self) -> Dispatch {
        let booking = self.changed.as_ref().or(self.booking.as_ref());
        let addressees = booking.into_iter().flat_map(|booking| &booking.addressees);
        let own = self.reach.address();
        let mut copies: Vec<Addressee> = addressees
            .filter(|addressee| Some(&addressee.address) != own)
            .cloned()
            .collect();
        // The strongest role counts, as in a plan.
        copies.sort_by(|one, other| (&one.address, other.role).cmp(&(&other.address, one.role)));
        copies.dedup_by(|one, other| one.address == other.address);
        Dispatch {
            client: self.reach.clone(),
            copies,
        }
    }
}

/// Shows what it awaits, and how it will end.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("id", &self.opening.case)
            .field("state", &self.state)
            .field("outcome", &self.outcome)
            .field("events", &self.history.len())
            .finish_non_exhaustive()
    }
}

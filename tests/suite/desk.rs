//! An agent's desk for tests: one client who wants to change his flights, and the normal course of his case.
//!
//! All times are minutes of one day, all days are in December 2026, all people are invented.

mod course;

use jiff::{Timestamp, ToSpan};
use peline::{
    change::{
        AgentId, Amount, Answer, Approval, Booking, Case, CaseId, Channel, ClientId, ComponentFare,
        ComponentRules, Contact, Currency, Dispatch, Effect, Event, Excess, Fact, FactKind,
        FareChange, FareFloor, Fee, FlightOption, FreeText, IssuedDocument, KnockOn, Missing,
        Opening, OptionNumber, Passenger, PassengerKind, PassengerPrice, PayerId, Payment,
        Permission, Question, Quote, QuoteNumber, RecordItem, Reference, Refusal, RepaymentNumber,
        Replaced, ResidualRule, Ruling, State, Stay, Tax, Terms, Totals, Wish,
    },
    pe::NameReference,
    trip::{BookingId, Itinerary, Traveller},
};

pub(crate) use self::course::Course;
use crate::stage::flight;

pub(crate) const CASE: CaseId = CaseId::new(17);
pub(crate) const CLIENT: ClientId = ClientId::new(4);
pub(crate) const AGENT: AgentId = AgentId::new(9);
/// Who pays for Jane.
pub(crate) const PAYER: PayerId = PayerId::new(1);
/// Somebody else, or another card.
pub(crate) const OTHER_PAYER: PayerId = PayerId::new(2);

pub(crate) const PHONE: Contact = Contact {
    client: CLIENT,
    channel: Channel::Phone,
};
pub(crate) const MAIL: Contact = Contact {
    client: CLIENT,
    channel: Channel::Email,
};

/// The flights as they are booked, the one that the client wants, and another one.
pub(crate) const OLD: &str = "BA11 LHR SIN 1 21:00";
pub(crate) const NEW: &str = "BA11 LHR SIN 8 21:00";
pub(crate) const LATER: &str = "BA11 LHR SIN 9 21:00";
/// How the travellers are called, by their place.
const NAMES: [&str; 3] = ["DOE/JANE", "ROE/RICHARD", "POE/POLLY"];
pub(crate) const JANE: &str = "1.1";
pub(crate) const RICHARD: &str = "2.1";

pub(crate) fn minute(minute: i64) -> Timestamp {
    let opened: Timestamp = "2026-11-02T10:00:00Z".parse().unwrap();
    opened + minute.minutes()
}

/// In minutes.
pub(crate) const DAY: i64 = 24 * 60;

/// When a quote expires that says nothing else.
pub(crate) const EXPIRY: i64 = 480;

#[track_caller]
pub(crate) fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

/// Whole euros.
pub(crate) fn eur(units: u64) -> Amount {
    Amount::new(units * 100, currency("EUR"))
}

#[track_caller]
pub(crate) fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

#[track_caller]
pub(crate) fn name(reference: &str) -> NameReference {
    reference.parse().unwrap()
}

#[track_caller]
pub(crate) fn locator(text: &str) -> BookingId {
    format!("1S/{text}").parse().unwrap()
}

#[track_caller]
pub(crate) fn text(text: &str) -> FreeText {
    text.parse().unwrap()
}

#[track_caller]
pub(crate) fn reference(text: &str) -> Reference {
    text.parse().unwrap()
}

#[track_caller]
pub(crate) fn itinerary(flights: &[&str], names: &[&str]) -> Itinerary {
    let travellers = names.iter().enumerate().map(|(at, name)| {
        let number = format!("{}.1", at + 1).parse().unwrap();
        Traveller::new(name.parse().unwrap()).with_name_reference(number)
    });
    Itinerary::new(flights.iter().map(|it| flight(it)), travellers).unwrap()
}

pub(crate) fn payment(text: &str, payer: PayerId, amount: Amount) -> Payment {
    let reference = reference(text);
    Payment {
        reference,
        payer,
        amount,
        at: minute(0),
    }
}

pub(crate) fn withdrawn() -> Fact {
    let (contact, at) = (PHONE, minute(0));
    Fact::Withdrawn { contact, at }
}

pub(crate) fn arrived(text: &str, payer: PayerId, amount: Amount) -> Fact {
    Fact::MoneyArrived(payment(text, payer, amount))
}

pub(crate) fn received(text: &str, payer: PayerId, amount: Amount) -> Fact {
    Fact::PaymentReceived(payment(text, payer, amount))
}

pub(crate) fn option(flights: &[&str]) -> FlightOption {
    FlightOption {
        itinerary: itinerary(flights, &[]),
        fare: FareChange::Higher(eur(200)),
        terms: Terms::Voluntary,
        stay: Stay::ANY,
        advance_purchase: None,
    }
}

/// Allowed before departure for 50, after departure for 80, after a no-show for 120; what is left is lost.
pub(crate) fn component() -> ComponentRules {
    let allowed = |units| Permission::Allowed(Fee::Flat(eur(units)));
    ComponentRules {
        before_departure: allowed(50),
        after_departure: allowed(80),
        no_show: allowed(120),
        floor: FareFloor::Any,
        residual: Some(ResidualRule::Forfeit),
    }
}

pub(crate) fn passenger(reference: &str, kind: PassengerKind, payer: PayerId) -> Passenger {
    Passenger {
        name_reference: name(reference),
        kind,
        payer,
    }
}

pub(crate) fn price(reference: &str, old: u64, new: u64) -> PassengerPrice {
    PassengerPrice {
        passenger: name(reference),
        components: vec![ComponentFare {
            fare: eur(old),
            replaced: Replaced::Yes,
        }],
        new_fare: eur(new),
        taxes: vec![],
        service_fee: eur(10),
        supplier: None,
    }
}

pub(crate) fn tax(code: &str, old: u64, new: u64, excess: Excess) -> Tax {
    Tax {
        code: code.parse().unwrap(),
        old: eur(old),
        new: eur(new),
        excess,
    }
}

pub(crate) fn totals(due: u64, refund: u64, voucher: u64) -> Totals {
    Totals {
        due: eur(due),
        refund: eur(refund),
        voucher: eur(voucher),
    }
}

pub(crate) fn ticket(passenger: &str, number: &str) -> IssuedDocument {
    IssuedDocument::Ticket {
        passenger: name(passenger),
        number: number.parse().unwrap(),
    }
}

/// A case, and what it is about.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) case: Case,
    pub(crate) course: Course,
    pub(crate) now: i64,
}

impl Desk {
    pub(crate) fn with(course: Course) -> Self {
        let opening = Opening {
            case: CASE,
            client: CLIENT,
            reach: course.reach.clone(),
            by: AGENT,
        };
        let (case, effects) = Case::open(opening, minute(0));
        assert_eq!(effects, [Effect::Ask(Question::Reference)]);
        let now = 0;
        Self { case, course, now }
    }

    /// By the normal course to a state; where it is a detour, by a course that takes it.
    #[track_caller]
    pub(crate) fn at(state: State) -> Self {
        let desk = Self::with(Course::through(state));
        if state == State::Stopping {
            let mut desk = desk.to(State::Rebooking);
            desk.report(withdrawn());
            return desk;
        }
        desk.to(state)
    }

    /// On by the normal course.
    #[track_caller]
    pub(crate) fn to(mut self, state: State) -> Self {
        self.go_to(state);
        self
    }

    #[track_caller]
    pub(crate) fn go_to(&mut self, state: State) {
        for _ in 0..60 {
            if self.case.state() == state {
                return;
            }
            self.go_on();
        }
        panic!("{state} is not on the way: the case is at {}", self.state());
    }

    /// Lets what normally comes next happen.
    #[track_caller]
    pub(crate) fn go_on(&mut self) -> Vec<Effect> {
        let fact = self.normal();
        self.report(fact)
    }

    /// The events from here to the end of the normal course.
    #[track_caller]
    pub(crate) fn close(&mut self) {
        self.go_to(State::Closed);
    }

    pub(crate) fn clock(&mut self, minute: i64) {
        self.now = minute;
    }

    /// What happens is reported at once, if nothing else is said.
    pub(crate) fn event(&self, mut fact: Fact) -> Event {
        let now = minute(self.now);
        if let Fact::PaymentReceived(Payment { at, .. })
        | Fact::MoneyArrived(Payment { at, .. })
        | Fact::BookingDivided { at, .. }
        | Fact::Rebooked { at, .. }
        | Fact::Withdrawn { at, .. } = &mut fact
        {
            *at = now;
        }
        Event::new(self.case.id(), AGENT, fact)
    }

    /// Lets something happen; a refusal must hand the case back as it was.
    #[track_caller]
    pub(crate) fn attempt(&mut self, fact: Fact) -> Result<Vec<Effect>, Refusal> {
        let event = self.event(fact);
        self.attempt_event(event)
    }

    #[track_caller]
    pub(crate) fn attempt_event(&mut self, event: Event) -> Result<Vec<Effect>, Refusal> {
        let before = self.case.clone();
        match before.clone().step(event, minute(self.now)) {
            Ok((case, effects)) => {
                self.case = case;
                Ok(effects)
            }
            Err(rejected) => {
                let refusal = rejected.refusal();
                assert_eq!(rejected.to_string(), refusal.to_string());
                assert_eq!(rejected.into_state(), before, "a refusal changes nothing");
                Err(refusal)
            }
        }
    }

    #[track_caller]
    pub(crate) fn report(&mut self, fact: Fact) -> Vec<Effect> {
        let kind = fact.kind();
        match self.attempt(fact) {
            Ok(effects) => effects,
            Err(refusal) => panic!("{kind} refused at {}: {refusal}", self.state()),
        }
    }

    #[track_caller]
    pub(crate) fn refuses(&mut self, fact: Fact, refusal: Refusal) {
        let kind = fact.kind();
        assert_eq!(self.attempt(fact), Err(refusal), "{kind}");
    }

    /// Lets something happen that must change nothing.
    #[track_caller]
    pub(crate) fn ignores(&mut self, fact: Fact) {
        let before = self.case.clone();
        assert_eq!(self.report(fact), [], "nothing is to be done");
        assert_eq!(self.case, before, "nothing changes");
    }

    pub(crate) fn state(&self) -> State {
        self.case.state()
    }

    #[track_caller]
    pub(crate) fn quote(&self) -> &Quote {
        self.case.quote().unwrap()
    }

    /// The approval, if it stands now.
    pub(crate) fn approval(&self) -> Option<&Approval> {
        self.case.approval(minute(self.now))
    }

    pub(crate) fn missing(&self) -> Vec<Missing> {
        self.case.missing(minute(self.now))
    }

    pub(crate) fn may(&self, kind: FactKind) -> bool {
        self.case.next(minute(self.now)).any(|it| it == kind)
    }

    /// What still has to go back: number and amount.
    pub(crate) fn owed(&self) -> Vec<(RepaymentNumber, Amount)> {
        let owed = self.case.repayments().iter();
        let owed = owed.filter(|it| it.done().is_none());
        owed.map(|it| (it.number(), it.what().amount)).collect()
    }

    /// Everything that has to go back goes back.
    #[track_caller]
    pub(crate) fn repay(&mut self) {
        for (repayment, _) in self.owed() {
            self.report(repaid(repayment));
        }
    }

    /// The figures of the course, for the option that the client chose.
    pub(crate) fn priced(&self) -> Fact {
        let mut pricing = self.course.pricing.clone();
        if let Some(chosen) = self.case.chosen() {
            pricing.option = chosen.number();
        }
        Fact::Priced(Box::new(pricing))
    }

    #[track_caller]
    pub(crate) fn approved(&self) -> Fact {
        approved(self.quote().option(), self.quote().number())
    }

    pub(crate) fn tell_quote(&self, knock_on: KnockOn) -> Fact {
        let contact = PHONE;
        let quote = self.quote().number();
        Fact::QuoteTold {
            contact,
            quote,
            knock_on,
        }
    }

    /// What normally comes next.
    #[track_caller]
    pub(crate) fn normal(&self) -> Fact {
        let (contact, course) = (PHONE, &self.course);
        match self.case.state() {
            State::Reference => Fact::ReferenceGiven {
                contact,
                booking: course.booking.id.clone(),
            },
            State::Booking => fetched(course.booking.clone()),
            State::ItineraryConfirmation => Fact::ItineraryConfirmed {
                contact,
                itinerary: course.booking.itinerary.clone(),
            },
            State::Rules => Fact::RulesFound(course.rules.clone()),
            State::Ruling => Fact::Ruled(course.ruling.clone()),
            State::ResidualRuling => Fact::Ruled(Ruling {
                answer: Answer::Residual(ResidualRule::Forfeit),
                ..course.ruling.clone()
            }),
            State::RestrictionsTold => Fact::RestrictionsTold { contact },
            State::GoAhead => Fact::GoAheadGiven { contact },
            State::Wish => wish(course.wish.clone()),
            State::Options => Fact::OptionsFound(course.options.clone()),
            State::OptionsTold => Fact::OptionsTold { contact },
            State::Choice => choose(self.case.options()[0].number().get()),
            State::Alternatives => alternatives(&["a new ticket", "the waiting list"]),
            State::AlternativesAnswer => Fact::Declined { contact },
            State::Quote => self.priced(),
            State::DiscrepancyAcknowledgement => Fact::DiscrepancyAcknowledged {
                quote: self.quote().number(),
            },
            State::QuoteTold => self.tell_quote(KnockOn::NothingKnown),
            State::Approval => self.approved(),
            State::Payment => self.due_payment(),
            State::Division => Fact::BookingDivided {
                booking: locator(course.next_locator),
                travellers: course.changed().itinerary.travellers().to_vec(),
                at: minute(self.now),
            },
            State::Rebooking => Fact::Rebooked {
                booking: locator(course.next_locator),
                at: minute(self.now),
            },
            State::Stopping => Fact::RebookingRefused {
                reason: text("stopped in time"),
            },
            State::Verification => fetched(course.changed()),
            State::Correction => {
                let course = Course {
                    booked: None,
                    ..course.clone()
                };
                fetched(course.changed())
            }
            State::Documents => self.tickets(),
            State::Sending => Fact::ItinerarySent { contact: MAIL },
            State::Acknowledgement if !self.has(FactKind::Reminded) => {
                Fact::Reminded { contact: MAIL }
            }
            State::Acknowledgement => Fact::Acknowledged { contact },
            State::Record => self.file(),
            State::Closed => panic!("nothing comes after the end"),
        }
    }

    fn has(&self, kind: FactKind) -> bool {
        let mut history = self.case.history().iter();
        history.any(|entry| entry.event().fact.kind() == kind)
    }

    /// The first payment that is missing, each under a reference of its own.
    #[track_caller]
    pub(crate) fn due_payment(&self) -> Fact {
        let is_payment = |missing: &Missing| matches!(missing, Missing::Payment { .. });
        let due = self.missing().into_iter().find(is_payment);
        let Some(Missing::Payment { payer, amount }) = due else {
            panic!("no payment is missing")
        };
        let number = self.case.payments().count();
        Fact::PaymentReceived(payment(&format!("pay_{number}"), payer, amount))
    }

    fn tickets(&self) -> Fact {
        let numbers = ["9991234567890", "9991234567891", "9991234567892"];
        let prices = self.course.pricing.passengers.iter().zip(numbers);
        let ticket = |passenger, number: &str| IssuedDocument::Ticket {
            passenger,
            number: number.parse().unwrap(),
        };
        let tickets = prices.map(|(price, number)| ticket(price.passenger, number));
        Fact::DocumentsIssued(tickets.collect())
    }

    #[track_caller]
    fn file(&self) -> Fact {
        match self.missing().into_iter().next() {
            None => Fact::Closed,
            Some(Missing::BookingNote) => Fact::Filed(RecordItem::BookingNote),
            Some(Missing::CrmNote) => Fact::Filed(RecordItem::CrmNote),
            Some(Missing::Correspondence) => Fact::Filed(RecordItem::Correspondence {
                kept_as: reference("mails/17"),
            }),
            Some(Missing::Receipt(of)) => Fact::Filed(RecordItem::Receipt {
                of,
                kept_as: reference("receipts/17"),
            }),
            Some(Missing::Repayment(repayment)) => repaid(repayment),
            Some(Missing::Reminder) => Fact::Reminded { contact: MAIL },
            Some(other) => panic!("the record misses {other:?}"),
        }
    }
}

/// To whom the new itinerary is sent, the one time that it is.
#[track_caller]
pub(crate) fn dispatch(effects: &[Effect]) -> &Dispatch {
    let sent = |effect: &&Effect| matches!(effect, Effect::SendItinerary(_));
    let sent: Vec<_> = effects.iter().filter(sent).collect();
    let [Effect::SendItinerary(dispatch)] = sent[..] else {
        panic!("{effects:?}")
    };
    dispatch
}

pub(crate) fn fetched(booking: Booking) -> Fact {
    Fact::BookingFetched(Box::new(booking))
}

pub(crate) const fn wish(wish: Wish) -> Fact {
    let contact = PHONE;
    Fact::WishStated { contact, wish }
}

pub(crate) const fn choose(option: u32) -> Fact {
    let (contact, option) = (PHONE, OptionNumber::new(option));
    Fact::OptionChosen { contact, option }
}

pub(crate) const fn approved(option: OptionNumber, quote: QuoteNumber) -> Fact {
    Fact::QuoteApproved {
        contact: PHONE,
        option,
        quote,
        tolerance: None,
    }
}

pub(crate) fn alternatives(texts: &[&str]) -> Fact {
    Fact::AlternativesOffered {
        contact: PHONE,
        alternatives: texts.iter().map(|it| text(it)).collect(),
    }
}

pub(crate) fn repaid(repayment: RepaymentNumber) -> Fact {
    let reference = reference(&format!("refund_{repayment}"));
    Fact::Repaid {
        repayment,
        reference,
    }
}

/// Takes the effect out that ends a demand for the first quote; whether there was one.
pub(crate) fn stop_collecting(effects: &mut Vec<Effect>) -> bool {
    let before = effects.len();
    effects.retain(|effect| *effect != Effect::StopCollecting(QuoteNumber::new(1)));
    effects.len() < before
}

/// How often something goes back.
pub(crate) fn repayments(effects: &[Effect]) -> usize {
    let repay = |effect: &&Effect| matches!(effect, Effect::Repay(_));
    effects.iter().filter(repay).count()
}

/// That the supplier changed it at some minute.
pub(crate) fn changed_at(at: i64) -> Event {
    let (booking, at) = (locator("KWJQPD"), minute(at));
    Event::new(CASE, AGENT, Fact::Rebooked { booking, at })
}

/// The supplier does not change it.
pub(crate) fn refused() -> Fact {
    let reason = text("no seats any more");
    Fact::RebookingRefused { reason }
}

/// What is booked is the affair of another case.
pub(crate) fn passed_on() -> Fact {
    Fact::PassedOn {
        reason: text("it cannot be put right"),
    }
}

/// The supplier restored the old flights.
pub(crate) fn undone() -> Fact {
    let reason = text("the supplier cannot book it");
    Fact::RebookingUndone { reason }
}

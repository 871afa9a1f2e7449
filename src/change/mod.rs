//! Changing a flight: the procedure of an agency, as a case that cannot skip a step.
//!
//! A client wants other dates or another destination. A [`Case`] leads the agent from asking for the
//! reference to closing: it knows what is [missing](Case::missing) and what may come
//! [next](Case::next), refuses what is out of order, computes the cost to the last minor unit, and writes
//! the [record](Case::record). Everything is pure: an [`Event`] goes into [`Case::step`] with its time, and the
//! case as it is then comes out, with [`Effect`]s for the service to carry out.
//!
//! # The states
//!
//! Each [`State`] is named for what it awaits. [`State::takes`] says what may come in it.
//!
//! ```text
//!  1 reference ─► booking ─► itinerary confirmation
//!                                  │
//!  2                             rules ─► (ruling) ─► restrictions told ─► go-ahead
//!                                  ▲          │                               │
//!                                  │    not allowed                           │
//!                                  │          ▼                               ▼
//!  3       declined ◄─ alternatives answer ◄─ alternatives ◄─ nothing ── wish ─► options
//!             │                    └──────────────────────────────────────►       │
//!             │                                 ▲                                 ▼
//!             │                                 └─ none suits ── choice ◄─ options told
//!             │                                 │                  │
//!  4          │                     price rejected, too low      quote ─► (residual ruling)
//!             │                                 │                  ▼
//!             │                              approval ◄─ quote told ◄─ (discrepancy acknowledgement)
//!             │                                 ▼
//!             │                     (payment) ─► (division) ─► rebooking ─► (stopping)
//!             │                                                    ▼            │
//!  5          │                (correction) ◄─► verification ◄─────┤ an error    │ too late
//!             │                                    ▼    ▲          │ is reported │
//!             │                                documents└──────────┼─────────────┤
//!             │                                    ▼               │             │ in time
//!  6          │                                 sending ─► acknowledgement       │
//!             ▼                                                    ▼             ▼
//!  7       record ◄──── withdrawn, unanswered ────────────────── record ◄──── record ─► closed
//! ```
//!
//! What stands in parentheses is left out where there is nothing to do. While nothing is being paid the client
//! may choose another option, or state another wish. A refused rebooking, or one that cannot be made to match
//! and was undone, goes back to *quote*, and what was paid goes back to the client. What the quote gives back
//! goes back beside the rest, and only closing waits for it *(ours: the client shall not wait for his
//! itinerary until a refund has arrived)*.
//!
//! # Example: from opening to closing
//!
//! ```
//! use peline::jiff::{Timestamp, civil::date};
//! use peline::{change::*, pe, trip::{Flight, Itinerary, Traveller}};
//!
//! let eur = |units: u64| Amount::new(units * 100, "EUR".parse().unwrap());
//! let now: Timestamp = "2026-11-02T10:00:00Z".parse()?;
//! let (client, agent, payer) = (ClientId::new(4), AgentId::new(9), PayerId::new(1));
//! let phone = Contact { client, channel: Channel::Phone };
//! let mail = Contact { client, channel: Channel::Email };
//!
//! // 1. Whose booking is it? The client confirms what he has now.
//! let reach = Reach::Email("client@example.com".parse()?);
//! let (mut case, effects) = Case::open(Opening { case: CaseId::new(17), client, reach, by: agent }, now);
//! assert_eq!(effects, [Effect::Ask(Question::Reference)]);
//! let mut report = |fact| -> Result<Vec<Effect>, Rejected> {
//!     let (next, effects) = case.clone().step(Event::new(CaseId::new(17), agent, fact), now)?;
//!     case = next;
//!     Ok(effects)
//! };
//! let jane = Traveller::new("DOE/JANE".parse()?).with_name_reference("1.1".parse()?);
//! let old = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
//! let old = Itinerary::new([old], [jane.clone()])?;
//! let new = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 8));
//! let new = Itinerary::new([new], [jane])?;
//! let plan = pe::scan("PE‡CLIENT@EXAMPLE.COM‡§PE‡AGENT@EXAMPLE.COM‡CC/".as_bytes()).collect();
//! let booking = Booking {
//!     id: "1S/KWJQPD".parse()?,
//!     itinerary: old.clone(),
//!     passengers: vec![Passenger { name_reference: "1.1".parse()?, kind: PassengerKind::Adult, payer }],
//!     usage: Usage::Unused,
//!     ticketed: date(2026, 10, 5),
//!     addressees: Addressee::of(&plan),
//! };
//! report(Fact::ReferenceGiven { contact: phone, booking: booking.id.clone() })?;
//! report(Fact::BookingFetched(Box::new(booking.clone())))?;
//! report(Fact::ItineraryConfirmed { contact: phone, itinerary: old })?;
//!
//! // 2. Is it feasible? The client is told what it may cost, and wants to go on.
//! let rules = ComponentRules {
//!     before_departure: Permission::Allowed(Fee::Flat(eur(50))),
//!     after_departure: Permission::NotAllowed,
//!     no_show: Permission::NotAllowed,
//!     floor: FareFloor::Any,
//!     residual: Some(ResidualRule::Forfeit),
//! };
//! report(Fact::RulesFound(TicketRules { components: vec![rules], waiver: None }))?;
//! report(Fact::RestrictionsTold { contact: phone })?;
//! report(Fact::GoAheadGiven { contact: phone })?;
//!
//! // 3. Which dates? What is available, and what does he choose?
//! let wish = Wish { dates: vec![date(2026, 12, 8)], destination: None, whose: Whose::Everyone };
//! report(Fact::WishStated { contact: phone, wish })?;
//! let option = FlightOption {
//!     itinerary: new.clone(),
//!     fare: FareChange::Higher(eur(200)),
//!     terms: Terms::Voluntary,
//!     stay: Stay::ANY,
//!     advance_purchase: None,
//! };
//! report(Fact::OptionsFound(vec![option]))?;
//! report(Fact::OptionsTold { contact: phone })?;
//! let effects = report(Fact::OptionChosen { contact: phone, option: OptionNumber::new(1) })?;
//! assert_eq!(effects.first(), Some(&Effect::PriceOption(OptionNumber::new(1))));
//!
//! // 4. What does it cost? He is told the total, approves this quote, and pays.
//! let price = PassengerPrice {
//!     passenger: "1.1".parse()?,
//!     components: vec![ComponentFare { fare: eur(300), replaced: Replaced::Yes }],
//!     new_fare: eur(500),
//!     taxes: vec![],
//!     service_fee: eur(10),
//!     supplier: None,
//! };
//! let pricing = Pricing {
//!     option: OptionNumber::new(1),
//!     currency: "EUR".parse()?,
//!     fares: FaresOf::Today(date(2026, 11, 2)),
//!     expires: "2026-11-02T18:00:00Z".parse()?,
//!     passengers: vec![price],
//!     rates: vec![],
//! };
//! report(Fact::Priced(Box::new(pricing)))?;
//! let quote = QuoteNumber::new(1);
//! report(Fact::QuoteTold { contact: phone, quote, knock_on: KnockOn::NothingKnown })?;
//! let approved = Fact::QuoteApproved { contact: phone, option: OptionNumber::new(1), quote, tolerance: None };
//! let effects = report(approved)?;
//! assert_eq!(effects.first(), Some(&Effect::CollectPayment { payer, amount: eur(260), quote }));
//! let payment = Payment { reference: "pay_7f3a".parse()?, payer, amount: eur(260), at: now };
//! let effects = report(Fact::PaymentReceived(payment))?;
//!
//! // 5. The booking is changed, checked, ticketed.
//! let [Effect::Rebook(order)] = effects.as_slice() else { panic!("{effects:?}") };
//! assert_eq!(order.approval().quote(), quote);
//! report(Fact::Rebooked { booking: booking.id.clone(), at: now })?;
//! let changed = Booking { itinerary: new, ..booking };
//! report(Fact::BookingFetched(Box::new(changed)))?;
//! let ticket = IssuedDocument::Ticket { passenger: "1.1".parse()?, number: "9991234567890".parse()? };
//! let effects = report(Fact::DocumentsIssued(vec![ticket]))?;
//! let [Effect::UpdateTrip(update), Effect::SendItinerary(dispatch)] = effects.as_slice() else {
//!     panic!("{effects:?}")
//! };
//! assert_eq!(update.commands().len(), 2);
//! assert_eq!(dispatch.copies().len(), 1);
//!
//! // 6. The client gets the new itinerary, is reminded to check it, and says that he has it.
//! report(Fact::ItinerarySent { contact: mail })?;
//! report(Fact::Reminded { contact: mail })?;
//! report(Fact::Acknowledged { contact: phone })?;
//!
//! // 7. Everything goes on record.
//! report(Fact::Filed(RecordItem::BookingNote))?;
//! report(Fact::Filed(RecordItem::CrmNote))?;
//! report(Fact::Filed(RecordItem::Correspondence { kept_as: "mails/17".parse()? }))?;
//! let of = Movement::Payment("pay_7f3a".parse()?);
//! report(Fact::Filed(RecordItem::Receipt { of, kept_as: "receipts/17".parse()? }))?;
//! report(Fact::Closed)?;
//! assert_eq!((case.state(), case.outcome()), (State::Closed, Some(Outcome::Changed)));
//! assert_eq!(case.missing(now), []);
//!
//! // What is filed: a service makes the texts whenever `Effect::WriteRecord` asks for them.
//! let record = case.record(RecordLanguage::English, LineLength::default());
//! assert!(record.remarks().iter().any(|remark| remark.contains("CLIENT")));
//! assert_eq!((record.correspondence().len(), record.receipts().len()), (2, 1));
//!
//! // Whoever asks later finds in the case what was wanted, chosen, approved, paid and issued.
//! assert_eq!(case.wish().unwrap().dates, [date(2026, 12, 8)]);
//! assert_eq!(case.chosen().map(Offered::number), Some(OptionNumber::new(1)));
//! assert_eq!(case.approval(now).unwrap().contact(), phone);
//! assert_eq!((case.payments().count(), case.documents().len()), (1, 1));
//! let table = case.quote().unwrap().breakdown(RecordLanguage::English).to_string();
//! assert_eq!(table.lines().collect::<Vec<_>>(), [
//!     "1.1  Fare difference          EUR 200.00",
//!     "1.1  Change fee               EUR  50.00",
//!     "1.1  Service fee              EUR  10.00",
//!     "     Due now                  EUR 260.00",
//!     "     New total of the ticket  EUR 500.00",
//! ]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Example: declined, with alternatives
//!
//! ```
//! # use jiff::civil::date;
//! # use peline::{change::*, trip::{Flight, Itinerary, Traveller}};
//! # let now = "2026-11-02T10:00:00Z".parse()?;
//! # let (client, agent, payer) = (ClientId::new(4), AgentId::new(9), PayerId::new(1));
//! # let phone = Contact { client, channel: Channel::Phone };
//! # let opening = Opening { case: CaseId::new(17), client, reach: Reach::Phone, by: agent };
//! # let (mut case, _) = Case::open(opening, now);
//! # let mut report = |fact| -> Result<Vec<Effect>, Rejected> {
//! #     let (next, effects) = case.clone().step(Event::new(CaseId::new(17), agent, fact), now)?;
//! #     case = next;
//! #     Ok(effects)
//! # };
//! # let jane = Traveller::new("DOE/JANE".parse()?).with_name_reference("1.1".parse()?);
//! # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
//! # let itinerary = Itinerary::new([flight], [jane])?;
//! # let booking = Booking {
//! #     id: "1S/KWJQPD".parse()?,
//! #     itinerary: itinerary.clone(),
//! #     passengers: vec![Passenger { name_reference: "1.1".parse()?, kind: PassengerKind::Adult, payer }],
//! #     usage: Usage::Unused,
//! #     ticketed: date(2026, 10, 5),
//! #     addressees: vec![],
//! # };
//! // The first steps are as above: the booking is found, and the client confirmed it.
//! # report(Fact::ReferenceGiven { contact: phone, booking: booking.id.clone() })?;
//! # report(Fact::BookingFetched(Box::new(booking)))?;
//! # report(Fact::ItineraryConfirmed { contact: phone, itinerary })?;
//! let rules = ComponentRules {
//!     before_departure: Permission::Unknown,
//!     after_departure: Permission::NotAllowed,
//!     no_show: Permission::NotAllowed,
//!     floor: FareFloor::Any,
//!     residual: None,
//! };
//! // Unknown never counts as allowed: a person has to say so, on some authority.
//! let effects = report(Fact::RulesFound(TicketRules { components: vec![rules], waiver: None }))?;
//! assert_eq!(effects, [Effect::AskAirline(OpenRule::Permission)]);
//! let ruling = Ruling {
//!     who: "Ann Example, airline help desk".parse()?,
//!     authority: "by telephone, fare rule 16".parse()?,
//!     answer: Answer::NotAllowed,
//! };
//! let effects = report(Fact::Ruled(ruling))?;
//! assert_eq!(effects, [Effect::OfferAlternatives(Obstacle::NotAllowed)]);
//!
//! let alternatives = vec!["a new ticket for the 8th, EUR 420".parse()?, "a name on the waiting list".parse()?];
//! report(Fact::AlternativesOffered { contact: phone, alternatives })?;
//!
//! // What is not allowed is not allowed for other dates either: the case stays where it is.
//! let other_dates = Fact::AlternativeAccepted { contact: phone, to: Revisit::Wish };
//! assert_eq!(report(other_dates).unwrap_err().refusal(), Refusal::NotAllowed);
//! report(Fact::Declined { contact: phone })?;
//!
//! // Nothing changed, and that goes on record too.
//! report(Fact::Filed(RecordItem::BookingNote))?;
//! report(Fact::Filed(RecordItem::CrmNote))?;
//! report(Fact::Closed)?;
//! assert_eq!((case.state(), case.outcome()), (State::Closed, Some(Outcome::Declined)));
//! assert_eq!(case.rulings()[0].authority.as_str(), "by telephone, fare rule 16");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rules
//!
//! What is marked *(ours)* is this crate's decision where its sources are silent.
//!
//! * **1. The booking.** The client gives its reference, it is fetched, and he confirms the *current* flights:
//!   the event carries what he confirmed.
//! * **2. Feasible?** By the rules of this very ticket: allowed, not allowed, or unknown. Unknown waits for a
//!   person's [`Ruling`]. Where it is not allowed the client is offered alternatives; he takes one, and the case
//!   goes on at the rules or at his wish, or he declines. That he was told, and that he wants to go on, are two
//!   events.
//! * **3. Other dates, another destination, or both.** Options must be available, and say how the fare changes;
//!   the client is told, and chooses one. An option that nowhere says something else than the booking as it is
//!   (it leaves the time open, say) is no change *(ours)*.
//! * **4. The cost.** The quote shows what is due now, the new total, and what becomes of hotels and other
//!   bookings is told with it. The client's [`Approval`] names option and quote, is needed even when nothing is
//!   due, and dies with the quote: expired (at the moment of expiry, not behind it), repriced, replaced. That a
//!   quote expires is no event and has no effect: have a timer set for [`Quote::expires`], and ask
//!   [`Case::missing`] then. A new
//!   quote for the same option needs a new approval, a new option both. A quote is neither told nor approved once
//!   a flight of its option has departed (by its date, once that has passed everywhere), and what is approved is not
//!   ordered then: what was paid goes back *(ours)*. Until the first payment it can turn out that the option [is not
//!   available any more](Fact::NothingAvailable).
//! * **The price guard.** With his approval a client may say by how much a later quote may be worse: what is due
//!   more and what goes back less, of each payer and passenger, summed *(ours: nobody's gain makes up for
//!   somebody else's loss)*, measured from the quote that he saw. It counts while the approval lives, until it is
//!   paid; a quote with a discrepancy always needs a new approval *(ours)*.
//! * **5. The change.** [`Effect::Rebook`] carries the approval. What is booked then is fetched and compared
//!   with the approved option [field by field](mismatches), and only a match makes a [`VerifiedItinerary`], the
//!   one thing that documents are issued for. Each passenger who changes gets a ticket or a confirmation.
//! * **6. The confirmation.** The client gets the new itinerary first, by his channel; the PE field of the changed
//!   booking adds the copies. Only his acknowledgement counts. An error that he reports goes back to
//!   verification, and documents are issued and sent again *(ours)*. After
//!   [two attempts](Case::ATTEMPTS) without an answer the agent may give up: changed, not confirmed. Before
//!   anything was sent, too, for a client may be out of reach by then *(ours)*: the record says that the new
//!   itinerary was not sent. Until the case is closed he may still answer, or say how he can be reached: then it is
//!   sent. While his answer is awaited, a sending that is reported again begins nothing anew, and nor does that he can be
//!   reached as before: both are noted as contacts. Only another address or channel has it sent again, and that once
//!   more *(ours)*.
//! * **7. The record.** Remarks in the booking and notes in the CRM always, for declined and withdrawn cases too
//!   (where no booking was found there is none to remark in *(ours)*); a receipt for all money that moved;
//!   correspondence where any was written; the reminder. What comes after the notes were filed and belongs there
//!   (a refund, a contact) makes them missing again.
//! * **Stopping.** The client may stop at any state until the supplier has changed the booking. Where the division
//!   or the change is ordered already, the case waits for what came of it: if it was changed before the client
//!   withdrew, the case goes on, for that is too late to stop *(ours)*. What is changed after he withdrew, or after
//!   the approval died, has to be restored ([`Fact::RebookingRefused`]), whichever of the two was reported first, as
//!   long as there are no tickets. A division that is done stays, of the trip, too: [`Effect::DivideTrip`] *(ours)*.
//! * **Demands.** Who was asked to pay and need not any more is told so, by [`Effect::StopCollecting`] *(ours)*: a link
//!   that is paid then only makes money that has to go back.
//! * **Looked up again.** Until something is paid or ordered, the booking and the rules can be looked up again (the
//!   airline cancelled a flight, the rules were misread): with another booking the case goes on at step 1, with other
//!   rules at step 2, and nothing is on offer any more *(ours)*. Once a flight of the booking has departed since it
//!   was fetched, no figures are taken, told or approved before it is fetched again, and what is paid by then goes back:
//!   other fees and fares may count. A booking whose flight has departed is not taken as one that is still to come: it was
//!   flown, or missed *(ours)*. One that was missed by then is known to be gone. What is as it was changes nothing;
//!   nor do other addressees. A booking that was divided is not fetched again: of what departed meanwhile, the
//!   supplier's totals tell.
//! * **No answer.** Where the case awaits the client before anything is changed, the agent may give up after
//!   [two attempts](Case::ATTEMPTS) without an answer, too *(ours)*: the case ends as unanswered. Where not all
//!   who should pay do, he may [stop collecting](Fact::CollectionStopped) *(ours)*.
//! * **Neither match nor undo.** What cannot be put right any more (the airline changed its flights meanwhile, the
//!   supplier does not restore what he changed too late) is [the affair of another case](Fact::PassedOn) *(ours)*;
//!   before the tickets, what was paid goes back, and the approval is dead.
//! * **Put right.** The locator of the changed booking is reported again until it has tickets. What the agent himself
//!   finds wrong in what was issued or sent ([`Fact::ErrorFound`]) is checked, issued and sent again, as what the client
//!   reports, until the case is closed *(ours)*.
//! * **Money is never stuck.** What is due is [`Fact::PaymentReceived`]: the wrong amount, the wrong currency, an
//!   expired quote are refused, and nothing is changed. Money that did arrive all the same is
//!   [`Fact::MoneyArrived`], in any state: it is recorded, and goes back. The same reference twice does nothing. A
//!   first payment before the expiry freezes the quote, for all payers *(ours)*. Where the change does not come
//!   about, what was paid goes back. No case closes while something has to go back, and a closed one that gets
//!   money is open again.
//! * **Whose change.** For some of the passengers, the booking is divided before it is changed; the case goes on
//!   under the new locator, and the passengers keep the numbers that they had when the booking was last fetched before.
//!   The fetched new booking has numbers of its own, and people are matched by their names. A booking that was divided
//!   otherwise is refused: have the supplier put it right first *(ours)*. Of a partly used ticket,
//!   the flown flights stay, and only what is still usable counts.
//! * **The airline's doing** (*involuntary*). Within its waiver nothing is due and nothing goes back; a charge of
//!   the supplier blocks the approval, and what he gives back is a discrepancy like others. Beyond it the fare
//!   difference counts, without a fee.
//! * **Time.** `now` is when something is reported, and never runs back. A payment and a rebooking say themselves
//!   when they happened, for that decides whether the quote was alive; so does a division, for its names have other
//!   numbers since then, and a withdrawal, which takes back no approval that is newer *(ours)*. What others stamped
//!   does not come before what is recorded for the same minute, for some of them tell no seconds *(ours)*. Where
//!   the first payment was in time and is reported second, report the other one again: it was refused as long as
//!   nothing froze the quote. An event that is refused changes nothing.
//! * **Stored** is the history, with a version: reading it takes every step again, so that approvals and proofs
//!   never come out of a file. That nobody writes another history that is possible, too, is the service's affair.
//!   Effects are not stored: store with the case which of them are still to be carried out, and have them [made
//!   again](Case::effects_of).
//! * **Zones** of flights that are handed over are those of the booking that was fetched after the change: give them
//!   [there](crate::trip::Itinerary::with_zones_of), or the calendars of those who follow have times without a zone.
//!
//! # What a change costs
//!
//! | | |
//! |---|---|
//! | amounts | whole minor units of an ISO 4217 currency; what is stated says [how many decimals](Amount::stated) it has; two currencies never mix, and what is converted says [at which rate](ExchangeRate) |
//! | fares, taxes | see [`Exchange`] |
//! | what is left of the old fare | see [`ResidualRule`]; unknown goes to a person, and then the figures are asked for again |
//! | fee | flat, per cent of a named fare, or waived; before departure, after, or for a no-show; the highest of the replaced fare components; none for an infant without a seat |
//! | service fee of the agency | its own line; no credit of the airline sets off against it |
//! | several passengers | settled apart, and netted within one payer only; vouchers stay with the passenger |
//! | the supplier's total | counts. Where it is not ours the quote has a [`Discrepancy`], which the agent acknowledges and the client approves. A charge within a waiver cannot be acknowledged: it has to be priced again |
//! | which fares | today's for an unused ticket, of the date of issue for one that is partly used |
//! | conditions of the new fare | minimum and maximum stay when the option is offered, advance purchase when it is priced: for a partly used ticket [on the latest day that it is anywhere](FlightOption::advance_purchase) *(ours)* |
//! | "equal or higher fare only" | a lower one is not allowed: alternatives are offered |
//! | several fare components | the strictest of all decides whether the ticket can be changed, whether the fare may be lower, and what becomes of what is left |
//!
//! Cards: [`FreeText`] and [`Reference`] cannot hold the number of a payment card.
//!
//! # After the change
//!
//! [`Effect::UpdateTrip`] hands the change over to those who [follow](crate::follow) the trip: see [`TripUpdate`]. Where
//! the booking was divided, the held trip was divided by then: [`Effect::DivideTrip`] orders it as soon as the booking
//! is, since from then on both PNRs have numbers of their own; see [`TripDivision`] *(ours)*.

mod approval;
mod booking;
mod breakdown;
mod case;
mod contact;
mod effect;
mod fact;
mod fare;
mod history;
mod id;
mod ledger;
mod money;
mod named;
mod offer;
mod outlook;
mod pricing;
mod quote;
mod record;
mod refused;
mod settlement;
mod standing;
mod state;
mod step;
#[cfg(feature = "serde")]
mod stored;
mod text;
mod trip_division;
mod trip_update;
mod verification;
mod words;

pub use self::{
    approval::Approval,
    booking::{Addressee, Booking, Passenger, PassengerKind, Usage},
    breakdown::{Breakdown, Row},
    case::Case,
    contact::{Channel, Contact, Reach},
    effect::{Dispatch, Effect, Obstacle, OpenRule, Question, RebookingOrder},
    fact::{Event, Fact, FactKind, IssuedDocument, Movement, RecordItem, Revisit},
    fare::{
        Answer, ComponentRules, FareFloor, Feasibility, Fee, FeeBase, Permission, Remainder,
        ResidualRule, Ruling, Situation, TicketRules, Waiver,
    },
    history::{HistoryEntry, Opening},
    id::{AgentId, CaseId, ClientId, OptionNumber, PayerId, QuoteNumber, RepaymentNumber},
    ledger::{Payment, PaymentUse, Repayment, RepaymentReason},
    money::{Amount, Currency, ExchangeRate, MoneyError, Percentage, Rounding, RoundingMode},
    offer::{FareChange, FlightOption, KnockOn, Offered, Stay, Terms, Whose, Wish},
    pricing::{ComponentFare, FaresOf, PassengerPrice, Pricing, Replaced, Totals},
    quote::{
        Account, Discrepancy, DiscrepancyKind, Part, PartKind, PassengerQuote, Payee, Quote, Side,
    },
    record::{Correspondence, LineLength, Receipt, Record},
    refused::{Refusal, Rejected, ReplayError},
    settlement::{Excess, Exchange, Return, ReturnTo, Settlement, SettlementError, Tax},
    state::{Missing, Outcome, State},
    text::{FreeText, Reference, TaxCode, TicketNumber},
    trip_division::TripDivision,
    trip_update::{HandedOver, TripUpdate},
    verification::{Mismatch, VerifiedItinerary, mismatches},
    words::RecordLanguage,
};

//! What can happen in a case, in small numbers: the facts for the laws of changing a flight.

use peline::{
    change::{
        AgentId, Amount, Answer, Booking, Case, CaseId, Channel, ClientId, Contact, Currency, Fact,
        FactKind, Fee, IssuedDocument, KnockOn, Movement, Opening, OptionNumber, PayerId, Payment,
        QuoteNumber, Reach, RecordItem, RepaymentNumber, Revisit, Ruling, State, Usage, Whose,
    },
    jiff::{SignedDuration, Timestamp},
    trip::{BookingId, Itinerary, Traveller},
};

use super::change_world::{
    RESIDUALS, booking, flights, locator, option, pricing, reference, rules, text, wish,
};

pub(crate) const AGENT: AgentId = AgentId::new(9);
pub(crate) const CASE: CaseId = CaseId::new(17);
pub(crate) const CLIENT: ClientId = ClientId::new(4);

/// Four bytes that choose among what is likely.
pub(crate) type Twist = [u8; 4];

pub(crate) fn start() -> Timestamp {
    "2026-11-02T10:00:00Z".parse().expect("a timestamp")
}

pub(crate) fn currency(number: u8) -> Currency {
    let codes = ["EUR", "JPY", "KWD", "CLF"];
    codes[usize::from(number % 4)].parse().expect("a currency")
}

pub(crate) fn opening(number: u8) -> Opening {
    let mail = || Reach::Email("client@example.com".parse().expect("an address"));
    Opening {
        case: CASE,
        client: CLIENT,
        reach: [mail(), Reach::Phone][usize::from(number % 2)].clone(),
        by: AGENT,
    }
}

/// The payment that a case awaits, or some other.
fn payment(case: &Case, now: Timestamp, currency: Currency, [one, two, ..]: Twist) -> Payment {
    let paid = |payer| {
        let payments = case.payments();
        let quote = case.quote().map(|quote| quote.number());
        payments.into_iter().any(|(payment, used)| {
            payment.payer == payer
                && quote.is_some_and(|quote| used == peline::change::PaymentUse::For(quote))
        })
    };
    let accounts = case.quote().into_iter().flat_map(|quote| quote.accounts());
    let mut due = accounts.filter(|it| !it.due().is_zero() && !paid(it.payer()));
    let (payer, amount) = match due.next() {
        Some(account) => (account.payer(), account.due()),
        None => (PayerId::new(1), Amount::new(u64::from(two), currency)),
    };
    // References are used once: as many as there are payments, and one for mistakes.
    let fresh = u8::try_from(case.payments().count()).expect("few payments") + 1;
    Payment {
        reference: reference(if one % 32 == 31 { 1 } else { fresh }),
        payer,
        amount,
        // Some are reported late.
        at: now - SignedDuration::from_mins(i64::from(two % 8 / 7)),
    }
}

/// The booking after the change, as it was approved.
fn changed(case: &Case, id: BookingId) -> Booking {
    let mut booking = case.booking().expect("a booking").clone();
    booking.id = id;
    let whose = case.wish().map(|wish| wish.whose.clone());
    let alone = matches!(whose, Some(Whose::Only(_)));
    let approved = case.chosen().map(|it| it.option().itinerary.clone());
    let flights = approved.map_or_else(
        || booking.itinerary.flights().to_vec(),
        |approved| approved.flights().to_vec(),
    );
    let travellers = booking.itinerary.travellers().iter().cloned();
    let travellers: Vec<_> = travellers.take(if alone { 1 } else { 2 }).collect();
    booking.passengers.truncate(travellers.len());
    booking.itinerary = Itinerary::new(flights, travellers).expect("an itinerary");
    booking
}

/// Who is in the booking that was divided off; now and then nobody.
fn divided_off(case: &Case, twist: u8) -> Vec<Traveller> {
    match case.booking() {
        Some(_) if twist % 8 != 7 => changed(case, locator(1)).itinerary.travellers().to_vec(),
        Some(_) | None => Vec::new(),
    }
}

/// The booking that the case has the supplier's report of.
fn rebooked(case: &Case) -> BookingId {
    let mut history = case.history().iter().rev();
    let found = history.find_map(|entry| {
        let Fact::Rebooked { booking, .. } = &entry.event().fact else {
            return None;
        };
        Some(booking.clone())
    });
    found.unwrap_or(locator(0))
}

/// Something of a kind that fits the case as it is, as far as anything does.
pub(crate) fn fitting(
    kind: FactKind,
    case: &Case,
    now: Timestamp,
    currency: Currency,
    twist: Twist,
) -> Fact {
    let [one, two, three, _] = twist;
    let channel = Channel::ALL[usize::from(two % 6)];
    let contact = Contact {
        client: CLIENT,
        channel,
    };
    let option = case.options().first().map(|offered| offered.number());
    let option = case.chosen().map(|it| it.number()).or(option);
    let option = option.unwrap_or(OptionNumber::new(1));
    let quote = case.quote().map(|quote| quote.number());
    let quote = quote.unwrap_or(QuoteNumber::new(1));
    let divides = matches!(case.wish().map(|wish| &wish.whose), Some(Whose::Only(_)));
    match kind {
        FactKind::ReferenceGiven => Fact::ReferenceGiven {
            contact,
            booking: locator(0),
        },
        FactKind::BookingNotFound => Fact::BookingNotFound,
        FactKind::BookingFetched => Fact::BookingFetched(Box::new(
            match (State::Verification..=State::Documents).contains(&case.state()) {
                true => changed(case, rebooked(case)),
                false => booking(locator(0), twist),
            },
        )),
        FactKind::ItineraryConfirmed => Fact::ItineraryConfirmed {
            contact,
            itinerary: case.booking().map_or_else(
                || Itinerary::new(flights(1, 9), []).expect("an itinerary"),
                |booking| booking.itinerary.clone(),
            ),
        },
        FactKind::ItineraryDisputed => Fact::ItineraryDisputed { contact },
        FactKind::RulesFound => Fact::RulesFound(rules(twist, currency)),
        FactKind::Ruled => Fact::Ruled(Ruling {
            who: text("Ann Example"),
            authority: text("fare rule 16"),
            answer: match (case.state(), one % 4) {
                (State::ResidualRuling, at) => {
                    Answer::Residual(RESIDUALS[usize::from(at + 1)].expect("a rule"))
                }
                (_, 0) => Answer::NotAllowed,
                (_, _) => Answer::Allowed(Fee::Flat(Amount::new(u64::from(two), currency))),
            },
        }),
        FactKind::RestrictionsTold => Fact::RestrictionsTold { contact },
        FactKind::GoAheadGiven => Fact::GoAheadGiven { contact },
        FactKind::WishStated => Fact::WishStated {
            contact,
            wish: wish(case, twist),
        },
        FactKind::OptionsFound => Fact::OptionsFound(
            (0..=one % 3)
                .map(|at| self::option(case, [one.wrapping_add(at), two, three, 0]))
                .collect(),
        ),
        FactKind::NothingAvailable => Fact::NothingAvailable,
        FactKind::OptionsTold => Fact::OptionsTold { contact },
        FactKind::OptionChosen => Fact::OptionChosen { contact, option },
        FactKind::OptionsRejected => Fact::OptionsRejected { contact },
        FactKind::AlternativesOffered => Fact::AlternativesOffered {
            contact,
            alternatives: vec![text("another airline")],
        },
        FactKind::AlternativeAccepted => Fact::AlternativeAccepted {
            contact,
            to: [Revisit::Rules, Revisit::Wish][usize::from(one % 2)],
        },
        FactKind::Declined => Fact::Declined { contact },
        FactKind::Priced => Fact::Priced(Box::new(pricing(case, now, currency, twist))),
        FactKind::DiscrepancyAcknowledged => Fact::DiscrepancyAcknowledged { quote },
        FactKind::QuoteTold => Fact::QuoteTold {
            contact,
            quote,
            knock_on: KnockOn::NothingKnown,
        },
        FactKind::QuoteApproved => Fact::QuoteApproved {
            contact,
            option,
            quote,
            tolerance: Some(Amount::new(u64::from(two), currency)).filter(|_| one % 2 == 0),
        },
        FactKind::QuoteRejected => Fact::QuoteRejected { contact, quote },
        FactKind::PaymentReceived => Fact::PaymentReceived(payment(case, now, currency, twist)),
        FactKind::PaymentFailed => Fact::PaymentFailed {
            payer: payment(case, now, currency, twist).payer,
        },
        FactKind::CollectionStopped => Fact::CollectionStopped,
        FactKind::PassedOn => Fact::PassedOn {
            reason: text("the airline changed its flights"),
        },
        FactKind::BookingDivided => Fact::BookingDivided {
            booking: locator(1),
            travellers: divided_off(case, two),
            at: now,
        },
        FactKind::Rebooked => Fact::Rebooked {
            booking: locator(if divides { 1 } else { one % 4 / 3 * 2 }),
            at: now,
        },
        FactKind::RebookingRefused => Fact::RebookingRefused {
            reason: text("no seat"),
        },
        FactKind::RebookingUndone => Fact::RebookingUndone {
            reason: text("another date"),
        },
        FactKind::DocumentsIssued => {
            let whose = case.wish().map(|wish| wish.whose.clone());
            let passengers = case.booking().into_iter().flat_map(|it| &it.passengers);
            let changing = passengers.filter(|passenger| match &whose {
                Some(Whose::Only(some)) => some.contains(&passenger.name_reference),
                Some(Whose::Everyone) | None => true,
            });
            let documents = changing.map(|passenger| match one % 4 {
                0 => IssuedDocument::Confirmation {
                    passenger: passenger.name_reference,
                    reference: reference(1),
                },
                _ => IssuedDocument::Ticket {
                    passenger: passenger.name_reference,
                    number: format!("999123456789{}", passenger.name_reference.item())
                        .parse()
                        .expect("a ticket"),
                },
            });
            Fact::DocumentsIssued(documents.collect())
        }
        FactKind::ItinerarySent => Fact::ItinerarySent {
            contact: Contact {
                channel: case.reach().channel(),
                ..contact
            },
        },
        FactKind::Reminded => Fact::Reminded { contact },
        FactKind::Acknowledged => Fact::Acknowledged { contact },
        FactKind::ErrorFound => Fact::ErrorFound {
            error: text("the ticket of somebody else"),
        },
        FactKind::ErrorReported => Fact::ErrorReported {
            contact,
            error: text("the name is wrong"),
        },
        FactKind::AttemptMade => Fact::AttemptMade { contact },
        FactKind::GivenUp => Fact::GivenUp,
        FactKind::Filed => Fact::Filed(filed(case, one)),
        FactKind::Closed => Fact::Closed,
        FactKind::Withdrawn => Fact::Withdrawn {
            contact,
            at: now - SignedDuration::from_mins(i64::from(three % 4 * 3)),
        },
        FactKind::Contacted => Fact::Contacted {
            contact,
            note: text("asked for news"),
        },
        FactKind::ReachStated => Fact::ReachStated {
            contact,
            reach: match one % 3 {
                0 => Reach::Email("other@example.com".parse().expect("an address")),
                1 => Reach::Chat,
                _ => Reach::Phone,
            },
        },
        FactKind::MoneyArrived => {
            let mut payment = payment(case, now, currency, twist);
            if three % 4 > 0 {
                payment.amount = Amount::new(u64::from(three), currency);
            }
            Fact::MoneyArrived(payment)
        }
        FactKind::Repaid => {
            let mut owed = case.repayments().iter().filter(|it| it.done().is_none());
            let number = owed.next().map(|repayment| repayment.number());
            Fact::Repaid {
                repayment: number.unwrap_or(RepaymentNumber::new(1)),
                reference: reference(
                    100 + u8::try_from(number.map_or(0, |it| it.get())).expect("few"),
                ),
            }
        }
    }
}

/// What of the record is missing, or something of it.
fn filed(case: &Case, one: u8) -> RecordItem {
    use peline::change::Missing;

    let missing = case.missing(start());
    let filed = missing.into_iter().find_map(|missing| match missing {
        Missing::BookingNote => Some(RecordItem::BookingNote),
        Missing::CrmNote => Some(RecordItem::CrmNote),
        Missing::Correspondence => Some(RecordItem::Correspondence {
            kept_as: reference(7),
        }),
        Missing::Receipt(of) => Some(RecordItem::Receipt {
            of,
            kept_as: reference(8),
        }),
        Missing::Fact(_)
        | Missing::LiveQuote(_)
        | Missing::Payment { .. }
        | Missing::Repayment(_)
        | Missing::Reminder => None,
    });
    filed.unwrap_or(match one % 3 {
        0 => RecordItem::BookingNote,
        1 => RecordItem::CrmNote,
        _ => RecordItem::Receipt {
            of: Movement::Payment(reference(1)),
            kept_as: reference(9),
        },
    })
}

/// The same, but for something that does not fit.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "most facts have nothing that could be spoilt"
)]
pub(crate) fn spoilt(mut fact: Fact, [one, ..]: Twist) -> Fact {
    let dollars = Amount::new(1, "USD".parse().expect("a currency"));
    let stranger = Contact {
        client: ClientId::new(5),
        channel: Channel::Phone,
    };
    match &mut fact {
        Fact::Priced(pricing) => match one % 6 {
            0 => pricing.option = OptionNumber::new(99),
            1 => pricing.currency = currency(one.wrapping_add(1)),
            2 => pricing.expires = start(),
            3 => pricing.passengers.clear(),
            4 => {
                let taxes = pricing.passengers.iter_mut().map(|it| &mut it.taxes);
                taxes.for_each(|taxes| taxes.extend(taxes.clone()));
            }
            _ => {
                let fares = pricing.passengers.iter_mut().map(|it| &mut it.new_fare);
                fares.for_each(|fare| *fare = Amount::new(u64::MAX, fare.currency()));
            }
        },
        Fact::PaymentReceived(payment) => match one % 3 {
            0 => payment.amount = dollars,
            1 => {
                let minor = payment.amount.minor() + 1;
                payment.amount = Amount::new(minor, payment.amount.currency());
            }
            _ => payment.payer = PayerId::new(7),
        },
        Fact::QuoteApproved {
            option,
            quote,
            tolerance,
            ..
        } => match one % 3 {
            0 => *option = OptionNumber::new(99),
            1 => *quote = QuoteNumber::new(99),
            _ => *tolerance = Some(dollars),
        },
        Fact::BookingFetched(booking) => match one % 4 {
            0 => booking.id = locator(one / 4),
            1 => booking.passengers.clear(),
            2 => booking.usage = Usage::PartlyUsed { flown: 9 },
            _ => {
                let travellers = booking.itinerary.travellers().to_vec();
                booking.itinerary =
                    Itinerary::new(flights(3, 20), travellers).expect("an itinerary");
            }
        },
        Fact::OptionsFound(options) => match one % 2 {
            0 => options.clear(),
            _ => options.extend(options.clone().into_iter().map(|mut option| {
                option.itinerary = Itinerary::new(flights(1, 9), []).expect("an itinerary");
                option
            })),
        },
        Fact::DocumentsIssued(documents) => documents.clear(),
        Fact::Repaid { repayment, .. } => *repayment = RepaymentNumber::new(99),
        Fact::RulesFound(rules) => rules.components.clear(),
        Fact::ItineraryConfirmed { itinerary, .. } => {
            *itinerary = Itinerary::new(flights(3, 20), []).expect("an itinerary");
        }
        Fact::WishStated { contact, .. }
        | Fact::OptionChosen { contact, .. }
        | Fact::Acknowledged { contact }
        | Fact::Withdrawn { contact, .. }
        | Fact::QuoteTold { contact, .. } => *contact = stranger,
        _ => {}
    }
    fact
}

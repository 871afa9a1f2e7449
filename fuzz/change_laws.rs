//! Laws of changing a flight.

use std::collections::BTreeMap;

use peline::{
    change::{
        Amount, Case, Currency, Effect, Event, Excess, Exchange, Fact, FactKind, LineLength,
        Missing, Outcome, PayerId, PaymentUse, Quote, QuoteNumber, RecordItem, RecordLanguage,
        Reference, Remainder, RepaymentReason, ResidualRule, ReturnTo, Side, State, Tax,
        VerifiedItinerary,
    },
    jiff::{SignedDuration, Timestamp},
};

use super::change_acts::{AGENT, CASE, currency, fitting, opening, spoilt, start};

/// What an onlooker knows of a case who sees nothing but events and effects.
struct Onlooker {
    /// What the client approved last, and by how much it may be worse.
    approved: Option<(QuoteNumber, Amount, u64)>,
    /// The money that came in, and what of it was told to go back.
    received: BTreeMap<Reference, (u64, bool)>,
    /// What was collected for the quote that is being paid.
    collected: u64,
    /// Who was asked to pay, for which quote, and neither did nor was told that he need not.
    demanded: BTreeMap<PayerId, QuoteNumber>,
    /// The proof with which documents were ordered, until they are issued or the booking is looked at again.
    ordered: Option<VerifiedItinerary>,
    /// The remarks and the notes as they were when they were filed.
    noted: [Vec<String>; 2],
}

/// Any events → every step keeps the laws, and a case can always be brought to its end.
pub(crate) fn change_events(data: &[u8]) {
    let Some(([head, which], acts)) = data.split_first_chunk::<2>() else {
        return;
    };
    let currency = currency(*head);
    // Before, between and after the flights of the booking.
    let days = [0, 0, 0, 0, 27, 28, 31, 40][usize::from(which / 32)];
    let mut now = start() + SignedDuration::from_hours(24 * days);
    let (mut case, _) = Case::open(opening(head / 4), now);
    let mut onlooker = Onlooker {
        approved: None,
        received: BTreeMap::new(),
        collected: 0,
        demanded: BTreeMap::new(),
        ordered: None,
        noted: [Vec::new(), Vec::new()],
    };
    // Far enough ahead, or what is rare comes before anything else can.
    for _ in 0..which % 32 {
        let kind = leading(&case, now)[0];
        let fact = fitting(kind, &case, now, currency, [*head, 4, head / 8, *which]);
        case = check_step(&mut onlooker, case, &fact, now);
    }
    for act in acts.as_chunks::<6>().0.iter().take(48) {
        let [what, how, twist @ ..] = *act;
        let long = if days == 0 { 360 } else { 1440 };
        let later = [0, 0, 0, 1, 60, long][usize::from(how % 6)];
        now += SignedDuration::from_mins(later);
        let kind = choose(&case, now, what, how);
        let fact = fitting(kind, &case, now, currency, twist);
        let fact = match how / 6 % 8 {
            7 => spoilt(fact, twist),
            _ => fact,
        };
        case = check_step(&mut onlooker, case, &fact, now);
        if *which % 16 == 0 {
            check_replay(&case);
        }
    }
    check_replay(&case);
    check_record(&case, *which);
    bring_to_its_end(&mut onlooker, case, now, currency);
}

/// Mostly what leads on, often what else may come next, sometimes anything.
fn choose(case: &Case, now: Timestamp, what: u8, how: u8) -> FactKind {
    let leading = leading(case, now);
    let next = || case.next(now).collect::<Vec<_>>();
    let kinds = match how {
        0..192 => leading,
        192..240 => {
            // What begins again or ends is rare enough for a case to get somewhere.
            let mut kinds = next();
            kinds.retain(|kind| {
                !matches!(
                    kind,
                    FactKind::Withdrawn
                        | FactKind::PassedOn
                        | FactKind::BookingFetched
                        | FactKind::RulesFound
                        | FactKind::ReferenceGiven
                        | FactKind::BookingNotFound
                        | FactKind::ItineraryDisputed
                )
            });
            kinds
        }
        240..250 => next(),
        _ => FactKind::ALL.to_vec(),
    };
    kinds[usize::from(what) % kinds.len()]
}

/// What takes the case on.
fn leading(case: &Case, now: Timestamp) -> Vec<FactKind> {
    let missing = case.missing(now).into_iter().map(|missing| match missing {
        Missing::Fact(kind) => kind,
        Missing::LiveQuote(_) => FactKind::Priced,
        Missing::Payment { .. } => FactKind::PaymentReceived,
        Missing::Repayment(_) => FactKind::Repaid,
        Missing::Reminder => FactKind::Reminded,
        Missing::BookingNote | Missing::CrmNote | Missing::Correspondence | Missing::Receipt(_) => {
            FactKind::Filed
        }
    });
    let leading: Vec<_> = missing.collect();
    match (leading.is_empty(), case.state()) {
        (false, _) => leading,
        (true, State::Closed) => vec![FactKind::MoneyArrived],
        (true, _) => vec![FactKind::Closed],
    }
}

/// Takes a step, and checks what it did.
fn check_step(onlooker: &mut Onlooker, case: Case, fact: &Fact, now: Timestamp) -> Case {
    let before = case.clone();
    let kind = fact.kind();
    let awaited = case.next(now).any(|next| next == kind);
    let event = Event::new(CASE, AGENT, fact.clone());
    let (case, effects) = match case.step(event.clone(), now) {
        Ok(done) => done,
        Err(rejected) => {
            let case = rejected.into_state();
            assert_eq!(case, before, "a refused event changes nothing");
            return case;
        }
    };
    if case.history().len() == before.history().len() {
        assert_eq!(case, before, "what is repeated changes nothing");
        assert_eq!(effects, []);
        return case;
    }
    assert!(
        awaited,
        "{kind} came, and was not next in {}",
        before.state()
    );
    assert_eq!(case.history().len(), before.history().len() + 1);
    assert_eq!(case.history().last().map(|it| it.event()), Some(&event));
    check_contact(&case, fact, &effects);
    check_quote(&case);
    check_money(onlooker, &before, &case, fact, &effects, now);
    check_state(&case, now);
    case
}

fn check_contact(case: &Case, fact: &Fact, effects: &[Effect]) {
    let position = case.history().len() - 1;
    let noted = effects.last() == Some(&Effect::NoteContact { position });
    assert_eq!(noted, fact.contact().is_some(), "every contact is noted");
    for language in RecordLanguage::ALL {
        let note = case.crm_note(position, language);
        assert_eq!(note.is_some(), fact.contact().is_some());
    }
}

/// The sum of the parts is the total.
fn check_quote(case: &Case) {
    let Some(quote) = case.quote() else { return };
    let minor = |amount: Amount| i128::from(amount.minor());
    let mut charged = 0;
    for passenger in quote.passengers() {
        let parts = passenger.parts().into_iter().map(|part| match part.side {
            Side::Charge => minor(part.amount),
            Side::Deduction => -minor(part.amount),
        });
        let own = minor(passenger.totals().due) + minor(passenger.service_fee());
        assert_eq!(parts.sum::<i128>(), own, "the parts of a passenger");
        charged += own - minor(passenger.totals().refund);
    }
    let accounts = quote.accounts().iter();
    let netted: i128 = accounts
        .map(|it| minor(it.due()) - minor(it.refund()))
        .sum();
    assert_eq!(netted, charged, "the accounts of the payers");
    let due: u64 = quote.accounts().iter().map(|it| it.due().minor()).sum();
    assert_eq!(quote.due().minor(), due);
    let new: u64 = quote
        .passengers()
        .iter()
        .map(|it| it.settlement().new_total().minor())
        .sum();
    assert_eq!(quote.new_total().minor(), new);
    for language in RecordLanguage::ALL {
        let table = quote.breakdown(language);
        let rows = table.rows();
        assert!(rows.iter().any(|row| row.amount() == quote.due()));
        let widths: Vec<_> = table
            .to_string()
            .lines()
            .map(|line| line.chars().count())
            .collect();
        assert!(widths.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

/// What is collected is what was approved; what came in is due, or on its way back.
fn check_money(
    onlooker: &mut Onlooker,
    before: &Case,
    case: &Case,
    fact: &Fact,
    effects: &[Effect],
    now: Timestamp,
) {
    if let Fact::QuoteApproved {
        quote, tolerance, ..
    } = fact
    {
        let due = case.quote().expect("an approved quote").due();
        let tolerance = tolerance.map_or(0, Amount::minor);
        onlooker.approved = Some((*quote, due, tolerance));
        onlooker.collected = 0;
    }
    if let Fact::PaymentReceived(payment) = fact {
        let minor = payment.amount.minor();
        onlooker.collected += minor;
        let known = onlooker
            .received
            .insert(payment.reference.clone(), (minor, false));
        assert_eq!(known, None);
        let quote = before.quote().expect("a quote that is paid");
        let frozen = before
            .payments()
            .any(|(_, it)| it == PaymentUse::For(quote.number()));
        assert!(quote.is_live_at(payment.at) || frozen);
        assert!(payment.at <= now);
        assert!(onlooker.demanded.remove(&payment.payer).is_some());
    }
    if case.state() != State::Documents {
        onlooker.ordered = None;
    }
    if let Fact::MoneyArrived(payment) = fact {
        let minor = payment.amount.minor();
        onlooker
            .received
            .insert(payment.reference.clone(), (minor, false));
    }
    for effect in effects {
        check_effect(onlooker, before, case, effect, now);
    }
    let collects = case.quote().filter(|_| case.state() == State::Payment);
    let present = |quote| Some(quote) == collects.map(Quote::number);
    let mut demanded = onlooker.demanded.values();
    assert!(
        demanded.all(|quote| present(*quote)),
        "nobody is left with a demand that is dead"
    );
    let updated = effects
        .iter()
        .any(|effect| matches!(effect, Effect::UpdateTrip(_)));
    assert_eq!(updated, matches!(fact, Fact::DocumentsIssued(_)));
    let divided = effects
        .iter()
        .any(|effect| matches!(effect, Effect::DivideTrip(_)));
    assert_eq!(divided, matches!(fact, Fact::BookingDivided { .. }));
    let texts = || {
        let record = case.record(RecordLanguage::English, LineLength::SABRE);
        [record.remarks().to_vec(), record.crm_notes().to_vec()]
    };
    if let Fact::Filed(RecordItem::BookingNote) = fact {
        let [remarks, _] = texts();
        onlooker.noted[0] = remarks;
    }
    if let Fact::Filed(RecordItem::CrmNote) = fact {
        let [_, notes] = texts();
        onlooker.noted[1] = notes;
    }
    if case.state() == State::Closed {
        check_closed(onlooker, case);
    }
}

fn check_effect(
    onlooker: &mut Onlooker,
    before: &Case,
    case: &Case,
    effect: &Effect,
    now: Timestamp,
) {
    match effect {
        Effect::Rebook(order) => {
            let (approved, due, tolerance) = onlooker.approved.expect("an approval");
            let quote = case.quote().expect("a quote");
            let approval = order.approval();
            assert_eq!(approval.quote(), quote.number(), "of the present quote");
            assert_eq!(approval.seen().number(), approved, "which the client saw");
            assert_eq!(Some(order.option()), case.chosen().map(|it| it.option()));
            assert!(quote.due().minor() <= due.minor().saturating_add(tolerance));
            let paid = paid_for(case, quote);
            assert_eq!(
                paid,
                quote.due().minor(),
                "what is collected is what was approved"
            );
            assert!(
                quote.is_live_at(now) || paid > 0,
                "no order on a dead approval"
            );
            assert_eq!(order.until().is_none(), paid > 0);
        }
        Effect::CollectPayment {
            payer,
            quote,
            amount,
        } => {
            let (approved, _, _) = onlooker.approved.expect("an approval");
            let approval = case.approval(now).expect("an approval");
            assert_eq!(approval.seen().number(), approved);
            assert_eq!(approval.quote(), *quote);
            assert!(!amount.is_zero());
            onlooker.demanded.insert(*payer, *quote);
        }
        Effect::StopCollecting(quote) => {
            let before = onlooker.demanded.len();
            onlooker.demanded.retain(|_, demanded| demanded != quote);
            assert!(onlooker.demanded.len() < before, "somebody was asked");
        }
        Effect::IssueDocuments(verified) => {
            let checked = State::Verification..=State::Documents;
            assert!(checked.contains(&before.state()));
            let approved = case.chosen().expect("an option").option();
            let booked = verified.itinerary().flights();
            assert_eq!(approved.itinerary.flights(), booked);
            let again = onlooker.ordered.replace(verified.as_ref().clone());
            assert_ne!(again.as_ref(), Some(verified.as_ref()), "ordered twice");
        }
        Effect::Repay(repayment) => match repayment.why() {
            RepaymentReason::NotDue(of) | RepaymentReason::NotChanged(of) => {
                let (minor, back) = onlooker.received.get_mut(of).expect("money that came in");
                assert!(!*back, "nothing goes back twice");
                *back = true;
                assert_eq!(*minor, repayment.what().amount.minor());
            }
            RepaymentReason::Settlement => {
                assert_eq!(before.state(), State::Documents);
            }
        },
        Effect::DivideBooking { .. } => assert!(onlooker.approved.is_some()),
        Effect::DivideTrip(division) => {
            assert_eq!(before.divided(), None, "a trip is divided once");
            assert_eq!(case.divided(), Some(division.new_booking()));
            let original = case.booking().map(|booking| &booking.id);
            assert_eq!(original, Some(division.booking()));
        }
        Effect::Ask(_)
        | Effect::AskAirline(_)
        | Effect::CorrectBooking(_)
        | Effect::FetchBooking(_)
        | Effect::LookUpRules(_)
        | Effect::NoteContact { .. }
        | Effect::OfferAlternatives(_)
        | Effect::PriceOption(_)
        | Effect::RemindClient
        | Effect::SearchFlights(_)
        | Effect::SendItinerary(_)
        | Effect::ShowDiscrepancies(_)
        | Effect::StopRebooking
        | Effect::TellOptions
        | Effect::TellQuote(_)
        | Effect::TellRestrictions
        | Effect::UpdateTrip(_)
        | Effect::WriteRecord => {}
    }
}

fn paid_for(case: &Case, quote: &Quote) -> u64 {
    let payments = case.payments();
    let paid = payments.filter(|(_, used)| *used == PaymentUse::For(quote.number()));
    paid.map(|(payment, _)| payment.amount.minor()).sum()
}

/// Closing needs the record, and no money is stuck.
fn check_closed(onlooker: &Onlooker, case: &Case) {
    let changed = matches!(
        case.outcome(),
        Some(Outcome::Changed | Outcome::ChangedUnconfirmed)
    );
    assert!(case.outcome().is_some());
    let record = case.record(RecordLanguage::English, LineLength::SABRE);
    let [remarks, notes] = &onlooker.noted;
    assert_eq!(
        record.crm_notes(),
        notes,
        "what is in the CRM is the last word"
    );
    if case.booking().is_some() {
        assert_eq!(record.remarks(), remarks, "what is in the booking too");
    }
    assert!(case.repayments().iter().all(|it| it.done().is_some()));
    let kept: u64 = onlooker
        .received
        .values()
        .filter(|(_, back)| !back)
        .map(|(minor, _)| minor)
        .sum();
    let passed_on = case.outcome() == Some(Outcome::PassedOn) && !case.documents().is_empty();
    let quote = case.quote().filter(|_| changed || passed_on);
    let due = quote.map_or(0, |it| it.due().minor());
    assert_eq!(kept, due, "what is kept is what was due");
}

fn check_state(case: &Case, now: Timestamp) {
    let missing = case.missing(now);
    let closable = case.next(now).any(|kind| kind == FactKind::Closed);
    let closed = case.state() == State::Closed;
    assert_eq!(missing.is_empty(), closed || closable, "{}", case.state());
    for missing in &missing {
        if let Missing::Fact(kind) = missing {
            assert!(
                case.next(now).any(|next| next == *kind),
                "{kind} takes it on"
            );
        }
    }
    let mut next = case.next(now);
    assert!(next.all(|kind| case.state().takes().any(|taken| taken == kind)));
    let debug = format!("{case:?} {:?}", case.history().last());
    for planted in ["example.com", "DOE", "KWJQPD", "ref-", "Ann"] {
        assert!(!debug.contains(planted), "{debug}");
    }
}

/// A case is its history.
fn check_replay(case: &Case) {
    let history = case.history().iter().cloned();
    let again = Case::replay(case.opening().clone(), case.opened(), history);
    assert_eq!(again.as_ref(), Ok(case));
}

fn check_record(case: &Case, which: u8) {
    let line = LineLength::new(25 + usize::from(which)).expect("long enough");
    for language in RecordLanguage::ALL {
        let record = case.record(language, line);
        assert!(!record.remarks().is_empty());
        for remark in record.remarks() {
            assert!((1..=line.get()).contains(&remark.len()), "{remark}");
            let taken = |byte: u8| {
                byte.is_ascii_uppercase() || byte.is_ascii_digit() || b" .,-/".contains(&byte)
            };
            assert!(remark.bytes().all(taken), "{remark}");
        }
        let contacts = case.history().iter();
        let contacts = contacts.filter(|it| it.event().fact.contact().is_some());
        assert_eq!(record.crm_notes().len(), contacts.count());
    }
}

/// From wherever a case is, an honest agent can close it: nothing is a dead end.
fn bring_to_its_end(onlooker: &mut Onlooker, case: Case, now: Timestamp, currency: Currency) {
    let mut case = case;
    for _ in 0..200 {
        if case.state() == State::Closed {
            return;
        }
        let may = |kind| case.next(now).any(|next| next == kind);
        let ways_out = [FactKind::Closed, FactKind::PassedOn, FactKind::Withdrawn];
        // Who withdraws again says only when.
        let again = |kind| kind == FactKind::Withdrawn && case.state() == State::Stopping;
        let way_out = ways_out
            .into_iter()
            .find(|kind| may(*kind) && !again(*kind));
        let kind = way_out.unwrap_or_else(|| leading(&case, now)[0]);
        let fact = fitting(kind, &case, now, currency, [1, 1, 0, 0]);
        let length = case.history().len();
        case = check_step(onlooker, case, &fact, now);
        assert!(case.history().len() > length, "{kind} in {}", case.state());
    }
    panic!("the case does not end: {}", case.state());
}

/// Any figures → what is due and goes back is what an accountant comes to, and nothing gets lost.
pub(crate) fn change_settlement(data: &[u8]) {
    let Some((head, rest)) = data.split_first_chunk::<10>() else {
        return;
    };
    let currency = currency(head[0]);
    // Small figures meet each other; large ones overflow.
    let scale = [1, 1_000, u64::MAX / 300][usize::from(head[1] % 3)];
    let amount = |byte: u8| Amount::new(u64::from(byte) * scale, currency);
    let rule = match head[2] % 7 {
        0 => None,
        1 => Some(ResidualRule::Forfeit),
        2 => Some(ResidualRule::Voucher),
        3 => Some(ResidualRule::Refund),
        at => {
            let then = [Remainder::Forfeit, Remainder::Voucher, Remainder::Refund];
            let then = then[usize::from(at - 4)];
            Some(ResidualRule::OffsetFee { then })
        }
    };
    let codes = ["GB", "YR", "XF", "US"];
    let taxes = rest.as_chunks::<3>().0.iter().zip(codes);
    let taxes = taxes.map(|([old, new, excess], code)| Tax {
        code: code.parse().expect("a tax"),
        old: amount(*old),
        new: amount(*new),
        excess: [Excess::Kept, Excess::Refundable][usize::from(excess % 2)],
    });
    let exchange = Exchange {
        old_fare: amount(head[3]),
        new_fare: amount(head[4]),
        taxes: taxes.collect(),
    };
    let fee = amount(head[5]);
    check_settlement(&exchange, fee, rule);
}

fn check_settlement(exchange: &Exchange, fee: Amount, rule: Option<ResidualRule>) {
    let minor = |amount: Amount| i128::from(amount.minor());
    let (old, new) = (minor(exchange.old_fare), minor(exchange.new_fare));
    let cheaper = new < old;
    let Ok(settlement) = exchange.settle(fee, rule) else {
        let largest = i128::from(u64::MAX);
        let taxes: i128 = exchange
            .taxes
            .iter()
            .map(|tax| minor(tax.old) + minor(tax.new))
            .sum();
        let large = old + new + taxes + minor(fee) > largest;
        assert!(large || (cheaper && rule.is_none()), "{exchange:?}");
        return;
    };
    // Paid with the left hand, credited with the right: two purses, emptied into each other.
    let mut owes = (new - old).max(0) + minor(fee);
    let (mut credit, mut lost) = (0, 0);
    for tax in &exchange.taxes {
        let more = minor(tax.new) - minor(tax.old);
        owes += more.max(0);
        match tax.excess {
            Excess::Kept => lost += (-more).max(0),
            Excess::Refundable => credit += (-more).max(0),
        }
    }
    let pay = |owes: &mut i128, purse: &mut i128| {
        let paid = (*owes).min(*purse);
        *owes -= paid;
        *purse -= paid;
    };
    pay(&mut owes, &mut credit);
    let mut left = (old - new).max(0);
    let (mut voucher, mut refund) = (0, credit);
    let remainder = match rule {
        Some(ResidualRule::Refund) => {
            pay(&mut owes, &mut left);
            Remainder::Refund
        }
        Some(ResidualRule::OffsetFee { then }) => {
            pay(&mut owes, &mut left);
            then
        }
        Some(ResidualRule::Voucher) => Remainder::Voucher,
        Some(ResidualRule::Forfeit) | None => Remainder::Forfeit,
    };
    match remainder {
        Remainder::Forfeit => lost += left,
        Remainder::Refund => refund += left,
        Remainder::Voucher => voucher += left,
    }
    assert_eq!(minor(settlement.due()), owes);
    let returned = |to| {
        let parts = settlement.returned().filter(|it| it.to == to);
        parts.map(|it| minor(it.amount)).sum::<i128>()
    };
    assert_eq!(returned(ReturnTo::OriginalForm), refund);
    assert_eq!(returned(ReturnTo::Voucher), voucher);
    assert_eq!(minor(settlement.forfeited()), lost);
    let taxes =
        |of: fn(&Tax) -> Amount| exchange.taxes.iter().map(|it| minor(of(it))).sum::<i128>();
    let given = old + taxes(|tax| tax.old) + minor(settlement.due());
    let got = new + taxes(|tax| tax.new) + minor(fee) + refund + voucher + lost;
    assert_eq!(given, got, "nothing gets lost");
    assert_eq!(minor(settlement.new_total()), new + taxes(|tax| tax.new));
    let text = settlement.due().to_string();
    assert_eq!(text.parse(), Ok(settlement.due()), "an amount is its text");
}

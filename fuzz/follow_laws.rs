//! Laws of following a trip.

use std::collections::{BTreeMap, BTreeSet};

use peline::{
    follow::{
        AccountId, Command, Effect, HeldTrip, HoldingReason, Item, News, Notice, Policy, Withheld,
    },
    trip::{DocumentKind, Flight, LegStatus, difference},
};

use super::{
    follow_acts::{ACCOUNTS, ADDRESSES, Act, account, command, nothing, time},
    follow_model::Model,
};

/// Any commands → the model says who holds the trip, for which reasons, what he sees; and every step
/// keeps the laws.
pub(crate) fn follow_commands(data: &[u8]) {
    let (mut model, mut held, mut queue) = (Model::default(), nothing(), Vec::new());
    for bytes in data.as_chunks::<4>().0.iter().take(32) {
        held = check_act(&mut model, held, &mut queue, Act::decode(*bytes));
    }
}

/// Does an act both ways, and compares.
pub(crate) fn check_act(
    model: &mut Model,
    held: HeldTrip,
    queue: &mut Vec<Notice>,
    act: Act,
) -> HeldTrip {
    let before = held.clone();
    let expected = model.apply(act);
    let Some(command) = command(act) else {
        return held;
    };
    let (held, effects) = match held.step(command.clone(), time(9), &model.service) {
        Ok(done) => done,
        Err(rejected) => {
            let refusal = rejected.refusal();
            assert_eq!(expected, Err(refusal), "{act:?}");
            let held = rejected.into_state();
            assert_eq!(held, before, "a refused command changes nothing");
            check_state(model, &held);
            return held;
        }
    };
    let Ok(telling) = expected else {
        panic!("{act:?}: {expected:?}");
    };
    check_state(model, &held);
    check_effects(model, &before, &held, &effects);
    check_told(model, act, &telling, &before, &held, &effects);
    check_lists_open_nothing(act, &before, &held);
    check_revoking(act, &before, &held);
    check_again(model, &held, command);
    queue.extend(effects.into_iter().filter_map(|effect| match effect {
        Effect::Mail(notice) => Some(notice),
        Effect::Place { .. } | Effect::Remove { .. } => None,
    }));
    // What is older is sent, or was checked often enough.
    queue.drain(..queue.len().saturating_sub(8));
    for notice in &*queue {
        check_queued(model, &held, notice);
    }
    held
}

fn check_state(model: &Model, held: &HeldTrip) {
    let policy = Policy::DEFAULT;
    assert_eq!(
        held.trip().map(|trip| trip.itinerary()),
        model.itinerary().as_ref()
    );
    assert!(held.waiting().eq(&model.waiting()), "who waits");
    let mut legs = held.trip().into_iter().flat_map(|trip| trip.legs());
    let cancelled = LegStatus::Cancelled;
    assert!(legs.all(|leg| (leg.status() == cancelled) == model.is_cancelled()));
    let mut holders = Vec::new();
    for number in 0..ACCOUNTS {
        let holder = account(number);
        let reasons: BTreeSet<_> = held.reasons(holder).collect();
        assert_eq!(reasons, model.reasons(number), "reasons of {holder:?}");
        let list = held.list(holder);
        assert_eq!(list, model.list(number), "list of {holder:?}");
        assert_eq!(
            list.is_some(),
            !reasons.is_empty(),
            "no holding without a reason"
        );
        holders.extend(list.map(|list| (holder, list)));
        let view = held.view(holder, &policy);
        assert_eq!(view.as_ref().map(|view| view.list()), list);
        for item in Item::ALL {
            let why = held.explain(holder, item, &policy);
            let sees = view.as_ref().is_some_and(|view| view.sees(item));
            assert_eq!(sees, model.sees(number, item), "{item} for {holder:?}");
            assert_eq!(why.is_granted(), sees);
            assert_eq!(
                why.granted_by().is_some(),
                sees,
                "no item without a granting reason"
            );
            assert!(
                why.verdicts()
                    .map(|(reason, _)| reason)
                    .eq(reasons.iter().copied())
            );
        }
        let Some(view) = view else { continue };
        let shown = view.documents().map(|document| {
            let invoice = document.kind() == DocumentKind::EInvoice;
            (invoice, document.name_reference().is_some())
        });
        let documents = model.documents(number);
        assert_eq!(
            shown.collect::<BTreeSet<_>>(),
            documents,
            "a name reference opens that name's only"
        );
        for document in held.trip().into_iter().flat_map(|trip| trip.documents()) {
            let key = (
                document.kind() == DocumentKind::EInvoice,
                document.name_reference().is_some(),
            );
            let why = held.explain_document(holder, document, &policy);
            assert_eq!(why.is_granted(), documents.contains(&key));
        }
        assert_eq!(view.record_locator().is_some(), {
            let linked = held
                .trip()
                .is_some_and(|trip| trip.provenance().booking().is_some());
            linked && model.sees(number, Item::RecordLocator)
        });
    }
    assert!(held.holders().eq(holders));
}

fn check_effects(model: &Model, before: &HeldTrip, held: &HeldTrip, effects: &[Effect]) {
    let old: BTreeMap<_, _> = before.holders().collect();
    let new: BTreeMap<_, _> = held.holders().collect();
    let mut index = old.clone();
    let mut told = BTreeSet::new();
    for effect in effects {
        assert_eq!(effect.trip(), held.id(), "of no other trip");
        match effect {
            Effect::Place { account, list, .. } => {
                assert_ne!(
                    index.insert(*account, *list),
                    Some(*list),
                    "an effect says something"
                );
            }
            Effect::Remove { account, .. } => assert!(index.remove(account).is_some()),
            Effect::Mail(notice) => {
                assert!(
                    new.contains_key(&notice.to()),
                    "who is no holder is never told"
                );
                let (changed, granted) = match notice.news() {
                    News::Shared { by, .. } => (false, notice.rests_on().sharer() == Some(*by)),
                    News::Changed(difference) => {
                        assert!(
                            old.contains_key(&notice.to()),
                            "who was no holder knows no other"
                        );
                        assert!(!difference.changes().is_empty());
                        (true, true)
                    }
                };
                assert!(granted && held.reasons(notice.to()).any(|it| it == notice.rests_on()));
                let key = (
                    notice.to(),
                    changed,
                    notice.rests_on().sharer().filter(|_| !changed),
                );
                assert!(told.insert(key), "told once");
                // What somebody got by mail before the step can make an update old news to him.
                let sent = held.may_send(notice, &model.service);
                assert!(
                    matches!(sent, Ok(_) | Err(Withheld::AlreadyTold)),
                    "{sent:?}"
                );
            }
        }
    }
    assert_eq!(index, new, "the effects keep an index of the lists");
}

/// Who must be told is told: of a share its follower, of a change who held the trip before and may know,
/// unless the confirmation itself was mailed to him.
fn check_told(
    model: &Model,
    act: Act,
    telling: &BTreeSet<(u8, HoldingReason)>,
    before: &HeldTrip,
    held: &HeldTrip,
    effects: &[Effect],
) {
    let mut shared = BTreeSet::new();
    let mut changed = BTreeSet::new();
    for effect in effects {
        if let Effect::Mail(notice) = effect {
            match notice.news() {
                News::Shared { .. } => drop(shared.insert((notice.to(), notice.rests_on()))),
                News::Changed(_) => drop(changed.insert(notice.to())),
            }
        }
    }
    let telling = telling
        .iter()
        .map(|(number, reason)| (account(*number), *reason));
    assert_eq!(shared, telling.collect(), "who is told of a share");

    let [old, new] = [before, held].map(|held| {
        let legs = held.trip().into_iter().flat_map(|trip| trip.legs());
        let booked = legs.filter(|leg| leg.status() == LegStatus::Booked);
        booked.map(|leg| leg.flight()).collect::<Vec<&Flight>>()
    });
    let differs = before.trip().is_some() && !difference(old, new).is_empty();
    let informed = |number: u8| {
        let mailed = act
            .import()
            .is_some_and(|import| model.is_mailed(import, number));
        mailed || matches!(act, Act::Edit { by } if by == number)
    };
    let must = (0..ACCOUNTS).filter(|number| {
        let holds = |held: &HeldTrip| held.list(account(*number)).is_some();
        differs && holds(before) && holds(held) && !informed(*number)
    });
    assert_eq!(
        changed,
        must.map(account).collect(),
        "who is told of a change"
    );
}

/// Moving a trip between the lists opens and closes nothing to who moves it; what first enters his *My
/// Trips* by that may be shared by his standing consent.
fn check_lists_open_nothing(act: Act, before: &HeldTrip, held: &HeldTrip) {
    let Act::Reassign { holder: mover, .. } = act else {
        return;
    };
    for holder in (0..ACCOUNTS).map(account) {
        let by_consent = HoldingReason::AlwaysSharedBy(account(mover));
        let new = held.reasons(holder).filter(|reason| *reason != by_consent);
        let old = before
            .reasons(holder)
            .filter(|reason| *reason != by_consent);
        assert!(old.eq(new));
        for item in Item::ALL {
            let [old, new] = [before, held].map(|it| {
                let why = it.explain(holder, item, &Policy::DEFAULT);
                why.verdicts()
                    .filter(|(it, _)| *it != by_consent)
                    .collect::<Vec<_>>()
            });
            assert_eq!(old, new);
        }
    }
}

/// Taking back a share ends its reasons, and nothing else.
fn check_revoking(act: Act, before: &HeldTrip, held: &HeldTrip) {
    let Act::Unshare { by, with } = act else {
        return;
    };
    for holder in (0..ACCOUNTS).map(account) {
        let revoked =
            |it: &HoldingReason| holder == account(with) && it.sharer() == Some(account(by));
        let left = before.reasons(holder).filter(|reason| !revoked(reason));
        assert!(left.eq(held.reasons(holder)), "revoking is exact");
    }
}

/// The same command again is the same as once, or refused.
fn check_again(model: &Model, held: &HeldTrip, command: Command) {
    let once_more = held.clone().step(command, time(9), &model.service);
    match once_more {
        Ok((again, effects)) => {
            assert_eq!(again, *held, "twice is once");
            assert_eq!(effects, [], "and emits nothing");
        }
        Err(rejected) => assert_eq!(rejected.into_state(), *held),
    }
}

/// What was queued is sent only while its reason lasts.
fn check_queued(model: &Model, held: &HeldTrip, notice: &Notice) {
    let number = u8::try_from(notice.to().get() - 1).expect("small");
    let sent = held.may_send(notice, &model.service);
    match notice.news() {
        News::Shared { by, .. } => {
            let live = model
                .reasons(number)
                .iter()
                .any(|it| it.sharer() == Some(*by));
            assert_eq!(sent.is_ok(), live);
        }
        News::Changed(difference) => {
            let key = difference.key();
            let text = key.to_string();
            let strictly = text.contains("/cancellation/");
            let turn = text.split('/').nth(1).expect("the second part");
            let turn = turn.parse().expect("a number");
            let told = model.mailed_since(number, turn, key.issued(), strictly);
            let seen = model.sees(number, Item::ChangeMail);
            assert_eq!(sent.is_ok(), seen && !told, "{sent:?}");
        }
    }
}

/// Any order of the same confirmations ends in the same state; who got blind copies only holds nothing.
pub(crate) fn follow_order(data: &[u8]) {
    let Some((swaps, acts)) = data.split_at_checked(8) else {
        return;
    };
    let acts = acts
        .as_chunks::<4>()
        .0
        .iter()
        .take(8)
        .map(|bytes| Act::decode(*bytes));
    let mut acts: Vec<_> = acts.filter(Act::says_something).collect();
    // What is about a booking that is not known yet is refused, so one confirmation comes first.
    let Some(first) = acts.iter().position(|act| matches!(act, Act::Import(_))) else {
        return;
    };
    acts.swap(0, first);
    let model = Model::default();
    let run = |acts: &[Act]| {
        let mut held = nothing();
        for act in acts {
            let command = command(*act).expect("about the trip");
            held = match held.step(command, time(9), &model.service) {
                Ok((held, _)) => held,
                Err(rejected) => panic!("{act:?}: {rejected}"),
            };
        }
        held
    };
    let ends = run(&acts);
    let mut others = acts.clone();
    for (index, swap) in swaps.iter().enumerate() {
        let (one, two) = (index % others.len(), usize::from(*swap) % others.len());
        others.swap(one, two);
    }
    if let Some(first) = others.iter().position(|act| matches!(act, Act::Import(_))) {
        others.swap(0, first);
    }
    assert_eq!(run(&others), ends, "{acts:?} and {others:?}");

    let in_role = |roles: [u16; 2]| -> BTreeSet<AccountId> {
        let imports = acts
            .iter()
            .filter_map(Act::import)
            .map(|import| import.roles);
        let numbers = imports.flat_map(|bits| {
            (0..ADDRESSES).filter(move |number| roles.contains(&(bits >> (2 * number) & 3)))
        });
        numbers
            .filter_map(|number| model.service.verified.get(&number).copied().map(account))
            .collect()
    };
    for person in in_role([3, 3]).difference(&in_role([1, 2])) {
        assert_eq!(ends.list(*person), None, "a blind copy is all");
        assert!(ends.view(*person, &Policy::DEFAULT).is_none());
    }
}

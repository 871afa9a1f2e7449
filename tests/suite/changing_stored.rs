//! What is stored of a change: it comes back as it was, and is refused if the procedure could not have made it.

use peline::change::{Case, Fact, FactKind, State};
use serde_json::{Value, json};

use crate::desk::{Course, Desk, PHONE};

/// What nobody may see in an error.
const PLANTED: [&str; 6] = [
    "KWJQPD",
    "DOE",
    "client@example.com",
    "pay_0",
    "Ann",
    "9991234567890",
];

#[track_caller]
fn stored(case: &Case) -> Value {
    serde_json::to_value(case).unwrap()
}

#[track_caller]
fn refused(value: &Value) -> String {
    let error = serde_json::from_value::<Case>(value.clone()).unwrap_err();
    let error = error.to_string();
    for planted in PLANTED {
        assert!(!error.contains(planted), "{error}");
    }
    error
}

/// A whole case, a ruling and a mail in it.
fn closed() -> Case {
    let course = Course::new().permission(&peline::change::Permission::Unknown);
    Desk::with(course).to(State::Closed).case
}

fn history(value: &mut Value) -> &mut Vec<Value> {
    value["history"].as_array_mut().unwrap()
}

/// Where the event of this kind is.
#[track_caller]
fn position(case: &Case, kind: FactKind) -> usize {
    let mut kinds = case.history().iter().map(|it| it.event().fact.kind());
    kinds.position(|it| it == kind).unwrap()
}

/// Puts other text in the place of some, in one event.
#[track_caller]
fn spoiled(case: &Case, kind: FactKind, old: &str, new: &str) -> Value {
    let mut value = stored(case);
    let event = &mut history(&mut value)[position(case, kind)];
    let text = event.to_string();
    assert!(text.contains(old), "{kind} has no {old}: {text}");
    *event = serde_json::from_str(&text.replace(old, new)).unwrap();
    value
}

#[test]
fn every_state_comes_back_as_it_was() {
    for state in State::ALL {
        let case = Desk::at(*state).case;
        let read: Case = serde_json::from_value(stored(&case)).unwrap();
        assert_eq!(read, case, "{state}");
        let text = serde_json::to_string(&case).unwrap();
        let read: Case = serde_json::from_str(&text).unwrap();
        assert_eq!(stored(&read), stored(&case), "{state}");
    }
}

#[test]
fn what_is_stored_is_the_history_and_its_version() {
    let value = stored(&closed());
    let mut keys: Vec<_> = value.as_object().unwrap().keys().collect();
    keys.sort_unstable();
    assert_eq!(keys, ["history", "opened", "opening", "version"]);
    assert_eq!(value["version"], json!(1));
}

#[test]
fn another_version_is_refused() {
    for version in [
        json!(0),
        json!(2),
        json!(-1),
        json!("1"),
        json!(1.5),
        json!(null),
    ] {
        let mut value = stored(&closed());
        value["version"] = version;
        refused(&value);
    }
    let mut value = stored(&closed());
    value.as_object_mut().unwrap().remove("version");
    refused(&value);
}

#[test]
fn an_event_that_was_removed_is_noticed() {
    let case = closed();
    // What may be left out: the reminder and the acknowledgement can come in another order, but each is needed.
    for removed in 0..case.history().len() - 1 {
        let mut value = stored(&case);
        history(&mut value).remove(removed);
        let error = refused(&value);
        assert!(error.contains("event "), "{removed}: {error}");
    }
}

#[test]
fn events_in_another_order_are_noticed_by_the_first_that_is_not_possible() {
    let case = closed();
    let last = position(&case, FactKind::Rebooked);
    for at in 0..last {
        let mut value = stored(&case);
        history(&mut value).swap(at, at + 1);
        let kind = case.history()[at + 1].event().fact.kind();
        let error = refused(&value);
        let named = format!("index {at} ({kind})");
        assert!(error.contains(&named), "{error}");
    }
}

#[test]
fn an_event_that_stands_twice_is_noticed() {
    let case = closed();
    for kind in [
        FactKind::PaymentReceived,
        FactKind::QuoteApproved,
        FactKind::Closed,
    ] {
        let at = position(&case, kind);
        let mut value = stored(&case);
        let event = history(&mut value)[at].clone();
        history(&mut value).insert(at + 1, event);
        let named = format!("index {} ({kind})", at + 1);
        assert!(refused(&value).contains(&named));
    }
}

#[test]
fn what_was_changed_is_noticed_where_it_does_not_fit() {
    let case = closed();
    for (kind, old, new, found_at) in [
        (
            FactKind::PaymentReceived,
            "EUR 260.00",
            "EUR 2.60",
            FactKind::PaymentReceived,
        ),
        (
            FactKind::PaymentReceived,
            "EUR 260.00",
            "USD 260.00",
            FactKind::PaymentReceived,
        ),
        // A lower price does not fit what was paid.
        (
            FactKind::Priced,
            "EUR 500.00",
            "EUR 400.00",
            FactKind::PaymentReceived,
        ),
        (
            FactKind::Priced,
            "2026-11-02T18:00:00Z",
            "2026-11-02T10:00:00Z",
            FactKind::Priced,
        ),
        (
            FactKind::Rebooked,
            "KWJQPD",
            "OTHERX",
            FactKind::BookingFetched,
        ),
        (
            FactKind::OptionsFound,
            "2026-12-08",
            "2026-12-01",
            FactKind::OptionsFound,
        ),
        (
            FactKind::ItineraryConfirmed,
            "SIN",
            "HKG",
            FactKind::ItineraryConfirmed,
        ),
        (
            FactKind::RulesFound,
            "unknown",
            "not_allowed",
            FactKind::Ruled,
        ),
        (
            FactKind::ReferenceGiven,
            "KWJQPD",
            "OTHERX",
            FactKind::BookingFetched,
        ),
        (
            FactKind::DocumentsIssued,
            "1.1",
            "2.1",
            FactKind::DocumentsIssued,
        ),
    ] {
        let value = spoiled(&case, kind, old, new);
        let error = refused(&value);
        let named = format!("({found_at})");
        assert!(error.contains(&named), "{kind}: {error}");
    }
}

#[test]
fn times_that_run_back_are_noticed() {
    let case = closed();
    for at in [0, 5, case.history().len() - 1] {
        let mut value = stored(&case);
        history(&mut value)[at]["at"] = json!("2026-11-02T09:59:59Z");
        let error = refused(&value);
        assert!(error.contains(&format!("index {at} (")), "{error}");
    }
    let mut value = stored(&case);
    value["opened"] = json!("2026-11-02T10:00:01Z");
    assert!(refused(&value).contains("index 0 ("));
}

#[test]
fn a_history_of_another_case_or_of_another_client_is_noticed() {
    let case = closed();
    for (key, other) in [("case", "18"), ("client", "5")] {
        let mut value = stored(&case);
        let written = value["opening"][key].clone();
        assert_ne!(written, Value::Null);
        let same_kind = match written.is_number() {
            true => serde_json::from_str(other).unwrap(),
            false => json!(other),
        };
        value["opening"][key] = same_kind;
        let error = refused(&value);
        assert!(!error.is_empty(), "{error}");
    }
}

#[test]
fn more_than_a_case_or_less_is_refused_and_not_quoted() {
    let case = closed();
    let mut more = stored(&case);
    more["KWJQPD"] = json!("client@example.com");
    let mut other = stored(&case);
    other["opening"]["reach"] = json!({ "email": "pay_0" });
    let mut unknown = stored(&case);
    history(&mut unknown)[0]["event"]["fact"] = json!({ "DOE": { "Ann": 1 } });
    let card = spoiled(
        &case,
        FactKind::PaymentReceived,
        "pay_0",
        "4111-1111-1111-1111",
    );
    for value in [
        more,
        other,
        unknown,
        card,
        json!(null),
        json!("KWJQPD"),
        json!([1, "DOE"]),
    ] {
        let error = refused(&value);
        assert!(!error.contains("4111"), "{error}");
    }
}

#[test]
fn an_approval_cannot_be_written_in() {
    // A case that awaits the approval, and somebody who appends that the supplier changed the booking.
    let desk = Desk::at(State::Approval);
    let mut whole = stored(&Desk::at(State::Verification).case);
    let rebooked = history(&mut whole).pop().unwrap();
    let mut value = stored(&desk.case);
    history(&mut value).push(rebooked);
    let at = desk.case.history().len();
    let error = refused(&value);
    assert!(error.contains(&format!("index {at} (rebooked)")), "{error}");
    // Nothing but facts is stored: the state cannot be.
    let mut value = stored(&desk.case);
    value["state"] = json!("closed");
    refused(&value);
}

#[test]
fn no_debug_of_a_case_or_an_event_shows_what_is_in_it() {
    let desk = Desk::at(State::Record);
    let mut shown = vec![format!("{:?}", desk.case)];
    let events = desk.case.history().iter();
    shown.extend(events.map(|entry| format!("{:?}", entry.event())));
    let note = peline::change::FreeText::clone(&desk.course.ruling.who);
    let contacted = Fact::Contacted {
        contact: PHONE,
        note,
    };
    shown.push(format!("{contacted:?}"));
    for text in shown {
        for planted in PLANTED {
            assert!(!text.contains(planted), "{planted}: {text}");
        }
    }
}

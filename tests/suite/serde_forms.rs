//! The forms that serde writes and reads.

use std::fmt::Debug;

use peline::{
    Address, ErrorKind, List, Note, Notes, Reason, Role, Route, Scope, Span,
    follow::{Access, AccountId, Effect, Item, Policy, ReasonKind},
    pe::{
        Addressee, Code, ItemNumber, Items, Language, MailCommand, NameReference, PeCommand,
        PeEntry,
    },
    trip::TripId,
};
use serde::{Serialize, de::DeserializeOwned};

#[track_caller]
fn both<T: Debug + DeserializeOwned + PartialEq + Serialize>(value: &T, json: &str) {
    assert_eq!(serde_json::to_string(value).unwrap(), json);
    assert_eq!(&serde_json::from_str::<T>(json).unwrap(), value);
}

#[track_caller]
fn refused<T: Debug + DeserializeOwned>(json: &str) {
    assert!(serde_json::from_str::<T>(json).is_err(), "{json}");
}

#[test]
fn values_are_written_and_read() {
    both(
        &"Jane@example.com".parse::<Address>().unwrap(),
        "\"Jane@example.com\"",
    );
    both(
        &"PE‡A@B.COM‡CC/JANE¤F-1.1".parse::<PeEntry>().unwrap(),
        "\"PE‡A@B.COM‡CC/JANE¤F-1.1\"",
    );
    both(&"PE1-3,5¤".parse::<PeCommand>().unwrap(), "\"PE1-3,5¤\"");
    both(&"EM‡A2".parse::<MailCommand>().unwrap(), "\"EM‡A2\"");
    both(&"JANE".parse::<Addressee>().unwrap(), "\"JANE\"");
    both(&Code::Bc, "\"bc\"");
    both(&Language::SimplifiedChinese, "\"zh-Hans\"");
    both(&"1.1".parse::<NameReference>().unwrap(), "\"1.1\"");
    both(&"7".parse::<ItemNumber>().unwrap(), "\"7\"");
    both(&"1-3,5".parse::<Items>().unwrap(), "\"1-3,5\"");
    both(&Role::Bcc, "\"bc\"");
    both(&Route::NotifyOnly, "\"notify_only\"");
    both(&Span::new(3, 10), "[3,10]");
    both(&Span::new(3, 3), "[3,3]");
    both(
        &Notes::new().with(Note::Unclosed).with(Note::Continued),
        "[\"unclosed\",\"continued\"]",
    );
    both(&Reason::History, "\"history\"");
    both(&List::Following, "\"following\"");
    let error = "a@b".parse::<Address>().unwrap_err();
    assert_eq!(
        serde_json::to_string(&error).unwrap(),
        r#"{"kind":"single_label","message":"the host name needs two or more labels","span":[2,3]}"#
    );
}

#[test]
fn what_is_read_is_checked() {
    refused::<Address>("\"a@b\"");
    refused::<Address>("17");
    refused::<Route>("\"elsewhere\"");
    refused::<PeEntry>("\"PE‡A@B‡\"");
    refused::<PeEntry>("\"PE1¤\"");
    refused::<Addressee>("\" JANE\"");
    refused::<NameReference>("\"0.1\"");
    refused::<ItemNumber>("\"1000\"");
    refused::<Items>("\"2,1\"");
    refused::<Language>("\"tlh\"");
    refused::<Code>("\"bcc\"");
    refused::<Span>("[3,2]");
    refused::<Notes>("[\"no such note\"]");
}

/// Services have UUIDs, and print them with hyphens. What is written has none.
#[test]
fn a_key_is_read_as_a_uuid_is_written() {
    let key = 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef;
    let plain = "0123456789abcdef0123456789abcdef";
    both(&TripId::new(key), &format!("{plain:?}"));
    for text in [
        plain,
        "0123456789ABCDEF0123456789abcdef",
        "01234567-89ab-cdef-0123-456789abcdef",
        "01234567-89AB-CDEF-0123-456789ABCDEF",
    ] {
        assert_eq!(text.parse(), Ok(TripId::new(key)), "{text}");
    }
    for text in [
        "",
        "17",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "+123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdeg",
        "01234567-89ab-cdef-0123-456789abcdeg",
        "012345678-9ab-cdef-0123-456789abcdef",
        "01234567089ab0cdef001230456789abcdef",
        "01234567-89ab-cdef-0123-456789abcde-",
        "{01234567-89ab-cdef-0123-456789abcdef}",
        "0123456789abcdef-0123456789abcdef",
        "0123456789abcdef0123456789abcd\u{e9}",
    ] {
        let error = text.parse::<TripId>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MalformedId, "{text}");
        assert_eq!(error.span().range(), 0..text.len());
    }
}

#[test]
fn an_effect_is_its_name_with_what_it_says() {
    let (trip, account) = (TripId::new(17), AccountId::new(1));
    let [zero17, zero1] = [
        "00000000000000000000000000000011",
        "00000000000000000000000000000001",
    ];
    let list = List::MyTrips;
    both(
        &Effect::Place {
            trip,
            account,
            list,
        },
        &format!(r#"{{"place":{{"trip":"{zero17}","account":"{zero1}","list":"my_trips"}}}}"#),
    );
    both(
        &Effect::Remove { trip, account },
        &format!(r#"{{"remove":{{"trip":"{zero17}","account":"{zero1}"}}}}"#),
    );
    let notice = format!(
        r#"{{"version":1,"to":"{zero1}","trip":"{zero17}","rests_on":{{"shared_by":"{zero17}"}},"language":null,"news":{{"shared":{{"by":"{zero17}","since":"2026-11-01T10:00:00Z"}}}}}}"#
    );
    both(
        &Effect::Mail(serde_json::from_str(&notice).unwrap()),
        &format!(r#"{{"mail":{notice}}}"#),
    );
    refused::<Effect>(&format!(r#"{{"remove":{{"account":"{zero1}"}}}}"#));
    refused::<Effect>(&format!(
        r#"{{"remove":{{"trip":"{zero17}","account":"{zero1}","list":"my_trips"}}}}"#
    ));
    // A notice in it is checked as any other.
    let other = notice.replace(
        r#""by":"00000000000000000000000000000011""#,
        r#""by":"00000000000000000000000000000001""#,
    );
    assert_ne!(other, notice);
    refused::<Effect>(&format!(r#"{{"mail":{other}}}"#));
}

#[test]
fn a_scope_is_a_list_of_names_or_nothing() {
    let names = ["1.1".parse().unwrap(), "2".parse().unwrap()];
    both(&Scope::Whole, "null");
    both(&Scope::Names(names.into()), r#"["1.1","2"]"#);
    refused::<Scope>("[]");
    refused::<Scope>("[\"0\"]");
    let planted = serde_json::from_str::<Scope>("\"zanzibar\"").unwrap_err();
    assert!(!planted.to_string().contains("zanzibar"));
}

/// Each cell by itself: only what [`Policy::narrow`] and [`Policy::widen`] put there is read.
#[test]
fn a_policy_is_its_cells_and_no_cell_says_more_than_it_can() {
    assert_eq!(
        serde_json::from_str::<Policy>("{}").unwrap(),
        Policy::DEFAULT
    );
    for kind in ReasonKind::ALL {
        for item in Item::ALL {
            let policies = [Policy::DEFAULT, Policy::DEFAULT.narrow(item, kind)];
            let policies = policies.map(|policy| [policy, policy.widen(item, kind)]);
            let policies = policies.as_flattened();
            for access in Access::ALL {
                let (kind, item) = (kind.name(), item.name());
                let json = format!(r#"{{"{kind}":{{"{item}":"{}"}}}}"#, access.name());
                let read = serde_json::from_str::<Policy>(&json).ok();
                let expected = policies.iter().find(|policy| {
                    let written = serde_json::to_value(policy).unwrap();
                    written[kind][item] == access.name()
                });
                assert_eq!(read.as_ref(), expected, "{json}");
            }
            for policy in policies {
                let written = serde_json::to_string(policy).unwrap();
                assert_eq!(&serde_json::from_str::<Policy>(&written).unwrap(), policy);
            }
        }
    }
    let cells = Item::ALL.len() * ReasonKind::ALL.len();
    let written = serde_json::to_string(&Policy::DEFAULT).unwrap();
    assert_eq!(written.matches("\":\"").count(), cells);
    refused::<Policy>(r#"{"bc":{}}"#);
    refused::<Policy>(r#"{"cc":{"e_ticket":"yes"}}"#);
}

//! What the standards say, case by case. The files of `tests/corpus/conformance` say nothing about
//! this crate, but for `differences.jsonl`: each case that is read in another way, and why.

mod case;
mod reading;

use std::collections::{BTreeMap, BTreeSet};

use peline::Address;

use self::{
    case::{Case, Content, Verdict, cases, folder, lines, text},
    reading::Reading,
};

const FEWEST_CASES: usize = 1_100;

/// How many differences are listed of each kind. Lower a number when one is mended; one may rise with a rule
/// that is marked *(ours)* only.
const CEILINGS: [(Kind, usize); 3] = [(Kind::Lenient, 17), (Kind::Other, 6), (Kind::Stricter, 253)];

/// How a reading differs from the standard.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Kind {
    /// It takes what the standard refuses, or routes what nobody could send to.
    Lenient,
    /// It takes something for something else.
    Other,
    /// It refuses what the standard takes, or does not route it.
    Stricter,
}

/// One line of `differences.jsonl`.
struct Listed {
    id: String,
    kind: Kind,
    /// The feature without which it is a difference; it always is one where there is none.
    without: Option<String>,
}

fn listed() -> Vec<Listed> {
    let lines = lines(&folder().join("differences.jsonl"));
    let listed = lines.iter().map(|line| {
        let id = text(&line["id"]);
        for sentence in ["peline", "why"] {
            assert!(text(&line[sentence]).ends_with('.'), "{id}: {sentence}");
        }
        let kind = match line["differs"].as_str().unwrap() {
            "lenient" => Kind::Lenient,
            "other" => Kind::Other,
            "stricter" => Kind::Stricter,
            other => panic!("{id}: {other} is no kind of difference"),
        };
        let without = line.get("without").map(text);
        Listed { id, kind, without }
    });
    listed.collect()
}

impl Listed {
    fn is_expected(&self) -> bool {
        match self.without.as_deref() {
            None => true,
            Some("charsets") => cfg!(not(feature = "charsets")),
            Some(other) => panic!("{}: {other} is no feature that matters", self.id),
        }
    }
}

/// How the reading of a case differs from what the standard says.
fn difference(case: &Case, reading: &Reading) -> Option<Kind> {
    match (case.verdict, reading.verdict) {
        (Verdict::Invalid, Verdict::Valid | Verdict::Obsolete) => return Some(Kind::Lenient),
        (Verdict::Valid | Verdict::Obsolete, Verdict::Invalid) => return Some(Kind::Stricter),
        (Verdict::Valid, Verdict::Obsolete) => return Some(Kind::Other),
        // That something is obsolete need not be said of what is not routed for another reason.
        _ => {}
    }
    let content = &reading.content;
    if case.expected.is_empty() || case.expected.contains(content) {
        return None;
    }
    let same = |facts: &&Content| facts.facts == content.facts;
    let Some(expected) = case.expected.iter().find(same) else {
        return Some(Kind::Other);
    };
    let mut pairs = expected.routed.iter().zip(&content.routed);
    let lenient = pairs.any(|(expected, found)| found > expected);
    Some(if lenient {
        Kind::Lenient
    } else {
        Kind::Stricter
    })
}

#[test]
fn ids_are_unique() {
    let cases = cases();
    assert!(cases.len() >= FEWEST_CASES, "only {} cases", cases.len());
    let mut ids = BTreeSet::new();
    for case in cases {
        let kebab = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
        assert!(case.id.chars().all(kebab), "{}", case.id);
        assert!(ids.insert(case.id.clone()), "{} stands twice", case.id);
        let says_what_it_holds = case.verdict == Verdict::Invalid || !case.expected.is_empty();
        assert!(says_what_it_holds, "{} expects nothing", case.id);
    }
}

/// The differences that are found are those that are listed.
#[test]
fn differences_are_listed() {
    let found: BTreeMap<String, Kind> = cases()
        .into_iter()
        .filter_map(|case| {
            let kind = difference(&case, &Reading::of(&case))?;
            Some((case.id, kind))
        })
        .collect();
    let listed: BTreeMap<String, Kind> = listed()
        .into_iter()
        .filter(Listed::is_expected)
        .map(|listed| (listed.id, listed.kind))
        .collect();
    let mut complaints = Vec::new();
    for (id, kind) in &found {
        match listed.get(id) {
            None => complaints.push(format!("{id} differs ({kind:?}) and is not listed")),
            Some(listed) if listed != kind => {
                complaints.push(format!("{id} is {kind:?} and listed as {listed:?}"));
            }
            Some(_) => {}
        }
    }
    for id in listed.keys().filter(|id| !found.contains_key(*id)) {
        complaints.push(format!("{id} no longer differs: remove it from the list"));
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn the_list_of_differences_only_shrinks() {
    let listed = listed();
    let ids: BTreeSet<_> = listed.iter().map(|listed| &listed.id).collect();
    assert_eq!(ids.len(), listed.len(), "an id is listed twice");
    for (kind, ceiling) in CEILINGS {
        let count = listed.iter().filter(|listed| listed.kind == kind).count();
        assert_eq!(count, ceiling, "{kind:?}");
    }
}

/// What is obsolete is marked as that, or not routed.
#[test]
fn no_obsolete_address_is_routed_silently() {
    let obsolete = cases().into_iter().filter(|case| {
        // What is obsolete in a message may be its date.
        case.verdict == Verdict::Obsolete && case.kind != "message"
    });
    for case in obsolete {
        let reading = Reading::of(&case);
        let is_silent = reading.verdict == Verdict::Valid;
        let is_routed = reading.content.routed.contains(&true);
        assert!(!(is_silent && is_routed), "{}", case.id);
    }
}

/// An address by itself is the same address in a list, and the other way round.
#[test]
fn an_address_alone_is_read_as_in_a_list() {
    for case in cases().into_iter().filter(|case| case.kind == "addr-spec") {
        let text = String::from_utf8_lossy(&case.input);
        let in_a_list = Reading::of(&case).content;
        let Ok(address) = text.parse::<Address>() else {
            let has_more_around = text.contains([' ', '\t', '(']);
            assert!(has_more_around || in_a_list.routed != [true], "{}", case.id);
            continue;
        };
        if in_a_list.facts.is_empty() {
            // It is decoded by readers of lists only.
            assert!(text.contains("=?"), "{}", case.id);
            continue;
        }
        let mut alone = Content::default();
        let parts = ["", "", address.local_part(), address.domain()];
        alone.mailbox("to", parts, true);
        assert_eq!(in_a_list.facts, alone.facts, "{}", case.id);
    }
}

/// A case is also just some octets, for which the laws hold as for any.
#[test]
fn every_law_holds_over_the_cases() {
    let laws = [
        "address",
        "address_list",
        "encoded_word",
        "header_block",
        "message_plan",
        "pe_scan",
        "pe_text",
        "pe_value",
    ];
    for case in cases() {
        let laws = super::laws::LAWS
            .iter()
            .filter(|(name, _)| laws.contains(name));
        for (_, law) in laws {
            law(&case.input);
        }
    }
}

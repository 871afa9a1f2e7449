//! From recipients to lists.

use peline::{
    ConfirmationMail, List, Note, Reason, Recipient, Role, Route, Scope,
    pe::{self, Language},
    route,
};

fn of_script(script: &str) -> peline::Plan {
    pe::scan(script.as_bytes()).collect()
}

#[test]
fn the_routing_table() {
    let table = [
        (
            Role::To,
            ConfirmationMail::Message,
            Some(List::MyTrips),
            Route::MyTrips,
            "my_trips",
        ),
        (
            Role::Cc,
            ConfirmationMail::Copy,
            Some(List::Following),
            Route::Following,
            "following",
        ),
        (
            Role::Bcc,
            ConfirmationMail::Copy,
            None,
            Route::NotifyOnly,
            "notify_only",
        ),
    ];
    for (role, mail, list, expected, name) in table {
        let route = route(&Recipient::new("a@example.com".parse().unwrap(), role));
        assert_eq!(route, expected);
        assert_eq!(
            (route.mail(), route.list(), route.name()),
            (mail, list, name)
        );
    }
    assert_eq!(List::MyTrips.web_title(), "My Trips");
    assert_eq!(List::MyTrips.app_title(), "Active trips");
    assert_eq!(List::Following.web_title(), "Trips I'm Following");
    assert_eq!(List::Following.app_title(), "Following trips");
}

#[test]
fn the_strongest_role_wins_with_a_note() {
    for script in [
        "PE#a@x.example#BC/\nPE#A@X.EXAMPLE#CC/\nPE#a@x.example#",
        "PE#a@x.example#\nPE#a@x.example#CC/\nPE#a@x.example#BC/",
    ] {
        let plan = of_script(script);
        let planned: Vec<_> = plan.recipients().collect();
        assert_eq!(planned.len(), 1);
        assert_eq!(planned[0].role(), Role::To);
        assert!(planned[0].notes().contains(Note::StrongestRole));
    }
    let plan = of_script("PE#a@x.example#CC/\nPE#a@x.example#CC/");
    assert!(plan.recipients().all(|planned| planned.notes().is_empty()));
}

#[test]
fn name_references_are_united() {
    let scope = |script: &str| {
        of_script(script)
            .recipients()
            .next()
            .unwrap()
            .scope()
            .clone()
    };
    let names =
        |names: &[&str]| Scope::Names(names.iter().map(|name| name.parse().unwrap()).collect());
    assert_eq!(
        scope("PE#a@x.example#-1.1\nPE#a@x.example#CC/-2"),
        names(&["1.1", "2"])
    );
    assert_eq!(
        scope("PE#a@x.example#-1.1\nPE#a@x.example#CC/"),
        Scope::Whole
    );
    assert_eq!(
        scope("PE#a@x.example#CC/-1.1\nPE#a@x.example#BC/"),
        names(&["1.1"])
    );
    assert_eq!(
        scope("PE#a@x.example#BC/-1.1\nPE#a@x.example#BC/-1.2"),
        names(&["1.1", "1.2"])
    );
}

#[test]
fn names_and_languages_are_agreed_on_or_left_out() {
    let plan = of_script("PE#a@x.example#CC/ANN¤E\nPE#a@x.example#TO/\nPE#a@x.example#CC/ANN¤E");
    let planned = plan.recipients().next().unwrap();
    assert_eq!(
        (planned.name(), planned.language()),
        (Some("ANN"), Some(Language::English))
    );
    let plan = of_script("PE#a@x.example#TO/ANN¤E\nPE#a@x.example#TO/BEA¤F\nPE#a@x.example#CC/ANN");
    let planned = plan.recipients().next().unwrap();
    assert_eq!((planned.name(), planned.language()), (None, None));
    assert!(planned.notes().contains(Note::NamesDiffer));
    assert!(planned.notes().contains(Note::LanguagesDiffer));
    let plan = of_script("PE#a@x.example#TO/ANN\nPE#a@x.example#CC/BEA");
    assert_eq!(plan.recipients().next().unwrap().name(), Some("ANN"));
}

#[test]
fn what_is_no_recipient_is_listed_with_its_reasons() {
    let plan =
        of_script("PE#d@x.example#FR/\nXPE E#d@x.example#\nPE#a@x.example#\nAPE E#a@x.example#");
    let unrouted: Vec<_> = plan
        .unrouted()
        .map(|(address, reasons)| (address.key(), reasons.collect()))
        .collect();
    let reasons = vec![Reason::SenderOverride, Reason::History];
    assert_eq!(unrouted, [("d@x.example", reasons)]);
    let planned = plan.recipient(&"a@x.example".parse().unwrap()).unwrap();
    assert!(planned.notes().contains(Note::AlsoUnrouted));
    assert_eq!(plan.recipient(&"d@x.example".parse().unwrap()), None);
}

#[test]
fn more_than_999_entries_are_no_booking() {
    let entries = |count: usize| of_script(&"PE#a@x.example#\n".repeat(count));
    assert!(!entries(999).exceeds_host_limit());
    assert!(entries(1000).exceeds_host_limit());
    assert!(of_script(&"PE#a@x.example#FR/\n".repeat(1000)).exceeds_host_limit());
    assert!(!of_script(&"APE E#a@x.example#\n".repeat(1000)).exceeds_host_limit());
}

#[test]
fn the_item_numbers_of_one_list_are_1_and_so_on_each_once() {
    let items = |numbers: &[usize]| {
        let lines = numbers
            .iter()
            .map(|item| format!(" {item}.#a{item}@x.example#CC/\n"));
        of_script(&format!("*PE\n{}", lines.collect::<String>()))
    };
    for whole in [&[][..], &[1], &[1, 2], &[2, 1], &[3, 1, 2]] {
        assert!(items(whole).is_one_list(), "{whole:?}");
    }
    for other in [
        &[2][..],
        &[1, 1],
        &[1, 3],
        &[3, 1],
        &[1, 2, 1],
        &[1, 2, 2],
        &[1, 1, 3],
    ] {
        assert!(!items(other).is_one_list(), "{other:?}");
    }
    assert!(items(&(1..=999).collect::<Vec<_>>()).is_one_list());
    // Numbers are those of items, not of lines; commands and history have none.
    let mixed =
        "PE#b@x.example#\n*PE\n 01.#a@x.example#\n 2.#c@x.example#FR/\nAPE E#d@x.example#\n";
    assert!(of_script(mixed).is_one_list());
    // Bit by bit, and from any side, it is the same.
    let mut plan = peline::Plan::default();
    plan.extend(pe::scan(b" 2.#b@x.example#"));
    assert!(!plan.is_one_list());
    plan.extend(pe::scan(b" 1.#a@x.example#"));
    assert!(plan.is_one_list());
}

#[test]
fn a_list_whose_last_entry_scrolls_on_is_not_whole() {
    let is_one = |lines: &[&str]| {
        let mut plan = peline::Plan::default();
        for line in lines {
            plan.extend(pe::scan(line.as_bytes()));
        }
        plan.is_one_list()
    };
    let first = " 1.‡A@X.EXAMPLE‡CC/JANE‡\n";
    let second = " 2.‡B@X.EXAMPLE‡CC/\n";
    let scrolling = " 2.‡B@X.EXAMPLE‡CC/\n    JANE‡\n";
    // A page break between the entries, in either order.
    assert!(is_one(&[first, second]) && is_one(&[second, first]));
    for lines in [
        &[first][..],
        &[first, scrolling],
        &[scrolling, " 1.‡A@X.EXAMPLE‡\n"],
        &["*PE\n 1.‡A@X.EXAMPLE‡‡\n"],
    ] {
        assert!(!is_one(lines), "{lines:?}");
    }
    // What closes the address is no scroll sign.
    assert!(is_one(&[" 1.‡A@X.EXAMPLE‡\n"]));
}

#[test]
fn a_deletion_names_no_recipient() {
    assert_eq!(of_script("PE1¤\n*PE\n").recipients().count(), 0);
    let changed = of_script("PE1¤#new@x.example#CC/");
    assert_eq!(
        changed.recipients().next().map(|it| it.role()),
        Some(Role::Cc)
    );
}

#[test]
fn a_role_is_shown_by_its_name() {
    let shown = Role::ALL.map(|role| role.to_string());
    assert_eq!(shown, ["bc", "cc", "to"]);
}

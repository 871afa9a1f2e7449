//! Titles, and the client's name in them.

use peline::{
    follow::{Client, Policy},
    trip::PersonName,
};

use crate::stage::{AGENT, BOSS, CLIENT, SISTER, Stage, name, pnr};

const BOTH: &str = "PE#client@example.com#\nPE#agent@example.com#CC/ANNA AGENT";

/// Everything that could name the client is there: typed, passengers, sharer.
#[track_caller]
fn with_every_name() -> Stage {
    let mut stage = Stage::new().named(CLIENT, "Clara Client");
    stage.import(&pnr(BOTH).travellers(&["DOE/JANE", "DOE/JIM"]));
    stage.share(CLIENT, "agent@example.com");
    stage.mark(AGENT, "Typed Name");
    stage
}

#[test]
fn what_the_holder_typed_comes_first() {
    let stage = with_every_name();
    assert_eq!(stage.title(AGENT), "Typed Name: LHR–SIN");
    let view = stage.held.view(AGENT, &Policy::DEFAULT).unwrap();
    let typed = name("Typed Name");
    assert_eq!(view.client(&stage.service), Client::Typed(&typed));
}

#[test]
fn else_the_passengers_of_the_pnr_all_of_them() {
    let mut stage = with_every_name();
    stage.unmark(AGENT);
    stage.step(crate::stage::replace("KWJQPD", "NEWLOC", 1));
    stage.share(CLIENT, "boss@example.com");
    assert_eq!(stage.title(BOSS), "DOE/JANE, DOE/JIM: LHR–SIN");
}

#[test]
fn of_many_passengers_a_title_names_those_that_fit_and_marks_that_there_are_more() {
    let title = |names: &[&str]| Stage::with(&pnr(BOTH).travellers(names)).title(AGENT);
    let long = |letter: &str| letter.repeat(59);
    let (anna, bea) = (long("A"), long("B"));
    // Two names of 59 characters, with a comma and a blank between, are 120 of them.
    let named = format!("{anna}, {bea}, DOE/JANE");
    let two = [&*anna, &bea, "DOE/JANE"];
    assert_eq!(title(&two), format!("{named}: LHR–SIN"));
    let three = [&*anna, &bea, "DOE/JANE", "DOE/JIM"];
    assert_eq!(title(&three), format!("{named}, …: LHR–SIN"));
    let more = [&*anna, &*format!("{bea}B"), "DOE/JANE", "DOE/JIM"];
    assert_eq!(title(&more), format!("{anna}, {bea}B, …: LHR–SIN"));
}

#[test]
fn the_client_is_written_with_all_names_and_commas_between() {
    let mut stage = with_every_name();
    let client = |stage: &Stage| {
        let view = stage.held.view(AGENT, &Policy::DEFAULT).unwrap();
        view.client(&stage.service).to_string()
    };
    assert_eq!(client(&stage), "Typed Name");
    stage.unmark(AGENT);
    assert_eq!(client(&stage), "DOE/JANE, DOE/JIM");
}

#[test]
fn else_the_sharers_name() {
    let mut stage = Stage::new().named(CLIENT, "Clara Client");
    stage.import(&pnr("PE#client@example.com#"));
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(stage.title(AGENT), "Clara Client: LHR–SIN");
    let view = stage.held.view(AGENT, &Policy::DEFAULT).unwrap();
    let sharer = Client::Sharer(name("Clara Client"));
    assert_eq!(view.client(&stage.service), sharer);
}

#[test]
fn else_it_is_unknown() {
    let mut stage = Stage::with(&pnr("PE#client@example.com#"));
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(stage.title(AGENT), "LHR–SIN");
    let view = stage.held.view(AGENT, &Policy::DEFAULT).unwrap();
    assert_eq!(view.client(&stage.service), Client::Unknown);
}

#[test]
fn never_the_addressee_of_the_cc_entry_who_is_the_follower() {
    let stage = Stage::new().named(AGENT, "Anna Agent");
    let mut stage = stage.named(CLIENT, "Clara Client");
    stage.import(&pnr(BOTH));
    assert_eq!(stage.title(AGENT), "LHR–SIN");
    let view = stage.held.view(AGENT, &Policy::DEFAULT).unwrap();
    assert_eq!(view.client(&stage.service), Client::Unknown);
}

#[test]
fn the_title_follows_the_list_plain_on_my_trips_with_the_name_on_following() {
    let mut stage = Stage::with(&pnr(BOTH).travellers(&["DOE/JANE"]));
    assert_eq!(stage.title(CLIENT), "LHR–SIN");
    assert_eq!(stage.title(AGENT), "DOE/JANE: LHR–SIN");
    stage.unmark(AGENT);
    assert_eq!(stage.title(AGENT), "LHR–SIN");
    stage.mark(CLIENT, "John Roe");
    assert_eq!(stage.title(CLIENT), "John Roe: LHR–SIN");
}

#[test]
fn a_name_that_was_typed_is_the_holders_own() {
    let script = format!("{BOTH}\nPE#boss@example.com#CC/");
    let mut stage = Stage::with(&pnr(&script).travellers(&["DOE/JANE"]));
    stage.mark(AGENT, "Typed Name");
    assert_eq!(stage.title(BOSS), "DOE/JANE: LHR–SIN");
}

#[test]
fn unmarking_forgets_the_name_that_was_typed() {
    let mut stage = with_every_name();
    stage.unmark(AGENT);
    let view = stage.held.view(AGENT, &Policy::DEFAULT).unwrap();
    assert_eq!(stage.held.mark(AGENT), None);
    assert!(matches!(
        view.client(&stage.service),
        Client::Travellers(names) if names.len() == 2
    ));
}

#[test]
fn of_several_sharers_a_named_one_is_named() {
    let stage = Stage::new().named(SISTER, "Sue Sister");
    let mut stage = stage;
    stage.import(&pnr("PE#client@example.com#\nPE#sister@example.com#"));
    stage.share(CLIENT, "agent@example.com");
    stage.share(SISTER, "agent@example.com");
    assert_eq!(stage.title(AGENT), "Sue Sister: LHR–SIN");
}

#[test]
fn a_title_is_one_line_whatever_the_name_holds() {
    let mut stage = Stage::with(&pnr("PE#agent@example.com#"));
    for hostile in [
        "Jane\r\nBEGIN:VEVENT",
        "Jane\u{2028}Doe",
        "\u{202e}enaJ",
        "Jane\0",
    ] {
        stage.mark(AGENT, hostile);
        let title = stage.title(AGENT);
        let bad = |it: char| it.is_control() || "\u{2028}\u{2029}\u{202e}".contains(it);
        assert!(!title.contains(bad), "{title:?}");
    }
    let long = "x".repeat(100_000);
    stage.mark(AGENT, &long);
    assert!(stage.title(AGENT).chars().count() < 200);
    assert_eq!(stage.held.mark(AGENT).map(PersonName::as_str), Some(&*long));
}

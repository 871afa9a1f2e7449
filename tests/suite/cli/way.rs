//! `way`: the answer, and why it is uncertain.

use std::path::Path;

use insta::assert_snapshot;

use super::{Folder, Run, run, run_in};

#[test]
fn way_for_every_row() {
    let text = "PE#cc@example.com#CC/\nPE#to@example.com#\nPE#bc@example.com#BC/\n\
        PE#fr@example.com#FR/\nAPE E#old@example.com#\n";
    let (yes, no) = ("--client-has-account", "--client-has-no-account");
    for (me, flag, sentence) in [
        ("cc", None, "Way 1: the trip imports by itself"),
        ("CC", Some(yes), "Way 1: the trip imports by itself"),
        ("to", None, "Way 2: the trip is in your list My Trips"),
        (
            "bc",
            Some(no),
            "You get a copy of the mail and nothing else",
        ),
        ("fr", Some(yes), "Way 3: ask the client"),
        ("old", Some(yes), "Way 3: ask the client"),
        ("me", Some(yes), "Way 3: ask the client"),
        ("me", Some(no), "Have your address added to the PNR as CC"),
        ("me", None, "If the client has an account"),
    ] {
        let me = format!("{me}@example.com");
        let args = ["way", "--me", &me].into_iter().chain(flag).chain(["-"]);
        let run = run_in(Path::new("."), args, text);
        assert!(run.out.starts_with(sentence), "{me} {flag:?}: {}", run.out);
        let why = match &*me {
            "fr@example.com" => {
                "peline: the address stands in the text, but it overrides the sender of the mail\n"
            }
            "old@example.com" => "peline: the address stands in the text, but it is history\n",
            _ => "",
        };
        assert_eq!((run.out.lines().count(), &*run.err, run.code), (1, why, 0));
    }
    let both = asked(
        "fr@example.com",
        "PE#fr@example.com#FR/\nPE#fr@example.com#CC/\n",
    );
    assert_eq!(both.err, "");
}

const LOOK: &str = "The text does not say for certain which addresses the PNR has: display them \
    with *PE, and see that each can be read.\n";

const FACE: &str = "PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL\nPE#cc@example.com#CC/\n";

#[track_caller]
fn asked(me: &str, text: &str) -> Run {
    run(["way", "--me", me, "-"], text)
}

#[test]
fn way_is_not_known_where_addresses_are_not_shown() {
    let me = asked("me@example.com", FACE);
    assert_eq!((&*me.out, me.code), (LOOK, 0));
    assert_snapshot!(me.err, @"peline: the text says that there are addresses which it does not show");
}

#[test]
fn way_is_known_where_nothing_can_change_it() {
    let cc = asked("cc@example.com", FACE);
    assert!(cc.out.starts_with("Way 1"), "{}", cc.out);
    assert_eq!((&*cc.err, cc.code), ("", 0));
}

#[test]
fn way_is_not_known_where_entries_cannot_be_read() {
    let two = "PE#me@example.com#BCC/\nPE#x@example.com#XX/\n";
    let me = asked("me@example.com", two);
    assert_eq!((&*me.out, me.code), (LOOK, 1));
    assert_snapshot!(me.err, @r"
    peline: line 1 could not be read: BCC is no PE code; a blind copy is BC/
    peline: line 2 could not be read: the code must be TO, CC, BC or FR, followed by `/`
    ");

    let many = "PE#x@example.com#XX/\n".repeat(7);
    let me = asked("me@example.com", &many);
    assert_eq!((&*me.out, me.code), (LOOK, 1));
    assert_snapshot!(me.err, @r"
    peline: line 1 could not be read: the code must be TO, CC, BC or FR, followed by `/`
    peline: line 2 could not be read: the code must be TO, CC, BC or FR, followed by `/`
    peline: line 3 could not be read: the code must be TO, CC, BC or FR, followed by `/`
    peline: line 4 could not be read: the code must be TO, CC, BC or FR, followed by `/`
    peline: line 5 could not be read: the code must be TO, CC, BC or FR, followed by `/`
    peline: and 2 more
    ");

    let exact = "PE#x@example.com#XX/\n".repeat(5);
    assert_eq!(asked("me@example.com", &exact).err.lines().count(), 5);
}

#[test]
fn way_tells_what_could_not_be_read_in_any_case() {
    let cc = asked(
        "cc@example.com",
        "PE#cc@example.com#CC/\nPE#x@example.com#XX/\n",
    );
    assert!(cc.out.starts_with("Way 1"), "{}", cc.out);
    assert_eq!(cc.code, 1);
    assert_snapshot!(cc.err, @"peline: line 2 could not be read: the code must be TO, CC, BC or FR, followed by `/`");
}

#[test]
fn way_is_not_known_where_items_are_missing() {
    let cc = asked("cc@example.com", " 2.#me@example.com#\n");
    assert_eq!((&*cc.out, cc.code), (LOOK, 0));
    assert_eq!(
        cc.err,
        "peline: item numbers are missing or come twice, or it scrolls on: not one whole PE list\n"
    );
}

#[test]
fn way_is_not_known_where_items_go_by_number() {
    for change in ["PE1¤\n", "PE1¤#x@example.com#\n"] {
        let cc = asked(
            "cc@example.com",
            &format!("PE#cc@example.com#CC/\n{change}"),
        );
        assert_eq!((&*cc.out, cc.code), (LOOK, 0), "{change}");
        assert_eq!(
            cc.err,
            "peline: the text changes or deletes items; it does not show which\n"
        );
    }
}

#[test]
fn way_does_not_answer_from_a_text_without_pe() {
    for text in [
        "",
        "-DOE/JANE\nPENALTY APPLIES\n",
        "*PE\nNO RESPONSE FROM HOST\n",
    ] {
        let me = asked("me@example.com", text);
        assert_eq!((&*me.out, me.code), (LOOK, 0));
        assert_eq!(me.err, "peline: no PE entry was found in this text\n");
    }
    let history = asked("me@example.com", "*H\nAPE  E#me@example.com#TO/\n");
    assert_eq!(history.out, LOOK);
    assert_snapshot!(history.err, @r"
    peline: no PE entry was found in this text
    peline: the address stands in the text, but it is history
    ");
}

#[test]
fn way_wants_the_address_of_the_mail() {
    let text = "PE#o/hara@example.com#CC/\nPE#jane==doe@example.com#CC/\n";
    for (written, meant) in [
        ("o/hara@example.com", "o'hara@example.com"),
        ("JANE==DOE@EXAMPLE.COM", "jane_doe@example.com"),
    ] {
        let hint = "peline: PE writes _ as == and ' as /; give the address as it is in the mail\n";
        let run = asked(written, text);
        assert!(run.out.starts_with("If the client"), "{}", run.out);
        assert_eq!((&*run.err, run.code), (hint, 0));
        let run = asked(meant, text);
        assert!(run.out.starts_with("Way 1"), "{}", run.out);
        assert_eq!((&*run.err, run.code), ("", 0));
    }
}

#[test]
fn way_answers_for_nothing_that_it_did_not_read() {
    let folder = Folder::new("way").file("mail", "To: a@example.com\n\nHello\n");
    for file in ["absent", "mail"] {
        let run = folder.run(["way", "--me", "a@example.com", file]);
        assert_eq!((&*run.out, run.code), ("", 2));
        assert!(
            run.err.starts_with(&format!("peline: {file}: ")),
            "{}",
            run.err
        );
    }
}

#[test]
fn way_wants_the_pnr() {
    let text = "To: a@example.com\n\nHello\n";
    let auto = asked("a@example.com", text);
    assert_snapshot!(auto.err, @"peline: -: a confirmation mail does not show the PNR; `way` needs the text of the PNR (--from pe reads any text as that)");
    let args = ["way", "--me", "a@example.com", "--from", "mail", "-"];
    let mail = run(args, text);
    assert_eq!(mail.err, auto.err.replace("-: ", ""));
    for refused in [auto, mail] {
        assert_eq!((&*refused.out, refused.code), ("", 2));
    }
    let args = ["way", "--me", "a@example.com", "--from", "pe", "-"];
    assert_eq!(run(args, text).code, 0);
}

//! `explain`: what it spells out, and where it points.

use insta::assert_snapshot;

use super::run;

#[track_caller]
fn explained(text: &str, code: i32) -> String {
    let run = run(["explain", text], "");
    let no_pe = run.out.ends_with("a PE entry begins with `PE`\n");
    let told = if no_pe { NO_HEADER } else { "" };
    assert_eq!((run.code, &*run.err), (code, told));
    run.out
}

/// What is told of a text that is nothing that is read.
const NO_HEADER: &str =
    "peline: no header field that is read either, such as `To: jane@example.com`\n";

#[test]
fn explain_an_address_as_it_is_written_where_it_differs() {
    for (text, differs) in [
        ("PE#A_B@EXAMPLE.COM#", false),
        ("PE#A==B@EXAMPLE.COM#", true),
        ("PE#o/hara@example.com#", true),
    ] {
        let out = explained(text, 0);
        assert_eq!(out.contains("\nwritten "), differs, "{out}");
    }
}

#[test]
fn explain_an_entry() {
    assert_snapshot!(explained("PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1", 0), @r"
    command    adds an entry
    address    jsmith@ibm.net
    code       CC: who gets a copy
    addressee  JOHN P. SMITH
    language   F: French (fr)
    for        name item 1, passenger 1
    gets       a copy of the mail; the trip is imported into Trips I'm Following (in the app: Following trips)
    canonical  PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1
    ");
}

/// Whatever stands around it in a line that `route` reads.
#[test]
fn explain_an_entry_in_its_line() {
    let entry = explained("PE#a@x.com#CC/", 0);
    for text in [
        ">PE#a@x.com#CC/",
        "  PE#a@x.com#CC/ ",
        "PE#a@x.com#CC/\r",
        "\u{FEFF}PE#a@x.com#CC/\n",
        "6P§PE#a@x.com#CC/§ER",
    ] {
        assert_eq!(explained(text, 0), entry, "{text:?}");
    }
    explained("PE#a@x.com#§PE#b@x.com#", 1);
}

#[test]
fn explain_what_is_not_written() {
    assert_snapshot!(explained("PE#a==b/c@example.com", 0), @r"
    command    adds an entry
    address    a_b'c@example.com
    written    a==b/c@example.com; == means _; / means '
    code       TO (not written): who gets the message
    for        the whole PNR
    gets       the message; the trip is imported into My Trips (in the app: Active trips)
    canonical  PE‡A==B/C@EXAMPLE.COM‡
    note       the closing delimiter is missing; the rest is one address
    ");
}

#[test]
fn explain_a_sender() {
    assert_snapshot!(explained("PE2¤‡DESK@EXAMPLE.COM‡FR/-2", 0), @r"
    command    puts an entry in the place of item 2
    address    desk@example.com
    code       FR: whom the mail comes from; its replies go there as well
    for        name item 2
    gets       nothing: it overrides the sender of the mail
    canonical  PE2¤‡DESK@EXAMPLE.COM‡FR/-2
    ");
}

#[test]
fn explain_a_blind_copy() {
    assert_snapshot!(explained("PE¤#BOSS_ONE@EXAMPLE.COM#BC/", 0), @r"
    command    puts an entry in the place of the only item
    address    boss_one@example.com
    code       BC: who gets a blind copy
    for        the whole PNR
    gets       a copy of the mail; nothing is imported
    canonical  PE¤‡BOSS==ONE@EXAMPLE.COM‡BC/
    ");
}

#[test]
fn explain_commands_without_an_address() {
    assert_snapshot!(explained("PE1-3,5,7-8¤", 0), @r"
    command    deletes items 1 to 3, 5 and 7 to 8
    canonical  PE1-3,5,7-8¤
    ");
    assert_snapshot!(explained("PE02¤", 0), @r"
    command    deletes item 2
    canonical  PE2¤
    ");
    assert_snapshot!(explained("PE1-3¤", 0), @r"
    command    deletes items 1 to 3
    canonical  PE1-3¤
    ");
    assert_snapshot!(explained("*PE", 0), @r"
    command    displays the PE field
    canonical  *PE
    ");
}

#[test]
fn explain_lines_that_are_shown() {
    assert_snapshot!(explained(" 2.‡A@EXAMPLE.COM‡CC/", 0), @r"
    line       shows item 2, as *PE displays it
    address    a@example.com
    code       CC: who gets a copy
    for        the whole PNR
    gets       a copy of the mail; the trip is imported into Trips I'm Following (in the app: Following trips)
    canonical  PE‡A@EXAMPLE.COM‡CC/
    ");
    assert_snapshot!(explained("XPE E‡A@EXAMPLE.COM‡", 0), @r"
    line       history: was deleted
    address    a@example.com
    code       TO (not written): who gets the message
    for        the whole PNR
    gets       nothing: it is history
    canonical  PE‡A@EXAMPLE.COM‡
    ");
    assert_snapshot!(explained("PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL", 0), @"line       says that the PNR has addresses, which this text does not show");
}

#[test]
fn explain_mail_commands() {
    assert_snapshot!(explained("emxr‡A2/4‡S1-3/5‡RR‡PH", 0), @r"
    command    EMX: mails a copy of the itinerary in text
    to         PE items 2 and 4
    segments   only segments 1 to 3 and 5
    PH         is marked as urgent
    RR         asks for a return receipt
    R          displays the PNR again
    canonical  EMXR‡A2/4‡S1-3/5‡PH‡RR
    ");
    assert_snapshot!(explained("EMN1.1", 0), @r"
    command    EM: mails the itinerary
    to         the entries for passenger 1.1
    canonical  EM‡N1.1
    note       the delimiter before the modifier is not written, as in history
    ");
    assert_snapshot!(explained("EMTP", 0), @r"
    command    EMTP: mails the e-ticket receipt as PDF
    to         every entry of the PE field but FR
    canonical  EMTP
    ");
    assert_snapshot!(explained("EMI‡A1‡N5.0", 0), @r"
    command    EMI: mails the e-invoice
    to         PE item 1, and the entries for all passengers of name item 5; how the two combine is not documented
    canonical  EMI‡A1‡N5.0
    ");
}

#[test]
fn explain_what_is_wrong() {
    assert_snapshot!(explained("PE#boss@example.com#BCC/", 1), @r"
    PE#boss@example.com#BCC/
                        ^^^ BCC is no PE code; a blind copy is BC/
    ");
    assert_snapshot!(explained("EMX‡Q1", 1), @r"
    EMX‡Q1
        ^^ no such modifier of a mail command
    ");
    assert_snapshot!(explained("EMALL", 1), @r"
    EMALL
    ^^^^^ this command belongs to another system
    ");
    assert_snapshot!(explained("1.‡A@EXAMPLE.COM‡XX/", 1), @r"
    1.‡A@EXAMPLE.COM‡XX/
                     ^^ the code must be TO, CC, BC or FR, followed by `/`
    ");
    assert_snapshot!(explained("hello", 1), @r"
    hello
    ^^ a PE entry begins with `PE`
    ");
    assert_snapshot!(explained("--help me", 1), @r"
    --help me
    ^^ a PE entry begins with `PE`
    ");
    assert_eq!(explained("", 1), "\n^ a PE entry begins with `PE`\n");
}

#[test]
fn an_explanation_moves_no_cursor() {
    let out = explained("PE‡a@example.com‡TO/\u{202E}ENOD\u{200B}", 0);
    assert!(out.contains("addressee  \u{FFFD}ENOD\u{FFFD}\n"), "{out:?}");
    let out = explained("PE‡a\u{1b}[2J@example.com‡", 1);
    assert!(!out.contains('\u{1b}'), "{out:?}");
}

#[test]
fn explain_one_entry_at_a_time() {
    let two = run(["explain", "PE#a@example.com#\nPE#b@example.com#"], "");
    assert_eq!(two.code, 1);
    assert_snapshot!(two.out, @r"
    PE#a@example.com#
                     ^ a control character cannot stand here
    ");
    assert_eq!(two.err, "peline: one entry at a time\n");

    let continued = explained(" 1.‡A@EXAM\n      PLE.COM‡", 0);
    assert!(continued.contains("a@example.com"), "{continued}");
}

/// A line that is copied says what the entry says, or nothing.
#[test]
fn what_cannot_be_seen_is_not_copied_as_something_else() {
    let run = run(["explain", "PE#a@b.example#CC/J\u{202e}ane"], "");
    let row = |name: &str| {
        let line = run.out.lines().find(|line| line.starts_with(name));
        line.map(|line| line.replacen(name, "", 1).trim().to_owned())
    };
    assert_eq!(row("addressee").as_deref(), Some("J\u{fffd}ane"));
    assert_eq!(
        row("canonical").as_deref(),
        Some("not shown: what cannot be seen is in it")
    );
}

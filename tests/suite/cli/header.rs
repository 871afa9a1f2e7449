//! `explain` for headers: what it spells out, and where it points.

use insta::assert_snapshot;

use super::run;

#[track_caller]
fn explained(text: &str, code: i32) -> String {
    let run = run(["explain", text], "");
    assert_eq!((run.code, &*run.err), (code, ""));
    run.out
}

#[test]
fn explain_recipients() {
    assert_snapshot!(explained("To: jane@example.com", 0), @r"
    field      To: who gets the message
    address    jane@example.com
    role       to
    gets       the message; the trip is imported into My Trips (in the app: Active trips)
    ");
    assert_snapshot!(explained("cc: =?utf-8?q?Jos=C3=A9?= <jose (home) @EXAMPLE.com>, Team: John P. Doe <John@Example.com>;", 0), @r"
    field      Cc: who gets a copy
    address    jose@example.com
    written    jose (home) @EXAMPLE.com
    name       José
    role       cc
    gets       nothing: white space or a comment stands beside the @
    address    John@example.com
    name       John P. Doe
    group      Team
    role       cc
    gets       nothing: it is a member of a group
    note       a dot stands in the display name, which is not in quotes
    ");
    assert_snapshot!(explained("BCC : \"a@corp.example\" <evil@attacker.example>,,", 0), @r"
    field      Bcc: who gets a blind copy
    note       nothing stands in a place of the list where an address could
    address    evil@attacker.example
    name       a@corp.example
    role       bc
    gets       nothing: white space stands before the colon of its field
    note       the name looks like an address
    ");
    assert_snapshot!(explained("To: undisclosed-recipients:;", 0), @r"
    field      To: who gets the message
    lists      nobody
    ");
}

#[test]
fn explain_senders() {
    assert_snapshot!(explained("From: Air Example <noreply@air.example>", 0), @r"
    field      From: who wrote it, as the sender says
    address    noreply@air.example
    name       Air Example
    ");
    assert_snapshot!(explained("Sender: desk@agency.example", 0), @r"
    field      Sender: who sent it for the author
    address    desk@agency.example
    ");
    assert_snapshot!(explained("reply-to: Desk: A. B <a@agency.example>, b@agency.example;,,", 0), @r"
    field      Reply-To: whom to answer
    note       nothing stands in a place of the list where an address could
    address    a@agency.example
    name       A. B
    group      Desk
    note       a dot stands in the display name, which is not in quotes
    address    b@agency.example
    group      Desk
    ");
}

#[test]
fn explain_values() {
    assert_snapshot!(explained("Subject: =?utf-8?q?Jos=C3=A9?= =?x-none?q?_?=", 0), @r"
    field      Subject: what it is about
    text       José =?x-none?q?_?=
    note       an encoded word is left as it stands
    ");
    assert_snapshot!(explained("Date: Sun, 22 Nov 2026 10:00:00 +0100", 0), @r"
    field      Date: when it was sent, as the sender says
    time       2026-11-22T09:00:00Z
    ");
    assert_snapshot!(explained("Message-ID: <trip.1@air.example>", 0), @r"
    field      Message-ID: its identifier
    identifier trip.1@air.example
    ");
    for (word, meaning) in [
        ("no", "a person sent it"),
        (
            "auto-generated",
            "a program sent it, and not in answer to a message",
        ),
        (
            "Auto-Notified (x)",
            "a program sent it because a message came in",
        ),
        (
            "auto-replied",
            "an answer that no person wrote; it routes to nobody",
        ),
        ("auto-else", "another word than those that are known"),
    ] {
        let out = explained(&format!("Auto-Submitted: {word}"), 0);
        assert_eq!(out.lines().nth(1).unwrap(), format!("meaning    {meaning}"));
    }
}

const HEADER: &str = "Received: by mx.example\n\
    Date: Sun, 22 Nov 2026 10:00:00 +0100\n\
    To: Jane <jane@example.com>,\n \
    joe@localhost\n\
    Auto-Submitted: auto-generated\n\
    \n\
    Cc: body@example.com\n";

#[test]
fn explain_a_header() {
    let out = explained(HEADER, 0);
    assert_snapshot!(out, @r"
    field      Received: is not read

    field      Date: when it was sent, as the sender says
    time       2026-11-22T09:00:00Z

    field      To: who gets the message
    address    jane@example.com
    name       Jane
    role       to
    gets       the message; the trip is imported into My Trips (in the app: Active trips)
    note       the message says that no person sent it
    address    joe@localhost
    role       to
    gets       nothing: the domain has one label only
    note       the message says that no person sent it

    field      Auto-Submitted: whether a person sent it
    meaning    a program sent it, and not in answer to a message
    ");
    assert_eq!(explained(&HEADER.replace('\n', "\r\n"), 0), out);
}

#[test]
fn explain_what_a_shell_leaves_of_line_ends() {
    let out = explained("Cc: jane@example.com", 0);
    for end in ["\n", "\r", "\r\n", "\r\n\r", "\n\n"] {
        assert_eq!(
            explained(&format!("Cc: jane@example.com{end}"), 0),
            out,
            "{end:?}"
        );
    }
}

#[test]
fn explain_what_is_wrong_in_a_field() {
    assert_snapshot!(explained("To: jane@example.com, a..b@example.com", 1), @r"
    field      To: who gets the message
    To: jane@example.com, a..b@example.com
                            ^ a dot must stand between two other characters
    ");
    assert_snapshot!(explained("Cc: \"jane <jane@example.com>", 1), @r#"
    field      Cc: who gets a copy
    Cc: "jane <jane@example.com>
        ^ the quoted string that opens here is not closed
    "#);
    assert_snapshot!(explained("Sender: a@example.com, b@example.com", 1), @r"
    field      Sender: who sent it for the author
    Sender: a@example.com, b@example.com
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ exactly one mailbox must stand here
    ");
    assert_snapshot!(explained("Date: tomorrow", 1), @r"
    field      Date: when it was sent, as the sender says
    Date: tomorrow
          ^^^^^^^^ this is no date and time with its offset, or the weekday is not that of the date
    ");
    assert_snapshot!(explained("To: jane@example.com,\n a@b@example.com\nSubject: x", 1), @r"
    field      To: who gets the message
     a@b@example.com
        ^ the address has a second @

    field      Subject: what it is about
    text       x
    ");
}

#[test]
fn explain_what_is_wrong_in_a_header() {
    assert_snapshot!(explained("Subject: one\nno field\nCc: a@example.com\nSubject: two\nCc: b@example.com", 1), @r"
    field      Subject: what it is about
    error      this field stands in the header more than once

    no field
    ^^^^^^^^ this line of the header is no field

    field      Cc: who gets a copy
    Cc: a@example.com
    ^^^^^^^^^^^^^^^^^ this field stands in the header more than once

    field      Subject: what it is about
    Subject: two
    ^^^^^^^^^^^^ this field stands in the header more than once

    field      Cc: who gets a copy
    Cc: b@example.com
    ^^^^^^^^^^^^^^^^^ this field stands in the header more than once
    ");
    assert_snapshot!(explained("Subject: one\r\nTo: a@example.com\n\nCc: b@example.com\r\n\r\n", 1), @r"^ other mail programs would see the end of the header here");
}

#[test]
fn explain_a_field_that_is_repeated_again_and_again() {
    let out = explained("Date: x\nDate: y\nDate: z", 1);
    assert_eq!(out.matches("Date: y").count(), 1, "{out}");
    assert_eq!(out.matches("more than once").count(), 3, "{out}");
}

#[test]
fn what_begins_otherwise_is_no_header() {
    for text in [
        "X-Trip: a@example.com",
        "From here to there",
        "From here\nto there",
        "PE#a@example.com#TO/From: x",
        "Too: a@example.com",
        " To: a@example.com",
        ": a@example.com",
    ] {
        let run = run(["explain", text], "");
        assert!(!run.out.contains("field "), "{text}: {}", run.out);
    }
    assert!(
        explained("X-Trip: x\nMIME-Version: 1.0", 0).starts_with("field      X-Trip: is not read")
    );
}

#[test]
fn an_explained_header_moves_no_cursor() {
    for text in [
        "To: A\u{202E}B\u{200B} <a@example.com>, jos\u{e9} \u{2066}x: b@example.com;",
        "Subject: =?utf-8?b?G1syShtbMko=?= \u{202E}x",
        "Subject: a\u{1b}[2Jb",
        "To: \u{1b}[2J",
        "To: a@example.com\nX\u{202E}\u{9b}: y\n\u{202E}\u{9b}",
    ] {
        let run = run(["explain", text], "");
        let moves = |char: char| {
            char != '\n' && (char.is_control() || "\u{202E}\u{200B}\u{2066}".contains(char))
        };
        assert!(!run.out.contains(moves), "{:?}", run.out);
        assert!(run.out.contains('\u{FFFD}'), "{:?}", run.out);
    }
}

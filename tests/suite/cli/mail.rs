//! `route` for messages: the JSON lines, the table, the closing count.

use std::{fmt::Write as _, path::Path};

use insta::assert_snapshot;
use serde_json::Value;

use super::{Folder, ODD, TRIP, envelope::with_envelope, lines, objects, run, run_in};

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

#[test]
fn jsonl_is_the_contract_for_mail_too() {
    let folder = Folder::new("mail-contract")
        .file("lf.eml", TRIP)
        .file("crlf.eml", crlf(TRIP));
    let run = folder.run([
        "route",
        "--format",
        "jsonl",
        "--envelope-to",
        "boss@example.com",
        "lf.eml",
        "crlf.eml",
    ]);
    assert_snapshot!(run.out, @r#"
    {"schema":1,"input":"lf.eml","line":2,"span":[44,73],"source":"mail","address":"client@example.com","role":"to","name":"Jane Doe","route":"my_trips","notes":[]}
    {"schema":1,"input":"lf.eml","line":3,"span":[78,98],"source":"mail","address":"agent@agency.example","role":"cc","route":"following","notes":[]}
    {"schema":1,"input":"lf.eml","source":"mail","address":"boss@example.com","role":"bc","route":"notify_only","notes":[]}
    {"schema":1,"input":"crlf.eml","line":2,"span":[45,74],"source":"mail","address":"client@example.com","role":"to","name":"Jane Doe","route":"my_trips","notes":[]}
    {"schema":1,"input":"crlf.eml","line":3,"span":[80,100],"source":"mail","address":"agent@agency.example","role":"cc","route":"following","notes":[]}
    {"schema":1,"input":"crlf.eml","source":"mail","address":"boss@example.com","role":"bc","route":"notify_only","notes":[]}
    "#);
    assert_eq!(run.err, "peline: 6 recipients\n");
    assert_eq!(run.code, 0);
}

#[test]
fn jsonl_of_everything_in_a_message() {
    assert_snapshot!(lines(ODD, 1), @r#"
    {"schema":1,"input":"-","line":3,"span":[58,151],"source":"mail","notice":"empty_slot"}
    {"schema":1,"input":"-","line":3,"span":[62,102],"source":"mail","address":"jose@example.com","role":"to","name":"José","route":"my_trips","notes":[]}
    {"schema":1,"input":"-","line":4,"span":[112,133],"source":"mail","address":"ann@example.com","role":"to","name":"Ann","route":null,"reason":"group_member","notes":[]}
    {"schema":1,"input":"-","line":4,"span":[135,150],"source":"mail","address":"bob@example.com","role":"to","route":null,"reason":"group_member","notes":[]}
    {"schema":1,"input":"-","line":5,"span":[152,189],"source":"mail","error":{"kind":"misplaced_dot","message":"a dot must stand between two other characters","span":[175,176]}}
    {"schema":1,"input":"-","line":6,"span":[195,216],"source":"mail","address":"boss@example.com","role":"bc","route":"notify_only","notes":[]}
    {"schema":1,"input":"-","line":6,"span":[218,231],"source":"mail","address":"cli@localhost","role":"bc","route":null,"reason":"single_label","notes":[]}
    {"schema":1,"input":"-","line":7,"span":[232,240],"source":"mail","error":{"kind":"expected_field","message":"this line of the header is no field","span":[232,240]}}
    "#);
}

#[test]
fn line_ends_change_nothing_but_spans() {
    let without_spans = |text: &str| {
        let mut objects = objects(&lines(text, 1));
        for object in &mut objects {
            object.as_object_mut().unwrap().remove("span");
            if let Some(error) = object.get_mut("error") {
                error.as_object_mut().unwrap().remove("span");
            }
        }
        objects
    };
    assert_eq!(without_spans(ODD), without_spans(&crlf(ODD)));
}

#[test]
fn spans_are_exact() {
    for text in [ODD.to_owned(), crlf(ODD)] {
        let of = |span: &Value| {
            let [start, end] =
                [0, 1].map(|at| usize::try_from(span[at].as_u64().unwrap()).unwrap());
            text[start..end].to_owned()
        };
        let objects = objects(&lines(&text, 1));
        let spans: Vec<_> = objects.iter().map(|object| of(&object["span"])).collect();
        assert!(spans[0].starts_with("To: ") && spans[0].ends_with("bob@example.com;"));
        assert_eq!(spans[1], "=?utf-8?q?Jos=C3=A9?= <jose@example.com>");
        assert_eq!(spans[3], "bob@example.com");
        assert_eq!(spans[4], "Cc: ann@example.com, a..b@example.com");
        assert_eq!(of(&objects[4]["error"]["span"]), ".");
        assert_eq!(spans[7], "no field");
        for (object, span) in objects.iter().zip(&spans) {
            let line = object["line"].as_u64().unwrap();
            let before = text.split(span).next().unwrap();
            assert_eq!(
                before.matches('\n').count() + 1,
                usize::try_from(line).unwrap()
            );
        }
    }
}

#[test]
fn nothing_is_routed_for_a_reason() {
    for (text, reason) in [
        (
            "Auto-Submitted: auto-replied\nTo: a@example.com",
            "auto_replied",
        ),
        (
            "Auto-Submitted: ?\nTo: a@example.com",
            "unreadable_auto_submitted",
        ),
        ("To : a@example.com", "obsolete_field_name"),
        ("To: Team: a@example.com;", "group_member"),
        ("To: \"a b\"@example.com", "quoted_local_part"),
        ("To: jos\u{e9}@example.com", "not_ascii"),
        ("To: a@[192.0.2.1]", "domain_literal"),
        ("To: a@localhost", "single_label"),
        ("To: a@b_c.example", "not_host_name"),
        ("To: <@relay.example:a@example.com>", "obsolete_address"),
        ("To: a @example.com", "space_beside_at"),
    ] {
        let [object] = &objects(&lines(format!("{text}\n\n"), 0))[..] else {
            panic!("{text}")
        };
        assert_eq!(object["route"], Value::Null, "{text}");
        assert_eq!(object["reason"], reason, "{text}");
    }
}

#[test]
fn addresses_are_printed_without_what_stands_between() {
    let text =
        "To: (x) Jane (y) < JANE (z) @EXAMPLE.com >, a@[IPv6:2001:DB8::1], \"a b\"@B.example";
    let objects = objects(&lines(text, 0));
    let addresses: Vec<_> = objects.iter().map(|object| &object["address"]).collect();
    assert_eq!(
        addresses,
        [
            "JANE@example.com",
            "a@[ipv6:2001:db8::1]",
            "\"a b\"@b.example"
        ]
    );
}

#[test]
fn notes_of_a_message() {
    let text = "Auto-Submitted: auto-generated\n\
        To: John P. Smith <john@example.com>, \"a@corp.example\" <evil@attacker.example>,\n \
        =?x-none?q?_?= <x@example.com>, =?utf-8?q?=FF=00?= <y@example.com>\n\n";
    assert_snapshot!(lines(text, 0), @r#"
    {"schema":1,"input":"-","line":2,"span":[35,67],"source":"mail","address":"john@example.com","role":"to","name":"John P. Smith","route":"my_trips","notes":["dot_in_name","auto_submitted"]}
    {"schema":1,"input":"-","line":2,"span":[69,109],"source":"mail","address":"evil@attacker.example","role":"to","name":"a@corp.example","route":"my_trips","notes":["name_like_address","auto_submitted"]}
    {"schema":1,"input":"-","line":3,"span":[112,142],"source":"mail","address":"x@example.com","role":"to","name":"=?x-none?q?_?=","route":"my_trips","notes":["auto_submitted","undecoded_word"]}
    {"schema":1,"input":"-","line":3,"span":[144,178],"source":"mail","address":"y@example.com","role":"to","name":"��","route":"my_trips","notes":["auto_submitted","invalid_text","control_in_text"]}
    "#);
}

#[test]
fn notices_stand_in_the_place_of_their_field() {
    let text = "Bcc: ,\nTo: a@example.com,,b@example.com\nCc: ,,, c@example.com\n\n";
    assert_snapshot!(lines(text, 0), @r#"
    {"schema":1,"input":"-","line":1,"span":[0,6],"source":"mail","notice":"empty_slot"}
    {"schema":1,"input":"-","line":2,"span":[7,39],"source":"mail","notice":"empty_slot"}
    {"schema":1,"input":"-","line":2,"span":[11,24],"source":"mail","address":"a@example.com","role":"to","route":"my_trips","notes":[]}
    {"schema":1,"input":"-","line":2,"span":[26,39],"source":"mail","address":"b@example.com","role":"to","route":"my_trips","notes":[]}
    {"schema":1,"input":"-","line":3,"span":[40,61],"source":"mail","notice":"empty_slot"}
    {"schema":1,"input":"-","line":3,"span":[48,61],"source":"mail","address":"c@example.com","role":"cc","route":"following","notes":[]}
    "#);
}

#[test]
fn fields_that_are_repeated_are_errors_each() {
    let text = "Cc: c@example.com\nTo: a@example.com\nTO : b@example.com\nFrom: d@example.com\nFrom: e@example.com\n\n";
    assert_snapshot!(lines(text, 1), @r#"
    {"schema":1,"input":"-","line":1,"span":[4,17],"source":"mail","address":"c@example.com","role":"cc","route":"following","notes":[]}
    {"schema":1,"input":"-","line":2,"span":[18,35],"source":"mail","error":{"kind":"repeated_field","message":"this field stands in the header more than once","span":[18,35]}}
    {"schema":1,"input":"-","line":3,"span":[36,54],"source":"mail","error":{"kind":"repeated_field","message":"this field stands in the header more than once","span":[36,54]}}
    "#);
}

#[test]
fn the_errors_of_other_fields_are_not_shown() {
    let text =
        "From: <\nTo: a@example.com\nSender: ,\nDate: x\nDate: y\nMessage-ID: ?\nReply-To: (\n\n";
    let objects = objects(&lines(text, 0));
    assert_eq!(objects.len(), 1);
}

#[test]
fn a_header_that_cannot_be_read_is_one_error() {
    let two_ends =
        "Subject: x\r\nTo: a@example.com\r\nCc: b@example.com\n\nBcc: c@example.com\r\n\r\n";
    assert_snapshot!(lines(two_ends, 1), @r#"{"schema":1,"input":"-","line":4,"span":[49,50],"source":"mail","error":{"kind":"doubtful_header_end","message":"other mail programs would see the end of the header here","span":[49,50]}}"#);
    let many = format!("To: a@example.com\n{}\n", "X: y\n".repeat(1000));
    assert_snapshot!(lines(many, 1), @r#"{"schema":1,"input":"-","line":1001,"span":[5013,5017],"source":"mail","error":{"kind":"too_many_fields","message":"the header has more fields than are read","span":[5013,5017]}}"#);
    let run = with_envelope(two_ends, &["boss@example.com"], 1);
    assert_eq!(run.out.lines().count(), 1);
    assert_eq!(run.err, "peline: 0 recipients, 1 unreadable header\n");
}

#[test]
fn table_of_a_message() {
    let args = ["route", "--envelope-to", "chief@example.com"];
    assert_snapshot!(run(args, TRIP).out, @r"
    line      address                           role  name                  language  for      gets                      notes
    2         client@example.com                to    Jane Doe                                 My Trips
    3         agent@agency.example              cc                                             Trips I'm Following
    envelope  chief@example.com                 bc                                             the mail only
    ");
    let odd = run(["route"], crlf(ODD));
    assert_snapshot!(odd.out, @r"
    line      address                           role  name                  language  for      gets                      notes
    3         nothing stands in a place of the list where an address could
    3         jose@example.com                  to    José                                     My Trips
    4         ann@example.com                   to    Ann                                      nothing: it is a member
                                                                                               of a group
    4         bob@example.com                   to                                             nothing: it is a member
                                                                                               of a group
    5         not read: a dot must stand between two other characters
              Cc: ann@example.com, a..b@example.com
                                     ^
    6         boss@example.com                  bc                                             the mail only
    6         cli@localhost                     bc                                             nothing: the domain has
                                                                                               one label only
    7         not read: this line of the header is no field
              no field
              ^^^^^^^^
    ");
    assert_eq!(
        odd.err,
        "peline: 2 recipients, 3 addresses without a route, 1 unreadable field, 1 line that is no field\n"
    );
}

/// In the square of its length it would take an hour.
#[test]
fn the_table_has_all_of_a_very_long_name() {
    let name = "é".repeat(100_000) + " x";
    let text = format!("Subject: x\r\nTo: \"{name}\" <jane@example.com>\r\n\r\n");
    let shown = run(["route"], &text).out;
    assert_eq!(shown.matches('é').count(), 100_000);
    assert!(shown.contains("jane@example.com"));
    assert!(shown.lines().all(|line| line.chars().count() < 140));
}

#[test]
fn plan_of_a_message() {
    let text = "To: Team: ann@example.com, bob@example.com;, Jane <jane@example.com>,,\n\
        Cc: ANN@example.com, JANE@example.com\n\
        Bcc: cli@localhost\n\
        no field\n\n";
    let args = [
        "route",
        "--plan",
        "--format",
        "jsonl",
        "--envelope-to",
        "ann@example.com",
    ];
    let plan = run(args, text);
    assert_eq!(plan.code, 1);
    assert_snapshot!(plan.out, @r#"
    {"schema":1,"input":"-","line":1,"span":[0,70],"source":"mail","notice":"empty_slot"}
    {"schema":1,"input":"-","line":4,"span":[128,136],"source":"mail","error":{"kind":"expected_field","message":"this line of the header is no field","span":[128,136]}}
    {"schema":1,"input":"-","source":"mail","address":"ann@example.com","role":"cc","route":"following","notes":["also_unrouted"]}
    {"schema":1,"input":"-","source":"mail","address":"jane@example.com","role":"to","name":"Jane","route":"my_trips","notes":["strongest_role"]}
    {"schema":1,"input":"-","source":"mail","address":"bob@example.com","route":null,"reason":"group_member","notes":[]}
    {"schema":1,"input":"-","source":"mail","address":"cli@localhost","route":null,"reason":"single_label","notes":[]}
    "#);
    assert_eq!(
        plan.err,
        "peline: 2 recipients, 2 addresses without a route, 1 line that is no field\n"
    );
    assert_snapshot!(run(["route", "--plan"], text).out, @r"
    address                           role  name                  language  for      gets                      notes
    line 1    nothing stands in a place of the list where an address could
    line 4    not read: this line of the header is no field
              no field
              ^^^^^^^^
    ann@example.com                   cc                                             Trips I'm Following       also_unrouted
    jane@example.com                  to    Jane                                     My Trips                  strongest_role
    bob@example.com                                                                  nothing: it is a member
                                                                                     of a group
    cli@localhost                                                                    nothing: the domain has
                                                                                     one label only
    ");
}

#[test]
fn plan_shows_what_could_not_be_read() {
    let out = |text: &str| run(["route", "--plan", "--format", "jsonl"], text).out;
    assert_snapshot!(out("Cc: a..b@example.com\nTo: a@example.com\n\n"), @r#"
    {"schema":1,"input":"-","line":1,"span":[0,20],"source":"mail","error":{"kind":"misplaced_dot","message":"a dot must stand between two other characters","span":[6,7]}}
    {"schema":1,"input":"-","source":"mail","address":"a@example.com","role":"to","route":"my_trips","notes":[]}
    "#);
    assert_snapshot!(out("To: a@example.com\n\r\n\n"), @r#"{"schema":1,"input":"-","line":2,"span":[18,19],"source":"mail","error":{"kind":"doubtful_header_end","message":"other mail programs would see the end of the header here","span":[18,19]}}"#);
}

#[test]
fn the_closing_count_has_words_for_mail() {
    let counted = |text: &str| run(["route", "--format", "jsonl"], text).err;
    assert_snapshot!(counted("To: a@example.com,\nCc: ?\nno field\n\n"), @"peline: 1 recipient, 1 unreadable field, 1 line that is no field");
    assert_snapshot!(counted("To: <\nCc: <\nno field\nno\n\n"), @"peline: 0 recipients, 2 unreadable fields, 2 lines that are no field");
    assert_snapshot!(counted("From: a@example.com\n\n"), @r"
    peline: -: read as a message, and it lists no recipients
    peline: 0 recipients
    ");
}

#[test]
fn the_body_is_not_read() {
    let text = format!(
        "{TRIP}\nTo: <\nPE#a@example.com#BCC/\n{}",
        "X\u{ff}\r".repeat(300_000)
    );
    assert_eq!(lines(text, 0).lines().count(), 2);
}

#[test]
fn a_long_header_is_read_as_a_whole() {
    let mut text = String::new();
    for field in ["To", "Cc", "Bcc"] {
        write!(text, "{field}: first@example.com").unwrap();
        for number in 1..1000 {
            let name = "x".repeat(200);
            write!(text, ",\n {name} <{field}{number}@example.com>").unwrap();
        }
        text.push('\n');
    }
    assert!(text.len() > 640 * 1024);
    let objects = objects(&lines(text, 0));
    assert_eq!(objects.len(), 3000);
    for (index, object) in objects.iter().enumerate() {
        assert_eq!(object["line"], index + 1);
    }
}

#[test]
fn names_move_no_cursor() {
    let text = "To: A\u{202E}B\u{200B}C\u{2066}D <a@example.com>,\n \
        =?utf-8?b?G1syShtbMko=?= <b@example.com>, jos\u{202E}\u{9b}\u{e9}@example.com\n\
        Cc: \u{1b}[2J \u{202E} <c@example.com\n\n";
    for args in [&["route"][..], &["route", "--plan"]] {
        let run = run_in(Path::new("."), args, text);
        for text in [&run.out, &run.err] {
            assert!(
                !text.chars().any(|char| char != '\n' && char.is_control()),
                "{text:?}"
            );
            assert!(
                !text.contains(['\u{202E}', '\u{200B}', '\u{2066}']),
                "{text:?}"
            );
        }
        assert_eq!(run.code, 1);
    }
    let named = run(["route"], "To: A\u{202E}B\u{200B}C <a@example.com>\n\n");
    assert!(named.out.contains("A\u{FFFD}B\u{FFFD}C"), "{}", named.out);
}

#[test]
fn no_more_is_read_than_a_header_can_be() {
    let mail = |header: &str| [header, &"To: body@example.com\n".repeat(150_000)].concat();
    let read = run(
        ["route", "--quiet", "--format", "jsonl"],
        mail("To: a@example.com\n\n"),
    );
    assert_eq!((read.code, read.out.lines().count()), (0, 1));
    assert!(read.out.contains("\"address\":\"a@example.com\""));
    // A header that is longer than what is read ends in an error, not in a part of it.
    let endless = format!("X: {}\n", "y".repeat(3 << 20));
    let read = run(
        ["route", "--quiet", "--format", "jsonl", "--from", "mail"],
        mail(&endless),
    );
    assert_eq!((read.code, read.out.lines().count()), (1, 1));
    assert!(
        read.out.contains("\"kind\":\"header_too_long\""),
        "{}",
        read.out
    );
}

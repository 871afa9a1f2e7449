//! `route --envelope-to`: who got a message without standing in it.

use std::path::Path;

use insta::assert_snapshot;

use super::{Folder, Run, TRIP, run_in};

#[track_caller]
pub(super) fn with_envelope(text: &str, envelope: &[&str], code: i32) -> Run {
    let args = ["route", "--format", "jsonl"].into_iter();
    let args = args.chain(
        envelope
            .iter()
            .flat_map(|address| ["--envelope-to", address]),
    );
    let run = run_in(Path::new("."), args, text);
    assert_eq!(run.code, code, "{}", run.err);
    run
}

#[test]
fn the_envelope_shows_blind_copies() {
    let text = "To: a@example.com, Team: b@example.com;\nCc: \"c\"@example.com\n\n";
    let envelope = [
        "B@example.com",
        "boss@example.com",
        "A@EXAMPLE.COM",
        "BOSS@example.com",
        "chief@example.com",
    ];
    let run = with_envelope(text, &envelope, 0);
    assert_snapshot!(run.out, @r#"
    {"schema":1,"input":"-","line":1,"span":[4,17],"source":"mail","address":"a@example.com","role":"to","route":"my_trips","notes":[]}
    {"schema":1,"input":"-","line":1,"span":[25,38],"source":"mail","address":"b@example.com","role":"to","route":null,"reason":"group_member","notes":[]}
    {"schema":1,"input":"-","line":2,"span":[44,59],"source":"mail","address":"\"c\"@example.com","role":"cc","route":null,"reason":"quoted_local_part","notes":[]}
    {"schema":1,"input":"-","source":"mail","address":"boss@example.com","role":"bc","route":"notify_only","notes":[]}
    {"schema":1,"input":"-","source":"mail","address":"chief@example.com","role":"bc","route":"notify_only","notes":[]}
    "#);
    assert_eq!(
        run.err,
        "peline: 3 recipients, 2 addresses without a route\n"
    );
}

#[test]
fn the_envelope_of_a_header_with_an_error_is_not_routed() {
    let text = "To: a@example.com, b@example.com,, @\nCc: c@example.com\n\n";
    let run = with_envelope(text, &["a@example.com", "c@example.com"], 1);
    assert_snapshot!(run.out, @r#"
    {"schema":1,"input":"-","line":1,"span":[0,36],"source":"mail","error":{"kind":"empty_local_part","message":"nothing stands before the @","span":[35,36]}}
    {"schema":1,"input":"-","line":2,"span":[41,54],"source":"mail","address":"c@example.com","role":"cc","route":"following","notes":[]}
    {"schema":1,"input":"-","source":"mail","address":"a@example.com","role":"bc","route":null,"reason":"unreadable_field","notes":[]}
    "#);
}

#[test]
fn an_envelope_is_for_mail() {
    let folder = Folder::new("envelope")
        .file("mail", TRIP)
        .file("pe", "PE#a@example.com#\n")
        .file("empty", "");
    let envelope = ["--envelope-to", "boss@example.com"];
    for format in ["jsonl", "table"] {
        let args = ["route", "--format", format, "pe", "empty", "mail"];
        let run = run_in(&folder.0, args.into_iter().chain(envelope), "");
        assert_eq!(run.code, 2);
        assert!(!run.out.contains("a@example.com"), "{}", run.out);
        assert!(run.out.contains("boss@example.com"), "{}", run.out);
        let refused =
            "--envelope-to is for mail, and this is no message (--from mail reads it as one)";
        assert_eq!(
            run.err,
            format!("peline: pe: {refused}\npeline: empty: {refused}\npeline: 3 recipients\n"),
        );
    }
    let wrong = folder.run([
        "route",
        "--from",
        "pe",
        "--envelope-to",
        "a@example.com",
        "mail",
    ]);
    assert_eq!((&*wrong.out, wrong.code), ("", 2));
    assert_eq!(
        wrong.err,
        "peline: --envelope-to is for mail, and has no effect on PE\n"
    );
    let empty = folder.run([
        "route",
        "--from",
        "mail",
        "--envelope-to",
        "a@example.com",
        "empty",
    ]);
    assert!(empty.out.contains("the mail only"), "{}", empty.out);
    assert_eq!(empty.code, 0);
}

//! `route` for inputs of both kinds: which of them is a message, and which PE text.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
};

use insta::assert_snapshot;

use super::{Folder, ODD, TRIP, objects, run, run_in, started};

#[test]
fn from_mail_reads_anything_as_a_message() {
    let from_mail = |text: &str, code: i32| {
        let run = run(["route", "--from", "mail", "--format", "jsonl"], text);
        assert_eq!(run.code, code, "{text}");
        run.out
    };
    assert_eq!(from_mail("Cc: a@example.com", 0).lines().count(), 1);
    let nothing =
        "{\"schema\":1,\"input\":\"-\",\"source\":\"mail\",\"notice\":\"nothing_found\"}\n";
    assert_eq!(from_mail("", 0), nothing);
    assert_eq!(from_mail("\nTo: a@example.com", 0), nothing);
    assert_snapshot!(from_mail("PE#a@example.com#\nCc: b@example.com\n", 1), @r#"
    {"schema":1,"input":"-","line":1,"span":[0,17],"source":"mail","error":{"kind":"expected_field","message":"this line of the header is no field","span":[0,17]}}
    {"schema":1,"input":"-","line":2,"span":[18,35],"source":"mail","error":{"kind":"behind_header_end","message":"other mail programs would see the end of the header before this field, in a line that is no field to them","span":[18,35]}}
    "#);
}

#[test]
fn that_pe_text_was_taken_for_a_message_is_told() {
    let told = |from: &str, text: &str| run(["route", "--from", from], text).err;
    let pnr = "DATE: 12JUN\nFROM: LONDON DESK\nPE#client@example.com#\n";
    assert_snapshot!(told("auto", pnr), @r"
    peline: -: read as a message, though PE entries stand in it (--from pe reads it as PE text)
    peline: 0 recipients, 1 line that is no field
    ");
    assert_eq!(
        told("mail", pnr),
        "peline: 0 recipients, 1 line that is no field\n"
    );
    assert_eq!(told("pe", pnr), "peline: 1 recipient\n");
    for pnr in [
        "DATE: 12JUN\n\nPE#client@example.com#\n",
        "FROM: LONDON DESK\nTO: DESK 4\n\nPE#client@example.com#\n",
        &format!("DATE: 12JUN\n{}", "PE#client@example.com#\n".repeat(20_000)),
        "FROM: LONDON DESK\n PE#client@example.com#\n",
    ] {
        assert!(
            told("auto", pnr).contains("PE entries stand in it"),
            "{pnr}"
        );
    }
    let stray = "FROM: LONDON DESK\n*PE\nPENALTY APPLIES\n";
    assert_eq!(
        told("auto", stray),
        "peline: 0 recipients, 2 lines that are no field\n"
    );
}

#[test]
fn standard_input_can_be_a_message() {
    for args in [
        &["route", "--format", "jsonl"][..],
        &["route", "--format", "jsonl", "-"],
    ] {
        let run = run_in(Path::new("."), args, TRIP);
        assert!(
            run.out
                .starts_with("{\"schema\":1,\"input\":\"-\",\"line\":2,"),
            "{}",
            run.out
        );
        assert_eq!((run.out.lines().count(), run.code), (2, 0));
    }
}

#[test]
fn files_of_both_kinds() {
    let folder = Folder::new("kinds")
        .file("pnr", "PE#a@example.com#CC/\nPE#b@example.com#BCC/\n")
        .file("mail", ODD);
    let run = folder.run(["route", "--format", "jsonl", "mail", "pnr", "mail"]);
    assert_eq!(run.code, 1);
    let sources: Vec<_> = objects(&run.out)
        .iter()
        .map(|object| format!("{} {}", object["input"], object["source"]))
        .collect();
    let expected: Vec<_> = [("mail", 8), ("pnr", 2), ("mail", 8)]
        .into_iter()
        .flat_map(|(file, times)| {
            let source = if file == "pnr" { "pe" } else { file };
            vec![format!("\"{file}\" \"{source}\""); times]
        })
        .collect();
    assert_eq!(sources, expected);
    assert_snapshot!(run.err, @"peline: 5 recipients, 6 addresses without a route, 1 unreadable entry, 2 unreadable fields, 2 lines that are no field");

    let table = folder.run(["route", "--quiet", "pnr", "mail"]);
    assert_eq!((&*table.err, table.code), ("", 1));
    assert_snapshot!(table.out, @r"
    line      address                           role  name                  language  for      gets                      notes
    pnr:
    1         a@example.com                     cc                                             Trips I'm Following
    2         not read: BCC is no PE code; a blind copy is BC/
              PE#b@example.com#BCC/
                               ^^^
    mail:
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
}

#[test]
fn a_message_is_one_however_late_its_fields_stand() {
    let report = "X-Report: a\n".to_owned() + &format!(" {}\n", "x".repeat(70)).repeat(2_000);
    let run = run(["route"], format!("{report}To: client@example.com\n\n"));
    assert_eq!((&*run.err, run.code), ("peline: 1 recipient\n", 0));
}

#[test]
fn auto_still_streams_pe() {
    let mut child = started(["route", "--format", "jsonl"], Path::new("."));
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    input
        .write_all(b"\nPE#a@example.com#\n-DOE/JANE\n")
        .unwrap();
    input.flush().unwrap();
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    assert!(line.contains("\"address\":\"a@example.com\""), "{line}");
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

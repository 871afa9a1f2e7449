//! `route`: the JSON lines, the table, the closing count, and what the input may be.

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::Path,
};

use insta::assert_snapshot;

use super::{Folder, lines, run, started};

const PNR: &str = "-DOE/JANE\n\
    PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1\n\
    PE#boss@example.com#BCC/§PE#CLIENT==ONE@EXAMPLE.COM#\n\
    PE‡DESK@EXAMPLE.COM‡FR/\n\
    APE E‡OLD@EXAMPLE.COM‡CC/\n\
    PE1-3,5¤\n\
    PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL\n\
    *PE\n \
    1.‡CLIENT.ONE@EXAMPLE.COM‡-2\n";

#[test]
fn jsonl_is_the_contract() {
    let lead = format!("{}{}\n", "-DOE/JANE\n".repeat(10), "X".repeat(209));
    let folder = Folder::new("contract").file(
        "pnr.txt",
        format!("{lead}PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1\n"),
    );
    let run = folder.run(["route", "--format", "jsonl", "pnr.txt"]);
    assert_eq!(
        run.out,
        "{\"schema\":1,\"input\":\"pnr.txt\",\"line\":12,\"span\":[310,355],\"source\":\"pe\",\
         \"address\":\"jsmith@ibm.net\",\"role\":\"cc\",\"name\":\"JOHN P. SMITH\",\
         \"language\":\"fr\",\"passenger\":\"1.1\",\"route\":\"following\",\"notes\":[]}\n",
    );
    assert_eq!(run.err, "peline: 1 recipient\n");
    assert_eq!(run.code, 0);
}

#[test]
fn jsonl_of_everything() {
    assert_snapshot!(lines(PNR, 1), @r#"
    {"schema":1,"input":"-","line":2,"span":[10,55],"source":"pe","address":"jsmith@ibm.net","role":"cc","name":"JOHN P. SMITH","language":"fr","passenger":"1.1","route":"following","notes":[]}
    {"schema":1,"input":"-","line":3,"span":[56,80],"source":"pe","error":{"kind":"code_bcc","message":"BCC is no PE code; a blind copy is BC/","span":[76,79]}}
    {"schema":1,"input":"-","line":3,"span":[82,109],"source":"pe","address":"client_one@example.com","role":"to","route":"my_trips","notes":[]}
    {"schema":1,"input":"-","line":4,"span":[110,137],"source":"pe","address":"desk@example.com","role":"fr","route":null,"reason":"sender_override","notes":[]}
    {"schema":1,"input":"-","line":5,"span":[142,167],"source":"pe","address":"old@example.com","role":"cc","route":null,"reason":"history","notes":[]}
    {"schema":1,"input":"-","line":6,"span":[168,177],"source":"pe","notice":"items_deleted"}
    {"schema":1,"input":"-","line":7,"span":[178,225],"source":"pe","notice":"addresses_not_in_text"}
    {"schema":1,"input":"-","line":9,"span":[233,263],"source":"pe","address":"client.one@example.com","role":"to","passenger":"2","route":"my_trips","notes":[]}
    "#);
}

#[test]
fn jsonl_of_each_role() {
    let text = "PE#a@example.com#\nPE#b@example.com#TO/\nPE#c@example.com#BC/";
    assert_snapshot!(lines(text, 0), @r#"
    {"schema":1,"input":"-","line":1,"span":[0,17],"source":"pe","address":"a@example.com","role":"to","route":"my_trips","notes":[]}
    {"schema":1,"input":"-","line":2,"span":[18,38],"source":"pe","address":"b@example.com","role":"to","route":"my_trips","notes":[]}
    {"schema":1,"input":"-","line":3,"span":[39,59],"source":"pe","address":"c@example.com","role":"bc","route":"notify_only","notes":[]}
    "#);
}

#[test]
fn jsonl_of_notes() {
    let text = "PE#client@example.com\n\
        PE#somebody.with.a.long.address@department.example.com#TO/\n";
    assert_snapshot!(lines(text, 0), @r#"
    {"schema":1,"input":"-","line":1,"span":[0,21],"source":"pe","address":"client@example.com","role":"to","route":"my_trips","notes":["unclosed"]}
    {"schema":1,"input":"-","line":2,"span":[22,80],"source":"pe","address":"somebody.with.a.long.address@department.example.com","role":"to","route":"my_trips","notes":["over_host_limit"]}
    "#);
}

#[test]
fn jsonl_is_unicode_whatever_came_in() {
    let text = b"PE\x87JANE@EXAMPLE.COM\x87TO/REN\xC9E\xA4F\r\n";
    assert_snapshot!(lines(text, 0), @r#"{"schema":1,"input":"-","line":1,"span":[0,30],"source":"pe","address":"jane@example.com","role":"to","name":"RENÉE","language":"fr","route":"my_trips","notes":[]}"#);
}

#[test]
fn jsonl_escapes_what_is_in_a_path() {
    let folder = Folder::new("path").file("a\"b\\c", "PE#a@example.com#");
    let run = folder.run(["route", "--format", "jsonl", "a\"b\\c"]);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(value["input"], "a\"b\\c");
}

#[test]
fn a_broken_entry_stops_nothing() {
    let text = "PE#a@example.com#\nPE#b@example.com#XX/\nPE1‡c@example.com‡\nPE#d@example.com#\n";
    let run = run(["route", "--format", "jsonl"], text);
    assert_eq!(run.code, 1);
    assert_eq!(run.out.lines().count(), 4);
    assert!(run.out.lines().last().unwrap().contains("d@example.com"));
    assert_eq!(run.err, "peline: 2 recipients, 2 unreadable entries\n");
}

#[test]
fn the_span_of_an_error_is_exact() {
    let text = "-DOE/JANE\n  >PE#boss@example.com#BCC/   \n";
    let out = lines(text, 1);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    let of = |span: &serde_json::Value| {
        let [start, end] = [0, 1].map(|at| usize::try_from(span[at].as_u64().unwrap()).unwrap());
        text.get(start..end)
    };
    assert_eq!(of(&value["span"]), Some("PE#boss@example.com#BCC/"));
    assert_eq!(of(&value["error"]["span"]), Some("BCC"));
}

#[test]
fn nothing_found_is_told() {
    let told = |input: &str| {
        let run = run(["route", "--format", "jsonl"], input);
        assert_eq!(run.code, 0);
        let source = if input.starts_with("Subject") {
            "mail"
        } else {
            "pe"
        };
        let notice = format!(
            "{{\"schema\":1,\"input\":\"-\",\"source\":\"{source}\",\"notice\":\"nothing_found\"}}\n"
        );
        assert_eq!(run.out, notice);
        run.err
    };
    assert_snapshot!(told("PENALTY APPLIES\n"), @r"
    peline: -: read as PE text, and no line of it is a PE entry
    peline: 0 recipients
    ");
    assert_snapshot!(told("Subject: x\nFrom: Air <noreply@air.example>\n\nTo: a@example.com\n"), @r"
    peline: -: read as a message, and it lists no recipients
    peline: 0 recipients
    ");
    assert_snapshot!(told("*PE\n"), @r"
    peline: -: read as PE text, and no line of it is a PE entry
    peline: 0 recipients, 1 *PE command
    ");
    let quiet = run(["route", "--quiet"], "PENALTY APPLIES\n");
    assert_eq!((&*quiet.out, &*quiet.err, quiet.code), ("", "", 0));
    let history = run(
        ["route", "--format", "jsonl"],
        "XPE E#old@example.com#CC/\n",
    );
    assert!(!history.out.contains("nothing_found"));
}

#[test]
fn utf_16_is_refused() {
    let text = "PE#jane@example.com#\n";
    let units = |of: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(of).collect::<Vec<u8>>();
    let [little, big] = [u16::to_le_bytes, u16::to_be_bytes].map(units);
    let marked = [&b"\xFF\xFE"[..], &little].concat();
    for input in [&little, &big, &marked] {
        for from in ["auto", "pe", "mail"] {
            let run = run(["route", "--quiet", "--from", from], input);
            assert_eq!((&*run.out, run.code), ("", 2));
            assert_eq!(
                run.err,
                "peline: -: this is UTF-16, of which nothing is read: save it as UTF-8\n"
            );
        }
    }
    let zeros = run(["route", "--format", "jsonl"], "PE#a@example.com#\0\0P\0");
    assert_eq!(zeros.code, 1);
}

#[test]
fn the_closing_count_counts_all() {
    let run = run(["route", "--format", "jsonl"], PNR);
    assert_snapshot!(run.err, @"peline: 3 recipients, 2 addresses without a route, 1 unreadable entry, 1 deletion, 1 *PE command; items are changed or deleted: who is gone, the text does not say; addresses exist that are not in this text");
}

#[test]
fn the_closing_count_knows_its_limits() {
    let counted = |text: &str| run(["route", "--format", "jsonl"], text).err;
    assert_snapshot!(counted("*PE\nPE2¤‡A@EXAMPLE.COM‡\n*PE\n"), @"peline: 1 recipient, 1 change, 2 *PE commands; items are changed or deleted: who is gone, the text does not say");
    assert_snapshot!(counted("PE1¤\nPE1¤#a@example.com#\nPE¤#a@example.com#\nPE2-3¤\n"), @"peline: 2 recipients, 2 deletions, 2 changes; items are changed or deleted: who is gone, the text does not say");
    assert_snapshot!(counted("PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL\n"), @"peline: 0 recipients; addresses exist that are not in this text");
    let plan = run(["route", "--plan"], "PE1¤\nPE1¤#a@example.com#\n");
    assert_snapshot!(plan.err, @"peline: 1 recipient, 1 deletion, 1 change; items are changed or deleted: who is gone, the text does not say");
}

#[test]
fn quiet_is_quiet() {
    let run = run(["route", "--quiet"], PNR);
    assert_eq!((&*run.err, run.code), ("", 1));
}

#[test]
fn plan_is_one_line_an_address() {
    let text = "PE#agent@example.com#CC/JANE¤E-1.1\n\
        PE#AGENT@EXAMPLE.COM#CC/-2\n\
        PE#broken@example.com#BCC/\n\
        PE#client@example.com#TO/\n\
        PE#client@example.com#BC/\n\
        PE#desk@example.com#FR/\n\
        APE E#desk@example.com#\n\
        XPE E#old@example.com#\n\
        PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL\n";
    let run = run(["route", "--plan", "--format", "jsonl"], text);
    assert_eq!(run.code, 1);
    assert_snapshot!(run.out, @r#"
    {"schema":1,"input":"-","line":3,"span":[63,89],"source":"pe","error":{"kind":"code_bcc","message":"BCC is no PE code; a blind copy is BC/","span":[85,88]}}
    {"schema":1,"input":"-","line":9,"span":[213,260],"source":"pe","notice":"addresses_not_in_text"}
    {"schema":1,"input":"-","source":"pe","address":"agent@example.com","role":"cc","name":"JANE","language":"en","passengers":["1.1","2"],"route":"following","notes":[]}
    {"schema":1,"input":"-","source":"pe","address":"client@example.com","role":"to","route":"my_trips","notes":["strongest_role"]}
    {"schema":1,"input":"-","source":"pe","address":"desk@example.com","route":null,"reason":"sender_override","notes":[]}
    {"schema":1,"input":"-","source":"pe","address":"old@example.com","route":null,"reason":"history","notes":[]}
    "#);
    assert_snapshot!(run.err, @"peline: 2 recipients, 2 addresses without a route, 1 unreadable entry; addresses exist that are not in this text");
}

#[test]
fn plan_merges_each_file_by_itself() {
    let folder = Folder::new("plan")
        .file("one", "PE#a@example.com#CC/\nPE#a@example.com#\n")
        .file("two", "PE#a@example.com#CC/\n");
    let run = folder.run(["route", "--plan", "--format", "jsonl", "one", "two"]);
    assert_snapshot!(run.out, @r#"
    {"schema":1,"input":"one","source":"pe","address":"a@example.com","role":"to","route":"my_trips","notes":["strongest_role"]}
    {"schema":1,"input":"two","source":"pe","address":"a@example.com","role":"cc","route":"following","notes":[]}
    "#);
}

#[test]
fn plan_tells_of_more_than_one_booking() {
    let text: String = (0..1000)
        .map(|number| format!("PE#a{number}@example.com#\n"))
        .collect();
    let run = run(["route", "--plan", "--format", "jsonl"], text);
    assert_eq!(run.code, 0);
    assert_snapshot!(run.err, @r"
    peline: -: more entries than a PNR can hold: not one booking
    peline: 1000 recipients
    ");
}

#[test]
fn plan_tells_of_what_is_not_one_list() {
    for list in [
        " 1.#a@example.com#\n 3.#b@example.com#\n",
        " 1.#a@example.com#\n 1.#b@example.com#\n",
        " 1.#a@example.com#\n 2.#b@example.com#TO/#\n",
    ] {
        let run = run(["route", "--plan"], list);
        assert_eq!(run.code, 0);
        assert_eq!(
            run.err,
            "peline: -: item numbers are missing or come twice, or it scrolls on: not one whole PE list\n\
             peline: 2 recipients\n"
        );
    }
}

#[test]
fn table_for_people() {
    let run = run(["route"], PNR);
    assert_eq!(run.code, 1);
    assert_snapshot!(run.out, @r"
    line      address                           role  name                  language  for      gets                      notes
    2         jsmith@ibm.net                    cc    JOHN P. SMITH         fr        1.1      Trips I'm Following
    3         not read: BCC is no PE code; a blind copy is BC/
              PE#boss@example.com#BCC/
                                  ^^^
    3         client_one@example.com            to                                             My Trips
    4         desk@example.com                  fr                                             nothing: it overrides
                                                                                               the sender of the mail
    5         old@example.com                   cc                                             nothing: it is history
    6         deletes items: who stood there, the text does not say
    7         the PNR has addresses that are not in this text: display them with *PE
    9         client.one@example.com            to                                    2        My Trips
    ");
}

#[test]
fn table_of_a_plan() {
    let run = run(
        ["route", "--plan"],
        "PE#a@example.com#CC/-1\nPE#A@example.com#CC/-2.1\n",
    );
    assert_snapshot!(run.out, @r"
    address                           role  name                  language  for      gets                      notes
    a@example.com                     cc                                    1 2.1    Trips I'm Following
    ");
}

#[test]
fn table_of_a_plan_tells_lines() {
    let run = run(["route", "--plan"], PNR);
    assert_snapshot!(run.out, @r"
    address                           role  name                  language  for      gets                      notes
    line 3    not read: BCC is no PE code; a blind copy is BC/
              PE#boss@example.com#BCC/
                                  ^^^
    line 6    deletes items: who stood there, the text does not say
    line 7    the PNR has addresses that are not in this text: display them with *PE
    client.one@example.com            to                                    2        My Trips
    client_one@example.com            to                                             My Trips
    jsmith@ibm.net                    cc    JOHN P. SMITH         fr        1.1      Trips I'm Following
    desk@example.com                                                                 nothing: it overrides
                                                                                     the sender of the mail
    old@example.com                                                                  nothing: it is history
    ");
}

#[test]
fn table_points_at_what_is_wrong() {
    let text = format!(
        "{}  >PE#a@example.com#BCC/\n*PE\n 1.‡B@EXA\n      MPLE.COM‡XX/\n",
        "-DOE/JANE\n".repeat(11)
    );
    let run = run(["route"], text);
    assert_eq!(run.code, 1);
    assert_snapshot!(run.out, @r"
    line      address                           role  name                  language  for      gets                      notes
    12        not read: BCC is no PE code; a blind copy is BC/
              PE#a@example.com#BCC/
                               ^^^
    14        not read: the code must be TO, CC, BC or FR, followed by `/`
                    MPLE.COM‡XX/
                             ^^
    ");
}

#[test]
fn table_names_each_of_several_files() {
    let folder = Folder::new("several")
        .file("one", "PE#a@example.com#\n")
        .file("two", "PE#b@example.com#\n");
    assert_snapshot!(folder.run(["route", "one", "two"]).out, @r"
    line      address                           role  name                  language  for      gets                      notes
    one:
    1         a@example.com                     to                                             My Trips
    two:
    1         b@example.com                     to                                             My Trips
    ");
}

#[test]
fn table_cuts_nothing() {
    let address = format!("{}@{}.example.com", "local".repeat(12), "label".repeat(12));
    let name = "NAME".repeat(5000);
    let run = run(["route"], format!("PE‡{address}‡TO/{name}\n"));
    let cell = |from: usize, to: usize| -> String {
        let rows = run.out.lines().skip(1);
        rows.map(|row| row.get(from..row.len().min(to)).unwrap_or_default().trim())
            .collect()
    };
    assert_eq!(cell(10, 42), address);
    assert_eq!(cell(50, 70), name);
}

#[test]
fn a_table_moves_no_cursor() {
    let name = "A\u{202E}B\u{200B}C\u{AD}D\u{2066}E\u{FEFF}F\u{61C}G\u{2028}H";
    let folder = Folder::new("cursor")
        .file("\u{1b}[2J", format!("PE‡a@example.com‡TO/{name}\n"))
        .file("b", "PE‡b@example.com\u{1b}‡\n");
    let run = folder.run(["route", "\u{1b}[2J", "b", "\u{9b}none"]);
    assert_eq!(run.code, 2);
    for text in [&run.out, &run.err] {
        assert!(
            !text.chars().any(|char| char != '\n' && char.is_control()),
            "{text:?}"
        );
    }
    let moves = [
        '\u{202E}', '\u{200B}', '\u{AD}', '\u{2066}', '\u{FEFF}', '\u{61C}', '\u{2028}',
    ];
    assert!(!run.out.contains(moves), "{:?}", run.out);
    assert!(run.out.contains("A\u{FFFD}B\u{FFFD}C"), "{:?}", run.out);
}

#[test]
fn standard_input_has_two_names() {
    let text = "PE#a@example.com#\n";
    let none = lines(text, 0);
    assert!(none.starts_with("{\"schema\":1,\"input\":\"-\","));
    assert_eq!(run(["route", "--format", "jsonl", "-"], text).out, none);
}

/// As soon as the next line has come, which tells that it is whole.
#[test]
fn what_is_found_is_printed_at_once() {
    let mut child = started(
        ["route", "--from", "pe", "--format", "jsonl"],
        Path::new("."),
    );
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    for number in 0..3 {
        let entry = format!("PE#a{number}@example.com#\n-DOE/JANE\n");
        let (head, tail) = entry.split_at(7);
        for piece in [head, tail] {
            input.write_all(piece.as_bytes()).unwrap();
            input.flush().unwrap();
        }
        line.clear();
        output.read_line(&mut line).unwrap();
        assert!(
            line.contains(&format!("\"address\":\"a{number}@example.com\"")),
            "{line}"
        );
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_long_stream_is_read_as_a_whole() {
    let entry = "PE#client.number.one@example.com#CC/JANE DOE\n";
    let text = entry.repeat(50_000);
    let folder = Folder::new("long").file("long", &text);
    for from in ["auto", "pe"] {
        let run = folder.run(["route", "--format", "jsonl", "--from", from, "long"]);
        let spans = run.out.lines().enumerate().all(|(index, line)| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            value["line"] == index + 1 && value["span"][0] == index * entry.len()
        });
        assert!(spans);
        assert_eq!(run.err, "peline: 50000 recipients\n");
    }
}

#[test]
fn auto_takes_messages_for_mail() {
    for head in [
        "From: a@example.com",
        "TO : a@example.com",
        "date:\tMon, 1 Jan 2024 00:00:00 +0000",
        "Subject: trip\r\nMessage-ID: <1@example.com>\r\n",
        "X-Note: PE\nReceived: from example.com",
        "From a@example.com Mon Jan  1 00:00:00 2024",
        "\u{feff}Return-Path: <a@example.com>",
        "MIME-version: 1.0",
        "Delivered-To: a@example.com",
    ] {
        let args = [
            "route",
            "--format",
            "jsonl",
            "--envelope-to",
            "b@example.com",
        ];
        let run = run(args, format!("{head}\n\nPE#a@example.com#\n"));
        assert!(run.code < 2, "{head}: {}", run.err);
        assert!(run.out.contains("\"source\":\"mail\""), "{head}");
        assert!(!run.out.contains("\"source\":\"pe\""), "{head}");
    }
}

#[test]
fn auto_takes_all_else_for_pe() {
    for head in [
        "",
        "\nFrom: a@example.com",
        "\r\nFrom: a@example.com",
        "FROM THE DESK\nDate of travel: 1 JAN",
        "Subject: trip",
        " From: a@example.com",
        "X\nFrom a@example.com",
        "From",
    ] {
        let out = lines(format!("{head}\nPE#a@example.com#\n"), 0);
        assert_eq!(out.lines().count(), 1, "{head}");
    }
}

#[test]
fn auto_looks_at_the_beginning_only() {
    let text = format!(
        "{}From: a@example.com\nPE#a@example.com#\n",
        "X\n".repeat(1024 * 1024)
    );
    assert_eq!(lines(text, 0).lines().count(), 1);
}

#[test]
fn from_pe_reads_a_message_as_pe() {
    let text = "From: a@example.com\nPE#a@example.com#\n";
    let run = run(["route", "--from", "pe", "--format", "jsonl"], text);
    assert_eq!((run.out.lines().count(), run.code), (1, 0));
}

#[test]
fn a_file_that_is_not_there_stops_no_other() {
    let folder = Folder::new("absent").file("there", "PE#a@example.com#BCC/\n");
    for absent in ["absent", "."] {
        let alone = folder.run(["route", absent]);
        assert_eq!((&*alone.out, alone.code), ("", 2));
        assert!(
            alone.err.starts_with(&format!("peline: {absent}: ")),
            "{}",
            alone.err
        );
        assert_eq!(alone.err.lines().count(), 1, "{}", alone.err);

        let run = folder.run(["route", "--format", "jsonl", absent, "there"]);
        assert_eq!((run.out.lines().count(), run.code), (1, 2));
        assert!(
            run.err.starts_with(&format!("peline: {absent}: ")),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let text = "PE#client@example.com#CC/JANE DOE\n".repeat(100_000);
    for format in ["jsonl", "table"] {
        let args = ["route", "--quiet", "--from", "pe", "--format", format];
        let mut child = started(args, Path::new("."));
        drop(child.stdout.take());
        child.stdin.take().unwrap().write_all(text.as_bytes()).ok();
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), &*err),
            (Some(0), ""),
            "{format}"
        );
    }
}

//! `write`: what is written, and what cannot be.

use std::path::Path;

use insta::assert_snapshot;

use super::{Run, lines, run_in};

#[track_caller]
fn written<const N: usize>(args: [&str; N]) -> Run {
    run_in(Path::new("."), ["write"].into_iter().chain(args), "")
}

#[test]
fn what_is_written_is_read_again() {
    let run = written([
        "--cc",
        "Jane_Doe@example.com",
        "--name",
        "JANE DOE",
        "--language",
        "zh-hant",
        "--passenger",
        "1.1",
    ]);
    assert_eq!(run.out, "PE‡JANE==DOE@EXAMPLE.COM‡CC/JANE DOE¤H-1.1\n");
    assert_eq!((&*run.err, run.code), ("", 0));
    assert_snapshot!(lines(run.out, 0), @r#"{"schema":1,"input":"-","line":1,"span":[0,47],"source":"pe","address":"jane_doe@example.com","role":"cc","name":"JANE DOE","language":"zh-Hant","passenger":"1.1","route":"following","notes":[]}"#);
}

#[test]
fn each_role_and_glyph_can_be_written() {
    for (args, text) in [
        (
            ["--to", "a@example.com", "--glyph", "‡"],
            "PE‡A@EXAMPLE.COM‡TO/\n",
        ),
        (
            ["--bcc", "a@example.com", "--glyph", "#"],
            "PE#A@EXAMPLE.COM#BC/\n",
        ),
        (
            ["--fr", "a@example.com", "--glyph", "¥"],
            "PE¥A@EXAMPLE.COM¥FR/\n",
        ),
    ] {
        let run = written(args);
        assert_eq!((&*run.out, run.code), (text, 0), "{}", run.err);
    }
}

#[test]
fn a_passenger_may_have_its_hyphen() {
    for (passenger, tail) in [("1.1", "-1.1"), ("-1.1", "-1.1"), ("-2", "-2")] {
        let run = written(["--to", "a@example.com", "--passenger", passenger]);
        let text = format!("PE‡A@EXAMPLE.COM‡TO/{tail}\n");
        assert_eq!((&*run.out, run.code), (&*text, 0), "{}", run.err);
    }
}

#[test]
fn what_the_host_does_not_take_is_told() {
    let run = written([
        "--to",
        "a@example.com",
        "--name",
        "LONG NAME ".repeat(6).trim_end(),
    ]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.err,
        "peline: longer than the 57 characters that the host takes for an entry\n"
    );
}

#[test]
fn what_cannot_be_written_is_wrong_usage() {
    for (args, message) in [
        (&[][..], "required arguments"),
        (
            &["--to", "a@example.com", "--cc", "b@example.com"],
            "cannot be used with",
        ),
        (&["--to", "a.example.com"], "the address has no @"),
        (&["--to", "a/b@example.com"], "cannot be written as PE"),
        (
            &["--to", "a#b@example.com", "--glyph", "#"],
            "holds the delimiter; choose another --glyph",
        ),
        (
            &["--to", "a@example.com", "--name", "X-1.1"],
            "read as a name reference",
        ),
        (
            &[
                "--to",
                "a@example.com",
                "--name",
                "UNIT",
                "--passenger",
                "7",
            ],
            "not be read apart again; a bare number behind a name needs a language, or give item \
             and passenger like 7.1",
        ),
        (
            &["--to", "a@example.com", "--language", "V"],
            "asked for: sv",
        ),
        (
            &["--to", "a@example.com", "--language", "nl"],
            "zh-Hans, zh-Hant",
        ),
        (
            &["--to", "a@example.com", "--passenger", "1-2"],
            "written like 1.1 or 1",
        ),
        (
            &["--to", "a@example.com", "--passenger", "--1.1"],
            "written like 1.1 or 1",
        ),
        (
            &["--to", "a@example.com", "--passenger", "0"],
            "run from 1 to 999",
        ),
        (&["--to", "a@example.com", "--glyph", "x"], "delimiter"),
    ] {
        let args = [&["write"], args].concat();
        let run = run_in(Path::new("."), &args, "");
        assert_eq!((&*run.out, run.code), ("", 2), "{args:?}");
        assert!(run.err.contains(message), "{args:?}: {}", run.err);
        assert!(!run.err.contains("panicked"), "{}", run.err);
    }
}

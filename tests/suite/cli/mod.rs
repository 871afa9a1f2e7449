//! The command line: what it prints, byte for byte, and how it ends.

mod envelope;
mod explain;
mod header;
mod kinds;
mod mail;
mod route;
mod schema;
mod way;
mod write;

use std::{
    ffi::OsStr,
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

const TRIP: &str = "From: Air Example <noreply@air.example>\n\
    To: Jane Doe <client@example.com>\n\
    Cc: agent@agency.example\n\
    Subject: Your trip\n\
    \n\
    PE#body@example.com#\n";

/// Something of everything that is shown, and of what is not.
const ODD: &str = "Received: by mx.example;\n\
    \tSun, 22 Nov 2026 10:00:00 +0100\n\
    To: =?utf-8?q?Jos=C3=A9?= <jose@example.com>,,\n \
    Team: Ann <ann@example.com>, bob@example.com;\n\
    Cc: ann@example.com, a..b@example.com\n\
    Bcc: \"\" <boss@example.com>, cli@localhost\n\
    no field\n\
    Date: never\n\
    From: nobody at all\n";

/// What a run printed, and its exit status.
struct Run {
    out: String,
    err: String,
    code: i32,
}

fn started(args: impl IntoIterator<Item = impl AsRef<OsStr>>, folder: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_peline"))
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn run_in<A: AsRef<OsStr>>(
    folder: &Path,
    args: impl IntoIterator<Item = A>,
    input: impl AsRef<[u8]>,
) -> Run {
    let mut child = started(args, folder);
    // A command that reads nothing may be gone already.
    child.stdin.take().unwrap().write_all(input.as_ref()).ok();
    let output = child.wait_with_output().unwrap();
    Run {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

#[track_caller]
fn run<const N: usize>(args: [&str; N], input: impl AsRef<[u8]>) -> Run {
    run_in(Path::new("."), args, input)
}

/// The JSON lines of a text, which must end with `code`.
#[track_caller]
fn lines(input: impl AsRef<[u8]>, code: i32) -> String {
    let run = run(["route", "--format", "jsonl"], input);
    assert_eq!(run.code, code, "{}", run.err);
    run.out
}

/// A folder of a test's own, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let unique = format!("{name}-{}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(unique);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.join(name), content).unwrap();
        self
    }

    fn run<const N: usize>(&self, args: [&str; N]) -> Run {
        run_in(&self.0, args, "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    for args in [
        &[][..],
        &["route", "--from", "fax"],
        &["route", "--format", "xml"],
        &["route", "--envelope-to", "no address"],
        &["route", "--from", "pe", "--envelope-to", "a@example.com"],
        &["explain"],
        &["way", "-"],
        &["way", "--me", "nobody", "-"],
        &["way", "--me", "a@example.com"],
        &["way", "--me", "a@example.com", "--from", "mail", "-"],
        &[
            "way",
            "--me",
            "a@example.com",
            "--client-has-account",
            "--client-has-no-account",
            "-",
        ],
    ] {
        let run = run_in(Path::new("."), args, "");
        assert_eq!((&*run.out, run.code), ("", 2), "{args:?}");
        assert!(!run.err.is_empty());
    }
}

#[test]
fn wrong_usage_drives_no_terminal() {
    let run = run(["way", "--me", "\x1b[31mjane doe@b\x1b]0;x\x07", "-"], "");
    assert_eq!((&*run.out, run.code), ("", 2));
    assert!(run.err.contains("jane doe@b"), "{}", run.err);
    assert!(!run.err.replace('\n', "").contains(char::is_control));
}

/// What could not be read by the time the reader of the output went away is told in the status all the same.
#[test]
fn a_reader_who_goes_away_hides_no_errors() {
    let entries = "PE#agent@example.com#CC/\n".repeat(100_000);
    let folder = Folder::new("pipe")
        .file("broken.txt", format!("PE#bad@@x#\n{entries}"))
        .file("good.txt", entries);
    for (files, code) in [
        (&["good.txt"][..], 0),
        (&["broken.txt"], 1),
        (&["none.txt", "good.txt"], 2),
    ] {
        let args = ["route", "--quiet", "--format", "jsonl"];
        let mut child = started(args.iter().chain(files), &folder.0);
        let mut first = [0; 16];
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut first).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{files:?}");
    }
}

#[test]
fn nobody_who_reads_is_no_fault() {
    for (args, code) in [
        (&["route"][..], 1),
        (&["explain", "*PE"], 0),
        (&["explain", "PE#bad@@x#"], 1),
        (&["explain", "To: a..b@example.com"], 1),
        (&["write", "--to", "a@example.com"], 0),
        (&["way", "--me", "a@example.com", "-"], 1),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut child = Command::new(env!("CARGO_BIN_EXE_peline"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(b"PE#bad@@x#\n").ok();
        drop(input);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!err.contains("cannot be written"), "{err}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_fault() {
    for args in [
        &["route"][..],
        &["explain", "*PE"],
        &["write", "--to", "a@example.com"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_peline"))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(fs::File::create("/dev/full").unwrap())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(b"PE#a@example.com#\n")
            .ok();
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            err.starts_with("peline: the output cannot be written: "),
            "{err}"
        );
    }
}

fn objects(out: &str) -> Vec<Value> {
    let objects = out.lines().map(|line| serde_json::from_str(line).unwrap());
    objects.collect()
}

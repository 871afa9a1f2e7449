//! The corpus of messages: invented, each with the recipients that are read out of it beside it.
//!
//! `PELINE_BLESS=1 cargo test` writes the expectations anew; read the difference before you keep it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use peline::{Address, Listed, Notes, Role, mail::Message, printable, route};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/mail")
}

/// Every message of the corpus with its path.
pub(crate) fn messages() -> Vec<(PathBuf, Vec<u8>)> {
    let mut messages: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    messages.sort();
    assert!(
        messages.len() >= 40,
        "only {} messages were found",
        messages.len()
    );
    messages
}

/// The recipients of the envelope, one address a line in the file beside the message.
fn envelope(path: &Path) -> Vec<Address> {
    fs::read_to_string(path.with_extension("envelope"))
        .unwrap_or_default()
        .lines()
        .map(|line| line.parse().unwrap())
        .collect()
}

/// Whether the line ends of the message are what it is about.
fn has_line_ends_of_its_own(path: &Path) -> bool {
    let name = path.file_stem().unwrap().to_str().unwrap();
    name.ends_with("-crlf") || name.ends_with("-mixed")
}

fn with_crlf(text: &[u8]) -> Vec<u8> {
    text.split(|&byte| byte == b'\n')
        .collect::<Vec<_>>()
        .join(&b"\r\n"[..])
}

/// One line for what is listed.
fn described(listed: &Listed<'_>) -> String {
    let candidate = match &listed.content {
        Ok(candidate) => candidate,
        Err(error) => return format!("error {}", error.kind().name()),
    };
    let line = |role: Role, address: &str, what: &str, name: Option<&str>, notes: Notes| {
        let mut line = format!("{} {address} {what}", role.name());
        if let Some(name) = name {
            write!(line, " [{}]", printable(name)).unwrap();
        }
        for note in notes.iter() {
            write!(line, " ({})", note.name()).unwrap();
        }
        line
    };
    match candidate.recipient() {
        Ok(recipient) => line(
            recipient.role(),
            recipient.address().as_str(),
            route(&recipient).name(),
            recipient.name(),
            recipient.notes(),
        ),
        Err(unrouted) => line(
            unrouted.role().unwrap(),
            unrouted.address().as_str(),
            &format!("-{}", unrouted.reason().name()),
            unrouted.name(),
            unrouted.notes(),
        ),
    }
}

fn list(text: &[u8], envelope: &[Address]) -> String {
    match Message::parse(text) {
        Ok(message) => message
            .recipients(envelope)
            .map(|listed| described(&listed) + "\n")
            .collect(),
        Err(error) => format!("message {}\n", error.kind().name()),
    }
}

#[test]
fn replay() {
    let mut differences = String::new();
    for (path, text) in messages() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let envelope = envelope(&path);
        let found = list(&text, &envelope);
        let expected_path = path.with_extension("expected");
        if std::env::var_os("PELINE_BLESS").is_some() {
            fs::write(&expected_path, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap();
        let mut compare = |found: &str, how: &str| {
            if found != expected {
                write!(differences, "\n{name}{how}\n{found}instead of\n{expected}").unwrap();
            }
        };
        compare(&found, "");
        if !has_line_ends_of_its_own(&path) {
            assert!(!text.contains(&b'\r'), "{name}");
            compare(&list(&with_crlf(&text), &envelope), ", with CRLF");
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn every_fuzz_law_holds_over_the_messages() {
    for (_, text) in messages() {
        let laws = super::laws::LAWS.iter();
        for (_, law) in laws.filter(|(name, _)| ["header_block", "message_plan"].contains(name)) {
            law(&text);
            law(&with_crlf(&text));
        }
    }
}

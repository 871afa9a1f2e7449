//! The mail commands, and whom they mail.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use peline::{
    ErrorKind::{self, *},
    Note,
    pe::{Document, ItemNumber, MailCommand, Mailed, NameSelector, PeEntry, select},
};

#[track_caller]
fn ok(text: &str, canonical: &str) -> MailCommand {
    let command: MailCommand = match text.parse() {
        Ok(command) => command,
        Err(error) => panic!("{text}: {error}"),
    };
    assert_eq!(command.to_string(), canonical);
    command
}

#[track_caller]
fn err(text: &str, kind: ErrorKind, at: &str) {
    let error = text.parse::<MailCommand>().expect_err(text);
    let marked = error
        .span()
        .of(text.as_bytes())
        .map(String::from_utf8_lossy);
    assert_eq!(
        (error.kind(), marked.as_deref()),
        (kind, Some(at)),
        "{text}"
    );
}

#[test]
fn every_document_with_and_without_redisplay() {
    for document in Document::ALL {
        let plain = ok(document.as_str(), document.as_str());
        assert_eq!((plain.document(), plain.redisplays()), (document, false));
        let text = format!("{}R", document.as_str());
        let again = ok(&text.to_lowercase(), &text);
        assert_eq!((again.document(), again.redisplays()), (document, true));
    }
}

#[test]
fn every_modifier() {
    assert_eq!(
        ok("EM‡A2", "EM‡A2")
            .items()
            .map(ToString::to_string)
            .as_deref(),
        Some("2")
    );
    assert_eq!(
        ok("EM#A2-5", "EM‡A2-5")
            .items()
            .map(ToString::to_string)
            .as_deref(),
        Some("2-5")
    );
    let items = ok("EM¥a2/4/5", "EM‡A2/4/5");
    assert_eq!(
        items.items().map(ToString::to_string).as_deref(),
        Some("2,4,5")
    );
    let name = Some(NameSelector::Name("1.1".parse().unwrap()));
    assert_eq!(ok("EM‡N1.1", "EM‡N1.1").names(), name);
    assert_eq!(
        ok("EM‡N5.0", "EM‡N5.0").names(),
        Some(NameSelector::Name("5".parse().unwrap()))
    );
    assert_eq!(ok("EM‡N0.0", "EM‡N0.0").names(), Some(NameSelector::All));
    assert!(ok("EMX‡S1", "EMX‡S1").segments().is_some());
    assert!(ok("EMXP‡S1-3/5", "EMXP‡S1-3/5").segments().is_some());
    for (text, urgent, receipt) in [
        ("EM‡PH", true, false),
        ("EMTR‡RR", false, true),
        ("EM‡N1.1", false, false),
    ] {
        let command = ok(text, text);
        let asked = (command.has_priority(), command.asks_return_receipt());
        assert_eq!(asked, (urgent, receipt), "{text}");
    }
    ok("EMX‡RR‡PH‡S1‡N1.1‡A2", "EMX‡A2‡N1.1‡S1‡PH‡RR");
}

#[test]
fn history_prints_no_delimiter() {
    let command = ok("EMN1.1", "EM‡N1.1");
    assert!(command.notes().contains(Note::UnwrittenDelimiter));
    ok("EMTN2.1‡RR", "EMT‡N2.1‡RR");
    assert!(ok("EM‡N1.1", "EM‡N1.1").notes().is_empty());
}

/// As history prints it, or with the modifiers in another order, it is the same command.
#[test]
fn two_commands_are_the_same_where_they_do_the_same() {
    let command = ok("EM‡N1.1‡RR", "EM‡N1.1‡RR");
    let same = ok("EMN1.1‡RR", "EM‡N1.1‡RR");
    assert_ne!(command.notes(), same.notes());
    assert_eq!(command, same);
    assert_eq!(command, ok("em#rr#n1.1", "EM‡N1.1‡RR"));
    for (text, canonical) in [
        ("EM‡N1.1", "EM‡N1.1"),
        ("EMR‡N1.1‡RR", "EMR‡N1.1‡RR"),
        ("EM‡N1.2‡RR", "EM‡N1.2‡RR"),
    ] {
        assert_ne!(command, ok(text, canonical));
    }
    let mut seen = HashSet::from([command.clone(), same]);
    assert_eq!(seen.len(), 1);
    let hash = |command: &MailCommand| {
        let mut hasher = DefaultHasher::new();
        command.hash(&mut hasher);
        hasher.finish()
    };
    let other = ok("EM‡N1.1", "EM‡N1.1");
    assert_ne!(hash(&command), hash(&other));
    assert!(seen.insert(other));
}

#[test]
fn what_is_no_mail_command() {
    err("EMALL", OtherSystem, "EMALL");
    err("ERM", OtherSystem, "ERM");
    err("EM*", OtherSystem, "EM*");
    err("PE#a@b.com#", ExpectedMailCommand, "PE#a");
    err("", ExpectedMailCommand, "");
    err("EMQ", ExpectedDelimiter, "Q");
    err("EMIP", ExpectedDelimiter, "P");
    err("EM A2", ExpectedDelimiter, " ");
    err("EMA2", ExpectedDelimiter, "A");
}

#[test]
fn modifiers_that_are_none() {
    err("EM‡", UnknownModifier, "");
    err("EM‡Q1", UnknownModifier, "Q1");
    err("EM‡S1", UnknownModifier, "S1");
    err("EM‡A2‡A3", RepeatedModifier, "A3");
    err("EM‡PH‡PH", RepeatedModifier, "PH");
    err("EM‡RR‡RR", RepeatedModifier, "RR");
    err("EMN1.1‡N1.2", RepeatedModifier, "N1.2");
    err("EM‡A", MalformedModifier, "A");
    err("EM‡A0", MalformedModifier, "A0");
    err("EM‡A1000", MalformedModifier, "A1000");
    // A colon stands behind the digits in ASCII, and is none.
    err("EM‡A1:", MalformedModifier, "A1:");
    err("EM‡N1.:", MalformedModifier, "N1.:");
    err("EM‡A5-2", MalformedModifier, "A5-2");
    err("EM‡A2-2", MalformedModifier, "A2-2");
    err("EM‡A2/2", MalformedModifier, "A2/2");
    err("EM‡A2-4/4", MalformedModifier, "A2-4/4");
    err("EM‡A2,4", MalformedModifier, "A2,4");
    err("EM‡N1", MalformedModifier, "N1");
    err("EM‡N0.1", MalformedModifier, "N0.1");
    err("EM‡N1.1/2.1", MalformedModifier, "N1.1/2.1");
    err("EM‡A2#N1.1", MixedDelimiters, "#");
}

/// Five entries: To for 1.1, Cc for the whole PNR, Bc for item 2, Fr, and one of unknown number.
fn mailed(command: &str) -> Vec<Mailed> {
    let entries: Vec<PeEntry> = ["-1.1", "CC/", "BC/-2", "FR/", "CC/-1.1"]
        .map(|tail| format!("PE‡A@EXAMPLE.COM‡{tail}").parse().unwrap())
        .into();
    let number = |index: usize| ItemNumber::new([1, 2, 3, 4, 0][index]);
    let entries = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| (number(index), entry));
    select(&command.parse().unwrap(), entries)
        .entries()
        .to_vec()
}

#[test]
fn whom_a_command_mails() {
    use Mailed::{No, Undocumented as Unclear, Yes};

    assert_eq!(mailed("EM"), [Yes, Yes, Yes, No, Yes]);
    assert_eq!(mailed("EM‡PH‡RR"), [Yes, Yes, Yes, No, Yes]);
    assert_eq!(mailed("EM‡A2-4"), [No, Yes, Yes, No, Unclear]);
    assert_eq!(mailed("EM‡N0.0"), [Yes, Yes, Yes, No, Yes]);
    assert_eq!(mailed("EM‡N1.0"), [Yes, Unclear, No, No, Yes]);
    assert_eq!(mailed("EM‡N2.0"), [No, Unclear, Yes, No, No]);
    assert_eq!(mailed("EM‡N1.1"), [Yes, Unclear, No, No, Yes]);
    assert_eq!(mailed("EM‡N2.1"), [No, Unclear, Unclear, No, No]);
    assert_eq!(mailed("EM‡A1‡N1.1"), [Yes, Unclear, No, No, Unclear]);
    assert_eq!(mailed("EM‡A2‡N1.1"), [Unclear, Unclear, No, No, Unclear]);
}

#[test]
fn many_addresses_are_a_note() {
    let entry: PeEntry = "PE‡A@EXAMPLE.COM‡".parse().unwrap();
    let of = |count: usize| {
        select(
            &"EM".parse().unwrap(),
            core::iter::repeat_n((None, &entry), count),
        )
        .notes()
    };
    assert!(of(27).is_empty());
    assert!(of(28).contains(Note::ManyAddresses));
}

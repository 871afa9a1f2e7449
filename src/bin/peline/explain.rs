//! `peline explain`: one entry, mail command or header, spelled out.

use std::io::{self, Write};

use clap::builder::styling::Style;
use peline::{
    ConfirmationMail, ErrorKind, Notes, ParseError, Recipient, Unrouted,
    pe::{self, Code, Content, HistoryAction, ItemRange, MailCommand, NameReference},
    pe::{RawCommand, RawEntry},
    printable, route,
};

use crate::{
    args::ExplainArgs,
    exit::{Exit, Failure},
    explain_header::{self, header_of},
    explain_mail::mail_command,
    shown::tell,
};

/// What a part is called, and what it says.
pub(crate) type Part = (&'static str, String);

/// Explains the text, or draws what is wrong with it.
pub(crate) fn run(args: &ExplainArgs) -> Result<Exit, Failure> {
    let text = args.text.as_encoded_bytes();
    let mut lines = Vec::new();
    let (mut exit, mut remark) = (Exit::Read, None);
    if let Some(message) = header_of(text) {
        exit = explain_header::explain(&mut lines, message, text)?;
    } else {
        match explained(text) {
            Ok(parts) => write_parts(&mut lines, parts)?,
            Err(error) => {
                writeln!(lines, "{}", error.caret(text))?;
                exit = Exit::Unread;
                remark = remark_on(error, text);
            }
        }
    }
    let mut out = anstream::stdout().lock();
    let exit = exit.once(out.write_all(&lines).and_then(|()| out.flush()))?;
    if let Some(remark) = remark {
        tell(&remark);
    }
    Ok(exit)
}

/// What is to be said beside an error.
fn remark_on(error: ParseError, text: &[u8]) -> Option<&'static str> {
    if text.contains(&b'\n') {
        Some("one entry at a time")
    } else if error.kind() == ErrorKind::ExpectedPe {
        Some("no header field that is read either, such as `To: jane@example.com`")
    } else {
        None
    }
}

/// Writes one part a line.
pub(crate) fn write_parts(
    out: &mut impl Write,
    parts: impl IntoIterator<Item = Part>,
) -> io::Result<()> {
    let bold = Style::new().bold();
    for (name, value) in parts {
        let value = printable(&value);
        writeln!(out, "{bold}{name:<10}{bold:#} {value}")?;
    }
    Ok(())
}

/// A command; or, what `scan` finds in a line that is not only that: behind a prompt, in a display, in history.
fn explained(text: &[u8]) -> Result<Vec<Part>, ParseError> {
    let error = match RawCommand::parse(text) {
        Ok(command) => return Ok(command_parts(&command)),
        Err(error) => error,
    };
    if let Some([b'E' | b'e', b'M' | b'm']) = text.first_chunk()
        && let Ok(text) = str::from_utf8(text)
    {
        return text.parse::<MailCommand>().map(|it| mail_command(&it));
    }
    let mut found = pe::scan(text);
    match (found.next().map(|found| found.content), found.next()) {
        (Some(Ok(content)), None) => content_parts(&content).ok_or(error),
        (Some(Err(error)), None) => Err(error),
        _ => Err(error),
    }
}

/// What stands in a line.
fn content_parts(content: &Content<'_>) -> Option<Vec<Part>> {
    let what = match content {
        Content::Listed(item, _) => format!("shows item {item}, as *PE displays it"),
        Content::History(HistoryAction::Added, _) => "history: was added".to_owned(),
        Content::History(HistoryAction::Deleted, _) => "history: was deleted".to_owned(),
        Content::History(HistoryAction::Changed, _) => "history: was changed".to_owned(),
        Content::AddressesNotInText => {
            let what = "says that the PNR has addresses, which this text does not show";
            return Some(vec![("line", what.to_owned())]);
        }
        Content::Command(command) => return Some(command_parts(command)),
    };
    Some(entry_parts(
        ("line", what),
        content.entry()?,
        &content.recipient()?,
    ))
}

fn command_parts(command: &RawCommand<'_>) -> Vec<Part> {
    let what = match command {
        RawCommand::Add(_) => "adds an entry".to_owned(),
        RawCommand::Change(Some(item), _) => format!("puts an entry in the place of item {item}"),
        RawCommand::Change(None, _) => "puts an entry in the place of the only item".to_owned(),
        RawCommand::Delete(items) => format!("deletes {}", numbered("item", items.ranges())),
        RawCommand::Display => "displays the PE field".to_owned(),
    };
    let canonical = canonical(command.to_owned().to_string());
    let what = ("command", what);
    let content = Content::Command(*command);
    let mut parts = match (content.entry(), content.recipient()) {
        (Some(entry), Some(recipient)) => entry_parts(what, entry, &recipient),
        _ => vec![what],
    };
    // Of a change the canonical text is the whole command.
    match parts.iter_mut().find(|(name, _)| *name == canonical.0) {
        Some(part) => *part = canonical,
        None => parts.push(canonical),
    }
    parts
}

fn entry_parts(
    what: Part,
    raw: &RawEntry<'_>,
    recipient: &Result<Recipient, Unrouted>,
) -> Vec<Part> {
    let entry = raw.to_owned();
    let mut parts = vec![what, ("address", entry.address().to_string())];
    parts.extend(written_address(raw).map(|text| ("written", text)));
    let written = match entry.written_code() {
        Some(_) => "",
        None => " (not written)",
    };
    let meaning = match entry.code() {
        Code::To => "who gets the message",
        Code::Cc => "who gets a copy",
        Code::Bc => "who gets a blind copy",
        Code::Fr => "whom the mail comes from; its replies go there as well",
    };
    parts.push(("code", format!("{}{written}: {meaning}", entry.code())));
    parts.extend(
        entry
            .addressee()
            .map(|name| ("addressee", name.to_string())),
    );
    parts.extend(entry.language().map(|language| {
        let (letter, name, tag) = (language.letter(), language.english_name(), language.tag());
        ("language", format!("{letter}: {name} ({tag})"))
    }));
    parts.push(("for", for_whom(entry.name_reference())));
    parts.push(("gets", gets(recipient)));
    parts.push(canonical(entry.to_string()));
    parts.extend(notes(raw.notes()));
    parts
}

/// What is to be copied: with another character in the place of one that cannot be seen it would say something else.
fn canonical(text: String) -> Part {
    let text = match printable(&text) == text {
        true => text,
        false => "not shown: what cannot be seen is in it".to_owned(),
    };
    ("canonical", text)
}

pub(crate) fn notes(notes: Notes) -> impl Iterator<Item = Part> {
    notes.iter().map(|note| ("note", note.to_string()))
}

fn for_whom(reference: Option<NameReference>) -> String {
    match reference.map(|reference| (reference.item(), reference.passenger())) {
        None => "the whole PNR".to_owned(),
        Some((item, None)) => format!("name item {item}"),
        Some((item, Some(passenger))) => format!("name item {item}, passenger {passenger}"),
    }
}

pub(crate) fn gets(recipient: &Result<Recipient, Unrouted>) -> String {
    let route = match recipient {
        Ok(recipient) => route(recipient),
        Err(unrouted) => return format!("nothing: {}", unrouted.reason()),
    };
    let mail = match route.mail() {
        ConfirmationMail::Message => "the message",
        ConfirmationMail::Copy => "a copy of the mail",
    };
    match route.list() {
        Some(list) => format!(
            "{mail}; the trip is imported into {} (in the app: {})",
            list.web_title(),
            list.app_title(),
        ),
        None => format!("{mail}; nothing is imported"),
    }
}

/// `item 1`, `items 1 to 3 and 5`.
pub(crate) fn numbered(noun: &str, ranges: impl Iterator<Item = ItemRange>) -> String {
    let range = |(first, last): ItemRange| {
        if first == last {
            first.to_string()
        } else {
            format!("{first} to {last}")
        }
    };
    let ranges: Vec<String> = ranges.map(range).collect();
    match &ranges[..] {
        [one] if one.contains(' ') => format!("{noun}s {one}"),
        [one] => format!("{noun} {one}"),
        [several @ .., last] => format!("{noun}s {} and {last}", several.join(", ")),
        [] => format!("no {noun}"),
    }
}

/// The address as it is written, and which of its characters stand for others; `None` where only
/// upper and lower case differ.
fn written_address(raw: &RawEntry<'_>) -> Option<String> {
    let written = raw.stored_address();
    if written.eq_ignore_ascii_case(raw.address().as_str()) {
        return None;
    }
    let mut text = written.to_string();
    for (stored, meaning) in [("==", "; == means _"), ("/", "; / means '")] {
        if written.contains(stored) {
            text.push_str(meaning);
        }
    }
    Some(text)
}

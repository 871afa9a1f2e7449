//! What this crate makes of a case.

use peline::{
    Domain, Note, ParseError, Reason,
    mail::{AddressList, Mailbox, Message, Text},
};

use super::case::{Case, Content, Verdict};

#[derive(PartialEq)]
pub(super) struct Reading {
    pub(super) verdict: Verdict,
    pub(super) content: Content,
}

impl Reading {
    pub(super) fn of(case: &Case) -> Self {
        let reading = match case.kind.as_str() {
            "addr-spec" => list(&case.input, is_bare),
            "address-list" => list(&case.input, |_, _| true),
            "encoded-word" => subject(&case.input, is_decoded),
            "host-name" => host_name(&case.input),
            "message" => return message(&case.input, &case.fields),
            "text" => subject(&case.input, |_, _| true),
            other => panic!("{}: {other} is no kind", case.id),
        };
        reading.unwrap_or_else(Self::refused)
    }

    fn valid(content: Content) -> Self {
        let verdict = Verdict::Valid;
        Self { verdict, content }
    }

    fn refused() -> Self {
        let (verdict, content) = (Verdict::Invalid, Content::default());
        Self { verdict, content }
    }
}

/// A header with one field of interest. The first line settles how lines end.
fn header(name: &str, value: &[u8]) -> Vec<u8> {
    [b"X-Case: 1\r\n", name.as_bytes(), b": ", value, b"\r\n\r\n"].concat()
}

/// A value of `To`; `None` where it is refused, or is not what `is_wanted`.
fn list(value: &[u8], is_wanted: fn(&AddressList<'_>, &[u8]) -> bool) -> Option<Reading> {
    let text = header("To", value);
    let message = Message::parse(&text).ok()?;
    let list = message.to().ok()??;
    // What ends the field early is no value of it.
    let whole = list.field().raw_value().strip_prefix(b" ") == Some(value);
    if !whole || !is_wanted(&list, &text) {
        return None;
    }
    let mut content = Content::default();
    read_list(&mut content, "to", &message, &list);
    let verdict = if is_obsolete(&list) {
        Verdict::Obsolete
    } else {
        Verdict::Valid
    };
    Some(Reading { verdict, content })
}

/// Whether a list is one addr-spec, without a name, brackets or a group.
fn is_bare(list: &AddressList<'_>, text: &[u8]) -> bool {
    let mailboxes: Vec<_> = list.mailboxes().collect();
    let [mailbox] = &mailboxes[..] else {
        return false;
    };
    let in_brackets = mailbox.span().of(text) != Some(mailbox.raw_address());
    !in_brackets && list.groups().count() == 0 && !list.notes().contains(Note::EmptySlot)
}

/// Whether something in a list is marked as obsolete.
fn is_obsolete(list: &AddressList<'_>) -> bool {
    let mut mailboxes = list.mailboxes();
    list.notes().contains(Note::EmptySlot)
        || list.field().has_obsolete_name()
        || mailboxes.any(|mailbox| {
            mailbox.notes().contains(Note::DotInName)
                || mailbox.routable() == Err(Reason::ObsoleteAddress)
        })
}

fn read_list(content: &mut Content, field: &str, message: &Message<'_>, list: &AddressList<'_>) {
    for mailbox in list.mailboxes() {
        read_mailbox(content, field, message, &mailbox);
    }
    for group in list.groups() {
        content.group(field, group.name().as_str());
    }
}

fn read_mailbox(content: &mut Content, field: &str, message: &Message<'_>, mailbox: &Mailbox<'_>) {
    let group = mailbox.group().map(|group| group.name());
    let group = group.as_ref().map_or("", Text::as_str);
    let name = mailbox.name();
    let name = name.as_ref().map_or("", Text::as_str);
    let address = mailbox.address();
    let (local, domain) = parts(address.as_str());
    let routed = is_routed(message, mailbox);
    content.mailbox(field, [group, name, &local, domain], routed);
}

/// Whether the message routes to a mailbox; of `From` and its like, whether it could.
fn is_routed(message: &Message<'_>, mailbox: &Mailbox<'_>) -> bool {
    let mut recipients = message.recipients(&[]);
    match recipients.find(|listed| listed.span == Some(mailbox.span())) {
        Some(listed) => listed.content.is_ok_and(|it| it.recipient().is_ok()),
        None => mailbox.routable().is_ok(),
    }
}

/// What an address as it is printed stands for: its local part without quotes, and its domain.
fn parts(address: &str) -> (String, &str) {
    let mut local = String::new();
    let mut quoted = false;
    let mut chars = address.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => quoted = !quoted,
            '\\' if quoted => local.extend(chars.next().map(|(_, char)| char)),
            '@' if !quoted => return (local, &address[at + 1..]),
            char => local.push(char),
        }
    }
    (local, "")
}

/// A value of `Subject`; `None` where it is refused, or is not what `is_wanted`.
fn subject(value: &[u8], is_wanted: fn(&Text<'_>, &[u8]) -> bool) -> Option<Reading> {
    let header = header("Subject", value);
    let message = Message::parse(&header).ok()?;
    let text = message.subject().ok()??;
    let mut content = Content::default();
    content.text("text", text.as_str());
    is_wanted(&text, value).then(|| Reading::valid(content))
}

/// Whether an encoded word was decoded, with nothing to complain about.
fn is_decoded(text: &Text<'_>, word: &[u8]) -> bool {
    let complaints = [
        Note::ControlInText,
        Note::InvalidText,
        Note::IrregularWord,
        Note::UndecodedWord,
    ];
    let complains = complaints.iter().any(|&note| text.notes().contains(note));
    !complains && text.as_str().as_bytes() != word
}

fn host_name(text: &[u8]) -> Option<Reading> {
    let domain: Domain = std::str::from_utf8(text).ok()?.parse().ok()?;
    let mut content = Content::default();
    content.text("text", domain.as_str());
    Some(Reading::valid(content))
}

/// A message: the content of some fields, and a verdict on all that are read.
fn message(text: &[u8], fields: &[String]) -> Reading {
    let Ok(message) = Message::parse(text) else {
        return Reading::refused();
    };
    let mut content = Content::default();
    for field in fields {
        // What cannot be read has no content.
        let _ = read_field(&mut content, field, &message);
    }
    let lists = [
        message.from(),
        message.reply_to(),
        message.to(),
        message.cc(),
        message.bcc(),
    ];
    let is_read = message.fields().all(|field| field.is_ok())
        && lists.iter().all(Result::is_ok)
        && message.sender().is_ok()
        && message.subject().is_ok()
        && message.date().is_ok()
        && message.message_id().is_ok();
    let verdict = if !is_read {
        Verdict::Invalid
    } else if lists.iter().flatten().flatten().any(is_obsolete) {
        Verdict::Obsolete
    } else {
        Verdict::Valid
    };
    Reading { verdict, content }
}

fn read_field(content: &mut Content, field: &str, message: &Message<'_>) -> Result<(), ParseError> {
    let list = match field {
        "bcc" => message.bcc()?,
        "cc" => message.cc()?,
        "from" => message.from()?,
        "reply-to" => message.reply_to()?,
        "to" => message.to()?,
        "date" => {
            let date = message.date()?.map(|date| date.to_string());
            content.text(field, &date.unwrap_or_default());
            return Ok(());
        }
        "sender" => {
            if let Some(mailbox) = message.sender()? {
                read_mailbox(content, field, message, &mailbox);
            }
            return Ok(());
        }
        "subject" => {
            let subject = message.subject()?;
            content.text(field, subject.as_ref().map_or("", Text::as_str));
            return Ok(());
        }
        other => panic!("{other} is no field"),
    };
    match list {
        Some(list) => read_list(content, field, message, &list),
        None => content.absent(field),
    }
    Ok(())
}

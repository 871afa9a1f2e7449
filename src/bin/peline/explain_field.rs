//! Fields of a header, spelled out.

use peline::{
    Candidate, Listed, Notes, ParseError,
    mail::{AddressList, AutoSubmitted, Field, FieldName, Mailbox, Message},
};

use crate::explain::{Part, gets, notes};

/// What a field is.
pub(crate) fn title(field: &Field<'_>) -> String {
    let Some(name) = field.name() else {
        let name = String::from_utf8_lossy(field.raw_name());
        return format!("{name}: is not read");
    };
    let meaning = match name {
        FieldName::AutoSubmitted => "whether a person sent it",
        FieldName::Bcc => "who gets a blind copy",
        FieldName::Cc => "who gets a copy",
        FieldName::Date => "when it was sent, as the sender says",
        FieldName::From => "who wrote it, as the sender says",
        FieldName::MessageId => "its identifier",
        FieldName::ReplyTo => "whom to answer",
        FieldName::Sender => "who sent it for the author",
        FieldName::Subject => "what it is about",
        FieldName::To => "who gets the message",
    };
    format!("{name}: {meaning}")
}

/// What a field says; `listed` are the recipients that stand in it.
pub(crate) fn field_parts(
    message: &Message<'_>,
    field: &Field<'_>,
    listed: Vec<Listed<'_>>,
) -> Result<Vec<Part>, ParseError> {
    let Some(name) = field.name() else {
        return Ok(Vec::new());
    };
    let parts = match name {
        FieldName::Bcc => recipients(listed, || message.bcc())?,
        FieldName::Cc => recipients(listed, || message.cc())?,
        FieldName::To => recipients(listed, || message.to())?,
        FieldName::From => message.from()?.map_or_else(Vec::new, mailboxes),
        FieldName::ReplyTo => message.reply_to()?.map_or_else(Vec::new, mailboxes),
        FieldName::Sender => message.sender()?.map_or_else(Vec::new, |it| mailbox(&it)),
        FieldName::AutoSubmitted => auto_submitted(message.auto_submitted()?),
        FieldName::Date => {
            let date = message.date()?.map(|date| ("time", date.to_string()));
            date.into_iter().collect()
        }
        FieldName::MessageId => {
            let id = message.message_id()?;
            let id = id.map(|id| ("identifier", id.to_string()));
            id.into_iter().collect()
        }
        FieldName::Subject => {
            let subject = message.subject()?;
            let text = subject.iter().map(|text| ("text", text.to_string()));
            let notes = subject.iter().flat_map(|text| notes(text.notes()));
            text.chain(notes).collect()
        }
    };
    Ok(parts)
}

/// The recipients of a field, and before them what is said of the field.
fn recipients<'a>(
    listed: Vec<Listed<'_>>,
    list: impl FnOnce() -> Result<Option<AddressList<'a>>, ParseError>,
) -> Result<Vec<Part>, ParseError> {
    let mut parts = Vec::new();
    for listed in listed {
        parts.extend(candidate(&listed.content?));
    }
    Ok(match list()? {
        Some(list) => with_list(&list, parts),
        None => parts,
    })
}

fn candidate(candidate: &Candidate<'_>) -> Vec<Part> {
    let recipient = candidate.recipient();
    let said = match &recipient {
        Ok(recipient) => recipient.notes(),
        Err(unrouted) => unrouted.notes(),
    };
    let mut parts = candidate.mailbox().map_or_else(Vec::new, written);
    parts.push(("role", candidate.role().name().to_owned()));
    parts.push(("gets", gets(&recipient)));
    parts.extend(notes(said));
    parts
}

/// The mailboxes of a field that names no recipients.
fn mailboxes(list: AddressList<'_>) -> Vec<Part> {
    let parts = list.mailboxes().flat_map(|it| mailbox(&it)).collect();
    with_list(&list, parts)
}

fn mailbox(mailbox: &Mailbox<'_>) -> Vec<Part> {
    let name = mailbox.name();
    let said = name.map_or(Notes::new(), |name| name.notes());
    let mut parts = written(mailbox);
    parts.extend(notes(mailbox.notes().union(said)));
    parts
}

/// What is said of a list, and what stands in it.
fn with_list(list: &AddressList<'_>, parts: Vec<Part>) -> Vec<Part> {
    let nobody = parts.is_empty().then(|| ("lists", "nobody".to_owned()));
    notes(list.notes()).chain(nobody).chain(parts).collect()
}

/// The address, the name and the group.
fn written(mailbox: &Mailbox<'_>) -> Vec<Part> {
    let address = mailbox.address().to_string();
    let raw = String::from_utf8_lossy(mailbox.raw_address());
    let raw = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let differs = !raw.eq_ignore_ascii_case(&address);
    let mut parts = vec![("address", address)];
    parts.extend(differs.then_some(("written", raw)));
    parts.extend(mailbox.name().map(|name| ("name", name.to_string())));
    parts.extend(
        mailbox
            .group()
            .map(|group| ("group", group.name().to_string())),
    );
    parts
}

fn auto_submitted(said: Option<AutoSubmitted>) -> Vec<Part> {
    let Some(said) = said else {
        return Vec::new();
    };
    let meaning = match said {
        AutoSubmitted::AutoGenerated => "a program sent it, and not in answer to a message",
        AutoSubmitted::AutoNotified => "a program sent it because a message came in",
        AutoSubmitted::AutoReplied => "an answer that no person wrote; it routes to nobody",
        AutoSubmitted::Extension => "another word than those that are known",
        AutoSubmitted::No => "a person sent it",
    };
    vec![("meaning", meaning.to_owned())]
}

//! Mail commands, spelled out.

use peline::pe::{Document, MailCommand, NameSelector};

use crate::explain::{Part, notes, numbered};

/// The parts of a mail command.
pub(crate) fn mail_command(command: &MailCommand) -> Vec<Part> {
    let document = match command.document() {
        Document::Itinerary => "the itinerary",
        Document::EInvoice => "the e-invoice",
        Document::ETicket => "the e-ticket receipt",
        Document::ETicketPdf => "the e-ticket receipt as PDF",
        Document::TextCopy => "a copy of the itinerary in text",
        Document::TextCopyPdf => "a copy of the itinerary as PDF",
    };
    let mut parts = vec![
        (
            "command",
            format!("{}: mails {document}", command.document().as_str()),
        ),
        ("to", addressees(command)),
    ];
    if let Some(segments) = command.segments() {
        parts.push((
            "segments",
            format!("only {}", numbered("segment", segments.ranges())),
        ));
    }
    if command.has_priority() {
        parts.push(("PH", "is marked as urgent".to_owned()));
    }
    if command.asks_return_receipt() {
        parts.push(("RR", "asks for a return receipt".to_owned()));
    }
    if command.redisplays() {
        parts.push(("R", "displays the PNR again".to_owned()));
    }
    parts.push(("canonical", command.to_string()));
    parts.extend(notes(command.notes()));
    parts
}

fn addressees(command: &MailCommand) -> String {
    let items = command
        .items()
        .map(|items| numbered("PE item", items.ranges()));
    let names = command.names().map(|names| match names {
        NameSelector::All => "all names".to_owned(),
        NameSelector::Name(name) if name.passenger().is_some() => format!("passenger {name}"),
        NameSelector::Name(item) => format!("all passengers of name item {item}"),
    });
    match (items, names) {
        (None, None) => "every entry of the PE field but FR".to_owned(),
        (Some(items), None) => items,
        (None, Some(names)) => format!("the entries for {names}"),
        (Some(items), Some(names)) => {
            format!("{items}, and the entries for {names}; how the two combine is not documented")
        }
    }
}

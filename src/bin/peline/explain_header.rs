//! Headers of messages, spelled out.

use std::io::{self, Write};

use peline::{Listed, ParseError, mail::Message};

use crate::{
    exit::Exit,
    explain::write_parts,
    explain_field::{field_parts, title},
    input::is_message,
};

/// The message that a text begins, if it is the header of one: its first line is a field that is
/// read, or it has a field and is what `route` takes for a message.
pub(crate) fn header_of(text: &[u8]) -> Option<Result<Message<'_>, ParseError>> {
    let text = without_last_line_ends(text);
    let first = text.split(|&byte| byte == b'\n').next()?;
    let first = Message::parse(first);
    let begins = first.is_ok_and(|first| first.fields().flatten().any(|it| it.name().is_some()));
    if !begins && !is_message(text) {
        return None;
    }
    let message = Message::parse(text);
    let has_field = |message: &Message<'_>| message.fields().any(|field| field.is_ok());
    message.as_ref().map_or(true, has_field).then_some(message)
}

/// A shell cuts line feeds off the end of what it inserts, and leaves carriage returns.
fn without_last_line_ends(text: &[u8]) -> &[u8] {
    let mut text = text;
    while let [rest @ .., b'\r' | b'\n'] = text {
        text = rest;
    }
    text
}

/// Explains a header field by field, and draws in each of them what is wrong.
pub(crate) fn explain(
    out: &mut impl Write,
    message: Result<Message<'_>, ParseError>,
    text: &[u8],
) -> io::Result<Exit> {
    let message = match message {
        Ok(message) => message,
        Err(error) => {
            writeln!(out, "{}", error.caret(text))?;
            return Ok(Exit::Unread);
        }
    };
    let mut exit = Exit::Read;
    let mut recipients = message.recipients(&[]).peekable();
    for (index, field) in message.fields().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let span = field.map_or_else(ParseError::span, |field| field.span());
        let here = span.start()..=span.end();
        let stands_here = |it: &Listed<'_>| it.span.is_some_and(|it| here.contains(&it.start()));
        let listed = core::iter::from_fn(|| recipients.next_if(stands_here)).collect();
        let parts = match field {
            Ok(field) => {
                write_parts(out, [("field", title(&field))])?;
                field_parts(&message, &field, listed)
            }
            Err(error) => Err(error),
        };
        match parts {
            Ok(parts) => write_parts(out, parts)?,
            Err(error) => {
                exit = Exit::Unread;
                // Of a field that is repeated, the error points at the second one.
                if here.contains(&error.span().start()) {
                    writeln!(out, "{}", error.caret(text))?;
                } else {
                    write_parts(out, [("error", error.kind().to_string())])?;
                }
            }
        }
    }
    Ok(exit)
}

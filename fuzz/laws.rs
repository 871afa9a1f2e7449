//! What must hold for every input, each law stated once.
//!
//! The fuzz targets run these over bytes of their own making; the test suite of the crate runs them
//! over the committed seeds, the corpus, and what `proptest` makes.

pub(crate) mod change_acts;
pub(crate) mod change_laws;
mod change_world;
pub(crate) mod follow_acts;
pub(crate) mod follow_laws;
pub(crate) mod follow_model;
mod likely;
mod mail_laws;
mod number_laws;
mod pe_laws;
mod pe_model;
mod strict;

use std::hash::{DefaultHasher, Hash, Hasher};

use arbitrary::Unstructured;
use email_address::EmailAddress;
use peline::{
    Address, Note, ParseError, Plan, Recipient, Role, Route, Scope, Unrouted,
    follow::{ClientAccount, Presence, way},
    pe::{self, Code, MailCommand, Mailed},
    plan, route,
};

pub(crate) use self::change_laws::{change_events, change_settlement};
pub(crate) use self::follow_laws::{follow_commands, follow_order};
use self::likely::{any_item, any_recipient};
#[allow(
    unused_imports,
    reason = "the tests check with some that no target needs"
)]
pub(crate) use self::mail_laws::{
    address_list, check_written, encoded_word, header_block, message_plan,
};
pub(crate) use self::number_laws::follow_numbers;
#[allow(
    unused_imports,
    reason = "the tests check with some that no target needs"
)]
pub(crate) use self::{
    pe_laws::{check_value, pe_chunks, pe_display, pe_scan, pe_text, pe_value, record},
    pe_model::is_of_one_encoding,
};

/// Panics where something does not hold for some bytes.
pub(crate) type Law = fn(&[u8]);

/// The name of every law, and the law.
pub(crate) const LAWS: &[(&str, Law)] = &[
    ("address", address),
    ("address_list", address_list),
    ("change_events", change_events),
    ("change_settlement", change_settlement),
    ("encoded_word", encoded_word),
    ("follow_commands", follow_commands),
    ("follow_numbers", follow_numbers),
    ("follow_order", follow_order),
    ("header_block", header_block),
    ("mail_command", mail_command),
    ("message_plan", message_plan),
    ("pe_chunks", pe_chunks),
    ("pe_display", pe_display),
    ("pe_scan", pe_scan),
    ("pe_text", pe_text),
    ("pe_value", pe_value),
    ("route_plan", route_plan),
];

/// Text → address: every address is one of `email_address` too, prints as itself, and its identity
/// follows nothing but its key.
pub(crate) fn address(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        return;
    };
    match text.parse::<Address>() {
        Ok(address) => {
            check_address(&address);
            assert!(text.eq_ignore_ascii_case(address.as_str()));
            assert!(text.starts_with(address.local_part()));
            for variant in [text.to_ascii_uppercase(), text.to_ascii_lowercase()] {
                let variant: Address = variant.parse().expect("case breaks no address");
                assert_eq!(variant, address);
                assert_eq!(hash(&variant), hash(&address));
                assert_eq!(variant.cmp(&address), core::cmp::Ordering::Equal);
            }
        }
        Err(error) => check_error(error, data),
    }
    if let Ok(theirs) = EmailAddress::parse_with_options(text, Default::default())
        && let Ok(ours) = Address::try_from(&theirs)
    {
        assert_eq!(EmailAddress::from(&ours).email(), ours.as_str());
    }
}

/// `route` is total, and a plan does not depend on order, names each address once, and lets the
/// strongest role win.
pub(crate) fn route_plan(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let mut recipients = Vec::new();
    while let Ok(recipient) = any_recipient(&mut input) {
        recipients.push(recipient);
    }
    check_plan(&recipients);
}

/// See [`route_plan`].
pub(crate) fn check_plan(recipients: &[Result<Recipient, Unrouted>]) {
    let whole = plan(recipients.iter().cloned());
    let mut backwards = Plan::default();
    backwards.extend(recipients.iter().rev().cloned());
    assert_eq!(backwards, whole, "order changes nothing");
    let (odd, even): (Vec<_>, Vec<_>) = recipients
        .iter()
        .cloned()
        .enumerate()
        .partition(|(index, _)| index % 2 == 1);
    let mut halves = plan(odd.into_iter().map(|(_, recipient)| recipient));
    halves.extend(even.into_iter().map(|(_, recipient)| recipient));
    assert_eq!(halves, whole, "parts change nothing");

    let planned: Vec<_> = whole.recipients().collect();
    assert!(
        planned.is_sorted_by(|one, two| one.address() < two.address()),
        "each address once"
    );
    for recipient in recipients.iter().flatten() {
        let expected = match recipient.role() {
            Role::To => Route::MyTrips,
            Role::Cc => Route::Following,
            Role::Bcc => Route::NotifyOnly,
        };
        assert_eq!(route(recipient), expected);
        let planned = whole
            .recipient(recipient.address())
            .expect("nobody is lost");
        assert!(planned.role() >= recipient.role());
    }
    for planned in &planned {
        let same = || {
            recipients
                .iter()
                .flatten()
                .filter(|it| it.address() == planned.address())
        };
        let strongest = same().map(Recipient::role).max();
        assert_eq!(Some(planned.role()), strongest);
        let several = same().any(|it| Some(it.role()) != strongest);
        assert_eq!(planned.notes().contains(Note::StrongestRole), several);
        if let Some(name) = planned.name() {
            assert!(same().any(|it| it.name() == Some(name)), "no invented name");
        }
        if let Some(language) = planned.language() {
            assert!(same().any(|it| it.language() == Some(language)));
        }
        // What a blind copy refers to opens nothing to the others.
        let counted = |it: &&Recipient| it.role() != Role::Bcc || strongest == Some(Role::Bcc);
        let whole = same()
            .filter(counted)
            .any(|it| it.name_reference().is_none());
        assert_eq!(planned.scope() == &Scope::Whole, whole);
        for reference in same().filter(counted).filter_map(Recipient::name_reference) {
            assert!(match planned.scope() {
                Scope::Whole => true,
                Scope::Names(names) => names.contains(&reference),
            });
        }
        let presence = Presence::in_plan(&plan(recipients.iter().cloned()), planned.address());
        assert_eq!(presence, Presence::In(planned.role()));
        assert_eq!(
            way(presence, ClientAccount::Registered),
            way(presence, ClientAccount::None)
        );
    }
    for unrouted in recipients.iter().filter_map(|it| it.as_ref().err()) {
        let routed = unrouted.address().key().parse::<Address>();
        match routed.ok().and_then(|address| whole.recipient(&address)) {
            Some(planned) => assert!(planned.notes().contains(Note::AlsoUnrouted)),
            None => assert!(whole.unrouted().any(|(address, mut reasons)| {
                address == unrouted.address() && reasons.any(|it| it == unrouted.reason())
            })),
        }
    }
}

/// Text → mail command → text; and what a command mails.
pub(crate) fn mail_command(data: &[u8]) {
    // The command is the first line, the entries are made of the rest.
    let line = data
        .iter()
        .position(|&byte| byte == b'\n')
        .unwrap_or(data.len());
    let text = String::from_utf8_lossy(&data[..line]);
    let mut input = Unstructured::new(&data[(line + 1).min(data.len())..]);
    let command = match text.parse::<MailCommand>() {
        Ok(command) => command,
        Err(error) => return check_error(error, text.as_bytes()),
    };
    let canonical = command.to_string();
    let again: MailCommand = canonical.parse().expect("what is written is read");
    assert_eq!(again.to_string(), canonical);
    assert_eq!(again, command);

    let mut entries = Vec::new();
    while let Ok((Ok(entry), item)) = any_item(&mut input) {
        entries.push((item, entry));
    }
    let selection = pe::select(&command, entries.iter().map(|(item, entry)| (*item, entry)));
    assert_eq!(selection.entries().len(), entries.len());
    for ((item, entry), &mailed) in entries.iter().zip(selection.entries()) {
        if entry.code() == Code::Fr {
            assert_eq!(mailed, Mailed::No, "a sender is not mailed");
        } else if command.items().is_none() && command.names().is_none() {
            assert_eq!(mailed, Mailed::Yes, "without modifiers everybody is");
        }
        if let (Some(items), Some(item), Mailed::Yes) = (command.items(), item, mailed) {
            assert!(items.contains(*item));
        }
    }
}

fn check_address(address: &Address) {
    let text = address.as_str();
    assert!(EmailAddress::is_valid(text), "email_address takes it too");
    assert!(text.is_ascii() && text.len() <= 254);
    assert_eq!(
        text,
        format!("{}@{}", address.local_part(), address.domain())
    );
    assert!((1..=64).contains(&address.local_part().len()));
    assert!(address.domain().split('.').count() >= 2);
    for label in address.domain().split('.') {
        assert!((1..=63).contains(&label.len()));
        assert!(!label.starts_with('-') && !label.ends_with('-'));
        assert!(
            label
                .bytes()
                .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-')
        );
    }
    assert_eq!(text.parse().as_ref(), Ok(address));
    assert_eq!(address.key(), text.to_ascii_lowercase());
    assert_eq!(format!("{address:?}"), "Address(…)");
}

/// An error points into the text and can be drawn.
fn check_error(error: ParseError, text: &[u8]) {
    assert!(
        error.span().end() <= text.len(),
        "{error:?} in {} bytes",
        text.len()
    );
    let drawn = error.caret(text).to_string();
    assert_eq!(drawn.lines().count(), 2);
    assert!(drawn.ends_with(&error.kind().to_string()));
    assert!(!drawn.chars().any(|char| char.is_control() && char != '\n'));
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

//! The laws of messages.

use std::collections::BTreeSet;

use peline::{
    Address, ErrorKind, Listed, ParseError, Plan, Reason, Role, Route,
    mail::{self, AddressList, Field, FieldName, Limits, Mailbox, Message, NamedAddress},
    plan, route,
};

use super::{
    check_address, check_error,
    strict::{self, Verdict},
};

/// An address list is what a second reader makes of it; and list → text → list.
pub(crate) fn address_list(data: &[u8]) {
    let value = folded(data);
    if value.len() > 30_000 {
        return;
    }
    let text = [b"To: ", &value[..], b"\n\n"].concat();
    let message = Message::parse(&text).expect("one field is a header");
    let list = match message.to() {
        Ok(list) => list.expect("it is there"),
        Err(error) => {
            check_error(error, &text);
            let word = [ErrorKind::DoubtfulWord, ErrorKind::EncodedWordInAddress];
            if word.contains(&error.kind()) {
                // Other readers see a word there, of which the second one knows nothing.
                assert!(value.windows(2).any(|pair| pair == b"=?"));
                return;
            }
            let verdict = strict::read(&value);
            assert!(
                matches!(verdict, Verdict::Broken | Verdict::NoOpinion),
                "{error} is read as {verdict:?}"
            );
            return;
        }
    };
    let mailboxes: Vec<_> = list.mailboxes().collect();
    let routable: Vec<_> = mailboxes
        .iter()
        .map(|mailbox| mailbox.routable().ok())
        .collect();
    match strict::read(&value) {
        Verdict::Mailboxes(theirs) => {
            let printed = |address: &Option<Address>| address.as_ref().map(ToString::to_string);
            assert_eq!(routable.iter().map(printed).collect::<Vec<_>>(), theirs);
        }
        Verdict::NoOpinion => {}
        Verdict::Broken => panic!("a broken list is read"),
    }

    let mut end = 0;
    for (mailbox, routable) in mailboxes.iter().zip(&routable) {
        let written = mailbox.span().of(&text).expect("it is in the text");
        assert!(mailbox.span().start() >= end, "in the order of the text");
        end = mailbox.span().end();
        let raw = mailbox.raw_address();
        assert!(written.windows(raw.len()).any(|part| part == raw));
        if let Some(address) = routable {
            check_address(address);
            assert!(raw.eq_ignore_ascii_case(address.as_str().as_bytes()));
        }
        // By itself it is the same.
        let alone = [b"To: ", written, b"\n\n"].concat();
        let again = Message::parse(&alone).and_then(|alone| alone.to());
        let again = again.expect("it can be read").expect("it is there");
        let again: Vec<_> = again.mailboxes().collect();
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].address(), mailbox.address());
        assert_eq!(again[0].name(), mailbox.name());
        assert_eq!(again[0].notes(), mailbox.notes());
        let member = || mailbox.routable() == Err(Reason::GroupMember);
        assert!(again[0].routable() == mailbox.routable() || member());
        // As it is shown it has the same identity.
        let shown = mailbox.address();
        let text = format!("To: {shown}\n\n");
        let list = Message::parse(text.as_bytes()).and_then(|shown| shown.to());
        if list.is_err_and(|error| error.kind() == ErrorKind::EncodedWordInAddress) {
            assert!(raw.contains(&b'\\'), "a word without its backslashes");
            continue;
        }
        let list = list.expect("what is shown is read").expect("it is there");
        let same = list.mailboxes().next().expect("it is there").address();
        assert_eq!((same.as_str(), same.key()), (shown.as_str(), shown.key()));
    }

    let named: Vec<_> = mailboxes
        .iter()
        .zip(routable)
        .filter_map(|(mailbox, routable)| {
            let name = mailbox.name();
            let name = name.as_ref().map_or("", |name| name.as_str());
            let named = NamedAddress::new(routable?).with_name(name);
            Some(named.expect("a decoded name has no control characters"))
        })
        .collect();
    check_written(&named);

    let commented = [b"To: (c) ", &value[..], b"\n\n"].concat();
    assert_eq!(described(&commented, &[]), described(&text, &[]));
    let returns = with_returns(&text);
    assert_eq!(described(&returns, &[]), described(&text, &[]));
}

/// What is written is read; but where an address could begin an encoded word, some readers see it end in another one.
pub(crate) fn check_written(list: &[NamedAddress]) {
    let text = format!("Cc: {}\n\n", mail::address_list(list));
    assert!(text.is_ascii());
    let written = Message::parse(text.as_bytes()).expect("one field is a header");
    let cc = match written.cc() {
        Err(error) if error.kind() == ErrorKind::DoubtfulWord => {
            let mut addresses = list.iter().map(|it| it.address().as_str());
            assert!(addresses.any(|address| address.contains("=?")));
            return;
        }
        cc => cc.expect("what is written is read"),
    };
    let read = cc
        .expect("it is there")
        .mailboxes()
        .map(|mailbox| {
            let address = mailbox.routable().expect("it is an address");
            let name = mailbox.name();
            NamedAddress::new(address)
                .with_name(name.as_ref().map_or("", |name| name.as_str()))
                .expect("a decoded name has no control characters")
        })
        .collect::<Vec<_>>();
    assert_eq!(read, list);
}

/// A header: nothing is routable outside of its own field, whatever stands around it.
pub(crate) fn header_block(data: &[u8]) {
    let message = match Message::parse(data) {
        Ok(message) => message,
        Err(error) => return check_error(error, data),
    };
    let body = message.body_span();
    assert_eq!(
        body.and_then(|span| span.of(data)).unwrap_or_default(),
        message.body()
    );
    let header = body.map_or(data.len(), |body| body.start());
    let fields: Vec<_> = message.fields().collect();
    let mut end = 0;
    for field in &fields {
        let span = match field {
            Ok(field) => field.span(),
            Err(error) => error.span(),
        };
        assert!(end <= span.start() && span.end() <= header);
        end = span.end();
    }

    let envelope = envelope(data);
    for listed in message.recipients(&envelope) {
        match (&listed.content, listed.span) {
            (Ok(candidate), Some(span)) => {
                let own = |name: FieldName| name.role() == Some(candidate.role());
                let stands = |field: &Field<'_>| {
                    let around = field.span();
                    field.name().is_some_and(own)
                        && around.start() < span.start()
                        && span.end() <= around.end()
                };
                assert!(fields.iter().flatten().any(stands), "in its own field");
            }
            (Ok(candidate), None) => assert_eq!(candidate.role(), Role::Bcc),
            (Err(error), Some(span)) => {
                check_error(*error, data);
                assert!(span.end() <= header);
            }
            (Err(_), None) => panic!("an error stands somewhere"),
        }
    }

    let lists = [message.to(), message.cc(), message.bcc()];
    if lists.iter().any(Result::is_err) {
        let plan: Plan = message.recipients(&envelope).collect();
        assert!(!plan.is_complete(), "a list that cannot be read is missing");
    }

    other_values(&message, data);
    defects(&message, data, header, &envelope);
    limits(data, &envelope);
    if !data.contains(&b'\r') {
        let returns = with_returns(data);
        assert_eq!(described(&returns, &envelope), described(data, &envelope));
    }
    order(&message, data, &envelope);
}

/// All that can be asked for can be asked for, and says nothing of its text.
fn other_values(message: &Message<'_>, data: &[u8]) {
    let errors = [
        message.subject().err(),
        message.date().err(),
        message.message_id().err(),
        message.auto_submitted().err(),
        message.from().err(),
        message.sender().err(),
        message.reply_to().err(),
    ];
    for error in errors.into_iter().flatten() {
        check_error(error, data);
    }
    if let Ok(Some(subject)) = message.subject() {
        assert!(!subject.as_str().chars().any(char::is_control));
    }
}

/// A control character anywhere in the header adds no routable recipient.
fn defects(message: &Message<'_>, data: &[u8], header: usize, envelope: &[Address]) {
    let before = routable(message, envelope);
    let [place, what] = [0, 1].map(|at| data.get(at).copied().unwrap_or_default());
    let place = usize::from(place) * header.max(1) / 256;
    // The first line end says how all lines end: another one is another message.
    if data[..place].ends_with(b"\r") && !data[..place].contains(&b'\n') {
        return;
    }
    let control = [0, 7, 11, 12, 27, 127, b'\r'][usize::from(what) % 7];
    // A CR that makes a line end of a bare LF is no defect.
    if control == b'\r' && data[place..].starts_with(b"\n") {
        return;
    }
    let defective = [&data[..place], &[control], &data[place..]].concat();
    if let Ok(defective) = Message::parse(&defective) {
        let after = routable(&defective, envelope);
        assert!(after.is_subset(&before), "{after:?} of {before:?}");
    }
}

/// Tighter limits leave out, and never add.
fn limits(data: &[u8], envelope: &[Address]) {
    let tight = Limits::default()
        .with_header(4000)
        .with_fields(12)
        .with_field(90)
        .with_address_field(120)
        .with_mailboxes(2)
        .with_comment_depth(1)
        .with_encoded_words(1);
    let (Ok(all), Ok(message)) = (Message::parse(data), Message::parse_within(data, tight)) else {
        return;
    };
    assert!(message.fields().count() <= 12);
    for name in FieldName::ALL {
        let list = match name {
            FieldName::Bcc => message.bcc(),
            FieldName::Cc => message.cc(),
            FieldName::From => message.from(),
            FieldName::ReplyTo => message.reply_to(),
            FieldName::To => message.to(),
            FieldName::AutoSubmitted
            | FieldName::Date
            | FieldName::MessageId
            | FieldName::Sender
            | FieldName::Subject => continue,
        };
        if let Ok(Some(list)) = list {
            assert!(list.mailboxes().count() <= 2);
            assert!(list.span().len() <= 120);
        }
    }
    let roles = |message: &Message<'_>| routable(message, envelope);
    if message.auto_submitted() == all.auto_submitted() {
        assert!(roles(&message).is_subset(&roles(&all)));
    }
}

/// Reading is independent of the order of other fields.
fn order(message: &Message<'_>, data: &[u8], envelope: &[Address]) {
    let Ok(fields) = message.fields().collect::<Result<Vec<_>, _>>() else {
        return;
    };
    let is_list = |field: &&Field<'_>| field.name().is_some_and(|name| name.role().is_some());
    let (lists, mut others): (Vec<_>, Vec<_>) = fields.iter().partition(is_list);
    others.reverse();
    let (first, last): (&[&Field<'_>], &[&Field<'_>]) = others.split_at(others.len() / 2);
    let end = if data
        .windows(2)
        .find(|pair| pair[1] == b'\n')
        .is_some_and(|pair| pair[0] == b'\r')
    {
        &b"\r\n"[..]
    } else {
        b"\n"
    };
    let mut text = Vec::new();
    for field in first.iter().chain(&lists).chain(last) {
        text.extend_from_slice(field.span().of(data).expect("it is in the text"));
        text.extend_from_slice(end);
    }
    text.extend_from_slice(end);
    // Another first line end would be another rule for all of them.
    let odd = |field: &Field<'_>| {
        let text = String::from_utf8_lossy(field.raw_value());
        let ends = str::from_utf8(end).expect("it is ASCII");
        text.replace(ends, "").contains(['\r', '\n'])
    };
    // Where some readers end the header it matters what stands behind it.
    let blank_fold = |field: &Field<'_>| {
        let lines = field.raw_value().split(|byte| b"\r\n".contains(byte));
        let unseen = |byte: &u8| byte.is_ascii_control() || *byte == b' ';
        lines
            .skip(1)
            .any(|line| !line.is_empty() && line.iter().all(unseen))
    };
    let ends = |field: &Field<'_>| blank_fold(field) || field.has_obsolete_name();
    if !fields.iter().any(|field| odd(field) || ends(field)) {
        assert_eq!(described(&text, envelope), described(data, envelope));
    }
}

/// Decoding a name changes nothing but the name.
pub(crate) fn encoded_word(data: &[u8]) {
    let phrase: Vec<u8> = data
        .iter()
        .copied()
        .filter(|byte| !b"\r\n".contains(byte))
        .collect();
    let text = [
        b"To: ",
        &phrase[..],
        b" <a@b.example>\nSubject: ",
        &phrase,
        b"\n\n",
    ]
    .concat();
    let message = Message::parse(&text).expect("two fields are a header");
    if let Ok(Some(to)) = message.to() {
        for mailbox in to.mailboxes() {
            let address = mailbox.raw_address();
            assert!(text.windows(address.len()).any(|part| part == address));
            if let Some(name) = mailbox.name() {
                check_name(name.as_str());
            }
        }
        let last = to.mailboxes().last().expect("an address stands there");
        assert_eq!(last.address().as_str(), "a@b.example");
    }
    if let Ok(Some(subject)) = message.subject() {
        check_name(subject.as_str());
    }
    if let Ok(name) = str::from_utf8(&phrase)
        && !name.chars().any(char::is_control)
    {
        check_name(name);
    }
}

fn check_name(name: &str) {
    assert!(!name.chars().any(char::is_control));
    let address = "a@b.example".parse().expect("it is an address");
    let named = NamedAddress::new(address).with_name(name);
    check_written(&[named.expect("it has no control characters")]);
}

/// A message and an envelope → a plan.
pub(crate) fn message_plan(data: &[u8]) {
    let Ok(message) = Message::parse(data) else {
        return;
    };
    let envelope = envelope(data);
    let listed: Vec<Listed<'_>> = message.recipients(&envelope).collect();
    let whole: Plan = listed.iter().cloned().collect();
    assert_eq!(
        whole.is_complete(),
        listed.iter().all(|it| it.content.is_ok())
    );
    let backwards: Plan = listed.iter().rev().cloned().collect();
    assert_eq!(whole, backwards, "the order changes nothing");

    let recipients: Vec<_> = listed
        .iter()
        .filter_map(|listed| Some(listed.content.as_ref().ok()?.recipient()))
        .collect();
    super::check_plan(&recipients);
    let again = plan(recipients.iter().cloned());
    assert!(again.recipients().eq(whole.recipients()));

    for planned in whole.recipients() {
        let roles = recipients.iter().flatten();
        let roles = roles.filter(|it| it.address() == planned.address());
        assert_eq!(Some(planned.role()), roles.map(|it| it.role()).max());
    }
    mailboxes_of_lists(&message, &listed);
    let lower = data.to_ascii_lowercase();
    for listed in &listed {
        let Ok(candidate) = &listed.content else {
            continue;
        };
        let Ok(recipient) = candidate.recipient() else {
            assert!(candidate.reason().is_some());
            continue;
        };
        assert_eq!(candidate.reason(), None);
        let key = recipient.address().key().as_bytes();
        match listed.span {
            Some(_) => assert!(lower.windows(key.len()).any(|part| part == key)),
            None => {
                assert!(envelope.contains(recipient.address()));
                assert_eq!(route(&recipient), Route::NotifyOnly);
                let roles = [FieldName::To, FieldName::Cc, FieldName::Bcc];
                let read = |name: FieldName| message.field(name).is_ok();
                assert!(
                    roles.into_iter().all(read),
                    "else it could stand in a field"
                );
            }
        }
    }
}

/// The recipients of the header are the mailboxes of its lists, which are read in another way there.
fn mailboxes_of_lists(message: &Message<'_>, listed: &[Listed<'_>]) {
    type Read<'m> = fn(&Message<'m>) -> Result<Option<AddressList<'m>>, ParseError>;
    let lists: [(FieldName, Read<'_>); 3] = [
        (FieldName::To, Message::to),
        (FieldName::Cc, Message::cc),
        (FieldName::Bcc, Message::bcc),
    ];
    for (name, read) in lists {
        let Ok(list) = read(message) else {
            continue;
        };
        let mailboxes = list.iter().flat_map(AddressList::mailboxes);
        let recipients = listed.iter().filter(|it| it.field == Some(name));
        let recipients = recipients.map(|it| {
            let candidate = it.content.as_ref().expect("its field can be read");
            *candidate.mailbox().expect("it stands in the header")
        });
        let said = |mailbox: Mailbox<'_>| {
            let group = mailbox.group().map(|group| group.span());
            let name = mailbox.name();
            let places = (mailbox.span(), mailbox.raw_address().to_vec(), group);
            (
                places,
                mailbox.raw_name().map(<[u8]>::to_vec),
                name.as_ref()
                    .map(|name| (name.as_str().to_owned(), name.notes())),
                mailbox.address(),
                mailbox.notes(),
                mailbox.routable(),
            )
        };
        assert!(mailboxes.map(said).eq(recipients.map(said)));
    }
}

/// What can be compared of a message with another that says the same: everything but places.
fn described(text: &[u8], envelope: &[Address]) -> Vec<String> {
    let message = match Message::parse(text) {
        Ok(message) => message,
        Err(error) => return vec![format!("message {:?}", error.kind())],
    };
    let describe = |listed: Listed<'_>| {
        let candidate = match listed.content {
            Ok(candidate) => candidate,
            Err(error) => return format!("error {:?}", error.kind()),
        };
        match candidate.recipient() {
            Ok(recipient) => format!(
                "{} {} {:?} {:?}",
                recipient.role().name(),
                recipient.address(),
                recipient.name(),
                recipient.notes()
            ),
            Err(unrouted) => format!(
                "{:?} {} {:?} {} {:?}",
                unrouted.role(),
                unrouted.address(),
                unrouted.name(),
                unrouted.reason().name(),
                unrouted.notes()
            ),
        }
    };
    message.recipients(envelope).map(describe).collect()
}

/// Who can be routed to, whatever for: a defect can make a recipient of `To` one of nothing, but
/// never the other way round.
fn routable(message: &Message<'_>, envelope: &[Address]) -> BTreeSet<String> {
    let recipients = message
        .recipients(envelope)
        .filter_map(|listed| listed.content.ok()?.recipient().ok());
    recipients
        .map(|recipient| recipient.address().key().to_owned())
        .collect()
}

/// An address that stands in the message somewhere, and one that does not.
fn envelope(data: &[u8]) -> Vec<Address> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"@.-_+".contains(byte);
    let words = data.split(|byte| !is_part(byte));
    let addresses = words.filter_map(|word| str::from_utf8(word).ok()?.parse().ok());
    let stranger = "stranger@example.org".parse().expect("it is an address");
    addresses.take(3).chain([stranger]).collect()
}

/// Bytes as the value of one field: every line but the first begins with white space.
fn folded(data: &[u8]) -> Vec<u8> {
    let mut value: Vec<u8> = Vec::new();
    for &byte in data.iter().filter(|&&byte| byte != b'\r') {
        if value.last() == Some(&b'\n') && !b" \t".contains(&byte) {
            value.push(b' ');
        }
        value.push(byte);
    }
    if value.last() == Some(&b'\n') {
        value.push(b' ');
    }
    value
}

fn with_returns(text: &[u8]) -> Vec<u8> {
    let lines: Vec<_> = text.split(|&byte| byte == b'\n').collect();
    lines.join(&b"\r\n"[..])
}

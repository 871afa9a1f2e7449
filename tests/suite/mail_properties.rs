//! The laws of messages over what `proptest` makes, and those that need no fuzzing.

use peline::{
    Address, Plan,
    mail::{Limits, Message, NamedAddress},
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::laws;

/// Pieces that address lists are made of, so that random text is often nearly right.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let pieces: &[&[u8]] = &[
        b"a@b.example",
        b"jane.doe@example.com",
        b"<c@d.example>",
        b"Jane ",
        b"\"Doe, J\" ",
        b"J. P. ",
        b"a",
        b"b.example",
        b"@",
        b"<",
        b">",
        b",",
        b", ",
        b";",
        b":",
        b"team: ",
        b".",
        b"\"",
        b"\\",
        b"(",
        b")",
        b"(x)",
        b"[",
        b"]",
        b"[192.0.2.1]",
        b"<@r.example:",
        b" ",
        b"\n ",
        b"\r\n\t",
        b"=?utf-8?q?a=40b?=",
        b"=?utf-8?b?YQ?=",
        b"=?",
        b"?=",
        b"\xC3\xA9",
        b"\xEF\xBC\xA0",
        b"\xFF",
        b"\0",
        b"-",
        b"1",
    ];
    prop_oneof![
        30 => select(pieces).prop_map(<[u8]>::to_vec),
        1 => vec(any::<u8>(), 1..4),
    ]
}

fn list() -> impl Strategy<Value = Vec<u8>> {
    vec(piece(), 0..12).prop_map(|pieces| pieces.concat())
}

/// A line of a header, mostly a field that is read.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let names: &[&[u8]] = &[
        b"To: ",
        b"Cc: ",
        b"Bcc: ",
        b"From: ",
        b"to : ",
        b"Sender: ",
        b"Reply-To: ",
        b"Subject: ",
        b"X-Other: ",
        b"T\0o: ",
        b"no field",
        b"",
    ];
    let whole: &[&[u8]] = &[
        b"Auto-Submitted: auto-generated",
        b"Auto-Submitted: auto-replied",
        b"Auto-Submitted: no; x=y",
        b"Date: Sun, 22 Nov 2026 10:00:00 +0100",
        b"Message-ID: <a.b@c.example>",
        b" folded",
        b"\x0c",
    ];
    prop_oneof![
        8 => (select(names), list()).prop_map(|(name, list)| [name, &list].concat()),
        1 => select(whole).prop_map(<[u8]>::to_vec),
    ]
}

fn message() -> impl Strategy<Value = Vec<u8>> {
    let ends: &[&[u8]] = &[b"\n", b"\n", b"\r\n", b"\r\n", b"\n\n", b"\r"];
    let lines = vec((line(), select(ends)), 0..8);
    (lines, any::<bool>(), list()).prop_map(|(lines, one_end, body)| {
        let first = lines.first().map_or(&b"\n"[..], |(_, end)| end);
        let mut text = Vec::new();
        for (line, end) in &lines {
            text.extend_from_slice(line);
            text.extend_from_slice(if one_end { first } else { end });
        }
        text.extend_from_slice(first);
        text.extend_from_slice(&body);
        text
    })
}

fn address() -> impl Strategy<Value = Address> {
    "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]{1,12}(\\.[a-z0-9]{1,8}){0,2}@([a-z0-9]{1,8}\\.){1,2}[a-z]{2,6}"
        // Nothing is routed to an encoded word.
        .prop_filter("no encoded word", |text| !text.contains("?="))
        .prop_map(|text| text.parse().expect("it is an address"))
}

fn named_address() -> impl Strategy<Value = NamedAddress> {
    let names = prop_oneof![
        Just(String::new()),
        "[A-Za-z]{1,8}( [A-Za-z]{1,8}){0,2}",
        "[ -~]{1,20}",
        "\\PC{1,60}",
        "(=\\?utf-8\\?q\\?a\\?= ?){1,2}",
    ];
    (address(), names).prop_map(|(address, name)| {
        let name: String = name.chars().filter(|char| !char.is_control()).collect();
        NamedAddress::new(address)
            .with_name(&name)
            .expect("it has no control characters")
    })
}

/// What something of a list is, to be written with other things around it.
fn routed(text: &[u8]) -> Vec<String> {
    let message = Message::parse(text).unwrap();
    let candidates = message
        .recipients(&[])
        .filter_map(|listed| listed.content.ok());
    let recipients = candidates.filter_map(|candidate| candidate.recipient().ok());
    recipients
        .map(|recipient| recipient.address().to_string())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_list_is_what_a_second_reader_makes_of_it(list in list()) {
        laws::address_list(&list);
    }

    #[test]
    fn a_header_keeps_its_laws(message in message(), place in any::<[u8; 2]>()) {
        laws::header_block(&message);
        laws::header_block(&[&place[..], &message].concat());
    }

    #[test]
    fn a_plan_of_a_message_keeps_its_laws(message in message()) {
        laws::message_plan(&message);
    }

    #[test]
    fn decoding_changes_nothing_but_the_name(list in list(), text in "\\PC{0,40}") {
        laws::encoded_word(&list);
        laws::encoded_word(text.as_bytes());
    }
}

/// Items of an address list.
const ITEMS: &[&str] = &[
    "jane@example.com",
    "Jane Doe <jane@example.com>",
    "Jane<j@example.com>",
    "\"Doe, Jane\" <jane.doe@mail.example.com>",
    "=?utf-8?q?Jos=C3=A9?= Doe <jose@example.com>",
    "=?utf-8?q?Jos=C3=A9?= =?utf-8?q?_Doe?= <jose@example.com>",
    "=?none <a@example.com>",
    "Team: a@example.com, \"b\"<b@example.com>;",
    "(x) joe@[192.0.2.1] (y)",
    "\"j\"@example.com",
    "",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// What was found in one list must not be believed of the next.
    #[test]
    fn recipients_of_lists_of_any_length_are_those_of_each_list(
        lists in vec((prop_oneof![vec(select(ITEMS), 0..2), vec(select(ITEMS), 0..30)], 0..3_usize), 3),
    ) {
        let mut mail = String::new();
        for (name, (items, kind)) in ["Bcc", "To", "Cc"].into_iter().zip(lists) {
            // As they are, behind more empty slots than anything is kept of, or again and again.
            let (slots, times) = [(0, 1), (1020, 1), (0, 20)][kind];
            let items = items.repeat(times).join(",\n ");
            mail += &format!("{name}: {}{items}\n", ",".repeat(slots));
        }
        laws::message_plan(mail.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(list in vec(named_address(), 1..8)) {
        laws::check_written(&list);
    }

    /// A defect anywhere in one field takes all of its recipients away, and no other's.
    #[test]
    fn a_defect_poisons_its_field_alone(
        to in vec(address(), 1..5),
        cc in vec(address(), 1..5),
        at in any::<prop::sample::Index>(),
        defect in select(&["\0", "<", "\"", "(", "@", ")", "\u{7f}", ";", "\u{200b}"][..]),
    ) {
        let list = |addresses: &[Address]| {
            addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        };
        let mut broken = list(&to);
        broken.insert_str(at.index(broken.len() + 1), defect);
        let text = format!("To: {broken}\nCc: {}\n\n", list(&cc));
        let kept: Vec<_> = cc.iter().map(ToString::to_string).collect();
        prop_assert_eq!(routed(text.as_bytes()), kept);
    }

    /// Whatever stands in other fields and in the body, the recipients are those of To.
    #[test]
    fn other_fields_and_the_body_are_not_read(
        to in vec(address(), 0..5),
        other in list(),
        body in message(),
    ) {
        let other = String::from_utf8_lossy(&other).replace(['\n', '\r'], " ");
        let list: Vec<_> = to.iter().map(ToString::to_string).collect();
        let to = format!("To: {}\n", list.join(", "));
        let text = format!("X-To: {other}\nReply-To: {other}\n{to}Subject: {other}\n\n");
        prop_assert_eq!(routed(&[text.as_bytes(), &body].concat()), list);
    }

    /// Tighter limits never read more.
    #[test]
    fn limits_only_take_away(message in message(), bounds in any::<[u8; 7]>()) {
        let [header, fields, field, list, mailboxes, depth, words] = bounds.map(usize::from);
        let limits = Limits::default()
            .with_header(header * 4)
            .with_fields(fields % 12)
            .with_field(field)
            .with_address_field(list)
            .with_mailboxes(mailboxes % 6)
            .with_comment_depth(depth % 3)
            .with_encoded_words(words % 3);
        let (Ok(all), Ok(less)) = (Message::parse(&message), Message::parse_within(&message, limits))
        else {
            return Ok(());
        };
        prop_assume!(all.auto_submitted() == less.auto_submitted());
        let plan = |message: &Message<'_>| message.recipients(&[]).collect::<Plan>();
        let [all, less] = [plan(&all), plan(&less)];
        for recipient in less.recipients() {
            prop_assert!(all.recipient(recipient.address()).is_some());
        }
    }
}

//! What is read out of an address field: every hostile or odd input of the rule page.

use peline::{
    ErrorKind, Note, Notes, Reason,
    mail::{Message, NamedAddress, address_list},
};

/// What a mailbox is expected to be: its address as shown, and why nothing is routed to it.
pub(super) type Expected = (&'static str, Option<Reason>, Notes);

pub(super) fn routed(address: &'static str) -> Expected {
    (address, None, Notes::new())
}

pub(super) fn noted(address: &'static str, note: Note) -> Expected {
    (address, None, Notes::new().with(note))
}

pub(super) fn unrouted(address: &'static str, reason: Reason) -> Expected {
    (address, Some(reason), Notes::new())
}

/// The header with the list in `To`, between other fields.
fn header(list: impl AsRef<[u8]>) -> Vec<u8> {
    let list = list.as_ref();
    [b"Subject: x\r\nTo: ", list, b"\r\nX-After: y\r\n\r\nbody"].concat()
}

#[track_caller]
pub(super) fn ok(list: impl AsRef<[u8]>, expected: &[Expected]) {
    let text = header(list);
    let message = Message::parse(&text).unwrap();
    let mut read = Vec::new();
    for listed in message.recipients(&[]) {
        let candidate = listed.content.expect("the field can be read");
        let (address, reason, notes) = match candidate.recipient() {
            Ok(recipient) => (recipient.address().to_string(), None, recipient.notes()),
            Err(unrouted) => {
                let address = unrouted.address().to_string();
                (address, Some(unrouted.reason()), unrouted.notes())
            }
        };
        assert_eq!(candidate.reason(), reason);
        read.push((address, reason, notes));
    }
    let expected: Vec<_> = expected
        .iter()
        .map(|&(address, reason, notes)| (address.to_owned(), reason, notes))
        .collect();
    assert_eq!(read, expected);
}

/// The kind, and the text that the error points at.
#[track_caller]
pub(super) fn err(list: impl AsRef<[u8]>, kind: ErrorKind, at: impl AsRef<[u8]>) {
    let text = header(list);
    let message = Message::parse(&text).unwrap();
    let listed: Vec<_> = message.recipients(&[]).collect();
    let [poisoned] = &listed[..] else {
        panic!("{} things are listed", listed.len());
    };
    let error = poisoned
        .content
        .as_ref()
        .expect_err("the field is poisoned");
    let pointed = error.span().of(&text).unwrap();
    assert_eq!(
        (error.kind(), String::from_utf8_lossy(pointed)),
        (kind, String::from_utf8_lossy(at.as_ref()))
    );
    let field = poisoned.span.unwrap();
    assert!(field.of(&text).unwrap().starts_with(b"To: "));
}

#[track_caller]
pub(super) fn names(list: impl AsRef<[u8]>, expected: &[&str]) {
    let text = header(list);
    let to = Message::parse(&text).unwrap().to().unwrap().unwrap();
    let names: Vec<_> = to
        .mailboxes()
        .map(|mailbox| mailbox.name().map(|name| name.into_cow().into_owned()))
        .map(Option::unwrap_or_default)
        .collect();
    assert_eq!(names, expected);
}

/// RFC 5322 appendix A.1 and the ordinary forms of §3.4.
#[test]
fn ordinary_lists() {
    ok("jane@example.com", &[routed("jane@example.com")]);
    ok("Jane@EXAMPLE.com", &[routed("Jane@example.com")]);
    ok(
        "Jane Doe <jane@example.com>, joe@example.com",
        &[routed("jane@example.com"), routed("joe@example.com")],
    );
    ok(
        "\"Doe, Jane\" <jane@example.com>",
        &[routed("jane@example.com")],
    );
    ok("<jane@example.com>", &[routed("jane@example.com")]);
    ok("Jane<jane@example.com>", &[routed("jane@example.com")]);
    ok("\"\" <jane@example.com>", &[routed("jane@example.com")]);
    ok(
        "jane@example.com,\r\n joe@example.com,\r\n\tann@example.com",
        &[
            routed("jane@example.com"),
            routed("joe@example.com"),
            routed("ann@example.com"),
        ],
    );
    ok("\r\n jane@example.com", &[routed("jane@example.com")]);
    ok("", &[]);
    ok("  ", &[]);
    ok("(nobody)", &[]);
    ok(
        "xn--bcher-kva@xn--bcher-kva.example",
        &[routed("xn--bcher-kva@xn--bcher-kva.example")],
    );
}

/// Comments, folds and white space between mailboxes and at the outer ends of an addr-spec.
#[test]
fn harmless_white_space_and_comments() {
    ok(
        "(a) Jane (b) <jane@example.com> (c) , (d (e \\) )) joe@example.com (f)",
        &[routed("jane@example.com"), routed("joe@example.com")],
    );
    ok("< jane@example.com (x) >", &[routed("jane@example.com")]);
    ok(
        "<\r\n jane@example.com\r\n >",
        &[routed("jane@example.com")],
    );
    ok(
        "jane@example.com\r\n (folded\r\n comment)",
        &[routed("jane@example.com")],
    );
    ok(
        "(\"unclosed in a comment) jane@example.com",
        &[routed("jane@example.com")],
    );
}

/// The address in the quoted local part must not be found (quoted-string parsing differentials).
#[test]
fn quoted_local_parts() {
    ok(
        "\"evil@attacker.example x\"@corp.example",
        &[unrouted(
            "\"evil@attacker.example x\"@corp.example",
            Reason::QuotedLocalPart,
        )],
    );
    ok(
        "\"evil@attacker.example>\"@corp.example, jane@example.com",
        &[
            unrouted(
                "\"evil@attacker.example>\"@corp.example",
                Reason::QuotedLocalPart,
            ),
            routed("jane@example.com"),
        ],
    );
    ok(
        "<\"a\\\"b\\c\"@CORP.example>",
        &[unrouted(
            "\"a\\\"bc\"@corp.example",
            Reason::QuotedLocalPart,
        )],
    );
    ok(
        "\"\"@corp.example",
        &[unrouted("\"\"@corp.example", Reason::QuotedLocalPart)],
    );
    ok(
        "\"a\".b.\"c d\"@corp.example",
        &[unrouted(
            "\"a\".b.\"c d\"@corp.example",
            Reason::QuotedLocalPart,
        )],
    );
}

/// Some readers decode them before they split, and lose or change what stands beside them.
#[test]
fn encoded_words_in_an_address_are_errors() {
    for (address, part) in [
        (
            "=?utf-8?q?evil=40attacker.example=3E=00?=foo@corp.example",
            "=?utf-8?q?evil=40attacker.example=3E=00?=foo",
        ),
        ("<=?x?b?eA?=@corp.example>", "=?x?b?eA?="),
        ("x=?utf-8*en?q?a?=@corp.example (home)", "x=?utf-8*en?q?a?="),
        ("x.=?x?q?a.b?=.y@corp.example", "x.=?x?q?a.b?=.y"),
        ("\"=?x?q?a=40b=2C?=\"@corp.example", "\"=?x?q?a=40b=2C?=\""),
        ("a(=?x?q?y?=).b@corp.example", "a(=?x?q?y?=).b"),
        ("Jane <d@=?x?q?a=40b=2C?=>", "=?x?q?a=40b=2C?="),
        ("T: a@[=?x?q?y?=];", "[=?x?q?y?=]"),
    ] {
        let list = format!("victim@corp.example, {address}, jane@example.com");
        err(list, ErrorKind::EncodedWordInAddress, part);
    }
    // Beside the `@` it stands in a comment.
    ok(
        "a (=?x?q?y?=) @corp.example",
        &[unrouted("a@corp.example", Reason::SpaceBesideAt)],
    );
    ok("a=?b@corp.example", &[routed("a=?b@corp.example")]);
    ok("a=?b?=@corp.example", &[routed("a=?b?=@corp.example")]);
    ok(
        "=?a?b?c?d@corp.example",
        &[routed("=?a?b?c?d@corp.example")],
    );
}

/// Split first, decode after: decoded text is never parsed again.
#[test]
fn decoded_names_are_never_parsed() {
    let list = "=?utf-8?q?Doe=2C_=3Cvictim=40corp=2Eexample=3E=2C?= <evil@attacker.example>";
    ok(
        list,
        &[noted("evil@attacker.example", Note::NameLikeAddress)],
    );
    names(list, &["Doe, <victim@corp.example>,"]);
    let list = "=?utf-8?b?Ij4sIHZpY3RpbUBjb3JwLmV4YW1wbGU=?= <evil@attacker.example>";
    ok(
        list,
        &[noted("evil@attacker.example", Note::NameLikeAddress)],
    );
}

/// A display name that poses as the address.
/// Within quotes and brackets a parenthesis opens no comment, whatever else stands there.
#[test]
fn what_is_beyond_ascii_is_looked_for_in_whole_tokens() {
    let address = "\"(ü\"@example.com";
    ok(address, &[unrouted(address, Reason::QuotedLocalPart)]);
    let address = "a@[(ü]";
    ok(address, &[unrouted(address, Reason::NotAscii)]);
}

#[test]
fn only_complete_encoded_words_are_counted() {
    let list = format!("{}<a@b.example>", "=?x ".repeat(1001));
    ok(&list, &[noted("a@b.example", Note::UndecodedWord)]);
}

#[test]
fn names_like_addresses() {
    ok(
        "\"victim@corp.example\" <evil@attacker.example>",
        &[noted("evil@attacker.example", Note::NameLikeAddress)],
    );
    ok(
        "\"Jane (victim@corp.example)\" <evil@attacker.example>",
        &[noted("evil@attacker.example", Note::NameLikeAddress)],
    );
    ok(
        "=?utf-8?b?dmljdGlt77ygY29ycC5leGFtcGxl?= <evil@attacker.example>",
        &[noted("evil@attacker.example", Note::NameLikeAddress)],
    );
    // What else is odd is told as well.
    let both = Notes::new()
        .with(Note::NameLikeAddress)
        .with(Note::DotInName);
    let list = "J. \"jane@corp\" <evil@attacker.example>";
    ok(list, &[("evil@attacker.example", None, both)]);
    let text = header(list);
    let to = Message::parse(&text).unwrap().to().unwrap().unwrap();
    assert!(
        to.mailboxes().map(|it| it.notes()).eq([both]),
        "before it is decoded"
    );
    for beside_one_character in ["\"@jane\"", "\"jane@\"", "\" @jane \"", "\"@\""] {
        let list = format!("{beside_one_character} <jane@example.com>");
        ok(&list, &[routed("jane@example.com")]);
    }
    // What this crate reads as an address elsewhere.
    for like_address in [
        "\"jane @ corp.example\"",
        "\"Jane (jane @ corp.example)\"",
        "\"jane @\t corp.example\"",
        "=?utf-8?q?jane_=40_corp=2Eexample?=",
        "=?utf-8?q?jane=E2=80=8B_=40_=E2=80=8Bcorp=2Eexample?=",
        "=?utf-8?b?amFuZSDvvKAgY29ycC5leGFtcGxl?=",
        // Beside a blank on one side.
        "\"jane@ corp\"",
        "\"jane @corp\"",
        "=?utf-8?b?amFuZSDvvKBjb3Jw?=",
    ] {
        let list = format!("{like_address} <evil@attacker.example>");
        ok(
            &list,
            &[noted("evil@attacker.example", Note::NameLikeAddress)],
        );
    }
    for word in [
        "Jane @ work",
        "Dinner @ Luigi's",
        "Dinner @ St. Mary's",
        "@ corp.example",
        "1.5 @ 2 @ .x",
    ] {
        let list = format!("\"{word}\" <jane@example.com>");
        ok(&list, &[routed("jane@example.com")]);
    }
}

/// Something between an address and the next comma: each of these is read as another address by
/// some parser.
#[test]
fn nothing_stands_behind_an_address() {
    err(
        "alice@example.org)bob@attacker.example",
        ErrorKind::ExpectedComma,
        ")",
    );
    err(
        "alice@example.org]bob@attacker.example",
        ErrorKind::ExpectedComma,
        "]",
    );
    err(
        "alice@example.org<bob@attacker.example>",
        ErrorKind::ExpectedComma,
        "<",
    );
    err(
        "alice@example.org <bob@attacker.example>",
        ErrorKind::ExpectedComma,
        "<",
    );
    err("alice@example.org>", ErrorKind::ExpectedComma, ">");
    err("alice@example.org:", ErrorKind::ExpectedComma, ":");
    err("alice@example.org\\", ErrorKind::ExpectedComma, "\\");
    err("alice@example.org\"x\"", ErrorKind::ExpectedComma, "\"");
    err(
        "alice@example.org bob@attacker.example",
        ErrorKind::ExpectedComma,
        "b",
    );
    err(
        "victim@corp.example@attacker.example",
        ErrorKind::SecondAt,
        "@",
    );
    err(
        "<victim@corp.example@attacker.example>",
        ErrorKind::SecondAt,
        "@",
    );
    err(
        "user@corp.example(x)attacker.example",
        ErrorKind::ExpectedComma,
        "a",
    );
    err(
        "<user@corp.example(x)attacker.example>",
        ErrorKind::ForbiddenCharacter,
        "a",
    );
    err(
        "<victim@corp.example> <evil@attacker.example>",
        ErrorKind::ExpectedComma,
        "<",
    );
    err(
        "<victim@corp.example>evil@attacker.example",
        ErrorKind::ExpectedComma,
        "e",
    );
    err("<victim@corp.example>>", ErrorKind::ExpectedComma, ">");
    ok(
        "victim (<evil@attacker.example>) <victim@corp.example>",
        &[routed("victim@corp.example")],
    );
}

/// Dots at the edges, double dots, empty parts.
#[test]
fn misplaced_dots_and_empty_parts() {
    err("a@b.c.", ErrorKind::EmptyLabel, "");
    err("a@b..c", ErrorKind::EmptyLabel, ".");
    err("a..b@c.example", ErrorKind::MisplacedDot, ".");
    err(".a@c.example", ErrorKind::MisplacedDot, ".");
    err("a.@c.example", ErrorKind::MisplacedDot, ".");
    err("@c.example", ErrorKind::EmptyLocalPart, "@");
    err("<@c.example>", ErrorKind::EmptyLocalPart, "@");
    err("a@", ErrorKind::EmptyLabel, "");
    err("a@,b@c.example", ErrorKind::EmptyLabel, ",");
    err("<>", ErrorKind::EmptyAddress, "<>");
    err("Jane <>", ErrorKind::EmptyAddress, "<>");
    err("Jane", ErrorKind::ExpectedAt, "Jane");
    err("Jane, a@b.example", ErrorKind::ExpectedAt, "Jane");
    err("<Jane>", ErrorKind::ExpectedAt, "Jane");
    err(". <a@b.example>", ErrorKind::MisplacedDot, ".");
    err("a b@c.example", ErrorKind::BlankInAddress, "b");
    err("\"a\"b@c.example", ErrorKind::ForbiddenCharacter, "b");
    err("<a b@c.example>", ErrorKind::BlankInAddress, "b");
}

/// What opens and is not closed, and what closes and was not opened.
#[test]
fn unclosed_and_nested() {
    err("\"Jane <a@b.example>", ErrorKind::UnclosedQuote, "\"");
    err("a@b.example, \"x", ErrorKind::UnclosedQuote, "\"");
    err("\"x\\", ErrorKind::UnclosedQuote, "\"");
    err("(x a@b.example", ErrorKind::UnclosedComment, "(");
    err("a@b.example (x (y)", ErrorKind::UnclosedComment, "(");
    err("a@b.example (x\\", ErrorKind::UnclosedComment, "(");
    err("Jane <a@b.example", ErrorKind::UnclosedAngle, "<");
    err("<", ErrorKind::UnclosedAngle, "<");
    err("<a", ErrorKind::UnclosedAngle, "<");
    err(
        "Jane <a@b.example, c@d.example",
        ErrorKind::ForbiddenCharacter,
        ",",
    );
    err("a@[192.0.2.1", ErrorKind::UnclosedLiteral, "[");
    err("team: a@b.example", ErrorKind::UnclosedGroup, "team");
    err("team:", ErrorKind::UnclosedGroup, "team");
    err("a: b: c@d.example;;", ErrorKind::NestedGroup, "b");
    err("a@b.example;", ErrorKind::UnexpectedSemicolon, ";");
    err(";", ErrorKind::UnexpectedSemicolon, ";");
    err("team: a@b.example;;", ErrorKind::UnexpectedSemicolon, ";");
    err(": a@b.example;", ErrorKind::EmptyGroupName, ":");
    err(
        "team: a@b.example; c@d.example",
        ErrorKind::ExpectedComma,
        "c",
    );
    err(")", ErrorKind::ForbiddenCharacter, ")");
}

/// NUL, other control characters, bare CR, bare LF in a CRLF message.
#[test]
fn control_characters() {
    for control in (0..0x20)
        .chain([0x7F])
        .filter(|byte| !b"\t\r\n".contains(byte))
    {
        for (before, after) in [
            ("ja", "ne@example.com"),
            ("jane@exa", "mple.com"),
            ("\"x", "\" <jane@example.com>"),
            ("\"x\\", "\" <jane@example.com>"),
            ("(x", ") jane@example.com"),
            ("(x\\", ") jane@example.com"),
            ("jane@[x", "]"),
            ("jane@example.com", ""),
            ("jane@example.com,", " joe@example.com"),
            ("Jane ", " <jane@example.com>"),
            ("Jane <jane@example.com", ">"),
        ] {
            let list = [before.as_bytes(), &[control], after.as_bytes()].concat();
            err(list, ErrorKind::ControlCharacter, [control]);
        }
    }
    err("jane@example.com\rx", ErrorKind::ControlCharacter, "\r");
    err(
        "jane@example.com,\n joe@example.com",
        ErrorKind::ControlCharacter,
        "\n",
    );
    err(
        "\"x\ry\" <jane@example.com>",
        ErrorKind::ControlCharacter,
        "\r",
    );
    err(
        "\"x\\\r\n y\" <jane@example.com>",
        ErrorKind::ControlCharacter,
        "\r",
    );
}

/// A folded line of nothing but white space, where some readers end the header.
#[test]
fn blank_folds() {
    err(
        "a@b.example,\r\n \r\n c@d.example",
        ErrorKind::BlankFold,
        " ",
    );
    err("a@b.example\r\n\t", ErrorKind::BlankFold, "\t");
    err(
        "\"x\r\n \t \r\n y\" <a@b.example>",
        ErrorKind::BlankFold,
        " \t ",
    );
    err("(x\r\n \r\n y) a@b.example", ErrorKind::BlankFold, " ");
    err("\r\n ", ErrorKind::BlankFold, " ");
}

/// Source routes, and white space or comments beside the dots of an addr-spec (RFC 5322 §4.4).
#[test]
fn obsolete_addresses() {
    let obsolete = |address| [unrouted(address, Reason::ObsoleteAddress)];
    ok("<@relay:a@b.example>", &obsolete("a@b.example"));
    ok(
        "Jane <@one.example,@two.example:a@b.example>",
        &obsolete("a@b.example"),
    );
    ok(
        "<,, @one.example , , @two.example : a@b.example>",
        &obsolete("a@b.example"),
    );
    ok("<@[192.0.2.1]:a@b.example>", &obsolete("a@b.example"));
    ok("a . b@c.example", &obsolete("a.b@c.example"));
    ok("a(x).b@c.example", &obsolete("a.b@c.example"));
    ok("a@b. example", &obsolete("a@b.example"));
    ok("a@b (x).example", &obsolete("a@b.example"));
    ok("a@b\r\n .example", &obsolete("a@b.example"));
    err(
        "<@rel\u{200b}ay:a@b.example>",
        ErrorKind::DeceptiveCharacter,
        "\u{200b}",
    );
    err(b"<@\xFF:a@b.example>", ErrorKind::InvalidUtf8, b"\xFF");
    err("<@relay a@b.example>", ErrorKind::EmptyLocalPart, "@");
    err("<@relay,:>", ErrorKind::EmptyAddress, ">");
    err("<@relay:>", ErrorKind::EmptyAddress, ">");
    err("<@relay:", ErrorKind::UnclosedAngle, "<");
}

/// White space or a comment between local part, `@` and domain.
#[test]
fn space_beside_the_at_sign() {
    let spaced = [unrouted("a@b.example", Reason::SpaceBesideAt)];
    for list in [
        "a @b.example",
        "a@ b.example",
        "a(x)@b.example",
        "a@(x)b.example",
        "<a @ b.example>",
        "a\r\n @b.example",
    ] {
        ok(list, &spaced);
    }
}

/// What is an address for RFC 5322 and cannot be routed to.
#[test]
fn other_domains_and_characters() {
    ok(
        "a@[192.0.2.1]",
        &[unrouted("a@[192.0.2.1]", Reason::DomainLiteral)],
    );
    ok(
        "a@[IPv6: 2001:DB8::1]",
        &[unrouted("a@[ipv6:2001:db8::1]", Reason::DomainLiteral)],
    );
    err("a@[192.0.2.1\\]]", ErrorKind::ForbiddenCharacter, "\\");
    ok(
        "a@localhost",
        &[unrouted("a@localhost", Reason::SingleLabel)],
    );
    for address in [
        "a@b_c.example",
        "a@-x.example",
        "a@x-.example",
        "a@b.123",
        "a@b!c.example",
        // For some resolvers they are IPv4 addresses.
        "a@127.0.0.0x1",
        "a@0x7f000001.0x1",
        "a@b.0xab",
        "a@b.0x",
    ] {
        ok(address, &[unrouted(address, Reason::NotHostName)]);
    }
    ok(
        "josé@example.com",
        &[unrouted("josé@example.com", Reason::NotAscii)],
    );
    ok(
        "a@bücher.example",
        &[unrouted("a@bücher.example", Reason::NotAscii)],
    );
    ok("a@b.0X7F", &[unrouted("a@b.0x7f", Reason::NotHostName)]);
    for address in [
        "a@xn--bcher-kva.example",
        "a@b.0xfg",
        "a@b.0a",
        "a@0x1.example",
    ] {
        ok(address, &[routed(address)]);
    }
}

/// Characters that are taken for a boundary, or that nobody sees.
#[test]
fn deceptive_characters() {
    for char in [
        '＠', '﹫', '。', '．', '｡', '․', '\u{ad}', '\u{200b}', '\u{200d}', '\u{2060}', '\u{feff}',
        '\u{202e}', '\u{2066}', '\u{a0}', '\u{3000}', '\u{85}', '℀', '⒈', '；', '，',
    ] {
        let kind = ErrorKind::DeceptiveCharacter;
        err(format!("ja{char}ne@example.com"), kind, char.to_string());
        err(format!("jane@exa{char}mple.com"), kind, char.to_string());
        err(format!("<jane@example.com{char}>"), kind, char.to_string());
        err(format!("\"{char}\"@example.com"), kind, char.to_string());
    }
    err("jane＠example.com", ErrorKind::DeceptiveCharacter, "＠");
    err("<jane﹫example.com>", ErrorKind::DeceptiveCharacter, "﹫");
}

/// Bytes that are not UTF-8: an error in an address, a replacement in a name.
#[test]
fn bytes_that_are_no_utf8() {
    err(b"jos\xE9@example.com", ErrorKind::InvalidUtf8, b"\xE9");
    err(b"jose@ex\xC3.com", ErrorKind::InvalidUtf8, b"\xC3");
    ok(
        b"Jos\xE9 <jose@example.com>",
        &[noted("jose@example.com", Note::InvalidText)],
    );
    names(b"Jos\xE9 <jose@example.com>", &["Jos\u{fffd}"]);
    ok(b"(Jos\xE9) jose@example.com", &[routed("jose@example.com")]);
}

/// In Shift_JIS, `\x83\\` is one letter, and the quote behind it ends the string.
#[test]
fn a_backslash_behind_what_is_no_utf8_is_in_doubt() {
    let two_readings =
        b"\"\x83\\\" <victim@corp.example>, \"<evil@attacker.example>, \"x\" <a@b.example>";
    err(two_readings, ErrorKind::InvalidUtf8, b"\\");
    err(
        b"(\x83\\) victim@corp.example, (x) a@b.example)",
        ErrorKind::InvalidUtf8,
        b"\\",
    );
    // In UTF-8 it is certain, also where a character was quoted.
    ok(
        "\"Jos\u{e9}\\\\\" <jose@example.com>, \"\\\u{e9}\\\"\" (\u{e9}\\)) <a@b.example>",
        &[routed("jose@example.com"), routed("a@b.example")],
    );
}

/// Python's `getaddresses` ends a quoted string, a comment and a domain literal at a CR: from there on, it takes
/// for an address what stands in quotes for others.
#[test]
fn what_is_enclosed_and_folded_holds_no_address() {
    for (list, part) in [
        (
            "\"evil@evil.example\r\n x\" <victim@corp.example>",
            "\"evil@evil.example\r\n x\"",
        ),
        (
            "(evil@evil.example\r\n x) <victim@corp.example>",
            "(evil@evil.example\r\n x)",
        ),
        // Whichever stands first, and in whichever the `@` is.
        (
            "\"a\r\n x\" <a@corp.example>, Jane <b@corp.example>, \"evil@evil.example\" <c@corp.example>",
            "\"evil@evil.example\"",
        ),
        (
            "\"evil@evil.example\" <a@corp.example>, (b\r\n\tx) b@corp.example",
            "(b\r\n\tx)",
        ),
        (
            "a@[1.2\r\n \"], (evil@evil.example) \"\\\"\" <c@corp.example>",
            "(evil@evil.example)",
        ),
        (
            "a@corp.example (x\r\n (y)), b@corp.example (evil@evil.example)",
            "(evil@evil.example)",
        ),
        (
            "\"T\r\n (\": a@corp.example, \"@\" <b@corp.example>;",
            "\"@\"",
        ),
        // An encoded word before it, and not much behind it.
        (
            "(=?u?q?=41?=) \"j@x.co\r\n y\" <a@corp.example>, c@d.co",
            "\"j@x.co\r\n y\"",
        ),
    ] {
        err(list, ErrorKind::DoubtfulFold, part);
        // It had a CR before it was stored.
        let text = format!("From: {list}\r\n\r\n");
        for text in [text.replace('\r', ""), text] {
            let from = Message::parse(text.as_bytes()).unwrap().from();
            assert_eq!(from.unwrap_err().kind(), ErrorKind::DoubtfulFold);
        }
    }
    // Without an `@` in it nothing is found there; and a fold elsewhere ends nothing.
    for list in [
        "\"Doe,\r\n Jane\" <a@corp.example>, (x\r\n y) b@corp.example",
        "\"a@corp.example\"\r\n <a@corp.example>,\r\n \"b@corp.example\" (c@d.example) <b@corp.example>",
    ] {
        let text = header(list);
        let to = Message::parse(&text).unwrap().to().unwrap().unwrap();
        let routable = to.mailboxes().filter_map(|it| it.routable().ok());
        let routable: Vec<_> = routable.map(|it| it.to_string()).collect();
        assert_eq!(routable, ["a@corp.example", "b@corp.example"]);
    }
}

/// Source routing by other means is taken literally.
#[test]
fn percent_and_bang_are_literal() {
    ok(
        "victim%corp.example@attacker.example",
        &[routed("victim%corp.example@attacker.example")],
    );
    ok("a!b@c.example", &[routed("a!b@c.example")]);
    ok("a/b#c@d.example", &[routed("a/b#c@d.example")]);
}

#[test]
fn groups() {
    let member = |address| unrouted(address, Reason::GroupMember);
    ok(
        "team: a@b.example, c@d.example;",
        &[member("a@b.example"), member("c@d.example")],
    );
    ok("undisclosed-recipients:;", &[]);
    ok("undisclosed-recipients: ;", &[]);
    ok("\"Team, A\" (x): (y);", &[]);
    ok(
        "a@b.example, team: \"x;\" <c@d.example>; , e@f.example",
        &[
            routed("a@b.example"),
            member("c@d.example"),
            routed("e@f.example"),
        ],
    );
    ok(
        "one: a@b.example;, two: c@d.example;",
        &[member("a@b.example"), member("c@d.example")],
    );
    ok("John P. team: a@b.example;", &[member("a@b.example")]);
}

/// `obs-phrase` and the empty elements of obsolete lists (RFC 5322 §4.1, §4.4).
#[test]
fn tolerated_with_a_note() {
    ok(
        "John P. Smith <john@corp.example>",
        &[noted("john@corp.example", Note::DotInName)],
    );
    ok(
        "\"John P. Smith\" <john@corp.example>",
        &[routed("john@corp.example")],
    );
    for list in [
        "a@b.example,, c@d.example",
        ", a@b.example, c@d.example",
        "a@b.example, c@d.example,",
        "a@b.example, (nobody), c@d.example",
    ] {
        ok(list, &[routed("a@b.example"), routed("c@d.example")]);
        let text = header(list);
        let to = Message::parse(&text).unwrap().to().unwrap().unwrap();
        assert_eq!(to.notes(), Notes::new().with(Note::EmptySlot), "{list}");
    }
    for list in ["team: , a@b.example;", "team: a@b.example,;"] {
        let text = header(list);
        let to = Message::parse(&text).unwrap().to().unwrap().unwrap();
        assert_eq!(to.notes(), Notes::new().with(Note::EmptySlot), "{list}");
    }
    let text = header("a@b.example, c@d.example");
    assert!(
        Message::parse(&text)
            .unwrap()
            .to()
            .unwrap()
            .unwrap()
            .notes()
            .is_empty()
    );
}

/// RFC 5321 §4.5.3.1 and RFC 1035 §2.3.4.
#[test]
fn lengths() {
    let local = "l".repeat(64);
    let label = "d".repeat(63);
    let long = format!("{label}.{label}.{}.example", "d".repeat(54));
    let [at_local, at_label] = [format!("{local}@example.com"), format!("a@{label}.example")];
    let at_most = format!("{local}@{}", &long[..189]);
    for address in [&at_local, &at_label, &at_most] {
        let text = header(address);
        let to = Message::parse(&text).unwrap().to().unwrap().unwrap();
        assert!(
            to.mailboxes().next().unwrap().routable().is_ok(),
            "{address}"
        );
    }
    assert_eq!(at_most.len(), 254);
    let kind = ErrorKind::LocalPartTooLong;
    err(format!("l{local}@example.com"), kind, format!("l{local}"));
    // All of it is pointed at, also where it begins beyond ASCII.
    let beyond_ascii = "é".repeat(33);
    err(format!("{beyond_ascii}@example.com"), kind, beyond_ascii);
    err(
        format!("\"{local}\"@example.com"),
        kind,
        format!("\"{local}\""),
    );
    err(format!("l{local} @example.com"), kind, format!("l{local}"));
    err(
        format!("a@d{label}.example"),
        ErrorKind::LabelTooLong,
        format!("d{label}"),
    );
    err(
        format!("<@d{label}:a@b.example>"),
        ErrorKind::LabelTooLong,
        format!("d{label}"),
    );
    let domain = &long[..190];
    err(
        format!("{local}@{domain}"),
        ErrorKind::AddressTooLong,
        domain,
    );
    let literal = format!("[{}]", "1".repeat(252));
    err(format!("a@{literal}"), ErrorKind::AddressTooLong, &literal);
}

#[test]
fn names_are_decoded() {
    names(
        "Jane <a@b.example>, \"Doe, \\\"J\\\" Jane\" <a@b.example>, a@b.example",
        &["Jane", "Doe, \"J\" Jane", ""],
    );
    names("Jane   M\t Doe <a@b.example>", &["Jane M Doe"]);
    names("Jane (the (one)) Doe <a@b.example>", &["Jane Doe"]);
    names("\"Jane\r\n Doe\" <a@b.example>", &["Jane Doe"]);
    names("Jane\r\n Doe <a@b.example>", &["Jane Doe"]);
    names("José <a@b.example>", &["José"]);
    names("J. \"P.\" Doe <a@b.example>", &["J. P. Doe"]);
    // RFC 2047 §8.
    for (words, name) in [
        ("=?ISO-8859-1?Q?a?=", "a"),
        ("=?ISO-8859-1?Q?a?= b", "a b"),
        ("=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"),
        ("=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab"),
        ("=?ISO-8859-1?Q?a?=\r\n =?ISO-8859-1?Q?b?=", "ab"),
        ("=?ISO-8859-1?Q?a_b?=", "a b"),
        ("=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"),
        ("=?US-ASCII?Q?Keith_Moore?=", "Keith Moore"),
        ("=?ISO-8859-1?Q?Andr=E9?= Pirard", "André Pirard"),
        ("=?utf-8*es?b?Sm9zw6k?=", "José"),
        ("=?UTF-8?B?Sm9zw6k=?=", "José"),
        ("=?iso-8859-15?q?=A4?=", "€"),
        ("=?windows-1252?q?=80=93?=", "€“"),
        ("=?utf-8?q?Jos=C3?= =?utf-8?q?=A9?=", "José"),
        ("=?utf-8?q?=E2?= =?utf-8?q?=82=AC?=", "€"),
        ("=?utf-8?q?=E2=82?= =?utf-8?q?=AC?=", "€"),
        ("=?utf-8?q?=F0=9F=9B?= =?utf-8?q?=AB?=", "🛫"),
        ("=?utf-8?q??= x", " x"),
    ] {
        if words.contains("8859-2") && !cfg!(feature = "charsets") {
            continue;
        }
        names(format!("{words} <a@b.example>"), &[name]);
    }
}

#[test]
fn a_name_can_be_lent_where_a_str_is_wanted() {
    fn length(text: impl AsRef<str>) -> usize {
        text.as_ref().len()
    }
    let text = header("Jane Doe <jane@example.com>");
    let to = Message::parse(&text).unwrap().to().unwrap().unwrap();
    let name = to.mailboxes().next().unwrap().name().unwrap();
    assert_eq!(AsRef::<str>::as_ref(&name), "Jane Doe");
    assert_eq!(length(name), 8);
}

#[test]
fn names_that_cannot_be_decoded() {
    for (words, name, note) in [
        ("=?x-none?q?a?=", "=?x-none?q?a?=", Note::UndecodedWord),
        (
            "=?utf-7?q?+AGE-?=",
            "=?utf-7?q?+AGE-?=",
            Note::UndecodedWord,
        ),
        ("=?utf-8?b?!?=", "=?utf-8?b?!?=", Note::UndecodedWord),
        ("=?utf-8?q?a=4?=", "=?utf-8?q?a=4?=", Note::UndecodedWord),
        ("=?utf-8?x?a?=", "=?utf-8?x?a?=", Note::UndecodedWord),
        ("\"=?utf-8?q?a?=\"", "=?utf-8?q?a?=", Note::UndecodedWord),
        ("=?utf-8?q?a?=b", "=?utf-8?q?a?=b", Note::UndecodedWord),
        ("=?utf-8?q?=FF?=", "\u{fffd}", Note::InvalidText),
        ("=?us-ascii?q?=E9?=", "\u{fffd}", Note::InvalidText),
        (
            "=?utf-8?q?a=0D=0ABcc=3A?=",
            "a\u{fffd}\u{fffd}Bcc:",
            Note::ControlInText,
        ),
        ("=?utf-8?q?=00?=", "\u{fffd}", Note::ControlInText),
        ("x\u{85}y", "x\u{fffd}y", Note::ControlInText),
    ] {
        let list = format!("{words} <a@b.example>");
        ok(&list, &[noted("a@b.example", note)]);
        names(&list, &[name]);
    }
}

/// RFC 2047 §5: each word by itself stands for whole characters.
#[test]
fn a_character_that_is_split_over_two_words_is_read_with_a_note() {
    for words in [
        "=?utf-8?q?Jos=C3?= =?utf-8?q?=A9?=",
        "=?utf-8?q?=E2=82?= =?utf-8?q?=AC?=",
        "=?utf-8?q?=F0=9F=9B?= =?utf-8?q?=AB?=",
    ] {
        let list = format!("{words} <a@b.example>");
        ok(&list, &[noted("a@b.example", Note::IrregularWord)]);
    }
    ok(
        "=?utf-8?q?Jos=C3=A9?= =?utf-8?q?=E2=82=AC?= <a@b.example>",
        &[routed("a@b.example")],
    );
}

#[cfg(feature = "charsets")]
#[test]
fn other_charsets() {
    names("=?koi8-r?b?6dfBzg==?= <a@b.example>", &["Иван"]);
    names(
        "=?iso-2022-jp?b?GyRCQmdMWhsoQg==?= <a@b.example>",
        &["大木"],
    );
    ok(
        "=?iso-2022-kr?q?a?= <a@b.example>",
        &[noted("a@b.example", Note::UndecodedWord)],
    );
}

#[test]
fn what_is_written_is_read() {
    let list: Vec<_> = [
        "Jane Doe",
        "Doe, \"J\" \\",
        "José 大木 ".repeat(12).as_str(),
        " x ",
        "=?a?q?b?=",
        "a@b.example",
    ]
    .into_iter()
    .map(|name| {
        let address = "jane@example.com".parse().unwrap();
        NamedAddress::new(address).with_name(name).unwrap()
    })
    .collect();
    let text = header(address_list(&list));
    assert!(text.is_ascii());
    let to = Message::parse(&text).unwrap().to().unwrap().unwrap();
    for (mailbox, written) in to.mailboxes().zip(&list) {
        assert_eq!(mailbox.routable().as_ref(), Ok(written.address()));
        assert_eq!(mailbox.name().unwrap().as_str(), written.name().unwrap());
    }
    assert_eq!(to.mailboxes().count(), list.len());
    let error = NamedAddress::new("jane@example.com".parse().unwrap())
        .with_name("x\ny")
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.span().range()),
        (ErrorKind::ControlCharacter, 1..2)
    );
}

#[test]
fn a_comma_in_a_name_is_told_from_an_address_without_at() {
    use ErrorKind::{CommaInName, DeceptiveCharacter, ExpectedAt};

    err("Doe, Jane <jane@example.com>", CommaInName, ",");
    err(
        "a@example.com, Doe, Jane P. <jane@example.com>",
        CommaInName,
        ",",
    );
    err("Doe,\r\n Jane (home) <jane@example.com>", CommaInName, ",");
    err("Doe, Jane, MD <jane@example.com>", CommaInName, ",");
    err("T: Doe, Jane <jane@example.com>;", CommaInName, ",");
    err("Doe, . <jane@example.com>", ExpectedAt, "Doe");
    err("Doe,, Jane <jane@example.com>", ExpectedAt, "Doe");
    err("Doe, <jane@example.com>", ExpectedAt, "Doe");
    err("Doe, jane@example.com", ExpectedAt, "Doe");
    err("Doe, Jane", ExpectedAt, "Doe");
    err("Doe; Jane <jane@example.com>", ExpectedAt, "Doe");
    err(
        "J\u{ff20}x, Jane <jane@example.com>",
        DeceptiveCharacter,
        "\u{ff20}",
    );
}

#[test]
fn what_stands_where_a_label_must_is_what_is_wrong() {
    err("a@\"b\".example", ErrorKind::ForbiddenCharacter, "\"");
    err("a@b.\"c\"", ErrorKind::ForbiddenCharacter, "\"");
    err("a@@b.example", ErrorKind::SecondAt, "@");
    err("<a@b.<c>", ErrorKind::ForbiddenCharacter, "<");
}

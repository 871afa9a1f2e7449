//! Encoded words in address fields: where readers differ on where they end, nothing is routed.

use peline::{
    ErrorKind, Note,
    mail::{AdmissionPolicy, Authentication, Limits, Message, NamedAddress, NotAdmitted, admit},
};

use super::mail_list::{err, names, noted, ok, routed};

/// Some readers (Python's `email.policy.default`) take an encoded word off before they look for specials.
#[test]
fn a_special_in_an_encoded_word_is_in_doubt() {
    for (list, word) in [
        (
            "=?utf-8?q?(?= <victim@corp.example>, =?utf-8?q?)?= <evil@attacker.example>",
            "=?utf-8?q?(?=",
        ),
        (
            "=?utf-8?q?\"?= <victim@corp.example>, =?utf-8?q?\"?= <evil@attacker.example>",
            "=?utf-8?q?\"?=",
        ),
        (
            "=?utf-8?q?<victim@corp.example>,?= <evil@attacker.example>",
            "=?utf-8?q?<victim@corp.example>,?=",
        ),
        (
            "=?utf-8?q?victim@corp.example,?= <evil@attacker.example>",
            "=?utf-8?q?victim@corp.example,?=",
        ),
        (
            "=?utf-8?q?team:?= <a@b.example>, c@d.example;",
            "=?utf-8?q?team:?=",
        ),
        // What lazy mailers write is lost with them.
        (
            "=?utf-8?Q?Jane_(Home)?= <jane@example.com>",
            "=?utf-8?Q?Jane_(Home)?=",
        ),
        (
            "=?utf-8?q?Doe,_Jane?= <jane@example.com>",
            "=?utf-8?q?Doe,_Jane?=",
        ),
        (
            "=?utf-8?q?jane@example.com?=",
            "=?utf-8?q?jane@example.com?=",
        ),
    ] {
        err(list, ErrorKind::DoubtfulWord, word);
        // Wherever an atom begins.
        for before in [
            "Jane ",
            "(x) ",
            "J. ",
            "J.",
            "\"x\"",
            "=?u?q?x?= ",
            "x <a@b.example>, ",
        ] {
            err(format!("{before}{list}"), ErrorKind::DoubtfulWord, word);
        }
    }
}

/// … and take white space, octets beyond ASCII and other charsets in one for what they are.
#[test]
fn what_only_some_readers_take_for_an_encoded_word_is_in_doubt() {
    for (list, word) in [
        (
            "=?utf-8?q?Jane <victim@corp.example>, Joe?= <evil@attacker.example>",
            "=?utf-8?q?Jane <victim@corp.example>, Joe?=",
        ),
        (
            "=?utf-8?q?Jane\r\n <victim@corp.example>,?= <evil@attacker.example>",
            "=?utf-8?q?Jane\r\n <victim@corp.example>,?=",
        ),
        (
            "=?utf-8?q?José(?= <victim@corp.example>, =?utf-8?q?)?= <evil@attacker.example>",
            "=?utf-8?q?José(?=",
        ),
        (
            "=??q?(?= <victim@corp.example>, =??q?)?= <evil@attacker.example>",
            "=??q?(?=",
        ),
        (
            "=?,?q?(?= <victim@corp.example>, =?,?q?)?= <evil@attacker.example>",
            "=?,?q?(?=",
        ),
        // Right behind another one.
        (
            "=?u?q?a?==?u?q?(?= <victim@corp.example>, =?u?q?)?= <evil@attacker.example>",
            "=?u?q?(?=",
        ),
        (
            "=?utf-8?q?evil=40attacker.example=3E@corp.example (x?=)",
            "=?utf-8?q?evil=40attacker.example=3E@corp.example (x?=",
        ),
    ] {
        err(list, ErrorKind::DoubtfulWord, word);
    }
}

#[test]
fn a_special_in_an_encoded_word_of_an_address_is_in_doubt() {
    for list in [
        "a@=?u?q?(?=.example, victim@corp.example,)",
        "a@b.=?u?q?(?=.example, victim@corp.example,)",
        "x <=?u?q?(?=@b.example, victim@corp.example,)@c.example>",
        "<@=?u?q?(?=.example, victim@corp.example,):a@b.example>",
        "<a.=?u?q?(?=@b.example, victim@corp.example,)@c.example>",
    ] {
        err(list, ErrorKind::DoubtfulWord, "=?u?q?(?=");
    }
}

/// No encoded word stands in quotes (RFC 2047 §5), but some readers see one there.
#[test]
fn an_encoded_word_that_takes_a_closing_quote_is_in_doubt() {
    for (before, word) in [
        ("\"", "=?utf-8?q?\"?="),
        ("\"Jane ", "=?utf-8?q?\"?="),
        ("\"=?utf-8?q?x?=", "=?utf-8?q?\"?="),
        ("\"Jane\r\n ", "=?utf-8?q?x\" <a@b.example>?="),
    ] {
        let list =
            format!("{before}{word} <evil@attacker.example>, \"=?utf-8?q?\"?= <b@c.example>");
        err(list, ErrorKind::DoubtfulWord, word);
    }
    for name in [
        "\"=?utf-8?q?Doe,_Jane_(home)?=\"",
        "\"=?utf-8?q?Doe, Jane?= =?utf-8?q?<x>?=\"",
    ] {
        let list = format!("{name} <jane@example.com>, \"=?utf-8?Q?=C3=A9?=\" <jose@example.com>");
        let [jane, jose] = ["jane@example.com", "jose@example.com"];
        let note = Note::UndecodedWord;
        ok(list, &[noted(jane, note), noted(jose, note)]);
    }
}

/// For some readers a word ends with its first `?=`, whatever stands before that.
#[test]
fn a_question_mark_ends_no_word_that_is_in_doubt() {
    for (list, word) in [
        (
            "=?utf-8?q?<victim@corp.example>,?z?= <evil@attacker.example>",
            "=?utf-8?q?<victim@corp.example>,?z?=",
        ),
        (
            "=?utf-8?q?(?x?= <a@b.example>, =?utf-8?q?)?x?= <c@d.example>",
            "=?utf-8?q?(?x?=",
        ),
        (
            "=?utf-8?q?\"?x?= <a@b.example>, =?utf-8?q?\"?x?= <c@d.example>",
            "=?utf-8?q?\"?x?=",
        ),
        (
            "\"=?utf-8?q?\"<x@y.example>,\"?z?=\" <c@d.example>",
            "=?utf-8?q?\"<x@y.example>,\"?z?=",
        ),
        (
            "=?u?q?=?x?<a@b.example>,??= <c@d.example>",
            "=?u?q?=?x?<a@b.example>,??=",
        ),
        (
            "=?u?q?x =?=y?q?(?= <a@b.example>, =?u?q?)?= <c@d.example>",
            "=?=y?q?(?=",
        ),
    ] {
        err(list, ErrorKind::DoubtfulWord, word);
    }
    // In a domain literal, too.
    let list = "a@[1.2.3.4 =?utf-8?q?], b@c.example (?=)";
    err(
        list,
        ErrorKind::DoubtfulWord,
        "=?utf-8?q?], b@c.example (?=",
    );
    let word = "=?utf-8?q?evil=40a.example?x?=";
    let list = format!("{word}@corp.example");
    err(list, ErrorKind::EncodedWordInAddress, word);
    let text = "From: =?utf-8?q?x?y?=@air.example\n\n";
    let refused = admitted(text, "air.example");
    assert!(matches!(refused, Err(NotAdmitted::UnreadableSender(_))));
}

#[test]
fn a_comma_that_is_encoded_or_quoted_is_in_no_doubt() {
    let jane = "jane@example.com";
    for (name, expected) in [
        ("=?utf-8?Q?Doe=2C_Jane?=", routed(jane)),
        ("=?utf-8?B?RG9lLCBKYW5l?=", routed(jane)),
        (
            "\"=?utf-8?Q?Doe,_Jane?=\"",
            noted(jane, Note::UndecodedWord),
        ),
    ] {
        ok(format!("{name} <{jane}>"), &[expected]);
    }
}

/// Who sees the first `?=` in `?q?=41`, and takes it for a part of the text, finds no other: the word has no end.
#[test]
fn a_word_that_begins_with_an_octet_and_has_no_end_is_in_doubt() {
    for (list, word) in [
        (
            "\"=?utf-8?q?=41\" <victim@corp.example>, c@d.example",
            "=?utf-8?q?=41\" <victim@corp.example>, c@d.example",
        ),
        (
            "a@b.example, Jane =?utf-8?Q?=4a <victim@corp.example>",
            "=?utf-8?Q?=4a <victim@corp.example>",
        ),
        (
            "a@b.example, =?utf-8?q?=41@corp.example",
            "=?utf-8?q?=41@corp.example",
        ),
    ] {
        err(list, ErrorKind::DoubtfulWord, word);
    }
    // What begins with no octet is no word for them, and what has an end is one for all.
    for list in [
        "\"=?utf-8?q?=4\" <a@b.example>",
        "\"=?utf-8?q?=x1\" <a@b.example>",
        "\"=?utf-8?q?41\" <a@b.example>",
        "=?utf-8?q?=41?= <a@b.example>",
    ] {
        let text = format!("To: {list}\n\n");
        let to = Message::parse(text.as_bytes()).unwrap().to();
        assert_eq!(to.unwrap().unwrap().mailboxes().count(), 1, "{list}");
    }
}

/// Encoded words can stand in comments (RFC 2047 §5).
#[test]
fn an_encoded_word_that_takes_a_parenthesis_is_in_doubt() {
    for (list, word) in [
        (
            "(=?utf-8?q?(?= x) <a@b.example>, y) <c@d.example>",
            "=?utf-8?q?(?=",
        ),
        (
            "a@b.example (=?utf-8?q?(?=), <c@d.example>)",
            "=?utf-8?q?(?=",
        ),
        ("(=?utf-8?q?)?= <e@f.example>", "=?utf-8?q?)?="),
        ("(, =?utf-8?q?)?=<e@f.example>", "=?utf-8?q?)?="),
        (
            "a@(x (y)\t=?u?q?\\)?=)b.example, c@d.example",
            "=?u?q?\\)?=",
        ),
        ("(=?u?q?x?==?u?q?)?= <a@b.example>", "=?u?q?)?="),
        ("(x.=?u?q?)?= <a@b.example>", "=?u?q?)?="),
    ] {
        err(list, ErrorKind::DoubtfulWord, word);
    }
    ok(
        "(=?utf-8?q?Jane?= =?u?q?x y, <z>?=) a@b.example (x=?u?q?), <c@d.example> (?=)",
        &[routed("a@b.example"), routed("c@d.example")],
    );
    let text = "From: (=?utf-8?q?(?= x) <a@other.example>, y) <c@air.example>\n\n";
    let refused = admitted(text, "air.example");
    assert!(matches!(refused, Err(NotAdmitted::UnreadableSender(_))));
    // Nor is it left open whether a person sent it.
    let text = "Auto-Submitted: no (=?u?q?(?=) ; x=\")\"\nTo: a@b.example\n\n";
    let message = Message::parse(text.as_bytes()).unwrap();
    let error = message.auto_submitted().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::DoubtfulWord);
}

/// Both readings have the same mailboxes.
#[test]
fn an_encoded_word_without_specials_is_in_no_doubt() {
    let jane = "jane@example.com";
    for (word, expected) in [
        ("=?utf-8?q?J._P._Doe?=", noted(jane, Note::DotInName)),
        ("=?utf-8?q?Jane!#$%&'*+-/^`{|}~?=", routed(jane)),
        ("=?utf-8?q?Jane Doe?=", noted(jane, Note::UndecodedWord)),
        ("x=?utf-8?q?J?=", noted(jane, Note::UndecodedWord)),
    ] {
        ok(format!("{word} <{jane}>"), &[expected]);
    }
    // Padding begins no word.
    let list = "=?utf-8?B?Sm9zw6k=?= <jane@example.com>, =?utf-8?Q?=C3=A9?= <jane@example.com>";
    ok(list, &[routed(jane), routed(jane)]);
    // Neither does what is no encoding.
    let odd = "x?=@attacker.example";
    ok(
        "=?u?<a@b.example>, x?=@attacker.example",
        &[noted("a@b.example", Note::UndecodedWord), routed(odd)],
    );
}

#[test]
fn an_encoded_word_is_counted_whatever_stands_before() {
    let limits = Limits::default().with_encoded_words(1);
    for before in ["", "(c)"] {
        let text = format!("To: {before}=?u?q?b?= =?u?q?a.b?= <j@example.com>\r\n\r\n");
        let message = Message::parse_within(text.as_bytes(), limits).unwrap();
        let error = message.to().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooManyEncodedWords, "{before}");
    }
}

#[test]
fn a_sender_in_doubt_is_not_admitted() {
    let text =
        "From: =?utf-8?q?(?= <victim@corp.example>, =?utf-8?q?)?= <evil@attacker.example>\n\n";
    let refused = admitted(text, "attacker.example");
    let Err(NotAdmitted::UnreadableSender(error)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(error.kind(), ErrorKind::DoubtfulWord);
}

/// Whether a message is admitted whose domain was verified and is allowed.
fn admitted(text: &str, domain: &str) -> Result<(), NotAdmitted> {
    let message = Message::parse(text.as_bytes()).unwrap();
    let domain = || domain.parse().unwrap();
    let passed = Authentication::DmarcBySpf(domain());
    let policy = AdmissionPolicy::default().with_domain(domain());
    admit(&message, &passed, &policy).map(|_| ())
}

/// Each word of a charset with states begins and ends in ASCII (RFC 1468, RFC 2047 §3).
#[cfg(feature = "charsets")]
#[test]
fn each_word_of_a_charset_with_states_is_decoded_by_itself() {
    let word = "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=";
    let list = format!("{word} {word}\r\n {word} <jp@example.com>");
    ok(&list, &[routed("jp@example.com")]);
    names(&list, &["日本日本日本"]);
    names(
        format!("{word} =?iso-2022-jp?Q?_Jane?= x <jp@example.com>"),
        &["日本 Jane x"],
    );
    let text = format!("Subject: {word} {word}\r\n\r\n");
    let message = Message::parse(text.as_bytes()).unwrap();
    assert_eq!(message.subject().unwrap().unwrap().as_str(), "日本日本");
}

#[test]
fn a_byte_order_mark_is_no_character_of_a_name() {
    let jane = "jane@example.com";
    for word in [
        "=?utf-8?q?=EF=BB=BFJane?=",
        "=?utf-8?b?77u/SmFuZQ==?=",
        "=?utf-8?q?=EF=BB=BFJa?= =?utf-8?q?ne?=",
        "=?utf-8?q?=EF=BB?= =?utf-8?q?=BFJane?=",
    ] {
        names(format!("{word} <{jane}>"), &["Jane"]);
    }
    ok(
        format!("=?utf-8?q?=EF=BB=BFJane?= <{jane}>"),
        &[routed(jane)],
    );
    // One that is a character of the name stands behind another one.
    names(
        format!("=?utf-8?b?77u/77u/SmFuZQ==?= <{jane}>"),
        &["\u{feff}Jane"],
    );
    let named = NamedAddress::new(jane.parse().unwrap());
    let named = named.with_name("\u{feff}Jane").unwrap();
    names(named.to_string(), &["\u{feff}Jane"]);
    // Without one, readers differ on the order of the octets; with one, too.
    for word in [
        "=?utf-16?b?/v8ASgBhAG4AZQ==?=",
        "=?utf-16?b?//5KAGEAbgBlAA==?=",
        "=?utf-16le?b?SgBhAG4AZQA=?=",
        "=?UTF-16BE?b?AEoAYQBuAGU=?=",
    ] {
        let list = format!("{word} <{jane}>");
        ok(&list, &[noted(jane, Note::UndecodedWord)]);
        names(&list, &[word]);
    }
}

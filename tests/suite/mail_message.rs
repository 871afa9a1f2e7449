//! What is read out of a header: fields, line ends, the end of the header, limits, the envelope, and
//! what may import.

use std::borrow::Cow;

use peline::{
    Address, Domain, ErrorKind, Note, Plan, Reason, Role, Route, Span,
    mail::{
        AdmissionPolicy, Authentication, AutoSubmitted, FieldName, Limits, Message, NotAdmitted,
        admit,
    },
    route,
};

/// One word for each thing that is listed: what it gets, or why nothing.
#[track_caller]
fn listed(text: impl AsRef<[u8]>, envelope: &[&str]) -> Vec<String> {
    let envelope: Vec<Address> = envelope.iter().map(|it| it.parse().unwrap()).collect();
    let message = Message::parse(text.as_ref()).unwrap();
    let words = message.recipients(&envelope).map(|listed| {
        let candidate = match listed.content {
            Ok(candidate) => candidate,
            Err(error) => return format!("! {}", error.kind().name()),
        };
        match candidate.recipient() {
            Ok(it) => format!("{} {}", it.address(), route(&it).name()),
            Err(it) => format!("{} -{}", it.address(), it.reason().name()),
        }
    });
    words.collect()
}

#[track_caller]
fn refused(text: impl AsRef<[u8]>, kind: ErrorKind, at: impl AsRef<[u8]>) {
    let text = text.as_ref();
    let error = Message::parse(text).unwrap_err();
    assert_eq!(error.kind(), kind);
    assert_eq!(error.span().of(text), Some(at.as_ref()));
}

#[test]
fn the_body_stands_behind_the_empty_line() {
    let body = |text: &'static [u8]| {
        let message = Message::parse(text).unwrap();
        (message.body(), message.body_span().map(Span::range))
    };
    assert_eq!(body(b"To: a@b.example\n\nHi"), (&b"Hi"[..], Some(17..19)));
    assert_eq!(
        body(b"To: a@b.example\r\n\r\nHi"),
        (&b"Hi"[..], Some(19..21))
    );
    assert_eq!(body(b"To: a@b.example\n\n"), (&b""[..], Some(17..17)));
    assert_eq!(body(b"To: a@b.example\n"), (&b""[..], None));
    assert_eq!(body(b"To: a@b.example"), (&b""[..], None));
    assert_eq!(body(b"\r\nHi"), (&b"Hi"[..], Some(2..4)));
    assert_eq!(body(b""), (&b""[..], None));
    let header_like = b"To: a@b.example\n\nTo: c@d.example\n";
    assert_eq!(listed(header_like, &[]), ["a@b.example my_trips"]);
}

#[test]
fn folds_belong_to_their_field() {
    let text = "To: a@b.example,\r\n\tc@d.example\r\nCc:\r\n e@f.example\r\n\r\n";
    let expected = [
        "a@b.example my_trips",
        "c@d.example my_trips",
        "e@f.example following",
    ];
    assert_eq!(listed(text, &[]), expected);
}

#[test]
fn an_mbox_line_may_stand_first() {
    let text = "From jane@example.com Sun Nov 22 10:00:00 2026\nTo: a@b.example\n\n";
    assert_eq!(listed(text, &[]), ["a@b.example my_trips"]);
    let kind = ErrorKind::DoubtfulHeaderEnd;
    let line = "From x\rTo: evil@example.org\r\n";
    refused(format!("{line}To: a@b.example\r\n\r\n"), kind, line);
    let text = "To: a@b.example\nFrom jane Sun Nov 22\nCc: c@d.example\n\n";
    let expected = [
        "a@b.example my_trips",
        "! expected_field",
        "! behind_header_end",
    ];
    assert_eq!(listed(text, &[]), expected);
}

#[test]
fn a_line_that_is_no_field_is_reported_and_what_stands_behind_it_is_refused() {
    for stray in [
        "garbage",
        ": x",
        "x o: x@y.example",
        "T\u{f6}m: x@y.example",
    ] {
        let text = format!("To: a@b.example\n{stray}\n more: of it\nCc: c@d.example\n\n");
        let expected = [
            "a@b.example my_trips",
            "! expected_field",
            "! behind_header_end",
            "e@f.example -unreadable_field",
        ];
        assert_eq!(listed(&text, &["e@f.example"]), expected, "{stray}");
        let message = Message::parse(text.as_bytes()).unwrap();
        let error = message.fields().find_map(Result::err).unwrap();
        let line = format!("{stray}\n more: of it");
        assert_eq!(error.span().of(text.as_bytes()), Some(line.as_bytes()));
    }
    let expected = ["! expected_field", "! behind_header_end"];
    assert_eq!(listed(" x\nTo: a@b.example\n\n", &[]), expected);
    // Nothing that counts stands behind it.
    let text = "To: a@b.example\ngarbage\nReceived: z\n\n";
    let expected = [
        "a@b.example my_trips",
        "! expected_field",
        "c@d.example notify_only",
    ];
    assert_eq!(listed(text, &["c@d.example"]), expected);
}

/// Where readers that take CR, LF and CR LF all for line ends would see the header end.
#[test]
fn a_doubtful_end_of_the_header_is_an_error_of_the_message() {
    let kind = ErrorKind::DoubtfulHeaderEnd;
    refused(
        "To: a@b.example\r\nX: y\n\nTo: c@d.example\r\n\r\n",
        kind,
        "\n",
    );
    refused(
        "To: a@b.example\r\nX: y\n\r\nTo: c@d.example\r\n\r\n",
        kind,
        "\r",
    );
    refused(
        "To: a@b.example\r\nX: y\r\r\nTo: c@d.example\r\n\r\n",
        kind,
        "\r",
    );
    refused("To: a@b.example\nX: y\r\rTo: c@d.example\n\n", kind, "\r");
    refused("To: a@b.example\nX: y\n\r\nTo: c@d.example\n\n", kind, "\r");
    refused("To: a@b.example\n\x0c\nTo: c@d.example\n\n", kind, "\x0c");
    refused(
        "To: a@b.example\n\0\n To: c@d.example\n\n",
        kind,
        "\0\n To: c@d.example",
    );
    refused(" \nTo: c@d.example\n\n", kind, " ");
    refused("X: y\r\nBcc: x\n\r\r\nbody", kind, "\r");
    // The end itself is none, and nothing behind it counts.
    assert_eq!(listed("To: a@b.example\r\n\r\nX: y\n\n\r\r", &[]).len(), 1);
}

#[test]
fn odd_line_ends_are_errors_of_their_field_only() {
    let text = "To: a@b.example\r\nCc: c@d.example,\n e@f.example\r\nSubject: a\rb\r\n\r\n";
    assert_eq!(
        listed(text, &[]),
        ["a@b.example my_trips", "! control_character"]
    );
    let subject = Message::parse(text.as_bytes())
        .unwrap()
        .subject()
        .unwrap_err();
    assert_eq!(subject.kind(), ErrorKind::ControlCharacter);
    let text = "To: a@b.example\nCc: c@d.example\r\n\n";
    // (LF here, so the CR is no line end, and the line before the empty one has it.)
    assert_eq!(
        listed(text, &[]),
        ["a@b.example my_trips", "! control_character"]
    );
}

/// A field that another reader would see once more, or more of, is not to be believed.
#[test]
fn doubtful_fields() {
    for text in [
        "X: y\nTo: evil@example.org\r\nTo: a@b.example\r\n\r\n",
        "To: a@b.example\r\nX: y\rTo: evil@example.org\r\n\r\n",
        "To: a@b.example\r\nT\0o: evil@example.org\r\n\r\n",
        "To: a@b.example,\r\n\0 evil@example.org\r\n\r\n",
        "To: a@b.example,\r\n\u{a0}evil@example.org\r\n\r\n",
        "To: a@b.example\r\nT o: evil@example.org\r\n\r\n",
        "To: a@b.example\r\nTo\r: evil@example.org\r\n\r\n",
        "To: a@b.example\r\nT\ro: evil@example.org\r\n\r\n",
        " To: evil@example.org\r\nTo: a@b.example\r\n\r\n",
        "\u{feff}To: evil@example.org\r\nTo: a@b.example\r\n\r\n",
        "To\u{a0}: evil@example.org\r\nTo: a@b.example\r\n\r\n",
        "To: a@b.example\r\nTo\r\n : evil@example.org\r\n\r\n",
        "To: a@b.example\r\nTo\r\n \t\r\n\t: evil@example.org\r\n\r\n",
        "To: a@b.example\r\nT\r\n o: evil@example.org\r\n\r\n",
        "To: a@b.example\r\nX: y\nTo\r\n : evil@example.org\r\n\r\n",
    ] {
        let text = text.replacen("X: y\nTo", "Y: z\r\nX: y\nTo", 1);
        let listed = listed(&text, &["a@b.example", "evil@example.org"]);
        assert!(
            listed.contains(&"! doubtful_field".to_owned()),
            "{listed:?}"
        );
        assert!(
            !listed.iter().any(|it| it.ends_with("my_trips")),
            "{listed:?}"
        );
        assert!(listed.contains(&"a@b.example -unreadable_field".to_owned()));
    }
    let text = "To: a@b.example\nAuto-\x01Submitted: auto-replied\n\n";
    let expected = ["a@b.example -unreadable_auto_submitted", "! expected_field"];
    assert_eq!(listed(text, &[]), expected);
}

/// Who joins the lines of a field before he looks for its colon (JavaMail) sees one where the name is folded.
#[test]
fn a_name_that_is_folded_before_its_colon_is_doubtful() {
    let text = "To: a@b.example\r\nAuto-Submitted\r\n : auto-replied\r\n\r\n";
    let expected = ["a@b.example -unreadable_auto_submitted", "! expected_field"];
    assert_eq!(listed(text, &[]), expected);
    for (text, name) in [
        (
            "From: a@b.example\r\nFrom\r\n : c@d.example\r\n\r\n",
            FieldName::From,
        ),
        (
            "Cc\r\n : c@d.example\r\nTo: a@b.example\r\n\r\n",
            FieldName::Cc,
        ),
        (
            "To: a@b.example\nReply-\n To\n : c@d.example\n\n",
            FieldName::ReplyTo,
        ),
        // Who drops what cannot be seen sees a fold in it.
        ("Auto-\n\x7f\t Submitted: no\n\n", FieldName::AutoSubmitted),
        ("C\n\0c\n\x7f: c@d.example\n\n", FieldName::Cc),
        // Wherever it begins, with lines before it that some would see continue another one, too.
        ("x\n\x0bC\n\0c: c@d.example\n\n", FieldName::Cc),
        ("x\r\x0bC\n\0c: c@d.example\n\n", FieldName::Cc),
        ("x\n\0Reply-\n\0To: c@d.example\n\n", FieldName::ReplyTo),
        // Or a header begin behind the line of an mbox file.
        ("From x: y\n Cc: c@d.example\n\n", FieldName::Cc),
        ("Fr\x0bom x: y\n C\n c: c@d.example\n\n", FieldName::Cc),
        ("From x y\n\0 A: b\n Cc: c@d.example\n\n", FieldName::Cc),
        (
            "Fr\x0bom x: y\n\0 A: b\n Cc: c@d.example\n\n",
            FieldName::Cc,
        ),
    ] {
        let message = Message::parse(text.as_bytes()).unwrap();
        let error = message.field(name).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DoubtfulField, "{name}");
    }
    // Where the name does not stand there for anyone, no field is in doubt.
    for text in [
        "To: a@b.example\r\nToo\r\n : c@d.example\r\n\r\n",
        "To: a@b.example\r\nx\r\n To: c@d.example\r\n\r\n",
    ] {
        let expected = ["a@b.example my_trips", "! expected_field"];
        assert_eq!(listed(text, &[]), expected);
    }
    // A fold has lines only where it could continue the line of an mbox file.
    for text in [
        "\0 A: b\n Cc: c@d.example\n\n",
        "X: y\n\0 A: b\n Cc: c@d.example\n\n",
        "From x y\nX: y\n\0 A: b\n Cc: c@d.example\n\n",
    ] {
        let message = Message::parse(text.as_bytes()).unwrap();
        assert!(matches!(message.field(FieldName::Cc), Ok(None)), "{text:?}");
    }
}

/// Some readers end the header at a folded line of nothing but white space: what stands behind it is in doubt,
/// and what stands before it is not.
#[test]
fn what_stands_behind_a_blank_fold_is_refused() {
    for fold in [
        "Subject: x\r\n \r\n",
        "Received: x\r\n\t \r\n y\r\n",
        "X: y\r\n \x0b\r\n",
        "no field\r\n \r\n",
    ] {
        let text = format!("To: a@b.example\r\n{fold}Cc: c@d.example\r\nBcc: e@f.example\r\n\r\n");
        let mut listed = listed(&text, &["a@b.example", "e@f.example", "x@y.example"]);
        listed.retain(|it| it != "! expected_field");
        let expected = [
            "a@b.example my_trips",
            "! behind_blank_fold",
            "! behind_blank_fold",
            "e@f.example -unreadable_field",
            "x@y.example -unreadable_field",
        ];
        assert_eq!(listed, expected, "{fold:?}");
        let message = Message::parse(text.as_bytes()).unwrap();
        let error = message.cc().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BehindBlankFold);
        assert_eq!(
            error.span().of(text.as_bytes()),
            Some(&b"Cc: c@d.example"[..])
        );
    }
    // For who takes a bare LF or CR for a line end, too.
    for fold in ["X: y\n \n z\r\n", "X: y\r \r z\r\n"] {
        let text = format!("To: a@b.example\r\n{fold}Cc: c@d.example\r\n\r\n");
        let expected = ["a@b.example my_trips", "! behind_blank_fold"];
        assert_eq!(listed(text, &[]), expected, "{fold:?}");
    }
    let text = "To: a@b.example\n \nCc: c@d.example\n\n";
    assert_eq!(listed(text, &[]), ["! blank_fold", "! behind_blank_fold"]);
    let text = "To: a@b.example\nX: y\n \nAuto-Submitted: auto-generated\n\n";
    assert_eq!(
        listed(text, &[]),
        ["a@b.example -unreadable_auto_submitted"]
    );
    let text = "To: a@b.example\nX: y\n \nTo: c@d.example\n\n";
    assert_eq!(listed(text, &[]), ["! repeated_field", "! repeated_field"]);
    // Nothing that counts stands behind it.
    let text = "To: a@b.example\nX: y\n \nReceived: z\n\n";
    assert_eq!(
        listed(text, &["c@d.example"]),
        ["a@b.example my_trips", "c@d.example notify_only"]
    );
}

#[test]
fn a_repeated_list_is_an_error_each_time() {
    let text = "To: a@b.example\nCc: c@d.example\nTO : e@f.example\n\n";
    let expected = [
        "! repeated_field",
        "c@d.example following",
        "! repeated_field",
    ];
    assert_eq!(listed(text, &[]), expected);
    let message = Message::parse(text.as_bytes()).unwrap();
    let spans: Vec<_> = message
        .recipients(&[])
        .map(|it| it.span.unwrap().range())
        .collect();
    assert_eq!(spans, [0..15, 20..31, 32..48]);
    let error = message.to().unwrap_err();
    assert_eq!(
        (error.kind(), error.span().range()),
        (ErrorKind::RepeatedField, 32..48)
    );
}

#[test]
fn white_space_before_the_colon_routes_nothing() {
    for name in ["To ", "To\t", "to  "] {
        let text = format!("{name}: a@b.example, c: d@e.example;\nCc: f@g.example\n\n");
        let expected = [
            "a@b.example -obsolete_field_name",
            "d@e.example -obsolete_field_name",
            "! behind_header_end",
        ];
        assert_eq!(listed(text, &[]), expected);
    }
    // Some readers (Python's) end the header there, wherever it stands, and see nobody.
    for end in ["\n", "\r\n"] {
        let text = format!("Received\t: x{end}To: a@b.example{end}{end}");
        let expected = ["! behind_header_end", "a@b.example -unreadable_field"];
        assert_eq!(listed(&text, &["a@b.example"]), expected);
        let text = format!("To: a@b.example{end}Received : x{end}X: y{end}{end}");
        assert_eq!(listed(text, &[]), ["a@b.example my_trips"]);
    }
    let message = Message::parse(b"Subject : x\nFrom: a@b.example\nDate: y\n\n").unwrap();
    assert!(message.subject().is_ok());
    for error in [message.from().err(), message.date().err()] {
        assert_eq!(error.unwrap().kind(), ErrorKind::BehindHeaderEnd);
    }
}

#[test]
fn names_of_fields_have_no_case() {
    assert_eq!(
        listed("tO: a@b.example\nBCC: c@d.example\n\n", &[]),
        ["a@b.example my_trips", "c@d.example notify_only"]
    );
    for near in [
        "Too",
        "T",
        "X-To",
        "To-",
        "Resent-To",
        "Apparently-To",
        "Errors-To",
    ] {
        assert!(
            listed(format!("{near}: a@b.example\n\n"), &[]).is_empty(),
            "{near}"
        );
    }
}

#[test]
fn a_defect_poisons_its_field_and_no_other() {
    let text = "To: a@b.example, <broken\nCc: c@d.example\nBcc: \"\n\n";
    let expected = [
        "! unclosed_angle",
        "c@d.example following",
        "! unclosed_quote",
    ];
    assert_eq!(listed(text, &[]), expected);
}

#[test]
fn the_envelope_tells_the_blind_copies() {
    let text = "To: Jane <a@b.example>, g: m@n.example;\nCc: o @p.example\n\n";
    let in_header = [
        "a@b.example my_trips",
        "m@n.example -group_member",
        "o@p.example -space_beside_at",
    ];
    let with = |envelope: &[&str]| listed(text, envelope)[3..].to_vec();
    assert_eq!(listed(text, &[])[..3], in_header);
    assert_eq!(
        with(&[
            "A@B.example",
            "x@y.example",
            "m@n.example",
            "o@p.example",
            "X@y.example"
        ]),
        ["x@y.example notify_only"]
    );
    let quoted = "To: \"jane\"@b.example\n\n";
    assert_eq!(
        listed(quoted, &["jane@b.example"]),
        ["\"jane\"@b.example -quoted_local_part"]
    );
    let message = Message::parse(b"Cc: a@b.example\n\n").unwrap();
    let envelope = ["x@y.example".parse().unwrap()];
    let blind = message.recipients(&envelope).last().unwrap();
    assert_eq!(blind.span, None);
    let blind = blind.content.unwrap();
    assert_eq!((blind.role(), blind.mailbox().is_none()), (Role::Bcc, true));
    assert_eq!(blind.recipient().unwrap().name(), None);
}

#[test]
fn an_unreadable_field_may_hold_the_envelope() {
    let text = "To: a@b.example\nCc: <\n\n";
    assert_eq!(
        listed(text, &["a@b.example", "x@y.example"]),
        [
            "a@b.example my_trips",
            "! unclosed_angle",
            "x@y.example -unreadable_field"
        ]
    );
    // A group member stays one, and other fields and lines do not matter.
    let text = "To: g: a@b.example;\nCc: <\n\n";
    assert_eq!(
        listed(text, &["a@b.example"])[..],
        ["a@b.example -group_member", "! unclosed_angle"]
    );
    let text = "To: a@b.example\nReply-To: <\ngarbage\n\n";
    assert_eq!(listed(text, &["x@y.example"])[2], "x@y.example notify_only");
}

#[test]
fn automatic_replies_route_nothing() {
    let with = |field: &str| {
        let text = format!("{field}To: a@b.example\n\n");
        let message = Message::parse(text.as_bytes()).unwrap();
        let envelope = ["x@y.example".parse().unwrap()];
        let candidates = message.recipients(&envelope).map(|it| it.content.unwrap());
        let [to, bcc] = candidates
            .map(|it| (it.reason(), it.notes()))
            .collect::<Vec<_>>()[..]
        else {
            panic!("two are listed");
        };
        assert_eq!(to, bcc);
        (
            to.0,
            to.1.contains(Note::AutoSubmitted),
            message.auto_submitted().ok().flatten(),
        )
    };
    assert_eq!(with(""), (None, false, None));
    assert_eq!(
        with("Auto-Submitted: no\n"),
        (None, false, Some(AutoSubmitted::No))
    );
    for (word, read) in [
        ("auto-generated", AutoSubmitted::AutoGenerated),
        (
            "AUTO-GENERATED (by us); x=y; z=\"a;b\"",
            AutoSubmitted::AutoGenerated,
        ),
        ("(x)\n auto-notified", AutoSubmitted::AutoNotified),
        ("x-other.1", AutoSubmitted::Extension),
        ("no-such", AutoSubmitted::Extension),
    ] {
        assert_eq!(
            with(&format!("Auto-Submitted: {word}\n")),
            (None, true, Some(read)),
            "{word}"
        );
    }
    for word in [
        "auto-replied",
        "Auto-Replied (vacation)",
        "auto-replied; x=y",
    ] {
        let replied = (
            Some(Reason::AutoReplied),
            false,
            Some(AutoSubmitted::AutoReplied),
        );
        assert_eq!(
            with(&format!("Auto-Submitted: {word}\n")),
            replied,
            "{word}"
        );
    }
    for word in [
        "",
        "auto replied",
        "auto-replied;",
        "auto-replied; x",
        "x;y=",
        "no, no",
        "no\0",
    ] {
        let unreadable = (Some(Reason::UnreadableAutoSubmitted), false, None);
        assert_eq!(
            with(&format!("Auto-Submitted: {word}\n")),
            unreadable,
            "{word}"
        );
    }
    let twice = "Auto-Submitted: no\nauto-submitted: no\n";
    assert_eq!(with(twice).0, Some(Reason::UnreadableAutoSubmitted));
    let spaced = "To: a@b.example\nAuto-Submitted : auto-replied\n\n";
    assert_eq!(listed(spaced, &[]), ["a@b.example -auto_replied"]);
}

#[test]
fn an_address_alone_and_in_a_group_is_one_recipient() {
    let text = b"To: team: a@b.example;\nCc: a@b.example, team: c@d.example;\n\n";
    let plan: Plan = Message::parse(text).unwrap().recipients(&[]).collect();
    let planned = plan.recipients().next().unwrap();
    assert_eq!(
        (planned.route(), plan.recipients().count()),
        (Route::Following, 1)
    );
    assert!(planned.notes().contains(Note::AlsoUnrouted));
    let unrouted: Vec<_> = plan
        .unrouted()
        .map(|(address, _)| address.as_str())
        .collect();
    assert_eq!(unrouted, ["c@d.example"]);
    assert!(plan.is_complete() && !plan.exceeds_host_limit());
    let broken: Plan = Message::parse(b"To: <\n\n")
        .unwrap()
        .recipients(&[])
        .collect();
    assert!(!broken.is_complete());
}

#[test]
fn a_thousand_recipients_are_no_pnr() {
    let list: Vec<_> = (0..1000).map(|at| format!("a{at}@b.example")).collect();
    let text = format!("To: {}\n\n", list.join(",\n "));
    let plan: Plan = Message::parse(text.as_bytes())
        .unwrap()
        .recipients(&[])
        .collect();
    assert_eq!(plan.recipients().count(), 1000);
    assert!(!plan.exceeds_host_limit());
}

#[test]
fn other_values() {
    let text = b"From: a@b.example, c@d.example\nSender: Jane <a@b.example>\nReply-To: g: e@f.example;\n\
        Subject: =?utf-8?q?Tr=C3=ADp?= to\n  Rome \nDate: Sun, 22 Nov 2026 (x) 10:00:00\n +0100 (CET)\n\
        Message-ID: (x) <a.b@[x]> \n\n";
    let message = Message::parse(text).unwrap();
    assert_eq!(message.from().unwrap().unwrap().mailboxes().count(), 2);
    assert_eq!(
        message.sender().unwrap().unwrap().address().as_str(),
        "a@b.example"
    );
    assert_eq!(message.reply_to().unwrap().unwrap().groups().count(), 1);
    assert_eq!(
        message.subject().unwrap().unwrap().as_str(),
        "Tríp to  Rome"
    );
    assert_eq!(message.date().unwrap(), "2026-11-22T09:00:00Z".parse().ok());
    assert_eq!(message.message_id().unwrap().unwrap().as_str(), "a.b@[x]");
    let message = Message::parse(b"X: y\n\n").unwrap();
    assert_eq!(message.date().unwrap(), None);
    assert!(message.subject().unwrap().is_none() && message.sender().unwrap().is_none());
}

#[test]
fn values_that_cannot_be_read() {
    let kind = |text: &str| {
        let text = format!("{text}\n\n");
        let message = Message::parse(text.as_bytes()).unwrap();
        let errors = [
            message.date().err(),
            message.message_id().err(),
            message.sender().err(),
            message.subject().err(),
        ];
        errors
            .into_iter()
            .flatten()
            .map(|error| error.kind())
            .next()
    };
    for date in [
        "",
        "x",
        "32 Nov 2026 10:00:00 +0100",
        "22 Nov 2026",
        "Mon, 22 Nov 2026 10:00:00 +0100",
    ] {
        assert_eq!(
            kind(&format!("Date: {date}")),
            Some(ErrorKind::MalformedDate),
            "{date}"
        );
    }
    for date in [
        "22 Nov 2026 10:00 -0000",
        "22 Nov 26 10:00:00 GMT",
        "22 Nov 2026 10:00:00 EST",
    ] {
        assert_eq!(kind(&format!("Date: {date}")), None, "{date}");
    }
    for id in [
        "", "a@b", "<a@b", "<ab>", "<a@b> x", "<@b>", "<a@>", "<a b@c>", "<a..b@c>",
    ] {
        let found = kind(&format!("Message-ID: {id}"));
        let expected = [ErrorKind::MalformedMessageId, ErrorKind::UnexpectedText];
        assert!(
            found.is_some_and(|found| expected.contains(&found)),
            "{id}: {found:?}"
        );
    }
    assert_eq!(kind("Message-ID: <\"a,b\"@c.d>"), None);
    for sender in ["", "a@b.example, c@d.example", "g: a@b.example;", "g:;"] {
        assert_eq!(
            kind(&format!("Sender: {sender}")),
            Some(ErrorKind::ExpectedOneMailbox),
            "{sender}"
        );
    }
    assert_eq!(kind("Subject: a\0b"), Some(ErrorKind::ControlCharacter));
    assert_eq!(
        kind("Subject: a\nSubject: b"),
        Some(ErrorKind::RepeatedField)
    );
}

/// Each bound, from both sides.
#[test]
fn limits() {
    let limits = Limits::default();
    let within = |text: &str, limits| {
        let message = Message::parse_within(text.as_bytes(), limits);
        message.and_then(|message| message.to().map(|_| ()))
    };
    let over = |text: &str, limits| within(text, limits).unwrap_err().kind();

    let filler = |length: usize| format!("X: {}\n", "y".repeat(length - 4));
    let header = |length: usize| format!("{}To: a@b.example\n\nbody", filler(length - 16));
    assert_eq!(
        within(&header(1024 * 1024 + 1), limits),
        Ok(()),
        "the last line end is not counted"
    );
    assert_eq!(
        over(&header(1024 * 1024 + 2), limits),
        ErrorKind::HeaderTooLong
    );
    assert_eq!(
        over(&header(102), limits.with_header(100)),
        ErrorKind::HeaderTooLong
    );

    let fields = |count: usize| "X: y\n".repeat(count - 1) + "To: a@b.example\n\n";
    assert_eq!(within(&fields(1000), limits), Ok(()));
    assert_eq!(over(&fields(1001), limits), ErrorKind::TooManyFields);
    assert_eq!(
        over("x\ny\nTo: a@b.example\n\n", limits.with_fields(2)),
        ErrorKind::TooManyFields
    );

    let list = |length: usize| format!("To: {}a@b.example\n\n", " ".repeat(length - 15));
    assert_eq!(within(&list(256 * 1024), limits), Ok(()));
    assert_eq!(over(&list(256 * 1024 + 1), limits), ErrorKind::FieldTooLong);
    let subject = |length: usize| {
        let text = format!("Subject: {}\n\n", "y".repeat(length - 9));
        let message = Message::parse(text.as_bytes()).unwrap();
        message.subject().err().map(|error| error.kind())
    };
    assert_eq!(subject(32 * 1024), None);
    assert_eq!(subject(32 * 1024 + 1), Some(ErrorKind::FieldTooLong));

    let mailboxes = |count: usize| format!("To: {}\n\n", vec!["g: a@b.example;"; count].join(","));
    assert_eq!(within(&mailboxes(1000), limits), Ok(()));
    assert_eq!(over(&mailboxes(1001), limits), ErrorKind::TooManyMailboxes);

    let nested = |depth: usize| {
        format!(
            "To: {}x{} a@b.example\n\n",
            "(".repeat(depth),
            ")".repeat(depth)
        )
    };
    assert_eq!(within(&nested(16), limits), Ok(()));
    assert_eq!(over(&nested(17), limits), ErrorKind::CommentTooDeep);
    assert_eq!(
        over(&nested(1), limits.with_comment_depth(0)),
        ErrorKind::CommentTooDeep
    );

    let words = |count: usize| format!("To: {} <a@b.example>\n\n", "=?utf-8?q?x?= ".repeat(count));
    assert_eq!(within(&words(1000), limits), Ok(()));
    assert_eq!(over(&words(1001), limits), ErrorKind::TooManyEncodedWords);
    let subject = |count: usize| {
        let text = format!("Subject: {}\n\n", "=?utf-8?q?x?= ".repeat(count));
        let message = Message::parse(text.as_bytes()).unwrap();
        message.subject().err().map(|error| error.kind())
    };
    assert_eq!(
        (subject(1000), subject(1001)),
        (None, Some(ErrorKind::TooManyEncodedWords))
    );

    let nested_group = "To: a: b: c@d.example;;\n\n";
    assert_eq!(over(nested_group, limits), ErrorKind::NestedGroup);
}

/// What is over a bound of a field is an error of that field only.
#[test]
fn a_field_over_its_limit_poisons_no_other() {
    let text = format!(
        "To: {}\nCc: c@d.example\n\n",
        vec!["a@b.example"; 1001].join(",")
    );
    assert_eq!(
        listed(text, &[]),
        ["! too_many_mailboxes", "c@d.example following"]
    );
}

#[test]
fn two_admissions_are_equal_where_the_messages_are_the_same() {
    let domain: Domain = "air.example".parse().unwrap();
    let policy = AdmissionPolicy::default().with_domain(domain.clone());
    let authentication = Authentication::DmarcBySpf(domain);
    let text = |to: &str| format!("From: desk@air.example\nTo: {to}\n\n");
    let [jane, again, joe] = ["jane@example.com", "jane@example.com", "joe@example.com"].map(text);
    let [jane, again, joe] =
        [&jane, &again, &joe].map(|text| Message::parse(text.as_bytes()).unwrap());
    let [jane, again, joe] =
        [&jane, &again, &joe].map(|it| admit(it, &authentication, &policy).unwrap());
    assert_eq!(jane, again);
    assert_ne!(jane, joe, "one sender, and another message");
}

#[test]
fn a_sender_behind_a_blank_fold_is_not_admitted() {
    let domain = || "air.example".parse::<Domain>().unwrap();
    let passed = Authentication::DmarcBySpf(domain());
    let policy = AdmissionPolicy::default().with_domain(domain());
    for (name, field) in [
        (FieldName::From, "From: a@air.example\n"),
        (FieldName::Date, "Date: Sun, 22 Nov 2026 10:00:00 +0100\n"),
    ] {
        let from = if name == FieldName::From {
            ""
        } else {
            "From: a@air.example\n"
        };
        let text = format!("{from}Subject: x\n \n{field}\n");
        let message = Message::parse(text.as_bytes()).unwrap();
        let refused = admit(&message, &passed, &policy);
        assert_eq!(refused, Err(NotAdmitted::BehindBlankFold(name)));
    }
    let message = Message::parse(b"From: a@air.example\nSubject: x\n \n\n").unwrap();
    assert!(admit(&message, &passed, &policy).is_ok());
}

#[test]
fn admission() {
    let policy = AdmissionPolicy::default()
        .with_domain("air.example".parse().unwrap())
        .with_subdomains_of("agency.example".parse().unwrap());
    let decide = |header: &str, verified: Option<&str>| {
        let text = format!("To: a@b.example\n{header}\n\n");
        let message = Message::parse(text.as_bytes()).unwrap();
        assert_eq!(listed(&text, &[])[0], "a@b.example my_trips");
        let passed = |domain: &str| Authentication::DmarcBySpf(domain.parse().unwrap());
        let authentication = verified.map(passed).unwrap_or_default();
        admit(&message, &authentication, &policy).map(|admitted| admitted.sender().to_string())
    };
    let air = Some("air.example");
    let sender = Ok("desk@air.example".to_owned());
    assert_eq!(decide("From: Air <desk@air.example>", air), sender);
    assert_eq!(
        decide(
            "From: desk@AIR.example\nSender: x@y.example",
            Some("Air.Example")
        ),
        sender
    );
    assert_eq!(
        decide("From: a@x.agency.example", Some("x.agency.example")),
        Ok("a@x.agency.example".to_owned())
    );
    let refused =
        |header: &str, verified, why| assert_eq!(decide(header, verified), Err(why), "{header}");
    refused("From: desk@air.example", None, NotAdmitted::Unauthenticated);
    let automatic = |value: &str| format!("From: desk@air.example\nAuto-Submitted: {value}");
    for value in ["no", "auto-generated", "auto-notified", "x-y"] {
        assert_eq!(decide(&automatic(value), air), sender, "{value}");
    }
    refused(
        "From: desk@air.example",
        Some("x.example"),
        NotAdmitted::OtherDomainVerified,
    );
    refused(
        "From: desk@mail.air.example",
        air,
        NotAdmitted::OtherDomainVerified,
    );
    refused(
        "From: a@mail.air.example",
        Some("mail.air.example"),
        NotAdmitted::DomainNotAllowed,
    );
    refused(
        "From: a@notagency.example",
        Some("notagency.example"),
        NotAdmitted::DomainNotAllowed,
    );
    refused("X: y", air, NotAdmitted::NoSender);
    refused("From:", air, NotAdmitted::NoSender);
    refused("From: team:;", air, NotAdmitted::NoSender);
    refused(
        "From: desk@air.example, b@air.example",
        air,
        NotAdmitted::SeveralSenders,
    );
    for from in ["\"desk\"@air.example", "desk @air.example", "a@[192.0.2.1]"] {
        refused(&format!("From: {from}"), air, NotAdmitted::UnroutableSender);
    }
    // Some readers see nobody there (Python's `parseaddr`), or somebody else.
    for from in [
        ", desk@air.example",
        "desk@air.example,",
        "(x), desk@air.example",
        "Evil:;, desk@air.example",
        "desk@air.example, Evil:;",
        "team: desk@air.example;",
        "team: desk@air.example,;",
    ] {
        refused(&format!("From: {from}"), air, NotAdmitted::DoubtfulSender);
    }
    // Some readers end the header there.
    for header in [
        "From : desk@air.example",
        "Received\t: by mx.example\nFrom: desk@air.example",
        "From: desk@air.example\nSubject : x",
    ] {
        refused(header, air, NotAdmitted::ObsoleteFieldName);
    }
    assert!(matches!(
        decide("From: <", air),
        Err(NotAdmitted::UnreadableSender(_))
    ));
    for (name, twice) in [
        (FieldName::From, "From: desk@air.example"),
        (FieldName::From, "Fr\x01om: desk@air.example"),
        (
            FieldName::Sender,
            "Sender: a@b.example\nSender: a@b.example",
        ),
        (FieldName::Date, "Date: x\nDate: x"),
        (FieldName::MessageId, "Message-ID: <a@b>\nMessage-Id: <a@b>"),
    ] {
        refused(
            &format!("From: desk@air.example\n{twice}"),
            air,
            NotAdmitted::RepeatedField(name),
        );
    }
    for header in [
        "garbage\nFrom: desk@air.example",
        // So it is for who takes any CR or LF for a line end.
        "Subject: x\rgarbage\nFrom: desk@air.example",
        "From: desk@air.example\nSubject: x\r: y",
        "X: x\rno colon\nFrom: desk@air.example",
        "From: desk@air.example\nSubject: x\rX-Y : z",
    ] {
        refused(header, air, NotAdmitted::StrayLine);
    }
    // A field or a fold is no such line.
    for header in [
        "Subject: x\rX-Y: z\nFrom: desk@air.example",
        "Subject: x\r y\r\tz\nFrom: desk@air.example",
    ] {
        assert!(decide(header, air).is_ok(), "{header}");
    }
    for value in [
        "auto-replied",
        "Auto-Reply",
        "auto_replied (x)",
        "autoreply",
    ] {
        let message = format!("{}\n\n", automatic(value));
        let message = Message::parse(message.as_bytes()).unwrap();
        let passed = Authentication::DmarcBySpf("air.example".parse().unwrap());
        let refused = admit(&message, &passed, &policy);
        assert_eq!(refused, Err(NotAdmitted::AutoReplied), "{value}");
    }
    // What the message says about itself counts for nothing.
    let claimed = "Authentication-Results: mx.example; dmarc=pass header.from=air.example\n\
        From: desk@air.example";
    refused(claimed, None, NotAdmitted::Unauthenticated);
    assert_eq!(
        NotAdmitted::RepeatedField(FieldName::From).to_string(),
        "From stands in the header more than once, or would for some readers"
    );
}

/// The rest of `To` may have been cut off, and so may a field that counts.
#[test]
fn a_header_that_no_empty_line_ends_imports_nothing() {
    let policy = AdmissionPolicy::default().with_domain("air.example".parse().unwrap());
    let passed = Authentication::DmarcBySpf("air.example".parse().unwrap());
    let whole = "From: desk@air.example\r\nTo: jane@example.com.example\r\n\r\nHi";
    let ended = whole.find("Hi").unwrap();
    for end in 0..=whole.len() {
        let Ok(message) = Message::parse(&whole.as_bytes()[..end]) else {
            // The CR of the empty line alone is an empty line for some.
            assert_eq!(end, ended - 1);
            continue;
        };
        let decided = admit(&message, &passed, &policy).map(|_| ());
        let expected = match end {
            _ if end >= ended => Ok(()),
            _ => Err(NotAdmitted::HeaderNotEnded),
        };
        assert_eq!(decided, expected, "{end}");
    }
}

/// Who got one signed confirmation can send it again: with another field in front, or without one.
#[test]
fn a_signature_vouches_for_what_it_covers() {
    let policy = AdmissionPolicy::default().with_domain("air.example".parse().unwrap());
    let sent = "From: desk@air.example\nTo: jane@example.com\n\
        Date: Sun, 22 Nov 2026 10:00:00 +0000\nMessage-ID: <1@air.example>\n\n";
    let decide = |text: &str, signed: &str, domain: &str| {
        let message = Message::parse(text.as_bytes()).unwrap();
        let signed = signed.split(':').collect();
        let passed = Authentication::DmarcByDkim(domain.parse().unwrap(), signed);
        admit(&message, &passed, &policy).map(|_| ())
    };
    let refused = |text: &str, signed: &str, name| {
        let decided = decide(text, signed, "air.example");
        assert_eq!(decided, Err(NotAdmitted::NotSigned(name)), "{signed}");
    };
    let signed = "from:TO: Date :\r\n\tmessage-id:auto-submitted:subject:x";
    assert_eq!(decide(sent, signed, "air.example"), Ok(()));
    for (field, name) in [
        ("Cc: evil@example.org\n", FieldName::Cc),
        ("Bcc: evil@example.org\n", FieldName::Bcc),
        ("Cc: <\n", FieldName::Cc),
    ] {
        let again = format!("{field}{sent}");
        refused(&again, signed, name);
        let covered = format!("{signed}:{name}");
        assert_eq!(decide(&again, &covered, "air.example"), Ok(()));
        // A server of the domain has sent it so.
        let message = Message::parse(again.as_bytes()).unwrap();
        let by_spf = Authentication::DmarcBySpf("air.example".parse().unwrap());
        assert!(admit(&message, &by_spf, &policy).is_ok());
    }
    for (name, signed) in [
        (FieldName::From, "to:date:message-id:auto-submitted"),
        (FieldName::To, "from:date:message-id:auto-submitted"),
        (FieldName::Date, "from:to:message-id:auto-submitted"),
        (FieldName::MessageId, "from:to:date:auto-submitted"),
        (FieldName::AutoSubmitted, "from:to:date:message-id"),
        (FieldName::AutoSubmitted, ""),
    ] {
        refused(sent, signed, name);
    }
    // What was left out is known to be missing only if it is covered.
    let without_date = "From: desk@air.example\n\n";
    refused(
        without_date,
        "from:message-id:auto-submitted",
        FieldName::Date,
    );
    // Where it was added once more, it is an error of that field.
    let twice = format!("To: evil@example.org\n{sent}");
    assert_eq!(decide(&twice, signed, "air.example"), Ok(()));
    assert_eq!(
        listed(&twice, &[]),
        ["! repeated_field", "! repeated_field"]
    );
    // Another domain is said first.
    let other = decide(sent, "", "mail.air.example");
    assert_eq!(other, Err(NotAdmitted::OtherDomainVerified));
    assert_eq!(
        NotAdmitted::NotSigned(FieldName::Cc).to_string(),
        "the signature does not cover Cc"
    );
}

/// It may quote what a stranger wrote to whoever answers automatically.
#[test]
fn an_automatic_answer_imports_nothing() {
    let policy = AdmissionPolicy::default().with_domain("air.example".parse().unwrap());
    let passed = Authentication::DmarcBySpf("air.example".parse().unwrap());
    let decide = |header: &str| {
        let text = format!("From: desk@air.example\n{header}\nTo: a@b.example\n\n");
        let message = Message::parse(text.as_bytes()).unwrap();
        admit(&message, &passed, &policy).map(|_| ())
    };
    for answer in ["auto-replied", "Auto-Replied (vacation)"] {
        let refused = decide(&format!("Auto-Submitted: {answer}"));
        assert_eq!(refused, Err(NotAdmitted::AutoReplied), "{answer}");
    }
    for unclear in [
        "Auto-Submitted: auto-generated; x",
        "Auto-Submitted: auto-generated\nAuto-Submitted: auto-replied",
    ] {
        let refused = decide(unclear).unwrap_err();
        let unreadable = matches!(refused, NotAdmitted::UnreadableAutoSubmitted(_));
        assert!(unreadable, "{unclear}: {refused}");
    }
}

/// Where some readers see the header end in a line that is no field, they see no field behind it.
#[test]
fn behind_a_line_that_only_some_readers_see_fields_are_in_doubt() {
    for text in [
        "From: n@air.example\r\nSubject: x\ry\r\nTo: jane@corp.example\r\n\r\n",
        "From: n@air.example\r\nX: a\nfoo bar\r\nTo: jane@corp.example\r\n\r\n",
        "From: n@air.example\nX: a\r:To: x@d.example\nTo: jane@corp.example\n\n",
    ] {
        let message = Message::parse(text.as_bytes()).unwrap();
        assert_eq!(message.to().unwrap_err().kind(), ErrorKind::BehindHeaderEnd);
        assert!(message.from().is_ok(), "which all of them see");
        let plan: Plan = message.recipients(&[]).collect();
        assert!(!plan.is_complete() && plan.recipients().next().is_none());
    }
    // A field or a fold is no such line.
    for text in [
        "X: a\nfoo: bar\r\nTo: jane@corp.example\r\n\r\n",
        "X: a\n foo\r\nTo: jane@corp.example\r\n\r\n",
    ] {
        let text = format!("From: n@air.example\r\n{text}");
        let message = Message::parse(text.as_bytes()).unwrap();
        assert!(message.to().is_ok());
    }
}

/// With and without an end of its last line, and whichever of its lines the lone CR or LF stands in.
#[test]
fn a_lone_cr_or_lf_is_seen_wherever_it_stands() {
    for lone in ["\r", "\n"] {
        for end in ["\r\n\r\n", "\r\n", ""] {
            for (before, behind) in [("", "\r\nX: z"), ("X: z\r\n", "")] {
                let text = format!(
                    "W: y\r\n{before}To: a@example.com{lone}Bcc: b@example.com{behind}{end}"
                );
                let message = Message::parse(text.as_bytes()).unwrap();
                let error = message.field(FieldName::Bcc).unwrap_err();
                assert_eq!(error.kind(), ErrorKind::DoubtfulField, "{text:?}");
            }
        }
    }
}

/// It is one token: white space in it would be read in two ways.
#[test]
fn an_identifier_has_no_white_space() {
    let id = |text: &str| {
        let text = format!("Message-ID: {text}\r\n\r\n");
        let message = Message::parse(text.as_bytes()).unwrap();
        let id = message
            .message_id()
            .map(|id| id.unwrap().as_str().to_owned());
        id.map_err(|error| error.kind())
    };
    let malformed = Err(ErrorKind::MalformedMessageId);
    assert_eq!(
        id("<\"a,b\"@x.example>"),
        Ok("\"a,b\"@x.example".to_owned())
    );
    for spaced in [
        "<\"a b\"@x.example>",
        "<\"a\tb\"@x.example>",
        "<a@[x y]>",
        "<\"a\r\n b\"@x.example>",
    ] {
        assert_eq!(id(spaced), malformed, "{spaced}");
    }
    assert_eq!(id("<a@[x\r\n y]>"), malformed);
    assert_eq!(id("\r\n <a@x.example>"), Ok("a@x.example".to_owned()));
}

/// What stands there as it is meant is lent, not copied.
#[test]
fn texts_that_stand_for_themselves_are_borrowed() {
    let mail =
        b"Subject: Your trip to Rome\nTo: John P. Smith <j@x.example>, Jane <k@x.example>,\n \
        \"Doe, Jane P.\" <l@x.example>, =?utf-8?q?Jane?= <m@x.example>\n\n";
    let message = Message::parse(mail).unwrap();
    let subject = message.subject().unwrap().unwrap().into_cow();
    assert!(matches!(subject, Cow::Borrowed("Your trip to Rome")));
    let to = message.to().unwrap().unwrap();
    let names: Vec<_> = to
        .mailboxes()
        .map(|it| it.name().unwrap().into_cow())
        .collect();
    assert_eq!(names, ["John P. Smith", "Jane", "Doe, Jane P.", "Jane"]);
    let borrowed = names.iter().map(|name| matches!(name, Cow::Borrowed(_)));
    assert!(borrowed.eq([true, true, true, false]));
}

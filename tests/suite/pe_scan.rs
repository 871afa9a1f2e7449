//! Entries in a text: every rule of "Where entries are found".

use peline::{
    ErrorKind::{self, *},
    Note, Notes,
    pe::{self, Content, HistoryAction, RawCommand},
};

/// What is found, each in a few words: `address code`, `delete`, `display`, `face`, an error's name.
#[track_caller]
fn finds(text: impl AsRef<[u8]>, expected: &[&str]) {
    let found: Vec<_> = pe::scan(text.as_ref())
        .map(|found| described(&found.content))
        .collect();
    assert_eq!(
        found,
        expected,
        "{}",
        String::from_utf8_lossy(text.as_ref())
    );
}

fn described(content: &Result<Content<'_>, peline::ParseError>) -> String {
    let content = match content {
        Ok(content) => content,
        Err(error) => return error.kind().name().to_owned(),
    };
    let entry = content.entry().map(|entry| {
        let name = entry
            .addressee()
            .map_or(String::new(), |name| format!(" [{name}]"));
        format!("{} {}{name}", entry.address(), entry.code())
    });
    match (content, entry) {
        (Content::Command(RawCommand::Delete(items)), _) => format!("delete {}", items.to_owned()),
        (Content::Command(RawCommand::Display), _) => "display".to_owned(),
        (Content::AddressesNotInText, _) => "face".to_owned(),
        (Content::Listed(item, _), Some(entry)) => format!("{item}: {entry}"),
        (Content::History(action, _), Some(entry)) => format!("{action:?}: {entry}"),
        (_, entry) => entry.unwrap(),
    }
}

/// The one error of a text: its kind, and what it points at.
#[track_caller]
fn one_error(text: &[u8], kind: ErrorKind, at: &str) {
    let found: Vec<_> = pe::scan(text).collect();
    assert_eq!(found.len(), 1, "{}", String::from_utf8_lossy(text));
    let error = found[0].content.expect_err("an error");
    let marked = error
        .span()
        .of(text)
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    assert_eq!((error.kind(), marked.as_deref()), (kind, Some(at)));
}

#[test]
fn stacked_lines() {
    finds("6P§PE‡A@X.COM‡§ER", &["a@x.com TO"]);
    finds("PE‡A@X.COM‡§PE‡B@Y.COM‡CC/", &["a@x.com TO", "b@y.com CC"]);
    finds(
        "PE‡A@X.COM‡ §  PE‡B@Y.COM‡CC/ ",
        &["a@x.com TO", "b@y.com CC"],
    );
    finds("§§PE‡A@X.COM‡§§", &["a@x.com TO"]);
    finds("PE‡A@X.COM§PE‡B@Y.COM‡", &["a@x.com TO", "b@y.com TO"]);
    finds(
        "PE‡A@X.COM-1§PE‡B@Y.COM‡",
        &["expected_closing_delimiter", "b@y.com TO"],
    );
    finds(
        b"6P\xA7PE\x87A@X.COM\x87CC/JOS\xC9 \xA7ER",
        &["a@x.com CC [JOSÉ]"],
    );
}

#[test]
fn what_may_stand_around_an_entry() {
    finds("\u{FEFF}PE#a@x.com#", &["a@x.com TO"]);
    finds(" \t> >PE#a@x.com#CC/ « « \r\n", &["a@x.com CC"]);
    finds(
        "PE#a@x.com#CC/JANE   «\nPE#b@x.com#",
        &["a@x.com CC [JANE]", "b@x.com TO"],
    );
    let text = b"> PE#a@x.com#CC/  \xAB\r\n";
    let found = pe::scan(text).next().unwrap();
    assert_eq!(found.span.of(text), Some(&b"PE#a@x.com#CC/"[..]));
}

#[test]
fn what_is_no_entry() {
    for text in [
        "PENALTY SENT TO BOB@X.COM",
        "PETERSON/JANE",
        "PETER@X.COM",
        "PE*6IIF",
        "PE",
        "PE 12",
        "PE-",
        "1.BOB@EXAMPLE.COM",
        "X PE#a@x.com#",
        "H-PE#a@x.com#",
        "É PE#a@x.com#",
        "- PE#a b@x.com#",
        "5PE#a@x.com#",
        "• PENALTY‡A@X.COM‡",
        "PE+A@X.COM+",
        "OPE#a@x.com#",
        "‡a@x.com‡",
    ] {
        finds(text, &[]);
    }
}

/// Who pastes it means it: a list without it is not the whole.
#[test]
fn an_entry_behind_a_bullet_a_number_or_a_quote_is_an_error() {
    for (line, entry) in [
        ("• PE‡BOSS@X.COM‡BC/", "PE‡BOSS@X.COM‡"),
        ("1) PE‡B2@X.COM‡BC/", "PE‡B2@X.COM‡"),
        ("\"PE¥Q@X.COM¥CC/\"", "PE¥Q@X.COM¥"),
        ("- pe#r@x.com#", "pe#r@x.com#"),
        ("6P§→ PE‡Y@X.COM‡CC/§ER", "PE‡Y@X.COM‡"),
        ("#2: PE#a@x.com#PE#b@x.com#", "PE#a@x.com#"),
    ] {
        for quiet in ["", "NOTHING STANDS HERE\n", &"SPECIES OPEN\n".repeat(30)] {
            let text = format!("{quiet}{line}\n{quiet}");
            one_error(text.as_bytes(), EntryWithinLine, entry);
        }
    }
    one_error(
        b"\xB7 PE\x87A@X.COM\x87 \xE9",
        EntryWithinLine,
        "PE\u{FFFD}A@X.COM\u{FFFD}",
    );
}

#[test]
fn broken_entries_stand_in_their_place() {
    finds(
        "PE#a@x.com#\nPE #b@x.com#\nPE2#c@x.com#\nPE¤\nPE2,1¤\nPE##\nPE#d@x.com#",
        &[
            "a@x.com TO",
            "blank_before_delimiter",
            "items_without_change",
            "change_without_content",
            "items_not_ascending",
            "empty_address",
            "d@x.com TO",
        ],
    );
    one_error("X\nPE#a@x.com#BCC/JANE  ".as_bytes(), CodeBcc, "BCC");
    one_error(
        "X\n>PE‡A@X.COM-1 «".as_bytes(),
        ExpectedClosingDelimiter,
        "A@X.COM-1",
    );
}

#[test]
fn commands_in_a_text() {
    finds(
        "PE1-3,5¤\nPE2¤#a@x.com#CC/\n*PE",
        &["delete 1-3,5", "a@x.com CC", "display"],
    );
}

#[test]
fn each_line_has_its_own_encoding() {
    finds(
        b"PE\xE2\x80\xA1a@x.com\xE2\x80\xA1CC/JOS\xC3\x89\nPE\x87b@x.com\x87CC/JOS\xC9\n",
        &["a@x.com CC [JOSÉ]", "b@x.com CC [JOSÉ]"],
    );
    // The last byte of UTF-8's ç is the § of Windows-1252: no entry may come out of it.
    finds(b"-FRAN\xC3\xA7PE\x87A@X.COM\x87\n", &["mixed_encoding"]);
    finds(b"-FRAN\xC3\xA7OIS \x87 REMARK\n", &[]);
    finds(b"\xC3\xA7\x87\nPE#a@x.com#\n", &["a@x.com TO"]);
    one_error(
        b"  6P \xC3\xA9\xA7 PE\x87A@X.COM\x87 \n",
        MixedEncoding,
        "PE\u{FFFD}A@X.COM\u{FFFD}",
    );
}

#[test]
fn long_lines() {
    let entry = |filler: usize| format!("{}§PE#a@x.com#", "X".repeat(filler));
    let fits = 64 * 1024 - "§PE#a@x.com#".len();
    finds(entry(fits), &["a@x.com TO"]);
    finds(
        format!("{}\r\nPE#b@x.com#", entry(fits)),
        &["a@x.com TO", "b@x.com TO"],
    );
    // One byte more, and the entry begins within the first 64 KiB.
    finds(
        format!("{}\nPE#b@x.com#", entry(fits + 1)),
        &["line_too_long", "b@x.com TO"],
    );
    // It begins behind them.
    finds(
        format!("{}\nPE#b@x.com#", entry(64 * 1024)),
        &["b@x.com TO"],
    );
    let text = format!("  PE#a@x.com#CC/{}\n*PE", "X".repeat(70_000));
    let found: Vec<_> = pe::scan(text.as_bytes()).collect();
    assert_eq!(found[0].span.range(), 2..65536);
    assert_eq!(found[0].line, 1);
    assert_eq!(found[1].line, 2);
}

#[test]
fn a_section_of_a_display() {
    let items =
        "1.‡A@X.COM‡\n  2.  PE‡B@X.COM‡CC/JANE\n 3.C@X.COM‡BC/\n4.D@X.COM\n5. E@X.COM FR/DESK\n";
    let expected = [
        "1: a@x.com TO",
        "2: b@x.com CC [JANE]",
        "3: c@x.com BC",
        "4: d@x.com TO",
        "5: e@x.com FR [DESK]",
    ];
    finds(
        format!("*PE\n{items}"),
        &[&["display"], &expected[..]].concat(),
    );
    finds(format!("PASSENGER EMAIL ADDRESS(ES)\n{items}"), &expected);
    finds(
        format!("6P§*PE«\n{items}"),
        &[&["display"], &expected[..]].concat(),
    );
    // Outside of a section only the opening delimiter counts.
    finds(
        items,
        &[
            "1: a@x.com TO",
            "2: b@x.com CC [JANE]",
            "expected_delimiter",
            "expected_delimiter",
            "expected_delimiter",
        ],
    );
}

#[test]
fn a_section_closes() {
    finds(
        "*PE\n1.A@X.COM\nREMARKS\n1.BOB@X.COM\n",
        &["display", "1: a@x.com TO"],
    );
    finds(
        "*PE\n\nMD«\n \nmb«\n>MD«\n1.A@X.COM\n",
        &["display", "1: a@x.com TO"],
    );
    finds(b"*PE\nMD\xAB\n1.A@X.COM\n", &["display", "1: a@x.com TO"]);
    finds(
        "*PE\n  CONTINUED\n1.A@X.COM\n",
        &["display", "1: a@x.com TO"],
    );
    finds("email address\n1.A@X.COM\n", &[]);
    finds(
        "PE#a@x.com#CC/EMAIL ADDRESS\n1.B@X.COM\n",
        &["a@x.com CC [EMAIL ADDRESS]"],
    );
}

#[test]
fn broken_numbered_lines() {
    finds(
        "*PE\n1.NO ADDRESS\n2.A@X\n3.A@X.COM1\n4.A@X.COM HELLO\n0.A@X.COM\n1000.A@X.COM\n5.\n6.PEB@X.COM\n",
        &[
            "display",
            "expected_address",
            "single_label",
            "expected_closing_delimiter",
            "unknown_code",
            "item_out_of_range",
            "item_out_of_range",
            "expected_address",
            "6: peb@x.com TO",
        ],
    );
    finds("*PE\n1.PE A@X.COM\n", &["display", "expected_address"]);
    finds("*PE\n1.PE\n", &["display", "expected_address"]);
}

#[test]
fn continuation_lines() {
    finds(
        "*PE\n1.‡JANE.DOE@EXAMP\n    LE.COM‡CC/JA\n      NE\n",
        &["display", "1: jane.doe@example.com CC [JANE]"],
    );
    finds(
        "1.‡JANE.DOE@EXAMP\n\nMD«\n\tLE.COM‡\n",
        &["1: jane.doe@example.com TO"],
    );
    // Three blanks do not continue, but what closes the address could.
    finds("1.‡A@X.C\n   OM‡\n", &["ambiguous_continuation"]);
    finds("1.‡A@X.C\n   OM\n", &["1: a@x.c TO"]);
    // A line in another encoding is decoded before it is joined.
    finds(
        b"1.\x87A@X.COM\x87CC/JOS\xC9\n    \xC3\x89\n",
        &["1: a@x.com CC [JOSÉÉ]"],
    );
    finds(
        b"1.\x87A@X.COM\x87CC/JOS\xC9\n    \xC3\x89\xC9\n",
        &["mixed_encoding"],
    );
    finds(
        "1.‡A@X.COM‡\n    PE‡B@X.COM‡\n    X\n2.‡C@X.COM‡\n",
        &["ambiguous_continuation", "2: c@x.com TO"],
    );
    let noted = pe::scan("1.#a@x.com#CC/JA\n     NE".as_bytes())
        .next()
        .unwrap();
    let entry = *noted.content.as_ref().unwrap().entry().unwrap();
    assert!(entry.notes().contains(Note::Continued));
    assert_eq!(entry.as_written(), b"#a@x.com#CC/JA\n     NE");
    one_error(b"1.#a@x.com#\n     BC\n    C/JANE", CodeBcc, "BC\n    C");
}

#[test]
fn a_recipient_has_the_notes_of_the_entry_that_it_stands_in() {
    let text = "1.#a@x.com#CC/JA\n     NE\n2.#desk@x.com#FR/DE\n     SK\n";
    let recipients: Vec<_> = pe::scan(text.as_bytes())
        .map(|found| found.content.unwrap().recipient().unwrap())
        .collect();
    let [Ok(copy), Err(sender)] = &recipients[..] else {
        panic!("a copy and a sender override: {recipients:?}");
    };
    assert_eq!(copy.notes(), Notes::new().with(Note::Continued));
    assert_eq!(sender.notes(), Notes::new().with(Note::Continued));
}

#[test]
fn eight_lines_continue_and_a_ninth_breaks() {
    let display = |lines: usize| format!("1.#a@x.com#CC/{}\n2.#b@x.com#", "\n    X".repeat(lines));
    finds(display(8), &["1: a@x.com CC [XXXXXXXX]", "2: b@x.com TO"]);
    finds(display(9), &["too_many_continuations", "2: b@x.com TO"]);
    finds(display(20), &["too_many_continuations", "2: b@x.com TO"]);
}

/// What would continue an entry that broke is passed over, as far as the next line that could not; what opens a list
/// could not.
#[test]
fn behind_a_broken_entry_its_continuation_is_passed_over_and_nothing_else() {
    let broken = "1. #a@x.com#\n          PE#b@x.com#\n";
    let find = |text: &str, expected: &[&str]| {
        let expected = ["ambiguous_continuation"].iter().chain(expected);
        finds(
            format!("{broken}{text}"),
            &expected.copied().collect::<Vec<_>>(),
        );
    };
    find(
        "          EMAIL ADDRESS\nX #c@x.com#",
        &["expected_item_number"],
    );
    find(
        "X\n          EMAIL ADDRESS\nX #c@x.com#",
        &["expected_item_number"],
    );
    find(
        "*PE\n          X #c@x.com#",
        &["display", "expected_item_number"],
    );
    find("12.\n", &[]);
    find(" 12. HELLO\n", &[]);
    // However long the next line is.
    let heading = "\n          EMAIL ADDRESS\nX #c@x.com#";
    let long = "X".repeat(70_000);
    find(&format!("{long}{heading}"), &["expected_item_number"]);
    find(
        &format!("          {long}{heading}"),
        &["expected_item_number"],
    );
}

/// A heading opens the list in which each line is an item, whatever else stands on its own line.
#[test]
fn a_heading_is_one_behind_an_end_item_and_in_two_encodings() {
    let list = |heading: &[u8]| [heading, b"\n1.c@x.com\nX #d@x.com#"].concat();
    let items = ["1: c@x.com TO", "expected_item_number"];
    finds(list(b"EMAIL ADDRESS"), &items);
    finds(list(b"\xC2\xA7EMAIL ADDRESS"), &items);
    finds(list(b"\xA7EMAIL ADDRESS"), &items);
    finds(list(b"\x87X\xE2\x80\xA1 EMAIL ADDRESS"), &items);
}

/// A bullet, a number or a quote does not make an entry text.
#[test]
fn what_stands_behind_no_words_is_no_text_whatever_stands_behind_its_pe() {
    for line in [
        "\"PE2\u{A4}\u{2021}N@X.COM\u{2021}CC/\"",
        "1. PE2\u{A4}\u{2021}N@X.COM\u{2021}CC/",
        "2) PE2\u{A4}#N@X.COM#",
        "- PE3\u{A4}\u{A5}N@X.COM\u{A5}BC/",
        "'PE\u{A4}\u{2021}N@X.COM\u{2021}'",
        "\u{2022} PE \u{2021}N@X.COM\u{2021}",
        "\u{2022} PE3\u{2021}N@X.COM\u{2021}",
        "\u{2022} PE3\u{A4} \u{2021}N@X.COM\u{2021}",
    ] {
        finds(line, &["entry_within_line"]);
    }
    finds("- PE3 PEOPLE FOR BOB@X.COM", &[]);
}

#[test]
fn padding_closes_no_display_and_a_lone_delimiter_not_silently() {
    let items = ["display", "1: a@x.com TO", "2: b@x.com TO"];
    finds("*PE\n 1.A@X.COM\n\u{AB}\n 2.B@X.COM\n", &items);
    finds("*PE\n  \u{AB}  \n 1.A@X.COM\n 2.B@X.COM\n", &items);
    for glyph in ["\u{2021}", "#", "\u{2021}  "] {
        let text = format!("*PE\n 1.A@X.COM\n{glyph}\n 2.B@X.COM\n");
        finds(
            &text,
            &[
                "display",
                "ambiguous_continuation",
                "rest_of_entry",
                "expected_delimiter",
            ],
        );
    }
}

/// A terminal breaks a line where it is full: what is left of the entry says something else than the whole did.
#[test]
fn an_entry_with_its_rest_on_the_next_line_is_broken() {
    let (entry, rest) = ("ambiguous_continuation", "rest_of_entry");
    for text in [
        "PE‡BOSS@EXAMPLE.COM‡\nBC/",
        "PE‡BOSS@EXAMPLE.CO\nM‡BC/",
        "PE‡BOSS@EXAMPLE.CO\nM‡",
        "PE‡BOSS@EXAMPLE.CO\r\nM‡\r\n",
        "PE‡BOSS@EXAMPLE.COM‡\nbc/JANE DOE¤S-1.1",
        "PE#A@X.COM#\n-1.1",
        "PE#A@X.COM#-1\n.1",
        "PE#A@X.COM#\n¤S-1.1",
        "PE1¤#A@X.COM#\nCC/",
        "-DOE/JANE§PE#A@X.COM#\n  CC/",
        "PE‡A@X.COM‡\n\nBC/",
        "PE‡A@X.COM‡\r\n > \r\nBC/",
        "PE2¤\n‡A@X.COM‡CC/",
        "*PE\n 1.B@X.COM\nPE#A@X.COM#\nCC/",
        "*PE\n  PE#JOHN.SMITH@EXAMPLE.CO\n  M#BC/",
        "*PE§PE‡JOHN@EXAMPLE.CO\nM‡BC/",
        "EMAIL ADDRESSES\n  PE‡A@X.CO\n  M‡BC/",
        "EMAIL ADDRESSES\n PE‡A@X.COM‡CC/\n -1.1",
        // Behind what cannot be seen, or with what is left of a glyph.
        "PE#A@X.COM#\n\u{a0}BC/",
        "PE#A@X.COM#\n\x0cBC/",
        "PE#A@X.COM#\n\u{200b}-1.1",
        "PE#A@X.COM#\n\u{2013}1.1",
        "PE#A@X.COM#\n?S-1.1",
        "PE#A@X.COM#\n\u{c2}\u{a4}S-1.1",
        // With an `@` in the name, a blank before the tail, another code, another reference.
        "PE‡A@X.COM‡\nBC/JANE@CORP.COM",
        "PE‡A@X.CO\nM‡CC/JANE@CORP.COM",
        "PE‡A@X.COM\n‡BC/JANE@CORP.COM",
        "EMAIL ADDRESSES\nPE#A@X.COM#\nBC/JANE@CORP.COM",
        "PE‡A@X.CO\nM‡ BC/JANE",
        "PE‡A@X.COM\n‡ -1.1",
        "PE‡BOSS@X.COM‡\nBCC/BOSS",
        "PE‡BOSS@X.COM‡\nbcc/BOSS",
        "PE‡A@X.CO\nM‡BCC/BOSS",
        "PE‡A@X.CO\nM‡T/X",
        "PE#A@X.COM#\n-1.1, 2.1 -3",
        // The end of a name, and what is right behind it.
        "PE‡A@X.COM‡CC/JOHN SMI\nTH-1.1",
        "PE‡A@X.COM‡CC/JOHN SMI\nTH-1",
        "PE‡A@X.COM‡CC/JOHN SMI\nTH¤F-1.1",
        "PE‡A@X.COM‡CC/JOHN SMI\nTH¤F",
        "PE‡A@X.COM‡CC/SEÁN O'\nD'ÓE–1.1",
        "PE‡A@X.COM‡CC/\nANA-MARIA-2.1",
        "PE‡A@X.COM‡CC/\nJ.P.-2.1",
        "PE‡A@X.COM‡CC/\nD’ARC-2.1",
        "PE‡A@X.COM‡BC/O'NEIL\n-SMITH¤S-12.3",
        "PE‡A@X.COM‡CC/\nR2D2-1.1",
        "PE‡A@X.COM‡CC/\nA&B-1.1",
        "PE‡A@X.COM‡CC/J.P\n.-1.1",
        "PE‡A@X.COM‡CC/(BOB\n)-1.1",
        "PE‡A@X.COM‡CC/A\nTH ¤F-1.1",
        // Whatever stands behind the delimiter that closes it.
        "PE‡A@X.CO\nM‡BC",
        "PE‡A@X.CO\nM‡BLINDCOPY/",
        "PE‡A@X.CO\nM‡ JANE",
        "PE‡A@X.CO\nM‡-",
        "PE‡A@X.CO\nM‡B",
        "PE#A@X.CO\nM#CC JANE",
        "PE#A@X.CO\nM# # CC/",
        "PE#A@X.CO\nM #X",
        "6P§PE#A@X.CO§\nM#X",
        // A code alone, or away from its slash.
        "PE‡A@X.COM‡\nBC",
        "PE‡A@X.COM‡\nbcc",
        "PE‡A@X.COM‡\nBC /JANE",
        // What replaces an item.
        "PE2¤\n‡NEW@X.COM",
        "PE2¤\n‡ NEW@X.COM‡",
    ] {
        let found: Vec<_> = pe::scan(text.as_bytes()).collect();
        let [.., broken, last] = &found[..] else {
            panic!("{text}");
        };
        assert_eq!(described(&broken.content), entry, "{text}");
        assert_eq!(described(&last.content), rest, "{text}");
        assert_eq!(broken.content.unwrap_err().span(), broken.span, "{text}");
        let plan: peline::Plan = found.iter().copied().collect();
        assert!(!plan.is_complete(), "{text}");
        // What is stacked behind it is read.
        let longer = format!("{}§PE#B@X.COM#\nX", text.trim_end());
        let behind: Vec<_> = pe::scan(longer.as_bytes())
            .map(|it| described(&it.content))
            .collect();
        assert!(
            behind.ends_with(&[entry, rest, "b@x.com TO"].map(str::to_owned)),
            "{longer}"
        );
    }
    finds("PE#A@X.COM#§PE#B@X.COM#\nCC/", &["a@x.com TO", entry, rest]);
    finds(b"PE#A@X.CO\nM#BC/J\xC9 \xC3\x89", &[entry, rest]);
    // In one of the two encodings of a line.
    finds(
        "PE#A@X.CO\nM‡BC/J!"
            .bytes()
            .map(|it| if it == b'!' { 0xC9 } else { it })
            .collect::<Vec<_>>(),
        &[entry, rest],
    );
    finds(b"PE#A@X.CO\nM\x87BC/J\xC3\x89", &[entry, rest]);
    // As empty as the line of a terminal, whatever ends it.
    for (blanks, expected) in [(80, &[entry, rest][..]), (81, &["a@x.com TO"])] {
        for end in ["\n", "\r\n"] {
            let blank = " ".repeat(blanks);
            finds(format!("PE#A@X.COM#{end}{blank}{end}BC/{end}"), expected);
        }
    }
    for text in [
        "PE#A@X.COM#\n#\n",
        "PE#A@X.COM#CC/\n  ################\n",
        "PE‡A@X.COM\n‡ «\n",
    ] {
        let found: Vec<_> = pe::scan(text.as_bytes()).collect();
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].content.is_ok(), "{text}");
    }
    finds("PE#A@X.COM#\n\n\nBC/", &["a@x.com TO"]);
    finds("PE#A@X.COM#\n? CALL\n", &["a@x.com TO"]);
    finds("PE#A@X.COM#\n?SEND\n", &["a@x.com TO"]);
    finds("PE#A@X.CO#\nBC/\nCC/", &[entry, rest]);
    finds("PE#A@X#\nCC/", &["single_label", rest]);
    // The change glyph of Windows-1252 is one byte, as long as half a code.
    finds(b"PE#A@X.CO#\n\xA4E/JOS\xC9", &[entry, rest]);
    finds(
        b"1.\x87A@X.CO\x87\n  \xA4E/JOS\xC9",
        &["ambiguous_continuation"],
    );
    for next in [
        "-1.1¤DOE/JANE",
        "-DOE/JANE",
        "1.1",
        "CCX/",
        "CO/",
        "W‡PQ",
        "WP‡NC",
        "5H-‡X",
        "",
        "PE#B@X.COM",
        "M‡A@X.COM",
        "1 BA 11Y 12DEC 6 LHRSIN HK1",
        // A reference ends an entry, and a language but for that.
        "-12.50 EUR REFUND",
        "-5 C",
        ".50 EUR",
        "SUITE#-12 MAIN ST",
        "TH-1",
        "¿Y EL HOTEL?",
        "?A QUE HORA",
        "TH-1.1",
        "3WCHR-1.1",
        "Room#",
        "SEE ‡X",
        "BC CALLED",
    ] {
        let found: Vec<_> = pe::scan(format!("PE#A@X.COM#\n{next}\nBC/").as_bytes())
            .filter(|it| it.content.is_err_and(|it| it.kind() == RestOfEntry))
            .map(|it| it.line)
            .collect();
        let after_entry = next.is_empty() || next.starts_with("PE");
        assert_eq!(found, [3][..usize::from(after_entry)], "{next}");
    }
    // A number behind a word is a part of a name, if one has begun.
    for text in [
        "PE‡A@X.COM‡CC/\nCovid-19",
        "PE‡A@X.COM‡CC/\n\nMM-3",
        "PE‡A@X.COM‡CC/ «\nRoom#",
    ] {
        finds(text, &["a@x.com CC"]);
    }
    for next in [
        "3WCHR-1.1",
        "FFBA12345678-1.1",
        "52¤S",
        "EUR -12.50",
        "ABC-1234.50",
    ] {
        finds(
            format!("PE‡A@X.COM‡CC/JANE\n{next}"),
            &["a@x.com CC [JANE]"],
        );
    }
}

/// An end-item glyph parts entries; who typed it, or whatever put it there, meant the code behind it for this one.
#[test]
fn an_entry_with_its_rest_behind_an_end_item_is_broken() {
    let (entry, rest) = ("ambiguous_continuation", "rest_of_entry");
    for text in [
        "PE‡A@X.COM§BC/JANE",
        "PE‡A@X.COM‡§CC/JANE§ER",
        "PE‡A@X.COM§CC/§ER",
        "PE‡A@X.COM§‡BC/",
        "PE‡A@X.COM‡«§BC/",
        "PE‡A@X.COM‡§ § ‡ § BC/",
        "PE‡A@X.COM‡CC/JANE§-1.1",
        "PE‡A@X.COM‡CC/JANE§MARIA-1.1",
        "PE‡A@X.CO§M‡BC/",
        "PE‡A@X.CO§M‡ JANE",
        // On the next line.
        "PE‡A@X.COM§\nBC/JANE",
        "PE‡A@X.COM‡§\nBC/",
        "PE‡A@X.COM§ ‡ §\nBC/",
        "PE‡A@X.COM‡\n§BC/",
        "PE‡A@X.COM\n‡§BC/",
    ] {
        finds(text, &[entry, rest]);
        let windows = text.replace('‡', "\u{87}");
        let windows: Vec<u8> = windows.chars().map(|char| char as u8).collect();
        finds(&windows, &[entry, rest]);
        finds(
            format!("6P§{text}§PE#B@X.COM#\nX"),
            &[entry, rest, "b@x.com TO"],
        );
    }
    finds("PE‡A@X‡§BC/JANE", &["single_label", rest]);
    for behind in [
        "‡",
        "-DOE/JANE",
        "5H-CALL",
        "W‡PQ",
        "3WCHR-1.1",
        "FFBA12345678-1.1",
        "ER",
        "7TAW/",
    ] {
        let text = format!("PE‡A@X.COM‡CC/JANE§{behind}§ER\nX");
        finds(text, &["a@x.com CC [JANE]"]);
    }
}

/// The same in a display, where a deeper line is joined.
#[test]
fn an_item_with_its_rest_on_a_line_that_is_not_joined_is_broken() {
    let broken = &["display", "ambiguous_continuation"];
    for text in [
        "*PE\n 1.#A@X.COM#\nBC/JANE@CORP.COM",
        "*PE\n 1.#A@X.COM\n# BC/JANE",
        "*PE\n 1.#BOSS@X.COM#\nBCC/BOSS",
        "*PE\n1.‡A@X.COM‡CC/JANE SMI\nTH-1.1",
        // Of an address without delimiters.
        "*PE\n1.A@X.CO\nM CC/JANE",
        "*PE\n 1.A@X.CO\nM -1.1",
        "*PE\n 1.A@X.CO\n> M ¤E",
        "*PE\n 1.A@X.CO\nM‡ JANE",
        "*PE\n 1.‡A@X.CO\nM‡BC",
    ] {
        let found: Vec<_> = pe::scan(text.as_bytes())
            .map(|found| described(&found.content))
            .collect();
        assert_eq!(found[..2], broken[..], "{text}");
    }
    finds("*PE\n 1.A@X.CO\nM IS TEXT\n", &["display", "1: a@x.co TO"]);
    finds(
        "*PE\n 1.‡A@X.COM‡\nM CC/JANE\n",
        &["display", "1: a@x.com TO"],
    );
}

/// `PE` and a delimiter that ends a line are none of the address on the next one.
#[test]
fn an_item_that_is_broken_behind_pe_begins_no_address() {
    for (item, expected) in [
        ("*PE\n 1.PE‡\n     A@X.COM‡CC/", "1: a@x.com CC"),
        (" 1.PE‡\n     A@X.COM‡CC/", "1: a@x.com CC"),
        (" 1.pe#\n\n\tA@X.COM#CC/", "1: a@x.com CC"),
        ("*PE\n 1.PE\n     ‡A@X.COM‡CC/", "1: a@x.com CC"),
        ("*PE\n 1.‡\n     A@X.COM‡CC/", "1: a@x.com CC"),
        ("*PE\n 1.P\n     ETER@X.COM‡CC/", "1: peter@x.com CC"),
        ("*PE\n 1.PE\n     TER@X.COM‡", "ambiguous_continuation"),
        ("*PE\n 1.pe\n     A@X.COM‡", "ambiguous_continuation"),
    ] {
        let found: Vec<_> = pe::scan(item.as_bytes())
            .filter(|found| !matches!(found.content, Ok(Content::Command(_))))
            .map(|found| described(&found.content))
            .collect();
        assert_eq!(found, [expected], "{item}");
    }
}

/// Such remarks stand in most PNRs of some agencies.
#[test]
fn a_numbered_remark_that_begins_with_a_glyph_is_text() {
    for line in [
        "3.‡THANK YOU FOR YOUR BOOKING",
        "1.# HEADING",
        "2.#1 PRIORITY CLIENT",
        "1.¥500 DEPOSIT",
    ] {
        finds(
            format!("REMARKS\n  {line}\n  4.‡AND\n     GOOD BYE\nPE#A@X.COM#"),
            &["a@x.com TO"],
        );
        finds(line, &[]);
    }
    // What has an `@`, closes, names the field or stands in its display is an entry.
    finds("3.‡A@LOCALHOST", &["expected_closing_delimiter"]);
    finds("3.‡JANE.EXAMPLE.COM‡CC/", &["expected_at"]);
    finds("3.PE‡JANE", &["expected_closing_delimiter"]);
    finds(
        "*PE\n3.‡THANK YOU",
        &["display", "expected_closing_delimiter"],
    );
}

#[test]
fn a_heading_is_one_whatever_stands_between_its_words() {
    finds(b"EMAIL\xA0ADDRESS\n 1.A@X.COM\x87BC/", &["doubtful_entry"]);
    finds("EMAIL  ADDRESS\n 1.A@X.COM‡BC/", &["1: a@x.com BC"]);
    finds("EMAIL\tADDRESSES\n 1.A@X.COM", &["1: a@x.com TO"]);
    // Of which nothing can be seen is never passed over.
    finds("EMAIL\u{a0}ADDRESS\n 1.A@X.COM‡BC/", &["doubtful_entry"]);
    finds("EMAILADDRESS\n 1.A@X.COM‡BC/", &[]);
}

#[test]
fn what_closes_no_display_is_no_line_of_text() {
    for line in ["1 A@X.COM‡CC/", "1) A@X.COM‡CC/", "A@X.COM‡"] {
        finds(format!("*PE\n{line}"), &["display", "expected_item_number"]);
    }
    finds("*PE\nCALL A@X.COM", &["display"]);
}

#[test]
fn a_code_before_a_listed_address_is_no_part_of_it() {
    for item in [
        "BC/A@X.COM",
        "to/JOHN/A@X.COM",
        "fr/A@X.COM‡",
        "BCC/A@X.COM",
        "R/A@X.COM",
        "/BC/A@X.COM",
        "EMAIL/A@X.COM",
        "BC-A@X.COM",
        "bcc=A@X.COM",
    ] {
        finds(format!("*PE\n 1.{item}"), &["display", "expected_address"]);
    }
    finds(
        "*PE\n 1.TO.A@X.COM\n 2.‡CC/A@X.COM‡\n 3.CC==A@X.COM\n 4.BCA@X.COM\n 5.FR@X.COM",
        &[
            "display",
            "1: to.a@x.com TO",
            "2: cc'a@x.com TO",
            "3: cc_a@x.com TO",
            "4: bca@x.com TO",
            "5: fr@x.com TO",
        ],
    );
}

/// Where the address may have ended with its line, what the next line adds would make another one.
#[test]
fn an_address_that_could_be_whole_goes_on_with_a_delimiter_only() {
    let ambiguous = "ambiguous_continuation";
    for item in [
        "JANE@EXAMPLE.COM\n       BC",
        "JANE@EXAMPLE.COM\n    SMITH",
        "JANE@EXAMPLE.CO\n    M CC/",
        "JANE@EXAM\n    PLE.COM\n    SMITH",
        "‡A@X.COM\n    JANE",
        "PE‡A@X.COM\n    JANE",
        "A@X.COM‡\n    JANE",
    ] {
        finds(
            format!("*PE\n 1.{item}\n 2.B@X.COM CC/"),
            &["display", ambiguous, "2: b@x.com CC"],
        );
    }
    finds(" 1.‡A@X.COM\n     JANE", &[ambiguous]);
    for item in [
        "A@X.CO\n    M‡CC/",
        "‡A@X.COM\n    ‡CC/",
        "‡A@X.CO\n    M\n    ‡CC/",
        "A@X\n    .COM CC/",
        "A@X.COM CC/\n   \u{a0}\n",
    ] {
        finds(format!("*PE\n 1.{item}"), &["display", "1: a@x.com CC"]);
    }
}

/// What stands in the place of an item, with a number or without, behind an item is one that was lost.
#[test]
fn the_next_item_of_a_list_is_not_passed_over() {
    for (item, error) in [
        ("2.‡BOSS\n@X.COM‡BC/", "expected_closing_delimiter"),
        ("2.‡\n@X.COM‡BC/", "expected_address"),
        ("2.‡BO\nSS@X.COM‡BC/", "expected_closing_delimiter"),
        ("2.B@X.COM‡BC/", "expected_delimiter"),
        ("2.B@X.COM", "expected_delimiter"),
        ("2.?B@X.COM?BC/", "expected_delimiter"),
        ("2.-‡B@X.COM‡BC/", "expected_delimiter"),
        ("2 ‡B@X.COM‡BC/", "expected_item_number"),
        ("2)‡B@X.COM‡BC/", "expected_item_number"),
        ("2)‡BOSS\n@X.COM‡BC/", "expected_item_number"),
        ("2.\n    ‡B@X.COM‡BC/", "expected_delimiter"),
        ("2.PE\n    ‡B@X.COM‡BC/", "expected_delimiter"),
    ] {
        for between in [
            "",
            "\n\n",
            "MD«\n",
            "----\n",
            "PAGE 2\n",
            "--\n01NOV 1000 KWJQPD PAGE 2\n--\n",
        ] {
            for indent in ["", " ", "  "] {
                let text = format!("{indent}1.‡A@X.COM‡\n{between}{indent}{item}\nX");
                finds(&text, &["1: a@x.com TO", error]);
                let text = format!(
                    "X\n{indent}7.‡A@X.COM‡\n{between}{indent}{}",
                    item.replace('2', "8")
                );
                finds(&text, &["7: a@x.com TO", error]);
            }
        }
    }
    // Behind a broken item, too; and the one behind it.
    finds(
        "1.‡A@X‡\n2.B@X.COM\n3.C@X.COM\n5.E@X.COM",
        &["single_label", "expected_delimiter", "expected_delimiter"],
    );
    for text in [
        "2.THANK YOU",
        "1.BOB@X.COM",
        "3.BOB@X.COM",
        "2 BA 12Y 12DEC 6 LHRSIN HK1",
        "2BOB@X.COM",
        "A\nB\nC\nD\n2.BOB@X.COM",
        "REMARKS\n 1.H-CALL\n 2.BOB@X.COM",
        "REMARKS\n 1.‡THANK YOU\n 2.‡AND\n     GOOD BYE",
    ] {
        finds(format!("1.‡A@X.COM‡\n{text}"), &["1: a@x.com TO"]);
    }
}

/// A rule or the head of a page closes a display, but the list can go on behind it.
#[test]
fn a_list_that_goes_on_behind_what_closed_its_display_is_not_passed_over() {
    let items = ["display", "1: a@x.com TO", "2: b@x.com CC"];
    for head in [
        "----",
        "PAGE 2",
        "01NOV 1000 KWJQPD PAGE 2",
        "--\nPAGE 2\n\n--",
    ] {
        for item in ["3.C@X.COM BC/", "3.C@X.COM‡BC/", "3 C@X.COM"] {
            let text = format!("*PE\n 1.A@X.COM\n 2.B@X.COM CC/\n{head}\n {item}\nX");
            let error = if item.starts_with("3.") {
                "expected_delimiter"
            } else {
                "expected_item_number"
            };
            finds(text, &[&items[..], &[error]].concat());
        }
        let text = format!("*PE\n 1.A@X.COM\n 2.B@X.COM CC/\n{head}\n 3.‡C@X.COM‡BC/\nX");
        finds(text, &[&items[..], &["3: c@x.com BC"]].concat());
    }
    let broken = ["display", "1: a@x.com TO", "expected_item_number"];
    for line in [
        "B@X.COM CC/",
        "B@X.COM",
        "2 B@X.COM",
        "2) B@X.COM",
        "2-B@X.COM BC/",
        "(7) B@X.COM",
    ] {
        finds(format!("*PE\n1.A@X.COM\n{line}\nX"), &broken);
    }
    finds(
        "*PE\n1.A@X.COM\n2 B@X.COM\n3.C@X.COM",
        &[&broken[..], &["expected_delimiter"]].concat(),
    );
}

/// The names of a booking are numbered like items.
#[test]
fn a_name_of_a_booking_is_no_item() {
    let names = " 1.1SMITH/JOHN MR  2.1SMITH/JANE MRS\n 3.I/1SMITH/BABY\n 1 BA 117Y\n 4.B@X.COM\n";
    finds(format!("NO EMAIL ADDRESS ON FILE\n{names}"), &[]);
    finds(
        format!("*PE\n 1.‡A@X.COM‡\n\n{names}"),
        &["display", "1: a@x.com TO"],
    );
    finds(format!(" 1.‡A@X.COM‡\n{names}"), &["1: a@x.com TO"]);
    finds("*PE\n 1.1A@X.COM\n", &["display", "1: 1a@x.com TO"]);
}

/// A PNR whose addresses are not in the text is not one without any.
#[test]
fn that_addresses_exist_counts_wherever_it_stands() {
    let face = "PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL";
    for line in [
        face.replace(' ', "  "),
        face.replacen(' ', "\u{a0}", 3),
        format!("\"{face}\""),
        format!("| {face} |"),
        format!("12  {face}"),
        format!("1.{face}"),
        format!("*A\u{A7}{face}"),
    ] {
        finds(&line, &["face"]);
        let plan: peline::Plan = pe::scan(line.as_bytes()).collect();
        assert!(!plan.is_complete(), "{line}");
    }
    finds(
        format!("PE#a@x.com#\u{A7}G*{face}\u{A7}PE#b@x.com#"),
        &["a@x.com TO", "face", "b@x.com TO"],
    );
}

#[test]
fn a_display_behind_a_prompt_is_not_closed_by_what_is_indented_as_deep() {
    let items = ["display", "1: a@x.com TO", "2: b@x.com TO"];
    finds("> *PE\n  DOE/JANE\n  1.A@X.COM\n  2.B@X.COM\n", &items);
    finds("*PE\n  DOE/JANE\n  1.A@X.COM\n  2.B@X.COM\n", &items);
}

/// Long text in which nothing stands is passed over faster than line by line: up to what stands there.
#[test]
fn whatever_can_stand_in_a_text_is_found_in_a_long_one() {
    let quiet = "NOTHING STANDS HERE\n".repeat(20);
    for shift in 0..64 {
        let before = format!("{quiet}{}\n", "X".repeat(shift));
        let find =
            |text: &str, expected: &[&str]| finds(format!("{before}{text}\n{quiet}"), expected);
        find("EMAIL ADDRESS\n1.a@x.com", &["1: a@x.com TO"]);
        find("PASSENGER EMAIL DATA EXISTS", &["face"]);
        find("PE#a@x.com#", &["a@x.com TO"]);
        find(" pe\u{2021}a@x.com\u{2021}", &["a@x.com TO"]);
        find("1.#a@x.com#", &["1: a@x.com TO"]);
        find("1. \u{A5}a@x.com\u{A5}", &["1: a@x.com TO"]);
        find("1.\u{2021}A@LOCALHOST\u{2021}", &["single_label"]);
        find("pe1?", &["lost_change"]);
        find("*PE\n1.a@x.com", &["display", "1: a@x.com TO"]);
    }
    // With no line end before it.
    for first in [
        &b"1.\xE2\x80\xA1A@LOCALHOST\xE2\x80\xA1"[..],
        b"1.\x87A@LOCALHOST\x87",
    ] {
        finds([first, b"\n", quiet.as_bytes()].concat(), &["single_label"]);
    }
}

/// Texts in which a character that cannot be seen leaves in doubt what stands there, and it.
#[test]
fn what_cannot_be_seen_beside_what_could_be_an_entry_is_an_error() {
    let quiet = [
        "",
        "OPEN SPECIAL\n",
        &"OPEN ".repeat(30),
        &"SPECIES\n".repeat(30),
    ];
    for (line, unseen) in [
        // The line end of another system, a page break, what pads.
        ("-DOE/JANE\rPE‡A@X.COM‡\r", "\r"),
        ("X\u{C}PE#A@X.COM#BCC/", "\u{C}"),
        ("\u{C}PE‡A@X.COM‡", "\u{C}"),
        ("\r>PE¥A@X.COM¥", "\r"),
        ("X\0\0> PE1¤", "\0"),
        ("X\u{85}PE‡A@X.COM‡", "\u{85}"),
        ("PE\0‡A@X.COM‡", "\0"),
        ("1.\0‡A@X.COM‡", "\0"),
        ("6P\r1.‡A@X.COM‡", "\r"),
        ("X\rXPE   E‡A@X.COM‡", "\r"),
        ("XPE\rE‡A@X.COM‡", "\r"),
        // Spaces that are no blanks, and no spaces.
        ("\u{A0}PE‡A@X.COM‡", "\u{A0}"),
        ("> \u{FEFF}PE‡A@X.COM‡", "\u{FEFF}"),
        ("PE\u{200B}‡A@X.COM‡", "\u{200B}"),
        ("X\u{2028}PE‡A@X.COM‡", "\u{2028}"),
        ("\u{202E}*PE", "\u{202E}"),
        // Escape sequences.
        ("\u{1B}[1;32mPE‡A@X.COM‡\u{1B}[0m", "\u{1B}"),
        ("\u{1B}[01;31m\u{1B}[KPE\u{1B}[m\u{1B}[K‡A@X.COM‡", "\u{1B}"),
        ("\u{1B}(BPE‡A@X.COM‡", "\u{1B}"),
        ("\u{1B}MPE‡A@X.COM‡", "\u{1B}"),
        ("1.X \u{1B}[7mPE‡A@X.COM‡", "\u{1B}"),
        ("\u{9B}1mPE‡A@X.COM‡\u{9B}m ‡", "\u{9B}"),
        // What opens a display, and what tells of one.
        ("*PE\r\r", "\r"),
        ("\u{1B}[1m*pe\u{1B}[0m", "\u{1B}"),
        ("*PE\r 1.A@X.COM\r 2.B@X.COM", "\r"),
        ("EMAIL ADDRESS\r 1.A@X.COM", "\r"),
        // Whose glyphs were lost as well.
        ("\u{C}PE?A@X.COM?CC/", "\u{C}"),
        ("-DOE/JANE\rPE?A@X.COM?", "\r"),
        ("\u{1B}[1mPE\u{FFFD}A@X.COM\u{FFFD}", "\u{1B}"),
        ("\u{C}PE1?", "\u{C}"),
        (
            "-DOE/JANE\rPASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL",
            "\r",
        ),
    ] {
        one_error(line.as_bytes(), DoubtfulEntry, unseen);
        // Whatever stands around it.
        for before in quiet {
            for after in quiet {
                let apart = if before.ends_with(' ') { "\n" } else { "" };
                finds(
                    format!("{before}{apart}{line}\n{after}{after}"),
                    &["doubtful_entry"],
                );
            }
        }
    }
    one_error(b"X\rPE\x87A@X.COM\x87", DoubtfulEntry, "\r");
    finds(b"\xA0PE\x87A@X.COM\x87", &["doubtful_entry"]);
    finds(b"X\xC9X\rPE\xA5A@X.COM\xA5", &["doubtful_entry"]);
    // UTF-16.
    finds("P\0E\0#\0A\0@\0X\0.\0C\0O\0M\0#\0", &["doubtful_entry"]);
    // Where the encoding is in doubt as well, or the line too long.
    finds(b"X\xC9 \xC3\x89\rPE#A@X.COM#", &["mixed_encoding"]);
    finds(
        format!("X\rPE#A@X.COM#{}", " ".repeat(70_000)),
        &["line_too_long"],
    );
    // Behind the segment reading goes on.
    finds(
        "X\rPE‡A@X.COM‡§PE‡B@X.COM‡\nPE‡C@X.COM‡",
        &["doubtful_entry", "b@x.com TO", "c@x.com TO"],
    );
    let face = "PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL\rPE‡A@X.COM‡";
    finds(face, &["face"]);
}

#[test]
fn what_cannot_be_seen_where_nothing_could_be_an_entry_is_no_error() {
    for text in [
        "A\rB",
        "X\rPENALTY A@X.COM",
        "X\rSPE#A@X.COM",
        "X\tPE‡A@X.COM‡",
        "X\r1.A@X.COM",
        "\u{1B}[1mBOB@X.COM\u{1B}[0m",
        "PHONE\0LON 4711¥AIB BOB@X.COM",
        "TOTAL\u{A0}: 100 € TTC",
        "IS IT\u{A0}? À LA GARE",
        "\u{1B}[1mGRAND HOTEL?\u{1B}[0m - ÉTÉ",
        "\u{C}",
    ] {
        finds(text, &[]);
    }
}

#[test]
fn what_cannot_be_seen_in_a_display() {
    // Alone on a line they are as if it were not there.
    let pages = "*PE\n 1.A@X.COM\n\u{C}\n \r\r\n\0>\n\u{A0} \u{3000}\n 2.B@X.COM\n";
    finds(pages, &["display", "1: a@x.com TO", "2: b@x.com TO"]);
    let page = "*PE\n 1.‡A@X.COM‡\n\u{C}\n     CC/JANE\n";
    finds(page, &["display", "1: a@x.com CC [JANE]"]);
    // Any other line that belongs to no entry breaks the display, and says so; and what it could continue.
    for (line, before, goes_on) in [
        ("\u{C} 2.B@X.COM", "doubtful_entry", false),
        ("\u{1B}[m 2.B@X.COM", "doubtful_entry", false),
        ("\u{C}      CC/JANE", "doubtful_entry", false),
        ("\u{A0}2.B@X.COM", "doubtful_entry", false),
        ("  \r2.B@X.COM", "doubtful_entry", true),
        ("2\u{A0}B@X.COM", "1: a@x.com TO", false),
    ] {
        let text = format!("*PE\n 1.A@X.COM\n{line}\n 3.C@X.COM\n");
        let mut expected = vec!["display", before, "doubtful_entry"];
        if goes_on {
            expected.push("3: c@x.com TO");
        } else if line.starts_with('2') {
            expected.push("expected_delimiter");
        }
        finds(text, &expected);
    }
    // Outside of one, too, it may go on with what stands above.
    for unseen in ["\u{A0}", "\u{1B}[m", "\u{C}", "\r"] {
        let text = format!("X\n 1.‡A@X.COM‡\n{unseen}     CC/JANE\nPE‡B@X.COM‡\n");
        finds(text, &["doubtful_entry", "b@x.com TO"]);
    }
    // An entry of its own is one.
    let own = "*PE\n 1.A@X.COM\nPE#B@X.COM#CC/JANE\u{A0}DOE\n";
    finds(
        own,
        &["display", "1: a@x.com TO", "b@x.com CC [JANE\u{A0}DOE]"],
    );
    // Within an entry it is an error of the entry.
    for (lines, error) in [
        (" 1.A@X.COM\0", "control_character"),
        (" 1.‡A@X.COM‡\n     \u{C} CC/JANE", "control_character"),
        (" 1.\u{1A}\n     A@X.COM", "lost_delimiter"),
        (" 1.\0\n     A@X.COM", "control_character"),
        (" 1.A@X.COM\n     X\rPE#B@X.COM#", "ambiguous_continuation"),
    ] {
        finds(
            format!("*PE\n{lines}\n 2.B@X.COM\n"),
            &["display", error, "2: b@x.com TO"],
        );
    }
}

/// What stands behind the number is no line of its own.
#[test]
fn an_entry_that_begins_like_a_command_that_scrolls_is_one() {
    finds(
        "*PE\n 1.MD\n     SMITH@X.COM\n",
        &["display", "1: mdsmith@x.com TO"],
    );
}

/// Whose number or whose indent is odd.
#[test]
fn what_belongs_to_a_display_is_never_passed_over() {
    for line in [
        "2 ‡B@X.COM‡CC/",
        "2) #B@X.COM#",
        "‡B@X.COM‡CC/",
        "   ‡B@X.COM‡",
        "     ‡B@X.COM",
        " B@X.COM",
        " 2)B@X.COM CC/",
    ] {
        let text = format!("*PE\n\n{line}\n");
        finds(text, &["display", "expected_item_number"]);
    }
    for line in [
        "  CC/JANE",
        "   cc/JANE",
        " -1.1",
        "  ¤E-1.1",
        "CC/JANE",
        ">TO/X",
        "-1.1",
        "M‡BC/",
    ] {
        finds(
            format!("*PE\n 1.‡A@X.COM‡\n{line}\n"),
            &["display", "ambiguous_continuation"],
        );
        finds(
            format!("1.‡A@X.COM‡\n{line}\nPE‡B@X.COM‡"),
            &["ambiguous_continuation", "b@x.com TO"],
        );
    }
    for line in ["  DOE-1.1", "  M‡CC/JANE", " PAGE 2"] {
        finds(
            format!("*PE\n 1.‡A@X.COM‡CC/JANE\n{line}\n"),
            &["display", "ambiguous_continuation"],
        );
    }
    // What is not indented ends a display, and most of it is nothing of PE.
    for line in [
        "CALL BOB@X.COM",
        "5H-CALL BOB@X.COM EXT #4",
        "W-TRAVEL¥BOX 1¥BOB@X.COM",
        "-DOE/JANE\u{A0}MRS",
    ] {
        finds(
            format!("*PE\n 1.‡A@X.COM‡\n{line}\n"),
            &["display", "1: a@x.com TO"],
        );
    }
    finds("2 ‡B@X.COM‡CC/\nCC/JANE", &[]);
    finds("1.‡A@X.COM‡\n 2 BA 12Y\n", &["1: a@x.com TO"]);
}

/// A line that is too long to be read is no remark, whether or not it comes at once.
#[test]
fn what_a_heading_goes_on_with_is_the_same_in_any_chunks() {
    let long = "X".repeat(70_000);
    for above in [
        " 1.CALL\n".to_owned(),
        format!(" 1.{long}\n"),
        format!(" 1.CALL\n    {long}\n"),
        format!("{long}\n 1.CALL\n"),
    ] {
        let text = format!("{above}    EMAIL ADDRESS\n 2.CALL BOB\n");
        let whole: Vec<_> = pe::scan(text.as_bytes()).map(|found| found.line).collect();
        assert_eq!(whole.is_empty(), above.ends_with("1.CALL\n"));
        for size in [1000, 66_000] {
            let mut fed = Vec::new();
            let mut scanner = pe::Scanner::new();
            for chunk in text.as_bytes().chunks(size) {
                scanner.feed(chunk, |found| fed.push(found.line));
            }
            scanner.finish(|found| fed.push(found.line));
            assert_eq!(fed, whole, "{size}");
        }
    }
}

/// Byte order marks are of a line what it is made of, but they are not counted as its text.
#[test]
fn any_number_of_byte_order_marks_is_read_in_any_chunks() {
    let marks = "\u{FEFF}".repeat(50_000);
    let held = format!(
        "*PE\n 1.A@B.COM\n{}\u{FEFF}\u{FEFF}\u{FEFF}{}\r\nPE#C@B.COM#",
        "\n".repeat(65_510),
        "X".repeat(65_536)
    );
    for text in [format!("{marks}PE#A@B.COM#\nPE#B@B.COM#"), held] {
        let whole: Vec<_> = pe::scan(text.as_bytes())
            .map(|found| (found.line, described(&found.content)))
            .collect();
        for size in [500, 1000, 70_000] {
            let mut fed = Vec::new();
            let mut scanner = pe::Scanner::new();
            for chunk in text.as_bytes().chunks(size) {
                scanner.feed(chunk, |found| {
                    fed.push((found.line, described(&found.content)))
                });
            }
            scanner.finish(|found| fed.push((found.line, described(&found.content))));
            assert_eq!(fed, whole);
        }
    }
}

/// Files that were joined have them at the beginning of later lines.
#[test]
fn a_byte_order_mark_stands_before_any_line() {
    finds(
        "PE#a@x.com#\n\u{feff}PE#b@x.com#\n",
        &["a@x.com TO", "b@x.com TO"],
    );
    finds("*PE\n\u{feff}1.a@x.com\n", &["display", "1: a@x.com TO"]);
    finds("\u{feff}\u{feff}PE#a@x.com#", &["a@x.com TO"]);
    finds(b"\xEF\xBB\xBFPE\x87A@X.COM\x87", &["a@x.com TO"]);
    finds(
        "*PE\n1.a@x.com#CC/\n\u{feff}    X\n",
        &["display", "1: a@x.com CC [X]"],
    );
}

#[test]
fn a_command_that_scrolls_is_no_end_of_a_display() {
    for command in [
        "MD",
        "MB ",
        ">MD",
        "> md",
        " >MD",
        // Indented as a continuation is, but behind a prompt.
        "     >MD",
        "MD\u{ab}",
        " >mb\u{ab} ",
    ] {
        let text = format!("*PE\n 1.a@x.com\n{command}\n 2.b@x.com\n");
        finds(text, &["display", "1: a@x.com TO", "2: b@x.com TO"]);
    }
    finds(
        "*PE\n 1.a@x.com\nMDX\n 2.b@x.com\n",
        &["display", "1: a@x.com TO", "expected_delimiter"],
    );
    finds(
        "*PE\n 1.a@x.com\n MD\n 2.b@x.com\n",
        &["display", "1: a@x.com TO", "2: b@x.com TO"],
    );
    // The end of a name.
    finds(
        "*PE\n 1.#a@x.com#CC/J DOE\n    MD\n",
        &["display", "1: a@x.com CC [J DOEMD]"],
    );
}

/// What is typed behind a prompt is no line of the display.
#[test]
fn a_line_with_a_prompt_continues_no_entry() {
    finds("1.#a@x.com#CC/JA\n    NE\n", &["1: a@x.com CC [JANE]"]);
    finds("1.#a@x.com#CC/JA\n    >NE\n", &["1: a@x.com CC [JA]"]);
    finds(
        "*PE\n1.a@x.com\n    >X\n2.b@x.com\n",
        &["display", "1: a@x.com TO", "expected_delimiter"],
    );
}

#[test]
fn a_continued_entry_is_bounded() {
    let display = |line: usize| {
        format!(
            "1.#a@x.com#CC/{}\n    {}\n2.#b@x.com#",
            "X".repeat(line),
            "X".repeat(1000)
        )
    };
    let name = "X".repeat(4096 - "#a@x.com#CC/".len());
    finds(
        display(name.len() - 1000),
        &[&format!("1: a@x.com CC [{name}]"), "2: b@x.com TO"],
    );
    finds(
        display(name.len() - 999),
        &["entry_too_long", "2: b@x.com TO"],
    );
    let apart = |lines: usize| format!("1.#a@x.c{}\n    om#\n2.#b@x.com#", "\n".repeat(lines));
    finds(apart(65_000), &["1: a@x.com TO", "2: b@x.com TO"]);
    finds(apart(66_000), &["continuation_too_far", "2: b@x.com TO"]);
    // From where the entry begins to the line that may go on with it.
    let away = |bytes: usize| {
        let lines = "\n".repeat(bytes - "#a@x.com#".len());
        format!("1.#a@x.com#{lines}2.#b@x.com#")
    };
    finds(away(65_536), &["1: a@x.com TO", "2: b@x.com TO"]);
    finds(away(65_537), &["continuation_too_far", "2: b@x.com TO"]);
}

#[test]
fn the_scroll_sign() {
    let noted = |text: &str| {
        let found = pe::scan(text.as_bytes()).last().unwrap();
        let content = found.content.unwrap();
        let entry = content.entry().unwrap();
        (
            described(&found.content),
            entry.notes().contains(Note::ScrollSign),
        )
    };
    assert_eq!(noted("1.‡A@X.COM‡"), ("1: a@x.com TO".to_owned(), false));
    assert_eq!(
        noted("1.‡A@X.COM‡CC/JANE‡"),
        ("1: a@x.com CC [JANE]".to_owned(), true)
    );
    assert_eq!(
        noted("1.‡A@X.COM‡CC/JA ‡\n    NE‡"),
        ("1: a@x.com CC [JANE]".to_owned(), true)
    );
    assert_eq!(noted("*PE\n1.A@X.COM‡"), ("1: a@x.com TO".to_owned(), true));
    assert_eq!(
        noted("APE  E‡A@X.COM‡CC/‡"),
        ("Added: a@x.com CC".to_owned(), true)
    );
    // In an entry it is an error.
    finds("PE‡A@X.COM‡CC/JANE‡", &["extra_delimiter"]);
    finds("1.‡A@X.COM‡CC/JA‡NE", &["extra_delimiter"]);
}

#[test]
fn history() {
    finds(
        "APE  E‡A@X.COM‡\nxpe e‡B@X.COM‡CC/\nCPE\tE‡C@X.COM‡BC/JANE\nAPEE‡D@X.COM‡\nAPE  E A@X.COM\n",
        &[
            "Added: a@x.com TO",
            "Deleted: b@x.com CC",
            "Changed: c@x.com BC [JANE]",
        ],
    );
    one_error("X\nAPE E‡A@X‡".as_bytes(), SingleLabel, "X");
    let text = "  APE  E‡A@X.COM‡CC/  \n";
    let found = pe::scan(text.as_bytes()).next().unwrap();
    assert_eq!(
        found.span.of(text.as_bytes()),
        Some("E‡A@X.COM‡CC/".as_bytes())
    );
    assert!(matches!(
        found.content,
        Ok(Content::History(HistoryAction::Added, _))
    ));
}

#[test]
fn the_face_line() {
    finds(
        "PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL\n1.A@X.COM\n",
        &["face"],
    );
}

#[test]
fn places_count_in_the_whole_text() {
    let text = "\u{FEFF}X\r\nÉ\r\n 12.  PE‡A@X.COM‡CC/JANE  \r\n\r\nPE#b@x.com#BCC/\r\n";
    let found: Vec<_> = pe::scan(text.as_bytes()).collect();
    assert_eq!(found[0].line, 3);
    assert_eq!(
        found[0].span.of(text.as_bytes()),
        Some("PE‡A@X.COM‡CC/JANE".as_bytes())
    );
    assert_eq!(found[1].line, 5);
    let error = found[1].content.unwrap_err();
    assert_eq!(error.span().of(text.as_bytes()), Some(&b"BCC"[..]));
}

#[test]
fn one_huge_line_of_anything_is_linear() {
    // Shapes on which a careless reader goes back and forth; too slow would be noticed as hanging.
    for piece in [
        "PE", "§", "PE#", "‡", "-1.1", "=", "/", " ", "\t", "PE§", "¤", "1.", "«", ".a", "@", "?",
        "?PE#@", "? PE2¤", "-1.1)", "Â«",
    ] {
        let text = piece.repeat(1 << 20);
        pe::scan(text.as_bytes()).for_each(drop);
        let lines = format!("{piece}\n").repeat(1 << 18);
        pe::scan(lines.as_bytes()).for_each(drop);
        let long = piece.repeat(60_000 / piece.len());
        let entry = format!("PE#a@x.com#CC/{long}\n*PE\n1.{long}\n    {long}\n");
        assert!(pe::scan(entry.as_bytes()).count() >= 2);
    }
}

#[test]
fn what_follows_history_or_the_face_on_its_line() {
    finds(
        "APE E‡A@X.COM‡§PE‡B@Y.COM‡CC/",
        &["Added: a@x.com TO", "b@y.com CC"],
    );
    finds(
        "APE E‡A@X.COM‡ § *PE\n1.B@X.COM",
        &["Added: a@x.com TO", "display", "1: b@x.com TO"],
    );
    finds(
        "PASSENGER EMAIL DATA EXISTS§PE‡B@Y.COM‡CC/\nX",
        &["face", "b@y.com CC"],
    );
}

#[test]
fn the_face_line_in_a_doubtful_encoding() {
    finds(b"PASSENGER EMAIL DATA EXISTS \xC3\xA9\xE9\n", &["face"]);
    finds(
        b"PASSENGER EMAIL DATA EXISTS \xE9\xC2\xA7PE#a@x.com#\n",
        &["mixed_encoding"],
    );
}

#[test]
fn entries_behind_an_ambiguous_continuation_are_read() {
    finds(
        "    1.‡A@X.COM‡\n    2.‡B@X.COM‡\n    PE‡C@X.COM‡CC/\n    PE‡D@X.COM‡CC/\n    X\n    PE‡E@X.COM‡\n",
        &[
            "1: a@x.com TO",
            "ambiguous_continuation",
            "c@x.com CC",
            "d@x.com CC",
            "e@x.com TO",
        ],
    );
    // Broken entries, history and the face line do not become part of a name.
    for line in [
        "PE#B@X.COM#BCC/JANE",
        "APE E#B@X.COM#",
        "PASSENGER EMAIL DATA EXISTS  *PE",
    ] {
        finds(
            format!("1.‡A@X.COM‡CC/\n     {line}\n"),
            &["ambiguous_continuation"],
        );
    }
}

#[test]
fn a_continuation_is_judged_in_its_own_encoding() {
    // The second byte of UTF-8's ɧ is the § of Windows-1252; this line is UTF-8.
    finds(
        "1.‡A@X.COM‡CC/JANE\n     ɧPE# 1\n",
        &["1: a@x.com CC [JANEɧPE# 1]"],
    );
}

#[test]
fn a_line_that_is_not_read_may_have_continued() {
    let blanks = " ".repeat(70_000);
    finds(
        format!("1.‡BOB@CORP.CO\n    M.X.EXAMPLE‡{blanks}\n2.‡A@X.COM‡"),
        &["line_too_long", "2: a@x.com TO"],
    );
    finds(format!("1.‡BOB@CORP.CO\n{blanks}\nX"), &["line_too_long"]);
    finds(
        format!("1.‡BOB@CORP.COM‡\nX{blanks}\n"),
        &["1: bob@corp.com TO"],
    );
}

#[test]
fn a_long_line_closes_a_section_only_if_it_is_plain() {
    let blanks = " ".repeat(70_000);
    finds(
        format!("*PE\n1.A@X.COM\n2.B@X.COM{blanks}\n3.C@X.COM\n"),
        &["display", "1: a@x.com TO", "line_too_long", "3: c@x.com TO"],
    );
    finds(
        format!("*PE\n{blanks}\n1.A@X.COM\n"),
        &["display", "1: a@x.com TO"],
    );
    finds(format!("*PE\nX{blanks}\n1.A@X.COM\n"), &["display"]);
}

#[test]
fn a_scroll_sign_is_the_delimiter_of_its_entry() {
    finds(
        "*PE\n1.A@X.COM‡CC/APT 5#\n2.‡A@X.COM‡CC/APT 5#\n",
        &[
            "display",
            "1: a@x.com CC [APT 5#]",
            "2: a@x.com CC [APT 5#]",
        ],
    );
    finds(
        "*PE\n1.A@X.COM‡CC/APT 5‡\n2.A@X.COM#\n3.‡\n",
        &[
            "display",
            "1: a@x.com CC [APT 5]",
            "2: a@x.com TO",
            "expected_address",
        ],
    );
}

#[test]
fn an_enter_mark_is_padding_at_the_end_of_any_segment() {
    finds(
        "PE‡A@X.COM‡«§ER\nPE‡A@X.COM‡CC/JANE « §ER",
        &["a@x.com TO", "a@x.com CC [JANE]"],
    );
}

#[test]
fn the_host_limit_of_a_listed_address_that_begins_with_pe() {
    for local in ["peter", "xeter"] {
        let text = format!(
            "*PE\n1.{}@EXAMPLE.COM\n",
            local.to_uppercase() + &"X".repeat(41)
        );
        let found = pe::scan(text.as_bytes()).last().unwrap();
        let content = found.content.unwrap();
        assert!(
            content
                .entry()
                .unwrap()
                .notes()
                .contains(Note::OverHostLimit),
            "{local}"
        );
    }
}

#[test]
fn an_error_in_joined_lines_points_at_whole_characters_of_the_text() {
    // Byte 0x81 is no character of Windows-1252, and two bytes of UTF-8 as the control it becomes.
    one_error(
        b"1.#a@x.com#CC/JOS\xC9\n     A\x81B",
        ControlCharacter,
        "\u{FFFD}",
    );
}

#[test]
fn a_scanner_goes_on_behind_a_display_that_is_far_apart() {
    // Once, this shape filled all that the scanner keeps, and it waited for ever.
    for padding in 65_500..65_537 {
        let text = format!(
            "1.#a@x.com#\n{}\n{}\nPE#b@x.com#CC/\n",
            " ".repeat(padding),
            " ".repeat(65_536)
        );
        let mut found = Vec::new();
        let mut scanner = pe::Scanner::new();
        for chunk in text.as_bytes().chunks(4096) {
            scanner.feed(chunk, |it| found.push(described(&it.content)));
        }
        scanner.finish(|it| found.push(described(&it.content)));
        assert_eq!(found, ["continuation_too_far", "b@x.com CC"], "{padding}");
        finds(text, &["continuation_too_far", "b@x.com CC"]);
    }
}

#[test]
fn a_scanner_goes_on_behind_a_sink_that_failed() {
    let mut scanner = pe::Scanner::new();
    assert_eq!(
        scanner.try_feed(b"PE#a@x.com#\nPE#b@x.com#\nX \n-RE", |_| Err(())),
        Err(())
    );
    let mut found = Vec::new();
    scanner.feed(b"M PE#mallory@x.com#\nPE#c@x.com#\n", |it| {
        found.push((it.line, described(&it.content)))
    });
    scanner.finish(|it| found.push((it.line, described(&it.content))));
    assert_eq!(found, [(5, "c@x.com TO".to_owned())]);
}

/// The parts of an even text are even, and know where they are.
#[test]
fn a_text_is_cut_where_nothing_belongs_together() {
    let line = "PE#A@EXAMPLE.COM#\n";
    let text = line.repeat(100);
    let parts: Vec<Vec<_>> = pe::scan_in_parts(text.as_bytes(), 4)
        .map(Iterator::collect)
        .collect();
    assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [25; 4]);
    assert_eq!(parts[1][0].line, 26);
    assert_eq!(
        parts[1][0].span.of(text.as_bytes()),
        Some(line.trim_end().as_bytes())
    );

    // A display hangs together, and so does a line.
    let display = format!("*PE\n{}", " 1.‡A@EXAMPLE.COM‡\n    TO/JANE\n\n".repeat(50));
    let with_returns = display.replace('\n', "\r\n");
    let stacked = "PE#A@EXAMPLE.COM#§".repeat(50);
    for whole in [&display, &with_returns, &stacked, &String::new()] {
        assert_eq!(pe::scan_in_parts(whole.as_bytes(), 3).count(), 1, "{whole}");
    }
    // No parts count as one, so that nothing is lost.
    let found = pe::scan_in_parts(text.as_bytes(), 0).flatten().count();
    assert_eq!(found, 100);
}

/// However the text is cut into blocks, to be looked at one by one.
#[test]
fn an_entry_among_words_that_have_a_pe_in_them_is_found_wherever_they_stand() {
    for place in 0..16 {
        let mut text: Vec<u8> = (0..1600_usize)
            .map(|at| match at % 16 {
                it if it == place => b'P',
                it if it == (place + 1) % 16 => b'E',
                _ => b'O',
            })
            .collect();
        // Neither stands where the words have it.
        let begin = 800 + place + 3;
        text[begin..][..4].copy_from_slice(b"\nPE#");
        text[begin + 33..][..12].copy_from_slice(b"@B.EXAMPLE#\n");
        for before in ["", "NOTHING\n", "NOTHING STANDS HERE\n"] {
            let text = [before.as_bytes(), &text].concat();
            let found: Vec<_> = pe::scan(&text).map(|found| found.content.is_ok()).collect();
            assert_eq!(found, [true], "{place}");
        }
    }
}
/// A line end or an end-item glyph was lost.
#[test]
fn another_entry_is_no_name() {
    for text in [
        "PE‡A@X.COM‡CC/ PE#B@X.COM#BC/",
        "PE‡A@X.COM‡CC/JANE PE2¤#B@X.COM#"
            .replace("2¤", "2")
            .as_str(),
        "PE‡A@X.COM‡CC/JANE,pe #B@X.COM#",
        "PE‡A@X.COM‡CC/JANE PE?B@X.COM?",
        "PE‡A@X.COM‡CC/JANE 2.B@X.COM",
        "1.‡A@X.COM‡TO/JANE  2.B@X.COM",
        "1.‡A@X.COM‡TO/JANE  2) B@X.COM",
    ] {
        finds(text, &["entry_within_line"]);
    }
    finds(
        "*PE\n 1.A@X.COM CC/ 2.B@X.COM BC/\n",
        &["display", "entry_within_line"],
    );
    for name in [
        "HOPE#B@X.COM",
        "PE#5 B@X.COM",
        "PETE@X.COM",
        "J.2.B@X.COM",
        "2.B C@X.COM",
    ] {
        finds(
            format!("PE‡A@X.COM‡CC/{name}"),
            &[&format!("a@x.com CC [{name}]")],
        );
    }
}

#[test]
fn a_letter_is_no_end_item_in_a_line_that_is_utf_8() {
    finds("FRANç*PE\n 1.A@X.COM", &[]);
    finds("FRANç*PE\n 1.‡A@X.COM‡\n", &["1: a@x.com TO"]);
    finds(
        "*PE\n 1.‡A@X.COM‡TO/J\n    ç*PE\n",
        &["display", "1: a@x.com TO [Jç*PE]"],
    );
    finds(b"6P\xA7*PE\n 1.A@X.COM", &["display", "1: a@x.com TO"]);
}

/// What cannot be seen behind the number of an item is not passed over because another line follows.
#[test]
fn a_byte_order_mark_behind_an_item_number_is_no_mark_of_a_file() {
    for rest in ["", "\n    mple#CC/"] {
        let text = format!(
            "*PE\n 1.\u{FEFF}#a@b.exa{}{rest}",
            if rest.is_empty() { "mple#CC/" } else { "" }
        );
        let errors: Vec<_> = pe::scan(text.as_bytes())
            .filter_map(|found| found.content.err())
            .map(|error| error.kind())
            .collect();
        assert_eq!(errors, [ExpectedAddress], "{rest:?}");
    }
}

/// An entry of the plain shape is taken without a search; but not before its line has ended, nor from a line that is
/// too long.
#[test]
fn a_plain_entry_ends_with_its_line_and_not_with_a_piece_of_the_text() {
    let begun = "PE#reservations.of.all.travels@bookings.northern-isles.example#CC/ALEXANDRA";
    for [first, second] in [
        ["", "\n"],
        ["-1.1", "\n"],
        ["", "NA VAN DER BERG\n"],
        ["\r", "\n"],
    ] {
        let mut found = Vec::new();
        let mut scanner = pe::Scanner::new();
        for piece in [begun, first, second, "PE#a@x.com#"] {
            scanner.feed(piece.as_bytes(), |it| found.push((it.line, it.span)));
        }
        scanner.finish(|it| found.push((it.line, it.span)));
        let text = format!("{begun}{first}{second}PE#a@x.com#");
        let whole = pe::scan(text.as_bytes()).map(|it| (it.line, it.span));
        assert_eq!(found, whole.collect::<Vec<_>>());
        assert_eq!(found.len(), 2);
    }
    for length in [65_400, 70_000] {
        let text = format!("PE#a@x.com#CC/{}\nPE#b@x.com#\n", "A".repeat(length));
        let found: Vec<_> = pe::scan(text.as_bytes()).collect();
        let kind = found[0].content.as_ref().err().map(|error| error.kind());
        let expected = (length > 65_536).then_some(LineTooLong);
        assert_eq!((found.len(), kind), (2, expected), "{length}");
    }
}

/// Where the whole text is indented, or quoted, its own indent says nothing: what could continue an entry or be
/// something else breaks it, and the line that opened the section says where it closes.
#[test]
fn a_text_that_is_indented_or_quoted_as_a_whole() {
    let ambiguous = "ambiguous_continuation";
    for (text, expected) in [
        (
            "    *PE\n     1.C@X.COM\n    RMKS\n     1.B@X.COM\n",
            &["display", ambiguous][..],
        ),
        (
            "    *PE\n     1.‡A@X.COM‡CC/\n    REMARKS\n     1.B@X.COM\n",
            &["display", ambiguous],
        ),
        (
            "\t*PE\n\t1.‡A@X.COM‡CC/JANE-1.1\n\tRECEIVED FROM - BOB\n",
            &["display", ambiguous],
        ),
        ("    *PE\n    NONE\n     1.B@X.COM\n", &["display"]),
        (
            "    *PE\n     1.A@X\n         .COM CC/\n     2.B@X.COM\n",
            &["display", "1: a@x.com CC", "2: b@x.com TO"],
        ),
        // Quoted.
        (
            "> *PE\n>  1.‡J@X.CO\n>      M‡CC/\n",
            &["display", ambiguous],
        ),
        (
            "> *PE\n>  1.‡A@X.COM‡\n>      CC/JANE\n>  2.B@X.COM\n> ER\n>  1.D@X.COM\n",
            &["display", ambiguous, "2: b@x.com TO"],
        ),
        (">  1.‡A@X.COM‡CC/JANE DO\n>      E-1.1\n", &[ambiguous]),
        (">     *PE\n>     NONE\n>      1.B@X.COM\n", &["display"]),
        // A tab is as much as blanks.
        (
            ">*PE\n>1.#A@X.COM#CC/JANE\n>\t-1.1\n>2.#C@X.COM#\n",
            &["display", ambiguous, "2: c@x.com TO"],
        ),
        (">> 1.#A@X.COM#CC/JANE\n>>\tSMITH-1.1\n", &[ambiguous]),
        (
            "> *PE\n> 1.A@X.COM\n>\tb@x.com\n> 2.C@X.COM\n",
            &["display", ambiguous, "2: c@x.com TO"],
        ),
        (">1.#A@X.COM#CC/JANE-\n>\t1.1\n", &[ambiguous]),
        ("  \t*PE\n        NONE\n        1.B@X.COM\n", &["display"]),
        // Numbers that stand less deep than what opened the section say that its indent is its own.
        (
            "    *PE\n FOR DOE\n 1.A@X.COM\n 2.C@X.COM\n",
            &["display", "1: a@x.com TO", "2: c@x.com TO"],
        ),
        (
            "\t*PE\n    1.A@X.COM\n    NOTE\n    2.C@X.COM\n",
            &["display", ambiguous, "2: c@x.com TO"],
        ),
        (
            "    *PE\n 1.A@X.COM\n    CC/\n 2.C@X.COM\n    X\n",
            &["display", "forbidden_character", ambiguous],
        ),
        // A prompt in a text that is not quoted begins a command.
        (
            ">*PE\n 1.A@X.COM\n>IR\n 1.B@X.COM\n",
            &["display", "1: a@x.com TO"],
        ),
    ] {
        finds(text, expected);
    }
}

/// A remark says what it says, and is no heading.
#[test]
fn a_numbered_line_is_no_heading() {
    finds(
        "*PE\n 1.‡A@X.COM‡\nREMARKS\n 1.UPDATE EMAIL ADDRESS TO\n 2.B@X.COM\n",
        &["display", "1: a@x.com TO"],
    );
    finds("1.NEW EMAIL ADDRESS\n2.B@X.COM\n", &[]);
    finds(b"1.\xE9 \xC3\xA9 EMAIL ADDRESS\n2.B@X.COM\n", &[]);
}

/// A line that is indented goes on with the remark above it, and the next remark tells.
#[test]
fn a_remark_that_is_wrapped_is_no_heading() {
    let remark = "REMARKS\n  1.H-TKT TO\n     EMAIL ADDRESS BELOW\n";
    let quiet = "NOTHING STANDS HERE\n".repeat(20);
    for above in ["", &quiet] {
        for more in ["", "     TOMORROW\n"] {
            finds(format!("{above}{remark}{more}  2.JOHN@X.COM\n"), &[]);
            finds(
                format!("{above}{remark}{more}  1.JOHN@X.COM\n"),
                &["1: john@x.com TO"],
            );
            finds(
                format!("{above}{remark}{more}  2.‡JOHN@X.COM‡\n"),
                &["2: john@x.com TO"],
            );
        }
    }
    for above in [
        "REMARKS\n  1.H-TKT TO\n\n     EMAIL ADDRESS",
        "REMARKS\n  1.H-TKT TO\nX\n     EMAIL ADDRESS",
        "REMARKS\n  1.H-TKT TO\nEMAIL ADDRESS",
        "  1.1SMITH/JOHN MR\n     EMAIL ADDRESS",
        &format!("  1.H-TKT TO\n{}     EMAIL ADDRESS", "     X\n".repeat(8)),
    ] {
        finds(format!("{above}\n  2.JOHN@X.COM\n"), &["2: john@x.com TO"]);
    }
    let near = format!("  1.H-TKT TO\n{}     EMAIL ADDRESS", "     X\n".repeat(7));
    finds(format!("{near}\n  2.JOHN@X.COM\n"), &[]);
}

/// What opens a section on the next page of a display continues no name; and opens one in a line of two encodings.
#[test]
fn what_opens_a_section_continues_nothing() {
    for opener in ["          EMAIL ADDRESS", "      *PE", "      6P§*PE"] {
        finds(
            format!("EMAIL ADDRESS\n 1.‡A@X.COM‡TO/JANE-1.1\nMD«\n{opener}\n 2.B@X.COM CC/\n"),
            &[
                &["ambiguous_continuation"][..],
                if opener.contains('*') {
                    &["display"]
                } else {
                    &[]
                },
                &["2: b@x.com CC"],
            ]
            .concat(),
        );
    }
    finds(
        b"6P \xE9 \xC3\xA9\xC2\xA7*PE\n 1.A@X.COM CC/\n",
        &["1: a@x.com CC"],
    );
}

/// A line with a number could be the end of an entry that was cut there, if it is indented like one.
#[test]
fn a_number_that_is_indented_like_a_continuation_breaks_the_entry() {
    finds(
        "  1.‡A@X.COM‡CC/JANE DOE-\n     1.1\n  2.‡B@X.COM‡\n",
        &["ambiguous_continuation", "2: b@x.com TO"],
    );
    finds(
        "*PE\n  1.‡C@X.COM‡\n  2.‡JOHN.AGENT\n     2.TRAVEL@X.COM‡CC/\n",
        &["display", "1: c@x.com TO", "ambiguous_continuation"],
    );
    // As deep as the other numbers, or less deep.
    finds(
        "*PE\n      9.‡C@X.COM‡\n     10.‡D@X.COM‡\n",
        &["display", "9: c@x.com TO", "10: d@x.com TO"],
    );
}

/// Of a glyph that was read in another encoding on its way, the `Â` is a part.
#[test]
fn glyphs_with_what_stands_before_them_when_read_in_another_encoding() {
    finds(
        "PEâ€¡A@X.COMâ€¡TO/JANE-1.1Â§PEâ€¡B@X.COMâ€¡Â§ER",
        &["a@x.com TO [JANE]", "b@x.com TO"],
    );
    finds("PEâ€¡A@X.COMâ€¡TO/JANE-1.1Â«", &["a@x.com TO [JANE]"]);
    finds(
        "*PEÂ«\n1.A@X.COM CC/\nMDÂ«\n",
        &["display", "1: a@x.com CC"],
    );
    finds("PE#A@X.COM#CC/JANE DOEÂ¤S-1", &["lost_change"]);
    finds("PE#A@X.COM#CC/JANE DOEÂ", &["untrimmed_name"]);
    finds(b"PE#A@X.COM#CC/JANE DOE\xC2 \xA4E", &["untrimmed_name"]);
    finds("PEÂ¥A@X.COMÂ¥CC/", &["a@x.com CC"]);
    finds("PEâ\u{80}¡A@X.COMâ\u{80}¡CC/", &["a@x.com CC"]);
}

/// An entry behind an end-item glyph that was lost.
#[test]
fn an_entry_behind_a_lost_end_item_is_an_error() {
    for text in [
        "6P?PE?A@X.COM??ER",
        "6P\u{FFFD}PE\u{FFFD}A@X.COM\u{FFFD}\u{FFFD}ER",
        "6P?PE#A@X.COM#CC/??ER",
        "6P? PE#A@X.COM#CC/",
        "6P?PE2¤#A@X.COM#",
        "6P?PE2?#A@X.COM#",
        "6P¿PE ¿¥A@X.COM¥",
        "6P?PE #A@X.COM#",
        "PE#A@X.COM#CC/JANE?PE¥C@X.COM¥",
        "PE#A@X.COM#CC/JANE?PE?C@X.COM?",
        " 1.#A@X.COM#CC/JANE?PE¥C@X.COM¥",
        "N@X.COM ?PE#A@X.COM#CC/",
    ] {
        finds(text, &["entry_within_line"]);
    }
    finds("6P PE?A@X.COM", &[]);
    finds("WHAT?PETER@X.COM", &[]);
    finds("6P?PE? A@X.COM", &[]);
}

/// Whatever stands in the lines that continue an entry which is broken: it was told.
#[test]
fn a_broken_entry_of_a_display_is_told_once() {
    let too_many = "      X\n".repeat(9) + "      X@Y.COM\n";
    for lines in ["", "      X@Y.COM\n", &too_many] {
        let text = format!("*PE\n 1.#A@@B.COM#CC/JANE\n{lines} 2.#C@D.EXAMPLE#\n");
        let found: Vec<_> = pe::scan(text.as_bytes()).collect();
        let broken = found.iter().filter(|it| it.content.is_err()).count();
        assert_eq!((found.len(), broken), (3, 1), "{text}");
    }
}

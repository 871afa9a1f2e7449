//! One entry, by itself: every row of the rule page of `peline::pe`.

use peline::{
    ErrorKind::{self, *},
    Note, Plan,
    pe::{
        self, Addressee, Code, Glyph, Language, PeCommand, PeEntry, RawCommand, RawEntry,
        Unwritable,
    },
};

/// An entry, spelled out: address, code (`-` if not written), addressee, language, reference.
#[track_caller]
fn ok(text: &str, expected: &str) {
    let entry: PeEntry = match text.parse() {
        Ok(entry) => entry,
        Err(error) => panic!("{text}\n{}", error.caret(text.as_bytes())),
    };
    assert_eq!(spelled(&entry), expected, "{text}");
    assert_eq!(
        RawEntry::parse(text.as_bytes()).unwrap().as_written(),
        text.trim_end().as_bytes()
    );
}

fn spelled(entry: &PeEntry) -> String {
    format!(
        "{} {} {} {} {}",
        entry.address(),
        entry
            .written_code()
            .map_or("-".to_owned(), |code| code.to_string()),
        entry
            .addressee()
            .map_or("-".to_owned(), |name| format!("[{name}]")),
        entry.language().map_or("-", Language::tag),
        entry
            .name_reference()
            .map_or("-".to_owned(), |reference| reference.to_string()),
    )
}

/// The kind of an error and the piece of text that it points at.
#[track_caller]
fn err(text: &str, kind: ErrorKind, at: &str) {
    let error = RawCommand::parse(text.as_bytes()).expect_err(text);
    let marked = error
        .span()
        .of(text.as_bytes())
        .map(String::from_utf8_lossy);
    assert_eq!(
        (error.kind(), marked.as_deref()),
        (kind, Some(at)),
        "{text}"
    );
}

#[test]
fn the_examples_of_the_rule_page() {
    ok("PE#anyemail@email.com#", "anyemail@email.com - - - -");
    ok("PE#anyemail@email.com#CC/", "anyemail@email.com CC - - -");
    ok("PE#anyemail@email.com#BC/", "anyemail@email.com BC - - -");
    ok(
        "PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1",
        "jsmith@ibm.net CC [JOHN P. SMITH] fr 1.1",
    );
    ok(
        "PE‡JOHN.DOE@YOURMAIL.COM‡TO/JOHN DOE¤E",
        "john.doe@yourmail.com TO [JOHN DOE] en -",
    );
    ok(
        "PE¥AGENT==ONE@AGENCY.COM¥FR/",
        "agent_one@agency.com FR - - -",
    );
    ok("PE¥A@B.COM¥-1", "a@b.com - - - 1");
}

#[test]
fn every_code_in_either_case() {
    for code in Code::ALL {
        let upper = format!("pe#a@b.com#{code}/");
        let lower = upper.to_lowercase();
        for text in [upper, lower] {
            assert_eq!(text.parse::<PeEntry>().unwrap().written_code(), Some(code));
        }
    }
    assert_eq!("PE#a@b.com#".parse::<PeEntry>().unwrap().code(), Code::To);
}

#[test]
fn codes_that_are_none() {
    err("PE#a@b.com#BCC/", CodeBcc, "BCC");
    err("PE#a@b.com#T/", ProfileCode, "T");
    err("PE#a@b.com#R/", ProfileCode, "R");
    err("PE#a@b.com#XX/", UnknownCode, "XX");
    err("PE#a@b.com#/NAME", UnknownCode, "");
    err("PE#a@b.com#CC", CodeWithoutSlash, "CC");
    err("PE#a@b.com# fr ", CodeWithoutSlash, "fr");
    err("PE#a@b.com#CC /X", UnknownCode, "CC ");
    err("PE#a@b.com#JANE DOE", UnknownCode, "JANE DOE");
    err("PE#a@b.com#JANE-1.1", UnknownCode, "JANE-1.1");
}

#[test]
fn every_language() {
    let table = [
        ('E', "en"),
        ('F', "fr"),
        ('S', "es"),
        ('P', "pt"),
        ('I', "it"),
        ('G', "de"),
        ('V', "sv"),
        ('R', "el"),
        ('C', "zh-Hans"),
        ('H', "zh-Hant"),
        ('J', "ja"),
        ('K', "ko"),
        ('T', "th"),
        ('U', "ru"),
    ];
    assert_eq!(Language::ALL.len(), table.len());
    for (letter, tag) in table {
        for letter in [letter, letter.to_ascii_lowercase()] {
            ok(
                &format!("PE#a@b.com#¤{letter}"),
                &format!("a@b.com - - {tag} -"),
            );
        }
    }
}

#[test]
fn languages_that_are_none() {
    err("PE#a@b.com#¤", UnknownLanguage, "¤");
    err("PE#a@b.com#¤X", UnknownLanguage, "X");
    err("PE#a@b.com#¤ E", UnknownLanguage, " ");
    err("PE#a@b.com#¤EN", UnknownLanguage, "EN");
    err("PE#a@b.com#¤-1", UnknownLanguage, "-");
    err("PE#a@b.com#¤é", UnknownLanguage, "é");
    err("PE#a@b.com#¤E¤F", SecondLanguage, "¤");
    err("PE#a@b.com#¤E X", UnexpectedText, "X");
    // A bracket is a key for the change glyph, not the glyph.
    ok("PE#a@b.com#CC/JANE[E", "a@b.com CC [JANE[E] - -");
}

#[test]
fn an_addressee_is_free_text() {
    ok("PE#a@b.com#CC/ JANE DOE ", "a@b.com CC [JANE DOE] - -");
    ok(
        "PE#a@b.com#CC/JOSÉ ‡ ¥ [\\/'",
        "a@b.com CC [JOSÉ ‡ ¥ [\\/'] - -",
    );
    ok("PE‡a@b.com‡CC/APT #5", "a@b.com CC [APT #5] - -");
    ok("PE#a@b.com#CC/", "a@b.com CC - - -");
    ok("PE#a@b.com#CC/   ", "a@b.com CC - - -");
    ok("PE#a@b.com#CC/-JANE", "a@b.com CC [-JANE] - -");
    ok("PE#a@b.com#CC/JANE -", "a@b.com CC [JANE -] - -");
    err("PE#a@b.com#CC/A\tB", ControlCharacter, "\t");
    err("PE#a@b.com#CC/A\u{85}B", ControlCharacter, "\u{85}");
    err("PE#a@b.com#CC/A\nB", ControlCharacter, "\n");
    err("PE#a@b.com#CC/A#B", ExtraDelimiter, "#");
    err("PE#a@b.com#CC/A§B", UnexpectedEndItem, "§");
}

#[test]
fn name_references() {
    ok("PE#a@b.com#-1.1", "a@b.com - - - 1.1");
    ok("PE#a@b.com#-2.01", "a@b.com - - - 2.1");
    ok("PE#a@b.com#-01.01", "a@b.com - - - 1.1");
    ok("PE#a@b.com#-999.999", "a@b.com - - - 999.999");
    ok("PE#a@b.com#CC/-1", "a@b.com CC - - 1");
    ok("PE#a@b.com#CC/ -1", "a@b.com CC - - 1");
    ok("PE#a@b.com#CC/-1.1", "a@b.com CC - - 1.1");
    ok("PE#a@b.com#CC/JANE DOE -1.1", "a@b.com CC [JANE DOE] - 1.1");
    ok("PE#a@b.com#CC/JANE DOE¤E-1", "a@b.com CC [JANE DOE] en 1");
    ok(
        "PE#a@b.com#CC/JANE DOE¤E -1.2",
        "a@b.com CC [JANE DOE] en 1.2",
    );
    ok("PE#a@b.com#CC/UNIT-7-1.1", "a@b.com CC [UNIT-7] - 1.1");
}

#[test]
fn names_that_look_like_references() {
    ok("PE#a@b.com#CC/UNIT-7", "a@b.com CC [UNIT-7] - -");
    ok("PE#a@b.com#CC/UNIT-7-8", "a@b.com CC [UNIT-7-8] - -");
    ok("PE#a@b.com#CC/JANE -1", "a@b.com CC [JANE -1] - -");
    ok("PE#a@b.com#CC/JOHN 1.1", "a@b.com CC [JOHN 1.1] - -");
    ok("PE#a@b.com#CC/JANE-1.1X", "a@b.com CC [JANE-1.1X] - -");
    ok("PE#a@b.com#CC/UNIT-7¤E", "a@b.com CC [UNIT-7] en -");
}

#[test]
fn references_that_are_not_documented() {
    err("PE#a@b.com#-1.1-2.1", NameReferenceList, "1.1-2.1");
    err("PE#a@b.com#-1.1,2.1", NameReferenceList, "1.1,2.1");
    err("PE#a@b.com#-1.1.1", NameReferenceList, "1.1.1");
    err("PE#a@b.com#-1-2", NameReferenceList, "1-2");
    err("PE#a@b.com#CC/-1,2", NameReferenceList, "1,2");
    err("PE#a@b.com#CC/JANE-1.1-2.1", NameReferenceList, "-1.1-2.1");
    err(
        "PE#a@b.com#CC/JANE -1.1 -2.1",
        NameReferenceList,
        "-1.1 -2.1",
    );
    err("PE#a@b.com#CC/JANE-1.1,2.1", NameReferenceList, "1.1,2.1");
    err("PE#a@b.com#CC/JANE-1.1-2", NameReferenceList, "-1.1-2");
    err("PE#a@b.com#CC/JANE 1.1-2.1", NameReferenceList, "1.1-2.1");
    err("PE#a@b.com#CC/UNIT-7,-1.1", NameReferenceList, "-7,-1.1");
    err("PE#a@b.com#-0.1", NameReferenceOutOfRange, "0");
    err("PE#a@b.com#-1.0", NameReferenceOutOfRange, "0");
    err("PE#a@b.com#CC/JANE-1000.1", NameReferenceOutOfRange, "1000");
    err(
        "PE#a@b.com#-99999999999999999999",
        NameReferenceOutOfRange,
        "99999999999999999999",
    );
    err("PE#a@b.com#CC/JANE-1.", MalformedNameReference, "1.");
    err("PE#a@b.com#CC/JANE - 1.1", MalformedNameReference, " 1.1");
    err("PE#a@b.com#CC/-", MalformedNameReference, "");
    err("PE#a@b.com#-", MalformedNameReference, "");
    err("PE#a@b.com#CC/-7 SMITH", MalformedNameReference, "7 SMITH");
    err("PE#a@b.com#CC/-1X-1.1", MalformedNameReference, "1X-1.1");
    err("PE#a@b.com#-1.1 X", MalformedNameReference, "1.1 X");
    err(
        "PE#a@b.com#CC/JANE-1.1¤E",
        NameReferenceBeforeLanguage,
        "-1.1",
    );
    err("PE#a@b.com#CC/-1¤E", NameReferenceBeforeLanguage, "-1");
    err("PE#a@b.com#-1¤E", NameReferenceBeforeLanguage, "-1");
}

/// Editors put a dash in the place of a hyphen: the documents of one name would be open to who was not to see them.
#[test]
fn a_dash_makes_no_name_of_a_reference() {
    for dash in [
        "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2043}",
        "\u{2212}", "\u{FE58}", "\u{FE63}", "\u{FF0D}",
    ] {
        for (name, rest) in [
            ("JANE", "1.1"),
            ("JANE ", " 1.1"),
            ("", "1"),
            ("", "7 ,8"),
            ("JANE 2.1", "2.1"),
            ("UNIT-7", "1.1"),
            ("JOSÉ", "1."),
        ] {
            let reference = format!("{dash}{rest}");
            let text = format!("PE#a@b.com#CC/{name}{reference}");
            err(&text, WrongDash, &reference);
        }
        // Nor is it an unknown code, or what should not be behind a language.
        let reference = format!("{dash}1");
        for before in ["PE#a@b.com#", "PE#a@b.com#CC/¤E", "PE#a@b.com#CC/JANE¤S "] {
            err(&format!("{before}{reference}"), WrongDash, &reference);
        }
        let name = format!("UNIT{dash}7{dash}8");
        ok(
            &format!("PE#a@b.com#CC/{name}"),
            &format!("a@b.com CC [{name}] - -"),
        );
        let name = format!("SMITH{dash}JONES 7.1.");
        ok(
            &format!("PE#a@b.com#CC/{name}"),
            &format!("a@b.com CC [{name}] - -"),
        );
    }
    let error = RawCommand::parse(b"PE\x87A@B.COM\x87CC/JANE \x961.1").unwrap_err();
    assert_eq!(error.kind(), WrongDash);
    err(
        "PE#a@b.com#CC/JANE \u{2013}\u{200B}1",
        DoubtfulEntry,
        "\u{200B}",
    );
}

#[test]
fn every_spelling_of_the_delimiter() {
    for delimiter in ["‡", "#", "¥", "\u{87}", "☨", "â€¡", "Â‡", "\u{C2}\u{87}"] {
        let text = format!("PE{delimiter}A@B.COM{delimiter}CC/JANE");
        ok(&text, "a@b.com CC [JANE] - -");
    }
    let windows_1252: [&[u8]; 2] = [
        b"PE\x87A@B.COM\x87CC/JOS\xC9",
        b"PE\xA5A@B.COM\xA5CC/JOS\xC9",
    ];
    for text in windows_1252 {
        let entry = RawEntry::parse(text).unwrap();
        assert_eq!(entry.addressee().as_deref(), Some("JOSÉ"));
        assert_eq!(entry.as_written(), text);
    }
    let entry = RawEntry::parse(b"PE\x87A@B.COM\x87CC/JANE\xA4F-1").unwrap();
    assert_eq!(
        (entry.language(), entry.addressee().as_deref()),
        (Some(Language::French), Some("JANE"))
    );
}

#[test]
fn a_mixed_encoding_is_an_error() {
    let error = RawCommand::parse(b"PE#a@b.com#CC/\xC3\xA9\xE9").unwrap_err();
    assert_eq!(error.kind(), MixedEncoding);
}

#[test]
fn delimiters_must_agree() {
    err("PE#a@b.com‡CC/", MixedDelimiters, "‡");
    err("PE‡a@b.com#CC/", MixedDelimiters, "#");
    err("PE¥a@b.com‡", MixedDelimiters, "‡");
    err("PE‡a@b.com‡CC/X‡", ExtraDelimiter, "‡");
    // Within the address another spelling is text: valid only where it is an atom character.
    ok("PE‡a#b@x.com‡", "a#b@x.com - - - -");
    err("PE#a‡b@x.com#", NotAscii, "‡");
}

#[test]
fn keyboard_aliases_are_no_delimiters() {
    for alias in ["§", "+", ":", "'", "*", "|"] {
        let text = format!("PE{alias}a@b.com{alias}");
        err(&text, ExpectedDelimiter, alias);
    }
}

#[test]
fn a_missing_closing_delimiter() {
    for text in ["PE¥A@B.COM", "PE#a@x.xn--p1ai", "PE‡a@b.com  "] {
        let entry = RawEntry::parse(text.as_bytes()).unwrap();
        assert!(entry.notes().contains(Note::Unclosed), "{text}");
    }
    err(
        "PE¥A@EXAMPLE.COM-1",
        ExpectedClosingDelimiter,
        "A@EXAMPLE.COM-1",
    );
    err(
        "PE¥A@EXAMPLE.COM1",
        ExpectedClosingDelimiter,
        "A@EXAMPLE.COM1",
    );
    err(
        "PE¥A@EXAMPLE.COMCC/",
        ExpectedClosingDelimiter,
        "A@EXAMPLE.COMCC/",
    );
    err("PE¥A@EXAMPLE", ExpectedClosingDelimiter, "A@EXAMPLE");
    err("PE¥", EmptyAddress, "");
    err("PE¥¥", EmptyAddress, "");
    err("PE¥¥CC/", EmptyAddress, "");
}

#[test]
fn what_opens_no_entry() {
    err("", ExpectedPe, "");
    err(" PE#a@b.com#", ExpectedPe, " P");
    err("P", ExpectedPe, "P");
    err("*PE6IIF", ExpectedPe, "*P");
    err("PE", ExpectedDelimiter, "");
    err("PE*6IIF", ExpectedDelimiter, "*");
    err("PETER@X.COM", ExpectedDelimiter, "T");
    err("PEa@b.com#", ExpectedDelimiter, "a");
    err("PE[a@b.com#", ExpectedDelimiter, "[");
    err("PE 1", ExpectedDelimiter, " ");
    err("PE #a@b.com#", BlankBeforeDelimiter, " ");
    err("PE2#a@b.com#", ItemsWithoutChange, "2");
    err("PE 2¤#a@b.com#", BlankBeforeDelimiter, " 2");
    err("PE2¤ #a@b.com#", BlankBeforeDelimiter, " ");
}

#[test]
fn changes_deletions_and_displays() {
    let canonical = |text: &str| text.parse::<PeCommand>().map(|command| command.to_string());
    for (text, expected) in [
        ("PE2¤‡NEW@X.COM‡CC/", "PE2¤‡NEW@X.COM‡CC/"),
        ("PE¤‡NEW@X.COM‡", "PE¤‡NEW@X.COM‡"),
        ("PE1¤", "PE1¤"),
        ("PE1,3,4¤", "PE1,3,4¤"),
        ("PE1-3¤", "PE1-3¤"),
        ("PE1-3,5¤", "PE1-3,5¤"),
        ("pe007,008¤ ", "PE7,8¤"),
        ("PE999¤", "PE999¤"),
        ("*pe", "*PE"),
    ] {
        assert_eq!(canonical(text).as_deref(), Ok(expected), "{text}");
    }
    err("PE¤", ChangeWithoutContent, "¤");
    err("PE0¤", ItemOutOfRange, "0");
    err("PE1000¤", ItemOutOfRange, "1000");
    err("PE99999999¤", ItemOutOfRange, "99999999");
    err("PE2,1¤", ItemsNotAscending, "1");
    err("PE1,1¤", ItemsNotAscending, "1");
    err("PE3-3¤", ItemsNotAscending, "3-3");
    err("PE3-1¤", ItemsNotAscending, "3-1");
    err("PE1,¤", MalformedItems, "");
    err("PE-1¤", MalformedItems, "-1");
    err("PE1-2-3¤", MalformedItems, "1-2-3");
    // As editors and hands put it.
    err("PE1\u{2013}3¤", WrongDash, "1\u{2013}3");
    err("PE1;3¤", MalformedItems, "1;3");
    err("PE1\u{2013}3 ¤", WrongDash, "1\u{2013}3 ");
    err("PE 1 \u{2013} 3¤", WrongDash, " 1 \u{2013} 3");
    err("PE\u{2013}1¤", WrongDash, "\u{2013}1");
    err("PE 1; 3¤#A@B.COM#", MalformedItems, " 1; 3");
    err("PE2.¤‡A@B.COM‡", MalformedItems, "2.");
    err("PE1/2 3¤", ExpectedDelimiter, "1");
    err("PETER1¤", ExpectedDelimiter, "T");
    err("PE1-2¤#a@b.com#", ChangeOfSeveralItems, "1-2");
    err("PE1,2¤#a@b.com#", ChangeOfSeveralItems, "1,2");
    err("PE1¤X", UnexpectedText, "X");
    err("PE1¤¤", UnexpectedText, "¤");
    assert_eq!("PE1¤".parse::<PeEntry>().unwrap_err().kind(), NoAddition);
    assert_eq!("*PE".parse::<PeEntry>().unwrap_err().kind(), NoAddition);
}

#[test]
fn substitutions_in_the_address() {
    ok("PE‡AGENT==ONE@X.COM‡", "agent_one@x.com - - - -");
    ok("PE‡O/NEIL@X.COM‡", "o'neil@x.com - - - -");
    ok("PE‡A===B@X.COM‡", "a_=b@x.com - - - -");
    ok("PE‡A====B@X.COM‡", "a__b@x.com - - - -");
    ok("PE‡A=B_C@X.COM‡", "a=b_c@x.com - - - -");
    err("PE‡A@X==Y.COM‡", ForbiddenCharacter, "=");
    err("PE‡A@X/Y.COM‡", ForbiddenCharacter, "/");
    // `==` is one octet: 64 of them fit.
    ok(
        &format!("PE‡{}@X.COM‡", "==".repeat(64)),
        &format!("{}@x.com - - - -", "_".repeat(64)),
    );
    let text = format!("PE‡{}@X.COM‡", "==".repeat(65));
    err(&text, LocalPartTooLong, &"==".repeat(65));
    // And so it is in the 254 octets of an address.
    let domain = [&"B".repeat(63); 3].map(String::as_str).join(".");
    let domain = format!("{domain}.{}.COM", "C".repeat(55));
    assert_eq!("A_@".len() + domain.len(), 254);
    let fitting = format!("PE‡A==@{domain}‡");
    let address = format!("a_@{}", domain.to_lowercase());
    ok(&fitting, &format!("{address} - - - -"));
    let over = format!("AA==@{domain}");
    err(&format!("PE‡{over}‡"), AddressTooLong, &over);
}

#[test]
fn a_language_is_written_as_its_tag_and_read_back() {
    assert_eq!(Language::SimplifiedChinese.to_string(), "zh-Hans");
    for language in Language::ALL {
        assert_eq!(language.to_string().parse(), Ok(*language));
    }
}

/// The host folds case, so what is read back is in lower case.
#[test]
fn an_entry_is_built_with_the_address_that_will_be_read_back() {
    let built = PeEntry::builder("John.Doe@Example.com".parse().unwrap()).build();
    let built = built.unwrap();
    assert_eq!(built.address().as_str(), "john.doe@example.com");
    let read: PeEntry = built.to_string().parse().unwrap();
    assert_eq!(read.address().as_str(), built.address().as_str());
}

#[test]
fn what_cannot_be_written() {
    let build = |address: &str| PeEntry::builder(address.parse().unwrap()).build();
    assert_eq!(build("a==b@example.com"), Err(Unwritable::Address));
    assert_eq!(build("a/b@example.com"), Err(Unwritable::Address));
    assert_eq!(
        build("a=_b@example.com").unwrap().to_string(),
        "PE‡A=_B@EXAMPLE.COM‡"
    );
    assert_eq!(
        build("John_O'Neil@example.com").unwrap().to_string(),
        "PE‡JOHN==O/NEIL@EXAMPLE.COM‡"
    );
    let hash = build("a#b@example.com").unwrap();
    assert_eq!(hash.write(Glyph::NumberSign), Err(Unwritable::Delimiter));
    let builder = || PeEntry::builder("a@example.com".parse().unwrap());
    let unit = builder()
        .addressee("UNIT".parse().unwrap())
        .name_reference("7".parse().unwrap());
    assert_eq!(unit.build(), Err(Unwritable::NameReference));
    let unit = builder()
        .addressee("UNIT-7".parse().unwrap())
        .name_reference("1.1".parse().unwrap());
    assert_eq!(
        unit.build().unwrap().to_string(),
        "PE‡A@EXAMPLE.COM‡TO/UNIT-7-1.1"
    );
    let unit = builder()
        .addressee("UNIT".parse().unwrap())
        .language(Language::English)
        .name_reference("7".parse().unwrap());
    assert_eq!(
        unit.build().unwrap().to_string(),
        "PE‡A@EXAMPLE.COM‡TO/UNIT¤E-7"
    );
}

#[test]
fn names_that_would_not_be_kept() {
    let name = |text: &str| text.parse::<Addressee>().map_err(|error| error.kind());
    assert_eq!(name(""), Err(EmptyName));
    assert_eq!(name(" JANE"), Err(UntrimmedName));
    assert_eq!(name("JANE "), Err(UntrimmedName));
    assert_eq!(name("JANE«"), Err(UntrimmedName));
    assert_eq!(name("JANE-1.1"), Err(NameLikeReference));
    assert_eq!(name("-1"), Err(NameLikeReference));
    assert_eq!(name("JANE¤E"), Err(ChangeInName));
    assert_eq!(name("JANE§"), Err(UnexpectedEndItem));
    assert_eq!(name("JA\u{7}NE"), Err(ControlCharacter));
    assert!(name("JANE -1").is_ok());
}

#[test]
fn an_unwritten_to_stays_unwritten() {
    let unwritten: PeEntry = "PE‡A@B.COM‡".parse().unwrap();
    let written: PeEntry = "PE‡A@B.COM‡TO/".parse().unwrap();
    assert_eq!(unwritten.code(), written.code());
    assert_eq!(unwritten.to_string(), "PE‡A@B.COM‡");
    assert_eq!(written.to_string(), "PE‡A@B.COM‡TO/");
}

#[test]
fn display_takes_a_delimiter_that_fits() {
    let entry: PeEntry = "PE#a@b.com#CC/‡".parse().unwrap();
    assert_eq!(entry.to_string(), "PE¥A@B.COM¥CC/‡");
    let entry: PeEntry = "PE☨a@b.com☨CC/‡¥#".parse().unwrap();
    assert_eq!(entry.to_string(), "PE☨A@B.COM☨CC/‡¥#");
    let entry: PeEntry = "PE\u{87}a@b.com\u{87}CC/‡¥#☨".parse().unwrap();
    assert_eq!(entry.to_string(), "PE\u{87}A@B.COM\u{87}CC/‡¥#☨");
    assert_eq!(entry.to_string().parse(), Ok(entry));
}

#[test]
fn the_limit_of_the_host_is_a_note() {
    // 57 characters after `PE`: 55 and two delimiters.
    let name = "X".repeat(57 - "‡A@B.COM‡CC/".chars().count());
    let fits = format!("PE‡A@B.COM‡CC/{name}");
    let over = format!("{fits}X");
    let lower = format!("PE‡A@B.COM‡CC/{}x", name.get(1..).unwrap());
    let noted = |text: &str| {
        RawEntry::parse(text.as_bytes())
            .unwrap()
            .notes()
            .contains(Note::OverHostLimit)
    };
    assert!(!noted(&fits));
    assert!(noted(&over));
    assert!(noted(&lower), "a lower-case letter counts as two");
    assert!(
        !fits
            .parse::<PeEntry>()
            .unwrap()
            .notes()
            .contains(Note::OverHostLimit)
    );
    assert!(
        over.parse::<PeEntry>()
            .unwrap()
            .notes()
            .contains(Note::OverHostLimit)
    );
}

#[test]
fn one_entry_alone_has_no_bound() {
    let name = "X".repeat(100_000);
    let entry: PeEntry = format!("PE#a@b.com#CC/{name}").parse().unwrap();
    assert_eq!(entry.addressee().map(Addressee::as_str), Some(&*name));
    assert_eq!(entry.to_string().parse(), Ok(entry));
}

#[test]
fn values_of_an_api() {
    let comment =
        |address, comment| PeEntry::from_comment(address, comment).map(|entry| spelled(&entry));
    let ok = |text: &str| Ok(text.to_owned());
    assert_eq!(comment("A@B.COM", "TO/"), ok("a@b.com TO - - -"));
    assert_eq!(comment("A@B.COM", ""), ok("a@b.com - - - -"));
    assert_eq!(comment("A@B.COM", " BC/ "), ok("a@b.com BC - - -"));
    assert_eq!(
        comment("A@B.COM", "CC/JANE DOE¤F-1.1"),
        ok("a@b.com CC [JANE DOE] fr 1.1")
    );
    assert_eq!(
        comment("\u{87}A==B@C.COM\u{87}", "CC/"),
        ok("a_b@c.com CC - - -")
    );
    assert_eq!(comment("a_b@c.com", "CC/"), ok("a_b@c.com CC - - -"));
    assert_eq!(
        comment("A@B.COM", "BCC/").unwrap_err().to_string(),
        "the comment: BCC is no PE code; a blind copy is BC/ (bytes 0..3)"
    );
    assert_eq!(
        comment("A==B@C.COM", "CC/").unwrap_err().to_string(),
        "the address: `==` or `/` in an address outside of PE delimiters could mean two things \
         (bytes 1..3)"
    );
    assert!(comment("\u{87}A@B.COM\u{87}CC/", "").is_err());
    assert!(comment("A@B", "CC/").is_err());
    // A `#` is an atom character, too: with one that does not close it is not known which is meant.
    assert!(comment("#b@x.com", "").is_err());
    assert_eq!(comment("b#@x.com", ""), ok("b#@x.com - - - -"));
    assert_eq!(comment("#b@x.com#", ""), ok("b@x.com - - - -"));
    assert!(comment("\u{2021}A@B.COM", "CC/").is_err());
    assert!(comment("A@B.COM", "CC/JANE‡").is_err());
    for code in Code::ALL {
        let entry = PeEntry::from_type("A@B.COM", code.as_str()).unwrap();
        assert_eq!(entry.code(), code);
    }
    assert!(PeEntry::from_type("A@B.COM", "XX").is_err());
}

#[test]
fn an_addressee_that_looks_like_an_address_is_noted() {
    let noted = |text: &[u8]| {
        let entry = RawEntry::parse(text).unwrap();
        let of_value = entry.to_owned().notes().contains(Note::NameLikeAddress);
        let of_text = entry.notes().contains(Note::NameLikeAddress);
        assert_eq!(of_text, of_value);
        of_text
    };
    for name in [
        "B@Y.EXAMPLE",
        "MR B@Y.EXAMPLE",
        "B @Y.EXAMPLE",
        "B\u{FF20}Y.EXAMPLE",
    ] {
        assert!(
            noted(format!("PE#a@example.com#CC/{name}-1.1").as_bytes()),
            "{name}"
        );
    }
    for name in ["JANE DOE", "JANE @ HOME", "@HOME@", ""] {
        assert!(
            !noted(format!("PE#a@example.com#CC/{name}").as_bytes()),
            "{name}"
        );
    }
    assert!(
        noted(b"PE#a@example.com#CC/MU\xD1OZ@Y.EXAMPLE"),
        "in Windows-1252"
    );
    // Of a recipient, too.
    let plan: Plan = pe::scan(b"PE#a@example.com#CC/B@Y.EXAMPLE\n").collect();
    let recipient = plan.recipients().next().unwrap();
    assert!(recipient.notes().contains(Note::NameLikeAddress));
}

/// What stands in the place of glyphs that a conversion lost.
const MARKS: [&str; 7] = ["?", "\u{1a}", "¿", "€", "Â¤", "ï¿½", "\u{fffd}"];

/// Checks that a broken entry, and no text to be passed over, is read by itself, and in a text.
#[track_caller]
fn is_lost(text: &str, kind: ErrorKind, mark: &str) {
    err(text, kind, mark);
    for quiet in ["", &"NOTHING STANDS HERE\n".repeat(9)] {
        let text = format!("{quiet}{text}\nPE#c@d.example#\n{quiet}");
        let plan: Plan = pe::scan(text.as_bytes()).collect();
        assert!(!plan.is_complete(), "{text}");
        assert_eq!(plan.recipients().count(), 1, "{text}");
    }
}

#[track_caller]
fn is_none(text: &str) {
    let error = RawCommand::parse(text.as_bytes()).unwrap_err();
    assert_eq!(error.kind(), ExpectedDelimiter, "{text}");
    // Beside a mark that is a control character all is in doubt.
    let found = pe::scan(text.as_bytes())
        .next()
        .map(|it| it.content.unwrap_err().kind());
    let doubtful = text.contains('\u{1A}') && found == Some(DoubtfulEntry);
    assert!(found.is_none() || doubtful, "{text}");
}

#[test]
fn lost_delimiters_are_told_from_none() {
    for mark in MARKS {
        for lost in [
            "PE{}A@B.EXAMPLE{}CC/",
            "pe{}{}{}a@b.example{}{}{}",
            "PE2{}A@B.EXAMPLE{}",
            "PE{}A@B.EXAMPLE",
            "PE{}A{}B@C.EXAMPLE CC/",
        ] {
            is_lost(&lost.replace("{}", mark), LostDelimiter, mark);
        }
        for none in ["PE{}{}", "PE{}", "PE{} A@B.EXAMPLE", "PEA{}a@b{}"] {
            is_none(&none.replace("{}", mark));
        }
    }
    is_lost("PE¿A@B.EXAMPLE?", LostDelimiter, "¿");
    let windows_1252 = b"PE\xBFA@B.EXAMPLE\xBFCC/\nPE1\x80\n";
    let kinds =
        pe::scan(windows_1252).map(|found| found.content.map_err(|error| error.kind()).err());
    assert!(kinds.eq([Some(LostDelimiter), Some(LostChange)]));
}

/// Nor is a change or a deletion, after which a list is not the whole.
#[test]
fn lost_change_glyphs_are_told_from_none() {
    for mark in MARKS {
        for lost in [
            "PE1{}",
            "pe1,3-5{}{}",
            "PE3,1{}",
            "PE 1{}",
            "PE1{}‡A@B.EXAMPLE‡CC/",
            "PE1{} #A@B.EXAMPLE#",
            "PE{}#a@b.example#",
            "PE1{}{}PE#A@B.EXAMPLE#CC/",
            "PE1{}{}PE2{}",
            "PE1{}{}*pe",
        ] {
            is_lost(&lost.replace("{}", mark), LostChange, mark);
        }
        for none in ["PE{}", "PE1{}X", "PE-{}", "PE{}#3 ROOMS"] {
            is_none(&none.replace("{}", mark));
        }
        // Beside what cannot be seen all of it is in doubt, but nothing else.
        let beside = |text: &str| {
            let text = format!("\u{A0}{}", text.replace("{}", mark));
            pe::scan(text.as_bytes()).count()
        };
        assert_eq!(beside("PE1{}"), 1);
        if !mark.contains(['¤', '\u{1A}']) {
            assert_eq!(
                [beside("PE12 ROOMS"), beside("PE-{}"), beside("PE{}")],
                [0; 3]
            );
        }
    }
}

/// Who is to see the documents of one name would see all.
#[test]
fn a_reference_behind_a_lost_change_glyph_is_no_part_of_a_name() {
    // The change glyph stands in one of the marks, and one is a control character, which no name has.
    for mark in MARKS
        .into_iter()
        .filter(|mark| !mark.contains(['¤', '\u{1a}']))
    {
        for lost in [
            "CC/JANE DOE{}S-1",
            "cc/{}e-12",
            "{}S-1",
            "CC/J{}S -1",
            "CC/J{}S-1-1.1",
        ] {
            let text = format!("PE#a@b.example#{}", lost.replace("{}", mark));
            let error = RawEntry::parse(text.as_bytes()).unwrap_err();
            let expected = if lost.starts_with('{') {
                UnknownCode
            } else {
                LostChange
            };
            assert_eq!(error.kind(), expected, "{text}");
        }
        // What may be a name, or keeps its reference.
        for name in [
            "JOS{}", "ANDR{}S", "MU{}OZ-1", "J{}S-1A", "{}-1", "J{}S-", "J{}S 12",
        ] {
            let name = name.replace("{}", mark);
            let text = format!("PE#a@b.example#CC/{name}");
            let entry = RawEntry::parse(text.as_bytes()).unwrap();
            assert_eq!(entry.addressee().as_deref(), Some(&*name));
        }
        let scoped = format!("PE#a@b.example#CC/ANDR{mark}S-1.1");
        let entry = RawEntry::parse(scoped.as_bytes()).unwrap();
        assert!(entry.name_reference().is_some());
    }
    // Not a byte of a letter.
    let text = "PE#a@b.example#CC/DÉJÀS-1";
    assert!(RawEntry::parse(text.as_bytes()).is_ok());
    let windows_1252 = b"PE#a@b.example#CC/J\xBFS-1";
    assert_eq!(
        RawEntry::parse(windows_1252).unwrap_err().kind(),
        LostChange
    );
}

/// A display would hand out an address that begins with the mark.
#[test]
fn a_delimiter_that_was_lost_in_a_display_is_no_part_of_an_address() {
    for mark in MARKS {
        for line in [
            "1.{}A@B.EXAMPLE",
            " 1. {}A@B.EXAMPLE{}CC/",
            "1.PE{}a@b.example CC/",
        ] {
            let line = line.replace("{}", mark);
            for quiet in ["", &"NOTHING STANDS HERE\n".repeat(9)] {
                let text = format!("{quiet}*PE\n{line}\n{quiet}");
                let errors = pe::scan(text.as_bytes()).filter_map(|found| found.content.err());
                let kinds: Vec<_> = errors.map(|error| error.kind()).collect();
                assert_eq!(kinds, [LostDelimiter], "{text}");
                let plan: Plan = pe::scan(text.as_bytes()).collect();
                assert_eq!(plan.recipients().count(), 0, "{text}");
            }
        }
    }
}

/// Who was to see the documents of one name would see all.
#[test]
fn what_cannot_be_seen_in_a_reference_makes_no_name_of_it() {
    for unseen in [
        "\u{A0}",
        "\u{34F}",
        "\u{FE0F}",
        "\u{1D173}",
        "\u{200B}",
        "\u{AD}",
        "\u{202E}",
        "\u{FEFF}",
        "\u{3000}",
        "\u{61C}",
    ] {
        for tail in [
            "CC/JANE-1.1{}",
            "CC/{}-1",
            "CC/-{}1",
            "CC/-1{}",
            "CC/JANE-1{}.1",
            "CC/JANE -1.1 {} ",
            "CC/JANE-1{}",
        ] {
            let text = format!("PE#a@b.example#{}", tail.replace("{}", unseen));
            err(&text, DoubtfulEntry, unseen);
            let listed = format!("*PE\n 1.#a@b.example#{}", tail.replace("{}", unseen));
            let error = pe::scan(listed.as_bytes())
                .nth(1)
                .unwrap()
                .content
                .unwrap_err();
            assert_eq!(error.kind(), DoubtfulEntry, "{listed}");
        }
        // Elsewhere in a name it is text, as is what has no hyphen or no digit.
        for name in ["JANE{}DOE-1.1", "{}JANE", "JANE{}", "UNIT 7{}", "JANE{}-"] {
            let text = format!("PE#a@b.example#CC/{}", name.replace("{}", unseen));
            assert!(RawCommand::parse(text.as_bytes()).is_ok(), "{text}");
        }
        // One of them is a hyphen, if a digit stands behind it.
        let text = format!("PE#a@b.example#CC/UNIT {unseen}7");
        match unseen {
            "\u{AD}" => err(&text, DoubtfulEntry, unseen),
            _ => assert!(RawCommand::parse(text.as_bytes()).is_ok(), "{text}"),
        }
    }
    for line_end in ["\u{2028}", "\u{2029}"] {
        err(
            &format!("PE#a@b.example#CC/JANE{line_end}X"),
            ControlCharacter,
            line_end,
        );
    }
}

#[test]
fn an_entry_has_the_address_as_the_host_stores_it() {
    let stored = |text: &str| {
        RawEntry::parse(text.as_bytes())
            .unwrap()
            .stored_address()
            .into_owned()
    };
    assert_eq!(
        stored("PE#agent==one@EXAMPLE.COM#CC/"),
        "agent==one@EXAMPLE.COM"
    );
    let display = "*PE\n 1.#agent==\n     one@example.com#\n";
    let found: Vec<_> = pe::scan(display.as_bytes()).collect();
    let entry = *found[1].content.as_ref().unwrap().entry().unwrap();
    assert_eq!(entry.stored_address(), "agent==one@example.com");
}

/// Neither of them says whom it is about.
#[test]
fn what_is_shown_of_an_entry_is_its_code_and_of_items_their_numbers() {
    let entry = RawEntry::parse(b"PE#a@example.com#CC/").unwrap();
    assert_eq!(
        format!("{entry:?}"),
        "RawEntry { code: Some(Cc), language: None, notes: {}, .. }"
    );
    let RawCommand::Delete(items) = RawCommand::parse("PE1-3,5¤".as_bytes()).unwrap() else {
        panic!("it deletes");
    };
    let shown = format!("{items:?}");
    assert!(shown.contains('3') && shown.contains('5'), "{shown}");
}

/// Who was to see the documents of one name would see all.
#[test]
fn a_reference_with_a_mark_behind_it_or_of_double_width_is_no_name() {
    for tail in [
        "CC/JANE-1.1)",
        "CC/JANE-1.1;",
        "CC/JANE-1.1/",
        "CC/JANE-1.1 \u{BB}",
        "CC/JANE-1.1\u{B2}",
        "CC/JANE-1.1\u{AA}",
        "CC/JANE-1.1\u{2021}",
        "CC/JANE -1.1) -2",
        "CC/JANE\u{FF0D}1.1)",
        "CC/JANE-1\u{FF0E}1",
        "CC/JANE-\u{FF11}.1",
        "CC/-\u{FF11}",
        "CC/- 1",
        "CC/--1",
        "CC/-,1",
    ] {
        let text = format!("PE#A@X.COM#{tail}");
        let error = text.parse::<PeEntry>().unwrap_err();
        assert_eq!(error.kind(), MalformedNameReference, "{tail}");
    }
    let wide = "PE#A@X.COM#CC/JANE\u{FF0D}\u{FF11}\u{FF0E}\u{FF11}";
    assert_eq!(wide.parse::<PeEntry>().unwrap_err().kind(), WrongDash);
    for name in [
        "JANE (-1.1) B",
        "JANE-1.1 (MRS)",
        "UNIT 1.1)",
        "O'BRIEN-SMITH (2)",
        "JANE-\u{FF11}",
        "ANNE-MARIE D.)",
        "ANNE-MARIE 1.1)",
        "ANNE-MARIE D -)",
    ] {
        let entry: PeEntry = format!("PE#A@X.COM#CC/{name}").parse().unwrap();
        assert_eq!(entry.addressee().unwrap().as_str(), name);
    }
    let entry: PeEntry = "PE#A@X.COM#CC/JANE (A)-2.2".parse().unwrap();
    assert_eq!(entry.addressee().unwrap().as_str(), "JANE (A)");
    assert!(entry.name_reference().is_some());
}

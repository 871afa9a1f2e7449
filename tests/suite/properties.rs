//! The laws of `fuzz/laws.rs` over what `proptest` makes, and those that need no fuzzing.

use peline::{
    Address, Plan,
    pe::{self, Code, Glyph, ItemNumber, Items, Language, NameReference, PeEntry},
};
use proptest::{collection::vec, prelude::*};

use super::laws;

/// Pieces that PE text is made of, so that random text is often nearly right.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let pieces: &[&[u8]] = &[
        b"PE",
        b"pe",
        b"#",
        b"\xE2\x80\xA1",
        b"\xC2\xA5",
        b"\x87",
        b"\xA5",
        b"\xC2\x87",
        b"\xC2\xA4",
        b"\xA4",
        b"\xC2\xA7",
        b"\xA7",
        b"\xC2\xAB",
        b"\xAB",
        b"a@b.com",
        b"JANE.DOE@EXAMPLE.COM",
        b"@",
        b"==",
        b"/",
        b"TO/",
        b"CC/",
        b"bc/",
        b"FR/",
        b"BCC/",
        b"JANE DOE",
        b"JOS\xC9",
        b"JOS\xC3\x89",
        b"E",
        b"-1",
        b"-1.1",
        b",2",
        b"2",
        b"1-3",
        b" ",
        b"\t",
        b">",
        b"\n",
        b"\r\n",
        b"*PE",
        b"1.",
        b" 2. ",
        b"      ",
        b"APE E",
        b"XPE  e",
        b"PASSENGER EMAIL DATA EXISTS",
        b"EMAIL ADDRESS",
        b"MD\xC2\xAB",
        b"6P",
        b"\0",
        b"\xEF\xBB\xBF",
        b"EM",
        b"EMX",
        b"A2",
        b"N1.1",
        b"S1-3/5",
        b"RR",
        b"PH",
    ];
    prop_oneof![
        20 => proptest::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => vec(any::<u8>(), 1..4),
    ]
}

/// Pieces in any order: mostly wrong.
fn soup(pieces: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(piece(), 0..pieces).prop_map(|pieces| pieces.concat())
}

/// An entry, sometimes with a piece put in or a byte taken out.
fn nearly_entry() -> impl Strategy<Value = Vec<u8>> {
    let change = proptest::option::weighted(0.4, (any::<proptest::sample::Index>(), piece()));
    let glyph =
        proptest::sample::select(&[Glyph::CrossOfLorraine, Glyph::NumberSign, Glyph::Yen][..]);
    (entry(), glyph, change).prop_map(|(entry, glyph, change)| {
        let text = entry.write(glyph).unwrap_or_else(|_| entry.to_string());
        let mut text = text.into_bytes();
        if let Some((at, piece)) = change {
            let at = at.index(text.len());
            match piece.len() % 3 {
                0 => drop(text.remove(at)),
                _ => drop(text.splice(at..at, piece)),
            }
        }
        text
    })
}

/// A line as it stands in scripts, displays and history, or nearly so.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let before: &[&[u8]] = &[
        b"",
        b"",
        b"",
        b">",
        b" \t",
        b"6P\xC2\xA7",
        b" 1.  ",
        b"2.",
        b"      ",
        b"APE  E",
        b"PE2\xC2\xA4",
        b"\x1B[1m",
        b"OPEN\x0C",
        b"\xEF\xBB\xBF",
    ];
    let after: &[&[u8]] = &[
        b"",
        b"",
        b"",
        b"   ",
        b" \xC2\xAB",
        b"\xC2\xA7ER",
        b"\xE2\x80\xA1",
        b"\r",
        b"\x1B[m",
        b"\x00",
    ];
    let noise: &[&[u8]] = &[
        b"",
        b"-DOE/JANE",
        b"*PE",
        b"PASSENGER EMAIL DATA EXISTS",
        b"EMAIL ADDRESS",
        b"MD\xC2\xAB",
        b"PE1-3,5\xC2\xA4",
        b"1.BOB@EXAMPLE.COM",
        b"     LE.COM",
        b"\x0C",
        b"X\rPE#A@X.EXAMPLE#",
        b"A LINE OF MORE THAN SIXTY-FOUR BYTES, AS MANY AS ARE LOOKED AT TOGETHER",
        b"REMARKS",
        b"PENALTY \xC3\xA9\xE9",
    ];
    prop_oneof![
        6 => (proptest::sample::select(before), nearly_entry(), proptest::sample::select(after))
            .prop_map(|(before, entry, after)| {
                // Where a prefix brings its own `PE` or `E`, the entry's goes.
                let entry = if before.ends_with(b"E") || before.ends_with(b"\xA4") { &entry[2.min(entry.len())..] } else { &entry };
                [before, entry, after].concat()
            }),
        2 => proptest::sample::select(noise).prop_map(<[u8]>::to_vec),
        1 => soup(6),
    ]
}

/// Lines, in which there is something to find.
fn text(lines: usize) -> impl Strategy<Value = Vec<u8>> {
    vec(line(), 0..lines).prop_map(|lines| lines.join(&b'\n'))
}

fn address() -> impl Strategy<Value = Address> {
    "[a-z0-9!$%&'*+=?^_`{|}~-]{1,20}(\\.[a-z0-9_']{1,10}){0,2}@[a-z0-9]{1,12}(-[a-z0-9]{1,5}){0,2}(\\.[a-z0-9]{1,8}){0,2}\\.[a-z]{2,6}"
        .prop_filter_map("an address", |text| text.parse().ok())
}

fn reference() -> impl Strategy<Value = NameReference> {
    (1..=999_u16, proptest::option::of(1..=999_u16))
        .prop_filter_map("in range", |(item, passenger)| {
            NameReference::new(item, passenger)
        })
}

fn entry() -> impl Strategy<Value = PeEntry> {
    let code = proptest::option::of(proptest::sample::select(&Code::ALL[..]));
    let name = proptest::option::of("[ -~\u{A1}-\u{FF}\u{2021}\u{2628}]{1,20}");
    let language = proptest::option::of(proptest::sample::select(Language::ALL));
    (
        address(),
        code,
        name,
        language,
        proptest::option::of(reference()),
    )
        .prop_filter_map(
            "an entry that can be written",
            |(address, code, name, language, reference)| {
                let mut builder = PeEntry::builder(address);
                if let Some(code) = code {
                    builder = builder.code(code);
                }
                if let Some(name) = name.and_then(|name| name.parse().ok()) {
                    builder = builder.addressee(name);
                }
                if let Some(language) = language {
                    builder = builder.language(language);
                }
                if let Some(reference) = reference {
                    builder = builder.name_reference(reference);
                }
                builder.build().ok()
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_to_command_to_text(data in nearly_entry()) {
        laws::pe_text(&data);
    }

    #[test]
    fn soup_to_command_to_text(data in soup(12)) {
        laws::pe_text(&data);
    }

    #[test]
    fn value_to_text_to_value(entry in entry()) {
        laws::check_value(&entry);
    }

    #[test]
    fn any_value_to_text_to_value(data in vec(any::<u8>(), 0..120)) {
        laws::pe_value(&data);
    }

    #[test]
    fn scanning_is_reading_entry_by_entry(data in text(8)) {
        laws::pe_scan(&data);
    }

    #[test]
    fn scanning_soup_is_reading_entry_by_entry(data in soup(60)) {
        laws::pe_scan(&data);
    }

    #[test]
    fn any_chunks_are_the_whole(cuts in any::<[u8; 4]>(), data in text(12)) {
        laws::pe_chunks(&[&cuts[..], &data].concat());
    }

    #[test]
    fn a_display_is_its_entries(data in vec(any::<u8>(), 0..200)) {
        laws::pe_display(&data);
    }

    #[test]
    fn an_address_is_one_of_email_address(text in "[a-zA-Z0-9.!#'=_/ \"@\u{e9}-]{0,12}@?[a-zA-Z0-9.@_-]{0,20}") {
        laws::address(text.as_bytes());
    }

    #[test]
    fn a_likely_address_is_one_of_email_address(address in address()) {
        laws::address(address.as_str().as_bytes());
    }

    #[test]
    fn a_plan_is_free_of_order(data in vec(any::<u8>(), 0..200)) {
        laws::route_plan(&data);
    }

    #[test]
    fn a_mail_command_is_written_as_it_is_read(
        command in "(?i)EM(I|TP?|XP?)?R?(‡(A[1-9](-9|/9)?|N[0-9]\\.[0-9]|S1|PH|RR)){0,3}",
        rest in vec(any::<u8>(), 0..200),
    ) {
        laws::mail_command(&[command.as_bytes(), b"\n", &rest].concat());
    }

    #[test]
    fn separate_entries_are_found_one_by_one(entries in vec(entry(), 0..12)) {
        let script: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
        let found: Vec<_> = pe::scan(script.as_bytes())
            .map(|found| found.content.unwrap().entry().unwrap().to_owned())
            .collect();
        prop_assert_eq!(found, entries);
    }

    /// All that may be lost without a word is the end of a name, what stands behind another word of it, and the digits of a
    /// reference, all of them behind the hyphen of a name.
    #[test]
    fn an_entry_that_is_broken_anywhere_is_no_other_one(
        address in address(),
        code in proptest::option::of(proptest::sample::select(&Code::ALL[..])),
        name in proptest::option::of("[A-Z\u{C4}-\u{D6}]{1,8}( [A-Z']{1,8}){0,2}"),
        language in proptest::option::of(proptest::sample::select(Language::ALL)),
        reference in proptest::option::of(reference()),
        glyph in proptest::sample::select(vec!['‡', '#', '¥']),
        line_end in "(\r?\n[ >]{0,2}){1,2}",
        at in any::<proptest::sample::Index>(),
    ) {
        let mut builder = PeEntry::builder(address);
        if let Some(code) = code {
            builder = builder.code(code);
        }
        if let Some(name) = &name {
            builder = builder.addressee(name.parse().unwrap());
        }
        if let Some(language) = language {
            builder = builder.language(language);
        }
        if let Some(reference) = reference {
            builder = builder.name_reference(reference);
        }
        let Ok(entry) = builder.build() else { return Ok(()) };
        let text = entry.to_string().replace('‡', &glyph.to_string());
        // Within `PE`, and right behind it, nothing is left of an entry.
        let places: Vec<_> = text.char_indices().map(|(at, _)| at).filter(|at| *at > 2).collect();
        let (above, below) = text.split_at(places[at.index(places.len())]);
        let broken = format!("{above}{line_end}{below}\n");
        let found: Vec<_> = pe::scan(broken.as_bytes()).collect();
        prop_assert!(!found.is_empty(), "{}", broken);
        if found.iter().any(|found| found.content.is_err()) {
            return Ok(());
        }
        prop_assert_eq!(found.len(), 1);
        let read = found[0].content.unwrap().entry().unwrap().to_owned();
        prop_assert_eq!(read.address(), entry.address(), "{}", broken);
        prop_assert_eq!(read.code(), entry.code(), "{}", broken);
        let digits = above.ends_with(|it: char| it.is_ascii_digit() || it == '-') && below.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        let within_name = name.is_some_and(|name| {
            let lost = below.trim_start_matches(|it: char| it.is_alphabetic() || it == '\'');
            let another_word = lost.starts_with(' ') || below.starts_with(' ');
            let is_end = |it: usize| name.is_char_boundary(it) && below.starts_with(&name[it..]);
            (0..name.len()).any(is_end) && (another_word || lost.is_empty())
        });
        prop_assert!(read == entry || digits || within_name, "{}", broken);
    }

    #[test]
    fn stacked_entries_are_found_one_by_one(entries in vec(entry(), 1..6)) {
        let stack = entries.iter().map(ToString::to_string).collect::<Vec<_>>().join("§");
        // An Enter mark at the end of a segment is part of its name, at the end of a line it is not.
        let found: Vec<_> = pe::scan(stack.as_bytes())
            .map(|found| found.content.unwrap().entry().unwrap().to_owned())
            .collect();
        prop_assert_eq!(found, entries);
    }

    #[test]
    fn a_listed_entry_is_the_same_entry(entry in entry(), item in 1..=999_u16) {
        let display = format!("*PE\n {item}. {entry}\n");
        let found: Vec<_> = pe::scan(display.as_bytes()).collect();
        prop_assert_eq!(found.len(), 2);
        let pe::Content::Listed(number, read) = found[1].content.unwrap() else { panic!("listed") };
        prop_assert_eq!(Some(number), ItemNumber::new(item));
        prop_assert_eq!(read.to_owned(), entry);
    }

    #[test]
    fn history_is_the_same_entry(entry in entry()) {
        let text = entry.to_string();
        let line = format!("XPE  E{}", &text[2..]);
        let found = pe::scan(line.as_bytes()).next().unwrap();
        prop_assert_eq!(found.content.unwrap().entry().unwrap().to_owned(), entry);
    }

    #[test]
    fn windows_1252_reads_as_utf8_does(entry in entry()) {
        let text = entry.to_string();
        let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
        // Some Windows-1252 text happens to be valid UTF-8, or to hold a piece of it.
        if !lossy && str::from_utf8(&bytes).is_err() && laws::is_of_one_encoding(&bytes) {
            let read = pe::RawEntry::parse(&bytes).map(|read| read.to_owned());
            prop_assert_eq!(read, Ok(entry));
        }
    }

    #[test]
    fn items_are_written_as_they_are_read(numbers in proptest::collection::btree_set(1..=999_u16, 1..20)) {
        let text = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let items: Items = text.parse().unwrap();
        prop_assert_eq!(items.to_string(), text);
        for number in 1..=999 {
            let item = ItemNumber::new(number).unwrap();
            prop_assert_eq!(items.contains(item), numbers.contains(&number));
        }
    }

    #[test]
    fn name_references_are_written_as_they_are_read(reference in reference()) {
        prop_assert_eq!(reference.to_string().parse(), Ok(reference));
        let zeros = reference.to_string().split('.').map(|it| format!("0{it}")).collect::<Vec<_>>();
        prop_assert_eq!(zeros.join(".").parse(), Ok(reference));
    }

    #[test]
    fn addresses_are_ordered_by_their_keys(one in address(), two in address()) {
        prop_assert_eq!(one.cmp(&two), one.key().cmp(two.key()));
        prop_assert_eq!(one == two, one.key() == two.key());
    }

    #[test]
    fn two_halves_cut_at_a_safe_line_are_the_whole(one in text(6), two in text(6)) {
        // A line that is neither numbered nor indented closes a section, and some of them end a list.
        let head = [&one[..], b"\nX\nX\n"].concat();
        let tail = [&b"X\nX\n"[..], &two].concat();
        let content = |text: &[u8]| -> Vec<_> {
            let contents = pe::scan(text).map(|found| laws::record(&found).2);
            contents.map(|content| content.map_err(|error| error.kind())).collect()
        };
        prop_assert_eq!(content(&[&head[..], &tail].concat()), [content(&head), content(&tail)].concat());
    }

    #[test]
    fn parts_are_the_whole(data in text(12), parts in 1..6_usize) {
        let records = |found: pe::Found<'_>| laws::record(&found);
        let whole: Vec<_> = pe::scan(&data).map(records).collect();
        let in_parts: Vec<_> = pe::scan_in_parts(&data, parts).flatten().map(records).collect();
        prop_assert_eq!(in_parts, whole);
        prop_assert!(pe::scan_in_parts(&data, parts).count() <= parts);
    }

    #[test]
    fn a_plan_of_a_text_is_the_plan_of_its_recipients(data in text(8)) {
        let of_text: Plan = pe::scan(&data).collect();
        let contents = || pe::scan(&data).filter_map(|found| found.content.ok());
        let of_recipients = peline::plan(contents().filter_map(|content| content.recipient()));
        prop_assert!(of_text.recipients().eq(of_recipients.recipients()));
        let errors = pe::scan(&data).any(|found| found.content.is_err());
        let elsewhere = contents().any(|content| matches!(content, pe::Content::AddressesNotInText));
        prop_assert_eq!(of_text.is_complete(), !errors && !elsewhere);
    }

    #[test]
    fn what_is_printable_moves_no_cursor(text in any::<String>()) {
        let shown = peline::printable(&text);
        prop_assert_eq!(shown.chars().count(), text.chars().count());
        prop_assert!(!shown.chars().any(char::is_control));
    }

    #[test]
    fn a_glyph_is_one_of_three(entry in entry()) {
        for glyph in [Glyph::CrossOfLorraine, Glyph::NumberSign, Glyph::Yen] {
            if let Ok(text) = entry.write(glyph) {
                prop_assert_eq!(text.parse(), Ok(entry.clone()));
            }
        }
    }
}

//! What is written down of a change: references, ticket numbers, notes; and never the number of a card.

use peline::{
    ErrorKind,
    change::{FreeText, Obstacle, OpenRule, Outcome, Question, Reference, TicketNumber},
};

use crate::desk::text;

/// Test numbers of 14 to 19 digits that pass the check.
const CARDS: [&str; 7] = [
    "30569309025904",
    "378282246310005",
    "4111111111111111",
    "5555555555554444",
    "67999901000000019",
    "676249999990000003",
    "6304000000000000000",
];

fn luhn(digits: &str) -> bool {
    let digits = digits.bytes().rev().zip([1, 2].into_iter().cycle());
    let sum = digits.map(|(digit, weight)| {
        let digit = u32::from(digit - b'0') * weight;
        digit / 10 + digit % 10
    });
    sum.sum::<u32>() % 10 == 0
}

/// With something behind every so many digits.
fn grouped(digits: &str, by: usize, between: &str) -> String {
    let bytes = digits.as_bytes().chunks(by);
    let groups: Vec<_> = bytes.map(|it| str::from_utf8(it).unwrap()).collect();
    groups.join(between)
}

#[test]
fn no_text_holds_the_number_of_a_card() {
    let kind = |text: &str| text.parse::<FreeText>().map_err(|it| it.kind()).err();
    let card = Some(ErrorKind::CardNumber);
    for number in CARDS {
        assert!(
            luhn(number) && (14..=19).contains(&number.len()),
            "{number}"
        );
        for text in [
            number.to_owned(),
            grouped(number, 4, " "),
            grouped(number, 4, "-"),
            grouped(number, 4, " - "),
            grouped(number, 1, " "),
            grouped(number, 6, "\u{a0}"),
            grouped(number, 5, "\n"),
            format!(
                "the client read {} aloud, valid to 12/29",
                grouped(number, 4, " ")
            ),
            format!("room 7, {number}."),
            format!("ref:{number};"),
            format!("{}{number}", "x".repeat(400)),
        ] {
            assert_eq!(kind(&text), card, "{text}");
        }
        for text in [
            number.to_owned(),
            grouped(number, 4, "-"),
            format!("pay_{number}"),
            format!("{number}/1"),
        ] {
            let error = text.parse::<Reference>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::CardNumber, "{text}");
            assert!(!error.to_string().contains(number), "{error}");
        }
    }
}

#[test]
fn a_card_number_with_its_security_code_behind_it_is_one_too() {
    for text in [
        "4111111111111111123",
        "4111111111111111999",
        "74111111111111111",
    ] {
        assert!(!luhn(text), "the whole of it does not pass");
        assert!(text.parse::<Reference>().is_err(), "{text}");
        assert!(text.parse::<FreeText>().is_err(), "{text}");
    }
}

#[test]
fn other_numbers_are_fine() {
    for text in [
        // It does not pass the check.
        "4111111111111112",
        "4111-1111-1111-1112",
        // 13 digits that do, and a ticket.
        "4222222222222",
        "9991234567890",
        "999-1234567890",
        "2026-11-02",
    ] {
        assert_eq!(text.parse::<Reference>().unwrap().as_str(), text);
        assert_eq!(text.parse::<FreeText>().unwrap().as_str(), text);
    }
    for text in ["call +44 20 7946 0958", "4111 and 1111 and 1111 and 1111"] {
        assert_eq!(text.parse::<FreeText>().unwrap().as_str(), text);
    }
}

#[test]
fn digits_of_other_scripts_count_by_their_value_where_it_is_known() {
    let written = |zero: u32, digits: &str| -> String {
        let values = digits.chars().filter_map(|digit| digit.to_digit(10));
        values
            .filter_map(|value| char::from_u32(zero + value))
            .collect()
    };
    let is_card = |text: String| text.parse::<FreeText>().is_err();
    for (zero, known) in [
        ('0', true),
        ('\u{660}', true),
        ('\u{6F0}', true),
        ('\u{FF10}', true),
        ('\u{966}', false),
    ] {
        let written = |digits| written(u32::from(zero), digits);
        assert!(is_card(written("4111111111111111")), "{zero}");
        assert_eq!(is_card(written("4111111111111112")), !known, "{zero}");
    }
}

#[test]
fn a_long_number_is_a_card_only_if_a_part_begins_like_one() {
    let is_card = |text: &str| text.parse::<Reference>().is_err();
    let zeros = "0".repeat(20);
    assert!(luhn(&zeros[..16]) && !is_card(&zeros));
    assert!(is_card(&format!("0000{}", "4111111111111111")));
}

#[test]
fn a_reference_has_up_to_sixty_four_characters_that_can_be_seen() {
    for fine in ["7", "pay_7/1", &"x".repeat(64)] {
        assert_eq!(fine.parse::<Reference>().unwrap().as_str(), fine);
    }
    for wrong in ["", "pay 7", "pay\n7", "página", &"x".repeat(65)] {
        let error = wrong.parse::<Reference>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MalformedReference, "{wrong}");
    }
}

#[test]
fn a_note_has_up_to_five_hundred_characters() {
    let note = |length| "ñ".repeat(length).parse::<FreeText>();
    assert_eq!(note(500).unwrap().as_str().chars().count(), 500);
    assert_eq!(note(501).unwrap_err().kind(), ErrorKind::TextTooLong);
}

#[test]
fn a_note_is_printed_as_one_line_that_moves_no_cursor() {
    let note = text("two\n  lines\u{1b}[2J");
    assert_eq!(note.to_string(), "two lines\u{fffd}[2J");
    assert_eq!(format!("{:8}|", text("note")), "note    |");
}

#[test]
fn ticket_numbers_are_a_type_of_their_own() {
    for text in ["9991234567890", "999-1234567890", "999 1234567890"] {
        let number: TicketNumber = text.parse().unwrap();
        assert_eq!(number.as_str(), "9991234567890");
    }
    for wrong in [
        "",
        "999123456789",
        "99912345678901",
        "999-123456789",
        "99-91234567890",
        "999--234567890",
        "999123456789x",
        "٩٩٩1234567890",
        " 9991234567890",
        "4111111111111111",
    ] {
        let error = wrong.parse::<TicketNumber>().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MalformedTicketNumber, "{wrong}");
    }
}

/// A name is the variant in other letters, so no two are the same.
#[test]
fn names_for_programs_are_those_of_the_variants() {
    fn check<T: core::fmt::Debug + core::fmt::Display>(all: &[T], name: impl Fn(&T) -> &str) {
        assert!(all.len() > 1);
        for it in all {
            let variant = format!("{it:?}").chars().fold(String::new(), |name, char| {
                let parted = char.is_uppercase() && !name.is_empty();
                let parting = if parted { "_" } else { "" };
                format!("{name}{parting}{}", char.to_ascii_lowercase())
            });
            assert_eq!((name(it), it.to_string()), (&*variant, variant.clone()));
        }
    }
    check(Outcome::ALL, |it| it.name());
    check(Question::ALL, |it| it.name());
    check(OpenRule::ALL, |it| it.name());
    check(Obstacle::ALL, |it| it.name());
}

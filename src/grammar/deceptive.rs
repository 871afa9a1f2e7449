//! Characters beyond ASCII that an address must not hold: one reader takes them for a boundary and
//! another does not, or nobody sees them.

use crate::text::is_visible;

/// Those of which something can be seen: sorted ranges, both ends included. Format characters, and whatever
/// compatibility normalisation (NFKC) or IDNA turns into one of the specials of RFC 5322 §3.2.3: `＠`, `。`,
/// `；`, `⒈`, `℀` and their like. The tests of this file compare it with the Unicode tables of other crates.
const RANGES: &[(char, char)] = &[
    ('\u{37E}', '\u{37E}'),
    ('\u{600}', '\u{605}'),
    ('\u{6DD}', '\u{6DD}'),
    ('\u{70F}', '\u{70F}'),
    ('\u{890}', '\u{891}'),
    ('\u{8E2}', '\u{8E2}'),
    ('\u{2024}', '\u{2027}'),
    ('\u{207D}', '\u{207E}'),
    ('\u{208D}', '\u{208E}'),
    ('\u{2100}', '\u{2106}'),
    ('\u{2474}', '\u{24B5}'),
    ('\u{2A74}', '\u{2A74}'),
    ('\u{3002}', '\u{3002}'),
    ('\u{3200}', '\u{3243}'),
    ('\u{33C2}', '\u{33C2}'),
    ('\u{33C7}', '\u{33C7}'),
    ('\u{33D8}', '\u{33D8}'),
    ('\u{FE10}', '\u{FE19}'),
    ('\u{FE30}', '\u{FE6B}'),
    ('\u{FF01}', '\u{FF0F}'),
    ('\u{FF1A}', '\u{FF20}'),
    ('\u{FF3B}', '\u{FF40}'),
    ('\u{FF5B}', '\u{FF65}'),
    ('\u{110BD}', '\u{110BD}'),
    ('\u{110CD}', '\u{110CD}'),
    ('\u{13430}', '\u{1345F}'),
    ('\u{1F100}', '\u{1F129}'),
];

/// Whether an address that holds `char` can be taken for another one.
pub(crate) fn is_deceptive(char: char) -> bool {
    let after = RANGES.partition_point(|&(first, _)| first <= char);
    let range = after.checked_sub(1).and_then(|at| RANGES.get(at));
    range.is_some_and(|&(_, last)| char <= last) || !char.is_ascii() && !is_visible(char)
}

#[cfg(test)]
mod tests {
    use regex::Regex;
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn the_ranges_are_sorted() {
        let ends: Vec<char> = RANGES
            .iter()
            .flat_map(|&(first, last)| [first, last])
            .collect();
        assert!(ends.is_sorted());
    }

    #[test]
    fn what_cannot_be_seen_is_not_listed_again() {
        let ends = RANGES.iter().flat_map(|&(first, last)| [first, last]);
        assert!(ends.into_iter().all(is_visible));
    }

    #[test]
    fn whatever_can_deceive_is_in_the_ranges() {
        let unseen = r"[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}]";
        let unseen = Regex::new(unseen).unwrap();
        let mut checked = 0;
        for char in ('\u{80}'..=char::MAX).filter(|&char| char != char::REPLACEMENT_CHARACTER) {
            let mut buffer = [0; 4];
            let normal = char.nfkc();
            let boundary = normal
                .clone()
                .any(|char| "()<>[]:;@\\,.\"\u{3002}".contains(char));
            if boundary || unseen.is_match(char.encode_utf8(&mut buffer)) {
                assert!(is_deceptive(char), "U+{:04X}", u32::from(char));
                checked += 1;
            }
        }
        assert!(checked > 300);
    }

    #[test]
    fn letters_do_not_deceive() {
        for char in "éßñøłçÑαωяשعआ中あ한’–".chars() {
            assert!(!is_deceptive(char), "{char}");
        }
    }
}

//! Characters beyond ASCII that an address must not hold: one reader takes them for a boundary and
//! another does not, or nobody sees them.

/// Sorted ranges, both ends included: control and format characters, white space, what Unicode calls
/// default ignorable, and whatever compatibility normalisation (NFKC) or IDNA turns into one of the
/// specials of RFC 5322 §3.2.3: `＠`, `。`, `；`, `⒈`, `℀` and their like. The tests of this file
/// compare it with the Unicode tables of other crates.
const RANGES: &[(char, char)] = &[
    ('\u{80}', '\u{A0}'),
    ('\u{AD}', '\u{AD}'),
    ('\u{34F}', '\u{34F}'),
    ('\u{37E}', '\u{37E}'),
    ('\u{600}', '\u{605}'),
    ('\u{61C}', '\u{61C}'),
    ('\u{6DD}', '\u{6DD}'),
    ('\u{70F}', '\u{70F}'),
    ('\u{890}', '\u{891}'),
    ('\u{8E2}', '\u{8E2}'),
    ('\u{115F}', '\u{1160}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{17B4}', '\u{17B5}'),
    ('\u{180B}', '\u{180F}'),
    ('\u{2000}', '\u{200F}'),
    ('\u{2024}', '\u{202F}'),
    ('\u{205F}', '\u{206F}'),
    ('\u{207D}', '\u{207E}'),
    ('\u{208D}', '\u{208E}'),
    ('\u{2100}', '\u{2106}'),
    ('\u{2474}', '\u{24B5}'),
    ('\u{2A74}', '\u{2A74}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{3002}', '\u{3002}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{3200}', '\u{3243}'),
    ('\u{33C2}', '\u{33C2}'),
    ('\u{33C7}', '\u{33C7}'),
    ('\u{33D8}', '\u{33D8}'),
    ('\u{FE00}', '\u{FE19}'),
    ('\u{FE30}', '\u{FE6B}'),
    ('\u{FEFF}', '\u{FEFF}'),
    ('\u{FF01}', '\u{FF0F}'),
    ('\u{FF1A}', '\u{FF20}'),
    ('\u{FF3B}', '\u{FF40}'),
    ('\u{FF5B}', '\u{FF65}'),
    ('\u{FFA0}', '\u{FFA0}'),
    ('\u{FFF0}', '\u{FFFB}'),
    ('\u{110BD}', '\u{110BD}'),
    ('\u{110CD}', '\u{110CD}'),
    ('\u{13430}', '\u{1345F}'),
    ('\u{1BCA0}', '\u{1BCA3}'),
    ('\u{1D173}', '\u{1D17A}'),
    ('\u{1F100}', '\u{1F129}'),
    ('\u{E0000}', '\u{E0FFF}'),
];

/// Whether an address that holds `char` can be taken for another one.
pub(crate) fn is_deceptive(char: char) -> bool {
    let after = RANGES.partition_point(|&(first, _)| first <= char);
    let range = after.checked_sub(1).and_then(|at| RANGES.get(at));
    range.is_some_and(|&(_, last)| char <= last)
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

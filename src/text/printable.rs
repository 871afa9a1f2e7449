//! Text for terminals and logs.

/// The text with everything replaced by U+FFFD that would move the cursor of a terminal, reorder
/// text or hide it: control characters, bidi controls, invisible characters. Those that only change what stands
/// beside them, such as variation selectors, stay; so do joiners (U+200C and U+200D) between characters beyond ASCII:
/// the orthography of some scripts wants them.
///
/// Names come from strangers; print them through this.
///
/// # Example
///
/// ```
/// assert_eq!(peline::printable("JANE\u{1b}[2J\u{202e}EOD"), "JANE\u{fffd}[2J\u{fffd}EOD");
/// assert_eq!(peline::printable("علی\u{200c}رضا"), "علی\u{200c}رضا");
/// ```
#[must_use]
pub fn printable(text: &str) -> String {
    let mut before = None;
    let mut chars = text.chars().peekable();
    let mut shown = String::with_capacity(text.len());
    while let Some(char) = chars.next() {
        let joins = matches!(char, '\u{200C}' | '\u{200D}')
            && [before, chars.peek().copied()]
                .into_iter()
                .all(|beside| beside.is_some_and(is_joined));
        shown.push(match moves_cursor(char) && !joins {
            true => char::REPLACEMENT_CHARACTER,
            false => char,
        });
        before = Some(char);
    }
    shown
}

/// Whether a joiner can have something to do beside a character.
fn is_joined(char: char) -> bool {
    !char.is_ascii() && !char.is_whitespace() && !moves_cursor(char)
}

/// Whether something of the character can be seen.
pub(crate) fn is_visible(char: char) -> bool {
    !char.is_whitespace() && !moves_cursor(char) && !is_ignorable(char)
}

/// Whether it is one of those that change what stands beside them at most (Unicode: default ignorable), and are shown
/// as they are.
const fn is_ignorable(char: char) -> bool {
    matches!(
        char,
        '\u{34F}'
            | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FFF0}'..='\u{FFF8}'
            | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0080}'..='\u{E0FFF}'
    )
}

fn moves_cursor(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{AD}'
                | '\u{61C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::{is_visible, printable};

    #[test]
    fn joiners_stay_where_they_join() {
        for name in [
            "علی\u{200c}رضا",
            "ශ\u{dca}\u{200d}රී",
            "👩\u{200d}💻",
            "❤\u{fe0f}\u{200d}🔥",
        ] {
            assert_eq!(printable(name), name);
        }
        for name in [
            "Ja\u{200d}ne",
            "\u{200d}علی",
            "علی\u{200c}",
            "ع\u{200c} ع",
            "ع\u{200c}\u{200c}ع",
            "é\u{200d}\u{202e}é",
        ] {
            let shown = printable(name);
            assert!(
                !shown.contains(['\u{200c}', '\u{200d}', '\u{202e}']),
                "{name:?}"
            );
            assert_eq!(shown.chars().count(), name.chars().count());
            assert_eq!(printable(&shown), shown);
        }
    }

    #[test]
    fn what_unicode_calls_a_control_a_blank_or_ignorable_cannot_be_seen() {
        let unseen = r"[\p{Cc}\p{Z}\p{Default_Ignorable_Code_Point}]";
        let unseen = Regex::new(unseen).unwrap();
        let mut checked = 0;
        for char in '\0'..=char::MAX {
            if unseen.is_match(char.encode_utf8(&mut [0; 4])) {
                assert!(!is_visible(char), "U+{:04X}", u32::from(char));
                checked += 1;
            }
        }
        assert!(checked > 4000, "{checked} are");
    }
}

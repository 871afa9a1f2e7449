//! What a program that shows a mail may make a link of.

/// Whether a text has two slashes, or a full stop within a word as in `example.com`: not that of an initial.
pub(super) fn may_be_link(text: &str) -> bool {
    let mut words = text.split(|char: char| !char.is_alphanumeric() && !is_full_stop(char));
    let dotted = words.any(|word| {
        let labels: Vec<_> = word.split(is_full_stop).collect();
        labels
            .windows(2)
            .any(|pair| pair.iter().all(|label| label.chars().nth(1).is_some()))
    });
    dotted || text.contains("//")
}

/// Those that readers of domain names take for one, too (UTS #46).
const fn is_full_stop(char: char) -> bool {
    matches!(char, '.' | '\u{3002}' | '\u{FF0E}' | '\u{FF61}')
}

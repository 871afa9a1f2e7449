//! What a program that shows a mail may make a link of.

/// Whether a text has two slashes, or a full stop within a word as in `example.com`: none behind an initial, as in
/// `J.R.Doe`.
pub(super) fn may_be_link(text: &str) -> bool {
    let mut words = text.split(|char: char| char.is_whitespace() || char == ',');
    text.contains("//") || words.any(is_dotted)
}

fn is_dotted(word: &str) -> bool {
    // What goes on behind a slash has no initials.
    let goes_on = word.contains('/');
    let mut labels = word.split(is_full_stop).peekable();
    let mut is_within = false;
    while let Some(label) = labels.next() {
        let last = label.chars().next_back().filter(|char| is_of_word(*char));
        let next = labels.peek().and_then(|next| next.chars().next());
        let is_initial = label.chars().count() == 1 && label.chars().all(char::is_uppercase);
        let next_is_upper = next.is_some_and(char::is_uppercase);
        is_within |= last.is_some()
            && next.is_some_and(is_of_word)
            && (goes_on || !(is_initial && next_is_upper));
    }
    is_within
}

/// Letters and digits, and marks on them.
fn is_of_word(char: char) -> bool {
    char.is_alphanumeric() || !char.is_ascii() && !char.is_whitespace()
}

/// Those that readers of domain names take for one, too (UTS #46).
const fn is_full_stop(char: char) -> bool {
    matches!(char, '.' | '\u{3002}' | '\u{FF0E}' | '\u{FF61}')
}

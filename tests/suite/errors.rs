//! The exact texts of errors, notes and reasons.

use std::fmt::Write as _;

use peline::{ErrorKind, Note, Reason, change, follow::Refusal};

#[test]
fn every_text() {
    let mut page = String::new();
    for kind in ErrorKind::ALL {
        writeln!(page, "{}: {kind}", kind.name()).unwrap();
    }
    page.push('\n');
    for note in Note::ALL {
        writeln!(page, "{}: {note}", note.name()).unwrap();
    }
    page.push('\n');
    for reason in Reason::ALL {
        writeln!(page, "{}: {reason}", reason.name()).unwrap();
    }
    page.push('\n');
    for refusal in Refusal::ALL {
        writeln!(page, "{}: {refusal}", refusal.name()).unwrap();
    }
    page.push('\n');
    for refusal in change::Refusal::ALL {
        writeln!(page, "{}: {refusal}", refusal.name()).unwrap();
    }
    insta::assert_snapshot!(page);
}

#[test]
fn names_are_the_variants_in_snake_case() {
    let snake = |debug: String| {
        let mut name = String::new();
        for char in debug.chars() {
            if char.is_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.extend(char.to_lowercase());
        }
        name
    };
    for kind in ErrorKind::ALL {
        assert_eq!(kind.name(), snake(format!("{kind:?}")));
    }
    for note in Note::ALL {
        assert_eq!(note.name(), snake(format!("{note:?}")));
    }
    for refusal in Refusal::ALL {
        assert_eq!(refusal.name(), snake(format!("{refusal:?}")));
    }
    for refusal in change::Refusal::ALL {
        assert_eq!(refusal.name(), snake(format!("{refusal:?}")));
    }
    for kind in change::FactKind::ALL {
        assert_eq!(kind.name(), snake(format!("{kind:?}")));
    }
    for state in change::State::ALL {
        assert_eq!(state.name(), snake(format!("{state:?}")));
    }
    assert_eq!(Reason::SenderOverride.name(), "sender_override");
    assert_eq!(Reason::History.name(), "history");
}

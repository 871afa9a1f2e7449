//! Laws of PE text: reading, writing, scanning.

use arbitrary::Unstructured;
use peline::{
    Note, Notes, ParseError, Span,
    pe::{self, Content, Found, Glyph, PeCommand, PeEntry, RawCommand, Scanner, Unwritable},
};

use super::{
    check_address, check_error,
    likely::{any_display, any_entry},
    pe_model::{behind_marks, is_of_one_encoding, is_unseen, line_by_line, lines_of, newlines},
};

const GLYPHS: [Glyph; 3] = [Glyph::CrossOfLorraine, Glyph::NumberSign, Glyph::Yen];

/// Text → command → text → the same command, with every glyph.
pub(crate) fn pe_text(data: &[u8]) {
    if str::from_utf8(data).is_ok() {
        // The Enter mark is padding, and more than the fast way for plain lines takes.
        let padded = [data, " \u{AB}".as_bytes()].concat();
        let parts = |command: RawCommand<'_>| {
            let entry = command
                .entry()
                .map(|entry| (entry.notes(), entry.as_written().to_vec()));
            (command.to_owned(), entry)
        };
        let by_grammar = RawCommand::parse(&padded).map(parts);
        assert_eq!(
            RawCommand::parse(data).map(parts),
            by_grammar,
            "both ways are one"
        );
    }
    let command = match RawCommand::parse(data) {
        Ok(command) => command,
        Err(error) => return check_error(error, data),
    };
    if let Some(entry) = command.entry() {
        assert!(
            data.starts_with(entry.as_written()),
            "exactly what was read"
        );
        let padding = &data[entry.as_written().len()..];
        assert!(
            padding
                .iter()
                .all(|byte| b" \t\xC2\xAB\xC3\x82".contains(byte)),
            "all but the padding"
        );
        check_address(&entry.address());
        let again = RawCommand::parse(entry.as_written()).map(|command| command.to_owned());
        assert_eq!(
            again.as_ref(),
            Ok(&command.to_owned()),
            "what is printed as read is read so"
        );
    }
    let command = command.to_owned();
    assert_eq!(command.to_string().parse(), Ok(command.clone()));
    let canonical = command.to_string();
    assert_eq!(
        canonical.parse::<PeCommand>().map(|it| it.to_string()),
        Ok(canonical)
    );
    for glyph in GLYPHS {
        if let Ok(text) = command.write(glyph) {
            assert_eq!(text.parse(), Ok(command.clone()), "the same with any glyph");
        }
    }
    if let Ok(text) = str::from_utf8(data) {
        assert_eq!(text.parse(), Ok(command));
    }
}

/// Value → text → the same value.
pub(crate) fn pe_value(data: &[u8]) {
    let Ok(Ok(entry)) = any_entry(&mut Unstructured::new(data)) else {
        return;
    };
    check_value(&entry);
}

/// See [`pe_value`].
pub(crate) fn check_value(entry: &PeEntry) {
    assert_eq!(entry.to_string().parse().as_ref(), Ok(entry));
    assert_eq!(
        pe::RawEntry::parse(entry.to_string().as_bytes())
            .unwrap()
            .notes(),
        entry.notes()
    );
    for glyph in GLYPHS {
        match entry.write(glyph) {
            Ok(text) => {
                assert_eq!(text.matches(glyph.as_str()).count(), 2);
                assert_eq!(text.parse().as_ref(), Ok(entry));
            }
            Err(error) => assert_eq!(error, Unwritable::Delimiter),
        }
    }
    // Found in a text as well, and on the same terms.
    let line = format!(">  {entry}  \u{AB} \r\n");
    let found: Vec<_> = pe::scan(line.as_bytes()).collect();
    assert_eq!(found.len(), 1);
    let content = found[0]
        .content
        .expect("what can be read alone can be read in a text");
    assert_eq!(
        content.entry().map(|entry| entry.to_owned()).as_ref(),
        Some(entry)
    );
    // An API gives the same in two values.
    let text = entry.to_string();
    let delimiter = text[2..].chars().next().unwrap();
    if delimiter == '\u{2021}' {
        let comment = text.rsplit(delimiter).next().unwrap();
        let stored = &text[2..text.len() - comment.len()];
        assert_eq!(PeEntry::from_comment(stored, comment).as_ref(), Ok(entry));
    }
}

/// Scanning finds what reading each entry by itself finds, and nothing that a strict reading of its
/// line denies.
pub(crate) fn pe_scan(data: &[u8]) {
    let mut end = 0;
    let mut line = 1;
    for found in pe::scan(data) {
        assert!(
            found.span.start() >= end && found.line >= line,
            "in the order of the text"
        );
        assert!(found.span.end() <= data.len());
        assert_eq!(found.line, 1 + newlines(&data[..found.span.start()]));
        (end, line) = (found.span.end(), found.line);
        let slice = &data[found.span.range()];
        assert_eq!(found.text, slice);
        assert_eq!(found.caret().is_some(), found.content.is_err());
        match found.content {
            Ok(Content::Command(command)) => {
                assert_eq!(
                    RawCommand::parse(slice).map(|it| it.to_owned()),
                    Ok(command.to_owned())
                );
            }
            Ok(_) => {}
            Err(error) => {
                assert!(found.span.start() <= error.span().start());
                assert!(error.span().end() <= found.span.end().max(found.span.start() + 1));
                check_error(error, data);
            }
        }
        if let Some(entry) = found.content.ok().as_ref().and_then(Content::entry) {
            check_address(&entry.address());
            for line in lines_of(data, found.span) {
                let line = behind_marks(line);
                assert!(is_of_one_encoding(line), "no entry out of a line in doubt");
            }
        }
    }
    if let Some(expected) = line_by_line(data) {
        let found: Vec<_> = pe::scan(data).map(|found| record(&found)).collect();
        assert_eq!(found, expected);
    }
}

/// Any cutting into chunks finds what the whole does.
pub(crate) fn pe_chunks(data: &[u8]) {
    let (cuts, text) = data.split_at(data.len().min(4));
    let mut long = Vec::new();
    let text = match text {
        // Now and then something long in the middle, around the bounds of what is kept.
        [b'!', kind, high, low, text @ ..] => {
            let filler = [b" ", b"X", b"\n", b"\t"][usize::from(kind % 4)];
            let count =
                usize::from(u16::from_be_bytes([*high, *low])) + usize::from(kind & 4) * 16_300;
            let (head, tail) = text.split_at(text.len() * usize::from(kind >> 3) / 32);
            long.extend_from_slice(head);
            long.extend(filler.iter().cycle().take(count));
            long.extend_from_slice(tail);
            &long[..]
        }
        _ => text,
    };
    let whole: Vec<_> = pe::scan(text).map(|found| record(&found)).collect();
    let sizes: Vec<usize> = cuts.iter().map(|&cut| 1 + usize::from(cut)).collect();
    let tiny: &[usize] = if text.len() < 2000 { &[1] } else { &[997] };
    for sizes in [&sizes[..], tiny] {
        let mut records = Vec::new();
        let mut scanner = Scanner::new();
        let mut rest = text;
        for &size in sizes.iter().cycle().take(text.len()) {
            let (chunk, after) = rest.split_at(size.min(rest.len()));
            scanner.feed(chunk, |found| records.push(record(&found)));
            rest = after;
        }
        scanner.feed(rest, |found| records.push(record(&found)));
        scanner.finish(|found| records.push(record(&found)));
        assert_eq!(records, whole);
    }
    for parts in [2, 3, 1 + sizes.len() * 4] {
        let parts = pe::scan_in_parts(text, parts).flatten();
        let records: Vec<_> = parts.map(|found| record(&found)).collect();
        assert_eq!(records, whole, "in parts");
    }
}

/// An entry in a display is the same entry, also when it is cut into continuation lines.
pub(crate) fn pe_display(data: &[u8]) {
    let mut input = Unstructured::new(data);
    let Ok((Ok(entry), item, cuts)) = any_display(&mut input) else {
        return;
    };
    let text = entry.to_string();
    let mut lines = vec![String::new()];
    for (index, char) in text[2..].chars().enumerate() {
        if cuts.contains(&index) && lines.len() < 9 {
            lines.push(String::new());
        }
        lines.last_mut().unwrap().push(char);
    }
    let delimiter = text[2..].chars().next().unwrap();
    // An entry, also one behind a bullet or a lost glyph; history, the face line, the scroll command, a prompt, a heading.
    let may_hold_entry = |line: &String| {
        let mut pairs = line.as_bytes().windows(2);
        pairs.any(|pair| pair.eq_ignore_ascii_case(b"PE")) || line.contains("EMAIL ADDRESS")
    };
    let may_begin_something = |char: char| "PAXCM>".contains(char.to_ascii_uppercase());
    let cut_at_edge = |line: &String| {
        line.trim_matches([' ', '\u{AB}']) != line
            // A piece with one of these may be in doubt.
            || line.contains(is_unseen)
            || line.is_empty()
            || line.starts_with(may_begin_something)
            || line.starts_with(|char: char| char.is_ascii_digit())
            || may_hold_entry(line)
    };
    let (first, more) = lines.split_first().unwrap();
    // Where a piece would be read as something else than a piece, there is nothing to compare.
    if first.ends_with(delimiter) && first.chars().count() == 1
        || first.ends_with([' ', '\u{AB}'])
        || more.iter().any(cut_at_edge)
        || lines.iter().enumerate().any(|(index, line)| {
            // A delimiter at the end of a line is the closing one only where one is open.
            let before: String = lines[..index].concat();
            line.ends_with(delimiter) && before.matches(delimiter).count() != 1 && index > 0
        })
    {
        return;
    }
    let display = format!(
        "*PE\r\n{item:>3}.  {}\r\n",
        lines.join("   \r\n\r\nMD\u{AB}\r\n      ")
    );
    let found: Vec<_> = pe::scan(display.as_bytes()).collect();
    assert_eq!(found.len(), 2, "the command and the entry");
    let Ok(Content::Listed(number, read)) = found[1].content else {
        panic!("not read: {:?}", found[1].content)
    };
    assert_eq!(number, item);
    assert_eq!(read.to_owned(), entry, "{display}");
    assert_eq!(read.notes().contains(Note::Continued), !more.is_empty());
}

/// What can be compared of something found.
pub(crate) type Record = (
    usize,
    Span,
    Result<(String, Option<(PeCommand, Notes)>), ParseError>,
);

/// See [`Record`].
pub(crate) fn record(found: &Found<'_>) -> Record {
    let content = found.content.map(|content| {
        let entry = content
            .entry()
            .map(|it| (PeCommand::Add(it.to_owned()), it.notes()));
        let kind = match &content {
            Content::Command(command) => command.to_owned().to_string(),
            Content::Listed(item, _) => format!("listed {item}"),
            Content::History(action, _) => format!("history {action:?}"),
            Content::AddressesNotInText => "face".to_owned(),
        };
        (kind, entry)
    });
    (found.line, found.span, content)
}

//! A reading of PE scripts that is slow and plain, to compare the fast one with.

use peline::{
    ErrorKind, ParseError, Span,
    pe::{self, PeCommand, RawCommand},
};

use super::pe_laws::Record;

/// A slow reading of scripts, for texts that hold nothing of displays or history.
pub(crate) fn line_by_line(data: &[u8]) -> Option<Vec<Record>> {
    let mut records: Vec<Record> = Vec::new();
    // Whether the segment above is something of PE.
    let mut after_entry = false;
    let mut above: &[u8] = &[];
    let mut blank_lines = 0;
    let mut at = 0;
    for (index, full) in data.split(|&byte| byte == b'\n').enumerate() {
        let start = at;
        at += full.len() + 1;
        let line = full.strip_suffix(b"\r").unwrap_or(full);
        let behind = behind_marks(line);
        let (start, line) = (start + line.len() - behind.len(), behind);
        let blanks = line.iter().take_while(|byte| b" \t>".contains(byte));
        let first = blanks.count();
        let body = &line[first..];
        let upper = body.to_ascii_uppercase();
        let display = body.first().is_some_and(u8::is_ascii_digit)
            || [&b"APE"[..], b"XPE", b"CPE", b"PASSENGER"]
                .iter()
                .any(|it| upper.starts_with(it))
            || upper.windows(3).any(|it| it == b"*PE")
            || body.windows(5).any(|it| it == b"EMAIL");
        if display || line.len() > 60_000 || !is_of_one_encoding(line) {
            return None;
        }
        blank_lines = if body.is_empty() { blank_lines + 1 } else { 0 };
        if blank_lines == 1 && line.len() <= 80 {
            continue;
        }
        let utf8 = str::from_utf8(line).is_ok();
        let (end_item, enter): (&[u8], &[u8]) = if utf8 {
            (b"\xC2\xA7", b"\xC2\xAB")
        } else {
            (b"\xA7", b"\xAB")
        };
        let mut end = line.len();
        loop {
            let text = &line[first..end];
            if text.ends_with(b" ") || text.ends_with(b"\t") {
                end -= 1;
            } else if text.ends_with(enter) {
                end -= enter.len();
                end -= mojibake(&line[first..end], utf8);
            } else {
                break;
            }
        }
        let mut from = first;
        let mut says_nothing = true;
        while from <= end {
            let text = &line[from..end];
            let length = text.windows(end_item.len()).position(|it| it == end_item);
            let mut to = from + length.unwrap_or(text.len());
            let next = to + end_item.len();
            if length.is_some() {
                to -= mojibake(&line[from..to], utf8);
            }
            let blank = |at: usize| b" \t".contains(&line[at]);
            while from < to && blank(from) {
                from += 1;
            }
            while from < to && blank(to - 1) {
                to -= 1;
            }
            // Alone, a line in Windows-1252 could be valid UTF-8: keep it what it is.
            let segment = &line[from..to];
            if str::from_utf8(segment).is_ok() != utf8 && !segment.is_ascii() {
                return None;
            }
            // A segment in the middle keeps its Enter mark, which alone would be padding.
            if length.is_some() && segment.ends_with(enter) {
                return None;
            }
            let span = Span::new(start + from, start + to);
            let before = records.len();
            if delimiters_alone(segment, utf8) {
                from = next;
                continue;
            }
            says_nothing = false;
            // What cannot be seen, and what was lost, is not decided here.
            let is_plain = |byte: &u8| byte.is_ascii_graphic() && *byte != b'?';
            if after_entry && !segment.first().is_none_or(is_plain) && !is_glyph(segment) {
                return None;
            }
            if after_entry && is_rest(segment, utf8, above)? {
                let error = reported(data, span);
                assert_eq!(error.kind(), ErrorKind::RestOfEntry);
                assert_eq!(error.span(), span);
                let above = records.last_mut()?;
                if above.2.is_ok() {
                    let error = reported(data, above.1);
                    assert_eq!(error.kind(), ErrorKind::AmbiguousContinuation);
                    assert_eq!(error.span(), above.1);
                    above.2 = Err(error);
                }
                records.push((index + 1, span, Err(error)));
                after_entry = false;
                from = next;
                continue;
            }
            match RawCommand::parse(segment) {
                Ok(command) => {
                    let entry = command
                        .entry()
                        .map(|it| (PeCommand::Add(it.to_owned()), it.notes()));
                    let content = Ok((command.to_owned().to_string(), entry));
                    records.push((index + 1, span, content));
                }
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::ExpectedPe | ErrorKind::ExpectedDelimiter
                    ) =>
                {
                    let doubtful = first_doubtful(segment, utf8);
                    let doubtful = doubtful.map(|place| (ErrorKind::DoubtfulEntry, place));
                    let within = || {
                        let place = first_within(segment, utf8);
                        let place = place.or_else(|| first_behind_lost(segment, utf8));
                        Some((ErrorKind::EntryWithinLine, place?))
                    };
                    if let Some((kind, (first, end))) = doubtful.or_else(within) {
                        let error = reported(data, span);
                        let place = Span::new(span.start() + first, span.start() + end);
                        assert_eq!((error.kind(), error.span()), (kind, place));
                        records.push((index + 1, span, Err(error)));
                    }
                }
                Err(_) => {
                    // The place is the same, counted from the beginning of the text.
                    let alone = RawCommand::parse(segment).unwrap_err();
                    let error = reported(data, span);
                    assert_eq!(error.kind(), alone.kind());
                    assert_eq!(error.span().start(), alone.span().start() + start + from);
                    assert_eq!(error.span().end(), alone.span().end() + start + from);
                    records.push((index + 1, span, Err(error)));
                }
            }
            after_entry = records.len() > before;
            above = segment;
            from = next;
        }
        after_entry &= !says_nothing;
    }
    Some(records)
}

/// Whether a text begins with a glyph: a delimiter, or `¤`, in any encoding.
fn is_glyph(text: &[u8]) -> bool {
    let glyphs = [&b"\xC2\xA4"[..], b"\xA4"];
    let all = glyphs
        .iter()
        .chain(delimiters(true))
        .chain(delimiters(false));
    all.into_iter().any(|glyph| text.starts_with(glyph)) && !text.starts_with("\u{C2}".as_bytes())
}

/// Whether nothing but delimiters stands in a text.
fn delimiters_alone(text: &[u8], utf8: bool) -> bool {
    let mut left = text;
    while let Some(rest) = delimiters(utf8)
        .iter()
        .find_map(|it| left.strip_prefix(*it))
    {
        left = rest;
    }
    left.is_empty()
}

/// Whether a segment could be the rest of the entry in the one above it: not decided where it holds what may
/// stand for a lost glyph, or a dash.
fn is_rest(segment: &[u8], utf8: bool, above: &[u8]) -> Option<bool> {
    let change: &[u8] = if utf8 { "\u{A4}".as_bytes() } else { b"\xA4" };
    let reference = |text: &[u8]| {
        let numbers = text.iter().all(|it| b"0123456789., \t-".contains(it));
        let first = text.split(|it| b", \t-".contains(it)).next();
        numbers && first.is_some_and(|it| it.iter().any(u8::is_ascii_digit))
    };
    let tail = |text: &[u8]| {
        let upper = String::from_utf8_lossy(text).to_ascii_uppercase();
        let behind = ["TO", "CC", "BCC", "BC", "FR"]
            .iter()
            .find_map(|it| upper.strip_prefix(it));
        let code = behind.is_some_and(|behind| {
            let behind = behind.trim_start_matches([' ', '\t']);
            behind.is_empty() || behind.starts_with('/')
        });
        code || text.starts_with(change) || text.strip_prefix(b"-").is_some_and(reference)
    };
    // Or all behind the delimiter that would close the address above.
    let behind_pe = match above.get(..2) {
        Some(pe) if pe.eq_ignore_ascii_case(b"PE") => &above[2..],
        _ => above,
    };
    let items = behind_pe
        .iter()
        .take_while(|it| b"0123456789,- \t".contains(it));
    let at_change = &behind_pe[items.count()..];
    let above_utf8 = str::from_utf8(above).is_ok();
    let above_change: &[u8] = if above_utf8 {
        "\u{A4}".as_bytes()
    } else {
        b"\xA4"
    };
    let at_glyph = at_change
        .strip_prefix(above_change)
        .map_or(at_change, behind_blanks);
    let own = delimiters(above_utf8)
        .iter()
        .find(|it| at_glyph.starts_with(it));
    if own.is_none() && above.contains(&b'@') {
        return None;
    }
    let open = own.filter(|own| {
        let behind = &at_glyph[own.len()..];
        !behind.windows(own.len()).any(|it| it == **own)
    });
    if open.is_some() && above_utf8 != utf8 && !above.is_ascii() {
        return None;
    }
    let mut words = segment.split(|it| b" \t".contains(it));
    let word = words.next().unwrap_or_default();
    let entry = match RawCommand::parse(segment) {
        Ok(command) => command.to_owned().to_string() != "*PE",
        Err(error) => !matches!(
            error.kind(),
            ErrorKind::ExpectedPe | ErrorKind::ExpectedDelimiter
        ),
    };
    let is_blank = |it: &u8| b" \t".contains(it);
    let opened = delimiters(utf8)
        .iter()
        .find_map(|it| segment.strip_prefix(*it));
    let opened = opened.and_then(|behind| behind.split(is_blank).find(|word| !word.is_empty()));
    if opened.is_some_and(|address| address.contains(&b'@')) {
        return Some(true);
    }
    if entry {
        return Some(false);
    }
    let mut left = segment;
    while let [first, rest @ ..] = left {
        let glyph = delimiters(utf8)
            .iter()
            .chain([&change])
            .find(|it| left.starts_with(it));
        if glyph.is_none() && (!first.is_ascii() || matches!(first, b'?' | b'\x1A')) {
            return None;
        }
        left = glyph.map_or(rest, |glyph| &left[glyph.len()..]);
    }
    let blank = |it: u8| b" \t".contains(&it);
    let behind_word = segment[word.len()..].iter().position(|it| !blank(*it));
    let behind_word = behind_word.map(|it| it + word.len());
    let opens = |at: usize| {
        let behind = delimiters(utf8)
            .iter()
            .find_map(|it| segment[at..].strip_prefix(*it));
        let behind = behind.unwrap_or_default().split(|it| blank(*it));
        behind
            .into_iter()
            .find(|it| !it.is_empty())
            .is_some_and(|it| it.contains(&b'@'))
    };
    let closes = |at: usize| {
        let glyph = delimiters(utf8)
            .iter()
            .find(|it| segment[at..].starts_with(it));
        glyph.is_some_and(|glyph| {
            let tail_at = behind_blanks(&segment[at + glyph.len()..]);
            let letters = tail_at.iter().take_while(|it| it.is_ascii_alphabetic());
            let letters = letters.count();
            let code = (1..4).contains(&letters) && tail_at.get(letters) == Some(&b'/');
            let ends = tail_at.is_empty() && open.is_some() || open == Some(glyph);
            !segment[..at].contains(&b'@') && (ends || code || tail(tail_at))
        })
    };
    let bcc = segment.len() > 3 && segment[..4].eq_ignore_ascii_case(b"BCC/");
    let ends = bcc || tail(segment) || segment.starts_with(b".") && reference(segment);
    let slash = above.iter().rposition(|it| *it == b'/');
    let named = slash.map(|at| !behind_blanks(&above[at + 1..]).is_empty());
    let ends = ends || named.is_some_and(|named| name_ends(segment, utf8, named));
    let closing =
        (0..word.len()).any(closes) || behind_word.is_some_and(|at| closes(at) && !opens(at));
    Some(ends || closing)
}

fn behind_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|it| b" \t".contains(it));
    &text[blanks.count()..]
}

/// Whether a segment is one word with a language or a name reference right behind it.
fn name_ends(segment: &[u8], utf8: bool, named: bool) -> bool {
    let text: String = match utf8 {
        true => String::from_utf8_lossy(segment).into_owned(),
        // Letters where Latin-1 has none are letters here, too, and all else is no list.
        false => segment
            .iter()
            .map(|&byte| match byte {
                0x83 | 0x88 | 0x8A | 0x8C | 0x8E | 0x9A | 0x9C | 0x9E | 0x9F => 'x',
                byte => char::from(byte),
            })
            .collect(),
    };
    let digits = text
        .split([' ', '\t'])
        .next()
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit);
    let flyer = text
        .get(..2)
        .is_some_and(|it| it.eq_ignore_ascii_case("FF"))
        && digits.count() > 3;
    if text.starts_with(|it: char| it.is_ascii_digit()) || flyer {
        return false;
    }
    let one_word = |it: &str| !it.is_empty() && !it.contains([' ', '\t']);
    if let Some((word, behind)) = text.split_once('¤') {
        let behind = behind.strip_prefix(|it: char| it.is_ascii_alphabetic());
        let behind = behind.map(|it| it.trim_start_matches([' ', '\t']));
        let digits = |it: char| it.is_ascii_digit() || " \t".contains(it);
        let word = word.trim_end_matches(digits);
        let marked = word.contains(|it: char| it != '-' && !it.is_ascii_digit());
        return marked
            && one_word(word)
            && behind.is_some_and(|it| it.is_empty() || it.starts_with('-'));
    }
    let list = |it: char| it.is_ascii_digit() || "., \t-".contains(it);
    // Behind its last character that no list has, and its first hyphen there.
    let list_at = text.len()
        - text
            .chars()
            .rev()
            .take_while(|it| list(*it))
            .map(char::len_utf8)
            .sum::<usize>();
    let Some(hyphen) = text[list_at..].find('-').map(|it| it + list_at) else {
        return false;
    };
    let (word, number) = (&text[..hyphen], &text[hyphen + 1..]);
    let end = number.find(|it: char| !it.is_ascii_digit() && it != '.');
    let first = &number[..end.unwrap_or(number.len())];
    let short = number
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(number.len())
        <= 3;
    let digit_at = |at: Option<usize>| {
        at.and_then(|at| number.as_bytes().get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    let decimal = number
        .match_indices('.')
        .any(|(at, _)| digit_at(at.checked_sub(1)) || digit_at(Some(at + 1)));
    let letters = word.chars().all(|it| it.is_alphabetic() || it == '\'');
    let marked = word.contains(|it: char| it != '-' && !it.is_ascii_digit());
    marked
        && one_word(word)
        && short
        && first.contains(|it: char| it.is_ascii_digit())
        && (decimal || named && letters)
}

/// The error that is found at a place.
fn reported(data: &[u8], span: Span) -> ParseError {
    let found = pe::scan(data).find(|found| found.span == span);
    found
        .and_then(|found| found.content.err())
        .expect("a broken entry is reported")
}

/// How long the `Â` is that belongs to the glyph behind a text.
fn mojibake(text: &[u8], utf8: bool) -> usize {
    if utf8 && text.ends_with(b"\xC3\x82") {
        2
    } else {
        0
    }
}

const UTF_8_DELIMITERS: &[&[u8]] = &[
    b"#",
    "\u{2021}".as_bytes(),
    "\u{A5}".as_bytes(),
    "\u{87}".as_bytes(),
    "\u{2628}".as_bytes(),
    "\u{E2}\u{20AC}\u{A1}".as_bytes(),
    "\u{E2}\u{80}\u{A1}".as_bytes(),
    "\u{C2}\u{2021}".as_bytes(),
    "\u{C2}\u{87}".as_bytes(),
    "\u{C2}\u{A5}".as_bytes(),
];

fn delimiters(utf8: bool) -> &'static [&'static [u8]] {
    if utf8 {
        UTF_8_DELIMITERS
    } else {
        &[b"#", b"\x87", b"\xA5"]
    }
}

const UTF_8_MARKS: &[&[u8]] = &[
    b"?",
    b"\x1A",
    "\u{BF}".as_bytes(),
    "\u{20AC}".as_bytes(),
    "\u{C2}\u{A4}".as_bytes(),
    "\u{EF}\u{BF}\u{BD}".as_bytes(),
    "\u{FFFD}".as_bytes(),
];

/// What is left of a glyph that was lost.
fn marks(utf8: bool) -> &'static [&'static [u8]] {
    if utf8 {
        UTF_8_MARKS
    } else {
        &[b"?", b"\x1A", b"\xBF", b"\x80"]
    }
}

/// `PE` and a delimiter, or what is left of one, behind what is left of a glyph: up to the next `@` of the word.
fn first_behind_lost(segment: &[u8], utf8: bool) -> Option<(usize, usize)> {
    let marks = marks(utf8);
    (0..segment.len()).find_map(|at| {
        let (before, rest) = segment.split_at(at);
        let blanks = before.iter().rev().take_while(|it| b" \t".contains(it));
        let before = &before[..at - blanks.count()];
        let after = rest.get(2..)?;
        let item = |it: &&u8| it.is_ascii_digit() || b" \t,-".contains(it);
        let after = &after[after.iter().take_while(item).count()..];
        let change: &[u8] = if utf8 { b"\xC2\xA4" } else { b"\xA4" };
        let after = after.strip_prefix(change).unwrap_or(after);
        let begins = rest[..2].eq_ignore_ascii_case(b"PE")
            && marks.iter().any(|it| before.ends_with(it))
            && marks
                .iter()
                .chain(delimiters(utf8))
                .any(|it| after.starts_with(it));
        let at_sign = rest.iter().position(|&it| it == b'@')?;
        let in_word = rest.len() - after.len() <= at_sign
            && !rest[rest.len() - after.len()..at_sign]
                .iter()
                .any(|it| b" \t".contains(it));
        (begins && in_word).then_some((at, at + at_sign))
    })
}

/// An address between delimiters behind the `PE` before which stands no letter.
fn first_within(segment: &[u8], utf8: bool) -> Option<(usize, usize)> {
    let delimiters = delimiters(utf8);
    let letter = |byte: u8| match byte {
        0x83 | 0x88 | 0x8A | 0x8C | 0x8E | 0x9A | 0x9C | 0x9E | 0x9F => true,
        // What was a no-break space begins so.
        _ => char::from(byte).is_alphabetic() && byte != 0xC2,
    };
    let at = match str::from_utf8(segment) {
        Ok(text) if utf8 => text.find(|it: char| it.is_alphabetic() && it != '\u{C2}')?,
        _ => segment.iter().position(|&byte| letter(byte))?,
    };
    let after = &segment[at..];
    let in_word = at > 0 && segment[at - 1].is_ascii_digit();
    if in_word || !after.get(..2)?.eq_ignore_ascii_case(b"PE") {
        return None;
    }
    // Items, a change glyph, blanks.
    let items = after[2..]
        .iter()
        .take_while(|it| b"0123456789,- \t".contains(it));
    let mut opens = 2 + items.count();
    let change: &[u8] = if utf8 { "\u{A4}".as_bytes() } else { b"\xA4" };
    if after[opens..].starts_with(change) {
        opens += change.len();
        let blanks = after[opens..].iter().take_while(|it| b" \t".contains(it));
        opens += blanks.count();
    }
    for delimiter in delimiters {
        let Some(content) = after[opens..].strip_prefix(*delimiter) else {
            continue;
        };
        let mut places = content.windows(delimiter.len());
        if let Some(end) = places.position(|it| it == *delimiter)
            && content[..end].contains(&b'@')
            && !content[..end].contains(&b' ')
        {
            return Some((at, at + opens + 2 * delimiter.len() + end));
        }
    }
    None
}

/// The first character that cannot be seen in a segment that is no entry, where it leaves in doubt whether it is one.
fn first_doubtful(segment: &[u8], utf8: bool) -> Option<(usize, usize)> {
    let text: Vec<(usize, char)> = match str::from_utf8(segment) {
        Ok(text) if utf8 => text.char_indices().collect(),
        _ => segment
            .iter()
            .map(|&byte| match byte {
                0x87 => '\u{2021}',
                0x81 | 0x8D | 0x8F | 0x90 | 0x9D => byte.into(),
                0x80 => '\u{20AC}',
                0x82..=0x9F => 'x',
                _ => byte.into(),
            })
            .enumerate()
            .collect(),
    };
    let (at, unseen) = *text.iter().find(|(_, char)| is_unseen(*char))?;
    let text: String = text.iter().map(|(_, char)| char).collect();
    let own: &[&str] = &[
        "\u{87}",
        "\u{2628}",
        "\u{E2}\u{20AC}\u{A1}",
        "\u{E2}\u{80}\u{A1}",
    ];
    let mut delimiters = ["#", "\u{2021}", "\u{A5}"]
        .iter()
        .chain(own.iter().take(if utf8 { 4 } else { 0 }));
    let holds = text.contains('@') && delimiters.any(|it| text.contains(it))
        || text.contains('\u{A4}')
        || text.contains('@') && has_lost(&text)
        || lost_change(&text)
        || text.contains("PASSENGER EMAIL DATA EXISTS");
    let width = if utf8 { unseen.len_utf8() } else { 1 };
    (holds && is_marked(segment)).then_some((at, at + width))
}

fn has_lost(text: &str) -> bool {
    text.contains(['?', '\u{1A}', '\u{BF}', '\u{20AC}', '\u{FFFD}'])
        || text.contains("\u{EF}\u{BF}\u{BD}")
}

/// Whether a mark of a lost change glyph stands behind `PE` and items anywhere.
fn lost_change(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    upper.match_indices("PE").any(|(at, _)| {
        let after = &text[at + 2..];
        let mark =
            after.trim_start_matches(|char: char| char.is_ascii_digit() || ",- \t".contains(char));
        let digits = after[..after.len() - mark.len()].contains(|char: char| char.is_ascii_digit());
        digits && marks(true).iter().any(|it| mark.as_bytes().starts_with(it))
    })
}

pub(crate) fn is_unseen(char: char) -> bool {
    let shown = peline::printable(&char.to_string());
    let ignorable = matches!(char, '\u{34F}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}')
        || matches!(u32::from(char), 0xFFF0..=0xFFF8 | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF);
    !" \t\u{87}".contains(char)
        && (char.is_whitespace() || ignorable || shown == "\u{FFFD}" && char != '\u{FFFD}')
}

/// Whether anything in a line tells that it is worth a look.
fn is_marked(line: &[u8]) -> bool {
    let is = |at: usize, what: &dyn Fn(u8) -> bool| line.get(at).is_some_and(|&byte| what(byte));
    let may_open = |at: usize| at >= line.len() || is(at, &|it| it <= b'?' || !it.is_ascii());
    let in_a_word = |at: usize| {
        at > 0
            && is(at - 1, &|it| {
                it.is_ascii_alphanumeric() && !b"AXC".contains(&it.to_ascii_uppercase())
            })
            && !line[at.saturating_sub(64)..at].contains(&0x1B)
    };
    (0..line.len()).any(|at| {
        line[at..]
            .get(..2)
            .is_some_and(|it| it.eq_ignore_ascii_case(b"PE"))
            && may_open(at + 2)
            && !in_a_word(at)
            || is(at, &|it| it <= b'.') && is(at + 1, &|it| it == b'#' || !it.is_ascii())
            || line[at..].starts_with(b"AIL")
    })
}

/// What stands behind the byte order marks of a line.
pub(crate) fn behind_marks(line: &[u8]) -> &[u8] {
    let marks = line
        .chunks(3)
        .take_while(|it| it == b"\xEF\xBB\xBF")
        .count();
    &line[3 * marks..]
}

/// The whole lines that a span touches.
pub(crate) fn lines_of(data: &[u8], span: Span) -> impl Iterator<Item = &[u8]> {
    let start = data[..span.start()].iter().rposition(|&it| it == b'\n');
    let start = start.map_or(0, |at| at + 1);
    let end = data[span.end()..].iter().position(|&it| it == b'\n');
    let end = end.map_or(data.len(), |at| at + span.end());
    data[start..end].split(|&byte| byte == b'\n')
}

pub(crate) fn newlines(data: &[u8]) -> usize {
    data.iter().filter(|&&byte| byte == b'\n').count()
}

/// Tries every place for a valid multi-byte sequence.
pub(crate) fn is_of_one_encoding(line: &[u8]) -> bool {
    let multi_byte = |width: usize| {
        line.windows(width).any(|it| {
            !it[0].is_ascii() && str::from_utf8(it).is_ok_and(|it| it.chars().count() == 1)
        })
    };
    str::from_utf8(line).is_ok() || !(2..=4).any(multi_byte)
}

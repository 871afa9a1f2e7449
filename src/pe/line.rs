//! What a physical line is, before anything in it is read.

use memchr::{memchr, memchr_iter, memmem};

use super::{Code, filter::is_marked};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        before, complete,
        display::{history, numbered, opening},
        glyph::{before_glyph, change, delimiter, end_item, trim_end, trim_padding, trim_start},
        lost::{begins_lost_change, entry_behind_lost, lost_glyphs},
        pe,
        plain_entry::is_opened,
        reference::is_dash,
        span_of, split,
    },
    text::{Span, encoding::Encoding, is_visible},
};

/// How a line stands to a `*PE` display.
#[derive(Clone, Copy, Debug)]
pub(super) enum Layout<'a> {
    /// Empty, or a command that scrolls: as if it were not there.
    Noise,
    /// `{n}.` and what follows it.
    Numbered(u16, &'a [u8]),
    /// Indented by four or more, without a number: it continues the entry before it.
    Continuation(&'a [u8]),
    /// Indented by less.
    Indented(&'a [u8]),
    /// Neither numbered nor indented: it closes a section.
    Plain(&'a [u8]),
}

impl<'a> Layout<'a> {
    pub(super) fn of(line: &'a [u8]) -> Self {
        let body = after_prompts(line);
        if is_noise(line) {
            return Self::Noise;
        }
        if let Some((number, content)) = numbered(body) {
            return Self::Numbered(number, content);
        }
        let margin = Margin::of(line);
        if margin.is_quoted() || margin.column == 0 {
            Self::Plain(body)
        } else if margin.is_deep() {
            Self::Continuation(body)
        } else {
            Self::Indented(body)
        }
    }
}

/// Where the text of a line begins.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Margin {
    /// How far to the right, with the prompts before it.
    column: usize,
    /// How far behind the last prompt; `None` if there is none, as in a text that nobody quotes.
    quoted: Option<usize>,
}

impl Margin {
    pub(super) fn of(line: &[u8]) -> Self {
        let padding = before(line, after_prompts(line));
        let (mut column, mut prompt) = (0_usize, None);
        for &byte in padding {
            column = match byte {
                b'\t' => column.saturating_add(8) & !7,
                _ => column.saturating_add(1),
            };
            if byte == b'>' {
                prompt = Some(column);
            }
        }
        Self {
            column,
            quoted: prompt.map(|prompt| column.saturating_sub(prompt)),
        }
    }

    /// Whether what stands here stands as deep as something else, behind prompts as that does.
    pub(super) const fn is_at(self, other: Self) -> bool {
        self.column == other.column && self.is_quoted() == other.is_quoted()
    }

    /// Whether what stands here stands as deep as what it would continue, or less deep.
    pub(super) const fn is_within(self, other: Self) -> bool {
        self.column <= other.column
    }

    /// Whether it stands behind a prompt.
    pub(super) const fn is_quoted(self) -> bool {
        self.quoted.is_some()
    }

    /// That of a text which is not indented, behind the same prompts.
    pub(super) fn without_indent(self) -> Self {
        Self {
            column: 0,
            quoted: self.quoted.map(|_| 0),
        }
    }

    /// Whether it is more indented than a quoted text as a whole, and something above is quoted, too.
    pub(super) fn is_indented_in_quote(self, above: &[Option<Self>]) -> bool {
        let mut above = above.iter().flatten();
        self.is_indented_behind_prompt() && above.any(|margin| margin.is_quoted())
    }

    fn is_indented_behind_prompt(self) -> bool {
        self.quoted.is_some_and(|behind| behind > 1)
    }

    /// Whether it is indented as continuations are: by four or more, or a tab.
    pub(super) fn is_deep(self) -> bool {
        self.quoted.unwrap_or(self.column) >= 4
    }
}

/// What a line begins with, behind blanks and `>` prompts.
pub(super) fn after_prompts(line: &[u8]) -> &[u8] {
    let first = line.iter().position(|&byte| !is_padding(byte));
    split(line, first.unwrap_or(line.len())).1
}

const fn is_padding(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>')
}

/// A line without its CR, and without the byte order marks before it: joined files have them within.
pub(super) fn content(line: &[u8]) -> &[u8] {
    let mut content = line.strip_suffix(b"\r").unwrap_or(line);
    while let Some(rest) = content.strip_prefix(b"\xEF\xBB\xBF") {
        content = rest;
    }
    content
}

/// Whether a line says nothing: empty, a page break, or the command that scrolls a display, with its glyph or as
/// typed. Without glyph and prompt one that is indented as a continuation could be the end of a name.
pub(super) fn is_noise(line: &[u8]) -> bool {
    let body = after_prompts(line);
    match trim_end(body) {
        [b'M' | b'm', b'D' | b'B' | b'd' | b'b', glyph @ ..] => match glyph {
            [] => {
                let margin = Margin::of(line);
                margin.is_quoted() || !margin.is_deep()
            }
            [0xAB] | [0xC2, 0xAB] | [0xC3, 0x82, 0xC2, 0xAB] => true,
            _ => false,
        },
        body => {
            let encoding = Encoding::settle(body).unwrap_or_default();
            let says_nothing = |char| matches!(char, ' ' | '\t' | '>' | '«') || is_unseen(char);
            encoding.chars(body).all(|(char, _)| says_nothing(char))
        }
    }
}

/// Whether it is a heading that opens a `*PE` section: not a numbered line, which is a remark.
pub(super) fn is_heading(line: &[u8]) -> bool {
    holds_phrase(line, &[b"EMAIL", b"ADDRESS"], (b'M', 1))
        && numbered(after_prompts(line)).is_none()
}

/// Whether a phrase stands in a line: it is looked for by one byte, which is rare, and its place in the first word.
fn holds_phrase(line: &[u8], words: &[&[u8]], (byte, place): (u8, usize)) -> bool {
    let starts = memchr_iter(byte, line).filter_map(|at| at.checked_sub(place));
    let mut starts = starts.map(|start| split(line, start).1);
    let mut encoding = None;
    starts.any(|rest| {
        begins_phrase(rest, words, || {
            *encoding.get_or_insert_with(|| settled(line))
        })
    })
}

/// Whether a text begins with words, and between them nothing that can be seen.
fn begins_phrase(text: &[u8], words: &[&[u8]], encoding: impl FnOnce() -> Encoding) -> bool {
    let [first, others @ ..] = words else {
        return true;
    };
    let Some(mut rest) = text.strip_prefix(*first) else {
        return false;
    };
    let encoding = encoding();
    others.iter().all(|word| {
        let at_word = behind_unseen(rest, encoding);
        let separate = at_word.len() < rest.len();
        rest = at_word.strip_prefix(*word).unwrap_or_default();
        separate && at_word.starts_with(word)
    })
}

fn settled(line: &[u8]) -> Encoding {
    Encoding::settle(line).unwrap_or_default()
}

/// Whether a line, in one of two encodings, displays the field.
pub(super) fn displays(line: &[u8]) -> bool {
    let encodings = [Encoding::Utf8, Encoding::Windows1252];
    let displays_in = |encoding| {
        let mut rest = Some(after_prompts(line));
        let segments = core::iter::from_fn(move || {
            let (segment, behind) = segment(rest?, encoding);
            rest = behind.map(trim_start);
            Some(trim_padding(segment, encoding))
        });
        let mut commands =
            segments.map(|segment| complete(segment, |input| pe::command(input, encoding)));
        commands.any(|command| matches!(command, Ok(pe::Command::Display)))
    };
    memchr(b'*', line).is_some() && encodings.into_iter().any(displays_in)
}

/// Whether it is the line that only says that there are addresses.
pub(super) fn says_addresses_exist(body: &[u8]) -> bool {
    begins_phrase(body, ADDRESSES_EXIST, || settled(body))
}

/// The same behind something else: a quote, a number, another segment.
pub(super) fn addresses_exist_within(segment: &[u8]) -> bool {
    holds_phrase(segment, ADDRESSES_EXIST, (b'G', 6))
}

const ADDRESSES_EXIST: &[&[u8]] = &[b"PASSENGER", b"EMAIL", b"DATA", b"EXISTS"];

/// The segment that `text` begins with, and what stands behind the end-item glyph, if there is one.
pub(super) fn segment(text: &[u8], encoding: Encoding) -> (&[u8], Option<&[u8]>) {
    let glyph = end_item(encoding);
    // The last byte of the glyph is the rarer one.
    let mut glyphs =
        memchr_iter(0xA7, text).map(|at| at.saturating_add(1).saturating_sub(glyph.len()));
    match glyphs.find(|&at| split(text, at).1.starts_with(glyph)) {
        None => (text, None),
        Some(at) => {
            let (segment, at_glyph) = split(text, at);
            let behind = split(at_glyph, glyph.len()).1;
            (before_glyph(segment, encoding), Some(behind))
        }
    }
}

/// Where the first entry begins in a line whose encoding is in doubt or whose end was not read;
/// `section` says whether a `*PE` section is open.
pub(super) fn doubtful_entry(line: &[u8], section: bool) -> Option<usize> {
    let encodings = [Encoding::Utf8, Encoding::Windows1252];
    encodings
        .into_iter()
        .filter_map(|encoding| first_entry(line, encoding, section))
        .min()
}

/// Where the first entry in a line begins, broken or not, as a command, in a display or in history.
pub(super) fn first_entry(line: &[u8], encoding: Encoding, section: bool) -> Option<usize> {
    let body = after_prompts(line);
    let place = |at: &[u8]| line.len().saturating_sub(at.len());
    if let Some((_, content)) = numbered(body)
        && (section || opening(trim_start(content), encoding).is_some())
    {
        return Some(place(trim_start(content)));
    }
    if let Some((_, content)) = history(body, encoding) {
        return Some(place(content));
    }
    let mut rest = body;
    loop {
        let (segment, behind) = segment(rest, encoding);
        let segment = trim_end(segment);
        let doubtful = || doubt(segment, encoding).or_else(|| entry_within(segment, encoding));
        if begins_entry(segment, encoding) || doubtful().is_some() {
            return Some(place(rest));
        }
        rest = trim_start(behind?);
    }
}

/// The [unseen] character that leaves in doubt whether a segment is something of PE: the line end of another system,
/// a page break, an escape sequence, a no-break space. What is no entry is in doubt where it holds a delimiter and
/// an `@`, the change glyph, what stands in the place of a lost one, `*PE`, or what a heading or a face has.
///
/// It is [marked](is_marked) as well, or it would depend on the lines around whether anybody asks.
pub(super) fn doubt(segment: &[u8], encoding: Encoding) -> Option<Span> {
    let unseen = unseen(segment, encoding)?;
    let at_sign = memchr(b'@', segment).is_some();
    let glyph = |rest: &[u8]| {
        at_sign && delimiter(rest, encoding).is_some()
            || change(rest, encoding).is_ok()
            || at_sign && lost_glyphs(rest, encoding).is_some()
            || begins_lost_change(rest, encoding)
    };
    let display = || segment.windows(3).any(|it| it.eq_ignore_ascii_case(b"*PE"));
    let says = || is_heading(segment) || addresses_exist_within(segment);
    let holds = holds(segment, glyph) || display() || says();
    (holds && is_marked(segment)).then_some(unseen)
}

/// Where an entry stands in a segment that begins with something else, but not with words, as a remark does: with a
/// bullet, a number, a quote; or behind an end-item glyph that was lost.
pub(super) fn entry_within(segment: &[u8], encoding: Encoding) -> Option<Span> {
    memchr(b'@', segment)?;
    let lost = || Some(span_of(entry_behind_lost(segment, encoding)?, segment));
    behind_no_words(segment, encoding).or_else(lost)
}

/// `PE`, with items, a change glyph or blanks behind it, and an address between delimiters, with no letter before them.
fn behind_no_words(segment: &[u8], encoding: Encoding) -> Option<Span> {
    let mut at = 0_usize;
    for (char, width) in encoding.chars(segment) {
        // With a lone `Â` begins what was a no-break space.
        if char.is_alphabetic() && char != 'Â' {
            break;
        }
        at = at.saturating_add(width);
    }
    let (before, rest) = split(segment, at);
    if before.last().is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let (after_pe, _) = pe::pe(rest).ok()?;
    let at_glyph = pe::behind_items(after_pe);
    let changed = change(at_glyph, encoding).map_or(at_glyph, |(behind, _)| behind);
    let address = trim_start(changed);
    let until = span_of(address, rest).start();
    let length = delimited(address, encoding)?.saturating_add(until);
    Some(Span::new(at, at.saturating_add(length)))
}

/// Whether something begins anywhere in a text.
fn holds(text: &[u8], begins: impl Fn(&[u8]) -> bool) -> bool {
    (0..text.len()).any(|at| begins(split(text, at).1))
}

/// The first character of which nothing can be seen, but for blanks, and U+0087, which is a delimiter.
fn unseen(text: &[u8], encoding: Encoding) -> Option<Span> {
    let mut at = 0_usize;
    for (char, width) in encoding.chars(text) {
        let end = at.saturating_add(width);
        if is_unseen(char) {
            return Some(Span::new(at, end));
        }
        at = end;
    }
    None
}

fn is_unseen(char: char) -> bool {
    !is_visible(char) && !matches!(char, ' ' | '\t' | '\u{87}')
}

/// What is wrong with a line within a display that belongs to no entry; `None` if that ends there.
///
/// What [is an entry](stands_for_itself) itself ends it, too.
pub(super) fn misfit(layout: Layout<'_>, line: &[u8]) -> Option<ParseError> {
    let (indented, body) = match layout {
        Layout::Noise | Layout::Numbered(..) => return None,
        Layout::Plain(body) => (false, body),
        Layout::Indented(body) | Layout::Continuation(body) => (true, body),
    };
    if stands_for_itself(line) {
        return None;
    }
    let encoding = settled(line);
    let at_sign = memchr(b'@', body).is_some();
    if let Some(unseen) = unseen(line, encoding)
        && (indented || at_sign || begins_unseen(body, encoding))
    {
        return Some(ParseError::new(ErrorKind::DoubtfulEntry, unseen));
    }
    let entry = at_sign && (indented || holds_closed_address(body, encoding));
    let whole = Span::new(0, line.len());
    if delimiter(body, encoding) == Some(trim_padding(body, encoding)) {
        // It closes the entry above, or scrolls the list.
        return Some(ParseError::new(ErrorKind::RestOfEntry, whole));
    }
    entry.then(|| ParseError::new(ErrorKind::ExpectedItemNumber, whole))
}

/// The length of a word with an `@` between two delimiters of one spelling, which a text begins with.
fn delimited(text: &[u8], encoding: Encoding) -> Option<usize> {
    let delimiter = delimiter(text, encoding)?;
    let content = split(text, delimiter.len()).1;
    let end = memmem::find(content, delimiter)?;
    let word = split(content, end).0;
    let is_address = memchr(b'@', word).is_some() && !word.contains(&b' ');
    let length = end.saturating_add(delimiter.len().saturating_mul(2));
    is_address.then_some(length)
}

/// Whether a delimiter stands behind an `@` in one word.
fn holds_closed_address(text: &[u8], encoding: Encoding) -> bool {
    let mut words = text.split(|byte| b" \t".contains(byte));
    words.any(|word| {
        memchr(b'@', word).is_some_and(|at| {
            holds(split(word, at).1, |rest| {
                delimiter(rest, encoding).is_some()
            })
        })
    })
}

fn begins_unseen(body: &[u8], encoding: Encoding) -> bool {
    let first = encoding.chars(body).next();
    first.is_some_and(|(char, _)| is_unseen(char))
}

fn begins_with_code_or_change(text: &[u8], encoding: Encoding) -> bool {
    let is_code = matches!(text, [a, b, b'/', ..] if Code::read(&[*a, *b]).is_ok());
    is_code || change(text, encoding).is_ok()
}

/// The longest line of blanks behind which the rest of an entry is looked for: that of a terminal.
pub(super) const BLANK_LINE: usize = 80;

/// Whether a line is as empty as those between the lines of a text that is double-spaced.
pub(super) fn is_blank(line: &[u8]) -> bool {
    line.len() <= BLANK_LINE && after_prompts(line).is_empty()
}

/// Whether a line begins with the [rest](is_rest) of an entry: in one of two encodings, if both stand in it.
pub(super) fn begins_with_rest(line: &[u8]) -> bool {
    let begins_so = |encoding| {
        let (segment, _) = segment(after_prompts(line), encoding);
        is_rest(trim_padding(segment, encoding), encoding)
    };
    match Encoding::settle(line) {
        Ok(encoding) => begins_so(encoding),
        Err(_) => begins_so(Encoding::Utf8) || begins_so(Encoding::Windows1252),
    }
}

/// Whether the line that `text` begins with, or that behind a blank one, could begin with the [rest](is_rest) of an
/// entry, as far as a look at its first word tells: hardly any does.
#[inline]
pub(super) fn may_be_rest(text: &[u8]) -> bool {
    let body = match after_prompts(text) {
        [b'\n', below @ ..] | [b'\r', b'\n', below @ ..] => after_prompts(below),
        body => body,
    };
    let begins_tail = matches!(body, [b'-' | b'.', ..] | [_, _, b'/', ..]);
    // A blank, a line end, `?`, what cannot be seen, or what is beyond ASCII: only the first ones end a word.
    let stops = |byte: &u8| !(b'!'..=b'~').contains(byte) || matches!(byte, b'#' | b'?');
    let stop = body.iter().position(stops).map(|at| split(body, at).1);
    let word_ends = matches!(stop, Some([b' ' | b'\t' | b'\n', ..] | [b'\r', b'\n', ..]));
    !is_opened(body) && (begins_tail || !word_ends)
}

/// Whether a segment that begins a line is what could be the rest of an entry, which a terminal broke where its line was
/// full: the end of its tail, what closes its address and a tail behind it, or all behind its items. What cannot be seen
/// before it is no part of it, and what stands in the place of a lost glyph is one.
pub(super) fn is_rest(segment: &[u8], encoding: Encoding) -> bool {
    let segment = behind_unseen(segment, encoding);
    let is_reference = |number: &[u8]| {
        let end = number
            .iter()
            .position(|byte| !b"0123456789.".contains(byte));
        let (number, behind) = split(number, end.unwrap_or(number.len()));
        number.iter().any(u8::is_ascii_digit) && matches!(behind, [] | [b' ' | b'\t', ..])
    };
    let is_tail = |text: &[u8]| {
        let refers = behind_dash(text, encoding).is_some_and(is_reference);
        let lost =
            || lost_glyphs(text, encoding).is_some_and(|(_, behind)| begins_with_language(behind));
        refers || begins_with_code_or_change(text, encoding) || lost()
    };
    let length = segment.iter().position(|byte| b" \t".contains(byte));
    let word = split(segment, length.unwrap_or(segment.len())).0;
    let closes = |at: usize| {
        let glyph = delimiter(split(segment, at).1, encoding);
        glyph.is_some_and(|glyph| {
            let behind = split(segment, at.saturating_add(glyph.len())).1;
            trim_padding(behind, encoding).is_empty() || is_tail(behind)
        })
    };
    let is_cut_reference = segment.starts_with(b".") && is_reference(segment);
    let is_end = is_tail(segment) || is_cut_reference;
    let is_other = memchr(b'@', word).is_some() || begins_entry(segment, encoding);
    let closes = || (0..word.len()).any(closes);
    delimited(segment, encoding).is_some() || !is_other && (is_end || closes())
}

/// What stands behind what cannot be seen, and blanks.
fn behind_unseen(text: &[u8], encoding: Encoding) -> &[u8] {
    let unseen = |char| matches!(char, ' ' | '\t') || is_unseen(char);
    let padding = encoding.chars(text).take_while(|(char, _)| unseen(*char));
    let length = padding.fold(0_usize, |length, (_, width)| length.saturating_add(width));
    split(text, length).1
}

/// What stands behind a hyphen, or what editors make of one.
fn behind_dash(text: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let (char, width) = encoding.chars(text).next()?;
    (char == '-' || is_dash(char)).then(|| split(text, width).1)
}

/// Whether a text begins with the letter of a language, with nothing or a reference behind it.
fn begins_with_language(text: &[u8]) -> bool {
    matches!(text, [letter, rest @ ..] if letter.is_ascii_alphabetic() && matches!(rest, [] | [b'-' | b' ' | b'\t', ..]))
}

/// Why a line that is no continuation could continue an entry of a display all the same: it is indented, if by too
/// little, and nothing of its own, or begins with what cannot be seen.
pub(super) fn may_continue(layout: Layout<'_>, line: &[u8], section: bool) -> Option<ErrorKind> {
    let encoding = settled(line);
    let (Layout::Plain(body) | Layout::Indented(body)) = layout else {
        return None;
    };
    let refers = matches!(body, [b'-', b'0'..=b'9', ..]);
    let tail = refers || begins_with_code_or_change(body, encoding);
    let indented = matches!(layout, Layout::Indented(_));
    if begins_unseen(body, encoding) {
        Some(ErrorKind::DoubtfulEntry)
    } else if begins_with_rest(line) || indented && (tail || section && !stands_for_itself(line)) {
        Some(ErrorKind::AmbiguousContinuation)
    } else {
        None
    }
}

/// Whether a line is the same whatever stands above it: it closes a section, and continues nothing.
pub(super) fn stands_apart(line: &[u8]) -> bool {
    let layout = Layout::of(line);
    matches!(layout, Layout::Plain(_))
        && !Margin::of(line).is_indented_behind_prompt()
        && may_continue(layout, line, true).is_none()
        && misfit(layout, line).is_none()
}

fn begins_entry(segment: &[u8], encoding: Encoding) -> bool {
    match complete(segment, |input| pe::command(input, encoding)) {
        Ok(pe::Command::Display) => false,
        Ok(_) => true,
        Err(error) => !is_no_entry(error.kind()),
    }
}

/// Whether a line opens a `*PE` section.
pub(super) fn opens_section(line: &[u8]) -> bool {
    is_heading(line) || displays(line)
}

/// Whether a line that could continue an entry is something of its own: an entry, broken or not,
/// history, the line of a PNR's face, or what opens a section.
pub(super) fn stands_for_itself(line: &[u8]) -> bool {
    says_addresses_exist(after_prompts(line))
        || opens_section(line)
        || match Encoding::settle(line) {
            Ok(encoding) => first_entry(line, encoding, false).is_some(),
            Err(_) => doubtful_entry(line, false).is_some(),
        }
}

/// Whether an error says that there is no entry, rather than a broken one.
pub(super) fn is_no_entry(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ExpectedPe | ErrorKind::ExpectedDelimiter)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{begins_with_rest, may_be_rest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]

        #[test]
        fn a_look_at_the_first_word_passes_over_no_rest(
            line in "[> \t]{0,3}(COM|M|-|–|[.]|1|CC/|cc|/|#|‡|\u{87}|¤E|[?]|\u{A0}|\x0C|S|§|JANE| |\t|@){0,6}",
            blank in "(\r?\n)?",
            below in "(\r?\n(PE#A@X.COM#|-1)?)?",
        ) {
            let text = format!("{blank}{line}{below}");
            for bytes in [text.as_bytes().to_vec(), text.replace('‡', "\u{87}").chars().map(|char| char as u8).collect()] {
                let mut lines = bytes.split(|&byte| byte == b'\n');
                let line = lines.nth(usize::from(!blank.is_empty())).unwrap_or_default();
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                prop_assert!(may_be_rest(&bytes) || !begins_with_rest(line));
            }
        }

        #[test]
        fn a_word_without_glyph_is_no_rest(word in "[A-Z0-9][A-Z][A-Z0-9.@-]{0,40}", behind in "[ \t\n]") {
            let text = format!("{word}{behind}");
            prop_assert!(!may_be_rest(text.as_bytes()));
        }
    }
}

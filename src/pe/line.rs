//! What a physical line is, before anything in it is read.

use memchr::{memchr, memchr_iter, memmem};

use super::{
    Code,
    filter::is_marked,
    list::number_and_content,
    rest::{Alone, begins_with_rest, ends_bare_entry},
    scan::MAX_LINE,
};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        before, complete,
        display::{history, numbered, opening},
        glyph::{before_glyph, change, delimiter, end_item, trim_end, trim_padding, trim_start},
        lost::{begins_lost_change, entry_behind_lost, lost_glyphs},
        pe, span_of, split,
    },
    text::{Span, encoding::Encoding, is_visible},
};

/// Whether more text follows what is there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ending {
    Open,
    Final,
}

/// A physical line as it is written.
pub(super) struct Written<'a> {
    /// Without the line feed.
    pub(super) text: &'a [u8],
    /// Where the next line begins.
    pub(super) next: usize,
    pub(super) ended: bool,
}

impl<'a> Written<'a> {
    pub(super) fn at(text: &'a [u8], at: usize) -> Self {
        let rest = split(text, at).1;
        let newline = memchr(b'\n', rest);
        let text = split(rest, newline.unwrap_or(rest.len())).0;
        let next = at.saturating_add(text.len());
        Self {
            text,
            next: next.saturating_add(usize::from(newline.is_some())),
            ended: newline.is_some(),
        }
    }

    pub(super) fn is_long(&self) -> bool {
        self.text.strip_suffix(b"\r").unwrap_or(self.text).len() > MAX_LINE
    }

    pub(super) fn is_complete(&self, ending: Ending) -> bool {
        self.ended || ending == Ending::Final
    }
}

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
    /// Neither numbered nor indented, or a name of the booking: it closes a section.
    Plain(&'a [u8]),
}

impl<'a> Layout<'a> {
    pub(super) fn of(line: &'a [u8]) -> Self {
        let body = after_prompts(line);
        if is_noise(line) {
            return Self::Noise;
        }
        if let Some((number, content)) = numbered(body) {
            return match is_name(content) {
                true => Self::Plain(body),
                false => Self::Numbered(number, content),
            };
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

/// Whether what stands behind a number and a full stop is a name of a booking, and no item: `1SMITH/JOHN MR`,
/// `I/1SMITH/BABY`.
fn is_name(content: &[u8]) -> bool {
    let name = match content {
        [b'I' | b'C', b'/', name @ ..] => name,
        name => name,
    };
    let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let surname = split(name, digits).1;
    let letters = surname.iter().position(|byte| *byte == b'/');
    digits > 0
        && surname.first().is_some_and(u8::is_ascii_alphabetic)
        && letters.is_some()
        && memchr(b'@', content).is_none()
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

/// Whether a line displays the field: in one of two encodings, if both stand in it.
pub(super) fn displays(line: &[u8]) -> bool {
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
    memchr(b'*', line).is_some()
        && match Encoding::settle(line) {
            Ok(encoding) => displays_in(encoding),
            Err(_) => displays_in(Encoding::Utf8) || displays_in(Encoding::Windows1252),
        }
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
    let entry =
        at_sign && (indented || holds_closed_address(body, encoding) || begins_with_address(body));
    let whole = Span::new(0, line.len());
    if delimiter(body, encoding) == Some(trim_padding(body, encoding)) {
        // It closes the entry above, or scrolls the list.
        return Some(ParseError::new(ErrorKind::RestOfEntry, whole));
    }
    entry.then(|| ParseError::new(ErrorKind::ExpectedItemNumber, whole))
}

/// The length of a word with an `@` between two delimiters of one spelling, which a text begins with.
pub(super) fn delimited(text: &[u8], encoding: Encoding) -> Option<usize> {
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

/// Whether an `@` stands in the first word of a text that is no number or mark.
fn begins_with_address(text: &[u8]) -> bool {
    let mut words = text.split(|byte| b" \t".contains(byte));
    let first = words.find(|word| {
        word.iter()
            .any(|byte| *byte == b'@' || byte.is_ascii_alphabetic())
    });
    first.is_some_and(|word| memchr(b'@', word).is_some())
}

/// What stands behind what cannot be seen, and blanks.
pub(super) fn behind_unseen(text: &[u8], encoding: Encoding) -> &[u8] {
    let unseen = |char| matches!(char, ' ' | '\t') || is_unseen(char);
    let padding = encoding.chars(text).take_while(|(char, _)| unseen(*char));
    let length = padding.fold(0_usize, |length, (_, width)| length.saturating_add(width));
    split(text, length).1
}

fn begins_unseen(body: &[u8], encoding: Encoding) -> bool {
    let first = encoding.chars(body).next();
    first.is_some_and(|(char, _)| is_unseen(char))
}

pub(super) fn begins_with_code_or_change(text: &[u8], encoding: Encoding) -> bool {
    let is_code = matches!(text, [a, b, b'/', ..] if Code::read(&[*a, *b]).is_ok());
    is_code || change(text, encoding).is_ok()
}

/// Why a line that is no continuation could continue an entry of a display, which is `above`, or any, all the same: it
/// begins with what cannot be seen, or could be its rest, or is indented in a section, if by too little, and nothing of
/// its own.
pub(super) fn may_continue(
    layout: Layout<'_>,
    line: &[u8],
    section: bool,
    above: Option<&[u8]>,
) -> Option<ErrorKind> {
    let encoding = settled(line);
    let (Layout::Plain(body) | Layout::Indented(body)) = layout else {
        return None;
    };
    let indented = matches!(layout, Layout::Indented(_));
    let of_section = || indented && !stands_for_itself(line) || ends_bare_entry(line, above);
    if begins_unseen(body, encoding) {
        Some(ErrorKind::DoubtfulEntry)
    } else if begins_with_rest(line, above, Alone::Closes) || section && of_section() {
        Some(ErrorKind::AmbiguousContinuation)
    } else {
        None
    }
}

/// Whether a line is the same whatever stands above it, but for a [list](super::list) of which it could be part, or end it:
/// it closes a section, and continues nothing.
pub(super) fn stands_apart(line: &[u8]) -> bool {
    let layout = Layout::of(line);
    matches!(layout, Layout::Plain(_))
        && !Margin::of(line).is_indented_behind_prompt()
        && may_continue(layout, line, true, None).is_none()
        && misfit(layout, line).is_none()
        && number_and_content(line).is_none()
}

pub(super) fn begins_entry(segment: &[u8], encoding: Encoding) -> bool {
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

//! Reading a text line by line: what `Scan` and `Scanner` share.

use super::{
    Content, Found, HistoryAction, RawCommand, RawEntry,
    filter::quiet,
    held::{Held, noted, scrolled},
    line::{
        Ending, Layout, Margin, Written, addresses_exist_within, after_prompts, content, doubt,
        doubtful_entry, entry_within, is_heading, is_no_entry, may_continue, misfit, opens_section,
        says_addresses_exist, segment, stands_for_itself,
    },
    list::List,
    remark::Remark,
    rest::{begins_with_rest_of, is_blank, only_closes, rest_at},
    scan::MAX_LINE,
};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        complete,
        display::{history, numbered, opening},
        glyph::{trim_end, trim_padding, trim_start},
        pe, span_of, split,
    },
    text::{Span, encoding::Encoding},
};

/// The state of reading, apart from the text: [`Scan`] reads one slice with it, and
/// [`Scanner`](super::Scanner) one chunk after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Reader {
    /// How many bytes came before the text at hand.
    base: usize,
    /// Where reading goes on: the beginning of a line, or of a segment of `stack`.
    at: usize,
    /// How many lines came before the one at `at`.
    lines: usize,
    /// The stacked line that is being read.
    stack: Option<Stack>,
    /// The `*PE` section that is open.
    pub(super) section: Option<Section>,
    /// A display entry that the next line may continue.
    pub(super) held: Option<Held>,
    /// The list that the last display entry stands in.
    pub(super) list: Option<List>,
    /// The remark that the line above a place belongs to, and that place: what stands behind it was not asked.
    remark: Option<Remark>,
    remark_at: usize,
    pub(super) after_break: AfterBreak,
    /// Whether the line at `at` is the rest of one that is too long.
    skipping: bool,
    /// Whether the line at `at` could be the rest of what the line above ends with.
    at_rest: bool,
}

/// A `*PE` section.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section {
    /// Where what opened it stands; at the beginning of the line, if that is a heading: those are centred.
    margin: Margin,
    /// The remark that what opened it may have gone on with.
    remark: Option<Remark>,
}

impl Section {
    /// The one that a line opens which is a heading, or else displays the field.
    fn of(line: &[u8]) -> Self {
        let margin = Margin::of(line);
        let margin = match is_heading(line) {
            true => margin.without_indent(),
            false => margin,
        };
        Self {
            margin,
            remark: None,
        }
    }

    /// What is known of it by one of its items: where they stand less deep than what opened it, that has an indent of
    /// its own.
    fn with_item(self, line: &[u8]) -> Self {
        let margin = match self.margin.is_within(Margin::of(line)) {
            true => self.margin,
            false => self.margin.without_indent(),
        };
        Self {
            margin,
            remark: None,
        }
    }
}

/// What to do with continuation lines of an entry that was already reported as broken.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum AfterBreak {
    #[default]
    Read,
    PassOver,
}

/// A line of segments.
#[derive(Clone, Copy, Debug)]
struct Stack {
    /// Where the line begins.
    start: usize,
    /// Where the last segment ends, without padding.
    end: usize,
    /// Where the next line begins.
    next: usize,
    encoding: Encoding,
    /// Whether nothing has been found on the line so far.
    barren: bool,
    /// Whether the line displays the field.
    displays: bool,
    /// Whether the next line could be the rest of what this one ends with.
    above_rest: bool,
}

/// The line of a PNR's face.
struct Face<'a> {
    found: Found<'a>,
    /// Where the next segment begins.
    next: usize,
}

/// One physical line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) content: &'a [u8],
    /// Where the next line begins.
    next: usize,
    /// Whether that one begins with what could be the rest of an entry on this one.
    above_rest: bool,
}

impl Reader {
    /// Begins at a line of the text, which so many lines stand before.
    pub(super) fn starting(at: usize, lines: usize) -> Self {
        Self {
            at,
            lines,
            ..Self::default()
        }
    }

    /// The next thing in `text`; `None` if there is none before the end, or before the end of what
    /// is there.
    #[inline]
    pub(super) fn next<'a>(&mut self, text: &'a [u8], ending: Ending) -> Option<Found<'a>> {
        match self.plain(text, ending) {
            None => self.search(text, ending),
            found => found,
        }
    }

    /// An entry of the plain shape, alone on the line at `at`.
    #[inline]
    fn plain<'a>(&mut self, text: &'a [u8], ending: Ending) -> Option<Found<'a>> {
        if !self.is_between() {
            return None;
        }
        let rest = split(text, self.at).1;
        let (entry, after) = RawEntry::plain_at_start(rest)?;
        let line_end = match after {
            [b'\n', ..] => 1,
            [b'\r', b'\n', ..] => 2,
            [] if ending == Ending::Final => 0,
            _ => return None,
        };
        let length = rest.len().saturating_sub(after.len());
        let next = self.at.saturating_add(length).saturating_add(line_end);
        let above = entry.as_written();
        if length > MAX_LINE || rest_at(text, next, above, ending) != Some(false) {
            return None;
        }
        let span = Span::new(self.at, self.at.saturating_add(entry.as_written().len()));
        let line = self.number();
        self.at = next;
        self.lines = line;
        self.no_remark_before(next);
        let content = Ok(Content::Command(RawCommand::Add(entry)));
        Some(Found {
            line,
            span: span.shifted(self.base),
            text: entry.as_written(),
            content,
        })
    }

    /// Whether the line at `at` stands for itself: nothing is open, nothing is held.
    #[inline]
    fn is_between(&self) -> bool {
        self.stack.is_none()
            && self.held.is_none()
            && self.section.is_none()
            && self.list.is_none()
            && !self.skipping
            && self.after_break == AfterBreak::Read
    }

    /// The same as [`next`](Self::next), with everything that is not plain.
    #[inline(never)]
    fn search<'a>(&mut self, text: &'a [u8], ending: Ending) -> Option<Found<'a>> {
        loop {
            if let Some(stack) = self.stack {
                if let Some(found) = self.segment(text, stack) {
                    return Some(found);
                }
                continue;
            }
            if self.at_rest {
                match self.line(text, ending)? {
                    Ok(line) if is_blank(line.content) => self.pass(line),
                    Ok(line) => {
                        if let Some(found) = self.rest(text, line) {
                            return Some(found);
                        }
                    }
                    Err(_) => self.at_rest = false,
                }
                continue;
            }
            if self.is_between() {
                let quiet = quiet(split(text, self.at).1);
                self.at = self.at.saturating_add(quiet.bytes);
                self.lines = self.lines.saturating_add(quiet.lines);
                if let Some(found) = self.plain(text, ending) {
                    return Some(found);
                }
            }
            if self.held.is_some_and(|held| held.is_far_from(self.at)) {
                return self.give_up(text, ErrorKind::ContinuationTooFar);
            }
            let line = match self.line(text, ending) {
                Some(Ok(line)) => line,
                Some(Err(long)) => match self.long_line(text, long) {
                    Some(found) => return Some(found),
                    None => continue,
                },
                None if ending == Ending::Final => return self.release(text),
                None => return None,
            };
            if let Some(found) = self.read(text, line) {
                return Some(found);
            }
        }
    }

    /// Goes on with a line that begins with what could be the rest of the entry on the line above: nothing is joined in a
    /// script, so either of the two may say something else than was meant.
    fn rest<'a>(&mut self, text: &'a [u8], line: Line<'a>) -> Option<Found<'a>> {
        self.no_remark_before(line.next);
        let body = after_prompts(line.content);
        if let Ok(encoding) = Encoding::settle(line.content) {
            self.stack(text, line, encoding, span_of(body, text).start(), false);
            return None;
        }
        self.at_rest = false;
        let number = self.number();
        self.pass(line);
        let span = span_of(trim_end(body), text);
        Some(self.broken(text, number, span, ErrorKind::RestOfEntry))
    }

    /// The part of the text at hand that is still needed begins here.
    pub(super) fn needed_from(&self) -> usize {
        self.held.map_or(self.at, |held| held.start.min(self.at))
    }

    /// The remark that the line above a place belongs to.
    fn remark_before(&self, text: &[u8], at: usize) -> Option<Remark> {
        let passed = text.get(self.remark_at..at).unwrap_or_default();
        Remark::up_to_end(passed, self.remark)
    }

    /// What stands before a place is no remark that could go on there.
    fn no_remark_before(&mut self, at: usize) {
        (self.remark, self.remark_at) = (None, at);
    }

    /// Takes note that the first `count` bytes of the text at hand are gone, once it is asked what else it needs of them.
    pub(super) fn forget(&mut self, text: &[u8], count: usize) {
        if self.remark_at < self.at {
            self.remark = self.remark_before(text, self.at);
            self.remark_at = self.at;
        }
        self.base = self.base.saturating_add(count);
        self.at = self.at.saturating_sub(count);
        self.remark_at = self.remark_at.saturating_sub(count);
        if let Some(held) = &mut self.held {
            held.start = held.start.saturating_sub(count);
            held.end = held.end.saturating_sub(count);
        }
    }

    /// The line at `at`; `Err` if it is too long; `None` if its end has not come yet, or what tells whether the next one
    /// could be its rest.
    fn line<'a>(&self, text: &'a [u8], ending: Ending) -> Option<Result<Line<'a>, Line<'a>>> {
        let written = Written::at(text, self.at);
        let mut line = Line {
            content: written.text,
            next: written.next,
            above_rest: false,
        };
        if line.next == self.at {
            return None;
        }
        if self.skipping || written.is_long() {
            return Some(Err(line));
        }
        if !written.is_complete(ending) {
            return None;
        }
        line.content = content(written.text);
        let is_of_display = self.held.is_some()
            || self.section.is_some() && numbered(after_prompts(line.content)).is_some();
        line.above_rest = !is_of_display && rest_at(text, line.next, line.content, ending)?;
        Some(Ok(line))
    }

    /// A line of which only the first 64 KiB are looked at.
    fn long_line<'a>(&mut self, text: &'a [u8], line: Line<'a>) -> Option<Found<'a>> {
        let read = split(line.content, MAX_LINE).0;
        let layout = self.layout(read);
        let may_continue = matches!(layout, Layout::Continuation(_) | Layout::Noise);
        if self.held.is_some() {
            return match may_continue {
                true => self.give_up(text, ErrorKind::LineTooLong),
                false => self.release(text),
            };
        }
        self.list = None;
        self.no_remark_before(line.next);
        let (number, at) = (self.number(), self.at);
        let ended = split(text, line.next.saturating_sub(1))
            .1
            .starts_with(b"\n");
        let start = if self.skipping {
            None
        } else {
            let section = self.section.is_some();
            self.section = self.section.filter(|_| !matches!(layout, Layout::Plain(_)));
            if !may_continue {
                self.after_break = AfterBreak::Read;
            }
            doubtful_entry(read, section)
        };
        self.skipping = !ended;
        self.at = line.next;
        if ended {
            self.lines = number;
        }
        let span = Span::new(at.saturating_add(start?), at.saturating_add(read.len()));
        Some(self.broken(text, number, span, ErrorKind::LineTooLong))
    }

    /// Reads a complete line.
    fn read<'a>(&mut self, text: &'a [u8], line: Line<'a>) -> Option<Found<'a>> {
        let body;
        if let Some(remark) = self.section.and_then(|section| section.remark)
            && let Layout::Numbered(number, _) = self.layout(line.content)
            && remark.precedes(number)
        {
            // The next remark: what stands above was none of a list.
            self.section = None;
        }
        let in_section = self.section.is_some();
        if in_section {
            self.no_remark_before(line.next);
        } else if self.held.is_some() {
            self.no_remark_before(self.at);
        }
        if in_section || self.held.is_some() || self.after_break == AfterBreak::PassOver {
            let layout = self.layout(line.content);
            match (layout, self.held) {
                (Layout::Noise, _) => {
                    self.pass(line);
                    return None;
                }
                (Layout::Continuation(content), Some(held)) => {
                    return self.continue_held(text, line, held, content);
                }
                (Layout::Continuation(_), None)
                    if self.after_break == AfterBreak::PassOver
                        && !stands_for_itself(line.content) =>
                {
                    self.pass(line);
                    return None;
                }
                (Layout::Numbered(_, content), Some(held))
                    if held.may_go_on_with_number(line.content) =>
                {
                    return self.continue_held(text, line, held, content);
                }
                (_, Some(held)) => {
                    let above = Some(held.written(text));
                    return match may_continue(layout, line.content, in_section, above) {
                        Some(kind) => self.give_up(text, kind),
                        None => self.release(text),
                    };
                }
                (_, None) => self.after_break = AfterBreak::Read,
            }
            if in_section && let Some(error) = misfit(layout, line.content) {
                self.section = self.section.filter(|_| !matches!(layout, Layout::Plain(_)));
                if let Some(list) = self.list
                    && list.goes_on_with(line.content)
                {
                    self.list = list.next();
                }
                let span = span_of(line.content, text);
                let number = self.number();
                self.pass(line);
                return Some(self.found(text, number, span, Err(error)));
            }
            body = match layout {
                Layout::Numbered(number, content) if in_section => {
                    self.section = self.section.map(|section| section.with_item(line.content));
                    return self.hold(text, line, number, content, None);
                }
                Layout::Plain(body) => {
                    self.section = None;
                    body
                }
                Layout::Noise => &[],
                Layout::Indented(body) | Layout::Continuation(body) => body,
                Layout::Numbered(..) => after_prompts(line.content),
            };
        } else {
            body = after_prompts(line.content);
        }
        self.ordinary(text, line, body)
    }

    /// How a line stands to the open section and to the entry that is held.
    fn layout<'a>(&self, line: &'a [u8]) -> Layout<'a> {
        let layout = Layout::of(line);
        let margin = Margin::of(line);
        let opener = self.section.map(|section| section.margin);
        let above = [opener, self.held.map(|held| held.margin)];
        let closes = self.held.is_none() && opener.is_some_and(|opener| margin.is_at(opener));
        match layout {
            // In a text that is indented as a whole the indent is no sign that it goes on.
            Layout::Indented(body) | Layout::Continuation(body) if closes => Layout::Plain(body),
            // In a quoted text the prompt is no sign of a command.
            Layout::Plain(body)
                if !closes && margin.is_indented_in_quote(&above) && !stands_for_itself(line) =>
            {
                Layout::Continuation(body)
            }
            Layout::Noise
            | Layout::Numbered(..)
            | Layout::Continuation(_)
            | Layout::Indented(_)
            | Layout::Plain(_) => layout,
        }
    }

    /// Reads a line that is not part of a section.
    fn ordinary<'a>(
        &mut self,
        text: &'a [u8],
        line: Line<'a>,
        body: &'a [u8],
    ) -> Option<Found<'a>> {
        let list = self.list;
        self.list = list.and_then(|list| list.behind(line.content));
        let Ok(encoding) = Encoding::settle(line.content) else {
            let face = says_addresses_exist(body).then(|| self.face(text, body, Encoding::Utf8));
            return self.mixed(text, line).or(face.map(|face| face.found));
        };
        if says_addresses_exist(body) {
            let face = self.face(text, body, encoding);
            self.stack(text, line, encoding, face.next, false);
            return Some(face.found);
        }
        if let Some((number, content)) = numbered(body)
            && opening(trim_start(content), encoding).is_some()
        {
            return self.hold(text, line, number, content, list);
        }
        if let Some(list) = list
            && list.goes_on_with(line.content)
        {
            return Some(self.unread_item(text, line, list));
        }
        if let Some((action, content)) = history(body, encoding) {
            return Some(self.history(text, line, action, content, encoding));
        }
        self.stack(text, line, encoding, span_of(body, text).start(), true);
        None
    }

    /// The next item of a list, which is written in another way than the one above, or of which too little is on its line.
    fn unread_item<'a>(&mut self, text: &'a [u8], line: Line<'a>, list: List) -> Found<'a> {
        let body = after_prompts(line.content);
        let kind = match numbered(body) {
            Some(_) => ErrorKind::ExpectedDelimiter,
            None => ErrorKind::ExpectedItemNumber,
        };
        self.list = list.next();
        self.after_break = AfterBreak::PassOver;
        let number = self.number();
        self.pass(line);
        self.broken(text, number, span_of(trim_end(body), text), kind)
    }

    /// The line of a PNR's face, which `body` begins with.
    fn face<'a>(&self, text: &'a [u8], body: &'a [u8], encoding: Encoding) -> Face<'a> {
        let (segment, behind) = segment(body, encoding);
        let span = span_of(trim_padding(segment, encoding), text);
        let content = Ok(Content::AddressesNotInText);
        Face {
            found: self.found(text, self.number(), span, content),
            next: next_segment(segment, behind, text),
        }
    }

    /// Goes on with the segments of a line, from `at`.
    fn stack(&mut self, text: &[u8], line: Line<'_>, encoding: Encoding, at: usize, barren: bool) {
        let start = span_of(line.content, text).start();
        let end = start.saturating_add(trim_padding(line.content, encoding).len());
        self.at = at.min(end.max(start));
        self.stack = Some(Stack {
            start,
            end,
            next: line.next,
            encoding,
            barren,
            displays: false,
            above_rest: line.above_rest,
        });
    }

    /// Reads on in a stacked line.
    fn segment<'a>(&mut self, text: &'a [u8], mut stack: Stack) -> Option<Found<'a>> {
        let line = split(text, stack.end).0;
        while self.at < stack.end {
            let rest = split(line, self.at).1;
            let (segment, behind) = segment(rest, stack.encoding);
            self.at = next_segment(segment, behind, text);
            let segment = trim_padding(segment, stack.encoding);
            let span = span_of(segment, text);
            if self.at_rest && !only_closes(segment, stack.encoding) {
                self.at_rest = false;
                stack.barren = false;
                self.stack = Some(stack);
                return Some(self.broken(text, self.number(), span, ErrorKind::RestOfEntry));
            }
            let content = match RawCommand::read(segment, stack.encoding) {
                Err(error) if is_no_entry(error.kind()) => {
                    let unseen = doubt(segment, stack.encoding);
                    let within = || entry_within(segment, stack.encoding);
                    match (unseen, unseen.is_none().then(within).flatten()) {
                        (Some(unseen), _) => Err(ParseError::new(ErrorKind::DoubtfulEntry, unseen)),
                        (_, Some(entry)) => Err(ParseError::new(ErrorKind::EntryWithinLine, entry)),
                        (None, None) if addresses_exist_within(segment) => {
                            Ok(Content::AddressesNotInText)
                        }
                        (None, None) => continue,
                    }
                }
                command => command.map(Content::Command),
            };
            stack.barren = false;
            let displays = matches!(content, Ok(Content::Command(RawCommand::Display)));
            stack.displays |= displays;
            self.stack = Some(stack);
            let behind = split(line, self.at).1;
            let goes_on = begins_with_rest_of(behind, Some(segment), stack.encoding);
            self.at_rest = !displays && goes_on.unwrap_or(stack.above_rest);
            if self.at_rest && matches!(content, Ok(Content::Command(_))) {
                let kind = ErrorKind::AmbiguousContinuation;
                return Some(self.broken(text, self.number(), span, kind));
            }
            return Some(self.found(text, self.number(), span, content));
        }
        self.stack = None;
        let whole = split(line, stack.start).1;
        if stack.displays {
            self.section = Some(Section::of(whole));
        } else if stack.barren && is_heading(whole) {
            let remark = self.remark_before(text, stack.next);
            self.section = Some(Section {
                remark,
                ..Section::of(whole)
            });
        }
        self.at = stack.next;
        self.lines = self.number();
        None
    }

    /// A history line.
    fn history<'a>(
        &mut self,
        text: &'a [u8],
        line: Line<'a>,
        action: u8,
        content: &'a [u8],
        encoding: Encoding,
    ) -> Found<'a> {
        let action = match action {
            b'A' => HistoryAction::Added,
            b'X' => HistoryAction::Deleted,
            _ => HistoryAction::Changed,
        };
        let (segment, behind) = segment(content, encoding);
        let next = next_segment(segment, behind, text);
        self.stack(text, line, encoding, next, false);
        let written = trim_padding(segment, encoding);
        let (body, scrolled) = scrolled(split(written, 1).1, encoding);
        let entry = complete(body, |input| pe::entry(input, encoding))
            .and_then(|shape| RawEntry::of_line(body, &shape, encoding))
            .map_err(|error| error.shifted(1));
        let content = entry.map(|entry| Content::History(action, noted(entry, scrolled)));
        self.found(text, self.number(), span_of(written, text), content)
    }

    /// A line that is UTF-8 in one place and not in another.
    pub(super) fn mixed<'a>(&mut self, text: &'a [u8], line: Line<'a>) -> Option<Found<'a>> {
        let (number, section) = (self.number(), self.section.is_some());
        if opens_section(line.content) {
            self.section = Some(Section::of(line.content));
        }
        let at = span_of(line.content, text).start();
        self.pass(line);
        let start = doubtful_entry(line.content, section)?;
        let end = trim_end(line.content).len();
        let span = Span::new(at.saturating_add(start), at.saturating_add(end));
        Some(self.broken(text, number, span, ErrorKind::MixedEncoding))
    }

    /// Goes on behind a line.
    pub(super) const fn pass(&mut self, line: Line<'_>) {
        self.at = line.next;
        self.lines = self.number();
    }

    /// The number of the line at `at`.
    pub(super) const fn number(&self) -> usize {
        self.lines.saturating_add(1)
    }

    /// Something at `span` of the text at hand.
    pub(super) fn found<'a>(
        &self,
        text: &'a [u8],
        line: usize,
        span: Span,
        content: Result<Content<'a>, ParseError>,
    ) -> Found<'a> {
        let offset = span.start().saturating_add(self.base);
        Found {
            line,
            span: span.shifted(self.base),
            text: span.of(text).unwrap_or_default(),
            content: content.map_err(|error| error.shifted(offset)),
        }
    }

    /// Something at `span` that is wrong as a whole.
    pub(super) fn broken<'a>(
        &self,
        text: &'a [u8],
        line: usize,
        span: Span,
        kind: ErrorKind,
    ) -> Found<'a> {
        let error = ParseError::new(kind, Span::new(0, span.len()));
        self.found(text, line, span, Err(error))
    }
}

/// Where the segment behind another one begins, without blanks; or that one ends.
fn next_segment(segment: &[u8], behind: Option<&[u8]>, text: &[u8]) -> usize {
    match behind {
        Some(behind) => span_of(trim_start(behind), text).start(),
        None => span_of(segment, text).end(),
    }
}

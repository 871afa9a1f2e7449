//! What is found in a text, and finding it in a slice.

use core::{fmt, iter::FusedIterator};

use memchr::{memchr, memchr_iter};

use super::{
    ItemNumber, RawCommand, RawEntry,
    line::{Ending, content, stands_apart},
    list::LINES_BETWEEN,
    reader::Reader,
};
use crate::{error::ParseError, grammar::split, text::Span};

/// The longest physical line that is read, in bytes without the line end; and the longest text
/// that one continued display entry may span.
pub(crate) const MAX_LINE: usize = 64 * 1024;

/// Something that was found in a text, and where.
///
/// `Debug` shows nothing of the text.
///
/// # Example: the caret under a broken entry
///
/// ```
/// use peline::pe;
///
/// let found = pe::scan(b"-DOE/JANE\nPE#boss@example.com#BCC/\n").next().unwrap();
/// assert_eq!(found.line, 2);
/// assert_eq!(found.text, b"PE#boss@example.com#BCC/");
/// assert_eq!(
///     found.caret().unwrap().to_string(),
///     "PE#boss@example.com#BCC/\n\
///      \x20                   ^^^ BCC is no PE code; a blind copy is BC/",
/// );
/// ```
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Found<'a> {
    /// The physical line on which it begins, counted from 1.
    pub line: usize,
    /// The bytes that it covers, without padding; of a display or history entry without the number
    /// or the history code.
    pub span: Span,
    /// These bytes.
    pub text: &'a [u8],
    /// What it is; or what is wrong with it, with the place counted like `span`.
    pub content: Result<Content<'a>, ParseError>,
}

impl<'a> Found<'a> {
    /// Draws the entry with a caret under what is wrong, as [`ParseError::caret`] does; `None` where
    /// nothing is.
    ///
    /// See the example of [`Found`].
    #[must_use]
    pub fn caret(&self) -> Option<impl fmt::Display> {
        let error = self.content.err()?;
        Some(error.unshifted(self.span.start()).caret(self.text))
    }
}

impl fmt::Debug for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("line", &self.line)
            .field("span", &self.span)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

/// What stands in a text.
///
/// # Example
///
/// ```
/// use peline::pe::{self, Content};
///
/// let text = "*PE\n 1.‡AGENT@EXAMPLE.COM‡CC/\n".as_bytes();
/// let found: Vec<_> = pe::scan(text).collect();
/// assert!(matches!(found[1].content, Ok(Content::Listed(item, _)) if item.get() == 1));
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// A command as an agent types it.
    Command(RawCommand<'a>),
    /// An entry in a `*PE` display, with its item number.
    Listed(ItemNumber, RawEntry<'a>),
    /// An entry in the history of a PNR: what once happened, never a present recipient.
    History(HistoryAction, RawEntry<'a>),
    /// The line `PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL` of a PNR's face: the PNR has
    /// addresses, and they are *not* in this text.
    AddressesNotInText,
}

impl<'a> Content<'a> {
    /// The entry, where there is one.
    ///
    /// ```
    /// use peline::pe;
    /// let found = pe::scan(b"PE#client@example.com#").next().unwrap();
    /// assert!(found.content?.entry().is_some());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn entry(&self) -> Option<&RawEntry<'a>> {
        match self {
            Self::Command(command) => command.entry(),
            Self::Listed(_, entry) | Self::History(_, entry) => Some(entry),
            Self::AddressesNotInText => None,
        }
    }
}

/// What a history line says was done to an entry.
///
/// ```
/// use peline::pe::{self, Content, HistoryAction};
/// let deleted = "XPE   E‡OLD@EXAMPLE.COM‡CC/";
/// let content = pe::scan(deleted.as_bytes()).next().unwrap().content?;
/// assert!(matches!(content, Content::History(HistoryAction::Deleted, _)));
/// assert!(content.recipient().is_some_and(|it| it.is_err()), "a recipient no more");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum HistoryAction {
    /// `APE`: added.
    Added,
    /// `XPE`: deleted.
    Deleted,
    /// `CPE`: changed.
    Changed,
}

/// Finds every PE entry in a text of any size: [`Scan`] yields them in the order of the text.
///
/// See [the module's page](super#where-entries-are-found) for what counts as an entry, and
/// [`Scanner`](super::Scanner) for texts that come in pieces. Nothing is allocated, and a broken
/// entry does not stop the reading.
///
/// # Example
///
/// ```
/// use peline::pe;
///
/// let script = "-DOE/JANE\n\
///               PE‡CLIENT@EXAMPLE.COM‡§PE‡AGENT@EXAMPLE.COM‡CC/\n\
///               PE‡BOSS@EXAMPLE.COM‡BCC/\n\
///               PENALTY SENT TO BOB@EXAMPLE.COM\n";
/// let found: Vec<_> = pe::scan(script.as_bytes()).collect();
/// assert_eq!(found.len(), 3);
/// assert!(found[0].content.is_ok());
/// assert!(found[1].content.is_ok());
/// assert!(found[2].content.is_err());
/// assert_eq!(found[2].line, 3);
/// ```
#[must_use]
pub fn scan(text: &[u8]) -> Scan<'_> {
    Scan {
        text,
        reader: Reader::default(),
    }
}

/// Cuts a text into parts of about the same length, to be scanned at the same time by so many threads.
///
/// Together the parts find what [`scan`] finds in the whole text, in the same order and with the same
/// places. There are fewer parts where the text cannot be cut so often: a cut stands before a line that
/// can belong to nothing above it, so a text of numbered or indented lines only is one part. No parts count
/// as one.
///
/// # Example
///
/// ```
/// use std::thread;
/// use peline::pe;
///
/// let text = "PE#CLIENT@EXAMPLE.COM#\nPE#AGENT@EXAMPLE.COM#CC/\n".repeat(1000);
/// let found: Vec<pe::Found<'_>> = thread::scope(|scope| {
///     let parts = pe::scan_in_parts(text.as_bytes(), 2);
///     let threads: Vec<_> = parts.map(|part| scope.spawn(|| part.collect::<Vec<_>>())).collect();
///     // Joined in the order of the parts: so the order is that of the text.
///     threads.into_iter().flat_map(|thread| thread.join().expect("scanning does not panic")).collect()
/// });
/// assert_eq!(found.len(), 2000);
/// assert!(found.iter().map(|it| it.line).eq(1..=2000));
/// ```
pub fn scan_in_parts(text: &[u8], parts: usize) -> impl Iterator<Item = Scan<'_>> {
    let mut start = 0;
    let mut counted = (0, 0);
    let parts = parts.max(1);
    (1..=parts).map_while(move |part| {
        let rest = parts.saturating_sub(part).saturating_add(1);
        let length = text.len().saturating_sub(start).checked_div(rest)?;
        let end = match rest {
            1 => text.len(),
            _ => safe_cut(text, start.saturating_add(length.max(1))),
        };
        if start == end && part > 1 {
            return None;
        }
        // Counted when the next part is asked for: the part before may be under way by then.
        let (until, lines) = counted;
        let above = split(split(text, start).0, until).1;
        let lines = memchr_iter(b'\n', above).count().saturating_add(lines);
        counted = (start, lines);
        let scan = Scan {
            text: split(text, end).0,
            reader: Reader::starting(start, lines),
        };
        start = end;
        Some(scan)
    })
}

/// The beginning of the first line from `at` on that stands for itself, whatever is above it, with those behind it as far
/// as an item of a list above is looked for; or the end.
fn safe_cut(text: &[u8], at: usize) -> usize {
    let (mut start, mut first, mut lines) = (at, at, 0_u8);
    while start < text.len() {
        let (before, rest) = split(text, start);
        let newline = memchr(b'\n', rest);
        let line = split(rest, newline.unwrap_or(rest.len())).0;
        let begins = before.last().is_none_or(|&byte| byte == b'\n');
        let next = start.saturating_add(line.len()).saturating_add(1);
        if begins && line.len() <= MAX_LINE && stands_apart(content(line)) {
            lines = lines.saturating_add(1);
            if lines > LINES_BETWEEN {
                return first;
            }
        } else {
            (first, lines) = (next, 0);
        }
        start = next;
    }
    first.min(text.len())
}

/// What [`scan`] finds, in the order of the text: an iterator of [`Found`].
///
/// ```
/// use peline::pe::{self, Scan};
/// let mut found: Scan<'_> = pe::scan(b"PE#client@example.com#\n\nPE#agent@example.com#CC/\n");
/// assert_eq!(found.by_ref().map(|it| it.line).collect::<Vec<_>>(), [1, 3]);
/// assert!(found.next().is_none(), "the end stays the end");
/// ```
#[derive(Clone)]
pub struct Scan<'a> {
    text: &'a [u8],
    reader: Reader,
}

impl<'a> Iterator for Scan<'a> {
    type Item = Found<'a>;

    #[inline]
    fn next(&mut self) -> Option<Found<'a>> {
        self.reader.next(self.text, Ending::Final)
    }
}

/// The end of a text stays its end.
impl FusedIterator for Scan<'_> {}

/// Shows nothing of the text.
impl fmt::Debug for Scan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan").finish_non_exhaustive()
    }
}

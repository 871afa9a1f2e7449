//! Finding entries in a text that comes in pieces.

use core::convert::Infallible;

use memchr::{memchr, memrchr};

use super::{Found, line::Ending, reader::Reader, rest::BLANK_LINE, scan::MAX_LINE};
use crate::grammar::split;

/// Room for a continued display entry, or the line above and a blank one, and a line with its end.
const ROOM: usize = 2 * MAX_LINE + BLANK_LINE + 8;

/// Finds PE entries in a text that comes in chunks of any size.
///
/// However a text is cut, the same is found as by [`scan`](super::scan) over the whole of it. What
/// the scanner keeps between chunks is little more than 128 KiB, which [`new`](Self::new) allocates; feeding
/// allocates nothing. It keeps an unfinished line, and what that could be the rest of: so an entry is
/// found at the latest when the line below it has come, which tells that it is whole, or at the end of the text.
///
/// # Example
///
/// ```
/// use peline::pe::Scanner;
///
/// let mut scanner = Scanner::new();
/// let mut lines = Vec::new();
/// for chunk in ["PE#cli", "ent@example.com#\nPE#agent@exam", "ple.com#CC/"] {
///     scanner.feed(chunk.as_bytes(), |found| lines.push(found.line));
/// }
/// scanner.finish(|found| lines.push(found.line));
/// assert_eq!(lines, [1, 2]);
/// ```
#[derive(Clone)]
pub struct Scanner {
    reader: Reader,
    /// What is still needed of the chunks before.
    kept: Vec<u8>,
    /// Where in it the line begins that has not ended yet.
    line: usize,
}

impl Scanner {
    /// A scanner before the first byte.
    ///
    /// ```
    /// let scanner = peline::pe::Scanner::new();
    /// scanner.finish(|_| unreachable!("nothing was fed"));
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self {
            reader: Reader::default(),
            kept: Vec::with_capacity(ROOM),
            line: 0,
        }
    }

    /// Reads on in the next chunk, and hands what is found to `sink`, in the order of the text.
    ///
    /// See the example of [`Scanner`].
    pub fn feed(&mut self, chunk: &[u8], mut sink: impl FnMut(Found<'_>)) {
        let Ok(()) = self.try_feed(chunk, |found| -> Result<(), Infallible> {
            sink(found);
            Ok(())
        });
    }

    /// The same for a sink that can fail, for instance because it writes.
    ///
    /// # Errors
    ///
    /// The first error of `sink`. What else is found in the chunk is lost then; the scanner can go
    /// on with the next chunk.
    ///
    /// ```
    /// use std::io::Write;
    ///
    /// let mut scanner = peline::pe::Scanner::new();
    /// let mut out = Vec::new();
    /// scanner.try_feed(b"PE#client@example.com#\n-DOE/JANE\n", |found| writeln!(out, "{}", found.line))?;
    /// assert_eq!(out, b"1\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn try_feed<E>(
        &mut self,
        mut chunk: &[u8],
        sink: impl FnMut(Found<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut sink = Sink {
            sink,
            result: Ok(()),
        };
        while !chunk.is_empty() {
            if self.kept.is_empty() {
                while let Some(found) = self.reader.next(chunk, Ending::Open) {
                    sink.take(found);
                }
                let needed = self.reader.needed_from();
                self.kept.extend_from_slice(split(chunk, needed).1);
                self.line = memrchr(b'\n', &self.kept).map_or(0, |end| end.saturating_add(1));
                self.reader.forget(chunk, needed);
                break;
            }
            // Up to the end of the line at hand: then what is needed may stand in the chunk.
            let newline = memchr(b'\n', chunk);
            let line = newline.map_or(chunk.len(), |newline| newline.saturating_add(1));
            let room = ROOM.saturating_sub(self.kept.len());
            let (head, rest) = split(chunk, line.min(room));
            self.kept.extend_from_slice(head);
            if head.ends_with(b"\n") {
                self.line = self.kept.len();
            } else if rest.is_empty() && self.kept.len().saturating_sub(self.line) <= MAX_LINE {
                break;
            }
            self.read_kept(Ending::Open, &mut sink);
            chunk = match head.len().checked_sub(self.kept.len()) {
                Some(read) => {
                    self.kept.clear();
                    split(chunk, read).1
                }
                None => rest,
            };
        }
        sink.result
    }

    /// Reads what was kept until the end was known.
    ///
    /// See the example of [`Scanner`].
    pub fn finish(self, mut sink: impl FnMut(Found<'_>)) {
        let Ok(()) = self.try_finish(|found| -> Result<(), Infallible> {
            sink(found);
            Ok(())
        });
    }

    /// The same for a sink that can fail.
    ///
    /// # Errors
    ///
    /// The first error of `sink`.
    ///
    /// ```
    /// let mut scanner = peline::pe::Scanner::new();
    /// scanner.feed(b"PE#client@example.com#", |_| unreachable!("the line may go on"));
    /// assert_eq!(scanner.try_finish(|found| Err(found.line)), Err(1));
    /// ```
    pub fn try_finish<E>(mut self, sink: impl FnMut(Found<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut sink = Sink {
            sink,
            result: Ok(()),
        };
        self.read_kept(Ending::Final, &mut sink);
        sink.result
    }

    fn read_kept<E>(
        &mut self,
        ending: Ending,
        sink: &mut Sink<E, impl FnMut(Found<'_>) -> Result<(), E>>,
    ) {
        while let Some(found) = self.reader.next(&self.kept, ending) {
            sink.take(found);
        }
        let needed = self.reader.needed_from();
        self.reader.forget(&self.kept, needed);
        self.kept.drain(..needed.min(self.kept.len()));
        self.line = self.line.saturating_sub(needed);
    }
}

/// A sink up to its first error: reading goes on behind it, so that no state is lost.
struct Sink<E, F> {
    sink: F,
    result: Result<(), E>,
}

impl<E, F: FnMut(Found<'_>) -> Result<(), E>> Sink<E, F> {
    fn take(&mut self, found: Found<'_>) {
        if self.result.is_ok() {
            self.result = (self.sink)(found);
        }
    }
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows nothing of the text.
impl core::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Scanner").finish_non_exhaustive()
    }
}

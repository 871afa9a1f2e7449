//! A display entry that is continued on the following lines, put together.

use super::line::{content, is_noise};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        complete,
        display::{listed, opening},
        glyph::{delimiter, trim_padding, trim_start},
        span_of, split,
    },
    text::{
        Span,
        encoding::{Chars, Encoding},
    },
};

/// At most so many lines continue an entry.
pub(crate) const MAX_CONTINUATIONS: u8 = 8;
/// At most so many bytes are joined.
const MAX_JOINED: usize = 4096;

/// The lines of an entry, decoded and put together without blanks, on the stack.
pub(super) struct Joined {
    bytes: [u8; MAX_JOINED],
    len: usize,
    /// For each line: where it begins in `bytes`, and in the text.
    pieces: [Piece; 1 + MAX_CONTINUATIONS as usize],
    count: usize,
    /// Whether a scroll sign was dropped.
    pub(super) scrolled: bool,
}

#[derive(Clone, Copy, Default)]
struct Piece {
    joined_at: usize,
    text_at: usize,
    encoding: Encoding,
}

/// Joins the lines of `text`: an entry from its first byte to the last one of its last line.
pub(super) fn join(text: &[u8]) -> Result<Joined, ParseError> {
    let mut joined = Joined {
        bytes: [0; MAX_JOINED],
        len: 0,
        pieces: Default::default(),
        count: 0,
        scrolled: false,
    };
    for (number, line) in text.split(|&byte| byte == b'\n').enumerate() {
        // What stands behind the item's number is no line of its own.
        let line = match number {
            0 => line.strip_suffix(b"\r").unwrap_or(line),
            _ => content(line),
        };
        if number > 0 && is_noise(line) {
            continue;
        }
        let fault = |kind| ParseError::new(kind, span_of(line, text));
        let encoding = Encoding::settle(line).map_err(|_| fault(ErrorKind::MixedEncoding))?;
        let content = trim_start(trim_padding(line, encoding));
        let piece = Piece {
            joined_at: joined.len,
            text_at: span_of(content, text).start(),
            encoding,
        };
        *joined
            .pieces
            .get_mut(joined.count)
            .ok_or(fault(ErrorKind::TooManyContinuations))? = piece;
        joined.count = joined.count.saturating_add(1);
        if joined.text().eq_ignore_ascii_case(b"PE") && delimiter(content, encoding).is_none() {
            // Of an address, or before it?
            return Err(fault(ErrorKind::AmbiguousContinuation));
        }
        joined
            .push(encoding.chars(content))
            .ok_or(fault(ErrorKind::EntryTooLong))?;
        joined.scroll();
    }
    Ok(joined)
}

impl Joined {
    /// The text, in UTF-8.
    pub(super) fn text(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// Appends characters; `None` where there is no room.
    fn push(&mut self, chars: Chars<'_>) -> Option<()> {
        for (char, _) in chars {
            let mut buffer = [0; 4];
            let utf8 = char.encode_utf8(&mut buffer).as_bytes();
            let end = self.len.checked_add(utf8.len())?;
            self.bytes.get_mut(self.len..end)?.copy_from_slice(utf8);
            self.len = end;
        }
        Some(())
    }

    /// Drops the scroll sign, if the last line ends in one.
    fn scroll(&mut self) {
        let shorter = without_scroll_sign(self.text(), Encoding::Utf8).map(<[u8]>::len);
        if let Some(len) = shorter {
            self.len = len;
            self.scrolled = true;
        }
    }

    /// Whether a line ends where nothing but an address has been read: what the next one adds may be none of it.
    pub(super) fn is_cut_behind_address(&self) -> bool {
        let pieces = self.pieces.get(..self.count).unwrap_or_default();
        pieces.iter().skip(1).any(|piece| {
            let above = split(self.text(), piece.joined_at).0;
            let shape = complete(above, |input| listed(input, Encoding::Utf8));
            piece.joined_at < self.len && shape.is_ok_and(|shape| above.ends_with(shape.address))
        })
    }

    /// The place in the text of a place in the joined text.
    pub(super) fn span_in(&self, text: &[u8], span: Span) -> Span {
        let start = self.offset_in(text, span.start());
        let last = span.end().saturating_sub(1);
        let end = if span.is_empty() {
            start
        } else {
            self.offset_in(text, last).saturating_add(1)
        };
        Span::new(start, end)
    }

    fn offset_in(&self, text: &[u8], offset: usize) -> usize {
        let pieces = self.pieces.get(..self.count).unwrap_or_default();
        let piece = pieces.iter().rfind(|piece| piece.joined_at <= offset);
        let Some(&Piece {
            joined_at,
            text_at,
            encoding,
        }) = piece
        else {
            return 0;
        };
        let (mut joined_at, mut text_at) = (joined_at, text_at);
        for (char, width) in encoding.chars(split(text, text_at).1) {
            let next = joined_at.saturating_add(char.len_utf8());
            if next > offset {
                // Within a character, which may be shorter in the text.
                let inside = offset
                    .saturating_sub(joined_at)
                    .min(width.saturating_sub(1));
                return text_at.saturating_add(inside);
            }
            joined_at = next;
            text_at = text_at.saturating_add(width);
        }
        text_at
    }
}

/// The text of a display entry, up to the end of a line, without the scroll sign there; `None` if
/// there is none.
///
/// A delimiter that is the last mark of a line closes the address if that is open at that point;
/// else it is the scroll sign.
pub(super) fn without_scroll_sign(text: &[u8], encoding: Encoding) -> Option<&[u8]> {
    let opened = opening(text, encoding);
    // Where no delimiter opens the entry, the first one closes the address.
    let first = match opened {
        Some(at_opening) => span_of(at_opening, text).start(),
        None => (0..text.len()).find(|&at| delimiter(split(text, at).1, encoding).is_some())?,
    };
    let own = delimiter(split(text, first).1, encoding)?;
    let rest = split(text, first.saturating_add(own.len())).1;
    let Some(content) = rest.strip_suffix(own) else {
        // The first delimiter is the last mark; behind `PE` it opens the entry all the same, or that would be a part of the address.
        let is_sign = rest.is_empty() && (opened.is_none() || first == 0);
        return is_sign.then(|| trim_padding(split(text, first).0, encoding));
    };
    let closes = opened.is_some() && memchr::memmem::find(content, own).is_none();
    let length = text.len().saturating_sub(own.len());
    (!closes).then(|| trim_padding(split(text, length).0, encoding))
}

//! The glyphs of a terminal, which differ with the encoding of the line.
//!
//! ```abnf
//! delimiter = "‡" / "#" / "¥" / %x87 / "☨" / "â€¡" / "â" %x80 "¡" / "Â‡" / "Â" %x87 / "Â¥"   ; code points
//! change    = "¤"
//! end-item  = ["Â"] "§"
//! enter     = ["Â"] "«"
//! blank     = %x20 / %x09
//! ```
//!
//! With `Â` and `â` begin those whose UTF-8 was read in another encoding on its way.

use nom::{Parser, bytes::complete::tag};

use super::{
    Parsed,
    class::{self, BLANK},
    split,
};
use crate::text::encoding::Encoding;

/// The spelling that the input begins with, if it begins with a delimiter.
///
/// Byte 0x87 of Windows-1252 *is* the ‡; the mojibake spellings are what becomes of a delimiter
/// that was decoded wrongly on its way.
pub(crate) const fn delimiter(input: &[u8], encoding: Encoding) -> Option<&'static [u8]> {
    match (encoding, input) {
        (_, [b'#', ..]) => Some(b"#"),
        (Encoding::Utf8, [0xE2, 0x80, 0xA1, ..]) => Some("\u{2021}".as_bytes()),
        (Encoding::Utf8, [0xC2, 0xA5, ..]) => Some("\u{A5}".as_bytes()),
        (Encoding::Utf8, [0xC2, 0x87, ..]) => Some("\u{87}".as_bytes()),
        (Encoding::Utf8, [0xE2, 0x98, 0xA8, ..]) => Some("\u{2628}".as_bytes()),
        (Encoding::Utf8, [0xC3, 0xA2, 0xE2, 0x82, 0xAC, 0xC2, 0xA1, ..]) => {
            Some("\u{E2}\u{20AC}\u{A1}".as_bytes())
        }
        (Encoding::Utf8, [0xC3, 0xA2, 0xC2, 0x80, 0xC2, 0xA1, ..]) => {
            Some("\u{E2}\u{80}\u{A1}".as_bytes())
        }
        (Encoding::Utf8, [0xC3, 0x82, 0xE2, 0x80, 0xA1, ..]) => Some("\u{C2}\u{2021}".as_bytes()),
        (Encoding::Utf8, [0xC3, 0x82, 0xC2, 0x87, ..]) => Some("\u{C2}\u{87}".as_bytes()),
        (Encoding::Utf8, [0xC3, 0x82, 0xC2, 0xA5, ..]) => Some("\u{C2}\u{A5}".as_bytes()),
        (Encoding::Windows1252, [0x87, ..]) => Some(b"\x87"),
        (Encoding::Windows1252, [0xA5, ..]) => Some(b"\xA5"),
        _ => None,
    }
}

/// The delimiter that the host itself prints.
pub(crate) const fn lorraine(encoding: Encoding) -> &'static [u8] {
    match encoding {
        Encoding::Utf8 => "\u{2021}".as_bytes(),
        Encoding::Windows1252 => b"\x87",
    }
}

/// The change glyph.
pub(crate) fn change(input: &[u8], encoding: Encoding) -> Parsed<'_, &[u8]> {
    match encoding {
        Encoding::Utf8 => tag("\u{A4}").parse(input),
        Encoding::Windows1252 => tag(&b"\xA4"[..]).parse(input),
    }
}

/// The end-item glyph.
pub(crate) const fn end_item(encoding: Encoding) -> &'static [u8] {
    match encoding {
        Encoding::Utf8 => "\u{A7}".as_bytes(),
        Encoding::Windows1252 => b"\xA7",
    }
}

/// The mark that a terminal shows for the Enter key.
pub(crate) const fn enter(encoding: Encoding) -> &'static [u8] {
    match encoding {
        Encoding::Utf8 => "\u{AB}".as_bytes(),
        Encoding::Windows1252 => b"\xAB",
    }
}

pub(crate) fn is_blank(byte: u8) -> bool {
    class::is(byte, BLANK)
}

pub(crate) fn trim_start(input: &[u8]) -> &[u8] {
    let first = input
        .iter()
        .position(|&byte| !is_blank(byte))
        .unwrap_or(input.len());
    split(input, first).1
}

pub(crate) fn trim_end(input: &[u8]) -> &[u8] {
    let last = input.iter().rposition(|&byte| !is_blank(byte));
    split(input, last.map_or(0, |last| last.saturating_add(1))).0
}

pub(crate) fn trim(input: &[u8]) -> &[u8] {
    trim_start(trim_end(input))
}

/// What stands before a glyph, without the `Â` that belongs to it.
pub(crate) fn before_glyph(text: &[u8], encoding: Encoding) -> &[u8] {
    let mojibake = match encoding {
        Encoding::Utf8 => "\u{C2}".as_bytes(),
        Encoding::Windows1252 => b"\xC2",
    };
    text.strip_suffix(mojibake).unwrap_or(text)
}

/// The input without the blanks and Enter marks at its end.
pub(crate) fn trim_padding(input: &[u8], encoding: Encoding) -> &[u8] {
    let mut text = trim_end(input);
    while let Some(shorter) = text.strip_suffix(enter(encoding)) {
        text = trim_end(before_glyph(shorter, encoding));
    }
    text
}

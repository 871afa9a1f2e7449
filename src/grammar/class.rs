//! What a byte can be, in one look-up.

use super::split;

/// A letter or a digit.
pub(crate) const ALPHANUMERIC: u32 = 1;
/// `atext` of RFC 5322 §3.2.3, without `#`, which is also a PE delimiter.
pub(crate) const ATEXT: u32 = 1 << 1;
/// `#`, the `atext` that is also a PE delimiter.
pub(crate) const HASH: u32 = 1 << 2;
/// A digit.
pub(crate) const DIGIT: u32 = 1 << 3;
/// ASCII that a free text may hold and that is no delimiter: printable, without `#`.
pub(crate) const PLAIN: u32 = 1 << 4;
/// Blank or tab.
pub(crate) const BLANK: u32 = 1 << 5;
/// A hyphen.
pub(crate) const HYPHEN: u32 = 1 << 6;

/// A byte of a character beyond ASCII.
pub(crate) const BEYOND_ASCII: u32 = 1 << 7;
/// What folding white space is made of: blank, tab, and the line ends of folded lines.
pub(crate) const FOLDING: u32 = 1 << 8;
/// What stands for itself in a quoted string (`qtext` of RFC 5322 §3.2.4 and RFC 6532 §3.2).
pub(crate) const QTEXT: u32 = 1 << 9;
/// What stands for itself in a comment (`ctext` of RFC 5322 §3.2.2 and RFC 6532 §3.2).
pub(crate) const CTEXT: u32 = 1 << 10;
/// What stands for itself in a domain literal (`dtext` of RFC 5322 §3.4.1 and RFC 6532 §3.2).
pub(crate) const DTEXT: u32 = 1 << 11;
/// What a field name is made of (`ftext` of RFC 5322 §2.2).
pub(crate) const FTEXT: u32 = 1 << 12;
/// What the charset and the encoding of an encoded word are made of (`token` of RFC 2047 §2).
pub(crate) const TOKEN: u32 = 1 << 13;
/// Control characters, the tab among them.
pub(crate) const CONTROL: u32 = 1 << 14;

/// What a name in UTF-8 is made of, but for what needs a second look: `#`, `@`, and the bytes with which the glyphs, and
/// what cannot be seen, begin.
pub(crate) const NAME: u32 = 1 << 15;

/// What the text of an encoded word is made of (`encoded-text` of RFC 2047 §2).
pub(crate) const ENCODED_TEXT: u32 = 1 << 16;

/// What begins, ends or separates in a header (`specials` of RFC 5322 §3.2.3), but for the dot.
pub(crate) const SPECIAL: u32 = 1 << 17;

const TABLE: [u32; 256] = table();

/// Whether `byte` belongs to one of `classes`.
pub(crate) fn is(byte: u8, classes: u32) -> bool {
    of(byte) & classes != 0
}

/// The bytes of some classes that `input` begins with, and the rest.
pub(crate) fn span(input: &[u8], classes: u32) -> (&[u8], &[u8]) {
    let end = input.iter().position(|&byte| !is(byte, classes));
    split(input, end.unwrap_or(input.len()))
}

/// All classes of `byte`.
#[inline]
pub(crate) fn of(byte: u8) -> u32 {
    TABLE.get(usize::from(byte)).copied().unwrap_or_default()
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "evaluated by the compiler, which refuses an index out of range"
)]
const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let byte = index as u8;
        let mut class = 0;
        if byte.is_ascii_alphanumeric() {
            class |= ALPHANUMERIC | ATEXT;
        }
        if byte.is_ascii_digit() {
            class |= DIGIT;
        }
        if matches!(
            byte,
            b'!' | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'/'
                | b'='
                | b'?'
                | b'^'
                | b'_'
                | b'`'
                | b'{'
                | b'|'
                | b'}'
                | b'~'
        ) {
            class |= ATEXT;
        }
        if byte == b'#' {
            class |= HASH;
        }
        if (byte == b' ' || byte.is_ascii_graphic()) && byte != b'#' {
            class |= PLAIN;
        }
        let unseen = matches!(byte, 0xC2 | 0xCD | 0xD8 | 0xE1..=0xE3 | 0xEF | 0xF0 | 0xF3);
        if class & PLAIN != 0 && byte != b'@'
            || matches!(byte, 0x80..=0xBF | 0xC2..=0xF4) && !unseen
        {
            class |= NAME;
        }
        if byte == b'-' {
            class |= HYPHEN;
        }
        if byte == b' ' || byte == b'\t' {
            class |= BLANK | FOLDING;
        }
        if byte == b'\r' || byte == b'\n' {
            class |= FOLDING;
        }
        if !byte.is_ascii() {
            class |= BEYOND_ASCII;
        }
        let text = byte.is_ascii_graphic() || !byte.is_ascii();
        if text && !matches!(byte, b'"' | b'\\') {
            class |= QTEXT;
        }
        if text && !matches!(byte, b'(' | b')' | b'\\') {
            class |= CTEXT;
        }
        if text && !matches!(byte, b'[' | b']' | b'\\') {
            class |= DTEXT;
        }
        if byte.is_ascii_graphic() && byte != b':' {
            class |= FTEXT;
        }
        if matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b':' | b';' | b'@' | b'\\' | b',' | b'"'
        ) {
            class |= SPECIAL;
        }
        let especial = matches!(
            byte,
            b'(' | b')'
                | b'<'
                | b'>'
                | b'@'
                | b','
                | b';'
                | b':'
                | b'"'
                | b'/'
                | b'['
                | b']'
                | b'?'
                | b'.'
                | b'='
        );
        if byte.is_ascii_graphic() && !especial {
            class |= TOKEN;
        }
        if byte.is_ascii_graphic() && byte != b'?' {
            class |= ENCODED_TEXT;
        }
        if byte.is_ascii_control() {
            class |= CONTROL;
        }
        table[index] = class;
        index += 1;
    }
    table
}

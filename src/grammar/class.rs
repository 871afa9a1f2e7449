//! What a byte can be, in one look-up.

/// A letter or a digit.
pub(crate) const ALPHANUMERIC: u8 = 1;
/// `atext` of RFC 5322 §3.2.3, without `#`, which is also a PE delimiter.
pub(crate) const ATEXT: u8 = 1 << 1;
/// `#`, the `atext` that is also a PE delimiter.
pub(crate) const HASH: u8 = 1 << 2;
/// A digit.
pub(crate) const DIGIT: u8 = 1 << 3;
/// ASCII that a free text may hold and that is no delimiter: printable, without `#`.
pub(crate) const PLAIN: u8 = 1 << 4;
/// Blank or tab.
pub(crate) const BLANK: u8 = 1 << 5;
/// A hyphen.
pub(crate) const HYPHEN: u8 = 1 << 6;

const TABLE: [u8; 256] = table();

/// Whether `byte` belongs to one of `classes`.
pub(crate) fn is(byte: u8, classes: u8) -> bool {
    TABLE
        .get(usize::from(byte))
        .is_some_and(|class| class & classes != 0)
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "evaluated by the compiler, which refuses an index out of range"
)]
const fn table() -> [u8; 256] {
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
        if byte == b'-' {
            class |= HYPHEN;
        }
        if byte == b' ' || byte == b'\t' {
            class |= BLANK;
        }
        table[index] = class;
        index += 1;
    }
    table
}

//! The two encodings that PNR text comes in.

/// How the bytes of one physical line are read. ASCII is both.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Encoding {
    #[default]
    Utf8,
    Windows1252,
}

/// Bytes that are valid UTF-8 in one place and not in another: no reading of them is certain.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Mixed;

/// Bytes as text, if they are UTF-8: for short ones, which names are.
///
/// [`core::str::from_utf8`] is the faster for long ones, but takes another way for each alignment, and which one a
/// name has in a text no processor can predict.
#[inline]
pub(crate) fn short_utf8(bytes: &[u8]) -> Option<&str> {
    match bytes.utf8_chunks().next() {
        None => Some(""),
        // Only the last piece, here the only one, has nothing invalid behind it.
        Some(piece) => piece.invalid().is_empty().then(|| piece.valid()),
    }
}

impl Encoding {
    /// Settles the encoding of one whole line: UTF-8 if it is valid UTF-8; else Windows-1252,
    /// unless the line also holds a valid multi-byte UTF-8 sequence.
    pub(crate) fn settle(line: &[u8]) -> Result<Self, Mixed> {
        if line.is_ascii() || core::str::from_utf8(line).is_ok() {
            return Ok(Self::Utf8);
        }
        let multi_byte = line.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
        if multi_byte {
            Err(Mixed)
        } else {
            Ok(Self::Windows1252)
        }
    }

    /// The characters of `bytes`. A byte that UTF-8 cannot read becomes U+FFFD; a line that was
    /// [settled](Self::settle) as UTF-8 has none.
    pub(crate) fn chars(self, bytes: &[u8]) -> Chars<'_> {
        Chars {
            encoding: self,
            rest: bytes,
        }
    }
}

/// The characters of some bytes, and how many bytes each of them took.
#[derive(Clone, Debug)]
pub(crate) struct Chars<'a> {
    encoding: Encoding,
    rest: &'a [u8],
}

impl Iterator for Chars<'_> {
    type Item = (char, usize);

    fn next(&mut self) -> Option<(char, usize)> {
        let (&first, after) = self.rest.split_first()?;
        if first.is_ascii() {
            self.rest = after;
            return Some((char::from(first), 1));
        }
        if self.encoding == Encoding::Windows1252 {
            self.rest = after;
            return Some((windows_1252(first), 1));
        }
        let width = match first {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 1,
        };
        let char = self
            .rest
            .get(..width)
            .and_then(|bytes| core::str::from_utf8(bytes).ok());
        let (char, width) = match char.and_then(|text| text.chars().next()) {
            Some(char) => (char, width),
            None => (char::REPLACEMENT_CHARACTER, 1),
        };
        self.rest = self.rest.get(width..).unwrap_or_default();
        Some((char, width))
    }
}

/// One byte of Windows-1252. The five bytes that it leaves out are the C1 controls of the same
/// number, as in the WHATWG Encoding Standard.
const fn windows_1252(byte: u8) -> char {
    match byte {
        0x80 => '\u{20AC}',
        0x82 => '\u{201A}',
        0x83 => '\u{0192}',
        0x84 => '\u{201E}',
        0x85 => '\u{2026}',
        0x86 => '\u{2020}',
        0x87 => '\u{2021}',
        0x88 => '\u{02C6}',
        0x89 => '\u{2030}',
        0x8A => '\u{0160}',
        0x8B => '\u{2039}',
        0x8C => '\u{0152}',
        0x8E => '\u{017D}',
        0x91 => '\u{2018}',
        0x92 => '\u{2019}',
        0x93 => '\u{201C}',
        0x94 => '\u{201D}',
        0x95 => '\u{2022}',
        0x96 => '\u{2013}',
        0x97 => '\u{2014}',
        0x98 => '\u{02DC}',
        0x99 => '\u{2122}',
        0x9A => '\u{0161}',
        0x9B => '\u{203A}',
        0x9C => '\u{0153}',
        0x9E => '\u{017E}',
        0x9F => '\u{0178}',
        _ => byte as char,
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    proptest! {
        #[test]
        fn short_utf8_is_that_of_the_standard_library(
            bytes in vec(select(b"aZ \x00\x7F\x80\xBF\xC2\xC3\xE2\xED\xA0\xF0\x9F\xFF".to_vec()), 0..8),
        ) {
            prop_assert_eq!(short_utf8(&bytes), core::str::from_utf8(&bytes).ok());
        }
    }

    #[test]
    fn windows_1252_is_the_one_of_encoding_rs() {
        for byte in 0..=u8::MAX {
            let bytes = [byte];
            let (theirs, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
            assert_eq!(
                theirs.chars().next(),
                Some(windows_1252(byte)),
                "byte {byte:#04x}"
            );
        }
    }

    #[test]
    fn chars_reads_utf8_as_the_standard_library_does() {
        let text = "a\u{e7}\u{2021}\u{1F600}z";
        let read: String = Encoding::Utf8
            .chars(text.as_bytes())
            .map(|(char, _)| char)
            .collect();
        assert_eq!(read, text);
    }

    #[test]
    fn a_line_that_mixes_encodings_is_told_apart() {
        assert_eq!(Encoding::settle(b"plain"), Ok(Encoding::Utf8));
        assert_eq!(Encoding::settle("caf\u{e9}".as_bytes()), Ok(Encoding::Utf8));
        assert_eq!(Encoding::settle(b"caf\xE9"), Ok(Encoding::Windows1252));
        assert_eq!(Encoding::settle(b"caf\xE9 \xC3\xA7"), Err(Mixed));
    }
}

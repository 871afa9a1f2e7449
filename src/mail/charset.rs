//! The charsets of encoded words.

use crate::text::encoding::Encoding;

/// A charset that can be decoded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Charset {
    Ascii,
    Latin9,
    Utf8,
    Windows1252,
    #[cfg(feature = "charsets")]
    Other(&'static encoding_rs::Encoding),
}

impl Charset {
    /// The charset of a label, in any case.
    ///
    /// ISO-8859-1 is read as Windows-1252, as the WHATWG Encoding Standard does: they differ in
    /// control characters only, which no name has. UTF-16 is none: where nothing says which octet of two is
    /// the first, RFC 2781 §4.3 and the WHATWG Encoding Standard differ.
    pub(super) fn of(label: &[u8]) -> Option<Self> {
        let known: &[(&[&str], Self)] = &[
            (&["utf-8", "utf8"], Self::Utf8),
            (&["us-ascii", "ascii"], Self::Ascii),
            (
                &[
                    "iso-8859-1",
                    "iso8859-1",
                    "latin1",
                    "windows-1252",
                    "cp1252",
                ],
                Self::Windows1252,
            ),
            (&["iso-8859-15", "iso8859-15", "latin9"], Self::Latin9),
        ];
        let names = |labels: &[&str]| {
            labels
                .iter()
                .any(|known| known.as_bytes().eq_ignore_ascii_case(label))
        };
        let built_in = known.iter().find(|(labels, _)| names(labels));
        built_in
            .map(|&(_, charset)| charset)
            .or_else(|| Self::other(label))
    }

    #[cfg(feature = "charsets")]
    fn other(label: &[u8]) -> Option<Self> {
        let encoding = encoding_rs::Encoding::for_label_no_replacement(label)?;
        let utf_16 = [encoding_rs::UTF_16BE, encoding_rs::UTF_16LE];
        (!utf_16.contains(&encoding)).then_some(Self::Other(encoding))
    }

    #[cfg(not(feature = "charsets"))]
    const fn other(_: &[u8]) -> Option<Self> {
        None
    }

    /// Whether octets mean what those before them say. Each encoded word begins and ends in ASCII then (RFC 2047
    /// §3, RFC 1468), and is a text by itself.
    #[cfg(feature = "charsets")]
    pub(super) fn has_states(self) -> bool {
        self == Self::Other(encoding_rs::ISO_2022_JP)
    }

    #[cfg(not(feature = "charsets"))]
    #[expect(
        clippy::unused_self,
        reason = "with the feature `charsets` it is asked"
    )]
    pub(super) const fn has_states(self) -> bool {
        false
    }

    /// Decodes; what is no text becomes U+FFFD. A byte order mark is no text in UTF-8 (RFC 3629 §6).
    pub(super) fn decode(self, bytes: Vec<u8>) -> String {
        match self {
            Self::Ascii => {
                let char = |&byte: &u8| {
                    if byte.is_ascii() {
                        char::from(byte)
                    } else {
                        char::REPLACEMENT_CHARACTER
                    }
                };
                bytes.iter().map(char).collect()
            }
            Self::Latin9 => bytes.iter().map(|&byte| latin_9(byte)).collect(),
            Self::Utf8 => {
                let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
                    Some(text) => text.to_vec(),
                    None => bytes,
                };
                String::from_utf8(bytes)
                    .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
            }
            Self::Windows1252 => {
                let chars = Encoding::Windows1252.chars(&bytes);
                chars.map(|(char, _)| char).collect()
            }
            #[cfg(feature = "charsets")]
            Self::Other(encoding) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
        }
    }
}

/// One byte of ISO-8859-15.
const fn latin_9(byte: u8) -> char {
    match byte {
        0xA4 => '\u{20AC}',
        0xA6 => '\u{160}',
        0xA8 => '\u{161}',
        0xB4 => '\u{17D}',
        0xB8 => '\u{17E}',
        0xBC => '\u{152}',
        0xBD => '\u{153}',
        0xBE => '\u{178}',
        _ => byte as char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_charsets_are_those_of_encoding_rs() {
        let labels = [
            (Charset::Latin9, "iso-8859-15"),
            (Charset::Utf8, "utf-8"),
            (Charset::Windows1252, "windows-1252"),
        ];
        for (charset, label) in labels {
            assert_eq!(Charset::of(label.to_uppercase().as_bytes()), Some(charset));
            let theirs = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
            for byte in 0..=u8::MAX {
                let bytes = [byte, b'a'];
                assert_eq!(
                    charset.decode(bytes.to_vec()),
                    theirs.decode_without_bom_handling(&bytes).0,
                    "{label}, {byte:#04x}"
                );
            }
        }
        assert_eq!(Charset::Ascii.decode(b"a\xE9".to_vec()), "a\u{fffd}");
    }

    #[test]
    fn utf_7_is_none() {
        assert_eq!(Charset::of(b"utf-7"), None);
        assert_eq!(Charset::of(b"unicode-1-1-utf-7"), None);
        assert_eq!(Charset::of(b"x-unknown"), None);
        assert_eq!(Charset::of(b""), None);
    }
}

//! Decoded texts: display names, subjects.

use core::fmt;
use std::borrow::Cow;

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};
use memchr::memchr_iter;

use super::{
    charset::Charset,
    message::{Context, Within},
};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        Bounds, Fault,
        addr_spec::name_looks_like_address,
        before,
        encoded_word::{EncodedWord, encoded_word},
        lexical::{atom, cfws, fws, quoted_string, unquoted},
        split,
    },
    text::{Note, Notes, encoding::short_utf8, printable},
};

/// A text of a header, decoded: a display name or a subject.
///
/// Folds are undone and encoded words (RFC 2047) decoded, each run of them as one text (those of ISO-2022-JP each by
/// itself). It is text for people, and never read again: whatever it looks like, no address comes out of it. Control
/// characters are replaced, so that it cannot break a line; characters that reorder or hide text are kept in
/// [`as_str`](Self::as_str) and replaced by `Display`. (An ASCII control character outside of an encoded word is an
/// error of its field.)
///
/// Known charsets are UTF-8, US-ASCII, ISO-8859-1, ISO-8859-15 and Windows-1252, and with the
/// feature `charsets` those of the WHATWG Encoding Standard. UTF-7 and UTF-16 are never decoded *(ours)*. A byte
/// order mark that begins the text of encoded words in UTF-8 is left out.
///
/// `Debug` shows nothing of it.
///
/// # Example
///
/// ```
/// use peline::{Note, mail::Message};
///
/// let mail = b"To: =?utf-8?q?Doe=2C_J?= =?utf-8?b?YW5l?= =?x-none?q?_?= <jane@example.com>\n\n";
/// let to = Message::parse(mail)?.to()?.unwrap();
/// let name = to.mailboxes().next().unwrap().name().unwrap();
/// assert_eq!(name.as_str(), "Doe, Jane =?x-none?q?_?=");
/// assert!(name.notes().contains(Note::UndecodedWord));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Text<'a> {
    text: Cow<'a, str>,
    notes: Notes,
}

impl<'a> Text<'a> {
    /// The text.
    ///
    /// See the example of [`Text`].
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What could not be decoded, and what was replaced.
    ///
    /// See the example of [`Text`].
    #[must_use]
    pub const fn notes(&self) -> Notes {
        self.notes
    }

    /// The text alone, borrowed from the message where it stands there so.
    ///
    /// ```
    /// # use std::borrow::Cow;
    /// # use peline::mail::Message;
    /// let to = Message::parse(b"To: \"Doe, Jane\" <jane@example.com>\n\n")?.to()?.unwrap();
    /// let name = to.mailboxes().next().unwrap().name().unwrap();
    /// assert!(matches!(name.into_cow(), Cow::Borrowed("Doe, Jane")));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn into_cow(self) -> Cow<'a, str> {
        self.text
    }

    /// A display name that stands for itself, but for the quotes around it.
    pub(super) fn plain_phrase(phrase: &'a [u8]) -> Self {
        let inside = match phrase {
            [b'"', inside @ .., b'"'] => inside,
            words => words,
        };
        Self {
            text: String::from_utf8_lossy(inside),
            notes: Notes::new(),
        }
    }

    /// Decodes a display name, which is a phrase of RFC 5322.
    pub(super) fn phrase(phrase: &'a [u8], within: Within<'a>) -> Self {
        let inside = phrase
            .strip_prefix(b"\"")
            .and_then(|rest| rest.strip_suffix(b"\""));
        if let Some(text) = plain(inside.unwrap_or(phrase))
            && (inside.is_some() || !text.contains("  "))
        {
            let mut notes = Notes::new();
            if name_looks_like_address(text) {
                notes.insert(Note::NameLikeAddress);
            }
            let text = Cow::Borrowed(text);
            return Self { text, notes };
        }
        let mut decoder = Decoder::default();
        let mut rest = phrase;
        while !rest.is_empty() {
            rest = decoder.phrase_token(rest, within);
        }
        let mut text = decoder.finish();
        if name_looks_like_address(&text.text) {
            text.notes.insert(Note::NameLikeAddress);
        }
        text
    }

    /// Decodes the value of an unstructured field.
    pub(super) fn unstructured(value: &'a [u8], context: Context<'a>) -> Result<Self, ParseError> {
        let control =
            |&byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n');
        if let Some(at) = value.iter().position(control) {
            let kind = ErrorKind::ControlCharacter;
            let at = split(split(value, at).1, 1).0;
            return Err(context.error(Fault { kind, at }));
        }
        let value = value.trim_ascii();
        if let Some(text) = plain(value) {
            let notes = Notes::new();
            let text = Cow::Borrowed(text);
            return Ok(Self { text, notes });
        }
        let mut decoder = Decoder::default();
        let mut rest = value;
        while !rest.is_empty() {
            let after = fws(rest);
            if after.len() < rest.len() {
                decoder.blanks(before(rest, after));
                rest = after;
                continue;
            }
            let end = rest.iter().position(u8::is_ascii_whitespace);
            let (word, after) = split(rest, end.unwrap_or(rest.len()));
            decoder.word(word);
            if decoder.encoded_words > context.limits.encoded_words() {
                let kind = ErrorKind::TooManyEncodedWords;
                return Err(context.error(Fault { kind, at: word }));
            }
            rest = after;
        }
        Ok(decoder.finish())
    }
}

/// The text, if it stands for itself: no folds, no escapes, no encoded words, no quotes, nothing to
/// replace.
fn plain(text: &[u8]) -> Option<&str> {
    let stands_for_itself = |&byte: &u8| {
        byte == b' ' || byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\' | b'(')
    };
    if begins_encoded_word(text) || !text.iter().all(stands_for_itself) {
        return None;
    }
    short_utf8(text)
}

/// Whether an encoded word could begin anywhere in a text.
fn begins_encoded_word(text: &[u8]) -> bool {
    memchr_iter(b'=', text).any(|at| split(text, at).1.starts_with(b"=?"))
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// As it can be [printed](printable) on a terminal; [`as_str`](Text::as_str) is the exact text.
impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&printable(&self.text))
    }
}

/// Masked: names and subjects are personal data.
impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text")
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

/// A text that is put together word by word.
#[derive(Default)]
struct Decoder {
    text: String,
    notes: Notes,
    /// The bytes of the encoded words that stand at the end, as long as their charset is one and has no states.
    pending: Option<(Charset, Vec<u8>)>,
    /// White space behind them, which is no text between two of them (RFC 2047 §6.2).
    gap: String,
    encoded_words: usize,
    /// Whether a quoted string stands right before.
    behind_quotes: bool,
}

/// The longest encoded word (RFC 2047 §2).
const MAX_ENCODED_WORD: usize = 75;

impl Decoder {
    /// Takes the next token of a phrase, and returns the rest.
    fn phrase_token<'a>(&mut self, input: &'a [u8], within: Within<'a>) -> &'a [u8] {
        if let Ok((rest, gap)) = cfws(input, Bounds::known(within.comment_depth))
            && !gap.is_empty()
        {
            self.behind_quotes = false;
            if fws(gap).is_empty() {
                self.blanks(b" ");
            } else {
                self.text(b" ");
            }
            return rest;
        }
        if input.first() == Some(&b'"')
            && let Ok((rest, quoted)) = quoted_string(input)
        {
            let content: Vec<u8> = unquoted(quoted).collect();
            self.undecoded(&content);
            self.text(&content);
            self.behind_quotes = true;
            return rest;
        }
        let mut rest = input;
        loop {
            let (_, after) = atom(rest);
            rest = after.strip_prefix(b".").unwrap_or(after);
            if after.first() != Some(&b'.') {
                break;
            }
        }
        let rest = split(input, before(input, rest).len().max(1)).1;
        let word = before(input, rest);
        if self.behind_quotes || rest.first() == Some(&b'"') {
            // An encoded word stands by itself (RFC 2047 §5).
            self.undecoded(word);
            self.text(word);
        } else {
            self.word(word);
        }
        rest
    }

    /// A run of characters that is an encoded word or none.
    fn word(&mut self, word: &[u8]) {
        if let Some(([], encoded)) = encoded_word(word) {
            self.encoded_words = self.encoded_words.saturating_add(1);
            if let Some(decoded) = decoded(encoded) {
                if !decoded.regular || word.len() > MAX_ENCODED_WORD {
                    self.notes.insert(Note::IrregularWord);
                }
                self.encoded(decoded.charset, decoded.bytes);
                return;
            }
        }
        self.undecoded(word);
        self.text(word);
    }

    /// Notes encoded words where they are not decoded.
    fn undecoded(&mut self, text: &[u8]) {
        if begins_encoded_word(text) {
            self.notes.insert(Note::UndecodedWord);
        }
    }

    fn encoded(&mut self, charset: Charset, bytes: Vec<u8>) {
        match &mut self.pending {
            Some((pending, before)) if *pending == charset && !charset.has_states() => {
                if charset == Charset::Utf8 && ends_within_char(before) {
                    self.notes.insert(Note::IrregularWord);
                }
                before.extend(bytes);
            }
            Some(_) => {
                self.flush();
                self.pending = Some((charset, bytes));
            }
            None => {
                self.push_gap();
                self.pending = Some((charset, bytes));
            }
        }
        self.gap.clear();
    }

    /// White space between words.
    fn blanks(&mut self, blanks: &[u8]) {
        let blanks = blanks.iter().filter(|byte| !matches!(byte, b'\r' | b'\n'));
        self.gap.extend(blanks.map(|&byte| char::from(byte)));
    }

    /// A text that is not encoded.
    fn text(&mut self, text: &[u8]) {
        self.flush();
        self.push_gap();
        self.push(String::from_utf8_lossy(text));
    }

    fn push_gap(&mut self) {
        let blanks = core::mem::take(&mut self.gap);
        self.push(blanks.into());
    }

    /// Decodes what is pending.
    fn flush(&mut self) {
        if let Some((charset, bytes)) = self.pending.take() {
            self.push(charset.decode(bytes).into());
        }
    }

    fn push(&mut self, text: Cow<'_, str>) {
        let stands_for_itself =
            |char: char| !char.is_control() && char != char::REPLACEMENT_CHARACTER;
        if text.chars().all(stands_for_itself) {
            match self.text.is_empty() {
                true => self.text = text.into_owned(),
                false => self.text.push_str(&text),
            }
            return;
        }
        for char in text.chars() {
            let char = match char {
                '\t' => ' ',
                char if char.is_control() => {
                    self.notes.insert(Note::ControlInText);
                    char::REPLACEMENT_CHARACTER
                }
                char::REPLACEMENT_CHARACTER => {
                    self.notes.insert(Note::InvalidText);
                    char
                }
                char => char,
            };
            self.text.push(char);
        }
    }

    fn finish<'a>(mut self) -> Text<'a> {
        self.flush();
        Text {
            text: Cow::Owned(self.text),
            notes: self.notes,
        }
    }
}

fn ends_within_char(text: &[u8]) -> bool {
    // A character has four bytes at most, of which the first says so.
    let end = split(text, text.len().saturating_sub(3)).1;
    let first = end.iter().rposition(|&byte| byte >= 0xC0);
    let char = first.map_or(&[][..], |at| split(end, at).1);
    core::str::from_utf8(char).is_err_and(|error| error.error_len().is_none())
}

/// Base64 without its padding: some mailers leave it out.
const UNPADDED: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What an encoded word stands for.
struct Decoded {
    charset: Charset,
    bytes: Vec<u8>,
    regular: bool,
}

/// `None` where the charset is not known or the encoding is wrong.
fn decoded(word: EncodedWord<'_>) -> Option<Decoded> {
    let charset = Charset::of(word.charset)?;
    let mut regular = !word.text.is_empty();
    let bytes = match word.encoding {
        b"B" | b"b" => STANDARD.decode(word.text).or_else(|_| {
            regular = false;
            UNPADDED.decode(word.text)
        }),
        b"Q" | b"q" => {
            return q_decoded(word.text).map(|bytes| Decoded {
                charset,
                bytes,
                regular,
            });
        }
        _ => return None,
    };
    let bytes = bytes.ok()?;
    Some(Decoded {
        charset,
        bytes,
        regular,
    })
}

/// The Q encoding (RFC 2047 §4.2); `None` where `=` stands without two hexadecimal digits.
fn q_decoded(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, next @ ..] = rest {
        rest = next;
        bytes.push(match byte {
            b'_' => b' ',
            b'=' => {
                let ([high, low], after) = next.split_first_chunk()?;
                rest = after;
                let value = digit(*high)?.checked_mul(16)?.checked_add(digit(*low)?)?;
                u8::try_from(value).ok()?
            }
            _ => *byte,
        });
    }
    Some(bytes)
}

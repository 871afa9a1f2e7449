//! The header block of a message (RFC 5322 §2.1, §2.2): lines, folds, fields, and where it ends.

use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memmem};

use super::{
    Fault, before,
    class::{self, BLANK, FTEXT, span},
    split,
};
use crate::error::ErrorKind;

/// How the lines of a message end. The first of them says it for all.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LineEnd {
    CrLf,
    Lf,
}

impl LineEnd {
    pub(crate) fn of(text: &[u8]) -> Self {
        match memchr(b'\n', text).map(|at| split(text, at).0) {
            Some([.., b'\r']) => Self::CrLf,
            _ => Self::Lf,
        }
    }

    pub(crate) const fn bytes(self) -> &'static [u8] {
        match self {
            Self::CrLf => b"\r\n",
            Self::Lf => b"\n",
        }
    }
}

/// One line of the header, folds and all, without its end.
#[derive(Clone, Copy)]
pub(crate) enum HeaderLine<'a> {
    Field(RawField<'a>),
    /// What is no field.
    Stray(FoldedLine<'a>),
}

impl<'a> HeaderLine<'a> {
    pub(crate) const fn folded(&self) -> FoldedLine<'a> {
        match self {
            Self::Field(field) => field.line,
            Self::Stray(line) => *line,
        }
    }
}

/// One line of the header.
#[derive(Clone, Copy)]
pub(crate) struct FoldedLine<'a> {
    /// From its first character to its last, folds and all.
    pub(crate) text: &'a [u8],
    /// How many physical lines it has.
    pub(crate) lines: usize,
    /// Whether an LF stands in it that ends none of them.
    pub(crate) odd_line_end: bool,
    /// Whether nothing can be seen in one of them, or behind such an LF.
    pub(crate) blank_fold: bool,
}

/// A field, and where its parts are.
#[derive(Clone, Copy)]
pub(crate) struct RawField<'a> {
    pub(crate) line: FoldedLine<'a>,
    name_length: usize,
    pub(crate) key: Key,
    colon: usize,
}

impl<'a> RawField<'a> {
    pub(crate) const fn name(&self) -> &'a [u8] {
        split(self.line.text, self.name_length).0
    }

    /// What stands behind the colon.
    pub(crate) const fn value(&self) -> &'a [u8] {
        split(self.line.text, self.colon.saturating_add(1)).1
    }

    /// Whether white space stands before the colon (the obsolete form of RFC 5322 §4.5).
    pub(crate) const fn is_spaced(&self) -> bool {
        self.name_length < self.colon
    }
}

/// ```abnf
/// header-line  = field / stray-line
/// field        = field-name *WSP ":" value
/// field-name   = 1*ftext
/// ```
///
/// Takes one line, [folds](folded_line) and all. An empty line is [none](empty_line).
///
/// Always inlined: to hand over what is known of a line costs as much as to read it.
#[inline(always)]
pub(crate) fn header_line(input: &[u8], end: LineEnd) -> (&[u8], HeaderLine<'_>) {
    let (rest, line) = folded_line(input, end);
    let field = match plain_name(input) {
        Some((length, key)) => RawField {
            line,
            name_length: length,
            key,
            colon: length,
        },
        None => {
            let (name, after_name) = span(line.text, FTEXT);
            let (blanks, after_blanks) = span(after_name, BLANK);
            if name.is_empty() || after_blanks.first() != Some(&b':') {
                return (rest, HeaderLine::Stray(line));
            }
            RawField {
                line,
                name_length: name.len(),
                key: Key::of(name),
                colon: name.len().saturating_add(blanks.len()),
            }
        }
    };
    (rest, HeaderLine::Field(field))
}

/// Whether a text begins as a field does today: with `field-name ":"`.
pub(crate) fn begins_field(text: &[u8]) -> bool {
    let (name, rest) = span(text, FTEXT);
    !name.is_empty() && rest.first() == Some(&b':')
}

/// A field name in any case as one number, to be compared with those of names in letters and hyphens: of other
/// characters, some are the same here.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Key(u128);

impl Key {
    /// So many bytes of a name are in its key.
    const LENGTH: usize = 16;

    /// The key of a name in `ftext`; of a long one that of its first bytes.
    pub(crate) const fn of(name: &[u8]) -> Self {
        let mut key = 0;
        let mut rest = name;
        while let [before @ .., last] = rest {
            key = key << 8 | (*last | 0x20) as u128;
            rest = before;
        }
        Self(key)
    }
}

/// The length and the key of a field name with the colon right behind it, where both stand in the first
/// sixteen bytes. What is `None` is to be looked at byte by byte.
///
/// These may reach beyond the line; but its end is nothing that a name can have.
#[inline]
fn plain_name(input: &[u8]) -> Option<(usize, Key)> {
    const fn each(byte: u8) -> u128 {
        u128::from_le_bytes([byte; Key::LENGTH])
    }
    const HIGH: u128 = each(0x80);
    let text = u128::from_le_bytes(*input.first_chunk()?);
    let differs = text ^ each(b':');
    // The lowest of these is right: a borrow goes upwards only.
    let colons = differs.wrapping_sub(each(1)) & !differs & HIGH;
    let colon = colons & colons.wrapping_neg();
    // All bits below the colon.
    let below = (colon >> 7).wrapping_sub(1);
    let name = text & below;
    // What could carry into the next byte is beyond ASCII, and refused itself.
    let visible = name.wrapping_add(each(0x7F - b' ')) & !name.wrapping_add(each(1)) & !name;
    if colon <= 0x80 || visible & below & HIGH != below & HIGH {
        return None;
    }
    let length = usize::try_from(colon.trailing_zeros() / 8).ok()?;
    Some((length, Key((name | each(0x20)) & below)))
}

/// ```abnf
/// mbox-line = "From " *text line-end          ; what mbox files put before each message
/// ```
///
/// But for `From :`, which is a field.
pub(crate) fn mbox_line(input: &[u8], end: LineEnd) -> &[u8] {
    match input.strip_prefix(b"From ").map(|rest| span(rest, BLANK).1) {
        None | Some([b':', ..]) => input,
        Some(_) => line(input, end),
    }
}

/// What stands behind the next physical line.
fn line(input: &[u8], end: LineEnd) -> &[u8] {
    let found = memmem::find(input, end.bytes());
    found.map_or(&[], |at| {
        split(input, at.saturating_add(end.bytes().len())).1
    })
}

/// The empty line that ends the header.
pub(crate) fn empty_line(input: &[u8], end: LineEnd) -> Option<&[u8]> {
    input.strip_prefix(end.bytes())
}

/// ```abnf
/// folded-line = *text *(line-end WSP *text) (line-end / end-of-input)
/// ```
#[inline(always)]
fn folded_line(input: &[u8], end: LineEnd) -> (&[u8], FoldedLine<'_>) {
    let mut rest = input;
    let mut lines: usize = 0;
    let mut odd_line_end = false;
    let mut blank_fold = false;
    let ended = loop {
        let found = memchr(b'\n', rest);
        let (line, after) = split(rest, found.map_or(rest.len(), |at| at.saturating_add(1)));
        blank_fold |= rest.len() < input.len() && is_unseen(line);
        rest = after;
        if found.is_some() && end == LineEnd::CrLf && !line.ends_with(b"\r\n") {
            odd_line_end = true;
            continue;
        }
        lines = lines.saturating_add(1);
        if !rest.first().is_some_and(|&byte| class::is(byte, BLANK)) {
            break found.is_some();
        }
    };
    let length = before(input, rest).len();
    let line_end = if ended { end.bytes().len() } else { 0 };
    let line = FoldedLine {
        text: split(input, length.saturating_sub(line_end)).0,
        lines,
        odd_line_end,
        blank_fold,
    };
    (rest, line)
}

/// Whether a line has nothing in it that anyone would see.
pub(crate) fn is_unseen(line: &[u8]) -> bool {
    let unseen = |&byte: &u8| byte.is_ascii_control() || byte == b' ';
    line.iter().all(unseen)
}

/// Whether a CR stands in a text of so many physical lines that ends none of them.
pub(crate) fn has_odd_cr(text: &[u8], end: LineEnd, lines: usize) -> bool {
    // Counting is much faster than looking at each. The last line may have no end.
    match end {
        LineEnd::Lf => memchr(b'\r', text).is_some(),
        LineEnd::CrLf => {
            let ended = lines.saturating_sub(usize::from(!text.ends_with(end.bytes())));
            memchr_iter(b'\r', text).count() != ended
        }
    }
}

/// Where a reader that takes any of CR LF, LF and CR for a line end would see an empty line in
/// `header`, which is everything before the empty line that ends it.
pub(crate) fn doubtful_end(header: &[u8]) -> Option<&[u8]> {
    let ends = |at: usize| {
        let (before, rest) = split(header, at);
        match (before, rest) {
            ([.., b'\r'], [b'\r', ..]) | ([.., b'\n'], [b'\r' | b'\n', ..]) => Some(rest),
            _ => None,
        }
    };
    memchr2_iter(b'\r', b'\n', header)
        .find_map(ends)
        .map(|rest| split(rest, 1).0)
}

/// Which folded lines of nothing but white space a field may have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum BlankFolds {
    Allowed,
    Refused,
}

impl<'a> FoldedLine<'a> {
    /// Whether a reader that takes any of CR LF, LF and CR for a line end, and a blank line for an empty one,
    /// would see the header end in it.
    pub(crate) fn has_blank_fold(&self) -> bool {
        let lines = self.text.split(|byte| matches!(byte, b'\r' | b'\n'));
        // Between CR and LF stands nothing.
        lines
            .skip(1)
            .any(|line| !line.is_empty() && is_unseen(line))
    }

    /// Checks that the line ends are those of the message, and that no folded line is blank where
    /// that is refused (some readers end the header there).
    pub(crate) fn check(&self, end: LineEnd, blank: BlankFolds) -> Result<(), Fault<'a>> {
        let fault = |kind, at| Err(Fault { kind, at });
        let is_blank = |line: &[u8]| line.iter().all(|&byte| class::is(byte, BLANK));
        let mut rest = self.text;
        let mut first = true;
        loop {
            let at = memchr2(b'\r', b'\n', rest);
            let (line, after) = split(rest, at.unwrap_or(rest.len()));
            if blank == BlankFolds::Refused && !first && is_blank(line) {
                return fault(ErrorKind::BlankFold, line);
            }
            match after.strip_prefix(end.bytes()) {
                Some(next) => rest = next,
                None if after.is_empty() => return Ok(()),
                None => return fault(ErrorKind::ControlCharacter, split(after, 1).0),
            }
            first = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn a_plain_name_is_read_as_byte_by_byte(
            bytes in prop::collection::vec(prop_oneof![
                4 => prop::sample::select(b"aZ-!~[".to_vec()),
                1 => prop::sample::select(b": \t\r\n\x1F\x7F\x80\xBA\xFF".to_vec()),
            ], 0..24),
            colon in 0_usize..20,
        ) {
            let mut line = bytes;
            if colon < line.len() {
                line[colon] = b':';
            }
            let name = span(&line, FTEXT).0;
            let is_plain = matches!(name.len(), 1..16)
                && line.get(name.len()) == Some(&b':')
                && line.len() >= 16;
            let expected = is_plain.then(|| (name.len(), Key::of(name)));
            prop_assert_eq!(plain_name(&line), expected);
        }

        #[test]
        fn names_have_one_key_if_they_differ_in_case_alone(
            one in "[!-9;-~]{1,17}",
            other in "[!-9;-~]{1,17}",
        ) {
            let known = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
            prop_assert_eq!(Key::of(one.as_bytes()), Key::of(one.to_ascii_uppercase().as_bytes()));
            if known(&one) && one.len() < 16 {
                let same = one.eq_ignore_ascii_case(&other);
                prop_assert_eq!(Key::of(one.as_bytes()) == Key::of(other.as_bytes()), same);
            }
        }
    }

    /// Each name against each that differs from it in one byte.
    #[test]
    fn no_other_byte_has_the_key_of_a_letter_or_a_hyphen() {
        for letter in *b"abcdefghijklmnopqrstuvwxyz-" {
            let same = (b'!'..=b'~').filter(|&byte| Key::of(&[byte]) == Key::of(&[letter]));
            let expected = if letter == b'-' {
                vec![b'-']
            } else {
                vec![letter - 32, letter]
            };
            assert_eq!(same.collect::<Vec<_>>(), expected);
        }
    }
}

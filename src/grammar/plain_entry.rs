//! The plain shape of an entry, which most lines have, in one pass.

use memchr::{memchr, memrchr};

use super::{
    before,
    class::{self, BEYOND_ASCII, DIGIT, HYPHEN, NAME},
    glyph::{before_glyph, trim, trim_end, trim_start},
    pe::{Entry, Tail, addressee, in_range},
    plain,
    reference::Reference,
    split,
};
use crate::text::encoding::{Encoding, short_utf8};

/// An entry, how it is written, and what stands behind it.
pub(crate) struct PlainEntry<'a> {
    pub(crate) written: &'a [u8],
    pub(crate) entry: Entry<'a>,
    pub(crate) rest: &'a [u8],
}

/// `PE`, one of the three delimiters that people use, an address that is [plain](plain::addr_spec), a
/// tail in UTF-8, and blanks. Everything else is `None`, and so is everything wrong.
///
/// What this accepts, [`command`](super::pe::command) reads in the same way: it is only faster, because
/// it takes the end and the encoding of the line on the way, and branches where entries differ only.
#[inline]
pub(crate) fn plain_entry(input: &[u8]) -> Option<PlainEntry<'_>> {
    let after_pe = input.strip_prefix(b"PE")?;
    let opening = Opening::of(after_pe)?;
    let content = split(after_pe, opening.width).1;
    let (local_part, host) =
        plain::addr_spec(content, |after_at| memchr(opening.first(), after_at))?;
    let length = local_part.saturating_add(1).saturating_add(host);
    let (address, at_closing) = split(content, length);
    if head(at_closing) & opening.mask != opening.head {
        return None;
    }
    let mut rest = split(at_closing, opening.width).1;

    let mut tail = Tail::default();
    if let [_, _, b'/', after_slash @ ..] = rest {
        tail.code = Some(split(rest, 2).0);
        let name;
        (name, rest) = name_and_rest(after_slash)?;
        (tail.addressee, tail.reference) = name;
    }
    if let [0xC2, 0xA4, letter, after @ ..] = rest {
        if tail.reference.is_some() || !letter.is_ascii_alphabetic() {
            return None;
        }
        tail.language = Some(core::slice::from_ref(letter));
        rest = after;
    }
    if let [b'-', numbers @ ..] = rest {
        let reference;
        (reference, rest) = reference_and_rest(numbers)?;
        tail.reference = Some(reference);
    }
    rest = trim_start(rest);
    let written = trim_end(before(input, rest));
    let entry = Entry {
        address,
        closed: true,
        tail,
    };
    Some(PlainEntry {
        written,
        entry,
        rest,
    })
}

/// Whether an entry begins with `PE` and one of the three delimiters that people use.
#[inline]
pub(crate) fn is_opened(input: &[u8]) -> bool {
    input
        .strip_prefix(b"PE")
        .is_some_and(|after_pe| Opening::of(after_pe).is_some())
}

/// A delimiter, to be compared as a number.
#[derive(Clone, Copy)]
struct Opening {
    head: u32,
    mask: u32,
    width: usize,
}

impl Opening {
    const NONE: Self = Self {
        head: 1,
        mask: 0,
        width: 0,
    };

    const HASH: Self = Self {
        head: u32::from_le_bytes([b'#', 0, 0, 0]),
        mask: 0xFF,
        width: 1,
    };

    /// `¥`
    const YEN: Self = Self {
        head: u32::from_le_bytes([0xC2, 0xA5, 0, 0]),
        mask: 0xFFFF,
        width: 2,
    };

    /// `‡`
    const LORRAINE: Self = Self {
        head: u32::from_le_bytes([0xE2, 0x80, 0xA1, 0]),
        mask: 0xFF_FFFF,
        width: 3,
    };

    /// By the first three bits.
    const ALL: [Self; 8] = [
        Self::NONE,
        Self::HASH,
        Self::NONE,
        Self::NONE,
        Self::NONE,
        Self::NONE,
        Self::YEN,
        Self::LORRAINE,
    ];

    /// Which of them it is nobody can predict, so they are told apart by a look-up.
    #[inline]
    fn of(input: &[u8]) -> Option<Self> {
        let opening = *Self::ALL.get(usize::from(input.first()? >> 5))?;
        (head(input) & opening.mask == opening.head).then_some(opening)
    }

    /// No host name has this byte.
    fn first(self) -> u8 {
        self.head.to_le_bytes()[0]
    }
}

/// The first three bytes as a number; what is missing is zero.
#[inline]
fn head(input: &[u8]) -> u32 {
    match *input {
        [one, two, three, ..] => u32::from_le_bytes([one, two, three, 0]),
        [one, two] => u32::from_le_bytes([one, two, 0, 0]),
        [one] => one.into(),
        [] => 0,
    }
}

/// A name and the reference behind it.
type Named<'a> = (&'a [u8], Option<Reference>);

/// What stands behind a slash: a name, a reference behind it, and the rest.
#[inline]
fn name_and_rest(input: &[u8]) -> Option<(Named<'_>, &[u8])> {
    let mut seen = 0;
    let end = input.iter().position(|&byte| {
        let class = class::of(byte);
        let ends = class & NAME == 0;
        if !ends {
            seen |= class;
        }
        ends
    });
    let (text, rest) = split(input, end.unwrap_or(input.len()));
    if seen & BEYOND_ASCII != 0 {
        beyond_ascii(text)?;
    }
    if seen & HYPHEN == 0 {
        return Some(((trim(text), None), rest));
    }
    hyphenated(text).map(|named| (named, rest))
}

/// Checks a name that is not only ASCII. (Apart, or the others are read slower.)
#[inline(never)]
fn beyond_ascii(text: &[u8]) -> Option<()> {
    short_utf8(text)?;
    let text = trim_end(text);
    let whole = before_glyph(text, Encoding::Utf8).len() == text.len();
    whole.then_some(())
}

/// A name with a hyphen in it, or with a reference behind it, as most of those have.
fn hyphenated(text: &[u8]) -> Option<Named<'_>> {
    let text = trim(text);
    let (name, numbers) = split(text, memrchr(b'-', text)?);
    // Behind a hyphen at the beginning all is a reference.
    if let [.., last] = name
        && !name.starts_with(b"-")
        && last.is_ascii_alphabetic()
        && let Some((reference @ (_, Some(_)), [])) = reference_and_rest(split(numbers, 1).1)
    {
        return Some((trim_end(name), Some(reference)));
    }
    if is_of_words(text) {
        return Some((text, None));
    }
    let (name, reference) = addressee(text, Encoding::Utf8).ok()?;
    let reference = match reference {
        [] => None,
        [_, numbers @ ..] => match reference_and_rest(numbers)? {
            (reference, []) => Some(reference),
            _ => return None,
        },
    };
    Some((name, reference))
}

/// Whether nothing but words stands in a name: no number, and no mark.
fn is_of_words(name: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_alphabetic();
    let of_words = |byte: &u8| letter(byte) || matches!(byte, b' ' | b'-');
    name.first().is_some_and(letter) && name.last().is_some_and(letter) && name.iter().all(of_words)
}

/// ```abnf
/// number ["." number]
/// ```
#[inline]
fn reference_and_rest(input: &[u8]) -> Option<(Reference, &[u8])> {
    let (item, rest) = number_and_rest(input)?;
    match rest {
        [b'.', rest @ ..] => {
            let (passenger, rest) = number_and_rest(rest)?;
            Some(((item, Some(passenger)), rest))
        }
        _ => Some(((item, None), rest)),
    }
}

#[inline]
fn number_and_rest(input: &[u8]) -> Option<(u16, &[u8])> {
    let end = input.iter().position(|&byte| !class::is(byte, DIGIT));
    let (digits, rest) = split(input, end.unwrap_or(input.len()));
    Some((in_range(digits)?, rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain_entry;
    use crate::{
        grammar::{
            complete,
            pe::{Command, command},
        },
        text::encoding::Encoding,
    };

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn what_is_plain_is_read_as_by_the_productions(
            text in "PE[#¥‡](A|B==C|D/E#?)@(X|Y-1)\\.(COM|7Z)[#¥‡]\
                     ((to|Cc|XX)/ ?(J|É|«|§|-| |1|\\.|‡){0,6})?(¤[EX])?(-0?[0-9]{1,2}(\\.[12])?)? ?",
        ) {
            if let Some(plain) = plain_entry(text.as_bytes())
                && plain.rest.is_empty()
            {
                let read = complete(plain.written, |input| command(input, Encoding::Utf8));
                let Ok(Command::Add(entry)) = read else {
                    return Err(TestCaseError::fail("it is no entry"));
                };
                prop_assert_eq!(format!("{entry:?}"), format!("{:?}", plain.entry));
            }
        }
    }

    #[test]
    fn every_short_tail_that_is_plain_is_read_as_by_the_productions() {
        const TOKENS: [&str; 9] = ["-1", "-1.1", "-", "J", " ", ".", ",2", "É", "¤E"];
        let check = |text: String| {
            let plain = plain_entry(text.as_bytes()).filter(|plain| plain.rest.is_empty())?;
            let read = complete(plain.written, |input| command(input, Encoding::Utf8));
            let Ok(Command::Add(entry)) = read else {
                panic!("{text} is no entry");
            };
            assert_eq!(format!("{entry:?}"), format!("{:?}", plain.entry), "{text}");
            Some(())
        };
        let mut tails = vec![String::new()];
        let mut plain = 0;
        for _ in 0..=4 {
            for tail in &tails {
                let texts = ["", "CC/"].map(|code| format!("PE#A@X.COM#{code}{tail}"));
                plain += texts.into_iter().filter_map(check).count();
            }
            let longer = |tail: &String| TOKENS.map(|token| format!("{tail}{token}"));
            tails = tails.iter().flat_map(longer).collect();
        }
        assert!(plain > 1000, "{plain} are");
    }

    #[test]
    fn plain_are_the_entries_that_people_write() {
        for text in [
            "PE#A@X.COM#",
            "PE‡A==B/C@MAIL.X.COM‡CC/JOSÉ ANNE-MARIE O-BRIEN¤E-1.1",
            "PE¥A@X.COM¥BC/JANE DOE-1.1",
            "PE‡A@X.COM‡FR/ -12",
            "PE‡A@X.COM‡¤S  ",
        ] {
            let plain = plain_entry(text.as_bytes());
            assert!(plain.is_some_and(|plain| plain.rest.is_empty()), "{text}");
        }
    }
}

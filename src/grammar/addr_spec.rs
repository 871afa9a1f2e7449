//! What a mailbox is made of: addr-spec in any form, angle brackets, words (RFC 5322 §3.4.1, the
//! obsolete forms of §4.4, RFC 6532).

use core::ops::BitOr;

use memchr::{memchr_iter, memchr3};

use super::{
    Bounds, Fault, Parsed,
    address::{MAX_ADDRESS, MAX_LABEL, MAX_LOCAL_PART, is_number, stray},
    before,
    class::{self, ALPHANUMERIC, HYPHEN},
    deceptive::is_deceptive,
    encoded_word::{encoded_word, holds_encoded_word, word_beyond, word_beyond_atoms},
    lexical::{atom, cfws, domain_literal, quoted_string},
    plain, split,
};
use crate::{error::ErrorKind, text::encoding::Encoding};

/// What an addr-spec has that keeps it from being routed: a set.
///
/// In a word, for what is moved as often as it is returned: a processor waits where it reads as one word what was
/// just written in smaller pieces.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Form(usize);

impl Form {
    /// A dot-atom at a host name: nothing.
    pub(crate) const PLAIN: Self = Self(0);
    /// A quoted string in the local part.
    pub(crate) const QUOTED: Self = Self(1);
    /// Characters beyond ASCII.
    pub(crate) const NOT_ASCII: Self = Self(1 << 1);
    /// A domain literal.
    pub(crate) const LITERAL: Self = Self(1 << 2);
    /// A domain of one label.
    pub(crate) const SINGLE_LABEL: Self = Self(1 << 3);
    /// A domain that is no host name.
    pub(crate) const NOT_HOST_NAME: Self = Self(1 << 4);
    /// A source route, or white space or a comment beside a dot.
    pub(crate) const OBSOLETE: Self = Self(1 << 5);
    /// White space or a comment beside the `@`.
    pub(crate) const SPACED: Self = Self(1 << 6);

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn when(self, holds: bool) -> Self {
        if holds { self } else { Self::PLAIN }
    }
}

impl BitOr for Form {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// An addr-spec in its parts, each from its first token to its last.
#[derive(Clone, Copy)]
pub(crate) struct AddrSpec<'a> {
    pub(crate) local_part: &'a [u8],
    pub(crate) domain: &'a [u8],
    pub(crate) form: Form,
}

/// A display name.
#[derive(Clone, Copy)]
pub(crate) struct Phrase<'a> {
    /// All of it, from its first token to its last.
    pub(crate) text: &'a [u8],
    pub(crate) facts: Facts,
}

/// What is known of a phrase, in a word as [`Form`] is: flags, and behind them how many encoded words it has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Facts(usize);

impl Facts {
    const NONE: Self = Self(0);
    /// A dot stands outside of its quoted strings.
    const DOTTED: usize = 1;
    /// One of its quoted strings looks like an address.
    const LIKE_ADDRESS: usize = 1 << 1;
    /// It stands for itself as it is written, but for the quotes around it.
    const PLAIN: usize = 1 << 2;
    const ENCODED_WORD: usize = 1 << 3;

    /// Those of a name of words of which so many are encoded, or of one quoted string: nothing else is in it.
    pub(super) const fn of_plain_name(encoded_words: u8) -> Self {
        match encoded_words as usize {
            0 => Self(Self::PLAIN),
            some => Self(some.saturating_mul(Self::ENCODED_WORD)),
        }
    }

    pub(crate) const fn is_dotted(self) -> bool {
        self.0 & Self::DOTTED != 0
    }

    pub(crate) const fn is_like_address(self) -> bool {
        self.0 & Self::LIKE_ADDRESS != 0
    }

    pub(crate) const fn is_plain(self) -> bool {
        self.0 & Self::PLAIN != 0
    }

    pub(crate) const fn encoded_words(self) -> usize {
        self.0 / Self::ENCODED_WORD
    }
}

/// The [plain](plain::addr_spec) form, where what stands behind it leaves no doubt that it ends there.
#[inline]
pub(super) fn plain_addr_spec(input: &[u8]) -> Option<(&[u8], AddrSpec<'_>)> {
    let end = |after_at: &[u8]| memchr3(b',', b';', b'>', after_at).or(Some(after_at.len()));
    let (local_part, domain) = plain::addr_spec(input, end)?;
    let (local_part, from_at) = split(input, local_part);
    let (domain, rest) = split(split(from_at, 1).1, domain);
    if !matches!(rest, [] | [b',' | b';' | b'>', ..]) {
        return None;
    }
    Some((
        rest,
        AddrSpec {
            local_part,
            domain,
            form: Form::PLAIN,
        },
    ))
}

/// ```abnf
/// angle-addr = "<" [CFWS] [obs-route] addr-spec [CFWS] ">"
/// ```
pub(super) fn angle_addr(input: &[u8], bounds: Bounds) -> Parsed<'_, AddrSpec<'_>> {
    let inside = split(input, 1).1;
    if let Some(([b'>', rest @ ..], address)) = plain_addr_spec(inside) {
        return Ok((rest, address));
    }
    let (rest, _) = cfws(inside, bounds)?;
    let (rest, route) = match rest {
        [b'@' | b',', ..] => obs_route(rest, bounds)?,
        [b'>', ..] => return Fault::error(ErrorKind::EmptyAddress, split(input, 2).0),
        _ => (rest, Form::PLAIN),
    };
    let (rest, words) = words(rest, bounds)?;
    let (rest, address) = match rest {
        [b'@', ..] => at_domain(rest, &words, bounds)?,
        [] => return Fault::error(ErrorKind::UnclosedAngle, split(input, 1).0),
        [b'>', ..] if words.text.is_empty() => {
            return Fault::error(ErrorKind::EmptyAddress, split(rest, 1).0);
        }
        [b'>', ..] => return words.without_at(rest, bounds),
        [byte, ..] => return Fault::error(stray(*byte), split(rest, 1).0),
    };
    let (rest, _) = cfws(rest, bounds)?;
    match rest {
        [b'>', rest @ ..] => Ok((
            rest,
            AddrSpec {
                form: address.form | route,
                ..address
            },
        )),
        [] => Fault::error(ErrorKind::UnclosedAngle, split(input, 1).0),
        [byte, ..] => Fault::error(stray(*byte), split(rest, 1).0),
    }
}

/// ```abnf
/// obs-route       = obs-domain-list ":"
/// obs-domain-list = *(CFWS / ",") "@" domain *("," [CFWS] ["@" domain])
/// ```
fn obs_route(input: &[u8], bounds: Bounds) -> Parsed<'_, Form> {
    let mut rest = input;
    let mut any = false;
    loop {
        (rest, _) = cfws(rest, bounds)?;
        rest = match rest {
            [b',', next @ ..] => next,
            [b'@', next @ ..] => {
                let (after, _) = cfws(next, bounds)?;
                let (after, domain) = domain(after, bounds)?;
                tokens_beyond_ascii(domain.text, bounds)?;
                let (after, _) = cfws(after, bounds)?;
                match after {
                    [b',' | b':', ..] => any = true,
                    // No route, but an address without a local part.
                    _ => return Fault::error(ErrorKind::EmptyLocalPart, split(rest, 1).0),
                }
                after
            }
            [b':', next @ ..] if any => return Ok((cfws(next, bounds)?.0, Form::OBSOLETE)),
            [] => return Fault::error(ErrorKind::UnclosedAngle, split(input, 1).0),
            [byte, ..] => return Fault::error(stray(*byte), split(rest, 1).0),
        };
    }
}

/// What [`words`] took: the beginning of a mailbox, before it is clear what it is.
pub(super) struct Words<'a> {
    /// From the first token to the last.
    pub(super) text: &'a [u8],
    phrase: Phrase<'a>,
    /// Why it is no display name.
    no_phrase: Option<Fault<'a>>,
    /// Why it is no local part.
    no_local_part: Option<Fault<'a>>,
    /// How many octets the words and dots have, without white space and comments.
    octets: usize,
    form: Form,
}

impl<'a> Words<'a> {
    /// As a display name; `None` where there is none.
    pub(super) fn phrase(&self) -> Result<Option<Phrase<'a>>, nom::Err<Fault<'a>>> {
        match self.no_phrase {
            Some(fault) => Err(nom::Err::Error(fault)),
            None => Ok((!self.text.is_empty()).then_some(self.phrase)),
        }
    }

    /// Where no `@` follows: perhaps because a character only looks like one, or because `rest` goes on
    /// with a name that a comma cut.
    pub(super) fn without_at<T>(
        &self,
        rest: &'a [u8],
        bounds: Bounds,
    ) -> Result<T, nom::Err<Fault<'a>>> {
        if let Some(at) = deceptive(self.text) {
            return Fault::error(ErrorKind::DeceptiveCharacter, at);
        }
        let mut behind = rest;
        while let [b',', next @ ..] = behind
            && let Ok((after, words)) = words(next, bounds)
            && let Ok(Some(_)) = words.phrase()
        {
            if after.first() == Some(&b'<') {
                return Fault::error(ErrorKind::CommaInName, split(rest, 1).0);
            }
            behind = after;
        }
        Fault::error(ErrorKind::ExpectedAt, self.text)
    }
}

/// ```abnf
/// words          = *(word / "." / CFWS)
/// word           = atom / quoted-string
/// phrase         = word *(word / "." / CFWS)         ; RFC 5322 §4.1, obs-phrase
/// obs-local-part = word *([CFWS] "." [CFWS] word)    ; RFC 5322 §4.4
/// ```
///
/// Whether they are a phrase or a local part, what stands behind them says.
pub(super) fn words(input: &[u8], bounds: Bounds) -> Parsed<'_, Words<'_>> {
    #[derive(Clone, Copy, Eq, PartialEq)]
    enum Last {
        Nothing,
        Dot,
        Word,
    }

    let mut rest = input;
    let mut end = input;
    let mut last = Last::Nothing;
    let mut gap = false;
    let mut form = Form::PLAIN;
    let mut octets: usize = 0;
    let mut facts = Facts::NONE;
    let mut no_phrase = None;
    let mut no_local_part: Option<Fault<'_>> = None;
    let mut sure = input;
    loop {
        let token;
        let kind;
        match rest {
            [b'.', after @ ..] => {
                kind = Last::Dot;
                token = split(rest, 1).0;
                facts.0 |= Facts::DOTTED;
                rest = after;
            }
            [b'"', ..] => {
                kind = Last::Word;
                let quotes = rest;
                (rest, token) = quoted_string(quotes)?;
                check_end(quotes, token, bounds)?;
                form = form | Form::QUOTED;
                if looks_like_address(token) {
                    facts.0 |= Facts::LIKE_ADDRESS;
                }
            }
            [b'(' | b' ' | b'\t' | b'\r' | b'\n', ..] => {
                (rest, _) = cfws(rest, bounds)?;
                gap = true;
                continue;
            }
            _ => {
                kind = Last::Word;
                if encoded_word(rest).is_some() {
                    facts.0 = facts.0.saturating_add(Facts::ENCODED_WORD);
                }
                (token, rest) = certain_atom(rest, bounds, &mut sure)?;
                if token.is_empty() {
                    break;
                }
            }
        }
        let misplaced = match (last, kind) {
            (Last::Nothing | Last::Dot, Last::Dot) => Some(ErrorKind::MisplacedDot),
            (Last::Word, Last::Word) if gap => Some(ErrorKind::BlankInAddress),
            (Last::Word, Last::Word) => Some(ErrorKind::ForbiddenCharacter),
            _ => None,
        };
        let fault = misplaced.map(|kind| Fault { kind, at: token });
        if last == Last::Nothing {
            no_phrase = fault;
        } else {
            form = form | Form::OBSOLETE.when(gap);
        }
        no_local_part = no_local_part.or(fault);
        let folds = token.iter().filter(|byte| matches!(byte, b'\r' | b'\n'));
        octets = octets
            .saturating_add(token.len())
            .saturating_sub(folds.count());
        (end, last, gap) = (rest, kind, false);
    }
    let text = before(input, end);
    if last == Last::Dot {
        let dot = split(text, text.len().saturating_sub(1)).1;
        let kind = ErrorKind::MisplacedDot;
        no_local_part = no_local_part.or(Some(Fault { kind, at: dot }));
    }
    Ok((
        rest,
        Words {
            text,
            phrase: Phrase { text, facts },
            no_phrase,
            no_local_part,
            octets,
            form: form | Form::SPACED.when(gap),
        },
    ))
}

/// Checks that no reader can take the end of `enclosed`, a quoted string or a domain literal that `input` begins with,
/// for a part of an encoded word.
fn check_end<'a>(
    input: &'a [u8],
    enclosed: &[u8],
    bounds: Bounds,
) -> Result<(), nom::Err<Fault<'a>>> {
    let inside = split(input, 1).1;
    match word_beyond(inside, enclosed.len().saturating_sub(2), bounds) {
        Some(word) => Fault::error(ErrorKind::DoubtfulWord, word),
        None => Ok(()),
    }
}

/// An [`atom`], when no reader can take what stands behind it for a part of an encoded word. `sure` begins with the
/// first atom.
fn certain_atom<'a>(
    input: &'a [u8],
    bounds: Bounds,
    sure: &mut &'a [u8],
) -> Result<(&'a [u8], &'a [u8]), nom::Err<Fault<'a>>> {
    match word_beyond_atoms(input, bounds, sure) {
        Some(word) => Fault::error(ErrorKind::DoubtfulWord, word),
        None => Ok(atom(input)),
    }
}

/// ```abnf
/// addr-spec = local-part [CFWS] "@" [CFWS] domain
/// ```
///
/// From the `@` on, which stands behind `words`.
pub(super) fn at_domain<'a>(
    input: &'a [u8],
    words: &Words<'a>,
    bounds: Bounds,
) -> Parsed<'a, AddrSpec<'a>> {
    if let Some(fault) = words.no_local_part {
        return Err(nom::Err::Error(fault));
    }
    let local_part = words.text;
    if local_part.is_empty() {
        return Fault::error(ErrorKind::EmptyLocalPart, split(input, 1).0);
    }
    if words.octets > MAX_LOCAL_PART {
        return Fault::error(ErrorKind::LocalPartTooLong, local_part);
    }
    let after_at = split(input, 1).1;
    let (rest, gap) = cfws(after_at, bounds)?;
    let (rest, domain) = domain(rest, bounds)?;
    if words.octets.saturating_add(1).saturating_add(domain.octets) > MAX_ADDRESS {
        return Fault::error(ErrorKind::AddressTooLong, domain.text);
    }
    for part in [local_part, domain.text] {
        if holds_encoded_word(part) {
            return Fault::error(ErrorKind::EncodedWordInAddress, part);
        }
    }
    let form = words.form
        | domain.form
        | Form::SPACED.when(!gap.is_empty())
        | tokens_beyond_ascii(local_part, bounds)?
        | tokens_beyond_ascii(domain.text, bounds)?;
    Ok((
        rest,
        AddrSpec {
            local_part,
            domain: domain.text,
            form,
        },
    ))
}

struct Domain<'a> {
    text: &'a [u8],
    octets: usize,
    form: Form,
}

/// ```abnf
/// domain     = dot-atom / domain-literal / obs-domain
/// obs-domain = atom *([CFWS] "." [CFWS] atom)
/// ```
///
/// White space and comments behind it are left.
fn domain(input: &[u8], bounds: Bounds) -> Parsed<'_, Domain<'_>> {
    if input.first() == Some(&b'[') {
        let (rest, text) = domain_literal(input)?;
        check_end(input, text, bounds)?;
        let folds = text.iter().filter(|byte| byte.is_ascii_whitespace());
        let octets = text.len().saturating_sub(folds.count());
        let form = Form::LITERAL;
        return Ok((rest, Domain { text, octets, form }));
    }
    let mut rest = input;
    let mut octets: usize = 0;
    let mut form = Form::PLAIN;
    let mut sure = input;
    loop {
        let (label, after) = certain_atom(rest, bounds, &mut sure)?;
        match (label, after.first()) {
            ([], None | Some(b'.' | b',' | b';' | b'>' | b':')) => {
                return Fault::error(ErrorKind::EmptyLabel, split(after, 1).0);
            }
            ([], Some(&byte)) => return Fault::error(stray(byte), split(after, 1).0),
            _ if label.len() > MAX_LABEL => return Fault::error(ErrorKind::LabelTooLong, label),
            _ => {}
        }
        let host = |&byte: &u8| class::is(byte, ALPHANUMERIC | HYPHEN) || !byte.is_ascii();
        let is_host = label.iter().all(host) && !label.starts_with(b"-") && !label.ends_with(b"-");
        form = form | Form::NOT_HOST_NAME.when(!is_host);
        octets = octets.saturating_add(label.len());
        let (behind, gap) = cfws(after, bounds)?;
        let [b'.', next @ ..] = behind else {
            let single = rest.len() == input.len();
            let numeric = is_number(label);
            let form = form
                | Form::SINGLE_LABEL.when(single)
                | Form::NOT_HOST_NAME.when(numeric && !single);
            let text = before(input, after);
            return Ok((after, Domain { text, octets, form }));
        };
        octets = octets.saturating_add(1);
        let next_gap;
        (rest, next_gap) = cfws(next, bounds)?;
        form = form | Form::OBSOLETE.when(!gap.is_empty() || !next_gap.is_empty());
    }
}

/// What there is beyond ASCII in a part of an address that was read must be UTF-8, and deceive nobody. Comments
/// can hold anything.
fn tokens_beyond_ascii(part: &[u8], bounds: Bounds) -> Result<Form, nom::Err<Fault<'_>>> {
    let mut form = Form::PLAIN;
    if part.is_ascii() {
        return Ok(form);
    }
    let bounds = bounds.within();
    let mut rest = part;
    while !rest.is_empty() {
        let (start, _) = cfws(rest, bounds)?;
        let (after, token) = match start {
            [b'"', ..] => quoted_string(start)?,
            [b'[', ..] => domain_literal(start)?,
            _ => {
                let length = atom(start).0.len().max(1);
                let (token, after) = split(start, length);
                (after, token)
            }
        };
        form = form | beyond_ascii(token)?;
        rest = after;
    }
    Ok(form)
}

fn beyond_ascii(part: &[u8]) -> Result<Form, nom::Err<Fault<'_>>> {
    let text = match core::str::from_utf8(part) {
        Ok(text) => text,
        Err(error) => {
            let at = split(part, error.valid_up_to()).1;
            return Fault::error(ErrorKind::InvalidUtf8, split(at, 1).0);
        }
    };
    match deceptive(text.as_bytes()) {
        Some(at) => Fault::error(ErrorKind::DeceptiveCharacter, at),
        None => Ok(Form::NOT_ASCII.when(!part.is_ascii())),
    }
}

/// The first character that can be taken for another one, or cannot be seen.
fn deceptive(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text;
    for (char, width) in Encoding::Utf8.chars(text) {
        let (at, after) = split(rest, width);
        if is_deceptive(char) {
            return Some(at);
        }
        rest = after;
    }
    None
}

/// Whether a decoded name looks like an address: as [`looks_like_address`] has it, with any of the
/// characters that are shown as an `@`.
pub(crate) fn name_looks_like_address(name: &str) -> bool {
    const OTHER_AT_SIGNS: [char; 2] = ['\u{FF20}', '\u{FE6B}'];
    match name.is_ascii() || !name.contains(OTHER_AT_SIGNS) {
        true => looks_like_address(name.as_bytes()),
        false => looks_like_address(name.replace(OTHER_AT_SIGNS, "@").as_bytes()),
    }
}

/// Whether an `@` stands between two characters, with white space on one side of it at most, or on both and with a
/// dot in the word behind it: otherwise `@` is a word by itself.
fn looks_like_address(text: &[u8]) -> bool {
    let inside = text.strip_prefix(b"\"").unwrap_or(text);
    let inside = inside.strip_suffix(b"\"").unwrap_or(inside).trim_ascii();
    memchr_iter(b'@', inside).any(|at| {
        let (before, rest) = split(inside, at);
        let after = split(rest, 1).1;
        let solid = |byte: Option<&u8>| byte.is_some_and(|byte| !byte.is_ascii_whitespace());
        let inner = !before.is_empty() && !after.is_empty();
        inner && (solid(before.last()) || solid(after.first()) || begins_with_dotted_word(after))
    })
}

/// Whether a dot stands within the first word.
fn begins_with_dotted_word(text: &[u8]) -> bool {
    let mut words = text.trim_ascii_start().split(u8::is_ascii_whitespace);
    match words.next() {
        Some([_, inside @ .., _]) => inside.contains(&b'.'),
        _ => false,
    }
}

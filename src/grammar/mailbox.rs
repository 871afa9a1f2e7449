//! Mailboxes, groups and lists of them (RFC 5322 §3.4, the obsolete forms of §4.4, RFC 6532).

use memchr::{memchr, memchr2};

use super::{
    Bounds, Fault, Parsed,
    addr_spec::{AddrSpec, Facts, Form, Phrase, angle_addr, at_domain, plain_addr_spec, words},
    address::stray,
    before,
    class::{self, CONTROL},
    encoded_word::{encoded_word, word_beyond},
    lexical::{cfws, enclosed, fws},
    look::{look, within},
    split,
};
use crate::error::ErrorKind;

/// A mailbox in its parts.
#[derive(Clone, Copy)]
pub(crate) struct Mailbox<'a> {
    /// All of it, from its first token to its last.
    pub(crate) text: &'a [u8],
    pub(crate) name: Option<Phrase<'a>>,
    pub(crate) address: AddrSpec<'a>,
}

/// One thing of an address list.
#[derive(Clone, Copy)]
pub(crate) enum Item<'a> {
    Mailbox(Mailbox<'a>),
    /// A group begins; its mailboxes follow.
    Group(Phrase<'a>),
    /// Nothing stands where an address could.
    EmptySlot,
}

/// ```abnf
/// address-list = [address] *("," [address])
/// group-list   = [mailbox] *("," [mailbox])
/// ```
///
/// Item by item.
#[derive(Clone)]
pub(crate) struct AddressList<'a> {
    rest: &'a [u8],
    group: Option<Phrase<'a>>,
    after: After,
    enclosed: Enclosed,
    bounds: Bounds,
}

/// What stands in the quoted strings, comments and domain literals of a list.
#[derive(Clone, Copy)]
struct Enclosed {
    fold: bool,
    at_sign: bool,
}

/// How long the parts of a [plain](plain_mailbox) mailbox are: who has read it need not search them again.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Parts {
    /// Its display name; 0 where it has none.
    name: u8,
    encoded_words: u8,
    /// 0 where nothing is known.
    local_part: u8,
    host: u8,
}

impl Parts {
    /// Those of what is no plain mailbox, or what nobody has read.
    pub(crate) const UNKNOWN: Self = Self {
        name: 0,
        encoded_words: 0,
        local_part: 0,
        host: 0,
    };

    /// The mailbox that they are the parts of, which `input` begins with; `None` where they are of another
    /// one, as far as that can be seen between them.
    #[inline]
    fn of(self, input: &[u8]) -> Option<(&[u8], Mailbox<'_>)> {
        let (name, behind_name) = split(input, self.name.into());
        let has_name = !name.is_empty();
        let at_address = match behind_name {
            rest if !has_name => rest,
            [b' ', b'<', rest @ ..] | [b'<', rest @ ..] => rest,
            _ => return None,
        };
        let (local_part, from_at) = split(at_address, self.local_part.into());
        let (b'@', after_at) = from_at.split_first()? else {
            return None;
        };
        let (domain, rest) = split(after_at, self.host.into());
        let rest = match rest {
            [b'>', rest @ ..] if has_name => rest,
            [] | [b',' | b';', ..] if !has_name => rest,
            _ => return None,
        };
        let name = Phrase {
            text: name,
            facts: Facts::of_plain_name(self.encoded_words),
        };
        let mailbox = Mailbox {
            text: before(input, rest),
            name: has_name.then_some(name),
            address: AddrSpec {
                local_part,
                domain,
                form: Form::PLAIN,
            },
        };
        Some((rest, mailbox))
    }
}

/// What stands before the rest of a list.
#[derive(Clone, Copy, Eq, PartialEq)]
enum After {
    /// Nothing, or the beginning of a group.
    Opening,
    Comma,
    /// A mailbox, or the end of a group.
    Address,
}

impl<'a> AddressList<'a> {
    pub(crate) const fn new(value: &'a [u8], bounds: Bounds) -> Self {
        Self {
            rest: value,
            group: None,
            after: After::Opening,
            enclosed: Enclosed {
                fold: false,
                at_sign: false,
            },
            bounds,
        }
    }

    /// The group that the last item stands in.
    pub(crate) const fn group(&self) -> Option<Phrase<'a>> {
        self.group
    }

    /// The next item; `None` at the end.
    fn item(&mut self) -> Result<Option<Item<'a>>, nom::Err<Fault<'a>>> {
        loop {
            let (rest, _) = cfws(self.rest, self.bounds)?;
            self.rest = rest;
            let empty = self.after != After::Address;
            match rest {
                [] => return self.end(),
                [b',', next @ ..] => {
                    self.rest = next;
                    self.after = After::Comma;
                    if empty {
                        return Ok(Some(Item::EmptySlot));
                    }
                }
                [b';', next @ ..] => {
                    if self.group.take().is_none() {
                        return Fault::error(ErrorKind::UnexpectedSemicolon, split(rest, 1).0);
                    }
                    let empty = self.after == After::Comma;
                    self.rest = next;
                    self.after = After::Address;
                    if empty {
                        return Ok(Some(Item::EmptySlot));
                    }
                }
                [byte, ..] if !empty => {
                    let kind = match byte {
                        b'@' => ErrorKind::SecondAt,
                        byte if class::is(*byte, CONTROL) => ErrorKind::ControlCharacter,
                        _ => ErrorKind::ExpectedComma,
                    };
                    return Fault::error(kind, split(rest, 1).0);
                }
                _ => return self.address().map(Some),
            }
        }
    }

    /// The next item, whose parts are `known` or become known now.
    #[inline]
    pub(crate) fn next_known(&mut self, known: &mut Parts) -> Option<Result<Item<'a>, Fault<'a>>> {
        match self.plain(known) {
            Some(mailbox) => Some(Ok(Item::Mailbox(mailbox))),
            None => self.other(),
        }
    }

    /// The next item, whatever it is.
    #[inline(never)]
    fn other(&mut self) -> Option<Result<Item<'a>, Fault<'a>>> {
        let start = self.rest;
        let item = self.item().and_then(|item| {
            self.check_folds(before(start, self.rest))?;
            Ok(item)
        });
        item.map_err(|error| Fault::of(&error, self.rest))
            .transpose()
    }

    /// Checks that no `@` is enclosed where something enclosed is folded. Some readers end that at the CR of the fold,
    /// and take what stands inside and outside for one another from there on.
    fn check_folds(&mut self, text: &'a [u8]) -> Result<(), nom::Err<Fault<'a>>> {
        for part in enclosed(text, self.bounds) {
            let seen = &mut self.enclosed;
            seen.fold |= part.contains(&b'\n');
            seen.at_sign |= part.contains(&b'@');
            if seen.fold && seen.at_sign {
                return Fault::error(ErrorKind::DoubtfulFold, part);
            }
        }
        Ok(())
    }

    /// A [plain](plain_mailbox) mailbox, with nothing but the comma and white space before it. Everything
    /// else is `None`.
    ///
    /// Always inlined: of a mailbox that is not handed over, nothing is made that is not asked for.
    #[inline(always)]
    fn plain(&mut self, known: &mut Parts) -> Option<Mailbox<'a>> {
        let before = match (self.after, self.rest) {
            (After::Address, [b',', rest @ ..]) => rest,
            (After::Address, _) => return None,
            (After::Opening | After::Comma, rest) => rest,
        };
        let input = fws(before);
        if *known == Parts::UNKNOWN {
            *known = plain_mailbox(input, self.bounds)?;
        }
        let (rest, mailbox) = known.of(input)?;
        self.rest = rest;
        self.after = After::Address;
        Some(mailbox)
    }

    fn end(&mut self) -> Result<Option<Item<'a>>, nom::Err<Fault<'a>>> {
        if let Some(group) = self.group {
            return Fault::error(ErrorKind::UnclosedGroup, group.text);
        }
        let empty = self.after == After::Comma;
        self.after = After::Opening;
        Ok(empty.then_some(Item::EmptySlot))
    }

    fn address(&mut self) -> Result<Item<'a>, nom::Err<Fault<'a>>> {
        let (rest, item) = address(self.rest, self.bounds)?;
        if let Item::Group(phrase) = item {
            if self.group.is_some() {
                return Fault::error(ErrorKind::NestedGroup, phrase.text);
            }
            self.group = Some(phrase);
            self.after = After::Opening;
        } else {
            self.after = After::Address;
        }
        self.rest = rest;
        Ok(item)
    }
}

impl<'a> Iterator for AddressList<'a> {
    type Item = Result<Item<'a>, Fault<'a>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.next_known(&mut { Parts::UNKNOWN })
    }
}

/// ```abnf
/// address   = mailbox / group-head
/// mailbox   = name-addr / addr-spec
/// name-addr = [phrase] angle-addr
/// group-head = phrase ":"
/// ```
///
/// Begins at a token; white space and comments behind it are left.
fn address(input: &[u8], bounds: Bounds) -> Parsed<'_, Item<'_>> {
    let (rest, words) = words(input, bounds)?;
    let (rest, name, address) = match rest {
        [b'@', ..] => {
            let (rest, address) = at_domain(rest, &words, bounds)?;
            (rest, None, address)
        }
        [b'<', ..] => {
            let (rest, address) = angle_addr(rest, bounds)?;
            (rest, words.phrase()?, address)
        }
        [b':', next @ ..] => {
            return match words.phrase()? {
                Some(phrase) => Ok((next, Item::Group(phrase))),
                None => Fault::error(ErrorKind::EmptyGroupName, split(rest, 1).0),
            };
        }
        [] | [b',' | b';', ..] => return words.without_at(rest, bounds),
        [byte, ..] => return Fault::error(stray(*byte), split(rest, 1).0),
    };
    let text = before(input, rest);
    Ok((
        rest,
        Item::Mailbox(Mailbox {
            text,
            name,
            address,
        }),
    ))
}

/// The mailboxes that most people have: a [plain](plain_addr_spec) addr-spec, alone or in brackets
/// behind a plain name. Everything else is `None`.
///
/// It is only faster: [`address`] reads what this accepts in the same way. Never inlined, since it is long, and its
/// answer short.
#[inline(never)]
fn plain_mailbox(input: &[u8], bounds: Bounds) -> Option<Parts> {
    let name = plain_name(input, bounds);
    let at_address = name.map_or(input, |name| name.rest);
    let (rest, address) = plain_addr_spec(at_address)?;
    match (name, rest) {
        (Some(_), [b'>', ..]) | (None, [] | [b',' | b';', ..]) => {}
        _ => return None,
    }
    let length = |text: &[u8]| u8::try_from(text.len()).ok();
    Some(Parts {
        name: name.map_or(Some(0), |name| length(name.text))?,
        encoded_words: name.map_or(0, |name| name.encoded_words),
        local_part: length(address.local_part)?,
        host: length(address.domain)?,
    })
}

/// So far the end of a plain name is looked for.
const REACH: usize = 96;

/// What [`plain_name`] took.
#[derive(Clone, Copy)]
struct PlainName<'a> {
    text: &'a [u8],
    encoded_words: u8,
    /// What stands behind the `<`.
    rest: &'a [u8],
}

/// A phrase of atoms in ASCII with single blanks between them, or of one quoted string that stands for
/// itself; with the blank and the `<` behind it.
#[inline]
fn plain_name(input: &[u8], bounds: Bounds) -> Option<PlainName<'_>> {
    let near = split(input, REACH).0;
    let (text, encoded_words) = match near {
        [b'"', inside @ ..] => {
            let length = memchr(b'"', inside)?;
            if look(split(input, 1).1, length, in_quotes) != Some(0) {
                return None;
            }
            (split(input, length.saturating_add(2)).0, 0)
        }
        _ => {
            let length = memchr2(b'<', b',', near)?;
            let (words, rest) = split(input, length);
            if rest.first() != Some(&b'<') {
                return None;
            }
            let words = words.strip_suffix(b" ").unwrap_or(words);
            let encoded_words = match look(input, words.len(), in_words)? {
                0 => 0,
                EQUALS_SIGN => encoded_words(input, words, bounds)?,
                _ => return None,
            };
            (words, encoded_words)
        }
    };
    match split(input, text.len()).1 {
        [b'<', rest @ ..] | [b' ', b'<', rest @ ..] if !text.is_empty() => Some(PlainName {
            text,
            encoded_words,
            rest,
        }),
        _ => None,
    }
}

/// How many of the words of a plain name, which `input` begins with, are encoded; `None` where none is, and
/// where one is in doubt.
fn encoded_words(input: &[u8], words: &[u8], bounds: Bounds) -> Option<u8> {
    if word_beyond(input, words.len(), bounds).is_some() {
        return None;
    }
    let words = words.split(|&byte| byte == b' ');
    let encoded = words.filter(|word| encoded_word(word).is_some());
    u8::try_from(encoded.count())
        .ok()
        .filter(|count| *count > 0)
}

/// Whether a byte of a quoted string keeps it from being plain: what is not printable ASCII, escapes, what an
/// address has, and the `=` that encoded words begin with.
#[inline]
fn in_quotes(_: i8, byte: u8, _: u8) -> u8 {
    u8::from(!within(byte, b' ', b'~') | (byte == b'\\') | (byte == b'@') | (byte == b'='))
}

/// What [`in_words`] says where an encoded word may stand.
const EQUALS_SIGN: u8 = 1;

/// Whether a byte of words is an equals sign, and (the next bit) whether it keeps them from being plain.
#[inline]
fn in_words(_: i8, byte: u8, next: u8) -> u8 {
    // What is between the colon and the `@`.
    let equals_sign = byte == b'=';
    let special = within(byte, b':', b'@') & !equals_sign & (byte != b'?');
    let special = special | within(byte, b'(', b')') | within(byte, b'[', b']');
    let odd = !within(byte, b' ', b'~') | special | (byte == b'"') | (byte == b'.');
    let odd = odd | (byte == b' ') & (next == b' ');
    u8::from(equals_sign) | (u8::from(odd) << 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{AddressList, Bounds, Item, Parts, address, plain_mailbox};
    use crate::grammar::span_of;

    fn bounds(value: &[u8]) -> Bounds {
        Bounds::of(value, 16)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn a_plain_mailbox_is_read_as_by_the_productions(
            text in "(\"[a .,(@=?]{0,4}[\"\\\\]?|[ab .,(=?'\t]{0,6}|J{45,50}|(a |=)?=\\?(u|u\\*e)\\?q\\?[a.(]{0,2}(\\?=)?(b| a)?)( {0,2}<)?\
                     [a.+=-]{1,3}(b{43,46})?@(x{43,46}\\.|y\\.)?[z.-]{1,3}(>{0,2}[ ,;a(]{0,2}|>, \\?{70}|>,x\\?=)",
        ) {
            if let Some(parts) = plain_mailbox(text.as_bytes(), bounds(text.as_bytes())) {
                let Some((rest, mailbox)) = parts.of(text.as_bytes()) else {
                    return Err(TestCaseError::fail("they are its own parts"));
                };
                let Ok((rest_by_productions, Item::Mailbox(read))) = address(text.as_bytes(), bounds(text.as_bytes())) else {
                    return Err(TestCaseError::fail("it is no mailbox"));
                };
                prop_assert_eq!(rest, rest_by_productions);
                prop_assert_eq!(mailbox.text, read.text);
                prop_assert_eq!(mailbox.address.local_part, read.address.local_part);
                prop_assert_eq!(mailbox.address.domain, read.address.domain);
                prop_assert_eq!(mailbox.address.form, read.address.form);
                let [plain, read] = [mailbox.name, read.name].map(|name| {
                    name.map(|it| (it.text, it.facts.is_dotted(), it.facts.is_like_address(), it.facts.encoded_words()))
                });
                prop_assert_eq!(plain, read);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16_384))]

        /// What was accepted once is read a second time, and nobody asks for errors then.
        #[test]
        fn what_is_accepted_is_read_again_as_it_was(
            text in "(j@x.co, |g:|é)?(\\((=\\?u\\?q\\?=41\\?=|=\\?u|\"@)\\) ?)?(J |=\\?u\\?q\\?a\\?= )?\
                     (\"(a|@|@\r\n |\\()\" ?)?(<j@x.co>)?(( ?, ?|j@x.co|\\?=|;| |\\(\\)) ?){0,4}",
        ) {
            let value = text.as_bytes();
            let items = |bounds| AddressList::new(value, bounds).map(|item| item.map_err(|fault| fault.kind));
            let texts = |item: Item<'_>| match item {
                Item::Mailbox(mailbox) => Some(span_of(mailbox.text, value)),
                Item::Group(phrase) => Some(span_of(phrase.text, value)),
                Item::EmptySlot => None,
            };
            if let Ok(first) = items(bounds(value)).map(|item| item.map(texts)).collect::<Result<Vec<_>, _>>() {
                let again = items(Bounds::known(16)).map(|item| item.map(texts)).collect::<Result<Vec<_>, _>>();
                prop_assert_eq!(again, Ok(first));
            }
        }
    }

    /// How many encoded words a plain name has, in which case it does not stand for itself.
    #[test]
    fn encoded_words_of_plain_names_are_counted() {
        let count = |text: &str| {
            Some(plain_mailbox(text.as_bytes(), bounds(text.as_bytes()))?.encoded_words)
        };
        assert_eq!(count("Jane P Doe <j@example.com>"), Some(0));
        assert_eq!(count("=?u?q?Jos=C3=A9?= <j@example.com>"), Some(1));
        assert_eq!(count("Li =?u?q?J?= X =?u?q?D?=<j@example.com>"), Some(2));
        // What looks a little like one is not decided here.
        assert_eq!(count("a=b <j@example.com>"), None);
        assert_eq!(count("=?u?q?a <j@example.com>"), None);
    }

    #[test]
    fn what_is_known_of_a_plain_mailbox_is_believed() {
        let text = b" Li <li@example.com> , \"j\"@example.com, x@example.com";
        let mut found = [Parts::UNKNOWN; 3];
        let mut items = AddressList::new(text, bounds(text));
        for parts in &mut found {
            assert!(items.next_known(parts).is_some());
        }
        assert_eq!(
            found.map(|parts| parts == Parts::UNKNOWN),
            [false, true, false]
        );
        // Of what could be it no byte is asked; what cannot is read anew.
        let read = |text: &'static str| {
            let mut items = AddressList::new(text.as_bytes(), bounds(text.as_bytes()));
            let [mut li, ..] = found;
            match items.next_known(&mut li) {
                Some(Ok(Item::Mailbox(it))) => (it.name.map(|name| name.text), it.address.domain),
                _ => panic!("it is a mailbox"),
            }
        };
        let domain = &b"example.com"[..];
        assert_eq!(read("X. <li@example.com>"), (Some(&b"X."[..]), domain));
        assert_eq!(read("Lee <li@example.com>"), (Some(&b"Lee"[..]), domain));
        assert_eq!(read("Li <lee@example.com>"), (Some(&b"Li"[..]), domain));
        assert_eq!(
            read("Li <li@xexample.com>"),
            (Some(&b"Li"[..]), &b"xexample.com"[..])
        );
        assert_eq!(read("li@example.com"), (None, domain));
        assert_eq!(read("lili@example.com"), (None, domain));
        let mut parts = plain_mailbox(b"li@example.com", bounds(b"")).unwrap_or(Parts::UNKNOWN);
        let mut items = AddressList::new(b"li@example.com.example", bounds(b""));
        let Some(Ok(Item::Mailbox(longer))) = items.next_known(&mut parts) else {
            panic!("it is a mailbox");
        };
        assert_eq!(longer.address.domain, b"example.com.example");
        assert!(items.next().is_none());
        // What opens a bracket closes it, and nothing else does.
        for (plain, text) in [
            (&b"li@example.com"[..], &b"li@example.com>"[..]),
            (
                b"Li <li@example.com>",
                b"Li <li@example.com, lee@example.com",
            ),
        ] {
            let mut parts = plain_mailbox(plain, bounds(plain)).unwrap_or(Parts::UNKNOWN);
            assert!(parts != Parts::UNKNOWN);
            let mut items = AddressList::new(text, bounds(text));
            let first = items.next_known(&mut parts);
            assert!(first.into_iter().chain(items).any(|it| it.is_err()));
        }
    }

    #[test]
    fn plain_are_the_mailboxes_that_most_people_have() {
        for text in [
            "Jane Doe <jane.doe@example.com>",
            "\"Doe, Jane (home)\" <jane@mail.agency-north.example>, x@y.example",
            "jane@example.com",
        ] {
            assert!(
                plain_mailbox(text.as_bytes(), bounds(text.as_bytes())).is_some(),
                "{text}"
            );
        }
    }
}

//! Address lists as mail-parser, mailparse and email_address read them, beside our reading: where one
//! differs, `tests/corpus/mail/differences.md` says how, and why we are right.
//!
//! `PELINE_BLESS=1 cargo test` writes the observations anew. A reason stays with its observation only
//! as long as that is the same; a new one gets the reason `?`, and the test fails until somebody has
//! found out which it is.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use email_address::{EmailAddress, Options};
use mail_parser::{HeaderName, HeaderValue, MessageParser};
use mailparse::{MailAddr, MailHeaderMap};
use peline::{
    Address, ParseError, Reason,
    mail::{AddressList, FieldName, Message},
};
use proptest::{collection::vec, prelude::*, sample::select};

const FIELDS: [FieldName; 3] = [FieldName::To, FieldName::Cc, FieldName::Bcc];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// A text on one line: what cannot be seen, and what is no UTF-8, is escaped.
fn escaped(text: &[u8]) -> String {
    let mut line = String::new();
    for chunk in text.utf8_chunks() {
        for char in chunk.valid().chars() {
            match char {
                '\\' => line.push_str("\\\\"),
                '\t' => line.push_str("\\t"),
                '\r' => line.push_str("\\r"),
                '\n' => line.push_str("\\n"),
                '"' | '\'' => line.push(char),
                _ if char.escape_debug().count() == 1 => line.push(char),
                _ => escape_octets(&mut line, char.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        escape_octets(&mut line, chunk.invalid());
    }
    line
}

fn escape_octets(line: &mut String, octets: &[u8]) {
    for octet in octets {
        write!(line, "\\x{octet:02X}").unwrap();
    }
}

fn unescaped(line: &str) -> Vec<u8> {
    let mut text = Vec::new();
    let mut parts = line.split('\\');
    text.extend_from_slice(parts.next().unwrap().as_bytes());
    while let Some(part) = parts.next() {
        let (octet, after) = match part.chars().next() {
            None => (b'\\', parts.next().unwrap()),
            Some('t') => (b'\t', &part[1..]),
            Some('r') => (b'\r', &part[1..]),
            Some('n') => (b'\n', &part[1..]),
            Some('x') => (u8::from_str_radix(&part[1..3], 16).unwrap(), &part[3..]),
            Some(char) => panic!("\\{char} is no escape"),
        };
        text.push(octet);
        text.extend_from_slice(after.as_bytes());
    }
    text
}

/// A message, and where it comes from.
struct Case {
    label: String,
    message: Vec<u8>,
}

/// The lists of `lists.txt`: label and value.
fn lists() -> Vec<(String, Vec<u8>)> {
    let text = fs::read_to_string(corpus().join("lists.txt")).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (label, value) = line.split_once(':').unwrap();
            let value = value.strip_prefix(' ').unwrap_or(value);
            (label.to_owned(), unescaped(value))
        })
        .collect()
}

/// The header with the list in `To`.
fn message(list: &[u8]) -> Vec<u8> {
    [b"Subject: x\r\nTo: ", list, b"\r\nX-After: y\r\n\r\nbody"].concat()
}

/// The lists, each in a message of its own, and the messages of the corpus.
fn cases() -> Vec<Case> {
    let mut cases: Vec<_> = lists()
        .into_iter()
        .map(|(label, value)| Case {
            label,
            message: message(&value),
        })
        .collect();
    let mut files: Vec<_> = fs::read_dir(corpus().join("mail"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
        .collect();
    files.sort();
    cases.extend(files.into_iter().map(|path| Case {
        label: path.file_name().unwrap().to_str().unwrap().to_owned(),
        message: fs::read(path).unwrap(),
    }));
    cases
}

/// A mailbox as a peer reads it.
#[derive(Debug, Eq, PartialEq)]
struct Read {
    /// In lower case.
    address: String,
    name: String,
}

impl Read {
    fn new(address: &str, name: Option<&str>) -> Self {
        let address = address.to_lowercase();
        let name = name.unwrap_or_default().to_owned();
        Self { address, name }
    }

    fn shown(&self) -> String {
        shown(&self.address, &self.name)
    }
}

fn shown(address: &str, name: &str) -> String {
    let address = clipped(&escaped(address.as_bytes()));
    if name.is_empty() {
        return format!("<{address}>");
    }
    format!("[{}] <{address}>", clipped(&escaped(name.as_bytes())))
}

/// A mailbox as we read it.
struct Ours {
    read: Read,
    /// As it is written.
    raw: Vec<u8>,
    reason: Option<Reason>,
}

impl Ours {
    fn shown(&self) -> String {
        let shown = self.read.shown();
        match self.reason {
            None => shown,
            Some(reason) => format!("{shown}, not routed: {}", reason.name()),
        }
    }
}

/// The field of a message as we read it, and its text. That the whole message is an automatic answer
/// is no matter of lists, and not asked for.
fn ours(text: &[u8], name: FieldName) -> Result<Vec<Ours>, ParseError> {
    let message = Message::parse(text)?;
    let list = if name == FieldName::Cc {
        message.cc()?
    } else if name == FieldName::Bcc {
        message.bcc()?
    } else {
        message.to()?
    };
    let obsolete = list.is_some_and(|list| list.field().has_obsolete_name());
    let mailboxes = list.iter().flat_map(AddressList::mailboxes);
    let mailboxes = mailboxes.map(|mailbox| {
        let name = mailbox.name();
        let name = name.as_ref().map(|name| name.as_str());
        let obsolete = obsolete.then_some(Reason::ObsoleteFieldName);
        Ours {
            read: Read::new(mailbox.address().as_str(), name),
            raw: mailbox.span().of(text).unwrap().to_owned(),
            reason: obsolete.or(mailbox.routable().err()),
        }
    });
    Ok(mailboxes.collect())
}

/// The field as it is written, for the list of differences.
fn raw_field(text: &[u8], name: FieldName) -> String {
    let fields = Message::parse(text).map(|message| {
        let fields = message.fields().filter_map(Result::ok);
        fields
            .filter(|field| field.name() == Some(name))
            .map(|field| escaped(field.raw_value()).trim_matches(' ').to_owned())
            .collect::<Vec<_>>()
    });
    match fields {
        Ok(fields) if !fields.is_empty() => fields.join(" | "),
        _ => escaped(text),
    }
}

type Theirs = Result<Vec<Read>, String>;

/// Every address of every such field, as mail-parser reads it.
fn mail_parser(text: &[u8], name: FieldName) -> Theirs {
    let Some(message) = MessageParser::default().parse(text) else {
        return Err("no message".to_owned());
    };
    let name = HeaderName::parse(name.as_str()).unwrap();
    let lists = message
        .header_values(name)
        .filter_map(HeaderValue::as_address);
    let reads = lists.flat_map(|list| list.iter()).filter_map(|read| {
        let address = read.address.as_deref()?;
        Some(Read::new(address, read.name.as_deref()))
    });
    Ok(reads.collect())
}

/// Every address of every such field, as mailparse reads it.
fn mailparse(text: &[u8], name: FieldName) -> Theirs {
    let parsed = mailparse::parse_headers(text);
    let (headers, _) = parsed.map_err(|error| error.to_string())?;
    let mut reads = Vec::new();
    for header in headers.get_all_headers(name.as_str()) {
        let list = mailparse::addrparse_header(header).map_err(|error| error.to_string())?;
        for read in list.iter() {
            let singles = match read {
                MailAddr::Group(group) => &group.addrs[..],
                MailAddr::Single(single) => std::slice::from_ref(single),
            };
            let read = |single: &mailparse::SingleInfo| {
                Read::new(&single.addr, single.display_name.as_deref())
            };
            reads.extend(singles.iter().map(read));
        }
    }
    Ok(reads)
}

/// Where a peer reads another thing.
struct Difference {
    peer: &'static str,
    cases: String,
    input: String,
    theirs: String,
    ours: String,
}

impl Difference {
    /// What is read out of what.
    fn reading(&self) -> String {
        let Self {
            input,
            theirs,
            ours,
            ..
        } = self;
        format!("input   {input}\ntheirs  {theirs}\nours    {ours}\n")
    }

    /// All but the reason.
    fn observed(&self) -> String {
        format!("case    {}\n{}", self.cases, self.reading())
    }
}

/// What fits on a line of the list.
const LINE: usize = 160;

/// Long texts by their beginning and their length.
fn clipped(text: &str) -> String {
    let chars = text.chars().count();
    if chars <= LINE {
        return text.to_owned();
    }
    let start: String = text.chars().take(80).collect();
    format!("{start}… ({chars} characters)")
}

fn joined(texts: &[String]) -> String {
    match texts {
        [] => "nobody".to_owned(),
        [first, second, .., last] if texts.len() > 6 => {
            format!("{first}, {second}, … {last} ({} of them)", texts.len())
        }
        texts => texts.join(", "),
    }
}

/// What two readers make of one field.
struct Pair<'a> {
    peer: &'static str,
    case: &'a str,
    input: String,
    ours: Result<Vec<Ours>, ParseError>,
    theirs: Theirs,
}

impl Pair<'_> {
    /// Mailboxes of the same address are compared with each other; between them, what only one of
    /// the two reads is a difference, unless it is one that we read and do not route.
    fn differences(&self) -> Vec<Difference> {
        let mut found = Vec::new();
        let ours = self.ours.as_deref().unwrap_or_default();
        let mut theirs = self.theirs.as_deref().unwrap_or_default();
        let mut alone: &[Ours] = &ours[..0];
        for (at, our) in ours.iter().enumerate() {
            let same = |their: &Read| their.address == our.read.address;
            let Some(place) = theirs.iter().position(same) else {
                alone = &ours[at - alone.len()..=at];
                continue;
            };
            found.extend(self.difference(alone, &theirs[..place]));
            alone = &ours[..0];
            if our.reason.is_some() || our.read != theirs[place] {
                let pair = (std::slice::from_ref(our), &theirs[place..=place]);
                found.extend(self.difference(pair.0, pair.1));
            }
            theirs = &theirs[place + 1..];
        }
        found.extend(self.difference(alone, theirs));
        found
    }

    fn difference(&self, ours: &[Ours], theirs: &[Read]) -> Option<Difference> {
        if theirs.is_empty() && ours.iter().all(|our| our.reason.is_some()) {
            return None;
        }
        let input = match ours {
            [one] if self.input.chars().count() > LINE => &escaped(&one.raw),
            _ => &self.input,
        };
        let theirs: Vec<_> = theirs.iter().map(Read::shown).collect();
        let theirs = match &self.theirs {
            Ok(_) => joined(&theirs),
            Err(error) => format!("error: {error}"),
        };
        let ours: Vec<_> = ours.iter().map(Ours::shown).collect();
        let ours = match &self.ours {
            Ok(_) => joined(&ours),
            Err(error) => format!("error: {}", error.kind().name()),
        };
        Some(Difference {
            peer: self.peer,
            cases: self.case.to_owned(),
            input: clipped(input),
            theirs,
            ours,
        })
    }
}

type Reader = fn(&[u8], FieldName) -> Theirs;

const READERS: [(&str, Reader); 2] = [("mail-parser", mail_parser), ("mailparse", mailparse)];

/// Where the readers of lists differ from us.
fn differences_of_lists(case: &Case) -> Vec<Difference> {
    let mut found = Vec::new();
    for (peer, reader) in READERS {
        for name in FIELDS {
            let label = if case.label.ends_with(".eml") {
                format!("{}, {}", case.label, name.as_str())
            } else {
                case.label.clone()
            };
            let pair = Pair {
                peer,
                case: &label,
                input: raw_field(&case.message, name),
                ours: ours(&case.message, name),
                theirs: reader(&case.message, name),
            };
            found.extend(pair.differences());
        }
    }
    found
}

/// Texts that could each be one address: the lists as they stand, and the address of every mailbox.
fn single_texts() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for (label, value) in lists() {
        if let Ok(text) = String::from_utf8(value) {
            texts.entry(text).or_insert(label);
        }
    }
    for case in cases() {
        for name in FIELDS {
            for our in ours(&case.message, name).unwrap_or_default() {
                texts.entry(our.read.address).or_insert(case.label.clone());
            }
        }
    }
    texts
}

/// What email_address accepts and we refuse; the other way round there is nothing.
fn differences_of_addresses() -> Vec<Difference> {
    // With a display name it is no address, but a mailbox.
    let options = Options::default().without_display_text();
    let mut found = Vec::new();
    for (text, label) in single_texts() {
        let theirs = EmailAddress::parse_with_options(&text, options).is_ok();
        match text.parse::<Address>() {
            Ok(_) => assert!(theirs, "{label}: email_address refuses {text}"),
            Err(error) if theirs => found.push(Difference {
                peer: "email_address",
                cases: label,
                input: clipped(&escaped(text.as_bytes())),
                theirs: "accepted".to_owned(),
                ours: format!("error: {}", error.kind().name()),
            }),
            Err(_) => {}
        }
    }
    found
}

/// What nobody has explained.
const UNEXPLAINED: &str = "?";

const PEERS: [&str; 3] = ["mail-parser", "mailparse", "email_address"];

/// What is committed.
struct Committed {
    text: String,
}

impl Committed {
    fn path() -> PathBuf {
        corpus().join("mail/differences.md")
    }

    fn read() -> Self {
        let text = fs::read_to_string(Self::path()).unwrap();
        Self { text }
    }

    /// What stands before the differences: the reasons.
    fn preamble(&self) -> &str {
        let heading = format!("\n## {}\n", PEERS[0]);
        let (preamble, _) = self.text.split_once(&heading).expect("the first peer");
        preamble
    }

    /// The keys that are explained: `* **key**: …`.
    fn explained(&self) -> Vec<&str> {
        let keys = self.preamble().lines();
        let keys = keys.filter_map(|line| line.strip_prefix("* **")?.split("**").next());
        keys.collect()
    }

    /// Each difference with its reason.
    fn reasons(&self) -> BTreeMap<(&str, String), &str> {
        let mut reasons = BTreeMap::new();
        for section in self.text.split("\n## ").skip(1) {
            let (peer, rest) = section.split_once('\n').unwrap();
            for block in rest.split("\n\n").map(str::trim) {
                if let Some((observed, reason)) = block.split_once("\nreason  ") {
                    let reason = reason.lines().next().unwrap();
                    let observed = observed.trim_start_matches("```text\n");
                    reasons.insert((peer, format!("{observed}\n")), reason);
                }
            }
        }
        reasons
    }

    /// The file as it would be with these differences.
    fn rewritten(&self, differences: &[Difference]) -> String {
        let reasons = self.reasons();
        let mut text = self.preamble().to_owned();
        for peer in PEERS {
            let mut blocks: Vec<_> = differences
                .iter()
                .filter(|difference| difference.peer == peer)
                .map(|difference| {
                    let observed = difference.observed();
                    let reason = reasons.get(&(peer, observed.clone()));
                    (*reason.unwrap_or(&UNEXPLAINED), observed)
                })
                .collect();
            blocks.sort_by_key(|&(reason, _)| reason);
            let blocks: Vec<_> = blocks
                .into_iter()
                .map(|(reason, observed)| format!("{observed}reason  {reason}\n"))
                .collect();
            let blocks = blocks.join("\n");
            write!(text, "\n## {peer}\n\n```text\n{blocks}```\n").unwrap();
        }
        text
    }
}

/// The differences; the same one in several cases stands there once.
fn differences() -> Vec<Difference> {
    let lists = cases();
    let mut differences: Vec<_> = lists.iter().flat_map(differences_of_lists).collect();
    differences.extend(differences_of_addresses());
    let mut merged: Vec<Difference> = Vec::new();
    let mut places = BTreeMap::new();
    for difference in differences {
        match places.entry((difference.peer, difference.reading())) {
            Entry::Vacant(place) => {
                place.insert(merged.len());
                merged.push(difference);
            }
            Entry::Occupied(place) => {
                let cases = &mut merged[*place.get()].cases;
                write!(cases, "; {}", difference.cases).unwrap();
            }
        }
    }
    merged
}

/// The blocks of one text that the other does not have.
fn only_in(one: &str, other: &str) -> String {
    let blocks = |text: &str| -> Vec<String> {
        let blocks = text.replace("```text\n", "").replace("\n```\n", "\n");
        blocks
            .split("\n\n")
            .map(|it| it.trim().to_owned())
            .collect()
    };
    let other: BTreeSet<_> = blocks(other).into_iter().collect();
    let mut only = blocks(one);
    only.retain(|block| !other.contains(block));
    only.join("\n\n")
}

#[test]
fn the_differences_are_those_of_the_list() {
    let committed = Committed::read();
    let found = committed.rewritten(&differences());
    if std::env::var_os("PELINE_BLESS").is_some() {
        fs::write(Committed::path(), &found).unwrap();
    }
    let committed = Committed::read();
    check_reasons(&committed);
    assert!(
        found == committed.text,
        "not in the list:\n\n{}\n\nin the list, and no more true:\n\n{}\n\nor in another order\n",
        only_in(&found, &committed.text),
        only_in(&committed.text, &found),
    );
}

/// Every difference has a reason, and every reason has a difference.
#[track_caller]
fn check_reasons(committed: &Committed) {
    let explained = committed.explained();
    let keys: BTreeSet<_> = explained.iter().copied().collect();
    assert_eq!(keys.len(), explained.len(), "a reason is explained twice");
    let reasons = committed.reasons();
    let used: BTreeSet<_> = reasons.values().copied().collect();
    assert!(!used.contains(UNEXPLAINED), "a difference has no reason");
    assert_eq!(used, keys, "the reasons used, and those explained");
}

#[test]
fn the_lists_are_in_order() {
    let lists = lists();
    assert!(lists.len() >= 100, "only {} lists were found", lists.len());
    let labels: BTreeSet<_> = lists.iter().map(|(label, _)| label).collect();
    assert_eq!(labels.len(), lists.len(), "a label stands there twice");
    let text = fs::read_to_string(corpus().join("lists.txt")).unwrap();
    for (label, value) in &lists {
        let line = format!("{label}: {}", escaped(value));
        let stands = text.lines().any(|it| it == line.trim_end());
        assert!(stands, "{label} is written otherwise: {line}");
    }
}

/// A piece of a list that everybody should read alike, and what it says.
#[derive(Clone, Debug)]
struct Written {
    text: String,
    address: String,
    name: String,
}

/// A list, and its mailboxes.
type List = (String, Vec<Written>);

/// No `=` and no `?`: what looks like an encoded word in a local part is `word-in-local-part`.
fn address() -> impl Strategy<Value = String> {
    let local_part = "[a-zA-Z0-9!#$%&'*+/^_`{|}~-]{1,12}(\\.[a-z0-9_-]{1,8}){0,2}";
    let domain = "[a-zA-Z0-9]{1,8}(-[a-z0-9]{1,5}){0,2}(\\.[a-z0-9]{1,8}){0,2}\\.[a-z]{2,6}";
    (local_part, domain).prop_filter_map("an address", |(local_part, domain)| {
        let address = format!("{local_part}@{domain}");
        Address::is_valid(&address).then_some(address)
    })
}

/// One blank, or a fold that stands for one: of more they make other names (`blank-in-name`).
fn blank() -> impl Strategy<Value = &'static str> {
    select(&[" ", " ", "\r\n "][..])
}

/// Words and what stands between them, as written and as meant.
fn words(word: &'static str) -> impl Strategy<Value = (String, String)> {
    (word, vec((blank(), word), 0..3)).prop_map(|(first, rest)| {
        let mut texts = (first.clone(), first);
        for (blank, word) in rest {
            texts.0 += &format!("{blank}{word}");
            texts.1 += &format!(" {word}");
        }
        texts
    })
}

/// Everything may stand in quotes but what would be an encoded word elsewhere (`word-in-quotes`), more than one
/// blank (`blank-in-name`), and a fold, which an `@` makes an error.
fn quoted(word: &'static str) -> impl Strategy<Value = (String, String)> {
    words(word).prop_map(|(text, name)| {
        let text = text.replace("\r\n", "");
        let text = text.replace('\\', "\\\\").replace('"', "\\\"");
        (format!("\"{text}\""), name)
    })
}

fn encoded_word(text: &str, base64: bool) -> String {
    if base64 {
        return format!("=?UTF-8?B?{}?=", STANDARD.encode(text));
    }
    let mut word = "=?utf-8?q?".to_owned();
    for &octet in text.as_bytes() {
        match octet {
            b' ' => word.push('_'),
            _ if octet.is_ascii_alphanumeric() => word.push(char::from(octet)),
            _ => write!(word, "={octet:02X}").unwrap(),
        }
    }
    word + "?="
}

/// A run of encoded words that is one text; each holds whole characters (`split-character`) and ends
/// with none that is white space (`blank-in-name`).
fn encoded() -> impl Strategy<Value = (String, String)> {
    let word = ("[ -~\u{e9}\u{5927}]{0,7}[!-~\u{e9}\u{5927}]", any::<bool>());
    vec((word, blank()), 1..4).prop_map(|words| {
        let texts = words.iter().map(|((text, _), _)| text.as_str());
        let name = texts.collect();
        let mut text = String::new();
        for ((word, base64), blank) in &words {
            text += &encoded_word(word, *base64);
            text += blank;
        }
        (text.trim_end().to_owned(), name)
    })
}

/// What a name is made of.
#[derive(Clone, Copy, Debug)]
enum Charset {
    /// ASCII and encoded words.
    Ascii,
    /// Text that is UTF-8 as it stands, and no encoded words behind it (`word-behind-utf8`).
    Utf8,
}

/// An atom, or an initial with its dot.
const ATOM: &str = "[A-Za-z0-9!#$%&'*+/^_`{|}~-]{1,8}|[A-Z]\\.";

fn name(charset: Charset) -> BoxedStrategy<(String, String)> {
    if matches!(charset, Charset::Utf8) {
        let atom = "[A-Za-z0-9!#$%&'*+/^_`{|}~\u{e9}\u{5927}-]{1,8}|[A-Z]\\.";
        let word = "[!-<>-~\u{e9}\u{5927}]{1,8}";
        return prop_oneof![words(atom), quoted(word)].boxed();
    }
    prop_oneof![
        words(ATOM),
        quoted("[!-<>-~]{1,8}"),
        encoded(),
        side_by_side(words(ATOM), encoded()),
        side_by_side(encoded(), words(ATOM)),
    ]
    .boxed()
}

fn side_by_side(
    one: impl Strategy<Value = (String, String)>,
    two: impl Strategy<Value = (String, String)>,
) -> impl Strategy<Value = (String, String)> {
    (one, blank(), two).prop_map(|(one, blank, two)| {
        let text = format!("{}{blank}{}", one.0, two.0);
        (text, format!("{} {}", one.1, two.1))
    })
}

fn mailbox(charset: Charset) -> impl Strategy<Value = Written> {
    let alone = |text: String, address: String| Written {
        text,
        address,
        name: String::new(),
    };
    prop_oneof![
        address().prop_map(move |address| alone(address.clone(), address)),
        address().prop_map(move |address| alone(format!("<{address}>"), address)),
        (name(charset), blank(), address()).prop_map(|((text, name), blank, address)| Written {
            text: format!("{text}{blank}<{address}>"),
            address,
            name,
        }),
    ]
}

/// Mailboxes without empty slots between them (`empty-slot`).
fn list(mailbox: impl Strategy<Value = Written>) -> impl Strategy<Value = List> {
    let comma = select(&[",", ", ", ",\r\n ", " ,\t", "\r\n , "][..]);
    let before = select(&["", "", "\r\n ", " "][..]);
    (before, vec((comma, mailbox), 1..6)).prop_map(|(before, mailboxes)| {
        let mut text = before.to_owned();
        for (at, (comma, mailbox)) in mailboxes.iter().enumerate() {
            text += if at == 0 { "" } else { comma };
            text += &mailbox.text;
        }
        let mailboxes = mailboxes.into_iter().map(|(_, mailbox)| mailbox);
        (text, mailboxes.collect())
    })
}

fn well_formed() -> impl Strategy<Value = List> {
    prop_oneof![list(mailbox(Charset::Ascii)), list(mailbox(Charset::Utf8)),]
}

/// A mailbox with a comment behind it that neither nests nor has escapes (`comment-not-read`).
fn commented(charset: Charset) -> impl Strategy<Value = Written> {
    let comment = "[ !-'*->@-\\[\\]-~]{0,12}";
    (mailbox(charset), blank(), comment).prop_map(|(mailbox, blank, comment)| Written {
        text: format!("{}{blank}({comment})", mailbox.text),
        ..mailbox
    })
}

fn well_formed_with_comments() -> impl Strategy<Value = List> {
    prop_oneof![
        list(commented(Charset::Ascii)),
        list(commented(Charset::Utf8)),
    ]
}

/// What a list says, if every mailbox of it is routed.
fn routed(text: &[u8]) -> Vec<Read> {
    let mailboxes = ours(text, FieldName::To).unwrap();
    assert!(mailboxes.iter().all(|our| our.reason.is_none()));
    mailboxes.into_iter().map(|our| our.read).collect()
}

fn meant(mailboxes: &[Written]) -> Vec<Read> {
    let read = |it: &Written| Read::new(&it.address, Some(&it.name));
    mailboxes.iter().map(read).collect()
}

fn addresses(reads: &[Read]) -> Vec<&str> {
    reads.iter().map(|read| read.address.as_str()).collect()
}

/// Pieces of lists in any order, and addresses that are nearly right.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    let pieces: &[&str] = &[
        "@",
        "@",
        "<",
        ">",
        ",",
        ",",
        ";",
        ":",
        "(",
        ")",
        "\"",
        "\\",
        ".",
        "[",
        "]",
        " ",
        "\r\n ",
        "jane",
        "a",
        "example.com",
        "b.example",
        "localhost",
        "b_c.example",
        "-x.example",
        "b.123",
        "jane@example.com",
        "<joe@b.example>",
        "Jane <jane@example.com>",
        "\"x y\"",
        "(x)",
        "=?utf-8?q?jane?=",
        "=?utf-8?b?Sm9l?=",
        "=?",
        "?=",
        "%",
        "!",
        "\u{e9}",
        "\u{ff20}",
        "[192.0.2.1]",
        "team: ",
        "x.y",
        "..",
        "\t",
    ];
    let pieces = move |most| vec(select(pieces), 1..most).prop_map(|pieces| pieces.concat());
    let part = "[a-zA-Z0-9.=?_%!\\[\\]\"\u{e9}-]{1,8}|[a-z]{1,70}";
    let nearly =
        (part, "[a-zA-Z0-9._-]{1,6}|[a-z]{1,70}", pieces(2)).prop_map(|(local, domain, piece)| {
            let domain = domain + ".example";
            [
                format!("{local}@{domain}"),
                format!("{local}@{domain}, {piece}"),
            ]
        });
    prop_oneof![
        pieces(10).boxed(),
        (nearly, any::<bool>())
            .prop_map(|([one, two], more)| if more { two } else { one })
            .boxed(),
    ]
    .prop_map(String::into_bytes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_well_formed_is_read_alike((text, mailboxes) in well_formed()) {
        let message = message(text.as_bytes());
        let meant = meant(&mailboxes);
        prop_assert_eq!(&routed(&message), &meant);
        for (peer, reader) in READERS {
            let theirs = reader(&message, FieldName::To);
            prop_assert_eq!(theirs.as_deref(), Ok(&meant[..]), "{}", peer);
        }
    }

    /// mail-parser takes comments for names (`comment-as-name`), so only its addresses are compared.
    #[test]
    fn no_comment_behind_a_mailbox_moves_an_address((text, mailboxes) in well_formed_with_comments()) {
        let message = message(text.as_bytes());
        let meant = meant(&mailboxes);
        prop_assert_eq!(&routed(&message), &meant);
        let theirs = mailparse(&message, FieldName::To);
        prop_assert_eq!(theirs.as_deref(), Ok(&meant[..]));
        let theirs = mail_parser(&message, FieldName::To).unwrap();
        prop_assert_eq!(addresses(&theirs), addresses(&meant));
    }

    #[test]
    fn what_is_routed_is_an_address_of_email_address(soup in soup()) {
        let strict = Options::default()
            .without_display_text()
            .without_domain_literal()
            .with_required_tld();
        let message = message(&soup);
        for our in ours(&message, FieldName::To).unwrap_or_default() {
            if our.reason.is_none() {
                let theirs = EmailAddress::parse_with_options(&our.read.address, strict);
                prop_assert!(theirs.is_ok(), "{:?}: {}", theirs, our.read.address);
            }
        }
    }
}

//! Messages and PE texts that are made to be slow, in any size.

use core::hint::black_box;

use peline::{
    Address, ErrorKind,
    mail::{Limits, Message},
    pe,
};

/// Something to be read.
#[derive(Debug)]
pub(crate) enum Hostile {
    /// A message, and the envelope that it came in.
    Mail {
        text: Vec<u8>,
        envelope: Vec<Address>,
    },
    Pe(Vec<u8>),
}

/// What a text is made of, over and over.
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    make: fn(usize) -> Hostile,
}

macro_rules! shapes {
    ($($name:literal => $make:expr;)*) => {
        &[$(Shape { name: $name, make: $make },)*]
    };
}

/// All of them.
pub(crate) const SHAPES: &[Shape] = shapes! {
    "mailboxes" => |size| repeated("", "jane@example.com, ", END, size);
    "mailboxes, no commas" => |size| repeated("", "jane@example.com ", END, size);
    "named mailboxes" => |size| repeated("", "Jane Doe <jane@example.com>, ", END, size);
    "quoted mailboxes" => |size| repeated("", "\"a\\\"b\"@example.com, ", END, size);
    "literals" => |size| repeated("", "jane@[192. 0.2.1], ", END, size);
    "nested comments" => |size| repeated("", "(a(b)c)", END, size);
    "deep comments" => |size| nested(size);
    "deep comments, open" => |size| repeated("", "(", "", size);
    "comments in a name" => |size| repeated("", "a (b) ", " <jane@example.com>", size);
    "comments in a domain" => |size| repeated("jane@a", "(b).(b)a", "", size);
    "encoded words" => |size| repeated("", "=?utf-8?q?a?= ", "<jane@example.com>", size);
    "encoded words, UTF-8" => |size| {
        repeated("", "=?utf-8?q?=C3=A9?= ", "<jane@example.com>", size)
    };
    "encoded, many charsets" => |size| {
        repeated("", "=?utf-8?q?=C3?= =?latin1?b?YQ?= =?no?q?a?= ", "<jane@example.com>", size)
    };
    "encoded, long" => |size| repeated("=?utf-8?q?", "=C3=A9", "?= <jane@example.com>", size);
    "encoded, open" => |size| repeated("", "=?", " <jane@example.com>", size);
    "encoded, charset only" => |size| repeated("", "=?a", " <jane@example.com>", size);
    "encoded, no end" => |size| repeated("", "=?a*b?q?", " <jane@example.com>", size);
    "encoded, in an address" => |size| repeated("", "=?a?q?", "@example.com", size);
    "encoded, in a local part" => |size| repeated("a(", "=?a?q?x ", ").b@example.com", size);
    "encoded, one end" => |size| repeated("", "=?a?q?x ", "?= <jane@example.com>", size);
    "encoded, in a comment" => |size| repeated("(", "=?a?q?x ", "?=) jane@example.com", size);
    "encoded, in quotes" => |size| repeated("\"", "=?a?q?x ", "?=\" <jane@example.com>", size);
    "encoded, never ended" => |size| repeated("", "\"=?a?q?x\" =?a?q?x <a@b.example>, ", END, size);
    "quotes, open" => |size| repeated("\"", "a ", "", size);
    "quotes, folded" => |size| repeated("", "\"a\r\n b\" (c\r\n d) ", END, size);
    "quotes, odd" => |size| repeated("\"", "\"a\" ", "", size);
    "backslashes" => |size| repeated("\"", "\\\\", "\" <jane@example.com>", size);
    "backslashes, open" => |size| repeated("\"", "\\\"", "", size);
    "at signs" => |size| repeated("", "@", "", size);
    "at signs in quotes" => |size| repeated("\"", "@ \\\"@ ", "\" <jane@example.com>", size);
    "empty slots" => |size| repeated("", ",", END, size);
    "blanks" => |size| repeated("", " \t", END, size);
    "folded lines" => |size| repeated("", "jane@example.com,\r\n\t", END, size);
    "blank folds" => |size| repeated("a", "\r\n ", END, size);
    "routes" => |size| repeated("<@a", ",@a", ":jane@example.com>", size);
    "routes, open" => |size| repeated("<", "@a,", "", size);
    "angles" => |size| repeated("", "<", "", size);
    "spaced dots" => |size| repeated("a", " . a", " @example.com", size);
    "dots in a name" => |size| repeated("a", ".a", " <jane@example.com>", size);
    "labels" => |size| repeated("jane@a", ".a", "", size);
    "beyond ASCII" => |size| repeated("", "é", "@example.com", size);
    "groups" => |size| repeated("", "a:;", "", size);
    "groups, open" => |size| repeated("", "a:", "", size);
    "group, open" => |size| repeated("a:", "jane@example.com,", "", size);
    "semicolons" => |size| repeated("a:", ";", "", size);
    "fields" => |size| header("", "X-A: b\r\n", size);
    "fields, nameless" => |size| header("", ": b\r\n", size);
    "lines that are no field" => |size| header("", "abc\r\n", size);
    "fields, spaced" => |size| header("", "Cc : jane@example.com\r\n", size);
    "fields, repeated" => |size| header("", "Cc: jane@example.com\r\n", size);
    "fields, folded" => |size| header("X: a\r\n", " a\r\n", size);
    "header name" => |size| header("", "a", size);
    "header name, spaced" => |size| header("To", " ", size);
    "no line end" => |size| header("X: a\r\n", "\r", size);
    "line ends, mixed" => |size| header("X: a\r\nTo:", "\n\r \r", size);
    "line ends, lone" => |size| header("X: a\r\nTo:", "a\n", size);
    "line ends, names" => |size| header("X: a\r\nX:", "a\rTé\u{80}", size);
    "names, beyond ASCII" => |size| header("X: a\r\nX:", "\rà", size);
    "names in broken lines" => |size| header("", "\0To\r\n", size);
    "colons in broken lines" => |size| header("X: a\r\n", "\0:\r\n", size);
    "names, each in two lines" => |size| header("", "\0Reply-\r\n\0To:\r\n", size);
    "names, lone line ends" => |size| header("X: a", "\r\x01To:", size);
    "name, far from its colon" => |size| header("To", "\r\x01", size);
    "date" => |size| header("Date:", " (a)1", size);
    "message id" => |size| header("Message-ID: <a", ".a", size);
    "auto-submitted" => |size| header("Auto-Submitted: no", "; a=\"b\" (c)", size);
    "envelope" => envelope;
    "PE, entries" => |size| scripts("", "PE#a@x.com#CC/\n", size);
    "PE, stacked" => |size| scripts("", "PE#a@x.com#§", size);
    "PE, at signs" => |size| scripts("x", "@", size);
    "PE, at signs in a name" => |size| scripts("PE#a@x.com#CC/", "@", size);
    "PE, lost glyphs" => |size| scripts("x@", "?", size);
    "PE, lost end-items" => |size| scripts("x", "?PE #@", size);
    "PE, lost, no at sign" => |size| scripts("x", "? PE1 ", size);
    "PE, marks in a name" => |size| scripts("PE#a@x.com#CC/", "-1.1)", size);
    "PE, glyphs below a name" => |size| scripts("PE#a@x.com#CC/X\n", "#,", size);
    "PE, codes below a name" => |size| scripts("PE#a@x.com#CC/X\n", "#BC", size);
    "PE, glyphs below an item" => |size| scripts(" 1.#a@x.com#CC/X\n", "X#", size);
    "PE, glyphs in segments" => |size| scripts("PE#a@x.com#§", "#,§", size);
    "PE, numbers in a name" => |size| scripts("PE#a@x.com#CC/X", " 2.X", size);
    "PE, items passed over" => |size| scripts(" 1.#a@x.com#\n", " 2.X\n", size);
    "PE, headings" => |size| scripts("1.X\n", "  EMAIL ADDRESS\n", size);
    "PE, display" => |size| scripts("*PE\n", "1.#a@x.com#CC/X\n    Y\n", size);
    "PE, quoted display" => |size| scripts("> *PE\n", ">  1.a@x.com\n>      X\n", size);
    "PE, indented remarks" => |size| scripts("    *PE\n     1.a@x.com\n", "    X\n", size);
    "PE, blanks" => |size| scripts("*PE\n", " \t", size);
    "PE, prompts" => |size| scripts("*PE\n", ">", size);
};

const END: &str = "john@example.com";

impl Shape {
    /// A text of that shape, of about `size` bytes.
    pub(crate) fn make(&self, size: usize) -> Hostile {
        (self.make)(size)
    }
}

/// In each of the fields that have a text of their own.
fn repeated(begin: &str, middle: &str, end: &str, size: usize) -> Hostile {
    let value = [begin, &middle.repeat(size / 3 / middle.len()), end].concat();
    mail(&format!(
        "From: {value}\r\nTo: {value}\r\nSubject: {value}\r\n"
    ))
}

fn nested(size: usize) -> Hostile {
    let [open, close] = ["(", ")"].map(|paren| paren.repeat(size / 2));
    mail(&format!("To: {open}{close}jane@example.com\r\n"))
}

fn header(begin: &str, middle: &str, size: usize) -> Hostile {
    mail(&[begin, &middle.repeat(size / middle.len()), "\r\n"].concat())
}

fn mail(header: &str) -> Hostile {
    enveloped(header, Vec::new())
}

fn enveloped(header: &str, envelope: Vec<Address>) -> Hostile {
    Hostile::Mail {
        text: [header, "\r\nBody"].concat().into_bytes(),
        envelope,
    }
}

fn scripts(begin: &str, middle: &str, size: usize) -> Hostile {
    Hostile::Pe(
        [begin, &middle.repeat(size / middle.len())]
            .concat()
            .into_bytes(),
    )
}

/// As many recipients in the envelope as in the header; every other one is in both.
fn envelope(size: usize) -> Hostile {
    let address = |number: usize| format!("jane{number}@example.com");
    let numbers = 0..size / 20;
    let header: Vec<String> = numbers.clone().map(address).collect();
    let envelope = numbers.map(|number| address(number * 2).parse().unwrap());
    enveloped(
        &format!("To: {}\r\n", header.join(", ")),
        envelope.collect(),
    )
}

impl Hostile {
    /// Reads all that there is to read.
    #[inline(never)]
    pub(crate) fn read(&self) {
        match self {
            Self::Mail { text, envelope } => Self::read_mail(text, envelope),
            Self::Pe(text) => {
                for found in pe::scan(text) {
                    black_box(found);
                }
            }
        }
    }

    /// With names decoded; without limits, which would end it.
    fn read_mail(text: &[u8], envelope: &[Address]) {
        let limits = Limits::default()
            .with_header(usize::MAX)
            .with_fields(usize::MAX)
            .with_field(usize::MAX)
            .with_address_field(usize::MAX)
            .with_mailboxes(usize::MAX)
            .with_comment_depth(usize::MAX)
            .with_encoded_words(usize::MAX);
        let message = match Message::parse_within(text, limits) {
            Ok(message) => message,
            Err(error) => return unlimited(error.kind()),
        };
        for listed in message.recipients(envelope) {
            match &listed.content {
                Ok(candidate) => drop(black_box(candidate.recipient())),
                Err(error) => unlimited(error.kind()),
            }
            black_box(&listed);
        }
        let _ = black_box(message.from());
        let _ = black_box(message.subject());
        let _ = black_box(message.date());
        let _ = black_box(message.message_id());
        let _ = black_box(message.auto_submitted());
    }
}

/// # Panics
///
/// If a limit ended the reading.
fn unlimited(kind: ErrorKind) {
    let limits = [
        ErrorKind::CommentTooDeep,
        ErrorKind::FieldTooLong,
        ErrorKind::HeaderTooLong,
        ErrorKind::TooManyEncodedWords,
        ErrorKind::TooManyFields,
        ErrorKind::TooManyMailboxes,
    ];
    assert!(!limits.contains(&kind), "{kind}");
}

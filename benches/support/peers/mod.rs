//! The same reading of PE lines as it would be written without this crate, in three ways.
//!
//! All of them read what the texts of [`inputs`](super::inputs) hold: three spellings of the
//! delimiter, code, addressee, language, reference. They take `&str` (that the text is UTF-8 is a
//! gift, peline settles the encoding itself), borrow from it, and check the address as stored with
//! `email_address`, which accepts it exactly if it accepts what it stands for.

pub(crate) mod hand;
pub(crate) mod nom;
pub(crate) mod regex;

use core::str::FromStr;

use email_address::EmailAddress;
use peline::pe::{self, Code, Found, Language, NameReference, RawEntry};

/// What an entry says. `address` is as stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) address: &'a str,
    pub(crate) code: Option<Code>,
    pub(crate) addressee: Option<&'a str>,
    pub(crate) language: Option<Language>,
    pub(crate) reference: Option<NameReference>,
}

fn is_address(text: &str) -> bool {
    EmailAddress::from_str(text).is_ok()
}

fn code(letters: &str) -> Option<Code> {
    match letters {
        "TO" => Some(Code::To),
        "CC" => Some(Code::Cc),
        "BC" => Some(Code::Bc),
        "FR" => Some(Code::Fr),
        _ => None,
    }
}

fn language(letter: &str) -> Option<Language> {
    Language::from_letter(letter.chars().next()?)
}

/// What stands behind a hyphen: `n.n`.
fn reference(item: &str, passenger: &str) -> Option<NameReference> {
    NameReference::new(item.parse().ok()?, Some(passenger.parse().ok()?))
}

/// A record by itself, with the address that the stored one stands for.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Owned {
    address: String,
    code: Option<Code>,
    addressee: Option<String>,
    language: Option<Language>,
    reference: Option<NameReference>,
}

impl From<Record<'_>> for Owned {
    fn from(record: Record<'_>) -> Self {
        let address = record.address.replace("==", "_").replace('/', "'");
        Self {
            address: address.to_ascii_lowercase(),
            code: record.code,
            addressee: record.addressee.map(str::to_owned),
            language: record.language,
            reference: record.reference,
        }
    }
}

impl From<&RawEntry<'_>> for Owned {
    fn from(entry: &RawEntry<'_>) -> Self {
        Self {
            address: entry.address().as_str().to_owned(),
            code: entry.written_code(),
            addressee: entry.addressee().map(Into::into),
            language: entry.language(),
            reference: entry.name_reference(),
        }
    }
}

/// Whether a peer reads from a text what peline reads.
///
/// # Panics
///
/// If not.
pub(crate) fn must_agree<'a>(
    peer: &str,
    text: &str,
    entries: usize,
    records: impl Iterator<Item = Record<'a>>,
) {
    let mut found = pe::scan(text.as_bytes());
    let mut count: usize = 0;
    for record in records {
        count += 1;
        let ours = found.next().map(|found| owned(&found));
        assert_eq!(ours, Some(Owned::from(record)), "{peer}, entry {count}");
    }
    assert!(found.next().is_none(), "{peer} stops after entry {count}");
    assert!(count >= entries, "{peer} finds {count} entries only");
}

fn owned(found: &Found<'_>) -> Owned {
    let content = found.content.as_ref().unwrap();
    content.entry().map(Owned::from).unwrap()
}

/// What peline hands out of one entry, without allocating.
pub(crate) fn consume(entry: &RawEntry<'_>) {
    core::hint::black_box((
        entry,
        entry.written_code(),
        entry.language(),
        entry.name_reference(),
        entry.addressee(),
    ));
}

/// The same of what was found: how many entries it is.
pub(crate) fn consume_found(found: &Found<'_>) -> usize {
    match found.content.as_ref().map(pe::Content::entry) {
        Ok(Some(entry)) => {
            consume(entry);
            1
        }
        _ => 0,
    }
}

/// The same of a whole text.
pub(crate) fn consume_all(text: &[u8]) -> usize {
    pe::scan(text).map(|found| consume_found(&found)).sum()
}

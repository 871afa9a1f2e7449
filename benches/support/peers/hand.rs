//! By hand, with `memchr`.

use memchr::{memchr, memchr_iter, memrchr};
use peline::pe::NameReference;

use super::{Record, code, is_address, language};

/// The record of one line.
pub(crate) fn entry(line: &str) -> Option<Record<'_>> {
    let rest = line.strip_prefix("PE")?;
    let delimiter = match rest.as_bytes() {
        [b'#', ..] => "#",
        [0xC2, 0xA5, ..] => "¥",
        [0xE2, 0x80, 0xA1, ..] => "‡",
        _ => return None,
    };
    let rest = rest.get(delimiter.len()..)?;
    // An address is ASCII, so the first byte of the delimiter cannot stand in it.
    let closing = memchr(*delimiter.as_bytes().first()?, rest.as_bytes())?;
    let (address, rest) = rest.split_at_checked(closing)?;
    let tail = rest.strip_prefix(delimiter)?;
    if !is_address(address) {
        return None;
    }
    let mut record = Record {
        address,
        code: None,
        addressee: None,
        language: None,
        reference: None,
    };
    let mut text = tail;
    if let Some(change) = change(tail) {
        text = tail.get(..change)?;
        let (letter, behind) = tail.get(change + 2..)?.split_at_checked(1)?;
        record.language = Some(language(letter)?);
        if let Some(numbers) = behind.strip_prefix('-') {
            record.reference = Some(reference(numbers)?);
        } else if !behind.is_empty() {
            return None;
        }
    } else if let Some(hyphen) = memrchr(b'-', tail.as_bytes())
        && let Some(found) = reference(tail.get(hyphen + 1..)?)
    {
        record.reference = Some(found);
        text = tail.get(..hyphen)?;
    }
    if let Some((letters, behind)) = text.split_at_checked(2) {
        record.code = Some(code(letters)?);
        let name = behind.strip_prefix('/')?.trim_ascii();
        record.addressee = (!name.is_empty()).then_some(name);
    } else if !text.is_empty() {
        return None;
    }
    Some(record)
}

/// The records of all lines.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = Record<'_>> {
    let mut start = 0;
    memchr_iter(b'\n', text.as_bytes())
        .chain([text.len()])
        .filter_map(move |end| {
            let line = text.get(start..end)?;
            start = end + 1;
            entry(line)
        })
}

/// Where the change glyph stands.
fn change(tail: &str) -> Option<usize> {
    let tail = tail.as_bytes();
    memchr_iter(0xA4, tail)
        .map(|at| at.saturating_sub(1))
        .find(|&at| tail.get(at) == Some(&0xC2))
}

fn reference(numbers: &str) -> Option<NameReference> {
    let dot = memchr(b'.', numbers.as_bytes())?;
    let (item, passenger) = (numbers.get(..dot)?, numbers.get(dot + 1..)?);
    super::reference(item, passenger)
}

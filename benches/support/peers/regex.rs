//! With one regular expression.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Record, code, is_address, language, reference};

static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?mx)^PE
        (?: ‡([^‡\n]+)‡ | \#([^\#\n]+)\# | ¥([^¥\n]+)¥ )
        (?: (TO|CC|BC|FR) / ([^¤\n]*?) )?
        (?: ¤([A-Z]) )?
        (?: -([0-9]{1,3})\.([0-9]{1,3}) )?$",
    )
    .unwrap()
});

/// The record of one line.
pub(crate) fn entry(line: &str) -> Option<Record<'_>> {
    record(&ENTRY.captures(line)?)
}

/// The records of all lines.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = Record<'_>> {
    ENTRY
        .captures_iter(text)
        .filter_map(|captures| record(&captures))
}

fn record<'a>(captures: &Captures<'a>) -> Option<Record<'a>> {
    let part = |index| captures.get(index).map(|found| found.as_str());
    let address = part(1).or_else(|| part(2)).or_else(|| part(3))?;
    if !is_address(address) {
        return None;
    }
    let name = part(5).unwrap_or_default().trim();
    let numbers = part(7).zip(part(8));
    Some(Record {
        address,
        code: part(4).and_then(code),
        addressee: (!name.is_empty()).then_some(name),
        language: part(6).and_then(language),
        reference: numbers.and_then(|(item, passenger)| reference(item, passenger)),
    })
}

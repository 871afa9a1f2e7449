//! With nom 8, as its documentation shows it: combinators on `&str`.

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_till, take_until},
    character::complete::{anychar, char, digit1},
    combinator::{all_consuming, eof, map_opt, opt, value, verify},
    sequence::{preceded, separated_pair, terminated},
};
use peline::pe::{Code, Language, NameReference};

use super::{Record, is_address};

/// The record of one line.
pub(crate) fn entry(line: &str) -> Option<Record<'_>> {
    let (_, record) = terminated(record, eof).parse(line).ok()?;
    Some(record)
}

/// The records of all lines.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = Record<'_>> {
    text.lines().filter_map(entry)
}

fn record(input: &str) -> IResult<&str, Record<'_>> {
    let (input, delimiter) =
        preceded(tag("PE"), alt((tag("‡"), tag("#"), tag("¥")))).parse(input)?;
    let (input, address) = verify(
        terminated(take_until(delimiter), tag(delimiter)),
        is_address,
    )
    .parse(input)?;
    let (input, code) = opt(terminated(code, char('/'))).parse(input)?;
    let (input, text) = take_till(|char| char == '¤').parse(input)?;
    let (input, language) = opt(preceded(char('¤'), language)).parse(input)?;
    let (input, behind) = opt(reference).parse(input)?;
    let (name, before) = trailing_reference(text);
    let name = name.trim();
    Ok((
        input,
        Record {
            address,
            code,
            addressee: (!name.is_empty()).then_some(name),
            language,
            reference: behind.or(before),
        },
    ))
}

fn code(input: &str) -> IResult<&str, Code> {
    alt((
        value(Code::To, tag("TO")),
        value(Code::Cc, tag("CC")),
        value(Code::Bc, tag("BC")),
        value(Code::Fr, tag("FR")),
    ))
    .parse(input)
}

fn language(input: &str) -> IResult<&str, Language> {
    map_opt(anychar, Language::from_letter).parse(input)
}

fn reference(input: &str) -> IResult<&str, NameReference> {
    let numbers = separated_pair(digit1, char('.'), digit1);
    map_opt(preceded(char('-'), numbers), |(item, passenger)| {
        super::reference(item, passenger)
    })
    .parse(input)
}

/// What stands before a reference at the end, and the reference.
fn trailing_reference(text: &str) -> (&str, Option<NameReference>) {
    let hyphen = text.rfind('-').unwrap_or(text.len());
    let (name, behind) = text.split_at(hyphen);
    match all_consuming(reference).parse(behind) {
        Ok((_, reference)) => (name, Some(reference)),
        Err(_) => (text, None),
    }
}

//! `Date`.

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};

use super::message::Context;
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{Fault, lexical::cfws, split},
};

const PARSER: DateTimeParser = DateTimeParser::new();

/// Reads the date and time of RFC 5322 §3.3, obsolete zones among them.
pub(super) fn parse(value: &[u8], context: Context<'_>) -> Result<Timestamp, ParseError> {
    let malformed = || {
        let (kind, at) = (ErrorKind::MalformedDate, value.trim_ascii());
        context.error(Fault { kind, at })
    };
    // The parser takes comments at the end only, and no folds.
    let mut words = Vec::new();
    let bounds = context.bounds(value);
    let mut rest = value;
    while !rest.is_empty() {
        let (after, gap) = cfws(rest, bounds).map_err(|_| malformed())?;
        if gap.is_empty() {
            let (word, after) = split(after, 1);
            words.extend_from_slice(word);
            rest = after;
        } else {
            words.push(b' ');
            rest = after;
        }
    }
    PARSER
        .parse_timestamp(words.trim_ascii())
        .map_err(|_| malformed())
}

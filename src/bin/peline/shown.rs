//! Text for terminals.

use core::fmt::Display;
use std::io::Write;

use peline::printable;

/// Says something on standard error. That nobody can hear it is no reason to stop.
pub(crate) fn tell(message: &impl Display) {
    let line = printable(&message.to_string());
    writeln!(anstream::stderr(), "peline: {line}").ok();
}

/// A number of things, in words: `1 recipient`, `2 recipients`.
pub(crate) fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

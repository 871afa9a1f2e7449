//! Content lines (RFC 5545 §3.1): folded, ended by CRLF, texts escaped.

use core::fmt::Write as _;

use jiff::civil::{Date, DateTime};

use crate::text::printable;

/// How many octets a line has at most, its end not counted.
const LINE: usize = 75;

/// Lines of a calendar.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// One line: the name with its parameters, and the value as it stands.
    ///
    /// What is too long goes on in lines that start with a blank; no character is split.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        let mut octets: usize = 0;
        for char in name.chars().chain([':']).chain(value.chars()) {
            if octets.saturating_add(char.len_utf8()) > LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(char);
            octets = octets.saturating_add(char.len_utf8());
        }
        self.0.push_str("\r\n");
    }

    /// A line whose value is a text, whatever it holds.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len());
        for char in printable(text).chars() {
            if matches!(char, '\\' | ';' | ',') {
                value.push('\\');
            }
            value.push(char);
        }
        self.line(name, &value);
    }

    /// The lines of a component.
    pub(super) fn component(&mut self, name: &str, lines: impl FnOnce(&mut Self)) {
        self.line("BEGIN", name);
        lines(self);
        self.line("END", name);
    }

    /// Lines that are ready.
    pub(super) fn append(&mut self, lines: &Self) {
        self.0.push_str(&lines.0);
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// As `20261201`.
pub(super) fn basic_date(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// As `20261201T235000`.
pub(super) fn basic(local: DateTime) -> String {
    let mut text = basic_date(local.date());
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    // Writing to a string does not fail.
    let _ = write!(text, "T{hour:02}{minute:02}{second:02}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(value: &str) -> String {
        let mut lines = Lines::default();
        lines.line("SUMMARY", value);
        lines.0
    }

    #[test]
    fn a_line_has_75_octets_and_what_is_too_long_goes_on_in_the_next() {
        let fitting = "x".repeat(67);
        assert_eq!(line(&fitting), format!("SUMMARY:{fitting}\r\n"));
        let over = format!("{fitting}y");
        assert_eq!(line(&over), format!("SUMMARY:{fitting}\r\n y\r\n"));
        let next = "y".repeat(74);
        let both = format!("{fitting}{next}");
        assert_eq!(line(&both), format!("SUMMARY:{fitting}\r\n {next}\r\n"));
    }

    #[test]
    fn no_character_is_split() {
        let fitting = "x".repeat(66);
        let over = format!("{fitting}é");
        assert_eq!(line(&over), format!("SUMMARY:{fitting}\r\n é\r\n"));
    }
}

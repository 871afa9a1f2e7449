//! What can be asked for.

use std::{ffi::OsString, path::PathBuf};

use clap::{ArgGroup, Parser, Subcommand, ValueEnum};
use peline::{
    Address, ErrorKind,
    pe::{Addressee, Glyph, Language, NameReference},
};

/// Reads who should hear about a trip out of Sabre PE lines and confirmation mails, and says what
/// each person gets.
///
/// Exit status: 0 when all was read, 1 when some text could not be read, 2 for wrong usage or a
/// file that cannot be read.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Route(RouteArgs),
    Explain(ExplainArgs),
    Write(WriteArgs),
    Way(WayArgs),
}

/// What stands below the options of `route`.
const LINES: &str = "\
The lines of --format jsonl: one JSON object each, with `schema` (the number of this form: 1), `input`, \
`source`, and just one of `address`, `error` and `notice`. New fields and new names of errors, \
reasons, notes and notices can come under the same number: skip what you do not know. What \
breaks a reader gets a new number. The README lists the fields.";

/// Lists the recipients of scripts, dumps, displays and messages, and what each of them gets
#[derive(clap::Args, Debug)]
#[command(after_long_help = LINES)]
pub(crate) struct RouteArgs {
    /// What the input is; `auto` looks at the lines before the first empty one
    #[arg(long, value_enum, default_value_t, value_name = "KIND")]
    pub(crate) from: From,
    /// A recipient of the envelope of a message (SMTP RCPT TO, without the angle brackets), which
    /// shows who was blind-copied; can be given several times, and holds for every message
    #[arg(long, value_name = "ADDR")]
    pub(crate) envelope_to: Vec<Address>,
    /// Merge each file into one line an address
    #[arg(long)]
    pub(crate) plan: bool,
    /// A table for people, or one JSON object a line for programs
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// No progress bar, no remark that nothing was found, no closing count
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// The files to read; none or `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// Spells out one entry, mail command or header, or points at what is wrong with it
#[derive(clap::Args, Debug)]
pub(crate) struct ExplainArgs {
    /// The text, such as 'PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1' or 'Cc: Jane Doe
    /// <jane@example.com>'
    #[arg(allow_hyphen_values = true)]
    pub(crate) text: OsString,
}

/// Prints the PE text of an entry
#[derive(clap::Args, Debug)]
#[command(group = ArgGroup::new("role").required(true))]
pub(crate) struct WriteArgs {
    /// Who gets the message
    #[arg(long, group = "role", value_name = "ADDR")]
    pub(crate) to: Option<Address>,
    /// Who gets a copy
    #[arg(long, group = "role", value_name = "ADDR")]
    pub(crate) cc: Option<Address>,
    /// Who gets a blind copy
    #[arg(long, alias = "bcc", group = "role", value_name = "ADDR")]
    pub(crate) bc: Option<Address>,
    /// The address that overrides the sender of the mail
    #[arg(long, group = "role", value_name = "ADDR")]
    pub(crate) fr: Option<Address>,
    /// The addressee
    #[arg(long)]
    pub(crate) name: Option<Addressee>,
    /// The language of the mail, as a tag: en, fr, es, pt, it, de, sv, el, zh-Hans, zh-Hant, ja,
    /// ko, th, ru
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub(crate) language: Option<Language>,
    /// The name item and passenger that it is for, such as 1.1
    #[arg(long, value_name = "NUMBER", value_parser = passenger, allow_hyphen_values = true)]
    pub(crate) passenger: Option<NameReference>,
    /// The delimiter: ‡, # or ¥
    #[arg(long, default_value_t)]
    pub(crate) glyph: Glyph,
}

/// Says which of the three ways of following a trip is open
#[derive(clap::Args, Debug)]
pub(crate) struct WayArgs {
    /// Who wants to follow the trip
    #[arg(long, value_name = "ADDR")]
    pub(crate) me: Address,
    /// The client has an account (without either flag: it is not known)
    #[arg(long, conflicts_with = "client_has_no_account")]
    pub(crate) client_has_account: bool,
    /// The client has none
    #[arg(long)]
    pub(crate) client_has_no_account: bool,
    /// What the input is; a message does not show the PNR, and is refused
    #[arg(long, value_enum, default_value_t, value_name = "KIND")]
    pub(crate) from: From,
    /// No progress bar
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// The text of the whole PNR; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// What an input is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum From {
    /// Find out
    #[default]
    Auto,
    /// PE text
    Pe,
    /// An e-mail message
    Mail,
}

/// What the output is.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Jsonl,
}

/// A language by its tag; who gives PE's letter is told the tag.
fn language(text: &str) -> Result<Language, String> {
    text.parse().map_err(|_| {
        let tags: Vec<_> = Language::ALL.iter().map(|known| known.tag()).collect();
        let tags = tags.join(", ");
        let mut chars = text.chars();
        match (chars.next().and_then(Language::from_letter), chars.next()) {
            (Some(meant), None) => format!(
                "the letter {} stands for {} in PE text; here its tag is asked for: {}",
                meant.letter(),
                meant.english_name(),
                meant.tag(),
            ),
            _ => format!("a language is given by its tag (not by PE's letter): {tags}"),
        }
    })
}

/// A name reference, with or without the hyphen that stands before it in an entry.
fn passenger(text: &str) -> Result<NameReference, String> {
    let number = text.strip_prefix('-').unwrap_or(text);
    number.parse::<NameReference>().map_err(|error| {
        if error.kind() == ErrorKind::NameReferenceOutOfRange {
            error.kind().to_string()
        } else {
            "written like 1.1 or 1".to_owned()
        }
    })
}

//! Where text comes from: a file or standard input. PE text is read in chunks, a message as a whole.

use std::{
    fs::File,
    io::{self, IsTerminal, Read},
    path::Path,
};

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use peline::{
    mail::Limits,
    pe::{Found, Scanner},
    printable,
};

use crate::args::From;

/// So much is read at once.
const CHUNK: usize = 256 * 1024;

/// Takes what is found in PE text.
pub(crate) trait Sink {
    /// Takes one thing that was found.
    fn found(&mut self, found: Found<'_>) -> io::Result<()>;

    /// A chunk was read, and the next may take its time.
    fn pause(&mut self) -> io::Result<()>;
}

/// Why reading stopped before the end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stopped {
    /// The input could not be read.
    #[error(transparent)]
    Input(io::Error),
    /// The input is not what is asked for.
    #[error("{0}")]
    Kind(&'static str),
    /// The sink failed.
    #[error(transparent)]
    Sink(io::Error),
}

/// Whether to draw a progress bar where that is possible.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Progress {
    Shown,
    Hidden,
}

/// The name of an input: its path as it was given.
pub(crate) fn name(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What stands in an input.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// An e-mail message.
    Mail,
    /// PE text.
    Pe,
}

impl Kind {
    /// What is to be said of an input that was read as this, and in which nothing was found.
    pub(crate) const fn without_find(self) -> &'static str {
        match self {
            Self::Mail => "read as a message, and it lists no recipients",
            Self::Pe => "read as PE text, and no line of it is a PE entry",
        }
    }
}

/// An input that is open, and known for what it is.
pub(crate) struct Input {
    kind: Kind,
    /// What was read to find that out.
    head: Vec<u8>,
    reader: Box<dyn Read>,
    bar: ProgressBar,
}

impl Input {
    pub(crate) fn open(path: &Path, from: From, progress: Progress) -> Result<Self, Stopped> {
        let (mut reader, bar) = open(path, progress).map_err(Stopped::Input)?;
        let head = beginning(&mut reader, from).map_err(Stopped::Input)?;
        if is_utf_16(&head) {
            return Err(Stopped::Kind(UTF_16));
        }
        let kind = match from {
            From::Auto if is_message(&head) => Kind::Mail,
            From::Auto => Kind::Pe,
            From::Mail => Kind::Mail,
            From::Pe => Kind::Pe,
        };
        Ok(Self {
            kind,
            head,
            reader,
            bar,
        })
    }

    pub(crate) const fn kind(&self) -> Kind {
        self.kind
    }

    /// Reads to the end, and hands all PE text that is found to `sink`.
    pub(crate) fn scan(mut self, sink: &mut impl Sink) -> Result<(), Stopped> {
        let mut scanner = Scanner::new();
        let mut feed = |chunk: &[u8]| {
            scanner.try_feed(chunk, |found| sink.found(found))?;
            progressed(&self.bar, chunk);
            sink.pause()
        };
        feed(&self.head).map_err(Stopped::Sink)?;
        let mut buffer = vec![0; CHUNK];
        while let Some(chunk) = next(&mut self.reader, &mut buffer).map_err(Stopped::Input)? {
            feed(chunk).map_err(Stopped::Sink)?;
        }
        scanner
            .try_finish(|found| sink.found(found))
            .map_err(Stopped::Sink)
    }

    /// Reads as much of a message as can be its header; the body is not needed.
    pub(crate) fn message(self) -> Result<Vec<u8>, Stopped> {
        let Self {
            head: mut text,
            mut reader,
            bar,
            ..
        } = self;
        progressed(&bar, &text);
        let mut buffer = vec![0; CHUNK];
        while text.len() <= Limits::default().header().saturating_add(CHUNK) {
            let Some(chunk) = next(&mut reader, &mut buffer).map_err(Stopped::Input)? else {
                break;
            };
            text.extend_from_slice(chunk);
            progressed(&bar, chunk);
        }
        Ok(text)
    }
}

fn progressed(bar: &ProgressBar, chunk: &[u8]) {
    bar.inc(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
}

fn open(path: &Path, progress: Progress) -> io::Result<(Box<dyn Read>, ProgressBar)> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(io::stdin().lock()), ProgressBar::hidden()));
    }
    let file = File::open(path)?;
    let about = file.metadata()?;
    let bar = if progress == Progress::Shown && about.is_file() && io::stderr().is_terminal() {
        let template = "{msg} {wide_bar} {bytes}/{total_bytes} {eta}";
        let style = ProgressStyle::with_template(template);
        ProgressBar::new(about.len())
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            .with_message(printable(&name(path)))
            .with_finish(ProgressFinish::AndClear)
    } else {
        ProgressBar::hidden()
    };
    Ok((Box::new(file), bar))
}

/// The next chunk; `None` at the end.
fn next<'a>(reader: &mut impl Read, buffer: &'a mut [u8]) -> io::Result<Option<&'a [u8]>> {
    let length = loop {
        match reader.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => break result?,
        }
    };
    Ok(buffer.get(..length).filter(|chunk| !chunk.is_empty()))
}

/// The beginning of a text. To find out what it is, that is up to its first empty line, or what can be the header of a
/// message, and a little more; otherwise a few bytes.
fn beginning(reader: &mut impl Read, from: From) -> io::Result<Vec<u8>> {
    let enough = match from {
        From::Auto => Limits::default().header(),
        From::Mail | From::Pe => 4,
    };
    let mut head = Vec::new();
    let mut buffer = vec![0; CHUNK / 32];
    let mut empty_line = false;
    while head.len() < enough && !empty_line {
        let Some(chunk) = next(reader, &mut buffer)? else {
            break;
        };
        let seen = head.len().saturating_sub(2);
        head.extend_from_slice(chunk);
        empty_line = head.starts_with(b"\n")
            || head.starts_with(b"\r\n")
            || has_empty_line(head.get(seen..).unwrap_or_default());
    }
    Ok(head)
}

fn has_empty_line(text: &[u8]) -> bool {
    let ends = |end: &[u8]| text.windows(end.len()).any(|window| window == end);
    ends(b"\n\n") || ends(b"\n\r\n")
}

/// Why a text in UTF-16 is not read.
const UTF_16: &str = "this is UTF-16, of which nothing is read: save it as UTF-8";

/// Whether a text that begins so is UTF-16: it has its mark, or every other byte of two letters is zero.
fn is_utf_16(head: &[u8]) -> bool {
    matches!(
        head,
        [0xFF, 0xFE, ..]
            | [0xFE, 0xFF, ..]
            | [1..=0xFF, 0, 1..=0xFF, 0, ..]
            | [0, 1..=0xFF, 0, 1..=0xFF, ..]
    )
}

/// The fields that tell a message: every message has some of them.
const FIELDS: [&[u8]; 8] = [
    b"From",
    b"To",
    b"Date",
    b"Received",
    b"Return-Path",
    b"Message-ID",
    b"MIME-Version",
    b"Delivered-To",
];

/// Whether a text that begins so is an e-mail message.
pub(crate) fn is_message(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    let mut lines = head
        .split(|&byte| byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
        .take_while(|line| !line.is_empty());
    head.starts_with(b"From ") || lines.any(is_field)
}

fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|&byte| byte == b':') else {
        return false;
    };
    let name = line.get(..colon).unwrap_or_default().trim_ascii_end();
    FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name))
}

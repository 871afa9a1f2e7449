//! The table: for people, row by row, in columns of fixed width.

use std::io::{self, BufWriter, Write};

use clap::builder::styling::Style;
use comfy_table::{ColumnConstraint, Table, Width};
use peline::{Note, Reason, Route, printable};

use crate::{
    record::{AddressRecord, ErrorRecord, Notice, NoticeRecord, Source},
    route::Printer,
};

/// The columns and their widths. What is longer goes on below: a cut address would be another one.
const COLUMNS: [(&str, u16); 8] = [
    ("line", 8),
    ("address", 32),
    ("role", 4),
    ("name", 20),
    ("language", 8),
    ("for", 7),
    ("gets", 24),
    ("notes", 22),
];

/// So many characters are broken into lines together: that takes the square of their number. They fill whole lines of
/// addresses and of names.
const PIECE: usize = 320;

/// Blanks between two columns.
const GAP: u16 = 2;

/// Whether each row stands for one line of the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Lines {
    /// It does: the first column has its number.
    Numbered,
    /// A row is put together from several: there is no such column.
    Merged,
}

/// Prints each record as a row.
pub(crate) struct TablePrinter<W: Write> {
    out: BufWriter<W>,
    lines: Lines,
    headed: bool,
}

impl<W: Write> TablePrinter<W> {
    pub(crate) fn new(out: W, lines: Lines) -> Self {
        Self {
            out: BufWriter::with_capacity(64 * 1024, out),
            lines,
            headed: false,
        }
    }

    /// The names of the columns, once.
    fn head(&mut self) -> io::Result<()> {
        if self.headed {
            return Ok(());
        }
        self.headed = true;
        let names = COLUMNS.map(|(name, _)| name.to_owned());
        self.row(Style::new().bold(), &names)
    }

    fn row(&mut self, style: Style, cells: &[String; COLUMNS.len()]) -> io::Result<()> {
        self.head()?;
        let hidden = match self.lines {
            Lines::Numbered => 0,
            Lines::Merged => 1,
        };
        let columns = || COLUMNS.iter().skip(hidden);
        let mut table = Table::new();
        table.load_style(comfy_table::presets::NOTHING);
        table.add_row(
            cells
                .iter()
                .skip(hidden)
                .map(|cell| in_pieces(&printable(cell))),
        );
        table.set_constraints(
            columns().map(|(_, width)| {
                ColumnConstraint::Absolute(Width::Fixed(width.saturating_add(GAP)))
            }),
        );
        for column in table.column_iter_mut() {
            column.set_padding((0, GAP));
        }
        for line in table.lines() {
            writeln!(self.out, "{style}{}{style:#}", line.trim_end())?;
        }
        Ok(())
    }

    /// A message in the place of all columns but the first, and what stands below it.
    fn message(&mut self, line: Option<usize>, message: &str, below: &str) -> io::Result<()> {
        self.head()?;
        let [(_, width), ..] = COLUMNS;
        let (width, gap) = (usize::from(width), usize::from(GAP));
        let line = line.map_or_else(String::new, |line| match self.lines {
            Lines::Numbered => line.to_string(),
            Lines::Merged => format!("line {line}"),
        });
        let message = printable(message);
        writeln!(self.out, "{line:<width$}{:gap$}{message}", "")?;
        for below in below.lines() {
            let below = format!("{:width$}{:gap$}{}", "", "", printable(below));
            writeln!(self.out, "{}", below.trim_end())?;
        }
        Ok(())
    }
}

impl<W: Write> Printer for TablePrinter<W> {
    fn file(&mut self, name: &str) -> io::Result<()> {
        self.head()?;
        writeln!(
            self.out,
            "{0}{1}:{0:#}",
            Style::new().underline(),
            printable(name)
        )
    }

    fn address(&mut self, record: &AddressRecord<'_>) -> io::Result<()> {
        let line = match (record.place.line, record.place.source) {
            (Some(line), _) => line.to_string(),
            (None, Source::Mail) => "envelope".to_owned(),
            (None, Source::Pe) => String::new(),
        };
        let names = record.passengers.into_iter().flatten().copied();
        let names = names.chain(record.passenger);
        let cells = [
            line,
            record.address.to_string(),
            record.role.unwrap_or_default().to_owned(),
            record.name.unwrap_or_default().to_owned(),
            record
                .language
                .map_or("", |language| language.tag())
                .to_owned(),
            names
                .map(|name| name.to_string())
                .collect::<Vec<_>>()
                .join(" "),
            gets(record.route, record.reason),
            record
                .notes
                .iter()
                .map(Note::name)
                .collect::<Vec<_>>()
                .join(" "),
        ];
        self.row(Style::new(), &cells)
    }

    fn error(&mut self, record: &ErrorRecord<'_>) -> io::Result<()> {
        let kind = record.error.kind();
        let drawing = record.drawing();
        // The sentence stands above; below it the place alone is enough.
        let place = drawing.strip_suffix(&kind.to_string()).unwrap_or(&drawing);
        self.message(record.place.line, &format!("not read: {kind}"), place)
    }

    fn notice(&mut self, record: &NoticeRecord<'_>) -> io::Result<()> {
        let message = match record.notice {
            Notice::AddressesNotInText => {
                "the PNR has addresses that are not in this text: display them with *PE".to_owned()
            }
            Notice::ItemsChanged => {
                "changes an item: who stood there, the text does not say".to_owned()
            }
            Notice::ItemsDeleted => {
                "deletes items: who stood there, the text does not say".to_owned()
            }
            // Who reads a table is told at its end.
            Notice::NothingFound | Notice::NotOneList => return Ok(()),
            Notice::Note(note) => note.to_string(),
        };
        self.message(record.place.line, &message, "")
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A text in pieces, with a line break between them: behind a blank where there is one.
fn in_pieces(text: &str) -> String {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((end, _)) = rest.char_indices().nth(PIECE) {
        let piece = rest.split_at(end).0;
        let blank = piece.rfind(' ').filter(|blank| *blank > 0);
        let (piece, after) = rest.split_at(blank.unwrap_or(end));
        pieces.push(piece);
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    pieces.push(rest);
    pieces.join("\n")
}

fn gets(route: Option<Route>, reason: Option<Reason>) -> String {
    match (route, reason) {
        (Some(route), _) => route.to_string(),
        (None, Some(reason)) => format!("nothing: {reason}"),
        (None, None) => "nothing".to_owned(),
    }
}

//! The PE field of a Sabre PNR: entries, commands, and where they stand in a text.
//!
//! A PNR keeps e-mail addresses in its PE field. An agent types one *entry* for each address, and
//! scripts, displays, history and APIs show the same data in other dresses. This page is the rule
//! book; rules marked *(ours)* are decisions of this crate where nothing public decides.
//!
//! The [recipient](PeEntry::recipient) of an entry goes to [`route`](crate::route), all that is found in
//! a text into a [`Plan`](crate::Plan).
//!
//! # The entry
//!
//! ```text
//! PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1
//!   └┬────────────┘ ├┘ └─────┬─────┘├┘└┬─┘
//!    │              │        │      │  └ name reference: name item 1, passenger 1
//!    │              │        │      └ language: one letter behind the change glyph
//!    │              │        └ addressee: free text
//!    │              └ action code: TO, CC, BC or FR
//!    └ address, between two delimiters of the same spelling
//! ```
//!
//! Only `PE‡address‡` is compulsory.
//!
//! ```
//! use peline::pe::{Code, Language, PeEntry};
//!
//! let entry: PeEntry = "PE‡JSMITH@IBM.NET‡CC/JOHN P. SMITH¤F-1.1".parse()?;
//! assert_eq!(entry.address().as_str(), "jsmith@ibm.net");
//! assert_eq!((entry.code(), entry.language()), (Code::Cc, Some(Language::French)));
//! assert_eq!(entry.name_reference(), Some("1.1".parse()?));
//! # Ok::<(), peline::ParseError>(())
//! ```
//!
//! | text | meaning | type |
//! |---|---|---|
//! | `PE#anyemail@email.com#` | To: no code means `TO` | [`PeEntry`] |
//! | `PE#anyemail@email.com#CC/` | a copy | [`Code::Cc`] |
//! | `PE#anyemail@email.com#BC/` | a blind copy | [`Code::Bc`] |
//! | `PE¥AGENT==ONE@AGENCY.COM¥FR/` | overrides the From and Reply-To of the mail | [`Code::Fr`] |
//! | `PE‡JOHN.DOE@YOURMAIL.COM‡TO/JOHN DOE¤E` | a name and a language | [`Addressee`], [`Language`] |
//! | `PE¥A@B.COM¥-1` | for name item 1 | [`NameReference`] |
//! | `PE2¤‡NEW@X.COM‡CC/`, `PE¤‡NEW@X.COM‡` | change item 2, the only item | [`PeCommand::Change`] |
//! | `PE1¤`, `PE1,3,4¤`, `PE1-3¤` | delete | [`PeCommand::Delete`] |
//! | `*PE` | display | [`PeCommand::Display`] |
//!
//! `PE`, codes and language letters are read in either case.
//!
//! * **Code.** `TO`, `CC`, `BC` or `FR`, always followed by `/`; whether a `TO` was written is
//!   remembered. Any other code is an error; `BCC` gets the hint, `T/` and `R/` belong to profiles.
//! * **Addressee.** Free text up to the change glyph, the name reference or the end, trimmed; any
//!   character but the entry's own delimiter, `¤`, `§` and control characters, and not `«` or `Â` at
//!   its end *(ours)*. Empty means absent. Another entry, or the next item of a list, is none: where a word
//!   begins with `PE` and a delimiter, or what is left of one, or stands behind `2.` or `2)`, and holds an `@`
//!   (`CC/ PE#B@X.COM#BC/`, `TO/JANE  2.B@X.COM`), that is an error *(ours)*.
//! * **Language.** One of fourteen letters directly behind `¤`: see [`Language`].
//! * **Name reference.** `-1.1` or `-1`, numbers from 1 to 999, zeros in front ignored. `-n.n` at
//!   the end is always a reference. A bare `-n` is one only where no name stands before it
//!   *(ours)*: `-1`, `CC/-1`, `CC/JANE DOE¤E-1` are references; `CC/UNIT-7` is a name. Two
//!   references, a range, half of one, or a number out of range are errors, never part of a name;
//!   and so are `-n.n` with a mark behind it (`-1.1)`) or in characters of double width *(ours)*.
//!   An entry without a reference belongs to the whole PNR.
//! * **Items** of a change or a deletion run from 1 to 999, strictly ascending; a change names one
//!   at most. What begins as items do and goes on to the change glyph in another way (`PE1–3¤`,
//!   `PE1;3¤`) is an error, not text *(ours)*.
//!
//! # Glyphs
//!
//! | role | glyph | also read |
//! |---|---|---|
//! | delimiter | `‡` U+2021, byte 0x87 of Windows-1252 | `#`, `¥`, `☨`, U+0087, and the mojibake `â€¡`, U+00E2 U+0080 U+00A1, `Â‡`, U+00C2 U+0087, `Â¥` |
//! | change | `¤` U+00A4 | |
//! | end-item | `§` U+00A7 | the mojibake `Â§` |
//! | Enter | `«` U+00AB | the mojibake `Â«` |
//!
//! The closing delimiter must be spelled as the opening one and may stand nowhere else in the entry
//! *(ours)*; another spelling is ordinary text there. The writer prints `‡`, or what [`Glyph`] says.
//!
//! What was converted to a charset without these glyphs, or read in another one than it was
//! written in, must not be passed over as no entry: where `?`, U+001A, `¿`, `€`, `Â¤`, `ï¿½` or
//! U+FFFD stands in the place of an opening delimiter before a word with an `@`
//! (`PE?A@B.COM?CC/`, `1.?A@B.COM` in a display), of the change glyph (`PE1?`,
//! `PE1?#A@B.COM#`, `CC/JANE DOE?S-1`), or of the end-item glyph before an entry with an address
//! (`6P?PE#A@B.COM#`, `CC/JANE?PE#A@B.COM#`), that is an error *(ours)*. What else was lost behind the
//! address is not told from text; nor is what was lost in a history, or in a numbered line that
//! no `*PE` stands above.
//!
//! A missing closing delimiter is read, with [`Note::Unclosed`](crate::Note::Unclosed), where all
//! the rest is one valid address whose last label is letters only or begins with `xn--`:
//! `PE¥A@EXAMPLE.COM-1` is an error, not another host; nor is `…XN--P1AI-1` one *(ours)*.
//!
//! # Inside the address
//!
//! | stored | means |
//! |---|---|
//! | `==` | `_` (left to right, first match) |
//! | `/` | `'` |
//! | upper case | lower case |
//!
//! Nothing else, once, and only between the delimiters; then the address is checked as
//! [`Address`](crate::Address) says. An address that holds `==` or `/` cannot be written as PE.
//!
//! # Where entries are found
//!
//! [`scan`] and [`Scanner`] read *bytes*: scripts, dumps, displays, history, of any size.
//!
//! * **Lines** end in LF or CRLF; byte order marks in front of one are skipped. The encoding is
//!   settled for each physical line as a whole: UTF-8 if it is valid; else Windows-1252, unless it
//!   also holds a valid multi-byte UTF-8 sequence: such a line is an error if it holds an entry. A
//!   line of more than 64 KiB is not read: an error if an entry begins in its first 64 KiB, else
//!   noise. UTF-16 is not read, and is seldom an error: mostly nothing is found in it, and a plan
//!   of it [is empty](crate::Plan::is_empty).
//! * **What cannot be seen** (the CR of another system, page breaks, NUL, escape sequences, no-break
//!   and zero-width spaces) is never skipped *(ours)*. A segment that holds some and is no entry is
//!   an error where it could be something of PE all the same: where it holds a delimiter and an
//!   `@`, a change glyph, what stands for a lost one, `*PE`, or what a heading or the face line has
//!   (but not where `PE` and the glyphs stand within words only, and not within `PE` itself). In a
//!   display a line that holds some, belongs to no entry and is none, is an error if it begins so, is indented or holds an
//!   `@`; a line of nothing else is as if it were not there. At the end of a name it is an error
//!   within, or beside, what could be a name reference; and so is a dash in the place of its hyphen
//!   (`CC/JANE DOE –1.1`).
//! * **Segments.** `§` splits a line; an entry begins at the start of a segment, behind blanks (at
//!   the start of a line also behind tabs and `>` prompts). At the end of a segment blanks and `«`
//!   are padding *(ours: also before a `§`)*. An entry is one line.
//! * **The rest of an entry** *(ours)*. Where the next segment, or on the last one of a line the first one of the next line,
//!   or of the one behind an empty line (of 80 blanks at most), is what could be the rest of it, a terminal may have broken
//!   it, and what is left of it would be another address, or another code: both are errors. So are
//!   `BC/…`, `BC /…`, `BC` alone, also `BCC`; `¤S-1.1`, `-1.1`, `.1`; `M‡BC/` or `M‡ZZ/`, which closes an address, and
//!   `M‡` with whatever stands behind it, where the address above is open and that is its own delimiter;
//!   `‡A@X.COM`; and, where the entry can have a name, one word that ends as an entry does, `TH-1.1`,
//!   `R2D2-1.1`, `TH¤S`, or letters in `TH-1` if a name has begun, but no word that begins with a digit or is a
//!   frequent flyer's number (`3WCHR-1.1`, `FFBA12345678-1.1`); also behind what cannot be seen, or with another dash, or
//!   a lost glyph. Of segments of nothing but delimiters the one behind them is looked at, and a line of them
//!   says nothing of the entry above. Of a name that is broken anywhere else, or of an
//!   address whose end has no delimiter, nothing can be told.
//! * **An entry begins** with `PE`, optional items and change glyph, then a delimiter. Items
//!   without the change glyph, or blanks before the delimiter, are broken entries; and so is one
//!   behind a bullet, a number (not a digit alone) or a quote, with items or blanks or without, if its address
//!   stands between delimiters (`• PE‡A@X.COM‡`) *(ours)*; behind words, as in a remark, it is text. `PENALTY …`,
//!   `PETER@X.COM` and `PE*6IIF` are none.
//! * **The `*PE` display** *(ours: no public sample exists)*. A section opens with a line `*PE`
//!   (also at a stacked `§*PE`) or a heading, which is any line without a number that contains
//!   `EMAIL ADDRESS`, in capitals, with any blanks between (one that is indented below a numbered remark goes on with
//!   that, if the next number is that of the next remark); and closes at the first line that is neither numbered nor
//!   indented; where `*PE` itself is indented, and no number stands less deep, also at one as deep as
//!   that; and at a name of the booking (`1.1SMITH/JOHN`). In it: `{n}.`, blanks, optional `PE`
//!   and delimiter, address, optional delimiter, tail; a tail behind a missing delimiter needs a
//!   blank. `PE` counts only with a delimiter behind it, so `1.PETER@X.COM` is peter. Any other
//!   numbered line is broken; and so is a line without a number that is no entry of its own, if it
//!   holds an address with a delimiter behind it, or whose first word that is no number or mark holds an `@`
//!   (`B@X.COM CC/`, `2) B@X.COM`), or is indented and holds an `@`; and so is an address without delimiter
//!   that has a slash before its `@`, or a sign behind a code (`1.BC/A@X.COM`, `1.CC-A@X.COM`; not `CC.A`, `CC==A`)
//!   *(ours)*. Outside a
//!   section a numbered line counts only with its opening delimiter, and not with that and no `@`, as remarks have it
//!   (`3.‡THANK YOU`). Nothing but a delimiter is an error *(ours)*.
//!   Empty lines, also with `«`, and `MD«` and `MB«` are as if they were not there; `MD` and `MB` too, if indented by
//!   less than four or behind a prompt *(ours)*.
//! * **Lists** *(ours)*. The next item of a list is not passed over because it is written in another way than the one
//!   above, or no section is open any more: a line with the number behind that of the last item is an error, if it has
//!   an `@`, a delimiter or nothing behind it (`2.B@X.COM‡BC/`, `2)‡BOSS`, `2.`). Between the two can stand
//!   three lines without a number, empty ones not counted: the head of a page.
//! * **Continuation.** Up to eight lines behind a numbered entry that are indented by four or more
//!   blanks (or a tab), without a number, are glued on without a blank: 4 KiB of text in all. What
//!   could be something of its own (an entry, broken or not, history, the face line, what opens a
//!   section) makes two readings and breaks the entry. So does, in a section, a line that is indented by less; one that
//!   begins with what could be the rest of the entry, or with what cannot be seen; one no deeper than the number of the
//!   entry; and one with a number that is indented so, and deeper than that of the entry. In a section, too, where no
//!   delimiter stands in the entry, a word and a tail behind it (`M CC/JANE`) could be its rest; and `PE` alone before an
//!   address breaks it, and so does whatever stands behind an address that could be whole, if no delimiter closes that
//!   there (`1.A@X.CO`, `M CC/`) *(ours)*. And so does what was not read: a line of more than 64 KiB that may
//!   continue it, or more than 64 KiB of empty lines behind it.
//! * **Quoted text.** Where a section or an entry of a display stands behind `>`, lines that are
//!   indented by more than one blank (or by a tab) behind their `>` belong to it, and break the entry
//!   that they could continue. Elsewhere a line behind `>` is what an agent types, and closes both.
//! * **Scroll sign.** In displays and history the entry's delimiter at the end of a line closes the
//!   address if that is open; else it is the scroll sign and dropped, with a note;
//!   on the last entry it says that [the list goes on](crate::Plan::is_one_list).
//! * **History.** `APE`, `XPE` or `CPE`, blanks, `E‡address‡tail`: never a present recipient.
//! * **The face line** `PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL`, in capitals and with any blanks,
//!   wherever it stands in a segment that is no entry, is a value of its own: [`Content::AddressesNotInText`].
//! * **Changes and deletions** name items by the numbers of the PNR, which a script does not show:
//!   they are found, but not applied to what stands elsewhere in the text.
//!
//! Two parts of a text read apart give what the whole gives only where the cut is before a line
//! that is neither numbered nor indented nor empty, and none of those that are errors in a display, as are
//! the three lines behind it: it closes a section, continues nothing, and they end a list. [`scan_in_parts`] cuts there, for several threads.
//!
//! # Limits of the host
//!
//! [`MAX_FIELDS`] entries in a PNR; [`HOST_ENTRY_LIMIT`] characters in an entry (longer is a note);
//! about [`MAIL_COMMAND_ADDRESSES`] addresses in a [`MailCommand`].
//!
//! # Not PE
//!
//! SSR `CTCE` writes `//` for `@`, `..` for `_` and `./` for `-`; phone lines write `¥A` for `@`;
//! Apollo writes `//` and `--`. None of that is read here.

mod api;
mod code;
mod command;
mod entry;
mod facts;
mod filter;
mod glyph;
mod held;
mod joined;
mod language;
mod line;
mod list;
mod mail_command;
mod number;
mod raw;
mod reader;
mod remark;
mod rest;
mod scan;
mod scanner;
mod selection;

pub use self::{
    api::ValueError,
    code::Code,
    command::{PeCommand, RawCommand},
    entry::{Addressee, HOST_ENTRY_LIMIT, MAX_FIELDS, PeEntry, PeEntryBuilder, Unwritable},
    glyph::Glyph,
    language::Language,
    mail_command::{Document, MailCommand, NameSelector},
    number::{ItemNumber, ItemRange, Items, NameReference, RawItems},
    raw::RawEntry,
    scan::{Content, Found, HistoryAction, Scan, scan, scan_in_parts},
    scanner::Scanner,
    selection::{MAIL_COMMAND_ADDRESSES, Mailed, Selection, select},
};

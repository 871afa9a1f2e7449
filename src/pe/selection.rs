//! Which entries a mail command would mail.

use super::{Code, ItemNumber, MailCommand, NameReference, NameSelector, PeEntry};
use crate::text::{Note, Notes};

/// About so many full-length addresses fit into one mail command.
pub const MAIL_COMMAND_ADDRESSES: usize = 27;

/// Whether a mail command would mail an entry.
///
/// See the example of [`select`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Mailed {
    /// It would be mailed.
    Yes,
    /// It would not.
    No,
    /// The documentation does not say: how item and name modifiers combine, whether a name modifier
    /// reaches entries that belong to the whole PNR or to a bare name item; or the item number of
    /// the entry is not known.
    Undocumented,
}

/// What [`select`] says about a list of entries.
///
/// See the example of [`select`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Selection {
    entries: Vec<Mailed>,
    notes: Notes,
}

impl Selection {
    /// For each entry, in the order in which they were handed in, whether it would be mailed.
    ///
    /// See the example of [`select`].
    #[must_use]
    pub fn entries(&self) -> &[Mailed] {
        &self.entries
    }

    /// That more entries would be mailed, or may be, than are known to fit into one command.
    ///
    /// See the example of [`select`].
    #[must_use]
    pub const fn notes(&self) -> Notes {
        self.notes
    }
}

/// Says which PE entries a command would mail, and says plainly where that is not documented.
///
/// `entries` are the entries of the PNR, each with its item number where that is known (a display
/// gives it, a script does not).
///
/// | modifiers | mailed |
/// |---|---|
/// | none | every entry but `FR`, which is the sender's override |
/// | `A` | the items named; not known for an entry without an item number |
/// | `N0.0` | every entry but `FR` |
/// | `N5.0` | entries that refer to name item 5 or a passenger of it |
/// | `N1.1` | entries that refer to passenger 1.1 |
/// | `N` and an entry for the whole PNR, or `N1.1` and an entry for item 1 | not documented |
/// | `A` and `N` | where both say the same; how they combine is not documented |
///
/// `S`, `PH` and `RR` change nothing about who is mailed.
///
/// **What no PNR shows:** addresses that the agency's own table adds as blind copies are mailed too
/// and are invisible here.
///
/// # Example: a display, and two commands
///
/// ```
/// use peline::pe::{self, Content, Mailed, MailCommand, PeEntry, Selection, select};
///
/// let display = "*PE\n 1.‡CLIENT@EXAMPLE.COM‡-1.1\n 2.‡AGENT@EXAMPLE.COM‡CC/\n";
/// let mut listed = Vec::new();
/// for found in pe::scan(display.as_bytes()) {
///     if let Content::Listed(item, entry) = found.content? {
///         listed.push((item, entry.to_owned()));
///     }
/// }
/// let entries = listed.iter().map(|(item, entry)| (Some(*item), entry));
///
/// let by_item: MailCommand = "EM‡A2".parse()?;
/// assert_eq!(select(&by_item, entries.clone()).entries(), [Mailed::No, Mailed::Yes]);
///
/// let by_name: MailCommand = "EM‡N1.1".parse()?;
/// let selection: Selection = select(&by_name, entries);
/// assert_eq!(selection.entries(), [Mailed::Yes, Mailed::Undocumented]);
/// assert!(selection.notes().is_empty());
/// # Ok::<(), peline::ParseError>(())
/// ```
pub fn select<'a>(
    command: &MailCommand,
    entries: impl IntoIterator<Item = (Option<ItemNumber>, &'a PeEntry)>,
) -> Selection {
    let mailed = |(item, entry): (_, &PeEntry)| {
        let by_item = command.items().map(|items| match item {
            Some(item) if items.contains(item) => Mailed::Yes,
            Some(_) => Mailed::No,
            None => Mailed::Undocumented,
        });
        let by_name = command
            .names()
            .map(|names| selects(names, entry.name_reference()));
        match (entry.code(), by_item, by_name) {
            (Code::Fr, _, _) => Mailed::No,
            (_, None, None) => Mailed::Yes,
            (_, Some(mailed), None) | (_, None, Some(mailed)) => mailed,
            (_, Some(by_item), Some(by_name)) if by_item == by_name => by_item,
            (_, Some(_), Some(_)) => Mailed::Undocumented,
        }
    };
    let entries: Vec<_> = entries.into_iter().map(mailed).collect();
    let count = entries
        .iter()
        .filter(|&&mailed| mailed != Mailed::No)
        .count();
    let mut notes = Notes::default();
    if count > MAIL_COMMAND_ADDRESSES {
        notes.insert(Note::ManyAddresses);
    }
    Selection { entries, notes }
}

/// Whether a name modifier reaches an entry with this reference.
fn selects(names: NameSelector, reference: Option<NameReference>) -> Mailed {
    let yes = |selected| if selected { Mailed::Yes } else { Mailed::No };
    match (names, reference) {
        (NameSelector::All, _) => Mailed::Yes,
        (NameSelector::Name(_), None) => Mailed::Undocumented,
        (NameSelector::Name(wanted), Some(reference)) => {
            match (wanted.passenger(), reference.passenger()) {
                _ if wanted.item() != reference.item() => Mailed::No,
                (Some(_), None) => Mailed::Undocumented,
                (None, _) => Mailed::Yes,
                (Some(wanted), Some(passenger)) => yes(wanted == passenger),
            }
        }
    }
}

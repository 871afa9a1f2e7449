//! The address lists of a header.

use core::fmt;

use super::{
    Field, Group, Mailbox,
    message::{Context, Within},
};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{
        Bounds,
        mailbox::{self, Item, Parts},
        span_of,
    },
    text::{Note, Notes, Span},
};

/// The addresses of one field: read to its end, with no boundary in doubt.
///
/// Nothing is decoded and nothing allocated. `Debug` shows nothing of its text.
///
/// # Example
///
/// ```
/// use peline::{Note, mail::Message};
///
/// let mail = b"To: Jane <jane@example.com>,, Team: a@example.com, b@example.com;\n\n";
/// let to = Message::parse(mail)?.to()?.unwrap();
/// assert_eq!(to.mailboxes().count(), 3);
/// assert_eq!(to.groups().count(), 1);
/// assert!(to.notes().contains(Note::EmptySlot));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct AddressList<'a> {
    field: Field<'a>,
    context: Context<'a>,
    notes: Notes,
}

impl<'a> AddressList<'a> {
    /// Reads a field to its end; what is wrong anywhere is an error of all of it. `note` is told what was
    /// found of each item.
    pub(super) fn parse(
        field: &Field<'a>,
        context: Context<'a>,
        mut note: impl FnMut(usize, Parts),
    ) -> Result<Self, ParseError> {
        let value = field.value(context)?;
        let limits = context.limits;
        let mut notes = Notes::new();
        let [mut mailboxes, mut encoded_words]: [usize; 2] = [0, 0];
        let bounds = context.bounds(value);
        let mut items = mailbox::AddressList::new(value, bounds);
        let mut parts = Parts::UNKNOWN;
        let mut number: usize = 0;
        while let Some(item) = items.next_known(&mut parts) {
            note(number, core::mem::replace(&mut parts, Parts::UNKNOWN));
            number = number.saturating_add(1);
            let (text, phrase) = match item.map_err(|fault| context.error(fault))? {
                Item::Mailbox(mailbox) => {
                    mailboxes = mailboxes.saturating_add(1);
                    (mailbox.text, mailbox.name)
                }
                Item::Group(phrase) => (phrase.text, Some(phrase)),
                Item::EmptySlot => {
                    notes.insert(Note::EmptySlot);
                    continue;
                }
            };
            let words = phrase.map_or(0, |phrase| phrase.facts.encoded_words());
            encoded_words = encoded_words.saturating_add(words);
            let over = if mailboxes > limits.mailboxes() {
                ErrorKind::TooManyMailboxes
            } else if encoded_words > limits.encoded_words() {
                ErrorKind::TooManyEncodedWords
            } else {
                continue;
            };
            return Err(ParseError::new(over, span_of(text, context.text)));
        }
        Ok(Self {
            field: *field,
            context,
            notes,
        })
    }

    fn items(&self) -> mailbox::AddressList<'a> {
        let bounds = Bounds::known(self.context.limits.comment_depth());
        mailbox::AddressList::new(self.field.raw_value(), bounds)
    }

    /// Its mailboxes in their order, the members of its groups among them.
    ///
    /// See the example of [`AddressList`].
    pub fn mailboxes(&self) -> impl Iterator<Item = Mailbox<'a>> + use<'a> {
        self.into_mailboxes()
    }

    pub(crate) fn into_mailboxes(self) -> Mailboxes<'a> {
        Mailboxes {
            items: self.items(),
            number: 0,
            within: self.context.within(),
        }
    }

    /// Its groups in their order, those without members among them.
    ///
    /// See the example of [`Group`].
    pub fn groups(&self) -> impl Iterator<Item = Group<'a>> + use<'a> {
        let within = self.context.within();
        self.items()
            .map_while(Result::ok)
            .filter_map(move |item| match item {
                Item::Group(phrase) => Some(Group::new(phrase, within)),
                Item::Mailbox(_) | Item::EmptySlot => None,
            })
    }

    /// What was tolerated between the mailboxes: [empty slots](Note::EmptySlot).
    ///
    /// See the example of [`AddressList`].
    #[must_use]
    pub const fn notes(&self) -> Notes {
        self.notes
    }

    /// The field that it stands in.
    ///
    /// ```
    /// # use peline::mail::{FieldName, Message};
    /// let to = Message::parse(b"To: jane@example.com\n\n")?.to()?.unwrap();
    /// assert_eq!(to.field().name(), Some(FieldName::To));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn field(&self) -> &Field<'a> {
        &self.field
    }

    /// Where its field stands in the message.
    ///
    /// ```
    /// # use peline::{Span, mail::Message};
    /// let to = Message::parse(b"To: jane@example.com\n\n")?.to()?.unwrap();
    /// assert_eq!(to.span(), Span::new(0, 20));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn span(&self) -> Span {
        self.field.span()
    }
}

/// Masked: addresses are personal data.
impl fmt::Debug for AddressList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddressList")
            .field("field", &self.field)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

/// The mailboxes of a list.
pub(crate) struct Mailboxes<'a> {
    items: mailbox::AddressList<'a>,
    /// The number of the next item.
    number: usize,
    within: Within<'a>,
}

impl<'a> Mailboxes<'a> {
    /// The next mailbox, when something is known of the items.
    #[inline]
    pub(crate) fn next_known(&mut self, known: impl Fn(usize) -> Parts) -> Option<Mailbox<'a>> {
        loop {
            let item = self.items.next_known(&mut known(self.number))?.ok()?;
            self.number = self.number.saturating_add(1);
            if let Item::Mailbox(raw) = item {
                return Some(Mailbox::new(raw, self.items.group(), self.within));
            }
        }
    }
}

impl<'a> Iterator for Mailboxes<'a> {
    type Item = Mailbox<'a>;

    fn next(&mut self) -> Option<Mailbox<'a>> {
        self.next_known(|_| Parts::UNKNOWN)
    }
}

/// What is known of the items of a list that was read once, as far as there is room: nothing is allocated.
pub(crate) struct Known {
    first: [Parts; 16],
    /// Of long lists only.
    others: Option<[Parts; 1000]>,
}

impl Known {
    #[inline]
    pub(crate) const fn nothing() -> Self {
        Self {
            first: [Parts::UNKNOWN; 16],
            others: None,
        }
    }

    /// Begins anew with another list. (In place: it is large.)
    #[inline]
    pub(crate) fn forget(&mut self) {
        self.first = [Parts::UNKNOWN; 16];
        self.others = None;
    }

    #[inline]
    pub(crate) fn note(&mut self, number: usize, parts: Parts) {
        if parts == Parts::UNKNOWN {
            return;
        }
        let known = match number.checked_sub(self.first.len()) {
            None => self.first.get_mut(number),
            Some(number) => self
                .others
                .get_or_insert([Parts::UNKNOWN; 1000])
                .get_mut(number),
        };
        if let Some(known) = known {
            *known = parts;
        }
    }

    #[inline]
    pub(crate) fn parts(&self, number: usize) -> Parts {
        let known = match number.checked_sub(self.first.len()) {
            None => self.first.get(number),
            Some(number) => self.others.as_ref().and_then(|others| others.get(number)),
        };
        known.copied().unwrap_or(Parts::UNKNOWN)
    }
}

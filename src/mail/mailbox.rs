//! The mailboxes and groups of an address list.

use core::fmt;

use super::{Text, message::Within};
use crate::{
    address::{AddrSpec, Address},
    grammar::{
        addr_spec::{Form, Phrase},
        mailbox, span_of,
    },
    text::{Note, Notes, Span},
};

/// One mailbox of an address list: an address, and perhaps a display name.
///
/// It borrows from the message; decoding its name or making an [`AddrSpec`] of its address happens
/// when they are asked for. Whether something can be routed to it, [`routable`](Self::routable)
/// says. `Debug` shows nothing of its text.
///
/// # Example
///
/// ```
/// use peline::{Note, mail::Message};
///
/// let mail = b"To: \"jane@corp.example\" <evil@attacker.example>\n\n";
/// let to = Message::parse(mail)?.to()?.unwrap();
/// let mailbox = to.mailboxes().next().unwrap();
/// assert_eq!(mailbox.address().as_str(), "evil@attacker.example");
/// assert_eq!(mailbox.raw_name(), Some(&b"\"jane@corp.example\""[..]));
/// assert_eq!(mailbox.name().unwrap().as_str(), "jane@corp.example");
/// assert!(mailbox.notes().contains(Note::NameLikeAddress));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Mailbox<'a> {
    raw: mailbox::Mailbox<'a>,
    /// The name of its group.
    group: Option<&'a [u8]>,
    within: Within<'a>,
}

impl<'a> Mailbox<'a> {
    #[inline]
    pub(super) fn new(
        raw: mailbox::Mailbox<'a>,
        group: Option<Phrase<'a>>,
        within: Within<'a>,
    ) -> Self {
        Self {
            raw,
            group: group.map(|phrase| phrase.text),
            within,
        }
    }

    /// The address, without comments and white space.
    ///
    /// See the example of [`Mailbox`].
    #[must_use]
    pub fn address(&self) -> AddrSpec {
        match self.plain_address() {
            Some(address) => address.into(),
            None => AddrSpec::from_parts(self.raw.address.local_part, self.raw.address.domain),
        }
    }

    /// The address, if its form can be routed to.
    pub(crate) fn plain_address(&self) -> Option<Address> {
        if self.form() != Form::PLAIN {
            return None;
        }
        let text = core::str::from_utf8(self.raw_address()).ok()?;
        Some(Address::settle(text.to_owned()))
    }

    pub(crate) const fn form(&self) -> Form {
        self.raw.address.form
    }

    /// The address as it is written, from its first character to its last, what stands between its
    /// parts included.
    ///
    /// ```
    /// # use peline::mail::Message;
    /// let to = Message::parse(b"To: (home) Jane <jane (doe) @EXAMPLE.com>\n\n")?.to()?.unwrap();
    /// let mailbox = to.mailboxes().next().unwrap();
    /// assert_eq!(mailbox.raw_address(), b"jane (doe) @EXAMPLE.com");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn raw_address(&self) -> &'a [u8] {
        let start = span_of(self.raw.address.local_part, self.within.text).start();
        let end = span_of(self.raw.address.domain, self.within.text).end();
        Span::new(start, end)
            .of(self.within.text)
            .unwrap_or_default()
    }

    /// The display name as it is written, neither decoded nor freed of its quotes.
    ///
    /// See the example of [`Mailbox`].
    #[must_use]
    pub fn raw_name(&self) -> Option<&'a [u8]> {
        self.raw.name.map(|name| name.text)
    }

    /// The display name, decoded; `None` where there is none, or nothing in it.
    ///
    /// See the example of [`Mailbox`].
    #[inline]
    #[must_use]
    pub fn name(&self) -> Option<Text<'a>> {
        let name = self.raw.name?;
        let name = match name.facts.is_plain() {
            true => Text::plain_phrase(name.text),
            false => Text::phrase(name.text, self.within),
        };
        (!name.as_str().is_empty()).then_some(name)
    }

    /// The group that it is a member of.
    ///
    /// See the example of [`Group`].
    #[inline]
    #[must_use]
    pub fn group(&self) -> Option<Group<'a>> {
        let within = self.within;
        self.group.map(|name| Group { name, within })
    }

    /// What was tolerated in it, as far as it can be seen without decoding its name.
    ///
    /// The [notes of the name](Text::notes) say the rest.
    ///
    /// See the example of [`Mailbox`].
    #[inline]
    #[must_use]
    pub fn notes(&self) -> Notes {
        let mut notes = Notes::new();
        let Some(name) = self.raw.name else {
            return notes;
        };
        if name.facts.is_dotted() {
            notes.insert(Note::DotInName);
        }
        if name.facts.is_like_address() {
            notes.insert(Note::NameLikeAddress);
        }
        notes
    }

    /// Where it stands in the message: from its first character to its last, without the comments
    /// around it.
    ///
    /// ```
    /// # use peline::{Span, mail::Message};
    /// let to = Message::parse(b"To: (home) Jane <jane@example.com> (doe)\n\n")?.to()?.unwrap();
    /// assert_eq!(to.mailboxes().next().unwrap().span(), Span::new(11, 34));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn span(&self) -> Span {
        span_of(self.raw.text, self.within.text)
    }
}

/// Masked: a mailbox is personal data.
impl fmt::Debug for Mailbox<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox")
            .field("span", &self.span())
            .field("notes", &self.notes())
            .finish_non_exhaustive()
    }
}

/// A named group of mailboxes (RFC 5322 §3.4). Nothing is routed to its members.
///
/// `Debug` shows nothing of its text.
///
/// # Example
///
/// ```
/// use peline::mail::Message;
///
/// let mail = b"To: Team: a@example.com;\nCc: undisclosed-recipients:;\n\n";
/// let message = Message::parse(mail)?;
/// let member = message.to()?.unwrap().mailboxes().next().unwrap();
/// assert_eq!(member.group().unwrap().name().as_str(), "Team");
///
/// let cc = message.cc()?.unwrap();
/// assert_eq!(cc.mailboxes().count(), 0);
/// assert_eq!(cc.groups().next().unwrap().raw_name(), b"undisclosed-recipients");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Group<'a> {
    name: &'a [u8],
    within: Within<'a>,
}

impl<'a> Group<'a> {
    pub(super) const fn new(phrase: Phrase<'a>, within: Within<'a>) -> Self {
        let name = phrase.text;
        Self { name, within }
    }

    /// The name of the group, decoded anew each time.
    ///
    /// See the example of [`Group`].
    #[must_use]
    pub fn name(&self) -> Text<'a> {
        Text::phrase(self.name, self.within)
    }

    /// The name as it is written.
    ///
    /// See the example of [`Group`].
    #[must_use]
    pub const fn raw_name(&self) -> &'a [u8] {
        self.name
    }

    /// Where its name stands in the message.
    ///
    /// ```
    /// # use peline::{Span, mail::Message};
    /// let to = Message::parse(b"To: Team: a@example.com;\n\n")?.to()?.unwrap();
    /// assert_eq!(to.groups().next().unwrap().span(), Span::new(4, 8));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn span(&self) -> Span {
        span_of(self.name, self.within.text)
    }
}

/// Masked: the name of a group is personal data.
impl fmt::Debug for Group<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group")
            .field("span", &self.span())
            .finish_non_exhaustive()
    }
}

//! The recipients of messages.

use core::{fmt, ops::ControlFlow};
use std::collections::BTreeSet;

use super::{Name, Reason, Recipient, Role, Unrouted};
use crate::{
    address::{AddrSpec, Address},
    error::ParseError,
    grammar::{addr_spec::Form, mailbox::Parts},
    mail::{
        AddressList, AutoSubmitted, Field, FieldName, Fields, Known, Mailbox, Mailboxes, Message,
    },
    text::{Note, Notes, Span},
};

impl FieldName {
    /// The role that the field gives; `None` for those that name no recipients.
    ///
    /// ```
    /// use peline::{Role, mail::FieldName};
    /// assert_eq!(FieldName::Cc.role(), Some(Role::Cc));
    /// assert_eq!(FieldName::ReplyTo.role(), None);
    /// ```
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Bcc => Some(Role::Bcc),
            Self::Cc => Some(Role::Cc),
            Self::To => Some(Role::To),
            Self::AutoSubmitted
            | Self::Date
            | Self::From
            | Self::MessageId
            | Self::ReplyTo
            | Self::Sender
            | Self::Subject => None,
        }
    }
}

impl Mailbox<'_> {
    /// The address that can be routed to, or why there is none.
    ///
    /// That is about the mailbox alone. Its field and its message can have
    /// [reasons](Candidate::reason) of their own.
    ///
    /// # Errors
    ///
    /// The [`Reason`].
    ///
    /// ```
    /// use peline::{Reason, mail::Message};
    ///
    /// let to = Message::parse(b"To: jane@example.com, joe@[192.0.2.1]\n\n")?.to()?.unwrap();
    /// let [jane, joe] = [0, 1].map(|at| to.mailboxes().nth(at).unwrap());
    /// assert_eq!(jane.routable(), Ok("jane@example.com".parse()?));
    /// assert_eq!(joe.routable(), Err(Reason::DomainLiteral));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    pub fn routable(&self) -> Result<Address, Reason> {
        match self.reason() {
            Some(reason) => Err(reason),
            None => self.plain_address().ok_or(Reason::NotHostName),
        }
    }

    #[inline]
    fn reason(&self) -> Option<Reason> {
        match (self.group().is_some(), self.form()) {
            (true, _) => Some(Reason::GroupMember),
            (false, Form::PLAIN) => None,
            (false, form) => Self::reason_of(form),
        }
    }

    /// Why nothing can be routed to an address of an odd form.
    fn reason_of(form: Form) -> Option<Reason> {
        let reasons = [
            (Form::QUOTED, Reason::QuotedLocalPart),
            (Form::NOT_ASCII, Reason::NotAscii),
            (Form::LITERAL, Reason::DomainLiteral),
            (Form::SINGLE_LABEL, Reason::SingleLabel),
            (Form::NOT_HOST_NAME, Reason::NotHostName),
            (Form::OBSOLETE, Reason::ObsoleteAddress),
            (Form::SPACED, Reason::SpaceBesideAt),
        ];
        let has = |&(odd, _): &(Form, Reason)| form.has(odd);
        reasons.into_iter().find(has).map(|(_, reason)| reason)
    }
}

/// One thing of a message that [`recipients`](Message::recipients) lists: an address, or what could
/// not be read in its place.
///
/// `Debug` shows nothing of the text.
///
/// # Example
///
/// ```
/// use peline::{ErrorKind, Role, Span, mail::{FieldName, Message}};
///
/// let message = Message::parse(b"To: jane@example.com\nCc: a..b@example.com\n\n")?;
/// let [jane, cc] = &message.recipients(&[]).collect::<Vec<_>>()[..] else { unreachable!() };
/// assert_eq!(jane.span, Some(Span::new(4, 20)));
/// assert_eq!(jane.content.as_ref().map(|jane| jane.role()), Ok(Role::To));
/// assert_eq!(cc.span, Some(Span::new(21, 41)));
/// assert_eq!(cc.content.as_ref().unwrap_err().kind(), ErrorKind::MisplacedDot);
/// assert_eq!(cc.field, Some(FieldName::Cc));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Listed<'a> {
    /// Where it stands in the message: the mailbox, or the field or line that could not be read.
    /// `None` for a recipient of the envelope.
    pub span: Option<Span>,
    /// The field that it stands in; `None` for a line that is no field, and for the envelope.
    pub field: Option<FieldName>,
    /// The address, or what is wrong with its field.
    pub content: Result<Candidate<'a>, ParseError>,
}

/// An address of a message, in its role, which may be a recipient.
///
/// `Debug` shows nothing of its text.
///
/// # Example
///
/// ```
/// use peline::{Reason, Role, mail::Message};
///
/// let message = Message::parse(b"Cc: jane@localhost\n\n")?;
/// let jane = message.recipients(&[]).next().unwrap().content?;
/// assert_eq!((jane.role(), jane.reason()), (Role::Cc, Some(Reason::SingleLabel)));
/// assert_eq!(jane.address().as_str(), "jane@localhost");
/// assert_eq!(jane.mailbox().unwrap().raw_address(), b"jane@localhost");
/// assert!(jane.notes().is_empty());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Candidate<'a> {
    role: Role,
    source: Source<'a>,
    reason: Option<Reason>,
    notes: Notes,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    Envelope(&'a Address),
    Header(Mailbox<'a>),
}

impl<'a> Candidate<'a> {
    /// The role: that of its field; a blind copy, if it stands in the envelope only.
    ///
    /// See the example of [`Candidate`].
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Why nothing can be routed to it; `None` if it is a recipient.
    ///
    /// See the example of [`Candidate`].
    #[must_use]
    pub const fn reason(&self) -> Option<Reason> {
        self.reason
    }

    /// The mailbox, if it stands in the header.
    ///
    /// See the example of [`Candidate`].
    #[must_use]
    pub const fn mailbox(&self) -> Option<&Mailbox<'a>> {
        match &self.source {
            Source::Envelope(_) => None,
            Source::Header(mailbox) => Some(mailbox),
        }
    }

    /// What was tolerated, as far as it can be seen without decoding a name.
    ///
    /// See the example of [`Candidate`].
    #[must_use]
    pub const fn notes(&self) -> Notes {
        self.notes
    }

    /// The address, as it is shown.
    ///
    /// See the example of [`Candidate`].
    #[must_use]
    pub fn address(&self) -> AddrSpec {
        match self.source {
            Source::Envelope(address) => address.into(),
            Source::Header(mailbox) => mailbox.address(),
        }
    }

    /// The recipient, with its name decoded, independent of the message.
    ///
    /// # Errors
    ///
    /// [`Unrouted`] with the [reason](Self::reason).
    ///
    /// ```
    /// use peline::{Role, mail::Message};
    ///
    /// let message = Message::parse(b"To: =?utf-8?q?Jos=C3=A9?= <jose@example.com>\n\n")?;
    /// let jose = message.recipients(&[]).next().unwrap().content?.recipient()?;
    /// assert_eq!(jose.role(), Role::To);
    /// assert_eq!(jose.name(), Some("José"));
    /// assert_eq!(jose.address().as_str(), "jose@example.com");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn recipient(&self) -> Result<Recipient, Unrouted> {
        let name = self.mailbox().and_then(Mailbox::name);
        let notes = name.as_ref().map_or(Notes::new(), |name| name.notes());
        let notes = self.notes.union(notes);
        let name: Option<Box<str>> = name.map(|name| name.into_cow().into());
        let routable = match (self.reason, self.source) {
            (Some(reason), _) => Err(reason),
            (None, Source::Envelope(address)) => Ok(address.clone()),
            (None, Source::Header(mailbox)) => mailbox.routable(),
        };
        match routable {
            Ok(address) => Ok(Recipient {
                address,
                role: self.role,
                name,
                language: None,
                reference: None,
                notes,
                of_message: true,
            }),
            Err(reason) => Err(Unrouted {
                address: self.address(),
                reason,
                role: Some(self.role),
                name: name.map(Name),
                notes,
                of_message: true,
            }),
        }
    }
}

/// Masked: an address is personal data.
impl fmt::Debug for Candidate<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidate")
            .field("role", &self.role)
            .field("reason", &self.reason)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

impl<'a> Message<'a> {
    /// Who the message is addressed to, in the order of the header and then of the envelope.
    ///
    /// The mailboxes of `To`, `Cc` and `Bcc`, each with its role and, where nothing can be routed to
    /// it, with its reason; fields of these that cannot be read, and lines of the header that are no
    /// field, as errors in their place; behind them, as errors too, fields of these that only some
    /// readers see. Then the recipients of the envelope (SMTP `RCPT TO`, as the mail server that
    /// received the message knows them) that stand in none of these fields: they were blind-copied.
    /// Where one of these fields cannot be read, they could stand there, and nothing is routed to them.
    ///
    /// A text without the empty line that ends the header ([`body_span`](Message::body_span) is `None`) may have been cut
    /// off, in the midst of an address; what stands there is listed as it is. [`admit`](crate::mail::admit) refuses it.
    ///
    /// Nothing is allocated, unless there is an envelope. Collect it into a [`Plan`](crate::Plan) to
    /// have each address once.
    ///
    /// # Example: a blind copy
    ///
    /// ```
    /// use peline::{Plan, Route, mail::Message, route};
    ///
    /// let mail = b"To: Jane <jane@example.com>\r\nCc: agent@agency.example\r\n\r\n";
    /// let envelope = ["jane@example.com".parse()?, "boss@example.com".parse()?];
    /// let message = Message::parse(mail)?;
    /// let mut routes = Vec::new();
    /// for listed in message.recipients(&envelope) {
    ///     routes.push(route(&listed.content?.recipient()?));
    /// }
    /// assert_eq!(routes, [Route::MyTrips, Route::Following, Route::NotifyOnly]);
    ///
    /// let plan: Plan = message.recipients(&envelope).collect();
    /// assert!(plan.is_complete());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn recipients<'m>(
        &self,
        envelope: &'m [Address],
    ) -> impl Iterator<Item = Listed<'m>> + use<'m>
    where
        'a: 'm,
    {
        let (reason, notes) = self.whole_message();
        let errors = LISTS.map(|name| self.field_error(name));
        let fields = self.listing();
        Recipients {
            unread: errors.iter().any(Option::is_some),
            told: [false; LISTS.len()],
            reason,
            notes,
            rest: fields.clone(),
            lists: Lists { errors, fields },
            list: None,
            known: Known::nothing(),
            envelope,
            seen: None,
        }
    }

    /// What holds for every recipient of the message.
    fn whole_message(&self) -> (Option<Reason>, Notes) {
        let notes = Notes::new();
        match self.auto_submitted() {
            Ok(None | Some(AutoSubmitted::No)) => (None, notes),
            Ok(Some(AutoSubmitted::AutoReplied)) => (Some(Reason::AutoReplied), notes),
            Ok(Some(
                AutoSubmitted::AutoGenerated
                | AutoSubmitted::AutoNotified
                | AutoSubmitted::Extension,
            )) => (None, notes.with(Note::AutoSubmitted)),
            Err(_) => (Some(Reason::UnreadableAutoSubmitted), notes),
        }
    }
}

/// The fields that list recipients.
const LISTS: [FieldName; 3] = [FieldName::To, FieldName::Cc, FieldName::Bcc];

/// The fields of a message that list recipients.
struct Lists<'m> {
    /// What is wrong with each of [`LISTS`] as a whole.
    errors: [Option<ParseError>; LISTS.len()],
    /// They and those between them.
    fields: Fields<'m>,
}

impl<'m> Lists<'m> {
    /// Reads a field; `None` if it lists no recipients. `note` is told what was found of each item.
    fn read(
        &self,
        field: &Field<'m>,
        note: impl FnMut(usize, Parts),
    ) -> Option<(Role, Result<AddressList<'m>, ParseError>)> {
        let role = field.name()?.role()?;
        let mut errors = LISTS.into_iter().zip(&self.errors);
        let error = errors.find(|(name, _)| field.name() == Some(*name));
        let list = match error.and_then(|(_, error)| error.as_ref()) {
            Some(error) => Err(ParseError::new(error.kind(), field.span())),
            None => self.fields.list(field, note),
        };
        Some((role, list))
    }
}

/// What [`recipients`](Message::recipients) walks through.
struct Recipients<'m> {
    lists: Lists<'m>,
    /// Whether one of them cannot be read.
    unread: bool,
    /// Which of [`LISTS`] were told of: what only some readers see stands in no line of its own.
    told: [bool; LISTS.len()],
    reason: Option<Reason>,
    notes: Notes,
    /// What is left of their fields.
    rest: Fields<'m>,
    list: Option<List<'m>>,
    /// What is known of the items of that list.
    known: Known,
    envelope: &'m [Address],
    /// The addresses of the header, and those of the envelope that are done.
    seen: Option<BTreeSet<AddrSpec>>,
}

/// A field that is being listed.
struct List<'m> {
    name: Option<FieldName>,
    role: Role,
    reason: Option<Reason>,
    mailboxes: Mailboxes<'m>,
}

impl<'m> Recipients<'m> {
    /// Goes on to the next field that can be read; breaks off where one cannot, and behind the last.
    #[inline(never)]
    fn field(&mut self) -> ControlFlow<Option<Listed<'m>>> {
        loop {
            self.list = None;
            self.known.forget();
            let Some(line) = self.rest.next() else {
                return ControlFlow::Break(self.hidden().or_else(|| self.envelope()));
            };
            let (span, name, error) = match line {
                Err(stray_line) => (stray_line.span(), None, stray_line),
                Ok(field) => match self
                    .lists
                    .read(&field, |number, parts| self.known.note(number, parts))
                {
                    None => continue,
                    Some((role, Ok(list))) => {
                        let obsolete = field.has_obsolete_name();
                        let reason = obsolete.then_some(Reason::ObsoleteFieldName);
                        self.list = Some(List {
                            name: field.name(),
                            role,
                            reason,
                            mailboxes: list.into_mailboxes(),
                        });
                        return ControlFlow::Continue(());
                    }
                    Some((_, Err(error))) => {
                        self.unread = true;
                        let told = LISTS.into_iter().zip(&mut self.told);
                        let mine = told.filter(|(name, _)| field.name() == Some(*name));
                        mine.for_each(|(_, told)| *told = true);
                        (field.span(), field.name(), error)
                    }
                },
            };
            return ControlFlow::Break(Some(Listed {
                span: Some(span),
                field: name,
                content: Err(error),
            }));
        }
    }

    /// The next field that stands in no line of its own, and that some readers see.
    fn hidden(&mut self) -> Option<Listed<'m>> {
        let errors = LISTS.into_iter().zip(self.lists.errors);
        let mut hidden = errors.zip(&mut self.told).filter(|(_, told)| !**told);
        let ((name, error), told) =
            hidden.find_map(|((name, error), told)| Some(((name, error?), told)))?;
        *told = true;
        Some(Listed {
            span: Some(error.span()),
            field: Some(name),
            content: Err(error),
        })
    }

    /// The next recipient of the envelope that stands in no field.
    fn envelope(&mut self) -> Option<Listed<'m>> {
        let unread = self.unread.then_some(Reason::UnreadableField);
        while let Some((address, rest)) = self.envelope.split_first() {
            self.envelope = rest;
            let mut seen = self.seen.take().unwrap_or_else(|| self.in_the_header());
            let is_new = seen.insert(address.into());
            self.seen = Some(seen);
            if is_new {
                return Some(Listed {
                    span: None,
                    field: None,
                    content: Ok(Candidate {
                        role: Role::Bcc,
                        source: Source::Envelope(address),
                        reason: self.reason.or(unread),
                        notes: self.notes,
                    }),
                });
            }
        }
        None
    }

    /// The addresses of the fields that can be read.
    fn in_the_header(&self) -> BTreeSet<AddrSpec> {
        let lists = self.lists.fields.clone().flatten();
        let lists = lists.filter_map(|field| self.lists.read(&field, |_, _| ())?.1.ok());
        let mailboxes = lists.flat_map(AddressList::into_mailboxes);
        mailboxes.map(|mailbox| mailbox.address()).collect()
    }
}

impl<'m> Iterator for Recipients<'m> {
    type Item = Listed<'m>;

    /// Inlined with all that a mailbox needs, so that it is not moved but taken apart.
    #[inline]
    fn next(&mut self) -> Option<Listed<'m>> {
        loop {
            let known = |number| self.known.parts(number);
            if let Some(list) = &mut self.list
                && let Some(mailbox) = list.mailboxes.next_known(known)
            {
                let reason = self.reason.or(list.reason);
                return Some(Listed {
                    span: Some(mailbox.span()),
                    field: list.name,
                    content: Ok(Candidate {
                        role: list.role,
                        source: Source::Header(mailbox),
                        reason: reason.or_else(|| mailbox.reason()),
                        notes: self.notes.union(mailbox.notes()),
                    }),
                });
            }
            if let ControlFlow::Break(listed) = self.field() {
                return listed;
            }
        }
    }
}

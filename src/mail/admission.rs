//! May a message import anything at all?

use std::collections::BTreeSet;

use super::{AutoSubmitted, FieldName, Message};
use crate::{
    address::{Address, Domain, is_within},
    error::{ErrorKind, ParseError},
    text::Note,
};

/// What the caller has verified about where a message comes from.
///
/// Nothing inside a message is believed about this: an `Authentication-Results` field that came
/// along with it is only text. Take it from the mail server that received the message.
///
/// DMARC (RFC 7489) passes by SPF or by DKIM. The domain is the very one behind the `@` of `From` as the mail server
/// evaluated it, not the `d=` of a signature, nor the organisational domain.
///
/// # What a pass vouches for
///
/// With SPF, a server of the domain handed over this very delivery, as it is. A signature says less: that the domain
/// once wrote the fields that it covers, to somebody. Who got a signed confirmation can send it again, with
/// another `Cc` in front, or without its `Auto-Submitted`, and the signature still verifies where it does not cover
/// that field (RFC 6376 §8.15). So with DKIM alone the fields that are covered are to be known, and [`admit`] asks for
/// them.
///
/// Neither says that a message is new: keep the [`Message-ID`](Message::message_id) of each that was imported, and
/// refuse a message that has one of them, or none. Who sends a message again chooses its envelope, too: who stands there
/// alone is a blind copy, which opens nothing.
///
/// # What mail servers say
///
/// They tell a filter, or write it into an `Authentication-Results` field above the message (RFC 8601). Believe the
/// one field that *your* server wrote, by the name that it begins with, and only if that server takes out what comes in
/// under its name (§5).
///
/// | `dmarc` | and | is |
/// |---|---|---|
/// | `pass`, `header.from=air.example` | `spf=pass`, `smtp.mailfrom` of a domain that is aligned (RFC 7489 §3.1) | [`DmarcBySpf`](Self::DmarcBySpf)`(air.example)`, whatever `dkim` is |
/// | `pass`, `header.from=air.example` | `dkim=pass`, `header.d` of a domain that is aligned | [`DmarcByDkim`](Self::DmarcByDkim)`(air.example, …)`, with the `h=` of that `DKIM-Signature`: the one with this `d=`, and the `header.s` and `header.b` that are told |
/// | anything else, or none | | [`Unauthenticated`](Self::Unauthenticated) |
///
/// # Example
///
/// ```
/// use peline::mail::Authentication;
///
/// // dmarc=pass, spf=pass for a domain that is aligned: whether or not a signature verified, too.
/// let by_spf = Authentication::DmarcBySpf("air.example".parse()?);
///
/// // dmarc=pass, dkim=pass for a domain that is aligned: with the `h=` of that signature.
/// let fields = "From:To:Cc:Subject:Date:Message-ID:Auto-Submitted".split(':').collect();
/// let by_dkim = Authentication::DmarcByDkim("air.example".parse()?, fields);
/// assert_ne!(by_dkim, by_spf);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Authentication {
    /// DMARC passed by a signature alone, of all of the body (without `l=`), and these fields.
    DmarcByDkim(Domain, SignedFields),
    /// DMARC passed by SPF, for this very delivery.
    DmarcBySpf(Domain),
    /// Nothing was verified, or it failed.
    #[default]
    Unauthenticated,
}

/// The fields that a signature covers: those that its tag `h=` names (RFC 6376 §3.5).
///
/// A field that is named and does not stand in the message is covered, too: nobody added it since. One that is named
/// once is covered though it could be added again (RFC 6376 §5.4.2), since what stands there twice is an error.
///
/// Of several signatures that verified and are aligned, all fields count together.
///
/// # Example
///
/// ```
/// use peline::mail::{FieldName, SignedFields};
///
/// let signed: SignedFields = "from:to:subject : date:list-unsubscribe".split(':').collect();
/// assert!(signed.covers(FieldName::From) && signed.covers(FieldName::Subject));
/// assert!(!signed.covers(FieldName::Cc));
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct SignedFields([bool; FieldName::ALL.len()]);

impl SignedFields {
    /// Whether a field is covered.
    ///
    /// See the example of [`SignedFields`].
    #[must_use]
    pub fn covers(self, name: FieldName) -> bool {
        let mut fields = FieldName::ALL.into_iter().zip(self.0);
        fields.any(|(field, covered)| covered && field == name)
    }

    /// The first field of a message that ought to be covered and is not.
    fn lacks(self, message: &Message<'_>) -> Option<FieldName> {
        let used = |name: FieldName| match name {
            FieldName::AutoSubmitted | FieldName::Date | FieldName::From | FieldName::MessageId => {
                true
            }
            FieldName::Bcc | FieldName::Cc | FieldName::To => {
                !matches!(message.field(name), Ok(None))
            }
            FieldName::ReplyTo | FieldName::Sender | FieldName::Subject => false,
        };
        let mut names = FieldName::ALL.into_iter();
        names.find(|&name| used(name) && !self.covers(name))
    }
}

/// Of names of fields, in any case and with white space around them. Those that are not read are left out.
impl<S: AsRef<str>> FromIterator<S> for SignedFields {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut signed = Self::default();
        for name in names {
            let name = name.as_ref().trim_ascii();
            let fields = FieldName::ALL.into_iter().zip(&mut signed.0);
            let named = fields.filter(|(field, _)| field.as_str().eq_ignore_ascii_case(name));
            named.for_each(|(_, covered)| *covered = true);
        }
        signed
    }
}

/// Whose messages may import trips.
///
/// # Example
///
/// ```
/// use peline::mail::AdmissionPolicy;
///
/// let policy = AdmissionPolicy::default()
///     .with_domain("air.example".parse()?)
///     .with_subdomains_of("agency.example".parse()?);
/// assert!(policy.allows(&"desk.agency.example".parse()?));
/// assert!(!policy.allows(&"desk.air.example".parse()?));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AdmissionPolicy {
    domains: BTreeSet<Domain>,
    parents: BTreeSet<Domain>,
}

impl AdmissionPolicy {
    /// The same policy, and senders of this domain may import.
    ///
    /// See the example of [`AdmissionPolicy`].
    #[must_use]
    pub fn with_domain(mut self, domain: Domain) -> Self {
        self.domains.insert(domain);
        self
    }

    /// The same policy, and senders of this domain and of all below it may import.
    ///
    /// See the example of [`AdmissionPolicy`].
    #[must_use]
    pub fn with_subdomains_of(mut self, domain: Domain) -> Self {
        self.parents.insert(domain);
        self
    }

    /// Whether senders of a domain may import.
    ///
    /// See the example of [`AdmissionPolicy`].
    #[must_use]
    pub fn allows(&self, domain: &Domain) -> bool {
        self.allows_host(domain.as_str())
    }

    fn allows_host(&self, host_name: &str) -> bool {
        let same = |domain: &Domain| domain.as_str() == host_name;
        self.domains.iter().any(same)
            || self
                .parents
                .iter()
                .any(|parent| is_within(host_name, parent))
    }
}

/// That a message may import, and which verified sender it has: only [`admit`] makes one.
///
/// See the example of [`admit`].
#[derive(Clone, Debug)]
pub struct Admitted<'a> {
    sender: Address,
    message: &'a Message<'a>,
}

impl<'a> Admitted<'a> {
    /// The message.
    ///
    /// See the example of [`admit`].
    #[must_use]
    pub const fn message(&self) -> &'a Message<'a> {
        self.message
    }

    /// The one address of `From`, whose domain was verified and is allowed.
    ///
    /// See the example of [`admit`].
    #[must_use]
    pub const fn sender(&self) -> &Address {
        &self.sender
    }
}

/// The same message, and so the same sender.
impl PartialEq for Admitted<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.message.as_bytes() == other.message.as_bytes()
    }
}

impl Eq for Admitted<'_> {}

/// Why a message may import nothing.
///
/// # Example
///
/// ```
/// use peline::mail::{AdmissionPolicy, Authentication, Message, NotAdmitted, admit};
///
/// let message = Message::parse(b"From: a@air.example, b@air.example\n\n")?;
/// let policy = AdmissionPolicy::default().with_domain("air.example".parse()?);
/// let passed = Authentication::DmarcBySpf("air.example".parse()?);
/// assert_eq!(admit(&message, &passed, &policy), Err(NotAdmitted::SeveralSenders));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAdmitted {
    /// No empty line ends the header: the text may have been cut off, in the midst of an address, or above a field that
    /// counts. (A header alone is handed in with its empty line.)
    #[error("no empty line ends the header")]
    HeaderNotEnded,
    /// A field that says who sent it, when, or which message it is, stands there more than once, or
    /// would for some readers.
    #[error("{0} stands in the header more than once, or would for some readers")]
    RepeatedField(FieldName),
    /// A field that says who sent it, when, or which message it is, stands behind a folded line of nothing but
    /// white space: some readers end the header there.
    #[error("{0} stands behind a blank line, where some readers see the end of the header")]
    BehindBlankFold(FieldName),
    /// A line of the header is no field: some readers end the header there, and see no `From` below
    /// it.
    #[error("a line of the header is no field")]
    StrayLine,
    /// White space stands before the colon of a field (RFC 5322 §4.5): some readers end the header there, too.
    #[error("white space stands before the colon of a field")]
    ObsoleteFieldName,
    /// It is an automatic answer (RFC 3834), which may quote anything.
    #[error("it is an automatic answer")]
    AutoReplied,
    /// `Auto-Submitted` cannot be read, or stands there more than once: it could be an automatic answer.
    #[error("Auto-Submitted cannot be read: {0}")]
    UnreadableAutoSubmitted(ParseError),
    /// `From` is missing, or names nobody.
    #[error("From is missing, or names nobody")]
    NoSender,
    /// `From` names several.
    #[error("From names several senders")]
    SeveralSenders,
    /// A group or an [empty slot](Note::EmptySlot) stands in `From` (RFC 5322 §3.6.2 wants a list of mailboxes): some
    /// readers see nobody there.
    #[error("a group or an empty slot stands in From, where some readers see nobody")]
    DoubtfulSender,
    /// `From` cannot be read.
    #[error("From cannot be read: {0}")]
    UnreadableSender(ParseError),
    /// Nothing could be routed to what stands in `From`: a quoted local part, a domain literal, …
    #[error("what stands in From is no address that could be routed to")]
    UnroutableSender,
    /// Nothing was verified about the sender.
    #[error("nothing was verified about the sender")]
    Unauthenticated,
    /// What was verified is another domain than that of `From`.
    #[error("another domain was verified than that of From")]
    OtherDomainVerified,
    /// DMARC passed by a signature alone, which does not cover a field that counts: anyone could have added it, changed
    /// it or left it out since.
    #[error("the signature does not cover {0}")]
    NotSigned(FieldName),
    /// The policy does not name the domain.
    #[error("senders of this domain may not import")]
    DomainNotAllowed,
}

/// Decides whether a message may import the trip that it confirms.
///
/// It may if all of this holds, and the first that does not is the reason why not:
///
/// 1. an empty line ends the header *(ours)*; every line of it is a field *(ours)*, also to who takes any CR or LF for a line end, and none has white
///    space before its colon *(ours)*; and `From`, `Sender`, `Date` and `Message-ID` each
///    stand there once at most, and not behind a blank fold *(ours)*;
/// 2. it is no automatic answer: `Auto-Submitted` is missing or can be read, and is not [`auto-replied`](AutoSubmitted::AutoReplied) *(ours)*;
/// 3. `From` can be read and names exactly one mailbox, to which could be routed, with no group and no empty slot beside
///    it *(ours)*;
/// 4. the caller [verified](Authentication) its very domain;
/// 5. where a signature alone did so, it [covers](SignedFields) `From`, `Date`, `Message-ID` and `Auto-Submitted`,
///    whether or not they are there, and which of `To`, `Cc` and `Bcc` are there *(ours)*;
/// 6. the [policy](AdmissionPolicy) allows that domain.
///
/// It does not ask whether `Sender`, `Date` and `Message-ID` are there and can be read, nor whether anybody is
/// addressed.
///
/// Pure: it looks at nothing but its arguments. What is not admitted still lists its
/// [recipients](Message::recipients), and imports nothing.
///
/// # Errors
///
/// [`NotAdmitted`] says why not.
///
/// # Example
///
/// ```
/// use peline::mail::{AdmissionPolicy, Admitted, Authentication, Message, NotAdmitted, admit};
///
/// let mail = b"From: Air Example <noreply@air.example>\nTo: jane@example.com\n\n";
/// let message = Message::parse(mail)?;
/// let policy = AdmissionPolicy::default().with_domain("air.example".parse()?);
///
/// let verified = Authentication::DmarcBySpf("air.example".parse()?);
/// let admitted: Admitted<'_> = admit(&message, &verified, &policy)?;
/// assert_eq!(admitted.sender().as_str(), "noreply@air.example");
/// assert_eq!(admitted.message().recipients(&[]).count(), 1);
///
/// let refused = admit(&message, &Authentication::default(), &policy);
/// assert_eq!(refused, Err(NotAdmitted::Unauthenticated));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn admit<'a>(
    message: &'a Message<'a>,
    authentication: &Authentication,
    policy: &AdmissionPolicy,
) -> Result<Admitted<'a>, NotAdmitted> {
    if message.body_span().is_none() {
        return Err(NotAdmitted::HeaderNotEnded);
    }
    let once = [
        FieldName::From,
        FieldName::Sender,
        FieldName::Date,
        FieldName::MessageId,
    ];
    for name in once {
        match message.field_error(name).map(ParseError::kind) {
            // Below it is said why.
            None | Some(ErrorKind::BehindHeaderEnd) => {}
            Some(ErrorKind::BehindBlankFold) => return Err(NotAdmitted::BehindBlankFold(name)),
            Some(_) => return Err(NotAdmitted::RepeatedField(name)),
        }
    }
    if message.stray_line().is_some() {
        return Err(NotAdmitted::StrayLine);
    }
    if message
        .fields()
        .flatten()
        .any(|field| field.has_obsolete_name())
    {
        return Err(NotAdmitted::ObsoleteFieldName);
    }
    match message.auto_submitted() {
        Err(error) => return Err(NotAdmitted::UnreadableAutoSubmitted(error)),
        Ok(Some(AutoSubmitted::AutoReplied)) => return Err(NotAdmitted::AutoReplied),
        Ok(_) => {}
    }
    let sender = sender(message)?;
    let (verified, unsigned) = match authentication {
        Authentication::DmarcByDkim(domain, signed) => (domain, signed.lacks(message)),
        Authentication::DmarcBySpf(domain) => (domain, None),
        Authentication::Unauthenticated => return Err(NotAdmitted::Unauthenticated),
    };
    if verified.as_str() != sender.domain() {
        return Err(NotAdmitted::OtherDomainVerified);
    }
    if let Some(name) = unsigned {
        return Err(NotAdmitted::NotSigned(name));
    }
    if !policy.allows_host(sender.domain()) {
        return Err(NotAdmitted::DomainNotAllowed);
    }
    Ok(Admitted { sender, message })
}

/// The one address of `From`.
fn sender(message: &Message<'_>) -> Result<Address, NotAdmitted> {
    let from = message.from().map_err(NotAdmitted::UnreadableSender)?;
    let from = from.ok_or(NotAdmitted::NoSender)?;
    let mut mailboxes = from.mailboxes();
    let mailbox = mailboxes.next().ok_or(NotAdmitted::NoSender)?;
    if mailboxes.next().is_some() {
        return Err(NotAdmitted::SeveralSenders);
    }
    if from.notes().contains(Note::EmptySlot) || from.groups().next().is_some() {
        return Err(NotAdmitted::DoubtfulSender);
    }
    let sender = mailbox.plain_address();
    sender.ok_or(NotAdmitted::UnroutableSender)
}

//! A whole booking: each address once.

use core::fmt;
use std::collections::{BTreeMap, BTreeSet};

use super::{Route, route_role};
use crate::{
    address::{AddrSpec, Address},
    pe::{Content, Found, ItemNumber, Language, MAX_FIELDS, NameReference, RawCommand},
    recipient::{Listed, Reason, Recipient, Role, Unrouted},
    text::{Note, Notes},
};

/// Merges the recipients of one booking: each address once.
///
/// What counts, whatever the order of the input:
///
/// * **role**: the strongest one, `To` over `Cc` over `Bc`; more than one is a [note](Note);
/// * **name and language**: those given with the strongest role that gives any; if that role gives
///   several, none is chosen, with a note;
/// * **name references** are united, and an entry without one is for the whole booking. A blind
///   copy opens nothing, so its reference never widens what a `To` or `Cc` opens;
/// * **what is no recipient** ([`Unrouted`]) is listed with its reasons where the address is not
///   a recipient as well; where it is, a note says so.
///
/// A text is planned by collecting what is found in it, errors and all: see [`Plan`].
///
/// # Example
///
/// ```
/// use peline::{Note, Recipient, Role, Route, plan};
///
/// let agent = |role| Ok(Recipient::new("agent@example.com".parse()?, role));
/// let plan = plan([agent(Role::Cc)?, agent(Role::To)?].map(Ok));
///
/// let [agent] = &plan.recipients().collect::<Vec<_>>()[..] else { unreachable!() };
/// assert_eq!(agent.route(), Route::MyTrips);
/// assert!(agent.notes().contains(Note::StrongestRole));
/// # Ok::<(), peline::ParseError>(())
/// ```
pub fn plan(recipients: impl IntoIterator<Item = Result<Recipient, Unrouted>>) -> Plan {
    recipients.into_iter().collect()
}

/// The recipients of one booking, each address once: see [`plan`] for what counts.
///
/// It is collected from recipients or, better, from all that is [found](crate::pe::scan) in a text:
/// then it also knows what the text leaves open ([`is_complete`](Self::is_complete),
/// [`has_replacements`](Self::has_replacements)). Both can be added bit by bit, with `Extend`.
///
/// # Example: a text
///
/// ```
/// use peline::{Plan, Route, pe};
///
/// let script = "PE‡AGENT@EXAMPLE.COM‡CC/\nPE‡DESK@EXAMPLE.COM‡FR/\nPE‡BOSS@EXAMPLE.COM‡BCC/\n";
/// let plan: Plan = pe::scan(script.as_bytes()).collect();
///
/// let [agent] = &plan.recipients().collect::<Vec<_>>()[..] else { unreachable!() };
/// assert_eq!(agent.route(), Route::Following);
/// assert_eq!(plan.unrouted().count(), 1);
/// assert!(!plan.is_complete(), "one entry could not be read");
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Plan {
    addresses: BTreeMap<AddrSpec, Entry>,
    fields: usize,
    /// The items that a display lists, each with whether it says that the list scrolls on; and how many it lists.
    items: BTreeMap<ItemNumber, bool>,
    listed: usize,
    /// Whether something could not be read.
    unreadable: bool,
    elsewhere: bool,
    replacements: bool,
    /// Whether it is made of a message.
    mail: bool,
}

/// All that was said of one address.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Entry {
    /// Where it is a recipient.
    address: Option<Address>,
    /// By strength: Bcc, Cc, To.
    roles: [Option<InRole>; 3],
    reasons: BTreeSet<Reason>,
}

/// What was said of one address in one role. Merging two is commutative, associative and
/// idempotent, so the order of the input cannot matter.
#[derive(Clone, Eq, PartialEq)]
struct InRole {
    name: Said<Box<str>>,
    language: Said<Language>,
    scope: Scope,
    notes: Notes,
}

/// Nothing, one thing, or things that differ.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Said<T> {
    Nothing,
    One(T),
    Several,
}

impl<T: Eq> Said<T> {
    fn merge(&mut self, other: Self) {
        match (&*self, &other) {
            (_, Self::Nothing) | (Self::Several, _) => {}
            (Self::One(mine), Self::One(theirs)) if mine == theirs => {}
            (Self::Nothing, _) => *self = other,
            (Self::One(_), Self::One(_) | Self::Several) => *self = Self::Several,
        }
    }
}

impl<T> From<Option<T>> for Said<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Self::One)
    }
}

/// Masked: a name is personal data.
impl fmt::Debug for InRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRole")
            .field("scope", &self.scope)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

/// Which part of a booking something is about.
///
/// # Example
///
/// ```
/// use peline::{Plan, Scope, pe};
///
/// let script = "PE‡AGENT@EXAMPLE.COM‡CC/-1.1\nPE‡AGENT@EXAMPLE.COM‡CC/-2.1\n";
/// let plan: Plan = pe::scan(script.as_bytes()).collect();
/// let agent = plan.recipients().next().unwrap();
/// assert!(matches!(agent.scope(), Scope::Names(names) if names.len() == 2));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Scope {
    /// All of it.
    Whole,
    /// Only these names; never empty.
    Names(BTreeSet<NameReference>),
}

impl Scope {
    fn of(reference: Option<NameReference>) -> Self {
        reference.map_or(Self::Whole, |reference| Self::Names([reference].into()))
    }

    fn unite(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::Names(mine), Self::Names(theirs)) => mine.extend(theirs),
            (Self::Whole, _) | (_, Self::Whole) => *self = Self::Whole,
        }
    }
}

/// Written as a list of names; nothing (`null`) is the whole booking.
#[cfg(feature = "serde")]
impl serde::Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = match self {
            Self::Whole => None,
            Self::Names(names) => Some(names),
        };
        names.serialize(serializer)
    }
}

/// Read from a list of names that is not empty, or nothing.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;

        let names = Option::<BTreeSet<NameReference>>::deserialize(deserializer);
        match names.map_err(|_| D::Error::custom("this is no list of names"))? {
            None => Ok(Self::Whole),
            Some(names) if names.is_empty() => Err(D::Error::custom("a part has a name")),
            Some(names) => Ok(Self::Names(names)),
        }
    }
}

impl Plan {
    /// The recipients, in the order of their addresses.
    ///
    /// See the example of [`plan`].
    pub fn recipients(&self) -> impl Iterator<Item = PlannedRecipient<'_>> {
        self.addresses.values().filter_map(Entry::recipient)
    }

    /// What the plan says of one address.
    ///
    /// ```
    /// use peline::{Recipient, Role, Route, plan};
    /// let plan = plan([Ok(Recipient::new("boss@example.com".parse()?, Role::Bcc))]);
    /// let boss = plan.recipient(&"BOSS@example.com".parse()?);
    /// assert_eq!(boss.map(|boss| boss.route()), Some(Route::NotifyOnly));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub fn recipient(&self, address: &Address) -> Option<PlannedRecipient<'_>> {
        let entry = self.addresses.get::<AddrSpec>(address.as_ref())?;
        entry.recipient()
    }

    /// The addresses that are no recipients, in their order, each with its reasons.
    ///
    /// ```
    /// use peline::{Plan, Reason, pe};
    /// let plan: Plan = pe::scan("PE‡DESK@EXAMPLE.COM‡FR/".as_bytes()).collect();
    /// let (address, mut reasons) = plan.unrouted().next().unwrap();
    /// assert_eq!(address.as_str(), "desk@example.com");
    /// assert_eq!(reasons.next(), Some(Reason::SenderOverride));
    /// ```
    pub fn unrouted(&self) -> impl Iterator<Item = (&AddrSpec, impl Iterator<Item = Reason>)> {
        let unrouted = |entry: &Entry| entry.strongest().is_none();
        let entries = self
            .addresses
            .iter()
            .filter(move |(_, entry)| unrouted(entry));
        entries.map(|(address, entry)| (address, entry.reasons.iter().copied()))
    }

    /// Whether every entry of the text, or all of `To`, `Cc` and `Bcc` of the message and every line
    /// of its header, was read and is in the text: no errors, and no line that says that there are addresses elsewhere
    /// ([`has_addresses_elsewhere`](Self::has_addresses_elsewhere)). To find out what could not be
    /// read, look at what it was collected from: the `content` of one item at least is that error.
    ///
    /// An `Auto-Submitted` that cannot be read leaves nobody routed and the plan complete, and a message that was
    /// cut off within its header is complete, too: [`admit`](crate::mail::admit) tells of both.
    ///
    /// See the example of [`Plan`].
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        !self.unreadable && !self.elsewhere
    }

    /// Whether a line of the text says that there are addresses, and shows none
    /// ([`AddressesNotInText`](crate::pe::Content::AddressesNotInText)): such is the face of a PNR. What the system answers
    /// to `*PE` shows them.
    ///
    /// ```
    /// use peline::{Plan, pe};
    /// let face = b"PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL";
    /// let plan: Plan = pe::scan(face).collect();
    /// assert!(plan.has_addresses_elsewhere() && !plan.is_complete());
    /// ```
    #[must_use]
    pub const fn has_addresses_elsewhere(&self) -> bool {
        self.elsewhere
    }

    /// Whether it was made of nothing that counts now: no address but of history, and nothing that could not
    /// be read. Such a plan is *complete*, but the text is perhaps no list of a PNR: an error page, say, an
    /// answer to `*PE` that is none, a history, or UTF-16, which is not read.
    ///
    /// ```
    /// use peline::{Plan, pe};
    /// for text in ["502 BAD GATEWAY", "*PE\nNO RESPONSE", "XPE E#old@example.com#CC/"] {
    ///     let plan: Plan = pe::scan(text.as_bytes()).collect();
    ///     assert!(plan.is_empty() && plan.is_complete());
    /// }
    /// let plan: Plan = pe::scan(b"PE#desk@example.com#FR/").collect();
    /// assert!(!plan.is_empty() && plan.recipients().next().is_none());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let counts = |entry: &Entry| {
            let history = |reason: &Reason| *reason == Reason::History;
            entry.strongest().is_some() || !entry.reasons.iter().all(history)
        };
        self.is_complete() && !self.replacements && !self.addresses.values().any(counts)
    }

    /// Whether anything in it comes from a message.
    pub(crate) const fn is_of_mail(&self) -> bool {
        self.mail
    }

    /// Whether the text also changes or deletes items by their number; a message never does.
    ///
    /// The numbers are those of the PNR, which a script does not show: the plan lists what is added
    /// and what a change puts in, and cannot say what is gone.
    ///
    /// ```
    /// use peline::{Plan, pe};
    /// let plan: Plan = pe::scan("PE‡A@EXAMPLE.COM‡\nPE1¤".as_bytes()).collect();
    /// assert!(plan.has_replacements());
    /// ```
    #[must_use]
    pub const fn has_replacements(&self) -> bool {
        self.replacements
    }

    /// Whether the item numbers that the text shows are those of one whole list: 1 and so on, each once. Where
    /// one is missing, an entry is; where one comes twice, there are two lists, of one PNR at two times or of two
    /// PNRs. Nor is it whole if its last entry ends in a [scroll sign](Note::ScrollSign): it goes on below. That it
    /// was cut off elsewhere nothing tells. A text without item numbers, of commands, is taken for one list.
    ///
    /// ```
    /// use peline::{Plan, pe};
    /// let is_one = |text: &str| pe::scan(text.as_bytes()).collect::<Plan>().is_one_list();
    /// assert!(is_one("*PE\n 1.‡A@EXAMPLE.COM‡\n 2.‡B@EXAMPLE.COM‡CC/\n"));
    /// assert!(!is_one("*PE\n 1.‡A@EXAMPLE.COM‡\n 3.‡C@EXAMPLE.COM‡CC/\n"));
    /// assert!(!is_one("*PE\n 1.‡A@EXAMPLE.COM‡\n*PE\n 1.‡B@EXAMPLE.COM‡CC/\n"));
    /// assert!(!is_one("*PE\n 1.‡A@EXAMPLE.COM‡\n 2.‡B@EXAMPLE.COM‡CC/‡\n"));
    /// ```
    #[must_use]
    pub fn is_one_list(&self) -> bool {
        let last = self.items.last_key_value();
        let scrolls_on = last.is_some_and(|(_, scrolls)| *scrolls);
        let greatest = last.map_or(0, |(item, _)| item.get().into());
        self.items.len() == self.listed && greatest == self.listed && !scrolls_on
    }

    /// Whether an item number comes twice.
    pub(crate) fn is_several_lists(&self) -> bool {
        self.items.len() < self.listed
    }

    /// Whether more PE entries were found than a PNR can hold ([`MAX_FIELDS`]): then this is not one
    /// booking.
    ///
    /// ```
    /// assert!(!peline::Plan::default().exceeds_host_limit());
    /// ```
    #[must_use]
    pub const fn exceeds_host_limit(&self) -> bool {
        self.fields > MAX_FIELDS
    }
}

impl Entry {
    fn strongest(&self) -> Option<(Role, &InRole)> {
        let roles = [Role::Bcc, Role::Cc, Role::To].into_iter().zip(&self.roles);
        roles
            .rev()
            .find_map(|(role, said)| said.as_ref().map(|said| (role, said)))
    }

    fn recipient(&self) -> Option<PlannedRecipient<'_>> {
        let address = self.address.as_ref()?;
        let (role, strongest) = self.strongest()?;
        let said = || self.roles.iter().rev().flatten();
        let name = said()
            .map(|said| &said.name)
            .find(|name| **name != Said::Nothing);
        let language = said()
            .map(|said| &said.language)
            .find(|it| **it != Said::Nothing);

        let mut notes = said()
            .map(|said| said.notes)
            .fold(Notes::new(), Notes::union);
        if said().count() > 1 {
            notes.insert(Note::StrongestRole);
        }
        if name == Some(&Said::Several) {
            notes.insert(Note::NamesDiffer);
        }
        if language == Some(&Said::Several) {
            notes.insert(Note::LanguagesDiffer);
        }
        if !self.reasons.is_empty() {
            notes.insert(Note::AlsoUnrouted);
        }

        let mut scope = strongest.scope.clone();
        if let (Role::To, [_, Some(cc), _]) = (role, &self.roles) {
            scope.unite(&cc.scope);
        }
        Some(PlannedRecipient {
            address,
            role,
            name: name.and_then(|name| match name {
                Said::One(name) => Some(&**name),
                Said::Nothing | Said::Several => None,
            }),
            language: language.and_then(|language| match language {
                Said::One(language) => Some(*language),
                Said::Nothing | Said::Several => None,
            }),
            scope,
            notes,
        })
    }
}

impl Extend<Result<Recipient, Unrouted>> for Plan {
    fn extend<I: IntoIterator<Item = Result<Recipient, Unrouted>>>(&mut self, recipients: I) {
        for recipient in recipients {
            match recipient {
                Ok(recipient) => self.add(&recipient),
                Err(unrouted) => {
                    self.mail |= unrouted.is_of_message();
                    let entry = self.entry(unrouted.address());
                    entry.reasons.insert(unrouted.reason());
                }
            }
        }
    }
}

impl<'a> Extend<Found<'a>> for Plan {
    fn extend<I: IntoIterator<Item = Found<'a>>>(&mut self, found: I) {
        for found in found {
            match &found.content {
                Err(_) => self.unreadable = true,
                Ok(Content::AddressesNotInText) => self.elsewhere = true,
                Ok(Content::Command(RawCommand::Change(..) | RawCommand::Delete(_))) => {
                    self.replacements = true;
                }
                Ok(Content::Listed(item, entry)) => {
                    *self.items.entry(*item).or_default() |= entry.scrolls();
                    self.listed = self.listed.saturating_add(1);
                }
                Ok(
                    Content::Command(RawCommand::Add(_) | RawCommand::Display)
                    | Content::History(..),
                ) => {}
            }
            let recipient = found.content.ok().and_then(|content| content.recipient());
            let history = |unrouted: &Unrouted| unrouted.reason() == Reason::History;
            if let Some(recipient) = recipient {
                // What is history is in the PNR no more.
                let counts = !recipient.as_ref().is_err_and(history);
                self.fields = self.fields.saturating_add(usize::from(counts));
                self.extend([recipient]);
            }
        }
    }
}

impl<'a> Extend<Listed<'a>> for Plan {
    fn extend<I: IntoIterator<Item = Listed<'a>>>(&mut self, listed: I) {
        self.mail = true;
        for listed in listed {
            match listed.content {
                Ok(candidate) => self.extend([candidate.recipient()]),
                Err(_) => self.unreadable = true,
            }
        }
    }
}

impl<'a> FromIterator<Listed<'a>> for Plan {
    fn from_iter<I: IntoIterator<Item = Listed<'a>>>(listed: I) -> Self {
        let mut plan = Self::default();
        plan.extend(listed);
        plan
    }
}

impl<'a> FromIterator<Found<'a>> for Plan {
    fn from_iter<I: IntoIterator<Item = Found<'a>>>(found: I) -> Self {
        let mut plan = Self::default();
        plan.extend(found);
        plan
    }
}

impl FromIterator<Result<Recipient, Unrouted>> for Plan {
    fn from_iter<I: IntoIterator<Item = Result<Recipient, Unrouted>>>(recipients: I) -> Self {
        let mut plan = Self::default();
        plan.extend(recipients);
        plan
    }
}

impl Plan {
    fn entry(&mut self, address: &AddrSpec) -> &mut Entry {
        // The spelling in lower case is the one that is kept, whichever came first.
        self.addresses.entry(address.folded()).or_default()
    }

    fn add(&mut self, recipient: &Recipient) {
        self.mail |= recipient.is_of_message();
        let said = InRole {
            name: recipient.name().map(Box::from).into(),
            language: recipient.language().into(),
            scope: Scope::of(recipient.name_reference()),
            notes: recipient.notes(),
        };
        let entry = self.entry(recipient.address().as_ref());
        entry
            .address
            .get_or_insert_with(|| recipient.address().folded());
        let [bcc, cc, to] = &mut entry.roles;
        let slot = match recipient.role() {
            Role::Bcc => bcc,
            Role::Cc => cc,
            Role::To => to,
        };
        match slot {
            None => *slot = Some(said),
            Some(before) => {
                before.name.merge(said.name);
                before.language.merge(said.language);
                before.scope.unite(&said.scope);
                before.notes = before.notes.union(said.notes);
            }
        }
    }
}

/// What a [`Plan`] says of one recipient.
///
/// `Debug` shows neither the address nor the name.
///
/// # Example
///
/// ```
/// use peline::{Recipient, Role, Route, Scope, plan};
///
/// let agent = Recipient::new("agent@example.com".parse()?, Role::Cc).with_name("JANE DOE");
/// let plan = plan([Ok(agent)]);
/// let agent = plan.recipients().next().unwrap();
/// assert_eq!(agent.address().as_str(), "agent@example.com");
/// assert_eq!((agent.role(), agent.route()), (Role::Cc, Route::Following));
/// assert_eq!((agent.name(), agent.language()), (Some("JANE DOE"), None));
/// assert_eq!(agent.scope(), &Scope::Whole);
/// assert!(agent.notes().is_empty());
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct PlannedRecipient<'a> {
    address: &'a Address,
    role: Role,
    name: Option<&'a str>,
    language: Option<Language>,
    scope: Scope,
    notes: Notes,
}

impl<'a> PlannedRecipient<'a> {
    /// The address, in lower case.
    ///
    /// See the example of [`PlannedRecipient`].
    #[must_use]
    pub const fn address(&self) -> &'a Address {
        self.address
    }

    /// The strongest role.
    ///
    /// See the example of [`PlannedRecipient`].
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// What the recipient gets: see [`route`](super::route).
    ///
    /// See the example of [`PlannedRecipient`].
    #[must_use]
    pub const fn route(&self) -> Route {
        route_role(self.role)
    }

    /// The name, if the booking agrees on one.
    ///
    /// See the example of [`PlannedRecipient`].
    #[must_use]
    pub const fn name(&self) -> Option<&'a str> {
        self.name
    }

    /// The language, if the booking agrees on one.
    ///
    /// See the example of [`PlannedRecipient`].
    #[must_use]
    pub const fn language(&self) -> Option<Language> {
        self.language
    }

    /// The part of the booking that the recipient is there for.
    ///
    /// See the example of [`PlannedRecipient`].
    #[must_use]
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What was tolerated in the text, and what the merging decided.
    ///
    /// See the example of [`PlannedRecipient`].
    #[must_use]
    pub const fn notes(&self) -> Notes {
        self.notes
    }
}

/// Masked: who hears about a trip is personal data.
impl fmt::Debug for PlannedRecipient<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlannedRecipient")
            .field("role", &self.role)
            .field("scope", &self.scope)
            .field("notes", &self.notes)
            .finish_non_exhaustive()
    }
}

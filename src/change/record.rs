//! The record of a case: remarks for the booking, notes for the CRM, what was kept.

use core::{fmt, num::NonZeroUsize};

use jiff::{Timestamp, tz::Offset};

use super::{
    Case, Channel, Contact, Fact, FactKind, HistoryEntry, Movement, Outcome, RecordLanguage,
    Reference, words,
};

/// How many characters a line of the host holds.
///
/// # Example
///
/// ```
/// use peline::change::LineLength;
/// assert_eq!(LineLength::SABRE.get(), 70);
/// assert_eq!(LineLength::default(), LineLength::SABRE);
/// assert!(LineLength::new(10).is_none());
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct LineLength(NonZeroUsize);

impl LineLength {
    /// A remark of Sabre: 70 characters behind the `5`.
    ///
    /// See the example of [`LineLength`].
    pub const SABRE: Self = match NonZeroUsize::new(70) {
        Some(length) => Self(length),
        None => Self(NonZeroUsize::MIN),
    };

    /// So many characters; `None` for fewer than 25, which do not hold every amount.
    ///
    /// See the example of [`LineLength`].
    #[must_use]
    pub const fn new(characters: usize) -> Option<Self> {
        match NonZeroUsize::new(characters) {
            Some(length) if characters >= 25 => Some(Self(length)),
            _ => None,
        }
    }

    /// How many characters.
    ///
    /// See the example of [`LineLength`].
    #[must_use]
    pub const fn get(self) -> usize {
        self.0.get()
    }
}

/// That of [Sabre](Self::SABRE).
impl Default for LineLength {
    fn default() -> Self {
        Self::SABRE
    }
}

/// The record of a case, in one language.
///
/// `Debug` shows no text.
///
/// # Example
///
/// ```
/// use peline::change::*;
///
/// # let (client, agent) = (ClientId::new(4), AgentId::new(9));
/// # let opening = Opening { case: CaseId::new(17), client, reach: Reach::Phone, by: agent };
/// # let now = "2026-11-02T10:00:00Z".parse()?;
/// # let (case, _) = Case::open(opening, now);
/// let contact = Contact { client, channel: Channel::Phone };
/// let withdrawn = Event::new(case.id(), agent, Fact::Withdrawn { contact, at: now });
/// let (case, effects) = case.step(withdrawn, now)?;
/// assert_eq!(effects, [Effect::WriteRecord, Effect::NoteContact { position: 0 }]);
///
/// let record = case.record(RecordLanguage::English, LineLength::SABRE);
/// assert_eq!(record.remarks(), [
///     "FLIGHT CHANGE, WITHDRAWN BY CLIENT",
///     "2026-11-02 1000Z CLIENT WITHDREW THE REQUEST, TELEPHONE",
/// ]);
/// assert_eq!(record.crm_notes(), ["2026-11-02 10:00Z (telephone): Client withdrew the request"]);
/// assert_eq!(case.crm_note(0, RecordLanguage::English).as_ref(), record.crm_notes().first());
/// assert_eq!(record.correspondence().len() + record.receipts().len(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Record {
    remarks: Vec<String>,
    crm_notes: Vec<String>,
    correspondence: Vec<Correspondence>,
    receipts: Vec<Receipt>,
}

impl Record {
    /// The remarks for the booking: one for each line of the host, in upper case, with nothing but
    /// letters, digits, blanks and `.,-/`, which every host takes. Other signs are left out, and of a word in letters
    /// that have none of those in their place `...` is left; the [notes](Self::crm_notes) have all of it.
    ///
    /// See the example of [`Record`].
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// The notes for the CRM: one for each contact with the client.
    ///
    /// See the example of [`Record`].
    #[must_use]
    pub fn crm_notes(&self) -> &[String] {
        &self.crm_notes
    }

    /// The correspondence with the client: each written contact.
    ///
    /// See the example of [`Record`].
    #[must_use]
    pub fn correspondence(&self) -> &[Correspondence] {
        &self.correspondence
    }

    /// The money that moved, and where its receipt is kept.
    ///
    /// See the example of [`Record`].
    #[must_use]
    pub fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("remarks", &self.remarks.len())
            .field("crm_notes", &self.crm_notes.len())
            .field("correspondence", &self.correspondence)
            .field("receipts", &self.receipts)
            .finish()
    }
}

/// A written contact with the client.
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{FactKind, LineLength, RecordLanguage, State};
///
/// # let (case, _) = example::case_in(State::Closed);
/// let record = case.record(RecordLanguage::English, LineLength::SABRE);
/// let about: Vec<_> = record.correspondence().iter().map(|it| (it.about, it.channel.name())).collect();
/// assert_eq!(about, [(FactKind::ItinerarySent, "email"), (FactKind::Reminded, "email")]);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Correspondence {
    /// Which event of the [history](Case::history), counted from 0.
    pub position: usize,
    /// When.
    pub at: Timestamp,
    /// What it was about.
    pub about: FactKind,
    /// How.
    pub channel: Channel,
}

/// Money that moved, and where its receipt is kept.
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{LineLength, RecordLanguage, State};
///
/// # let (case, _) = example::case_in(State::Record);
/// // Jane has paid, and nobody has said yet where the receipt is.
/// let record = case.record(RecordLanguage::English, LineLength::SABRE);
/// let [receipt] = record.receipts() else { unreachable!("one payment") };
/// assert_eq!(receipt.kept_as, None);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Receipt {
    /// Which money.
    pub of: Movement,
    /// Where, in the service's words; `None` until that is reported.
    pub kept_as: Option<Reference>,
}

impl Case {
    /// The record: remarks for the booking, notes for the CRM, correspondence and receipts.
    ///
    /// See the example of [`Record`].
    #[must_use]
    pub fn record(&self, language: RecordLanguage, line: LineLength) -> Record {
        let positions = 0..self.history.len();
        let written = self.history.iter().enumerate();
        let written = written.filter_map(|(position, entry)| {
            let channel = entry.event.fact.contact()?.channel;
            channel.is_written().then_some(Correspondence {
                position,
                at: entry.at,
                about: entry.event.fact.kind(),
                channel,
            })
        });
        let receipts = self.movements().map(|of| Receipt {
            kept_as: self.filed.receipts.get(&of).cloned(),
            of,
        });
        Record {
            remarks: self.remarks(language, line),
            crm_notes: positions
                .filter_map(|position| self.crm_note(position, language))
                .collect(),
            correspondence: written.collect(),
            receipts: receipts.collect(),
        }
    }

    /// The note for the CRM on one event of the history; `None` where that was no contact with the client.
    ///
    /// See [`Effect::NoteContact`](super::Effect::NoteContact) and the example of [`Record`].
    #[must_use]
    pub fn crm_note(&self, position: usize, language: RecordLanguage) -> Option<String> {
        let entry = self.history.get(position)?;
        let Contact { channel, .. } = entry.event.fact.contact()?;
        let at = Offset::UTC.to_datetime(entry.at).strftime("%F %H:%MZ");
        let channel = language.channel(channel);
        let sentence = self
            .sentence(position, entry, language)
            .replace(words::JOINER, " ");
        Some(format!("{at} ({channel}): {sentence}"))
    }

    /// What happened, with what the case knows of it beyond the event.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "of the others the case knows nothing beyond"
    )]
    fn sentence(&self, position: usize, entry: &HistoryEntry, language: RecordLanguage) -> String {
        let sentence = language.sentence(entry);
        let more = match &entry.event.fact {
            Fact::Repaid { repayment, .. } => {
                let repayment = self.ledger.repayment(*repayment);
                repayment.map(|repayment| language.returned(repayment.what))
            }
            Fact::OptionChosen { option, .. } => {
                let offered = self.offered(*option);
                let flights = offered.map(|it| it.option.itinerary.flights());
                flights.map(|flights| {
                    let flights: Vec<_> = flights.iter().map(words::flight).collect();
                    format!(": {}", flights.join(", "))
                })
            }
            Fact::Priced(_) => {
                let at = self
                    .quotes
                    .binary_search_by_key(&position, |it| it.position);
                let quote = at.ok().and_then(|at| self.quotes.get(at));
                quote.map(|quote| language.priced(quote))
            }
            Fact::DiscrepancyAcknowledged { quote } => {
                let quote = self.quote_number(*quote);
                quote.map(|quote| language.discrepancies(quote.discrepancies()))
            }
            Fact::QuoteTold { quote, .. } | Fact::QuoteApproved { quote, .. } => {
                let quote = self.quote_number(*quote);
                quote.map(|quote| format!(". {}", language.sums(quote)))
            }
            Fact::BookingFetched(_) => {
                let differing = self.checks.get(&position);
                differing.map(|differing| language.checked(*differing))
            }
            Fact::GivenUp if self.is_unsent(position) => Some(language.unsent().to_owned()),
            _ => None,
        };
        sentence + &more.unwrap_or_default()
    }

    /// Whether the tickets were issued before this event, and the itinerary was not sent since.
    fn is_unsent(&self, position: usize) -> bool {
        let kinds = self.history.iter().take(position);
        let mut kinds = kinds.rev().map(|entry| entry.event.fact.kind());
        let last =
            kinds.find(|kind| matches!(kind, FactKind::DocumentsIssued | FactKind::ItinerarySent));
        last == Some(FactKind::DocumentsIssued)
    }

    fn remarks(&self, language: RecordLanguage, line: LineLength) -> Vec<String> {
        let title = language.pick("Flight change", "Cambio de vuelo");
        let mut texts = vec![format!("{title}, {}", language.outcome(self.outcome))];
        let changed = matches!(
            self.outcome,
            Some(Outcome::Changed | Outcome::ChangedUnconfirmed)
        );
        let old = self.booking.iter().flat_map(|it| it.itinerary.flights());
        let old = old.map(|flight| (language.pick("Old", "Antes"), flight));
        let new = self.changed.iter().flat_map(|it| it.itinerary.flights());
        let new = new.map(|flight| (language.pick("New", "Ahora"), flight));
        let flights = old.chain(new).filter(|_| changed);
        texts.extend(flights.map(|(when, flight)| format!("{when} {}", words::flight(flight))));
        let history = self.history.iter().enumerate();
        let checks = |position| self.checks.contains_key(&position);
        let remarked = history.filter(|(at, entry)| is_remarked(entry) || checks(*at));
        for (position, entry) in remarked {
            let at = Offset::UTC.to_datetime(entry.at).strftime("%F %H%MZ");
            let sentence = self.sentence(position, entry, language);
            let channel = entry.event.fact.contact().map(|contact| contact.channel);
            let channel = channel.map(|it| format!(", {}", language.channel(it)));
            texts.push(format!("{at} {sentence}{}", channel.unwrap_or_default()));
        }
        let lines = texts
            .iter()
            .flat_map(|text| wrap(&host_text(text), line.get()));
        lines.map(|line| line.replace(words::JOINER, " ")).collect()
    }
}

/// Whether an event is worth a remark in the booking.
pub(super) const fn is_remarked(entry: &HistoryEntry) -> bool {
    !matches!(
        entry.event.fact.kind(),
        FactKind::BookingFetched
            | FactKind::BookingNotFound
            | FactKind::ItineraryDisputed
            | FactKind::OptionsFound
            | FactKind::Contacted
            | FactKind::ReachStated
            | FactKind::AttemptMade
            | FactKind::Filed
            | FactKind::Closed
    )
}

/// What stands in the place of letters that no host takes.
const LEFT_OUT: &str = "...";

/// In upper case, and only characters that every host takes.
fn host_text(text: &str) -> String {
    let mut taken = String::new();
    for char in text.chars().flat_map(char::to_uppercase) {
        let instead = match char {
            'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' | 'Ą' | 'Ă' | 'Ā' => "A",
            'Æ' => "AE",
            'Ç' | 'Ć' | 'Č' | 'Ċ' | 'Ĉ' => "C",
            'Ď' | 'Đ' | 'Ð' => "D",
            'É' | 'È' | 'Ê' | 'Ë' | 'Ę' | 'Ě' | 'Ē' | 'Ė' => "E",
            'Ğ' | 'Ģ' | 'Ġ' | 'Ĝ' => "G",
            'Ħ' | 'Ĥ' => "H",
            'Í' | 'Ì' | 'Î' | 'Ï' | 'İ' | 'Ī' | 'Į' => "I",
            'Ĵ' => "J",
            'Ķ' => "K",
            'Ł' | 'Ļ' | 'Ľ' | 'Ĺ' => "L",
            'Ñ' | 'Ń' | 'Ň' | 'Ņ' => "N",
            'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' | 'Ø' | 'Ő' | 'Ō' => "O",
            'Œ' => "OE",
            'Ř' | 'Ŕ' | 'Ŗ' => "R",
            'Ś' | 'Š' | 'Ş' | 'Ș' | 'Ŝ' => "S",
            'Ť' | 'Ț' | 'Ţ' => "T",
            'Þ' => "TH",
            'Ú' | 'Ù' | 'Û' | 'Ü' | 'Ů' | 'Ű' | 'Ū' | 'Ų' | 'Ŭ' => "U",
            'Ŵ' => "W",
            'Ý' | 'Ÿ' | 'Ŷ' => "Y",
            'Ź' | 'Ż' | 'Ž' => "Z",
            // An accent by itself: the letter before it stands.
            '\u{300}'..='\u{36F}' => "",
            ':' | ';' => ",",
            '€' => "EUR",
            '£' => "GBP",
            '¥' => "JPY",
            '%' => " PCT",
            '¼' => " 1/4",
            '½' => " 1/2",
            '¾' => " 3/4",
            // Holds a currency and its amount together in one line.
            words::JOINER => {
                taken.push(char);
                continue;
            }
            'A'..='Z' | '0'..='9' | ' ' | '.' | ',' | '-' | '/' => {
                taken.push(char);
                continue;
            }
            _ if !char.is_alphanumeric() => " ",
            // Once for each word.
            _ if taken.ends_with(LEFT_OUT) => "",
            _ => LEFT_OUT,
        };
        taken.push_str(instead);
    }
    taken
}

/// Cuts a text at blanks into lines; a word that is longer than a line is cut too. No line begins with a mark:
/// behind the `5` of a remark the host would take it for a command.
fn wrap(text: &str, length: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut room = length;
    for word in text.split_ascii_whitespace() {
        let mut rest = word;
        loop {
            if line.is_empty() {
                rest = rest.trim_start_matches(|char: char| !char.is_ascii_alphanumeric());
            }
            if rest.is_empty() {
                break;
            }
            let blank = usize::from(!line.is_empty());
            let (part, after) = if rest.len().saturating_add(blank) <= room {
                (rest, "")
            } else if line.is_empty() {
                rest.split_at_checked(room).unwrap_or((rest, ""))
            } else {
                lines.push(core::mem::take(&mut line));
                room = length;
                continue;
            };
            if blank == 1 {
                line.push(' ');
            }
            line.push_str(part);
            room = length.saturating_sub(line.len());
            rest = after;
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

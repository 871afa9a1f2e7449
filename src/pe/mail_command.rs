//! The commands that send the mail: `EM` and its kin.

use core::{
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use super::{
    Items, NameReference,
    number::{RawItems, write_ranges},
};
use crate::{
    error::{ErrorKind, ParseError},
    grammar::{complete, mail_command, span_of},
    text::{Note, Notes, encoding::Encoding},
};

/// What a mail command sends.
///
/// # Example
///
/// ```
/// use peline::pe::{Document, MailCommand};
///
/// let command: MailCommand = "EMTP".parse()?;
/// assert_eq!(command.document(), Document::ETicketPdf);
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Document {
    /// `EM`: the itinerary notice.
    Itinerary,
    /// `EMI`: the e-invoice.
    EInvoice,
    /// `EMT`: the e-ticket receipt.
    ETicket,
    /// `EMTP`: the e-ticket receipt as PDF.
    ETicketPdf,
    /// `EMX`: the itinerary as a copy in text.
    TextCopy,
    /// `EMXP`: that copy as PDF.
    TextCopyPdf,
}

impl Document {
    /// Every document.
    ///
    /// ```
    /// assert_eq!(peline::pe::Document::ALL.len(), 6);
    /// ```
    pub const ALL: [Self; 6] = [
        Self::Itinerary,
        Self::EInvoice,
        Self::ETicket,
        Self::ETicketPdf,
        Self::TextCopy,
        Self::TextCopyPdf,
    ];

    /// The command that sends it.
    ///
    /// ```
    /// assert_eq!(peline::pe::Document::EInvoice.as_str(), "EMI");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Itinerary => "EM",
            Self::EInvoice => "EMI",
            Self::ETicket => "EMT",
            Self::ETicketPdf => "EMTP",
            Self::TextCopy => "EMX",
            Self::TextCopyPdf => "EMXP",
        }
    }
}

/// Which names a mail command is for: the modifier `N`.
///
/// # Example
///
/// ```
/// use peline::pe::{MailCommand, NameSelector};
///
/// let command: MailCommand = "EM‡N5.0".parse()?;
/// assert_eq!(command.names(), Some(NameSelector::Name("5".parse()?)));
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum NameSelector {
    /// `N0.0`: every name.
    All,
    /// `N5.0`: every passenger of a name item. `N1.1`: one passenger.
    Name(NameReference),
}

impl fmt::Display for NameSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("0.0"),
            Self::Name(name) => write!(f, "{}.{}", name.item(), name.passenger().unwrap_or(0)),
        }
    }
}

/// A command that mails the addresses of the PE field.
///
/// `EM`, `EMI`, `EMT`, `EMTP`, `EMX` or `EMXP`, each with an optional `R` (redisplay), and
/// modifiers, each behind a delimiter:
///
/// | modifier | meaning |
/// |---|---|
/// | `A2`, `A2-5`, `A2/4/5` | PE items, by number |
/// | `N1.1`, `N5.0`, `N0.0` | a passenger, all of a name item, all names |
/// | `S1`, `S1-3/5` | segments (only with `EMX` and `EMXP`) |
/// | `PH` | priority |
/// | `RR` | return receipt |
///
/// History prints `EMN1.1` without the delimiter: read, with a note. `EMALL`, `ERM` and `EM*`
/// belong to other systems and are errors. Which entries would be mailed, [`select`](super::select)
/// says.
///
/// Equality is of what the commands do; [notes](Self::notes) do not count.
///
/// # Example
///
/// ```
/// use peline::pe::{Document, MailCommand};
///
/// let command: MailCommand = "EMX‡A2/4‡S1-3/5‡RR".parse()?;
/// assert_eq!(command.document(), Document::TextCopy);
/// assert_eq!(command.items().map(ToString::to_string).as_deref(), Some("2,4"));
/// assert!(command.asks_return_receipt());
/// assert_eq!(command.to_string(), "EMX‡A2/4‡S1-3/5‡RR");
/// # Ok::<(), peline::ParseError>(())
/// ```
#[derive(Clone, Debug)]
pub struct MailCommand {
    order: Order,
    notes: Notes,
}

/// What a command does.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Order {
    document: Document,
    redisplay: bool,
    items: Option<Items>,
    names: Option<NameSelector>,
    segments: Option<Items>,
    priority: bool,
    return_receipt: bool,
}

impl PartialEq for MailCommand {
    fn eq(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Eq for MailCommand {}

impl Hash for MailCommand {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.order.hash(state);
    }
}

impl MailCommand {
    /// What is sent.
    ///
    /// See the example of [`MailCommand`].
    #[must_use]
    pub const fn document(&self) -> Document {
        self.order.document
    }

    /// Whether the PNR is displayed again afterwards (`R`).
    ///
    /// ```
    /// let command: peline::pe::MailCommand = "EMIR".parse()?;
    /// assert!(command.redisplays());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn redisplays(&self) -> bool {
        self.order.redisplay
    }

    /// The PE items that are named (`A`).
    ///
    /// See the example of [`MailCommand`].
    #[must_use]
    pub const fn items(&self) -> Option<&Items> {
        self.order.items.as_ref()
    }

    /// The names that are named (`N`).
    ///
    /// See the example of [`NameSelector`].
    #[must_use]
    pub const fn names(&self) -> Option<NameSelector> {
        self.order.names
    }

    /// The segments that the copy is limited to (`S`): a matter of the content, not of who gets it.
    ///
    /// ```
    /// let command: peline::pe::MailCommand = "EMX‡S1-3/5".parse()?;
    /// assert_eq!(command.segments().map(|segments| segments.ranges().count()), Some(2));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn segments(&self) -> Option<&Items> {
        self.order.segments.as_ref()
    }

    /// Whether the mail is marked as urgent (`PH`).
    ///
    /// ```
    /// let command: peline::pe::MailCommand = "EM‡PH".parse()?;
    /// assert!(command.has_priority());
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn has_priority(&self) -> bool {
        self.order.priority
    }

    /// Whether a return receipt is asked for (`RR`).
    ///
    /// See the example of [`MailCommand`].
    #[must_use]
    pub const fn asks_return_receipt(&self) -> bool {
        self.order.return_receipt
    }

    /// What was tolerated.
    ///
    /// ```
    /// use peline::{Note, pe::MailCommand};
    /// let command: MailCommand = "EMN1.1".parse()?;
    /// assert!(command.notes().contains(Note::UnwrittenDelimiter));
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[must_use]
    pub const fn notes(&self) -> Notes {
        self.notes
    }
}

/// The canonical text: modifiers in the order of the table, each behind `‡`.
impl fmt::Display for MailCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slashed = |f: &mut fmt::Formatter<'_>, letter, items: &Items| {
            f.write_str(letter)?;
            write_ranges(f, items.ranges(), '/')
        };
        f.write_str(self.order.document.as_str())?;
        if self.order.redisplay {
            f.write_str("R")?;
        }
        if let Some(items) = &self.order.items {
            slashed(f, "\u{2021}A", items)?;
        }
        if let Some(names) = self.order.names {
            write!(f, "\u{2021}N{names}")?;
        }
        if let Some(segments) = &self.order.segments {
            slashed(f, "\u{2021}S", segments)?;
        }
        if self.order.priority {
            f.write_str("\u{2021}PH")?;
        }
        if self.order.return_receipt {
            f.write_str("\u{2021}RR")?;
        }
        Ok(())
    }
}

/// Reads one command, and nothing around it.
///
/// # Errors
///
/// Any other text; a modifier that stands there twice or does not belong to the command.
impl FromStr for MailCommand {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let bytes = text.as_bytes();
        let shape = complete(bytes, |input| mail_command::head(input, Encoding::Utf8))?;
        let find = |document: &Document| {
            document
                .as_str()
                .as_bytes()
                .eq_ignore_ascii_case(shape.command)
        };
        let document = Document::ALL.iter().copied().find(find);
        let fault = |kind, at: &[u8]| ParseError::new(kind, span_of(at, bytes));
        let mut order = Order {
            document: document.ok_or(fault(ErrorKind::ExpectedMailCommand, shape.command))?,
            redisplay: shape.redisplay,
            items: None,
            names: None,
            segments: None,
            priority: false,
            return_receipt: false,
        };
        for modifier in shape.modifiers(Encoding::Utf8) {
            order.take(modifier).map_err(|(kind, at)| fault(kind, at))?;
        }
        let notes = Notes::new();
        let unwritten = notes.with(Note::UnwrittenDelimiter);
        Ok(Self {
            order,
            notes: if shape.undelimited { unwritten } else { notes },
        })
    }
}

impl Order {
    /// Takes one modifier; or says what is wrong with it, and where.
    fn take<'a>(&mut self, modifier: &'a [u8]) -> Result<(), (ErrorKind, &'a [u8])> {
        let wrong = |kind| Err((kind, modifier));
        let once = |repeated: bool| {
            if repeated {
                wrong(ErrorKind::RepeatedModifier)
            } else {
                Ok(())
            }
        };
        let (letter, numbers) = modifier.split_at_checked(1).unwrap_or((modifier, &[]));
        let ranges = || match mail_command::ranges(numbers) {
            true => Ok(RawItems::checked(numbers).to_owned()),
            false => Err((ErrorKind::MalformedModifier, modifier)),
        };
        match (letter.to_ascii_uppercase().as_slice(), self.document) {
            _ if modifier.eq_ignore_ascii_case(b"PH") => {
                once(self.priority)?;
                self.priority = true;
            }
            _ if modifier.eq_ignore_ascii_case(b"RR") => {
                once(self.return_receipt)?;
                self.return_receipt = true;
            }
            (b"A", _) => {
                once(self.items.is_some())?;
                self.items = Some(ranges()?);
            }
            (b"N", _) => {
                once(self.names.is_some())?;
                let names = mail_command::name(numbers);
                self.names = Some(match names {
                    Some((0, 0)) => NameSelector::All,
                    Some((item @ 1.., passenger)) => {
                        let passenger = Some(passenger).filter(|&passenger| passenger > 0);
                        NameSelector::Name(NameReference::checked((item, passenger)))
                    }
                    Some((0, _)) | None => return wrong(ErrorKind::MalformedModifier),
                });
            }
            (b"S", Document::TextCopy | Document::TextCopyPdf) => {
                once(self.segments.is_some())?;
                self.segments = Some(ranges()?);
            }
            _ => return wrong(ErrorKind::UnknownModifier),
        }
        Ok(())
    }
}

/// Written as its canonical text.
#[cfg(feature = "serde")]
impl serde::Serialize for MailCommand {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read from its text, through the same check as [`FromStr`].
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for MailCommand {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

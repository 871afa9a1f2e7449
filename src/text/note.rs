//! What was tolerated.

use core::fmt;

/// Defines [`Note`] with its names and sentences, each written once.
macro_rules! notes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal: $sentence:literal,)*) => {
        /// Something odd in a text that could nevertheless be read in one way only, or a choice
        /// that a rule made where the input said two things.
        ///
        /// # Example
        ///
        /// ```
        /// use peline::{Note, pe::RawEntry};
        ///
        /// let entry = RawEntry::parse(b"PE#client@example.com")?;
        /// assert!(entry.notes().contains(Note::Unclosed));
        /// # Ok::<(), peline::ParseError>(())
        /// ```
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum Note {
            $($(#[$doc])* $variant,)*
        }

        impl Note {
            /// Every note, in the order in which a set lists them.
            ///
            /// ```
            /// assert!(peline::Note::ALL.contains(&peline::Note::Unclosed));
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that the JSON lines use.
            ///
            /// ```
            /// assert_eq!(peline::Note::Unclosed.name(), "unclosed");
            /// ```
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        /// One sentence, without a full stop.
        impl fmt::Display for Note {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $sentence,)*
                })
            }
        }
    };
}

notes! {
    /// The closing delimiter is missing; all the rest is one valid address.
    Unclosed = "unclosed":
        "the closing delimiter is missing; the rest is one address",
    /// A display line that was continued on the following lines was put together.
    Continued = "continued":
        "the entry was put together from several display lines",
    /// A delimiter at the end of a display line was taken for the scroll sign and dropped.
    ScrollSign = "scroll_sign":
        "a delimiter at the end of a display line is the scroll sign and was dropped",
    /// The entry is longer than the [57 characters](crate::pe::HOST_ENTRY_LIMIT) that the host
    /// takes, a lower-case letter counting as two.
    OverHostLimit = "over_host_limit":
        "longer than the 57 characters that the host takes for an entry",
    /// A command written without the delimiter before its modifier, as history prints it.
    UnwrittenDelimiter = "unwritten_delimiter":
        "the delimiter before the modifier is not written, as in history",
    /// The address stands in the booking with more than one role; the strongest counts.
    StrongestRole = "strongest_role":
        "the address stands there with several roles; the strongest one counts",
    /// The booking gives the address several names; none is chosen.
    NamesDiffer = "names_differ":
        "the booking gives this address several names; none is chosen",
    /// The booking gives the address several languages; none is chosen.
    LanguagesDiffer = "languages_differ":
        "the booking gives this address several languages; none is chosen",
    /// The address is listed once more as what is no recipient: a sender's override, history, a
    /// member of a group.
    AlsoUnrouted = "also_unrouted":
        "the address stands there also where nothing is routed to it",
    /// The mail command would mail more addresses than the [27](crate::pe::MAIL_COMMAND_ADDRESSES)
    /// that are known to fit into one command.
    ManyAddresses = "many_addresses":
        "more addresses than are known to fit into one mail command",
    /// The display name, or the addressee of a PE entry, has an `@` between other characters: it may be
    /// there to be taken for the address.
    NameLikeAddress = "name_like_address":
        "the name looks like an address",
    /// A dot outside of quotes in a display name (the `obs-phrase` of RFC 5322 §4.1).
    DotInName = "dot_in_name":
        "a dot stands in the display name, which is not in quotes",
    /// A list with nothing where an address could stand, as in `a@example.com,,`.
    EmptySlot = "empty_slot":
        "nothing stands in a place of the list where an address could",
    /// `Auto-Submitted` says that no person sent the message; a booking system rightly says so.
    AutoSubmitted = "auto_submitted":
        "the message says that no person sent it",
    /// Bytes or an encoded word that are no text in their charset: `\u{fffd}` stands for them.
    InvalidText = "invalid_text":
        "what is no text in its charset is shown as \u{fffd}",
    /// An encoded word that is left as it stands: its charset is not known, its encoding is wrong,
    /// or it stands where it is none (in quotes, beside other characters).
    UndecodedWord = "undecoded_word":
        "an encoded word is left as it stands",
    /// An encoded word that breaks a rule and was decoded: longer than 75 characters, empty, without
    /// its padding, or with a part of a character that the next one goes on with (RFC 2047 §2, §5).
    IrregularWord = "irregular_word":
        "an encoded word that breaks a rule of encoded words was decoded",
    /// A control character in a decoded text: `\u{fffd}` stands for it.
    ControlInText = "control_in_text":
        "a control character is shown as \u{fffd}",
}

impl Note {
    const fn bit(self) -> u32 {
        1_u32.wrapping_shl(self as u32)
    }
}

/// A small set of [`Note`]s: `Copy`, no allocation, always listed in the same order.
///
/// # Example
///
/// ```
/// use peline::{Note, Notes};
///
/// let mut notes = Notes::default();
/// assert!(notes.is_empty());
/// notes.insert(Note::Continued);
/// notes.insert(Note::Unclosed);
/// assert_eq!(notes.iter().collect::<Vec<_>>(), [Note::Unclosed, Note::Continued]);
/// ```
#[derive(Clone, Copy, Default, Eq, Hash, PartialEq)]
pub struct Notes {
    bits: u32,
}

impl Notes {
    /// The empty set.
    ///
    /// ```
    /// assert!(peline::Notes::new().is_empty());
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { bits: 0 }
    }

    /// The set of these [bits](Self::bits).
    #[inline]
    pub(crate) const fn of_bits(bits: u32) -> Self {
        Self { bits }
    }

    /// A bit for each note.
    #[inline]
    pub(crate) const fn bits(self) -> u32 {
        self.bits
    }

    /// Adds a note.
    ///
    /// ```
    /// let mut notes = peline::Notes::default();
    /// notes.insert(peline::Note::Unclosed);
    /// assert!(!notes.is_empty());
    /// ```
    pub const fn insert(&mut self, note: Note) {
        self.bits |= note.bit();
    }

    /// The same set with `note`.
    ///
    /// ```
    /// use peline::{Note, Notes};
    /// assert!(Notes::default().with(Note::Unclosed).contains(Note::Unclosed));
    /// ```
    #[must_use]
    pub const fn with(mut self, note: Note) -> Self {
        self.insert(note);
        self
    }

    /// The notes of both.
    ///
    /// ```
    /// use peline::{Note, Notes};
    /// let one = Notes::default().with(Note::Unclosed);
    /// assert_eq!(one.union(Notes::default()), one);
    /// ```
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self {
            bits: self.bits | other.bits,
        }
    }

    /// Whether `note` is in the set.
    ///
    /// ```
    /// assert!(!peline::Notes::default().contains(peline::Note::Unclosed));
    /// ```
    #[must_use]
    pub const fn contains(self, note: Note) -> bool {
        self.bits & note.bit() != 0
    }

    /// Whether nothing had to be tolerated.
    ///
    /// ```
    /// assert!(peline::Notes::default().is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// The notes in the order of [`Note::ALL`].
    ///
    /// ```
    /// assert_eq!(peline::Notes::default().iter().count(), 0);
    /// ```
    pub fn iter(self) -> impl Iterator<Item = Note> {
        Note::ALL
            .iter()
            .copied()
            .filter(move |&note| self.contains(note))
    }
}

impl fmt::Debug for Notes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Extend<Note> for Notes {
    fn extend<I: IntoIterator<Item = Note>>(&mut self, notes: I) {
        for note in notes {
            self.insert(note);
        }
    }
}

impl FromIterator<Note> for Notes {
    fn from_iter<I: IntoIterator<Item = Note>>(notes: I) -> Self {
        let mut set = Self::default();
        set.extend(notes);
        set
    }
}

/// Written as a list of [names](Note::name).
#[cfg(feature = "serde")]
impl serde::Serialize for Notes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Note::name))
    }
}

/// Read from a list of [names](Note::name); an unknown name is refused.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Notes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let notes = super::quietly(Vec::<Note>::deserialize(deserializer), "a list of notes")?;
        Ok(notes.into_iter().collect())
    }
}

super::by_name! { Note }

//! What was wrong with a text, and where.

use core::fmt;

use crate::text::{Span, printable};

/// Defines [`ErrorKind`] with its names and sentences, each written once.
macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal: $sentence:literal,)*) => {
        /// What was wrong with a text.
        ///
        /// Each kind has a [name](Self::name) for programs and a sentence for people (its
        /// `Display`). Neither ever shows anything of the text itself.
        ///
        /// # Example
        ///
        /// ```
        /// use peline::{ErrorKind, pe::PeEntry};
        ///
        /// let error = "PE#boss@example.com#BCC/".parse::<PeEntry>().unwrap_err();
        /// assert_eq!(error.kind(), ErrorKind::CodeBcc);
        /// assert_eq!(error.kind().name(), "code_bcc");
        /// ```
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[$doc])* $variant,)*
        }

        impl ErrorKind {
            /// Every kind, in the order in which this page groups them.
            ///
            /// ```
            /// assert!(peline::ErrorKind::ALL.contains(&peline::ErrorKind::CodeBcc));
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name that the JSON lines use.
            ///
            /// ```
            /// assert_eq!(peline::ErrorKind::SecondAt.name(), "second_at");
            /// ```
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        /// One sentence, without a full stop.
        impl fmt::Display for ErrorKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$variant => $sentence,)*
                })
            }
        }
    };
}

kinds! {
    /// The text does not begin with `PE`.
    ExpectedPe = "expected_pe":
        "a PE entry begins with `PE`",
    /// A change, a deletion or a display where an entry that adds is expected.
    NoAddition = "no_addition":
        "this changes, deletes or displays; an entry that adds an address is expected",
    /// After `PE` stands neither a delimiter nor items and the change glyph.
    ExpectedDelimiter = "expected_delimiter":
        "a delimiter (‡, # or ¥) must stand here",
    /// `?` or the like where the delimiter of an entry must stand: so looks what was converted to a charset
    /// without it.
    LostDelimiter = "lost_delimiter":
        "the delimiter (‡, # or ¥) was lost when the text was converted",
    /// `?` or the like where the change glyph must stand.
    LostChange = "lost_change":
        "the change glyph (¤) was lost when the text was converted",
    /// Blanks between `PE` and the delimiter.
    BlankBeforeDelimiter = "blank_before_delimiter":
        "no blank may stand between `PE` and the delimiter",
    /// `PE2‡…`: item numbers without the change glyph.
    ItemsWithoutChange = "items_without_change":
        "item numbers need the change glyph ¤ before the delimiter",
    /// `PE¤` alone.
    ChangeWithoutContent = "change_without_content":
        "a change glyph alone neither changes nor deletes",
    /// Item numbers that are no list of numbers and ranges.
    MalformedItems = "malformed_items":
        "item numbers are written like 1-3,5",
    /// An item number that is zero or above 999.
    ItemOutOfRange = "item_out_of_range":
        "item numbers run from 1 to 999",
    /// Item numbers that repeat or run backwards.
    ItemsNotAscending = "items_not_ascending":
        "item numbers must ascend",
    /// `PE1,2¤‡…`: a change of more than one item.
    ChangeOfSeveralItems = "change_of_several_items":
        "a change names one item at most",

    /// Neither a closing delimiter nor an end that could stand for it.
    ExpectedClosingDelimiter = "expected_closing_delimiter":
        "the address that begins here is not closed by its delimiter",
    /// Opened with one spelling of the delimiter and closed with another.
    MixedDelimiters = "mixed_delimiters":
        "the closing delimiter is not the same as the opening one",
    /// The entry's delimiter stands in it a third time.
    ExtraDelimiter = "extra_delimiter":
        "the delimiter may stand only before and after the address",
    /// An end-item glyph inside of one entry.
    UnexpectedEndItem = "unexpected_end_item":
        "the end-item glyph § cannot stand inside an entry",
    /// A line of a display that holds an address, and does not begin with a number.
    ExpectedItemNumber = "expected_item_number":
        "in a display an entry begins with its number and a full stop",
    /// An entry behind a bullet, a number, a quote.
    EntryWithinLine = "entry_within_line":
        "only blanks and > may stand before an entry on its line",
    /// A character that cannot be seen (a control character, a no-break space) where an entry, what continues one, or
    /// a name reference could stand.
    DoubtfulEntry = "doubtful_entry":
        "a character that cannot be seen leaves in doubt what stands here",
    /// A control character.
    ControlCharacter = "control_character":
        "a control character cannot stand here",
    /// A code that is not `TO`, `CC`, `BC` or `FR`.
    UnknownCode = "unknown_code":
        "the code must be TO, CC, BC or FR, followed by `/`",
    /// `BCC/`, which PE writes `BC/`.
    CodeBcc = "code_bcc":
        "BCC is no PE code; a blind copy is BC/",
    /// `T/` or `R/`, which belong to profiles.
    ProfileCode = "profile_code":
        "this code belongs to Sabre profiles; a PE entry has TO, CC, BC or FR",
    /// A code without its slash.
    CodeWithoutSlash = "code_without_slash":
        "the code must end in `/`",
    /// A change glyph that is not followed by one of the fourteen language letters.
    UnknownLanguage = "unknown_language":
        "after ¤ must stand one language letter: E F S P I G V R C H J K T U",
    /// Not the tag of one of the fourteen languages.
    UnknownLanguageTag = "unknown_language_tag":
        "no language of PE has this tag: en fr es pt it de sv el zh-Hans zh-Hant ja ko th ru",
    /// A second change glyph in one tail.
    SecondLanguage = "second_language":
        "only one language can be given",
    /// A dash where a hyphen belongs: before a name reference, or within a range.
    WrongDash = "wrong_dash":
        "this is another dash than the hyphen - that stands before a name reference or within a range",
    /// A name reference that is no reference.
    MalformedNameReference = "malformed_name_reference":
        "a name reference is two numbers or one, like 1.1 or 1",
    /// A name reference with a zero or a number above 999.
    NameReferenceOutOfRange = "name_reference_out_of_range":
        "the numbers of a name reference run from 1 to 999",
    /// A list, a range or a third number.
    NameReferenceList = "name_reference_list":
        "only one name reference can be given; lists and ranges are not documented",
    /// A name reference before the language.
    NameReferenceBeforeLanguage = "name_reference_before_language":
        "the name reference must stand after the language",
    /// A name of nothing.
    EmptyName = "empty_name":
        "the name is empty",
    /// A name with blanks or the Enter mark at an edge, where they would not be kept; or with an `Â` at its end, which is
    /// what is left of a glyph that was read in another encoding.
    UntrimmedName = "untrimmed_name":
        "a name cannot begin with a blank, or end with a blank, « or Â",
    /// A name with a change glyph in it.
    ChangeInName = "change_in_name":
        "a name cannot hold ¤, which stands before a language",
    /// A name that would be read as a name reference.
    NameLikeReference = "name_like_reference":
        "this name would be read as a name reference",
    /// Something that belongs to no part of the entry.
    UnexpectedText = "unexpected_text":
        "nothing more may stand here",

    /// No address between the delimiters.
    EmptyAddress = "empty_address":
        "there is no address",
    /// An address without `@`.
    ExpectedAt = "expected_at":
        "the address has no @",
    /// An address without `@` before a comma with a name behind it: perhaps a display name with a comma in it
    /// that is not in quotes, as in `Doe, Jane <jane@example.com>`.
    CommaInName = "comma_in_name":
        "no @ stands before this comma; a comma in a name must stand in quotes",
    /// An address with two `@`.
    SecondAt = "second_at":
        "the address has a second @",
    /// Nothing before the `@`.
    EmptyLocalPart = "empty_local_part":
        "nothing stands before the @",
    /// A dot at an edge of the local part, or two dots in a row.
    MisplacedDot = "misplaced_dot":
        "a dot must stand between two other characters",
    /// A label of the host name is empty.
    EmptyLabel = "empty_label":
        "a label of the host name is empty",
    /// A host name of one label.
    SingleLabel = "single_label":
        "the host name needs two or more labels",
    /// A label that begins or ends with a hyphen.
    HyphenAtEdge = "hyphen_at_edge":
        "a label of the host name cannot begin or end with a hyphen",
    /// The last label is a number: digits only, or `0x` and hexadecimal digits. For some resolvers the host name is
    /// an IPv4 address then.
    NumericTopLevel = "numeric_top_level":
        "the last label of the host name cannot be a number",
    /// A blank in an address.
    BlankInAddress = "blank_in_address":
        "no blank may stand in an address",
    /// A character beyond ASCII in an address.
    NotAscii = "not_ascii":
        "an address is ASCII only",
    /// Any other character that an address cannot hold.
    ForbiddenCharacter = "forbidden_character":
        "this character cannot stand here in an address",
    /// A local part of more than 64 octets.
    LocalPartTooLong = "local_part_too_long":
        "the part before the @ is longer than 64 octets",
    /// A label of more than 63 octets.
    LabelTooLong = "label_too_long":
        "a label of the host name is longer than 63 octets",
    /// A host name by itself of more than 253 octets.
    DomainTooLong = "domain_too_long":
        "the host name is longer than 253 octets",
    /// An address of more than 254 octets.
    AddressTooLong = "address_too_long":
        "the address is longer than 254 octets",
    /// An address outside PE text that could be meant as it stands or with PE's substitutions.
    AmbiguousSubstitution = "ambiguous_substitution":
        "`==` or `/` in an address outside of PE delimiters could mean two things",

    /// A line that is UTF-8 in one place and not in another, and holds an entry.
    MixedEncoding = "mixed_encoding":
        "the line is UTF-8 in one place and not in another",
    /// A physical line, or a continued display entry, of more than 64 KiB.
    LineTooLong = "line_too_long":
        "longer than the 64 KiB that are read",
    /// A continued display entry whose joined text is longer than 4 KiB.
    EntryTooLong = "entry_too_long":
        "the joined lines are longer than the 4 KiB that are read",
    /// So many empty lines behind an entry of a display that no more is kept of it.
    ContinuationTooFar = "continuation_too_far":
        "what may continue this entry is more than 64 KiB away, which is not read",
    /// More than eight continuation lines.
    TooManyContinuations = "too_many_continuations":
        "more than eight continuation lines",
    /// An entry above what could continue it, and could be something else. In a display: a line that is an entry by
    /// itself, or is indented by too little. In a script: a line or a segment that [could be the rest](Self::RestOfEntry).
    AmbiguousContinuation = "ambiguous_continuation":
        "what stands behind this entry could continue it, or be something of its own",
    /// A line of a script, or a segment, that could be the rest of the entry before it, which a terminal broke: both are
    /// errors, that one an [`AmbiguousContinuation`](Self::AmbiguousContinuation).
    RestOfEntry = "rest_of_entry":
        "this could be the rest of the entry before it",
    /// A numbered line in a `*PE` display that holds no address.
    ExpectedAddress = "expected_address":
        "an address must stand here",

    /// The text is no mail command.
    ExpectedMailCommand = "expected_mail_command":
        "a mail command begins with EM, EMI, EMT, EMX, EMTP or EMXP",
    /// `EMALL`, `ERM`, `EM*`.
    OtherSystem = "other_system":
        "this command belongs to another system",
    /// A modifier that is not known, or not known for this command.
    UnknownModifier = "unknown_modifier":
        "no such modifier of a mail command",
    /// A modifier that stands there twice.
    RepeatedModifier = "repeated_modifier":
        "the modifier stands there twice",
    /// A modifier whose numbers cannot be read.
    MalformedModifier = "malformed_modifier":
        "the numbers of this modifier cannot be read",

    /// A header block longer than the [limit](crate::mail::Limits).
    HeaderTooLong = "header_too_long":
        "the header is longer than what is read",
    /// More header fields than the [limit](crate::mail::Limits).
    TooManyFields = "too_many_fields":
        "the header has more fields than are read",
    /// Line ends that are not those of the message, where some readers would see the empty line
    /// that ends the header.
    DoubtfulHeaderEnd = "doubtful_header_end":
        "other mail programs would see the end of the header here",
    /// A line of the header that is no field.
    ExpectedField = "expected_field":
        "this line of the header is no field",
    /// A field that may stand in a header only once.
    RepeatedField = "repeated_field":
        "this field stands in the header more than once",
    /// Text that some readers would take for one more field of the name that was asked for, or for
    /// more of it: a line that is no field, or what stands behind a line end that is none of the
    /// message's.
    DoubtfulField = "doubtful_field":
        "other mail programs would see this field once more here, or more of it",
    /// A field longer than the [limit](crate::mail::Limits).
    FieldTooLong = "field_too_long":
        "the field is longer than what is read",
    /// A folded line of nothing but white space in an address field.
    BlankFold = "blank_fold":
        "other mail programs would see the end of the header in this blank line",
    /// A field behind a folded line of nothing but white space, wherever that stands in the header.
    BehindBlankFold = "behind_blank_fold":
        "other mail programs would see the end of the header before this field, in a blank line",
    /// A field behind a line that is no field, to all or to some: one with white space before its colon, or one that
    /// begins behind a CR or LF that is not part of a line end of the message.
    BehindHeaderEnd = "behind_header_end":
        "other mail programs would see the end of the header before this field, in a line that is no field to them",
    /// More mailboxes in one field than the [limit](crate::mail::Limits).
    TooManyMailboxes = "too_many_mailboxes":
        "the field has more mailboxes than are read",
    /// More encoded words in one field than the [limit](crate::mail::Limits).
    TooManyEncodedWords = "too_many_encoded_words":
        "the field has more encoded words than are read",
    /// Comments nested deeper than the [limit](crate::mail::Limits).
    CommentTooDeep = "comment_too_deep":
        "comments are nested deeper than what is read",

    /// A quoted string without its end.
    UnclosedQuote = "unclosed_quote":
        "the quoted string that opens here is not closed",
    /// A comment without its end.
    UnclosedComment = "unclosed_comment":
        "the comment that opens here is not closed",
    /// `<` without `>`.
    UnclosedAngle = "unclosed_angle":
        "the angle bracket that opens here is not closed",
    /// A domain literal without its end.
    UnclosedLiteral = "unclosed_literal":
        "the domain literal that opens here is not closed",
    /// A group without its semicolon.
    UnclosedGroup = "unclosed_group":
        "the group that opens here is not closed by a semicolon",
    /// A group in a group.
    NestedGroup = "nested_group":
        "a group cannot stand inside a group",
    /// A colon with no group name before it.
    EmptyGroupName = "empty_group_name":
        "the group that opens here has no name",
    /// A semicolon outside of a group.
    UnexpectedSemicolon = "unexpected_semicolon":
        "a semicolon stands only at the end of a group; addresses are separated by commas",
    /// Something between an address and the next comma.
    ExpectedComma = "expected_comma":
        "only a comma can stand between an address and what follows",
    /// Bytes that are not UTF-8, in an address or right before a backslash in a quoted string or comment.
    InvalidUtf8 = "invalid_utf8":
        "an address must be UTF-8, and so must what stands before a backslash",
    /// What some readers take for one encoded word (RFC 2047), although a character stands in it that begins, ends
    /// or separates addresses.
    DoubtfulWord = "doubtful_word":
        "other mail programs would see one encoded word here, and other addresses around it",
    /// A fold in a quoted string, a comment or a domain literal, where an `@` stands in one of them: some readers end
    /// it there.
    DoubtfulFold = "doubtful_fold":
        "other mail programs would see other addresses here: something in quotes or parentheses is folded, and an @ is in it",
    /// A complete encoded word (RFC 2047) in a local part or a domain, where RFC 2047 §5 has none and some readers
    /// decode it.
    EncodedWordInAddress = "encoded_word_in_address":
        "an encoded word cannot stand in an address: some mail programs decode it, and see other addresses",
    /// A character in an address that some readers take for another one, or that nobody sees.
    DeceptiveCharacter = "deceptive_character":
        "this character can be taken for another one, or cannot be seen",
    /// A `Sender` that names nobody, several, or a group.
    ExpectedOneMailbox = "expected_one_mailbox":
        "exactly one mailbox must stand here",
    /// A `Date` that is none of RFC 5322.
    MalformedDate = "malformed_date":
        "this is no date and time with its offset, or the weekday is not that of the date",
    /// A `Message-ID` that is none of RFC 5322.
    MalformedMessageId = "malformed_message_id":
        "a message identifier is written like <left@right>",
    /// An `Auto-Submitted` that is none of RFC 3834.
    MalformedAutoSubmitted = "malformed_auto_submitted":
        "this field is one word, and parameters behind semicolons",

    /// Not three letters.
    MalformedAirportCode = "malformed_airport_code":
        "an airport code is three letters",
    /// Neither an airline's code and a number, nor those with a letter behind.
    MalformedFlightDesignator = "malformed_flight_designator":
        "a flight is an airline code of two characters, a number from 1 to 9999, and perhaps a letter",
    /// No record locator.
    MalformedRecordLocator = "malformed_record_locator":
        "a record locator is five or six letters and digits",
    /// A booking without a slash between the system and the locator.
    MalformedBooking = "malformed_booking":
        "a booking is written like 1S/KWJQPD",
    /// Not the code of a reservation system.
    MalformedSystemCode = "malformed_system_code":
        "a system is two letters and digits",
    /// A key or a number of more than 32 characters, or with others than visible ASCII.
    MalformedKey = "malformed_key":
        "this is 1 to 32 visible ASCII characters",
    /// A text that cannot be the name of a time zone.
    MalformedZoneName = "malformed_zone_name":
        "a time zone is named like Area/Location",
    /// An identifier that is not 32 hexadecimal digits.
    MalformedId = "malformed_id":
        "an identifier is 32 hexadecimal digits, and 17 is 00000000000000000000000000000011",
    /// What looks like the number of a payment card.
    CardNumber = "card_number":
        "this looks like the number of a payment card, which must not stand here",
    /// A note in which nothing can be seen.
    BlankText = "blank_text":
        "the text is blank",
    /// A note of more than 500 characters.
    TextTooLong = "text_too_long":
        "a note has at most 500 characters",
    /// A reference of more than 64 characters, or with others than visible ASCII.
    MalformedReference = "malformed_reference":
        "a reference is 1 to 64 visible ASCII characters",
    /// Neither 13 digits nor three, a hyphen or a blank, and ten.
    MalformedTicketNumber = "malformed_ticket_number":
        "the number of a ticket is 13 digits",
    /// Not two letters or digits.
    MalformedTaxCode = "malformed_tax_code":
        "the code of a tax is two letters or digits",
    /// A currency that the crate does not know the decimals of.
    UnknownCurrency = "unknown_currency":
        "this is no currency whose decimals are known",
    /// An amount without its currency, or with more or fewer decimals than that has.
    MalformedAmount = "malformed_amount":
        "an amount is written like EUR 230.00, with all decimals of the currency",
    /// A name in which nothing can be seen.
    BlankName = "blank_name":
        "the name is blank",
}

/// Why a text could not be read, and where: small, `Copy`, and silent about the text itself.
///
/// Its `Display` is one line for a log. [`caret`](Self::caret) draws the place for the person who
/// has the text anyway.
///
/// # Example
///
/// ```
/// use peline::pe::RawEntry;
///
/// let text = b"PE#boss@example.com#BCC/";
/// let error = RawEntry::parse(text).unwrap_err();
/// assert_eq!(error.to_string(), "BCC is no PE code; a blind copy is BC/ (bytes 20..23)");
/// assert_eq!(error.span().of(text), Some(&b"BCC"[..]));
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, thiserror::Error)]
#[error("{kind} (bytes {}..{})", .span.start(), .span.end())]
pub struct ParseError {
    kind: ErrorKind,
    span: Span,
}

impl ParseError {
    pub(crate) const fn new(kind: ErrorKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// What was wrong.
    ///
    /// ```
    /// let error = "no address".parse::<peline::Address>().unwrap_err();
    /// assert_eq!(error.kind(), peline::ErrorKind::BlankInAddress);
    /// ```
    #[must_use]
    pub const fn kind(self) -> ErrorKind {
        self.kind
    }

    /// Where: a range of bytes in the text that was handed in.
    ///
    /// ```
    /// let error = "no address".parse::<peline::Address>().unwrap_err();
    /// assert_eq!(error.span().range(), 2..3);
    /// ```
    #[must_use]
    pub const fn span(self) -> Span {
        self.span
    }

    /// Draws the line of `text` that the error points at, with a caret under what is wrong.
    ///
    /// `text` is the text that was read; the error does not keep it. Control and formatting
    /// characters and bytes that are not UTF-8 are shown as `\u{fffd}`; of a long line only the
    /// neighbourhood is shown. Where `text` is shorter than the span, the caret stands at its end.
    ///
    /// This is the one place that shows personal data: do not log it.
    ///
    /// # Example: the caret
    ///
    /// ```
    /// let text = "PE#boss@example.com#BCC/";
    /// let error = text.parse::<peline::pe::PeEntry>().unwrap_err();
    /// assert_eq!(
    ///     error.caret(text.as_bytes()).to_string(),
    ///     "PE#boss@example.com#BCC/\n\
    ///      \x20                   ^^^ BCC is no PE code; a blind copy is BC/",
    /// );
    /// ```
    #[must_use]
    pub const fn caret(self, text: &[u8]) -> impl fmt::Display {
        Caret { error: self, text }
    }

    /// The same error in a text that has `offset` fewer bytes in front.
    pub(crate) fn unshifted(self, offset: usize) -> Self {
        let [start, end] = [self.span.start(), self.span.end()].map(|at| at.saturating_sub(offset));
        Self {
            kind: self.kind,
            span: Span::new(start, end),
        }
    }

    /// The same error in a text that has `offset` more bytes in front.
    pub(crate) const fn shifted(self, offset: usize) -> Self {
        Self {
            kind: self.kind,
            span: self.span.shifted(offset),
        }
    }
}

/// Written as `{"kind": …, "message": …, "span": [start, end]}`.
#[cfg(feature = "serde")]
impl serde::Serialize for ParseError {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let mut object = serializer.serialize_struct("ParseError", 3)?;
        object.serialize_field("kind", self.kind.name())?;
        object.serialize_field("message", &format_args!("{}", self.kind))?;
        object.serialize_field("span", &self.span)?;
        object.end()
    }
}

/// How many bytes of a long line are shown on either side of the caret.
const CARET_CONTEXT: usize = 60;

struct Caret<'a> {
    error: ParseError,
    text: &'a [u8],
}

impl fmt::Display for Caret<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = self.error.span;
        let (before, rest) = split(self.text, span.start());
        let (marked, after) = split(rest, span.len());

        // The rest of the line on both sides, and never more than the neighbourhood.
        let from = memchr::memrchr(b'\n', before).map_or(0, |newline| newline.saturating_add(1));
        let (_, before) = split(before, from.max(before.len().saturating_sub(CARET_CONTEXT)));
        let (marked, _) = split(marked, first_line(marked).min(CARET_CONTEXT));
        let (after, _) = split(after, first_line(after).min(CARET_CONTEXT));
        // What the span covers may end in the line end itself: then nothing follows.
        let after = if marked.len() < span.len().min(CARET_CONTEXT) {
            &[]
        } else {
            after
        };

        let [before, marked, after] =
            [before, marked, after].map(|text| printable(&String::from_utf8_lossy(text)));
        writeln!(f, "{before}{marked}{after}")?;
        let indent = before.chars().count();
        let width = marked.chars().count().max(1);
        write!(f, "{:indent$}{:^>width$} {}", "", "", self.error.kind)
    }
}

fn split(text: &[u8], at: usize) -> (&[u8], &[u8]) {
    text.split_at_checked(at).unwrap_or((text, &[]))
}

fn first_line(text: &[u8]) -> usize {
    memchr::memchr2(b'\r', b'\n', text).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &[u8], start: usize, end: usize) -> String {
        let error = ParseError::new(ErrorKind::UnexpectedText, Span::new(start, end));
        error.caret(text).to_string()
    }

    #[test]
    fn the_caret_shows_its_line_only() {
        assert_eq!(
            drawn(b"one\ntwo\nthree", 4, 6),
            "two\n^^ nothing more may stand here"
        );
    }

    #[test]
    fn the_caret_survives_any_place() {
        assert_eq!(drawn(b"", 0, 0), "\n^ nothing more may stand here");
        assert_eq!(drawn(b"ab", 9, 99), "ab\n  ^ nothing more may stand here");
        assert_eq!(drawn(b"ab\ncd", 1, 5), "ab\n ^ nothing more may stand here");
    }

    #[test]
    fn the_caret_moves_no_cursor() {
        let text = "a\u{1b}\u{202e}\u{87}b".as_bytes();
        assert_eq!(
            drawn(text, text.len() - 1, text.len()),
            "a\u{fffd}\u{fffd}\u{fffd}b\n    ^ nothing more may stand here"
        );
    }

    #[test]
    fn a_long_line_is_cut() {
        let text = [b'x'; 1000];
        let shown = drawn(&text, 500, 900);
        assert!(shown.lines().all(|line| line.len() < 200), "{shown}");
    }

    #[test]
    fn an_error_is_small() {
        assert!(size_of::<ParseError>() <= 24);
    }
}

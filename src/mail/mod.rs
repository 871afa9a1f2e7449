//! Confirmation e-mails: who they are addressed to, and whether they may import a trip.
//!
//! The input is one RFC 5322 message as bytes, as hostile as the internet makes it; a header that is
//! misread gives a stranger somebody's trip. This page is the rule book; rules marked *(ours)* are
//! decisions of this crate where the standards leave room or readers are known to differ.
//!
//! > **Routing uses only a reading of the raw bytes in which no boundary is in doubt. Anything else
//! > is not routable and says why: never a guess, never a repaired address.**
//!
//! ```
//! use peline::{mail::Message, route};
//!
//! let mail = b"From: Air Example <noreply@air.example>\r\n\
//!     To: Jane Doe <client@example.com>\r\n\
//!     Cc: agent@agency.example, Team: desk@agency.example;\r\n\
//!     \r\n\
//!     Your booking is confirmed.";
//! // Of the mail server that has the mailboxes; a service that is sent a copy hands in none (see below).
//! let envelope = ["client@example.com".parse()?, "boss@example.com".parse()?];
//! let mut lines = Vec::new();
//! for listed in Message::parse(mail)?.recipients(&envelope) {
//!     lines.push(match listed.content.map(|candidate| candidate.recipient()) {
//!         Ok(Ok(recipient)) => format!("{}: {}", recipient.address(), route(&recipient)),
//!         Ok(Err(unrouted)) => format!("{}: {unrouted}", unrouted.address()),
//!         Err(error) => format!("a field cannot be read: {error}"), // and the others go on
//!     });
//! }
//! assert_eq!(lines, [
//!     "client@example.com: My Trips",
//!     "agent@agency.example: Trips I'm Following",
//!     "desk@agency.example: not routed: it is a member of a group",
//!     "boss@example.com: the mail only",
//! ]);
//! # Ok::<(), peline::ParseError>(())
//! ```
//!
//! # Three grades
//!
//! | grade | what it means | type |
//! |---|---|---|
//! | note | odd, but no boundary can move: routable | [`Note`](crate::Note) |
//! | not routable | read completely, but this kind of mailbox decides nothing | [`Reason`](crate::Reason) |
//! | error | a boundary is in doubt: the whole field is poisoned, and none of its mailboxes is listed | [`ParseError`](crate::ParseError) |
//!
//! A defect poisons its field and no other, unless some readers see the header end in it.
//!
//! # The header
//!
//! * **Line ends.** The first line end decides whether lines end in CR LF or in LF. Any other CR or
//!   LF is a control character: an error of its field *(ours)*.
//! * **The end.** The empty line, or the end of the input. Nothing behind it is header. A text that ends without the
//!   empty line may have been cut off: what stands there is read, and the message is not [admitted](admit) *(ours)*.
//!   Where a reader that takes CR, LF and CR LF all for line ends would see an empty line before that, or a
//!   line of nothing but control characters and blanks stands that is no fold, the message is an
//!   error *(ours)*.
//! * **Where some readers end the header**: in a folded line of nothing but white space and control characters, which
//!   continues its field (RFC 5322 §4.2); in a line that is no field; in one with white space before its colon; in what
//!   stands behind a CR or LF that is no line end, and is neither a field nor a fold. Each field that is read and stands
//!   behind one of these is an error *(ours)*; those before it are the same for all. What is lost: the
//!   recipients of a mailer that writes such lines, above all in `Received`, which stands before them. The
//!   message is no error as a whole, since often nothing that counts stands behind the line.
//! * **A line that is no field** (no colon, or a name that no field can have) is an error in its
//!   place, and skipped with its folds; the message is never [admitted](admit) *(ours)*; nor is one in which what stands
//!   behind a CR or LF that is no line end is neither a field nor a fold *(ours)*. A line `From …` of an
//!   mbox file may stand first (a CR or LF in it is an error of the message). A byte order mark is no part
//!   of a name: behind one, the first line is no field.
//! * **A field that some readers would see twice, or more of**, is an error *(ours)*: where a line
//!   that is no field has its name, once folds, control characters, blanks and what is not ASCII are left
//!   out (`T\0o: …`, `T o: …`, `To` with its colon on the next line, which is a fold); where its name
//!   stands behind a CR or LF that is no line end; where a line that is no field begins with a control character or
//!   beyond ASCII, for who drops or trims that may see its fold. Where it is one that lists recipients and does not
//!   stand there otherwise, it is an error behind all others.
//! * **Repeated.** A field that is asked for and stands there twice is an error, `To :` and `To:`
//!   together as well (RFC 5322 §3.6).
//! * **White space before the colon** is the obsolete form (RFC 5322 §4.5): read, not routable, and the message is
//!   not [admitted](admit) *(ours)*.
//!
//! # Who is a recipient
//!
//! `To`, `Cc` and `Bcc` give the [role](crate::Role) of that name. Nobody sees a `Bcc` field on a
//! message that travelled; so a recipient of the *envelope* (SMTP `RCPT TO`), which the caller hands
//! in, that stands in none of the three fields was blind-copied. Where one of the three is an error,
//! it could stand there: not routable. An empty or missing `To`, `Cc` or `Bcc` is no error.
//!
//! What the envelope does not say:
//!
//! * It only adds. Who stands in `To` or `Cc` is a recipient, whether or not *this* copy of the
//!   message was delivered there.
//! * An alias that was rewritten, a member of a mailing list, whoever the message was resent to
//!   (`Resent-To` is not read): all stand in no field, and count as blind copies. That opens nothing.
//! * A service that receives at an address of its own finds that one alone in its envelope: hand in none, as in
//!   `recipients(&[])`, and take the address out of what comes of the header
//!   ([`Confirmation::without`](crate::follow::Confirmation::without)). Who was blind-copied is then not known.
//! * SMTP takes recipients that are no [`Address`](crate::Address) (`boss@localhost`); nothing could
//!   be routed to them.
//!
//! `Auto-Submitted: auto-replied` (RFC 3834) or a [word like it](AutoSubmitted::AutoReplied), or that field twice or
//! unreadable: nobody is routable, and the message is not [admitted](admit) *(ours)*.
//! `auto-generated` is what a booking system rightly says; it, `auto-notified` and other words are a
//! [note](crate::Note::AutoSubmitted).
//!
//! # Addresses
//!
//! Address lists are those of RFC 5322 §3.4 with the obsolete forms of §4.4 and the characters of
//! RFC 6532. They are split first and decoded after: decoded text is never read again.
//!
//! | value of `To` | result |
//! |---|---|
//! | `Jane <jane@example.com>`, `(x) jane@example.com (y)`, `< jane@example.com (x) >` | routable |
//! | `John P. Smith <j@example.com>` | routable, [`DotInName`](crate::Note::DotInName) |
//! | `a@example.com,, b@example.com` | routable, [`EmptySlot`](crate::Note::EmptySlot) on the list |
//! | `"victim@corp.example" <evil@attacker.example>` | evil@attacker.example, [`NameLikeAddress`](crate::Note::NameLikeAddress) |
//! | `victim%corp.example@attacker.example`, `a!b@c.example` | taken literally |
//! | `"evil@attacker.example x"@corp.example` | at corp.example, [`QuotedLocalPart`](crate::Reason::QuotedLocalPart) |
//! | `team: a@b.example;` | [`GroupMember`](crate::Reason::GroupMember); `undisclosed-recipients:;` is nobody |
//! | `a@[192.0.2.1]`, `a@localhost` | [`DomainLiteral`](crate::Reason::DomainLiteral), [`SingleLabel`](crate::Reason::SingleLabel) |
//! | `a@b_c.example`, `a@-x.example`, `a@b.123`, `a@127.0.0.0x1` *(ours)* | [`NotHostName`](crate::Reason::NotHostName) |
//! | `josé@example.com`, `a@bücher.example` | [`NotAscii`](crate::Reason::NotAscii); `xn--…` is ASCII, never decoded, routable |
//! | `<@relay:a@b.example>`, `a . b@c.example` | [`ObsoleteAddress`](crate::Reason::ObsoleteAddress) |
//! | `a @b.example`, `a@(x)b.example` | [`SpaceBesideAt`](crate::Reason::SpaceBesideAt) |
//! | `a@b.example)c@d.example`, `<a@b.example> <c@d.example>`, `a@b.example(x)c.example` | error |
//! | `a@b.example@c.example`, `a@b.c.`, `a..b@c.example` | error |
//! | `Doe, Jane <jane@example.com>`: without quotes around its name the comma ends an address | error |
//! | an unclosed quote, comment, angle bracket or group; a nested group; `;` outside of a group | error |
//! | control characters; a folded line of nothing but white space (some readers end the header there) | error |
//! | `=?utf-8?q?evil=40attacker.example=3E=00?=foo@corp.example`, `a@=?utf-8?q?b?=.example`: some readers decode it, though RFC 2047 §5 has no encoded word there, and see other addresses beside it *(ours)* | error; `a=?b@corp.example` holds none and is routable |
//! | `＠`, `。`, soft hyphens, zero-width or bidi characters in an address; bytes that are no UTF-8 there | error |
//! | a local part over 64 octets, a label over 63, an address over 254 | error |
//!
//! Some readers look for encoded words first, and for commas, brackets and the like after that; others the other way
//! round. Where a special character stands in what could be an encoded word, they see other mailboxes, and the field is
//! an error *(ours)*. RFC 2047 §5 has none there, but some mailers write them, and lose their recipients by it.
//!
//! | value of `To` | result |
//! |---|---|
//! | `=?utf-8?Q?Doe,_Jane?= <jane@example.com>` | error: for some readers the comma ends an address |
//! | `=?utf-8?Q?jane@example.com?= <jane@example.com>` | error: for some readers the first `@` is that of an address |
//! | `=?utf-8?Q?(?= <a@b.example>, =?utf-8?Q?)?= <c@d.example>` | error: for some readers a@b.example stands in a comment |
//! | `=?utf-8?Q?Doe=2C_Jane?= <jane@example.com>`, `=?utf-8?B?RG9lLCBKYW5l?= <jane@example.com>` | routable: the comma is encoded |
//! | `"=?utf-8?Q?Doe,_Jane?=" <jane@example.com>` | routable, [`UndecodedWord`](crate::Note::UndecodedWord): all of it is quoted |
//!
//! Special are the characters of RFC 5322 §3.2.3 but the dot; in a comment its parentheses and the backslash; in a quoted
//! string the closing quote; in a domain literal its bracket. A word could begin wherever an atom does, also in a
//! comment, a quoted string or a domain literal, and right behind another word. It ends with the first `?=` behind
//! its encoding, whatever stands before that: for some readers its text holds white space and a lone `?`, too.
//!
//! A backslash in a domain literal is an error *(ours)*: readers differ on whether it quotes. So is one in a
//! quoted string or a comment behind a byte that is no UTF-8 *(ours)*: in Shift_JIS it may be half a letter.
//!
//! A quoted string, a comment or a domain literal that is folded is an error where an `@` stands in one of the same
//! field *(ours)*: some readers (Python's `getaddresses`) end it at the CR of the fold, and read
//! `evil@attacker.example` in `"evil@attacker.example⏎ x" <victim@corp.example>`. Without an `@` in them, there is no
//! address to be found. So it is where lines end in LF, too: before it was stored, the message had CR LF.
//!
//! The [identity](crate::AddrSpec) of an address is that of [`Address`](crate::Address): the case of
//! ASCII letters does not matter, dots and `+tag` do, and quotes that are not needed do not.
//!
//! # Names
//!
//! Encoded words (RFC 2047) are decoded as [`Text`] says, and only where they may stand: by
//! themselves in a name, not in quotes. What cannot be decoded is left as it stands or replaced by
//! U+FFFD, with a note.
//!
//! # Limits
//!
//! [`Limits`] bounds what is read; reading is linear in its input. The body is not read. (MIME
//! bodies are the business of a mail library.)
//!
//! # May it import?
//!
//! [`admit`] decides that, from what the caller verified about the sender. Nothing that a message
//! says about its own authenticity is believed, and no DNS is asked. What is admitted makes a
//! [`Confirmation`](crate::follow::Confirmation::from_message), which a trip is imported by.
//!
//! `From` names one mailbox and nothing else: where a group or an empty slot stands beside it (`From: , a@b.example`),
//! some readers see nobody there *(ours)*.
//!
//! DMARC can pass by a signature alone, which says nothing of the fields that it does not cover, of the envelope, or of
//! whether the message is new: see [`Authentication`]. So it is to cover `From`, `Date`, `Message-ID` and
//! `Auto-Submitted`, whether or not they are there, and which of `To`, `Cc` and `Bcc` are there *(ours)*. And a service
//! refuses a `Message-ID` that was imported before. How the body is to be read is not asked for: who reads it trusts it
//! only where the signature covers `Content-Type` and `Content-Transfer-Encoding`, too.

mod admission;
mod auto_submitted;
mod charset;
mod date;
mod field;
mod header;
mod limits;
mod list;
mod mailbox;
mod message;
mod message_id;
mod named_address;
mod text;

pub use self::{
    admission::{AdmissionPolicy, Admitted, Authentication, NotAdmitted, SignedFields, admit},
    auto_submitted::AutoSubmitted,
    field::{Field, FieldName},
    limits::Limits,
    list::AddressList,
    mailbox::{Group, Mailbox},
    message::Message,
    message_id::MessageId,
    named_address::{NamedAddress, address_list},
    text::Text,
};
pub(crate) use self::{
    header::Fields,
    list::{Known, Mailboxes},
};

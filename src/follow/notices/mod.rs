//! The mails to followers, in their languages: what a [`Notice`] says.
//!
//! A text is made when it is sent, of what its reader may see then. It is plain text: the service adds
//! greeting, links and signature, escapes it where it writes HTML, and encodes it as a message.
//!
//! # Example
//!
//! ```
//! # use jiff::civil::{date, time};
//! use peline::{Address, follow::{notices::{Mail, Notices}, *}, pe::Language};
//! # use peline::trip::{Flight, Itinerary, PersonName, Traveller, TripId};
//! # struct Service;
//! # impl Host for Service {
//! #     fn account(&self, _: &Address) -> Option<AccountId> { Some(AccountId::new(2)) }
//! #     fn name(&self, _: AccountId) -> Option<PersonName> { "Jane Doe".parse().ok() }
//! # }
//! # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1))
//! #     .with_departure_time(time(9, 25, 0, 0));
//! # let itinerary = Itinerary::new([flight], [Traveller::new("DOE/JANE".parse()?)])?;
//! # let (by, now) = (AccountId::new(1), "2026-11-01T10:00:00Z".parse()?);
//! # let add = Command::AddByHand { by, itinerary, client: None };
//! # let (held, _) = HeldTrip::new(TripId::new(1)).step(add, now, &Service)?;
//! # let share = Command::Share { by, with: "agent@example.com".parse()?, opens: Items::NONE };
//! # let (held, effects) = held.step(share, now, &Service)?;
//! # let [Effect::Place { .. }, Effect::Mail(notice)] = &effects[..] else { unreachable!() };
//! let notices = Notices::new();
//! let mail: Mail = notices.render(notice, &held, &Service, notice.language())?;
//! assert_eq!(mail.subject(), "Jane Doe has shared a trip with you: LHR–SIN on 1 December 2026");
//! assert!(mail.body().contains("You can find it on your list “Trips I'm Following”."));
//!
//! let mail = notices.render(notice, &held, &Service, Some(Language::Spanish))?;
//! assert_eq!(mail.language().tag(), "es"); // for the field Content-Language
//! assert!(mail.body().contains("Salida: 1 de diciembre de 2026, 09:25"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rules
//!
//! * A text never holds a record locator, a document's number or an address. A name with an `@` in it
//!   may be one, and is left out; so is one that may be a link, for who shares a trip says how he and its travellers
//!   are called, and a mail goes to whom he names *(ours)*. How often he may do so is the service's affair.
//! * Who may not see the itinerary is told that there is news, and no flight *(ours)*.
//! * The name of the other list is English in every language: the lists are called so.
//! * Days and times are those that the clocks at the airport show. What is not known is said to be so,
//!   or left out.
//!
//! # Languages
//!
//! Each language is one Fluent file beside this one; so far there are English and Spanish, and
//! whoever asks for another gets English. A language more is a file, and its line in a table.

mod link;
mod writer;

use core::fmt;
use std::collections::BTreeMap;

use fluent_bundle::{FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use self::writer::Writer;
use super::{HeldTrip, Host, News, Notice, Withheld};
use crate::pe::Language;

/// Every language that there is a file for.
const FILES: &[(Language, &str)] = &[
    (Language::English, include_str!("en.ftl")),
    (Language::Spanish, include_str!("es.ftl")),
];

/// The texts of one language.
type Texts = FluentBundle<FluentResource>;

/// The texts of all languages, read once: to be made at the start, and kept.
///
/// It may be used by many threads at once.
///
/// See the example of [the page of `notices`](self).
pub struct Notices {
    texts: BTreeMap<Language, Texts>,
}

/// What a mail says: one line of subject, and its body.
///
/// `Debug` shows neither.
///
/// See the example of [the page of `notices`](self).
#[derive(Clone, Eq, PartialEq)]
pub struct Mail {
    subject: String,
    body: String,
    language: Language,
}

impl Mail {
    /// The subject: one line, without characters that [`printable`](crate::printable) would replace.
    ///
    /// See the example of [the page of `notices`](self).
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The body: lines of text that end with `\n`, of any length.
    ///
    /// See the example of [the page of `notices`](self).
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The language in which it is: English where there is no file for the one that was asked for.
    ///
    /// See the example of [the page of `notices`](self).
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }
}

/// Masked: it is about somebody's trip.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

impl Notices {
    /// Reads the texts.
    ///
    /// See the example of [the page of `notices`](self).
    #[must_use]
    pub fn new() -> Self {
        Self::of(FILES)
    }

    fn of(files: &[(Language, &str)]) -> Self {
        let texts = files.iter().map(|(language, file)| {
            let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
            let mut texts = FluentBundle::new_concurrent(vec![locale]);
            // Isolation marks would be characters that cannot be seen, in a subject too. Names come
            // without any that reorder text; all languages of PE are written from left to right, and
            // the texts keep a name beside their own letters.
            texts.set_use_isolating(false);
            // What is wrong in a file is missing from the texts then; a test finds it.
            let file = FluentResource::try_new((*file).to_owned());
            texts.add_resource_overriding(file.unwrap_or_else(|(sound, _)| sound));
            (*language, texts)
        });
        Self {
            texts: texts.collect(),
        }
    }

    /// The languages in which there are texts.
    ///
    /// ```
    /// use peline::{follow::notices::Notices, pe::Language};
    /// assert!(Notices::new().languages().any(|language| language == Language::Spanish));
    /// ```
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.texts.keys().copied()
    }

    /// The mail that a notice is, if it [may be sent](HeldTrip::may_send) now. It says what its account
    /// sees of the trip as it is held now, by the host's [policy](Host::policy), whoever asks.
    ///
    /// `language` is what the reader wishes: what his [PE entry](Notice::language) says, or what the
    /// service knows of him. Without a wish, or without a file for it, the mail is in English.
    ///
    /// # Errors
    ///
    /// [`Withheld`] says why the notice may not be sent.
    ///
    /// See the example of [the page of `notices`](self).
    pub fn render(
        &self,
        notice: &Notice,
        held: &HeldTrip,
        host: &(impl Host + ?Sized),
        language: Option<Language>,
    ) -> Result<Mail, Withheld> {
        held.may_send(notice, host)?;
        let view = held.view(notice.to, host.policy());
        let view = view.ok_or(Withheld::NotAllowed)?;
        let write = |language: Language| {
            let writer = Writer::new(self.texts.get(&language), &view, host);
            let (subject, body) = match &notice.news {
                News::Shared { by, .. } => writer.shared(*by),
                News::Changed(difference) => writer.changed(difference.changes()),
            };
            let mail = Mail {
                subject,
                body,
                language,
            };
            (mail, writer.is_faultless())
        };
        let asked = language.filter(|language| self.texts.contains_key(language));
        Ok(match write(asked.unwrap_or(Language::English)) {
            (mail, true) => mail,
            // Rather all of it in English than half of it.
            (_, false) => write(Language::English).0,
        })
    }
}

impl Default for Notices {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Notices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let languages: Vec<_> = self.languages().collect();
        f.debug_struct("Notices")
            .field("languages", &languages)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        address::Address,
        follow::{AccountId, Command, Effect, Items},
        trip::{Flight, Itinerary, TripId},
    };

    struct Service;

    impl Host for Service {
        fn account(&self, _: &Address) -> Option<AccountId> {
            Some(AccountId::new(2))
        }
    }

    /// A mail in Spanish, as these files make it.
    fn mail(files: &[(Language, &str)]) -> Mail {
        let now = "2026-11-01T10:00:00Z".parse().unwrap();
        let (from, to) = ("LHR".parse().unwrap(), "SIN".parse().unwrap());
        let itinerary = Itinerary::new([Flight::new(from, to, date(2026, 12, 1))], []).unwrap();
        let by = AccountId::new(1);
        let add = Command::AddByHand {
            by,
            itinerary,
            client: None,
        };
        let share = Command::Share {
            by,
            with: "agent@example.com".parse().unwrap(),
            opens: Items::NONE,
        };
        let held = HeldTrip::new(TripId::new(1));
        let (held, _) = held.step(add, now, &Service).unwrap();
        let (held, effects) = held.step(share, now, &Service).unwrap();
        let [_, Effect::Mail(notice)] = &effects[..] else {
            panic!("nobody is told");
        };
        let notices = Notices::of(files);
        let mail = notices.render(notice, &held, &Service, Some(Language::Spanish));
        mail.unwrap()
    }

    #[test]
    fn a_faulty_file_makes_the_whole_mail_english() {
        let of = |asked| {
            *FILES
                .iter()
                .find(|(language, _)| *language == asked)
                .unwrap()
        };
        let (english, (spanish, file)) = (of(Language::English), of(Language::Spanish));
        assert_eq!(mail(FILES).language(), spanish);
        let faults = [
            file.replace("someone =", "nobody ="),
            file.replace("{ $journey }", "{ $odyssey }"),
            file.replace("shared = { $name }", "shared = { $name"),
            String::new(),
        ];
        for fault in &faults {
            let fallen = mail(&[english, (spanish, fault)]);
            assert_eq!(fallen, mail(&[english]));
            assert_eq!(fallen.language(), Language::English);
        }
    }

    #[test]
    fn without_any_text_nothing_panics() {
        assert_eq!(mail(&[]).subject(), "");
    }
}

//! The language of the mail.

use core::{fmt, str::FromStr};

use crate::{
    error::{ErrorKind, ParseError},
    text::Span,
};

/// Defines [`Language`] from one table.
macro_rules! languages {
    ($($variant:ident $letter:literal $tag:literal $name:literal,)*) => {
        /// The language that a PE entry asks the mail to be written in: one letter after `¤`.
        ///
        /// | letter | BCP 47 tag | language |
        /// |---|---|---|
        $(#[doc = concat!("| `", $letter, "` | `", $tag, "` | ", $name, " |")])*
        ///
        /// # Example
        ///
        /// ```
        /// use peline::pe::Language;
        ///
        /// let language = Language::from_letter('v').unwrap();
        /// assert_eq!(language.tag(), "sv");
        /// assert_eq!("zh-Hant".parse::<Language>()?.letter(), 'H');
        /// # Ok::<(), peline::ParseError>(())
        /// ```
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Language {
            $(#[doc = concat!($name, ", `", $tag, "`.")] $variant,)*
        }

        impl Language {
            /// Every language, in the order of the table.
            ///
            /// ```
            /// assert_eq!(peline::pe::Language::ALL.len(), 14);
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The letter that PE uses.
            ///
            /// ```
            /// assert_eq!(peline::pe::Language::Greek.letter(), 'R');
            /// ```
            #[must_use]
            pub const fn letter(self) -> char {
                match self {
                    $(Self::$variant => $letter,)*
                }
            }

            /// The BCP 47 tag.
            ///
            /// ```
            /// assert_eq!(peline::pe::Language::SimplifiedChinese.tag(), "zh-Hans");
            /// ```
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self {
                    $(Self::$variant => $tag,)*
                }
            }

            /// The language's name in English.
            ///
            /// ```
            /// assert_eq!(peline::pe::Language::German.english_name(), "German");
            /// ```
            #[must_use]
            pub const fn english_name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The language of a letter, in either case.
            ///
            /// ```
            /// use peline::pe::Language;
            /// assert_eq!(Language::from_letter('u'), Some(Language::Russian));
            /// assert_eq!(Language::from_letter('x'), None);
            /// ```
            #[must_use]
            pub const fn from_letter(letter: char) -> Option<Self> {
                match letter.to_ascii_uppercase() {
                    $($letter => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

languages! {
    English 'E' "en" "English",
    French 'F' "fr" "French",
    Spanish 'S' "es" "Spanish",
    Portuguese 'P' "pt" "Portuguese",
    Italian 'I' "it" "Italian",
    German 'G' "de" "German",
    Swedish 'V' "sv" "Swedish",
    Greek 'R' "el" "Greek",
    SimplifiedChinese 'C' "zh-Hans" "Simplified Chinese",
    TraditionalChinese 'H' "zh-Hant" "Traditional Chinese",
    Japanese 'J' "ja" "Japanese",
    Korean 'K' "ko" "Korean",
    Thai 'T' "th" "Thai",
    Russian 'U' "ru" "Russian",
}

/// The BCP 47 tag.
impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.tag())
    }
}

/// Reads one of the fourteen tags (in any case), not a letter: `it` and `I` must not be confused.
///
/// # Errors
///
/// [`ErrorKind::UnknownLanguageTag`] for any other text.
impl FromStr for Language {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let known = Self::ALL
            .iter()
            .find(|language| language.tag().eq_ignore_ascii_case(text));
        let span = Span::new(0, text.len());
        known
            .copied()
            .ok_or(ParseError::new(ErrorKind::UnknownLanguageTag, span))
    }
}

/// Written as the BCP 47 tag.
#[cfg(feature = "serde")]
impl serde::Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}

/// Read from the BCP 47 tag.
#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::text::from_string(deserializer)
    }
}

//! What is known of an entry, packed into words.
//!
//! An entry is moved as often as it is returned. A processor waits wherever it reads as one word what was just
//! written in smaller pieces; that was a third of the time of reading a short entry.

use super::{Code, Language, NameReference};
use crate::text::{Notes, Span, encoding::Encoding};

/// How the text of an entry is to be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    Line(Encoding),
    /// Several lines, which are [joined](super::joined::join) first.
    Lines,
}

/// Everything but where the parts stand.
#[derive(Clone, Copy)]
pub(super) struct Facts(u64);

impl Facts {
    const NOTES: Bits = Bits::first(32);
    const FORM: Bits = Self::NOTES.then(2);
    const CODE: Bits = Self::FORM.then(3);
    const LANGUAGE: Bits = Self::CODE.then(4);
    const ITEM: Bits = Self::LANGUAGE.then(10);
    const PASSENGER: Bits = Self::ITEM.then(10);

    #[inline]
    pub(super) const fn new(form: Form, notes: Notes) -> Self {
        let form = match form {
            Form::Line(Encoding::Utf8) => 0,
            Form::Line(Encoding::Windows1252) => 1,
            Form::Lines => 2,
        };
        Self(Self::FORM.of(form)).with_notes(notes)
    }

    #[inline]
    pub(super) fn with_code(self, code: Option<Code>) -> Self {
        self.with(Self::CODE, code.map(|code| code as u64))
    }

    #[inline]
    pub(super) fn with_language(self, language: Option<Language>) -> Self {
        self.with(Self::LANGUAGE, language.map(|language| language as u64))
    }

    #[inline]
    pub(super) fn with_reference(self, reference: Option<NameReference>) -> Self {
        let Some(reference) = reference else {
            return self;
        };
        let item = Self::ITEM.of(reference.item().into());
        let passenger = reference.passenger().unwrap_or_default();
        Self(self.0 | item | Self::PASSENGER.of(passenger.into()))
    }

    /// The same with more notes.
    #[inline]
    pub(super) const fn with_notes(self, notes: Notes) -> Self {
        Self(self.0 | Self::NOTES.of(notes.bits() as u64))
    }

    /// The number of a variant; none is zero.
    #[inline]
    fn with(self, bits: Bits, variant: Option<u64>) -> Self {
        let number = variant.map_or(0, |variant| variant.saturating_add(1));
        Self(self.0 | bits.of(number))
    }

    #[inline]
    pub(super) fn form(self) -> Form {
        match Self::FORM.in_word(self.0) {
            0_u8 => Form::Line(Encoding::Utf8),
            1 => Form::Line(Encoding::Windows1252),
            _ => Form::Lines,
        }
    }

    #[inline]
    pub(super) fn code(self) -> Option<Code> {
        self.variant(Self::CODE, &Code::ALL)
    }

    #[inline]
    pub(super) fn language(self) -> Option<Language> {
        self.variant(Self::LANGUAGE, Language::ALL)
    }

    #[inline]
    fn variant<T: Copy>(self, bits: Bits, all: &[T]) -> Option<T> {
        let number: usize = bits.in_word(self.0);
        all.get(number.checked_sub(1)?).copied()
    }

    #[inline]
    pub(super) fn reference(self) -> Option<NameReference> {
        let number = |bits: Bits| Some(bits.in_word(self.0)).filter(|&number| number > 0);
        let item = number(Self::ITEM)?;
        Some(NameReference::checked((item, number(Self::PASSENGER))))
    }

    #[inline]
    pub(super) fn notes(self) -> Notes {
        Notes::of_bits(Self::NOTES.in_word(self.0))
    }
}

/// Where a part stands: its first byte and its length.
#[derive(Clone, Copy)]
pub(super) struct Part(u64);

impl Part {
    const START: Bits = Bits::first(32);
    const LENGTH: Bits = Self::START.then(32);

    /// No entry is longer than some hundred thousand bytes.
    #[inline]
    pub(super) fn of(span: Span) -> Self {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).into();
        Self(Self::START.of(number(span.start())) | Self::LENGTH.of(number(span.len())))
    }

    #[inline]
    pub(super) fn span(self) -> Span {
        let start: usize = Self::START.in_word(self.0);
        let length = Self::LENGTH.in_word(self.0);
        Span::new(start, start.saturating_add(length))
    }
}

/// Some bits of a word, which hold a number.
#[derive(Clone, Copy)]
struct Bits {
    first: u32,
    count: u32,
}

impl Bits {
    const fn first(count: u32) -> Self {
        Self { first: 0, count }
    }

    /// The bits behind these.
    const fn then(self, count: u32) -> Self {
        let first = self.first.saturating_add(self.count);
        Self { first, count }
    }

    const fn mask(self) -> u64 {
        u64::MAX.wrapping_shr(u64::BITS.saturating_sub(self.count))
    }

    /// A word that holds the number here, and nothing else.
    #[inline]
    const fn of(self, number: u64) -> u64 {
        (number & self.mask()).wrapping_shl(self.first)
    }

    /// The number that a word holds here. It fits: nothing greater was put there.
    #[inline]
    fn in_word<T: TryFrom<u64> + Default>(self, word: u64) -> T {
        let number = word.wrapping_shr(self.first) & self.mask();
        number.try_into().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::{Facts, Form, Part};
    use crate::{
        pe::{Code, Language, NameReference},
        text::{Note, Notes, Span, encoding::Encoding},
    };

    fn optional<T: Copy + core::fmt::Debug + 'static>(
        all: &'static [T],
    ) -> impl Strategy<Value = Option<T>> {
        proptest::option::of(select(all))
    }

    const FORMS: &[Form] = &[
        Form::Line(Encoding::Utf8),
        Form::Line(Encoding::Windows1252),
        Form::Lines,
    ];

    proptest! {
        #[test]
        fn what_is_packed_is_read_back(
            form in select(FORMS),
            code in optional(&Code::ALL),
            language in optional(Language::ALL),
            reference in proptest::option::of((1_u16..=999, proptest::option::of(1_u16..=999))),
            notes in proptest::collection::vec(select(Note::ALL), 0..5),
            more in select(Note::ALL),
        ) {
            let reference = reference.map(NameReference::checked);
            let notes = notes.into_iter().fold(Notes::new(), Notes::with);
            let facts = Facts::new(form, notes)
                .with_code(code)
                .with_language(language)
                .with_reference(reference)
                .with_notes(Notes::new().with(more));
            prop_assert_eq!(facts.form(), form);
            prop_assert_eq!(facts.code(), code);
            prop_assert_eq!(facts.language(), language);
            prop_assert_eq!(facts.reference(), reference);
            prop_assert_eq!(facts.notes(), notes.with(more));
        }

        #[test]
        fn where_a_part_stands_is_read_back(start in 0..=u32::MAX, length in 0..=u32::MAX) {
            let (start, length) = (start as usize, length as usize);
            let span = Span::new(start, start.saturating_add(length));
            prop_assert_eq!(Part::of(span).span(), span);
        }
    }
}

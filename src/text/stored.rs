//! How values are written and read with serde.
//!
//! What serde says by itself of a fault quotes what it read: an address, a name. So no error of its own passes.

#[cfg(feature = "serde")]
use core::fmt;

/// Says no more of a fault than what could not be read.
#[cfg(feature = "serde")]
pub(crate) fn quietly<T, E: serde::de::Error>(read: Result<T, E>, what: &str) -> Result<T, E> {
    read.map_err(|_| E::custom(format_args!("this is not {what}")))
}

/// Reads a value from a string of serde's, through its `FromStr`.
#[cfg(feature = "serde")]
pub(crate) fn from_string<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: core::str::FromStr<Err: fmt::Display>,
    D: serde::Deserializer<'de>,
{
    from_text(deserializer, str::parse)?.map_err(serde::de::Error::custom)
}

/// Reads a value from its name.
#[cfg(feature = "serde")]
pub(crate) fn from_name<'de, T, D: serde::Deserializer<'de>>(
    deserializer: D,
    find: impl FnOnce(&str) -> Option<T>,
) -> Result<T, D::Error> {
    from_text(deserializer, find)?.ok_or_else(|| serde::de::Error::custom("no such name"))
}

#[cfg(feature = "serde")]
fn from_text<'de, T, D: serde::Deserializer<'de>>(
    deserializer: D,
    read: impl FnOnce(&str) -> T,
) -> Result<T, D::Error> {
    struct Text<F>(F);

    impl<T, F: FnOnce(&str) -> T> serde::de::Visitor<'_> for Text<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            Ok((self.0)(text))
        }
    }

    quietly(deserializer.deserialize_str(Text(read)), "a text")
}

/// Defines types whose fields serde writes and reads by their names; nothing else may stand there.
macro_rules! quiet {
    ($($(#[$meta:meta])* pub $kind:tt $name:ident $body:tt)*) => {$(
        $(#[$meta])*
        pub $kind $name $body

        #[cfg(feature = "serde")]
        const _: () = {
            type Public = self::$name;

            // Reads and writes in the place of the public type: the derived code is what quotes.
            #[derive(serde::Deserialize, serde::Serialize)]
            #[serde(remote = "Public", rename_all = "snake_case", deny_unknown_fields)]
            $kind $name $body

            impl serde::Serialize for Public {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    <$name>::serialize(self, serializer)
                }
            }

            /// An error quotes nothing of what was read.
            impl<'de> serde::Deserialize<'de> for Public {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let what = concat!("a value of `", stringify!($name), "`");
                    crate::text::quietly(<$name>::deserialize(deserializer), what)
                }
            }
        };
    )*};
}

pub(crate) use quiet;

/// Defines serde for types that are written as their number.
macro_rules! as_number {
    ($($type:ident)*) => {$(
        /// Written as its number.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        /// Read from its number; an error quotes nothing of what was read.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = serde::Deserialize::deserialize(deserializer);
                let what = concat!("a `", stringify!($type), "`");
                crate::text::quietly(number, what).map(Self)
            }
        }
    )*};
}

pub(crate) use as_number;

/// Defines serde for enums that are written as their name; an error does not quote what was read.
macro_rules! by_name {
    ($($type:ty)*) => {$(
        /// Written as its name.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        /// Read from its name.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let find = |name: &str| Self::ALL.iter().copied().find(|it| it.name() == name);
                crate::text::from_name(deserializer, find)
            }
        }
    )*};
}

pub(crate) use by_name;

/// Defines serde for types that are written as their text.
macro_rules! as_text {
    ($($type:ty)*) => {$(
        /// Written as its text.
        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// Read from its text, through the same check as `FromStr`.
        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::text::from_string(deserializer)
            }
        }
    )*};
}

pub(crate) use as_text;

/// Why something that was stored is not read.
#[cfg(feature = "serde")]
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(crate) enum Unfit {
    /// No steps could have made it.
    #[error("no steps could have made it")]
    Impossible,
    /// Another version of this crate wrote it.
    #[error("another version wrote it")]
    Version,
}

/// Defines serde for types that are stored in another form; an error quotes nothing of what was read.
#[cfg(feature = "serde")]
macro_rules! stored {
    ($($type:ty as $form:ty: $what:literal;)*) => {$(
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$form>::from(self.clone()).serialize(serializer)
            }
        }

        /// What is read is checked; an error quotes nothing of it.
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::Error as _;

                let form = crate::text::quietly(<$form>::deserialize(deserializer), $what)?;
                form.try_into()
                    .map_err(|error| D::Error::custom(format_args!("{}: {error}", $what)))
            }
        }
    )*};
}

#[cfg(feature = "serde")]
pub(crate) use stored;

//! Enums with a name for each variant.

/// Defines an enum, with a name for programs for each variant, written once, and its `Display`.
macro_rules! named {
    ($(#[$meta:meta])* pub enum $type:ident {
        $($(#[$doc:meta])* $variant:ident = $name:literal,)*
    }) => {
        $(#[$meta])*
        pub enum $type {
            $($(#[$doc])* $variant,)*
        }

        impl $type {
            /// Every one.
            ///
            /// ```
            #[doc = concat!("use peline::change::", stringify!($type), ";")]
            #[doc = concat!("assert!(", stringify!($type), "::ALL.iter().all(|it| it.to_string() == it.name()));")]
            /// ```
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// A name for programs.
            ///
            #[doc = concat!("See the example of [`ALL`](", stringify!($type), "::ALL).")]
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        /// Its name.
        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

pub(super) use named;

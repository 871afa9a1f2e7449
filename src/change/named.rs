//! Enums with a name for each variant.

/// Defines all variants of an enum, a name for programs for each, and its `Display`.
macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal,)* }) => {
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
            /// ```
            #[doc = concat!("use peline::change::", stringify!($type), ";")]
            #[doc = concat!("let names: Vec<_> = ", stringify!($type), "::ALL.iter().map(|it| it.name()).collect();")]
            #[doc = concat!("assert_eq!(names, [", $("\"", $name, "\", ",)* "]);")]
            /// ```
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

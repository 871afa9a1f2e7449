//! How much of a message is read.

/// Defines [`Limits`] with its defaults, each written once.
macro_rules! limits {
    ($($(#[$doc:meta])* $name:ident, $with:ident = $default:expr;)*) => {
        /// How much of a message is read: bounds on what a stranger can make a reader do.
        ///
        /// What is over a bound of a field is an error of that field; what is over a bound of the
        /// header is an error of the message. The body is not read, so it has no bound here. Groups
        /// never nest (RFC 5322 has no nested groups).
        ///
        /// # Example
        ///
        /// ```
        /// use peline::{ErrorKind, mail::{Limits, Message}};
        ///
        /// let limits = Limits::default().with_mailboxes(1);
        /// let mail = b"To: a@example.com, b@example.com\r\n\r\n";
        /// let message = Message::parse_within(mail, limits)?;
        /// let error = message.to().unwrap_err();
        /// assert_eq!(error.kind(), ErrorKind::TooManyMailboxes);
        ///
        /// // A service that reads nothing but short mails:
        /// let short = Limits::default()
        ///     .with_header(64 * 1024)
        ///     .with_fields(100)
        ///     .with_field(4 * 1024)
        ///     .with_address_field(16 * 1024)
        ///     .with_encoded_words(50)
        ///     .with_comment_depth(2);
        /// let error = Message::parse_within(&b"A: b\r\n".repeat(101), short).unwrap_err();
        /// assert_eq!(error.kind(), ErrorKind::TooManyFields);
        /// # Ok::<(), peline::ParseError>(())
        /// ```
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub struct Limits {
            $($name: usize,)*
        }

        impl Limits {
            $(
                $(#[$doc])*
                ///
                /// ```
                #[doc = concat!("let limits = peline::mail::Limits::default();")]
                #[doc = concat!("assert_eq!(limits.", stringify!($name), "(), ", stringify!($default), ");")]
                /// ```
                #[must_use]
                pub const fn $name(self) -> usize {
                    self.$name
                }

                #[doc = concat!("The same with another bound for [`", stringify!($name), "`](Self::", stringify!($name), ").")]
                ///
                /// See the example of [`Limits`].
                #[must_use]
                pub const fn $with(mut self, $name: usize) -> Self {
                    self.$name = $name;
                    self
                }
            )*
        }

        impl Default for Limits {
            fn default() -> Self {
                Self {
                    $($name: $default,)*
                }
            }
        }
    };
}

limits! {
    /// How many bytes may stand before the empty line that ends the header: 1 MiB.
    header, with_header = 1024 * 1024;
    /// How many fields the header may have (a line that is no field counts too): 1,000.
    fields, with_fields = 1000;
    /// How many bytes a field may have, from its name to its last character: 32 KiB.
    field, with_field = 32 * 1024;
    /// The same for the fields that list addresses: 256 KiB.
    address_field, with_address_field = 256 * 1024;
    /// How many mailboxes one field may list, those of its groups counted in: 1,000.
    mailboxes, with_mailboxes = 1000;
    /// How deep comments may nest: 16.
    comment_depth, with_comment_depth = 16;
    /// How many encoded words one field may have: 1,000.
    encoded_words, with_encoded_words = 1000;
}

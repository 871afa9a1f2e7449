//! That the rules say no.

use core::{error::Error, fmt};

/// That something was refused: why (`R`), and the state (`T`) as it was.
///
/// The other family of failures beside [`ParseError`](crate::ParseError): the input can be read, and the
/// rules do not allow it. `Debug` and `Display` show the refusal only.
///
/// # Example
///
/// ```
/// use peline::follow::{AccountId, Command, HeldTrip, NoHost, Refusal};
/// use peline::trip::TripId;
///
/// let held = HeldTrip::new(TripId::new(1));
/// let drop = Command::Unfollow { holder: AccountId::new(7) };
/// let rejected = held.clone().step(drop, "2026-11-01T10:00:00Z".parse()?, &NoHost).unwrap_err();
/// assert_eq!(rejected.refusal(), Refusal::NotHolder);
/// assert_eq!(rejected.state(), &held);
/// assert_eq!(rejected.into_state(), held);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Rejected<T, R> {
    refusal: R,
    state: Box<T>,
}

impl<T, R: Copy> Rejected<T, R> {
    pub(crate) fn new(refusal: R, state: T) -> Self {
        let state = Box::new(state);
        Self { refusal, state }
    }

    /// Why.
    ///
    /// See the example of [`Rejected`].
    #[must_use]
    pub const fn refusal(&self) -> R {
        self.refusal
    }

    /// The state as it was.
    ///
    /// See the example of [`Rejected`].
    #[must_use]
    pub const fn state(&self) -> &T {
        &self.state
    }

    /// The state as it was, to go on with.
    ///
    /// See the example of [`Rejected`].
    #[must_use]
    pub fn into_state(self) -> T {
        *self.state
    }
}

impl<T, R: fmt::Debug> fmt::Debug for Rejected<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rejected").field(&self.refusal).finish()
    }
}

impl<T, R: fmt::Display> fmt::Display for Rejected<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.refusal.fmt(f)
    }
}

impl<T, R: fmt::Debug + fmt::Display> Error for Rejected<T, R> {}

/// Defines the refusals of one set of rules, with their names and sentences, each written once.
macro_rules! refusals {
    (
        $(#[$of:meta])* $type:ident
        $($(#[$doc:meta])* $variant:ident = $name:literal: $sentence:literal,)*
    ) => {
        $(#[$of])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, thiserror::Error)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$doc])* #[error($sentence)] $variant,)*
        }

        impl $type {
            /// Every refusal.
            ///
            /// See the example of [the type](Self).
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// A name for programs.
            ///
            /// See the example of [the type](Self).
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

pub(crate) use refusals;

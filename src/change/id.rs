//! Who and what a case names, by keys that say nothing about anybody.

use core::fmt;

use crate::trip::opaque_id;

opaque_id! {
    /// The service's own key of a case.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::CaseId;
    ///
    /// let case = CaseId::new(17);
    /// assert_eq!(case.get(), 17);
    /// assert_eq!(case.to_string().parse(), Ok(case));
    /// ```
    CaseId
}

opaque_id! {
    /// The client who asks for the change and answers for it, by the service's own key.
    ///
    /// Who may act for a client (his secretary, his guardian) is the service's affair: what he says counts
    /// as the client's.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::ClientId;
    ///
    /// let client = ClientId::new(4);
    /// assert_eq!(client.get(), 4);
    /// assert_eq!(client.to_string().parse(), Ok(client));
    /// ```
    ClientId
}

opaque_id! {
    /// The agent, or the program of the service, that reports an event.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::AgentId;
    ///
    /// let agent = AgentId::new(9);
    /// assert_eq!(agent.get(), 9);
    /// assert_eq!(agent.to_string().parse(), Ok(agent));
    /// ```
    AgentId
}

opaque_id! {
    /// Who pays, with which form of payment: the same person with another card is another payer.
    ///
    /// Amounts are netted within one payer only.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::PayerId;
    ///
    /// let payer = PayerId::new(2);
    /// assert_eq!(payer.get(), 2);
    /// assert_eq!(payer.to_string().parse(), Ok(payer));
    /// ```
    PayerId
}

/// Defines a number that a case gives out, from 1 on.
macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(u32);

        impl $name {
            /// The number that came back from a form or a link of the service; whether the case gave it
            /// out is known to the case.
            ///
            /// See the example of [the type](Self).
            #[must_use]
            pub const fn new(number: u32) -> Self {
                Self(number)
            }

            /// The number.
            ///
            /// See the example of [the type](Self).
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }

            /// The one behind it.
            pub(super) const fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        crate::text::as_number! { $name }
    )*};
}

numbers! {
    /// An option that was offered to the client: the case numbers them from 1, and never uses a number
    /// again.
    ///
    /// ```
    /// assert_eq!(peline::change::OptionNumber::new(2).get(), 2);
    /// ```
    OptionNumber

    /// A quote: the case numbers them from 1. An approval is for one quote.
    ///
    /// ```
    /// let quote = peline::change::QuoteNumber::new(2);
    /// assert_eq!((quote.get(), quote.to_string().as_str()), (2, "2"));
    /// ```
    QuoteNumber

    /// Money, or a voucher, that goes back: the case numbers them from 1.
    ///
    /// ```
    /// assert_eq!(peline::change::RepaymentNumber::new(2).get(), 2);
    /// ```
    RepaymentNumber
}

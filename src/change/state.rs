//! What a case awaits, and what may come there.

use super::{Amount, FactKind, Movement, PayerId, QuoteNumber, RepaymentNumber};

/// Defines [`State`] with its names, and what may come in each: the table of the procedure.
macro_rules! states {
    ($($(#[$doc:meta])* $variant:ident = $name:literal: [$($fact:ident)*])*) => {
        super::named::named! {
            /// What a case awaits.
            ///
            /// Exhaustive on purpose. In the order of the procedure. Each state is named for what it awaits; what may
            /// come in it is [`takes`](Self::takes).
            ///
            /// # Example
            ///
            /// ```
            /// use peline::change::{FactKind, State};
            /// assert_eq!(State::Payment.to_string(), "payment");
            /// assert!(State::Payment.takes().any(|it| it == FactKind::PaymentReceived));
            /// assert!(!State::Payment.takes().any(|it| it == FactKind::Rebooked));
            /// ```
            #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
            pub enum State {
                $($(#[$doc])* $variant = $name,)*
            }
        }

        impl State {
            /// What only this state takes, or a few.
            const fn own(self) -> &'static [FactKind] {
                match self {
                    $(Self::$variant => &[$(FactKind::$fact,)*],)*
                }
            }
        }
    };
}

states! {
    /// The reference of the booking, from the client.
    Reference = "reference":
        [ReferenceGiven AttemptMade GivenUp Withdrawn]
    /// The booking, from the reservation system.
    Booking = "booking":
        [BookingFetched BookingNotFound ReferenceGiven Withdrawn]
    /// That the client confirms his current flights.
    ItineraryConfirmation = "itinerary_confirmation":
        [ItineraryConfirmed ItineraryDisputed BookingFetched AttemptMade GivenUp Withdrawn]
    /// The rules of the fare.
    Rules = "rules":
        [RulesFound Withdrawn]
    /// A person's answer: the rules leave open whether the change is allowed.
    Ruling = "ruling":
        [Ruled Withdrawn]
    /// That the client is told the restrictions.
    RestrictionsTold = "restrictions_told":
        [RestrictionsTold AttemptMade GivenUp Withdrawn]
    /// That the client wants to go on.
    GoAhead = "go_ahead":
        [GoAheadGiven AttemptMade GivenUp Withdrawn]
    /// What the client wants instead.
    Wish = "wish":
        [WishStated AttemptMade GivenUp Withdrawn]
    /// What is available.
    Options = "options":
        [OptionsFound NothingAvailable WishStated Withdrawn]
    /// That the client is told the options.
    OptionsTold = "options_told":
        [OptionsTold WishStated AttemptMade GivenUp Withdrawn]
    /// Which option the client chooses.
    Choice = "choice":
        [OptionChosen OptionsRejected WishStated AttemptMade GivenUp Withdrawn]
    /// That alternatives are offered.
    Alternatives = "alternatives":
        [AlternativesOffered AttemptMade GivenUp Withdrawn]
    /// What the client says to the alternatives.
    AlternativesAnswer = "alternatives_answer":
        [AlternativesOffered AlternativeAccepted Declined AttemptMade GivenUp Withdrawn]
    /// The figures for the option.
    Quote = "quote":
        [Priced NothingAvailable OptionChosen WishStated Withdrawn]
    /// A person's answer: the rules leave open what becomes of what is left of the fare.
    ResidualRuling = "residual_ruling":
        [Ruled NothingAvailable OptionChosen WishStated Withdrawn]
    /// That the agent acknowledges the supplier's totals.
    DiscrepancyAcknowledgement = "discrepancy_acknowledgement":
        [DiscrepancyAcknowledged Priced NothingAvailable OptionChosen WishStated Withdrawn]
    /// That the client is told the quote.
    QuoteTold = "quote_told":
        [QuoteTold Priced NothingAvailable OptionChosen WishStated AttemptMade GivenUp Withdrawn]
    /// The client's approval of the quote.
    Approval = "approval":
        [QuoteApproved QuoteRejected QuoteTold Priced NothingAvailable OptionChosen WishStated
         AttemptMade GivenUp Withdrawn]
    /// What is due.
    Payment = "payment":
        [PaymentReceived PaymentFailed CollectionStopped Priced NothingAvailable OptionChosen
         WishStated AttemptMade GivenUp Withdrawn]
    /// The division of the booking.
    Division = "division":
        [BookingDivided RebookingRefused Withdrawn]
    /// That the supplier changes the booking.
    Rebooking = "rebooking":
        [Rebooked RebookingRefused PassedOn Withdrawn]
    /// Whether the order was stopped in time: the client withdrew after the division or the change was ordered.
    Stopping = "stopping":
        [BookingDivided Rebooked RebookingRefused PassedOn Withdrawn]
    /// The booking as it is after the change, to be checked.
    Verification = "verification":
        [BookingFetched Rebooked RebookingUndone PassedOn Withdrawn]
    /// That the supplier corrects the booking.
    Correction = "correction":
        [BookingFetched Rebooked RebookingUndone PassedOn Withdrawn]
    /// The new tickets or confirmations.
    Documents = "documents":
        [DocumentsIssued BookingFetched Rebooked RebookingUndone PassedOn Withdrawn]
    /// That the new itinerary is sent.
    Sending = "sending":
        [ItinerarySent Acknowledged ErrorReported ErrorFound AttemptMade GivenUp]
    /// The client's acknowledgement.
    Acknowledgement = "acknowledgement":
        [Acknowledged ErrorReported ErrorFound Reminded AttemptMade GivenUp ItinerarySent]
    /// That everything is on record.
    Record = "record":
        [Filed Closed Acknowledged ErrorReported ErrorFound Reminded ItinerarySent]
    /// Nothing: the case is closed.
    Closed = "closed":
        []
}

impl State {
    /// What kinds of things may come in this state, in the order of [`FactKind`]: anything else is
    /// [out of order](super::Refusal::OutOfOrder).
    ///
    /// Money may arrive in any state; a contact, another wish how to be reached, and a repayment may come
    /// until the case is closed. Until something is paid or ordered, the booking and the rules can be looked up again.
    ///
    /// See the example of [`State`].
    pub fn takes(self) -> impl Iterator<Item = FactKind> {
        let kinds = FactKind::ALL.iter().copied();
        kinds.filter(move |kind| {
            self.own().contains(kind) || self.takes_again(*kind) || self.takes_always(*kind)
        })
    }

    /// What can be looked up, or looked up again, between the rules and the order.
    fn takes_again(self, kind: FactKind) -> bool {
        let looked_up = matches!(kind, FactKind::BookingFetched | FactKind::RulesFound);
        looked_up && (Self::Rules..=Self::Payment).contains(&self)
    }

    /// Whether only a quote that holds takes the case on, but for what is reported late.
    pub(super) const fn needs_quote(self) -> bool {
        matches!(
            self,
            Self::DiscrepancyAcknowledgement | Self::QuoteTold | Self::Approval | Self::Payment
        )
    }

    /// Whether a price is asked for, or said.
    pub(super) const fn is_about_price(self) -> bool {
        matches!(self, Self::Quote | Self::ResidualRuling) || self.needs_quote()
    }

    fn takes_always(self, kind: FactKind) -> bool {
        let open = self != Self::Closed;
        kind == FactKind::MoneyArrived
            || (open
                && matches!(
                    kind,
                    FactKind::Contacted | FactKind::ReachStated | FactKind::Repaid
                ))
    }
}

super::named::named! {
    /// How a case ends, or will.
    ///
    /// See the example of [the page of `change`](super).
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum Outcome {
        /// The flights are changed, and the client acknowledged it.
        Changed = "changed",
        /// The flights are changed; the client did not answer. It may be that the new itinerary was not even sent, for
        /// he could not be reached by then *(ours)*: the [record](super::Case::record) says so.
        ChangedUnconfirmed = "changed_unconfirmed",
        /// Nothing that was possible suited the client.
        Declined = "declined",
        /// The booking is changed and not as it was approved: that is the affair of another case.
        PassedOn = "passed_on",
        /// The client did not answer, and nothing is changed.
        Unanswered = "unanswered",
        /// The client did not want the change any more.
        Withdrawn = "withdrawn",
    }
}

/// Something that is missing before a case can go on, or be closed.
///
/// See the example of [`Case::missing`](super::Case::missing).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Missing {
    /// That this is reported: any one of the facts that are missing takes the case on.
    Fact(FactKind),
    /// A quote that holds: this one expired.
    LiveQuote(QuoteNumber),
    /// A payment.
    Payment {
        /// Whose.
        payer: PayerId,
        /// How much.
        amount: Amount,
    },
    /// That something goes back.
    Repayment(RepaymentNumber),
    /// That the client is reminded to check the new itinerary.
    Reminder,
    /// The remarks in the booking.
    BookingNote,
    /// The notes in the CRM.
    CrmNote,
    /// The correspondence.
    Correspondence,
    /// A receipt.
    Receipt(Movement),
}

crate::text::by_name! { Outcome State }

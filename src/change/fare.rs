//! The airline's rules for a ticket: whether it may be changed, what that costs, what becomes of the rest.

use super::{Amount, FreeText, MoneyError, Percentage, Reference, Rounding};
use crate::text::quiet;

quiet! {
    /// Whether a change is allowed, and for which fee. Unknown never counts as allowed: a person is asked.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Fee, Permission};
    ///
    /// let rule = Permission::Allowed(Fee::Flat("EUR 50.00".parse()?));
    /// assert_ne!(rule, Permission::Unknown);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum Permission {
        /// Allowed, for this fee.
        Allowed(Fee),
        /// Not allowed.
        NotAllowed,
        /// Not known.
        Unknown,
    }
}

quiet! {
    /// The airline's fee for a change.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Fee, FeeBase, Percentage, Rounding};
    ///
    /// let flat = Fee::Flat("EUR 50.00".parse()?);
    /// let tenth = Fee::Percent {
    ///     rate: Percentage::from_basis_points(1_000),
    ///     of: FeeBase::Component,
    ///     rounding: Rounding::UP,
    /// };
    /// assert_ne!(flat, tenth);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum Fee {
        /// The same for each passenger.
        Flat(Amount),
        /// A part of a fare.
        Percent {
            /// How much of it.
            rate: Percentage,
            /// Of which fare.
            of: FeeBase,
            /// How the result is rounded.
            rounding: Rounding,
        },
        /// None, and why.
        Waived(FreeText),
    }
}

quiet! {
    /// The fare that a fee in per cent is a part of.
    ///
    /// See the example of [`Fee`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum FeeBase {
        /// The usable old fare of the component that the rule is of.
        Component,
        /// The new fare of the passenger.
        NewFare,
        /// The usable old fare of the passenger, all components.
        OldFare,
    }
}

/// What the bases of a fee in per cent are for one passenger.
pub(super) struct FeeBases {
    pub(super) component: Amount,
    pub(super) old: Amount,
    pub(super) new: Amount,
}

impl Fee {
    pub(super) fn amount(&self, bases: &FeeBases) -> Result<Amount, MoneyError> {
        match self {
            Self::Flat(amount) => Ok(*amount),
            Self::Percent { rate, of, rounding } => {
                let base = match of {
                    FeeBase::Component => bases.component,
                    FeeBase::NewFare => bases.new,
                    FeeBase::OldFare => bases.old,
                };
                rate.of(base, *rounding)
            }
            Self::Waived(_) => Ok(Amount::zero(bases.new.currency())),
        }
    }
}

quiet! {
    /// What becomes of the fare that is left when the new one is lower: the *residual value*.
    ///
    /// | rule | what becomes of it |
    /// |---|---|
    /// | [`Forfeit`](Self::Forfeit) | it is lost |
    /// | [`OffsetFee`](Self::OffsetFee) | it sets off against the fee, then against the rest of what is due; what remains is lost, a voucher, or goes back |
    /// | [`Voucher`](Self::Voucher) | all of it is a voucher, and what is due stays due |
    /// | [`Refund`](Self::Refund) | it sets off against what is due; what remains goes back to the original form of payment |
    ///
    /// There is no default: a rule that is not known is asked for. Of the rules of several components the strictest
    /// counts for the whole ticket, replaced or not: what is lost before what is a voucher before what goes back, and
    /// of these what sets off against nothing before what does *(ours)*.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Remainder, ResidualRule};
    /// let rules = [ResidualRule::OffsetFee { then: Remainder::Refund }, ResidualRule::Voucher];
    /// assert_eq!(ResidualRule::strictest(rules), Some(ResidualRule::Voucher));
    /// ```
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum ResidualRule {
        /// Lost.
        Forfeit,
        /// Against the fee, then against the rest of what is due.
        OffsetFee {
            /// What becomes of what remains.
            then: Remainder,
        },
        /// A voucher (an EMD), and what is due stays due.
        Voucher,
        /// Against what is due, and what remains back to the original form of payment.
        Refund,
    }
}

impl ResidualRule {
    /// The strictest of some rules; `None` if there are none.
    ///
    /// See the example of [`ResidualRule`].
    #[must_use]
    pub fn strictest(rules: impl IntoIterator<Item = Self>) -> Option<Self> {
        let strictness = |rule: &Self| match *rule {
            Self::Forfeit => (Remainder::Forfeit, false),
            Self::OffsetFee { then } => (then, true),
            Self::Voucher => (Remainder::Voucher, false),
            Self::Refund => (Remainder::Refund, false),
        };
        rules.into_iter().min_by_key(strictness)
    }
}

quiet! {
    /// What becomes of what remains after the fee and the rest are set off.
    ///
    /// See the example of [`ResidualRule`].
    #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    pub enum Remainder {
        /// Lost.
        Forfeit,
        /// A voucher (an EMD).
        Voucher,
        /// Back to the original form of payment.
        Refund,
    }
}

quiet! {
    /// Whether the new fare may be lower than the old one.
    ///
    /// See the example of [`ComponentRules`].
    #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
    pub enum FareFloor {
        /// Any fare.
        Any,
        /// An equal or a higher fare only.
        EqualOrHigher,
    }
}

quiet! {
    /// The rules of one fare component: of the part of the journey that is priced by one fare.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{ComponentRules, FareFloor, Fee, Permission, ResidualRule};
    ///
    /// let rules = ComponentRules {
    ///     before_departure: Permission::Allowed(Fee::Flat("EUR 50.00".parse()?)),
    ///     after_departure: Permission::Allowed(Fee::Flat("EUR 80.00".parse()?)),
    ///     no_show: Permission::NotAllowed,
    ///     floor: FareFloor::Any,
    ///     residual: Some(ResidualRule::Forfeit),
    /// };
    /// assert_eq!(rules.no_show, Permission::NotAllowed);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct ComponentRules {
        /// While nothing of the ticket is used.
        pub before_departure: Permission,
        /// When a part of it is used.
        pub after_departure: Permission,
        /// When the passenger missed a flight and did not say so before.
        pub no_show: Permission,
        /// Whether the new fare may be lower.
        pub floor: FareFloor,
        /// What becomes of what is left; `None` where it is not known.
        pub residual: Option<ResidualRule>,
    }
}

impl ComponentRules {
    pub(super) const fn permission(&self, situation: Situation) -> &Permission {
        match situation {
            Situation::AfterDeparture => &self.after_departure,
            Situation::BeforeDeparture => &self.before_departure,
            Situation::NoShow => &self.no_show,
        }
    }

    const fn permission_mut(&mut self, situation: Situation) -> &mut Permission {
        match situation {
            Situation::AfterDeparture => &mut self.after_departure,
            Situation::BeforeDeparture => &mut self.before_departure,
            Situation::NoShow => &mut self.no_show,
        }
    }
}

/// When a change is asked for, seen from the ticket.
///
/// | the [`Usage`](super::Usage) of the ticket | situation | fares |
/// |---|---|---|
/// | unused | before departure | today's |
/// | partly used | after departure | of the original date of issue |
/// | missed, nothing used | no-show | today's |
/// | missed, a part used | no-show | of the original date of issue |
///
/// ```
/// use peline::change::{Situation, Usage};
/// assert_eq!(Usage::PartlyUsed { flown: 1 }.situation(), Situation::AfterDeparture);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Situation {
    /// A part is used.
    AfterDeparture,
    /// Nothing is used.
    BeforeDeparture,
    /// A flight was missed without a word.
    NoShow,
}

quiet! {
    /// The rules for this very ticket: of each fare component, and what the airline waives.
    ///
    /// The whole ticket takes the strictest component: not allowed, then unknown, then allowed.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{ComponentRules, FareFloor, Feasibility, Fee, Permission, Situation, TicketRules};
    ///
    /// let out = ComponentRules {
    ///     before_departure: Permission::Allowed(Fee::Flat("EUR 50.00".parse()?)),
    ///     after_departure: Permission::NotAllowed,
    ///     no_show: Permission::NotAllowed,
    ///     floor: FareFloor::Any,
    ///     residual: None,
    /// };
    /// let back = ComponentRules { before_departure: Permission::Unknown, ..out.clone() };
    /// let rules = TicketRules { components: vec![out, back], waiver: None };
    /// assert_eq!(rules.feasibility(Situation::BeforeDeparture), Feasibility::Unknown);
    /// assert_eq!(rules.feasibility(Situation::NoShow), Feasibility::NotAllowed);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct TicketRules {
        /// Of each fare component, in the order of the journey: at least one.
        pub components: Vec<ComponentRules>,
        /// Where the airline changed the flights itself: what it waives.
        pub waiver: Option<Waiver>,
    }
}

quiet! {
    /// That a change is the airline's doing (*involuntary*): within the waiver it costs nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::Waiver;
    /// let waiver = Waiver { code: "WVR17".parse()?, covers: "any flight of the same day".parse()? };
    /// assert_eq!(waiver.code.as_str(), "WVR17");
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct Waiver {
        /// The airline's code for it, which goes on the new ticket.
        pub code: Reference,
        /// What it covers, for the agent who says of each option whether it is within.
        pub covers: FreeText,
    }
}

/// Whether a ticket can be changed.
///
/// See the example of [`TicketRules`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Feasibility {
    /// It can.
    Allowed,
    /// A person has to find out.
    Unknown,
    /// It cannot.
    NotAllowed,
}

impl TicketRules {
    /// Whether the ticket can be changed: the strictest component decides. With a [waiver](Waiver) it can,
    /// whatever they say.
    ///
    /// Without components nothing is known.
    ///
    /// See the example of [`TicketRules`].
    #[must_use]
    pub fn feasibility(&self, situation: Situation) -> Feasibility {
        if self.waiver.is_some() {
            return Feasibility::Allowed;
        }
        let components = self.components.iter();
        let feasibilities = components.map(|rules| match rules.permission(situation) {
            Permission::Allowed(_) => Feasibility::Allowed,
            Permission::NotAllowed => Feasibility::NotAllowed,
            Permission::Unknown => Feasibility::Unknown,
        });
        feasibilities.max().unwrap_or(Feasibility::Unknown)
    }

    /// Lets a person's answer stand where nothing was known.
    pub(super) fn settle(&mut self, situation: Situation, answer: &Permission) {
        for rules in &mut self.components {
            let permission = rules.permission_mut(situation);
            if *permission == Permission::Unknown {
                *permission = answer.clone();
            }
        }
    }

    /// Lets a person's answer stand where nothing was known.
    pub(super) fn settle_residual(&mut self, rule: ResidualRule) {
        for rules in &mut self.components {
            rules.residual.get_or_insert(rule);
        }
    }
}

quiet! {
    /// What a person found out where the rules said nothing: who, on what authority, and what.
    ///
    /// When, and who reported it, is in the [history](super::Case::history).
    ///
    /// # Example
    ///
    /// ```
    /// use peline::change::{Answer, Fee, Ruling};
    ///
    /// let ruling = Ruling {
    ///     who: "Ann Example, airline help desk".parse()?,
    ///     authority: "by telephone, fare rule 16".parse()?,
    ///     answer: Answer::Allowed(Fee::Flat("EUR 50.00".parse()?)),
    /// };
    /// assert_ne!(ruling.answer, Answer::NotAllowed);
    /// # Ok::<(), peline::ParseError>(())
    /// ```
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub struct Ruling {
        /// Who answered.
        pub who: FreeText,
        /// On what authority.
        pub authority: FreeText,
        /// What.
        pub answer: Answer,
    }
}

quiet! {
    /// A person's answer: it cannot be "unknown".
    ///
    /// See the example of [`Ruling`].
    #[derive(Clone, Debug, Eq, Hash, PartialEq)]
    pub enum Answer {
        /// The change is allowed, for this fee.
        Allowed(Fee),
        /// The change is not allowed.
        NotAllowed,
        /// What becomes of what is left of the fare.
        Residual(ResidualRule),
    }
}

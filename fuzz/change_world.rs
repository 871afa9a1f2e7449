//! What a case is about, in small numbers: bookings, rules, options and figures for the laws of changing a
//! flight.

use std::collections::BTreeSet;

use peline::{
    Role,
    change::{
        Addressee, Amount, Booking, Case, ComponentFare, ComponentRules, Currency, Excess,
        FareChange, FareFloor, FaresOf, Fee, FeeBase, FlightOption, FreeText, OptionNumber,
        Passenger, PassengerKind, PassengerPrice, PayerId, Percentage, Permission, Pricing,
        Reference, Remainder, Replaced, ResidualRule, Rounding, Stay, Tax, Terms, TicketRules,
        Totals, Usage, Waiver, Whose, Wish,
    },
    jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone},
    trip::{BookingId, Flight, Itinerary, Traveller},
};

use super::change_acts::Twist;

pub(crate) const RESIDUALS: [Option<ResidualRule>; 7] = [
    None,
    Some(ResidualRule::Forfeit),
    Some(ResidualRule::Voucher),
    Some(ResidualRule::Refund),
    Some(ResidualRule::OffsetFee {
        then: Remainder::Forfeit,
    }),
    Some(ResidualRule::OffsetFee {
        then: Remainder::Voucher,
    }),
    Some(ResidualRule::OffsetFee {
        then: Remainder::Refund,
    }),
];

pub(crate) fn text(text: &str) -> FreeText {
    text.parse().expect("a note")
}

pub(crate) fn reference(number: u8) -> Reference {
    format!("ref-{number}").parse().expect("a reference")
}

pub(crate) fn locator(number: u8) -> BookingId {
    let locators = ["1S/KWJQPD", "1S/ABCDEF", "1S/QWERTY"];
    locators[usize::from(number % 3)]
        .parse()
        .expect("a booking")
}

pub(crate) fn flights(first: i8, second: i8) -> [Flight; 2] {
    let flight = |from: &str, to: &str, date| {
        Flight::new(
            from.parse().expect("an airport"),
            to.parse().expect("an airport"),
            date,
        )
    };
    [
        flight("LHR", "SIN", date(2026, 12, first)),
        flight("SIN", "LHR", date(2026, 12, second)),
    ]
}

pub(crate) fn traveller(number: u8) -> Traveller {
    let (name, reference) = [("DOE/JANE", "1.1"), ("ROE/JOHN", "2.1")][usize::from(number % 2)];
    Traveller::new(name.parse().expect("a name"))
        .with_name_reference(reference.parse().expect("a number"))
}

/// The booking as it is before the change: one or two passengers, one or two payers.
pub(crate) fn booking(id: BookingId, [one, two, ..]: Twist) -> Booking {
    let passengers = 1 + one % 2;
    let usage = [
        Usage::Unused,
        Usage::Unused,
        Usage::PartlyUsed { flown: 1 },
        Usage::NoShow { flown: 0 },
    ][usize::from(two % 4)];
    let kinds = [PassengerKind::Adult, PassengerKind::InfantOnLap];
    let passenger = |number: u8| Passenger {
        name_reference: traveller(number).name_reference().expect("a number"),
        kind: kinds[usize::from(one / 2 % 2 * number)],
        payer: PayerId::new(1 + u128::from(one / 4 % 2 * number)),
    };
    let addressee = |address: &str, role| Addressee {
        address: address.parse().expect("an address"),
        role,
    };
    Booking {
        id,
        itinerary: Itinerary::new(flights(1, 9), (0..passengers).map(traveller))
            .expect("an itinerary"),
        passengers: (0..passengers).map(passenger).collect(),
        usage,
        ticketed: date(2026, 10, 5),
        addressees: vec![
            addressee("client@example.com", Role::To),
            addressee("agent@example.com", Role::Cc),
        ],
    }
}

pub(crate) fn permission(number: u8, currency: Currency) -> Permission {
    match number % 8 {
        0 => Permission::NotAllowed,
        1 => Permission::Unknown,
        2 => Permission::Allowed(Fee::Waived(text("goodwill"))),
        3 => Permission::Allowed(Fee::Percent {
            rate: Percentage::from_basis_points(u32::from(number) * 10),
            of: [FeeBase::Component, FeeBase::NewFare, FeeBase::OldFare][usize::from(number % 3)],
            rounding: Rounding::UP,
        }),
        _ => Permission::Allowed(Fee::Flat(Amount::new(u64::from(number), currency))),
    }
}

pub(crate) fn rules([one, two, three, four]: Twist, currency: Currency) -> TicketRules {
    let component = |number: u8| ComponentRules {
        before_departure: permission(number, currency),
        after_departure: permission(number.wrapping_add(3), currency),
        no_show: permission(number.wrapping_add(5), currency),
        floor: [FareFloor::Any, FareFloor::EqualOrHigher][usize::from(three % 5 / 4)],
        residual: RESIDUALS[usize::from(three % 7)],
    };
    let waiver = Waiver {
        code: reference(0),
        covers: text("the same day"),
    };
    TicketRules {
        components: [one, two]
            .map(component)
            .into_iter()
            .take(1 + usize::from(four % 2))
            .collect(),
        waiver: Some(waiver).filter(|_| four % 8 == 7),
    }
}

pub(crate) fn wish(case: &Case, [one, two, ..]: Twist) -> Wish {
    let several = case.booking().is_some_and(|it| it.passengers.len() > 1);
    Wish {
        dates: vec![date(2026, 12, 8)],
        destination: Some("KUL".parse().expect("an airport")).filter(|_| one % 3 == 0),
        whose: match several && two % 2 == 1 {
            true => Whose::Only(BTreeSet::from(["1.1".parse().expect("a number")])),
            false => Whose::Everyone,
        },
    }
}

pub(crate) fn option(case: &Case, [one, two, three, _]: Twist) -> FlightOption {
    let flown = case.booking().map_or(0, |it| it.usage.flown());
    let first = if flown > 0 {
        1
    } else {
        2 + (one % 4).cast_signed()
    };
    let waived = case.rules().is_some_and(|rules| rules.waiver.is_some());
    FlightOption {
        itinerary: Itinerary::new(flights(first, 10 + (two % 4).cast_signed()), [])
            .expect("an itinerary"),
        fare: FareChange::Same,
        terms: match (waived, three % 2) {
            (false, _) => Terms::Voluntary,
            (true, 0) => Terms::WithinWaiver,
            (true, _) => Terms::BeyondWaiver,
        },
        stay: Stay::ANY,
        advance_purchase: Some(3).filter(|_| three % 4 == 3),
    }
}

pub(crate) fn pricing(case: &Case, now: Timestamp, currency: Currency, twist: Twist) -> Pricing {
    let [one, two, three, four] = twist;
    let amount = |minor: u8| Amount::new(u64::from(minor), currency);
    let components = case.rules().map_or(1, |rules| rules.components.len());
    let within = case
        .chosen()
        .is_some_and(|it| it.option().terms == Terms::WithinWaiver);
    let whose = case.wish().map(|wish| wish.whose.clone());
    let changes = |passenger: &&Passenger| match &whose {
        Some(Whose::Only(some)) => some.contains(&passenger.name_reference),
        Some(Whose::Everyone) | None => true,
    };
    let passengers = case.booking().into_iter().flat_map(|it| &it.passengers);
    let price = |(number, passenger): (usize, &Passenger)| {
        let shift = u8::try_from(number).expect("few passengers") * 60;
        let fare = |at: usize| ComponentFare {
            fare: amount(one.wrapping_add(shift) / u8::try_from(at + 1).expect("few components")),
            replaced: match at == 0 || two % 2 == 0 {
                true => Replaced::Yes,
                false => Replaced::No,
            },
        };
        let supplier = Totals {
            due: amount(three),
            refund: amount(0),
            voucher: amount(0),
        };
        PassengerPrice {
            passenger: passenger.name_reference,
            components: (0..components).map(fare).collect(),
            new_fare: amount(two.wrapping_add(shift)),
            taxes: vec![
                Tax {
                    code: "YR".parse().expect("a tax"),
                    old: amount(three),
                    new: amount(four),
                    excess: [Excess::Kept, Excess::Refundable][usize::from(one % 2)],
                },
                Tax {
                    code: "GB".parse().expect("a tax"),
                    old: amount(four / 2),
                    new: amount(three / 2),
                    excess: Excess::Refundable,
                },
            ],
            service_fee: amount(if within { 0 } else { four % 3 }),
            supplier: Some(supplier).filter(|_| four % 8 == 5),
        }
    };
    let used = case.booking().is_some_and(|it| it.usage.flown() > 0);
    let option = case.chosen().map(|offered| offered.number());
    let day = now.to_zoned(TimeZone::UTC).date();
    Pricing {
        option: option.unwrap_or(OptionNumber::new(1)),
        currency,
        fares: match used {
            true => FaresOf::DateOfIssue(date(2026, 10, 5)),
            false => FaresOf::Today(day),
        },
        expires: now + SignedDuration::from_hours(6),
        passengers: passengers.filter(changes).enumerate().map(price).collect(),
        rates: Vec::new(),
    }
}

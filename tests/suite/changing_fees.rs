//! Fees for a change, and the rules of the new fare.

use peline::{
    change::{
        Amount, ComponentFare, ComponentRules, Effect, Fact, FareFloor, FaresOf, Fee, FeeBase,
        FlightOption, Obstacle, PassengerKind, Percentage, Permission, Refusal, Replaced, Rounding,
        RoundingMode, State, Stay, Usage,
    },
    jiff::civil::{Date, date},
};

use crate::desk::{
    Course, Desk, EXPIRY, PAYER, RICHARD, amount, component, eur, itinerary, minute, option,
    passenger, text,
};

// ── Fees ────────────────────────────────────────────────────────────────────────────────────────

/// The fee that is quoted for a ticket of these components: rule, fare, replaced.
#[track_caller]
fn fee_of(components: &[(Fee, u64, Replaced)], new_fare: u64) -> Amount {
    let mut course = Course::new();
    let jane = &mut course.pricing.passengers[0];
    jane.new_fare = eur(new_fare);
    let fares = components.iter().map(|(_, fare, replaced)| ComponentFare {
        fare: eur(*fare),
        replaced: *replaced,
    });
    jane.components = fares.collect();
    let rules = components.iter().map(|(fee, _, _)| ComponentRules {
        before_departure: Permission::Allowed(fee.clone()),
        ..component()
    });
    course.rules.components = rules.collect();
    let desk = Desk::with(course).to(State::QuoteTold);
    desk.quote().passengers()[0].settlement().fee()
}

const fn percent(basis_points: u32, of: FeeBase) -> Fee {
    Fee::Percent {
        rate: Percentage::from_basis_points(basis_points),
        of,
        rounding: Rounding::UP,
    }
}

#[test]
fn the_fee_is_flat_or_per_cent_of_a_named_base_or_waived() {
    let (yes, no) = (Replaced::Yes, Replaced::No);
    let waived = || Fee::Waived(text("goodwill of the airline"));
    let two = |fee: Fee| [(fee.clone(), 120, yes), (fee, 280, no)];
    assert_eq!(fee_of(&two(Fee::Flat(eur(50))), 500), eur(50));
    assert_eq!(
        fee_of(&two(percent(1_000, FeeBase::Component)), 500),
        eur(12)
    );
    assert_eq!(fee_of(&two(percent(1_000, FeeBase::OldFare)), 500), eur(40));
    assert_eq!(fee_of(&two(percent(1_000, FeeBase::NewFare)), 500), eur(50));
    assert_eq!(fee_of(&two(waived()), 500), eur(0));
    assert_eq!(fee_of(&two(percent(0, FeeBase::OldFare)), 500), eur(0));
    let whole = percent(10_000, FeeBase::OldFare);
    assert_eq!(fee_of(&two(whole), 500), eur(400));
}

#[test]
fn of_several_changed_components_the_highest_fee_counts() {
    let (yes, no) = (Replaced::Yes, Replaced::No);
    let flat = |units| Fee::Flat(eur(units));
    let waived = || Fee::Waived(text("goodwill of the airline"));
    for (components, fee) in [
        ([(flat(50), 100, yes), (flat(80), 200, yes)], 80),
        ([(flat(80), 100, yes), (flat(50), 200, yes)], 80),
        ([(flat(50), 100, yes), (flat(80), 200, no)], 50),
        ([(flat(50), 100, no), (flat(80), 200, yes)], 80),
        ([(waived(), 100, yes), (flat(80), 200, yes)], 80),
        (
            [
                (percent(6_000, FeeBase::Component), 100, yes),
                (flat(50), 200, yes),
            ],
            60,
        ),
        (
            [
                (percent(1_000, FeeBase::Component), 100, yes),
                (flat(50), 200, yes),
            ],
            50,
        ),
    ] {
        assert_eq!(fee_of(&components, 500), eur(fee), "{components:?}");
    }
}

#[test]
fn a_part_of_a_cent_is_rounded_by_the_rule() {
    use RoundingMode::{Down, HalfUp, Up};
    let eighth = Percentage::from_basis_points(1_250);
    for (base, mode, to, expected) in [
        // 41.625
        ("EUR 333.00", Down, 1, "EUR 41.62"),
        ("EUR 333.00", HalfUp, 1, "EUR 41.63"),
        ("EUR 333.00", Up, 1, "EUR 41.63"),
        ("EUR 333.00", Down, 100, "EUR 41.00"),
        ("EUR 333.00", HalfUp, 100, "EUR 42.00"),
        ("EUR 333.00", Up, 500, "EUR 45.00"),
        ("EUR 333.00", HalfUp, 500, "EUR 40.00"),
        // 41.62375, and 12.50 and 12 even
        ("EUR 332.99", HalfUp, 1, "EUR 41.62"),
        ("EUR 100.00", Up, 1, "EUR 12.50"),
        ("EUR 100.00", HalfUp, 100, "EUR 13.00"),
        ("EUR 96.00", Up, 100, "EUR 12.00"),
        // 4 162.5 and 41.625 in other minor units
        ("JPY 33300", HalfUp, 1, "JPY 4163"),
        ("JPY 33300", Down, 10, "JPY 4160"),
        ("KWD 333.000", Up, 1, "KWD 41.625"),
    ] {
        let rounding = Rounding {
            mode,
            to: to.try_into().unwrap(),
        };
        let fee = eighth.of(amount(base), rounding).unwrap();
        assert_eq!(fee, amount(expected), "{base} {mode:?} {to}");
    }
}

#[test]
fn an_infant_without_a_seat_pays_no_fee() {
    for (kind, fee) in [
        (PassengerKind::Adult, 50),
        (PassengerKind::Child, 50),
        (PassengerKind::InfantInSeat, 50),
        (PassengerKind::InfantOnLap, 0),
    ] {
        let mut course = Course::two();
        course.booking.passengers[1] = passenger(RICHARD, kind, PAYER);
        let desk = Desk::with(course).to(State::QuoteTold);
        let fees = desk
            .quote()
            .passengers()
            .iter()
            .map(|it| it.settlement().fee());
        assert_eq!(fees.collect::<Vec<_>>(), [eur(50), eur(fee)], "{kind:?}");
    }
}

/// A return journey of which so much is used, on the third of December.
fn under_way(usage: Usage, fares: FaresOf) -> Course {
    let mut course = Course::new();
    course.booking.itinerary = itinerary(
        &["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 5 21:00"],
        &["DOE/JANE"],
    );
    course.booking.usage = usage;
    course.options = vec![option(&["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 8 21:00"])];
    course.pricing.fares = fares;
    course.pricing.expires = minute(THIRD + EXPIRY);
    course
}

/// The third of December.
const THIRD: i64 = 31 * 24 * 60;
const ISSUED: Date = date(2026, 10, 5);

fn on_the_third(course: Course) -> Desk {
    let mut desk = Desk::with(course);
    desk.clock(THIRD);
    desk.to(State::Quote)
}

#[test]
fn there_is_a_fee_before_departure_after_it_and_for_a_no_show() {
    let today = FaresOf::Today(date(2026, 12, 3));
    let issue = FaresOf::DateOfIssue(ISSUED);
    for (usage, fares, fee) in [
        (Usage::PartlyUsed { flown: 1 }, issue, 80),
        (Usage::NoShow { flown: 0 }, today, 120),
        (Usage::NoShow { flown: 1 }, issue, 120),
    ] {
        let mut course = under_way(usage, fares);
        if usage.flown() == 0 {
            course.options = vec![option(&["BA11 LHR SIN 6 21:00", "BA12 SIN LHR 8 21:00"])];
        }
        if usage == (Usage::NoShow { flown: 1 }) {
            let missed = ["BA11 LHR SIN 1 21:00", "BA12 SIN LHR 3 21:00"];
            course.booking.itinerary = itinerary(&missed, &["DOE/JANE"]);
        }
        let desk = on_the_third(course).to(State::QuoteTold);
        let settlement = desk.quote().passengers()[0].settlement();
        assert_eq!(settlement.fee(), eur(fee), "{usage:?}");
    }
    let before = Desk::at(State::QuoteTold);
    let settlement = before.quote().passengers()[0].settlement();
    assert_eq!(settlement.fee(), eur(50));
}

#[test]
fn an_unused_ticket_takes_the_fares_of_today_a_partly_used_one_those_of_its_issue() {
    let used = Usage::PartlyUsed { flown: 1 };
    for fares in [
        FaresOf::Today(date(2026, 12, 3)),
        FaresOf::DateOfIssue(date(2026, 10, 6)),
    ] {
        let mut desk = on_the_third(under_way(used, fares));
        desk.refuses(desk.priced(), Refusal::WrongFares);
    }
    on_the_third(under_way(used, FaresOf::DateOfIssue(ISSUED))).to(State::QuoteTold);
    for fares in [
        FaresOf::DateOfIssue(ISSUED),
        FaresOf::Today(date(2026, 10, 31)),
        FaresOf::Today(date(2026, 11, 5)),
    ] {
        let mut desk = Desk::at(State::Quote);
        desk.course.pricing.fares = fares;
        desk.refuses(desk.priced(), Refusal::WrongFares);
    }
}

// ── Rules of the fare ───────────────────────────────────────────────────────────────────────────

#[test]
fn where_an_equal_or_a_higher_fare_is_wanted_a_cheaper_one_is_not_allowed() {
    for (old, new, allowed) in [(300, 299, false), (300, 300, true), (300, 301, true)] {
        // One strict component is enough.
        for strict in 0..2 {
            let mut course = Course::new().fares(old, new);
            course.rules.components.push(component());
            course.rules.components[strict].floor = FareFloor::EqualOrHigher;
            let stays = ComponentFare {
                fare: eur(0),
                replaced: Replaced::Yes,
            };
            course.pricing.passengers[0].components.push(stays);
            let mut desk = Desk::with(course).to(State::Quote);
            let effects = desk.go_on();
            let offer = Effect::OfferAlternatives(Obstacle::FareTooLow);
            assert_eq!(effects.contains(&offer), !allowed, "{old} {new}");
            let state = match allowed {
                true => State::QuoteTold,
                false => State::Alternatives,
            };
            assert_eq!(desk.state(), state, "{old} {new}");
        }
    }
}

#[test]
fn the_stay_is_neither_shorter_nor_longer_than_the_new_fare_wants() {
    let with = |minimum, maximum, returns_with| FlightOption {
        stay: Stay {
            minimum,
            maximum,
            returns_with,
        },
        ..option(&["BA11 LHR SIN 8 21:00", "BA12 SIN LHR 12 21:00"])
    };
    for (offered, refusal) in [
        (with(Some(4), Some(4), Some(1)), None),
        (with(Some(3), Some(5), Some(1)), None),
        (with(Some(5), None, Some(1)), Some(Refusal::StayNotMet)),
        (with(None, Some(3), Some(1)), Some(Refusal::StayNotMet)),
        (with(Some(1), None, None), Some(Refusal::StayUnclear)),
        (with(None, Some(9), Some(2)), Some(Refusal::StayUnclear)),
        (with(None, Some(9), Some(0)), Some(Refusal::StayUnclear)),
        (with(None, None, None), None),
    ] {
        let mut desk = Desk::at(State::Options);
        let stay = offered.stay;
        let found = desk.attempt(Fact::OptionsFound(vec![offered]));
        assert_eq!(found.err(), refusal, "{stay:?}");
    }
}

#[test]
fn the_new_fare_is_bought_as_early_as_it_wants() {
    // From the second of November to the eighth of December.
    for (days, early_enough) in [(0, true), (35, true), (36, true), (38, false)] {
        let mut course = Course::new();
        course.options[0].advance_purchase = Some(days);
        let mut desk = Desk::with(course).to(State::Quote);
        let priced = desk.attempt(desk.priced());
        let refusal = (!early_enough).then_some(Refusal::AdvancePurchase);
        assert_eq!(priced.err(), refusal, "{days}");
    }
    let mut course = Course::new();
    course.options[0].advance_purchase = Some(37);
    let mut desk = Desk::with(course).to(State::Quote);
    desk.refuses(desk.priced(), Refusal::AdvancePurchase);
}

#[test]
fn a_flight_that_left_everywhere_is_not_priced() {
    // The eighth of December ends last at UTC-12.
    let noon = 37 * 24 * 60 + 120;
    for (now, refusal) in [(noon - 1, None), (noon, Some(Refusal::InThePast))] {
        let mut course = Course::new();
        course.booking.itinerary = itinerary(&["BA11 LHR SIN 20 21:00"], &["DOE/JANE"]);
        let mut desk = Desk::with(course).to(State::Quote);
        desk.clock(now);
        desk.course.pricing.fares = FaresOf::Today(date(2026, 12, 9));
        desk.course.pricing.expires = minute(now + EXPIRY);
        let priced = desk.attempt(desk.priced());
        assert_eq!(priced.err(), refusal, "{now}");
    }
}

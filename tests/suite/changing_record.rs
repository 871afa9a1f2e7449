//! What goes on record, and what the client is shown: texts to be read.

use std::fmt::Write as _;

use peline::{
    change::{
        Amount, Answer, Case, Excess, Fact, FactKind, Fee, FeeBase, LineLength, Percentage,
        RecordItem, RecordLanguage, Remainder, ResidualRule, Rounding, Ruling, State,
    },
    pe::NameReference,
};

use crate::desk::{
    Course, Desk, JANE, MAIL, PHONE, RICHARD, alternatives, eur, name, price, refused, tax, text,
    totals,
};

/// Jane and Richard, taxes, a supplier of another opinion, an error that was corrected.
fn eventful() -> Case {
    let mut course = Course::two().tax("YR", 60, 90, Excess::Kept);
    course.pricing.passengers[1] = price(RICHARD, 500, 300);
    course.pricing.passengers[1].taxes = vec![tax("GB", 60, 30, Excess::Refundable)];
    course.pricing.passengers[1].supplier = Some(totals(23, 0, 200));
    course.next_locator = "NEWLOC";
    let course = course.residual(Some(ResidualRule::Voucher));
    let mut desk = Desk::with(course).to(State::Choice);
    desk.report(Fact::Contacted {
        contact: MAIL,
        note: text("asks whether the dog can come; señor Łódź & co. - see #3"),
    });
    desk.go_to(State::Acknowledgement);
    desk.report(Fact::ErrorReported {
        contact: PHONE,
        error: text("the name is misspelt"),
    });
    desk.close();
    desk.case
}

#[test]
fn an_eventful_case_on_record() {
    let case = eventful();
    let mut page = String::new();
    for language in RecordLanguage::ALL {
        writeln!(page, "── {}\n", language.tag()).unwrap();
        writeln!(page, "{}", case.quote().unwrap().breakdown(language)).unwrap();
        let record = case.record(language, LineLength::SABRE);
        for remark in record.remarks() {
            writeln!(page, "5{remark}").unwrap();
        }
        page.push('\n');
        for note in record.crm_notes() {
            writeln!(page, "{note}").unwrap();
        }
        page.push('\n');
        for letter in record.correspondence() {
            let channel = letter.channel.name();
            writeln!(page, "{} {} {channel}", letter.position, letter.about).unwrap();
        }
        for receipt in record.receipts() {
            let kept = receipt.kept_as.as_ref().unwrap();
            writeln!(page, "{:?} {kept}", receipt.of).unwrap();
        }
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_netted_quote_shows_what_is_set_off() {
    let mut course = Course::two();
    course.booking.passengers[1].payer = course.booking.passengers[0].payer;
    course.pricing.passengers[1] = price(RICHARD, 500, 300);
    let course = course.residual(Some(ResidualRule::Refund));
    let desk = Desk::with(course).to(State::QuoteTold);
    let quote = desk.quote();
    // 250 for her, 150 back for him, and the service fee of 10 for each.
    assert_eq!(quote.due(), eur(120));
    assert_eq!(quote.returned().count(), 0);
    insta::assert_snapshot!(quote.breakdown(RecordLanguage::English).to_string());
}

#[test]
fn no_line_is_longer_than_the_host_takes_or_begins_with_a_mark() {
    let case = eventful();
    for length in 25..=120 {
        let line = LineLength::new(length).unwrap();
        for language in RecordLanguage::ALL {
            for remark in case.record(language, line).remarks() {
                assert!(remark.len() <= length, "{remark}");
                let taken = |byte: &u8| b" .,-/".contains(byte) || byte.is_ascii_alphanumeric();
                assert!(remark.bytes().all(|byte| taken(&byte)), "{remark}");
                assert!(
                    remark.starts_with(|char: char| char.is_ascii_alphanumeric()),
                    "{remark}"
                );
            }
        }
    }
    assert_eq!(LineLength::new(24), None);
    assert_eq!(LineLength::new(25).map(LineLength::get), Some(25));
}

#[test]
fn what_is_filed_is_out_of_date_when_something_comes_that_belongs_there() {
    let mut desk = Desk::at(State::Stopping).to(State::Record);
    desk.report(Fact::Filed(RecordItem::BookingNote));
    desk.report(Fact::Filed(RecordItem::CrmNote));
    let before = desk.case.record(RecordLanguage::English, LineLength::SABRE);
    desk.repay();
    assert!(
        !desk.may(FactKind::Closed),
        "the refund is not in the booking yet"
    );
    let after = desk.case.record(RecordLanguage::English, LineLength::SABRE);
    assert_ne!(before.remarks(), after.remarks());
    assert_eq!(before.crm_notes(), after.crm_notes());
    desk.close();
}

#[test]
fn each_contact_has_its_note_and_nothing_else_has() {
    let case = eventful();
    for (position, entry) in case.history().iter().enumerate() {
        let noted = case.crm_note(position, RecordLanguage::Spanish);
        assert_eq!(noted.is_some(), entry.event().fact.contact().is_some());
    }
    assert_eq!(
        case.crm_note(case.history().len(), RecordLanguage::English),
        None
    );
}

#[test]
fn what_not_every_host_takes_is_written_otherwise_in_the_booking() {
    for (error, written) in [
        ("ÁÀÂÄÃÅĄĂĀ", "AAAAAAAAA"),
        ("Æ", "AE"),
        ("ÇĆČĊĈ", "CCCCC"),
        ("ĎĐÐ", "DDD"),
        ("ÉÈÊËĘĚĒĖ", "EEEEEEEE"),
        ("ĞĢĠĜ", "GGGG"),
        ("ĦĤ", "HH"),
        ("ÍÌÎÏİĪĮ", "IIIIIII"),
        ("Ĵ", "J"),
        ("Ķ", "K"),
        ("ŁĻĽĹ", "LLLL"),
        ("ÑŃŇŅ", "NNNN"),
        ("ÓÒÔÖÕØŐŌ", "OOOOOOOO"),
        ("Œ", "OE"),
        ("ŘŔŖ", "RRR"),
        ("ŚŠŞȘŜ", "SSSSS"),
        ("ŤȚŢ", "TTT"),
        ("Þór", "THOR"),
        ("ÚÙÛÜŮŰŪŲŬ", "UUUUUUUUU"),
        ("Ŵ", "W"),
        ("ÝŸŶ", "YYY"),
        ("ŹŻŽ", "ZZZ"),
        ("€5, £6, ¥7", "EUR5, GBP6, JPY7"),
        ("at 9:30; or later", "AT 9,30, OR LATER"),
        ("señor Łódź, Hauptstraße", "SENOR LODZ, HAUPTSTRASSE"),
        // Accents by themselves.
        ("Pe\u{301}rez, Mu\u{308}ller", "PEREZ, MULLER"),
        ("seat#4 ✈ aisle", "SEAT 4 AISLE"),
        ("1½ hours, 50% off", "1 1/2 HOURS, 50 PCT OFF"),
        ("¼ or ¾", "1/4 OR 3/4"),
        // That there were words is seen.
        ("νέα εισιτήρια, now", "... ..., NOW"),
        ("新しい航空券", "..."),
    ] {
        let mut desk = Desk::at(State::Acknowledgement);
        desk.report(Fact::ErrorReported {
            contact: PHONE,
            error: text(error),
        });
        let line = LineLength::new(120).unwrap();
        let record = desk.case.record(RecordLanguage::English, line);
        let expected = format!("CLIENT REPORTED ERROR, {written}, TELEPHONE");
        let last = record.remarks().last().unwrap();
        assert!(last.ends_with(&expected), "{last}");
    }
}

/// The remarks that say something, each a line.
fn remarks_of(desk: &Desk, something: &str) -> Vec<String> {
    let line = LineLength::new(500).unwrap();
    let record = desk.case.record(RecordLanguage::English, line);
    let remarks = record.remarks().iter().filter(|it| it.contains(something));
    remarks.map(ToString::to_string).collect()
}

#[test]
fn what_the_supplier_gives_back_otherwise_than_by_the_rules_is_on_record() {
    let course = Course::new()
        .fares(500, 300)
        .residual(Some(ResidualRule::Refund))
        .supplier(0, 20, 0);
    let desk = Desk::with(course).to(State::QuoteTold);
    let [acknowledged] = &remarks_of(&desk, "DISCREPANCY")[..] else {
        panic!("it is acknowledged once");
    };
    let differs = "1.1 REFUND, SUPPLIER EUR 20.00, BY THE RULES EUR 150.00";
    assert!(acknowledged.contains(differs), "{acknowledged}");
    assert!(!acknowledged.contains("1.1 DUE"), "{acknowledged}");
    let [priced] = &remarks_of(&desk, "PRICED OPTION")[..] else {
        panic!("it is priced once");
    };
    let back = "BACK EUR 20.00 TO THE ORIGINAL FORM OF PAYMENT";
    assert!(priced.contains(back), "{priced}");
}

#[test]
fn of_a_divided_booking_nothing_but_the_flights_is_unchanged() {
    let mut desk = Desk::with(Course::divided()).to(State::Rebooking);
    desk.report(refused());
    desk.report(Fact::NothingAvailable);
    desk.report(alternatives(&["the train"]));
    desk.report(Fact::Declined { contact: PHONE });
    assert_eq!(remarks_of(&desk, "FLIGHTS UNCHANGED").len(), 1);
    assert_eq!(remarks_of(&desk, "BOOKING UNCHANGED").len(), 0);
}

/// Whose, what, how much: of each row.
fn rows(desk: &Desk, language: RecordLanguage) -> Vec<(Option<NameReference>, String, Amount)> {
    let breakdown = desk.quote().breakdown(language);
    let rows = breakdown.rows().iter();
    rows.map(|it| (it.passenger(), it.label().to_owned(), it.amount()))
        .collect()
}

#[test]
fn a_row_says_whose_it_is_and_what_it_is() {
    let desk = Desk::at(State::QuoteTold);
    let jane = Some(name(JANE));
    let expected = [
        (jane, "Diferencia de tarifa", eur(200)),
        (jane, "Cargo por cambio", eur(50)),
        (jane, "Cargo por servicio", eur(10)),
        (None, "A pagar ahora", eur(260)),
        (None, "Nuevo total del billete", eur(500)),
    ];
    let expected = expected.map(|(whose, label, amount)| (whose, label.to_owned(), amount));
    assert_eq!(rows(&desk, RecordLanguage::Spanish), expected);
}

#[test]
fn a_refund_says_to_whom_where_there_are_several_payers() {
    let alone = Course::new().fares(500, 300);
    let mut apart = Course::two();
    apart.pricing.passengers[1] = price(RICHARD, 500, 300);
    for (course, label) in [
        (alone, "Back to the original form of payment"),
        (apart, "Back to the original form of payment, 2.1"),
    ] {
        let course = course.residual(Some(ResidualRule::Refund));
        let desk = Desk::with(course).to(State::QuoteTold);
        let refund = (None, label.to_owned(), eur(150));
        let rows = rows(&desk, RecordLanguage::English);
        assert!(rows.contains(&refund), "{rows:?}");
    }
}

#[test]
fn what_is_lost_is_shown_unless_the_supplier_says_something_else() {
    let course = || Course::new().fares(500, 300);
    for (course, shown) in [
        (course(), true),
        (course().supplier(50, 0, 0), true),
        (course().supplier(49, 0, 0), false),
        (course().supplier(50, 1, 0), false),
        (course().supplier(50, 0, 1), false),
    ] {
        let mut desk = Desk::with(course).to(State::Quote);
        desk.go_on();
        let lost = (
            Some(name(JANE)),
            "Not refundable, lost".to_owned(),
            eur(200),
        );
        let rows = rows(&desk, RecordLanguage::English);
        assert_eq!(rows.contains(&lost), shown, "{rows:?}");
    }
}

#[test]
fn the_record_says_what_a_person_answered_and_on_whose_authority() {
    let residual = |rule| (State::ResidualRuling, Answer::Residual(rule));
    let offset = |then| residual(ResidualRule::OffsetFee { then });
    let allowed = |fee| (State::Ruling, Answer::Allowed(fee));
    let percent = Fee::Percent {
        rate: Percentage::from_basis_points(1_250),
        of: FeeBase::OldFare,
        rounding: Rounding::UP,
    };
    for ((state, answer), english, spanish) in [
        (
            allowed(Fee::Flat(eur(50))),
            "ALLOWED, FEE EUR 50.00",
            "PERMITIDO, CARGO EUR 50.00",
        ),
        (
            allowed(percent),
            "ALLOWED, FEE 12.50 PERCENT",
            "PERMITIDO, CARGO 12.50 POR CIENTO",
        ),
        (
            allowed(Fee::Waived(text("storm"))),
            "ALLOWED, NO FEE, STORM",
            "PERMITIDO, SIN CARGO, STORM",
        ),
        (
            (State::Ruling, Answer::NotAllowed),
            "NOT ALLOWED",
            "NO PERMITIDO",
        ),
        (
            residual(ResidualRule::Forfeit),
            "RESIDUAL IS LOST",
            "EL SALDO SE PIERDE",
        ),
        (
            offset(Remainder::Forfeit),
            "RESIDUAL SETS OFF AGAINST THE FEE, THE REST IS LOST",
            "EL SALDO COMPENSA EL CARGO, EL RESTO SE PIERDE",
        ),
        (
            offset(Remainder::Voucher),
            "RESIDUAL SETS OFF AGAINST THE FEE, THE REST AS A VOUCHER",
            "EL SALDO COMPENSA EL CARGO, EL RESTO EN UN BONO",
        ),
        (
            offset(Remainder::Refund),
            "RESIDUAL SETS OFF AGAINST THE FEE, THE REST IS REFUNDED",
            "EL SALDO COMPENSA EL CARGO, EL RESTO SE REEMBOLSA",
        ),
        (
            residual(ResidualRule::Voucher),
            "RESIDUAL AS A VOUCHER",
            "EL SALDO EN UN BONO",
        ),
        (
            residual(ResidualRule::Refund),
            "RESIDUAL IS REFUNDED",
            "EL SALDO SE REEMBOLSA",
        ),
    ] {
        let mut desk = Desk::at(state);
        let ruling = Ruling {
            answer,
            ..desk.course.ruling.clone()
        };
        desk.report(Fact::Ruled(ruling));
        let last = |language| {
            let record = desk.case.record(language, LineLength::new(150).unwrap());
            record.remarks().last().unwrap().clone()
        };
        let who = "ANN EXAMPLE, HELP DESK OF THE AIRLINE, BY TELEPHONE, RULE 16";
        let expected = format!("2026-11-02 1000Z RULING {english}, {who}");
        assert_eq!(last(RecordLanguage::English), expected);
        let expected = format!("2026-11-02 1000Z DECISION {spanish}, {who}");
        assert_eq!(last(RecordLanguage::Spanish), expected);
    }
}

/// Without it the record would show a charge that nobody consented to, and a payment behind the expiry of the quote.
#[test]
fn the_record_says_what_was_consented_to_and_when_what_is_reported_late_happened() {
    let mut desk = Desk::with(Course::divided()).to(State::Approval);
    let Fact::QuoteApproved {
        contact,
        option,
        quote,
        ..
    } = desk.approved()
    else {
        panic!("the quote is approved");
    };
    desk.report(Fact::QuoteApproved {
        contact,
        option,
        quote,
        tolerance: Some(eur(40)),
    });
    for state in [State::Payment, State::Division, State::Rebooking] {
        desk.go_to(state);
        let event = desk.event(desk.normal());
        desk.clock(desk.now + 90);
        desk.attempt_event(event).unwrap();
    }
    let last = |something| remarks_of(&desk, something).pop().unwrap();
    assert!(last("APPROVED QUOTE").contains("OPTION 1, TOLERANCE EUR 40.00"));
    for (something, time) in [
        ("PAYMENT RECEIVED", "ON 2026-11-02 1000Z"),
        ("BOOKING DIVIDED", "ON 2026-11-02 1130Z"),
        ("BOOKING CHANGED", "ON 2026-11-02 1300Z"),
    ] {
        assert!(last(something).contains(time), "{}", last(something));
    }
}

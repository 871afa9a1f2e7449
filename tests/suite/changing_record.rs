//! What goes on record, and what the client is shown: texts to be read.

use std::fmt::Write as _;

use peline::change::{
    Case, Excess, Fact, FactKind, LineLength, RecordItem, RecordLanguage, ResidualRule, State,
};

use crate::desk::{Course, Desk, MAIL, PHONE, RICHARD, eur, price, tax, text, totals};

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
    for length in 20..=120 {
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
    assert_eq!(LineLength::new(19), None);
    assert_eq!(LineLength::new(20).map(LineLength::get), Some(20));
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

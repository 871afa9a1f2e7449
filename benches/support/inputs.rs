//! The texts that are read. Invented, and the same in every run.

use core::fmt::Write as _;

use super::dice::Dice;

/// The smallest useful entry, in 22 bytes.
pub(crate) const ENTRY_22: &str = "PE#client@example.com#";
/// An entry with code and addressee, in 45 bytes.
pub(crate) const ENTRY_45: &str = "PE‡JANE.SMITH@EXAMPLE.COM‡CC/JANE P SMITH";

/// Two addresses, in 20 and 40 bytes.
pub(crate) const ADDRESS_20: &str = "jane.doe@example.com";
pub(crate) const ADDRESS_40: &str = "jane.doe+trips@mail.agency-north.example";

const FIRST_NAMES: [&str; 16] = [
    "JANE",
    "JOHN",
    "ANNE-MARIE",
    "LI",
    "JOSÉ",
    "RICHARD",
    "BO",
    "MARGARET",
    "PAUL",
    "INGRID",
    "KWAME",
    "YUKI",
    "ALEXANDRA",
    "TOM",
    "FATIMA",
    "IAN",
];
const LAST_NAMES: [&str; 16] = [
    "DOE",
    "ROE",
    "SMITH",
    "O-BRIEN",
    "MILLER",
    "VAN DER BERG",
    "NG",
    "MUÑOZ",
    "JOHNSON",
    "KAYA",
    "NOWAK",
    "TANAKA",
    "FITZGERALD",
    "LEE",
    "ROSSI",
    "OKAFOR",
];
const LOCAL_PARTS: [&str; 8] = [
    "RESERVATIONS",
    "TRAVEL.DESK",
    "FRONT==OFFICE",
    "O/NEIL",
    "ACCOUNTS+PNR",
    "A",
    "MD",
    "CORPORATE-TRIPS",
];
const DOMAINS: [&str; 8] = [
    "EXAMPLE.COM",
    "AGENCY.EXAMPLE",
    "MAIL.EXAMPLE.COM",
    "CORP-TRAVEL.EXAMPLE",
    "X.EXAMPLE",
    "BOOKINGS.NORTHERN-ISLES.EXAMPLE",
    "example.com",
    "INT.OFFICE7.EXAMPLE",
];
const DELIMITERS: [&str; 3] = ["‡", "#", "¥"];
const CODES: [&str; 4] = ["TO/", "CC/", "BC/", "FR/"];
const LANGUAGES: [&str; 14] = [
    "E", "F", "S", "P", "I", "G", "V", "R", "C", "H", "J", "K", "T", "U",
];
const CITIES: [&str; 8] = ["LON", "JFK", "DFW", "CDG", "SIN", "BOG", "MAD", "SYD"];
const CARRIERS: [&str; 6] = ["BA", "AA", "IB", "SQ", "AV", "QF"];
const REMARKS: [&str; 8] = [
    "CLIENT PREFERS AISLE SEAT AND VEGETARIAN MEAL",
    "PENALTY APPLIES FOR CHANGES AFTER DEPARTURE",
    "QUOTED FARE GUARANTEED UNTIL TICKETED",
    "SEND INVOICE TO HEAD OFFICE",
    "VISA CHECKED",
    "CALL BEFORE 1700 IF SCHEDULE CHANGES",
    "APPROVED BY LINE MANAGER - COST CENTRE 4711",
    "WAITLIST CLEARED PER CARRIER",
];

/// PE lines and nothing else: delimiters, codes, addressees, languages, references and lengths
/// mixed.
pub(crate) fn pe_lines(size: usize) -> String {
    let mut dice = Dice::default();
    let mut text = String::with_capacity(size.saturating_add(256));
    while text.len() < size {
        pe_line(&mut text, &mut dice);
    }
    text
}

/// A dump of bookings in which about one line in 20 is a PE line.
pub(crate) fn pnr_text(size: usize) -> String {
    let mut dice = Dice::default();
    let mut text = String::with_capacity(size.saturating_add(256));
    while text.len() < size {
        if dice.one_in(20) {
            pe_line(&mut text, &mut dice);
        } else {
            other_line(&mut text, &mut dice);
        }
    }
    text
}

fn pe_line(text: &mut String, dice: &mut Dice) {
    let delimiter = dice.pick(&DELIMITERS);
    let domain = dice.pick(&DOMAINS);
    put(text, format_args!("PE{delimiter}"));
    match dice.below(4) {
        0 => text.push_str(dice.pick(&LOCAL_PARTS)),
        1 => put(
            text,
            format_args!("{}{}", dice.pick(&LOCAL_PARTS), dice.below(1000)),
        ),
        _ => {
            let first = dice.pick(&FIRST_NAMES).replace('É', "E");
            let last = dice.pick(&LAST_NAMES).replace('Ñ', "N").replace(' ', "-");
            put(text, format_args!("{first}.{last}"));
        }
    }
    put(text, format_args!("@{domain}{delimiter}"));
    if !dice.one_in(5) {
        text.push_str(dice.pick(&CODES));
        if !dice.one_in(3) {
            put(
                text,
                format_args!("{} {}", dice.pick(&FIRST_NAMES), dice.pick(&LAST_NAMES)),
            );
        }
    }
    if dice.one_in(3) {
        put(text, format_args!("¤{}", dice.pick(&LANGUAGES)));
    }
    if dice.one_in(3) {
        put(
            text,
            format_args!("-{}.{}", dice.below(12) + 1, dice.below(3) + 1),
        );
    }
    text.push('\n');
}

fn other_line(text: &mut String, dice: &mut Dice) {
    let (first, last) = (dice.pick(&FIRST_NAMES), dice.pick(&LAST_NAMES));
    let (from, to) = (dice.pick(&CITIES), dice.pick(&CITIES));
    let (carrier, flight) = (dice.pick(&CARRIERS), dice.below(9000) + 100);
    let (number, remark) = (dice.below(9) + 1, dice.pick(&REMARKS));
    match dice.below(12) {
        0 => put(
            text,
            format_args!(" {number}.1{last}/{first} MR  2.1ROE/RICHARD MRS\n"),
        ),
        1 | 2 => put(
            text,
            format_args!(
                " {number} {carrier}{flight:>4}Y 12JUN 5 {from}{to} HK2  0825  1125  /DC{carrier}*ABC{flight} /E\n"
            ),
        ),
        3 | 4 => put(text, format_args!("  {number}.  H-{remark}\n")),
        5 => put(text, format_args!("5H-{remark}\n")),
        6 => put(
            text,
            format_args!("  {number}.{from}0207 946 {flight:04}-A\n"),
        ),
        7 => put(
            text,
            format_args!("  {number}.SSR CTCE {carrier} HK1/{first}..{last}//AGENCY.EXAMPLE\n"),
        ),
        8 => put(
            text,
            format_args!(
                "  {number}.SSR DOCS {carrier} HK1/P/GBR/{flight}77/GBR/04JUL71/M/23AUG29/{last}/{first}\n"
            ),
        ),
        9 => put(
            text,
            format_args!("TKT/TIME LIMIT  {number}.TAW{flight}/00{number}/\n"),
        ),
        10 => put(
            text,
            format_args!("PHONE {from} 9{flight:04}¥A{carrier} {remark}\n"),
        ),
        _ => put(
            text,
            format_args!(
                "RECEIVED FROM - {last} {first} {from}.{from}*A{carrier} 0825/12JUN QWERTY H\n"
            ),
        ),
    }
}

fn put(text: &mut String, what: core::fmt::Arguments<'_>) {
    text.write_fmt(what).unwrap();
}

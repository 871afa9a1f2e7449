//! No error of reading a value quotes what was read, whichever value it is.

use std::{any::type_name, collections::BTreeSet};

use peline::{change, follow, pe, trip};
use regex::Regex;
use serde::de::DeserializeOwned;
use serde_json::{Value, json, to_value};

use crate::{
    desk::{Course, Desk},
    stage::flight,
};

const API: &str = include_str!("snapshots/suite__public_api__every_item.snap");

/// What may not be seen in an error, as a text and as a number.
const SECRET: &str = "zanzibar@quetzal.example";
const NUMBER: u64 = 4_111_111_111_111_111;

/// What takes the place of something that was there.
fn hostile() -> [Value; 9] {
    [
        json!(SECRET),
        json!(NUMBER),
        json!(-4_111_111_111_111_111_i64),
        json!(4_111_111_111_111_111.5),
        json!(true),
        json!(null),
        json!([SECRET, NUMBER]),
        json!({ SECRET: SECRET }),
        json!({ SECRET: { SECRET: NUMBER } }),
    ]
}

/// The value with one thing in it that is not as it was, for each thing in it.
fn spoiled(value: &Value) -> Vec<Value> {
    let mut all = hostile().to_vec();
    match value {
        Value::Array(parts) => {
            for (at, part) in parts.iter().enumerate() {
                all.extend(spoiled(part).into_iter().map(|part| {
                    let mut parts = parts.clone();
                    parts[at] = part;
                    json!(parts)
                }));
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                all.extend(spoiled(field).into_iter().map(|field| {
                    let mut fields = fields.clone();
                    fields[key] = field;
                    json!(fields)
                }));
                let mut renamed = fields.clone();
                renamed.remove(key);
                renamed.insert(SECRET.to_owned(), field.clone());
                all.push(json!(renamed));
            }
            let mut more = fields.clone();
            more.insert(SECRET.to_owned(), json!(SECRET));
            all.push(json!(more));
        }
        Value::Bool(_) | Value::Null | Value::Number(_) | Value::String(_) => {}
    }
    all
}

/// Reads a value and everything that is nearly it; how often that was refused.
#[track_caller]
fn refuse<T: DeserializeOwned>(value: &Value) -> usize {
    let name = type_name::<T>();
    assert!(
        serde_json::from_value::<T>(value.clone()).is_ok(),
        "{name}: {value}"
    );
    let mut refused = 0;
    for value in spoiled(value) {
        let text = value.to_string();
        let errors = [
            serde_json::from_value::<T>(value).err(),
            serde_json::from_str::<T>(&text).err(),
        ];
        for error in errors.into_iter().flatten() {
            refused += 1;
            let error = error.to_string();
            let digits = "4111111111111111";
            let quoted =
                error.contains("zanzibar") || error.contains(digits) || error.contains("true");
            assert!(!quoted, "{name} of {text}: {error}");
        }
    }
    refused
}

/// Reads each of these types, of a value that it has, and notes which they are.
macro_rules! read {
    ($of:ident: $($type:ty = $value:expr,)*) => {$(
        assert!(refuse::<$type>(&$value) > 0);
        $of.insert(stringify!($type).replace(' ', ""));
    )*};
}

/// The names of the types that can be read, by the snapshot of the API.
fn readable() -> BTreeSet<String> {
    let read =
        Regex::new(r"(?m)^impl<'de> serde_core::Deserialize<'de> for peline::([\w:]+)").unwrap();
    let names = read.captures_iter(API).map(|found| found[1].to_owned());
    names.collect()
}

#[test]
fn no_error_quotes_what_was_read() {
    let mut of = BTreeSet::new();
    texts(&mut of);
    trips(&mut of);
    followed(&mut of);
    cases(&mut of);
    rules(&mut of);
    prices(&mut of);
    assert!(of.len() > 90, "is the test still looking?");
    assert_eq!(of, readable());
}

fn texts(of: &mut BTreeSet<String>) {
    use peline::{Address, Domain, List, Note, Notes, Reason, Role, Route, Scope, Span};
    read! { of:
        Address = json!("jane@example.com"),
        Domain = json!("example.com"),
        List = json!("following"),
        Note = json!("unclosed"),
        Notes = json!(["unclosed"]),
        Reason = json!("history"),
        Role = json!("to"),
        Route = json!("notify_only"),
        Scope = json!(["1.1"]),
        Span = json!([3, 10]),
        pe::Addressee = json!("JANE"),
        pe::Code = json!("bc"),
        pe::ItemNumber = json!("7"),
        pe::Items = json!("1-3,5"),
        pe::Language = json!("es"),
        pe::MailCommand = json!("EM‡A2"),
        pe::NameReference = json!("1.1"),
        pe::PeCommand = json!("PE1-3,5¤"),
        pe::PeEntry = json!("PE‡A@B.COM‡CC/JANE"),
    }
}

fn trips(of: &mut BTreeSet<String>) {
    let flight = flight("BA11 LHR SIN 1 21:00")
        .with_segment("1".parse().unwrap())
        .with_codeshare("QF7".parse().unwrap())
        .with_zones(
            "Europe/London".parse().unwrap(),
            "Asia/Singapore".parse().unwrap(),
        )
        .with_arrival(jiff::civil::date(2026, 12, 2).at(18, 0, 0, 0));
    let flight = to_value(flight).unwrap();
    let (kind, issued) = ("e_ticket", "2026-11-02T10:00:00Z");
    let document = json!({ "kind": kind, "number": "123", "issued": issued, "name": "1.1" });
    let itinerary = to_value(Course::new().booking.itinerary).unwrap();
    let provenance = json!({ "linked": "1S/KWJQPD" });
    read! { of:
        trip::AirportCode = json!("LHR"),
        trip::Aspect = json!("departure"),
        trip::BookingId = json!("1S/KWJQPD"),
        trip::Change = json!({ "changed": [flight, flight] }),
        trip::Document = document,
        trip::DocumentKind = json!("e_ticket"),
        trip::DocumentNumber = json!("123"),
        trip::Flight = flight,
        trip::FlightDesignator = json!("BA11"),
        trip::Itinerary = itinerary,
        trip::Provenance = provenance,
        trip::PersonName = json!("DOE/JANE"),
        trip::RecordLocator = json!("KWJQPD"),
        trip::SegmentKey = json!("1"),
        trip::SystemCode = json!("1S"),
        trip::Traveller = itinerary["travellers"][0],
        trip::Trip = json!({
            "provenance": provenance, "issued": issued, "itinerary": itinerary, "documents": [document],
        }),
        trip::TripId = json!("00000000000000000000000000000011"),
        trip::ZoneName = json!("Europe/London"),
    }
}

fn followed(of: &mut BTreeSet<String>) {
    let (trip, account) = (trip::TripId::new(17), follow::AccountId::new(1));
    let held = to_value(follow::HeldTrip::new(trip)).unwrap();
    let consents = to_value(follow::StandingConsents::new(account)).unwrap();
    #[cfg(feature = "calendar")]
    read! { of: follow::calendar::Feed = to_value(follow::calendar::Feed::new(account)).unwrap(), }
    let (trip, account) = (json!(trip), json!(account));
    let notice = json!({
        "version": 1, "to": account, "trip": trip, "rests_on": { "shared_by": account }, "language": "es",
        "news": { "shared": { "by": account, "since": "2026-11-01T10:00:00Z" } },
    });
    read! { of:
        follow::Access = json!("withheld"),
        follow::AccountId = account,
        follow::Consent = json!({ "since": "2026-11-02T10:00:00Z", "opens": ["e_ticket"] }),
        follow::DifferenceKey = json!({
            "trip": trip, "turn": 0, "issued": "2026-11-02T10:00:00Z", "cause": "update",
        }),
        follow::Effect = json!({ "mail": notice }),
        follow::HeldTrip = held,
        follow::HoldingReason = json!({ "shared_by": account }),
        follow::Item = json!("e_ticket"),
        follow::Items = json!(["e_ticket"]),
        follow::Notice = notice,
        follow::Policy = json!({ "cc": { "e_invoice": "withheld" } }),
        follow::ReasonKind = json!("cc"),
        follow::StandingConsents = consents,
    }
}

fn cases(of: &mut BTreeSet<String>) {
    let course = Course::two();
    let closed = Desk::with(course.clone()).to(change::State::Closed);
    for entry in closed.case.history() {
        refuse::<change::Fact>(&to_value(&entry.event().fact).unwrap());
    }
    // A whole case is read again for everything in it.
    let begun = Desk::with(course.clone()).to(change::State::Booking);
    let case = to_value(&begun.case).unwrap();
    let history = &case["history"];
    let booking = to_value(&course.booking).unwrap();
    let contact = json!({ "client": change::ClientId::new(4), "channel": "phone" });
    let payment = json!({
        "reference": "pay_1", "payer": change::PayerId::new(1), "amount": "EUR 2.00", "at": "2026-11-02T10:00:00Z",
    });
    let filed = json!({ "receipt": { "of": { "payment": "pay_1" }, "kept_as": "receipts/17" } });
    read! { of:
        change::FactKind = json!("rebooked"),
        change::Outcome = json!("passed_on"),
        change::State = json!("quote"),
        change::Addressee = booking["addressees"][0],
        change::AgentId = json!(change::AgentId::new(9)),
        change::Booking = booking,
        change::Case = case,
        change::CaseId = json!(change::CaseId::new(17)),
        change::Channel = json!("phone"),
        change::ClientId = json!(change::ClientId::new(4)),
        change::Contact = contact,
        change::Event = history[0]["event"],
        change::Fact = history[0]["event"]["fact"],
        change::FreeText = json!("by telephone"),
        change::HistoryEntry = history[0],
        change::IssuedDocument = json!({ "ticket": { "passenger": "1.1", "number": "9991234567890" } }),
        change::KnockOn = json!({ "effects": "the hotel" }),
        change::Movement = json!({ "payment": "pay_1" }),
        change::Opening = case["opening"],
        change::OptionNumber = json!(1),
        change::Passenger = booking["passengers"][0],
        change::PassengerKind = booking["passengers"][0]["kind"],
        change::PayerId = json!(change::PayerId::new(1)),
        change::Payment = payment,
        change::QuoteNumber = json!(1),
        change::Reach = json!({ "email": "jane@example.com" }),
        change::RecordItem = filed,
        change::Reference = json!("pay_1"),
        change::RepaymentNumber = json!(1),
        change::Revisit = json!("wish"),
        change::TicketNumber = json!("9991234567890"),
        change::Usage = json!({ "partly_used": { "flown": 1 } }),
        change::Whose = json!({ "only": ["1.1"] }),
        change::Wish = to_value(course.wish).unwrap(),
    }
}

fn rules(of: &mut BTreeSet<String>) {
    let rounding = json!({ "mode": "half_up", "to": 100 });
    let fee = json!({ "percent": { "rate": 1000, "of": "component", "rounding": rounding } });
    let mut course = Course::new();
    course.rules.waiver = Some(change::Waiver {
        code: "strike".parse().unwrap(),
        covers: "all".parse().unwrap(),
    });
    let rules = to_value(&course.rules).unwrap();
    read! { of:
        change::Answer = json!({ "allowed": fee }),
        change::ComponentRules = rules["components"][0],
        change::FareFloor = rules["components"][0]["floor"],
        change::Fee = fee,
        change::FeeBase = fee["percent"]["of"],
        change::Percentage = json!(1000),
        change::Permission = json!({ "allowed": fee }),
        change::Remainder = json!("refund"),
        change::ResidualRule = json!({ "offset_fee": { "then": "refund" } }),
        change::Rounding = rounding,
        change::RoundingMode = json!("half_up"),
        change::Ruling = to_value(&course.ruling).unwrap(),
        change::TicketRules = rules,
        change::Waiver = rules["waiver"],
    }
}

fn prices(of: &mut BTreeSet<String>) {
    let rate = json!({
        "from": "USD", "to": "EUR", "value": 9137, "decimals": 4, "source": "bank", "at": "2026-11-02T09:00:00Z",
    });
    let course = Course::new()
        .tax("YR", 60, 40, change::Excess::Kept)
        .supplier(235, 0, 0);
    let mut pricing = to_value(&course.pricing).unwrap();
    pricing["rates"] = json!([rate]);
    let price = &pricing["passengers"][0];
    let mut option = to_value(&course.options[0]).unwrap();
    option["stay"] = json!({ "minimum": 3, "maximum": 30, "returns_with": 1 });
    read! { of:
        change::Amount = json!("EUR 2.00"),
        change::ComponentFare = price["components"][0],
        change::Currency = json!("EUR"),
        change::Excess = price["taxes"][0]["excess"],
        change::ExchangeRate = rate,
        change::FareChange = option["fare"],
        change::FaresOf = pricing["fares"],
        change::FlightOption = option,
        change::PassengerPrice = price,
        change::Pricing = pricing,
        change::Replaced = price["components"][0]["replaced"],
        change::Stay = option["stay"],
        change::Tax = price["taxes"][0],
        change::TaxCode = json!("YR"),
        change::Terms = option["terms"],
        change::Totals = price["supplier"],
    }
}

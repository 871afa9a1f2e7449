//! No `Debug`, no error and no note shows an address, a name or a locator.

use std::fmt::{Debug, Write as _};

use peline::{
    AddrSpec, Address, Domain, Recipient, Role,
    change::{
        Fact, FreeText, LineLength, Reach, RecordLanguage, Reference, State, TaxCode, TicketNumber,
    },
    follow::{
        AccountId, Assignment, Command, Confirmation, HeldTrip, Host, Item, Items, Lists, Policy,
    },
    jiff,
    mail::{Message, NamedAddress},
    pe::{
        self, Addressee, MailCommand, PeCommand, PeEntry, RawCommand, RawEntry, Scanner, ValueError,
    },
    plan,
    trip::{
        BookingId, Citation, Document, DocumentKind, DocumentNumber, Flight, Itinerary,
        RecordLocator, Traveller, TripId,
    },
};

use crate::desk::{Course, Desk, PHONE, eur, itinerary};

const PLANTED: [&str; 4] = ["zanzibar", "quetzal", "XYLOPHONE", "KWJQPD"];

/// Neither the words nor their bytes.
#[track_caller]
fn silent(text: impl AsRef<str>) {
    let text = text.as_ref().to_lowercase();
    for planted in PLANTED {
        assert!(!text.contains(&planted.to_lowercase()), "{text}");
        for case in [planted.to_lowercase(), planted.to_uppercase()] {
            let bytes = format!("{:?}", case.as_bytes());
            assert!(!text.contains(bytes.trim_matches(['[', ']'])), "{text}");
        }
    }
}

#[track_caller]
fn debugs_silently(value: &impl Debug) {
    silent(format!("{value:?}"));
    silent(format!("{value:#?}"));
}

#[test]
fn cases_of_change() {
    let mut course = Course::new();
    let name = "ZANZIBAR/QUETZAL";
    course.booking.id = "1S/KWJQPD".parse().unwrap();
    course.reach = Reach::Email("zanzibar@quetzal.example".parse().unwrap());
    course.booking.itinerary = itinerary(&["BA11 LHR SIN 1 21:00"], &[name]);
    course.ruling.who = "xylophone".parse().unwrap();
    for state in State::ALL {
        let mut desk = Desk::with(course.clone());
        while desk.state() < *state && desk.state() < State::Verification {
            let effects = desk.go_on();
            debugs_silently(&effects);
        }
        let note = "xylophone zanzibar".parse().unwrap();
        let effects = desk.attempt(Fact::Contacted {
            contact: PHONE,
            note,
        });
        debugs_silently(&effects);
        debugs_silently(&desk.case);
        debugs_silently(&desk.case.history());
        debugs_silently(&desk.case.booking());
        debugs_silently(&desk.case.record(RecordLanguage::English, LineLength::SABRE));
        debugs_silently(&desk.case.payments().collect::<Vec<_>>());
    }
    debugs_silently(&"xylophone".parse::<FreeText>());
    debugs_silently(&"xylophone".parse::<Reference>());
    let ticket = format!("{:?}", "9991234567890".parse::<TicketNumber>());
    assert!(!ticket.contains("9991234567890"), "{ticket}");
    for bad in ["", &"zanzibar ".repeat(80), "quetzal 4111 1111 1111 1111"] {
        let error = bad.parse::<FreeText>().unwrap_err();
        silent(error.to_string());
        silent(format!("{error:?}"));
    }
}

const ENTRY: &str = "PE‡ZANZIBAR@QUETZAL.EXAMPLE‡CC/XYLOPHONE KWJQPD¤F-1.1";

#[test]
fn values() {
    let entry: PeEntry = ENTRY.parse().unwrap();
    debugs_silently(&entry);
    debugs_silently(&ENTRY.parse::<PeCommand>().unwrap());
    debugs_silently(&RawEntry::parse(ENTRY.as_bytes()).unwrap());
    debugs_silently(&RawCommand::parse(ENTRY.as_bytes()).unwrap());
    debugs_silently(&"zanzibar@quetzal.example".parse::<Address>().unwrap());
    debugs_silently(&"XYLOPHONE".parse::<Addressee>().unwrap());
    debugs_silently(&entry.recipient());
    let sender: PeEntry = "PE‡ZANZIBAR@QUETZAL.EXAMPLE‡FR/XYLOPHONE".parse().unwrap();
    let unrouted = sender.recipient().unwrap_err();
    debugs_silently(&unrouted);
    silent(unrouted.to_string());
    let recipient = Recipient::new(entry.address().clone(), Role::To).with_name("XYLOPHONE");
    let plan = plan([Ok(recipient), Err(unrouted)]);
    debugs_silently(&plan);
    debugs_silently(&plan.recipients().collect::<Vec<_>>());
    debugs_silently(
        &PeEntry::builder(entry.address().clone()).addressee("XYLOPHONE".parse().unwrap()),
    );
}

#[test]
fn scanning() {
    let text =
        format!("{ENTRY}\n*PE\n1.ZANZIBAR@QUETZAL.EXAMPLE\nAPE E#zanzibar@quetzal.example#\n");
    let scan = pe::scan(text.as_bytes());
    let found: Vec<_> = scan.clone().collect();
    assert_eq!(found.len(), 4);
    debugs_silently(&found);
    debugs_silently(&scan);
    let delete = RawCommand::parse("PE1-3¤".as_bytes()).unwrap();
    assert!(!format!("{delete:?}").contains("80, 69"));
    let mut scanner = Scanner::new();
    scanner.feed(&text.as_bytes()[..30], |_| ());
    debugs_silently(&scanner);
}

#[test]
fn errors() {
    let broken = [
        "PE‡ZANZIBAR@QUETZAL‡",
        "PE‡ZANZIBAR@QUETZAL.EXAMPLE#CC/",
        "PE‡ZANZIBAR QUETZAL@X.EXAMPLE‡",
        "PE‡A@X.EXAMPLE‡XYLOPHONE/",
        "PE‡A@X.EXAMPLE‡XYLOPHONE",
        "PE‡A@X.EXAMPLE‡CC/XYLOPHONE‡",
        "PE‡A@X.EXAMPLE‡CC/XYLOPHONE-1.1-KWJQPD-2.2-3.3",
        "XYLOPHONE",
        "PEXYLOPHONE",
    ];
    for text in broken {
        let error = text.parse::<PeCommand>().unwrap_err();
        silent(error.to_string());
        debugs_silently(&error);
        for found in pe::scan(text.as_bytes()) {
            debugs_silently(&found);
        }
    }
    let error = "zanzibar@quetzal".parse::<Address>().unwrap_err();
    silent(error.to_string());
    debugs_silently(&error);
    let error = "EM‡XYLOPHONE".parse::<MailCommand>().unwrap_err();
    silent(error.to_string());
    let error: ValueError = PeEntry::from_comment("zanzibar@quetzal", "XYLOPHONE").unwrap_err();
    silent(error.to_string());
    debugs_silently(&error);
}

const MAIL: &[u8] = b"From: Zanzibar <zanzibar@quetzal.example>\n\
    To: \"Xylophone\" <zanzibar@quetzal.example>, kwjqpd: zanzibar@quetzal.example;\n\
    Cc: zanzibar@quetzal\nSubject: xylophone kwjqpd\nMessage-ID: <zanzibar@quetzal.example>\n\n\
    xylophone";

#[test]
fn messages() {
    let message = Message::parse(MAIL).unwrap();
    debugs_silently(&message);
    debugs_silently(&message.fields().collect::<Vec<_>>());
    let to = message.to().unwrap().unwrap();
    debugs_silently(&to);
    debugs_silently(&to.groups().collect::<Vec<_>>());
    for mailbox in to.mailboxes() {
        debugs_silently(&mailbox);
        debugs_silently(&mailbox.name());
        debugs_silently(&mailbox.address());
        debugs_silently(&mailbox.routable());
    }
    debugs_silently(&message.subject());
    debugs_silently(&message.message_id());
    let envelope = ["kwjqpd@quetzal.example".parse().unwrap()];
    let listed: Vec<_> = message.recipients(&envelope).collect();
    assert_eq!(listed.len(), 4);
    debugs_silently(&listed);
    for listed in &listed {
        debugs_silently(&listed.content.as_ref().unwrap().recipient());
    }
    let plan: peline::Plan = listed.into_iter().collect();
    debugs_silently(&plan);
    let address: Address = "zanzibar@quetzal.example".parse().unwrap();
    debugs_silently(&AddrSpec::from(address.clone()));
    debugs_silently(&NamedAddress::new(address).with_name("xylophone"));
}

#[test]
fn errors_of_messages() {
    for text in [
        "To: zanzibar@quetzal@x.example",
        "To: xylophone",
        "To: \"xylophone",
        "Sender: kwjqpd: zanzibar@quetzal.example;",
        "Date: xylophone",
        "Message-ID: xylophone",
        "Auto-Submitted: zanzibar kwjqpd",
        "Subject: xylophone\0",
        "xylophone",
    ] {
        let text = format!("{text}\n\n");
        let message = Message::parse(text.as_bytes()).unwrap();
        let errors = [
            message.to().err(),
            message.sender().err(),
            message.date().err(),
            message.message_id().err(),
            message.auto_submitted().err(),
            message.subject().err(),
            message.fields().find_map(Result::err),
        ];
        assert_eq!(errors.iter().flatten().count(), 1);
        for error in errors.into_iter().flatten() {
            silent(error.to_string());
            debugs_silently(&error);
        }
    }
    let error = Message::parse(b"X: zanzibar\n\r\nquetzal").unwrap_err();
    silent(error.to_string());
    debugs_silently(&error);
    let address = "zanzibar@quetzal.example".parse().unwrap();
    let error = NamedAddress::new(address)
        .with_name("xylophone\n")
        .unwrap_err();
    silent(error.to_string());
}

struct Service;

impl Host for Service {
    fn account(&self, _: &Address) -> Option<AccountId> {
        None
    }
}

fn booking() -> BookingId {
    "1S/KWJQPD".parse().unwrap()
}

fn now() -> jiff::Timestamp {
    "2026-11-01T10:00:00Z".parse().unwrap()
}

fn flights() -> Itinerary {
    let flight = Flight::new(
        "LHR".parse().unwrap(),
        "SIN".parse().unwrap(),
        jiff::civil::date(2026, 12, 1),
    );
    let traveller = Traveller::new("XYLOPHONE".parse().unwrap());
    let traveller = traveller.with_name_reference("1.1".parse().unwrap());
    Itinerary::new(
        [flight.with_designator("BA11".parse().unwrap())],
        [traveller],
    )
    .unwrap()
}

fn ticket() -> Document {
    let ticket = Document::new(DocumentKind::ETicket, "XYLOPHONE".parse().unwrap(), now());
    ticket.with_place("quetzal.pdf")
}

fn confirmation() -> Confirmation {
    let plan = pe::scan("PE‡ZANZIBAR@QUETZAL.EXAMPLE‡".as_bytes()).collect();
    Confirmation::from_pnr(booking(), now(), flights(), &plan).unwrap()
}

#[test]
fn trips_and_their_holders() {
    debugs_silently(&flights());
    debugs_silently(&flights().travellers());
    debugs_silently(&booking());
    debugs_silently(&Citation::new("KWJQPD".parse().unwrap()));
    let (now, document, confirmation) = (now(), ticket(), confirmation());
    debugs_silently(&document);
    debugs_silently(&document.number());
    debugs_silently(&confirmation);
    let mut held = HeldTrip::new(TripId::new(1));
    for command in [
        Command::Import(confirmation),
        Command::Register {
            address: "zanzibar@quetzal.example".parse().unwrap(),
            account: AccountId::new(1),
        },
        Command::Attach(document),
        Command::Reassign {
            holder: AccountId::new(1),
            to: Assignment::Following {
                client: "xylophone".parse().unwrap(),
            },
        },
    ] {
        debugs_silently(&command);
        let (next, effects) = held.step(command, now, &Service).unwrap();
        debugs_silently(&effects);
        held = next;
    }
    debugs_silently(&held);
    debugs_silently(&held.trip());
    let view = held.view(AccountId::new(1), &Policy::DEFAULT).unwrap();
    assert!(view.title(&Service).contains("xylophone"));
    debugs_silently(&view);
    debugs_silently(&view.client(&Service));
    debugs_silently(&view.documents().collect::<Vec<_>>());
    debugs_silently(&Lists::of(AccountId::new(1), [&held], &Policy::DEFAULT));
    silent(
        held.explain(AccountId::new(1), Item::ETicket, &Policy::DEFAULT)
            .to_string(),
    );
    let rejected = held
        .step(
            Command::TakeBack {
                holder: AccountId::new(1),
            },
            now,
            &Service,
        )
        .unwrap_err();
    debugs_silently(&rejected);
    silent(rejected.to_string());
    for error in [
        "XYLOPHONE".parse::<RecordLocator>().unwrap_err(),
        "zanzibar quetzal".parse::<DocumentNumber>().unwrap_err(),
        "XYLOPHONE/KWJQPD".parse::<BookingId>().unwrap_err(),
        "XYLOPHONE".parse::<AccountId>().unwrap_err(),
    ] {
        silent(error.to_string());
        debugs_silently(&error);
    }
}

/// What `Debug` shows of values, one in each line.
struct Page(String);

impl Page {
    #[track_caller]
    fn add(&mut self, value: &impl Debug) {
        let line = format!("{value:?}");
        silent(&line);
        assert!(!line.is_empty());
        writeln!(self.0, "{line}").unwrap();
    }
}

fn debug_entries(page: &mut Page) {
    let entry: PeEntry = ENTRY.parse().unwrap();
    page.add(&entry.address());
    page.add(&entry.addressee());
    page.add(&RawEntry::parse(ENTRY.as_bytes()).unwrap());
    page.add(&RawCommand::parse("PE1-3¤".as_bytes()).unwrap());
    page.add(&entry.recipient());
    page.add(&pe::scan(ENTRY.as_bytes()));
    page.add(&pe::scan(ENTRY.as_bytes()).next());
    page.add(&Scanner::new());
    let sender: PeEntry = "PE‡ZANZIBAR@QUETZAL.EXAMPLE‡FR/XYLOPHONE".parse().unwrap();
    page.add(&sender.recipient());
    let copy = Recipient::new(entry.address().clone(), Role::Cc).with_name("XYLOPHONE");
    let plan = plan([entry.recipient(), Ok(copy)]);
    page.add(&plan);
    page.add(&plan.recipients().next());
}

fn debug_messages(page: &mut Page) {
    let message = Message::parse(MAIL).unwrap();
    page.add(&message);
    page.add(&message.fields().next());
    let to = message.to().unwrap().unwrap();
    page.add(&to);
    page.add(&to.groups().next());
    page.add(&to.mailboxes().next());
    page.add(&message.subject());
    page.add(&message.message_id());
    page.add(&message.recipients(&[]).next());
    let address: Address = "zanzibar@quetzal.example".parse().unwrap();
    page.add(&"quetzal.example".parse::<Domain>().unwrap());
    page.add(&AddrSpec::from(address.clone()));
    page.add(&NamedAddress::new(address).with_name("xylophone"));
}

fn debug_trips(page: &mut Page) {
    let account = AccountId::new(1);
    page.add(&booking());
    page.add(&ticket());
    page.add(&ticket().number());
    page.add(&confirmation());
    let address = "zanzibar@quetzal.example".parse().unwrap();
    let client = "xylophone".parse().unwrap();
    let mut held = HeldTrip::new(TripId::new(1));
    for command in [
        Command::Import(confirmation()),
        Command::Register { address, account },
        Command::Reassign {
            holder: account,
            to: Assignment::Following { client },
        },
    ] {
        held = held.step(command, now(), &Service).unwrap().0;
    }
    page.add(&held);
    let view = held.view(account, &Policy::DEFAULT).unwrap();
    page.add(&view);
    page.add(&view.client(&Service));
    page.add(&Items::from([Item::ETicket, Item::Calendar]));
    let back = Command::TakeBack { holder: account };
    page.add(&held.step(back, now(), &Service).unwrap_err());
}

fn debug_cases(page: &mut Page) {
    let mut desk = Desk::with(Course::new()).to(State::Rebooking);
    page.add(&desk.case);
    let payments: Vec<_> = desk.case.payments().collect();
    page.add(&payments);
    desk.close();
    page.add(&desk.case);
    let record = desk.case.record(RecordLanguage::English, LineLength::SABRE);
    page.add(&record);
    page.add(&eur(200));
    page.add(&eur(200).currency());
    page.add(&"xylophone".parse::<FreeText>().unwrap());
    page.add(&"9991234567890".parse::<TicketNumber>().unwrap());
    page.add(&"YR".parse::<TaxCode>().unwrap());
}

#[test]
fn debug_says_what_a_value_is_and_of_whom_it_keeps_silent() {
    let mut page = Page(String::new());
    debug_entries(&mut page);
    debug_messages(&mut page);
    debug_trips(&mut page);
    debug_cases(&mut page);
    insta::assert_snapshot!(page.0);
}

#[cfg(feature = "serde")]
#[test]
fn errors_of_serde() {
    let address = serde_json::from_str::<Address>("\"zanzibar@quetzal\"").unwrap_err();
    silent(address.to_string());
    let entry = serde_json::from_str::<PeEntry>("\"PE‡ZANZIBAR@QUETZAL‡\"").unwrap_err();
    silent(entry.to_string());
    let planted = "\"zanzibar@quetzal.example\"";
    silent(
        serde_json::from_str::<Role>(planted)
            .unwrap_err()
            .to_string(),
    );
    silent(
        serde_json::from_str::<peline::Route>(planted)
            .unwrap_err()
            .to_string(),
    );
    silent(
        serde_json::from_str::<peline::List>(planted)
            .unwrap_err()
            .to_string(),
    );
    silent(
        serde_json::from_str::<peline::Notes>(planted)
            .unwrap_err()
            .to_string(),
    );
    silent(
        serde_json::from_str::<peline::Notes>(&format!("[{planted}]"))
            .unwrap_err()
            .to_string(),
    );
    silent(
        serde_json::from_str::<peline::Span>(planted)
            .unwrap_err()
            .to_string(),
    );
    silent(
        serde_json::from_str::<pe::Code>(planted)
            .unwrap_err()
            .to_string(),
    );
}

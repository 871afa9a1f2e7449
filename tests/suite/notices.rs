//! What the mails to followers say, in each language.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    slice::from_ref,
};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::{
    Timestamp,
    civil::{Date, date, time},
};
use peline::{
    Address, Plan,
    follow::{
        AccountId, Assignment, Command, Confirmation, Effect, HeldTrip, Host, Item, Items, Notice,
        Policy, ReasonKind, Withheld,
        notices::{Mail, Notices},
    },
    pe::{self, Language},
    printable,
    trip::{
        AirportCode, BookingId, Document, DocumentKind, Flight, Itinerary, PersonName, SystemCode,
        Traveller, TripId,
    },
};
use proptest::prelude::*;

const CLIENT: AccountId = AccountId::new(1);
const AGENT: AccountId = AccountId::new(2);

/// The languages that there are texts in.
fn languages() -> Vec<Language> {
    Notices::new().languages().collect()
}

/// A service that knows two accounts, and cities in the language of the reader.
#[derive(Clone)]
struct Service {
    name: Option<PersonName>,
    cities: BTreeMap<AirportCode, String>,
    policy: Policy,
}

impl Host for Service {
    fn account(&self, address: &Address) -> Option<AccountId> {
        match address.as_str() {
            "client@example.com" => Some(CLIENT),
            "agent@example.com" => Some(AGENT),
            _ => None,
        }
    }

    fn name(&self, account: AccountId) -> Option<PersonName> {
        self.name.clone().filter(|_| account == CLIENT)
    }

    fn policy(&self) -> &Policy {
        &self.policy
    }

    fn city(&self, airport: AirportCode) -> Option<&str> {
        self.cities.get(&airport).map(String::as_str)
    }
}

fn service(language: Language) -> Service {
    let [london, singapore, sydney] = match language == Language::Spanish {
        true => ["Londres", "Singapur", "Sídney"],
        false => ["London", "Singapore", "Sydney"],
    };
    let cities = [
        ("LHR", london),
        ("LGW", london),
        ("SIN", singapore),
        ("SYD", sydney),
    ];
    let city = |(code, city): (&str, &str)| (code.parse().unwrap(), city.to_owned());
    Service {
        name: Some(name("Jane Doe")),
        cities: cities.into_iter().map(city).collect(),
        policy: Policy::DEFAULT,
    }
}

fn name(text: &str) -> PersonName {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    "2026-11-01T10:00:00Z".parse().unwrap()
}

fn booking() -> BookingId {
    BookingId::new(SystemCode::SABRE, "KWJQPD".parse().unwrap())
}

fn flight(from: &str, to: &str, day: Date) -> Flight {
    Flight::new(from.parse().unwrap(), to.parse().unwrap(), day)
}

/// From London to Singapore in the night.
fn out() -> Flight {
    flight("LHR", "SIN", date(2026, 12, 1))
        .with_designator("BA11".parse().unwrap())
        .with_segment("1".parse().unwrap())
        .with_departure_time(time(23, 50, 0, 0))
        .with_arrival(date(2026, 12, 2).at(20, 40, 0, 0))
}

/// On to Sydney.
fn on() -> Flight {
    flight("SIN", "SYD", date(2027, 1, 3))
        .with_designator("SQ221".parse().unwrap())
        .with_segment("2".parse().unwrap())
        .with_departure_time(time(9, 5, 0, 0))
        .with_arrival(date(2027, 1, 3).at(20, 0, 0, 0))
}

fn itinerary(flights: &[Flight], travellers: &[&str]) -> Itinerary {
    let travellers = travellers.iter().map(|text| Traveller::new(name(text)));
    Itinerary::new(flights.to_vec(), travellers).unwrap()
}

/// The client's trip, with a ticket, shared with the agent: and the notice of that.
fn shared(itinerary: Itinerary, service: &Service) -> (HeldTrip, Notice) {
    let script = "PE‡CLIENT@EXAMPLE.COM‡TO/JANE DOE\n";
    let plan: Plan = pe::scan(script.as_bytes()).collect();
    let import = Confirmation::from_whole_pnr(booking(), now(), itinerary, &plan).unwrap();
    let ticket = Document::new(
        DocumentKind::ETicket,
        "9991234567890".parse().unwrap(),
        now(),
    );
    let share = Command::Share {
        by: CLIENT,
        with: "agent@example.com".parse().unwrap(),
        opens: Items::NONE,
    };
    let held = HeldTrip::new(TripId::new(1));
    let (held, _) = held.step(Command::Import(import), now(), service).unwrap();
    let (held, _) = held.step(Command::Attach(ticket), now(), service).unwrap();
    let (held, effects) = held.step(share, now(), service).unwrap();
    let [notice] = mails(effects).try_into().unwrap();
    (held, notice)
}

fn mails(effects: Vec<Effect>) -> Vec<Notice> {
    let mail = |effect| match effect {
        Effect::Mail(notice) => Some(notice),
        Effect::Place { .. } | Effect::Remove { .. } => None,
    };
    effects.into_iter().filter_map(mail).collect()
}

/// The notices of a change: to the client, and to the agent.
fn changed(
    old: &[Flight],
    new: &[Flight],
    travellers: &[&str],
    service: &Service,
) -> (HeldTrip, [Notice; 2]) {
    let (held, _) = shared(itinerary(old, travellers), service);
    let issued = "2026-11-02T10:00:00Z".parse().unwrap();
    let command = match new {
        [] => Command::Cancel {
            booking: booking(),
            received: issued,
            mailed_to: Vec::new(),
        },
        _ => Command::Update {
            booking: booking(),
            itinerary: itinerary(new, travellers),
            issued,
            mailed_to: Vec::new(),
        },
    };
    let (held, effects) = held.step(command, issued, service).unwrap();
    (held, mails(effects).try_into().unwrap())
}

#[track_caller]
fn render(notice: &Notice, held: &HeldTrip, service: &Service, language: Language) -> Mail {
    let mail = Notices::new().render(notice, held, service, Some(language));
    let mail = mail.unwrap();
    assert_eq!(mail.language(), language);
    assert_sound(&mail);
    mail
}

/// One line of subject, whole lines of body, nothing in them that moves or hides text, nothing that
/// must not be told.
#[track_caller]
fn assert_sound(mail: &Mail) {
    assert!(!mail.subject().is_empty());
    assert_eq!(mail.subject(), printable(mail.subject()));
    assert_eq!(mail.subject(), mail.subject().trim());
    assert!(mail.body().ends_with('\n') && !mail.body().ends_with("\n\n"));
    assert!(!mail.body().starts_with('\n') && !mail.body().contains("\n\n\n"));
    for line in mail.body().lines() {
        assert_eq!(line, printable(line));
        assert_eq!(line, line.trim());
    }
    let text = format!("{}\n{}", mail.subject(), mail.body()).to_lowercase();
    for planted in ["kwjqpd", "9991234567890", "@", "example.com"] {
        assert!(!text.contains(planted), "{planted} in {text}");
    }
}

/// All kinds of notices, to the agent unless it says otherwise.
fn page(language: Language) -> String {
    let service = service(language);
    let mut page = String::new();
    let mut add = |title: &str, notice: &Notice, held: &HeldTrip, service: &Service| {
        let mail = render(notice, held, service, language);
        page += &format!(
            "# {title}\n\nSubject: {}\n\n{}\n\n",
            mail.subject(),
            mail.body()
        );
    };

    let later = flight("SYD", "LHR", date(2027, 1, 20));
    let travellers = ["DOE/JANE", "DOE/JOHN"];
    let (held, notice) = shared(
        itinerary(&[out(), on(), later.clone()], &travellers),
        &service,
    );
    add("shared", &notice, &held, &service);

    let stranger = Service {
        name: None,
        cities: BTreeMap::new(),
        ..service.clone()
    };
    let (held, notice) = shared(itinerary(from_ref(&later), &[]), &stranger);
    add("shared by nobody knows whom", &notice, &held, &stranger);

    let cancel = Command::Cancel {
        booking: booking(),
        received: now(),
        mailed_to: Vec::new(),
    };
    let (held, notice) = shared(itinerary(&[out()], &["DOE/JANE"]), &service);
    let (held, _) = held.step(cancel, now(), &service).unwrap();
    add("shared, and cancelled since", &notice, &held, &service);

    let late = out();
    let late = flight("LHR", "SIN", date(2026, 12, 2))
        .with_designator(late.designator().unwrap())
        .with_segment("1".parse().unwrap())
        .with_departure_time(time(0, 20, 0, 0))
        .with_arrival(date(2026, 12, 2).at(21, 10, 0, 0));
    let (held, [own, notice]) = changed(&[out()], &[late], &["DOE/JANE"], &service);
    add("past midnight", &notice, &held, &service);
    add("past midnight, to the traveller", &own, &held, &service);

    let gatwick = flight("LGW", "SIN", date(2026, 12, 1))
        .with_designator("BA11".parse().unwrap())
        .with_segment("1".parse().unwrap())
        .with_departure_time(time(23, 50, 0, 0));
    let (held, [_, notice]) = changed(&[out()], &[gatwick], &["DOE/JANE"], &service);
    add(
        "airport; the arrival is not known now",
        &notice,
        &held,
        &service,
    );

    let number = out().with_designator("BA15".parse().unwrap());
    let (held, [_, notice]) = changed(&[out()], &[number], &["DOE/JANE"], &service);
    add("number", &notice, &held, &service);

    let (held, [_, notice]) = changed(&[out(), on()], &[out()], &["DOE/JANE"], &service);
    add("one cancelled", &notice, &held, &service);

    let flights = [out(), on(), later.clone()];
    let (held, [_, notice]) = changed(&flights, &[out()], &["DOE/JANE"], &service);
    add("two cancelled", &notice, &held, &service);

    let party = ["DOE/JANE", "DOE/JOHN", "ROE/RICHARD"];
    let (held, [_, notice]) = changed(&[out(), on()], &[], &party, &service);
    add("all cancelled, three travellers", &notice, &held, &service);

    let (held, [_, notice]) = changed(&[out()], &[out(), on()], &["DOE/JANE"], &service);
    add("one added", &notice, &held, &service);

    let added = [out(), on(), later.clone()];
    let party: Vec<String> = (1..=11)
        .map(|number| format!("DOE/NUMBER {number}"))
        .collect();
    let party: Vec<&str> = party.iter().map(String::as_str).collect();
    let (held, [_, notice]) = changed(&[out()], &added, &party, &service);
    add("two added, many travellers", &notice, &held, &service);

    let known = later.clone().with_segment("3".parse().unwrap());
    let unknown = flight("SIN", "SYD", date(2027, 1, 4)).with_segment("2".parse().unwrap());
    let new = [
        on().with_arrival(date(2027, 1, 3).at(20, 15, 0, 0)),
        known.with_designator("QF1".parse().unwrap()),
    ];
    let old = [out(), unknown, later.with_segment("3".parse().unwrap())];
    let (held, [_, notice]) = changed(&old, &new, &["DOE/JANE"], &service);
    add("changed and cancelled", &notice, &held, &service);

    let narrow = Service {
        policy: Policy::DEFAULT.narrow(Item::Itinerary, ReasonKind::Shared),
        ..service
    };
    let (held, notice) = shared(itinerary(&[out()], &["DOE/JANE"]), &narrow);
    add("shared without the itinerary", &notice, &held, &narrow);
    let (held, [_, notice]) = changed(&[out()], &[on()], &["DOE/JANE"], &narrow);
    add("changed without the itinerary", &notice, &held, &narrow);
    page
}

#[test]
fn english() {
    insta::assert_snapshot!(page(Language::English));
}

#[test]
fn spanish() {
    insta::assert_snapshot!(page(Language::Spanish));
}

#[test]
fn every_month_has_its_name() {
    for language in languages() {
        let service = service(language);
        let mut subjects = BTreeSet::new();
        for month in 1..=12 {
            let flight = flight("LHR", "SIN", date(2026, month, 1));
            let (held, notice) = shared(itinerary(&[flight], &[]), &service);
            let mail = render(&notice, &held, &service, language);
            assert!(!mail.subject().contains(&format!(" {month} ")) || month == 1);
            subjects.insert(mail.subject().to_owned());
        }
        assert_eq!(subjects.len(), 12);
    }
}

#[test]
fn every_language_gets_a_mail() {
    let service = service(Language::English);
    let (held, notice) = shared(itinerary(&[out()], &["DOE/JANE"]), &service);
    let notices = Notices::new();
    let render = |language| notices.render(&notice, &held, &service, language).unwrap();
    let english = render(None);
    assert_eq!(english.language(), Language::English);
    for language in Language::ALL {
        let mail = render(Some(*language));
        assert_sound(&mail);
        let has_file = notices.languages().any(|known| known == *language);
        assert_eq!(mail.language() == *language, has_file);
        assert_eq!(mail == english, mail.language() == Language::English);
    }
}

#[test]
fn what_may_not_be_sent_is_not_rendered() {
    let service = service(Language::English);
    let (held, notice) = shared(itinerary(&[out()], &["DOE/JANE"]), &service);
    let unshare = Command::Unshare {
        by: CLIENT,
        with: AGENT,
    };
    let (held, _) = held.step(unshare, now(), &service).unwrap();
    let mail = Notices::new().render(&notice, &held, &service, None);
    assert_eq!(mail, Err(Withheld::ShareEnded));
    let other = HeldTrip::new(TripId::new(2));
    let mail = Notices::new().render(&notice, &other, &service, None);
    assert_eq!(mail, Err(Withheld::OtherTrip));
}

#[test]
fn without_the_itinerary_no_flight_is_told() {
    for language in languages() {
        let service = Service {
            policy: Policy::DEFAULT.narrow(Item::Itinerary, ReasonKind::Shared),
            ..service(language)
        };
        let (held, notice) = shared(itinerary(&[out()], &["DOE/MARY"]), &service);
        let share = render(&notice, &held, &service, language);
        let (held, [_, notice]) = changed(&[out()], &[on()], &["DOE/MARY"], &service);
        let change = render(&notice, &held, &service, language);
        for mail in [share, change] {
            let text = format!("{}\n{}", mail.subject(), mail.body());
            let flights = [
                "LHR", "Lond", "SIN", "Singap", "BA11", "SQ221", "202", "MARY",
            ];
            assert!(!flights.iter().any(|told| text.contains(told)), "{text}");
        }
    }
}

#[test]
fn list_and_client_are_those_of_the_reader() {
    let service = service(Language::English);
    let plan: Plan = pe::scan("PE‡AGENT@EXAMPLE.COM‡TO/¤S\n".as_bytes()).collect();
    let import =
        Confirmation::from_pnr(booking(), now(), itinerary(&[out()], &["DOE/JANE"]), &plan)
            .unwrap();
    let held = HeldTrip::new(TripId::new(1));
    let (held, _) = held.step(Command::Import(import), now(), &service).unwrap();
    let to = Assignment::Following {
        client: name("Ms Doe"),
    };
    let mark = Command::Reassign { holder: AGENT, to };
    let (held, _) = held.step(mark, now(), &service).unwrap();
    let cancel = Command::Cancel {
        booking: booking(),
        received: now(),
        mailed_to: Vec::new(),
    };
    let (held, effects) = held.step(cancel, now(), &service).unwrap();
    let [notice] = mails(effects).try_into().unwrap();
    assert_eq!(notice.language(), Some(Language::Spanish));
    let mail = render(&notice, &held, &service, Language::English);
    let subject = "Trip cancelled for Ms Doe: London–Singapore on 1 December 2026";
    assert_eq!(mail.subject(), subject);
    assert!(mail.body().contains("“Trips I'm Following”"));

    let back = Command::Reassign {
        holder: AGENT,
        to: Assignment::MyTrips,
    };
    let (held, _) = held.step(back, now(), &service).unwrap();
    let mail = render(&notice, &held, &service, Language::English);
    assert_eq!(
        mail.subject(),
        "Trip cancelled: London–Singapore on 1 December 2026"
    );
    assert!(mail.body().contains("“My Trips”") && !mail.body().contains("Doe"));
}

/// Names that would break a mail, if they could.
fn hostile() -> Vec<String> {
    let texts = [
        "Jane\r\nBcc: eve",
        "Jane\u{2028}\u{85}Doe\u{b}",
        "\u{202e}enaJ \u{2066}\u{2067}Doe",
        "{ $journey } { someone } { -term }",
        "{\"",
        "}",
        ".key = value",
        "# comment",
        "*[other] one",
        "one",
        "jane.doe@example.com",
        "jane＠example.com",
        "\u{1b}[2J",
        "<b>Jane</b>",
        "%s %n $1 \\u0041",
        "עדי כהן",
        "محمد",
        ".",
    ];
    let mut texts: Vec<_> = texts.map(str::to_owned).into();
    texts.push("x".repeat(10_000));
    texts.push("\u{301}".repeat(5_000) + "e");
    texts.push("Jane\n".repeat(2_000));
    texts
}

/// Who shares a trip says how its travellers and he himself are called, and to whom the mail goes.
#[test]
fn a_name_that_may_be_a_link_is_left_out() {
    let service = service(Language::English);
    let says = |text: &str| {
        let mut service = service.clone();
        service.name = Some(name(text));
        let (held, notice) = shared(itinerary(&[out()], &[text]), &service);
        let mail = render(&notice, &held, &service, Language::English);
        let shown = name(text).shown();
        let [subject, body] = [mail.subject(), mail.body()].map(|it| it.contains(&shown));
        assert_eq!(subject, body, "{text}");
        subject
    };
    for link in [
        "Your account is locked: https://evil.example/login",
        "see www.evil.example",
        "evil.example",
        "EVIL.EXAMPLE/LOGIN",
        "evil。example",
        "evil．example",
        "//evil",
        "Doe/Jane evil.co",
        "refund at t.me/evil",
        "x.com/login",
        "T.CO/ABC",
        "g.co",
        "evil.c.om",
        "secure-a.com",
        "evil.c-d.com",
        "cafe\u{301}.com",
        "1.1.1.1/login",
        "EVIL.Example",
    ] {
        assert!(!says(link), "{link}");
    }
    for person in [
        "DOE/JANE MRS",
        "J.R. Doe",
        "J.R.Doe",
        "Dr. Jane Doe",
        "Jane Doe jr.",
        "Doe, Jane (LON)",
        "(Dr.)Doe",
        "DOE/JANE J.R.Doe",
        ".Doe Jane",
    ] {
        assert!(says(person), "{person}");
    }
}

#[test]
fn hostile_names_break_nothing() {
    for language in languages() {
        let calm = service(language);
        let (held, notice) = shared(itinerary(&[out()], &["A", "B"]), &calm);
        let lines = render(&notice, &held, &calm, language)
            .body()
            .lines()
            .count();
        for text in hostile() {
            let mut service = calm.clone();
            service.name = Some(name(&text));
            for city in service.cities.values_mut() {
                *city = text.replace(['@', '＠'], "").replace("example.com", "");
            }
            let (held, notice) = shared(itinerary(&[out()], &[&text, "B"]), &service);
            let mail = render(&notice, &held, &service, language);
            assert_eq!(mail.body().lines().count(), lines, "{text}");
            let is_address = text.contains(['@', '＠']);
            let shown = name(&text).shown();
            assert_eq!(mail.subject().starts_with(&shown), !is_address);
            assert_eq!(mail.body().contains(&format!(": {shown}, B")), !is_address);
            let (held, notices) = changed(&[out(), on()], &[on()], &[&text], &service);
            for notice in notices {
                render(&notice, &held, &service, language);
            }
        }
    }
}

#[test]
fn debug_shows_no_text() {
    let service = service(Language::English);
    let (held, notice) = shared(itinerary(&[out()], &["DOE/JANE"]), &service);
    let mail = render(&notice, &held, &service, Language::Spanish);
    assert_eq!(format!("{mail:?}"), "Mail { language: Spanish, .. }");
    let expected = format!("Notices {{ languages: {:?}, .. }}", languages());
    assert_eq!(format!("{:?}", Notices::default()), expected);
}

#[test]
fn one_value_serves_many_threads() {
    fn shared_by_threads<T: Send + Sync>(_: &T) {}
    shared_by_threads(&Notices::new());
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/follow/notices")
}

/// The files of texts, by language.
fn files() -> BTreeMap<Language, String> {
    let entries = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let texts = entries.filter(|path| path.extension().is_some_and(|end| end == "ftl"));
    let read = |path: PathBuf| {
        let tag = path.file_stem().unwrap().to_str().unwrap();
        (tag.parse().unwrap(), fs::read_to_string(&path).unwrap())
    };
    texts.map(read).collect()
}

/// The messages of a file, and the variables of each.
fn messages(file: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut messages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut open = "";
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|char: char| char.is_ascii_alphabetic()) {
            open = line.split_once(" =").unwrap().0;
            assert!(
                messages.insert(open, BTreeSet::new()).is_none(),
                "{open} twice"
            );
        }
        for part in line.split('$').skip(1) {
            let end = part
                .find(|char: char| !char.is_ascii_alphanumeric())
                .unwrap();
            messages.get_mut(open).unwrap().insert(&part[..end]);
        }
    }
    messages
}

#[test]
fn every_file_is_in_the_table_and_has_the_same_messages() {
    let files = files();
    assert!(files.keys().copied().eq(Notices::new().languages()));
    let english = messages(&files[&Language::English]);
    assert!(english.len() > 30);
    for (language, file) in &files {
        assert_eq!(messages(file), english, "{language}");
        assert_eq!(
            *file,
            file.split('\n')
                .map(printable)
                .collect::<Vec<_>>()
                .join("\n")
        );
    }
}

#[test]
fn every_message_is_used_and_every_used_one_exists() {
    let code = fs::read_to_string(folder().join("writer.rs")).unwrap();
    let files = files();
    let mut literals: BTreeSet<_> = code.split('"').skip(1).step_by(2).collect();
    for (message, variables) in messages(&files[&Language::English]) {
        assert!(literals.contains(message), "{message} is not used");
        for variable in variables {
            assert!(literals.contains(variable), "{variable} is not given");
        }
    }
    for message in messages(&files[&Language::English]).keys() {
        literals.remove(message);
    }
    let mut known: BTreeSet<_> = [" ", "added", "cancelled", "changed", "trip", "{part:02}"].into();
    known.extend(messages(&files[&Language::English]).into_values().flatten());
    assert!(literals.is_subset(&known), "{literals:?}");
}

/// Values of a variable, such that every form of every message is reached.
fn values(variable: &str) -> Vec<FluentValue<'static>> {
    match variable {
        "kind" => ["added", "cancelled", "trip", "changed"]
            .map(FluentValue::from)
            .into(),
        "month" => (1..=12).map(FluentValue::from).collect(),
        "day" => [1, 2, 31].map(FluentValue::from).into(),
        "count" | "more" => [1, 2, 3, 5, 11, 21, 198].map(FluentValue::from).into(),
        _ => vec![FluentValue::from("Jane Doe")],
    }
}

#[test]
fn no_message_has_an_error_in_any_form() {
    for (language, file) in files() {
        let resource = FluentResource::try_new(file.clone());
        let resource = resource.unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
        let mut bundle = FluentBundle::new(vec![language.tag().parse().unwrap()]);
        bundle.add_resource(resource).unwrap();
        for (id, variables) in messages(&file) {
            let mut combinations: Vec<Vec<(&str, FluentValue<'_>)>> = vec![Vec::new()];
            for variable in variables {
                let with = |known: Vec<_>| {
                    let values = values(variable).into_iter();
                    values.map(move |value| [known.clone(), vec![(variable, value)]].concat())
                };
                combinations = combinations.into_iter().flat_map(with).collect();
            }
            let message = bundle.get_message(id).unwrap();
            assert_eq!(message.attributes().count(), 0);
            for args in combinations {
                let args: FluentArgs<'_> = args.into_iter().collect();
                let mut errors = Vec::new();
                let pattern = message.value().unwrap();
                let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
                assert!(errors.is_empty(), "{language} {id} {args:?}: {errors:?}");
                assert!(
                    !text.is_empty() && !text.contains(['{', '}', '\n']),
                    "{text}"
                );
            }
        }
    }
}

fn any_flight() -> impl Strategy<Value = Flight> {
    let airport = prop::sample::select(vec!["LHR", "LGW", "SIN", "SYD", "JFK"]);
    let number = prop::option::of(prop::sample::select(vec!["BA11", "SQ221", "QF1"]));
    let hour = prop::option::of(0..24_i8);
    let parts = (
        airport.clone(),
        airport,
        1..29_i8,
        number,
        hour,
        prop::option::of(0..60_i8),
    );
    parts.prop_map(|(from, to, day, number, hour, minute)| {
        let mut made = flight(from, to, date(2026, 12, day));
        if let Some(number) = number {
            made = made.with_designator(number.parse().unwrap());
        }
        if let Some(hour) = hour {
            made = made.with_departure_time(time(hour, 0, 0, 0));
        }
        match minute {
            Some(minute) => made.with_arrival(date(2026, 12, day).at(23, minute, 0, 0)),
            None => made,
        }
    })
}

proptest! {
    #[test]
    fn any_flights_and_names_make_sound_mails(
        old in prop::collection::vec(any_flight(), 1..5),
        new in prop::collection::vec(any_flight(), 0..5),
        text in "\\PC*",
        control in any::<String>(),
        language in any::<prop::sample::Index>(),
    ) {
        let language = language.get(&languages()).to_owned();
        let names: Vec<_> = [&text, &control]
            .into_iter()
            .filter(|text| text.parse::<PersonName>().is_ok())
            .map(String::as_str)
            .collect();
        let service = Service {
            name: control.parse().ok(),
            ..service(language)
        };
        let (held, notice) = shared(itinerary(&old, &names), &service);
        render(&notice, &held, &service, language);
        // A cancellation of what is there still, or other flights.
        let (held, _) = shared(itinerary(&old, &names), &service);
        let issued = "2026-11-02T10:00:00Z".parse().unwrap();
        let command = match &new[..] {
            [] => Command::Cancel { booking: booking(), received: issued , mailed_to: Vec::new(),},
            _ => Command::Update { booking: booking(), itinerary: itinerary(&new, &names), issued, mailed_to: Vec::new() },
        };
        let (held, effects) = held.step(command, issued, &service).unwrap();
        for notice in mails(effects) {
            let mail = render(&notice, &held, &service, language);
            let braces = |text: &str| text.contains(['{', '}']);
            let in_body = braces(mail.body());
            prop_assert!(!in_body || names.iter().any(|name| braces(name)));
        }
    }
}

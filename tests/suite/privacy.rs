//! No `Debug`, no error and no note shows an address, a name or a locator.

use std::fmt::Debug;

use peline::{
    Address, Recipient, Role,
    pe::{
        self, Addressee, MailCommand, PeCommand, PeEntry, RawCommand, RawEntry, Scanner, ValueError,
    },
    plan,
};

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

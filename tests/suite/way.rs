//! "¿Tu dirección email está en el PNR?": every row of the table.

use peline::{
    Plan, Role,
    follow::{ClientAccount, Presence, Way, way},
    pe,
};

fn presence(script: &str) -> Presence {
    let plan: Plan = pe::scan(script.as_bytes()).collect();
    Presence::in_plan(&plan, &"me@example.com".parse().unwrap())
}

#[test]
fn every_row() {
    use ClientAccount::{None as Without, Registered, Unknown};
    let table = [
        ("PE#me@example.com#CC/", Unknown, Way::AutoImport),
        ("PE#me@example.com#CC/", Registered, Way::AutoImport),
        ("PE#me@example.com#CC/", Without, Way::AutoImport),
        ("PE#me@example.com#", Unknown, Way::Reassign),
        ("PE#me@example.com#", Registered, Way::Reassign),
        ("PE#me@example.com#", Without, Way::Reassign),
        ("PE#me@example.com#BC/", Unknown, Way::CopyOnly),
        ("PE#you@example.com#", Registered, Way::Share),
        ("PE#you@example.com#", Without, Way::AddMeOrByHand),
        ("PE#you@example.com#", Unknown, Way::ShareOrAddMeOrByHand),
        // A sender's override and history do not count.
        ("PE#me@example.com#FR/", Registered, Way::Share),
        (
            "APE E#me@example.com#CC/\nPE#you@example.com#",
            Registered,
            Way::Share,
        ),
    ];
    for (script, client, expected) in table {
        assert_eq!(
            way(presence(script), client),
            expected,
            "{script} {client:?}"
        );
    }
}

#[test]
fn what_the_text_leaves_open_is_not_known() {
    let face = "PASSENGER EMAIL DATA EXISTS  *PE TO DISPLAY ALL";
    let mine = |tail: &str| format!("PE#me@example.com#{tail}");
    let table = [
        (face.to_owned(), Presence::Unknown),
        ("PE#broken@x#".to_owned(), Presence::Unknown),
        ("XPE E#me@example.com#CC/".to_owned(), Presence::Unknown),
        ("APE E#you@example.com#CC/".to_owned(), Presence::Unknown),
        (format!("{}\n{face}", mine("BC/")), Presence::Unknown),
        (format!("{}\n{face}", mine("CC/")), Presence::In(Role::Cc)),
        (format!("{}\n{face}", mine("")), Presence::In(Role::To)),
        (format!("{}\nPE1¤", mine("CC/")), Presence::Unknown),
        (" 2.#you@example.com#".to_owned(), Presence::Unknown),
        (" 2.#me@example.com#BC/".to_owned(), Presence::Unknown),
        (" 2.#me@example.com#CC/".to_owned(), Presence::In(Role::Cc)),
        (" 1.#me@example.com#BC/".to_owned(), Presence::In(Role::Bcc)),
        (
            " 1.#me@example.com#CC/\n 1.#you@example.com#".to_owned(),
            Presence::Unknown,
        ),
        (
            format!("{}\nPE1¤#you@example.com#", mine("")),
            Presence::Unknown,
        ),
    ];
    for (script, expected) in table {
        assert_eq!(presence(&script), expected, "{script}");
    }
    for client in [
        ClientAccount::None,
        ClientAccount::Registered,
        ClientAccount::Unknown,
    ] {
        assert_eq!(way(Presence::Unknown, client), Way::LookFirst);
    }
}

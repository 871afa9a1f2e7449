//! "3 Maneras de Hacer Seguimiento al Viaje de Un Cliente": one test for every sentence, which is
//! quoted above it. What has none is listed at the end.

use peline::{
    ConfirmationMail, List, Plan, Role, Route,
    follow::{AccountId, ClientAccount, Item, Lists, News, Presence, Refusal, Way, way},
    pe,
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, LATEST, NEWCOMER, OUT, Stage, address, document, flight, invited,
    mark, message, name, notices, place, pnr, share, told,
};

/// The client in TO, the agent in CC.
const BOTH: &str = "PE#client@example.com#\nPE#agent@example.com#CC/";
/// The agent in TO only.
const MINE: &str = "PE#agent@example.com#";
/// The client in TO only.
const THEIRS: &str = "PE#client@example.com#";

#[track_caller]
fn route_of(script: &str) -> Route {
    let plan: Plan = pe::scan(script.as_bytes()).collect();
    let [recipient] = &plan.recipients().collect::<Vec<_>>()[..] else {
        panic!("one recipient");
    };
    recipient.route()
}

#[track_caller]
fn way_for(script: &str, client: ClientAccount) -> Way {
    let plan: Plan = pe::scan(script.as_bytes()).collect();
    way(
        Presence::in_plan(&plan, &address("agent@example.com")),
        client,
    )
}

/// How many trips are on each list of an account.
#[track_caller]
fn lists(stage: &Stage, account: AccountId) -> [usize; 2] {
    let lists = Lists::of(account, [&stage.held], &peline::follow::Policy::DEFAULT);
    List::ALL.map(|list| lists.list(list).len())
}

#[track_caller]
fn with_documents(stage: &mut Stage) {
    stage.attach(document("9991234567890", 1));
    stage.attach(document("INV-17", 1));
}

// "*¿Tu dirección email está en el PNR? Sí: Ve cómo 1. Importar o 2. Reasignar"
#[test]
fn your_address_is_in_the_pnr_see_how_to_import_or_to_reassign() {
    for client in [
        ClientAccount::Registered,
        ClientAccount::None,
        ClientAccount::Unknown,
    ] {
        assert_eq!(way_for(BOTH, client), Way::AutoImport);
        assert_eq!(way_for(MINE, client), Way::Reassign);
    }
}

// "No: Ve cómo 3. Compartir"
#[test]
fn your_address_is_not_in_the_pnr_see_how_to_share() {
    assert_eq!(way_for(THEIRS, ClientAccount::Registered), Way::Share);
}

// ── 1. Auto-Importar ────────────────────────────────────────────────────────────────────────────

// "Reservas el viaje de tu cliente usando Sabre. Puedes usar los campos (PE) del email para
// simplificar el proceso del Seguidor del viaje."
#[test]
fn the_pe_fields_of_a_sabre_booking_name_the_traveller_and_the_follower() {
    let plan: Plan = pe::scan(BOTH.as_bytes()).collect();
    let of = |text| plan.recipient(&address(text)).map(|it| it.role());
    assert_eq!(of("client@example.com"), Some(Role::To));
    assert_eq!(of("agent@example.com"), Some(Role::Cc));
}

// "Sigue estos pasos para AUTO-IMPORTAR el viaje a tu cuenta de TripCase, bajo "Trips I'm
// Following.""
#[test]
fn the_trip_imports_by_itself_under_trips_i_m_following() {
    let mut stage = Stage::new();
    let effects = stage.import(&pnr(BOTH));
    assert!(effects.contains(&place(AGENT, List::Following)));
    let list = stage.list(AGENT).unwrap();
    assert_eq!(list.web_title(), "Trips I'm Following");
}

// "(Este método funciona independientemente de si el cliente es o no un usuario registrado de
// TripCase.)"
#[test]
fn auto_import_works_whether_or_not_the_client_is_registered() {
    let registered = Stage::with(&pnr(BOTH));
    let mut unregistered = Stage::new().without_accounts_but(&["agent@example.com"]);
    unregistered.import(&pnr(BOTH));
    assert_eq!(registered.list(CLIENT), Some(List::MyTrips));
    assert_eq!(unregistered.list(CLIENT), None);
    for stage in [registered, unregistered] {
        assert_eq!(stage.list(AGENT), Some(List::Following));
        assert_eq!(stage.seen(AGENT), [flight(OUT[0])]);
    }
}

// "Sin importar cuál sea tu método de reservación Sabre®, nosotros recomendamos que configures los
// campos (PE) del email así:"
#[test]
fn whatever_the_sabre_booking_method_the_pe_fields_are_read_the_same() {
    let expected = Stage::with(&pnr(BOTH));
    for script in [
        "PE‡CLIENT@EXAMPLE.COM‡\nPE‡AGENT@EXAMPLE.COM‡CC/",
        "PE¥CLIENT@EXAMPLE.COM¥\nPE¥AGENT@EXAMPLE.COM¥CC/",
        "PE‡CLIENT@EXAMPLE.COM‡TO/§PE‡AGENT@EXAMPLE.COM‡CC/",
        "pe#client@example.com#to/\r\npe#agent@example.com#cc/\r\n",
    ] {
        let stage = Stage::with(&pnr(script));
        for account in [CLIENT, AGENT] {
            assert_eq!(stage.list(account), expected.list(account), "{script}");
        }
    }
}

// "Incluir tu email en el campo CC asegura que el itinerario del viaje se agregue a tu cuenta de
// TripCase, bajo los viajes que estás siguiendo."
#[test]
fn your_address_in_cc_makes_sure_that_the_itinerary_is_added_to_the_trips_you_follow() {
    let stage = Stage::with(&pnr("PE#agent@example.com#CC/"));
    assert_eq!(lists(&stage, AGENT), [0, 1]);
    assert_eq!(stage.seen(AGENT), [flight(OUT[0])]);
}

// "El viajero recibirá un email de confirmación."
#[test]
fn the_traveller_will_receive_a_confirmation_email() {
    assert_eq!(route_of(THEIRS).mail(), ConfirmationMail::Message);
}

// "El seguidor que esté incluido en el campo CC recibirá una copia del email de confirmación."
#[test]
fn the_follower_in_cc_will_receive_a_copy_of_the_confirmation() {
    let mail = route_of("PE#agent@example.com#CC/").mail();
    assert_eq!(mail, ConfirmationMail::Copy);
}

// "El cliente ve el viaje en la sección **My Trips** de TripCase."
#[test]
fn the_client_sees_the_trip_under_my_trips() {
    let stage = Stage::with(&pnr(BOTH));
    assert_eq!(lists(&stage, CLIENT), [1, 0]);
    assert_eq!(stage.list(CLIENT).unwrap().web_title(), "My Trips");
}

// "El seguidor ve el viaje en la sección **Trips I'm Following** de TripCase."
#[test]
fn the_follower_sees_the_trip_under_trips_i_m_following() {
    let stage = Stage::with(&pnr(BOTH));
    assert_eq!(lists(&stage, AGENT), [0, 1]);
}

// "Usando las funcionalidades de calendario de TripCase, aparecerán los viajes en un calendario del
// Seguidor con el nombre del cliente en el título."
// (The feed itself is tested in calendar.rs; this is the title that it uses.)
#[test]
fn the_trips_appear_in_the_followers_calendar_with_the_clients_name_in_the_title() {
    let stage = Stage::with(&pnr(BOTH).travellers(&["DOE/JANE"]));
    assert!(stage.sees(AGENT, Item::Calendar));
    assert_eq!(stage.title(AGENT), "DOE/JANE: LHR–SIN");
    assert_eq!(stage.title(CLIENT), "LHR–SIN", "plain for the client");
}

// "Los viajes también se podrán ver en las secciones **Active** y **Following trips** en la app
// móvil."
#[test]
fn the_trips_are_under_active_and_following_trips_in_the_app() {
    let stage = Stage::with(&pnr(BOTH));
    let title = |account| stage.list(account).map(List::app_title);
    assert_eq!(title(CLIENT), Some("Active trips"));
    assert_eq!(title(AGENT), Some("Following trips"));
}

// "En el escritorio, un seguidor puede reasignar un viaje entre **Trips I'm Following** y **My
// Trips**."
#[test]
fn a_follower_can_reassign_a_trip_between_trips_i_m_following_and_my_trips() {
    let mut stage = Stage::with(&pnr(BOTH));
    let mine = stage.unmark(AGENT);
    assert_eq!(mine, [place(AGENT, List::MyTrips)]);
    assert_eq!(lists(&stage, AGENT), [1, 0]);
    let back = stage.mark(AGENT, "Jane Doe");
    assert_eq!(back, [place(AGENT, List::Following)]);
    assert_eq!(lists(&stage, AGENT), [0, 1]);
}

// "Mientras los clientes disfrutan de su experiencia de viaje, los seguidores pueden ver el último
// itinerario, además del Boleto Electrónico y la Factura Electrónica en TripCase."
#[test]
fn followers_in_cc_see_the_latest_itinerary_and_the_e_ticket_and_the_e_invoice() {
    let mut stage = Stage::with(&pnr(BOTH));
    with_documents(&mut stage);
    stage.update(2, LATER);
    assert_eq!(stage.seen(AGENT), [flight(LATER[0])]);
    assert_eq!(stage.documents(AGENT), ["9991234567890", "INV-17"]);
}

// "El seguidor también será notificado por email de los cambios que sufra el vuelo."
#[test]
fn the_follower_in_cc_is_also_told_by_email_of_changes_of_the_flight() {
    let mut stage = Stage::with(&pnr(BOTH));
    let effects = stage.update(2, LATER);
    assert_eq!(told(&effects), [CLIENT, AGENT]);
}

// ── La clave para los campos del email ──────────────────────────────────────────────────────────

// "Las direcciones que se encuentren en el campo **TO** del email recibirán el mensaje de
// confirmación […]"
#[test]
fn addresses_in_to_receive_the_confirmation_message() {
    let route = route_of("PE#anyemail@email.com#");
    assert_eq!(route.mail(), ConfirmationMail::Message);
}

// "[…] y el viaje se importará a la cuenta de TripCase de ese usuario bajo **My Trips** en el sitio
// web (**Active trips** en la app móvil). PE#anyemail@email.com#"
#[test]
fn the_trip_of_an_address_in_to_is_imported_under_my_trips_or_active_trips() {
    let list = imported("PE#anyemail@email.com#").unwrap();
    assert_eq!(list, List::MyTrips);
    assert_eq!(
        (list.web_title(), list.app_title()),
        ("My Trips", "Active trips")
    );
}

// "Las direcciones email que aparezcan en el campo **CC** recibirán una copia del email de
// confirmación […]"
#[test]
fn addresses_in_cc_receive_a_copy_of_the_confirmation() {
    let route = route_of("PE#anyemail@email.com#CC/");
    assert_eq!(route.mail(), ConfirmationMail::Copy);
}

// "[…] y el viaje será importado a la cuenta de TripCase del usuario bajo **Trips I'm Following** en
// el sitio web (**Following trips** en la app móvil). PE#anyemail@email.com#CC/"
#[test]
fn the_trip_of_an_address_in_cc_is_imported_under_trips_i_m_following_or_following_trips() {
    let list = imported("PE#anyemail@email.com#CC/").unwrap();
    assert_eq!(list, List::Following);
    let titles = (list.web_title(), list.app_title());
    assert_eq!(titles, ("Trips I'm Following", "Following trips"));
}

// "Las direcciones email que aparezcan en el Campo **BC** recibirán solamente una copia del email de
// confirmación."
#[test]
fn addresses_in_bc_receive_only_a_copy_of_the_confirmation() {
    let route = route_of("PE#anyemail@email.com#BC/");
    assert_eq!((route.mail(), route.list()), (ConfirmationMail::Copy, None));
}

// "El viaje no se importará a TripCase. PE#anyemail@email.com#BC/"
#[test]
fn the_trip_of_an_address_in_bc_is_not_imported() {
    assert_eq!(imported("PE#anyemail@email.com#BC/"), None);
}

/// The list of the user of the document's address after the import.
#[track_caller]
fn imported(script: &str) -> Option<List> {
    let mut stage = Stage::new();
    stage.register("anyemail@email.com", NEWCOMER);
    stage.import(&pnr(script));
    stage.list(NEWCOMER)
}

// ── 2. Reasignar ────────────────────────────────────────────────────────────────────────────────

// "El viaje del cliente ya está reservado y aparece en tu cuenta de TripCase, en la sección
// **Active trips**."
#[test]
fn the_clients_trip_is_in_your_account_under_active_trips() {
    let stage = Stage::with(&pnr(MINE));
    assert_eq!(stage.list(AGENT).unwrap().app_title(), "Active trips");
}

// "Ahora puedes reasignarlo a la lista de viajes que estás siguiendo. Sigue estos pasos para
// REASIGNAR el viaje en tu cuenta, e inclúyelo en la sección **Trips I'm Following**."
#[test]
fn you_can_reassign_it_to_the_list_of_the_trips_that_you_follow() {
    let mut stage = Stage::with(&pnr(MINE));
    let effects = stage.mark(AGENT, "Jane Doe");
    assert_eq!(effects, [place(AGENT, List::Following)]);
}

// "(Este método funciona independientemente de si el cliente es un usuario registrado de TripCase o
// no.)"
#[test]
fn reassigning_works_whether_or_not_the_client_is_registered() {
    let script = format!("{MINE}\n{THEIRS}");
    let registered = Stage::with(&pnr(&script));
    let mut unregistered = Stage::new().without_accounts_but(&["agent@example.com"]);
    unregistered.import(&pnr(&script));
    for mut stage in [registered, unregistered] {
        let client = stage.list(CLIENT);
        stage.mark(AGENT, "Jane Doe");
        assert_eq!(stage.list(AGENT), Some(List::Following));
        assert_eq!(stage.list(CLIENT), client, "the client's list stays");
    }
}

// "Encuentra en la sección **My Trips** el viaje que quieres mover. Ábrelo y haz clic en **Edit**."
#[test]
fn find_the_trip_under_my_trips_and_open_it() {
    let stage = Stage::with(&pnr(MINE));
    let lists = Lists::of(AGENT, [&stage.held], &peline::follow::Policy::DEFAULT);
    let [trip] = lists.list(List::MyTrips) else {
        panic!("one trip");
    };
    assert_eq!(trip.title(&stage.service), "LHR–SIN");
    assert_eq!((trip.id(), trip.legs().count()), (stage.held.id(), 1));
}

// "En la pantalla emergente señala la casilla **I am not the traveler**. Agrega el nombre del
// cliente. Haz clic en **Save**."
#[test]
fn tick_i_am_not_the_traveler_add_the_clients_name_and_save() {
    let mut stage = Stage::with(&pnr(MINE));
    assert_eq!(stage.held.mark(AGENT), None);
    stage.step(mark(AGENT, "Jane Doe"));
    assert_eq!(stage.held.mark(AGENT), Some(&name("Jane Doe")));
    // Without a name there is nothing to save.
    assert!("".parse::<peline::trip::PersonName>().is_err());
}

// "Ahora aparecerá el viaje bajo **Trips I'm Following**."
#[test]
fn now_the_trip_appears_under_trips_i_m_following() {
    let mut stage = Stage::with(&pnr(MINE));
    stage.mark(AGENT, "Jane Doe");
    assert_eq!(lists(&stage, AGENT), [0, 1]);
    assert_eq!(stage.title(AGENT), "Jane Doe: LHR–SIN");
}

// "También puedes agregar un viaje manualmente y convertirlo en un viaje al que sigues usando la
// misma casilla."
#[test]
fn you_can_also_add_a_trip_by_hand_and_make_it_one_that_you_follow_with_the_same_box() {
    let mut later = Stage::new();
    later.add_by_hand(AGENT, None);
    assert_eq!(later.list(AGENT), Some(List::MyTrips));
    later.mark(AGENT, "Jane Doe");
    let mut at_once = Stage::new();
    at_once.add_by_hand(AGENT, Some("Jane Doe"));
    for stage in [later, at_once] {
        assert_eq!(stage.list(AGENT), Some(List::Following));
        assert_eq!(stage.title(AGENT), "Jane Doe: LHR–SIN");
    }
}

// "Los viajes se pueden volver a reasignar a **My Trips** en el sitio web."
#[test]
fn the_trips_can_be_reassigned_to_my_trips_again() {
    let mut stage = Stage::with(&pnr(MINE));
    stage.mark(AGENT, "Jane Doe");
    assert_eq!(stage.unmark(AGENT), [place(AGENT, List::MyTrips)]);
    assert_eq!(stage.held.mark(AGENT), None);
    assert_eq!(stage.title(AGENT), "LHR–SIN");
}

// "Los viajes se podrán visualizar desde las secciones **Active** y **Following trips** en la app
// móvil."
#[test]
fn reassigned_trips_are_under_active_and_following_trips_in_the_app() {
    let mut stage = Stage::with(&pnr(MINE));
    assert_eq!(stage.list(AGENT).unwrap().app_title(), "Active trips");
    stage.mark(AGENT, "Jane Doe");
    assert_eq!(stage.list(AGENT).unwrap().app_title(), "Following trips");
}

// "Mientras los clientes disfrutan de su experiencia de viaje, los seguidores pueden ver en TripCase
// el último itinerario, además del Boleto Electrónico y de la Factura Electrónica."
#[test]
fn followers_who_reassigned_see_the_latest_itinerary_and_the_e_ticket_and_the_e_invoice() {
    let mut stage = Stage::with(&pnr(MINE));
    stage.mark(AGENT, "Jane Doe");
    with_documents(&mut stage);
    stage.update(2, LATER);
    assert_eq!(stage.list(AGENT), Some(List::Following));
    assert_eq!(stage.seen(AGENT), [flight(LATER[0])]);
    assert_eq!(stage.documents(AGENT), ["9991234567890", "INV-17"]);
}

// "El seguidor también será notificado por email de los cambios que sufra el vuelo."
#[test]
fn the_follower_who_reassigned_is_also_told_by_email_of_changes_of_the_flight() {
    let mut stage = Stage::with(&pnr(MINE));
    stage.mark(AGENT, "Jane Doe");
    assert_eq!(told(&stage.update(2, LATER)), [AGENT]);
}

// ── 3. Compartir ────────────────────────────────────────────────────────────────────────────────

// "Un viaje ya se encuentra en la cuenta de TripCase del cliente y tú no estás en el **PNR**."
#[test]
fn the_trip_is_in_the_clients_account_and_you_are_not_in_the_pnr() {
    let plan: Plan = pe::scan(THEIRS.as_bytes()).collect();
    let me = Presence::in_plan(&plan, &address("agent@example.com"));
    assert_eq!(me, Presence::Absent);
    let stage = Stage::with(&pnr(THEIRS));
    assert_eq!(lists(&stage, CLIENT), [1, 0]);
    assert_eq!(lists(&stage, AGENT), [0, 0]);
}

// "El viajero puede convertirte en un seguidor de sus viajes por medio del sitio web o de la app
// móvil."
// (The command is the same from both.)
#[test]
fn the_traveller_can_make_you_a_follower_of_his_trips() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    assert!(stage.held.shares_of(CLIENT).eq([AGENT]));
}

// "Pide al viajero que siga estos pasos para COMPARTIR el viaje."
#[test]
fn ask_the_traveller_to_share_the_trip() {
    let way = way_for(THEIRS, ClientAccount::Registered);
    assert_eq!(
        way.to_string(),
        "Way 3: ask the client to share the trip with you."
    );
    // It is the traveller who shares: nobody helps himself.
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.refuses(share(AGENT, "agent@example.com"), Refusal::NotHolder);
}

// "El viaje compartido aparecerá en tu cuenta de TripCase en la sección **Trips I'm Following**."
#[test]
fn the_shared_trip_appears_in_your_account_under_trips_i_m_following() {
    let mut stage = Stage::with(&pnr(THEIRS));
    let effects = stage.share(CLIENT, "agent@example.com");
    assert!(effects.contains(&place(AGENT, List::Following)));
    assert_eq!(lists(&stage, AGENT), [0, 1]);
}

// "(El viajero debe ser un usuario registrado de TripCase.)"
#[test]
fn the_traveller_must_be_a_registered_user() {
    let mut stage = Stage::new().without_accounts_but(&["agent@example.com"]);
    stage.import(&pnr(THEIRS));
    stage.refuses(share(CLIENT, "agent@example.com"), Refusal::NotHolder);
    stage.register("client@example.com", CLIENT);
    stage.share(CLIENT, "agent@example.com");
    assert_eq!(stage.list(AGENT), Some(List::Following));
    assert_ne!(way_for(THEIRS, ClientAccount::None), Way::Share);
}

// "Abre el viaje que deseas compartir."
#[test]
fn open_the_trip_that_you_want_to_share() {
    let stage = Stage::with(&pnr(THEIRS));
    let view = stage.held.view(CLIENT, &peline::follow::Policy::DEFAULT);
    assert_eq!(view.map(|view| view.id()), Some(stage.held.id()));
}

// "Ingresa la dirección email de tu seguidor."
#[test]
fn enter_the_email_address_of_your_follower() {
    for with in ["agent@example.com", "AGENT@EXAMPLE.COM", "desk@example.com"] {
        let mut stage = Stage::with(&pnr(THEIRS));
        stage.share(CLIENT, with);
        assert_eq!(stage.list(AGENT), Some(List::Following), "{with}");
    }
}

// "Esa dirección email debe estar asociada a una cuenta TripCase existente."
#[test]
fn that_address_must_belong_to_an_existing_account() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.refuses(share(CLIENT, "new@example.com"), Refusal::UnknownAddress);
    stage.register("new@example.com", NEWCOMER);
    stage.share(CLIENT, "new@example.com");
    assert_eq!(stage.list(NEWCOMER), Some(List::Following));
}

// "Una vez que la configuración se haya guardado, el seguidor será notificado por email sobre tu
// viaje."
#[test]
fn once_it_is_saved_the_follower_is_told_by_email_about_your_trip() {
    let mut stage = Stage::with(&pnr(THEIRS));
    let effects = stage.share(CLIENT, "agent@example.com");
    let [notice] = notices(&effects)[..] else {
        panic!("one mail");
    };
    assert_eq!((notice.to(), notice.trip()), (AGENT, stage.held.id()));
    assert!(matches!(notice.news(), News::Shared { by: CLIENT, .. }));
    // Shared again later, it is other news.
    let mut again = stage.clone();
    again.unshare(CLIENT, AGENT);
    again.clock(200_000);
    let effects = again.share(CLIENT, "agent@example.com");
    assert_ne!(notices(&effects)[0].key(), notice.key());
    assert!(stage.held.may_send(notice, &stage.service).is_ok());
}

// "El viaje aparecerá en su cuenta de TripCase bajo los viajes que se están siguiendo."
#[test]
fn the_trip_appears_in_his_account_under_the_trips_that_are_followed() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    let list = stage.list(AGENT).unwrap();
    assert_eq!(
        (list.web_title(), list.app_title()),
        ("Trips I'm Following", "Following trips")
    );
    assert_eq!(lists(&stage, CLIENT), [1, 0], "and stays on the client's");
}

// "Un cliente puede hacer clic en **Always Share**, desde la sección **Contact** en la app móvil,
// para compartir automáticamente contigo cada viaje."
#[test]
fn a_client_can_click_always_share_to_share_every_trip_with_you_by_itself() {
    let mut first = Stage::new();
    first.always_share(CLIENT, "agent@example.com");
    let mut second = first.clone();
    for (stage, locator) in [(&mut first, "AAAAAA"), (&mut second, "BBBBBB")] {
        let effects = stage.import(&pnr(THEIRS).of(locator));
        assert!(effects.contains(&place(AGENT, List::Following)));
        assert_eq!(invited(&effects), [AGENT]);
        assert_eq!(lists(stage, AGENT), [0, 1]);
    }
}

// "Mientras los clientes disfrutan de su experiencia de viaje, los seguidores pueden ver el último
// itinerario de viaje en TripCase."
#[test]
fn followers_by_share_see_the_latest_itinerary() {
    let mut stage = Stage::with(&pnr(THEIRS));
    stage.share(CLIENT, "agent@example.com");
    with_documents(&mut stage);
    for (issued, flights) in [(2, LATER), (3, LATEST)] {
        stage.update(issued, flights);
        assert_eq!(stage.seen(AGENT), [flight(flights[0])]);
    }
    // Ways 1 and 2 promise the e-ticket and the e-invoice, this one does not.
    assert_eq!(stage.documents(AGENT), [""; 0]);
}

// Across the sentences: the three ways side by side, from one booking.
#[test]
fn the_three_ways_lead_to_the_same_list() {
    let script = "PE#client@example.com#\nPE#agent@example.com#CC/\nPE#boss@example.com#";
    let mut stage = Stage::with(&pnr(script).travellers(&["DOE/JANE"]));
    stage.mark(BOSS, "Jane Doe");
    stage.share(CLIENT, "sister@example.com");
    for account in [AGENT, BOSS, crate::stage::SISTER] {
        assert_eq!(lists(&stage, account), [0, 1]);
        assert_eq!(stage.seen(account), [flight(OUT[0])]);
    }
}

// The same from a confirmation that came by mail, which is what the original reads.
#[test]
fn a_confirmation_by_mail_imports_as_the_pe_fields_that_it_came_from() {
    let header = "To: client@example.com\nCc: agent@example.com\nBcc: boss@example.com";
    let stage = Stage::with(&message(header));
    let lists = [CLIENT, AGENT, BOSS].map(|account| stage.list(account));
    assert_eq!(lists, [Some(List::MyTrips), Some(List::Following), None]);
}

// Sentences without a test of their own:
//
// * "Desde tu escritorio, entra a www.tripcase.com e ingresa a tu cuenta de TripCase.", "Accede a tu
//   cuenta de TripCase desde el sitio web TripCase o desde la app móvil.": signing in. The service
//   authenticates; `Command` takes whoever it names as acting.
// * "Haz clic en el ícono **Share** en la barra de herramientas.": where a button is. What it does is
//   `Command::Share`, tested at the next sentences.
// * "La clave para los campos del email", "I am not the traveler.", "Always Share" and the headings:
//   labels of what is tested with the sentence beside them.
// * The calendar's own functions: calendar.rs. The words of the mails: the tests of the notices.

//! What a step asks the service.

use std::{cell::RefCell, collections::BTreeSet};

use peline::{
    Address,
    follow::{AccountId, Client, Command, ConsentCommand, Host, Items, Policy, StandingConsents},
    trip::{TripId, Zones},
};

use crate::stage::{
    AGENT, BOSS, CLIENT, LATER, NEWCOMER, Service, Stage, address, cancel, document, flights, mark,
    message, minute, notices, pnr, renumber, replace, share, unmark, update,
};

const BOTH: &str = "PE#client@example.com#\nPE#agent@example.com#CC/";

/// The service, and what it was asked for.
struct Asked<'a> {
    service: &'a Service,
    accounts: RefCell<BTreeSet<Address>>,
    consents: RefCell<BTreeSet<AccountId>>,
}

impl<'a> Asked<'a> {
    fn of(stage: &'a Stage) -> Self {
        Self {
            service: &stage.service,
            accounts: RefCell::default(),
            consents: RefCell::default(),
        }
    }

    #[track_caller]
    fn is(&self, accounts: &[&str], consents: &[AccountId]) {
        let expected: BTreeSet<_> = accounts.iter().map(|text| address(text)).collect();
        assert_eq!(*self.accounts.borrow(), expected, "accounts");
        let expected: BTreeSet<_> = consents.iter().copied().collect();
        assert_eq!(*self.consents.borrow(), expected, "consents");
    }
}

impl Host for Asked<'_> {
    fn account(&self, address: &Address) -> Option<AccountId> {
        self.accounts.borrow_mut().insert(address.clone());
        self.service.account(address)
    }

    fn consents(&self, traveller: AccountId) -> Option<&StandingConsents> {
        self.consents.borrow_mut().insert(traveller);
        self.service.consents(traveller)
    }

    fn policy(&self) -> &Policy {
        self.service.policy()
    }

    fn zones(&self) -> &dyn Zones {
        self.service.zones()
    }
}

#[test]
fn a_host_may_be_a_trait_object() {
    let stage = Stage::new();
    let host: &dyn Host = &stage.service;
    let (held, now) = (stage.held.clone(), minute(100));
    let (held, _) = held.step(pnr(BOTH).command(), now, host).unwrap();
    let update = update(1, LATER);
    let (held, effects) = held.step(update, now, host).unwrap();
    let view = held.view(AGENT, host.policy()).unwrap();
    assert_eq!(view.title(host), "LHR–SIN");
    assert_eq!(view.client(host), Client::Unknown);
    assert_eq!(notices(&effects).len(), 2);
    for notice in notices(&effects) {
        assert!(held.may_send(notice, host).is_ok());
        #[cfg(feature = "notices")]
        {
            let notices = peline::follow::notices::Notices::new();
            assert!(notices.render(notice, &held, host, None).is_ok());
        }
    }
    #[cfg(feature = "calendar")]
    {
        let feed = peline::follow::calendar::Feed::new(AGENT).refresh([&held], host);
        assert!(feed.to_ics(host.zones()).contains("VEVENT"));
    }
    let names = [("2.1".parse().unwrap(), "1.1".parse().unwrap())].into();
    assert!(held.divide(TripId::new(1), &names, now, now, host).is_ok());
    let (with, opens) = (address("boss@example.com"), Items::NONE);
    let command = ConsentCommand::AlwaysShare { with, opens };
    let consents = StandingConsents::new(CLIENT);
    assert!(consents.step(command, now, host).is_ok());
}

/// What a command asks for: accounts of addresses, and consents.
#[track_caller]
fn asks(stage: &Stage, command: Command, accounts: &[&str], consents: &[AccountId]) {
    let host = Asked::of(stage);
    let step = stage.held.clone().step(command, minute(100), &host);
    assert!(step.is_ok(), "refused: {:?}", step.err());
    host.is(accounts, consents);
}

#[test]
fn a_confirmation_says_whom_it_addresses_each_once_also_blindly() {
    let script = "PE#sister@example.com#BC/\nPE#client@example.com#\nPE#agent@example.com#CC/-1.1\n\
                  PE#agent@example.com#CC/-2.1\nPE#client@example.com#BC/";
    let [agent, client, sister] =
        ["agent", "client", "sister"].map(|it| format!("{it}@example.com"));
    let mail = message("To: sister@example.com\nCc: client@example.com\nBcc: agent@example.com");
    for said in [pnr(script), pnr(script).whole(), mail] {
        let confirmation = said.confirmation();
        let addressed = confirmation.addresses().map(Address::as_str);
        assert!(addressed.eq([&agent, &client, &sister]));
        let left = confirmation.without(&address(&client));
        let addressed = left.addresses().map(Address::as_str);
        assert!(addressed.eq([&agent, &sister]));
    }
    assert_eq!(pnr("").confirmation().addresses().count(), 0);
}

#[test]
fn an_import_asks_for_the_accounts_of_its_addresses() {
    let script = "PE#client@example.com#\nPE#new@example.com#\nPE#agent@example.com#CC/\nPE#boss@example.com#BC/";
    let mail = message("To: client@example.com\nCc: agent@example.com\nBcc: boss@example.com");
    for stage in [Stage::new(), Stage::with(&pnr(BOTH).issued(-1))] {
        for said in [pnr(script), pnr(script).whole(), mail.clone()] {
            let (confirmation, host) = (said.confirmation(), Asked::of(&stage));
            let addresses: BTreeSet<_> = confirmation.addresses().cloned().collect();
            let import = Command::Import(confirmation);
            let step = stage.held.clone().step(import, minute(100), &host);
            assert!(step.is_ok());
            assert_eq!(*host.accounts.borrow(), addresses);
        }
    }
    let stage = Stage::new();
    let [client, agent] = ["client@example.com", "agent@example.com"];
    asks(&stage, pnr(BOTH).command(), &[client, agent], &[CLIENT]);
    // Whose an address is, the trip may know alone.
    let stage = Stage::with(&pnr(BOTH)).without_accounts_but(&[]);
    let import = pnr("PE#agent@example.com#").issued(1).command();
    asks(&stage, import, &[agent], &[AGENT]);
}

#[test]
fn who_gets_a_trip_on_his_my_trips_is_asked_for_his_consents() {
    let mut stage = Stage::with(&pnr("PE#new@example.com#\nPE#agent@example.com#CC/"));
    let address = address("new@example.com");
    let register = Command::Register {
        address,
        account: NEWCOMER,
    };
    asks(&stage, register, &[], &[NEWCOMER]);
    stage.unfollow(AGENT);
    stage.import(&pnr("PE#agent@example.com#").issued(1));
    // Taking it back is not entering.
    asks(&stage, Command::TakeBack { holder: AGENT }, &[], &[]);

    let add = Command::AddByHand {
        by: BOSS,
        itinerary: flights(LATER),
        client: None,
    };
    asks(&Stage::new(), add, &[], &[BOSS]);
    let mut stage = Stage::new();
    stage.add_by_hand(BOSS, Some("Jane Doe"));
    asks(&stage, unmark(BOSS), &[], &[BOSS]);
}

#[test]
fn an_update_asks_for_the_accounts_of_those_whom_it_was_mailed_to() {
    let stage = Stage::with(&pnr(BOTH));
    let to = ["agent@example.com", "boss@example.com"];
    for command in [update(1, LATER), cancel(1)] {
        let mut command = command;
        asks(&stage, command.clone(), &[], &[]);
        if let Command::Update { mailed_to, .. } | Command::Cancel { mailed_to, .. } = &mut command
        {
            mailed_to.extend(to.map(address));
        }
        asks(&stage, command, &to, &[]);
    }
}

#[test]
fn a_share_asks_for_the_account_of_the_follower() {
    let mut stage = Stage::with(&pnr(BOTH));
    asks(
        &stage,
        share(CLIENT, "boss@example.com"),
        &["boss@example.com"],
        &[],
    );
    let with = address("boss@example.com");
    let opens = Items::NONE;
    let host = Asked::of(&stage);
    let consents = StandingConsents::new(CLIENT);
    let command = ConsentCommand::AlwaysShare { with, opens };
    assert!(consents.step(command, minute(1), &host).is_ok());
    host.is(&["boss@example.com"], &[]);
    stage.share(CLIENT, "boss@example.com");
    let unshare = Command::Unshare {
        by: CLIENT,
        with: BOSS,
    };
    asks(&stage, unshare, &[], &[]);
}

#[test]
fn whatever_else_happens_asks_for_nobody() {
    let stage = Stage::with(&pnr(BOTH));
    for command in [
        Command::Unregister {
            address: address("client@example.com"),
        },
        Command::CloseAccount { account: CLIENT },
        Command::ForgetWaiting { before: minute(9) },
        mark(CLIENT, "John Roe"),
        Command::Unfollow { holder: AGENT },
        Command::Attach(document("999-1", 1)),
        renumber(&[("1.1", "2.1")], 1),
        replace(crate::stage::LOCATOR, "NEWLOC", 1),
    ] {
        asks(&stage, command, &[], &[]);
    }
    let edit = Command::Edit {
        by: CLIENT,
        itinerary: flights(LATER),
    };
    asks(&Stage::by_hand(), edit, &[], &[]);
    let host = Asked::of(&stage);
    let names = [("2.1".parse().unwrap(), "1.1".parse().unwrap())].into();
    let divided = stage.held.clone();
    let divided = divided.divide(TripId::new(1), &names, minute(1), minute(1), &host);
    assert!(divided.is_ok());
    host.is(&[], &[]);
}

//! What a booking says.

use peline::{
    Plan,
    follow::{Command, Confirmation},
    mail::{self, Message},
    pe,
    trip::{Flight, Itinerary, Traveller},
};

use super::{LOCATOR, OUT, booking, flight, minute, name};

/// A confirmation in the making: what the PNR says, by default issued in minute 0 and unmailed.
#[derive(Clone)]
pub(crate) struct Pnr {
    plan: Plan,
    issued: i64,
    flights: Vec<Flight>,
    travellers: Vec<Traveller>,
    locator: &'static str,
    whole: bool,
    mailed: bool,
    /// The text of an admitted message.
    message: Option<String>,
}

/// What PE text says.
#[track_caller]
pub(crate) fn pnr(script: &str) -> Pnr {
    Pnr {
        plan: pe::scan(script.as_bytes()).collect(),
        issued: 0,
        flights: OUT.iter().map(|text| flight(text)).collect(),
        travellers: Vec::new(),
        locator: LOCATOR,
        whole: false,
        mailed: false,
        message: None,
    }
}

const SENDER: &str = "From: Air Example <noreply@air.example>\n";

/// What an admitted message with these lines in its header says.
#[track_caller]
pub(crate) fn message(header: &str) -> Pnr {
    let text = format!("{SENDER}{header}\n\n");
    Pnr {
        message: Some(text),
        ..pnr("")
    }
}

impl Pnr {
    pub(crate) fn issued(mut self, minute: i64) -> Self {
        self.issued = minute;
        self
    }

    #[track_caller]
    pub(crate) fn flights(mut self, texts: &[&str]) -> Self {
        self.flights = texts.iter().map(|text| flight(text)).collect();
        self
    }

    #[track_caller]
    pub(crate) fn travellers(mut self, names: &[&str]) -> Self {
        self.travellers = names.iter().map(|it| Traveller::new(name(it))).collect();
        self
    }

    /// Travellers with the numbers of their names.
    #[track_caller]
    pub(crate) fn numbered(mut self, names: &[(&str, &str)]) -> Self {
        self.travellers = names.iter().map(|it| numbered(*it)).collect();
        self
    }

    pub(crate) fn of(mut self, locator: &'static str) -> Self {
        self.locator = locator;
        self
    }

    /// Declared to be the whole PE list.
    pub(crate) fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Mailed to all whom it addresses.
    pub(crate) fn mailed(mut self) -> Self {
        self.mailed = true;
        self
    }

    #[track_caller]
    pub(crate) fn confirmation(&self) -> Confirmation {
        let itinerary = Itinerary::new(self.flights.clone(), self.travellers.clone()).unwrap();
        let (booking, issued) = (booking(self.locator), minute(self.issued));
        let confirmation = match (&self.message, self.whole) {
            (Some(text), _) => {
                let message = Message::parse(text.as_bytes()).unwrap();
                let domain = || "air.example".parse().unwrap();
                let policy = mail::AdmissionPolicy::default().with_domain(domain());
                let verified = mail::Authentication::DmarcBySpf(domain());
                let admitted = mail::admit(&message, &verified, &policy).unwrap();
                Confirmation::from_message(&admitted, &[], booking, issued, itinerary)
            }
            (None, true) => {
                Confirmation::from_whole_pnr(booking, issued, itinerary, &self.plan).unwrap()
            }
            (None, false) => {
                Confirmation::from_pnr(booking, issued, itinerary, &self.plan).unwrap()
            }
        };
        match self.mailed {
            true => confirmation.mailed(),
            false => confirmation,
        }
    }

    #[track_caller]
    pub(crate) fn command(&self) -> Command {
        Command::Import(self.confirmation())
    }
}

/// `("1.1", "DOE/JANE")`
#[track_caller]
pub(crate) fn numbered((number, text): (&str, &str)) -> Traveller {
    let traveller = Traveller::new(name(text));
    match number {
        "-" => traveller,
        number => traveller.with_name_reference(number.parse().unwrap()),
    }
}

//! What can happen to a trip, in small numbers: the commands for the laws of following.

use std::collections::BTreeMap;

use peline::{
    Address, Recipient, Role,
    follow::{
        AccountId, Assignment, Command, Confirmation, HeldTrip, Host, Item, Items, StandingConsents,
    },
    jiff::{
        SignedDuration, Timestamp,
        civil::{date, time as civil_time},
    },
    mail::{AdmissionPolicy, Authentication, Message, admit},
    plan,
    trip::{BookingId, Document, DocumentKind, Flight, Itinerary, SystemCode, Traveller, TripId},
};

pub(crate) const ADDRESSES: u8 = 6;
pub(crate) const ACCOUNTS: u8 = 4;
pub(crate) const TIMES: u8 = 8;

/// One thing that happens, in small numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Act {
    Import(Import),
    /// As old as what is known, and different.
    Contradict(Import),
    Register {
        address: u8,
        account: u8,
    },
    Unregister {
        address: u8,
    },
    Close {
        account: u8,
    },
    Forget {
        before: u8,
    },
    AddByHand {
        by: u8,
        marked: bool,
    },
    Edit {
        by: u8,
    },
    Reassign {
        holder: u8,
        following: bool,
        name: u8,
    },
    Share {
        by: u8,
        with: u8,
        opens: bool,
    },
    Unshare {
        by: u8,
        with: u8,
    },
    Unfollow {
        holder: u8,
    },
    TakeBack {
        holder: u8,
    },
    Update {
        issued: u8,
        booking: u8,
    },
    Cancel {
        received: u8,
        booking: u8,
    },
    Attach {
        invoice: bool,
        issued: u8,
        name: bool,
    },
    Replace {
        old: u8,
        new: u8,
        at: u8,
    },
    AlwaysShare {
        by: u8,
        with: u8,
    },
    StopSharing {
        by: u8,
        with: u8,
    },
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Import {
    pub(crate) source: Source,
    pub(crate) booking: u8,
    pub(crate) issued: u8,
    /// Two bits for each address: nothing, To, Cc, Bc.
    pub(crate) roles: u16,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Source {
    Mailed,
    Part,
    Whole,
}

impl Act {
    /// Some act for any four bytes.
    pub(crate) fn decode([what, one, two, three]: [u8; 4]) -> Self {
        let (account, address) = (|byte| byte % ACCOUNTS, |byte| byte % ADDRESSES);
        let import = Import {
            source: [Source::Mailed, Source::Part, Source::Whole][usize::from(one / 16 % 3)],
            booking: u8::from(one >= 0xF0),
            issued: one % TIMES,
            roles: u16::from_le_bytes([two, three]) % (1 << (2 * ADDRESSES)),
        };
        match what % 32 {
            0..=7 => Self::Import(import),
            8 => Self::Contradict(import),
            9 | 10 => Self::Register {
                address: address(one),
                account: account(two),
            },
            11 => Self::Unregister {
                address: address(one),
            },
            12 => Self::Close {
                account: account(one),
            },
            13 => Self::Forget {
                before: one % TIMES,
            },
            14 | 15 => Self::AddByHand {
                by: account(one),
                marked: two % 2 == 1,
            },
            16 => Self::Edit { by: account(one) },
            17..=19 => Self::Reassign {
                holder: account(one),
                following: two % 2 == 1,
                name: three % 2,
            },
            20..=22 => Self::Share {
                by: account(one),
                with: address(two),
                opens: three % 4 == 3,
            },
            23 => Self::Unshare {
                by: account(one),
                with: account(two),
            },
            24 => Self::Unfollow {
                holder: account(one),
            },
            25 => Self::TakeBack {
                holder: account(one),
            },
            26 => Self::Update {
                issued: one % TIMES,
                booking: two % 2,
            },
            27 => Self::Cancel {
                received: one % TIMES,
                booking: two % 2,
            },
            28 => Self::Attach {
                invoice: one % 2 == 1,
                issued: two % TIMES,
                name: three % 2 == 1,
            },
            29 => Self::Replace {
                old: one % 2,
                new: two % 2,
                at: three % TIMES,
            },
            30 => Self::AlwaysShare {
                by: account(one),
                with: account(two),
            },
            _ => Self::StopSharing {
                by: account(one),
                with: account(two),
            },
        }
    }
}

impl Act {
    /// Whether it says something of the first booking that can be known in any order.
    pub(crate) const fn says_something(&self) -> bool {
        matches!(
            self,
            Self::Import(Import { booking: 0, .. })
                | Self::Update { booking: 0, .. }
                | Self::Cancel { booking: 0, .. }
                | Self::Attach { .. }
        )
    }

    pub(crate) const fn import(&self) -> Option<Import> {
        if let Self::Import(import) | Self::Contradict(import) = self {
            Some(*import)
        } else {
            None
        }
    }
}

pub(crate) fn account(number: u8) -> AccountId {
    AccountId::new(u128::from(number) + 1)
}

pub(crate) fn address(number: u8) -> Address {
    format!("person{number}@example.com")
        .parse()
        .expect("an address")
}

pub(crate) fn time(number: u8) -> Timestamp {
    let start: Timestamp = "2026-11-01T00:00:00Z".parse().expect("a time");
    let hours = SignedDuration::from_hours(i64::from(number));
    start.checked_add(hours).expect("a time")
}

pub(crate) fn booking(number: u8) -> BookingId {
    let locator = ["KWJQPD", "QXZVWB"][usize::from(number % 2)];
    BookingId::new(SystemCode::SABRE, locator.parse().expect("a locator"))
}

/// The itinerary that is issued at a time: none is like the one before.
pub(crate) fn itinerary(issued: u8, variant: u8) -> Itinerary {
    let code = |text: &str| text.parse().expect("a code");
    let day = date(2026, 12, 1 + i8::try_from(issued % TIMES).expect("small"));
    let out = Flight::new(code("LHR"), code("SIN"), day)
        .with_designator("BA11".parse().expect("a flight"))
        .with_departure_time(civil_time(
            8 + i8::try_from(variant).expect("small"),
            0,
            0,
            0,
        ));
    let back = Flight::new(code("SIN"), code("LHR"), date(2026, 12, 20));
    let travellers = ["1.1", "2.1"].map(|reference| {
        let traveller = Traveller::new("DOE/JANE".parse().expect("a name"));
        traveller.with_name_reference(reference.parse().expect("a reference"))
    });
    let flights = if issued.is_multiple_of(3) {
        vec![out]
    } else {
        vec![out, back]
    };
    Itinerary::new(flights, travellers).expect("an itinerary")
}

pub(crate) fn role(import: Import, address: u8) -> Option<Role> {
    match import.roles >> (2 * address) & 3 {
        1 => Some(Role::To),
        2 => Some(Role::Cc),
        3 => Some(Role::Bcc),
        _ => None,
    }
}

/// The confirmation; in the PE list every second address is there for one name only.
fn confirmation(import: Import, variant: u8) -> Confirmation {
    let (booking, issued) = (booking(import.booking), time(import.issued));
    let itinerary = itinerary(import.issued, variant);
    if import.source == Source::Mailed {
        return message(import, booking, issued, itinerary);
    }
    let recipients = (0..ADDRESSES).filter_map(|number| {
        let recipient = Recipient::new(address(number), role(import, number)?);
        let reference = "1.1".parse().expect("a reference");
        Some(Ok(match number % 2 == 1 {
            true => recipient.with_name_reference(reference),
            false => recipient,
        }))
    });
    let plan = plan(recipients);
    match import.source {
        Source::Whole if plan.is_empty() => {
            Confirmation::from_emptied_pnr(booking, issued, itinerary)
        }
        Source::Whole => Confirmation::from_whole_pnr(booking, issued, itinerary, &plan)
            .expect("made from recipients"),
        Source::Mailed | Source::Part => {
            Confirmation::from_pnr(booking, issued, itinerary, &plan).expect("made from recipients")
        }
    }
}

/// The same as a message.
fn message(
    import: Import,
    booking: BookingId,
    issued: Timestamp,
    itinerary: Itinerary,
) -> Confirmation {
    let addressed = (0..ADDRESSES).filter_map(|number| Some((number, role(import, number)?)));
    let addressed: Vec<_> = addressed.collect();
    by_message(&addressed, booking, issued, itinerary)
}

/// What an admitted message to these addresses says.
pub(crate) fn by_message(
    addressed: &[(u8, Role)],
    booking: BookingId,
    issued: Timestamp,
    itinerary: Itinerary,
) -> Confirmation {
    let mut text = "From: noreply@air.example\n".to_owned();
    for (field, wanted) in [("To", Role::To), ("Cc", Role::Cc)] {
        let mine = addressed.iter().filter(|(_, role)| *role == wanted);
        let addresses: Vec<_> = mine.map(|(it, _)| address(*it).to_string()).collect();
        if !addresses.is_empty() {
            text += &format!("{field}: {}\n", addresses.join(",\n "));
        }
    }
    text.push('\n');
    let envelope: Vec<_> = addressed.iter().map(|(it, _)| address(*it)).collect();
    let message = Message::parse(text.as_bytes()).expect("a header");
    let domain = || "air.example".parse().expect("a domain");
    let policy = AdmissionPolicy::default().with_domain(domain());
    let verified = Authentication::DmarcBySpf(domain());
    let admitted = admit(&message, &verified, &policy).expect("admitted");
    Confirmation::from_message(&admitted, &envelope, booking, issued, itinerary)
}

/// The service, as it is when something happens.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    /// Numbers of addresses, and of the accounts that verified them.
    pub(crate) verified: BTreeMap<u8, u8>,
    pub(crate) consents: BTreeMap<AccountId, StandingConsents>,
}

impl Host for Service {
    fn account(&self, address: &Address) -> Option<AccountId> {
        let digit = address.local_part().bytes().last()?;
        self.verified.get(&(digit - b'0')).copied().map(account)
    }

    fn consents(&self, traveller: AccountId) -> Option<&StandingConsents> {
        self.consents.get(&traveller)
    }
}

impl Default for Service {
    fn default() -> Self {
        // One account with two addresses, two with one, one with none; two addresses are nobody's.
        let verified = [(0, 0), (1, 1), (2, 1), (4, 2)];
        let consents = |number| (account(number), StandingConsents::new(account(number)));
        Self {
            verified: verified.into(),
            consents: (0..ACCOUNTS).map(consents).collect(),
        }
    }
}

/// The command of an act; `None` where it only concerns the service.
pub(crate) fn command(act: Act) -> Option<Command> {
    let opens = |opens| {
        if opens {
            Items::from_iter([Item::ETicket])
        } else {
            Items::NONE
        }
    };
    Some(match act {
        Act::Import(import) => Command::Import(confirmation(import, 0)),
        Act::Contradict(import) => Command::Import(confirmation(import, 1)),
        Act::Register {
            address: it,
            account: whose,
        } => Command::Register {
            address: address(it),
            account: account(whose),
        },
        Act::Unregister { address: it } => Command::Unregister {
            address: address(it),
        },
        Act::Close { account: it } => Command::CloseAccount {
            account: account(it),
        },
        Act::Forget { before } => Command::ForgetWaiting {
            before: time(before),
        },
        Act::AddByHand { by, marked } => Command::AddByHand {
            by: account(by),
            itinerary: itinerary(1, 2),
            client: marked.then(|| "Jane Doe".parse().expect("a name")),
        },
        Act::Edit { by } => Command::Edit {
            by: account(by),
            itinerary: itinerary(2, 3),
        },
        Act::Reassign {
            holder,
            following,
            name,
        } => Command::Reassign {
            holder: account(holder),
            to: match following {
                true => Assignment::Following {
                    client: ["Jane Doe", "John Roe"][usize::from(name)]
                        .parse()
                        .expect("a name"),
                },
                false => Assignment::MyTrips,
            },
        },
        Act::Share {
            by,
            with,
            opens: more,
        } => Command::Share {
            by: account(by),
            with: address(with),
            opens: opens(more),
        },
        Act::Unshare { by, with } => Command::Unshare {
            by: account(by),
            with: account(with),
        },
        Act::Unfollow { holder } => Command::Unfollow {
            holder: account(holder),
        },
        Act::TakeBack { holder } => Command::TakeBack {
            holder: account(holder),
        },
        Act::Update {
            issued,
            booking: number,
        } => Command::Update {
            booking: booking(number),
            itinerary: itinerary(issued, 0),
            issued: time(issued),
            mailed_to: Vec::new(),
        },
        Act::Cancel {
            received,
            booking: number,
        } => Command::Cancel {
            booking: booking(number),
            received: time(received),
            mailed_to: Vec::new(),
        },
        Act::Attach {
            invoice,
            issued,
            name,
        } => {
            let kind = if invoice {
                DocumentKind::EInvoice
            } else {
                DocumentKind::ETicket
            };
            let number = if name {
                "9991234567890"
            } else {
                "9990987654321"
            };
            let document = Document::new(kind, number.parse().expect("a number"), time(issued));
            Command::Attach(match name {
                true => document.for_name("1.1".parse().expect("a reference")),
                false => document,
            })
        }
        Act::Replace { old, new, at } => Command::ReplaceBooking {
            old: booking(old),
            new: booking(new),
            at: time(at),
        },
        Act::AlwaysShare { .. } | Act::StopSharing { .. } => return None,
    })
}

/// A trip of which nothing is known.
pub(crate) fn nothing() -> HeldTrip {
    HeldTrip::new(TripId::new(1))
}

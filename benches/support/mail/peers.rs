//! The recipients of a message, read with this crate and with others.
//!
//! Each peer is asked for `To`, `Cc` and `Bcc` only, once each, and reads no body. None of them
//! checks addresses (`mailparse` looks for an `@`, `mail-parser` for nothing), so `email_address`
//! does; we hand out none that could not be routed to.

use std::sync::LazyLock;

use email_address::EmailAddress;
use mail_parser::{Addr, Address, HeaderName, MessageParser};
use mailparse::{MailAddr, MailHeaderMap as _, SingleInfo, addrparse_header};
use peline::{Role, mail::Message};

/// A recipient, its name decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record<'a> {
    pub(crate) role: Role,
    pub(crate) address: &'a [u8],
    pub(crate) name: Option<&'a str>,
}

/// What reads the recipients of a message one by one.
pub(crate) type Reader = fn(&[u8], &mut dyn FnMut(Record<'_>));

pub(crate) fn ours(mail: &[u8], mut each: impl FnMut(Record<'_>)) {
    let message = Message::parse(mail).unwrap();
    for listed in message.recipients(&[]) {
        let candidate = listed.content.unwrap();
        if candidate.reason().is_some() {
            continue;
        }
        let mailbox = candidate.mailbox().unwrap();
        let name = mailbox.name();
        each(Record {
            role: candidate.role(),
            address: mailbox.raw_address(),
            name: name.as_ref().map(AsRef::as_ref),
        });
    }
}

static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .header_address(HeaderName::To)
        .header_address(HeaderName::Cc)
        .header_address(HeaderName::Bcc)
        .default_header_ignore()
});

pub(crate) fn mail_parser(mail: &[u8], mut each: impl FnMut(Record<'_>)) {
    let message = PARSER.parse_headers(mail).unwrap();
    let fields = [
        (Role::To, message.to()),
        (Role::Cc, message.cc()),
        (Role::Bcc, message.bcc()),
    ];
    for (role, field) in fields {
        let mut read = |addresses: &[Addr<'_>]| {
            for one in addresses {
                if let Some(address) = one.address()
                    && EmailAddress::is_valid(address)
                {
                    each(Record {
                        role,
                        address: address.as_bytes(),
                        name: one.name(),
                    });
                }
            }
        };
        match field {
            Some(Address::List(list)) => read(list),
            Some(Address::Group(groups)) => groups.iter().for_each(|group| read(&group.addresses)),
            None => {}
        }
    }
}

pub(crate) fn mailparse(mail: &[u8], mut each: impl FnMut(Record<'_>)) {
    let (headers, _) = mailparse::parse_headers(mail).unwrap();
    for (role, name) in [(Role::To, "To"), (Role::Cc, "Cc"), (Role::Bcc, "Bcc")] {
        let Some(field) = headers.get_first_header(name) else {
            continue;
        };
        let mut read = |one: &SingleInfo| {
            if EmailAddress::is_valid(&one.addr) {
                each(Record {
                    role,
                    address: one.addr.as_bytes(),
                    name: one.display_name.as_deref(),
                });
            }
        };
        for address in addrparse_header(field).unwrap().iter() {
            match address {
                MailAddr::Single(one) => read(one),
                MailAddr::Group(group) => group.addrs.iter().for_each(&mut read),
            }
        }
    }
}

/// A record by itself.
#[derive(Debug, Eq, PartialEq)]
struct Owned {
    role: Role,
    address: String,
    name: Option<String>,
}

fn records(read: impl FnOnce(&mut dyn FnMut(Record<'_>))) -> Vec<Owned> {
    let mut records = Vec::new();
    read(&mut |record| {
        records.push(Owned {
            role: record.role,
            address: str::from_utf8(record.address).unwrap().to_owned(),
            name: record.name.map(str::to_owned),
        });
    });
    records
}

/// Whether the peers read from a message what peline reads.
///
/// # Panics
///
/// If not.
pub(crate) fn must_agree(mail: &[u8], recipients: usize) {
    let expected = records(|each| ours(mail, each));
    assert_eq!(expected.len(), recipients);
    let peers: [(&str, Reader); 2] = [
        ("mail-parser", |mail, each| mail_parser(mail, each)),
        ("mailparse", |mail, each| mailparse(mail, each)),
    ];
    for (peer, read) in peers {
        let theirs = records(|each| read(mail, each));
        for (expected, theirs) in expected.iter().zip(&theirs) {
            assert_eq!(expected, theirs, "{peer}");
        }
        assert_eq!(expected.len(), theirs.len(), "{peer}");
    }
}

//! Values of PE that a generator makes out of bytes, often likely ones.

use arbitrary::{Arbitrary, Result, Unstructured};
use peline::{
    Address, Recipient, Role, Unrouted,
    pe::{Code, ItemNumber, Language, NameReference, PeEntry, Unwritable},
};

/// An address, often a likely one.
pub(super) fn any_address(input: &mut Unstructured<'_>) -> Result<Address> {
    const LOCALS: [&str; 8] = [
        "a",
        "Jane.Doe",
        "o'neil",
        "agent_one",
        "x=y",
        "x=_y",
        "a#b+c",
        "_=",
    ];
    const DOMAINS: [&str; 4] = [
        "example.com",
        "Mail.example.org",
        "a.b-c.example",
        "xn--p1ai.example",
    ];
    let local = if input.ratio(3, 4)? {
        (*input.choose(&LOCALS)?).to_owned()
    } else {
        String::arbitrary(input)?
    };
    let text = format!("{local}@{}", input.choose(&DOMAINS)?);
    text.parse().map_err(|_| arbitrary::Error::IncorrectFormat)
}

pub(super) fn any_reference(input: &mut Unstructured<'_>) -> Result<NameReference> {
    let passenger = if bool::arbitrary(input)? {
        Some(input.int_in_range(1..=999)?)
    } else {
        None
    };
    let item = input.int_in_range(1..=999)?;
    NameReference::new(item, passenger).ok_or(arbitrary::Error::IncorrectFormat)
}

/// An entry, or why it cannot be one.
pub(super) fn any_entry(
    input: &mut Unstructured<'_>,
) -> Result<std::result::Result<PeEntry, Unwritable>> {
    let mut builder = PeEntry::builder(any_address(input)?);
    if bool::arbitrary(input)? {
        builder = builder.code(*input.choose(&Code::ALL)?);
    }
    if bool::arbitrary(input)? {
        const NAMES: [&str; 8] = [
            "JANE DOE",
            "UNIT-7",
            "-X",
            "A/B",
            "\u{2021}",
            "APT #5",
            "\u{A5}#\u{2021}\u{2628}",
            "J. 5",
        ];
        let name = if bool::arbitrary(input)? {
            (*input.choose(&NAMES)?).to_owned()
        } else {
            String::arbitrary(input)?
        };
        if let Ok(name) = name.parse() {
            builder = builder.addressee(name);
        }
    }
    if bool::arbitrary(input)? {
        builder = builder.language(*input.choose(Language::ALL)?);
    }
    if bool::arbitrary(input)? {
        builder = builder.name_reference(any_reference(input)?);
    }
    Ok(builder.build())
}

pub(super) fn any_item(
    input: &mut Unstructured<'_>,
) -> Result<(std::result::Result<PeEntry, Unwritable>, Option<ItemNumber>)> {
    if input.is_empty() {
        return Err(arbitrary::Error::NotEnoughData);
    }
    let number = input.int_in_range(0..=30)?;
    Ok((any_entry(input)?, ItemNumber::new(number)))
}

type Display = (
    std::result::Result<PeEntry, Unwritable>,
    ItemNumber,
    Vec<usize>,
);

pub(super) fn any_display(input: &mut Unstructured<'_>) -> Result<Display> {
    let item = ItemNumber::new(input.int_in_range(1..=999)?);
    let item = item.ok_or(arbitrary::Error::IncorrectFormat)?;
    let count = input.int_in_range(0..=8)?;
    let cuts = (0..count)
        .map(|_| input.int_in_range(1..=60))
        .collect::<Result<_>>()?;
    Ok((any_entry(input)?, item, cuts))
}

/// A recipient, or an address that is none, of few addresses, so that they meet.
pub(super) fn any_recipient(
    input: &mut Unstructured<'_>,
) -> Result<std::result::Result<Recipient, Unrouted>> {
    if input.is_empty() {
        return Err(arbitrary::Error::NotEnoughData);
    }
    const NAMES: [&str; 4] = [
        "a@example.com",
        "A@example.com",
        "b@example.com",
        "c@example.org",
    ];
    let address: Address = input
        .choose(&NAMES)?
        .parse()
        .map_err(|_| arbitrary::Error::IncorrectFormat)?;
    let role = match input.int_in_range(0..=3)? {
        0 => Role::To,
        1 => Role::Cc,
        2 => Role::Bcc,
        _ => {
            let sender = PeEntry::builder(address).code(Code::Fr).build();
            let sender = sender.map_err(|_| arbitrary::Error::IncorrectFormat)?;
            return Ok(sender.recipient());
        }
    };
    let mut recipient = Recipient::new(address, role);
    if bool::arbitrary(input)? {
        recipient = recipient.with_name(input.choose(&["JANE", "JOHN", ""])?);
    }
    if bool::arbitrary(input)? {
        recipient = recipient.with_language(*input.choose(Language::ALL)?);
    }
    if bool::arbitrary(input)? {
        let item = input.int_in_range(1..=3)?;
        recipient = recipient.with_name_reference(
            NameReference::new(item, None).ok_or(arbitrary::Error::EmptyChoose)?,
        );
    }
    Ok(Ok(recipient))
}

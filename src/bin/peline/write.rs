//! `peline write`: the text of an entry.

use std::io::{self, Write};

use peline::pe::{Code, NameReference, PeEntry, Unwritable};

use crate::{
    args::WriteArgs,
    exit::{Exit, Failure},
    shown::tell,
};

/// Prints the entry that was asked for.
pub(crate) fn run(args: WriteArgs) -> Result<Exit, Failure> {
    let usage = |error: &dyn core::fmt::Display| Failure::Usage(error.to_string());
    let (code, address) = [
        (Code::To, args.to),
        (Code::Cc, args.cc),
        (Code::Bc, args.bc),
        (Code::Fr, args.fr),
    ]
    .into_iter()
    .find_map(|(code, address)| Some((code, address?)))
    .ok_or_else(|| usage(&"give one of --to, --cc, --bc, --fr"))?;

    let mut builder = PeEntry::builder(address).code(code);
    if let Some(name) = args.name {
        builder = builder.addressee(name);
    }
    if let Some(language) = args.language {
        builder = builder.language(language);
    }
    if let Some(reference) = args.passenger {
        builder = builder.name_reference(reference);
    }
    let unwritable = |error| Failure::Usage(hinted(error, args.passenger));
    let entry = builder.build().map_err(unwritable)?;
    let text = entry.write(args.glyph).map_err(unwritable)?;
    let written = writeln!(io::stdout(), "{text}");
    for note in entry.notes().iter() {
        tell(&note);
    }
    Exit::Read.once(written)
}

/// What is wrong, and what to do about it where that is known.
fn hinted(error: Unwritable, passenger: Option<NameReference>) -> String {
    let bare = passenger.is_some_and(|reference| reference.passenger().is_none());
    let hint = if error == Unwritable::Delimiter {
        "; choose another --glyph"
    } else if error == Unwritable::NameReference && bare {
        "; a bare number behind a name needs a language, or give item and passenger like 7.1"
    } else {
        ""
    };
    format!("{error}{hint}")
}

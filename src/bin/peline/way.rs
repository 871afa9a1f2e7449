//! `peline way`: which of the three ways of following a trip is open.

use std::io::{self, Write};

use peline::{
    AddrSpec, Address, ErrorKind, Plan,
    follow::{ClientAccount, Presence, way},
    pe::{Content, Found},
};

use crate::{
    args::{From, WayArgs},
    exit::{Exit, Failure},
    input::{self, Input, Kind, Progress, Sink, Stopped},
    shown::tell,
};

/// Reads the PNR, and says which way is open.
pub(crate) fn run(args: &WayArgs) -> Result<Exit, Failure> {
    if args.from == From::Mail {
        return Err(Failure::Usage(NO_PNR.to_owned()));
    }
    let progress = if args.quiet {
        Progress::Hidden
    } else {
        Progress::Shown
    };
    let mut booking = Booking::default();
    let input = Input::open(&args.file, args.from, progress);
    match input.and_then(|input| booking.read(input)) {
        Ok(()) => {}
        Err(Stopped::Sink(error)) => return Err(error.into()),
        Err(stopped @ (Stopped::Input(_) | Stopped::Kind(_))) => {
            let name = input::name(&args.file);
            return Err(Failure::Usage(format!("{name}: {stopped}")));
        }
    }
    let me = Presence::in_plan(&booking.plan, &args.me);
    let client = match (args.client_has_account, args.client_has_no_account) {
        (true, _) => ClientAccount::Registered,
        (false, true) => ClientAccount::None,
        (false, false) => ClientAccount::Unknown,
    };
    let written = writeln!(anstream::stdout(), "{}", way(me, client));
    booking.explain(me, &args.me);
    let exit = match booking.errors {
        0 => Exit::Read,
        _ => Exit::Unread,
    };
    exit.once(written)
}

/// Why a message does not help.
const NO_PNR: &str = "a confirmation mail does not show the PNR; `way` needs the text of the PNR \
    (--from pe reads any text as that)";

/// So many entries that could not be read are told one by one.
const TOLD: usize = 5;

/// What a PNR says of its recipients.
#[derive(Debug, Default)]
struct Booking {
    plan: Plan,
    /// Whether the text said that there are addresses which it does not show.
    elsewhere: bool,
    /// How many entries could not be read.
    errors: usize,
    /// The first of them: on which line, and why.
    first_errors: Vec<(usize, ErrorKind)>,
}

impl Booking {
    fn read(&mut self, input: Input) -> Result<(), Stopped> {
        match input.kind() {
            Kind::Mail => Err(Stopped::Kind(NO_PNR)),
            Kind::Pe => input.scan(self),
        }
    }

    /// Says why the answer is uncertain, and in any case what could not be read, and why an address counts for
    /// nothing that stands there.
    fn explain(&self, presence: Presence, me: &Address) {
        for (line, kind) in &self.first_errors {
            tell(&format_args!("line {line} could not be read: {kind}"));
        }
        let more = self.errors.saturating_sub(self.first_errors.len());
        if more > 0 {
            tell(&format_args!("and {more} more"));
        }
        if presence == Presence::Unknown {
            if self.plan.is_empty() {
                tell(&"no PE entry was found in this text");
            }
            if self.plan.has_replacements() {
                tell(&"the text changes or deletes items; it does not show which");
            }
            if !self.plan.is_one_list() {
                tell(
                    &"item numbers are missing or come twice, or it scrolls on: not one whole PE list",
                );
            }
            if self.elsewhere {
                tell(&"the text says that there are addresses which it does not show");
            }
        }
        let shown = AddrSpec::from(me);
        let mut unrouted = self.plan.unrouted();
        if let Some((_, mut reasons)) = unrouted.find(|(address, _)| **address == shown)
            && let Some(reason) = reasons.next()
            && self.plan.recipient(me).is_none()
        {
            tell(&format_args!(
                "the address stands in the text, but {reason}"
            ));
        }
        let written_as_in_pe = me.as_str().contains("==") || me.as_str().contains('/');
        if written_as_in_pe && self.plan.recipient(me).is_none() {
            tell(&"PE writes _ as == and ' as /; give the address as it is in the mail");
        }
    }
}

impl Sink for Booking {
    fn found(&mut self, found: Found<'_>) -> io::Result<()> {
        match found.content {
            Ok(Content::AddressesNotInText) => self.elsewhere = true,
            Ok(Content::Command(_) | Content::Listed(..) | Content::History(..)) => {}
            Err(error) => {
                self.errors = self.errors.saturating_add(1);
                if self.first_errors.len() < TOLD {
                    self.first_errors.push((found.line, error.kind()));
                }
            }
        }
        self.plan.extend([found]);
        Ok(())
    }

    fn pause(&mut self) -> io::Result<()> {
        Ok(())
    }
}

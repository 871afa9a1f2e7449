//! The command line of `peline`: shows people what the crate sees, and programs as JSON lines.
//!
//! It holds no rules of its own: what is read, routed and explained comes from the library.

mod args;

mod exit;
mod shown;

mod input;
mod record;

mod json;
mod table;
mod tally;

mod message;
mod reading;

mod explain;
mod explain_field;
mod explain_header;
mod explain_mail;
mod route;
mod way;
mod write;

use std::process::ExitCode;

use clap::Parser;

use self::{
    args::{Args, Command},
    exit::Failure,
};

fn main() -> ExitCode {
    let result = match Args::try_parse().map(|args| args.command) {
        Ok(Command::Route(args)) => route::run(&args),
        Ok(Command::Explain(args)) => explain::run(&args),
        Ok(Command::Write(args)) => write::run(args),
        Ok(Command::Way(args)) => way::run(&args),
        Err(error) => Ok(exit::refuse(&error)),
    };
    result.unwrap_or_else(Failure::report).into()
}

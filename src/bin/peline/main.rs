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

use self::args::{Args, Command};

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Route(args) => route::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Write(args) => write::run(args),
        Command::Way(args) => way::run(&args),
    };
    match result {
        Ok(exit) => exit,
        Err(failure) => failure.report(),
    }
    .into()
}

//! How the command ends.

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
};

use peline::printable;

use crate::shown;

/// The exit status, the better one first.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Exit {
    /// All was read.
    #[default]
    Read,
    /// Some text could not be read.
    Unread,
    /// Wrong usage, or a file that could not be read.
    Failed,
}

impl Exit {
    /// How it ends once the output is written: that its reader went away changes nothing.
    pub(crate) fn once(self, written: io::Result<()>) -> Result<Self, Failure> {
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            Ok(()) | Err(_) => Ok(self),
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Read => Self::SUCCESS,
            Exit::Unread => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}

/// What ends the command at once.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Standard output does not take what is written.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// The arguments ask for what cannot be done.
    #[error("{0}")]
    Usage(String),
}

impl Failure {
    /// Says it on standard error.
    pub(crate) fn report(self) -> Exit {
        shown::tell(&self);
        Exit::Failed
    }
}

/// Says what is wrong with the arguments, or helps. What they hold may come out of a mail, and must not drive a terminal.
pub(crate) fn refuse(error: &clap::Error) -> Exit {
    let mut args = env::args_os();
    if args.any(|arg| arg.to_string_lossy().contains(char::is_control)) && error.use_stderr() {
        for line in error.render().to_string().lines() {
            writeln!(io::stderr(), "{}", printable(line)).ok();
        }
        return Exit::Failed;
    }
    error.exit()
}

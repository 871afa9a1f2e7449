//! How the command ends.

use std::{io, process::ExitCode};

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
    /// Says it on standard error; except that the reader of a pipe went away, which is no fault.
    pub(crate) fn report(self) -> Exit {
        match self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Read,
            Self::Output(_) | Self::Usage(_) => {
                shown::tell(&self);
                Exit::Failed
            }
        }
    }
}

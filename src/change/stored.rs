//! How a case is stored: as its history. Reading it takes every step again.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Case, HistoryEntry, Opening};

/// What this version of the crate writes, and the only thing that it reads.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    opening: &'a Opening,
    opened: Timestamp,
    history: &'a [HistoryEntry],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    version: u32,
    opening: Opening,
    opened: Timestamp,
    history: Vec<HistoryEntry>,
}

/// Written as its history, with a version.
impl Serialize for Case {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            version: VERSION,
            opening: &self.opening,
            opened: self.opened,
            history: &self.history,
        };
        written.serialize(serializer)
    }
}

/// Every step of the history is taken again; the first that the procedure does not allow is an error that
/// names it. An error quotes nothing of what was read.
impl<'de> Deserialize<'de> for Case {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = crate::text::quietly(Read::deserialize(deserializer), "a case")?;
        if read.version != VERSION {
            return Err(D::Error::custom("a case: another version wrote it"));
        }
        let case = Self::replay(read.opening, read.opened, read.history);
        case.map_err(|error| D::Error::custom(format_args!("a case: {error}")))
    }
}

//! Following a trip: which way leads there.

mod way;

pub use self::way::{ClientAccount, Presence, Way, way};

//! Following a trip: the three ways to a place on somebody else's trip.
//!
//! | way | for whom | how |
//! |---|---|---|
//! | 1, auto-import | whose address is in the PNR as `CC` | the trip appears under *Trips I'm Following* by itself |
//! | 2, reassign | whose address is in the PNR as `TO`, or who added the trip by hand | "I am not the traveler" and the client's name move it from *My Trips* to *Trips I'm Following* |
//! | 3, share | whose address is not in the PNR | the client, who needs an account, shares the trip |
//!
//! [`way`] says which of them is open; [`Presence`] answers the question that comes first: *is your
//! address in the PNR?*

mod way;

pub use self::way::{ClientAccount, Presence, Way, way};

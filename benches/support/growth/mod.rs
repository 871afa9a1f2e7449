//! What the reading of hostile messages costs as they grow.

pub(crate) mod clock;
pub(crate) mod cost;
pub(crate) mod shapes;

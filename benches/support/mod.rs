//! What the benchmarks share: texts, peers, and the table of ratios.

pub(crate) mod dice;
pub(crate) mod inputs;
pub(crate) mod peers;
pub(crate) mod ratio;

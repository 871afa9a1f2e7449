//! Messages, and who else reads their recipients.

pub(crate) mod inputs;
pub(crate) mod peers;

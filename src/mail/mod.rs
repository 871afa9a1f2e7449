//! Confirmation e-mails: who they are addressed to.

mod admission;
mod auto_submitted;
mod charset;
mod date;
mod field;
mod limits;
mod list;
mod mailbox;
mod message;
mod message_id;
mod named_address;
mod text;

pub(crate) use self::list::Mailboxes;
pub use self::{
    admission::{AdmissionPolicy, Admitted, Authentication, NotAdmitted, admit},
    auto_submitted::AutoSubmitted,
    field::{Field, FieldName},
    limits::Limits,
    list::AddressList,
    mailbox::{Group, Mailbox},
    message::Message,
    message_id::MessageId,
    named_address::{NamedAddress, address_list},
    text::Text,
};

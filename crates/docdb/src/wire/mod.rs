//! MongoDB's wire protocol as bytes in and bytes out (MongoDB manual: "MongoDB Wire Protocol").

mod message;

pub(crate) use message::{Request, reply};
pub use message::{answer, command, message_length};

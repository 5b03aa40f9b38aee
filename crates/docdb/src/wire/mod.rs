//! MongoDB's wire protocol as bytes in and bytes out (MongoDB manual: "MongoDB Wire Protocol").

mod message;

pub use message::message_length;
pub(crate) use message::{Request, reply};

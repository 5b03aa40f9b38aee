//! Sentences of the live region and of failed requests.

use super::Message;

pub const SERVER_STARTED: Message = Message::new("Server started", "Server shuru ho gaya");
pub const ANSWERED: Message = Message::new("{status} in {ms} milliseconds", "{status}, {ms} milliseconds mein");
pub const CANCELLED: Message = Message::new(
    "You cancelled this request before it was answered.",
    "Jawab aane se pehle aapne request cancel kar di.",
);
pub const COULD_NOT_CHECK: Message = Message::new("The checks could not run", "Checks nahi chal paaye");
pub const RELOAD_AND_CHECK: Message = Message::new(
    "Reload the page, then check again. Your code is saved.",
    "Page reload karo, phir check karo. Aapka code saved hai.",
);

//! Texts of the pages outside the workbench.

use super::Message;

pub const NOT_FOUND: Message = Message::new("Nothing lives at this address", "Is address par kuch nahi hai");
pub const NOT_FOUND_WHY: Message = Message::new(
    "The link may be old, or a letter is missing. Your work is where you left it.",
    "Link purana ho sakta hai, ya koi akshar chhoot gaya. Aapka kaam wahin hai jahan aapne chhoda tha.",
);
pub const TO_COURSE: Message = Message::new("Open the course map", "Course map kholo");
pub const TO_PLAYGROUND: Message = Message::new("Open the playground", "Playground kholo");

//! Texts of the comparison.

use crate::i18n::Message;

pub const COMPARE: Message = Message::new("Compare {file}", "{file} compare karo");
pub const REGION: Message = Message::new("Compare", "Compare");
pub const NONE: Message = Message::new("No difference.", "Koi farq nahi.");
pub const ONE: Message = Message::new(
    "1 difference. Your file is not changed by looking.",
    "1 farq. Dekhne se aapki file nahi badalti.",
);
pub const MANY: Message = Message::new(
    "{count} differences. Your file is not changed by looking.",
    "{count} farq. Dekhne se aapki file nahi badalti.",
);
pub const CLOSE: Message = Message::new("Close", "Band karo");
pub const YOURS: Message = Message::new("Yours", "Aapka");
pub const SOLUTION: Message = Message::new("One way to solve it", "Solve karne ka ek tareeka");
pub const STARTER: Message = Message::new("The new start", "Nayi shuruaat");
pub const NOT_THERE: Message = Message::new("This file is not in your project yet.", "Ye file abhi aapke project mein nahi hai.");
pub const SAME_LINES: Message = Message::new("{count} lines are the same", "{count} lines ek jaisi hain");
pub const WHY: Message = Message::new("Why this way:", "Ye tareeka kyun:");
pub const USE_LINE: Message = Message::new("Use line {from}", "Line {from} lo");
pub const USE_LINES: Message = Message::new("Use lines {from} to {to}", "Lines {from} se {to} lo");
pub const REMOVE_LINE: Message = Message::new("Remove line {from}", "Line {from} hatao");
pub const REMOVE_LINES: Message = Message::new("Remove lines {from} to {to}", "Lines {from} se {to} hatao");
pub const FILE: Message = Message::new("File", "File");

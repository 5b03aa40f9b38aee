//! Texts of the dialog that makes room.

use super::Message;

pub const MAKE_ROOM: Message = Message::new("Make room", "Jagah banao");
pub const OF_SPACE: Message = Message::new("{used} of 5 MB", "5 mein se {used} MB");
pub const SPACE_TAKEN: Message = Message::new("Space taken", "Bhari hui jagah");
pub const UNTOUCHED: Message = Message::new(
    "Lessons and tasks that you opened and never changed: {count}",
    "Lessons aur tasks jo aapne khole par badle nahi: {count}",
);
pub const UNTOUCHED_NOTE: Message = Message::new(
    "Their files come back with the lesson when you open it.",
    "Lesson kholne par unki files phir aa jaati hain.",
);
pub const REQUESTS: Message = Message::new("Sent requests: {count}", "Bheji hui requests: {count}");
pub const REQUESTS_NOTE: Message = Message::new(
    "Only the list under Requests. What the lessons saved stays.",
    "Sirf Requests ke neeche ki list. Lessons ki saved requests rehti hain.",
);
pub const DAMAGED: Message = Message::new(
    "Damaged pieces that were set aside: {count}",
    "Kharab tukde jo alag rakhe gaye: {count}",
);
pub const DAMAGED_NOTE: Message = Message::new(
    "They may hold work of yours. A backup file takes them along.",
    "Inmein aapka kaam ho sakta hai. Backup file inhe saath le jaati hai.",
);
pub const JOURNAL: Message = Message::new(
    "The database’s last writes, one by one: {count}",
    "Database ke aakhri writes, ek-ek karke: {count}",
);
pub const JOURNAL_NOTE: Message = Message::new(
    "Packing keeps all of the data in less space.",
    "Pack karne par poora data kam jagah mein rehta hai.",
);
pub const DATABASE: Message = Message::same("Database {name}, documents: {count}");
pub const DATABASE_NOTE: Message = Message::new(
    "Its collections and indexes go for good.",
    "Iske collections aur indexes hamesha ke liye jaayenge.",
);
pub const REMOVE: Message = Message::new("Remove", "Hatao");
pub const PACK: Message = Message::new("Pack", "Pack karo");
pub const EXPORT: Message = Message::new("Save as a file", "File mein save karo");
pub const SURE: Message = Message::new("Remove for good", "Hamesha ke liye hatao");
pub const KEEP: Message = Message::new("Keep", "Rehne do");
pub const FREED: Message = Message::new("{size} are free again", "{size} phir khaali hain");
pub const NO_GAIN: Message = Message::new(
    "It takes no less space than before. Remove something else.",
    "Isse jagah nahi bani. Kuch aur hatao.",
);
pub const NO_SPACE_TO_PACK: Message = Message::new(
    "There is not even room for the packed copy. Remove something else first, then pack.",
    "Pack ki hui copy ke liye bhi jagah nahi hai. Pehle kuch aur hatao, phir pack karo.",
);
pub const NOT_REMOVED: Message = Message::new(
    "It was not removed: {why} Remove something else first.",
    "Yeh nahi hata: {why} Pehle kuch aur hatao.",
);
pub const NEVER: Message = Message::new(
    "Your code and lesson progress take {size} and are never on this list.",
    "Aapka code aur lesson progress {size} lete hain aur is list mein kabhi nahi aate.",
);
pub const OTHERS: Message = Message::new(
    "Other pages of this site’s host take {size}. Only their own pages, or the browser’s settings, can remove that.",
    "Is host ke doosre pages {size} lete hain. Use sirf woh pages, ya browser ki settings, hata sakte hain.",
);
pub const NOTHING: Message = Message::new(
    "There is nothing here that could be given up. Delete a project that you no longer need in the Playground; save a backup first.",
    "Yahan hatane layak kuch nahi hai. Playground mein woh project delete karo jo ab nahi chahiye; pehle backup save karo.",
);

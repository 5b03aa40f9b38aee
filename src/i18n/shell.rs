//! Texts of the frame around every page.

use super::Message;

pub const COURSE: Message = Message::same("Course");
pub const PRACTICE: Message = Message::same("Practice");
pub const PLAYGROUND: Message = Message::same("Playground");
pub const REFERENCE: Message = Message::same("Reference");
pub const MAIN: Message = Message::new("Main", "Mukhya");
pub const BREADCRUMB: Message = Message::new("Breadcrumb", "Aap kahan ho");
pub const HOME: Message = Message::new("Backlab, course map", "Backlab, course map");
pub const SKIP_TO_PAGE: Message = Message::new("Skip to the page", "Seedhe page par jao");
pub const SKIP_TO_MAP: Message = Message::new("Skip to the course map", "Seedhe course map par jao");
pub const UNDO: Message = Message::new("Undo", "Wapas lo");

// Files and saving.
pub const DELETED: Message = Message::new("{file} was deleted", "{file} delete ho gayi");
pub const FILE_RESET: Message = Message::new("{file} is back to the lesson’s start", "{file} lesson ki shuruaat par wapas hai");
pub const PROJECT_RESET: Message = Message::new("All files are back to the start", "Saari files shuruaat par wapas hain");
pub const FILES_REPLACED: Message = Message::new("The files were replaced", "Files badal di gayin");
pub const NOT_SAVED: Message = Message::new("Your last edit to {file} is not saved", "{file} ka aapka last edit save nahi hua");
pub const SPACE_USED: Message = Message::new(
    "This site has used all the space that the browser gives it.",
    "Is site ne browser ki di hui saari jagah use kar li hai.",
);
pub const KEEP_OPEN: Message = Message::new(
    "Keep this tab open, and save a backup file.",
    "Yeh tab khula rakho aur ek backup file save karo.",
);
pub const KEEP_OPEN_FULL: Message = Message::new("Keep this tab open until you make room.", "Jagah banane tak yeh tab khula rakho.");
pub const WRITE_AGAIN: Message = Message::new("Make room, then send the write again.", "Jagah banao, phir woh write dobara bhejo.");
pub const STORAGE_BLOCKED: Message = Message::new(
    "The browser does not let this page keep anything.",
    "Browser is page ko kuch save nahi karne de raha.",
);
pub const DATA_NOT_SAVED: Message = Message::new(
    "The last write to the database is not saved",
    "Database ka last write save nahi hua",
);
pub const THE_DATABASE: Message = Message::new("the database", "database");

// The engine.
pub const LOADING_ENGINE: Message = Message::new("Getting the server ready", "Server taiyaar ho raha hai");
pub const NO_WASM: Message = Message::new("Lessons work here, running code does not", "Lessons chalenge, code run nahi hoga");
pub const NO_WASM_WHY: Message = Message::new(
    "This browser has WebAssembly turned off, and the server needs it.",
    "Is browser mein WebAssembly band hai, aur server ko woh chahiye.",
);
pub const NO_WASM_NEXT: Message = Message::new(
    "Turn it on in the browser’s security settings, or open this page in another browser. Your work moves with a backup file.",
    "Browser ki security settings mein use on karo, ya page doosre browser mein kholo. Aapka kaam backup file ke saath chala jaayega.",
);

// Another tab.
pub const OTHER_TAB: Message = Message::new("Backlab is open in another tab", "Backlab doosre tab mein khula hai");
pub const OTHER_TAB_WHY: Message = Message::new(
    "If both tabs saved, one would lose its edits, so only one does.",
    "Agar dono tab save karte, toh ek ke edits kho jaate; isliye sirf ek karta hai.",
);
pub const OTHER_TAB_NEXT: Message = Message::new(
    "Carry on here and the other tab turns read only, or look without editing.",
    "Yahan aage badho, toh doosra tab read only ho jaayega; ya bina edit kiye dekho.",
);
pub const YOUR_PROGRESS: Message = Message::new("your progress", "aapki progress");
pub const SAVED: Message = Message::new("Saved", "Save ho gaya");
pub const USE_THIS_TAB: Message = Message::new("Use this tab", "Yeh tab use karo");
pub const LOOK_ONLY: Message = Message::new("Look only", "Sirf dekho");
pub const DISMISS: Message = Message::new("Dismiss", "Hatao");
pub const HIDE: Message = Message::new("Hide", "Chhupao");
pub const LATER: Message = Message::new("Later", "Baad mein");
pub const RELOAD: Message = Message::new("Reload", "Reload karo");
pub const CLOSE: Message = Message::new("Close", "Band karo");
pub const CANCEL: Message = Message::new("Cancel", "Rehne do");

// Banners.
pub const DAMAGED: Message = Message::new("{what} could not be read", "{what}: padha nahi gaya");
pub const DAMAGED_WHY: Message = Message::new(
    "Only a piece of it was there, as happens when a browser is closed in the middle of a write. It is set aside; everything else is as it was.",
    "Uska sirf ek tukda mila, jaisa likhte waqt browser band hone par hota hai. Use alag rakh diya gaya hai; baaki sab waisa hi hai.",
);
pub const DAMAGED_NEXT: Message = Message::new(
    "A backup file takes along what is left of it.",
    "Backup file mein uska bacha hua hissa bhi jaata hai.",
);
pub const DAMAGED_DATABASE: Message = Message::new("A write to the database", "Database ka ek write");
pub const DAMAGED_PROGRESS: Message = Message::new("Your progress", "Aapki progress");
pub const DAMAGED_SETTINGS: Message = Message::new("Your settings", "Aapki settings");
pub const DAMAGED_PROJECTS: Message = Message::new("The list of your projects", "Aapke projects ki list");
pub const DAMAGED_REQUESTS: Message = Message::new("Your sent requests", "Aapki bheji hui requests");
pub const DAMAGED_FILES: Message = Message::new("The files of {name}", "{name} ki files");
pub const OFFLINE: Message = Message::new("You are offline, and that is fine.", "Aap offline ho, aur koi dikkat nahi.");
pub const OFFLINE_WHY: Message = Message::new(
    "Lessons, the server, the database and your work are all on this device.",
    "Lessons, server, database aur aapka kaam sab isi device par hai.",
);
pub const UPDATE: Message = Message::new("A new version is ready.", "Naya version taiyaar hai.");
pub const UPDATE_WHY: Message = Message::new("Your code stays as it is.", "Aapka code waisa hi rahega.");
pub const SAVE_BACKUP: Message = Message::new("Save a backup", "Backup save karo");
pub const RESTORE: Message = Message::new("Restore", "Wapas lao");

// Top bar, palette, shortcuts.
pub const SEARCH: Message = Message::new("Search the course", "Course mein dhoondo");
pub const SEARCH_FIELD: Message = Message::new("Search lessons, tasks and reference", "Lessons, tasks aur reference mein dhoondo");
pub const SWITCH_THEME: Message = Message::new("Switch between light and dark", "Light aur dark badlo");
pub const SHORTCUTS: Message = Message::new("Keyboard shortcuts", "Keyboard shortcuts");
pub const SHORTCUTS_NOTE: Message = Message::new(
    "On a Mac, Cmd where it says Ctrl. Single keys work outside text fields and can be switched off in Settings.",
    "Mac par Ctrl ki jagah Cmd. Single keys text field ke bahar chalti hain aur Settings mein band ho sakti hain.",
);
pub const KEY_RUN: Message = Message::new("In code: run. In Requests: send", "Code mein: run. Requests mein: send");
pub const KEY_CHECK: Message = Message::new("Run all checks", "Saare checks chalao");
pub const KEY_SEARCH: Message = Message::new("Search", "Dhoondo");
pub const KEY_SAVE: Message = Message::new("Save now", "Abhi save karo");
pub const KEY_REGION: Message = Message::new("Next region; with Shift, the previous one", "Agla hissa; Shift ke saath pichhla");
pub const KEY_EARLIER: Message = Message::new("Earlier request in Trace", "Trace mein pehle ki request");
pub const KEY_LATER: Message = Message::new("Later request in Trace", "Trace mein baad ki request");
pub const KEY_ARROWS: Message = Message::new("Hop to hop, tab to tab", "Hop se hop, tab se tab");
pub const KEY_TOOL: Message = Message::new("Open Requests", "Requests kholo");
pub const KEY_TRACE: Message = Message::new("Open Trace", "Trace kholo");
pub const KEY_OTHERS: Message = Message::new(
    "Open Console; d Database, k Checks, p Preview",
    "Console kholo; d Database, k Checks, p Preview",
);
pub const KEY_LIST: Message = Message::new("This list", "Yeh list");
pub const KEY_ESC: Message = Message::new(
    "Close; in the editor, the next Tab leaves it",
    "Band karo; editor mein agla Tab bahar le jaata hai",
);
pub const RESULTS: Message = Message::new("{n} results", "{n} results");
pub const ONE_RESULT: Message = Message::same("1 result");
pub const NO_RESULTS: Message = Message::new(
    "Nothing matches “{query}”. Try one word, such as a method or a topic.",
    "“{query}” se kuch nahi mila. Ek shabd try karo, jaise method ya topic.",
);
pub const MOVE: Message = Message::new("move", "chalo");
pub const OPEN: Message = Message::new("open", "kholo");
pub const LESSONS: Message = Message::same("Lessons");
pub const SECTIONS: Message = Message::new("In lessons", "Lessons ke andar");
pub const CONCEPTS: Message = Message::same("Concepts");
pub const PAGES: Message = Message::same("Pages");

// Settings.
pub const SETTINGS: Message = Message::new("Settings", "Settings");
pub const THEME: Message = Message::same("Theme");
pub const THEME_SYSTEM: Message = Message::new("Like the system", "System jaisa");
pub const THEME_LIGHT: Message = Message::same("Light");
pub const THEME_DARK: Message = Message::same("Dark");
pub const LANGUAGE: Message = Message::new("Language", "Bhasha");
pub const LANGUAGE_NOTE: Message = Message::new(
    "What is not translated yet is shown in English.",
    "Jo abhi translate nahi hua, woh English mein dikhta hai.",
);
pub const SINGLE_KEYS: Message = Message::new("Single-key shortcuts", "Single-key shortcuts");
pub const SINGLE_KEYS_NOTE: Message = Message::new(
    "Such as ? and g then t. They never act inside text fields.",
    "Jaise ? aur g phir t. Text field ke andar kabhi nahi chalte.",
);
pub const YOUR_WORK: Message = Message::new("Your work", "Aapka kaam");
pub const WORK_NOTE: Message = Message::new(
    "A backup file holds your code and progress; another browser can take it in.",
    "Backup file mein aapka code aur progress hota hai; doosra browser use le sakta hai.",
);
pub const RESTORED: Message = Message::new("The backup is restored", "Backup wapas aa gaya");
pub const DELETE_ALL: Message = Message::new("Delete everything", "Sab delete karo");
pub const DELETE_ELSEWHERE: Message = Message::new(
    "Nothing was deleted: another tab has the right to write. Use this tab first.",
    "Kuch delete nahi hua: likhne ka haq doosre tab ke paas hai. Pehle yeh tab use karo.",
);
pub const DELETE_TYPE: Message = Message::new("Type delete to confirm", "Pakka karne ke liye delete likho");
pub const DELETE_NOTE: Message = Message::new(
    "Code, data and progress of this course in this browser. This cannot be undone; save a backup first.",
    "Is browser mein is course ka code, data aur progress. Yeh wapas nahi hota; pehle backup save karo.",
);

// Foot.
pub const WORKS_OFFLINE: Message = Message::new("Works offline once loaded.", "Ek baar load hone par offline chalta hai.");
pub const HOW_IT_WORKS: Message = Message::new("How the simulated server works", "Simulated server kaise chalta hai");

// The last screen.
pub const BROKEN: Message = Message::new("The page stopped working", "Page ne kaam karna band kar diya");
pub const BROKEN_WHY: Message = Message::new(
    "Backlab ran into a fault of its own. It is not your code: that runs apart from this page, and it is saved.",
    "Backlab mein apni hi koi galti hui. Aapka code nahi: woh is page se alag chalta hai, aur saved hai.",
);
pub const BROKEN_NEXT: Message = Message::new(
    "Reload the page. If it stops again, save a backup file, then reset what is stored.",
    "Page reload karo. Phir ruke toh backup file save karo, phir jo stored hai use reset karo.",
);
pub const BROKEN_RESET: Message = Message::new("Reset what is stored", "Jo stored hai use reset karo");
pub const BROKEN_SURE: Message = Message::new(
    "Delete all code, data and progress of this course in this browser?",
    "Is browser mein is course ka saara code, data aur progress delete karein?",
);
pub const DETAILS: Message = Message::same("Details");

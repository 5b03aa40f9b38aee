//! Sentences of the live region and of failed requests.

use super::Message;

pub const SERVER_STARTED: Message = Message::new("Server started", "Server shuru ho gaya");
pub const ANSWERED: Message = Message::new("{status} in {ms} milliseconds", "{status}, {ms} milliseconds mein");
pub const ANSWERED_SO_FAR: Message = Message::new("{status}, and more is coming", "{status}, aur abhi aa raha hai");
pub const CANCELLED_THE_REST: Message = Message::new(
    "You did not wait for the rest of this answer.",
    "Is jawab ke baaki hisse ka aapne intezaar nahi kiya.",
);
pub const NO_END: Message = Message::new(
    "This answer has begun and does not end: nothing more comes. Is res.end() missing?",
    "Yeh jawab shuru hua par khatam nahi hota: aage kuch nahi aa raha. Kahin res.end() reh to nahi gaya?",
);
pub const BROKE_OFF: Message = Message::new(
    "The connection broke before the end of this answer: {why}",
    "Jawab poora hone se pehle connection toot gaya: {why}",
);
pub const CANCELLED: Message = Message::new(
    "You cancelled this request before it was answered.",
    "Jawab aane se pehle aapne request cancel kar di.",
);
pub const COULD_NOT_CHECK: Message = Message::new("The checks could not run", "Checks nahi chal paaye");
pub const RELOAD_AND_CHECK: Message = Message::new(
    "Reload the page, then check again. Your code is saved.",
    "Page reload karo, phir check karo. Aapka code saved hai.",
);
pub const BAD_URL: Message = Message::new(
    "“{url}” is not an address. Write a path like /users, or a whole URL like http://localhost:3000/users.",
    "“{url}” koi address nahi hai. /users jaisa path likho, ya http://localhost:3000/users jaisa poora URL.",
);

// What the backend reports.
pub const LOADING_PACKS: Message = Message::new("Loading {names} ({at} of {of})", "{names} load ho raha hai ({of} mein se {at})");
pub const AT: Message = Message::new(" at {place}", ", {place} par");
pub const LOOP_STOPPED: Message = Message::new(
    "This loop never ends: stopped after 2 s{place}",
    "Yeh loop kabhi khatam nahi hota (never ends): 2 s baad roka gaya{place}",
);
pub const PROGRAM_SILENT: Message = Message::new(
    "The program never ends: stopped after 3 s without a sign of life{place}",
    "Program kabhi khatam nahi hota (never ends): 3 s tak koi harkat nahi, isliye roka gaya{place}",
);
pub const NO_ANSWER_AFTER: Message = Message::new("No answer after {seconds} s", "{seconds} s baad bhi koi jawab nahi");
pub const ABORTED: Message = Message::new("The request was aborted", "Request beech mein rok di gayi");

// Names of files and projects.
pub const FILE_EMPTY: Message = Message::new(
    "A file needs a name, such as routes/users.js.",
    "File ka naam chahiye, jaise routes/users.js.",
);
pub const FILE_EXISTS: Message = Message::new(
    "{name} is there already. Choose another name.",
    "{name} pehle se hai. Doosra naam chuno.",
);
pub const FILE_BAD_NAME: Message = Message::new(
    "“{name}” cannot be a file name. Use letters, digits, dots, dashes and slashes.",
    "“{name}” file ka naam nahi ho sakta. Akshar, ank, dot, dash aur slash use karo.",
);
pub const FILE_LOCKED: Message = Message::new(
    "{name} belongs to the lesson and cannot be changed.",
    "{name} lesson ki file hai, badli nahi ja sakti.",
);
pub const FILE_LAST: Message = Message::new(
    "This is the project’s last file. Add another one first.",
    "Yeh project ki aakhri file hai. Pehle ek aur jodo.",
);
pub const PROJECT_UNNAMED: Message = Message::new("A project needs a name.", "Project ka naam chahiye.");
pub const PROJECT_TAKEN: Message = Message::new(
    "You have a project called {name} already. Choose another name.",
    "{name} naam ka project aapke paas hai. Doosra naam chuno.",
);
pub const PROJECT_NOT_SAVED: Message = Message::new("{name} was not saved: {why}.", "{name} save nahi hua: {why}.");

// Why nothing was written.
pub const STORE_FULL: Message = Message::new(
    "this site has used all the space that the browser gives it",
    "is site ne browser ki di hui saari jagah use kar li hai",
);
pub const STORE_BLOCKED: Message = Message::new(
    "the browser does not let this page keep anything",
    "browser is page ko kuch save nahi karne de raha",
);
pub const STORE_OTHER_TAB: Message = Message::new("another tab has the right to write", "likhne ka haq doosre tab ke paas hai");

// Backup files.
pub const NOT_A_BACKUP: Message = Message::new(
    "{name} is not a backup file of this course. Pick the file that “Save a backup” made.",
    "{name} is course ki backup file nahi hai. “Backup save karo” se bani file chuno.",
);
pub const NEWER_BACKUP: Message = Message::new(
    "This backup was made by a newer version. Reload the page, then restore it again.",
    "Yeh backup naye version ka hai. Page reload karo, phir wapas lao.",
);
pub const NOT_RESTORED: Message = Message::new("The backup was not restored: {why}.", "Backup wapas nahi aaya: {why}.");

// What did not load.
pub const PART_FAILED: Message = Message::new("A part of the page did not load", "Page ka ek hissa load nahi hua");
pub const PART_FAILED_WHY: Message = Message::new(
    "The connection failed, or a newer version of the page has replaced it.",
    "Connection toota, ya page ka naya version aa gaya.",
);
pub const PART_FAILED_NEXT: Message = Message::new(
    "Your code is safe. Try again, or reload the page.",
    "Aapka code safe hai. Phir try karo, ya page reload karo.",
);
pub const ENGINE_FAILED: Message = Message::new("The server engine did not start", "Server engine shuru nahi hua");
pub const ENGINE_FAILED_NEXT: Message = Message::new(
    "Reload the page. Lessons and your code stay readable.",
    "Page reload karo. Lessons aur aapka code padhe ja sakte hain.",
);
pub const UNREADABLE: Message = Message::new("{name} could not be read", "{name} padha nahi gaya");
pub const UNREADABLE_NEXT: Message = Message::new(
    "Reload the page; if it stays, this copy of the site is incomplete.",
    "Page reload karo; phir bhi rahe toh site ki yeh copy adhoori hai.",
);
pub const NOT_LOADED: Message = Message::new("{name} did not load", "{name} load nahi hua");
pub const NOT_LOADED_NEXT: Message = Message::new(
    "Check the connection, then try again. Your work is saved.",
    "Connection dekho, phir try karo. Aapka kaam saved hai.",
);
pub const NO_RESPONSE: Message = Message::new("The browser gave no response.", "Browser ne koi response nahi diya.");
pub const HOST_ANSWERED: Message = Message::new("The host answered {status}.", "Host ne {status} jawab diya.");

// A project that came in a link.
pub const NOT_YOURS: Message = Message::new(
    "You did not write this code, and it has not run yet",
    "Yeh code aapne nahi likha, aur yeh abhi chala nahi hai",
);
pub const CAME_IN_LINK: Message = Message::new(
    "It came inside the link. Look through it, then decide. It gets an empty database of its own, cannot read your projects, has no way to the network, and a loop is stopped after 2 s.",
    "Yeh link ke andar aaya. Pehle dekho, phir tay karo. Iska database apna aur khaali hai, yeh aapke projects nahi padh sakta, network tak nahi ja sakta, aur loop 2 s mein rok diya jaata hai.",
);
pub const SHARED: Message = Message::new("Shared project {name}", "Shared project {name}");
pub const NOT_KEPT: Message = Message::new(
    "Close the tab and it is gone. A copy moves it to your projects.",
    "Tab band karte hi yeh chala jaayega. Copy ise aapke projects mein rakhti hai.",
);
pub const READ_FIRST: Message = Message::new("Read it first", "Pehle padho");
pub const RUN_IT: Message = Message::new("Run it", "Chalao");
pub const KEEP_COPY: Message = Message::new("Keep a copy", "Copy rakho");
pub const SHARE: Message = Message::new("Share as a link", "Link se share karo");
pub const LINK_COPIED: Message = Message::new(
    "The link is copied. It holds the files as they are now.",
    "Link copy ho gaya. Usmein files abhi jaisi hain waisi hain.",
);
pub const LINK_REFUSED: Message = Message::new(
    "The link was not copied: the browser did not allow it. Allow the clipboard for this page, then share again.",
    "Link copy nahi hua: browser ne nahi karne diya. Is page ko clipboard do, phir share karo.",
);
pub const LINK_BROKEN: Message = Message::new("The code in this link could not be read", "Is link ka code padha nahi gaya");
pub const LINK_BROKEN_NEXT: Message = Message::new(
    "A part of it may be missing. Ask for the link again, or start from a template.",
    "Shayad uska ek hissa chhoot gaya. Link dobara maango, ya template se shuru karo.",
);

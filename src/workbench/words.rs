//! Texts of the workbench in both languages.

use crate::i18n::Message;

// Trace.
pub const NO_TRACE: Message = Message::new("No request has travelled yet", "Abhi tak koi request nahi gayi");
pub const NO_TRACE_NEXT: Message = Message::new(
    "Send one and every hop it passes will be drawn here, with what each hop changed.",
    "Ek request bhejo, phir uska har hop yahan dikhega, aur har hop ne kya badla.",
);

// Requests.
pub const NO_RESPONSE: Message = Message::new("No response yet", "Abhi tak koi response nahi");
pub const NO_RESPONSE_NEXT: Message = Message::new(
    "Send the request and its answer will stand here.",
    "Request bhejo, jawaab yahan dikhega.",
);
pub const SENDING: Message = Message::new("Waiting for the answer", "Jawaab ka intezaar");
pub const REFUSED: Message = Message::new("Nothing answers at this address", "Is address par koi jawaab nahi deta");
pub const REFUSED_NEXT: Message = Message::new(
    "Run your server, or look which port it listens on.",
    "Apna server chalao, ya dekho woh kis port par sun raha hai.",
);
pub const HANG: Message = Message::new(
    "The server took the request and never answered",
    "Server ne request li, par jawaab nahi diya",
);
pub const HANG_NEXT: Message = Message::new(
    "Open its trace to see the hop where it stopped.",
    "Trace kholo aur dekho request kis hop par ruki.",
);
pub const RESET: Message = Message::new("The server closed the connection", "Server ne connection band kar diya");
pub const RESET_NEXT: Message = Message::new(
    "Look in Console for the error that ended it, then run again.",
    "Console mein error dekho, phir dobara run karo.",
);
pub const ABORTED: Message = Message::new("You cancelled this request", "Aapne yeh request cancel ki");
pub const BAD_URL: Message = Message::new("This address cannot be sent to", "Is address par request nahi ja sakti");
pub const NO_ANSWER: Message = Message::new("There is no answer", "Koi jawaab nahi aaya");
pub const NO_BODY: Message = Message::new(
    "This request carries no body. Choose JSON, Form, Text or Raw to send one.",
    "Is request mein body nahi hai. Bhejne ke liye JSON, Form, Text ya Raw chuno.",
);
pub const NO_BODY_GET: Message = Message::new(
    "A GET request carries no body. Choose POST, PUT or PATCH to send one.",
    "GET request mein body nahi hoti. Bhejne ke liye POST, PUT ya PATCH chuno.",
);
pub const NO_AUTH: Message = Message::new("No Authorization header is sent.", "Koi Authorization header nahi jaata.");

// Console.
pub const QUIET_CONSOLE: Message = Message::new("Nothing printed yet", "Abhi tak kuch print nahi hua");
pub const QUIET_CONSOLE_NEXT: Message = Message::new(
    "What your server prints with console.log stands here, with the line that printed it.",
    "Aapka server console.log se jo print karega woh yahan dikhega, uski line ke saath.",
);
pub const NO_LINE_FITS: Message = Message::new("No line fits this filter", "Is filter se koi line nahi milti");

// Database.
pub const NO_COLLECTIONS: Message = Message::new("The database is empty", "Database khaali hai");
pub const NO_COLLECTIONS_NEXT: Message = Message::new(
    "A collection appears with its first document. Insert one from your code, or run the server.",
    "Pehle document ke saath collection ban jaata hai. Apne code se ek document daalo, ya server chalao.",
);
pub const NO_DOCUMENTS: Message = Message::new("No document fits", "Koi document nahi mila");
pub const DATA_RESET: Message = Message::new("The data is back to the start", "Data shuruaat par wapas hai");

// Preview.
pub const NO_PREVIEW: Message = Message::new("No page is shown yet", "Abhi koi page nahi dikh raha");
pub const NO_PREVIEW_NEXT: Message = Message::new(
    "Run a server that answers GET / with HTML, then reload. Its links, forms and fetch calls work in here.",
    "Aisa server chalao jo GET / par HTML bheje, phir reload karo. Uske links, forms aur fetch yahan chalenge.",
);
pub const PREVIEW_LEFT: Message = Message::new("The page went away", "Page chala gaya");
pub const PREVIEW_LEFT_WHY: Message = Message::new(
    "Its script set location, or it refreshed itself. The preview keeps pages from leaving, so it cannot follow.",
    "Iski script ne location badla, ya page ne khud ko refresh kiya. Preview page ko bahar nahi jaane deta, isliye wahan nahi ja sakta.",
);
pub const PREVIEW_LEFT_NEXT: Message = Message::new(
    "Type the address above, or lead there with a link or a form.",
    "Upar address likho, ya link ya form se wahan jao.",
);

// Editor and server.
pub const LOADING_EDITOR: Message = Message::new("Getting the editor ready", "Editor taiyaar ho raha hai");
pub const NO_FILE: Message = Message::new("No file is open", "Koi file khuli nahi hai");
pub const OLD_SERVER: Message = Message::new(
    "The server from edit {edit} is still running.",
    "Edit {edit} wala server abhi chal raha hai.",
);
pub const FIX_FIRST: Message = Message::new(
    "Fix the line and it restarts by itself.",
    "Line theek karo, server apne aap restart hoga.",
);

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
pub const OUTSIDE: Message = Message::new("This address is outside the page", "Yeh address page ke bahar hai");
pub const OUTSIDE_NEXT: Message = Message::new(
    "Nothing leaves this page. Send to your own server or to the mock API.",
    "Is page se bahar kuch nahi jaata. Apne server ya mock API ko bhejo.",
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
    "It was restarted, or it failed: look in Console, then send the request again.",
    "Server restart hua ya fail hua: Console dekho, phir request dobara bhejo.",
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
pub const DOES_NOT_PARSE: Message = Message::new("{file} does not parse", "{file} parse nahi hoti");
pub const AT_LINE: Message = Message::same("Line {line}: ");
pub const STOPPED: Message = Message::new("{file} stopped", "{file} ruk gayi");
pub const RAN_TO_END: Message = Message::new("{file} ran to its end", "{file} poori chal kar khatam hui");
pub const EXITED: Message = Message::new(
    "It exited with code {code} and listens on no port.",
    "Code {code} ke saath khatam hui aur kisi port par nahi sun rahi.",
);
pub const EXITED_WITH: Message = Message::new("exited with code {code}", "code {code} ke saath khatam hua");
pub const READ_ONLY: Message = Message::same("Read only");
pub const READ_ONLY_TAB: Message = Message::new("Another tab edits this project.", "Doosra tab is project ko edit kar raha hai.");
pub const READ_ONLY_LESSON: Message = Message::new("This file belongs to the lesson.", "Ye file lesson ki hai.");
pub const READ_ONLY_HERE: Message = Message::new("Read only in this lesson", "Is lesson mein read only");
pub const LOOP_ON_LINE: Message = Message::new(
    "The loop on line {line} never ends",
    "Line {line} ka loop kabhi khatam nahi hota (never ends)",
);
pub const NEVER_ENDS: Message = Message::new("The code never ends", "Code kabhi khatam nahi hota (never ends)");
pub const LOOP_NEXT: Message = Message::new(
    "Your code and your data are as they were. Change the loop, then run again.",
    "Aapka code aur data waisa hi hai. Loop badlo, phir dobara run karo.",
);
pub const GO_TO_LINE: Message = Message::new("Go to line {line}", "Line {line} par jao");
pub const SEE_CONSOLE: Message = Message::new("See the console", "Console dekho");
pub const PROJECT_MENU: Message = Message::new("Share or export this project", "Yeh project share ya export karo");
pub const DOWNLOAD_ZIP: Message = Message::new("Download as a zip file", "Zip file mein download karo");
pub const IMPORT_NOTE: Message = Message::new(
    "What you import becomes a project of your own. What is open here stays.",
    "Jo import karoge woh aapka apna project banega. Jo yahan khula hai woh rahega.",
);
pub const PROJECT_FILES: Message = Message::new("Project files", "Project ki files");
pub const OPEN_FILES: Message = Message::new("Open files", "Khuli files");
pub const SHOW_RAN: Message = Message::new("Show what request {id} ran", "Request {id} ne kya chalaya, dikhao");
pub const RESET_FILE: Message = Message::new("Reset file", "File shuruaat par lao");
pub const STOP_SERVER: Message = Message::new("Stop the server", "Server roko");
pub const START_SERVER: Message = Message::new("Start the server", "Server chalao");
pub const RUN: Message = Message::same("Run");
pub const CHECK: Message = Message::same("Check");
pub const CODE: Message = Message::same("Code");
pub const CODE_EDITOR: Message = Message::same("Code editor");
pub const EDITOR_FAILED: Message = Message::new("The editor did not start", "Editor shuru nahi hua");
pub const RELOAD_SAVED: Message = Message::new("Reload the page. Your code is saved.", "Page reload karo. Aapka code saved hai.");
pub const NOT_SAVED_YET: Message = Message::new("Not saved yet", "Abhi save nahi hua");
pub const CHARACTERS: Message = Message::new("Characters", "Akshar");
pub const INDENT: Message = Message::same("Indent");
pub const NEW_NAME: Message = Message::new("New name", "Naya naam");
pub const NEW_FILE: Message = Message::new("New file", "Nayi file");
pub const NEW_FILE_NAME: Message = Message::new("Name of the new file", "Nayi file ka naam");
pub const NO_PARSE_HERE: Message = Message::new("Does not parse", "Parse nahi hoti");
pub const CODE_NO_PARSE: Message = Message::new("The code does not parse", "Code parse nahi hota");

// Frame.
pub const SKIP_TO_EDITOR: Message = Message::new("Skip to the editor", "Seedhe editor par jao");
pub const SHOW_LESSON: Message = Message::new("Show the lesson", "Lesson dikhao");
pub const RESIZE_LESSON: Message = Message::new("Resize lesson", "Lesson ki chaudai badlo");
pub const RESIZE_DOCK: Message = Message::new("Resize editor and tools", "Editor aur tools ka size badlo");
pub const LESSON_LOADS: Message = Message::new("The lesson is loading", "Lesson load ho raha hai");
pub const PANES: Message = Message::new("Panes", "Hisse");
pub const LESSON: Message = Message::same("Lesson");
pub const PANE: Message = Message::new(" pane", " wala hissa");
pub const TOOLS: Message = Message::same("Tools");
pub const MAXIMISE: Message = Message::new("Maximise tools", "Tools poore karo");
pub const UNMAXIMISE: Message = Message::new("Give the editor its room back", "Editor ko jagah wapas do");
pub const FOLD_TOOLS: Message = Message::new("Fold tools away", "Tools samet do");
pub const UNFOLD_TOOLS: Message = Message::new("Unfold tools", "Tools kholo");
pub const LAST_TRACE: Message = Message::new("Open the last trace", "Pichhla trace kholo");
pub const STOPPED_SHORT: Message = Message::new("stopped", "ruki");
pub const REQUESTS: Message = Message::same("Requests");
pub const TRACE: Message = Message::same("Trace");
pub const CONSOLE: Message = Message::same("Console");
pub const DATABASE: Message = Message::same("Database");
pub const CHECKS: Message = Message::same("Checks");
pub const PREVIEW: Message = Message::same("Preview");
pub const WHY: Message = Message::new("Why", "Kyun");
pub const NEXT: Message = Message::new("Next", "Aage");

// Top bar and status bar.
pub const SAVED: Message = Message::same("Saved");
pub const SAVING: Message = Message::new("Saving", "Save ho raha hai");
pub const NOT_SAVED: Message = Message::new("Not saved", "Save nahi hua");
pub const LESSONS_OF: Message = Message::new("Lessons of {module}", "{module} ke lessons");
pub const STATION_OPEN: Message = Message::new("open", "khula");
pub const STATION_DONE: Message = Message::new("done", "poora");
pub const STATION_AHEAD: Message = Message::new("ahead", "aage");
pub const NOT_STARTED: Message = Message::new("Server not started", "Server shuru nahi hua");
pub const STARTING: Message = Message::new("Starting the server", "Server shuru ho raha hai");
// Beside what is saved, where there is room for a word.
pub const SERVER_IDLE: Message = Message::new("not started", "server shuru nahi hua");
pub const SERVER_STARTING: Message = Message::new("starting", "server shuru ho raha hai");
pub const SERVER_RUNNING: Message = Message::new("running", "server chal raha hai");
pub const SERVER_STOPPED: Message = Message::new("stopped", "server ruka hua hai");
pub const NO_PORT: Message = Message::new("Running, listening on no port", "Chal raha hai, kisi port par nahi sun raha");
pub const RUNNING_ON: Message = Message::new("Running on {hosts}, inside this page", "Running on {hosts}, isi page ke andar");
pub const ENDED_WITH: Message = Message::new("Ended with code {code}", "Code {code} ke saath khatam");
pub const STOPPED_BY: Message = Message::new("Stopped by {name}", "{name} se ruka");
pub const STOPPED_LOOP: Message = Message::new("Stopped: a loop never ends", "Ruka: ek loop kabhi khatam nahi hota (never ends)");
pub const EDIT: Message = Message::same("Edit {edit}");
pub const EDIT_OLDER: Message = Message::new(
    "Edit {edit}, the server runs edit {running}",
    "Edit {edit}, server edit {running} chala raha hai",
);
pub const CARET: Message = Message::same("Ln {line}, Col {column}");
pub const OPEN_CONSOLE: Message = Message::new("Open the console", "Console kholo");
pub const SPACE: Message = Message::new("{used} of 5 MB", "5 MB mein se {used}");
pub const SPACE_HERE: Message = Message::new("Space used in this browser", "Is browser mein kitni jagah lagi hai");
pub const SHORTCUTS: Message = Message::same("Shortcuts");

// Console tool.
pub const SHOW: Message = Message::new("Show", "Dikhao");
pub const LEVEL_ALL: Message = Message::new("All", "Sab");
pub const LEVEL_LOG: Message = Message::same("Log");
pub const LEVEL_WARNINGS: Message = Message::same("Warnings");
pub const LEVEL_ERRORS: Message = Message::same("Errors");
pub const FILTER: Message = Message::same("Filter");
pub const FILTER_CONSOLE: Message = Message::new("Filter console", "Console filter karo");
pub const CLEAR_CONSOLE: Message = Message::new("Clear console", "Console saaf karo");
pub const CONSOLE_OUTPUT: Message = Message::new("Console output", "Console ka output");
pub const EARLIER_LINES: Message = Message::new("Show {count} earlier", "Pehle ki {count} dikhao");
pub const OPEN_TRACE: Message = Message::new("Open trace {id}", "Trace {id} kholo");
pub const BY_SERVER: Message = Message::same("server");
pub const BY_YOU: Message = Message::new("you", "aap");
pub const EVALUATE: Message = Message::new("Evaluate in the server", "Server mein evaluate karo");
pub const EVALUATE_HOW: Message = Message::new(
    "Evaluate, for example fetch('/api/users'), or run node sum.js",
    "Evaluate karo, jaise fetch('/api/users'), ya node sum.js chalao",
);

// Preview tool.
pub const BACK: Message = Message::new("Back", "Peeche");
pub const ADDRESS: Message = Message::new("Address", "Pata");
pub const WIDTH: Message = Message::new("Width", "Chaudai");
pub const FULL: Message = Message::new("Full", "Poori");
pub const PAGE_OF_SERVER: Message = Message::new("Page of your server", "Aapke server ka page");
pub const IN_A_CIRCLE: Message = Message::new("The server redirects in a circle.", "Server gol gol redirect kar raha hai.");

//! Texts of the pages outside the workbench.

use super::Message;

pub const NOT_FOUND: Message = Message::new("Nothing lives at this address", "Is address par kuch nahi hai");
pub const NOT_FOUND_WHY: Message = Message::new(
    "The link may be old, or a letter is missing. Your work is where you left it.",
    "Link purana ho sakta hai, ya koi akshar chhoot gaya. Aapka kaam wahin hai jahan aapne chhoda tha.",
);
pub const TO_COURSE: Message = Message::new("Open the course map", "Course map kholo");
pub const TO_PLAYGROUND: Message = Message::new("Open the playground", "Playground kholo");

// Course map.
pub const COURSE_TITLE: Message = Message::new("Backend, one request at a time", "Backend, ek request ek baar");
pub const COURSE_LEDE: Message = Message::new(
    "Write Express, send it requests, and watch every hop. The server and its database run inside this page: nothing to install, no account to make.",
    "Express likho, use requests bhejo, aur har hop dekho. Server aur uska database isi page ke andar chalte hain: kuch install nahi, koi account nahi.",
);
pub const LESSONS_DONE: Message = Message::new("lessons done", "lessons poore");
pub const TASKS_PASSED: Message = Message::new("tasks passed", "tasks pass");
pub const REQUESTS_SENT: Message = Message::new("requests sent", "requests bheji");
pub const OF: Message = Message::new("of {n}", "{n} mein se");
pub const LESSON_NUMBER: Message = Message::new("Lesson {n}", "Lesson {n}");
pub const MINUTES: Message = Message::same("{n} min");
pub const START: Message = Message::new("Start the course", "Course shuru karo");
pub const CONTINUE: Message = Message::new("Continue", "Aage badho");
pub const SEE_MAP: Message = Message::new("See the course map", "Course map dekho");
pub const TO_TASKS: Message = Message::new("See the practice tasks", "Practice tasks dekho");
pub const WHAT_YOU_SEND: Message = Message::new("What you will send", "Aap kya bhejoge");
pub const HELLO: Message = Message::new("Hello from inside this page.", "Isi page ke andar se namaste.");
pub const NO_NETWORK: Message = Message::new(
    "There and back inside this page, with no network",
    "Isi page ke andar jaana aur aana, bina network ke",
);
pub const CHECKS_PASS: Message = Message::new("{n} of {of} checks pass", "{of} mein se {n} checks pass");
pub const NEXT_TO_FIX: Message = Message::new("The next one to fix: ", "Agla theek karne wala: ");
pub const EXPECTED_GOT: Message = Message::new("Expected: {expected} Got: {got}", "Chahiye tha: {expected} Mila: {got}");
pub const ALL_DONE: Message = Message::new("Every lesson is done", "Saare lessons poore");
pub const ALL_DONE_WHY: Message = Message::new(
    "All tasks pass. The playground is yours: start from a template, or take any lesson again.",
    "Saare tasks pass hain. Playground aapka hai: template se shuru karo, ya koi lesson dobara lo.",
);
pub const COURSE_MAP: Message = Message::same("Course map");
pub const DONE: Message = Message::new("done", "poora");
pub const HERE: Message = Message::new("you are here", "aap yahan ho");
pub const IS_PRACTICE: Message = Message::same("practice");
pub const ALL_OF: Message = Message::new("Done", "Poora");
pub const SOME_OF: Message = Message::new("{n} of {of}", "{of} mein se {n}");
pub const LESSON_COUNT: Message = Message::new("{n} lessons", "{n} lessons");
pub const ONE_LESSON: Message = Message::same("1 lesson");
pub const NOT_WRITTEN: Message = Message::new("not written yet", "abhi likha nahi gaya");
pub const PLANNED: Message = Message::new("{n} planned", "{n} aane wale");
pub const TASK_COUNT: Message = Message::new("{n} tasks", "{n} tasks");
pub const ONE_TASK: Message = Message::same("1 task");
pub const HOW_IT_GOES: Message = Message::new("How a lesson goes", "Lesson kaise chalta hai");
pub const READ: Message = Message::new("Read", "Padho");
pub const READ_WHY: Message = Message::new(
    "Short prose, with snippets you can run where they stand.",
    "Chhota text, aur snippets jo wahin chal jaate hain.",
);
pub const WRITE: Message = Message::new("Write", "Likho");
pub const WRITE_WHY: Message = Message::new(
    "Real Express code, in a project that grows with you.",
    "Asli Express code, ek project mein jo aapke saath badhta hai.",
);
pub const WATCH: Message = Message::new("Watch", "Dekho");
pub const WATCH_WHY: Message = Message::new(
    "Send a request and follow it through every hop.",
    "Request bhejo aur har hop mein uske saath chalo.",
);
pub const PROVE: Message = Message::new("Prove", "Saabit karo");
pub const PROVE_WHY: Message = Message::new(
    "Checks send their own requests and show the first difference.",
    "Checks apni requests bhejte hain aur pehla fark dikhate hain.",
);
pub const PRACTICE_TASKS: Message = Message::same("Practice tasks");
pub const ALL_TASKS: Message = Message::new("All {n}", "Saare {n}");
pub const PICKED: Message = Message::new("Picked from the lessons you opened.", "Jo lessons aapne khole, unme se chune hue.");
pub const PASSED: Message = Message::new("Passed", "Pass");
pub const PASSED_COMPARED: Message = Message::new("Passed, compared", "Pass, compare kiya");
pub const IN_THIS_BROWSER: Message = Message::new("Your work is in this browser", "Aapka kaam is browser mein hai");
pub const NO_ACCOUNT: Message = Message::new(
    "There is no account behind it. A backup file keeps it safe and moves it to another browser.",
    "Iske peeche koi account nahi hai. Backup file ise surakshit rakhti hai aur doosre browser mein le jaati hai.",
);
pub const LOADING_COURSE: Message = Message::new("The course map is loading", "Course map load ho raha hai");
pub const TRY_AGAIN: Message = Message::new("Try again", "Phir try karo");

// Practice.
pub const PRACTICE_LEDE: Message = Message::new(
    "Every task of the course. Nothing is locked: the order is advice.",
    "Course ke saare tasks. Kuch bhi locked nahi: order sirf salaah hai.",
);
pub const FILTERS: Message = Message::same("Filters");
pub const TOPIC: Message = Message::new("Topic", "Topic");
pub const KIND: Message = Message::new("Kind", "Kism");
pub const STATE: Message = Message::new("State", "Haalat");
pub const ANY_TOPIC: Message = Message::new("All topics", "Saare topics");
pub const ANY_KIND: Message = Message::new("All kinds", "Saari kism");
pub const ANY_STATE: Message = Message::new("All", "Saare");
pub const NOT_TRIED: Message = Message::new("Not tried", "Try nahi kiya");
pub const TRIED: Message = Message::new("In progress", "Chal raha");
pub const NO_TASKS: Message = Message::new("No task fits these filters", "In filters se koi task nahi milta");
pub const NO_TASKS_WHY: Message = Message::new("Take one filter away.", "Ek filter hatao.");
pub const CLEAR_FILTERS: Message = Message::new("Clear the filters", "Filters hatao");
pub const TASKS_SHOWN: Message = Message::new("{n} of {of} tasks", "{of} mein se {n} tasks");

// Playground.
pub const PLAYGROUND_LEDE: Message = Message::new(
    "A server of your own, with the editor and all six tools. Start from a template; your projects stay in this browser.",
    "Aapka apna server, editor aur chhe tools ke saath. Template se shuru karo; projects isi browser mein rehte hain.",
);
pub const TEMPLATES: Message = Message::same("Templates");
pub const YOUR_PROJECTS: Message = Message::new("Your projects", "Aapke projects");
pub const NO_PROJECTS: Message = Message::new("No projects yet", "Abhi koi project nahi");
pub const NO_PROJECTS_WHY: Message = Message::new(
    "Pick a template, and it is kept here by name.",
    "Template chuno, woh yahan naam se rahega.",
);
pub const FILE_COUNT: Message = Message::new("{n} files", "{n} files");
pub const ONE_FILE: Message = Message::same("1 file");
pub const CHANGED_AT: Message = Message::new("changed {when}", "{when} ko badla");
pub const RENAME: Message = Message::new("Rename", "Naam badlo");
pub const RENAME_IT: Message = Message::new("Rename {name}", "{name} ka naam badlo");
pub const DELETE_IT: Message = Message::new("Delete {name}", "{name} delete karo");
pub const EXPORT_IT: Message = Message::new("Download {name} as a zip file", "{name} zip file mein download karo");
pub const IMPORT_ZIP: Message = Message::new("Import a zip file", "Zip file import karo");
pub const IMPORT_FOLDER: Message = Message::new("Import a folder", "Folder import karo");
pub const NOT_IMPORTED: Message = Message::new("Nothing was imported", "Kuch import nahi hua");
pub const NOT_PACKED: Message = Message::new("{name} was not packed", "{name} pack nahi hua");
pub const NOT_PACKED_NEXT: Message = Message::new(
    "Try again; your work is saved here.",
    "Dobara koshish karo; aapka kaam yahan save hai.",
);
pub const IMPORTED: Message = Message::new("{name} was imported.", "{name} import ho gaya.");
pub const LEFT_OUT: Message = Message::new(
    "Left out, as they are no text: {files}.",
    "Chhod diye, kyunki yeh text nahi: {files}.",
);
pub const NEW_NAME: Message = Message::new("Name of the project", "Project ka naam");
pub const KEEP_NAME: Message = Message::new("Keep this name", "Yeh naam rakho");
pub const USE_TEMPLATE: Message = Message::new("Use {name}", "{name} lo");
pub const PROJECT_GONE: Message = Message::new(
    "There is no project called {name} in this browser",
    "Is browser mein {name} naam ka project nahi hai",
);

// Reference.
pub const REFERENCE_LEDE: Message = Message::new(
    "What you can call and what you can require, all of it inside this page.",
    "Kya call kar sakte ho aur kya require kar sakte ho, sab isi page ke andar.",
);
pub const MOCK_API: Message = Message::same("Mock API");
pub const MOCK_API_WHY: Message = Message::new(
    "Runs at http://localhost:4000 before you write any code, on the same engine as your server: logger, CORS, JSON body, rate limit, auth, validation.",
    "http://localhost:4000 par chalta hai, aapke code likhne se pehle, usi engine par jo aapka server chalata hai: logger, CORS, JSON body, rate limit, auth, validation.",
);
pub const TRY: Message = Message::new("Try", "Try karo");
pub const TRY_IT: Message = Message::new("Try {route}", "{route} try karo");
pub const NEEDS_TOKEN: Message = Message::new("needs a token", "token chahiye");
pub const NO_LOGIN: Message = Message::new(
    "The mock API has no login route to get a token from.",
    "Mock API mein login route nahi hai jisse token mile.",
);
pub const NO_TOKEN: Message = Message::new("Signing in gave no token.", "Sign in se token nahi mila.");
pub const ANSWER: Message = Message::new("Answer", "Jawab");
pub const MODULES: Message = Message::same("Modules");
pub const MODULES_WHY: Message = Message::new("What require and import find.", "require aur import ko kya milta hai.");
pub const SIMULATED: Message = Message::new("How the simulated server works", "Simulated server kaise chalta hai");
pub const SIMULATED_WHY: Message = Message::new(
    "Your code runs in a sandboxed worker of this page, with no way to the network. HTTP, Express, the database and the clock around it are ours, so every request leaves a trace, and nothing leaves this device.",
    "Aapka code is page ke ek sandboxed worker mein chalta hai, network tak koi raasta nahi. Uske aaspaas HTTP, Express, database aur clock hamare hain, isliye har request trace chhodti hai, aur kuch bhi is device se bahar nahi jaata.",
);
pub const STORED_WHY: Message = Message::new(
    "Code, data and progress are kept in this browser’s localStorage and nowhere else.",
    "Code, data aur progress isi browser ke localStorage mein rehte hain, aur kahin nahi.",
);
pub const LOADING: Message = Message::new("Loading", "Load ho raha hai");

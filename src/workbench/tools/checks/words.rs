//! Texts of the Checks tool.

use crate::i18n::Message;

pub const CHECKS: Message = Message::same("Checks");
pub const RUN_ALL: Message = Message::new("Run all checks", "Checks chalao");
pub const STOP: Message = Message::new("Stop", "Roko");
pub const SUMMARY: Message = Message::new("{passed} of {of} pass", "{of} mein se {passed} pass");
pub const PROGRESS: Message = Message::new("{done} of {of}", "{of} mein se {done}");
pub const NOT_RUN: Message = Message::new("Not run yet", "Abhi nahi chale");
pub const SEED: Message = Message::new("Values of this run: seed {seed}", "Is run ki values: seed {seed}");
pub const SAME_SEED: Message = Message::new("Run again with the same values", "Inhi values se phir chalao");
pub const OLD_CODE: Message = Message::new("You have changed the code since.", "Iske baad aapne code badla hai.");

pub const NO_TASK: Message = Message::new("No task is open", "Koi task khula nahi hai");
pub const NO_TASK_WHY: Message = Message::new(
    "Checks belong to a task: they send requests to your server and compare what comes back. Open one from the lesson, or from Practice.",
    "Checks task ke hote hain: wo aapke server ko requests bhejte hain aur jawab compare karte hain. Lesson ya Practice se task kholo.",
);
pub const TO_LESSON_TASK: Message = Message::new("Open {title}", "{title} kholo");
pub const TO_PRACTICE: Message = Message::new("See all tasks", "Saare tasks dekho");
pub const LOADING: Message = Message::new("Loading the checks", "Checks aa rahe hain");

pub const TRIED: Message = Message::new("Tried {count} times", "{count} baar try kiya");
pub const TRIED_ONCE: Message = Message::new("Tried once", "Ek baar try kiya");
pub const TO_REQUESTS: Message = Message::new("Open in Requests", "Requests mein kholo");
pub const SENT: Message = Message::new("Sent", "Bheja");
pub const WITH: Message = Message::new("with", "saath mein");
pub const EXPECTED: Message = Message::new("Expected", "Chahiye tha");
pub const GOT: Message = Message::new("Your server sent", "Aapke server ne bheja");
pub const GOT_PRINTED: Message = Message::new("Your program printed", "Aapke program ne print kiya");
pub const GOT_ANSWER: Message = Message::new("You wrote", "Aapne likha");
pub const EMPTY_VALUE: Message = Message::new("(nothing)", "(kuch nahi)");
pub const NOT_THERE: Message = Message::new("(not there)", "(nahi hai)");
pub const FIRST: Message = Message::new("First difference", "Pehla farq");
pub const EXPECTED_GOT: Message = Message::new(
    "{place}: expected {expected}, got {got}",
    "{place}: {expected} chahiye tha, {got} mila",
);
pub const EXPECTED_THEN: Message = Message::new("Expected: {expected} Got: {got}", "Chahiye tha: {expected} Mila: {got}");
pub const CAUSE: Message = Message::new("Likely cause", "Shayad wajah");
pub const NO_CAUSE: Message = Message::new(
    "No known mistake fits. Open the request and read its trace from the top: the first hop that surprises you is the place.",
    "Koi jaani-pehchaani galti match nahi hui. Request kholo aur trace upar se padho: jo hop pehle chaunkaye, wahi jagah hai.",
);
pub const GO_TO: Message = Message::new("Go to {file} line {line}", "{file} line {line} par jao");
pub const SEE_RESPONSE: Message = Message::new("See the answer", "Jawab dekho");
pub const SEE_CONSOLE: Message = Message::new("See what it printed", "Dekho kya print hua");
pub const SEE_TRACE: Message = Message::new("See the trace", "Trace dekho");
pub const HIDE_TRACE: Message = Message::new("Hide the trace", "Trace chhupao");
pub const CONSOLE: Message = Message::new("Console during this check", "Is check ke dauraan console");
pub const TRACE: Message = Message::new("The way of the request", "Request ka raasta");
pub const STEPS: Message = Message::new("Steps", "Steps");
pub const STEP_FAILED: Message = Message::new("failed here", "yahan fail hua");
pub const NO_ANSWER: Message = Message::new("no answer", "jawab nahi");
pub const ALL_AS_EXPECTED: Message = Message::new("Your server did what was expected.", "Aapke server ne wahi kiya jo chahiye tha.");
pub const WAITS: Message = Message::new("This check has not run yet.", "Ye check abhi nahi chala.");
pub const RUNS: Message = Message::new("This check is running.", "Ye check chal raha hai.");
pub const BLOCKED: Message = Message::new(
    "This check could not run, because the server did not start. Repair that first: {first}.",
    "Ye check nahi chal paya, kyunki server start nahi hua. Pehle use theek karo: {first}.",
);
pub const LOOKING: Message = Message::new("Looking leaves your file as it is.", "Dekhne se aapki file nahi badalti.");
pub const NEXT: Message = Message::new("Next", "Agla kadam");

pub const PASS: Message = Message::new("pass", "pass");
pub const FAIL: Message = Message::new("fail", "fail");
pub const RUNNING: Message = Message::new("running", "chal raha hai");
pub const WAITING: Message = Message::new("waiting", "intezaar");
pub const COULD_NOT_RUN: Message = Message::new("could not run", "nahi chal paya");

// Said aloud after a run.
pub const THE_CHECK_PASSES: Message = Message::new("The check passes", "Check pass hai");
pub const ALL_PASS: Message = Message::new("All {of} checks pass", "Saare {of} checks pass");
pub const FIRST_FAILING: Message = Message::new("{sum}, first failing: {check}", "{sum}, pehla fail: {check}");
pub const FIRST_BLOCKED: Message = Message::new("{sum}, could not run: {check}", "{sum}, nahi chal paya: {check}");

// What a place in an answer is called.
pub const PLACE_STATUS: Message = Message::same("status code");
pub const PLACE_HEADER: Message = Message::same("header {name}");
pub const PLACE_IN_BODY: Message = Message::new("{name} in the body", "body mein {name}");
pub const PLACE_COOKIE: Message = Message::same("cookie {name}");
pub const PLACE_JSON: Message = Message::same("JSON body");
pub const PLACE_TEXT: Message = Message::new("text of the answer", "jawab ka text");
pub const PLACE_CONSOLE: Message = Message::same("console");
pub const PLACE_ANSWER: Message = Message::new("the answer", "jawab");
pub const PLACE_PORT: Message = Message::new("the open port", "khula port");
pub const PLACE_PROGRAM: Message = Message::new("the program", "program");
pub const PLACE_YOURS: Message = Message::new("your answer", "aapka jawab");

//! Texts of the lesson pane.

use crate::i18n::Message;

pub const LESSON: Message = Message::same("Lesson");
pub const LESSON_NUMBER: Message = Message::new("Lesson {number}", "Lesson {number}");
pub const MINUTES: Message = Message::new("{count} min", "{count} min");
pub const TASKS: Message = Message::new("{count} tasks", "{count} tasks");
pub const ONE_TASK: Message = Message::new("1 task", "1 task");
pub const SECTIONS: Message = Message::new("Sections in this lesson", "Is lesson ke hisse");
pub const START: Message = Message::new("Start", "Shuruaat");
pub const AFTER_THIS: Message = Message::new("After this you can", "Iske baad aap kar paoge");
pub const HIDE: Message = Message::new("Hide the lesson", "Lesson chhupao");
pub const FELL_BACK: Message = Message::new(
    "This part is not translated yet, so it is in English.",
    "Ye hissa abhi Hinglish mein nahi hai, isliye English mein hai.",
);
pub const LESSON_CHANGED: Message = Message::new(
    "This lesson has changed since you read it. Your code and answers are as you left them.",
    "Aapke padhne ke baad ye lesson badla hai. Aapka code aur jawab waise hi hain.",
);

pub const EXAMPLE: Message = Message::new("Example", "Example");
pub const RUNNABLE: Message = Message::new("Runnable example", "Chalane wala example");
pub const EDITED: Message = Message::new("Edited", "Badla hua");
pub const EXAMPLE_CODE: Message = Message::new("Example code", "Example ka code");
pub const RUN: Message = Message::new("Run", "Run");
pub const RUN_EXAMPLE: Message = Message::new("Run this example", "Run: ye example chalao");
pub const RUN_AGAIN: Message = Message::new("Run again", "Run dobara");
pub const RUNNING: Message = Message::new("Running", "Chal raha hai");
pub const SEND: Message = Message::new("Send", "Send");
pub const RESET: Message = Message::new("Reset example", "Example wapas lao");
pub const COPY: Message = Message::new("Copy code", "Code copy karo");
pub const COPIED: Message = Message::new("Copied", "Copy ho gaya");
pub const TRANSCRIPT: Message = Message::new("What it did", "Kya hua");
pub const LISTENING: Message = Message::new("listening on localhost:{port}", "localhost:{port} par sun raha hai");
pub const NO_ANSWER: Message = Message::new(
    "No answer in 5 s. The request is still waiting.",
    "5 s mein jawab nahi aaya. Request ab bhi ruki hai.",
);
pub const REFUSED: Message = Message::new(
    "Connection refused: nothing listens on this port.",
    "Connection refused: is port par koi nahi sun raha.",
);
pub const ENDED: Message = Message::new("The program ended with code {code}.", "Program code {code} ke saath khatam hua.");
pub const MORE_HEADERS: Message = Message::new("Other headers ({count})", "Baaki headers ({count})");
pub const NO_ENGINE: Message = Message::new("The example did not run: {why}", "Example nahi chala: {why}");

pub const LANE: Message = Message::new("The way of a request", "Request ka raasta");
pub const LANE_HINT: Message = Message::new(
    "Send the request and its way through the layers is drawn here.",
    "Request bhejo, aur layers mein uska raasta yahan dikhega.",
);
pub const LANE_CHOOSE: Message = Message::new("Request", "Request");
pub const LANE_SEND: Message = Message::new("Send it through", "Ise bhejo");
pub const LANE_WAIT: Message = Message::new("+ wait", "+ intezaar");
pub const LANE_LINE: Message = Message::new("line {line}", "line {line}");

pub const ANSWER: Message = Message::new("Answer", "Jawab do");
pub const RIGHT: Message = Message::new("Right.", "Sahi.");
pub const NOT_QUITE: Message = Message::new("Not that one.", "Ye nahi.");
pub const WRONG_OPTION: Message = Message::new("tried, wrong", "try kiya, galat");

pub const SORT_CARDS: Message = Message::new("Cards", "Cards");
pub const SORT_HELP: Message = Message::new(
    "Drag each card, or choose its place in the list beside it.",
    "Har card ko drag karo, ya uske paas ki list se jagah chuno.",
);
pub const SORT_ORDER_HELP: Message = Message::new(
    "Put them in order: drag, or use the arrows.",
    "Sahi order mein lagao: drag karo, ya arrows se.",
);
pub const SORT_PLACE: Message = Message::new("Place of {card}", "{card} ki jagah");
pub const SORT_NOWHERE: Message = Message::new("Choose…", "Chuno…");
pub const SORT_UP: Message = Message::new("Move {card} up", "{card} ko upar le jao");
pub const SORT_DOWN: Message = Message::new("Move {card} down", "{card} ko neeche le jao");
pub const SORT_SCORE: Message = Message::new("{right} of {all} lie right.", "{all} mein se {right} sahi jagah hain.");
pub const SORT_DONE: Message = Message::new("All of them lie right.", "Sab sahi jagah hain.");
pub const START_OVER: Message = Message::new("Start over", "Phir se shuru");

pub const YOUR_TASK: Message = Message::new("Your task", "Aapka task");
pub const OPEN_TASK: Message = Message::new("Open task", "Task kholo");
pub const GO_ON: Message = Message::new("Go on with it", "Aage badho");
pub const CHECK_TASK: Message = Message::new("Check this task", "Is task ko check karo");
pub const OF_PASS: Message = Message::new("{passed} of {of} pass", "{of} mein se {passed} pass");
pub const CHECKS: Message = Message::new("{count} checks", "{count} checks");
pub const PASSED: Message = Message::new("Passed", "Pass");
pub const PASSED_COMPARED: Message = Message::new("Passed, compared", "Pass, compare karke");
pub const WHY: Message = Message::new("Why", "Kyun");
pub const EXTRA: Message = Message::new("extra", "extra");
pub const TASK_CHANGED: Message = Message::new(
    "This task has changed since you tried it.",
    "Aapke try karne ke baad ye task badla hai.",
);
pub const KEEPS_PASSED: Message = Message::new(
    "It stays passed, and your files are as you left them.",
    "Ye pass hi rahega, aur aapki files waisi hi hain.",
);
pub const STARTER_CHANGED: Message = Message::new(
    "Its files have a new start. Yours are untouched.",
    "Iski shuruaati files nayi hain. Aapki files waisi hi hain.",
);
pub const COMPARE_STARTER: Message = Message::new("Compare with the new start", "Nayi shuruaat se compare karo");
pub const COMPARE: Message = Message::new("Compare with a solution", "Solution se compare karo");
pub const ANOTHER_WAY: Message = Message::new("See another way", "Doosra tareeka dekho");

pub const HINTS: Message = Message::new("Hints", "Hints");
pub const HINT_COUNT: Message = Message::new("{open} of {all}", "{all} mein se {open}");
pub const SHOW_HINT_IDEA: Message = Message::new("Show hint {number}: an idea", "Hint {number} dikhao: ek idea");
pub const SHOW_HINT_WHERE: Message = Message::new("Show hint {number}: where to look", "Hint {number} dikhao: kahan dekhna hai");
pub const SHOW_HINT_SHAPE: Message = Message::new(
    "Show hint {number}: the shape of the code",
    "Hint {number} dikhao: code ka dhaancha",
);

pub const PREDICT_PROGRAM: Message = Message::new("The program", "Program");
pub const PREDICT_STATUS: Message = Message::new("A number, such as 404", "Ek number, jaise 404");
pub const PREDICT_BODY: Message = Message::new("The body of the answer", "Jawab ki body");
pub const PREDICT_ORDER: Message = Message::new(
    "In order, with spaces between. Case does not count",
    "Kram mein, beech mein space. Chhote bade akshar se fark nahi",
);
pub const PREDICT_TRY: Message = Message::new("See if it does", "Dekho sahi hai ya nahi");
pub const PREDICT_FILL: Message = Message::new("Write an answer in each box first.", "Pehle har box mein jawab likho.");

pub const PREVIOUS_NEXT: Message = Message::new("Lessons before and after", "Pichhla aur agla lesson");
pub const NEXT: Message = Message::new("Next: {title}", "Agla: {title}");
pub const COURSE_MAP: Message = Message::new("Back to the course map", "Course map par wapas");
pub const DONE_TITLE: Message = Message::new(
    "{passed} of {of} tasks passed. The lesson is done.",
    "{of} mein se {passed} tasks pass. Lesson poora hua.",
);
pub const DONE_READ: Message = Message::new("You have read it to the end.", "Aapne ise poora padh liya.");
pub const DONE_LATER: Message = Message::new(
    "Your code stays here, so you can come back to any of it.",
    "Aapka code yahin rahega, jab chaho wapas aa sakte ho.",
);

/// What kind of work a task is.
pub fn kind(kind: &str) -> Message {
    match kind {
        "predict" => Message::new("Predict", "Andaza lagao"),
        "sort" => Message::new("Sort", "Chhaanto"),
        "faded" => Message::new("Fill in", "Bharo"),
        "open" => Message::new("Build", "Banao"),
        "debug" => Message::new("Debug", "Debug"),
        "attack" => Message::new("Attack", "Attack"),
        "fix" => Message::new("Fix", "Theek karo"),
        "mutants" => Message::new("Tests", "Tests"),
        _ => Message::new("Task", "Task"),
    }
}

//! Texts of the Trace tool, and of the same lane where it stands in a lesson.

use crate::i18n::Message;

// How a request ended.
pub const ANSWERED_BY: Message = Message::new("{status} answered by {name}", "{name} ne {status} se jawab diya");
pub const STATUS_IN: Message = Message::new("{status} in {time}", "{status}, {time} mein");
pub const STOPPED_AT: Message = Message::new("Stopped at {name}", "{name} par ruki");
pub const NO_ANSWER_AFTER: Message = Message::new("No answer after {time}", "{time} mein bhi jawab nahi");
pub const UNFINISHED: Message = Message::new("{status} began, never ended", "{status} shuru hua, khatam nahi");
pub const SPOKEN: Message = Message::new("Request {id}, {method} {url}, {what}", "Request {id}, {method} {url}, {what}");
pub const SPOKEN_BY: Message = Message::new(
    "{status}, answered by {name}, in {time}",
    "{status}, {name} ne jawab diya, {time} mein",
);
pub const SPOKEN_STOPPED: Message = Message::new("stopped at {name}", "{name} par ruki");
pub const SPOKEN_NONE: Message = Message::new("no answer", "jawab nahi");
pub const BACK: Message = Message::new(
    "{status}, {size}, back at the client after {time}",
    "{status}, {size}, {time} baad client ke paas wapas",
);
pub const NO_ANSWER_SENT: Message = Message::new("no answer was sent", "koi jawab nahi bheja");
pub const NEVER_ENDED: Message = Message::new("the answer never ended", "jawab khatam nahi hua");
pub const NEVER_NEXT: Message = Message::new("next() was never called", "next() kabhi call nahi hua");

// Stations.
pub const CLIENT: Message = Message::same("client");
pub const REQUEST: Message = Message::same("request");
pub const RESPONSE: Message = Message::same("response");
pub const SENT: Message = Message::new("sent", "bheji");
pub const SENT_SIZE: Message = Message::new("sent {size}", "{size} bheja");
pub const ERROR_HANDLER: Message = Message::same("error handler");
pub const BUILT_IN: Message = Message::same("built in");
pub const MIDDLEWARE: Message = Message::same("middleware");
pub const DATABASE: Message = Message::same("database");
pub const ON_PATH: Message = Message::new("on {path}", "{path} par");
pub const NO_BODY: Message = Message::new("no body", "body nahi");
pub const NO_CHANGE: Message = Message::new("no change", "koi badlaav nahi");
pub const STATUS: Message = Message::same("~ status {status}");
pub const READ: Message = Message::new("read {count}", "{count} padhe");
pub const NOT_REACHED: Message = Message::new("not reached", "yahan tak nahi");
pub const MORE: Message = Message::new("{count} more", "{count} aur");
pub const BY: Message = Message::new("by {name}", "{name} se");
pub const LEFT_EARLY: Message = Message::new("{status} left early", "{status} pehle hi nikla");
pub const NONE_SENT: Message = Message::new("none sent", "nahi bheja");
pub const NOT_ENDED: Message = Message::new("not ended", "khatam nahi");
pub const WAITED: Message = Message::new("waited {time}", "{time} ruki");
pub const AND_WAIT: Message = Message::new("{time} + wait", "{time} + intezaar");
pub const PASSED: Message = Message::new(", passed", ", nikal gayi");
pub const EARLY: Message = Message::new(", answered early", ", pehle hi jawab diya");
pub const STOPPED_HERE: Message = Message::new(", stopped here", ", yahan ruki");
pub const THREW_HERE: Message = Message::new(", threw an error", ", error throw kiya");
pub const HOPS_OF: Message = Message::new("Hops of request {id}", "Request {id} ke hops");
pub const WHERE_WENT: Message = Message::new("Where {time} went", "{time} kahan gaye");
pub const BETWEEN: Message = Message::new("in between", "beech mein");

// Head and slider.
pub const AS_OF: Message = Message::new("code as of edit {edit}", "code edit {edit} wala");
pub const COPY_CURL: Message = Message::new("Copy as curl", "curl copy karo");
pub const COPIED_CURL: Message = Message::new("Copied as curl", "curl copy ho gaya");
pub const COPY_REFUSED: Message = Message::new(
    "The browser did not allow copying. Open Requests, As code, and copy from there.",
    "Browser ne copy nahi karne diya. Requests mein Code mein kholo aur wahan se copy karo.",
);
pub const SEND_AGAIN: Message = Message::new("Send again", "Dobara bhejo");
pub const SEND_IT: Message = Message::new("Send {request}", "{request} bhejo");
pub const PAST: Message = Message::new("Past requests", "Pichhli requests");
pub const EARLIER: Message = Message::new("Earlier request", "Pehle ki request");
pub const LATER: Message = Message::new("Later request", "Baad ki request");
pub const LATEST: Message = Message::new("Latest", "Sabse nayi");
pub const UNFOLLOWED: Message = Message::new(
    "Not here: {count} requests that came too fast to be followed.",
    "Yahan nahi: {count} requests jo itni tezi se aayi ki unka raasta nahi dekha gaya.",
);
pub const OF: Message = Message::new("#{id} of {last}", "{last} mein se #{id}");

// One hop.
pub const WHY: Message = Message::new("Why. ", "Kyun. ");
pub const NEXT: Message = Message::new("Next. ", "Aage. ");
pub const CHANGED: Message = Message::new("Changed on req and res", "req aur res par kya badla");
pub const UNCHANGED: Message = Message::new("unchanged", "waisa hi");
pub const TRIED: Message = Message::new("{layers} looked at, {matched} matched", "{layers} dekhi, {matched} match hui");
pub const MATCHED: Message = Message::new(" matched", " match hui");
pub const PATH_ONLY: Message = Message::new(" has the path, not the method", " ka path hai, method nahi");
pub const FOR_ERRORS: Message = Message::new(" waits for errors", " errors ka intezaar karti hai");
pub const NO_MATCH: Message = Message::new(" did not match", " match nahi hui");
pub const OLD_PLACE: Message = Message::new(
    "{place}, now; the request ran edit {edit}",
    "{place}, abhi ka; request ne edit {edit} chalaya",
);
pub const ENDED_HERE: Message = Message::new("it ended, nothing called", "function khatam, kuch call nahi hua");
pub const OPEN_IN_EDITOR: Message = Message::new("Open in editor", "Editor mein kholo");
pub const MANY_NEXT: Message = Message::new(
    " It called next() {count} times; once is enough.",
    " Isne next() {count} baar call kiya; ek baar kaafi hai.",
);
pub const CALLED_NEXT: Message = Message::new("Called next() after {time}.", "{time} baad next() call kiya.");
pub const SENT_AND_NEXT: Message = Message::new(
    "Sent a response and also called next(): what runs below can no longer change it.",
    "Response bheja aur next() bhi call kiya: neeche jo chalta hai woh use ab badal nahi sakta.",
);
pub const SENT_AFTER: Message = Message::new("Sent the response after {time}.", "{time} baad response bheja.");
pub const SENT_NO_NEXT: Message = Message::new(
    "Sent a response and did not call next(), so nothing below it ran.",
    "Response bheja aur next() call nahi kiya, isliye neeche kuch nahi chala.",
);
pub const PASSED_ERROR: Message = Message::new(
    "Passed an error to next(), so Express looked for an error handler.",
    "next() ko error diya, isliye Express ne error handler dhoonda.",
);
pub const THREW: Message = Message::new(
    "Threw an error, so Express looked for an error handler.",
    "Error throw kiya, isliye Express ne error handler dhoonda.",
);
pub const RETURNED: Message = Message::new(
    "Returned {value} after {time} without next() or a response.",
    "{time} baad {value} return kiya, bina next() ya response ke.",
);
pub const NOTHING: Message = Message::new("nothing", "kuch nahi");
pub const A_PROMISE: Message = Message::new("a promise", "ek promise");
pub const NO_RESPONSE: Message = Message::new("{name} finished without a response", "{name} bina response ke khatam hua");
pub const NO_NEXT: Message = Message::new(
    "{name} finished without next() or a response",
    "{name} bina next() ya response ke khatam hua",
);
pub const STOPPED_WHY: Message = Message::new(
    "It returned {value} and Express kept waiting: only next() or a response moves a request on. Backlab stopped it after {time}.",
    "Isne {value} return kiya aur Express rukta raha: request sirf next() ya response se aage badhti hai. Backlab ne {time} baad roka.",
);
pub const SEND_ON_EVERY_WAY: Message = Message::new(
    "Send a response on every way through this handler, for example with res.json().",
    "Is handler ke har raaste par response bhejo, jaise res.json() se.",
);
pub const NEXT_OR_RESPONSE: Message = Message::new(
    "Call next() where the request may go on, or send a response where it may not.",
    "Jahan request aage ja sakti hai wahan next() call karo, jahan nahi wahan response bhejo.",
);
pub const THREW_TITLE: Message = Message::new("{name} threw", "{name} ne throw kiya");
pub const PASSED_TITLE: Message = Message::new("{name} passed an error to next()", "{name} ne next() ko error diya");
pub const THREW_WHY: Message = Message::new("{error}.", "{error}.");
pub const THREW_AT: Message = Message::new("{error} at {place}.", "{error}, {place} par.");
pub const THREW_NEXT: Message = Message::new(
    "Go to the line and look at the values it uses, or catch the error and answer with a status of your own.",
    "Us line par jao aur uski values dekho, ya error ko catch karke apne status se jawab do.",
);

// The stations that are no layer of the learner's.
pub const LEFT_CLIENT: Message = Message::new("What left the client", "Client se kya nikla");
pub const LEFT_LIKE_THIS: Message = Message::new("The request left the client like this.", "Request client se aise nikli.");
pub const NONE_SENT_WHY: Message = Message::new(
    "No response was sent. The client waited {time} and gave up.",
    "Koi response nahi bheja gaya. Client {time} ruka aur chhod diya.",
);
pub const UNFINISHED_WHY: Message = Message::new(
    "The response began with {status} and had no end when the connection closed, after {time}.",
    "Response {status} se shuru hua, par {time} baad connection band hone tak khatam nahi hua.",
);
pub const LEFT_FROM: Message = Message::new("The response left from {name}. ", "Response {name} se nikla. ");
pub const CAME_BACK: Message = Message::new("What came back", "Kya wapas aaya");
pub const SIZE_IN: Message = Message::new("{size} in {time}.", "{size}, {time} mein.");
pub const HOW_IT_RAN: Message = Message::new("How it ran", "Kaise chala");
pub const ASKED: Message = Message::new("asked", "poocha");
pub const PLAN: Message = Message::same("plan");
pub const EXAMINED: Message = Message::new("read", "padhe");
pub const FOUND: Message = Message::new("found", "mile");
pub const WROTE: Message = Message::new("changed", "badle");
pub const SCAN: Message = Message::new(
    " It read all {all} to find {found}; an index on the field would find them directly.",
    " {found} dhoondne ke liye saare {all} padhe; us field par index unhe seedha dhoond leta.",
);
pub const ASKED_AND_WAITED: Message = Message::new("{name} asked {on} and waited {time}.", "{name} ne {on} se poocha aur {time} ruka.");
pub const NO_HANDLER: Message = Message::new(
    "No error handler took {error}, so Express sent its own page with status 500.",
    "{error} ko kisi error handler ne nahi liya, isliye Express ne status 500 ka apna page bheja.",
);
pub const NO_LAYER: Message = Message::new(
    "No layer answered {method} {url}, so Express sent its own 404.",
    "{method} {url} ka jawab kisi layer ne nahi diya, isliye Express ne apna 404 bheja.",
);
pub const OTHER_METHOD: Message = Message::new(
    " {names} has this path with another method.",
    " {names} mein yeh path doosre method ke saath hai.",
);
pub const NEVER_HANDED_ON: Message = Message::new(
    "{name} never handed the request on, so this did not run.",
    "{name} ne request aage nahi di, isliye yeh nahi chala.",
);
pub const ANSWERED_FIRST: Message = Message::new(
    "Not reached: {name} answered first. What answers early ends the request.",
    "Yahan tak nahi aayi: {name} ne pehle jawab diya. Jo pehle jawab deta hai woh request khatam karta hai.",
);
pub const NOT_REACHED_FULL: Message = Message::new("Not reached.", "Yahan tak nahi aayi.");

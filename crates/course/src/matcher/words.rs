//! What was expected and what was seen, in both languages. A value fills `{value}`, already in words.

use crate::i18n::Message;

// What was expected.
pub const STARTS: Message = Message::new("The program starts without an error.", "Program bina error ke start hota hai.");
pub const IS_REFUSED: Message = Message::new(
    "The request is refused: no server listens there.",
    "Request refuse hoti hai: wahan koi server nahi sun raha.",
);
pub const SERVER_ANSWERS: Message = Message::new("A server answers.", "Koi server jawab deta hai.");
pub const NO_ANSWER: Message = Message::new("No answer within 5 s.", "5 s mein koi jawab nahi.");
pub const ANSWER: Message = Message::new("An answer within 5 s.", "5 s ke andar jawab.");
pub const RUNS_ON: Message = Message::new("The program keeps running.", "Program chalta rehta hai.");
pub const PORTS: Message = Message::new("The open ports: {value}.", "Khule ports: {value}.");
pub const PRINTS: Message = Message::new("The console prints {value}.", "Console {value} print karta hai.");
pub const PRINTS_IN_ORDER: Message = Message::new(
    "The console prints {value}, in this order.",
    "Console isi order mein print karta hai: {value}.",
);
pub const PRINTS_NOT: Message = Message::new("The console does not print {value}.", "Console {value} print nahi karta.");
pub const STAYS_EMPTY: Message = Message::new("The console stays empty.", "Console khaali rehta hai.");
pub const PRINTS_LINES: Message = Message::new("The console prints {value} lines.", "Console {value} lines print karta hai.");
pub const PROGRAM_GIVES: Message = Message::new("The program gives {value}.", "Program {value} deta hai.");
pub const STEP_PERFORMED: Message = Message::new("The sandbox performs the step.", "Sandbox yeh step karta hai.");

pub const A_START: Message = Message::new("a program that starts", "program jo start ho");

// Both.
pub const STATUS: Message = Message::same("Status {value}.");
pub const HEADER: Message = Message::same("Header {name}: {value}.");
pub const BODY: Message = Message::new("The body is {value}.", "Body hai: {value}.");
pub const IS: Message = Message::new("{place} is {value}.", "{place}: {value}.");

// What was seen.
pub const SERVER_ANSWERED: Message = Message::new("A server answered.", "Ek server ne jawab diya.");
pub const WAS_REFUSED: Message = Message::new(
    "The request was refused: no server listens on that port.",
    "Request refuse hui: us port par koi server nahi sun raha.",
);
pub const WAS_ANSWERED: Message = Message::new("The request was answered.", "Request ka jawab aaya.");
pub const NO_ANSWER_CAME: Message = Message::new("No answer came within 5 s.", "5 s mein koi jawab nahi aaya.");
pub const NO_STATUS: Message = Message::new(
    "There is no status: the request got no answer.",
    "Koi status nahi: request ko jawab nahi mila.",
);
pub const OPEN: Message = Message::new("Open: {value}.", "Khule hain: {value}.");
pub const NO_PORT: Message = Message::new("No port is open.", "Koi port khula nahi hai.");
pub const PRINTED: Message = Message::new("It printed {value}.", "Usne print kiya: {value}.");
pub const PRINTED_NOTHING: Message = Message::new("It printed nothing.", "Usne kuch print nahi kiya.");
pub const NO_HEADER: Message = Message::new("There is no header {name}.", "{name} naam ka header nahi hai.");
pub const NO_BODY: Message = Message::new("There is no body.", "Body nahi hai.");
pub const YOU_WROTE: Message = Message::new("You wrote {value}.", "Aapne likha: {value}.");
pub const YOU_WROTE_NOTHING: Message = Message::new("You wrote nothing.", "Aapne kuch nahi likha.");
pub const IS_MISSING: Message = Message::new("There is no {place}.", "{place} nahi hai.");
pub const IS_NOT: Message = Message::new("{place} is not.", "{place} waisi nahi hai.");
pub const STOPPED: Message = Message::new("It stopped: {name}: {message}.", "Woh ruk gaya: {name}: {message}.");
pub const STOPPED_AT: Message = Message::new(
    "It stopped on line {line} of {file}: {name}: {message}.",
    "Woh {file} ki line {line} par ruk gaya: {name}: {message}.",
);
pub const EXITED: Message = Message::new("It ended with exit code {value}.", "Woh exit code {value} ke saath khatam hua.");
pub const SANDBOX_SILENT: Message = Message::new("The sandbox gave no answer.", "Sandbox ne koi jawab nahi diya.");

// Between several.
pub const OR: Message = Message::new(" or ", " ya ");
pub const AND: Message = Message::new(" and ", " aur ");
pub const THEN: Message = Message::new(", then ", ", phir ");

// A pattern.
pub const HAS: Message = Message::new("something with {value}", "kuch jismein {value} ho");
pub const LACKS: Message = Message::new("something without {value}", "kuch jismein {value} na ho");
pub const NOT: Message = Message::new("not {value}", "{value} nahi");
pub const FITS: Message = Message::new("a text that fits /{value}/", "text jo /{value}/ se match kare");
pub const EACH: Message = Message::new("a list of {value}", "list jismein har ek: {value}");
pub const COUNT: Message = Message::same("{value} entries");
pub const ONLY: Message = Message::new("only {value}", "sirf {value}");

// A type and its range.
pub const STRING: Message = Message::new("a text", "text");
pub const INTEGER: Message = Message::new("a whole number", "poora number");
pub const NUMBER: Message = Message::new("a number", "number");
pub const BOOLEAN: Message = Message::new("true or false", "true ya false");
pub const ARRAY: Message = Message::new("a list", "list");
pub const OBJECT: Message = Message::new("an object", "object");
pub const DATE: Message = Message::new("a date", "date");
pub const ANY: Message = Message::new("any value", "koi bhi value");
pub const ABSENT: Message = Message::new("absent", "gayab");
pub const CHARACTERS: Message = Message::same(" characters");
pub const ENTRIES: Message = Message::same(" entries");
pub const EXACTLY: Message = Message::new("{type} of {low}{unit}", "{type}, {low}{unit}");
pub const BETWEEN: Message = Message::new("{type} from {low} to {high}{unit}", "{type}, {low} se {high}{unit} tak");
pub const NOT_EMPTY: Message = Message::new("{type} that is not empty", "{type} jo khaali na ho");
pub const AT_LEAST: Message = Message::new("{type} of at least {low}{unit}", "{type}, kam se kam {low}{unit}");
pub const AT_MOST: Message = Message::new("{type} of at most {high}{unit}", "{type}, zyada se zyada {high}{unit}");

// A step.
pub const WAIT: Message = Message::new("wait {value}", "{value} ruko");
pub const CALL: Message = Message::same("call {value}");
pub const CONNECT: Message = Message::same("connect {value}");
pub const EMIT: Message = Message::same("emit {value}");
pub const RESTART: Message = Message::same("restart");
pub const LOOK: Message = Message::new("look at the server", "server ko dekho");

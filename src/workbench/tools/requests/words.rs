//! Texts of the Requests tool.

use crate::i18n::Message;

pub const REQUEST: Message = Message::same("Request");
pub const PARAMS: Message = Message::same("Params");
pub const HEADERS: Message = Message::same("Headers");
pub const BODY: Message = Message::same("Body");
pub const AUTH: Message = Message::same("Auth");
pub const AS_CODE: Message = Message::new("As code", "Code mein");
pub const METHOD: Message = Message::same("Method");
pub const SERVER: Message = Message::same("Server");
pub const URL: Message = Message::same("URL");
pub const YOUR_SERVER: Message = Message::new("Your server", "Aapka server");
pub const MOCK_API: Message = Message::same("Mock API");
pub const OTHER: Message = Message::new("Other", "Doosra");
pub const SEND: Message = Message::same("Send");

// Saved and sent requests.
pub const SAVED: Message = Message::same("Saved");
pub const SAVED_REQUESTS: Message = Message::new("Saved requests", "Saved requests");
pub const IN_LESSON: Message = Message::new("In this lesson", "Is lesson mein");
pub const YOURS: Message = Message::new("Yours", "Aapki");
pub const NEW_REQUEST: Message = Message::new("New request", "Nayi request");
pub const SEARCH_SENT: Message = Message::new("Search sent requests", "Bheji hui requests mein dhoondo");
pub const SENT: Message = Message::new("Sent: {request}", "Bheji: {request}");

// Rows of names and values.
pub const ADD_PARAM: Message = Message::new("Add a parameter", "Parameter jodo");
pub const ADD_HEADER: Message = Message::new("Add a header", "Header jodo");
pub const ADD_FIELD: Message = Message::new("Add a field", "Field jodo");
pub const SEND_IT: Message = Message::new("Send {name}", "{name} bhejo");
pub const NAME: Message = Message::new("Name", "Naam");
pub const NAME_HERE: Message = Message::new("name", "naam");
pub const VALUE_HERE: Message = Message::same("value");
pub const VALUE_OF: Message = Message::new("Value of {name}", "{name} ki value");
pub const REMOVE: Message = Message::new("Remove {name}", "{name} hatao");
pub const THIS_ROW: Message = Message::new("this row", "yeh row");
pub const GOES_OUT: Message = Message::new("Goes out as ", "Aise jaayega: ");
pub const SET_BY_AUTH: Message = Message::new("Set by the Auth tab", "Auth tab se aaya");
pub const SET_BY_BODY: Message = Message::new("Set by the Body tab", "Body tab se aaya");

// Body.
pub const BODY_TYPE: Message = Message::new("Body type", "Body ki kism");
pub const NONE: Message = Message::new("None", "Koi nahi");
pub const JSON: Message = Message::same("JSON");
pub const FORM: Message = Message::same("Form");
pub const TEXT: Message = Message::same("Text");
pub const RAW: Message = Message::same("Raw");
pub const FORMAT: Message = Message::same("Format");
pub const REQUEST_BODY: Message = Message::same("Request body");
pub const NOT_JSON: Message = Message::new(
    "Not JSON yet: {reason} at line {line}, column {column}. It would be sent as it stands.",
    "Abhi JSON nahi hai: {reason}, line {line}, column {column}. Jaisa hai waisa hi jaayega.",
);

// Auth.
pub const AUTH_TYPE: Message = Message::new("Auth type", "Auth ki kism");
pub const BEARER: Message = Message::same("Bearer");
pub const BASIC: Message = Message::same("Basic");
pub const TOKEN: Message = Message::same("Token");
pub const USER: Message = Message::same("User");
pub const PASSWORD: Message = Message::same("Password");
pub const CLAIMS: Message = Message::new(
    "The token says (its signature is not checked here)",
    "Token kya kehta hai (signature yahan check nahi hoti)",
);
pub const LEFT: Message = Message::new("{span} left", "{span} baaki");
pub const EXPIRED: Message = Message::new("expired {span} ago", "{span} pehle expire hua");
pub const IN_SPAN: Message = Message::new("in {span}", "{span} mein");
pub const AGO: Message = Message::new("{span} ago", "{span} pehle");
pub const DAYS: Message = Message::new("{n} days", "{n} din");

// As code.
pub const LANGUAGE: Message = Message::new("Language", "Bhasha");
pub const COPY_CODE: Message = Message::new("Copy this code", "Yeh code copy karo");
pub const COPIED: Message = Message::new("Copied", "Copy ho gaya");
pub const COPY_REFUSED: Message = Message::new(
    "The browser did not allow copying. Select the text and copy it by hand.",
    "Browser ne copy nahi karne diya. Text select karke khud copy karo.",
);

// Response.
pub const RESPONSE: Message = Message::same("Response");
pub const SHOW: Message = Message::new("Show", "Dikhao");
pub const RESPONSE_HEADERS: Message = Message::new("Response headers", "Response ke headers");
pub const RESPONSE_BODY: Message = Message::new("Response body", "Response ki body");
pub const MORE_IS_COMING: Message = Message::new("More is coming", "Abhi aur aa raha hai");
pub const EMPTY_BODY: Message = Message::new("The response has no body.", "Response mein body nahi hai.");
pub const BINARY: Message = Message::new(
    "{size} of {kind}. Bytes like these are not shown as text.",
    "{kind} ke {size}. Aise bytes text mein nahi dikhte.",
);
pub const DATA: Message = Message::same("data");
pub const FOLD: Message = Message::new("Fold", "Samet do");
pub const UNFOLD: Message = Message::new("Unfold", "Kholo");
pub const COPY_BODY: Message = Message::new("Copy body", "Body copy karo");
pub const BODY_COPIED: Message = Message::new("Body copied", "Body copy ho gayi");
pub const BODY_REFUSED: Message = Message::new(
    "The browser did not allow copying. Show Raw, select the text and copy it by hand.",
    "Browser ne copy nahi karne diya. Raw kholo, text select karke khud copy karo.",
);
pub const ITS_TRACE: Message = Message::new("See its trace", "Iska trace dekho");
pub const THE_TRACE: Message = Message::new("See the trace", "Trace dekho");

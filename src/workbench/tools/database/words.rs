//! Texts of the Database tool in both languages.

use crate::i18n::Message;

// What there is.
pub const COLLECTIONS: Message = Message::same("Collections");
pub const DATA: Message = Message::same("Data");
pub const MOCK_API: Message = Message::same("Mock API");
pub const NEW_COLLECTION: Message = Message::new("New collection", "Naya collection");
pub const COLLECTION_NAME: Message = Message::new("Name of the collection", "Collection ka naam");
pub const COLLECTION_NAME_WRONG: Message = Message::new(
    "A collection's name is its database, a dot and a name: shop.users.",
    "Collection ka naam database, dot aur naam se banta hai: shop.users.",
);
pub const CREATE: Message = Message::new("Create", "Banao");
pub const DROP_COLLECTION: Message = Message::new("Drop collection", "Collection hatao");
pub const DROPPED: Message = Message::new("{name} was dropped", "{name} hata diya gaya");
pub const EMPTY: Message = Message::new("The database is empty", "Database khaali hai");
pub const EMPTY_NEXT: Message = Message::new(
    "A collection appears with its first document. Insert one from your code, or in the shell.",
    "Pehle document ke saath collection ban jaata hai. Apne code se, ya shell mein ek document daalo.",
);
pub const SHELL: Message = Message::same("Shell");
pub const MAP: Message = Message::new("How it fits together", "Sab kaise juda hai");
pub const CHANGED_BY: Message = Message::new("Changed by {request}", "{request} ne badla");

// All of the data.
pub const RESET: Message = Message::new("Reset to start", "Shuruaat par le jao");
pub const WAS_RESET: Message = Message::new("The data is back to the start", "Data shuruaat par wapas hai");
pub const NOT_DONE: Message = Message::new("Nothing was changed. {why}", "Kuch nahi badla. {why}");
pub const UNDO: Message = Message::new("Undo", "Wapas lo");
pub const SNAPSHOTS: Message = Message::same("Snapshots");
pub const TAKE_SNAPSHOT: Message = Message::new("Take a snapshot", "Snapshot lo");
pub const NO_SNAPSHOTS: Message = Message::new(
    "A snapshot is all of the data as it is now. Take one before you try something; it stays until you remove it.",
    "Snapshot matlab abhi ka poora data. Kuch try karne se pehle ek lo; hatane tak rehta hai.",
);
pub const SNAPSHOT_NOT_KEPT: Message = Message::new(
    "This list of snapshots lives until the page closes: {why}.",
    "Snapshots ki yeh list page band hone tak rahegi: {why}.",
);
pub const TAKEN_AT: Message = Message::new("Taken at {time}", "{time} par liya");
pub const RESTORE: Message = Message::new("Restore", "Wapas laao");
pub const RESTORED: Message = Message::new("The data is as it was at {time}", "Data ab waisa hai jaisa {time} par tha");
pub const SAVE_FILE: Message = Message::new("Save as a file", "File mein save karo");
pub const REMOVE: Message = Message::new("Remove", "Hatao");
pub const EXPORT: Message = Message::same("Export");
pub const EXPORT_COLLECTION: Message = Message::new("Export {name}", "{name} export karo");
pub const EXPORT_ARCHIVE: Message = Message::new("Export for mongorestore", "mongorestore ke liye export");
pub const IMPORT: Message = Message::same("Import");
pub const IMPORTED: Message = Message::new("{count} imported", "{count} import hue");
pub const IMPORT_WRONG: Message = Message::new(
    "This file holds no documents. Choose one that was exported here, or a list of documents as JSON.",
    "Is file mein documents nahi hain. Yahan se export ki hui file chuno, ya JSON mein documents ki list.",
);

// A query.
pub const FILTER: Message = Message::same("Filter");
pub const FIELDS: Message = Message::same("Fields");
pub const SORT: Message = Message::same("Sort");
pub const RUN: Message = Message::same("Run");
pub const ADD: Message = Message::new("Add", "Jodo");
pub const OPTIONS: Message = Message::same("Options");
pub const DETAILS: Message = Message::same("Details");
pub const SUGGESTIONS: Message = Message::same("Suggestions");
pub const WRONG_FILTER: Message = Message::new(
    "{why}. A filter looks like { role: 'member' }.",
    "{why}. Filter aisa dikhta hai: { role: 'member' }.",
);
pub const WRONG_FIELDS: Message = Message::new(
    "{why}. Fields look like { name: 1, email: 1 }.",
    "{why}. Fields aise dikhte hain: { name: 1, email: 1 }.",
);
pub const WRONG_SORT: Message = Message::new("{why}. A sort looks like { age: -1 }.", "{why}. Sort aisa dikhta hai: { age: -1 }.");
pub const FOUND: Message = Message::new("{count} found, {ms}", "{count} mile, {ms}");
pub const ASKING: Message = Message::new("Asking the database", "Database se pooch rahe hain");
pub const UNTOUCHED: Message = Message::new(
    "No request has changed this collection.",
    "Kisi request ne yeh collection nahi badla.",
);
pub const CHANGED_BY_START: Message = Message::new("Changed by ", "Badla: ");
pub const ONLY_READ: Message = Message::new("{requests} only read.", "{requests} ne sirf padha.");
pub const READERS: Message = Message::new("{first} to {last}", "{first} se {last}");
pub const NO_DOCUMENTS: Message = Message::new("No document fits", "Koi document nahi mila");
pub const NONE_HERE: Message = Message::new("{name} holds no documents now.", "{name} mein abhi koi document nahi hai.");
pub const LOOSEN: Message = Message::new(
    "Take a field out of the filter, or look at its spelling.",
    "Filter se ek field nikaalo, ya spelling dekho.",
);
pub const DOCUMENTS: Message = Message::same("Documents");
pub const OPEN_DOCUMENT: Message = Message::new("Open document", "Document kholo");
pub const ADDED_BY: Message = Message::new("{document}, added by {request}", "{document}, {request} ne joda");
pub const DELETED_BY: Message = Message::new("{document}, deleted by {request}", "{document}, {request} ne hataya");
pub const BEFORE_AND_AFTER: Message = Message::new("{document}, before and after {request}", "{document}, {request} se pehle aur baad");
pub const REMOVED: Message = Message::new("removed", "hata diya");
pub const MORE: Message = Message::new("{count} more", "{count} aur");

// One document.
pub const DOCUMENT: Message = Message::same("Document");
pub const NEW_DOCUMENT: Message = Message::new("New document in {name}", "{name} mein naya document");
pub const HOW_TO_WRITE: Message = Message::new("JSON, or an object as in JavaScript.", "JSON, ya JavaScript jaisa object.");
pub const INSERT: Message = Message::new("Insert", "Daalo");
pub const SAVE: Message = Message::new("Save document", "Document save karo");
pub const DELETE: Message = Message::new("Delete", "Delete karo");
pub const CLOSE: Message = Message::new("Close", "Band karo");
pub const DOCUMENT_DELETED: Message = Message::new("{document} was deleted", "{document} delete ho gaya");
pub const DOCUMENT_SAVED: Message = Message::new("{document} was saved", "{document} save ho gaya");
pub const NO_OBJECT: Message = Message::new(
    "A document is an object in braces, for example { name: 'Asha' }.",
    "Document braces mein ek object hota hai, jaise { name: 'Asha' }.",
);
pub const ID_STAYS: Message = Message::new(
    "The _id of a document never changes. Insert a new document instead.",
    "Document ka _id kabhi nahi badalta. Uski jagah naya document daalo.",
);

// Indexes and plans.
pub const INDEXES_ON: Message = Message::new("Indexes on {name}", "{name} ke indexes");
pub const UNIQUE: Message = Message::same("unique");
pub const USED: Message = Message::new("used {times}", "{times} use hua");
pub const TIMES: Message = Message::new("{count} times", "{count} baar");
pub const ONCE: Message = Message::new("once", "ek baar");
pub const UNUSED: Message = Message::new("unused", "use nahi hua");
pub const UNUSED_NEXT: Message = Message::new("Drop it, or filter by {fields}", "Ise hatao, ya {fields} se filter karo");
pub const DROP_INDEX: Message = Message::new("Drop index {name}", "Index {name} hatao");
pub const INDEX_DROPPED: Message = Message::new("The index {name} was dropped", "Index {name} hata diya gaya");
pub const INDEX_MADE: Message = Message::new("The index {name} was created", "Index {name} ban gaya");
pub const KEYS: Message = Message::same("Keys");
pub const NO_KEYS: Message = Message::new("No field is named", "Kisi field ka naam nahi hai");
pub const WRONG_KEYS: Message = Message::new("{why}. Keys look like { email: 1 }.", "{why}. Keys aise dikhte hain: { email: 1 }.");
pub const HOW_IT_RAN: Message = Message::new("How it ran", "Query kaise chali");
pub const EXPLAIN: Message = Message::same("Explain");
pub const EXPLAIN_FIRST: Message = Message::new(
    "Explain runs the query once more and shows what MongoDB read for it.",
    "Explain query ko ek baar aur chalata hai aur dikhata hai ki MongoDB ne kya padha.",
);
pub const KEYS_EXAMINED: Message = Message::same("Keys examined");
pub const DOCUMENTS_EXAMINED: Message = Message::same("Documents examined");
pub const RETURNED: Message = Message::same("Returned");
pub const TIME: Message = Message::new("Time", "Samay");
pub const PLAN_SCAN: Message = Message::new(
    "Every document was read, and most did not fit. An index on the fields of the filter leads straight to those that do.",
    "Har document padha gaya, aur zyadatar kaam ke nahi the. Filter ke fields par index seedha sahi documents tak le jaata hai.",
);
pub const PLAN_ALL: Message = Message::new(
    "Every document was asked for, so every document was read. An index would not help.",
    "Saare documents maange gaye, isliye saare padhe gaye. Index se fayda nahi hota.",
);
pub const PLAN_INDEX: Message = Message::new(
    "The index {name} led straight to the documents.",
    "Index {name} seedha documents tak le gaya.",
);
pub const PLAN_LOOSE: Message = Message::new(
    "The index {name} was used, but most of what it led to did not fit. A compound index with the other fields of the filter reads less.",
    "Index {name} use hua, par usse mile zyadatar documents kaam ke nahi the. Filter ke baaki fields ke saath compound index kam padhta hai.",
);
pub const PLAN_SORT: Message = Message::new(
    "The documents were found first and sorted afterwards, in memory. An index in the order of the sort saves that.",
    "Pehle documents mile, phir memory mein sort hue. Sort ke order wala index yeh kaam bachata hai.",
);
pub const PLAN_NOTHING: Message = Message::new(
    "There is nothing to read: the collection does not exist yet.",
    "Padhne ko kuch nahi: collection abhi bana nahi hai.",
);

// Beside the documents.
pub const FIELDS_OF: Message = Message::new("Fields of {name}", "{name} ke fields");
pub const MISSING_IN: Message = Message::new("missing in {count}", "{count} mein nahi hai");
pub const NO_RELATIONS: Message = Message::new(
    "No field holds the _id of another collection yet. A reference such as userId draws a line here.",
    "Abhi kisi field mein doosre collection ka _id nahi hai. userId jaisa reference yahan line banata hai.",
);
pub const REFERS: Message = Message::new("{from}.{field} refers to {to}", "{from}.{field} ka ishaara {to} par");
pub const LARGER: Message = Message::new("Show it larger", "Bada karke dekho");
pub const SPACE: Message = Message::new("Space", "Jagah");
pub const SPACE_USED: Message = Message::new("Space used in this browser", "Is browser mein use hui jagah");
pub const SPACE_KEPT: Message = Message::new(
    "Code, data and progress are kept in this browser.",
    "Code, data aur progress isi browser mein rehte hain.",
);
pub const DATA_SIZE: Message = Message::new("{size} of it are documents.", "Isme {size} documents hain.");

// The shell.
pub const SHELL_LINE: Message = Message::new("Line for the MongoDB shell", "MongoDB shell ki line");
pub const SHELL_OUTPUT: Message = Message::new("Output of the shell", "Shell ka output");
pub const SHELL_HINT: Message = Message::new(
    "Type help, show dbs, use shop, or db.users.find(). Tab completes, arrow keys go back.",
    "help, show dbs, use shop, ya db.users.find() likho. Tab poora karta hai, arrow keys peeche le jaati hain.",
);
pub const SHELL_LEFT: Message = Message::new(
    "The shell has ended. The next line opens a new one.",
    "Shell khatam ho gaya. Agli line se naya khulega.",
);

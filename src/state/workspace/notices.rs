//! What the backend reports, in the learner's language. Errors of Node and of the learner's code keep the words that they came with.

use crate::i18n::{Texts, session as words};

/// What is being loaded before a program starts; empty when nothing is.
pub fn loading(texts: &Texts, names: &[String], at: u32, of: u32) -> String {
    if names.is_empty() {
        return String::new();
    }
    let values = [("names", names.join(", ")), ("at", at.to_string()), ("of", of.to_string())];
    texts.fill(
        &words::LOADING_PACKS,
        &values.each_ref().map(|(name, value)| (*name, value.as_str())),
    )
}

/// Why the program was stopped; `message` says it in English.
pub fn stopped(texts: &Texts, reason: &str, message: &str, file: Option<&str>, line: Option<u32>) -> String {
    let place = file.zip(line).map_or_else(String::new, |(file, line)| {
        texts.fill(&words::AT, &[("place", &format!("{file}:{line}"))])
    });
    let said = match reason {
        "loop" => &words::LOOP_STOPPED,
        "unresponsive" => &words::PROGRAM_SILENT,
        _ => return message.to_owned(),
    };
    texts.fill(said, &[("place", &place)])
}

/// Why a request has no answer; `message` says it as Node does.
pub fn no_answer(texts: &Texts, kind: &str, message: &str, ms: f64) -> String {
    match kind {
        "hang" => texts.fill(&words::NO_ANSWER_AFTER, &[("seconds", &format!("{}", (ms / 100.0).round() / 10.0))]),
        "aborted" => texts.get(&words::ABORTED).to_owned(),
        _ => message.to_owned(),
    }
}

/// Says why an answer that had begun has no end.
pub fn broken_off(texts: &Texts, kind: &str, why: &str) -> String {
    match kind {
        "hang" => texts.get(&words::NO_END).to_owned(),
        _ => texts.fill(&words::BROKE_OFF, &[("why", why)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(said: impl Fn(&Texts) -> String, english: &str, hinglish: &str) {
        assert_eq!(said(&Texts::default()), english);
        let language = "hi-Latn".to_owned();
        assert_eq!(said(&Texts { language }), hinglish);
    }

    #[test]
    fn the_page_words_what_is_its_own() {
        let names = ["zod".to_owned(), "joi".to_owned()];
        check(
            |texts| loading(texts, &names, 1, 2),
            "Loading zod, joi (1 of 2)",
            "zod, joi load ho raha hai (2 mein se 1)",
        );
        check(|texts| loading(texts, &[], 3, 2), "", "");
        check(
            |texts| stopped(texts, "loop", "", Some("a.js"), Some(2)),
            "This loop never ends: stopped after 2 s at a.js:2",
            "Yeh loop kabhi khatam nahi hota (never ends): 2 s baad roka gaya, a.js:2 par",
        );
        check(
            |texts| stopped(texts, "unresponsive", "", None, None),
            "The program never ends: stopped after 3 s without a sign of life",
            "Program kabhi khatam nahi hota (never ends): 3 s tak koi harkat nahi, isliye roka gaya",
        );
        check(
            |texts| stopped(texts, "memory", "out of memory", None, None),
            "out of memory",
            "out of memory",
        );
        check(
            |texts| no_answer(texts, "hang", "", 5003.0),
            "No answer after 5 s",
            "5 s baad bhi koi jawab nahi",
        );
    }

    #[test]
    fn what_node_says_stays() {
        let refused = "connect ECONNREFUSED 127.0.0.1:3000";
        check(|texts| no_answer(texts, "refused", refused, 0.0), refused, refused);
    }
    #[test]
    fn an_answer_without_an_end_says_why() {
        check(
            |texts| broken_off(texts, "hang", "No answer after 5 s"),
            "This answer has begun and does not end: nothing more comes. Is res.end() missing?",
            "Yeh jawab shuru hua par khatam nahi hota: aage kuch nahi aa raha. Kahin res.end() reh to nahi gaya?",
        );
        check(
            |texts| broken_off(texts, "reset", "socket hang up"),
            "The connection broke before the end of this answer: socket hang up",
            "Jawab poora hone se pehle connection toot gaya: socket hang up",
        );
    }
}

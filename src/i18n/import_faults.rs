//! Why a project was not taken in, in Hinglish. The English stands in `runtime/src/project/faults.ts`, by the same names.

use std::collections::BTreeMap;

use super::Texts;

const HINGLISH: [(&str, &str); 8] = [
    (
        "unreadable",
        "{source} zip file ki tarah padhi nahi ja rahi: kharab hai, password lagi hai, ya kuch aur hai. Zip phir se banao aur woh chuno.",
    ),
    (
        "unpacks",
        "{source} khulne par {most} MB se zyada hai. Jo server ko nahi chahiye, use hata do.",
    ),
    ("nothing", "Kuch chuna nahi gaya. Ek zip file ya folder chuno."),
    (
        "folder",
        "{source} mein {most} MB se zyada hai. Jo server ko nahi chahiye, use hata do.",
    ),
    (
        "outside",
        "{source} mein ek file apne folder ke bahar hai: {path}. Kuch nahi liya gaya. Ek hi project ke folder ki zip banao.",
    ),
    (
        "textless",
        "{source} mein koi text file nahi hai. Aisa folder, ya uski zip chuno jismein server.js ya koi aur program ho.",
    ),
    (
        "files",
        "{source} mein {count} files hain; yahan ek project mein {most} aati hain. Jo server ko nahi chahiye, use hata do.",
    ),
    (
        "text",
        "{source} mein {count} MB text hai; yahan ek project mein {most} MB aata hai. Jo server ko nahi chahiye, use hata do.",
    ),
];

/// Says a fault in the learner's language; one that has no Hinglish reads as `message` has it.
pub fn say(texts: &Texts, fault: &str, values: &BTreeMap<String, String>, message: &str) -> String {
    let known = HINGLISH.iter().find(|(name, _)| *name == fault);
    match known {
        Some((_, sentence)) if texts.language == "hi-Latn" => values.iter().fold((*sentence).to_owned(), |said, (name, value)| {
            said.replace(&format!("{{{name}}}"), value)
        }),
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of a sentence that values fill.
    fn places(sentence: &str) -> Vec<&str> {
        let mut found: Vec<&str> = sentence.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_fault_is_there_with_the_same_places() {
        let source = include_str!("../../runtime/src/project/faults.ts");
        let table = source
            .split("const FAULTS = {")
            .nth(1)
            .and_then(|rest| rest.split("};").next())
            .unwrap();
        let english: Vec<(&str, &str)> = table.lines().filter_map(|line| line.trim().split_once(": '")).collect();
        assert_eq!(
            english.iter().map(|(name, said)| (*name, places(said))).collect::<Vec<_>>(),
            HINGLISH.iter().map(|(name, said)| (*name, places(said))).collect::<Vec<_>>()
        );
    }

    #[test]
    fn fills_in_or_falls_back() {
        let values = [("source".to_owned(), "x.zip".to_owned()), ("most".to_owned(), "20".to_owned())].into();
        let check = |language: &str, fault: &str, expected: &str| {
            let language = language.to_owned();
            assert_eq!(say(&Texts { language }, fault, &values, "as it came"), expected);
        };
        check("en", "folder", "as it came");
        check("hi-Latn", "unheard-of", "as it came");
        check(
            "hi-Latn",
            "folder",
            "x.zip mein 20 MB se zyada hai. Jo server ko nahi chahiye, use hata do.",
        );
    }
}

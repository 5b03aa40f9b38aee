//! The modules that `require` and `import` find.

use std::collections::BTreeMap;

use yew::prelude::*;

use crate::hooks::use_text;
use crate::i18n::{Message, Texts, pages as words};

/// Name, and what there is of it.
const MODULES: [(&str, Message); 21] = [
    (
        "express",
        Message::new(
            "Express 5: app, Router, json, urlencoded, static",
            "Express 5: app, Router, json, urlencoded, static",
        ),
    ),
    (
        "http",
        Message::new(
            "createServer, request, STATUS_CODES; ports are virtual",
            "createServer, request, STATUS_CODES; ports virtual hain",
        ),
    ),
    (
        "fs",
        Message::new(
            "Your project’s files; changes last until the next run",
            "Aapke project ki files; badlaav agle run tak",
        ),
    ),
    ("path", Message::new("As in Node, POSIX", "Node jaisa, POSIX")),
    ("url", Message::same("URL, URLSearchParams, parse")),
    ("querystring", Message::new("As in Node", "Node jaisa")),
    ("events", Message::same("EventEmitter, once, on")),
    ("stream", Message::same("Readable, Writable, Transform, pipeline")),
    ("buffer", Message::same("Buffer")),
    ("crypto", Message::same("randomUUID, randomBytes, createHash, createHmac")),
    ("util", Message::same("promisify, inspect, format, types")),
    ("assert", Message::new("As in Node, strict too", "Node jaisa, strict bhi")),
    (
        "timers",
        Message::new(
            "Timers and timers/promises, on the sandbox’s clock",
            "Timers aur timers/promises, sandbox ki clock par",
        ),
    ),
    ("os", Message::new("A small machine of its own", "Apni hi ek chhoti machine")),
    ("process", Message::same("env, argv, exit, uptime, nextTick")),
    ("module", Message::same("createRequire")),
    (
        "dotenv",
        Message::new("Reads your project’s .env", "Aapke project ki .env padhta hai"),
    ),
    ("jsonwebtoken", Message::same("sign, verify, decode")),
    (
        "bcrypt",
        Message::new(
            "hash, compare, genSalt, and their Sync forms",
            "hash, compare, genSalt, aur unke Sync roop",
        ),
    ),
    (
        "bcryptjs",
        Message::new("The same hashes under the other name", "Wahi hashes, doosre naam se"),
    ),
    (
        "fetch",
        Message::new("Global: your server and the mock API", "Global: aapka server aur mock API"),
    ),
];

/// The npm packages beside them, and what each is for, as their manifest says; one that it says in English only stays so.
fn packs(texts: &Texts) -> BTreeMap<String, String> {
    let manifest: serde_json::Value = serde_json::from_str(include_str!("../../../packs/package.json")).unwrap_or_default();
    let said = |name: &str| serde_json::from_value::<BTreeMap<String, String>>(manifest[name].clone()).unwrap_or_default();
    let mut packs = said("//");
    packs.extend(said(&format!("// {}", texts.language)));
    packs
}

#[component]
pub fn Modules() -> Html {
    let texts = use_text();
    html! {
        <section class="section" aria-labelledby="modules"><h2 id="modules">{ texts.get(&words::MODULES) }</h2><p>{ texts.get(&words::MODULES_WHY) }</p>
            <dl class="modules">for (name, about) in MODULES.iter() { <div><dt><code>{ *name }</code></dt><dd>{ texts.get(about) }</dd></div> }
                for (name, about) in packs(&texts) { <div><dt><code>{ name }</code></dt><dd>{ about }</dd></div> }</dl></section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_package_says_what_it_is_for_in_both_languages() {
        let manifest: serde_json::Value = serde_json::from_str(include_str!("../../../packs/package.json")).unwrap();
        let names = |name: &str| manifest[name].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(names("//"), names("// hi-Latn"));
        assert_eq!(names("//"), names("dependencies"));
        let english = packs(&Texts::default());
        let hinglish = packs(&Texts {
            language: "hi-Latn".into(),
        });
        assert_eq!(english["uuid"], "Unique ids");
        assert_eq!(english.keys().collect::<Vec<_>>(), hinglish.keys().collect::<Vec<_>>());
        assert_ne!(english["axios"], hinglish["axios"]);
    }
}

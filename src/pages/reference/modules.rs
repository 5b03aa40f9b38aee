//! The modules that `require` and `import` find.

use std::collections::BTreeMap;

use yew::prelude::*;

use crate::hooks::use_text;
use crate::i18n::{Message, pages as words};

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
    ("path", Message::en("As in Node, POSIX")),
    ("url", Message::en("URL, URLSearchParams, parse")),
    ("querystring", Message::en("As in Node")),
    ("events", Message::en("EventEmitter, once, on")),
    ("stream", Message::en("Readable, Writable, Transform, pipeline")),
    ("buffer", Message::en("Buffer")),
    ("crypto", Message::en("randomUUID, randomBytes, createHash, createHmac")),
    ("util", Message::en("promisify, inspect, format, types")),
    ("assert", Message::en("As in Node, strict too")),
    ("timers", Message::en("Timers and timers/promises, on the sandbox’s clock")),
    ("os", Message::en("A small machine of its own")),
    ("process", Message::en("env, argv, exit, uptime, nextTick")),
    ("module", Message::en("createRequire")),
    (
        "dotenv",
        Message::new("Reads your project’s .env", "Aapke project ki .env padhta hai"),
    ),
    ("jsonwebtoken", Message::en("sign, verify, decode")),
    ("bcrypt", Message::en("hash, compare, genSalt, and their Sync forms")),
    (
        "bcryptjs",
        Message::new("The same hashes under the other name", "Wahi hashes, doosre naam se"),
    ),
    (
        "fetch",
        Message::new("Global: your server and the mock API", "Global: aapka server aur mock API"),
    ),
];

/// The npm packages beside them, and what each is for, as their manifest says.
fn packs() -> BTreeMap<String, String> {
    let manifest: serde_json::Value = serde_json::from_str(include_str!("../../../packs/package.json")).unwrap_or_default();
    serde_json::from_value(manifest["//"].clone()).unwrap_or_default()
}

#[component]
pub fn Modules() -> Html {
    let texts = use_text();
    html! {
        <section class="section" aria-labelledby="modules"><h2 id="modules">{ texts.get(&words::MODULES) }</h2><p>{ texts.get(&words::MODULES_WHY) }</p>
            <dl class="modules">for (name, about) in MODULES.iter() { <div><dt><code>{ *name }</code></dt><dd>{ texts.get(about) }</dd></div> }
                for (name, about) in packs() { <div><dt><code>{ name }</code></dt><dd>{ about }</dd></div> }</dl></section>
    }
}

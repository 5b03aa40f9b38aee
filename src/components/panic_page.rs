//! The last screen: when the app itself broke, it says so and offers reload, export and reset. Built without Yew, which may be what broke.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::i18n::shell;
use crate::platform::{document, dom, files, history, local_storage, style};
use crate::state::rescue;
use crate::state::storage::Storage;
use crate::workbench::words;

/// Shows the page on the first panic; the browser's console keeps the details.
pub fn install() {
    // Yew puts its own hook in the place of one that it does not know.
    yew::set_custom_panic_hook(Box::new(|info| {
        web_log(&info.to_string());
        show(&info.to_string());
    }));
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn web_log(text: &str);
}

fn show(details: &str) {
    let Some(document) = document() else { return };
    let Some(body) = document.body() else { return };
    let texts = style::texts();
    let word = |message| texts.get(message);
    body.set_inner_html(&format!(
        concat!(
            "<main class=\"wrap broken\"><div class=\"wnn\" role=\"alert\"><h1>{}</h1>",
            "<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>",
            "<div class=\"row\"><button type=\"button\" class=\"btn marker\" id=\"broken-reload\">{}</button>",
            "<button type=\"button\" class=\"btn\" id=\"broken-backup\">{}</button>",
            "<button type=\"button\" class=\"btn danger\" id=\"broken-reset\">{}</button></div>",
            "<details><summary>{}</summary><pre id=\"broken-details\"></pre></details></div></main>",
        ),
        word(&shell::BROKEN),
        word(&words::WHY),
        word(&shell::BROKEN_WHY),
        word(&words::NEXT),
        word(&shell::BROKEN_NEXT),
        word(&shell::RELOAD),
        word(&shell::SAVE_BACKUP),
        word(&shell::BROKEN_RESET),
        word(&shell::DETAILS),
    ));
    if let Some(pre) = document.get_element_by_id("broken-details") {
        pre.set_text_content(Some(details));
    }
    on_click("broken-reload", history::reload);
    on_click("broken-backup", || {
        if let Some(storage) = storage() {
            files::download("backlab-backup.json", "application/json", &rescue::backup(&storage));
        }
    });
    on_click("broken-reset", move || {
        let question = texts.get(&shell::BROKEN_SURE);
        let sure = crate::platform::window().and_then(|window| window.confirm_with_message(question).ok());
        if sure == Some(true) {
            if let Some(storage) = storage() {
                storage.clear();
            }
            history::reload();
        }
    });
}

fn storage() -> Option<Storage> {
    Some(Storage::new(local_storage::open()?, &history::base_path()?))
}

fn on_click(id: &str, act: impl Fn() + 'static) {
    if let Some(button) = document()
        .and_then(|document| document.get_element_by_id(id))
        .and_then(|button| button.dyn_into::<dom::HtmlElement>().ok())
    {
        let act = Closure::<dyn Fn()>::new(act);
        button.set_onclick(Some(act.as_ref().unchecked_ref()));
        act.forget();
    }
}

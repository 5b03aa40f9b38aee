//! The line under the console: JavaScript for the running server, or a command.

use yew::prelude::*;

use super::lines::{History, Typed, typed};
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::platform::dom;
use crate::workbench::words;

#[component]
pub fn Prompt() -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    let text = use_state_eq(String::new);
    let history = use_mut_ref(History::default);
    let oninput = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(dom::value(&event)))
    };
    let onkeydown = Callback::from({
        let (text, history) = (text.clone(), history.clone());
        move |event: KeyboardEvent| {
            let walked = match event.key().as_str() {
                "ArrowUp" => history.borrow_mut().earlier(&text),
                "ArrowDown" => history.borrow_mut().later(),
                "Enter" if !event.is_composing() => {
                    event.prevent_default();
                    let line = text.trim().to_owned();
                    match typed(&line) {
                        Typed::Nothing => return,
                        Typed::Clear => session.clear_console(),
                        Typed::Command => session.command(&line),
                        Typed::Code => session.evaluate(&line),
                    }
                    history.borrow_mut().add(&line);
                    Some(String::new())
                }
                _ => return,
            };
            if let Some(line) = walked {
                event.prevent_default();
                text.set(line);
            }
        }
    });
    html! {
        <label class="repl">
            { draw_icon("chev-r", "") }
            <span class="vh">{ texts.get(&words::EVALUATE) }</span>
            <input placeholder={texts.get(&words::EVALUATE_HOW)} spellcheck="false" autocapitalize="off" autocomplete="off" value={(*text).clone()} {oninput} {onkeydown} />
        </label>
    }
}

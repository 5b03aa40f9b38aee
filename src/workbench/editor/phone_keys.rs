//! The keys that a phone's keyboard hides, over Run and Check.

use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::i18n::shell;
use crate::platform::editor::Editor;
use crate::workbench::words;

const KEYS: [&str; 11] = ["{", "}", "(", ")", "[", "]", "=>", "'", "`", ";", "/"];

#[derive(Properties, PartialEq)]
pub struct KeysProps {
    pub editor: Editor,
}

#[component]
pub fn Keys(props: &KeysProps) -> Html {
    let texts = use_text();
    let insert = |text: &'static str| {
        let editor = props.editor.clone();
        move |_: MouseEvent| editor.insert(text)
    };
    let undo = {
        let editor = props.editor.clone();
        move |_: MouseEvent| editor.undo()
    };
    // A press would take the focus, and with it the keyboard, from the editor.
    let keep_focus = |event: PointerEvent| event.prevent_default();
    html! {
        <div class="keysrow" role="toolbar" aria-label={texts.get(&words::CHARACTERS)} onpointerdown={keep_focus}>
            <button type="button" aria-label={texts.get(&shell::UNDO)} onclick={undo}>{ draw_icon("undo", "") }</button>
            <button type="button" aria-label={texts.get(&words::INDENT)} onclick={insert("  ")}>{ draw_icon("arrow-r", "") }</button>
            for key in KEYS { <button key={key} type="button" onclick={insert(key)}>{ key }</button> }
        </div>
    }
}

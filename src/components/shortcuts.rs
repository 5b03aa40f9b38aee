//! The list of keys.

use yew::prelude::*;

use super::dialog::Modal;
use super::draw_icon;
use crate::hooks::{use_services, use_text};
use crate::i18n::{Message, shell};

/// Keys, and what they do. Every one of them is also a visible control.
pub const SHORTCUTS: [(&[&str], Message); 13] = [
    (&["Ctrl", "Enter"], shell::KEY_RUN),
    (&["Shift", "Ctrl", "Enter"], shell::KEY_CHECK),
    (&["Ctrl", "K"], shell::KEY_SEARCH),
    (&["Ctrl", "S"], shell::KEY_SAVE),
    (&["F6"], shell::KEY_REGION),
    (&["["], shell::KEY_EARLIER),
    (&["]"], shell::KEY_LATER),
    (&["←", "→"], shell::KEY_ARROWS),
    (&["g", "r"], shell::KEY_TOOL),
    (&["g", "t"], shell::KEY_TRACE),
    (&["g", "c"], shell::KEY_OTHERS),
    (&["?"], shell::KEY_LIST),
    (&["Esc"], shell::KEY_ESC),
];

/// The keys as a definition list; the reference page shows it too.
#[component]
pub fn ShortcutList() -> Html {
    let texts = use_text();
    html! {
        <dl class="shortcuts">
            for (keys, message) in SHORTCUTS.iter() {
                <div><dt><span class="keys">for key in keys.iter() { <kbd>{ *key }</kbd> }</span></dt><dd>{ texts.get(message) }</dd></div>
            }
        </dl>
    }
}

#[component]
pub fn Shortcuts() -> Html {
    let services = use_services();
    let texts = use_text();
    let title = texts.get(&shell::SHORTCUTS);
    let close = Callback::from(move |_: MouseEvent| services.dialog.set(None));
    html! {
        <Modal label={title}>
            <div class="dlg-h"><h2>{ title }</h2><span class="grow"></span><button type="button" class="ib" aria-label={texts.get(&shell::CLOSE)} onclick={close}>{ draw_icon("x", "") }</button></div>
            <div class="dlg-b"><ShortcutList /><p class="muted">{ texts.get(&shell::SHORTCUTS_NOTE) }</p></div>
        </Modal>
    }
}

//! A field for a file's name: Enter takes it, Escape leaves it, a bad name says why.

use yew::prelude::*;

use crate::hooks::use_text;
use crate::platform::dom;
use crate::state::files::FileError;

#[derive(Properties, PartialEq)]
pub struct NameFieldProps {
    pub label: &'static str,
    pub start: String,
    pub commit: Callback<String, Result<(), FileError>>,
    pub oncancel: Callback<()>,
}

#[component]
pub fn NameField(props: &NameFieldProps) -> Html {
    let texts = use_text();
    let text = use_state_eq(|| props.start.clone());
    let why = use_state_eq(|| None::<String>);
    let node = use_node_ref();
    use_effect_with((), {
        let node = node.clone();
        move |()| dom::focus_node(&node)
    });
    let oninput = {
        let (text, why) = (text.clone(), why.clone());
        Callback::from(move |event: InputEvent| {
            text.set(dom::value(&event));
            why.set(None);
        })
    };
    let onkeydown = {
        let (text, why, commit, oncancel) = (text.clone(), why.clone(), props.commit.clone(), props.oncancel.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                event.prevent_default();
                if let Err(error) = commit.emit((*text).clone()) {
                    why.set(Some(error.text(&texts)));
                }
            }
            "Escape" => oncancel.emit(()),
            _ => {}
        })
    };
    html! {
        <div class="tree-name">
            <input ref={node} class="field mono" aria-label={props.label} placeholder="routes/users.js" spellcheck="false" autocapitalize="off" autocomplete="off" value={(*text).clone()} {oninput} {onkeydown} aria-invalid={why.is_some().then_some("true")} aria-describedby={why.is_some().then_some("name-why")} />
            if let Some(why) = &*why { <p id="name-why" role="alert">{ why }</p> }
        </div>
    }
}

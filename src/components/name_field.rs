//! A field for a name: Enter or its button takes it, Escape leaves it, a bad name says why.

use yew::prelude::*;

use crate::hooks::use_text;
use crate::i18n::Message;
use crate::platform::dom;

/// A name that was entered, and whom to tell why it cannot be taken.
pub type Entered = (String, Callback<String>);

#[derive(Properties, PartialEq)]
pub struct NameFieldProps {
    pub label: &'static str,
    pub start: String,
    /// A name as one would write it.
    #[prop_or_default]
    pub example: &'static str,
    pub commit: Callback<Entered>,
    #[prop_or_default]
    pub oncancel: Option<Callback<()>>,
    /// The button that takes the name; without one Enter does.
    #[prop_or_default]
    pub action: Option<&'static Message>,
    /// The button that leaves it as it was.
    #[prop_or_default]
    pub cancel: Option<&'static Message>,
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
    let onsubmit = {
        let (text, why, commit) = (text.clone(), why.clone(), props.commit.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let why = why.clone();
            commit.emit(((*text).clone(), Callback::from(move |sentence: String| why.set(Some(sentence)))));
        })
    };
    let leave = props.oncancel.clone().unwrap_or_default();
    let onkeydown = {
        let leave = leave.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                leave.emit(());
            }
        })
    };
    html! {
        <form class="name-field" {onsubmit}>
            <input ref={node} class="field mono" aria-label={props.label} placeholder={props.example} spellcheck="false" autocapitalize="off" autocomplete="off" value={(*text).clone()} {oninput} {onkeydown} aria-invalid={why.is_some().then_some("true")} aria-describedby={why.is_some().then_some("name-why")} />
            if let Some(action) = props.action { <button class="btn sm accent">{ texts.get(action) }</button> }
            if let Some(cancel) = props.cancel { <button type="button" class="btn sm quiet" onclick={leave.reform(|_: MouseEvent| ())}>{ texts.get(cancel) }</button> }
            if let Some(why) = &*why { <p id="name-why" role="alert">{ why }</p> }
        </form>
    }
}

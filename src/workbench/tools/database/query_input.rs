//! One input of the query bar, with names of fields and operators offered below it.

use yew::prelude::*;

use super::suggest::{Part, Suggestions, byte_of, suggest, take, utf16_of};
use super::words;
use crate::hooks::use_text;
use crate::platform::dom;

#[derive(Properties, PartialEq)]
pub struct QueryInputProps {
    pub part: Part,
    pub value: String,
    pub fields: std::rc::Rc<Vec<String>>,
    /// Code before and after the input.
    pub before: AttrValue,
    pub after: AttrValue,
    pub label: AttrValue,
    pub invalid: bool,
    pub oninput: Callback<(Part, String)>,
}

#[component]
pub fn QueryInput(props: &QueryInputProps) -> Html {
    let texts = use_text();
    let node = use_node_ref();
    let offered = use_state_eq(Suggestions::default);
    let chosen = use_state_eq(|| None::<usize>);
    let part = props.part;
    let close = {
        let (offered, chosen) = (offered.clone(), chosen.clone());
        move || {
            offered.set(Suggestions::default());
            chosen.set(None);
        }
    };
    let look = {
        let (offered, chosen, fields) = (offered.clone(), chosen.clone(), props.fields.clone());
        move |text: &str, units: usize| {
            offered.set(suggest(&text[..byte_of(text, units)], part, &fields));
            chosen.set(None);
        }
    };
    let oninput = {
        let (emit, look) = (props.oninput.clone(), look.clone());
        Callback::from(move |event: InputEvent| {
            let text = dom::value(&event);
            look(&text, dom::caret(&event));
            emit.emit((part, text));
        })
    };
    let accept = {
        let (node, emit, close, offered, value) = (
            node.clone(),
            props.oninput.clone(),
            close.clone(),
            offered.clone(),
            props.value.clone(),
        );
        move |at: usize| {
            let Some(option) = offered.options.get(at) else { return };
            let end = value[offered.from..].find(|one: char| !(one.is_alphanumeric() || matches!(one, '_' | '$' | '.')));
            let caret = end.map_or(value.len(), |end| offered.from + end);
            let (text, to) = take(&value, caret, offered.from, option);
            dom::write(&node, &text, u32::try_from(utf16_of(&text, to)).unwrap_or(u32::MAX));
            close();
            emit.emit((part, text));
        }
    };
    let onkeydown = {
        let (offered, chosen, accept, close) = (offered.clone(), chosen.clone(), accept.clone(), close.clone());
        let (look, value) = (look.clone(), props.value.clone());
        Callback::from(move |event: KeyboardEvent| {
            let count = offered.options.len();
            match event.key().as_str() {
                " " if event.ctrl_key() => look(&value, dom::caret(&event)),
                "ArrowDown" if count > 0 => chosen.set(Some(chosen.map_or(0, |at| (at + 1) % count))),
                "ArrowUp" if count > 0 => chosen.set(Some(chosen.map_or(count - 1, |at| (at + count - 1) % count))),
                "Tab" if count > 0 && !event.shift_key() => accept(chosen.unwrap_or(0)),
                "Enter" if chosen.is_some() => accept(chosen.unwrap_or(0)),
                "Enter" => {
                    close();
                    return;
                }
                "Escape" if count > 0 => {
                    event.stop_propagation();
                    close();
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let list = format!("q-options-{}", props.label);
    let active = chosen.map(|at| format!("{list}-{at}"));
    html! {
        <div class="qbox">
            <label class={classes!("qin", props.invalid.then_some("bad"))}>
                <span class="vh">{ props.label.clone() }</span><span class="o" aria-hidden="true">{ props.before.clone() }</span>
                <input ref={node} role="combobox" spellcheck="false" autocapitalize="off" autocomplete="off" placeholder="{ }" value={props.value.clone()} {oninput} {onkeydown} onblur={let close = close.clone(); move |_| close()}
                    aria-autocomplete="list" aria-expanded={(!offered.options.is_empty()).to_string()} aria-controls={list.clone()} aria-activedescendant={active} aria-invalid={props.invalid.then_some("true")} />
                <span class="o" aria-hidden="true">{ props.after.clone() }</span>
            </label>
            <ul id={list.clone()} class="qopts" role="listbox" aria-label={texts.get(&words::SUGGESTIONS)} hidden={offered.options.is_empty()}>
                for (at, option) in offered.options.iter().enumerate() {
                    <li key={option.clone()} id={format!("{list}-{at}")} role="option" aria-selected={(*chosen == Some(at)).to_string()}
                        onmousedown={let accept = accept.clone(); move |event: MouseEvent| { event.prevent_default(); accept(at); }}>{ option }</li>
                }
            </ul>
        </div>
    }
}

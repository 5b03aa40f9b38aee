//! The button of what can be done with the whole project, and its list, which opens and closes.

use yew::prelude::*;

use super::project_actions::ProjectActions;
use super::view::IconButton;
use super::words;
use crate::hooks::use_text;
use crate::platform::dom;

#[derive(Properties, PartialEq)]
pub struct ProjectMenuProps {
    /// What a shared or downloaded copy is called.
    pub name: AttrValue,
}

#[component]
pub fn ProjectMenu(props: &ProjectMenuProps) -> Html {
    let texts = use_text();
    let open = use_state_eq(|| false);
    let node = use_node_ref();
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let close = {
        let (open, node) = (open.clone(), node.clone());
        Callback::from(move |()| {
            open.set(false);
            if let Some(first) = node
                .cast::<dom::Element>()
                .and_then(|menu| dom::focusable(&menu).into_iter().next())
            {
                dom::focus(&first);
            }
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    // The file dialog takes the focus away too, and the menu must outlive it: only another element of the page closes it.
    let onfocusout = {
        let (open, node) = (open.clone(), node.clone());
        Callback::from(move |event: FocusEvent| {
            let left = dom::went_to(&event).zip(node.cast::<dom::Element>());
            if left.is_some_and(|(target, menu)| !menu.contains(Some(&target))) {
                open.set(false);
            }
        })
    };
    html! {
        <div class="pmenu" ref={node} {onkeydown} {onfocusout}>
            <IconButton icon="upload" label={texts.get(&words::PROJECT_MENU)} pressed={Some(*open)} onclick={toggle} />
            if *open {
                <div class="pmenu-list" role="group" aria-label={texts.get(&words::PROJECT_MENU)}>
                    <ProjectActions name={props.name.clone()} onclose={close} />
                </div>
            }
        </div>
    }
}

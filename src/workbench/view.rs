//! Small pieces of markup that every tool uses.

use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::platform::pane;

/// Icon buttons always have a name.
#[derive(Properties, PartialEq)]
pub struct IconButtonProps {
    pub icon: &'static str,
    pub label: AttrValue,
    pub onclick: Callback<MouseEvent>,
    /// 24 pixels, for rows.
    #[prop_or_default]
    pub small: bool,
    #[prop_or_default]
    pub pressed: Option<bool>,
    #[prop_or_default]
    pub disabled: bool,
    #[prop_or_default]
    pub class: Classes,
}

#[component]
pub fn IconButton(props: &IconButtonProps) -> Html {
    let pressed = props.pressed.map(|pressed| pressed.to_string());
    html! {
        <button type="button" class={classes!("ib", props.small.then_some("sm"), props.class.clone())} aria-label={props.label.clone()} title={props.label.clone()} aria-pressed={pressed} disabled={props.disabled} onclick={props.onclick.clone()}>
            if props.small { { draw_icon(props.icon, "s") } } else { { draw_icon(props.icon, "") } }
        </button>
    }
}

/// A tab in a list of tabs; the count is for eyes, its meaning for ears goes into `title`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tab {
    pub id: AttrValue,
    pub name: AttrValue,
    pub icon: Option<&'static str>,
    pub count: Option<AttrValue>,
    /// `bad`, `warn` or nothing.
    pub count_class: &'static str,
    pub title: Option<AttrValue>,
    /// A green dot: something is set in here.
    pub dot: bool,
}

#[derive(Properties, PartialEq)]
pub struct TabsProps {
    pub tabs: Vec<Tab>,
    pub selected: AttrValue,
    pub onselect: Callback<AttrValue>,
    pub label: AttrValue,
    /// Id of the panel that all the tabs share.
    pub panel: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    /// The segmented look, for choices.
    #[prop_or_default]
    pub seg: bool,
}

/// Tabs with roving focus: arrow keys, Home and End move and select.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    html! {
        <div class={classes!("tabs", props.seg.then_some("seg"), props.class.clone())} role="tablist" aria-label={props.label.clone()} onkeydown={rove(false)}>
            for tab in &props.tabs {
                { view_tab(props, tab) }
            }
        </div>
    }
}

fn view_tab(props: &TabsProps, tab: &Tab) -> Html {
    let selected = tab.id == props.selected;
    let onclick = {
        let (onselect, id) = (props.onselect.clone(), tab.id.clone());
        move |_| onselect.emit(id.clone())
    };
    html! {
        <button key={tab.id.to_string()} type="button" role="tab" id={tab.id.clone()} class={(!props.seg).then_some("tab")} aria-controls={props.panel.clone()} aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }} title={tab.title.clone()} {onclick}>
            if let Some(icon) = tab.icon { { draw_icon(icon, "") } }
            { tab.name.clone() }
            if let Some(count) = &tab.count { <span class={classes!("count", tab.count_class)} aria-hidden="true">{ count.clone() }</span> }
            if tab.dot { <span class="dot ok" aria-hidden="true"></span> }
        </button>
    }
}

/// Arrow keys, Home and End inside a tab list.
pub fn rove(upright: bool) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let steps = match (event.key().as_str(), upright) {
            ("ArrowRight", false) | ("ArrowDown", true) => 1,
            ("ArrowLeft", false) | ("ArrowUp", true) => -1,
            ("Home", _) => i32::MIN,
            ("End", _) => i32::MAX,
            _ => return,
        };
        if pane::focus_tab(&event, steps) {
            event.prevent_default();
        }
    })
}

/// The coloured word of a method.
pub fn method(name: &str) -> Html {
    html! { <b class={classes!("m", format!("m-{}", name.to_ascii_lowercase()))}>{ name.to_owned() }</b> }
}

/// CSS class of a status code.
pub fn status_class(status: u16) -> &'static str {
    match status {
        100..300 => "st-2",
        300..400 => "st-3",
        400..500 => "st-4",
        500.. => "st-5",
        _ => "st-x",
    }
}

/// Kind of pill for a status code.
pub fn pill_class(status: u16) -> &'static str {
    match status {
        100..300 => "ok",
        300..400 => "info",
        400..500 => "warn",
        _ => "bad",
    }
}

/// What happened, why, and what next.
#[derive(Properties, PartialEq)]
pub struct TroubleProps {
    pub icon: &'static str,
    /// `bad`, `warn` or `info`.
    #[prop_or("bad")]
    pub tone: &'static str,
    pub title: AttrValue,
    pub why: AttrValue,
    #[prop_or_default]
    pub next: AttrValue,
    #[prop_or_default]
    pub children: Html,
}

#[component]
pub fn Trouble(props: &TroubleProps) -> Html {
    let texts = use_text();
    html! {
        <div class="wnn">
            <h3>{ draw_icon(props.icon, &format!("c-{}", props.tone)) }{ props.title.clone() }</h3>
            <dl>
                <dt>{ texts.get(&words::WHY) }</dt><dd>{ props.why.clone() }</dd>
                if !props.next.is_empty() { <dt>{ texts.get(&words::NEXT) }</dt><dd>{ props.next.clone() }</dd> }
            </dl>
            <div class="row">{ props.children.clone() }</div>
        </div>
    }
}

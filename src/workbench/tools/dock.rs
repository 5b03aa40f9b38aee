//! The dock: tool tabs, and the open tool. A tool keeps its state once it was opened.

use yew::prelude::*;

use super::badges::{self, Badge};
use super::requests::saved::SavedRequest;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::{Message, Texts};
use crate::parts;
use crate::platform::dom;
use crate::state::session::{Session, Tool};
use crate::state::workspace::SessionHandle;
use crate::workbench::layout::DockState;
use crate::workbench::view::{IconButton, Tab, Tabs, status_class};
use crate::workbench::{format, words};

#[derive(Properties, PartialEq)]
pub struct DockProps {
    pub state: DockState,
    pub onstate: Callback<DockState>,
    pub saved: Vec<SavedRequest>,
    #[prop_or_default]
    pub phone: bool,
    /// Whether the dock's pane is in front.
    pub shown: bool,
}

#[component]
pub fn Dock(props: &DockProps) -> Html {
    let texts = use_text();
    let spoken = texts.clone();
    let ((tool, console, checks, last), session) = use_session_part(move |session: &Session| {
        let last = session
            .traces
            .last()
            .map(|trace| (trace.id, trace.response.as_ref().map_or(0, |response| response.status), trace.ms));
        (
            session.tool,
            badges::console(&session.console),
            badges::checks(session.report.as_deref(), &spoken),
            last,
        )
    });
    let opened = use_mut_ref(Vec::<Tool>::new);
    if !opened.borrow().contains(&tool) {
        opened.borrow_mut().push(tool);
    }
    // On a phone the tabs are wider than the screen, and a run or a check opens its tool.
    use_effect_with((tool, props.shown), |(tool, _)| dom::scroll_into_nearest(&tab_id(*tool)));
    let onselect = {
        let (session, onstate, state) = (session.clone(), props.onstate.clone(), props.state);
        Callback::from(move |id: AttrValue| {
            if let Some(tool) = Tool::ALL.into_iter().find(|tool| tab_id(*tool) == id) {
                session.show_tool(tool);
                if state == DockState::Folded {
                    onstate.emit(DockState::Split);
                }
            }
        })
    };
    let change = |state: DockState| {
        let onstate = props.onstate.clone();
        Callback::from(move |_: MouseEvent| onstate.emit(state))
    };
    let given = ToolProps {
        saved: props.saved.clone(),
        phone: props.phone,
    };
    let (maximised, folded) = (props.state == DockState::Maximised, props.state == DockState::Folded);
    html! {
        <section class="dock" id="dock" aria-label={texts.get(&words::TOOLS)} tabindex="-1">
            <h2 class="vh">{ texts.get(&words::TOOLS) }</h2>
            <div class="bar">
                <Tabs tabs={tabs(console.as_ref(), checks.as_ref(), &texts)} selected={tab_id(tool)} {onselect} label={texts.get(&words::TOOLS)} panel={panel_id(tool)} />
                <div class="dock-r">
                    if let Some((id, status, ms)) = last { { view_last(&session, id, status, ms, &texts) } }
                    <IconButton icon="max" label={texts.get(if maximised { &words::UNMAXIMISE } else { &words::MAXIMISE })} pressed={Some(maximised)} onclick={change(if maximised { DockState::Split } else { DockState::Maximised })} />
                    <IconButton icon={if folded { "chev-u" } else { "chev-d" }} label={texts.get(if folded { &words::UNFOLD_TOOLS } else { &words::FOLD_TOOLS })} onclick={change(if folded { DockState::Split } else { DockState::Folded })} />
                </div>
            </div>
            for one in opened.borrow().iter() {
                <div key={panel_id(*one)} class="panel" role="tabpanel" id={panel_id(*one)} aria-labelledby={tab_id(*one)} hidden={*one != tool}>{ parts::lazy(parts::tool(*one), given.clone()) }</div>
            }
        </section>
    }
}

/// What every tool is given.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolProps {
    /// Requests of the lesson, ready to be sent.
    pub saved: Vec<SavedRequest>,
    pub phone: bool,
}

fn view_last(session: &SessionHandle, id: u32, status: u16, ms: f64, texts: &Texts) -> Html {
    let session = session.clone();
    let onclick = move |_| {
        session.show_trace(None);
        session.show_tool(Tool::Trace);
    };
    html! {
        <button type="button" class="last" title={texts.get(&words::LAST_TRACE)} {onclick}>
            <span class="num muted">{ format!("#{id}") }</span>
            <span class={classes!("st", status_class(status))}>{ if status == 0 { texts.get(&words::STOPPED_SHORT).to_owned() } else { status.to_string() } }</span>
            <span class="num">{ format::duration(ms) }</span>
        </button>
    }
}

pub fn tab_id(tool: Tool) -> AttrValue {
    AttrValue::Static(match tool {
        Tool::Requests => "t-req",
        Tool::Trace => "t-trace",
        Tool::Console => "t-console",
        Tool::Database => "t-db",
        Tool::Checks => "t-checks",
        Tool::Preview => "t-preview",
    })
}

fn panel_id(tool: Tool) -> &'static str {
    match tool {
        Tool::Requests => "p-req",
        Tool::Trace => "p-trace",
        Tool::Console => "p-console",
        Tool::Database => "p-db",
        Tool::Checks => "p-checks",
        Tool::Preview => "p-preview",
    }
}

/// Name and icon.
fn face(tool: Tool) -> (&'static Message, &'static str) {
    match tool {
        Tool::Requests => (&words::REQUESTS, "send"),
        Tool::Trace => (&words::TRACE, "lane"),
        Tool::Console => (&words::CONSOLE, "term"),
        Tool::Database => (&words::DATABASE, "db"),
        Tool::Checks => (&words::CHECKS, "tasks"),
        Tool::Preview => (&words::PREVIEW, "globe"),
    }
}

fn tabs(console: Option<&Badge>, checks: Option<&Badge>, texts: &Texts) -> Vec<Tab> {
    Tool::ALL
        .into_iter()
        .map(|tool| {
            let (name, icon) = face(tool);
            let badge = match tool {
                Tool::Console => console,
                Tool::Checks => checks,
                _ => None,
            };
            Tab {
                id: tab_id(tool),
                name: AttrValue::Static(texts.get(name)),
                icon: Some(icon),
                count: badge.map(|badge| badge.text.clone().into()),
                count_class: badge.map_or("", |badge| badge.class),
                title: badge.map(|badge| badge.title.clone().into()),
                dot: false,
            }
        })
        .collect()
}

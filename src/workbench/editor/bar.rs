//! Over the code: open files, and what can be done with them.

use yew::prelude::*;

use super::file_tabs::FileTabs;
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::state::session::ServerState;
use crate::workbench::view::IconButton;
use crate::workbench::words;

#[derive(Properties, PartialEq)]
pub struct BarProps {
    pub onrun: Callback<()>,
    pub oncheck: Option<Callback<()>>,
    pub oncompare: Option<Callback<()>>,
    pub ontree: Callback<()>,
    pub tree_open: bool,
    pub marks: bool,
    pub onmarks: Callback<()>,
}

#[component]
pub fn Bar(props: &BarProps) -> Html {
    let texts = use_text();
    let ((trace, busy, live, checking, resettable, active, untrusted), session) = use_session_part(|session| {
        let busy = matches!(session.server, ServerState::Starting | ServerState::Loading(_));
        let live = matches!(session.server, ServerState::Running { .. });
        let resettable =
            session.starter.contains_key(&session.active) && session.is_changed(&session.active) && !session.is_readonly(&session.active);
        (
            session.trace().map(|trace| trace.id),
            busy,
            live,
            session.checking,
            resettable,
            session.active.clone(),
            session.is_untrusted(),
        )
    });
    let emit = |callback: &Callback<()>| callback.reform(|_: MouseEvent| ());
    let reset = {
        let (session, active) = (session.clone(), active);
        Callback::from(move |_: MouseEvent| session.reset_file(&active))
    };
    let stop = Callback::from(move |_: MouseEvent| session.stop());
    html! {
        <div class="bar">
            <IconButton icon="menu" label={texts.get(&words::PROJECT_FILES)} class="tree-menu" onclick={emit(&props.ontree)} pressed={Some(props.tree_open)} />
            <FileTabs />
            <div class="acts">
                if let Some(id) = trace { <IconButton icon="eye" label={texts.fill(&words::SHOW_RAN, &[("id", &id.to_string())])} pressed={Some(props.marks)} onclick={emit(&props.onmarks)} /> }
                if let Some(oncompare) = &props.oncompare { <IconButton icon="compare" label={texts.get(&crate::lesson::words::COMPARE)} onclick={emit(oncompare)} /> }
                <IconButton icon="reset" label={texts.get(&words::RESET_FILE)} onclick={reset} disabled={!resettable} />
                if live { <IconButton icon="stop" label={texts.get(&words::STOP_SERVER)} onclick={stop} /> }
                <button type="button" class="btn sm run" disabled={untrusted} aria-busy={busy.then_some("true")} onclick={emit(&props.onrun)}>
                    if busy { <span class="spin" aria-hidden="true"></span> } else { { draw_icon("play", "s") } }
                    { texts.get(&words::RUN) }<span class="keys" aria-hidden="true"><kbd>{ "Ctrl" }</kbd><kbd>{ "↵" }</kbd></span>
                </button>
                if let Some(oncheck) = &props.oncheck {
                    <button type="button" class="btn sm marker" aria-busy={checking.then_some("true")} onclick={emit(oncheck)}>
                        if checking { <span class="spin" aria-hidden="true"></span> }
                        { texts.get(&words::CHECK) }<span class="keys" aria-hidden="true"><kbd>{ "⇧" }</kbd><kbd>{ "Ctrl" }</kbd><kbd>{ "↵" }</kbd></span>
                    </button>
                }
            </div>
        </div>
    }
}

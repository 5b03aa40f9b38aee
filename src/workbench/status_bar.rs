//! The bar under the workbench: the server, the edit it runs, and the space used.

use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::{use_services, use_text};
use crate::i18n::{Message, Texts};
use crate::state::services::Dialog;
use crate::state::session::{ServerState, Session, Tool};
use crate::state::store::use_store_part;
use crate::state::wishes::Wish;
use crate::workbench::{format, words};

/// What the server does, in a few words, with the colour of its dot.
pub fn server_text(session: &Session, texts: &Texts) -> (&'static str, String) {
    match &session.server {
        ServerState::Loading(text) => ("", text.clone()),
        ServerState::Idle => ("", texts.get(&words::NOT_STARTED).into()),
        ServerState::Starting => ("live", texts.get(&words::STARTING).into()),
        ServerState::Running { ports } if ports.is_empty() => ("ok", texts.get(&words::NO_PORT).into()),
        ServerState::Running { ports } => {
            let hosts: Vec<String> = ports.iter().map(|port| format!("localhost:{port}")).collect();
            ("ok", texts.fill(&words::RUNNING_ON, &[("hosts", &hosts.join(", "))]))
        }
        ServerState::Exited { code } => (
            if *code == 0 { "" } else { "bad" },
            texts.fill(&words::ENDED_WITH, &[("code", &code.to_string())]),
        ),
        ServerState::Failed(error) => ("bad", texts.fill(&words::STOPPED_BY, &[("name", &error.name)])),
        ServerState::StoppedLoop { .. } => ("bad", texts.get(&words::STOPPED_LOOP).into()),
        ServerState::Unavailable(error) => ("bad", error.title.clone()),
    }
}

/// The same in a word, where there is no room for more.
pub fn server_word(server: &ServerState) -> &'static Message {
    match server {
        ServerState::Idle => &words::SERVER_IDLE,
        ServerState::Loading(_) | ServerState::Starting => &words::SERVER_STARTING,
        ServerState::Running { .. } => &words::SERVER_RUNNING,
        ServerState::Exited { .. } | ServerState::Failed(_) | ServerState::StoppedLoop { .. } | ServerState::Unavailable(_) => {
            &words::SERVER_STOPPED
        }
    }
}

/// Which edit runs: `Edit 22`, `Edit 23, the server runs edit 22`.
pub fn edit_text(session: &Session, texts: &Texts) -> String {
    let edit = session.edit.to_string();
    match session.running_edit {
        Some(running) if session.runs_old_code() => texts.fill(&words::EDIT_OLDER, &[("edit", &edit), ("running", &running.to_string())]),
        _ => texts.fill(&words::EDIT, &[("edit", &edit)]),
    }
}

#[component]
pub fn StatusBar() -> Html {
    let texts = use_text();
    let services = use_services();
    let (class, server, edit, caret, _) = use_store_part(&services.session, {
        let texts = texts.clone();
        move |session| {
            let (class, server) = server_text(session, &texts);
            (class, server, edit_text(session, &texts), session.caret, session.saved.clone())
        }
    });
    let console = {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| services.wishes.make(Wish::Show(Tool::Console)))
    };
    let used = texts.fill(&words::SPACE, &[("used", &format::space(services.storage.used()))]);
    let open = |dialog: Dialog| {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| services.dialog.set(Some(dialog.clone())))
    };
    html! {
        <footer class="status" id="status" tabindex="-1">
            <button type="button" title={texts.get(&words::OPEN_CONSOLE)} onclick={console}><span class={classes!("dot", class)} aria-hidden="true"></span>{ server }</button>
            <span class="muted opt2">{ edit }</span>
            <span class="grow"></span>
            if let Some((line, column)) = caret { <span class="num muted opt2">{ texts.fill(&words::CARET, &[("line", &line.to_string()), ("column", &column.to_string())]) }</span> }
            <button type="button" class="num opt2" title={texts.get(&words::SPACE_HERE)} onclick={open(Dialog::Settings)}>{ draw_icon("disk", "s") }{ used }</button>
            <button type="button" onclick={open(Dialog::Shortcuts)}>{ draw_icon("keyboard", "s") }{ texts.get(&words::SHORTCUTS) }<span class="keys" aria-hidden="true"><kbd>{ "?" }</kbd></span></button>
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_says_which_edit_runs() {
        let texts = Texts::default();
        let mut session = Session {
            edit: 23,
            running_edit: Some(22),
            server: ServerState::Running { ports: vec![3000] },
            ..Session::default()
        };
        assert_eq!(edit_text(&session, &texts), "Edit 23, the server runs edit 22");
        assert_eq!(
            server_text(&session, &texts),
            ("ok", "Running on localhost:3000, inside this page".into())
        );
        session.running_edit = Some(23);
        assert_eq!(edit_text(&session, &texts), "Edit 23");
        session.server = ServerState::StoppedLoop {
            message: String::new(),
            file: None,
            line: None,
        };
        assert_eq!(server_text(&session, &texts).1, "Stopped: a loop never ends");
    }
}

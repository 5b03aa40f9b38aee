//! The bar under the workbench: the server, the edit it runs, and the space used.

use yew::prelude::*;

use crate::components::Icon;
use crate::hooks::{use_services, use_session_part};
use crate::state::services::Dialog;
use crate::state::session::{ServerState, Session, Tool};
use crate::workbench::format;

/// What the server does, in a few words, with the colour of its dot.
pub fn server_text(session: &Session) -> (&'static str, String) {
    match &session.server {
        ServerState::Loading(text) => ("", text.clone()),
        ServerState::Idle => ("", "Server not started".into()),
        ServerState::Starting => ("live", "Starting the server".into()),
        ServerState::Running { ports } if ports.is_empty() => ("ok", "Running, listening on no port".into()),
        ServerState::Running { ports } => {
            let hosts: Vec<String> = ports.iter().map(|port| format!("localhost:{port}")).collect();
            ("ok", format!("Running on {}, inside this page", hosts.join(" and ")))
        }
        ServerState::Exited { code } => (if *code == 0 { "" } else { "bad" }, format!("Ended with code {code}")),
        ServerState::Failed(error) => ("bad", format!("Stopped by {}", error.name)),
        ServerState::StoppedLoop { .. } => ("bad", "Stopped: a loop never ends".into()),
        ServerState::Unavailable(error) => ("bad", error.title.clone()),
    }
}

/// Which edit runs: `Edit 22`, `Edit 23, the server runs edit 22`.
pub fn edit_text(session: &Session) -> String {
    match session.running_edit {
        Some(running) if session.runs_old_code() => format!("Edit {}, the server runs edit {running}", session.edit),
        _ => format!("Edit {}", session.edit),
    }
}

#[component]
pub fn StatusBar() -> Html {
    let services = use_services();
    let ((class, server, edit, _), session) = use_session_part(|session| {
        let (class, server) = server_text(session);
        (class, server, edit_text(session), session.saved.clone())
    });
    let console = Callback::from(move |_: MouseEvent| session.show_tool(Tool::Console));
    let used = format::space(services.storage.used());
    let open = |dialog: Dialog| {
        let services = services.clone();
        Callback::from(move |_: MouseEvent| services.dialog.set(Some(dialog.clone())))
    };
    html! {
        <footer class="status" id="status" tabindex="-1">
            <button type="button" title="Open the console" onclick={console}><span class={classes!("dot", class)} aria-hidden="true"></span>{ server }</button>
            <span class="muted opt2">{ edit }</span>
            <span class="grow"></span>
            <button type="button" class="num opt2" title="Space used in this browser" onclick={open(Dialog::Settings)}><Icon name="disk" class="s" />{ used }</button>
            <button type="button" onclick={open(Dialog::Shortcuts)}><Icon name="keyboard" class="s" />{ "Shortcuts" }<span class="keys" aria-hidden="true"><kbd>{ "?" }</kbd></span></button>
        </footer>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_says_which_edit_runs() {
        let mut session = Session {
            edit: 23,
            running_edit: Some(22),
            server: ServerState::Running { ports: vec![3000] },
            ..Session::default()
        };
        assert_eq!(edit_text(&session), "Edit 23, the server runs edit 22");
        assert_eq!(server_text(&session), ("ok", "Running on localhost:3000, inside this page".into()));
        session.running_edit = Some(23);
        assert_eq!(edit_text(&session), "Edit 23");
        session.server = ServerState::StoppedLoop {
            message: String::new(),
            file: None,
            line: None,
        };
        assert_eq!(server_text(&session).1, "Stopped: a loop never ends");
    }
}

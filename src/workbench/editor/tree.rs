//! The project's files: open, add, rename, delete.

use yew::prelude::*;

use super::tree_model::{Row, RowKind, icon, rows};
use crate::components::draw_icon;
use crate::components::name_field::{Entered, NameField};
use crate::hooks::{use_session_part, use_text, use_toasts};
use crate::i18n::pages::{DELETE_IT, RENAME_IT};
use crate::workbench::view::IconButton;
use crate::workbench::words;

#[derive(Properties, PartialEq)]
pub struct TreeProps {
    pub project: AttrValue,
    /// A file was opened; a menu may close.
    pub onpicked: Callback<()>,
}

/// How a file in a folder is written.
const EXAMPLE: &str = "routes/users.js";

/// What is being named.
#[derive(Debug, Clone, PartialEq)]
enum Naming {
    New,
    Rename(String),
}

#[component]
pub fn Tree(props: &TreeProps) -> Html {
    let texts = use_text();
    let ((files, active, readonly, looks, failing), session) = use_session_part(|session| {
        let failing = session.parse_error.as_ref().and_then(|error| error.file.clone());
        (
            session.files.keys().cloned().collect::<Vec<_>>(),
            session.active.clone(),
            session.readonly.clone(),
            session.look_only,
            failing,
        )
    });
    let folded = use_state_eq(Vec::<String>::new);
    let naming = use_state_eq(|| None::<Naming>);
    let toasts = use_toasts();
    let new = {
        let naming = naming.clone();
        Callback::from(move |_: MouseEvent| naming.set(Some(Naming::New)))
    };
    let cancel = {
        let naming = naming.clone();
        Callback::from(move |()| naming.set(None))
    };
    let commit = {
        let (session, naming, now, texts) = (session.clone(), naming.clone(), (*naming).clone(), texts.clone());
        Callback::from(move |(name, refuse): Entered| {
            let done = match &now {
                Some(Naming::Rename(from)) => session.rename(from, &name),
                _ => session.new_file(&name),
            };
            match done {
                Ok(()) => naming.set(None),
                Err(error) => refuse.emit(error.text(&texts)),
            }
        })
    };
    let view_row = |row: &Row| {
        if *naming == Some(Naming::Rename(row.path.clone())) {
            return html! { <li key={row.path.clone()}><NameField label={texts.get(&words::NEW_NAME)} start={row.path.clone()} example={EXAMPLE} commit={commit.clone()} oncancel={cancel.clone()} /></li> };
        }
        let depth = row.depth.min(3).to_string();
        match row.kind {
            RowKind::Folder { open } => {
                let (folded, path) = (folded.clone(), row.path.clone());
                let onclick = move |_| {
                    let mut now = (*folded).clone();
                    if open {
                        now.push(path.clone())
                    } else {
                        now.retain(|one| *one != path)
                    }
                    folded.set(now);
                };
                html! { <li key={row.path.clone()} class="tree-row" data-depth={depth}><button type="button" aria-expanded={open.to_string()} {onclick}>{ draw_icon(if open { "chev-d" } else { "chev-r" }, "") }{ &row.name }</button></li> }
            }
            RowKind::File => {
                let locked = looks || readonly.contains(&row.path);
                let pick = {
                    let (session, path, onpicked) = (session.clone(), row.path.clone(), props.onpicked.clone());
                    move |_| {
                        session.select(&path);
                        onpicked.emit(());
                    }
                };
                let rename = {
                    let (naming, path) = (naming.clone(), row.path.clone());
                    move |_: MouseEvent| naming.set(Some(Naming::Rename(path.clone())))
                };
                let delete = {
                    let (session, path, toasts, texts) = (session.clone(), row.path.clone(), toasts.clone(), texts.clone());
                    move |_: MouseEvent| {
                        if let Err(error) = session.delete(&path) {
                            toasts.error(error.text(&texts))
                        }
                    }
                };
                html! {
                    <li key={row.path.clone()} class="tree-row" data-depth={depth}>
                        <button type="button" aria-current={(row.path == active).then_some("true")} title={row.path.clone()} onclick={pick}>
                            { draw_icon(icon(&row.path), "") }<span class="clip">{ &row.name }</span>
                            if failing.as_deref() == Some(row.path.as_str()) { <span class="end dot bad" title={texts.get(&words::NO_PARSE_HERE)}></span> }
                            if locked { <span class="end" title={texts.get(&words::READ_ONLY_HERE)}>{ draw_icon("lock", "") }<span class="vh">{ format!(", {}", texts.get(&words::READ_ONLY)) }</span></span> }
                        </button>
                        if !locked {
                            <span class="acts-row">
                                <IconButton icon="pen" label={texts.fill(&RENAME_IT, &[("name", &row.path)])} small={true} onclick={rename} />
                                <IconButton icon="trash" label={texts.fill(&DELETE_IT, &[("name", &row.path)])} small={true} onclick={delete} />
                            </span>
                        }
                    </li>
                }
            }
        }
    };
    let listed = rows(files.iter().map(String::as_str), &folded);
    html! {
        <nav class="tree" id="tree" aria-label={texts.get(&words::PROJECT_FILES)}>
            <div class="tree-h"><span class="clip">{ &props.project }</span><span class="grow"></span><IconButton icon="plus" label={texts.get(&words::NEW_FILE)} small={true} onclick={new} disabled={looks} /></div>
            <ul>
                if *naming == Some(Naming::New) { <li><NameField label={texts.get(&words::NEW_FILE_NAME)} start="" example={EXAMPLE} commit={commit.clone()} oncancel={cancel.clone()} /></li> }
                for row in &listed { { view_row(row) } }
            </ul>
        </nav>
    }
}

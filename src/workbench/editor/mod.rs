//! The editor pane: files, tabs, code, and running it.

mod bar;
mod code;
mod file_tabs;
pub mod marks;
mod notes;
mod phone_foot;
mod phone_keys;
mod tree;
pub mod tree_model;

use yew::prelude::*;

use crate::hooks::{use_services, use_text};
use crate::parts;
use crate::state::store::use_store_part;
use crate::workbench::words;
use bar::Bar;
use code::Code;
use notes::Notes;
use phone_foot::PhoneFoot;
use tree::Tree;

#[derive(Properties, PartialEq)]
pub struct EditorPaneProps {
    /// Name over the file tree.
    pub project: AttrValue,
    /// Runs the project.
    pub onrun: Callback<()>,
    /// Runs the checks of the open task; absent where there are none.
    #[prop_or_default]
    pub oncheck: Option<Callback<()>>,
    /// Opens the solution beside the code; absent until a first try.
    #[prop_or_default]
    pub oncompare: Option<Callback<()>>,
    /// Whether it is on the screen.
    pub shown: bool,
    #[prop_or_default]
    pub phone: bool,
}

#[component]
pub fn EditorPane(props: &EditorPaneProps) -> Html {
    let texts = use_text();
    let tree_open = use_state_eq(|| false);
    let services = use_services();
    let comparing = use_store_part(&services.compare, Option::is_some);
    let ontree = {
        let tree_open = tree_open.clone();
        Callback::from(move |()| tree_open.set(!*tree_open))
    };
    let onpicked = {
        let tree_open = tree_open.clone();
        Callback::from(move |()| tree_open.set(false))
    };
    // Marks of the shown request can be switched off.
    let marks = use_state_eq(|| true);
    let onmarks = {
        let marks = marks.clone();
        Callback::from(move |()| marks.set(!*marks))
    };
    html! {
        <section class="ed" aria-label={texts.get(&words::CODE)} data-tree={tree_open.then_some("open")}>
            <h2 class="vh">{ texts.get(&words::CODE) }</h2>
            <Tree project={props.project.clone()} {onpicked} />
            <div class="vline"></div>
            <div class="ed-main">
                <Bar onrun={props.onrun.clone()} oncheck={props.oncheck.clone()} oncompare={props.oncompare.clone()} {ontree} tree_open={*tree_open} marks={*marks} {onmarks} />
                <Notes />
                <Code onrun={props.onrun.clone()} oncheck={props.oncheck.clone()} marks={*marks} shown={props.shown} phone={props.phone} />
                if props.phone { <PhoneFoot onrun={props.onrun.clone()} oncheck={props.oncheck.clone()} /> }
                if comparing { { parts::lazy(&parts::COMPARE, ()) } }
            </div>
        </section>
    }
}

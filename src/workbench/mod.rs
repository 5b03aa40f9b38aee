//! The workbench: lesson beside editor over tools, and everything in them but the lesson itself.

pub mod compare;
pub mod editor;
pub mod format;
mod frame;
pub mod keyboard;
pub mod layout;
mod lesson_page;
mod lesson_work;
mod mobile;
mod opening;
mod project_actions;
pub mod project_menu;
mod ready_made;
pub mod room;
mod shortcuts;
mod splitter;
mod status_bar;
pub mod tools;
mod top_bar;
pub mod view;
pub mod virtual_list;
pub mod words;
mod work;

use yew::prelude::*;

use frame::Frame;
pub use lesson_page::LessonPage;
pub use ready_made::PIECES;
pub use splitter::{Splitter, SplitterProps};
pub use status_bar::StatusBar;
pub use work::{Work, WorkProps};

/// What the playground gives its workbench.
#[derive(PartialEq, Clone)]
pub struct Playground {
    /// What stands in the top bar in place of a lesson's breadcrumb.
    pub crumbs: Html,
    /// Name over the file tree.
    pub project: AttrValue,
}

/// Draws the playground's frame around the open project.
pub fn view_playground(given: &Playground) -> Html {
    html! { <Frame crumbs={given.crumbs.clone()} project={given.project.clone()} /> }
}

//! The workbench: lesson beside editor over tools, and everything in them but the lesson itself.

pub mod compare;
pub mod editor;
pub mod format;
mod frame;
pub mod keyboard;
pub mod layout;
mod lesson_page;
mod mobile;
mod opening;
mod project_menu;
pub mod room;
mod shortcuts;
mod splitter;
mod status_bar;
pub mod tools;
mod top_bar;
pub mod view;
pub mod virtual_list;
pub mod words;

use yew::prelude::*;

use frame::Frame;
use lesson_page::LessonPage;

#[derive(Properties, PartialEq, Clone)]
pub struct WorkbenchProps {
    /// Slug of the lesson beside the code; none in the playground.
    #[prop_or_default]
    pub lesson: Option<AttrValue>,
    /// What stands in the top bar in place of a lesson's breadcrumb.
    #[prop_or_default]
    pub crumbs: Html,
    /// Name over the file tree in the playground.
    #[prop_or(AttrValue::Static("project"))]
    pub project: AttrValue,
}

/// The page of a lesson, or, without one, the playground's frame around the open project.
#[component]
pub fn Workbench(props: &WorkbenchProps) -> Html {
    match &props.lesson {
        Some(slug) => html! { <LessonPage key={slug.to_string()} slug={slug.clone()} /> },
        None => html! { <Frame crumbs={props.crumbs.clone()} project={props.project.clone()} /> },
    }
}

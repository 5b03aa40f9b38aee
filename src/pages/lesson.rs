//! A lesson in the workbench; an address that names no lesson gets the page that says so.

use yew::prelude::*;

use crate::hooks::{use_course_when, use_lesson, use_progress};
use crate::parts;
use crate::platform::{style, time};
use crate::workbench;

#[derive(Properties, PartialEq)]
pub struct LessonProps {
    pub slug: AttrValue,
}

#[component]
pub fn LessonPage(props: &LessonProps) -> Html {
    let lesson = use_lesson(&props.slug);
    let is_here = lesson.ready().is_some();
    let course = use_course_when(!is_here);
    let progress = use_progress();
    let opened = lesson
        .ready()
        .map(|lesson| (lesson.id.clone(), lesson.version, lesson.title.clone()));
    use_effect_with(opened, move |opened| {
        if let Some((id, version, title)) = opened {
            progress.update(|progress| progress.open_lesson(id, *version, time::now()));
            style::set_title(&format!("{title} · Backlab"));
        }
    });
    let known = is_here
        || course.ready().is_none_or(|course| {
            course
                .modules
                .iter()
                .flat_map(|module| &module.lessons)
                .any(|card| card.ready && card.id == *props.slug)
        });
    if known {
        html! { <workbench::LessonPage key={props.slug.to_string()} slug={props.slug.clone()} /> }
    } else {
        parts::lazy(&parts::NOT_FOUND, None)
    }
}

//! The page of a lesson: loads it, and puts it beside the code.

use backlab_course::lesson::Lesson;
use yew::prelude::*;

use super::frame::Frame;
use super::top_bar::LessonCrumbs;
use super::view::Trouble;
use super::words;
use crate::components::Link;
use crate::hooks::{use_lesson, use_text};
use crate::i18n::Texts;
use crate::lesson::LessonPane;
use crate::platform::{dom, history, style, time};
use crate::routes::Route;
use crate::state::error::Loadable;
use crate::state::same::Same;

#[derive(Properties, PartialEq)]
pub struct LessonPageProps {
    pub slug: AttrValue,
}

#[component]
pub fn LessonPage(props: &LessonPageProps) -> Html {
    let texts = use_text();
    match use_lesson(&props.slug) {
        Loadable::Ready(lesson) => html! { <Opened {lesson} /> },
        Loadable::Loading => html! { <Frame pane={Some(skeleton(&texts))} /> },
        Loadable::Failed(error) => html! {
            <Frame pane={Some(html! {
                <Trouble icon="warn" title={error.title} why={error.detail} next={error.hint}><Link to={Route::Course} class="btn">{ texts.get(&crate::i18n::pages::COURSE_MAP) }</Link></Trouble>
            })} />
        },
    }
}

/// The lesson while it is on its way.
fn skeleton(texts: &Texts) -> Html {
    html! {
        <div class="lesson-sk" role="status">
            <span class="vh">{ texts.get(&words::LESSON_LOADS) }</span>
            <span class="sk w4"></span><span class="sk w9 tall"></span><span class="sk w9"></span><span class="sk w9"></span><span class="sk w6"></span>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OpenedProps {
    lesson: Same<Lesson>,
}

#[component]
fn Opened(props: &OpenedProps) -> Html {
    let lesson = &props.lesson;
    use_effect_with(lesson.id.clone(), |_| {
        let named = history::hash();
        // The pane has its size after the next frame.
        if !named.is_empty()
            && let Some(timer) = time::after(60, move || dom::scroll_to(&named))
        {
            timer.forget();
        }
    });
    use_effect_with(lesson.title.clone(), |title| style::set_title(&format!("{title} · Backlab")));
    html! { <Frame pane={Some(html! { <LessonPane lesson={lesson.clone()} /> })} crumbs={html! { <LessonCrumbs lesson={lesson.clone()} /> }} lesson={lesson.clone()} /> }
}

//! The end of a lesson: what was passed, and the one way on.

use backlab_course::lesson::{Lesson, LessonLink};
use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::i18n::Texts;
use crate::routes::Route;

/// Shown when every task of the lesson is passed.
pub fn done(lesson: &Lesson, passed: usize, texts: &Texts) -> Html {
    let of = lesson.tasks.ids().len();
    let title = if of == 0 {
        texts.get(&words::DONE_READ).to_owned()
    } else {
        texts.fill(&words::DONE_TITLE, &[("passed", &passed.to_string()), ("of", &of.to_string())])
    };
    html! {
        <section class="done-c" role="status">
            <span class="meter" aria-hidden="true">{ for (0..of).map(|_| html! { <i class="ok"></i> }) }</span>
            <h3>{ title }</h3>
            <p class="soft">{ texts.get(&words::DONE_LATER) }</p>
            <div class="row">
                if let Some(next) = lesson.next.as_ref().filter(|next| next.ready) {
                    <a class="btn marker lg" href={Route::Lesson(next.id.clone()).href()}>
                        { texts.fill(&words::NEXT, &[("title", &next.title)]) }{ draw_icon("arrow-r", "s") }
                    </a>
                }
                <a class="btn quiet" href={Route::Course.href()}>{ texts.get(&words::COURSE_MAP) }</a>
            </div>
        </section>
    }
}

/// The lessons before and after, at the foot of every lesson.
pub fn neighbours(lesson: &Lesson, texts: &Texts) -> Html {
    let link = |link: &LessonLink, before: bool| {
        html! {
            <a class="link" href={Route::Lesson(link.id.clone()).href()} rel={if before { "prev" } else { "next" }}>
                if before { { draw_icon("arrow-l", "") } }
                { link.title.clone() }
                if !before { { draw_icon("arrow-r", "") } }
            </a>
        }
    };
    let ready =
        |lesson: &Option<LessonLink>, before: bool| lesson.as_ref().filter(|lesson| lesson.ready).map(|lesson| link(lesson, before));
    html! {
        <nav class="next" aria-label={texts.get(&words::PREVIOUS_NEXT)}>
            { ready(&lesson.previous, true).unwrap_or_else(|| html! { <span></span> }) }
            { ready(&lesson.next, false).unwrap_or_default() }
        </nav>
    }
}

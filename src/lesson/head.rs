//! The top of a lesson: number, minutes, title, what it is about and what it teaches to do.

use backlab_course::lesson::Lesson;
use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::i18n::Texts;

/// Draws it. `changed`: the learner read an older version. `on_hide` is absent where the pane cannot be hidden.
pub fn head(lesson: &Lesson, changed: bool, on_hide: Option<&Callback<()>>, texts: &Texts) -> Html {
    let number = lesson.number.to_string();
    let tasks = match lesson.tasks.ids().len() {
        1 => texts.get(&words::ONE_TASK).to_owned(),
        count => texts.fill(&words::TASKS, &[("count", &count.to_string())]),
    };
    html! {
        <>
            <div class="row" id="top">
                <p class="eyebrow grow">
                    <b>{ texts.fill(&words::LESSON_NUMBER, &[("number", &number)]) }</b>
                    <span>{ texts.fill(&words::MINUTES, &[("count", &lesson.minutes.to_string())]) }</span>
                    if !lesson.tasks.ids().is_empty() {
                        <span>{ tasks }</span>
                    }
                </p>
                if let Some(hide) = on_hide {
                    <button type="button" class="ib lesson-hide" aria-label={texts.get(&words::HIDE)} title={texts.get(&words::HIDE)} onclick={hide.reform(|_: MouseEvent| ())}>{ draw_icon("panel", "") }</button>
                }
            </div>
            <h1>{ Html::from_html_unchecked(lesson.title.clone().into()) }</h1>
            <p class="lede">{ Html::from_html_unchecked(lesson.summary.clone().into()) }</p>
            if changed {
                <div class="banner info" role="note">{ draw_icon("info", "") }<span>{ texts.get(&words::LESSON_CHANGED) }</span></div>
            }
            if !lesson.objectives.is_empty() {
                <div class="aims">
                    <p class="label">{ texts.get(&words::AFTER_THIS) }</p>
                    <ul>
                        for (index, aim) in lesson.objectives.iter().enumerate() {
                            <li key={index}>{ Html::from_html_unchecked(aim.clone().into()) }</li>
                        }
                    </ul>
                </div>
            }
        </>
    }
}

//! The lesson as a line of stations: sections read, the one being read, those ahead.

use backlab_course::lesson::Lesson;
use yew::prelude::*;

use super::model::text::plain;
use super::words;
use crate::i18n::Texts;

/// Draws it: `now` is the index of the section being read, `read` says of each whether it was, `on_go` takes the one to go to.
pub fn rail(lesson: &Lesson, now: usize, read: &[bool], on_go: &Callback<usize>, texts: &Texts) -> Html {
    html! {
        <nav class="rail" aria-label={texts.get(&words::SECTIONS)}>
            <ol>
                for (index, section) in lesson.sections.iter().enumerate() {
                    <li key={section.id.clone()} class={classes!(
                        (index == now).then_some("now"),
                        (index != now && read.get(index).copied().unwrap_or_default()).then_some("read"),
                    )}>
                        <a href={format!("lessons/{}/#{}", lesson.id, section.id)} aria-current={(index == now).then_some("true")}
                            onclick={on_go.reform(move |event: MouseEvent| { event.prevent_default(); event.stop_propagation(); index })}>
                            <i></i>
                            <span>{ if section.title.is_empty() { texts.get(&words::START).to_owned() } else { plain(&section.title) } }</span>
                        </a>
                    </li>
                }
            </ol>
        </nav>
    }
}

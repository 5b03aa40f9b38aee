//! The lesson as a line of stations: sections read, the one being read, those ahead.

use backlab_course::lesson::Lesson;
use std::rc::Rc;
use yew::prelude::*;

use super::model::text::plain;
use super::words;
use crate::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct RailProps {
    pub lesson: Rc<Lesson>,
    /// Index of the section being read.
    pub now: usize,
    /// Per section, whether it was read.
    pub read: Vec<bool>,
    /// Index of the section to go to.
    pub on_go: Callback<usize>,
}

#[component]
pub fn Rail(props: &RailProps) -> Html {
    let texts = use_text();
    html! {
        <nav class="rail" aria-label={texts.get(&words::SECTIONS)}>
            <ol>
                for (index, section) in props.lesson.sections.iter().enumerate() {
                    <li key={section.id.clone()} class={classes!(
                        (index == props.now).then_some("now"),
                        (index != props.now && props.read.get(index).copied().unwrap_or_default()).then_some("read"),
                    )}>
                        <a href={format!("lessons/{}/#{}", props.lesson.id, section.id)} aria-current={(index == props.now).then_some("true")}
                            onclick={props.on_go.reform(move |event: MouseEvent| { event.prevent_default(); event.stop_propagation(); index })}>
                            <i></i>
                            <span>{ if section.title.is_empty() { texts.get(&words::START).to_owned() } else { plain(&section.title) } }</span>
                        </a>
                    </li>
                }
            </ol>
        </nav>
    }
}

//! The place of an exercise in the lesson: the ready-made one stands there until the code that draws it is here.

use yew::prelude::*;

use crate::hooks::{Soon, use_piece, use_services, use_settings, use_wanted};
use crate::i18n::RENDERED;

/// Exercises that have code of their own: the cards of tasks, and the sorts.
pub const EXERCISES: [&str; 2] = [".task", ".lesson-sort"];

/// The element id of a task, for links: `task-hanging` of `middleware/hanging`.
pub fn element_id(task: &str) -> String {
    format!("task-{}", task.rsplit('/').next().unwrap_or(task))
}

/// An exercise by the id of its element. `is_new` when the learner has done nothing with it; `draw` takes whether to load its code, and
/// what stands there meanwhile.
pub fn place(id: AttrValue, is_new: bool, draw: impl Fn((bool, Option<Html>)) -> Html + 'static) -> Html {
    html! { <Place key={id.to_string()} id={id.clone()} {is_new} draw={Callback::from(draw)} /> }
}

#[derive(Properties, PartialEq)]
struct PlaceProps {
    id: AttrValue,
    is_new: bool,
    draw: Callback<(bool, Option<Html>), Html>,
}

#[component]
fn Place(props: &PlaceProps) -> Html {
    let services = use_services();
    let settings = use_settings();
    let piece = use_piece(&format!("#{}", props.id), &services.wishes.exercises);
    let shows_this = *use_memo((), |()| props.is_new) && settings.language == RENDERED;
    let wanted = use_wanted(
        piece.is_some(),
        if shows_this { Soon::WhenIdle } else { Soon::Now },
        &services.wishes.exercises,
    );
    props.draw.emit((wanted, piece))
}

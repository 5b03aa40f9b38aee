//! The place of an exercise in the lesson: the ready-made one stands there until the code that draws it is here.

use backlab_course::lesson::{Block, Lesson};
use yew::prelude::*;

use super::exercise::{ExerciseProps, block};
use crate::hooks::{Soon, use_piece, use_progress, use_services, use_settings, use_wanted};
use crate::i18n::RENDERED;
use crate::parts;

/// The elements of exercises.
pub const EXERCISES: [&str; 3] = [".task", ".snip[role]", ".lesson-quiz"];

/// The element id of a task, for links: `task-hanging` of `middleware/hanging`.
pub fn element_id(task: &str) -> String {
    format!("task-{}", task.rsplit('/').next().unwrap_or(task))
}

/// The element id of a way.
pub fn way_id(snippet: &str) -> String {
    format!("way-{snippet}")
}

#[component]
pub fn Place(props: &ExerciseProps) -> Html {
    let services = use_services();
    let settings = use_settings();
    let progress = use_progress();
    let is_new = *use_memo((), |()| !progress.has_begun(&props.lesson.id));
    let selector = format!("#{}", block(props).and_then(id).unwrap_or_default());
    let piece = use_piece(&selector, &services.wishes.exercises);
    let wanted = use_wanted(
        piece.is_some(),
        if is_new && settings.language == RENDERED {
            Soon::WhenIdle
        } else {
            Soon::Now
        },
        &services.wishes.exercises,
    );
    parts::lazy_when(&parts::EXERCISE, props.clone(), wanted, piece)
}

/// The element id of an exercise; none of what is only read.
pub fn id(block: &Block) -> Option<String> {
    match block {
        Block::Task { id } => Some(element_id(id)),
        Block::Snippet(snippet) if snippet.runs => Some(snippet.id.clone()),
        Block::Lane { snippet, .. } => Some(way_id(snippet)),
        Block::Quiz(quiz) => Some(quiz.id.clone()),
        Block::Sort(sort) => Some(sort.id.clone()),
        _ => None,
    }
}

/// Whether a lesson has something to try.
pub fn has_exercises(lesson: &Lesson) -> bool {
    lesson
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .any(|block| id(block).is_some())
}

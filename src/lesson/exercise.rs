//! What can be tried in a lesson: tasks, examples that run, the way of a request, questions.

use backlab_course::lesson::{Block, Lesson, Snippet};
use yew::prelude::*;

use super::lane::Lane;
use super::quiz::Quiz;
use super::snippet::Runnable;
use super::sort::Sort;
use super::task_card::TaskCard;
use crate::hooks::{use_progress, use_services};
use crate::state::progress::Placement;
use crate::state::same::Same;

#[derive(Properties, Clone, PartialEq)]
pub struct ExerciseProps {
    pub lesson: Same<Lesson>,
    /// Index of the section, and of the block in it.
    pub at: (usize, usize),
}

/// Finds the block.
pub fn block(given: &ExerciseProps) -> Option<&Block> {
    let (section, block) = given.at;
    given.lesson.sections.get(section)?.blocks.get(block)
}

#[component]
pub fn Exercise(props: &ExerciseProps) -> Html {
    let services = use_services();
    let progress = use_progress();
    use_effect_with((), move |()| services.wishes.exercises_here.set(true));
    let lesson = &props.lesson;
    let answer = |id: &str| {
        progress
            .lesson(&lesson.id)
            .and_then(|kept| kept.quizzes.get(id))
            .map(|answer| answer.chosen.clone())
            .unwrap_or_default()
    };
    let keep = |id: &str| {
        let (progress, lesson, id) = (progress.clone(), lesson.id.clone(), id.to_owned());
        move |chosen: Vec<usize>, right: bool| progress.update(|progress| progress.answer(&lesson, &id, chosen, right))
    };
    let draft = |id: &str| progress.drafted(&lesson.id, lesson.version, id).cloned();
    let keep_draft = |id: &str| {
        let (progress, lesson, version, id) = (progress.clone(), lesson.id.clone(), lesson.version, id.to_owned());
        move |chosen: Placement| progress.update(|progress| progress.draft(&lesson, version, &id, Some(chosen)))
    };
    match block(props) {
        Some(Block::Task { id }) => match lesson.tasks.ids().iter().position(|task| task == id) {
            Some(at) => html! { <TaskCard lesson={lesson.clone()} {at} /> },
            None => Html::default(),
        },
        Some(Block::Snippet(snippet)) => html! { <Runnable lesson={lesson.clone()} snippet={snippet.clone()} /> },
        Some(Block::Lane { snippet, send }) => match find_snippet(lesson, snippet) {
            Some(found) => html! { <Lane lesson={lesson.clone()} snippet={found.clone()} send={send.clone()} /> },
            None => Html::default(),
        },
        Some(Block::Quiz(quiz)) => {
            let (keep, keep_draft) = (keep(&quiz.id), keep_draft(&quiz.id));
            let marked = draft(&quiz.id).and_then(|chosen| chosen.first().copied().flatten());
            html! {
                <Quiz quiz={quiz.clone()} answer={answer(&quiz.id).first().copied()} {marked}
                    on_mark={move |index| keep_draft(vec![Some(index)])} on_answer={move |(index, right)| keep(vec![index], right)} />
            }
        }
        Some(Block::Sort(sort)) => {
            let keep = keep(&sort.id);
            html! {
                <Sort sort={sort.clone()} answer={answer(&sort.id)} draft={draft(&sort.id)}
                    on_move={keep_draft(&sort.id)} on_answer={move |(chosen, right)| keep(chosen, right)} />
            }
        }
        _ => Html::default(),
    }
}

fn find_snippet<'lesson>(lesson: &'lesson Lesson, id: &str) -> Option<&'lesson Snippet> {
    lesson
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .find_map(|block| match block {
            Block::Snippet(snippet) if snippet.id == id => Some(snippet),
            _ => None,
        })
}

//! The lesson as it is read: its sections in order, with everything in them that can be tried.

use std::rc::Rc;

use backlab_course::lesson::{Block, Lesson, Section};
use yew::prelude::*;

use super::callout::callout;
use super::done::{done, neighbours};
use super::head::head;
use super::lane::Lane;
use super::model::link::Link;
use super::place::{element_id, place};
use super::quiz::Quiz;
use super::rail::rail;
use super::snippet::{Runnable, shown};
use super::sort::SortProps;
use super::task_card::TaskCardProps;
use super::words;
use crate::components::draw_icon;
use crate::hooks::{ProgressHandle, use_progress, use_services, use_text};
use crate::parts;
use crate::platform::{dom, reading};
use crate::routes::Route;
use crate::state::progress::Placement;
use crate::state::same::Same;
use crate::state::wishes::Wish;

/// The pane's element.
const PANE: &str = "lesson";

#[derive(Properties, PartialEq)]
pub struct LessonPaneProps {
    pub lesson: Same<Lesson>,
}

/// Hides the pane; the frame around it offers this where it can be hidden.
#[derive(Clone, PartialEq)]
pub struct HidePane(pub Callback<()>);

#[component]
pub fn LessonPane(props: &LessonPaneProps) -> Html {
    let texts = use_text();
    let services = use_services();
    let progress = use_progress();
    let on_hide = use_context::<HidePane>().map(|hide| hide.0);
    let lesson = &props.lesson;
    let now = use_state(|| 0_usize);
    // The version that the learner had read when the lesson was opened; opening writes the new one.
    let version_read = use_memo(lesson.id.clone(), |id| progress.lesson(id).map(|kept| kept.version));
    let ids: Rc<Vec<String>> = use_memo(lesson.clone(), |lesson| {
        lesson.sections.iter().map(|section| section.id.clone()).collect()
    });

    let look = {
        let (now, ids, lesson, progress) = (now.clone(), ids.clone(), lesson.clone(), progress.clone());
        Callback::from(move |()| {
            let Some((at, at_end)) = reading::section_in_view(PANE, &ids) else {
                return;
            };
            if *now != at {
                now.set(at);
            }
            note_read(&progress, &lesson, if at_end { ids.len() } else { at });
        })
    };
    {
        let look = look.clone();
        use_effect_with(lesson.id.clone(), move |_| look.emit(()));
    }
    let go = {
        let ids = ids.clone();
        Callback::from(move |index: usize| {
            if let Some(id) = ids.get(index) {
                dom::scroll_to(id);
                dom::focus_id(id);
            }
        })
    };
    let follow = {
        let slug = lesson.id.clone();
        Callback::from(move |event: MouseEvent| {
            let Some(clicked) = reading::clicked_link(&event) else { return };
            if let Some((path, line)) = &clicked.file {
                event.prevent_default();
                return services.wishes.make(Wish::GoTo(path.clone(), *line));
            }
            match Link::read(&clicked.href, &slug) {
                Link::Here(id) => dom::scroll_to(if id.is_empty() { "top" } else { &id }),
                Link::Page(path) => {
                    let (_, hash) = path.split_once('#').unwrap_or((&path, ""));
                    crate::app::navigate(&services, Route::parse(&path), hash);
                }
                Link::Outside => return,
            }
            event.prevent_default();
        })
    };

    let kept = progress.lesson(&lesson.id);
    let read = lesson
        .sections
        .iter()
        .map(|section| kept.is_some_and(|kept| kept.has_read(&section.id)))
        .collect::<Vec<_>>();
    let finished = kept.is_some_and(|kept| kept.finished);
    let tasks = lesson.tasks.ids();
    let passed = tasks.iter().filter(|task| progress.task_done(task)).count();
    let is_done = if tasks.is_empty() { finished } else { passed == tasks.len() };
    let changed = version_read.is_some_and(|version| version > 0 && version < lesson.version);

    html! {
        <article class="lesson pane-scroll" id={PANE} aria-label={texts.get(&words::LESSON)} tabindex="0" lang={lesson.language.clone()}
            onscroll={look.reform(|_: Event| ())} onclick={follow}>
            <div class="lesson-in">
                { rail(lesson, *now, &read, &go, &texts) }
                <div class="prose" key={format!("{}-{}", lesson.id, lesson.language)}>
                    { head(lesson, changed, on_hide.as_ref(), &texts) }
                    { for lesson.sections.iter().map(|one| section(lesson, one, &progress, &texts)) }
                    if is_done {
                        { done(lesson, passed, &texts) }
                    }
                    { neighbours(lesson, &texts) }
                </div>
            </div>
        </article>
    }
}

/// Everything above the section in view counts as read; at the end of the pane all of it.
fn note_read(progress: &ProgressHandle, lesson: &Lesson, until: usize) {
    let last = lesson.sections.len();
    let is_known = |id: &str| progress.lesson(&lesson.id).is_some_and(|kept| kept.has_read(id));
    for (index, section) in lesson.sections.iter().enumerate().take(until) {
        if !is_known(&section.id) {
            progress.update(|progress| progress.read_section(&lesson.id, &section.id, index + 1 == last));
        }
    }
}

fn section(lesson: &Same<Lesson>, section: &Section, progress: &ProgressHandle, texts: &crate::i18n::Texts) -> Html {
    let other = (section.language != lesson.language).then(|| section.language.clone());
    html! {
        <>
            if section.title.is_empty() {
                <div id={section.id.clone()} class="anchor"></div>
            } else {
                <h2 id={section.id.clone()} lang={other.clone()}>{ Html::from_html_unchecked(section.title.clone().into()) }</h2>
            }
            if other.is_some() {
                <p class="fell-back muted">{ draw_icon("globe", "s") }{ texts.get(&words::FELL_BACK) }</p>
            }
            { for section.blocks.iter().map(|one| block(lesson, one, progress)) }
        </>
    }
}

fn block(lesson: &Same<Lesson>, block: &Block, progress: &ProgressHandle) -> Html {
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
    match block {
        Block::Prose { html } => Html::from_html_unchecked(html.clone().into()),
        Block::Snippet(snippet) if snippet.runs => {
            html! { <Runnable key={snippet.id.clone()} lesson={lesson.clone()} snippet={snippet.clone()} /> }
        }
        Block::Snippet(snippet) => shown(snippet),
        Block::Task { id } => match lesson.tasks.ids().iter().position(|task| task == id) {
            Some(at) => {
                let given = TaskCardProps {
                    lesson: lesson.clone(),
                    at,
                };
                place(element_id(id).into(), progress.task(id).is_none(), move |(wanted, piece)| {
                    parts::lazy_when(&parts::TASK, given.clone(), wanted, piece)
                })
            }
            None => Html::default(),
        },
        Block::Lane { snippet, send } => match find_snippet(lesson, snippet) {
            Some(found) => {
                html! { <Lane key={format!("lane-{snippet}")} lesson={lesson.clone()} snippet={found.clone()} send={send.clone()} /> }
            }
            None => Html::default(),
        },
        Block::Quiz(quiz) => {
            let (keep, keep_draft) = (keep(&quiz.id), keep_draft(&quiz.id));
            let marked = draft(&quiz.id).and_then(|chosen| chosen.first().copied().flatten());
            html! {
                <Quiz key={quiz.id.clone()} quiz={quiz.clone()} answer={answer(&quiz.id).first().copied()} {marked}
                    on_mark={move |index| keep_draft(vec![Some(index)])} on_answer={move |(index, right)| keep(vec![index], right)} />
            }
        }
        Block::Sort(sort) => {
            let (keep, answer, draft) = (keep(&sort.id), answer(&sort.id), draft(&sort.id));
            let is_new = answer.is_empty() && draft.is_none();
            let given = SortProps {
                sort: sort.clone(),
                answer,
                draft,
                on_move: keep_draft(&sort.id).into(),
                on_answer: Callback::from(move |(chosen, right)| keep(chosen, right)),
            };
            place(sort.id.clone().into(), is_new, move |(wanted, piece)| {
                parts::lazy_when(&parts::SORT, given.clone(), wanted, piece)
            })
        }
        Block::Callout { kind, title, html } => callout(*kind, title, html),
    }
}

fn find_snippet<'lesson>(lesson: &'lesson Lesson, id: &str) -> Option<&'lesson backlab_course::lesson::Snippet> {
    lesson
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .find_map(|block| match block {
            Block::Snippet(snippet) if snippet.id == id => Some(snippet),
            _ => None,
        })
}

//! The lesson as it is read: its sections in order, with everything in them that can be tried.

use std::rc::Rc;

use backlab_course::lesson::{Block, Lesson, Section};
use yew::prelude::*;

use super::callout::callout;
use super::done::{done, neighbours};
use super::head::head;
use super::model::link::Link;
use super::place::{self, Place};
use super::rail::rail;
use super::snippet::shown;
use super::words;
use crate::components::draw_icon;
use crate::hooks::{ProgressHandle, use_progress, use_services, use_text};
use crate::i18n::Texts;
use crate::platform::{dom, reading};
use crate::routes::Route;
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
                    { for lesson.sections.iter().enumerate().map(|(at, one)| section(lesson, at, one, &texts)) }
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

fn section(lesson: &Same<Lesson>, at: usize, section: &Section, texts: &Texts) -> Html {
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
            { for section.blocks.iter().enumerate().map(|(index, one)| block(lesson, (at, index), one)) }
        </>
    }
}

fn block(lesson: &Same<Lesson>, at: (usize, usize), block: &Block) -> Html {
    if let Some(id) = place::id(block) {
        return html! { <Place key={id} lesson={lesson.clone()} {at} /> };
    }
    match block {
        Block::Prose { html } => Html::from_html_unchecked(html.clone().into()),
        Block::Snippet(snippet) => shown(snippet),
        Block::Callout { kind, title, html } => callout(*kind, title, html),
        _ => Html::default(),
    }
}

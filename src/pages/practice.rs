//! Practice: every task, filtered by topic, kind and state.

use backlab_course::lesson::{Course, LessonCard, Module, TaskCard};
use yew::prelude::*;

use super::{Failed, Frame};
use crate::components::meter::Meter;
use crate::components::{Link, draw_icon};
use crate::hooks::{load_course, use_course, use_progress, use_services, use_text};
use crate::i18n::{Message, Texts, pages as words, shell};
use crate::lesson::words::kind as kind_name;
use crate::platform::dom;
use crate::routes::Route;
use crate::state::error::Loadable;
use crate::state::progress::TaskProgress;
use crate::state::reference::task_hash;

/// Every task of the lessons that are written, in order.
pub fn all_tasks(course: &Course) -> impl Iterator<Item = (&LessonCard, &TaskCard)> {
    course
        .modules
        .iter()
        .flat_map(|module| &module.lessons)
        .filter(|lesson| lesson.ready)
        .flat_map(|lesson| lesson.tasks.iter().map(move |task| (lesson, task)))
}

/// Shows how a task stands: a meter, and a word beside it.
pub fn task_state(texts: &Texts, task: Option<&TaskProgress>) -> Html {
    match task {
        Some(task) if task.done => {
            let words = if task.compared { &words::PASSED_COMPARED } else { &words::PASSED };
            html! { <span class="r c-ok">{ texts.get(words) }</span> }
        }
        Some(task) if task.of > 0 => {
            let label = texts.fill(
                &words::CHECKS_PASS,
                &[("n", &task.passed.to_string()), ("of", &task.of.to_string())],
            );
            html! { <Meter passed={task.passed} of={task.of} {label} /> }
        }
        _ => html! { <span class="r"></span> },
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Any,
    NotTried,
    Tried,
    Passed,
}

impl State {
    const ALL: [(Self, Message); 4] = [
        (Self::Any, words::ANY_STATE),
        (Self::NotTried, words::NOT_TRIED),
        (Self::Tried, words::TRIED),
        (Self::Passed, words::PASSED),
    ];

    fn fits(self, task: Option<&TaskProgress>) -> bool {
        match self {
            Self::Any => true,
            Self::NotTried => task.is_none_or(|task| task.tries == 0 && !task.done),
            Self::Tried => task.is_some_and(|task| task.tries > 0 && !task.done),
            Self::Passed => task.is_some_and(|task| task.done),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Filter {
    /// Module id; empty for all.
    topic: String,
    kind: String,
    state: State,
}

impl Filter {
    fn fits(&self, module: &Module, card: &TaskCard, task: Option<&TaskProgress>) -> bool {
        (self.topic.is_empty() || self.topic == module.id) && (self.kind.is_empty() || self.kind == card.kind) && self.state.fits(task)
    }
}

#[component]
pub fn PracticePage() -> Html {
    let texts = use_text();
    let services = use_services();
    let progress = use_progress();
    let filter = use_state_eq(Filter::default);
    let retry = Callback::from(move |()| load_course(&services));
    let title = format!("{} · Backlab", texts.get(&shell::PRACTICE));
    let course = match use_course() {
        Loadable::Ready(course) => course,
        Loadable::Failed(error) => return html! { <Frame {title}><Failed {error} {retry} /></Frame> },
        Loadable::Loading => return html! { <Frame {title}><p role="status">{ texts.get(&words::LOADING_COURSE) }</p></Frame> },
    };
    let set = {
        let filter = filter.clone();
        move |change: fn(&mut Filter, String)| {
            let filter = filter.clone();
            Callback::from(move |event: Event| {
                let mut next = (*filter).clone();
                change(&mut next, dom::value(&event));
                filter.set(next);
            })
        }
    };
    let state = {
        let filter = filter.clone();
        move |state: State| {
            let filter = filter.clone();
            Callback::from(move |_: MouseEvent| {
                filter.set(Filter {
                    state,
                    ..(*filter).clone()
                })
            })
        }
    };
    let clear = {
        let filter = filter.clone();
        Callback::from(move |_: MouseEvent| filter.set(Filter::default()))
    };
    let mut kinds: Vec<&str> = all_tasks(&course).map(|(_, task)| task.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let rows: Vec<(&LessonCard, &TaskCard)> = course
        .modules
        .iter()
        .flat_map(|module| {
            module
                .lessons
                .iter()
                .filter(|lesson| lesson.ready)
                .flat_map(move |lesson| lesson.tasks.iter().map(move |task| (module, lesson, task)))
        })
        .filter(|(module, _, task)| filter.fits(module, task, progress.task(&task.id)))
        .map(|(_, lesson, task)| (lesson, task))
        .collect();
    let shown = texts.fill(
        &words::TASKS_SHOWN,
        &[("n", &rows.len().to_string()), ("of", &all_tasks(&course).count().to_string())],
    );
    html! {
        <Frame {title}>
            <section class="intro"><div><h1>{ texts.get(&words::PRACTICE_TASKS) }</h1><p>{ texts.get(&words::PRACTICE_LEDE) }</p></div></section>
            <div class="filters" role="group" aria-label={texts.get(&words::FILTERS)}>
                <label><span>{ texts.get(&words::TOPIC) }</span><select class="field" onchange={set(|filter, value| filter.topic = value)}>
                    <option value="" selected={filter.topic.is_empty()}>{ texts.get(&words::ANY_TOPIC) }</option>
                    for module in course.modules.iter() { <option value={module.id.clone()} selected={filter.topic == module.id}>{ texts.pick(&module.title) }</option> }
                </select></label>
                <label><span>{ texts.get(&words::KIND) }</span><select class="field" onchange={set(|filter, value| filter.kind = value)}>
                    <option value="" selected={filter.kind.is_empty()}>{ texts.get(&words::ANY_KIND) }</option>
                    for kind in kinds { <option value={kind.to_owned()} selected={filter.kind == kind}>{ texts.get(&kind_name(kind)) }</option> }
                </select></label>
                <span class="seg" role="group" aria-label={texts.get(&words::STATE)}>
                    for (one, message) in State::ALL { <button type="button" aria-pressed={(filter.state == one).to_string()} onclick={state(one)}>{ texts.get(&message) }</button> }
                </span>
                <span class="grow"></span><span class="muted num" role="status">{ shown }</span>
            </div>
            if rows.is_empty() {
                <div class="empty"><h3>{ texts.get(&words::NO_TASKS) }</h3><p>{ texts.get(&words::NO_TASKS_WHY) }</p><div class="row"><button type="button" class="btn" onclick={clear}>{ texts.get(&words::CLEAR_FILTERS) }</button></div></div>
            } else {
                <ul class="open tasks">
                    for (lesson, task) in rows { <li key={task.id.clone()}><Link to={Route::Lesson(lesson.id.clone())} hash={task_hash(&task.id)}>
                        { mark(progress.task(&task.id)) }<span class="clip"><b>{ texts.pick(&task.title) }</b></span><span class="clip where">{ texts.pick(&lesson.title) }</span>
                        <span class="t">{ texts.get(&kind_name(&task.kind)) }</span>{ task_state(&texts, progress.task(&task.id)) }
                        <span class="t num">{ texts.fill(&words::MINUTES, &[("n", &task.minutes.to_string())]) }</span></Link></li> }
                </ul>
            }
        </Frame>
    }
}

fn mark(task: Option<&TaskProgress>) -> Html {
    match task {
        Some(task) if task.done => html! { { draw_icon("check", "c-accent") } },
        Some(task) if task.tries > 0 => html! { <span class="sq p part"></span> },
        _ => html! { <span class="sq p"></span> },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_by_every_column() {
        let module = Module {
            id: "express".into(),
            ..Module::default()
        };
        let card = TaskCard {
            kind: "debug".into(),
            ..TaskCard::default()
        };
        let tried = TaskProgress {
            tries: 1,
            ..TaskProgress::default()
        };
        let check = |topic: &str, kind: &str, state: State, task: Option<&TaskProgress>, expected: bool| {
            assert_eq!(
                Filter {
                    topic: topic.into(),
                    kind: kind.into(),
                    state
                }
                .fits(&module, &card, task),
                expected,
                "{topic} {kind} {state:?}"
            );
        };
        check("", "", State::Any, None, true);
        check("express", "debug", State::NotTried, None, true);
        check("node", "", State::Any, None, false);
        check("", "open", State::Any, None, false);
        check("", "", State::Tried, Some(&tried), true);
        check("", "", State::NotTried, Some(&tried), false);
        check("", "", State::Passed, Some(&tried), false);
    }
}

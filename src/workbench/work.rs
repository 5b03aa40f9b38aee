//! The editor over the tools, with their keys, and what the rest of the page asks of them.

use backlab_course::grading::Submission;
use backlab_course::lesson::Lesson;
use backlab_course::task::Task;
use yew::prelude::*;

use super::compare::{CompareHandle, use_compare};
use super::editor::EditorPane;
use super::frame::PHONE;
use super::layout::{DockState, Layout, Pane};
use super::lesson_work::use_lesson_work;
use super::mobile::PhonePane;
use super::shortcuts::use_shortcuts;
use super::splitter::Splitter;
use super::tools::Dock;
use super::words;
use crate::hooks::{use_services, use_session_part, use_text};
use crate::state::same::Same;
use crate::state::session::Tool;
use crate::state::store::use_store;
use crate::state::wishes::{TaskWish, Wish};
use crate::state::workspace::SessionHandle;

#[derive(Properties, PartialEq, Clone)]
pub struct WorkProps {
    /// Absent in the playground.
    pub lesson: Option<Same<Lesson>>,
    /// Name over the file tree where there is no lesson.
    pub project: AttrValue,
    pub layout: UseStateHandle<Layout>,
    pub pane: UseStateHandle<PhonePane>,
    /// Width of the window.
    pub wide: f64,
}

#[component]
pub fn Work(props: &WorkProps) -> Html {
    let texts = use_text();
    let services = use_services();
    let compare = use_compare();
    let (_, session) = use_session_part(|_| ());
    let (layout, pane) = (&props.layout, &props.pane);
    let phone = props.wide < PHONE;
    let work = use_lesson_work(props.lesson.as_ref(), &props.project);
    // After the lesson's own opening, so that what was asked for meanwhile has the last word.
    let wishes = use_store(&services.wishes.made);
    use_effect_with(wishes, {
        let (session, services, lesson) = (session.clone(), services.clone(), props.lesson.clone());
        move |_| {
            for wish in services.wishes.take() {
                fulfil(&session, &compare, lesson.as_deref(), wish);
            }
        }
    });
    use_effect_with((), move |()| services.wishes.workbench_here.set(true));
    let onrun = {
        let (session, pane) = (session.clone(), pane.clone());
        Callback::from(move |()| {
            session.run();
            pane.set(PhonePane::Run);
        })
    };
    let show_tools = {
        let (layout, pane) = (layout.clone(), pane.clone());
        Callback::from(move |()| {
            pane.set(PhonePane::Run);
            layout.set(layout.with_tools());
        })
    };
    let oncheck = work.oncheck.map(|oncheck| {
        let show_tools = show_tools.clone();
        Callback::from(move |()| {
            show_tools.emit(());
            session.show_tool(Tool::Checks);
            oncheck.emit(());
        })
    });
    use_shortcuts(onrun.clone(), oncheck.clone(), show_tools);
    let onstate = {
        let layout = layout.clone();
        Callback::from(move |dock_state: DockState| layout.set(Layout { dock_state, ..*layout }))
    };
    html! {
        <div class="work" data-dock={match layout.dock_state {
            DockState::Split => None,
            DockState::Folded => Some("folded"),
            DockState::Maximised => Some("maximised"),
        }}>
            <EditorPane project={work.name} {onrun} {oncheck} oncompare={work.oncompare} shown={!phone || **pane == PhonePane::Code} {phone} />
            <Splitter pane={Pane::Dock} label={texts.get(&words::RESIZE_DOCK)} layout={layout.clone()} wide={props.wide} />
            <Dock state={layout.dock_state} {onstate} saved={work.saved} {phone} shown={!phone || **pane == PhonePane::Run} />
        </div>
    }
}

fn fulfil(session: &SessionHandle, compare: &CompareHandle, lesson: Option<&Lesson>, wish: Wish) {
    match wish {
        Wish::Task(id, wish) => {
            if let Some(task) = lesson.and_then(|lesson| lesson.tasks.find(&id)) {
                fulfil_task(session, compare, task, wish);
            }
        }
        Wish::GoTo(file, line) => session.go_to(&file, line),
        Wish::Explain(check) => {
            session.show_check(Some(&check));
            session.show_tool(Tool::Checks);
        }
        Wish::Show(tool) => session.show_tool(tool),
    }
}

fn fulfil_task(session: &SessionHandle, compare: &CompareHandle, task: &Task, wish: TaskWish) {
    match wish {
        TaskWish::Open => {
            session.open_task(task);
            if let Some(first) = task.open.first() {
                session.go_to(first, 1);
            }
        }
        TaskWish::Check => {
            session.open_task(task);
            session.check(task);
        }
        TaskWish::Grade(answers) => {
            let submission = Submission {
                files: task.starter.clone(),
                answers,
                ..Submission::default()
            };
            session.grade(task, submission, None);
        }
        TaskWish::Compare(against) => compare.open(task, against),
    }
}

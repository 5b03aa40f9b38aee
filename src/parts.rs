//! Parts of the app that load when they are first drawn. Each name in `wasm_split` becomes a wasm file of its own: `lesson` with the lesson
//! and the frame around it, `exercises` with what can be tried in it, `workbench` with the editor, the first tool and the backend, `answers` with what comes of a request or a run,
//! `tools` with the other tools, `pages` with everything outside the workbench, `banners` with what is said about the whole page.

#![allow(unsafe_code, reason = "the split points that the macro writes are foreign functions")]

use std::any::Any;
use std::cell::OnceCell;
use std::rc::Rc;
use std::thread::LocalKey;

use futures::future::{LocalBoxFuture, join};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use yew::prelude::*;

use crate::hooks::use_text;
use crate::i18n::pages::LOADING;
use crate::lesson::exercise::{Exercise, ExerciseProps};
use crate::lesson::lane::{LaneView, LaneViewProps};
use crate::lesson::runner::{Busy, Runner};
use crate::lesson::transcript::{TranscriptProps, TranscriptView};
use crate::pages::{self, Failed};
use crate::platform::{self, style};
use crate::routes::Route;
use crate::state::services::Dialog;
use crate::state::session::Tool;
use crate::state::workspace::deferred;
use crate::workbench::compare::ComparePane;
use crate::workbench::project_menu::ProjectMenu;
use crate::workbench::tools::requests::answer::{Answer, AnswerProps};
use crate::workbench::tools::{self, ToolProps};
use crate::workbench::{Playground, Splitter, SplitterProps, StatusBar, Work, WorkProps, view_playground};

/// Draws a part from what it is given.
type View<P> = fn(&P) -> Html;
type Loading<P> = LocalBoxFuture<'static, Result<View<P>, SplitLoaderError>>;

/// What a page is given: a lesson's slug or a project's name.
pub type PageName = Option<AttrValue>;

/// A view that comes from its own file. Once loaded it stays.
pub struct Part<P: 'static> {
    name: &'static str,
    view: OnceCell<View<P>>,
    load: fn() -> Loading<P>,
}

impl<P> Part<P> {
    const fn new(name: &'static str, load: fn() -> Loading<P>) -> Self {
        Self {
            name,
            view: OnceCell::new(),
            load,
        }
    }

    /// Returns the view if it is here. Natively every part is.
    fn get(&self) -> Option<View<P>> {
        if cfg!(not(target_arch = "wasm32")) && self.view.get().is_none() {
            let loaded = futures::FutureExt::now_or_never((self.load)());
            if let Some(Ok(view)) = loaded {
                return Some(*self.view.get_or_init(|| view));
            }
        }
        self.view.get().copied()
    }
}

/// Loads a part; answers whether it is here now. A failed load may be tried again.
async fn load<P>(part: &'static LocalKey<Part<P>>) -> bool {
    if part.with(|part| part.get().is_some()) {
        return true;
    }
    let loading = part.with(|part| (part.load)());
    match loading.await {
        Ok(view) => {
            part.with(|part| _ = part.view.set(view));
            true
        }
        Err(_) => false,
    }
}

/// Loads the page of an address, and with `with_exercises` what can be tried in it, so that its first drawing is complete.
pub async fn load_page(route: &Route, with_exercises: bool) {
    let exercises = async {
        if with_exercises {
            load(&EXERCISE).await;
        }
    };
    join(load(page(route)), exercises).await;
}

/// The part that draws a page.
pub fn page(route: &Route) -> &'static LocalKey<Part<PageName>> {
    match route {
        Route::Course => &COURSE,
        Route::Practice => &PRACTICE,
        Route::Playground(_) => &PLAYGROUND,
        Route::Reference => &REFERENCE,
        Route::Lesson(_) => &LESSON,
        Route::NotFound => &NOT_FOUND,
    }
}

/// The part that draws a tool of the workbench.
pub fn tool(tool: Tool) -> &'static LocalKey<Part<ToolProps>> {
    match tool {
        Tool::Requests => &REQUESTS,
        Tool::Trace => &TRACE,
        Tool::Console => &CONSOLE,
        Tool::Database => &DATABASE,
        Tool::Checks => &CHECKS,
        Tool::Preview => &PREVIEW,
    }
}

thread_local! {
    static COURSE: Part<PageName> = const { Part::new("course", || Box::pin(course_page())) };
    static PRACTICE: Part<PageName> = const { Part::new("practice", || Box::pin(practice_page())) };
    static PLAYGROUND: Part<PageName> = const { Part::new("playground", || Box::pin(playground_page())) };
    static REFERENCE: Part<PageName> = const { Part::new("reference", || Box::pin(reference_page())) };
    static LESSON: Part<PageName> = const { Part::new("lesson", || Box::pin(lesson_page())) };
    pub static NOT_FOUND: Part<PageName> = const { Part::new("not_found", || Box::pin(not_found_page())) };
    static REQUESTS: Part<ToolProps> = const { Part::new("requests", || Box::pin(requests_tool())) };
    static TRACE: Part<ToolProps> = const { Part::new("trace", || styled(Box::pin(trace_tool()))) };
    static CONSOLE: Part<ToolProps> = const { Part::new("console", || styled(Box::pin(console_tool()))) };
    static DATABASE: Part<ToolProps> = const { Part::new("database", || styled(Box::pin(database_tool()))) };
    static CHECKS: Part<ToolProps> = const { Part::new("checks", || styled(Box::pin(checks_tool()))) };
    static PREVIEW: Part<ToolProps> = const { Part::new("preview", || styled(Box::pin(preview_tool()))) };
    pub static EXERCISE: Part<ExerciseProps> = const { Part::new("exercise", || Box::pin(exercise())) };
    pub static WORKBENCH: Part<Playground> = const { Part::new("workbench", || Box::pin(workbench())) };
    pub static WORK: Part<WorkProps> = const { Part::new("work", || Box::pin(work_with_tool())) };
    pub static SPLITTER: Part<SplitterProps> = const { Part::new("splitter", || Box::pin(splitter())) };
    pub static PROJECT_MENU: Part<AttrValue> = const { Part::new("project-menu", || Box::pin(project_menu())) };
    pub static STATUS: Part<()> = const { Part::new("status", || Box::pin(status())) };
    pub static COMPARE: Part<()> = const { Part::new("compare", || styled(Box::pin(compare()))) };
    pub static LANE: Part<LaneViewProps> = const { Part::new("lane", || Box::pin(lane())) };
    pub static TRANSCRIPT: Part<TranscriptProps> = const { Part::new("transcript", || Box::pin(transcript())) };
    pub static REQUEST_PANEL: Part<AttrValue> = const { Part::new("request-panel", || Box::pin(request_panel())) };
    pub static ANSWER: Part<AnswerProps> = const { Part::new("answer", || Box::pin(answer())) };
    pub static BANNERS: Part<()> = const { Part::new("banners", || Box::pin(banners())) };
    pub static DIALOGS: Part<Dialog> = const { Part::new("dialogs", || Box::pin(dialogs())) };
}

#[wasm_split(pages, fallible)]
fn course_page() -> Result<View<PageName>, SplitLoaderError> {
    Ok(|_| html! { <pages::course::CoursePage /> })
}

#[wasm_split(pages, fallible)]
fn practice_page() -> Result<View<PageName>, SplitLoaderError> {
    Ok(|_| html! { <pages::practice::PracticePage /> })
}

#[wasm_split(pages, fallible)]
fn playground_page() -> Result<View<PageName>, SplitLoaderError> {
    Ok(|name| html! { <pages::playground::PlaygroundPage project={name.as_ref().map(|name| name.to_string())} /> })
}

#[wasm_split(pages, fallible)]
fn reference_page() -> Result<View<PageName>, SplitLoaderError> {
    Ok(|_| html! { <pages::reference::ReferencePage /> })
}

#[wasm_split(lesson, fallible)]
fn lesson_page() -> Result<View<PageName>, SplitLoaderError> {
    Ok(|slug| html! { <pages::lesson::LessonPage slug={slug.clone().unwrap_or_default()} /> })
}

#[wasm_split(pages, fallible)]
fn not_found_page() -> Result<View<PageName>, SplitLoaderError> {
    Ok(|_| html! { <pages::not_found::NotFoundPage /> })
}

#[wasm_split(exercises, fallible)]
fn exercise() -> Result<View<ExerciseProps>, SplitLoaderError> {
    Ok(|props| html! { <Exercise ..props.clone() /> })
}

#[wasm_split(lesson, fallible)]
fn workbench() -> Result<View<Playground>, SplitLoaderError> {
    Ok(view_playground)
}

/// The first tool is drawn with the workbench and not after it: what was filled in before is looked for in its fields.
async fn work_with_tool() -> Result<View<WorkProps>, SplitLoaderError> {
    load(&REQUESTS).await;
    work().await
}

#[wasm_split(workbench, fallible)]
fn work() -> Result<View<WorkProps>, SplitLoaderError> {
    Ok(|props| html! { <Work ..props.clone() /> })
}

#[wasm_split(workbench, fallible)]
fn splitter() -> Result<View<SplitterProps>, SplitLoaderError> {
    Ok(|props| html! { <Splitter ..props.clone() /> })
}

#[wasm_split(workbench, fallible)]
fn project_menu() -> Result<View<AttrValue>, SplitLoaderError> {
    Ok(|name| html! { <ProjectMenu name={name.clone()} /> })
}

#[wasm_split(workbench, fallible)]
fn status() -> Result<View<()>, SplitLoaderError> {
    Ok(|()| html! { <StatusBar /> })
}

#[wasm_split(workbench, fallible)]
fn requests_tool() -> Result<View<ToolProps>, SplitLoaderError> {
    Ok(|props| html! { <tools::requests::RequestsTool saved={props.saved.clone()} /> })
}

/// Loads a part with the stylesheet of the tools behind the first.
fn styled<P: 'static>(part: Loading<P>) -> Loading<P> {
    Box::pin(async { join(part, style::load("tools-styles")).await.0 })
}

#[wasm_split(tools, fallible)]
fn trace_tool() -> Result<View<ToolProps>, SplitLoaderError> {
    Ok(|props| html! { <tools::trace::TraceTool phone={props.phone} /> })
}

#[wasm_split(tools, fallible)]
fn console_tool() -> Result<View<ToolProps>, SplitLoaderError> {
    Ok(|_| html! { <tools::console::ConsoleTool /> })
}

#[wasm_split(tools, fallible)]
fn database_tool() -> Result<View<ToolProps>, SplitLoaderError> {
    Ok(|_| html! { <tools::database::DatabaseTool /> })
}

#[wasm_split(tools, fallible)]
fn checks_tool() -> Result<View<ToolProps>, SplitLoaderError> {
    Ok(|_| html! { <tools::checks::ChecksTool /> })
}

#[wasm_split(tools, fallible)]
fn preview_tool() -> Result<View<ToolProps>, SplitLoaderError> {
    Ok(|_| html! { <tools::preview::PreviewTool /> })
}

#[wasm_split(tools, fallible)]
fn compare() -> Result<View<()>, SplitLoaderError> {
    Ok(|()| html! { <ComparePane /> })
}

#[wasm_split(answers, fallible)]
fn lane() -> Result<View<LaneViewProps>, SplitLoaderError> {
    Ok(|props| html! { <LaneView ..props.clone() /> })
}

#[wasm_split(answers, fallible)]
fn request_panel() -> Result<View<AttrValue>, SplitLoaderError> {
    Ok(|tab| tools::requests::view_panel(tab))
}

#[wasm_split(answers, fallible)]
fn answer() -> Result<View<AnswerProps>, SplitLoaderError> {
    Ok(|props| html! { <Answer ..props.clone() /> })
}

#[wasm_split(answers, fallible)]
fn transcript() -> Result<View<TranscriptProps>, SplitLoaderError> {
    Ok(|props| html! { <TranscriptView ..props.clone() /> })
}

#[wasm_split(banners, fallible)]
fn banners() -> Result<View<()>, SplitLoaderError> {
    Ok(|()| html! { <crate::components::banners::Banners /> })
}

#[wasm_split(pages, fallible)]
fn dialogs() -> Result<View<Dialog>, SplitLoaderError> {
    use crate::components::{palette::Palette, settings_dialog::SettingsDialog, shortcuts::Shortcuts};
    Ok(|dialog| match dialog {
        Dialog::Palette => html! { <Palette /> },
        Dialog::Settings => html! { <SettingsDialog /> },
        Dialog::Shortcuts => html! { <Shortcuts /> },
        Dialog::Room => html! { <crate::workbench::room::RoomDialog /> },
    })
}

/// Performs what a snippet is asked for.
#[wasm_split(answers, fallible)]
pub fn perform(runner: Runner, what: Busy, code: String) -> Result<LocalBoxFuture<'static, ()>, SplitLoaderError> {
    Ok(Box::pin(runner.performed(what, code)))
}

/// Draws a part, and loads it before the first time.
pub fn lazy<P: PartialEq + 'static>(part: &'static LocalKey<Part<P>>, given: P) -> Html {
    lazy_when(part, given, true, None)
}

/// Draws a part once it is `wanted` and there; until then what is `meanwhile`.
pub fn lazy_when<P: PartialEq + 'static>(part: &'static LocalKey<Part<P>>, given: P, wanted: bool, meanwhile: Option<Html>) -> Html {
    let name = part.with(|part| part.name);
    html! { <Lazy key={name} {name} drawing={Drawing(Rc::new((part, given)))} {wanted} {meanwhile} /> }
}

/// A part and what it is given, whatever that is: the component below is compiled once.
#[derive(Clone)]
struct Drawing(Rc<dyn Drawn>);

trait Drawn {
    fn draw(&self) -> Option<Html>;
    fn load(&self) -> LocalBoxFuture<'static, bool>;
    fn given(&self) -> &dyn Any;
    fn is_given(&self, other: &dyn Any) -> bool;
}

impl<P: PartialEq + 'static> Drawn for (&'static LocalKey<Part<P>>, P) {
    fn draw(&self) -> Option<Html> {
        self.0.with(Part::get).map(|view| view(&self.1))
    }

    fn load(&self) -> LocalBoxFuture<'static, bool> {
        Box::pin(load(self.0))
    }

    fn given(&self) -> &dyn Any {
        &self.1
    }

    fn is_given(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<P>() == Some(&self.1)
    }
}

#[derive(Properties, Clone)]
struct LazyProps {
    name: &'static str,
    drawing: Drawing,
    wanted: bool,
    meanwhile: Option<Html>,
}

impl PartialEq for LazyProps {
    fn eq(&self, other: &Self) -> bool {
        (self.name, self.wanted) == (other.name, other.wanted) && self.drawing.0.is_given(other.drawing.0.given())
    }
}

#[component]
fn Lazy(props: &LazyProps) -> Html {
    let texts = use_text();
    let redraw = use_force_update();
    let failed = use_state_eq(|| false);
    let fetch = {
        let (drawing, failed) = (props.drawing.clone(), failed.clone());
        Callback::from(move |()| {
            let (drawing, redraw, failed) = (drawing.clone(), redraw.clone(), failed.clone());
            platform::spawn(async move {
                failed.set(!drawing.0.load().await);
                redraw.force_update();
            });
        })
    };
    let drawn = props.drawing.0.draw().filter(|_| props.wanted);
    use_effect_with(props.wanted && drawn.is_none(), {
        let fetch = fetch.clone();
        move |missing| {
            if *missing {
                fetch.emit(());
            }
        }
    });
    // Something else stood here: `assets/early.js` looks again what it has to do.
    use_effect_with(drawn.is_some() && props.meanwhile.is_some(), |replaced| {
        if *replaced {
            style::set_here();
        }
    });
    match drawn {
        Some(drawn) => drawn,
        None if *failed => html! { <Failed error={deferred::did_not_load(&texts)} retry={fetch} /> },
        None if props.meanwhile.is_some() => props.meanwhile.clone().unwrap_or_default(),
        None => html! { <div class="part-sk" role="status"><span class="vh">{ texts.get(&LOADING) }</span></div> },
    }
}

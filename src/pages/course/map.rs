//! The map: one lane from top to bottom, a module per station, its lessons below it.

use backlab_course::lesson::{Course, LessonCard, Module};
use yew::prelude::*;

use crate::components::{Link, draw_icon};
use crate::hooks::{use_progress, use_text};
use crate::i18n::Texts;
use crate::i18n::pages as words;
use crate::routes::Route;
use crate::state::progress::{Progress, Standing};
use crate::state::same::Same;

#[derive(Properties, PartialEq)]
pub struct CourseMapProps {
    pub course: Same<Course>,
}

#[component]
pub fn CourseMap(props: &CourseMapProps) -> Html {
    let texts = use_text();
    let progress = use_progress();
    let here = progress.next_lesson(&props.course).map(|lesson| lesson.id.clone());
    let count = props.course.modules.len();
    html! {
        <section id="map" aria-labelledby="map-h" tabindex="-1"><div class="sec-h"><h2 id="map-h">{ texts.get(&words::COURSE_MAP) }</h2>
            <div class="legend" aria-hidden="true"><span><i class="lgd d"></i>{ texts.get(&words::DONE) }</span><span><i class="lgd n"></i>{ texts.get(&words::HERE) }</span><span><i class="lgd p"></i>{ texts.get(&words::IS_PRACTICE) }</span></div></div>
            <ol class="map">
                for (at, module) in props.course.modules.iter().enumerate() {
                    <ModuleRow key={module.id.clone()} course={props.course.clone()} {at} here={here.clone()} last={at + 1 == count} />
                }
            </ol></section>
    }
}

#[derive(Properties, PartialEq)]
struct ModuleProps {
    course: Same<Course>,
    at: usize,
    here: Option<String>,
    last: bool,
}

#[component]
fn ModuleRow(props: &ModuleProps) -> Html {
    let texts = use_text();
    let progress = use_progress();
    let module = &props.course.modules[props.at];
    let current = module.lessons.iter().any(|lesson| Some(&lesson.id) == props.here.as_ref());
    // What the learner folded or unfolded; until then the current module is open.
    let unfolded = use_state_eq(|| None::<bool>);
    let open = unfolded.unwrap_or(current);
    let toggle = Callback::from(move |_: MouseEvent| unfolded.set(Some(!open)));
    let ready: Vec<&LessonCard> = module.lessons.iter().filter(|lesson| lesson.ready).collect();
    let done = ready.iter().filter(|lesson| progress.lesson_done(lesson)).count();
    let whole = !ready.is_empty() && done == ready.len();
    let class = if whole {
        "done"
    } else if current {
        "now"
    } else {
        ""
    };
    let list = format!("lessons-{}", module.id);
    html! {
        <li id={module.id.clone()} class={classes!(class, props.last.then_some("end"))}>
            <button type="button" class="mod" aria-expanded={open.to_string()} aria-controls={list.clone()} onclick={toggle}>
                <span class="node"><i>if whole { { draw_icon("check", "s") } } else { { format!("{:02}", module.number) } }</i></span>
                <span><h3>{ texts.pick(&module.title) }</h3><p>{ texts.pick(&module.summary) }</p></span>
                <span class="stations" aria-hidden="true">for lesson in module.lessons.iter() { <span class={station(&progress, lesson, props.here.as_deref())}><i></i></span> }</span>
                <span class="n">{ tally(&texts, done, module, whole) }</span>
            </button>
            <ol class="open" id={list} hidden={!open}>for lesson in module.lessons.iter() { <li key={lesson.id.clone()}>{ row(&texts, &progress, lesson, props.here.as_deref()) }</li> }</ol>
        </li>
    }
}

fn station(progress: &Progress, lesson: &LessonCard, here: Option<&str>) -> &'static str {
    match progress.standing(lesson, here) {
        Standing::Done => "done",
        Standing::Here => "now",
        Standing::Partly | Standing::Ahead => "",
    }
}

fn tally(texts: &Texts, done: usize, module: &Module, whole: bool) -> String {
    let of = module.lessons.iter().filter(|lesson| lesson.ready).count();
    match (whole, done, of) {
        (true, ..) => texts.get(&words::ALL_OF).into(),
        (_, 0, 0) => texts.fill(&words::PLANNED, &[("n", &module.lessons.len().to_string())]),
        (_, 0, 1) => texts.get(&words::ONE_LESSON).into(),
        (_, 0, _) => texts.fill(&words::LESSON_COUNT, &[("n", &of.to_string())]),
        _ => texts.fill(&words::SOME_OF, &[("n", &done.to_string()), ("of", &of.to_string())]),
    }
}

fn row(texts: &Texts, progress: &Progress, lesson: &LessonCard, here: Option<&str>) -> Html {
    let standing = progress.standing(lesson, here);
    let mark = match standing {
        Standing::Done => html! { { draw_icon("check", "c-accent") } },
        Standing::Here => html! { <span class="sq n"></span> },
        Standing::Partly => html! { <span class="sq part"></span> },
        Standing::Ahead => html! { <span class="sq"></span> },
    };
    let passed = lesson.tasks.iter().filter(|task| progress.task_done(&task.id)).count();
    let tasks = match (lesson.tasks.len(), passed) {
        (0, _) => String::new(),
        (of, passed) if standing == Standing::Done || passed > 0 => {
            texts.fill(&words::SOME_OF, &[("n", &passed.to_string()), ("of", &of.to_string())])
        }
        (1, _) => texts.get(&words::ONE_TASK).into(),
        (of, _) => texts.fill(&words::TASK_COUNT, &[("n", &of.to_string())]),
    };
    let cells = html! {
        <>
            { mark }<span class="x">{ lesson.number }</span><span class="clip">{ texts.pick(&lesson.title) }</span><span class="t num">{ if lesson.ready { tasks } else { String::new() } }</span>
            <span class="t num">{ if lesson.ready { texts.fill(&words::MINUTES, &[("n", &lesson.minutes.to_string())]) } else { String::new() } }</span>
        </>
    };
    if lesson.ready {
        html! { <Link to={Route::Lesson(lesson.id.clone())} current={(standing == Standing::Here).then_some(AttrValue::Static("step"))}>{ cells }</Link> }
    } else {
        html! { <span class="line ahead" title={texts.get(&words::NOT_WRITTEN)}>{ cells }<span class="vh">{ texts.get(&words::NOT_WRITTEN) }</span></span> }
    }
}

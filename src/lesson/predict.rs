//! Predict what a program does: the program, one box per request, and a real run that says who is right.

use backlab_course::lesson::Lesson;
use backlab_course::report::{CheckResult, CheckState, Report};
use yew::prelude::*;

use super::model::predict::{Answers, complete, question, read, shape, write};
use super::model::snippet::parts;
use super::transcript::method_class;
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_kept_later, use_progress, use_services, use_text};
use crate::platform::dom;
use crate::state::same::Same;
use crate::state::wishes::{TaskWish, Wish};
use crate::workbench::tools::checks::state_icon::state_icon;

#[derive(Properties, PartialEq)]
pub struct PredictProps {
    pub lesson: Same<Lesson>,
    /// Index of the task.
    pub at: usize,
    /// Of this task, if it was run.
    pub report: Option<Same<Report>>,
    pub checking: bool,
}

#[component]
pub fn Predict(props: &PredictProps) -> Html {
    let texts = use_text();
    let task = &props.lesson.tasks.all()[props.at];
    let progress = use_progress();
    let services = use_services();
    let kept = read(progress.task(&task.id).and_then(|kept| kept.prediction.as_deref()));
    let answers = use_state(|| kept.clone());
    let ready = complete(task, &answers);

    let input = {
        let answers = answers.clone();
        Callback::from(move |(id, event): (String, InputEvent)| {
            let mut next: Answers = (*answers).clone();
            next.insert(id, dom::value(&event));
            answers.set(next);
        })
    };
    // What is typed stays over a reload, also before it is tried.
    use_kept_later((*answers).clone(), *answers != kept, {
        let (progress, id) = (progress.clone(), task.id.clone());
        move |answers: Answers| progress.update(|progress| progress.predicted(&id, &write(&answers)))
    });
    let submit = {
        let (id, answers, progress) = (task.id.clone(), answers.clone(), progress.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            progress.update(|progress| progress.predicted(&id, &write(&answers)));
            services.wishes.make(Wish::Task(id.clone(), TaskWish::Grade((*answers).clone())));
        })
    };
    let row = |index: usize, id: &str| {
        let result = props.report.as_ref().and_then(|report| report.checks.get(index));
        let request = question(task, index).unwrap_or_default();
        let (method, path) = parts(&request);
        let (field, id, input) = (format!("predict-{}-{id}", task.id.replace('/', "-")), id.to_owned(), input.clone());
        html! {
            <li key={id.clone()}>
                <label for={field.clone()}>
                    if request.is_empty() {
                        { Html::from_html_unchecked(task.checks[index].title.clone().into()) }
                    } else {
                        <b class={method_class(method)}>{ method }</b><code>{ path.to_owned() }</code>
                    }
                </label>
                <span class="predict-in">
                    <input class="field mono" id={field} autocomplete="off" autocapitalize="off" spellcheck="false"
                        placeholder={texts.get(shape(task))} value={answers.get(&id).cloned().unwrap_or_default()}
                        oninput={move |event| input.emit((id.clone(), event))} />
                    if let Some(result) = result {
                        { state_icon(result.state) }
                    }
                </span>
                { result.map(reason).unwrap_or_default() }
            </li>
        }
    };
    html! {
        <form class="predict" onsubmit={submit}>
            if let Some(program) = &task.program {
                <div class="snip"><div class="code nums" role="region" tabindex="0" aria-label={texts.get(&words::PREDICT_PROGRAM)}>
                    { Html::from_html_unchecked(program.clone().into()) }
                </div></div>
            }
            <ul>{ for task.checks.iter().enumerate().map(|(index, check)| row(index, &check.id)) }</ul>
            <div class="predict-foot">
                <span class="muted grow">{ if ready { "" } else { texts.get(&words::PREDICT_FILL) } }</span>
                <button class="btn accent" disabled={!ready} aria-busy={props.checking.then_some("true")}>{ draw_icon("play", "s") }{ texts.get(&words::PREDICT_TRY) }</button>
            </div>
        </form>
    }
}

/// Why a prediction was wrong; the right one stays for the learner to find.
fn reason(result: &CheckResult) -> Html {
    match (&result.state, &result.cause) {
        (CheckState::Fail, Some(cause)) => html! {
            <p class="predict-why" role="status">
                <b>{ Html::from_html_unchecked(cause.what.clone().into()) }</b>{ " " }
                { Html::from_html_unchecked(cause.why.clone().into()) }{ " " }
                { Html::from_html_unchecked(cause.next.clone().into()) }
            </p>
        },
        (CheckState::Pass, _) => html! { <p class="predict-why">{ Html::from_html_unchecked(result.why.clone().into()) }</p> },
        _ => Html::default(),
    }
}

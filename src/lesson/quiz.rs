//! A question with one right option: choose, answer, read why, try again.

use backlab_course::lesson::{Quiz as Question, QuizOption};
use yew::prelude::*;

use super::model::quiz::{QuizState, Verdict};
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct QuizProps {
    pub quiz: Question,
    /// The answer kept in the progress.
    #[prop_or_default]
    pub answer: Option<usize>,
    /// The option that was marked and not answered, kept there too.
    #[prop_or_default]
    pub marked: Option<usize>,
    pub on_mark: Callback<usize>,
    /// Index of the option and whether it is right.
    pub on_answer: Callback<(usize, bool)>,
}

#[component]
pub fn Quiz(props: &QuizProps) -> Html {
    let texts = use_text();
    let state = use_state(|| QuizState::restore(&props.quiz, props.answer, props.marked));
    let verdict = state.verdict(&props.quiz);

    let choose = {
        let (state, quiz, told) = (state.clone(), props.quiz.clone(), props.on_mark.clone());
        Callback::from(move |index: usize| {
            let mut next = (*state).clone();
            next.choose(&quiz, index);
            told.emit(index);
            state.set(next);
        })
    };
    let submit = {
        let (state, quiz, told) = (state.clone(), props.quiz.clone(), props.on_answer.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let mut next = (*state).clone();
            next.answer(&quiz);
            if let Some(index) = next.answered {
                told.emit((index, next.verdict(&quiz) == Verdict::Right));
            }
            state.set(next);
        })
    };
    let option = |index: usize, option: &QuizOption| {
        let tried = state.wrong.contains(&index);
        let solved = verdict == Verdict::Right && state.answered == Some(index);
        let (name, choose) = (props.quiz.id.clone(), choose.clone());
        html! {
            <label key={index} class={classes!("opt", solved.then_some("right"), tried.then_some("wrong"))}>
                <input type="radio" {name} checked={state.chosen == Some(index)} disabled={verdict == Verdict::Right && !solved}
                    onchange={move |_| choose.emit(index)} />
                <span>{ Html::from_html_unchecked(option.html.clone().into()) }</span>
                if solved {
                    { draw_icon("check", "c-ok") }
                } else if tried {
                    <span class="c-bad" role="img" aria-label={texts.get(&words::WRONG_OPTION)}>{ draw_icon("x", "") }</span>
                }
            </label>
        }
    };

    html! {
        <form id={props.quiz.id.clone()} class="lesson-quiz" onsubmit={submit}>
            <fieldset class="quiz">
                <legend>{ Html::from_html_unchecked(props.quiz.question.clone().into()) }</legend>
                { for props.quiz.options.iter().enumerate().map(|(index, item)| option(index, item)) }
                <div class="quiz-foot">
                    <div class="why" role="status">
                        if verdict != Verdict::Unanswered {
                            <strong>{ texts.get(if verdict == Verdict::Right { &words::RIGHT } else { &words::NOT_QUITE }) }{ " " }</strong>
                            { Html::from_html_unchecked(state.feedback(&props.quiz).unwrap_or_default().to_owned().into()) }
                        }
                    </div>
                    if verdict != Verdict::Right {
                        <button class="btn" disabled={!state.can_answer(&props.quiz)}>{ texts.get(&words::ANSWER) }</button>
                    }
                </div>
            </fieldset>
        </form>
    }
}

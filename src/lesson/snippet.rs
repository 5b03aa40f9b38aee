//! A runnable example: code that can be changed, Run, one Send per request, and what it did.

use backlab_course::lesson::{Lesson, Snippet as Example};
use yew::prelude::*;

use super::model::snippet::{ENTRY, distinct, parts};
use super::runner::{Busy, use_runner};
use super::transcript::TranscriptProps;
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_code_lines, use_kept_later, use_progress, use_text, use_toasts};
use crate::parts::{TRANSCRIPT, lazy};
use crate::platform::{clipboard, dom};
use crate::state::same::Same;

#[derive(Properties, PartialEq)]
pub struct SnippetProps {
    pub lesson: Same<Lesson>,
    pub snippet: Example,
}

/// Draws an example that is only shown.
pub fn shown(snippet: &Example) -> Html {
    html! { <div key={snippet.id.clone()} class="snip"><div class="code wrap">{ Html::from_html_unchecked(snippet.html.clone().into()) }</div></div> }
}

#[component]
pub fn Runnable(props: &SnippetProps) -> Html {
    let texts = use_text();
    let toasts = use_toasts();
    let snippet = &props.snippet;
    // The last line feed would show as an empty line.
    let original = snippet.code.trim_end_matches('\n').to_owned();
    let progress = use_progress();
    let kept = progress
        .lesson(&props.lesson.id)
        .and_then(|lesson| lesson.snippets.get(&snippet.id));
    let code = use_state(|| kept.unwrap_or(&original).clone());
    let edited = *code != original;
    use_kept_later((*code).clone(), edited || kept.is_some(), {
        let (progress, lesson, id) = (progress.clone(), props.lesson.id.clone(), snippet.id.clone());
        move |code: String| progress.update(|progress| progress.edit_snippet(&lesson, &id, edited.then_some(code)))
    });
    let runner = use_runner(&props.lesson, snippet, "example");
    let run = {
        let (runner, code) = (runner.clone(), code.clone());
        Callback::from(move |()| runner.run((*code).clone()))
    };
    let send = {
        let (runner, code) = (runner.clone(), code.clone());
        Callback::from(move |index: usize| runner.send((*code).clone(), index))
    };
    let reset = {
        let (runner, code, original) = (runner.clone(), code.clone(), original.clone());
        Callback::from(move |_: MouseEvent| {
            code.set(original.clone());
            runner.clear();
        })
    };
    let copy = {
        let (text, copied) = ((*code).clone(), texts.get(&words::COPIED));
        Callback::from(move |_: MouseEvent| {
            let (text, toasts) = (text.clone(), toasts.clone());
            crate::platform::spawn(async move {
                if clipboard::copy(&text).await {
                    toasts.say("copy", copied);
                }
            });
        })
    };
    let keys = {
        let run = run.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                event.stop_propagation();
                run.emit(());
            }
        })
    };
    let input = {
        let code = code.clone();
        Callback::from(move |event: InputEvent| code.set(dom::value(&event)))
    };
    let running = runner.busy() == Some(Busy::Run);
    let label = if running {
        &words::RUNNING
    } else if runner.has_run() {
        &words::RUN_AGAIN
    } else {
        &words::RUN
    };
    let lines = use_code_lines(ENTRY, if edited { &code } else { "" });
    let shown = if edited {
        lines.iter().map(|line| format!("<span class=\"ln\">{line}</span>")).collect()
    } else {
        snippet.html.clone()
    };

    html! {
        <section role="group" class="snip run" id={snippet.id.clone()} aria-label={texts.get(&words::RUNNABLE)}>
            <header>
                { draw_icon("code", "s") }
                <span>{ texts.get(if edited { &words::EDITED } else { &words::EXAMPLE }) }</span>
                <span class="grow"></span>
                if edited {
                    <button type="button" class="ib sm" aria-label={texts.get(&words::RESET)} title={texts.get(&words::RESET)} onclick={reset}>{ draw_icon("reset", "s") }</button>
                }
                <button type="button" class="ib sm" aria-label={texts.get(&words::COPY)} title={texts.get(&words::COPY)} onclick={copy}>{ draw_icon("copy", "s") }</button>
                <button type="button" class="btn sm" aria-label={texts.get(&words::RUN_EXAMPLE)} aria-busy={running.then_some("true")} onclick={run.reform(|_: MouseEvent| ())}>
                    { draw_icon("play", "s") }{ texts.get(label) }
                </button>
            </header>
            <div class="snip-ed">
                <div class="snip-in">
                    <div class="code nums" aria-hidden="true">{ Html::from_html_unchecked(shown.into()) }</div>
                    <textarea class="snip-text" aria-label={texts.get(&words::EXAMPLE_CODE)} spellcheck="false" autocomplete="off" autocapitalize="off"
                        wrap="off" value={(*code).clone()} oninput={input} onkeydown={keys} />
                </div>
            </div>
            if !snippet.requests.is_empty() {
                <div class="snip-send">
                    for (index, request) in distinct(&snippet.requests) {
                        <button key={index} type="button" class="btn sm" aria-busy={(runner.busy() == Some(Busy::Send(index))).then_some("true")}
                            onclick={send.reform(move |_: MouseEvent| index)}>
                            { draw_icon("send", "s") }{ texts.get(&words::SEND) }{ " " }
                            <code>{ format!("{} {}", parts(&request.request).0, parts(&request.request).1) }</code>
                        </button>
                    }
                </div>
            }
            if runner.has_run() {
                { lazy(&TRANSCRIPT, TranscriptProps { entries: runner.transcript().entries }) }
            }
        </section>
    }
}

//! What a snippet did: console, requests and answers, in order.

use backlab_course::lesson::SnippetRequest;
use yew::prelude::*;

use super::model::snippet::parts;
use super::model::transcript::{Answer, Entry};
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::i18n::Texts;
use crate::workbench::format;

#[derive(Properties, PartialEq, Clone)]
pub struct TranscriptProps {
    pub entries: Vec<Entry>,
}

#[component]
pub fn TranscriptView(props: &TranscriptProps) -> Html {
    let texts = use_text();
    html! {
        <div class="tscript" role="log" aria-live="off" aria-label={texts.get(&words::TRANSCRIPT)}>
            for (index, entry) in props.entries.iter().enumerate() {
                <div key={index} class={classes!("tl", class(entry))}>{ line(entry, &texts) }</div>
            }
        </div>
    }
}

fn class(entry: &Entry) -> &'static str {
    match entry {
        Entry::Listening(_) | Entry::Ended(_) => "sys",
        Entry::Console(_) => "con-l",
        Entry::Sent(_) => "sent-l",
        Entry::Answer(_) => "ans-l",
        Entry::NoAnswer | Entry::Refused => "warn-l",
        Entry::Failed(_) | Entry::Problem(_) => "bad-l",
    }
}

fn line(entry: &Entry, texts: &Texts) -> Html {
    match entry {
        Entry::Listening(ports) => {
            let port = ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
            html! { <>{ draw_icon("live", "s") }<span>{ texts.fill(&words::LISTENING, &[("port", &port)]) }</span></> }
        }
        Entry::Console(text) => html! { <>{ draw_icon("term", "s") }<samp>{ text }</samp></> },
        Entry::Sent(request) => sent(request),
        Entry::Answer(received) => answer(received, texts),
        Entry::NoAnswer => html! { <>{ draw_icon("clock", "s") }<span>{ texts.get(&words::NO_ANSWER) }</span></> },
        Entry::Refused => html! { <>{ draw_icon("x", "s") }<span>{ texts.get(&words::REFUSED) }</span></> },
        Entry::Ended(code) => {
            html! { <>{ draw_icon("stop", "s") }<span>{ texts.fill(&words::ENDED, &[("code", &code.to_string())]) }</span></> }
        }
        Entry::Failed(error) => {
            let place = match (&error.file, error.line) {
                (Some(file), Some(line)) => format!(" ({file}:{line})"),
                _ => String::new(),
            };
            html! { <>{ draw_icon("x", "s") }<samp>{ format!("{}: {}{place}", error.name, error.message) }</samp></> }
        }
        Entry::Problem(message) => html! { <>{ draw_icon("warn", "s") }<span>{ message }</span></> },
    }
}

fn sent(request: &SnippetRequest) -> Html {
    let (method, path) = parts(&request.request);
    html! {
        <>
            { draw_icon("arrow-r", "s") }
            <div>
                <span class="tl-head"><b class={method_class(method)}>{ method }</b><code>{ path.to_owned() }</code></span>
                for (name, value) in request.headers.iter() {
                    <span class="tl-h"><b>{ name }</b>{ format!(": {value}") }</span>
                }
                if let Some(body) = &request.body {
                    <samp>{ body }</samp>
                }
            </div>
        </>
    }
}

fn answer(answer: &Answer, texts: &Texts) -> Html {
    let status = answer.status;
    html! {
        <>
            { draw_icon("arrow-l", "s") }
            <div>
                <span class="tl-head">
                    <b class={classes!("st", format!("st-{}", status / 100))}>{ status }</b>
                    for (name, value) in answer.headers.iter() {
                        <span class="tl-h"><b>{ name }</b>{ format!(": {value}") }</span>
                    }
                </span>
                if !answer.body.is_empty() {
                    <samp>{ &answer.body }</samp>
                }
                if !answer.more.is_empty() {
                    <details>
                        <summary>{ texts.fill(&words::MORE_HEADERS, &[("count", &answer.more.len().to_string())]) }</summary>
                        for (name, value) in answer.more.iter() {
                            <span class="tl-h"><b>{ name }</b>{ format!(": {value}") }</span>
                        }
                    </details>
                }
            </div>
            if let Some(ms) = answer.ms {
                <span class="muted num">{ format::duration(ms) }</span>
            }
        </>
    }
}

/// The design's colour of a method.
pub fn method_class(method: &str) -> Classes {
    let colour = match method.to_ascii_uppercase().as_str() {
        "GET" | "HEAD" => "m-get",
        "POST" => "m-post",
        "PUT" => "m-put",
        "PATCH" => "m-patch",
        "DELETE" => "m-delete",
        _ => "",
    };
    classes!("m", colour)
}

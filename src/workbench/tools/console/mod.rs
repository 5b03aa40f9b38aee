//! The Console tool: what the program printed, and a prompt into it.

pub mod lines;
mod prompt;

use std::collections::BTreeMap;

use backlab_course::trace::ConsoleLine;
use yew::prelude::*;

use crate::hooks::{use_session_part, use_text};
use crate::i18n::{Message, Texts};
use crate::platform::{dom, pane, time};
use crate::state::workspace::SessionHandle;
use crate::workbench::editor::marks::find_file;
use crate::workbench::view::IconButton;
use crate::workbench::{format, words};
use lines::{Level, class, parts, place, shown, source, starts_group};
use prompt::Prompt;

/// Lines drawn at first; older ones come by a button, so that a flood stays quick.
const DRAWN: usize = 300;
const NAMES: [Message; 4] = [words::LEVEL_ALL, words::LEVEL_LOG, words::LEVEL_WARNINGS, words::LEVEL_ERRORS];

#[component]
pub fn ConsoleTool() -> Html {
    let texts = use_text();
    let (console, session) = use_session_part(|session| session.console.clone());
    let level = use_state_eq(Level::default);
    let search = use_state_eq(String::new);
    let more = use_state_eq(|| 0_usize);
    let node = use_node_ref();
    // Follows the output while the view is at its end.
    let follow = use_mut_ref(|| true);
    let onscroll = {
        let (node, follow) = (node.clone(), follow.clone());
        Callback::from(move |_: Event| *follow.borrow_mut() = pane::is_at_end(&node))
    };
    use_effect_with((console.last().map(|line| line.seq), console.len()), {
        let (node, follow) = (node.clone(), follow.clone());
        move |_| {
            if *follow.borrow() {
                pane::scroll_to(&node, f64::from(i32::MAX));
            }
        }
    });
    let oninput = {
        let search = search.clone();
        Callback::from(move |event: InputEvent| search.set(dom::value(&event)))
    };
    let clear = {
        let session = session.clone();
        Callback::from(move |_: MouseEvent| session.clear_console())
    };
    let left = shown(&console, *level, &search);
    let from = left.len().saturating_sub(DRAWN * (*more + 1));
    let show_more = {
        let more = more.clone();
        move |_| more.set(*more + 1)
    };
    html! {
        <div class="con">
            <div class="con-bar">
                <div class="seg" role="group" aria-label={texts.get(&words::SHOW)}>
                    for (at, (one, name)) in Level::ALL.into_iter().zip(NAMES).enumerate() {
                        <button key={at} type="button" aria-pressed={(*level == one).to_string()} onclick={let level = level.clone(); move |_| level.set(one)}>{ texts.get(&name) }</button>
                    }
                </div>
                <input class="field" type="search" placeholder={texts.get(&words::FILTER)} aria-label={texts.get(&words::FILTER_CONSOLE)} value={(*search).clone()} {oninput} />
                <span class="grow"></span>
                <IconButton icon="trash" label={texts.get(&words::CLEAR_CONSOLE)} onclick={clear} disabled={console.is_empty()} />
            </div>
            <div ref={node} class="log pane-scroll inset" role="log" aria-live="off" aria-label={texts.get(&words::CONSOLE_OUTPUT)} tabindex="0" {onscroll}>
                if console.is_empty() {
                    <div class="empty"><h3>{ texts.get(&words::QUIET_CONSOLE) }</h3><p>{ texts.get(&words::QUIET_CONSOLE_NEXT) }</p></div>
                } else if left.is_empty() {
                    <div class="empty"><p>{ texts.get(&words::NO_LINE_FITS) }</p></div>
                }
                if from > 0 { <div class="more"><button type="button" class="link" onclick={show_more}>{ texts.fill(&words::EARLIER_LINES, &[("count", &format::count(from.min(DRAWN), "line"))]) }</button></div> }
                for (at, index) in left.iter().enumerate().skip(from) {
                    { view_line(&texts, &session, &console[*index], at.checked_sub(1).and_then(|before| left.get(before)).map(|before| &console[*before])) }
                }
            </div>
            <Prompt />
        </div>
    }
}

fn view_line(texts: &Texts, session: &SessionHandle, line: &ConsoleLine, before: Option<&ConsoleLine>) -> Html {
    let (first, rest) = parts(line);
    html! {
        <div class={classes!("line", class(line), starts_group(before, line).then_some("grp"))}>
            <time>{ format::clock(line.at, time::offset(line.at)) }</time>
            { view_request(texts, session, line.trace) }
            <span class="x">{ first.to_owned() }</span>
            { view_place(texts, session, line, &session.files) }
            if let Some(rest) = rest { <span class="stack">{ rest.to_owned() }</span> }
        </div>
    }
}

fn view_request(texts: &Texts, session: &SessionHandle, trace: Option<u32>) -> Html {
    let Some(id) = trace else {
        return html! { <span class="id"></span> };
    };
    let session = session.clone();
    let onclick = move |_| {
        session.show_trace(Some(id));
        session.show_tool(crate::state::session::Tool::Trace);
    };
    html! { <button type="button" class="id" title={texts.fill(&words::OPEN_TRACE, &[("id", &id.to_string())])} {onclick}>{ format!("#{id}") }</button> }
}

fn view_place(texts: &Texts, session: &SessionHandle, line: &ConsoleLine, files: &BTreeMap<String, String>) -> Html {
    let (Some(label), Some(file), Some(number)) = (place(line), &line.file, line.line) else {
        return html! { <span class="at">{ source(line).map(|message| texts.get(&message)) }</span> };
    };
    let Some(path) = find_file(files, file) else {
        return html! { <span class="at">{ label }</span> };
    };
    let session = session.clone();
    let onclick = move |_| session.go_to(&path, number);
    html! { <button type="button" class="at" {onclick}>{ label }</button> }
}

//! The panel under the lane: what the chosen hop changed, and the evidence for it.

use std::rc::Rc;

use backlab_course::trace::{Matched, Trace, Tried};
use yew::prelude::*;

use super::detail_model::{Detail, Evidence, Row, of_hop};
use super::lane_model::Lane;
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::{Message, Texts};
use crate::state::same::Same;
use crate::state::workspace::SessionHandle;
use crate::workbench::editor::marks::find_file;

/// Lines shown before and after the line that is meant.
const AROUND: u32 = 2;
/// Lines shown before the end of a function that called nothing.
const BEFORE_END: u32 = 5;

/// What a line of code is shown for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// The function begins here.
    Here,
    Failed,
    /// The function ended here and had called nothing.
    Ended,
}

#[derive(Properties, PartialEq)]
pub struct HopDetailProps {
    pub trace: Same<Trace>,
    pub lane: Rc<Lane>,
    pub hop: usize,
    #[prop_or_default]
    pub phone: bool,
}

#[component]
pub fn HopDetail(props: &HopDetailProps) -> Html {
    let texts = use_text();
    let ((files, edit), session) = use_session_part(|session| (session.files.clone(), session.edit));
    let Some(hop) = props.lane.hops.get(props.hop) else {
        return Html::default();
    };
    let detail = of_hop(&props.trace, hop, &texts);
    let old = props.trace.edit.is_some_and(|traced| traced != edit);
    let evidence = match &detail.evidence {
        Evidence::None => None,
        Evidence::Place { file, line, ended } => {
            let path = find_file(&files, file).unwrap_or_else(|| file.clone());
            Some(view_place(
                &texts,
                &session,
                &path,
                *line,
                files.get(&path).map(String::as_str),
                old.then_some(props.trace.edit).flatten(),
                if *ended {
                    Mark::Ended
                } else if detail.stop.is_some() {
                    Mark::Failed
                } else {
                    Mark::Here
                },
            ))
        }
        Evidence::Wire { heading, lines } => Some(view_wire(texts.get(heading), lines)),
        Evidence::Facts { heading, rows } => Some(view_facts(&texts, texts.get(heading), rows)),
    };
    let role = (!props.phone).then_some("tabpanel");
    let labelled = (!props.phone).then(|| format!("h-{}-{}", props.trace.id, props.hop));
    let one = evidence.is_none() && detail.rows.is_empty() && detail.stop.is_none() && detail.tried.is_empty();
    if one {
        return html! { <div class="hop-d one" id="hop-detail" {role} aria-labelledby={labelled} tabindex="0"><p class="soft">{ &detail.text }</p></div> };
    }
    html! {
        <div class="hop-d inset" id="hop-detail" {role} aria-labelledby={labelled} tabindex="0">
            <div>
                { view_stop(&detail, &texts) }
                { view_changes(&detail, &texts) }
                { view_tried(&texts, &session, &detail.tried) }
            </div>
            { evidence }
        </div>
    }
}

fn view_stop(detail: &Detail, texts: &Texts) -> Html {
    let Some(stop) = &detail.stop else { return Html::default() };
    html! {
        <div class="why-stop">
            <h3>{ draw_icon("stop", "") }{ &stop.title }</h3>
            <p><b>{ texts.get(&words::WHY) }</b>{ &stop.why }</p>
            <p><b>{ texts.get(&words::NEXT) }</b>{ &stop.next }</p>
        </div>
    }
}

fn view_changes(detail: &Detail, texts: &Texts) -> Html {
    if detail.stop.is_some() && detail.rows.iter().all(|row| row.sign == "=") {
        return Html::default();
    }
    html! {
        <div class="chg">
            if !detail.rows.is_empty() {
                <span class="label">{ texts.get(&words::CHANGED) }</span>
                <dl>for (at, row) in detail.rows.iter().enumerate() { { view_row(at, row) } }</dl>
            }
            if detail.stop.is_none() { <p>{ &detail.text }</p> }
        </div>
    }
}

fn view_row(at: usize, row: &Row) -> Html {
    let class = match row.sign {
        "+" => "c-ok",
        "~" => "c-warn",
        "−" => "c-bad",
        _ => "",
    };
    html! {
        <div key={at}>
            <dt {class}>{ row.sign }</dt>
            <dd><code>{ &row.path }</code>{ " " }<span>
                if let Some(before) = &row.before { <del>{ before }</del> }
                { &row.after }
            </span></dd>
        </div>
    }
}

fn view_tried(texts: &Texts, session: &SessionHandle, tried: &[Tried]) -> Html {
    if tried.is_empty() {
        return Html::default();
    }
    let matched = tried.iter().filter(|tried| tried.matched == Matched::Yes).count();
    html! {
        <details class="tried">
            <summary>{ texts.fill(&words::TRIED, &[("layers", &crate::workbench::format::count(tried.len(), "layer")), ("matched", &matched.to_string())]) }</summary>
            <ul>
                for (at, one) in tried.iter().enumerate() {
                    <li key={at}>
                        { match one.matched {
                            Matched::Yes => html! { { draw_icon("check", "s c-ok") } },
                            Matched::Path => html! { { draw_icon("warn", "s c-warn") } },
                            _ => html! { { draw_icon("x", "s") } },
                        } }
                        <span><code>{ &one.name }</code>{ texts.get(match one.matched {
                            Matched::Yes => &words::MATCHED,
                            Matched::Path => &words::PATH_ONLY,
                            Matched::Error => &words::FOR_ERRORS,
                            Matched::No => &words::NO_MATCH,
                        }) }</span>
                        { place_link(session, one.file.as_deref(), one.line) }
                    </li>
                }
            </ul>
        </details>
    }
}

/// A button that puts the caret at a place, or nothing when the place is unknown.
fn place_link(session: &SessionHandle, file: Option<&str>, line: Option<u32>) -> Html {
    let (Some(file), Some(line)) = (file, line) else {
        return Html::default();
    };
    let Some(path) = find_file(&session.files, file) else {
        return html! { <span class="muted">{ format!("{file}:{line}") }</span> };
    };
    let label = format!("{path}:{line}");
    let session = session.clone();
    let onclick = move |_| session.go_to(&path, line);
    html! { <button type="button" class="link" {onclick}>{ label }</button> }
}

fn view_place(
    texts: &Texts,
    session: &SessionHandle,
    path: &str,
    line: u32,
    text: Option<&str>,
    old_edit: Option<u32>,
    mark: Mark,
) -> Html {
    let open = {
        let (session, path) = (session.clone(), path.to_owned());
        move |_| session.go_to(&path, line)
    };
    let place = format!("{path}:{line}");
    let label = match old_edit {
        Some(edit) => texts.fill(&words::OLD_PLACE, &[("place", &place), ("edit", &edit.to_string())]),
        None => place,
    };
    let ended = mark == Mark::Ended;
    let class = if mark == Mark::Here { "hl" } else { "del" };
    html! {
        <div class="src">
            <div class="src-h"><span class="label">{ label }</span>
                if text.is_some() { <button type="button" class="link" onclick={open}>{ texts.get(&words::OPEN_IN_EDITOR) }</button> }
            </div>
            if let Some(text) = text {
                <div class="code s12" tabindex="0">
                    for (number, code) in excerpt(text, line, if ended { BEFORE_END } else { AROUND }) {
                        <span key={number} class={classes!("ln", (number == line).then_some(class))} data-n={number.to_string()}>{ if code.is_empty() { " " } else { code } }if ended && number == line { <span class="lens c-bad">{ texts.get(&words::ENDED_HERE) }</span> }</span>
                    }
                </div>
            }
        </div>
    }
}

/// `before` lines before a line, itself and some behind it, with their numbers.
fn excerpt(text: &str, line: u32, before: u32) -> Vec<(u32, &str)> {
    let from = line.saturating_sub(before).max(1);
    (from..)
        .zip(text.lines().skip(from as usize - 1))
        .take((line + AROUND + 1 - from) as usize)
        .collect()
}

fn view_wire(heading: &str, lines: &[String]) -> Html {
    html! {
        <div class="src">
            <div class="src-h"><span class="label">{ heading.to_owned() }</span></div>
            <div class="code s12" tabindex="0">for (at, line) in lines.iter().enumerate() { <span key={at} class="ln">{ if line.is_empty() { " " } else { line } }</span> }</div>
        </div>
    }
}

fn view_facts(texts: &Texts, heading: &str, rows: &[(Message, String)]) -> Html {
    html! {
        <div class="src">
            <div class="src-h"><span class="label">{ heading.to_owned() }</span></div>
            <dl class="work-row">for (name, value) in rows { <><dt>{ texts.get(name) }</dt><dd>{ value }</dd></> }</dl>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts() {
        let text = "a\nb\nc\nd\ne\nf";
        for (line, wanted) in [
            (1, vec![(1, "a"), (2, "b"), (3, "c")]),
            (4, vec![(2, "b"), (3, "c"), (4, "d"), (5, "e"), (6, "f")]),
            (9, vec![]),
        ] {
            assert_eq!(excerpt(text, line, AROUND), wanted);
        }
    }
}

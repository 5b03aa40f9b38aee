//! Two versions of a file, side by side; on a narrow screen one below the other.

use std::rc::Rc;

use yew::prelude::*;

use super::hunks::{self, Comparison, Numbered, Row, action, apply};
use super::words;
use crate::components::draw_icon;
use crate::hooks::{use_code_lines, use_text};
use crate::i18n::Texts;
use crate::lesson::model::text::escape;
use crate::platform::dom;
use crate::state::compare::{Against, Compare};
use crate::state::session::Files;

/// The element that takes the focus.
const REGION: &str = "compare";

/// Lines of HTML.
type Lines = Rc<Vec<String>>;

#[derive(Properties, PartialEq)]
pub struct CompareViewProps {
    pub compare: Rc<Compare>,
    pub mine: Rc<Files>,
    /// The file in the editor; shown first when it is compared.
    pub active: AttrValue,
    /// True while nothing may be changed.
    #[prop_or_default]
    pub readonly: bool,
    pub on_close: Callback<()>,
    /// A file was chosen.
    pub on_select: Callback<String>,
    /// A file's path and its text with one hunk taken over.
    pub on_use: Callback<(String, String)>,
}

#[component]
pub fn CompareView(props: &CompareViewProps) -> Html {
    let texts = use_text();
    use_effect_with((), |()| dom::focus_id(REGION));
    let compared = |path: &String| props.compare.files.contains_key(path);
    let differing = |path: &&String| props.mine.get(*path).map(String::as_str).unwrap_or_default() != props.compare.files[*path];
    let active = props.active.to_string();
    let path = if compared(&active) {
        Some(active)
    } else {
        props
            .compare
            .files
            .keys()
            .find(differing)
            .or(props.compare.files.keys().next())
            .cloned()
    };
    let path = path.unwrap_or_default();
    let text = |files: &Files| files.get(&path).cloned().unwrap_or_default();
    let (mine, other) = (text(&props.mine), text(&props.compare.files));
    let colours = (use_code_lines(&path, &mine), use_code_lines(&path, &other));
    let comparison = hunks::compare(&mine, &other);
    let summary = match comparison.hunks.len() {
        0 => texts.get(&words::NONE).to_owned(),
        1 => texts.get(&words::ONE).to_owned(),
        count => texts.fill(&words::MANY, &[("count", &count.to_string())]),
    };
    let choose = props.on_select.reform(|event: Event| dom::value(&event));
    let on_use = {
        let (told, path, mine, other, hunks) = (props.on_use.clone(), path.clone(), mine.clone(), other, comparison.hunks.clone());
        Callback::from(move |index: usize| {
            if let Some(hunk) = hunks.get(index) {
                told.emit((path.clone(), apply(&mine, &other, hunk)));
                // The pressed button goes with its hunk.
                dom::focus_id(REGION);
            }
        })
    };
    let leave = {
        let close = props.on_close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    let title = match props.compare.against {
        Against::Solution => &words::SOLUTION,
        Against::Starter => &words::STARTER,
    };
    html! {
        <div class="cmp" id={REGION} role="region" tabindex="-1" aria-label={texts.get(&words::REGION)} onkeydown={leave}>
            <div class="bar">
                <strong>{ texts.fill(&words::COMPARE, &[("file", &path)]) }</strong>
                if props.compare.files.len() > 1 {
                    <select class="field" aria-label={texts.get(&words::FILE)} onchange={choose}>
                        for other in props.compare.files.keys() {
                            <option value={other.clone()} selected={*other == path}>{ other.clone() }</option>
                        }
                    </select>
                }
                <span class="muted clip" role="status">{ summary }</span>
                <span class="grow"></span>
                <button type="button" class="btn sm quiet" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ draw_icon("x", "s") }{ texts.get(&words::CLOSE) }</button>
            </div>
            <div class="cmp-rows pane-scroll inset code s12 wrap" role="table" tabindex="0" aria-label={texts.fill(&words::COMPARE, &[("file", &path)])}>
                <div class="cmp-row cmp-h" role="row">
                    <span role="columnheader">{ texts.get(&words::YOURS) }</span>
                    <span role="columnheader">{ texts.get(title) }</span>
                </div>
                if !props.mine.contains_key(&path) {
                    <p class="cmp-note">{ texts.get(&words::NOT_THERE) }</p>
                }
                { rows(&comparison, &colours, props.readonly, &on_use, &texts) }
            </div>
            if !props.compare.why.is_empty() {
                <footer><b>{ texts.get(&words::WHY) }</b><div>{ Html::from_html_unchecked(props.compare.why.clone().into()) }</div></footer>
            }
        </div>
    }
}

fn rows(
    comparison: &Comparison,
    (mine_lines, other_lines): &(Lines, Lines),
    readonly: bool,
    on_use: &Callback<usize>,
    texts: &Texts,
) -> Html {
    let mut last = None;
    let mut drawn: Vec<Html> = Vec::new();
    for (at, row) in comparison.rows.iter().enumerate() {
        drawn.push(match row {
            Row::Same { mine, other } => html! {
                <div key={at} class="cmp-row same" role="row">{ cell(Some(mine), mine_lines, "") }{ cell(Some(other), other_lines, "twin") }</div>
            },
            Row::Gap(count) => html! { <div key={at} class="cmp-gap" role="row"><span role="cell">{ texts.fill(&words::SAME_LINES, &[("count", &count.to_string())]) }</span></div> },
            Row::Changed { mine, other, .. } => html! {
                <div key={at} class="cmp-row changed" role="row">{ cell(mine.as_ref(), mine_lines, "del") }{ cell(other.as_ref(), other_lines, "add") }</div>
            },
        });
        if let Row::Changed { hunk, .. } = row {
            last = Some(*hunk);
        }
        let ends = match comparison.rows.get(at + 1) {
            Some(Row::Changed { hunk, .. }) => last != Some(*hunk),
            _ => true,
        };
        if let (Some(hunk), true, false) = (last, ends, readonly) {
            let label = comparison.hunks.get(hunk).map(|hunk| action(hunk, texts)).unwrap_or_default();
            drawn.push(html! {
                <div key={format!("use-{hunk}")} class="cmp-use" role="row"><span role="cell">
                    <button type="button" class="btn sm" onclick={on_use.reform(move |_: MouseEvent| hunk)}>{ label }</button>
                </span></div>
            });
            last = None;
        }
    }
    drawn.into_iter().collect()
}

/// One side of a row; a side without a line is a blank.
fn cell(line: Option<&Numbered>, lines: &Lines, class: &'static str) -> Html {
    match line {
        Some((number, text)) => {
            let html = lines.get(number - 1).cloned().unwrap_or_else(|| escape(text));
            html! { <span role="cell" class={classes!("ln", class)} data-n={number.to_string()}>{ Html::from_html_unchecked(html.into()) }</span> }
        }
        None => html! { <span role="cell" class="ln blank"></span> },
    }
}

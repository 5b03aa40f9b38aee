//! The body of a response: JSON laid out in lines that fold, anything else as it came; long ones scroll virtually.

use std::rc::Rc;

use yew::prelude::*;

use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;
use crate::i18n::Texts;
use crate::state::protocol::WireResponse;
use crate::workbench::format;
use crate::workbench::tools::json_lines::{Line, folded_text, plain, pretty, tokens, visible};
use crate::workbench::virtual_list::VirtualList;

/// Bodies with more lines are not wrapped, so that every row is equally high and only those in sight are drawn.
const WRAPPED: usize = 400;
const ROW: f64 = 20.0;

#[derive(Properties, PartialEq)]
pub struct BodyLinesProps {
    pub response: Rc<WireResponse>,
    /// Laid out; otherwise the message as it came over the wire.
    pub pretty: bool,
}

#[component]
pub fn BodyLines(props: &BodyLinesProps) -> Html {
    let texts = use_text();
    let text = use_memo(
        (props.response.clone(), props.pretty, texts.clone()),
        |(response, pretty, texts)| {
            if *pretty {
                laid_out(response, texts)
            } else {
                (raw(response), false)
            }
        },
    );
    let (lines, json) = (&text.0, text.1);
    let folded = use_state(Vec::<usize>::new);
    use_effect_with(props.response.clone(), {
        let folded = folded.clone();
        move |_| folded.set(Vec::new())
    });
    let toggle = {
        let folded = folded.clone();
        Callback::from(move |at: usize| {
            let mut now = (*folded).clone();
            match now.iter().position(|one| *one == at) {
                Some(place) => drop(now.remove(place)),
                None => now.push(at),
            }
            folded.set(now);
        })
    };
    let shown = visible(lines, &folded);
    let view = {
        let (text, texts, folded, toggle) = (text.clone(), texts.clone(), (*folded).clone(), toggle.clone());
        move |at: usize| view_line(&text.0, at, folded.contains(&at), json, &toggle, &texts)
    };
    if props.response.body.is_empty() && props.pretty {
        return html! { <div class="empty"><p>{ texts.get(&words::EMPTY_BODY) }</p></div> };
    }
    if shown.len() > WRAPPED {
        let len = shown.len();
        let row = Callback::from(move |at: usize| view(shown[at]));
        return html! { <VirtualList {len} row_height={ROW} {row} class="rs-body code" label={texts.get(&words::RESPONSE_BODY)} /> };
    }
    html! {
        <div class="rs-body pane-scroll inset" tabindex="0" role="region" aria-label={texts.get(&words::RESPONSE_BODY)}>
            <div class="code wrap">for at in shown { { view(at) } }</div>
        </div>
    }
}

fn view_line(lines: &[Line], at: usize, folded: bool, json: bool, toggle: &Callback<usize>, texts: &Texts) -> Html {
    let line = &lines[at];
    let text = if folded { folded_text(lines, at) } else { line.text.clone() };
    let onclick = {
        let toggle = toggle.clone();
        move |_: MouseEvent| toggle.emit(at)
    };
    html! {
        <span key={at} class={classes!("ln", folded.then_some("folded"))} data-n={(at + 1).to_string()}>
            if line.closes.is_some() {
                <button type="button" class="fold" tabindex="-1" aria-label={texts.get(if folded { &words::UNFOLD } else { &words::FOLD })} aria-expanded={(!folded).to_string()} {onclick}>{ draw_icon(if folded { "chev-r" } else { "chev-d" }, "") }</button>
            }
            if json {
                for (kind, piece) in tokens(&text) { <i class={kind.class()}>{ piece.to_owned() }</i> }
            } else if text.is_empty() { { " " } } else { { text } }
        </span>
    }
}

/// The lines of a body, and whether they are JSON.
fn laid_out(response: &WireResponse, texts: &Texts) -> (Vec<Line>, bool) {
    let kind = response.header("content-type").unwrap_or_default().to_ascii_lowercase();
    if is_binary(&kind, &response.body) {
        let kind = if kind.is_empty() { texts.get(&words::DATA) } else { &kind };
        let note = plain(&texts.fill(&words::BINARY, &[("size", &format::size(response.body.len())), ("kind", kind)]));
        return (note, false);
    }
    let text = response.text();
    match pretty(&text).filter(|_| kind.contains("json") || kind.is_empty()) {
        Some(lines) => (lines, true),
        None => (plain(&text), false),
    }
}

/// The message of RFC 9112, as it came.
fn raw(response: &WireResponse) -> Vec<Line> {
    let mut text = format!("HTTP/1.1 {}\n", format::status_line(response.status, &response.status_message));
    for (name, value) in &response.headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push('\n');
    text.push_str(&response.text());
    plain(&text)
}

fn is_binary(kind: &str, body: &[u8]) -> bool {
    [
        "image/",
        "audio/",
        "video/",
        "font/",
        "application/octet-stream",
        "application/pdf",
        "application/zip",
    ]
    .iter()
    .any(|start| kind.starts_with(start))
        && std::str::from_utf8(body).is_err()
        || body.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, body: &[u8], wanted: &[&str]) {
        let response = WireResponse {
            status: 200,
            status_message: "OK".into(),
            headers: vec![("Content-Type".into(), kind.into())],
            body: body.to_vec(),
            ..WireResponse::default()
        };
        let lines: Vec<String> = laid_out(&response, &Texts::default()).0.into_iter().map(|line| line.text).collect();
        assert_eq!(lines, wanted);
    }

    #[test]
    fn bodies() {
        check("application/json; charset=utf-8", b"[1]", &["[", "  1", "]"]);
        check("application/json", b"[1", &["[1"]);
        check("text/html", b"<p>\n[1]</p>", &["<p>", "[1]</p>"]);
        check(
            "image/png",
            &[0x89, 0, 1],
            &["3 B of image/png. Bytes like these are not shown as text."],
        );
    }

    #[test]
    fn messages() {
        let response = WireResponse {
            status: 204,
            headers: vec![("X".into(), "1".into())],
            ..WireResponse::default()
        };
        assert_eq!(
            raw(&response).into_iter().map(|line| line.text).collect::<Vec<_>>(),
            ["HTTP/1.1 204", "X: 1", ""]
        );
    }
}

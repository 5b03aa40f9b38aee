//! One route of the mock API: what it does, and a Try button that really sends it.

use std::rc::Rc;

use serde_json::Value;
use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::{Texts, mock_api::summary, pages as words};
use crate::platform::spawn;
use crate::state::protocol::{HostCommand, WireRequest, WireResponse};
use crate::state::reference::MockRoute;
use crate::state::same::Same;
use crate::state::workspace::SessionHandle;

const ORIGIN: &str = "http://localhost:4000";

#[derive(Properties, PartialEq)]
pub struct RouteProps {
    pub routes: Same<Vec<MockRoute>>,
    pub at: usize,
}

/// What came of trying.
#[derive(Debug, Clone, PartialEq)]
enum Tried {
    Not,
    Sending,
    Answered(Rc<WireResponse>),
    Failed(String),
}

#[component]
pub fn RouteRow(props: &RouteProps) -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    let tried = use_state_eq(|| Tried::Not);
    let route = &props.routes[props.at];
    let try_it = {
        let (routes, at, tried, texts) = (props.routes.clone(), props.at, tried.clone(), texts.clone());
        Callback::from(move |_: MouseEvent| {
            tried.set(Tried::Sending);
            let (routes, tried, session, texts) = (routes.clone(), tried.clone(), session.clone(), texts.clone());
            spawn(async move {
                tried.set(match attempt(&session, &texts, &routes, &routes[at]).await {
                    Ok(response) => Tried::Answered(Rc::new(response)),
                    Err(message) => Tried::Failed(message),
                });
            });
        })
    };
    let label = texts.fill(&words::TRY_IT, &[("route", &format!("{} {}", route.method, route.path))]);
    let busy = *tried == Tried::Sending;
    html! {
        <li id={route.anchor()}><div class="route"><span class={classes!("m", format!("m-{}", route.method.to_lowercase()))}>{ &route.method }</span><code>{ &route.path }</code>
                <span class="about">{ summary(&route.summary, &texts).to_owned() }</span><span>if route.auth { <span class="pill">{ draw_icon("key", "") }{ texts.get(&words::NEEDS_TOKEN) }</span> }</span>
                <button type="button" class="btn sm" aria-label={label} aria-busy={busy.to_string()} onclick={try_it}>{ draw_icon("send", "s") }{ texts.get(&words::TRY) }</button></div>
            { answer(&tried) }</li>
    }
}

fn answer(tried: &Tried) -> Html {
    match tried {
        Tried::Not | Tried::Sending => Html::default(),
        Tried::Failed(message) => {
            html! { <div class="answer" role="status"><span class="row c-bad">{ draw_icon("x", "s") }{ message }</span></div> }
        }
        Tried::Answered(response) => html! {
            <div class="answer" role="status"><span class="row"><span class={format!("st st-{}", response.status / 100)}>{ response.status }{ " " }{ &response.status_message }</span>{ format!("{:.1} ms", response.ms) }</span>
                <pre tabindex="0">{ pretty(&response.text()) }</pre></div>
        },
    }
}

/// What a refresh takes, and signing in gives.
const REFRESH: &str = "refreshToken";

/// Sends the route's example; where a token is needed, signs in with the login route's example first.
async fn attempt(session: &SessionHandle, texts: &Texts, routes: &[MockRoute], route: &MockRoute) -> Result<WireResponse, String> {
    let (mut headers, mut route) = (Vec::new(), route.clone());
    let refreshes = field(&route.example.body, REFRESH).is_some();
    if route.auth || refreshes {
        let login = routes
            .iter()
            .find(|route| route.path == "/api/auth/login")
            .ok_or_else(|| texts.get(&words::NO_LOGIN))?;
        let answer = send(session, login, Vec::new()).await?.text();
        let name = if refreshes { REFRESH } else { "token" };
        let token = field(&answer, name).ok_or_else(|| texts.get(&words::NO_TOKEN))?;
        if refreshes {
            route.example.body = serde_json::json!({ REFRESH: token }).to_string();
        } else {
            headers.push(("Authorization".into(), format!("Bearer {token}")));
        }
    }
    send(session, &route, headers).await
}

async fn send(session: &SessionHandle, route: &MockRoute, mut headers: Vec<(String, String)>) -> Result<WireResponse, String> {
    let method = if route.example.method.is_empty() {
        &route.method
    } else {
        &route.example.method
    };
    let path = if route.example.path.is_empty() {
        &route.path
    } else {
        &route.example.path
    };
    let body = (!route.example.body.is_empty()).then(|| route.example.body.clone());
    if body.is_some() {
        headers.push(("Content-Type".into(), "application/json".into()));
    }
    let request = WireRequest {
        method: method.clone(),
        url: format!("{ORIGIN}{path}"),
        headers,
        body,
    };
    let response: WireResponse = session
        .call(&HostCommand::Send { request, send: None })
        .await
        .map_err(|error| error.message)?;
    match response.failure {
        Some(failure) => Err(failure.message),
        None => Ok(response),
    }
}

/// Finds a text in a JSON object.
fn field(text: &str, name: &str) -> Option<String> {
    let object: Value = serde_json::from_str(text).ok()?;
    object.get(name)?.as_str().map(str::to_owned)
}

fn pretty(text: &str) -> String {
    serde_json::from_str::<Value>(text)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_fields_and_lays_out_answers() {
        let check = |text: &str, found: Option<&str>| assert_eq!(field(text, "token").as_deref(), found);
        check("{\"token\":\"abc\",\"refreshToken\":\"no\"}", Some("abc"));
        check("{\"error\":\"x\"}", None);
        check("no", None);
        assert_eq!(pretty("{\"b\":1,\"a\":2}"), "{\n  \"b\": 1,\n  \"a\": 2\n}");
        assert_eq!(pretty("plain"), "plain");
    }
}

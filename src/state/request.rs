//! The request being written in the request lab, and what came of those that were sent.

use std::rc::Rc;

use backlab_course::json::Tagged;
use backlab_course::trace::HeaderList;
use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};

use super::encoding::{base64, decode, encode};
use super::protocol::{WireRequest, WireResponse};

/// One row of a key-value editor. Rows that are off are kept, and not sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pair {
    pub on: bool,
    pub name: String,
    pub value: String,
}

impl Pair {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            on: true,
            name: name.into(),
            value: value.into(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BodyKind {
    #[default]
    None,
    Json,
    Form,
    Text,
    Raw,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", try_from = "Value")]
pub enum Auth {
    #[default]
    None,
    Bearer {
        token: String,
    },
    Basic {
        user: String,
        password: String,
    },
}

impl TryFrom<Value> for Auth {
    type Error = Error;

    fn try_from(value: Value) -> Result<Self, Error> {
        let (name, mut fields) = Tagged::of(value, "kind")?;
        Ok(match name.as_str() {
            "none" => Self::None,
            "bearer" => Self::Bearer {
                token: fields.field("token")?,
            },
            "basic" => Self::Basic {
                user: fields.field("user")?,
                password: fields.field("password")?,
            },
            other => return Err(Error::custom(format!("no way to sign in is called `{other}`"))),
        })
    }
}

/// What the learner has typed. `url` holds the query too; `params` are its rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDraft {
    pub method: String,
    pub url: String,
    pub params: Vec<Pair>,
    pub headers: Vec<Pair>,
    pub body_kind: BodyKind,
    /// Text of the kinds Json, Text and Raw.
    pub body: String,
    /// Rows of the kind Form.
    pub form: Vec<Pair>,
    pub auth: Auth,
}

impl Default for RequestDraft {
    fn default() -> Self {
        Self {
            method: "GET".into(),
            url: "http://localhost:3000/".into(),
            params: Vec::new(),
            headers: Vec::new(),
            body_kind: BodyKind::None,
            body: String::new(),
            form: Vec::new(),
            auth: Auth::None,
        }
    }
}

impl RequestDraft {
    /// Fills a draft from a ready-made request. A path alone goes to port 3000.
    pub fn load(method: &str, url: &str, headers: &[(String, String)], body: Option<&str>) -> Self {
        let mut draft = Self {
            method: method.to_ascii_uppercase(),
            ..Self::default()
        };
        draft.set_url(&absolute(url));
        let type_of_body = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
            .map(|(_, value)| value.as_str());
        draft.headers = headers.iter().map(|(name, value)| Pair::new(name, value)).collect();
        if let Some(body) = body.filter(|body| !body.is_empty()) {
            let json = type_of_body.map_or_else(|| body.trim_start().starts_with(['{', '[']), |kind| kind.contains("json"));
            draft.body_kind = if json { BodyKind::Json } else { BodyKind::Raw };
            draft.body = body.into();
        }
        draft
    }

    /// Takes a typed URL and reads its query into the rows. Rows that are off stay.
    pub fn set_url(&mut self, url: &str) {
        self.url = url.into();
        let query = url
            .split('#')
            .next()
            .and_then(|url| url.split_once('?'))
            .map_or("", |(_, query)| query);
        let off = self.params.iter().filter(|pair| !pair.on).cloned().collect::<Vec<_>>();
        self.params = query
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| {
                let (name, value) = part.split_once('=').unwrap_or((part, ""));
                Pair::new(decode(name), decode(value))
            })
            .collect();
        self.params.extend(off);
    }

    /// Takes edited rows and writes the URL's query from those that are on.
    pub fn set_params(&mut self, params: Vec<Pair>) {
        self.params = params;
        let path = self.url.split(['?', '#']).next().unwrap_or_default().to_owned();
        let query = pairs_to_query(&self.params);
        self.url = if query.is_empty() { path } else { format!("{path}?{query}") };
    }

    /// Returns the request as it goes over the wire, or the address that is none.
    pub fn to_wire(&self) -> Result<WireRequest, BadUrl> {
        let url = absolute(self.url.trim());
        let host = url
            .split_once("://")
            .map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
        if !url.starts_with("http://") && !url.starts_with("https://") || host.is_empty() {
            return Err(BadUrl(self.url.trim().to_owned()));
        }
        let mut headers: HeaderList = self
            .headers
            .iter()
            .filter(|pair| pair.on && !pair.name.trim().is_empty())
            .map(|pair| (pair.name.trim().to_owned(), pair.value.clone()))
            .collect();
        let (kind, body) = match self.body_kind {
            BodyKind::None => (None, None),
            BodyKind::Json => (Some("application/json"), Some(self.body.clone())),
            BodyKind::Form => (Some("application/x-www-form-urlencoded"), Some(pairs_to_query(&self.form))),
            BodyKind::Text => (Some("text/plain"), Some(self.body.clone())),
            BodyKind::Raw => (None, Some(self.body.clone())),
        };
        let missing = |name: &str, headers: &HeaderList| !headers.iter().any(|(key, _)| key.eq_ignore_ascii_case(name));
        if let Some(kind) = kind.filter(|_| missing("content-type", &headers)) {
            headers.push(("Content-Type".into(), kind.into()));
        }
        let authorization = match &self.auth {
            Auth::None => None,
            Auth::Bearer { token } => Some(format!("Bearer {}", token.trim())),
            Auth::Basic { user, password } => Some(format!("Basic {}", base64(format!("{user}:{password}").as_bytes()))),
        };
        if let Some(value) = authorization.filter(|_| missing("authorization", &headers)) {
            headers.push(("Authorization".into(), value));
        }
        Ok(WireRequest {
            method: self.method.clone(),
            url,
            headers,
            body,
        })
    }
}

/// What was typed where an address belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadUrl(pub String);

/// How the last request stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Exchange {
    #[default]
    Idle,
    Sending,
    Answered(Rc<WireResponse>),
    /// The head is here, and the body as far as it came. `ended` says why there is no more, once that is so.
    Arriving {
        response: Rc<WireResponse>,
        ended: Option<String>,
    },
    /// `refused`, `hang`, `reset`, `aborted` or `bad-url`, and one sentence.
    Failed {
        kind: String,
        message: String,
    },
}

impl Exchange {
    /// Whether more of the answer is awaited.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Sending | Self::Arriving { ended: None, .. })
    }

    /// The answer, or as much of it as came.
    pub fn response(&self) -> Option<&Rc<WireResponse>> {
        match self {
            Self::Answered(response) | Self::Arriving { response, .. } => Some(response),
            Self::Idle | Self::Sending | Self::Failed { .. } => None,
        }
    }

    /// Takes the next piece of an answer that is not over.
    pub fn arrives(&mut self, piece: WireResponse) {
        match self {
            Self::Arriving { response, ended: None } => {
                let response = Rc::make_mut(response);
                response.body.extend(piece.body);
                response.ms = piece.ms;
            }
            Self::Sending => {
                *self = Self::Arriving {
                    response: Rc::new(piece),
                    ended: None,
                }
            }
            _ => {}
        }
    }

    /// Nothing more comes: what is here stays, with the reason beside it; where nothing is, the reason is all.
    pub fn breaks_off(&mut self, kind: &str, reason: String) {
        match self {
            Self::Arriving { ended, .. } => *ended = Some(reason),
            _ => {
                *self = Self::Failed {
                    kind: kind.into(),
                    message: reason,
                }
            }
        }
    }
}

/// A request that was sent, to be sent again.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct HistoryItem {
    pub draft: RequestDraft,
    /// 0 when there was no answer.
    pub status: u16,
    pub ms: f64,
    /// Traces live as long as the page.
    #[serde(skip)]
    pub trace: Option<u32>,
}

/// Puts the learner's server in front of a bare path.
pub fn absolute(url: &str) -> String {
    if url.contains("://") {
        url.to_owned()
    } else if url.starts_with("localhost") {
        format!("http://{url}")
    } else {
        format!("http://localhost:3000/{}", url.trim_start_matches('/'))
    }
}

fn pairs_to_query(pairs: &[Pair]) -> String {
    pairs
        .iter()
        .filter(|pair| pair.on && !pair.name.is_empty())
        .map(|pair| format!("{}={}", encode(&pair.name), encode(&pair.value)))
        .collect::<Vec<_>>()
        .join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_arrives_in_pieces() {
        let piece = |body: &str, ms: f64| WireResponse {
            status: 200,
            body: body.into(),
            ms,
            ..WireResponse::default()
        };
        let mut exchange = Exchange::Sending;
        exchange.arrives(piece("a", 100.0));
        exchange.arrives(piece("b", 200.0));
        assert!(exchange.is_open());
        assert_eq!(
            exchange.response().map(|response| (response.text(), response.ms)),
            Some(("ab".into(), 200.0))
        );
        exchange.breaks_off("reset", "why".into());
        exchange.arrives(piece("late", 300.0));
        assert!(!exchange.is_open());
        assert_eq!(exchange.response().map(|response| response.text()), Some("ab".into()));
        assert!(matches!(exchange, Exchange::Arriving { ended: Some(reason), .. } if reason == "why"));
    }

    #[test]
    fn without_a_head_the_reason_is_all() {
        let mut exchange = Exchange::Sending;
        exchange.breaks_off("aborted", "why".into());
        assert_eq!(
            exchange,
            Exchange::Failed {
                kind: "aborted".into(),
                message: "why".into()
            }
        );
        exchange.arrives(WireResponse::default());
        assert_eq!(exchange.response(), None);
    }

    fn check(draft: &RequestDraft, expected: &str) {
        let shown = match draft.to_wire() {
            Ok(wire) => format!("{} {} {:?} {}", wire.method, wire.url, wire.headers, wire.body.unwrap_or_default()),
            Err(BadUrl(url)) => format!("no address: {url}"),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn fills_in_what_the_learner_left_out() {
        check(
            &RequestDraft::load("get", "/users?x=1", &[], None),
            "GET http://localhost:3000/users?x=1 [] ",
        );
        check(
            &RequestDraft::load("POST", "http://localhost:4000/api/users", &[], Some("{\"a\":1}")),
            "POST http://localhost:4000/api/users [(\"Content-Type\", \"application/json\")] {\"a\":1}",
        );
        let mut draft = RequestDraft {
            auth: Auth::Basic {
                user: "asha".into(),
                password: "p".into(),
            },
            ..RequestDraft::default()
        };
        check(&draft, "GET http://localhost:3000/ [(\"Authorization\", \"Basic YXNoYTpw\")] ");
        draft.headers = vec![Pair::new("authorization", "mine")];
        check(&draft, "GET http://localhost:3000/ [(\"authorization\", \"mine\")] ");
        draft = RequestDraft {
            body_kind: BodyKind::Form,
            form: vec![Pair::new("name", "A & B"), Pair::new("", "no")],
            ..RequestDraft::default()
        };
        check(
            &draft,
            "GET http://localhost:3000/ [(\"Content-Type\", \"application/x-www-form-urlencoded\")] name=A+%26+B",
        );
        draft.set_url("ftp://x");
        check(&draft, "no address: ftp://x");
    }

    #[test]
    fn keeps_url_and_rows_together() {
        let mut draft = RequestDraft::default();
        draft.set_url("/tools?q=a%20b&on");
        assert_eq!(draft.params, [Pair::new("q", "a b"), Pair::new("on", "")]);
        let mut rows = draft.params.clone();
        rows[1].on = false;
        draft.set_params(rows);
        assert_eq!(draft.url, "/tools?q=a+b");
        draft.set_url("/tools");
        assert_eq!(
            draft.params,
            [Pair {
                on: false,
                ..Pair::new("on", "")
            }]
        );
    }
}

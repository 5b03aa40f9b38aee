//! Sending requests from the request lab.

use std::rc::Rc;

use super::{SessionHandle, notices};
use crate::i18n::session as words;
use crate::platform::backend::CallError;
use crate::platform::spawn;
use crate::state::protocol::{HostCommand, WireResponse};
use crate::state::request::{BadUrl, Exchange, HistoryItem, RequestDraft};
use crate::state::session::Tool;
use crate::state::storage::Key;
use crate::workbench::format::{status_line, tenths};

/// Sent requests kept.
const HISTORY_CAP: usize = 50;

impl SessionHandle {
    /// Changes the request being written.
    pub fn draft(&self, change: impl FnOnce(&mut RequestDraft)) {
        self.change(|session| change(&mut session.draft));
    }

    /// Fills the request lab and brings it to the front; nothing is sent.
    pub fn load_request(&self, method: &str, url: &str, headers: &[(String, String)], body: Option<&str>) {
        self.change(|session| {
            session.draft = RequestDraft::load(method, url, headers, body);
            session.exchange = Exchange::Idle;
            session.tool = Tool::Requests;
        });
    }

    /// Puts the last answer away: another request is being written.
    pub fn forget_exchange(&self) {
        self.change(|session| {
            if !session.exchange.is_open() {
                session.exchange = Exchange::Idle;
            }
        });
    }

    /// Sends the request as written.
    pub fn send(&self) {
        let draft = self.now().draft;
        let request = match draft.to_wire() {
            Ok(request) => request,
            Err(BadUrl(url)) => {
                let message = crate::hooks::texts(&self.services).fill(&words::BAD_URL, &[("url", &url)]);
                return self.change(|session| {
                    session.exchange = Exchange::Failed {
                        kind: "bad-url".into(),
                        message,
                    }
                });
            }
        };
        self.change(|session| session.exchange = Exchange::Sending);
        let sent = self.services.sends.get() + 1;
        self.services.sends.set(sent);
        self.services.progress.update(|progress| progress.requests += 1);
        let handle = self.clone();
        spawn(async move {
            let result: Result<WireResponse, CallError> = handle.call(&HostCommand::Send { request, send: Some(sent) }).await;
            if handle.services.sends.get() == sent {
                handle.received(draft, result);
            }
        });
    }

    /// Gives up on the answer.
    pub fn cancel(&self) {
        let send = self.services.sends.get();
        self.services.sends.set(send + 1);
        let texts = crate::hooks::texts(&self.services);
        self.change(|session| {
            let message = match &session.exchange {
                Exchange::Arriving { .. } => &words::CANCELLED_THE_REST,
                _ => &words::CANCELLED,
            };
            if session.exchange.is_open() {
                session.exchange.breaks_off("aborted", texts.get(message).into());
            }
        });
        let handle = self.clone();
        spawn(async move {
            let _: Result<serde_json::Value, _> = handle.call(&HostCommand::Cancel { send }).await;
        });
    }

    /// A part of an answer is here, and more is to come.
    pub(super) fn arrives(&self, send: u32, piece: WireResponse) {
        if self.services.sends.get() != send {
            return;
        }
        if self.now().exchange == Exchange::Sending {
            let status = status_line(piece.status, &piece.status_message);
            self.services
                .announce(crate::hooks::texts(&self.services).fill(&words::ANSWERED_SO_FAR, &[("status", &status)]));
        }
        self.change(|session| session.exchange.arrives(piece));
    }

    fn received(&self, draft: RequestDraft, result: Result<WireResponse, CallError>) {
        let texts = crate::hooks::texts(&self.services);
        let mut item = HistoryItem {
            draft,
            ..HistoryItem::default()
        };
        let mut exchange = self.now().exchange;
        let failure = match result {
            Ok(WireResponse {
                failure: Some(failure),
                trace,
                ms,
                ..
            }) => {
                (item.trace, item.ms) = (trace, ms);
                Some((
                    failure.kind.clone(),
                    notices::no_answer(&texts, &failure.kind, &failure.message, ms),
                ))
            }
            Ok(response) => {
                (item.status, item.ms, item.trace) = (response.status, response.ms, response.trace);
                exchange = Exchange::Answered(Rc::new(response));
                None
            }
            Err(error) => Some((error.kind, error.message)),
        };
        if let Some((kind, why)) = failure {
            let reason = match exchange.response() {
                Some(begun) => {
                    item.status = begun.status;
                    notices::broken_off(&texts, &kind, &why)
                }
                None => why,
            };
            exchange.breaks_off(&kind, reason);
        }
        self.services.announce(match &exchange {
            Exchange::Answered(response) => texts.fill(
                &words::ANSWERED,
                &[
                    ("status", &status_line(response.status, &response.status_message)),
                    ("ms", &tenths(response.ms)),
                ],
            ),
            Exchange::Failed { message, .. } | Exchange::Arriving { ended: Some(message), .. } => message.clone(),
            Exchange::Idle | Exchange::Sending | Exchange::Arriving { ended: None, .. } => String::new(),
        });
        self.change(|session| {
            session.exchange = exchange;
            let history = Rc::make_mut(&mut session.history);
            history.insert(0, item);
            history.truncate(HISTORY_CAP);
        });
        // Where nothing can be kept, a banner says so for the files already.
        let _ = self.services.storage.save(&Key::Requests, &self.now().history);
    }

    /// Empties the list of sent requests; the stored one is the storage's business.
    pub fn forget_requests(&self) {
        self.change(|session| session.history = Rc::default());
    }

    /// Brings back the requests of earlier visits.
    pub fn recall_requests(&self) {
        if self.now().history.is_empty()
            && let Some(history) = self.services.storage.load::<Vec<HistoryItem>>(&Key::Requests)
        {
            self.change(|session| session.history = Rc::new(history));
        }
    }
}

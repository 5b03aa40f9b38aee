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
use crate::workbench::format::tenths;

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
            if session.exchange != Exchange::Sending {
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
        let message = crate::hooks::texts(&self.services).get(&words::CANCELLED);
        self.change(|session| {
            if session.exchange == Exchange::Sending {
                session.exchange = Exchange::Failed {
                    kind: "aborted".into(),
                    message: message.into(),
                };
            }
        });
        let handle = self.clone();
        spawn(async move {
            let _: Result<serde_json::Value, _> = handle.call(&HostCommand::Cancel { send }).await;
        });
    }

    fn received(&self, draft: RequestDraft, result: Result<WireResponse, CallError>) {
        let mut item = HistoryItem {
            draft,
            ..HistoryItem::default()
        };
        let exchange = match result {
            Ok(WireResponse {
                failure: Some(failure),
                trace,
                ms,
                ..
            }) => {
                (item.trace, item.ms) = (trace, ms);
                let texts = crate::hooks::texts(&self.services);
                Exchange::Failed {
                    message: notices::no_answer(&texts, &failure.kind, &failure.message, ms),
                    kind: failure.kind,
                }
            }
            Ok(response) => {
                (item.status, item.ms, item.trace) = (response.status, response.ms, response.trace);
                Exchange::Answered(Rc::new(response))
            }
            Err(error) => Exchange::Failed {
                kind: error.kind,
                message: error.message,
            },
        };
        self.services.announce(match &exchange {
            Exchange::Answered(response) => {
                let status = format!("{} {}", response.status, response.status_message);
                crate::hooks::texts(&self.services).fill(&words::ANSWERED, &[("status", &status), ("ms", &tenths(response.ms))])
            }
            Exchange::Failed { message, .. } => message.clone(),
            Exchange::Idle | Exchange::Sending => String::new(),
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

//! What the run of a snippet does in its sandbox. Loaded when the first one is started.

use super::model::snippet::{open, perform};
use super::model::transcript::{Record, Transcript};
use super::runner::{Busy, Runner};
use super::words;
use crate::state::json;
use crate::state::workspace::deferred;

impl Runner {
    /// Starts the code or sends a request, and notes in the transcript what came of it.
    pub async fn performed(self, what: Busy, code: String) {
        match what {
            Busy::Run => _ = self.start(code).await,
            Busy::Send(index) => self.request(code, index).await,
        }
    }

    async fn request(&self, code: String, index: usize) {
        let Some(request) = self.snippet.requests.get(index) else { return };
        let stale = {
            let state = self.state.borrow();
            state.code.as_deref() != Some(code.as_str()) || !state.transcript.serving
        };
        if stale && !self.start(code).await {
            return;
        }
        match self.call(perform(&self.sandbox, request)).await {
            Ok(record) => {
                let spoken = match record.status {
                    Some(status) if status > 0 => format!("{status} {}", record.text.as_deref().unwrap_or_default()),
                    _ => self.texts.get(&words::NO_ANSWER).to_owned(),
                };
                self.state.borrow_mut().transcript.answer(index, request, record);
                self.services.announce(spoken);
            }
            Err(message) => self.failed(&message),
        }
    }

    /// Answers whether requests can follow.
    async fn start(&self, code: String) -> bool {
        match self.call(open(&self.sandbox, &code, &self.lesson.files)).await {
            Ok(record) => {
                let transcript = Transcript::start(record);
                let mut state = self.state.borrow_mut();
                state.transcript = transcript;
                state.code = Some(code);
                state.transcript.serving
            }
            Err(message) => {
                self.state.borrow_mut().transcript = Transcript::default();
                self.failed(&message);
                false
            }
        }
    }

    async fn call(&self, command: serde_json::Value) -> Result<Record, String> {
        let missing = |_| deferred::did_not_load(&self.texts).to_string();
        let performing = deferred::sandbox(self.services.clone(), command).await.map_err(missing)?;
        let answer = performing.await.map_err(|error| error.message)?;
        json::from_value(answer).map_err(|error| error.to_string())
    }
}

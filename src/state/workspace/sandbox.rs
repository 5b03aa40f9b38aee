//! Sandboxes beside the learner's own: snippets and lanes run there.

use serde::Deserialize;
use serde_json::Value;

use super::SessionHandle;
use crate::platform::backend::CallError;
use crate::state::protocol::HostCommand;

/// `GraderAnswer` of the runtime's protocol.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    ok: bool,
    record: Value,
    message: String,
}

impl SessionHandle {
    /// Performs one `GraderCommand` and returns its record; null when the command leaves none.
    pub async fn sandbox(&self, command: Value) -> Result<Value, CallError> {
        let answer: Answer = self.call(&HostCommand::Grader { command }).await?;
        if answer.ok {
            Ok(answer.record)
        } else {
            Err(CallError {
                kind: "sandbox".into(),
                message: answer.message,
            })
        }
    }
}

//! failCommand: failures on demand, for tests of clients (`src/mongo/db/commands/fail_point_cmd.cpp`).

use bson::{Bson, Document, RawDocumentBuf, doc};

use super::arguments::{Call, documents_of};
use super::reply::{self, error};
use super::{Connection, Server};
use crate::error::{Code, DocDbError, Result};

#[derive(Debug)]
pub(super) struct FailPoint {
    /// How often it strikes; `None`: always.
    times: Option<i64>,
    skip: i64,
    data: Document,
}

/// What a fail point does to a command.
pub(super) enum Failure {
    Close,
    Wait(i64),
    Error(RawDocumentBuf),
    WriteConcern(Document, Vec<String>),
}

impl Server {
    pub(super) fn configure_fail_point(&mut self, call: &Call<'_>) -> Result<RawDocumentBuf> {
        let Ok(name) = call.body.get_str("configureFailPoint") else {
            return error(Code::TypeMismatch, "configureFailPoint must be a string");
        };
        let (times, skip) = match call.body.get("mode") {
            Some(Bson::String(mode)) if mode == "off" => {
                self.fail_points.remove(name);
                return reply::ok(doc! { "count": 0 });
            }
            Some(Bson::String(mode)) if mode == "alwaysOn" => (None, 0),
            Some(Bson::Document(mode)) => {
                let times = super::arguments::number_of(mode, "times", "mode")?;
                (times, super::arguments::number_of(mode, "skip", "mode")?.unwrap_or(0))
            }
            _ => return error(Code::BadValue, "unknown fail point mode"),
        };
        let point = FailPoint {
            times,
            skip,
            data: call.document("data")?,
        };
        self.fail_points.insert(name.to_owned(), point);
        reply::ok(doc! { "count": 0 })
    }

    /// What the fail points do to this command.
    pub(super) fn strike(&mut self, call: &Call<'_>, connection: &mut Connection, now_ms: i64) -> Option<Failure> {
        if call.name == "configureFailPoint" {
            return None;
        }
        if let Some((until, data)) = connection.blocked.take() {
            if now_ms < until {
                connection.blocked = Some((until, data));
                return Some(Failure::Wait(until));
            }
            return failure_of(&data, call);
        }
        if call.name == "getMore"
            && let Some(failure) = self.strike_get_more(call)
        {
            return Some(failure);
        }
        let point = self.fail_points.get_mut("failCommand")?;
        let names = point.data.get_array("failCommands").ok()?;
        if !names.iter().any(|name| name.as_str() == Some(call.name)) {
            return None;
        }
        if let Ok(application) = point.data.get_str("appName")
            && application != connection.application
        {
            return None;
        }
        if let Ok(namespace) = point.data.get_str("namespace")
            && call
                .body
                .get_str(call.name)
                .map(|collection| format!("{}.{collection}", call.database))
                .ok()
                .as_deref()
                != Some(namespace)
        {
            return None;
        }
        if point.skip > 0 {
            point.skip -= 1;
            return None;
        }
        if let Some(times) = &mut point.times {
            if *times == 0 {
                return None;
            }
            *times -= 1;
        }
        let data = point.data.clone();
        if point.times == Some(0) {
            self.fail_points.remove("failCommand");
        }
        if data.get("blockConnection") == Some(&Bson::Boolean(true)) {
            let wait = super::arguments::number_of(&data, "blockTimeMS", "data")
                .ok()
                .flatten()
                .unwrap_or(0);
            connection.blocked = Some((now_ms + wait, data));
            return Some(Failure::Wait(now_ms + wait));
        }
        failure_of(&data, call)
    }
}

impl Server {
    /// The fail point that interrupts change streams.
    fn strike_get_more(&mut self, call: &Call<'_>) -> Option<Failure> {
        const NAME: &str = "failGetMoreAfterCursorCheckout";
        let point = self.fail_points.get_mut(NAME)?;
        let data = point.data.clone();
        match &mut point.times {
            Some(0) => return None,
            Some(times) => *times -= 1,
            None => {}
        }
        let is_stream = call
            .body
            .get("getMore")
            .and_then(Bson::as_i64)
            .is_some_and(|id| self.cursors.is_stream(id));
        let failure = failure_of(&data, call)?;
        let Failure::Error(mut document) = failure else {
            return Some(failure);
        };
        let code = document.get_i32("code").unwrap_or(0);
        if is_stream && RESUMABLE.contains(&code) {
            reply::label(&mut document, vec!["ResumableChangeStreamError".into()]);
        }
        Some(Failure::Error(document))
    }
}

/// Failures after which a change stream goes on (specification "Change Streams", resumable error).
const RESUMABLE: [i32; 18] = [
    6, 7, 43, 63, 89, 91, 133, 150, 189, 234, 262, 9001, 10107, 11600, 11602, 13388, 13435, 13436,
];

fn failure_of(data: &Document, call: &Call<'_>) -> Option<Failure> {
    if data.get("closeConnection") == Some(&Bson::Boolean(true)) {
        return Some(Failure::Close);
    }
    let given: Option<Vec<String>> = data
        .get_array("errorLabels")
        .ok()
        .map(|labels| labels.iter().filter_map(Bson::as_str).map(str::to_owned).collect());
    if let Some(code) = data.get("errorCode").and_then(|code| match code {
        Bson::Int32(code) => Some(*code),
        Bson::Int64(code) => i32::try_from(*code).ok(),
        Bson::Double(code) => Some(*code as i32),
        _ => None,
    }) {
        let mut failure = DocDbError::new(Code::from_number(code), "Failing command via 'failCommand' failpoint");
        if code == Code::DuplicateKey.number() {
            failure = DocDbError::new(Code::DuplicateKey, "Failing command via 'failCommand' failpoint");
        }
        let mut document = reply::failure(&failure);
        if let Ok(info) = data.get_document("errInfo")
            && let Ok(info) = RawDocumentBuf::try_from(info)
        {
            document.append(bson::raw::cstr!("errInfo"), &info);
        }
        let labels = given.unwrap_or_else(|| super::sessions::labels_of(call, code));
        reply::label(&mut document, labels);
        return Some(Failure::Error(document));
    }
    if let Ok(concern) = data.get_document("writeConcernError") {
        let mut concern = concern.clone();
        let own = concern.remove("errorLabels");
        let own = own.map(|labels| documents_of(Some(&labels), "errorLabels").map(|_| Vec::new()).unwrap_or_default());
        let code = concern.get_i32("code").unwrap_or(0);
        let mut labels = given.or(own).unwrap_or_else(|| super::sessions::labels_of(call, code));
        labels.retain(|label| label != "TransientTransactionError");
        return Some(Failure::WriteConcern(concern, labels));
    }
    None
}

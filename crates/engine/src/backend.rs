//! The built-in backend: the mock API, the server for MongoDB's drivers, and their journal, as `EngineBackend` of `runtime/src/sandbox/backend.ts`.

use backlab_backend::{Clock, DataCommand, Random, Request, SeededRandom};
use backlab_docdb::server::{Answer, Connection};
use js_sys::{Array, Function, JSON, Object, Reflect, Uint8Array};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// The mock API with its data. Requests and answers are plain objects.
#[wasm_bindgen]
pub struct Backend {
    inner: backlab_backend::Backend,
    now: Rc<Cell<f64>>,
    connections: BTreeMap<u32, Connection>,
    connected: u32,
}

#[wasm_bindgen]
impl Backend {
    /// With a seed, everything is the same each time: ids, tokens, failures, and layers take no time. Without one,
    /// randomness is the host's and layers are timed.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: Option<String>) -> Backend {
        crate::javascript::install();
        let now = Rc::new(Cell::new(0.0));
        let clock = HostClock {
            now: now.clone(),
            timer: if seed.is_some() { None } else { performance() },
        };
        let random: Box<dyn Random> = match seed {
            Some(seed) => Box::new(SeededRandom::new(&seed)),
            None => Box::new(Entropy),
        };
        Backend {
            inner: backlab_backend::Backend::new(Box::new(clock), random),
            now,
            connections: BTreeMap::new(),
            connected: 0,
        }
    }

    /// Takes over a journal, a list of `Uint8Array`. Returns `{ applied, skipped, damage: string[] }`.
    pub fn boot(&mut self, records: Array) -> Object {
        let records: Vec<Vec<u8>> = records.iter().map(|record| bytes(&record)).collect();
        let report = self.inner.boot(records.iter().map(Vec::as_slice));
        let damage: Array = report.damage.iter().map(|damage| JsValue::from(damage.to_string())).collect();
        object([
            ("applied", (report.applied as f64).into()),
            ("skipped", (report.skipped as f64).into()),
            ("damage", damage.into()),
        ])
    }

    /// Answers `{ method, target, headers, body, remoteAddress }`. `now` is milliseconds since the epoch.
    pub fn handle(&mut self, request: &JsValue, now: f64) -> Object {
        self.now.set(now);
        let outcome = self.inner.handle(&read_request(request));
        let response = outcome.response;
        object([
            ("status", f64::from(response.status).into()),
            ("statusMessage", response.status_message.into()),
            ("headers", pairs(&response.headers).into()),
            ("body", Uint8Array::from(response.body.as_slice()).into()),
            ("trace", json(&outcome.trace)),
            ("journal", journal(&outcome.records).into()),
            ("sequenceBefore", (outcome.sequence_before as f64).into()),
            ("sequence", (outcome.sequence as f64).into()),
            ("delay", outcome.delay_ms.into()),
            ("changed", strings(&outcome.changed).into()),
        ])
    }

    /// Does a `DataCommand`; throws an Error whose message says what is wrong.
    pub fn data(&mut self, command: &JsValue, now: f64) -> Result<Object, JsValue> {
        self.now.set(now);
        let text = JSON::stringify(command)?.as_string().unwrap_or_default();
        let command: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let outcome = DataCommand::from_json(&command).and_then(|command| self.inner.data(command));
        let outcome = outcome.map_err(|error| thrown(&error.to_string()))?;
        Ok(object([
            ("value", parsed(&outcome.value.to_string())),
            ("journal", journal(&outcome.records).into()),
            ("sequenceBefore", (outcome.sequence_before as f64).into()),
            ("sequence", (outcome.sequence as f64).into()),
            ("changed", strings(&outcome.changed).into()),
        ]))
    }

    /// A driver connects; answers the number of its connection.
    pub fn connect(&mut self) -> u32 {
        self.connected += 1;
        let connection = self.inner.connect();
        self.connections.insert(self.connected, connection);
        self.connected
    }

    /// A connection is over.
    pub fn disconnect(&mut self, connection: u32) {
        if self.connections.remove(&connection).is_some() {
            self.inner.disconnect();
        }
    }

    /// Answers one whole message of MongoDB's wire protocol: `{ answer: 'reply' | 'nothing' | 'wait' | 'close', bytes, until }`,
    /// and when there is something to store also `{ journal, sequence, sequenceBefore, changed }`. On `wait` the same message
    /// is to be handed in again when something has changed, or at `until`.
    pub fn receive(&mut self, connection: u32, message: &[u8], now: f64) -> Object {
        self.now.set(now);
        let Some(known) = self.connections.get_mut(&connection) else {
            return object([("answer", "close".into())]);
        };
        let outcome = self.inner.receive(known, message);
        let answer = answer(&outcome.answer);
        // Most messages read, and each member costs a call out of wasm.
        if outcome.sequence != outcome.sequence_before {
            set(&answer, "journal", journal(&outcome.records).into());
            set(&answer, "sequenceBefore", (outcome.sequence_before as f64).into());
            set(&answer, "sequence", (outcome.sequence as f64).into());
            set(&answer, "changed", strings(&outcome.changed).into());
        }
        answer
    }

    /// What the last message did with documents, for a trace: `{ work, writes }`, or undefined.
    pub fn work(&mut self) -> Option<Object> {
        let (work, writes) = self.inner.work()?;
        Some(object([("work", json(&work)), ("writes", json(&writes))]))
    }

    /// The answer to a message whose change could not be stored, as `receive` gives it.
    pub fn refuse(&mut self, message: &[u8], reason: &str) -> Object {
        answer(&self.inner.refuse(message, reason))
    }

    /// The records up to this sequence number are stored.
    pub fn confirm(&mut self, sequence: f64) {
        self.inner.confirm(sequence as u64);
    }

    /// The records after this sequence number could not be stored: takes their changes back.
    pub fn discard(&mut self, sequence: f64) {
        self.inner.discard(sequence as u64);
    }
}

/// The sandbox's clock, set before each call.
struct HostClock {
    now: Rc<Cell<f64>>,
    timer: Option<Function>,
}

impl Clock for HostClock {
    fn now_ms(&self) -> i64 {
        self.now.get() as i64
    }

    fn measure_ms(&self) -> f64 {
        let timed = self.timer.as_ref().and_then(|timer| timer.call0(&JsValue::NULL).ok()?.as_f64());
        timed.unwrap_or_else(|| self.now.get())
    }
}

/// `performance.now`, bound.
fn performance() -> Option<Function> {
    let performance = Reflect::get(&js_sys::global(), &"performance".into()).ok()?;
    let now: Function = Reflect::get(&performance, &"now".into()).ok()?.dyn_into().ok()?;
    Some(now.bind0(&performance))
}

/// The host's randomness.
struct Entropy;

impl Random for Entropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        // A host without entropy leaves zeros: ids are still unique by their counter, and nothing here is secret.
        let _ = getrandom::fill(bytes);
    }
}

fn read_request(request: &JsValue) -> Request {
    let field = |name: &str| Reflect::get(request, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let text = |value: JsValue| value.as_string().unwrap_or_default();
    let headers = Array::from(&field("headers"));
    Request {
        method: text(field("method")),
        target: text(field("target")),
        headers: headers
            .iter()
            .map(|pair| Array::from(&pair))
            .map(|pair| (text(pair.get(0)), text(pair.get(1))))
            .collect(),
        body: bytes(&field("body")),
        remote_address: text(field("remoteAddress")),
    }
}

fn bytes(value: &JsValue) -> Vec<u8> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}

fn object<const N: usize>(members: [(&str, JsValue); N]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        set(&object, name, value);
    }
    object
}

fn set(object: &Object, name: &str, value: JsValue) {
    // A fresh object takes every member.
    let _ = Reflect::set(object, &name.into(), &value);
}

fn answer(answer: &Answer) -> Object {
    match answer {
        Answer::Reply(bytes) => object([("answer", "reply".into()), ("bytes", Uint8Array::from(bytes.as_slice()).into())]),
        Answer::Nothing => object([("answer", "nothing".into())]),
        Answer::Wait { until_ms } => object([("answer", "wait".into()), ("until", (*until_ms as f64).into())]),
        Answer::Close => object([("answer", "close".into())]),
    }
}

fn json<T: serde::Serialize>(value: &T) -> JsValue {
    parsed(&serde_json::to_string(value).unwrap_or_default())
}

fn parsed(text: &str) -> JsValue {
    JSON::parse(text).unwrap_or(JsValue::NULL)
}

fn strings(items: &[String]) -> Array {
    items.iter().map(JsValue::from).collect()
}

fn pairs(headers: &[(String, String)]) -> Array {
    headers
        .iter()
        .map(|(name, value)| Array::of2(&name.into(), &value.into()))
        .collect()
}

fn journal(records: &[Vec<u8>]) -> Array {
    records
        .iter()
        .map(|record| JsValue::from(Uint8Array::from(record.as_slice())))
        .collect()
}

fn thrown(message: &str) -> JsValue {
    js_sys::Error::new(message).into()
}

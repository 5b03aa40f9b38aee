//! The backend's life: opened when it is first needed, one for the whole page.

use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use serde_json::Value;

use super::SessionHandle;
use crate::i18n::shell;
use crate::platform::backend::{self, Backend, CallError};
use crate::platform::time;
use crate::state::error::UiError;
use crate::state::json;
use crate::state::protocol::HostCommand;
use crate::state::session::ServerState;
use crate::state::storage::Journal;

/// Writes come in flocks; one new start follows all of them.
const FOLLOW_AFTER_MS: u32 = 400;

/// The backend, on its way or open.
#[derive(Default)]
pub struct Engine {
    opening: Option<Shared<LocalBoxFuture<'static, Result<Backend, UiError>>>>,
    pub(super) journal: Option<Journal>,
    pub(super) compacting: bool,
    /// The open project came in a link: its backend starts empty and stores nothing.
    pub(super) apart: bool,
}

impl Engine {
    /// The backend is open: what the program waits for now are its packages.
    pub(super) fn is_open(&self) -> bool {
        let opened = self.opening.as_ref().and_then(Shared::peek);
        matches!(opened, Some(Ok(_)))
    }
}

impl SessionHandle {
    /// Gives the open project an empty backend that stores nothing, or the stored one again.
    pub(in crate::state) fn set_apart(&self, apart: bool) {
        let was = std::mem::replace(&mut self.services.engine.borrow_mut().apart, apart);
        if apart || was {
            self.close_backend();
        }
    }

    /// Ends the backend; the next use starts one from what is stored.
    pub fn close_backend(&self) {
        let Some(opening) = self.services.engine.borrow_mut().opening.take() else {
            return;
        };
        self.services.next_turn();
        self.change(|session| (session.server, session.running_edit) = (ServerState::Idle, None));
        crate::platform::spawn(async move {
            if let Ok(backend) = opening.await {
                backend.close();
            }
        });
    }

    /// Another tab wrote to the database: this one, which looks on, starts from what is stored now. A running program is left alone.
    pub fn follow_data(&self) {
        let handle = self.clone();
        self.services.timers.borrow_mut().follow = time::after(FOLLOW_AFTER_MS, move || {
            let runs = matches!(handle.now().server, ServerState::Running { .. } | ServerState::Starting);
            if runs || handle.services.engine.borrow().opening.is_none() {
                return;
            }
            handle.close_backend();
            handle.change(|session| session.database.revision += 1);
            handle.read_collections();
        });
    }

    /// Starts loading the engine, so that the first Run does not wait for it.
    pub fn warm_up(&self) {
        let handle = self.clone();
        crate::platform::spawn(async move {
            let _ = handle.backend().await;
        });
    }

    /// Returns the backend, opening it first if needed. A failed opening is tried again by the next call.
    pub async fn backend(&self) -> Result<Backend, UiError> {
        let waiting = self.services.engine.borrow().opening.clone();
        let opening = match waiting {
            Some(opening) => opening,
            None => {
                let opening = self.clone().open_backend().boxed_local().shared();
                self.services.engine.borrow_mut().opening = Some(opening.clone());
                opening
            }
        };
        let result = opening.await;
        if let Err(error) = &result {
            self.services.engine.borrow_mut().opening = None;
            self.change(|session| session.server = ServerState::Unavailable(error.clone()));
        }
        result
    }

    async fn open_backend(self) -> Result<Backend, UiError> {
        self.follow();
        let texts = crate::hooks::texts(&self.services);
        if !backend::is_supported() {
            return Err(UiError::new(
                texts.get(&shell::NO_WASM),
                texts.get(&shell::NO_WASM_WHY),
                texts.get(&shell::NO_WASM_NEXT),
            ));
        }
        self.change(|session| session.server = ServerState::Loading(texts.get(&shell::LOADING_ENGINE).into()));
        let apart = self.services.engine.borrow().apart;
        let (journal, records) = match apart {
            true => (None, Vec::new()),
            false => {
                let (journal, records) = Journal::open(self.services.storage.clone());
                (Some(journal), records)
            }
        };
        self.services.engine.borrow_mut().journal = journal;
        self.report_damage();
        Backend::open(records, move |event| self.on_event(event)).await
    }

    /// Sends one command; a backend that did not open refuses it with its own reason.
    pub async fn call<T: serde::de::DeserializeOwned>(&self, command: &HostCommand) -> Result<T, CallError> {
        json::from_value(self.answer(command).await?).map_err(|error| CallError::page(error.to_string()))
    }

    async fn answer(&self, command: &HostCommand) -> Result<Value, CallError> {
        let backend = self.backend().await.map_err(|error| CallError {
            kind: "load".into(),
            message: error.to_string(),
        })?;
        backend.call(command).await
    }
}

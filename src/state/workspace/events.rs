//! What the backend reports unasked.

use std::rc::Rc;

use super::{SessionHandle, notices};
use crate::i18n::shell;
use crate::platform::{spawn, time};
use crate::state::error::UiError;
use crate::state::protocol::{DataCommand, HostCommand, HostEvent};
use crate::state::same::Same;
use crate::state::services::Work;
use crate::state::session::{CONSOLE_CAP, CollectionCard, ServerState, Session, TRACE_CAP};
use crate::state::storage::{Journal, StorageFailure};

/// Between two looks at whether the journal is still being packed.
const POLL_MS: u32 = 20;

impl Session {
    /// Takes one report. Journal batches are the handle's business.
    pub fn apply(&mut self, event: HostEvent) {
        match event {
            HostEvent::Ready { .. } => {
                if matches!(self.server, ServerState::Loading(_) | ServerState::Unavailable(_)) {
                    self.server = ServerState::Idle;
                }
            }
            HostEvent::Console { lines } => {
                let console = Rc::make_mut(&mut self.console);
                console.extend(lines);
                let over = console.len().saturating_sub(CONSOLE_CAP);
                console.drain(..over);
            }
            HostEvent::Trace { trace } => {
                let traces = Rc::make_mut(&mut self.traces);
                // A hang is reported twice: when it begins to look like one, and when it ends.
                traces.retain(|old| old.id != trace.id);
                traces.push(Same::new(*trace));
                let over = traces.len().saturating_sub(TRACE_CAP);
                traces.drain(..over);
                if let Some(first) = traces.first() {
                    self.unfollowed.retain(|(after, _)| *after >= first.id);
                }
            }
            HostEvent::Unfollowed { count, after } => match self.unfollowed.iter_mut().find(|(known, _)| *known == after) {
                Some((_, so_far)) => *so_far += count,
                None => self.unfollowed.push((after, count)),
            },
            HostEvent::Listening { ports } => match &mut self.server {
                ServerState::Running { ports: open } => *open = ports,
                ServerState::Starting if !ports.is_empty() => self.server = ServerState::Running { ports },
                _ => {}
            },
            HostEvent::Exit { code, error } => {
                if matches!(self.server, ServerState::Running { .. } | ServerState::Starting) {
                    self.server = error.map_or(ServerState::Exited { code }, ServerState::Failed);
                }
            }
            HostEvent::Changed { collections } => {
                self.database.changed = collections;
                self.database.revision += 1;
            }
            HostEvent::Stopped { message, file, line, .. } => self.server = ServerState::StoppedLoop { message, file, line },
            HostEvent::Journal { .. } | HostEvent::Damaged { .. } | HostEvent::Loading { .. } | HostEvent::Arriving { .. } => {}
        }
    }

    /// Says what the start of the program waits for; an empty text ends it.
    fn loads(&mut self, text: String) {
        if matches!(self.server, ServerState::Starting | ServerState::Loading(_)) {
            self.server = if text.is_empty() {
                ServerState::Starting
            } else {
                ServerState::Loading(text)
            };
        }
    }
}

impl SessionHandle {
    pub(super) fn on_event(&self, event: HostEvent) {
        match event {
            HostEvent::Journal { batch, records } => self.store_batch(batch, records),
            HostEvent::Damaged { damage } => self.services.status.update(|status| status.damaged.extend(damage)),
            // Not at the start: the databases are loaded when something first asks for them.
            HostEvent::Changed { .. } => {
                self.change(|session| session.apply(event));
                self.read_collections();
            }
            HostEvent::Arriving { send, answer } => self.arrives(send, answer),
            HostEvent::Loading { names, at, of } => {
                let text = notices::loading(&crate::hooks::texts(&self.services), &names, at, of);
                self.change(|session| session.loads(text));
            }
            HostEvent::Stopped {
                reason,
                message,
                file,
                line,
            } => {
                let texts = crate::hooks::texts(&self.services);
                let message = notices::stopped(&texts, &reason, &message, file.as_deref(), line);
                self.services.announce(message.clone());
                self.change(|session| {
                    session.apply(HostEvent::Stopped {
                        reason,
                        message,
                        file,
                        line,
                    })
                });
            }
            event => self.change(|session| session.apply(event)),
        }
    }

    /// Asks for the collections and their counts.
    pub fn read_collections(&self) {
        let handle = self.clone();
        spawn(async move {
            let cards: Result<Vec<CollectionCard>, _> = handle
                .call(&HostCommand::Data {
                    command: DataCommand::Collections,
                })
                .await;
            if let Ok(cards) = cards {
                handle.change(|session| session.database.collections = cards);
            }
        });
    }

    /// Stores a journal batch and answers only then: a write is acknowledged when it would survive a killed tab.
    fn store_batch(&self, batch: u32, records: Vec<String>) {
        let stored = {
            let mut engine = self.services.engine.borrow_mut();
            let apart = engine.apart;
            match engine.journal.as_mut() {
                Some(journal) => journal.append(records),
                None if apart => Ok(()),
                None => Err(StorageFailure::Blocked),
            }
        };
        let texts = crate::hooks::texts(&self.services);
        let failure = stored.err().map(|failure| {
            let error = match failure {
                StorageFailure::OtherTab => UiError::new(
                    texts.get(&shell::DATA_NOT_SAVED),
                    texts.get(&shell::OTHER_TAB_WHY),
                    texts.get(&shell::OTHER_TAB_NEXT),
                ),
                StorageFailure::Full => UiError::new(
                    texts.get(&shell::DATA_NOT_SAVED),
                    texts.get(&shell::SPACE_USED),
                    texts.get(&shell::WRITE_AGAIN),
                ),
                StorageFailure::Blocked => super::save::storage_error(&texts, failure, texts.get(&shell::THE_DATABASE)),
            };
            (failure, error)
        });
        self.services.status.update(|status| status.kept(Work::Database, failure));
        let handle = self.clone();
        spawn(async move {
            if let Ok(backend) = handle.backend().await {
                backend.stored(batch, stored.err().map(|failure| texts.get(failure.words())));
            }
            handle.compact().await;
        });
    }

    /// Packs a journal that has grown long.
    async fn compact(&self) {
        let wants = {
            let engine = self.services.engine.borrow();
            !engine.compacting && engine.journal.as_ref().is_some_and(Journal::wants_compaction)
        };
        if wants {
            // A snapshot that does not fit leaves the journal as it is, and nothing is lost.
            let _ = self.pack().await;
        }
    }

    /// Puts a snapshot in the place of the journal's batches. The snapshot is a list of base64 records.
    pub async fn pack(&self) -> Result<(), StorageFailure> {
        // The journal comes with the backend.
        let opened = self.backend().await;
        while self.services.engine.borrow().compacting {
            time::sleep(POLL_MS).await;
        }
        let position = {
            let mut engine = self.services.engine.borrow_mut();
            let (Ok(_), Some(position)) = (opened, engine.journal.as_ref().map(Journal::position)) else {
                return Err(StorageFailure::Blocked);
            };
            engine.compacting = true;
            position
        };
        let snapshot: Result<Vec<String>, _> = self
            .call(&HostCommand::Data {
                command: DataCommand::Snapshot,
            })
            .await;
        let mut engine = self.services.engine.borrow_mut();
        engine.compacting = false;
        match (snapshot, engine.journal.as_mut()) {
            (Ok(records), Some(journal)) => journal.compact(position, records),
            _ => Err(StorageFailure::Blocked),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use backlab_course::trace::{ConsoleLine, Trace};

    fn trace(id: u32) -> HostEvent {
        HostEvent::Trace {
            trace: Box::new(Trace { id, ..Trace::default() }),
        }
    }

    fn stopped() -> HostEvent {
        HostEvent::Stopped {
            reason: "loop".into(),
            message: "never ends".into(),
            file: None,
            line: Some(7),
        }
    }

    #[test]
    fn the_server_follows_its_reports() {
        let running = ServerState::Running { ports: vec![3000] };
        let check = |before: ServerState, event: HostEvent, after: ServerState| {
            let mut session = Session {
                server: before,
                ..Session::default()
            };
            session.apply(event);
            assert_eq!(session.server, after);
        };
        check(ServerState::Loading(String::new()), HostEvent::Ready { ms: 1.0 }, ServerState::Idle);
        check(ServerState::Starting, HostEvent::Listening { ports: vec![3000] }, running.clone());
        check(
            running.clone(),
            HostEvent::Listening { ports: vec![] },
            ServerState::Running { ports: vec![] },
        );
        check(
            running.clone(),
            HostEvent::Exit { code: 1, error: None },
            ServerState::Exited { code: 1 },
        );
        check(
            running,
            stopped(),
            ServerState::StoppedLoop {
                message: "never ends".into(),
                file: None,
                line: Some(7),
            },
        );
        check(ServerState::Idle, HostEvent::Exit { code: 0, error: None }, ServerState::Idle);
    }

    #[test]
    fn a_start_waits_for_packages() {
        let (running, named) = (ServerState::Running { ports: vec![3000] }, ServerState::Loading("zod".into()));
        for (before, text, after) in [
            (ServerState::Starting, "zod", named.clone()),
            (named, "", ServerState::Starting),
            (running.clone(), "zod", running),
        ] {
            let mut session = Session {
                server: before,
                ..Session::default()
            };
            session.loads(text.into());
            assert_eq!(session.server, after);
        }
    }

    #[test]
    fn keeps_the_latest_lines_and_traces_and_stays_in_the_past() {
        let mut session = Session {
            shown_trace: Some(2),
            ..Session::default()
        };
        for id in 1..=TRACE_CAP as u32 + 1 {
            session.apply(trace(id));
        }
        session.apply(trace(TRACE_CAP as u32 + 1));
        assert_eq!((session.traces.len(), session.traces[0].id), (TRACE_CAP, 2));
        assert_eq!(session.trace().unwrap().id, 2);
        for count in [30, 4] {
            session.apply(HostEvent::Unfollowed { count, after: 2 });
        }
        assert_eq!(session.unfollowed, [(2, 34)]);
        session.apply(trace(TRACE_CAP as u32 + 2));
        assert!(session.unfollowed.is_empty());
        let lines = (0..CONSOLE_CAP as u32 + 5)
            .map(|seq| ConsoleLine {
                seq,
                ..ConsoleLine::default()
            })
            .collect();
        session.apply(HostEvent::Console { lines });
        assert_eq!((session.console.len(), session.console[0].seq), (CONSOLE_CAP, 5));
    }
}

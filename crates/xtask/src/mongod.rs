//! The document database over TCP on loopback, one thread per connection, so that drivers and their suites run on it.

use anyhow::{Context, Result};
use backlab_docdb::bson::oid::ObjectId;
use backlab_docdb::server::{Answer, Connection, Server, Settings};
use backlab_docdb::{Ambient, Store, wire};
use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The server and the news that it has changed.
struct Shared {
    server: Mutex<Server>,
    changed: Condvar,
    verbose: bool,
}

struct Host;

impl Ambient for Host {
    fn now_ms(&mut self) -> i64 {
        SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |elapsed| elapsed.as_millis() as i64)
    }

    fn object_id(&mut self) -> ObjectId {
        ObjectId::new()
    }
}

/// Serves until the process is ended.
pub fn serve(port: u16, standalone: bool, verbose: bool) -> Result<()> {
    let port = start(port, standalone, verbose)?;
    println!("mongodb://127.0.0.1:{port}/");
    loop {
        thread::park();
    }
}

/// Serves in the background until the process ends; returns the port, which is a free one when 0 was asked for.
pub fn start(port: u16, standalone: bool, verbose: bool) -> Result<u16> {
    let listener =
        TcpListener::bind(("127.0.0.1", port)).with_context(|| format!("could not listen on port {port}; choose another with --port"))?;
    let port = listener.local_addr()?.port();
    let settings = Settings {
        host: format!("127.0.0.1:{port}"),
        replica_set: (!standalone).then(|| "rs0".to_owned()),
    };
    let mut server = Server::new(Store::default(), settings);
    // A replica set has a second member, which is read only: the same data at a port of its own.
    let secondary = match standalone {
        true => None,
        false => Some(TcpListener::bind(("127.0.0.1", 0)).context("could not listen for the secondary")?),
    };
    if let Some(listener) = &secondary {
        server.add_secondary(listener.local_addr()?.to_string());
    }
    let shared = Arc::new(Shared {
        server: Mutex::new(server),
        changed: Condvar::new(),
        verbose,
    });
    listen(listener, &shared, Server::connect);
    if let Some(listener) = secondary {
        listen(listener, &shared, Server::connect_to_secondary);
    }
    Ok(port)
}

/// Takes connections in the background, each with what `connect` makes for it.
fn listen(listener: TcpListener, shared: &Arc<Shared>, connect: fn(&mut Server) -> Connection) {
    let shared = Arc::clone(shared);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                let connection = connect(&mut lock(&shared));
                if let Err(error) = talk(stream, &shared, connection)
                    && !is_ordinary(&error)
                {
                    eprintln!("connection: {error:#}");
                }
            });
        }
    });
}

/// A client that goes away needs no message.
fn is_ordinary(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| {
        matches!(
            error.kind(),
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe | ErrorKind::ConnectionAborted
        )
    })
}

fn talk(mut stream: TcpStream, shared: &Shared, mut connection: Connection) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut message = Vec::new();
    loop {
        let mut start = [0; 4];
        stream.read_exact(&mut start)?;
        message.clear();
        message.extend(start);
        let Some(length) = wire::message_length(&message)? else {
            return Ok(());
        };
        message.resize(length, 0);
        stream.read_exact(&mut message[4..])?;
        match answer(shared, &mut connection, &message) {
            Answer::Reply(bytes) => stream.write_all(&bytes)?,
            Answer::Nothing => {}
            _ => return Ok(()),
        }
    }
}

fn answer(shared: &Shared, connection: &mut Connection, message: &[u8]) -> Answer {
    let mut server = lock(shared);
    loop {
        let before = server.store().sequence();
        let answer = server.receive(connection, message, &mut Host);
        // Nothing is kept here beyond the process.
        let _ = server.store_mut().take_records();
        let sequence = server.store().sequence();
        server.store_mut().confirm(sequence);
        if sequence != before {
            shared.changed.notify_all();
        }
        let Answer::Wait { until_ms } = answer else {
            if shared.verbose {
                report(message, &answer);
            }
            return answer;
        };
        let patience = Duration::from_millis((until_ms - Host.now_ms()).max(1).unsigned_abs());
        server = shared
            .changed
            .wait_timeout(server, patience)
            .map_or_else(|poisoned| poisoned.into_inner().0, |(server, _)| server);
    }
}

/// A thread that panicked leaves the server usable for the others.
fn lock(shared: &Shared) -> MutexGuard<'_, Server> {
    shared.server.lock().unwrap_or_else(PoisonError::into_inner)
}

fn report(message: &[u8], answer: &Answer) {
    let shown = |bytes: &[u8]| {
        let body = bytes.get(21..).and_then(|body| {
            let length = body.first_chunk::<4>().map(|length| i32::from_le_bytes(*length) as usize)?;
            backlab_docdb::bson::RawDocument::from_bytes(body.get(..length)?).ok()
        });
        body.and_then(|body| backlab_docdb::bson::Document::try_from(body).ok())
    };
    let Some(command) = shown(message) else { return };
    if let Answer::Reply(bytes) = answer
        && let Some(reply) = shown(bytes)
        && (!reply.get_f64("ok").is_ok_and(|ok| ok == 1.0) || reply.contains_key("writeErrors"))
    {
        eprintln!(
            "{}\n  → {}",
            backlab_docdb::shell_document(&command),
            backlab_docdb::shell_document(&reply)
        );
    }
}

//! A development server for the built page that tells open pages to reload.

use anyhow::{Context, Result};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::routing::get;
use serde::Deserialize;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;
use tower_http::services::{ServeDir, ServeFile};

/// How long a page's question for a newer build stays open.
const RELOAD_WAIT: Duration = Duration::from_secs(20);
/// Put at the end of every served page, save those of the frames.
const RELOAD_SCRIPT: &str = "<script src=\"/__reload.js\"></script></body>";
const RELOAD_SOURCE: &str = "(async()=>{let n=-1;for(;;){try{const r=await fetch('/__reload?after='+n);const v=+await r.text();if(n>=0&&v>n)location.reload();n=v}catch{await new Promise(r=>setTimeout(r,1000))}}})()";

pub struct Server {
    address: SocketAddr,
    build: watch::Sender<u64>,
    /// Serves as long as it lives.
    _runtime: Runtime,
}

impl Server {
    pub fn address(&self) -> String {
        format!("http://localhost:{}/", self.address.port())
    }

    /// Tells every open page to load again.
    pub fn reload(&self) {
        self.build.send_modify(|build| *build += 1);
    }
}

/// Starts serving a folder on loopback. Port 0 takes a free one.
pub fn start(folder: &Path, port: u16) -> Result<Server> {
    let runtime = Runtime::new()?;
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port))).with_context(|| {
        format!(
            "Port {port} cannot be opened. Choose another: cargo xtask serve --port {}",
            port.wrapping_add(1)
        )
    })?;
    let address = listener.local_addr()?;
    // Counted from the clock, so that a page of an earlier start loads again too.
    let started = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let (build, builds) = watch::channel(started);
    runtime.spawn(axum::serve(listener, routes(folder, builds)).into_future());
    Ok(Server {
        address,
        build,
        _runtime: runtime,
    })
}

fn routes(folder: &Path, builds: watch::Receiver<u64>) -> Router {
    let files = ServeDir::new(folder).not_found_service(ServeFile::new(folder.join("404.html")));
    Router::new()
        .route("/__reload", get(newer_build).with_state(builds))
        .route("/__reload.js", get(([(CONTENT_TYPE, "text/javascript")], RELOAD_SOURCE)))
        .fallback_service(files)
        .layer(from_fn(finish))
}

#[derive(Deserialize)]
struct Known {
    after: i64,
}

/// Answers with the number of the build when one newer than the page's is there, or after a while.
async fn newer_build(State(mut builds): State<watch::Receiver<u64>>, Query(known): Query<Known>) -> String {
    let newer = builds.wait_for(|build| i64::try_from(*build).is_ok_and(|build| build > known.after));
    let _ = tokio::time::timeout(RELOAD_WAIT, newer).await;
    builds.borrow().to_string()
}

/// Nothing is kept by the browser; a page gets the script that asks for newer builds.
async fn finish(request: Request, next: Next) -> Response<Body> {
    let of_a_frame = ["sandbox.html", "preview.html"]
        .iter()
        .any(|page| request.uri().path().ends_with(page));
    let (mut head, mut body) = next.run(request).await.into_parts();
    head.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let is_page = head
        .headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page && !of_a_frame {
        head.headers.remove(CONTENT_LENGTH);
        body = match to_bytes(body, usize::MAX).await {
            Ok(page) => String::from_utf8_lossy(&page).replace("</body>", RELOAD_SCRIPT).into(),
            Err(error) => {
                head.status = StatusCode::INTERNAL_SERVER_ERROR;
                format!("The page could not be read: {error}. Load it again.").into()
            }
        };
    }
    Response::from_parts(head, body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("index.html"), "<body>Hello</body>").unwrap();
        std::fs::write(folder.path().join("sandbox.html"), "<body>Frame</body>").unwrap();
        std::fs::write(folder.path().join("404.html"), "<body>Not here</body>").unwrap();
        std::fs::write(folder.path().join("app.wasm"), b"\0asm").unwrap();
        folder
    }

    /// Sends a request and reads the answer's head and body; the connection stays open.
    fn ask(connection: &mut TcpStream, path: &str) -> String {
        write!(connection, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        let mut byte = [0];
        while !answer.ends_with(b"\r\n\r\n") {
            connection.read_exact(&mut byte).unwrap();
            answer.push(byte[0]);
        }
        let head = String::from_utf8(answer).unwrap();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        connection.read_exact(&mut body).unwrap();
        head + &String::from_utf8_lossy(&body)
    }

    fn connect(server: &Server) -> TcpStream {
        let connection = TcpStream::connect(server.address).unwrap();
        connection.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        connection
    }

    #[test]
    fn answers_every_connection_while_all_stay_open() {
        let folder = folder();
        let server = start(folder.path(), 0).unwrap();
        let mut connections: Vec<TcpStream> = (0..64).map(|_| connect(&server)).collect();
        for connection in connections.iter_mut().rev() {
            assert!(ask(connection, "/app.wasm").ends_with("\0asm"));
        }
    }

    #[test]
    fn a_page_asks_for_newer_builds_and_a_frame_does_not() {
        let folder = folder();
        let server = start(folder.path(), 0).unwrap();
        let mut connection = connect(&server);
        for (path, status, kind, end) in [
            ("/", "200", "text/html", RELOAD_SCRIPT),
            ("/index.html", "200", "text/html", RELOAD_SCRIPT),
            ("/nowhere", "404", "text/html", RELOAD_SCRIPT),
            ("/sandbox.html", "200", "text/html", "<body>Frame</body>"),
            ("/app.wasm", "200", "application/wasm", "\0asm"),
            ("/__reload.js", "200", "text/javascript", RELOAD_SOURCE),
        ] {
            let answer = ask(&mut connection, path);
            assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
            assert!(answer.contains(&format!("content-type: {kind}")), "{path}: {answer}");
            assert!(answer.contains("cache-control: no-store"), "{path}: {answer}");
            assert!(answer.ends_with(end), "{path}: {answer}");
        }
    }

    #[test]
    fn a_waiting_page_hears_of_the_next_build() {
        let folder = folder();
        let server = start(folder.path(), 0).unwrap();
        let mut connection = connect(&server);
        let number = |answer: String| answer.rsplit("\r\n").next().unwrap().parse::<u64>().unwrap();
        let first = number(ask(&mut connection, "/__reload?after=-1"));
        let waiting = std::thread::spawn(move || number(ask(&mut connection, &format!("/__reload?after={first}"))));
        server.reload();
        assert_eq!(waiting.join().unwrap(), first + 1);
    }

    #[test]
    fn a_port_that_is_taken_names_the_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let taken = Runtime::new().unwrap().block_on(taken).unwrap();
        let port = taken.local_addr().unwrap().port();
        let folder = folder();
        let error = start(folder.path(), port).err().unwrap().to_string();
        assert!(error.contains(&format!("--port {}", port + 1)), "{error}");
    }
}

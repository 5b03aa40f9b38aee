//! A static file server for `dist/` that tells open pages to reload.

use crate::root;
use anyhow::{Result, anyhow};
use std::fs;
use std::io::Cursor;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tiny_http::{Header, Request, Response};

/// Asked by the page; answers when a build newer than `?after=` is there, or after 20 s.
const RELOAD: &str = "/__reload";
/// Put at the end of every served page, save those of the frames.
const RELOAD_SCRIPT: &str = "<script src=\"/__reload.js\"></script>";
const RELOAD_SOURCE: &str = "(async()=>{let n=-1;for(;;){try{const r=await fetch('/__reload?after='+n);const v=+await r.text();if(n>=0&&v>n)location.reload();n=v}catch{await new Promise(r=>setTimeout(r,1000))}}})()";

pub struct Server {
    address: SocketAddr,
    build: Arc<AtomicU64>,
}

impl Server {
    pub fn address(&self) -> String {
        format!("http://localhost:{}/", self.address.port())
    }

    /// Tells every open page to load again.
    pub fn reload(&self) {
        self.build.fetch_add(1, Ordering::SeqCst);
    }
}

/// Starts serving on loopback.
pub fn start(port: u16) -> Result<Server> {
    let http = tiny_http::Server::http(("127.0.0.1", port)).map_err(|error| {
        anyhow!(
            "Port {port} cannot be opened ({error}). Choose another: cargo xtask serve --port {}",
            port.wrapping_add(1)
        )
    })?;
    let address = http.server_addr().to_ip().ok_or_else(|| anyhow!("the server has no address"))?;
    let build = Arc::new(AtomicU64::new(0));
    let shared = Arc::clone(&build);
    std::thread::spawn(move || {
        for request in http.incoming_requests() {
            let build = Arc::clone(&shared);
            std::thread::spawn(move || {
                if let Err(error) = answer(request, &build) {
                    eprintln!("{error}");
                }
            });
        }
    });
    Ok(Server { address, build })
}

fn answer(request: Request, build: &AtomicU64) -> std::io::Result<()> {
    let (path, query) = request.url().split_once('?').map_or((request.url(), ""), |parts| parts);
    if path == RELOAD {
        let after: i64 = query.strip_prefix("after=").and_then(|n| n.parse().ok()).unwrap_or(-1);
        let started = Instant::now();
        while build.load(Ordering::SeqCst) as i64 <= after && started.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(100));
        }
        return request.respond(Response::from_string(build.load(Ordering::SeqCst).to_string()));
    }
    if path == "/__reload.js" {
        return request.respond(typed(RELOAD_SOURCE.into(), "text/javascript"));
    }
    let mut file = root::dist();
    file.extend(path.split('/').filter(|part| !part.is_empty() && *part != ".." && *part != "."));
    if file.is_dir() {
        file.push("index.html");
    }
    match fs::read(&file) {
        Ok(bytes) => {
            let kind = mime_guess::from_path(&file).first_or_octet_stream();
            let bytes = if kind.essence_str() == "text/html" && !path.ends_with("sandbox.html") && !path.ends_with("preview.html") {
                String::from_utf8_lossy(&bytes)
                    .replace("</body>", &format!("{RELOAD_SCRIPT}</body>"))
                    .into_bytes()
            } else {
                bytes
            };
            request.respond(typed(bytes, kind.essence_str()))
        }
        Err(_) => request.respond(typed(fs::read(root::dist().join("404.html")).unwrap_or_default(), "text/html").with_status_code(404)),
    }
}

fn typed(bytes: Vec<u8>, kind: &str) -> Response<Cursor<Vec<u8>>> {
    let charset = if kind.starts_with("text/") { "; charset=utf-8" } else { "" };
    let mut response = Response::from_data(bytes);
    for (name, value) in [
        ("content-type", format!("{kind}{charset}")),
        ("cache-control", "no-store".to_owned()),
    ] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    response
}

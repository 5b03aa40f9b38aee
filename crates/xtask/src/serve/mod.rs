//! Serves the page and builds again what a change touches.

mod server;
mod watch;

use crate::build::{self, Options, Part};
use crate::root;
use crate::tools;
use anyhow::Result;
use std::time::Instant;

/// Runs until it is stopped.
pub fn serve(port: u16) -> Result<()> {
    let options = Options {
        base: None,
        release: false,
    };
    tools::ensure_for_build()?;
    build::build(&options)?;
    let server = server::start(&root::dist(), port)?;
    eprintln!(
        "\nBacklab is at {}\nA change in src, runtime, crates or lessons builds again. Ctrl+C stops.",
        server.address()
    );
    watch::watch(|parts: &[Part]| {
        let started = Instant::now();
        match build::rebuild(parts, &options) {
            Ok(()) => {
                eprintln!("Built again in {:.1} s", started.elapsed().as_secs_f64());
                server.reload();
            }
            Err(error) => eprintln!("The last good build stays. {error:#}"),
        }
    })
}

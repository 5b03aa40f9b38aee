//! Starts the page.

fn main() {
    backlab::app::start();
}

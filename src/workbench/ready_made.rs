//! The workbench as its page brought it: what of it stands until its own code is there, and when that is loaded.

use yew::prelude::*;

use crate::hooks::use_services;
use crate::platform::{ready_made, time};
use crate::state::store::use_store;

/// What of a lesson's page is drawn by the workbench's code.
pub const WORK: &str = ".work";
pub const SPLITTER: &str = ".split-v";
pub const MENU: &str = ".pmenu";
pub const STATUS: &str = "#status";
pub const PIECES: [&str; 4] = [WORK, SPLITTER, MENU, STATUS];

/// How soon a workbench is wanted that nobody has touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soon {
    /// The ready-made one does not show what this reader should see.
    Now,
    WhenIdle,
    /// It is not on the screen.
    WhenTouched,
}

/// Returns a ready-made piece, if the page brought one. A reader who touches it wants the workbench.
#[hook]
pub fn use_piece(selector: &'static str) -> Option<Html> {
    let services = use_services();
    let wanted = use_store(&services.wishes.wanted);
    let piece = use_memo((), |()| ready_made::take(selector));
    use_effect_with(wanted, {
        let piece = piece.clone();
        move |wanted| {
            let want = move || services.wishes.wanted.set(true);
            let touches = (*piece).as_ref().filter(|_| !wanted).map(|piece| piece.on_touch(want));
            move || drop(touches)
        }
    });
    (*piece).as_ref().map(ready_made::ReadyMade::draw)
}

/// Returns whether to load the workbench: what was not brought by the page is wanted at once.
#[hook]
pub fn use_wanted(is_ready_made: bool, soon: Soon) -> bool {
    let services = use_services();
    let wanted = use_store(&services.wishes.wanted) || !is_ready_made;
    use_effect_with((wanted, soon), move |(wanted, soon)| {
        let want = move || services.wishes.wanted.set(true);
        match (wanted, soon) {
            (false, Soon::Now) => want(),
            (false, Soon::WhenIdle) => time::when_idle(want),
            _ => {}
        }
    });
    wanted
}

//! What of the page's ready-made HTML stands until the code that draws it is there, and when that is loaded.

use yew::prelude::*;

use crate::platform::{ready_made, time};
use crate::state::store::{Store, use_store};

/// How soon something is wanted that nobody has touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Soon {
    /// The ready-made one does not show what this reader should see.
    Now,
    WhenIdle,
    /// It is not on the screen, or something else comes first.
    WhenTouched,
}

/// Returns the ready-made piece that a selector finds, if the page brought one. A reader who touches it wants what is drawn in its place.
#[hook]
pub fn use_piece(selector: &str, store: &Store<bool>) -> Option<Html> {
    let wanted = use_store(store);
    let piece = use_memo((), |()| ready_made::take(selector));
    use_effect_with(wanted, {
        let (piece, store) = (piece.clone(), store.clone());
        move |wanted| {
            let want = move || store.set(true);
            let touches = (*piece).as_ref().filter(|_| !wanted).map(|piece| piece.on_touch(want));
            move || drop(touches)
        }
    });
    (*piece).as_ref().map(ready_made::ReadyMade::draw)
}

/// Returns whether to load what draws the piece: what was not brought by the page is wanted at once.
#[hook]
pub fn use_wanted(is_ready_made: bool, soon: Soon, store: &Store<bool>) -> bool {
    let wanted = use_store(store) || !is_ready_made;
    let store = store.clone();
    use_effect_with((wanted, soon), move |(wanted, soon)| {
        let want = move || store.set(true);
        match (wanted, soon) {
            (false, Soon::Now) => want(),
            (false, Soon::WhenIdle) => time::when_idle(want),
            _ => {}
        }
    });
    wanted
}

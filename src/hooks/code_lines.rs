//! Code as lines of HTML: escaped at once, in colours as soon as the editor's module is there.

use std::rc::Rc;

use yew::prelude::*;

use crate::lesson::model::text::escape;
use crate::platform::{highlight, spawn};

/// Returns one string of HTML per line of `text`.
#[hook]
pub fn use_code_lines(path: &str, text: &str) -> Rc<Vec<String>> {
    let loaded = use_state_eq(|| false);
    {
        let loaded = loaded.clone();
        use_effect_with(!text.is_empty(), move |wanted| {
            if *wanted {
                spawn(async move {
                    // Without the module the code stays readable, without colours.
                    loaded.set(highlight::load().await.is_ok());
                });
            }
        });
    }
    use_memo((path.to_owned(), text.to_owned(), *loaded), |(path, text, loaded)| {
        let coloured = if *loaded { highlight::lines(path, text) } else { None };
        coloured.unwrap_or_else(|| text.split('\n').map(escape).collect())
    })
}

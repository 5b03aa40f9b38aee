//! Search over lessons, tasks, the reference and the pages.

use yew::prelude::*;

use super::dialog::Modal;
use super::draw_icon;
use crate::hooks::{use_progress, use_search, use_services, use_text};
use crate::i18n::shell;
use crate::platform::dom;
use crate::state::search::{Entry, Found, index, search};

#[component]
pub fn Palette() -> Html {
    let services = use_services();
    let texts = use_text();
    let course = use_search();
    let progress = use_progress();
    let reference = crate::pages::reference::use_mock_api();
    let query = use_state_eq(String::new);
    let chosen = use_state_eq(|| 0usize);
    let entries = use_memo((course, reference, texts.clone()), |(course, reference, texts)| {
        index(
            course.ready().map_or(&[], |entries| &***entries),
            reference.ready().map_or(&[], |routes| &***routes),
            texts,
        )
    });
    let found = use_memo((entries, (*query).clone()), |(entries, query)| search(entries, query));
    let at = (*chosen).min(found.len().saturating_sub(1));
    let open = {
        let services = services.clone();
        move |entry: &Entry| {
            services.dialog.set(None);
            crate::app::navigate(&services, entry.route.clone(), &entry.hash);
        }
    };
    let oninput = {
        let (query, chosen) = (query.clone(), chosen.clone());
        Callback::from(move |event: InputEvent| {
            query.set(dom::value(&event));
            chosen.set(0);
        })
    };
    let onkeydown = {
        let (found, chosen, open) = (found.clone(), chosen.clone(), open.clone());
        Callback::from(move |event: KeyboardEvent| {
            let count = found.len();
            let next = match event.key().as_str() {
                "ArrowDown" if count > 0 => (at + 1) % count,
                "ArrowUp" if count > 0 => (at + count - 1) % count,
                "Enter" => {
                    if let Some(found) = found.get(at) {
                        open(&found.entry);
                    }
                    return event.prevent_default();
                }
                _ => return,
            };
            event.prevent_default();
            chosen.set(next);
            dom::scroll_into_nearest(&format!("found-{next}"));
        })
    };
    let count = found.len().to_string();
    let status = if found.len() == 1 {
        texts.get(&shell::ONE_RESULT).to_owned()
    } else {
        texts.fill(&shell::RESULTS, &[("n", &count)])
    };
    html! {
        <Modal label={texts.get(&shell::SEARCH)} class="palette">
            <div class="pal-in">{ draw_icon("search", "") }
                <input role="combobox" aria-expanded="true" aria-controls="found" aria-activedescendant={(!found.is_empty()).then(|| format!("found-{at}"))}
                    aria-label={texts.get(&shell::SEARCH_FIELD)} placeholder={texts.get(&shell::SEARCH_FIELD)} value={(*query).clone()} {oninput} {onkeydown} spellcheck="false" autocomplete="off" /><kbd>{ "esc" }</kbd></div>
            <div class="pal-list" id="found" role="listbox" aria-label={texts.get(&shell::SEARCH)}>
                for (index, found_entry) in found.iter().enumerate() {
                    if index == 0 || found[index - 1].entry.group != found_entry.entry.group {
                        <span class="label" role="presentation">{ found_entry.entry.group }</span>
                    }
                    { option(&texts, index, index == at, found_entry, &progress, open.clone()) }
                }
                if found.is_empty() {
                    <p class="pal-none">{ texts.fill(&shell::NO_RESULTS, &[("query", &query)]) }</p>
                }
            </div>
            <div class="pal-ft"><span><span class="keys" aria-hidden="true"><kbd>{ "↑" }</kbd><kbd>{ "↓" }</kbd></span>{ " " }{ texts.get(&shell::MOVE) }</span>
                <span><span class="keys" aria-hidden="true"><kbd>{ "↵" }</kbd></span>{ " " }{ texts.get(&shell::OPEN) }</span><span class="grow"></span><span role="status">{ status }</span></div>
        </Modal>
    }
}

fn option(
    texts: &crate::i18n::Texts,
    index: usize,
    selected: bool,
    found: &Found,
    progress: &crate::state::progress::Progress,
    open: impl Fn(&Entry) + 'static,
) -> Html {
    let entry = found.entry.clone();
    let done = entry.task.as_ref().is_some_and(|task| progress.task_done(task));
    let meta = if done {
        texts.get(&crate::i18n::pages::PASSED).to_owned()
    } else {
        entry.meta.clone()
    };
    let parts = found.parts.iter().map(|(text, hit)| {
        if *hit {
            html! { <mark>{ text }</mark> }
        } else {
            html! { { text } }
        }
    });
    html! {
        <div role="option" id={format!("found-{index}")} aria-selected={selected.to_string()} onclick={let entry = entry.clone(); move |_| open(&entry)}>
            { draw_icon(entry.icon, "") }
            if entry.code { <code class="clip">{ for parts }</code> } else { <span class="clip">{ for parts }</span> }
            <span class="r">{ meta }{ " " }<span class="keys" aria-hidden="true"><kbd>{ "↵" }</kbd></span></span>
        </div>
    }
}

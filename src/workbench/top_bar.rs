//! The bar over the workbench: where we are, what is saved, and the page's own tools.

use backlab_course::lesson::{Lesson, LessonCard};
use yew::prelude::*;

use crate::components::top_bar::{Brand, TopTools};
use crate::components::{Link, draw_icon};
use crate::hooks::{use_module, use_piece, use_progress, use_services, use_text};
use crate::i18n::{Message, shell};
use crate::parts;
use crate::routes::Route;
use crate::state::progress::Standing;
use crate::state::same::Same;
use crate::state::session::SaveState;
use crate::state::store::{use_store, use_store_part};
use crate::workbench::ready_made;
use crate::workbench::status_bar::server_word;
use crate::workbench::words;

#[derive(Properties, PartialEq)]
pub struct TopBarProps {
    pub crumbs: Html,
    /// What a shared copy of the project is called.
    pub name: AttrValue,
}

#[component]
pub fn TopBar(props: &TopBarProps) -> Html {
    let services = use_services();
    let here = use_store(&services.wishes.workbench_here);
    let menu = use_piece(ready_made::MENU, &services.wishes.workbench);
    html! {
        <header class="top">
            <Brand />
            <span class="top-div" aria-hidden="true"></span>
            <div class="where">{ props.crumbs.clone() }<PhoneState /></div>
            <span class="grow"></span>
            <Saved />
            { parts::lazy_when(&parts::PROJECT_MENU, props.name.clone(), here, Some(menu.unwrap_or_default())) }
            <TopTools />
        </header>
    }
}

#[component]
fn Saved() -> Html {
    let texts = use_text();
    let services = use_services();
    let saved = use_store_part(&services.session, |session| session.saved.clone());
    let (class, icon) = match &saved {
        SaveState::Saved => (None, "check"),
        SaveState::Unsaved => (None, "clock"),
        SaveState::Failed(_) => (Some("bad"), "warn"),
    };
    let text = texts.get(saved_text(&saved));
    let why = match saved {
        SaveState::Failed(why) => Some(why),
        _ => None,
    };
    html! { <span class={classes!("saved", class)} title={why}>{ draw_icon(icon, "s") }{ text }</span> }
}

/// What a desk tells in two bars, for a phone: `Saved, running`.
#[component]
fn PhoneState() -> Html {
    let texts = use_text();
    let services = use_services();
    let parts = use_store_part(&services.session, |session| {
        (saved_text(&session.saved), server_word(&session.server))
    });
    html! { <span class="phone-state clip">{ format!("{}, {}", texts.get(parts.0), texts.get(parts.1)) }</span> }
}

fn saved_text(saved: &SaveState) -> &'static Message {
    match saved {
        SaveState::Saved => &words::SAVED,
        SaveState::Unsaved => &words::SAVING,
        SaveState::Failed(_) => &words::NOT_SAVED,
    }
}

#[derive(Properties, PartialEq)]
pub struct LessonCrumbsProps {
    pub lesson: Same<Lesson>,
}

/// Module, lesson, and the lessons of the module as stations.
#[component]
pub fn LessonCrumbs(props: &LessonCrumbsProps) -> Html {
    let progress = use_progress();
    let texts = use_text();
    let lesson = &props.lesson;
    let module = use_module(&lesson.module);
    let station = |card: &LessonCard| {
        let here = card.id == lesson.id;
        let (class, word) = match (here, progress.standing(card, None)) {
            (true, _) => ("now", &words::STATION_OPEN),
            (_, Standing::Done) => ("done", &words::STATION_DONE),
            _ => ("", &words::STATION_AHEAD),
        };
        let label = format!("{} {}, {}", card.number, texts.pick(&card.title), texts.get(word));
        html! { <Link key={card.id.clone()} to={Route::Lesson(card.id.clone())} {class} current={here.then_some(AttrValue::Static("step"))} {label}><i></i></Link> }
    };
    html! {
        <>
            <nav class="crumbs" aria-label={texts.get(&shell::BREADCRUMB)}>
                if let Some(module) = &module {
                    <Link to={Route::Course} hash={module.id.clone()}>{ texts.pick(&module.title).to_owned() }</Link><span class="sep" aria-hidden="true">{ "/" }</span>
                } else {
                    <Link to={Route::Course}>{ texts.get(&shell::COURSE) }</Link><span class="sep" aria-hidden="true">{ "/" }</span>
                }
                <span aria-current="page" class="clip">{ &lesson.title }</span>
            </nav>
            if let Some(module) = &module {
                <nav class="stations" aria-label={texts.fill(&words::LESSONS_OF, &[("module", texts.pick(&module.title))])}>
                    for card in module.lessons.iter().filter(|card| card.ready) { { station(card) } }
                </nav>
            }
        </>
    }
}

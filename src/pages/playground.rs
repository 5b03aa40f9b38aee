//! The playground: templates and own projects, or, with a project open, the workbench without a lesson.

use yew::prelude::*;

use super::Frame;
use crate::components::import_project::ImportButtons;
use crate::components::name_field::{Entered, NameField};
use crate::components::{Link, draw_icon};
use crate::hooks::{use_navigate, use_services, use_session_part, use_text, use_toasts};
use crate::i18n::{pages as words, session as session_words, shell};
use crate::parts;
use crate::platform::{history, link, project, spawn, time};
use crate::routes::Route;
use crate::state::projects::{TEMPLATES, Template};
use crate::state::session::ProjectId;
use crate::state::shared::{MARK, SharedProject};
use crate::state::store::use_store;
use crate::workbench::Playground;

#[derive(Properties, PartialEq)]
pub struct PlaygroundProps {
    /// Name of the open project.
    pub project: Option<String>,
}

#[component]
pub fn PlaygroundPage(props: &PlaygroundProps) -> Html {
    let texts = use_text();
    let (open, session) = use_session_part(|session| session.project.clone());
    let missing = use_state_eq(|| false);
    let shared = use_session_part(|session| session.shared.clone()).0;
    let broken = use_state_eq(|| false);
    // Leaving the page leaves a shared project behind.
    use_effect_with((), {
        let session = session.clone();
        move |()| move || session.leave_shared()
    });
    let leave = {
        let session = session.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            history::push(&Route::Playground(None), "");
            session.leave_shared();
        })
    };
    {
        let (broken, session) = (broken.clone(), session.clone());
        use_effect_with(props.project.clone(), move |project| {
            let hash = history::hash();
            if let (None, Some(packed)) = (project, hash.strip_prefix(MARK)) {
                let packed = packed.to_owned();
                spawn(async move {
                    match link::unpack(&packed).await.as_deref().and_then(SharedProject::read) {
                        Some(project) => session.open_shared(&project),
                        None => broken.set(true),
                    }
                });
            }
        });
    }
    {
        let missing = missing.clone();
        use_effect_with(props.project.clone(), move |project| {
            missing.set(project.as_ref().is_some_and(|name| !session.open_own(name)));
            if let Some(name) = project {
                crate::platform::style::set_title(&format!("{name} · Backlab"));
            }
        });
    }
    match &props.project {
        Some(name) if open == ProjectId::Own(name.clone()) => {
            let crumbs = html! {
                <nav class="crumbs" aria-label={texts.get(&shell::BREADCRUMB)}><Link to={Route::Playground(None)}>{ texts.get(&shell::PLAYGROUND) }</Link><span class="sep" aria-hidden="true">{ "/" }</span>
                    <span aria-current="page" class="clip">{ name }</span></nav>
            };
            let given = Playground {
                crumbs,
                project: name.clone().into(),
            };
            parts::lazy(&parts::WORKBENCH, given)
        }
        Some(name) if *missing => html! { <Start gone={texts.fill(&words::PROJECT_GONE, &[("name", name)])} /> },
        Some(_) => Html::default(),
        None => match shared {
            Some((name, _)) => {
                let crumbs = html! {
                    <nav class="crumbs" aria-label={texts.get(&shell::BREADCRUMB)}><a href={Route::Playground(None).href()} onclick={leave}>{ texts.get(&shell::PLAYGROUND) }</a><span class="sep" aria-hidden="true">{ "/" }</span>
                        <span aria-current="page" class="clip">{ &name }</span></nav>
                };
                let given = Playground {
                    crumbs,
                    project: name.into(),
                };
                parts::lazy(&parts::WORKBENCH, given)
            }
            None if *broken => {
                html! { <Start gone={texts.get(&session_words::LINK_BROKEN)} next={texts.get(&session_words::LINK_BROKEN_NEXT)} /> }
            }
            None => html! { <Start gone="" /> },
        },
    }
}

#[derive(Properties, PartialEq)]
struct StartProps {
    /// Says which project could not be opened; may be empty.
    gone: AttrValue,
    /// And what to do instead.
    #[prop_or_default]
    next: AttrValue,
}

#[component]
fn Start(props: &StartProps) -> Html {
    let texts = use_text();
    let services = use_services();
    let projects = use_store(&services.projects);
    html! {
        <Frame title={format!("{} · Backlab", texts.get(&shell::PLAYGROUND))}>
            <section class="intro"><div><h1>{ texts.get(&shell::PLAYGROUND) }</h1><p>{ texts.get(&words::PLAYGROUND_LEDE) }</p></div></section>
            if !props.gone.is_empty() {
                <div class="banner warn" role="alert">{ draw_icon("warn", "") }<span><b>{ &props.gone }{ ". " }</b>{ if props.next.is_empty() { texts.get(&words::NO_PROJECTS_WHY) } else { props.next.as_str() } }</span></div>
            }
            <section class="section" aria-labelledby="templates"><h2 id="templates">{ texts.get(&words::TEMPLATES) }</h2>
                <div class="starts">for template in TEMPLATES.iter() { <TemplateCard key={template.id} {template} /> }</div></section>
            <section class="section" aria-labelledby="projects"><h2 id="projects">{ texts.get(&words::YOUR_PROJECTS) }</h2><div class="row"><ImportButtons class={classes!("btn", "sm", "quiet")} /></div>
                if projects.is_empty() {
                    <div class="empty none"><h3>{ texts.get(&words::NO_PROJECTS) }</h3><p>{ texts.get(&words::NO_PROJECTS_WHY) }</p></div>
                } else {
                    <ul class="open projects">for name in projects.iter() { <ProjectRow key={name.clone()} name={name.clone()} /> }</ul>
                }</section>
        </Frame>
    }
}

#[derive(Properties, PartialEq)]
struct TemplateProps {
    template: &'static Template,
}

#[component]
fn TemplateCard(props: &TemplateProps) -> Html {
    let texts = use_text();
    let navigate = use_navigate();
    let (_, session) = use_session_part(|_| ());
    let template = props.template;
    let title = texts.get(&template.title);
    let start = Callback::from(move |_: MouseEvent| navigate.emit(Route::Playground(Some(session.new_project(template)))));
    html! {
        <button type="button" class="start" onclick={start}><b>{ title }</b><span>{ texts.get(&template.about) }</span>
            <span class="use">{ texts.fill(&words::USE_TEMPLATE, &[("name", title)]) }{ draw_icon("arrow-r", "s") }</span></button>
    }
}

#[derive(Properties, PartialEq)]
struct ProjectProps {
    name: String,
}

#[component]
fn ProjectRow(props: &ProjectProps) -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    let toasts = use_toasts();
    let renaming = use_state_eq(|| false);
    let name = &props.name;
    let saved = session.stored(name).unwrap_or_default();
    if *renaming {
        let oncancel = {
            let renaming = renaming.clone();
            Callback::from(move |()| renaming.set(false))
        };
        let commit = {
            let (session, name, texts, renaming) = (session.clone(), name.clone(), texts.clone(), renaming.clone());
            Callback::from(move |(wish, refuse): Entered| match session.rename_project(&name, &wish) {
                Ok(_) => renaming.set(false),
                Err(error) => refuse.emit(error.text(&texts)),
            })
        };
        return html! {
            <li><NameField label={texts.get(&words::NEW_NAME)} start={name.clone()} {commit} {oncancel} action={Some(&words::KEEP_NAME)} cancel={Some(&shell::CANCEL)} /></li>
        };
    }
    let count = match saved.files.len() {
        1 => texts.get(&words::ONE_FILE).to_owned(),
        count => texts.fill(&words::FILE_COUNT, &[("n", &count.to_string())]),
    };
    let when = texts.fill(&words::CHANGED_AT, &[("when", &time::local(saved.updated))]);
    let rename = Callback::from(move |_: MouseEvent| renaming.set(true));
    let export = {
        let (name, saved) = (name.clone(), saved.clone());
        Callback::from(move |_: MouseEvent| {
            let (name, saved, toasts) = (name.clone(), saved.clone(), toasts.clone());
            spawn(async move {
                if let Err(error) = project::download(&name, &saved.files).await {
                    toasts.error(error.to_string());
                }
            });
        })
    };
    let delete = {
        let name = name.clone();
        Callback::from(move |_: MouseEvent| session.delete_project(&name))
    };
    let label = |message| texts.fill(message, &[("name", name)]);
    html! {
        <li><Link to={Route::Playground(Some(name.clone()))}>{ draw_icon("code", "") }<span class="clip">{ name }</span><span class="t num">{ count }</span><span class="t">{ when }</span></Link>
            <span class="row"><button type="button" class="btn sm quiet" aria-label={label(&words::RENAME_IT)} onclick={rename}>{ texts.get(&words::RENAME) }</button>
                <button type="button" class="ib" aria-label={label(&words::EXPORT_IT)} onclick={export}>{ draw_icon("download", "") }</button>
                <button type="button" class="ib" aria-label={label(&words::DELETE_IT)} onclick={delete}>{ draw_icon("trash", "") }</button></span></li>
    }
}

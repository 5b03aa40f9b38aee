//! The grid of the workbench: top bar, lesson, editor over tools, status bar; on a phone one pane at a time.

use backlab_course::lesson::Lesson;
use yew::prelude::*;

use super::format::whole;
use super::layout::{Layout, Pane};
use super::mobile::{BottomBar, PhonePane};
use super::ready_made;
use super::top_bar::TopBar;
use super::words;
use super::{SplitterProps, WorkProps};
use crate::components::draw_icon;
use crate::hooks::{Soon, use_piece, use_services, use_settings, use_text, use_wanted};
use crate::i18n::{RENDERED, shell};
use crate::lesson::{HidePane, has_exercises};
use crate::parts;
use crate::platform::{dom, pane};
use crate::state::same::Same;
use crate::state::session::ProjectId;
use crate::state::settings::Settings;
use crate::state::storage::{Key, Storage};
use crate::state::store::{use_store, use_store_part};

/// The width that pages are rendered in ahead.
const DESK: f64 = 1440.0;

/// Below this width there is room for one pane.
pub const PHONE: f64 = 960.0;

#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// What stands in the lesson column; none in the playground.
    #[prop_or_default]
    pub pane: Option<Html>,
    /// The lesson, once it is there.
    #[prop_or_default]
    pub lesson: Option<Same<Lesson>>,
    #[prop_or_default]
    pub crumbs: Html,
    #[prop_or(AttrValue::Static("project"))]
    pub project: AttrValue,
}

#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let texts = use_text();
    let services = use_services();
    let settings = use_settings();
    let place = use_store_part(&services.session, |session| session.place.as_ref().map(|place| place.stamp));
    let tool_wishes = use_store_part(&services.session, |session| session.tool_wishes);
    let wide = use_state_eq(|| pane::window_width().unwrap_or(DESK));
    let layout = use_state_eq(|| Layout::of_settings(settings.lesson_width, settings.dock_height));
    let has_lesson = props.pane.is_some();
    let in_front = use_state_eq(|| if has_lesson { PhonePane::Lesson } else { PhonePane::Code });
    let phone = *wide < PHONE;
    let differs = use_memo(props.lesson.clone(), |lesson| {
        differs(&settings, &services.storage, lesson.as_deref())
    });
    let exercises_here = use_store(&services.wishes.exercises_here);
    let is_next = use_memo((props.lesson.clone(), exercises_here), |(lesson, here)| {
        *here || !lesson.as_deref().is_some_and(has_exercises)
    });
    let (work_piece, splitter_piece, status_piece) = (
        use_piece(ready_made::WORK, &services.wishes.workbench),
        use_piece(ready_made::SPLITTER, &services.wishes.workbench),
        use_piece(ready_made::STATUS, &services.wishes.workbench),
    );
    let wanted = use_wanted(
        work_piece.is_some(),
        match phone {
            true if *in_front == PhonePane::Lesson => Soon::WhenTouched,
            // On a slow connection the exercises should not wait for it.
            false if !*differs && *is_next => Soon::WhenIdle,
            false if !*differs => Soon::WhenTouched,
            _ => Soon::Now,
        },
        &services.wishes.workbench,
    );
    let here = use_store(&services.wishes.workbench_here);
    use_effect_with((), {
        let wide = wide.clone();
        move |()| {
            let listener = pane::on_resize(move || {
                if let Some(now) = pane::window_width() {
                    wide.set(now);
                }
            });
            move || drop(listener)
        }
    });
    let body = use_node_ref();
    use_effect_with((*layout, *wide), {
        let body = body.clone();
        move |(layout, wide)| {
            for pane in [Pane::Lesson, Pane::Dock] {
                pane::set_property(&body, pane.property(), &format!("{}px", whole(layout.size(pane, *wide))));
            }
        }
    });
    // A jump to a line brings the code to the front where only one pane fits.
    use_effect_with(place, {
        let in_front = in_front.clone();
        move |place| {
            if place.is_some() {
                in_front.set(PhonePane::Code);
            }
        }
    });
    // So does a wish for a tool: a link in the lesson, a failed check.
    let granted = use_mut_ref(|| tool_wishes);
    use_effect_with(tool_wishes, {
        let (layout, in_front) = (layout.clone(), in_front.clone());
        move |wishes| {
            if granted.replace(*wishes) != *wishes {
                in_front.set(PhonePane::Run);
                layout.set(layout.with_tools());
            }
        }
    });
    let set_hidden = |lesson_hidden: bool| {
        let layout = layout.clone();
        Callback::from(move |()| layout.set(Layout { lesson_hidden, ..*layout }))
    };
    let onpane = {
        let in_front = in_front.clone();
        Callback::from(move |pane: PhonePane| in_front.set(pane))
    };
    let skip = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        dom::focus_id("editor");
    });
    let shows_lesson = has_lesson && (phone || !layout.lesson_hidden);
    let hide = (!phone).then(|| HidePane(set_hidden(true)));
    let show_lesson = set_hidden(false).reform(|_: MouseEvent| ());
    let title = props.lesson.as_ref().map(|lesson| &lesson.title);
    let work = WorkProps {
        lesson: props.lesson.clone(),
        project: props.project.clone(),
        layout: layout.clone(),
        pane: in_front.clone(),
        wide: *wide,
    };
    let splitter = SplitterProps {
        pane: Pane::Lesson,
        label: texts.get(&words::RESIZE_LESSON).into(),
        layout: layout.clone(),
        wide: *wide,
    };
    html! {
        <div class="wb-page" data-pane={phone.then(|| in_front.name())}>
            <a class="skip" href="#editor" onclick={skip}>{ texts.get(&words::SKIP_TO_EDITOR) }</a>
            <TopBar name={title.map_or_else(|| props.project.clone(), |title| title.clone().into())} crumbs={html! {
                <>
                    if has_lesson && layout.lesson_hidden && !phone { <button type="button" class="btn sm" onclick={show_lesson}>{ draw_icon("panel", "s") }{ texts.get(&words::SHOW_LESSON) }</button> }
                    { props.crumbs.clone() }
                </>
            }} />
            <main class="wb" ref={body} data-lesson={(!shows_lesson).then_some("off")}>
                if !shows_lesson || phone && *in_front != PhonePane::Lesson { <h1 class="vh">{ title.map_or(texts.get(&shell::PLAYGROUND), String::as_str) }</h1> }
                if shows_lesson {
                    <div class="wb-lesson">
                        if let Some(hide) = hide {
                            <ContextProvider<HidePane> context={hide}>{ props.pane.clone() }</ContextProvider<HidePane>>
                        } else {
                            { props.pane.clone() }
                        }
                    </div>
                    { parts::lazy_when(&parts::SPLITTER, splitter, here, Some(splitter_piece.unwrap_or_default())) }
                }
                { parts::lazy_when(&parts::WORK, work, wanted, work_piece) }
            </main>
            { parts::lazy_when(&parts::STATUS, (), here, Some(status_piece.unwrap_or_default())) }
            if phone { <BottomBar pane={*in_front} {has_lesson} {onpane} /> }
        </div>
    }
}

/// Tells whether this reader's workbench is another than the ready-made one: in another language, or with work in it.
fn differs(settings: &Settings, storage: &Storage, lesson: Option<&Lesson>) -> bool {
    settings.language != RENDERED
        || lesson.is_some_and(|lesson| {
            let tasks = lesson.tasks.ids().iter().cloned().map(ProjectId::Task);
            tasks
                .chain([ProjectId::Lesson(lesson.id.clone())])
                .any(|id| storage.text(&Key::Project(id)).is_some())
        })
}

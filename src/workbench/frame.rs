//! The grid of the workbench: top bar, lesson, editor over tools, status bar; on a phone one pane at a time.

use yew::prelude::*;

use super::editor::EditorPane;
use super::layout::{DockState, Layout, Pane};
use super::mobile::{BottomBar, PhonePane};
use super::shortcuts::use_shortcuts;
use super::splitter::Splitter;
use super::status_bar::StatusBar;
use super::tools::Dock;
use super::tools::requests::saved::SavedRequest;
use super::top_bar::TopBar;
use super::words;
use crate::components::Icon;
use crate::hooks::{use_session_part, use_settings, use_text};
use crate::i18n::shell;
use crate::platform::{dom, pane};
use crate::state::session::Tool;

/// The width that pages are rendered for ahead.
const DESK: f64 = 1440.0;

/// Below this width there is room for one pane.
const PHONE: f64 = 960.0;

/// Hides the lesson column; offered to what stands in it.
#[derive(Clone, PartialEq)]
pub struct HideLesson(pub Callback<()>);

#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// What stands in the lesson column; none in the playground.
    #[prop_or_default]
    pub lesson: Option<Html>,
    #[prop_or_default]
    pub crumbs: Html,
    #[prop_or_default]
    pub title: AttrValue,
    #[prop_or_default]
    pub oncheck: Option<Callback<()>>,
    #[prop_or_default]
    pub oncompare: Option<Callback<()>>,
    #[prop_or_default]
    pub saved: Vec<SavedRequest>,
    #[prop_or(AttrValue::Static("project"))]
    pub project: AttrValue,
}

#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let texts = use_text();
    let settings = use_settings();
    let (place, session) = use_session_part(|session| session.place.clone());
    let wide = use_state_eq(|| pane::window_width().unwrap_or(DESK));
    let layout = use_state_eq(|| Layout::of_settings(settings.lesson_width, settings.dock_height));
    let phone_pane = use_state_eq(|| {
        if props.lesson.is_some() {
            PhonePane::Lesson
        } else {
            PhonePane::Code
        }
    });
    let phone = *wide < PHONE;
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
    let (body, work) = (use_node_ref(), use_node_ref());
    use_effect_with((*layout, *wide), {
        let (body, work) = (body.clone(), work.clone());
        move |(layout, wide)| {
            for (node, pane) in [(&body, Pane::Lesson), (&work, Pane::Dock)] {
                pane::set_property(node, pane.property(), &format!("{}px", layout.size(pane, *wide)));
            }
        }
    });
    // A jump to a line brings the code to the front where only one pane fits.
    use_effect_with(place.map(|place| place.stamp), {
        let phone_pane = phone_pane.clone();
        move |stamp| {
            if stamp.is_some() {
                phone_pane.set(PhonePane::Code);
            }
        }
    });
    let resize = |pane: Pane| {
        let (layout, settings) = (layout.clone(), settings.clone());
        Callback::from(move |(size, done): (Option<f64>, bool)| {
            let now = layout.resize(pane, size);
            layout.set(now);
            if done {
                settings.update(|settings| (settings.lesson_width, settings.dock_height) = now.to_settings());
            }
        })
    };
    let set_layout = |change: fn(&mut Layout)| {
        let layout = layout.clone();
        Callback::from(move |()| {
            let mut now = *layout;
            change(&mut now);
            layout.set(now);
        })
    };
    let onstate = {
        let layout = layout.clone();
        Callback::from(move |dock_state: DockState| layout.set(Layout { dock_state, ..*layout }))
    };
    let onrun = {
        let (session, phone_pane) = (session.clone(), phone_pane.clone());
        Callback::from(move |()| {
            session.run();
            phone_pane.set(PhonePane::Run);
        })
    };
    let show_tools = {
        let (layout, phone_pane) = (layout.clone(), phone_pane.clone());
        Callback::from(move |()| {
            phone_pane.set(PhonePane::Run);
            if layout.dock_state == DockState::Folded {
                layout.set(Layout {
                    dock_state: DockState::Split,
                    ..*layout
                });
            }
        })
    };
    // So does a wish for a tool: a link in the lesson, a failed check.
    let (wishes, _) = use_session_part(|session| session.tool_wishes);
    let granted = use_mut_ref(|| wishes);
    use_effect_with(wishes, {
        let show_tools = show_tools.clone();
        move |wishes| {
            if granted.replace(*wishes) != *wishes {
                show_tools.emit(());
            }
        }
    });
    let oncheck = props.oncheck.clone().map(|oncheck| {
        let (session, show_tools) = (session.clone(), show_tools.clone());
        Callback::from(move |()| {
            show_tools.emit(());
            session.show_tool(Tool::Checks);
            oncheck.emit(());
        })
    });
    use_shortcuts(onrun.clone(), oncheck.clone(), show_tools);
    let onpane = {
        let phone_pane = phone_pane.clone();
        Callback::from(move |pane: PhonePane| phone_pane.set(pane))
    };
    let skip = Callback::from(|event: MouseEvent| {
        event.prevent_default();
        dom::focus_id("editor");
    });
    let shows_lesson = props.lesson.is_some() && (phone || !layout.lesson_hidden);
    let hide = (!phone).then(|| HideLesson(set_layout(|layout| layout.lesson_hidden = true)));
    let show_lesson = set_layout(|layout| layout.lesson_hidden = false).reform(|_: MouseEvent| ());
    html! {
        <div class="wb-page" data-pane={phone.then(|| phone_pane.name())}>
            <a class="skip" href="#editor" onclick={skip}>{ texts.get(&words::SKIP_TO_EDITOR) }</a>
            <TopBar name={if props.title.is_empty() { props.project.clone() } else { props.title.clone() }} crumbs={html! {
                <>
                    if props.lesson.is_some() && layout.lesson_hidden && !phone { <button type="button" class="btn sm" onclick={show_lesson}><Icon name="panel" class="s" />{ texts.get(&words::SHOW_LESSON) }</button> }
                    { props.crumbs.clone() }
                </>
            }} />
            <main class="wb" ref={body} data-lesson={(!shows_lesson).then_some("off")}>
                if !shows_lesson || phone && *phone_pane != PhonePane::Lesson { <h1 class="vh">{ if props.title.is_empty() { texts.get(&shell::PLAYGROUND) } else { props.title.as_str() } }</h1> }
                if shows_lesson {
                    <div class="wb-lesson">
                        if let Some(hide) = hide {
                            <ContextProvider<HideLesson> context={hide}>{ props.lesson.clone() }</ContextProvider<HideLesson>>
                        } else {
                            { props.lesson.clone() }
                        }
                    </div>
                    <Splitter pane={Pane::Lesson} label={texts.get(&words::RESIZE_LESSON)} size={layout.size(Pane::Lesson, *wide)} wide={*wide} onresize={resize(Pane::Lesson)} />
                }
                <div class="work" ref={work} data-dock={match layout.dock_state {
                    DockState::Split => None,
                    DockState::Folded => Some("folded"),
                    DockState::Maximised => Some("maximised"),
                }}>
                    <EditorPane project={props.project.clone()} {onrun} {oncheck} oncompare={props.oncompare.clone()} shown={!phone || *phone_pane == PhonePane::Code} {phone} />
                    <Splitter pane={Pane::Dock} label={texts.get(&words::RESIZE_DOCK)} size={layout.size(Pane::Dock, *wide)} wide={*wide} onresize={resize(Pane::Dock)} />
                    <Dock state={layout.dock_state} {onstate} saved={props.saved.clone()} {phone} shown={!phone || *phone_pane == PhonePane::Run} />
                </div>
            </main>
            <StatusBar />
            if phone { <BottomBar pane={*phone_pane} has_lesson={props.lesson.is_some()} {onpane} /> }
        </div>
    }
}

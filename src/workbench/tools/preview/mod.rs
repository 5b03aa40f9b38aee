//! The Preview tool: the page that the learner's server serves, with working links, forms and `fetch`.

mod visit;

use std::rc::Rc;

use yew::prelude::*;

use crate::components::draw_icon;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::{Texts, shell};
use crate::platform::preview::{FrameEvent, Kept, REDIRECTS, RawRequest};
use crate::platform::{dom, preview, spawn};
use crate::state::protocol::WireResponse;
use crate::state::request::absolute;
use crate::state::session::ServerState;
use crate::state::workspace::SessionHandle;
use crate::workbench::tools::requests::response_body::BodyLines;
use crate::workbench::view::{IconButton, Trouble, pill_class};
use crate::workbench::words;
use visit::Visits;

/// What the frame shows.
#[derive(Debug, Clone, PartialEq)]
enum Page {
    None,
    Loading,
    /// The frame with this number shows the page.
    Html {
        frame: u32,
        url: String,
        html: Rc<str>,
        status: u16,
    },
    /// Anything that is no HTML is shown as text.
    Other(Rc<WireResponse>),
    Failed(String),
    /// The page sent itself elsewhere by script.
    Left,
}

#[component]
pub fn PreviewTool() -> Html {
    let texts = use_text();
    let ((edit, running), session) =
        use_session_part(|session| (session.running_edit, matches!(session.server, ServerState::Running { .. })));
    let address = use_state_eq(|| "http://localhost:3000/".to_owned());
    let shown = use_state_eq(|| Page::None);
    let visits = use_mut_ref(Visits::default);
    let phone = use_state_eq(|| false);
    let frame = use_node_ref();
    let turn = use_mut_ref(|| 0_u32);

    let open = {
        let (session, address, shown, visits, turn) = (session.clone(), address.clone(), shown.clone(), visits.clone(), turn.clone());
        let texts = texts.clone();
        Callback::from(move |request: RawRequest| {
            *turn.borrow_mut() += 1;
            let mine = *turn.borrow();
            let (session, address, shown, visits, turn) = (session.clone(), address.clone(), shown.clone(), visits.clone(), turn.clone());
            let texts = texts.clone();
            if *shown == Page::None {
                shown.set(Page::Loading);
            }
            spawn(async move {
                let (url, page) = load(&session, &texts, request, mine).await;
                if *turn.borrow() == mine {
                    visits.borrow_mut().visit(&url);
                    address.set(url);
                    shown.set(page);
                }
            });
        })
    };
    // The page follows the server: it loads when the server starts, and again when edited code restarts it.
    use_effect_with((running, edit), {
        let (open, address) = (open.clone(), address.clone());
        move |(running, _)| {
            if *running {
                open.emit(RawRequest::page(&address));
            }
        }
    });
    let kept = use_mut_ref(Kept::default);
    let pending = use_mut_ref(|| None::<(String, Rc<str>)>);
    *pending.borrow_mut() = match &*shown {
        Page::Html { url, html, .. } => Some((url.clone(), html.clone())),
        _ => None,
    };
    use_effect_with((), {
        let (frame, open, session, pending, shown) = (frame.clone(), open.clone(), session.clone(), pending.clone(), shown.clone());
        let kept = kept.clone();
        move |()| {
            let inside = frame.clone();
            let listener = preview::listen(&frame, move |event| match event {
                FrameEvent::Ready => {
                    if let Some((url, html)) = &*pending.borrow() {
                        preview::show(&inside, url, html, &kept.borrow());
                    }
                }
                FrameEvent::Navigate(request) => open.emit(request),
                FrameEvent::Request(relay) => {
                    let session = session.clone();
                    spawn(async move {
                        if let Ok(backend) = session.backend().await {
                            relay.answer(&backend).await;
                        }
                    });
                }
                FrameEvent::Keep(stored) => *kept.borrow_mut() = stored,
                FrameEvent::Cookies(cookies) => {
                    let session = session.clone();
                    spawn(async move {
                        if let Ok(backend) = session.backend().await {
                            cookies.answer(&backend).await;
                        }
                    });
                }
                FrameEvent::Console(level, text) => session.print(&level, &format!("[page] {text}")),
                FrameEvent::Left => shown.set(Page::Left),
                FrameEvent::Title(_) => {}
            });
            move || drop(listener)
        }
    });
    let onsubmit = {
        let (open, address) = (open.clone(), address.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            open.emit(RawRequest::page(&absolute(address.trim())));
        })
    };
    let oninput = {
        let address = address.clone();
        Callback::from(move |event: InputEvent| address.set(dom::value(&event)))
    };
    let reload = {
        let (open, address) = (open.clone(), address.clone());
        Callback::from(move |_: MouseEvent| open.emit(RawRequest::page(&absolute(address.trim()))))
    };
    let can_go_back = visits.borrow().can_go_back();
    let back = {
        let (open, visits) = (open.clone(), visits.clone());
        Callback::from(move |_: MouseEvent| {
            let before = visits.borrow_mut().back();
            if let Some(url) = before {
                open.emit(RawRequest::page(&url));
            }
        })
    };
    let width = |narrow: bool| {
        let phone = phone.clone();
        move |_: MouseEvent| phone.set(narrow)
    };
    let status = match &*shown {
        Page::Html { status, .. } => Some(*status),
        Page::Other(response) => Some(response.status),
        _ => None,
    };
    html! {
        <div class="pv">
            <form class="pv-bar" {onsubmit}>
                <IconButton icon="arrow-l" label={texts.get(&words::BACK)} onclick={back} disabled={!can_go_back} />
                <IconButton icon="reset" label={texts.get(&shell::RELOAD)} onclick={reload.clone()} />
                <label class="vh" for="pv-address">{ texts.get(&words::ADDRESS) }</label>
                <input class="field mono" id="pv-address" spellcheck="false" autocapitalize="off" autocomplete="off" value={(*address).clone()} {oninput} />
                <div class="seg" role="group" aria-label={texts.get(&words::WIDTH)}>
                    <button type="button" aria-pressed={(!*phone).to_string()} onclick={width(false)}>{ texts.get(&words::FULL) }</button>
                    <button type="button" aria-pressed={phone.to_string()} onclick={width(true)}>{ "390" }</button>
                </div>
                if let Some(status) = status { <span class={classes!("pill", pill_class(status))}>{ status }</span> }
            </form>
            <div class="pv-page" data-width={phone.then_some("phone")}>
                { match &*shown {
                    Page::None => html! { <div class="empty">{ draw_icon("globe", "l") }<h3>{ texts.get(&words::NO_PREVIEW) }</h3><p>{ texts.get(&words::NO_PREVIEW_NEXT) }</p><div class="row"><button type="button" class="btn accent" onclick={start(&session)}>{ draw_icon("play", "s") }{ texts.get(&words::START_SERVER) }</button></div></div> },
                    Page::Loading => html! { <div class="empty"><span class="spin" aria-hidden="true"></span><p>{ texts.get(&words::SENDING) }</p></div> },
                    Page::Html { frame: number, .. } => html! { <iframe key={*number} ref={frame.clone()} src="preview.html" title={texts.get(&words::PAGE_OF_SERVER)}></iframe> },
                    Page::Other(response) => html! { <div class="pv-plain"><BodyLines response={response.clone()} pretty={true} /></div> },
                    Page::Failed(why) => html! { <div class="pv-plain"><Trouble icon="x" title={texts.get(&words::NO_ANSWER)} why={why.clone()} next={texts.get(&words::REFUSED_NEXT)}><button type="button" class="btn" onclick={reload.clone()}>{ draw_icon("reset", "s") }{ texts.get(&shell::RELOAD) }</button></Trouble></div> },
                    Page::Left => html! { <div class="pv-plain"><Trouble icon="x" title={texts.get(&words::PREVIEW_LEFT)} why={texts.get(&words::PREVIEW_LEFT_WHY)} next={texts.get(&words::PREVIEW_LEFT_NEXT)}><button type="button" class="btn" onclick={reload}>{ draw_icon("reset", "s") }{ texts.get(&shell::RELOAD) }</button></Trouble></div> },
                } }
            </div>
        </div>
    }
}

fn start(session: &SessionHandle) -> Callback<MouseEvent> {
    let session = session.clone();
    Callback::from(move |_| session.run())
}

/// Sends the request of a page and follows redirects: the last address, and what to show.
async fn load(session: &SessionHandle, texts: &Texts, mut request: RawRequest, frame: u32) -> (String, Page) {
    for _ in 0..REDIRECTS {
        let url = request.url();
        let response = match answer(session, &request).await {
            Ok(response) => response,
            Err(why) => return (url, Page::Failed(why)),
        };
        if let Some(failure) = response.failure {
            return (url, Page::Failed(failure.message));
        }
        if let Some(next) = request.redirected(&response) {
            request = next;
            continue;
        }
        let html = response.header("content-type").is_some_and(|kind| kind.contains("html"));
        return if html {
            let text = Rc::from(response.text());
            (
                url.clone(),
                Page::Html {
                    frame,
                    url,
                    html: text,
                    status: response.status,
                },
            )
        } else {
            (url, Page::Other(Rc::new(response)))
        };
    }
    (request.url(), Page::Failed(texts.get(&words::IN_A_CIRCLE).into()))
}

/// The answer to a request, or why there is none.
async fn answer(session: &SessionHandle, request: &RawRequest) -> Result<WireResponse, String> {
    let backend = session.backend().await.map_err(|error| error.to_string())?;
    request.send(&backend).await
}

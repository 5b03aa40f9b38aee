//! The Auth tab: none, a bearer token with its claims, or a user and a password.

use yew::prelude::*;

use super::claims::Claims;
use super::words as own;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::Message;
use crate::platform::dom;
use crate::state::request::Auth;
use crate::workbench::view::{Tab, Tabs};
use crate::workbench::words;

#[component]
pub fn AuthEditor() -> Html {
    let texts = use_text();
    let (auth, session) = use_session_part(|session| session.draft.auth.clone());
    let onselect = {
        let session = session.clone();
        Callback::from(move |id: AttrValue| {
            session.draft(|draft| {
                draft.auth = match id.as_str() {
                    "a-bearer" => Auth::Bearer { token: String::new() },
                    "a-basic" => Auth::Basic {
                        user: String::new(),
                        password: String::new(),
                    },
                    _ => Auth::None,
                };
            });
        })
    };
    let (selected, token) = match &auth {
        Auth::None => ("a-none", None),
        Auth::Bearer { token } => ("a-bearer", Some(token.clone())),
        Auth::Basic { .. } => ("a-basic", None),
    };
    let tab = |id: &'static str, name: &Message| Tab {
        id: id.into(),
        name: texts.get(name).into(),
        ..Tab::default()
    };
    let change = |change: fn(&mut Auth, String)| {
        let session = session.clone();
        Callback::from(move |event: InputEvent| {
            let text = dom::value(&event);
            session.draft(|draft| change(&mut draft.auth, text));
        })
    };
    let on_token = change(|auth, text| {
        *auth = Auth::Bearer {
            token: text.trim().to_owned(),
        }
    });
    let on_user = change(|auth, text| {
        if let Auth::Basic { user, .. } = auth {
            *user = text;
        }
    });
    let on_password = change(|auth, text| {
        if let Auth::Basic { password, .. } = auth {
            *password = text;
        }
    });
    html! {
        <>
            <Tabs tabs={vec![tab("a-none", &own::NONE), tab("a-bearer", &own::BEARER), tab("a-basic", &own::BASIC)]} {selected} {onselect} label={texts.get(&own::AUTH_TYPE)} panel="a-panel" seg={true} />
            <div role="tabpanel" id="a-panel" aria-labelledby={selected}>
                { match &auth {
                    Auth::None => html! { <p class="soft goes">{ texts.get(&words::NO_AUTH) }</p> },
                    Auth::Bearer { token } => html! { <div class="fl"><label for="a-token">{ texts.get(&own::TOKEN) }</label><textarea class="field" id="a-token" rows="4" spellcheck="false" autocapitalize="off" autocomplete="off" value={token.clone()} oninput={on_token} /></div> },
                    Auth::Basic { user, password } => html! {
                        <>
                            <div class="fl"><label for="a-user">{ texts.get(&own::USER) }</label><input class="field mono" id="a-user" spellcheck="false" autocapitalize="off" autocomplete="off" value={user.clone()} oninput={on_user} /></div>
                            <div class="fl"><label for="a-password">{ texts.get(&own::PASSWORD) }</label><input class="field mono" id="a-password" spellcheck="false" autocapitalize="off" autocomplete="off" value={password.clone()} oninput={on_password} /></div>
                        </>
                    },
                } }
                if let Some(token) = token { <Claims {token} /> }
            </div>
        </>
    }
}

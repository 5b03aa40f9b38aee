//! The page for addresses that lead nowhere.

use yew::prelude::*;

use super::Frame;
use crate::components::Link;
use crate::hooks::use_text;
use crate::i18n::pages as words;
use crate::routes::Route;

#[component]
pub fn NotFoundPage() -> Html {
    let texts = use_text();
    html! {
        <Frame title={format!("{} · Backlab", texts.get(&words::NOT_FOUND))}>
            <section class="intro"><div><h1>{ texts.get(&words::NOT_FOUND) }</h1><p>{ texts.get(&words::NOT_FOUND_WHY) }</p></div></section>
            <div class="row"><Link to={Route::Course} class="btn lg marker">{ texts.get(&words::TO_COURSE) }</Link>
                <Link to={Route::Playground(None)} class="btn lg quiet">{ texts.get(&words::TO_PLAYGROUND) }</Link></div>
        </Frame>
    }
}

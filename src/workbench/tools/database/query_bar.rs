//! The bar above the documents: filter, and on demand fields and sort.

use std::rc::Rc;

use yew::prelude::*;

use super::collections_model::split_name;
use super::query::{Mistake, QueryText};
use super::query_input::QueryInput;
use super::suggest::Part;
use super::words;
use crate::components::draw_icon;
use crate::hooks::use_text;

#[derive(Properties, PartialEq)]
pub struct QueryBarProps {
    pub collection: String,
    pub fields: Rc<Vec<String>>,
    pub text: QueryText,
    pub mistake: Option<Mistake>,
    pub oninput: Callback<QueryText>,
    pub onrun: Callback<()>,
    pub onadd: Callback<MouseEvent>,
    /// The details are on show, where there is no room for them beside the documents.
    pub side: bool,
    pub onside: Callback<MouseEvent>,
}

#[component]
pub fn QueryBar(props: &QueryBarProps) -> Html {
    let texts = use_text();
    let wants_options = use_state_eq(|| false);
    let options = *wants_options || !props.text.projection.is_empty() || !props.text.sort.is_empty();
    let oninput = {
        let (text, emit) = (props.text.clone(), props.oninput.clone());
        Callback::from(move |(part, typed): (Part, String)| emit.emit(text.with(part, typed)))
    };
    let onsubmit = {
        let onrun = props.onrun.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            onrun.emit(());
        })
    };
    let toggle = {
        let wants_options = wants_options.clone();
        move |_| wants_options.set(!options)
    };
    let (_, name) = split_name(&props.collection);
    html! {
        <div>
            <form class="qbar" {onsubmit}>
                { view_input(props, Part::Filter, texts.get(&words::FILTER), format!("db.{name}.find("), ")", &oninput) }
                <button type="submit" class="btn">{ draw_icon("play", "s") }{ texts.get(&words::RUN) }</button>
                <button type="button" class="btn quiet" aria-expanded={options.to_string()} onclick={toggle}>{ texts.get(&words::OPTIONS) }</button>
                <button type="button" class="btn quiet" onclick={props.onadd.clone()}>{ draw_icon("plus", "s") }{ texts.get(&words::ADD) }</button>
                <button type="button" class="btn quiet db-more" aria-expanded={props.side.to_string()} onclick={props.onside.clone()}>{ texts.get(&words::DETAILS) }</button>
                if options {
                    <div class="qrow">
                        { view_input(props, Part::Projection, texts.get(&words::FIELDS), "project(".into(), ")", &oninput) }
                        { view_input(props, Part::Sort, texts.get(&words::SORT), "sort(".into(), ")", &oninput) }
                    </div>
                }
            </form>
            if let Some(mistake) = &props.mistake { <p class="qwhy" role="status">{ mistake.sentence(&texts) }</p> }
        </div>
    }
}

fn view_input(
    props: &QueryBarProps,
    part: Part,
    label: &'static str,
    before: String,
    after: &'static str,
    oninput: &Callback<(Part, String)>,
) -> Html {
    let invalid = props.mistake.as_ref().is_some_and(|mistake| mistake.part == part);
    html! {
        <QueryInput {part} value={props.text.part(part).to_owned()} fields={props.fields.clone()} {before} {after} {label} {invalid} oninput={oninput.clone()} />
    }
}

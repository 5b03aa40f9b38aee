//! How the query ran: its stages, what was read for it, and what that teaches.

use yew::prelude::*;

use super::plan::{Lesson, Plan};
use super::query::Query;
use super::store::perform;
use super::words;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::Texts;
use crate::platform::spawn;
use crate::workbench::format;

#[derive(Properties, PartialEq)]
pub struct ExplainProps {
    pub collection: String,
    pub query: Query,
}

#[component]
pub fn Explain(props: &ExplainProps) -> Html {
    let texts = use_text();
    let (_, session) = use_session_part(|_| ());
    // An answer belongs to the query that it was asked for.
    let answer = use_state_eq(|| None::<(Query, Result<Plan, String>)>);
    let onclick = {
        let (answer, query, collection) = (answer.clone(), props.query.clone(), props.collection.clone());
        Callback::from(move |_: MouseEvent| {
            let (answer, query, session, command) = (answer.clone(), query.clone(), session.clone(), query.explain(&collection));
            spawn(async move {
                let reply = perform(&session, command).await;
                let plan = reply.and_then(|reply| Plan::read(&reply).ok_or_else(|| reply.to_string()));
                answer.set(Some((query, plan)));
            });
        })
    };
    let known = (*answer).as_ref().filter(|(query, _)| *query == props.query).map(|(_, plan)| plan);
    html! {
        <section>
            <h3>{ texts.get(&words::HOW_IT_RAN) }<button type="button" class="link" {onclick}>{ texts.get(&words::EXPLAIN) }</button></h3>
            if let Some(Ok(plan)) = known { { view_plan(&texts, plan) } }
            else if let Some(Err(why)) = known { <p class="qwhy" role="status">{ why }</p> }
            else { <p>{ texts.get(&words::EXPLAIN_FIRST) }</p> }
        </section>
    }
}

fn view_plan(texts: &Texts, plan: &Plan) -> Html {
    let rows = [
        (&words::KEYS_EXAMINED, plan.keys.to_string()),
        (&words::DOCUMENTS_EXAMINED, plan.documents.to_string()),
        (&words::RETURNED, plan.returned.to_string()),
        (&words::TIME, format::duration(plan.ms as f64)),
    ];
    html! {
        <>
            <ol class="stages">
                for (at, stage) in plan.stages.iter().enumerate() {
                    <li key={at} class={classes!((stage.name == "COLLSCAN").then_some("scan"))}><code>{ &stage.name }</code><span class="clip" title={stage.detail.clone()}>{ &stage.detail }</span></li>
                }
            </ol>
            <dl class="facts">
                for (name, value) in rows { <div key={name.en}><dt>{ texts.get(name) }</dt><dd class="num">{ value }</dd></div> }
            </dl>
            <p role="status">{ sentence(texts, &plan.lesson()) }</p>
        </>
    }
}

fn sentence(texts: &Texts, lesson: &Lesson) -> String {
    match lesson {
        Lesson::Scan => texts.get(&words::PLAN_SCAN).to_owned(),
        Lesson::All => texts.get(&words::PLAN_ALL).to_owned(),
        Lesson::Index(name) => texts.fill(&words::PLAN_INDEX, &[("name", name)]),
        Lesson::Loose(name) => texts.fill(&words::PLAN_LOOSE, &[("name", name)]),
        Lesson::Sort => texts.get(&words::PLAN_SORT).to_owned(),
        Lesson::Nothing => texts.get(&words::PLAN_NOTHING).to_owned(),
    }
}

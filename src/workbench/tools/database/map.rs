//! The entity-relationship diagram, small beside the documents and large in a view of its own.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use yew::prelude::*;

use super::changes::Changes;
use super::collections_model::split_name;
use super::columns::difference;
use super::desk::{View, show};
use super::diagram::{BOX, Diagram, Entity, HEAD, ROW, Relation, SAMPLE, Sample, asked_ids, layout, relations, united};
use super::words;
use crate::hooks::{use_session_part, use_text};
use crate::i18n::Texts;
use crate::platform::spawn;
use crate::state::json;
use crate::state::protocol::DataCommand;
use crate::state::session::CollectionCard;
use crate::state::workspace::SessionHandle;
use crate::workbench::view::IconButton;

#[derive(Properties, PartialEq)]
pub struct MapProps {
    pub cards: Vec<CollectionCard>,
    /// The collection on show; its database is drawn.
    pub selected: String,
    pub revision: u32,
    pub changes: Option<Changes>,
}

#[component]
pub fn SmallMap(props: &MapProps) -> Html {
    let texts = use_text();
    let diagram = use_diagram(props);
    html! {
        <section>
            <h3>{ texts.get(&words::MAP) }<IconButton icon="max" small=true label={texts.get(&words::LARGER)} onclick={Callback::from(|_: MouseEvent| show(View::Map))} /></h3>
            { view_diagram(&texts, &diagram, props) }
        </section>
    }
}

#[component]
pub fn LargeMap(props: &MapProps) -> Html {
    let texts = use_text();
    let diagram = use_diagram(props);
    html! {
        <div class="db-p one" id="db-panel" role="tabpanel" aria-labelledby="d-map"><div class="er-big pane-scroll inset" tabindex="0" role="region" aria-label={texts.get(&words::MAP)}>
            { view_diagram(&texts, &diagram, props) }
            <ul>for line in &diagram.lines { <li key={line.path.clone()}>{ texts.fill(&words::REFERS, &[("from", short(&line.relation.from)), ("field", &line.relation.field), ("to", short(&line.relation.to))]) }</li> }</ul>
        </div></div>
    }
}

#[hook]
fn use_diagram(props: &MapProps) -> Rc<Diagram> {
    let (_, session) = use_session_part(|_| ());
    let diagram = use_state_eq(Rc::<Diagram>::default);
    let (database, _) = split_name(&props.selected);
    let names: Vec<String> = props
        .cards
        .iter()
        .map(|card| card.name.clone())
        .filter(|name| split_name(name).0 == database)
        .collect();
    use_effect_with((names, props.revision, props.changes.clone()), {
        let diagram = diagram.clone();
        move |(names, _, changes)| {
            let (names, changed) = (names.clone(), changed_fields(changes.as_ref()));
            spawn(async move {
                let samples = sample(&session, &names).await;
                let ids = known_ids(&session, &samples).await;
                let declared = declared(&session).await;
                let all = united(declared, relations(&samples, &ids), &samples);
                diagram.set(Rc::new(layout(&samples, &all, &changed)));
            });
        }
    });
    (*diagram).clone()
}

async fn find(session: &SessionHandle, collection: &str, filter: Value, projection: Option<Value>, limit: Option<u32>) -> Vec<Value> {
    let command = DataCommand::Find {
        collection: collection.to_owned(),
        filter,
        projection,
        sort: None,
        skip: None,
        limit,
    };
    let answer = session.data(command).await.ok();
    match answer.and_then(|mut answer| answer.get_mut("documents").map(Value::take)) {
        Some(Value::Array(documents)) => documents,
        _ => Vec::new(),
    }
}

/// What the program's own schemas say; nothing while none runs.
async fn declared(session: &SessionHandle) -> Vec<Relation> {
    let answer = session.data(DataCommand::Relations).await.ok();
    answer.and_then(|answer| json::from_value(answer).ok()).unwrap_or_default()
}

async fn sample(session: &SessionHandle, names: &[String]) -> Vec<Sample> {
    let mut samples = Vec::new();
    for name in names {
        samples.push(Sample {
            name: name.clone(),
            documents: find(session, name, json!({}), None, Some(SAMPLE)).await,
        });
    }
    samples
}

/// Which of the values that may refer to something each collection has as an `_id`.
async fn known_ids(session: &SessionHandle, samples: &[Sample]) -> BTreeMap<String, Vec<Value>> {
    let asked = asked_ids(samples);
    let mut known = BTreeMap::new();
    if asked.is_empty() {
        return known;
    }
    for sample in samples {
        let found = find(
            session,
            &sample.name,
            json!({ "_id": { "$in": asked } }),
            Some(json!({ "_id": 1 })),
            None,
        )
        .await;
        let ids = found
            .into_iter()
            .filter_map(|mut document| document.get_mut("_id").map(Value::take));
        known.insert(sample.name.clone(), ids.collect());
    }
    known
}

/// Fields that the last writing request changed, by collection.
fn changed_fields(changes: Option<&Changes>) -> BTreeMap<String, Vec<String>> {
    let mut changed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for write in changes
        .iter()
        .flat_map(|changes| &changes.writes)
        .filter(|write| write.kind == "update")
    {
        let fields = changed.entry(write.collection.clone()).or_default();
        fields.extend(
            difference(write.before.as_ref(), write.after.as_ref())
                .into_iter()
                .map(|field| field.name),
        );
    }
    changed
}

fn short(name: &str) -> &str {
    split_name(name).1
}

fn view_diagram(texts: &Texts, diagram: &Diagram, props: &MapProps) -> Html {
    if diagram.lines.is_empty() {
        return html! { <p>{ texts.get(&words::NO_RELATIONS) }</p> };
    }
    let changed = changed_fields(props.changes.as_ref());
    let label: Vec<String> = diagram
        .lines
        .iter()
        .map(|line| {
            let relation = &line.relation;
            texts.fill(
                &words::REFERS,
                &[
                    ("from", short(&relation.from)),
                    ("field", &relation.field),
                    ("to", short(&relation.to)),
                ],
            )
        })
        .collect();
    html! {
        <svg class="er" viewBox={format!("0 0 {} {}", diagram.width.max(224.0), diagram.height)} role="img" aria-label={label.join(", ")}>
            <path class="rel" d={diagram.lines.iter().map(|line| line.path.as_str()).collect::<String>()} />
            for entity in &diagram.entities {
                { view_entity(texts, entity, entity.name == props.selected, changed.get(&entity.name).map_or(&[], Vec::as_slice)) }
            }
        </svg>
    }
}

fn view_entity(texts: &Texts, entity: &Entity, selected: bool, changed: &[String]) -> Html {
    let Entity { x, y, .. } = *entity;
    let head = format!(
        "M{x} {}v-{}a4 4 0 0 1 4-4h{}a4 4 0 0 1 4 4v{}z",
        y + HEAD,
        HEAD - 4.0,
        BOX - 8.0,
        HEAD - 4.0
    );
    let line = |at: usize| y + HEAD + ROW * at as f64 + 13.0;
    html! {
        <g key={entity.name.clone()}>
            <rect class={classes!("bx", selected.then_some("on2"))} x={x.to_string()} y={y.to_string()} width={BOX.to_string()} height={entity.height().to_string()} rx="4" />
            <path class={if selected { "on" } else { "hd" }} d={head} />
            <text class="th" x={(x + 8.0).to_string()} y={(y + 13.0).to_string()}>{ clipped(short(&entity.name)) }</text>
            for (at, field) in entity.fields.iter().enumerate() {
                if changed.contains(field) { <rect class="chd" x={(x + 2.0).to_string()} y={(line(at) - 11.0).to_string()} width={(BOX - 4.0).to_string()} height={ROW.to_string()} /> }
                <text x={(x + 8.0).to_string()} y={line(at).to_string()}>{ clipped(field) }</text>
            }
            if entity.more > 0 { <text class="ty" x={(x + 8.0).to_string()} y={line(entity.fields.len()).to_string()}>{ texts.fill(&words::MORE, &[("count", &entity.more.to_string())]) }</text> }
        </g>
    }
}

/// As much of a name as fits into a box.
fn clipped(name: &str) -> String {
    crate::workbench::format::clip(name, 13)
}

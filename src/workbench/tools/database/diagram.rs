//! The entity-relationship diagram: which collections refer to which, as the program's schemas declare it or their own documents
//! show it, and where to draw them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::columns::columns;

/// Documents of a collection that are looked at.
pub const SAMPLE: u32 = 60;
/// Fields drawn of each collection.
const FIELDS: usize = 4;

/// A field of one collection that holds `_id`s of another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Relation {
    pub from: String,
    pub field: String,
    pub to: String,
    /// The field holds a list of them.
    pub list: bool,
}

/// A collection with some of its documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub name: String,
    pub documents: Vec<Value>,
}

/// A field that may refer to another collection, with the values seen in it.
#[derive(Debug, Clone, PartialEq)]
struct Candidate {
    field: String,
    list: bool,
    values: Vec<Value>,
}

fn is_object_id(value: &Value) -> bool {
    value.get("$oid").is_some()
}

/// `userId`, `user_id`, `bookIds`: names that announce a reference.
fn names_reference(field: &str) -> bool {
    let last = field.rsplit('.').next().unwrap_or(field);
    last != "_id" && ["Id", "_id", "Ids", "_ids"].iter().any(|end| last.ends_with(end))
}

/// Calls back for each value of a document with its path, inner documents and lists included.
fn each_value<'a>(path: &str, value: &'a Value, list: bool, found: &mut impl FnMut(&str, &'a Value, bool)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_value(path, item, true, found)),
        Value::Object(fields) if !fields.keys().any(|name| name.starts_with('$')) => {
            for (name, value) in fields {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                each_value(&inner, value, list, found);
            }
        }
        value => found(path, value, list),
    }
}

fn candidates(documents: &[Value]) -> Vec<Candidate> {
    let mut found: BTreeMap<String, Candidate> = BTreeMap::new();
    for document in documents {
        each_value("", document, false, &mut |field, value, list| {
            if field == "_id" || !(is_object_id(value) || names_reference(field) && (value.is_string() || value.is_number())) {
                return;
            }
            let candidate = found.entry(field.to_owned()).or_insert_with(|| Candidate {
                field: field.to_owned(),
                list: false,
                values: Vec::new(),
            });
            candidate.list |= list;
            if !candidate.values.contains(value) {
                candidate.values.push(value.clone());
            }
        });
    }
    found.into_values().collect()
}

/// Every value that may be an `_id` elsewhere: what each collection is asked for.
pub fn asked_ids(samples: &[Sample]) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for candidate in samples.iter().flat_map(|sample| candidates(&sample.documents)) {
        for value in candidate.values {
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    values
}

/// What is declared between these collections, and what is seen of other fields.
pub fn united(declared: Vec<Relation>, seen: Vec<Relation>, samples: &[Sample]) -> Vec<Relation> {
    let is_here = |name: &str| samples.iter().any(|sample| sample.name == name);
    let mut all: Vec<Relation> = declared
        .into_iter()
        .filter(|relation| is_here(&relation.from) && is_here(&relation.to))
        .collect();
    for relation in seen {
        if !all
            .iter()
            .any(|known| (&known.from, &known.field) == (&relation.from, &relation.field))
        {
            all.push(relation);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The relations, from which of the asked values each collection has as an `_id`.
pub fn relations(samples: &[Sample], ids: &BTreeMap<String, Vec<Value>>) -> Vec<Relation> {
    let mut found = BTreeSet::new();
    for sample in samples {
        for candidate in candidates(&sample.documents) {
            let hits = |name: &str| {
                ids.get(name)
                    .map_or(0, |known| candidate.values.iter().filter(|value| known.contains(value)).count())
            };
            // Numbers fit several collections: the one with most hits, and at a tie the one that the field names.
            let best = samples
                .iter()
                .map(|other| (hits(&other.name), is_named(&candidate.field, &other.name), &other.name))
                .filter(|(count, ..)| *count > 0)
                .max();
            if let Some((_, _, to)) = best {
                found.insert(Relation {
                    from: sample.name.clone(),
                    field: candidate.field,
                    to: to.clone(),
                    list: candidate.list,
                });
            }
        }
    }
    found.into_iter().collect()
}

/// `userId` names `users`.
fn is_named(field: &str, collection: &str) -> bool {
    let last = field.rsplit('.').next().unwrap_or(field).to_lowercase();
    let stem = ["_ids", "ids", "_id", "id"]
        .iter()
        .find_map(|end| last.strip_suffix(end))
        .unwrap_or(&last);
    let name = collection.rsplit('.').next().unwrap_or(collection).to_lowercase();
    name.starts_with(stem) && !stem.is_empty()
}

/// A collection as a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    pub name: String,
    pub fields: Vec<String>,
    /// Fields that are not drawn.
    pub more: usize,
    pub x: f64,
    pub y: f64,
}

/// A line from a field to the box that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub relation: Relation,
    /// As the `d` of an SVG path.
    pub path: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagram {
    pub entities: Vec<Entity>,
    pub lines: Vec<Line>,
    pub width: f64,
    pub height: f64,
}

pub const BOX: f64 = 92.0;
pub const HEAD: f64 = 18.0;
pub const ROW: f64 = 15.0;
const GAP_X: f64 = 40.0;
const GAP_Y: f64 = 18.0;

impl Entity {
    pub fn height(&self) -> f64 {
        HEAD + ROW * (self.fields.len() + usize::from(self.more > 0)) as f64 + 6.0
    }

    /// The middle of a field's row; of the head for a field that is not drawn.
    fn row(&self, field: &str) -> f64 {
        let at = self.fields.iter().position(|known| known == field);
        self.y + at.map_or(HEAD / 2.0, |at| HEAD + ROW * at as f64 + ROW / 2.0 + 2.0)
    }
}

/// How many steps a collection is from one that refers to nothing; circles are cut.
fn depth<'a>(name: &'a str, relations: &'a [Relation], seen: &mut Vec<&'a str>) -> usize {
    seen.push(name);
    let mut deepest = 0;
    for relation in relations.iter().filter(|relation| relation.from == name) {
        if !seen.contains(&relation.to.as_str()) {
            deepest = deepest.max(1 + depth(&relation.to, relations, seen));
        }
    }
    seen.pop();
    deepest
}

/// `_id` and references first, then what `shown` asks for, then the rest.
fn fields_of(sample: &Sample, relations: &[Relation], shown: &[String]) -> (Vec<String>, usize) {
    let all = columns(sample.documents.iter(), usize::MAX);
    let own: Vec<&str> = relations
        .iter()
        .filter(|relation| relation.from == sample.name)
        .map(|relation| relation.field.as_str())
        .collect();
    let top = |field: &&str| field.split('.').next().unwrap_or_default().to_owned();
    let mut fields: Vec<String> = vec!["_id".to_owned()];
    let first = own.iter().map(|field| (*field).to_owned());
    let wanted = first.chain(shown.iter().cloned()).chain(all.iter().cloned());
    for field in wanted {
        let covered = own.iter().any(|reference| top(reference) == field && *reference != field);
        if fields.len() < FIELDS.max(own.len() + 1) && !fields.contains(&field) && !covered {
            fields.push(field);
        }
    }
    let drawn: BTreeSet<String> = fields.iter().map(|field| top(&field.as_str())).collect();
    let more = all.iter().filter(|field| !drawn.contains(*field)).count();
    (fields, more)
}

/// Places the boxes in columns, those that refer to others to the right of them. `changed` are fields to show by collection.
pub fn layout(samples: &[Sample], relations: &[Relation], changed: &BTreeMap<String, Vec<String>>) -> Diagram {
    let mut diagram = Diagram::default();
    let mut bottoms: BTreeMap<usize, f64> = BTreeMap::new();
    let depths: Vec<usize> = samples
        .iter()
        .map(|sample| depth(&sample.name, relations, &mut Vec::new()))
        .collect();
    let columns: BTreeSet<usize> = depths.iter().copied().collect();
    for (sample, depth) in samples.iter().zip(depths) {
        // No column stays empty, also when all collections are in circles.
        let column = columns.range(..depth).count();
        let (fields, more) = fields_of(sample, relations, changed.get(&sample.name).map_or(&[], Vec::as_slice));
        let y = bottoms.get(&column).map_or(1.0, |bottom| bottom + GAP_Y);
        let entity = Entity {
            name: sample.name.clone(),
            fields,
            more,
            x: 1.0 + column as f64 * (BOX + GAP_X),
            y,
        };
        bottoms.insert(column, y + entity.height());
        diagram.width = diagram.width.max(entity.x + BOX + 1.0);
        diagram.entities.push(entity);
    }
    diagram.height = bottoms.values().fold(0.0, |most: f64, bottom| most.max(*bottom)) + 1.0;
    let find = |name: &str| diagram.entities.iter().find(|entity| entity.name == name);
    let mut lines = Vec::new();
    for relation in relations {
        let (Some(from), Some(to)) = (find(&relation.from), find(&relation.to)) else {
            continue;
        };
        lines.push(Line {
            relation: relation.clone(),
            path: path(from, to, &relation.field, lines.len()),
        });
    }
    diagram.lines = lines;
    diagram
}

/// A line with a crow's foot where the many are and a bar where the one is.
fn path(from: &Entity, to: &Entity, field: &str, nth: usize) -> String {
    let (many, one) = (from.row(field), to.row("_id"));
    let shift = (nth % 3) as f64 * 5.0;
    if from.x > to.x {
        let (end, start) = (from.x, to.x + BOX);
        let middle = start + GAP_X / 2.0 - 5.0 + shift;
        return format!(
            "M{start} {one}H{middle}V{many}H{end}M{foot} {many}L{end} {up}M{foot} {many}L{end} {down}M{bar} {top}V{bottom}",
            foot = end - 8.0,
            up = many - 5.0,
            down = many + 5.0,
            bar = start + 5.0,
            top = one - 4.0,
            bottom = one + 4.0,
        );
    }
    // Within a column, or back to the left: around the right side.
    let (end, start) = (from.x + BOX, to.x + BOX);
    let middle = end.max(start) + GAP_X / 2.0 - 5.0 + shift;
    format!(
        "M{start} {one}H{middle}V{many}H{end}M{foot} {many}L{end} {up}M{foot} {many}L{end} {down}M{bar} {top}V{bottom}",
        foot = end + 8.0,
        up = many - 5.0,
        down = many + 5.0,
        bar = start + 5.0,
        top = one - 4.0,
        bottom = one + 4.0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sample(name: &str, documents: &[Value]) -> Sample {
        Sample {
            name: name.into(),
            documents: documents.to_vec(),
        }
    }

    fn shop() -> Vec<Sample> {
        let id = |text: &str| json!({ "$oid": text });
        vec![
            sample(
                "users",
                &[json!({ "_id": id("a"), "name": "Asha", "city": "Pune", "age": 3, "mail": "x" })],
            ),
            sample("books", &[json!({ "_id": 7, "title": "T" })]),
            sample(
                "orders",
                &[json!({ "_id": 1, "by": id("a"), "lines": [{ "bookId": 7, "n": 2 }], "other": id("zz"), "total": 9 })],
            ),
        ]
    }

    fn ids() -> BTreeMap<String, Vec<Value>> {
        BTreeMap::from([
            ("users".to_owned(), vec![json!({ "$oid": "a" })]),
            ("books".to_owned(), vec![json!(7)]),
            ("orders".to_owned(), vec![json!(7)]),
        ])
    }

    #[test]
    fn relations_are_seen_in_the_documents() {
        let samples = shop();
        assert_eq!(asked_ids(&samples), [json!({ "$oid": "a" }), json!(7), json!({ "$oid": "zz" })]);
        let shown: Vec<String> = relations(&samples, &ids())
            .iter()
            .map(|relation| {
                format!(
                    "{}.{} {} {}",
                    relation.from,
                    relation.field,
                    if relation.list { "many" } else { "one" },
                    relation.to
                )
            })
            .collect();
        assert_eq!(shown, ["orders.by one users", "orders.lines.bookId many books"]);
    }

    #[test]
    fn what_is_declared_counts_before_what_is_seen() {
        let samples = shop();
        let relation = |from: &str, field: &str, to: &str| Relation {
            from: from.into(),
            field: field.into(),
            to: to.into(),
            list: false,
        };
        let declared = vec![
            relation("orders", "by", "books"),
            relation("orders", "coupon", "users"),
            relation("orders", "shop", "shops"),
        ];
        let all = united(declared, relations(&samples, &ids()), &samples);
        let shown: Vec<String> = all.iter().map(|relation| format!("{} {}", relation.field, relation.to)).collect();
        assert_eq!(shown, ["by books", "coupon users", "lines.bookId books"]);
    }

    #[test]
    fn boxes_and_lines() {
        let samples = shop();
        let found = relations(&samples, &ids());
        let changed = BTreeMap::from([("users".to_owned(), vec!["mail".to_owned()])]);
        let diagram = layout(&samples, &found, &changed);
        let shown: Vec<String> = diagram
            .entities
            .iter()
            .map(|entity| format!("{} {} +{} at {}", entity.name, entity.fields.join(","), entity.more, entity.x))
            .collect();
        assert_eq!(
            shown,
            [
                "users _id,mail,name,city +1 at 1",
                "books _id,title +0 at 1",
                "orders _id,by,lines.bookId,other +1 at 133"
            ]
        );
        assert_eq!(diagram.lines.len(), 2);
        assert!(diagram.lines[0].path.starts_with("M93 "));
        assert!(diagram.height > diagram.entities[1].y);
    }

    #[test]
    fn circles_end() {
        let relation = |from: &str, to: &str| Relation {
            from: from.into(),
            field: "x".into(),
            to: to.into(),
            list: false,
        };
        let circle = [relation("a", "b"), relation("b", "a"), relation("a", "a")];
        assert_eq!(depth("a", &circle, &mut Vec::new()), 1);
    }
}

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;
use server::routes;

use crate::house::House;

#[tokio::test]
async fn every_route_is_described_and_nothing_else() {
    let house = House::open().await;
    let document: Value = house.visitor().read("/api/openapi.json").await;
    let paths = document["paths"].as_object().expect("paths");
    let described: BTreeSet<_> = paths
        .iter()
        .flat_map(|(path, operations)| {
            let methods = operations.as_object().expect("operations").keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let routed: BTreeSet<_> = routes()
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    assert_eq!(described, routed);
}

/// Else whoever reads it knows nothing of what is meant.
#[tokio::test]
async fn every_reference_of_the_description_leads_somewhere() {
    let house = House::open().await;
    let document: Value = house.visitor().read("/api/openapi.json").await;
    let references = references(&document);
    assert!(references.len() > 100, "{} references", references.len());
    for reference in references {
        let place = reference.strip_prefix('#').expect(&reference);
        assert!(document.pointer(place).is_some(), "{reference}");
    }
}

/// What the document refers to.
fn references(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            let below = members.values().flat_map(references);
            below.chain(own.map(str::to_owned)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

/// What derives the description does not read every way of naming members;
/// everything that is sent is named like this.
#[tokio::test]
async fn members_are_described_by_the_names_that_are_sent() {
    let house = House::open().await;
    let document: Value = house.visitor().read("/api/openapi.json").await;
    let names = members(&document);
    assert!(names.len() > 100, "{} names", names.len());
    let strange: Vec<_> = names.iter().filter(|name| name.contains('_')).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

/// The names of the members of every object that is described.
fn members(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Object(described) => {
            let own = described.get("properties").and_then(Value::as_object);
            let own = own.into_iter().flat_map(|members| members.keys().cloned());
            described.values().flat_map(members).chain(own).collect()
        }
        Value::Array(items) => items.iter().flat_map(members).collect(),
        _ => BTreeSet::new(),
    }
}

/// A change of the API shows in review. `PATCHBAY_ACCEPT=1` takes it over.
#[tokio::test]
async fn the_description_is_the_one_that_was_reviewed() {
    let house = House::open().await;
    let document: Value = house.visitor().read("/api/openapi.json").await;
    let text = serde_json::to_string_pretty(&sorted(document)).expect("JSON") + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/openapi.json");
    if std::env::var_os("PATCHBAY_ACCEPT").is_some() {
        std::fs::write(&file, &text).expect("a written file");
    }
    let reviewed = std::fs::read_to_string(&file).expect("the reviewed description");
    assert_eq!(text, reviewed);
}

/// The same with the members of every object by name: their order means
/// nothing, and some of it is another at each start.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_by(|(one, _), (other, _)| one.cmp(other));
            let members = members
                .into_iter()
                .map(|(name, value)| (name, sorted(value)));
            Value::Object(members.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}

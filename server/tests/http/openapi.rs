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

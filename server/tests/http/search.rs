use api::{ProblemDetails, SearchResults};
use reqwest::StatusCode;
use serde_json::json;

use crate::house::{House, Person};

async fn search(person: &Person, query: &str, after: Option<&str>) -> SearchResults {
    let after = after.map(|after| ("after", after));
    let parameters = [("q", query)].into_iter().chain(after);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    person.read(&format!("/api/search?{query}")).await
}

/// What was found, as `flow: node, node`.
fn told(results: &SearchResults) -> Vec<String> {
    let flows = results.flows.iter().map(|found| {
        let nodes: Vec<_> = found.nodes.iter().map(|node| node.name.as_str()).collect();
        format!("{}: {}", found.name, nodes.join(", "))
    });
    flows.collect()
}

async fn edit(person: &Person, flow: &str, id: &str, op: serde_json::Value) {
    let edit = json!({ "id": id, "transaction": { "label": "Edit", "ops": [op] } });
    let path = format!("/api/flows/{flow}/transactions");
    let answer = person.post(&path, edit).await;
    assert!(answer.status().is_success(), "{}", answer.status());
}

#[tokio::test]
async fn a_search_finds_the_nodes_of_all_flows_and_follows_their_changes() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let vera = house.person(&ada, api::Role::Viewer, "Vera").await;
    let lookup = ada.flow("phone-lookup").await;
    ada.flow("empty").await;

    let found = search(&vera, "kind:look", None).await;
    assert_eq!((found.next.as_deref(), found.unread), (None, 0));
    let [flow] = found.flows.as_slice() else {
        panic!("one flow has a lookup: {found:?}");
    };
    assert_eq!((flow.flow.as_str(), flow.total), (lookup.id.as_str(), 1));
    let node = flow.nodes[0].node.clone();

    edit(
        &ada,
        &lookup.id,
        "t1",
        json!({ "setField": { "id": node, "field": "url", "value": { "text": "https://needle.example" } } }),
    )
    .await;
    let found = search(&vera, "needle", None).await;
    let excerpt = found.flows[0].nodes[0]
        .excerpt
        .as_ref()
        .expect("an excerpt");
    assert_eq!(excerpt.place, "URL");
    assert_eq!(&excerpt.text[excerpt.start..excerpt.end], "needle");
    assert_eq!(told(&search(&vera, "is:invalid", None).await), [""; 0]);

    ada.delete(&format!("/api/flows/{}", lookup.id)).await;
    assert_eq!(told(&search(&vera, "needle", None).await), [""; 0]);
}

#[tokio::test]
async fn a_search_goes_on_after_a_full_page_and_finds_each_flow_once() {
    let house = House::open().await;
    let ada = house.administrator().await;
    let mut ids = Vec::new();
    for number in 0..12 {
        let id = ada.flow("empty").await.id;
        let nodes: Vec<_> = (0..30)
            .map(|node| {
                let id = format!("n{node}");
                let label = format!("Needle {number} {node}");
                json!({ "addNode": {
                    "id": id, "node": { "kind": "end", "label": label },
                    "position": { "x": 0.0, "y": node * 100 },
                } })
            })
            .collect();
        let transaction = json!({ "label": "Draw", "ops": nodes });
        let path = format!("/api/flows/{id}/transactions");
        let answer = ada
            .post(&path, json!({ "id": "t", "transaction": transaction }))
            .await;
        assert!(answer.status().is_success(), "{}", answer.status());
        ids.push(id);
    }
    let first = search(&ada, "needle", None).await;
    assert_eq!(first.flows.len(), 10, "twenty of each until two hundred");
    assert!(
        first
            .flows
            .iter()
            .all(|found| (found.total, found.nodes.len()) == (30, 20))
    );
    assert_eq!(
        first.flows[0].flow, ids[11],
        "the one last changed comes first"
    );
    assert!(first.flows[0].nodes[0].name.ends_with(" 0"), "from the top");
    let second = search(&ada, "needle", first.next.as_deref()).await;
    assert_eq!((second.flows.len(), second.next), (2, None));
    let mut found: Vec<_> = first
        .flows
        .iter()
        .chain(&second.flows)
        .map(|f| &f.flow)
        .collect();
    found.sort_unstable();
    ids.sort_unstable();
    assert_eq!(found, ids.iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn a_search_that_is_not_understood_is_refused_with_what_could_be_written() {
    let house = House::open().await;
    let ada = house.administrator().await;
    ada.flow("phone-lookup").await;
    for (query, said) in [
        ("is:broken", "invalid, warning, unconnected, disabled"),
        (&*"x".repeat(501), "at most 500 bytes"),
    ] {
        let answer = ada.get(&format!("/api/search?q={query}")).await;
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let problem: ProblemDetails = answer.json().await.expect("a problem");
        assert!(
            problem
                .errors
                .iter()
                .any(|error| error.detail.contains(said)),
            "{problem:?}"
        );
    }
    for query in ["", "%20", "kind:"] {
        let found: SearchResults = ada.read(&format!("/api/search?q={query}")).await;
        assert_eq!(found, SearchResults::default());
    }
}

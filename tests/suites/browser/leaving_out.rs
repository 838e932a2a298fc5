//! Leaving flows out of a change of many: those that errors keep from being
//! published are left out until somebody says otherwise.

use std::sync::Arc;

use api::{FlowSummary, Import};
use flow::{Edge, FlowFile, FlowKind, Kind, Node, NodeId, Port, TEMPLATES};
use tests::{Browser, Context, Locator, Person, Result, Server};

use crate::site;

#[tokio::test]
async fn flows_are_left_out_of_a_change_and_the_rest_is_changed() -> Result<()> {
    site::journey("leaving-out", leave_out).await
}

/// A call flow that cannot be published: a step of it says not which module.
fn unfinished() -> Result<FlowFile> {
    let mut templates = TEMPLATES.iter();
    let call = templates.find(|template| template.kind == FlowKind::Call);
    let mut flow = call.context("no call flow to start from")?.build();
    flow.name = "Unfinished".to_owned();
    let start = flow.nodes.keys().next().context("no Start")?.clone();
    let id = NodeId::new("blank");
    let node = Node::of(&Kind::FLOW_MODULE);
    flow.nodes.insert(id.clone(), Arc::new(node));
    flow.positions
        .insert(id.clone(), flow::Point::new(0.0, 150.0));
    let edge = Edge::new(start, Port::OUT, id);
    flow.edges.insert(edge.key(), Arc::new(edge));
    Ok(FlowFile::new(flow, None))
}

async fn leave_out(browser: &Browser, server: &Server) -> Result<()> {
    let ada = Person::demonstration(server).await?;
    for name in ["Alpha line", "Beta line"] {
        ada.make_flow("empty-call-flow", Some(name)).await?;
    }
    let import = Import {
        text: serde_json::to_string(&unfinished()?)?,
    };
    let _: FlowSummary = ada.post("/api/flows/import", &import).await?;
    let module = ada.make_flow("shared-authentication", None).await?;
    let publish = ada.publish(&module.id, "module").await?;
    ada.ended(&publish.id).await?;

    let page = format!("/link?module={}", module.id);
    browser.goto(&server.url(&page)).await?;
    browser
        .click(&Locator::role("button", "Choose all"))
        .await?;
    browser
        .click(&Locator::css("[data-action='preview']"))
        .await?;
    let preview = Locator::panel("change-preview");
    browser
        .shows(&preview, "keeps it from being published")
        .await?;
    let begin = Locator::css("[data-action='begin']");
    browser
        .shows(&begin, "Change and publish 2 of 3 flows")
        .await?;

    let of = |name: &str| Locator::role("checkbox", &format!("Change {name}"));
    browser.click(&of("Unfinished")).await?;
    browser.shows(&begin, "Change 3 flows, publish 2").await?;
    browser.click(&of("Unfinished")).await?;
    browser.click(&of("Alpha line")).await?;
    browser
        .shows(&begin, "Change and publish 1 of 3 flows")
        .await?;
    browser.click(&of("Beta line")).await?;
    browser.shows(&begin, "Change 0 of 3 flows").await?;
    browser.click(&begin).await?;
    browser
        .shows(&preview, "Tick at least one flow that is to be changed")
        .await?;
    browser.click(&of("Beta line")).await?;
    browser.click(&begin).await?;

    let page = Locator::panel("batch");
    let said = "Every flow is done but 2 that were left out";
    browser.shows(&page, said).await?;
    browser
        .shows(&page, "It was left out in the preview, and is as it was.")
        .await?;
    let flows: Vec<FlowSummary> = ada.get("/api/flows").await?;
    let changed = flows.iter().filter(|flow| flow.kind == FlowKind::Call);
    let mut nodes: Vec<_> = changed
        .map(|flow| (flow.name.as_str(), flow.nodes))
        .collect();
    nodes.sort_unstable();
    assert_eq!(
        nodes,
        [("Alpha line", 1), ("Beta line", 2), ("Unfinished", 2)]
    );
    Ok(())
}

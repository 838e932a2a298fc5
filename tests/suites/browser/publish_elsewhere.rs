//! A flow that is published to a connection where what it calls never was.

use api::{Batch, BatchChange, NewBatch};
use tests::{Browser, Locator, Person, Result, Server, eventually};

use crate::{connections, publishing, site};

#[tokio::test]
async fn what_is_missing_in_a_connection_is_said_at_the_call_before_anything_leaves() -> Result<()>
{
    site::journey("publish-elsewhere", missing).await
}

async fn missing(browser: &Browser, server: &Server) -> Result<()> {
    let ada = Person::demonstration(server).await?;
    let module = ada.make_flow("shared-authentication", None).await?;
    ada.ended(&ada.publish(&module.id, "module").await?.id)
        .await?;
    let flow = ada.make_flow("empty-call-flow", Some("Main line")).await?;
    let link = NewBatch {
        key: "link".to_owned(),
        change: BatchChange::Link {
            module: module.id,
            label: "Who is calling".to_owned(),
        },
        flows: vec![flow.id.clone()],
        upstream: Vec::new(),
        leave_out: Vec::new(),
        publish: false,
        connection: None,
    };
    let begun: Batch = ada.post("/api/batches", &link).await?;
    eventually("the module to be linked", async || {
        let now: Batch = ada.get(&format!("/api/batches/{}", begun.id)).await?;
        Ok((now.state == api::BatchState::Ended).then_some(()))
    })
    .await?;
    browser.goto(&server.url("/settings/connections")).await?;
    connections::add_beside_the_sandbox(browser, "Production").await?;
    let before = publishing::arrivals(server).await?.len();

    browser
        .goto(&server.url(&format!("/flows/{}", flow.id)))
        .await?;
    site::is_open(browser).await?;
    let in_bar = Locator::role("button", "Publish").within(Locator::panel("bar"));
    browser.click(&in_bar).await?;
    let through = Locator::css("dialog[open] select");
    browser.find(&through).await?.focus().await?;
    browser.type_text("Production").await?;
    browser
        .click(&Locator::css("dialog[open] [data-action='publish']"))
        .await?;
    let said = "was never published to “Production”: publish it there first.";
    browser.shows(&publishing::dialog(), said).await?;
    browser.screenshot("publish-elsewhere").await?;
    assert_eq!(publishing::arrivals(server).await?.len(), before);
    Ok(())
}

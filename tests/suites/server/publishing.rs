//! Publishing when all goes well.

use std::path::Path;

use api::{Publish, PublishState, StepState, Submitted};
use flow::{FlowSetting, Op, Transaction};
use sandbox::{FlowRecord, compare};
use serde_json::Value;
use tests::{Context, Person, Result, Server, Upstream, bail, ensure, find_no_secret};

/// The version that a publish made live.
pub(crate) fn live_version(publish: &Publish) -> Result<u64> {
    match &publish.state {
        PublishState::Published { version, .. } => Ok(*version),
        other => bail!("it is not published: {other:?}"),
    }
}

/// The one flow upstream.
pub(crate) fn only_flow(upstream: &Upstream) -> Result<FlowRecord> {
    let mut flows = upstream.sandbox().flows();
    let flow = flows.pop().context("there is no flow upstream")?;
    ensure!(
        flows.is_empty(),
        "there are {} flows upstream",
        flows.len() + 1
    );
    Ok(flow)
}

/// Changes the description of a flow.
pub(crate) async fn describe(person: &Person, flow: &str, description: &str) -> Result<()> {
    let edit = Op::SetFlow(FlowSetting::Description(description.to_owned()));
    let submitted = Submitted {
        id: format!("describe {description}"),
        transaction: Transaction::new("Change the description", vec![edit]),
    };
    let path = format!("/api/flows/{flow}/transactions");
    let answer: Value = person.post(&path, &submitted).await?;
    ensure!(
        answer.get("acknowledged").is_some(),
        "the edit was not taken: {answer}"
    );
    Ok(())
}

/// Clicks Publish and waits for the end.
pub(crate) async fn publish(person: &Person, flow: &str, key: &str) -> Result<Publish> {
    let begun = person.publish(flow, key).await?;
    person.ended(&begun.id).await
}

#[tokio::test]
async fn the_template_is_published_with_exactly_the_expected_requests() -> Result<()> {
    let upstream = Upstream::start().await?;
    let server = upstream
        .setup()
        .environment("PATCHBAY_LOG", "trace")
        .start()
        .await?;
    let ada = Person::demonstration(&server).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    let published = publish(&ada, &flow, "first").await?;
    ensure!(live_version(&published)? == 1, "{published:?}");
    ensure!(
        published
            .steps
            .iter()
            .all(|step| step.state == StepState::Done),
        "{:?}",
        published.steps
    );

    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let expected = compare::shared_directory(&workspace).join("expected/phone-lookup.json");
    match std::fs::read_to_string(&expected) {
        Ok(text) => {
            let expected = serde_json::from_str(&text)?;
            let found = compare::differences(&expected, &upstream.sandbox().arrivals());
            ensure!(found.is_empty(), "{}", found.join("\n"));
        }
        Err(error) => eprintln!(
            "SKIPPED: the requests were not compared: {}: {error}. PATCHBAY_SHARED names the folder.",
            expected.display()
        ),
    }
    find_no_secret(&server, &[&ada], Some(&upstream)).await
}

#[tokio::test]
async fn an_edited_flow_is_published_as_the_next_version_of_the_same_flow() -> Result<()> {
    let upstream = Upstream::start().await?;
    let server = upstream.setup().start().await?;
    let ada = Person::demonstration(&server).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    for version in 1..=3 {
        let description = format!("Draft {version}");
        describe(&ada, &flow, &description).await?;
        let published = publish(&ada, &flow, &description).await?;
        ensure!(live_version(&published)? == version, "{published:?}");
        let live = only_flow(&upstream)?.published.context("nothing is live")?;
        ensure!(live.version == version, "version {} is live", live.version);
        ensure!(live.body["description"] == *description, "{}", live.body);
    }
    Ok(())
}

#[tokio::test]
async fn the_sandbox_beside_the_server_holds_what_was_published() -> Result<()> {
    let mut server = Server::start().await?;
    let ada = Person::demonstration(&server).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    live_version(&publish(&ada, &flow, "first").await?)?;
    // What is published there outlives the server.
    server.kill_nine().await?;
    server.restart().await?;
    describe(&ada, &flow, "Second").await?;
    ensure!(live_version(&publish(&ada, &flow, "second").await?)? == 2);
    Ok(())
}

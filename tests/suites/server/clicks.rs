//! Many clicks on Publish.

use futures_util::future::try_join_all;
use sandbox::{FaultKind, Route};
use tests::{Person, Result, Upstream, bail, ensure};

use crate::publishing::{live_version, only_flow};

const CLICKS: usize = 20;

#[tokio::test]
async fn twenty_clicks_at_once_publish_once() -> Result<()> {
    let keys = (0..CLICKS).map(|click| format!("click {click}"));
    publish_once(keys.collect()).await
}

#[tokio::test]
async fn one_click_heard_twenty_times_publishes_once() -> Result<()> {
    publish_once(vec!["the click".to_owned(); CLICKS]).await
}

async fn publish_once(keys: Vec<String>) -> Result<()> {
    let upstream = Upstream::start().await?;
    let server = upstream.setup().start().await?;
    let ada = Person::demonstration(&server).await?;
    let flow = ada.make_flow("phone-lookup", None).await?.id;
    // The publish cannot end before the last click is heard.
    upstream.fail_once(Route::Oauth, FaultKind::NeverAnswer);
    let begun = try_join_all(keys.iter().map(|key| ada.publish(&flow, key))).await?;
    upstream.sandbox().clear_faults();

    let mut ids: Vec<_> = begun.iter().map(|publish| publish.id.as_str()).collect();
    ids.dedup();
    let [id] = ids[..] else {
        bail!("{} publishes began", ids.len());
    };
    ensure!(live_version(&ada.ended(id).await?)? == 1);

    // A browser that lost the answer to its click sends the click again.
    for key in &keys {
        let heard_again = ada.publish(&flow, key).await?;
        ensure!(heard_again.id == id, "“{key}” began another publish");
    }
    only_flow(&upstream)?;
    let creates = upstream.arrived("POST", "/api/v2/flows").len();
    let publishes = upstream.arrived("POST", "/api/v2/flows/*/publish").len();
    ensure!(
        (creates, publishes) == (1, 1),
        "{creates} creates, {publishes} publishes"
    );
    Ok(())
}

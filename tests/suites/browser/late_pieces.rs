//! Pieces of the module that come late or not at all: what is done meanwhile
//! means what it was meant to, and what is not known is not claimed.

use serde_json::{Value, json};
use tests::{Browser, Locator, Result, ensure};

use crate::drawing::Drawing;
use crate::site;

/// So long every answer takes: longer than a hand takes to go on.
const LATENCY_MILLIS: u64 = 2_500;

async fn network(browser: &Browser, method: &str, parameters: Value) -> Result<()> {
    let cdp = browser.session()?.cdp();
    cdp.send_raw(&format!("Network.{method}"), parameters)
        .await?;
    Ok(())
}

async fn answers_take(browser: &Browser, latency_millis: u64) -> Result<()> {
    let conditions = json!({
        "offline": false, "latency": latency_millis,
        "downloadThroughput": -1, "uploadThroughput": -1,
    });
    network(browser, "emulateNetworkConditions", conditions).await
}

async fn blocked(browser: &Browser, urls: &[&str]) -> Result<()> {
    network(browser, "setBlockedURLs", json!({ "urls": urls })).await
}

#[tokio::test]
async fn keys_that_come_before_the_editor_do_what_they_would_have_done() -> Result<()> {
    site::journey("late-editor", async |browser, _| {
        let drawing = Drawing::of(browser);
        site::new_flow(browser, "Phone lookup").await?;
        network(browser, "enable", json!({})).await?;
        network(
            browser,
            "setCacheDisabled",
            json!({ "cacheDisabled": true }),
        )
        .await?;
        browser.session()?.refresh().await?;
        site::is_open(browser).await?;
        drawing.has_nodes(3).await?;
        let lookup = drawing.grip("lookup").await?;
        answers_take(browser, LATENCY_MILLIS).await?;

        // On the canvas these would disable and delete what is selected. They
        // are the name, and what follows Enter is for the canvas again.
        browser.click_at(lookup).await?;
        browser.keys("F2").await?;
        browser.type_text("Dad caldd").await?;
        browser.keys("Backspace").await?;
        browser.keys("Backspace").await?;
        browser.type_text("ls\n").await?;
        browser.keys("n").await?;
        browser.type_text("disconnect\n").await?;
        let early = drawing.nodes().await?.len();
        ensure!(early == 3, "the editor came before it was to come");
        browser.shows(&Locator::node("lookup"), "Dad calls").await?;
        drawing.has_nodes(4).await?;
        browser
            .gone(&Locator::role("textbox", "Name of the node"))
            .await?;
        browser.gone(&Locator::panel("quick-add")).await?;
        let disabled = browser.count(&Locator::css(".node--disabled")).await?;
        ensure!(disabled == 0, "a step was disabled");
        site::is_saved(browser).await
    })
    .await
}

#[tokio::test]
async fn a_flow_whose_checks_do_not_come_is_not_called_free_of_problems() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let walk = async {
        site::sign_in(&browser, &server).await?;
        network(&browser, "enable", json!({})).await?;
        blocked(&browser, &["*split_steps*"]).await?;
        site::new_flow(&browser, "Phone lookup").await?;
        browser.click(&Locator::role("tab", "Problems")).await?;
        let problems = Locator::panel("problems");
        browser.shows(&problems, "could not be loaded").await?;
        browser
            .shows(&Locator::css(".problem-count"), "Not checked yet")
            .await?;

        blocked(&browser, &[]).await?;
        let again = Locator::css("[data-panel='problems'] button");
        browser.click(&again).await?;
        browser.shows(&problems, "No problems").await
    };
    site::watched(&browser, "late-checks", walk).await?;
    browser.close().await
}

#[tokio::test]
async fn a_network_that_is_gone_is_said_at_once_and_so_is_its_return() -> Result<()> {
    site::journey("offline", async |browser, _| {
        site::new_flow(browser, "Phone lookup").await?;
        site::is_saved(browser).await?;
        let state = Locator::panel("save-state");
        network(browser, "enable", json!({})).await?;
        let offline = |is_offline: bool| {
            json!({
                "offline": is_offline, "latency": 0,
                "downloadThroughput": -1, "uploadThroughput": -1,
            })
        };
        network(browser, "emulateNetworkConditions", offline(true)).await?;
        browser.shows(&state, "Offline").await?;
        network(browser, "emulateNetworkConditions", offline(false)).await?;
        browser.shows(&state, "Saved").await
    })
    .await
}

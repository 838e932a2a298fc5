//! A publish that somebody leaves and comes back to, and one that errors keep
//! from beginning.

use serde_json::json;
use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::{drawing::Drawing, inspector::Inspector, publishing, site};

#[tokio::test]
async fn a_publish_that_was_left_is_found_again_and_its_end_is_told() -> Result<()> {
    site::journey("publish-left", left).await
}

async fn left(browser: &Browser, server: &Server) -> Result<()> {
    site::new_flow(browser, "Phone lookup").await?;
    let flow = site::path(browser).await?;
    let live = Locator::panel("live");
    browser.shows(&live, "Never published").await?;
    let wait = json!({
        "route": "create", "times": 1,
        "kind": { "type": "status", "status": 429, "headers": { "Retry-After": "15" } },
    });
    publishing::do_upstream(server, "/sandbox/faults", &wait).await?;
    publishing::press(browser).await?;
    let running = Locator::css(".step[data-state='running']");
    browser.shows(&running, "Genesys asks us to wait 1").await?;
    // It counts down.
    browser
        .shows(&running, "Genesys asks us to wait 13 s.")
        .await?;
    browser.click(&Locator::role("button", "Close")).await?;
    browser.gone(&publishing::dialog()).await?;
    browser
        .click(&Locator::role("link", "Back to flows"))
        .await?;
    browser.shows(&Locator::css(".table"), "Publishing").await?;
    browser
        .click(&Locator::role("link", "Dev: Phone Lookup"))
        .await?;
    site::is_open(browser).await?;
    ensure!(site::path(browser).await? == flow, "another flow is open");

    let in_bar = Locator::role("button", "Publishing…").within(Locator::panel("bar"));
    browser.click(&in_bar).await?;
    browser.shows(&running, "Send it to Genesys Cloud").await?;
    browser.screenshot("publish-found-again").await?;
    browser.click(&Locator::role("button", "Close")).await?;
    browser.gone(&publishing::dialog()).await?;
    browser
        .shows(
            &Locator::css(".toasts[role='status']"),
            "is published. Version 1 is live.",
        )
        .await?;
    browser.shows(&live, "Published v1").await?;
    browser.screenshot("publish-told").await?;
    site::no_complaints(browser, server).await
}

#[tokio::test]
async fn errors_in_the_way_of_publishing_are_said_and_the_first_has_the_focus() -> Result<()> {
    site::journey("publish-held-up", held_up).await
}

async fn held_up(browser: &Browser, server: &Server) -> Result<()> {
    site::new_flow(browser, "Phone lookup").await?;
    let (drawing, inspector) = (Drawing::of(browser), Inspector::of(browser));
    drawing.select(&drawing.nodes().await?.remove(1)).await?;
    inspector.fill("URL", "no address").await?;
    site::is_saved(browser).await?;
    let problems = Locator::panel("problems");
    browser.click(&Locator::css(".problem-count")).await?;
    browser.find(&problems).await?;
    let in_bar = Locator::role("button", "Publish").within(Locator::panel("bar"));
    browser.click(&in_bar).await?;
    browser
        .shows(&problems, "One error keeps the flow from being published.")
        .await?;
    eventually("the first error to have the focus", async || {
        let at = "return document.activeElement?.closest('[data-severity]')?.dataset.code";
        let at = browser.script(at, Vec::new()).await?;
        Ok((at == "url-invalid").then_some(()))
    })
    .await?;
    browser.screenshot("publish-held-up").await?;
    inspector.fill("URL", "https://a.example.org").await?;
    browser.gone(&Locator::css(".problems__held-up")).await?;
    site::no_complaints(browser, server).await
}

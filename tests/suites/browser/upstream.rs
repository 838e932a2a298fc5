//! What is in Genesys Cloud: opened from there, changed there meanwhile, held
//! there by somebody.

use serde_json::{Value, json};
use tests::{Browser, Context, Locator, Result, Server, ensure};

use crate::inspector::Inspector;
use crate::{drawing::Drawing, publishing, site};

#[tokio::test]
async fn what_both_sides_changed_is_compared_decided_and_published() -> Result<()> {
    site::journey("compare", compare).await
}

async fn compare(browser: &Browser, server: &Server) -> Result<()> {
    site::new_flow(browser, "Phone lookup").await?;
    publishing::press(browser).await?;
    publishing::is_published(browser, 1).await?;

    let mut held = only_flow(server).await?;
    let url = "/nodes/nodes/1/configuration/action/url";
    *held["draft"].pointer_mut(url).context("a URL")? = json!("https://theirs.example.org");
    let change = json!({ "id": held["id"], "document": held["draft"] });
    publishing::do_upstream(server, "/sandbox/changes", &change).await?;
    let (drawing, inspector) = (Drawing::of(browser), Inspector::of(browser));
    let lookup = drawing.nodes().await?.remove(1);
    drawing.select(&lookup).await?;
    inspector.fill("URL", "https://ours.example.org").await?;

    publishing::press(browser).await?;
    let alert = Locator::any("alert").within(publishing::dialog());
    browser
        .shows(&alert, "one part was changed there and here")
        .await?;
    let part = Locator::css(".compare__part");
    for side in ["https://ours.example.org", "https://theirs.example.org"] {
        browser.shows(&part, side).await?;
    }
    browser.screenshot("publish-compare").await?;
    let publish = Locator::role("button", "Publish with these choices");
    let button = browser.find(&publish).await?;
    ensure!(!button.is_enabled().await?, "nothing is chosen yet");

    // Looking at the place keeps what was chosen.
    browser
        .click(&Locator::css(".compare__side:last-of-type"))
        .await?;
    browser
        .click(&Locator::role("button", "Show it in the flow"))
        .await?;
    browser.gone(&publishing::dialog()).await?;
    drawing.has_selected(&[lookup.as_str()]).await?;
    let in_bar = Locator::role("button", "Publish").within(Locator::panel("bar"));
    browser.click(&in_bar).await?;
    browser.click(&publish).await?;
    publishing::is_published(browser, 2).await?;
    let held = only_flow(server).await?;
    ensure!(
        held["draft"].pointer(url) == Some(&json!("https://theirs.example.org")),
        "it holds {held:#}"
    );
    inspector.holds("URL", "https://theirs.example.org").await
}

#[tokio::test]
async fn a_lock_is_named_and_can_be_tried_again() -> Result<()> {
    site::journey("lock", lock).await
}

async fn lock(browser: &Browser, server: &Server) -> Result<()> {
    site::new_flow(browser, "Phone lookup").await?;
    publishing::press(browser).await?;
    publishing::is_published(browser, 1).await?;
    let held = only_flow(server).await?;
    let lock = json!({ "id": held["id"], "by": "Maria Jones" });
    publishing::do_upstream(server, "/sandbox/locks", &lock).await?;
    publishing::press(browser).await?;
    let alert = Locator::any("alert").within(publishing::dialog());
    browser
        .shows(&alert, "Maria Jones has it locked in Genesys.")
        .await?;
    browser.find(&Locator::role("button", "Try again")).await?;
    Ok(())
}

#[tokio::test]
async fn a_flow_that_exists_upstream_only_is_opened_from_the_list() -> Result<()> {
    site::journey("open-upstream", open).await
}

async fn open(browser: &Browser, server: &Server) -> Result<()> {
    let seed = json!({ "name": "Main line" });
    publishing::do_upstream(server, "/sandbox/flows", &seed).await?;
    let open = Locator::role("button", "Open from Genesys…");
    browser.click(&open).await?;
    browser
        .shows(&Locator::css(".upstream__list"), "Main line")
        .await?;
    browser.screenshot("open-upstream").await?;
    browser.click(&Locator::css(".upstream__entry")).await?;
    let name = Locator::role("textbox", "Name of the flow");
    ensure!(browser.value(&name).await? == "Main line", "another name");
    let kind = Locator::css(".editor-bar__chip").within(Locator::panel("bar"));
    browser.shows(&kind, "Call flow").await?;
    publishing::press(browser).await?;
    publishing::is_published(browser, 2).await
}

async fn only_flow(server: &Server) -> Result<Value> {
    let mut flows = publishing::flows(server).await?;
    ensure!(flows.len() == 1, "there are {} flows", flows.len());
    flows.pop().context("a flow")
}

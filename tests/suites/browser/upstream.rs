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
    held["draft"]["description"] = json!("Theirs");
    let nodes = held["draft"].pointer_mut("/nodes/nodes");
    let nodes = nodes.and_then(Value::as_array_mut).context("nodes")?;
    nodes.push(json!({
        "id": "thanks", "type": "PlayPromptNode", "label": "Thanks",
        "metadata": { "position": { "x": 400, "y": 400 } },
        "configuration": { "prompt": "Thank you." },
    }));
    let edges = held["draft"].pointer_mut("/nodes/edges");
    let edges = edges.and_then(Value::as_array_mut).context("edges")?;
    let to_end = edges.last_mut().context("an edge to the end")?;
    let end = to_end["toNodeId"].clone();
    to_end["toNodeId"] = json!("thanks");
    edges.push(json!({ "id": "e3", "fromNodeId": "thanks", "toNodeId": end }));
    let change = json!({ "id": held["id"], "document": held["draft"] });
    publishing::do_upstream(server, "/sandbox/changes", &change).await?;
    let (drawing, inspector) = (Drawing::of(browser), Inspector::of(browser));
    let lookup = drawing.nodes().await?.remove(1);
    drawing.select(&lookup).await?;
    inspector.fill("URL", "https://ours.example.org").await?;
    let end = drawing.nodes().await?.remove(2);
    drawing.select(&end).await?;
    inspector.fill("Name", "Goodbye").await?;

    publishing::press(browser).await?;
    let alert = Locator::any("alert").within(publishing::dialog());
    browser
        .shows(&alert, "one part was changed there and here")
        .await?;
    let compare = Locator::role("button", "Compare on the canvas");
    browser.click(&compare).await?;
    browser.gone(&publishing::dialog()).await?;
    let part = Locator::css(".compare__part");
    for value in [
        "https://lookup.sandbox.invalid/api/v1/customer-lookup",
        "https://ours.example.org",
        "https://theirs.example.org",
    ] {
        browser.shows(&part, value).await?;
    }
    // What nobody has to decide is told, and both are marked on the canvas.
    let merged = Locator::panel("merged");
    browser.shows(&merged, "from “End” to “Goodbye”").await?;
    browser.shows(&merged, "to “Theirs”").await?;
    let both = Locator::css(".compare-mark[data-form='node'][data-side='both']");
    browser.shows(&both, "Both").await?;
    let ours = Locator::css(".compare-mark[data-form='node'][data-side='ours']");
    browser.shows(&ours, "Here").await?;
    let ghost = Locator::css(".compare-mark[data-form='ghost'][data-side='theirs']");
    browser.shows(&ghost, "“Thanks” was added.").await?;
    browser.screenshot("publish-compare").await?;
    let publish = Locator::role("button", "Publish with these choices");
    let button = browser.find(&publish).await?;
    ensure!(!button.is_enabled().await?, "nothing is chosen yet");

    // The list leads to the place, and the mark to the list.
    browser
        .click(&Locator::role("button", "Show it in the flow"))
        .await?;
    drawing.has_selected(&[lookup.as_str()]).await?;
    browser
        .click(&Locator::css(".compare__side:last-of-type"))
        .await?;
    browser.click(&Locator::role("button", "Both")).await?;
    browser
        .find(&Locator::css(".compare__part[aria-current]"))
        .await?;

    // What was chosen stays while the properties are looked at.
    browser
        .click(&Locator::role("button", "Back to the properties"))
        .await?;
    browser.gone(&both).await?;
    inspector.holds("URL", "https://ours.example.org").await?;
    let in_bar = Locator::role("button", "Publish").within(Locator::panel("bar"));
    browser.click(&in_bar).await?;
    browser.click(&compare).await?;
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

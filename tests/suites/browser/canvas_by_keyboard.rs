//! A flow made without a pointer.

use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

/// More presses of Tab than there are stops on the page.
const STOPS: usize = 60;

#[tokio::test]
async fn a_flow_is_drawn_connected_named_and_moved_by_keys_alone() -> Result<()> {
    site::journey("keyboard", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Lookup flow").await?;
    tab_to(browser, "[data-panel='canvas']").await?;

    let start = add(drawing, "n", "Start").await?;
    let lookup = add(drawing, "a", "Look up").await?;
    drawing.has_connection(&start, "out", &lookup).await?;
    let end = add(drawing, "n", "End").await?;
    focus_by_tab(drawing, &start).await?;
    browser.keys("ArrowRight").await?;
    has_focus(drawing, &lookup).await?;
    connect(drawing, "End").await?;
    drawing.has_connection(&lookup, "out", &end).await?;

    the_next_problem_is_mended(drawing, &lookup).await?;
    nudge(drawing, &lookup).await?;
    rename(drawing, &lookup).await?;
    properties_and_back(drawing, &lookup).await?;

    browser.keys("Delete").await?;
    drawing.has_nodes(2).await?;
    browser.keys("Control+z").await?;
    drawing.has_nodes(3).await?;
    drawing.has_connections(2).await
}

async fn tab_to(browser: &Browser, selector: &str) -> Result<()> {
    for _ in 0..STOPS {
        let reached = format!("return document.activeElement?.matches(\"{selector}\") ?? false");
        if browser.script(&reached, Vec::new()).await? == true {
            return Ok(());
        }
        browser.keys("Tab").await?;
    }
    tests::bail!("Tab does not reach {selector}")
}

/// Adds a step that a search finds: `n` by itself, `a` behind the node at hand.
async fn add(drawing: Drawing<'_>, key: &str, search: &str) -> Result<String> {
    let before = drawing.nodes().await?;
    drawing.browser.keys(key).await?;
    let field = match key {
        "a" => "Add the next step",
        _ => "Add a step",
    };
    drawing
        .browser
        .find(&Locator::role("combobox", field))
        .await?;
    drawing.browser.type_text(search).await?;
    drawing.browser.keys("Enter").await?;
    let added = drawing.new_node(search, &before).await?;
    has_focus(drawing, &added).await?;
    Ok(added)
}

/// Steps through the nodes until one has the focus.
async fn focus_by_tab(drawing: Drawing<'_>, node: &str) -> Result<()> {
    for _ in 0..4 {
        drawing.browser.keys("Shift+Tab").await?;
        if focused(drawing).await?.as_deref() == Some(node) {
            return Ok(());
        }
    }
    has_focus(drawing, node).await
}

async fn focused(drawing: Drawing<'_>) -> Result<Option<String>> {
    let script = "return document.activeElement?.dataset.nodeId ?? null";
    let node = drawing.browser.script(script, Vec::new()).await?;
    Ok(node.as_str().map(str::to_owned))
}

async fn has_focus(drawing: Drawing<'_>, node: &str) -> Result<()> {
    eventually(&format!("{node} to have the focus"), async || {
        let now = focused(drawing).await?;
        ensure!(now.as_deref() == Some(node), "{now:?} has it");
        Ok(Some(()))
    })
    .await
}

/// Connects the node at hand with the target that a search finds.
async fn connect(drawing: Drawing<'_>, search: &str) -> Result<()> {
    drawing.browser.keys("c").await?;
    let field = Locator::role("combobox", "Connect");
    drawing.browser.find(&field).await?;
    drawing.browser.type_text(search).await?;
    drawing.browser.keys("Enter").await?;
    drawing.browser.gone(&field).await
}

/// F8 leads to the field that has a problem, Escape back to its node.
async fn the_next_problem_is_mended(drawing: Drawing<'_>, node: &str) -> Result<()> {
    let browser = drawing.browser;
    browser.keys("F8").await?;
    eventually("the URL to have the focus", async || {
        let field = "return document.activeElement?.closest('[data-field]')?.dataset.field";
        let field = browser.script(field, Vec::new()).await?;
        Ok((field == "url").then_some(()))
    })
    .await?;
    browser.type_text("https://crm.example.org/callers").await?;
    browser
        .find(&Locator::role("button", "No problems"))
        .await?;
    browser.keys("Escape").await?;
    has_focus(drawing, node).await
}

async fn nudge(drawing: Drawing<'_>, node: &str) -> Result<()> {
    let (x, y) = drawing.place(node).await?;
    drawing.browser.keys("Control+ArrowRight").await?;
    drawing.lies_at(node, (x + 20.0, y)).await?;
    drawing.browser.keys("Control+Shift+ArrowDown").await?;
    drawing.lies_at(node, (x + 20.0, y + 100.0)).await
}

async fn rename(drawing: Drawing<'_>, node: &str) -> Result<()> {
    drawing.browser.keys("F2").await?;
    let field = Locator::role("textbox", "Name of the node");
    drawing.browser.find(&field).await?;
    drawing.browser.type_text("Ask the CRM").await?;
    drawing.browser.keys("Enter").await?;
    let title = Locator::css(".node__title").within(Locator::node(node));
    drawing.browser.shows(&title, "Ask the CRM").await?;
    has_focus(drawing, node).await
}

/// Enter leads into the properties, Escape back to the node.
async fn properties_and_back(drawing: Drawing<'_>, node: &str) -> Result<()> {
    drawing.browser.keys("Enter").await?;
    eventually("the properties to have the focus", async || {
        let inside = "return !!document.activeElement?.closest(\"[data-panel='inspector']\")";
        Ok((drawing.browser.script(inside, Vec::new()).await? == true).then_some(()))
    })
    .await?;
    drawing.browser.keys("Escape").await?;
    has_focus(drawing, node).await
}

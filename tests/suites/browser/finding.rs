//! Finding nodes: in the flow that is open, and over all flows.

use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn nodes_are_found_lit_and_gone_to_by_keys() -> Result<()> {
    site::journey("finding", walk).await
}

fn bar() -> Locator {
    Locator::panel("find")
}

fn field() -> Locator {
    Locator::role("combobox", "Find in this flow")
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    let [start, lookup, end] = drawing.nodes().await?.try_into().unwrap_or_default();

    browser.keys("Control+f").await?;
    browser.find(&field()).await?;
    what_may_be_written_is_offered(browser).await?;
    browser.type_text("-kind:lookup").await?;
    is_lit(drawing, &[&start, &end], Some(&start)).await?;
    browser.shows(&bar(), "1 of 2").await?;
    ensure!(
        drawing.selected().await?.is_empty(),
        "typing changes no selection"
    );

    // Enter and Shift+Enter, and F3 from anywhere, go round the end.
    browser.keys("Enter").await?;
    is_lit(drawing, &[&start, &end], Some(&end)).await?;
    drawing.has_selected(&[&end]).await?;
    browser.keys("Shift+Enter").await?;
    is_lit(drawing, &[&start, &end], Some(&start)).await?;
    drawing.select(&lookup).await?;
    browser.keys("Shift+F3").await?;
    is_lit(drawing, &[&start, &end], Some(&end)).await?;

    // What was looked for stays, and typing takes its place.
    browser.keys("Control+f").await?;
    browser.type_text("\"phoneNumber\"").await?;
    is_lit(drawing, &[&lookup], Some(&lookup)).await?;
    browser.shows(&bar(), "Body").await?;
    browser.keys("Control+a").await?;
    browser.type_text("is:broken").await?;
    browser
        .shows(
            &bar(),
            "There is no “is:broken”. Write one of: invalid, warning, unconnected, disabled.",
        )
        .await?;
    browser.keys("Control+a").await?;
    browser.type_text("uses:phonenumber").await?;
    is_lit(drawing, &[&lookup], Some(&lookup)).await?;

    browser.keys("Escape").await?;
    browser.gone(&bar()).await?;
    is_lit(drawing, &[], None).await?;
    has_focus(browser, &lookup).await?;
    drawing.has_selected(&[&lookup]).await
}

/// An arrow marks what may be written, and Enter writes it.
async fn what_may_be_written_is_offered(browser: &Browser) -> Result<()> {
    browser.type_text("is").await?;
    browser.find(&Locator::css(".query__offer")).await?;
    browser.keys("ArrowDown").await?;
    browser.keys("Enter").await?;
    eventually("the key to be written", async || {
        let value = browser.value(&field()).await?;
        ensure!(value == "is:", "“{value}” is");
        Ok(Some(()))
    })
    .await?;
    for _ in 0..3 {
        browser.keys("ArrowDown").await?;
    }
    browser.keys("Tab").await?;
    eventually("the value to be written", async || {
        let value = browser.value(&field()).await?;
        ensure!(value == "is:unconnected ", "“{value}” is");
        Ok(Some(()))
    })
    .await?;
    browser.shows(&bar(), "Nothing found").await?;
    browser.keys("Control+a").await
}

/// Waits until exactly these nodes are lit, and one of them as the current.
async fn is_lit(drawing: Drawing<'_>, nodes: &[&str], current: Option<&str>) -> Result<()> {
    let ids = async |selector: &str| -> Result<Vec<String>> {
        let script = format!(
            "return [...document.querySelectorAll(\"{selector}\")].map((node) => node.dataset.nodeId)"
        );
        let ids = drawing.browser.script(&script, Vec::new()).await?;
        Ok(serde_json::from_value(ids)?)
    };
    eventually(&format!("{nodes:?} to be lit"), async || {
        let lit = ids(".node[data-found]").await?;
        ensure!(lit == nodes, "{lit:?} are");
        let now = ids(".node[data-found='current']").await?;
        ensure!(
            now.first().map(String::as_str) == current,
            "{now:?} is current"
        );
        Ok(Some(()))
    })
    .await
}

async fn has_focus(browser: &Browser, node: &str) -> Result<()> {
    eventually(&format!("{node} to have the focus"), async || {
        let script = "return document.activeElement?.dataset.nodeId ?? null";
        let now = browser.script(script, Vec::new()).await?;
        ensure!(now == node, "{now} has it");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn nodes_are_found_over_all_flows_and_shown_in_theirs() -> Result<()> {
    site::journey("searching", search_all).await
}

async fn search_all(browser: &Browser, server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    let lookup_flow = site::path(browser).await?;
    browser.goto(&server.url("/flows")).await?;
    site::new_flow(browser, "Email router").await?;
    let node = drawing.nodes().await?.pop().unwrap_or_default();

    let field = Locator::role("combobox", "Find in all flows");
    let dialog = Locator::role("dialog", "Find in all flows");
    browser.keys("Control+Shift+f").await?;
    browser.find(&field).await?;
    browser.type_text("phoneNumber").await?;
    browser.shows(&dialog, "1 step in 1 flow.").await?;
    browser.shows(&dialog, "Dev: Phone Lookup").await?;
    browser.shows(&dialog, "Body").await?;
    browser.keys("ArrowDown").await?;
    browser.keys("Enter").await?;
    browser.gone(&dialog).await?;
    site::is_open(browser).await?;
    ensure!(
        site::path(browser).await? == lookup_flow,
        "another flow is open"
    );
    drawing.has_selected(&["lookup"]).await?;
    has_focus(browser, "lookup").await?;

    // From the list, by its button; back into the first flow.
    browser.goto(&server.url("/flows")).await?;
    browser
        .click(&Locator::css("[aria-label^='Find steps in all flows']"))
        .await?;
    browser.find(&field).await?;
    browser.type_text("kind:\"run flow\" email").await?;
    browser.shows(&dialog, "1 step in 1 flow.").await?;
    browser.keys("Enter").await?;
    browser.keys("Enter").await?;
    site::is_open(browser).await?;
    drawing.has_selected(&[&node]).await
}

//! The list of all commands, by keys alone.

use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn every_command_is_found_by_a_few_letters_and_given_by_enter() -> Result<()> {
    site::journey("commands", walk).await
}

fn field() -> Locator {
    Locator::role("combobox", "Command")
}

/// Opens the list and types; what is marked is the first that fits.
async fn look_for(browser: &Browser, letters: &str, first: &str) -> Result<()> {
    browser.keys("Control+k").await?;
    browser.find(&field()).await?;
    browser.type_text(letters).await?;
    let marked = Locator::css(".commands__item[aria-selected='true']");
    browser.shows(&marked, first).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;

    // What has no effect now says why, and stays.
    look_for(browser, "dupl", "Select a step first.").await?;
    browser.keys("Enter").await?;
    browser.find(&field()).await?;
    browser.keys("Escape").await?;
    browser.gone(&field()).await?;

    // A node, a command on it, and what was used last comes first.
    look_for(browser, "go look", "Go to Lookup Customer").await?;
    browser.keys("Enter").await?;
    drawing.has_selected(&["lookup"]).await?;
    look_for(browser, "dupl", "Duplicate").await?;
    browser.keys("Enter").await?;
    drawing.has_nodes(4).await?;
    look_for(browser, "", "Duplicate").await?;
    browser.keys("Escape").await?;
    browser.gone(&field()).await?;
    look_for(browser, "undo", "Undo").await?;
    browser.keys("Enter").await?;
    drawing.has_nodes(3).await?;

    // A kind, with the focus on what was added.
    look_for(browser, "add condi", "Add Condition").await?;
    browser.keys("Enter").await?;
    drawing.has_nodes(4).await?;
    eventually("the focus to be on what was added", async || {
        let script = "return document.activeElement?.dataset.kind ?? null";
        let kind = browser.script(script, Vec::new()).await?;
        ensure!(kind == "condition", "it is on {kind}");
        Ok(Some(()))
    })
    .await?;

    // A theme, a page, and a flow.
    look_for(browser, "dark", "Use the dark theme").await?;
    browser.keys("Enter").await?;
    browser
        .find(&Locator::css("html[data-theme='dark']"))
        .await?;
    let flow = site::path(browser).await?;
    look_for(browser, "go flows", "Go to flows").await?;
    browser.keys("Enter").await?;
    browser.find(&Locator::role("heading", "Flows")).await?;
    look_for(browser, "open phone", "Open Dev: Phone Lookup").await?;
    browser.keys("Enter").await?;
    site::is_open(browser).await?;
    ensure!(site::path(browser).await? == flow, "another flow is open");
    Ok(())
}

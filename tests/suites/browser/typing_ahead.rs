//! Whoever knows the keys strikes them without looking: what is typed right
//! behind a key that opens a field goes into that field, all of it.

use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

/// F2, as WebDriver spells it.
const F2: char = '\u{e032}';
/// Escape, as WebDriver spells it.
const ESCAPE: char = '\u{e00c}';

#[tokio::test]
async fn what_is_typed_right_behind_a_key_that_opens_a_field_goes_into_it() -> Result<()> {
    site::journey("typing-ahead", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    a_step_is_named(drawing).await?;
    a_name_is_given_up(drawing).await?;
    properties_are_opened_and_the_name_is_typed(drawing).await?;
    a_note_is_written_and_written_on(drawing).await?;
    a_step_is_added(drawing).await?;
    let disabled = browser.count(&Locator::css(".node--disabled")).await?;
    ensure!(disabled == 0, "a letter disabled a step");
    site::is_saved(browser).await
}

/// Once it is named, the focus is on its card and no caret is left anywhere.
async fn a_step_is_named(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("lookup").await?;
    browser.type_text(&format!("{F2}Add dads ID\n")).await?;
    let title = Locator::css(".node__title").within(Locator::node("lookup"));
    browser.shows(&title, "Add dads ID").await?;
    eventually("the card to have the focus", async || {
        let now = "const at = document.activeElement; return at?.dataset.nodeId ?? at?.tagName";
        let now = browser.script(now, Vec::new()).await?;
        ensure!(now == "lookup", "{now} has it");
        Ok(Some(()))
    })
    .await?;
    let (x, y) = drawing.place("lookup").await?;
    browser.keys("Control+ArrowRight").await?;
    drawing.lies_at("lookup", (x + 20.0, y)).await
}

async fn a_name_is_given_up(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    browser.type_text(&format!("{F2}ddd{ESCAPE}")).await?;
    browser
        .gone(&Locator::role("textbox", "Name of the node"))
        .await?;
    let title = Locator::css(".node__title").within(Locator::node("lookup"));
    browser.shows(&title, "Add dads ID").await
}

async fn properties_are_opened_and_the_name_is_typed(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("end").await?;
    browser.type_text("\nDone and dusted").await?;
    let label = Locator::css("[data-panel='inspector'] [data-field='label'] input");
    eventually("the name to be what was typed", async || {
        let typed = browser.value(&label).await?;
        ensure!(typed == "Done and dusted", "it is “{typed}”");
        Ok(Some(()))
    })
    .await?;
    browser.keys("Escape").await?;
    drawing.has_nodes(3).await
}

/// The caret of a note is behind its last word.
async fn a_note_is_written_and_written_on(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let pane = drawing.pane().await?;
    browser
        .hover(drawing.at(pane.width * 0.15, pane.height * 0.3).await?)
        .await?;
    browser.keys("Shift+s").await?;
    browser.type_text("Ask Dan").await?;
    browser.keys("Escape").await?;
    browser
        .find(&Locator::role("note", "Note: Ask Dan"))
        .await?;
    browser.find(&Locator::css("[data-note-id]:focus")).await?;
    browser
        .type_text(&format!("\n and add dates{ESCAPE}"))
        .await?;
    browser
        .find(&Locator::role("note", "Note: Ask Dan and add dates"))
        .await?;
    Ok(())
}

async fn a_step_is_added(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("lookup").await?;
    browser.type_text("nDisconnect\n").await?;
    browser.gone(&Locator::panel("quick-add")).await?;
    drawing.has_nodes(4).await
}

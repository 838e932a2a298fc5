//! What stands beside the flow's logic, by hand and by keys: disabled steps,
//! notes, groups.

use tests::{Browser, Locator, Point, Result, Server, ensure, eventually};

use crate::drawing::{Area, Drawing};
use crate::site;

#[tokio::test]
async fn steps_are_disabled_noted_and_grouped_and_nothing_but_disabling_is_sent() -> Result<()> {
    site::journey("beside", walk).await
}

async fn walk(browser: &Browser, server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;

    a_disabled_step_is_not_sent(drawing).await?;
    a_start_is_not_disabled_and_says_why(drawing).await?;
    a_note_is_written_moved_and_resized(drawing).await?;
    a_group_is_named_moved_and_dissolved(drawing).await?;
    a_reload_keeps_notes_and_groups(drawing, server).await
}

/// What the preview has of the selected step: its lines are lit.
async fn preview_has_it(browser: &Browser, has_it: bool) -> Result<()> {
    eventually("the preview to follow", async || {
        let lit = browser.count(&Locator::css(".json__line--lit")).await?;
        ensure!((lit > 0) == has_it, "{lit} lines are lit");
        Ok(Some(()))
    })
    .await
}

async fn a_disabled_step_is_not_sent(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("lookup").await?;
    preview_has_it(browser, true).await?;
    browser.keys("d").await?;
    let card = Locator::css("[data-node-id='lookup'].node--disabled");
    browser.shows(&card, "Disabled").await?;
    preview_has_it(browser, false).await?;
    drawing.has_connections(2).await?;
    browser.screenshot("disabled").await?;
    browser.click(&Locator::role("button", "Enable")).await?;
    browser.gone(&card).await?;
    preview_has_it(browser, true).await
}

async fn a_start_is_not_disabled_and_says_why(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("start").await?;
    browser.keys("d").await?;
    let said = Locator::css(".toast");
    browser.shows(&said, "where the flow begins").await?;
    browser
        .gone(&Locator::css("[data-node-id='start'].node--disabled"))
        .await
}

fn note() -> Locator {
    Locator::css("[data-note-id]")
}

async fn a_note_is_written_moved_and_resized(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let pane = drawing.pane().await?;
    browser
        .hover(drawing.at(pane.width * 0.15, pane.height * 0.3).await?)
        .await?;
    browser.keys("Shift+s").await?;
    browser
        .find(&Locator::role("textbox", "Text of the note"))
        .await?;
    browser.type_text("Ask Ann about the timeout").await?;
    browser.keys("Escape").await?;
    let named = Locator::role("note", "Note: Ask Ann about the timeout");
    browser.find(&named).await?;
    site::is_saved(browser).await?;

    let before = drawing.area(&note()).await?;
    let from = middle(&before);
    browser.drag(from, from.offset(40.0, 60.0), 6).await?;
    eventually("the note to have moved", async || {
        let now = drawing.area(&note()).await?;
        Ok((now.top > before.top + 30.0).then_some(()))
    })
    .await?;

    let before = drawing.area(&note()).await?;
    let corner = Point::new(
        before.left + before.width - 4.0,
        before.top + before.height - 4.0,
    );
    browser.drag(corner, corner.offset(60.0, 40.0), 6).await?;
    eventually("the note to be larger", async || {
        let now = drawing.area(&note()).await?;
        Ok((now.width > before.width + 20.0).then_some(()))
    })
    .await?;

    // By keys: a second line, in one step of undo.
    browser.keys("Enter").await?;
    browser
        .find(&Locator::css("[data-note-id] textarea:focus"))
        .await?;
    browser.keys("End").await?;
    browser.type_text(", please").await?;
    browser.keys("Escape").await?;
    let longer = Locator::role("note", "Note: Ask Ann about the timeout, please");
    browser.find(&longer).await?;
    browser.keys("Control+z").await?;
    browser.find(&named).await?;
    Ok(())
}

async fn a_group_is_named_moved_and_dissolved(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("start").await?;
    let lookup = drawing.grip("lookup").await?;
    browser.key_down("Shift").await?;
    browser.click_at(lookup).await?;
    browser.key_up("Shift").await?;
    drawing.has_selected(&["start", "lookup"]).await?;
    browser.keys("Control+g").await?;
    browser
        .find(&Locator::role("textbox", "Name of the group"))
        .await?;
    browser.type_text("Find the caller").await?;
    browser.keys("Enter").await?;
    let group = Locator::role("group", "Group: Find the caller, 2 steps");
    browser.find(&group).await?;
    browser.screenshot("notes-and-groups").await?;

    let before = drawing.place("lookup").await?;
    let frame = drawing.area(&Locator::css("[data-group-id]")).await?;
    let bar = Point::new(frame.left + 10.0, frame.top + 10.0);
    browser.drag(bar, bar.offset(80.0, 40.0), 6).await?;
    eventually("the steps of the group to have moved", async || {
        let now = drawing.place("lookup").await?;
        Ok((now.0 > before.0 + 20.0).then_some(()))
    })
    .await?;
    browser.keys("Control+Shift+g").await?;
    browser.gone(&Locator::css("[data-group-id]")).await?;
    browser.keys("Control+z").await?;
    browser.find(&group).await?;
    Ok(())
}

async fn a_reload_keeps_notes_and_groups(drawing: Drawing<'_>, server: &Server) -> Result<()> {
    let browser = drawing.browser;
    site::is_saved(browser).await?;
    let flow = site::path(browser).await?;
    browser.goto(&server.url(&flow)).await?;
    site::is_open(browser).await?;
    let named = Locator::role("note", "Note: Ask Ann about the timeout");
    browser.find(&named).await?;
    let group = Locator::role("group", "Group: Find the caller, 2 steps");
    browser.find(&group).await?;
    Ok(())
}

fn middle(area: &Area) -> Point {
    Point::new(area.left + area.width / 2.0, area.top + area.height / 2.0)
}

//! Changing how nodes are wired: by two clicks, by an edge's ends, by dropping
//! a node on an edge, by cutting.

use tests::{Browser, Locator, Result, Server, eventually};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn edges_are_drawn_by_clicks_led_elsewhere_inserted_into_and_cut() -> Result<()> {
    site::journey("rewiring", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    an_end_is_led_to_another_node(drawing).await?;
    an_end_on_nothing_asks_what_to_add(drawing).await?;
    alt_cuts_what_it_crosses(drawing).await?;
    a_click_on_an_exit_offers_a_step_and_connects_with_what_is_clicked(drawing).await?;
    a_node_that_is_dropped_on_an_edge_goes_into_it(drawing).await?;
    delete_removes_an_edge(drawing).await
}

/// Takes back what was done and shows everything again: what was added may
/// have been brought into view.
async fn undo(drawing: Drawing<'_>, connections: usize) -> Result<()> {
    drawing.browser.keys("Control+z").await?;
    drawing.has_connections(connections).await?;
    drawing.browser.keys("Shift+1").await
}

async fn an_end_is_led_to_another_node(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    // The end of “start → lookup” to “end”; the edge need not be selected.
    let near_end = drawing.between("start", "lookup", 0.7).await?;
    let end = drawing.grip("end").await?;
    browser.press_and_move(near_end, end, 8).await?;
    browser
        .find(&Locator::css("[data-connect='snapped']"))
        .await?;
    browser.screenshot("edge-led-elsewhere").await?;
    browser.release().await?;
    drawing.has_connection("start", "out", "end").await?;
    undo(drawing, 2).await?;
    drawing.has_connection("start", "out", "lookup").await?;
    // The beginning of “lookup → end” to the exit of “start”, by its handle.
    browser
        .click_at(drawing.between("lookup", "end", 0.3).await?)
        .await?;
    browser.find(&Locator::css(".edge-handle")).await?;
    let handle = browser.centre(&Locator::css(".edge-handle")).await?;
    let exit = browser.centre(&Locator::port("start", "out")).await?;
    browser.press_and_move(handle, exit, 8).await?;
    // What leaves by that exit would go, and says so.
    browser
        .find(&Locator::css("[data-source='start'][data-cut='true']"))
        .await?;
    browser.screenshot("edge-to-be-replaced").await?;
    browser.release().await?;
    drawing.has_connection("start", "out", "end").await?;
    drawing.has_connections(1).await?;
    undo(drawing, 2).await
}

async fn an_end_on_nothing_asks_what_to_add(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    // Which part of the edge is taken hold of, and what is asked.
    for (part, question) in [(0.7, "Add the next step"), (0.3, "Add the step before")] {
        let before = drawing.nodes().await?;
        let from = drawing.between("lookup", "end", part).await?;
        browser.drag(from, from.offset(330.0, 20.0), 8).await?;
        browser.find(&Locator::role("combobox", question)).await?;
        browser.type_text("set").await?;
        browser.keys("Enter").await?;
        let added = drawing.new_node(question, &before).await?;
        match part {
            0.7 => drawing.has_connection("lookup", "out", &added).await?,
            _ => drawing.has_connection(&added, "out", "end").await?,
        }
        undo(drawing, 2).await?;
        drawing.has_nodes(3).await?;
    }
    Ok(())
}

async fn alt_cuts_what_it_crosses(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let upper = drawing.between("start", "lookup", 0.5).await?;
    let from = upper.offset(-160.0, -4.0);
    browser.key_down("Alt").await?;
    browser
        .press_and_move(from, upper.offset(160.0, 4.0), 8)
        .await?;
    let marked = Locator::css("[data-edge-id][data-cut='true']");
    browser.find(&marked).await?;
    browser.screenshot("edges-being-cut").await?;
    // On the other side of it again, nothing is marked; and back.
    browser.hover(from.offset(20.0, 0.0)).await?;
    browser.gone(&marked).await?;
    browser.hover(upper.offset(160.0, 4.0)).await?;
    browser.find(&marked).await?;
    browser.release().await?;
    browser.key_up("Alt").await?;
    drawing.has_connections(1).await?;
    undo(drawing, 2).await
}

async fn a_click_on_an_exit_offers_a_step_and_connects_with_what_is_clicked(
    drawing: Drawing<'_>,
) -> Result<()> {
    let browser = drawing.browser;
    browser
        .click_at(drawing.between("lookup", "end", 0.3).await?)
        .await?;
    browser.keys("Delete").await?;
    drawing.has_connections(1).await?;
    let exit = browser.centre(&Locator::port("lookup", "out")).await?;
    let offer = Locator::role("combobox", "Add the next step");
    // The offer adds.
    let before = drawing.nodes().await?;
    browser.click_at(exit).await?;
    browser.find(&offer).await?;
    browser.gone(&Locator::css(".pointer-note")).await?;
    browser.screenshot("exit-clicked").await?;
    browser.type_text("end").await?;
    browser.keys("Enter").await?;
    let added = drawing.new_node("the next step", &before).await?;
    drawing.has_connection("lookup", "out", &added).await?;
    undo(drawing, 1).await?;
    // A node that is clicked instead is connected.
    browser.click_at(exit).await?;
    browser.find(&offer).await?;
    let end = drawing.grip("end").await?;
    browser.hover(end).await?;
    browser
        .find(&Locator::css("[data-connect='snapped']"))
        .await?;
    browser.click_at(end).await?;
    drawing.has_connection("lookup", "out", "end").await?;
    browser.gone(&offer).await?;
    // Escape gives both up.
    undo(drawing, 1).await?;
    browser.click_at(exit).await?;
    browser.find(&offer).await?;
    browser.keys("Escape").await?;
    browser.gone(&offer).await?;
    browser.gone(&Locator::css("[data-connect]")).await?;
    browser.click_at(end).await?;
    drawing.has_selected(&["end"]).await?;
    drawing.has_connections(1).await?;
    undo(drawing, 2).await
}

async fn a_node_that_is_dropped_on_an_edge_goes_into_it(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    // A new one, from the palette.
    let onto = drawing.on_edge("lookup", "end").await?;
    let added = drawing.drag_from_palette("Set variables", onto).await?;
    drawing.has_connection("lookup", "out", &added).await?;
    drawing.has_connection(&added, "out", "end").await?;
    // The same again, once it is free and elsewhere.
    undo(drawing, 2).await?;
    let aside = drawing
        .between("start", "lookup", 0.5)
        .await?
        .offset(330.0, 0.0);
    let added = drawing.drag_from_palette("Set variables", aside).await?;
    drawing.has_connections(2).await?;
    let grip = drawing.grip(&added).await?;
    browser
        .press_and_move(grip, drawing.on_edge("lookup", "end").await?, 8)
        .await?;
    browser.screenshot("node-on-edge").await?;
    browser.release().await?;
    drawing.has_connection("lookup", "out", &added).await?;
    drawing.has_connection(&added, "out", "end").await?;
    undo(drawing, 2).await
}

async fn delete_removes_an_edge(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    browser
        .click_at(drawing.between("start", "lookup", 0.3).await?)
        .await?;
    eventually("the edge to be selected", async || {
        let selected = Locator::css("[data-edge-id][data-selected='true']");
        Ok((browser.count(&selected).await? == 1).then_some(()))
    })
    .await?;
    browser.keys("Delete").await?;
    drawing.has_connections(1).await?;
    undo(drawing, 2).await
}

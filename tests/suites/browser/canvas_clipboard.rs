//! Copying, cutting and pasting: at the pointer, with what led there, into
//! another flow.

use tests::{Browser, Result, Server, ensure};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn what_is_copied_is_pasted_at_the_pointer_and_with_what_led_there() -> Result<()> {
    site::journey("clipboard", walk).await
}

async fn walk(browser: &Browser, server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;

    // At the pointer.
    drawing.select("end").await?;
    browser.keys("Control+c").await?;
    let before = drawing.nodes().await?;
    let pointer = drawing.grip("lookup").await?.offset(320.0, 0.0);
    browser.hover(pointer).await?;
    browser.keys("Control+v").await?;
    let copy = drawing.new_node("the copy", &before).await?;
    let middle = drawing.grip(&copy).await?;
    ensure!(
        (middle.x - pointer.x).abs() <= 10.0 && (middle.y - pointer.y).abs() <= 10.0,
        "its middle is at {middle:?}, the pointer at {pointer:?}"
    );
    drawing.has_connections(2).await?;
    browser.keys("Control+z").await?;
    drawing.has_nodes(3).await?;

    // With what led there.
    browser.keys("Control+Shift+v").await?;
    let copy = drawing.new_node("the copy", &before).await?;
    drawing.has_connection("lookup", "out", &copy).await?;
    drawing.has_connections(2).await?;
    browser.keys("Control+z").await?;
    drawing.has_connection("lookup", "out", "end").await?;

    // Duplicated, cut.
    drawing.select("end").await?;
    browser.keys("Control+d").await?;
    let twin = drawing.new_node("the twin", &before).await?;
    drawing.has_selected(&[&twin]).await?;
    browser.keys("Control+x").await?;
    drawing.has_nodes(3).await?;

    // Into another flow, through the system's clipboard.
    site::is_saved(browser).await?;
    browser.goto(&server.url("/flows")).await?;
    site::new_flow(browser, "Lookup flow").await?;
    let pane = drawing.at(400.0, 300.0).await?;
    browser.click_at(pane).await?;
    browser.keys("Control+v").await?;
    drawing.has_nodes(1).await
}

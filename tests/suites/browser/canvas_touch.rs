//! The canvas under fingers.

use tests::{Browser, Locator, Point, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn fingers_pan_pinch_select_connect_and_ask_for_menus() -> Result<()> {
    site::journey("touch", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    a_tap_selects(drawing).await?;
    one_finger_on_the_empty_canvas_pans(drawing).await?;
    a_finger_drags_a_node(drawing).await?;
    two_fingers_zoom(drawing).await?;
    a_finger_that_rests_asks_for_the_menu(drawing).await?;
    a_tap_on_an_exit_and_one_on_a_node_connect(drawing).await
}

async fn a_tap_selects(drawing: Drawing<'_>) -> Result<()> {
    drawing.browser.tap(drawing.grip("lookup").await?).await?;
    drawing.has_selected(&["lookup"]).await
}

async fn one_finger_on_the_empty_canvas_pans(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let before = drawing.grip("lookup").await?;
    let empty = drawing.at(90.0, 90.0).await?;
    browser
        .touch(&[(empty, empty.offset(60.0, 30.0))], 30)
        .await?;
    eventually("the view to follow the finger", async || {
        let now = drawing.grip("lookup").await?;
        let (x, y) = (now.x - before.x, now.y - before.y);
        ensure!(
            (x - 60.0).abs() < 1.5 && (y - 30.0).abs() < 1.5,
            "by {x}, {y}"
        );
        Ok(Some(()))
    })
    .await?;
    drawing.has_selected(&["lookup"]).await
}

async fn a_finger_drags_a_node(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let (x, y) = drawing.place("end").await?;
    let grip = drawing.grip("end").await?;
    // Five pixels are still a tap.
    browser.touch(&[(grip, grip.offset(5.0, 0.0))], 30).await?;
    assert_eq!(drawing.place("end").await?, (x, y));
    browser
        .touch(&[(grip, grip.offset(160.0, 0.0))], 30)
        .await?;
    drawing.lies_at("end", (x + 160.0, y)).await?;
    browser.keys("Control+z").await?;
    drawing.lies_at("end", (x, y)).await
}

async fn two_fingers_zoom(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let middle = drawing.grip("lookup").await?;
    let before = drawing.area(&Locator::node("lookup")).await?;
    let apart = |x: f64| middle.offset(x, 60.0);
    let fingers = [(apart(-60.0), apart(-90.0)), (apart(60.0), apart(90.0))];
    browser.touch(&fingers, 60).await?;
    eventually("the card to be half as large again", async || {
        let factor = drawing.area(&Locator::node("lookup")).await?.width / before.width;
        ensure!((1.4..1.6).contains(&factor), "by {factor}");
        Ok(Some(()))
    })
    .await?;
    browser.keys("Shift+1").await?;
    browser.screenshot("touch-after-pinch").await?;
    Ok(())
}

async fn a_finger_that_rests_asks_for_the_menu(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let end: Point = drawing.grip("end").await?;
    browser.touch(&[(end, end)], 900).await?;
    let item = Locator::role("menuitem", "Duplicate");
    browser.find(&item).await?;
    drawing.has_selected(&["end"]).await?;
    browser.screenshot("touch-menu").await?;
    browser.keys("Escape").await?;
    browser.gone(&item).await
}

async fn a_tap_on_an_exit_and_one_on_a_node_connect(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let exit = browser.centre(&Locator::port("start", "out")).await?;
    browser.tap(exit).await?;
    browser
        .find(&Locator::css("[data-connect='source']"))
        .await?;
    browser.tap(drawing.grip("end").await?).await?;
    drawing.has_connection("start", "out", "end").await?;
    browser.keys("Control+z").await?;
    drawing.has_connection("start", "out", "lookup").await
}

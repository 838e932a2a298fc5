//! Moving the view: wheel, Space, middle button, zoom at the pointer, fit,
//! minimap.

use tests::{Browser, Locator, Point, Result, Server, ensure, eventually};

use crate::drawing::{Area, Drawing};
use crate::site;

#[tokio::test]
async fn the_view_moves_and_zooms_and_the_flow_stays_as_it_is() -> Result<()> {
    site::journey("viewing", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    let place = drawing.place("lookup").await?;

    the_wheel_moves_the_view(drawing).await?;
    space_or_the_middle_button_drag_it(drawing).await?;
    the_wheel_with_control_zooms_at_the_pointer(drawing).await?;
    the_wheel_with_shift_moves_it_sideways(drawing).await?;
    keys_zoom_and_fit(drawing).await?;
    buttons_zoom(drawing).await?;
    fitting_shows_everything(drawing).await?;
    the_minimap_leads_back(drawing).await?;

    assert_eq!(drawing.place("lookup").await?, place);
    let undo = Locator::role("button", "Undo");
    assert!(
        !browser.find(&undo).await?.is_enabled().await?,
        "something can be undone"
    );
    Ok(())
}

/// The middle of the lookup's card in the window.
async fn middle(drawing: Drawing<'_>) -> Result<Point> {
    drawing.browser.centre(&Locator::node("lookup")).await
}

async fn moves_by(drawing: Drawing<'_>, from: Point, dx: f64, dy: f64) -> Result<()> {
    let wanted = from.offset(dx, dy);
    eventually(&format!("the view to move by {dx}, {dy}"), async || {
        let now = middle(drawing).await?;
        ensure!(distance(now, wanted) < 1.5, "the card is at {now:?}");
        Ok(Some(()))
    })
    .await
}

fn distance(one: Point, other: Point) -> f64 {
    (one.x - other.x).hypot(one.y - other.y)
}

async fn the_wheel_moves_the_view(drawing: Drawing<'_>) -> Result<()> {
    let over = drawing.at(60.0, 60.0).await?;
    let before = middle(drawing).await?;
    drawing.browser.wheel(over, 30, 60, false).await?;
    moves_by(drawing, before, -30.0, -60.0).await
}

async fn space_or_the_middle_button_drag_it(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let empty = drawing.at(60.0, 200.0).await?;
    browser.click_at(empty).await?;
    let before = middle(drawing).await?;
    browser.key_down("Space").await?;
    browser.drag(empty, empty.offset(80.0, 40.0), 6).await?;
    browser.key_up("Space").await?;
    moves_by(drawing, before, 80.0, 40.0).await?;
    let back = empty.offset(-50.0, 20.0);
    browser.drag_with_middle_button(empty, back, 6).await?;
    moves_by(drawing, before, 30.0, 60.0).await?;
    drawing.has_selected(&[]).await
}

async fn the_wheel_with_control_zooms_at_the_pointer(drawing: Drawing<'_>) -> Result<()> {
    let before = drawing.area(&Locator::node("lookup")).await?;
    let pointer = middle(drawing).await?;
    drawing.browser.wheel(pointer, 0, 250, true).await?;
    eventually("the card to become smaller", async || {
        let now = drawing.area(&Locator::node("lookup")).await?;
        let factor = now.width / before.width;
        ensure!((0.69..0.72).contains(&factor), "by {factor}");
        Ok(Some(()))
    })
    .await?;
    moves_by(drawing, pointer, 0.0, 0.0).await
}

async fn the_wheel_with_shift_moves_it_sideways(drawing: Drawing<'_>) -> Result<()> {
    let over = drawing.at(60.0, 60.0).await?;
    let before = middle(drawing).await?;
    drawing.browser.key_down("Shift").await?;
    drawing.browser.wheel(over, 0, 45, false).await?;
    drawing.browser.key_up("Shift").await?;
    moves_by(drawing, before, -45.0, 0.0).await
}

async fn keys_zoom_and_fit(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let zoom = Locator::css(".zoom__value");
    browser.click_at(drawing.at(60.0, 60.0).await?).await?;
    for key in ["0", "Shift+0", "Control+0"] {
        browser.keys("Control+-").await?;
        browser.keys("Control+-").await?;
        eventually("another zoom", async || {
            Ok((drawing.zoom().await? != "100%").then_some(()))
        })
        .await?;
        browser.keys(key).await?;
        browser.shows(&zoom, "100%").await?;
    }
    for key in ["Control+=", "Control++"] {
        browser.keys(key).await?;
        browser.shows(&zoom, "125%").await?;
        browser.keys("Control+-").await?;
        browser.shows(&zoom, "100%").await?;
    }
    // The selection, in the middle of the pane.
    let pane = drawing.pane().await?;
    let wanted = Point::new(pane.left + pane.width / 2.0, pane.top + pane.height / 2.0);
    for key in ["Shift+2", "."] {
        browser.keys("Shift+1").await?;
        // Two quick clicks on one step would open its properties.
        drawing.select("start").await?;
        drawing.select("end").await?;
        browser.keys(key).await?;
        eventually("the selection to be in the middle", async || {
            let now = browser.centre(&Locator::node("end")).await?;
            ensure!(distance(now, wanted) < 2.0, "it is at {now:?}");
            Ok(Some(()))
        })
        .await?;
    }
    browser.keys("Escape").await?;
    browser.keys("1").await?;
    all_in_view(drawing, true).await
}

/// In the settings the wheel is made to zoom, and with Ctrl to move.
#[tokio::test]
async fn the_wheel_does_what_the_settings_say() -> Result<()> {
    site::journey("wheel", wheel).await
}

async fn wheel(browser: &Browser, server: &Server) -> Result<()> {
    browser.goto(&server.url("/settings/appearance")).await?;
    browser.click(&Locator::role("radio", "Zooms")).await?;
    browser.goto(&server.url("/flows")).await?;
    site::new_flow(browser, "Phone lookup").await?;
    let drawing = Drawing::of(browser);
    drawing.has_nodes(3).await?;
    let pointer = middle(drawing).await?;
    let before = drawing.area(&Locator::node("lookup")).await?;
    browser.wheel(pointer, 0, 250, false).await?;
    eventually("the card to become smaller", async || {
        let factor = drawing.area(&Locator::node("lookup")).await?.width / before.width;
        ensure!((0.69..0.72).contains(&factor), "by {factor}");
        Ok(Some(()))
    })
    .await?;
    let before = middle(drawing).await?;
    browser.wheel(pointer, 0, 60, true).await?;
    moves_by(drawing, before, 0.0, -60.0).await
}

async fn buttons_zoom(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let zoomed = drawing.zoom().await?;
    browser.click(&Locator::role("button", "Zoom in")).await?;
    eventually("another zoom", async || {
        Ok((drawing.zoom().await? != zoomed).then_some(()))
    })
    .await?;
    browser.click(&Locator::css(".zoom__value")).await?;
    browser.shows(&Locator::css(".zoom__value"), "100%").await?;
    // The keyboard stays on the canvas.
    browser.keys("Control+-").await?;
    browser.shows(&Locator::css(".zoom__value"), "80%").await
}

async fn fitting_shows_everything(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let over = drawing.at(60.0, 60.0).await?;
    // Some are out of view as it is. Only when none is left has the wheel been heard.
    browser.wheel(over, 0, 3000, false).await?;
    drawing.has_nodes(0).await?;
    browser.click_at(over).await?;
    browser.keys("Shift+1").await?;
    all_in_view(drawing, true).await
}

async fn the_minimap_leads_back(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let over = drawing.at(60.0, 60.0).await?;
    browser.wheel(over, 900, 900, false).await?;
    all_in_view(drawing, false).await?;
    browser.click(&Locator::css(".minimap")).await?;
    all_in_view(drawing, true).await
}

async fn all_in_view(drawing: Drawing<'_>, wanted: bool) -> Result<()> {
    let story = if wanted {
        "all in view"
    } else {
        "some out of view"
    };
    eventually(story, async || {
        let pane = drawing.pane().await?;
        let shown = drawing.nodes().await?;
        let mut inside = shown.len() == 3;
        for node in &shown {
            let card = drawing.area(&Locator::node(node)).await?;
            inside &= encloses(pane, card);
        }
        Ok((inside == wanted).then_some(()))
    })
    .await
}

fn encloses(outer: Area, inner: Area) -> bool {
    inner.left >= outer.left
        && inner.top >= outer.top
        && inner.left + inner.width <= outer.left + outer.width
        && inner.top + inner.height <= outer.top + outer.height
}

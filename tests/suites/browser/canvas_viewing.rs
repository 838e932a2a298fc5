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

async fn buttons_zoom(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let zoomed = drawing.zoom().await?;
    browser.click(&Locator::role("button", "Zoom in")).await?;
    eventually("another zoom", async || {
        Ok((drawing.zoom().await? != zoomed).then_some(()))
    })
    .await?;
    browser.click(&Locator::css(".zoom__value")).await?;
    browser.shows(&Locator::css(".zoom__value"), "100%").await
}

async fn fitting_shows_everything(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let over = drawing.at(60.0, 60.0).await?;
    browser.wheel(over, 0, 3000, false).await?;
    all_in_view(drawing, false).await?;
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

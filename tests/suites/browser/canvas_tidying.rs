//! Tidying a flow by its shortcut, its button and the menu.

use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn a_tangled_flow_is_tidied_by_keys_and_undo_brings_it_back() -> Result<()> {
    site::journey("tidying", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    tangle(drawing).await?;
    let tangled = places(drawing).await?;

    browser.keys("Shift+Alt+t").await?;
    let tidy = is_in_a_line(drawing, Axis::Down).await?;
    lie_apart(drawing).await?;
    browser.keys("Control+z").await?;
    lie_at(drawing, &tangled).await?;

    browser.click(&Locator::role("button", "Tidy up")).await?;
    lie_at(drawing, &tidy).await?;

    choose_left_to_right(drawing).await?;
    is_in_a_line(drawing, Axis::Right).await?;
    lie_apart(drawing).await?;
    // The shortcut goes the way that was chosen last.
    browser.keys("Control+z").await?;
    lie_at(drawing, &tidy).await?;
    browser.keys("Shift+Alt+t").await?;
    is_in_a_line(drawing, Axis::Right).await?;
    only_the_selection_is_tidied(drawing).await
}

#[derive(Clone, Copy)]
enum Axis {
    Down,
    Right,
}

type Places = Vec<(String, (f64, f64))>;

async fn places(drawing: Drawing<'_>) -> Result<Places> {
    let mut places = Vec::new();
    for node in drawing.nodes().await? {
        let place = drawing.place(&node).await?;
        places.push((node, place));
    }
    places.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(places)
}

/// Puts the nodes so that edges lead up and cards lie on each other.
async fn tangle(drawing: Drawing<'_>) -> Result<()> {
    drawing.drag_node("end", 120.0, -160.0).await?;
    drawing.drag_node("start", -60.0, 120.0).await?;
    site::is_saved(drawing.browser).await
}

async fn lie_at(drawing: Drawing<'_>, places: &Places) -> Result<()> {
    for (node, place) in places {
        drawing.lies_at(node, *place).await?;
    }
    Ok(())
}

/// Waits until the steps follow each other in a straight line, all of it in view.
async fn is_in_a_line(drawing: Drawing<'_>, axis: Axis) -> Result<Places> {
    drawing.browser.keys("Shift+1").await?;
    eventually("the steps to follow each other in a line", async || {
        let mut line = Vec::new();
        for node in ["start", "lookup", "end"] {
            let (x, y) = drawing.place(node).await?;
            line.push(match axis {
                Axis::Down => (x, y),
                Axis::Right => (y, x),
            });
        }
        let is_straight = line.iter().all(|at| at.0 == line[0].0);
        ensure!(is_straight && line.is_sorted(), "they lie at {line:?}");
        Ok(Some(()))
    })
    .await?;
    places(drawing).await
}

/// No card covers another on the screen.
async fn lie_apart(drawing: Drawing<'_>) -> Result<()> {
    let mut areas = Vec::new();
    for node in drawing.nodes().await? {
        areas.push(drawing.area(&Locator::node(&node)).await?);
    }
    for (index, one) in areas.iter().enumerate() {
        for other in &areas[..index] {
            let is_apart = one.left >= other.left + other.width
                || other.left >= one.left + one.width
                || one.top >= other.top + other.height
                || other.top >= one.top + one.height;
            ensure!(is_apart, "{one:?} is on {other:?}");
        }
    }
    Ok(())
}

async fn choose_left_to_right(drawing: Drawing<'_>) -> Result<()> {
    let empty = drawing.at(40.0, 40.0).await?;
    drawing.browser.right_click(empty).await?;
    let item = Locator::role("menuitem", "Tidy up, left to right");
    drawing.browser.click(&item).await
}

async fn only_the_selection_is_tidied(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let before = drawing.place("start").await?;
    drawing.drag_node("start", 0.0, 300.0).await?;
    let aside = drawing.place("start").await?;
    ensure!(aside != before, "the start was not dragged");
    browser.click_at(drawing.grip("lookup").await?).await?;
    browser.key_down("Shift").await?;
    browser.click_at(drawing.grip("end").await?).await?;
    browser.key_up("Shift").await?;
    drawing.has_selected(&["lookup", "end"]).await?;
    browser.keys("Shift+Alt+t").await?;
    drawing.lies_at("start", aside).await
}

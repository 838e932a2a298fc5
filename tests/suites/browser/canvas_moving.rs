//! Moving nodes: the grid, guides, locked axes, copies, and what goes on at
//! the border of the pane.

use tests::{Browser, Locator, Point, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn nodes_are_moved_as_the_conventions_say() -> Result<()> {
    site::journey("moving", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    less_than_four_pixels_are_no_drag(drawing).await?;
    a_drag_snaps_unless_control_is_held(drawing).await?;
    a_card_is_drawn_to_the_alignment_with_others(drawing).await?;
    shift_keeps_to_one_direction(drawing).await?;
    alt_drags_a_copy(drawing).await?;
    at_the_border_the_view_goes_on(drawing).await
}

async fn undo(drawing: Drawing<'_>) -> Result<()> {
    drawing.browser.keys("Control+z").await
}

async fn less_than_four_pixels_are_no_drag(drawing: Drawing<'_>) -> Result<()> {
    let before = drawing.place("end").await?;
    let grip = drawing.grip("end").await?;
    drawing.browser.drag(grip, grip.offset(3.0, 0.0), 1).await?;
    drawing.has_selected(&["end"]).await?;
    assert_eq!(drawing.place("end").await?, before);
    Ok(())
}

async fn a_drag_snaps_unless_control_is_held(drawing: Drawing<'_>) -> Result<()> {
    let before = drawing.place("end").await?;
    let grip = drawing.grip("end").await?;
    let to = grip.offset(137.0, 33.0);
    drawing.browser.drag(grip, to, 8).await?;
    let (x, y) = drawing.place("end").await?;
    assert_eq!((x % 20.0, y % 20.0), (0.0, 0.0), "it lies at {x}, {y}");
    assert_ne!(x, before.0);
    undo(drawing).await?;
    drawing.lies_at("end", before).await?;
    drawing.browser.drag_holding("Control", grip, to).await?;
    drawing
        .lies_at("end", (before.0 + 137.0, before.1 + 33.0))
        .await?;
    undo(drawing).await?;
    drawing.lies_at("end", before).await
}

/// “Lookup” is put off the grid; “End”, dragged past it, is drawn to it.
async fn a_card_is_drawn_to_the_alignment_with_others(drawing: Drawing<'_>) -> Result<()> {
    // With Control a press adds to what is selected.
    drawing.browser.keys("Escape").await?;
    let grip = drawing.grip("lookup").await?;
    let off = grip.offset(-227.0, 0.0);
    drawing.browser.drag_holding("Control", grip, off).await?;
    let (x, _) = drawing.place("lookup").await?;
    let (from, _) = drawing.place("end").await?;
    let grip = drawing.grip("end").await?;
    // Six units beside: within ten it is drawn there.
    let to = grip.offset(x - from + 6.0, 40.0);
    drawing.browser.drag(grip, to, 8).await?;
    assert_eq!(drawing.place("end").await?.0, x);
    undo(drawing).await?;
    undo(drawing).await
}

async fn shift_keeps_to_one_direction(drawing: Drawing<'_>) -> Result<()> {
    let before = drawing.place("end").await?;
    let grip = drawing.grip("end").await?;
    drawing
        .browser
        .drag_holding("Shift", grip, grip.offset(120.0, 40.0))
        .await?;
    let now = drawing.place("end").await?;
    ensure!(now.1 == before.1 && now.0 > before.0 + 90.0, "{now:?}");
    undo(drawing).await?;
    drawing.lies_at("end", before).await
}

async fn alt_drags_a_copy(drawing: Drawing<'_>) -> Result<()> {
    let before = (drawing.nodes().await?, drawing.place("end").await?);
    let grip = drawing.grip("end").await?;
    drawing
        .browser
        .drag_holding("Alt", grip, grip.offset(240.0, 40.0))
        .await?;
    let copy = drawing.new_node("the copy", &before.0).await?;
    drawing.has_selected(&[&copy]).await?;
    assert_eq!(drawing.place("end").await?, before.1);
    undo(drawing).await?;
    drawing.has_nodes(3).await
}

/// For all three: a node that is dragged, an edge that is drawn, a marquee.
async fn at_the_border_the_view_goes_on(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let empty = drawing.at(200.0, 40.0).await?;
    let exit = browser.centre(&Locator::port("end", "in")).await?;
    let starts = [
        ("a node", drawing.grip("end").await?),
        (
            "an edge",
            browser.centre(&Locator::port("lookup", "out")).await?,
        ),
        ("a marquee", empty),
    ];
    for (what, from) in starts {
        let pane = drawing.pane().await?;
        let start = Locator::node("start");
        let before = drawing.area(&start).await?;
        let border = Point::new(pane.left + 3.0, exit.y);
        browser.press_and_move(from, border, 8).await?;
        eventually(&format!("the view to go on under {what}"), async || {
            let now = drawing.area(&start).await?;
            Ok((now.left > before.left + 60.0).then_some(()))
        })
        .await?;
        browser.keys("Escape").await?;
        browser.release().await?;
        browser.keys("Shift+1").await?;
        eventually("the view to be back", async || {
            let now = drawing.area(&start).await?;
            Ok(((now.left - before.left).abs() < 1.5).then_some(()))
        })
        .await?;
    }
    Ok(())
}

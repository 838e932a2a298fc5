//! Selecting, moving, copying and deleting on the canvas, with a mouse and the
//! usual chords.

use tests::{Browser, Locator, Point, Result, Server, ensure, eventually};

use crate::drawing::{Area, Drawing};
use crate::{preview, site};

#[tokio::test]
async fn a_hand_selects_moves_copies_deletes_and_takes_all_of_it_back() -> Result<()> {
    site::journey("selecting", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;

    a_marquee_selects_what_it_touches(drawing).await?;
    a_drag_moves_all_that_is_selected(drawing).await?;
    the_preview_follows(drawing).await?;
    escape_gives_up_a_drag(drawing).await?;
    a_click_with_shift_adds_and_takes_away(drawing).await?;
    control_and_shift_add_to_what_is_selected(drawing).await?;
    a_menu_is_about_the_selection_or_selects_first(drawing).await?;
    a_double_click_opens_properties_or_offers_a_step(drawing).await?;
    what_is_copied_is_pasted_beside_it(drawing).await?;
    an_edge_is_selected_and_deleted(drawing).await?;
    everything_goes_and_comes_back(drawing).await?;
    a_reload_keeps_everything(drawing).await
}

async fn marquee(drawing: Drawing<'_>, from: &str, to: &str) -> Result<()> {
    let (first, last) = (card(drawing, from).await?, card(drawing, to).await?);
    let from = Point::new(first.left - 40.0, first.top - 12.0);
    let to = Point::new(last.left + last.width + 40.0, last.top + last.height / 2.0);
    drawing.browser.drag(from, to, 6).await
}

async fn card(drawing: Drawing<'_>, node: &str) -> Result<Area> {
    drawing.area(&Locator::node(node)).await
}

async fn a_marquee_selects_what_it_touches(drawing: Drawing<'_>) -> Result<()> {
    marquee(drawing, "start", "lookup").await?;
    drawing.has_selected(&["start", "lookup"]).await
}

async fn a_drag_moves_all_that_is_selected(drawing: Drawing<'_>) -> Result<()> {
    let (start, lookup, end) = places(drawing).await?;
    drawing.drag_node("start", 120.0, 60.0).await?;
    site::is_saved(drawing.browser).await?;

    let (start_now, lookup_now, end_now) = places(drawing).await?;
    let by = (start_now.0 - start.0, start_now.1 - start.1);
    ensure!(by.0 >= 100.0 && by.1 >= 40.0, "start moved by {by:?}");
    assert_eq!(lookup_now, (lookup.0 + by.0, lookup.1 + by.1));
    assert_eq!(end_now, end);

    drawing.browser.keys("Control+z").await?;
    drawing.lies_at("start", start).await?;
    drawing.lies_at("lookup", lookup).await?;
    drawing.browser.keys("Control+Shift+z").await?;
    drawing.lies_at("start", start_now).await?;
    drawing
        .browser
        .click(&Locator::role("button", "Undo: Move 2 nodes"))
        .await?;
    drawing.lies_at("start", start).await
}

async fn places(drawing: Drawing<'_>) -> Result<((f64, f64), (f64, f64), (f64, f64))> {
    Ok((
        drawing.place("start").await?,
        drawing.place("lookup").await?,
        drawing.place("end").await?,
    ))
}

async fn the_preview_follows(drawing: Drawing<'_>) -> Result<()> {
    drawing.select("lookup").await?;
    for chord in ["Control+ArrowRight", "Control+z"] {
        drawing.browser.keys(chord).await?;
        eventually("the preview to say where the node lies", async || {
            let said = &preview::lit(drawing.browser).await?["metadata"]["position"];
            let (x, y) = drawing.place("lookup").await?;
            let is_same = said["x"].as_f64() == Some(x) && said["y"].as_f64() == Some(y);
            ensure!(is_same, "it says {said}, the node lies at {x}, {y}");
            Ok(Some(()))
        })
        .await?;
    }
    Ok(())
}

async fn escape_gives_up_a_drag(drawing: Drawing<'_>) -> Result<()> {
    let before = drawing.place("end").await?;
    let grip = drawing.grip("end").await?;
    let away = grip.offset(150.0, 30.0);
    drawing.browser.press_and_move(grip, away, 6).await?;
    ensure!(
        drawing.place("end").await? != before,
        "the card does not follow the pointer"
    );
    drawing.browser.keys("Escape").await?;
    drawing.browser.release().await?;
    drawing.lies_at("end", before).await
}

async fn a_click_with_shift_adds_and_takes_away(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("start").await?;
    browser.key_down("Shift").await?;
    browser.click_at(drawing.grip("end").await?).await?;
    drawing.has_selected(&["start", "end"]).await?;
    browser.click_at(drawing.grip("start").await?).await?;
    drawing.has_selected(&["end"]).await?;
    browser.key_up("Shift").await?;
    browser.keys("Escape").await?;
    drawing.has_selected(&[]).await
}

async fn control_and_shift_add_to_what_is_selected(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("start").await?;
    browser.key_down("Control").await?;
    browser.click_at(drawing.grip("end").await?).await?;
    browser.key_up("Control").await?;
    drawing.has_selected(&["start", "end"]).await?;
    // A marquee with Shift adds; one without selects what it touches.
    browser.keys("Escape").await?;
    drawing.select("end").await?;
    browser.key_down("Shift").await?;
    marquee(drawing, "start", "start").await?;
    browser.key_up("Shift").await?;
    drawing.has_selected(&["start", "end"]).await?;
    browser.keys("Escape").await?;
    drawing.has_selected(&[]).await
}

async fn a_menu_is_about_the_selection_or_selects_first(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let duplicate = Locator::role("menuitem", "Duplicate");
    marquee(drawing, "start", "lookup").await?;
    drawing.has_selected(&["start", "lookup"]).await?;
    for (node, selected) in [("lookup", &["start", "lookup"][..]), ("end", &["end"])] {
        browser.right_click(drawing.grip(node).await?).await?;
        browser.find(&duplicate).await?;
        drawing.has_selected(selected).await?;
        browser.keys("Escape").await?;
        browser.gone(&duplicate).await?;
    }
    browser
        .right_click(drawing.on_edge("lookup", "end").await?)
        .await?;
    browser
        .find(&Locator::role("menuitem", "Remove connection"))
        .await?;
    browser.keys("Escape").await?;
    browser.click_at(drawing.at(60.0, 60.0).await?).await?;
    drawing.has_selected(&[]).await
}

async fn a_double_click_opens_properties_or_offers_a_step(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let empty = drawing.at(90.0, 120.0).await?;
    browser.double_click(empty).await?;
    let offer = Locator::role("combobox", "Add a step");
    browser.find(&offer).await?;
    browser.keys("Escape").await?;
    browser.gone(&offer).await?;
    browser.double_click(drawing.grip("end").await?).await?;
    eventually("the properties to have the focus", async || {
        let inside = "return !!document.activeElement?.closest(\"[data-panel='inspector']\")";
        Ok((browser.script(inside, Vec::new()).await? == true).then_some(()))
    })
    .await?;
    browser.keys("Escape").await?;
    eventually("the node to have the focus again", async || {
        let node = "return document.activeElement?.dataset.nodeId";
        Ok((browser.script(node, Vec::new()).await? == "end").then_some(()))
    })
    .await
}

async fn what_is_copied_is_pasted_beside_it(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.select("lookup").await?;
    let before = drawing.nodes().await?;
    browser.keys("Control+c").await?;
    browser.keys("Control+v").await?;
    let copy = drawing.new_node("the copy", &before).await?;
    drawing.has_selected(&[&copy]).await?;
    ensure!(
        drawing.place(&copy).await? != drawing.place("lookup").await?,
        "the copy hides what was copied"
    );
    let title = Locator::css(".node__title").within(Locator::node(&copy));
    browser.shows(&title, "Lookup Customer").await?;
    browser.keys("Delete").await?;
    drawing.has_nodes(3).await
}

async fn an_edge_is_selected_and_deleted(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let (upper, lower) = (
        card(drawing, "start").await?,
        card(drawing, "lookup").await?,
    );
    let gap = (upper.top + upper.height + lower.top) / 2.0;
    // Beside the middle, where the buttons of a hovered edge come up.
    let on_edge = Point::new(upper.left + upper.width / 2.0, gap - 18.0);
    browser.click_at(on_edge).await?;
    browser
        .find(&Locator::css("[data-edge-id][data-selected='true']"))
        .await?;
    browser.keys("Delete").await?;
    drawing.has_connections(1).await?;
    browser.keys("Control+z").await?;
    drawing.has_connection("start", "out", "lookup").await
}

async fn everything_goes_and_comes_back(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    browser.keys("Control+a").await?;
    drawing.has_selected(&["start", "lookup", "end"]).await?;
    browser.keys("Delete").await?;
    drawing.has_nodes(0).await?;
    browser
        .shows(&Locator::panel("canvas"), "This flow is empty")
        .await?;
    browser.keys("Control+z").await?;
    drawing.has_nodes(3).await?;
    drawing.has_connections(2).await
}

async fn a_reload_keeps_everything(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    drawing.drag_node("end", -140.0, 0.0).await?;
    site::is_saved(browser).await?;
    let (before, drawn) = (places(drawing).await?, drawing.connections().await?);
    browser.session()?.refresh().await?;
    site::is_open(browser).await?;
    drawing.has_nodes(3).await?;
    assert_eq!(places(drawing).await?, before);
    assert_eq!(drawing.connections().await?, drawn);
    Ok(())
}

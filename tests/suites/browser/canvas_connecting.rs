//! Drawing connections: what is refused says why, what is dropped on nothing
//! asks what to add, what is inserted or removed keeps the way whole.

use tests::{Browser, Locator, Result, Server};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn connections_are_drawn_refused_inserted_into_and_healed() -> Result<()> {
    site::journey("connecting", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    let title = browser.session()?.title().await?;
    assert!(title.ends_with("Phone Lookup · Patchbay"), "{title}");

    what_cannot_be_says_why(drawing).await?;
    escape_gives_up_a_connection(drawing).await?;
    let added = a_drop_on_nothing_adds_the_next_step(drawing).await?;
    let inserted = a_step_is_inserted_on_an_edge(drawing, &added).await?;
    removing_it_heals_the_way(drawing, &inserted, &added).await?;

    site::is_saved(browser).await?;
    let drawn = drawing.connections().await?;
    browser.session()?.refresh().await?;
    site::is_open(browser).await?;
    drawing.has_nodes(4).await?;
    assert_eq!(drawing.connections().await?, drawn);
    Ok(())
}

async fn what_cannot_be_says_why(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let drawn = drawing.connections().await?;
    let exit = Locator::port("lookup", "out");
    for (target, reason) in [
        ("start", "A flow begins at Start: nothing can lead to it."),
        ("lookup", "A node cannot lead to itself."),
    ] {
        let (from, to) = (browser.centre(&exit).await?, drawing.grip(target).await?);
        // A node is refused as its own target once the pointer has left it.
        browser
            .press_and_move(from, from.offset(0.0, 50.0), 4)
            .await?;
        browser.hover(to).await?;
        browser
            .shows(&Locator::css(".pointer-note"), reason)
            .await?;
        browser.screenshot("connection-refused").await?;
        browser.release().await?;
        browser.gone(&Locator::css(".pointer-note")).await?;
    }
    assert_eq!(drawing.connections().await?, drawn);
    Ok(())
}

async fn escape_gives_up_a_connection(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    let drawn = drawing.connections().await?;
    let from = browser.centre(&Locator::port("start", "out")).await?;
    let to = browser.centre(&Locator::port("end", "in")).await?;
    browser.press_and_move(from, to, 8).await?;
    browser
        .find(&Locator::css("[data-connect='snapped']"))
        .await?;
    browser.keys("Escape").await?;
    browser
        .gone(&Locator::css("[data-connect='snapped']"))
        .await?;
    browser.release().await?;
    assert_eq!(drawing.connections().await?, drawn);
    Ok(())
}

async fn a_drop_on_nothing_adds_the_next_step(drawing: Drawing<'_>) -> Result<String> {
    let browser = drawing.browser;
    let before = drawing.nodes().await?;
    let from = browser.centre(&Locator::port("lookup", "out")).await?;
    let to = from.offset(-250.0, 90.0);
    // The head ends where the dot of a port would begin.
    let head = to.offset(0.0, -10.0);
    drawing.shows_on_top(head, false).await?;
    browser.press_and_move(from, to, 8).await?;
    drawing.shows_on_top(head, true).await?;
    browser.release().await?;
    browser
        .find(&Locator::role("combobox", "Add the next step"))
        .await?;
    drawing.shows_on_top(head, true).await?;
    browser.type_text("set").await?;
    browser.keys("Enter").await?;
    let added = drawing.new_node("set variables", &before).await?;
    drawing.has_connection("lookup", "out", &added).await?;
    drawing.connect(&added, "out", "end").await?;
    Ok(added)
}

async fn a_step_is_inserted_on_an_edge(drawing: Drawing<'_>, added: &str) -> Result<String> {
    let browser = drawing.browser;
    let before = drawing.nodes().await?;
    let insert = Locator::role("button", "Insert a node here");
    let on_edge = format!("[data-source='lookup'][data-target='{added}']");
    let on_edge = browser.centre(&Locator::css(&on_edge)).await?;
    browser.hover(on_edge).await?;
    browser.find(&insert).await?;
    // Who clicks an edge to select it finds nothing there that removes it.
    let bin = Locator::role("button", "Remove this connection");
    browser.gone(&bin).await?;
    browser.click(&insert).await?;
    browser
        .find(&Locator::role("combobox", "Insert a step"))
        .await?;
    browser.type_text("condition").await?;
    browser.keys("Enter").await?;
    let inserted = drawing.new_node("the condition", &before).await?;
    drawing.has_connection("lookup", "out", &inserted).await?;
    drawing.has_connection(&inserted, "true", added).await?;
    Ok(inserted)
}

async fn removing_it_heals_the_way(
    drawing: Drawing<'_>,
    inserted: &str,
    added: &str,
) -> Result<()> {
    drawing.has_selected(&[inserted]).await?;
    drawing.browser.keys("Control+Delete").await?;
    drawing.has_nodes(4).await?;
    drawing.has_connection("lookup", "out", added).await?;
    drawing.has_connections(3).await
}

//! The keys: one table, from which the list and the settings come.

use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::drawing::Drawing;
use crate::site;

#[tokio::test]
async fn keys_walk_select_and_say_what_they_do() -> Result<()> {
    site::journey("keys", walk).await
}

async fn walk(browser: &Browser, _server: &Server) -> Result<()> {
    let drawing = Drawing::of(browser);
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    drawing.select("lookup").await?;
    shift_and_an_arrow_select_what_leads_here_or_follows(drawing).await?;
    arrows_and_tab_walk_and_space_selects(drawing).await?;
    control_s_says_that_all_is_saved(browser).await?;
    the_list_holds_what_keys_do(browser).await
}

async fn shift_and_an_arrow_select_what_leads_here_or_follows(drawing: Drawing<'_>) -> Result<()> {
    drawing.browser.keys("Shift+ArrowLeft").await?;
    drawing.has_selected(&["start", "lookup"]).await?;
    drawing.browser.keys("Shift+ArrowRight").await?;
    drawing.has_selected(&["start", "lookup", "end"]).await?;
    drawing.browser.keys("Escape").await?;
    drawing.has_selected(&[]).await
}

async fn arrows_and_tab_walk_and_space_selects(drawing: Drawing<'_>) -> Result<()> {
    let browser = drawing.browser;
    // Two quick clicks on one step would open its properties.
    drawing.select("end").await?;
    drawing.select("lookup").await?;
    for (key, node) in [
        ("ArrowRight", "end"),
        ("ArrowLeft", "lookup"),
        ("ArrowUp", "start"),
        ("ArrowDown", "lookup"),
        ("Shift+Tab", "start"),
        ("Tab", "lookup"),
    ] {
        browser.keys(key).await?;
        has_focus(browser, node).await?;
    }
    // Space keeps what is selected when it goes up, while the keys go on.
    browser.keys("Space").await?;
    browser.keys("Tab").await?;
    has_focus(browser, "end").await?;
    drawing.has_selected(&["lookup"]).await?;
    browser.keys("Space").await?;
    drawing.has_selected(&["lookup", "end"]).await?;
    // Past the last node the focus leaves the canvas.
    browser.keys("Tab").await?;
    eventually("the focus to be elsewhere", async || {
        let on_node = "return !!document.activeElement?.closest('[data-node-id]')";
        Ok((browser.script(on_node, Vec::new()).await? == false).then_some(()))
    })
    .await
}

async fn has_focus(browser: &Browser, node: &str) -> Result<()> {
    eventually(&format!("{node} to have the focus"), async || {
        let now = "return document.activeElement?.dataset.nodeId ?? ''";
        let now = browser.script(now, Vec::new()).await?;
        ensure!(now == node, "{now} has it");
        Ok(Some(()))
    })
    .await
}

async fn control_s_says_that_all_is_saved(browser: &Browser) -> Result<()> {
    browser.keys("Control+s").await?;
    let said = "return [...document.querySelectorAll('[aria-live], [role=status]')]
        .some((region) => region.textContent.includes('Saved. Every change is saved'))";
    eventually("it to be said", async || {
        Ok((browser.script(said, Vec::new()).await? == true).then_some(()))
    })
    .await
}

async fn the_list_holds_what_keys_do(browser: &Browser) -> Result<()> {
    browser.keys("?").await?;
    let list = Locator::role("dialog", "Keyboard shortcuts");
    browser.find(&list).await?;
    for words in [
        "Cut connections",
        "Select all that follows",
        "Say whether all is saved",
    ] {
        browser.shows(&list, words).await?;
    }
    browser.screenshot("shortcuts").await?;
    browser.keys("Escape").await?;
    browser.gone(&list).await
}

#[tokio::test]
async fn whoever_opens_a_flow_works_with_the_keys_at_once() -> Result<()> {
    site::journey("keys-at-once", async |browser, server| {
        site::new_flow(browser, "Phone lookup").await?;
        let here = browser.script("return location.href;", Vec::new()).await?;
        browser.goto(&server.url("/flows")).await?;
        browser.goto(here.as_str().unwrap_or_default()).await?;
        site::is_open(browser).await?;
        // The canvas has the focus, so that its name is read.
        eventually("the canvas to have the focus", async || {
            let now = "return document.activeElement?.dataset.panel ?? ''";
            Ok((browser.script(now, Vec::new()).await? == "canvas").then_some(()))
        })
        .await?;
        browser.keys("n").await?;
        browser.find(&Locator::panel("quick-add")).await?;
        browser.keys("Escape").await?;
        browser.gone(&Locator::panel("quick-add")).await
    })
    .await
}

#[tokio::test]
async fn what_is_struck_right_after_f2_is_the_new_name_and_an_empty_one_keeps_the_old() -> Result<()>
{
    site::journey("renaming", async |browser, _| {
        let drawing = Drawing::of(browser);
        site::new_flow(browser, "Phone lookup").await?;
        drawing.has_nodes(3).await?;
        drawing.select("lookup").await?;
        browser.keys("F2").await?;
        browser.type_text("Who calls\n").await?;
        let lookup = Locator::node("lookup");
        browser.shows(&lookup, "Who calls").await?;
        browser.keys("F2").await?;
        browser.keys("Backspace").await?;
        browser.shows(&lookup, "Empty: the old name stays").await?;
        browser.keys("Enter").await?;
        browser.shows(&lookup, "Who calls").await
    })
    .await
}

#[tokio::test]
async fn one_dialog_is_open_at_a_time_and_the_focus_comes_back() -> Result<()> {
    site::journey("one-dialog", async |browser, _| {
        let drawing = Drawing::of(browser);
        site::new_flow(browser, "Phone lookup").await?;
        drawing.has_nodes(3).await?;
        drawing.select("lookup").await?;
        browser.keys("Control+k").await?;
        browser.find(&Locator::panel("commands")).await?;
        browser.keys("Control+Shift+f").await?;
        browser.gone(&Locator::panel("commands")).await?;
        let open = browser.count(&Locator::css("dialog[open]")).await?;
        ensure!(open == 1, "{open} dialogs are open");
        browser.keys("Escape").await?;
        has_focus(browser, "lookup").await
    })
    .await
}

#[tokio::test]
async fn keys_are_changed_in_the_settings_and_signs_switched_off() -> Result<()> {
    site::journey("keys-changed", change).await
}

fn row(id: &str) -> Locator {
    Locator::attribute("data-shortcut", id)
}

async fn change(browser: &Browser, server: &Server) -> Result<()> {
    browser.goto(&server.url("/settings/keyboard")).await?;
    // What is taken is told, and can be taken over.
    browser
        .click(&Locator::role("button", "Change Duplicate"))
        .await?;
    browser
        .find(&Locator::role("textbox", "New keys for Duplicate"))
        .await?;
    browser.keys("Control+a").await?;
    browser
        .shows(&row("duplicate"), "is taken by “Select all”")
        .await?;
    browser.screenshot("keys-taken").await?;
    browser.keys("Control+j").await?;
    browser.shows(&row("duplicate"), "J").await?;
    browser
        .click(&Locator::role("button", "Change Rename"))
        .await?;
    browser.keys("Control+d").await?;
    browser.shows(&row("rename"), "D").await?;

    browser.goto(&server.url("/flows")).await?;
    site::new_flow(browser, "Phone lookup").await?;
    let drawing = Drawing::of(browser);
    drawing.has_nodes(3).await?;
    drawing.select("end").await?;
    browser.keys("Control+j").await?;
    drawing.has_nodes(4).await?;
    browser.keys("Control+d").await?;
    let field = Locator::role("textbox", "Name of the node");
    browser.find(&field).await?;
    browser.keys("Escape").await?;
    browser.gone(&field).await?;
    site::is_saved(browser).await?;

    browser.goto(&server.url("/settings/keyboard")).await?;
    browser
        .click(&Locator::role("button", "Reset Rename"))
        .await?;
    browser.shows(&row("rename"), "F2").await?;
    browser
        .click(&Locator::role("switch", "Single letters are shortcuts"))
        .await?;
    browser.goto(&server.url("/flows")).await?;
    site::new_flow(browser, "Phone lookup").await?;
    drawing.has_nodes(3).await?;
    drawing.select("end").await?;
    for key in ["n", "c", "?"] {
        browser.keys(key).await?;
    }
    // What needs no sign still acts, and comes after what would have come.
    browser.keys("F2").await?;
    browser.find(&field).await?;
    ensure!(
        browser.count(&Locator::any("dialog")).await? == 0,
        "? was heard"
    );
    ensure!(
        browser.count(&Locator::css(".quick-add")).await? == 0,
        "a letter was heard"
    );
    Ok(())
}

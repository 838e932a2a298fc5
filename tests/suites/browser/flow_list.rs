//! The list of flows: copying, searching, opening by keys, deleting after a
//! question; and a session that ends while a page is open.

use serde_json::json;
use tests::{Browser, Locator, Result, Server, ensure, eventually};

use crate::{publishing, site};

#[tokio::test]
async fn flows_are_copied_found_opened_and_deleted() -> Result<()> {
    site::journey("flow-list", list).await
}

async fn list(browser: &Browser, _server: &Server) -> Result<()> {
    site::new_flow(browser, "Phone lookup").await?;
    back(browser).await?;
    browser.click(&Locator::role("button", "Duplicate")).await?;
    has_rows(browser, 2).await?;
    let toasts = Locator::css(".toasts");
    browser.shows(&toasts, "was made.").await?;

    let search = Locator::role("searchbox", "Search flows");
    browser.type_into(&search, "copy").await?;
    has_rows(browser, 1).await?;
    browser.type_into(&search, "nothing of the kind").await?;
    browser
        .find(&Locator::role("heading", "No flow has this name"))
        .await?;
    show_all(browser).await?;
    browser.click(&Locator::role("radio", "Modules")).await?;
    browser
        .find(&Locator::role("heading", "There is no module yet"))
        .await?;
    show_all(browser).await?;

    let copy = Locator::css(".table__row:first-child .table__name");
    ensure!(
        browser.text(&copy).await?.contains("Copy of"),
        "the latest change does not come first"
    );
    // From the search the arrows lead into the rows.
    browser.click(&search).await?;
    browser.keys("ArrowDown").await?;
    browser.keys("Enter").await?;
    site::is_open(browser).await?;
    back(browser).await?;

    delete_first(browser, "Cancel").await?;
    has_rows(browser, 2).await?;
    delete_first(browser, "Delete flow").await?;
    has_rows(browser, 1).await?;
    browser.shows(&toasts, "was deleted.").await
}

async fn back(browser: &Browser) -> Result<()> {
    browser
        .click(&Locator::role("link", "Back to flows"))
        .await?;
    browser.find(&Locator::css(".table__row")).await?;
    Ok(())
}

async fn show_all(browser: &Browser) -> Result<()> {
    browser
        .click(&Locator::role("button", "Show all flows"))
        .await?;
    has_rows(browser, 2).await
}

async fn has_rows(browser: &Browser, count: usize) -> Result<()> {
    let rows = Locator::css("tbody .table__row:not([aria-hidden])");
    eventually(&format!("{count} flows in the list"), async || {
        let now = browser.count(&rows).await?;
        ensure!(now == count, "there are {now}");
        Ok(Some(()))
    })
    .await
}

async fn delete_first(browser: &Browser, answer: &str) -> Result<()> {
    let more = Locator::role("button", "More").within(Locator::css(".table__row"));
    browser.click(&more).await?;
    browser.click(&Locator::role("menuitem", "Delete…")).await?;
    let answer = Locator::role("button", answer).within(publishing::dialog());
    browser.click(&answer).await?;
    browser.gone(&publishing::dialog()).await
}

#[tokio::test]
async fn a_session_that_ends_takes_nothing_with_it() -> Result<()> {
    let server = site::server().await?;
    let browser = Browser::open().await?;
    let walked = session_ends(&browser, &server);
    site::watched(&browser, "session-ends", walked).await?;
    browser.close().await
}

async fn session_ends(browser: &Browser, server: &Server) -> Result<()> {
    site::sign_in(browser, server).await?;
    site::new_flow(browser, "Phone lookup").await?;
    let cdp = browser.session()?.cdp();
    cdp.send_raw("Network.clearBrowserCookies", json!({}))
        .await?;

    publishing::press(browser).await?;
    let again = Locator::role("dialog", "Your session has ended");
    browser.find(&again).await?;
    let password = Locator::role("textbox", "Password").within(again.clone());
    let known = server.sign_in().await?.password;
    browser.type_into(&password, &known).await?;
    browser.keys("Enter").await?;
    browser.gone(&again).await?;
    let publish = Locator::css("dialog[open] [data-action='publish']");
    browser.click(&publish).await?;
    publishing::is_published(browser, 1).await
}

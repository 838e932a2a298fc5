//! Toasts: they end by themselves, and wait for whoever attends to them.

use std::time::Duration;

use tests::{Browser, Locator, Result, ensure, eventually};

use crate::site;

/// Longer than a toast stays that nobody attends to.
const LONGER_THAN_IT_STAYS: Duration = Duration::from_secs(8);

const MADE: &str = ".toast[data-tone='success']";

/// Makes a copy of the flow in the list, which is told.
async fn told(browser: &Browser) -> Result<Locator> {
    let toast = Locator::css(MADE);
    browser.click(&Locator::role("button", "Duplicate")).await?;
    browser.shows(&toast, "was made.").await?;
    Ok(toast)
}

async fn list(browser: &Browser) -> Result<()> {
    site::new_flow(browser, "Phone lookup").await?;
    browser
        .click(&Locator::role("link", "Back to flows"))
        .await?;
    browser.find(&Locator::css(".table__row")).await?;
    Ok(())
}

#[tokio::test]
async fn a_toast_goes_by_itself_and_stays_while_it_is_pointed_at() -> Result<()> {
    site::journey("toast-pointed-at", async |browser, _| {
        list(browser).await?;
        let toast = told(browser).await?;
        browser.gone(&toast).await?;

        let toast = told(browser).await?;
        let at = browser.centre(&toast).await?;
        browser.hover(at).await?;
        tokio::time::sleep(LONGER_THAN_IT_STAYS).await;
        let left = browser.count(&toast).await?;
        ensure!(left == 1, "it went from under the pointer");
        browser.hover(at.offset(-at.x + 5.0, -at.y + 5.0)).await?;
        browser.gone(&toast).await
    })
    .await
}

#[tokio::test]
async fn a_toast_stays_while_it_has_the_focus_and_escape_dismisses_it() -> Result<()> {
    site::journey("toast-focused", async |browser, _| {
        list(browser).await?;
        let toast = told(browser).await?;
        let inside = "return !!document.activeElement?.closest('.toasts')";
        eventually("the focus to be in the toast", async || {
            browser.keys("Shift+Tab").await?;
            Ok((browser.script(inside, Vec::new()).await? == true).then_some(()))
        })
        .await?;
        tokio::time::sleep(LONGER_THAN_IT_STAYS).await;
        let left = browser.count(&toast).await?;
        ensure!(left == 1, "it went with the focus");
        browser.keys("Escape").await?;
        browser.gone(&toast).await
    })
    .await
}

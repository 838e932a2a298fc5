//! The settings of webhooks, as an administrator uses them.

use tests::{Browser, Locator, Result, Server, ensure};

use crate::{publishing, site};

fn button(name: &str) -> Locator {
    Locator::role("button", name)
}

#[tokio::test]
async fn an_administrator_adds_a_webhook_tests_it_and_sends_again() -> Result<()> {
    site::journey("webhooks", set_up).await
}

async fn set_up(browser: &Browser, server: &Server) -> Result<()> {
    browser.goto(&server.url("/settings/webhooks")).await?;
    browser.click(&button("Add webhook")).await?;
    let field = |name: &str| Locator::role("textbox", name).within(publishing::dialog());
    browser.type_into(&field("Name"), "CRM").await?;
    // What leads inside is refused where it was typed, and nothing is lost.
    browser
        .type_into(&field("Address"), "https://127.0.0.1/hook")
        .await?;
    browser.click(&button("Save webhook")).await?;
    let refused = Locator::css(".field__error").within(publishing::dialog());
    let words = browser.text(&refused).await?;
    ensure!(words.contains("not a public address"), "{words}");
    // The browser itself puts refusals on the console.
    let refusals = browser.console_errors().await?;
    ensure!(
        refusals.iter().all(|error| error.contains("422")),
        "{refusals:?}"
    );
    browser
        .type_into(&field("Address"), "https://hooks.sandbox.invalid/crm")
        .await?;
    browser.click(&button("Save webhook")).await?;
    let secret = browser.value(&field("Signing secret")).await?;
    ensure!(secret.starts_with("whsec_"), "a secret is shown");
    browser.click(&button("Done")).await?;
    browser.gone(&publishing::dialog()).await?;

    let card = Locator::role("region", "CRM");
    browser
        .click(&button("Send test event").within(card.clone()))
        .await?;
    browser
        .find(&Locator::css(".badge[data-tone=success]").within(publishing::dialog()))
        .await?;
    browser.click(&button("Details")).await?;
    let sent = browser.text(&Locator::css(".delivery__text")).await?;
    ensure!(sent.contains("webhook_test"), "{sent}");
    browser.click(&button("Send again")).await?;
    let log = Locator::css("tbody").within(publishing::dialog());
    tests::eventually("a second attempt", async || {
        let words = browser.text(&log).await?;
        Ok(words.contains("2 attempts").then_some(()))
    })
    .await
}

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

#[tokio::test]
async fn what_is_refused_after_the_password_was_asked_for_is_said_in_the_form() -> Result<()> {
    site::journey("confirmed-form", async |browser, server| {
        browser.goto(&server.url("/settings/connections")).await?;
        crate::connections::add_beside_the_sandbox(browser, "Second").await?;
        browser.goto(&server.url("/settings/webhooks")).await?;
        browser.click(&button("Add webhook")).await?;
        let form = Locator::css("dialog[open]:has(fieldset)");
        let field = |name: &str| Locator::role("textbox", name).within(form.clone());
        browser.type_into(&field("Name"), "CRM").await?;
        let inside = "https://10.0.0.5/hook";
        browser.type_into(&field("Address"), inside).await?;
        site::a_quarter_of_an_hour_passes(server).await?;
        browser.click(&button("Save webhook")).await?;
        confirm(browser, server).await?;
        let refused = Locator::css(".field__error").within(form.clone());
        browser.shows(&refused, "not a public address").await?;
        ensure!(
            browser.value(&field("Address")).await? == inside,
            "it is kept"
        );

        // Giving up says why nothing was saved, and keeps what was typed.
        site::a_quarter_of_an_hour_passes(server).await?;
        browser.click(&button("Save webhook")).await?;
        let asked = Locator::css("dialog[open]:has(input[type='password'])");
        browser.find(&asked).await?;
        browser.keys("Escape").await?;
        browser.gone(&asked).await?;
        browser
            .find(&Locator::css(".banner[data-tone='danger']").within(form.clone()))
            .await?;
        ensure!(browser.value(&field("Name")).await? == "CRM", "it is kept");
        browser.keys("Escape").await?;
        browser.gone(&publishing::dialog()).await?;

        // A question that waits for its answer is asked over as well.
        browser.goto(&server.url("/settings/connections")).await?;
        let card = Locator::role("region", "Second");
        browser
            .click(&button("Delete").within(card.clone()))
            .await?;
        site::a_quarter_of_an_hour_passes(server).await?;
        browser.click(&button("Delete connection")).await?;
        confirm(browser, server).await?;
        browser.gone(&card).await?;
        let refusals = browser.console_errors().await?;
        ensure!(
            refusals
                .iter()
                .all(|error| error.contains("422") || error.contains("403")),
            "{refusals:?}"
        );
        Ok(())
    })
    .await
}

/// Gives the password in the dialog that asks for it.
async fn confirm(browser: &Browser, server: &Server) -> Result<()> {
    let password = Locator::css("dialog[open] input[autocomplete='current-password']");
    let given = server.sign_in().await?.password;
    browser.type_into(&password, &given).await?;
    browser.keys("Enter").await?;
    browser.gone(&password).await
}

//! The settings of connections, as an administrator fills them.

use tests::{Browser, Locator, Result, Server};

use crate::publishing;

/// Adds a connection to where the preset one leads, with another secret.
pub(crate) async fn add(browser: &Browser, name: &str, client: &str, secret: &str) -> Result<()> {
    add_beside(browser, "From the environment", name, client, secret).await
}

/// The same beside the sandbox, with credentials that it does not know.
pub(crate) async fn add_beside_the_sandbox(browser: &Browser, name: &str) -> Result<()> {
    add_beside(browser, "Sandbox", name, "a-client", "a-secret-of-it").await
}

async fn add_beside(
    browser: &Browser,
    preset: &str,
    name: &str,
    client: &str,
    secret: &str,
) -> Result<()> {
    let preset = Locator::role("region", preset);
    let address = Locator::css("dd.mono").within(preset);
    let address = browser.text(&address).await?;
    browser
        .click(&Locator::role("button", "Add connection"))
        .await?;
    choose(browser, "Region", "Other address…").await?;
    for (field, text) in [
        ("Name", name),
        ("API address", &address),
        ("Client ID", client),
        ("Client secret", secret),
    ] {
        fill(browser, field, text).await?;
    }
    save(browser, name).await
}

/// Has flows published through a connection unless another is chosen.
pub(crate) async fn make_default(browser: &Browser, name: &str) -> Result<()> {
    let card = Locator::role("region", name);
    let make = Locator::role("button", "Make default").within(card.clone());
    browser.click(&make).await?;
    browser.shows(&card, "Default").await
}

/// Gives a connection another client.
pub(crate) async fn change(
    browser: &Browser,
    server: &Server,
    name: &str,
    client: &str,
    secret: &str,
) -> Result<()> {
    browser.goto(&server.url("/settings/connections")).await?;
    let card = Locator::role("region", name);
    browser
        .click(&Locator::role("button", "Edit").within(card))
        .await?;
    fill(browser, "Client ID", client).await?;
    fill(browser, "Client secret", secret).await?;
    save(browser, name).await
}

async fn fill(browser: &Browser, field: &str, text: &str) -> Result<()> {
    let field = Locator::role("textbox", field).within(publishing::dialog());
    browser.type_into(&field, text).await
}

/// Chooses from a list by its words, as the keyboard does.
async fn choose(browser: &Browser, list: &str, words: &str) -> Result<()> {
    let list = Locator::role("combobox", list).within(publishing::dialog());
    browser.find(&list).await?.send_keys(words).await?;
    Ok(())
}

async fn save(browser: &Browser, name: &str) -> Result<()> {
    browser
        .click(&Locator::role("button", "Save connection"))
        .await?;
    browser.gone(&publishing::dialog()).await?;
    browser.find(&Locator::role("region", name)).await?;
    Ok(())
}

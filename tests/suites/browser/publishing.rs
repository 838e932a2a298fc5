//! The dialog of publishing, and what a simulated Genesys Cloud holds after.

use sandbox::{Answered, Arrival, HostKind};
use serde_json::Value;
use tests::{Browser, Context, Locator, Result, Server, bail};

use crate::site;

/// The dialog.
pub(crate) fn dialog() -> Locator {
    Locator::css("dialog[open]")
}

/// Presses Publish in the bar, and Publish in the dialog that it opens.
pub(crate) async fn press(browser: &Browser) -> Result<()> {
    site::is_saved(browser).await?;
    let in_bar = Locator::role("button", "Publish").within(Locator::panel("bar"));
    browser.click(&in_bar).await?;
    browser
        .click(&Locator::css("dialog[open] [data-action='publish']"))
        .await
}

/// Waits until the dialog says that a version is live, sees every step done,
/// and closes it.
pub(crate) async fn is_published(browser: &Browser, version: u64) -> Result<()> {
    let outcome = format!("Published. Version {version} is live.");
    browser.shows(&dialog(), &outcome).await?;
    let done = browser
        .count(&Locator::css(".step[data-state='done']"))
        .await?;
    let steps = browser.count(&Locator::css(".step")).await?;
    // What is live as it is saved needs no step to be made live.
    assert!(
        done >= 4 && done == steps,
        "{done} of {steps} steps are done"
    );
    browser.click(&Locator::role("button", "Done")).await?;
    browser.gone(&dialog()).await
}

/// What the server's sandbox holds: its flows, as its own API tells them.
pub(crate) async fn flows(server: &Server) -> Result<Vec<Value>> {
    match ask(server, "/sandbox/flows").await? {
        Value::Array(flows) => Ok(flows),
        other => bail!("not a list: {other}"),
    }
}

/// Its flow modules, likewise.
pub(crate) async fn modules(server: &Server) -> Result<Vec<Value>> {
    match ask(server, "/sandbox/modules").await? {
        Value::Array(modules) => Ok(modules),
        other => bail!("not a list: {other}"),
    }
}

/// Its data actions, likewise.
pub(crate) async fn data_actions(server: &Server) -> Result<Vec<Value>> {
    match ask(server, "/sandbox/data-actions").await? {
        Value::Array(actions) => Ok(actions),
        other => bail!("not a list: {other}"),
    }
}

/// Does something to the server's sandbox as somebody else would.
pub(crate) async fn do_upstream(server: &Server, path: &str, body: &Value) -> Result<()> {
    let address = server.sandbox_address().await?;
    let http = reqwest::Client::builder().no_proxy().build()?;
    let request = http
        .post(format!("{address}{path}"))
        .header("X-Sandbox", "1")
        .header("Content-Type", "application/json")
        .body(body.to_string());
    request.send().await?.error_for_status()?;
    Ok(())
}

/// What arrived at the server's sandbox.
pub(crate) async fn arrivals(server: &Server) -> Result<Vec<Arrival>> {
    match ask(server, "/sandbox/requests").await? {
        Value::Array(arrivals) => arrivals.iter().map(arrival).collect(),
        other => bail!("not a list: {other}"),
    }
}

async fn ask(server: &Server, path: &str) -> Result<Value> {
    let address = server.sandbox_address().await?;
    let http = reqwest::Client::builder().no_proxy().build()?;
    let answer = http.get(format!("{address}{path}")).send().await?;
    Ok(serde_json::from_str(&answer.text().await?)?)
}

fn arrival(told: &Value) -> Result<Arrival> {
    let text = |key: &str| told[key].as_str().map(str::to_owned);
    let present = |value: &Value| (!value.is_null()).then(|| value.clone());
    let answer = present(&told["answer"]).map(|answer| Answered {
        status: answer["status"]
            .as_u64()
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or_default(),
        body: present(&answer["body"]),
    });
    Ok(Arrival {
        number: told["number"].as_u64().unwrap_or_default(),
        at_millis: told["at_millis"].as_u64().unwrap_or_default(),
        method: text("method").context("a request without a method")?,
        host: match told["host"].as_str() {
            Some("oauth") => HostKind::Oauth,
            Some("lookup") => HostKind::Lookup,
            Some("webhook") => HostKind::Webhook,
            _ => HostKind::Api,
        },
        path: text("path").context("a request without a path")?,
        query: text("query"),
        form: present(&told["form"]),
        body: present(&told["body"]),
        answer,
        fault: None,
    })
}

//! The preview of what is sent.

use serde_json::Value;
use tests::{Browser, Result};

/// What the lit lines of the preview say, read as JSON.
pub(crate) async fn lit(browser: &Browser) -> Result<Value> {
    let text = lines(browser, ".json__line--lit").await?;
    Ok(serde_json::from_str(text.trim().trim_end_matches(','))?)
}

/// The document in the preview. It must be short: of a long one only the lines
/// around those that are in view are in the page.
pub(crate) async fn document(browser: &Browser) -> Result<Value> {
    Ok(serde_json::from_str(&lines(browser, ".json__line").await?)?)
}

/// The text of lines, asked for at once: each for itself takes its time.
async fn lines(browser: &Browser, selector: &str) -> Result<String> {
    let script = "return [...document.querySelectorAll(arguments[0])]
        .map((line) => line.textContent).join('');";
    let text = browser.script(script, vec![selector.into()]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

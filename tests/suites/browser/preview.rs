//! The preview of what is sent.

use serde_json::Value;
use tests::{Browser, Locator, Result};

/// What the lit lines of the preview say, read as JSON.
pub(crate) async fn lit(browser: &Browser) -> Result<Value> {
    let mut text = String::new();
    for line in browser.all(&Locator::css(".json__line--lit")).await? {
        text.push_str(&line.text().await?);
        text.push('\n');
    }
    Ok(serde_json::from_str(text.trim().trim_end_matches(','))?)
}

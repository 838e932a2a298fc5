//! The template, published as it is.

use std::path::Path;

use sandbox::compare::{differences, shared_directory};
use tests::{Context, Result, ensure};

use crate::{publishing, site};

#[tokio::test]
async fn the_phone_lookup_template_publishes_with_the_requests_of_the_guide() -> Result<()> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let expected = shared_directory(&workspace).join("expected/phone-lookup.json");
    let expected = std::fs::read_to_string(&expected)
        .with_context(|| format!("{} cannot be read", expected.display()))?;
    let expected = serde_json::from_str(&expected)?;
    site::journey("template", async |browser, server| {
        site::new_flow(browser, "Phone lookup").await?;
        publishing::press(browser).await?;
        publishing::is_published(browser, 1).await?;
        let found = differences(&expected, &publishing::arrivals(server).await?);
        ensure!(found.is_empty(), "{}", found.join("\n"));
        Ok(())
    })
    .await
}

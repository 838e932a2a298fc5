//! What a browser transfers until an empty flow is open in the editor.

use std::io::Write;

use serde::Deserialize;
use tests::{Context, Result, ensure};

use crate::site;

/// Scripts, style sheets, fonts and the module, compressed, in bytes.
const MOST_BYTES: usize = 400_000;
/// What names the pieces of the module that are fetched when they are wanted.
const PIECE: &str = "split_";

/// The files that the page has loaded.
const LOADED: &str = "
    return performance.getEntriesByType('resource')
        .map((entry) => new URL(entry.name).pathname);";

const KINDS: [&str; 4] = ["wasm", "js", "css", "woff2"];

#[tokio::test]
async fn opening_an_empty_flow_transfers_little_and_nothing_that_comes_later() -> Result<()> {
    site::journey("page-size", async |browser, server| {
        site::new_flow(browser, "Lookup flow").await?;
        // A fresh load of the editor, as by somebody who follows a link to it.
        let here = browser.script("return location.href;", Vec::new()).await?;
        browser.goto(here.as_str().unwrap_or_default()).await?;
        site::is_open(browser).await?;
        let loaded = browser.script(LOADED, Vec::new()).await?;
        let paths = Vec::<String>::deserialize(loaded)?;
        let early: Vec<_> = paths.iter().filter(|path| path.contains(PIECE)).collect();
        ensure!(early.is_empty(), "nobody has asked for {early:?} yet");
        let mut out = std::io::stdout();
        let mut total = 0;
        for kind in KINDS {
            let mut bytes = 0;
            for path in &paths {
                if path.rsplit_once('.').is_some_and(|(_, end)| end == kind) {
                    let file = reqwest::get(server.url(path)).await?.bytes().await?;
                    bytes += compressed(&file)?;
                }
            }
            ensure!(bytes > 0, "the page loads no {kind}: {paths:?}");
            writeln!(out, "An empty flow in the editor, {kind}: {bytes} bytes")?;
            total += bytes;
        }
        // Written past the harness, which swallows what passing tests print.
        writeln!(
            out,
            "An empty flow in the editor, in all: {total} bytes, at most {MOST_BYTES}"
        )?;
        ensure!(
            total <= MOST_BYTES,
            "opening an empty flow transfers {total} bytes, more than {MOST_BYTES}"
        );
        Ok(())
    })
    .await
}

/// How long a file is as the server's build compresses it.
fn compressed(plain: &[u8]) -> Result<usize> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 11, 22);
    writer
        .write_all(plain)
        .context("a file could not be compressed")?;
    Ok(writer.into_inner().len())
}

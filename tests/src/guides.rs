//! The requests that the guides' complete examples make.

use std::path::Path;

use anyhow::{Context, Result};
use sandbox::compare::shared_directory;
use serde_json::Value;

/// The requests of a guide's example; none, said loudly, where the folder with
/// the guides is not there.
///
/// # Errors
/// When its file is no JSON.
#[expect(
    clippy::print_stderr,
    reason = "a comparison that is left out must not go unseen"
)]
pub fn requests_of_guide(guide: &str) -> Result<Option<Value>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = shared_directory(&workspace).join(format!("expected/{guide}.json"));
    match std::fs::read_to_string(&file) {
        Ok(text) => serde_json::from_str(&text)
            .map(Some)
            .with_context(|| format!("{} is no JSON", file.display())),
        Err(error) => {
            eprintln!(
                "SKIPPED: the requests were not compared: {}: {error}. PATCHBAY_SHARED names the folder.",
                file.display()
            );
            Ok(None)
        }
    }
}

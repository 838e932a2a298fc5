//! Cases of a table, a few at a time: each has a server of its own, and some
//! wait for what the product waits for.

use futures_util::{StreamExt, stream};
use tests::{Result, ensure};

/// Servers at once.
const AT_ONCE: usize = 3;

/// Runs all of them, also when some fail; tells of every one that did.
pub(crate) async fn run_all(
    cases: impl IntoIterator<Item = (&'static str, impl Future<Output = Result<()>>)>,
) -> Result<()> {
    let outcomes: Vec<Option<String>> = stream::iter(cases)
        .map(|(name, case)| async move {
            let outcome = case.await;
            outcome.err().map(|error| format!("{name}: {error:#}"))
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let failed: Vec<String> = outcomes.into_iter().flatten().collect();
    ensure!(failed.is_empty(), "{}", failed.join("\n\n"));
    Ok(())
}

//! Waiting for a condition instead of for a time.

use std::time::Duration;

use anyhow::{Result, anyhow};
use tokio::time::{Instant, sleep};

/// How long a condition may take to come about. Long, because a busy machine
/// is no failure; a test that passes never waits for it.
pub const PATIENCE: Duration = Duration::from_secs(20);

const PAUSE: Duration = Duration::from_millis(40);

/// Asks `probe` until it answers with a value, and returns that.
///
/// `what` completes the sentence "waited for …". The probe answers `None` for
/// "not yet"; its errors count as that too, and the last one is told when
/// patience runs out.
///
/// # Errors
/// When [`PATIENCE`] has passed without a value.
pub async fn eventually<T>(
    what: &str,
    mut probe: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let last = match probe().await {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        if Instant::now() >= deadline {
            let story = format!("waited {} s for {what}", PATIENCE.as_secs());
            return Err(match last {
                Some(error) => error.context(story),
                None => anyhow!(story),
            });
        }
        sleep(PAUSE).await;
    }
}

//! Work that waits until it has been quiet for a moment.

use std::time::Duration;

use dom::prelude::*;

/// Runs only the last of what is asked for within its time.
#[derive(Clone, Copy)]
pub(crate) struct Debounce {
    quiet: Duration,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Debounce {
    /// Waits for so long.
    pub(crate) fn new(quiet: Duration) -> Self {
        let timer = StoredValue::new_local(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(Some(timer)) = timer.try_update_value(Option::take) {
                timer.clear();
            }
        });
        Self { quiet, timer }
    }

    /// Runs this once it has been quiet, unless something else is asked for.
    pub(crate) fn run(self, work: impl FnOnce() + 'static) {
        let next = set_timeout_with_handle(work, self.quiet).ok();
        self.timer.try_update_value(|timer| {
            if let Some(before) = std::mem::replace(timer, next) {
                before.clear();
            }
        });
    }
}

//! How many contacts an organisation may make: so many in each minute of the
//! sandbox's clock, which can run faster than the machine's.

use std::time::{Duration, Instant};

use axum::http::StatusCode;

use crate::error_body::ApiError;

const MINUTE: Duration = Duration::from_secs(60);

/// The creations of the current minute.
#[derive(Debug, Default)]
pub(crate) struct Creations {
    minute: Option<(Instant, u32)>,
}

impl Creations {
    /// Counts a creation, or refuses it and says when there is room again.
    pub(crate) fn count(
        &mut self,
        allowed: u32,
        clock_factor: u32,
        now: Instant,
    ) -> Result<(), ApiError> {
        let factor = clock_factor.max(1);
        let window = MINUTE / factor;
        let (began, made) = match self.minute {
            Some((began, made)) if now.duration_since(began) < window => (began, made),
            _ => (now, 0),
        };
        self.minute = Some((began, made + u32::from(made < allowed)));
        if made < allowed {
            return Ok(());
        }
        let left = window.saturating_sub(now.duration_since(began)) * factor;
        // Whole seconds, rounded up: whoever waits them is never early.
        let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
        let message =
            format!("An organisation makes at most [{allowed}] contacts within [60] seconds");
        let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too.many.requests", message);
        Err(error.retry_after(seconds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_contacts_are_made_in_a_minute_of_the_sandboxs_clock() {
        for factor in [1, 60] {
            let mut creations = Creations::default();
            let start = Instant::now();
            let mut at = |seconds: u64| {
                let now = start + Duration::from_secs(seconds) / factor;
                creations.count(2, factor, now).is_ok()
            };
            assert_eq!(
                [at(0), at(1), at(2), at(59), at(60), at(61), at(62)],
                [true, true, false, false, true, true, false],
                "factor {factor}"
            );
        }
    }
}

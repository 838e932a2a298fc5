//! How often somebody may guess.

use std::net::IpAddr;

use axum::http::StatusCode;
use store::ThrottleRow;

use crate::{
    app::App,
    http::{Problem, Result},
    random,
};

/// Failures in a row that cost an account nothing.
const FREE: u32 = 5;
/// The longest wait of an account, in seconds.
const LONGEST_WAIT_SECONDS: i64 = 15 * 60;
/// Failures of one address within the window.
const PER_ADDRESS: u32 = 20;
const ADDRESS_WINDOW_MILLIS: i64 = 60 * 1_000;

/// The counters of one attempt.
pub(super) struct Throttle {
    account: String,
    address: String,
}

impl Throttle {
    /// The counters of an attempt on this account from there. What is stored
    /// are fingerprints: the counters name nobody.
    pub(super) fn of(email: &str, address: IpAddr) -> Self {
        Self {
            account: format!("account:{}", random::fingerprint(email.as_bytes())),
            address: format!(
                "address:{}",
                random::fingerprint(address.to_string().as_bytes())
            ),
        }
    }

    /// Counts an attempt, before the password is looked at, so that attempts
    /// at the same time cannot slip through together.
    ///
    /// # Errors
    /// 429 when it comes too early.
    pub(super) async fn enter(&self, app: &App, now: i64) -> Result<()> {
        let account = app.store.throttle(&self.account).await?;
        let address = app.store.throttle(&self.address).await?;
        let wait = account
            .map_or(0, |row| account_wait(row, now))
            .max(address.map_or(0, |row| address_wait(row, now)));
        if let Ok(seconds @ 1..) = u64::try_from(wait) {
            return Err(Problem::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-attempts",
                format!(
                    "There were too many failed attempts. The next is possible in {seconds} s."
                ),
            )
            .next("Wait, then try again. An administrator can add a new account for you.")
            .retry_after(seconds));
        }
        app.store
            .count_failure(&self.account, now, i64::MIN)
            .await?;
        Ok(())
    }

    /// The password was wrong.
    pub(super) async fn failed(&self, app: &App, now: i64) -> Result<()> {
        let since = now - ADDRESS_WINDOW_MILLIS;
        app.store.count_failure(&self.address, now, since).await?;
        Ok(())
    }

    /// The password was right: the account starts anew.
    pub(super) async fn passed(&self, app: &App) -> Result<()> {
        Ok(app.store.clear_throttle(&self.account).await?)
    }
}

/// Seconds until the account may be tried again: 1 after the free ones,
/// doubling from there.
fn account_wait(row: ThrottleRow, now: i64) -> i64 {
    let Some(over) = row.failures.checked_sub(FREE) else {
        return 0;
    };
    let wait = 1_i64
        .checked_shl(over)
        .filter(|seconds| (1..LONGEST_WAIT_SECONDS).contains(seconds))
        .unwrap_or(LONGEST_WAIT_SECONDS);
    seconds_until(row.last_at_millis + wait * 1_000, now)
}

/// Seconds until the address may try again.
fn address_wait(row: ThrottleRow, now: i64) -> i64 {
    if row.failures < PER_ADDRESS {
        0
    } else {
        seconds_until(row.first_at_millis + ADDRESS_WINDOW_MILLIS, now)
    }
}

fn seconds_until(millis: i64, now: i64) -> i64 {
    // Rounded up: never told to come too early.
    ((millis - now).max(0) + 999) / 1_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_waits_twice_as_long_after_each_failure() {
        let wait = |failures, now| {
            let row = ThrottleRow {
                failures,
                first_at_millis: 0,
                last_at_millis: 0,
            };
            account_wait(row, now)
        };
        for (failures, seconds) in [
            (0, 0),
            (4, 0),
            (5, 1),
            (6, 2),
            (9, 16),
            (14, 512),
            (15, 900),
            (70, 900),
            (u32::MAX, 900),
        ] {
            assert_eq!(wait(failures, 0), seconds, "{failures} failures");
        }
        assert_eq!(wait(6, 1_001), 1, "what has passed counts");
        assert_eq!(wait(6, 2_000), 0);
    }

    #[test]
    fn an_address_waits_for_its_window_to_end() {
        let row = |failures| ThrottleRow {
            failures,
            first_at_millis: 0,
            last_at_millis: 30_000,
        };
        assert_eq!(address_wait(row(19), 30_000), 0);
        assert_eq!(address_wait(row(20), 30_000), 30);
        assert_eq!(address_wait(row(20), 60_000), 0);
    }
}

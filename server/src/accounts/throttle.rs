//! How often somebody may guess.
//!
//! There is no number of guesses after which an account is closed for good:
//! strangers could reach it for anybody. With the longest wait, who guesses at
//! one account has some 96 guesses a day against 15 characters or more.

use std::net::IpAddr;

use axum::http::StatusCode;
use store::{Counter, ThrottleRow};

use super::device::Device;
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

/// The counters of one attempt. What is stored are fingerprints: the counters
/// name nobody.
pub(super) struct Throttle {
    /// Guesses at this person's password: all those of strangers together, or
    /// those of one device that is known.
    guesses: Counter,
    /// Guesses from one address, at whomever.
    address: Option<Counter>,
}

impl Throttle {
    /// The counters of an attempt on this account, from a device where its
    /// person signed in before or from elsewhere.
    pub(super) fn of(email: &str, device: Option<&Device>, address: Option<IpAddr>) -> Self {
        let name = match device {
            Some(device) => format!("device:{}", random::fingerprint(device.id.as_bytes())),
            None => account_name(email),
        };
        let address = address.filter(|_| device.is_none()).map(|address| {
            let address = random::fingerprint(address.to_string().as_bytes());
            Counter {
                name: format!("address:{address}"),
                window_millis: Some(ADDRESS_WINDOW_MILLIS),
                allowed_at_millis: address_allowed_at,
            }
        });
        Self {
            guesses: Counter {
                name,
                window_millis: None,
                allowed_at_millis: guess_allowed_at,
            },
            address,
        }
    }

    fn counters(&self) -> Vec<Counter> {
        let guesses = Some(self.guesses.clone());
        [guesses, self.address.clone()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Counts an attempt as failed, before the password is looked at.
    ///
    /// # Errors
    /// 429 when it comes too early; then it is not counted.
    pub(super) async fn enter(&self, app: &App, now: i64) -> Result<()> {
        let counters = self.counters();
        let allowed_at = app.store.count_attempt(&counters, now).await?;
        // Rounded up: never told to come too early.
        let seconds = u64::try_from(allowed_at - now).unwrap_or(0).div_ceil(1_000);
        if seconds == 0 {
            return Ok(());
        }
        Err(Problem::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-attempts",
            format!("There were too many failed attempts. The next is possible in {seconds} s."),
        )
        .next("Wait, then try again. An administrator ends the wait by setting your role anew.")
        .retry_after(seconds))
    }

    /// The password was not looked at: as if there had been no attempt.
    pub(super) async fn give_back(&self, app: &App) -> Result<()> {
        for counter in self.counters() {
            app.store.give_back_attempt(&counter.name).await?;
        }
        Ok(())
    }

    /// The password was right: it was no failure, and guesses start anew.
    pub(super) async fn passed(&self, app: &App) -> Result<()> {
        if let Some(address) = &self.address {
            app.store.give_back_attempt(&address.name).await?;
        }
        Ok(app.store.clear_throttle(&self.guesses.name).await?)
    }
}

/// Ends the wait of a person whom strangers keep out.
pub(super) async fn release(app: &App, email: &str) -> Result<()> {
    Ok(app.store.clear_throttle(&account_name(email)).await?)
}

fn account_name(email: &str) -> String {
    format!("account:{}", random::fingerprint(email.as_bytes()))
}

/// When the password may be guessed at again: a second after the free ones,
/// doubling from there.
fn guess_allowed_at(row: ThrottleRow) -> i64 {
    let Some(over) = row.failures.checked_sub(FREE) else {
        return row.last_at_millis;
    };
    let wait = 1_i64
        .checked_shl(over)
        .filter(|seconds| (1..LONGEST_WAIT_SECONDS).contains(seconds))
        .unwrap_or(LONGEST_WAIT_SECONDS);
    row.last_at_millis + wait * 1_000
}

/// When an address may try again.
fn address_allowed_at(row: ThrottleRow) -> i64 {
    if row.failures < PER_ADDRESS {
        row.last_at_millis
    } else {
        row.first_at_millis + ADDRESS_WINDOW_MILLIS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_waits_twice_as_long_after_each_failure() {
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
            let row = ThrottleRow {
                failures,
                first_at_millis: 0,
                last_at_millis: 7_000,
            };
            assert_eq!(
                guess_allowed_at(row),
                7_000 + seconds * 1_000,
                "{failures} failures"
            );
        }
    }

    #[test]
    fn an_address_waits_for_its_window_to_end() {
        let row = |failures| ThrottleRow {
            failures,
            first_at_millis: 0,
            last_at_millis: 30_000,
        };
        assert_eq!(address_allowed_at(row(19)), 30_000);
        assert_eq!(address_allowed_at(row(20)), 60_000);
    }
}

//! What follows from a call: whether the receiver has the message, when it is
//! sent again, and when the receiver is left alone.

use std::time::Duration;

use ::webhooks::{CallError, Reply};
use api::DisabledReason;
use genesys::{Clock, retry_after};
use store::{AfterAttempt, NewAttempt, NextDelivery};

use super::schedule::{LONGEST_PAUSE, PATIENCE, pause};
use crate::clock;

/// What a call showed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    /// The receiver has the message.
    Taken,
    /// It wants no more.
    Gone,
    /// It has not, and asks not to be called for so long.
    NotTaken(Option<Duration>),
}

/// A call that ended: what is to be stored of it.
pub(super) struct Ended {
    pub(super) attempt: NewAttempt,
    pub(super) after: AfterAttempt,
}

/// Judges a call that began then and took so long.
pub(super) fn judge(
    delivery: &NextDelivery,
    began_at_millis: i64,
    took: Duration,
    called: Result<Reply, CallError>,
    clock: &dyn Clock,
) -> Ended {
    let (verdict, status, reason, body_preview) = match called {
        Ok(reply) => {
            let (verdict, reason) = judge_reply(&reply, clock);
            (verdict, Some(reply.status), reason, reply.preview)
        }
        Err(error) => {
            let verdict = Verdict::NotTaken(None);
            (verdict, None, Some(error.to_string()), String::new())
        }
    };
    let duration_millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    Ended {
        after: follow(delivery, began_at_millis, &verdict, clock),
        attempt: NewAttempt {
            at_millis: began_at_millis,
            duration_millis,
            status,
            reason,
            body_preview,
        },
    }
}

fn judge_reply(reply: &Reply, clock: &dyn Clock) -> (Verdict, Option<String>) {
    let wait = || {
        let value = reply.retry_after.as_deref()?;
        retry_after(value, clock.wall())
    };
    match reply.status {
        200..=299 => (Verdict::Taken, None),
        410 => (
            Verdict::Gone,
            Some("The receiver wants no more of this (410). It was disabled.".to_owned()),
        ),
        300..=399 => (
            Verdict::NotTaken(None),
            Some(format!(
                "The receiver answered with a redirect ({}), which is not followed. Enter the address that it leads to.",
                reply.status
            )),
        ),
        429 | 503 => {
            let asks = wait();
            let wait = asks.map(|asks| asks.min(LONGEST_PAUSE));
            let asked = asks.map_or_else(String::new, |asks| {
                let most = if asks <= LONGEST_PAUSE {
                    String::new()
                } else {
                    format!("; {} s are waited at most", LONGEST_PAUSE.as_secs())
                };
                format!(" It asks to wait {} s{most}.", asks.as_secs())
            });
            let reason = format!("The receiver cannot take it now ({}).{asked}", reply.status);
            (Verdict::NotTaken(wait), Some(reason))
        }
        status => (
            Verdict::NotTaken(None),
            Some(format!("The receiver answered {status}.")),
        ),
    }
}

fn follow(
    delivery: &NextDelivery,
    began_at_millis: i64,
    verdict: &Verdict,
    clock: &dyn Clock,
) -> AfterAttempt {
    let wait = match verdict {
        Verdict::Taken => return AfterAttempt::Delivered,
        Verdict::Gone => return AfterAttempt::Disabled(DisabledReason::Gone),
        Verdict::NotTaken(wait) => *wait,
    };
    let failing_since = delivery.endpoint.failing_since_millis;
    let failing_since = failing_since.unwrap_or(began_at_millis);
    let patience = i64::try_from(PATIENCE.as_millis()).unwrap_or(i64::MAX);
    if began_at_millis - failing_since >= patience {
        return AfterAttempt::Disabled(DisabledReason::Failing);
    }
    match pause(delivery.tries.saturating_add(1), clock.jitter()) {
        // Others went through meanwhile: it is this message that is not taken.
        None => AfterAttempt::GivenUp,
        Some(pause) => {
            let now = clock.wall();
            AfterAttempt::Again {
                at_millis: clock::millis(now + pause.max(wait.unwrap_or_default())),
                pause_until_millis: wait.map(|wait| clock::millis(now + wait)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Instant, SystemTime, UNIX_EPOCH};

    use genesys::Pause;
    use store::{EndpointKeys, EndpointRow};

    use super::*;

    const DAY: i64 = 86_400_000;

    /// A clock that stands.
    struct Standing(i64);

    impl Clock for Standing {
        fn now(&self) -> Instant {
            Instant::now()
        }
        fn wall(&self) -> SystemTime {
            UNIX_EPOCH + Duration::from_millis(self.0.cast_unsigned())
        }
        fn sleep(&self, _: Duration) -> Pause {
            Box::pin(std::future::ready(()))
        }
        fn jitter(&self) -> f64 {
            -1.0
        }
    }

    fn delivery(tries: u32, failing_since_millis: Option<i64>) -> NextDelivery {
        NextDelivery {
            endpoint: EndpointRow {
                id: "w".to_owned(),
                name: "CRM".to_owned(),
                url: "https://crm.acme.com".to_owned(),
                events: Vec::new(),
                disabled: None,
                keys: EndpointKeys {
                    sealed: String::new(),
                    set_at_millis: 0,
                    previous: None,
                },
                failing_since_millis,
                paused_until_millis: None,
                created_by: "Ada".to_owned(),
                created_at_millis: 0,
            },
            message_id: "m".to_owned(),
            event: "made".to_owned(),
            body: "{}".to_owned(),
            tries,
            due_at_millis: 0,
        }
    }

    fn after(tries: u32, failing_since: Option<i64>, status: u16, wait: Option<&str>) -> Ended {
        let reply = Reply {
            status,
            retry_after: wait.map(str::to_owned),
            preview: "x".to_owned(),
        };
        let now = 20 * DAY;
        judge(
            &delivery(tries, failing_since),
            now,
            Duration::from_millis(3),
            Ok(reply),
            &Standing(now),
        )
    }

    fn again(seconds: i64, pause_seconds: Option<i64>) -> AfterAttempt {
        let at = |seconds: i64| 20 * DAY + seconds * 1000;
        AfterAttempt::Again {
            at_millis: at(seconds),
            pause_until_millis: pause_seconds.map(at),
        }
    }

    #[test]
    fn what_follows_is_as_the_schedule_and_the_receiver_say() {
        let gone = AfterAttempt::Disabled(DisabledReason::Gone);
        let failing = AfterAttempt::Disabled(DisabledReason::Failing);
        let an_hour_ago = Some(20 * DAY - 3_600_000);
        for (tries, since, status, wait, expected) in [
            (0, None, 200, None, AfterAttempt::Delivered),
            (3, an_hour_ago, 204, Some("99"), AfterAttempt::Delivered),
            (0, None, 410, None, gone),
            (0, None, 500, None, again(5, None)),
            (1, an_hour_ago, 404, None, again(300, None)),
            (2, an_hour_ago, 302, None, again(1800, None)),
            (0, None, 500, Some("99"), again(5, None)),
            (0, None, 429, Some("2"), again(5, Some(2))),
            (0, None, 429, Some("99"), again(99, Some(99))),
            (0, None, 503, Some("soon"), again(5, None)),
            // One wrong answer does not silence a receiver for days.
            (0, None, 503, Some("99999999"), again(3600, Some(3600))),
            (11, an_hour_ago, 500, None, AfterAttempt::GivenUp),
            (0, Some(15 * DAY), 500, None, failing.clone()),
            (11, Some(14 * DAY), 500, None, failing),
            (4, Some(15 * DAY + 1), 500, None, again(18_000, None)),
        ] {
            let ended = after(tries, since, status, wait);
            assert_eq!(ended.after, expected, "{tries} tries, {status}, {wait:?}");
            let failed = expected != AfterAttempt::Delivered;
            assert_eq!(ended.attempt.reason.is_some(), failed, "{status}");
        }
    }

    #[test]
    fn a_call_without_an_answer_is_attempted_again_and_says_why() {
        let ended = judge(
            &delivery(0, None),
            20 * DAY,
            Duration::from_secs(15),
            Err(CallError::TimedOut(15)),
            &Standing(20 * DAY),
        );
        assert_eq!(ended.after, again(5, None));
        assert_eq!(ended.attempt.status, None);
        assert_eq!(ended.attempt.duration_millis, 15_000);
        let reason = ended.attempt.reason.expect("a reason");
        assert!(reason.contains("within 15 s"), "{reason}");
    }
}

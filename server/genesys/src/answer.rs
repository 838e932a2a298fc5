//! An answer as it came off the wire, before it is judged.

use std::time::Duration;

use bytes::Bytes;

use crate::observer::{AttemptOutcome, Headroom};

/// One attempt's end.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// A head arrived, and perhaps a body.
    Answered(Answer),
    /// No connection came about; nothing was sent.
    NotSent,
    /// TLS failed; nothing was sent.
    NotSecure { reason: String },
    /// It may have been sent, and the connection broke without an answer.
    Broken,
    /// It may have been sent, and no answer came in time.
    TimedOut,
}

impl Outcome {
    /// What an observer is told of it: how it ended, and the reference.
    pub(crate) fn on_wire(&self) -> (AttemptOutcome, Option<String>) {
        match self {
            Self::Answered(answer) => (
                AttemptOutcome::Answered {
                    status: answer.status,
                },
                answer.correlation_id.clone(),
            ),
            Self::NotSent => (AttemptOutcome::NotSent, None),
            Self::NotSecure { .. } => (AttemptOutcome::NotSecure, None),
            Self::Broken => (AttemptOutcome::Broken, None),
            Self::TimedOut => (AttemptOutcome::TimedOut, None),
        }
    }

    /// What the answer said of the rate limit.
    pub(crate) fn headroom(&self) -> Option<Headroom> {
        match self {
            Self::Answered(answer) => answer.headroom,
            _ => None,
        }
    }

    /// Whether it speaks against Genesys Cloud's health.
    pub(crate) fn is_unhealthy(&self) -> bool {
        match self {
            Self::Answered(answer) => {
                answer.status >= 500
                    || matches!(answer.body, Err(BodyFault::Broken | BodyFault::TimedOut))
            }
            Self::NotSent | Self::NotSecure { .. } | Self::Broken | Self::TimedOut => true,
        }
    }
}

/// What arrived.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) correlation_id: Option<String>,
    pub(crate) retry_after: RetryAfter,
    pub(crate) headroom: Option<Headroom>,
    /// The body, or why there is none. The status counts even then.
    pub(crate) body: Result<Bytes, BodyFault>,
}

/// What the answer says about when to come back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetryAfter {
    Absent,
    Unreadable,
    Wait(Duration),
}

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyFault {
    Broken,
    TimedOut,
    TooLarge,
    /// It is compressed, which nobody asked for; it was not read.
    Encoded,
}

/// Whether arrays and objects nest at most `limit` deep. Looks at brackets
/// outside strings only, so it needs no memory and no recursion.
pub(crate) fn nests_within(limit: usize, json: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in json {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'{' | b'[' => {
                depth += 1;
                if depth > limit {
                    return false;
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_brackets_outside_strings_count_as_depth() {
        for (json, within) in [
            ("[[[]]]", true),
            ("[[[[]]]]", false),
            ("[[],[],[],[[]]]", true),
            (r#"{"a":{"b":{}}}"#, true),
            (r#"{"a":"[[[[[["}"#, true),
            (r#"{"a":"\"[[[[[["}"#, true),
            (r#"["\\",[[[]]]]"#, false),
        ] {
            assert_eq!(nests_within(3, json.as_bytes()), within, "{json}");
        }
    }
}

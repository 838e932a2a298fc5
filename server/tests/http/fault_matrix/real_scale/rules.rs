//! What the rules for outward calls say of time: from when on a call may be
//! sent again, and when it ends.
//!
//! The numbers stand here once more, apart from the product's own: who changes
//! those has changed a rule.

use std::time::Duration;

/// Until a connection stands.
pub(super) const CONNECT: Duration = Duration::from_secs(5);
/// Until the head of an answer is there.
pub(super) const HEAD: Duration = Duration::from_secs(10);
/// One attempt.
pub(super) const ATTEMPT: Duration = Duration::from_secs(30);
/// A call with all its attempts.
const WHOLE: Duration = Duration::from_secs(90);
/// The pause that a 429 without a readable time stands for.
pub(super) const NO_TIME_GIVEN: Duration = Duration::from_secs(3);
/// How long a failed sign-in is remembered.
pub(super) const SIGN_IN_PAUSE: Duration = Duration::from_secs(5);
/// Failures in a row that open the breaker.
pub(super) const FAILURES: usize = 7;

/// From when on something may happen, and until when it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) least: Duration,
    pub(super) most: Duration,
}

/// The waits before the second and the third attempt: 2 s and 6 s, give or take
/// a fifth.
pub(super) const BACK_OFF: [Span; 2] = [
    Span {
        least: Duration::from_millis(1_600),
        most: Duration::from_millis(2_400),
    },
    Span {
        least: Duration::from_millis(4_800),
        most: Duration::from_millis(7_200),
    },
];

/// How long the breaker is open before each of its first probes: twice as long
/// each time, to which chance adds up to a fifth.
pub(super) const OPEN: [Span; 3] = [
    Span {
        least: Duration::from_secs(1),
        most: Duration::from_millis(1_200),
    },
    Span {
        least: Duration::from_secs(2),
        most: Duration::from_millis(2_400),
    },
    Span {
        least: Duration::from_secs(4),
        most: Duration::from_millis(4_800),
    },
];

impl Span {
    pub(super) const fn exactly(time: Duration) -> Self {
        Self {
            least: time,
            most: time,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            least: self.least + other.least,
            most: self.most + other.most,
        }
    }
}

/// What holds for the calls of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    /// How often the call is sent.
    pub(super) calls: usize,
    /// The shortest time from each of them to the next.
    pub(super) between: Vec<Duration>,
    /// The moment before which the last of them may not come, in milliseconds
    /// since the Unix epoch.
    pub(super) not_before_millis: u64,
    /// How long it takes until somebody knows.
    pub(super) ends: Span,
}

impl Bounds {
    /// One call that is answered at once.
    pub(super) fn at_once() -> Self {
        Self::calls(Duration::ZERO, &[])
    }

    /// Calls that each last so long, with these waits between them.
    pub(super) fn calls(each: Duration, waits: &[Span]) -> Self {
        let all = waits.iter().fold(Span::exactly(each), |sum, wait| {
            sum.and(*wait).and(Span::exactly(each))
        });
        Self {
            calls: waits.len() + 1,
            between: waits.iter().map(|wait| each + wait.least).collect(),
            not_before_millis: 0,
            ends: Span {
                least: all.least.min(WHOLE),
                most: all.most.min(WHOLE),
            },
        }
    }

    /// Calls for a token that each last so long: the second attempt of what
    /// needs it finds that the first one's failure is remembered, and only the
    /// third one asks.
    pub(super) fn sign_ins(each: Duration) -> Self {
        let [first, second] = BACK_OFF;
        let asked = Self::calls(each, &[first.and(second)]);
        Self {
            between: vec![each + SIGN_IN_PAUSE],
            ..asked
        }
    }
}

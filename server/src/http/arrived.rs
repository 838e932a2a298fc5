//! When a request came.

use crate::clock;

/// When the head of a request was read: what has happened since, the person who
/// sent it could not know of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrived(i64);

impl Arrived {
    /// A request that arrives now.
    pub(crate) fn now() -> Self {
        Self(clock::now_millis())
    }

    /// The moment, in milliseconds since 1970.
    pub(crate) fn at_millis(self) -> i64 {
        self.0
    }
}

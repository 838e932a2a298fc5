//! Which edges may be drawn.

use std::fmt;

/// Why an edge cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum NotConnectable {
    Missing,
    NoSuchExit,
    NoEntry,
    SelfLoop,
    AlreadyConnected,
    Cycle,
}

impl fmt::Display for NotConnectable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "One of the two nodes is no longer there.",
            Self::NoSuchExit => "The node no longer has this exit.",
            Self::NoEntry => "A flow begins at Start: nothing can lead to it.",
            Self::SelfLoop => "A node cannot lead to itself.",
            Self::AlreadyConnected => "This exit leads there already.",
            Self::Cycle => "The flow would run in a circle: this node comes earlier on the way.",
        })
    }
}

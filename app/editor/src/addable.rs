//! Which steps may be added.

use std::fmt;

use flow::{Flow, FlowKind, Kind};

/// Why a step of a kind cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAddable {
    /// Flows of this kind do not have it.
    NotInKind(FlowKind),
    /// There is one already, and a flow begins at one place.
    SecondStart,
}

impl fmt::Display for NotAddable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInKind(kind) => {
                let kind = kind.title().to_lowercase();
                write!(f, "a {kind} has no such step")
            }
            Self::SecondStart => f.write_str("a flow begins at one place only"),
        }
    }
}

/// Whether a step of a kind may be added to a flow. Kinds that nobody here
/// knows may: they are kept as they came.
pub(crate) fn addable(flow: &Flow, kind: &Kind) -> Result<(), NotAddable> {
    let Some(spec) = kind.spec() else {
        return Ok(());
    };
    if !spec.is_in(flow.kind) {
        return Err(NotAddable::NotInKind(flow.kind));
    }
    let is_second_start =
        *kind == Kind::START && flow.nodes.values().any(|node| node.kind == Kind::START);
    if is_second_start {
        return Err(NotAddable::SecondStart);
    }
    Ok(())
}

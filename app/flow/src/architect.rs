//! Flows of the public platform, as Architect writes them.
//!
//! Architect's documents are YAML, and their control flow is structured: a
//! branch is nested in the action that it leaves, and where it ends, the flow
//! goes on behind that action. Here they are trees of JSON values whose members
//! have kept their order; whoever has YAML parses it.
//!
//! An action is a node of a foreign kind with its source in one field. A list
//! of actions that is nested in it is an exit, named by where the list is: an
//! edge leads from there to the first action of the list. From each action an
//! edge leads on to the next one of its list. What is left of a list in the
//! source is an empty one, so that a branch without actions and no branch are
//! not the same. Menus, tasks and states are regions.
//!
//! Whatever is not understood stays where it is, so that what was read is
//! written as the same tree: the same members in the same order.

mod branch;
mod containers;
mod keys;
mod lift;
mod list;
mod read;
mod references;
mod rules;
mod shape;
mod steps;
mod write;

pub(crate) use self::rules::CODES;
pub use self::{
    read::{ReadError, read},
    references::references,
    rules::RULES,
    write::write,
};

/// The field that holds an action's source.
const SOURCE: &str = "configuration";

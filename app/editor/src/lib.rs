//! The editor without a browser: what a person does with pointer, keyboard
//! and menus goes in, what changed comes out.
//!
//! Nothing here does IO, reads a clock or draws a random number: times, ids
//! and sizes come in. The three doors are [`Editor::dispatch`] for raw input,
//! [`Editor::run`] for commands and [`Editor::receive`] for the server.

mod addable;
mod camera;
mod clipboard;
mod command;
mod connectable;
mod difference;
mod document;
mod editor;
pub mod export;
pub mod fuzzy;
pub mod geometry;
mod graph;
mod grid;
mod history;
mod hit;
mod id_source;
mod input;
mod keys;
mod message;
mod navigation;
mod outline;
mod overlay;
mod pending;
mod plan;
mod scene;
mod selection;
mod shortcuts;
mod speech;
mod tidy;
mod tool;
mod update;
mod words;
mod world;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use addable::NotAddable;
pub use camera::{Camera, MAX_ZOOM, MIN_ZOOM};
pub use command::{Command, Direction, Place, Preferences};
pub use connectable::NotConnectable;
pub use editor::{Editor, Opening, Rights};
pub use geometry::{Orientation, Rect, Size};
pub use hit::Hit;
pub use id_source::IdSource;
pub use input::{Button, Input, Modifiers, PointerKind, WheelUnit};
pub use keys::Key;
pub use message::FromServer;
pub use outline::{Folded, Leads, Outline, OutlineEntry, OutlineKey, OutlineRow, OutlineStep};
pub use overlay::{Guide, Overlay, Verdict};
pub use pending::Pending;
pub use selection::{OrderedSet, SelectMode, Selection};
pub use shortcuts::{Chord, Does, GESTURES, Gesture, Group, Keymap, PageDeed, SHORTCUTS, Shortcut};
pub use speech::{Speech, Topic};
pub use tidy::{Tidied, Tidy, TidyTask};
pub use update::{Effect, Update};
pub use words::Found;

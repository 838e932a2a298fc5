//! The laws that the editor keeps, told in gestures.

mod clipboard;
mod connecting;
mod disabling;
mod dragging;
mod groups;
mod keyboard;
mod kinds;
mod notes;
mod panning;
mod selecting;
mod simulation;
mod undoing;
mod waiting;

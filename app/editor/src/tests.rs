//! The laws that the editor keeps, told in gestures.

mod clipboard;
mod connecting;
mod dragging;
mod keyboard;
mod kinds;
mod outline;
mod panning;
mod selecting;
mod simulation;
mod telling;
mod undoing;
mod waiting;

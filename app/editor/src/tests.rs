//! The laws that the editor keeps, told in gestures.

mod clipboard;
mod connecting;
mod cutting;
mod dragging;
mod exporting;
mod keyboard;
mod kinds;
mod palette;
mod panning;
mod rerouting;
mod selecting;
mod simulation;
mod touching;
mod undoing;
mod waiting;

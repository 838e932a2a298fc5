//! The laws that the editor keeps, told in gestures.

mod clipboard;
mod connecting;
mod cutting;
mod dragging;
mod keyboard;
mod kinds;
mod panning;
mod rerouting;
mod selecting;
mod simulation;
mod tidying;
mod touching;
mod undoing;
mod waiting;

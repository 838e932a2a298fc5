//! The laws that the editor keeps, told in gestures.

mod clipboard;
mod connecting;
mod cutting;
mod disabling;
mod dragging;
mod exporting;
mod groups;
mod heading;
mod inserting;
mod keyboard;
mod kinds;
mod notes;
mod outline;
mod palette;
mod panning;
mod rerouting;
mod selecting;
mod simulation;
mod telling;
mod tidying;
mod touching;
mod undoing;
mod waiting;

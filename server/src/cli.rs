//! The commands that work on files, for people and for pipelines. They exit
//! with 0, with 1 where the flow has errors, and with 2 where the input is of
//! no use (spec, decision 14: warnings alone are no failure).

mod audit;
mod check;
mod generate;
mod import;
mod input;
mod outcome;

pub use self::{audit::AuditArgs, check::CheckArgs, generate::GenerateArgs, import::ImportArgs};

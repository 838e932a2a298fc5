//! The commands that work on files, for people and for pipelines. They exit
//! with 0, with 1 where there are errors, differences or conflicts, and with 2
//! where the input is of no use (spec, decision 14: warnings alone are no
//! failure).

mod audit;
mod check;
mod diff;
mod fmt;
mod generate;
mod import;
mod input;
mod merge;
mod outcome;
mod rules;

pub use self::{
    audit::AuditArgs, check::CheckArgs, diff::DiffArgs, fmt::FmtArgs, generate::GenerateArgs,
    import::ImportArgs, merge::MergeArgs, rules::RulesArgs,
};

//! Importing contacts from a CSV file: looked at first, then a job that goes on
//! after a restart, and creates no contact twice.

pub(crate) mod begin;
pub(crate) mod change;
mod columns;
pub(crate) mod dry_run;
mod examine;
mod file;
mod job;
pub(crate) mod list;
mod outline;
pub(crate) mod result;
pub(crate) mod rows;
mod runners;
mod said;
mod sealed;
mod send;
mod separator;

pub(crate) use begin::begin_import;
pub(crate) use change::change_import;
pub(crate) use dry_run::try_import;
pub(crate) use job::resume_imports;
pub(crate) use list::{list_imports, of_row as import_of_row, show_import};
pub(crate) use result::show_result;
pub(crate) use rows::list_rows;
pub(crate) use runners::Importer;

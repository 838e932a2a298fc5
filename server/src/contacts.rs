//! Contacts: registering them, asking whether and how they may be spoken to,
//! starting interactions, and importing many from a file.
//!
//! What is personal is sealed at rest and masked for whoever may not see it.

mod blocked;
pub(crate) mod bulk;
mod change;
pub(crate) mod check;
pub(crate) mod compare;
mod difference;
pub(crate) mod import;
pub(crate) mod interaction;
pub(crate) mod list;
mod mask;
mod notice;
mod reconcile;
mod record;
pub(crate) mod register;
pub(crate) mod save;
mod shown;
mod then;
mod turns;
mod upstream;
mod validator;
mod words;

pub(crate) use bulk::check_contacts;
pub(crate) use check::check_contact;
pub(crate) use compare::{compare_changes, compare_contact, drop_proposal};
pub(crate) use import::{
    Importer, begin_import, change_import, import_of_row, list_imports, list_rows, resume_imports,
    show_import, show_result, try_import,
};
pub(crate) use interaction::start_interaction;
pub(crate) use list::{list_contacts, show_contact};
pub(crate) use reconcile::reconcile_contacts;
pub(crate) use register::register_contact;
pub(crate) use save::{adopt_contact, save_contact};
pub(crate) use turns::Turns;
pub(crate) use validator::{Validator, resume_validation};
pub(crate) use words::seal_clear_words;

use crate::{
    app::App,
    http::{Problem, Result},
};

/// Runs work to its end though the request that asked for it may go away: what
/// was sent gets its outcome stored.
async fn outlive<T: Send + 'static>(
    app: &App,
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let running = app.life.tasks.spawn(work);
    running
        .await
        .unwrap_or_else(|error| Err(Problem::internal(error)))
}

//! Changing a contact as it stands by now, and only as whoever changes it saw
//! it: nobody's change is lost to another's.

use store::ContactRow;

use super::{list::found, record::Record};
use crate::{
    app::App,
    audit,
    http::{Problem, Result},
    keys::KeyRing,
};

/// Makes a change to a contact as it is stored by now, with the audit entry that
/// the change gives back. What a check or an import stored while the change was
/// made is read, and the change made to that.
pub(super) async fn change(
    app: &App,
    id: &str,
    mut make: impl FnMut(&mut ContactRow, &mut Record) -> Result<audit::Entry> + Send,
) -> Result<ContactRow> {
    loop {
        let mut row = found(app, id).await?;
        let before = row.sealed_record.clone();
        let mut record = Record::open(&app.keys, &row)?;
        let entry = make(&mut row, &mut record)?;
        row.sealed_record = record.seal(&app.keys, id)?;
        let replaced = app.store.replace_contact(&row, &before, entry.into());
        if replaced.await? {
            return Ok(row);
        }
    }
}

/// Refuses a change to a contact that is another by now than the one that was
/// seen.
pub(super) fn still(keys: &KeyRing, row: &ContactRow, record: &Record, seen: &str) -> Result<()> {
    if record.version(keys, &row.id)? == seen {
        return Ok(());
    }
    let by = record.changed.as_ref().map_or("Somebody", |last| &last.by);
    Err(Problem::conflict(
        "changed-since",
        format!("{by} changed this contact after you opened it. Nothing was overwritten."),
    )
    .next("Compare both and decide which is right."))
}

/// What nobody changes before it is known whether Genesys has it.
pub(super) fn registering() -> Problem {
    Problem::conflict("contact-registering", "The contact is being registered.")
        .next("Wait until that has ended.")
}

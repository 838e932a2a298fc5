//! Asking Genesys whether and how a contact may be spoken to.

use api::{Contact, ContactStage, Outcome};
use axum::{
    Json,
    extract::{Path, State},
};
use store::ContactRow;

use super::{
    blocked::stage_of,
    change::registering,
    list::found,
    mask::Sight,
    notice::{notice, of_missed},
    outlive,
    record::{Changed, Record},
    shown::whole,
    then::{Then, then},
    upstream::{self, Missed},
};
use crate::{accounts::Actor, app::App, audit, clock, connections::Reachable, http::Result};

const CHECK: &str = "contact.check";
/// Who changed a contact that says something else there than before.
const UPSTREAM: &str = "Genesys Cloud";

/// Asks for a contact's validation and the availability of its channels.
#[utoipa::path(post, path = "/api/contacts/{contact}/check", params(("contact" = String, Path)),
    responses((status = 200, body = Contact), (status = 404), (status = 409)))]
pub(crate) async fn check_contact(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
) -> Result<Json<Contact>> {
    let row = found(&app, &id).await?;
    let work = {
        let (app, author) = (app.clone(), actor.account.name.clone());
        async move {
            let connection = row.connection_id.clone();
            let reachable = app.connections.reach(&app, Some(&connection)).await?;
            Ok(check(&app, &author, &reachable, row).await?.row)
        }
    };
    let row = outlive(&app, work).await?;
    let sight = Sight::of(actor.account.role);
    Ok(Json(whole(&app, row, sight).await?))
}

/// A contact that was asked about.
pub(super) struct Checked {
    /// As it is now.
    pub(super) row: ContactRow,
    /// What follows for others of the same connection.
    pub(super) then: Then,
}

/// Asks, with the intent stored before and the outcome after. What somebody
/// changed of the contact meanwhile stays.
pub(super) async fn check(
    app: &App,
    author: &str,
    reachable: &Reachable,
    mut row: ContactRow,
) -> Result<Checked> {
    if row.stage == ContactStage::Registering {
        return Err(registering());
    }
    let before = row.sealed_record.clone();
    let mut record = Record::open(&app.keys, &row)?;
    let entry = |outcome| audit::entry(CHECK, author, outcome).about(Some(row.id.clone()));
    let intent = entry(Outcome::Intended).saying(format!(
        "Asks for the availability of a contact through “{}”.",
        reachable.name
    ));
    app.store.append_audit(intent.into()).await?;
    let (entry, then) = match upstream::read(&reachable.client, &record.contact).await {
        Ok(held) => {
            let theirs = held.other_than(&record.contact);
            let stage = match theirs {
                Some(_) => ContactStage::Different,
                None => stage_of(&held.standing),
            };
            let entry = entry(Outcome::Done)
                .saying(said(stage_of(&held.standing)))
                .correlated(held.correlation_id.clone());
            if record.theirs != theirs {
                record.theirs = theirs;
                record.changed = Some(Changed::now(UPSTREAM));
            }
            record.standing = Some(held.standing);
            record.notice = None;
            row.stage = stage;
            row.checked_at_millis = Some(clock::now_millis());
            (entry, Then::GoOn)
        }
        Err(missed) => {
            let was_there = row.stage != ContactStage::NotRegistered;
            let then = match &missed {
                Missed::Refused(failed) => then(failed, reachable.client.clock().wall()),
                _ => Then::GoOn,
            };
            let notice = match (missed.is_gone(), was_there) {
                (true, false) => notice(
                    "Genesys does not have this contact.",
                    "Register it to create it there.",
                )
                .into(),
                _ => of_missed(&missed),
            };
            let entry = entry(Outcome::Failed)
                .saying(notice.ours().sentence)
                .correlated(missed.correlation_id());
            if missed.is_gone() {
                row.stage = ContactStage::NotRegistered;
                record.standing = None;
                record.theirs = None;
            } else if row.stage == ContactStage::Validating && !matches!(then, Then::Wait { .. }) {
                // It is not asked again by itself.
                row.stage = ContactStage::New;
            }
            record.notice = Some(notice);
            (entry, then)
        }
    };
    row.sealed_record = record.seal(&app.keys, &row.id)?;
    let entry = store::NewAudit::from(entry);
    let replaced = app.store.replace_contact(&row, &before, entry.clone());
    if replaced.await? {
        return Ok(Checked { row, then });
    }
    app.store.append_audit(entry).await?;
    let row = found(app, &row.id).await?;
    Ok(Checked { row, then })
}

fn said(stage: ContactStage) -> &'static str {
    match stage {
        ContactStage::Passed => "The contact passed its validation.",
        ContactStage::Pending => "The validation of the contact is pending.",
        ContactStage::Failed => "The contact failed its validation.",
        _ => "Genesys does not say whether the contact passed its validation.",
    }
}

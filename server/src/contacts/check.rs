//! Asking Genesys whether and how a contact may be spoken to.

use api::{Contact, ContactStage, Outcome};
use axum::{
    Json,
    extract::{Path, State},
};
use store::ContactRow;

use super::{
    blocked::stage_of, list::found, mask::Sight, notice::of_missed, outlive, record::Record,
    shown::whole, upstream,
};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Problem, Result},
};

const CHECK: &str = "contact.check";

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
        async move { check(&app, &author, row).await }
    };
    let row = outlive(&app, work).await?;
    let sight = Sight::of(actor.account.role);
    Ok(Json(whole(&app, row, sight).await?))
}

/// Asks, with the intent stored before and the outcome after.
pub(super) async fn check(app: &App, author: &str, mut row: ContactRow) -> Result<ContactRow> {
    if row.stage == ContactStage::Registering {
        return Err(
            Problem::conflict("contact-registering", "The contact is being registered.")
                .next("Wait until that has ended."),
        );
    }
    let reachable = app.connections.reach(app, Some(&row.connection_id)).await?;
    let mut record = Record::open(&app.keys, &row)?;
    let entry = |outcome| audit::entry(CHECK, author, outcome).about(Some(row.id.clone()));
    let intent = entry(Outcome::Intended).saying(format!(
        "Asks for the availability of a contact through “{}”.",
        reachable.name
    ));
    app.store.append_audit(intent.into()).await?;
    let entry = match upstream::read(&reachable.client, &record.contact).await {
        Ok(held) => {
            let stage = stage_of(&held.standing);
            let entry = entry(Outcome::Done)
                .saying(said(stage))
                .correlated(held.correlation_id.clone());
            record.theirs = held.other_than(&record.contact);
            record.standing = Some(held.standing);
            record.notice = None;
            row.stage = stage;
            row.checked_at_millis = Some(clock::now_millis());
            entry
        }
        Err(missed) => {
            let notice = of_missed(&missed);
            let entry = entry(Outcome::Failed)
                .saying(notice.sentence.clone())
                .correlated(missed.correlation_id());
            if missed.is_gone() {
                row.stage = ContactStage::NotRegistered;
                record.standing = None;
                record.theirs = None;
            }
            record.notice = Some(notice);
            entry
        }
    };
    row.sealed_record = record.seal(&app.keys, &row.id)?;
    app.store.put_contact(&row, entry.into()).await?;
    Ok(row)
}

fn said(stage: ContactStage) -> &'static str {
    match stage {
        ContactStage::Passed => "The contact passed its validation.",
        ContactStage::Pending => "The validation of the contact is pending.",
        ContactStage::Failed => "The contact failed its validation.",
        _ => "Genesys does not say whether the contact passed its validation.",
    }
}

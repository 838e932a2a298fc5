//! Saving what was changed of a contact, and taking over what Genesys has.

use api::{AdoptContact, Contact, ContactStage, Outcome, SaveContact};
use axum::{
    Json,
    extract::{Path, State},
};
use flow::contact::differences;
use store::ContactRow;

use super::{
    change::{change, registering, still},
    list::found,
    mask::Sight,
    notice::{at_fields, of_missed},
    outlive,
    record::{Changed, Record},
    register::{checked, register_again, settled},
    shown::whole,
    upstream,
};
use crate::{
    accounts::Actor,
    app::App,
    audit,
    connections::Reachable,
    http::{Body, Problem, Result},
};

const UPDATE: &str = "contact.update";
const ADOPT: &str = "contact.adopt";

/// Makes Genesys have a contact as it is given here: changes the one that it
/// has, or registers the one that it does not have yet. Where it was changed
/// since the version that was changed here, nothing is sent.
#[utoipa::path(put, path = "/api/contacts/{contact}", params(("contact" = String, Path)),
    request_body = SaveContact,
    responses((status = 200, body = Contact), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn save_contact(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    Body(body): Body<SaveContact>,
) -> Result<Json<Contact>> {
    let row = found(&app, &id).await?;
    let record = Record::open(&app.keys, &row)?;
    let contact = checked(body.contact)?;
    if contact.external_contact_id != record.contact.external_contact_id {
        return Err(Problem::field(
            "/contact/externalContactId",
            "A contact keeps its id. Register another contact with the new one.",
        ));
    }
    let reachable = app
        .connections
        .reach(&app, Some(&row.connection_id))
        .await?;
    let work = {
        let (app, author) = (app.clone(), actor.account.name.clone());
        async move {
            let _turn = app.turns.take(&id).await;
            let row = found(&app, &id).await?;
            let record = Record::open(&app.keys, &row)?;
            still(&app.keys, &row, &record, &body.version)?;
            match row.stage {
                ContactStage::Registering => Err(registering()),
                ContactStage::NotRegistered => {
                    register_again(&app, &author, &reachable, row, contact).await
                }
                _ => update(&app, &author, &reachable, (row, record), contact).await,
            }
        }
    };
    let row = outlive(&app, work).await?;
    let sight = Sight::of(actor.account.role);
    Ok(Json(whole(&app, row, sight).await?))
}

/// Takes over what Genesys has of a contact; nothing is changed there. Where
/// either is another by now than what was looked at, nothing is taken over.
#[utoipa::path(post, path = "/api/contacts/{contact}/adopt", params(("contact" = String, Path)),
    request_body = AdoptContact,
    responses((status = 200, body = Contact), (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn adopt_contact(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    Body(body): Body<AdoptContact>,
) -> Result<Json<Contact>> {
    let author = &actor.account.name;
    let _turn = app.turns.take(&id).await;
    let row = change(&app, &id, |row, record| {
        still(&app.keys, row, record, &body.version)?;
        let Some(theirs) = record.theirs.take() else {
            return Err(Problem::conflict(
                "nothing-differs",
                "Genesys has nothing else of this contact than is here.",
            )
            .next("Check its availability to ask again."));
        };
        record.contact = theirs;
        record.notice = None;
        record.changed = Some(Changed::now(author));
        row.stage = settled(record);
        Ok(audit::entry(ADOPT, author, Outcome::Done)
            .about(Some(id.clone()))
            .saying("Took over what Genesys has of the contact."))
    })
    .await?;
    app.validator.wake(&app, &row.connection_id);
    let sight = Sight::of(actor.account.role);
    Ok(Json(whole(&app, row, sight).await?))
}

/// Changes a contact in Genesys, with the intent stored before and the outcome
/// after.
async fn update(
    app: &App,
    author: &str,
    reachable: &Reachable,
    (row, seen): (ContactRow, Record),
    contact: flow::contact::Contact,
) -> Result<ContactRow> {
    let about = Some(row.id.clone());
    let intent = audit::entry(UPDATE, author, Outcome::Intended)
        .about(about.clone())
        .saying(format!("Changes a contact through “{}”.", reachable.name));
    app.store.append_audit(intent.into()).await?;
    let ended = upstream::update(&reachable.client, &contact).await;
    if let Some(refused) = ended.as_ref().err().and_then(at_fields) {
        let entry = audit::entry(UPDATE, author, Outcome::Failed)
            .about(about)
            .saying("Genesys does not take what was changed.");
        app.store.append_audit(entry.into()).await?;
        return Err(refused);
    }
    let differ = |one: &_, other: &_| !differences(one, other).is_empty();
    let row = change(app, &row.id, |row, record| {
        let entry = match &ended {
            Ok(correlation_id) => {
                // What an import brought since was not seen and is not decided.
                let brought = record.proposal.take();
                let unseen = brought.filter(|one| seen.proposal.as_ref() != Some(one));
                // It is validated anew.
                *record = Record::new(contact.clone());
                record.proposal = unseen.filter(|one| differ(&contact, one));
                record.changed = Some(Changed::now(author));
                row.stage = ContactStage::Validating;
                row.checked_at_millis = None;
                audit::entry(UPDATE, author, Outcome::Done)
                    .saying("Genesys has the contact as it is here.")
                    .correlated(correlation_id.clone())
            }
            Err(missed) => {
                let notice = of_missed(missed);
                let entry = audit::entry(UPDATE, author, Outcome::Failed)
                    .saying(notice.ours().sentence)
                    .correlated(missed.correlation_id());
                if missed.is_gone() {
                    // Saving it again registers it.
                    row.stage = ContactStage::NotRegistered;
                    *record = Record::new(contact.clone());
                    record.changed = Some(Changed::now(author));
                } else if differ(&record.contact, &contact) {
                    // What is known stays as it is; what was wanted is kept beside.
                    record.proposal = Some(contact.clone());
                    record.changed = Some(Changed::now(author));
                }
                record.notice = Some(notice);
                entry
            }
        };
        Ok(entry.about(about.clone()))
    })
    .await?;
    app.validator.wake(app, &row.connection_id);
    Ok(row)
}

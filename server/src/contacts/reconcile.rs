//! Contacts and interactions that a crash left without an outcome. A contact
//! is looked for by reading; an interaction cannot be, and is said to be
//! unknown.

use api::{ContactNotice, InteractionState, Outcome};
use store::ContactRow;

use super::{
    change::change,
    interaction::{START, lost},
    notice::notice,
    record::Record,
    register::conclude,
    upstream::{Missed, find_sent},
};
use crate::{app::App, audit, http::Result};

/// Brings everything to an end that was under way when the server stopped.
pub(crate) async fn reconcile_contacts(app: App) {
    match app.store.registering_contacts().await {
        Ok(rows) => {
            for row in rows {
                if let Err(error) = find(&app, &row).await {
                    tracing::error!(?error, contact = row.id, "a contact was not looked for");
                }
            }
        }
        Err(error) => tracing::error!(%error, "interrupted contacts cannot be read"),
    }
    if let Err(error) = give_up_interactions(&app).await {
        tracing::error!(
            ?error,
            "interrupted interactions cannot be brought to an end"
        );
    }
}

async fn find(app: &App, row: &ContactRow) -> Result<()> {
    let _turn = app.turns.take(&row.id).await;
    let record = Record::open(&app.keys, row)?;
    let ended = match app.connections.reach(app, Some(&row.connection_id)).await {
        Ok(reachable) => find_sent(&reachable.client, &record.contact).await,
        // Its connection is gone.
        Err(_) => Err(Missed::Unreadable),
    };
    let is_known = matches!(ended, Ok(_) | Err(Missed::NotCarriedOut));
    let author = &row.registered_by;
    change(app, &row.id, |row, record| {
        let entry = conclude(row, record, author, &ended);
        if !is_known {
            record.notice = Some(notice(
                "It is not known whether Genesys has this contact: the server stopped while it was being sent, and Genesys could not be asked since.",
                "Check its availability, or save it again: a contact that exists is not made twice.",
            ).into());
        }
        Ok(entry)
    })
    .await?;
    Ok(())
}

async fn give_up_interactions(app: &App) -> Result<()> {
    for mut interaction in app.store.starting_interactions().await? {
        let notice: ContactNotice = lost();
        let entry = audit::entry(START, &interaction.started_by, Outcome::Failed)
            .about(Some(interaction.contact_id.clone()))
            .saying(notice.sentence.clone());
        interaction.state = InteractionState::Unknown;
        interaction.notice = Some(notice);
        app.store
            .finish_interaction(&interaction, None, entry.into())
            .await?;
    }
    Ok(())
}

//! Starting an interaction with a contact.

use api::{Interaction, InteractionState, NewInteraction, Outcome};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use flow::contact::{Channel, ConversationStart, WebhookEvent};
use store::{ContactRow, InteractionRow, NewEvent, WordsPlace};

use super::{
    blocked::startable,
    check::check,
    list::found,
    mask::Sight,
    notice::{notice, of_missed},
    outlive,
    record::Record,
    shown,
    upstream::Missed,
    words,
};
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    random,
};

const LONGEST_KEY: usize = 100;
/// What a check said holds for so long; after that it is asked again.
const CHECK_HOLDS_MILLIS: i64 = 5 * 60 * 1_000;
pub(super) const START: &str = "contact.interaction";

/// Starts an interaction on a channel that is available, once per click.
#[utoipa::path(post, path = "/api/contacts/{contact}/interactions",
    params(("contact" = String, Path)), request_body = NewInteraction,
    responses(
        (status = 201, body = Interaction),
        (status = 200, body = Interaction, description = "The same click began it before"),
        (status = 404), (status = 409), (status = 422)))]
pub(crate) async fn start_interaction(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    Body(body): Body<NewInteraction>,
) -> Result<(StatusCode, Json<Interaction>)> {
    if body.key.is_empty() || body.key.len() > LONGEST_KEY {
        return Err(Problem::field("/key", "A key has 1 to 100 characters."));
    }
    let row = found(&app, &id).await?;
    let work = {
        let (app, author) = (app.clone(), actor.account.name.clone());
        async move { start(&app, &author, row, body).await }
    };
    let (status, started) = outlive(&app, work).await?;
    let sight = Sight::of(actor.account.role);
    let started = shown::interaction(&app.keys, started, sight)?;
    Ok((status, Json(started)))
}

async fn start(
    app: &App,
    author: &str,
    mut row: ContactRow,
    body: NewInteraction,
) -> Result<(StatusCode, InteractionRow)> {
    let is_fresh = row
        .checked_at_millis
        .is_some_and(|at| clock::now_millis() - at < CHECK_HOLDS_MILLIS);
    let reachable = app.connections.reach(app, Some(&row.connection_id)).await?;
    if row.checked_at_millis.is_some() && !is_fresh {
        row = check(app, author, &reachable, row).await?.row;
    }
    let record = Record::open(&app.keys, &row)?;
    may_start(&row, &record, body.channel)?;
    let now = clock::now_millis();
    let mut interaction = InteractionRow {
        id: random::id(),
        contact_id: row.id.clone(),
        channel: body.channel,
        state: InteractionState::Starting,
        conversation_id: None,
        latency_millis: None,
        notice: None,
        sealed_words: None,
        started_by: author.to_owned(),
        started_at_millis: now,
    };
    let entry = |outcome| audit::entry(START, author, outcome).about(Some(row.id.clone()));
    let intent = entry(Outcome::Intended).saying(format!(
        "Starts an interaction by {} through “{}”.",
        body.channel, reachable.name
    ));
    let begun = app
        .store
        .begin_interaction(&interaction, &body.key, intent.into())
        .await?;
    if let Some(begun) = begun {
        if begun.channel != body.channel || begun.started_by != author {
            return Err(Problem::key_taken());
        }
        return Ok((StatusCode::OK, begun));
    }
    let start = ConversationStart::new(&record.contact, body.channel, clock::rfc3339(now));
    let document = start.to_json().map_err(Problem::internal)?;
    let entry = match reachable.client.conversations().start(document).await {
        Ok(started) => {
            interaction.state = InteractionState::Started;
            interaction.latency_millis = i64::try_from(started.latency.as_millis()).ok();
            let entry = entry(Outcome::Done)
                .saying(format!("Conversation {} was started.", started.id))
                .correlated(started.correlation_id);
            interaction.conversation_id = Some(started.id);
            entry
        }
        Err(failed) => {
            let (state, kept) = if failed.may_have_happened() {
                (InteractionState::Unknown, lost().into())
            } else {
                let missed = Missed::Refused(failed.clone());
                (InteractionState::Failed, of_missed(&missed))
            };
            interaction.state = state;
            let place = WordsPlace::Interaction(interaction.id.clone());
            let seal = |words| words::seal(&app.keys, &place, words);
            interaction.sealed_words = kept.words().map(seal).transpose()?;
            let notice = kept.ours();
            let entry = entry(Outcome::Failed)
                .saying(notice.sentence.clone())
                .correlated(failed.correlation_id);
            interaction.notice = Some(notice);
            entry
        }
    };
    let event = event(&interaction, &start);
    app.store
        .finish_interaction(&interaction, event.as_ref(), entry.into())
        .await?;
    app.webhooks.wake();
    Ok((StatusCode::CREATED, interaction))
}

/// What the customer's own systems are told of an interaction that was started.
/// What keeps them from hearing of it never keeps it from being started.
fn event(interaction: &InteractionRow, start: &ConversationStart) -> Option<NewEvent> {
    let conversation_id = interaction.conversation_id.clone()?;
    let latency_millis = interaction.latency_millis.unwrap_or_default();
    let now = clock::now_millis();
    let event = WebhookEvent::started(
        start,
        Some(conversation_id),
        latency_millis.try_into().unwrap_or_default(),
        clock::rfc3339(now),
    );
    match event.to_json() {
        Ok(body) => Some(NewEvent {
            id: random::id(),
            event: WebhookEvent::STARTED.to_owned(),
            object: interaction.contact_id.clone(),
            body,
            at_millis: now,
        }),
        Err(error) => {
            tracing::error!(%error, interaction = interaction.id, "an event cannot be written");
            None
        }
    }
}

/// Nothing tells whether a conversation was started whose answer was lost, and
/// so none is started in its place.
pub(super) fn lost() -> api::ContactNotice {
    notice(
        "It is not known whether Genesys started this interaction: its answer was lost.",
        "Look in Genesys Cloud whether it is there before you start another.",
    )
}

fn may_start(row: &ContactRow, record: &Record, channel: Channel) -> Result<()> {
    // Only who sees everything gets here.
    let startable = startable(row.stage, record, Sight::Full);
    let channels = startable.map_err(|blocked| {
        Problem::conflict("contact-blocked", blocked.sentence).next(blocked.next_step)
    })?;
    let has_it = record.contact.channels.get(channel).is_some();
    if !has_it || !channels.contains(&channel) {
        let words: Vec<_> = channels.iter().map(|channel| channel.as_str()).collect();
        return Err(Problem::conflict(
            "channel-unavailable",
            format!("The contact cannot be reached by {channel} now."),
        )
        .next(format!(
            "Choose one that is available: {}.",
            words.join(", ")
        )));
    }
    Ok(())
}

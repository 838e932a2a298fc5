//! Making flows: from a template, as a copy, from a document.

use api::{FlowSummary, Import, NewFlow, Outcome, Start};
use axum::{Json, extract::State, http::StatusCode};
use flow::{EntityRef, Flow, FlowFile, TEMPLATES};
use store::{NewFlowRow, UpstreamRow};

use super::summary;
use crate::{
    accounts::Actor,
    app::App,
    audit, clock,
    http::{Body, Problem, Result},
    random,
};

const LONGEST_NAME: usize = 255;

type Made = (StatusCode, Json<FlowSummary>);

/// Makes a flow from a template or as a copy.
#[utoipa::path(post, path = "/api/flows", request_body = NewFlow,
    responses((status = 201, body = FlowSummary), (status = 404), (status = 422)))]
pub(crate) async fn make_flow(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<NewFlow>,
) -> Result<Made> {
    let (mut flow, origin) = match &body.start {
        Start::Template(name) => {
            let template = TEMPLATES.iter().find(|template| template.name == name);
            let template = template.ok_or_else(|| {
                Problem::field("/start/template", "There is no template of this name.")
            })?;
            let flow = calling_what_is_published(&app, template.build()).await?;
            (flow, format!("from “{}”", template.title))
        }
        Start::Copy(id) => {
            let original = app.rooms.read(id).await?.flow;
            let origin = format!("as a copy of “{}”", original.name);
            let name = format!("Copy of {}", original.name);
            (Flow { name, ..original }, origin)
        }
    };
    if let Some(name) = body.name {
        flow.name = accepted_name(&name)?;
    }
    store_new(&app, &actor, flow, Origin::Here(origin)).await
}

/// An example names what it calls. Where that is published it goes by its id, as
/// what is sent does, and the note that says what to do first is done.
async fn calling_what_is_published(app: &App, example: Flow) -> Result<Flow> {
    if example.calls().next().is_none() {
        return Ok(example);
    }
    let workspace = app.workspaces.now(app).await?;
    let mut flow = example.calling(|kind, reference| {
        let found = workspace.find(kind, reference)?;
        found.id.clone().map(EntityRef::Id)
    });
    let is_named = |call: flow::Call<'_>| matches!(call.reference, EntityRef::Name(_));
    if !flow.calls().any(is_named) {
        flow.notes.clear();
    }
    Ok(flow)
}

/// Makes a flow from a document in any format that Patchbay knows.
#[utoipa::path(post, path = "/api/flows/import", request_body = Import,
    responses((status = 201, body = FlowSummary), (status = 422)))]
pub(crate) async fn import_flow(
    State(app): State<App>,
    actor: Actor,
    Body(body): Body<Import>,
) -> Result<Made> {
    // Reading 10 MiB takes a while; other requests go on meanwhile.
    let read = tokio::task::spawn_blocking(move || flow::import(&body.text));
    let file = read
        .await
        .map_err(Problem::internal)?
        .map_err(|error| Problem::field(&error.path, &error.to_string()))?;
    let FlowFile { flow, stamp, .. } = file;
    let now = clock::now_millis();
    let origin = match stamp {
        Some(stamp) => Origin::Document {
            // Until it is edited it keeps the time that it came with (spec,
            // decision 4).
            last_modified_millis: clock::parse_rfc3339(&stamp.last_modified).unwrap_or(now),
            upstream: UpstreamRow {
                id: free_upstream_id(&app, stamp.upstream_id).await?,
                version: stamp.version,
                ..UpstreamRow::default()
            },
        },
        None => Origin::Document {
            last_modified_millis: now,
            upstream: UpstreamRow::default(),
        },
    };
    store_new(&app, &actor, flow, origin).await
}

/// A document may say which flow upstream it is. Where one here is that flow
/// already, the import is a new one: two must not publish over each other.
async fn free_upstream_id(app: &App, id: Option<String>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    let flows = app.store.flows().await?;
    let is_taken = flows
        .iter()
        .any(|row| row.upstream.id.as_ref() == Some(&id));
    Ok((!is_taken).then_some(id))
}

enum Origin {
    /// Made here; the words say from what.
    Here(String),
    /// Imported.
    Document {
        last_modified_millis: i64,
        upstream: UpstreamRow,
    },
}

async fn store_new(app: &App, actor: &Actor, flow: Flow, origin: Origin) -> Result<Made> {
    let id = random::id();
    let at_millis = clock::now_millis();
    let (words, last_modified_millis, upstream) = match origin {
        Origin::Here(words) => (words, at_millis, UpstreamRow::default()),
        Origin::Document {
            last_modified_millis,
            upstream,
        } => ("from a document".to_owned(), last_modified_millis, upstream),
    };
    let entry = audit::entry("flow.make", &actor.account.name, Outcome::Done)
        .about(Some(id.clone()))
        .saying(format!("Made “{}” {words}.", flow.name));
    let new = NewFlowRow {
        id: &id,
        flow: &flow,
        created_by: &actor.account.id,
        author: &actor.account.name,
        at_millis,
        last_modified_millis,
        upstream,
        link: None,
    };
    app.store.create_flow(new, entry.into()).await?;
    let row = app.store.flow(&id).await?;
    let row = row.ok_or_else(|| Problem::not_found("flow"))?;
    Ok((StatusCode::CREATED, Json(summary(row, None))))
}

fn accepted_name(text: &str) -> Result<String> {
    let name = text.trim();
    let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
    if !fits || name.chars().any(char::is_control) {
        return Err(Problem::field(
            "/name",
            "A name has 1 to 255 characters on one line.",
        ));
    }
    Ok(name.to_owned())
}

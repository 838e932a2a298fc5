//! Verifying references: the flow is read back from Genesys Cloud, which says
//! what it refers to there (shared-flows guide, "Verifying Reference").

use std::collections::HashMap;

use api::{
    Outcome, PublishedReferences, ReferenceStanding, VerifiedFlow, VerifiedReference,
    VerifyReferences,
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use flow::EntityKind;

use crate::{
    accounts::Actor,
    app::App,
    audit,
    connections::Reachable,
    http::{Body, Problem, Result},
    publish::{Target, Unreached, failure_of},
    upstream::{Asked, read_document, refused},
};

/// Reads a flow back and reports what it refers to, and whether that is there.
/// What was published from here is asked for where that is wanted; anything else
/// is in any case, once.
#[utoipa::path(post, path = "/api/flows/{flow}/verification", params(("flow" = String, Path)),
    request_body = VerifyReferences,
    responses((status = 200, body = VerifiedFlow), (status = 404), (status = 409), (status = 422), (status = 502)))]
pub(crate) async fn verify_references(
    State(app): State<App>,
    Path(id): Path<String>,
    actor: Actor,
    Body(body): Body<VerifyReferences>,
) -> Result<Json<VerifiedFlow>> {
    let row = app.store.flow(&id).await?;
    let row = row.ok_or_else(|| Problem::not_found("flow"))?;
    let reachable = app
        .connections
        .reach(&app, body.connection.as_deref())
        .await?;
    let link = app.store.link(&id, &reachable.id).await?;
    let upstream_id = link.and_then(|link| link.upstream.id);
    let (Some(target), Some(upstream_id)) = (Target::of(row.kind), upstream_id) else {
        return Err(Problem::conflict(
            "never-published",
            format!(
                "“{}” was never published through “{}”.",
                row.name, reachable.name
            ),
        )
        .next("Publish it, then verify what it refers to."));
    };
    let note = async |outcome, detail: String| {
        let entry = audit::entry("flow.verify", &actor.account.name, outcome)
            .about(Some(id.clone()))
            .saying(detail);
        app.store.append_audit(entry.into()).await
    };
    let intent = format!("Reads “{}” back from “{}”.", row.name, reachable.name);
    note(Outcome::Intended, intent).await?;
    let stored = match target.get(&reachable.client, &upstream_id).await {
        Ok(stored) => stored,
        Err(unreached) => {
            let problem = match &unreached {
                Unreached::Id => Problem::conflict(
                    "upstream-id-unusable",
                    "The id that is known of this flow is none that Genesys gives.",
                )
                .next("Link the flow to another one in the publish dialog."),
                Unreached::Call(failed) => refused(failed, Asked::Flow),
            };
            note(Outcome::Failed, problem.words().0.to_owned()).await?;
            return Err(problem);
        }
    };
    let file = match read_document(row.kind, &stored.body) {
        Ok(file) => file,
        Err(error) => {
            let sentence = format!("What is there cannot be read: {error}");
            note(Outcome::Failed, sentence.clone()).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Problem::new(status, "upstream-unreadable", sentence)
                .next("Correct it in Genesys, then verify it again."));
        }
    };
    let mut verifying = Verifying::of(&app, &reachable, body.published).await?;
    let mut references = Vec::new();
    for call in file.flow.calls() {
        let node = file.flow.nodes.get(call.node);
        let id = call.reference.as_str();
        references.push(VerifiedReference {
            node: node.map_or_else(String::new, |node| node.label.clone()),
            kind: call.kind,
            id: id.to_owned(),
            standing: verifying.standing(call.kind, id).await,
        });
    }
    let missing = references
        .iter()
        .filter(|reference| reference.standing == ReferenceStanding::Missing)
        .count();
    let found = format!(
        "“{}” has {} references there, {missing} of them to what is not there.",
        row.name,
        references.len()
    );
    note(Outcome::Done, found).await?;
    Ok(Json(VerifiedFlow {
        flow: row.id,
        name: row.name,
        version: stored.version,
        references,
    }))
}

/// What is known of what is referred to, and what was asked for.
struct Verifying<'a> {
    reachable: &'a Reachable,
    /// The flows here, by their ids there.
    known: HashMap<String, (String, String)>,
    published: PublishedReferences,
    asked: HashMap<(EntityKind, String), ReferenceStanding>,
}

impl<'a> Verifying<'a> {
    async fn of(
        app: &App,
        reachable: &'a Reachable,
        published: PublishedReferences,
    ) -> Result<Self> {
        let flows = app.store.flows().await?.into_iter();
        let names: HashMap<_, _> = flows.map(|row| (row.id, row.name)).collect();
        let linked = app.store.linked_flows(&reachable.id).await?.into_iter();
        let known = linked.filter_map(|(upstream_id, flow)| {
            let name = names.get(&flow)?.clone();
            Some((upstream_id, (flow, name)))
        });
        Ok(Self {
            reachable,
            known: known.collect(),
            published,
            asked: HashMap::new(),
        })
    }

    async fn standing(&mut self, kind: EntityKind, id: &str) -> ReferenceStanding {
        // What was published from here is called as it is here.
        let known = self.known.get(id).map(|(flow, name)| {
            let (flow, name) = (flow.clone(), name.clone());
            move |is_asked| ReferenceStanding::Known {
                flow: flow.clone(),
                name: name.clone(),
                is_asked,
            }
        });
        if let (Some(known), PublishedReferences::Known) = (&known, self.published) {
            return known(false);
        }
        let key = (kind, id.to_owned());
        if let Some(standing) = self.asked.get(&key) {
            return standing.clone();
        }
        let standing = match (self.asked_for(kind, id).await, known) {
            (ReferenceStanding::There { .. }, Some(known)) => known(true),
            (standing, _) => standing,
        };
        self.asked.insert(key, standing.clone());
        standing
    }

    async fn asked_for(&self, kind: EntityKind, id: &str) -> ReferenceStanding {
        let target = match kind {
            EntityKind::Module => Target::Module,
            EntityKind::SharedFlow => Target::Shared,
            EntityKind::DataAction => return self.data_action(id).await,
        };
        match target.get(&self.reachable.client, id).await {
            Ok(stored) => {
                let document = serde_json::from_str::<serde_json::Value>(&stored.body);
                let name = document.unwrap_or_default();
                let name = name.get("name").and_then(serde_json::Value::as_str);
                ReferenceStanding::There {
                    name: name.unwrap_or_default().to_owned(),
                }
            }
            Err(Unreached::Id) => ReferenceStanding::Missing,
            Err(Unreached::Call(failed)) => without(&failed),
        }
    }

    async fn data_action(&self, id: &str) -> ReferenceStanding {
        let Ok(id) = id.parse() else {
            return ReferenceStanding::Missing;
        };
        match self.reachable.client.data_actions().get(&id).await {
            Ok(stored) => ReferenceStanding::There { name: stored.name },
            Err(failed) => without(&failed),
        }
    }
}

/// What is known of something that was not given.
fn without(failed: &genesys::Failure) -> ReferenceStanding {
    match &failed.kind {
        genesys::FailureKind::NotFound => ReferenceStanding::Missing,
        _ => ReferenceStanding::Unknown {
            sentence: failure_of(failed).sentence,
        },
    }
}

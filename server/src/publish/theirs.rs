//! What others changed upstream meanwhile, brought together with what was
//! changed here: as an edit in the flow's room, so that everybody sees it and
//! it can be undone. What both sides changed is left to people.

use api::{ComparedPart, Comparison, MergedPart, Role, Side, socket::FromServer};
use axum::{
    Json,
    extract::{Path, State},
};
use flow::{Choices, Conflict, Flow, FlowKind, Part, Point, Transaction};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::JobKind;

use super::{
    failure,
    job::{Job, Stopped},
    journal::is_same_content,
    target::Stored,
};
use crate::{
    app::App,
    http::{Problem, Result as HttpResult},
    random,
    rooms::Reading,
    upstream,
};

/// What the history calls a merge.
const LABEL: &str = "Bring in what was changed in Genesys";
/// So many of the changes that need no decision are told of.
const MOST_TOLD: usize = 200;

/// What both sides changed, as it is stored with the publish that found it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Conflicts {
    /// The version that is there.
    pub(super) version: u64,
    /// The parts.
    conflicts: Vec<Conflict>,
    /// What each part is called.
    titles: Vec<String>,
    /// What was chosen in rounds before.
    chosen: Vec<(Part, flow::Side)>,
    /// Where the step of each part would be drawn, if it is only there.
    #[serde(default)]
    at: Vec<Option<Point>>,
    /// What one side alone changed.
    #[serde(default)]
    merged: Vec<MergedPart>,
    /// How many more of these there are.
    #[serde(default)]
    more: u64,
}

/// What somebody chose, having seen a version of theirs.
#[derive(Clone, Debug, Default)]
pub(super) struct Decision {
    /// The version that was seen.
    version: u64,
    choices: Choices,
}

impl Conflicts {
    /// How many parts both sides changed.
    pub(super) fn len(&self) -> usize {
        self.conflicts.len()
    }

    /// The choices of all rounds once this one is decided; none when it is not
    /// decided for each part.
    fn decided(self, sides: &[Side]) -> Option<Decision> {
        if sides.len() != self.conflicts.len() {
            return None;
        }
        let sides = sides.iter().map(|side| match side {
            Side::Ours => flow::Side::Ours,
            Side::Theirs => flow::Side::Theirs,
        });
        let parts = self.conflicts.into_iter().map(|conflict| conflict.part);
        Some(Decision {
            version: self.version,
            choices: self.chosen.into_iter().chain(parts.zip(sides)).collect(),
        })
    }
}

impl Job {
    /// Brings together what is there with what is here. Gives the flow that is
    /// here then.
    pub(super) async fn bring_together(
        &mut self,
        reading: Reading,
        theirs: Stored,
        decision: &Decision,
    ) -> Result<Reading, Stopped> {
        self.note("It was changed in Genesys meanwhile. Bringing both together…")
            .await;
        // Their version may have moved without a change, or it is ours already.
        let ours = self.generate(&reading)?.text;
        if !is_same_content(&ours, &theirs.body) {
            let (kind, base) = (reading.flow.kind, self.link.base.clone());
            let (flow, body) = (reading.flow.clone(), theirs.body.clone());
            // What has changed again since was not seen by who chose.
            let choices = match decision.version == theirs.version {
                true => decision.choices.clone(),
                false => Choices::default(),
            };
            let translation = self.translation.clone();
            let read = move |text: &str| {
                let file = upstream::read_document(kind, text)?;
                Ok(translation.drawn(&file.flow))
            };
            let merging = move || merged(read, base.as_deref(), &flow, &body, &choices);
            let merged = tokio::task::spawn_blocking(merging).await;
            let merged = merged.map_err(|_| failure::internal(&self.row.id))?;
            let merged = merged.map_err(|reason| failure::unreadable_upstream(&reason))?;
            if !merged.conflicts.is_empty() {
                return Err(undecided(&reading.flow, theirs.version, merged));
            }
            if !self.edit(reading.row.head_seq, merged.ops).await? {
                // Somebody changed the flow here this very moment: the next
                // round begins with what it is then.
                return self.read_here().await;
            }
        }
        self.link.upstream.id = Some(theirs.id);
        self.link.upstream.version = theirs.version;
        self.link.base = Some(theirs.body);
        self.read_here().await
    }

    /// The flow as it is here now; that is what is published.
    async fn read_here(&mut self) -> Result<Reading, Stopped> {
        let reading = self.app.rooms.read(&self.row.subject_id).await;
        let reading = reading.map_err(|_| failure::internal(&self.row.id))?;
        self.row.revision = reading.row.head_seq;
        Ok(reading)
    }

    /// Submits the merge to the flow's room; `false` when the flow is no longer
    /// what it was planned on.
    async fn edit(&self, on: u64, ops: Vec<flow::Op>) -> Result<bool, Stopped> {
        if ops.is_empty() {
            return Ok(true);
        }
        let answer = self
            .app
            .rooms
            .submit_planned(
                &self.row.subject_id,
                on,
                (random::id(), Transaction::new(LABEL, ops)),
                self.row.author.clone(),
                Role::Publisher,
            )
            .await;
        match answer {
            Ok(Some(FromServer::Acknowledged { .. })) => Ok(true),
            Ok(_) => Ok(false),
            Err(_) => Err(failure::internal(&self.row.id).into()),
        }
    }
}

struct MergedHere {
    ops: Vec<flow::Op>,
    conflicts: Vec<Conflict>,
    chosen: Vec<(Part, flow::Side)>,
    /// What one side alone changed; looked for where there are conflicts.
    alone: Vec<(flow::Side, flow::Difference)>,
    theirs: Flow,
}

/// What is left to people, with what they need to see of it.
fn undecided(ours: &Flow, version: u64, merged: MergedHere) -> Stopped {
    let MergedHere {
        conflicts,
        chosen,
        alone,
        theirs,
        ..
    } = merged;
    // A step that is here is shown where it is.
    let at = |part: &Part| {
        let node = part.place().node?;
        let is_here = ours.nodes.contains_key(&node);
        let at = theirs.positions.get(&node)?;
        (!is_here && theirs.nodes.contains_key(&node)).then_some(*at)
    };
    let more = alone.len().saturating_sub(MOST_TOLD) as u64;
    let told = alone.into_iter().take(MOST_TOLD);
    let told = told.map(|(side, change)| MergedPart {
        side: match side {
            flow::Side::Ours => Side::Ours,
            flow::Side::Theirs => Side::Theirs,
        },
        at: at(&change.part),
        place: change.part.place(),
        sentence: change.sentence,
    });
    let titles = conflicts
        .iter()
        .map(|conflict| conflict.part.named(&[ours, &theirs]));
    Stopped::Conflict(Box::new(Conflicts {
        version,
        titles: titles.collect(),
        at: conflicts
            .iter()
            .map(|conflict| at(&conflict.part))
            .collect(),
        merged: told.collect(),
        more,
        chosen,
        conflicts,
    }))
}

/// The edits that bring their changes in here, or what stands in the way.
/// Documents are read as they would be drawn here.
fn merged(
    read: impl Fn(&str) -> Result<Flow, flow::ImportError>,
    base: Option<&str>,
    ours: &Flow,
    theirs: &str,
    choices: &Choices,
) -> Result<MergedHere, flow::ImportError> {
    let side = |text: &str| {
        let mut flow = flow::aligned(&read(text)?, ours);
        if ours.kind == FlowKind::Call {
            // Names of call flows stay here.
            flow.name.clone_from(&ours.name);
        }
        Ok::<_, flow::ImportError>(flow)
    };
    let theirs = side(theirs)?;
    let base = match base {
        Some(base) => side(base)?,
        // Without a base every difference is one that people decide.
        None => Flow {
            kind: ours.kind,
            ..Flow::default()
        },
    };
    let merged = flow::merge_with(&base, ours, &theirs, choices);
    let alone = match merged.conflicts.as_slice() {
        [] => Vec::new(),
        conflicts => flow::changed_by_one_side(&base, ours, &theirs, conflicts, choices),
    };
    Ok(MergedHere {
        ops: flow::transition(ours, &merged.flow),
        conflicts: merged.conflicts,
        alone,
        theirs,
        chosen: choices
            .iter()
            .map(|(part, side)| (part.clone(), *side))
            .collect(),
    })
}

/// The choices that somebody made about a publish that ended with conflicts.
pub(super) async fn decided(
    app: &App,
    flow: &str,
    publish: &str,
    sides: &[Side],
) -> HttpResult<Decision> {
    let row = app.store.job(JobKind::Publish, publish).await?;
    row.filter(|row| row.subject_id == flow).ok_or_else(|| {
        Problem::field("/remedy/choose/publish", "It is no publish of this flow.")
    })?;
    let conflicts = conflicts_of(app, publish).await?;
    conflicts.decided(sides).ok_or_else(|| {
        Problem::field(
            "/remedy/choose/sides",
            "Choose a side for each of the conflicts.",
        )
    })
}

async fn conflicts_of(app: &App, publish: &str) -> HttpResult<Conflicts> {
    let stored = app.store.publish_conflict(publish).await?;
    let stored = stored.ok_or_else(|| Problem::not_found("conflict"))?;
    serde_json::from_value(stored).map_err(Problem::internal)
}

/// What both sides changed, of a publish that ended with that.
#[utoipa::path(get, path = "/api/publishes/{publish}/conflicts", params(("publish" = String, Path)),
    responses((status = 200, body = Comparison), (status = 404)))]
pub(crate) async fn show_conflicts(
    State(app): State<App>,
    Path(publish): Path<String>,
) -> HttpResult<Json<Comparison>> {
    let stored = conflicts_of(&app, &publish).await?;
    let at = stored.at.into_iter().chain(std::iter::repeat(None));
    let parts = stored.conflicts.into_iter().zip(stored.titles).zip(at);
    let conflicts = parts.map(|((conflict, title), at)| ComparedPart {
        at,
        title,
        place: conflict.part.place(),
        base: conflict.base.as_ref().map(shown),
        ours: conflict.ours.as_ref().map(shown),
        theirs: conflict.theirs.as_ref().map(shown),
    });
    Ok(Json(Comparison {
        version: stored.version,
        conflicts: conflicts.collect(),
        merged: stored.merged,
        more: stored.more,
    }))
}

/// A value as people read it: a text as it is, all else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(members) if members.len() == 1 => match members.values().next() {
            Some(Value::String(text)) => text.clone(),
            _ => format!("{value:#}"),
        },
        _ => format!("{value:#}"),
    }
}

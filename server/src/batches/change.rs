//! What a batch changes, with what it names as it is now.

use api::BatchChange;
use axum::http::StatusCode;
use flow::{
    CannotLink, Entity, EntityKind, Flow, NodeId, Plan, Workspace, plan_link, plan_repoint,
};

use crate::{
    app::App,
    connections::Reachable,
    http::{Problem, Result},
};

const LONGEST_LABEL: usize = 255;

/// A change whose modules and shared flows were looked up.
#[derive(Clone)]
pub(super) enum Change {
    /// Executes a module first.
    Link { module: Entity, label: String },
    /// Calls one thing instead of another.
    Repoint { from: Entity, to: Entity },
}

/// What a change makes of a flow.
pub(super) enum Planned {
    /// This edit.
    Edit(Box<Plan>),
    /// Nothing, and why.
    Nothing(String),
    /// It cannot be made, and why.
    Impossible(String),
}

impl Change {
    /// Looks up what a change names.
    pub(super) async fn of(app: &App, change: &BatchChange) -> Result<Self> {
        match change {
            BatchChange::Link { module, label } => {
                let found = callee(app, module, "/change/link/module").await?;
                if found.kind != EntityKind::Module {
                    return Err(Problem::field(
                        "/change/link/module",
                        "Only modules are linked. Choose a module.",
                    ));
                }
                let label = label.trim();
                if label.is_empty() || label.chars().count() > LONGEST_LABEL {
                    return Err(Problem::field(
                        "/change/link/label",
                        "A step's name has 1 to 255 characters.",
                    ));
                }
                Ok(Self::Link {
                    module: found,
                    label: label.to_owned(),
                })
            }
            BatchChange::Repoint { from, to } => {
                let (from, to) = (
                    callee(app, from, "/change/repoint/from").await?,
                    callee(app, to, "/change/repoint/to").await?,
                );
                if from.kind != to.kind || from.reference() == to.reference() {
                    return Err(Problem::field(
                        "/change/repoint/to",
                        &format!("Choose another {}.", from.kind.title()),
                    ));
                }
                Ok(Self::Repoint { from, to })
            }
        }
    }

    /// What is called after the change.
    fn callee(&self) -> &Entity {
        match self {
            Self::Link { module, .. } => module,
            Self::Repoint { to, .. } => to,
        }
    }

    /// Flows that are published name what they call by its id there.
    pub(super) async fn check_published(
        &self,
        app: &App,
        asked: &BatchChange,
        reachable: &Reachable,
    ) -> Result<()> {
        let (BatchChange::Link { module: id, .. } | BatchChange::Repoint { to: id, .. }) = asked;
        let link = app.store.link(id, &reachable.id).await?;
        if link.is_some_and(|link| link.upstream.id.is_some()) {
            return Ok(());
        }
        let callee = self.callee();
        Err(Problem::new(
            StatusCode::CONFLICT,
            "callee-not-published",
            format!(
                "The {} “{}” was never published to “{}”, so that what calls it cannot be published there either.",
                callee.kind.title(),
                callee.name,
                reachable.name
            ),
        )
        .next("Publish it there first, or change the flows without publishing them."))
    }

    /// What it does in so many flows, in words.
    pub(super) fn title(&self, flows: usize) -> String {
        let flows = match flows {
            1 => "1 flow".to_owned(),
            flows => format!("{flows} flows"),
        };
        match self {
            Self::Link { module, .. } => format!("Link “{}” into {flows}", module.name),
            Self::Repoint { from, to } => {
                format!("Repoint “{}” to “{}” in {flows}", from.name, to.name)
            }
        }
    }

    /// What it makes of a flow. A node that it adds gets this id.
    pub(super) fn plan(&self, flow: &Flow, node: NodeId, workspace: &Workspace) -> Planned {
        match self {
            Self::Link { module, label } => {
                match plan_link(flow, module, (node, label), workspace) {
                    Ok(plan) => Planned::Edit(Box::new(plan)),
                    Err(linked @ CannotLink::Linked(_)) => Planned::Nothing(linked.to_string()),
                    Err(cannot) => Planned::Impossible(cannot.to_string()),
                }
            }
            Self::Repoint { from, to } => match plan_repoint(flow, from, to, workspace) {
                Some(plan) => Planned::Edit(Box::new(plan)),
                None => Planned::Nothing(format!("Nothing in it calls “{}”.", from.name)),
            },
        }
    }
}

/// A flow here as others refer to it.
async fn callee(app: &App, id: &str, pointer: &str) -> Result<Entity> {
    if app.store.flow(id).await?.is_none() {
        return Err(Problem::field(
            pointer,
            "There is no such flow. It may have been deleted: choose another.",
        ));
    }
    // One that cannot be read is a failure of its own.
    app.rooms.read(id).await?;
    app.workspaces.callee(app, id).await?.ok_or_else(|| {
        Problem::field(
            pointer,
            "Only modules and shared flows are called by others.",
        )
    })
}

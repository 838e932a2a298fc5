//! What a flow calls, in the words of the organisation that it is sent to. Ids
//! mean something in one connection only: what is drawn under the id that it has
//! elsewhere goes out with the one that it has there, and what is not there yet
//! keeps the flow from being sent.

use std::collections::HashMap;

use flow::{
    Call, EntityKind, EntityRef, Flow, Place, Problem,
    check::{NOT_IN_CONNECTION, named},
};
use store::StoreError;

use crate::app::App;

/// For what is drawn under other ids than it has in a connection, both ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Translation(Vec<Pair>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Pair {
    kind: EntityKind,
    drawn: EntityRef,
    there: EntityRef,
}

/// What a flow is in the words of a connection.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Translated {
    /// The ids that differ.
    pub(crate) translation: Translation,
    /// The calls of what is here and was never published there.
    pub(crate) missing: Vec<Problem>,
}

impl Translation {
    /// The flow as it is sent.
    pub(crate) fn there(&self, flow: &Flow) -> Flow {
        self.calling(flow, |pair| (&pair.drawn, &pair.there))
    }

    /// A flow that was read there, under the ids that are drawn.
    pub(crate) fn drawn(&self, flow: &Flow) -> Flow {
        self.calling(flow, |pair| (&pair.there, &pair.drawn))
    }

    fn calling(&self, flow: &Flow, way: fn(&Pair) -> (&EntityRef, &EntityRef)) -> Flow {
        flow.calling(|kind, reference| {
            let mut pairs = self.0.iter().filter(|pair| pair.kind == kind).map(way);
            let found = pairs.find(|(from, _)| *from == reference);
            found.map(|(_, to)| to.clone())
        })
    }
}

/// Looks up what a flow calls in a connection. What is not known here is asked
/// for under the id that is drawn.
pub(crate) async fn translate(
    app: &App,
    (connection_id, connection_name): (&str, &str),
    flow: &Flow,
) -> Result<Translated, StoreError> {
    let sent = flow.as_sent();
    let mut translated = Translated::default();
    let is_action = |call: &Call<'_>| call.kind == EntityKind::DataAction;
    let (mut flows, mut data_actions) = (Things::default(), Things::default());
    if flow.calls().any(|call| !is_action(&call)) {
        flows = Things::flows(app, connection_id).await?;
    }
    if flow.calls().any(|call| is_action(&call)) {
        data_actions = Things::data_actions(app, connection_id).await?;
    }
    for call in flow.calls() {
        let EntityRef::Id(drawn) = call.reference else {
            continue;
        };
        let things = if is_action(&call) {
            &data_actions
        } else {
            &flows
        };
        if things.is_there(drawn) {
            continue;
        }
        let Some(thing) = things.here.get(drawn) else {
            continue;
        };
        let pair = |there: &String| Pair {
            kind: call.kind,
            drawn: call.reference.clone(),
            there: EntityRef::Id(there.clone()),
        };
        match things.there.get(thing).map(pair) {
            Some(pair) if translated.translation.0.contains(&pair) => {}
            Some(pair) => translated.translation.0.push(pair),
            // What is disabled is not sent.
            None if !sent.nodes.contains_key(call.node) => {}
            None => {
                let name = things.names.get(thing).map_or("", String::as_str);
                let problem = missing(flow, &call, name, connection_name);
                translated.missing.push(problem);
            }
        }
    }
    Ok(translated)
}

fn missing(flow: &Flow, call: &Call<'_>, name: &str, connection: &str) -> Problem {
    let node = flow.nodes.get(call.node);
    let node = node.map_or_else(String::new, |node| named(node));
    let (done, way_out) = match call.kind {
        EntityKind::Module | EntityKind::SharedFlow => ("published", "publish"),
        EntityKind::DataAction => ("uploaded", "upload"),
    };
    Problem {
        code: NOT_IN_CONNECTION.code,
        severity: NOT_IN_CONNECTION.severity,
        message: format!(
            "The {} “{name}”, which {node} uses, was never {done} to “{connection}”: {way_out} it there first.",
            call.kind.title()
        ),
        place: Place::field(call.node, call.field),
        fix: None,
    }
}

/// Flows or data actions, by their ids here.
#[derive(Default)]
struct Things {
    /// Which one an id means, in whichever connection.
    here: HashMap<String, String>,
    /// The ids in the connection.
    there: HashMap<String, String>,
    names: HashMap<String, String>,
}

impl Things {
    async fn flows(app: &App, connection: &str) -> Result<Self, StoreError> {
        let there = app.store.linked_flows(connection).await?.into_iter();
        let rows = app.store.flows().await?.into_iter();
        Ok(Self {
            here: app.store.flow_ids().await?.into_iter().collect(),
            there: there.map(|(id, flow)| (flow, id)).collect(),
            names: rows.map(|row| (row.id, row.name)).collect(),
        })
    }

    async fn data_actions(app: &App, connection: &str) -> Result<Self, StoreError> {
        let there = app.store.linked_actions(connection).await?.into_iter();
        let rows = app.store.data_actions().await?.into_iter();
        Ok(Self {
            here: app.store.action_ids().await?.into_iter().collect(),
            there: there.map(|(id, action)| (action, id)).collect(),
            names: rows.map(|row| (row.id, row.name)).collect(),
        })
    }

    fn is_there(&self, id: &str) -> bool {
        self.there.values().any(|there| there == id)
    }
}

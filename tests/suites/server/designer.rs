//! Somebody who changes a flow at random, with everything that changes one.

use std::env;

use editor::{Command, Place, SelectMode};
use fastrand::Rng;
use flow::{EdgeId, FieldKey, FieldValue, Flow, FlowSetting, Kind, NodeId, Point};
use tests::{OpenFlow, Result};

/// Above this many nodes more are removed than added.
const CROWDED: usize = 40;
/// How far from the origin nodes are put, in canvas units.
const REACH: i32 = 2_000;

/// The seed of a run: what `PATCHBAY_SEED` says, else a new one. Tests tell it
/// when they fail.
pub(crate) fn seed() -> u64 {
    let given = env::var("PATCHBAY_SEED");
    given
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| fastrand::u64(..))
}

/// How often a test repeats: what the environment says, else as by default.
pub(crate) fn rounds(variable: &str, default: usize) -> usize {
    let given = env::var(variable);
    given
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// Does one thing; a few of them change nothing.
pub(crate) async fn act(open: &mut OpenFlow, random: &mut Rng) -> Result<()> {
    let node = any_node(open.flow(), random);
    let Some(node) = node else {
        return open.run(add(random)).await;
    };
    let is_crowded = open.flow().nodes.len() > CROWDED;
    let command = match random.u8(..20) {
        0..=3 if is_crowded => {
            open.run(select(&node)).await?;
            Command::Delete
        }
        0..=3 => add(random),
        4..=8 => {
            open.run(select(&node)).await?;
            Command::Nudge {
                by: point(random, 10),
            }
        }
        9 | 10 => Command::SetLabel {
            node,
            label: format!("Step {}", random.u16(..)),
        },
        11 | 12 => Command::SetField {
            node,
            field: FieldKey::of("url"),
            value: random
                .bool()
                .then(|| FieldValue::text(format!("https://crm.invalid/{}", random.u16(..)))),
        },
        13..=15 => match connection(open, &node, random) {
            Some(connect) => connect,
            None => add(random),
        },
        16 => match any_edge(open.flow(), random) {
            Some(edge) => Command::Disconnect(edge),
            None => add(random),
        },
        17 => {
            open.run(select(&node)).await?;
            Command::Delete
        }
        18 => Command::SetFlow(FlowSetting::Description(format!(
            "Draft {}",
            random.u16(..)
        ))),
        _ => random
            .choice([Command::Undo, Command::Redo, Command::Duplicate])
            .unwrap_or(Command::Undo),
    };
    open.run(command).await
}

fn select(node: &NodeId) -> Command {
    Command::Select {
        nodes: vec![node.clone()],
        mode: SelectMode::Replace,
    }
}

fn add(random: &mut Rng) -> Command {
    let kinds = [
        Kind::LOOKUP,
        Kind::SET_VARIABLES,
        Kind::CONDITION,
        Kind::SPLIT,
        Kind::END,
    ];
    let kind = random.choice(&kinds).cloned().unwrap_or(Kind::END);
    Command::AddNode {
        kind,
        at: Place::InCanvas(point(random, REACH)),
    }
}

fn connection(open: &OpenFlow, source: &NodeId, random: &mut Rng) -> Option<Command> {
    let exit = random.choice(open.editor().exits(source))?;
    let targets = open.editor().valid_targets(source, &exit.port);
    Some(Command::Connect {
        source: source.clone(),
        port: exit.port.clone(),
        target: random.choice(&targets)?.clone(),
    })
}

fn point(random: &mut Rng, reach: i32) -> Point {
    let mut along = || f64::from(random.i32(-reach..=reach)) / 2.0;
    Point::new(along(), along())
}

fn any_node(flow: &Flow, random: &mut Rng) -> Option<NodeId> {
    let index = random.usize(..flow.nodes.len().max(1));
    flow.nodes.get_index(index).map(|(id, _)| id.clone())
}

fn any_edge(flow: &Flow, random: &mut Rng) -> Option<EdgeId> {
    let index = random.usize(..flow.edges.len().max(1));
    flow.edges.get_index(index).map(|(id, _)| id.clone())
}

//! Which edges may be drawn.

use std::fmt;

use flow::{EdgeId, Flow, NodeId, Port};
use rustc_hash::FxHashSet;

use crate::scene::Scene;

/// Why an edge cannot be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Each says itself.
pub enum NotConnectable {
    Missing,
    NoSuchExit,
    SelfLoop,
    NoEntry,
    AlreadyConnected,
    Cycle,
}

impl fmt::Display for NotConnectable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "One of the two nodes is no longer there.",
            Self::NoSuchExit => "The node no longer has this exit.",
            Self::SelfLoop => "A node cannot lead to itself.",
            Self::NoEntry => "A flow begins at Start: nothing can lead to it.",
            Self::AlreadyConnected => "This exit leads there already.",
            Self::Cycle => "The flow would run in a circle: this node comes earlier on the way.",
        })
    }
}

/// An exit from which an edge is to be drawn. What it may not enter because
/// the flow would run in a circle is computed once, however many targets are
/// asked for.
#[derive(Clone, Debug)]
pub(crate) struct Connector {
    pub(crate) source: NodeId,
    pub(crate) port: Port,
    ancestors: FxHashSet<NodeId>,
}

impl Connector {
    pub(crate) fn new(scene: &Scene, source: NodeId, port: Port) -> Self {
        Self {
            ancestors: scene.graph().ancestors(&source),
            source,
            port,
        }
    }

    /// Whether the edge may enter a node. Another edge that leaves by the same
    /// exit is no obstacle: it will be replaced.
    pub(crate) fn check(
        &self,
        flow: &Flow,
        scene: &Scene,
        target: &NodeId,
    ) -> Result<(), NotConnectable> {
        let Some(node) = flow
            .nodes
            .get(target)
            .filter(|_| flow.nodes.contains_key(&self.source))
        else {
            return Err(NotConnectable::Missing);
        };
        let graph = scene.graph();
        if !graph
            .exits(&self.source)
            .iter()
            .any(|exit| exit.port == self.port)
        {
            Err(NotConnectable::NoSuchExit)
        } else if *target == self.source {
            Err(NotConnectable::SelfLoop)
        } else if !node.has_entry() {
            Err(NotConnectable::NoEntry)
        } else if graph
            .edges_by(flow, &self.source, &self.port)
            .any(|id| graph.ends(id).is_some_and(|(_, end)| end == target))
        {
            Err(NotConnectable::AlreadyConnected)
        } else if self.ancestors.contains(target) {
            Err(NotConnectable::Cycle)
        } else {
            Ok(())
        }
    }

    /// The nodes that the edge may enter.
    pub(crate) fn valid_targets(&self, flow: &Flow, scene: &Scene) -> FxHashSet<NodeId> {
        flow.nodes
            .keys()
            .filter(|target| self.check(flow, scene, target).is_ok())
            .cloned()
            .collect()
    }
}

/// Whether an edge may be led from this exit to this node. It may stay where
/// it is; another edge that leaves by the exit will be replaced.
pub(crate) fn check_reroute(
    flow: &Flow,
    scene: &Scene,
    edge: &EdgeId,
    (source, port): (&NodeId, &Port),
    target: &NodeId,
) -> Result<(), NotConnectable> {
    let Some(now) = flow.edges.get(edge) else {
        return Err(NotConnectable::Missing);
    };
    if now.source == *source && now.port == *port && now.target == *target {
        return Ok(());
    }
    Connector::new(scene, source.clone(), port.clone()).check(flow, scene, target)
}

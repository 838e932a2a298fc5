//! Edges of three flows.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Entries, Merger, Sides, at, order};
use crate::{Edge, EdgeId, Extra, Node, NodeId, Part, Port};

impl<'a> Merger<'a> {
    /// The edges, of which some may end at nodes that are gone.
    pub(super) fn edges(&mut self, defended: &FxHashSet<&NodeId>) -> Entries<EdgeId, Arc<Edge>> {
        let sides = self.flows.map(|flow| &flow.edges);
        let led = self.led_elsewhere();
        let mut edges = Entries::default();
        for id in order::of_entries(sides) {
            let edge = at(sides, id);
            let merged = match (edge.ours, edge.theirs) {
                (Some(ours), Some(theirs)) => Some(self.edge(id, edge.base, ours, theirs)),
                (Some(ours), None)
                    if defended.contains(&ours.source) || defended.contains(&ours.target) =>
                {
                    Some(ours.clone())
                }
                (None, Some(theirs)) if edge.base.is_none() => {
                    let exit = (&theirs.source, &theirs.port);
                    match led.get(&exit) {
                        // An exit leads to one place only.
                        Some(ours) => {
                            let part = exit_of(theirs);
                            let sides = Sides {
                                base: None,
                                ours: Some(&ours.target),
                                theirs: Some(&theirs.target),
                            };
                            self.conflict(part, sides);
                            None
                        }
                        None => Some(theirs.clone()),
                    }
                }
                // They lead this exit elsewhere, and that was chosen.
                (Some(ours), None) if edge.base.is_none() && self.takes_theirs(&exit_of(ours)) => {
                    None
                }
                _ => self.one(|| Part::Edge { id: id.clone() }, edge),
            };
            if let Some(edge) = merged {
                edges.insert(id.clone(), Arc::new(edge));
            }
        }
        edges
    }

    /// The exits that we led somewhere, each with the edge that we drew and
    /// they did not. What a foreign node does with several edges is not known.
    fn led_elsewhere(&self) -> FxHashMap<(&'a NodeId, &'a Port), &'a Edge> {
        let Sides { base, ours, theirs } = self.flows;
        let drawn = ours.edges.iter().filter(|(id, edge)| {
            let source = ours.nodes.get(&edge.source);
            !base.edges.contains_key(*id)
                && !self.takes_theirs(&exit_of(edge))
                && !theirs.edges.contains_key(*id)
                && source.is_some_and(|node| node.kind.spec().is_some())
        });
        drawn
            .map(|(_, edge)| ((&edge.source, &edge.port), &**edge))
            .collect()
    }

    fn edge(&mut self, id: &EdgeId, base: Option<&Edge>, ours: &Edge, theirs: &Edge) -> Edge {
        let sides = Sides {
            base,
            ours: Some(ours),
            theirs: Some(theirs),
        };
        let Edge {
            source,
            port,
            target,
            label: _,
            wire_id: _,
            extra: _,
        } = ours;
        let ends = sides.map(|edge| {
            edge.map(|edge| (edge.source.clone(), edge.port.clone(), edge.target.clone()))
        });
        let ends = self.one(
            || Part::EdgeEnds { id: id.clone() },
            Sides {
                base: ends.base.as_ref(),
                ours: ends.ours.as_ref(),
                theirs: ends.theirs.as_ref(),
            },
        );
        let (source, port, target) =
            ends.unwrap_or_else(|| (source.clone(), port.clone(), target.clone()));
        let part = || Part::EdgeLabel { id: id.clone() };
        let label = self.one(part, sides.map(|edge| edge.map(|edge| &edge.label)));
        let part = || Part::EdgeWireId { id: id.clone() };
        let wire_id = sides.map(|edge| edge.and_then(|edge| edge.wire_id.as_ref()));
        let wire_id = self.one(part, wire_id);
        let no_members = Extra::new();
        let extra = self.members(
            sides.map(|edge| edge.map_or(&no_members, |edge| &edge.extra)),
            |pointer| Part::EdgeMember {
                id: id.clone(),
                pointer,
            },
        );
        Edge {
            source,
            port,
            target,
            label: label.unwrap_or_default(),
            wire_id,
            extra,
        }
    }

    /// The edges whose ends are there. One that they drew to a node that we
    /// removed is a conflict; it goes with the node.
    pub(super) fn connected(
        &mut self,
        mut edges: Entries<EdgeId, Arc<Edge>>,
        nodes: &Entries<NodeId, Arc<Node>>,
    ) -> Entries<EdgeId, Arc<Edge>> {
        let flows = self.flows;
        let was_there = |id: &NodeId| {
            let sides = flows.map(|flow| flow.nodes.contains_key(id));
            sides.ours || sides.theirs || sides.base
        };
        let mut dropped = Vec::new();
        edges.retain(|id, edge| {
            let is_gone = |end| !nodes.contains_key(end) && was_there(end);
            let stays = !is_gone(&edge.source) && !is_gone(&edge.target);
            if !stays {
                dropped.push(id.clone());
            }
            stays
        });
        for id in dropped {
            let sides = at(flows.map(|flow| &flow.edges), &id);
            self.conflict(
                Part::Edge { id },
                Sides {
                    ours: None,
                    ..sides
                },
            );
        }
        edges
    }
}

/// Where an edge's exit leads, as a part.
fn exit_of(edge: &Edge) -> Part {
    Part::Exit {
        id: edge.source.clone(),
        port: edge.port.clone(),
    }
}

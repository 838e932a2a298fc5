//! Disabled nodes: they do not go over the wire, and what leads to one leads
//! on to what follows it. Whoever writes or checks a flow takes the flow that
//! is left, so that nobody else has to know of them.
//!
//! Only a node with one way on can be left out. Where no node is disabled, all
//! of this costs one look at each.

use std::{borrow::Cow, sync::Arc};

use rustc_hash::FxHashMap;

use crate::{Edge, EdgeId, Flow, Kind, Node, NodeId, Op, Port};

/// Why a node cannot be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotDisable {
    /// The flow begins there.
    Start,
    /// Nothing comes after it that could be gone on with.
    NothingFollows,
    /// It has this many exits.
    Branches(usize),
    /// This many edges leave it.
    SeveralEdges(usize),
    /// The edge that leaves it does so by an exit that it does not have.
    ExitGone,
}

impl CannotDisable {
    /// Why a node cannot be left out that these edges leave; nothing where it
    /// can be.
    pub fn of<'a>(node: &'a Node, leaving: impl Iterator<Item = &'a Edge>) -> Option<Self> {
        let mut way = Way::of(node);
        for edge in leaving {
            way.add(edge);
        }
        way.onwards().err()
    }

    /// Why, and what to do instead, in a sentence or two. The name is the
    /// node's as messages have it.
    pub fn sentence(self, name: &str) -> String {
        match self {
            Self::Start => format!(
                "{name} is where the flow begins and cannot be disabled. Disable the steps behind it."
            ),
            Self::NothingFollows => format!(
                "{name} ends the flow: disabled, it would leave nothing to go on with. Disable the steps before it, or remove it."
            ),
            Self::Branches(exits) => format!(
                "{name} has {exits} exits, and a disabled step leads on by one only. Remove it, or lead around it."
            ),
            Self::SeveralEdges(edges) => format!(
                "{edges} connections leave {name}, and a disabled step leads on by one only. Remove the others first."
            ),
            Self::ExitGone => format!(
                "A connection leaves {name} by an exit that it does not have, so that a disabled step would lead nowhere. Remove the connection first."
            ),
        }
    }
}

impl Flow {
    /// Why a node cannot be disabled; nothing where it can be, and for a node
    /// that is not there. Walks all edges.
    pub fn cannot_disable(&self, id: &NodeId) -> Option<CannotDisable> {
        let node = self.nodes.get(id)?;
        CannotDisable::of(node, self.edges_from(id).map(|(_, edge)| edge))
    }

    /// The flow as it goes over the wire: without its disabled nodes. One that
    /// cannot be left out is in it. Edges have the keys that they were drawn
    /// with.
    pub fn as_sent(&self) -> Cow<'_, Flow> {
        match Bypass::of(self, None) {
            Some(bypass) => Cow::Owned(bypass.flow),
            None => Cow::Borrowed(self),
        }
    }

    /// The flow as one of its nodes sees it: that one is there, disabled or
    /// not, and the other disabled ones are not.
    pub(crate) fn as_seen_from(&self, id: &NodeId) -> Cow<'_, Flow> {
        let is_disabled = self.nodes.get(id).is_some_and(|node| node.disabled);
        if !is_disabled {
            return self.as_sent();
        }
        let mut flow = self.clone();
        if let Some(node) = flow.nodes.get_mut(id) {
            Arc::make_mut(node).disabled = false;
        }
        Cow::Owned(flow.as_sent().into_owned())
    }
}

/// What is known of the way on from a disabled node.
struct Way<'a> {
    only_exit: Result<Port, CannotDisable>,
    edges: usize,
    leads: Option<&'a Edge>,
}

impl<'a> Way<'a> {
    fn of(node: &Node) -> Self {
        let only_exit = if node.kind == Kind::START {
            Err(CannotDisable::Start)
        } else {
            let mut exits = node.exits();
            match (exits.pop(), exits.len()) {
                (None, _) => Err(CannotDisable::NothingFollows),
                (Some(exit), 0) => Ok(exit.port),
                (Some(_), others) => Err(CannotDisable::Branches(others + 1)),
            }
        };
        Self {
            only_exit,
            edges: 0,
            leads: None,
        }
    }

    fn add(&mut self, edge: &'a Edge) {
        self.edges += 1;
        self.leads = Some(edge);
    }

    /// Where it leads; nowhere where no edge leaves.
    fn onwards(self) -> Result<Option<&'a NodeId>, CannotDisable> {
        let port = self.only_exit?;
        match self.leads {
            Some(_) if self.edges > 1 => Err(CannotDisable::SeveralEdges(self.edges)),
            Some(edge) if edge.port != port => Err(CannotDisable::ExitGone),
            leads => Ok(leads.map(|edge| &edge.target)),
        }
    }
}

/// Where the way ends of an edge that leads only to disabled nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// At this disabled node, which no edge leaves.
    Nowhere(NodeId),
    /// It comes round again to this disabled node.
    Circle(NodeId),
}

impl Stop {
    pub(crate) fn node(&self) -> &NodeId {
        match self {
            Self::Nowhere(id) | Self::Circle(id) => id,
        }
    }
}

/// A flow without its disabled nodes, and what that changed.
pub(crate) struct Bypass {
    /// The flow without them.
    pub(crate) flow: Flow,
    /// The disabled nodes that cannot be left out, in document order.
    pub(crate) kept: Vec<(NodeId, CannotDisable)>,
    /// The exits that lead nowhere for want of an enabled node on their way.
    stops: FxHashMap<(NodeId, Port), Stop>,
    /// The edges that lead on, as they were drawn and as they are now.
    led_on: FxHashMap<EdgeId, (Arc<Edge>, Arc<Edge>)>,
}

impl Bypass {
    /// None where no node is disabled. An edge that leads on as it did before
    /// stays the same value, so that what is known of it stays known.
    pub(crate) fn of(flow: &Flow, before: Option<&Self>) -> Option<Self> {
        let disabled = flow.nodes.iter().filter(|(_, node)| node.disabled);
        let mut ways: FxHashMap<&NodeId, Way<'_>> =
            disabled.map(|(id, node)| (id, Way::of(node))).collect();
        if ways.is_empty() {
            return None;
        }
        for edge in flow.edges.values() {
            if let Some(way) = ways.get_mut(&edge.source) {
                way.add(edge);
            }
        }
        let mut kept = Vec::new();
        let mut onwards = FxHashMap::default();
        for id in flow.nodes.keys() {
            match ways.remove(id).map(Way::onwards) {
                Some(Ok(next)) => {
                    onwards.insert(id, next);
                }
                Some(Err(why)) => kept.push((id.clone(), why)),
                None => {}
            }
        }
        Some(Self::without(flow, kept, Onwards::new(onwards), before))
    }

    fn without<'a>(
        flow: &'a Flow,
        kept: Vec<(NodeId, CannotDisable)>,
        mut onwards: Onwards<'a>,
        before: Option<&Self>,
    ) -> Self {
        let (mut stops, mut led_on) = (FxHashMap::default(), FxHashMap::default());
        let mut edges = crate::model::Map::default();
        for (id, edge) in &flow.edges {
            if onwards.passes(&edge.source) {
                continue;
            }
            let target = match onwards.end(&edge.target) {
                None => {
                    edges.insert(id.clone(), Arc::clone(edge));
                    continue;
                }
                Some(Ok(target)) => target,
                Some(Err(stop)) => {
                    stops.insert((edge.source.clone(), edge.port.clone()), stop);
                    continue;
                }
            };
            let known = before.and_then(|before| before.led_on.get(id));
            let known =
                known.filter(|(drawn, led)| Arc::ptr_eq(drawn, edge) && led.target == *target);
            let led = match known {
                Some((_, led)) => Arc::clone(led),
                None => Arc::new(Edge {
                    target: target.clone(),
                    ..Edge::clone(edge)
                }),
            };
            edges.insert(id.clone(), Arc::clone(&led));
            led_on.insert(id.clone(), (Arc::clone(edge), led));
        }
        let nodes = flow.nodes.iter().filter(|(id, _)| !onwards.passes(id));
        let nodes = nodes.map(|(id, node)| (id.clone(), Arc::clone(node)));
        let sent = Flow {
            kind: flow.kind,
            name: flow.name.clone(),
            description: flow.description.clone(),
            wire_type: flow.wire_type.clone(),
            interface: flow.interface.clone(),
            nodes: nodes.collect(),
            edges,
            positions: flow.positions.clone(),
            regions: flow.regions.clone(),
            // What is beside the logic is not sent.
            notes: Default::default(),
            groups: Default::default(),
            grouped: Default::default(),
            variables: flow.variables.clone(),
            extra: flow.extra.clone(),
        };
        Self {
            flow: sent,
            kept,
            stops,
            led_on,
        }
    }

    /// Where the way from an exit ends that leads to disabled nodes only.
    pub(crate) fn stop(&self, id: &NodeId, port: &Port) -> Option<&Stop> {
        self.stops.get(&(id.clone(), port.clone()))
    }

    /// The edges that lead on, by their keys: as they were drawn and as they
    /// are sent.
    pub(crate) fn led_on(&self) -> impl Iterator<Item = (&EdgeId, &Edge, &Edge)> {
        let all = self.led_on.iter();
        all.map(|(id, (drawn, led))| (id, &**drawn, &**led))
    }
}

/// The nodes that are left out, and where each leads.
struct Onwards<'a> {
    next: FxHashMap<&'a NodeId, Option<&'a NodeId>>,
    /// Where the ways end that were followed, so that a long chain is followed
    /// once, however many edges lead to it.
    ends: FxHashMap<&'a NodeId, Result<&'a NodeId, Stop>>,
}

impl<'a> Onwards<'a> {
    fn new(next: FxHashMap<&'a NodeId, Option<&'a NodeId>>) -> Self {
        Self {
            next,
            ends: FxHashMap::default(),
        }
    }

    fn passes(&self, id: &NodeId) -> bool {
        self.next.contains_key(id)
    }

    /// Where a way ends that leads to a node; none for a node that stays.
    fn end(&mut self, id: &'a NodeId) -> Option<Result<&'a NodeId, Stop>> {
        if !self.passes(id) {
            return None;
        }
        let mut path = Vec::new();
        let mut on_path = rustc_hash::FxHashSet::default();
        let mut at = id;
        let end = loop {
            if let Some(end) = self.ends.get(at) {
                break end.clone();
            }
            match self.next.get(at) {
                None => break Ok(at),
                Some(_) if !on_path.insert(at) => break Err(Stop::Circle(at.clone())),
                Some(None) => {
                    path.push(at);
                    break Err(Stop::Nowhere(at.clone()));
                }
                Some(Some(next)) => {
                    path.push(at);
                    at = next;
                }
            }
        };
        for node in path {
            self.ends.insert(node, end.clone());
        }
        Some(end)
    }
}

/// The edit that sends a node again.
pub(crate) fn enabled(id: &NodeId) -> Op {
    Op::SetDisabled {
        id: id.clone(),
        disabled: false,
    }
}

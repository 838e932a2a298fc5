//! Flows to tidy: as designers draw them, and as nobody would.

use std::sync::Arc;

use flow::{Edge, Flow, FlowKind, Kind, Node, NodeId, Point, Port, Region, RegionId, RegionKind};
use proptest::{collection::vec, prelude::*};

pub(super) fn add(flow: &mut Flow, id: &str, kind: &Kind, at: (f64, f64)) {
    let id = NodeId::new(id);
    flow.nodes.insert(id.clone(), Arc::new(Node::of(kind)));
    flow.positions.insert(id, Point::new(at.0, at.1));
}

pub(super) fn connect(flow: &mut Flow, source: &str, port: &str, target: &str) {
    let edge = Edge::new(source.into(), Port::new(port), target.into());
    flow.edges.insert(edge.key(), Arc::new(edge));
}

/// These edges, each as source, exit and target; nodes are made as they are
/// named, all in one place. What has several exits is a condition.
pub(super) fn flow_of(edges: &[(&str, &str, &str)]) -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Drawn");
    for (source, port, target) in edges {
        for id in [source, target] {
            let kind = match *id {
                "start" => Kind::START,
                _ if edges.iter().any(|edge| edge.0 == *id && edge.1 != "out") => Kind::CONDITION,
                _ => Kind::SET_VARIABLES,
            };
            if !flow.nodes.contains_key(&NodeId::new(*id)) {
                add(&mut flow, id, &kind, (300.0, 200.0));
            }
        }
        connect(&mut flow, source, port, target);
    }
    flow
}

/// Any graph: nodes wherever, edges between any two, some of one part.
pub(super) fn any_flow() -> impl Strategy<Value = Flow> {
    let place = (-40_i32..40, -40_i32..40, 0_u8..3);
    let nodes = vec((place, 0_u8..5), 0..28);
    let edges = vec((any::<u8>(), 0_u8..3, any::<u8>()), 0..40);
    (nodes, edges).prop_map(|(nodes, edges)| drawn(&nodes, &edges, true))
}

/// Any graph without a circle.
pub(super) fn any_acyclic_flow() -> impl Strategy<Value = Flow> {
    let place = (-40_i32..40, -40_i32..40, 0_u8..3);
    let nodes = vec((place, 0_u8..5), 0..28);
    let edges = vec((any::<u8>(), 0_u8..3, any::<u8>()), 0..40);
    (nodes, edges).prop_map(|(nodes, edges)| drawn(&nodes, &edges, false))
}

fn drawn(nodes: &[((i32, i32, u8), u8)], edges: &[(u8, u8, u8)], circles: bool) -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Any");
    let part = Region {
        kind: RegionKind::Task,
        name: "Part".to_owned(),
        wire_id: None,
        extra: flow::Extra::new(),
    };
    flow.regions.insert(RegionId::new("part"), Arc::new(part));
    for (number, ((x, y, off_grid), kind)) in nodes.iter().enumerate() {
        let kind = match kind {
            0 if number == 0 => Kind::START,
            1 => Kind::CONDITION,
            2 => Kind::SPLIT,
            _ => Kind::SET_VARIABLES,
        };
        let off = f64::from(*off_grid) * 7.3;
        let at = (f64::from(*x) * 20.0 + off, f64::from(*y) * 20.0 - off);
        add(&mut flow, &format!("n{number}"), &kind, at);
        if number % 9 == 4 {
            let node = flow.nodes.get_mut(&NodeId::new(format!("n{number}")));
            Arc::make_mut(node.expect("it was added")).region = Some(RegionId::new("part"));
        }
    }
    if nodes.is_empty() {
        return flow;
    }
    for (source, port, target) in edges {
        let (source, target) = (
            usize::from(*source) % nodes.len(),
            usize::from(*target) % nodes.len(),
        );
        if !circles && source >= target {
            continue;
        }
        let port = ["out", "true", "default"][usize::from(*port)];
        connect(
            &mut flow,
            &format!("n{source}"),
            port,
            &format!("n{target}"),
        );
    }
    flow
}

/// Numbers that look random and are always the same.
pub(super) struct Numbers(u64);

impl Numbers {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        let step = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = step.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A flow of about so many nodes as designers draw them: steps, conditions of
/// which both ways join again, checks that end at once, and loops.
pub(super) fn designed(nodes: usize, seed: u64) -> Flow {
    let mut designer = Designer {
        flow: Flow::new(FlowKind::Lookup, "Designed"),
        numbers: Numbers::of(seed),
        nodes,
    };
    let start = designer.step("start", &Kind::START, &[]);
    let mut open = vec![(start, "out")];
    while designer.flow.nodes.len() < nodes {
        open = designer.sequence(open, 0);
    }
    designer.step("end", &Kind::END, &open);
    designer.flow
}

type Open = Vec<(String, &'static str)>;

struct Designer {
    flow: Flow,
    numbers: Numbers,
    nodes: usize,
}

impl Designer {
    fn step(&mut self, name: &str, kind: &Kind, from: &[(String, &'static str)]) -> String {
        let id = format!("{name}{}", self.flow.nodes.len());
        let at = (
            self.numbers.below(2_000) as f64,
            self.numbers.below(2_000) as f64,
        );
        add(&mut self.flow, &id, kind, at);
        for (source, port) in from {
            connect(&mut self.flow, source, port, &id);
        }
        id
    }

    fn sequence(&mut self, mut open: Open, depth: usize) -> Open {
        for _ in 0..=self.numbers.below(4) {
            if self.flow.nodes.len() >= self.nodes {
                break;
            }
            open = match (self.numbers.below(10), depth) {
                (4..=6, 0..4) => {
                    let id = self.step("both", &Kind::CONDITION, &open);
                    let mut ends = self.sequence(vec![(id.clone(), "true")], depth + 1);
                    ends.extend(self.sequence(vec![(id, "false")], depth + 1));
                    ends
                }
                (7..=8, _) => {
                    let id = self.step("check", &Kind::CONDITION, &open);
                    self.step("stop", &Kind::END, &[(id.clone(), "false")]);
                    vec![(id, "true")]
                }
                (9, 1..4) => {
                    let head = self.step("head", &Kind::SET_VARIABLES, &open);
                    let body = self.sequence(vec![(head.clone(), "out")], depth + 1);
                    let again = self.step("again", &Kind::CONDITION, &body);
                    connect(&mut self.flow, &again, "false", &head);
                    vec![(again, "true")]
                }
                _ => {
                    let id = self.step("set", &Kind::SET_VARIABLES, &open);
                    vec![(id, "out")]
                }
            };
        }
        open
    }
}

/// So many nodes, 1.3 edges for each, none of which leads back.
pub(super) fn tangled(nodes: usize) -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Tangled");
    let mut numbers = Numbers::of(7);
    for number in 0..nodes {
        let at = (numbers.below(20_000) as f64, numbers.below(20_000) as f64);
        add(&mut flow, &format!("n{number}"), &Kind::CONDITION, at);
    }
    for number in 0..nodes * 13 / 10 {
        let source = numbers.below(nodes - 1);
        let target = source + 1 + numbers.below(nodes - source - 1);
        let port = if number % 2 == 0 { "true" } else { "false" };
        connect(
            &mut flow,
            &format!("n{source}"),
            port,
            &format!("n{target}"),
        );
    }
    flow
}

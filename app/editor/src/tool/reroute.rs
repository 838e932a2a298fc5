//! The beginning of an edge is led to another exit.

use flow::{EdgeId, NodeId, Point, Port};
use rustc_hash::FxHashSet;

use super::{Step, Tool, connect::SNAP_IN_SCREEN};
use crate::{
    Button, Command, Effect, Input, NotConnectable, Overlay, Verdict,
    connectable::check_reroute,
    geometry::{self, distance},
    world::{Action, World},
};

/// The state in which the beginning of an edge follows the pointer.
#[derive(Clone, Debug)]
pub(crate) struct Reroute {
    edge: EdgeId,
    target: NodeId,
    /// The nodes with an exit that the edge may leave by.
    valid_sources: FxHashSet<NodeId>,
    pub(super) at_in_screen: Point,
    from_in_canvas: Point,
    /// The exit that letting go would take, by which the verdict is.
    exit: Option<Port>,
    verdict: Verdict,
}

impl Reroute {
    /// Takes hold of the beginning of an edge. None if it is gone.
    pub(super) fn begin(world: &World<'_>, edge: EdgeId, at_in_screen: Point) -> Option<Self> {
        let target = world.flow.edges.get(&edge)?.target.clone();
        let mut reroute = Self {
            valid_sources: valid_sources(world, &edge, &target),
            edge,
            target,
            at_in_screen,
            from_in_canvas: Point::default(),
            exit: None,
            verdict: Verdict::Free,
        };
        reroute.follow(at_in_screen, world);
        Some(reroute)
    }

    pub(super) fn step(mut self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerMove { at_in_screen, .. } => {
                self.follow(*at_in_screen, world);
                (Tool::Reroute(self), Vec::new())
            }
            Input::PointerUp {
                button: Button::Primary,
                at_in_screen,
                ..
            } => {
                self.follow(*at_in_screen, world);
                (Tool::idle(), vec![self.let_go()])
            }
            // The button's release was missed.
            Input::PointerDown {
                button: Button::Primary,
                ..
            } => Tool::idle().step(input, world),
            _ => (Tool::Reroute(self), Vec::new()),
        }
    }

    fn let_go(self) -> Action {
        match (self.verdict, self.exit) {
            (Verdict::Snap(source), Some(port)) => Action::Run(Command::Reroute {
                edge: self.edge,
                source,
                port,
                target: self.target,
            }),
            (Verdict::Refused { reason, .. }, _) => {
                Action::Effect(Effect::Announce(reason.to_string()))
            }
            (Verdict::Origin | Verdict::Free | Verdict::Snap(_), _) => {
                Action::Effect(Effect::QuickAddBefore {
                    at_in_screen: self.at_in_screen,
                    edge: self.edge,
                })
            }
        }
    }

    /// Goes on while the edge is there.
    pub(super) fn reconcile(mut self, world: &World<'_>) -> Step {
        if !world.flow.edges.contains_key(&self.edge) {
            return super::gave_up("The connection that you were moving is no longer there.");
        }
        self.valid_sources = valid_sources(world, &self.edge, &self.target);
        self.follow(self.at_in_screen, world);
        (Tool::Reroute(self), Vec::new())
    }

    /// The card under the pointer decides, by its nearest exit; else the
    /// nearest exit in reach.
    fn follow(&mut self, at_in_screen: Point, world: &World<'_>) {
        let at = world.camera.to_canvas(at_in_screen);
        self.at_in_screen = at_in_screen;
        self.from_in_canvas = at;
        self.exit = None;
        self.verdict = Verdict::Free;
        let card = world.probe(at_in_screen).card();
        let reach = SNAP_IN_SCREEN / world.camera.zoom;
        let mut nearest: Option<(f64, NodeId, Port, Point)> = None;
        let mut offer = |id: &NodeId, reach: f64| {
            let exits = world.scene.graph().exits(id);
            for (index, exit) in exits.iter().enumerate() {
                let at_card = world.flow.position(id);
                let orientation = world.scene.orientation();
                let anchor = geometry::exit_anchor(at_card, index, exits.len(), orientation);
                let away = distance(anchor, at);
                if away <= reach && nearest.as_ref().is_none_or(|(least, ..)| away < *least) {
                    nearest = Some((away, id.clone(), exit.port.clone(), anchor));
                }
            }
        };
        match &card {
            Some(card) => offer(card, f64::INFINITY),
            None => world
                .scene
                .for_each_node_in(&world.scene.around_ports(at, reach), |id| offer(id, reach)),
        }
        let Some((_, node, port, anchor)) = nearest else {
            if let Some(node) = card {
                let reason = NotConnectable::NoSuchExit;
                self.verdict = Verdict::Refused { node, reason };
            }
            return;
        };
        let (flow, scene) = (world.flow, world.scene);
        match check_reroute(flow, scene, &self.edge, (&node, &port), &self.target) {
            Ok(()) => {
                self.from_in_canvas = anchor;
                self.exit = Some(port);
                self.verdict = Verdict::Snap(node);
            }
            Err(reason) if card.is_some() => self.verdict = Verdict::Refused { node, reason },
            Err(_) => {}
        }
    }

    pub(super) fn overlay(&self) -> Overlay<'_> {
        Overlay::Rerouting {
            edge: &self.edge,
            target: &self.target,
            from_in_canvas: self.from_in_canvas,
            exit: self.exit.as_ref(),
            verdict: &self.verdict,
            valid_sources: &self.valid_sources,
        }
    }
}

fn valid_sources(world: &World<'_>, edge: &EdgeId, target: &NodeId) -> FxHashSet<NodeId> {
    // What the target leads to cannot lead to it.
    let beyond = world.scene.graph().descendants(target);
    let is_valid = |id: &&NodeId| {
        let exits = world.scene.graph().exits(id);
        !beyond.contains(*id)
            && exits.iter().any(|exit| {
                let source = (*id, &exit.port);
                check_reroute(world.flow, world.scene, edge, source, target)
                    != Err(NotConnectable::AlreadyConnected)
            })
    };
    world.flow.nodes.keys().filter(is_valid).cloned().collect()
}

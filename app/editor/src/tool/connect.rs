//! An edge is being drawn, or led to another node: with the button held, or
//! from a click to a click.

use flow::{EdgeId, Flow, NodeId, Point, Port};
use rustc_hash::FxHashSet;

use super::{Step, Tool};
use crate::{
    Button, Command, Effect, Hit, Input, Overlay, PointerKind, Verdict,
    connectable::Connector,
    geometry::{Orientation, Rect, distance, entry_anchor},
    world::{Action, World},
};

/// How near an entry or an exit has to be for the edge to snap to it.
pub(super) const SNAP_IN_SCREEN: f64 = 40.0;

/// The state in which an edge is being drawn.
#[derive(Clone, Debug)]
pub(crate) struct Connect {
    connector: Connector,
    /// The edge that is led elsewhere; none where a new one is drawn.
    rerouted: Option<EdgeId>,
    valid_targets: FxHashSet<NodeId>,
    /// Whether the button is down.
    pub(super) held: bool,
    pub(super) at_in_screen: Point,
    at_in_canvas: Point,
    /// Whether the pointer has been off the node: until then nobody meant to
    /// connect it with itself.
    has_left: bool,
    /// By what the exit was pressed a second time.
    again: Option<PointerKind>,
    verdict: Verdict,
}

impl Connect {
    pub(super) fn begin(
        world: &World<'_>,
        node: NodeId,
        port: Port,
        at_in_screen: Point,
        held: bool,
    ) -> Self {
        let connector = Connector::new(world.scene, node, port);
        let mut connect = Self {
            valid_targets: connector.valid_targets(world.flow, world.scene),
            connector,
            rerouted: None,
            held,
            at_in_screen,
            at_in_canvas: Point::default(),
            has_left: false,
            again: None,
            verdict: Verdict::Free,
        };
        connect.follow(at_in_screen, world);
        connect
    }

    /// Takes hold of the end of an edge. None if it is gone.
    pub(super) fn reroute(world: &World<'_>, edge: EdgeId, at_in_screen: Point) -> Option<Self> {
        let ends = world.flow.edges.get(&edge)?;
        let (source, port) = (ends.source.clone(), ends.port.clone());
        let mut connect = Self::begin(world, source, port, at_in_screen, true);
        connect.rerouted = Some(edge);
        connect.has_left = true;
        connect.follow(at_in_screen, world);
        Some(connect)
    }

    /// A click on an exit: what is clicked next is connected. Where the exit
    /// is free, what may follow is offered meanwhile; on a touch screen the
    /// offer would hide what is tapped next, and comes with the second tap.
    pub(super) fn from_click(
        world: &World<'_>,
        (node, port): (NodeId, Port),
        at_in_screen: Point,
        pointer: PointerKind,
    ) -> Step {
        let offers = pointer != PointerKind::Touch && is_free(world, &node, &port);
        let offer = offers.then(|| offer_next(node.clone(), port.clone()));
        let connect = Self::begin(world, node, port, at_in_screen, false);
        (Tool::Connect(connect), offer.into_iter().collect())
    }

    pub(super) fn step(mut self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerMove { at_in_screen, .. } => {
                self.follow(*at_in_screen, world);
                (Tool::Connect(self), Vec::new())
            }
            // The second click of two, or a release that was missed.
            Input::PointerDown {
                button: Button::Primary,
                at_in_screen,
                pointer,
                ..
            } => {
                self.follow(*at_in_screen, world);
                self.held = true;
                if world.hit(*at_in_screen) == Some(self.origin()) {
                    self.again = Some(*pointer);
                    self.has_left = false;
                    self.verdict = Verdict::Origin;
                }
                (Tool::Connect(self), Vec::new())
            }
            Input::PointerUp {
                button: Button::Primary,
                at_in_screen,
                ..
            } if self.held => {
                self.follow(*at_in_screen, world);
                self.let_go(world)
            }
            _ => (Tool::Connect(self), Vec::new()),
        }
    }

    fn let_go(mut self, world: &World<'_>) -> Step {
        if !self.has_left {
            // Hardly a drag: as good as a click. The same exit for the second
            // time is enough of it.
            let Connector { source, port, .. } = &self.connector;
            let offers = self
                .again
                .is_none_or(|pointer| pointer == PointerKind::Touch)
                && is_free(world, source, port);
            let offer = offers.then(|| offer_next(source.clone(), port.clone()));
            self.held = false;
            let next = match self.again {
                None => Tool::Connect(self),
                Some(_) => Tool::idle(),
            };
            return (next, offer.into_iter().collect());
        }
        let origin = self.origin();
        let Connector { source, port, .. } = self.connector;
        let action = match (self.verdict, self.rerouted) {
            (Verdict::Snap(target), Some(edge)) => Some(Action::Run(Command::Reroute {
                edge,
                source,
                port,
                target,
            })),
            (Verdict::Snap(target), None) => Some(Action::Run(Command::Connect {
                source,
                port,
                target,
            })),
            (Verdict::Free | Verdict::Origin, _) => Some(Action::Effect(Effect::QuickAdd {
                at_in_screen: self.at_in_screen,
                from: Some((source, port)),
            })),
            (Verdict::Refused { reason, .. }, _) => {
                // Back where it began: no mistake, just no edge.
                (world.hit(self.at_in_screen) != Some(origin))
                    .then(|| Action::Effect(Effect::Announce(reason.to_string())))
            }
        };
        (Tool::idle(), action.into_iter().collect())
    }

    fn origin(&self) -> Hit {
        Hit::Exit {
            node: self.connector.source.clone(),
            port: self.connector.port.clone(),
        }
    }

    /// Goes on while the exit is there; what may be entered is found anew.
    pub(super) fn reconcile(mut self, world: &World<'_>) -> Step {
        let Connector { source, port, .. } = &self.connector;
        let exits = world.scene.graph().exits(source);
        if !exits.iter().any(|exit| exit.port == *port) {
            return super::gave_up("The exit that you were connecting is no longer there.");
        }
        let is_gone = |edge: &EdgeId| !world.flow.edges.contains_key(edge);
        if self.rerouted.as_ref().is_some_and(is_gone) {
            return super::gave_up("The connection that you were moving is no longer there.");
        }
        self.connector = Connector::new(world.scene, source.clone(), port.clone());
        self.valid_targets = self.connector.valid_targets(world.flow, world.scene);
        self.follow(self.at_in_screen, world);
        (Tool::Connect(self), Vec::new())
    }

    fn follow(&mut self, at_in_screen: Point, world: &World<'_>) {
        self.at_in_screen = at_in_screen;
        self.at_in_canvas = world.camera.to_canvas(at_in_screen);
        let hit = world.hit(at_in_screen);
        let on_own_node = hit.as_ref().and_then(Hit::node) == Some(&self.connector.source);
        self.has_left |= !on_own_node;
        self.verdict = if self.has_left {
            self.judge(world)
        } else {
            Verdict::Origin
        };
    }

    /// The card under the pointer decides; else the nearest entry in reach.
    fn judge(&self, world: &World<'_>) -> Verdict {
        if let Some(node) = world.probe(self.at_in_screen).card() {
            return match self.connector.check(world.flow, world.scene, &node) {
                Ok(()) => Verdict::Snap(node),
                Err(reason) => Verdict::Refused { node, reason },
            };
        }
        let reach = SNAP_IN_SCREEN / world.camera.zoom;
        let mut nearest: Option<(f64, NodeId)> = None;
        world
            .scene
            .for_each_node_in(&Rect::around(self.at_in_canvas, reach), |id| {
                let entry = entry_anchor(world.flow.position(id), world.scene.orientation());
                let away = distance(entry, self.at_in_canvas);
                let is_nearer = nearest.as_ref().is_none_or(|(least, _)| away < *least);
                if away <= reach && is_nearer && self.valid_targets.contains(id) {
                    nearest = Some((away, id.clone()));
                }
            });
        nearest.map_or(Verdict::Free, |(_, id)| Verdict::Snap(id))
    }

    pub(super) fn overlay(&self, flow: &Flow, orientation: Orientation) -> Overlay<'_> {
        Overlay::Connecting {
            source: &self.connector.source,
            port: &self.connector.port,
            to_in_canvas: match &self.verdict {
                Verdict::Snap(target) => entry_anchor(flow.position(target), orientation),
                Verdict::Origin | Verdict::Free | Verdict::Refused { .. } => self.at_in_canvas,
            },
            verdict: &self.verdict,
            valid_targets: &self.valid_targets,
            rerouted: self.rerouted.as_ref(),
        }
    }
}

fn is_free(world: &World<'_>, node: &NodeId, port: &Port) -> bool {
    let mut taken = world.scene.graph().edges_by(world.flow, node, port);
    taken.next().is_none()
}

fn offer_next(node: NodeId, port: Port) -> Action {
    Action::Effect(Effect::OfferNext { node, port })
}

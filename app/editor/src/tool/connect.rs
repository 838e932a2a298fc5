//! An edge is being drawn: with the button held, or from a click to a click.

use flow::{Flow, NodeId, Point, Port};
use rustc_hash::FxHashSet;

use super::{Step, Tool};
use crate::{
    Button, Command, Effect, Hit, Input, Overlay, Verdict,
    connectable::Connector,
    geometry::{Rect, distance, entry_anchor},
    world::{Action, World},
};

/// How near an entry has to be for the edge to snap to it.
const SNAP_IN_SCREEN: f64 = 40.0;

/// The state in which an edge is being drawn.
#[derive(Clone, Debug)]
pub(crate) struct Connect {
    connector: Connector,
    valid_targets: FxHashSet<NodeId>,
    /// Whether the button is down.
    pub(super) held: bool,
    pub(super) at_in_screen: Point,
    at_in_canvas: Point,
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
            held,
            at_in_screen,
            at_in_canvas: Point::default(),
            verdict: Verdict::Free,
        };
        connect.follow(at_in_screen, world);
        connect
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
                ..
            } => {
                self.follow(*at_in_screen, world);
                self.held = true;
                (Tool::Connect(self), Vec::new())
            }
            Input::PointerUp {
                button: Button::Primary,
                at_in_screen,
                ..
            } if self.held => {
                self.follow(*at_in_screen, world);
                (Tool::idle(), self.let_go(world).into_iter().collect())
            }
            _ => (Tool::Connect(self), Vec::new()),
        }
    }

    fn let_go(self, world: &World<'_>) -> Option<Action> {
        let Connector { source, port, .. } = self.connector;
        match self.verdict {
            Verdict::Snap(target) => Some(Action::Run(Command::Connect {
                source,
                port,
                target,
            })),
            Verdict::Free => Some(Action::Effect(Effect::QuickAdd {
                at_in_screen: self.at_in_screen,
                from: Some((source, port)),
            })),
            Verdict::Refused { reason, .. } => {
                // Back where it began: no mistake, just no edge.
                let origin = Hit::Exit { node: source, port };
                (world.hit(self.at_in_screen) != Some(origin))
                    .then(|| Action::Effect(Effect::Announce(reason.to_string())))
            }
        }
    }

    /// Goes on while the exit is there; what may be entered is found anew.
    pub(super) fn reconcile(mut self, world: &World<'_>) -> Step {
        let Connector { source, port, .. } = &self.connector;
        let exits = world.scene.graph().exits(source);
        if !exits.iter().any(|exit| exit.port == *port) {
            return super::gave_up("The exit that you were connecting is no longer there.");
        }
        self.connector = Connector::new(world.scene, source.clone(), port.clone());
        self.valid_targets = self.connector.valid_targets(world.flow, world.scene);
        self.follow(self.at_in_screen, world);
        (Tool::Connect(self), Vec::new())
    }

    fn follow(&mut self, at_in_screen: Point, world: &World<'_>) {
        self.at_in_screen = at_in_screen;
        self.at_in_canvas = world.camera.to_canvas(at_in_screen);
        self.verdict = self.judge(world);
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
                let away = distance(entry_anchor(world.flow.position(id)), self.at_in_canvas);
                let is_nearer = nearest.as_ref().is_none_or(|(least, _)| away < *least);
                if away <= reach && is_nearer && self.valid_targets.contains(id) {
                    nearest = Some((away, id.clone()));
                }
            });
        nearest.map_or(Verdict::Free, |(_, id)| Verdict::Snap(id))
    }

    pub(super) fn overlay(&self, flow: &Flow) -> Overlay<'_> {
        Overlay::Connecting {
            source: &self.connector.source,
            port: &self.connector.port,
            to_in_canvas: match &self.verdict {
                Verdict::Snap(target) => entry_anchor(flow.position(target)),
                Verdict::Free | Verdict::Refused { .. } => self.at_in_canvas,
            },
            verdict: &self.verdict,
            valid_targets: &self.valid_targets,
        }
    }
}

//! A button is down: a click, until the pointer moves.

use flow::{EdgeId, NodeId, Point, Port};

use super::{
    Step, Tool,
    connect::Connect,
    cut::Cut,
    drag::Drag,
    marquee::Marquee,
    pan::Pan,
    reroute::Reroute,
    select::{Click, Clicked, Select},
};
use crate::{
    Button, Effect, Hit, Input, Modifiers, PointerKind, SelectMode, Selection,
    geometry::{End, distance},
    world::{Action, World},
};

/// How far a mouse moves before a press is a drag.
const MOUSE_THRESHOLD_IN_SCREEN: f64 = 4.0;
/// How far a finger moves before a press is a drag.
const TOUCH_THRESHOLD_IN_SCREEN: f64 = 6.0;

/// The state in which a button is down and nothing has moved yet.
#[derive(Clone, Debug)]
pub(crate) struct Press {
    on: Pressed,
    at_in_screen: Point,
    modifiers: Modifiers,
    pointer: PointerKind,
    at_millis: f64,
    earlier: Option<Click>,
}

/// What was pressed.
#[derive(Clone, Debug)]
enum Pressed {
    Canvas,
    Edge(EdgeId),
    /// So near an end of an edge that a drag leads it elsewhere.
    EdgeEnd(EdgeId, End),
    Exit(NodeId, Port),
    Node {
        id: NodeId,
        /// What a release without a drag still does to the selection.
        on_release: Option<SelectMode>,
    },
}

impl Press {
    pub(super) fn begin(
        world: &World<'_>,
        at_in_screen: Point,
        modifiers: Modifiers,
        pointer: PointerKind,
        at_millis: f64,
        earlier: Option<Click>,
    ) -> Step {
        let mut actions = Vec::new();
        let probe = world.probe(at_in_screen);
        let hit = match probe.edge_handle() {
            Some((edge, end)) => Err(Pressed::EdgeEnd(edge, end)),
            None => Ok(probe.hit()),
        };
        let on = match hit {
            Err(handle) => handle,
            Ok(None) => Pressed::Canvas,
            Ok(Some(Hit::Edge(edge))) => match probe.end_of(&edge) {
                Some(end) => Pressed::EdgeEnd(edge, end),
                None => Pressed::Edge(edge),
            },
            Ok(Some(Hit::Exit { node, port })) => Pressed::Exit(node, port),
            Ok(Some(Hit::Entry { node } | Hit::Node(node))) => {
                actions.push(Action::Focus(Some(node.clone())));
                let on_release = if modifiers.shift || modifiers.primary {
                    Some(SelectMode::Toggle)
                } else if world.selection.nodes().contains(&node) {
                    // One of several may be what is dragged next: the others
                    // are let go of only when it was a click.
                    Some(SelectMode::Replace)
                } else {
                    actions.push(Action::Select(Selection::of_nodes([node.clone()])));
                    None
                };
                Pressed::Node {
                    id: node,
                    on_release,
                }
            }
        };
        let press = Self {
            on,
            at_in_screen,
            modifiers,
            pointer,
            at_millis,
            earlier,
        };
        (Tool::Press(press), actions)
    }

    pub(super) fn step(self, input: &Input, world: &World<'_>) -> Step {
        match input {
            Input::PointerMove {
                at_in_screen,
                modifiers,
            } if distance(self.at_in_screen, *at_in_screen) >= self.threshold_in_screen() => {
                self.drag(*at_in_screen, *modifiers, world)
            }
            Input::PointerUp {
                button: Button::Primary,
                ..
            } => self.click(world),
            // The button's release was missed.
            Input::PointerDown {
                button: Button::Primary,
                ..
            } => Tool::idle().step(input, world),
            _ => (Tool::Press(self), Vec::new()),
        }
    }

    /// Where a finger rests, and since when.
    pub(super) fn resting_finger(&self) -> Option<(Point, f64)> {
        (self.pointer == PointerKind::Touch).then_some((self.at_in_screen, self.at_millis))
    }

    fn threshold_in_screen(&self) -> f64 {
        match self.pointer {
            PointerKind::Touch => TOUCH_THRESHOLD_IN_SCREEN,
            PointerKind::Mouse | PointerKind::Pen => MOUSE_THRESHOLD_IN_SCREEN,
        }
    }

    /// The pointer has moved far enough: what was pressed follows it.
    fn drag(self, at_in_screen: Point, modifiers: Modifiers, world: &World<'_>) -> Step {
        let from_in_canvas = world.camera.to_canvas(self.at_in_screen);
        let (next, mut actions) = match self.on {
            Pressed::Node { id, on_release } if world.may_edit() => {
                let mut actions = Vec::new();
                let mut selection = world.selection.clone();
                if on_release == Some(SelectMode::Toggle) && !selection.nodes().contains(&id) {
                    let added = Selection::of_nodes([id.clone()]);
                    selection = selection.combined(added, SelectMode::Add);
                    actions.push(Action::Select(selection.clone()));
                }
                let drag = Drag::begin(world, id, &selection, from_in_canvas, at_in_screen);
                (Tool::Drag(drag), actions)
            }
            Pressed::Exit(node, port) if world.may_edit() => {
                let connect = Connect::begin(world, node, port, at_in_screen, true);
                (Tool::Connect(connect), Vec::new())
            }
            Pressed::EdgeEnd(edge, end) if world.may_edit() && !self.modifiers.alt => {
                let held = match end {
                    End::Source => Reroute::begin(world, edge, at_in_screen).map(Tool::Reroute),
                    End::Target => Connect::reroute(world, edge, at_in_screen).map(Tool::Connect),
                };
                (held.unwrap_or_else(Tool::idle), Vec::new())
            }
            Pressed::Canvas | Pressed::Edge(_) | Pressed::EdgeEnd(..)
                if self.modifiers.alt && world.may_edit() =>
            {
                (
                    Tool::Cut(Cut::begin(from_in_canvas, at_in_screen)),
                    Vec::new(),
                )
            }
            Pressed::Canvas | Pressed::Edge(_) | Pressed::EdgeEnd(..)
                if self.pointer != PointerKind::Touch =>
            {
                let adds = self.modifiers.shift;
                let marquee = Marquee::begin(world, from_in_canvas, at_in_screen, adds);
                (Tool::Marquee(marquee), Vec::new())
            }
            // One finger on the empty canvas, and whatever a reader drags.
            _ => (
                Tool::Pan(Pan::new(self.at_in_screen, Button::Primary)),
                Vec::new(),
            ),
        };
        // The way that the pointer has already gone counts.
        let moved = Input::PointerMove {
            at_in_screen,
            modifiers,
        };
        let (next, more) = next.step(&moved, world);
        actions.extend(more);
        (next, actions)
    }

    /// The button went up where it went down.
    fn click(self, world: &World<'_>) -> Step {
        let mode = if self.modifiers.shift || self.modifiers.primary {
            SelectMode::Toggle
        } else {
            SelectMode::Replace
        };
        let (at_in_screen, at_millis) = (self.at_in_screen, self.at_millis);
        let click = |on| Click {
            on,
            at_in_screen,
            at_millis,
        };
        let is_double = |click: &Click| {
            self.earlier
                .as_ref()
                .is_some_and(|earlier| earlier.doubles(click))
        };
        match self.on {
            Pressed::Node { id, on_release } => {
                let mut actions = Vec::new();
                if let Some(mode) = on_release {
                    let clicked = Selection::of_nodes([id.clone()]);
                    actions.push(Action::Select(world.selection.combined(clicked, mode)));
                }
                let click = click(Clicked::Node(id.clone()));
                if is_double(&click) {
                    let node = world.flow.nodes.get(&id);
                    let calls = node.is_some_and(|node| {
                        let callee = node.callee();
                        callee.is_some_and(|(field, _)| node.reference(field).is_some())
                    });
                    actions.push(Action::Effect(if calls {
                        Effect::OpenCallee(id)
                    } else {
                        Effect::OpenProperties(id)
                    }));
                    return (Tool::idle(), actions);
                }
                (Tool::Select(Select::after(click)), actions)
            }
            Pressed::Exit(node, port) if world.may_edit() => {
                Connect::from_click(world, (node, port), at_in_screen, self.pointer)
            }
            Pressed::Exit(..) => (Tool::idle(), Vec::new()),
            Pressed::Edge(edge) | Pressed::EdgeEnd(edge, _) => {
                let selection = world.selection.combined(Selection::of_edge(edge), mode);
                (Tool::idle(), vec![Action::Select(selection)])
            }
            Pressed::Canvas => {
                let click = click(Clicked::Canvas);
                if is_double(&click) {
                    let offer = Effect::QuickAdd {
                        at_in_screen,
                        from: None,
                    };
                    let actions = world.may_edit().then_some(Action::Effect(offer));
                    return (Tool::idle(), actions.into_iter().collect());
                }
                let mut actions = Vec::new();
                if mode == SelectMode::Replace {
                    // Where nothing is selected, keys would act on the focus.
                    actions.push(Action::Select(Selection::default()));
                    actions.push(Action::Focus(None));
                }
                (Tool::Select(Select::after(click)), actions)
            }
        }
    }

    pub(super) fn reconcile(self, world: &World<'_>) -> Step {
        let exists = match &self.on {
            Pressed::Canvas => true,
            Pressed::Edge(edge) | Pressed::EdgeEnd(edge, _) => world.flow.edges.contains_key(edge),
            Pressed::Node { id, .. } => world.flow.nodes.contains_key(id),
            Pressed::Exit(node, port) => {
                let exits = world.scene.graph().exits(node);
                exits.iter().any(|exit| exit.port == *port)
            }
        };
        if exists {
            (Tool::Press(self), Vec::new())
        } else {
            super::gave_up("Somebody else removed what you were pointing at.")
        }
    }
}

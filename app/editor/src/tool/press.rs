//! A button is down: a click, until the pointer moves.

use flow::{EdgeId, GroupId, NodeId, NoteId, Point, Port};

use super::{
    Step, Tool,
    connect::Connect,
    cut::Cut,
    drag::{Drag, Lead},
    marquee::Marquee,
    pan::Pan,
    reroute::Reroute,
    resize::Resize,
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
    Note {
        id: NoteId,
        /// What a release without a drag still does to the selection.
        on_release: Option<SelectMode>,
    },
    NoteCorner(NoteId),
    Group(GroupId),
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
        let hit = match (probe.edge_handle(), probe.hit()) {
            (Some((edge, end)), _) => Err(Pressed::EdgeEnd(edge, end)),
            (None, Some(Hit::Entry { node })) => match probe.head_at(&node) {
                Some(edge) => Err(Pressed::EdgeEnd(edge, End::Target)),
                None => Ok(Some(Hit::Entry { node })),
            },
            (None, hit) => Ok(hit),
        };
        let on = match hit {
            Err(handle) => handle,
            Ok(None) => Pressed::Canvas,
            Ok(Some(Hit::Edge(edge))) => {
                actions.push(Action::Focus(None));
                match probe.end_of(&edge) {
                    Some(end) => Pressed::EdgeEnd(edge, end),
                    None => Pressed::Edge(edge),
                }
            }
            Ok(Some(Hit::Exit { node, port })) => Pressed::Exit(node, port),
            Ok(Some(Hit::NoteCorner(note))) => {
                actions.push(Action::FocusNote(note.clone()));
                if world.selection.only_note() != Some(&note) {
                    actions.push(Action::Select(Selection::of_notes([note.clone()])));
                }
                Pressed::NoteCorner(note)
            }
            Ok(Some(Hit::Note(note))) => {
                actions.push(Action::FocusNote(note.clone()));
                let is_selected = world.selection.notes().contains(&note);
                let on_release = on_release(modifiers, is_selected);
                if on_release.is_none() {
                    actions.push(Action::Select(Selection::of_notes([note.clone()])));
                }
                Pressed::Note {
                    id: note,
                    on_release,
                }
            }
            Ok(Some(Hit::Group(group))) => {
                let members = world.scene.beside().members(&group).iter().cloned();
                let members = Selection::of_nodes(members);
                let adds = modifiers.shift || modifiers.primary;
                let is_selected = members.nodes().is_subset(world.selection.nodes());
                if adds {
                    let both = world.selection.combined(members, SelectMode::Add);
                    actions.push(Action::Select(both));
                } else if !is_selected {
                    actions.push(Action::Select(members));
                }
                Pressed::Group(group)
            }
            Ok(Some(Hit::Entry { node } | Hit::Node(node))) => {
                actions.push(Action::Focus(Some(node.clone())));
                let is_selected = world.selection.nodes().contains(&node);
                let on_release = on_release(modifiers, is_selected);
                if on_release.is_none() {
                    actions.push(Action::Select(Selection::of_nodes([node.clone()])));
                }
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
                let lead = Lead::Node(id);
                let drag = Drag::begin(world, lead, &selection, from_in_canvas, at_in_screen);
                (Tool::Drag(drag), actions)
            }
            Pressed::Note { id, on_release } if world.may_edit() => {
                let mut actions = Vec::new();
                let mut selection = world.selection.clone();
                if on_release == Some(SelectMode::Toggle) && !selection.notes().contains(&id) {
                    let added = Selection::of_notes([id.clone()]);
                    selection = selection.combined(added, SelectMode::Add);
                    actions.push(Action::Select(selection.clone()));
                }
                let lead = Lead::Note(id);
                let drag = Drag::begin(world, lead, &selection, from_in_canvas, at_in_screen);
                (Tool::Drag(drag), actions)
            }
            Pressed::Group(id) if world.may_edit() => {
                let Some(first) = world.scene.beside().members(&id).first() else {
                    return (Tool::idle(), Vec::new());
                };
                let lead = Lead::Node(first.clone());
                let selection = world.selection;
                let drag = Drag::begin(world, lead, selection, from_in_canvas, at_in_screen);
                (Tool::Drag(drag), Vec::new())
            }
            Pressed::NoteCorner(id) if world.may_edit() => {
                match Resize::begin(world, id, from_in_canvas, at_in_screen) {
                    Some(resize) => (Tool::Resize(resize), Vec::new()),
                    None => return (Tool::idle(), Vec::new()),
                }
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
            Pressed::Note { id, on_release } => {
                let mut actions = Vec::new();
                if let Some(mode) = on_release {
                    let clicked = Selection::of_notes([id.clone()]);
                    actions.push(Action::Select(world.selection.combined(clicked, mode)));
                }
                edited_by_double_click(click(Clicked::Note(id.clone())), is_double, actions, || {
                    world.may_edit().then_some(Effect::EditNote(id))
                })
            }
            Pressed::NoteCorner(_) => (Tool::idle(), Vec::new()),
            Pressed::Group(id) => {
                let mut actions = Vec::new();
                if mode == SelectMode::Replace {
                    let members = world.scene.beside().members(&id).iter().cloned();
                    actions.push(Action::Select(Selection::of_nodes(members)));
                }
                edited_by_double_click(
                    click(Clicked::Group(id.clone())),
                    is_double,
                    actions,
                    || world.may_edit().then_some(Effect::RenameGroup(id)),
                )
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
            Pressed::Note { id, .. } | Pressed::NoteCorner(id) => world.flow.notes.contains_key(id),
            Pressed::Group(id) => !world.scene.beside().members(id).is_empty(),
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

/// What a release without a drag still does to the selection: one of several
/// may be what is dragged next, so the others are let go of only when it was a
/// click. None where the press selects at once.
fn on_release(modifiers: Modifiers, is_selected: bool) -> Option<SelectMode> {
    if modifiers.shift || modifiers.primary {
        Some(SelectMode::Toggle)
    } else if is_selected {
        Some(SelectMode::Replace)
    } else {
        None
    }
}

/// After a click on something with words of its own: a second click lets them
/// be edited.
fn edited_by_double_click(
    click: Click,
    is_double: impl Fn(&Click) -> bool,
    mut actions: Vec<Action>,
    edit: impl FnOnce() -> Option<Effect>,
) -> Step {
    if is_double(&click) {
        actions.extend(edit().map(Action::Effect));
        return (Tool::idle(), actions);
    }
    (Tool::Select(Select::after(click)), actions)
}

//! A person at the editor, for tests: speaks in gestures, and checks after
//! every single input that the editor is sound.

use std::sync::Arc;

use flow::{Edge, Flow, FlowKind, Kind, Node, NodeId, Op, Point, Port};

use crate::{
    Button, Command, Editor, Effect, FromServer, IdSource, Input, Key, Modifiers, Opening, Overlay,
    Pending, PointerKind, Rights, Size, Update,
    geometry::{NODE_SIZE, Rect},
};

/// The pane that the person looks at.
pub(crate) const PANE: Size = Size::new(1280.0, 800.0);

/// A person, with everything that came out of the editor so far.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) editor: Editor,
    pub(crate) outbox: Vec<Pending>,
    pub(crate) effects: Vec<Effect>,
    pub(crate) millis: f64,
    pointer: PointerKind,
}

impl Person {
    pub(crate) fn at(flow: Flow) -> Self {
        Self::named("me", flow, 0)
    }

    pub(crate) fn named(prefix: &str, flow: Flow, seq: u64) -> Self {
        let mut person = Self {
            editor: Editor::new(Opening {
                flow,
                seq,
                rights: Rights::Edit,
                ids: IdSource::new(prefix),
            }),
            outbox: Vec::new(),
            effects: Vec::new(),
            millis: 0.0,
            pointer: PointerKind::Mouse,
        };
        person.editor.resize(PANE);
        person
    }

    pub(crate) fn reading(flow: Flow) -> Self {
        let mut person = Self::at(flow);
        person.editor.set_rights(Rights::Read);
        person
    }

    pub(crate) fn with_touch(mut self) -> Self {
        self.pointer = PointerKind::Touch;
        self
    }

    pub(crate) fn flow(&self) -> &Flow {
        self.editor.flow()
    }

    // One input, command or message.

    pub(crate) fn input(&mut self, input: Input) -> Update {
        let before = self.editor.clone();
        let update = self.editor.dispatch(input);
        self.took(update, &before)
    }

    pub(crate) fn run(&mut self, command: Command) -> Update {
        self.millis += 5_000.0;
        self.run_now(command)
    }

    /// Gives a command by its name in the table.
    pub(crate) fn give(&mut self, id: &str) -> Update {
        let row = crate::SHORTCUTS.iter().find(|row| row.id == id);
        let before = self.editor.clone();
        let update = self.editor.give(&row.expect("a row of the table").does);
        self.took(update, &before)
    }

    /// Without a pause since what was done before.
    pub(crate) fn run_now(&mut self, command: Command) -> Update {
        let before = self.editor.clone();
        let update = self.editor.run(command, self.millis);
        self.took(update, &before)
    }

    pub(crate) fn receive(&mut self, message: FromServer) -> Update {
        let update = self.editor.receive(message);
        assert!(update.outbox.is_empty(), "a message is no edit");
        self.effects.extend(update.effects.clone());
        assert_sound(&self.editor);
        update
    }

    fn took(&mut self, update: Update, before: &Editor) -> Update {
        assert_sound(&self.editor);
        assert!(update.outbox.len() <= 1, "one thing done is one edit");
        let after = &self.editor;
        assert!(update.selection || before.selection() == after.selection());
        assert!(update.camera || before.camera() == after.camera());
        assert!(update.focus || before.focus() == after.focus());
        assert!(update.focus || before.focused_note() == after.focused_note());
        assert!(update.hover || before.hover() == after.hover());
        assert!(update.overlay || before.overlay() == after.overlay());
        if !update.outbox.is_empty() {
            assert_undo_restores(before, &self.editor);
        }
        self.outbox.extend(update.outbox.clone());
        self.effects.extend(update.effects.clone());
        update
    }

    // Gestures. Places are those that the nodes have on the screen.

    pub(crate) fn middle_of(&self, node: &str) -> Point {
        let position = self.editor.position_shown(&node.into());
        let half = Point::new(NODE_SIZE.width / 2.0, NODE_SIZE.height / 2.0);
        self.on_screen(position + half)
    }

    pub(crate) fn exit_of(&self, node: &str, port: &str) -> Point {
        self.on_screen(
            self.editor
                .exit_anchor_shown(&node.into(), &Port::new(port)),
        )
    }

    pub(crate) fn on_screen(&self, in_canvas: Point) -> Point {
        self.editor.camera().to_screen(in_canvas)
    }

    pub(crate) fn down(&mut self, at_in_screen: Point, modifiers: Modifiers) -> Update {
        self.millis += 50.0;
        self.input(Input::PointerDown {
            at_in_screen,
            button: Button::Primary,
            modifiers,
            pointer: self.pointer,
            at_millis: self.millis,
        })
    }

    pub(crate) fn move_to(&mut self, at_in_screen: Point, modifiers: Modifiers) -> Update {
        self.input(Input::PointerMove {
            at_in_screen,
            modifiers,
        })
    }

    pub(crate) fn up(&mut self, at_in_screen: Point, modifiers: Modifiers) -> Update {
        self.millis += 50.0;
        self.input(Input::PointerUp {
            at_in_screen,
            button: Button::Primary,
            modifiers,
            at_millis: self.millis,
        })
    }

    /// Presses, goes there in a few steps, lets go.
    pub(crate) fn pull(&mut self, from: Point, to: Point, held: &str) {
        let sent = self.outbox.len();
        self.hold(from, to, held);
        self.up(to, modifiers(held));
        assert!(self.outbox.len() <= sent + 1, "one gesture is one edit");
    }

    /// Presses, goes there in a few steps, and keeps holding.
    pub(crate) fn hold(&mut self, from: Point, to: Point, held: &str) {
        let sent = self.outbox.len();
        self.down(from, modifiers(held));
        let way = to - from;
        for step in 1..=4 {
            let share = f64::from(step) / 4.0;
            let at = from + Point::new(way.x * share, way.y * share);
            self.move_to(at, modifiers(held));
        }
        assert_eq!(self.outbox.len(), sent, "a preview is not sent");
    }

    pub(crate) fn drag(&mut self, node: &str, by: (f64, f64)) {
        self.drag_with(node, by, "");
    }

    pub(crate) fn drag_with(&mut self, node: &str, by: (f64, f64), held: &str) {
        let from = self.middle_of(node);
        self.pull(from, from + Point::new(by.0, by.1), held);
    }

    pub(crate) fn connect(&mut self, source: &str, port: &str, target: &str) {
        self.pull(self.exit_of(source, port), self.middle_of(target), "");
    }

    pub(crate) fn marquee(&mut self, from: (f64, f64), to: (f64, f64), held: &str) {
        let corner = |(x, y)| Point::new(x, y);
        self.pull(
            self.on_screen(corner(from)),
            self.on_screen(corner(to)),
            held,
        );
    }

    pub(crate) fn click_at(&mut self, at: Point, held: &str) {
        // Late enough not to double an earlier click.
        self.millis += 2_000.0;
        self.click_now(at, held);
    }

    pub(crate) fn click_now(&mut self, at: Point, held: &str) {
        self.down(at, modifiers(held));
        self.up(at, modifiers(held));
    }

    pub(crate) fn click(&mut self, node: &str) {
        self.click_at(self.middle_of(node), "");
    }

    pub(crate) fn click_with(&mut self, node: &str, held: &str) {
        self.click_at(self.middle_of(node), held);
    }

    pub(crate) fn double_click_at(&mut self, at: Point) {
        self.click_at(at, "");
        self.click_now(at, "");
    }

    /// Strikes keys: “Mod+Shift+Z”. Says whether the last was used.
    pub(crate) fn keys(&mut self, struck: &str) -> bool {
        let mut consumed = false;
        for chord in struck.split(' ') {
            let mut held = Modifiers::NONE;
            let mut name = chord;
            for (prefix, modifier) in [("Mod+", 0), ("Shift+", 1), ("Alt+", 2)] {
                if let Some(rest) = name.strip_prefix(prefix) {
                    name = rest;
                    match modifier {
                        0 => held.primary = true,
                        1 => held.shift = true,
                        _ => held.alt = true,
                    }
                }
            }
            let dom_name = match name {
                "Space" => " ",
                "Left" | "Right" | "Up" | "Down" => &format!("Arrow{name}"),
                other => other,
            };
            let key = Key::of_event(dom_name, "");
            let update = self.input(Input::KeyDown {
                key: key.clone(),
                modifiers: held,
            });
            consumed = update.consumed;
            self.input(Input::KeyUp { key });
        }
        consumed
    }

    // What there is to see.

    pub(crate) fn selected(&self) -> Vec<&str> {
        self.editor
            .selection()
            .nodes()
            .iter()
            .map(NodeId::as_str)
            .collect()
    }

    pub(crate) fn at_of(&self, node: &str) -> (f64, f64) {
        let at = self.flow().position(&node.into());
        (at.x, at.y)
    }

    pub(crate) fn edges(&self) -> Vec<&str> {
        self.flow().edges.keys().map(flow::EdgeId::as_str).collect()
    }

    pub(crate) fn sent_labels(&self) -> Vec<&str> {
        self.outbox
            .iter()
            .map(|sent| sent.transaction.label.as_str())
            .collect()
    }

    pub(crate) fn last_ops(&self) -> &[Op] {
        self.outbox.last().map_or(&[], |sent| &sent.transaction.ops)
    }

    pub(crate) fn announced(&self, part: &str) -> bool {
        self.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Announce(said) if said.contains(part)))
    }
}

/// “Mod Shift Alt” as modifiers.
pub(crate) fn modifiers(held: &str) -> Modifiers {
    Modifiers {
        shift: held.contains("Shift"),
        alt: held.contains("Alt"),
        primary: held.contains("Mod"),
    }
}

/// Start, lookup, split and two ends: `found` sets variables, `default` ends.
pub(crate) fn phone_lookup() -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Phone lookup");
    let nodes = [
        ("start", Kind::START, (400.0, 40.0)),
        ("lookup", Kind::LOOKUP, (400.0, 180.0)),
        ("split", Kind::SPLIT, (400.0, 320.0)),
        ("set", Kind::SET_VARIABLES, (240.0, 460.0)),
        ("end", Kind::END, (560.0, 600.0)),
    ];
    for (id, kind, (x, y)) in nodes {
        let mut node = Node::of(&kind);
        node.label = id.to_owned();
        flow.nodes.insert(id.into(), Arc::new(node));
        flow.positions.insert(id.into(), Point::new(x, y));
    }
    let edges = [
        ("start", "out", "lookup"),
        ("lookup", "out", "split"),
        ("split", "case-1", "set"),
        ("split", "default", "end"),
        ("set", "out", "end"),
    ];
    for (source, port, target) in edges {
        let edge = Edge::new(source.into(), Port::new(port), target.into());
        flow.edges.insert(edge.key(), Arc::new(edge));
    }
    flow
}

/// Panics unless both flows are equal, the order of nodes and edges included.
pub(crate) fn assert_same_flow(one: &Flow, other: &Flow) {
    assert_eq!(one, other);
    assert!(one.nodes.keys().eq(other.nodes.keys()), "order of nodes");
    assert!(one.edges.keys().eq(other.edges.keys()), "order of edges");
}

/// Panics if a rule is broken that holds between any two inputs.
pub(crate) fn assert_sound(editor: &Editor) {
    let flow = editor.flow();
    let selection = editor.selection();
    assert!(
        selection
            .nodes()
            .iter()
            .all(|id| flow.nodes.contains_key(id))
    );
    assert!(
        selection
            .edges()
            .iter()
            .all(|id| flow.edges.contains_key(id))
    );
    assert!(
        selection
            .notes()
            .iter()
            .all(|id| flow.notes.contains_key(id))
    );
    assert!(editor.focus().is_none_or(|id| flow.nodes.contains_key(id)));
    let note = editor.focused_note();
    assert!(note.is_none_or(|id| flow.notes.contains_key(id)));
    assert!(note.is_none() || editor.focus().is_none(), "one focus");
    for (node, group) in &flow.grouped {
        assert!(flow.nodes.contains_key(node) && flow.groups.contains_key(group));
    }
    if let Some(hit) = editor.hover() {
        assert!(hit.node().is_none_or(|id| flow.nodes.contains_key(id)));
        assert!(hit.note().is_none_or(|id| flow.notes.contains_key(id)));
    }
    match editor.overlay() {
        Overlay::Resizing { note, .. } => assert!(flow.notes.contains_key(note)),
        Overlay::Dragging {
            nodes, notes, onto, ..
        } => {
            assert!(notes.iter().all(|id| flow.notes.contains_key(id)));
            assert_eq!(notes, selection.notes(), "what is dragged is selected");
            assert!(onto.is_none_or(|id| flow.edges.contains_key(id)));
            assert!(nodes.iter().all(|id| flow.nodes.contains_key(id)));
            assert_eq!(nodes, selection.nodes(), "what is dragged is selected");
        }
        Overlay::Connecting {
            source,
            port,
            verdict,
            valid_targets,
            ..
        } => {
            assert!(editor.exits(source).iter().any(|exit| exit.port == *port));
            for target in valid_targets {
                assert_eq!(editor.connectable(source, port, target), Ok(()));
            }
            if let crate::Verdict::Snap(target) = verdict {
                assert!(valid_targets.contains(target));
            }
        }
        Overlay::Rerouting {
            edge,
            target,
            verdict,
            valid_sources,
            ..
        } => {
            assert_eq!(flow.edges.get(edge).map(|edge| &edge.target), Some(target));
            if let crate::Verdict::Snap(source) = verdict {
                assert!(valid_sources.contains(source));
            }
        }
        Overlay::Cutting { crossed, .. } => {
            assert!(crossed.iter().all(|id| flow.edges.contains_key(id)));
        }
        Overlay::Idle | Overlay::Panning | Overlay::Marquee(_) => {}
    }
    assert!((0.01..=crate::MAX_ZOOM).contains(&editor.camera().zoom));
    editor.assert_parts_agree();
    assert_queries_equal_walks(editor);
}

/// What the index finds is what a walk over everything finds, a drag's
/// preview included.
fn assert_queries_equal_walks(editor: &Editor) {
    let camera = editor.camera();
    let area = camera.visible_area(PANE).grown(-200.0 / camera.zoom);
    let mut found = editor.visible_nodes(area);
    found.sort();
    let mut walked: Vec<_> = editor
        .flow()
        .nodes
        .keys()
        .filter(|id| Rect::new(editor.position_shown(id), NODE_SIZE).intersects(&area))
        .cloned()
        .collect();
    walked.sort();
    assert_eq!(found, walked);
    let mut found = editor.visible_edges(area);
    found.sort();
    let reaches = |id: &&flow::EdgeId| {
        let curve = editor.curve_shown(id);
        curve.is_some_and(|curve| curve.bounds().intersects(&area))
    };
    let mut walked: Vec<_> = editor
        .flow()
        .edges
        .keys()
        .filter(reaches)
        .cloned()
        .collect();
    walked.sort();
    assert_eq!(found, walked);
    let shows = |id: &&flow::NoteId| {
        let rect = editor.note_rect_shown(id);
        rect.is_some_and(|rect| rect.intersects(&area))
    };
    let walked: Vec<_> = editor.flow().notes.keys().filter(shows).cloned().collect();
    assert_eq!(editor.visible_notes(area), walked);
    let shows = |id: &&flow::GroupId| {
        let frame = editor.frame_shown(id);
        frame.is_some_and(|frame| frame.intersects(&area))
    };
    let walked: Vec<_> = editor.flow().groups.keys().filter(shows).cloned().collect();
    assert_eq!(editor.visible_groups(area), walked);
    assert_still_queries_leave_out_what_moves(editor, &area);
}

/// What is still is found as the rest of what is found, and lies where the flow
/// has it.
fn assert_still_queries_leave_out_what_moves(editor: &Editor, area: &Rect) {
    let moves = |id: &NodeId| editor.position_shown(id) != editor.flow().position(id);
    let is_dragged = |id: &NodeId| match editor.overlay() {
        Overlay::Dragging { nodes, clones, .. } => !clones && nodes.contains(id),
        _ => false,
    };
    let mut still = Vec::new();
    editor.for_each_still_node(area, &mut |id| still.push(id.clone()));
    still.sort();
    let mut rest = editor.visible_nodes(*area);
    rest.retain(|id| !is_dragged(id));
    rest.sort();
    assert_eq!(still, rest);
    assert!(!still.iter().any(moves));

    let mut still = Vec::new();
    editor.for_each_still_edge(area, &mut |id, curve| {
        assert_eq!(editor.curve_shown(id), Some(*curve));
        still.push(id.clone());
    });
    still.sort();
    let mut rest = editor.visible_edges(*area);
    rest.retain(|id| {
        let edge = editor.flow().edges.get(id);
        edge.is_some_and(|edge| !is_dragged(&edge.source) && !is_dragged(&edge.target))
    });
    rest.sort();
    assert_eq!(still, rest);
}

/// Undo after an edit gives the flow before it, redo the flow after it.
fn assert_undo_restores(before: &Editor, after: &Editor) {
    let (undone, redone) = (before.flow(), after.flow());
    let label = after.outbox_label();
    let mut editor = after.clone();
    if label.starts_with("Undo: ") {
        editor.run(Command::Redo, 0.0);
        assert_same_flow(editor.flow(), undone);
        return;
    }
    // Keystrokes merge: one Undo takes back more than the last.
    if before.can_undo() == after.can_undo() && label == after.can_undo().unwrap_or_default() {
        editor.run(Command::Undo, 0.0);
        editor.run(Command::Redo, 0.0);
        assert_same_flow(editor.flow(), redone);
        return;
    }
    editor.run(Command::Undo, 0.0);
    assert_same_flow(editor.flow(), undone);
    editor.run(Command::Redo, 0.0);
    assert_same_flow(editor.flow(), redone);
}

impl Editor {
    fn outbox_label(&self) -> String {
        let newest = self.unacknowledged().last();
        newest.map_or(String::new(), |newest| newest.transaction.label.clone())
    }
}

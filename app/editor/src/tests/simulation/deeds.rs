//! What random people do.

use flow::{EdgeId, FieldValue, FlowSetting, GroupId, Kind, NodeId, NoteId, Point, Port, Tint};
use proptest::prelude::*;

use crate::{
    Button, Command, Input, Key, Modifiers, Place, PointerKind, Rect, SelectMode, WheelUnit,
    testing::Person,
};

/// A command on whatever is there: numbers choose among the nodes, exits and
/// edges that exist.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    Add(u8, i8, i8),
    AddAfter(u8, u8),
    Select(u8, u8),
    Delete(u8),
    Heal(u8),
    Move(u8, i8, i8),
    Connect(u8, u8, u8),
    Disconnect(u8),
    Label(u8, u8),
    Field(u8, u8),
    Cases(u8, u8),
    EdgeLabel(u8, u8),
    Name(u8),
    Disable(u8, u8),
    Note(i8, i8),
    Write(u8, u8),
    Resize(u8, i8, i8),
    SelectNote(u8),
    TintNote(u8, u8),
    Group(u8, u8),
    Ungroup(u8, u8),
    NameGroup(u8, u8),
    TintGroup(u8, u8),
    SelectGroup(u8),
    Duplicate(u8, u8),
    Undo,
    Redo,
}

pub(super) fn deed() -> impl Strategy<Value = Deed> {
    let n = any::<u8>;
    let i = any::<i8>;
    prop_oneof![
        3 => (n(), i(), i()).prop_map(|(a, b, c)| Deed::Add(a, b, c)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::AddAfter(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::Select(a, b)),
        2 => n().prop_map(Deed::Delete),
        1 => n().prop_map(Deed::Heal),
        3 => (n(), i(), i()).prop_map(|(a, b, c)| Deed::Move(a, b, c)),
        4 => (n(), n(), n()).prop_map(|(a, b, c)| Deed::Connect(a, b, c)),
        1 => n().prop_map(Deed::Disconnect),
        1 => (n(), n()).prop_map(|(a, b)| Deed::Label(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::Field(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::Cases(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::EdgeLabel(a, b)),
        1 => n().prop_map(Deed::Name),
        2 => (n(), n()).prop_map(|(a, b)| Deed::Disable(a, b)),
        2 => (i(), i()).prop_map(|(a, b)| Deed::Note(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::Write(a, b)),
        1 => (n(), i(), i()).prop_map(|(a, b, c)| Deed::Resize(a, b, c)),
        1 => n().prop_map(Deed::SelectNote),
        1 => (n(), n()).prop_map(|(a, b)| Deed::TintNote(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| Deed::Group(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::Ungroup(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::NameGroup(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| Deed::TintGroup(a, b)),
        1 => n().prop_map(Deed::SelectGroup),
        1 => (n(), n()).prop_map(|(a, b)| Deed::Duplicate(a, b)),
        3 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
    ]
}

impl Deed {
    pub(super) fn run(&self, person: &mut Person) {
        for command in self.commands(person).into_iter().flatten() {
            person.run(command);
        }
    }

    fn commands(&self, person: &Person) -> Option<Vec<Command>> {
        let flow = person.flow();
        let node = |number: &u8| -> Option<NodeId> {
            let index = usize::from(*number) % flow.nodes.len().max(1);
            flow.nodes.get_index(index).map(|(id, _)| id.clone())
        };
        let edge = |number: &u8| -> Option<EdgeId> {
            let index = usize::from(*number) % flow.edges.len().max(1);
            flow.edges.get_index(index).map(|(id, _)| id.clone())
        };
        let note = |number: &u8| -> Option<NoteId> {
            let index = usize::from(*number) % flow.notes.len().max(1);
            flow.notes.keys().nth(index).cloned()
        };
        let group = |number: &u8| -> Option<GroupId> {
            let index = usize::from(*number) % flow.groups.len().max(1);
            flow.groups.keys().nth(index).cloned()
        };
        let tint = |number: &u8| Tint::ALL[usize::from(*number) % Tint::ALL.len()];
        let exit = |node: &NodeId, number: &u8| -> Option<Port> {
            let exits = person.editor.exits(node);
            let index = usize::from(*number) % exits.len().max(1);
            exits.get(index).map(|exit| exit.port.clone())
        };
        let kind = |number: &u8| -> Kind {
            let kinds = flow::catalogue();
            kinds[usize::from(*number) % kinds.len()].kind.clone()
        };
        let point = |x: &i8, y: &i8| Point::new(f64::from(*x) * 10.0, f64::from(*y) * 10.0);
        let select = |nodes: Vec<NodeId>| Command::Select {
            nodes,
            mode: SelectMode::Replace,
        };
        Some(match self {
            Self::Add(k, x, y) => vec![Command::AddNode {
                kind: kind(k),
                at: Place::InCanvas(point(x, y)),
            }],
            Self::AddAfter(n, k) => {
                let node = node(n)?;
                let port = exit(&node, k)?;
                let at_in_canvas = None;
                vec![Command::AddNode {
                    kind: kind(k),
                    at: Place::After {
                        node,
                        port,
                        at_in_canvas,
                    },
                }]
            }
            Self::Select(a, b) => vec![select(vec![node(a)?, node(b)?])],
            Self::Delete(n) => vec![select(vec![node(n)?]), Command::Delete],
            Self::Heal(n) => vec![select(vec![node(n)?]), Command::DeleteAndHeal],
            Self::Move(n, x, y) => {
                let by = point(x, y);
                vec![select(vec![node(n)?]), Command::Nudge { by }]
            }
            Self::Connect(s, p, t) => {
                let source = node(s)?;
                let port = exit(&source, p)?;
                let target = node(t)?;
                vec![Command::Connect {
                    source,
                    port,
                    target,
                }]
            }
            Self::Disconnect(e) => vec![Command::Disconnect(edge(e)?)],
            Self::Label(n, text) => vec![Command::SetLabel {
                node: node(n)?,
                label: format!("label {text}"),
            }],
            Self::Field(n, text) => vec![Command::SetField {
                node: node(n)?,
                field: "url".into(),
                value: (*text > 50).then(|| FieldValue::text(format!("https://{text}"))),
            }],
            Self::Cases(n, count) => vec![Command::SetField {
                node: node(n)?,
                field: "cases".into(),
                value: Some(FieldValue::Cases(
                    (0..count % 4)
                        .map(|number| flow::Case {
                            port: Port::new(format!("case-{number}")),
                            value: number.to_string(),
                            label: String::new(),
                        })
                        .collect(),
                )),
            }],
            Self::EdgeLabel(e, text) => vec![Command::SetEdgeLabel {
                edge: edge(e)?,
                label: format!("label {text}"),
            }],
            Self::Name(text) => {
                vec![Command::SetFlow(FlowSetting::Name(format!("Flow {text}")))]
            }
            Self::Disable(a, b) => {
                vec![select(vec![node(a)?, node(b)?]), Command::ToggleDisabled]
            }
            Self::Note(x, y) => vec![Command::AddNote {
                at_in_canvas: Some(point(x, y)),
            }],
            Self::Write(n, text) => vec![Command::SetNoteText {
                note: note(n)?,
                text: format!("text {text}"),
                needs_height: (*text > 100).then(|| f64::from(*text) * 3.0),
            }],
            Self::Resize(n, x, y) => {
                let note = note(n)?;
                let at = flow.notes[&note].at;
                let rect = Rect::between(at, at + point(x, y));
                vec![Command::PlaceNote { note, rect }]
            }
            Self::SelectNote(n) => vec![Command::SelectNote(note(n)?)],
            Self::TintNote(n, t) => {
                vec![Command::SelectNote(note(n)?), Command::TintNotes(tint(t))]
            }
            Self::Group(a, b) => vec![select(vec![node(a)?, node(b)?]), Command::Group],
            Self::Ungroup(a, b) => vec![select(vec![node(a)?, node(b)?]), Command::Ungroup],
            Self::NameGroup(g, text) => vec![Command::SetGroupTitle {
                group: group(g)?,
                title: format!("group {text}"),
            }],
            Self::TintGroup(g, t) => vec![Command::SetGroupTint {
                group: group(g)?,
                tint: tint(t),
            }],
            Self::SelectGroup(g) => vec![Command::SelectGroup(group(g)?)],
            Self::Duplicate(a, b) => vec![select(vec![node(a)?, node(b)?]), Command::Duplicate],
            Self::Undo => vec![Command::Undo],
            Self::Redo => vec![Command::Redo],
        })
    }
}

/// Something that happens to one person.
#[derive(Clone, Debug)]
pub(super) enum Stir {
    Input(Input),
    Deed(Deed),
    Others(Deed),
}

pub(super) fn stir() -> impl Strategy<Value = Stir> {
    prop_oneof![
        8 => input().prop_map(Stir::Input),
        2 => deed().prop_map(Stir::Deed),
        1 => deed().prop_map(Stir::Others),
    ]
}

fn input() -> impl Strategy<Value = Input> {
    let at = || (0..1280, 0..800).prop_map(|(x, y)| Point::new(f64::from(x), f64::from(y)));
    let button = || {
        prop_oneof![
            6 => Just(Button::Primary),
            1 => Just(Button::Middle),
            1 => Just(Button::Secondary),
        ]
    };
    let modifiers = || {
        (
            prop::bool::weighted(0.15),
            prop::bool::weighted(0.15),
            prop::bool::weighted(0.15),
        )
            .prop_map(|(shift, alt, primary)| Modifiers {
                shift,
                alt,
                primary,
            })
    };
    let millis = || (0..4_000).prop_map(f64::from);
    let key = || {
        prop::sample::select(vec![
            "Escape",
            "Enter",
            "Tab",
            "Delete",
            "Backspace",
            "ArrowLeft",
            "ArrowRight",
            "ArrowUp",
            "ArrowDown",
            " ",
            "z",
            "y",
            "a",
            "c",
            "x",
            "d",
            "n",
            "s",
            "g",
            "+",
            "-",
            "0",
            "1",
            "F2",
            ".",
        ])
        .prop_map(|key| Key::of_event(key, ""))
    };
    prop_oneof![
        6 => (at(), button(), modifiers(), millis(), prop::bool::weighted(0.2)).prop_map(
            |(at_in_screen, button, modifiers, at_millis, touch)| Input::PointerDown {
                at_in_screen, button, modifiers, at_millis,
                pointer: if touch { PointerKind::Touch } else { PointerKind::Mouse },
            }
        ),
        10 => (at(), modifiers()).prop_map(|(at_in_screen, modifiers)| Input::PointerMove { at_in_screen, modifiers }),
        6 => (at(), button(), modifiers(), millis()).prop_map(
            |(at_in_screen, button, modifiers, at_millis)| Input::PointerUp { at_in_screen, button, modifiers, at_millis }
        ),
        1 => Just(Input::PointerCancel),
        1 => Just(Input::PointerLeave),
        2 => (at(), -300..300, modifiers()).prop_map(|(at_in_screen, delta, modifiers)| Input::Wheel {
            at_in_screen, delta: Point::new(0.0, f64::from(delta)), unit: WheelUnit::Pixels, modifiers, pinch: false,
        }),
        4 => (key(), modifiers()).prop_map(|(key, modifiers)| Input::KeyDown { key, modifiers }),
        2 => key().prop_map(|key| Input::KeyUp { key }),
        2 => millis().prop_map(|at_millis| Input::Tick { at_millis }),
        2 => prop::option::weighted(0.7, at()).prop_map(|at_in_screen| Input::SecondFinger { at_in_screen }),
        1 => at().prop_map(|at_in_screen| Input::ContextMenu { at_in_screen }),
    ]
}

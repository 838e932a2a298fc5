//! Flows that nobody would draw: whatever edits make of them, sensible or not.

use std::sync::Arc;

use flow::{
    Case, DataType, Edge, Entity, EntityKind, EntityRef, Exit, Extra, FieldKey, FieldValue, Flow,
    FlowKind, FlowSetting, Group, GroupId, Interface, Kind, Node, NodeId, Note, NoteId, NoteSize,
    Op, Pair, Parameter, ParameterType, Point, Port, Region, RegionId, RegionKind, Tint,
    Transaction, Variable, Workspace, apply, catalogue,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

pub(crate) fn id() -> impl Strategy<Value = NodeId> {
    (0..6_u8).prop_map(|number| NodeId::new(format!("n{number}")))
}

pub(crate) fn port() -> impl Strategy<Value = Port> {
    select(vec![
        "out", "true", "false", "default", "case-1", "case-2", "gone",
    ])
    .prop_map(Port::new)
}

pub(crate) fn kind() -> impl Strategy<Value = Kind> {
    let mut kinds: Vec<Kind> = catalogue().iter().map(|spec| spec.kind.clone()).collect();
    kinds.push(Kind::foreign("TeleportNode"));
    select(kinds)
}

/// Texts with what templates, JSON and URLs are made of, and letters of
/// several bytes.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let parts = [
        "{{",
        "}}",
        "${",
        "}",
        "{",
        "#",
        "phoneNumber",
        "externalContact",
        ".",
        "responseCode",
        " ",
        "==",
        "200",
        "\"",
        "\\",
        "é",
        "名",
        "🙂",
        "json.parse(",
        ")",
        "[",
        "]",
        "!",
        "and",
        "https://",
        "http://",
        "/",
        "@",
        ":",
        "%",
        "\n",
        "x",
        ",",
        "'",
    ];
    vec(select(parts.to_vec()), 0..12).prop_map(|parts| parts.concat())
}

pub(crate) fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("JSON has finite numbers", |number| number.is_finite())
            .prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((text(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

pub(crate) fn pair() -> impl Strategy<Value = Pair> {
    let names = ["a", "b", "Content-Type", "", "true", "customer.name"];
    let value = prop_oneof![
        text().prop_map(Value::from),
        Just(json!("application/json")),
        json_value()
    ];
    (select(names.to_vec()), value).prop_map(|(name, value)| Pair {
        name: name.to_owned(),
        value,
    })
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    let texts = || select(vec!["", "200", "Found", "default"]);
    (port(), texts(), texts()).prop_map(|(port, value, label)| Case {
        port,
        value: value.to_owned(),
        label: label.to_owned(),
    })
}

pub(crate) fn value() -> impl Strategy<Value = FieldValue> {
    prop_oneof![
        4 => text().prop_map(FieldValue::Text),
        1 => any::<i64>().prop_map(FieldValue::Integer),
        2 => vec(pair(), 0..4).prop_map(FieldValue::Pairs),
        2 => vec(case(), 0..4).prop_map(FieldValue::Cases),
        1 => json_value().prop_map(FieldValue::Json),
        1 => reference().prop_map(FieldValue::Reference),
    ]
}

/// Names and ids that flows and workspaces have in common.
fn called() -> impl Strategy<Value = String> {
    select(vec!["a", "b", "Edited", "", "{{"]).prop_map(str::to_owned)
}

pub(crate) fn reference() -> impl Strategy<Value = EntityRef> {
    prop_oneof![
        called().prop_map(EntityRef::Id),
        called().prop_map(EntityRef::Name)
    ]
}

pub(crate) fn key() -> impl Strategy<Value = FieldKey> {
    let keys = [
        "url",
        "method",
        "headers",
        "body",
        "timeout",
        "on",
        "cases",
        "variables",
        "expression",
        "prompt",
        "configuration",
        "dataAction",
        "module",
        "flow",
        "inputs",
        "outputs",
    ];
    select(keys.to_vec()).prop_map(FieldKey::of)
}

fn exit() -> impl Strategy<Value = Exit> {
    (port(), text()).prop_map(|(port, label)| Exit { port, label })
}

fn region_id() -> impl Strategy<Value = RegionId> {
    (0..3_u8).prop_map(|number| RegionId::new(format!("r{number}")))
}

fn extra() -> impl Strategy<Value = Extra> {
    let pointers = [
        "/unknown",
        "/configuration/unknown",
        "/settings/unknown",
        "/action/unknown",
        "/action/type",
        "/id",
        "no slash",
        "",
        "/a/b/c",
    ];
    vec((select(pointers.to_vec()), json_value()), 0..2).prop_map(|members| {
        let members = members.into_iter();
        members
            .map(|(pointer, value)| (pointer.to_owned(), value))
            .collect()
    })
}

/// Any node, sensible or not.
pub(crate) fn node() -> impl Strategy<Value = Node> {
    let fields = prop::collection::btree_map(key(), value(), 0..6);
    let placed = (
        option::weighted(0.1, region_id()),
        any::<bool>(),
        prop::bool::weighted(0.2),
        extra(),
    );
    let exits = vec(exit(), 0..3);
    (
        kind(),
        option::of(text()),
        fields,
        option::weighted(0.2, text()),
        exits,
        placed,
    )
        .prop_map(|(kind, label, fields, wire_id, exits, placed)| {
            let (region, joins, disabled, extra) = placed;
            let plain = Node::of(&kind);
            Node {
                // The label that a further action has.
                label: label.unwrap_or(plain.label),
                kind,
                fields: fields.into_iter().collect(),
                exits,
                region,
                joins,
                disabled,
                wire_id,
                extra,
            }
        })
}

fn region() -> impl Strategy<Value = Region> {
    let kinds = vec![
        RegionKind::Menu,
        RegionKind::Task,
        RegionKind::Foreign("queue".into()),
    ];
    (select(kinds), text()).prop_map(|(kind, name)| Region {
        kind,
        name,
        wire_id: None,
        extra: Extra::new(),
    })
}

fn parameter() -> impl Strategy<Value = Parameter> {
    let names = select(vec!["a", "b", "phoneNumber", "a b", "", "x.y"]);
    let types = prop_oneof![
        4 => select(DataType::ALL.to_vec()).prop_map(ParameterType::Known),
        1 => text().prop_map(|text| ParameterType::Foreign(text.into())),
        1 => Just(ParameterType::Foreign(Value::Null)),
    ];
    (names, types, any::<bool>(), option::of(text())).prop_map(
        |(name, datatype, required, description)| Parameter {
            name: name.to_owned(),
            datatype,
            required,
            description: description.unwrap_or_default(),
            extra: Extra::new(),
        },
    )
}

/// What flows can refer to, with names and ids that stand twice.
pub(crate) fn workspace() -> impl Strategy<Value = Workspace> {
    let kinds = || {
        select(vec![
            EntityKind::Module,
            EntityKind::SharedFlow,
            EntityKind::DataAction,
        ])
    };
    let interface = || {
        (vec(parameter(), 0..3), vec(parameter(), 0..3))
            .prop_map(|(inputs, outputs)| Interface { inputs, outputs })
    };
    let entity = (
        kinds(),
        (option::of(called()), vec(called(), 0..2)),
        called(),
        (option::of(interface()), option::of(interface())),
        vec((kinds(), reference()), 0..3),
    )
        .prop_map(
            |(kind, (id, elsewhere), name, (interface, draft), calls)| Entity {
                kind,
                id,
                elsewhere,
                name,
                interface,
                draft,
                calls,
            },
        );
    (vec(entity, 0..6), any::<bool>())
        .prop_map(|(entities, is_complete)| Workspace::new(entities, is_complete))
}

pub(crate) fn edge() -> impl Strategy<Value = Edge> {
    (id(), port(), id(), text(), option::weighted(0.2, text())).prop_map(
        |(source, port, target, label, wire_id)| {
            let mut edge = Edge::new(source, port, target);
            edge.label = label;
            edge.wire_id = wire_id;
            edge
        },
    )
}

pub(crate) fn variable() -> impl Strategy<Value = Variable> {
    text().prop_map(|name| Variable {
        name,
        datatype: DataType::String,
        description: String::new(),
    })
}

pub(crate) fn point() -> impl Strategy<Value = Point> {
    (-1e6..1e6, -1e6..1e6).prop_map(|(x, y)| Point::new(x, y))
}

fn note_id() -> impl Strategy<Value = NoteId> {
    (0..3_u8).prop_map(|number| NoteId::new(format!("s{number}")))
}

fn tint() -> impl Strategy<Value = Tint> {
    select(Tint::ALL.to_vec())
}

fn size() -> impl Strategy<Value = NoteSize> {
    (-100.0..5_000.0, 0.0..5_000.0).prop_map(|(width, height)| NoteSize::new(width, height))
}

pub(crate) fn note() -> impl Strategy<Value = Note> {
    (text(), point(), size(), tint()).prop_map(|(text, at, size, tint)| Note {
        text,
        at,
        size: size.fitting(),
        tint,
    })
}

/// Edits of notes, of which some are refused.
fn note_op() -> impl Strategy<Value = Op> {
    prop_oneof![
        2 => (note_id(), note()).prop_map(|(id, note)| Op::AddNote { id, note: Arc::new(note) }),
        1 => note_id().prop_map(|id| Op::RemoveNote { id }),
        1 => (note_id(), text()).prop_map(|(id, text)| Op::SetNoteText { id, text }),
        1 => (note_id(), point(), size()).prop_map(|(id, at, size)| Op::PlaceNote { id, at, size }),
        1 => (note_id(), tint()).prop_map(|(id, tint)| Op::SetNoteTint { id, tint }),
    ]
}

fn group_id() -> impl Strategy<Value = GroupId> {
    (0..3_u8).prop_map(|number| GroupId::new(format!("g{number}")))
}

/// Edits of groups, of which some are refused.
fn group_op() -> impl Strategy<Value = Op> {
    let group = (text(), tint()).prop_map(|(title, tint)| Arc::new(Group { title, tint }));
    prop_oneof![
        2 => (group_id(), group).prop_map(|(id, group)| Op::AddGroup { id, group }),
        1 => group_id().prop_map(|id| Op::RemoveGroup { id }),
        1 => (group_id(), text()).prop_map(|(id, title)| Op::SetGroupTitle { id, title }),
        1 => (group_id(), tint()).prop_map(|(id, tint)| Op::SetGroupTint { id, tint }),
        4 => (id(), option::weighted(0.8, group_id()))
            .prop_map(|(id, group)| Op::SetNodeGroup { id, group }),
    ]
}

pub(crate) fn op() -> impl Strategy<Value = Op> {
    let index = || option::of(0..8_usize);
    let edge_id = || edge().prop_map(|edge| edge.key());
    prop_oneof![
        3 => (id(), node(), point(), index()).prop_map(|(id, node, position, index)| Op::AddNode {
            id, node: Arc::new(node), position, index,
        }),
        1 => id().prop_map(|id| Op::RemoveNode { id }),
        1 => (id(), point()).prop_map(|(id, to)| Op::MoveNode { id, to }),
        1 => id().prop_map(|id| Op::MoveNode { id, to: Point::new(f64::NAN, 0.0) }),
        1 => (id(), text()).prop_map(|(id, label)| Op::SetLabel { id, label }),
        2 => (id(), any::<bool>()).prop_map(|(id, disabled)| Op::SetDisabled { id, disabled }),
        2 => (id(), key(), option::of(value())).prop_map(|(id, field, value)| Op::SetField { id, field, value }),
        3 => (option::weighted(0.2, edge_id()), edge(), index()).prop_map(|(id, edge, index)| Op::Connect {
            id, edge: Arc::new(edge), index,
        }),
        1 => edge_id().prop_map(|id| Op::Disconnect { id }),
        1 => (edge_id(), text()).prop_map(|(id, label)| Op::SetEdgeLabel { id, label }),
        2 => (region_id(), region(), index()).prop_map(|(id, region, index)| Op::AddRegion {
            id, region: Arc::new(region), index,
        }),
        1 => region_id().prop_map(|id| Op::RemoveRegion { id }),
        1 => (region_id(), text()).prop_map(|(id, name)| Op::SetRegionName { id, name }),
        3 => note_op(),
        4 => group_op(),
        1 => text().prop_map(|name| Op::SetFlow(FlowSetting::Name(name))),
        1 => text().prop_map(|text| Op::SetFlow(FlowSetting::Description(text))),
        1 => option::of(text()).prop_map(|text| Op::SetFlow(FlowSetting::WireType(text))),
        1 => vec(parameter(), 0..3).prop_map(|inputs| Op::SetFlow(FlowSetting::Inputs(inputs))),
        1 => vec(parameter(), 0..3).prop_map(|outputs| Op::SetFlow(FlowSetting::Outputs(outputs))),
        1 => vec(variable(), 0..3).prop_map(|variables| Op::SetFlow(FlowSetting::Variables(variables))),
    ]
}

/// The sorts of flows.
pub(crate) fn flow_kind() -> impl Strategy<Value = FlowKind> {
    select(vec![
        FlowKind::Lookup,
        FlowKind::Call,
        FlowKind::Module,
        FlowKind::Shared,
        FlowKind::Architect,
    ])
}

/// Edits of a flow, each taken that is not refused.
#[derive(Clone, Debug)]
pub(crate) struct Changes(Vec<Op>);

impl Changes {
    pub(crate) fn apply(self, flow: &mut Flow) {
        for op in self.0 {
            let _refused = apply(flow, &Transaction::new("", vec![op]));
        }
    }
}

pub(crate) fn changes(most: usize) -> impl Strategy<Value = Changes> {
    vec(op(), 0..most).prop_map(Changes)
}

/// A flow that was made by edits.
pub(crate) fn edited() -> impl Strategy<Value = Flow> {
    (flow_kind(), changes(40)).prop_map(|(kind, changes)| {
        let mut flow = Flow::new(kind, "Edited");
        changes.apply(&mut flow);
        flow
    })
}

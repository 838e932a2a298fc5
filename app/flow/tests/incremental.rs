//! Checking after an edit finds what checking from scratch finds.
#![allow(clippy::expect_used)]

mod draw;

use std::sync::Arc;

use flow::{
    Case, Checker, DataType, Edge, EntityKind, EntityRef, FieldKey, FieldValue, Flow, FlowKind,
    FlowSetting, Kind, Node, Op, Pair, Parameter, Point, Port, Transaction, Variable, Workspace,
    apply, catalogue, check_in,
};
use proptest::{collection::vec, prelude::*, sample::select};

fn texts() -> impl Strategy<Value = String> {
    select(vec![
        "",
        "plain",
        "{{customer0}}",
        "{{customer1}} and {{lookupSuccess}}",
        "{{lookupSuccess}}",
        "{{custommer0}}",
        "{{externalContact.responseCode == 200}}",
        "{{externalContact.responsecode}}",
        "{{added + 1}}",
        "{{open",
        "https://crm.example.org/{{customer0}}",
        "http://crm.example.org",
        "200",
    ])
    .prop_map(str::to_owned)
}

fn names() -> impl Strategy<Value = String> {
    select(vec![
        "customer0",
        "customer1",
        "lookupSuccess",
        "added",
        "externalContact",
        "",
        "result",
    ])
    .prop_map(str::to_owned)
}

/// An edit of a flow whose nodes and edges are known by their numbers only.
#[derive(Clone, Debug)]
enum Deed {
    Text(usize, &'static str, String),
    Pairs(usize, &'static str, Vec<(String, String)>),
    Cases(usize, Vec<String>),
    Reference(usize, &'static str, EntityRef),
    Clear(usize, &'static str),
    Label(usize, String),
    Disable(usize, bool),
    EdgeLabel(usize, String),
    Add(Kind, usize),
    Remove(usize),
    Connect(usize, usize, usize),
    Disconnect(usize),
    Replace(usize, Kind),
    Move(usize),
    WireId(usize, usize),
    Name(String),
    Variables(Vec<String>),
    Inputs(Vec<String>),
    Outputs(Vec<String>),
    Undo,
}

fn deed() -> impl Strategy<Value = Deed> {
    let at = || 0..400_usize;
    let fields = select(vec!["url", "body", "expression", "on", "prompt", "method"]);
    let pair_fields = select(vec!["variables", "headers", "inputs", "outputs"]);
    let kinds = || {
        let kinds: Vec<_> = catalogue().iter().map(|spec| spec.kind.clone()).collect();
        select(kinds)
    };
    prop_oneof![
        4 => (at(), fields, texts()).prop_map(|(at, field, text)| Deed::Text(at, field, text)),
        4 => (at(), pair_fields, vec((names(), texts()), 0..3))
            .prop_map(|(at, field, pairs)| Deed::Pairs(at, field, pairs)),
        1 => (at(), vec(texts(), 0..3)).prop_map(|(at, values)| Deed::Cases(at, values)),
        1 => (at(), select(vec!["module", "flow", "dataAction"]), names())
            .prop_map(|(at, field, name)| Deed::Reference(at, field, EntityRef::Name(name))),
        1 => (at(), select(vec!["url", "variables", "cases", "expression"]))
            .prop_map(|(at, field)| Deed::Clear(at, field)),
        2 => (at(), texts()).prop_map(|(at, label)| Deed::Label(at, label)),
        3 => (at(), prop::bool::weighted(0.7)).prop_map(|(at, disabled)| Deed::Disable(at, disabled)),
        1 => (at(), texts()).prop_map(|(at, label)| Deed::EdgeLabel(at, label)),
        2 => (kinds(), at()).prop_map(|(kind, at)| Deed::Add(kind, at)),
        1 => at().prop_map(Deed::Remove),
        2 => (at(), at(), 0..3_usize).prop_map(|(from, to, exit)| Deed::Connect(from, to, exit)),
        2 => at().prop_map(Deed::Disconnect),
        1 => (at(), kinds()).prop_map(|(at, kind)| Deed::Replace(at, kind)),
        1 => at().prop_map(Deed::Move),
        1 => (at(), at()).prop_map(|(at, like)| Deed::WireId(at, like)),
        1 => names().prop_map(Deed::Name),
        1 => vec(names(), 0..3).prop_map(Deed::Variables),
        1 => vec(names(), 0..3).prop_map(Deed::Inputs),
        1 => vec(names(), 0..3).prop_map(Deed::Outputs),
        2 => Just(Deed::Undo),
    ]
}

/// The edits of a deed; none where the flow has nothing to do it to.
fn ops(flow: &Flow, deed: &Deed, number: usize) -> Option<Vec<Op>> {
    let node = |at: &usize| {
        let at = at.checked_rem(flow.nodes.len())?;
        flow.nodes.get_index(at).map(|(id, _)| id.clone())
    };
    let edge = |at: &usize| {
        let at = at.checked_rem(flow.edges.len())?;
        flow.edges.get_index(at).map(|(id, _)| id.clone())
    };
    let set = |at: &usize, field: &'static str, value: Option<FieldValue>| {
        Some(Op::SetField {
            id: node(at)?,
            field: FieldKey::of(field),
            value,
        })
    };
    let parameters = |names: &[String]| {
        let parameters = names
            .iter()
            .map(|name| Parameter::new(name, DataType::Integer));
        parameters.collect::<Vec<_>>()
    };
    let op = match deed {
        Deed::Text(at, field, text) => set(at, field, Some(FieldValue::text(text)))?,
        Deed::Pairs(at, field, pairs) => {
            let pairs = pairs.iter().map(|(name, value)| Pair::text(name, value));
            set(at, field, Some(FieldValue::Pairs(pairs.collect())))?
        }
        Deed::Cases(at, values) => {
            let cases = values.iter().enumerate().map(|(index, value)| Case {
                port: Port::new(format!("case-{}", index + 1)),
                value: value.clone(),
                label: String::new(),
            });
            set(at, "cases", Some(FieldValue::Cases(cases.collect())))?
        }
        Deed::Reference(at, field, reference) => {
            set(at, field, Some(FieldValue::Reference(reference.clone())))?
        }
        Deed::Clear(at, field) => set(at, field, None)?,
        Deed::Label(at, label) => Op::SetLabel {
            id: node(at)?,
            label: label.clone(),
        },
        Deed::Disable(at, disabled) => Op::SetDisabled {
            id: node(at)?,
            disabled: *disabled,
        },
        Deed::EdgeLabel(at, label) => Op::SetEdgeLabel {
            id: edge(at)?,
            label: label.clone(),
        },
        Deed::Add(kind, at) => Op::AddNode {
            id: format!("new-{number}").as_str().into(),
            node: Arc::new(Node::of(kind)),
            position: Point::default(),
            index: Some(at % (flow.nodes.len() + 1)),
        },
        Deed::Remove(at) => Op::RemoveNode { id: node(at)? },
        Deed::Connect(from, to, exit) => {
            let source = node(from)?;
            let exits = flow.nodes.get(&source)?.exits();
            let exit = exits.get(exit.checked_rem(exits.len())?)?.port.clone();
            Op::Connect {
                id: None,
                edge: Arc::new(Edge::new(source, exit, node(to)?)),
                index: None,
            }
        }
        Deed::Disconnect(at) => Op::Disconnect { id: edge(at)? },
        Deed::Replace(at, kind) => {
            let id = node(at)?;
            let index = flow.nodes.get_index_of(&id);
            return Some(vec![
                Op::RemoveNode { id: id.clone() },
                Op::AddNode {
                    id,
                    node: Arc::new(Node::of(kind)),
                    position: Point::default(),
                    index,
                },
            ]);
        }
        Deed::Move(at) => Op::MoveNode {
            id: node(at)?,
            to: Point::new(20.0 * f64::from(u16::try_from(number).ok()?), 40.0),
        },
        // The node goes over the wire under the id of another.
        Deed::WireId(at, like) => {
            let id = node(at)?;
            let index = flow.nodes.get_index_of(&id);
            let mut named = Node::clone(flow.nodes.get(&id)?);
            named.wire_id = Some(node(like)?.to_string());
            return Some(vec![
                Op::RemoveNode { id: id.clone() },
                Op::AddNode {
                    id,
                    node: Arc::new(named),
                    position: Point::default(),
                    index,
                },
            ]);
        }
        Deed::Name(name) => Op::SetFlow(FlowSetting::Name(name.clone())),
        Deed::Variables(names) => {
            let variables = names.iter().map(|name| Variable {
                name: name.clone(),
                datatype: DataType::Integer,
                description: String::new(),
            });
            Op::SetFlow(FlowSetting::Variables(variables.collect()))
        }
        Deed::Inputs(names) => Op::SetFlow(FlowSetting::Inputs(parameters(names))),
        Deed::Outputs(names) => Op::SetFlow(FlowSetting::Outputs(parameters(names))),
        Deed::Undo => return None,
    };
    Some(vec![op])
}

/// A workspace with one of each, so that references find something.
fn workspace() -> Workspace {
    let entity = |kind, name: &str| flow::Entity {
        kind,
        id: Some(format!("id of {name}")),
        name: name.to_owned(),
        interface: Some(flow::Interface {
            inputs: vec![Parameter::new("added", DataType::Integer)],
            outputs: vec![Parameter::new("result", DataType::String)],
        }),
        elsewhere: Vec::new(),
        draft: None,
        calls: vec![(EntityKind::Module, EntityRef::Name("customer1".to_owned()))],
    };
    Workspace::new(
        vec![
            entity(EntityKind::Module, "customer0"),
            entity(EntityKind::SharedFlow, "result"),
            entity(EntityKind::DataAction, "added"),
        ],
        true,
    )
}

fn agrees(flow: &mut Flow, deeds: &[Deed], workspace: &Arc<Workspace>) {
    let mut checker = Checker::new(Arc::clone(workspace));
    assert_eq!(checker.check(flow), check_in(flow, workspace));
    let mut undo: Vec<Vec<Op>> = Vec::new();
    for (number, deed) in deeds.iter().enumerate() {
        let ops = match deed {
            Deed::Undo => undo.pop(),
            deed => ops(flow, deed, number),
        };
        let Some(ops) = ops else {
            continue;
        };
        if let Ok(applied) = apply(flow, &Transaction::new("", ops)) {
            if *deed != Deed::Undo {
                undo.push(applied.inverse);
            }
            let found = checker.check(flow);
            assert_eq!(found, check_in(flow, workspace), "after {deed:?}");
        }
    }
}

impl PartialEq for Deed {
    fn eq(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn checking_after_each_edit_finds_what_checking_from_scratch_finds(
        kind in select(vec![FlowKind::Lookup, FlowKind::Module, FlowKind::Shared, FlowKind::Call]),
        deeds in vec(deed(), 1..40),
    ) {
        let mut flow = draw::realistic(32);
        flow.kind = kind;
        agrees(&mut flow, &deeds, &Arc::new(workspace()));
    }
}

#[test]
fn a_flow_with_more_problems_than_are_reported_is_checked_the_same_way_after_edits() {
    let mut flow = Flow::new(FlowKind::Lookup, "Broken");
    draw::node(&mut flow, "start", &Kind::START);
    // Each of these has several problems, together more than the 10,000 kept.
    for number in 0..1_700 {
        let node = Node {
            label: String::new(),
            fields: Default::default(),
            ..Node::of(&Kind::LOOKUP)
        };
        flow.nodes
            .insert(format!("n{number}").as_str().into(), Arc::new(node));
    }
    let mut checker = Checker::default();
    assert_eq!(checker.check(&flow), flow::check(&flow));
    for id in ["n0", "n1", "n1699"] {
        let op = Op::SetLabel {
            id: id.into(),
            label: format!("Named {id}"),
        };
        apply(&mut flow, &Transaction::new("", vec![op])).expect("a node that is there");
        let found = checker.check(&flow);
        assert_eq!(found.len(), 10_000);
        assert_eq!(found, flow::check(&flow), "after naming {id}");
    }
    // Few enough again once most are gone.
    let gone = (100..1_700).map(|number| Op::RemoveNode {
        id: format!("n{number}").as_str().into(),
    });
    apply(&mut flow, &Transaction::new("", gone.collect())).expect("nodes that are there");
    assert_eq!(checker.check(&flow), flow::check(&flow));
    assert!(checker.check(&flow).len() < 10_000);
}

#[test]
fn another_workspace_is_looked_at_anew() {
    let mut flow = Flow::new(FlowKind::Call, "Caller");
    draw::node(&mut flow, "start", &Kind::START);
    draw::node(&mut flow, "module", &Kind::FLOW_MODULE);
    draw::edge(&mut flow, "start", "out", "module");
    let reference = EntityRef::Id("id of customer0".to_owned());
    draw::field(
        &mut flow,
        "module",
        "module",
        FieldValue::Reference(reference),
    );
    let mut checker = Checker::default();
    let codes = |problems: Vec<flow::Problem>| {
        let codes = problems.iter().map(|problem| problem.code.as_str());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes(checker.check(&flow)), ["reference-not-seen"]);
    checker.set_workspace(Arc::new(workspace()));
    assert_eq!(codes(checker.check(&flow)), ["mapping-input-open"]);
    checker.set_workspace(Arc::new(Workspace::new(Vec::new(), true)));
    assert_eq!(codes(checker.check(&flow)), ["reference-missing"]);
}

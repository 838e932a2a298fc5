//! The guide on flow modules: a module made empty, filled, and linked into two
//! call flows that exist elsewhere.

use flow::{
    Entity, EntityKind, EntityRef, FieldKey, FieldValue, FlowKind, Kind, Node, Op, Stamp,
    Transaction, Workspace, apply, import, put_first,
};

use crate::{Drawing, expected::Guide, read_at, sent, unsent};

const MODULE: &str = "b7c0d5a2-3a36-4d7e-a7d4-0d35a5cbb0a1";

#[test]
fn the_modules_of_the_guide_are_drawn_linked_and_sent_as_it_sends_them() {
    let Some(mut guide) = Guide::named("flow-modules.json") else {
        return;
    };
    assert_eq!(guide.bodies(), 4, "each is compared below");
    let nothing = Workspace::new(Vec::new(), true);
    let mut module = Drawing::new(
        FlowKind::Module,
        "Shared_Auth_Library_v1",
        "Centralized authentication logic for all inbound flows.",
    );
    guide.assert_sent(1, &sent(&module.flow, &unsent(), &nothing));

    module.add("init", &Kind::SET_VARIABLES, "Set Auth Pending");
    module.set_pairs("init", "variables", &[("auth_status", "pending")]);
    module.connect("start", "init");
    guide.assert_sent(3, &sent(&module.flow, &read_at(MODULE, 1), &nothing));

    let entity = Entity::of_flow(&module.flow, Some(MODULE)).expect("a module can be called");
    let workspace = Workspace::new(vec![entity], true);
    for (read, written, node) in [(4, 5, "execute-1"), (6, 7, "execute-2")] {
        let mut file = import(&guide.answer(read)).expect("the answer can be read");
        assert_eq!(file.flow.kind, FlowKind::Call);
        let mut execute = Node::of(&Kind::FLOW_MODULE);
        execute.label = "Execute Shared Auth".to_owned();
        let called = EntityRef::Id(MODULE.to_owned());
        execute.fields.insert(
            FieldKey::of("module"),
            FieldValue::Reference(called.clone()),
        );
        let ops = put_first(&file.flow, node.into(), execute).expect("a call flow has a Start");
        apply(&mut file.flow, &Transaction::new("Link module", ops)).expect("it applies");
        let stamp: Stamp = file.stamp.expect("it says which it is");
        guide.assert_sent(written, &sent(&file.flow, &stamp, &workspace));
        let calls: Vec<_> = file.flow.calls().collect();
        assert_eq!(calls.len(), 1);
        assert_eq!(
            (calls[0].kind, calls[0].reference),
            (EntityKind::Module, &called)
        );
    }
}

#[test]
fn a_second_module_goes_before_what_came_first() {
    let mut drawing = Drawing::new(FlowKind::Call, "Inbound", "");
    let module = |label: &str| {
        let mut node = Node::of(&Kind::FLOW_MODULE);
        node.label = label.to_owned();
        node
    };
    for id in ["one", "two"] {
        let ops = put_first(&drawing.flow, id.into(), module(id)).expect("a Start is there");
        drawing.edit(ops);
    }
    let order: Vec<_> = drawing
        .flow
        .edges
        .values()
        .map(|edge| format!("{} > {}", edge.source, edge.target))
        .collect();
    assert_eq!(order, ["start > two", "two > one"]);
    let at = |id: &str| drawing.flow.position(&id.into()).y;
    assert!(at("start") < at("two") && at("two") < at("one"));
    let gone = Op::RemoveNode { id: "start".into() };
    drawing.edit(vec![gone]);
    assert_eq!(put_first(&drawing.flow, "x".into(), module("x")), None);
}

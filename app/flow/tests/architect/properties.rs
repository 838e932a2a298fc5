//! Laws that hold of every document.

use std::sync::Arc;

use flow::{
    Edge, Flow, Kind, Node, NodeId, Op, Point, Port, RegionKind, Transaction, apply, architect,
    diff, merge,
};
use proptest::{collection::vec, prelude::*};
use serde_json::{Map, Value, json};

use crate::{assert_kept, drawn, exactly, places::places, read, written};

fn name() -> impl Strategy<Value = String> {
    let names = [
        "",
        "actions",
        "outputs",
        "yes",
        "no",
        "out",
        "name",
        "refId",
        "trackingId",
        "tasks",
        "choices",
        "a/b",
        "~1",
        "configuration",
        "value",
        "lit",
        "exp",
    ];
    prop::sample::select(names.to_vec()).prop_map(str::to_owned)
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(vec!["", "text", "a_1", "é", "\n"]).prop_map(Value::from),
    ]
}

fn object(members: Vec<(String, Value)>) -> Value {
    Value::Object(members.into_iter().collect::<Map<_, _>>())
}

/// Any value, sensible or not.
fn value() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            vec((name(), inner), 0..3).prop_map(object),
        ]
    })
}

/// A body with lists of actions nested in it, the members in any order.
fn body(lists: impl Strategy<Value = Value> + Clone + 'static) -> impl Strategy<Value = Value> {
    let outputs = vec((name(), lists.clone()), 1..4).prop_map(|outputs| {
        let outputs = outputs.into_iter();
        object(
            outputs
                .map(|(name, list)| (name, json!({ "actions": list })))
                .collect(),
        )
    });
    let cases = vec((leaf(), lists.clone()), 0..3).prop_map(|cases| {
        let cases = cases.into_iter();
        let cases =
            cases.map(|(lit, list)| json!({"case": {"value": {"lit": lit}, "actions": list}}));
        json!({"firstTrue": {"cases": cases.collect::<Vec<_>>()}})
    });
    let members = vec(
        prop_oneof![
            2 => (name(), value()),
            2 => (Just("name".to_owned()), leaf()),
            4 => (Just("outputs".to_owned()), outputs),
            1 => (Just("evaluate".to_owned()), cases),
            1 => (Just("actions".to_owned()), lists),
        ],
        1..4,
    );
    prop_oneof![9 => members.prop_map(object), 1 => value()]
}

/// Actions with actions nested in them.
fn actions() -> impl Strategy<Value = Value> + Clone {
    Just(json!([])).prop_recursive(6, 60, 4, |lists| {
        let sorts = ["decision", "playAudio", "callData", "loop", "", "menuTask"];
        let sort = prop::sample::select(sorts.to_vec());
        let action = (sort, body(lists)).prop_map(|(sort, body)| json!({ sort: body }));
        vec(action, 1..5).prop_map(Value::from)
    })
}

fn part() -> impl Strategy<Value = Value> {
    let member = prop_oneof![
        2 => (Just("name".to_owned()), leaf()),
        2 => (Just("refId".to_owned()), leaf()),
        3 => (Just("actions".to_owned()), actions()),
        3 => (Just("choices".to_owned()), actions()),
        1 => (name(), value()),
    ];
    let sorts = vec!["task", "menu", "state", "loopTask"];
    (prop::sample::select(sorts), vec(member, 1..6))
        .prop_map(|(sort, members)| json!({ sort: object(members) }))
}

fn document() -> impl Strategy<Value = Value> {
    let member = prop_oneof![
        1 => (Just("name".to_owned()), leaf()),
        1 => (Just("description".to_owned()), leaf()),
        2 => (Just("tasks".to_owned()), vec(part(), 0..4).prop_map(Value::from)),
        1 => (Just("menus".to_owned()), vec(part(), 0..3).prop_map(Value::from)),
        1 => (Just("states".to_owned()), vec(part(), 0..3).prop_map(Value::from)),
        2 => (Just("startUpTaskActions".to_owned()), actions()),
        1 => (name(), value()),
    ];
    let types = vec!["inboundCall", "commonModule", "workflow", "own/type"];
    (prop::sample::select(types), vec(member, 1..7))
        .prop_map(|(wire_type, members)| json!({ wire_type: object(members) }))
}

fn edit(flow: &mut Flow, ops: Vec<Op>) {
    apply(flow, &Transaction::new("Edit", ops)).expect("edits that apply");
}

fn connect(source: &NodeId, port: Port, target: &NodeId) -> Op {
    let edge = Edge::new(source.clone(), port, target.clone());
    Op::Connect {
        id: None,
        edge: Arc::new(edge),
        index: None,
    }
}

/// One of the actions: its key and the pointer of the list that it is in with
/// its place there.
fn one(
    flow: &Flow,
    document: &Value,
    index: prop::sample::Index,
) -> Option<(NodeId, String, usize)> {
    if flow.nodes.is_empty() {
        return None;
    }
    let index = index.index(flow.nodes.len());
    let (id, _) = flow.nodes.get_index(index)?;
    let place = places(document).get(index)?.clone();
    let (list, at) = place.rsplit_once('/')?;
    Some((id.clone(), list.to_owned(), at.parse().ok()?))
}

fn items<'a>(document: &'a mut Value, list: &str) -> &'a mut Vec<Value> {
    let list = document.pointer_mut(list).expect("the list is there");
    list.as_array_mut().expect("a list")
}

proptest! {
    #[test]
    fn each_action_is_a_node_in_the_documents_order(document in document()) {
        let flow = read(&document);
        let sorts = flow.nodes.values().map(|node| node.kind.foreign_type().expect("a sort"));
        let places = places(&document);
        let items = places.iter().map(|place| {
            let item = document.pointer(place).and_then(Value::as_object);
            item.and_then(|item| item.keys().next()).expect("a sort").as_str()
        });
        prop_assert!(sorts.eq(items));
    }

    #[test]
    fn a_renamed_node_is_a_renamed_action(mut document in document(), index in any::<prop::sample::Index>()) {
        let mut flow = read(&document);
        let Some((id, list, at)) = one(&flow, &document, index) else {
            return Ok(());
        };
        edit(&mut flow, vec![Op::SetLabel { id, label: "Renamed".into() }]);
        let item = items(&mut document, &list)[at].as_object_mut();
        let body = item.and_then(|item| item.values_mut().next()).expect("a body");
        if body.is_null() {
            *body = json!({});
        }
        let Some(members) = body.as_object_mut() else {
            prop_assert!(architect::write(&flow).is_err(), "there is no room for a name");
            return Ok(());
        };
        match members.get_mut("name") {
            Some(name) => *name = json!("Renamed"),
            None => {
                members.shift_insert(0, "name".into(), json!("Renamed"));
            }
        }
        prop_assert_eq!(exactly(&written(&flow)), exactly(&document));
    }

    #[test]
    fn a_deleted_leaf_leaves_its_list_shorter(mut document in document(), index in any::<prop::sample::Index>()) {
        let mut flow = read(&document);
        let Some((id, list, at)) = one(&flow, &document, index) else {
            return Ok(());
        };
        if flow.edges_from(&id).next().is_none() {
            edit(&mut flow, vec![Op::RemoveNode { id }]);
            items(&mut document, &list).remove(at);
        }
        prop_assert_eq!(exactly(&written(&flow)), exactly(&document));
    }

    #[test]
    fn an_inserted_action_follows_the_one_before_it(mut document in document(), index in any::<prop::sample::Index>()) {
        let mut flow = read(&document);
        let Some((id, list, at)) = one(&flow, &document, index) else {
            return Ok(());
        };
        let region = flow.nodes[&id].region.clone();
        let part = region.as_ref().map(|region| &flow.regions[region]);
        let is_choice = part.is_some_and(|part| part.kind == RegionKind::Menu)
            && flow.edges.values().all(|edge| edge.target != id);
        if is_choice {
            // What follows a choice is on its exits.
            return Ok(());
        }
        let new = NodeId::from("new");
        let mut node = Node::of(&Kind::foreign("wait"));
        node.label = "New".into();
        node.region = region;
        let mut ops = vec![Op::AddNode {
            id: new.clone(),
            node: Arc::new(node),
            position: Point::default(),
            index: None,
        }];
        let next = flow.edges_from(&id).find(|(_, edge)| edge.port == Port::OUT);
        if let Some((key, edge)) = next {
            ops.push(Op::Disconnect { id: key.clone() });
            ops.push(connect(&new, Port::OUT, &edge.target));
        }
        ops.push(connect(&id, Port::OUT, &new));
        edit(&mut flow, ops);
        items(&mut document, &list).insert(at + 1, json!({"wait": {"name": "New"}}));
        prop_assert_eq!(exactly(&written(&flow)), exactly(&document));
    }

    #[test]
    fn a_document_comes_back_as_the_same_tree(document in document()) {
        assert_kept(&document);
    }

    #[test]
    fn a_flow_drawn_by_edits_is_written_as_one_that_was_read(document in document()) {
        let flow = read(&document);
        let drawn = drawn(&flow);
        prop_assert_eq!(exactly(&written(&drawn)), exactly(&document));
    }

    #[test]
    fn what_was_written_is_read_as_the_same_flow(document in document()) {
        let flow = read(&document);
        let again = read(&written(&flow));
        prop_assert_eq!(diff(&flow, &again), []);
        prop_assert_eq!(&again, &flow);
        let merged = merge(&flow, &again, &flow);
        prop_assert_eq!(merged.conflicts, []);
        prop_assert_eq!(exactly(&written(&merged.flow)), exactly(&document));
    }

    #[test]
    fn any_value_is_a_flow_or_an_error(document in value()) {
        if let Ok(flow) = architect::read(document.clone()) {
            prop_assert_eq!(exactly(&written(&flow)), exactly(&document));
        }
    }

    /// Whatever is drawn, writing either says what is in the way or gives a
    /// document that reads as as many steps.
    #[test]
    fn a_drawn_edge_is_written_or_refused(
        document in document(),
        source in any::<prop::sample::Index>(),
        target in any::<prop::sample::Index>(),
        port in prop_oneof![Just("out"), Just("outputs/yes"), Just("true")],
    ) {
        let mut flow = read(&document);
        if flow.nodes.is_empty() {
            return Ok(());
        }
        let at = |index: prop::sample::Index| {
            let (id, _) = flow.nodes.get_index(index.index(flow.nodes.len())).expect("a node");
            id.clone()
        };
        let drawn = connect(&at(source), Port::new(port), &at(target));
        edit(&mut flow, vec![drawn]);
        match architect::write(&flow) {
            Ok(written) => prop_assert_eq!(read(&written).nodes.len(), flow.nodes.len()),
            Err(problems) => prop_assert!(!problems.is_empty()),
        }
    }
}

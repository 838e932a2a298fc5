//! The flow as a tree of rows.

use std::{collections::HashSet, sync::Arc};

use flow::{Edge, Flow, FlowKind, Kind, Node, NodeId, Point, Port};

use crate::{
    Command, Folded, Leads, Outline, OutlineEntry, OutlineKey, OutlineStep, SelectMode,
    scene::Scene,
    testing::{Person, phone_lookup},
};

/// A flow of nodes that each have these exits, and edges between them.
fn flow_of(nodes: &[(&str, usize)], edges: &[(&str, usize, &str)]) -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Flow");
    for (place, (id, exits)) in nodes.iter().enumerate() {
        let kind = match *id {
            "start" => Kind::START,
            _ if *exits == 0 => Kind::END,
            _ => Kind::foreign("Any"),
        };
        let mut node = Node::of(&kind);
        node.label = (*id).to_owned();
        if node.kind.foreign_type().is_some() {
            node.exits = (0..*exits)
                .map(|exit| flow::Exit {
                    port: Port::new(format!("{exit}")),
                    label: format!("exit {exit}"),
                })
                .collect();
        }
        flow.nodes.insert((*id).into(), Arc::new(node));
        let at = Point::new(0.0, 100.0 * place as f64);
        flow.positions.insert((*id).into(), at);
    }
    for (source, exit, target) in edges {
        let port = match *source {
            "start" => Port::OUT,
            _ => Port::new(format!("{exit}")),
        };
        let edge = Edge::new((*source).into(), port, (*target).into());
        flow.edges.insert(edge.key(), Arc::new(edge));
    }
    flow
}

/// The outline as lines, indented by level.
fn lines(flow: Flow) -> Vec<String> {
    let person = Person::at(flow);
    let editor = &person.editor;
    let line = |row: &crate::OutlineRow| {
        let words = match &row.entry {
            OutlineEntry::Node { id, .. } => id.as_str().to_owned(),
            OutlineEntry::Exit {
                node, port, leads, ..
            } => {
                let mark = match leads {
                    Leads::Below(_) => " (below)",
                    _ => "",
                };
                format!("> {}{mark}", editor.describe_exit(node, port, leads))
            }
            OutlineEntry::NotReached => "Not reached".to_owned(),
        };
        format!("{}{words}", "  ".repeat(row.level - 1))
    };
    editor.outline().rows().iter().map(line).collect()
}

fn check(flow: Flow, expected: &[&str]) {
    assert_eq!(lines(flow), expected);
}

#[test]
fn what_several_ways_lead_to_follows_after_the_step_where_they_part() {
    check(
        phone_lookup(),
        &[
            "start",
            "lookup",
            "split",
            "  > Found to set",
            "    set",
            "    > goes on at end",
            "  > default goes on at end",
            "end",
        ],
    );
}

#[test]
fn a_long_way_goes_on_at_the_level_of_its_step_and_short_ones_stand_below_their_exits() {
    check(
        flow_of(
            &[
                ("start", 1),
                ("a", 2),
                ("oops", 0),
                ("b", 2),
                ("c", 0),
                ("d", 0),
                ("e", 0),
            ],
            &[
                ("start", 0, "a"),
                ("a", 0, "b"),
                ("a", 1, "oops"),
                ("b", 0, "c"),
                ("b", 1, "d"),
            ],
        ),
        &[
            "start",
            "a",
            "  > exit 0 to b (below)",
            "  > exit 1 to oops",
            "    oops",
            "b",
            "  > exit 0 to c",
            "    c",
            "  > exit 1 to d",
            "    d",
            "Not reached",
            "  e",
        ],
    );
}

#[test]
fn what_no_way_from_the_start_leads_to_comes_last() {
    check(
        flow_of(
            &[
                ("y", 1),
                ("x", 1),
                ("start", 1),
                ("a", 1),
                ("p", 1),
                ("q", 1),
            ],
            &[
                ("start", 0, "a"),
                ("x", 0, "y"),
                ("y", 0, "a"),
                ("p", 0, "q"),
                ("q", 0, "p"),
            ],
        ),
        &[
            "start",
            "a",
            "> exit 0 not connected",
            "Not reached",
            "  x",
            "  y",
            "  > exit 0 goes on at a",
            "  p",
            "  q",
            "  > exit 0 goes on at p",
        ],
    );
}

#[test]
fn without_a_start_reading_begins_at_what_nothing_leads_to() {
    check(
        flow_of(&[("b", 1), ("a", 1)], &[("a", 0, "b")]),
        &["a", "b", "> exit 0 not connected"],
    );
    check(Flow::new(FlowKind::Lookup, "Empty"), &[]);
}

#[test]
fn circles_and_edges_by_exits_that_are_gone_are_shown() {
    check(
        flow_of(
            &[("start", 1), ("a", 1), ("b", 1)],
            &[
                ("start", 0, "a"),
                ("a", 0, "b"),
                ("b", 0, "a"),
                ("b", 7, "b"),
            ],
        ),
        &[
            "start",
            "a",
            "b",
            "  > exit 0 goes on at a",
            "  > 7 (no longer an exit) goes on at b",
        ],
    );
}

#[test]
fn outside_of_lookup_flows_a_step_without_a_way_on_is_an_end() {
    let mut flow = flow_of(&[("start", 1), ("a", 1)], &[("start", 0, "a")]);
    flow.kind = FlowKind::Call;
    check(flow, &["start", "a", "> exit 0 the flow ends here"]);
}

/// Draws flows of every shape, circles and unknown exits among them.
fn drawn(seed: u64) -> Flow {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % bound as u64).unwrap_or(0)
    };
    let names: Vec<String> = (0..2 + below(14)).map(|at| format!("n{at}")).collect();
    let mut nodes: Vec<(&str, usize)> = Vec::new();
    if below(5) > 0 {
        nodes.push(("start", 1));
    }
    nodes.extend(names.iter().map(|name| (name.as_str(), below(4))));
    let edges: Vec<_> = (0..below(24))
        .map(|_| {
            (
                nodes[below(nodes.len())].0,
                below(4),
                nodes[below(nodes.len())].0,
            )
        })
        .collect();
    flow_of(&nodes, &edges)
}

fn assert_sound(flow: &Flow, outline: &Outline) {
    let rows = outline.rows();
    let mut nodes = HashSet::new();
    let mut edges = HashSet::new();
    let mut keys = HashSet::new();
    for (at, row) in rows.iter().enumerate() {
        assert!(
            keys.insert(row.entry.key()),
            "each row has a key of its own"
        );
        if let OutlineEntry::Node { id, .. } = &row.entry {
            assert!(nodes.insert(id.clone()), "{id} comes once");
        }
        if let Some(edge) = row.entry.edge() {
            assert!(edges.insert(edge.clone()), "{edge} comes once");
        }
        let level = row.parent.map_or(1, |parent| rows[parent].level + 1);
        assert_eq!(row.level, level);
        assert!((1..=row.of).contains(&row.position));
        let beside = rows.iter().filter(|other| other.parent == row.parent);
        assert_eq!(beside.count(), row.of);
        assert!(
            rows[at + 1..row.end]
                .iter()
                .all(|below| below.level > row.level)
        );
        assert!(
            rows.get(row.end)
                .is_none_or(|after| after.level <= row.level)
        );
        assert_eq!(outline.find(&row.entry.key()), Some(at));
    }
    assert!(flow.nodes.keys().all(|id| nodes.contains(id)), "every node");
    assert_eq!(nodes.len(), flow.nodes.len());
    assert!(flow.edges.keys().all(|id| edges.contains(id)), "every edge");
    assert_eq!(edges.len(), flow.edges.len());
}

#[test]
fn every_node_and_every_edge_of_every_flow_has_one_row() {
    for seed in 1..2_000 {
        let flow = drawn(seed);
        assert_sound(&flow, Scene::of(&flow).outline(&flow));
    }
}

#[test]
fn every_exit_has_a_row_or_what_it_leads_to_follows() {
    for seed in 1..500 {
        let flow = drawn(seed);
        let scene = Scene::of(&flow);
        let outline = scene.outline(&flow);
        let follows = |edge: &flow::EdgeId| {
            let mut entries = outline.rows().iter().map(|row| &row.entry);
            entries
                .any(|entry| matches!(entry, OutlineEntry::Node { by: Some(by), .. } if by == edge))
        };
        for (id, node) in &flow.nodes {
            for exit in node.exits() {
                let key = OutlineKey::Exit(id.clone(), exit.port.clone(), 0);
                let mut edges = scene.graph().edges_by(&flow, id, &exit.port);
                assert!(outline.find(&key).is_some() || edges.any(follows));
            }
        }
    }
}

#[test]
fn moving_nodes_leaves_the_outline_alone() {
    let mut person = Person::at(phone_lookup());
    let before = person.editor.outline();
    person.drag("set", (-200.0, -400.0));
    person.keys("Mod+a Mod+Shift+Right");
    person.run(Command::SetLabel {
        node: "set".into(),
        label: "other".into(),
    });
    assert!(
        Arc::ptr_eq(&before, &person.editor.outline()),
        "not even made anew"
    );
    person.run(Command::Disconnect("set.out>end".into()));
    assert_ne!(before, person.editor.outline());
    person.run(Command::Undo);
    assert_eq!(before, person.editor.outline());
}

/// So many steps after each other, each of which may fail.
fn long(length: usize) -> Flow {
    let names: Vec<String> = (0..length).map(|at| format!("n{at}")).collect();
    let mut nodes = vec![("start", 1), ("failed", 0)];
    nodes.extend(names.iter().map(|name| (name.as_str(), 2)));
    let mut edges = vec![("start", 0, "n0")];
    for pair in names.windows(2) {
        edges.push((pair[0].as_str(), 0, pair[1].as_str()));
        edges.push((pair[0].as_str(), 1, "failed"));
    }
    flow_of(&nodes, &edges)
}

#[test]
fn ten_thousand_steps_after_each_other_stay_at_one_level() {
    let names: Vec<String> = (0..10_000).map(|at| format!("n{at}")).collect();
    let mut nodes = vec![("start", 1)];
    nodes.extend(names.iter().map(|name| (name.as_str(), 1)));
    let mut edges = vec![("start", 0, "n0")];
    edges.extend(
        names
            .windows(2)
            .map(|pair| (pair[0].as_str(), 0, pair[1].as_str())),
    );
    let flow = flow_of(&nodes, &edges);
    let scene = Scene::of(&flow);
    let outline = scene.outline(&flow);
    assert_eq!(
        outline.rows().len(),
        10_002,
        "and that the last leads nowhere"
    );
    assert!(
        outline
            .rows()
            .iter()
            .all(|row| row.level == 1 && row.of == 10_002)
    );
}

#[test]
fn ten_thousand_steps_that_may_each_fail_get_no_deeper_with_each() {
    let flow = long(10_000);
    let scene = Scene::of(&flow);
    let deepest = scene
        .outline(&flow)
        .rows()
        .iter()
        .map(|row| row.level)
        .max();
    assert!(deepest <= Some(4), "{deepest:?}");
}

#[test]
fn what_is_folded_is_stepped_over_and_found_again() {
    let person = Person::at(phone_lookup());
    let outline = person.editor.outline();
    let mut folded = Folded::default();
    let row = |key: &OutlineKey| outline.find(key).unwrap();
    let split = OutlineKey::Node("split".into());
    let set = row(&OutlineKey::Node("set".into()));
    assert_eq!(outline.shown(&folded).len(), outline.rows().len());
    assert!(folded.set(split.clone(), true));
    let shown = outline.shown(&folded);
    assert_eq!(shown.len(), 4);
    let next = |from: usize, step: OutlineStep| outline.neighbour(&shown, from, step);
    assert_eq!(
        next(row(&split), OutlineStep::Next),
        Some(row(&OutlineKey::Node("end".into())))
    );
    assert_eq!(next(0, OutlineStep::Previous), None);
    assert_eq!(next(0, OutlineStep::Last), shown.last().copied());
    assert_eq!(next(0, OutlineStep::Forward(2)), Some(2));
    assert_eq!(next(2, OutlineStep::Back(9)), Some(0));
    assert_eq!(next(set, OutlineStep::Out), Some(set - 1));
    assert_eq!(next(row(&split), OutlineStep::In), Some(row(&split) + 1));
    assert!(outline.unfold_to(set, &mut folded));
    assert!(outline.shown(&folded).contains(&set));
}

#[test]
fn typed_letters_find_the_next_row_that_begins_so() {
    let person = Person::at(phone_lookup());
    let outline = person.editor.outline();
    let shown = outline.shown(&Folded::default());
    let words = |row: usize| match &outline.rows()[row].entry {
        OutlineEntry::Node { id, .. } => id.as_str().to_owned(),
        _ => String::new(),
    };
    let found = |from: usize, typed: &str| {
        let row = outline.find_typed(&shown, from, typed, words)?;
        Some(words(row))
    };
    assert_eq!(found(0, "s").as_deref(), Some("split"));
    assert_eq!(found(0, "SE").as_deref(), Some("set"));
    assert_eq!(
        found(7, "s").as_deref(),
        Some("start"),
        "from the top again"
    );
    assert_eq!(found(0, "x"), None);
}

#[test]
fn targets_say_why_each_cannot_be_led_to() {
    let person = Person::at(phone_lookup());
    let targets = person.editor.targets(&"split".into(), &Port::new("case-1"));
    let told: Vec<_> = targets
        .iter()
        .map(|(id, may)| (id.as_str(), may.err().map(|reason| reason.to_string())))
        .collect();
    let circle = "The flow would run in a circle: this node comes earlier on the way.";
    let start = "A flow begins at Start: nothing can lead to it.";
    let expected = [
        ("start", Some(start.to_owned())),
        ("lookup", Some(circle.to_owned())),
        ("set", Some("This exit leads there already.".to_owned())),
        ("end", None),
    ];
    assert_eq!(told, expected);
}

#[test]
fn selecting_changes_no_row() {
    let mut person = Person::at(phone_lookup());
    let before = person.editor.outline();
    person.run(Command::Select {
        nodes: vec![NodeId::new("set")],
        mode: SelectMode::Replace,
    });
    assert!(Arc::ptr_eq(&before, &person.editor.outline()));
}

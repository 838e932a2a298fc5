//! Breaches of the rules on splits.

use std::sync::Arc;

use flow::{Case, FieldKey, FieldValue, Port, check};

use crate::{
    breach::{Breach, split_with},
    draw::branching,
};

pub(crate) fn breaches() -> Vec<Breach> {
    vec![
        split_with("cases-empty", "split.cases", &[]).without_fix(),
        split_with(
            "case-value-missing",
            "split.cases[0] port case-1",
            &[("", "Found")],
        )
        .without_fix(),
        split_with(
            "case-value-duplicate",
            "split.cases[1] port case-2",
            &[("200", "A"), ("200", "B")],
        ),
        split_with(
            "case-name-duplicate",
            "split.cases[1] port case-2",
            &[("200", "A"), ("201", "A")],
        ),
        split_with(
            "case-name-reserved",
            "split.cases[0] port case-1",
            &[("200", "default")],
        )
        .without_fix(),
    ]
}

#[test]
fn a_case_keeps_its_exit_when_its_value_changes() {
    let mut flow = branching();
    let case = Case {
        port: Port::new("case-1"),
        value: "404".into(),
        label: String::new(),
    };
    let split = flow
        .nodes
        .get_mut(&flow::NodeId::new("split"))
        .expect("a split");
    let fields = &mut Arc::make_mut(split).fields;
    fields.insert(FieldKey::of("cases"), FieldValue::Cases(vec![case]));
    assert_eq!(check(&flow), []);
}

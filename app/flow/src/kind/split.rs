//! Split: many ways, by what a value is.

use super::{
    Category, Exit, FieldInput, FieldSpec, Kind, KindSpec,
    wire::{Member, Shape, Wire, Wires},
};
use crate::{Case, FieldValue, Node, Port, check::NodeRule};

const MEMBERS: &[Member] = &[
    Member::field("on", Shape::Text),
    Member::field("cases", Shape::Cases),
];

pub(super) static SPLIT: KindSpec = KindSpec {
    kind: Kind::SPLIT,
    title: "Split",
    help: "Goes the way of the case that equals the value, or the default way.",
    also: "switch case branch decision route",
    icon: "split",
    category: Category::Logic,
    has_entry: true,
    fields: &[
        FieldSpec {
            key: "on",
            label: "Split on",
            help: "The value to compare: {{externalContact.responseCode}}.",
            input: FieldInput::Expression,
            required: true,
            default: Some(|| FieldValue::text("{{externalContact.responseCode}}")),
        },
        FieldSpec {
            key: "cases",
            label: "Cases",
            help: "One way out for each value; every other value takes the default way.",
            input: FieldInput::Cases,
            required: true,
            default: Some(|| {
                FieldValue::Cases(vec![Case {
                    port: Port::new("case-1"),
                    value: "200".into(),
                    label: "Found".into(),
                }])
            }),
        },
    ],
    exits,
    subtitle: |node: &Node| super::shown_expression(node.text("on"), "Nothing to split on yet"),
    sets: super::sets_nothing,
    rules: &[NodeRule::SplitCases],
    wires: Wires {
        lookup: Some(Wire {
            type_name: "SplitNode",
            members: MEMBERS,
        }),
        module: Some(Wire {
            type_name: "split",
            members: MEMBERS,
        }),
    },
};

fn exits(node: &Node) -> Vec<Exit> {
    let cases = node.cases("cases").iter().map(|case| Exit {
        port: case.port.clone(),
        label: case.name().to_owned(),
    });
    cases
        .chain([Exit {
            port: Port::DEFAULT,
            label: "default".to_owned(),
        }])
        .collect()
}

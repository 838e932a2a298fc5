//! The guide on the phone lookup: the template is its complete example, and
//! the same can be drawn.

use flow::{FlowKind, Kind, Op, Origin, Stamp, Workspace, direct};

use crate::{
    Drawing,
    draw::{stamp, template},
    expected::Guide,
    sent, unsent,
};

#[test]
fn the_template_and_what_is_drawn_like_it_are_sent_as_the_guide_sends_it() {
    let Some(mut guide) = Guide::named("phone-lookup.json") else {
        return;
    };
    assert_eq!(guide.bodies(), 1, "it is compared below");
    let nothing = Workspace::new(Vec::new(), true);
    guide.assert_sent(1, &sent(&template(), &stamp(), &nothing));

    let mut drawing = Drawing::new(
        FlowKind::Lookup,
        "Dev: Phone Lookup",
        "External contact lookup by phone",
    );
    drawing.add("lookup", &Kind::LOOKUP, "Lookup Customer");
    drawing.add("end", &Kind::END, "End");
    // What a new lookup starts with is what the guide sends.
    drawing.set_text(
        "lookup",
        "url",
        "https://lookup.sandbox.invalid/api/v1/customer-lookup",
    );
    for (source, target, label) in [
        ("start", "lookup", "To Lookup"),
        ("lookup", "end", "To End"),
    ] {
        drawing.connect(source, target);
        drawing.edit(vec![Op::SetEdgeLabel {
            id: format!("{source}.out>{target}").as_str().into(),
            label: label.to_owned(),
        }]);
    }
    // Edges drawn on the canvas have ids that derive from their ends.
    let text = sent(&drawing.flow, &unsent(), &nothing)
        .replace("start.out>lookup", "e1")
        .replace("lookup.out>end", "e2");
    guide.assert_sent(1, &text);
}

#[test]
fn an_update_names_its_flow_first_and_the_version_last_read() {
    let stamp = Stamp {
        upstream_id: Some("f-1".to_owned()),
        version: 7,
        ..stamp()
    };
    let artifact = direct::generate(&template(), &stamp).expect("the template can be written");
    assert!(
        artifact
            .text
            .starts_with("{\n  \"id\": \"f-1\",\n  \"type\": \"INBOUND\",\n")
    );
    assert!(artifact.text.contains("\"version\": 7"));
}

#[test]
fn the_source_map_finds_each_node_field_and_edge() {
    let artifact = direct::generate(&template(), &stamp()).expect("the template can be written");
    let lines: Vec<&str> = artifact.text.lines().collect();
    let mut found = Vec::new();
    for mark in &artifact.source_map {
        let first = lines[mark.lines.start].trim();
        match &mark.origin {
            Origin::Node(id) => {
                assert_eq!(first, "{");
                assert!(lines[mark.lines.start + 1].contains(id.as_str()));
                assert_eq!(lines[mark.lines.end - 1].trim().trim_end_matches(','), "}");
            }
            Origin::Field(_, key) => assert!(first.starts_with(&format!("\"{key}\": "))),
            Origin::Edge(_) => assert_eq!(mark.lines.len(), 6),
            Origin::Member(key) => panic!("a flow has nodes, and {key} is outside of them"),
        }
        found.push(format!("{:?}", mark.origin));
    }
    let fields = artifact.source_map.iter();
    let fields = fields.filter(|mark| matches!(mark.origin, Origin::Field(..)));
    assert_eq!(fields.count(), 5, "{found:?}");
    assert_eq!(found.len(), 3 + 5 + 2, "{found:?}");
}

//! The drawing as a picture of its own.

use std::sync::Arc;

use flow::{
    Edge, Flow, FlowKind, Group, Kind, Node, NodeId, Note, NoteSize, Point, Port, Severity, Tint,
};
use roxmltree::Document;

use crate::{
    Command, Editor, IdSource, Opening, Rights, SelectMode, Size,
    export::{Colours, Extent, Lettering, Look, Picture, raster_scale},
};

const ICONS: &str = include_str!("../../../../public/icons.svg");

fn editor(flow: Flow) -> Editor {
    Editor::new(Opening {
        flow,
        seq: 0,
        rights: Rights::Edit,
        ids: IdSource::new("me"),
    })
}

fn add(flow: &mut Flow, id: &str, kind: &Kind, (x, y): (f64, f64)) {
    flow.positions.insert(id.into(), Point::new(x, y));
    flow.nodes.insert(id.into(), Arc::new(Node::of(kind)));
}

fn connect(flow: &mut Flow, source: &str, port: Port, target: &str, label: &str) {
    let mut edge = Edge::new(source.into(), port, target.into());
    label.clone_into(&mut edge.label);
    flow.edges.insert(edge.key(), Arc::new(edge));
}

fn change(flow: &mut Flow, id: &str, change: impl FnOnce(&mut Node)) {
    let node = flow.nodes.get_mut(&NodeId::new(id)).unwrap();
    change(Arc::make_mut(node));
}

/// A condition under a Start, with an End on one of its ways.
fn small() -> Flow {
    let mut flow = Flow::new(FlowKind::Lookup, "Small");
    add(&mut flow, "start", &Kind::START, (100.0, 0.0));
    add(&mut flow, "if", &Kind::CONDITION, (100.0, 140.0));
    add(&mut flow, "end", &Kind::END, (100.0, 280.0));
    connect(&mut flow, "start", Port::OUT, "if", "ask");
    connect(&mut flow, "if", Port::TRUE, "end", "");
    flow
}

/// Every letter is half as wide as high.
fn width(text: &str, lettering: Lettering) -> f64 {
    let (size, _) = lettering.size_and_weight();
    text.chars().count() as f64 * f64::from(size) / 2.0
}

/// The inside of a symbol of the sprite that the page has.
fn icon(kind: &Kind) -> Option<String> {
    let id = kind.spec().map_or("unknown", |spec| spec.icon);
    let (_, rest) = ICONS.split_once(&format!("<symbol id=\"{id}\""))?;
    let (_, rest) = rest.split_once('>')?;
    Some(rest.split_once("</symbol>")?.0.to_owned())
}

fn picture_of(editor: &Editor, extent: Extent) -> Option<Picture> {
    let colour = |letter: char| format!("#{}", letter.to_string().repeat(6));
    let colours = Colours {
        background: colour('f'),
        edge: colour('1'),
        node_fill: colour('2'),
        node_border: colour('3'),
        title: colour('4'),
        muted: colour('5'),
        label_fill: colour('6'),
        label_border: colour('7'),
        label_text: colour('8'),
        error: colour('9'),
        warning: colour('a'),
        on_error: colour('b'),
        on_warning: colour('c'),
    };
    editor.picture(
        extent,
        &Look {
            colours: &colours,
            font: "\"Inter\", sans-serif",
            font_face: "@font-face{font-family:Inter;src:url(data:font/woff2;base64,AA==)}",
            family: &|_| (colour('d'), colour('e')),
            paper: &|_| (colour('0'), colour('a')),
            subtitle: &|node| {
                node.kind
                    .spec()
                    .map_or(String::new(), |spec| (spec.subtitle)(node))
            },
            icon: &icon,
            problems: &|id| (id.as_str() == "if").then_some((Severity::Error, 3)),
            width: &width,
        },
    )
}

/// What stands in an element of a picture that parses.
fn texts(svg: &str, tag: &str) -> Vec<String> {
    let document = Document::parse(svg).expect("an XML document");
    let found = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", tag)));
    found
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}

fn count(svg: &str, tag: &str) -> usize {
    texts(svg, tag).len()
}

#[test]
fn a_picture_shows_every_node_with_its_texts_and_every_edge_with_its_label() {
    let svg = picture_of(&editor(small()), Extent::All).unwrap().svg;
    let shown = texts(&svg, "text");
    for text in [
        "ask",
        "Start",
        "Condition",
        "No expression yet",
        "3",
        "true",
        "false",
        "End",
    ] {
        assert!(
            shown.iter().any(|shown| shown == text),
            "{text} in {shown:?}"
        );
    }
    assert_eq!(texts(&svg, "title"), ["Small"]);
    assert_eq!(count(&svg, "use"), 3, "an icon for each node");
    assert_eq!(count(&svg, "symbol"), 3, "each icon once");
    let edges = Document::parse(&svg)
        .unwrap()
        .descendants()
        .filter(|node| {
            node.attribute("d")
                .is_some_and(|d| d.contains('C') && d.matches('M').count() == 2)
        })
        .filter(|node| {
            node.parent()
                .is_some_and(|group| group.attribute("stroke") == Some("#111111"))
        })
        .count();
    assert_eq!(edges, 2, "each with its head");
}

#[test]
fn a_label_on_the_outermost_edge_is_whole() {
    let mut flow = small();
    let label = "asked again until it is known";
    connect(&mut flow, "if", Port::FALSE, "start", label);
    let editor = editor(flow);
    let svg = picture_of(&editor, Extent::All).unwrap().svg;
    let document = Document::parse(&svg).unwrap();
    let numbers = |text: Option<&str>| -> Vec<f64> {
        let text = text.unwrap_or_default();
        text.split(' ')
            .map(|number| number.parse().unwrap())
            .collect()
    };
    let view = numbers(document.root_element().attribute("viewBox"));
    let pills = document
        .descendants()
        .filter(|node| node.attribute("fill") == Some("#666666"));
    let sides: Vec<(f64, f64)> = pills
        .map(|pill| {
            let from = numbers(pill.attribute("x"))[0];
            (from, from + numbers(pill.attribute("width"))[0])
        })
        .collect();
    assert_eq!(sides.len(), 2);
    let from = sides.iter().map(|(from, _)| *from).fold(f64::MAX, f64::min);
    let to = sides.iter().map(|(_, to)| *to).fold(f64::MIN, f64::max);
    let all_else = editor.drawn_bounds().unwrap();
    let is_beyond = from < all_else.min.x || to > all_else.max.x;
    assert!(is_beyond, "{from} to {to} is beyond all else, {all_else:?}");
    assert!(
        from > view[0] && to < view[0] + view[2],
        "{from} to {to} is within {view:?}"
    );
}

#[test]
fn whatever_stands_in_a_flow_the_picture_is_an_xml_document_that_says_it() {
    for name in [
        "<script>alert(1)</script>",
        "\"quoted\" & 'quoted'",
        "]]>",
        "&amp;",
        "Zoë 日本 😀",
        "a\u{0}b\u{1b}c",
        "line\nbreak\ttab",
        "\u{fffe}",
    ] {
        let mut flow = small();
        name.clone_into(&mut flow.name);
        change(&mut flow, "if", |node| node.label = name.to_owned());
        connect(&mut flow, "if", Port::FALSE, "end", name);
        let svg = picture_of(&editor(flow), Extent::All).unwrap().svg;
        let written: String = name
            .chars()
            .filter(|letter| !matches!(letter, '\0' | '\u{1b}' | '\u{fffe}'))
            .map(|letter| {
                if matches!(letter, '\n' | '\t') {
                    ' '
                } else {
                    letter
                }
            })
            .collect();
        let title = texts(&svg, "title");
        assert_eq!(title, [written.as_str()]);
        let shown = texts(&svg, "text");
        let as_title = |text: &String| {
            let begin = text.strip_suffix('…').unwrap_or(text);
            *text == written || (begin.len() < text.len() && written.starts_with(begin))
        };
        assert!(
            shown.iter().filter(|text| as_title(text)).count() >= 2,
            "{name:?}: {shown:?}"
        );
        assert_eq!(count(&svg, "script"), 0);
    }
}

#[test]
fn a_text_that_does_not_fit_ends_in_an_ellipsis_and_fits() {
    let mut flow = small();
    let long = "Ask the customer relationship management for everything";
    change(&mut flow, "if", |node| node.label = long.to_owned());
    let svg = picture_of(&editor(flow), Extent::All).unwrap().svg;
    let shown = texts(&svg, "text")
        .into_iter()
        .find(|text| text.starts_with("Ask"))
        .unwrap();
    assert!(shown.ends_with('…'), "{shown}");
    let room = crate::geometry::card::TEXT_WIDTH;
    assert!(width(&shown, Lettering::Title) <= room);
    assert!(
        width(&format!("{shown}xx"), Lettering::Title) > room,
        "no letter is wasted"
    );
}

#[test]
fn a_picture_of_the_selection_holds_what_is_selected_and_nothing_else() {
    let mut editor = editor(small());
    let select = |nodes: &[&str]| Command::Select {
        nodes: nodes.iter().map(|id| NodeId::new(*id)).collect(),
        mode: SelectMode::Replace,
    };
    assert_eq!(picture_of(&editor, Extent::Selection), None);
    editor.run(select(&["if", "end"]), 0.0);
    let picture = picture_of(&editor, Extent::Selection).unwrap();
    let shown = texts(&picture.svg, "text");
    assert!(!shown.contains(&"Start".to_owned()), "{shown:?}");
    assert!(
        !shown.contains(&"ask".to_owned()),
        "an edge needs both of its ends"
    );
    assert_eq!(count(&picture.svg, "use"), 2);
    // Two cards below each other, with the margin around them.
    assert_eq!(picture.size, Size::new(280.0, 284.0));
    let all = picture_of(&editor, Extent::All).unwrap();
    assert!(all.size.height > picture.size.height);
}

#[test]
fn notes_and_groups_are_in_the_picture_and_words_stay_on_their_paper() {
    let mut flow = small();
    let note = Note {
        text: "A word <b>here</b>\nand many more that need a second line".into(),
        at: Point::new(-200.0, 0.0),
        size: NoteSize::new(160.0, 120.0),
        tint: Tint::Blue,
    };
    flow.notes.insert("note".into(), Arc::new(note));
    let group = Group {
        title: "Asking".into(),
        tint: Tint::Pink,
    };
    flow.groups.insert("group".into(), Arc::new(group));
    for node in ["if", "end"] {
        flow.grouped.insert(node.into(), "group".into());
    }
    change(&mut flow, "end", |node| node.disabled = true);
    let mut editor = editor(flow);
    let picture = picture_of(&editor, Extent::All).unwrap();
    let shown = texts(&picture.svg, "text");
    assert!(shown.contains(&"Asking".to_owned()), "{shown:?}");
    let first = shown.iter().position(|text| text == "A word <b>here</b>");
    let lines = &shown[first.unwrap()..][..3];
    assert!(
        lines
            .iter()
            .all(|line| width(line, Lettering::Body) <= 136.0),
        "{lines:?}"
    );
    // From the note at the left to the frame at the right.
    assert_eq!(picture.size.width, 2.0 * 40.0 + 200.0 + 324.0);
    editor.run(Command::SelectNote("note".into()), 0.0);
    let note = picture_of(&editor, Extent::Selection).unwrap();
    assert_eq!(
        note.size,
        Size::new(240.0, 200.0),
        "the note with its margin"
    );
    assert!(!texts(&note.svg, "text").contains(&"Asking".to_owned()));
}

#[test]
fn nothing_makes_no_picture() {
    let empty = editor(Flow::new(FlowKind::Lookup, "Empty"));
    assert_eq!(picture_of(&empty, Extent::All), None);
}

#[test]
fn ten_thousand_nodes_make_a_picture_that_parses() {
    let mut flow = Flow::new(FlowKind::Lookup, "Large");
    for number in 0..10_000_u32 {
        let (column, row) = (number % 100, number / 100);
        let at = (f64::from(column) * 240.0, f64::from(row) * 140.0);
        add(&mut flow, &format!("n{number}"), &Kind::HTTP_REQUEST, at);
        if number >= 100 {
            let above = format!("n{}", number - 100);
            connect(&mut flow, &above, Port::OUT, &format!("n{number}"), "");
        }
    }
    let picture = picture_of(&editor(flow), Extent::All).unwrap();
    let options = roxmltree::ParsingOptions {
        nodes_limit: 1_000_000,
        ..Default::default()
    };
    let document = Document::parse_with_options(&picture.svg, options).unwrap();
    let icons = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "use")));
    assert_eq!(icons.count(), 10_000);
    assert_eq!(
        count(
            &picture_of(&editor(small()), Extent::All).unwrap().svg,
            "symbol"
        ),
        3
    );
    let bytes_of_a_node = picture.svg.len() / 10_000;
    assert!(bytes_of_a_node < 1_200, "{bytes_of_a_node} bytes");
}

#[test]
fn a_raster_picture_is_as_sharp_as_a_canvas_can_be() {
    for (size, expected) in [
        (Size::new(800.0, 600.0), 2.0),
        (Size::new(5_000.0, 5_000.0), 2.0),
        (Size::new(16_384.0, 100.0), 1.0),
        (Size::new(100.0, 32_768.0), 0.5),
        (Size::new(10_000.0, 10_000.0), 1.0),
        (Size::new(0.0, 0.0), 2.0),
    ] {
        let scale = raster_scale(size);
        assert!((scale - expected).abs() < 1e-9, "{size:?}: {scale}");
    }
}

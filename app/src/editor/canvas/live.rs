//! The top layer: what moves, and what is selected or under the pointer.

use editor::{
    Editor, Hit, OrderedSet, Overlay, Rect, Verdict,
    geometry::{self, Curve},
};
use flow::{EdgeId, NodeId, NoteId, Point};
use rustc_hash::FxHashSet;
use web_sys::CanvasRenderingContext2d;

use super::{
    super::{
        desk::{AddThen, QuickAdd},
        find::FoundNodes,
        projection::MOST_SELECTED_CARDS,
    },
    drawn_card::Details,
    inks::Inks,
    pen::{self, Pen, Stroke},
    scene::{self, Boxes, Looks},
};

/// Edges at selected nodes are marked while at most so many are selected.
const MOST_MARKED: usize = 40;

/// How far the head of an edge reaches beyond it.
const HEAD: f64 = 12.0;

/// What there is to draw.
pub(super) struct Picture<'a> {
    marked: Vec<(EdgeId, Curve)>,
    hovered: Option<Curve>,
    landing: Option<Curve>,
    /// The edges that letting go would remove.
    to_go: Vec<Curve>,
    /// The edge that was let go on nothing, while it is asked what to add there.
    pulled: Option<Curve>,
    /// Nodes that move and have no card of their own to do so.
    boxes: Boxes<'a>,
}

/// What a picture covers, in canvas units.
pub(super) enum Reach {
    Nowhere,
    Within(Rect),
    Anywhere,
}

impl<'a> Picture<'a> {
    /// What there is to draw where this much is seen.
    /// The canvas also draws nodes if it is simplified.
    pub(super) fn of(
        editor: &'a Editor,
        landing: Option<&EdgeId>,
        offer: Option<&QuickAdd>,
        seen: Rect,
        simplified: bool,
    ) -> Self {
        let landing = match editor.overlay() {
            Overlay::Dragging { onto, .. } => onto,
            _ => landing,
        };
        let hovered = match (editor.hover(), editor.overlay()) {
            (Some(Hit::Edge(id)), Overlay::Idle) => editor.curve_shown(id),
            _ => None,
        };
        let mut marked = marked(editor, seen);
        if let Overlay::Connecting {
            rerouted: Some(edge),
            ..
        }
        | Overlay::Rerouting { edge, .. } = editor.overlay()
        {
            marked.remove(edge);
        }
        let with_curve = |id: EdgeId| Some((editor.curve_shown(&id)?, id));
        let marked = marked.into_iter().filter_map(with_curve);
        Self {
            marked: marked.map(|(curve, id)| (id, curve)).collect(),
            hovered,
            landing: landing.and_then(|id| editor.curve_shown(id)),
            to_go: editor
                .edges_to_go()
                .into_iter()
                .filter_map(|id| editor.curve_shown(id))
                .collect(),
            pulled: offer.and_then(|offer| pulled(editor, offer)),
            boxes: if simplified {
                boxes(editor, seen)
            } else {
                Boxes::default()
            },
        }
    }

    /// Whether a part of it stays where it is on the screen while the view moves.
    pub(super) fn stays_in_screen(&self) -> bool {
        self.pulled.is_some()
    }

    /// What it covers.
    pub(super) fn reach(&self, editor: &Editor) -> Reach {
        let orientation = editor.orientation();
        let mut covered: Vec<Rect> = self.marked.iter().map(|(_, c)| c.bounds()).collect();
        let others = [self.hovered, self.landing, self.pulled];
        covered.extend(
            others
                .iter()
                .flatten()
                .chain(&self.to_go)
                .map(Curve::bounds),
        );
        match editor.overlay() {
            Overlay::Dragging { clones: true, .. } | Overlay::Cutting { .. } => {
                return Reach::Anywhere;
            }
            Overlay::Connecting {
                source,
                port,
                to_in_canvas,
                ..
            } => {
                let from = editor.exit_anchor_shown(source, port);
                covered.push(Curve::between(from, to_in_canvas, orientation).bounds());
            }
            Overlay::Rerouting {
                target,
                from_in_canvas,
                ..
            } => {
                let to = geometry::entry_anchor(editor.position_shown(target), orientation);
                covered.push(Curve::between(from_in_canvas, to, orientation).bounds());
            }
            _ => {}
        }
        if !self.boxes.is_empty() {
            return Reach::Anywhere;
        }
        let covered = covered.into_iter().reduce(|all, rect| all.united(&rect));
        let has_label = |id| {
            let edge = editor.flow().edges.get(id);
            edge.is_some_and(|edge| !edge.label.is_empty())
        };
        let is_labelled = self.marked.iter().any(|(id, _)| has_label(id));
        let beyond = if is_labelled { pen::REACH } else { HEAD };
        covered.map_or(Reach::Nowhere, |covered| {
            Reach::Within(covered.grown(beyond))
        })
    }

    /// Draws it.
    pub(super) fn draw(&self, details: &Details<'_>) {
        let Details {
            context,
            inks,
            editor,
            ..
        } = *details;
        let zoom = editor.camera().zoom;
        let strong = Stroke {
            colour: &inks.edge_selected,
            width: 2.0,
            dashed: false,
        };
        let marked: Vec<&Curve> = self.marked.iter().map(|(_, curve)| curve).collect();
        pen::edges(context, zoom, &strong, &marked);
        if let Some(curve) = &self.hovered {
            let stroke = Stroke {
                colour: &inks.edge_hover,
                width: 2.5,
                dashed: false,
            };
            pen::edges(context, zoom, &stroke, &[curve]);
        }
        if let Some(curve) = &self.landing {
            dashes(context, inks, zoom, &inks.edge_selected, &[curve]);
        }
        if !self.to_go.is_empty() {
            let curves: Vec<&Curve> = self.to_go.iter().collect();
            dashes(context, inks, zoom, &inks.edge_invalid, &curves);
        }
        if let Some(curve) = &self.pulled {
            pen::edges(context, zoom, &strong, &[curve]);
        }
        if zoom >= scene::TEXT_FROM {
            for (id, curve) in &self.marked {
                if let Some(edge) = editor.flow().edges.get(id)
                    && !edge.label.is_empty()
                {
                    pen::pill(context, inks, curve.label_point(), &edge.label);
                }
            }
        }
        self.boxes.draw(details, zoom);
        tool(details, zoom);
    }
}

/// The edge with which a step is connected that is chosen from this offer, where
/// the offer was opened with the end of an edge.
fn pulled(editor: &Editor, offer: &QuickAdd) -> Option<Curve> {
    let at = editor.camera().to_canvas(offer.at_in_screen);
    let orientation = editor.orientation();
    let (from, to) = match &offer.then {
        AddThen::After(node, port) => (editor.exit_anchor_shown(node, port), at),
        AddThen::Before(edge) => {
            let target = &editor.flow().edges.get(edge)?.target;
            let card = editor.position_shown(target);
            (at, geometry::entry_anchor(card, orientation))
        }
        AddThen::Alone | AddThen::Next(..) | AddThen::OnEdge(_) => return None,
    };
    Some(Curve::between(from, to, orientation))
}

/// The nodes that move, where more do than have cards.
fn boxes(editor: &Editor, seen: Rect) -> Boxes<'_> {
    let mut boxes = Boxes::default();
    let looks = Looks {
        show_selected: true,
        found: &FoundNodes::default(),
    };
    if let Overlay::Dragging {
        nodes,
        clones: false,
        ..
    } = editor.overlay()
        && nodes.len() > MOST_SELECTED_CARDS
    {
        for id in nodes {
            if geometry::node_rect(editor.position_shown(id)).intersects(&seen) {
                boxes.add(editor, id, &looks);
            }
        }
    }
    boxes
}

/// The edges that are selected, move, or touch what is selected.
fn marked(editor: &Editor, seen: Rect) -> FxHashSet<EdgeId> {
    let selection = editor.selection();
    let mut marked: FxHashSet<EdgeId> = selection.edges().iter().cloned().collect();
    if selection.nodes().len() <= MOST_MARKED {
        for node in selection.nodes() {
            marked.extend(editor.edges_at(node));
        }
    }
    if let Overlay::Dragging {
        nodes,
        clones: false,
        ..
    } = editor.overlay()
    {
        if nodes.len() <= MOST_MARKED {
            for node in nodes {
                marked.extend(editor.edges_at(node));
            }
        } else {
            let moves = |id: &EdgeId| {
                editor.flow().edges.get(id).is_some_and(|edge| {
                    nodes.contains(&edge.source) || nodes.contains(&edge.target)
                })
            };
            marked.extend(editor.visible_edges(seen).into_iter().filter(moves));
        }
    }
    marked
}

/// What Alt drags: cards as they will lie, with the edges between them.
fn copies(
    details: &Details<'_>,
    (nodes, notes): (&OrderedSet<NodeId>, &OrderedSet<NoteId>),
    by: Point,
) {
    let Details {
        context,
        inks,
        editor,
        ..
    } = *details;
    let zoom = editor.camera().zoom;
    let looks = Looks {
        show_selected: true,
        found: &FoundNodes::default(),
    };
    let mut cards = Boxes::default();
    for node in nodes {
        cards.add(editor, node, &looks);
    }
    context.save();
    // Fails only on numbers that are none, which nothing lies at.
    let _ = context.translate(by.x, by.y);
    context.begin_path();
    for note in notes.iter().filter_map(|id| editor.flow().notes.get(id)) {
        pen::rounded(context, geometry::note_rect(note), 6.0);
    }
    context.set_fill_style_str(&inks.node_fill);
    context.fill();
    context.set_stroke_style_str(&inks.node_selected);
    context.set_line_width(1.5 / zoom);
    context.stroke();
    let edge = Stroke {
        colour: &inks.edge,
        width: 1.5,
        dashed: false,
    };
    let mut pen = Pen::new(context, zoom, &edge);
    for node in nodes {
        let edges = editor.edges_at(node).into_iter();
        let between = edges.filter(|id| {
            let edge = editor.flow().edges.get(id);
            edge.is_some_and(|edge| edge.source == *node && nodes.contains(&edge.target))
        });
        for curve in between.filter_map(|id| editor.curve_shown(&id)) {
            pen.draw(&curve);
        }
    }
    pen.finish();
    cards.draw(details, zoom);
    context.restore();
}

fn tool(details: &Details<'_>, zoom: f64) {
    let Details {
        context,
        inks,
        editor,
        ..
    } = *details;
    match editor.overlay() {
        Overlay::Dragging {
            nodes,
            notes,
            by,
            clones: true,
            ..
        } => copies(details, (nodes, notes), by),
        Overlay::Connecting {
            source,
            port,
            to_in_canvas,
            verdict,
            ..
        } => {
            let from = editor.exit_anchor_shown(source, port);
            loose(
                context,
                inks,
                zoom,
                verdict,
                Curve::between(from, to_in_canvas, editor.orientation()),
            );
        }
        Overlay::Rerouting {
            target,
            from_in_canvas,
            verdict,
            ..
        } => {
            let orientation = editor.orientation();
            let to = geometry::entry_anchor(editor.position_shown(target), orientation);
            loose(
                context,
                inks,
                zoom,
                verdict,
                Curve::between(from_in_canvas, to, orientation),
            );
        }
        Overlay::Cutting {
            from_in_canvas,
            to_in_canvas,
            ..
        } => {
            context.begin_path();
            context.move_to(from_in_canvas.x, from_in_canvas.y);
            context.line_to(to_in_canvas.x, to_in_canvas.y);
            context.set_stroke_style_str(&inks.edge_invalid);
            context.set_line_width(1.5 / zoom);
            context.stroke();
        }
        Overlay::Idle
        | Overlay::Panning
        | Overlay::Dragging { .. }
        | Overlay::Resizing { .. }
        | Overlay::Marquee(_) => {}
    }
}

/// Draws edges dashed that are drawn solid below.
fn dashes(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    zoom: f64,
    colour: &str,
    curves: &[&Curve],
) {
    // Dashes show only where nothing solid lies below them.
    let background = Stroke {
        colour: &inks.background,
        width: 3.5,
        dashed: false,
    };
    let dashes = Stroke {
        colour,
        width: 2.5,
        dashed: true,
    };
    pen::edges(context, zoom, &background, curves);
    pen::edges(context, zoom, &dashes, curves);
}

/// Draws an edge that is held by an end.
fn loose(
    context: &CanvasRenderingContext2d,
    inks: &Inks,
    zoom: f64,
    verdict: &Verdict,
    curve: Curve,
) {
    if *verdict == Verdict::Origin {
        return;
    }
    let refused = matches!(verdict, Verdict::Refused { .. });
    let stroke = Stroke {
        colour: if refused {
            &inks.edge_invalid
        } else {
            &inks.edge_selected
        },
        width: 2.0,
        dashed: refused,
    };
    pen::edges(context, zoom, &stroke, &[&curve]);
}

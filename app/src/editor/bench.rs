//! The canvas by itself, with a graph that the page hands over: `bench.html`,
//! on which it is measured against other editors. Editor, drawing and input are
//! the product's; there is no server, and so nobody else and nothing to send.

use std::{cell::Cell, rc::Rc};

use api::Role;
use dom::prelude::*;
use editor::{Command, Rect, SelectMode};
use flow::{Edge, EdgeId, FieldKey, FieldValue, Flow, FlowKind, Kind, Node, NodeId, Point, Port};
use wasm_bindgen::prelude::wasm_bindgen;

use super::{canvas::Canvas, desk::Desk};
use crate::{
    client::Client,
    components::{Announcer, Toasts},
    confirming::Confirming,
    parts,
    preferences::Preferences,
    session::SessionState,
    theme::Theme,
};

/// Marks the page's body, which is otherwise the product's.
const MARK: &str = "data-bench";

/// Whether this page is the bench's and not the product's.
pub fn is_asked_for() -> bool {
    document()
        .body()
        .is_some_and(|body| body.has_attribute(MARK))
}

/// What `public/bench.js` does to the canvas. Points and lengths are in canvas
/// units where a name does not say otherwise; nodes go by number.
#[wasm_bindgen]
pub struct Bench {
    desk: Desk,
}

#[wasm_bindgen]
impl Bench {
    /// An empty canvas that fills the page.
    pub async fn begin() -> Option<Self> {
        // Signals need what mounting sets up.
        let made = Rc::new(Cell::new(None));
        let desk = made.clone();
        dom::mount_to_body(move || {
            let session_ended = RwSignal::new(false);
            provide_context(Client::new(session_ended, Confirming::new()));
            provide_context(SessionState::new(session_ended));
            provide_context(Theme::remembered());
            provide_context(Preferences::remembered());
            provide_context(Toasts::new());
            provide_context(Announcer::new());
            let desk = Desk::new(String::new());
            made.set(Some(desk));
            view! { <Canvas desk /> }
        });
        let desk = desk.get()?;
        // A person has touched the canvas before they work on it, and has had a
        // flow open: all code is there. What does not come is asked for again.
        desk.open_doors().await;
        let _ = parts::minimap().await;
        Some(Self { desk })
    }

    /// Opens a flow of conditions: the corners `x, y` of each, its name and its
    /// text, each text on a line of its own; and the edges as source, exit and
    /// target.
    pub fn open(&self, corners: &[f64], names: &str, texts: &str, edges: &[u32]) {
        let mut flow = Flow::new(FlowKind::Lookup, "Bench");
        let lines = names.lines().zip(texts.lines());
        for (number, (corner, (name, text))) in corners.chunks_exact(2).zip(lines).enumerate() {
            let &[x, y] = corner else { continue };
            let mut node = Node::of(&Kind::CONDITION);
            node.label = name.to_owned();
            node.fields
                .insert(FieldKey::of("expression"), FieldValue::text(text));
            let id = id(number as u32);
            flow.positions.insert(id.clone(), Point::new(x, y));
            flow.nodes.insert(id, node.into());
        }
        for ends in edges.chunks_exact(3) {
            let &[source, exit, target] = ends else {
                continue;
            };
            let (source, target) = (id(source), id(target));
            let port = if exit == 0 { Port::TRUE } else { Port::FALSE };
            let key = EdgeId::between(&source, &port, &target);
            flow.edges
                .insert(key, Edge::new(source, port, target).into());
        }
        self.desk.open(flow, Role::Editor);
    }

    /// Shows at 100 %, with this point in the middle.
    pub fn look_at(&self, x: f64, y: f64) {
        self.desk.run(Command::ZoomTo(1.0));
        self.desk.run(Command::CentreOn(Point::new(x, y)));
    }

    /// Selects these nodes and nothing else.
    pub fn select(&self, nodes: &[u32]) {
        self.desk.run(Command::Select {
            nodes: nodes.iter().copied().map(id).collect(),
            mode: SelectMode::Replace,
        });
    }

    /// Selects every node.
    pub fn select_all(&self) {
        self.desk.run(Command::SelectAll);
    }

    /// Left, top, width and height of a card in screen pixels of the canvas.
    pub fn card_in_screen(&self, node: u32) -> Vec<f64> {
        self.desk.read(|editor| {
            let camera = editor.camera();
            let card = editor::geometry::node_rect(editor.position_shown(&id(node)));
            let (min, max) = (camera.to_screen(card.min), camera.to_screen(card.max));
            vec![min.x, min.y, max.x - min.x, max.y - min.y]
        })
    }

    /// Whether no card is at a point of the screen.
    pub fn is_empty_at(&self, x: f64, y: f64) -> bool {
        self.desk.read(|editor| {
            let at = editor.camera().to_canvas(Point::new(x, y));
            editor.visible_nodes(Rect::around(at, 0.0)).is_empty()
        })
    }

    /// Screen pixels per canvas unit.
    pub fn zoom(&self) -> f64 {
        self.desk.read(|editor| editor.camera().zoom)
    }
}

fn id(number: u32) -> NodeId {
    NodeId::new(number.to_string())
}

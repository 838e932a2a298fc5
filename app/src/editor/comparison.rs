//! What both sides changed since they last agreed, while somebody decides: in
//! the panel beside the canvas, and marked on the canvas.

mod marks;
mod panel;

use api::{ComparedPart, Comparison, Remedy, Side};
use editor::{Command, geometry::NODE_SIZE};
use flow::{EdgeId, NodeId, Place, Point};

pub(crate) use marks::comparison_marks;
pub(super) use panel::Panel;

use super::{desk::Desk, publish::PublishState};

/// A comparison that is being decided.
#[derive(Clone)]
pub(crate) struct Comparing {
    /// The publish that ended with it.
    publish: String,
    comparison: Comparison,
    /// The side of each conflict, as far as one was chosen.
    sides: Vec<Option<Side>>,
    /// The conflict that was last looked at.
    current: Option<usize>,
    /// Whether it is shown, or kept for later.
    is_shown: bool,
    /// What begins the next publish.
    next: PublishState,
}

impl Comparing {
    /// One in which nothing is chosen yet.
    pub(super) fn new(publish: String, comparison: Comparison, next: PublishState) -> Self {
        Self {
            publish,
            sides: vec![None; comparison.conflicts.len()],
            comparison,
            current: None,
            is_shown: true,
            next,
        }
    }

    /// Whether it is of this publish.
    pub(super) fn is_of(&self, publish: &str) -> bool {
        self.publish == publish
    }

    /// The choices, once there is one for each conflict.
    fn remedy(&self) -> Option<Remedy> {
        Some(Remedy::Choose {
            publish: self.publish.clone(),
            sides: self.sides.iter().copied().collect::<Option<_>>()?,
        })
    }

    fn decided(&self) -> usize {
        self.sides.iter().flatten().count()
    }
}

impl Desk {
    /// Whether a comparison is shown.
    pub(super) fn is_comparing(self) -> bool {
        self.comparing
            .with(|it| it.as_ref().is_some_and(|it| it.is_shown))
    }

    /// Shows the comparison that is kept; `false` where none is kept of this
    /// publish.
    pub(super) fn show_comparison(self, publish: &str) -> bool {
        let is_kept = |it: &Option<Comparing>| it.as_ref().is_some_and(|it| it.is_of(publish));
        if !self.comparing.with_untracked(is_kept) {
            return false;
        }
        self.change_comparison(|it| it.is_shown = true);
        self.open_right.set(true);
        true
    }

    fn change_comparison(self, change: impl FnOnce(&mut Comparing)) {
        self.comparing.update(|it| {
            if let Some(it) = it {
                change(it);
            }
        });
    }

    /// Goes to a conflict, in the list and on the canvas.
    fn go_to_conflict(self, index: usize) {
        let part = self.comparing.with_untracked(|it| {
            let conflicts = it.as_ref().map(|it| &it.comparison.conflicts);
            conflicts.and_then(|conflicts| conflicts.get(index).cloned())
        });
        let Some(ComparedPart {
            title, place, at, ..
        }) = part
        else {
            return;
        };
        self.change_comparison(|it| it.current = Some(index));
        self.look_at(&place, at);
        self.announce(title);
    }

    /// Brings a place into view, or where it would be.
    fn look_at(self, place: &Place, at: Option<Point>) {
        match (on(self, place), at) {
            (Some(On::Node(node)), _) => self.select_and_reveal(&node),
            (Some(On::Edge(edge)), _) => {
                self.run(Command::SelectEdge(edge));
                self.run(Command::FitSelection);
            }
            (None, Some(at)) => {
                let middle = Point::new(NODE_SIZE.width / 2.0, NODE_SIZE.height / 2.0);
                self.run(Command::CentreOn(at + middle));
            }
            (None, None) => {}
        }
        self.show_canvas.set(true);
    }
}

/// What is drawn here of a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum On {
    Node(NodeId),
    Edge(EdgeId),
}

/// What the canvas has of a place; where an exit leads is on its edge.
fn on(desk: Desk, place: &Place) -> Option<On> {
    desk.read(|editor| {
        let flow = editor.flow();
        if let Some(edge) = &place.edge {
            let is_here = flow.edges.contains_key(edge);
            return is_here.then(|| On::Edge(edge.clone()));
        }
        let node = place.node.as_ref()?;
        let leads = place.port.as_ref();
        let edge = leads.and_then(|port| editor.edge_from(node, port));
        match edge {
            Some(edge) => Some(On::Edge(edge.clone())),
            None => flow
                .nodes
                .contains_key(node)
                .then(|| On::Node(node.clone())),
        }
    })
}

//! What tools may look at, and what they may ask for.

use flow::{Flow, NodeId, NoteId, Point};

use crate::{
    Camera, Command, Effect, Hit, Rights, Selection,
    geometry::{Rect, Size},
    hit::Probe,
    scene::Scene,
};

/// What a tool sees. It changes nothing itself.
#[derive(Clone, Copy)]
pub(crate) struct World<'a> {
    pub(crate) flow: &'a Flow,
    pub(crate) scene: &'a Scene,
    pub(crate) selection: &'a Selection,
    pub(crate) camera: Camera,
    pub(crate) viewport: Size,
    pub(crate) rights: Rights,
    /// Whether the space bar is held: the primary button then pans.
    pub(crate) space_held: bool,
    /// Where the pointer is, if it is on the pane.
    pub(crate) pointer_in_screen: Option<Point>,
}

/// What a tool asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    Select(Selection),
    Focus(Option<NodeId>),
    FocusNote(NoteId),
    PanBy(Point),
    /// What is between two fingers grows and moves with them.
    Pinch {
        factor: f64,
        from_in_screen: Point,
        to_in_screen: Point,
    },
    Run(Command),
    /// Moves the selected nodes and notes by this much.
    Move(Point),
    /// Adds copies of the selected nodes, moved by this much.
    Clone(Point),
    Effect(Effect),
}

impl<'a> World<'a> {
    pub(crate) fn may_edit(&self) -> bool {
        self.rights == Rights::Edit
    }

    pub(crate) fn probe(&self, at_in_screen: Point) -> Probe<'a> {
        Probe {
            flow: self.flow,
            scene: self.scene,
            selection: self.selection,
            zoom: self.camera.zoom,
            at: self.camera.to_canvas(at_in_screen),
        }
    }

    pub(crate) fn hit(&self, at_in_screen: Point) -> Option<Hit> {
        self.probe(at_in_screen).hit()
    }

    pub(crate) fn visible_area(&self) -> Rect {
        self.camera.visible_area(self.viewport)
    }
}

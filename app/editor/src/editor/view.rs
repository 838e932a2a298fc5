//! Moving the view.

use flow::{NodeId, Point};

use super::{Editor, announce_state};
use crate::{
    Camera, MIN_ZOOM, Modifiers, Selection, Update, WheelUnit,
    geometry::{GRID, Rect, node_rect, snap_to_grid},
    plan::room_near,
    scene::bounds_of,
};

/// How many halvings or doublings one pixel of the wheel is.
const ZOOM_PER_PIXEL: f64 = 0.002;
/// The same for a wheel that counts lines.
const ZOOM_PER_LINE: f64 = 0.05;
/// How much more a pinch on macOS is, whose deltas are small.
const PINCH: f64 = 10.0;
/// Pixels that a line scrolls.
const PIXELS_PER_LINE: f64 = 20.0;

impl Editor {
    pub(super) fn wheel(
        &mut self,
        at_in_screen: Point,
        delta: Point,
        unit: WheelUnit,
        modifiers: Modifiers,
        pinch: bool,
        update: &mut Update,
    ) {
        update.consumed = true;
        if pinch || modifiers.primary != self.preferences.wheel_zooms {
            let per_unit = match unit {
                WheelUnit::Pixels => ZOOM_PER_PIXEL,
                WheelUnit::Lines => ZOOM_PER_LINE,
                WheelUnit::Pages => 1.0,
            };
            let halvings = delta.y * per_unit * if pinch { PINCH } else { 1.0 };
            let zoom = self.camera.zoom * (-halvings).exp2();
            let camera = self.camera.zoomed(zoom, self.least_zoom(), at_in_screen);
            self.move_camera(camera, update);
            return;
        }
        let pixels = match unit {
            WheelUnit::Pixels => 1.0,
            WheelUnit::Lines => PIXELS_PER_LINE,
            WheelUnit::Pages => self.viewport.height,
        };
        let sideways = modifiers.shift && delta.x == 0.0;
        let delta = if sideways {
            Point::new(delta.y, 0.0)
        } else {
            delta
        };
        let by = Point::new(-delta.x * pixels, -delta.y * pixels);
        self.move_camera(self.camera.panned(by), update);
    }

    /// How far away the flow can be looked at: so far that it is seen whole.
    pub(crate) fn least_zoom(&self) -> f64 {
        let whole = |area| self.camera.fitted(area, self.viewport).zoom;
        self.bounds().map_or(MIN_ZOOM, whole).min(MIN_ZOOM)
    }

    pub(super) fn move_camera(&mut self, camera: Camera, update: &mut Update) {
        let is_finite = camera.offset_in_screen.is_finite() && camera.zoom.is_finite();
        if camera != self.camera && is_finite {
            self.camera = camera;
            update.camera = true;
            self.follow_camera(update);
        }
    }

    /// Says how large everything is shown now.
    pub(super) fn tell_zoom(&self, update: &mut Update) {
        let percent = (self.camera.zoom * 100.0).round();
        announce_state(update, format!("Zoom {percent}%."));
    }

    pub(super) fn fit_all(&mut self, update: &mut Update) {
        self.fit(self.bounds(), update);
    }

    pub(super) fn fit_selection(&mut self, update: &mut Update) {
        let nodes = bounds_of(self.flow(), &self.nodes_at_hand());
        let notes = self.notes_at_hand();
        let notes = notes.iter().filter_map(|id| self.note_rect_shown(id));
        let all = nodes.into_iter().chain(notes);
        self.fit(all.reduce(|all, one| all.united(&one)), update);
    }

    pub(super) fn fit(&mut self, area: Option<Rect>, update: &mut Update) {
        let has_pane = self.viewport.width > 0.0 && self.viewport.height > 0.0;
        if let Some(area) = area.filter(|_| has_pane) {
            self.move_camera(self.camera.fitted(area, self.viewport), update);
        }
    }

    /// Selects a node and brings it into view.
    pub(super) fn reveal(&mut self, id: NodeId, update: &mut Update) {
        if self.flow().nodes.contains_key(&id) {
            self.bring_into_view(&id, update);
            self.select(Selection::of_nodes([id.clone()]), update);
            self.set_focus(Some(id), update);
        }
    }

    /// Moves the view only if the node is not wholly visible.
    pub(super) fn bring_into_view(&mut self, id: &NodeId, update: &mut Update) {
        self.bring_area_into_view(node_rect(self.position_shown(id)), update);
    }

    /// Moves the view only if the area is not wholly visible.
    pub(super) fn bring_area_into_view(&mut self, area: Rect, update: &mut Update) {
        if !self.world().visible_area().encloses(&area) {
            let camera = self.camera.centred_on(area.centre(), self.viewport);
            self.move_camera(camera, update);
        }
    }

    /// Moves the view by the least that shows all of the nodes that are selected, or
    /// of the one that the keyboard is at.
    pub(super) fn keep_at_hand_in_view(&mut self, update: &mut Update) {
        let nodes = self.nodes_at_hand();
        if let Some(area) = bounds_of(self.flow(), &nodes) {
            let camera = self.camera.showing(area, self.viewport);
            self.move_camera(camera, update);
        }
    }

    /// Where the middle of a new card goes that nobody chose a place for: the
    /// middle of the pane, or near it where another card lies there.
    pub(super) fn room_in_the_middle(&self) -> Point {
        let half = node_rect(Point::default()).centre();
        let step = Point::new(2.0 * GRID, 2.0 * GRID);
        let position = snap_to_grid(self.middle_in_canvas() - half);
        room_near(&self.scene, position, step) + half
    }

    /// The point of the canvas in the middle of the pane.
    pub(super) fn middle_in_canvas(&self) -> Point {
        self.world().visible_area().centre()
    }
}

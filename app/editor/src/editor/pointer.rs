//! Pointer events, and what tools ask for.

use flow::Point;

use super::{Editor, keyboard::SpaceBar};
use crate::{
    Effect, Hit, Input, Selection, Update,
    tool::{Tool, Whereabouts, is_at_border},
    world::Action,
};

/// A finger that rests so long asks for a menu.
const LONG_PRESS_MILLIS: f64 = 500.0;

impl Editor {
    pub(super) fn point(&mut self, input: &Input, update: &mut Update) {
        match input {
            Input::PointerDown { at_in_screen, .. }
            | Input::PointerMove { at_in_screen, .. }
            | Input::PointerUp { at_in_screen, .. } => self.pointer_in_screen = Some(*at_in_screen),
            Input::PointerCancel | Input::PointerLeave => self.pointer_in_screen = None,
            _ => {}
        }
        update.consumed = true;
        self.step_tool(input, update);
    }

    /// A frame passed: near the border, the view goes on by itself.
    pub(super) fn tick(&mut self, at_millis: f64, update: &mut Update) {
        if let Some((at_in_screen, since_millis)) = self.tool.resting_finger()
            && at_millis - since_millis >= LONG_PRESS_MILLIS
        {
            self.cancel_tool(update);
            self.ask_for_menu(at_in_screen, update);
        }
        let Some((pointer, _)) = self.tool.follows().filter(|_| self.is_held_at_border()) else {
            self.auto_pan.stop();
            return;
        };
        let by = self.auto_pan.tick(at_millis, pointer, self.viewport);
        if by != Point::default() {
            self.move_camera(self.camera.panned(by), update);
        }
    }

    /// Asks for the menu of what is here. Inside of the selection the menu is
    /// about all of it; what is outside is selected first.
    pub(super) fn ask_for_menu(&mut self, at_in_screen: Point, update: &mut Update) {
        update.consumed = true;
        if self.tool.holds_pointer() {
            return;
        }
        let on = self.world().hit(at_in_screen);
        match &on {
            Some(Hit::Edge(edge)) if !self.selection.edges().contains(edge) => {
                self.select(Selection::of_edge(edge.clone()), update);
            }
            Some(Hit::Note(note) | Hit::NoteCorner(note))
                if !self.selection.notes().contains(note) =>
            {
                self.select(Selection::of_notes([note.clone()]), update);
            }
            Some(Hit::Group(group)) => {
                let group = group.clone();
                self.select_group(&group, crate::SelectMode::Replace, update);
            }
            Some(hit) => {
                if let Some(node) = hit.node()
                    && !self.selection.nodes().contains(node)
                {
                    self.select(Selection::of_nodes([node.clone()]), update);
                }
            }
            None => {}
        }
        update
            .effects
            .push(Effect::ContextMenu { at_in_screen, on });
    }

    /// Whether [`Input::Tick`] is wanted at every frame: something is held at
    /// the border of the pane, or a finger rests.
    pub fn wants_ticks(&self) -> bool {
        self.tool.resting_finger().is_some() || self.is_held_at_border()
    }

    fn is_held_at_border(&self) -> bool {
        self.tool.holds_pointer()
            && self
                .tool
                .follows()
                .is_some_and(|(pointer, _)| is_at_border(pointer, self.viewport))
    }

    pub(super) fn step_tool(&mut self, input: &Input, update: &mut Update) {
        let tool = std::mem::take(&mut self.tool);
        let showed = shown(&tool);
        let (tool, actions) = tool.step(input, &self.world());
        self.enter(tool, showed, actions, update);
    }

    pub(super) fn cancel_tool(&mut self, update: &mut Update) {
        let tool = std::mem::take(&mut self.tool);
        let showed = shown(&tool);
        let (tool, actions) = tool.cancel();
        self.enter(tool, showed, actions, update);
    }

    pub(super) fn reconcile_tool(&mut self, update: &mut Update) {
        if self.tool.is_idle() {
            return;
        }
        let tool = std::mem::take(&mut self.tool);
        // What it shows may be elsewhere by what changed in the flow.
        let (tool, actions) = tool.reconcile(&self.world());
        self.enter(tool, Shown::Anything, actions, update);
    }

    /// What the pointer holds follows when the view moves under it.
    pub(super) fn follow_camera(&mut self, update: &mut Update) {
        if let Some((at_in_screen, modifiers)) = self.tool.follows() {
            let input = Input::PointerMove {
                at_in_screen,
                modifiers,
            };
            self.step_tool(&input, update);
        }
    }

    fn enter(&mut self, tool: Tool, showed: Shown, actions: Vec<Action>, update: &mut Update) {
        let shows = shown(&tool);
        update.overlay |= showed != shows || shows == Shown::Anything;
        if matches!(tool, Tool::Pan(_)) && self.space_bar == SpaceBar::Down {
            self.space_bar = SpaceBar::Panned;
        }
        self.tool = tool;
        for action in actions {
            self.perform(action, update);
        }
    }

    fn perform(&mut self, action: Action, update: &mut Update) {
        match action {
            Action::Select(selection) => self.select(selection, update),
            Action::Focus(focus) => {
                self.set_note_focus(None, update);
                self.set_focus(focus, update);
                self.focus_is_pointed = true;
            }
            Action::FocusNote(note) => {
                self.set_note_focus(Some(note), update);
                self.focus_is_pointed = true;
            }
            Action::PanBy(by_in_screen) => {
                self.move_camera(self.camera.panned(by_in_screen), update);
            }
            Action::Pinch {
                factor,
                from_in_screen,
                to_in_screen,
            } => {
                let zoom = self.camera.zoom * factor;
                let zoomed = self.camera.zoomed(zoom, self.least_zoom(), from_in_screen);
                self.move_camera(zoomed.panned(to_in_screen - from_in_screen), update);
            }
            Action::Run(command) => {
                // Gestures are no keystrokes: they merge with nothing.
                self.execute(command, 0.0, update);
            }
            Action::Move(by) => {
                self.move_at_hand(by, update);
            }
            Action::Clone(by) => self.clone_selected(by, "Copy", update),
            Action::Effect(effect) => update.effects.push(effect),
        }
    }
}

/// What a tool shows, as far as it tells whether that may be something else
/// after an input.
#[derive(PartialEq)]
enum Shown {
    Nothing,
    /// The same all the time: only the view moves.
    Panning,
    /// On the grid many movements of the pointer leave what is dragged where it is.
    Dragging(Whereabouts),
    Anything,
}

fn shown(tool: &Tool) -> Shown {
    match tool {
        Tool::Select(_) | Tool::Press(_) => Shown::Nothing,
        Tool::Pan(_) | Tool::Pinch(_) => Shown::Panning,
        Tool::Drag(drag) => Shown::Dragging(drag.whereabouts()),
        Tool::Resize(_) | Tool::Marquee(_) | Tool::Connect(_) | Tool::Reroute(_) | Tool::Cut(_) => {
            Shown::Anything
        }
    }
}

//! The editor: its state, how a flow is opened in it, and the three doors by
//! which everything else comes.

mod availability;
mod beside;
mod clipping;
mod commands;
mod disabling;
mod edits;
mod keyboard;
mod pointer;
mod queries;
mod tidying;
mod view;

use flow::{Flow, NodeId, NoteId, Point};

use crate::{
    Camera, Command, Effect, FromServer, Hit, IdSource, Input, Preferences, Selection, Update,
    difference::difference,
    document::Document,
    geometry::Size,
    history::History,
    scene::Scene,
    tool::{AutoPan, Tool},
    world::World,
};
use clipping::LastPaste;
use keyboard::SpaceBar;
use tidying::Tidying;

/// How a flow is opened.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The flow as the server has it.
    pub flow: Flow,
    /// The number of the last edit that it contains.
    pub seq: u64,
    /// What this person may do.
    pub rights: Rights,
    /// Names for what this browser makes.
    pub ids: IdSource,
}

/// What a person may do with the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rights {
    /// Look.
    #[default]
    Read,
    /// Change it.
    Edit,
}

/// A flow being looked at and edited.
#[derive(Clone, Debug)]
pub struct Editor {
    document: Document,
    history: History,
    ids: IdSource,
    rights: Rights,
    scene: Scene,
    selection: Selection,
    /// Whether Space put the selection together: it then stays while the
    /// keyboard goes on.
    selection_stays: bool,
    focus: Option<NodeId>,
    /// At most one of the two is there.
    note_focus: Option<NoteId>,
    /// Whether a press set the focus.
    focus_is_pointed: bool,
    hover: Option<Hit>,
    tool: Tool,
    camera: Camera,
    viewport: Size,
    auto_pan: AutoPan,
    pointer_in_screen: Option<Point>,
    space_bar: SpaceBar,
    preferences: Preferences,
    last_paste: Option<LastPaste>,
    tidying: Tidying,
}

impl Editor {
    /// Opens a flow.
    pub fn new(opening: Opening) -> Self {
        Self {
            scene: Scene::of(&opening.flow),
            document: Document::new(opening.flow, opening.seq),
            history: History::default(),
            ids: opening.ids,
            rights: opening.rights,
            selection: Selection::default(),
            selection_stays: false,
            focus: None,
            note_focus: None,
            focus_is_pointed: false,
            hover: None,
            tool: Tool::idle(),
            camera: Camera::default(),
            viewport: Size::default(),
            auto_pan: AutoPan::default(),
            pointer_in_screen: None,
            space_bar: SpaceBar::default(),
            preferences: Preferences::default(),
            last_paste: None,
            tidying: Tidying::default(),
        }
    }

    /// Opens a flow in the pane that another has lain in, and shows it whole.
    pub fn open(&mut self, opening: Opening) -> Update {
        let before = std::mem::replace(self, Self::new(opening));
        let changes = difference(before.flow(), self.flow());
        self.preferences = before.preferences;
        Update {
            changes,
            ..self.show_whole(before.viewport)
        }
    }

    /// Shows the flow whole in a pane of this size, as it is opened. While a
    /// gesture is under way, that is [`Command::FitAll`]'s.
    pub fn show_whole(&mut self, pane: Size) -> Update {
        self.viewport = pane;
        let has_pane = pane.width > 0.0 && pane.height > 0.0;
        if let Some(area) = self.bounds().filter(|_| has_pane) {
            self.camera = self.camera.fitted(area, pane);
        }
        Update {
            camera: true,
            ..Update::default()
        }
    }

    /// The pane has this size now.
    pub fn resize(&mut self, pane: Size) -> Update {
        self.viewport = pane;
        Update {
            camera: true,
            ..Update::default()
        }
    }

    /// Works as a person prefers from now on.
    pub fn prefer(&mut self, preferences: Preferences) {
        self.preferences = preferences;
    }

    /// Takes an event of pointer, wheel or keyboard.
    pub fn dispatch(&mut self, input: Input) -> Update {
        let mut update = Update::default();
        match input {
            Input::KeyDown { key, modifiers } => self.key_down(&key, modifiers, &mut update),
            Input::KeyUp { key } => self.key_up(&key, &mut update),
            Input::KeysLeft => self.space_bar = SpaceBar::default(),
            Input::Wheel {
                at_in_screen,
                delta,
                unit,
                modifiers,
                pinch,
            } => {
                self.pointer_in_screen = Some(at_in_screen);
                self.wheel(at_in_screen, delta, unit, modifiers, pinch, &mut update);
            }
            Input::Tick { at_millis } => self.tick(at_millis, &mut update),
            Input::ContextMenu { at_in_screen } => self.ask_for_menu(at_in_screen, &mut update),
            _ => self.point(&input, &mut update),
        }
        self.settle(&mut update);
        update
    }

    /// Does what a person asked for. The time, in milliseconds of the clock
    /// that the inputs come with, tells which keystrokes belong together.
    pub fn run(&mut self, command: Command, at_millis: f64) -> Update {
        let mut update = Update::default();
        if !command.spares_gestures() && !self.tool.is_idle() {
            self.cancel_tool(&mut update);
        }
        update.consumed = self.execute(command, at_millis, &mut update);
        self.settle(&mut update);
        update
    }

    /// Takes a message of the server.
    pub fn receive(&mut self, message: FromServer) -> Update {
        let mut update = Update::default();
        let received = self.document.receive(message);
        for (id, inverse) in received.rebased {
            self.history.rebase(&id, inverse);
        }
        if let Some((pending, reason)) = received.lost {
            self.history.forget(&pending.id);
            let sentence = format!(
                "“{}” was not kept: {}. Look at the flow as it is now and do it again if it is still wanted.",
                pending.transaction.label,
                reason.trim_end_matches('.')
            );
            update.effects.push(Effect::Lost {
                transaction: pending.transaction,
                sentence,
            });
        }
        if received.resync {
            update.effects.push(Effect::Resync);
        }
        self.follow(received.changes, &mut update);
        self.settle(&mut update);
        update
    }

    /// What this person may do from now on.
    pub fn set_rights(&mut self, rights: Rights) -> Update {
        let mut update = Update::default();
        if self.rights != rights {
            self.rights = rights;
            self.reconcile_tool(&mut update);
            self.settle(&mut update);
        }
        update
    }

    fn world(&self) -> World<'_> {
        World {
            flow: self.document.shown(),
            scene: &self.scene,
            selection: &self.selection,
            camera: self.camera,
            viewport: self.viewport,
            rights: self.rights,
            space_held: self.space_bar != SpaceBar::Up,
            pointer_in_screen: self.pointer_in_screen,
        }
    }

    /// What every door ends with: the pointer may be over something else now.
    fn settle(&mut self, update: &mut Update) {
        let hover = match self.pointer_in_screen {
            Some(at_in_screen) if self.tool.is_idle() => self.world().hit(at_in_screen),
            _ => None,
        };
        if hover != self.hover {
            self.hover = hover;
            update.hover = true;
        }
    }

    fn select(&mut self, selection: Selection, update: &mut Update) {
        if selection != self.selection {
            self.selection = selection;
            self.selection_stays = false;
            update.selection = true;
        }
    }

    fn set_focus(&mut self, focus: Option<NodeId>, update: &mut Update) {
        if focus.is_some() && self.note_focus.take().is_some() {
            update.focus = true;
        }
        if focus != self.focus {
            self.focus = focus;
            self.focus_is_pointed = false;
            update.focus = true;
        }
    }
}

/// Says how things stand.
fn announce_state(update: &mut Update, sentence: String) {
    update.effects.push(Effect::AnnounceState(sentence));
}

fn announce(update: &mut Update, sentence: impl Into<String>) {
    update.effects.push(Effect::Announce(sentence.into()));
}

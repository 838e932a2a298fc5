//! Everything that an open flow consists of in this page: the editor, its
//! projection, the link to the server, and what panels share.

mod doors;
mod effects;
mod hearing;
mod home;
mod opened;
mod place;
mod tidying;

use std::{ops::Deref, sync::Arc, time::Duration};

use api::{Publish, Right, Role, socket::Person};
use dom::prelude::*;
use editor::{
    Command, Editor, Hit, IdSource, Opening, Orientation, Pending, Rights, geometry::Size,
};
use flow::{Flow, NodeId, Point, Problem, Stamp};

use super::{
    canvas::{Dirty, Surface},
    comparison::Comparing,
    debounce::Debounce,
    find::Finding,
    link::Link,
    problems::ProblemList,
    projection::{
        FlowShown, History, MOST_SELECTED_CARDS, Projection, Selected, Step, Tool, set_if_different,
    },
    workspace::Surroundings,
};
use crate::{
    client::Client,
    components::{Announcer, Toasts},
    frame::{Commands, SearchAll},
    preferences::Preferences,
    session::SessionState,
};

use doors::Entrance;
pub(crate) use doors::{Doors, doors};
pub(crate) use home::{Home, RowWanted};
pub(crate) use opened::{AddThen, FieldTarget, Picking, QuickAdd, RowPart};

/// How long after a change of the selection others are told.
const SELECTION_QUIET: Duration = Duration::from_millis(120);

/// How far opening the flow has come.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phase {
    /// The server has not said anything yet.
    Opening,
    /// It is open.
    Open,
    /// There is no such flow, or this person may not see it.
    NotFound,
    /// Somebody deleted it while it was open.
    Deleted,
    /// The server speaks a newer language than this page.
    Outdated,
    /// The flow is larger than the server can send.
    TooLarge,
}

/// An edit that was not kept.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LostEdit {
    /// Tells it from others.
    pub(crate) number: u64,
    /// What happened and what to do.
    pub(crate) sentence: String,
    /// The edit as text, to keep elsewhere.
    pub(crate) text: String,
}

/// An open flow: one pointer, so that what belongs to it is not copied into
/// each of the hundreds of closures that act on it.
#[derive(Clone, Copy)]
pub(crate) struct Desk(&'static OnDesk);

impl Deref for Desk {
    type Target = OnDesk;

    fn deref(&self) -> &OnDesk {
        self.0
    }
}

/// What belongs to an open flow.
pub(crate) struct OnDesk {
    editor: StoredValue<Editor>,
    /// The way to the editor.
    entrance: StoredValue<Entrance>,
    surface: StoredValue<Option<Surface>>,
    flow_id: StoredValue<String>,
    pub(crate) link: Link,
    pub(crate) projection: Projection,
    pub(crate) phase: RwSignal<Phase>,
    pub(crate) role: RwSignal<Role>,
    /// This connection, among the people in the flow.
    pub(crate) me: RwSignal<String>,
    pub(crate) people: RwSignal<Vec<Person>>,
    pub(crate) stamp: RwSignal<Option<Stamp>>,
    /// The publish that was last heard of.
    pub(crate) publish: RwSignal<Option<Publish>>,
    /// What both sides changed, while somebody decides.
    pub(crate) comparing: RwSignal<Option<Comparing>>,
    pub(crate) flow: RwSignal<FlowShown>,
    pub(crate) selected: RwSignal<Selected>,
    /// The node that the keyboard acts on.
    pub(crate) focused: RwSignal<Option<NodeId>>,
    pub(crate) tool: RwSignal<Tool>,
    pub(crate) zoom: RwSignal<f64>,
    /// Counts movements of the view.
    pub(crate) view: RwSignal<u64>,
    pub(crate) history: RwSignal<History>,
    /// How many edits the server has not acknowledged.
    pub(crate) pending: RwSignal<usize>,
    /// Counts changes of the logic: names, fields, edges, settings.
    pub(crate) revision: RwSignal<u64>,
    /// Counts everything that changes, positions included.
    pub(crate) drawn: RwSignal<u64>,
    pub(crate) problems: RwSignal<Arc<ProblemList>>,
    /// What the flow can refer to.
    pub(crate) workspace: Surroundings,
    /// The problem that was last gone to.
    pub(crate) visited: RwSignal<Option<Problem>>,
    /// The search in the flow.
    pub(crate) find: Finding,
    pub(crate) quick_add: RwSignal<Option<QuickAdd>>,
    /// The edge into which what is carried from the palette would go.
    pub(crate) landing: RwSignal<Option<flow::EdgeId>>,
    pub(crate) picking: RwSignal<Option<Picking>>,
    /// Asks for the properties to be shown.
    pub(crate) open_right: RwSignal<bool>,
    /// Asks for the drawing to be shown, where there is room for one thing only.
    pub(crate) show_canvas: RwSignal<bool>,
    pub(crate) renaming: RwSignal<Option<NodeId>>,
    /// A node of which what it calls is to be opened.
    pub(crate) callee: RwSignal<Option<NodeId>>,
    /// A menu that was asked for: where, and what is there.
    pub(crate) menu: RwSignal<Option<(Point, Option<Hit>)>>,
    pub(crate) field_target: RwSignal<Option<FieldTarget>>,
    pub(crate) lost: RwSignal<Vec<LostEdit>>,
    /// Whether tidying takes so long that somebody waits for it.
    pub(crate) tidying: RwSignal<bool>,
    pub(crate) client: Client,
    session: SessionState,
    preferences: Preferences,
    telling: Debounce,
    placing: Debounce,
    home: StoredValue<Home>,
    /// The row of the outline that gets the focus as soon as it is there.
    pub(crate) row_wanted: RwSignal<Option<RowWanted>>,
    announcer: Announcer,
    toasts: Toasts,
    /// What every page has, where there is a frame around this one.
    commands: Option<Commands>,
    search: Option<SearchAll>,
}

impl Desk {
    /// A desk for a flow that has not arrived yet.
    pub(crate) fn new(flow_id: String) -> Self {
        // The handles stay, some hundred bytes for each flow that is opened;
        // what they lead to ends with the page.
        Self(Box::leak(Box::new(OnDesk {
            editor: StoredValue::new_local(Editor::new(Opening {
                flow: Flow::default(),
                seq: 0,
                rights: Rights::Read,
                ids: IdSource::new(random_name()),
            })),
            entrance: StoredValue::new_local(Entrance::Closed),
            surface: StoredValue::new_local(None),
            flow_id: StoredValue::new(flow_id),
            link: Link::new(),
            projection: Projection::new(),
            phase: RwSignal::new(Phase::Opening),
            role: RwSignal::new(Role::Viewer),
            me: RwSignal::new(String::new()),
            people: RwSignal::new(Vec::new()),
            stamp: RwSignal::new(None),
            publish: RwSignal::new(None),
            comparing: RwSignal::new(None),
            flow: RwSignal::new(FlowShown::default()),
            selected: RwSignal::new(Selected::default()),
            focused: RwSignal::new(None),
            tool: RwSignal::new(Tool::Idle),
            zoom: RwSignal::new(1.0),
            view: RwSignal::new(0),
            history: RwSignal::new(History::default()),
            pending: RwSignal::new(0),
            revision: RwSignal::new(0),
            drawn: RwSignal::new(0),
            problems: RwSignal::new(Arc::default()),
            workspace: Surroundings::new(),
            visited: RwSignal::new(None),
            find: Finding::new(),
            quick_add: RwSignal::new(None),
            landing: RwSignal::new(None),
            picking: RwSignal::new(None),
            open_right: RwSignal::new(false),
            show_canvas: RwSignal::new(false),
            renaming: RwSignal::new(None),
            callee: RwSignal::new(None),
            menu: RwSignal::new(None),
            field_target: RwSignal::new(None),
            lost: RwSignal::new(Vec::new()),
            tidying: RwSignal::new(false),
            client: expect_context(),
            session: expect_context(),
            preferences: expect_context(),
            telling: Debounce::new(SELECTION_QUIET),
            placing: Debounce::new(place::QUIET),
            home: StoredValue::new(Home::Canvas),
            row_wanted: RwSignal::new(None),
            announcer: expect_context(),
            toasts: expect_context(),
            commands: use_context(),
            search: use_context(),
        })))
    }

    /// The flow's id here.
    pub(crate) fn flow_id(self) -> String {
        self.flow_id.try_get_value().unwrap_or_default()
    }

    /// Looks at the editor. Nothing reacts to what is read here.
    pub(crate) fn read<R>(self, look: impl FnOnce(&Editor) -> R) -> R {
        self.editor.with_value(look)
    }

    /// Works as this person prefers from now on.
    pub(crate) fn prefer(self, preferences: editor::Preferences) {
        self.editor
            .try_update_value(|editor| editor.prefer(preferences));
    }

    /// Shows the flow whole in a pane that has this size now.
    pub(crate) fn show_whole(self, pane: Size) {
        self.change(Step::Whole, |editor| editor.show_whole(pane));
    }

    /// The pane has another size.
    pub(crate) fn resize(self, pane: Size) {
        self.change(Step::Whole, |editor| editor.resize(pane));
    }

    /// Lets the editor change and tells everybody what did; whether what changed
    /// it was used.
    fn change(self, step: Step, act: impl FnOnce(&mut Editor) -> editor::Update) -> bool {
        // The page may have gone away while a request was under way.
        let Some(update) = self.editor.try_update_value(act) else {
            return false;
        };
        let consumed = update.consumed;
        self.settle(update, step);
        consumed
    }

    fn settle(self, update: editor::Update, step: Step) {
        self.editor.with_value(|editor| {
            // Of the wheel's many steps only those that zoom change every card.
            let before = self.zoom.try_get_untracked();
            let zooms = update.camera && before != Some(editor.camera().zoom);
            let step = if zooms { step } else { Step::Whole };
            self.project(editor, &update, step);
            self.request_frame(editor, &update, step);
        });
        let changes = &update.changes;
        if update.focus || !changes.nodes.is_empty() || !changes.notes.is_empty() {
            self.follow_focus();
        }
        if update.focus {
            self.announce_focus();
        }
        self.link.send(self, update.outbox);
        for effect in update.effects {
            self.perform(effect);
        }
    }

    /// Moves the browser's focus along with the editor's, while it is on the
    /// canvas: to the focused card, or to the canvas when that card went away.
    fn follow_focus(self) {
        let Some(surface) = self.surface().filter(Surface::has_focus) else {
            return;
        };
        let focus = self.read(|editor| (editor.focus().cloned(), editor.focused_note().cloned()));
        match focus {
            (Some(node), _) => surface.focus_node(self, node),
            (None, Some(note)) => surface.focus_note(self, note),
            (None, None) => surface.keep_focus(self),
        }
    }

    fn project(self, editor: &Editor, update: &editor::Update, step: Step) {
        self.projection.refresh(editor, update, step);
        if update.selection {
            set_if_different(self.selected, Selected::of(editor));
            self.tell_selection();
        }
        if update.focus || update.changes.touches_logic() {
            set_if_different(self.focused, editor.focus().cloned());
        }
        if update.overlay || update.camera {
            set_if_different(self.tool, Tool::of(editor));
        }
        if update.camera {
            set_if_different(self.zoom, editor.camera().zoom);
            self.view.update(|view| *view += 1);
        }
        if update.changes.touches_logic() {
            set_if_different(self.flow, FlowShown::of(editor.flow()));
            self.revision.update(|revision| *revision += 1);
        }
        if !update.changes.is_empty() {
            self.drawn.update(|drawn| *drawn += 1);
        }
        if !update.changes.nodes.is_empty() || !update.changes.edges.is_empty() {
            self.close_what_is_gone(editor.flow());
        }
        set_if_different(self.history, History::of(editor));
        set_if_different(self.pending, editor.unacknowledged().count());
    }

    fn request_frame(self, editor: &Editor, update: &editor::Update, step: Step) {
        let Some(surface) = self.surface() else {
            return;
        };
        let changes = &update.changes;
        let changed = !changes.is_empty();
        // What was dragged has been lifted off the still layer already.
        let moved_otherwise = changes.moved.iter().any(|id| !surface.has_lifted(id));
        let paper = !changes.notes.is_empty()
            || !changes.groups.is_empty()
            || (!changes.moved.is_empty() && self.draws_paper());
        let selected = update.selection && surface.shows_selected(self.many_selected(editor));
        let dirty = Dirty {
            scene: !changes.nodes.is_empty()
                || !changes.edges.is_empty()
                || moved_otherwise
                || paper
                || selected,
            live: changed || update.selection || update.overlay || update.hover || update.focus,
            camera: update.camera,
        };
        if step == Step::OneOfMany {
            surface.rest_soon(self);
        }
        surface.request(self, dirty);
    }

    /// Whether the canvas draws notes and frames.
    fn draws_paper(self) -> bool {
        self.projection.beside.simplified.get_untracked()
    }

    /// Whether more nodes are selected than have cards to show it.
    fn many_selected(self, editor: &Editor) -> bool {
        self.projection.simplified.get_untracked()
            && editor.selection().nodes().len() > MOST_SELECTED_CARDS
    }

    /// Lets the cards come that waited for the end of a gesture.
    pub(crate) fn rest(self) {
        self.editor
            .try_with_value(|editor| self.projection.catch_up(editor));
    }

    /// Lets a few cards come that a pan will show; whether there are more.
    pub(crate) fn look_ahead(self) -> bool {
        let ahead = self
            .editor
            .try_with_value(|editor| self.projection.look_ahead(editor));
        ahead == Some(true)
    }

    /// Asks for a frame that draws what is out of date.
    pub(crate) fn draw(self, dirty: Dirty) {
        let surface = self.surface.try_get_value().flatten();
        if let Some(surface) = surface {
            surface.request(self, dirty);
        }
    }

    /// Gives the desk the elements to draw on.
    pub(crate) fn set_surface(self, surface: Option<Surface>) {
        self.surface.try_set_value(surface);
    }

    /// The elements to draw on, while the canvas is in the page.
    pub(crate) fn surface(self) -> Option<Surface> {
        self.surface.try_get_value().flatten()
    }

    /// Whether the flow has arrived.
    pub(crate) fn opened(self) -> bool {
        self.phase.try_get_untracked() == Some(Phase::Open)
    }

    /// The number of the last of the server's edits that is contained.
    pub(crate) fn seq(self) -> u64 {
        self.editor.try_with_value(Editor::seq).unwrap_or_default()
    }

    /// What the server has not acknowledged, in order.
    pub(crate) fn unacknowledged(self) -> Vec<Pending> {
        self.editor
            .try_with_value(|editor| editor.unacknowledged().cloned().collect())
            .unwrap_or_default()
    }

    /// Whether this person may change the flow.
    pub(crate) fn can_edit(self) -> Signal<bool> {
        Signal::derive(move || self.role.get().may(Right::EditFlows))
    }

    /// Whether keys without Ctrl or ⌘ act.
    pub(crate) fn single_letter_keys(self) -> bool {
        untrack(|| self.preferences.single_letter_keys())
    }

    /// Tidies the selected nodes if there are several, else all, the way that
    /// was chosen last.
    pub(crate) fn tidy_up(self) {
        self.run(Command::TidyUp(untrack(|| self.preferences.orientation())));
    }

    /// Chooses which way a tidy flow leads, and tidies.
    pub(crate) fn tidy_up_towards(self, orientation: Orientation) {
        self.preferences.choose_orientation(orientation);
        self.tidy_up();
    }

    /// Selects a node and brings it into view.
    pub(crate) fn select_and_reveal(self, node: &NodeId) {
        self.run(Command::Reveal(node.clone()));
    }

    /// Selects a node, brings it into view and moves the focus to a field.
    pub(crate) fn go_to(self, target: FieldTarget) {
        self.select_and_reveal(&target.node);
        self.field_target.set(Some(target));
    }

    fn tell_selection(self) {
        self.telling.run(move || {
            let selected = self.selected.try_get_untracked().unwrap_or_default();
            let nodes = selected.nodes.into_iter().take(200).collect();
            self.link.show_selection(nodes);
        });
    }
}

/// Milliseconds since the page was opened.
pub(crate) fn now_millis() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// Ten random letters and digits: what this page makes gets a name that no
/// other page has given.
pub(crate) fn random_name() -> String {
    const SIGNS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut random = [0u8; 10];
    let drawn = window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut random));
    if drawn.is_err() {
        for byte in &mut random {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    random
        .iter()
        .filter_map(|byte| SIGNS.get(usize::from(*byte) % SIGNS.len()))
        .map(|sign| char::from(*sign))
        .collect()
}

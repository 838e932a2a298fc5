//! Everything that an open flow consists of in this page: the editor, its
//! projection, the link to the server, and what panels share.

mod doors;
mod effects;
mod hearing;
mod home;
mod opened;
mod place;
mod random_name;
mod settling;
mod tidying;
mod type_ahead;

use std::{ops::Deref, sync::Arc, time::Duration};

use api::{Publish, Right, Role, socket::Person};
use dom::prelude::*;
use editor::{
    Command, Editor, Hit, IdSource, Opening, Orientation, Pending, Rights, geometry::Size,
};
use flow::{Flow, NodeId, Point, Problem, Stamp};

use super::{
    canvas::Surface,
    comparison::Comparing,
    debounce::Debounce,
    find::Finding,
    link::Link,
    problems::ProblemList,
    projection::{FlowShown, History, Projection, Selected, Step, Tool},
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
pub(crate) use random_name::random_name;

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
    /// Whether somebody wanted to publish while errors were in the way.
    pub(crate) held_up: RwSignal<bool>,
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
            held_up: RwSignal::new(false),
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

    /// The same as it is now. What asks in every frame makes no signal for it.
    pub(crate) fn can_edit_now(self) -> bool {
        self.role.get_untracked().may(Right::EditFlows)
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
}

/// Milliseconds since the page was opened.
pub(crate) fn now_millis() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

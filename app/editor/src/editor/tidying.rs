//! Tidying: what is asked for, under way, and done.

use std::sync::Arc;

use flow::NodeId;
use rustc_hash::FxHashSet;

use super::{Editor, announce};
use crate::{
    Effect, Update,
    geometry::{Orientation, Rect},
    plan::plan_tidy,
    scene::bounds_of,
    selection::OrderedSet,
    tidy::{Drawing, Tidied, TidyTask},
};

/// How often it begins anew because what it is about changed meanwhile.
const ATTEMPTS: u32 = 5;

/// What is being tidied, if something is.
#[derive(Clone, Debug, Default)]
pub(super) struct Tidying {
    /// The number of the last task.
    last: u64,
    wanted: Option<Wanted>,
}

/// What the view shows of nodes.
struct Seen {
    /// Whether all of them are wholly in it.
    is_whole: bool,
    /// Those that are in it.
    nodes: Vec<NodeId>,
}

#[derive(Clone, Debug)]
struct Wanted {
    /// The nodes; all when absent.
    only: Option<OrderedSet<NodeId>>,
    orientation: Orientation,
    attempts: u32,
}

impl Editor {
    /// Whether what a task leads to is still wanted: it was neither given up
    /// nor begun anew.
    pub fn is_tidying(&self, task: &TidyTask) -> bool {
        self.tidying.wanted.is_some() && self.tidying.last == task.number
    }

    /// Asks for the selected nodes to be tidied if there are several, else for
    /// all.
    pub(super) fn tidy_up(&mut self, orientation: Orientation, update: &mut Update) {
        if !self.may_edit_or_says_no(update) {
            return;
        }
        let selected = self.selection.nodes();
        self.tidying.wanted = Some(Wanted {
            only: (selected.len() > 1).then(|| selected.clone()),
            orientation,
            attempts: 0,
        });
        self.ask_for_tidying(update);
    }

    fn ask_for_tidying(&mut self, update: &mut Update) {
        let Some(wanted) = &mut self.tidying.wanted else {
            return;
        };
        if wanted.attempts == ATTEMPTS {
            self.tidying.wanted = None;
            return announce(
                update,
                "Not tidied, since others keep changing the flow. Try again in a moment.",
            );
        }
        wanted.attempts += 1;
        self.tidying.last += 1;
        let orientation = wanted.orientation;
        let Some(drawing) = self.drawing_to_tidy() else {
            return;
        };
        update.effects.push(Effect::Tidy(TidyTask {
            drawing: Arc::new(drawing),
            orientation,
            number: self.tidying.last,
        }));
    }

    fn drawing_to_tidy(&self) -> Option<Drawing> {
        let wanted = self.tidying.wanted.as_ref()?;
        Some(Drawing::of(self.flow(), &self.scene, wanted.only.as_ref()))
    }

    /// Moves nodes to where tidying has them, unless it was given up. When
    /// what was tidied changed meanwhile, it begins anew.
    pub(super) fn move_tidied(&mut self, tidied: Tidied, update: &mut Update) {
        if !self.is_tidying(&tidied.task) {
            return;
        }
        if self.drawing_to_tidy().as_ref() != Some(&*tidied.task.drawing) {
            return self.ask_for_tidying(update);
        }
        let only = self.tidying.wanted.take().and_then(|wanted| wanted.only);
        let Some(moves) = tidied.moves else {
            let sentence = "Not tidied: there is no room at the border of the canvas. \
                            Move the nodes towards its middle first.";
            return announce(update, sentence);
        };
        let count = moves.len();
        match plan_tidy(moves) {
            None => announce(update, "Everything is tidy already."),
            Some(plan) => {
                let before = self.look_at(only.as_ref());
                if self.commit_untold(plan, None, update).is_some() {
                    let nodes = if count == 1 { "node" } else { "nodes" };
                    announce(update, format!("Tidied up: {count} {nodes} moved."));
                    self.keep_in_sight(only.as_ref(), &before, update);
                }
            }
        }
    }

    /// What is seen of these nodes, or of all.
    fn look_at(&self, only: Option<&OrderedSet<NodeId>>) -> Seen {
        let area = self.world().visible_area();
        let whole = self.area_of(only);
        let mut nodes = self.scene.nodes_in(&area, None);
        nodes.retain(|id| only.is_none_or(|only| only.contains(id)));
        Seen {
            is_whole: whole.is_some_and(|whole| area.encloses(&whole)),
            nodes,
        }
    }

    /// The view stays as long as it shows what it showed: the whole of what was
    /// tidied, else most of the nodes that were in it. Otherwise it shows the
    /// result, so that nobody has to look for it.
    fn keep_in_sight(
        &mut self,
        only: Option<&OrderedSet<NodeId>>,
        before: &Seen,
        update: &mut Update,
    ) {
        let now = self.look_at(only);
        let seen: FxHashSet<_> = now.nodes.iter().collect();
        let still = before.nodes.iter().filter(|id| seen.contains(id));
        let shows_most = !before.nodes.is_empty() && 2 * still.count() >= before.nodes.len();
        if !(now.is_whole || (shows_most && !before.is_whole)) {
            self.fit(self.area_of(only), update);
        }
    }

    fn area_of(&self, only: Option<&OrderedSet<NodeId>>) -> Option<Rect> {
        match only {
            Some(only) => bounds_of(self.flow(), only),
            None => self.bounds(),
        }
    }

    /// Gives up what is being tidied; says whether something was.
    pub(super) fn give_up_tidying(&mut self, update: &mut Update) -> bool {
        let was_tidying = self.tidying.wanted.take().is_some();
        if was_tidying {
            announce(update, "Tidying was given up. Nothing moved.");
        }
        was_tidying
    }
}

//! Tidying: what is asked for, under way, and done.

use std::sync::Arc;

use flow::NodeId;

use super::{Editor, announce};
use crate::{
    Effect, Update,
    geometry::Orientation,
    plan::plan_tidy,
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
        self.tidying.wanted = None;
        let Some(moves) = tidied.moves else {
            let sentence = "Not tidied: there is no room at the border of the canvas. \
                            Move the nodes towards its middle first.";
            return announce(update, sentence);
        };
        let count = moves.len();
        match plan_tidy(moves) {
            None => announce(update, "Everything is tidy already."),
            Some(plan) => {
                if self.commit(plan, None, update) {
                    let nodes = if count == 1 { "node" } else { "nodes" };
                    announce(update, format!("Tidied up: {count} {nodes} moved."));
                }
            }
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

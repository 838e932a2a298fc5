//! Tidying in slices, so that the page goes on meanwhile.

use std::time::Duration;

use dom::prelude::*;
use editor::{Command, Tidy, TidyTask};

use super::{Desk, now_millis};
use crate::{editor::projection::set_if_different, parts};

/// How long a slice takes: half a frame is left for all else.
const SLICE_MILLIS: f64 = 8.0;
/// After how long it shows that it is under way.
const SHOWN_AFTER_MILLIS: f64 = 500.0;

/// Why nothing is tidied.
const NOT_LOADED: &str = "What tidies could not be loaded. Check your network and try again.";

impl Desk {
    /// Does the task and lets the editor have what it led to. Most are done at
    /// once.
    pub(super) fn tidy(self, task: TidyTask) {
        let since_millis = now_millis();
        spawn_local(async move {
            match parts::tidy().await {
                Ok(new) => {
                    self.failure_is_over(NOT_LOADED);
                    self.go_on(new(task), since_millis);
                }
                Err(_) => {
                    self.run(Command::GiveUpTidying);
                    self.tell_of_failure(NOT_LOADED);
                }
            }
        });
    }

    fn go_on(self, mut tidy: Tidy, since_millis: f64) {
        let begun_millis = now_millis();
        while now_millis() < begun_millis + SLICE_MILLIS {
            if let Some(tidied) = tidy.step() {
                set_if_different(self.tidying, false);
                self.run(Command::MoveTidied(Box::new(tidied)));
                return;
            }
        }
        let is_long = now_millis() > since_millis + SHOWN_AFTER_MILLIS;
        set_if_different(self.tidying, is_long);
        let next = move || {
            // The page may have gone away, and it may have been given up.
            let is_wanted = |editor: &editor::Editor| editor.is_tidying(tidy.task());
            match self.editor.try_with_value(is_wanted) {
                Some(true) => self.go_on(tidy, since_millis),
                Some(false) => set_if_different(self.tidying, false),
                None => {}
            }
        };
        set_timeout(next, Duration::ZERO);
    }
}

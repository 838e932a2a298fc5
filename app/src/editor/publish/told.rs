//! How a publish ended, told to whoever is in the editor by then.

use api::Publish;
use dom::prelude::*;

use super::{super::desk::Desk, PublishState};
use crate::components::{Toasts, Tone};

impl PublishState {
    /// Takes in how a publish stands. The end of one that was seen to run is
    /// told, unless the dialog shows it.
    pub(super) fn hear(self, desk: Desk, toasts: Toasts, publish: Publish) {
        let ran = self.job.with_untracked(|job| {
            let is_it = |job: &&Publish| job.id == publish.id;
            let job = job.as_ref().filter(is_it);
            job.is_some_and(|job| matches!(job.state, api::PublishState::Running))
        });
        if ran && !self.open.get_untracked() {
            self.tell(desk, toasts, &publish);
        }
        self.job.set(Some(publish));
    }

    fn tell(self, desk: Desk, toasts: Toasts, publish: &Publish) {
        let name = desk.flow.with_untracked(|flow| flow.name.clone());
        match &publish.state {
            api::PublishState::Running => {}
            api::PublishState::Published { version, .. } => {
                toasts.success(format!("“{name}” is published. Version {version} is live."));
            }
            api::PublishState::Failed { failure } => toasts.offer(
                Tone::Danger,
                format!("“{name}” was not published. {}", failure.sentence),
                "Show it",
                Callback::new(move |()| self.open.set(true)),
            ),
        }
    }
}

//! What the open flow can refer to, and when it is asked for again.

use flow::Sort as _;
use std::sync::Arc;

use dom::{ev, prelude::*};
use flow::{Entity, EntityKind, EntityRef, Flow, Workspace};

use super::projection::set_if_different;
use crate::client::{Client, Failure};

/// How the list of what can be referred to stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Listing {
    /// No answer has come yet.
    Waiting,
    /// It is known.
    Known,
    /// The last time it did not come; what came before stands.
    Failed(Failure),
}

/// The workspace around the open flow. While it is not known it is one in
/// which nothing can be seen, so that nothing is said to be missing.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings {
    known: RwSignal<Arc<Workspace>>,
    listing: RwSignal<Listing>,
    /// Whether an answer is on its way.
    asked: StoredValue<bool>,
}

impl Surroundings {
    pub(crate) fn new() -> Self {
        Self {
            known: RwSignal::new(Arc::default()),
            listing: RwSignal::new(Listing::Waiting),
            asked: StoredValue::new(false),
        }
    }

    /// Asks now, and whenever somebody comes back to the window: they may have
    /// made or changed what is referred to elsewhere.
    pub(crate) fn keep_fresh(self, client: Client) {
        self.ask(client);
        let focused = window_event_listener(ev::focus, move |_| self.ask(client));
        on_cleanup(move || focused.remove());
    }

    /// Asks for the workspace, unless that is under way.
    pub(crate) fn ask(self, client: Client) {
        if self.asked.try_get_value() != Some(false) {
            return;
        }
        self.asked.set_value(true);
        spawn_local(async move {
            let answer = client.workspace().await;
            self.asked.try_set_value(false);
            match answer {
                Ok(workspace) => {
                    set_if_different(self.known, Arc::new(workspace));
                    set_if_different(self.listing, Listing::Known);
                }
                // The page asks to sign in again, and then this is asked again.
                Err(Failure::SessionEnded) => {}
                Err(failure) => set_if_different(self.listing, Listing::Failed(failure)),
            }
        });
    }

    /// What is known. Reacts.
    pub(crate) fn known(self) -> Arc<Workspace> {
        self.known.get()
    }

    /// How the list stands. Reacts.
    pub(crate) fn listing(self) -> Listing {
        self.listing.get()
    }

    /// Reacts to what becomes known.
    pub(crate) fn track(self) {
        self.known.track();
    }

    /// What a reference means, where that is known. Reacts.
    pub(crate) fn find(self, kind: EntityKind, reference: &EntityRef) -> Option<Entity> {
        self.known
            .with(|workspace| workspace.find(kind, reference).cloned())
    }

    /// What a flow can refer to, by name; it cannot call itself. Reacts.
    pub(crate) fn offers(self, kind: EntityKind, flow: &Flow) -> Vec<Entity> {
        let itself = |entity: &Entity| flow.kind.entity() == Some(kind) && entity.name == flow.name;
        let mut found: Vec<Entity> = self.known.with(|workspace| {
            let those = workspace.entities().iter();
            let those = those.filter(|entity| entity.kind == kind && !itself(entity));
            those.cloned().collect()
        });
        found.order_by_key(|entity| entity.name.to_lowercase());
        found
    }
}
